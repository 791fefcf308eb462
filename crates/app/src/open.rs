//! Opening the office (开门): texts become laws, the place becomes a store, both become the house.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, anyhow};
use journal::house::Laws;
use journal::{House, OfficeViews, Options, Place, Store};
use rulebook::Severity;
use rulebook::words::WORDS_FILE;

use crate::configuration::DataPlace;
use crate::{os, shelf, shipped};

/// A file that lies in the data folder of a demonstration and in no other.
pub const DEMO_MARK: &str = "demo.toml";

/// The laws of the texts that `data` names. A book with mistakes is told in the log; its sound rules hold.
pub fn laws(data: &DataPlace) -> anyhow::Result<Arc<Laws>> {
    let texts = shelf::texts(data.rulebooks.as_deref())?;
    let years: Vec<&str> = shipped::CALENDARS.iter().map(|(_, text)| *text).collect();
    let words = texts.get(WORDS_FILE).cloned().unwrap_or_default();
    let files: Vec<(String, String)> = texts.into_iter().filter(|(path, _)| path.contains('/')).collect();
    let (laws, problems) = Laws::of_texts(&words, &files, &years).context("日历读不进来")?;
    for problem in problems.iter().filter(|problem| problem.severity == Severity::Error) {
        tracing::warn!(file = %problem.file, "规程有错：{}", problem.sentence);
    }
    Ok(Arc::new(laws))
}

/// Opens the house. Makes the data folder when it is not there; refuses one on a network share or in a synchronised
/// folder. Views made by another version of the program are rebuilt first when `rebuild` says so, else refused.
pub fn house(data: &DataPlace, rebuild: Views) -> anyhow::Result<House> {
    let laws = laws(data)?;
    std::fs::create_dir_all(&data.folder).with_context(|| format!("建不了数据文件夹 {}", data.folder.display()))?;
    let place = match &data.database {
        Some(url) => Place::Postgres { url: url.clone() },
        None => Place::Folder { path: data.folder.clone(), keys: data.keys.clone() },
    };
    let options = Options { placement: os::unfit, ..Options::default() };
    let store = Store::open(&place, &options, Box::new(OfficeViews::new(Arc::clone(&laws))));
    let store = store.map_err(|fault| refused(&fault))?;
    if rebuild == Views::Current && !store.views_current().map_err(|fault| refused(&fault))? {
        tracing::info!("视图是另一版本的程序做的，正在重建");
        rebuild_views(&store)?;
    }
    Ok(House::new(store, laws))
}

/// What to do with views of another version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Views {
    /// Rebuild them, so that acts are taken.
    Current,
    /// Leave them as they are: only the journal is looked at.
    AsTheyAre,
}

/// Rebuilds every view and says how far it has come, a line every ten thousand entries.
pub fn rebuild_views(store: &Store) -> anyhow::Result<()> {
    let mut told = (0, 0);
    let rebuilt = store.rebuild(&mut |progress| {
        let step = (progress.site, progress.seq / 10_000);
        if step != told || progress.seq == progress.of {
            told = step;
            tracing::info!(site = progress.site, "重建视图 {} / {}", progress.seq, progress.of);
        }
    });
    rebuilt.map_err(|fault| refused(&fault))
}

/// Whether the data of this folder are a demonstration's.
pub fn is_demo(folder: &Path) -> bool {
    folder.join(DEMO_MARK).is_file()
}

/// A fault as the command line says it: the whole chain once, with the number that stands in the log too.
pub fn refused(fault: &journal::Fault) -> anyhow::Error {
    anyhow!("{}（故障号 {}）", fault.chain(), fault.number())
}
