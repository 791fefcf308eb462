//! Paid service, what cannot be repaired, and what happens beside the way, through the pages; both sides of each limit.

use axum::http::StatusCode;
use calendar::Moment;
use office::case::{Case, CaseKind};
use rulebook::{Obligation, State};

use crate::testing::{Demo, Shown};

const STROKES: &str = "M10 10L300 120L580 60";

async fn step(demo: &Demo, case: &str, step: &str, fields: &[(&str, &str)]) -> Shown {
    demo.pass(60);
    demo.post("technician", &format!("/jobs/{case}/steps/{step}"), fields).await
}

/// Steps that are all taken.
async fn steps(demo: &Demo, case: &str, taken: &[(&str, &[(&str, &str)])]) {
    for (name, fields) in taken {
        let done = step(demo, case, name, fields).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{name}: {}", done.body);
    }
}

async fn enter(demo: &Demo, who: &str, case: &str, act: &str, fields: &[(&str, &str)]) -> Shown {
    demo.post(who, &format!("/cases/{case}/acts/{act}"), fields).await
}

async fn entered(demo: &Demo, who: &str, case: &str, act: &str, fields: &[(&str, &str)]) {
    let done = enter(demo, who, case, act, fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{act}: {}", done.body);
}

/// Refused, and the page says these words.
async fn refused(demo: &Demo, who: &str, case: &str, act: &str, words: &[&str]) {
    let no = enter(demo, who, case, act, &[("note", "演示"), ("assignee", "technician")]).await;
    assert_eq!(no.status, StatusCode::UNPROCESSABLE_ENTITY, "{act}");
    for part in words {
        assert!(no.body.contains(part), "{act}: {part}: {}", no.body);
    }
}

async fn kept(demo: &Demo, case: &str) -> Case {
    demo.web.house.case(1, case.to_owned()).await.expect("no fault").expect("there")
}

/// What a clause says is owed of this act.
async fn owed(demo: &Demo, case: &str, clause: &str, act: &str) -> Obligation {
    let actor = demo.actor("service_supervisor");
    let page = demo.web.house.case_page(1, case.to_owned(), actor, demo.now(), false).await;
    let owed = page.expect("no fault").expect("there").derived.obligations;
    let of = |it: &&Obligation| it.clause.id == clause && it.must.iter().any(|must| must == act);
    owed.iter().find(of).cloned().unwrap_or_else(|| panic!("{clause} {act} is not owed: {owed:?}"))
}

/// A moment as a browser posts it.
fn typed(at: Moment) -> String {
    calendar::Zone::shanghai().civil(at).strftime("%Y-%m-%dT%H:%M").to_string()
}

async fn paid(books: &[&str]) -> (Demo, String) {
    let demo = Demo::founded_under(books).await;
    let install = [("repair.object", "own"), ("repair.service_kind", "install"), ("repair.on_price_list", "yes")];
    let (case, _) = demo.register(CaseKind::Repair, "装一盏吸顶灯", &install).await;
    (demo, case)
}

#[tokio::test]
async fn a_paid_service_goes_by_its_own_slip_and_its_four_copies_come_to_their_keepers() {
    let (demo, case) = paid(&["paid-service"]).await;
    let sample = courier::prices::sample().expect("made");
    demo.upload("finance", "/prices/upload", "标准.xlsx", &sample, &[]).await;
    demo.post("finance", "/prices/import", &[]).await;
    let item = format!("qty-{}", journal::house::price_id("水电", "更换插座、开关"));
    assert!(kept(&demo, &case).await.forms.is_empty(), "registering makes out no repair slip");
    refused(&demo, "engineering_supervisor", &case, "repair.assigned", &["签发有偿服务单", "/rulebooks/paid-service/"])
        .await;
    entered(&demo, "front_desk", &case, "repair.paid_slip_issued", &[]).await;
    refused(&demo, "front_desk", &case, "repair.paid_slip_issued", &["已经有《有偿服务单》"]).await;
    entered(&demo, "engineering_supervisor", &case, "repair.assigned", &[("assignee", "technician")]).await;
    let page = demo.get("technician", &format!("/jobs/{case}")).await.body;
    assert!(page.contains("四联归位") && page.contains("带齐再走"), "{page}");
    steps(
        &demo,
        &case,
        &[
            ("fetch", &[]),
            ("take", &[]),
            ("arrive", &[("tool", "试电笔"), ("tool", "鞋套")]),
            ("verify", &[("as_reported", "yes")]),
            ("quote", &[(&item, "1")]),
        ],
    )
    .await;
    let agreed = [
        ("repair.cost_consent", "yes"),
        ("repair.repair_consent", "yes"),
        ("repair.payment", "bank_collection"),
        ("way", "paper"),
        ("signer", "单晓演"),
    ];
    entered(&demo, "technician", &case, "repair.consented", &agreed).await;
    steps(&demo, &case, &[("work", &[]), ("complete", &[("note", "灯已装好"), ("cleared", "垃圾带走")])]).await;
    let before = kept(&demo, &case).await;
    let held = |case: &Case, n: u8| case.form("paid_service_slip").expect("issued").copies[&n].0.clone();
    assert_eq!((1..=4).map(|n| held(&before, n)).collect::<Vec<_>>(), ["technician"; 4]);
    assert_eq!(before.attributes["repair.tools_taken"], "试电笔、鞋套");
    assert_eq!(before.attributes["repair.site_checked"], "垃圾带走");
    // What was done is not written yet, and nobody has signed.
    refused(&demo, "front_desk", &case, "case.closed", &["记录维修情况", "4.5.1b"]).await;
    steps(
        &demo,
        &case,
        &[
            ("result", &[("note", "装吸顶灯一盏"), ("materials", "膨胀螺丝 4 个")]),
            ("try", &[]),
            ("sign", &[("signature", STROKES), ("signer", "单家人"), ("relation", "family"), ("copy_left", "yes")]),
            ("copies", &[("two", "yes")]),
        ],
    )
    .await;
    let after = kept(&demo, &case).await;
    let keepers = ["service_centre", "engineering_supervisor", "service_centre", "resident"];
    assert_eq!((1..=4).map(|n| held(&after, n)).collect::<Vec<_>>(), keepers);
    let page = demo.get("front_desk", &format!("/cases/{case}")).await.body;
    assert!(page.contains("家人代签") && page.contains("第三联 客服中心（收费凭据）"), "{page}");
    let number = after.form("paid_service_slip").expect("issued").number.clone();
    assert!(number.starts_with("YC-202611-"), "{number}");
    let sheet = demo.get("front_desk", &format!("/forms/{number}/print")).await;
    for part in ["有偿服务单", "第四联 业户（备存）", "装吸顶灯一盏", "膨胀螺丝 4 个"] {
        assert!(sheet.body.contains(part), "{part}");
    }
    entered(&demo, "front_desk", &case, "case.closed", &[]).await;
    assert_eq!(owed(&demo, &case, "4.5.2a", "repair.copy_three_to_centre").await.state, State::Met);
}

#[tokio::test]
async fn a_slip_that_is_void_makes_way_for_another() {
    let (demo, case) = paid(&["paid-service"]).await;
    entered(&demo, "front_desk", &case, "repair.paid_slip_issued", &[]).await;
    entered(&demo, "front_desk", &case, "repair.paid_slip_voided", &[("note", "地址写错")]).await;
    assert!(kept(&demo, &case).await.form("paid_service_slip").is_none());
    entered(&demo, "front_desk", &case, "repair.paid_slip_issued", &[]).await;
    assert_eq!(kept(&demo, &case).await.forms.len(), 2, "the void one stays on record");
}

/// A paid service at whose door it turns out that it cannot be done.
async fn infeasible() -> (Demo, String) {
    let (demo, case) = paid(&["paid-service"]).await;
    entered(&demo, "front_desk", &case, "repair.paid_slip_issued", &[]).await;
    entered(&demo, "engineering_supervisor", &case, "repair.assigned", &[("assignee", "technician")]).await;
    steps(&demo, &case, &[("take", &[]), ("arrive", &[]), ("infeasible", &[("note", "楼板里有管线")])]).await;
    (demo, case)
}

#[tokio::test]
async fn what_cannot_be_repaired_is_told_upwards_within_the_hour_and_to_the_owner_before_closing() {
    for (seconds, state) in [(3600, State::Met), (3601, State::MetLate)] {
        let (demo, case) = infeasible().await;
        let page = demo.get("technician", &format!("/jobs/{case}")).await.body;
        assert!(page.contains("/steps/infeasible-report") && page.contains("向业主说明"), "{page}");
        demo.pass(seconds - 60);
        steps(&demo, &case, &[("infeasible-report", &[])]).await;
        let told = owed(&demo, &case, "4.3.3a", "repair.infeasible_reported").await;
        assert_eq!((told.state, told.soft), (state, true), "{seconds}");
        refused(&demo, "front_desk", &case, "case.closed", &["向业户说明情况", "4.3.3b"]).await;
        steps(&demo, &case, &[("infeasible-explain", &[("note", "请装修公司先查管线")])]).await;
        entered(&demo, "front_desk", &case, "case.closed", &[]).await;
    }
}

#[tokio::test]
async fn what_engineering_gave_up_stays_open_until_somebody_finds_a_way() {
    let (demo, case) = infeasible().await;
    steps(&demo, &case, &[("infeasible-report", &[]), ("infeasible-explain", &[])]).await;
    let page = demo.get("technician", &format!("/jobs/{case}")).await.body;
    assert!(page.contains("等主管定办法"), "{page}");
    let path = format!("/jobs/{case}/steps");
    for (name, fields) in [("gave-up", &[("note", "没有设备")][..]), ("manager", &[])] {
        let done = demo.post("engineering_supervisor", &format!("{path}/{name}"), fields).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{name}: {}", done.body);
    }
    refused(&demo, "front_desk", &case, "case.closed", &["4.3.3c"]).await;
    assert!(demo.get("front_desk", &format!("/cases/{case}")).await.body.contains("修不了，等办法"));
    entered(&demo, "engineering_supervisor", &case, "repair.assigned", &[("assignee", "technician")]).await;
    let page = demo.get("technician", &format!("/jobs/{case}")).await.body;
    assert!(!page.contains("/steps/manager") && page.contains("/steps/verify"), "the way goes on: {page}");
}

/// A repair of a dwelling that a technician has taken on.
async fn taken() -> (Demo, String) {
    let demo = Demo::founded().await;
    let (case, _) = demo.repair("厨房水龙头漏水").await;
    demo.act("engineering_supervisor", &case, "repair.assigned", &[]).await;
    steps(&demo, &case, &[("take", &[])]).await;
    (demo, case)
}

#[tokio::test]
async fn nobody_home_is_an_arrival_with_a_notice_and_the_way_begins_again() {
    let (demo, case) = taken().await;
    let again = typed(demo.now().plus_seconds(86_400));
    steps(&demo, &case, &[("nobody", &[("notice_left", "yes"), ("moved_to", again.as_str())])]).await;
    let found = kept(&demo, &case).await;
    assert!(found.has("repair.arrived") && found.has("repair.move_proposed") && found.round == 2);
    assert_eq!(owed(&demo, &case, "4.1.2.1a", "repair.arrived").await.state, State::Met);
    let page = demo.get("technician", &format!("/jobs/{case}")).await.body;
    assert!(page.contains("/steps/move-agreed") && page.contains("/steps/take"), "{page}");
    let at =
        kept(&demo, &case).await.last("repair.move_proposed").expect("there").event.body.attributes["repair.moved_to"]
            .clone();
    steps(&demo, &case, &[("move-agreed", &[("moved_to", &at)]), ("take", &[]), ("arrive", &[])]).await;
    assert_eq!(kept(&demo, &case).await.attributes["repair.appointment"], at, "the new promise");
    let odd = step(&demo, &case, "move", &[("moved_to", "明天"), ("asked_by", "owner")]).await;
    assert!(odd.status == StatusCode::UNPROCESSABLE_ENTITY && odd.body.contains("时间没有填对"));
}

#[tokio::test]
async fn waiting_is_shown_and_stops_no_clock_and_a_second_trip_counts() {
    let (demo, case) = taken().await;
    steps(&demo, &case, &[("arrive", &[]), ("went-back", &[("note", "阀芯型号不对")])]).await;
    assert_eq!(kept(&demo, &case).await.attributes["repair.second_trip"], "yes");
    let owed_before = owed(&demo, &case, "4.1.2.1a", "repair.arrived").await;
    let bare = step(&demo, &case, "wait", &[]).await;
    assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY, "what is waited for is said");
    steps(&demo, &case, &[("wait", &[("waiting_for", "parts"), ("note", "明天到货")])]).await;
    for (who, path) in [("technician", format!("/jobs/{case}")), ("front_desk", format!("/cases/{case}"))] {
        assert!(demo.get(who, &path).await.body.contains("等候：待料"), "{path}");
    }
    assert_eq!(owed(&demo, &case, "4.1.2.1a", "repair.arrived").await.due, owed_before.due);
    steps(&demo, &case, &[("wait-over", &[])]).await;
    assert!(kept(&demo, &case).await.waits().is_none());
}

