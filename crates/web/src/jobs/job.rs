//! One job on one screen (一项任务): room, people, words, photos, the next step with its clock, history of the room.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use calendar::{DueAt, Moment};
use journal::Laws;
use journal::reads::{CasePage, CaseRow, PriceRow, StockRow, value_in_words};
use maud::{Markup, PreEscaped, html};
use office::Refusal;
use office::case::Case;
use rulebook::State;

use super::forms::{Forms, call};
use super::side::Lists;
use super::way::{self, Stood};
use crate::components::light::shape_of;
use crate::components::stepper::{self, Stand};
use crate::components::{Lamp, Timing, Tone, tag};
use crate::language::{said, t};
use crate::page::{Crumb, Filled, Frame, Page, Place, wrong};
use crate::security::{Fault, Permission};
use crate::state::Here;

/// A step that was refused: where, why, and what was filled in.
pub struct Trouble<'a> {
    /// The step.
    pub step: &'a str,
    /// The refusal.
    pub refusal: &'a Refusal,
    /// What was filled in.
    pub filled: &'a Filled,
}

/// `GET /jobs/{id}`.
pub async fn show(here: Here, Path(id): Path<String>) -> Result<Response, Fault> {
    Ok(page(&here, &id, None).await?.map_or_else(wrong::not_found, IntoResponse::into_response))
}

/// The page of a job; none when there is no such case.
pub async fn page(here: &Here, id: &str, trouble: Option<Trouble<'_>>) -> Result<Option<Response>, Fault> {
    let read = |what: &'static str| move |fault: journal::Fault| Fault::new(what, fault);
    let case = here.house().case(here.site, id.to_owned()).await.map_err(read("读取任务"))?;
    let Some(case) = case else { return Ok(None) };
    // Who has the work and has taken it on sees whom to call; that was written down when it was taken on.
    let mine = case.assignee.as_deref() == Some(here.actor.account.as_str());
    let unmask = mine && case.has_this_round("repair.taken_on");
    let page = here.house().case_page(here.site, case.id.clone(), here.actor.clone(), here.now, unmask).await;
    let Some(page) = page.map_err(read("读取任务"))? else { return Ok(None) };
    let around = here.around().await?;
    let timing = Timing { now: here.now, zone: &here.house().laws().zone };
    let works = mine || here.viewer.grants.allow(Permission::DispatchAssign);
    let lists = Lists::of(here, &page.case).await?;
    let law = here.house().law(here.site).await.map_err(read("读取保修设置"))?;
    let handover = page.household.as_ref().and_then(|card| card.household.handover);
    let on = timing.zone.date(page.case.opened);
    let warranty = crate::warranty::Told::of_case(&law, &page.case, handover, on);
    let (prices, stock) = (crate::charges::list(here).await?, crate::materials::list(here).await?);
    let body = Body { here, page: &page, prices: &prices, stock: &stock, timing, mine, works, lists: &lists, warranty };
    let body = body.render(trouble)?;
    let crumbs = [Crumb { words: t("我的任务").to_owned(), path: "/jobs".to_owned() }];
    let place = if page.case.place.is_empty() { page.case.number.clone() } else { page.case.place.clone() };
    let shown = Page { crumbs: &crumbs, ..Page::new(&place, Frame::Phone(Place::Jobs, &around), body) };
    Ok(Some(shown.into_response()))
}

struct Body<'a> {
    here: &'a Here,
    page: &'a CasePage,
    /// The price list of today.
    prices: &'a [PriceRow],
    /// The cards of the store.
    stock: &'a [StockRow],
    timing: Timing<'a>,
    /// The viewer has the work.
    mine: bool,
    /// The viewer may do the steps.
    works: bool,
    /// The site's lists and words for this job.
    lists: &'a Lists,
    /// What can be said of the warranty.
    warranty: Option<crate::warranty::Told>,
}

