//! Backup (备份) of a store in a folder: both files copied while it runs, then opened and verified.

use std::path::{Path, PathBuf};

use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};

use crate::audit::{self, Verified};
use crate::fault::{Fault, FaultKind};
use crate::sqlite::connection::{self, rows};
use crate::sqlite::tx::{Pair, SqliteTx};
use crate::store::{Running, Store};
use crate::stream;

/// A backup that was opened again and found whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackedUp {
    /// The copy of the journal with its views.
    pub journal: PathBuf,
    /// The copy of the keys of persons.
    pub keys: PathBuf,
    /// Each site's journal as it stands in the copy.
    pub sites: Vec<Verified>,
}

impl Store {
    /// [`backup_folder`] of this store's own folder. Refuses on PostgreSQL, whose own tools do this.
    pub fn backup(&self, to: &Path, keys_to: &Path) -> Result<BackedUp, Fault> {
        let Running::Sqlite(sqlite) = &self.0.engine else {
            let text = "PostgreSQL 请用 pg_dump 备份（密钥在 keys 模式，请分开备份），或逐个项目导出";
            return Err(Fault::new(FaultKind::Setup, text));
        };
        copy_both(&sqlite.files.journal, &sqlite.files.keys, to, keys_to)
    }
}

/// Copies the store of a data folder into the folder `to` as `journal.db`, and its keys into `keys_to` as `keys.db`, also
/// while another process serves it; then opens the copies, checks every page and walks every chain. The keys belong
/// apart from the journal and are to be deleted sooner: an old copy of the keys brings erased persons back for whoever
/// holds both.
///
/// Refuses when there is no store in the folder, when a copy is there already, and when both folders are the same. Waits
/// on this thread; not for async code.
pub fn backup_folder(folder: &Path, keys: &Path, to: &Path, keys_to: &Path) -> Result<BackedUp, Fault> {
    copy_both(&folder.join("journal.db"), &keys.join("keys.db"), to, keys_to)
}

fn copy_both(journal_from: &Path, keys_from: &Path, to: &Path, keys_to: &Path) -> Result<BackedUp, Fault> {
    if let Some(missing) = [journal_from, keys_from].into_iter().find(|file| !file.is_file()) {
        return Err(Fault::new(FaultKind::Setup, format!("没有 {}，无可备份", missing.display())));
    }
    if to == keys_to {
        return Err(Fault::new(FaultKind::Setup, "密钥要与日志分开备份，请另选一个目录"));
    }
    let (journal, keys) = (to.join("journal.db"), keys_to.join("keys.db"));
    for (folder, copy) in [(to, &journal), (keys_to, &keys)] {
        std::fs::create_dir_all(folder)
            .map_err(|error| Fault::from_source(FaultKind::Setup, format!("建立目录 {}", folder.display()), error))?;
        if copy.exists() {
            return Err(Fault::new(FaultKind::Setup, format!("{} 已存在，不覆盖", copy.display())));
        }
    }
    // The journal first: every key that its entries need is then among the keys.
    copy_file(journal_from, &journal)?;
    copy_file(keys_from, &keys)?;
    let sites = check(&journal, &keys)?;
    Ok(BackedUp { journal, keys, sites })
}

/// Copies one file page by page as of one moment, under a name that shows it is not finished until it is.
fn copy_file(from: &Path, to: &Path) -> Result<(), Fault> {
    let doing = || format!("备份 {} 到 {}", from.display(), to.display());
    let unfinished = to.with_extension("unfinished");
    let _ = std::fs::remove_file(&unfinished);
    let copy = || -> rusqlite::Result<StepResult> {
        let source = connection::reader(from).map_err(|_| rusqlite::Error::InvalidPath(from.to_path_buf()))?;
        let mut target = Connection::open(&unfinished)?;
        // All pages in one step: acts go on meanwhile, and nothing has to begin anew because of them.
        let end = Backup::new(&source, &mut target)?.step(-1)?;
        // One file that needs no log beside it.
        target.pragma_update(None, "journal_mode", "DELETE")?;
        Ok(end)
    };
    match copy().map_err(|error| connection::fault(error, &doing()))? {
        StepResult::Done => {}
        _ => return Err(Fault::new(FaultKind::Busy, doing())),
    }
    let settle = || {
        std::fs::File::options().write(true).open(&unfinished)?.sync_all()?;
        std::fs::rename(&unfinished, to)
    };
    settle().map_err(|error| Fault::from_source(FaultKind::DiskFull, doing(), error))
}

fn check(journal: &Path, keys: &Path) -> Result<Vec<Verified>, Fault> {
    let mut pair = Pair::new(connection::reader(journal)?, connection::reader(keys)?);
    for (connection, path) in [(&pair.journal, journal), (&pair.keys, keys)] {
        let found = rows(connection, "PRAGMA integrity_check", &[])
            .map_err(|error| connection::fault(error, "check a backup"))?;
        if found.first().and_then(|row| row.text(0).ok()) != Some("ok") {
            return Err(Fault::new(FaultKind::Corrupt, format!("备份 {} 已损坏：{found:?}", path.display())));
        }
    }
    let mut tx = SqliteTx::begin_reading(&mut pair)?;
    let mut sites = Vec::new();
    for head in stream::heads(&mut tx)? {
        let site = audit::walk(&mut tx, &head)?;
        sites.push(site.map_err(|wrong| Fault::new(FaultKind::Corrupt, format!("备份：{wrong}")))?);
    }
    Ok(sites)
}
