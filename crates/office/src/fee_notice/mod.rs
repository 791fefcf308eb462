//! What stands on a monthly notice (费用通知单): charges, what came in, what is open, and what follows from a step. Sums in fen.

mod charges;
mod postings;

pub use charges::{Hitch, InForce, charges};
pub use postings::{Account, Posting, postings};

use std::collections::BTreeMap;

use calendar::{Moment, Zone};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::case::Case;
use crate::event::{Event, Touch};
use crate::refusal::Refusal;
use crate::{fee, money};

/// The register of notices, one a unit and month.
pub const REGISTER: &str = "fee_notices";
/// The act that opens one.
pub const OPENED: &str = "fee.notice_opened";
/// A charge put on it.
pub const LISTED: &str = "fee.charge_listed";
/// Its print, after which no charge is added.
pub const PRINTED: &str = "fee.notice_printed";
/// Made void by finance while it is neither printed nor paid.
pub const VOIDED: &str = "fee.notice_voided";
/// Its delivery.
pub const DELIVERED: &str = "fee.notice_delivered";
/// The bank's slip for money that came in.
pub const SLIP: &str = "fee.slip_arrived";
/// The bank tried and could not.
pub const NOT_COLLECTED: &str = "fee.not_collected";
/// Nothing of its charges is open any more.
pub const CLEARED: &str = "fee.cleared";
/// The day of payment has passed with something open; told by the clock.
pub const FELL_DUE: &str = "fee.fell_due";
/// The steps of urging (催缴), the mildest first.
pub const URGES: [&str; 3] = ["fee.reminder_sent", "fee.reminder_called", "fee.reminder_letter"];
/// Another day of payment.
pub const EXTENDED: &str = "fee.extended";
/// The late charge becomes owed.
pub const LATE_POSTED: &str = "fee.late_charge_posted";
/// Somebody asks that a charge be taken back.
pub const REVERSAL_ASKED: &str = "fee.reversal_asked";
/// Somebody else agrees.
pub const REVERSED: &str = "fee.reversed";
/// The attribute from which the late charge is reckoned.
pub const OVERDUE: &str = "fee.overdue_balance";
/// The last day of the month that a notice is for.
pub const BILLED_TO: &str = "fee.billed_to";

/// One charge of a notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Charge {
    /// Kind, a value id: `management`.
    pub kind: String,
    /// Fen; below zero for what was taken back.
    pub fen: i64,
    /// How it was reckoned: 89.50 平方米 × 2.80 元.
    pub basis: String,
}

/// How a notice stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// Its charges in the order in which they were listed.
    pub charges: Vec<Charge>,
    /// What they make.
    pub billed: i64,
    /// What came in, by bank slips and receipts that are not void.
    pub received: i64,
    /// The late charge that is owed.
    pub late: i64,
}

impl Standing {
    /// Of the notice as it is.
    pub fn of(case: &Case) -> Standing {
        let mut standing = Standing::default();
        let mut receipts: BTreeMap<&str, i64> = BTreeMap::new();
        for entry in &case.entries {
            let told = |id: &str| entry.event.body.attributes.get(id).map_or("", String::as_str);
            let fen = |id: &str| told(id).parse::<i64>().unwrap_or(0);
            let form = entry.event.body.form.as_ref();
            match entry.event.name.as_str() {
                LISTED => {
                    let fen = fen("fee.amount");
                    let (kind, basis) = (told("fee.kind").to_owned(), told("fee.basis").to_owned());
                    standing.charges.push(Charge { kind, fen, basis });
                    standing.billed += fen;
                }
                SLIP => standing.received += fen("fee.received"),
                fee::PAID => {
                    receipts.extend(form.map(|form| (form.number.as_str(), fen("fee.received"))));
                }
                fee::VOIDED => {
                    let void = form.filter(|form| matches!(form.touch, Touch::Voided));
                    receipts.retain(|number, _| void.is_none_or(|form| form.number != *number));
                }
                LATE_POSTED => standing.late += fen("fee.late_charge"),
                _ => {}
            }
        }
        standing.received += receipts.values().sum::<i64>();
        standing
    }

    /// What is open of its charges; nothing when more came in.
    pub fn open(&self) -> i64 {
        (self.billed - self.received).max(0)
    }

    /// What is owed in all: open charges, and the late charge as far as nothing came in for it.
    pub fn owed(&self) -> i64 {
        (self.billed + self.late - self.received).max(0)
    }
}

/// The last day of the month that a day lies in.
pub fn month_end(day: Date) -> Date {
    day.last_of_month()
}

