//! The library (规程库): which regulations there are, which the site keeps to and since when, and how they were kept.

use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use office::Refusal;
use rulebook::model::Book;

use super::{edition, law, month, parts, side};
use crate::components::field::command;
use crate::components::refusal::refusal;
use crate::components::{Timing, Tone, tag};
use crate::language::{said, t};
use crate::page::{Fragment, Frame, Page, Place};
use crate::security::{Fault, Permission};
use crate::state::Here;

/// `GET /rulebooks`.
pub async fn show(here: Here) -> Result<Response, Fault> {
    Ok(shown(&here, None).await?.into_response())
}

/// The library, with what was refused of a book.
pub async fn shown(here: &Here, no: Option<(&str, &Refusal)>) -> Result<Fragment, Fault> {
    let around = here.around().await?;
    let law = law(here).await?;
    let timing = Timing { now: here.now, zone: &here.house().laws().zone };
    let [_, this, _] = month(here, "");
    let adopts = here.viewer.grants.allow(Permission::RulebookAdopt);
    let shipped = &here.house().laws().shipped;
    // Those of the office's own stand with the others once they are adopted.
    let own = law.charter.adopted(here.now).map(|it| it.book.clone()).filter(|id| !shipped.contains_key(id));
    let ids: Vec<String> = shipped.keys().cloned().chain(own).collect();
    let (mut adopted, mut others) = (Vec::new(), Vec::new());
    for id in &ids {
        let Some((book, since)) = edition(here, &law, id) else { continue };
        let newer = shipped.get(id).is_some_and(|it| since.is_some() && it.book.digest != book.digest);
        let planned = law.planned(id, here.now).map(|it| timing.time(it.from));
        let left_out = law.adopted(id, here.now).map_or(0, |(adoption, _)| adoption.except.len());
        let until = law.adopted(id, here.now).and_then(|(adoption, _)| adoption.until);
        let state = html! {
            @if let Some(since) = since { (t("自")) " " (timing.time(since)) } @else { span.dim { (t("未采用")) } }
            @if let Some(until) = until { div.small { (t("到")) " " (timing.time(until)) } }
            @if left_out > 0 { div.small.dim { (crate::t!("不含 {} 款", left_out)) } }
            @if newer { " " (tag(t("有新版"), Tone::Mind)) }
            @if let Some(from) = planned { div.small { (t("将要采用")) " " (from) } }
        };
        let does = if adopts {
            buttons(id, since.is_some())?
        } else {
            html! {}
        };
        let refused = no.filter(|(of, _)| of == id).map(|(_, no)| no);
        if since.is_some() {
            let kept = here.house().clauses_kept(here.site, id.clone(), this.clone(), here.now).await;
            let kept = parts::sum(kept.map_err(|fault| Fault::new("读取规程", fault))?.iter());
            adopted.push(row(&book, state, parts::counts(&kept, None), does, refused));
        } else {
            others.push(row(&book, state, html! {}, does, refused));
        }
    }
    let stray = no.filter(|(of, _)| !ids.iter().any(|id| id == of)).map(|(_, no)| no);
    let body = html! {
        (side::of_rulebooks(&law, here.now, 0))
        @if let Some(no) = stray { (refusal(no)) }
        (table(t("采用中"), &adopted))
        (table(t("没有采用的"), &others))
    };
    let beside = html! {
        a href="/rulebooks/map" { (t("守规图")) }
        @if adopts { " · " a href="/settings/what-if" { (t("推演")) } }
        @if !around.other_sites.is_empty() { " · " a href="/rulebooks/sites" { (t("站点比较")) } }
    };
    let page = Page { beside, ..Page::new(t("规程"), Frame::Desk(Place::Rulebooks, &around), body) };
    Ok(Fragment(page.render()))
}

fn table(title: &str, rows: &[Markup]) -> Markup {
    html! {
        @if !rows.is_empty() {
            section.panel {
                div.title { h2 { (title) } span.dim { (rows.len()) } }
                div.scroll { table.plain-table.library {
                    thead { tr { th { (t("规程")) } th { (t("版次")) } th { (t("条文")) } th { (t("采用")) } th { (t("本月")) } th {} } }
                    tbody { @for row in rows { (row) } }
                } }
            }
        }
    }
}

fn row(book: &Book, state: Markup, kept: Markup, does: Markup, no: Option<&Refusal>) -> Markup {
    let mut numbers: Vec<&str> =
        book.clauses.iter().flat_map(|clause| &clause.rules).map(|rule| rule.id.value.as_str()).collect();
    numbers.sort_unstable();
    numbers.dedup();
    html! {
        tr {
            td {
                a href={ "/rulebooks/" (book.id) } { b { (said(&book.name, Some(&book.name_en))) } }
                div.small.dim { (said(&book.governs, None)) }
                @if let Some(no) = no { (refusal(no)) }
            }
            td { (book.edition) }
            td.num { (numbers.len()) }
            td { (state) }
            td.wrap { (kept) }
            td { (does) }
        }
    }
}

fn buttons(id: &str, adopted: bool) -> Result<Markup, Fault> {
    let fresh = crate::entry::fresh_command()?;
    Ok(html! {
        a.button href={ "/rulebooks/" (id) "/adopt" } { @if adopted { (t("改采用")) } @else { (t("采用")) } }
        @if adopted {
            details.aside {
                summary { (t("停用")) }
                form method="post" action={ "/rulebooks/" (id) "/leave" } {
                    (command(&fresh))
                    p.small { (t("以后的事不再按它算；已经开始的时限照旧走完。")) }
                    label { (t("从哪天起")) " " input type="date" name="from"; }
                    button { (t("确定停用")) }
                }
            }
        }
    })
}
