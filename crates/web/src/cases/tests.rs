//! The register, the page of a case and its acts through the router.

use axum::http::StatusCode;
use office::case::CaseKind;

use crate::testing::Demo;

#[tokio::test]
async fn the_register_filters_finds_and_leaves_as_a_file() {
    let demo = Demo::founded().await;
    demo.repair("厨房水龙头漏水").await;
    demo.register(CaseKind::Complaint, "楼上太吵", &[("complaint.class", "second")]).await;
    let all = demo.get("front_desk", "/cases").await;
    assert!(all.body.contains("WX-202611-0001") && all.body.contains("TS-202611-0001"));
    let some = demo.get("front_desk", "/cases?kind=complaint").await;
    assert!(!some.body.contains(">厨房水龙头漏水") && some.body.contains("TS-202611-0001"));
    let none = demo.get("front_desk", "/cases?q=%E5%B1%8B%E9%A1%B6").await;
    assert!(none.body.contains("没有符合条件的记录"));
    let found = demo.get("front_desk", "/search?q=wx-202611-0001").await;
    assert!(found.leads().starts_with("/cases/k"), "{}", found.leads());
    assert!(demo.get("front_desk", "/search?q=3-2-501").await.leads().starts_with("/cases?q="));
    assert!(!all.body.contains("as=xlsx"), "the front desk may not export");
    let csv = demo.get("office_manager", "/cases?kind=repair&as=csv").await;
    assert!(
        csv.body.starts_with("\u{feff}编号,") && csv.body.contains("WX-202611-0001,报修,3-2-501,厨房水龙头漏水,电话,")
    );
    let book = demo.get("office_manager", "/cases?as=xlsx").await;
    assert!(book.body.starts_with("PK"));
}

