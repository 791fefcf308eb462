//! Monthly notices (费用通知单), one a unit and month: what the house knows of a print, a late charge, a reversal; keys that let a
//! unit pay at the counter; what fell due, told by the clock.

use calendar::Moment;
use jiff::civil::Date;
use office::case::{self, ActOnCase, Case, CaseKind, OpenRecord};
use office::fee_notice::{self as notice, Standing};
use office::{Actor, Event, Refusal, fee};
use rulebook::Fact;

use super::acts::append;
use super::{House, Laws, SiteLaw};
use crate::fault::Fault;
use crate::tx::Tx;
use crate::{CommandId, Sent, SiteTx, sql, vals};

/// Keys given to who moves in.
const KEYS: &str = "customer.keys_handed";
/// The amount of the clauses that is the late charge.
const LATE: &str = "违约金";

impl House {
    /// Tells every notice whose day has passed with something open that it has. Answers how many.
    pub(super) async fn fell_due(&self, now: Moment) -> Result<i64, Fault> {
        let due = self.read(move |tx| {
            let text = sql!(
                "select site, case_id, due from fee_row where fell = 0 and open > 0 and due is not null and due <= $1
                 order by due, case_id limit 200"
            );
            let rows = tx.query(text, &vals![now])?;
            rows.iter().map(|row| Ok((row.int(0)?, row.string(1)?, row.moment(2)?))).collect::<Result<Vec<_>, Fault>>()
        });
        let mut told = 0;
        for (site, id, due) in due.await? {
            let command = CommandId::of(&["fell_due", &id, &due.0.to_string()]);
            let sent = Sent { site, command, actor: "clock".into(), post: "clock".into(), now };
            let done = self.store().act(sent, move |tx| {
                let stream = format!("case:{id}");
                let Some(found) = case::replay(&id, &tx.load(&stream)?) else { return Ok(Ok(())) };
                let open = Standing::of(&found).open();
                if open == 0 {
                    // It was paid in the same moment.
                    return Ok(Ok(()));
                }
                // The last second of the day on which it was to be paid: the day after is the first that counts.
                let event =
                    Event::plain(notice::FELL_DUE, due.plus_seconds(-1)).with(notice::OVERDUE, open.to_string());
                Ok(append(tx, &stream, found.version, vec![event])?.map(drop))
            });
            told += i64::from(done.await?.is_ok_and(|it| !it.repeated));
        }
        Ok(told)
    }
}

/// The open account of a unit: its id, and who pays.
pub(super) fn account(tx: &mut dyn Tx, site: i64, household: &str) -> Result<Option<(String, String)>, Fault> {
    let text =
        sql!("select id, title from case_row where site = $1 and household = $2 and kind = $3 and ended = 0 limit 1");
    let row = tx.first(text, &vals![site, household, fee::ACCOUNTS])?;
    row.map(|row| Ok((row.string(0)?, row.string(1)?))).transpose()
}

/// A notice as it begins, with who pays. Refused: a place that is no unit, a unit without an account, a second notice of a month.
pub(super) fn begun(tx: &mut SiteTx<'_>, form: &OpenRecord) -> Result<Result<OpenRecord, Refusal>, Fault> {
    let mut form = form.clone();
    if form.register != notice::REGISTER {
        return Ok(Ok(form));
    }
    let site = tx.site();
    let no = |why: String, next: &str| Ok(Err(Refusal::new("不能开立费用通知单", why, next).at("place")));
    let Some(household) = form.place.household.clone() else {
        let why = "费用通知单要开在一户上，地点还没有对上台账".to_owned();
        return no(why, "请写台账里的房号；新的单元先导入台账。");
    };
    let Some((_, payer)) = account(tx.tx(), site, &household)? else {
        return no("这一户还没有收费账户".to_owned(), "请先在收费账户登记簿建立账户，写明由谁缴费。");
    };
    let month = form.act.attributes.get(notice::BILLED_TO).cloned().unwrap_or_default();
    let text = sql!("select number from fee_row where site = $1 and household = $2 and month = $3 and withdrawn = 0");
    if let Some(row) = tx.tx().first(text, &vals![site, household.as_str(), month.as_str()])? {
        let why = format!("这一户这个月已经有 {}", row.string(0)?);
        return no(why, "要加一项费用的，请在那一张上列入；开错了的先作废那一张。");
    }
    let told = form.act.attributes.entry("fee.payer".to_owned()).or_default();
    if told.trim().is_empty() {
        *told = payer;
    }
    Ok(Ok(form))
}

/// A notice or an account of a unit that has its keys knows since when: until some time after it may be paid at the counter.
pub(super) fn opened(tx: &mut SiteTx<'_>, form: &OpenRecord) -> Result<Result<(), Refusal>, Fault> {
    let Some(household) = &form.place.household else { return Ok(Ok(())) };
    if ![notice::REGISTER, fee::ACCOUNTS].contains(&form.register.as_str()) {
        return Ok(Ok(()));
    }
    let site = tx.site();
    let text = sql!(
        "select id from case_row where site = $1 and household = $2 and kind = 'move_ins' order by opened desc limit 1"
    );
    let Some(row) = tx.tx().first(text, &vals![site, household.as_str()])? else { return Ok(Ok(())) };
    let id = row.string(0)?;
    let moved = case::replay(&id, &tx.load(&format!("case:{id}"))?);
    match moved.as_ref().and_then(|it| it.last(KEYS)).map(|entry| entry.event.happened) {
        Some(handed) => keys_told(tx, &form.case, handed),
        None => Ok(Ok(())),
    }
}

