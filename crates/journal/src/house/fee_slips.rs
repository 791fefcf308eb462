//! What the bank sends back (银行回单导入): every slip finds its notice by number, or by room the unit's oldest one first; all of them
//! are entered, or none.

use office::case::{self, ActOnCase};
use office::fee_notice as notice;
use office::{Actor, Refusal, money};
use serde::{Deserialize, Serialize};

use super::House;
use super::acts::{Answer, act_on_case};
use crate::fault::Fault;
use crate::{Sent, SiteTx, sql, vals};

/// A slip as it comes in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeeSlip {
    /// Row of the sheet.
    pub row: usize,
    /// Number of the notice or of its form; empty when only the room is told.
    pub number: String,
    /// The room as written.
    pub room: String,
    /// The household that it names; empty when it names none, or several.
    pub household: String,
    /// Fen.
    pub fen: i64,
    /// Day of the deposit, ISO; empty when it is not told.
    pub deposited: String,
    /// The bank's own number.
    pub reference: String,
    /// Why it was not collected; empty when it was.
    pub failed: String,
}

/// What came of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlipsEntered {
    /// Slips entered.
    pub entered: i64,
    /// Their sum in fen.
    pub fen: i64,
    /// Debits that failed.
    pub failed: i64,
}

impl House {
    /// Enters the slips of a bank, all of them or none; the same sheet twice is answered once. A refusal names the row. Refused: a
    /// slip that finds no notice, or brings more than is owed.
    pub fn enter_slips(&self, sent: Sent, actor: Actor, slips: Vec<FeeSlip>) -> Answer<SlipsEntered> {
        let laws = self.laws().clone();
        self.store().act(sent, move |tx| {
            let mut told = SlipsEntered::default();
            for slip in &slips {
                let of_row = |mut no: Refusal| {
                    no.what = format!("第 {} 行{}", slip.row, no.what);
                    Ok(Err(no))
                };
                let parts = match parts(tx, slip)? {
                    Ok(parts) => parts,
                    Err(no) => return of_row(no),
                };
                if let Some(no) = known(tx, slip, &parts)? {
                    return of_row(no);
                }
                for (case, fen) in parts {
                    if let Err(no) = act_on_case(tx, &laws, &actor, &case, &act(slip, fen))? {
                        return of_row(no);
                    }
                }
                if slip.failed.is_empty() {
                    (told.entered, told.fen) = (told.entered + 1, told.fen + slip.fen);
                } else {
                    told.failed += 1;
                }
            }
            Ok(Ok(told))
        })
    }
}

/// Why a slip is not entered: its reference stands on a notice of the same unit already, from another sheet or by hand.
fn known(tx: &mut SiteTx<'_>, slip: &FeeSlip, parts: &[(String, i64)]) -> Result<Option<Refusal>, Fault> {
    let Some((first, _)) = parts.first().filter(|_| !slip.reference.is_empty()) else { return Ok(None) };
    let site = tx.site();
    let text = sql!(
        "select case_id, number from fee_row where site = $1 and received > 0 and household =
         (select household from fee_row where site = $1 and case_id = $2) order by month desc limit 24"
    );
    for row in tx.tx().query(text, &vals![site, first.as_str()])? {
        let id = row.string(0)?;
        let notice = case::replay(&id, &tx.load(&format!("case:{id}"))?);
        if notice.is_some_and(|it| notice::slip_of(&it, &slip.reference)) {
            let why = format!("回单 {} 已经记在 {}", slip.reference, row.string(1)?);
            return Ok(Some(Refusal::new("没有记下回单", why, "同一张回单只记一次；请核对回单号。")));
        }
    }
    Ok(None)
}

fn act(slip: &FeeSlip, fen: i64) -> ActOnCase {
    if !slip.failed.is_empty() {
        let attributes = [("case.reason".to_owned(), slip.failed.clone())].into();
        return ActOnCase { act: notice::NOT_COLLECTED.to_owned(), attributes, ..ActOnCase::default() };
    }
    let told = [
        ("fee.received", fen.to_string()),
        ("fee.deposited_on", slip.deposited.clone()),
        ("fee.reference", slip.reference.clone()),
    ];
    let attributes = told.into_iter().filter(|(_, it)| !it.is_empty()).map(|(id, it)| (id.to_owned(), it)).collect();
    ActOnCase { act: notice::SLIP.to_owned(), attributes, ..ActOnCase::default() }
}

/// The notices that a slip is for, each with its part: the one with its number, or those of the room, the oldest first.
fn parts(tx: &mut SiteTx<'_>, slip: &FeeSlip) -> Result<Result<Vec<(String, i64)>, Refusal>, Fault> {
    let no = |why: String, next: &str| Ok(Err(Refusal::new("没有记下回单", why, next)));
    let site = tx.site();
    if !slip.number.is_empty() {
        let text = sql!(
            "select id from case_row where site = $1 and number = $2 and kind = 'fee_notices'
             union select case_id from form_row where site = $1 and number = $2 and form = 'fee_notice'"
        );
        let Some(row) = tx.tx().first(text, &vals![site, slip.number.as_str()])? else {
            return no(format!("没有编号为 {} 的通知单", slip.number), "请核对编号，或改写房号。");
        };
        return Ok(Ok(vec![(row.string(0)?, slip.fen)]));
    }
    if slip.household.is_empty() {
        return no(format!("台账里没有 {} 这一户，或者不止一户", slip.room), "请写台账里的房号，例如 3-2-501。");
    }
    let text = sql!(
        "select case_id, owed from fee_row where site = $1 and household = $2 and owed > 0 and printed is not null
         order by month, case_id"
    );
    let rows = tx.tx().query(text, &vals![site, slip.household.as_str()])?;
    let (mut left, mut parts) = (slip.fen, Vec::new());
    for row in &rows {
        let part = left.min(row.int(1)?);
        if part > 0 || !slip.failed.is_empty() {
            parts.push((row.string(0)?, part));
        }
        left -= part;
        if left == 0 || !slip.failed.is_empty() {
            break;
        }
    }
    if slip.failed.is_empty() && left > 0 {
        let (owed, fen) = (money::short(slip.fen - left), money::short(slip.fen));
        return no(format!("{} 一共欠 {owed} 元，回单是 {fen} 元", slip.room), "请核对金额；多收的先退回或另行登记。");
    }
    if parts.is_empty() {
        return no(format!("{} 没有欠费的通知单", slip.room), "请核对房号。");
    }
    Ok(Ok(parts))
}
