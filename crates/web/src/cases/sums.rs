//! What the clauses reckon for a matter (按条款算出): sums and scores, and how long it is kept.

use journal::reads::{CasePage, value_in_words};
use maud::{Markup, html};

use crate::components::{clause, panel};
use crate::language::{said, t};
use crate::state::Here;

/// Any attribute that holds money, for its way of writing.
const MONEY: &str = "repair.amount_due";

/// The panel; nothing where no clause reckons anything.
pub fn panel_of(here: &Here, page: &CasePage) -> Markup {
    let laws = here.house().laws();
    let (amounts, keeps) = (&page.derived.amounts, &page.derived.keeps);
    html! {
        @if !amounts.is_empty() || !keeps.is_empty() {
            (panel(t("按条款算出"), html! {}, html! {
                ul.small {
                    @for it in amounts {
                        @let value = value_in_words(laws, MONEY, &it.fen.to_string());
                        li {
                            (said(&it.name, None)) " "
                            b { @if it.score { (crate::t!("{} 分", value)) } @else { (crate::t!("{} 元", value)) } }
                            " " (clause(&it.clause, None))
                        }
                    }
                    @for it in keeps {
                        li {
                            (said(&laws.word(&it.of), None)) " "
                            @match &it.until {
                                Some(day) => (crate::t!("保存到 {}", day)),
                                None => (t("一直保存，由人决定")),
                            }
                            " " (clause(&it.clause, None))
                        }
                    }
                }
            }))
        }
    }
}
