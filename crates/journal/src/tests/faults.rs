//! What goes wrong and must not matter: full disks, lost databases, changed files, two programs at once.

use std::io::BufReader;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc;
use std::time::Duration;

use testbed::Folder;

use super::bed::{self, Bed, TOY_TABLES, Toy, act, add, caller, note, notes, sent};
use super::on_both;
use crate::{Engine, Fault, FaultKind, NoViews, Options, Place, Sql, Store, verify_export};

on_both! {
    a_changed_entry_is_found_at_its_place,
    a_removed_entry_is_found_at_its_place,
    an_entry_from_elsewhere_and_a_cut_tail_are_found,
    a_changed_or_unknown_step_of_the_schema_is_refused,
    an_export_comes_back_entry_by_entry,
    a_damaged_export_is_refused,
    a_queue_that_is_full_says_so,
}

/// Does to the database what no part of the program would.
fn tamper(store: &Store, text: &'static str) {
    store.keep(move |tx| tx.exec(Sql::fixed(text), &[])).wait().unwrap();
}

fn three_entries(engine: Engine) -> (Bed, Store) {
    let (bed, store) = bed::store(engine);
    for (command, text) in [("a", "一"), ("b", "二"), ("c", "三")] {
        act(&store, sent(1, command, 1), "case/1", note(text)).unwrap().unwrap();
    }
    assert_eq!(store.verify(1).unwrap().unwrap().entries, 3);
    (bed, store)
}

fn a_changed_entry_is_found_at_its_place(engine: Engine) {
    for change in [
        "update journal set body = '{}' where seq = 2",
        "update journal set actor = 'another' where seq = 2",
        "update journal set happened = happened - 1 where seq = 2",
        "update journal set sealed = prev where seq = 2",
        "update journal set hash = prev where seq = 2",
    ] {
        let (_bed, store) = three_entries(engine);
        tamper(&store, change);
        assert_eq!(store.verify(1).unwrap().unwrap_err().seq, 2, "{change}");
    }
}

fn a_removed_entry_is_found_at_its_place(engine: Engine) {
    let (_bed, store) = three_entries(engine);
    tamper(&store, "delete from journal where seq = 2");
    let wrong = store.verify(1).unwrap().unwrap_err();
    assert_eq!(wrong.seq, 2);
    assert_eq!(wrong.to_string(), "项目 1 的日志在第 2 条断裂：缺少，其后是第 3 条");
}

fn an_entry_from_elsewhere_and_a_cut_tail_are_found(engine: Engine) {
    let (_bed, store) = three_entries(engine);
    tamper(&store, "delete from journal where seq = 3");
    assert_eq!(store.verify(1).unwrap().unwrap_err().seq, 3);
    let (_bed, store) = three_entries(engine);
    tamper(&store, "update head set seq = 2");
    assert_eq!(store.verify(1).unwrap().unwrap_err().seq, 2);
    tamper(&store, "update head set hash = (select hash from journal where seq = 2)");
    assert_eq!(store.verify(1).unwrap().unwrap_err().seq, 3);
}

fn a_changed_or_unknown_step_of_the_schema_is_refused(engine: Engine) {
    for (change, word) in [
        ("update schema_step set digest = 'x' where name = '002-kept'", "002-kept"),
        ("insert into schema_step(part, name, digest) values ('journal', '999-future', 'x')", "999-future"),
    ] {
        let (bed, store) = bed::store(engine);
        tamper(&store, change);
        drop(store);
        let refused = Store::open(&bed.place, &Options::default(), Box::new(NoViews)).err().unwrap();
        assert_eq!(refused.kind(), FaultKind::Setup);
        assert!(refused.chain().contains(word), "{refused:?}");
    }
}

fn exported(store: &Store, site: i64) -> Vec<u8> {
    let mut out = Vec::new();
    store.export(site, &mut out).unwrap().unwrap();
    out
}

