//! The roster and the log through the router.

use axum::http::StatusCode;

use crate::testing::Demo;

/// The demo stands in the week of Monday 16 November 2026.
const WEEK: &str = "2026-11-16";

#[tokio::test]
async fn several_days_are_planned_at_once_and_nobody_twice() {
    let demo = Demo::founded().await;
    let empty = demo.get("front_desk", "/duty?week=2026-11-16").await;
    assert!(empty.body.contains("这一周还没有排班") && !empty.body.contains("哪几天"), "the front desk does not plan");
    let fields = [
        ("week", WEEK),
        ("person", "front_desk"),
        ("post", "front_desk"),
        ("pattern", "夜班 20:00-08:00"),
        ("day", "2026-11-16"),
        ("day", "2026-11-17"),
    ];
    let done = demo.post("office_manager", "/duty/plan", &fields).await;
    assert_eq!(done.leads(), "/duty?week=2026-11-16", "{}", done.body);
    let grid = demo.get("front_desk", "/duty?week=2026-11-16").await;
    assert_eq!(grid.body.matches("20:00–08:00").count(), 2, "{}", grid.body);
    assert!(grid.body.contains("（次日）"));
    let book = demo.get("front_desk", "/registers/duty_roster").await.body;
    assert!(book.contains("前台客服员") && !book.contains(">front_desk<"), "posts in words: {book}");
    let again = demo.post("office_manager", "/duty/plan", &fields).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.body.contains("已有班次与此重叠"));
    let copied = demo.post("office_manager", "/duty/copy", &[("week", "2026-11-23")]).await;
    assert_eq!(copied.leads(), "/duty?week=2026-11-23", "{}", copied.body);
    assert_eq!(demo.get("front_desk", "/duty?week=2026-11-23").await.body.matches("20:00–08:00").count(), 2);
    let no = demo.post("front_desk", "/duty/plan", &fields).await;
    assert_eq!(no.status, StatusCode::FORBIDDEN);
    for (missing, why) in [("person", "还没有选当班人"), ("pattern", "还没有选班次"), ("day", "还没有选日子")]
    {
        let some: Vec<(&str, &str)> = fields.iter().copied().filter(|(name, _)| *name != missing).collect();
        let no = demo.post("office_manager", "/duty/plan", &some).await;
        assert!(no.status == StatusCode::UNPROCESSABLE_ENTITY && no.body.contains(why), "{missing}");
    }
}

#[tokio::test]
async fn a_swap_is_asked_for_approved_and_shown() {
    let demo = Demo::founded().await;
    let fields = [
        ("week", WEEK),
        ("person", "front_desk"),
        ("post", "front_desk"),
        ("pattern", "白班 08:00-20:00"),
        ("day", "2026-11-20"),
    ];
    demo.post("office_manager", "/duty/plan", &fields).await;
    let grid = demo.get("front_desk", "/duty?week=2026-11-16").await;
    let id = grid.body.split("/cases/r").nth(1).and_then(|it| it.split('"').next()).expect("a link to the shift");
    let id = format!("r{id}");
    let ask = [("case.person", "李新"), ("case.reason", "家里有事")];
    let asked = demo.post("front_desk", &format!("/cases/{id}/acts/duty.swap_asked"), &ask).await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.body);
    assert!(demo.get("front_desk", "/duty?week=2026-11-16").await.body.contains("申请换 李新"));
    let path = format!("/cases/{id}/acts/duty.swap_approved");
    let no = demo.post("front_desk", &path, &[("duty.person", "李新")]).await;
    assert!(no.body.contains("您的岗位没有此项权限"));
    let wish = demo.get("office_manager", "/signing").await.body;
    assert!(wish.contains("批准换班") && wish.contains("改由李新当班"), "{wish}");
    let form = demo.get("office_manager", &path).await.body;
    assert!(form.contains("<option value=\"李新\" selected"), "who was asked for is filled in: {form}");
    demo.pass(60);
    let refused = format!("/cases/{id}/acts/duty.swap_refused");
    let no = demo.post("office_manager", &refused, &[("case.reason", "那天大检查")]).await;
    assert_eq!(no.status, StatusCode::SEE_OTHER, "{}", no.body);
    assert!(!demo.get("front_desk", "/duty?week=2026-11-16").await.body.contains("申请换"));
    assert!(!demo.get("office_manager", "/signing").await.body.contains("批准换班"));
    demo.pass(60);
    demo.post("front_desk", &format!("/cases/{id}/acts/duty.swap_asked"), &ask).await;
    let yes = demo.post("office_manager", &path, &[("duty.person", "李新")]).await;
    assert_eq!(yes.status, StatusCode::SEE_OTHER, "{}", yes.body);
    let grid = demo.get("front_desk", "/duty?week=2026-11-16").await;
    assert!(grid.body.contains(">李新<") && !grid.body.contains("申请换"));
}