fn keys_told(tx: &mut SiteTx<'_>, id: &str, handed: Moment) -> Result<Result<(), Refusal>, Fault> {
    let stream = format!("case:{id}");
    let version = tx.version(&stream)?;
    Ok(append(tx, &stream, version, vec![Event::plain(KEYS, handed)])?.map(drop))
}

/// What an act changes elsewhere: keys handed over are known to the account and the open notices of the unit.
pub(super) fn done(tx: &mut SiteTx<'_>, found: &Case, command: &ActOnCase) -> Result<Result<(), Refusal>, Fault> {
    let Some(household) = found.household.as_deref().filter(|_| command.act == KEYS) else { return Ok(Ok(())) };
    let site = tx.site();
    let text = sql!(
        "select id from case_row where site = $1 and household = $2 and kind in ('fee_accounts', 'fee_notices')
         and ended = 0 order by id"
    );
    let rows = tx.tx().query(text, &vals![site, household])?;
    let handed = command.happened.unwrap_or_else(|| tx.now());
    for row in rows {
        if let Err(refusal) = keys_told(tx, &row.string(0)?, handed)? {
            return Ok(Err(refusal));
        }
    }
    Ok(Ok(()))
}

/// The act with what the house knows: what is open from earlier months and until when to pay, the late charge as the clauses
/// reckon it. Refused: a reversal approved by who asked for it, a late charge that was waived.
pub(super) fn told(
    tx: &mut SiteTx<'_>,
    laws: &Laws,
    law: &SiteLaw,
    actor: &Actor,
    found: &Case,
    command: &ActOnCase,
) -> Result<Result<ActOnCase, Refusal>, Fault> {
    let mut command = command.clone();
    if found.kind != CaseKind::Record(notice::REGISTER) {
        return Ok(Ok(command));
    }
    let now = command.happened.unwrap_or_else(|| tx.now());
    match command.act.as_str() {
        notice::PRINTED => {
            let month = found.attributes.get(notice::BILLED_TO).cloned().unwrap_or_default();
            let text =
                sql!("select cast(sum(owed) as {int}) from fee_row where site = $1 and household = $2 and month < $3");
            let site = tx.site();
            let household = found.household.clone().unwrap_or_default();
            let earlier = tx.tx().number(text, &vals![site, household.as_str(), month.as_str()])?.unwrap_or(0);
            let mut said = vec![("fee.payable", (Standing::of(found).billed + earlier).to_string())];
            if earlier > 0 {
                said.push(("fee.earlier_arrears", earlier.to_string()));
            }
            if let Some(day) = pay_by(laws, law, found, &month, now) {
                said.push(("fee.pay_by", day.to_string()));
            }
            command.attributes.extend(said.into_iter().map(|(id, value)| (id.to_owned(), value)));
        }
        notice::LATE_POSTED => {
            if found.attributes.get("fee.late_charge_decision").is_some_and(|it| it == "waived") {
                let why = "已经决定减免这笔违约金";
                return Ok(Err(Refusal::new("不能把违约金入账", why, "减免过的不用再记。")));
            }
            let fen = late_charge(law, found, now) - Standing::of(found).late;
            command.attributes.insert("fee.late_charge".to_owned(), fen.to_string());
        }
        notice::REVERSED if found.last(notice::REVERSAL_ASKED).is_some_and(|it| it.actor == actor.account) => {
            let why = "冲减是您自己申请的";
            return Ok(Err(Refusal::new("不能批准冲减", why, "要由另一个人批准。")));
        }
        _ => {}
    }
    Ok(Ok(command))
}

/// The last day on which to pay, once it is printed; none where no clause says.
fn pay_by(laws: &Laws, law: &SiteLaw, found: &Case, month: &str, now: Moment) -> Option<Date> {
    let mut facts = found.facts();
    let printed = Event::plain(notice::PRINTED, now).with(notice::BILLED_TO, month);
    facts.push(Fact {
        seq: i64::MAX,
        name: printed.name.clone(),
        at: now,
        entered: now,
        by: vec!["finance".to_owned()],
        person: String::new(),
        attributes: printed.body.attributes.clone(),
    });
    let derived = law.derive(&found.id, &facts, now);
    let owed = derived.obligations.iter().filter(|it| it.must.iter().any(|must| must == notice::CLEARED));
    owed.filter_map(|it| it.due).max().map(|due| laws.zone.date(due.plus_seconds(-1)))
}

/// The late charge up to a moment as the adopted clauses reckon it, fen; nothing where none does.
fn late_charge(law: &SiteLaw, found: &Case, now: Moment) -> i64 {
    let derived = law.derive(&found.id, &found.facts(), now);
    derived.amounts.iter().filter(|it| it.name == LATE).map(|it| it.fen).max().unwrap_or(0)
}