fn an_export_comes_back_entry_by_entry(engine: Engine) {
    let (_bed, store) = three_entries(engine);
    act(&store, sent(1, "d", 2), "case/2", caller("p1", "张三")).unwrap().unwrap();
    act(&store, sent(1, "e", 2), "case/3", caller("p2", "李四")).unwrap().unwrap();
    let erase = store.act(sent(1, "f", 3), |tx| {
        tx.erase("p2")?;
        add(tx, "case/3", note("已抹除")).map(|end| end.map_err(|_| ()))
    });
    erase.wait().unwrap().unwrap();
    // The toy projector does not write older rows anew when someone is erased; a rebuild does.
    store.rebuild(&mut |_| {}).unwrap();
    let file = exported(&store, 1);
    assert!(!String::from_utf8_lossy(&file).contains("张三"));
    let verified = verify_export(&mut BufReader::new(&file[..])).unwrap().unwrap();
    assert_eq!(verified, store.verify(1).unwrap().unwrap());
    let mut keys = Vec::new();
    store.export_keys(1, &mut keys).unwrap();

    // Into an empty store on the other engine, too.
    for other in [Engine::Sqlite, Engine::Postgres] {
        let (_bed, copy) = bed::store(other);
        copy.import_keys(&mut BufReader::new(&keys[..])).unwrap();
        for _ in 0..2 {
            assert_eq!(copy.import(&mut BufReader::new(&file[..])).unwrap().unwrap(), verified);
        }
        assert_eq!(act(&copy, sent(1, "g", 9), "case/1", note("早")).unwrap_err().kind(), FaultKind::Setup);
        copy.rebuild(&mut |_| {}).unwrap();
        assert_eq!(copy.dump(TOY_TABLES).unwrap(), store.dump(TOY_TABLES).unwrap());
        assert_eq!(exported(&copy, 1), file);
        // An imported command is not applied again; its answer is not known any more.
        assert_eq!(act(&copy, sent(1, "a", 9), "case/1", note("再")).unwrap_err().kind(), FaultKind::Corrupt);
        assert_eq!(notes(&copy, 1, "case/1").len(), 3);
        assert_eq!(act(&copy, sent(1, "h", 9), "case/1", note("续")).unwrap().unwrap().answer, 7);
        // A store with a journal of its own takes no other.
        let (_bed, own) = bed::store(other);
        act(&own, sent(1, "a", 1), "case/1", note("别的")).unwrap().unwrap();
        assert_eq!(own.import(&mut BufReader::new(&file[..])).unwrap_err().kind(), FaultKind::Setup);
        assert_eq!(notes(&own, 1, "case/1"), ["别的"]);
    }
}

fn a_damaged_export_is_refused(engine: Engine) {
    let (_bed, store) = three_entries(engine);
    let file = String::from_utf8(exported(&store, 1)).unwrap();
    let check = |text: &str| verify_export(&mut BufReader::new(text.as_bytes())).unwrap();
    assert!(check(&file).is_ok());
    assert_eq!(check(&file.replace("二", "贰")).unwrap_err().seq, 2);
    let lines: Vec<&str> = file.lines().collect();
    assert_eq!(check(&[lines[0], lines[1], lines[3], lines[4]].join("\n")).unwrap_err().seq, 2);
    assert!(check(&lines[..4].join("\n")).unwrap_err().what.contains("不完整"));
    assert!(check(&[lines[0], lines[1], lines[2], lines[4]].join("\n")).is_err());
    assert!(check("").is_err());
    assert!(check("{}\n").is_err());
}

