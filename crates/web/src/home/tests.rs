//! The home page through the router, both sides of each group.

use axum::http::StatusCode;

use super::groups::{When, when};
use crate::components::Timing;
use crate::testing::Demo;

#[tokio::test]
async fn what_is_owed_stands_in_its_group_with_its_button() {
    let demo = Demo::founded().await;
    assert!(demo.get("technician", "/").await.body.contains("暂无待办"));
    let (case, number) = demo.repair("厨房水龙头漏水").await;
    let shown = demo.get("front_desk", "/").await;
    assert_eq!(shown.status, StatusCode::OK);
    let home = shown.body.split("id=\"home\"").nth(1).unwrap_or_default();
    assert!(home.contains(&number) && home.contains("<h2>"), "{home}");
    demo.taken_on(&case).await;
    let work = demo.web.house.my_work(1, "technician", &["technician".into()], demo.now()).await.unwrap();
    let arrive = work.owed.iter().find(|it| it.must == ["repair.arrived"]).unwrap();
    let zone = &demo.web.house.laws().zone;
    let due = arrive.due.unwrap();
    let at = |seconds: i64| {
        let now = due.plus_seconds(seconds);
        let state = if seconds > 0 { rulebook::State::Overdue } else { rulebook::State::Open };
        when(Timing { now, zone }, &journal::reads::ObligationRow { state, ..arrive.clone() })
    };
    assert_eq!((at(1), at(0), at(-3_600)), (When::Late, When::Hour, When::Hour));
    assert_eq!((at(-3_601), at(-86_400)), (When::Today, When::Later));

    let shown = demo.get("technician", "/").await;
    assert!(shown.body.contains(&format!("/cases/{case}/acts/repair.arrived")), "{}", shown.body);
    let why = demo.get("technician", &format!("/why/{case}/{}", arrive.id)).await;
    assert!(why.status == StatusCode::OK && why.body.contains("10 分钟"), "{}", why.body);
    assert_eq!(demo.get("technician", "/why/none/none").await.status, StatusCode::NOT_FOUND);
    demo.pass(3_600);
    assert!(demo.get("technician", "/").await.body.contains("已超时"));
}

#[tokio::test]
async fn an_administrator_alone_is_led_to_what_is_open() {
    let demo = Demo::founded().await;
    let shown = demo.get("administrator", "/").await;
    assert_eq!((shown.status, shown.leads()), (StatusCode::SEE_OTHER, "/rulebooks"));
}

#[tokio::test]
async fn a_booked_visit_is_looked_after_from_its_time_until_it_is_done() {
    let demo = Demo::founded().await;
    let booked = demo.now().plus_seconds(3_600).0.to_string();
    let own = [("repair.object", "own"), ("repair.on_price_list", "yes"), ("repair.appointment", booked.as_str())];
    let (id, number) = demo.register(office::case::CaseKind::Repair, "马桶漏水", &own).await;
    assert!(!demo.get("front_desk", "/").await.body.contains("到约定时间"));
    demo.pass(3_600);
    let home = demo.get("front_desk", "/").await.body;
    let group = home.split("到约定时间").nth(1).unwrap_or_default();
    let check = format!("/cases/{id}/acts/repair.progress_checked");
    assert!(
        group.contains(&number) && group.contains(&check) && group.contains(&format!("/cases/{id}/chase")),
        "{home}"
    );
    assert!(!demo.get("technician", "/").await.body.contains("到约定时间"), "the desk looks after it");
    let no = demo.post("front_desk", &check, &[("note", "师傅在路上")]).await;
    assert_eq!(no.status, StatusCode::UNPROCESSABLE_ENTITY);
    let fields = [("repair.check_result", "not_finished"), ("note", "师傅在路上")];
    assert_eq!(demo.post("front_desk", &check, &fields).await.status, StatusCode::SEE_OTHER);
    let contacted = format!("/cases/{id}/acts/case.customer_contacted");
    assert_eq!(demo.post("front_desk", &contacted, &[("note", "告知稍晚到")]).await.status, StatusCode::SEE_OTHER);
    let page = demo.get("front_desk", &format!("/cases/{id}")).await.body;
    assert!(page.contains("查询进度：未完成。师傅在路上") && page.contains("联系业户。告知稍晚到"), "{page}");
    demo.act("front_desk", &id, "case.withdrawn", &[]).await;
    assert!(!demo.get("front_desk", "/").await.body.contains("到约定时间"));
}

