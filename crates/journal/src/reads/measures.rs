//! 纠正预防与案例: nonconformity sheets and preventive reports with who does what until when, and the case analyses of
//! class-one complaints with the departments that were trained.

use std::collections::BTreeMap;
use std::sync::Arc;

use calendar::Moment;
use office::case::{Case, replay};

use super::row::{CASE, case};
use super::{Filling, RegisterRows};
use crate::fault::Fault;
use crate::house::House;
use crate::stream;
use crate::tx::{Sql, Tx};
use crate::vals;
use crate::value::Val;

/// Rows of a page.
const ROWS: i64 = 50;

/// Where a corrective measure stands (措施进度).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MeasureStand {
    /// The measure is not written yet.
    ToWrite,
    /// Written, not approved.
    ToApprove,
    /// Approved, not carried out.
    ToExecute,
    /// Carried out, its effect not verified.
    ToVerify,
    /// The sheet is closed, the review meeting not held.
    ToReview,
    /// Everything is done.
    Done,
}

impl MeasureStand {
    /// Every stand, in the order in which a measure goes.
    pub const ALL: [MeasureStand; 6] = [
        MeasureStand::ToWrite,
        MeasureStand::ToApprove,
        MeasureStand::ToExecute,
        MeasureStand::ToVerify,
        MeasureStand::ToReview,
        MeasureStand::Done,
    ];

    /// The word in addresses.
    pub fn id(self) -> &'static str {
        match self {
            MeasureStand::ToWrite => "to_write",
            MeasureStand::ToApprove => "to_approve",
            MeasureStand::ToExecute => "to_execute",
            MeasureStand::ToVerify => "to_verify",
            MeasureStand::ToReview => "to_review",
            MeasureStand::Done => "done",
        }
    }

    /// Where the measure of a case stands.
    pub fn of(case: &Case) -> MeasureStand {
        let written = case.has("complaint.sheet_measure_written");
        let approved = case.has("complaint.sheet_approved") || case.has("complaint.sheet_signed_out");
        match () {
            () if case.form("nonconformity_sheet").is_none() => MeasureStand::Done,
            () if !written => MeasureStand::ToWrite,
            () if !approved => MeasureStand::ToApprove,
            () if !case.has("complaint.measure_executed") => MeasureStand::ToExecute,
            () if !case.has("complaint.sheet_closed") => MeasureStand::ToVerify,
            () if !case.has("complaint.review_held") => MeasureStand::ToReview,
            () => MeasureStand::Done,
        }
    }
}

impl House {
    /// Complaints with a nonconformity sheet or a preventive report, by when the last of them was issued.
    pub async fn measures(&self, site: i64, after: Option<String>) -> Result<RegisterRows, Fault> {
        self.read(move |tx| {
            let keyed = "(select max(f.issued) as at, f.case_id as id from form_row f where f.site = $1
                 and f.form in ('nonconformity_sheet', 'prevention_report') and f.void = 0 group by f.case_id) k";
            filled(tx, site, keyed, after.as_deref())
        })
        .await
    }

    /// Complaints of the first class that were resolved, newest first.
    pub async fn lessons(&self, site: i64, after: Option<String>) -> Result<RegisterRows, Fault> {
        self.read(move |tx| {
            let keyed = "(select r.resolved as at, r.id as id from complaint_row r where r.site = $1
                 and r.class = 'first' and r.resolved is not null and r.withdrawn = 0) k";
            filled(tx, site, keyed, after.as_deref())
        })
        .await
    }

    /// The departments that people of the office belong to.
    pub async fn departments(&self, site: i64) -> Result<Vec<String>, Fault> {
        let staff = self.staff(site).await?;
        let mut known: Vec<String> =
            staff.into_iter().filter(|it| it.active && !it.department.is_empty()).map(|it| it.department).collect();
        known.sort();
        known.dedup();
        Ok(known)
    }
}

/// A page of the cases that `keyed` names with the moment they are sorted by.
fn filled(tx: &mut dyn Tx, site: i64, keyed: &str, after: Option<&str>) -> Result<RegisterRows, Fault> {
    let mut values: Vec<Val> = vals![site].to_vec();
    let mut text = format!("select {CASE}, k.at from {keyed} join case_row c on c.site = $1 and c.id = k.id");
    if let Some((at, id)) = after.and_then(|key| key.split_once('~')) {
        values.push(at.parse::<i64>().unwrap_or(i64::MAX).into());
        values.push(id.into());
        text.push_str(" where (k.at, k.id) < ($2, $3)");
    }
    values.push((ROWS + 1).into());
    text.push_str(&format!(" order by k.at desc, k.id desc limit ${}", values.len()));
    let found = tx.query(Sql::built(text), &values)?;
    let names: Arc<BTreeMap<String, String>> = Arc::new(super::case_page::names(tx, site)?);
    let (mut rows, mut next) = (Vec::new(), None);
    let mut last: Option<(Moment, String)> = None;
    for row in &found {
        if rows.len() as i64 == ROWS {
            next = last.as_ref().map(|(at, id)| format!("{}~{id}", at.0));
            break;
        }
        let told = case(row, 0)?;
        last = Some((row.moment(super::row::CASE_WIDTH)?, told.id.clone()));
        let entries = stream::load(tx, site, &format!("case:{}", told.id))?;
        let Some(whole) = replay(&told.id, &entries) else { continue };
        let caller = super::case_page::caller(&whole, false);
        rows.push((told, Filling { case: whole, caller, names: names.clone(), care: Vec::new(), days: 0 }));
    }
    Ok(RegisterRows { rows, next })
}