#[tokio::test]
async fn a_signature_refused_needs_a_witness_and_who_says_no_may_report_again() {
    let (demo, case) = taken().await;
    steps(&demo, &case, &[("arrive", &[]), ("verify", &[("as_reported", "yes")]), ("quote", &[("cost", "50")])]).await;
    assert!(demo.get("technician", &format!("/jobs/{case}")).await.body.contains("您再考虑考虑"));
    steps(&demo, &case, &[("consent", &[]), ("work", &[]), ("complete", &[("note", "换阀芯"), ("due", "50")])]).await;
    let alone = step(&demo, &case, "sign-refused", &[("reason", "嫌贵")]).await;
    assert!(alone.status == StatusCode::UNPROCESSABLE_ENTITY && alone.body.contains("见证人"), "{}", alone.body);
    steps(&demo, &case, &[("sign-refused", &[("reason", "嫌贵"), ("witness", "保安员马师傅")])]).await;
    let page = demo.get("front_desk", &format!("/cases/{case}")).await.body;
    assert!(page.contains("业户拒绝签字：嫌贵，见证人 保安员马师傅"), "{page}");
    let job = demo.get("technician", &format!("/jobs/{case}")).await.body;
    let now = job.split("data-step=\"now\"").nth(1).unwrap_or_default().split("</li>").next().unwrap_or_default();
    assert!(!now.contains("业主签字"), "the way goes on without the signature: {now}");
    let (other, _) = demo.repair("灯不亮").await;
    entered(&demo, "front_desk", &other, "repair.refused", &[("repair.refusal_reason", "太贵")]).await;
    let page = demo.get("front_desk", &format!("/cases/{other}")).await.body;
    let again = format!("/desk?kind=repair&amp;linked_case={other}&amp;household=3-2-501");
    assert!(page.contains(&again), "{page}");
    let desk = demo.get("front_desk", &again.replace("&amp;", "&")).await.body;
    assert!(desk.contains(&format!("name=\"linked_case\" value=\"{other}\"")), "the new slip takes up the old one");
}

