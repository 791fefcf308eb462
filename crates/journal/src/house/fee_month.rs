//! A month of fees at one stroke (出单): accounts from the ledger, what each unit is charged by the tariffs in force, the notices
//! opened, printed and delivered. Each a hundred units to a transaction; what is there already is left alone.

use jiff::civil::Date;
use office::case::{self, ActOnCase, Caller, OpenRecord, Place};
use office::fee_notice::{self as notice, Charge, Hitch, InForce};
use office::household::{self, Household, Tenure, in_order};
use office::{Actor, Refusal, fee};
use serde::{Deserialize, Serialize};

use super::House;
use super::acts::{act_on_case, append, open_record};
use super::fees::account;
use crate::fault::Fault;
use crate::tx::{Sql, Tx};
use crate::{CommandId, Sent, sql, vals};

/// Units billed at one stroke.
const AT_ONCE: usize = 100;

/// What a unit is to be charged for a month (出单预览).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToBill {
    /// Household id.
    pub household: String,
    /// The unit.
    pub place: String,
    /// Who pays; empty without an account.
    pub payer: String,
    /// Its charges; empty when there is a hitch or nothing to charge.
    pub charges: Vec<Charge>,
    /// What the month before was billed, fen; none without a notice.
    pub before: Option<i64>,
    /// Its notice of the month, when there is one.
    pub there: Option<String>,
    /// Why it is not billed by itself.
    pub hitch: Option<Why>,
}

/// Why a unit is not billed by the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Why {
    /// Nobody pays for it yet.
    NoAccount,
    /// No tariff in force applies to it.
    NoTariff,
    /// It is charged by area and the ledger has none.
    NoArea,
}

impl ToBill {
    /// What the charges make.
    pub fn fen(&self) -> i64 {
        self.charges.iter().map(|it| it.fen).sum()
    }

    /// Whether the run opens a notice for it.
    pub fn goes(&self) -> bool {
        self.there.is_none() && self.hitch.is_none() && self.fen() > 0
    }
}

impl House {
    /// What every unit of the site is to be charged for the month that ends on a day, in the order of the ledger.
    pub async fn to_bill(&self, site: i64, month_end: Date) -> Result<Vec<ToBill>, Fault> {
        self.read(move |tx| {
            let tariffs = tariffs(tx, site)?;
            let units =
                tx.query(sql!("select id from household_row where site = $1 order by room, id"), &vals![site])?;
            let mut all = Vec::with_capacity(units.len());
            for row in &units {
                if let Some(unit) = unit(tx, site, &row.string(0)?)? {
                    all.push(one(tx, site, &unit, &tariffs, month_end)?);
                }
            }
            all.sort_by_key(|it| in_order(&it.place));
            Ok(all)
        })
        .await
    }

    /// Opens the notices of a month for every unit that can be billed, some at a stroke; units that have one are left alone, so
    /// that a run twice bills once. Answers how many were opened. Refused: a month that has not ended, a day that ends none.
    pub async fn bill_month(&self, sent: Sent, actor: Actor, month_end: Date) -> Result<Result<usize, Refusal>, Fault> {
        let (site, today) = (sent.site, self.laws().zone.date(sent.now));
        if today < month_end {
            let why = format!("{month_end} 还没有到");
            return Ok(Err(Refusal::new("不能出单", why, "账期最后一天起才能出这个月的单。")));
        }
        let units = self.to_bill(site, month_end).await?;
        let units: Vec<ToBill> = units.into_iter().filter(ToBill::goes).collect();
        let (mut opened, month) = (0, month_end.to_string());
        for (n, some) in units.chunks(AT_ONCE).enumerate() {
            let command = CommandId::of(&["bill", sent.command.as_str(), &month, &n.to_string()]);
            let (run, own) = (command.clone(), Sent { command, ..sent.clone() });
            let (laws, actor, some, count) = (self.laws().clone(), actor.clone(), some.to_vec(), some.len());
            let done = self.store().act(own, move |tx| {
                for unit in &some {
                    let opens = opens(&run, unit, month_end);
                    if let Err(refusal) = open_record(tx, &laws, &actor, &opens)? {
                        return Ok(Err(refusal));
                    }
                    let stream = format!("case:{}", opens.case);
                    let (version, lines) = (tx.version(&stream)?, notice::listed(&unit.charges, tx.now()));
                    if let Err(refusal) = append(tx, &stream, version, lines)? {
                        return Ok(Err(refusal));
                    }
                }
                Ok(Ok(()))
            });
            match done.await? {
                Ok(_) => opened += count,
                Err(refusal) => return Ok(Err(refusal)),
            }
        }
        Ok(Ok(opened))
    }

