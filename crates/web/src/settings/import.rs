//! The import of a ledger (导入台账): upload, preview with the mapping of columns, and all good rows at once or none. The
//! file waits as a draft of who uploaded it.

use axum::extract::Multipart;
use axum::response::{IntoResponse, Response};
use courier::ledger::{Column, Draft, read_mapped};
use maud::{Markup, html};
use office::Refusal;
use office::household::LedgerRow;

use super::{fresh, households, page};
use crate::components::refused;
use crate::entry::see;
use crate::language::t;
use crate::page::{Filled, Fragment};
use crate::security::Fault;
use crate::state::Here;
use crate::waiting::{self, Waiting};

/// The form under which the file waits.
const FORM: &str = "ledger";
/// Good rows shown.
const GOOD_SHOWN: usize = 8;

type Seen = waiting::Seen<Column, LedgerRow>;

async fn see_beside(waiting: &Waiting) -> Result<Result<Seen, Refusal>, Fault> {
    waiting::see(waiting, read_mapped).await
}

/// `POST /settings/households/upload`.
pub async fn upload(here: Here, parts: Multipart) -> Result<Response, Fault> {
    let waiting = match Waiting::of(parts).await {
        Ok(waiting) => waiting,
        Err(no) => return Ok(refused(households::with_refusal(&here, &no).await?, &no)),
    };
    match see_beside(&waiting).await? {
        Err(no) => Ok(refused(households::with_refusal(&here, &no).await?, &no)),
        Ok(_) => {
            waiting::keep(&here, FORM, &waiting).await?;
            Ok(see("/settings/households/preview"))
        }
    }
}

/// `GET /settings/households/preview`.
pub async fn show(here: Here) -> Result<Response, Fault> {
    let Some(waiting) = waiting::find(&here, FORM).await? else { return Ok(see("/settings/households")) };
    match see_beside(&waiting).await? {
        Err(no) => Ok(refused(households::with_refusal(&here, &no).await?, &no)),
        Ok(seen) => Ok(preview(&here, &waiting, &seen, None).await?.into_response()),
    }
}

async fn preview(here: &Here, waiting: &Waiting, seen: &Seen, no: Option<&Refusal>) -> Result<Fragment, Fault> {
    let good = seen.draft.rows.len();
    let asks = owners(here, &seen.draft).await?;
    let preview = waiting::Preview {
        path: "/settings/households",
        title: t("台账预览"),
        waiting,
        seen,
        good: crate::t!("{} 户可以导入", good),
        import: crate::t!("导入这 {} 户", good),
        skipped: crate::t!("{} 行合计之类的略过", seen.draft.skipped.len()),
        asks,
        rows: good_rows(&seen.draft),
        no,
    };
    page(here, 3, preview.render(&fresh()?)).await
}

/// Units that were sold and whose row names other owners: each to be decided.
async fn owners(here: &Here, draft: &Draft) -> Result<Markup, Fault> {
    let rows = draft.rows.iter().map(|(_, row)| row.clone()).collect();
    let differ = here.house().owners_that_differ(here.site, rows).await;
    let differ = differ.map_err(|fault| Fault::new("读取过户登记", fault))?;
    Ok(html! { @if !differ.is_empty() {
        p { b.late-words { (crate::t!("{} 户过户以后，台账里还是别的业主", differ.len())) } }
        p.says { (t("不勾就保留过户以后的业主，那一行的其余各栏照导；台账比过户登记新的才勾。")) }
        div.scroll { table.plain-table {
            thead { tr { th { (t("房号")) } th { (t("过户登记的业主")) } th { (t("台账的业主")) } th { (t("按台账改业主")) } } }
            tbody { @for it in &differ { tr {
                td { b { (it.room) } }
                td { (it.here) " " span.dim { (it.since) } }
                td { (it.named) }
                td { input type="checkbox" name="owners" value=(it.household) aria-label=(crate::t!("{} 按台账改业主", it.room)); }
            } } }
        } }
    } })
}

fn good_rows(draft: &Draft) -> Markup {
    html! {
        div.scroll { table.plain-table {
            thead { tr { th.num { (t("行")) } th { (t("房号")) } th { (t("住户")) } th { (t("电话")) } th { (t("车牌")) } } }
            tbody { @for (number, row) in draft.rows.iter().take(GOOD_SHOWN) { tr {
                td.num { (number) }
                td { b { (row.room) } }
                td { (row.people.iter().map(|it| it.name.as_str()).collect::<Vec<_>>().join("、")) }
                td { (row.people.iter().flat_map(|it| it.phones.clone()).collect::<Vec<_>>().join("、")) }
                td { (row.plates.join("、")) }
            } } }
        } }
        @if draft.rows.len() > GOOD_SHOWN { p.dim { (crate::t!("只列出前 {} 行。", GOOD_SHOWN)) } }
    }
}

/// `POST /settings/households/preview`: another sheet, or other columns. The columns of another sheet are read anew.
pub async fn map(here: Here, filled: Filled) -> Result<Response, Fault> {
    let Some(mut waiting) = waiting::find(&here, FORM).await? else { return Ok(see("/settings/households")) };
    waiting.map(&filled);
    if let Err(no) = see_beside(&waiting).await? {
        return Ok(refused(households::with_refusal(&here, &no).await?, &no));
    }
    waiting::keep(&here, FORM, &waiting).await?;
    Ok(see("/settings/households/preview"))
}

/// `POST /settings/households/import`: every good row in one transaction, or nothing.
pub async fn import(here: Here, filled: Filled) -> Result<Response, Fault> {
    let Some(waiting) = waiting::find(&here, FORM).await? else { return Ok(see("/settings/households")) };
    let seen = match see_beside(&waiting).await? {
        Ok(seen) => seen,
        Err(no) => return Ok(refused(households::with_refusal(&here, &no).await?, &no)),
    };
    let decided = filled.all("owners");
    let stand = |row: &LedgerRow| decided.iter().any(|id| *id == row.household());
    let rows = seen.draft.rows.iter().map(|(_, row)| LedgerRow { owners_stand: stand(row), ..row.clone() }).collect();
    let done = here.house().import_households(here.sent(filled.command())?, rows).await;
    match done.map_err(|fault| Fault::new("导入台账", fault))? {
        Err(no) => Ok(refused(preview(&here, &waiting, &seen, Some(&no)).await?, &no)),
        Ok(done) => {
            waiting::forget(&here, FORM).await?;
            let told = done.answer;
            let (added, changed, same) = (told.added, told.changed, told.unchanged);
            let kept = if told.kept > 0 { format!("&kept={}", told.kept) } else { String::new() };
            Ok(see(&format!("/settings/households?added={added}&changed={changed}&unchanged={same}{kept}")))
        }
    }
}

/// `POST /settings/households/give-up`.
pub async fn give_up(here: Here) -> Result<Response, Fault> {
    waiting::forget(&here, FORM).await?;
    Ok(see("/settings/households"))
}
