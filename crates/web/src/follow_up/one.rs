//! One follow-up (一次回访): what happened, whom to call, the form, rounds before.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use calendar::DueAt;
use journal::reads::{CasePage, TimelineLine};
use maud::{Markup, html};
use office::Refusal;
use rulebook::State;
use rulebook::model::Sort;

use super::form::Form;
use crate::cases::help;
use crate::components::timeline::Line;
use crate::components::{Timing, Tone, clause, panel, tag};
use crate::language::{said, t};
use crate::page::{Crumb, Filled, Frame, Page, Place, wrong};
use crate::security::{Fault, Permission};
use crate::state::Here;

/// A step that was refused, and what was filled in.
pub struct Trouble<'a> {
    /// The step.
    pub step: &'a str,
    /// The refusal.
    pub refusal: &'a Refusal,
    /// What was filled in.
    pub filled: &'a Filled,
}

/// `GET /follow-up/{id}`.
pub async fn show(here: Here, Path(id): Path<String>) -> Result<Response, Fault> {
    Ok(page(&here, &id, false, None).await?.map_or_else(wrong::not_found, IntoResponse::into_response))
}

/// The page; none when there is no such case. `unmask` only after a purpose was written down.
pub async fn page(
    here: &Here,
    id: &str,
    unmask: bool,
    trouble: Option<Trouble<'_>>,
) -> Result<Option<Response>, Fault> {
    let read = here.house().case_page(here.site, id.to_owned(), here.actor.clone(), here.now, unmask).await;
    let Some(page) = read.map_err(|fault| Fault::new("读取回访", fault))? else { return Ok(None) };
    let around = here.around().await?;
    let timing = Timing { now: here.now, zone: &here.house().laws().zone };
    let crumbs = [Crumb { words: t("回访").to_owned(), path: "/follow-up".to_owned() }];
    let title = format!("{} {}", page.case.place, page.case.title);
    let law = here.house().law(here.site).await.map_err(|fault| Fault::new("读取规程", fault))?;
    let books = help::adopted(&law, here.now);
    let named = help::named(here.house().laws(), &books, Sort::Attribute);
    let staff = here.house().staff(here.site).await.map_err(|fault| Fault::new("读取员工", fault))?;
    let staff: Vec<String> = staff.into_iter().filter(|it| it.active).map(|it| it.name).collect();
    let form = Form { here, page: &page, timing, named: &named, staff: &staff, trouble };
    let body = html! {
        div.beside #call {
            div {
                (panel(t("联系人"), html! {}, people(here, &page, unmask)))
                (form.render()?) (form.issues()?) (form.lead()?)
            }
            div {
                (panel(t("以前几轮"), html! {}, rounds(&page, timing)))
                (panel(t("经过"), html! { a href={ "/cases/" (page.case.number) } { (t("看事项")) } }, story(&page, timing)))
            }
        }
    };
    let beside = html! { (limits(&page, timing)) };
    let shown =
        Page { crumbs: &crumbs, beside, ..Page::new(title.trim(), Frame::Desk(Place::FollowUp, &around), body) };
    Ok(Some(shown.into_response()))
}

/// The limits that one call would serve.
fn limits(page: &CasePage, timing: Timing) -> Markup {
    let open = page.derived.obligations.iter().filter(|it| {
        matches!(it.state, State::Open | State::Overdue)
            && it.must.iter().any(|act| act == "follow_up.done" || act == "follow_up.satisfied")
    });
    html! {
        @for it in open {
            @if let Some(at) = it.due { (timing.light(it.opened, DueAt { at, end_of_day: it.end_of_day })) }
            (clause(&it.clause, page.clauses.get(&format!("{}/{}", it.clause.book, it.clause.id)).map(|it| it.summary.as_str())))
        }
        @if page.case.round > 1 { (tag(&t!("第 {} 轮", page.case.round), Tone::Mind)) }
    }
}

fn people(here: &Here, page: &CasePage, unmask: bool) -> Markup {
    let (name, phone) = &page.caller;
    let others = page.household.iter().flat_map(|card| &card.household.people);
    html! {
        div.job-people {
            (crate::jobs::call(name, phone))
            @for person in others.take(3) {
                @for number in person.phones.iter().filter(|it| *it != phone) {
                    (crate::jobs::call(&format!("{} {}", said(person.tenure.title(), None), person.name), number))
                }
            }
        }
        @if !unmask && here.viewer.grants.allow(Permission::PersonUnmask) {
            form method="post" action={ "/follow-up/" (page.case.id) "/phone" } {
                button.plain { (t("显示完整电话（记下用途：电话回访）")) }
            }
        }
    }
}

/// Each earlier talk with its verdict.
fn rounds(page: &CasePage, timing: Timing) -> Markup {
    let talks: Vec<&TimelineLine> = page
        .timeline
        .iter()
        .filter(|line| {
            let told = ["follow_up.done", "follow_up.attempted", "follow_up.rework_done", "follow_up.reviewed"];
            told.contains(&line.event.name.as_str())
        })
        .collect();
    html! {
        @if talks.is_empty() { p.dim { (t("还没有回访过。")) } }
        @if !talks.is_empty() { ol.talks { @for line in &talks { li { (timing.time(line.happened)) " " (line.said) } } } }
    }
}

fn story(page: &CasePage, timing: Timing) -> Markup {
    let lines: Vec<(String, String, String)> = page
        .timeline
        .iter()
        .rev()
        .take(8)
        .map(|line| (timing.said(line.happened), timing.exact(line.happened), format!("{} {}", line.post, line.name)))
        .collect();
    html! {
        ol.timeline {
            @for ((at, exact, by), line) in lines.iter().zip(page.timeline.iter().rev()) {
                (Line { at, exact, said: &line.said, by, late_entry: None, seals: &[], more: html! {} }.render())
            }
        }
    }
}
