//! Contacts by hand and by telephone, numbers in any spelling, what clauses refuse.

use calendar::{Moment, Zone};
use proptest::prelude::*;
use rulebook::{BlockNow, ClauseRef, Fact};

use super::*;
use crate::actor::Actor;
use crate::case::{Caller, Latitude, Place};
use crate::event::{Entry, Event};
use crate::refusal::Refusal;

const NOW: Moment = Moment(1_800_000_000_000_000);

fn with<T>(post: &str, blocks: &[BlockNow], run: impl FnOnce(&Latitude<'_>) -> T) -> T {
    let actor = Actor { account: "desk1".into(), name: "演示".into(), posts: vec![post.into()], area: String::new() };
    let refuses = |fact: &Fact| {
        let lacks = |it: &&BlockNow| it.missing.iter().any(|id| !fact.attributes.contains_key(id));
        blocks.iter().filter(|it| it.act == fact.name).filter(lacks).cloned().collect()
    };
    let mut next_number = |_: &str, _: &str| 0;
    run(&Latitude {
        now: NOW,
        zone: &Zone::shanghai(),
        actor: &actor,
        stands_for: &[],
        late_needs_reason: 600,
        late_needs_approval: 86_400,
        speaks_of: &|_| false,
        reminders_apart: 600,
        refuses: &refuses,
        word: &|id| id.to_owned(),
        next_number: &mut next_number,
    })
}

fn entries(events: Vec<Event>) -> Vec<Entry> {
    let entry = |(seq, event): (usize, Event)| Entry {
        seq: seq as i64 + 1,
        at: NOW,
        actor: "desk1".into(),
        post: "front_desk".into(),
        event,
    };
    events.into_iter().enumerate().map(entry).collect()
}

fn contact(events: Vec<Event>) -> Contact {
    replay("c1", &entries(events)).expect("it has entries")
}

fn opened() -> Vec<Event> {
    let take = TakeContact { channel: "visit".into(), station: "office_desk".into(), ..TakeContact::default() };
    with("front_desk", &[], |latitude| super::take(latitude, &take)).expect("may")
}

fn enquiry() -> EndContact {
    EndContact {
        words: "请问停车费多少".into(),
        answer: Some("a1".into()),
        place: Place { household: Some("3-2-501".into()), words: "3-2-501".into() },
        caller: Caller { phone: "13800000001".into(), ..Caller::default() },
        ..EndContact::default()
    }
}

fn news(event: PhoneEvent, extension: &str, seconds: i64) -> PhoneNews {
    let number = Number::Known("13800000001".into());
    PhoneNews { event, extension: extension.into(), number, rings: None, at: NOW.plus_seconds(seconds) }
}

#[test]
fn an_enquiry_that_the_book_answers_is_done_with_its_facts() {
    let mut events = opened();
    let known = contact(events.clone());
    events.extend(with("front_desk", &[], |latitude| end(latitude, &known, &enquiry())).expect("may"));
    let done = contact(events);
    assert_eq!((done.state, done.answer.as_deref()), (ContactState::Answered, Some("a1")));
    assert_eq!((done.household.as_deref(), done.words.as_str()), (Some("3-2-501"), "请问停车费多少"));
    assert_eq!((done.phone.as_str(), done.attributes["case.callback"].as_str()), ("13800000001", "yes"));
    assert!(!done.attributes.values().any(|value| value.contains("13800000001")), "the number stays sealed");
    let facts: Vec<String> = done.facts().into_iter().map(|fact| fact.name).collect();
    assert_eq!(facts, ["contact.opened", "contact.ended", "case.replied", "case.closed", "contact.answered"]);
    let again = with("front_desk", &[], |latitude| end(latitude, &done, &enquiry())).expect_err("it has ended");
    assert!(again.because[0].text.contains("当场答复"));
}

#[test]
fn a_void_contact_needs_a_reason_and_concerns_no_clause() {
    let known = contact(opened());
    let void = |note: &str| EndContact { outcome: Outcome::Voided, note: note.into(), ..EndContact::default() };
    let no = with("front_desk", &[], |latitude| end(latitude, &known, &void(" "))).expect_err("why");
    assert_eq!(no.field.as_deref(), Some("note"));
    let clause = ClauseRef { book: "b".into(), id: "1".into() };
    let block = BlockNow {
        clause,
        summary: "要问过还有别的事".into(),
        act: "contact.ended".into(),
        missing: vec!["courtesy.anything_else".into()],
        only: None,
        not_before: None,
        not_after: None,
    };
    let mut events = opened();
    events.extend(
        with("front_desk", std::slice::from_ref(&block), |latitude| end(latitude, &known, &void("打错"))).expect("may"),
    );
    assert_eq!(contact(events).facts(), []);
    let no: Refusal =
        with("front_desk", std::slice::from_ref(&block), |it| end(it, &known, &enquiry())).expect_err("by clause");
    assert_eq!(no.because[0].clause.as_ref().map(|clause| clause.book.as_str()), Some("b"));
    let mut asked = enquiry();
    asked.attributes.insert("courtesy.anything_else".into(), "yes".into());
    assert!(with("front_desk", &[block], |latitude| end(latitude, &known, &asked)).is_ok());
    assert!(with("finance", &[], |latitude| end(latitude, &known, &asked)).is_err(), "not everybody takes calls");
}

#[test]
fn a_call_rings_at_several_extensions_and_is_answered_at_one() {
    let mut events = phone("c1", None, &news(PhoneEvent::Rang, "801", 0));
    events.extend(phone("c1", Some(&contact(events.clone())), &news(PhoneEvent::Rang, "802", 1)));
    assert!(phone("c1", Some(&contact(events.clone())), &news(PhoneEvent::Rang, "802", 2)).is_empty(), "known");
    assert_eq!(contact(events.clone()).state, ContactState::Ringing);
    events.extend(phone("c1", Some(&contact(events.clone())), &news(PhoneEvent::Answered, "802", 9)));
    assert!(phone("c1", Some(&contact(events.clone())), &news(PhoneEvent::Answered, "801", 9)).is_empty());
    let talking = contact(events.clone());
    assert_eq!((talking.state, talking.seconds_to_answer()), (ContactState::Open, Some(9)));
    assert_eq!((talking.first_contact(), talking.extensions.len()), (NOW.plus_seconds(9), 2));
    events.extend(phone("c1", Some(&talking), &news(PhoneEvent::HungUp, "802", 69)));
    let over = contact(events);
    assert_eq!((over.state, over.seconds()), (ContactState::Open, Some(60)), "the talk is over, its matter is not");
    assert!(phone("c1", Some(&over), &news(PhoneEvent::HungUp, "802", 70)).is_empty());
    let late = phone("c2", None, &news(PhoneEvent::Answered, "801", 5));
    assert_eq!(
        late.iter().map(|it| it.name.as_str()).collect::<Vec<_>>(),
        ["call.rang", "call.answered", "contact.opened"]
    );
    assert!(phone("c3", None, &news(PhoneEvent::HungUp, "801", 5)).is_empty());
}

#[test]
fn a_missed_call_waits_until_somebody_is_reached() {
    let mut events = phone("c1", None, &news(PhoneEvent::Rang, "801", 0));
    events.extend(phone("c1", Some(&contact(events.clone())), &news(PhoneEvent::HungUp, "801", 20)));
    let missed = contact(events.clone());
    assert_eq!((missed.state, missed.answered), (ContactState::Missed, None));
    let back = |reached_nobody, note: &str| ActOnContact {
        act: "call.returned".into(),
        note: note.into(),
        reached_nobody,
        ..ActOnContact::default()
    };
    let act = |contact: &Contact, command: &ActOnContact| {
        with("front_desk", &[], |latitude| super::act(latitude, contact, command))
    };
    assert_eq!(act(&missed, &back(false, "")).expect_err("what").field.as_deref(), Some("note"));
    events.extend(act(&missed, &back(true, "没人接")).expect("may"));
    let still = contact(events.clone());
    assert_eq!((still.state, still.tried), (ContactState::Missed, 1));
    events.extend(act(&still, &back(false, "问停车，已答")).expect("may"));
    let done = contact(events);
    assert_eq!((done.state, done.first_contact()), (ContactState::Returned, NOW));
    assert!(act(&done, &back(false, "再打")).is_err(), "called back once is enough");
    assert!(find("call.sampled").is_some_and(|act| act.fits(&done)), "a call back is a talk that can be drawn");
    let actor =
        Actor { account: "desk1".into(), name: "演示".into(), posts: vec!["front_desk".into()], area: String::new() };
    let number = Number::Known("13800000001".into());
    assert_eq!(super::missed(&actor, "c2", &number, NOW, NOW).map(|it| contact(it).state), Ok(ContactState::Missed));
    assert!(super::missed(&actor, "c2", &Number::Hidden, NOW, NOW).is_err());
    assert!(super::missed(&actor, "c2", &number, NOW.plus_seconds(1), NOW).is_err());
}

#[test]
fn quality_is_the_supervisors() {
    let mut events = phone("c1", None, &news(PhoneEvent::Answered, "801", 0));
    let known = contact(events.clone());
    events.extend(with("front_desk", &[], |latitude| end(latitude, &known, &enquiry())).expect("may"));
    let enter = |post: &'static str, act: &str, value: Option<(&str, &str)>| {
        let attributes = value.into_iter().map(|(key, value)| (key.to_owned(), value.to_owned())).collect();
        let command = ActOnContact { act: act.into(), attributes, note: "好".into(), ..ActOnContact::default() };
        move |contact: &Contact| with(post, &[], |latitude| super::act(latitude, contact, &command))
    };
    let known = contact(events.clone());
    assert!(enter("front_desk", "call.sampled", None)(&known).is_err());
    assert!(enter("service_supervisor", "call.courtesy_scored", Some(("courtesy.points", "75")))(&known).is_err());
    events.extend(enter("service_supervisor", "call.sampled", None)(&known).expect("may"));
    let known = contact(events.clone());
    assert_eq!(known.attributes["case.person"], "desk1");
    assert!(enter("service_supervisor", "call.courtesy_scored", None)(&known).is_err(), "no points");
    events.extend(
        enter("service_supervisor", "call.courtesy_scored", Some(("courtesy.points", "75")))(&known).expect("may"),
    );
    events.extend(enter("service_supervisor", "call.checked", Some(("call.talked_over", "yes")))(&known).expect("may"));
    let known = contact(events.clone());
    assert!(enter("office_manager", "call.coached", None)(&known).is_ok());
    assert!(find("call.sampled").is_some_and(|act| !act.fits(&known)), "once");
}

