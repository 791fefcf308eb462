//! The twelve months of a year (年历页): what each day is and why, counts of working days, notices and own days below; prints and
//! leaves as a workbook.

use std::collections::BTreeMap;

use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use calendar::{Calendar, Orderer, weekday_en, weekday_zh};
use jiff::Span;
use jiff::civil::{Date, date};
use journal::SiteLaw;
use maud::{Markup, html};
use office::Refusal;
use office::site::{CalendarEntry, CalendarTold};

use super::{crumbs, day, layer, orderer, path, settled};
use crate::components::{Timing, icon, lucide, panel};
use crate::language::{Language, current, said, t, zh};
use crate::page::{Filled, Fragment, Frame, Page, Place, sheet};
use crate::security::{Fault, Permission};
use crate::state::Here;

/// Heads of the columns of a month.
const HEADS: [&str; 7] =
    [zh("一|星期"), zh("二|星期"), zh("三|星期"), zh("四|星期"), zh("五|星期"), zh("六|星期"), zh("日|星期")];
/// Years that can be looked at.
const YEARS: std::ops::RangeInclusive<i16> = 2000..=2100;

/// `GET /duty/calendar?year=2026&day=2026-10-10`.
pub async fn show(here: Here, Query(query): Query<Vec<(String, String)>>) -> Result<Response, Fault> {
    let filled = Filled(query);
    let law = here.house().law(here.site).await.map_err(|fault| Fault::new("读取年历", fault))?;
    let may_export = here.viewer.grants.allow(Permission::ReportExport);
    if may_export && ["xlsx", "csv"].contains(&filled.get("as")) {
        let year = asked(&here, &filled);
        let (head, lines) = lines(&law, year);
        return sheet::answer(
            filled.get("as"),
            &crate::t!("{} 年年历", year),
            &format!("calendar-{year}"),
            &head,
            &lines,
        );
    }
    Ok(page(&here, &filled, None).await?.into_response())
}

/// The year that is asked for, or that of a day; else this one.
fn asked(here: &Here, filled: &Filled) -> i16 {
    let of_day = filled.get("day").parse::<Date>().ok().map(|day| day.year());
    let year = filled.get("year").parse().ok().or(of_day).filter(|year| YEARS.contains(year));
    year.unwrap_or_else(|| here.house().laws().zone.date(here.now).year())
}

/// The page, with why a day could not be settled.
pub async fn page(here: &Here, filled: &Filled, no: Option<&Refusal>) -> Result<Fragment, Fault> {
    let year = asked(here, filled);
    let law = here.house().law(here.site).await.map_err(|fault| Fault::new("读取年历", fault))?;
    let works = here.viewer.grants.allow(Permission::SettingWork);
    let chosen = filled.get("day").parse::<Date>().ok().filter(|day| day.year() == year);
    let names = here.names().await?;
    let enter = format!("/duty/calendar/notice?year={year}");
    let missing = !law.calendar.missing_years(date(year, 1, 1), date(year, 1, 1)).is_empty();
    let body = html! {
        p.ways.year-ways {
            a href=(path(year - 1)) { "‹ " (year - 1) } " " b { (year) } " " a href=(path(year + 1)) { (year + 1) " ›" }
            " " (legend())
        }
        @if missing {
            div.caution role="note" {
                (crate::t!("{} 年的放假通知还没有录入，按周末休息推算，未确认。", year)) " "
                @if works { a href=(enter) { (t("录入放假通知")) } }
            }
        }
        @if let Some(chosen) = chosen { (day::panel_of(here, &law, chosen, filled, no).await?) }
        div.year { @for month in 1..=12 { (month_of(here, &law.calendar, date(year, month, 1), chosen)) } }
        (notices(here, &law, year, &names))
        (own_days(here, &law, year, &names))
    };
    let does = html! {
        @if here.viewer.grants.allow(Permission::ReportExport) { a.button href={ (path(year)) "&as=xlsx" } { "Excel" } " " }
        button data-print data-key="F9" { (icon(lucide::LuPrinter)) (t("打印")) " " kbd { "F9" } } " "
        @if works { a.button.main href=(enter) { (t("录入放假通知")) } }
    };
    let around = here.around().await?;
    let title = crate::t!("{} 年年历", year);
    let crumbs = &crumbs(year)[..1];
    let page = Page { crumbs, does, ..Page::new(&title, Frame::Desk(Place::Duty, &around), body) };
    Ok(Fragment(page.render()))
}

