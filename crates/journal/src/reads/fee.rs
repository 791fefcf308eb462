//! What the pages of fees read (收费): months with their sums, the notices of a month, what is open by its age. Sums in fen.

use calendar::Moment;
use jiff::civil::Date;
use office::household::walking_key;
use serde::{Deserialize, Serialize};

use crate::fault::Fault;
use crate::house::House;
use crate::tx::Sql;
use crate::value::{Row, Val};
use crate::{sql, vals};

/// A month as it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeeMonth {
    /// Its last day, ISO.
    pub month: String,
    /// Notices.
    pub notices: i64,
    /// Of which printed.
    pub printed: i64,
    /// Of which delivered.
    pub delivered: i64,
    /// Of which cleared.
    pub cleared: i64,
    /// Of which past their day with something open.
    pub fell: i64,
    /// Charged.
    pub billed: i64,
    /// Came in, the late charge not counted.
    pub received: i64,
    /// Came in by the day on which it was to be paid.
    pub in_time: i64,
    /// Owed still, with the late charge.
    pub owed: i64,
}

/// A notice in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeeRow {
    /// Stream id of its record.
    pub case: String,
    /// Its number.
    pub number: String,
    /// The unit.
    pub place: String,
    /// Last day of its month, ISO.
    pub month: String,
    /// Who pays.
    pub payer: String,
    /// Charged.
    pub billed: i64,
    /// Came in.
    pub received: i64,
    /// Owed still, with the late charge.
    pub owed: i64,
    /// Until when it was to be paid; none where no clause says, or before its print.
    pub due: Option<Moment>,
    /// When it was printed.
    pub printed: Option<Moment>,
    /// On which day it was delivered, ISO; empty when it was not.
    pub delivered: String,
    /// When nothing was open any more.
    pub cleared: Option<Moment>,
    /// Past its day with something open.
    pub fell: bool,
    /// When the payer objected.
    pub objected: Option<Moment>,
    /// The last step of urging, an act; empty when there was none.
    pub urged: String,
    /// When that was.
    pub urged_at: Option<Moment>,
}

/// Which notices of a month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum FeeState {
    /// All.
    #[default]
    All,
    /// Not printed.
    Unprinted,
    /// Printed and not delivered.
    Undelivered,
    /// Something is owed.
    Owed,
    /// Past their day with something open.
    Overdue,
    /// Cleared.
    Cleared,
}

impl FeeState {
    /// Every state, with its word in addresses.
    pub const ALL: [(FeeState, &'static str); 6] = [
        (FeeState::All, ""),
        (FeeState::Unprinted, "unprinted"),
        (FeeState::Undelivered, "undelivered"),
        (FeeState::Owed, "owed"),
        (FeeState::Overdue, "overdue"),
        (FeeState::Cleared, "cleared"),
    ];

    fn sql(self) -> &'static str {
        match self {
            FeeState::All => "",
            FeeState::Unprinted => " and printed is null",
            FeeState::Undelivered => " and printed is not null and delivered = ''",
            FeeState::Owed => " and owed > 0",
            FeeState::Overdue => " and fell = 1",
            FeeState::Cleared => " and cleared is not null",
        }
    }
}

/// Rows of a page.
const PAGE: i64 = 100;

impl House {
    /// The months of a site that have notices, the latest first, two years at most.
    pub async fn fee_months(&self, site: i64) -> Result<Vec<FeeMonth>, Fault> {
        self.read(move |tx| {
            let text = sql!(
                "select month, count(*), count(printed), count(case when delivered <> '' then 1 end), count(cleared),
                 count(case when fell = 1 then 1 end), cast(sum(billed) as {int}),
                 cast(sum(case when received > billed then billed else received end) as {int}),
                 cast(sum(case when cleared is not null and (due is null or cleared < due) then billed else 0 end)
                 as {int}),
                 cast(sum(owed) as {int})
                 from fee_row where site = $1 and withdrawn = 0 group by month order by month desc limit 24"
            );
            tx.query(text, &vals![site])?.iter().map(month).collect()
        })
        .await
    }

    /// A page of the notices of a month by unit, and the place after which the next page goes on.
    pub async fn fee_notices(
        &self,
        site: i64,
        month: String,
        state: FeeState,
        after: String,
    ) -> Result<(Vec<FeeRow>, Option<String>), Fault> {
        self.read(move |tx| {
            let text = [
                "select case_id, number, place, month, payer, billed, received, owed, due, printed, delivered, cleared, fell,
                 objected, urged, urged_at from fee_row where site = $1 and month = $2 and withdrawn = 0 and walk > $3",
                state.sql(),
                " order by walk, case_id limit $4",
            ];
            let values = [site.into(), month.as_str().into(), after.as_str().into(), Val::from(PAGE + 1)];
            let rows = tx.query(Sql::built(text.concat()), &values)?;
            let mut rows = rows.iter().map(notice).collect::<Result<Vec<_>, _>>()?;
            let more = rows.len() > PAGE as usize;
            rows.truncate(PAGE as usize);
            let next = rows.last().filter(|_| more).map(|it| walking_key(&it.place));
            Ok((rows, next))
        })
        .await
    }

