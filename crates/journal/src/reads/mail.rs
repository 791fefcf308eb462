//! 收发室: items in hand, the rounds of a day with when they are due, what is subscribed, who may be meant by a name on mail,
//! figures of a month.

use std::collections::BTreeMap;

use calendar::Moment;
use jiff::civil::Date;
use office::mail::round::Subscribed;
use office::mail::subscription::Subscription;
use rulebook::{DutyPeriod, State};
use serde::{Deserialize, Serialize};

use super::HouseholdHit;
use crate::fault::Fault;
use crate::house::House;
use crate::tx::{Sql, Tx};
use crate::value::{Row, Val};
use crate::{sql, vals};

/// An item of the mailroom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct MailRow {
    pub case: String,
    pub number: String,
    /// Value id: `express`.
    pub kind: String,
    /// Where it goes, in words.
    pub place: String,
    pub household: String,
    pub recipient: String,
    pub carrier: String,
    /// The carrier's number.
    pub item: String,
    /// Papers and copies in words.
    pub titles: String,
    pub received: Moment,
    /// Where it stands: `office::mail::stage`.
    pub stage: String,
    pub due: Option<Moment>,
    /// `open`, `met`, `late`; empty without a limit.
    pub verdict: String,
    pub logged: bool,
    /// Sort group; empty while it is not sorted.
    pub sorted: String,
    pub storage: String,
    pub code: String,
    /// Who signed on behalf at the weekend.
    pub duty: String,
    pub handed: bool,
    /// Asked for at the weekend.
    pub requested: bool,
    pub signed: Option<Moment>,
    pub signer: String,
    /// Day on which to remind.
    pub remind: String,
    /// Number of the complaint about it.
    pub complaint: String,
    /// Acts owed of it now, parted by blanks.
    pub owes: String,
    pub ended: bool,
}

const ITEM: &str =
    "case_id, number, kind, place, household, recipient, carrier, item, titles, received, stage, due, verdict, logged,
    sorted, storage, code, duty, handed, requested, signed, signer, remind, complaint, owes, ended";

fn item(row: &Row) -> Result<MailRow, Fault> {
    Ok(MailRow {
        case: row.string(0)?,
        number: row.string(1)?,
        kind: row.string(2)?,
        place: row.string(3)?,
        household: row.string(4)?,
        recipient: row.string(5)?,
        carrier: row.string(6)?,
        item: row.string(7)?,
        titles: row.string(8)?,
        received: row.moment(9)?,
        stage: row.string(10)?,
        due: row.maybe_moment(11)?,
        verdict: row.string(12)?,
        logged: row.flag(13)?,
        sorted: row.string(14)?,
        storage: row.string(15)?,
        code: row.string(16)?,
        duty: row.string(17)?,
        handed: row.flag(18)?,
        requested: row.flag(19)?,
        signed: row.maybe_moment(20)?,
        signer: row.string(21)?,
        remind: row.string(22)?,
        complaint: row.string(23)?,
        owes: row.string(24)?,
        ended: row.flag(25)?,
    })
}

impl MailRow {
    /// Whether an act is owed of it.
    pub fn owes(&self, act: &str) -> bool {
        self.owes.split(' ').any(|it| it == act)
    }

    /// Goes out by itself.
    pub fn is_express(&self) -> bool {
        self.kind == "express"
    }

    /// Late now, or was.
    pub fn is_late(&self, now: Moment) -> bool {
        self.verdict == "late" || (self.verdict == "open" && self.due.is_some_and(|due| due < now))
    }
}

/// A round of a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct RoundRow {
    pub case: String,
    pub number: String,
    pub day: String,
    /// `morning_round`, `afternoon_round`.
    pub slot: String,
    pub due_copies: i64,
    pub counted_copies: i64,
    pub fits: bool,
    pub settled: bool,
    pub delay: Option<Moment>,
    pub delay_closed: Option<Moment>,
    pub set_out: Option<Moment>,
    pub done: Option<Moment>,
    pub result: String,
}

