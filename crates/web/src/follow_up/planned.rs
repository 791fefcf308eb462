//! The follow-up plan (回访计划): what each clause that asks a share still needs, the calls planned by time and who makes them, the
//! draws behind them, and the button that draws what is lacking.

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::Query;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use journal::CommandId;
use journal::reads::{DrawnOnce, FollowUpPlan, PlanLine, PlannedRate};
use maud::{Markup, html};
use office::Refusal;
use office::case::ActOnCase;
use rulebook::ClauseRef;

use crate::components::field::command;
use crate::components::register::{Column, Register, Row};
use crate::components::timing::period;
use crate::components::{Timing, Tone, clause, empty, icon, lucide, panel, refusal, refused, tag};
use crate::language::{said, t};
use crate::page::{Crumb, Filled, Fragment, Frame, Page, Place, sheet};
use crate::security::{Fault, Permission};
use crate::state::Here;

/// The act that names who goes.
const PLANNED: &str = "follow_up.planned";

/// `GET /follow-up/plan`.
pub async fn show(here: Here, Query(query): Query<Vec<(String, String)>>) -> Result<Response, Fault> {
    let filled = Filled(query);
    if !filled.get("as").is_empty() && here.viewer.grants.allow(Permission::ReportExport) {
        return export(&here, filled.get("as"), &read(&here).await?);
    }
    Ok(page(&here, None).await?.into_response())
}

async fn read(here: &Here) -> Result<FollowUpPlan, Fault> {
    here.house().follow_up_plan(here.site, here.now).await.map_err(|fault| Fault::new("读取回访计划", fault))
}

/// `POST /follow-up/plan/draw`: draws what is lacking.
pub async fn draw(here: Here, filled: Filled) -> Result<Response, Fault> {
    let sent = here.sent_for(filled.command(), PLANNED)?;
    let done = here.house().draw_follow_ups(sent, here.actor.clone()).await;
    match done.map_err(|fault| Fault::new("抽取回访", fault))? {
        Ok(_) => Ok(back()),
        Err(no) => Ok(refused(page(&here, Some(&no)).await?, &no)),
    }
}

/// `POST /follow-up/plan/visitor`: the ticked calls are given to somebody.
pub async fn give(here: Here, filled: Filled) -> Result<Response, Fault> {
    let (ticked, visitor) = (filled.all("line"), filled.get("visitor").to_owned());
    let no = match (ticked.is_empty(), visitor.is_empty()) {
        (true, _) => Some(Refusal::new("没有排人", "还没有勾选回访", "请在计划里勾选要排的回访。")),
        (_, true) => Some(Refusal::new("没有排人", "还没有选人", "请选由谁去。").at("visitor")),
        _ => None,
    };
    if let Some(no) = no {
        return Ok(refused(page(&here, Some(&no)).await?, &no));
    }
    let base = here.sent(filled.command())?.command;
    let plan = read(&here).await?;
    for line in plan.lines.iter().filter(|line| ticked.contains(&line.case.id)) {
        let sent = here.sent_for(Some(CommandId::of(&[base.as_str(), &line.case.id]).as_str()), PLANNED)?;
        let told = [("follow_up.planned_at", line.at.0.to_string()), ("follow_up.visitor", visitor.clone())];
        let command = ActOnCase {
            act: PLANNED.into(),
            attributes: told.map(|(id, value)| (id.to_owned(), value)).into(),
            ..ActOnCase::default()
        };
        let done = here.house().act_on_case(sent, here.actor.clone(), line.case.id.clone(), command).await;
        if let Err(no) = done.map_err(|fault| Fault::new("排回访", fault))? {
            return Ok(refused(page(&here, Some(&no)).await?, &no));
        }
    }
    Ok(back())
}

/// `POST /follow-up/plan/households`: draws households to be asked how satisfied they are.
pub async fn households(here: Here, filled: Filled) -> Result<Response, Fault> {
    let sent = here.sent_for(filled.command(), office::survey::CHOSEN)?;
    let count = filled.get("count").parse().unwrap_or(0);
    let done = here.house().choose_households(sent, here.actor.clone(), count).await;
    match done.map_err(|fault| Fault::new("抽取住户", fault))? {
        Ok(_) => Ok((StatusCode::SEE_OTHER, [(header::LOCATION, "/registers/surveys")]).into_response()),
        Err(no) => Ok(refused(page(&here, Some(&no)).await?, &no)),
    }
}

fn back() -> Response {
    (StatusCode::SEE_OTHER, [(header::LOCATION, "/follow-up/plan")]).into_response()
}

/// Numbers of the calls that are planned for clauses of the week: what an act that arranges the week's calls names.
pub async fn slips_for(here: &Here, act: &str) -> Result<Option<(String, String)>, Fault> {
    if act != "follow_up.weekly_batch_arranged" {
        return Ok(None);
    }
    let plan = read(here).await?;
    let of_week = |line: &&PlanLine| line.serves.iter().any(|(_, period)| period.contains("-W"));
    let numbers: Vec<&str> = plan.lines.iter().filter(of_week).map(|line| line.case.number.as_str()).collect();
    Ok((!numbers.is_empty()).then(|| ("follow_up.batch_slips".to_owned(), numbers.join("、"))))
}

