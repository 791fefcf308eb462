//! A house to measure (被测): the three rulebooks of the tree, a fresh store on either engine, a founded site.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, anyhow};
use calendar::Moment;
use journal::house::Founding;
use journal::{CommandId, House, Laws, OfficeViews, Options, Place, Sent, Store};
use testbed::{Database, Folder};

/// Books in force at the measured site.
const BOOKS: [&str; 3] = ["complaint-instruction", "repair-residential", "followup-9"];

/// A house in a place that vanishes with it.
pub struct Bed {
    /// The house.
    pub house: House,
    folder: Option<Folder>,
    _database: Option<Database>,
}

impl Bed {
    /// On SQLite.
    pub fn sqlite() -> anyhow::Result<Bed> {
        let folder = Folder::new("bench");
        let place = Place::Folder { path: folder.path().to_path_buf(), keys: None };
        Ok(Bed { house: house(&place)?, folder: Some(folder), _database: None })
    }

    /// On SQLite, nothing founded yet.
    pub fn empty() -> anyhow::Result<Bed> {
        let folder = Folder::new("bench");
        let place = Place::Folder { path: folder.path().to_path_buf(), keys: None };
        Ok(Bed { house: open(&place)?, folder: Some(folder), _database: None })
    }

    /// On a private PostgreSQL.
    pub fn postgres() -> anyhow::Result<Bed> {
        let database = Database::new();
        let place = Place::Postgres { url: database.url() };
        Ok(Bed { house: house(&place)?, folder: None, _database: Some(database) })
    }

    /// The file of the journal; only SQLite has one.
    pub fn journal(&self) -> PathBuf {
        self.folder.as_ref().map(|folder| folder.path().join("journal.db")).unwrap_or_default()
    }
}

/// When the measured site begins.
pub fn begins() -> Moment {
    calendar::Zone::shanghai().moment(jiff::civil::date(2024, 1, 8).at(9, 0, 0, 0))
}

fn open(place: &Place) -> anyhow::Result<House> {
    let laws = Arc::new(laws()?);
    let store = Store::open(place, &Options::default(), Box::new(OfficeViews::new(laws.clone())))?;
    Ok(House::new(store, laws))
}

fn house(place: &Place) -> anyhow::Result<House> {
    let house = open(place)?;
    let founding = Founding {
        company: "演示物业".into(),
        site: "演示花园".into(),
        account: "admin".into(),
        name: "演示管理员".into(),
        books: BOOKS.map(String::from).to_vec(),
        ..Founding::default()
    };
    let sent = Sent {
        site: 0,
        command: CommandId::of(&["bench", "found"]),
        actor: "admin".into(),
        post: "administrator".into(),
        now: begins(),
    };
    runtime()?.block_on(house.found(sent, founding))?.map_err(|refusal| anyhow!("{refusal}"))?;
    Ok(house)
}

/// A runtime for one call after another.
pub fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    Ok(tokio::runtime::Builder::new_current_thread().build()?)
}

fn laws() -> anyhow::Result<Laws> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let read = |path: PathBuf| std::fs::read_to_string(&path).with_context(|| path.display().to_string());
    let mut files = Vec::new();
    for book in BOOKS {
        for entry in std::fs::read_dir(root.join("rulebooks").join(book))? {
            let path = entry?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            files.push((format!("{book}/{name}"), read(path)?));
        }
    }
    let years: Result<Vec<String>, _> =
        (2020..=2026).map(|year| read(root.join(format!("calendars/cn/{year}.toml")))).collect();
    let years = years?;
    let years: Vec<&str> = years.iter().map(String::as_str).collect();
    let words = read(root.join("rulebooks/words.toml"))?;
    Ok(Laws::of_texts(&words, &files, &years).map_err(|bad| anyhow!("{bad:?}"))?.0)
}
