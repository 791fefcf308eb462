//! The statistics of free repairs (免费维修统计): the number told is the number on the list, and every repair on it is marked as
//! listed, in the same transaction.

use calendar::{Moment, Zone};
use jiff::ToSpan;
use office::case::{self, ActOnCase};
use office::{Actor, Refusal};
use rulebook::DutyPeriod;

use super::topics::enter;
use super::{Laws, SiteLaw};
use crate::SiteTx;
use crate::fault::Fault;
use crate::reads::{RepairMark, repairs_with, unlisted_repairs};

/// The act for a period, the attribute that tells how many, the act on each repair.
const MADE: &str = "statistics.free_repairs_done";
const HOW_MANY: &str = "statistics.free_repairs";
const LISTED: &str = "repair.listed_free";

/// Refused: another number than the list has, once one is told.
pub(super) fn agree(
    tx: &mut SiteTx<'_>,
    laws: &Laws,
    owed: &DutyPeriod,
    act: &str,
    command: &ActOnCase,
) -> Result<Result<(), Refusal>, Fault> {
    let told = command.attributes.get(HOW_MANY).and_then(|told| told.trim().parse::<i64>().ok());
    let (MADE, Some(told)) = (act, told) else { return Ok(Ok(())) };
    let site = tx.site();
    let count = repairs_with(tx.tx(), site, moments(owed, &laws.zone), RepairMark::Free)?;
    if told == count {
        return Ok(Ok(()));
    }
    let why = format!("这一期完工而应收为零的有 {count} 件，写的是 {told} 件");
    let next = "请打开名单核对：应收金额写错的，先在那件报修上改。";
    Ok(Err(Refusal::new(format!("不能登记“{}”", laws.word(act)), why, next).at(HOW_MANY)))
}

/// Marks every free repair of the period as listed.
pub(super) fn list(
    tx: &mut SiteTx<'_>,
    laws: &Laws,
    law: &SiteLaw,
    actor: &Actor,
    owed: &DutyPeriod,
    act: &str,
) -> Result<Result<(), Refusal>, Fault> {
    if act != MADE {
        return Ok(Ok(()));
    }
    let site = tx.site();
    for id in unlisted_repairs(tx.tx(), site, moments(owed, &laws.zone))? {
        let Some(found) = case::replay(&id, &tx.load(&format!("case:{id}"))?) else { continue };
        let listed = ActOnCase { act: LISTED.to_owned(), ..ActOnCase::default() };
        if let Err(refusal) = enter(tx, laws, law, actor, found, vec![listed])? {
            return Ok(Err(refusal));
        }
    }
    Ok(Ok(()))
}

fn moments(owed: &DutyPeriod, zone: &Zone) -> (Moment, Moment) {
    (zone.start_of_day(owed.first), zone.start_of_day(owed.last.saturating_add(1.day())))
}
