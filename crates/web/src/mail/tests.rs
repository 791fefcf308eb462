//! The mailroom through the router (收发室): a weekend and its Monday, express items, numbers that are wrong, papers that need an
//! authority, items that are kept, lost, returned.

use axum::http::StatusCode;

use crate::testing::{Demo, Shown};

const HOUR: i64 = 3_600;

/// The office under the book of the mailroom: Monday, 16 November 2026, 09:12.
async fn office() -> Demo {
    Demo::founded_under(&["press-mail"]).await
}

/// Two lines of the scanner: the number, then to whom.
async fn scanned(demo: &Demo, kind: &str, number: &str, to: &str) -> Shown {
    let first = [("kind", kind), ("carrier", "邮局"), ("line", number)];
    let asked = demo.post("front_desk", "/mail/scan", &first).await;
    assert!(asked.status == StatusCode::OK && asked.body.contains("收件人：房号"), "{}", asked.body);
    assert!(asked.body.contains(&format!("name=\"number\" value=\"{number}\"")), "the number waits: {}", asked.body);
    demo.post("front_desk", "/mail/scan", &[("kind", kind), ("carrier", "邮局"), ("number", number), ("line", to)])
        .await
}

/// The number of the register that an answer tells.
fn taken(shown: &Shown) -> String {
    assert_eq!(shown.status, StatusCode::SEE_OTHER, "{}", shown.body);
    let number = shown.leads().split("scanned=").nth(1).unwrap_or_default();
    number.split('&').next().unwrap_or_default().to_owned()
}

async fn step(demo: &Demo, account: &str, number: &str, step: &str, fields: &[(&str, &str)]) -> Shown {
    demo.post(account, &format!("/mail/items/{number}/{step}"), fields).await
}

async fn subscribes(demo: &Demo, place: &str, title: &str, copies: &str) {
    let said = [
        ("place", place),
        ("subscription.title", title),
        ("subscription.copies", copies),
        ("subscription.every", "daily_paper"),
        ("subscription.no_issue", "周六、周日"),
        ("subscription.from", "2026-01-01"),
    ];
    let done = demo.post("front_desk", "/registers/mail_subscriptions/new", &said).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
}

