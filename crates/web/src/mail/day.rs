//! The day of the mailroom (收发室的一天): the line that the scanner fills, what presses, the two rounds, what is in hand, the month.

use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use calendar::DueAt;
use jiff::civil::Date;
use journal::reads::{MailDay, MailRow, RoundRow};
use maud::{Markup, html};
use office::Refusal;

use super::scan::{self, Pending};
use super::words::{self, SLOTS};
use crate::components::field::command;
use crate::components::figure::{Figure, figures};
use crate::components::register::{Column, Register, Row};
use crate::components::{Timing, Tone, empty, icon, lucide, panel, refused, tag};
use crate::entry::fresh_command;
use crate::language::t;
use crate::page::{Filled, Fragment, Frame, Page, Place};
use crate::security::{Fault, Permission};
use crate::state::Here;

/// `GET /mail?day=2026-11-16&scanned=YJ-202611-0001`.
pub async fn show(here: Here, Query(query): Query<Vec<(String, String)>>) -> Result<Response, Fault> {
    let filled = Filled(query);
    Ok(page(&here, &filled, &Pending::default(), None).await?.into_response())
}

/// The page as it stands after a line that was not the last word.
pub async fn again(here: &Here, filled: &Filled, pending: &Pending, no: Option<&Refusal>) -> Result<Response, Fault> {
    let page = page(here, filled, pending, no).await?;
    Ok(match no {
        Some(no) => refused(page, no),
        None => page.into_response(),
    })
}

async fn page(here: &Here, filled: &Filled, pending: &Pending, no: Option<&Refusal>) -> Result<Fragment, Fault> {
    let zone = &here.house().laws().zone;
    let today = zone.date(here.now);
    let day = words::asked_day(here, filled.get("day"));
    let told = words::read_day(here, day).await?;
    let timing = Timing { now: here.now, zone };
    let fresh = fresh_command()?;
    let works = here.viewer.grants.allow(Permission::MailWork);
    let body = html! {
        @if works && day == today { (scan::panel_of(here, filled, pending, no, &fresh)) }
        div.beside.acts-first {
            div {
                (in_hand(here, &told, timing, &fresh, works))
            }
            div {
                (presses(here, &told, timing))
                (rounds(here, day, &told, timing, works.then_some(fresh.as_str())))
            }
        }
        (month(here, day).await?)
    };
    let around = here.around().await?;
    let does = html! {
        form.inline method="get" action="/mail" {
            input type="date" name="day" value=(day) aria-label=(t("哪一天")); " " button { (t("看这一天")) }
        }
        a.button href="/mail/log" { (t("代收记录表")) }
        a.button href="/mail/subscriptions" { (t("订阅一览表")) }
        a.button href="/mail/handover" { (t("周末存放交接")) }
        a.button href="/registers?place=mail" { (t("登记簿")) }
    };
    Ok(Fragment(Page { does, ..Page::new(t("收发室"), Frame::Desk(Place::Mail, &around), body) }.render()))
}

/// What must not wait: express items, doubtful ones, stored ones that are to be handed over, reminders, papers that are late.
fn presses(here: &Here, day: &MailDay, timing: Timing<'_>) -> Markup {
    let today = timing.zone.date(timing.now).to_string();
    let line = |row: &MailRow, why: &str| {
        html! {
            li { a href={ "/mail/items/" (row.case) } { (words::what(here, row)) } " " b.place { (words::to(row)) } " "
                span.dim { (why) } " " (words::light(row, timing)) }
        }
    };
    let express =
        day.open.iter().filter(|row| row.is_express() && !matches!(row.stage.as_str(), "doubtful" | "held" | "stored"));
    let doubtful = day.open.iter().filter(|row| row.stage == "doubtful");
    let unsaid = day.open.iter().filter(|row| row.owes("mail.duty_signed"));
    let reminded = day.open.iter().filter(|row| row.stage == "held" && !row.remind.is_empty() && row.remind <= today);
    let stored = day.open.iter().filter(|row| row.stage == "stored" && !row.handed).count();
    let late: Vec<&RoundRow> = day.rounds.iter().filter(|it| it.delay.is_some() && it.delay_closed.is_none()).collect();
    let rows = html! {
        @for row in express { (line(row, t("快件，随到随发"))) }
        @for row in doubtful { (line(row, t("收件存疑，待查实"))) }
        @for row in unsaid { (line(row, t("待值班代签"))) }
        @for row in reminded { (line(row, t("该催领了"))) }
        @for round in &late {
            li { a href={ "/mail/rounds/" (round.day) "/" (round.slot) } { (t("报刊未到")) } " "
                span.dim { (words::slot_word(&round.slot).unwrap_or_default()) } }
        }
        @if stored > 0 { li { a href="/mail/handover" { (crate::t!("存放待交 {} 件", stored)) } } }
    };
    panel(
        t("要紧的"),
        html! {},
        html! { @if rows.0.is_empty() { p.dim { (t("没有要紧的件。")) } } @else { ul.rows { (rows) } } },
    )
}

