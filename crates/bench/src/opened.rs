//! A house to measure (被测): the rulebooks of the tree, a fresh store on either engine, a founded site with its estate.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, anyhow};
use calendar::Moment;
use journal::house::Founding;
use journal::kept::sessions::Session;
use journal::{CommandId, House, Laws, OfficeViews, Options, Place, Sent, Store};
use office::site::{FIRST_BOOKS, PostChange};
use simulator::estate::{self, Home};
use testbed::{Database, Folder};

/// The measured site.
pub const SITE: i64 = 1;

/// Accounts of the front desk: so many that the limit of requests an account does not bind.
pub const DESKS: usize = 192;

/// Accounts of who dispatches, for the same reason.
pub const ENGINEERS: usize = 8;

/// Where a store lies; it vanishes with this value.
pub struct Ground {
    place: Place,
    folder: Option<PathBuf>,
    _own: Option<Folder>,
    _database: Option<Database>,
}

/// An open house with what the load needs to know of it.
pub struct Bed {
    /// The house.
    pub house: House,
    /// Households from which people call.
    pub homes: Vec<Home>,
}

impl Ground {
    /// On SQLite.
    pub fn sqlite() -> Ground {
        let folder = Folder::new("bench");
        let path = folder.path().to_owned();
        Ground { _own: Some(folder), ..Ground::at(&path) }
    }

    /// On SQLite in a folder that stays.
    pub fn at(path: &Path) -> Ground {
        Ground {
            place: Place::Folder { path: path.into(), keys: None },
            folder: Some(path.into()),
            _own: None,
            _database: None,
        }
    }

    /// On a private PostgreSQL.
    pub fn postgres() -> Ground {
        let database = Database::new();
        Ground { place: Place::Postgres { url: database.url() }, folder: None, _own: None, _database: Some(database) }
    }

    /// The data folder; only SQLite has one.
    pub fn folder(&self) -> anyhow::Result<&Path> {
        self.folder.as_deref().context("this store lies in no folder")
    }

    /// Address of the database; only PostgreSQL has one.
    pub fn url(&self) -> anyhow::Result<&str> {
        match &self.place {
            Place::Postgres { url } => Ok(url),
            Place::Folder { .. } => Err(anyhow!("this store has no address")),
        }
    }

    /// Opens the store, whatever is in it.
    pub fn open(&self) -> anyhow::Result<House> {
        let laws = Arc::new(laws()?);
        let store = Store::open(&self.place, &Options::default(), Box::new(OfficeViews::new(laws.clone())))?;
        Ok(House::new(store, laws))
    }

    /// Founds company and site at this moment, with accounts and households.
    pub fn found(&self, begins: Moment) -> anyhow::Result<Bed> {
        let house = self.open()?;
        let rows = estate::ledger(1);
        runtime()?.block_on(async {
            let founding = Founding {
                company: "演示物业".into(),
                site: "演示花园".into(),
                account: "admin".into(),
                name: "演示管理员".into(),
                books: FIRST_BOOKS.map(String::from).to_vec(),
                ..Founding::default()
            };
            house.found(sent(0, "found", begins), founding).await?.map_err(|refusal| anyhow!("{refusal}"))?;
            let desks = (0..DESKS).map(|number| (desk(number), "front_desk"));
            let engineers = (0..ENGINEERS).map(|number| (engineer(number), "engineering_supervisor"));
            let technician = ("technician".to_owned(), "technician");
            for (id, post) in desks.chain(engineers).chain([technician]) {
                let change = PostChange {
                    name: format!("演示{id}"),
                    posts: vec![post.into()],
                    active: true,
                    id: id.clone(),
                    ..PostChange::default()
                };
                let set = house.set_account(sent(SITE, &id, begins), change).await?;
                set.map_err(|refusal| anyhow!("{refusal}"))?;
            }
            let told = house.import_households(sent(SITE, "import", begins), rows.clone()).await?;
            told.map(drop).map_err(|refusal| anyhow!("{refusal}"))
        })?;
        Ok(Bed { house, homes: estate::homes(&rows) })
    }
}

/// The households of the measured estate.
pub fn homes() -> Vec<Home> {
    estate::homes(&estate::ledger(1))
}

/// Log-in name of a front desk.
pub fn desk(number: usize) -> String {
    format!("desk{number:03}")
}

/// Log-in name of one who dispatches.
pub fn engineer(number: usize) -> String {
    format!("engineer{number}")
}

/// Signs accounts in without their passwords, as of the machine's clock; answers the cookie's value of each.
pub fn sessions(house: &House, accounts: &[String]) -> anyhow::Result<Vec<String>> {
    let now = now();
    let runtime = runtime()?;
    accounts
        .iter()
        .map(|account| {
            let token = blake3::hash(account.as_bytes()).to_hex().to_string();
            let session = Session {
                token: *blake3::hash(token.as_bytes()).as_bytes(),
                account: account.clone(),
                made: now,
                seen: now,
                ends: now.plus_seconds(12 * 3_600),
                device: "bench".into(),
                marks: String::new(),
            };
            runtime.block_on(house.store().put_session(session))?;
            Ok(token)
        })
        .collect()
}

/// The machine's clock, which the server goes by.
pub fn now() -> Moment {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Moment(i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
}

/// A runtime for one call after another.
pub fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    Ok(tokio::runtime::Builder::new_current_thread().enable_all().build()?)
}

pub fn sent(site: i64, part: &str, now: Moment) -> Sent {
    let command = CommandId::of(&["bench", part]);
    Sent { site, command, actor: "admin".into(), post: "administrator".into(), now }
}

fn laws() -> anyhow::Result<Laws> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let read = |path: PathBuf| std::fs::read_to_string(&path).with_context(|| path.display().to_string());
    let mut files = Vec::new();
    let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    for folder in std::fs::read_dir(root.join("rulebooks"))? {
        let folder = folder?.path();
        if !folder.is_dir() {
            continue;
        }
        for entry in std::fs::read_dir(&folder)? {
            let path = entry?.path();
            files.push((format!("{}/{}", name(&folder), name(&path)), read(path)?));
        }
    }
    let years: Result<Vec<String>, _> =
        (2020..=2026).map(|year| read(root.join(format!("calendars/cn/{year}.toml")))).collect();
    let years = years?;
    let years: Vec<&str> = years.iter().map(String::as_str).collect();
    let words = read(root.join("rulebooks/words.toml"))?;
    Ok(Laws::of_texts(&words, &files, &years).map_err(|bad| anyhow!("{bad:?}"))?.0)
}