#[tokio::test]
async fn the_log_writes_itself_from_the_days_acts() {
    let demo = Demo::founded().await;
    demo.repair("厨房水龙头漏水").await;
    let log = demo.get("front_desk", "/duty/log").await;
    assert!(log.body.contains("<span class=\"nowrap\">林小满</span>"), "a name stays on one line: {}", log.body);
    assert!(log.body.contains("WX-202611-0001") && log.body.contains("厨房水龙头漏水"), "{}", log.body);
    let other = demo.get("front_desk", "/duty/log?day=2026-01-01").await;
    assert!(other.body.contains("这一天还没有记录"));
    let csv = demo.get("office_manager", "/duty/log?as=csv").await;
    assert!(csv.body.starts_with("\u{feff}时间,编号") && csv.body.contains("WX-202611-0001"));
}

#[tokio::test]
async fn a_busy_day_is_read_page_by_page_and_leaves_whole() {
    let demo = Demo::founded().await;
    for n in 0..40 {
        demo.repair(&format!("厨房水龙头漏水第{n}处")).await;
    }
    let rows = |body: &str| body.matches("data-walk").count();
    let first = demo.get("front_desk", "/duty/log").await.body;
    let csv = demo.get("office_manager", "/duty/log?as=csv").await.body;
    let whole = csv.trim().lines().count() - 1;
    assert!(whole > 100 && rows(&first) == 100, "{whole} lines, {} shown", rows(&first));
    assert!(first.contains(&format!("{whole} 条")) && first.contains("after=100") && first.contains("整天一页"));
    let mut shown = 0;
    for after in (0..whole).step_by(100) {
        shown += rows(&demo.get("front_desk", &format!("/duty/log?after={after}")).await.body);
    }
    assert_eq!(shown, whole, "no line is lost between pages");
    assert_eq!(rows(&demo.get("front_desk", "/duty/log?all=yes").await.body), whole);
}