#[tokio::test]
async fn a_weekend_and_its_monday() {
    let demo = office().await;
    subscribes(&demo, "3-2-501", "演示晚报", "2").await;
    subscribes(&demo, "3-2-502", "演示晚报", "1").await;
    let no = [
        ("place", "3-2-501"),
        ("subscription.title", "演示晚报"),
        ("subscription.copies", "0"),
        ("subscription.every", "daily_paper"),
        ("subscription.from", "2026-01-01"),
    ];
    assert_eq!(
        demo.post("front_desk", "/registers/mail_subscriptions/new", &no).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );

    // Saturday, 11:12: a registered letter comes to the duty post.
    demo.pass(5 * 24 * HOUR + 2 * HOUR);
    let letter = taken(&scanned(&demo, "letter", "RR473124829CA", "3-2-501").await);
    let page = demo.get("front_desk", &format!("/mail/items/{letter}")).await.body;
    assert!(page.contains("值班代收") && page.contains("轻轻敲门"), "{page}");
    let nowhere = step(&demo, "front_desk", &letter, "duty", &[("storage", "")]).await;
    assert!(
        nowhere.status == StatusCode::UNPROCESSABLE_ENTITY && nowhere.body.contains("存放位置"),
        "{}",
        nowhere.body
    );
    let kept = step(&demo, "front_desk", &letter, "duty", &[("storage", "2号柜")]).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.body);
    let list = demo.get("front_desk", "/mail/handover").await.body;
    assert!(list.contains("RR473124829CA") && list.contains("2号柜"), "{list}");

    // Monday, 08:12: the list is made out, and accepted by somebody else.
    demo.pass(45 * HOUR);
    let item =
        list.split("name=\"item\" value=\"").nth(1).and_then(|it| it.split('"').next()).expect("an item").to_owned();
    let opened = demo.post("front_desk", "/mail/handover", &[("item", &item)]).await;
    assert_eq!(opened.status, StatusCode::SEE_OTHER, "{}", opened.body);
    let accept = "/cases/JX-202611-0001/acts/mail_handover.taken";
    let same = demo.post("front_desk", accept, &[]).await;
    assert!(same.status == StatusCode::UNPROCESSABLE_ENTITY && same.body.contains("同一个账号"), "{}", same.body);
    assert_eq!(demo.post("service_supervisor", accept, &[]).await.status, StatusCode::SEE_OTHER);
    let print = demo.get("front_desk", "/forms/JX-202611-0001/print").await.body;
    assert!(print.contains("RR473124829CA") && print.contains("周安然"), "{print}");

    // Copies: three are due, two came; the round sets out when that is clear.
    let round = "/mail/rounds/2026-11-23/morning_round";
    let page = demo.get("front_desk", round).await.body;
    assert!(page.contains("演示晚报") && page.contains("name=\"got-0\""), "{page}");
    let count = demo.post("front_desk", &format!("{round}/count"), &[("got-0", "2")]).await;
    assert_eq!(count.status, StatusCode::SEE_OTHER, "{}", count.body);
    let sorted = demo.post("front_desk", "/mail/sort", &[]).await;
    assert_eq!(sorted.status, StatusCode::SEE_OTHER, "{}", sorted.body);
    let early = demo.post("front_desk", &format!("{round}/out"), &[]).await;
    assert!(
        early.status == StatusCode::UNPROCESSABLE_ENTITY && early.body.contains("份数差异处理完毕"),
        "{}",
        early.body
    );
    let settled = demo.post("front_desk", &format!("{round}/settle"), &[("reason", "投递员 8:50 补来 1 份")]).await;
    assert_eq!(settled.status, StatusCode::SEE_OTHER, "{}", settled.body);
    let out = demo.post("front_desk", &format!("{round}/out"), &[]).await;
    assert_eq!(out.status, StatusCode::SEE_OTHER, "{}", out.body);
    let sheet = demo.get("front_desk", "/mail/sheets/2026-11-23/morning_round").await.body;
    for part in ["报刊签收表", "3-2-501", "3-2-502", "演示晚报×2", "RR473124829CA", "<svg"] {
        assert!(sheet.contains(part), "{part}: {sheet}");
    }

    // Door by door: one signs for papers and letter, at the other nobody is there.
    let unsigned = demo.post("front_desk", &format!("{round}/brought"), &[("place", "3-2-501"), ("way", "none")]).await;
    assert!(unsigned.status == StatusCode::UNPROCESSABLE_ENTITY && unsigned.body.contains("签收"), "{}", unsigned.body);
    let signed = [("place", "3-2-501"), ("way", "paper"), ("signer", "单晓演"), ("signs_as", "addressee_self")];
    let brought = demo.post("front_desk", &format!("{round}/brought"), &signed).await;
    assert_eq!(brought.status, StatusCode::SEE_OTHER, "{}", brought.body);
    let silent = demo.post("front_desk", &format!("{round}/missed"), &[("place", "3-2-502"), ("reason", "")]).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY, "why is asked: {}", silent.body);
    let missed = demo.post("front_desk", &format!("{round}/missed"), &[("place", "3-2-502"), ("reason", "无人")]).await;
    assert_eq!(missed.status, StatusCode::SEE_OTHER, "{}", missed.body);
    let done = demo.post("front_desk", &format!("{round}/done"), &[]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let rounds = demo.get("front_desk", "/registers/mail_rounds").await.body;
    for part in ["演示晚报 应 3 到 2", "投递员 8:50 补来 1 份", "已派发"] {
        assert!(rounds.contains(part), "{part}: {rounds}");
    }
    let run = demo.post("front_desk", "/mail/runs", &[]).await;
    assert!(run.leads().starts_with("/registers/press_runs?new=BF-"), "{}", run.body);
    let runs = demo.get("front_desk", "/registers/press_runs").await.body;
    assert!(runs.contains("演示晚报"), "one household signed for papers: {runs}");
    let day = demo.get("front_desk", "/mail").await.body;
    assert!(day.contains("投递未遇") && day.contains("单*演") || day.contains("已送达"), "{day}");
    let log = demo.get("front_desk", "/mail/log?month=2026-11").await.body;
    assert!(log.contains("RR473124829CA") && log.contains("单*演") && !log.contains("单晓演"), "{log}");
    assert!(!log.contains("演示晚报×1"), "papers of a weekday stand on the sheet, not in the log: {log}");
}