#[test]
fn numbers_have_one_form() {
    for (written, form) in [
        ("+86 138 0013 8000", "13800138000"),
        ("0086-13800138000", "13800138000"),
        ("86 13800138000", "13800138000"),
        ("013800138000", "13800138000"),
        ("１３８００１３８０００", "13800138000"),
        ("87654321", "02087654321"),
        ("020-8765 4321", "02087654321"),
        ("+86 20 8765 4321", "02087654321"),
        ("+86 (020) 87654321", "02087654321"),
        ("95598", "95598"),
        ("+1 650 555 0100", "0016505550100"),
    ] {
        assert_eq!(normal(written, "020"), Number::Known(form.into()), "{written}");
    }
    for hidden in ["", "anonymous", "隐藏", "未显示", "-1", "0", "000", "unknown"] {
        assert_eq!(normal(hidden, "020"), Number::Hidden, "{hidden}");
    }
    assert_eq!(look_up("02087654321", "020"), ["02087654321", "87654321"]);
    assert_eq!(look_up("13800138000", "020"), ["13800138000"]);
    assert_eq!(look_up("", "020"), Vec::<String>::new());
}

/// A number with blanks, dashes and brackets strewn in, and perhaps in full width.
fn strewn(digits: &str, marks: &[usize], wide: bool) -> String {
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        let wide_digit = digit.to_digit(10).and_then(|it| char::from_u32(0xff10 + it));
        out.push(wide_digit.filter(|_| wide).unwrap_or(digit));
        out.push_str(["", "", " ", "-", "(", ")"][marks.get(place).copied().unwrap_or_default() % 6]);
    }
    out
}

