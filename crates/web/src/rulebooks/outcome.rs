//! What a trial would change (推演结果): by clause, rates, new work by post and hour, and the cases that come out otherwise with
//! both derivations side by side.

use std::collections::BTreeMap;

use calendar::DueAt;
use maud::{Markup, html};
use rulebook::simulate::{Attained, Case, Differs, Kept, Outcomes, Owed, PostLoad};
use rulebook::{ClauseRef, Figure, State, Step};

use crate::components::{Timing, Tone, clause as chip, tag};
use crate::entry::posts;
use crate::language::{said, t, zh};
use crate::state::Here;

/// What was replayed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// Real cases; `true`: only the newest of them.
    Past(bool),
    /// A made-up year, lived under each law.
    Year,
}

/// Everything that is told of a replay.
pub fn told(here: &Here, outcomes: &Outcomes, about: About) -> Markup {
    let Outcomes { subjects, facts, facts_after, differing, differing_cases, .. } = outcomes;
    html! {
        p { (crate::t!(
            "看了 {0} 件事项、{1} 条事实；结果不同的 {2} 件，共 {3} 项应办。", subjects, facts + facts_after, differing_cases, differing
        )) }
        @match about {
            About::Past(newest) => p.small.dim {
                (t("两边都要求的应办才比按时和超时；只有改后才要求的是新添的工作，不算超时。"))
                @if newest { " " (t("事项太多，只看了最近的。")) }
            },
            About::Year => p.small.dim { (t("两边各过一年，人手按模型；周期性的职责只算工作量，不判断。")) },
        }
        (by_clause(here, outcomes))
        (rates(here, outcomes))
        (new_work(here, outcomes))
        (cases(here, outcomes, about))
    }
}

fn pair<T: PartialEq + ToString>(was: T, is: T) -> String {
    if was == is { is.to_string() } else { format!("{} → {}", was.to_string(), is.to_string()) }
}

fn name(here: &Here, clause: &ClauseRef) -> Markup {
    html! { (chip(clause, None)) " " span.small.dim { (super::side::name(here, None, &clause.book)) } }
}

/// The clauses for which something changes.
fn by_clause(here: &Here, outcomes: &Outcomes) -> Markup {
    let changed: Vec<_> = outcomes.kept.iter().filter(|(_, (before, after))| before != after).collect();
    html! {
        h3 { (t("逐款比较")) }
        @if changed.is_empty() { p.dim { (t("没有一款不同。")) } } @else {
            div.scroll { table.plain-table {
                thead { tr {
                    th { (t("条")) } th.num { (t("应办")) } th.num { (t("按时")) } th.num { (t("超时办结或未办")) }
                    th.num { (t("未到期|计数")) } th.num { (t("提醒|计数")) } th.num { (t("不再要求")) } th.num { (t("新添")) }
                } }
                tbody { @for (clause, (was, is)) in changed {
                    @let both = |figure: fn(&Kept) -> u64| pair(figure(was), figure(is));
                    tr {
                        td.wrap { (name(here, clause)) }
                        td.num { (both(Kept::all)) }
                        td.num { (both(|it| it.met)) }
                        td.num { (both(Kept::broken)) }
                        td.num { (both(|it| it.open)) }
                        td.num { (both(|it| it.reminded)) }
                        td.num { (was.alone) }
                        td.num { (is.alone) }
                    }
                } }
            } }
        }
    }
}

/// Periods on target of those with a verdict.
fn reached(it: Attained) -> String {
    if it.periods == 0 { "—".to_owned() } else { format!("{}/{}", it.reached, it.periods) }
}

/// Rates: how often each reached its target, and the periods in which it differs.
fn rates(here: &Here, outcomes: &Outcomes) -> Markup {
    let attained = outcomes.attained();
    let changed: Vec<_> = outcomes.figures.iter().filter(|(_, (was, is))| was != is).collect();
    html! {
        @if !attained.is_empty() || !changed.is_empty() {
            h3 { (t("比率")) }
            div.scroll { table.plain-table {
                thead { tr { th { (t("条")) } th.num { (t("达标的期数")) } } }
                tbody { @for (clause, both) in &attained {
                    @let [was, is] = both.map(reached);
                    tr { td.wrap { (name(here, clause)) } td.num { (pair(was, is)) } }
                } }
            } }
        }
        @if !changed.is_empty() {
            details.aside { summary { (crate::t!("有出入的 {} 期", changed.len())) }
                div.scroll { table.plain-table {
                    thead { tr { th { (t("条")) } th { (t("期间")) } th { (t("现行")) } th { (t("改后")) } } }
                    tbody { @for ((clause, period), (was, is)) in changed { tr {
                        td.wrap { (name(here, clause)) }
                        td { (period) }
                        td { (figure(was.as_ref())) }
                        td { (figure(is.as_ref())) }
                    } } }
                } }
            }
        }
    }
}

fn figure(figure: Option<&Figure>) -> Markup {
    let Some(figure) = figure else { return html! { span.dim { (t("不要求")) } } };
    html! {
        @match figure.needed {
            Some(needed) => { (crate::t!("已做 {0}，应做 {1}（{2} 里）", figure.done, needed, figure.base)) },
            None => { (crate::t!("已做 {0}（{1} 里）", figure.done, figure.base)) },
        }
        " " @match figure.on_target { Some(true) => (t("达标")), Some(false) => (t("未达标")), None => (t("无数据")) }
        @if figure.provisional { " " span.dim { (t("暂计")) } }
    }
}