    /// Opens a fee account for each of these units that has none, paid by its first owner, or by the company that has it; a unit
    /// of which the ledger knows nobody is left out. Answers how many were opened.
    pub async fn open_accounts(
        &self,
        sent: Sent,
        actor: Actor,
        units: Vec<String>,
    ) -> Result<Result<usize, Refusal>, Fault> {
        let mut opened = 0;
        for (n, some) in units.chunks(AT_ONCE).enumerate() {
            let command = CommandId::of(&["accounts", sent.command.as_str(), &n.to_string()]);
            let (site, run, own) = (sent.site, command.clone(), Sent { command, ..sent.clone() });
            let (laws, actor, some) = (self.laws().clone(), actor.clone(), some.to_vec());
            let done = self.store().act(own, move |tx| {
                let mut opened = 0;
                for id in &some {
                    let Some(unit) = unit(tx.tx(), site, id)? else { continue };
                    let payer = unit.people.iter().find(|it| [Tenure::Owner, Tenure::Company].contains(&it.tenure));
                    let (Some(payer), None) = (payer, account(tx.tx(), site, id)?) else { continue };
                    let opens = OpenRecord {
                        case: record_of(&run, id),
                        register: fee::ACCOUNTS.to_owned(),
                        place: Place { household: Some(id.clone()), words: unit.room.to_string() },
                        person: Caller {
                            person: payer.id.clone(),
                            name: payer.name.clone(),
                            phone: payer.phones.first().cloned().unwrap_or_default(),
                        },
                        act: ActOnCase { act: "fee.account_opened".to_owned(), ..ActOnCase::default() },
                    };
                    if let Err(refusal) = open_record(tx, &laws, &actor, &opens)? {
                        return Ok(Err(refusal));
                    }
                    opened += 1;
                }
                Ok(Ok(opened))
            });
            match done.await? {
                Ok(acted) => opened += acted.answer,
                Err(refusal) => return Ok(Err(refusal)),
            }
        }
        Ok(Ok(opened))
    }

    /// Prints every notice of a month that is not printed, some at a stroke. Answers how many.
    pub async fn print_month(
        &self,
        sent: Sent,
        actor: Actor,
        month_end: Date,
    ) -> Result<Result<usize, Refusal>, Fault> {
        let waiting = self.month_cases(sent.site, month_end, " and printed is null and billed > 0").await?;
        let waiting = waiting.into_iter().map(|(case, _)| case).collect();
        let prints = ActOnCase { act: notice::PRINTED.to_owned(), ..ActOnCase::default() };
        self.act_on_notices(sent, actor, waiting, prints).await
    }

