//! What every store must do, on both engines.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use calendar::Moment;
use office::event::Touch;

use super::bed::{self, TOY_TABLES, Toy, act, add, caller, note, notes, sent, slip};
use super::on_both;
use crate::seal::ERASED;
use crate::{CommandId, Engine, FaultKind, NoViews, Outgoing, Stale, Store, series, stream};

on_both! {
    entries_are_numbered_chained_and_read_back,
    a_repeated_command_is_answered_and_not_applied_again,
    a_refused_command_keeps_nothing,
    a_refusal_after_writing_takes_back_its_own_writes_only,
    of_two_writers_with_one_version_the_second_is_stale,
    the_recorded_time_never_goes_back,
    numbers_have_no_gaps_and_void_with_a_reason,
    a_number_that_no_entry_tells_is_a_fault,
    an_erased_person_is_gone_everywhere_and_the_chain_stays,
    rebuilt_views_are_equal_to_the_byte,
    an_older_edition_of_the_views_is_rebuilt_before_acts,
    sites_are_independent_and_their_acts_are_not_lost,
    a_handler_that_panics_harms_nobody,
    what_was_written_is_there_after_reopening,
    listeners_hear_that_a_site_has_grown,
    a_store_is_opened_and_asked_inside_a_runtime_too,
}

fn entries_are_numbered_chained_and_read_back(engine: Engine) {
    let (_bed, store) = bed::store(engine);
    assert_eq!(act(&store, sent(7, "a", 10), "case/1", caller("p1", "张三")).unwrap().unwrap().answer, 1);
    assert_eq!(act(&store, sent(7, "b", 11), "case/2", note("二")).unwrap().unwrap().answer, 2);
    assert_eq!(act(&store, sent(7, "c", 12), "case/1", note("三")).unwrap().unwrap().answer, 3);
    let entries = store.read(|tx| stream::after(tx, 7, 0, 10)).wait().unwrap();
    let places: Vec<_> =
        entries.iter().map(|entry| (entry.written.seq, entry.stream.as_str(), entry.version)).collect();
    assert_eq!(places, [(1, "case/1", 1), (2, "case/2", 1), (3, "case/1", 2)]);
    let first = &entries[0].written;
    assert_eq!((first.actor.as_str(), first.post.as_str(), first.at), ("clerk", "front_desk", Moment(10_000_000)));
    assert_eq!(first.event.sealed.as_ref().unwrap().fields["name"], "张三");
    let stored = store.read(|tx| stream::stored_after(tx, 7, 0, 10)).wait().unwrap();
    assert_eq!(stored[0].prev, crate::BEGINNING);
    for pair in stored.windows(2) {
        assert_eq!(pair[1].prev, pair[0].hash);
    }
    assert!(stored.iter().all(|entry| entry.hash == entry.digest()));
    // Nothing of the personal fields lies open in the row.
    assert!(!format!("{:?}", stored[0]).contains("张三"));
    assert!(store.read(|tx| stream::load(tx, 8, "case/1")).wait().unwrap().is_empty());
}

fn a_repeated_command_is_answered_and_not_applied_again(engine: Engine) {
    let (_bed, store) = bed::store(engine);
    let first = act(&store, sent(1, "same", 1), "case/1", note("一")).unwrap().unwrap();
    let again = act(&store, sent(1, "same", 9), "case/1", note("别的")).unwrap().unwrap();
    assert_eq!((first.answer, first.repeated), (1, false));
    assert_eq!((again.answer, again.repeated), (1, true));
    assert_eq!(notes(&store, 1, "case/1"), ["一"]);
    // Another site may use the same id.
    assert!(!act(&store, sent(2, "same", 1), "case/1", note("二")).unwrap().unwrap().repeated);
    // Sent many times at once, it still counts once.
    let replies: Vec<_> = (0..20).map(|_| store.act(sent(1, "burst", 2), |tx| add(tx, "case/2", note("多")))).collect();
    let answers: Vec<_> = replies.into_iter().map(|reply| reply.wait().unwrap().unwrap()).collect();
    assert_eq!(answers.iter().filter(|acted| !acted.repeated).count(), 1);
    assert!(answers.iter().all(|acted| acted.answer == 2));
    assert_eq!(notes(&store, 1, "case/2"), ["多"]);
}

