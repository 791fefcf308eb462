//! The board: ringing, assigning, refusing.

use axum::http::StatusCode;

use crate::testing::Demo;

#[tokio::test]
async fn an_order_rings_is_acknowledged_and_assigned() {
    let demo = Demo::founded().await;
    let (case, number) = demo.repair("厨房水龙头漏水").await;
    let board = demo.get("engineering_supervisor", "/dispatch").await;
    assert_eq!(board.status, StatusCode::OK);
    assert!(board.body.contains(&format!("data-card=\"{case}\"")) && board.body.contains("data-lane=\"technician2\""));
    assert!(board.body.contains("data-ring") && board.body.contains(&number));
    let card = board.body.split(&format!("data-card=\"{case}\"")).nth(1).unwrap();
    assert!(card.split("</li>").next().unwrap().contains("还剩"), "the alarm of giving it out runs: {card}");
    let path = format!("/dispatch/{case}/acknowledge");
    let stopped = demo.post("front_desk", &path, &[("back", "/desk")]).await;
    assert_eq!((stopped.status, stopped.leads()), (StatusCode::SEE_OTHER, "/desk"));
    let away = demo.post("front_desk", &path, &[("back", "https://evil.example")]).await;
    assert_eq!(away.leads(), "/");
    assert!(!demo.get("engineering_supervisor", "/dispatch").await.body.contains("data-ring"));
    let given =
        demo.post("engineering_supervisor", "/dispatch/assign", &[("card", &case), ("lane", "technician2")]).await;
    assert_eq!((given.status, given.leads()), (StatusCode::SEE_OTHER, "/dispatch"));
    let kept = demo.web.house.case(1, case).await.unwrap().unwrap();
    assert_eq!(kept.assignee.as_deref(), Some("technician2"));
}

