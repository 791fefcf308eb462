//! A night shift (夜班): planned on the roster; the control room takes a call at 23:10; in the morning it hands over what is open
//! and booked, the keys, with both signatures; the desk of the day finishes. At desk and phone width.

use browser::{DESK, PHONE, Server, Storage, Window};
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
async fn civil(window: &Window, days: i64, clock: &str) -> String {
    let script = "const [days, clock, done] = arguments;
        fetch('/clock').then((it) => it.text()).then((micros) => {
            const there = new Date(Number(micros) / 1000 + (8 * 3600 + days * 86400) * 1000).toISOString();
            done(there.slice(0, 10) + 'T' + (clock || there.slice(11, 16)));
        })";
    let told = window.client().execute_async(script, vec![days.into(), clock.into()]).await.expect("the clock tells");
    told.as_str().expect("a moment").to_owned()
}

/// Moves the clock on to a moment of the office.
async fn wait_until(window: &Window, moment: &str) {
    let script = "const [moment, done] = arguments;
        fetch('/clock').then((it) => it.text()).then((micros) => {
            const seconds = Math.round((new Date(moment + ':00Z') - 8 * 3600000 - Number(micros) / 1000) / 1000);
            return fetch('/clock', { method: 'POST', body: String(seconds) });
        }).then((it) => done(it.status), (error) => done(String(error)))";
    let told = window.client().execute_async(script, vec![moment.into()]).await.expect("the clock moves");
    assert_eq!(told, Value::from(200), "to {moment}");
}

/// Acts on a case as whoever is signed in.
async fn act(window: &Window, server: &Server, case: &str, act: &str, fields: &[(&str, &str)]) {
    let page = server.url(&format!("/cases/{case}/acts/{act}"));
    let (status, to, text) = window.post(&page, &format!("form[action$='/acts/{act}']"), fields).await;
    assert_eq!(status, 200, "{act} on {to}: {text}");
}