/// What the marks say.
fn legend() -> Markup {
    html! {
        span.year-legend.small {
            span.day.off { (t("休|日历")) } " " (t("放假")) " · "
            span.day.made-up { (t("班|日历")) } " " (t("调休上班")) " · "
            span.day.ordered { (t("定|日历")) } " " (t("公司或本处安排"))
        }
    }
}

/// How a day looks: class and mark.
fn look(calendar: &Calendar, date: Date) -> (&'static str, &'static str) {
    let day = calendar.day(date);
    match (calendar.order_on(date), day.holiday, calendar.notice_on(date)) {
        (Some(_), ..) if day.workday => ("day ordered", t("定|日历")),
        (Some(_), ..) => ("day ordered rest", t("定|日历")),
        (None, true, _) => ("day off", t("休|日历")),
        (None, false, Some(_)) => ("day made-up", t("班|日历")),
        (None, false, None) if day.workday => ("day", ""),
        (None, false, None) => ("day rest", ""),
    }
}

fn month_of(here: &Here, calendar: &Calendar, first: Date, chosen: Option<Date>) -> Markup {
    let today = here.house().laws().zone.date(here.now);
    let days: Vec<Date> = first.series(Span::new().days(1)).take_while(|day| day.month() == first.month()).collect();
    let worked = days.iter().filter(|day| calendar.is_workday(**day)).count();
    let before = usize::try_from(first.weekday().to_monday_zero_offset()).unwrap_or(0);
    let mut cells: Vec<Option<Date>> = vec![None; before];
    cells.extend(days.into_iter().map(Some));
    let name = crate::t!("{} 月", first.month());
    html! {
        table.month {
            caption { (name) " " span.dim.small { (crate::t!("工作日 {} 天", worked)) } }
            thead { tr { @for head in HEADS { th scope="col" { (t(head)) } } } }
            tbody { @for week in cells.chunks(7) { tr { @for cell in week { @match cell {
                None => td {},
                Some(date) => {
                    @let (class, mark) = look(calendar, *date);
                    td class=(class) aria-current=[(*date == today).then_some("date")] data-chosen[chosen == Some(*date)] {
                        a href={ "/duty/calendar?day=" (date) "#day" } title={ (date) " " (layer(calendar, *date)) } {
                            (date.day()) @if !mark.is_empty() { small { (mark) } }
                        }
                    }
                },
            } } } } }
        }
    }
}

/// When a notice or a day became known here, and by whom.
fn known(here: &Here, names: &BTreeMap<String, String>, entry: Option<&CalendarEntry>) -> Markup {
    let timing = Timing { now: here.now, zone: &here.house().laws().zone };
    html! {
        @match entry {
            Some(entry) => {
                a href={ "/duty/calendar/entries/" (entry.seq) } { (timing.said(entry.at)) } " "
                span.dim { (names.get(&entry.account).unwrap_or(&entry.account)) }
            },
            None => span.dim { (t("随程序提供，自发布之日起")) },
        }
    }
}

fn notices(here: &Here, law: &SiteLaw, year: i16, names: &BTreeMap<String, String>) -> Markup {
    let all: Vec<_> = law.calendar.sources().notices.iter().filter(|it| it.year == year).collect();
    let entry = |notice: &calendar::Notice| {
        law.log.calendar.iter().find(|it| matches!(&it.told, CalendarTold::Notice(own) if own == notice))
    };
    let days = |it: &calendar::Holiday| {
        let short = |date: Date| format!("{}-{:02}", date.month(), date.day());
        let off =
            if it.first == it.last { short(it.first) } else { format!("{} – {}", short(it.first), short(it.last)) };
        let made_up: Vec<String> = it.make_up.iter().map(|day| short(*day)).collect();
        (off, made_up.join("、"))
    };
    html! {
        @if !all.is_empty() {
            (panel(t("放假通知"), html! {}, html! { div.scroll { table.plain-table {
                thead { tr {
                    th scope="col" { (t("通知")) } th scope="col" { (t("发布")) } th scope="col" { (t("收录")) }
                    th scope="col" { (t("放假与调休")) }
                } }
                tbody { @for notice in all { tr {
                    td.wrap {
                        (notice.title) " " span.dim { (notice.number.as_deref().unwrap_or_default()) }
                        @if notice.replaces { div.small { (t("取代这一年以前的通知")) } }
                    }
                    td.nowrap { (notice.date) }
                    td { (known(here, names, entry(notice))) }
                    td.small { @for holiday in &notice.holidays {
                        @let (off, made_up) = days(holiday);
                        div {
                            (said(&holiday.name, Some(&holiday.name_en))) " " (off)
                            @if !made_up.is_empty() { " " span.dim { (t("上班")) " " (made_up) } }
                        }
                    } }
                } } }
            } } }))
        }
    }
}

