//! Warranty, developer's orders, suppliers, contracts and services against payment through the router, from start to finish.

use axum::http::StatusCode;
use jiff::civil::{Date, date};
use office::case::CaseKind;
use office::household::{LedgerPerson, LedgerRow, Room};
use office::site::PostChange;

use crate::testing::{Demo, Shown};

const STROKES: &str = "M10 10L300 120L580 60";
const DAY: i64 = 86_400;

/// The unit 3-2-501 was handed over on this day.
async fn handed_over(demo: &Demo, day: Date) {
    let person =
        LedgerPerson { name: "单晓演".into(), phones: vec!["13800000001".into()], ..LedgerPerson::default() };
    let row = LedgerRow {
        room: Room::of_parts("", "3栋", "2单元", "501"),
        handover: Some(day),
        people: vec![person],
        ..LedgerRow::default()
    };
    let sent = demo.sent("administrator", "administrator");
    demo.web.house.import_households(sent, vec![row]).await.expect("no fault").expect("not refused");
}

async fn account(demo: &Demo, post: &str) {
    let change = PostChange {
        id: post.into(),
        name: "严保".into(),
        posts: vec![post.into()],
        active: true,
        ..PostChange::default()
    };
    let sent = demo.sent("administrator", "administrator");
    demo.web.house.set_account(sent, change).await.expect("no fault").expect("not refused");
}

async fn act(demo: &Demo, who: &str, case: &str, act: &str, fields: &[(&str, &str)]) -> Shown {
    demo.pass(60);
    demo.post(who, &format!("/cases/{case}/acts/{act}"), fields).await
}

