//! A job (作业): something to be done inside a transaction, possibly more than once, and answered once.

use tokio::sync::oneshot;

use crate::desk::Desk;
use crate::fault::{Fault, FaultKind};
use crate::reply::Reply;
use crate::sent::CommandId;
use crate::tx::Tx;

/// What is to become of the writes of a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Keep,
    Drop,
}

/// Something to be done inside a transaction, possibly more than once, and answered once.
pub(crate) trait Job: Send {
    /// The site and command of an act; none for reads and for what is not journaled.
    fn act(&self) -> Option<(i64, &CommandId)> {
        None
    }

    /// Does it. Called again when the transaction has to be repeated.
    fn attempt(&mut self, tx: &mut dyn Tx, desk: &mut Desk) -> Result<Verdict, Fault>;

    /// Answers; called after the commit.
    fn settle(self: Box<Self>, end: Result<(), Fault>);
}

/// A job as it waits in a queue.
pub(crate) type BoxedJob = Box<dyn Job>;

/// A function over a transaction as a job: reads, and what is kept but not journaled.
pub(crate) struct Task<T, F> {
    run: F,
    done: Option<T>,
    reply: oneshot::Sender<Result<T, Fault>>,
}

impl<T, F> Task<T, F> {
    pub fn new(run: F) -> (Task<T, F>, Reply<T>) {
        let (reply, answer) = Reply::pair();
        (Task { run, done: None, reply }, answer)
    }
}

impl<T, F> Job for Task<T, F>
where
    T: Send,
    F: FnMut(&mut dyn Tx) -> Result<T, Fault> + Send,
{
    fn attempt(&mut self, tx: &mut dyn Tx, _: &mut Desk) -> Result<Verdict, Fault> {
        self.done = Some((self.run)(tx)?);
        Ok(Verdict::Keep)
    }

    fn settle(self: Box<Self>, end: Result<(), Fault>) {
        let Task { done, reply, .. } = *self;
        let unsettled = || Fault::new(FaultKind::Bug, "a task was settled before it was tried");
        let _ = reply.send(end.and_then(|()| done.ok_or_else(unsettled)));
    }
}

/// Tries a job and turns a panic of its handler into a fault, so that one act cannot stop the store.
pub(crate) fn attempt(job: &mut BoxedJob, tx: &mut dyn Tx, desk: &mut Desk) -> Result<Verdict, Fault> {
    let trial = std::panic::AssertUnwindSafe(|| job.attempt(tx, desk));
    std::panic::catch_unwind(trial).unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        let text = text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no message");
        Err(Fault::new(FaultKind::Bug, format!("a handler panicked: {text}")))
    })
}
