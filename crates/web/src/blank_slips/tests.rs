//! Blank slips through the router: taken ahead, printed, entered afterwards under their number, voided; no gap.

use axum::http::StatusCode;

use crate::testing::Demo;

async fn reserve(demo: &Demo, form: &str, count: &str) -> String {
    let fields = [("blank.form", form), ("blank.count", count), ("note", "放前台抽屉")];
    let done = demo.post("front_desk", "/registers/blank_slips/new", &fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let number = done.leads().split("new=").nth(1).expect("a number").to_owned();
    demo.web.house.case(1, number).await.expect("no fault").expect("there").id
}

#[tokio::test]
async fn a_range_is_taken_printed_entered_and_voided_without_a_gap() {
    let demo = Demo::founded().await;
    demo.repair("断网前的一件").await;
    let range = reserve(&demo, "repair_slip", "3").await;
    let (_, after) = demo.repair("断网以后系统编的号").await;
    assert_eq!(after, "WX-202611-0005", "the three are taken");
    let page = demo.get("front_desk", &format!("/cases/{range}")).await.body;
    for part in ["WX-202611-0002", "WX-202611-0004", "还空白 3 张", "没有缺号", "补录这一张"] {
        assert!(page.contains(part), "{part}: {page}");
    }
    let a4 = demo.get("front_desk", &format!("/blank-slips/{range}/print?size=A4")).await.body;
    assert_eq!(a4.matches("class=\"sheet a4\"").count(), 12, "four copies of three slips");
    let multi = demo.get("front_desk", &format!("/blank-slips/{range}/print?size=241%C3%97139.7")).await.body;
    assert_eq!(multi.matches("<article").count(), 3, "the sheets beneath take the pressure");
    assert!(a4.contains("住户验收签字") && a4.contains("WX-202611-0003") && !a4.contains("单晓演"));

    demo.pass(3_600);
    let desk = demo.get("front_desk", "/desk?blank_number=WX-202611-0003").await;
    assert!(desk.body.contains("value=\"WX-202611-0003\""), "{}", desk.body);
    let contact = desk.hidden("contact");
    let fields = |number: &'static str, contact: &str| {
        [
            ("contact", contact.to_owned()),
            ("household", "3-2-501".to_owned()),
            ("words", "夜里水管爆了".to_owned()),
            ("kind", "repair".to_owned()),
            ("happened", "2026-11-16 09:30".to_owned()),
            ("blank_number", number.to_owned()),
        ]
    };
    let post = async |number: &'static str, contact: &str| {
        let fields = fields(number, contact);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        demo.post("front_desk", "/desk", &fields).await
    };
    for (number, why) in [("WX-202611-0001", "没有领作备用单"), ("WX-202611-0099", "没有领作备用单")] {
        let no = post(number, &contact).await;
        assert!(no.status == StatusCode::UNPROCESSABLE_ENTITY && no.body.contains(why), "{number}: {}", no.body);
    }
    let saved = post("WX-202611-0003", &contact).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    let case = demo.web.house.case(1, contact.clone()).await.expect("no fault").expect("there");
    assert_eq!(case.number, "WX-202611-0003");
    let late = case.entries[0].event.body.late.as_ref().expect("marked as entered later");
    assert!(late.reason.contains("备用单"), "{}", late.reason);
    assert_eq!(demo.web.house.laws().zone.civil(case.opened).to_string(), "2026-11-16T09:30:00");
    assert_eq!(case.form("repair_slip").map(|form| form.number.as_str()), Some("WX-202611-0003"));
    let twice = post("WX-202611-0003", "another").await;
    assert!(twice.body.contains("已经录入为"), "{}", twice.body);

    let open = demo.post("front_desk", &format!("/cases/{range}/acts/blank.settled"), &[("note", "")]).await;
    assert!(open.body.contains("还有 2 张没有着落"), "{}", open.body);
    let path = format!("/blank-slips/{range}/void");
    let no = demo.post("front_desk", &path, &[("number", "WX-202611-0002")]).await;
    assert!(no.status == StatusCode::UNPROCESSABLE_ENTITY && no.body.contains("还没有写作废原因"), "{}", no.body);
    let both = [("number", "WX-202611-0002"), ("number", "WX-202611-0004"), ("reason", "没有用上")];
    assert_eq!(demo.post("front_desk", &path, &both).await.leads(), format!("/cases/{range}"));
    let page = demo.get("front_desk", &format!("/cases/{range}")).await.body;
    assert!(page.contains("没有用上") && page.contains("还空白 0 张") && page.contains("没有缺号"), "{page}");
    demo.act("front_desk", &range, "blank.settled", &[]).await;
    let gaps = demo.web.house.gaps_of_series(1, "WX".into(), "202611".into()).await.expect("no fault");
    assert!(gaps.is_empty(), "{gaps:?}");
    let list = demo.get("front_desk", "/registers/blank_slips").await.body;
    assert!(list.contains("维修单") && list.contains("放前台抽屉"), "{list}");
    assert_eq!(demo.post("finance", &path, &both).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_form_issued_on_a_case_takes_its_blank_number_and_no_other_series() {
    let demo = Demo::founded().await;
    let range = reserve(&demo, "liaison_note", "2").await;
    let (id, _) = demo.register(office::case::CaseKind::Complaint, "楼上太吵", &[("complaint.class", "second")]).await;
    let path = format!("/cases/{id}/acts/liaison.issued");
    let fields = [("case.department", "工程部"), ("note", "请处理"), ("blank_number", "LX-202611-0002")];
    let done = demo.post("front_desk", &path, &fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let case = demo.web.house.case(1, id.clone()).await.expect("no fault").expect("there");
    assert_eq!(case.form("liaison_note").map(|form| form.number.as_str()), Some("LX-202611-0002"));
    let page = demo.get("front_desk", &format!("/cases/{range}")).await.body;
    assert!(page.contains("已录入") && page.contains("还空白 1 张"), "{page}");
    let wrong = [("blank_number", "LX-202611-0001"), ("contact", "c9"), ("place", "大堂"), ("words", "灯不亮")];
    let no = demo.post("front_desk", "/desk", &wrong).await;
    assert!(no.body.contains("不是"), "another series: {}", no.body);
    for count in ["0", "101", ""] {
        let asked = [("blank.form", "repair_slip"), ("blank.count", count)];
        let no = demo.post("front_desk", "/registers/blank_slips/new", &asked).await;
        assert_eq!(no.status, StatusCode::UNPROCESSABLE_ENTITY, "{count}");
    }
}
