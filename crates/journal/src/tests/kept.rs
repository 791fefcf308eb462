//! What is kept but not journaled, and the search, on both engines.

use calendar::Moment;

use super::bed::{self, act, note, sent};
use super::on_both;
use crate::kept::credentials::Credential;
use crate::kept::drafts::Draft;
use crate::kept::leases::{self, Lease, NotLeased};
use crate::kept::rates::Rate;
use crate::kept::sessions::Session;
use crate::search::{self, Document, Wanted};
use crate::{Engine, Outgoing, Store};

on_both! {
    sessions_begin_are_touched_and_end,
    credentials_are_replaced_and_removed,
    the_last_allowed_trial_passes_and_the_next_does_not,
    a_lease_has_one_holder_and_a_growing_fence,
    a_node_with_a_wrong_clock_gets_no_lease,
    drafts_are_kept_by_account_form_and_subject,
    messages_leave_once_and_are_tried_again,
    words_of_two_characters_hit_and_only_within_the_site,
    a_document_is_replaced_removed_and_erased_with_its_person,
    many_documents_come_newest_first_in_pages,
}

const DAY: i64 = 24 * 3_600;

fn at(second: i64) -> Moment {
    Moment(second * 1_000_000)
}

fn sessions_begin_are_touched_and_end(engine: Engine) {
    let (_bed, store) = bed::store(engine);
    let session = |token: u8| Session {
        token: [token; 32],
        account: "a1".into(),
        made: at(0),
        seen: at(i64::from(token)),
        ends: at(100),
        device: "Chrome".into(),
        marks: "{}".into(),
    };
    for token in 1..=3 {
        store.put_session(session(token)).wait().unwrap();
    }
    let found = |token: u8, second| store.session([token; 32], at(second)).wait().unwrap();
    assert_eq!(found(1, 99), Some(session(1)));
    assert_eq!(found(1, 100), None);
    store.touch_session([1; 32], at(99), at(200)).wait().unwrap();
    assert_eq!(found(1, 199).unwrap().seen, at(99));
    // What has ended stays ended.
    store.touch_session([2; 32], at(100), at(300)).wait().unwrap();
    assert_eq!(found(2, 150), None);
    let of = store.sessions_of("a1", at(50)).wait().unwrap();
    assert_eq!(of.iter().map(|it| it.token[0]).collect::<Vec<_>>(), [1, 3, 2]);
    store.end_sessions_of("a1", Some([3; 32])).wait().unwrap();
    assert_eq!(store.sessions_of("a1", at(50)).wait().unwrap().len(), 1);
    store.end_session([3; 32]).wait().unwrap();
    assert_eq!(found(3, 1), None);
}

fn credentials_are_replaced_and_removed(engine: Engine) {
    let (_bed, store) = bed::store(engine);
    let credential = |secret: &str| Credential { secret: secret.into(), changed: at(5) };
    store.put_credential("a1", "password", credential("one")).wait().unwrap();
    store.put_credential("a1", "password", credential("two")).wait().unwrap();
    assert_eq!(store.credential("a1", "password").wait().unwrap(), Some(credential("two")));
    assert_eq!(store.credential("a1", "totp").wait().unwrap(), None);
    store.remove_credential("a1", "password").wait().unwrap();
    assert_eq!(store.credential("a1", "password").wait().unwrap(), None);
}

fn the_last_allowed_trial_passes_and_the_next_does_not(engine: Engine) {
    let (_bed, store) = bed::store(engine);
    let trial = |second| store.count_trial("login:a1", at(second), 60, 3).wait().unwrap();
    assert_eq!([trial(0), trial(1), trial(2)], [2, 1, 0].map(|left| Rate::Within { left }));
    assert_eq!(trial(3), Rate::Beyond { until: at(60) });
    assert_eq!(trial(59), Rate::Beyond { until: at(60) });
    assert_eq!(trial(60), Rate::Within { left: 2 });
    store.forget_trials("login:a1").wait().unwrap();
    assert_eq!(trial(61), Rate::Within { left: 2 });
}

/// What the database says it is; on SQLite any moment will do.
fn clock(store: &Store) -> Moment {
    store.database_clock().wait().unwrap().unwrap_or(at(1_000))
}

