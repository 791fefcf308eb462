//! A month of fees (一个月的收费): the preview, the notices opened and printed for every unit, and the bank's sheet read and entered.

use std::fmt;
use std::time::Instant;

use anyhow::anyhow;
use courier::{ledger, slips, table};
use jiff::civil::Date;
use journal::Sent;
use journal::house::FeeSlip;
use journal::reads::FeeState;
use office::Actor;
use office::case::{ActOnCase, OpenRecord};
use serde::Serialize;
use simulator::estate;

use crate::opened::{Bed, Ground, SITE, now, runtime, sent};

/// How long each part took, in seconds.
#[derive(Serialize)]
pub struct Fees {
    /// Units of the ledger.
    pub units: usize,
    /// Notices opened.
    pub notices: usize,
    /// Accounts opened from the ledger.
    pub accounts_in: f64,
    /// The preview reckoned.
    pub previewed_in: f64,
    /// Notices opened with their charges.
    pub billed_in: f64,
    /// Notices printed.
    pub printed_in: f64,
    /// Slips of the bank's sheet.
    pub slips: usize,
    /// The sheet read and checked.
    pub read_in: f64,
    /// The slips entered.
    pub entered_in: f64,
}

impl fmt::Display for Fees {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Fees { units, notices, accounts_in, previewed_in, billed_in, .. } = self;
        write!(f, "a month of {units} units: accounts in {accounts_in:.1} s, preview in {previewed_in:.1} s, ")?;
        write!(f, "{notices} notices opened in {billed_in:.1} s, printed in {:.1} s; ", self.printed_in)?;
        write!(f, "{} slips read in {:.1} s, entered in {:.1} s", self.slips, self.read_in, self.entered_in)
    }
}

/// Bills the month that ended last for so many units, and collects it.
pub fn run(units: usize) -> anyhow::Result<Fees> {
    let ground = Ground::sqlite();
    let bed = ground.found(now().plus_seconds(-60))?;
    let mut rows = estate::ledger_of(1, units);
    rows.truncate(units);
    let today = bed.house.laws().zone.date(now());
    let month = today.first_of_month().yesterday()?;
    runtime()?.block_on(async {
        let told = bed.house.import_households(sent(SITE, "fees-ledger", now()), rows).await?;
        told.map_err(|refusal| anyhow!("{refusal}"))?;
        for (n, kind) in ["住宅", "商铺"].into_iter().enumerate() {
            tariff(&bed, n, kind).await?;
        }
        month_of(&bed, units, month).await
    })
}

fn finance() -> Actor {
    Actor { account: "admin".into(), name: "演示".into(), posts: vec!["finance".into()], area: String::new() }
}

fn own(part: &str) -> Sent {
    Sent { post: "finance".into(), ..sent(SITE, part, now()) }
}

async fn tariff(bed: &Bed, n: usize, kind: &str) -> anyhow::Result<()> {
    let told = [
        ("tariff.item", "management"),
        ("tariff.applies_to", kind),
        ("tariff.rate", "2.80"),
        ("tariff.per", "square_metre_month"),
        ("tariff.effective_on", "2020-01-01"),
    ];
    let attributes = told.map(|(id, value)| (id.to_owned(), value.to_owned())).into();
    let act = ActOnCase { act: "tariff.drafted".into(), attributes, ..ActOnCase::default() };
    let case = format!("tariff-{n}");
    let record = OpenRecord { case: case.clone(), register: "tariffs".into(), act, ..OpenRecord::default() };
    let begun = bed.house.open_record(own(&case), finance(), record).await?;
    begun.map_err(|refusal| anyhow!("{refusal}"))?;
    let manager = Actor { posts: vec!["office_manager".into()], ..finance() };
    let act = ActOnCase { act: "tariff.activated".into(), ..ActOnCase::default() };
    let done = bed.house.act_on_case(own(&format!("{case}-on")), manager, case, act).await?;
    done.map(drop).map_err(|refusal| anyhow!("{refusal}"))
}

async fn month_of(bed: &Bed, units: usize, month: Date) -> anyhow::Result<Fees> {
    let house = &bed.house;
    let refused = |refusal: office::Refusal| anyhow!("{refusal}");
    let ids = house.to_bill(SITE, month).await?.into_iter().map(|it| it.household).collect();
    let began = Instant::now();
    house.open_accounts(own("accounts"), finance(), ids).await?.map_err(refused)?;
    let accounts_in = began.elapsed().as_secs_f64();
    let began = Instant::now();
    house.to_bill(SITE, month).await?;
    let previewed_in = began.elapsed().as_secs_f64();
    let began = Instant::now();
    let notices = house.bill_month(own("bill"), finance(), month).await?.map_err(refused)?;
    let billed_in = began.elapsed().as_secs_f64();
    let began = Instant::now();
    house.print_month(own("print"), finance(), month).await?.map_err(refused)?;
    let printed_in = began.elapsed().as_secs_f64();
    let rows = house.fee_list(SITE, month.to_string(), FeeState::Owed).await?;
    let lines: Vec<Vec<String>> = rows
        .iter()
        .enumerate()
        .map(|(n, it)| {
            let day = month.tomorrow().unwrap_or(month).to_string();
            vec![it.number.clone(), String::new(), office::money::short(it.owed), day, format!("HD{n}"), "成功".into()]
        })
        .collect();
    let csv = table::csv(&slips::HEADINGS, &lines);
    let began = Instant::now();
    let sheets = ledger::sheets(&csv).map_err(|no| anyhow!("{}", no.0))?;
    let draft = slips::read(sheets.first().ok_or_else(|| anyhow!("the sheet is empty"))?);
    let read_in = began.elapsed().as_secs_f64();
    anyhow::ensure!(draft.bad.is_empty(), "bad rows in a good sheet");
    let all: Vec<FeeSlip> = draft.rows.iter().map(|(row, it)| slip(*row, it)).collect();
    let slips = all.len();
    let began = Instant::now();
    house.enter_slips(own("slips"), finance(), all).await?.map_err(refused)?;
    let entered_in = began.elapsed().as_secs_f64();
    Ok(Fees { units, notices, accounts_in, previewed_in, billed_in, printed_in, slips, read_in, entered_in })
}

fn slip(row: usize, it: &slips::Slip) -> FeeSlip {
    FeeSlip {
        row,
        number: it.number.clone(),
        fen: it.fen,
        deposited: it.deposited.map(|day| day.to_string()).unwrap_or_default(),
        reference: it.reference.clone(),
        ..FeeSlip::default()
    }
}