fn a_refused_command_keeps_nothing(engine: Engine) {
    let (_bed, store) = bed::store(engine);
    act(&store, sent(1, "a", 1), "case/1", note("一")).unwrap().unwrap();
    let before = store.dump(TOY_TABLES).unwrap();
    let refused = store.act(sent(1, "b", 2), |tx| {
        add(tx, "case/1", caller("p9", "李四"))?.unwrap();
        tx.next_number("WX", "202611")?;
        let message = Outgoing { kind: "robot".into(), target: "x".into(), body: "y".into(), person: None, due: None };
        tx.send(message)?;
        Ok(Err::<(), _>("不行"))
    });
    assert_eq!(refused.wait().unwrap(), Err("不行"));
    assert_eq!(store.dump(TOY_TABLES).unwrap(), before);
    assert_eq!(store.dump(&["outbox", "delivery"]).unwrap(), "outbox 0\ndelivery 0\n");
    // The id was not used up: the same command may be mended and sent again.
    assert!(!act(&store, sent(1, "b", 3), "case/1", note("二")).unwrap().unwrap().repeated);
    // A refusal as the very first thing of a new site, among commands that are applied.
    let mixed: Vec<_> = (0..6)
        .map(|at| {
            store.act(sent(5, &format!("m{at}"), 4), move |tx| {
                let seq = add(tx, "case/1", note("混"))?;
                Ok(if at % 2 == 0 { Err("不行") } else { seq.map_err(|_| "旧") })
            })
        })
        .collect();
    let kept: Vec<_> = mixed.into_iter().filter_map(|reply| reply.wait().unwrap().ok()).map(|it| it.answer).collect();
    assert_eq!(kept, [1, 2, 3]);
    assert_eq!(notes(&store, 5, "case/1").len(), 3);
}

fn a_refusal_after_writing_takes_back_its_own_writes_only(engine: Engine) {
    let (_bed, store) = bed::store(engine);
    // The first act holds the writer until all the others wait, so that they come into one transaction.
    let (go, wait) = std::sync::mpsc::channel::<()>();
    let held = store.act(sent(1, "held", 1), move |tx| {
        let _ = wait.recv();
        add(tx, "case/0", note("先"))
    });
    let adds = |command: &str, text: &'static str, refuse: bool| {
        store.act(sent(1, command, 2), move |tx| {
            let seen = tx.load("case/1")?.len();
            let added = add(tx, "case/1", note(text))?;
            Ok(if refuse { Err("不行") } else { added.map(|added| (seen, added)).map_err(|_| "旧了") })
        })
    };
    let answers = [adds("a", "一", false), adds("b", "二", true), adds("c", "三", false), adds("d", "四", true)];
    drop(go);
    held.wait().unwrap().unwrap();
    let ends = answers.map(|answer| answer.wait().unwrap().map(|acted| acted.answer));
    assert_eq!(ends, [Ok((0, 2)), Err("不行"), Ok((1, 3)), Err("不行")]);
    assert_eq!(notes(&store, 1, "case/1"), ["一", "三"]);
    assert_eq!(store.verify(1).unwrap().unwrap().entries, 3);
}

fn of_two_writers_with_one_version_the_second_is_stale(engine: Engine) {
    let (_bed, store) = bed::store(engine);
    act(&store, sent(1, "a", 1), "case/1", note("一")).unwrap().unwrap();
    let write =
        |command: &str| store.act(sent(1, command, 2), |tx| Ok(tx.append("case/1", 1, vec![note("二")])?.map(drop)));
    let both = [write("b"), write("c")].map(|reply| reply.wait().unwrap());
    assert_eq!(both.iter().filter(|end| end.is_ok()).count(), 1);
    let stale = both.into_iter().find_map(Result::err).unwrap();
    assert_eq!(stale, Stale { stream: "case/1".into(), expected: 1, found: 2 });
    // A new stream is expected at 0, and only once.
    assert_eq!(
        store
            .act(sent(1, "d", 3), |tx| Ok(tx.append("case/9", 0, vec![note("新")])?.map(drop)))
            .wait()
            .unwrap()
            .unwrap()
            .answer,
        ()
    );
    assert!(
        store
            .act(sent(1, "e", 3), |tx| Ok(tx.append("case/9", 0, vec![note("新")])?.map(drop)))
            .wait()
            .unwrap()
            .is_err()
    );
}