fn own_days(here: &Here, law: &SiteLaw, year: i16, names: &BTreeMap<String, String>) -> Markup {
    let of_year = |entry: &&CalendarEntry| matches!(&entry.told, CalendarTold::Day(order) if order.date.year() == year);
    let mut all: Vec<&CalendarEntry> = law.log.calendar.iter().filter(of_year).collect();
    all.sort_by_key(|entry| match &entry.told {
        CalendarTold::Day(order) => (order.date, entry.seq),
        CalendarTold::Notice(notice) => (notice.date, entry.seq),
    });
    let holds = |entry: &CalendarEntry| match &entry.told {
        CalendarTold::Day(order) => law.calendar.order_on(order.date) == Some(order),
        CalendarTold::Notice(_) => true,
    };
    html! {
        (panel(t("公司和本处安排的日子"), html! {}, html! {
            @if all.is_empty() { p.dim { (t("没有另作安排。点上面的一天，可以定它上班、休息或开放的时间。")) } }
            @else { div.scroll { table.plain-table {
                thead { tr {
                    th scope="col" { (t("日期")) } th scope="col" { (t("安排")) } th scope="col" { (t("原因")) }
                    th scope="col" { (t("谁定的")) } th scope="col" { (t("什么时候")) }
                } }
                tbody { @for entry in all { @if let CalendarTold::Day(order) = &entry.told { tr.dim[!holds(entry)] {
                    td.nowrap { a href={ "/duty/calendar?day=" (order.date) "#day" } { (order.date) } }
                    td { (settled(order)) @if !holds(entry) { " " span.small { (t("（已被后来的安排代替）")) } } }
                    td { (order.why) }
                    td { (orderer(entry.by)) }
                    td { (known(here, names, Some(entry))) }
                } } } }
            } } }
        }))
    }
}

/// Every day of the year, for the workbook.
fn lines(law: &SiteLaw, year: i16) -> ([&'static str; 6], Vec<Vec<String>>) {
    let head = [t("日期"), t("星期几"), t("上班或休息"), t("依据"), t("谁定的"), t("什么时候起知道")];
    let calendar = &law.calendar;
    let days = date(year, 1, 1).series(Span::new().days(1)).take_while(|day| day.year() == year);
    let lines = days.map(|day| {
        let (by, since) = match (calendar.order_on(day), calendar.notice_on(day)) {
            (Some(order), _) => (orderer(order.by), Some(order.known_from)),
            (None, Some((notice, _))) => (t("国务院"), Some(notice.known_from)),
            (None, None) => ("", None),
        };
        let weekday = match current() {
            Language::English => weekday_en(day.weekday()),
            _ => weekday_zh(day.weekday()),
        };
        let zone = calendar::Zone::shanghai();
        vec![
            day.to_string(),
            weekday.to_owned(),
            if calendar.is_workday(day) { t("上班") } else { t("休息") }.to_owned(),
            layer(calendar, day),
            by.to_owned(),
            since.map(|at| zone.civil(at).strftime("%Y-%m-%d %H:%M").to_string()).unwrap_or_default(),
        ]
    });
    (head, lines.collect())
}

/// Whether an orderer settled a day, and how.
pub fn order_of(law: &SiteLaw, by: Orderer, date: Date) -> Option<calendar::DayOrder> {
    let of = |entry: &CalendarEntry| match &entry.told {
        CalendarTold::Day(order) if order.by == by && order.date == date => Some(order.clone()),
        _ => None,
    };
    law.log.calendar.iter().rev().find_map(of).filter(|order| order.workday.is_some())
}
