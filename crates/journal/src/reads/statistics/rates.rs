//! Rates and counts of the adopted clauses (比率、计数) in a period: each clause's own, side by side. A rate that a clause counts by
//! shorter periods stands with each of these.

use std::collections::{BTreeMap, BTreeSet};

use calendar::Period;
use jiff::ToSpan;
use office::stretch::{Length, Stretch};
use rulebook::model::{Count, Kind, Rate, Rule};
use rulebook::{ClauseRef, Figure, Member};
use serde::{Deserialize, Serialize};

use super::super::follow_up::{brief, figures};
use super::super::work::listed;
use super::super::{ClauseBrief, topic_in_words};
use crate::fault::Fault;
use crate::house::{Laws, SiteLaw};
use crate::tx::{Sql, Tx};
use crate::vals;
use crate::views::FOLLOW_UPS_MADE;

/// Separates the values of a group.
const UNIT: char = '\u{1f}';

/// What a rate is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum RateKind {
    /// How many were followed up.
    FollowUp,
    /// How many answered satisfied, or the marks that they gave.
    Satisfaction,
    /// Anything else done, or done in time.
    Other,
}

/// A number of a rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RatePart {
    /// The base.
    Base,
    /// Exempt from it.
    Exempt,
    /// Done.
    Done,
    /// Done in time.
    InTime,
    /// Of the base, not done.
    Lacking,
}

impl RatePart {
    /// Every number, in the order of the page.
    pub const ALL: [RatePart; 5] =
        [RatePart::Base, RatePart::Exempt, RatePart::Done, RatePart::InTime, RatePart::Lacking];

    /// The word in addresses.
    pub fn id(self) -> &'static str {
        match self {
            RatePart::Base => "base",
            RatePart::Exempt => "exempt",
            RatePart::Done => "done",
            RatePart::InTime => "in_time",
            RatePart::Lacking => "lacking",
        }
    }

    /// The number of this word.
    pub fn of(id: &str) -> Option<RatePart> {
        RatePart::ALL.into_iter().find(|part| part.id() == id)
    }

    /// What it is called, in Chinese.
    pub fn title(self) -> &'static str {
        match self {
            RatePart::Base => "基数",
            RatePart::Exempt => "免",
            RatePart::Done => "已做",
            RatePart::InTime => "按时",
            RatePart::Lacking => "没有做",
        }
    }
}

/// A rate of a clause in a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RateStood {
    /// What it is about.
    pub kind: RateKind,
    /// The clause in words.
    pub brief: ClauseBrief,
    /// Base, needed, done.
    pub figure: Figure,
    /// The share asked for, in parts per hundred thousand; none while nobody has set one.
    pub share: Option<i64>,
    /// The fact that makes a member, by id: what is followed up.
    pub of: String,
    /// The fact that counts, by id.
    pub must: String,
    /// An act after its limit counts too.
    pub late_counts: bool,
}

impl RateStood {
    /// The word of one of its numbers.
    pub fn id(&self, part: RatePart) -> String {
        let Figure { clause, period, .. } = &self.figure;
        format!("rate:{}/{}:{period}:{}", clause.book, clause.id, part.id())
    }

    /// One of its numbers.
    pub fn value(&self, part: RatePart) -> i64 {
        let figure = &self.figure;
        match part {
            RatePart::Base => figure.base,
            RatePart::Exempt => figure.exempt,
            RatePart::Done => figure.done,
            RatePart::InTime => figure.in_time,
            RatePart::Lacking => figure.base - figure.done,
        }
    }

    /// `《管理处回访管理作业规程(九)》4.1.2(1)`.
    pub fn clause_words(&self) -> String {
        format!("《{}》{}", self.brief.book, self.figure.clause.id)
    }
}

/// A count of a clause: a group that reached its threshold, or the number of the whole site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountStood {
    /// The clause in words.
    pub brief: ClauseBrief,
    /// The clause.
    pub clause: ClauseRef,
    /// Its period.
    pub period: String,
    /// The group, its values joined; empty for the whole site.
    pub group: String,
    /// The group in words.
    pub words: String,
    /// How many.
    pub count: i64,
    /// The threshold was reached.
    pub reached: bool,
    /// What reaching it raises.
    pub raises: String,
}