impl Body<'_> {
    fn render(&self, trouble: Option<Trouble>) -> Result<Markup, Fault> {
        let case = &self.page.case;
        let forms = Forms { page: self.page, prices: self.prices, stock: self.stock, trouble, lists: self.lists };
        let stands = way::stands(case);
        Ok(html! {
            (self.matter())
            (self.people())
            @if self.works { (forms.wait_over()?) }
            ol.steps #steps aria-label=(t("步骤")) {
                @for stood in &stands { (self.step(stood, &forms)?) }
            }
            @if !stands.iter().any(|it| it.stand == Stand::Now) { p.done-all { (t("这一单您该做的都做完了。")) } }
            @if self.works { (forms.stock()?) (forms.beside()?) (forms.note()?) }
            (self.history())
        })
    }

    /// Title, words as they were said, appointment, photos.
    fn matter(&self) -> Markup {
        let case = &self.page.case;
        let words = case.attributes.get("case.content").map_or(case.title.as_str(), String::as_str);
        let photos: Vec<(String, String)> = case
            .attachments
            .iter()
            .filter(|it| it.media.starts_with("image/"))
            .map(|it| (format!("/jobs/{}/photos/{}", case.id, it.hash), it.name.clone()))
            .collect();
        let photos: Vec<(&str, &str)> = photos.iter().map(|(path, name)| (path.as_str(), name.as_str())).collect();
        html! {
            div.job-words {
                p { (words) }
                p.small.dim {
                    (said(case.kind.title(), None)) " " (case.number) " · " (self.timing.time(case.opened))
                    @if case.chased > 0 { " " (tag(&t!("催过 {} 次", case.chased), Tone::Mind)) }
                    @if case.round > 1 { " " (tag(&t!("第 {} 次处理", case.round), Tone::Mind)) }
                    @if case.is_urgent() { " " (tag(t("紧急"), Tone::Grave)) }
                    @if way::is_shared(case) { " " (tag(t("公共设施"), Tone::Plain)) }
                    @if !self.mine { " " (tag(&self.holder(), Tone::Plain)) }
                }
                @if let Some(at) = appointment(case, "repair.appointment").or_else(|| case.promised()) {
                    p.appointment {
                        (t("预约")) " " b { (self.timing.time(at)) }
                        @if let Some(end) = appointment(case, "repair.appointment_end").filter(|end| *end != at) {
                            " – " b { (self.timing.time(end)) }
                        }
                    }
                }
                @if let Some(entry) = case.unsolved() {
                    p { (tag(t("业主说没有解决"), Tone::Grave)) " " (entry.event.body.note) }
                }
                @if let Some(told) = &self.warranty { p.small { (crate::warranty::line(told)) } }
                (waiting(case, self.here.house().laws(), self.timing))
                (stepper::photos(&photos))
            }
        }
    }

    fn holder(&self) -> String {
        match self.page.case.assignee.as_ref().and_then(|it| self.page.names.get(it)) {
            Some(name) => t!("在 {} 手上", name),
            None => t("还没有派人").to_owned(),
        }
    }

    fn people(&self) -> Markup {
        let (name, phone) = &self.page.caller;
        let people = self.page.household.iter().flat_map(|card| &card.household.people);
        let others: Vec<_> = people
            .flat_map(|person| person.phones.iter().map(move |number| (person, number)))
            .filter(|(_, number)| *number != phone)
            .take(4)
            .collect();
        html! {
            div.job-people {
                (call(name, phone))
                @for (person, number) in &others { (call(&format!("{} {}", said(person.tenure.title(), None), person.name), number)) }
            }
            @if self.mine && !self.page.case.has_this_round("repair.taken_on") && !phone.is_empty() {
                p.small.dim { (t("接单后显示完整电话，查看会留下记录。")) }
            }
        }
    }

    fn step(&self, stood: &Stood, forms: &Forms) -> Result<Markup, Fault> {
        let (words, now) = (t(stood.leg.words), stood.stand == Stand::Now);
        let coming = matches!(stood.stand, Stand::Now | Stand::Later);
        let lamp = match stood.stand {
            Stand::Done => Lamp::Met,
            Stand::Now => Lamp::Soon,
            Stand::Skipped => Lamp::NotApplicable,
            Stand::Later | Stand::Waiting => Lamp::Open,
        };
        let word = match stood.stand {
            Stand::Done => "done",
            Stand::Now => "now",
            Stand::Skipped => "skipped",
            Stand::Later | Stand::Waiting => "later",
        };
        Ok(html! {
            li data-step=(word) aria-current=[now.then_some("step")] {
                div.step { (shape_of(lamp)) b { (words) } span.clock { (self.clock(stood)) } }
                @if coming && self.works {
                    div.turn hidden[!now] { (forms.of(stood.leg.id)?) }
                }
            }
        })
    }

    /// When it was done; or the soonest hard limit that asks for it.
    fn clock(&self, stood: &Stood) -> Markup {
        if let Some(at) = stood.at {
            return self.timing.time(at);
        }
        let open = self.page.derived.obligations.iter().filter(|it| {
            matches!(it.state, State::Open | State::Overdue)
                && !it.soft
                && it.must.iter().any(|act| act == stood.leg.main)
        });
        let soonest = open.filter_map(|it| it.due.map(|due| (due, it))).min_by_key(|(due, _)| *due);
        match soonest {
            Some((at, it)) => self.timing.light(it.opened, DueAt { at, end_of_day: it.end_of_day }),
            None => PreEscaped(String::new()),
        }
    }

    /// What happened in this room before.
    fn history(&self) -> Markup {
        let Some(card) = &self.page.household else { return html! {} };
        let rows: Vec<&CaseRow> =
            card.open.iter().chain(&card.past).filter(|row| row.id != self.page.case.id).take(8).collect();
        html! {
            @if !rows.is_empty() {
                details.aside.history {
                    summary { (t!("这户以前的事 {} 件", rows.len())) }
                    ul {
                        @for row in rows {
                            li {
                                a href={ "/cases/" (row.number) } { (row.title) }
                                span.dim {
                                    (said(row.kind.title(), None)) " · " (self.day(row.opened)) " · "
                                    (said(row.state.title(), None))
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    fn day(&self, moment: Moment) -> String {
        self.here.house().laws().zone.date(moment).to_string()
    }
}

/// What a case waits for now, in words and as a mark (等候); no clock stops for it unless a clause says so.
pub fn waiting(case: &Case, laws: &Laws, timing: Timing) -> Markup {
    let Some(entry) = case.waits() else { return html! {} };
    let value = |id: &str| entry.event.body.attributes.get(id).map_or("", String::as_str);
    let what = value_in_words(laws, "repair.waiting_for", value("repair.waiting_for"));
    let until = value("repair.waiting_until").parse().ok().map(Moment);
    html! {
        p.small {
            (tag(&t!("等候：{}", said(&what, None)), Tone::Mind)) " "
            @if let Some(until) = until { (t("预计等到")) " " (timing.time(until)) " " }
            (entry.event.body.note)
        }
    }
}

/// When somebody comes: the appointment, or the end of its window.
fn appointment(case: &Case, id: &str) -> Option<Moment> {
    case.attributes.get(id).and_then(|it| it.parse().ok()).map(Moment)
}
