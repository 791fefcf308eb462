//! Answers in words (回答): the closed lines of the reference, for the rules that are asked.

use std::collections::{BTreeMap, BTreeSet};

use calendar::{CivilMoment, DueAt, Moment, Period, Zone};

use super::Scenario;
use crate::answer::*;
use crate::compile::plan::{Plan, Work};
use crate::compile::value::yuan;
use crate::derive::scene::compares;
use crate::fact::Fact;
use crate::law::Law;
use crate::model::{Book, Kind};

/// One line of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// `投诉处理完毕 限 2026-11-20 20:30`.
    pub text: String,
    /// How late, for lines that may state it.
    pub late: Option<Late>,
}

/// How late something was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Late {
    /// Whole seconds after the due moment.
    pub seconds: i64,
    /// Dates after the due date.
    pub days: i64,
}

impl Late {
    /// Whether it is what `30秒`, `2分钟`, `1小时` or `1天` states; minutes and hours may leave a rest.
    pub fn is(self, stated: &str) -> bool {
        let digits: String = stated.chars().take_while(char::is_ascii_digit).collect();
        let Ok(number) = digits.parse::<i64>() else { return false };
        match &stated[digits.len()..] {
            "秒" => self.seconds == number,
            "分钟" => self.seconds / 60 == number,
            "小时" => self.seconds / 3600 == number,
            "天" => self.days == number,
            _ => false,
        }
    }
}

/// Which rules are asked.
pub(super) struct Asked<'a> {
    pub book: &'a Book,
    pub covers: Vec<&'a str>,
    pub period: Option<&'a str>,
}

impl Asked<'_> {
    fn asks(&self, clause: &ClauseRef) -> bool {
        clause.book == self.book.id && self.covers.contains(&clause.id.as_str())
    }
}

/// The answer lines of these clauses for one subject, without duties and figures: what `derive` gives, and whether
/// each act that a covered rule may refuse is allowed. An act that happened is judged as it was when it last
/// happened, another as it would be now.
pub fn answers(law: &Law, clauses: &[ClauseRef], facts: &[Fact], as_of: Moment, zone: &Zone) -> Vec<Line> {
    let derived = law.derive("", facts, as_of);
    let asks = |clause: &ClauseRef| clauses.contains(clause);
    of_subject(law, &asks, facts, &derived, as_of, zone)
}

/// The complete answer of an example.
pub(super) fn of_scenario(law: &Law, asked: &Asked<'_>, scenario: &Scenario, zone: &Zone) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut members = Vec::new();
    let asks = |clause: &ClauseRef| asked.asks(clause);
    for (label, facts) in &scenario.subjects {
        let derived = law.derive(label, facts, scenario.as_of);
        // Members of a population made in bulk are asked for figures only.
        if !label.starts_with('\u{1f}') {
            let own = of_subject(law, &asks, facts, &derived, scenario.as_of, zone);
            let prefix =
                if scenario.labelled && scenario.subjects.len() > 1 { format!("[{label}] ") } else { String::new() };
            lines.extend(own.into_iter().map(|line| Line { text: format!("{prefix}{}", line.text), ..line }));
        }
        members.extend(derived.members);
    }
    lines.extend(duties(law, asked, scenario, zone));
    lines.extend(figures(law, asked, &members, scenario.as_of));
    lines
}

