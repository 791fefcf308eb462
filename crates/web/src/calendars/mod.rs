//! 年历: the days of a year as the site's law sees them, the notices they come from, the days that company and site settle
//! themselves, and what a late entry moves.

mod day;
mod entry;
mod notice;
#[cfg(test)]
mod tests;
mod year;

use axum::http::Method;
use axum::routing::{get, post};
use calendar::{DayOrder, DueAt, Orderer};
use journal::reads::{CalendarMove, WasDue};
use maud::{Markup, html};
use office::Refusal;
use office::site::CalendarChange;

use crate::components::field::{Chip, chips, command};
use crate::components::{Timing, clause, empty, panel, refusal};
use crate::entry::posts;
use crate::language::{said, t, zh};
use crate::page::{Crumb, Filled, Fragment, Frame, Page, Place};
use crate::periods;
use crate::routes::Route;
use crate::security::permission::usual;
use crate::security::{Fault, Permission};
use crate::state::{Here, Web};

/// The registry of these routes.
pub fn routes() -> Vec<Route<Web>> {
    let route = Route::new;
    let (sees, works) = (Permission::RulebookView, Permission::SettingWork);
    vec![
        route(Method::GET, "/duty/calendar", sees, zh("年历"), || get(year::show)),
        route(Method::GET, "/duty/calendar/entries/{seq}", sees, zh("年历的一次改动"), || get(entry::show)),
        route(Method::POST, "/duty/calendar/day", works, zh("安排一天"), || post(day::settle)),
        route(Method::GET, "/duty/calendar/notice", works, zh("录入放假通知"), || get(notice::show)),
        route(Method::POST, "/duty/calendar/notice", works, zh("录入放假通知"), || post(notice::enter)),
    ]
}

/// Where the year stands.
fn path(year: i16) -> String {
    format!("/duty/calendar?year={year}")
}

fn crumbs(year: i16) -> [Crumb; 2] {
    [
        Crumb { words: t("值班表").to_owned(), path: "/duty".to_owned() },
        Crumb { words: crate::t!("{} 年年历", year), path: path(year) },
    ]
}

/// How a day was settled, in words.
pub fn settled(order: &DayOrder) -> String {
    let hours = order.hours.as_ref().map(|spans| match spans.is_empty() {
        true => t("不开放").to_owned(),
        false => spans.iter().map(ToString::to_string).collect::<Vec<_>>().join("、"),
    });
    let word = match order.workday {
        Some(true) => t("上班"),
        Some(false) => t("休息"),
        None => t("撤销安排"),
    };
    match hours {
        Some(hours) => format!("{word} {hours}"),
        None => word.to_owned(),
    }
}

/// Who settled it.
fn orderer(by: Orderer) -> &'static str {
    match by {
        Orderer::Company => t("公司"),
        Orderer::Site => t("本处"),
    }
}

/// Whom the form speaks for.
fn chosen_orderer(filled: &Filled) -> Orderer {
    if filled.get("by") == "company" { Orderer::Company } else { Orderer::Site }
}

/// The choice between site and company, for who may settle the days of every site.
async fn by_choice(here: &Here, filled: &Filled) -> Result<Markup, Fault> {
    if !for_company(here).await? {
        return Ok(html! { input type="hidden" name="by" value="site"; });
    }
    let by = chosen_orderer(filled);
    Ok(chips(
        "by",
        t("管到哪里"),
        false,
        &[
            Chip { value: "site", words: t("只管本处"), key: None, on: by == Orderer::Site },
            Chip { value: "company", words: t("全公司各处"), key: None, on: by == Orderer::Company },
        ],
    ))
}

/// Whether the viewer may settle days at every site of the company.
async fn for_company(here: &Here) -> Result<bool, Fault> {
    let read = |fault| Fault::new("读取站点", fault);
    let sites = here.house().sites().await.map_err(read)?;
    let access = here.house().access(here.viewer.account.clone()).await.map_err(read)?;
    let works = |site: i64| {
        let here = access.iter().filter(|it| it.site == site).flat_map(|it| &it.account.posts);
        here.into_iter().any(|post| usual(post).allow(Permission::SettingWork))
    };
    Ok(sites.iter().all(|(site, _)| works(*site)))
}