impl CountStood {
    /// Its word.
    pub fn id(&self) -> String {
        format!("count:{}/{}:{}:{}", self.clause.book, self.clause.id, self.period, self.group)
    }
}

/// The keys of the periods of this length, then the shorter ones that end within it.
fn keys(of: &Stretch) -> [Vec<String>; 3] {
    let weeks = || {
        let first = Stretch::of(Length::Week, of.first);
        let weeks =
            std::iter::successors(Some(first), |it| Some(Stretch::of(Length::Week, it.last.saturating_add(1.day()))));
        let within = weeks.skip_while(|it| it.last < of.first).take_while(|it| it.last <= of.last);
        within.map(|it| it.key()).collect::<Vec<_>>()
    };
    let months = || {
        let months = std::iter::successors(Some(Stretch::of(Length::Month, of.first)), |it| {
            Some(Stretch::of(Length::Month, it.last.saturating_add(1.day())))
        });
        months.take_while(|it| it.last <= of.last).map(|it| it.key()).collect::<Vec<_>>()
    };
    match of.length {
        Length::Quarter => [vec![of.key()], months(), weeks()],
        Length::Month => [vec![of.key()], weeks(), Vec::new()],
        Length::Week => [vec![of.key()], Vec::new(), Vec::new()],
    }
}

/// Rules of the books ever adopted that are a rate or a count, by book.
fn rules<'a, T>(law: &'a SiteLaw, is: impl Fn(&'a Rule) -> Option<&'a T>) -> BTreeMap<String, Vec<(String, &'a T)>> {
    let mut found: BTreeMap<String, Vec<(String, &T)>> = BTreeMap::new();
    for book in law.books.values() {
        for rule in book.clauses.iter().flat_map(|clause| &clause.rules) {
            let of = found.entry(book.id.clone()).or_default();
            if let Some(kind) = is(rule).filter(|_| !of.iter().any(|(id, _)| *id == rule.id.value)) {
                of.push((rule.id.value.clone(), kind));
            }
        }
    }
    found.retain(|_, of| !of.is_empty());
    found
}

pub(in crate::reads) fn fact(laws: &Laws, word: &str) -> String {
    laws.vocabulary.fact(word).map_or_else(|| word.to_owned(), |at| laws.vocabulary.facts[at].id.clone())
}

/// Every rate with its figure: of the period itself where the clause counts by such periods, else of the shorter ones in it.
pub(super) fn rates(
    tx: &mut dyn Tx,
    laws: &Laws,
    law: &SiteLaw,
    (site, of): (i64, &Stretch),
    now: calendar::Moment,
) -> Result<Vec<RateStood>, Fault> {
    let keys = keys(of);
    let all: Vec<String> = keys.iter().flatten().cloned().collect();
    let mut found = Vec::new();
    for (book, of) in rules(law, |rule| if let Kind::Rate(rate) = &rule.kind { Some(rate) } else { None }) {
        let ids: Vec<String> = of.iter().map(|(id, _)| id.clone()).collect();
        let stood = figures(tx, laws, site, &all, Some((&book, &ids)), now)?;
        for (id, rate) in of {
            let own = stood.iter().filter(|(_, figure)| figure.clause.id == id);
            let by_length = |keys: &Vec<String>| {
                own.clone().filter(|(_, figure)| keys.contains(&figure.period)).cloned().collect::<Vec<_>>()
            };
            let longest = keys.iter().map(by_length).find(|some| !some.is_empty()).unwrap_or_default();
            found.extend(longest.into_iter().map(|(brief, figure)| stood_of(laws, law, rate, brief, figure)));
        }
    }
    found.sort_by(|a, b| {
        let key = |it: &RateStood| (it.kind, it.of.clone(), it.figure.clause.clone(), it.figure.period.clone());
        key(a).cmp(&key(b))
    });
    Ok(found)
}