fn of_subject(
    law: &Law,
    asks: &dyn Fn(&ClauseRef) -> bool,
    facts: &[Fact],
    derived: &Derived,
    as_of: Moment,
    zone: &Zone,
) -> Vec<Line> {
    let writer = Writer { law, zone, as_of };
    let mut lines = Vec::new();
    let works = works(law, asks);
    for one in derived.obligations.iter().filter(|one| asks(&one.clause)) {
        // What answers an escalation is told by its own line.
        if works.get(&one.clause).is_none_or(|works| works.iter().any(|work| matches!(work, Work::Deadline(_)))) {
            lines.extend(writer.obligation(one));
        }
    }
    for one in derived.escalations.iter().filter(|one| asks(&one.clause)) {
        let own =
            works.get(&one.clause).is_some_and(|works| works.iter().any(|work| matches!(work, Work::Escalation(_))));
        if own {
            let told = if one.fired { "上报" } else { "待上报" };
            lines.push(plain(format!("{told} {} 于 {}", writer.post(&one.to), writer.moment(one.at))));
        }
    }
    for one in derived.routes.iter().filter(|one| asks(&one.clause)) {
        lines.push(plain(format!("走 {}", writer.fact(&one.go))));
    }
    let mut classes = BTreeSet::new();
    for one in derived.classes.iter().filter(|one| asks(&one.clause)) {
        if classes.insert((&one.attribute, &one.value)) {
            lines.push(plain(format!("归为 {}", writer.value(&one.attribute, &one.value))));
        }
    }
    for one in derived.rights.iter().filter(|one| asks(&one.clause)) {
        lines.push(plain(writer.right(one)));
    }
    for one in derived.keeps.iter().filter(|one| asks(&one.clause)) {
        lines.extend(one.until.as_ref().map(|date| plain(format!("留存至 {date}"))));
    }
    for one in derived.amounts.iter().filter(|one| asks(&one.clause)) {
        let amount = yuan(one.fen);
        let amount = if one.score { amount.replace(" 元", " 分") } else { amount };
        lines.push(plain(format!("{} {amount}", one.name)));
    }
    lines.extend(writer.acts(asks, &works, facts, derived));
    lines
}

/// What each asked clause does.
fn works<'a>(law: &'a Law, asks: &dyn Fn(&ClauseRef) -> bool) -> BTreeMap<ClauseRef, Vec<&'a Work>> {
    let mut works: BTreeMap<ClauseRef, Vec<&Work>> = BTreeMap::new();
    for plan in plans(law).filter(|plan| asks(&plan.clause)) {
        works.entry(plan.clause.clone()).or_default().push(&plan.work);
    }
    works
}

fn plans(law: &Law) -> impl Iterator<Item = &Plan> {
    law.versions.iter().flat_map(|version| &version.plans)
}

fn plain(text: String) -> Line {
    Line { text, late: None }
}

struct Writer<'a> {
    law: &'a Law,
    zone: &'a Zone,
    as_of: Moment,
}

