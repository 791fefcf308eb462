//! Drawing materials for a repair (领料): a number beside each card; what is left over is brought back the same way.

use std::collections::BTreeMap;

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use journal::reads::{CasePage, StockRow};
use maud::{Markup, html};
use office::Refusal;
use office::case::{ActOnCase, Case, CaseKind};
use office::stock;

use crate::cases::{crumbs, read};
use crate::components::field::command;
use crate::components::{Tone, panel as framed, refusal, refused, tag};
use crate::entry::{fresh_command, see};
use crate::language::t;
use crate::page::{Crumb, Filled, Fragment, Frame, Page, wrong};
use crate::security::Fault;
use crate::state::Here;

const DRAWN: &str = "repair.materials_drawn";
const RETURNED: &str = "repair.materials_returned";

/// The cards in use.
pub async fn list(here: &Here) -> Result<Vec<StockRow>, Fault> {
    here.house().stock(here.site).await.map_err(|fault| Fault::new("读取库存", fault))
}

/// The panel of a repair: what it has drawn, and where more is drawn; nothing for other matters.
pub fn panel(page: &CasePage) -> Markup {
    let used = stock::used_in_words(&page.case);
    let may = page.offers.iter().any(|it| it.act == DRAWN && it.refused.is_none());
    if page.case.kind != CaseKind::Repair || (used.is_empty() && !may) {
        return html! {};
    }
    let beside = html! { @if may { a.button href={ "/cases/" (page.case.id) "/materials" } { (t("领料与退料")) } } };
    framed(t("用料"), beside, html! { @if used.is_empty() { p.dim { (t("还没有领料。")) } } @else { p { (used) } } })
}

/// The fields: pieces to draw of each card, pieces to bring back of what was drawn.
pub fn fields(rows: &[StockRow], case: &Case, filled: Option<&Filled>) -> Markup {
    let used = stock::used(case);
    let value = |name: &str| filled.map(|it| it.get(name).to_owned()).unwrap_or_default();
    html! {
        @if rows.is_empty() { p.dim { (t("还没有库存卡；在登记簿“库存卡”里建。")) } }
        @else { table.plain-table {
            thead { tr { th { (t("材料")) } th.num { (t("结存")) } th.num { (t("领")) } @if !used.is_empty() { th.num { (t("退")) } } } }
            tbody { @for row in rows {
                @let drawn = used.iter().find(|it| it.card == row.case).map_or(0, |it| it.pieces);
                @let (draw, back) = (format!("draw-{}", row.case), format!("back-{}", row.case));
                tr {
                    td { label for=(draw) { (row.name) " " span.small.dim { (row.spec) } }
                        @if row.is_low() { " " (tag(t("库存低"), Tone::Mind)) } }
                    td.num.nowrap { (row.balance) " " (row.unit) }
                    td.num {
                        input #(draw) name=(draw) type="number" min="0" max="9999" inputmode="numeric" size="3" placeholder="0"
                            value=(value(&draw));
                    }
                    @if !used.is_empty() { td.num { @if drawn > 0 {
                        input name=(back) type="number" min="0" max=(drawn) inputmode="numeric" size="3" placeholder="0"
                            value=(value(&back)) aria-label={ (t("退")) " " (row.name) };
                    } } }
                }
            } }
        } }
    }
}

/// The acts of what was posted. Refused: a number that is none.
pub fn acts(filled: &Filled) -> Result<Vec<ActOnCase>, Refusal> {
    let mut acts = Vec::new();
    for (name, typed) in &filled.0 {
        let (card, act) = match (name.strip_prefix("draw-"), name.strip_prefix("back-")) {
            (Some(card), _) => (card, DRAWN),
            (_, Some(card)) => (card, RETURNED),
            _ => continue,
        };
        let pieces = if typed.trim().is_empty() { Some(0) } else { typed.trim().parse::<i64>().ok() };
        match pieces.filter(|it| *it >= 0) {
            Some(0) => {}
            Some(pieces) => acts.push(ActOnCase {
                act: act.to_owned(),
                attributes: BTreeMap::from([
                    ("material.card".to_owned(), card.to_owned()),
                    ("material.quantity".to_owned(), pieces.to_string()),
                ]),
                ..ActOnCase::default()
            }),
            None => return Err(Refusal::new("不能领料", "数量不是整数", "请填整数；不要的填 0 或空着。").at(name)),
        }
    }
    Ok(acts)
}

/// `GET /cases/{id}/materials`.
pub async fn show(here: Here, Path(id): Path<String>) -> Result<Response, Fault> {
    let Some(page) = read(&here, &id, false).await? else { return Ok(wrong::not_found()) };
    Ok(form(&here, &page, None, None).await?.into_response())
}

/// `POST /cases/{id}/materials`: everything drawn and brought back at one stroke, or nothing.
pub async fn enter(here: Here, Path(id): Path<String>, filled: Filled) -> Result<Response, Fault> {
    let Some(page) = read(&here, &id, false).await? else { return Ok(wrong::not_found()) };
    let back = format!("/cases/{}", page.case.id);
    let done = match acts(&filled) {
        Err(no) => Err(no),
        Ok(acts) if acts.is_empty() => return Ok(see(&back)),
        Ok(acts) => {
            let sent = here.sent_for(filled.command(), DRAWN)?;
            let done = here.house().acts_on_case(sent, here.actor.clone(), page.case.id.clone(), acts).await;
            done.map_err(|fault| Fault::new("记下领料", fault))?
        }
    };
    match done {
        Ok(_) => Ok(see(&back)),
        Err(no) => Ok(refused(form(&here, &page, Some(&filled), Some(&no)).await?, &no)),
    }
}

async fn form(here: &Here, page: &CasePage, filled: Option<&Filled>, no: Option<&Refusal>) -> Result<Fragment, Fault> {
    let case = &page.case;
    let rows = list(here).await?;
    let id = fresh_command()?;
    let used = stock::used_in_words(case);
    let body = html! {
        @if let Some(no) = no { (refusal(no)) }
        form.panel.narrow method="post" action={ "/cases/" (case.id) "/materials" } autocomplete="off" {
            (command(&id))
            @if !used.is_empty() { p { (t("已领：")) b { (used) } } }
            (fields(&rows, case, filled))
            p.ways {
                button.main data-key="F8" { (t("记下")) " " kbd { "F8" } } " "
                a.button href={ "/cases/" (case.id) } { (t("返回")) } " "
                a.button href={ "/cases/" (case.id) "/acts/repair.out_of_stock" } { (t("缺料")) " …" }
            }
        }
    };
    let around = here.around().await?;
    let (mut trail, place) = crumbs(case.kind);
    trail.push(Crumb { words: format!("{} {}", case.number, case.title), path: format!("/cases/{}", case.id) });
    let page = Page { crumbs: &trail, ..Page::new(t("领料与退料"), Frame::Desk(place, &around), body) };
    Ok(Fragment(page.render()))
}
