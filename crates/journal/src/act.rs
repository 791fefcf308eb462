//! One act (办理): a command with an id chosen by its sender, applied once, answered after the commit.

use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::sync::oneshot;

use crate::desk::Desk;
use crate::fault::{Fault, FaultKind};
use crate::job::{Job, Verdict};
use crate::reply::Reply;
use crate::sent::{CommandId, Sent};
use crate::site::SiteTx;
use crate::tx::Tx;

/// An act that was applied, now or earlier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acted<T> {
    /// What the handler answered.
    pub answer: T,
    /// The same command was applied earlier; this is its answer of then.
    pub repeated: bool,
}

/// What an act is answered with, once it is.
pub type Answer<T, R> = Reply<Result<Acted<T>, R>>;

/// The end of an act as its sender gets it: applied, refused, or a fault.
type End<T, R> = Result<Result<Acted<T>, R>, Fault>;

enum Done<T, R> {
    Now(T, String),
    Earlier(Option<String>),
    Refused(R),
}

/// An act as a job.
pub(crate) struct Act<T, R, H> {
    sent: Sent,
    handler: H,
    done: Option<Done<T, R>>,
    reply: oneshot::Sender<End<T, R>>,
}

impl<T, R, H> Act<T, R, H> {
    pub fn new(sent: Sent, handler: H) -> (Act<T, R, H>, Answer<T, R>) {
        let (reply, answer) = Reply::pair();
        (Act { sent, handler, done: None, reply }, answer)
    }
}

impl<T, R, H> Job for Act<T, R, H>
where
    T: Serialize + DeserializeOwned + Send,
    R: Send,
    H: FnMut(&mut SiteTx<'_>) -> Result<Result<T, R>, Fault> + Send,
{
    fn act(&self) -> Option<(i64, &CommandId)> {
        Some((self.sent.site, &self.sent.command))
    }

    fn attempt(&mut self, tx: &mut dyn Tx, desk: &mut Desk) -> Result<Verdict, Fault> {
        let (site, command) = (self.sent.site, &self.sent.command);
        desk.open(tx, site, &[command])?;
        if let Some(answer) = desk.earlier(site, command) {
            // After a commit of which nobody knows whether it was kept, its own answer is what is found.
            let own = matches!(&self.done, Some(Done::Now(_, text)) if answer.as_ref() == Some(text));
            if !own {
                self.done = Some(Done::Earlier(answer.clone()));
            }
            return Ok(Verdict::Drop);
        }
        let (views, head) = (desk.views(), desk.ready(site)?);
        let mut site_tx = SiteTx::new(tx, &self.sent, views.projector(), head);
        match (self.handler)(&mut site_tx)? {
            Err(refusal) => {
                self.done = Some(Done::Refused(refusal));
                Ok(Verdict::Drop)
            }
            Ok(answer) => {
                let text = serde_json::to_string(&answer)
                    .map_err(|error| Fault::from_source(FaultKind::Bug, "an answer cannot be written down", error))?;
                let finished = site_tx.finish(&text)?;
                desk.keep(command, &text, finished);
                self.done = Some(Done::Now(answer, text));
                Ok(Verdict::Keep)
            }
        }
    }

    fn settle(self: Box<Self>, end: Result<(), Fault>) {
        let Act { done, reply, .. } = *self;
        let answer = end.and_then(|()| match done {
            Some(Done::Now(answer, _)) => Ok(Ok(Acted { answer, repeated: false })),
            Some(Done::Refused(refusal)) => Ok(Err(refusal)),
            Some(Done::Earlier(text)) => earlier(text).map(|answer| Ok(Acted { answer, repeated: true })),
            None => Err(Fault::new(FaultKind::Bug, "an act was settled before it was tried")),
        });
        // A sender who has gone away does not want the answer any more.
        let _ = reply.send(answer);
    }
}

fn earlier<T: DeserializeOwned>(text: Option<String>) -> Result<T, Fault> {
    let Some(text) = text else {
        return Err(Fault::new(FaultKind::Corrupt, "该操作早已生效；其答复未随导入的日志保存"));
    };
    serde_json::from_str(&text).map_err(|error| {
        Fault::from_source(FaultKind::Corrupt, "the kept answer of a repeated command has another shape", error)
    })
}
