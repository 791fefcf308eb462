//! A Monday in the mailroom (收发室的周一): what the duty post took in at the weekend is handed over and signed by both, papers are short,
//! an express item goes out at once, an addressee is unclear. At desk and phone width.

use browser::{DESK, Office, PHONE, Server, Storage, Window};

use super::night::{civil, wait_until};

#[test]
fn a_monday_in_the_mailroom_at_the_desk() {
    super::walk(monday(Storage::Sqlite, DESK, "mailroom-desk"));
}

#[test]
fn a_monday_in_the_mailroom_on_a_phone() {
    super::walk(monday(Storage::Postgres, PHONE, "mailroom-phone"));
}

/// Days until the next Saturday, at least one.
async fn to_saturday(window: &Window) -> i64 {
    let script = "const done = arguments[0];
        fetch('/clock').then((it) => it.text()).then((micros) => {
            const there = new Date(Number(micros) / 1000 + 8 * 3600000);
            done((6 - there.getUTCDay() + 6) % 7 + 1);
        })";
    let told = window.client().execute_async(script, vec![]).await.expect("the clock tells");
    told.as_i64().expect("a number")
}

/// A line of the scanner, once the page stands.
async fn scan(office: &Office, fields: &[(&str, &str)]) {
    let window = &office.window;
    for (name, value) in fields {
        window.put("form[action='/mail/scan']", name, value).await;
    }
    let line = fields.iter().find(|(name, _)| *name == "line").map_or("", |(_, line)| line);
    // A scanner sends its line anew when the first did not arrive.
    if window.run("return document.querySelector('#line').value", vec![]).await.as_str() != Some(line) {
        window.put("form[action='/mail/scan']", "line", line).await;
    }
    window.until(&format!("document.querySelector('#line').value === '{line}'")).await;
    window.leave("form[action='/mail/scan'] button.main").await;
}

/// The item that was taken in last; answers the path of its page.
async fn last(office: &Office, number: &str) -> String {
    let there = format!("[...document.querySelectorAll('#open tr')].some((it) => it.textContent.includes('{number}'))");
    office.window.until(&there).await;
    let script = "return [...document.querySelectorAll('#open tr')].find((it) => it.textContent.includes(arguments[0]))
        ?.querySelector('a').getAttribute('href')";
    let path = office.window.run(script, vec![number.into()]).await;
    path.as_str().unwrap_or_else(|| panic!("{number} is not in hand")).to_owned()
}

async fn weekend(office: &Office, name: &str) -> String {
    let window = &office.window;
    office.is("supervisor").await;
    let days = to_saturday(window).await;
    let saturday = civil(window, days, "11:00").await;
    let monday = civil(window, days + 2, "08:10").await;
    office.go(&format!("/duty?week={}", &saturday[..10])).await;
    let shift =
        [("person", "guard"), ("post", "security_guard"), ("pattern", "白班 08:00-20:00"), ("day", &saturday[..10])];
    office.send("form[action='/duty/plan']", &shift, "button").await;
    office.is("mail").await;
    let paper = [
        ("place", "1-1-101"),
        ("subscription.title", "演示晚报"),
        ("subscription.copies", "2"),
        ("subscription.every", "daily_paper"),
        ("subscription.no_issue", "周六、周日"),
        ("subscription.from", "2026-01-01"),
    ];
    office.record("mail_subscriptions", &paper).await;

    wait_until(window, &saturday).await;
    office.is("guard").await;
    office.go("/mail").await;
    scan(office, &[("kind", "letter"), ("carrier", "邮局"), ("line", "RR473124828CN")]).await;
    window.picture(&format!("{name}-0-digit")).await;
    window.says("应该是 9").await;
    scan(office, &[("line", "RR473124829CN")]).await;
    window.says("收件人：房号").await;
    scan(office, &[("line", "1-1-101")]).await;
    window.says("已收 YJ-").await;
    window.picture(&format!("{name}-1-saturday")).await;
    let letter = last(office, "RR473124829CN").await;
    office.go(&letter).await;
    office.send("form[action$='/duty']", &[("storage", "岗亭 2号柜")], "button").await;
    window.says("存放待交").await;
    monday
}