impl Writer<'_> {
    fn obligation(&self, one: &Obligation) -> Vec<Line> {
        let words: Vec<String> = one.must.iter().map(|id| self.fact(id)).collect();
        let must = words.join(if one.must_all { "和" } else { "或" });
        let mut lines = Vec::new();
        if let Some(opens) = one.not_before {
            let date = self.zone.date(opens);
            let whole = opens == self.zone.start_of_day(date);
            let from = if whole { date.to_string() } else { DueAt::clock(opens).civil(self.zone).to_string() };
            lines.push(plain(format!("{must} 开始 {from}")));
        }
        let due = one.due.map(|at| DueAt { at, end_of_day: one.end_of_day });
        lines.push(plain(match due {
            Some(due) => {
                let limit = if one.soft { "软限" } else { "限" };
                format!("{must} {limit} {}", due.civil(self.zone))
            }
            None => format!("{must} 无限期"),
        }));
        let state = match (one.state, one.soft) {
            (State::Open, _) => "未到期",
            (State::Met, _) => "按时",
            (State::Overdue, false) => "超时",
            (State::MetLate, false) => "逾期",
            (State::Overdue | State::MetLate, true) => "软提醒",
            (State::Missed, _) => "未办",
            (State::Waived, _) => "免办",
            (State::NotApplicable, _) => "不适用",
        };
        let done = match one.state {
            State::MetLate => one.ended,
            State::Overdue => Some(self.as_of),
            _ => None,
        };
        let late = done.zip(due).map(|(done, due)| self.late(due, done));
        lines.push(Line { text: format!("{must} {state}"), late });
        lines
    }

    fn late(&self, due: DueAt, done: Moment) -> Late {
        let due_date = due.civil(self.zone).date;
        let days = crate::derive::clock::days_between(due_date, self.zone.date(done));
        Late { seconds: done.seconds_since(due.at), days }
    }

    fn right(&self, one: &RightNow) -> String {
        let may = self.fact(&one.may);
        match (one.ended, one.arose) {
            (true, true) => format!("可 {may} 未用"),
            (true, false) => format!("不可 {may}"),
            (false, _) => format!("自 {} 起可 {may}", self.moment(one.from)),
        }
    }

    /// Whether each act that asked rules may refuse is allowed, and what is missing.
    fn acts(
        &self,
        asks: &dyn Fn(&ClauseRef) -> bool,
        works: &BTreeMap<ClauseRef, Vec<&Work>>,
        facts: &[Fact],
        derived: &Derived,
    ) -> Vec<Line> {
        let mut acts: BTreeSet<u32> = BTreeSet::new();
        for work in works.values().flatten() {
            acts.extend(match work {
                Work::Block(block) => Some(block.act),
                Work::Sign(sign) => sign.blocks,
                Work::Fields(fields) => fields.blocks,
                Work::Roster(roster) => Some(roster.act),
                Work::Retention(retention) => retention.blocks,
                _ => None,
            });
        }
        let mut lines = Vec::new();
        let mut missing: Vec<String> = Vec::new();
        for act in acts {
            let id = self.law.fact_id(act);
            let attempt = self.attempt(&id, facts);
            let refused: Vec<BlockNow> =
                self.refusals(facts, &attempt).into_iter().filter(|block| asks(&block.clause)).collect();
            let gaps: Vec<&GapNow> = derived
                .gaps
                .iter()
                .filter(|gap| asks(&gap.clause) && gap.act == id && gap.at == Some(attempt.at))
                .collect();
            let verdict = if refused.is_empty() && gaps.is_empty() { "可以" } else { "不得" };
            lines.push(plain(format!("{verdict} {}", self.fact(&id))));
            missing.extend(refused.iter().flat_map(|block| block.missing.clone()));
            missing.extend(gaps.iter().flat_map(|gap| gap.missing.clone()));
        }
        let unrefused = derived.gaps.iter().filter(|gap| asks(&gap.clause) && gap.at.is_none());
        missing.extend(unrefused.flat_map(|gap| gap.missing.clone()));
        let mut said = BTreeSet::new();
        missing.retain(|one| said.insert(one.clone()));
        lines.extend(missing.iter().map(|one| plain(format!("缺 {}", self.any(one)))));
        lines
    }

    /// The last time that an act was done, else its being done now by nobody in particular.
    fn attempt(&self, act: &str, facts: &[Fact]) -> Fact {
        let done = facts.iter().filter(|fact| fact.name == act && fact.at <= self.as_of);
        let last = done.max_by_key(|fact| (fact.at, fact.seq));
        last.cloned().unwrap_or_else(|| Fact {
            seq: i64::MAX,
            name: act.to_owned(),
            at: self.as_of,
            entered: self.as_of,
            by: Vec::new(),
            person: String::new(),
            attributes: BTreeMap::new(),
        })
    }

    fn refusals(&self, facts: &[Fact], act: &Fact) -> Vec<BlockNow> {
        let before: Vec<Fact> = facts.iter().filter(|fact| (fact.at, fact.seq) < (act.at, act.seq)).cloned().collect();
        self.law.refusals(&before, act)
    }

    fn moment(&self, at: Moment) -> String {
        let midnight = self.zone.start_of_day(self.zone.date(at)) == at;
        CivilMoment::of_due(self.zone, at, midnight).to_string()
    }

    fn fact(&self, id: &str) -> String {
        let words = &self.law.words;
        words.fact_of_id(id).map_or(id.to_owned(), |place| words.facts[place].zh.clone())
    }

    fn post(&self, id: &str) -> String {
        let words = &self.law.words;
        words.post_of_id(id).map_or(id.to_owned(), |place| words.posts[place].zh.clone())
    }

    fn value(&self, attribute: &str, value: &str) -> String {
        let words = &self.law.words;
        let known = words.attribute_of_id(attribute).map(|place| &words.attributes[place]);
        let unit = known.map_or(&crate::words::Unit::Text, |known| &known.unit);
        crate::compile::value::read_zh(unit, words, self.zone, value)
    }

    /// The word of a fact, attribute or post.
    fn any(&self, id: &str) -> String {
        let words = &self.law.words;
        if let Some(place) = words.attribute_of_id(id) {
            return words.attributes[place].zh.clone();
        }
        if words.fact_of_id(id).is_some() { self.fact(id) } else { self.post(id) }
    }
}