fn a_queue_that_is_full_says_so(engine: Engine) {
    let bed = Bed::new(engine);
    let options = Options { waiting: 2, workers: 1, ..Options::default() };
    let store = Store::open(&bed.place, &options, Box::new(Toy { edition: 1 })).unwrap();
    let (started, working) = mpsc::channel();
    let (go, wait) = mpsc::channel::<()>();
    let wait = std::sync::Mutex::new(wait);
    let slow = store.keep(move |_| {
        started.send(()).unwrap();
        wait.lock().unwrap().recv().unwrap();
        Ok(())
    });
    working.recv().unwrap();
    let replies: Vec<_> =
        (0..4).map(|at| store.act(sent(1, &format!("c{at}"), 1), |tx| add(tx, "case/1", note("x")))).collect();
    go.send(()).unwrap();
    slow.wait().unwrap();
    let ends: Vec<_> = replies.into_iter().map(|reply| reply.wait().map_err(|fault| fault.kind())).collect();
    assert_eq!(ends.iter().filter(|end| end.is_ok()).count(), 2);
    assert!(ends[2..].iter().all(|end| matches!(end, Err(FaultKind::Busy))));
}

#[test]
fn a_failing_commit_answers_everyone_in_it_with_the_fault() {
    let (_bed, store) = bed::store(Engine::Sqlite);
    let tables = store.keep(|tx| {
        tx.script(
            "create table parent (id integer primary key) strict;
             create table child (id integer references parent deferrable initially deferred) strict",
        )
    });
    tables.wait().unwrap();
    act(&store, sent(1, "before", 1), "case/1", note("早")).unwrap().unwrap();
    // Hold the writer until all of them wait, so that they are committed together.
    let (started, working) = mpsc::channel();
    let (go, wait) = mpsc::channel::<()>();
    let wait = std::sync::Mutex::new(wait);
    let slow = store.keep(move |_| {
        started.send(()).unwrap();
        wait.lock().unwrap().recv().unwrap();
        Ok(())
    });
    working.recv().unwrap();
    let send = |at: usize| store.act(sent(1, &format!("c{at}"), 2), |tx| add(tx, "case/1", note("中")));
    let mut replies: Vec<_> = (0..5).map(send).collect();
    let poison = store.keep(|tx| tx.exec(Sql::fixed("insert into child values (1)"), &[]));
    replies.extend((5..8).map(send));
    go.send(()).unwrap();
    slow.wait().unwrap();
    assert!(poison.wait().is_err());
    let faults: Vec<Fault> = replies.into_iter().map(|reply| reply.wait().unwrap_err()).collect();
    // One accident, one number.
    assert!(faults.iter().all(|fault| fault.number() == faults[0].number()));
    assert_eq!(notes(&store, 1, "case/1"), ["早"]);
    for at in 0..8 {
        assert!(!send(at).wait().unwrap().unwrap().repeated);
    }
    assert_eq!(store.verify(1).unwrap().unwrap().entries, 9);
}

#[test]
fn a_full_disk_keeps_what_was_acknowledged_and_heals() {
    let (_bed, store) = bed::store(Engine::Sqlite);
    let pages = store.keep(|tx| Ok(tx.number(Sql::fixed("pragma page_count"), &[])?.unwrap_or(0))).wait().unwrap();
    let limit = move |pages: i64| {
        move |tx: &mut dyn crate::Tx| tx.query(Sql::built(format!("pragma max_page_count = {pages}")), &[]).map(drop)
    };
    store.keep(limit(pages + 40)).wait().unwrap();
    let text = "满".repeat(300);
    let write = |at: i64| act(&store, sent(1, &format!("c{at}"), at), "case/1", note(&text));
    let mut kept = 0;
    let fault = loop {
        match write(kept) {
            Ok(end) => assert_eq!(end.unwrap().answer, kept + 1),
            Err(fault) => break fault,
        }
        kept += 1;
        assert!(kept < 10_000, "the disk never fills");
    };
    assert_eq!(fault.kind(), FaultKind::DiskFull, "{fault:?}");
    assert!(write(kept).is_err());
    assert_eq!(store.verify(1).unwrap().unwrap().entries, kept);
    store.keep(limit(1_000_000)).wait().unwrap();
    assert_eq!(write(kept).unwrap().unwrap().answer, kept + 1);
    assert_eq!(store.verify(1).unwrap().unwrap().entries, kept + 1);
}

