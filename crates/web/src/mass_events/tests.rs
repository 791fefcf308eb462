//! Mass events through the router: opened, shown at the desk, joined, over, everyone told.

use axum::http::StatusCode;
use office::case::{CaseKind, CaseState};

use crate::testing::{Demo, Shown};

const NEW: &str = "/registers/mass_event/new";

async fn open(demo: &Demo, area: &str) -> String {
    let filled = [
        ("mass.kind", "water"),
        ("mass.area", area),
        ("mass.cause", "市政水管抢修"),
        ("mass.expected", "2026-11-16T15:00"),
        ("mass.answer", "市政水管正在抢修，请您先备些水"),
    ];
    let done = demo.post("front_desk", NEW, &filled).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let number = done.leads().split("new=").nth(1).expect("a number").to_owned();
    demo.web.house.case(1, number).await.expect("no fault").expect("opened").id
}

async fn call(demo: &Demo, event: &str, household: &str, words: &str) -> Shown {
    let desk = demo.get("front_desk", &format!("/desk?household={household}")).await;
    let (contact, command) = (desk.hidden("contact"), desk.hidden("command"));
    let fields = [("contact", contact.as_str()), ("command", &command), ("household", household), ("words", words)];
    demo.post("front_desk", &format!("/desk/mass-events/{event}"), &fields).await
}

#[tokio::test]
async fn the_desk_shows_it_where_it_is_and_one_key_joins() {
    let demo = Demo::founded().await;
    assert!(demo.get("front_desk", NEW).await.body.contains("或“全小区”"), "how an area is written");
    let event = open(&demo, "3栋2单元、1栋").await;
    let inside = demo.get("front_desk", "/desk?household=3-2-501").await.body;
    for part in ["市政水管正在抢修", "今天 15:00", "data-key=\"F1\"", "停水"] {
        assert!(inside.contains(part), "{part}: {inside}");
    }
    assert!(!demo.get("front_desk", "/desk?household=3-1-303").await.body.contains("市政水管正在抢修"), "elsewhere");
    let place = demo.post("front_desk", "/desk/preview", &[("place", "1栋大堂"), ("words", "没水")]).await;
    assert!(place.body.contains("市政水管正在抢修"), "a common part of the building");
    let joined = call(&demo, &event, "3-2-501", "家里没水").await;
    assert_eq!(joined.leads(), "/desk?told=joined", "{}", joined.body);
    let page = demo.get("front_desk", &format!("/cases/{event}")).await.body;
    assert!(page.contains("并入的来人 1") && page.contains("138****0001") && !page.contains("13800000001"), "{page}");
    let list = demo.get("front_desk", "/registers/mass_event").await.body;
    assert!(list.contains("市政水管抢修") && list.contains("3栋2单元、1栋"), "{list}");
    let contacts = demo.get("front_desk", "/contacts").await.body;
    assert!(
        contacts.contains("家里没水") && contacts.contains("市政水管正在抢修"),
        "the contact says what was answered"
    );
    let print = demo.get("front_desk", "/forms/PL-202611-0001/print").await.body;
    assert!(print.contains("批量事件记录") && print.contains("市政水管抢修"), "{print}");
}