const ROUND: &str =
    "case_id, number, day, slot, due_copies, counted_copies, fits, settled, delay, delay_closed, set_out, done, result";

fn round(row: &Row) -> Result<RoundRow, Fault> {
    Ok(RoundRow {
        case: row.string(0)?,
        number: row.string(1)?,
        day: row.string(2)?,
        slot: row.string(3)?,
        due_copies: row.int(4)?,
        counted_copies: row.int(5)?,
        fits: row.flag(6)?,
        settled: row.flag(7)?,
        delay: row.maybe_moment(8)?,
        delay_closed: row.maybe_moment(9)?,
        set_out: row.maybe_moment(10)?,
        done: row.maybe_moment(11)?,
        result: row.string(12)?,
    })
}

/// A day of the mailroom.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MailDay {
    /// Items in hand, the oldest first.
    pub open: Vec<MailRow>,
    /// Items that came on the day and are gone.
    pub gone: Vec<MailRow>,
    /// Rounds of the day that have begun.
    pub rounds: Vec<RoundRow>,
    /// When the rounds of the day are due, first and second, as the clauses in force say; none where they say nothing.
    pub due: Vec<Moment>,
    /// Everything subscribed.
    pub subscribed: Vec<Subscribed>,
}

/// Figures of a month.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MailFigures {
    /// Rounds that were due, and those done in time.
    pub rounds: (i64, i64),
    /// Express items with a limit, and those brought in time.
    pub express: (i64, i64),
    /// Ordinary items with a limit, and those brought in time.
    pub ordinary: (i64, i64),
    /// Rounds whose copies did not fit.
    pub shortages: i64,
    /// Rounds whose papers came late.
    pub delays: i64,
    /// Items lost.
    pub lost: i64,
    /// Items about which there is a complaint.
    pub complaints: i64,
}

/// Items in hand shown at once.
const OPEN_MAX: i64 = 600;
/// Items that a run looks at.
const RUN_MAX: i64 = 20_000;
/// The mailroom's act that ends a round.
const DONE: &str = "mail_round.done";

impl House {
    /// Items in hand, the rounds of a day, and what is subscribed.
    pub async fn mail_day(&self, site: i64, day: Date, now: Moment) -> Result<MailDay, Fault> {
        let zone = self.laws().zone.clone();
        let periods = self.periods(site, day, day, now.max(zone.start_of_day(day.tomorrow().unwrap_or(day)))).await?;
        let mut due: Vec<Moment> =
            rounds_due(periods.iter().map(|it| &it.period)).filter_map(|it| it.obligation.due).collect();
        due.sort_unstable();
        self.read(move |tx| {
            let until = zone.start_of_day(day.tomorrow().unwrap_or(day));
            let open = format!(
                "select {ITEM} from mail_row where site = $1 and ended = 0 order by received, case_id limit $2"
            );
            let open = items(tx, Sql::built(open), &vals![site, OPEN_MAX])?;
            let gone = format!(
                "select {ITEM} from mail_row where site = $1 and received >= $2 and received < $3 and ended = 1
                 order by received, case_id limit $4"
            );
            let gone = items(tx, Sql::built(gone), &vals![site, zone.start_of_day(day), until, OPEN_MAX])?;
            let rounds = format!("select {ROUND} from mail_round_row where site = $1 and day = $2 order by slot desc");
            let rounds = tx.query(Sql::built(rounds), &vals![site, day.to_string()])?;
            let rounds = rounds.iter().map(round).collect::<Result<_, _>>()?;
            Ok(MailDay { open, gone, rounds, due: due.clone(), subscribed: subscribed(tx, site)? })
        })
        .await
    }