fn a_lease_has_one_holder_and_a_growing_fence(engine: Engine) {
    let (_bed, store) = bed::store(engine);
    let take = |holder: &str, micros| store.take_lease("courier", holder, clock(&store), micros).wait().unwrap();
    let first = take("node-1", 3_600_000_000).unwrap();
    assert_eq!((first.fence, first.holder.as_str()), (1, "node-1"));
    assert!(matches!(take("node-2", 10), Err(NotLeased::Held { by, .. }) if by == "node-1"));
    // Renewing keeps the fence, and an empty renewal lets it run out at once.
    assert_eq!(take("node-1", 3_600_000_000).unwrap().fence, 1);
    take("node-1", 0).unwrap();
    let second = take("node-2", 3_600_000_000).unwrap();
    assert_eq!(second.fence, 2);
    let holds = |lease: &Lease| {
        let lease = lease.clone();
        store.keep(move |tx| leases::holds(tx, &lease)).wait().unwrap()
    };
    assert!(!holds(&first) && holds(&second));
    store.give_lease_back(&first).wait().unwrap();
    assert!(take("node-1", 10).is_err());
    store.give_lease_back(&second).wait().unwrap();
    assert_eq!(take("node-1", 10).unwrap().fence, 3);
}

fn a_node_with_a_wrong_clock_gets_no_lease(engine: Engine) {
    let (_bed, store) = bed::store(engine);
    let take = |off: i64| {
        let now = clock(&store).plus_micros(off);
        store.take_lease("clock", "node-1", now, 3_600_000_000).wait().unwrap()
    };
    assert!(take(0).is_ok());
    if engine == Engine::Sqlite {
        // There the node's clock is the only one.
        assert!(take(10_000_000).is_ok());
        return;
    }
    assert!(take(1_900_000).is_ok());
    for off in [-3_000_000, 3_000_000] {
        assert!(matches!(take(off), Err(NotLeased::ClockOff { micros }) if (micros - off).abs() < 1_000_000));
    }
    // It has also given up the one it had.
    let other = store.take_lease("clock", "node-2", clock(&store), 10).wait().unwrap();
    assert_eq!(other.unwrap().holder, "node-2");
}

fn drafts_are_kept_by_account_form_and_subject(engine: Engine) {
    let (_bed, store) = bed::store(engine);
    let draft = |subject: &str, body: &str, second| Draft {
        account: "a1".into(),
        form: "register".into(),
        subject: subject.into(),
        body: body.into(),
        at: at(second),
    };
    store.put_draft(draft("", "{\"a\":1}", 1)).wait().unwrap();
    store.put_draft(draft("", "{\"a\":2}", 2)).wait().unwrap();
    store.put_draft(draft("case/1", "{}", 3)).wait().unwrap();
    assert_eq!(store.draft("a1", "register", "").wait().unwrap(), Some(draft("", "{\"a\":2}", 2)));
    let all = store.drafts_of("a1").wait().unwrap();
    assert_eq!(all.iter().map(|it| it.subject.as_str()).collect::<Vec<_>>(), ["case/1", ""]);
    store.drop_draft("a1", "register", "case/1").wait().unwrap();
    store.sweep(at(2 + 30 * DAY - 1)).wait().unwrap();
    assert_eq!(store.drafts_of("a1").wait().unwrap().len(), 1);
    store.sweep(at(2 + 30 * DAY)).wait().unwrap();
    assert!(store.drafts_of("a1").wait().unwrap().is_empty());
}

fn messages_leave_once_and_are_tried_again(engine: Engine) {
    let (_bed, store) = bed::store(engine);
    let put = store.act(sent(1, "m", 10), |tx| {
        for (body, due) in [("now", None), ("later", Some(at(50)))] {
            let (kind, target, body) = ("wecom".to_owned(), "group".to_owned(), body.to_owned());
            tx.send(Outgoing { kind, target, body, person: None, due })?;
        }
        Ok(Ok::<_, ()>(()))
    });
    put.wait().unwrap().unwrap();
    let due = |second| store.due_messages(at(second), 10).wait().unwrap();
    assert!(due(9).is_empty());
    let first = due(49);
    assert_eq!(first.iter().map(|it| it.body.as_str()).collect::<Vec<_>>(), ["now"]);
    let id = first[0].id.clone();
    store.message_failed(id.clone(), at(11), "拒绝连接", Some(at(20))).wait().unwrap();
    assert!(due(19).is_empty());
    assert_eq!(due(20)[0].tries, 1);
    store.message_left(id, at(21)).wait().unwrap();
    let second = due(100);
    assert_eq!(second.iter().map(|it| it.body.as_str()).collect::<Vec<_>>(), ["later"]);
    store.message_failed(second[0].id.clone(), at(100), "没有这个群", None).wait().unwrap();
    assert!(due(i64::MAX / 1_000_000).is_empty());
    // The repeated command sends nothing again.
    let again = store.act(sent(1, "m", 200), |_| Ok(Ok::<(), ()>(())));
    assert!(again.wait().unwrap().unwrap().repeated);
    store.sweep(at(21 + 30 * DAY)).wait().unwrap();
    assert_eq!(store.dump(&["outbox"]).unwrap().lines().count(), 2);
}

