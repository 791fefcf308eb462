//! Materials that a repair draws and brings back (领料与退料): the act and the card's movement in one transaction.

use office::case::{self, ActOnCase, Case};
use office::{Event, Refusal, stock};

use super::SiteLaw;
use super::acts::append;
use super::announce::announce_low;
use crate::SiteTx;
use crate::fault::Fault;
use crate::{sql, vals};

/// What a card gets to hear of an act: its stream, version and event.
pub(super) struct Moved {
    card: Case,
    event: Event,
}

/// The act with what the card says of its material, and what the card is to hear; any other act as it is. The card is named
/// by number or by stream id. Refused: no such card, more than is there.
pub(super) fn told(
    tx: &mut SiteTx<'_>,
    repair: &Case,
    command: &ActOnCase,
) -> Result<Result<(ActOnCase, Option<Moved>), Refusal>, Fault> {
    let mut command = command.clone();
    if !stock::MOVES.iter().any(|(act, _)| *act == command.act) {
        return Ok(Ok((command, None)));
    }
    let named = command.attributes.get("material.card").cloned().unwrap_or_default();
    let site = tx.site();
    let text = sql!("select id from case_row where site = $1 and (number = $2 or id = $2) and kind = 'stock_cards'");
    let found = tx.tx().first(text, &vals![site, named.trim()])?;
    let id = found.map(|row| row.string(0)).transpose()?.unwrap_or_default();
    let Some(card) = case::replay(&id, &tx.load(&format!("case:{id}"))?) else {
        let why = format!("没有库存卡“{named}”");
        return Ok(Err(Refusal::new("不能办理", why, "请从库存卡里选材料。").at("material.card")));
    };
    let pieces = command.attributes.get("material.quantity").and_then(|it| it.parse().ok()).unwrap_or_default();
    let happened = command.happened.unwrap_or_else(|| tx.now());
    let event = match stock::moves(&card, repair, &command.act, pieces, happened) {
        Ok(event) => event,
        Err(refusal) => return Ok(Err(refusal)),
    };
    for id in ["material.name", "material.unit", "material.spec"] {
        command.attributes.extend(card.attributes.get(id).map(|value| (id.to_owned(), value.clone())));
    }
    command.attributes.insert("material.card".to_owned(), card.number.clone());
    command.links.insert(stock::CARD.to_owned(), card.id.clone());
    Ok(Ok((command, Some(Moved { card, event }))))
}

/// Writes the movement of an act on `acted` into the card, and tells when the material of either has fallen to its low level.
pub(super) fn written(
    tx: &mut SiteTx<'_>,
    law: &SiteLaw,
    acted: &Case,
    moved: Option<Moved>,
) -> Result<Result<(), Refusal>, Fault> {
    let Some(Moved { card, event }) = moved else {
        return if acted.kind == stock::CARDS { announce_low(tx, law, acted).map(Ok) } else { Ok(Ok(())) };
    };
    if let Err(refusal) = append(tx, &format!("case:{}", card.id), card.version, vec![event])? {
        return Ok(Err(refusal));
    }
    announce_low(tx, law, &card).map(Ok)
}
