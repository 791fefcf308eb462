//! What a command handler holds (一次办理): the streams of one site, its numbers, its outbox and its views.

use std::collections::BTreeMap;

use calendar::Moment;
use office::Event;

use crate::entry::{Entry, SHAPE, Stored};
use crate::fault::{Fault, FaultKind};
use crate::house::CHARTER;
use crate::projector::Projector;
use crate::seal::{self, Secrets};
use crate::search;
use crate::sent::Sent;
use crate::series::{self, Number};
use crate::stream::{self, Head};
use crate::tx::Tx;
use crate::{canonical, sql, vals};

/// The stream has moved on since the sender looked at it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stale {
    /// The stream.
    pub stream: String,
    /// The version the sender knew.
    pub expected: i64,
    /// The version it has.
    pub found: i64,
}

/// A message that leaves with the act: mail, robot, text message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    /// Which way it leaves, such as `wecom`.
    pub kind: String,
    /// Whom or what it goes to, in the words of that way.
    pub target: String,
    /// What is to be sent, as the sender of that kind reads it.
    pub body: String,
    /// The person named in it, if any: erasing them blanks the message.
    pub person: Option<String>,
    /// Not before this moment; none means at once.
    pub due: Option<Moment>,
}

/// A body longer than this is refused: attachments do not belong into the journal.
const BODY_LIMIT: usize = 8 << 20;

/// The transaction of one command of one site.
pub struct SiteTx<'a> {
    tx: &'a mut dyn Tx,
    sent: &'a Sent,
    projector: &'a dyn Projector,
    head: Head,
    from_seq: i64,
    charter: String,
    versions: BTreeMap<String, i64>,
    secrets: Secrets,
    numbers: Vec<Number>,
    told: Vec<Number>,
    messages: i64,
    erasures: Vec<String>,
}

/// What a finished handler leaves for the commit.
pub(crate) struct Finished {
    pub head: Head,
    pub erasures: Vec<String>,
}