async fn monday(storage: Storage, size: (u32, u32), name: &str) {
    let office = Office::open(Server::first_day_by_hand_under(storage, "press-mail"), size).await;
    let window = &office.window;
    let picture = |step: &'static str| format!("{name}-{step}");
    let monday = weekend(&office, name).await;

    // Handed over, signed by both.
    wait_until(window, &monday).await;
    office.is("guard").await;
    office.go("/mail/handover").await;
    window.picture(&picture("2-handover")).await;
    office.send("form[action='/mail/handover']", &[], "button.main").await;
    office.is("mail").await;
    office.go("/mail/handover").await;
    window.tap("a[href$='/acts/mail_handover.taken']").await;
    window.tap("form[action$='/acts/mail_handover.taken'] button.main").await;
    // The answer is there before the next page is asked for, or it would come on top of that.
    window.says("逐件核对，接收").await;
    office.go("/mail/handover").await;
    window.says("已接收").await;

    // One copy short; sorted; on the way.
    let round = format!("/mail/rounds/{}/morning_round", &monday[..10]);
    office.go(&round).await;
    office.send("form[action$='/count']", &[("got-0", "1")], "button.main").await;
    window.picture(&picture("3-short")).await;
    office.send("form[action$='/settle']", &[("reason", "投递员 8:15 补来 1 份")], "button.main").await;
    office.go("/mail").await;
    window.picture(&picture("4-day")).await;
    office.send("form[action='/mail/sort']", &[], "button.main").await;
    office.is("assist").await;
    office.go(&round).await;
    office.send("form[action$='/out']", &[], "button").await;
    window.tap("details summary").await;
    window.put("form[action$='/brought']", "way", "paper").await;
    window.put("form[action$='/brought']", "signer", "演示住户").await;
    window.picture(&picture("5-at-the-door")).await;
    office.send("form[action$='/brought']", &[], "button.main").await;
    window.says("这一班没有在手的件").await;
    office.send("form[action$='/done']", &[], "button").await;
    window.says("已派发").await;
    window.picture(&picture("6-done")).await;

    express(&office, name).await;
    office.close().await;
}

/// An express item is signed for within its minutes; another has no readable addressee.
async fn express(office: &Office, name: &str) {
    let window = &office.window;
    office.is("mail").await;
    office.go("/mail").await;
    scan(office, &[("kind", "express"), ("carrier", "演示快递"), ("line", "SF1234567890123")]).await;
    scan(office, &[("line", "1-1-101")]).await;
    let item = last(office, "SF1234567890123").await;
    office.go(&item).await;
    office.send("form[action$='/out']", &[], "button.main").await;
    office.pass(5 * 60).await;
    office.go(&item).await;
    window.put("form[action$='/signed']", "signer", "演示住户").await;
    window.put("form[action$='/signed']", "way", "paper").await;
    window.picture(&format!("{name}-7-express")).await;
    window.tap("form[action$='/signed'] button.main").await;
    window.says("快件按时").await;
    window.says("1/1").await;

    scan(office, &[("kind", "express"), ("carrier", "演示快递"), ("line", "SF1234567890124")]).await;
    scan(office, &[("line", "看不清的名字")]).await;
    window.says("登记疑难").await;
    window.tap("button[name='as'][value='doubtful']").await;
    let doubtful = last(office, "SF1234567890124").await;
    window.picture(&format!("{name}-8-doubtful")).await;
    let case = doubtful.trim_start_matches("/mail/items/").to_owned();
    office.act(&case, "mail.carrier_asked", &[("note", "快递站查底单")]).await;
    office.act(&case, "mail.addressee_found", &[("mail.recipient", "1-1-101")]).await;
    office.go(&doubtful).await;
    office.send("form[action$='/out']", &[], "button.main").await;
    window.says("派送中").await;
}
