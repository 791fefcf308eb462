//! What is asked of people by name (点名要办): to sign a paper of the company, to accept an internal rule and to read it, to receive a
//! circular. Who is asked stands in the entry that asks; who has done it, in theirs. Nothing else decides who is missing.

use calendar::Moment;
use jiff::civil::Date;

use crate::actor::Actor;
use crate::case::{Case, CaseState};
use crate::event::Event;
use crate::meeting;
use crate::refusal::{Reason, Refusal};

/// The register of papers of the company.
pub const DOCUMENTS: &str = "documents";
/// The register of internal rules.
pub const RULES: &str = "internal_rules";
/// The register of circulars.
pub const CIRCULARS: &str = "circulars";
/// Link with who is asked: a line each, account and name with a tab between.
pub const READERS: &str = "readers";
/// A paper of the company is signed.
pub const SIGNED: &str = "company_document.signed";
/// An internal rule is accepted.
pub const ACCEPTED: &str = "internal_rule.accepted";
/// A rule in force is read.
pub const READ: &str = "internal_rule.read";
/// A circular is received.
pub const RECEIVED: &str = "circular.received";
/// Who has not done it is reminded.
pub const REMINDED: &str = "paper.reminded";
/// Attribute: who is asked, by name.
pub const READER: &str = "document.reader";
/// Setting: days after which what was asked and not done counts as late.
pub const DAYS: &str = "签阅提醒天数";
/// The post as which somebody on the list of a paper or rule signs.
const AS: &str = "supervisory_staff";

/// Something asked of people by name.
#[derive(Clone, Copy)]
struct Way {
    kind: &'static str,
    /// The entry that asks.
    asks: &'static str,
    /// The act that does it.
    act: &'static str,
    /// The day by which, an attribute of the case.
    by: &'static str,
}

const WAYS: [Way; 7] = [
    Way { kind: DOCUMENTS, asks: "company_document.reader_listed", act: SIGNED, by: "" },
    Way { kind: RULES, asks: "internal_rule.accepter_listed", act: ACCEPTED, by: "" },
    Way { kind: RULES, asks: "internal_rule.issued", act: READ, by: "" },
    Way { kind: CIRCULARS, asks: "circular.sent", act: RECEIVED, by: "circular.reply_by" },
    Way { kind: meeting::REGISTER, asks: meeting::SENT, act: meeting::MINUTES_READ, by: "" },
    Way { kind: meeting::TASKS, asks: meeting::TASK_SET, act: meeting::TASK_DONE, by: meeting::TASK_BY },
    Way { kind: meeting::TASKS, asks: meeting::TASK_GOES_ON, act: meeting::TASK_DONE, by: meeting::TASK_BY },
];

/// Openings that ask each manager by an entry of its own.
const LISTS: [(&str, &str); 2] = [
    ("company_document.arrived", "company_document.reader_listed"),
    ("internal_rule.drafted", "internal_rule.accepter_listed"),
];

/// One thing asked of one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The act.
    pub act: &'static str,
    /// Of whom.
    pub account: String,
    /// Their name as it was then.
    pub name: String,
    /// Since when.
    pub since: Moment,
    /// By which day, when one was said.
    pub by: Option<Date>,
    /// When it was done.
    pub done: Option<Moment>,
    /// How often they were reminded.
    pub reminded: i64,
}

/// Whether people are asked by name in such a case.
pub fn asks(case: &Case) -> bool {
    WAYS.iter().any(|way| way.kind == case.kind.id())
}

/// Everything that was asked in a case, in the order in which it was asked.
pub fn of(case: &Case) -> Vec<Asked> {
    let ways: Vec<&Way> = WAYS.iter().filter(|way| way.kind == case.kind.id()).collect();
    let mut asked: Vec<Asked> = Vec::new();
    for entry in &case.entries {
        let (event, at) = (&entry.event, entry.event.happened);
        for way in &ways {
            if event.name == way.asks {
                let by = case.attributes.get(way.by).and_then(|day| day.parse().ok());
                for (account, name) in event.body.links.get(READERS).map(|it| people(it)).unwrap_or_default() {
                    let known = asked.iter().position(|it| it.act == way.act && it.account == account);
                    let one = Asked { act: way.act, account, name, since: at, by, done: None, reminded: 0 };
                    match known {
                        Some(place) => asked[place] = one,
                        None => asked.push(one),
                    }
                }
            }
            if event.name == way.act {
                let own = |it: &&mut Asked| it.act == way.act && it.account == entry.actor;
                if let Some(own) = asked.iter_mut().find(own) {
                    own.done = Some(at);
                }
            }
        }
        if event.name == REMINDED {
            asked.iter_mut().filter(|it| it.done.is_none()).for_each(|it| it.reminded += 1);
        }
    }
    asked
}

