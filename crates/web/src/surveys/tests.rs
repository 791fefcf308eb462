//! Surveys through the router: opened, answered behind a code, changed, entered from paper, without names, counted, ended.

use axum::http::StatusCode;
use journal::reads::SurveyFilter;
use office::case::CaseState;
use office::site::CharterChange;

use crate::testing::{Demo, Shown};

/// Opens a round over everybody; answers its id.
async fn opened(demo: &Demo) -> String {
    let fields = [("title", "十一月满意调查"), ("asked", "all"), ("until", "2026-11-30")];
    let done = demo.post("service_supervisor", "/surveys", &fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    done.leads().trim_start_matches("/surveys/").to_owned()
}

/// The addresses of the households' own pages, by room.
async fn links(demo: &Demo, round: &str) -> Vec<String> {
    let codes = demo.web.house.survey_codes(1, round.to_owned()).await.expect("read");
    codes.iter().map(|it| format!("/s/{}", it.code)).collect()
}

async fn answer(demo: &Demo, link: &str, overall: &str, more: &[(&str, &str)]) -> Shown {
    let mut fields = vec![("q-overall", overall)];
    fields.extend(more);
    demo.post("", link, &fields).await
}

async fn settle(demo: &Demo, name: &str, value: &str) {
    let change = CharterChange::Set { name: name.into(), value: value.into() };
    let sent = demo.sent("administrator", "administrator");
    demo.web.house.change_charter(sent, change).await.expect("no fault").expect("not refused");
}

#[tokio::test]
async fn a_household_answers_by_its_link_once_and_may_change_it() {
    let demo = Demo::founded().await;
    let round = opened(&demo).await;
    let links = links(&demo, &round).await;
    assert_eq!(links.len(), 5, "every household has its own");
    let page = demo.get("", &links[0]).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("您对我们的管理总体满意吗") && page.body.contains("十一月满意调查"));
    for secret in ["单晓演", "13800000001", "3-2-501", "演示便利店"] {
        assert!(!page.body.contains(secret), "{secret} stands on the page");
    }
    let no = answer(&demo, &links[0], "", &[("q-trust", "satisfied")]).await;
    assert_eq!(no.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(no.body.contains("总体满意还没有选"), "{}", no.body);
    let told = [("q-trust", "satisfied"), ("q-cash", "no"), ("q-words", "车库太暗")];
    let done = answer(&demo, &links[0], "dissatisfied", &told).await;
    assert_eq!(done.leads(), links[0], "{}", done.body);
    let all = |filter: SurveyFilter| demo.web.house.survey_answers(1, round.clone(), filter);
    let overall = SurveyFilter { question: "overall".into(), ..SurveyFilter::default() };
    let (lines, _) = all(overall.clone()).await.expect("read");
    assert_eq!(lines.len(), 1);
    let case = demo.web.house.case(1, lines[0].case.clone()).await.expect("read").expect("there");
    assert_eq!((case.state, case.round), (CaseState::Working, 2), "somebody has to see to it");
    let queue = demo.get("front_desk", "/follow-up").await;
    assert!(queue.body.contains(&case.number), "{}", queue.body);

    demo.pass(60);
    let again = demo.get("", &links[0]).await;
    assert!(again.body.contains("已经收到您的答案") && again.body.contains("车库太暗"), "{}", again.body);
    answer(&demo, &links[0], "very_satisfied", &[]).await;
    let (lines, _) = all(overall).await.expect("read");
    assert_eq!((lines.len(), lines[0].value.as_str()), (1, "very_satisfied"), "the last answer counts");
    let before = demo.web.house.case(1, case.id.clone()).await.expect("read").expect("there");
    assert_eq!(before.state, CaseState::Withdrawn);
    let now = demo.web.house.case(1, lines[0].case.clone()).await.expect("read").expect("there");
    assert_eq!(now.state, CaseState::Closed, "a satisfied answer leaves nothing to do");
}

#[tokio::test]
async fn rate_and_score_are_counted_apart_beside_the_round_before() {
    let demo = Demo::founded().await;
    let first = opened(&demo).await;
    let old = links(&demo, &first).await;
    answer(&demo, &old[0], "very_satisfied", &[]).await;
    demo.post("service_supervisor", &format!("/surveys/{first}/end"), &[]).await;
    demo.pass(3_600);
    let round = opened(&demo).await;
    let links = links(&demo, &round).await;
    for (link, grade) in links.iter().zip(["very_satisfied", "satisfied", "mostly_satisfied", "dissatisfied"]) {
        let done = answer(&demo, link, grade, &[("q-clean", grade)]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    }
    let results = demo.web.house.survey_results(1, round.clone()).await.expect("read").expect("there");
    let overall = results.round.overall;
    assert_eq!((overall.satisfied(), overall.graded(), overall.mark, overall.full), (3, 4, 250, 400));
    assert_eq!(
        (results.targets, overall.rate_reaches(75), overall.score_reaches(63)),
        ((96, 75), Some(true), Some(false))
    );
    assert_eq!((results.round.invited, results.before.map(|it| it.id)), (Some(5), Some(first)));
    assert_eq!(results.buildings.iter().map(|it| it.3).sum::<i64>(), 5, "everybody asked lives somewhere");
    let surroundings = results.services.iter().find(|it| it.0 == "surroundings").expect("asked about");
    assert_eq!(surroundings.1.graded(), 4);
    let page = demo.get("front_desk", &format!("/surveys/{round}")).await;
    for words in ["75.0 %", "62.5 %", "目标 ≥ 96 %", "80.0 %", "按楼栋", "按服务"] {
        assert!(page.body.contains(words), "{words}: {}", page.body);
    }
    let list = demo.get("front_desk", &format!("/surveys/{round}/answers?question=overall&value=unhappy")).await;
    assert_eq!(list.body.matches("/cases/survey-").count(), 1, "{}", list.body);
    let sheet = demo.get("service_supervisor", &format!("/surveys/{round}?as=csv")).await;
    assert!(sheet.body.contains("75.0 %") && sheet.body.contains("100.0 %"), "{}", sheet.body);
    let rounds = demo.get("front_desk", "/surveys").await;
    assert!(rounds.body.contains("应答率") && rounds.body.contains("80.0 %"), "{}", rounds.body);
}

#[tokio::test]
async fn paper_and_phone_are_entered_by_the_office_and_a_round_ends() {
    let demo = Demo::founded().await;
    let round = opened(&demo).await;
    let links = links(&demo, &round).await;
    let sheets = demo.get("service_supervisor", &format!("/surveys/{round}/sheets")).await;
    assert!(sheets.body.contains(&links[0]) && sheets.body.contains("<svg") && sheets.body.contains("□ 很满意"));
    let path = format!("/surveys/{round}/asked/2");
    let no = demo.post("front_desk", &path, &[("q-overall", "satisfied")]).await;
    assert!(no.body.contains("还没有选怎么问的"), "{}", no.body);
    let done = demo.post("front_desk", &path, &[("q-overall", "satisfied"), ("method", "paper")]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let asked = demo.get("front_desk", &format!("/surveys/{round}/asked")).await;
    assert_eq!(asked.body.matches("还没有答</").count(), 4, "{}", asked.body);
    assert_eq!(demo.post("technician", &path, &[]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(demo.post("front_desk", &format!("/surveys/{round}/end"), &[]).await.status, StatusCode::FORBIDDEN);
    for odd in ["/s/none", "/s/00000000000000000000"] {
        assert_eq!(demo.get("", odd).await.status, StatusCode::NOT_FOUND, "{odd}");
        assert_eq!(answer(&demo, odd, "satisfied", &[]).await.status, StatusCode::NOT_FOUND);
    }
    demo.post("service_supervisor", &format!("/surveys/{round}/end"), &[]).await;
    assert_eq!(demo.get("", &links[0]).await.status, StatusCode::NOT_FOUND, "it is over");
    assert_eq!(answer(&demo, &links[0], "satisfied", &[]).await.status, StatusCode::NOT_FOUND);
    let late = demo.post("front_desk", &path, &[("q-overall", "satisfied"), ("method", "phone")]).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", late.body);
    let second = opened(&demo).await;
    let link = self::links(&demo, &second).await.remove(0);
    demo.pass(15 * 86_400);
    assert_eq!(demo.get("", &link).await.status, StatusCode::NOT_FOUND, "its day has passed");
}

#[tokio::test]
async fn without_names_nobody_sees_whose_answer_it_is() {
    let demo = Demo::founded().await;
    settle(&demo, "满意调查不记名", "是").await;
    let round = opened(&demo).await;
    let links = links(&demo, &round).await;
    answer(&demo, &links[0], "dissatisfied", &[("q-words", "内情")]).await;
    let again = demo.get("", &links[0]).await;
    assert!(again.body.contains("不记名") && !again.body.contains("内情"), "{}", again.body);
    let (lines, _) = demo.web.house.survey_answers(1, round.clone(), SurveyFilter::default()).await.expect("read");
    let case = demo.web.house.case(1, lines[0].case.clone()).await.expect("read").expect("there");
    assert_eq!(case.household, None);
    let room = demo.web.house.survey_invites(1, round.clone()).await.expect("read")[0].place.clone();
    for path in [
        format!("/cases/{}", case.id),
        format!("/surveys/{round}/answers"),
        "/registers/surveys".to_owned(),
        "/follow-up".to_owned(),
    ] {
        let page = demo.get("service_supervisor", &path).await;
        assert!(page.status == StatusCode::OK && !page.body.contains(&room), "{path}: {}", page.body);
    }
    let asked = demo.get("service_supervisor", &format!("/surveys/{round}/asked")).await;
    assert!(asked.body.contains(&room) && !asked.body.contains("/cases/"), "{}", asked.body);
    answer(&demo, &links[0], "satisfied", &[]).await;
    let (lines, _) = demo.web.house.survey_answers(1, round, SurveyFilter::default()).await.expect("read");
    assert_eq!(lines.iter().filter(|it| it.question == "overall").count(), 1, "still one answer a household");
}

#[tokio::test]
async fn a_site_adds_a_question_and_leaves_one_out() {
    let demo = Demo::founded().await;
    let add = [("does", "add"), ("words", "儿童乐园满意吗"), ("kind", "五档"), ("service", "环境")];
    let done = demo.post("office_manager", "/surveys/questions", &add).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let twice = demo.post("office_manager", "/surveys/questions", &add).await;
    assert!(twice.body.contains("已经有这一题"), "{}", twice.body);
    demo.post("office_manager", "/surveys/questions", &[("does", "off"), ("question", "security")]).await;
    assert_eq!(demo.post("front_desk", "/surveys/questions", &add).await.status, StatusCode::FORBIDDEN);
    let round = opened(&demo).await;
    let link = links(&demo, &round).await.remove(0);
    let page = demo.get("", &link).await;
    assert!(page.body.contains("儿童乐园满意吗") && !page.body.contains("门岗和秩序"), "{}", page.body);
    demo.post("office_manager", "/surveys/questions", &[("does", "on"), ("question", "security")]).await;
    assert!(!demo.get("", &link).await.body.contains("门岗和秩序"), "a round stays as it was opened");
    assert!(demo.get("office_manager", "/settings").await.body.contains("儿童乐园满意吗：五档：环境"));
    let odd = [("name", "自己的调查题"), ("value", "儿童乐园满意吗：五分")];
    let no = demo.post("office_manager", "/settings", &odd).await;
    assert!(no.status == StatusCode::UNPROCESSABLE_ENTITY && no.body.contains("五分"), "{}", no.body);
}

#[tokio::test]
async fn what_was_asked_apart_from_rounds_stands_by_month_with_who_received_complaints() {
    let demo = Demo::founded().await;
    let drawn = demo.post("service_supervisor", "/follow-up/plan/households", &[("count", "2")]).await;
    assert_eq!(drawn.status, StatusCode::SEE_OTHER, "{}", drawn.body);
    let filter =
        journal::reads::CaseFilter { kind: office::case::CaseKind::of("surveys"), limit: 10, ..Default::default() };
    let rows = demo.web.house.cases(1, filter, demo.now()).await.expect("read").rows;
    let told = [("follow_up.method", "phone"), ("survey.grade", "satisfied")];
    demo.act("front_desk", &rows[0].id, "survey.household_answered", &told).await;
    let (complaint, _) = demo.register(office::case::CaseKind::Complaint, "楼道没有打扫", &[]).await;
    let talk = [("follow_up.method", "phone"), ("follow_up.satisfaction", "satisfied"), ("desk.attitude", "poor")];
    demo.act("service_supervisor", &complaint, "follow_up.done", &talk).await;
    let results = demo.web.house.survey_results(1, "month:2026-11".into()).await.expect("read").expect("there");
    assert_eq!((results.round.overall.graded(), results.round.invited), (1, None));
    let received: Vec<(&str, i64)> = results.people.iter().map(|it| (it.0.as_str(), it.1.satisfied())).collect();
    assert_eq!(received, [("front_desk", 0)]);
    let page = demo.get("service_supervisor", "/surveys/month:2026-11").await;
    assert!(page.body.contains("按接待人员") && page.body.contains("林小满"), "{}", page.body);
    let list = demo.get("service_supervisor", "/surveys/month:2026-11/answers?person=front_desk&value=unhappy").await;
    assert!(list.body.contains(&format!("/cases/{complaint}")), "{}", list.body);
}
