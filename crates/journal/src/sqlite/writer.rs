//! The one writer (唯一写入者): up to 256 waiting jobs in one transaction, a savepoint each, answered after the commit.

use std::sync::Arc;
use std::time::Duration;

use crate::desk::Desk;
use crate::fault::{Fault, FaultKind};
use crate::job::{self, BoxedJob, Verdict};
use crate::projector::Views;
use crate::queue::{Queue, Taken};
use crate::seal;
use crate::signal::Signal;
use crate::sqlite::tx::{Pair, SqliteTx};
use crate::tx::Tx as _;

/// Jobs committed together at most.
const BATCH: usize = 256;

/// After this pause the write-ahead log is emptied into the file.
const IDLE: Duration = Duration::from_millis(700);

/// How jobs are kept apart within one transaction. Most are refused before they write anything, and then there is nothing
/// to take back; a savepoint for each would copy every page it touches and flush the search index.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Care {
    /// Nothing can be taken back but everything.
    None,
    /// The writes of each job can be taken back.
    Savepoints,
}

/// Owner of the only writing connections.
pub(crate) struct Writer {
    pair: Pair,
    writes: Arc<Queue<BoxedJob>>,
    views: Arc<Views>,
    signal: Arc<Signal>,
    /// Something was committed since the log was last emptied.
    unsettled: bool,
    /// Keys to be destroyed; kept here when the disk refuses, and tried again.
    erasures: Vec<(i64, String, i64)>,
}

impl Writer {
    pub fn new(pair: Pair, writes: Arc<Queue<BoxedJob>>, views: Arc<Views>, signal: Arc<Signal>) -> Writer {
        Writer { pair, writes, views, signal, unsettled: true, erasures: Vec::new() }
    }

    /// Works until the queue is closed and empty.
    pub fn run(mut self) {
        loop {
            match self.writes.take(BATCH, IDLE, |_, _| true) {
                Taken::Jobs(jobs) => self.batch(jobs),
                Taken::Idle => self.rest(),
                Taken::Closed => break,
            }
        }
        self.rest();
    }

    fn batch(&mut self, mut jobs: Vec<BoxedJob>) {
        let mut desk = Desk::new(&self.views);
        let mut trial = self.attempt_all(&mut jobs, &mut desk, Care::None);
        if matches!(trial, Ok(None)) {
            desk = Desk::new(&self.views);
            trial = self.attempt_all(&mut jobs, &mut desk, Care::Savepoints);
        }
        let spoiled = || Fault::new(FaultKind::Bug, "a transaction with savepoints was given up");
        let ends = match trial.and_then(|ends| ends.ok_or_else(spoiled)) {
            Ok(ends) => {
                self.unsettled = true;
                self.signal.grown(&desk.moved());
                self.erasures.append(&mut desk.erasures);
                ends
            }
            // Nothing was committed: nobody may be told that it was.
            Err(fault) => jobs.iter().map(|_| Err(fault.clone())).collect(),
        };
        self.destroy_keys();
        for (job, end) in jobs.into_iter().zip(ends) {
            job.settle(end);
        }
    }

    /// Runs all jobs and commits. None inside when writes of one job must be taken back and there is no savepoint to do
    /// it: nothing is kept then, and all are to be tried again. A fault means that the whole transaction is lost.
    fn attempt_all(
        &mut self,
        jobs: &mut [BoxedJob],
        desk: &mut Desk,
        care: Care,
    ) -> Result<Option<Vec<Result<(), Fault>>>, Fault> {
        let mut tx = SqliteTx::begin(&mut self.pair)?;
        let mut ends = Vec::with_capacity(jobs.len());
        for work in jobs {
            // Outside the savepoint: a refusal must not take the head row of a new site back with it.
            if let Some((site, command)) = work.act() {
                desk.open(&mut tx, site, &[command])?;
            }
            if care == Care::Savepoints {
                tx.control("SAVEPOINT act")?;
            }
            let written = tx.written();
            let verdict = job::attempt(work, &mut tx, desk);
            if tx.lost() {
                let unknown = || Fault::new(FaultKind::Gone, "the transaction was lost");
                return Err(verdict.err().unwrap_or_else(unknown));
            }
            let taken_back = !matches!(verdict, Ok(Verdict::Keep)) && tx.written() != written;
            if taken_back && care == Care::None {
                return Ok(None);
            }
            if care == Care::Savepoints {
                if taken_back {
                    tx.control("ROLLBACK TO act")?;
                }
                tx.control("RELEASE act")?;
            }
            if taken_back || work.act().is_none() {
                tx.known().forget();
            }
            ends.push(verdict.map(drop));
        }
        desk.close(&mut tx)?;
        tx.commit()?;
        Ok(Some(ends))
    }

    /// Destroys the keys of erased persons and the copies of them that the log still holds.
    fn destroy_keys(&mut self) {
        if self.erasures.is_empty() {
            return;
        }
        let destroyed = SqliteTx::begin(&mut self.pair).and_then(|mut tx| {
            for (site, person, at) in &self.erasures {
                seal::destroy(&mut tx, *site, person, *at)?;
            }
            tx.commit()
        });
        match destroyed {
            Ok(()) => {
                self.erasures.clear();
                let emptied = self.pair.keys.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)");
                if let Err(error) = emptied {
                    super::connection::fault(error, "empty the log of the keys").log();
                }
            }
            // The list of the erased already hides the texts; the keys are tried again when idle and at the next start.
            Err(fault) => fault.while_doing("destroy the keys of erased persons").log(),
        }
    }

    /// What is done when nothing waits.
    fn rest(&mut self) {
        self.destroy_keys();
        if !std::mem::take(&mut self.unsettled) {
            return;
        }
        for connection in [&self.pair.journal, &self.pair.keys] {
            // A reader may hold it up; then the next pause will do.
            if let Err(error) = connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)") {
                super::connection::fault(error, "empty the write-ahead log").log();
            }
        }
    }
}
