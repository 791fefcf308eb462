//! A month of fees (一个月的通知单): its sums, its notices by state, and the keys of who bills it.

use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use calendar::DueAt;
use journal::reads::{FeeMonth, FeeRow, FeeState};
use maud::{Markup, html};
use office::Refusal;
use office::money::yuan;

use super::{month_asked, month_in_words, sections};
use crate::cases::field;
use crate::components::field::{Field, command};
use crate::components::figure::{Figure, figures, share};
use crate::components::register::{Column, Register, Row};
use crate::components::{Timing, Tone, empty, icon, lucide, refusal, tag};
use crate::language::t;
use crate::page::{Filled, Fragment, Frame, Page, Place, sheet};
use crate::security::{Fault, Permission};
use crate::state::Here;

/// The word of a state.
pub(super) fn title(state: FeeState) -> &'static str {
    match state {
        FeeState::All => t("全部"),
        FeeState::Unprinted => t("没有打印的"),
        FeeState::Undelivered => t("没有送达的"),
        FeeState::Owed => t("还没有缴清的"),
        FeeState::Overdue => t("逾期的"),
        FeeState::Cleared => t("已缴清的"),
    }
}

/// The state that an address asks for.
pub(super) fn state_of(word: &str) -> FeeState {
    FeeState::ALL.into_iter().find(|(_, id)| *id == word).map_or(FeeState::All, |(state, _)| state)
}

/// `GET /fees?month=2026-10-31&state=owed`.
pub async fn show(here: Here, Query(query): Query<Vec<(String, String)>>) -> Result<Response, Fault> {
    let query = Filled(query);
    let may_export = here.viewer.grants.allow(Permission::ReportExport);
    if may_export && !query.get("as").is_empty() {
        return leaves(&here, &query).await;
    }
    Ok(page(&here, query, None).await?.into_response())
}

/// The list of a month as it leaves the office.
async fn leaves(here: &Here, query: &Filled) -> Result<Response, Fault> {
    let day = month_asked(here, query.get("month")).to_string();
    let rows = here.house().fee_list(here.site, day.clone(), state_of(query.get("state"))).await;
    let rows = rows.map_err(|fault| Fault::new("读取收费", fault))?;
    let head = [
        t("房号"),
        t("缴费人"),
        t("编号"),
        t("本月合计（元）"),
        t("已收（元）"),
        t("还欠（元）"),
        t("送达"),
        t("缴清"),
    ];
    let heading = crate::t!("费用通知单 {}", month_in_words(&day));
    sheet::answer(query.get("as"), &heading, &format!("fees-{day}"), &head, &lines(here, &rows))
}

/// The page of the month that is asked for, else of the latest; with why something was refused.
pub(super) async fn page(here: &Here, query: Filled, no: Option<&Refusal>) -> Result<Fragment, Fault> {
    let read = |fault| Fault::new("读取收费", fault);
    let months = here.house().fee_months(here.site).await.map_err(read)?;
    // Who bills begins with the month that ended last, billed or not; others with the last that was.
    let latest = months.first().map_or("", |it| it.month.as_str());
    let works = here.viewer.grants.allow(Permission::FeeWork);
    let asked = match query.get("month") {
        "" if works => month_asked(here, ""),
        "" => month_asked(here, latest),
        asked => month_asked(here, asked),
    };
    let day = asked.to_string();
    let state = state_of(query.get("state"));
    let may_export = here.viewer.grants.allow(Permission::ReportExport);
    let after = query.get("after").to_owned();
    let (rows, next) = here.house().fee_notices(here.site, day.clone(), state, after.clone()).await.map_err(read)?;
    let now = months.iter().find(|it| it.month == day).cloned().unwrap_or_default();
    let timing = Timing { now: here.now, zone: &here.house().laws().zone };
    let body = html! {
        (sections(0))
        @if let Some(entered) = query.0.iter().find(|(name, _)| name == "entered") {
            p.told role="status" { (crate::t!("记下 {0} 张回单，{1} 元；没有收成的 {2} 户", entered.1, query.get("sum"), query.get("failed"))) }
        }
        @if let Some(no) = no { (refusal(no)) }
        form.filters method="get" action="/fees" {
            label.vh for="month" { (t("月份")) }
            select id="month" name="month" {
                @if !months.iter().any(|it| it.month == day) {
                    option value=(day) selected { (month_in_words(&day)) }
                }
                @for it in &months { option value=(it.month) selected[it.month == day] { (month_in_words(&it.month)) } }
            }
            label.vh for="state" { (t("状态")) }
            select id="state" name="state" {
                @for (one, id) in FeeState::ALL { option value=(id) selected[one == state] { (title(one)) } }
            }
            button { (t("看")) }
        }
        @if now.notices > 0 { (sums(&now, &day)) (stands(&now, &day)) }
        @if now.printed > now.delivered && here.viewer.grants.allow(Permission::CaseWork) { (delivers(here, &now, &day)?) }
        (list(&day, state, (&rows, next.as_deref(), !after.is_empty()), timing, may_export))
    };
    let around = here.around().await?;
    let does = does(here, &now, &day)?;
    let heading = crate::t!("收费 {}", month_in_words(&day));
    Ok(Fragment(Page { does, ..Page::new(&heading, Frame::Desk(Place::Fees, &around), body) }.render()))
}