fn the_recorded_time_never_goes_back(engine: Engine) {
    let (_bed, store) = bed::store(engine);
    for (command, second) in [("a", 100), ("b", 40), ("c", 101)] {
        act(&store, sent(1, command, second), "case/1", note(command)).unwrap().unwrap();
    }
    let entries = store.read(|tx| stream::after(tx, 1, 0, 10)).wait().unwrap();
    let seconds: Vec<_> = entries.iter().map(|entry| entry.written.at.0 / 1_000_000).collect();
    assert_eq!(seconds, [100, 100, 101]);
}

fn numbers_have_no_gaps_and_void_with_a_reason(engine: Engine) {
    let (_bed, store) = bed::store(engine);
    let take = |command: &str, refuse: bool| {
        let stream = format!("case/{command}");
        store.act(sent(1, command, 1), move |tx| {
            let number = tx.next_number("WX", "202611")?;
            add(tx, &stream, slip(number, Touch::Issued([(1, "front_desk".to_owned())].into())))?.unwrap();
            Ok(if refuse { Err("不行") } else { Ok(number) })
        })
    };
    let replies: Vec<_> = (0..12).map(|at| take(&format!("n{at}"), at % 3 == 1)).collect();
    let mut numbers: Vec<i64> =
        replies.into_iter().filter_map(|reply| reply.wait().unwrap().ok()).map(|acted| acted.answer).collect();
    numbers.sort_unstable();
    assert_eq!(numbers, [1, 2, 3, 4, 5, 6, 7, 8]);
    act(&store, sent(1, "void", 2), "case/n0", slip(3, Touch::Voided)).unwrap().unwrap();
    let taken = store.read(|tx| series::taken(tx, 1, "WX", "202611")).wait().unwrap();
    assert_eq!(taken.iter().map(|it| it.number).collect::<Vec<_>>(), [1, 2, 3, 4, 5, 6, 7, 8]);
    let void: Vec<_> = taken.iter().filter_map(|it| it.void.as_deref().map(|why| (it.number, why))).collect();
    assert_eq!(void, [(3, "写错")]);
    assert_eq!(take("next", false).wait().unwrap().unwrap().answer, 9);
    // Another period counts from 1, another site too.
    let other = store.act(sent(1, "other", 2), |tx| {
        let number = tx.next_number("TS", "202611")?;
        let mut event = note("");
        event.body.links.insert("number".into(), format!("TS-202611-{number:04}"));
        add(tx, "case/x", event)?.unwrap();
        Ok(Ok::<_, ()>(number))
    });
    assert_eq!(other.wait().unwrap().unwrap().answer, 1);
}

fn a_number_that_no_entry_tells_is_a_fault(engine: Engine) {
    let (_bed, store) = bed::store(engine);
    let lost = store.act(sent(1, "a", 1), |tx| {
        tx.next_number("WX", "202611")?;
        add(tx, "case/1", note("没写编号"))?.unwrap();
        Ok(Ok::<_, ()>(()))
    });
    assert_eq!(lost.wait().unwrap_err().kind(), FaultKind::Bug);
    assert!(notes(&store, 1, "case/1").is_empty());
    assert_eq!(store.dump(&["series"]).unwrap(), "series 0\n");
}