    /// Notes every printed notice of a month as delivered on a day in a way, but for the rooms that are named. Answers how many.
    /// Refused: a room of which no notice waits for delivery.
    pub async fn deliver_month(
        &self,
        sent: Sent,
        actor: Actor,
        month_end: Date,
        (day, way, without): (String, String, Vec<String>),
    ) -> Result<Result<usize, Refusal>, Fault> {
        let waiting = self.month_cases(sent.site, month_end, " and printed is not null and delivered = ''").await?;
        let goes = match but_for(waiting, &without) {
            Ok(goes) => goes,
            Err(other) => {
                let why = format!("没有送达的通知单里没有 {other}");
                return Ok(Err(Refusal::new("没有记下送达", why, AS_LISTED).at("without")));
            }
        };
        let attributes = [("fee.delivered_on".to_owned(), day), ("fee.delivered_by".to_owned(), way)].into();
        let delivers = ActOnCase { act: notice::DELIVERED.to_owned(), attributes, ..ActOnCase::default() };
        self.act_on_notices(sent, actor, goes, delivers).await
    }

    /// Notes a step of urging (催缴) on every notice that is past its day, but for the rooms that are named, those under objection,
    /// and those that have had this step or a stronger one. Answers how many. Refused: a room of which no such notice is open.
    pub async fn urge_arrears(
        &self,
        sent: Sent,
        actor: Actor,
        step: &'static str,
        without: Vec<String>,
    ) -> Result<Result<usize, Refusal>, Fault> {
        let site = sent.site;
        let at = notice::URGES.iter().position(|it| *it == step).unwrap_or_default();
        let open = self.read(move |tx| {
            let text = sql!(
                "select case_id, place, urged from fee_row where site = $1 and owed > 0 and fell = 1 and objected is null
                 order by month, walk"
            );
            let rows = tx.query(text, &vals![site])?;
            rows.iter().map(|row| Ok((row.string(0)?, row.string(1)?, row.string(2)?))).collect::<Result<Vec<_>, Fault>>()
        });
        let milder = |urged: &str| notice::URGES.iter().position(|it| *it == urged).is_none_or(|had| had < at);
        let open = open.await?.into_iter().filter(|(_, _, urged)| milder(urged));
        let goes = match but_for(open.map(|(case, place, _)| (case, place)).collect(), &without) {
            Ok(goes) => goes,
            Err(other) => {
                let why = format!("要催的通知单里没有 {other}");
                return Ok(Err(Refusal::new("没有记下催缴", why, AS_LISTED).at("without")));
            }
        };
        if goes.is_empty() {
            let next = "有异议的、催过的不再记；要重复催缴，请在那一张通知单上办。";
            return Ok(Err(Refusal::new("没有记下催缴", "没有要这样催的通知单", next)));
        }
        self.act_on_notices(sent, actor, goes, ActOnCase { act: step.to_owned(), ..ActOnCase::default() }).await
    }

    /// The notices of a month of which something holds, by unit: record and place.
    async fn month_cases(
        &self,
        site: i64,
        month_end: Date,
        holds: &'static str,
    ) -> Result<Vec<(String, String)>, Fault> {
        self.read(move |tx| {
            let text = [
                "select case_id, place from fee_row where site = $1 and month = $2 and withdrawn = 0",
                holds,
                " order by walk, case_id",
            ];
            let rows = tx.query(Sql::built(text.concat()), &vals![site, month_end.to_string().as_str()])?;
            rows.iter().map(|row| Ok((row.string(0)?, row.string(1)?))).collect()
        })
        .await
    }

    /// One act on many notices, some at a stroke. Answers how many.
    async fn act_on_notices(
        &self,
        sent: Sent,
        actor: Actor,
        cases: Vec<String>,
        command: ActOnCase,
    ) -> Result<Result<usize, Refusal>, Fault> {
        for (n, some) in cases.chunks(AT_ONCE).enumerate() {
            let own = CommandId::of(&[&command.act, sent.command.as_str(), &n.to_string()]);
            let own = Sent { command: own, ..sent.clone() };
            let (laws, actor, some, command) = (self.laws().clone(), actor.clone(), some.to_vec(), command.clone());
            let done = self.store().act(own, move |tx| {
                for case in &some {
                    if let Err(refusal) = act_on_case(tx, &laws, &actor, case, &command)? {
                        return Ok(Err(refusal));
                    }
                }
                Ok(Ok(()))
            });
            if let Err(refusal) = done.await? {
                return Ok(Err(refusal));
            }
        }
        Ok(Ok(cases.len()))
    }
}

