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