#[tokio::test]
async fn the_page_shows_sentences_limits_acts_and_masks() {
    let demo = Demo::founded().await;
    let (id, number) = demo.repair("厨房水龙头漏水").await;
    let page = demo.get("front_desk", &format!("/cases/{number}")).await;
    assert_eq!(page.status, StatusCode::OK);
    for part in ["厨房水龙头漏水", "通知工程部", "时限依据", "/rulebooks/repair-residential/", "138****0001", "第一联"]
    {
        assert!(page.body.contains(part), "{part}");
    }
    assert!(!page.body.contains("13800000001"));
    assert!(page.body.contains(&format!("/why/{id}/")), "each limit leads to its reasons");
    assert_eq!(demo.get("front_desk", "/cases/nothing").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn closing_asks_of_a_repair_what_is_a_repairs() {
    let demo = Demo::founded().await;
    let (repair, _) = demo.repair("厨房水龙头漏水").await;
    let (complaint, _) = demo.register(CaseKind::Complaint, "楼上太吵", &[("complaint.class", "second")]).await;
    let first = async |case: &str| {
        let form = demo.get("front_desk", &format!("/cases/{case}/acts/case.closed")).await.body;
        form.split("<form class=\"narrow\"").nth(1).unwrap().split("<details").next().unwrap().to_owned()
    };
    assert!(!first(&repair).await.contains("complaint.outcome"), "{}", first(&repair).await);
    assert!(first(&complaint).await.contains("complaint.outcome"), "{}", first(&complaint).await);
}

#[tokio::test]
async fn names_are_shown_in_full_only_for_a_purpose() {
    let demo = Demo::founded().await;
    let (id, _) = demo.repair("厨房水龙头漏水").await;
    let path = format!("/cases/{id}/unmask");
    let no = demo.post("front_desk", &path, &[("purpose", " ")]).await;
    assert_eq!(no.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(no.body.contains("还没有写用途") && !no.body.contains("13800000001"));
    let yes = demo.post("front_desk", &path, &[("purpose", "回电约时间")]).await;
    assert!(yes.body.contains("13800000001"));
    assert_eq!(demo.post("technician", &path, &[("purpose", "x")]).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn an_act_is_entered_by_its_form_and_refused_with_its_input() {
    let demo = Demo::founded().await;
    let (id, _) = demo.repair("厨房水龙头漏水").await;
    let path = format!("/cases/{id}/acts/repair.assigned");
    let form = demo.get("engineering_supervisor", &path).await;
    assert!(form.body.contains("value=\"technician\"") && !form.body.contains("value=\"finance\""));
    let no = demo.post("engineering_supervisor", &path, &[("note", "尽快")]).await;
    assert_eq!(no.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(no.body.contains("还没有选维修员") && no.body.contains("尽快"));
    let seen = form.hidden("seen_version");
    let fields = [("assignee", "technician"), ("seen_version", seen.as_str())];
    let done = demo.post("engineering_supervisor", &path, &fields).await;
    assert_eq!(done.leads(), format!("/cases/{id}"));
    let stale = demo.post("engineering_supervisor", &path, &fields).await;
    assert_eq!(stale.status, StatusCode::UNPROCESSABLE_ENTITY, "the case has moved on");
    let page = demo.get("engineering_supervisor", &format!("/cases/{id}")).await;
    assert!(page.body.contains("赵大成"), "the sentence names the worker");
    let finance = demo.get("finance", &path).await;
    assert_eq!(finance.status, StatusCode::OK);
    let no = demo.post("finance", &path, &fields).await;
    assert!(no.body.contains("您的岗位没有此项权限"));
}

#[tokio::test]
async fn money_is_read_to_the_fen_and_a_customer_signs_in_one_of_three_ways() {
    let demo = Demo::founded().await;
    let (id, _) = demo.repair("厨房水龙头漏水").await;
    demo.taken_on(&id).await;
    demo.acts(&id, &[("technician", "repair.arrived", &[]), ("technician", "repair.verified", &[])]).await;
    let path = format!("/cases/{id}/acts/repair.price_shown");
    let no = demo.post("technician", &path, &[("repair.cost", "五十")]).await;
    assert!(
        no.status == StatusCode::UNPROCESSABLE_ENTITY && no.body.contains("最多两位小数") && no.body.contains("五十")
    );
    let yes = demo.post("technician", &path, &[("repair.cost", "50.05")]).await;
    assert_eq!(yes.status, StatusCode::SEE_OTHER, "{}", yes.body);
    let page = demo.get("technician", &format!("/cases/{id}")).await;
    assert!(page.body.contains("报价 50.05 元"), "{}", page.body);
    let path = format!("/cases/{id}/acts/repair.consented");
    let consent =
        [("repair.cost_consent", "yes"), ("repair.repair_consent", "yes"), ("way", "drawn"), ("signer", "演示")];
    let no = demo.post("technician", &path, &consent).await;
    assert!(no.body.contains("屏幕上还没有签名"));
    let drawn = [consent.as_slice(), &[("signature", "M10 10L300 120")]].concat();
    let yes = demo.post("technician", &path, &drawn).await;
    assert_eq!(yes.status, StatusCode::SEE_OTHER, "{}", yes.body);
    let page = demo.get("technician", &format!("/cases/{id}")).await;
    assert!(page.body.contains("M10 10L300 120") && page.body.contains("class=\"seal\""));
}

#[tokio::test]
async fn a_file_is_shown_where_it_stands_and_attached_by_who_sent_it() {
    let demo = Demo::founded().await;
    let (case, _) = demo.repair("厨房水龙头漏水").await;
    let jpeg = |mark: u8| [&[0xff, 0xd8, 0xff, 0xe0][..], &[mark; 200]].concat();
    let foreign = demo.web.attachments.put("别处.jpg", "image/jpeg", &jpeg(1)).expect("kept").hash;
    let show = |hash: &str| format!("/attachments/{hash}");
    assert_eq!(demo.get("front_desk", &show(&foreign)).await.status, StatusCode::NOT_FOUND);

    let path = format!("/cases/{case}/acts/case.note_added");
    let kept = format!("{foreign} 别处.jpg");
    let noted = demo.post("front_desk", &path, &[("note", "看照片"), ("kept", &kept)]).await;
    assert_eq!(noted.status, StatusCode::SEE_OTHER, "{}", noted.body);
    assert_eq!(demo.get("front_desk", &show(&foreign)).await.status, StatusCode::NOT_FOUND, "not theirs to attach");

    let refused = demo.upload("front_desk", &path, "漏水.jpg", &jpeg(2), &[("note", "")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let kept = refused.hidden("kept");
    let hash = kept.split(' ').next().expect("a hash").to_owned();
    let by = async |account: &str| demo.post(account, &path, &[("note", "看照片"), ("kept", &kept)]).await.status;
    assert_eq!(by("service_supervisor").await, StatusCode::SEE_OTHER);
    assert_eq!(demo.get("front_desk", &show(&hash)).await.status, StatusCode::NOT_FOUND);
    assert_eq!(by("front_desk").await, StatusCode::SEE_OTHER);
    assert_eq!(demo.get("front_desk", &show(&hash)).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_chaser_is_one_press_rings_its_worker_and_shows_what_to_read_out() {
    let demo = Demo::founded().await;
    let (id, number) = demo.repair("厨房水龙头漏水").await;
    demo.taken_on(&id).await;
    let path = format!("/cases/{id}/chase");
    for page in ["/desk?household=3-2-501", "/cases", &format!("/cases/{id}")] {
        let shown = demo.get("front_desk", page).await.body;
        assert!(
            shown.contains(&path) && shown.contains("data-key=\"F6\"") && shown.contains("id=\"read-out\""),
            "{page}"
        );
    }
    let done = demo.post("front_desk", &path, &[("command", "once")]).await;
    assert_eq!(done.leads(), format!("/cases/{id}/read-out?chased=yes"));
    let told = demo.get("front_desk", done.leads()).await.body;
    for part in [
        "念给来人听",
        "现在由赵大成在办",
        "最近一步是“维修接单”",
        "下一步“到场”最迟今天",
        "已记催办，第 1 次",
        number.as_str(),
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
    demo.post("front_desk", &path, &[("command", "once")]).await;
    let rung = demo.get("technician", "/jobs").await.body;
    assert!(rung.contains("data-ring") && rung.contains(&format!("{number} 来人催办，第 1 次")), "{rung}");
    for other in ["technician2", "front_desk"] {
        assert!(!demo.get(other, "/cases").await.body.contains("data-ring"), "{other} is not rung at");
    }
    demo.post("technician2", &format!("/dispatch/{id}/acknowledge"), &[]).await;
    assert!(demo.get("technician", "/jobs").await.body.contains("data-ring"), "nobody else stops it");
    demo.post("technician", &format!("/dispatch/{id}/acknowledge"), &[]).await;
    assert!(!demo.get("technician", "/jobs").await.body.contains("data-ring"));
    let page = demo.web.house.case(1, id.clone()).await.expect("no fault").expect("there");
    assert_eq!(page.chased, 1, "sent twice, noted once");
    let quiet = demo.get("front_desk", &format!("/cases/{id}/read-out")).await;
    assert!(
        quiet.body.contains("现在由赵大成在办") && !quiet.body.contains("已记催办"),
        "reading out alone notes nothing"
    );
}

#[tokio::test]
async fn what_has_ended_is_not_chased() {
    let demo = Demo::founded().await;
    let (id, _) = demo.repair("厨房水龙头漏水").await;
    demo.act("front_desk", &id, "case.withdrawn", &[]).await;
    let no = demo.post("front_desk", &format!("/cases/{id}/chase"), &[]).await;
    assert_eq!(no.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(no.body.contains("不能催办") && no.body.contains("id=\"read-out\""), "{}", no.body);
    assert!(!demo.get("front_desk", "/cases").await.body.contains("/chase"), "no button on what has ended");
    assert_eq!(demo.post("front_desk", "/cases/none/chase", &[]).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn voiding_the_slip_settles_a_clause_and_is_never_the_first_thing_to_do() {
    let demo = Demo::founded().await;
    let (id, _) = demo.repair("厨房水龙头漏水").await;
    demo.taken_on(&id).await;
    let page = demo.get("front_desk", &format!("/cases/{id}")).await.body;
    assert!(page.contains(&format!("class=\"button\" href=\"/cases/{id}/acts/repair.voided\"")), "{page}");
}