/// Whether what is told of a notice can be so. Refused: a month's day that is not its last, a charge of nothing, a charge below
/// zero, a payment of nothing or of more than is owed, a deposit that is still to come, a reference that is there already, taking
/// back more than the kind was charged, a reversal approved by who asked for it, voiding what money came in for, a late charge of nothing.
pub(crate) fn sensible(what: &str, case: Option<&Case>, event: &Event, today: Date) -> Result<(), Refusal> {
    let told = |id: &str| event.body.attributes.get(id).map_or("", |value| value.trim());
    let fen = |id: &str| told(id).parse::<i64>().unwrap_or(0);
    let no = |why: &str, next: &str, at: &str| Err(Refusal::new(what, why, next).at(at));
    match (event.name.as_str(), case) {
        (OPENED, _) => match told(BILLED_TO).parse::<Date>() {
            Ok(day) if month_end(day) == day => Ok(()),
            _ => no("账期末日不是月底", "请写当月月底的日期，例如 2026-10-31。", BILLED_TO),
        },
        (LISTED, _) if fen("fee.amount") <= 0 => {
            no("费用金额没有填对", "请写多少元；列错了的，打印以前作废这张另开，打印以后申请冲减。", "fee.amount")
        }
        (DELIVERED, _) if told("fee.delivered_on").parse::<Date>().is_ok_and(|day| today < day) => {
            no("送达日期还没有到", "请写送到的日期。", "fee.delivered_on")
        }
        (SLIP | fee::PAID, Some(case)) if case.kind.id() == REGISTER => paid(what, case, event, today),
        // By the clauses a day that is granted after the day has passed moves nothing.
        (EXTENDED, Some(case)) if overdue_since(case).is_some_and(|fell| fell < event.happened) => {
            no("缴费期已经过了", "延期要在到期以前批准；违约金收不收，请在“决定违约金”里写明。", "fee.extended_to")
        }
        (EXTENDED, _) if told("fee.extended_to").parse::<Date>().is_ok_and(|day| day <= today) => {
            no("延到的日子已经过了", "请写今天以后的日期。", "fee.extended_to")
        }
        (REVERSAL_ASKED, Some(case)) => {
            let of_kind = Standing::of(case).charges.into_iter().filter(|it| it.kind == told("fee.reversed_kind"));
            let (asked, charged) = (fen("fee.reversal"), of_kind.map(|it| it.fen).sum::<i64>());
            if asked <= 0 || charged < asked {
                let why = format!("这一种费用列了 {} 元，不能冲减 {} 元", money::short(charged), money::short(asked));
                return no(&why, "请核对费用种类和金额。", "fee.reversal");
            }
            Ok(())
        }
        (REVERSED | "fee.reversal_refused", Some(case)) => {
            let settled = |entry: &&crate::Entry| [REVERSED, "fee.reversal_refused"].contains(&&*entry.event.name);
            let last = case.entries.iter().rev().find(settled).map_or(0, |entry| entry.seq);
            match case.last(REVERSAL_ASKED) {
                Some(asked) if asked.seq > last => Ok(()),
                _ => Err(Refusal::new(what, "没有等着批准的冲减", "已经答复过的不用再答。")),
            }
        }
        (VOIDED, Some(case)) if Standing::of(case).received > 0 => {
            Err(Refusal::new(what, "这张通知单已经收过钱", "先作废收款收据；收到的是银行回单的，打印以后申请冲减。"))
        }
        (LATE_POSTED, _) if fen("fee.late_charge") <= 0 => {
            Err(Refusal::new(what, "没有可以入账的违约金", "没有逾期、没有规定违约金，或已全部入账、决定减免。"))
        }
        (fee::VOIDED, Some(case)) if case.has(CLEARED) => {
            Err(Refusal::new(what, "这张通知单已经缴清", "退款请另行登记，缴清的不倒回去。"))
        }
        _ => Ok(()),
    }
}

/// Money that came in: how much, when, and that it is not there twice.
fn paid(what: &str, case: &Case, event: &Event, today: Date) -> Result<(), Refusal> {
    let told = |id: &str| event.body.attributes.get(id).map_or("", |value| value.trim());
    let received = told("fee.received").parse::<i64>().unwrap_or(0);
    let owed = Standing::of(case).owed();
    if received <= 0 || owed < received {
        let why = format!("这张通知单还欠 {} 元，不能记 {} 元", money::short(owed), money::short(received));
        let next = "请核对金额；多收的记到这一户的下一张通知单。";
        return Err(Refusal::new(what, why, next).at("fee.received"));
    }
    if told("fee.deposited_on").parse::<Date>().is_ok_and(|day| today < day) {
        return Err(Refusal::new(what, "存款日期还没有到", "请抄回单上的存款日期。").at("fee.deposited_on"));
    }
    let reference = told("fee.reference");
    if event.name == SLIP && slip_of(case, reference) {
        let why = format!("回单 {reference} 已经记过");
        return Err(Refusal::new(what, why, "同一张回单只记一次；请核对回单号。").at("fee.reference"));
    }
    Ok(())
}

/// Whether a bank slip of this reference stands on the notice; none has no reference.
pub fn slip_of(case: &Case, reference: &str) -> bool {
    let same = |entry: &crate::Entry| {
        entry.event.name == SLIP && entry.event.body.attributes.get("fee.reference").is_some_and(|it| it == reference)
    };
    !reference.is_empty() && case.entries.iter().any(same)
}