/// What can be done with the month.
fn does(here: &Here, now: &FeeMonth, day: &str) -> Result<Markup, Fault> {
    let fresh = here.sent(None)?;
    let works = here.viewer.grants.allow(Permission::FeeWork);
    let prints = here.viewer.grants.allow(Permission::FormPrint);
    Ok(html! {
        @if works {
            a.button.main[now.notices == 0] href={ "/fees/run?month=" (day) } { (t("出单")) " …" }
            @if now.printed > 0 { a.button href="/fees/slips/import" { (t("导入银行回单")) " …" } }
            @if now.printed < now.notices {
                form.inline method="post" action="/fees/print" {
                    (command(fresh.command.as_str()))
                    input type="hidden" name="month" value=(day);
                    button.main { (crate::t!("打出 {} 张", now.notices - now.printed)) }
                }
            }
        }
        @if now.notices > 0 { button data-print data-key="F9" { (icon(lucide::LuPrinter)) (t("打印")) " " kbd { "F9" } } }
        @if prints && now.printed > 0 {
            a.button href={ "/fees/print?month=" (day) } { (icon(lucide::LuPrinter)) (t("整月通知单")) }
        }
    })
}

fn sums(now: &FeeMonth, day: &str) -> Markup {
    let (billed, received, owed) = (yuan(now.billed), yuan(now.received), yuan(now.owed));
    let in_time = share(now.in_time, now.billed);
    let all = share(now.received, now.billed);
    let of_billed = crate::t!("占应收 {} %", all);
    let path = |state: &str| format!("/fees?month={day}&state={state}");
    let paths = ["", "cleared", "cleared", "owed"].map(path);
    let fell = if now.fell > 0 { crate::t!("其中逾期 {} 户", now.fell) } else { String::new() };
    figures(&[
        Figure::count(t("应收"), &billed, t("元"), &paths[0]),
        Figure { target: &of_billed, ..Figure::count(t("已收"), &received, t("元"), &paths[1]) },
        Figure::count(t("按期收缴率"), &in_time, "%", &paths[2]),
        Figure { target: &fell, ..Figure::count(t("还欠"), &owed, t("元"), &paths[3]) },
    ])
}

/// How far the month has come, each number a way to its list.
fn stands(now: &FeeMonth, day: &str) -> Markup {
    let left = [
        (now.notices - now.printed, "unprinted", t("没有打印的")),
        (now.printed - now.delivered, "undelivered", t("没有送达的")),
        (now.notices - now.cleared, "owed", t("还没有缴清的")),
    ];
    html! {
        p.ways {
            (crate::t!("{} 张通知单", now.notices))
            @for (count, state, words) in left.iter().filter(|it| it.0 > 0) {
                a href={ "/fees?month=" (day) "&state=" (state) } { (words) " " (count) }
            }
        }
    }
}