#[tokio::test]
async fn a_move_holds_when_the_resident_agreed_to_it_in_time() {
    for (agreed, late, holds) in [(true, false, true), (false, false, false), (true, true, false)] {
        let demo = Demo::founded_under(&["convenience"]).await;
        let end = demo.now().plus_seconds(4 * 3600);
        let booked = end.0.to_string();
        let own = [("repair.object", "own"), ("repair.appointment_end", booked.as_str())];
        let (case, _) = demo.register(CaseKind::Repair, "厨房水龙头漏水", &own).await;
        let to = end.plus_seconds(86_400);
        let moved = [("repair.moved_to", typed(to))];
        let moved: Vec<(&str, &str)> = moved.iter().map(|(id, at)| (*id, at.as_str())).collect();
        entered(&demo, "engineering_supervisor", &case, "repair.move_proposed", &moved).await;
        let form = demo.get("front_desk", &format!("/cases/{case}/acts/repair.move_agreed")).await.body;
        assert!(form.contains(&typed(to)), "the time proposed is filled in: {form}");
        if late {
            demo.pass(4 * 3600 + 1);
        }
        if agreed {
            entered(&demo, "front_desk", &case, "repair.move_agreed", &moved).await;
        }
        let due = owed(&demo, &case, "4.2.1.1d", "repair.completed").await.due.expect("a limit");
        let (old, new) = (due == end, due.seconds_since(to).abs() < 60);
        assert_eq!((old, new), (!holds, holds), "{agreed} {late}");
    }
}

