//! A night shift (夜班): planned on the roster; the control room takes a call at 23:10; in the morning it hands over what is open
//! and booked, the keys, with both signatures; the desk of the day finishes. At desk and phone width.

use browser::{DESK, Matter, Office, PHONE, Server, Storage, Window};
use serde_json::Value;

#[test]
fn a_night_is_worked_and_handed_over_at_the_desk() {
    super::walk(night(Storage::Sqlite, DESK, "night-desk"));
}

#[test]
fn a_night_is_worked_and_handed_over_on_a_phone() {
    super::walk(night(Storage::Postgres, PHONE, "night-phone"));
}

/// The moment of the office as its people read it: `2026-11-22T23:10`, so many days later, at this clock time if one is given.
pub async fn civil(window: &Window, days: i64, clock: &str) -> String {
    let script = "const [days, clock, done] = arguments;
        fetch('/clock').then((it) => it.text()).then((micros) => {
            const there = new Date(Number(micros) / 1000 + (8 * 3600 + days * 86400) * 1000).toISOString();
            done(there.slice(0, 10) + 'T' + (clock || there.slice(11, 16)));
        })";
    let told = window.client().execute_async(script, vec![days.into(), clock.into()]).await.expect("the clock tells");
    told.as_str().expect("a moment").to_owned()
}

/// Moves the clock on to a moment of the office.
pub async fn wait_until(window: &Window, moment: &str) {
    let script = "const [moment, done] = arguments;
        fetch('/clock').then((it) => it.text()).then((micros) => {
            const seconds = Math.round((new Date(moment + ':00Z') - 8 * 3600000 - Number(micros) / 1000) / 1000);
            return fetch('/clock', { method: 'POST', body: String(seconds) });
        }).then((it) => done(it.status), (error) => done(String(error)))";
    let told = window.client().execute_async(script, vec![moment.into()]).await.expect("the clock moves");
    assert_eq!(told, Value::from(200), "to {moment}");
}

async fn night(storage: Storage, size: (u32, u32), name: &str) {
    let office = Office::open(Server::first_day_by_hand(storage), size).await;
    let window = &office.window;
    let picture = |step: &'static str| format!("{name}-{step}");

    // The supervisor plans the night of the control room.
    office.is("supervisor").await;
    let late = civil(window, 0, "").await[11..].to_owned().as_str() >= "19:00";
    let first = i64::from(late);
    let (evening, call_at) = (civil(window, first, "20:05").await, civil(window, first, "23:10").await);
    let morning = civil(window, first + 1, "07:50").await;
    let (day, ends) = (evening[..10].to_owned(), civil(window, first + 1, "08:00").await);
    office.go(&format!("/duty?week={day}")).await;
    let shift =
        [("person", "guard"), ("post", "security_guard"), ("pattern", "夜班 20:00-08:00"), ("day", day.as_str())];
    office.send("form[action='/duty/plan']", &shift, "button").await;
    for words in ["马演岗", "20:00–08:00"] {
        window.says(words).await;
    }
    window.picture(&picture("1-roster")).await;

    // At night the control room is on duty and takes the calls.
    wait_until(window, &evening).await;
    office.is("guard").await;
    let keys = ("note", "钥匙三把、对讲机两台，齐");
    let shift = office.record("handover_book", &[("shift.ends", &ends), keys]).await;
    wait_until(window, &call_at).await;
    office.go("/desk").await;
    window.picture(&picture("2-desk-at-night")).await;
    let booked = civil(window, 1, "10:00").await;
    let leak = [("repair.appointment", booked.as_str())];
    let leak = Matter { kind: "repair", words: "厨房水管渗水，约明早十点", room: "1-1-101", fields: &leak };
    let repair = office.take_in(&leak).await;
    let asked = Matter { kind: "enquiry", words: "问明天停水到几点", room: "1-1-101", fields: &[] };
    let question = office.take_in(&asked).await;
    office.go("/duty/log").await;
    for words in [repair.as_str(), "23:10"] {
        window.says(words).await;
    }
    window.picture(&picture("3-log")).await;

    // In the morning the booked time, the open matter and the keys go to the desk of the day.
    wait_until(window, &morning).await;
    let page = format!("/cases/{shift}");
    office.go(&page).await;
    let listed = format!("form[action$='/acts/window.appointment_listed']:has([value='{repair}'])");
    office.send(&listed, &[], "button").await;
    window.says("等接班人勾认").await;
    let number = ("order.number", question.as_str());
    office.act(&shift, "shift.order_unfinished", &[number, ("note", "早上回电")]).await;
    office.act(&shift, "shift.reason_noted", &[number, ("shift.reason", "夜里问不到")]).await;
    window.picture(&picture("4-to-hand-over")).await;
    office.is("desk1").await;
    office.go(&page).await;
    window.press("勾认").await;
    window.says("已勾认").await;
    office.is("guard").await;
    office.act(&shift, "window.handover_done", &[("note", "预约讲明，未完成的一件也讲了")]).await;
    office.act(&shift, "shift.handed_over", &[("case.person", "林演前"), keys]).await;
    office.is("desk1").await;
    office.act(&shift, "case.entry_signed", &[("note", "钥匙、对讲机点收，无误")]).await;
    for words in ["已结案", "已勾认", &repair, &question, "钥匙三把"] {
        window.says(words).await;
    }
    let seals = "return [...document.querySelectorAll('.seal')].map((it) => it.textContent).join(' ')";
    let seals = window.run(seals, vec![]).await;
    let seals = seals.as_str().unwrap_or_default().to_owned();
    assert!(seals.contains("马演岗") && seals.contains("林演前"), "both have signed: {seals}");
    window.picture(&picture("5-handed-over")).await;

    // The desk of the day takes over, answers what was left and gives the booked matter out.
    wait_until(window, &ends).await;
    let until = civil(window, 0, "20:00").await;
    let own = office.record("handover_book", &[("shift.ends", &until), ("note", "钥匙三把，齐")]).await;
    office.act(&question, "case.replied", &[("note", "已回电：停水到十二点")]).await;
    office.act(&question, "case.closed", &[("note", "来人清楚了")]).await;
    window.says("已结案").await;
    super::assign(window, &office.server, "厨房水管渗水", "repair1").await;
    office.go(&format!("/cases/{repair}")).await;
    window.says("江演修").await;
    window.picture(&picture("6-given-out")).await;
    office.go("/registers/handover_book").await;
    window.says(&own).await;
    window.picture(&picture("7-book")).await;
    office.close().await;
}
