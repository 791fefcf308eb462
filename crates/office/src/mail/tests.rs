//! Numbers, subscriptions, counts, and what acts of the mailroom (收发室) show and refuse.

use std::collections::BTreeMap;

use calendar::Moment;
use jiff::civil::{Date, date};

use super::number::{Line, check_digit, checked, read};
use super::round::{Subscribed, count, due_on, portions};
use super::subscription::Subscription;
use super::*;

fn attributes(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(id, value)| (format!("subscription.{id}"), (*value).to_owned())).collect()
}

fn paper(every: &str, issue: &str, off: &str) -> Subscription {
    let said = [
        ("title", "演示晚报"),
        ("copies", "2"),
        ("every", every),
        ("issue_days", issue),
        ("no_issue", off),
        ("from", "2026-01-15"),
        ("to", "2026-12-31"),
    ];
    Subscription::of(&attributes(&said)).expect("it is one")
}

#[test]
fn postal_numbers_have_their_check_digit() {
    // The example of the standard: RR 47312482 9 CA.
    assert_eq!(check_digit(b"47312482"), 9);
    assert_eq!(checked("RR473124829CA"), Ok(()));
    assert_eq!(checked("RR473124828CA"), Err(9));
    assert_eq!(checked("RR473142829CA"), Err(check_digit(b"47314282")), "two digits that changed places");
    // 10 becomes 0 and 11 becomes 5.
    let of =
        |wanted: u8| (0..99_999_999_u32).map(|n| format!("{n:08}")).find(|it| check_digit(it.as_bytes()) == wanted);
    assert!(of(0).is_some() && of(5).is_some());
    assert_eq!(checked("SF1234567890123"), Ok(()), "no postal number");
}

#[test]
fn a_line_of_the_scanner_is_a_number_or_words() {
    assert_eq!(read(" rr473124829ca "), Line::Number("RR473124829CA".into()));
    assert_eq!(read("RR473124820CA"), Line::WrongDigit("RR473124820CA".into(), 9));
    assert_eq!(read("1234567890123"), Line::Number("1234567890123".into()));
    assert_eq!(read("SF1234567890123"), Line::Number("SF1234567890123".into()));
    for words in ["3-2-501", "13800000001", "演示便利店", "482913", "单晓演", "3栋2单元501"] {
        assert_eq!(read(words), Line::Words(words.into()), "{words}");
    }
}

#[test]
fn the_copies_of_a_day_follow_from_the_subscription() {
    let on = |one: &Subscription, day: Date| one.expected_on(day);
    let daily = paper("daily_paper", "", "周六、周日、2026-10-01至2026-10-03");
    assert_eq!(
        [on(&daily, date(2026, 11, 20)), on(&daily, date(2026, 11, 21)), on(&daily, date(2026, 11, 22))],
        [2, 0, 0]
    );
    assert_eq!(
        [on(&daily, date(2026, 10, 1)), on(&daily, date(2026, 10, 2)), on(&daily, date(2026, 10, 5))],
        [0, 0, 2]
    );
    assert_eq!(
        [on(&daily, date(2026, 1, 14)), on(&daily, date(2026, 1, 15)), on(&daily, date(2026, 12, 31))],
        [0, 2, 2]
    );
    assert_eq!(on(&daily, date(2027, 1, 1)), 0, "it has run out");
    let weekly = paper("weekly_paper", "周四", "");
    assert_eq!([on(&weekly, date(2026, 11, 19)), on(&weekly, date(2026, 11, 20))], [2, 0]);
    let half = paper("half_monthly", "", "");
    assert_eq!([on(&half, date(2026, 11, 1)), on(&half, date(2026, 11, 16)), on(&half, date(2026, 11, 15))], [2, 2, 0]);
    let monthly = paper("monthly_paper", "31", "");
    assert_eq!(
        [on(&monthly, date(2026, 11, 30)), on(&monthly, date(2026, 10, 31)), on(&monthly, date(2026, 10, 30))],
        [2, 2, 0]
    );
    let second = paper("two_monthly", "", "");
    assert_eq!(
        [on(&second, date(2026, 3, 15)), on(&second, date(2026, 2, 15)), on(&second, date(2026, 11, 15))],
        [2, 0, 2]
    );
}

