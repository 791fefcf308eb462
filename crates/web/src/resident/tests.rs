//! The resident's link through the router: given, opened without a log-in, agreed to, refused, not solved; taken back, ended,
//! limited; and what never stands on it.

use axum::http::StatusCode;
use office::case::{ActOnCase, CaseState};
use office::event::SignatureWay;

use crate::testing::Demo;

/// A repair with a quote of 80 yuan that waits for an answer, and its link.
async fn quoted() -> (Demo, String, String) {
    let demo = Demo::founded().await;
    let sample = courier::prices::sample().expect("made");
    demo.upload("finance", "/prices/upload", "标准.xlsx", &sample, &[]).await;
    demo.post("finance", "/prices/import", &[]).await;
    let (case, _) = demo.repair("厨房水龙头漏水").await;
    demo.act("engineering_supervisor", &case, "repair.assigned", &[]).await;
    for step in ["take", "arrive", "verify"] {
        demo.pass(60);
        demo.post("technician", &format!("/jobs/{case}/steps/{step}"), &[("as_reported", "yes")]).await;
    }
    let id = |trade: &str, name: &str| format!("qty-{}", journal::house::price_id(trade, name));
    let (tap, valve) = (id("水电", "更换水龙头"), id("给排水", "角阀"));
    demo.post("technician", &format!("/jobs/{case}/steps/quote"), &[(&tap, "1"), (&valve, "2")]).await;
    let link = give(&demo, &case).await;
    (demo, case, link)
}

/// Gives the link of a case; answers its path.
async fn give(demo: &Demo, case: &str) -> String {
    let given = demo.post("front_desk", &format!("/cases/{case}/link"), &[]).await;
    assert_eq!(given.leads(), format!("/cases/{case}"), "{}", given.body);
    let page = demo.get("front_desk", &format!("/cases/{case}")).await.body;
    let path = page.split("href=\"/r/").nth(1).and_then(|rest| rest.split('"').next()).expect("the link is shown");
    format!("/r/{path}")
}

async fn case(demo: &Demo, id: &str) -> office::case::Case {
    demo.web.house.case(1, id.to_owned()).await.expect("read").expect("there")
}

#[tokio::test]
async fn the_page_says_whose_it_is_and_whom_to_call() {
    let (demo, _, link) = quoted().await;
    for (name, value) in [("小区名称", "演示花园"), ("公布的服务电话", "020-00000000；020-00000001")] {
        let set = demo.post("office_manager", "/settings", &[("name", name), ("value", value)]).await;
        assert_eq!(set.status, StatusCode::SEE_OTHER, "{}", set.body);
    }
    let page = demo.get("", &link).await.body;
    assert!(
        page.contains("演示花园") && page.contains("tel:020-00000000\"") && page.contains("tel:020-00000001\""),
        "{page}"
    );
}

