//! 工作台: what I owe, by time, and my post's day in five figures.

mod booked;
pub(crate) mod coming;
mod groups;
mod handed;
mod missed;
mod promised;
#[cfg(test)]
mod tests;
mod why;

use axum::http::Method;
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get};
use journal::reads::CaseFilter;
use maud::{Markup, html};

use crate::components::figure::Figure;
use crate::components::{Timing, empty};
use crate::language::{t, zh};
use crate::live;
use crate::page::{Frame, Page, Place};
use crate::routes::Route;
use crate::security::{Fault, Permission};
use crate::state::{Here, Web};

/// The registry of these routes.
pub fn routes() -> Vec<Route<Web>> {
    let route = |path, permission, title, handler: fn() -> MethodRouter<Web>| Route {
        method: Method::GET,
        path,
        permission,
        title,
        handler,
    };
    vec![
        route("/", Permission::SignedIn, zh("工作台"), || get(show)),
        route("/why/{case}/{obligation}", Permission::CaseView, zh("时限依据"), || get(why::show)),
        route("/live", Permission::SignedIn, zh("实时更新"), || get(live::listen)),
        route("/live/since", Permission::SignedIn, zh("实时更新"), || get(live::since)),
    ]
}

/// `GET /`. Who has no work here, as an administrator alone, is led to the first place that is open.
async fn show(here: Here) -> Result<Response, Fault> {
    if !here.viewer.grants.allow(Permission::HomeView) {
        let places = Place::RAIL.concat();
        let open = places.iter().filter(|place| **place != Place::Home);
        let first = open.copied().find(|place| here.viewer.grants.allow(place.permission()));
        return Ok(crate::entry::see(first.map_or("/me", Place::path)));
    }
    let around = here.around().await?;
    let work = here.house().my_work(here.site, &here.actor.account, &here.actor.posts, here.now);
    let work = work.await.map_err(|fault| Fault::new("读取待办", fault))?;
    let timing = Timing { now: here.now, zone: &here.house().laws().zone };
    let missed = match here.viewer.grants.allow(Permission::ContactTake) {
        true => here.house().missed_calls(here.site).await.map_err(|fault| Fault::new("读取未接来电", fault))?,
        false => Vec::new(),
    };
    let booked = match here.viewer.grants.allow(Permission::ContactTake) {
        true => here.house().booked_visits(here.site, here.now).await.map_err(|fault| Fault::new("读取预约", fault))?,
        false => Vec::new(),
    };
    let unchased = match here.viewer.grants.allow(Permission::ContactTake) {
        true => {
            let filter = CaseFilter { unchased: true, limit: 100, ..CaseFilter::default() };
            let list = here.house().cases(here.site, filter, here.now).await;
            list.map_err(|fault| Fault::new("读取跟催", fault))?.rows.len()
        }
        false => 0,
    };
    let booked = booked::visits(&here, timing, &booked)?;
    let care = crate::warranty::due(&here, timing).await?;
    let handed = handed::copies(&here).await?;
    let asked = crate::documents::waiting(&here, timing).await?;
    let promised = here.house().promises_passed(here.site, here.actor.account.clone(), here.now).await;
    let promised = promised.map_err(|fault| Fault::new("读取答应的时间", fault))?;
    let rows = groups::grouped(&here, timing, &work.owed);
    let shown = i64::try_from(work.owed.len()).unwrap_or(i64::MAX);
    let body = html! {
        (crate::cases::chase::place())
        div.beside #home data-live="home" {
            div {
                (missed::calls(&here, timing, &missed, &work.owed))
                (promised::passed(timing, &promised))
                (handed)
                (asked)
                @let beside = [&handed, &asked, &booked, &care].iter().all(|it| it.0.is_empty());
                @if work.owed.is_empty() && missed.is_empty() && promised.is_empty() && beside {
                    (empty(t("暂无待办"), first_act(&here)))
                }
                (groups::render(&rows)?)
                (booked)
                (care)
                @if unchased > 0 { p { a href="/cases?when=half" { (crate::t!("{} 件过了一半时限还没有跟催", unchased)) } } }
                @if work.owed_total > shown {
                    p.dim { (crate::t!("还有 {} 项较晚的没有列出。", work.owed_total - shown)) }
                }
            }
            (day(&work.figures))
        }
    };
    let title = t("工作台");
    let hears =
        !here.viewer.grants.allow(Permission::ContactTake) && here.viewer.grants.allow(Permission::ContactReport);
    let does = html! { @if hears { a.button href="/heard" { (t("听到一件事")) } } };
    Ok(Page { does, ..Page::new(title, Frame::Desk(Place::Home, &around), body) }.into_response())
}

fn first_act(here: &Here) -> Markup {
    html! {
        @if here.viewer.grants.allow(Permission::ContactTake) {
            a.button href="/desk" { (t("受理一件事")) " " kbd { "F2" } }
        } @else if here.viewer.grants.allow(Permission::ContactReport) {
            a.button href="/heard" { (t("听到一件事")) }
        }
    }
}

/// The five figures; each leads to its list.
fn day(figures: &[(String, i64, String)]) -> Markup {
    html! {
        aside aria-label=(t("今天的数字")) {
            div.figures.down {
                @for (name, count, path) in figures {
                    (Figure::count(figure_name(name), &count.to_string(), t("件"), path).render())
                }
            }
        }
    }
}

/// Names of the figures as the read gives them.
fn figure_name(name: &str) -> &'static str {
    t(match name {
        "今日受理" => zh("今日受理"),
        "超时事项" => zh("超时事项"),
        "待派待办" => zh("待派待办"),
        "待回访" => zh("待回访"),
        _ => zh("我手上的"),
    })
}
