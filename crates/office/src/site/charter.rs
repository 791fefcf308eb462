//! The charter as a log (章程): adoptions, leavings, settings, bindings, confirmed readings, settled conflicts and the office's own
//! entries in the calendar, each from its moment on.

use std::collections::{BTreeMap, BTreeSet};

use calendar::Moment;
use rulebook::{Adoption, Charter, ClauseRef, Fact, Preference};
use serde::{Deserialize, Serialize};

use super::Provenance;
use super::calendar::{CalendarEntry, calendar_entry};
use crate::event::{Body, Entry, Event};
use crate::refusal::Refusal;

/// The act of adopting a rulebook, as clauses name it.
pub const ADOPTED: &str = "rulebook.adopted";
/// Who approved the rulebook, as clauses ask for it.
const APPROVER: &str = "rulebook.approver";
/// What stands before the log-in name where a post is bound to a person.
pub const PERSON_MARK: char = '@';

/// An edition of a rulebook as a site takes it on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Adopting {
    /// Book id.
    pub book: String,
    /// Digest of the text adopted; the text itself is kept with the journal.
    pub digest: String,
    /// From this moment on; none is now. Later adoptions of the book that were planned give way.
    pub from: Option<Moment>,
    /// Up to this moment; none is until somebody leaves it.
    pub until: Option<Moment>,
    /// Register numbers of clauses left out.
    pub except: BTreeSet<String>,
    /// Who approved it.
    pub approver: String,
}

/// A change of the charter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CharterChange {
    /// Adopt an edition of a rulebook.
    Adopt(Adopting),
    /// Leave a rulebook, also one planned for later; open obligations go on.
    Leave {
        /// Book id.
        book: String,
        /// From this moment on; none is now.
        from: Option<Moment>,
    },
    /// Fix a setting.
    Set {
        /// Name.
        name: String,
        /// Value as written; empty goes back to the default.
        value: String,
    },
    /// Bind a rulebook's post to posts and persons of the office.
    Bind {
        /// Rulebook post.
        post: String,
        /// Office posts, and log-in names after `@`; empty unbinds.
        to: Vec<String>,
    },
    /// Confirm a reading for this site.
    Confirm {
        /// `book/clause`.
        clause: String,
        /// The open words.
        words: String,
    },
    /// Settle a conflict between two clauses.
    Settle {
        /// Both clauses, in order.
        sides: [ClauseRef; 2],
        /// The one that is lit; none keeps both and lights the shorter.
        prefer: Option<ClauseRef>,
        /// Why.
        reason: String,
    },
}

/// How a conflict was settled (冲突的处理).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settlement {
    /// The preferred clause; none keeps both.
    pub prefer: Option<ClauseRef>,
    /// Why.
    pub reason: String,
    /// Account.
    pub by: String,
    /// When.
    pub at: Moment,
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
    /// Conflicts by their two clauses in order, as they were settled last.
    pub settled: BTreeMap<[ClauseRef; 2], Settlement>,
    /// Bindings of the site by rulebook post: who made them, when.
    pub bound: BTreeMap<String, Provenance>,
    /// Entries in the calendar, oldest first. They make no version of their own: what is open follows the latest.
    pub calendar: Vec<CalendarEntry>,
}

impl CharterLog {
    /// The charter now.
    pub fn now(&self) -> Charter {
        self.versions.last().map(|(_, charter)| charter.clone()).unwrap_or_default()
    }
}

/// Posts of rulebooks for which a person stands beside those of the own posts.
pub fn stands_for(charter: &Charter, account: &str) -> Vec<String> {
    let named = |to: &Vec<String>| to.iter().any(|it| it.strip_prefix(PERSON_MARK) == Some(account));
    charter.bindings.iter().filter(|(_, to)| named(to)).map(|(post, _)| post.clone()).collect()
}