#[test]
fn a_folder_is_opened_by_one_program_only() {
    let bed = Bed::new(Engine::Sqlite);
    let store = bed.open();
    let second = Store::open(&bed.place, &Options::default(), Box::new(NoViews)).err().unwrap();
    assert_eq!(second.kind(), FaultKind::Setup);
    drop(store);
    bed.open();
}

#[test]
fn a_folder_that_is_synchronised_or_refused_by_the_system_is_not_opened() {
    let folder = Folder::new("place");
    let open = |path: &std::path::Path, options: &Options| {
        let place = Place::Folder { path: path.to_path_buf(), keys: None };
        Store::open(&place, options, Box::new(NoViews)).err().map(|fault| fault.kind())
    };
    assert_eq!(open(&folder.path().join("Dropbox/huiyin"), &Options::default()), Some(FaultKind::Setup));
    let refusing = Options { placement: |_| Some("软盘".to_owned()), ..Options::default() };
    assert_eq!(open(&folder.path().join("a"), &refusing), Some(FaultKind::Setup));
    assert_eq!(open(&folder.path().join("b"), &Options::default()), None);
}

#[test]
fn a_backup_taken_under_load_is_whole_and_opens() {
    let (bed, store) = bed::store(Engine::Sqlite);
    act(&store, sent(2, "p", 0), "case/1", caller("p1", "张三")).unwrap().unwrap();
    let writer = {
        let store = store.clone();
        std::thread::spawn(move || {
            for at in 0..300 {
                act(&store, sent(1, &format!("c{at}"), at), "case/1", note("忙")).unwrap().unwrap();
            }
        })
    };
    let to = bed.folder.path().join("backup");
    let keys = bed.folder.path().join("backup-keys");
    let backed_up = store.backup(&to, &keys).unwrap();
    writer.join().unwrap();
    assert!(backed_up.sites.iter().any(|site| site.site == 2 && site.entries == 1));
    assert_eq!(store.backup(&to, &keys).unwrap_err().kind(), FaultKind::Setup);
    assert_eq!(store.backup(&to, &to).unwrap_err().kind(), FaultKind::Setup);
    let place = Place::Folder { path: to, keys: Some(keys.clone()) };
    let copy = Store::open(&place, &Options::default(), Box::new(Toy { edition: 1 })).unwrap();
    for site in &backed_up.sites {
        assert_eq!(copy.verify(site.site).unwrap().unwrap(), *site);
    }
    assert!(copy.dump(&["toy_case"]).unwrap().contains("张三"));
    // The person is erased here; then the older copy of the keys is brought back.
    let erase = copy.act(sent(2, "erase", 9), |tx| {
        tx.erase("p1")?;
        Ok(Ok::<_, ()>(()))
    });
    erase.wait().unwrap().unwrap();
    let second = bed.folder.path().join("again");
    copy.backup(&second, &second.join("keys")).unwrap();
    drop(copy);
    std::fs::copy(keys.join("keys.db"), second.join("keys/keys.db")).unwrap();
    let place = Place::Folder { path: second, keys: None };
    let restored = Store::open(&place, &Options::default(), Box::new(Toy { edition: 1 })).unwrap();
    assert!(restored.person_keys().unwrap().contains(&(2, "p1".to_owned(), false)));
}

#[test]
fn an_old_database_file_is_not_read_as_a_store() {
    let folder = Folder::new("foreign");
    std::fs::write(folder.path().join("journal.db"), "not a database, but long enough to be read as one").unwrap();
    let place = Place::Folder { path: folder.path().to_path_buf(), keys: None };
    let refused = Store::open(&place, &Options::default(), Box::new(NoViews)).err().unwrap();
    assert_eq!(refused.kind(), FaultKind::Corrupt);
}