    /// Items that came in a stretch of time, oldest first: a page of the log, from `after` on.
    pub async fn mail_log(
        &self,
        site: i64,
        (from, until): (Moment, Moment),
        after: String,
        limit: i64,
    ) -> Result<Vec<MailRow>, Fault> {
        self.read(move |tx| {
            let (at, id) = after.split_once('~').unwrap_or(("", ""));
            let at = at.parse::<i64>().map_or(from, Moment);
            let text = format!(
                "select {ITEM} from mail_row where site = $1 and received >= $2 and received < $3
                 and (received > $2 or case_id > $4) order by received, case_id limit $5"
            );
            items(tx, Sql::built(text), &vals![site, at, until, id, limit])
        })
        .await
    }

    /// Rounds of the days from one to another.
    pub async fn mail_rounds(&self, site: i64, from: Date, to: Date) -> Result<Vec<RoundRow>, Fault> {
        self.read(move |tx| {
            let text = format!(
                "select {ROUND} from mail_round_row where site = $1 and day >= $2 and day <= $3 order by day, slot desc"
            );
            let rows = tx.query(Sql::built(text), &vals![site, from.to_string(), to.to_string()])?;
            rows.iter().map(round).collect()
        })
        .await
    }

    /// The item in hand with this number of its carrier, this pick-up code, or this number of the register.
    pub async fn mail_found(&self, site: i64, typed: String) -> Result<Option<MailRow>, Fault> {
        self.read(move |tx| {
            for column in ["item", "code"] {
                let text = format!(
                    "select {ITEM} from mail_row where site = $1 and {column} = $2 and ended = 0 order by received desc limit 1"
                );
                let found = items(tx, Sql::built(text), &vals![site, typed.trim()])?.pop();
                if found.is_some() {
                    return Ok(found);
                }
            }
            Ok(None)
        })
        .await
    }

    /// Households that have signed for papers since the last run was closed, and the titles.
    pub async fn press_since_run(&self, site: i64, now: Moment) -> Result<(i64, String), Fault> {
        self.read(move |tx| {
            let last = sql!(
                "select opened from case_row where site = $1 and kind = 'press_runs' order by opened desc limit 1"
            );
            let since = tx.first(last, &vals![site])?.map_or(Ok(Moment(0)), |row| row.moment(0))?;
            let text = sql!(
                "select place, titles from mail_row where site = $1 and received >= $2 and received <= $3
                 and kind in ('newspaper', 'magazine') and signed > $2 order by received, case_id limit $4"
            );
            let rows = tx.query(text, &vals![site, since, now, RUN_MAX])?;
            let mut places = std::collections::BTreeSet::new();
            let mut titles = std::collections::BTreeSet::new();
            for row in &rows {
                places.insert(row.text(0)?);
                titles.extend(row.text(1)?.split('、').filter_map(|it| it.split('×').next()));
            }
            Ok((places.len() as i64, titles.into_iter().collect::<Vec<_>>().join("、")))
        })
        .await
    }

    /// Everything subscribed.
    pub async fn subscribed(&self, site: i64) -> Result<Vec<Subscribed>, Fault> {
        self.read(move |tx| subscribed(tx, site)).await
    }

    /// Whom a name on mail may mean: a name on file for mail first, then households as the desk finds them.
    pub async fn mail_addressees(&self, site: i64, words: String) -> Result<Vec<HouseholdHit>, Fault> {
        self.read(move |tx| {
            let words = words.trim();
            let mut found = super::desk::hits(tx, site, words, 12)?;
            let named = sql!(
                "select household, place, name from mail_name_row
                 where site = $1 and name >= $2 and name < $3 and ended = 0 order by name limit 12"
            );
            // Everything that begins with the words: the last sign is beyond any other.
            let beyond = format!("{words}\u{10ffff}");
            for row in tx.query(named, &vals![site, words, beyond])? {
                let (household, place) = (row.string(0)?, row.string(1)?);
                if !words.is_empty() && !found.iter().any(|hit| hit.id == household) {
                    let own = super::desk::hits(tx, site, &place, 1)?;
                    let hit = own.into_iter().find(|hit| hit.id == household);
                    found.extend(hit.map(|hit| HouseholdHit {
                        matched: format!("收件名 {}", row.string(2).unwrap_or_default()),
                        ..hit
                    }));
                }
            }
            Ok(found)
        })
        .await
    }

