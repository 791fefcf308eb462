//! The store (存储): one door to both engines. Acts, reads, and nothing else that changes anything.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::sync::watch;

use crate::act::{Act, Answer};
use crate::fault::{Fault, FaultKind};
use crate::job::{BoxedJob, Task};
use crate::postgres::Postgres;
use crate::projector::{Projector, Views};
use crate::queue::{NoRoom, Queue};
use crate::reply::{self, Reply};
use crate::sent::Sent;
use crate::signal::Signal;
use crate::site::SiteTx;
use crate::sql;
use crate::sqlite::Sqlite;
use crate::tx::Tx;

/// Where a store lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A folder on a local disk; the keys of persons in `keys`, or in `keys` under the folder.
    Folder {
        /// The data folder.
        path: PathBuf,
        /// The folder of the keys, to be backed up apart.
        keys: Option<PathBuf>,
    },
    /// A PostgreSQL database, as a URL or as `host=… dbname=…`; the keys lie in its schema `keys`.
    Postgres {
        /// How to reach it.
        url: String,
    },
}

/// How a store is run.
#[derive(Clone)]
pub struct Options {
    /// Connections that only read.
    pub readers: usize,
    /// Connections that write; PostgreSQL only.
    pub workers: usize,
    /// Jobs that may wait at a worker; one more is refused as busy.
    pub waiting: usize,
    /// How long an act waits for a database that is gone.
    pub patience: Duration,
    /// A further check of the folder by the operating system's own means: why it is unfit, or none.
    pub placement: fn(&Path) -> Option<String>,
}

impl Default for Options {
    fn default() -> Options {
        Options { readers: 4, workers: 8, waiting: 10_000, patience: Duration::from_secs(10), placement: |_| None }
    }
}

/// A running store; copies share it. It closes when the last copy is dropped, after what was accepted is done.
#[derive(Clone)]
pub struct Store(pub(crate) Arc<Inner>);

pub(crate) struct Inner {
    pub engine: Running,
    pub views: Arc<Views>,
    pub signal: Arc<Signal>,
}

pub(crate) enum Running {
    Sqlite(Sqlite),
    Postgres(Postgres),
}

impl Store {
    /// Opens the store, makes missing tables, and refuses a place or a schema it cannot work with. Acts are refused
    /// until the views are those of `projector`; see [`Store::views_current`] and [`Store::rebuild`].
    pub fn open(place: &Place, options: &Options, projector: Box<dyn Projector>) -> Result<Store, Fault> {
        let views = Arc::new(Views::new(projector));
        let signal = Arc::new(Signal::new());
        let engine = match place {
            Place::Folder { path, keys } => {
                Running::Sqlite(Sqlite::open(path, keys.as_deref(), options, &views, &signal)?)
            }
            Place::Postgres { url } => Running::Postgres(Postgres::open(url, options, &views, &signal)?),
        };
        let store = Store(Arc::new(Inner { engine, views, signal }));
        store.first_views()?;
        let heads = store.read(|tx| crate::stream::heads(tx)).wait()?;
        store.0.signal.heard(&heads.iter().map(|head| (head.site, head.seq)).collect::<Vec<_>>());
        Ok(store)
    }

    /// Applies a command: calls `handler` in the transaction of its site, commits what it did, and answers after the
    /// commit. A command id that was applied before is answered with the answer of then, and `handler` is not called.
    /// A refusal keeps nothing. `handler` is called again when the transaction has to be repeated, so it must not do
    /// anything outside it.
    ///
    /// After a fault of kind [`FaultKind::Gone`] the act may or may not have been applied: send the same id again.
    pub fn act<T, R, H>(&self, sent: Sent, handler: H) -> Answer<T, R>
    where
        T: Serialize + DeserializeOwned + Send + 'static,
        R: Send + 'static,
        H: FnMut(&mut SiteTx<'_>) -> Result<Result<T, R>, Fault> + Send + 'static,
    {
        let (act, reply) = Act::new(sent, handler);
        self.write(Box::new(act));
        reply
    }

    /// Reads: everything `run` asks is seen as of one moment. It may be called again when the connection was lost.
    pub fn read<T, F>(&self, run: F) -> Reply<T>
    where
        T: Send + 'static,
        F: FnMut(&mut dyn Tx) -> Result<T, Fault> + Send + 'static,
    {
        let (task, reply) = Task::new(run);
        push(self.reads(), Box::new(task));
        reply
    }

    /// Writes what is kept but not journaled. Not public: there is no second way to change anything else.
    pub(crate) fn keep<T, F>(&self, run: F) -> Reply<T>
    where
        T: Send + 'static,
        F: FnMut(&mut dyn Tx) -> Result<T, Fault> + Send + 'static,
    {
        let (task, reply) = Task::new(run);
        self.write(Box::new(task));
        reply
    }

    /// The last entry of a site that this node knows of, 0 for none. A hint: another node may be further.
    pub fn head_hint(&self, site: i64) -> i64 {
        self.0.signal.head(site)
    }

    /// A bell that rings when some site's journal has grown, on this node or, a little later, on another one. What
    /// has grown is asked with [`Store::head_hint`].
    pub fn listen(&self) -> watch::Receiver<u64> {
        self.0.signal.listen()
    }

    fn reads(&self) -> &Queue<BoxedJob> {
        match &self.0.engine {
            Running::Sqlite(sqlite) => &sqlite.reads,
            Running::Postgres(postgres) => &postgres.reads,
        }
    }

    fn write(&self, job: BoxedJob) {
        match &self.0.engine {
            Running::Sqlite(sqlite) => push(&sqlite.writes, job),
            Running::Postgres(postgres) => push(postgres.queue(&job), job),
        }
    }
}

/// Puts a job into a queue, or answers it at once with why not.
pub(crate) fn push(queue: &Queue<BoxedJob>, job: BoxedJob) {
    if let Err((job, reason)) = queue.push(job) {
        job.settle(Err(match reason {
            NoRoom::Closed => reply::closed(),
            NoRoom::Full => Fault::new(FaultKind::Busy, "系统繁忙，请稍后再提交"),
        }));
    }
}

/// Starts a thread of the store.
pub(crate) fn spawn(name: String, run: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>, Fault> {
    let thread = std::thread::Builder::new().name(name).spawn(run);
    thread.map_err(|error| Fault::from_source(FaultKind::Setup, "start a thread of the store", error))
}

/// Waits for the threads of a store that closes.
pub(crate) fn join(threads: &mut Vec<JoinHandle<()>>) {
    let own = std::thread::current().id();
    // The last copy of a store may be dropped by one of its own workers, inside a job that held it.
    for thread in threads.drain(..).filter(|thread| thread.thread().id() != own) {
        // A worker that panicked has said so already.
        let _ = thread.join();
    }
}

impl Store {
    /// Whose keys there are, and whether they are alive: site, person, alive. For checks of an erasure.
    pub fn person_keys(&self) -> Result<Vec<(i64, String, bool)>, Fault> {
        let read = self.read(|tx| {
            let text = sql!("select site, person, secret from {keys}person_key order by site, person");
            let rows = tx.query(text, &[])?;
            rows.iter().map(|row| Ok((row.int(0)?, row.string(1)?, row.maybe_blob(2)?.is_some()))).collect()
        });
        read.wait()
    }
}
