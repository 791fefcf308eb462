//! What a shift hands over (交接内容): booked times of the next day, matters that are late and work orders that nobody has
//! finished (未结工作单), each put on the list by one key; booked times are ticked by who takes over.

use std::collections::BTreeMap;

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use calendar::Moment;
use journal::reads::{CaseFilter, CasePage, CaseRow, ShiftRow};
use maud::{Markup, html};
use office::case::{ActOnCase, CaseKind};

use crate::cases::field::typed_moment;
use crate::components::field::command;
use crate::components::{Timing, Tone, panel, refused, tag};
use crate::language::t;
use crate::page::{Filled, wrong};
use crate::security::{Fault, Permission};
use crate::state::Here;

const LISTED: &str = "window.appointment_listed";
const TICKED: &str = "window.appointment_ticked";
const UNFINISHED: &str = "shift.order_unfinished";

/// A work order, a record of its register.
const ORDER: CaseKind = CaseKind::Record("work_order");

const BEGAN: &str = "shift.began";
const HANDED_OVER: &str = "shift.handed_over";

/// Seconds ahead that a hand-over looks for booked times and for the next shift.
const AHEAD: i64 = 24 * 3600;

/// Whether the case is a shift of the hand-over book.
pub fn is_shift(page: &CasePage) -> bool {
    page.case.kind == CaseKind::Record("handover_book")
}

/// What is still to be put on the list of a shift: booked times, and what nobody has finished, each once.
struct ToList {
    booked: Vec<CaseRow>,
    unfinished: Vec<CaseRow>,
}

/// What the roster says of the reader's shift (值班表): until when it lasts, for who takes over; who comes next on the same
/// post, for who hands over. Nothing where the roster has no shift of the reader.
pub async fn begins_with(here: &Here, act: &str) -> Result<Vec<(String, String)>, Fault> {
    if ![BEGAN, HANDED_OVER].contains(&act) {
        return Ok(Vec::new());
    }
    let planned = here.house().shifts(here.site, here.now.plus_seconds(-AHEAD), here.now.plus_seconds(AHEAD)).await;
    let planned = planned.map_err(|fault| Fault::new("读取值班表", fault))?;
    let half = |shift: &ShiftRow| Moment(shift.begins.0.midpoint(shift.ends.0));
    let mine = |it: &&ShiftRow| {
        it.account == here.viewer.account || it.covers.iter().any(|cover| cover.person == here.viewer.name)
    };
    let own = planned.iter().filter(mine);
    Ok(if act == BEGAN {
        // Who comes early takes over the shift that begins next.
        let own = own.filter(|it| here.now < half(it)).min_by_key(|it| it.begins);
        let zone = &here.house().laws().zone;
        own.map(|it| ("shift.ends".to_owned(), typed_moment(zone, it.ends))).into_iter().collect()
    } else {
        let own = own.filter(|it| it.begins <= here.now).max_by_key(|it| it.begins);
        let next = own.and_then(|own| {
            let after =
                planned.iter().filter(|it| it.post == own.post && it.case != own.case && it.begins >= half(own));
            after.filter(|it| it.ends > here.now).min_by_key(|it| it.begins)
        });
        next.map(|it| ("case.person".to_owned(), it.present(it.begins).to_owned())).into_iter().collect()
    })
}

/// What is to be listed: of a shift that was handed over, what was open then and still is.
async fn to_list(here: &Here, page: &CasePage) -> Result<ToList, Fault> {
    let read = |fault| Fault::new("读取交接内容", fault);
    let over = page.case.entries.iter().find(|entry| entry.event.name == HANDED_OVER);
    let over = over.map(|entry| entry.event.happened);
    let at = over.unwrap_or(here.now);
    let open = CaseFilter { ended: Some(false), until: over, limit: 200, ..CaseFilter::default() };
    let booked = CaseFilter { booked_until: Some(at.plus_seconds(AHEAD)), ..open.clone() };
    let booked = here.house().cases(here.site, booked, at).await.map_err(read)?.rows;
    let orders = CaseFilter { kind: Some(ORDER), ..open.clone() };
    let orders = here.house().cases(here.site, orders, at).await.map_err(read)?.rows;
    let late = here.house().cases(here.site, CaseFilter { late: true, ..open }, at).await.map_err(read)?.rows;
    let mut listed = numbers(page, LISTED, "window.number");
    let mut unfinished = numbers(page, UNFINISHED, "order.number");
    let rest = |rows: Vec<CaseRow>, known: &mut BTreeMap<String, Moment>| -> Vec<CaseRow> {
        rows.into_iter().filter(|row| known.insert(row.number.clone(), here.now).is_none()).collect()
    };
    let booked = rest(booked, &mut listed);
    let unfinished = rest(late.into_iter().chain(orders).collect(), &mut unfinished);
    Ok(ToList { booked, unfinished })
}

