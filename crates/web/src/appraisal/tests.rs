//! A year of appraisal and a breach through the router.

use axum::http::StatusCode;

use crate::testing::{Demo, Shown};

const MANAGER: &str = "office_manager";

/// The file of this person, by its address.
async fn file_of(demo: &Demo, name: &str) -> String {
    let page = demo.get(MANAGER, "/appraisal").await.body;
    let before = page.split(&format!(">{name}</a>")).next().expect("listed");
    before.rsplit("href=\"").next().and_then(|it| it.split('"').next()).expect("a link").to_owned()
}

async fn act(demo: &Demo, account: &str, file: &str, act: &str, more: &[(&str, &str)]) -> Shown {
    demo.post(account, &format!("{file}/acts/{act}"), more).await
}

fn refused(shown: &Shown, because: &str) {
    assert!(
        shown.status == StatusCode::UNPROCESSABLE_ENTITY && shown.body.contains(because),
        "{because}: {}",
        shown.body
    );
}

#[tokio::test]
async fn a_year_goes_from_the_list_to_the_grade_and_the_reward() {
    let demo = Demo::founded_under(&["service-window"]).await;
    assert!(demo.get(MANAGER, "/appraisal").await.body.contains("这一年还没有列考评名单"));
    assert_eq!(demo.post("technician", "/appraisal/list", &[]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(demo.get("technician", "/appraisal").await.status, StatusCode::FORBIDDEN);
    for _ in 0..2 {
        assert_eq!(demo.post(MANAGER, "/appraisal/list", &[]).await.leads(), "/appraisal");
    }
    let page = demo.get(MANAGER, "/appraisal").await.body;
    assert_eq!(page.matches("等本人述职").count(), 10, "each once, but not who only keeps accounts: {page}");
    let file = file_of(&demo, "赵大成").await;

    let own = demo.get("technician", "/appraisal/mine").await.body;
    assert!(own.contains(&file) && own.contains("写述职"), "{own}");
    let others = file_of(&demo, "林小满").await;
    assert_eq!(demo.get("technician", &others).await.status, StatusCode::NOT_FOUND, "somebody else's file");
    assert_eq!(demo.get("technician", &format!("{others}/read-out")).await.status, StatusCode::NOT_FOUND);
    let sneaked = act(&demo, "technician", &others, "appraisal.self_reported", &[("note", "很好")]).await;
    assert_eq!(sneaked.status, StatusCode::NOT_FOUND);
    assert!(!demo.get("technician", "/cases?kind=appraisals").await.body.contains("林小满"));

    let told = act(&demo, "technician", &file, "appraisal.self_reported", &[("note", "全年没有缺勤")]).await;
    assert_eq!(told.status, StatusCode::SEE_OTHER, "{}", told.body);
    let graded = [("appraisal.grade", "excellent"), ("appraisal.appraiser", "陈立")];
    refused(&act(&demo, MANAGER, &file, "appraisal.graded", &graded).await, "窗口互评");
    let score = |score: &'static str| [("appraisal.ballots", "9"), (score, "92")];
    act(&demo, MANAGER, &file, "appraisal.rated_by_all", &score("appraisal.all_score")).await;
    act(&demo, MANAGER, &file, "appraisal.rated_by_windows", &score("appraisal.mutual_score")).await;
    let mut overall = vec![
        ("appraisal.duty_score", "90"),
        ("appraisal.year_score", "80"),
        ("appraisal.attendance_score", "100"),
        ("appraisal.achievement", "全年无差错"),
    ];
    let done = act(&demo, MANAGER, &file, "appraisal.rated_overall", &overall).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    refused(&act(&demo, MANAGER, &file, "appraisal.graded", &graded).await, "德");
    overall.extend([("appraisal.morals", "守信"), ("appraisal.ability", "熟练"), ("appraisal.diligence", "全勤")]);
    act(&demo, MANAGER, &file, "appraisal.rated_overall", &overall).await;
    assert!(demo.get(MANAGER, &file).await.body.contains("88.00"), "weighed 4 : 4 : 2");
    let between = [("appraisal.grade", "basically_competent"), ("appraisal.appraiser", "陈立")];
    refused(&act(&demo, MANAGER, &file, "appraisal.graded", &between).await, "考评等级");
    refused(&act(&demo, MANAGER, &file, "appraisal.graded", &graded[..1]).await, "考评人");
    let done = act(&demo, MANAGER, &file, "appraisal.graded", &graded).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    assert!(demo.get(MANAGER, "/appraisal").await.body.contains("等给予奖励"));
    let no = act(&demo, MANAGER, &file, "appraisal.warned", &[("note", "批评")]).await;
    assert_eq!(no.status, StatusCode::UNPROCESSABLE_ENTITY, "no warning for who is excellent: {}", no.body);
    let done = act(&demo, MANAGER, &file, "appraisal.rewarded", &[("note", "通报表扬")]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let done = act(&demo, MANAGER, &file, "appraisal.filed", &[]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let no = act(&demo, MANAGER, &file, "appraisal.file_destroyed", &[("note", "满五年")]).await;
    assert_eq!(no.status, StatusCode::UNPROCESSABLE_ENTITY, "kept for ever: {}", no.body);
}

#[tokio::test]
async fn a_breach_is_heard_before_it_is_settled_and_may_be_appealed() {
    let demo = Demo::founded_under(&["service-window"]).await;
    let filled = [("case.person", "赵大成"), ("breach.kind", "unfriendly_face"), ("note", "来电录音三处打断")];
    assert_eq!(demo.post("technician", "/registers/breaches/new", &filled).await.status, StatusCode::FORBIDDEN);
    let done = demo.post("service_supervisor", "/registers/breaches/new", &filled).await;
    let file = format!("/cases/{}", done.leads().split("new=").nth(1).expect("a number"));
    let page = demo.get(MANAGER, "/appraisal").await.body;
    assert!(page.contains("等本人申辩") && page.contains("脸难看"), "{page}");
    assert!(demo.get("technician", "/appraisal/mine").await.body.contains("等本人申辩"));
    assert_eq!(demo.get("technician2", &file).await.status, StatusCode::NOT_FOUND);
    let note = |words: &'static str| [("note", words)];
    refused(&act(&demo, MANAGER, &file, "breach.sanctioned", &note("批评")).await, "记下本人申辩");
    for (who, name, words) in [
        ("service_supervisor", "breach.heard", "当晚来电多，态度急"),
        ("service_supervisor", "breach.sanction_proposed", "口头批评"),
        (MANAGER, "breach.sanctioned", "同意"),
        ("service_supervisor", "breach.appealed", "认为录音不全"),
    ] {
        let done = act(&demo, who, &file, name, &note(words)).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{name}: {}", done.body);
    }
    assert!(demo.get(MANAGER, "/appraisal").await.body.contains("等裁定申诉"));
    let late = act(&demo, MANAGER, &file, "breach.let_off", &[("case.reason", "情节轻")]).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY, "settled already: {}", late.body);
    let done = act(&demo, MANAGER, &file, "breach.appeal_decided", &note("维持")).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    assert!(demo.get(MANAGER, "/appraisal").await.body.contains("没有等着处理的"));

    // Liability takes effect only with person, loss, basis, fault and result, and approved.
    let filled = [("case.person", "孙平"), ("case.loss", "300"), ("note", "碰坏鞋柜")];
    let done = demo.post(MANAGER, "/registers/liabilities/new", &filled).await;
    let file = format!("/cases/{}", done.leads().split("new=").nth(1).expect("a number"));
    let no = act(&demo, MANAGER, &file, "liability.effective", &[]).await;
    refused(&no, "法律依据");
    assert!(no.body.contains("批准责任追究") && no.body.contains("过错程度"), "{}", no.body);
    let done = act(&demo, MANAGER, &file, "liability.approved", &[]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let whole = [("liability.basis", "民法典"), ("liability.fault", "slight"), ("liability.result", "slight")];
    let done = act(&demo, MANAGER, &file, "liability.effective", &whole).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
}