#[tokio::test]
async fn an_area_nobody_can_read_and_a_past_restoration_are_refused() {
    let demo = Demo::founded().await;
    let base = [("mass.kind", "power"), ("mass.cause", "检修"), ("mass.answer", "在修")];
    let with = |area: &'static str, until: &'static str| {
        [base.to_vec(), vec![("mass.area", area), ("mass.expected", until)]].concat()
    };
    let no = demo.post("front_desk", NEW, &with("东区", "2026-11-16T15:00")).await;
    assert!(no.status == StatusCode::UNPROCESSABLE_ENTITY && no.body.contains("认不出是哪几栋"), "{}", no.body);
    let no = demo.post("front_desk", NEW, &with("3栋", "2026-11-16T08:00")).await;
    assert!(no.status == StatusCode::UNPROCESSABLE_ENTITY && no.body.contains("已经过去"), "{}", no.body);
    assert_eq!(demo.post("technician", NEW, &with("3栋", "2026-11-16T15:00")).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn restoration_closes_what_joined_and_leads_through_the_call_backs() {
    let demo = Demo::founded_under(&["courtesy"]).await;
    let event = open(&demo, "3栋").await;
    demo.pass(60);
    let desk = demo.get("front_desk", "/desk?household=3-2-502").await;
    let (contact, command) = (desk.hidden("contact"), desk.hidden("command"));
    let own = [
        ("contact", contact.as_str()),
        ("command", &command),
        ("household", "3-2-502"),
        ("words", "没水，热水器烧干了"),
        ("kind", "help"),
        ("linked_case", &event),
        ("courtesy.anything_else", "yes"),
    ];
    let saved = demo.post("front_desk", "/desk", &own).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    let no = call(&demo, &event, "3-2-501", "没水").await;
    assert!(no.status == StatusCode::UNPROCESSABLE_ENTITY && no.body.contains("没水"), "the clause asks for more");
    let early = demo.post("front_desk", &format!("/mass-events/{event}/told"), &[("joined", "1")]).await;
    assert!(early.body.contains("还没有恢复"), "{}", early.body);
    demo.act("front_desk", &event, "mass.restored", &[]).await;
    let case = demo.web.house.case(1, contact).await.expect("no fault").expect("registered");
    assert!(case.has("case.replied") && case.state == CaseState::Closed, "{:?}", case.state);
    let page = demo.get("front_desk", &format!("/cases/{event}")).await;
    assert!(page.body.contains("还没有告知 1") && page.body.contains("已恢复"), "{}", page.body);
    let list = demo.post("front_desk", &format!("/mass-events/{event}/callers"), &[("command", "c1")]).await;
    assert!(list.body.contains("tel:13800000002"), "{}", list.body);
    let joined = list.hidden("joined");
    let fields = [("joined", joined.as_str()), ("numbers", "yes"), ("command", "t1")];
    let told = demo.post("front_desk", &format!("/mass-events/{event}/told"), &fields).await;
    assert!(told.status == StatusCode::OK && told.body.contains("还没有告知 0"), "{}", told.body);
    let again = demo.post("front_desk", &format!("/mass-events/{event}/told"), &[("joined", &joined)]).await;
    assert!(again.body.contains("已经告知过"));
    let no = call(&demo, &event, "3-2-501", "还是没水").await;
    assert!(no.body.contains("已经恢复"), "{}", no.body);
    assert!(!demo.get("front_desk", "/desk?household=3-2-501").await.body.contains("市政水管正在抢修"));
    assert_eq!(demo.post("finance", &format!("/mass-events/{event}/told"), &[]).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn who_comes_to_trapped_people_is_listed_and_has_five_minutes() {
    let demo = Demo::founded_under(&["service-office", "repair-residential"]).await;
    let words = "电梯停了，老人被困在电梯里";
    let fields = [("household", "3-2-501"), ("words", words), ("kind", "help")];
    let shown = demo.post("front_desk", "/desk/preview", &fields).await.body;
    assert!(shown.contains("到达现场") && shown.contains("5 分钟内"), "{shown}");
    assert_eq!(shown.matches("<b>到达现场</b>").count(), 1, "two people, one limit: {shown}");
    let (id, _) = demo.register(CaseKind::Help, words, &[]).await;
    let page = demo.get("front_desk", &format!("/cases/{id}")).await.body;
    for part in ["报告突发事件：电梯困人", "列入应到：管理处负责人", "列入应到：工程部值班员", "到达现场"]
    {
        assert!(page.contains(part), "{part}: {page}");
    }
    let form = demo.get("front_desk", &format!("/cases/{id}/acts/incident.arrived")).await.body;
    assert!(form.contains("<option value=\"工程部值班员\""), "{form}");
}

#[tokio::test]
async fn people_trapped_in_a_lift_are_an_emergency_whatever_is_chosen() {
    let demo = Demo::founded().await;
    let event = open(&demo, "3栋").await;
    let words = "电梯停了，孩子被困在电梯里";
    let shown = demo.post("front_desk", "/desk/preview", &[("household", "3-2-501"), ("words", words)]).await;
    assert!(shown.body.contains("class=\"trapped\""), "{}", shown.body);
    let no = call(&demo, &event, "3-2-501", words).await;
    assert!(no.status == StatusCode::UNPROCESSABLE_ENTITY && no.body.contains("不能当场答复了事"), "{}", no.body);
    let enquiry = [("contact", "c7"), ("household", "3-2-501"), ("words", words), ("kind", "enquiry")];
    let no = demo.post("front_desk", "/desk", &enquiry).await;
    assert!(no.body.contains("不能记成咨询"), "{}", no.body);
    for kind in [CaseKind::Repair, CaseKind::Help, CaseKind::Complaint] {
        let (id, _) = demo.register(kind, words, &[]).await;
        let case = demo.web.house.case(1, id.clone()).await.expect("no fault").expect("registered");
        let reported = case.last("incident.reported").expect("an emergency");
        assert_eq!(
            (reported.event.happened, case.attributes["incident.kind"].as_str()),
            (case.opened, "people_trapped")
        );
        let page = demo.get("front_desk", &format!("/cases/{id}")).await.body;
        let shown = page.split("规程没有写到的").next().unwrap_or_default();
        assert!(
            page.contains("紧急") && shown.contains("/acts/incident.arrived"),
            "its steps are not folded away: {page}"
        );
    }
    let (calm, _) = demo.register(CaseKind::Repair, "电梯按钮不亮", &[]).await;
    let calm = demo.web.house.case(1, calm).await.expect("no fault").expect("registered");
    assert!(!calm.has("incident.reported"));
}
