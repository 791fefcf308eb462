//! Emergency contacts (紧急联络人) of a building on one page for the duty desk; numbers in full once a purpose is on record.

use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use journal::reads::{EmergencyRow, TreeFilter};
use maud::{Markup, html};
use office::Refusal;

use super::list::{at, query};
use office::household::in_order;

use crate::components::field::{Field, command};
use crate::components::{Tone, empty, panel, refusal, refused, tag};
use crate::language::t;
use crate::page::{Crumb, Filled, Fragment, Frame, Page, Place, escaped};
use crate::security::{Fault, Permission};
use crate::state::Here;

/// Households of a page.
const SHOWN: i64 = 100;

/// `GET /dossiers/emergency?building=…`.
pub async fn show(here: Here, Query(asked): Query<Vec<(String, String)>>) -> Result<Response, Fault> {
    Ok(page(&here, &at(&Filled(asked)), false, None).await?.into_response())
}

/// `POST /dossiers/emergency`: the numbers in full, after the purpose is on record.
pub async fn unmask(here: Here, filled: Filled) -> Result<Response, Fault> {
    let at = at(&filled);
    let subject = format!("emergency:{} {}", at.phase, at.building.clone().unwrap_or_default());
    let done = here.house().unmasked(here.sent(filled.command())?, subject, filled.get("purpose").to_owned()).await;
    match done.map_err(|fault| Fault::new("登记查看用途", fault))? {
        Ok(_) => Ok(page(&here, &at, true, None).await?.into_response()),
        Err(no) => Ok(refused(page(&here, &at, false, Some(&no)).await?, &no)),
    }
}

async fn page(here: &Here, at: &TreeFilter, full: bool, no: Option<&Refusal>) -> Result<Fragment, Fault> {
    let read = |fault| Fault::new("读取紧急联络人", fault);
    let up = here.house().estate_tree(here.site, TreeFilter::default()).await.map_err(read)?;
    let rows = here.house().emergency_contacts(here.site, at.clone(), full, SHOWN).await.map_err(read)?;
    let fresh = here.sent(None)?;
    let may = here.viewer.grants.allow(Permission::PersonUnmask) && !full;
    let list = html! {
        p.small { @for node in &up {
            a href={ "/dossiers/emergency?phase=" (escaped(&node.phase)) "&building=" (escaped(&node.name)) } {
                @if !node.phase.is_empty() { (crate::t!("{}期", node.phase)) " " }
                @if node.name.is_empty() { (t("未分")) } @else { (node.name) (t("栋")) }
            } " "
        } }
        @if may {
            details.small open[no.is_some()] {
                summary { (t("显示完整姓名电话")) }
                form method="post" action="/dossiers/emergency" {
                    (command(fresh.command.as_str()))
                    input type="hidden" name="phase" value=(at.phase);
                    @if let Some(building) = &at.building { input type="hidden" name="building" value=(building); }
                    input type="hidden" name="after" value=(at.after);
                    (Field { required: true, hint: t("例如：水浸，要进户。用途会记入流水"), ..Field::line("purpose", t("用途"), "") }.render())
                    @if let Some(no) = no { (refusal(no)) }
                    button { (t("显示")) }
                }
            }
        }
        (table(&rows))
        @if i64::try_from(rows.len()).is_ok_and(|it| it == SHOWN) {
            @let last = rows.last().map(|it| it.words.clone()).unwrap_or_default();
            p.foot { a href={ "/dossiers/emergency?" (query(at)) "&after=" (escaped(&last)) } { (t("下一页")) } }
        }
    };
    let around = here.around().await?;
    let crumbs = [Crumb { words: t("客户档案").to_owned(), path: "/dossiers".to_owned() }];
    let body = panel(t("紧急联络人"), html! { span.dim { (rows.len()) } }, list);
    let page = Page { crumbs: &crumbs, ..Page::new(t("紧急联络人"), Frame::Desk(Place::Dossiers, &around), body) };
    Ok(Fragment(page.render()))
}

fn table(rows: &[EmergencyRow]) -> Markup {
    let mut rows: Vec<&EmergencyRow> = rows.iter().collect();
    rows.sort_by_cached_key(|it| in_order(&it.words));
    html! {
        @if rows.is_empty() { (empty(t("这里还没有单元。"), html! {})) } @else {
            div.scroll { table.plain-table {
                thead { tr { th { (t("房号")) } th { (t("紧急联络人")) } th { (t("电话")) } } }
                tbody { @for row in &rows { tr {
                    td { a href={ "/dossiers/" (escaped(&row.household)) } { b { (row.words) } } }
                    @if row.people.is_empty() { td colspan="2" { (tag(t("没有紧急联络人"), Tone::Grave)) } } @else {
                        td { @for (name, _) in &row.people { div { (name) } } }
                        td { @for (_, phones) in &row.people { div { (phones) } } }
                    }
                } } }
            } }
        }
    }
}
