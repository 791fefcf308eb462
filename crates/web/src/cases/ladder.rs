//! What the law says of a case now (应办): the ladder of due moments, rights, escalations.

use calendar::{DueAt, Moment};
use journal::Laws;
use journal::reads::CasePage;
use maud::{Markup, html};
use rulebook::{ClauseRef, Obligation, State};

use crate::components::light::{Lamp, Light};
use crate::components::timeline::{Rung, ladder};
use crate::components::{Timing, marks};
use crate::language::{said, t};

/// The due moment of an obligation as it is compared and said.
pub fn due(owed: &Obligation) -> Option<DueAt> {
    owed.due.map(|at| DueAt { at, end_of_day: owed.end_of_day })
}

/// The light of the obligation that presses most: hard before soft, soonest first.
pub fn most_urgent(page: &CasePage, timing: Timing) -> Option<Markup> {
    let open = page
        .derived
        .obligations
        .iter()
        .filter(|it| matches!(it.state, State::Open | State::Overdue) && !it.soft && it.yields_to.is_none());
    let first = open.filter(|it| it.due.is_some()).min_by_key(|it| it.due)?;
    Some(light(first, timing))
}

/// The whole panel: what is open stands out; what is kept can be opened.
pub fn render(page: &CasePage, laws: &Laws, timing: Timing) -> Markup {
    let all = &page.derived.obligations;
    let open = |it: &&Obligation| matches!(it.state, State::Open | State::Overdue);
    let mut to_come: Vec<&Obligation> = all.iter().filter(open).collect();
    to_come.sort_by_key(|it| (it.due.is_none(), it.due));
    let over = |it: &&Obligation| due(it).is_some_and(|due| due.passed(timing.now));
    let (overdue, to_come): (Vec<&Obligation>, Vec<&Obligation>) = to_come.into_iter().partition(over);
    let mut ended: Vec<&Obligation> = all.iter().filter(|it| !open(it)).collect();
    ended.sort_by_key(|it| it.ended);
    let broken = |it: &&Obligation| matches!(it.state, State::MetLate | State::Missed) && !it.soft;
    let (broken, kept): (Vec<&Obligation>, Vec<&Obligation>) = ended.into_iter().partition(broken);
    let now = timing.clock(timing.now);
    let (kept, past) =
        (Texts::of(&kept, page, laws, timing), Texts::of(&[broken, overdue].concat(), page, laws, timing));
    let to_come = Texts::of(&to_come, page, laws, timing);
    html! {
        @if !kept.0.is_empty() {
            details.small {
                summary.dim { (crate::t!("已办的 {} 项", kept.0.len())) }
                ol.ladder { @for text in &kept.0 { (text.rung().render()) } }
            }
        }
        (ladder(&past.rungs(), &now, &to_come.rungs()))
        @if past.0.is_empty() && to_come.0.is_empty() { p.dim { (t("没有未办的时限。")) } }
        (gaps(page, laws, timing))
        (rights(page, laws))
        (escalations(page, laws, timing))
    }
}

/// The words of a rung, which borrows them.
struct Text {
    lamp: Lamp,
    light: Markup,
    act: String,
    bearer: String,
    clauses: Vec<ClauseRef>,
    basis: String,
}

struct Texts(Vec<Text>);

impl Texts {
    fn of(owed: &[&Obligation], page: &CasePage, laws: &Laws, timing: Timing) -> Texts {
        Texts(owed.iter().map(|it| Text::of(it, page, laws, timing)).collect())
    }

    fn rungs(&self) -> Vec<Rung<'_>> {
        self.0.iter().map(Text::rung).collect()
    }
}

