//! The follow-up list (回访清单): a bar for each rate of the running periods, and the queue.

use axum::response::{IntoResponse, Response};
use calendar::{DueAt, Moment, Period};
use journal::SiteLaw;
use journal::reads::{ClauseBrief, FollowUpRow, FollowUpStage, FollowUps};
use maud::{Markup, html};
use rulebook::{ClauseRef, Figure};

use crate::components::board::cards;
use crate::components::figure::Progress;
use crate::components::{Lamp, Light, Timing, Tone, clause, empty, live_panel, tag};
use crate::language::{said, t};
use crate::page::{Frame, Page, Place};
use crate::security::Fault;
use crate::state::Here;

/// The periods whose rates are shown.
const PERIODS: [Period; 3] = [Period::Week, Period::Month, Period::Quarter];

/// `GET /follow-up`.
pub async fn show(here: Here) -> Result<Response, Fault> {
    let zone = &here.house().laws().zone;
    let today = zone.date(here.now);
    let keys = PERIODS.map(|period| period.key(today)).to_vec();
    let read = here.house().follow_ups(here.site, keys, here.now).await;
    let told = read.map_err(|fault| Fault::new("读取回访", fault))?;
    let law = here.house().law(here.site).await.map_err(|fault| Fault::new("读取规程", fault))?;
    let around = here.around().await?;
    let timing = Timing { now: here.now, zone };
    let to_ask = told.queue.iter().filter(|row| row.stage == FollowUpStage::ToAsk).count();
    let body = html! {
        div.beside {
            (live_panel("queue-of-calls", "follow-up", t("待办回访"), html! {}, queue(&told, timing)))
            (live_panel("rates", "follow-up", t("回访率"), html! {}, rates(&told, &law, timing)))
        }
    };
    let words = t!("待回访 {} 户", to_ask);
    let beside = html! { span.dim { (words) } };
    let does = html! {
        a.button href="/surveys" { (t("满意调查")) }
        a.button href="/follow-up/plan" { (t("回访计划")) }
    };
    Ok(Page { beside, does, ..Page::new(t("回访"), Frame::Desk(Place::FollowUp, &around), body) }.into_response())
}

fn rates(told: &FollowUps, law: &SiteLaw, timing: Timing) -> Markup {
    let yields_to = |figure: &Figure| law.charter.preferred_over(&figure.clause, timing.now).next();
    html! {
        @if told.rates.is_empty() {
            (empty(t("本周、本月、本季还没有要回访的事。办完一件，就算进来一件。"), html! {}))
        }
        @for (brief, figure) in &told.rates { (rate(brief, figure, yields_to(figure), timing)) }
    }
}

/// A rate that yields to another clause is measured, but asks for nothing.
fn rate(brief: &ClauseBrief, figure: &Figure, yields_to: Option<&ClauseRef>, timing: Timing) -> Markup {
    let count = |number: i64| u32::try_from(number).unwrap_or(0);
    let needed = figure.needed.unwrap_or(figure.base);
    let to_do = (needed - figure.done).max(0);
    let today = match (figure.needed, to_do) {
        _ if yields_to.is_some() => String::new(),
        (None, _) => t("还没有定比率").to_owned(),
        (_, 0) => t("已够").to_owned(),
        (_, to_do) => t!("今日还需回访 {} 户", per_day(to_do, days_left(figure, timing))),
    };
    let name = html! {
        span {
            b { (period_words(&figure.period)) } " " (said(&brief.summary, None)) " "
            (clause(&figure.clause, Some(&brief.summary)))
            @if let Some(prefer) = yields_to { " " (tag(t("只统计"), Tone::Mind)) " " (clause(prefer, None)) }
            @if figure.provisional { " " (Lamp::Provisional.shape()) " " span.small.dim { (Lamp::Provisional.word()) } }
            @if figure.on_target == Some(false) && !figure.provisional { " " (tag(t("未达标"), Tone::Grave)) }
        }
    };
    let bar = Progress {
        name,
        needed: count(needed),
        done: count(figure.in_time),
        late: count((figure.done - figure.in_time).max(0)),
        today: &today,
    };
    html! {
        (bar.render())
        p.small.dim.base {
            (t!("共 {} 户办结", figure.base))
            @if figure.exempt > 0 { " · " (t!("免回访 {} 户", figure.exempt)) }
        }
    }
}

