//! Periodic duties through the router: the row on the work list, the form, the register.

use axum::http::StatusCode;
use jiff::civil::date;

use crate::testing::Demo;

/// The founded house on 2 December: the month and the day have begun under its rulebooks.
async fn december() -> Demo {
    let demo = Demo::founded().await;
    demo.pass(16 * 86_400);
    demo
}

async fn path(demo: &Demo, act: &str) -> String {
    let day = date(2026, 12, 2);
    let rows = demo.web.house.periods(1, day, day, demo.now()).await.expect("no fault");
    let row = rows.iter().find(|row| row.period.obligation.must == [act]).expect("it is owed");
    super::path(row.period.first, &row.period.obligation.id)
}

#[tokio::test]
async fn what_is_owed_by_the_month_is_entered_from_the_work_list() {
    let demo = december().await;
    let plan = path(&demo, "plan.made").await;
    let home = demo.get("front_desk", "/").await.body;
    assert!(home.contains(&plan) && home.contains("制定回访计划") && home.contains("2026-12"), "{home}");
    assert!(!demo.get("finance", "/").await.body.contains(&plan));
    let form = demo.get("front_desk", &plan).await;
    for part in ["登记已办", "一步一步怎么算", "这一期还没有登记", "2026-12"] {
        assert!(form.body.contains(part), "{part}: {}", form.body);
    }
    let other = demo.get("finance", &plan).await;
    assert!(other.body.contains("这件事由") && !other.body.contains("登记已办"), "{}", other.body);
    let no = demo.post("finance", &plan, &[("note", "x")]).await;
    assert_eq!(no.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", no.body);
    let odd = demo.post("front_desk", &plan, &[("note", "计划"), ("happened", "昨天")]).await;
    assert!(odd.status == StatusCode::UNPROCESSABLE_ENTITY && odd.body.contains("计划"), "{}", odd.body);

    let pdf = [b"%PDF-1.7 ", [b'x'; 40].as_slice()].concat();
    let done = demo.upload("front_desk", &plan, "计划.pdf", &pdf, &[("note", "十二月的计划已排好")]).await;
    assert_eq!((done.status, done.leads()), (StatusCode::SEE_OTHER, plan.as_str()), "{}", done.body);
    let shown = demo.get("front_desk", &plan).await.body;
    assert!(
        shown.contains("十二月的计划已排好") && shown.contains("计划.pdf") && shown.contains("按时办结"),
        "{shown}"
    );
    let file = shown.split("/attachments/").nth(1).and_then(|it| it.split('"').next()).expect("a file");
    assert_eq!(demo.get("finance", &format!("/attachments/{file}")).await.status, StatusCode::OK);
    assert!(!demo.get("front_desk", "/").await.body.contains(&plan), "done is not owed");
    for nothing in ["/periods/2026-12-01/none", "/periods/soon/none"] {
        assert_eq!(demo.get("front_desk", nothing).await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn the_register_shows_what_became_of_each_period_and_leaves_as_a_file() {
    let demo = december().await;
    let empty = Demo::founded().await;
    assert!(empty.get("front_desk", "/periods").await.body.contains("还没有定期事务"));
    let plan = path(&demo, "plan.made").await;
    demo.post("front_desk", &plan, &[("note", "已排好")]).await;
    demo.pass(40 * 86_400);
    let all = demo.get("front_desk", "/periods").await.body;
    assert!(all.contains(&plan) && all.contains("林小满") && all.contains("客服中心"), "{all}");
    let missed = demo.get("front_desk", "/periods?state=missed").await.body;
    assert!(!missed.contains("制定回访计划"), "{missed}");
    let kept = demo.get("front_desk", "/periods?state=kept&months=12").await.body;
    assert!(kept.contains(&plan));
    assert!(demo.get("front_desk", "/periods?state=waived").await.body.contains("没有符合条件的记录"));
    let csv = demo.get("office_manager", "/periods?as=csv").await.body;
    assert!(csv.contains("2026-12,2026-12-01,2026-12-31,制定回访计划") && csv.contains("按时"), "{csv}");
    assert!(demo.get("office_manager", "/periods?as=xlsx").await.body.starts_with("PK"));
}