fn put(store: &Store, site: i64, key: &str, text: &str, persons: &[&str]) {
    let (key, text) = (key.to_owned(), text.to_owned());
    let persons: Vec<String> = persons.iter().map(|it| (*it).to_owned()).collect();
    let put = store.keep(move |tx| {
        let persons: Vec<&str> = persons.iter().map(String::as_str).collect();
        search::put(tx, &Document { site, kind: "case", key: &key, text: &text, persons: &persons })
    });
    put.wait().unwrap();
}

fn find(store: &Store, words: &str, sites: &[i64]) -> Vec<String> {
    let (words, sites) = (words.to_owned(), sites.to_vec());
    let read = store.read(move |tx| search::find(tx, &Wanted { words: &words, sites: &sites, kinds: &[] }, 50));
    read.wait().unwrap().into_iter().map(|hit| hit.key).collect()
}

fn words_of_two_characters_hit_and_only_within_the_site(engine: Engine) {
    let (_bed, store) = bed::store(engine);
    put(&store, 1, "case/1", "3-501 卫生间天花板漏水 张三 13912345678", &[]);
    put(&store, 1, "case/2", "12栋 電梯异响 HW-202611-0007", &[]);
    put(&store, 1, "case/3", "水漏了一地", &[]);
    put(&store, 2, "case/9", "漏水", &[]);
    assert_eq!(find(&store, "漏水", &[1]), ["case/1"]);
    assert_eq!(find(&store, "漏水", &[2]), ["case/9"]);
    assert_eq!(find(&store, "漏水", &[]), ["case/9", "case/1"]);
    assert_eq!(find(&store, "漏", &[1]), ["case/3", "case/1"]);
    assert_eq!(find(&store, "水漏", &[1]), ["case/3"]);
    assert_eq!(find(&store, "天花板漏水", &[1]), ["case/1"]);
    assert_eq!(find(&store, "电梯", &[1]), ["case/2"]);
    assert_eq!(find(&store, "５０１ 漏水", &[1]), ["case/1"]);
    assert_eq!(find(&store, "501 电梯", &[1]), [""; 0]);
    assert_eq!(find(&store, "5678", &[1]), ["case/1"]);
    assert_eq!(find(&store, "139123", &[1]), ["case/1"]);
    assert_eq!(find(&store, "hw-202611-0007", &[1]), ["case/2"]);
    assert_eq!(find(&store, "0007", &[1]), ["case/2"]);
    for nothing in ["", "  ", "'\"*()&|:-", "，。", "没有的词"] {
        assert_eq!(find(&store, nothing, &[1]), [""; 0], "{nothing}");
    }
}

fn a_document_is_replaced_removed_and_erased_with_its_person(engine: Engine) {
    let (_bed, store) = bed::store(engine);
    put(&store, 1, "case/1", "漏水 张三", &["p_1"]);
    put(&store, 1, "case/2", "漏水 李四", &["px1", "p2"]);
    put(&store, 1, "case/1", "停电 张三", &["p_1"]);
    assert_eq!(find(&store, "漏水", &[1]), ["case/2"]);
    assert_eq!(find(&store, "停电", &[1]), ["case/1"]);
    // The key of one person is not a pattern for another.
    let erase = store.act(sent(1, "e", 1), |tx| {
        tx.erase("p_1")?;
        Ok(Ok::<_, ()>(()))
    });
    erase.wait().unwrap().unwrap();
    assert_eq!(find(&store, "张三", &[1]), [""; 0]);
    assert_eq!(find(&store, "李四", &[1]), ["case/2"]);
    store.keep(|tx| search::remove(tx, 1, "case", "case/2")).wait().unwrap();
    assert_eq!(find(&store, "漏水", &[1]), [""; 0]);
    put(&store, 1, "case/2", "漏水", &[]);
    act(&store, sent(1, "n", 2), "case/2", note("x")).unwrap().unwrap();
    store.rebuild(&mut |_| {}).unwrap();
    // The toy projector puts no documents: after a rebuild there are none.
    assert_eq!(find(&store, "漏水", &[1]), [""; 0]);
}

fn many_documents_come_newest_first_in_pages(engine: Engine) {
    let (_bed, store) = bed::store(engine);
    let fill = store.keep(|tx| {
        for at in 0..300 {
            // The pairs of every text agree; only every tenth holds the word as it stands.
            let text = if at % 10 == 0 { "水管漏水" } else { "漏水管，水漏" };
            let key = format!("case/{at}");
            search::put(tx, &Document { site: 1, kind: "case", key: &key, text, persons: &[] })?;
        }
        Ok(())
    });
    fill.wait().unwrap();
    let found = find(&store, "管漏水", &[1]);
    assert_eq!(found.len(), 30);
    assert_eq!(found[..2], ["case/290", "case/280"]);
    assert_eq!(find(&store, "漏水", &[1]).len(), 50);
}
