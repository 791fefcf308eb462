//! The page of a case (一件事项): what happened on the left, what is owed and may be done on the right.

use std::collections::BTreeSet;

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use journal::reads::{ActOffer, CasePage, CaseRow};
use maud::{Markup, html};
use office::Refusal;
use office::act::{self, Effect};
use office::case::{Case, CaseKind, CaseState};
use office::register::{Asked, RegisterType};
use rulebook::model::Sort;

use super::{chase, departments, help, ladder, phone, sums, timeline};
use crate::complaints::topics;
use crate::components::field::{Field, command};
use crate::components::{Timing, Tone, live_panel, panel, refused, tag, work};
use crate::duty::handover;
use crate::language::{said, t};
use crate::page::{Crumb, Filled, Fragment, Frame, Page, Place, wrong};
use crate::security::{Fault, Permission};
use crate::state::Here;

/// `GET /cases/{id}`, by id or by number.
pub async fn show(here: Here, Path(id): Path<String>) -> Result<Response, Fault> {
    match read(&here, &id, false).await? {
        Some(page) if !crate::registers::sees_record(&here, page.case.kind) => {
            Ok(wrong::not_granted(&here.viewer, Permission::PersonUnmask))
        }
        Some(page) => Ok(render(&here, &page, None, false).await?.into_response()),
        None => Ok(wrong::not_found()),
    }
}

/// `POST /cases/{id}/unmask`: shows names and phones in full once, after the purpose is on record.
pub async fn unmask(here: Here, Path(id): Path<String>, filled: Filled) -> Result<Response, Fault> {
    let Some(masked) = read(&here, &id, false).await? else { return Ok(wrong::not_found()) };
    let sent = here.sent(filled.command())?;
    let stream = format!("case:{}", masked.case.id);
    let done = here.house().unmasked(sent, stream, filled.get("purpose").to_owned()).await;
    match done.map_err(|fault| Fault::new("登记查看用途", fault))? {
        Err(refusal) => Ok(refused(render(&here, &masked, Some(&refusal), false).await?, &refusal)),
        Ok(_) => {
            let page = read(&here, &id, true).await?.unwrap_or(masked);
            Ok(render(&here, &page, None, true).await?.into_response())
        }
    }
}

/// Everything about the case; none when there is none, or none that the visitor may open.
pub async fn read(here: &Here, id: &str, unmask: bool) -> Result<Option<CasePage>, Fault> {
    let page = here.house().case_page(here.site, id.to_owned(), here.actor.clone(), here.now, unmask).await;
    let page = page.map_err(|fault| Fault::new("读取事项", fault))?;
    Ok(page.filter(|page| crate::appraisal::may_see(here, &page.case)))
}

/// The page; `unmasked` once a purpose is on record.
pub async fn render(
    here: &Here,
    page: &CasePage,
    refusal: Option<&Refusal>,
    unmasked: bool,
) -> Result<Fragment, Fault> {
    let around = here.around().await?;
    let laws = here.house().laws();
    let timing = Timing { now: here.now, zone: &laws.zone };
    let case = &page.case;
    let topic = format!("case-{}", case.id);
    let fresh = here.sent(None)?;
    let law = here.house().law(here.site).await.map_err(|fault| Fault::new("读取规程", fault))?;
    let spoken_of = help::named(laws, &help::adopted(&law, here.now), Sort::Fact);
    let own = of_its_kind(here, page, fresh.command.as_str()).await?;
    let of_problem = topics::beside(here, page, fresh.command.as_str()).await?;
    let body = html! {
        (chase::place())
        div.beside.acts-first {
            div {
                (own)
                (of_problem)
                (live_panel("timeline", &topic, t("经过"), html! {}, timeline::render(page, laws, timing)))
                (crate::charges::panel(page))
                (crate::materials::panel(page))
                (panel(t("单据|事项"), crate::papers::whole_key(here, case), papers(here, page, timing)))
            }
            div {
                (live_panel("acts", &topic, t("办理"), html! {}, acts(here, page, &spoken_of, fresh.command.as_str())))
                (crate::dispatch::suggestion(here, page).await?)
                (live_panel("duties", &topic, t("时限"), html! {}, ladder::render(page, laws, timing)))
                (crate::warranty::panel(here, page).await?)
                @if concerns_somebody(page) {
                    (panel(t("何人"), html! {}, people(here, page, refusal, unmasked, fresh.command.as_str())))
                }
                (crate::resident::panel(here, page)?)
                (departments::panel_of(page))
                (linked(here, page))
                (sums::panel_of(here, page))
            }
        }
    };
    let (crumbs, place) = crumbs(case.kind);
    let title = format!("{} {} {}", case.number, case.place, case.title);
    let may = page.offers.iter().any(|offer| offer.act == chase::ACT && offer.refused.is_none());
    let does = html! {
        (again(here, case))
        a.button href={ "/cases/" (case.id) "/read-out" } data-swap="read-out" data-stay { (t("念进度")) }
        @if may { (chase::button(&case.id, &format!("{}-chase", fresh.command.as_str()), true)) }
    };
    let page = Page {
        crumbs: &crumbs,
        does,
        beside: beside(here, page, timing),
        ..Page::new(&title, Frame::Desk(place, &around), body)
    };
    Ok(Fragment(page.render()))
}

