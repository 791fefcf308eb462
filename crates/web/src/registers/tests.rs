//! Registers through the router: a record is begun, listed, worked on, closed and leaves as a file.

use axum::http::StatusCode;

use crate::testing::Demo;

#[tokio::test]
async fn a_matter_of_the_counter_is_begun_worked_on_and_listed() {
    let demo = Demo::founded().await;
    let empty = demo.get("front_desk", "/registers/counter_register").await;
    assert!(empty.body.contains("这本登记簿还没有记录") && empty.body.contains("/registers/counter_register/new"));
    let path = "/registers/counter_register/new";
    let form = demo.get("front_desk", path).await;
    for part in ["窗口首问人", "姓名", "地点"] {
        assert!(form.body.contains(part), "{part}");
    }
    let no = demo.post("front_desk", path, &[("place", "3-2-501"), ("note", "")]).await;
    assert_eq!(no.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(no.body.contains("还没有填") && no.body.contains("3-2-501"), "what was filled stays");
    let filled = [("place", "3-2-501"), ("name", "钱一"), ("phone", "13800000009"), ("note", "开装修放行条")];
    let done = demo.post("front_desk", path, &filled).await;
    assert_eq!(done.leads(), "/registers/counter_register?new=CK-202611-0001");
    let list = demo.get("front_desk", "/registers/counter_register?new=CK-202611-0001").await;
    for part in ["已登记 CK-202611-0001", "开装修放行条", "首问人"] {
        assert!(list.body.contains(part), "{part}");
    }
    assert!(!list.body.contains("13800000009"), "phones are masked in lists");
    assert!(list.body.contains("<span class=\"nowrap\">处理中</span>"), "a short word is not broken: {}", list.body);
    let page = demo.get("front_desk", "/cases/CK-202611-0001").await;
    for part in ["手续核齐", "引见承办人", "开装修放行条", "3-2-501"] {
        assert!(page.body.contains(part), "{part}");
    }
    assert!(!page.body.contains("待补"), "a record has no gaps of intake");
    let cases = demo.get("front_desk", "/cases").await;
    assert!(!cases.body.contains("CK-202611-0001"), "records stand in their register, not among the matters");
}

#[tokio::test]
async fn registers_open_to_their_posts_and_leave_as_files() {
    let demo = Demo::founded().await;
    let filled = [("shift.ends", "2026-11-16T20:00"), ("note", "钥匙三把")];
    let done = demo.post("front_desk", "/registers/handover_book/new", &filled).await;
    assert!(done.leads().contains("new=JB-"), "{}", done.body);
    let no = demo.post("finance", "/registers/handover_book/new", &filled).await;
    assert_eq!(no.status, StatusCode::FORBIDDEN);
    let csv = demo.get("office_manager", "/registers/handover_book?as=csv").await;
    assert!(csv.body.starts_with("\u{feff}编号,时间,当班人") && csv.body.contains("钥匙三把"), "{}", csv.body);
    let print = demo.get("front_desk", "/registers/handover_book?as=print").await;
    assert!(
        print.body.contains("钥匙三把") && print.body.contains("class=\"register across\""),
        "many columns lie across"
    );
    let few = demo.get("front_desk", "/answers").await.body;
    assert!(!few.contains("register across"), "few columns stand upright: {few}");
    let index = demo.get("front_desk", "/registers").await;
    assert!(index.body.contains("未完 1") && index.body.contains("投诉登记簿"));
    assert!(!demo.get("front_desk", "/registers?place=duty").await.body.contains("投诉登记簿"));
    assert_eq!(demo.get("front_desk", "/registers/nothing").await.status, StatusCode::NOT_FOUND);
    let resident = demo.get("administrator", "/registers/handover_book").await;
    assert_eq!(resident.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn the_complaint_register_lists_the_matters_of_the_desk() {
    let demo = Demo::founded().await;
    let class = [("complaint.class", "second")];
    demo.register(office::case::CaseKind::Complaint, "楼上装修超时施工", &class).await;
    demo.repair("厨房水龙头漏水").await;
    let list = demo.get("front_desk", "/registers/complaint_register").await;
    assert!(list.body.contains("楼上装修超时施工") && !list.body.contains("厨房水龙头漏水"));
    assert!(!list.body.contains("/registers/complaint_register/new"), "complaints are taken in at the desk");
    let none = demo.get("front_desk", "/registers/complaint_register?state=ended").await;
    assert!(none.body.contains("没有符合条件的记录"));
}

#[tokio::test]
async fn a_service_card_begins_with_the_published_numbers_and_prints() {
    let demo = Demo::founded_under(&["convenience"]).await;
    let set = [("name", "公布的服务电话"), ("value", "020-5550100；020-5550199")];
    assert_eq!(demo.post("office_manager", "/settings", &set).await.status, StatusCode::SEE_OTHER);
    let path = "/registers/service_cards/new";
    let form = demo.get("front_desk", path).await.body;
    assert!(form.contains("value=\"020-5550100\"") && form.contains("value=\"020-5550199\""), "{form}");
    let no = demo.post("front_desk", path, &[("customer.room", "3-2-501")]).await;
    assert_eq!(no.status, StatusCode::UNPROCESSABLE_ENTITY);
    let given = [
        ("customer.room", "3-2-501"),
        ("customer.card_edition", "2026"),
        ("site.duty_phone", "020-5550100"),
        ("site.quality_phone", "020-5550199"),
    ];
    let done = demo.post("front_desk", path, &given).await;
    assert_eq!(done.leads(), "/registers/service_cards?new=KP-202611-0001", "{}", done.body);
    let print = demo.get("front_desk", "/forms/KP-202611-0001/print").await.body;
    assert!(print.contains("昼夜值班电话") && print.contains("020-5550199"), "{print}");
}

#[tokio::test]
async fn a_work_order_is_issued_for_a_matter_done_and_handed_in_by_the_rules() {
    let demo = Demo::founded_under(&["work-order"]).await;
    let (repair, number) = demo.repair("地下车库灯管不亮").await;
    let page = demo.get("service_supervisor", &format!("/cases/{repair}")).await;
    let way = format!("/registers/work_order/new?case={number}");
    assert!(page.body.contains(&way), "the matter offers an order: {}", page.body);
    let form = demo.get("service_supervisor", &way).await;
    assert!(form.body.contains(&number) && form.body.contains("3-2-501"), "number and place are filled in");
    assert!(form.body.contains("地下车库灯管不亮</textarea>"), "and what it is about: {}", form.body);

    let path = "/registers/work_order/new";
    let mut filled = vec![("case", number.as_str()), ("place", "地下车库"), ("order.content", "换灯管")];
    let no = demo.post("front_desk", path, &filled).await;
    assert_eq!(no.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(no.body.contains("work-order") || no.body.contains("工作单管理制度"), "a clause refuses: {}", no.body);
    filled.extend([("order.requirement", "带梯子"), ("order.reply_by", "2026-11-16T17:00"), ("case.person", "赵大成")]);
    let done = demo.post("department_head", path, &filled).await;
    assert_eq!(done.leads(), "/registers/work_order?new=GD-202611-0001", "{}", done.body);
    let page = demo.get("technician", "/cases/GD-202611-0001").await;
    for part in ["换灯管", "带梯子", "何部", "签收工作单", "执行联"] {
        assert!(page.body.contains(part), "{part}: {}", page.body);
    }
    // Whom it names is told at once, and has it among their jobs.
    let rings = "工作单 GD-202611-0001 等您签收";
    let jobs = demo.get("technician", "/jobs").await.body;
    assert!(jobs.contains(rings) && jobs.contains("<b>签收工作单</b>"), "{jobs}");
    assert!(jobs.contains("href=\"/cases/"), "an order is worked on at its own page: {jobs}");
    let board = demo.get("engineering_supervisor", "/dispatch").await.body;
    assert!(!board.contains("GD-202611-0001"), "nor is it dispatched like a repair");
    let of_repair = demo.get("service_supervisor", &format!("/cases/{repair}")).await;
    assert!(of_repair.body.contains("GD-202611-0001"), "the matter shows its order");

    let act = async |account: &str, act: &str, more: &[(&str, &str)]| {
        let path = format!("/cases/GD-202611-0001/acts/{act}");
        demo.post(account, &path, more).await
    };
    let early = act("technician", "order.started", &[]).await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(early.body.contains("签收工作单"), "unsigned: not to be started");
    assert_eq!(act("technician", "order.signed_for", &[]).await.status, StatusCode::SEE_OTHER);
    let home = demo.get("technician", "/").await.body;
    assert!(home.contains("GD-202611-0001") && home.contains("完成任务"), "what it asks for is owed by them: {home}");
    let another = demo.get("technician2", "/").await.body;
    assert!(!another.contains("GD-202611-0001"), "and by no other repairer: {another}");
    for (name, more) in [
        ("order.part_taken", &[][..]),
        ("order.started", &[]),
        ("order.finished", &[]),
        ("order.remarks_written", &[("complaint.course", "换了两支灯管"), ("complaint.result", "亮了")]),
    ] {
        let done = act("technician", name, more).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{name}: {}", done.body);
    }
    let jobs = demo.get("technician", "/jobs").await.body;
    assert!(!jobs.contains(rings) && jobs.contains("<b>交回工作单</b>"), "signed for, it rings no more: {jobs}");
    let refused = act("technician", "order.refused", &[("case.reason", "不想去")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "nobody refuses an order: {}", refused.body);
    let list = demo.get("service_supervisor", "/registers/work_order").await;
    for part in ["GD-202611-0001", "何部", "地下车库", "换灯管"] {
        assert!(list.body.contains(part), "{part}");
    }
    let print = demo.get("service_supervisor", "/forms/GD-202611-0001/print?size=A5").await;
    for part in ["存根联", "执行联", "换了两支灯管", "带梯子"] {
        assert!(print.body.contains(part), "{part}");
    }
}

#[tokio::test]
async fn the_steps_of_a_record_stand_open_whatever_the_rulebooks_speak_of() {
    let demo = Demo::founded().await;
    let order = [("place", "3栋大堂"), ("order.content", "换大堂灯管")];
    let order = demo.post("service_supervisor", "/registers/work_order/new", &order).await;
    let order = order.leads().split("new=").nth(1).expect("a number").to_owned();
    let page = demo.get("technician", &format!("/cases/{order}")).await.body;
    let before = page.split("规程没有写到的").next().unwrap_or_default();
    assert!(before.contains("/acts/order.signed_for"), "no adopted book speaks of work orders: {page}");
}

#[tokio::test]
async fn who_stands_in_is_chosen_from_the_staff() {
    let demo = Demo::founded().await;
    let form = demo.get("office_manager", "/registers/post_handover_book/new").await.body;
    for name in ["林小满", "赵大成"] {
        assert_eq!(form.matches(&format!("<option value=\"{name}\"")).count(), 2, "{name}, giving and taking: {form}");
    }
    assert!(!form.contains("演示管理员"), "the administrator stands nowhere");
}

#[tokio::test]
async fn a_deduction_is_proposed_only_where_the_office_has_decided_so_and_settled_by_a_person() {
    let demo = Demo::founded_under(&["work-order"]).await;
    let path = "/registers/deductions/new";
    let filled = [
        ("deduction.person", "赵大成"),
        ("deduction.amount", "30"),
        ("order.violated_on", "2026-11-15"),
        ("rulebook.issued_on", "2026-11-01"),
        ("note", "派单漏填工作要求"),
    ];
    let no = demo.post("service_supervisor", path, &filled).await;
    assert!(no.status == StatusCode::UNPROCESSABLE_ENTITY && no.body.contains("没有开通扣款建议"), "{}", no.body);
    let set = demo.post("office_manager", "/settings", &[("name", "提出扣款"), ("value", "是")]).await;
    assert_eq!(set.status, StatusCode::SEE_OTHER, "{}", set.body);
    assert_eq!(demo.post("technician", path, &filled).await.status, StatusCode::FORBIDDEN, "not theirs");
    let done = demo.post("service_supervisor", path, &filled).await;
    assert_eq!(done.leads(), "/registers/deductions?new=KK-202611-0001", "{}", done.body);
    let told = "KK-202611-0001 建议扣您的款，请去说明情况";
    assert!(demo.get("technician", "/").await.body.contains(told), "whom it concerns is told");
    assert!(!demo.get("front_desk", "/").await.body.contains(told), "nobody else is");
    let act = async |account: &str, act: &str, more: &[(&str, &str)]| {
        demo.post(account, &format!("/cases/KK-202611-0001/acts/{act}"), more).await
    };
    let approval =
        [("deduction.amount", "30"), ("period.of", "2026-11-30"), ("deduction.within_ceiling", "yes"), ("note", "")];
    let early = act("office_manager", "deduction.approved", &approval).await;
    assert!(early.status == StatusCode::UNPROCESSABLE_ENTITY && early.body.contains("听取申辩"), "{}", early.body);
    let heard = act("technician", "deduction.heard", &[("note", "当时电话里说清楚了")]).await;
    assert_eq!(heard.status, StatusCode::SEE_OTHER, "{}", heard.body);
    assert!(!demo.get("technician", "/").await.body.contains(told), "heard once");
    let own = act("service_supervisor", "deduction.approved", &approval).await;
    assert_eq!(own.status, StatusCode::UNPROCESSABLE_ENTITY, "whoever proposes does not approve: {}", own.body);
    let done = act("office_manager", "deduction.approved", &approval).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let after = act("office_manager", "deduction.declined", &[("note", "算了")]).await;
    assert_eq!(after.status, StatusCode::UNPROCESSABLE_ENTITY, "settled once: {}", after.body);
    let list = demo.get("office_manager", "/registers/deductions").await.body;
    for part in ["赵大成", "30.00", "派单漏填工作要求", "当时电话里说清楚了"] {
        assert!(list.contains(part), "{part}: {list}");
    }
}

#[tokio::test]
async fn a_question_about_the_rules_is_answered_by_the_post_that_interprets_them() {
    let demo = Demo::founded_under(&["work-order"]).await;
    let asked = [("rulebook.asked", "工作单管理制度 第六条"), ("case.content", "口头拒接算不算上报")];
    let done = demo.post("technician", "/registers/rule_questions/new", &asked).await;
    assert_eq!(done.leads(), "/registers/rule_questions?new=YW-202611-0001", "{}", done.body);
    let answer = [("note", "不算，要报直接上级")];
    let path = "/cases/YW-202611-0001/acts/rulebook.interpreted";
    let no = demo.post("technician", path, &answer).await;
    assert_eq!(no.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", no.body);
    let done = demo.post("front_desk", path, &answer).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let list = demo.get("technician", "/registers/rule_questions").await.body;
    assert!(list.contains("口头拒接算不算上报") && list.contains("不算，要报直接上级"), "{list}");
}
