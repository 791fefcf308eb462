//! The estate as a tree (小区树) with the files of its units; the one box of the desk; how complete, accurate and valid they are.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use journal::reads::{DossierQuality, EstateUnit, HouseholdHit, TreeFilter, TreeNode};
use maud::{Markup, html};
use office::household::in_order;
use office::register;

use crate::components::figure::{Figure, figures};
use crate::components::{Tone, empty, panel, tag};
use crate::language::{said, t};
use crate::page::{Filled, Frame, Page, Place, escaped};
use crate::security::{Fault, Permission};
use crate::state::Here;

/// Units of a page.
const SHOWN: i64 = 50;
/// Searches whose times are kept, since the program began.
const TIMED: usize = 1_000;

static TIMES: Mutex<VecDeque<Duration>> = Mutex::new(VecDeque::new());

fn took(time: Duration) {
    let mut times = TIMES.lock().unwrap_or_else(PoisonError::into_inner);
    if times.len() == TIMED {
        times.pop_front();
    }
    times.push_back(time);
}

/// The middle time of a search and how many were timed.
fn middle() -> Option<(Duration, usize)> {
    let mut times: Vec<Duration> = TIMES.lock().unwrap_or_else(PoisonError::into_inner).iter().copied().collect();
    times.sort_unstable();
    Some((*times.get(times.len().saturating_sub(1) / 2)?, times.len()))
}

/// The place of the tree that the address names.
pub(super) fn at(filled: &Filled) -> TreeFilter {
    let told = |name: &str| filled.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
    TreeFilter {
        phase: filled.get("phase").to_owned(),
        building: told("building"),
        stairwell: told("stairwell"),
        floor: told("floor"),
        after: filled.get("after").to_owned(),
    }
}

/// The address of a place of the tree.
pub(super) fn query(at: &TreeFilter) -> String {
    let mut parts = Vec::new();
    if let Some(building) = &at.building {
        parts.push(format!("phase={}&building={}", escaped(&at.phase), escaped(building)));
    }
    for (name, value) in [("stairwell", &at.stairwell), ("floor", &at.floor)] {
        parts.extend(value.as_ref().map(|value| format!("{name}={}", escaped(value))));
    }
    parts.join("&")
}

/// `GET /dossiers?q=…&building=…`.
pub async fn show(here: Here, Query(asked): Query<Vec<(String, String)>>) -> Result<Response, Fault> {
    let filled = Filled(asked);
    let read = |fault| Fault::new("读取客户档案", fault);
    let (at, q) = (at(&filled), filled.get("q").trim().to_owned());
    let today = here.house().laws().zone.date(here.now);
    let hits = match q.as_str() {
        "" => None,
        words => {
            let began = Instant::now();
            let hits = here.house().desk_search(here.site, words.to_owned()).await.map_err(read)?;
            took(began.elapsed());
            Some(hits)
        }
    };
    let quality = here.house().dossier_quality(here.site, today).await.map_err(read)?;
    let nodes = match at.floor {
        Some(_) => Vec::new(),
        None => here.house().estate_tree(here.site, at.clone()).await.map_err(read)?,
    };
    let list = here.house().estate_units(here.site, at.clone(), today, SHOWN).await.map_err(read)?;
    let parts = here.house().common_places(here.site).await.map_err(read)?;
    let body = html! {
        form.filters action="/dossiers" role="search" {
            input type="search" name="q" value=(q) aria-label=(t("查找")) placeholder=(t("房号、姓名、电话或车牌"))
                autocomplete="off" maxlength="80" data-room;
            button { (t("查找")) }
        }
        @if let Some(hits) = &hits { (found(hits)) }
        (standing(&quality))
        div.beside {
            div {
                (panel(t("单元"), html! { (way_up(&at)) }, units(&at, &list)))
            }
            div {
                @if !nodes.is_empty() { (panel(t("小区"), html! {}, tree(&at, &nodes))) }
                (panel(t("公共部位"), html! {}, common(&at, &parts)))
                (registers(&here))
            }
        }
    };
    let around = here.around().await?;
    let beside = html! {
        a.button href="/dossiers/emergency" { (t("紧急联络人")) } " "
        @if here.viewer.grants.allow(Permission::SettingWork) { a.button href="/settings/households" { (t("导入台账")) } }
    };
    let page = Page { beside, ..Page::new(t("客户档案"), Frame::Desk(Place::Dossiers, &around), body) };
    Ok(page.into_response())
}

fn found(hits: &[HouseholdHit]) -> Markup {
    html! {
        @if hits.is_empty() { (empty(t("没有找到。"), html! {})) } @else {
            (panel(t("找到的"), html! { span.dim { (hits.len()) } }, html! {
                ul.rows { @for hit in hits { li {
                    a href={ "/dossiers/" (escaped(&hit.id)) } { b { (hit.words) } } " " (hit.name) " "
                    span.dim { (hit.phone_tail) } " " span.small.dim { (said(&hit.matched, None)) }
                } } }
            }))
        }
    }
}

/// A share in percent with one decimal, rounded but never up to all of it; a dash without a base.
pub(super) fn share(part: i64, of: i64) -> String {
    if of == 0 {
        return "—".to_owned();
    }
    let tenths = (2_000 * part + of) / (2 * of);
    let tenths = if part < of { tenths.min(999) } else { tenths };
    format!("{}.{}%", tenths / 10, tenths % 10)
}