/// The act of adopting as clauses judge it.
pub fn adopting_fact(adopting: &Adopting, post: &str, account: &str, now: Moment) -> Fact {
    let approver = adopting.approver.trim();
    let attributes = [(APPROVER.to_owned(), approver.to_owned())];
    Fact {
        seq: i64::MAX,
        name: ADOPTED.to_owned(),
        at: now,
        entered: now,
        by: vec![post.to_owned()],
        person: account.to_owned(),
        attributes: attributes.into_iter().filter(|(_, value)| !value.is_empty()).collect(),
    }
}

/// The event of a change. Refused: a moment that has passed, adopting what is adopted just so, leaving what is not,
/// settling without a reason.
pub fn decide(log: &CharterLog, change: &CharterChange, at: Moment) -> Result<Event, Refusal> {
    let now = log.now();
    let micros = |moment: Moment| moment.0.to_string();
    let clause = |it: &ClauseRef| format!("{}/{}", it.book, it.id);
    let mut attributes = BTreeMap::new();
    let mut note = String::new();
    let links = match change {
        CharterChange::Adopt(adopting) => {
            adoptable(&now, adopting, at)?;
            if !adopting.approver.trim().is_empty() {
                attributes.insert(APPROVER.to_owned(), adopting.approver.trim().to_owned());
            }
            let mut links = vec![("book", adopting.book.clone()), ("digest", adopting.digest.clone())];
            links.extend(adopting.from.filter(|from| *from > at).map(|from| ("from", micros(from))));
            links.extend(adopting.until.map(|until| ("until", micros(until))));
            let except: Vec<&str> = adopting.except.iter().map(String::as_str).collect();
            links.extend((!except.is_empty()).then(|| ("except", except.join("、"))));
            links
        }
        CharterChange::Leave { book, from } => {
            let last = from.unwrap_or(at);
            if last < at {
                return Err(Refusal::new("不能停用", "停用时间已经过去", "请写今天或以后的日期。").at("until"));
            }
            let goes_on = |it: &Adoption| it.book == *book && it.until.is_none_or(|until| until > last);
            if !now.adoptions.iter().any(goes_on) {
                return Err(Refusal::new("不能停用", "到那时本站点没有采用这部规程", "请刷新页面。"));
            }
            let mut links = vec![("book", book.clone())];
            links.extend((last > at).then(|| ("from", micros(last))));
            links
        }
        CharterChange::Set { name, value } => vec![("setting", name.clone()), ("value", value.trim().to_owned())],
        CharterChange::Bind { post, to } => vec![("post", post.clone()), ("to", to.join("、"))],
        CharterChange::Confirm { clause, words } => vec![("clause", clause.clone()), ("words", words.clone())],
        CharterChange::Settle { sides, prefer, reason } => {
            if reason.trim().is_empty() {
                let why = "还没有写理由";
                return Err(Refusal::new("没有定下来", why, "请写为什么这样定。").at("reason"));
            }
            note = reason.trim().to_owned();
            let mut links = vec![("one", clause(&sides[0])), ("other", clause(&sides[1]))];
            links.extend(prefer.as_ref().map(|it| ("prefer", clause(it))));
            links
        }
    };
    let name = match change {
        CharterChange::Adopt(_) => ADOPTED,
        CharterChange::Leave { .. } => "charter.left",
        CharterChange::Set { .. } => "charter.set",
        CharterChange::Bind { .. } => "charter.bound",
        CharterChange::Confirm { .. } => "charter.confirmed",
        CharterChange::Settle { .. } => "charter.settled",
    };
    let links = links.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
    Ok(Event {
        name: name.into(),
        happened: at,
        body: Body { links, attributes, note, ..Body::default() },
        sealed: None,
    })
}