async fn page(here: &Here, no: Option<&Refusal>) -> Result<Fragment, Fault> {
    let plan = read(here).await?;
    let around = here.around().await?;
    let names = here.names().await?;
    let timing = Timing { now: here.now, zone: &here.house().laws().zone };
    let may_draw = here.viewer.grants.allow(Permission::FollowUpDraw);
    let lacking: i64 = plan.rates.iter().map(PlannedRate::to_draw).sum();
    let fresh = here.sent(None)?;
    let draw = html! {
        @if may_draw {
            form method="post" action="/follow-up/plan/draw" {
                (command(fresh.command.as_str()))
                button.main[lacking > 0] data-key="F8" { (t("抽取还差的")) " " kbd { "F8" } }
            }
        }
    };
    let body = html! {
        @if let Some(no) = no { (refusal(no)) }
        (panel(t("各条还差多少"), draw, rates(&plan)))
        (panel(t("排好的回访"), html! { span.dim { (plan.lines.len()) } }, lines(here, &plan, timing, may_draw).await?))
        (panel(t("问满意的住户"), html! {}, surveyed(here, &plan, may_draw)?))
        (panel(t("抽取记录"), html! {}, draws(here, &plan.draws, &names, timing)))
    };
    let crumbs = [Crumb { words: t("回访").to_owned(), path: "/follow-up".to_owned() }];
    let does = html! { button data-print data-key="F9" { (icon(lucide::LuPrinter)) (t("打印")) " " kbd { "F9" } } };
    let page =
        Page { crumbs: &crumbs, does, ..Page::new(t("回访计划"), Frame::Desk(Place::FollowUp, &around), body) };
    Ok(Fragment(page.render()))
}

fn rates(plan: &FollowUpPlan) -> Markup {
    let columns = [
        Column::new(t("期间")),
        Column::new(t("条款")),
        Column { right: true, minor: true, ..Column::new(t("办结")) },
        Column { right: true, minor: true, ..Column::new(t("须访")) },
        Column { right: true, minor: true, ..Column::new(t("已访")) },
        Column { right: true, minor: true, ..Column::new(t("已排")) },
        Column { right: true, ..Column::new(t("缺额")) },
        Column { right: true, minor: true, ..Column::new(t("可抽")) },
        Column { right: true, minor: true, ..Column::new(t("联系不上")) },
    ];
    let rows: Vec<Row> = plan
        .rates
        .iter()
        .map(|rate| {
            let figure = &rate.figure;
            let cells = vec![
                html! { span.nowrap { (period(&figure.period)) } },
                html! {
                    (said(&rate.brief.summary, None)) " " (clause(&figure.clause, Some(&rate.brief.summary)))
                    div.only-phone.small.dim {
                        (crate::t!("办结 {0} · 须访 {1} · 已访 {2} · 已排 {3}", figure.base, needed(rate), figure.done, rate.planned))
                    }
                },
                html! { (figure.base) },
                html! { (needed(rate)) },
                html! { (figure.done) },
                html! { (rate.planned) },
                lacking(rate),
                html! { (rate.open) },
                html! { (rate.given_up) },
            ];
            Row { cells, late: !rate.ended && rate.lacking() > rate.open, void: false }
        })
        .collect();
    let blank = t("采用的规程里没有只要求访一部分的条款，或者还没有办结的事。");
    register("rates-of-plan", t("各条还差多少"), &columns, &rows, empty(blank, html! {})).render()
}

/// What lacks; of a period that is over only what can still be drawn is lacking, the rest was missed.
fn lacking(rate: &PlannedRate) -> Markup {
    html! {
        @match (rate.lacking(), rate.ended) {
            (0, _) => { (t("够了")) },
            (lacking, true) if rate.to_draw() == 0 => span.dim { (crate::t!("这一期已过，差了 {}", lacking)) },
            (_, true) => b { (crate::t!("还缺 {}", rate.to_draw())) },
            (lacking, false) => b { (crate::t!("还缺 {}", lacking)) },
        }
    }
}

fn needed(rate: &PlannedRate) -> i64 {
    rate.figure.needed.unwrap_or(0)
}

fn register<'a>(
    id: &'a str,
    caption: &'a str,
    columns: &'a [Column<'a>],
    rows: &'a [Row],
    empty: Markup,
) -> Register<'a> {
    Register::of((id, caption, "/follow-up/plan"), columns, rows, empty)
}