/// Names of those who have not done what was asked of them, as far as the case has come.
pub fn missing(case: &Case) -> Vec<String> {
    of(case).into_iter().filter(|it| it.done.is_none()).map(|it| it.name).collect()
}

/// The people of a link.
fn people(link: &str) -> Vec<(String, String)> {
    link.lines().filter_map(|line| line.split_once('\t')).map(|(id, name)| (id.to_owned(), name.to_owned())).collect()
}

/// The link of these people.
pub fn link<'a>(people: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    people.into_iter().map(|(account, name)| format!("{account}\t{name}")).collect::<Vec<_>>().join("\n")
}

/// What an opening asks of each: entries of their own, in place of its link.
pub(crate) fn listed(opening: &mut Event) -> Vec<Event> {
    let Some((_, asks)) = LISTS.iter().find(|(name, _)| *name == opening.name) else { return Vec::new() };
    let link = opening.body.links.remove(READERS).unwrap_or_default();
    people(&link).into_iter().map(|(account, name)| one(asks, opening.happened, &account, &name)).collect()
}

fn one(asks: &str, at: Moment, account: &str, name: &str) -> Event {
    let mut event = Event::plain(asks, at).with(READER, name);
    event.body.links.insert(READERS.to_owned(), link([(account, name)]));
    event
}

/// Who had accepted a draft that is changed is asked again.
pub(crate) fn asked_again(case: &Case, event: &Event) -> Vec<Event> {
    let accepted = of(case).into_iter().filter(|it| it.act == ACCEPTED && it.done.is_some());
    accepted.map(|it| one("internal_rule.accepter_listed", event.happened, &it.account, &it.name)).collect()
}

/// Natural order: who signs was asked and has not signed; nobody is reminded when all have.
pub(crate) fn in_order(what: &str, case: &Case, act: &str, actor: &Actor) -> Result<(), Refusal> {
    if act == REMINDED && missing(case).is_empty() {
        return Err(Refusal::new(what, "都签齐了，没有要催的人", "不用再催。"));
    }
    let Some(way) = WAYS.iter().find(|way| way.kind == case.kind.id() && way.act == act) else { return Ok(()) };
    match of(case).into_iter().find(|it| it.act == act && it.account == actor.account) {
        Some(own) if own.done.is_some() => {
            let why = if act == READ { "您已经看过" } else { "您已经签过" };
            Err(Refusal::new(what, why, "不用再办；有意见请补记。"))
        }
        // What is in force may be read by whoever came later, too.
        None if act != READ || !case.has(way.asks) => {
            let next = match act {
                READ => "下发以后再看。",
                meeting::TASK_DONE => "由接任务的人记；换人办的，请撤销这一件，另布置一件。",
                _ => "只有名单上的人签；漏了人的，请登记的人补列。",
            };
            Err(Refusal::new(what, "名单里没有您", next))
        }
        _ => Ok(()),
    }
}

/// What an act says by being done: who is on the list signs as what the list asks for; a reminder names who is missing.
pub(crate) fn shows(case: &Case, event: &mut Event) {
    if [SIGNED, ACCEPTED].contains(&event.name.as_str()) && !event.body.posts.iter().any(|it| it == AS) {
        event.body.posts.push(AS.to_owned());
    }
    if event.name == REMINDED {
        event.body.attributes.insert(READER.to_owned(), missing(case).join("、"));
    }
}

/// A refusal for want of signatures, with the names of who is missing.
pub(crate) fn naming(mut no: Refusal, case: &Case, act: &str) -> Refusal {
    let waits = match act {
        "company_document.archived" => SIGNED,
        "internal_rule.issued" => ACCEPTED,
        _ => return no,
    };
    let names: Vec<String> =
        of(case).into_iter().filter(|it| it.act == waits && it.done.is_none()).map(|it| it.name).collect();
    if !names.is_empty() {
        no.because.push(Reason { text: format!("还没有签的：{}", names.join("、")), clause: None });
    }
    no
}

/// The last signature of a circular ends it.
pub(crate) fn brings(case: &Case, event: &Event, actor: &Actor) -> Vec<Event> {
    let others = of(case).into_iter().filter(|it| it.done.is_none() && it.account != actor.account);
    match event.name.as_str() {
        RECEIVED if others.count() == 0 => vec![Event::plain("case.closed", event.happened)],
        _ => Vec::new(),
    }
}

/// Whether somebody still has to do what is asked: what was withdrawn, put away or closed asks nothing.
pub fn stands(case: &Case) -> bool {
    match case.state {
        CaseState::Withdrawn | CaseState::Filed => false,
        // Minutes go round when the meeting itself is over.
        CaseState::Closed => case.kind.id() == meeting::REGISTER,
        _ => true,
    }
}
