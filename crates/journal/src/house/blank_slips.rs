//! Blank slips (备用空白单) when what was written on them is entered: the number is looked up, checked and used in the same
//! transaction, or voided with a reason.

use office::Refusal;
use office::blank_slip;
use office::case::{self, Case};

use super::House;
use super::acts::{Answer, append};
use crate::fault::Fault;
use crate::{Sent, SiteTx, series, sql, vals};

fn stream_of(id: &str) -> String {
    format!("case:{id}")
}

/// The range that took a number; none for any other number.
fn range_of(tx: &mut SiteTx<'_>, number: &str) -> Result<Option<Case>, Fault> {
    let Some(told) = series::parse(number) else { return Ok(None) };
    let site = tx.site();
    let text = sql!("select stream from number_taken where site = $1 and series = $2 and period = $3 and number = $4");
    let row = tx.tx().first(text, &vals![site, &told.series, &told.period, told.number])?;
    let Some(stream) = row.map(|row| row.string(0)).transpose()? else { return Ok(None) };
    let entries = tx.load(&stream)?;
    Ok(case::replay(stream.trim_start_matches("case:"), &entries).filter(blank_slip::is_one))
}

/// Uses a blank number for a case; `letters` are those of the series that the case or form counts in. Refused: a number
/// that was never taken ahead, one of another series, one that has its fate.
pub(super) fn uses(
    tx: &mut SiteTx<'_>,
    number: &str,
    letters: &str,
    (id, case_number): (&str, &str),
) -> Result<Result<(), Refusal>, Fault> {
    let no = |why: String, next: &str| Refusal::new("这张备用单不能用", why, next).at("blank_number");
    let Some(range) = range_of(tx, number)? else {
        return Ok(Err(no(format!("{number} 没有领作备用单"), "请核对编号，或留空由系统编号。")));
    };
    if !number.starts_with(&format!("{letters}-")) {
        return Ok(Err(no(format!("{number} 不是 {letters} 号段的单"), "请核对种类和编号。")));
    }
    match blank_slip::used(&range, number, (id, case_number), tx.now()) {
        Ok(used) => Ok(append(tx, &stream_of(&range.id), range.version, vec![used])?.map(drop)),
        Err(refusal) => Ok(Err(refusal)),
    }
}

impl House {
    /// Voids blank numbers of a range for one reason. All or nothing.
    pub fn void_blanks(&self, sent: Sent, range: String, numbers: Vec<String>, reason: String) -> Answer<()> {
        self.store().act(sent, move |tx| {
            let stream = stream_of(&range);
            for number in &numbers {
                let entries = tx.load(&stream)?;
                let Some(found) = case::replay(&range, &entries).filter(blank_slip::is_one) else {
                    return Ok(Err(Refusal::new("不能作废", "没有这一段备用号", "请从登记簿打开。")));
                };
                let voided = match blank_slip::voided(&found, number, &reason, tx.now()) {
                    Ok(voided) => voided,
                    Err(refusal) => return Ok(Err(refusal)),
                };
                if let Err(refusal) = append(tx, &stream, found.version, vec![voided])? {
                    return Ok(Err(refusal));
                }
            }
            match numbers.is_empty() {
                true => Ok(Err(Refusal::new("不能作废", "还没有选是哪几张", "请勾选要作废的编号。"))),
                false => Ok(Ok(())),
            }
        })
    }

    /// Numbers of a series' period that are missing between the first and the last: none, ever.
    pub async fn gaps_of_series(&self, site: i64, letters: String, period: String) -> Result<Vec<i64>, Fault> {
        self.read(move |tx| {
            let taken: Vec<i64> = series::taken(tx, site, &letters, &period)?.iter().map(|it| it.number).collect();
            let last = taken.last().copied().unwrap_or(0);
            Ok((1..=last).filter(|number| taken.binary_search(number).is_err()).collect())
        })
        .await
    }
}
