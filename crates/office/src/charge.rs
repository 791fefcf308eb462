//! Charges on a slip (收费项目): lines of item, unit price and quantity, each an act of its own; their total is computed and
//! never typed. An item comes from the price list, from an assessment, or from the engineering supervisor with a reason.

use std::collections::BTreeMap;

use crate::actor::Actor;
use crate::case::{ActOnCase, Case};
use crate::event::{Entry, Event};
use crate::money;
use crate::refusal::Refusal;

/// The act by which a line is written.
pub const ENTERED: &str = "repair.charge_entered";
/// Link: the item of the price list.
pub const PRICE: &str = "price";
/// Link: the unit that the item is counted by.
pub const UNIT: &str = "unit";
/// Link: the place of the entry whose line is taken back, in part or whole.
pub const REVERSES: &str = "reverses";
/// Link: the line is what the supervisor assessed.
pub const ASSESSED: &str = "assessed";
/// Pieces of one line at most.
const PIECES_MAX: i64 = 9_999;
/// Who may write a line that no list holds, with a reason.
const PRICES_BY_HAND: &[&str] = &["engineering_supervisor", "deputy_engineering_supervisor", "office_manager"];
/// Acts that carry the total, and the attribute in which they do.
const CARRY_TOTAL: [(&str, &str); 6] = [
    ("case.paid_service_arranged", "case.agreed_price"),
    ("repair.price_shown", "repair.cost"),
    ("repair.consented", "repair.cost"),
    ("repair.amounts_entered", "repair.amount_due"),
    ("repair.cash_received", "repair.amount_due"),
    ("repair.receipt_posted", "repair.amount_due"),
];

/// A line of a slip: what was entered of one item at one price, less what was taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Place of the entry that wrote it first.
    pub seq: i64,
    /// What is charged.
    pub item: String,
    /// `labour`, `material` or `other`.
    pub kind: String,
    /// Of what one is counted; empty where nobody said.
    pub unit: String,
    /// Fen for one.
    pub fen: i64,
    /// How many.
    pub quantity: i64,
    /// Stream id of the item of the price list; none for what is on no list.
    pub price: Option<String>,
    /// Assessed by the supervisor.
    pub assessed: bool,
    /// Why it was written by hand.
    pub reason: String,
}

impl Line {
    /// Fen of the line.
    pub fn amount(&self) -> i64 {
        self.fen.saturating_mul(self.quantity)
    }

    /// Written by hand with a reason: flagged wherever it is shown.
    pub fn is_by_hand(&self) -> bool {
        self.price.is_none() && !self.assessed
    }
}

/// The lines of a case in the order in which they were first written, without those that were taken back whole.
pub fn lines(case: &Case) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for entry in case.entries.iter().filter(|entry| entry.event.name == ENTERED) {
        let line = line(entry);
        let same = |known: &&mut Line| {
            (&known.item, &known.kind, known.fen, &known.price, known.assessed)
                == (&line.item, &line.kind, line.fen, &line.price, line.assessed)
        };
        match lines.iter_mut().find(same) {
            Some(known) => known.quantity = known.quantity.saturating_add(line.quantity),
            None => lines.push(line),
        }
    }
    lines.retain(|line| line.quantity != 0);
    lines
}

fn line(entry: &Entry) -> Line {
    let body = &entry.event.body;
    let said = |id: &str| body.attributes.get(id).cloned().unwrap_or_default();
    Line {
        seq: entry.seq,
        item: said("repair.price_item"),
        kind: said("repair.charge_kind"),
        unit: body.links.get(UNIT).cloned().unwrap_or_default(),
        fen: said("repair.unit_price").parse().unwrap_or_default(),
        quantity: said("repair.quantity").parse().unwrap_or_default(),
        price: body.links.get(PRICE).cloned(),
        assessed: body.links.contains_key(ASSESSED),
        reason: body.note.clone(),
    }
}

/// Fen of all lines.
pub fn total(lines: &[Line]) -> i64 {
    lines.iter().fold(0, |sum, line| sum.saturating_add(line.amount()))
}

/// The attribute in which an act carries the total of this case's lines; none when it carries none, or nothing was ever
/// charged.
pub fn carries_total(case: &Case, act: &str) -> Option<&'static str> {
    carried(act).filter(|_| case.has(ENTERED))
}

/// The attribute in which an act carries the total of a slip; none for other acts.
pub fn carried(act: &str) -> Option<&'static str> {
    CARRY_TOTAL.iter().find(|(name, _)| *name == act).map(|(_, attribute)| *attribute)
}

/// The command with the total where its act carries one and nobody typed a sum.
pub(crate) fn totalled(case: &Case, command: &ActOnCase) -> ActOnCase {
    let mut command = command.clone();
    if let Some(attribute) = carries_total(case, &command.act) {
        let typed = command.attributes.entry(attribute.to_owned()).or_default();
        if typed.trim().is_empty() {
            *typed = total(&lines(case)).to_string();
        }
    }
    command
}

