//! The page (总览): wrong things first, numbers that lead to their rows, nothing decorative.

use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use calendar::{DueAt, Moment, words};
use journal::reads::{FollowUpRow, ObligationRow, Overview, RateNow, Told, WeekCount};
use maud::{Markup, html};

use super::{People, Who, by_who};
use crate::components::chart::{Chart, Series};
use crate::components::figure::{Figure, figures};
use crate::components::register::{Column, Register, Row};
use crate::components::{Lamp, Timing, Tone, clause, empty, icon, lucide, panel, tag};
use crate::entry::posts::word;
use crate::language::{said, t};
use crate::page::{Filled, Frame, Page, Place, escaped, sheet};
use crate::security::{Fault, Permission};
use crate::state::Here;

/// Rows of a panel; the whole list is one click away.
const SHOWN: usize = 8;

/// `GET /manager`.
pub async fn show(here: Here, Query(query): Query<Vec<(String, String)>>) -> Result<Response, Fault> {
    let filled = Filled(query);
    let read = here.house().overview(here.site, here.now).await;
    let read = read.map_err(|fault| Fault::new("读取总览", fault))?;
    let people = People::of(&here).await?;
    let timing = Timing { now: here.now, zone: &here.house().laws().zone };
    if !filled.get("as").is_empty() && here.viewer.grants.allow(Permission::ReportExport) {
        return export(&here, filled.get("as"), &read, &people, timing);
    }
    let around = here.around().await?;
    let access = here.house().access(here.viewer.account.clone()).await;
    let sites = access.map_err(|fault| Fault::new("读取站点", fault))?.len();
    let body = html! {
        div #overview data-live="overview" {
            (counts(&read))
            @if read.owing.beyond { p.dim { (t("欠着的太多，这里只数了最早的三千项。")) } }
            (panel(t("现在超时，谁的"), all("late", read.owing.late.len()), late(&read.owing.late, &people, timing)))
            (panel(t("今天还会超时的"), all("today", read.owing.today.len()), today(&read.owing.today, &people, timing)))
            (panel(t("比率离目标"), html! {}, rates(&read.rates, timing)))
            (panel(t("升级了没有人接"), all("told", read.told.len()), told(&here, &read.told, timing)))
            (panel(t("不满意还没有处理"), all("unhappy", read.unhappy.len()), unhappy(&read.unhappy)))
            (panel(t("八周走势"), beside(sites), weeks(&read.weeks)))
        }
    };
    let does = html! {
        @if here.viewer.grants.allow(Permission::ReportExport) { a.button href="/manager?as=xlsx" { (icon(lucide::LuDownload)) "Excel" } }
        button data-print data-key="F9" { (icon(lucide::LuPrinter)) (t("打印")) " " kbd { "F9" } }
    };
    let exact = timing.exact(here.now);
    let at = html! { span.on-paper { (around.site) " " (exact) } };
    Ok(Page { does, beside: at, ..Page::new(t("总览"), Frame::Desk(Place::Manager, &around), body) }.into_response())
}

fn counts(read: &Overview) -> Markup {
    let lacking = read.rates.iter().filter(|it| it.lacking > 0).count();
    let told: [(&str, usize, &str, &str); 5] = [
        (t("现在超时"), read.owing.late.len(), t("项|单位"), "/manager/list?what=late"),
        (t("午夜前到期"), read.owing.today.len(), t("项|单位"), "/manager/list?what=today"),
        (t("没有人接的升级"), read.told.len(), t("件"), "/manager/list?what=told"),
        (t("没有处理的不满意"), read.unhappy.len(), t("件"), "/manager/list?what=unhappy"),
        (t("没有够的比率"), lacking, t("条|单位"), "#rates"),
    ];
    let numbers: Vec<String> = told.iter().map(|it| it.1.to_string()).collect();
    let cells: Vec<Figure> = told
        .iter()
        .zip(&numbers)
        .enumerate()
        .map(|(n, ((name, count, unit, path), number))| {
            let lamp = if n == 1 { Lamp::Soon } else { Lamp::Late };
            Figure { lamp: (*count > 0).then_some(lamp), ..Figure::count(name, number, unit, path) }
        })
        .collect();
    figures(&cells)
}

/// The way to the whole list.
fn all(what: &str, count: usize) -> Markup {
    html! { @if count > 0 { a href={ "/manager/list?what=" (what) } { (crate::t!("看全部 {}", count)) } } }
}

fn list_of(what: &str, (post, person): &Who) -> String {
    format!("/manager/list?what={what}&post={}&person={}", escaped(post), escaped(person))
}