fn adoptable(now: &Charter, adopting: &Adopting, at: Moment) -> Result<(), Refusal> {
    let what = "不能采用";
    let from = adopting.from.unwrap_or(at);
    if from < at {
        let next = "请写今天或以后的日期；已经发生的事按当时的规程。";
        return Err(Refusal::new(what, "生效时间已经过去", next).at("from"));
    }
    if adopting.until.is_some_and(|until| until <= from) {
        return Err(Refusal::new(what, "截止时间不在生效时间之后", "请改日期，或留空表示一直采用。").at("until"));
    }
    let same = |it: &Adoption| {
        it.book == adopting.book
            && it.digest == adopting.digest
            && it.except == adopting.except
            && it.from <= from
            && it.until == adopting.until
    };
    let later = |it: &&Adoption| it.book == adopting.book && it.from > from;
    if now.adoptions.iter().any(same) && !now.adoptions.iter().any(|it| later(&it)) {
        return Err(Refusal::new(what, "本站点已经这样采用", "不需要再办。"));
    }
    Ok(())
}

/// Ends every adoption of the book at `from` and drops those planned for later.
fn end(charter: &mut Charter, book: &str, from: Moment) {
    charter.adoptions.retain(|it| it.book != book || it.from < from);
    let open = charter.adoptions.iter_mut().filter(|it| it.book == book && it.until.is_none_or(|until| until > from));
    open.for_each(|it| it.until = Some(from));
}

/// `book/clause` as a clause.
fn clause_ref(text: &str) -> Option<ClauseRef> {
    let (book, id) = text.split_once('/')?;
    Some(ClauseRef { book: book.to_owned(), id: id.to_owned() })
}

/// The charter that the entries of stream `charter` make.
pub fn charter_log(entries: &[Entry]) -> CharterLog {
    let mut log = CharterLog::default();
    for entry in entries {
        if let Some(told) = calendar_entry(entry) {
            log.calendar.push(told);
            continue;
        }
        let links = &entry.event.body.links;
        let text = |key: &str| links.get(key).cloned().unwrap_or_default();
        let moment = |key: &str| links.get(key).and_then(|it| it.parse().ok()).map(Moment);
        let at = entry.event.happened;
        let mut charter = log.now();
        match entry.event.name.as_str() {
            // Journals of before the approval of rulebooks say `charter.adopted`.
            ADOPTED | "charter.adopted" | "charter.left" => {
                let (book, from) = (text("book"), moment("from").unwrap_or(at));
                end(&mut charter, &book, from);
                if entry.event.name != "charter.left" {
                    let except = text("except").split('、').filter(|it| !it.is_empty()).map(str::to_owned).collect();
                    let digest = text("digest");
                    charter.adoptions.push(Adoption { book, digest, from, until: moment("until"), except });
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
                let post = text("post");
                if to.is_empty() {
                    charter.bindings.remove(&post);
                    log.bound.remove(&post);
                } else {
                    log.bound.insert(post.clone(), Provenance::Set { by: entry.actor.clone(), at: at.0 });
                    charter.bindings.insert(post, to);
                }
            }
            "charter.confirmed" => {
                log.confirmed.insert((text("clause"), text("words")), entry.actor.clone());
                continue;
            }
            "charter.settled" => {
                let (Some(one), Some(other)) = (clause_ref(&text("one")), clause_ref(&text("other"))) else { continue };
                let prefer = clause_ref(&text("prefer")).filter(|it| *it == one || *it == other);
                settle(&mut charter, &one, &other, prefer.as_ref());
                let (reason, by) = (entry.event.body.note.clone(), entry.actor.clone());
                log.settled.insert([one, other], Settlement { prefer, reason, by, at });
            }
            _ => continue,
        }
        log.versions.push((at, charter));
    }
    log
}

/// Replaces what was preferred between two clauses.
fn settle(charter: &mut Charter, one: &ClauseRef, other: &ClauseRef, prefer: Option<&ClauseRef>) {
    let pair = |it: &Preference| (it.prefer == *one && it.over == *other) || (it.prefer == *other && it.over == *one);
    charter.preferences.retain(|it| !pair(it));
    if let Some(prefer) = prefer {
        let over = if prefer == one { other } else { one };
        charter.preferences.push(Preference { prefer: prefer.clone(), over: over.clone() });
    }
}

#[cfg(test)]
mod tests;
