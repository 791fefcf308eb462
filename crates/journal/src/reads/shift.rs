//! 值班: the roster of some days, who is on duty now, stretches without anybody, and the day as it was told in the journal.

use calendar::Moment;
use jiff::civil::Date;
use office::case::{Names, narrate, replay};
use rulebook::Uncovered;
use serde::{Deserialize, Serialize};

use super::case_page::value_in_words;
use crate::fault::Fault;
use crate::house::House;
use crate::stream;
use crate::tx::Tx;
use crate::{sql, vals};

/// A planned shift.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShiftRow {
    /// Stream id of its record.
    pub case: String,
    /// Number of its record.
    pub number: String,
    /// Post, vocabulary id; empty when the roster does not say.
    pub post: String,
    /// Who, by name.
    pub person: String,
    /// Account, when the person has one.
    pub account: String,
    /// From.
    pub begins: Moment,
    /// Until.
    pub ends: Moment,
    /// Who shall take it instead, while a swap waits for approval; else empty.
    pub swap: String,
    /// Who stands there while the person is on granted leave.
    pub covers: Vec<Cover>,
}

/// A stretch of a shift in which another stands there (顶岗).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cover {
    /// Stream id of the leave.
    pub leave: String,
    /// Who stands there, by name.
    pub person: String,
    /// From.
    pub begins: Moment,
    /// Until.
    pub ends: Moment,
}

impl ShiftRow {
    /// Who is there at a moment of the shift, by name: the cover while the person is on leave.
    pub fn present(&self, now: Moment) -> &str {
        let cover = self.covers.iter().find(|cover| (cover.begins..cover.ends).contains(&now));
        cover.map_or(&self.person, |cover| &cover.person)
    }
}

/// A plan of a post in force (A/B 岗安排).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostPlan {
    /// Stream id of its record.
    pub case: String,
    /// Post, vocabulary id.
    pub post: String,
    /// Who holds it, by name.
    pub a: String,
    /// Who takes over, by name.
    pub b: String,
}

/// A leave with its cover (离岗).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeaveRow {
    /// Stream id of its record.
    pub case: String,
    /// Who leaves, by name.
    pub person: String,
    /// Who confirmed to stand there, by name; empty while nobody has.
    pub cover: String,
    /// From.
    pub begins: Moment,
    /// Until.
    pub ends: Moment,
    /// Granted.
    pub granted: bool,
}

/// A line of the duty log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogLine {
    /// Stream id of the case.
    pub case: String,
    /// Its number.
    pub number: String,
    /// Its place.
    pub place: String,
    /// When it happened.
    pub happened: Moment,
    /// Entered later, with a reason.
    pub late: bool,
    /// The sentence.
    pub said: String,
    /// Who entered it.
    pub name: String,
}

/// Lines of one day at most.
const LOG_MAX: i64 = 2_000;

impl House {
    /// Shifts that touch the stretch from `from` to `until`, by their beginning.
    pub async fn shifts(&self, site: i64, from: Moment, until: Moment) -> Result<Vec<ShiftRow>, Fault> {
        self.read(move |tx| shifts(tx, site, from, until)).await
    }

    /// Plans of posts in force.
    pub async fn post_plans(&self, site: i64) -> Result<Vec<PostPlan>, Fault> {
        self.read(move |tx| {
            let names = super::case_page::names(tx, site)?;
            let name = |account: String| names.get(&account).cloned().unwrap_or(account);
            let text = sql!(
                "select case_id, post, a, b from post_plan_row where site = $1 and in_force = 1 order by post, case_id"
            );
            let rows = tx.query(text, &vals![site])?;
            let plan = |row: &crate::value::Row| {
                let (a, b) = (name(row.string(2)?), name(row.string(3)?));
                Ok(PostPlan { case: row.string(0)?, post: row.string(1)?, a, b })
            };
            rows.iter().map(plan).collect()
        })
        .await
    }

    /// Leaves that touch the stretch from `from` to `until`, asked for or granted.
    pub async fn leaves(&self, site: i64, from: Moment, until: Moment) -> Result<Vec<LeaveRow>, Fault> {
        self.read(move |tx| Ok(leaves(tx, site, from, until)?.into_iter().map(|(_, row)| row).collect())).await
    }

    /// Stretches of these days that an adopted clause wants staffed and the roster leaves empty (空岗).
    pub async fn unstaffed(&self, site: i64, from: Date, until: Date, now: Moment) -> Result<Vec<Uncovered>, Fault> {
        let laws = self.laws().clone();
        self.read(move |tx| {
            let law = laws.of_site(tx, site)?;
            if !law.law.has_duties() {
                return Ok(Vec::new());
            }
            let facts = super::duty_facts(tx, site, from)?;
            Ok(law.law.uncovered(from, until, &facts, now))
        })
        .await
    }