/// One line for each who: how many, and the one that presses most.
fn owed(
    rows: &[ObligationRow],
    people: &People,
    what: &str,
    told: (&str, &dyn Fn(&ObligationRow) -> Markup),
    none: &str,
) -> Markup {
    let columns = [
        Column::new(t("由谁")),
        Column { right: true, ..Column::new(t("项数")) },
        Column::new(told.0),
        Column { minor: true, ..Column::new(t("要做的事")) },
    ];
    let lines: Vec<Row> = by_who(rows)
        .iter()
        .map(|(who, own)| {
            let (name, beside) = people.words(who);
            let first = own[0];
            let cells = vec![
                html! { b { (name) } " " span.dim { (beside) } },
                html! { a href=(list_of(what, who)) { (own.len()) } },
                (told.1)(first),
                html! { (musts(people.here, first)) " " span.dim { (first.place) } },
            ];
            Row { cells, late: what == "late", void: false }
        })
        .collect();
    register(what, none, &columns, &lines)
}

fn late(rows: &[ObligationRow], people: &People, timing: Timing) -> Markup {
    let longest = |row: &ObligationRow| html! { @if let Some(due) = due(row) { (timing.light(row.opened, due)) } };
    owed(rows, people, "late", (t("最久的"), &longest), t("没有超时。"))
}

fn today(rows: &[ObligationRow], people: &People, timing: Timing) -> Markup {
    let next = |row: &ObligationRow| html! { @if let Some(due) = due(row) { (timing.light(row.opened, due)) } };
    owed(rows, people, "today", (t("最近的"), &next), t("到午夜没有再到期的。"))
}

pub fn due(row: &ObligationRow) -> Option<DueAt> {
    row.due.map(|at| DueAt { at, end_of_day: row.end_of_day })
}

pub fn musts(here: &Here, row: &ObligationRow) -> String {
    row.must.iter().map(|must| here.word(must)).collect::<Vec<_>>().join("、")
}

/// A table of a panel, without pages.
pub fn register(id: &str, none: &str, columns: &[Column], rows: &[Row]) -> Markup {
    Register::of((id, t("总览"), "/manager"), columns, rows, empty(none, html! {})).render()
}