/// New work by post, and within a post by the hour at which it begins.
fn new_work(here: &Here, outcomes: &Outcomes) -> Markup {
    let work = outcomes.work_of_posts();
    let hours: Vec<usize> = (0..24).filter(|hour| work.iter().any(|it| it.hours[*hour] > 0)).collect();
    html! {
        @if !work.is_empty() {
            h3 { (t("新添的工作")) }
            div.scroll { table.plain-table {
                thead { tr {
                    th { (t("岗位")) } th.num { (t("项")) } @for hour in &hours { th.num { (crate::t!("{} 点", hour)) } }
                } }
                tbody { @for of_post in &work { tr {
                    td { @if of_post.post.is_empty() { span.dim { (t("没有写明由谁")) } } @else {
                        (posts::word(here.house().laws(), &of_post.post))
                    } }
                    td.num { b { (of_post.all) } }
                    @for hour in &hours { td.num { @match of_post.hours[*hour] { 0 => span.dim { "·" }, count => (count) } } }
                } } }
            } }
        }
    }
}

/// The cases that come out otherwise, what differs in each, and how either law comes to it.
fn cases(here: &Here, outcomes: &Outcomes, about: About) -> Markup {
    let shown = outcomes.cases.len();
    html! {
        @if shown > 0 {
            h3 { (t("结果不同的事项")) " " span.dim { (crate::t!("列出 {0} 件，共 {1} 件", shown, outcomes.differing_cases)) } }
        }
        @for (place, case) in outcomes.cases.iter().enumerate() {
            details.aside open[place == 0] {
                summary {
                    b { (case.subject) } " "
                    span.small.dim { (crate::t!("{} 项应办不同", case.differs.len() as u64 + case.more)) }
                }
                (one_case(here, case, about))
            }
        }
    }
}

fn one_case(here: &Here, case: &Case, about: About) -> Markup {
    html! {
        @if matches!(about, About::Past(_)) { p { a href={ "/cases/" (case.subject) } { (t("打开事项")) } } }
        @for one in &case.differs {
            div.pair {
                (side(here, t("现行"), one, (one.before.as_ref(), &one.why_before), false))
                (side(here, t("改后"), one, (one.after.as_ref(), &one.why_after), one.before.is_none() && about != About::Year))
            }
        }
        @if case.more > 0 { p.small.dim { (crate::t!("另有 {} 项不同", case.more)) } }
    }
}

fn side(here: &Here, word: &str, one: &Differs, (owed, why): (Option<&Owed>, &[Step]), new: bool) -> Markup {
    html! {
        div {
            p { b { (word) } " " (name(here, &one.clause)) " " (owed_words(here, owed, new)) }
            ol.steps-words.small { @for step in why { li {
                (said(&step.text, None))
                @if let Some(basis) = &step.basis { div.dim { (said(basis, None)) } }
            } } }
        }
    }
}

/// An obligation in a few words; one that is new is work, whatever became of it.
fn owed_words(here: &Here, owed: Option<&Owed>, new: bool) -> Markup {
    let timing = Timing { now: here.now, zone: &here.house().laws().zone };
    html! {
        @match owed {
            None => { span.dim { (t("不要求")) } },
            Some(owed) => {
                @match owed.due {
                    Some(at) => { (calendar::words::exact(timing.zone, DueAt { at, end_of_day: owed.end_of_day })) },
                    None => { (t("不计时")) },
                }
                " " @if new { (tag(t("新添"), Tone::Plain)) } @else { (t(state(owed))) }
            },
        }
    }
}

fn state(owed: &Owed) -> &'static str {
    match owed.state {
        State::Overdue | State::MetLate if owed.soft => zh("过了提醒时间"),
        State::Open => zh("未到期|计数"),
        State::Overdue => zh("已超时未办"),
        State::Met => zh("按时"),
        State::MetLate => zh("超时办结|计数"),
        State::Missed => zh("未办|计数"),
        State::Waived | State::NotApplicable => zh("免办或不适用"),
    }
}

/// The staff model and how busy it was.
pub fn staff(here: &Here, [was, is]: &[BTreeMap<&'static str, PostLoad>; 2]) -> Markup {
    let busiest = |it: &PostLoad| match it.busiest() {
        Some((hour, share)) => format!("{} {share}%", crate::t!("{} 点", hour)),
        None => "—".to_owned(),
    };
    html! {
        h3 { (t("人手模型")) }
        div.scroll { table.plain-table {
            thead { tr {
                th { (t("岗位")) } th.num { (t("白天人数")) } th.num { (t("夜里人数")) } th.num { (t("每天办")) } th.num { (t("占用")) }
                th { (t("最忙的钟点")) } th.num { (t("平均等人手（分钟）")) }
            } }
            tbody { @for (post, load) in was {
                @let other = is.get(post).unwrap_or(load);
                tr {
                    td { (posts::word(here.house().laws(), post)) }
                    td.num { (load.day) }
                    td.num { (load.night) }
                    td.num { (pair(load.acts / 365, other.acts / 365)) }
                    td.num { (pair(format!("{}%", load.busy()), format!("{}%", other.busy()))) }
                    td { (pair(busiest(load), busiest(other))) }
                    td.num { (pair(load.waited / load.acts.max(1), other.waited / other.acts.max(1))) }
                }
            } }
        } }
    }
}