#[tokio::test]
async fn an_opinion_reaches_the_team_within_the_hour_and_a_paid_request_is_agreed_first() {
    for (seconds, state) in [(3600, State::Met), (3601, State::MetLate)] {
        let demo = Demo::founded_under(&["convenience"]).await;
        let (case, _) = demo.register(CaseKind::Repair, "灯不亮", &[("repair.object", "own")]).await;
        entered(&demo, "front_desk", &case, "case.opinion_heard", &[("note", "嫌慢")]).await;
        demo.pass(seconds);
        entered(&demo, "front_desk", &case, "case.opinion_to_team", &[("note", "业户嫌慢")]).await;
        assert_eq!(owed(&demo, &case, "4.2.1.1i", "case.opinion_to_team").await.state, state, "{seconds}");
    }
    let demo = Demo::founded_under(&["convenience"]).await;
    let asked = [("case.request_kind", "greening")];
    let (case, _) = demo.register(CaseKind::Service, "想租几盆绿植", &asked).await;
    let mut fields = vec![("case.service_scope", "客厅四盆"), ("case.department", "绿化队")];
    refused(&demo, "front_desk", &case, "case.paid_service_arranged", &["4.2.2b", "议定价格"]).await;
    fields.extend([("case.agreed_price", "80"), ("case.price_accepted", "no"), ("case.service_date", "2026-11-18")]);
    let no = enter(&demo, "front_desk", &case, "case.paid_service_arranged", &fields).await;
    assert_eq!(no.status, StatusCode::UNPROCESSABLE_ENTITY, "the resident did not accept the price");
    fields.retain(|(id, _)| *id != "case.price_accepted");
    fields.push(("case.price_accepted", "yes"));
    entered(&demo, "front_desk", &case, "case.paid_service_arranged", &fields).await;
    let page = demo.get("front_desk", &format!("/cases/{case}")).await.body;
    assert!(page.contains("议定 80.00 元") && page.contains("绿化队"), "{page}");
}