/// Needed, done, lacking; by when; the members one click away.
fn rates(rates: &[RateNow], timing: Timing) -> Markup {
    let columns = [
        Column::new(t("期间")),
        Column::new(t("条款")),
        Column { right: true, minor: true, ..Column::new(t("底数")) },
        Column { right: true, minor: true, ..Column::new(t("应做")) },
        Column { right: true, minor: true, ..Column::new(t("已做")) },
        Column { right: true, ..Column::new(t("还差|表头")) },
        Column::new(t("最迟|表头")),
    ];
    let rows: Vec<Row> = rates
        .iter()
        .map(|rate| {
            let figure = &rate.figure;
            let path = format!(
                "/rulebooks/{}/{}/members?rule={}&period={}",
                figure.clause.book,
                escaped(&figure.clause.id),
                escaped(&figure.clause.id),
                figure.period
            );
            let cells = vec![
                html! { span.nowrap { (crate::components::timing::period(&figure.period)) } },
                html! { (said(&rate.brief.summary, None)) " " (clause(&figure.clause, Some(&said(&rate.brief.book, None)))) },
                html! { a href=(path) { (figure.base) } },
                html! { (figure.needed.unwrap_or(0)) },
                html! { (figure.done) },
                html! { @if rate.lacking > 0 { b { a href=(path) { (rate.lacking) } } } @else { (t("够了")) } },
                by(rate, timing),
            ];
            Row { cells, late: rate.lacking > 0, void: false }
        })
        .collect();
    html! { div #rates { (register("rate-rows", t("这一期的比率还没有底数。"), &columns, &rows)) } }
}

fn by(rate: &RateNow, timing: Timing) -> Markup {
    html! {
        @match (rate.lacking, rate.by) {
            (0, _) => {},
            _ if rate.out_of_reach() => (tag(t("够不到了"), Tone::Grave)),
            (_, Some(by)) => { (timing.due(until(by, timing))) },
            (_, None) => { span.dim { (t("不限时")) } },
        }
    }
}

/// The end of a window: midnight is said as the end of its day.
fn until(by: Moment, timing: Timing) -> DueAt {
    DueAt { at: by, end_of_day: timing.zone.start_of_day(timing.zone.date(by)) == by }
}

fn told(here: &Here, rows: &[Told], timing: Timing) -> Markup {
    let columns = [Column::new(t("编号")), Column::new(t("事由")), Column::new(t("告知了")), Column::new(t("何时"))];
    let lines: Vec<Row> = rows.iter().take(SHOWN).map(|row| told_row(here, row, timing)).collect();
    register("told-rows", t("升级告知的都有人接了。"), &columns, &lines)
}

pub fn told_row(here: &Here, row: &Told, timing: Timing) -> Row {
    let cells = vec![
        html! { a.nowrap href={ "/cases/" (row.case.id) } { (row.case.number) } },
        html! { span.place { (row.case.place) } " " (row.case.title) " " (clause(&row.clause, None)) },
        html! { (word(here.house().laws(), &row.to)) },
        html! { (timing.time(row.at)) },
    ];
    Row { cells, late: true, void: false }
}

fn unhappy(rows: &[FollowUpRow]) -> Markup {
    let columns = [Column::new(t("编号")), Column::new(t("事由")), Column { right: true, ..Column::new(t("轮次")) }];
    let lines: Vec<Row> = rows.iter().take(SHOWN).map(unhappy_row).collect();
    register("unhappy-rows", t("不满意的都有人在处理，或者没有不满意。"), &columns, &lines)
}

pub fn unhappy_row(row: &FollowUpRow) -> Row {
    let cells = vec![
        html! { a.nowrap href={ "/follow-up/" (row.case.id) } { (row.case.number) } },
        html! { span.place { (row.case.place) } " " (row.case.title) },
        html! { (row.round) },
    ];
    Row { cells, late: true, void: false }
}

/// To what stands beside this: posts, and sites of who has several.
fn beside(sites: usize) -> Markup {
    html! {
        span {
            a href="/manager/posts" { (t("岗位比较")) }
            @if sites > 1 { " · " a href="/rulebooks/sites" { (t("站点比较")) } }
        }
    }
}

fn weeks(weeks: &[WeekCount]) -> Markup {
    let taken: Vec<Option<i64>> = weeks.iter().map(|it| Some(it.taken)).collect();
    let broken: Vec<Option<i64>> = weeks.iter().map(|it| Some(it.broken)).collect();
    let labels: Vec<&str> = weeks.iter().map(|it| short(&it.key)).collect();
    let series = [Series { name: t("收到的"), values: &taken }, Series { name: t("其中出过超时的"), values: &broken }];
    html! {
        (Chart { title: t("每周收到的事项（件）"), labels: &labels, series: &series, target: None }.lines())
        div.scroll { table.plain-table {
            thead { tr { th.nowrap { (t("收到的那一周")) } @for week in weeks { th.num { (short(&week.key)) } } } }
            tbody {
                tr { th.nowrap { (t("收到的")) } @for week in weeks { td.num { (week_link(week, week.taken, false)) } } }
                tr { th.nowrap { (t("其中出过超时的")) } @for week in weeks { td.num { (week_link(week, week.broken, true)) } } }
            }
        } }
    }
}

fn week_link(week: &WeekCount, count: i64, broken: bool) -> Markup {
    html! {
        @if count == 0 { span.dim { "0" } } @else {
            a href={ "/manager/week?key=" (week.key) @if broken { "&broken=yes" } } { (count) }
        }
    }
}

/// `2026-W47` as `W47`.
fn short(key: &str) -> &str {
    key.split_once('-').map_or(key, |(_, week)| week)
}

/// What the page shows, as one sheet.
fn export(here: &Here, kind: &str, read: &Overview, people: &People, timing: Timing) -> Result<Response, Fault> {
    let head = [t("栏目|表"), t("由谁"), t("内容"), t("数|表头"), t("期限|表头")];
    let exact = |due: DueAt| words::exact(timing.zone, due);
    let mut lines = Vec::new();
    for (what, rows) in [(t("现在超时"), &read.owing.late), (t("午夜前到期"), &read.owing.today)] {
        for (who, own) in by_who(rows) {
            for row in own {
                let (name, beside) = people.words(&who);
                let about = format!("{} {} {} {}", row.number, musts(here, row), row.place, row.title);
                lines.push([
                    what.to_owned(),
                    format!("{name} {beside}"),
                    about,
                    "1".into(),
                    due(row).map(exact).unwrap_or_default(),
                ]);
            }
        }
    }
    for rate in &read.rates {
        let figure = &rate.figure;
        let about = format!(
            "{} {} {} {}",
            figure.period,
            figure.clause.book,
            figure.clause.id,
            said(&rate.brief.summary, None)
        );
        let needed = figure.needed.unwrap_or(0);
        let count = crate::t!("底数 {0}，应做 {1}，已做 {2}，还差 {3}", figure.base, needed, figure.done, rate.lacking);
        let by = rate.by.map(|by| exact(until(by, timing))).unwrap_or_default();
        lines.push([t("比率离目标").to_owned(), String::new(), about, count, by]);
    }
    for row in &read.told {
        let about = format!("{} {} {}", row.case.number, row.case.place, row.case.title);
        let to = word(here.house().laws(), &row.to);
        lines.push([t("没有人接的升级").to_owned(), to, about, "1".into(), exact(DueAt::clock(row.at))]);
    }
    for row in &read.unhappy {
        let about = format!("{} {} {}", row.case.number, row.case.place, row.case.title);
        lines.push([t("没有处理的不满意").to_owned(), String::new(), about, row.round.to_string(), String::new()]);
    }
    for week in &read.weeks {
        let count = crate::t!("收到 {0}，出过超时 {1}", week.taken, week.broken);
        lines.push([t("八周走势").to_owned(), String::new(), week.key.clone(), count, String::new()]);
    }
    let lines: Vec<Vec<String>> = lines.into_iter().map(|line| line.to_vec()).collect();
    sheet::answer(kind, t("总览"), "overview", &head, &lines)
}