fn stood_of(laws: &Laws, law: &SiteLaw, rate: &Rate, brief: ClauseBrief, figure: Figure) -> RateStood {
    let must = fact(laws, &rate.must.value);
    let kind = match must.as_str() {
        made if FOLLOW_UPS_MADE.contains(&made) => RateKind::FollowUp,
        "follow_up.satisfied" | "survey.scored" => RateKind::Satisfaction,
        _ => RateKind::Other,
    };
    let share = law.law.share(&figure.clause, &figure.period);
    RateStood { kind, brief, share, of: fact(laws, &rate.of.value), must, late_counts: rate.late_counts, figure }
}

/// Counts of the period, and for shorter ones those of the quarter that it lies in: the groups that reached their threshold, and
/// every count of the whole site.
pub(super) fn counts(
    tx: &mut dyn Tx,
    laws: &Laws,
    law: &SiteLaw,
    (site, of): (i64, &Stretch),
) -> Result<Vec<CountStood>, Fault> {
    let quarter = Stretch::of(Length::Quarter, of.last).key();
    let periods: BTreeSet<String> = keys(of).into_iter().flatten().chain([quarter]).collect();
    let mut found = Vec::new();
    for (book, of) in rules(law, |rule| if let Kind::Count(count) = &rule.kind { Some(count) } else { None }) {
        for (id, count) in of.into_iter().filter(|(_, count)| count.within.is_none()) {
            let clause = ClauseRef { book: book.clone(), id };
            let members = members(tx, site, &clause, &periods)?;
            let own: BTreeSet<&String> = members.iter().map(|it| &it.period).collect();
            for period in own {
                let raised = law.law.raised(&clause, Some(period), members.iter());
                for one in raised.into_iter().filter(|one| one.reached || one.group.is_empty()) {
                    found.push(CountStood {
                        brief: brief(law, &clause),
                        clause: clause.clone(),
                        period: period.clone(),
                        words: words(laws, count, &one.group),
                        group: one.group,
                        count: one.count,
                        reached: one.reached,
                        raises: one.word,
                    });
                }
            }
        }
    }
    found.sort_by(|a, b| (&a.clause, &a.period, -a.count, &a.group).cmp(&(&b.clause, &b.period, -b.count, &b.group)));
    Ok(found)
}

/// A group in words: values of choices by their words.
fn words(laws: &Laws, count: &Count, group: &str) -> String {
    let values = group.split(UNIT).zip(&count.group_by);
    let one = |(value, word): (&str, &String)| {
        let id =
            laws.vocabulary.attribute(word).map(|at| laws.vocabulary.attributes[at].id.clone()).unwrap_or_default();
        let said = super::super::value_in_words(laws, &id, value);
        if said == value { topic_in_words(laws, value) } else { said }
    };
    values.map(one).filter(|it| !it.is_empty()).collect::<Vec<_>>().join("，")
}

fn members(tx: &mut dyn Tx, site: i64, clause: &ClauseRef, periods: &BTreeSet<String>) -> Result<Vec<Member>, Fault> {
    let periods: Vec<String> = periods.iter().cloned().collect();
    let mut values = vals![site, &clause.book, &clause.id].to_vec();
    let (marks, list) = listed(&periods, 4);
    values.extend(list);
    let text = format!(
        "select period, member, grp, weight, in_base, exempt, counted, in_time, final_at from member_row
         where site = $1 and book = $2 and clause = $3 and period in ({marks}) order by period, member"
    );
    let read = |row: &crate::value::Row| {
        Ok(Member {
            clause: clause.clone(),
            period: row.string(0)?,
            member: row.string(1)?,
            group: row.string(2)?,
            weight: row.int(3)?,
            in_base: row.flag(4)?,
            exempt: row.flag(5)?,
            counted: row.int(6)?,
            in_time: row.int(7)?,
            final_at: row.maybe_moment(8)?,
        })
    };
    tx.query(Sql::built(text), &values)?.iter().map(read).collect()
}

/// Whether this is the key of a week, month, quarter or another period that clauses count by.
pub(super) fn is_period(key: &str) -> bool {
    Period::of_key(key).is_ok()
}