fn an_erased_person_is_gone_everywhere_and_the_chain_stays(engine: Engine) {
    let (bed, store) = bed::store(engine);
    act(&store, sent(1, "a", 1), "case/1", caller("p1", "张三")).unwrap().unwrap();
    act(&store, sent(1, "b", 1), "case/2", caller("p2", "李四")).unwrap().unwrap();
    let message = || Outgoing {
        kind: "sms".into(),
        target: "13800000000".into(),
        body: "张三您好".into(),
        person: Some("p1".into()),
        due: None,
    };
    let messaged = store.act(sent(1, "m", 1), move |tx| {
        tx.send(message())?;
        Ok(Ok::<_, ()>(()))
    });
    messaged.wait().unwrap().unwrap();
    let erase = store.act(sent(1, "c", 2), |tx| {
        tx.erase("p1")?;
        // Whoever still writes the name does not bring it back.
        add(tx, "case/1", caller("p1", "张三")).map(|end| end.map_err(|_| ()))
    });
    erase.wait().unwrap().unwrap();
    // A later command neither.
    act(&store, sent(1, "d", 3), "case/1", caller("p1", "张三")).unwrap().unwrap();
    let name = |store: &Store, stream: &'static str, at: usize| {
        let entries = store.read(move |tx| stream::load(tx, 1, stream)).wait().unwrap();
        entries[at].event.sealed.clone().unwrap().fields["name"].clone()
    };
    for at in 0..3 {
        assert_eq!(name(&store, "case/1", at), ERASED);
    }
    assert_eq!(name(&store, "case/2", 0), "李四");
    assert!(!store.dump(&["outbox", "toy_case"]).unwrap().contains("张三"));
    store.rebuild(&mut |_| {}).unwrap();
    assert!(store.dump(&["toy_case"]).unwrap().contains(ERASED));
    assert!(store.verify(1).unwrap().is_ok());
    drop(store);
    let keys = bed.open().person_keys().unwrap();
    assert_eq!(keys, [(1, "p1".to_owned(), false), (1, "p2".to_owned(), true)]);
}

fn rebuilt_views_are_equal_to_the_byte(engine: Engine) {
    let (_bed, store) = bed::store(engine);
    fill(&store, 3, 40);
    let before = store.dump(TOY_TABLES).unwrap();
    assert!(before.contains("张三"));
    let mut last = None;
    store.rebuild(&mut |progress| last = Some(progress)).unwrap();
    assert_eq!(store.dump(TOY_TABLES).unwrap(), before);
    let last = last.unwrap();
    assert_eq!((last.site, last.seq), (3, last.of));
}

/// Writes `acts` commands into each of `sites` sites, some with names, some with slips.
fn fill(store: &Store, sites: i64, acts: i64) {
    let mut replies = Vec::new();
    for at in 0..acts {
        for site in 1..=sites {
            let stream = format!("case/{}", at % 7);
            replies.push(store.act(sent(site, &format!("fill-{at}"), at), move |tx| {
                let event = match at % 3 {
                    0 => caller(&format!("p{}", at % 4), "张三"),
                    1 => note(&format!("第 {at} 次")),
                    _ => slip(tx.next_number("WX", "202611")?, Touch::Printed),
                };
                add(tx, &stream, event)
            }));
        }
    }
    for reply in replies {
        reply.wait().unwrap().unwrap();
    }
}

fn an_older_edition_of_the_views_is_rebuilt_before_acts(engine: Engine) {
    let (bed, store) = bed::store(engine);
    fill(&store, 2, 9);
    let before = store.dump(TOY_TABLES).unwrap();
    assert!(store.views_current().unwrap());
    drop(store);
    let store = bed.open_with(Box::new(Toy { edition: 2 }));
    assert!(!store.views_current().unwrap());
    let refused = act(&store, sent(1, "late", 50), "case/1", note("早了")).unwrap_err();
    assert_eq!(refused.kind(), FaultKind::Setup);
    store.rebuild(&mut |_| {}).unwrap();
    assert!(store.views_current().unwrap());
    assert_eq!(store.dump(TOY_TABLES).unwrap(), before);
    assert!(!act(&store, sent(1, "late", 50), "case/1", note("好了")).unwrap().unwrap().repeated);
    drop(store);
    // A tool that knows no views must not leave the old ones half true.
    let tool = bed.open_with(Box::new(NoViews));
    assert!(!tool.views_current().unwrap());
}