async fn done(demo: &Demo, who: &str, case: &str, name: &str, fields: &[(&str, &str)]) {
    let done = act(demo, who, case, name, fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{name}: {}", done.body);
}

async fn refused(demo: &Demo, who: &str, case: &str, name: &str, fields: &[(&str, &str)], why: &str) {
    let no = act(demo, who, case, name, fields).await;
    assert_eq!(no.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}: {}", no.body);
    assert!(no.body.contains(why), "{name}: {why}: {}", no.body);
}

async fn begun(demo: &Demo, who: &str, register: &str, fields: &[(&str, &str)]) -> String {
    demo.pass(60);
    let done = demo.post(who, &format!("/registers/{register}/new"), fields).await;
    let number = done.leads().split("new=").nth(1).map(str::to_owned);
    number.unwrap_or_else(|| panic!("{register} is not begun: {}", done.body))
}

/// A repair under warranty with its developer's order.
async fn ordered() -> (Demo, String, String) {
    let demo = Demo::founded().await;
    handed_over(&demo, date(2025, 3, 1)).await;
    let (repair, number) = demo.repair("厨房水龙头滴水").await;
    let filled = [
        ("case", number.as_str()),
        ("place", "3-2-501"),
        ("defect.party", "演示建设公司"),
        ("repair.part", "给排水管道"),
        ("case.content", "厨房水龙头滴水"),
        ("defect.promised", "2026-11-20"),
    ];
    let order = begun(&demo, "front_desk", "defect_orders", &filled).await;
    (demo, repair, order)
}

#[tokio::test]
async fn a_repair_says_whether_it_is_under_warranty_and_until_when() {
    let demo = Demo::founded().await;
    let (repair, _) = demo.repair("厨房水龙头滴水").await;
    let page = demo.get("front_desk", &format!("/cases/{repair}")).await.body;
    assert!(page.contains("台账里没有交付日期") && page.contains("保修待认定"), "{page}");
    for (day, says) in [
        (
            date(2024, 11, 16),
            "保修期内</span> <b>给排水管道</b> <span class=\"small\">2024-11-16 交付，保 2 年，到 2026-11-16",
        ),
        (
            date(2024, 11, 15),
            "已过保修期</span> <b>给排水管道</b> <span class=\"small\">2024-11-15 交付，保 2 年，2026-11-15 已到期",
        ),
    ] {
        handed_over(&demo, day).await;
        let page = demo.get("front_desk", &format!("/cases/{repair}")).await.body;
        assert!(page.contains(says), "{says}: {page}");
        let job = demo.get("technician", &format!("/jobs/{repair}")).await.body;
        assert!(job.contains(says), "{says}: {job}");
    }
    let home = demo.web.house.desk_search(1, "3-2-501".into()).await.expect("no fault").remove(0).id;
    let asked = [("words", "厨房水龙头滴水"), ("household", home.as_str()), ("kind", "repair")];
    let desk = demo.post("front_desk", "/desk/preview", &asked).await.body;
    assert!(desk.contains("已过保修期") && desk.contains("2026-11-15 已到期"), "{desk}");
    // What the office sets anew holds for what is told from then on.
    let terms = [("name", "各部位保修期"), ("value", "水：3 年：水龙头\r\n电：2 年：灯；\r\n")];
    demo.pass(60);
    assert_eq!(demo.post("office_manager", "/settings", &terms).await.status, StatusCode::SEE_OTHER);
    demo.pass(60);
    let desk = demo.post("front_desk", "/desk/preview", &asked).await.body;
    assert!(desk.contains("保修期内") && desk.contains("到 2027-11-15"), "{desk}");
    let page = demo.get("front_desk", &format!("/cases/{repair}")).await.body;
    assert!(page.contains("2026-11-15 已到期"), "an older repair keeps its terms: {page}");
    let wrong = [("name", "各部位保修期"), ("value", "水：三年：水龙头")];
    let no = demo.post("office_manager", "/settings", &wrong).await;
    assert!(no.status == StatusCode::UNPROCESSABLE_ENTITY && no.body.contains("没有写成"), "{}", no.body);
}

#[tokio::test]
async fn a_developers_order_is_chased_each_week_and_ends_with_the_residents_signature() {
    let (demo, repair, order) = ordered().await;
    assert_eq!(order, "BX-202611-0001");
    let page = demo.get("front_desk", &format!("/cases/{repair}")).await.body;
    assert!(page.contains("已交责任单位") && page.contains(&order), "the repair shows its order: {page}");
    assert!(!page.contains("/registers/defect_orders/new"), "it has one");
    let again = [
        ("case", "WX-202611-0001"),
        ("defect.party", "演示建设公司"),
        ("repair.part", "给排水管道"),
        ("case.content", "又一张"),
    ];
    let no = demo.post("front_desk", "/registers/defect_orders/new", &again).await;
    assert!(no.status == StatusCode::UNPROCESSABLE_ENTITY && no.body.contains("没有办完的返修单"), "{}", no.body);
    done(&demo, "front_desk", &order, "defect.sent", &[]).await;
    assert!(!demo.get("front_desk", "/").await.body.contains("催办责任单位"), "not due yet");
    demo.pass(7 * DAY);
    let home = demo.get("front_desk", "/").await.body;
    for part in ["按期跟进", "去办理", "催办责任单位", "告知住户进展", &order] {
        assert!(home.contains(part), "{part}: {home}");
    }
    assert!(!demo.get("technician", "/").await.body.contains("催办责任单位"), "not theirs");
    assert!(!home.contains("暂无待办"), "there is something to do: {home}");
    done(&demo, "front_desk", &order, "defect.chased", &[("note", "说等配件"), ("defect.promised", "2026-11-30")])
        .await;
    done(&demo, "front_desk", &order, "defect.resident_told", &[("note", "配件月底到")]).await;
    let told = demo.get("front_desk", &format!("/cases/{repair}/read-out")).await.body;
    assert!(told.contains("已交演示建设公司返修") && told.contains("对方答应 2026-11-30 以前修完"), "{told}");
    assert!(!demo.get("front_desk", "/").await.body.contains("催办责任单位"), "a week from now again");
    let list = demo.get("front_desk", "/registers/defect_orders").await.body;
    for part in [order.as_str(), "演示建设公司", "2026-11-30", "2027-03-01", "下次催办"] {
        assert!(list.contains(part), "{part}: {list}");
    }
    let csv = demo.get("office_manager", "/registers/defect_orders?as=csv").await.body;
    assert!(
        csv.contains("下次催办") && csv.contains(",2026-11-30,7,1,2026-11-30,2026-11-30,"),
        "days, times, next: {csv}"
    );

    let sign = [("way", "drawn"), ("signature", STROKES), ("signer", "单晓演")];
    refused(&demo, "technician", &order, "defect.recheck_passed", &sign, "责任单位修完").await;
    refused(&demo, "front_desk", &order, "case.closed", &[], "还没有复验合格").await;
    done(&demo, "front_desk", &order, "defect.work_done", &[("note", "换了阀芯")]).await;
    done(&demo, "technician", &order, "defect.recheck_failed", &[("note", "还滴")]).await;
    refused(&demo, "technician", &order, "defect.recheck_passed", &sign, "责任单位修完").await;
    done(&demo, "front_desk", &order, "defect.chased", &[("note", "明天再来")]).await;
    done(&demo, "front_desk", &order, "defect.work_done", &[("note", "换了整只龙头")]).await;
    refused(&demo, "technician", &order, "defect.recheck_passed", &[], "签").await;
    done(&demo, "technician", &order, "defect.recheck_passed", &sign).await;
    let home = demo.get("front_desk", "/").await.body;
    assert!(home.contains(&format!("/cases/{repair}/acts/case.closed")), "the repair waits for its end: {home}");
    let page = demo.get("front_desk", &format!("/cases/{repair}")).await.body;
    assert!(page.contains(&format!("返修单 {order} 复验合格，可以结案")), "{page}");
    done(&demo, "front_desk", &order, "case.closed", &[]).await;
    demo.act("front_desk", &repair, "case.closed", &[]).await;
    assert!(!demo.get("front_desk", "/").await.body.contains(&format!("/cases/{repair}/acts/case.closed")));
    demo.pass(30 * DAY);
    assert!(!demo.get("front_desk", "/").await.body.contains("催办责任单位"), "it has ended");
    let print = demo.get("front_desk", &format!("/forms/{order}/print")).await.body;
    for part in ["返修单", "第三联 住户（复验凭据）", "换了整只龙头", "还滴", "演示建设公司", "单晓演"]
    {
        assert!(print.contains(part), "{part}: {print}");
    }
}

#[tokio::test]
async fn a_wide_effect_is_reported_in_writing_and_fed_back_by_the_warranty_office() {
    let (demo, _, order) = ordered().await;
    account(&demo, "warranty_office").await;
    done(&demo, "office_manager", &order, "complaint.large_effect_found", &[("note", "一梯六户都漏")]).await;
    let page = demo.get("warranty_office", &format!("/cases/{order}")).await.body;
    assert!(page.contains("/acts/complaint.written_report") && page.contains("complaint-instruction/4.2.6"), "{page}");
    done(&demo, "front_desk", &order, "defect.work_done", &[("note", "换了立管")]).await;
    let sign = [("way", "drawn"), ("signature", STROKES), ("signer", "单晓演")];
    done(&demo, "technician", &order, "defect.recheck_passed", &sign).await;
    let early = [("complaint.course", "x"), ("complaint.result", "x"), ("complaint.analysis", "x")];
    refused(&demo, "front_desk", &order, "complaint.handling_recorded", &early, "处理完毕").await;
    done(&demo, "office_manager", &order, "complaint.resolved", &[("complaint.result", "六户都修好")]).await;
    let recorded =
        [("complaint.course", "换立管"), ("complaint.result", "六户都修好"), ("complaint.analysis", "接头开裂")];
    done(&demo, "front_desk", &order, "complaint.handling_recorded", &recorded).await;
    let close = [("complaint.outcome", "solved")];
    refused(&demo, "front_desk", &order, "case.closed", &close, "4.2.6e").await;
    done(&demo, "warranty_office", &order, "complaint.written_report", &[("note", "报公司工程部")]).await;
    done(&demo, "warranty_office", &order, "complaint.result_fed_back", &[("note", "六户都修好")]).await;
    done(&demo, "front_desk", &order, "case.closed", &close).await;
}

#[tokio::test]
async fn out_of_warranty_goes_to_paid_service_with_the_reason_told() {
    let demo = Demo::founded().await;
    handed_over(&demo, date(2021, 6, 18)).await;
    let (repair, number) = demo.repair("厨房水龙头滴水").await;
    let page = demo.get("front_desk", &format!("/cases/{repair}")).await.body;
    assert!(page.contains("/acts/repair.warranty_end_told?") && !page.contains("defect_orders/new"), "{page}");
    let judged = [("repair.part", "给排水管道"), ("repair.in_warranty", "no"), ("repair.warranty_until", "2023-06-18")];
    done(&demo, "front_desk", &repair, "repair.warranty_judged", &judged).await;
    let order = [
        ("case", number.as_str()),
        ("defect.party", "演示建设公司"),
        ("repair.part", "给排水管道"),
        ("case.content", "滴水"),
    ];
    let no = demo.post("front_desk", "/registers/defect_orders/new", &order).await;
    assert!(no.status == StatusCode::UNPROCESSABLE_ENTITY && no.body.contains("已经认定过了保修期"), "{}", no.body);
    refused(
        &demo,
        "front_desk",
        &repair,
        "repair.warranty_end_told",
        &[("repair.service_kind", "paid_repair")],
        "说明",
    )
    .await;
    let told = [("repair.service_kind", "paid_repair"), ("note", "2021-06-18 交付，保 2 年，已到期")];
    done(&demo, "front_desk", &repair, "repair.warranty_end_told", &told).await;
    let page = demo.get("front_desk", &format!("/cases/{repair}")).await.body;
    assert!(page.contains("告知业户过了保修期，转有偿维修") && page.contains("已认定"), "{page}");
}

#[tokio::test]
async fn a_supplier_is_chosen_only_while_it_is_fit() {
    let demo = Demo::founded().await;
    let filled =
        [("supplier.name", "演示保洁公司"), ("supplier.trade", "家政"), ("supplier.licence_until", "2026-12-10")];
    assert_eq!(
        demo.post("technician", "/registers/suppliers/new", &filled).await.status,
        StatusCode::FORBIDDEN,
        "not theirs"
    );
    let supplier = begun(&demo, "service_supervisor", "suppliers", &filled).await;
    let (service, _) = demo.register(CaseKind::Service, "请人擦窗", &[("case.request_kind", "indoor_cleaning")]).await;
    let choose = [("supplier.number", supplier.as_str())];
    refused(&demo, "front_desk", &service, "supplier.chosen", &choose, "还没有评价").await;
    refused(&demo, "front_desk", &service, "supplier.chosen", &[("supplier.number", "GF-1")], "没有编号为").await;
    let assess = |verdict| [("supplier.occasion", "first"), ("supplier.score", "60"), ("supplier.verdict", verdict)];
    done(&demo, "service_supervisor", &supplier, "supplier.assessed", &assess("unqualified")).await;
    refused(&demo, "front_desk", &service, "supplier.chosen", &choose, "评价为不合格").await;
    let form = demo.get("front_desk", &format!("/cases/{service}/acts/supplier.chosen")).await.body;
    assert!(form.contains("不能选：评价为不合格"), "{form}");
    done(&demo, "service_supervisor", &supplier, "supplier.assessed", &assess("qualified")).await;
    done(&demo, "front_desk", &service, "supplier.chosen", &choose).await;
    let page = demo.get("front_desk", &format!("/cases/{service}")).await.body;
    assert!(page.contains("选用供方演示保洁公司"), "{page}");
    assert!(demo.get("service_supervisor", "/").await.body.contains("供方换证"), "within thirty days of its end");
    demo.pass(25 * DAY);
    refused(&demo, "front_desk", &service, "supplier.chosen", &choose, "证照已经过期").await;
    done(
        &demo,
        "service_supervisor",
        &supplier,
        "supplier.licence_renewed",
        &[("supplier.licence_until", "2029-12-10")],
    )
    .await;
    done(&demo, "front_desk", &service, "supplier.chosen", &choose).await;
    done(&demo, "service_supervisor", &supplier, "supplier.struck_off", &[("note", "多次迟到")]).await;
    refused(&demo, "front_desk", &service, "supplier.chosen", &choose, "已经除名").await;
    let list = demo.get("service_supervisor", "/registers/suppliers").await.body;
    assert!(list.contains("演示保洁公司") && list.contains("合格") && list.contains("2029-12-10"), "{list}");
}

#[tokio::test]
async fn a_contract_is_followed_up_in_its_middle_and_after_its_end() {
    let demo = Demo::founded().await;
    let filled = [
        ("place", "3-2-501"),
        ("name", "单晓演"),
        ("phone", "13800000001"),
        ("case.content", "每周上门保洁一次"),
        ("service.starts_on", "2026-11-16"),
        ("service.ends_on", "2026-12-15"),
        ("service.fee", "360"),
        ("service.fee_per", "monthly"),
    ];
    let mut wrong = filled;
    wrong[5].1 = "2026-11-15";
    let no = demo.post("front_desk", "/registers/service_contracts/new", &wrong).await;
    assert!(no.status == StatusCode::UNPROCESSABLE_ENTITY && no.body.contains("合同结束早于合同开始"), "{}", no.body);
    let contract = begun(&demo, "front_desk", "service_contracts", &filled).await;
    assert_eq!(contract, "TY-202611-0001");
    let page = demo.get("front_desk", &format!("/cases/{contract}")).await.body;
    assert!(
        page.contains("/acts/follow_up.midterm_done") && page.contains("followup-9/4.1.1%283%29a")
            || page.contains("4.1.1(3)a"),
        "{page}"
    );
    demo.pass(12 * DAY);
    let asked = [
        ("follow_up.method", "phone"),
        ("follow_up.satisfaction", "satisfied"),
        ("way", "phone"),
        ("signer", "单晓演"),
        ("signer_phone", "13800000001"),
    ];
    let mut unhappy = asked;
    unhappy[1].1 = "dissatisfied";
    done(&demo, "front_desk", &contract, "follow_up.midterm_done", &unhappy).await;
    refused(&demo, "front_desk", &contract, "case.closed", &[], "还没有处理到满意").await;
    let id = demo.web.house.case(1, contract.clone()).await.expect("no fault").expect("there").id;
    let next = |act: &str| format!("/cases/{id}/acts/{act}");
    let home = demo.get("front_desk", "/").await.body;
    assert!(home.contains(&next("follow_up.rework_done")), "it is to be put right: {home}");
    done(&demo, "front_desk", &contract, "follow_up.rework_done", &[("note", "换了保洁员")]).await;
    let home = demo.get("front_desk", "/").await.body;
    assert!(home.contains(&next("follow_up.midterm_done")) && !home.contains(&next("follow_up.rework_done")), "{home}");
    done(&demo, "front_desk", &contract, "follow_up.midterm_done", &asked).await;
    assert!(!demo.get("front_desk", "/").await.body.contains(&next("follow_up.midterm_done")), "satisfied now");
    let early = [("service.end_reason", "expired")];
    refused(&demo, "front_desk", &contract, "service.contract_ended", &early, "才期满").await;
    refused(&demo, "front_desk", &contract, "follow_up.end_done", &asked, "特约服务结束").await;
    demo.pass(18 * DAY);
    assert!(demo.get("front_desk", "/").await.body.contains("特约服务结束"), "it has run out");
    done(&demo, "front_desk", &contract, "service.contract_ended", &early).await;
    let owed = demo.web.house.case_page(1, contract.clone(), demo.actor("front_desk"), demo.now(), false).await;
    let owed = owed.expect("no fault").expect("there").derived.obligations;
    let of = |act: &str| {
        owed.iter().filter(|it| it.must.iter().any(|must| must == act)).map(|it| it.state).collect::<Vec<_>>()
    };
    assert_eq!(of("follow_up.midterm_done"), [rulebook::State::Met]);
    assert_eq!(of("follow_up.end_done"), [rulebook::State::Open]);
    done(&demo, "front_desk", &contract, "follow_up.end_done", &asked).await;
    done(&demo, "front_desk", &contract, "case.closed", &[]).await;
    let page = demo.get("front_desk", &format!("/cases/{contract}")).await.body;
    let renew = page.split("href=\"/registers/service_contracts/new?").nth(1).and_then(|it| it.split('"').next());
    let renew = renew.expect("it can be renewed").replace("&amp;", "&");
    assert!(renew.contains("service.starts_on=2026-12-16") && renew.contains("service.fee=360"), "{renew}");
    let form = demo.get("front_desk", &format!("/registers/service_contracts/new?{renew}")).await.body;
    assert!(form.contains("每周上门保洁一次") && form.contains("3-2-501"), "{form}");
    let again = [
        ("case", contract.as_str()),
        ("place", "3-2-501"),
        ("case.content", "每周上门保洁一次"),
        ("service.starts_on", "2026-12-16"),
        ("service.fee", "360"),
        ("service.fee_per", "monthly"),
    ];
    let renewed = begun(&demo, "front_desk", "service_contracts", &again).await;
    let page = demo.get("front_desk", &format!("/cases/{renewed}")).await.body;
    assert!(page.contains(&contract) && page.contains("单**"), "with the same customer: {page}");
    let print = demo.get("front_desk", &format!("/forms/{contract}/print")).await.body;
    for part in ["特约服务单", "每周上门保洁一次", "360.00", "2026-12-15", "每月"] {
        assert!(print.contains(part), "{part}: {print}");
    }
}

#[tokio::test]
async fn a_service_against_payment_goes_from_the_price_list_to_the_slip() {
    let demo = Demo::founded().await;
    let sample = courier::prices::sample().expect("made");
    demo.upload("finance", "/prices/upload", "标准.xlsx", &sample, &[]).await;
    demo.post("finance", "/prices/import", &[]).await;
    let item = format!("qty-{}", journal::house::price_id("水电", "更换插座、开关"));
    let (service, _) = demo.register(CaseKind::Service, "阳台装两个插座面板", &[]).await;
    let quote = demo.get("front_desk", &format!("/cases/{service}/quote")).await.body;
    assert!(quote.contains(&item) && !quote.contains("报主管评审"), "{quote}");
    let quoted = demo.post("front_desk", &format!("/cases/{service}/quote"), &[(&item, "2")]).await;
    assert_eq!(quoted.status, StatusCode::SEE_OTHER, "{}", quoted.body);
    let form = demo.get("front_desk", &format!("/cases/{service}/acts/case.paid_service_arranged")).await.body;
    let total = form.split("name=\"case.agreed_price\"").nth(1).and_then(|it| it.split("value=\"").nth(1));
    let total = total.and_then(|it| it.split('"').next()).expect("the total is filled in").to_owned();
    let wrong = [("case.agreed_price", "1"), ("case.price_accepted", "yes")];
    refused(&demo, "front_desk", &service, "case.paid_service_arranged", &wrong, "单上各项合计").await;
    let arranged = [("case.agreed_price", total.as_str()), ("case.price_accepted", "yes")];
    done(&demo, "front_desk", &service, "case.paid_service_arranged", &arranged).await;
    done(&demo, "front_desk", &service, "service_order.issued", &[]).await;
    done(&demo, "front_desk", &service, "service_order.handed", &[("case.department", "工程部")]).await;
    done(&demo, "front_desk", &service, "service.completed", &[("note", "装好两个")]).await;
    done(&demo, "department_head", &service, "service_order.replied", &[("note", "做完")]).await;
    done(&demo, "front_desk", &service, "case.replied", &[("note", "电话告知已做完")]).await;
    let page = demo.get("front_desk", &format!("/cases/{service}")).await.body;
    let slip = page.split("/forms/").nth(1).and_then(|it| it.split('/').next()).expect("a slip").to_owned();
    let print = demo.get("front_desk", &format!("/forms/{slip}/print")).await.body;
    for part in ["服务工作单", "更换插座、开关", "议定价", "装好两个"] {
        assert!(print.contains(part), "{part}: {print}");
    }
}