fn standing(quality: &DossierQuality) -> Markup {
    let shares = [quality.complete, quality.accurate, quality.valid].map(|part| share(part, quality.categories));
    let (files, unfiled, check) =
        (quality.files.to_string(), quality.unfiled.to_string(), quality.to_confirm.to_string());
    let time = middle().map(|(time, count)| (time.as_millis().to_string(), count));
    let path = "/registers/dossier_categories?state=open";
    let mut row = vec![
        Figure::count(t("档案"), &files, t("份|档案"), "/registers/dossiers"),
        Figure::count(t("齐备"), &shares[0], "", path),
        Figure::count(t("准确"), &shares[1], "", path),
        Figure::count(t("有效"), &shares[2], "", path),
        Figure::count(t("未归档材料"), &unfiled, t("件"), "/registers/dossier_materials"),
        Figure::count(t("联络待核实"), &check, t("户"), "/registers/contact_checks?state=open"),
    ];
    if let Some((time, _)) = &time {
        row.push(Figure::count(t("查询用时中位"), time, t("毫秒"), "/dossiers"));
    }
    figures(&row)
}

fn way_up(at: &TreeFilter) -> Markup {
    let part = |value: &Option<String>, unit: &str| value.as_ref().map(|it| format!("{it}{unit}")).unwrap_or_default();
    let words = [part(&at.building, t("栋")), part(&at.stairwell, t("单元|楼梯")), part(&at.floor, t("层"))];
    let words = words.iter().filter(|it| !it.is_empty()).cloned().collect::<Vec<_>>().join(" ");
    html! {
        @if at.building.is_some() { span {
            @if !at.phase.is_empty() { (crate::t!("{}期", at.phase)) " " }
            (words) " " a.small href="/dossiers" { (t("全小区")) }
        } }
    }
}

fn tree(at: &TreeFilter, nodes: &[TreeNode]) -> Markup {
    let step = |node: &TreeNode| {
        let mut to = TreeFilter { after: String::new(), ..at.clone() };
        match (&at.building, &at.stairwell) {
            (None, _) => {
                to.phase.clone_from(&node.phase);
                to.building = Some(node.name.clone());
            }
            (_, None) => to.stairwell = Some(node.name.clone()),
            _ => to.floor = Some(node.name.clone()),
        }
        query(&to)
    };
    let unit = match (&at.building, &at.stairwell) {
        (None, _) => t("栋"),
        (_, None) => t("单元|楼梯"),
        _ => t("层"),
    };
    html! {
        ul.rows { @for node in nodes { li {
            a href={ "/dossiers?" (step(node)) } {
                @if !node.phase.is_empty() && at.building.is_none() { (crate::t!("{}期", node.phase)) " " }
                @if node.name.is_empty() { (t("未分")) } @else { (node.name) (unit) }
            } " "
            span.dim { (crate::t!("{} 户", node.units)) }
            @if node.empty > 0 { " " span.small.dim { (crate::t!("空置 {}", node.empty)) } }
        } } }
    }
}

fn units(at: &TreeFilter, list: &[EstateUnit]) -> Markup {
    let more = i64::try_from(list.len()).is_ok_and(|it| it == SHOWN);
    let last = list.last().map(|it| it.words.clone()).unwrap_or_default();
    let mut list: Vec<&EstateUnit> = list.iter().collect();
    list.sort_by_cached_key(|it| in_order(&it.words));
    html! {
        @if list.is_empty() { (empty(t("台账里还没有单元。导入台账以后，每户的档案从这里打开。"), html! {})) } @else {
            div.scroll { table.plain-table {
                thead { tr {
                    th { (t("房号")) } th { (t("住户")) } th { (t("状态")) } th.num { (t("齐备")) } th.num { (t("准确")) } th.num { (t("有效")) }
                } }
                tbody { @for it in &list { tr {
                    td { a.nowrap href={ "/dossiers/" (escaped(&it.id)) } { b { (it.words) } } }
                    td { (it.name) }
                    td.dim { (said(&it.occupancy, None)) }
                    @match it.stands {
                        Some((complete, accurate, valid)) => {
                            @for n in [complete, accurate, valid] {
                                td.num { @if n < 12 { (tag(&format!("{n}/12"), Tone::Mind)) } @else { "12/12" } }
                            }
                        }
                        None => { td.dim colspan="3" { (t("还没有建档")) } }
                    }
                } } }
            } }
            @if more {
                p.foot { a href={ "/dossiers?" (query(at)) "&after=" (escaped(&last)) } { (t("下一页")) } }
            }
        }
    }
}

/// Common parts of where one stands.
fn common(at: &TreeFilter, parts: &[String]) -> Markup {
    let own = at.building.as_ref().map(|it| format!("{it}栋"));
    let here = parts.iter().filter(|it| match &own {
        Some(own) => it.starts_with(own.as_str()),
        None => !it.contains('栋'),
    });
    html! {
        ul.rows.small { @for it in here { li { a href={ "/cases?q=" (escaped(it)) } { (it) } } } }
    }
}

/// Registers of the files, what waits in each first.
fn registers(here: &Here) -> Markup {
    let own = register::all().iter().filter(|it| it.place == "dossiers");
    let guarded = here.viewer.grants.allow(Permission::PersonUnmask);
    html! {
        (panel(t("登记簿"), html! {}, html! {
            p.small { a href="/archive" { (t("档案室")) } " · " a href="/needs" { (t("客户需求分析")) } }
            ul.rows.small { @for it in own.filter(|it| guarded || !it.guarded) {
                li { a href={ "/registers/" (it.id) } { (said(&it.title, Some(&it.title_en))) } }
            } }
        }))
    }
}