/// The two rounds.
fn rounds(here: &Here, day: Date, told: &MailDay, timing: Timing<'_>, fresh: Option<&str>) -> Markup {
    let start = timing.zone.start_of_day(day);
    let copies: i64 = office::mail::round::due_on(day, &told.subscribed).iter().map(|it| it.due).sum();
    let body = html! {
        ul.rows {
            @for (nth, (slot, word)) in SLOTS.iter().enumerate() {
                @let round = told.rounds.iter().find(|it| it.slot == *slot);
                li {
                    a href={ "/mail/rounds/" (day) "/" (slot) } { (t(word)) } " "
                    @match (round.and_then(|it| it.done), words::due(told, nth)) {
                        (Some(at), due) => {
                            (tag(&words::value(here, "mail_round.result", round.map_or("", |it| &it.result)), Tone::Plain)) " "
                            span.dim { (timing.time(at)) } " "
                            @if due.is_some_and(|due| at > due) { (tag(t("超时"), Tone::Grave)) }
                        },
                        (None, Some(due)) => (timing.light(start, DueAt::clock(due))),
                        (None, None) => span.dim { (t("今天没有规定的班次")) },
                    }
                    @if let Some(round) = round {
                        @if !round.fits { " " (tag(t("份数不符"), if round.settled { Tone::Plain } else { Tone::Mind })) }
                    }
                }
            }
        }
        p.dim.small { (crate::t!("今天应到报刊 {} 份。", copies)) }
        @if let Some(fresh) = fresh { form.inline method="post" action="/mail/runs" {
            (command(&format!("{fresh}-run")))
            button { (t("结转派发批次，好抽回访")) }
        } }
    };
    panel(t("两班派发"), html! {}, body)
}

fn in_hand(here: &Here, day: &MailDay, timing: Timing<'_>, fresh: &str, works: bool) -> Markup {
    let unsorted: Vec<&MailRow> = day.open.iter().filter(|row| super::act::to_sort(row)).collect();
    let columns = [
        Column::new(t("编号")),
        Column::new(t("收件人")),
        Column::new(t("邮件|种类和编号")),
        Column { minor: true, ..Column::new(t("收件|时间")) },
        Column::new(t("状态")),
        Column::new(t("时限")),
    ];
    let cells = |row: &MailRow| Row {
        cells: vec![
            html! { a.nowrap href={ "/mail/items/" (row.case) } { (row.number) } },
            html! { b.place { (words::to(row)) } },
            html! { (words::what(here, row)) @if !row.storage.is_empty() && !row.ended { " " span.dim { (row.storage) } } },
            html! { (timing.time(row.received)) },
            words::stage(row),
            words::light(row, timing),
        ],
        late: !row.ended && row.is_late(timing.now),
        void: false,
    };
    let open: Vec<Row> = day.open.iter().map(cells).collect();
    let gone: Vec<Row> = day.gone.iter().map(cells).collect();
    let list = |id: &'static str, caption: &'static str, rows: &[Row], nothing: &str| {
        Register {
            id,
            caption,
            path: "/mail",
            query: "",
            columns: &columns,
            sorted: None,
            rows,
            total: &crate::t!("{} 件", rows.len()),
            next: None,
            further: false,
            empty: empty(nothing, html! {}),
            export: false,
        }
        .render()
    };
    let beside = html! {
        @if works && !unsorted.is_empty() {
            form.inline method="post" action="/mail/sort" {
                (command(&format!("{fresh}-sort")))
                button.main { (icon(lucide::LuSend)) (crate::t!("分拣并登记签收表 {}", unsorted.len())) }
            }
        }
    };
    html! {
        (panel(t("在手的件"), beside, list("open", t("在手的件"), &open, t("手上没有件。扫一件，或等报刊到。"))))
        @if !gone.is_empty() { (panel(t("当天收、已了结的"), html! {}, list("gone", t("当天收、已了结的"), &gone, ""))) }
    }
}

/// The figures of the month, each with the list behind it.
async fn month(here: &Here, day: Date) -> Result<Markup, Fault> {
    let (from, to) = (day.first_of_month(), day.last_of_month());
    let told = here.house().mail_figures(here.site, from, to, here.now).await;
    let told = told.map_err(|fault| Fault::new("读取收发数字", fault))?;
    let share = |(all, met): (i64, i64)| if all == 0 { t("暂无数据").to_owned() } else { format!("{met}/{all}") };
    let (log, rounds) = (
        format!("/mail/log?month={}", from.strftime("%Y-%m")),
        format!("/registers/mail_rounds?from={from}&until={to}"),
    );
    let parts = [
        (t("班次按时"), share(told.rounds), "", rounds.as_str()),
        (t("快件按时"), share(told.express), "", log.as_str()),
        (t("普通件按时"), share(told.ordinary), "", log.as_str()),
        (t("份数不符"), told.shortages.to_string(), t("班"), rounds.as_str()),
        (t("报刊迟到"), told.delays.to_string(), t("次|报刊"), rounds.as_str()),
        (t("遗失"), told.lost.to_string(), t("件"), log.as_str()),
        (t("投诉"), told.complaints.to_string(), t("件"), log.as_str()),
    ];
    let shown: Vec<Figure> =
        parts.iter().map(|(name, value, unit, path)| Figure::count(name, value, unit, path)).collect();
    Ok(panel(&crate::t!("{} 的数字", from.strftime("%Y-%m").to_string()), html! {}, figures(&shown)))
}
