//! What may happen to an entry of the book, and how it is recognised in a caller's words.

use super::*;

fn actor(account: &str, post: &str) -> Actor {
    Actor { account: account.into(), name: "演示".into(), posts: vec![post.into()], area: String::new() }
}

fn fee() -> Said {
    Said {
        question: "物业费怎么交".into(),
        answer: "每月 10 日前，前台现金或扫码。".into(),
        category: "收费".into(),
        keywords: "管理费、缴费".into(),
        ..Said::default()
    }
}

fn entries(events: Vec<(&str, Event)>) -> Vec<Entry> {
    let entry = |(seq, (account, event)): (usize, (&str, Event))| Entry {
        seq: seq as i64 + 1,
        at: event.happened,
        actor: account.into(),
        post: "x".into(),
        event,
    };
    events.into_iter().enumerate().map(entry).collect()
}

#[test]
fn a_new_version_is_unread_again_except_by_its_writer() {
    let boss = actor("boss", "service_supervisor");
    let write = |said: Said, seen| AnswerChange::Write { said, seen };
    let first = decide(None, &write(fee(), 0), &boss, Moment(1)).expect("may").expect("new");
    let known = replay("a", &entries(vec![("boss", first.clone())])).expect("there");
    assert!(known.is_read_by("boss") && !known.is_read_by("desk"));
    let desk = actor("desk", "front_desk");
    let read = decide(Some(&known), &AnswerChange::Read { version: 1 }, &desk, Moment(2)).expect("may").expect("news");
    let known = replay("a", &entries(vec![("boss", first.clone()), ("desk", read.clone())])).expect("there");
    assert!(known.is_read_by("desk"));
    assert_eq!(decide(Some(&known), &AnswerChange::Read { version: 1 }, &desk, Moment(3)), Ok(None));
    assert_eq!(decide(Some(&known), &write(fee(), 1), &boss, Moment(3)), Ok(None), "nothing changed");
    let other = Said { answer: "每月 15 日前。".into(), ..fee() };
    let second = decide(Some(&known), &write(other.clone(), 1), &boss, Moment(4)).expect("may").expect("changed");
    let known = replay("a", &entries(vec![("boss", first), ("desk", read), ("boss", second)])).expect("there");
    assert_eq!((known.versions.len(), &known.present().expect("one").said), (2, &other));
    assert!(!known.is_read_by("desk"));
    let stale = decide(Some(&known), &AnswerChange::Read { version: 1 }, &desk, Moment(5)).expect_err("old");
    assert!(stale.because[0].text.contains("又改过"));
    let stale = decide(Some(&known), &write(fee(), 1), &boss, Moment(5)).expect_err("old");
    assert!(stale.because[0].text.contains("又改过"));
}

#[test]
fn only_supervisors_write_and_something_must_be_said() {
    let boss = actor("boss", "office_manager");
    let write = |said: Said| AnswerChange::Write { said, seen: 0 };
    let no = decide(None, &write(fee()), &actor("desk", "front_desk"), Moment(0)).expect_err("may not");
    assert!(no.because[0].text.contains("主管"));
    let no = decide(None, &write(Said { question: " ".into(), ..fee() }), &boss, Moment(0)).expect_err("no question");
    assert_eq!(no.field.as_deref(), Some("question"));
    let no = decide(None, &write(Said { answer: String::new(), ..fee() }), &boss, Moment(0)).expect_err("no answer");
    assert_eq!(no.field.as_deref(), Some("answer"));
    let number = Said { answer: String::new(), phones: "供电抢修 95598".into(), ..fee() };
    assert!(decide(None, &write(number), &boss, Moment(0)).expect("may").is_some(), "a number alone is an entry");
    let gone = AnswerChange::Withdraw { reason: "换了标准".into() };
    assert!(decide(None, &gone, &boss, Moment(0)).is_err());
    let first = decide(None, &write(fee()), &boss, Moment(0)).expect("may").expect("new");
    let known = replay("a", &entries(vec![("boss", first.clone())])).expect("there");
    let silent = AnswerChange::Withdraw { reason: " ".into() };
    assert_eq!(decide(Some(&known), &silent, &boss, Moment(1)).expect_err("why").field.as_deref(), Some("reason"));
    let out = decide(Some(&known), &gone, &boss, Moment(1)).expect("may").expect("news");
    let known = replay("a", &entries(vec![("boss", first), ("boss", out)])).expect("there");
    assert_eq!(known.withdrawn.as_deref(), Some("换了标准"));
    assert!(decide(Some(&known), &AnswerChange::Read { version: 1 }, &boss, Moment(2)).is_err());
    let back = AnswerChange::Write { said: fee(), seen: 1 };
    assert!(decide(Some(&known), &back, &boss, Moment(2)).expect("may").is_some(), "the same words bring it back");
}

#[test]
fn a_callers_words_find_the_entry_and_small_talk_does_not() {
    assert!(closeness("你好，我想问物业费在哪儿交啊", &fee()) >= 2);
    assert!(closeness("管理费这个月怎么还没扣", &fee()) >= 3);
    assert_eq!(closeness("请问你们几点下班", &fee()), 0);
    assert!(closeness("厨房水龙头漏水", &fee()) < 2);
}

#[test]
fn a_question_is_spelled_by_syllables_and_initials() {
    assert_eq!(spelled("停车费 多少"), ("tingchefei duoshao".to_owned(), "tcf ds".to_owned()));
    assert_eq!(spelled("WiFi"), (String::new(), String::new()));
}