/// The id of the case with this number.
async fn id_of(window: &Window, server: &Server, number: &str) -> String {
    window.go(&server.url(&format!("/cases/{number}"))).await;
    let script = "return document.querySelector(\"form[action*='/acts/'], a[href*='/acts/']\")
        .getAttribute(document.querySelector(\"form[action*='/acts/']\") ? 'action' : 'href')";
    let path = window.run(script, vec![]).await;
    path.as_str().and_then(|it| it.split('/').nth(2)).expect("an act of the case").to_owned()
}

/// The number in a text that begins with these letters.
fn number(text: &str, letters: &str) -> String {
    let at = text.find(letters).unwrap_or_else(|| panic!("no {letters} in {text}"));
    text[at..].chars().take(14).collect()
}

/// Begins a shift in the hand-over book; answers its number.
async fn take_over(window: &Window, server: &Server, ends: &str, words: &str) -> String {
    let form = "form[action='/registers/handover_book/new']";
    let fields = [("shift.ends", ends), ("note", words)];
    let (status, to, text) = window.post(&server.url("/registers/handover_book/new"), form, &fields).await;
    assert_eq!(status, 200, "{to}: {text}");
    let at = to.find("JB-").unwrap_or_else(|| panic!("no number on {to}"));
    to[at..].chars().take(14).collect()
}

/// What is said on the phone at the desk, as whoever is signed in; answers the number of the matter.
async fn call(window: &Window, server: &Server, letters: &str, fields: &[(&str, &str)]) -> String {
    let base = [("name", "演示住户"), ("phone", "13800000001"), ("place", "1-1-101"), ("do", "dispatch")];
    let fields: Vec<(&str, &str)> = base.into_iter().chain(fields.iter().copied()).collect();
    let (status, to, text) = window.post(&server.url("/desk"), "#intake", &fields).await;
    assert_eq!(status, 200, "{to}: {text}");
    number(&text, letters)
}

async fn night(storage: Storage, size: (u32, u32), name: &str) {
    let server = Server::first_day_by_hand(storage);
    let window = Window::open(size).await;
    let picture = |step: &'static str| format!("{name}-{step}");

    // The supervisor plans the night of the control room.
    window.sign_in(&server.url(""), "supervisor").await;
    let late = civil(&window, 0, "").await[11..].to_owned().as_str() >= "19:00";
    let first = i64::from(late);
    let (evening, call_at) = (civil(&window, first, "20:05").await, civil(&window, first, "23:10").await);
    let morning = civil(&window, first + 1, "07:50").await;
    let (day, ends) = (evening[..10].to_owned(), civil(&window, first + 1, "08:00").await);
    let roster = server.url(&format!("/duty?week={day}"));
    let fields =
        [("person", "guard"), ("post", "security_guard"), ("pattern", "夜班 20:00-08:00"), ("day", day.as_str())];
    let (status, to, text) = window.post(&roster, "form[action='/duty/plan']", &fields).await;
    assert!(status == 200 && text.contains("马演岗"), "{to}: {text}");
    window.go(&roster).await;
    window.says("20:00–08:00").await;
    window.picture(&picture("1-roster")).await;

    // At night the control room is on duty and takes the calls.
    wait_until(&window, &evening).await;
    window.sign_in(&server.url(""), "guard").await;
    let shift = take_over(&window, &server, &ends, "钥匙三把、对讲机两台，齐").await;
    wait_until(&window, &call_at).await;
    window.sign_in(&server.url(""), "guard").await;
    window.go(&server.url("/desk")).await;
    window.picture(&picture("2-desk-at-night")).await;
    let booked = civil(&window, 1, "10:00").await;
    let leak = [
        ("words", "厨房水管渗水，约明早十点"),
        ("kind", "repair"),
        ("repair.object", "own"),
        ("repair.appointment", booked.as_str()),
    ];
    let repair = call(&window, &server, "WX-", &leak).await;
    let question = call(&window, &server, "ZX-", &[("words", "问明天停水到几点"), ("kind", "enquiry")]).await;
    window.go(&server.url("/duty/log")).await;
    window.says(&repair).await;
    window.says("23:10").await;
    window.picture(&picture("3-log")).await;

    // In the morning the booked time, the open matter and the keys go to the desk of the day.
    wait_until(&window, &morning).await;
    window.sign_in(&server.url(""), "guard").await;
    let shift = id_of(&window, &server, &shift).await;
    let page = server.url(&format!("/cases/{shift}"));
    let listed = "form[action$='/acts/window.appointment_listed']";
    let (status, to, text) = window.post(&page, listed, &[("window.number", &repair), ("note", "约十点上门")]).await;
    assert!(status == 200 && text.contains("等接班人勾认"), "{to}: {text}");
    act(&window, &server, &shift, "shift.order_unfinished", &[("order.number", &question), ("note", "早上回电")]).await;
    act(&window, &server, &shift, "shift.reason_noted", &[("order.number", &question), ("shift.reason", "夜里问不到")])
        .await;
    window.go(&page).await;
    window.picture(&picture("4-to-hand-over")).await;
    window.sign_in(&server.url(""), "desk1").await;
    window.go(&page).await;
    window.press("勾认").await;
    window.says("已勾认").await;
    window.sign_in(&server.url(""), "guard").await;
    act(&window, &server, &shift, "window.handover_done", &[("note", "预约讲明，未完成的一件也讲了")]).await;
    let handed = [("case.person", "林演前"), ("note", "钥匙三把、对讲机两台，齐")];
    act(&window, &server, &shift, "shift.handed_over", &handed).await;
    window.sign_in(&server.url(""), "desk1").await;
    act(&window, &server, &shift, "case.entry_signed", &[("note", "钥匙、对讲机点收，无误")]).await;
    window.go(&page).await;
    for words in ["已结案", "已勾认", &repair, &question, "钥匙三把"] {
        window.says(words).await;
    }
    let seals = "return [...document.querySelectorAll('.seal')].map((it) => it.textContent).join(' ')";
    let seals = window.run(seals, vec![]).await;
    let seals = seals.as_str().unwrap_or_default().to_owned();
    assert!(seals.contains("马演岗") && seals.contains("林演前"), "both have signed: {seals}");
    window.picture(&picture("5-handed-over")).await;

    // The desk of the day takes over, answers what was left and gives the booked matter out.
    wait_until(&window, &ends).await;
    window.sign_in(&server.url(""), "desk1").await;
    let own = take_over(&window, &server, &civil(&window, 0, "20:00").await, "钥匙三把，齐").await;
    let question_id = id_of(&window, &server, &question).await;
    act(&window, &server, &question_id, "case.replied", &[("note", "已回电：停水到十二点")]).await;
    act(&window, &server, &question_id, "case.closed", &[("note", "来人清楚了")]).await;
    window.go(&server.url(&format!("/cases/{question}"))).await;
    window.says("已结案").await;
    super::assign(&window, &server, "厨房水管渗水", "repair1").await;
    window.go(&server.url(&format!("/cases/{repair}"))).await;
    window.says("江演修").await;
    window.picture(&picture("6-given-out")).await;
    window.go(&server.url("/registers/handover_book")).await;
    window.says(&own).await;
    window.picture(&picture("7-book")).await;
    window.close().await;
}