#[test]
fn a_subscription_from_which_nothing_follows_is_refused_at_its_field() {
    for (wrong, field) in [
        (("copies", "0"), "subscription.copies"),
        (("from", "明天"), "subscription.from"),
        (("to", "2026-01-01"), "subscription.to"),
        (("no_issue", "节日"), "subscription.no_issue"),
        (("issue_days", "周八"), "subscription.issue_days"),
    ] {
        let mut said = attributes(&[("copies", "1"), ("every", "weekly_paper"), ("from", "2026-02-01")]);
        said.extend(attributes(&[wrong]));
        let no = subscription::sensible("不能登记订阅", &said).expect_err(field);
        assert_eq!(no.field.as_deref(), Some(field), "{no}");
    }
}

fn subscribers() -> Vec<Subscribed> {
    let of = |household: &str, title: &str, copies: &str| Subscribed {
        household: household.to_owned(),
        place: household.to_owned(),
        subscription: Subscription::of(&attributes(&[
            ("title", title),
            ("copies", copies),
            ("every", "daily_paper"),
            ("from", "2026-01-01"),
        ]))
        .expect("it is one"),
    };
    vec![of("3-2-501", "演示晚报", "2"), of("3-2-501", "演示参考", "1"), of("3-2-502", "演示晚报", "1")]
}

#[test]
fn what_is_due_is_counted_and_goes_to_who_subscribed() {
    let day = date(2026, 11, 16);
    let due: Vec<_> = due_on(day, &subscribers()).into_iter().map(|it| (it.name, it.due)).collect();
    assert_eq!(due, [("演示参考".to_owned(), 1), ("演示晚报".to_owned(), 3)]);
    let told = count(&[("演示参考".into(), 1, 0), ("演示晚报".into(), 3, 3)]);
    assert_eq!((told.due, told.counted, told.fits), (4, 3, false));
    assert_eq!(told.words, "演示参考 应 1 到 0；演示晚报 应 3 到 3");
    let portions = portions(day, &subscribers(), &told.came);
    let words: Vec<_> = portions.iter().map(|it| (it.place.as_str(), it.titles.as_str(), it.copies)).collect();
    assert_eq!(words, [("3-2-501", "演示晚报×2", 2), ("3-2-502", "演示晚报×1", 1)]);
    assert!(!count(&[("甲".into(), 1, 2), ("乙".into(), 2, 1)]).fits, "one too many does not make up for one too few");
}

#[test]
fn what_is_no_sense_is_refused() {
    let event = |name: &str, said: &[(&str, &str)]| {
        said.iter().fold(Event::plain(name, Moment(0)), |event, (id, value)| event.with(id, *value))
    };
    assert!(sensible("不能收件", &event(RECEIVED, &[("mail.number", "RR473124829CA")])).is_ok());
    let no =
        sensible("不能收件", &event(RECEIVED, &[("mail.number", "RR473124828CA")])).expect_err("its digit is wrong");
    assert!(no.field.as_deref() == Some("mail.number") && no.to_string().contains('9'), "{no}");
    let copied = [("mail.number", "RR473124828CA"), ("mail.number_checked", "copied_as_read")];
    assert!(sensible("不能收件", &event(RECEIVED, &copied)).is_ok(), "so it stands on the label");
    let term = [("mail_authority.from", "2026-12-01"), ("mail_authority.to", "2026-11-30")];
    assert!(sensible("不能登记", &event("mail_authority.given", &term)).is_err());
    let nobody = [("mail_authority.scope", PROXY), ("mail_authority.from", "2026-12-01")];
    assert!(sensible("不能登记", &event("mail_authority.given", &nobody)).is_err());
}

#[test]
fn names_are_veiled_and_codes_have_six_digits() {
    assert_eq!([veiled("单晓演"), veiled("何部"), veiled("甲"), veiled("欧阳示范")], ["单*演", "何*", "甲", "欧**范"]);
    let code = pickup_code("rabc");
    assert!(code.len() == 6 && code.chars().all(|it| it.is_ascii_digit()) && code == pickup_code("rabc"));
    assert_ne!(code, pickup_code("rabd"));
}
