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
    assert!(log.body.contains("WX-202611-0001") && log.body.contains("厨房水龙头漏水"), "{}", log.body);
    let other = demo.get("front_desk", "/duty/log?day=2026-01-01").await;
    assert!(other.body.contains("这一天还没有记录"));
    let csv = demo.get("office_manager", "/duty/log?as=csv").await;
    assert!(csv.body.starts_with("\u{feff}时间,编号") && csv.body.contains("WX-202611-0001"));
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
