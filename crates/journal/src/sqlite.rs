//! A store in one folder (单机存储): SQLite, one writer that commits everything waiting together, a few readers.

pub(crate) mod connection;
pub(crate) mod tx;
mod writer;

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use crate::desk::Desk;
use crate::dialect;
use crate::fault::{Fault, FaultKind};
use crate::job::{self, BoxedJob};
use crate::placement;
use crate::projector::Views;
use crate::queue::{Queue, Taken};
use crate::schema;
use crate::seal;
use crate::signal::Signal;
use crate::sqlite::connection::Files;
use crate::sqlite::tx::{Pair, SqliteTx};
use crate::sqlite::writer::Writer;
use crate::store::{self, Options};
use crate::tx::Engine;

/// The running store: its queues, its threads, its lock on the folder.
pub(crate) struct Sqlite {
    pub writes: Arc<Queue<BoxedJob>>,
    pub reads: Arc<Queue<BoxedJob>>,
    pub files: Files,
    threads: Vec<JoinHandle<()>>,
    /// Held until the store is dropped, so that no second program opens the folder.
    lock: File,
}

impl Sqlite {
    /// Opens the store in `folder`, made if it is missing. The keys lie in `keys`, or in `folder/keys`.
    ///
    /// Refuses a folder that another program has open, and one on a network share or in a synchronised folder.
    pub fn open(
        folder: &Path,
        keys: Option<&Path>,
        options: &Options,
        views: &Arc<Views>,
        signal: &Arc<Signal>,
    ) -> Result<Sqlite, Fault> {
        let keys = keys.map_or_else(|| folder.join("keys"), Path::to_path_buf);
        for place in [folder, &keys] {
            make(place)?;
            if let Some(reason) = placement::unsafe_place(place).or_else(|| (options.placement)(place)) {
                let text = format!("数据目录 {} 不能放数据库：{reason}", place.display());
                return Err(Fault::new(FaultKind::Setup, text));
            }
        }
        let lock = lock(folder)?;
        let files = Files { journal: folder.join("journal.db"), keys: keys.join("keys.db") };
        let mut pair = Pair::new(connection::writer(&files.journal, false)?, connection::writer(&files.keys, true)?);
        prepare(&mut pair)?;
        let writes = Arc::new(Queue::new(options.waiting));
        let reads = Arc::new(Queue::new(options.waiting));
        let mut threads = Vec::new();
        for number in 0..options.readers.max(1) {
            let pair = Pair::new(connection::reader(&files.journal)?, connection::reader(&files.keys)?);
            let (reads, views) = (reads.clone(), views.clone());
            threads.push(store::spawn(format!("store-reader-{number}"), move || read_all(pair, &reads, &views))?);
        }
        let writer = Writer::new(pair, writes.clone(), views.clone(), signal.clone());
        threads.push(store::spawn("store-writer".to_owned(), move || writer.run())?);
        Ok(Sqlite { writes, reads, files, threads, lock })
    }
}

impl Drop for Sqlite {
    fn drop(&mut self) {
        self.writes.close();
        self.reads.close();
        store::join(&mut self.threads);
        // A child that is just being started holds a copy of the file: let go for it too. Closing the file is next anyway.
        let _ = self.lock.unlock();
    }
}

fn make(folder: &Path) -> Result<(), Fault> {
    std::fs::create_dir_all(folder)
        .map_err(|error| Fault::from_source(FaultKind::Setup, format!("建立数据目录 {}", folder.display()), error))
}

fn lock(folder: &Path) -> Result<File, Fault> {
    let path: PathBuf = folder.join("lock");
    let doing = || format!("锁定 {}", path.display());
    let options = File::options().create(true).truncate(false).write(true).open(&path);
    let file = options.map_err(|error| Fault::from_source(FaultKind::Setup, doing(), error))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => {
            let text = format!("数据目录 {} 正被另一个程序使用", folder.display());
            Err(Fault::new(FaultKind::Setup, text))
        }
        Err(TryLockError::Error(error)) => Err(Fault::from_source(FaultKind::Setup, doing(), error)),
    }
}

/// Brings both files to the present schema and destroys keys that a restored backup has brought back.
fn prepare(pair: &mut Pair) -> Result<(), Fault> {
    let steps = dialect::words(Engine::Sqlite, schema::STEPS_TABLE);
    let both = [&pair.journal, &pair.keys];
    for connection in both {
        connection.execute_batch(&steps).map_err(|error| connection::fault(error, "make the table of steps"))?;
    }
    let mut tx = SqliteTx::begin(pair)?;
    schema::apply(&mut tx, "journal", schema::JOURNAL)?;
    tx.commit()?;
    // The keys' schema is applied by turning the pair round: `keys` is then the journal of this transaction.
    std::mem::swap(&mut pair.journal, &mut pair.keys);
    let applied = SqliteTx::begin(pair).and_then(|mut tx| {
        schema::apply(&mut tx, "keys", schema::KEYS)?;
        tx.commit()
    });
    std::mem::swap(&mut pair.journal, &mut pair.keys);
    applied?;
    let mut tx = SqliteTx::begin(pair)?;
    seal::erase_again(&mut tx)?;
    tx.commit()
}

fn read_all(mut pair: Pair, reads: &Queue<BoxedJob>, views: &Arc<Views>) {
    loop {
        match reads.take(1, Duration::from_secs(60), |_, _| false) {
            Taken::Closed => return,
            Taken::Idle => {}
            Taken::Jobs(jobs) => {
                for mut work in jobs {
                    let end = SqliteTx::begin_reading(&mut pair)
                        .and_then(|mut tx| job::attempt(&mut work, &mut tx, &mut Desk::new(views)).map(drop));
                    work.settle(end);
                }
            }
        }
    }
}