impl<'a> SiteTx<'a> {
    pub(crate) fn new(tx: &'a mut dyn Tx, sent: &'a Sent, projector: &'a dyn Projector, head: Head) -> SiteTx<'a> {
        SiteTx {
            tx,
            sent,
            projector,
            from_seq: head.seq + 1,
            head,
            charter: String::new(),
            versions: BTreeMap::new(),
            secrets: Secrets::new(),
            numbers: Vec::new(),
            told: Vec::new(),
            messages: 0,
            erasures: Vec::new(),
        }
    }

    /// The site.
    pub fn site(&self) -> i64 {
        self.head.site
    }

    /// The moment to record: the sender's now, but never before the site's last entry.
    pub fn now(&self) -> Moment {
        self.sent.now.max(self.head.at)
    }

    /// Moves on to a moment of its own, after the site's last entry: what is known from this moment on was not known to any
    /// entry before.
    pub fn after_all(&mut self) {
        if self.sent.now <= self.head.at {
            self.head.at = self.head.at.plus_micros(1);
        }
    }

    /// Who sent which command.
    pub fn sent(&self) -> &Sent {
        self.sent
    }

    /// Where the site's journal stands, with what this command has appended so far.
    pub fn head(&self) -> &Head {
        &self.head
    }

    /// The views and anything else that is read or written by statements.
    pub fn tx(&mut self) -> &mut dyn Tx {
        self.tx
    }

    /// All entries of a stream, oldest first; none for a stream that does not exist.
    pub fn load(&mut self, stream: &str) -> Result<Vec<office::Entry>, Fault> {
        Ok(self.load_all(&[stream])?.pop().unwrap_or_default())
    }

    /// Several streams in one question.
    pub fn load_all(&mut self, streams: &[&str]) -> Result<Vec<Vec<office::Entry>>, Fault> {
        let site = self.site();
        let known = self.tx.known();
        let unknown: Vec<&str> =
            streams.iter().filter(|stream| known.stream(site, stream).is_none()).copied().collect();
        let asks = unknown.iter().map(|stream| (stream::STREAM, vals![site, *stream].to_vec())).collect();
        let answers = if unknown.is_empty() { Vec::new() } else { self.tx.queries(asks)? };
        for (stream, rows) in unknown.iter().zip(&answers) {
            let entries = seal::open(self.tx, &mut self.secrets, stream::stored(rows)?)?;
            let entries = entries.into_iter().map(|entry| entry.written).collect();
            self.tx.known().learn(site, stream, entries);
        }
        let mut out = Vec::with_capacity(streams.len());
        for stream in streams {
            let entries = stream::load(self.tx, site, stream)?;
            self.versions.insert((*stream).to_owned(), entries.len() as i64);
            out.push(entries);
        }
        Ok(out)
    }

    /// The version of a stream, 0 if it does not exist. Costs nothing once the stream was loaded.
    pub fn version(&mut self, stream: &str) -> Result<i64, Fault> {
        if let Some(version) = self.versions.get(stream) {
            return Ok(*version);
        }
        let text = sql!("select max(version) from journal where site = $1 and stream = $2");
        let version = self.tx.number(text, &vals![self.head.site, stream])?.unwrap_or(0);
        self.versions.insert(stream.to_owned(), version);
        Ok(version)
    }

    /// The digest of the charter that the following entries are made under.
    pub fn govern(&mut self, charter: &str) {
        charter.clone_into(&mut self.charter);
    }

    /// Appends events to a stream and writes their views. `expected` is the version the sender has seen, 0 for a new
    /// stream; when the stream has moved on nothing is appended and the answer is [`Stale`]. The entries come back as
    /// they were written, fields of erased persons already replaced.
    pub fn append(
        &mut self,
        stream: &str,
        expected: i64,
        events: Vec<Event>,
    ) -> Result<Result<Vec<office::Entry>, Stale>, Fault> {
        if stream.is_empty() {
            return Err(Fault::new(FaultKind::Bug, "an entry needs a stream"));
        }
        let found = self.version(stream)?;
        if found != expected {
            return Ok(Err(Stale { stream: stream.to_owned(), expected, found }));
        }
        let mut entries = Vec::with_capacity(events.len());
        for (event, version) in events.into_iter().zip(expected + 1..) {
            let entry = self.append_one(stream, version, event)?;
            let mut numbers = series::told_in(&entry.written.event.body);
            let counted = |told: &Number| self.numbers.iter().any(|taken| same_number(taken, told));
            numbers.iter().try_for_each(|told| series::note(self.tx, &entry, told, counted(told)))?;
            self.told.append(&mut numbers);
            entries.push(entry);
        }
        let known = self.tx.known();
        known.grow(self.head.site, stream, expected + 1, &entries);
        if stream == CHARTER {
            known.learn_charter(self.head.site, None);
        }
        self.projector.project(self.tx, &entries)?;
        Ok(Ok(entries.into_iter().map(|entry| entry.written).collect()))
    }

    fn append_one(&mut self, stream: &str, version: i64, event: Event) -> Result<Entry, Fault> {
        let (site, seq, at) = (self.site(), self.head.seq + 1, self.now());
        let mut opened = event.sealed;
        let sealed = match &mut opened {
            None => None,
            Some(fields) => Some(seal::seal(self.tx, &mut self.secrets, (site, seq, at.0), fields)?),
        };
        let told = serde_json::to_value(&event.body)
            .map_err(|error| Fault::from_source(FaultKind::Bug, "a body cannot be written down", error))?;
        let body = canonical::json(&told)?;
        if body.len() > BODY_LIMIT {
            let text = format!("an entry {} of {} bytes is too long", event.name, body.len());
            return Err(Fault::new(FaultKind::Bug, text));
        }
        let mut stored = Stored {
            site,
            seq,
            stream: stream.to_owned(),
            version,
            at,
            happened: event.happened,
            actor: self.sent.actor.clone(),
            post: self.sent.post.clone(),
            command: self.sent.command.as_str().to_owned(),
            name: event.name,
            shape: SHAPE,
            charter: self.charter.clone(),
            body,
            sealed,
            prev: self.head.hash,
            hash: [0; 32],
        };
        stored.hash = stored.digest();
        stream::insert(self.tx, &stored)?;
        self.head.seq = seq;
        self.head.at = at;
        self.head.hash = stored.hash;
        self.versions.insert(stream.to_owned(), version);
        Ok(stored.written(event.body, opened))
    }

    /// Takes the next number of a series, from 1, without gaps. An entry of this command must tell it (see
    /// [`crate::series`]), else the command faults: a number that nobody knows would be a gap.
    pub fn next_number(&mut self, series: &str, period: &str) -> Result<i64, Fault> {
        let number = series::next(self.tx, self.head.site, series, period)?;
        self.numbers.push(Number { series: series.to_owned(), period: period.to_owned(), number, void: None });
        Ok(number)
    }

    /// Puts a message into the outbox; it leaves after the commit.
    pub fn send(&mut self, message: Outgoing) -> Result<(), Fault> {
        self.messages += 1;
        let (site, command, part) = (self.head.site, self.sent.command.as_str(), self.messages);
        let due = message.due.unwrap_or_else(|| self.now());
        let row = vals![
            site,
            command,
            part,
            message.kind,
            message.target,
            message.body,
            message.person.unwrap_or_default(),
            due
        ];
        let text = sql!(
            "insert into outbox(site, command, part, kind, target, body, person, due)
             values ($1, $2, $3, $4, $5, $6, $7, $8)"
        );
        self.tx.exec(text, &row)?;
        let text =
            sql!("insert into delivery(site, command, part, next, tries, problem) values ($1, $2, $3, $4, 0, '')");
        self.tx.exec(text, &vals![site, command, part, due])
    }

    /// Erases a person of this site: from now on their texts read 〔已抹除〕, and the key is destroyed right after the
    /// commit. Their messages are blanked and their search rows removed; call it before appending the entry that
    /// tells of the erasure, so that the projector of that entry can write the views anew.
    pub fn erase(&mut self, person: &str) -> Result<(), Fault> {
        let (site, at) = (self.head.site, self.now());
        let text =
            sql!("insert into erased(site, person, at) values ($1, $2, $3) on conflict (site, person) do nothing");
        self.tx.exec(text, &vals![site, person, at])?;
        let text = sql!("update outbox set body = $3, target = $3 where site = $1 and person = $2");
        self.tx.exec(text, &vals![site, person, seal::ERASED])?;
        search::remove_person(self.tx, site, person)?;
        self.tx.known().forget();
        self.secrets.insert((site, person.to_owned()), seal::Secret::Destroyed);
        self.erasures.push(person.to_owned());
        Ok(())
    }

    /// Writes the command's row with its answer, after the handler has said yes.
    pub(crate) fn finish(self, answer: &str) -> Result<Finished, Fault> {
        let untold = self.numbers.iter().find(|taken| !self.told.iter().any(|told| same_number(taken, told)));
        if let Some(lost) = untold {
            let text = format!("number {} of series {} was taken but no entry tells it", lost.number, lost.series);
            return Err(Fault::new(FaultKind::Bug, text));
        }
        let text =
            sql!("insert into command(site, command, at, from_seq, to_seq, answer) values ($1, $2, $3, $4, $5, $6)");
        let command = self.sent.command.as_str();
        let row = vals![self.head.site, command, self.now(), self.from_seq, self.head.seq, answer];
        self.tx.exec(text, &row)?;
        Ok(Finished { head: self.head, erasures: self.erasures })
    }
}

fn same_number(taken: &Number, told: &Number) -> bool {
    (&taken.series, &taken.period, taken.number) == (&told.series, &told.period, told.number)
}
