//! The library (规程库): which regulations come with the program and which the site keeps to.

use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use office::Refusal;

use super::{edition, law, month, parts};
use crate::components::field::command;
use crate::components::panel::facts;
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
    let mut panels = Vec::new();
    for (id, shipped) in &here.house().laws().shipped {
        let Some((book, since)) = edition(here, &law, id) else { continue };
        let kept = here.house().clauses_kept(here.site, id.clone(), this.clone(), here.now).await;
        let kept = parts::sum(kept.map_err(|fault| Fault::new("读取规程", fault))?.iter());
        let examples: usize = book.clauses.iter().map(|clause| clause.examples.len()).sum();
        let rules: usize = book.clauses.iter().map(|clause| clause.rules.len()).sum();
        let fresh = crate::entry::fresh_command()?;
        let newer = since.is_some() && shipped.book.digest != book.digest;
        let name = html! { a href={ "/rulebooks/" (id) } { (said(&book.name, Some(&book.name_en))) } };
        let body = html! {
            p { (said(&book.governs, None)) }
            (facts(&[
                (t("版次"), html! { (book.edition) " " span.dim { (said(&book.document, None)) } }),
                (t("条文"), html! { (crate::t!("{0} 条，{1} 项规则，{2} 个示例", book.clauses.len(), rules, examples)) }),
                (t("采用"), match since {
                    Some(since) => html! { (t("自")) " " (timing.time(since)) },
                    None => html! { span.dim { (t("未采用")) } },
                }),
                (t("本月"), parts::counts(&kept, None)),
            ]))
            @if let Some((of, no)) = no { @if of == id { (refusal(no)) } }
            div.acts.ways {
                a.button href={ "/rulebooks/" (id) } { (t("看条文")) }
                @if adopts { (buttons(id, &fresh, since.is_some(), newer)) }
            }
        };
        panels.push((name, since.is_some(), body));
    }
    let body = html! {
        @for (name, adopted, body) in panels {
            (panel_of(name, adopted, body))
        }
    };
    let beside = html! {
        a href="/rulebooks/map" { (t("守规图")) }
        @if !around.other_sites.is_empty() { " · " a href="/rulebooks/sites" { (t("站点比较")) } }
    };
    let page = Page { beside, ..Page::new(t("规程"), Frame::Desk(Place::Rulebooks, &around), body) };
    Ok(Fragment(page.render()))
}

fn panel_of(name: Markup, adopted: bool, body: Markup) -> Markup {
    html! {
        section.panel {
            div.title { h2 { (name) } @if adopted { (tag(t("已采用"), Tone::Plain)) } }
            (body)
        }
    }
}

fn buttons(id: &str, fresh: &str, adopted: bool, newer: bool) -> Markup {
    html! {
        @if !adopted || newer {
            form method="post" action={ "/rulebooks/" (id) "/adopt" } {
                (command(fresh))
                button { @if newer { (t("采用新版")) } @else { (t("采用")) } }
            }
        }
        @if adopted && !newer {
            details {
                summary.button { (t("停用")) }
                form method="post" action={ "/rulebooks/" (id) "/leave" } {
                    (command(fresh))
                    p.small { (t("以后的事不再按它算；已经开始的时限照旧走完。")) }
                    button { (t("确定停用")) }
                }
            }
        }
    }
}