fn sites_are_independent_and_their_acts_are_not_lost(engine: Engine) {
    let (_bed, store) = bed::store(engine);
    let threads: Vec<_> = (0..6)
        .map(|thread| {
            let store = store.clone();
            std::thread::spawn(move || {
                for at in 0..15 {
                    let site = 1 + (thread + at) % 4;
                    let command = format!("t{thread}-{at}");
                    act(&store, sent(site, &command, at), "case/shared", note(&command)).unwrap().unwrap();
                }
            })
        })
        .collect();
    for thread in threads {
        thread.join().unwrap();
    }
    let mut all: Vec<String> = (1..=4).flat_map(|site| notes(&store, site, "case/shared")).collect();
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 6 * 15);
    for site in 1..=4 {
        let verified = store.verify(site).unwrap().unwrap();
        assert_eq!(verified.entries, notes(&store, site, "case/shared").len() as i64);
    }
}

fn a_handler_that_panics_harms_nobody(engine: Engine) {
    let (_bed, store) = bed::store(engine);
    let calls = Arc::new(AtomicU32::new(0));
    let counted = calls.clone();
    let panicked = store.act(sent(1, "a", 1), move |tx| {
        counted.fetch_add(1, Ordering::Relaxed);
        add(tx, "case/1", note("x"))?.unwrap();
        assert!(tx.site() != 1, "made to fail");
        Ok(Ok::<(), ()>(()))
    });
    let good = store.act(sent(1, "b", 1), |tx| add(tx, "case/1", note("好")));
    let fault = panicked.wait().unwrap_err();
    assert!(fault.chain().contains("made to fail"), "{fault:?}");
    assert_eq!(good.wait().unwrap().unwrap().answer, 1);
    assert_eq!(notes(&store, 1, "case/1"), ["好"]);
    assert!(store.read(|_| -> Result<(), _> { panic!("also made to fail") }).wait().is_err());
    assert!(store.verify(1).unwrap().is_ok());
    assert!(calls.load(Ordering::Relaxed) >= 1);
}

fn what_was_written_is_there_after_reopening(engine: Engine) {
    let (bed, store) = bed::store(engine);
    // Accepted but not waited for: closing the store finishes it.
    let replies: Vec<_> = (0..30)
        .map(|at| store.act(sent(1, &format!("c{at}"), at), move |tx| add(tx, "case/1", note(&at.to_string()))))
        .collect();
    drop(store);
    for reply in replies {
        reply.wait().unwrap().unwrap();
    }
    let store = bed.open();
    assert_eq!(notes(&store, 1, "case/1").len(), 30);
    assert_eq!(store.head_hint(1), 30);
    assert!(act(&store, sent(1, "c7", 99), "case/1", note("x")).unwrap().unwrap().repeated);
    assert!(store.verify(1).unwrap().is_ok());
}

fn listeners_hear_that_a_site_has_grown(engine: Engine) {
    let (_bed, store) = bed::store(engine);
    let mut bell = store.listen();
    bell.mark_unchanged();
    act(&store, sent(4, "a", 1), "case/1", note("一")).unwrap().unwrap();
    assert!(bell.has_changed().unwrap());
    assert_eq!(store.head_hint(4), 1);
    bell.mark_unchanged();
    let refused = store.act(sent(4, "b", 1), |_| Ok(Err::<(), _>("不行"))).wait().unwrap();
    assert!(refused.is_err());
    assert!(!bell.has_changed().unwrap());
    assert!(CommandId::new("没有空格").is_err());
}

fn a_store_is_opened_and_asked_inside_a_runtime_too(engine: Engine) {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        let (_bed, store) = bed::store(engine);
        let acted = store.act(sent(1, "a", 1), |tx| add(tx, "case/1", note("一"))).await.unwrap();
        assert_eq!(acted.unwrap().answer, 1);
        assert_eq!(notes(&store, 1, "case/1"), ["一"]);
        assert_eq!(store.read(|tx| stream::heads(tx)).await.unwrap().len(), 1);
    });
}
