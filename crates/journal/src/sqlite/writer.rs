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

/// Jobs committed together at most.
const BATCH: usize = 256;

/// After this pause the write-ahead log is emptied into the file.
const IDLE: Duration = Duration::from_millis(700);

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
        let ends = match self.attempt_all(&mut jobs, &mut desk) {
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

    /// Runs all jobs and commits. A fault means that the whole transaction is lost.
    fn attempt_all(&mut self, jobs: &mut [BoxedJob], desk: &mut Desk) -> Result<Vec<Result<(), Fault>>, Fault> {
        let mut tx = SqliteTx::begin(&mut self.pair)?;
        let mut ends = Vec::with_capacity(jobs.len());
        for work in jobs {
            // Outside the savepoint: a refusal must not take the head row of a new site back with it.
            if let Some((site, command)) = work.act() {
                desk.open(&mut tx, site, &[command])?;
            }
            tx.control("SAVEPOINT act")?;
            let verdict = job::attempt(work, &mut tx, desk);
            if tx.lost() {
                let unknown = || Fault::new(FaultKind::Gone, "the transaction was lost");
                return Err(verdict.err().unwrap_or_else(unknown));
            }
            if !matches!(verdict, Ok(Verdict::Keep)) {
                tx.control("ROLLBACK TO act")?;
            }
            tx.control("RELEASE act")?;
            ends.push(verdict.map(drop));
        }
        desk.close(&mut tx)?;
        tx.commit()?;
        Ok(ends)
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
