//! The lines of a slip as a table (收费明细): on the case, for the resident, on paper.

use journal::reads::CasePage;
use maud::{Markup, html};
use office::case::{Case, CaseKind};
use office::charge::{self, Line};
use office::money::yuan;

use crate::components::{Tone, panel as framed, tag};
use crate::language::t;

/// The lines with their total. `office` shows what only the office is to see: which line was written by hand, and why.
pub fn table(lines: &[Line], office: bool) -> Markup {
    html! { div.scroll { table.plain-table {
        thead { tr { th { (t("项目")) } th.num { (t("单价（元）")) } th.num { (t("数量")) } th.num { (t("金额（元）")) } } }
        tbody {
            @for line in lines { tr {
                td { (line.item)
                    @if office && line.is_by_hand() { " " (tag(t("手写价"), Tone::Mind)) " " span.small.dim { (line.reason) } } }
                td.num.nowrap { (yuan(line.fen)) @if !line.unit.is_empty() { "/" (line.unit) } }
                td.num { (line.quantity) }
                td.num { (yuan(line.amount())) }
            } }
            tr { th colspan="3" { (t("合计")) } th.num { (yuan(charge::total(lines))) } }
        }
    } } }
}

/// The panel of a repair or a service: its lines, and where they are changed; nothing for other matters.
pub fn panel(page: &CasePage) -> Markup {
    let charged = matches!(page.case.kind, CaseKind::Repair | CaseKind::Service);
    if !charged || crate::jobs::is_shared(&page.case) {
        return html! {};
    }
    let lines = charge::lines(&page.case);
    let may = page.offers.iter().any(|it| it.act == charge::ENTERED && it.refused.is_none());
    let beside = html! { @if may { a.button href={ "/cases/" (page.case.id) "/quote" } { (t("从标准选")) } } };
    framed(
        t("收费"),
        beside,
        html! {
            @if lines.is_empty() { p.dim { (t("单上还没有收费项目。")) } } @else { (table(&lines, true)) }
        },
    )
}

/// The lines on a slip: item, unit price, quantity and amount of each, then the total. Empty when there are none.
pub fn on_paper(case: &Case) -> String {
    let lines = charge::lines(case);
    if lines.is_empty() {
        return String::new();
    }
    let one = |line: &Line| {
        let unit = if line.unit.is_empty() { String::new() } else { format!("/{}", line.unit) };
        format!("{} {}{unit}×{}={}", line.item, yuan(line.fen), line.quantity, yuan(line.amount()))
    };
    let each: Vec<String> = lines.iter().map(one).collect();
    format!("{}。{}", each.join("；"), crate::t!("合计 {} 元", yuan(charge::total(&lines))))
}