/// What a step says by being done: a payment after the day leaves less overdue, and whether the bank was late with its slip; the
/// step of urging; a notice for this month.
pub(crate) fn shows(case: &Case, event: &mut Event, zone: &Zone) {
    if case.kind.id() != REGISTER {
        return;
    }
    let mut said: Vec<(&str, String)> = Vec::new();
    match event.name.as_str() {
        SLIP | fee::PAID => {
            let told = |id: &str| event.body.attributes.get(id).map_or("", |value| value.trim());
            let received = told("fee.received").parse::<i64>().unwrap_or(0);
            if let Some(fell) = overdue_since(case) {
                let standing = Standing::of(case);
                said.push((OVERDUE, (standing.billed - standing.received - received).max(0).to_string()));
                let (last, deposited) = (zone.date(fell), told("fee.deposited_on").parse::<Date>());
                if event.name == SLIP && deposited.is_ok_and(|day| day <= last) {
                    said.push(("fee.bank_delay", "yes".to_owned()));
                }
            }
        }
        fee::VOIDED if overdue_since(case).is_some() => {
            let number = case.form(fee::RECEIPT).map(|form| form.number.clone());
            let of = |entry: &&crate::Entry| {
                entry.event.name == fee::PAID && entry.event.body.form.as_ref().map(|it| &it.number) == number.as_ref()
            };
            let back = case.entries.iter().find(of).and_then(|it| it.event.body.attributes.get("fee.received"));
            let back = back.and_then(|it| it.parse::<i64>().ok()).unwrap_or(0);
            let standing = Standing::of(case);
            said.push((OVERDUE, (standing.billed - standing.received + back).max(0).to_string()));
        }
        // What ran up to the new day is not counted from the old one.
        EXTENDED if overdue_since(case).is_some() => said.push((OVERDUE, "0".to_owned())),
        "fee.reminder_sent" => said.push(("fee.reminder_step", "sent".to_owned())),
        "fee.reminder_called" => said.push(("fee.reminder_step", "called".to_owned())),
        "fee.reminder_letter" => said.push(("fee.reminder_step", "letter".to_owned())),
        PRINTED => {
            said.push(("fee.billed", Standing::of(case).billed.to_string()));
            said.push((BILLED_TO, case.attributes.get(BILLED_TO).cloned().unwrap_or_default()));
        }
        _ => {}
    }
    event.body.attributes.extend(said.into_iter().map(|(id, value)| (id.to_owned(), value)));
}

/// Since when something is open past its day; none when nothing is, or another day was granted since.
pub fn overdue_since(case: &Case) -> Option<Moment> {
    let fell = case.last(FELL_DUE)?;
    let later = case.last(EXTENDED).is_some_and(|extended| extended.seq > fell.seq);
    (!later && !case.has(CLEARED)).then_some(fell.event.happened)
}

/// What a step brings with it: a reversal its line below zero, whatever leaves nothing open that the notice is cleared.
pub(crate) fn brings(case: &Case, event: &Event) -> Vec<Event> {
    if case.kind.id() != REGISTER {
        return Vec::new();
    }
    let mut standing = Standing::of(case);
    let mut events = Vec::new();
    match event.name.as_str() {
        SLIP | fee::PAID => {
            let received = event.body.attributes.get("fee.received").and_then(|it| it.parse::<i64>().ok());
            standing.received += received.unwrap_or(0);
        }
        REVERSED => {
            let asked = case.last(REVERSAL_ASKED).map(|entry| &entry.event.body.attributes);
            let asked = |id: &str| asked.and_then(|it| it.get(id)).cloned().unwrap_or_default();
            let fen = asked("fee.reversal").parse::<i64>().unwrap_or(0);
            let mut line = Event::plain(LISTED, event.happened)
                .with("fee.kind", asked("fee.reversed_kind"))
                .with("fee.amount", (-fen).to_string());
            line.body.note = "冲减".to_owned();
            standing.billed -= fen;
            if overdue_since(case).is_some() {
                line = line.with(OVERDUE, standing.open().to_string());
            }
            events.push(line);
        }
        PRINTED => {}
        _ => return events,
    }
    let printed = case.has(PRINTED) || event.name == PRINTED;
    if standing.open() == 0 && printed && !case.has(CLEARED) {
        let mut cleared = Event::plain(CLEARED, event.happened);
        if case.has(FELL_DUE) {
            cleared = cleared.with(OVERDUE, "0");
        }
        events.push(cleared);
    }
    events
}

/// Charges put on a notice that has just been opened, each an entry of its own.
pub fn listed(charges: &[Charge], happened: Moment) -> Vec<Event> {
    let line = |charge: &Charge| {
        let mut line =
            Event::plain(LISTED, happened).with("fee.kind", &charge.kind).with("fee.amount", charge.fen.to_string());
        if !charge.basis.is_empty() {
            line = line.with("fee.basis", &charge.basis);
        }
        line
    };
    charges.iter().map(line).collect()
}
