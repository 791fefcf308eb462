//! The monthly sample, the check of a reception, and what any post hears on the way, through the router.

use axum::http::StatusCode;
use journal::reads::ContactFilter;

use crate::testing::Demo;

/// A contact of the front desk that was answered on the spot.
async fn answered(demo: &Demo, n: usize, channel: &str) -> String {
    let id = format!("s{n:02}");
    let command = format!("sc{n:02}");
    let fields = [
        ("contact", id.as_str()),
        ("command", &command),
        ("case.channel", channel),
        ("as", "answered"),
        ("words", "问停车怎么收费"),
        ("note", "照价目答了"),
    ];
    let done = demo.post("front_desk", "/desk/contact/end", &fields).await;
    assert_eq!(done.leads(), "/desk?told=answered", "{}", done.body);
    id
}

async fn sampled(demo: &Demo) -> Vec<String> {
    let filter = ContactFilter { limit: 200, ..ContactFilter::default() };
    let rows = demo.web.house.contacts(1, filter).await.expect("no fault").rows;
    let mut ids: Vec<String> = rows.into_iter().filter(|row| row.sampled).map(|row| row.id).collect();
    ids.sort();
    ids
}

#[tokio::test]
async fn a_month_is_drawn_by_a_stated_seed_and_anybody_draws_the_same() {
    let mut drawn = Vec::new();
    for seed in ["骰子 4", "骰子 4", "骰子 5"] {
        let demo = Demo::founded_under(&["courtesy"]).await;
        // Under the clause a contact does not end before the caller was asked for anything else.
        let close = [("courtesy.anything_else", "yes")];
        for n in 0..14 {
            let id = format!("s{n:02}");
            let command = format!("sc{n:02}");
            let fields = [
                ("contact", id.as_str()),
                ("command", &command),
                ("case.channel", "phone"),
                ("as", "answered"),
                ("words", "问停车怎么收费"),
                ("note", "照价目答了"),
                close[0],
            ];
            let done = demo.post("front_desk", "/desk/contact/end", &fields).await;
            assert_eq!(done.leads(), "/desk?told=answered", "{}", done.body);
        }
        let path = "/contacts/sample";
        let no = demo.post("service_supervisor", path, &[("month", "2026-11"), ("seed", " ")]).await;
        assert!(no.status == StatusCode::UNPROCESSABLE_ENTITY && no.body.contains("还没有写种子"), "{}", no.body);
        assert_eq!(demo.post("front_desk", path, &[("seed", "1")]).await.status, StatusCode::FORBIDDEN);
        let done = demo.post("service_supervisor", path, &[("month", "2026-11"), ("seed", seed)]).await;
        assert_eq!(done.leads(), "/contacts/sample?month=2026-11", "{}", done.body);
        let page = demo.get("service_supervisor", "/contacts/sample?month=2026-11").await.body;
        assert!(page.contains(seed) && page.contains("从 14 次里抽 5 次，每人 5 次"), "{page}");
        let again = demo.post("service_supervisor", path, &[("month", "2026-11"), ("seed", "再抽")]).await;
        assert!(again.body.contains("都抽够了"), "{}", again.body);
        let ids = sampled(&demo).await;
        assert_eq!(ids.len(), 5);
        drawn.push(ids);
    }
    assert_eq!(drawn[0], drawn[1], "the same seed draws the same");
    assert_ne!(drawn[0], drawn[2], "another seed draws others");
}

#[tokio::test]
async fn a_visitor_is_offered_seat_and_tea_and_the_supervisor_checks_the_reception() {
    let demo = Demo::founded().await;
    let came = [("contact", "c1"), ("case.channel", "visit"), ("words", "来投诉楼上太吵")];
    let shown = demo.post("front_desk", "/desk/preview", &came).await.body;
    for part in ["case.seat_offered", "case.tea_offered", "请坐", "complaint.thanked", "谢谢您告诉我们"] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    let id = answered(&demo, 1, "visit").await;
    let page = demo.get("service_supervisor", &format!("/contacts/{id}")).await.body;
    for part in ["起立迎接", "来人坐下自己才坐", "前台态度", "应答有礼"] {
        assert!(page.contains(part), "{part}: {page}");
    }
    let path = format!("/contacts/{id}/acts/visit.checked");
    let no = demo.post("service_supervisor", &path, &[("visit.stood", "yes")]).await;
    assert!(no.status == StatusCode::UNPROCESSABLE_ENTITY, "without the attitude: {}", no.body);
    let ticks = [("visit.stood", "yes"), ("visit.seated_first", "no"), ("desk.attitude", "good")];
    assert_eq!(demo.post("service_supervisor", &path, &ticks).await.status, StatusCode::SEE_OTHER);
    let page = demo.get("service_supervisor", &format!("/contacts/{id}")).await.body;
    assert!(page.contains("抽查接待：前台态度好"), "{page}");
    let call = answered(&demo, 2, "phone").await;
    let no = demo.post("service_supervisor", &format!("/contacts/{call}/acts/visit.checked"), &ticks).await;
    assert_eq!(no.status, StatusCode::UNPROCESSABLE_ENTITY, "nobody stands up at the telephone");
    let desk = demo.get("front_desk", "/contacts?station=clubhouse_desk").await.body;
    assert!(!desk.contains("问停车怎么收费"), "the second desk has its own list");
}

#[tokio::test]
async fn any_post_takes_in_what_it_hears_and_is_the_first_asked() {
    let demo = Demo::founded().await;
    let fields = [("kind", "complaint"), ("place", "3-2-501"), ("words", "楼道堆放杂物"), ("name", "单女士")];
    for (account, name, number) in [("finance", "钱穗", "TS-202611-0001"), ("technician", "赵大成", "TS-202611-0002")]
    {
        assert_eq!(demo.get(account, "/heard").await.status, StatusCode::OK);
        let done = demo.post(account, "/heard", &fields).await;
        assert_eq!(done.leads(), format!("/heard?saved={number}"), "{}", done.body);
        assert!(demo.get(account, done.leads()).await.body.contains(number));
        let case = demo.web.house.case(1, number.into()).await.expect("no fault").expect("there");
        assert_eq!(case.attributes["complaint.first_asked"], name);
        assert!(case.has("complaint.obtained") && case.has("complaint.told_desk"));
    }
    let no = demo.post("finance", "/heard", &[("place", "大堂"), ("words", "灯不亮")]).await;
    assert!(no.status == StatusCode::UNPROCESSABLE_ENTITY && no.body.contains("还没有选是什么事"), "{}", no.body);
    assert_eq!(demo.get("administrator", "/heard").await.status, StatusCode::FORBIDDEN);
    assert!(demo.get("finance", "/").await.body.contains("/heard"));
    assert_eq!(demo.post("finance", "/desk", &fields).await.status, StatusCode::FORBIDDEN, "the desk stays the desk's");
}

#[tokio::test]
async fn what_is_past_half_of_its_limit_and_never_chased_is_listed() {
    let demo = Demo::founded().await;
    let (id, _) = demo.repair("厨房水龙头漏水").await;
    demo.taken_on(&id).await;
    let listed = async || demo.get("front_desk", "/cases?when=half").await.body.contains("厨房水龙头漏水");
    assert!(!listed().await, "just taken on");
    demo.pass(400);
    assert!(listed().await, "past half of the way to the house");
    assert!(demo.get("front_desk", "/").await.body.contains("还没有跟催"));
    demo.act("front_desk", &id, "case.chased", &[]).await;
    assert!(!listed().await, "chased");
}