/// Whom the form may speak for, or why not.
async fn may_order(here: &Here, filled: &Filled) -> Result<Result<Orderer, Refusal>, Fault> {
    let by = chosen_orderer(filled);
    if by == Orderer::Company && !for_company(here).await? {
        let why = t("您不是每一处的管理员");
        return Ok(Err(Refusal::new(t("不能替全公司安排"), why, t("请由公司管理员办，或只安排本处。")).at("by")));
    }
    Ok(Ok(by))
}

/// A change that was looked at and is to be confirmed: what it moves, and the form that does it.
async fn confirm(
    here: &Here,
    year: i16,
    title: &str,
    change: (Orderer, &CalendarChange),
    (action, fields): (&str, &[(&str, &str)]),
) -> Result<Result<Fragment, Refusal>, Fault> {
    let seen = here.house().calendar_preview(here.site, change.0, change.1.clone(), here.now).await;
    let moves = match seen.map_err(|fault| Fault::new("推算年历改动", fault))? {
        Ok(moves) => moves,
        Err(no) => return Ok(Err(no)),
    };
    let fresh = here.sent(None)?;
    let body = html! {
        (panel(t("确认以后"), html! {}, html! {
            p { (crate::t!("从录入的时刻起生效；以前办完的按当时的日历。{0}的，{1} 项时限会动。", orderer(change.0), moves.len())) }
            (moved(here, &moves))
            form method="post" action=(action) {
                (command(fresh.command.as_str()))
                @for (name, value) in fields { input type="hidden" name=(name) value=(value); }
                p.ways {
                    button.main name="step" value="enter" data-key="F8" { (t("确认录入")) " " kbd { "F8" } } " "
                    button name="step" value="back" { (t("再改")) } " "
                    a.button href=(path(year)) { (t("不录入，回年历")) }
                }
            }
        }))
    };
    let around = here.around().await?;
    let page = Page { crumbs: &crumbs(year), ..Page::new(title, Frame::Desk(Place::Duty, &around), body) };
    Ok(Ok(Fragment(page.render())))
}

/// The open limits that move, from when to when.
fn moved(here: &Here, moves: &[CalendarMove]) -> Markup {
    let timing = Timing { now: here.now, zone: &here.house().laws().zone };
    let due = |(at, end_of_day): WasDue| match at {
        Some(at) => calendar::words::exact(timing.zone, DueAt { at, end_of_day }),
        None => t("不计时").to_owned(),
    };
    let musts = |it: &CalendarMove| it.must.iter().map(|id| here.word(id)).collect::<Vec<_>>().join("、");
    html! {
        @if moves.is_empty() {
            (empty(t("没有一项开着的时限因此改动。"), html! {}))
        } @else {
            div.scroll { table.plain-table {
                caption.vh { (t("改动的时限")) }
                thead { tr {
                    th scope="col" { (t("编号")) } th scope="col" { (t("要做的事")) } th scope="col" { (t("由谁")) }
                    th scope="col" { (t("原来的时限")) } th scope="col" { (t("现在的时限")) } th scope="col" { (t("条款")) }
                } }
                tbody { @for it in moves { tr {
                    td { a.nowrap href=(subject(it, timing)) { (it.number) } " " span.dim { (it.title) } }
                    td { (musts(it)) }
                    td { (posts::word(here.house().laws(), &it.bearer)) }
                    td.nowrap { s { (due(it.was)) } }
                    td.nowrap { b { (due(it.due)) } }
                    td { (clause(&it.clause, None)) }
                } } }
            } }
        }
    }
}

/// The page of what a limit belongs to.
fn subject(it: &CalendarMove, timing: Timing<'_>) -> String {
    match it.subject.split_once(':') {
        None if it.subject.is_empty() => periods::path(timing.zone.date(it.opened), &it.id),
        None => format!("/cases/{}", it.subject),
        Some(("contact", id)) => format!("/contacts/{id}"),
        Some(_) => format!("/why/{}/{}", it.subject, it.id),
    }
}

/// A refusal above a form, or nothing.
fn trouble(no: Option<&Refusal>) -> Markup {
    html! { @if let Some(no) = no { (refusal(no)) } }
}

/// The words of a layer in the language of the request.
fn layer(calendar: &calendar::Calendar, date: jiff::civil::Date) -> String {
    said(&calendar.day(date).layer, Some(&calendar.layer_en_on(date))).into_owned()
}