/// What records of some kinds show first: the contents of a shift, who joined a mass event, a card, an appraisal, blank slips.
async fn of_its_kind(here: &Here, page: &CasePage, command: &str) -> Result<Markup, Fault> {
    let case = &page.case;
    Ok(match handover::is_shift(page) {
        true => handover::contents(here, page, command).await?,
        false if office::mass_event::is_one(case) => crate::mass_events::joined_panel(here, page, command).await?,
        false if case.kind == office::stock::CARDS => crate::materials::card_panel(here, page),
        false if crate::appraisal::is_file(case.kind) => {
            panel(t("考评看什么"), html! {}, crate::appraisal::questions())
        }
        false if crate::documents::asks(case) => crate::documents::panel(here, page, command).await?,
        false if office::blank_slip::is_one(case) => crate::blank_slips::numbers(here, page, command).await?,
        false => html! {},
    })
}

/// Where a case stands: among the matters, or in its register.
pub fn crumbs(kind: CaseKind) -> (Vec<Crumb>, Place) {
    match office::register::find(kind.id()).filter(|_| kind.is_record()) {
        Some(register) => {
            let words = said(&register.title, Some(&register.title_en)).into_owned();
            let path = format!("/registers/{}", register.id);
            (vec![Crumb { words, path }], crate::registers::frame(register))
        }
        None => (vec![Crumb { words: t("事项").to_owned(), path: "/cases".to_owned() }], Place::Cases),
    }
}

/// Kind, state, class, chasers, gaps, and the light that presses most.
fn beside(here: &Here, page: &CasePage, timing: Timing) -> Markup {
    let case = &page.case;
    let class = case.attributes.get("complaint.class");
    let class = class.map(|class| journal::reads::value_in_words(here.house().laws(), "complaint.class", class));
    html! {
        span.marks {
            (tag(&said(case.kind.title(), None), Tone::Plain)) " "
            (tag(&said(case.state.title(), None), Tone::Plain)) " "
            @if let Some(class) = class { (tag(&said(&class, None), Tone::Grave)) " " }
            @for id in ["complaint.severity", "complaint.sorted_as", "complaint.level"] {
                @if let Some(value) = case.attributes.get(id) {
                    @let words = journal::reads::value_in_words(here.house().laws(), id, value);
                    (tag(&said(&words, None), if value == "major" { Tone::Grave } else { Tone::Plain })) " "
                }
            }
            @if case.is_urgent() { (tag(t("紧急"), Tone::Grave)) " " }
            @if case.chased > 0 { (tag(&crate::t!("催办 {}", case.chased), Tone::Mind)) " " }
            (waits(here, case))
            @if !case.gaps().is_empty() { (tag(&crate::t!("待补：{}", said(&case.gaps().join("、"), None)), Tone::Mind)) " " }
            @if let Some(light) = ladder::most_urgent(page, timing) { (light) }
        }
    }
}

/// What is waited for, and that it cannot be repaired.
fn waits(here: &Here, case: &Case) -> Markup {
    let reason = case.waits().and_then(|entry| entry.event.body.attributes.get("repair.waiting_for"));
    let reason = reason.map(|id| journal::reads::value_in_words(here.house().laws(), "repair.waiting_for", id));
    html! {
        @if let Some(words) = reason { (tag(&crate::t!("等候：{}", said(&words, None)), Tone::Mind)) " " }
        @if case.cannot_be_repaired() { (tag(t("修不了，等办法"), Tone::Grave)) " " }
    }
}

/// Where the owner thinks again: a new slip that takes up the old one; where a contract is renewed: another one from its end on.
fn again(here: &Here, case: &Case) -> Markup {
    let may = here.viewer.grants.allow(Permission::ContactTake);
    let home = case.household.as_deref().map(|id| format!("&household={id}")).unwrap_or_default();
    html! {
        @if may && case.has("repair.refused") {
            a.button href={ "/desk?kind=repair&linked_case=" (case.id) (home) } { (t("想好了，再报修")) } " "
        }
        (crate::warranty::renewal(here, case))
    }
}