#[tokio::test]
async fn a_service_order_goes_out_by_itself_and_is_answered_the_same_day() {
    // 09:12:00 to the last second of the day, and one more.
    for (last, state) in [(14 * 3600 + 47 * 60 + 59, State::Met), (14 * 3600 + 48 * 60, State::MetLate)] {
        let demo = Demo::founded_under(&["service-office"]).await;
        let asked = [("case.request_kind", "indoor_cleaning")];
        let (case, _) = demo.register(CaseKind::Service, "想请人擦厨房", &asked).await;
        let found = kept(&demo, &case).await;
        assert!(found.has("service.home_requested") && found.has("service_order.issued"));
        assert_eq!(found.attributes["service_order.kind"], "home");
        let form = found.form("service_work_order").expect("made out").clone();
        assert!(form.number.starts_with("FD-202611-"), "{}", form.number);
        entered(&demo, "front_desk", &case, "service_order.handed", &[("case.department", "清洁班")]).await;
        assert_eq!(
            kept(&demo, &case).await.form("service_work_order").expect("there").copies[&1].0,
            "responsible_department"
        );
        entered(&demo, "front_desk", &case, "case.replied", &[("note", "已安排")]).await;
        demo.pass(last);
        entered(&demo, "department_head", &case, "service_order.replied", &[("note", "做完")]).await;
        entered(&demo, "department_head", &case, "service.completed", &[("note", "做完")]).await;
        assert_eq!(owed(&demo, &case, "1(3)c", "service_order.replied").await.state, state, "{last}");
        assert_eq!(owed(&demo, &case, "3d", "service.completed").await.state, state, "{last}");
        let sheet = demo.get("front_desk", &format!("/forms/{}/print", form.number)).await.body;
        assert!(sheet.contains("服务工作单") && sheet.contains("想请人擦厨房"));
    }
    let demo = Demo::founded_under(&["service-office"]).await;
    let (case, _) = demo.register(CaseKind::Repair, "修龙头", &[("repair.object", "own")]).await;
    assert_eq!(kept(&demo, &case).await.attributes["service_order.kind"], "repair");
    let later = typed(demo.now().plus_seconds(2 * 86_400));
    entered(&demo, "front_desk", &case, "service.owner_deferred", &[("repair.appointment", &later)]).await;
    assert_eq!(owed(&demo, &case, "3d", "repair.completed").await.state, State::Waived, "put off by the owner");
    assert!(kept(&demo, &case).await.has("repair.move_agreed"), "who asks for another time agrees to it");
}

