//! The fees of a unit (一户的费用) on its page: who pays, its last notices, what is owed.

use journal::reads::FeeRow;
use maud::{Markup, html};
use office::money::yuan;

use super::month_in_words;
use crate::components::{Tone, panel, tag};
use crate::language::t;
use crate::security::{Fault, Permission};
use crate::state::Here;

/// Notices shown.
const SHOWN: usize = 6;

/// The panel of a unit; nothing for who may not see fees, or where the unit has no notice.
pub(crate) async fn of_unit(here: &Here, household: &str) -> Result<Markup, Fault> {
    if !here.viewer.grants.allow(Permission::FeeView) {
        return Ok(html! {});
    }
    let rows = here.house().fees_of_unit(here.site, household.to_owned()).await;
    let rows = rows.map_err(|fault| Fault::new("读取费用", fault))?;
    if rows.is_empty() {
        return Ok(html! {});
    }
    let owed: i64 = rows.iter().map(|it| it.owed).sum();
    let beside = html! { @if owed > 0 { b.late-words { (crate::t!("还欠 {} 元", yuan(owed))) } } @else { span.dim { (t("都缴清了")) } } };
    Ok(panel(t("费用"), beside, html! { ul.rows { @for it in rows.iter().take(SHOWN) { (line(it)) } } }))
}

fn line(it: &FeeRow) -> Markup {
    html! {
        li {
            a href={ "/cases/" (it.case) } { (month_in_words(&it.month)) } " " (yuan(it.billed)) " " (t("元")) " "
            @if it.cleared.is_some() { (tag(t("已缴清"), Tone::Plain)) }
            @else if it.fell { (tag(t("逾期的"), Tone::Grave)) }
            @else if it.printed.is_none() { (tag(t("没有打印的"), Tone::Mind)) }
            @if it.owed > 0 && it.owed != it.billed { " " (crate::t!("还欠 {} 元", yuan(it.owed))) }
        }
    }
}
