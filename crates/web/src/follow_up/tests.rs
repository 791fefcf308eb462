//! A follow-up from the list to the review, satisfied and not.

use axum::http::StatusCode;

use crate::testing::Demo;

/// A repair that is done and signed.
async fn done() -> (Demo, String) {
    done_at(Demo::founded().await).await
}

async fn done_at(demo: Demo) -> (Demo, String) {
    let (case, _) = demo.repair("厨房水龙头漏水").await;
    demo.completed(&case).await;
    demo.acts(&case, &[("technician", "repair.accepted", &[]), ("technician", "repair.customer_signed", &[])]).await;
    demo.pass(3600);
    (demo, case)
}

fn talk(satisfaction: &str) -> Vec<(&str, &str)> {
    vec![
        ("method", "phone"),
        ("satisfaction", satisfaction),
        ("quality", "好"),
        ("effect", "正常"),
        ("shortcomings", "无"),
        ("suggestions", "无"),
        ("summary", "已修好，不再漏"),
    ]
}

#[tokio::test]
async fn a_talk_takes_signs_and_returns_the_form_in_one_step() {
    let (demo, case) = done().await;
    let list = demo.get("front_desk", "/follow-up").await;
    assert_eq!(list.status, StatusCode::OK);
    assert!(list.body.contains(&format!("/follow-up/{case}")) && list.body.contains("本月"));
    let path = format!("/follow-up/{case}");
    let page = demo.get("front_desk", &path).await;
    assert!(page.body.contains("领取并签收回访表") && page.body.contains("138****0001"));
    let told = demo.post("front_desk", &format!("{path}/done"), &talk("satisfied")).await;
    assert_eq!(told.status, StatusCode::SEE_OTHER, "{}", told.body);
    let kept = demo.web.house.case(1, case.clone()).await.unwrap().unwrap();
    let order: Vec<&str> = kept
        .entries
        .iter()
        .map(|entry| entry.event.name.as_str())
        .filter(|name| name.starts_with("follow_up."))
        .collect();
    let wanted = ["form_issued", "form_signed_for", "done", "satisfied", "performer_signed", "form_returned"];
    assert_eq!(order, wanted.map(|name| format!("follow_up.{name}")));
    assert!(demo.get("front_desk", "/follow-up").await.body.contains("已回访，待审核"));
    let fields = [("comment", "属实"), ("conforming", "yes")];
    let review = demo.post("service_supervisor", &format!("{path}/review"), &fields).await;
    assert_eq!(review.status, StatusCode::SEE_OTHER, "{}", review.body);
    assert!(demo.get("service_supervisor", "/follow-up").await.body.contains("已审核，可以结案"));
    let page = demo.get("service_supervisor", &path).await.body;
    assert!(page.contains("再次审核") && page.contains(&format!("/cases/{case}/acts/case.closed")), "{page}");
    let main = |to: &str| format!("class=\"button main\" href=\"/cases/{case}/acts/{to}\"");
    let page = demo.get("service_supervisor", &format!("/cases/{case}")).await;
    assert!(page.body.contains(&main("case.closed")), "nothing is owed: closing is what is left: {}", page.body);
    demo.acts(&case, &[("service_supervisor", "case.closed", &[])]).await;
    let page = demo.get("service_supervisor", &format!("/cases/{case}")).await;
    assert!(page.body.contains(&main("case.filed")), "{}", page.body);
}