#[tokio::test]
async fn an_express_item_goes_out_at_once_and_counts_in_time() {
    let demo = office().await;
    let item = taken(&scanned(&demo, "express", "SF1234567890123", "演示便利店").await);
    let again = demo.post("front_desk", "/mail/scan", &[("line", "sf1234567890123")]).await;
    assert!(again.leads().starts_with("/mail/items/"), "what is in hand is opened: {}", again.leads());
    assert_eq!(
        demo.post("front_desk", "/mail/sort", &[]).await.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "nothing to sort"
    );
    let join = demo.post("front_desk", &format!("/cases/{item}/acts/mail.joined_round"), &[]).await;
    assert!(join.status == StatusCode::UNPROCESSABLE_ENTITY && join.body.contains("4.1.2a"), "{}", join.body);
    let page = demo.get("front_desk", &format!("/mail/items/{item}")).await.body;
    assert!(!page.contains("值班代收"), "nobody signs on behalf on a Monday: {page}");
    demo.pass(120);
    assert_eq!(step(&demo, "front_desk", &item, "out", &[]).await.status, StatusCode::SEE_OTHER);
    demo.pass(420);
    let signed =
        [("way", "drawn"), ("signature", "M1 2L3 4"), ("signer", "演示店员"), ("signs_as", "family_or_colleague")];
    assert_eq!(step(&demo, "front_desk", &item, "signed", &signed).await.status, StatusCode::SEE_OTHER);
    let late = taken(&scanned(&demo, "express", "SF1234567890124", "S-12").await);
    assert_eq!(step(&demo, "front_desk", &late, "out", &[]).await.status, StatusCode::SEE_OTHER);
    demo.pass(601);
    assert_eq!(step(&demo, "front_desk", &late, "signed", &signed).await.status, StatusCode::SEE_OTHER);
    let day = demo.get("front_desk", "/mail").await.body;
    assert!(day.contains("快件按时") && day.contains("1/2"), "one of two in time: {day}");
    let xlsx = demo.get("service_supervisor", "/mail/log?month=2026-11&as=csv").await.body;
    assert!(xlsx.contains("SF1234567890123") && xlsx.contains("演**员"), "{xlsx}");
}

