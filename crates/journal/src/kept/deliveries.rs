//! Deliveries (投递): the outbox as its carrier sees it. Whoever carries holds the lease `courier`.

use calendar::Moment;

use crate::fault::Fault;
use crate::reply::Reply;
use crate::store::Store;
use crate::value::Row;
use crate::{sql, vals};

/// Which message: the command that caused it and its place among that command's messages.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct MessageId {
    /// The site.
    pub site: i64,
    /// The command.
    pub command: String,
    /// 1 for the first message of the command.
    pub part: i64,
}

/// A message that is to leave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Which one.
    pub id: MessageId,
    /// Which way it leaves.
    pub kind: String,
    /// Whom or what it goes to.
    pub target: String,
    /// What is sent.
    pub body: String,
    /// Not before this moment.
    pub due: Moment,
    /// How often it was tried.
    pub tries: i64,
}

fn message(row: &Row) -> Result<Message, Fault> {
    Ok(Message {
        id: MessageId { site: row.int(0)?, command: row.string(1)?, part: row.int(2)? },
        kind: row.string(3)?,
        target: row.string(4)?,
        body: row.string(5)?,
        due: row.moment(6)?,
        tries: row.int(7)?,
    })
}

impl Store {
    /// At most `limit` messages whose time has come, the longest waiting first.
    pub fn due_messages(&self, now: Moment, limit: i64) -> Reply<Vec<Message>> {
        self.read(move |tx| {
            let text = sql!(
                "select outbox.site, outbox.command, outbox.part, kind, target, body, due, tries
                 from delivery join outbox on outbox.site = delivery.site
                 and outbox.command = delivery.command and outbox.part = delivery.part
                 where done is null and next <= $1
                 order by next, outbox.site, outbox.command, outbox.part limit $2"
            );
            tx.query(text, &vals![now, limit])?.iter().map(message).collect()
        })
    }

    /// The message has left.
    pub fn message_left(&self, id: MessageId, at: Moment) -> Reply<()> {
        self.keep(move |tx| {
            let text = sql!(
                "update delivery set done = $4, tries = tries + 1, problem = ''
                 where site = $1 and command = $2 and part = $3"
            );
            tx.exec(text, &vals![id.site, &id.command, id.part, at])
        })
    }

    /// The message could not leave. It is tried again at `next`, or given up when there is none.
    pub fn message_failed(&self, id: MessageId, at: Moment, problem: &str, next: Option<Moment>) -> Reply<()> {
        let problem = problem.to_owned();
        let done = if next.is_some() { None } else { Some(at) };
        self.keep(move |tx| {
            let text = sql!(
                "update delivery set done = $4, next = $5, tries = tries + 1, problem = $6
                 where site = $1 and command = $2 and part = $3"
            );
            let next = next.unwrap_or(at);
            tx.exec(text, &vals![id.site, &id.command, id.part, done, next, &problem])
        })
    }
}