    /// Figures of a month, as of now.
    pub async fn mail_figures(&self, site: i64, from: Date, to: Date, now: Moment) -> Result<MailFigures, Fault> {
        let periods = self.periods(site, from, to, now).await?;
        let due: Vec<&DutyPeriod> = rounds_due(periods.iter().map(|it| &it.period)).collect();
        let past = |it: &&&DutyPeriod| it.obligation.due.is_some_and(|due| due <= now) || it.obligation.ended.is_some();
        let all = due.iter().filter(past).count() as i64;
        let met = due.iter().filter(|it| it.obligation.state == State::Met).count() as i64;
        let zone = self.laws().zone.clone();
        self.read(move |tx| {
            let stretch = vals![site, zone.start_of_day(from), zone.start_of_day(to.tomorrow().unwrap_or(to)), now];
            let text = sql!(
                "select kind, verdict, count(*), count(case when due < $4 then 1 end) from mail_row
                 where site = $1 and received >= $2 and received < $3 and verdict <> '' group by kind, verdict"
            );
            let mut figures = MailFigures { rounds: (all, met), ..MailFigures::default() };
            for row in tx.query(text, &stretch)? {
                let (express, verdict, count, overdue) = (row.text(0)? == "express", row.text(1)?, row.int(2)?, row.int(3)?);
                let told = if express { &mut figures.express } else { &mut figures.ordinary };
                told.0 += if verdict == "open" { overdue } else { count };
                told.1 += if verdict == "met" { count } else { 0 };
            }
            let days: [Val; 3] = [site.into(), from.to_string().into(), to.to_string().into()];
            let text = sql!(
                "select count(case when fits = 0 then 1 end), count(delay) from mail_round_row
                 where site = $1 and day >= $2 and day <= $3"
            );
            if let Some(row) = tx.first(text, &days)? {
                (figures.shortages, figures.delays) = (row.int(0)?, row.int(1)?);
            }
            let text = sql!(
                "select count(case when stage = 'lost' then 1 end), count(case when complaint <> '' then 1 end) from mail_row
                 where site = $1 and received >= $2 and received < $3"
            );
            if let Some(row) = tx.first(text, &stretch[..3])? {
                (figures.lost, figures.complaints) = (row.int(0)?, row.int(1)?);
            }
            Ok(figures)
        })
        .await
    }
}

/// Duties to end a round by a clock time: the whole-day count of rounds is another.
fn rounds_due<'a>(periods: impl Iterator<Item = &'a DutyPeriod>) -> impl Iterator<Item = &'a DutyPeriod> {
    periods.filter(|it| !it.obligation.end_of_day && it.obligation.must.iter().any(|must| must == DONE))
}

fn items(tx: &mut dyn Tx, text: Sql, vals: &[Val]) -> Result<Vec<MailRow>, Fault> {
    tx.query(text, vals)?.iter().map(item).collect()
}

fn subscribed(tx: &mut dyn Tx, site: i64) -> Result<Vec<Subscribed>, Fault> {
    let text = sql!(
        "select household, place, body from subscription_row where site = $1 and ended = 0 order by place, title, case_id"
    );
    let mut all = Vec::new();
    for row in tx.query(text, &vals![site])? {
        let attributes: BTreeMap<String, String> = serde_json::from_str(row.text(2)?).unwrap_or_default();
        // What cannot be read was refused when it was entered.
        if let Ok(subscription) = Subscription::of(&attributes) {
            all.push(Subscribed { household: row.string(0)?, place: row.string(1)?, subscription });
        }
    }
    Ok(all)
}