/// Puts into an act what follows from the lines: the total where it carries one. Refused: another total, a line that no list
/// holds and nobody may write, a quantity that is none, more taken back than there is, consent before an item outside the list
/// was assessed.
pub(crate) fn settle(what: &str, case: &Case, actor: &Actor, event: &mut Event) -> Result<(), Refusal> {
    if event.name == ENTERED {
        return entered(what, case, actor, event);
    }
    if event.name == "repair.consented" && case.waits_for_assessment() {
        let next = "请工程部主管先“收费评审”；报价出来给业主看过，再记同意。";
        return Err(Refusal::new(what, "标准外的项目还没有评审，没有报价可以同意", next));
    }
    let Some(attribute) = carries_total(case, &event.name) else { return Ok(()) };
    let total = total(&lines(case)).to_string();
    match event.body.attributes.get(attribute).filter(|typed| **typed != total) {
        Some(typed) => {
            let yuan = |fen: &str| fen.parse().map_or_else(|_| fen.to_owned(), money::yuan);
            let why = format!("填的是 {} 元，单上各项合计 {} 元", yuan(typed), yuan(&total));
            Err(Refusal::new(what, why, "金额由程序按单上各项算出；要改，请改收费项目。").at(attribute))
        }
        None => {
            event.body.attributes.insert(attribute.to_owned(), total);
            if event.name == "repair.consented" {
                let attributes = &mut event.body.attributes;
                attributes.entry("repair.payment".to_owned()).or_insert_with(|| "bank_collection".to_owned());
            }
            Ok(())
        }
    }
}

fn entered(what: &str, case: &Case, actor: &Actor, event: &mut Event) -> Result<(), Refusal> {
    let body = &event.body;
    let number = |id: &str| body.attributes.get(id).and_then(|it| it.parse::<i64>().ok());
    let quantity = number("repair.quantity").filter(|it| *it != 0 && it.abs() <= PIECES_MAX);
    let Some(quantity) = quantity else {
        let why = "数量不是 1 到 9999 的整数";
        return Err(Refusal::new(what, why, "请填整数。").at("repair.quantity"));
    };
    if number("repair.unit_price").is_none_or(|fen| fen < 0) {
        return Err(Refusal::new(what, "单价没有填对", "请填数字，单位是元。").at("repair.unit_price"));
    }
    let from_list = body.links.contains_key(PRICE) || body.links.contains_key(ASSESSED);
    if quantity < 0 {
        let entry =
            Entry { seq: 0, at: event.happened, actor: String::new(), post: String::new(), event: event.clone() };
        let back = line(&entry);
        let there = lines(case).into_iter().find(|it| {
            (&it.item, &it.kind, it.fen, &it.price, it.assessed)
                == (&back.item, &back.kind, back.fen, &back.price, back.assessed)
        });
        if there.is_none_or(|it| it.quantity + quantity < 0) {
            return Err(Refusal::new(what, "单上没有这么多可以减", "请刷新页面，看过单上的项目再减。"));
        }
        return Ok(());
    }
    if !from_list && !actor.holds(PRICES_BY_HAND) {
        let why = "这一项不是从收费标准里选的";
        let next = "请从收费标准里选；标准里没有的，报工程部主管评审定价。";
        return Err(Refusal::new(what, why, next).at("repair.price_item"));
    }
    if !from_list && body.note.is_empty() {
        return Err(Refusal::new(what, "手写的价没有写理由", "请写为什么不按收费标准。").at("note"));
    }
    Ok(())
}

/// Who repairs never takes the money, whatever is adopted. The clauses are asked first, so that they are named.
pub(crate) fn taken_by(what: &str, actor: &Actor, event: &Event) -> Result<(), Refusal> {
    if event.name == "repair.cash_received" && actor.posts.iter().all(|post| post == "technician") {
        let next = "请业主走银行托收，或到柜台付款；已经收下的，请交柜台并说明。";
        return Err(Refusal::new(what, "维修员不收钱", next));
    }
    Ok(())
}

/// The lines that an assessment brings: what was assessed before is taken back, what is assessed now is written.
pub(crate) fn assessed(case: &Case, event: &Event) -> Vec<Event> {
    let said = |id: &str| event.body.attributes.get(id).map(String::as_str).unwrap_or_default();
    let entered = |item: &str, fen: &str, quantity: i64| {
        let mut entered = Event::plain(ENTERED, event.happened)
            .with("repair.charge_kind", "other")
            .with("repair.price_item", item)
            .with("repair.unit_price", fen)
            .with("repair.quantity", quantity.to_string());
        entered.body.links =
            BTreeMap::from([(ASSESSED.to_owned(), "yes".to_owned()), (UNIT.to_owned(), "项".to_owned())]);
        entered
    };
    let before = lines(case).into_iter().filter(|line| line.assessed);
    let mut events: Vec<Event> =
        before.map(|line| entered(&line.item, &line.fen.to_string(), -line.quantity)).collect();
    if said("repair.feasible") == "yes" && said("repair.cost").parse::<i64>().is_ok_and(|fen| fen > 0) {
        // The caller's own words: what the supervisor notes stays in the office.
        let item: String = format!("评审：{}", case.title).chars().take(60).collect();
        events.push(entered(&item, said("repair.cost"), 1));
    }
    events
}
