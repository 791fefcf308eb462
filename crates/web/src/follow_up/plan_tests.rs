//! The follow-up plan: drawn, given to somebody, followed, verified; issues of a talk; households asked how satisfied they are.

use axum::http::StatusCode;
use journal::reads::PlannedRate;
use office::case::{ActOnCase, CaseKind, OpenRecord, Place};

use crate::testing::Demo;

/// Repairs that are done, one after the other on the same morning.
async fn repaired(demo: &Demo, count: usize) -> Vec<String> {
    let mut cases = Vec::new();
    for nth in 0..count {
        let (case, _) = demo.repair(&format!("第 {} 处漏水", nth + 1)).await;
        demo.completed(&case).await;
        cases.push(case);
    }
    cases
}

async fn month(demo: &Demo) -> PlannedRate {
    let plan = demo.web.house.follow_up_plan(1, demo.now()).await.unwrap();
    let of_month = |rate: &&PlannedRate| rate.figure.clause.id == "4.1.2(2)a" && rate.figure.period == "2026-11";
    plan.rates.iter().find(of_month).expect("60 % of the month's repairs").clone()
}

#[tokio::test]
async fn what_a_clause_lacks_is_drawn_planned_given_and_proved() {
    let demo = Demo::founded_under(&["followup-9"]).await;
    let cases = repaired(&demo, 5).await;
    let before = month(&demo).await;
    assert_eq!((before.figure.base, before.figure.needed, before.lacking(), before.open), (5, Some(3), 3, 5));
    let page = demo.get("service_supervisor", "/follow-up/plan").await;
    assert!(page.body.contains("抽取还差的") && page.body.contains("还没有排好的回访"));

    let no = demo.post("technician", "/follow-up/plan/draw", &[]).await;
    assert_eq!(no.status, StatusCode::FORBIDDEN, "a repairer draws nothing");
    let drawn = demo.post("service_supervisor", "/follow-up/plan/draw", &[]).await;
    assert_eq!(drawn.status, StatusCode::SEE_OTHER, "{}", drawn.body);
    let after = month(&demo).await;
    assert_eq!((after.planned, after.lacking(), after.open), (3, 0, 2));
    let again = demo.post("service_supervisor", "/follow-up/plan/draw", &[]).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "nothing is lacking any more");
    assert!(again.body.contains("都已访够或排够"));

    let plan = demo.web.house.follow_up_plan(1, demo.now()).await.unwrap();
    assert_eq!((plan.lines.len(), plan.draws.len()), (3, 1));
    let zone = &demo.web.house.laws().zone;
    for line in &plan.lines {
        let at = zone.civil(line.at);
        assert!(line.drawn && line.visitor.is_empty() && line.at > demo.now() && (9..18).contains(&at.hour()), "{at}");
    }
    let times: std::collections::BTreeSet<_> = plan.lines.iter().map(|line| line.at).collect();
    assert_eq!(times.len(), 3, "no two calls at the same time");

    let given = [("line", plan.lines[0].case.id.as_str()), ("visitor", "周安然")];
    let done = demo.post("service_supervisor", "/follow-up/plan/visitor", &given).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let none = demo.post("service_supervisor", "/follow-up/plan/visitor", &[("visitor", "周安然")]).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    let plan = demo.web.house.follow_up_plan(1, demo.now()).await.unwrap();
    assert_eq!(plan.lines.iter().filter(|line| line.visitor == "周安然").count(), 1);
    assert_eq!(plan.lines.len(), 3, "it is planned once");
    let sheet = demo.get("service_supervisor", "/follow-up/plan?as=csv").await;
    assert!(sheet.body.contains("周安然") && sheet.body.contains("followup-9 4.1.2(2)a 2026-11"));

    for checked in demo.web.house.verify_draws(1).await.unwrap() {
        assert_eq!(checked.wrong, Vec::<String>::new());
        assert_eq!(checked.draw.drawn.len(), 3);
    }
    assert_eq!(cases.len(), 5);
}

