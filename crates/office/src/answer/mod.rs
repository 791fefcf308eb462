//! The answer book (常用问答与便民电话): questions that callers ask, their answers, useful telephone numbers. Stream
//! `answer:<id>`; each change is a version, and staff confirm having read the present one (阅读回执).

mod close;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use calendar::Moment;
use serde::{Deserialize, Serialize};

pub use close::{closeness, spelled};

use crate::actor::Actor;
use crate::event::{Body, Entry, Event};
use crate::refusal::Refusal;

/// Posts that may write entries; everybody else reads.
pub const EDITORS: &[&str] = &[
    "service_supervisor",
    "service_centre_head",
    "office_manager",
    "department_head",
    "department_first",
    "engineering_supervisor",
    "deputy_engineering_supervisor",
];

/// Categories that are offered; a site may write its own.
pub const CATEGORIES: &[&str] = &["便民电话", "收费", "报修", "装修", "停车", "证件与放行", "社区生活"];

/// What an entry says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Said {
    /// The question, as callers put it, or the name of a number.
    pub question: String,
    /// The answer, ready to be read out.
    pub answer: String,
    /// Telephone numbers, one a line: 供电抢修 95598.
    pub phones: String,
    /// Category.
    pub category: String,
    /// Other words by which callers ask for it.
    pub keywords: String,
}

/// One version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// 1 for the first.
    pub number: i64,
    /// Account that wrote it.
    pub by: String,
    /// When.
    pub at: Moment,
    /// What it said.
    pub said: Said,
}

/// An entry of the book.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// Stream key without the prefix.
    pub id: String,
    /// Every version, oldest first; never empty.
    pub versions: Vec<Version>,
    /// Why it was taken out of the book, when it was.
    pub withdrawn: Option<String>,
    /// Account → version it has read, and when.
    pub read: BTreeMap<String, (i64, Moment)>,
    /// Number of entries of the stream.
    pub version: i64,
}

impl Answer {
    /// The version that holds.
    pub fn present(&self) -> Option<&Version> {
        self.versions.last()
    }

    /// Whether an account has read the version that holds; who wrote it has.
    pub fn is_read_by(&self, account: &str) -> bool {
        let Some(present) = self.present() else { return true };
        present.by == account || self.read.get(account).is_some_and(|(version, _)| *version >= present.number)
    }
}

/// A change of the book.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AnswerChange {
    /// Writes an entry, new or changed; `seen` is the version that the writer changed, 0 for a new one.
    Write {
        /// What it says now.
        said: Said,
        /// The version changed.
        seen: i64,
    },
    /// Takes it out of the book.
    Withdraw {
        /// Why.
        reason: String,
    },
    /// Confirms having read a version.
    Read {
        /// The version.
        version: i64,
    },
}

/// The event of a change. None: it is so already.
pub fn decide(
    known: Option<&Answer>,
    change: &AnswerChange,
    actor: &Actor,
    now: Moment,
) -> Result<Option<Event>, Refusal> {
    match change {
        AnswerChange::Write { said, seen } => write(known, said, *seen, actor, now),
        AnswerChange::Withdraw { reason } => withdraw(known, reason, actor, now).map(Some),
        AnswerChange::Read { version } => read(known, *version, actor, now),
    }
}

fn may_write(what: &str, actor: &Actor) -> Result<(), Refusal> {
    match actor.holds(EDITORS) {
        true => Ok(()),
        false => Err(Refusal::new(what, "问答由主管编写", "请把要补的内容告诉主管。")),
    }
}