async fn lines(here: &Here, plan: &FollowUpPlan, timing: Timing<'_>, may_give: bool) -> Result<Markup, Fault> {
    let columns = [
        Column::new(t("回访时间")),
        Column::new(t("事项")),
        Column::new(t("地点")),
        Column::new(t("由谁")),
        Column { minor: true, ..Column::new(t("算作哪些条")) },
    ];
    let tick = |line: &PlanLine| {
        html! {
            @if may_give {
                label.tick { input type="checkbox" name="line" value=(line.case.id); span { (timing.said(line.at)) } }
            } @else { (timing.said(line.at)) }
        }
    };
    let rows: Vec<Row> = plan
        .lines
        .iter()
        .map(|line| {
            let cells = vec![
                tick(line),
                html! {
                    a href={ "/follow-up/" (line.case.id) } { (line.case.number) } " " (line.case.title)
                    @if line.drawn { " " (tag(t("抽中"), Tone::Mind)) }
                },
                html! { (line.case.place) },
                html! { @if line.visitor.is_empty() { span.late-words { (t("还没有排人")) } } @else { (line.visitor) } },
                html! { @for of in served(line) { (clause(of, None)) " " } },
            ];
            Row { cells, late: line.at < timing.now, void: false }
        })
        .collect();
    let blank = empty(t("还没有排好的回访。按“抽取还差的”，各条还差的会按次序排进来。"), html! {});
    let export = here.viewer.grants.allow(Permission::ReportExport);
    let table = Register { export, ..register("plan-lines", t("排好的回访"), &columns, &rows, blank) }.render();
    if !may_give || plan.lines.is_empty() {
        return Ok(table);
    }
    let staff = here.house().staff(here.site).await.map_err(|fault| Fault::new("读取员工", fault))?;
    let fresh = here.sent(None)?;
    Ok(html! {
        form method="post" action="/follow-up/plan/visitor" {
            (command(fresh.command.as_str()))
            (table)
            p.ways {
                label.filter {
                    span.vh { (t("由谁去")) }
                    select name="visitor" {
                        option value="" { (t("由谁去")) }
                        @for one in staff.iter().filter(|it| it.active) { option value=(one.name) { (one.name) } }
                    }
                }
                " " button { (t("把勾选的排给他")) }
            }
        }
    })
}

/// The clauses that a call serves, each once whatever its periods.
fn served(line: &PlanLine) -> BTreeSet<&ClauseRef> {
    line.serves.iter().map(|(of, _)| of).collect()
}

/// Households asked how satisfied they are this month, and the button that draws more.
fn surveyed(here: &Here, plan: &FollowUpPlan, may_draw: bool) -> Result<Markup, Fault> {
    let asked = &plan.survey;
    let fresh = here.sent(None)?;
    let lacking = (asked.wanted - asked.chosen).max(0).to_string();
    Ok(html! {
        p {
            (crate::t!("本月要问 {0} 户，已选 {1} 户，已问到 {2} 户。", asked.wanted, asked.chosen, asked.answered)) " "
            a href="/registers/surveys" { (t("看名单")) } " · " a href="/surveys" { (t("满意调查")) }
        }
        @if may_draw {
            form.filters method="post" action="/follow-up/plan/households" {
                (command(fresh.command.as_str()))
                label.filter {
                    span { (t("再抽几户")) }
                    input name="count" type="number" min="1" max="200" required value=(lacking);
                }
                " " button { (t("抽取住户")) }
            }
        }
    })
}

fn draws(here: &Here, draws: &[DrawnOnce], names: &BTreeMap<String, String>, timing: Timing<'_>) -> Markup {
    let by = |account: &str| names.get(account).cloned().unwrap_or_else(|| here.word(account));
    html! {
        p.small.dim.base {
            (t("次序由种子、条款和单号算出，种子是这一期开始前最后一条日志的摘要，谁也不能挑；命令 huiyin follow-up verify-draw 可以逐次复核。"))
        }
        @if draws.is_empty() { p.dim { (t("还没有抽过。")) } }
        @for one in draws {
            div.paper-row {
                p {
                    (timing.time(one.at)) " " (by(&one.account)) " "
                    (clause(&one.draw.clause, None)) " " (period(&one.draw.period)) " "
                    (crate::t!("从 {0} 件里抽 {1} 件", one.draw.candidates.len(), one.draw.drawn.len()))
                }
                p.small { @for number in &one.draw.drawn { a href={ "/cases/" (number) } { (number) } " " } }
                p.small.dim { (t("种子")) " " code title=(one.draw.seed) { (one.draw.seed.get(..16).unwrap_or(&one.draw.seed)) "…" } }
            }
        }
    }
}

fn export(here: &Here, kind: &str, plan: &FollowUpPlan) -> Result<Response, Fault> {
    let zone = &here.house().laws().zone;
    let head = [t("回访时间"), t("单号"), t("事项"), t("地点"), t("由谁"), t("抽中"), t("算作哪些条")];
    let lines: Vec<Vec<String>> = plan
        .lines
        .iter()
        .map(|line| {
            let serves: Vec<String> =
                line.serves.iter().map(|(of, period)| format!("{} {} {period}", of.book, of.id)).collect();
            vec![
                zone.civil(line.at).strftime("%Y-%m-%d %H:%M").to_string(),
                line.case.number.clone(),
                line.case.title.clone(),
                line.case.place.clone(),
                line.visitor.clone(),
                if line.drawn { t("是").to_owned() } else { String::new() },
                serves.join("；"),
            ]
        })
        .collect();
    sheet::answer(kind, t("回访计划"), "follow-up-plan", &head, &lines)
}
