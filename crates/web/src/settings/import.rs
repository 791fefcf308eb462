//! The import of a ledger (导入台账): upload, preview with the mapping of columns, and all good rows at once or none. The
//! file waits as a draft of who uploaded it.

use axum::response::Response;
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
use crate::waiting::{self, Import, Reader, Waiting};

/// Good rows shown.
const GOOD_SHOWN: usize = 8;

type Seen = waiting::Seen<Column, LedgerRow>;

/// The import of a ledger.
pub struct Ledger;

impl Import for Ledger {
    type Column = Column;
    type Row = LedgerRow;
    const FORM: &'static str = "ledger";
    const START: &'static str = "/settings/households";
    const PREVIEW: &'static str = "/settings/households/preview";
    const LEFT: &'static str = "/settings/households";

    fn reader(_: &Here) -> Reader<Column, LedgerRow> {
        Box::new(read_mapped)
    }

    async fn start(here: &Here, no: Option<&Refusal>) -> Result<Fragment, Fault> {
        households::page_with(here, no).await
    }

    async fn preview(here: &Here, waiting: &Waiting, seen: &Seen, no: Option<&Refusal>) -> Result<Fragment, Fault> {
        preview(here, waiting, seen, no).await
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

/// `POST /settings/households/import`: every good row in one transaction, or nothing.
pub async fn import(here: Here, filled: Filled) -> Result<Response, Fault> {
    let (waiting, seen) = match waiting::ready::<Ledger>(&here).await? {
        Ok(ready) => ready,
        Err(answer) => return Ok(answer),
    };
    let decided = filled.all("owners");
    let stand = |row: &LedgerRow| decided.iter().any(|id| *id == row.household());
    let rows = seen.draft.rows.iter().map(|(_, row)| LedgerRow { owners_stand: stand(row), ..row.clone() }).collect();
    let done = here.house().import_households(here.sent(filled.command())?, rows).await;
    match done.map_err(|fault| Fault::new("导入台账", fault))? {
        Err(no) => Ok(refused(preview(&here, &waiting, &seen, Some(&no)).await?, &no)),
        Ok(done) => {
            waiting::forget(&here, Ledger::FORM).await?;
            let told = done.answer;
            let (added, changed, same) = (told.added, told.changed, told.unchanged);
            let kept = if told.kept > 0 { format!("&kept={}", told.kept) } else { String::new() };
            Ok(see(&format!("/settings/households?added={added}&changed={changed}&unchanged={same}{kept}")))
        }
    }
}