#[tokio::test]
async fn a_wrong_digit_is_scanned_again_and_an_unclear_addressee_is_verified() {
    let demo = office().await;
    let wrong = demo.post("front_desk", "/mail/scan", &[("kind", "letter"), ("line", "RR473124828CA")]).await;
    assert!(wrong.status == StatusCode::UNPROCESSABLE_ENTITY && wrong.body.contains("应该是 9"), "{}", wrong.body);
    let copied =
        [("kind", "letter"), ("carrier", "邮局"), ("number", "RR473124828CA"), ("copied", "yes"), ("line", "3-2-501")];
    taken(&demo.post("front_desk", "/mail/scan", &copied).await);
    let several = [("kind", "express"), ("carrier", "演示快递"), ("number", "SF1234567890125"), ("line", "3栋")];
    let choose = demo.post("front_desk", "/mail/scan", &several).await;
    assert!(
        choose.status == StatusCode::OK && choose.body.matches("name=\"household\"").count() >= 3,
        "{}",
        choose.body
    );

    let line = [("kind", "express"), ("carrier", "演示快递"), ("number", "SF1234567890126"), ("line", "看不清的名字")];
    let nobody = demo.post("front_desk", "/mail/scan", &line).await;
    assert!(nobody.status == StatusCode::UNPROCESSABLE_ENTITY && nobody.body.contains("登记疑难"), "{}", nobody.body);
    let mut doubtful = line.to_vec();
    doubtful.push(("as", "doubtful"));
    let item = taken(&demo.post("front_desk", "/mail/scan", &doubtful).await);
    let out = step(&demo, "front_desk", &item, "out", &[]).await;
    assert!(out.status == StatusCode::UNPROCESSABLE_ENTITY && out.body.contains("查实收件人"), "{}", out.body);
    let act = async |name: &str, fields: &[(&str, &str)]| {
        demo.post("front_desk", &format!("/cases/{item}/acts/{name}"), fields).await
    };
    assert_eq!(act("mail.carrier_asked", &[("note", "快递站查底单")]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(act("mail.addressee_found", &[("mail.recipient", "3-2-502")]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(step(&demo, "front_desk", &item, "out", &[]).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn court_papers_need_an_authority_and_money_is_settled_first() {
    let demo = office().await;
    let paper = [
        ("kind", "letter"),
        ("carrier", "邮局"),
        ("number", "1234567890123"),
        ("paper", "court_paper"),
        ("line", "3-2-501"),
    ];
    let no = demo.post("front_desk", "/mail/scan", &paper).await;
    assert!(no.status == StatusCode::UNPROCESSABLE_ENTITY && no.body.contains("没有在期的代收授权"), "{}", no.body);
    let notice = [
        ("place", "3-2-501"),
        ("mail.paper", "court_paper"),
        ("mail_notice.sender", "演示区法院"),
        ("mail_notice.carrier_keeps", "邮局大堂"),
    ];
    assert_eq!(demo.post("front_desk", "/registers/mail_notices/new", &notice).await.status, StatusCode::SEE_OTHER);
    let given = async |scope: &str, proxy: &str, to: &str| {
        let said = [
            ("place", "3-2-501"),
            ("mail_authority.scope", scope),
            ("mail_authority.proxy", proxy),
            ("mail_authority.from", "2026-11-01"),
            ("mail_authority.to", to),
        ];
        demo.post("front_desk", "/registers/mail_authorities/new", &said).await
    };
    assert_eq!(given("take_official_mail", "", "2026-11-15").await.status, StatusCode::SEE_OTHER);
    assert_eq!(
        demo.post("front_desk", "/mail/scan", &paper).await.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "it ran out yesterday"
    );
    assert_eq!(given("take_official_mail", "", "2026-11-16").await.status, StatusCode::SEE_OTHER);
    let item = taken(&demo.post("front_desk", "/mail/scan", &paper).await);

    // Kept, with a code; a proxy whom nobody named does not get it.
    let held = step(&demo, "front_desk", &item, "held", &[("storage", "1号柜"), ("remind", "2026-11-18")]).await;
    assert_eq!(held.status, StatusCode::SEE_OTHER, "{}", held.body);
    let page = demo.get("front_desk", &format!("/mail/items/{item}")).await.body;
    let code = page.split("取件码 ").nth(1).map(|it| it[..6].to_owned()).expect("a code");
    let found = demo.post("front_desk", "/mail/scan", &[("line", &code)]).await;
    assert!(found.leads().starts_with("/mail/items/"), "{}", found.leads());
    let proxy = [("way", "paper"), ("signer", "演示代领人"), ("signs_as", "proxy")];
    let no = step(&demo, "front_desk", &item, "signed", &proxy).await;
    assert!(no.status == StatusCode::UNPROCESSABLE_ENTITY && no.body.contains("没有授权"), "{}", no.body);
    assert_eq!(given("named_proxy", "演示代领人", "2026-12-31").await.status, StatusCode::SEE_OTHER);
    assert_eq!(step(&demo, "front_desk", &item, "signed", &proxy).await.status, StatusCode::SEE_OTHER);

    let cash = [
        ("kind", "express"),
        ("carrier", "演示快递"),
        ("number", "SF1234567890127"),
        ("cash", "38.50"),
        ("line", "3-2-502"),
    ];
    let item = taken(&demo.post("front_desk", "/mail/scan", &cash).await);
    let own = [("way", "paper"), ("signer", "曾示范"), ("signs_as", "addressee_self")];
    assert_eq!(step(&demo, "front_desk", &item, "out", &[]).await.status, StatusCode::SEE_OTHER);
    let no = step(&demo, "front_desk", &item, "signed", &own).await;
    assert!(no.status == StatusCode::UNPROCESSABLE_ENTITY && no.body.contains("38.5"), "{}", no.body);
    let paid =
        demo.post("front_desk", &format!("/cases/{item}/acts/mail.cash_settled"), &[("mail.cash_paid", "38.50")]).await;
    assert_eq!(paid.status, StatusCode::SEE_OTHER, "{}", paid.body);
    assert_eq!(step(&demo, "front_desk", &item, "signed", &own).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn what_is_lost_is_complained_of_and_what_goes_back_has_its_slip() {
    let demo = office().await;
    let lost = taken(&scanned(&demo, "letter", "1234567890124", "3-2-501").await);
    let done = step(&demo, "front_desk", &lost, "lost", &[("reason", "分拣以后找不到，柜子都翻过")]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let page = demo.get("front_desk", &format!("/mail/items/{lost}")).await.body;
    assert!(page.contains("/cases/TS-202611-0001"), "the item knows its complaint: {page}");
    let complaint = demo.get("front_desk", "/cases/TS-202611-0001").await.body;
    assert!(complaint.contains("遗失") && complaint.contains(&lost), "{complaint}");
    let back = taken(&scanned(&demo, "letter", "1234567890125", "3-2-502").await);
    let act = async |name: &str, fields: &[(&str, &str)]| {
        demo.post("front_desk", &format!("/cases/{back}/acts/{name}"), fields).await
    };
    assert_eq!(act("mail.returned", &[]).await.status, StatusCode::UNPROCESSABLE_ENTITY, "no slip, no return");
    let slip = [("mail.slip_kind", "back_to_sender"), ("case.reason", "已搬走")];
    assert_eq!(act("mail.slip_issued", &slip).await.status, StatusCode::SEE_OTHER);
    let print = demo.get("front_desk", "/forms/TG-202611-0001/print").await.body;
    assert!(print.contains("退改批条") && print.contains("已搬走"), "{print}");
    assert_eq!(act("mail.returned", &[]).await.status, StatusCode::SEE_OTHER);
    let day = demo.get("front_desk", "/mail").await.body;
    assert!(day.contains("已退回") && day.contains("遗失"), "{day}");
}

#[tokio::test]
async fn papers_that_do_not_come_are_explained_pressed_for_and_closed() {
    let demo = office().await;
    subscribes(&demo, "3-2-501", "演示晚报", "1").await;
    let round = "/mail/rounds/2026-11-16/morning_round";
    let at =
        async |name: &str, fields: &[(&str, &str)]| demo.post("front_desk", &format!("{round}/{name}"), fields).await;
    assert_eq!(at("late", &[]).await.status, StatusCode::SEE_OTHER);
    let page = demo.get("front_desk", round).await.body;
    assert!(
        page.contains("告知了谁") && page.contains(">3-2-501<") || page.contains("3-2-501"),
        "who is to be told is filled in: {page}"
    );
    let early = at("closed", &[]).await;
    assert!(early.status == StatusCode::UNPROCESSABLE_ENTITY && early.body.contains("催促投递员"), "{}", early.body);
    assert_eq!(at("explained", &[("told", "3-2-501")]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(at("pressed", &[("promised", "10:15 前")]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(at("arrived", &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(at("closed", &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(at("count", &[("got-0", "1")]).await.status, StatusCode::SEE_OTHER);
    let list = demo.get("front_desk", "/mail/subscriptions?day=2026-11-16").await.body;
    assert!(list.contains("演示晚报") && list.contains("应到"), "{list}");
    let saturday = demo.get("front_desk", "/mail/subscriptions?day=2026-11-21").await.body;
    assert!(saturday.contains("没有应到的报刊"), "no issue on a Saturday: {saturday}");
    let no = demo.get("finance", "/mail").await;
    assert_eq!(no.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_company_is_found_by_its_short_name_and_an_employee_by_name() {
    let demo = office().await;
    for (name, kind) in [("演便", "short_name"), ("戚演员", "employee_name")] {
        let said = [("place", "S-12"), ("mail_name.name", name), ("mail_name.kind", kind)];
        let done = demo.post("front_desk", "/registers/mail_names/new", &said).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    }
    for (number, name) in [("SF1234567890131", "演便"), ("SF1234567890132", "戚演员")] {
        let item = taken(&scanned(&demo, "express", number, name).await);
        assert!(demo.get("front_desk", &format!("/mail/items/{item}")).await.body.contains("S-12"), "{name}");
    }
}