/// Days left of the figure's period, today included; at least one.
fn days_left(figure: &Figure, timing: Timing) -> i64 {
    let today = timing.zone.date(timing.now);
    let last = Period::of_key(&figure.period).map(|(period, first)| period.bounds(first).1);
    let days = last.ok().and_then(|last| today.until(last).ok()).map_or(0, |span| i64::from(span.get_days()));
    days.max(0) + 1
}

/// How many a day, so that all are done at the end.
fn per_day(to_do: i64, days: i64) -> i64 {
    (to_do + days - 1) / days.max(1)
}

fn period_words(key: &str) -> &'static str {
    match Period::of_key(key) {
        Ok((Period::Week, _)) => t("本周"),
        Ok((Period::Month, _)) => t("本月"),
        Ok((Period::Quarter, _)) => t("本季"),
        _ => "",
    }
}

fn queue(told: &FollowUps, timing: Timing) -> Markup {
    let groups = [
        (FollowUpStage::ToAsk, t("要问的")),
        (FollowUpStage::Rework, t("不满意，正在重新处理")),
        (FollowUpStage::ToReview, t("已回访，待审核")),
        (FollowUpStage::Reviewed, t("已审核，可以结案")),
    ];
    html! {
        @if told.queue.is_empty() {
            (empty(t("没有要回访的事。事情办完以后会按期限排在这里。"), html! { a.button href="/cases" { (t("看事项")) } }))
        }
        @for (n, (stage, words)) in groups.into_iter().enumerate() {
            @let rows: Vec<&FollowUpRow> = told.queue.iter().filter(|row| row.stage == stage).collect();
            @if !rows.is_empty() {
                @let rows: Vec<(Markup, bool)> = rows.iter().map(|row| (line(row, timing), by_today(row, timing))).collect();
                section.calls {
                    h3 { (words) " " span.dim { (rows.len()) } }
                    (cards(&format!("calls-{n}"), &rows))
                }
            }
        }
    }
}

/// Whether a follow-up is due or planned by the end of today: such a one is not folded away.
fn by_today(row: &FollowUpRow, timing: Timing) -> bool {
    let today = timing.zone.date(timing.now);
    let due = due(row).map(|at| at.plus_micros(-1));
    due.into_iter().chain(row.planned).any(|at| timing.zone.date(at) <= today)
}

/// When a follow-up is due by the first clause that says so.
fn due(row: &FollowUpRow) -> Option<Moment> {
    row.clauses.iter().find_map(|(_, due)| *due)
}

fn line(row: &FollowUpRow, timing: Timing) -> Markup {
    let case = &row.case;
    let due = due(row);
    html! {
        li data-walk tabindex="-1" {
            @match due {
                Some(at) => (timing.light(case.opened, DueAt { at, end_of_day: case.next_due_end_of_day || is_midnight(at, timing) })),
                None => (Light { lamp: Lamp::Open, words: t("不计时"), exact: "", runs: None }.render()),
            }
            a href={ "/follow-up/" (case.id) } {
                @if !case.place.is_empty() { b.place { (case.place) } " " }
                (case.title)
                " " span.small.dim { (said(case.kind.title(), None)) " " (case.number) }
            }
            span.marks {
                @if row.round > 1 { (tag(&t!("第 {} 轮", row.round), Tone::Mind)) " " }
                @if row.attempts > 0 { (tag(&t!("未果 {} 次", row.attempts), Tone::Mind)) " " }
                @if let Some(at) = row.planned { span.small { (t("约")) " " (timing.said(at)) " " } }
                @for (of, _) in &row.clauses { (clause(of, None)) " " }
            }
            a.button href={ "/follow-up/" (case.id) } {
                @match row.stage {
                    FollowUpStage::ToAsk => (t("回访|动词")),
                    FollowUpStage::Rework => (t("看处理")),
                    FollowUpStage::ToReview => (t("审核")),
                    FollowUpStage::Reviewed => (t("查看")),
                }
            }
        }
    }
}

/// A due moment at midnight is the end of a day: follow-up limits are counted in days.
fn is_midnight(at: Moment, timing: Timing) -> bool {
    let civil = timing.zone.civil(at);
    (civil.hour(), civil.minute()) == (0, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_is_spread_over_the_days_rounded_up() {
        assert_eq!(per_day(7, 3), 3);
        assert_eq!(per_day(6, 3), 2);
        assert_eq!(per_day(1, 30), 1);
        assert_eq!(per_day(4, 1), 4);
    }
}