#[tokio::test]
async fn a_suggestion_is_taken_up_or_not_where_a_rulebook_asks() {
    let (demo, case) = done().await;
    assert!(!demo.get("front_desk", &format!("/follow-up/{case}")).await.body.contains("建议采纳"));
    let (demo, case) = done_at(Demo::founded_under(&["repair-residential", "service-office"]).await).await;
    let path = format!("/follow-up/{case}");
    let page = demo.get("front_desk", &path).await;
    assert!(page.body.contains("建议采纳") && page.body.contains("先听完，不打断"), "{}", page.body);
    let mut fields = talk("satisfied");
    fields[5] = ("suggestions", "来之前先打电话");
    fields.push(("follow_up.suggestion_taken", "no"));
    let told = demo.post("front_desk", &format!("{path}/done"), &fields).await;
    assert_eq!(told.status, StatusCode::SEE_OTHER, "{}", told.body);
    let kept = demo.web.house.case(1, case).await.unwrap().unwrap();
    assert_eq!(kept.last("follow_up.done").unwrap().event.body.attributes["follow_up.suggestion_taken"], "no");
}

#[tokio::test]
async fn what_can_wait_in_the_queue_is_one_press_away_and_nothing_due_today_is() {
    let (mut demo, first) = done().await;
    let mut cases = vec![first];
    while cases.len() < 7 {
        let (house, case) = done_at(demo).await;
        demo = house;
        cases.push(case);
    }
    let folded = async || {
        let list = demo.get("front_desk", "/follow-up").await.body;
        let (first, rest) = list.split_once("id=\"calls-0\"").expect("folded");
        (first.matches("<li data-walk").count(), rest.matches("<li data-walk").count())
    };
    assert_eq!(folded().await, (5, 2));
    let planned = [("planned_at", "2026-11-16T23:00")];
    for case in &cases[..6] {
        let done = demo.post("front_desk", &format!("/follow-up/{case}/plan"), &planned).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    }
    assert_eq!(folded().await, (6, 1), "who is to be called today is in sight");
}

#[tokio::test]
async fn a_visit_carries_the_residents_signature() {
    let (demo, case) = done().await;
    let mut fields = talk("mostly_satisfied");
    fields[0] = ("method", "visit");
    let path = format!("/follow-up/{case}/done");
    let unsigned = demo.post("front_desk", &path, &fields).await;
    assert_eq!(unsigned.status, StatusCode::UNPROCESSABLE_ENTITY, "the form of a visit is not taken back unsigned");
    let (demo, case) = done().await;
    fields.extend([("signature", "M1 1L30 40"), ("signer", "单晓演"), ("with", "department_head")]);
    let path = format!("/follow-up/{case}/done");
    let signed = demo.post("front_desk", &path, &fields).await;
    assert_eq!(signed.status, StatusCode::SEE_OTHER, "{}", signed.body);
    let kept = demo.web.house.case(1, case).await.unwrap().unwrap();
    assert_eq!(kept.last("follow_up.done").unwrap().event.body.posts, ["department_head"]);
    assert!(kept.has("case.customer_signed"));
}