/// What can be done now: first what is owed, then by stage what the office's rulebooks speak of, the stage the case stands in
/// unfolded, then the rest; then what cannot be done and why, what a clause refuses before what only comes later.
fn acts(here: &Here, page: &CasePage, spoken_of: &BTreeSet<String>, command_id: &str) -> Markup {
    let (owed, others): (Vec<&ActOffer>, Vec<&ActOffer>) =
        page.offers.iter().filter(|offer| offer.refused.is_none()).partition(|offer| offer.is_owed);
    let mut owed = owed;
    // To void a paper settles what is owed too, and is never the first thing to do.
    let voids = |offer: &ActOffer| act::find(&offer.act).is_some_and(|act| matches!(act.effect, Effect::Void(_)));
    owed.sort_by_key(|offer| (voids(offer), offer.owed.is_none(), offer.owed));
    let (end, others): (Vec<&ActOffer>, Vec<&ActOffer>) =
        others.into_iter().partition(|offer| owed.is_empty() && ends(page, &offer.act));
    owed.extend(end);
    // Where the rulebooks say nothing of such a case, all of it stands by stage.
    let usual = |offer: &&ActOffer| {
        let own = is_own_step(page.case.kind, &offer.act) || is_emergency(page, &offer.act);
        spoken_of.contains(&offer.act) || is_common(&offer.act) || own
    };
    let silent = !page.offers.iter().any(|offer| spoken_of.contains(&offer.act) && !is_common(&offer.act));
    // What cannot be done is told while it may still come, of what stands here at all; after that, what a clause refuses.
    let told = |offer: &&ActOffer| match &offer.refused {
        Some(no) => by_clause(no) || (!page.case.state.ended() && (silent || usual(offer))),
        None => false,
    };
    let mut no: Vec<&ActOffer> = page.offers.iter().filter(told).collect();
    no.sort_by_key(|offer| !offer.refused.as_ref().is_some_and(by_clause));
    let shut: Vec<work::Act> = no
        .iter()
        .filter_map(|offer| {
            let act = act::find(&offer.act)?;
            Some(work::Act { words: act.title, does: html! {}, refused: offer.refused.as_ref() })
        })
        .collect();
    let (others, rest): (Vec<&ActOffer>, Vec<&ActOffer>) = others.into_iter().partition(|it| silent || usual(it));
    let of = |stage: &act::Stage| -> Vec<&ActOffer> {
        others.iter().copied().filter(|offer| stage.acts.iter().any(|act| act.id == offer.act)).collect()
    };
    let stages: Vec<(&act::Stage, Vec<&ActOffer>)> =
        act::stages().map(|stage| (stage, of(stage))).filter(|(_, offers)| !offers.is_empty()).collect();
    let here_now = standing(page, &stages);
    html! {
        @if page.offers.is_empty() {
            p.dim { (crate::t!("您的岗位（{}）对这件事项没有可办的动作。", here.viewer.post_name)) }
        }
        div.acts { @for (n, offer) in owed.iter().enumerate() { (button(page, offer, n == 0 && !voids(offer), command_id)) } }
        @for (stage, offers) in &stages {
            details open[owed.is_empty() && here_now == Some(stage.id)] {
                summary.small.dim { (said(stage.title, None)) " " (offers.len()) }
                div.acts { @for offer in offers { (button(page, offer, false, command_id)) } }
            }
        }
        @if !rest.is_empty() {
            details {
                summary.small.dim { (crate::t!("规程没有写到的 {} 件", rest.len())) }
                div.acts { @for offer in &rest { (button(page, offer, false, command_id)) } }
            }
        }
        (work::acts(&shut))
    }
}

/// Whether an act is what is left to do of a matter in which nobody owes anything any more: closing it once the customer is
/// satisfied, filing it once it is closed.
fn ends(page: &CasePage, name: &str) -> bool {
    let seq = |name: &str| page.case.last(name).map_or(0, |entry| entry.seq);
    match page.case.state {
        CaseState::AwaitingFollowUp => {
            let satisfied = seq("follow_up.satisfied");
            name == "case.closed" && satisfied > 0 && satisfied > seq("follow_up.dissatisfied")
        }
        CaseState::Closed => name == "case.filed",
        _ => false,
    }
}

/// Whether an act is one of those that every case has.
fn is_common(name: &str) -> bool {
    act::stages().last().is_some_and(|stage| stage.acts.iter().any(|act| act.id == name))
}

