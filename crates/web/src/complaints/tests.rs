//! Complaints through the router: what the law refuses is said at the act with its clause; sheet, area, board, joined cases.

use axum::http::StatusCode;
use office::case::CaseKind;
use office::site::PostChange;

use crate::testing::{Demo, Shown};

const COMPLAINT: CaseKind = CaseKind::Complaint;

async fn act(demo: &Demo, account: &str, case: &str, act: &str, fields: &[(&str, &str)]) -> Shown {
    demo.pass(60);
    demo.post(account, &format!("/cases/{case}/acts/{act}"), fields).await
}

/// Refused, and each clause is linked.
fn refused(shown: &Shown, clauses: &[&str]) {
    assert_eq!(shown.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", shown.body);
    for clause in clauses {
        assert!(shown.body.contains(&format!("/rulebooks/{clause}")), "{clause}: {}", shown.body);
    }
}

fn done(shown: &Shown) {
    assert_eq!(shown.status, StatusCode::SEE_OTHER, "{}", shown.body);
}

#[tokio::test]
async fn nothing_is_closed_that_was_not_answered() {
    let demo = Demo::founded_under(&["complaint-6"]).await;
    let (case, _) = demo.register(COMPLAINT, "楼道两天没有打扫", &[]).await;
    let no = act(&demo, "front_desk", &case, "case.closed", &[("complaint.outcome", "solved")]).await;
    refused(&no, &["complaint-6/4.1.1c", "complaint-6/4.1.3c"]);
    assert!(no.body.contains("答复投诉人") && no.body.contains("首问人确认结果"));
    let page = demo.get("front_desk", &format!("/cases/{case}")).await;
    assert!(page.body.contains("现在不能做的") && page.body.contains("林小满"), "the first asked is named");
}

#[tokio::test]
async fn without_the_superiors_opinion_nobody_begins() {
    let demo = Demo::founded().await;
    let (case, _) = demo.register(COMPLAINT, "夜里岗亭没有人", &[("complaint.class", "first")]).await;
    demo.acts(
        &case,
        &[
            ("front_desk", "complaint.not_solved_on_spot", &[]),
            ("front_desk", "complaint.notified_superior_leader", &[]),
        ],
    )
    .await;
    refused(
        &act(&demo, "department_head", &case, "complaint.handling_started", &[]).await,
        &["complaint-instruction/4.2.1f"],
    );
    done(&act(&demo, "office_manager", &case, "complaint.superior_opinion", &[("note", "当日答复")]).await);
    done(&act(&demo, "department_head", &case, "complaint.handling_started", &[]).await);
}

#[tokio::test]
async fn an_opinion_is_signed_only_in_ones_own_area() {
    let demo = Demo::founded().await;
    let (case, _) = demo.register(COMPLAINT, "楼道灯不亮", &[("case.area", "甲区")]).await;
    let put = async |area: &str| {
        let change = PostChange {
            id: "front_desk".into(),
            name: "林小满".into(),
            posts: vec!["front_desk".into(), "area_staff".into()],
            area: area.into(),
            active: true,
            ..PostChange::default()
        };
        let sent = demo.sent("administrator", "administrator");
        demo.web.house.set_account(sent, change).await.expect("no fault").expect("not refused");
    };
    done(&act(&demo, "department_head", &case, "complaint.department_opinion", &[("note", "换灯")]).await);
    put("乙区").await;
    let no = act(&demo, "front_desk", &case, "complaint.area_signed", &[]).await;
    refused(&no, &["complaint-instruction/4.2.7b"]);
    put("甲区").await;
    done(&act(&demo, "front_desk", &case, "complaint.area_signed", &[]).await);
}

#[tokio::test]
async fn a_sheet_is_written_approved_and_printed_in_its_order() {
    let demo = Demo::founded_under(&["complaint-6"]).await;
    let (case, _) = demo.register(COMPLAINT, "维修没有按时到", &[]).await;
    let head = "department_head";
    refused(&act(&demo, head, &case, "complaint.verified", &[]).await, &["complaint-6/4.2.1a"]);
    let content = [("complaint.nonconformity", "约好九点，十一点才到")];
    refused(&act(&demo, head, &case, "complaint.sheet_content_written", &content).await, &["complaint-6/4.2.3a"]);
    done(&act(&demo, head, &case, "complaint.verified", &[("complaint.verification", "true")]).await);
    done(&act(&demo, head, &case, "complaint.sheet_content_written", &content).await);
    let measure = [
        ("complaint.measure", "派单后十分钟联系业户"),
        ("complaint.analysis", "派单漏了"),
        ("case.person", "赵大成"),
        ("complaint.meeting_needed", "no"),
    ];
    done(&act(&demo, head, &case, "complaint.sheet_measure_written", &measure).await);
    let executed = [("note", "已照办")];
    refused(&act(&demo, head, &case, "complaint.measure_executed", &executed).await, &["complaint-6/4.2.2d"]);
    refused(&act(&demo, "office_manager", &case, "complaint.sheet_approved", &[]).await, &["complaint-6/4.3a"]);
    let limit = [("complaint.sheet_limit", "2026-11-18T18:00")];
    done(&act(&demo, "office_manager", &case, "complaint.sheet_approved", &limit).await);
    done(&act(&demo, head, &case, "complaint.measure_executed", &executed).await);
    let print = demo.get("office_manager", "/forms/BH-202611-0001/print").await;
    for part in ["不合格品/服务记录处理单", "约好九点", "派单后十分钟", "2026-11-18 18:00", "已照办"]
    {
        assert!(print.body.contains(part), "{part}");
    }
    let page = demo.get("office_manager", &format!("/cases/{case}")).await;
    assert!(page.body.contains("审批处理单，限期 2026-11-18 18:00"), "the sentence tells the limit");
    assert!(page.body.contains("不合格处理单 "), "acts stand by stage");
}

#[tokio::test]
async fn the_company_meets_in_the_right_company() {
    let demo = Demo::founded_under(&["complaint-6"]).await;
    let (case, _) = demo.register(COMPLAINT, "外墙渗水", &[("complaint.level", "company")]).await;
    let form = demo.get("office_manager", &format!("/cases/{case}/acts/complaint.meeting_held")).await;
    assert!(form.body.contains("还有谁在场") && form.body.contains("value=\"department_head\""));
    let met = [("complaint.attendees", "经理、部门"), ("present", "department_head")];
    refused(&act(&demo, "office_manager", &case, "complaint.meeting_held", &met).await, &["complaint-6/4.2.4b"]);
}

#[tokio::test]
async fn the_board_shows_stages_and_what_comes_back() {
    let demo = Demo::founded().await;
    let (case, number) = demo.register(COMPLAINT, "楼道没有打扫", &[("complaint.severity", "major")]).await;
    for words in ["楼道又没有打扫", "楼道还是没有打扫"] {
        demo.register(COMPLAINT, words, &[]).await;
    }
    let board = demo.get("front_desk", "/complaints").await;
    for part in ["受理归类 <span class=\"dim\">3</span>", "重大", "还没有人负责", &number] {
        assert!(board.body.contains(part), "{part}: {}", board.body);
    }
    done(&act(&demo, "department_head", &case, "complaint.verified", &[("complaint.verification", "true")]).await);
    let board = demo.get("front_desk", "/complaints?severity=major").await;
    assert!(board.body.contains("处理 <span class=\"dim\">1</span>") && !board.body.contains("受理归类 <span"));
    let again = demo.get("front_desk", "/complaints/recurring").await;
    assert!(again.body.contains("同一户") && again.body.contains("/cases?kind=complaint&amp;household=3-2-501"));
    let list = demo.get("front_desk", "/cases?kind=complaint&place=3-2-501").await;
    assert!(list.body.contains(&number) && list.body.contains("楼道又没有打扫"));
    assert!(!demo.get("front_desk", "/cases?place=3-2-502").await.body.contains(&number));
}

#[tokio::test]
async fn one_matter_of_two_households_is_one_with_both_kept() {
    let demo = Demo::founded().await;
    let (first, number) = demo.register(COMPLAINT, "电梯晃动", &[]).await;
    let (second, other) = demo.register(COMPLAINT, "电梯门夹人", &[]).await;
    let joins = [("complaint.merged_into", number.as_str())];
    done(&act(&demo, "front_desk", &second, "complaint.recorded", &joins).await);
    let page = demo.get("front_desk", &format!("/cases/{first}")).await;
    assert!(page.body.contains("并入的 1 件") && page.body.contains(&other));
    let page = demo.get("front_desk", &format!("/cases/{second}")).await;
    assert!(page.body.contains("相关事项") && page.body.contains(&number));
}

#[tokio::test]
async fn how_to_sort_stands_beside_the_choice() {
    let demo = Demo::founded_under(&["convenience"]).await;
    let (case, _) = demo.register(COMPLAINT, "楼上漏水", &[]).await;
    let path = format!("/cases/{case}/acts/complaint.sorted");
    let form = demo.get("front_desk", &path).await;
    for part in ["怎样判定", "高空抛物", "有效投诉", "过高要求", "/rulebooks/convenience/4.3.2.1"] {
        assert!(form.body.contains(part), "{part}");
    }
    let lower = [("complaint.sorting_ground", "lower_fee"), ("complaint.in_contract", "yes")];
    refused(&act(&demo, "front_desk", &case, "complaint.sorted", &lower).await, &["convenience/4.3.3.2"]);
    done(&act(&demo, "front_desk", &case, "complaint.sorted", &[("complaint.sorting_ground", "overcharging")]).await);
}

#[tokio::test]
async fn a_loss_that_counts_takes_the_sheet_to_the_representative() {
    let demo = Demo::founded_under(&["complaint-6"]).await;
    let (case, _) = demo.register(COMPLAINT, "漏水泡了地板", &[("complaint.level", "office")]).await;
    let (head, manager) = ("department_head", "office_manager");
    done(&act(&demo, head, &case, "complaint.verified", &[("complaint.verification", "true")]).await);
    let content = [("complaint.nonconformity", "水管没有修好，地板泡坏")];
    done(&act(&demo, head, &case, "complaint.sheet_content_written", &content).await);
    done(&act(&demo, manager, &case, "case.loss_assessed", &[("case.loss", "500.00")]).await);
    let measure = [
        ("complaint.measure", "换水管，赔地板"),
        ("case.person", "吴工"),
        ("complaint.meeting_needed", "yes"),
        ("complaint.sheet_limit", "2026-11-20T18:00"),
    ];
    done(&act(&demo, head, &case, "complaint.sheet_measure_written", &measure).await);
    refused(
        &act(&demo, manager, &case, "complaint.sheet_approved", &[]).await,
        &["complaint-6/4.2.5a", "complaint-6/4.2.5d"],
    );
    let no = act(&demo, manager, &case, "complaint.sheet_submitted", &[]).await;
    refused(&no, &["complaint-6/4.2.5d"]);
    let met =
        [("complaint.attendees", "经理、工程部"), ("complaint.analysis", "接头老化"), ("complaint.measure", "换管")];
    done(&act(&demo, manager, &case, "complaint.meeting_held", &met).await);
    done(&act(&demo, manager, &case, "complaint.sheet_measure_written", &measure).await);
    done(&act(&demo, manager, &case, "complaint.sheet_submitted", &[]).await);
    done(&act(&demo, manager, &case, "complaint.sheet_approved", &[]).await);
    let executed = [("note", "已换管")];
    refused(&act(&demo, head, &case, "complaint.measure_executed", &executed).await, &["complaint-6/4.2.5b"]);
}

#[tokio::test]
async fn a_promise_beyond_three_days_wants_an_approval() {
    let demo = Demo::founded_under(&["convenience"]).await;
    let (case, _) = demo.register(COMPLAINT, "草坪枯了", &[]).await;
    done(&act(&demo, "department_head", &case, "case.unit_received", &[]).await);
    let late = [("case.promised_time", "2026-11-25T10:00")];
    refused(&act(&demo, "department_head", &case, "case.promised", &late).await, &["convenience/5.2f"]);
    done(&act(&demo, "office_manager", &case, "case.extension_approved", &[("case.reason", "等草皮到货")]).await);
    done(&act(&demo, "department_head", &case, "case.promised", &late).await);
}

#[tokio::test]
async fn an_emergency_ends_with_its_form_and_a_slip_goes_out_with_its_number() {
    let demo = Demo::founded_under(&["service-office", "office-systems"]).await;
    let (case, _) = demo.register(CaseKind::Alarm, "车库冒烟", &[]).await;
    done(&act(&demo, "front_desk", &case, "incident.reported", &[("incident.kind", "fire")]).await);
    refused(&act(&demo, "front_desk", &case, "incident.controlled", &[]).await, &["service-office/2(1)e"]);
    refused(
        &act(&demo, "front_desk", &case, "incident.closed", &[]).await,
        &["service-office/2(1)f", "service-office/2(1)g"],
    );
    let form = [
        ("incident.kind", "fire"),
        ("complaint.course", "断电扑灭"),
        ("incident.cause", "接头松动"),
        ("complaint.analysis", "没有测温"),
    ];
    done(&act(&demo, "front_desk", &case, "incident.form_written", &form).await);
    refused(&act(&demo, "office_manager", &case, "incident.form_approved", &[]).await, &["service-office/2(1)h"]);
    done(&act(&demo, "front_desk", &case, "incident.closed", &[]).await);
    let print = demo.get("front_desk", "/forms/TF-202611-0001/print").await;
    assert!(print.body.contains("突发事件处理表") && print.body.contains("接头松动"));
    let (case, _) = demo.register(COMPLAINT, "电梯噪声", &[]).await;
    done(&act(&demo, "front_desk", &case, "complaint_slip.written", &[("case.department", "工程部")]).await);
    let page = demo.get("front_desk", &format!("/cases/{case}")).await;
    assert!(page.body.contains("CL-202611-0001"));
}

#[tokio::test]
async fn the_desk_joins_a_complaint_to_the_one_that_is_open() {
    let demo = Demo::founded().await;
    let (first, number) = demo.register(COMPLAINT, "电梯晃动", &[]).await;
    let fields = [
        ("kind", "complaint"),
        ("household", "3-2-502"),
        ("words", "电梯门夹人"),
        ("linked_case", first.as_str()),
        ("do", "save"),
    ];
    done(&demo.post("front_desk", "/desk", &fields).await);
    let page = demo.get("front_desk", &format!("/cases/{number}")).await;
    assert!(page.body.contains("并入的 1 件") && page.body.contains("TS-202611-0002"), "{}", page.body);
}

#[tokio::test]
async fn two_signs_of_whatever_was_written_find_a_complaint() {
    let demo = Demo::founded().await;
    let (case, number) = demo.register(COMPLAINT, "电梯夜里噪声大", &[("complaint.class", "second")]).await;
    demo.register(COMPLAINT, "楼道两天没有打扫", &[("complaint.class", "second")]).await;
    for (account, name, fields) in [
        ("department_head", "complaint.department_opinion", &[("note", "曳引轮偏磨，周内停梯校正")][..]),
        ("department_head", "complaint.resolved", &[("complaint.result", "导轨已校，换了减震垫")]),
        ("front_desk", "complaint.replied", &[("note", "已告诉业主夜间安静了")]),
        (
            "front_desk",
            "complaint.handling_recorded",
            &[("complaint.course", "停梯两次"), ("complaint.result", "静了"), ("complaint.analysis", "保养漏项")],
        ),
    ] {
        done(&act(&demo, account, &case, name, fields).await);
    }
    for words in ["噪声", "偏磨", "导轨", "安静", "停梯", "漏项", "业主夜间"] {
        for page in ["/cases", "/registers/complaint_register"] {
            let found = demo.get("front_desk", &format!("{page}?q={}", crate::page::escaped(words))).await.body;
            assert!(found.contains(&number) && !found.contains("没有打扫"), "{words} on {page}: {found}");
        }
    }
    let none = demo.get("front_desk", &format!("/cases?q={}", crate::page::escaped("second"))).await.body;
    assert!(!none.contains(&number), "signs of the program are no words");
}

#[tokio::test]
async fn what_a_visit_hears_leads_to_a_matter_before_it_is_filed() {
    let demo = Demo::founded_under(&["customer-info"]).await;
    let (_, number) = demo.register(COMPLAINT, "楼道灯坏了没人管", &[]).await;
    let topic = demo.post("service_supervisor", "/registers/topic/new", &[("case.content", "楼道灯常坏")]).await;
    let topic = topic.leads().split("new=").nth(1).expect("a number").to_owned();
    let heard = [("customer.opinion", "想换耐用的灯"), ("note", "上门看过")];
    done(&act(&demo, "service_supervisor", &topic, "customer.visited", &heard).await);
    done(&act(&demo, "service_supervisor", &topic, "case.closed", &[]).await);
    refused(&act(&demo, "archive", &topic, "case.filed", &[]).await, &["customer-info/4.6"]);
    done(&act(&demo, "service_supervisor", &topic, "case.reopened", &[("note", "补写关联")]).await);
    let linked = [heard[0], heard[1], ("customer.linked_case", number.as_str())];
    done(&act(&demo, "service_supervisor", &topic, "customer.visited", &linked).await);
    done(&act(&demo, "service_supervisor", &topic, "case.closed", &[]).await);
    done(&act(&demo, "archive", &topic, "case.filed", &[]).await);

    // Whoever has nothing to say is called on, and that is it.
    let topic = demo.post("service_supervisor", "/registers/topic/new", &[("case.content", "门厅灯暗")]).await;
    let topic = topic.leads().split("new=").nth(1).expect("a number").to_owned();
    let content = [("customer.opinion", "无"), ("note", "都满意")];
    done(&act(&demo, "service_supervisor", &topic, "customer.visited", &content).await);
    done(&act(&demo, "service_supervisor", &topic, "case.closed", &[]).await);
    done(&act(&demo, "archive", &topic, "case.filed", &[]).await);
}

#[tokio::test]
async fn telling_the_result_says_in_which_way() {
    let demo = Demo::founded_under(&["customer-info"]).await;
    let (case, _) = demo.register(COMPLAINT, "楼道灯坏了没人管", &[]).await;
    let form = demo.get("front_desk", &format!("/cases/{case}/acts/complaint.replied")).await.body;
    assert!(form.split("不常用的").next().is_some_and(|open| open.contains("case.reply_way")), "{form}");
    let gaps = async || {
        let page = demo.web.house.case_page(1, case.clone(), demo.actor("front_desk"), demo.now(), false).await;
        format!("{:?}", page.expect("no fault").expect("it exists").derived.gaps)
    };
    done(&act(&demo, "front_desk", &case, "complaint.replied", &[("note", "灯换好了")]).await);
    assert!(gaps().await.contains("case.reply_way"), "{}", gaps().await);
    let told = [("note", "灯换好了"), ("case.reply_way", "电话")];
    done(&act(&demo, "front_desk", &case, "complaint.replied", &told).await);
    assert!(!gaps().await.contains("case.reply_way"), "{}", gaps().await);
}

#[tokio::test]
async fn a_third_reminder_makes_it_a_valid_complaint() {
    let demo = Demo::founded_under(&["convenience"]).await;
    let (case, _) = demo.register(COMPLAINT, "路灯还没修", &[]).await;
    let owed = async || {
        let page = demo.web.house.case_page(1, case.clone(), demo.actor("front_desk"), demo.now(), false).await;
        let derived = page.expect("no fault").expect("it exists").derived;
        derived.obligations.iter().any(|it| it.must == ["complaint.opened_as_valid"] && it.ended.is_none())
    };
    for third in [false, false, true] {
        demo.pass(700);
        done(&act(&demo, "front_desk", &case, "case.chased", &[("note", "来电问")]).await);
        // Half a minute later the same caller asks again: that is no other reminder.
        demo.pass(30);
        done(&demo.post("front_desk", &format!("/cases/{case}/acts/case.chased"), &[("note", "又问")]).await);
        assert_eq!(owed().await, third);
    }
}
