//! The demonstration as a whole: nothing refused, every kind of fate there, the same twice.

use std::path::Path;
use std::sync::Arc;

use calendar::{Moment, Zone};
use jiff::civil::date;
use journal::reads::CaseFilter;
use journal::{House, Laws, OfficeViews, Options, Place};
use office::case::CaseState;
use testbed::Folder;

use crate::demo::{Demonstration, demo};
use crate::weeks::Teller;
use crate::{estate, workbook};

/// Laws of their own for each store: they remember what each site has adopted.
fn laws(books: &[&str]) -> Arc<Laws> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut files = Vec::new();
    for book in books {
        for entry in std::fs::read_dir(root.join("rulebooks").join(book)).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            files.push((format!("{book}/{name}"), std::fs::read_to_string(&path).unwrap()));
        }
    }
    let read = |path: &str| std::fs::read_to_string(root.join(path)).unwrap();
    let years: Vec<String> = (2020..=2026).map(|year| read(&format!("calendars/cn/{year}.toml"))).collect();
    let years: Vec<&str> = years.iter().map(String::as_str).collect();
    Arc::new(Laws::of_texts(&read("rulebooks/words.toml"), &files, &years).unwrap().0)
}

/// An empty store under these rulebooks, in a folder of its own.
pub(crate) struct Store {
    _folder: Folder,
    /// What opens it.
    pub house: House,
}

/// Such a store. It is opened outside a runtime, and everything else runs inside one.
pub(crate) fn store(books: &[&str]) -> Store {
    let (folder, laws) = (Folder::new("demo"), laws(books));
    let place = Place::Folder { path: folder.path().to_path_buf(), keys: None };
    let store = journal::Store::open(&place, &Options::default(), Box::new(OfficeViews::new(laws.clone()))).unwrap();
    Store { _folder: folder, house: House::new(store, laws) }
}

struct Filled {
    store: Store,
    told: Demonstration,
    now: Moment,
}

pub(crate) fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().build().unwrap()
}

fn filled(seed: u64, now: Moment) -> Filled {
    let books: Vec<&str> = office::site::FIRST_BOOKS
        .into_iter()
        .chain([crate::mail::BOOK, crate::fee::BOOK, crate::paper::BOOK])
        .collect();
    let store = store(&books);
    let told = runtime().block_on(demo(&store.house, "no password", seed, now)).unwrap();
    Filled { store, told, now }
}

fn rows(filled: &Filled, filter: CaseFilter) -> Vec<journal::reads::CaseRow> {
    runtime().block_on(filled.store.house.cases(1, filter, filled.now)).unwrap().rows
}

#[test]
fn a_ledger_comes_back_from_its_workbook_as_it_was() {
    let rows = estate::ledger(7);
    assert!(rows.len() > 400);
    let book = workbook::workbook("演示花园", &rows).unwrap();
    let draft = courier::ledger::read(&courier::ledger::sheets(&book).unwrap()[0]);
    assert_eq!(draft.bad, []);
    let back: Vec<_> = draft.rows.into_iter().map(|(_, row)| row).collect();
    assert_eq!(back, rows);
}

#[test]
fn every_command_of_the_weeks_is_accepted() {
    for (seed, now) in [(1, date(2026, 11, 16).at(10, 30, 0, 0)), (2, date(2026, 3, 2).at(3, 15, 0, 0))] {
        let filled = filled(seed, Zone::shanghai().moment(now));
        assert_eq!(filled.told.played.refused, Vec::<String>::new());
        assert!(filled.told.played.cases > 200, "{:?}", filled.told.played);
        assert!(filled.told.played.told > 0, "the clock had something to tell: {seed} {:?}", filled.told.played);
        let ringing = runtime().block_on(filled.store.house.board(1)).unwrap().ringing.len();
        assert!((1..=3).contains(&ringing), "one order rings, seldom more: {ringing}");
        for state in [
            CaseState::Registered,
            CaseState::Working,
            CaseState::AwaitingFollowUp,
            CaseState::Closed,
            CaseState::Filed,
            CaseState::Withdrawn,
        ] {
            let filter = CaseFilter { state: Some(state), limit: 5, ..CaseFilter::default() };
            assert!(!rows(&filled, filter).is_empty(), "{state:?}");
        }
        let posts = ["finance".to_owned()];
        let owed = runtime().block_on(filled.store.house.my_work(1, "finance", &posts, filled.now)).unwrap().owed;
        let unposted = owed.iter().filter(|it| it.must.iter().any(|act| act == "repair.receipt_posted")).count();
        assert!(unposted < 8, "finance posts what it receives: {unposted} wait");
        let late = CaseFilter { late: true, limit: 50, ..CaseFilter::default() };
        assert!(!rows(&filled, late).is_empty(), "something is late now");
    }
}

#[test]
fn the_same_seed_and_moment_tell_the_same_weeks() {
    let now = Zone::shanghai().moment(date(2026, 11, 16).at(10, 30, 0, 0));
    let homes = estate::homes(&estate::ledger(3));
    let zone = Zone::shanghai();
    let told = |seed, now| format!("{:?}", Teller::new(&homes, &zone, now, seed).all());
    assert!(told(3, now) == told(3, now));
    assert!(told(3, now) != told(4, now));
}
