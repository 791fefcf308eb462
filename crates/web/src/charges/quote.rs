//! Quoting at the desk (报价): the price list with quantities for one case; a caller is told the total before anybody comes.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use journal::reads::{CasePage, PriceRow};
use maud::html;
use office::Refusal;
use office::case::CaseKind;
use office::charge;

use super::{pick, show};
use crate::cases::{crumbs, read};
use crate::components::field::{Field, command};
use crate::components::{panel, refusal, refused};
use crate::entry::{fresh_command, see};
use crate::language::t;
use crate::page::{Crumb, Filled, Fragment, Frame, Page, wrong};
use crate::security::Fault;
use crate::state::Here;

/// `GET /cases/{id}/quote`.
pub async fn show(here: Here, Path(id): Path<String>) -> Result<Response, Fault> {
    let Some(page) = read(&here, &id, false).await? else { return Ok(wrong::not_found()) };
    let rows = pick::list(&here).await?;
    Ok(form(&here, &page, &rows, None, None).await?.into_response())
}

/// `POST /cases/{id}/quote`: every change of the slip at one stroke, or none; or what the list does not hold.
pub async fn enter(here: Here, Path(id): Path<String>, filled: Filled) -> Result<Response, Fault> {
    let Some(page) = read(&here, &id, false).await? else { return Ok(wrong::not_found()) };
    let rows = pick::list(&here).await?;
    let back = format!("/cases/{}", page.case.id);
    let acts = match filled.get("off_list") {
        "" => pick::acts(&rows, &page.case, &filled),
        words => Ok(vec![office::case::ActOnCase {
            act: "repair.off_list_found".to_owned(),
            note: words.to_owned(),
            ..office::case::ActOnCase::default()
        }]),
    };
    let done = match acts {
        Err(no) => Err(no),
        Ok(acts) if acts.is_empty() => return Ok(see(&back)),
        Ok(acts) => {
            let sent = here.sent_for(filled.command(), charge::ENTERED)?;
            let done = here.house().acts_on_case(sent, here.actor.clone(), page.case.id.clone(), acts).await;
            done.map_err(|fault| Fault::new("写上收费", fault))?
        }
    };
    match done {
        Ok(_) => Ok(see(&back)),
        Err(no) => Ok(refused(form(&here, &page, &rows, Some(&filled), Some(&no)).await?, &no)),
    }
}

async fn form(
    here: &Here,
    page: &CasePage,
    rows: &[PriceRow],
    filled: Option<&Filled>,
    no: Option<&Refusal>,
) -> Result<Fragment, Fault> {
    let case = &page.case;
    let lines = charge::lines(case);
    let id = fresh_command()?;
    let path = format!("/cases/{}/quote", case.id);
    let body = html! {
        @if let Some(no) = no { (refusal(no)) }
        div.beside {
            form.panel method="post" action=(path) autocomplete="off" {
                (command(&id))
                (pick::fields(rows, case, filled, true))
                p.ways {
                    button.main data-key="F8" { (t("写上单子")) " " kbd { "F8" } } " "
                    a.button href={ "/cases/" (case.id) } { (t("返回")) }
                }
            }
            div {
                @if !lines.is_empty() { (panel(t("单上的收费"), html! {}, show::table(&lines, true))) }
                p.small { a href={ "/cases/" (case.id) "/acts/" (charge::ENTERED) "?by_hand=yes" } { (t("主管手写一项价（写明理由）")) } }
                @if case.kind == CaseKind::Repair { (panel(t("标准里没有的"), html! {}, html! {
                    p.small { (t("标准外的项目先由工程部主管评审能不能修、多少钱，住户同意了才派人。")) }
                    form method="post" action=(path) {
                        (command(&format!("{id}-off")))
                        (Field { required: true, ..Field::line("off_list", t("要修什么"), "") }.render())
                        button { (t("报主管评审")) }
                    }
                })) }
            }
        }
    };
    let around = here.around().await?;
    let (mut trail, place) = crumbs(case.kind);
    trail.push(Crumb { words: format!("{} {}", case.number, case.title), path: format!("/cases/{}", case.id) });
    let page = Page { crumbs: &trail, ..Page::new(t("报价"), Frame::Desk(place, &around), body) };
    Ok(Fragment(page.render()))
}
