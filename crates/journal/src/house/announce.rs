//! What the group robot of a site is told (群机器人): a new order, that a caller asks again, that a material runs low.

use office::case::{self, Case};
use office::stock;

use super::{Laws, SiteLaw};
use crate::fault::{Fault, FaultKind};
use crate::{Outgoing, SiteTx};

/// What the group robot of the site is told about.
#[derive(Clone, Copy)]
pub(super) enum Announced {
    /// A new order.
    Order,
    /// A caller asks again.
    Chased,
}

impl Announced {
    /// What an event announces, if anything.
    pub(super) fn of(event: &str) -> Option<Announced> {
        match event {
            "repair.engineering_notified" => Some(Announced::Order),
            "case.chased" => Some(Announced::Chased),
            _ => None,
        }
    }
}

/// A new order, or a chased one, goes to the group robot of the site: number, room, words, worker, appointment, first limit.
pub(super) fn announce(
    tx: &mut SiteTx<'_>,
    laws: &Laws,
    law: &SiteLaw,
    id: &str,
    what: Announced,
) -> Result<(), Fault> {
    let target = law.office_setting("群机器人地址").to_owned();
    if target.is_empty() {
        return Ok(());
    }
    let entries = tx.load(&format!("case:{id}"))?;
    let Some(found) = case::replay(id, &entries) else { return Ok(()) };
    let derived = law.derive(id, &found.facts(), tx.now());
    let limit = derived.obligations.iter().filter(|it| it.ended.is_none() && !it.soft).filter_map(|it| it.due).min();
    let moment = |moment| laws.zone.civil(moment).strftime("%m-%d %H:%M").to_string();
    let appointment = found.attributes.get("repair.appointment").and_then(|it| it.parse().ok()).map(calendar::Moment);
    let head = match what {
        Announced::Order => format!("新单 {}", found.number),
        Announced::Chased => format!("催办 {}，第 {} 次", found.number, found.chased),
    };
    let mut lines = vec![head, found.place.clone(), found.title.clone()];
    let worker = found.entries.iter().rev().find_map(|entry| entry.event.body.links.get("assignee_name"));
    lines.extend(worker.filter(|_| found.assignee.is_some()).map(|name| format!("经办 {name}")));
    lines.extend(appointment.map(|at| format!("预约 {}", moment(at))));
    lines.extend(limit.map(|at| format!("时限 {}", moment(at))));
    let body = serde_json::to_string(&lines)
        .map_err(|error| Fault::from_source(FaultKind::Bug, "a message cannot be written down", error))?;
    tx.send(Outgoing { kind: "robot".into(), target, body, person: None, due: None })
}

/// A card that has just fallen to its low level goes to the group robot, once for each fall: what is there, the level, and that
/// it is to be bought. `before` is the card as it stood before the movement.
pub(super) fn announce_low(tx: &mut SiteTx<'_>, law: &SiteLaw, before: &Case) -> Result<(), Fault> {
    let target = law.office_setting("群机器人地址").to_owned();
    if target.is_empty() || stock::is_low(before) {
        return Ok(());
    }
    let entries = tx.load(&format!("case:{}", before.id))?;
    let Some(card) = case::replay(&before.id, &entries).filter(stock::is_low) else { return Ok(()) };
    let said = |id: &str| card.attributes.get(id).map_or("", String::as_str);
    let lines = [
        format!("库存低 {}", card.number),
        format!("{} {}", said("material.name"), said("material.spec")).trim().to_owned(),
        format!("结存 {} {}，低库存线 {}", stock::balance(&card), said("material.unit"), said("material.low")),
        "请采购员申购".to_owned(),
    ];
    let body = serde_json::to_string(&lines)
        .map_err(|error| Fault::from_source(FaultKind::Bug, "a message cannot be written down", error))?;
    tx.send(Outgoing { kind: "robot".into(), target, body, person: None, due: None })
}