#[tokio::test]
async fn a_time_told_to_a_resident_that_has_passed_comes_back_to_whoever_told_it() {
    let demo = Demo::founded().await;
    let (case, number) = demo.repair("厨房水龙头漏水").await;
    let told = demo.now().plus_seconds(7_200).0.to_string();
    demo.act("front_desk", &case, "case.promised", &[("case.promised_time", &told)]).await;
    let home = |who: &'static str| demo.get(who, "/");
    let mark = "我答应的时间已过";
    assert!(!home("front_desk").await.body.contains(mark), "there is time");
    demo.pass(7_200);
    let shown = home("front_desk").await.body;
    assert!(shown.contains(mark) && shown.contains(&format!("/cases/{case}/acts/case.promised")), "{shown}");
    assert!(shown.contains("您答应 3-2-501 的时间已过") && shown.contains(&number), "the bell rings: {shown}");
    let other = home("technician").await.body;
    assert!(!other.contains(mark) && !other.contains("的时间已过"), "not at others");
    demo.post("front_desk", &format!("/dispatch/{case}/acknowledge"), &[("back", "/")]).await;
    let heard = home("front_desk").await.body;
    assert!(heard.contains(mark) && !heard.contains("您答应 3-2-501"), "heard, and still to be kept: {heard}");
    demo.pass(60);
    let anew = demo.now().plus_seconds(3_600).0.to_string();
    demo.act("front_desk", &case, "case.promised", &[("case.promised_time", &anew)]).await;
    assert!(!home("front_desk").await.body.contains(mark), "another time is agreed");
}

#[tokio::test]
async fn work_that_can_wait_is_one_press_away_beyond_its_first_rows() {
    let demo = Demo::founded().await;
    let home = || async { demo.get("front_desk", "/").await.body };
    let waits = |body: &str| {
        let group = body.split("<h2>不计时").nth(1).and_then(|it| it.split("</section>").next()).unwrap_or_default();
        let (first, rest) = group.split_once("<details").unwrap_or((group, ""));
        (first.matches("<li").count(), rest.matches("<li").count())
    };
    let mut last = (0, 0);
    for nth in 0..12 {
        demo.repair(&format!("第 {nth} 处漏水")).await;
        let now = waits(&home().await);
        let all = now.0 + now.1;
        assert_eq!(now, if all > 5 { (4, all - 4) } else { (all, 0) }, "{nth}");
        assert!(all >= last.0 + last.1, "nothing is left out");
        last = now;
    }
    assert!(last.1 > 1, "{last:?}");
    assert!(home().await.contains(&crate::t!("其余 {} 项", last.1)));
}

#[tokio::test]
async fn finance_sees_the_third_copies_that_it_was_handed_and_takes_them_in_by_one_button() {
    let demo = Demo::founded().await;
    let (case, number) = demo.repair("厨房水龙头漏水").await;
    demo.returned(&case).await;
    assert!(!demo.get("finance", "/").await.body.contains("待签收"));
    demo.act("front_desk", &case, "repair.copy_to_finance", &[]).await;
    let home = demo.get("finance", "/").await.body;
    assert!(home.contains("第三联到了，待签收") && home.contains(&number), "{home}");
    assert!(!home.contains("暂无待办") && !demo.get("front_desk", "/").await.body.contains("待签收"));
    demo.pass(60);
    let taken = demo.post("finance", &format!("/cases/{case}/acts/repair.finance_received"), &[("back", "/")]).await;
    assert_eq!((taken.status, taken.leads()), (StatusCode::SEE_OTHER, "/"), "{}", taken.body);
    assert!(!demo.get("finance", "/").await.body.contains("待签收"));
}
