//! Whom to send, in words (派工建议): the name, why, and one button that takes the suggestion.

use journal::CommandId;
use journal::reads::{Board, CasePage};
use maud::{Markup, html};
use office::suggest::{self, Reason, Suggestion, TRADES, Worker};

use crate::components::field::command;
use crate::components::panel as framed;
use crate::language::t;
use crate::security::{Fault, Permission};
use crate::state::Here;

/// What suggestions are made of.
pub struct Suggests {
    trades: String,
    workers: Vec<Worker>,
}

impl Suggests {
    /// The repairers of the board as they can be sent now.
    pub async fn of(here: &Here, board: &Board) -> Result<Suggests, Fault> {
        let read = |fault: journal::Fault| Fault::new("读取派单建议", fault);
        let law = here.house().law(here.site).await.map_err(read)?;
        let workers = here.house().workers(here.site, board.lanes.clone(), here.now).await.map_err(read)?;
        Ok(Suggests { trades: law.office_setting(TRADES).to_owned(), workers })
    }

    /// For what is to be repaired and where.
    pub fn suggest(&self, words: &str, place: &str) -> Option<Suggestion> {
        suggest::suggest(&self.trades, words, place, &self.workers)
    }
}

/// The reasons, the weightiest first.
pub fn why(suggestion: &Suggestion) -> String {
    let said: Vec<String> = suggestion.why.iter().map(reason).collect();
    said.join(t("、|列举"))
}

fn reason(reason: &Reason) -> String {
    match reason {
        Reason::OnDuty => t("正在当班").to_owned(),
        Reason::NoRoster => t("值班表没排维修员").to_owned(),
        Reason::Trade(trade) => crate::t!("工种对（{}）", trade),
        Reason::NobodyOfTrade(trade) => crate::t!("能派的人里没有“{}”工", trade),
        Reason::SameBuilding(building) => crate::t!("{} 栋手上有活", building),
        Reason::Load(0) => t("手上没有单").to_owned(),
        Reason::Load(count) => crate::t!("手上 {} 单", count),
        Reason::AsGood(names) => crate::t!("{} 也一样合适", names.join(t("、|列举"))),
    }
}

/// The panel of a case that nobody has: who, why, and the key that gives it out; nothing where it cannot be given out now.
pub async fn panel(here: &Here, page: &CasePage) -> Result<Markup, Fault> {
    let case = &page.case;
    let open = page.offers.iter().any(|it| it.act == "repair.assigned" && it.refused.is_none());
    if case.assignee.is_some() || !open || !here.viewer.grants.allow(Permission::DispatchAssign) {
        return Ok(html! {});
    }
    let board = here.house().board(here.site).await.map_err(|fault| Fault::new("读取派单建议", fault))?;
    let words = case.attributes.get("case.content").map_or(case.title.as_str(), String::as_str);
    let Some(one) = Suggests::of(here, &board).await?.suggest(words, &case.place) else { return Ok(html! {}) };
    let fresh = CommandId::fresh().map_err(|fault| Fault::new("取提交编号", fault))?;
    Ok(framed(
        t("派单建议"),
        html! {},
        html! {
            p { b { (one.name) } " " span.small.dim { (why(&one)) } }
            form method="post" action={ "/cases/" (case.id) "/acts/repair.assigned" } {
                (command(fresh.as_str()))
                input type="hidden" name="seen_version" value=(case.version);
                input type="hidden" name="assignee" value=(one.worker);
                button data-key="F8" { (crate::t!("派给{}", one.name)) " " kbd { "F8" } }
            }
        },
    ))
}