    /// Every notice of a month, for lists that leave the office.
    pub async fn fee_list(&self, site: i64, month: String, state: FeeState) -> Result<Vec<FeeRow>, Fault> {
        let (mut all, mut after) = (Vec::new(), String::new());
        loop {
            let (rows, next) = self.fee_notices(site, month.clone(), state, after).await?;
            all.extend(rows);
            match next {
                Some(place) => after = place,
                None => return Ok(all),
            }
        }
    }

    /// The notices of a unit, the latest first, two years at most.
    pub async fn fees_of_unit(&self, site: i64, household: String) -> Result<Vec<FeeRow>, Fault> {
        self.read(move |tx| {
            let text = sql!(
                "select case_id, number, place, month, payer, billed, received, owed, due, printed, delivered, cleared, fell,
                 objected, urged, urged_at from fee_row where site = $1 and household = $2 and withdrawn = 0 order by month desc limit 24"
            );
            tx.query(text, &vals![site, household.as_str()])?.iter().map(notice).collect()
        })
        .await
    }

    /// What is owed past its day, by unit, the oldest month first; so many at most, and how many there are.
    pub async fn fee_arrears(&self, site: i64) -> Result<(Vec<FeeRow>, i64), Fault> {
        self.read(move |tx| {
            let text = sql!(
                "select case_id, number, place, month, payer, billed, received, owed, due, printed, delivered, cleared, fell,
                 objected, urged, urged_at from fee_row where site = $1 and owed > 0 and fell = 1 order by month, walk limit 500"
            );
            let rows = tx.query(text, &vals![site])?.iter().map(notice).collect::<Result<Vec<_>, _>>()?;
            let text = sql!("select count(*) from fee_row where site = $1 and owed > 0 and fell = 1");
            Ok((rows, tx.number(text, &vals![site])?.unwrap_or(0)))
        })
        .await
    }
}

/// One side of a step in the books.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostingRow {
    /// The entry's place in the site's journal: the sides of one voucher share it.
    pub seq: i64,
    /// Day, ISO.
    pub day: String,
    /// Number of the account.
    pub account: String,
    /// Kind of charge or way of payment, a value id.
    pub detail: String,
    /// Debit, fen.
    pub debit: i64,
    /// Credit, fen.
    pub credit: i64,
    /// Number of the record.
    pub number: String,
    /// The unit.
    pub place: String,
}

impl House {
    /// The postings of the days from the first to the last, as they were made.
    pub async fn postings(&self, site: i64, first: Date, last: Date) -> Result<Vec<PostingRow>, Fault> {
        self.read(move |tx| {
            let text = sql!(
                "select seq, day, account, detail, debit, credit, number, place from posting_row
                 where site = $1 and day >= $2 and day <= $3 order by day, seq, n"
            );
            let rows = tx.query(text, &vals![site, first.to_string().as_str(), last.to_string().as_str()])?;
            rows.iter().map(posting).collect()
        })
        .await
    }

    /// Debit and credit by account in the days from the first to the last.
    pub async fn ledger(&self, site: i64, first: Date, last: Date) -> Result<Vec<(String, i64, i64)>, Fault> {
        self.read(move |tx| {
            let text = sql!(
                "select account, cast(sum(debit) as {int}), cast(sum(credit) as {int}) from posting_row
                 where site = $1 and day >= $2 and day <= $3 group by account order by account"
            );
            let rows = tx.query(text, &vals![site, first.to_string().as_str(), last.to_string().as_str()])?;
            rows.iter().map(|row| Ok((row.string(0)?, row.int(1)?, row.int(2)?))).collect()
        })
        .await
    }
}

fn posting(row: &Row) -> Result<PostingRow, Fault> {
    Ok(PostingRow {
        seq: row.int(0)?,
        day: row.string(1)?,
        account: row.string(2)?,
        detail: row.string(3)?,
        debit: row.int(4)?,
        credit: row.int(5)?,
        number: row.string(6)?,
        place: row.string(7)?,
    })
}

fn month(row: &Row) -> Result<FeeMonth, Fault> {
    Ok(FeeMonth {
        month: row.string(0)?,
        notices: row.int(1)?,
        printed: row.int(2)?,
        delivered: row.int(3)?,
        cleared: row.int(4)?,
        fell: row.int(5)?,
        billed: row.int(6)?,
        received: row.int(7)?,
        in_time: row.int(8)?,
        owed: row.int(9)?,
    })
}

fn notice(row: &Row) -> Result<FeeRow, Fault> {
    Ok(FeeRow {
        case: row.string(0)?,
        number: row.string(1)?,
        place: row.string(2)?,
        month: row.string(3)?,
        payer: row.string(4)?,
        billed: row.int(5)?,
        received: row.int(6)?,
        owed: row.int(7)?,
        due: row.maybe_moment(8)?,
        printed: row.maybe_moment(9)?,
        delivered: row.string(10)?,
        cleared: row.maybe_moment(11)?,
        fell: row.flag(12)?,
        objected: row.maybe_moment(13)?,
        urged: row.string(14)?,
        urged_at: row.maybe_moment(15)?,
    })
}
