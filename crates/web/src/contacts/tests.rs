//! The register of contacts, missed calls, the telephone system and its bar, through the router.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use office::site::{CharterChange, PostChange};

use crate::testing::{Demo, Shown};

const TOKEN: &str = "hook-of-the-demo";

/// A house whose desk sits at extension 801 and whose telephone system has a key.
async fn wired() -> Demo {
    let demo = Demo::founded().await;
    for (name, value) in [("电话系统口令", TOKEN), ("电话区号", "020")] {
        let change = CharterChange::Set { name: name.into(), value: value.into() };
        let sent = demo.sent("administrator", "administrator");
        demo.web.house.change_charter(sent, change).await.expect("no fault").expect("set");
    }
    let change = PostChange {
        id: "front_desk".into(),
        name: "林小满".into(),
        posts: vec!["front_desk".into()],
        extension: "801".into(),
        active: true,
        ..PostChange::default()
    };
    let sent = demo.sent("administrator", "administrator");
    demo.web.house.set_account(sent, change).await.expect("no fault").expect("set");
    demo
}

/// News as a telephone system sends it: no cookie, no origin.
async fn tell(demo: &Demo, token: &str, json: &str) -> Shown {
    let request = Request::post(format!("/hook/phone/{token}"))
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::HOST, "office.example:8000")
        .body(Body::from(json.to_owned()))
        .expect("a request");
    demo.raw(request).await
}

