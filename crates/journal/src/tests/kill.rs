//! Killed at any moment: what was acknowledged is there, nothing is there twice, the chain is whole.
//!
//! The test starts this very test program again as the one that works (`hammer`), reads which commands it says were
//! acknowledged, kills it, and looks into the store.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::time::Duration;

use super::bed::{Bed, TOY_TABLES, Toy, act, caller, note, sent};
use super::random::Chance;
use crate::{Engine, Options, Place, Sql, Store};

/// Threads that send at once.
const SENDERS: i64 = 6;

/// Commands that each sender sends anew from the round before: some were applied, some were not.
const AGAIN: i64 = 4;

/// The working program. Does nothing unless it was started by the test below.
#[test]
fn hammer() {
    let Ok(place) = std::env::var("HUIYIN_HAMMER_PLACE") else { return };
    let round: i64 = std::env::var("HUIYIN_HAMMER_ROUND").unwrap().parse().unwrap();
    let place = match place.strip_prefix("folder ") {
        Some(path) => Place::Folder { path: path.into(), keys: None },
        None => Place::Postgres { url: place },
    };
    let options = Options { workers: 4, readers: 1, ..Options::default() };
    let store = Store::open(&place, &options, Box::new(Toy { edition: 1 })).unwrap();
    std::thread::scope(|scope| {
        for sender in 0..SENDERS {
            let store = &store;
            scope.spawn(move || {
                let before = (0..AGAIN).filter(|_| round > 0).map(|number| (round - 1, number));
                for (round, number) in before.chain((0..).map(|number| (round, number))) {
                    send(store, round, sender, number);
                }
            });
        }
    });
}

fn send(store: &Store, round: i64, sender: i64, number: i64) {
    let command = format!("{round}-{sender}-{number}");
    let site = 1 + number % 3;
    let stream = format!("case/{round}-{}", (sender * 7 + number) % 11);
    let event = if number % 4 == 0 { caller(&format!("p{sender}"), "张三") } else { note(&command) };
    let acted = act(store, sent(site, &command, round), &stream, event).unwrap().unwrap();
    let mut out = std::io::stdout().lock();
    // One write a line, so that a kill cuts no line in two and an acknowledgement is never told before it was given.
    out.write_all(format!("\nack {site} {command} {}\n", acted.answer).as_bytes()).unwrap();
    out.flush().unwrap();
}

/// Lets the program work until it has acknowledged `acks` commands and a little longer, kills it, and returns
/// everything it acknowledged.
fn work_and_kill(bed: &Bed, round: i64, acks: u64, longer: Duration) -> BTreeMap<(i64, String), i64> {
    let place = match &bed.place {
        Place::Folder { path, .. } => format!("folder {}", path.display()),
        Place::Postgres { url } => url.clone(),
    };
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "tests::kill::hammer", "--nocapture", "--test-threads=1"])
        .env("HUIYIN_HAMMER_PLACE", place)
        .env("HUIYIN_HAMMER_ROUND", round.to_string())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut acknowledged = BTreeMap::new();
    let mut note = |line: String| {
        let mut words = line.split(' ');
        if words.next() == Some("ack") {
            let mut next = || words.next().unwrap().to_owned();
            let (site, command) = (next().parse().unwrap(), next());
            if let Ok(seq) = next().parse() {
                acknowledged.insert((site, command), seq);
            }
            return true;
        }
        false
    };
    let mut seen = 0;
    while seen < acks {
        let line = lines.next().expect("the hammer has stopped by itself").unwrap();
        seen += u64::from(note(line));
    }
    std::thread::sleep(longer);
    child.kill().unwrap();
    child.wait().unwrap();
    for line in lines.map_while(Result::ok) {
        note(line);
    }
    acknowledged
}

/// Every acknowledged command is there, once, where it was said to be.
fn check(store: &Store, acknowledged: BTreeMap<(i64, String), i64>) {
    let read = store.read(move |tx| {
        for ((site, command), seq) in &acknowledged {
            let text = Sql::fixed("select seq from journal where site = $1 and command = $2");
            let rows = tx.query(text, &crate::vals![*site, command])?;
            let found: Vec<i64> = rows.iter().map(|row| row.int(0).unwrap()).collect();
            assert_eq!(found, [*seq], "command {command} of site {site}");
        }
        Ok(())
    });
    read.wait().unwrap();
}

/// The whole store: chains, no command twice, views as the journal tells them.
fn check_all(store: &Store) {
    for site in 1..=3 {
        store.verify(site).unwrap().unwrap_or_else(|wrong| panic!("{wrong}"));
    }
    let twice = store.read(|tx| {
        let text = "select site, command, count(*) from journal group by site, command having count(*) > 1";
        tx.query(Sql::fixed(text), &[])
    });
    assert_eq!(twice.wait().unwrap(), []);
    let live = store.dump(TOY_TABLES).unwrap();
    store.rebuild(&mut |_| {}).unwrap();
    assert_eq!(store.dump(TOY_TABLES).unwrap(), live);
}

fn kill_often(engine: Engine, rounds: i64) {
    let mut chance = Chance::new("kill");
    let bed = Bed::new(engine);
    let mut acknowledged = BTreeMap::new();
    for round in 0..rounds {
        // One time in five at some moment of opening, else in the middle of work.
        let acks = if chance.below(5) == 0 { 0 } else { 1 + chance.below(80) };
        let longer = Duration::from_micros(chance.below(if acks == 0 { 40_000 } else { 3_000 }));
        for (command, seq) in work_and_kill(&bed, round, acks, longer) {
            // A repeat is answered with the answer of then, also after a kill.
            let first = *acknowledged.entry(command).or_insert(seq);
            assert_eq!(first, seq);
        }
        if round % 10 == 9 {
            check(&bed.open(), acknowledged.clone());
        }
    }
    let told = acknowledged.len();
    let store = bed.open();
    check(&store, acknowledged);
    check_all(&store);
    println!("{told} acknowledged commands in {rounds} rounds, none lost, none doubled");
    assert!(told as i64 > rounds * 10);
}

#[test]
fn two_hundred_kills_lose_nothing_on_sqlite() {
    kill_often(Engine::Sqlite, 200);
}

#[test]
fn twenty_kills_lose_nothing_on_postgres() {
    kill_often(Engine::Postgres, 20);
}