#[tokio::test]
async fn a_night_hands_over_what_is_booked_and_open() {
    let demo = Demo::founded().await;
    let own = [("repair.object", "own"), ("repair.on_price_list", "yes"), ("repair.appointment", "1794805200000000")];
    demo.register(office::case::CaseKind::Repair, "厨房水龙头漏水", &own).await;
    let new = "/registers/handover_book/new";
    let begun = demo.post("front_desk", new, &[("shift.ends", "2026-11-16T20:00"), ("note", "钥匙三把")]).await;
    let number = begun.leads().split("new=").nth(1).expect("a number").to_owned();
    let page = demo.get("front_desk", &format!("/cases/{number}")).await;
    assert!(page.body.contains("交接内容") && page.body.contains("厨房水龙头漏水"), "{}", page.body);
    let act =
        page.body.split("action=\"/cases/").find(|it| it.contains("window.appointment_listed")).expect("a button");
    let path = format!("/cases/{}", act.split('"').next().expect("a path"));
    let fields = [("window.number", "WX-202611-0001"), ("note", "三栋二单元五零一")];
    let listed = demo.post("front_desk", &path, &fields).await;
    assert_eq!(listed.status, StatusCode::SEE_OTHER, "{}", listed.body);
    let page = demo.get("front_desk", &format!("/cases/{number}")).await;
    assert!(page.body.contains("等接班人勾认"));
    let tick = path.replace("appointment_listed", "appointment_ticked");
    demo.post("service_supervisor", &tick, &[("window.number", "WX-202611-0001")]).await;
    let page = demo.get("front_desk", &format!("/cases/{number}")).await;
    assert!(page.body.contains("已勾认") && !page.body.contains("等接班人勾认"));
    let over = path.replace("window.appointment_listed", "shift.handed_over");
    let done = demo.post("front_desk", &over, &[("case.person", "李新"), ("note", "钥匙三把")]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let page = demo.get("front_desk", &format!("/cases/{number}")).await;
    assert!(page.body.contains("已结案") && page.body.contains("李新"));
}

#[tokio::test]
async fn the_roster_fills_in_and_who_takes_over_ticks_after_the_hand_over() {
    let demo = Demo::founded().await;
    let own = [("repair.object", "own"), ("repair.on_price_list", "yes"), ("repair.appointment", "1794805200000000")];
    for what in ["厨房水龙头漏水", "阳台地漏反味"] {
        demo.register(office::case::CaseKind::Repair, what, &own).await;
    }
    let new = "/registers/handover_book/new";
    assert!(!demo.get("front_desk", new).await.body.contains("2026-11-16T20:00"), "nobody is on the roster yet");
    for (person, pattern) in [("front_desk", "白班 08:00-20:00"), ("service_supervisor", "夜班 20:00-08:00")] {
        let fields =
            [("week", WEEK), ("person", person), ("post", "front_desk"), ("pattern", pattern), ("day", "2026-11-16")];
        let done = demo.post("office_manager", "/duty/plan", &fields).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    }
    let form = demo.get("front_desk", new).await.body;
    assert!(form.contains("value=\"2026-11-16T20:00\""), "the roster knows when the shift ends: {form}");
    let begun = demo.post("front_desk", new, &[("shift.ends", "2026-11-16T20:00")]).await;
    let shift = record(&demo, begun.leads()).await;
    let act = |act: &str| format!("/cases/{shift}/acts/{act}");
    let booked = [("window.number", "WX-202611-0001")];
    demo.post("front_desk", &act("window.appointment_listed"), &booked).await;
    demo.pass(60);
    let form = demo.get("front_desk", &act("shift.handed_over")).await.body;
    let next = form.split("id=\"case.person\"").nth(1).expect("the field").split('>').next().expect("its tag");
    assert!(next.contains("value=\"周安然\""), "the next on the post: {next}");
    let done = demo.post("front_desk", &act("shift.handed_over"), &[("case.person", "李新")]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let page = demo.get("service_supervisor", &format!("/cases/{shift}")).await.body;
    let contents = page.split("交接内容").nth(1).expect("the panel");
    let contents = contents.split("</section>").next().expect("its end");
    assert!(contents.contains("没有勾认") && contents.contains("window.appointment_ticked"), "{contents}");
    assert!(
        contents.contains("WX-202611-0002") && contents.contains("没有列入"),
        "what was left out shows: {contents}"
    );
    let ticked = demo.post("service_supervisor", &act("window.appointment_ticked"), &booked).await;
    assert_eq!(ticked.status, StatusCode::SEE_OTHER, "{}", ticked.body);
    let page = demo.get("service_supervisor", &format!("/cases/{shift}")).await.body;
    assert!(page.contains("已勾认") && !page.contains("没有勾认"), "{page}");
}

#[tokio::test]
async fn a_shift_names_the_work_orders_that_nobody_has_finished() {
    let demo = Demo::founded().await;
    let order = [("place", "3栋大堂"), ("order.content", "换大堂灯管"), ("order.requirement", "今天亮")];
    let order = demo.post("service_supervisor", "/registers/work_order/new", &order).await;
    let order = order.leads().split("new=").nth(1).expect("a number").to_owned();
    let begun = [("shift.ends", "2026-11-16T20:00"), ("note", "钥匙三把")];
    let begun = demo.post("front_desk", "/registers/handover_book/new", &begun).await;
    let shift = record(&demo, begun.leads()).await;
    let again = [("shift.ends", "2026-11-17T08:00")];
    let again = demo.post("front_desk", "/registers/handover_book/new", &again).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.body.contains("您正在班上，JB-202611-0001 还没有交班"), "{}", again.body);
    let page = demo.get("front_desk", &format!("/cases/{shift}")).await.body;
    assert!(page.contains("换大堂灯管") && page.contains("未结工作单") && page.contains("列为未完成"), "{page}");
    let path = format!("/cases/{shift}/acts/shift.order_unfinished");
    let listed = demo.post("front_desk", &path, &[("order.number", &order)]).await;
    assert_eq!(listed.status, StatusCode::SEE_OTHER, "{}", listed.body);
    let page = demo.get("front_desk", &format!("/cases/{shift}")).await.body;
    assert!(!page.contains("列为未完成") && page.contains(&order), "{page}");
}

#[tokio::test]
async fn everything_that_is_open_is_listed_with_one_key() {
    let demo = Demo::founded().await;
    let own = [("repair.object", "own"), ("repair.on_price_list", "yes"), ("repair.appointment", "1794805200000000")];
    demo.register(office::case::CaseKind::Repair, "厨房水龙头漏水", &own).await;
    for content in ["换大堂灯管", "调闭门器"] {
        let order = [("place", "3栋大堂"), ("order.content", content), ("order.requirement", "今天好")];
        demo.post("service_supervisor", "/registers/work_order/new", &order).await;
    }
    let begun = [("shift.ends", "2026-11-16T20:00"), ("note", "钥匙三把")];
    let begun = demo.post("front_desk", "/registers/handover_book/new", &begun).await;
    let shift = record(&demo, begun.leads()).await;
    let page = async || demo.get("front_desk", &format!("/cases/{shift}")).await.body;
    let before = page().await;
    assert!(before.contains("3 件全部列入"), "{before}");
    let path = format!("/duty/handover/{shift}");
    let no = demo.post("service_supervisor", "/duty/handover/none", &[]).await;
    assert_eq!(no.status, StatusCode::NOT_FOUND);
    let done = demo.post("front_desk", &path, &[]).await;
    assert_eq!(
        (done.status, done.leads()),
        (StatusCode::SEE_OTHER, format!("/cases/{shift}").as_str()),
        "{}",
        done.body
    );
    let after = page().await;
    assert!(!after.contains("全部列入") && !after.contains("列为未完成") && after.contains("等接班人勾认"), "{after}");
    let entries = demo.web.house.case(1, shift.clone()).await.expect("read").expect("there").entries.len();
    demo.post("front_desk", &path, &[]).await;
    let again = demo.web.house.case(1, shift.clone()).await.expect("read").expect("there").entries.len();
    assert_eq!((entries, again), (4, 4), "a second press lists nothing twice");
}

/// The id of the record that a redirect leads to.
async fn record(demo: &Demo, leads: &str) -> String {
    let number = leads.split("new=").nth(1).unwrap_or_else(|| panic!("no number in {leads}")).to_owned();
    let page = demo.web.house.case_page(1, number, demo.actor("office_manager"), demo.now(), false).await;
    page.expect("no fault").expect("it exists").case.id
}

#[tokio::test]
async fn a_post_has_its_a_and_b_and_nobody_leaves_it_empty() {
    let demo = Demo::founded_under(&["service-window"]).await;
    let second = office::site::PostChange {
        id: "front_desk2".into(),
        name: "苏接".into(),
        posts: vec!["front_desk".into()],
        active: true,
        ..office::site::PostChange::default()
    };
    let sent = demo.sent("administrator", "administrator");
    demo.web.house.set_account(sent, second).await.expect("no fault").expect("not refused");
    let (head, a, b) = ("office_manager", "front_desk", "front_desk2");
    let act = async |who: &str, case: &str, act: &str, fields: &[(&str, &str)]| {
        demo.pass(60);
        demo.post(who, &format!("/cases/{case}/acts/{act}"), fields).await
    };
    let refused = |shown: &crate::testing::Shown, clause: &str| {
        assert_eq!(shown.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", shown.body);
        assert!(shown.body.contains(clause), "{clause}: {}", shown.body);
    };
    let taken = |shown: &crate::testing::Shown| assert_eq!(shown.status, StatusCode::SEE_OTHER, "{}", shown.body);

    // A plan needs both, and two persons.
    let new = "/registers/post_plan/new";
    let nobody = demo.post(head, new, &[("duty.post", "front_desk"), ("duty.person", "无此人")]).await;
    refused(&nobody, "没有叫“无此人”的员工");
    assert_eq!(
        demo.post(a, new, &[("duty.post", "front_desk"), ("duty.person", "林小满")]).await.status,
        StatusCode::FORBIDDEN
    );
    let plan = demo.post(head, new, &[("duty.post", "front_desk"), ("duty.person", "林小满")]).await;
    let plan = record(&demo, plan.leads()).await;
    refused(&act(head, &plan, "post.plan_adopted", &[]).await, "/rulebooks/service-window/3");
    refused(&act(head, &plan, "post.b_named", &[("duty.person", "林小满")]).await, "/rulebooks/service-window/3");
    refused(&act(head, &plan, "post.b_named", &[("duty.person", "赵大成")]).await, "/rulebooks/service-window/3");
    taken(&act(head, &plan, "post.b_named", &[("duty.person", "苏接")]).await);
    taken(&act(head, &plan, "post.plan_adopted", &[]).await);
    let roster = demo.get(a, "/duty").await.body;
    assert!(roster.contains("A/B 岗") && roster.contains("林小满") && roster.contains("苏接"), "{roster}");

    // A leaves only when B, or whom the head names, has said to stand there.
    let shift = [("week", WEEK), ("person", a), ("post", a), ("pattern", "白班 08:00-20:00"), ("day", "2026-11-16")];
    taken(&demo.post(head, "/duty/plan", &shift).await);
    let asked = [("duty.from", "2026-11-16T10:00"), ("duty.to", "2026-11-16T11:00"), ("case.reason", "外出办证")];
    let leave = demo.post(a, "/registers/leave_book/new", &asked).await;
    let leave = record(&demo, leave.leads()).await;
    refused(&act(head, &leave, "leave.granted", &[]).await, "确认顶岗");
    assert!(demo.get(head, "/signing").await.body.contains("申请离岗"), "a leave waits for who grants it");
    taken(&act(a, &leave, "leave.cover_confirmed", &[]).await);
    refused(&act(head, &leave, "leave.granted", &[]).await, "/rulebooks/service-window/3");
    taken(&act(b, &leave, "leave.cover_confirmed", &[]).await);
    taken(&act(head, &leave, "leave.granted", &[]).await);
    let roster = demo.get(a, "/duty?week=2026-11-16").await.body;
    assert!(roster.contains("顶岗") && roster.contains("10:00–11:00"), "{roster}");
    demo.pass(3_000);
    let now = demo.get("technician", "/").await.body;
    assert!(now.contains("苏接 · 至 11:00"), "who is on duty now is the cover: {now}");

    // Who is neither A, B nor the named stand-in may sit there, but the post stays empty; nobody is on two posts at once.
    demo.pass(86_400);
    let day = jiff::civil::date(2026, 11, 17);
    let noon = demo.web.house.laws().zone.moment(day.at(11, 30, 0, 0));
    let empty = async || {
        let rows = demo.web.house.periods(1, day, day, demo.now()).await.expect("no fault");
        let row = rows.into_iter().find(|row| row.period.obligation.must == ["window.staffed"]).expect("each day");
        row.uncovered.iter().any(|(from, to)| (*from..*to).contains(&noon))
    };
    let turn = [("window.staffed_from", "2026-11-17T11:00"), ("window.staffed_to", "2026-11-17T12:00")];
    taken(&demo.post("technician", "/registers/counter_staffing/new", &turn).await);
    assert!(empty().await, "a repairer at the counter does not count");
    let turn = demo.post(a, "/registers/counter_staffing/new", &turn).await;
    let turn = record(&demo, turn.leads()).await;
    assert!(!empty().await, "A does");
    let elsewhere = |on_post: &'static str| [("duty.post", "receptionist"), ("post.on_post", on_post)];
    refused(&act(a, &turn, "post.taken_elsewhere", &elsewhere("yes")).await, "/rulebooks/service-window/3");
    taken(&act(a, &turn, "post.taken_elsewhere", &elsewhere("no")).await);

    // Each change is entered and signed by both.
    let change = [("post.gives", "林小满"), ("post.takes", "苏接")];
    let book = demo.post(b, "/registers/post_handover_book/new", &change).await;
    let book = record(&demo, book.leads()).await;
    let owed = demo.get(b, &format!("/cases/{book}")).await.body;
    assert!(owed.contains("交接班登记") && owed.contains("/rulebooks/service-window/3"), "{owed}");
    let entered = [("post.gives", "林小满"), ("post.takes", "苏接"), ("post.open_matters", "无")];
    taken(&act(b, &book, "post.handover_entered", &entered).await);
    taken(&act(a, &book, "post.handover_signed", &[]).await);
    taken(&act(b, &book, "post.handover_signed", &[]).await);
    let page = demo.web.house.case_page(1, book, demo.actor(head), demo.now(), false).await.expect("no fault");
    let derived = page.expect("it exists").derived;
    assert!(derived.gaps.is_empty() && derived.obligations.iter().all(|it| it.ended.is_some()), "{derived:?}");
    for register in ["post_plan", "leave_book", "counter_staffing", "post_handover_book"] {
        assert!(demo.get(a, &format!("/registers/{register}")).await.body.contains("202611-0001"), "{register}");
    }
}

#[tokio::test]
async fn a_head_names_a_third_when_b_is_away_too() {
    let demo = Demo::founded_under(&["service-window"]).await;
    let (head, a) = ("office_manager", "front_desk");
    let asked = [("duty.from", "2026-11-17T09:00"), ("duty.to", "2026-11-17T12:00"), ("case.reason", "请假")];
    let leave = demo.post(a, "/registers/leave_book/new", &asked).await;
    let leave = record(&demo, leave.leads()).await;
    let path = |act: &str| format!("/cases/{leave}/acts/{act}");
    demo.post("technician", &path("leave.cover_confirmed"), &[]).await;
    let no = demo.post(head, &path("leave.granted"), &[]).await;
    assert!(
        no.status == StatusCode::UNPROCESSABLE_ENTITY && no.body.contains("确认顶岗"),
        "nobody named him: {}",
        no.body
    );
    demo.pass(60);
    let named =
        demo.post(head, &path("duty.stood_in"), &[("duty.person", "赵大成"), ("case.reason", "B 岗也请假")]).await;
    assert_eq!(named.status, StatusCode::SEE_OTHER, "{}", named.body);
    demo.pass(60);
    demo.post("technician", &path("leave.cover_confirmed"), &[]).await;
    demo.pass(60);
    let granted = demo.post(head, &path("leave.granted"), &[]).await;
    assert_eq!(granted.status, StatusCode::SEE_OTHER, "{}", granted.body);
    assert!(demo.get(a, "/duty").await.body.contains("赵大成 顶岗"));
}