/// Notes the month as delivered at one stroke, but for the rooms where nobody opened.
fn delivers(here: &Here, now: &FeeMonth, day: &str) -> Result<Markup, Fault> {
    let fresh = here.sent(None)?;
    let laws = here.house().laws();
    let today = laws.zone.date(here.now).to_string();
    Ok(html! {
        details.panel {
            summary { (crate::t!("送完了：记下 {} 张送达", now.printed - now.delivered)) }
            form.narrow method="post" action="/fees/deliver" {
                (command(fresh.command.as_str()))
                input type="hidden" name="month" value=(day);
                (field::show(laws, "fee.delivered_on", true, &today, None))
                (field::show(laws, "fee.delivered_by", true, "door", None))
                (Field { hint: t("几户之间空一格，例如 3-2-501 3-2-502"), ..Field::line("without", t("没有送到的房号"), "") }.render())
                p.ways { button.main { (t("记下送达")) } }
            }
        }
    })
}

fn list(
    day: &str,
    state: FeeState,
    (rows, next, further): (&[FeeRow], Option<&str>, bool),
    timing: Timing,
    export: bool,
) -> Markup {
    let columns = [
        Column::new(t("房号")),
        Column::new(t("缴费人")),
        Column { right: true, minor: true, ..Column::new(t("本月合计（元）")) },
        Column { right: true, minor: true, ..Column::new(t("已收（元）")) },
        Column { right: true, ..Column::new(t("还欠（元）")) },
        Column::new(t("进度")),
    ];
    let shown: Vec<Row> = rows.iter().map(|it| row(it, timing)).collect();
    let word = FeeState::ALL.into_iter().find(|(one, _)| *one == state).map_or("", |(_, id)| id);
    let query = format!("month={day}&state={word}");
    let total = crate::t!("本页 {} 张", rows.len());
    let nothing = if state == FeeState::All {
        empty(t("这个月还没有出单。月底起按标准和面积一次开出各户的通知单。"), html! {})
    } else {
        empty(t("没有这样的通知单。"), html! {})
    };
    Register {
        query: &query,
        total: if rows.is_empty() { "" } else { &total },
        next,
        further,
        export,
        ..Register::of(("fees", t("费用通知单"), "/fees"), &columns, &shown, nothing)
    }
    .render()
}

pub(super) fn row(it: &FeeRow, timing: Timing) -> Row {
    let stands = html! {
        @if let Some(cleared) = it.cleared { (tag(t("已缴清"), Tone::Plain)) " " span.dim { (timing.time(cleared)) } }
        @else if it.printed.is_none() { (tag(t("没有打印的"), Tone::Mind)) }
        @else if it.fell { (tag(t("逾期的"), Tone::Grave)) }
        @else if let (Some(due), Some(printed)) = (it.due, it.printed) { (timing.light(printed, DueAt { at: due, end_of_day: true })) }
        @if it.cleared.is_none() && it.printed.is_some() && it.delivered.is_empty() { " " (tag(t("没有送达的"), Tone::Mind)) }
        @if it.objected.is_some() { " " (tag(t("有异议"), Tone::Mind)) }
    };
    let cells = vec![
        html! { a href={ "/cases/" (it.case) } { (it.place) } },
        html! { (it.payer) },
        html! { (yuan(it.billed)) },
        html! { (yuan(it.received)) },
        html! { @if it.owed > 0 { (yuan(it.owed)) } },
        stands,
    ];
    Row { cells, late: it.fell && it.owed > 0, void: false }
}

fn lines(here: &Here, rows: &[FeeRow]) -> Vec<Vec<String>> {
    let zone = &here.house().laws().zone;
    let line = |it: &FeeRow| {
        vec![
            it.place.clone(),
            it.payer.clone(),
            it.number.clone(),
            yuan(it.billed),
            yuan(it.received),
            yuan(it.owed),
            it.delivered.clone(),
            it.cleared.map(|at| zone.date(at).to_string()).unwrap_or_default(),
        ]
    };
    rows.iter().map(line).collect()
}
