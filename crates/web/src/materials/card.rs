//! The stock card (库存卡): every movement with the balance after it, as the card on the shelf has it.

use journal::reads::CasePage;
use maud::{Markup, html};
use office::stock;

use crate::components::{Timing, Tone, panel as framed, tag};
use crate::language::{said, t};
use crate::state::Here;

/// The movements of a card, the last on top.
pub fn panel(here: &Here, page: &CasePage) -> Markup {
    let card = &page.case;
    let timing = Timing { now: here.now, zone: &here.house().laws().zone };
    let unit = card.attributes.get("material.unit").map_or("", String::as_str);
    let moved = stock::movements(card);
    let beside = html! {
        b { (crate::t!("结存 {0} {1}", stock::balance(card), unit)) } " "
        @if stock::is_low(card) { (tag(t("库存低"), Tone::Grave)) }
    };
    framed(
        t("收发存"),
        beside,
        html! {
            @if moved.is_empty() { p.dim { (t("还没有收发。")) } }
            @else { div.scroll { table.plain-table {
                thead { tr {
                    th { (t("时间")) } th { (t("事由")) } th.num { (t("收")) } th.num { (t("发")) } th.num { (t("结存")) }
                    th { (t("单号、说明")) }
                } }
                tbody { @for it in moved.iter().rev() { tr {
                    td.nowrap { (timing.time(it.at)) }
                    td {
                        (said(&here.house().laws().word(&it.what), None)) " "
                        span.small.dim { (page.names.get(&it.by).unwrap_or(&it.by)) }
                    }
                    td.num { @if it.pieces > 0 { (it.pieces) } }
                    td.num { @if it.pieces < 0 { (-it.pieces) } }
                    td.num { (it.balance) }
                    td { (it.note) }
                } } }
            } } }
        },
    )
}
