//! The duty log (值班日志): what happened on a day, written by the acts themselves, with who was on duty; it prints and leaves.

use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use calendar::{Moment, Zone};
use jiff::Span;
use jiff::civil::Date;
use journal::reads::LogLine;
use maud::{Markup, html};

use crate::components::register::{Column, Register, Row};
use crate::components::{Tone, empty, panel, tag};
use crate::language::{said, t};
use crate::page::{Crumb, Filled, Frame, Page, Place, sheet};
use crate::security::{Fault, Permission};
use crate::state::Here;

/// Lines of a page; a busy day has hundreds. `all=yes` shows the whole day, as for printing.
const LINES: usize = 100;

/// `GET /duty/log?day=2026-11-22`.
pub async fn show(here: Here, Query(query): Query<Vec<(String, String)>>) -> Result<Response, Fault> {
    let filled = Filled(query);
    let zone = &here.house().laws().zone;
    let today = zone.date(here.now);
    let day = filled.get("day").parse::<Date>().unwrap_or(today);
    let (from, until) = (zone.start_of_day(day), zone.end_of_day(day));
    let read = |fault| Fault::new("读取值班日志", fault);
    let lines = here.house().duty_log(here.site, from, until).await.map_err(read)?;
    let may_export = here.viewer.grants.allow(Permission::ReportExport);
    if may_export && ["xlsx", "csv"].contains(&filled.get("as")) {
        return export(filled.get("as"), day, &lines, zone);
    }
    let shifts = here.house().shifts(here.site, from, until).await.map_err(read)?;
    let (whole, from_line) = (filled.get("all") == "yes", filled.get("after").parse::<usize>().unwrap_or(0));
    let (skip, most) = if whole { (0, lines.len()) } else { (from_line, LINES) };
    let left = lines.get(skip..).unwrap_or_default();
    let rows = rows(left.get(..most).unwrap_or(left), zone);
    let next = (left.len() > most).then(|| (skip + most).to_string());
    let columns = [
        Column::new(t("时间")),
        Column::new(t("编号")),
        Column { minor: true, ..Column::new(t("地点")) },
        Column::new(t("记录")),
        Column { minor: true, ..Column::new(t("记录人")) },
    ];
    let register = Register {
        query: &format!("day={day}"),
        total: &crate::t!("{} 条", lines.len()),
        next: next.as_deref(),
        further: skip > 0,
        export: may_export,
        ..Register::of(
            ("log", t("值班日志"), "/duty/log"),
            &columns,
            &rows,
            empty(t("这一天还没有记录。来访来电、维修和交接都会自动写在这里。"), html! {}),
        )
    };
    let body = html! {
        (ways(day, !whole && lines.len() > LINES))
        (panel(t("当班"), html! {}, html! {
            @if shifts.is_empty() { p.dim { (t("这一天没有排班。")) } }
            @for shift in &shifts {
                span.copy-at { (shift.person) " " (clock(zone, shift.begins)) "–" (clock(zone, shift.ends)) } " "
            }
            p.ways { a.button href="/registers/handover_book/new" { (t("接班")) } " " a href="/registers/handover_book" { (t("交接班记录本")) } }
        }))
        (register.render())
    };
    let around = here.around().await?;
    let crumbs = [Crumb { words: t("值班表").to_owned(), path: "/duty".to_owned() }];
    let title = crate::t!("值班日志 {}", day);
    let page = Page { crumbs: &crumbs, ..Page::new(&title, Frame::Desk(Place::Duty, &around), body) };
    Ok(page.into_response())
}

fn clock(zone: &Zone, moment: Moment) -> String {
    zone.civil(moment).strftime("%H:%M").to_string()
}

fn export(kind: &str, day: Date, lines: &[LogLine], zone: &Zone) -> Result<Response, Fault> {
    let head = [t("时间"), t("编号"), t("地点"), t("记录"), t("记录人")];
    let told = |line: &LogLine| {
        let said = said(&line.said, None).into_owned();
        vec![clock(zone, line.happened), line.number.clone(), line.place.clone(), said, line.name.clone()]
    };
    let rows: Vec<Vec<String>> = lines.iter().map(told).collect();
    sheet::answer(kind, t("值班日志"), &format!("duty-{day}"), &head, &rows)
}

fn rows(lines: &[LogLine], zone: &Zone) -> Vec<Row> {
    let shown = |line: &LogLine| Row {
        cells: vec![
            html! { (clock(zone, line.happened)) },
            html! { a.nowrap href={ "/cases/" (line.case) } { (line.number) } },
            html! { span.place { (line.place) } },
            html! { (said(&line.said, None)) @if line.late { " " (tag(t("补录"), Tone::Mind)) } },
            html! { span.nowrap { (line.name) } },
        ],
        late: false,
        void: false,
    };
    lines.iter().map(shown).collect()
}

fn ways(day: Date, parted: bool) -> Markup {
    let to = |days: i64| day.checked_add(Span::new().days(days)).unwrap_or(day);
    html! {
        p.ways {
            a href={ "/duty/log?day=" (to(-1)) } { (t("前一天")) } " "
            a href="/duty/log" { (t("今天")) } " "
            a href={ "/duty/log?day=" (to(1)) } { (t("后一天")) }
            @if parted { " " a href={ "/duty/log?all=yes&day=" (day) } { (t("整天一页")) } }
        }
    }
}