impl Text {
    fn of(owed: &Obligation, page: &CasePage, laws: &Laws, timing: Timing) -> Text {
        let joined = owed.must.iter().map(|id| laws.word(id)).collect::<Vec<_>>().join("、");
        let joined = said(&joined, None).into_owned();
        let joined = match &owed.yields_to {
            None => joined,
            Some(by) => crate::t!("{0}（让 {1}，只统计）", joined, by.id),
        };
        let act = match owed.round {
            0 | 1 => joined,
            round => crate::t!("{0}（第 {1} 轮）", joined, round),
        };
        Text {
            lamp: lamp(owed, timing.now),
            light: light(owed, timing),
            act,
            bearer: said(&laws.word(&owed.bearer), None).into_owned(),
            clauses: vec![owed.clause.clone()],
            basis: format!("/why/{}/{}", page.case.id, owed.id),
        }
    }

    fn rung(&self) -> Rung<'_> {
        Rung {
            lamp: self.lamp,
            light: self.light.clone(),
            act: &self.act,
            bearer: &self.bearer,
            clauses: &self.clauses,
            basis: Some(&self.basis),
        }
    }
}

fn lamp(owed: &Obligation, now: Moment) -> Lamp {
    match (owed.soft, owed.state) {
        (true, State::Overdue | State::MetLate | State::Missed) => Lamp::Soft,
        _ => Lamp::of(owed.state, now, owed.opened, due(owed)),
    }
}

fn light(owed: &Obligation, timing: Timing) -> Markup {
    let lamp = lamp(owed, timing.now);
    match (owed.ended, due(owed)) {
        (Some(at), _) => timing.ended(lamp, at),
        (None, Some(due)) if !owed.soft => timing.light(owed.opened, due),
        (None, Some(due)) => {
            let (words, exact) = (timing.remaining(due), calendar::words::exact(timing.zone, due));
            Light { lamp, words: &words, exact: &exact, runs: None }.render()
        }
        (None, None) => Light { lamp, words: t("不限时"), exact: "", runs: None }.render(),
    }
}

/// What is missing though nothing is refused, and acts by hands that the clause does not name.
fn gaps(page: &CasePage, laws: &Laws, timing: Timing) -> Markup {
    let words = |id: &String| said(&laws.word(id), None).into_owned();
    html! {
        @if !page.derived.gaps.is_empty() {
            details.small {
                summary { (crate::t!("缺的或不合的 {} 项", page.derived.gaps.len())) }
                ul { @for it in &page.derived.gaps { li {
                    @if !it.act.is_empty() { (words(&it.act)) " " }
                    @if let Some(at) = it.at { span.dim { (timing.time(at)) " " } }
                    @match (it.at.is_some(), it.missing.is_empty()) {
                        (true, false) => { (crate::t!("应由 {}", it.missing.iter().map(words).collect::<Vec<_>>().join("、"))) },
                        (true, true) => { (t("不该由这个岗位办")) },
                        (false, _) => { (crate::t!("缺 {}", it.missing.iter().map(words).collect::<Vec<_>>().join("、"))) },
                    }
                    " " (marks::clause(&it.clause, None))
                    @if it.breach { " " (marks::tag(t("违规"), marks::Tone::Grave)) }
                } } }
            }
        }
    }
}

fn rights(page: &CasePage, laws: &Laws) -> Markup {
    let open: Vec<_> = page.derived.rights.iter().filter(|it| it.available && !it.used).collect();
    html! {
        @if !open.is_empty() {
            h3 { (t("可以")) }
            ul.small {
                @for it in open {
                    li { (said(&laws.word(&it.who), None)) " " (said(&laws.word(&it.may), None)) " " (marks::clause(&it.clause, None)) }
                }
            }
        }
    }
}

fn escalations(page: &CasePage, laws: &Laws, timing: Timing) -> Markup {
    html! {
        @if !page.derived.escalations.is_empty() {
            h3 { (t("上报")) }
            ul.small {
                @for it in &page.derived.escalations {
                    li {
                        @if it.fired { (t("已报")) } @else { (t("将报")) }
                        " " (said(&laws.word(&it.to), None)) " " (timing.time(it.at)) " " (marks::clause(&it.clause, None))
                    }
                }
            }
        }
    }
}
