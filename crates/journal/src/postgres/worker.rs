//! A worker (工作线程): one connection, the acts of its sites in order, several of one site in one transaction.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio_postgres::Config;

use crate::desk::Desk;
use crate::fault::{Fault, FaultKind};
use crate::job::{self, BoxedJob, Verdict};
use crate::postgres::link::Link;
use crate::postgres::tx::{PgTx, READING, WRITING};
use crate::projector::Views;
use crate::queue::{Queue, Taken};
use crate::seal;
use crate::signal::Signal;
use crate::tx::{Sql, Tx as _};

/// Acts of one site committed together at most.
const TOGETHER: usize = 64;

/// Trials of a transaction that others are in the way of.
const TRIALS: u32 = 8;

/// Owner of one connection.
pub(crate) struct Worker {
    pub config: Config,
    pub queue: Arc<Queue<BoxedJob>>,
    pub views: Arc<Views>,
    pub signal: Arc<Signal>,
    /// How long a job waits for a database that is gone.
    pub patience: Duration,
    /// Reads only.
    pub reading: bool,
    pub link: Option<Link>,
}

impl Worker {
    /// Works until the queue is closed and empty.
    pub fn run(mut self) {
        let most = if self.reading { 1 } else { TOGETHER };
        loop {
            match self.queue.take(most, Duration::from_secs(60), same_site) {
                Taken::Jobs(jobs) => self.work(jobs),
                Taken::Idle => {}
                Taken::Closed => return,
            }
        }
    }

    fn work(&mut self, mut jobs: Vec<BoxedJob>) {
        if jobs.len() > 1
            && let Some(ends) = self.together(&mut jobs)
        {
            jobs.into_iter().zip(ends).for_each(|(job, end)| job.settle(end));
            return;
        }
        for mut job in jobs {
            let end = self.alone(&mut job);
            job.settle(end);
            // Whoever waits for a read need not wait for its end on the server.
            if let Some(link) = self.link.as_mut() {
                link.finish();
            }
        }
    }

    /// Several acts of one site in one transaction, a savepoint each. None when the transaction was lost: then each
    /// is tried alone, so that one cannot spoil the others.
    fn together(&mut self, jobs: &mut [BoxedJob]) -> Option<Vec<Result<(), Fault>>> {
        let mut desk = Desk::new(&self.views);
        let link = self.link.as_mut()?;
        let mut tx = PgTx::begin(link, WRITING);
        let acts: Vec<_> = jobs.iter().filter_map(|job| job.act()).collect();
        let site = acts.first()?.0;
        let commands: Vec<_> = acts.iter().map(|(_, command)| *command).collect();
        desk.open(&mut tx, site, &commands).ok()?;
        let mut ends = Vec::with_capacity(jobs.len());
        for work in jobs {
            tx.control("SAVEPOINT act");
            let verdict = job::attempt(work, &mut tx, &mut desk);
            if tx.failed().is_some() {
                return None;
            }
            if !matches!(verdict, Ok(Verdict::Keep)) {
                tx.control("ROLLBACK TO SAVEPOINT act");
                tx.known().forget();
            }
            tx.control("RELEASE SAVEPOINT act");
            ends.push(verdict.map(drop));
        }
        desk.close(&mut tx).ok()?;
        tx.commit().ok()?;
        self.committed(desk);
        Some(ends)
    }

    /// One job in a transaction of its own, tried again where that can help.
    fn alone(&mut self, work: &mut BoxedJob) -> Result<(), Fault> {
        let deadline = Instant::now() + self.patience;
        let mut trials = 0;
        loop {
            let mut desk = Desk::new(&self.views);
            let reading = self.reading;
            let end = self.connect(deadline).and_then(|link| once(link, work, &mut desk, reading));
            let fault = match end {
                Ok(()) => {
                    self.committed(desk);
                    return Ok(());
                }
                Err(fault) => fault,
            };
            trials += 1;
            match fault.kind() {
                FaultKind::Clash if trials < TRIALS => pause(5 * trials),
                // Whether a lost commit was kept shows when the command is looked up again.
                FaultKind::Gone if Instant::now() < deadline => pause(50),
                _ => return Err(fault),
            }
        }
    }

    /// The connection, made anew when it was lost; tries until `deadline`, at least once.
    fn connect(&mut self, deadline: Instant) -> Result<&mut Link, Fault> {
        if self.link.as_ref().is_some_and(Link::is_lost) {
            self.link = None;
        }
        let link = match self.link.take() {
            Some(link) => link,
            None => loop {
                match Link::new(&self.config) {
                    Ok(link) => break link,
                    Err(fault) if Instant::now() >= deadline => return Err(fault),
                    Err(_) => pause(100),
                }
            },
        };
        Ok(self.link.insert(link))
    }

    fn committed(&mut self, desk: Desk) {
        self.signal.grown(&desk.moved());
        if desk.erasures.is_empty() {
            return;
        }
        let Some(link) = self.link.as_mut() else { return };
        let mut tx = PgTx::begin(link, WRITING);
        let destroyed = desk
            .erasures
            .iter()
            .try_for_each(|(site, person, at)| seal::destroy(&mut tx, *site, person, *at))
            .and_then(|()| tx.commit());
        if let Err(fault) = destroyed {
            // The list of the erased already hides the texts; the keys are destroyed at the next start.
            fault.while_doing("destroy the keys of erased persons").log();
        }
    }
}

/// Both are acts of one site.
fn same_site(first: &BoxedJob, other: &BoxedJob) -> bool {
    let site = |job: &BoxedJob| job.act().map(|(site, _)| site);
    site(first).is_some() && site(first) == site(other)
}

fn once(link: &mut Link, work: &mut BoxedJob, desk: &mut Desk, reading: bool) -> Result<(), Fault> {
    let beginning: Sql = if reading { READING } else { WRITING };
    let mut tx = PgTx::begin(link, beginning);
    let verdict = job::attempt(work, &mut tx, desk);
    if let Some(fault) = tx.failed() {
        // Also when the handler did not pass it on.
        return Err(fault.clone());
    }
    match verdict? {
        Verdict::Keep if !reading => {
            desk.close(&mut tx)?;
            tx.commit()
        }
        Verdict::Keep | Verdict::Drop => {
            tx.leave();
            Ok(())
        }
    }
}

/// A short wait before the next trial.
fn pause(millis: u32) {
    std::thread::sleep(Duration::from_millis(u64::from(millis)));
}
