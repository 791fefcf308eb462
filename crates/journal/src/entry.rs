//! An entry of the journal (日志条目): as it is stored and chained, and as it is read.

use calendar::Moment;
use office::event::{Body, Event, Sealed};

use crate::canonical::put_bytes;
use crate::fault::{Fault, FaultKind};
use crate::value::{Row, Val};

/// What `prev` of a site's first entry is, and the hash of an empty journal.
pub const BEGINNING: [u8; 32] = [0; 32];

/// The version of the shape in which bodies are written now. An older one is brought up while it is read.
pub const SHAPE: i64 = 1;

/// An entry as followers and projectors read it: what the office wrote, and its place among the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The site whose journal it stands in.
    pub site: i64,
    /// The stream it belongs to, such as `case/17`.
    pub stream: String,
    /// Place in the stream, from 1, without gaps.
    pub version: i64,
    /// The command it came from.
    pub command: String,
    /// Digest of the charter in force.
    pub charter: String,
    /// What was written: place in the site's journal, moment, writer, event. Personal fields of an erased person
    /// read 〔已抹除〕.
    pub written: office::Entry,
}

/// An entry as it is stored and hashed: personal texts lie encrypted in `sealed`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Stored {
    pub site: i64,
    pub seq: i64,
    pub stream: String,
    pub version: i64,
    pub at: Moment,
    pub happened: Moment,
    pub actor: String,
    pub post: String,
    pub command: String,
    pub name: String,
    pub shape: i64,
    pub charter: String,
    /// Canonical JSON.
    pub body: String,
    pub sealed: Option<Vec<u8>>,
    pub prev: [u8; 32],
    pub hash: [u8; 32],
}

impl Stored {
    /// The hash this entry must have: over every field, the ciphertext and the hash of the entry before.
    pub fn digest(&self) -> [u8; 32] {
        let mut bytes = Vec::with_capacity(256 + self.body.len());
        put_bytes(&mut bytes, b"huiyin journal 1");
        for number in [self.site, self.seq, self.version, self.at.0, self.happened.0, self.shape] {
            bytes.extend_from_slice(&number.to_le_bytes());
        }
        let texts = [&self.stream, &self.actor, &self.post, &self.command, &self.name, &self.charter, &self.body];
        for text in texts {
            put_bytes(&mut bytes, text.as_bytes());
        }
        match &self.sealed {
            None => bytes.push(0),
            Some(sealed) => {
                bytes.push(1);
                put_bytes(&mut bytes, sealed);
            }
        }
        bytes.extend_from_slice(&self.prev);
        *blake3::hash(&bytes).as_bytes()
    }

    /// The columns `site, seq, stream, …, hash`, in the order of the table.
    pub fn values(&self) -> Vec<Val> {
        vec![
            Val::I(self.site),
            Val::I(self.seq),
            Val::from(&self.stream),
            Val::I(self.version),
            Val::from(self.at),
            Val::from(self.happened),
            Val::from(&self.actor),
            Val::from(&self.post),
            Val::from(&self.command),
            Val::from(&self.name),
            Val::I(self.shape),
            Val::from(&self.charter),
            Val::from(&self.body),
            Val::from(self.sealed.clone()),
            Val::from(self.prev),
            Val::from(self.hash),
        ]
    }

    /// Reads the columns `site, seq, stream, …, hash`.
    pub fn from_row(row: &Row) -> Result<Stored, Fault> {
        Ok(Stored {
            site: row.int(0)?,
            seq: row.int(1)?,
            stream: row.string(2)?,
            version: row.int(3)?,
            at: row.moment(4)?,
            happened: row.moment(5)?,
            actor: row.string(6)?,
            post: row.string(7)?,
            command: row.string(8)?,
            name: row.string(9)?,
            shape: row.int(10)?,
            charter: row.string(11)?,
            body: row.string(12)?,
            sealed: row.maybe_blob(13)?.map(<[u8]>::to_vec),
            prev: row.hash(14)?,
            hash: row.hash(15)?,
        })
    }

    /// The entry as it is read, with the personal fields that its seal held.
    pub fn opened(self, sealed: Option<Sealed>) -> Result<Entry, Fault> {
        let body = self.body()?;
        Ok(self.told(body, sealed))
    }

    /// The entry that was just written with this body: it is not parsed back.
    pub fn written(self, body: Body, sealed: Option<Sealed>) -> Entry {
        debug_assert_eq!(self.body().ok().as_ref(), Some(&body), "a body reads as it was written");
        self.told(body, sealed)
    }

    fn told(self, body: Body, sealed: Option<Sealed>) -> Entry {
        let event = Event { body, name: self.name, happened: self.happened, sealed };
        let written = office::Entry { seq: self.seq, at: self.at, actor: self.actor, post: self.post, event };
        Entry {
            site: self.site,
            stream: self.stream,
            version: self.version,
            command: self.command,
            charter: self.charter,
            written,
        }
    }

    fn body(&self) -> Result<Body, Fault> {
        let unreadable = |error| {
            let text = format!("entry {} of site {}: {} has another shape", self.seq, self.site, self.name);
            Fault::from_source(FaultKind::Corrupt, text, error)
        };
        if self.shape != SHAPE {
            let text = format!("entry {} of site {} has the unknown shape {}", self.seq, self.site, self.shape);
            return Err(Fault::new(FaultKind::Corrupt, text));
        }
        serde_json::from_str(&self.body).map_err(unreadable)
    }
}