#[tokio::test]
async fn the_next_in_order_takes_the_place_of_whom_nobody_reaches() {
    let demo = Demo::founded_under(&["followup-9"]).await;
    repaired(&demo, 3).await;
    demo.post("service_supervisor", "/follow-up/plan/draw", &[]).await;
    let plan = demo.web.house.follow_up_plan(1, demo.now()).await.unwrap();
    let one = plan.lines[0].case.id.clone();
    for nth in 1..=3 {
        demo.act("front_desk", &one, "follow_up.attempted", &[("follow_up.method", "phone")]).await;
        let rate = month(&demo).await;
        assert_eq!(rate.given_up, i64::from(nth == 3), "after {nth} attempts");
    }
    assert_eq!((month(&demo).await.lacking(), month(&demo).await.open), (1, 1));
    let drawn = demo.post("service_supervisor", "/follow-up/plan/draw", &[]).await;
    assert_eq!(drawn.status, StatusCode::SEE_OTHER, "{}", drawn.body);
    let plan = demo.web.house.follow_up_plan(1, demo.now()).await.unwrap();
    assert!(plan.lines.len() == 2 && plan.lines.iter().all(|line| line.case.id != one));
    let checked = demo.web.house.verify_draws(1).await.unwrap();
    assert_eq!(checked.len(), 2);
    assert!(checked.iter().all(|it| it.wrong.is_empty()), "{checked:?}");
}

/// What the server does by itself.
async fn by_clock(demo: &Demo) {
    for site in demo.web.house.sites_to_draw(demo.now()).await.unwrap() {
        demo.web.house.draw_by_clock(site, demo.now()).await.unwrap();
    }
}

#[tokio::test]
async fn the_clock_draws_on_mondays_once() {
    let demo = Demo::founded_under(&["followup-9"]).await;
    repaired(&demo, 2).await;
    for _ in 0..2 {
        by_clock(&demo).await;
    }
    let plan = demo.web.house.follow_up_plan(1, demo.now()).await.unwrap();
    assert_eq!((plan.draws.len(), plan.draws[0].account.as_str(), plan.lines.len()), (1, "clock", 2));
    let page = demo.get("service_supervisor", "/follow-up/plan").await;
    assert!(page.body.contains("时钟"));
    demo.pass(86_400);
    repaired(&demo, 2).await;
    by_clock(&demo).await;
    let plan = demo.web.house.follow_up_plan(1, demo.now()).await.unwrap();
    assert_eq!(plan.draws.len(), 1, "Tuesday is no day for it");
}