/// The stages by which a service is arranged, given out and ended.
const OF_SERVICE: [&str; 4] = ["service_order", "service", "supplier", "charge"];

/// Whether an act is a step of the record itself, or of the way of a service: these stand open, whatever the rulebooks speak
/// of.
fn is_own_step(kind: CaseKind, name: &str) -> bool {
    let of_service = || {
        let stages = act::stages().filter(|stage| OF_SERVICE.contains(&stage.id));
        kind == CaseKind::Service && stages.flat_map(|stage| stage.acts).any(|act| act.id == name)
    };
    of_service() || kind.is_record() && act::find(name).is_some_and(|act| act.kinds.contains(&kind))
}

/// Whether an act is a step of the emergency that this case is: those come first, whatever the rulebooks speak of.
fn is_emergency(page: &CasePage, name: &str) -> bool {
    let mut incident = act::stages().filter(|stage| stage.id == "incident").flat_map(|stage| stage.acts);
    page.case.has("incident.reported") && incident.any(|act| act.id == name)
}

fn by_clause(refusal: &Refusal) -> bool {
    refusal.because.iter().any(|reason| reason.clause.is_some())
}

/// The stage of the last act of the case that still offers something; the first one that does when none.
fn standing(page: &CasePage, stages: &[(&act::Stage, Vec<&ActOffer>)]) -> Option<&'static str> {
    let of = |name: &str| stages.iter().find(|(stage, _)| stage.acts.iter().any(|act| act.id == name));
    let last = page.case.entries.iter().rev().find_map(|entry| of(&entry.event.name));
    last.or(stages.first()).map(|(stage, _)| stage.id)
}

/// The button of an act. One that asks for nothing is done at once; any other opens its form.
fn button(page: &CasePage, offer: &ActOffer, first: bool, command_id: &str) -> Markup {
    let Some(act) = act::find(&offer.act) else { return html! {} };
    let path = format!("/cases/{}/acts/{}", page.case.id, act.id);
    let plain = matches!(act.effect, Effect::None | Effect::Move(..));
    let at_once = offer.is_owed && plain && act.fields.iter().all(|field| field.attribute == "note" && !field.required);
    let class = if first { "button main" } else { "button" };
    html! {
        @if at_once {
            form method="post" action=(path) {
                (command(&format!("{command_id}-{}", act.id.replace('.', "-"))))
                input type="hidden" name="seen_version" value=(page.case.version);
                button.main[first] { (said(act.title, None)) }
            }
        } @else {
            a class=(class) href=(path) { (said(act.title, None)) " …" }
        }
    }
}

/// A copy with what it is for.
fn copy_words(copy: &office::form::Copy) -> String {
    said(&copy.label, office::form::label_en(&copy.label)).into_owned()
}

fn papers(here: &Here, page: &CasePage, timing: Timing) -> Markup {
    let laws = here.house().laws();
    let may = here.viewer.grants.allow(Permission::CaseWork);
    html! {
        @let own = crate::papers::own_record(page).filter(|_| may);
        @if page.case.forms.is_empty() && own.is_none() { p.dim { (t("还没有签发单据。")) } }
        @if let Some(kind) = own {
            p {
                b { (said(&kind.title, Some(&kind.title_en))) } " "
                a href={ "/forms/" (page.case.number) "/print" } { (page.case.number) } " "
                a.small href={ "/forms/" (page.case.number) "/archive.pdf" } { (t("归档件 PDF")) }
            }
        }
        @for form in &page.case.forms {
            @let kind = office::form::find(&form.form);
            div.paper-row {
                p {
                    b { (said(kind.map_or(form.form.as_str(), |kind| kind.title.as_str()), kind.map(|kind| kind.title_en.as_str()))) } " "
                    a href={ "/forms/" (form.number) "/print" } { (form.number) } " "
                    @if form.void { (tag(t("作废"), Tone::Grave)) " " }
                    @if may { a.small href={ "/forms/" (form.number) "/archive.pdf" } { (t("归档件 PDF")) } " " }
                    span.small.dim { (crate::t!("已打印 {} 次", form.printed)) }
                }
                ul.small {
                    @for (n, (holder, since)) in &form.copies {
                        @let label = kind.and_then(|kind| kind.copies.iter().find(|copy| copy.n == *n));
                        li {
                            (label.map_or(String::new(), copy_words)) "：" (said(&laws.word(holder), None)) " "
                            span.dim { (timing.time(*since)) }
                        }
                    }
                }
            }
        }
    }
}