/// The duties of every period from the first fact (or the first period that an act names) to the moment of looking,
/// or of the period asked.
fn duties(law: &Law, asked: &Asked<'_>, scenario: &Scenario, zone: &Zone) -> Vec<Line> {
    let duties: Vec<&crate::model::Rule> = asked
        .book
        .clauses
        .iter()
        .flat_map(|clause| &clause.rules)
        .filter(|rule| asked.covers.contains(&rule.id.value.as_str()) && matches!(rule.kind, Kind::Duty(_)))
        .collect();
    if duties.is_empty() {
        return Vec::new();
    }
    let facts: Vec<Fact> = scenario.subjects.values().flatten().cloned().collect();
    let to = zone.date(scenario.as_of);
    let mut from = facts.iter().map(|fact| zone.date(fact.at)).min().unwrap_or(to).min(to);
    for rule in duties {
        let Kind::Duty(duty) = &rule.kind else { continue };
        let attribute = duty.period_attribute.as_ref().and_then(|word| law.words.attribute(word));
        let Some(attribute) = attribute.map(|place| law.words.attributes[place].id.as_str()) else { continue };
        let dates = facts.iter().filter_map(|fact| fact.attributes.get(attribute)?.parse().ok());
        from = dates.min().map_or(from, |named: jiff::civil::Date| named.min(from));
    }
    let (from, to) = match asked.period.and_then(|key| Period::of_key(key).ok()) {
        Some((period, first)) => period.bounds(first),
        None => (from, to),
    };
    let writer = Writer { law, zone, as_of: scenario.as_of };
    let owed = law.duties(from, to, &facts, scenario.as_of);
    let mut lines: Vec<Line> =
        owed.iter().filter(|one| asked.asks(&one.clause)).flat_map(|one| writer.obligation(one)).collect();
    let empty = law.uncovered(from, to, &facts, scenario.as_of);
    lines.extend(empty.iter().filter(|one| asked.asks(&one.clause)).map(|one| {
        let end = CivilMoment::of_due(zone, one.to, zone.date(one.from) != zone.date(one.to));
        let start = CivilMoment::of_due(zone, one.from, false);
        plain(format!("空岗 {start} 至 {end}"))
    }));
    lines
}

/// The figures of the period asked, else of the first member's.
fn figures(law: &Law, asked: &Asked<'_>, members: &[Member], as_of: Moment) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut seen = BTreeSet::new();
    for plan in plans(law).filter(|plan| asked.asks(&plan.clause)) {
        if !matches!(plan.work, Work::Rate(_) | Work::Count(_)) || !seen.insert(plan.clause.clone()) {
            continue;
        }
        let own = || members.iter().filter(|member| member.clause == plan.clause);
        match &plan.work {
            Work::Rate(_) => {
                let period = asked.period.or_else(|| own().map(|member| member.period.as_str()).next());
                lines.extend(rate(&law.figure(&plan.clause, period.unwrap_or(""), own(), as_of)));
            }
            Work::Count(count) => {
                let groups = law.raised(&plan.clause, asked.period, own());
                // Nothing counted is a count of nought.
                let (comparison, threshold) = count.threshold;
                let nought = groups.is_empty() && compares(0, comparison, threshold);
                let reached = nought || groups.iter().any(|raised| raised.reached);
                let word = if reached { "列入" } else { "未列入" };
                lines.push(plain(format!("{word} {}", count.raises)));
            }
            _ => {}
        }
    }
    lines
}

fn rate(figure: &Figure) -> Vec<Line> {
    if figure.base == 0 {
        return vec![plain("无数据".to_owned())];
    }
    let mut lines: Vec<Line> = figure.needed.map(|needed| plain(format!("须 {needed} 件"))).into_iter().collect();
    lines.push(plain(format!("已 {} 件", figure.done)));
    lines.push(plain(match (figure.on_target, figure.provisional) {
        (None, _) => "未定比率".to_owned(),
        (_, true) => "暂计".to_owned(),
        (Some(true), _) => "达标".to_owned(),
        (Some(false), _) => "不达标".to_owned(),
    }));
    lines
}