#[test]
fn a_transaction_in_the_way_of_another_is_repeated() {
    let (_bed, store) = bed::store(Engine::Postgres);
    for (code, kind) in [("40001", None), ("40P01", None), ("22012", Some(FaultKind::Bug))] {
        let calls = Arc::new(AtomicU32::new(0));
        let counted = calls.clone();
        let clash = format!("do $$ begin raise exception 'made' using errcode = '{code}'; end $$");
        let end = store.act(sent(1, code, 1), move |tx| {
            let seq = add(tx, "case/1", note("x"))?;
            if counted.fetch_add(1, Ordering::Relaxed) < 2 {
                tx.tx().exec(Sql::built(clash.clone()), &[])?;
            }
            Ok(seq)
        });
        let end = end.wait();
        assert_eq!(end.as_ref().err().map(Fault::kind), kind, "{end:?}");
        assert_eq!(calls.load(Ordering::Relaxed), if kind.is_none() { 3 } else { 1 });
    }
    assert_eq!(notes(&store, 1, "case/1").len(), 2);
    assert!(store.verify(1).unwrap().is_ok());
}

#[test]
fn two_nodes_share_a_site_and_hear_of_each_other() {
    let bed = Bed::new(Engine::Postgres);
    let nodes = [bed.open(), bed.open()];
    let mut bell = nodes[1].listen();
    let threads: Vec<_> = (0..4)
        .map(|thread| {
            let node = nodes[thread % 2].clone();
            std::thread::spawn(move || {
                for at in 0..25 {
                    act(&node, sent(1, &format!("{thread}-{at}"), at), "case/1", note("x")).unwrap().unwrap();
                }
            })
        })
        .collect();
    for thread in threads {
        thread.join().unwrap();
    }
    assert_eq!(nodes[0].verify(1).unwrap().unwrap().entries, 100);
    // The same command through both nodes at once counts once.
    let both = [0, 1].map(|node: usize| nodes[node].act(sent(1, "same", 50), |tx| add(tx, "case/1", note("同"))));
    let repeated = both.map(|reply| reply.wait().unwrap().unwrap().repeated);
    assert_ne!(repeated[0], repeated[1]);
    act(&nodes[0], sent(2, "news", 1), "case/1", note("消息")).unwrap().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let heard = runtime.block_on(async {
        tokio::time::timeout(Duration::from_secs(20), bell.wait_for(|_| nodes[1].head_hint(2) == 1)).await.is_ok()
    });
    assert!(heard, "the other node never heard of the act");
}

#[test]
fn a_database_that_goes_away_loses_and_doubles_nothing() {
    let bed = Bed::new(Engine::Postgres);
    let database = bed.database.as_ref().unwrap();
    let store = bed.open();
    let threads: Vec<_> = (0..4)
        .map(|thread| {
            let store = store.clone();
            std::thread::spawn(move || {
                for at in 0..40 {
                    let command = format!("{thread}-{at}");
                    let acted = act(&store, sent(1 + thread % 2, &command, at), "case/1", note(&command));
                    assert!(!acted.unwrap().unwrap().repeated, "{command}");
                }
            })
        })
        .collect();
    for _ in 0..6 {
        database.hang_up();
    }
    for thread in threads {
        thread.join().unwrap();
    }
    let mut all: Vec<String> = [1, 2].iter().flat_map(|site| notes(&store, *site, "case/1")).collect();
    assert_eq!(all.len(), 160);
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 160);

    let impatient = Options { patience: Duration::from_millis(200), ..Options::default() };
    let store = Store::open(&bed.place, &impatient, Box::new(Toy { edition: 1 })).unwrap();
    act(&store, sent(1, "early", 90), "case/2", note("前")).unwrap().unwrap();
    database.shut();
    assert_eq!(act(&store, sent(1, "late", 91), "case/2", note("后")).unwrap_err().kind(), FaultKind::Gone);
    assert_eq!(store.read(|tx| crate::stream::heads(tx)).wait().unwrap_err().kind(), FaultKind::Gone);
    database.reopen();
    assert!(!act(&store, sent(1, "late", 92), "case/2", note("后")).unwrap().unwrap().repeated);
    assert_eq!(notes(&store, 1, "case/2"), ["前", "后"]);
    assert!(store.verify(1).unwrap().is_ok());
}
