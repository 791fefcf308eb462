//! What a line of a slip costs (收费项目的价): taken from the price list of the day, or from the line that it takes back.

use office::case::{ActOnCase, Case};
use office::{Refusal, charge, price};

use super::Laws;
use crate::SiteTx;
use crate::fault::Fault;

/// The act with what the price list says of its item on the day of the act; any other act as it is. Refused: an item that is
/// not on the list of that day, a line that is not there.
pub(super) fn priced(
    tx: &mut SiteTx<'_>,
    laws: &Laws,
    case: &Case,
    command: &ActOnCase,
) -> Result<Result<ActOnCase, Refusal>, Fault> {
    let mut command = command.clone();
    if command.act != charge::ENTERED {
        return Ok(Ok(command));
    }
    // The supervisor's assessment writes its own line; no sender may claim one.
    command.links.remove(charge::ASSESSED);
    if let Some(seq) = command.links.remove(charge::REVERSES) {
        return Ok(taken_back(case, command, &seq));
    }
    let Some(id) = command.links.get(charge::PRICE).cloned() else { return Ok(Ok(command)) };
    let day = laws.zone.date(command.happened.unwrap_or_else(|| tx.now()));
    let entries = tx.load(&format!("price:{id}"))?;
    let item = price::replay(&id, &entries);
    let Some(version) = item.as_ref().and_then(|item| item.on(day)) else {
        let why = format!("{day} 的收费标准里没有这一项");
        return Ok(Err(Refusal::new("没有写上收费", why, "请刷新页面，从当天的标准里选。")));
    };
    let price = &version.price;
    let said = [
        ("repair.charge_kind", price.kind.clone()),
        ("repair.price_item", price.name.clone()),
        ("repair.unit_price", price.fen.to_string()),
    ];
    command.attributes.extend(said.map(|(id, value)| (id.to_owned(), value)));
    command.links.insert(charge::UNIT.to_owned(), price.unit.clone());
    command.links.insert("price_version".to_owned(), version.number.to_string());
    Ok(Ok(command))
}

/// The same line with fewer pieces: as it was entered, whatever the list says today.
fn taken_back(case: &Case, mut command: ActOnCase, seq: &str) -> Result<ActOnCase, Refusal> {
    let entry = case.entries.iter().find(|entry| entry.seq.to_string() == seq && entry.event.name == charge::ENTERED);
    let pieces = command.attributes.get("repair.quantity").and_then(|it| it.parse::<i64>().ok());
    let (Some(entry), Some(pieces)) = (entry, pieces) else {
        return Err(Refusal::new("没有减去收费", "单上没有这一项", "请刷新页面，看过单上的项目再减。"));
    };
    let body = &entry.event.body;
    command.attributes.extend(body.attributes.clone());
    command.attributes.insert("repair.quantity".to_owned(), (-pieces.abs()).to_string());
    command.links.extend(body.links.clone());
    Ok(command)
}
