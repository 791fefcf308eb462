use jiff::civil::date;

use super::*;
use crate::event::Body;

fn price(fen: i64, from: Date) -> Price {
    Price {
        trade: "水电".into(),
        name: " 更换水龙头 ".into(),
        kind: "labour".into(),
        unit: "只".into(),
        fen,
        from,
        until: None,
        free: fen == 0,
        warranty: false,
        remark: String::new(),
    }
}

fn write(price: &Price) -> PriceChange {
    PriceChange::Write { price: price.clone(), seen: None }
}

/// The item after these changes, each on its day; the last answer of the office.
fn told(changes: &[(PriceChange, Date)]) -> (Option<Item>, Result<bool, String>) {
    let (mut entries, mut answer) = (Vec::new(), Ok(false));
    for (n, (change, day)) in changes.iter().enumerate() {
        let known = replay("a", &entries);
        let now = Moment(n as i64);
        match decide(known.as_ref(), change, (now, *day)) {
            Ok(Some(event)) => {
                let seq = entries.len() as i64 + 1;
                entries.push(Entry { seq, at: now, actor: "a".into(), post: "finance".into(), event });
                answer = Ok(true);
            }
            Ok(None) => answer = Ok(false),
            Err(no) => answer = Err(no.to_string()),
        }
    }
    (replay("a", &entries), answer)
}

#[test]
fn a_price_holds_from_its_day_until_the_next_one_begins() {
    let (old, new) = (date(2026, 1, 1), date(2026, 12, 1));
    let today = date(2026, 11, 16);
    let (item, _) = told(&[(write(&price(3_000, old)), old), (write(&price(3_500, new)), today)]);
    let item = item.expect("written");
    let fen = |day| item.on(day).map(|it| it.price.fen);
    assert_eq!(fen(date(2025, 12, 31)), None);
    assert_eq!((fen(old), fen(date(2026, 11, 30)), fen(new)), (Some(3_000), Some(3_000), Some(3_500)));
    assert_eq!(item.versions[0].price.name, "更换水龙头", "trimmed");
}

#[test]
fn what_was_in_force_is_never_written_over() {
    let (old, today) = (date(2026, 1, 1), date(2026, 11, 16));
    let first = (write(&price(3_000, old)), old);
    let (_, same) = told(&[first.clone(), first.clone()]);
    assert_eq!(same, Ok(false), "the same again changes nothing");
    let (_, goes_on) = told(&[first.clone(), (write(&price(3_000, today)), today)]);
    assert_eq!(goes_on, Ok(false), "the same price from a later day is the same price");
    let second = (write(&price(3_500, today)), today);
    let (_, known) = told(&[first.clone(), second, first.clone()]);
    assert_eq!(known, Ok(false), "a list of before says nothing new");
    for from in [old, date(2025, 6, 1), date(2026, 11, 15)] {
        let (item, no) = told(&[first.clone(), (write(&price(3_500, from)), today)]);
        assert!(no.is_err(), "{from}: {no:?}");
        assert_eq!(item.map(|it| it.versions.len()), Some(1));
    }
    let (item, yes) = told(&[first.clone(), (write(&price(3_500, today)), today)]);
    assert_eq!((item.map(|it| it.versions.len()), yes), (Some(2), Ok(true)));
    let later = date(2026, 12, 1);
    let (item, yes) = told(&[first, (write(&price(3_500, later)), today), (write(&price(3_600, later)), today)]);
    assert_eq!(yes, Ok(true), "what has not begun may still be corrected");
    assert_eq!(item.and_then(|it| it.on(later).map(|it| it.price.fen)), Some(3_600));
}

#[test]
fn an_item_that_ended_is_not_on_the_list_any_more() {
    let (old, today) = (date(2026, 1, 1), date(2026, 11, 16));
    let end = |until, reason: &str| PriceChange::End { until, reason: reason.into() };
    let first = (write(&price(3_000, old)), old);
    let (item, yes) = told(&[first.clone(), (end(date(2026, 11, 30), "不再提供"), today)]);
    assert_eq!(yes, Ok(true));
    let item = item.expect("written");
    assert!(item.on(date(2026, 11, 30)).is_some() && item.on(date(2026, 12, 1)).is_none());
    for (until, reason) in [(date(2026, 11, 15), "不再提供"), (date(2026, 11, 30), " ")] {
        assert!(told(&[first.clone(), (end(until, reason), today)]).1.is_err(), "{until} {reason}");
    }
    assert!(told(&[(end(today, "没有"), today)]).1.is_err(), "nothing to end");
}

#[test]
fn a_price_that_does_not_say_what_it_must_is_refused_at_its_field() {
    let day = date(2026, 11, 16);
    let good = price(3_000, day);
    let field = |price: Price| decide(None, &write(&price), (Moment(0), day)).err().and_then(|no| no.field);
    assert_eq!(field(good.clone()), None);
    assert_eq!(field(Price { name: " ".into(), ..good.clone() }).as_deref(), Some("name"));
    assert_eq!(field(Price { unit: String::new(), ..good.clone() }).as_deref(), Some("unit"));
    assert_eq!(field(Price { fen: -1, ..good.clone() }).as_deref(), Some("fen"));
    assert_eq!(field(Price { free: true, ..good.clone() }).as_deref(), Some("fen"));
    assert_eq!(field(Price { fen: 0, ..good.clone() }).as_deref(), Some("fen"));
    assert_eq!(field(Price { until: Some(date(2026, 11, 15)), ..good.clone() }).as_deref(), Some("until"));
    assert_eq!(field(Price { kind: "wage".into(), ..good.clone() }).as_deref(), Some("kind"));
    let seen = PriceChange::Write { price: good, seen: Some(3) };
    assert!(decide(None, &seen, (Moment(0), day)).is_err(), "somebody else has changed it");
}

#[test]
fn entries_that_are_no_prices_are_left_out() {
    let event = Event { name: "price.written".into(), happened: Moment(0), body: Body::default(), sealed: None };
    let entry = Entry { seq: 1, at: Moment(0), actor: "a".into(), post: "finance".into(), event };
    assert_eq!(replay("a", &[entry]), None);
}