async fn call(demo: &Demo, id: &str, event: &str, number: &str) {
    let json = format!(r#"{{"call":"{id}","event":"{event}","extension":"801","number":"{number}"}}"#);
    assert_eq!(tell(demo, TOKEN, &json).await.status, StatusCode::NO_CONTENT, "{event}");
}

/// The id of the contact that the bar offers.
fn offered(page: &Shown) -> String {
    let after = page.body.split("/desk?call=").nth(1).unwrap_or_default();
    after.split(['"', '&']).next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_letter_is_noted_at_one_stroke_and_stands_in_the_register() {
    let demo = Demo::founded().await;
    let fields = [
        ("command", "letter"),
        ("case.channel", "letter"),
        ("place", "3-2-501"),
        ("words", "寄来感谢信"),
        ("as", "answered"),
        ("note", "已收，转给当班人员看"),
    ];
    for _ in 0..2 {
        assert_eq!(demo.post("front_desk", "/contacts", &fields).await.leads(), "/contacts");
    }
    let list = demo.get("front_desk", "/contacts").await;
    assert_eq!(list.body.matches("<tr").count(), 2, "sent twice, noted once: {}", list.body);
    for part in ["寄来感谢信", "当场答复", "3-2-501", "信函", "林小满"] {
        assert!(list.body.contains(part), "{part}");
    }
    let nothing = [("command", "n"), ("case.channel", "letter"), ("words", "信"), ("note", "")];
    let no = demo.post("front_desk", "/contacts", &nothing).await;
    assert_eq!(no.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(no.body.contains("还没有写说明"));
    let early = [("command", "e"), ("words", "信"), ("note", "收"), ("happened", "2026-11-16T07:00")];
    assert!(demo.post("front_desk", "/contacts", &early).await.body.contains("属于补录"));
    assert_eq!(demo.post("finance", "/contacts", &fields).await.status, StatusCode::FORBIDDEN);
    assert!(demo.get("front_desk", "/contacts?channel=phone").await.body.contains("没有符合条件的记录"));
    assert!(
        demo.get("front_desk", "/contacts?q=%E6%84%9F%E8%B0%A2").await.body.contains("寄来感谢信"),
        "found by words"
    );
    assert!(demo.get("front_desk", "/contacts?from=2026-11-17").await.body.contains("没有符合条件的记录"));
    let csv = demo.get("office_manager", "/contacts?as=csv").await;
    assert!(
        csv.body.starts_with("\u{feff}时间,")
            && csv.body.contains("信函,管理处前台,林小满,3-2-501,寄来感谢信,当场答复")
    );
    assert!(demo.get("office_manager", "/contacts?as=xlsx").await.body.starts_with("PK"));
}

#[tokio::test]
async fn a_desk_that_was_opened_and_left_is_no_call_that_goes_on() {
    let demo = Demo::founded().await;
    demo.post("front_desk", "/desk/contact", &[("contact", "c-left"), ("case.channel", "phone")]).await;
    let rows = async |path: &str| demo.get("front_desk", path).await.body.matches("href=\"/contacts/c-left\"").count();
    assert_eq!(rows("/contacts").await, 1, "a caller may be on the line");
    demo.pass(1_800);
    assert_eq!(rows("/contacts").await, 0, "folded away");
    let left = demo.get("front_desk", "/contacts?state=nothing").await.body;
    assert!(left.contains("未留内容</span>") && left.contains("/contacts/c-left"), "{left}");
    let page = demo.get("front_desk", "/contacts/c-left").await;
    assert!(page.body.contains("没有内容，作废"), "{}", page.body);
    let note = page.hidden("note");
    let fields = [("contact", "c-left"), ("as", "voided"), ("note", note.as_str())];
    assert_eq!(demo.post("front_desk", "/desk/contact/end", &fields).await.status, StatusCode::SEE_OTHER);
    let list = demo.get("front_desk", "/contacts").await.body;
    assert!(list.contains("打开受理页后没有留下内容") && rows("/contacts?state=nothing").await == 0, "{list}");
}

#[tokio::test]
async fn what_the_desk_does_stands_in_the_register_with_its_end() {
    let demo = Demo::founded().await;
    for (contact, path, more) in [
        ("c-case", "/desk", &[("words", "厨房水龙头漏水"), ("household", "3-2-501"), ("do", "save")][..]),
        ("c-void", "/desk/contact/end", &[("as", "voided"), ("note", "打错了")]),
        ("c-told", "/desk/contact/end", &[("as", "answered"), ("note", "停车费照公示"), ("words", "问停车费")]),
    ] {
        demo.post("front_desk", "/desk/contact", &[("contact", contact), ("case.channel", "visit")]).await;
        demo.pass(120);
        let fields = [&[("contact", contact), ("phone.rings", "2")][..], more].concat();
        let done = demo.post("front_desk", path, &fields).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{contact}: {}", done.body);
    }
    let list = demo.get("front_desk", "/contacts").await.body;
    for part in ["WX-202611-0001", "打错了", "问停车费", "2 分钟", "厨房水龙头漏水", "响 2 声"] {
        assert!(list.contains(part), "{part}: {list}");
    }
    assert!(list.contains("<span class=\"nowrap\">林小满</span>"), "a name stays on one line: {list}");
    assert!(demo.get("front_desk", "/contacts?state=voided").await.body.contains("class=\"void\""));
    let page = demo.get("front_desk", "/contacts/c-told").await.body;
    assert!(
        page.contains("当场答复：停车费照公示") && page.contains("来访") && !page.contains("写进常用问答"),
        "{page}"
    );
    let page = demo.get("service_supervisor", "/contacts/c-told").await.body;
    let way =
        page.split("href=\"/answers/new?").nth(1).and_then(|it| it.split('"').next()).expect("a way into the book");
    let form = demo.get("service_supervisor", &format!("/answers/new?{}", way.replace("&amp;", "&"))).await.body;
    assert!(form.contains("value=\"问停车费\"") && form.contains("停车费照公示"), "{form}");
    let page = demo.get("service_supervisor", "/contacts/c-void").await.body;
    assert!(!page.contains("写进常用问答"), "nothing was answered: {page}");
    let again =
        demo.post("front_desk", "/desk/contact/end", &[("contact", "c-void"), ("as", "answered"), ("note", "x")]).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.body.contains("这次来访来电作废"));
    assert_eq!(demo.get("front_desk", "/contacts/none").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_caller_comes_up_at_the_own_extension_and_becomes_a_case() {
    let demo = wired().await;
    call(&demo, "a1", "rang", "+86 138-0000-0001").await;
    let bar = demo.get("front_desk", "/desk").await;
    for part in ["call-bar", "138****0001", "3-2-501", "data-aside", "target=\"_blank\""] {
        assert!(bar.body.contains(part), "{part}: {}", bar.body);
    }
    assert!(!bar.body.contains("13800000001"));
    assert!(!demo.get("service_supervisor", "/desk").await.body.contains("call-bar"), "only at the extension");
    demo.pass(9);
    call(&demo, "a1", "answered", "13800000001").await;
    let contact = offered(&demo.get("front_desk", "/").await);
    let desk = demo.get("front_desk", &format!("/desk?call={contact}")).await;
    assert_eq!(desk.hidden("contact"), contact);
    assert_eq!(desk.hidden("household"), "3-2-501", "the only household under the number");
    assert!(desk.body.contains("value=\"13800000001\""), "whoever takes the call sees its number");
    let t0 = demo.now();
    demo.pass(60);
    let fields = [("contact", contact.as_str()), ("household", "3-2-501"), ("words", "厨房水龙头漏水"), ("do", "save")];
    assert_eq!(demo.post("front_desk", "/desk", &fields).await.status, StatusCode::SEE_OTHER);
    let case = demo.web.house.case(1, contact.clone()).await.expect("no fault").expect("registered");
    assert_eq!(case.opened, t0, "t0 is the moment at which the call was answered");
    assert!(!demo.get("front_desk", "/").await.body.contains("call-bar"), "entered, it goes away");
    let page = demo.get("front_desk", &format!("/contacts/{contact}")).await.body;
    for part in ["分机 801 响铃", "林小满接听", "登记为事项", "响 9 秒"] {
        assert!(page.contains(part), "{part}: {page}");
    }
}

#[tokio::test]
async fn several_households_on_one_number_are_a_list_and_a_hidden_one_is_said() {
    let demo = wired().await;
    let row = office::household::LedgerRow {
        room: office::household::Room::of_parts("", "9栋", "1单元", "101"),
        people: vec![office::household::LedgerPerson {
            name: "单晓演".into(),
            phones: vec!["13800000001".into()],
            ..office::household::LedgerPerson::default()
        }],
        ..office::household::LedgerRow::default()
    };
    let sent = demo.sent("administrator", "administrator");
    demo.web.house.import_households(sent, vec![row]).await.expect("no fault").expect("imported");
    call(&demo, "b1", "rang", "013800000001").await;
    let bar = demo.get("front_desk", "/desk").await;
    assert!(bar.body.contains("household=3-2-501") && bar.body.contains("household=9-1-101"), "{}", bar.body);
    let desk = demo.get("front_desk", &format!("/desk?call={}", offered(&bar))).await;
    assert_eq!(desk.hidden("household"), "", "nothing is guessed");
    assert!(desk.body.contains("/desk?household=9-1-101"), "both are offered");
    call(&demo, "b1", "hung_up", "").await;
    call(&demo, "b2", "rang", "anonymous").await;
    assert!(demo.get("front_desk", "/desk").await.body.contains("未显示号码"));
}

#[tokio::test]
async fn a_missed_call_is_work_until_somebody_is_reached() {
    let demo = wired().await;
    call(&demo, "m1", "rang", "13800000001").await;
    demo.pass(20);
    call(&demo, "m1", "hung_up", "13800000001").await;
    let home = demo.get("front_desk", "/").await.body;
    assert!(home.contains("未接回拨") && home.contains("138****0001"), "{home}");
    assert!(!demo.get("technician", "/").await.body.contains("未接回拨"), "only who takes calls owes it");
    let path = home.split("href=\"/contacts/").nth(1).and_then(|it| it.split('"').next()).expect("a link").to_owned();
    let page = demo.get("front_desk", &format!("/contacts/{path}")).await.body;
    assert!(page.contains("显示号码回拨") && !page.contains("13800000001"));
    let shown = demo.post("front_desk", &format!("/contacts/{path}/unmask"), &[]).await.body;
    assert!(shown.contains("tel:13800000001"), "its purpose is told by the task itself");
    let act = format!("/contacts/{path}/acts/call.returned");
    let no = demo.post("front_desk", &act, &[("reached", "yes")]).await;
    assert_eq!(no.status, StatusCode::UNPROCESSABLE_ENTITY);
    demo.post("front_desk", &act, &[("reached", "no"), ("note", "没人接")]).await;
    assert!(demo.get("front_desk", "/").await.body.contains("回拨未通 1 次"), "it stays");
    let done = demo.post("front_desk", &act, &[("reached", "yes"), ("note", "问水费，已答"), ("back", "/")]).await;
    assert_eq!(done.leads(), "/");
    assert!(!demo.get("front_desk", "/").await.body.contains("未接回拨"));
    let page = demo.get("front_desk", &format!("/contacts/{path}")).await.body;
    assert!(page.contains(&format!("/desk?call={path}")), "what it was about can be entered");
    let by_hand = [("command", "hand"), ("phone", "8765 4321"), ("happened", "2026-11-16T08:50")];
    assert_eq!(demo.post("front_desk", "/contacts/missed", &by_hand).await.leads(), "/contacts");
    assert!(demo.get("front_desk", "/contacts?state=missed").await.body.contains("4321"));
    let no = demo.post("front_desk", "/contacts/missed", &[("command", "h2"), ("phone", "隐藏")]).await;
    assert!(no.body.contains("没有号码就没法回拨"));
}

#[tokio::test]
async fn one_call_back_serves_every_missed_call_of_a_number() {
    let demo = wired().await;
    for (call_id, number) in [("m1", "13800000001"), ("m2", "+8613800000001"), ("m3", "13900000001")] {
        call(&demo, call_id, "rang", number).await;
        demo.pass(20);
        call(&demo, call_id, "hung_up", number).await;
    }
    let home = demo.get("front_desk", "/").await.body;
    assert!(home.contains("138****0001 · 来电 2 次") && home.contains("139****0001"), "{home}");
    let links: Vec<&str> = home.split("a class=\"button\" href=\"/contacts/").skip(1).collect();
    assert_eq!(links.len(), 2, "a row a number: {home}");
    let first = links[0].split('"').next().expect("a link");
    let act = format!("/contacts/{first}/acts/call.returned");
    demo.post("front_desk", &act, &[("reached", "no"), ("note", "没人接")]).await;
    assert_eq!(
        demo.get("front_desk", "/").await.body.matches("回拨未通 1 次").count(),
        1,
        "tried for both, not for the other"
    );
    assert_eq!(
        demo.post("front_desk", &act, &[("reached", "yes"), ("note", "已答")]).await.status,
        StatusCode::SEE_OTHER
    );
    let home = demo.get("front_desk", "/").await.body;
    assert!(!home.contains("138****0001"), "both are returned: {home}");
    assert!(home.contains("139****0001"), "the same tail is not the same number");
    assert_eq!(demo.get("front_desk", "/contacts?state=missed").await.body.matches("<tr").count(), 2);
}

#[tokio::test]
async fn the_door_of_the_telephone_system_opens_to_its_key_only() {
    let demo = wired().await;
    let rang = r#"{"call":"x","event":"rang","extension":"801","number":"13800000001"}"#;
    assert_eq!(tell(&demo, "guess", rang).await.status, StatusCode::NOT_FOUND);
    for odd in [
        "",
        "{}",
        r#"{"call":"","event":"rang"}"#,
        r#"{"call":"x","event":"sang"}"#,
        r#"{"call":"x","event":"rang","time":"soon"}"#,
    ] {
        let no = tell(&demo, TOKEN, odd).await;
        assert_eq!(no.status, StatusCode::UNPROCESSABLE_ENTITY, "{odd}");
        assert!(no.body.contains("problem"));
    }
    let far = r#"{"call":"x","event":"rang","number":"13800000001","time":"2031-01-01T00:00:00+08:00"}"#;
    assert_eq!(tell(&demo, TOKEN, far).await.status, StatusCode::NO_CONTENT, "a wrong clock does not lose a call");
    let list = demo.get("front_desk", "/contacts?state=ringing").await.body;
    assert!(list.contains("今天 09:12"), "{list}");
    for _ in 0..2 {
        assert_eq!(tell(&demo, TOKEN, rang).await.status, StatusCode::NO_CONTENT);
    }
    let all = demo.get("front_desk", "/contacts").await.body;
    assert_eq!(all.matches("<tr").count(), 2, "the same call told again is the same contact");
    let closed = Demo::founded().await;
    assert_eq!(tell(&closed, "", rang).await.status, StatusCode::NOT_FOUND);
    assert_eq!(tell(&closed, TOKEN, rang).await.status, StatusCode::NOT_FOUND, "no key is set");
}

#[tokio::test]
async fn supervisors_listen_score_check_and_coach() {
    let demo = wired().await;
    call(&demo, "q1", "rang", "13800000001").await;
    call(&demo, "q1", "answered", "13800000001").await;
    let contact = offered(&demo.get("front_desk", "/").await);
    demo.post("front_desk", "/desk/contact/end", &[("contact", &contact), ("as", "answered"), ("note", "问停车")])
        .await;
    let act = |name: &str| format!("/contacts/{contact}/acts/{name}");
    let no = demo.post("front_desk", &act("call.sampled"), &[]).await;
    assert_eq!(no.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(no.body.contains("您的岗位没有此项权限"));
    assert_eq!(demo.post("service_supervisor", &act("call.sampled"), &[]).await.status, StatusCode::SEE_OTHER);
    assert!(demo.get("service_supervisor", "/contacts?score=yes").await.body.contains(&contact));
    let used =
        [("hello", "used"), ("please", "used"), ("thanks", "used"), ("sorry", "unneeded"), ("goodbye", "missed")];
    assert_eq!(
        demo.post("service_supervisor", &act("call.courtesy_scored"), &used).await.status,
        StatusCode::SEE_OTHER
    );
    let list = demo.get("service_supervisor", "/contacts").await.body;
    assert!(list.contains("用语 75 分"), "three of four that were fitting: {list}");
    let no = demo.post("service_supervisor", &act("call.checked"), &[]).await;
    assert!(no.body.contains("还没有填"), "{}", no.body);
    demo.post("service_supervisor", &act("call.checked"), &[("call.talked_over", "yes")]).await;
    let done = demo.post("service_supervisor", &act("call.coached"), &[("note", "周三午后陪听")]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    let page = demo.get("service_supervisor", &format!("/contacts/{contact}")).await.body;
    for part in ["评用语 75 分", "质检：抢话是", "安排辅导：周三午后陪听"] {
        assert!(page.contains(part), "{part}: {page}");
    }
}