#[tokio::test]
async fn door_service_is_ticked_off_on_the_order() {
    let demo = Demo::founded_under(&["service-office"]).await;
    let (case, _) = demo.register(CaseKind::Repair, "修龙头", &[("repair.object", "own")]).await;
    demo.act("engineering_supervisor", &case, "repair.assigned", &[]).await;
    steps(&demo, &case, &[("take", &[]), ("arrive", &[]), ("work", &[])]).await;
    let page = demo.get("technician", &format!("/jobs/{case}")).await.body;
    assert!(page.contains("上门逐项核对") && page.contains("穿鞋套铺垫布"), "{page}");
    let ticked = [("note", "换阀芯"), ("due", "0"), ("door", "出示工牌说明来意"), ("door", "穿鞋套铺垫布")];
    steps(&demo, &case, &[("complete", &ticked)]).await;
    let found = kept(&demo, &case).await;
    assert_eq!(found.attributes["service.door_checks"], "出示工牌说明来意、穿鞋套铺垫布");
    let number = found.form("service_work_order").expect("made out").number.clone();
    assert!(demo.get("front_desk", &format!("/forms/{number}/print")).await.body.contains("穿鞋套铺垫布"));
}

#[tokio::test]
async fn a_tower_hands_over_both_papers_against_a_signature() {
    let demo = Demo::founded_under(&["repair-tower"]).await;
    let (case, _) = demo.register(CaseKind::Repair, "插座没电", &[("repair.object", "own")]).await;
    assert_eq!(owed(&demo, &case, "4.1", "repair.record_written").await.state, State::Met, "the intake is the record");
    demo.act("engineering_supervisor", &case, "repair.assigned", &[]).await;
    entered(&demo, "front_desk", &case, "repair.papers_brought", &[]).await;
    let no = step(&demo, &case, "take", &[]).await;
    assert!(no.status == StatusCode::UNPROCESSABLE_ENTITY && no.body.contains("签收报修资料"), "{}", no.body);
    entered(&demo, "technician", &case, "repair.papers_signed_for", &[]).await;
    demo.pass(3600 - 60);
    steps(&demo, &case, &[("take", &[])]).await;
    assert_eq!(owed(&demo, &case, "4.4", "repair.taken_on").await.state, State::Met, "to the second");
    entered(&demo, "front_desk", &case, "repair.tracked", &[("case.progress", "等配件")]).await;
    assert!(demo.get("front_desk", &format!("/cases/{case}")).await.body.contains("跟进：等配件"));
    demo.pass(3600);
    entered(&demo, "front_desk", &case, "repair.tracked", &[("case.progress", "配件已到")]).await;
    let found = demo.web.house.case(1, case.clone()).await.expect("no fault").expect("there");
    let number = |form: &str| found.form(form).expect("made out").number.clone();
    // The house's papers under the tower's own names and codes (5.1 to 5.3).
    let print = async |path: String| demo.get("front_desk", &path).await.body;
    let sheet = print(format!("/forms/{}/print", number("tower_repair_tracking"))).await;
    for part in ["报修情况跟进记录表", "qms-pm-3503", "等配件", "配件已到"] {
        assert!(sheet.contains(part), "{part}: {sheet}");
    }
    let slip = print(format!("/forms/{}/print", number("repair_slip"))).await;
    assert!(slip.contains("工程报修单") && slip.contains("qms-pm-3501") && !slip.contains("维修单<"), "{slip}");
    let register = print("/registers/repair_register?as=print".to_owned()).await;
    assert!(register.contains("工程报修登记表") && register.contains("qms-pm-3502"), "{register}");
}