#[tokio::test]
async fn an_issue_is_answered_by_the_time_agreed_or_on_the_spot() {
    let demo = Demo::founded_under(&["followup-residential", "followup-9"]).await;
    let case = repaired(&demo, 1).await.remove(0);
    let path = format!("/follow-up/{case}");
    let page = demo.get("front_desk", &path).await;
    assert!(page.body.contains("住户提出的问题") && page.body.contains("记一个问题"));
    let wrong = [("note", "路灯暗"), ("answer_by", "明天")];
    let no = demo.post("front_desk", &format!("{path}/raise"), &wrong).await;
    assert_eq!(no.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(no.body.contains("约定答复的时间没有填对") && no.body.contains("路灯暗"), "what was typed stands");
    let told = [("note", "路灯暗"), ("answer_by", "2026-11-18T12:00")];
    assert_eq!(demo.post("front_desk", &format!("{path}/raise"), &told).await.status, StatusCode::SEE_OTHER);
    let told = [("note", "物业费几号交"), ("answered", "yes")];
    assert_eq!(demo.post("front_desk", &format!("{path}/raise"), &told).await.status, StatusCode::SEE_OTHER);
    let kept = demo.web.house.case(1, case.clone()).await.unwrap().unwrap();
    let count = |name: &str| kept.entries.iter().filter(|it| it.event.name == name).count();
    assert_eq!((count("follow_up.issue_raised"), count("follow_up.answer_promised")), (2, 1));
    assert_eq!((count("follow_up.issue_answered"), count("follow_up.issue_settled")), (1, 1), "the one on the spot");
    for (step, note) in [("study", "换灯"), ("answer", "周三换"), ("settle", "已换")] {
        let done = demo.post("front_desk", &format!("{path}/{step}"), &[("note", note)]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{step} {}", done.body);
    }
    let page = demo.get("front_desk", &path).await;
    assert!(page.body.contains("周三换") && page.body.contains("已换"));
}

#[tokio::test]
async fn an_answer_is_scored_by_the_marks_of_the_office() {
    let demo = Demo::founded_under(&["service-office"]).await;
    let record = OpenRecord {
        case: "survey1".into(),
        register: office::survey::REGISTER.into(),
        place: Place { household: Some("3-2-501".into()), words: "3-2-501".into() },
        act: ActOnCase { act: "survey.household_chosen".into(), ..ActOnCase::default() },
        ..OpenRecord::default()
    };
    let sent = demo.sent("front_desk", "front_desk");
    demo.web.house.open_record(sent, demo.actor("front_desk"), record).await.unwrap().unwrap();
    let told = [("follow_up.method", "phone"), ("survey.grade", "satisfied")];
    demo.act("front_desk", "survey1", office::survey::ANSWERED, &told).await;
    let kept = demo.web.house.case(1, "survey1".into()).await.unwrap().unwrap();
    let score = |name: &str| kept.last(name).and_then(|it| it.event.body.attributes.get("survey.score").cloned());
    assert_eq!(
        (score("survey.household_answered").as_deref(), score("survey.scored").as_deref()),
        (Some("100"), Some("75"))
    );
    assert!(kept.has("follow_up.satisfied"));
    assert_eq!(kept.kind, CaseKind::Record("surveys"));
    let page = demo.get("front_desk", "/registers/surveys").await;
    assert!(page.body.contains("3-2-501") && page.body.contains("75"));
}

#[tokio::test]
async fn households_are_drawn_once_a_month() {
    let demo = Demo::founded_under(&["service-office"]).await;
    let page = demo.get("service_supervisor", "/follow-up/plan").await;
    assert!(page.body.contains("本月要问 20 户，已选 0 户，已问到 0 户。"), "{}", page.body);
    for wrong in ["0", "many", "201"] {
        let no = demo.post("service_supervisor", "/follow-up/plan/households", &[("count", wrong)]).await;
        assert_eq!(no.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
    }
    let done = demo.post("service_supervisor", "/follow-up/plan/households", &[("count", "3")]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let done = demo.post("service_supervisor", "/follow-up/plan/households", &[("count", "10")]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let plan = demo.web.house.follow_up_plan(1, demo.now()).await.unwrap();
    assert_eq!(
        (plan.survey.wanted, plan.survey.chosen, plan.survey.answered),
        (20, 5, 0),
        "each of five households once"
    );
    let no = demo.post("service_supervisor", "/follow-up/plan/households", &[("count", "1")]).await;
    assert!(no.body.contains("本月都抽过了"), "{}", no.body);
    let told = [("follow_up.method", "phone"), ("survey.grade", "very_satisfied")];
    demo.act("front_desk", "survey-202611-3-2-501", office::survey::ANSWERED, &told).await;
    let plan = demo.web.house.follow_up_plan(1, demo.now()).await.unwrap();
    assert_eq!(plan.survey.answered, 1);
    let list = demo.get("front_desk", "/registers/surveys").await;
    assert!(list.body.contains("MY-202611-0005") && list.body.contains("很满意"));
}

#[tokio::test]
async fn who_moves_in_gets_a_card_and_is_followed_up_within_a_month() {
    let demo = Demo::founded_under(&["customer-info", "convenience"]).await;
    let fields =
        [("place", "3-2-502"), ("name", "曾示范"), ("phone", "13800000002"), ("customer.move_in_date", "2026-11-16")];
    let done = demo.post("front_desk", "/registers/move_ins/new", &fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let rows = demo.web.house.follow_up_plan(1, demo.now()).await.unwrap();
    assert!(rows.lines.is_empty());
    let list = demo.get("front_desk", "/follow-up").await;
    assert!(list.body.contains("RH-202611-0001"), "a new customer stands in the queue");
    let id = list.body.split("/follow-up/r").nth(1).and_then(|it| it.split('"').next()).expect("a link").to_owned();
    let card = [
        ("customer.room", "3-2-502"),
        ("customer.card_edition", "2026"),
        ("site.duty_phone", "020-1"),
        ("site.quality_phone", "020-2"),
    ];
    demo.act("front_desk", &format!("r{id}"), "customer.card_given", &card).await;
    let kept = demo.web.house.case(1, format!("r{id}")).await.unwrap().unwrap();
    assert!(kept.has("customer.card_given") && kept.form("service_card").is_some(), "the card is made out");
    let form = demo.get("front_desk", &format!("/follow-up/r{id}")).await;
    assert!(form.body.contains("对公司的评价"), "{}", form.body);
}
