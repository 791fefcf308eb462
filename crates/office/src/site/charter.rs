//! The charter as a log (章程): adoptions, leavings, settings, bindings and confirmed readings, each from its moment on.

use std::collections::BTreeMap;

use calendar::Moment;
use rulebook::{Adoption, Charter};
use serde::{Deserialize, Serialize};

use super::Provenance;
use crate::event::{Body, Entry, Event};
use crate::refusal::Refusal;

/// A change of the charter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CharterChange {
    /// Adopt an edition of a rulebook from now on.
    Adopt {
        /// Book id.
        book: String,
        /// Digest of the text adopted; the text itself is kept with the journal.
        digest: String,
    },
    /// Leave a rulebook; open obligations go on.
    Leave {
        /// Book id.
        book: String,
    },
    /// Fix a setting.
    Set {
        /// Name.
        name: String,
        /// Value as written; empty goes back to the default.
        value: String,
    },
    /// Bind a rulebook's post to posts of the office.
    Bind {
        /// Rulebook post.
        post: String,
        /// Office posts; empty unbinds.
        to: Vec<String>,
    },
    /// Confirm a reading for this site.
    Confirm {
        /// `book/clause`.
        clause: String,
        /// The open words.
        words: String,
    },
}

/// The charter through time.
#[derive(Clone, Debug, Default)]
pub struct CharterLog {
    /// The charter from each moment on, in order.
    pub versions: Vec<(Moment, Charter)>,
    /// Where each setting's value comes from.
    pub provenance: BTreeMap<String, Provenance>,
    /// Confirmed readings: `book/clause` and words → account.
    pub confirmed: BTreeMap<(String, String), String>,
}

impl CharterLog {
    /// The charter now.
    pub fn now(&self) -> Charter {
        self.versions.last().map(|(_, charter)| charter.clone()).unwrap_or_default()
    }
}

/// The event of a change. Refused: adopting what is adopted in the same edition, leaving what is not.
pub fn decide(log: &CharterLog, change: &CharterChange, at: Moment) -> Result<Event, Refusal> {
    let now = log.now();
    let open = |book: &str| now.adoptions.iter().find(|it| it.book == book && it.until.is_none());
    let links = match change {
        CharterChange::Adopt { book, digest } => {
            if open(book).is_some_and(|it| it.digest == *digest) {
                return Err(Refusal::new("不能采用", "本站点已经采用这一版", "不需要再办。"));
            }
            vec![("book", book.clone()), ("digest", digest.clone())]
        }
        CharterChange::Leave { book } => {
            if open(book).is_none() {
                return Err(Refusal::new("不能停用", "本站点没有采用这部规程", "请刷新页面。"));
            }
            vec![("book", book.clone())]
        }
        CharterChange::Set { name, value } => vec![("setting", name.clone()), ("value", value.trim().to_owned())],
        CharterChange::Bind { post, to } => vec![("post", post.clone()), ("to", to.join("、"))],
        CharterChange::Confirm { clause, words } => vec![("clause", clause.clone()), ("words", words.clone())],
    };
    let name = match change {
        CharterChange::Adopt { .. } => "charter.adopted",
        CharterChange::Leave { .. } => "charter.left",
        CharterChange::Set { .. } => "charter.set",
        CharterChange::Bind { .. } => "charter.bound",
        CharterChange::Confirm { .. } => "charter.confirmed",
    };
    let links = links.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
    Ok(Event { name: name.into(), happened: at, body: Body { links, ..Body::default() }, sealed: None })
}

/// The charter that the entries of stream `charter` make.
pub fn charter_log(entries: &[Entry]) -> CharterLog {
    let mut log = CharterLog::default();
    for entry in entries {
        let links = &entry.event.body.links;
        let text = |key: &str| links.get(key).cloned().unwrap_or_default();
        let at = entry.event.happened;
        let mut charter = log.now();
        match entry.event.name.as_str() {
            "charter.adopted" | "charter.left" => {
                let book = text("book");
                for adoption in charter.adoptions.iter_mut().filter(|it| it.book == book && it.until.is_none()) {
                    adoption.until = Some(at);
                }
                if entry.event.name == "charter.adopted" {
                    charter.adoptions.push(Adoption { book, digest: text("digest"), from: at, until: None });
                }
            }
            "charter.set" => {
                let (name, value) = (text("setting"), text("value"));
                let from = if value.is_empty() {
                    charter.settings.remove(&name);
                    Provenance::Default
                } else {
                    charter.settings.insert(name.clone(), value);
                    Provenance::Set { by: entry.actor.clone(), at: at.0 }
                };
                log.provenance.insert(name, from);
            }
            "charter.bound" => {
                let to: Vec<String> = text("to").split('、').filter(|it| !it.is_empty()).map(str::to_owned).collect();
                if to.is_empty() {
                    charter.bindings.remove(&text("post"));
                } else {
                    charter.bindings.insert(text("post"), to);
                }
            }
            "charter.confirmed" => {
                log.confirmed.insert((text("clause"), text("words")), entry.actor.clone());
                continue;
            }
            _ => continue,
        }
        log.versions.push((at, charter));
    }
    log
}