#[tokio::test]
async fn work_that_a_clause_kept_from_beginning_cannot_be_said_to_be_done() {
    let demo = Demo::founded_under(&["repair-residential"]).await;
    let own = [("repair.object", "own"), ("repair.on_price_list", "yes"), ("repair.own_material", "yes")];
    let (case, _) = demo.register(CaseKind::Repair, "换自己买的水龙头", &own).await;
    demo.taken_on(&case).await;
    steps(
        &demo,
        &case,
        &[
            ("arrive", &[]),
            ("verify", &[("as_reported", "yes")]),
            ("quote", &[("cost", "30")]),
            ("consent", &[]),
            ("material", &[("verdict", "unfit")]),
        ],
    )
    .await;
    let no = step(&demo, &case, "work", &[]).await;
    assert_eq!(no.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(no.body.contains("说明后果"), "{}", no.body);
    let job = demo.get("technician", &format!("/jobs/{case}")).await.body;
    assert!(job.contains("<details class=\"aside\" open><summary>材料不好"), "what lifts it stands open: {job}");
    // A phone without network goes on to the end; the end is refused as the beginning was, and says what comes first.
    let no = step(&demo, &case, "complete", &[("note", "已更换"), ("due", "30")]).await;
    assert_eq!(no.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(no.body.contains("不能完工") && no.body.contains("说明后果"), "{}", no.body);
    assert!(!kept(&demo, &case).await.has("repair.completed"));
    let told = [("consequences", &[("note", "住户坚持用")][..]), ("complete", &[("note", "已更换"), ("due", "30")])];
    steps(&demo, &case, &told).await;
    assert!(kept(&demo, &case).await.has("repair.completed"));
}

#[tokio::test]
async fn a_signature_that_is_missing_is_said_in_words_that_people_use() {
    let demo = Demo::founded().await;
    let (case, _) = demo.repair("厨房水龙头漏水").await;
    demo.completed(&case).await;
    let no = step(&demo, &case, "sign", &[]).await;
    assert!(no.body.contains("没有记下“住户签字”") && !no.body.contains("不能住户签字"), "{}", no.body);
}