#[tokio::test]
async fn assigning_to_nobody_is_refused_on_the_board() {
    let demo = Demo::founded().await;
    let (case, _) = demo.repair("灯不亮").await;
    let no = demo.post("engineering_supervisor", "/dispatch/assign", &[("card", &case), ("lane", "")]).await;
    assert_eq!(no.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(no.body.contains("还没有选维修员") && no.body.contains("id=\"board\""));
    let gone = demo.post("engineering_supervisor", "/dispatch/assign", &[("card", "x"), ("lane", "technician")]).await;
    assert!(gone.body.contains("没有这个事项"));
}

#[tokio::test]
async fn a_technician_sees_the_board_but_does_not_assign() {
    let demo = Demo::founded().await;
    let (case, _) = demo.repair("灯不亮").await;
    let board = demo.get("technician", "/dispatch").await;
    assert!(board.body.contains(&case) && !board.body.contains("data-board"));
    let no = demo.post("technician", "/dispatch/assign", &[("card", &case), ("lane", "technician")]).await;
    assert_eq!(no.status, StatusCode::FORBIDDEN);
    assert!(!board.body.contains("data-ring"), "a repairer is not rung at");
    let quiet = demo.post("finance", &format!("/dispatch/{case}/acknowledge"), &[]).await;
    assert_eq!(quiet.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn whom_to_send_is_suggested_with_its_reasons_and_taken_by_one_button() {
    let demo = Demo::founded().await;
    let account = |id: &str, name: &str, trade: &str| office::site::PostChange {
        id: id.into(),
        name: name.into(),
        posts: vec!["technician".into()],
        trade: trade.into(),
        active: true,
        ..office::site::PostChange::default()
    };
    for change in [account("technician", "赵大成", "电"), account("technician2", "孙二演", "水、门窗")] {
        let sent = demo.sent("administrator", "administrator");
        demo.web.house.set_account(sent, change).await.expect("no fault").expect("set");
    }
    let (tap, number) = demo.repair("厨房水龙头漏水").await;
    let board = demo.get("engineering_supervisor", "/dispatch").await.body;
    for part in ["data-suggested", "孙二演", "工种对（水）、手上没有单", "值班表没排维修员", "最急的一单建议派这里"]
    {
        assert!(board.contains(part), "{part}: {board}");
    }
    let page = demo.get("engineering_supervisor", &format!("/cases/{number}")).await.body;
    assert!(page.contains("派单建议") && page.contains("派给孙二演") && page.contains("工种对（水）"), "{page}");
    assert!(!demo.get("technician", &format!("/cases/{number}")).await.body.contains("派单建议"));
    assert!(!demo.get("technician", "/dispatch").await.body.contains("data-suggested"), "who gives nothing out");
    let given = [("assignee", "technician2")];
    let done = demo.post("engineering_supervisor", &format!("/cases/{tap}/acts/repair.assigned"), &given).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let (_, lamp) = demo.repair("客厅灯不亮").await;
    let page = demo.get("engineering_supervisor", &format!("/cases/{lamp}")).await.body;
    assert!(page.contains("派给赵大成"), "{page}");
    demo.repair("窗扇松了").await;
    let board = demo.get("engineering_supervisor", "/dispatch").await.body;
    assert!(board.contains("工种对（门窗）、3 栋手上有活、手上 1 单"), "{board}");
}

#[tokio::test]
async fn an_emergency_stands_first_with_its_sign_on_the_board_and_in_the_list_of_its_repairer() {
    let demo = Demo::founded().await;
    let plain = [("repair.object", "own"), ("repair.on_price_list", "yes")];
    let urgent = [plain.as_slice(), &[("repair.emergency", "yes")]].concat();
    let (lamp, _) = demo.register(office::case::CaseKind::Repair, "灯不亮", &plain).await;
    let (burst, _) = demo.register(office::case::CaseKind::Repair, "厨房水管爆了，水往外流", &urgent).await;
    let board = demo.get("engineering_supervisor", "/dispatch").await.body;
    let at = |case: &str| board.find(&format!("data-card=\"{case}\"")).expect("a card");
    assert!(at(&burst) < at(&lamp), "the emergency first: {board}");
    assert_eq!(board.matches(">紧急<").count(), 1, "{board}");
    demo.act("engineering_supervisor", &burst, "repair.assigned", &[]).await;
    let jobs = demo.get("technician", "/jobs").await.body;
    assert!(jobs.contains(">紧急<"), "{jobs}");
}

#[tokio::test]
async fn a_column_folds_what_can_wait_and_never_what_is_late() {
    let demo = Demo::founded().await;
    let column = |body: &str, from: &str| {
        let column = body.split(from).nth(1).and_then(|it| it.split("</section>").next()).unwrap_or_default();
        let (first, rest) = column.split_once("<details").unwrap_or((column, ""));
        (first.matches("data-card").count(), rest.matches("data-card").count())
    };
    let board = || async { demo.get("engineering_supervisor", "/dispatch").await.body };
    let mut cases = Vec::new();
    for nth in 0..8 {
        cases.push(demo.repair(&format!("第 {nth} 处漏水")).await.0);
    }
    assert_eq!(column(&board().await, "class=\"waiting\""), (8, 0), "each of them rings");
    for case in &cases {
        demo.post("front_desk", &format!("/dispatch/{case}/acknowledge"), &[]).await;
    }
    let body = board().await;
    assert_eq!(column(&body, "class=\"waiting\""), (5, 3), "{body}");
    assert!(body.contains("id=\"waiting\"") && body.contains(&crate::t!("其余 {} 项", 3)), "{body}");
    for case in &cases {
        demo.post("engineering_supervisor", "/dispatch/assign", &[("card", case), ("lane", "technician")]).await;
    }
    assert_eq!(column(&board().await, "data-lane=\"technician\""), (5, 3));
    for case in &cases[1..] {
        demo.act("technician", case, "repair.taken_on", &[]).await;
    }
    demo.pass(3_600);
    let (shown, _) = column(&board().await, "data-lane=\"technician\"");
    assert!(shown >= 7, "who has not arrived in time is late, and in sight: {shown}");
}
