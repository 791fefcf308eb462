//! What the tests of this crate share: a store on either engine, a toy projector, a few commands.

use calendar::Moment;
use office::Event;
use office::event::{FormTouch, Sealed, Touch};
use testbed::{Database, Folder};

use crate::{Acted, CommandId, Engine, Entry, Fault, Options, Place, Projector, Sent, SiteTx, Stale, Store, Tx};
use crate::{sql, vals};

/// A place for a store that vanishes with it.
pub struct Bed {
    pub place: Place,
    pub folder: Folder,
    pub database: Option<Database>,
}

impl Bed {
    pub fn new(engine: Engine) -> Bed {
        let folder = Folder::new("store");
        match engine {
            Engine::Sqlite => {
                let place = Place::Folder { path: folder.path().to_path_buf(), keys: None };
                Bed { place, folder, database: None }
            }
            Engine::Postgres => {
                let database = Database::new();
                Bed { place: Place::Postgres { url: database.url() }, folder, database: Some(database) }
            }
        }
    }

    pub fn open(&self) -> Store {
        self.open_with(Box::new(Toy { edition: 1 }))
    }

    pub fn open_with(&self, projector: Box<dyn Projector>) -> Store {
        let options = Options { workers: 3, readers: 2, ..Options::default() };
        Store::open(&self.place, &options, projector).unwrap()
    }
}

/// A store in a place of its own.
pub fn store(engine: Engine) -> (Bed, Store) {
    let bed = Bed::new(engine);
    let store = bed.open();
    (bed, store)
}

/// Views to be rebuilt: a row a stream with its caller's name, and a count of each event a month.
pub struct Toy {
    pub edition: i64,
}

impl Projector for Toy {
    fn tables(&self) -> &[&'static str] {
        &["toy_case", "toy_count"]
    }

    fn schema(&self) -> &str {
        TOY_SCHEMA
    }

    fn edition(&self) -> i64 {
        self.edition
    }

    fn project(&self, tx: &mut dyn Tx, entries: &[Entry]) -> Result<(), Fault> {
        entries.iter().try_for_each(|entry| project(tx, entry))
    }
}

fn project(tx: &mut dyn Tx, entry: &Entry) -> Result<(), Fault> {
    let event = &entry.written.event;
    let caller = event.sealed.as_ref().and_then(|sealed| sealed.fields.get("name"));
    let caller = caller.cloned().unwrap_or_default();
    let text = sql!(
        "insert into toy_case(site, stream, events, caller, last, changed) values ($1, $2, 1, $3, $4, $5)
             on conflict (site, stream) do update set events = toy_case.events + 1, last = excluded.last,
             changed = excluded.changed,
             caller = case when excluded.caller = '' then toy_case.caller else excluded.caller end"
    );
    tx.exec(text, &vals![entry.site, &entry.stream, caller, &event.body.note, entry.written.at])?;
    let text = sql!(
        "insert into toy_count(site, name, n) values ($1, $2, 1)
             on conflict (site, name) do update set n = toy_count.n + 1"
    );
    tx.exec(text, &vals![entry.site, &event.name])
}

/// Tables of the toy.
pub const TOY_SCHEMA: &str = "create table toy_case (
            site {int} not null, stream {text} not null, events {int} not null, caller {text} not null,
            last {text} not null, changed {int} not null, primary key (site, stream)) {keyed};
         create index toy_case_changed on toy_case (site, changed);
         create table toy_count (
            site {int} not null, name {text} not null, n {int} not null, primary key (site, name)) {keyed};";

pub const TOY_TABLES: &[&str] = &["toy_case", "toy_count", "series", "number_taken"];

/// A command of `site` with this id, at this second.
pub fn sent(site: i64, command: &str, second: i64) -> Sent {
    Sent {
        site,
        command: CommandId::new(command).unwrap(),
        actor: "clerk".to_owned(),
        post: "front_desk".to_owned(),
        now: Moment(second * 1_000_000),
    }
}

/// An event with a note.
pub fn note(text: &str) -> Event {
    let mut event = Event::plain("case.note_added", Moment(0));
    event.body.note = text.to_owned();
    event
}

/// An event with a caller's name under a person's key.
pub fn caller(person: &str, name: &str) -> Event {
    let mut event = Event::plain("case.registered", Moment(0));
    let fields = [("name".to_owned(), name.to_owned()), ("phone".to_owned(), "13800000000".to_owned())];
    event.sealed = Some(Sealed { person: person.to_owned(), fields: fields.into() });
    event
}

/// An event that issues or voids a slip.
pub fn slip(number: i64, touch: Touch) -> Event {
    let mut event = note(if touch == Touch::Voided { "写错" } else { "" });
    event.body.form =
        Some(FormTouch { form: "repair_slip".to_owned(), number: format!("WX-202611-{number:04}"), touch });
    event
}

/// Appends one event to a stream at the version it has.
pub fn add(tx: &mut SiteTx<'_>, stream: &str, event: Event) -> Result<Result<i64, Stale>, Fault> {
    let version = tx.load(stream)?.len() as i64;
    Ok(tx.append(stream, version, vec![event])?.map(|entries| entries[0].seq))
}

/// A command that appends one event, and its answer.
pub fn act(store: &Store, sent: Sent, stream: &str, event: Event) -> Result<Result<Acted<i64>, Stale>, Fault> {
    let stream = stream.to_owned();
    store.act(sent, move |tx| add(tx, &stream, event.clone())).wait()
}

/// The notes of a stream.
pub fn notes(store: &Store, site: i64, stream: &str) -> Vec<String> {
    let stream = stream.to_owned();
    let entries = store.read(move |tx| crate::stream::load(tx, site, &stream)).wait().unwrap();
    entries.into_iter().map(|entry| entry.event.body.note).collect()
}
