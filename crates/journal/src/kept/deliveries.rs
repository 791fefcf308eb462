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

/// A message and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// Which way it leaves.
    pub kind: String,
    /// Whom or what it goes to.
    pub target: String,
    /// What is sent.
    pub body: String,
    /// Not before this moment.
    pub due: Moment,
    /// When it is tried again.
    pub next: Moment,
    /// How often it was tried.
    pub tries: i64,
    /// When it left or was given up; none while it waits.
    pub done: Option<Moment>,
    /// Why it did not leave; empty once it did.
    pub problem: String,
}

impl Delivery {
    /// What it is about: its subject or its first line.
    pub fn first_line(&self) -> String {
        let read: serde_json::Value = serde_json::from_str(&self.body).unwrap_or_default();
        let line = read.get("subject").or_else(|| read.get(0)).and_then(serde_json::Value::as_str);
        line.unwrap_or_default().to_owned()
    }
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

    /// The latest messages of a site and what became of each.
    pub fn deliveries(&self, site: i64, limit: i64) -> Reply<Vec<Delivery>> {
        self.read(move |tx| {
            let text = sql!(
                "select kind, target, body, due, next, tries, done, problem
                 from outbox join delivery on outbox.site = delivery.site
                 and outbox.command = delivery.command and outbox.part = delivery.part
                 where outbox.site = $1 order by due desc, outbox.command, outbox.part limit $2"
            );
            let read = |row: &Row| {
                Ok(Delivery {
                    kind: row.string(0)?,
                    target: row.string(1)?,
                    body: row.string(2)?,
                    due: row.moment(3)?,
                    next: row.moment(4)?,
                    tries: row.int(5)?,
                    done: row.maybe_moment(6)?,
                    problem: row.string(7)?,
                })
            };
            tx.query(text, &vals![site, limit])?.iter().map(read).collect()
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