/// What to do when a room that is named is not among those listed.
const AS_LISTED: &str = "请照清单上的房号写，几户之间空一格。";

/// The records but for those of rooms that are named; the room that none of them is of.
fn but_for(waiting: Vec<(String, String)>, without: &[String]) -> Result<Vec<String>, String> {
    let same = |place: &str, room: &String| place.eq_ignore_ascii_case(room.trim());
    if let Some(other) = without.iter().find(|room| !waiting.iter().any(|(_, place)| same(place, room))) {
        return Err(other.clone());
    }
    let goes = waiting.into_iter().filter(|(_, place)| !without.iter().any(|room| same(place, room)));
    Ok(goes.map(|(case, _)| case).collect())
}

/// The id of a unit's record that a run begins: of another run it is another, since what was voided may be begun anew.
fn record_of(run: &CommandId, household: &str) -> String {
    format!("r{}", CommandId::of(&[run.as_str(), household]).as_str())
}

fn opens(run: &CommandId, unit: &ToBill, month_end: Date) -> OpenRecord {
    OpenRecord {
        case: record_of(run, &unit.household),
        register: notice::REGISTER.to_owned(),
        place: Place { household: Some(unit.household.clone()), words: unit.place.clone() },
        act: ActOnCase {
            act: notice::OPENED.to_owned(),
            attributes: [(notice::BILLED_TO.to_owned(), month_end.to_string())].into(),
            ..ActOnCase::default()
        },
        ..OpenRecord::default()
    }
}

/// Every tariff that somebody has put in force.
fn tariffs(tx: &mut dyn Tx, site: i64) -> Result<Vec<InForce>, Fault> {
    let text = sql!(
        "select id from case_row where site = $1 and kind = 'tariffs' and record = 1 and state <> 'withdrawn' order by opened, id"
    );
    let mut all = Vec::new();
    for row in tx.query(text, &vals![site])? {
        let id = row.string(0)?;
        let found = case::replay(&id, &crate::stream::load(tx, site, &format!("case:{id}"))?);
        all.extend(found.as_ref().and_then(InForce::of));
    }
    Ok(all)
}

fn unit(tx: &mut dyn Tx, site: i64, id: &str) -> Result<Option<Household>, Fault> {
    let known = household::replay(id, &crate::stream::load(tx, site, &format!("household:{id}"))?);
    Ok(known.filter(|it| it.merged_into.is_none()))
}

fn one(tx: &mut dyn Tx, site: i64, unit: &Household, tariffs: &[InForce], month_end: Date) -> Result<ToBill, Fault> {
    let mut notice_of = |day: Date| {
        let text = sql!(
            "select number, billed from fee_row where site = $1 and household = $2 and month = $3 and withdrawn = 0"
        );
        tx.first(text, &vals![site, unit.id.as_str(), day.to_string().as_str()])
    };
    let there = notice_of(month_end)?;
    let before = notice_of(month_end.first_of_month().yesterday().unwrap_or(month_end))?;
    let account = account(tx, site, &unit.id)?;
    let charged = notice::charges(unit, tariffs, month_end.first_of_month(), month_end);
    let hitch = match (&charged, &account) {
        (Err(Hitch::NoTariff), _) => Some(Why::NoTariff),
        (Err(Hitch::NoArea), _) => Some(Why::NoArea),
        (Ok(charges), None) if !charges.is_empty() => Some(Why::NoAccount),
        _ => None,
    };
    Ok(ToBill {
        household: unit.id.clone(),
        place: unit.room.to_string(),
        payer: account.map(|(_, payer)| payer).unwrap_or_default(),
        charges: charged.unwrap_or_default(),
        before: before.map(|row| row.int(1)).transpose()?,
        there: there.map(|row| row.string(0)).transpose()?,
        hitch,
    })
}