/// Whether somebody stands in the matter; a record of a register may concern nobody.
fn concerns_somebody(page: &CasePage) -> bool {
    let case = &page.case;
    let named = !page.caller.0.is_empty() || page.household.is_some() || case.assignee.is_some();
    !case.kind.is_record() || named || !case.place.is_empty() || case.attributes.contains_key("case.person")
}

fn people(here: &Here, page: &CasePage, refusal: Option<&Refusal>, unmasked: bool, command_id: &str) -> Markup {
    let case = &page.case;
    let (name, number) = &page.caller;
    let assignee = case.assignee.as_ref().map(|id| page.names.get(id).unwrap_or(id).as_str());
    html! {
        dl.facts {
            dt { (t("来人")) }
            dd {
                @if name.is_empty() { span.dim { (t("未留姓名")) } } @else { (name) }
                " " (number) " " (phone::button(here, page, command_id, unmasked))
            }
            dt { (t("地点")) }
            dd {
                @match &case.household {
                    Some(id) => { a href={ "/dossiers/" (crate::page::escaped(id)) } { (case.place) } }
                    None => { (case.place) }
                }
            }
            @if let Some(card) = &page.household {
                @for person in &card.household.people {
                    dt { (said(person.tenure.title(), None)) }
                    dd { (person.name) " " (person.phones.join("、")) }
                }
            }
            @if let Some(name) = assignee { dt { (t("经办")) } dd { (name) } }
            @for id in ["complaint.first_asked", "case.department", "case.person"] {
                @if let Some(value) = case.attributes.get(id).filter(|value| !value.is_empty()) {
                    dt { (said(&here.house().laws().word(id), None)) }
                    dd { (value) }
                }
            }
        }
        @let masked = !name.is_empty() || !number.is_empty() || page.household.is_some() || case.kind.is_record();
        @if masked && !unmasked && here.viewer.grants.allow(Permission::PersonUnmask) {
            details.small open[refusal.is_some()] {
                summary { (t("显示完整姓名电话")) }
                form method="post" action={ "/cases/" (case.id) "/unmask" } {
                    (command(&format!("{command_id}-unmask")))
                    (Field { required: true, hint: t("例如：回电约时间。用途会记入流水"), ..Field::line("purpose", t("用途"), "") }.render())
                    @if let Some(no) = refusal { (crate::components::refusal(no)) }
                    button { (t("显示")) }
                }
            }
        }
    }
}

fn linked(here: &Here, page: &CasePage) -> Markup {
    let (records, joined): (Vec<&CaseRow>, Vec<&CaseRow>) = page.joined.iter().partition(|it| it.kind.is_record());
    let for_matters =
        |register: &&RegisterType| register.asks(Asked::Case) && crate::registers::may_begin(here, register);
    let open = !page.case.kind.is_record() && !page.case.state.ended();
    // What is proposed against a colleague is begun in its register, not beside the resident's matter.
    // A developer's order of a dwelling's repair is begun where its warranty is told, a contract by whoever asked for a service.
    let kind = page.case.kind;
    let elsewhere = |id: &str| match id {
        office::register::DEDUCTIONS => true,
        office::warranty::ORDERS => {
            !matches!(kind, CaseKind::Repair | CaseKind::Complaint) || crate::warranty::is_told_of(&page.case)
        }
        office::service_contract::REGISTER => !matches!(kind, CaseKind::Service | CaseKind::Help | CaseKind::Enquiry),
        _ => false,
    };
    let registers = office::register::all().iter().filter(|it| open && !elsewhere(&it.id));
    let begins: Vec<&RegisterType> = registers.filter(for_matters).collect();
    let row =
        |row: &CaseRow| html! { li { a href={ "/cases/" (row.id) } { (row.number) " " (row.place) " " (row.title) } } };
    html! {
        @if !page.linked.is_empty() {
            (panel(t("相关事项"), html! {}, html! { ul.small { @for it in &page.linked { (row(it)) } } }))
        }
        @if !joined.is_empty() {
            (panel(&crate::t!("并入的 {} 件", joined.len()), html! {}, html! {
                p.small.dim { (t("同一件事，各户都留着自己的记录；办好以后每一户都要答复。")) }
                ul.small { @for it in &joined { (row(it)) } }
            }))
        }
        @if !records.is_empty() || !begins.is_empty() {
            (panel(t("派单与记录"), html! {}, html! {
                ul.small { @for it in &records { (row(it)) } }
                p.ways {
                    @for register in &begins {
                        a.button href={ "/registers/" (register.id) "/new?case=" (page.case.number) } {
                            (said(act::find(&register.opens).map_or("", |act| act.title), None))
                        } " "
                    }
                }
            }))
        }
    }
}