fn write(known: Option<&Answer>, said: &Said, seen: i64, actor: &Actor, now: Moment) -> Result<Option<Event>, Refusal> {
    let what = "没有保存问答";
    may_write(what, actor)?;
    let said = said.trimmed();
    if said.question.is_empty() {
        return Err(Refusal::new(what, "还没有写问题", "请照来人的问法写，例如：物业费怎么交。").at("question"));
    }
    if said.answer.is_empty() && said.phones.is_empty() {
        return Err(Refusal::new(what, "答复和电话都还没有写", "请写一句可以念给来人听的话，或一个电话。").at("answer"));
    }
    let present = known.and_then(Answer::present);
    let number = present.map_or(0, |version| version.number);
    if number != seen {
        let next = "请看过最新内容后再改；您写的还在。";
        return Err(Refusal::new(what, "您打开之后，这一条又改过了", next));
    }
    if known.is_some_and(|it| it.withdrawn.is_none()) && present.is_some_and(|version| version.said == said) {
        return Ok(None);
    }
    let mut event = Event::plain("answer.written", now);
    event.body.links = [
        ("question", said.question),
        ("answer", said.answer),
        ("phones", said.phones),
        ("category", said.category),
        ("keywords", said.keywords),
        ("version", (number + 1).to_string()),
    ]
    .into_iter()
    .filter(|(_, value)| !value.is_empty())
    .map(|(key, value)| (key.to_owned(), value))
    .collect();
    Ok(Some(event))
}

fn withdraw(known: Option<&Answer>, reason: &str, actor: &Actor, now: Moment) -> Result<Event, Refusal> {
    let what = "没有撤下";
    may_write(what, actor)?;
    if known.is_none_or(|it| it.withdrawn.is_some()) {
        return Err(Refusal::new(what, "书里没有这一条", "请从问答列表打开。"));
    }
    if reason.trim().is_empty() {
        return Err(Refusal::new(what, "还没有写原因", "请写为什么不再用，例如：收费标准已换。").at("reason"));
    }
    let mut event = Event::plain("answer.withdrawn", now);
    event.body = Body { note: reason.trim().to_owned(), ..Body::default() };
    Ok(event)
}

fn read(known: Option<&Answer>, version: i64, actor: &Actor, now: Moment) -> Result<Option<Event>, Refusal> {
    let what = "没有记下已读";
    let Some(present) = known.filter(|it| it.withdrawn.is_none()).and_then(Answer::present) else {
        return Err(Refusal::new(what, "书里没有这一条", "请从问答列表打开。"));
    };
    if version != present.number {
        return Err(Refusal::new(what, "您打开之后，这一条又改过了", "请看过最新内容后再确认。"));
    }
    if known.is_some_and(|it| it.is_read_by(&actor.account)) {
        return Ok(None);
    }
    let mut event = Event::plain("answer.read", now);
    event.body.links = [("version".to_owned(), version.to_string())].into();
    Ok(Some(event))
}

impl Said {
    /// Without spaces around each part.
    fn trimmed(&self) -> Said {
        let trim = |text: &str| text.trim().to_owned();
        Said {
            question: trim(&self.question),
            answer: trim(&self.answer),
            phones: trim(&self.phones),
            category: trim(&self.category),
            keywords: trim(&self.keywords),
        }
    }
}

/// The entry that its stream makes; none without a first version.
pub fn replay(id: &str, entries: &[Entry]) -> Option<Answer> {
    let mut answer = Answer {
        id: id.to_owned(),
        versions: Vec::new(),
        withdrawn: None,
        read: BTreeMap::new(),
        version: entries.len() as i64,
    };
    for entry in entries {
        evolve(&mut answer, entry);
    }
    (!answer.versions.is_empty()).then_some(answer)
}

fn evolve(answer: &mut Answer, entry: &Entry) {
    let text = |key: &str| entry.event.body.links.get(key).cloned().unwrap_or_default();
    match entry.event.name.as_str() {
        "answer.written" => {
            let said = Said {
                question: text("question"),
                answer: text("answer"),
                phones: text("phones"),
                category: text("category"),
                keywords: text("keywords"),
            };
            let number = answer.versions.len() as i64 + 1;
            answer.versions.push(Version { number, by: entry.actor.clone(), at: entry.event.happened, said });
            answer.withdrawn = None;
        }
        "answer.withdrawn" => answer.withdrawn = Some(entry.event.body.note.clone()),
        "answer.read" => {
            let version = text("version").parse().unwrap_or_default();
            answer.read.insert(entry.actor.clone(), (version, entry.event.happened));
        }
        _ => {}
    }
}
