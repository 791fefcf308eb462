//! A store on a server (服务器存储): PostgreSQL, several equal nodes; all acts of a site from this node go to one worker.

mod follower;
mod link;
mod tx;
mod worker;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::JoinHandle;

use tokio::sync::watch;
use tokio_postgres::Config;

use crate::dialect;
use crate::fault::{Fault, FaultKind};
use crate::job::BoxedJob;
use crate::postgres::link::Link;
use crate::postgres::tx::{PgTx, WRITING};
use crate::postgres::worker::Worker;
use crate::projector::Views;
use crate::queue::Queue;
use crate::schema;
use crate::signal::Signal;
use crate::sql;
use crate::store::{self, Options};
use crate::tx::{Engine, Tx};

/// The running store: its queues and its threads.
pub(crate) struct Postgres {
    writes: Vec<Arc<Queue<BoxedJob>>>,
    pub reads: Arc<Queue<BoxedJob>>,
    next: AtomicUsize,
    stop: watch::Sender<bool>,
    threads: Vec<JoinHandle<()>>,
}

impl Postgres {
    /// Connects, brings the schema up to date, starts the workers.
    pub fn open(url: &str, options: &Options, views: &Arc<Views>, signal: &Arc<Signal>) -> Result<Postgres, Fault> {
        let config = link::config(url)?;
        // On a thread of its own: the caller's may belong to a runtime, which cannot be entered twice.
        let prepared = std::thread::scope(|scope| scope.spawn(|| prepare(&config)).join());
        prepared.unwrap_or_else(|_| Err(Fault::new(FaultKind::Bug, "the schema could not be prepared")))?;
        let stop = watch::Sender::new(false);
        let reads = Arc::new(Queue::new(options.waiting));
        let worker = |queue: &Arc<Queue<BoxedJob>>, reading| Worker {
            config: config.clone(),
            queue: queue.clone(),
            views: views.clone(),
            signal: signal.clone(),
            patience: options.patience,
            reading,
            link: None,
        };
        let mut threads = Vec::new();
        let mut writes = Vec::new();
        for number in 0..options.workers.max(1) {
            let queue = Arc::new(Queue::new(options.waiting));
            let worker = worker(&queue, false);
            threads.push(store::spawn(format!("store-worker-{number}"), move || worker.run())?);
            writes.push(queue);
        }
        for number in 0..options.readers.max(1) {
            let worker = worker(&reads, true);
            threads.push(store::spawn(format!("store-reader-{number}"), move || worker.run())?);
        }
        let (signal, stopped) = (signal.clone(), stop.subscribe());
        threads.push(store::spawn("store-follower".to_owned(), move || {
            follower::follow(&config, &signal, stopped);
        })?);
        Ok(Postgres { writes, reads, next: AtomicUsize::new(0), stop, threads })
    }

    /// The queue of a job's worker: always the same one for a site, the next one for what has no site.
    pub fn queue(&self, job: &BoxedJob) -> &Queue<BoxedJob> {
        let number = match job.act() {
            Some((site, _)) => usize::try_from(site.unsigned_abs()).unwrap_or_default(),
            None => self.next.fetch_add(1, Ordering::Relaxed),
        };
        &self.writes[number % self.writes.len()]
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        self.reads.close();
        self.writes.iter().for_each(|queue| queue.close());
        self.stop.send_replace(true);
        store::join(&mut self.threads);
    }
}

/// Brings the schema up to date; of several nodes that start together one does it and the others wait.
fn prepare(config: &Config) -> Result<(), Fault> {
    let mut link = Link::new(config)?;
    let steps = dialect::words(Engine::Postgres, schema::STEPS_TABLE);
    let first = format!(
        "create schema if not exists keys; {steps};
         insert into schema_step(part, name, digest) values ('lock', 'lock', '') on conflict do nothing"
    );
    // Two nodes that make the same table at once get in each other's way; the second finds it made.
    if link.script(&first).is_err() {
        link.script(&first)?;
    }
    let mut tx = PgTx::begin(&mut link, WRITING);
    let lock = sql!("select digest from schema_step where part = 'lock' {lock}");
    let held = tx.query(lock, &[])?;
    if held.is_empty() {
        return Err(Fault::new(FaultKind::Bug, "the lock of the schema is missing"));
    }
    schema::apply(&mut tx, "journal", schema::JOURNAL)?;
    schema::apply(&mut tx, "keys", schema::KEYS)?;
    crate::seal::erase_again(&mut tx)?;
    tx.commit()
}