#[tokio::test]
async fn what_the_review_will_ask_for_is_asked_while_the_resident_is_on_the_line() {
    let (demo, case) = done().await;
    let path = format!("/follow-up/{case}");
    let page = demo.get("front_desk", &path).await;
    assert!(page.body.contains("name=\"shortcomings\" rows=\"2\" maxlength=\"500\" required"), "{}", page.body);
    let mut fields = talk("satisfied");
    fields[4] = ("shortcomings", " ");
    let no = demo.post("front_desk", &format!("{path}/done"), &fields).await;
    assert_eq!(no.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(no.body.contains("还没有问：缺点不足") && no.body.contains("已修好，不再漏"), "{}", no.body);
    assert!(!demo.web.house.case(1, case).await.unwrap().unwrap().has("follow_up.done"), "nothing was written");
    let (demo, case) = done_at(Demo::founded_under(&["repair-residential"]).await).await;
    let path = format!("/follow-up/{case}/done");
    let told = demo.post("front_desk", &path, &fields).await;
    assert_eq!(told.status, StatusCode::SEE_OTHER, "where no rulebook asks, nobody is made to: {}", told.body);
}

#[tokio::test]
async fn an_unhappy_answer_opens_the_next_round_on_the_spot() {
    let (demo, case) = done().await;
    let path = format!("/follow-up/{case}");
    demo.post("front_desk", &format!("{path}/done"), &talk("dissatisfied")).await;
    let page = demo.get("front_desk", &path).await;
    assert!(page.body.contains("不满意，重新处理") && page.body.contains("第 2 轮"), "{}", page.body);
    assert!(demo.get("front_desk", "/follow-up").await.body.contains("正在重新处理"));
    demo.pass(60);
    let reworked = demo.post("front_desk", &format!("{path}/rework"), &[("note", "换了新龙头")]).await;
    assert_eq!(reworked.status, StatusCode::SEE_OTHER, "{}", reworked.body);
    demo.pass(60);
    let told = demo.post("front_desk", &format!("{path}/done"), &talk("satisfied")).await;
    assert_eq!(told.status, StatusCode::SEE_OTHER, "{}", told.body);
}

#[tokio::test]
async fn attempts_and_plans_stand_in_the_queue() {
    let (demo, case) = done().await;
    let path = format!("/follow-up/{case}");
    let tried = demo.post("front_desk", &format!("{path}/attempt"), &[("method", "phone"), ("note", "无人接")]).await;
    assert_eq!(tried.status, StatusCode::SEE_OTHER);
    let planned = demo.post("front_desk", &format!("{path}/plan"), &[("planned_at", "2026-11-17T10:00")]).await;
    assert_eq!(planned.status, StatusCode::SEE_OTHER, "{}", planned.body);
    let odd = demo.post("front_desk", &format!("{path}/plan"), &[("planned_at", "明天")]).await;
    assert_eq!(odd.status, StatusCode::UNPROCESSABLE_ENTITY);
    let list = demo.get("front_desk", "/follow-up").await;
    assert!(list.body.contains("未果 1 次") && list.body.contains("10:00"));
}

#[tokio::test]
async fn the_number_shows_after_its_purpose_was_written_down() {
    let (demo, case) = done().await;
    let shown = demo.post("front_desk", &format!("/follow-up/{case}/phone"), &[]).await;
    assert!(shown.body.contains("tel:13800000001"));
    let no = demo.post("technician", &format!("/follow-up/{case}/phone"), &[]).await;
    assert_eq!(no.status, StatusCode::FORBIDDEN);
    assert_eq!(demo.get("front_desk", "/follow-up/nothing").await.status, StatusCode::NOT_FOUND);
    assert_eq!(demo.post("front_desk", &format!("/follow-up/{case}/dance"), &[]).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_rate_that_yields_is_measured_and_asks_for_nothing() {
    let (demo, _) = done().await;
    let month = demo.web.house.laws().zone.date(demo.now()).strftime("%Y-%m").to_string();
    let told = demo.web.house.follow_ups(1, vec![month], demo.now()).await.unwrap();
    let rate = told.rates[0].1.clause.clone();
    let open = demo.get("front_desk", "/follow-up").await;
    assert!(!open.body.contains("只统计"), "{}", open.body);
    let law = demo.web.house.law(1).await.unwrap();
    let book = law.books.values().find(|book| book.id == "repair-residential").unwrap();
    let prefer = rulebook::ClauseRef { book: book.id.clone(), id: book.clauses[0].rules[0].id.value.clone() };
    let change = office::site::CharterChange::Settle {
        sides: [rate, prefer.clone()],
        prefer: Some(prefer.clone()),
        reason: "演示".into(),
    };
    let sent = demo.sent("office_manager", "office_manager");
    demo.web.house.change_charter(sent, change).await.unwrap().unwrap_or_else(|no| panic!("{no}"));
    demo.pass(1);
    let shown = demo.get("front_desk", "/follow-up").await;
    let link = format!("/rulebooks/{}/{}", prefer.book, prefer.id);
    assert!(shown.body.contains("只统计") && shown.body.contains(&link), "{}", shown.body);
}
