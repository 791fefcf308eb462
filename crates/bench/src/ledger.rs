//! A large ledger (台账导入): a workbook of as many units as an estate can have is read, checked and written, with every bad row told.

use std::fmt;
use std::time::Instant;

use courier::ledger::{read, sheets};
use serde::Serialize;
use simulator::estate;
use simulator::workbook::workbook;

use crate::opened::{Ground, SITE, now, runtime, sent};

/// Units of the ledger, and how many rows of it nobody could import.
const UNITS: usize = 100_000;
const BAD: usize = 100;

/// How long an import took.
#[derive(Serialize)]
pub struct Ledger {
    /// Units written.
    pub units: usize,
    /// Rows that were told as bad.
    pub bad: usize,
    /// Megabytes of the workbook.
    pub megabytes: f64,
    /// Seconds to read and check it.
    pub read_in: f64,
    /// Seconds to write it.
    pub written_in: f64,
}

impl fmt::Display for Ledger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Ledger { units, bad, megabytes, read_in, written_in } = self;
        write!(
            f,
            "ledger of {units} units, {megabytes:.1} MB: read and checked in {read_in:.1} s, {bad} bad rows told; "
        )?;
        write!(f, "written in {written_in:.1} s, {:.1} s together", read_in + written_in)
    }
}

/// Imports it into an office that has just been founded.
pub fn run() -> anyhow::Result<Ledger> {
    let ground = Ground::sqlite();
    let bed = ground.found(now().plus_seconds(-60))?;
    let mut rows = estate::ledger_of(1, UNITS);
    let known = rows.len().saturating_sub(BAD);
    // A telephone of three digits in the last rows.
    for row in rows.iter_mut().skip(known) {
        row.people.truncate(1);
        row.people.iter_mut().for_each(|it| it.phones = vec!["138".into()]);
    }
    let bytes = workbook("演示花园业主台账", &rows)?;
    let began = Instant::now();
    let all = sheets(&bytes).map_err(|no| anyhow::anyhow!("{}", no.0))?;
    let draft = read(all.first().ok_or_else(|| anyhow::anyhow!("the workbook is empty"))?);
    let read_in = began.elapsed().as_secs_f64();
    let good: Vec<_> = draft.rows.into_iter().map(|(_, row)| row).collect();
    let (units, bad) = (good.len(), draft.bad.len());
    let began = Instant::now();
    let told = runtime()?.block_on(bed.house.import_households(sent(SITE, "large-ledger", now()), good))?;
    told.map_err(|refusal| anyhow::anyhow!("{refusal}"))?;
    let written_in = began.elapsed().as_secs_f64();
    Ok(Ledger { units, bad, megabytes: bytes.len() as f64 / 1e6, read_in, written_in })
}