#[tokio::test]
async fn a_resident_sees_the_story_and_agrees_without_a_log_in() {
    let (demo, id, link) = quoted().await;
    let page = demo.get("", &link).await;
    assert_eq!(page.status, StatusCode::OK);
    for part in
        ["收到您的报修", "维修员到场", "更换水龙头", "80.00", "我同意维修和费用", "有偿维修收费标准", "疏通地漏"]
    {
        assert!(page.body.contains(part), "{part}: {}", page.body);
    }
    let old = demo.post("", &format!("{link}/consent"), &[("total", "7000"), ("signer", "单晓演")]).await;
    assert_eq!(old.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(old.body.contains("报价改过了") && old.body.contains("单晓演"), "{}", old.body);
    let nameless = demo.post("", &format!("{link}/consent"), &[("total", "8000")]).await;
    assert!(nameless.body.contains("还没有写姓名"), "{}", nameless.body);
    let yes = demo
        .post("", &format!("{link}/consent"), &[("total", "8000"), ("signer", "单晓演"), ("payment", "cash")])
        .await;
    assert_eq!(yes.leads(), link, "{}", yes.body);
    let kept = case(&demo, &id).await;
    let consent = kept.last("repair.consented").expect("agreed");
    assert_eq!((consent.post.as_str(), consent.actor.as_str()), ("resident", "resident"));
    assert_eq!(consent.event.body.attributes["repair.cost"], "8000");
    let signature = consent.event.body.signature.as_ref().expect("signed");
    assert_eq!((signature.name.as_str(), signature.way), ("单晓演", SignatureWay::Web));
    let page = demo.get("", &link).await.body;
    assert!(page.contains("您同意维修和费用") && !page.contains("我同意维修和费用"), "{page}");
    assert!(page.contains("您已同意维修和费用"), "the quote says what was answered: {page}");
    assert!(demo.get("front_desk", &format!("/cases/{id}")).await.body.contains("网上确认"));
    let started = demo.post("technician", &format!("/jobs/{id}/steps/work"), &[]).await;
    assert_eq!(started.status, StatusCode::SEE_OTHER, "the consent counts: {}", started.body);
    for step in ["complete", "try", "sign"] {
        demo.pass(60);
        let fields = [("note", "已换"), ("paper", "yes"), ("signer", "单晓演")];
        demo.post("technician", &format!("/jobs/{id}/steps/{step}"), &fields).await;
    }
    let page = demo.get("", &link).await.body;
    assert!(page.contains("维修单") && page.contains("已换") && page.contains("没有解决？"), "{page}");
    let english = demo.raw(
        axum::http::Request::get(&link)
            .header("accept-language", "en")
            .body(axum::body::Body::empty())
            .expect("a request"),
    );
    assert!(english.await.body.contains("You agreed to work and cost"));
}

#[tokio::test]
async fn a_resident_refuses_and_the_slip_goes_its_way() {
    let (demo, id, link) = quoted().await;
    assert_eq!(
        demo.post("", &format!("{link}/refuse"), &[("reason", "")]).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let no = demo.post("", &format!("{link}/refuse"), &[("reason", "太贵，自己换")]).await;
    assert_eq!(no.leads(), link, "{}", no.body);
    assert_eq!(case(&demo, &id).await.attributes["repair.refusal_reason"], "太贵，自己换");
    assert!(demo.get("", &link).await.body.contains("您没有同意"));
    let job = demo.get("technician", &format!("/jobs/{id}")).await.body;
    assert!(job.contains("向主管说明") && job.contains("在拒修记录上签字"), "{job}");
}

#[tokio::test]
async fn not_solved_opens_the_next_round_and_rings() {
    let (demo, id, link) = quoted().await;
    assert!(!demo.get("", &link).await.body.contains("没有解决？"), "nothing is said to be done yet");
    demo.post("", &format!("{link}/consent"), &[("total", "8000"), ("signer", "单晓演")]).await;
    for (step, fields) in [
        ("work", &[][..]),
        ("complete", &[("note", "已换")]),
        ("try", &[]),
        ("sign", &[("paper", "yes"), ("copy_left", "yes")]),
    ] {
        demo.pass(60);
        let done = demo.post("technician", &format!("/jobs/{id}/steps/{step}"), fields).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{step}: {}", done.body);
    }
    let closed = demo.post("service_supervisor", &format!("/cases/{id}/acts/case.closed"), &[("note", "已修好")]).await;
    let was_closed = closed.status == StatusCode::SEE_OTHER;
    let said = demo.post("", &format!("{link}/unsolved"), &[("reason", "又漏了")]).await;
    assert_eq!(said.leads(), link, "{}", said.body);
    let kept = case(&demo, &id).await;
    assert_eq!((kept.state, kept.has("case.reopened")), (CaseState::Working, was_closed));
    let dissatisfied = kept.last("follow_up.dissatisfied").expect("as a follow-up has it");
    assert_eq!(dissatisfied.event.body.note, "又漏了");
    assert_eq!(kept.entries.iter().filter(|it| it.event.name == "follow_up.done").count(), 0, "it is no follow-up");
    let rings = demo.web.house.ringing(1).await.expect("read");
    assert!(rings.iter().any(|ring| ring.case == id && ring.rings_at("technician", false, false)), "{rings:?}");
    let job = demo.get("technician", &format!("/jobs/{id}")).await.body;
    for part in ["说没有解决", "又漏了", "steps/take"] {
        assert!(job.contains(part), "the worker is rung, sees why, and goes there once more: {part}: {job}");
    }
    assert!(!job.contains("来人催办"), "{job}");
    for step in ["take", "arrive", "verify", "work"] {
        demo.pass(60);
        let done = demo.post("technician", &format!("/jobs/{id}/steps/{step}"), &[("as_reported", "yes")]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{step}: {}", done.body);
    }
}

#[tokio::test]
async fn a_link_ends_is_taken_back_and_cannot_be_guessed() {
    let (demo, id, link) = quoted().await;
    let other = format!("/r/{}", "0".repeat(64));
    for path in [other.as_str(), "/r/none", "/r/WX-202611-0001"] {
        let none = demo.get("", path).await;
        assert_eq!(none.status, StatusCode::NOT_FOUND, "{path}");
        assert!(none.body.contains("打不开") && !none.body.contains("水龙头"));
        assert_eq!(demo.post("", &format!("{path}/unsolved"), &[("reason", "x")]).await.status, StatusCode::NOT_FOUND);
    }
    let second = give(&demo, &id).await;
    assert_ne!(second, link);
    assert_eq!(demo.get("", &link).await.status, StatusCode::NOT_FOUND, "the earlier one is over");
    let print = demo.get("front_desk", &format!("/cases/{id}/link/print")).await.body;
    assert!(print.contains("<svg") && print.contains(&format!("http://office.example:8000{second}")), "{print}");
    assert_eq!(demo.post("front_desk", &format!("/cases/{id}/link/revoke"), &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(demo.get("", &second).await.status, StatusCode::NOT_FOUND);
    assert_eq!(
        demo.post("front_desk", &format!("/cases/{id}/link/revoke"), &[]).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let third = give(&demo, &id).await;
    demo.pass(29 * 86_400);
    assert_eq!(demo.get("", &third).await.status, StatusCode::OK);
    demo.pass(2 * 86_400);
    assert_eq!(
        demo.get("", &third).await.status,
        StatusCode::NOT_FOUND,
        "thirty days unless the site sets another span"
    );
    assert_eq!(demo.post("finance", &format!("/cases/{id}/link"), &[]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(demo.post("", &format!("/cases/{id}/link"), &[]).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn one_link_cannot_be_used_to_flood_a_case() {
    let (demo, id, link) = quoted().await;
    let mut waits = 0;
    for n in 0..12 {
        let said = demo.post("", &format!("{link}/refuse"), &[("reason", &format!("第 {n} 次"))]).await;
        waits += usize::from(said.status == StatusCode::TOO_MANY_REQUESTS);
    }
    assert!(waits >= 5, "{waits}");
    assert_eq!(case(&demo, &id).await.entries.iter().filter(|it| it.event.name == "repair.refused").count(), 1);
}

/// Everything of a matter that is for the office alone: remarks, findings, severity, loss, penalty.
async fn inner_steps(demo: &Demo, id: &str) {
    let secret = |act: &str, note: &str, attributes: &[(&str, &str)]| ActOnCase {
        act: act.into(),
        note: note.into(),
        attributes: attributes.iter().map(|(id, value)| ((*id).to_owned(), (*value).to_owned())).collect(),
        ..ActOnCase::default()
    };
    let inner = [
        secret("case.note_added", "内情甲", &[]),
        secret("case.reported_superior", "内情乙", &[]),
        secret("case.contacted", "内情丙", &[]),
        secret("repair.supervisor_took_on", "内情丁", &[]),
        secret("repair.assessed", "内情戊", &[("repair.feasible", "yes"), ("repair.cost", "1000")]),
        secret("case.loss_assessed", "内情己", &[("case.loss", "87654")]),
        secret("case.opinion_heard", "内情庚", &[("complaint.severity", "major"), ("staff.penalty", "内情辛")]),
    ];
    for act in inner {
        demo.pass(5);
        let actor = office::Actor {
            posts: vec!["engineering_supervisor".into(), "service_supervisor".into()],
            ..demo.actor("service_supervisor")
        };
        let name = act.act.clone();
        let done = demo.web.house.act_on_case(
            demo.sent("service_supervisor", "service_supervisor"),
            actor,
            id.to_owned(),
            act,
        );
        done.await.expect("no fault").unwrap_or_else(|no| panic!("{name}: {no}"));
    }
}

/// Remarks among staff, findings, severity and deductions, people and places never stand on the page.
#[tokio::test]
async fn what_stays_in_the_office_never_appears() {
    let (demo, id, link) = quoted().await;
    inner_steps(&demo, &id).await;
    let page = demo.get("", &link).await.body;
    assert!(page.contains("收到您的报修"), "{page}");
    for secret in
        ["内情", "876.54", "major", "单晓演", "13800000001", "3-2-501", "赵大成", "周安然", "technician", "罚", "扣"]
    {
        assert!(!page.contains(secret), "{secret}: {page}");
    }
    let full = demo.get("front_desk", &format!("/cases/{id}")).await.body;
    assert!(full.contains("内情甲"), "the office sees it");
}

#[tokio::test]
async fn a_resident_prints_their_copy_of_the_slip_with_masked_names() {
    let (demo, id, link) = quoted().await;
    let early = demo.get("", &format!("{link}/slip")).await;
    assert_eq!((early.status, early.leads()), (StatusCode::SEE_OTHER, link.as_str()), "nothing is done yet");
    demo.post("", &format!("{link}/consent"), &[("total", "8000"), ("signer", "单晓演"), ("payment", "cash")]).await;
    for (step, fields) in [("work", &[][..]), ("complete", &[("note", "换了龙头和两只角阀")])] {
        demo.pass(60);
        let done = demo.post("technician", &format!("/jobs/{id}/steps/{step}"), fields).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{step}: {}", done.body);
    }
    assert!(demo.get("", &link).await.body.contains(&format!("{link}/slip")));
    inner_steps(&demo, &id).await;
    let slip = demo.get("", &format!("{link}/slip")).await;
    for part in ["维修单", "第一联", "换了龙头和两只角阀", "80.00"] {
        assert!(slip.body.contains(part), "{part}: {}", slip.body);
    }
    assert!(!slip.body.contains("13800000001") && !slip.body.contains("第二联"), "{}", slip.body);
    for secret in ["内情", "876.54", "major", "罚", "扣"] {
        assert!(!slip.body.contains(secret), "{secret}: {}", slip.body);
    }
    assert_eq!(demo.get("", "/r/0000/slip").await.status, StatusCode::NOT_FOUND);
}