    /// Everything that was told of cases between two moments, by when it happened (值班日志).
    pub async fn duty_log(&self, site: i64, from: Moment, until: Moment) -> Result<Vec<LogLine>, Fault> {
        let laws = self.laws().clone();
        self.read(move |tx| {
            let names = super::case_page::names(tx, site)?;
            let person = |account: &str| names.get(account).cloned().unwrap_or_default();
            let word = |id: &str| laws.word(id);
            let value = |attribute: &str, value: &str| value_in_words(&laws, attribute, value);
            let address = laws.of_site(tx, site)?.address();
            let words = Names { person: &person, word: &word, value: &value, zone: &laws.zone, address };
            // Told within two days of when it happened; what was told later stands in its case, marked.
            let (first, after) = (seq_at(tx, site, from)?, seq_at(tx, site, until.plus_seconds(2 * 86_400))?);
            let text = sql!(
                "select distinct stream from journal where site = $1 and seq >= $2 and seq < $3
                 and stream >= 'case:' and stream < 'case;' limit $4"
            );
            let mut lines = Vec::new();
            for row in tx.query(text, &vals![site, first, after, LOG_MAX])? {
                let stream = row.string(0)?;
                let id = stream.trim_start_matches("case:").to_owned();
                let entries = stream::load(tx, site, &stream)?;
                let Some(case) = replay(&id, &entries) else { continue };
                let told = case.entries.iter().filter(|entry| !entry.event.name.starts_with("office."));
                for entry in told.filter(|entry| (from..until).contains(&entry.event.happened)) {
                    lines.push(LogLine {
                        case: id.clone(),
                        number: case.number.clone(),
                        place: case.place.clone(),
                        happened: entry.event.happened,
                        late: entry.event.body.late.is_some(),
                        said: narrate(entry, &words),
                        name: person(&entry.actor),
                    });
                }
            }
            lines.sort_by(|a, b| (a.happened, &a.number).cmp(&(b.happened, &b.number)));
            lines.truncate(LOG_MAX as usize);
            Ok(lines)
        })
        .await
    }
}

/// The first entry of a site that was told at a moment or later: entries are told in order, so halving finds it.
fn seq_at(tx: &mut dyn Tx, site: i64, moment: Moment) -> Result<i64, Fault> {
    let last = tx.number(sql!("select seq from head where site = $1"), &vals![site])?.unwrap_or(0);
    let (mut low, mut high) = (1, last + 1);
    while low < high {
        let middle = low + (high - low) / 2;
        let at = tx.number(sql!("select at from journal where site = $1 and seq = $2"), &vals![site, middle])?;
        if at.is_some_and(|at| at < moment.0) { low = middle + 1 } else { high = middle }
    }
    Ok(low)
}

pub(super) fn shifts(tx: &mut dyn Tx, site: i64, from: Moment, until: Moment) -> Result<Vec<ShiftRow>, Fault> {
    // No shift is longer than two days, so that the index bounds the search on both sides.
    let text = sql!(
        "select case_id, number, post, person, account, begins, ends, swap from shift_row
         where site = $1 and begins >= $2 and begins < $3 and ends > $4 and void = 0 order by begins, case_id"
    );
    let rows = tx.query(text, &vals![site, from.plus_seconds(-2 * 86_400), until, from])?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let mut away = leaves(tx, site, from, until)?;
    away.retain(|(_, leave)| leave.granted && !leave.cover.is_empty());
    rows.iter()
        .map(|row| {
            let (account, begins, ends) = (row.string(4)?, row.moment(5)?, row.moment(6)?);
            let touches = |(whose, leave): &&(String, LeaveRow)| {
                !whose.is_empty() && *whose == account && leave.begins < ends && leave.ends > begins
            };
            let cover = |(_, leave): &(String, LeaveRow)| Cover {
                leave: leave.case.clone(),
                person: leave.cover.clone(),
                begins: leave.begins.max(begins),
                ends: leave.ends.min(ends),
            };
            Ok(ShiftRow {
                covers: away.iter().filter(touches).map(cover).collect(),
                case: row.string(0)?,
                number: row.string(1)?,
                post: row.string(2)?,
                person: row.string(3)?,
                account,
                begins,
                ends,
                swap: row.string(7)?,
            })
        })
        .collect()
}

/// Leaves of a stretch with the accounts that leave, by their beginning. None is longer than a quarter.
pub(super) fn leaves(
    tx: &mut dyn Tx,
    site: i64,
    from: Moment,
    until: Moment,
) -> Result<Vec<(String, LeaveRow)>, Fault> {
    let text = sql!(
        "select case_id, account, cover, begins, ends, granted from leave_row
         where site = $1 and begins >= $2 and begins < $3 and ends > $4 and void = 0 order by begins, case_id"
    );
    let rows = tx.query(text, &vals![site, from.plus_seconds(-92 * 86_400), until, from])?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let names = super::case_page::names(tx, site)?;
    let name = |account: String| names.get(&account).cloned().unwrap_or(account);
    rows.iter()
        .map(|row| {
            let account = row.string(1)?;
            let person = name(account.clone());
            let cover = name(row.string(2)?);
            let (begins, ends, granted) = (row.moment(3)?, row.moment(4)?, row.flag(5)?);
            Ok((account, LeaveRow { case: row.string(0)?, person, cover, begins, ends, granted }))
        })
        .collect()
}