proptest! {
    #[test]
    fn every_spelling_of_a_mobile_is_the_same(
        tail in "[3-9][0-9]{9}", marks in prop::collection::vec(0_usize..6, 18), wide: bool, way in 0_usize..6,
    ) {
        let mobile = format!("1{tail}");
        let written = ["", "0", "86", "0086", "+86", "+860"][way].to_owned();
        let sign = if written.starts_with('+') { "+" } else { "" };
        let spelled = format!("{sign}{}", strewn(&format!("{}{mobile}", written.trim_start_matches('+')), &marks, wide));
        prop_assert_eq!(normal(&spelled, "0755"), Number::Known(mobile), "{}", spelled);
    }

    #[test]
    fn every_spelling_of_a_land_line_is_the_same(
        local in "[2-9][0-9]{7}", area in prop::sample::select(vec!["020", "010", "0755", "0571"]),
        marks in prop::collection::vec(0_usize..6, 18), way in 0_usize..4,
    ) {
        let (full, code) = (format!("{area}{local}"), &area[1..]);
        let (sign, digits) = [
            ("", local.clone()), ("", full.clone()), ("+", format!("86{code}{local}")), ("", format!("0086{code}{local}")),
        ][way].clone();
        let spelled = format!("{sign}{}", strewn(&digits, &marks, false));
        prop_assert_eq!(normal(&spelled, area), Number::Known(full.clone()), "{}", spelled);
        prop_assert_eq!(look_up(&full, area), [full.clone(), local]);
    }

    #[test]
    fn whatever_comes_is_digits_and_stays_itself(written in "\\PC{0,24}", area in "0[2-9][0-9]{1,2}|010|") {
        if let Number::Known(digits) = normal(&written, &area) {
            prop_assert!(digits.len() >= 3 && digits.bytes().all(|it| it.is_ascii_digit()), "{}", digits);
            if !digits.starts_with("0086") {
                prop_assert_eq!(normal(&digits, &area), Number::Known(digits.clone()), "{}", written);
            }
        }
    }
}