/// `POST /duty/handover/{id}`: puts everything that is still to be listed on the list of the shift at one stroke, or nothing.
pub async fn list_all(here: Here, Path(id): Path<String>, filled: Filled) -> Result<Response, Fault> {
    let Some(page) = crate::cases::read(&here, &id, false).await? else { return Ok(wrong::not_found()) };
    if !is_shift(&page) {
        return Ok(wrong::not_found());
    }
    let open = to_list(&here, &page).await?;
    let act = |act: &str, attribute: &str, row: &CaseRow| ActOnCase {
        act: act.to_owned(),
        attributes: BTreeMap::from([(attribute.to_owned(), row.number.clone())]),
        ..ActOnCase::default()
    };
    let booked = open.booked.iter().map(|row| act(LISTED, "window.number", row));
    let acts: Vec<_> = booked.chain(open.unfinished.iter().map(|row| act(UNFINISHED, "order.number", row))).collect();
    let back = crate::entry::see(&format!("/cases/{}", page.case.id));
    if acts.is_empty() {
        return Ok(back);
    }
    let sent = here.sent_for(filled.command(), LISTED)?;
    let done = here.house().acts_on_case(sent, here.actor.clone(), page.case.id.clone(), acts).await;
    match done.map_err(|fault| Fault::new("列入交接", fault))? {
        Ok(_) => Ok(back),
        Err(no) => {
            let way = html! { a.button href={ "/cases/" (page.case.id) } { (t("返回")) } };
            let why = no.to_string();
            Ok(refused(wrong::three_parts(StatusCode::UNPROCESSABLE_ENTITY, &no.what, &why, way), &no))
        }
    }
}

/// The panel on the page of a shift.
pub async fn contents(here: &Here, page: &CasePage, command_id: &str) -> Result<Markup, Fault> {
    let timing = Timing { now: here.now, zone: &here.house().laws().zone };
    let ToList { booked: to_list, unfinished: to_note } = to_list(here, page).await?;
    let listed = numbers(page, LISTED, "window.number");
    let ticked = numbers(page, TICKED, "window.number");
    let unfinished = numbers(page, UNFINISHED, "order.number");
    let ended = page.case.state.ended();
    let button = |act: &str, attribute: &str, number: &str, words: &str| {
        if !here.viewer.grants.allow(Permission::DutyWork) {
            return html! {};
        }
        html! {
            form.inline method="post" action={ "/cases/" (page.case.id) "/acts/" (act) } {
                (command(&format!("{command_id}-{}-{number}", act.replace('.', "-"))))
                input type="hidden" name=(attribute) value=(number);
                button.small { (words) }
            }
        }
    };
    let all = to_list.len() + to_note.len();
    let booked = to_list.iter().map(|row| (row, LISTED, "window.number"));
    let open = booked.chain(to_note.iter().map(|row| (row, UNFINISHED, "order.number")));
    let at_once = html! {
        @if !ended && all > 1 && here.viewer.grants.allow(Permission::DutyWork) {
            form.inline method="post" action={ "/duty/handover/" (page.case.id) } {
                (command(&format!("{command_id}-all")))
                button.small { (crate::t!("{} 件全部列入", all)) }
            }
        }
    };
    Ok(panel(
        t("交接内容"),
        at_once,
        html! {
            ul.rows {
                @for (number, at) in &listed {
                    li {
                        a href={ "/cases/" (number) } { (number) } " " span.dim { (timing.time(*at)) } " "
                        @if ticked.contains_key(number) { (tag(t("已勾认"), Tone::Plain)) }
                        @else {
                            @if ended { (tag(t("没有勾认"), Tone::Grave)) } @else { (tag(t("等接班人勾认"), Tone::Mind)) }
                            " " (button(TICKED, "window.number", number, t("勾认")))
                        }
                    }
                }
                @for number in unfinished.keys() {
                    li { a href={ "/cases/" (number) } { (number) } " " (tag(t("未完成"), Tone::Mind)) }
                }
                @for (row, act, attribute) in open {
                    li {
                        a href={ "/cases/" (row.id) } { (row.number) } " " (row.place) " " (row.title) " "
                        @if act == LISTED {
                            @if let Some(at) = row.appointment { span.dim { (t("预约")) " " (timing.time(at)) } }
                        }
                        @else if row.kind == ORDER { (tag(t("未结工作单"), Tone::Mind)) } @else { (tag(t("超时"), Tone::Grave)) }
                        " "
                        @if ended { (tag(t("没有列入"), Tone::Grave)) }
                        @else if act == LISTED { (button(act, attribute, &row.number, t("列入交接"))) }
                        @else { (button(act, attribute, &row.number, t("列为未完成"))) }
                    }
                }
            }
            @if listed.is_empty() && unfinished.is_empty() && all == 0 {
                p.dim { (t("没有预约、超时的事和未结的工作单要交代。")) }
            }
        },
    ))
}

/// Numbers told by an act of the shift, with when.
fn numbers(page: &CasePage, act: &str, attribute: &str) -> BTreeMap<String, Moment> {
    let told = page.case.entries.iter().filter(|entry| entry.event.name == act);
    told.filter_map(|entry| Some((entry.event.body.attributes.get(attribute)?.clone(), entry.event.happened))).collect()
}
