//! Forms through the router: the register, the print of each paper, the note that it was printed.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use office::case::CaseKind;

use crate::testing::{Demo, Shown};

/// A page as a front desk sees it that chose a language.
async fn in_language(demo: &Demo, path: &str, language: &str) -> Shown {
    let cookie = format!("{}; language={language}", demo.cookie("front_desk").await);
    let request =
        Request::get(path).header("sec-fetch-site", "same-origin").header(header::HOST, "office.example:8000");
    demo.raw(request.header(header::COOKIE, cookie).body(Body::empty()).expect("a request")).await
}

#[tokio::test]
async fn a_form_prints_in_the_language_of_the_reader() {
    let demo = Demo::founded().await;
    let (_, number) = demo.repair("厨房水龙头漏水").await;
    let path = format!("/forms/{number}/print");
    let english = in_language(&demo, &path, "en").await.body;
    for part in
        ["Repair slip", "Copy 4 · front desk (stub)", "Resident accepts the work", "What is wrong", "厨房水龙头漏水"]
    {
        assert!(english.contains(part), "{part}");
    }
    assert!(!english.contains("报修内容") && !english.contains("第四联"));
    let traditional = in_language(&demo, &path, "zh-TW").await.body;
    assert!(traditional.contains("報修內容") && traditional.contains("第四聯"), "{traditional}");
}

#[tokio::test]
async fn a_slip_prints_once_a_copy_or_once_in_all() {
    let demo = Demo::founded().await;
    let (_, number) = demo.repair("厨房水龙头漏水").await;
    let a4 = demo.get("front_desk", &format!("/forms/{number}/print")).await;
    assert_eq!(a4.status, StatusCode::OK);
    assert_eq!(a4.body.matches("class=\"sheet a4\"").count(), 4);
    for part in ["第四联 前台（存根）", "单晓演", "13800000001", "演示物业", "住户验收签字", "厨房水龙头漏水"]
    {
        assert!(a4.body.contains(part), "{part}");
    }
    let half = demo.get("front_desk", &format!("/forms/{number}/print?size=241%C3%97139.7")).await;
    assert_eq!(half.body.matches("<article").count(), 1, "the sheets beneath take the pressure");
    assert!(!half.body.contains("第四联"), "labels are on the paper already");
    let overlay = demo.get("front_desk", &format!("/forms/{number}/print?overlay=yes")).await;
    assert!(overlay.body.contains("class=\"overlay\""));
    for words in ["编号", "　　年　月　日　时　分"] {
        let left_out = format!("<span class=\"printed\">{words}</span>");
        assert!(overlay.body.contains(&left_out), "{words} is on the paper already");
    }
    let hidden = crate::theme::PAPER.split(".overlay").nth(1).unwrap_or_default();
    assert!(hidden.contains(".printed") && hidden.contains("hidden"), "{hidden}");
    assert_eq!(demo.get("front_desk", "/forms/WX-209901-0001/print").await.status, StatusCode::NOT_FOUND);
    assert_eq!(demo.get("technician", &format!("/forms/{number}/print")).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn printing_is_noted_and_the_register_knows_where_copies_are() {
    let demo = Demo::founded().await;
    let (_, number) = demo.repair("厨房水龙头漏水").await;
    let noted = demo.post("front_desk", &format!("/forms/{number}/printed"), &[("command", "p1")]).await;
    assert_eq!(noted.status, StatusCode::SEE_OTHER);
    demo.post("front_desk", &format!("/forms/{number}/printed"), &[("command", "p1")]).await;
    let forms = demo.web.house.forms(1, "repair_slip".into(), 10).await.expect("no fault");
    assert_eq!(forms[0].printed, 1, "sent twice is noted once");
    let list = demo.get("front_desk", "/forms?form=repair_slip").await;
    assert!(list.body.contains(&number) && list.body.contains("2 联未归位"), "{}", list.body);
    assert!(demo.get("front_desk", "/forms?form=liaison_note").await.body.contains("这里还没有单据"));
}

#[tokio::test]
async fn a_liaison_note_and_a_complaint_record_print_too() {
    let demo = Demo::founded().await;
    let class = [("complaint.class", "first"), ("case.department", "工程部")];
    let (id, number) = demo.register(CaseKind::Complaint, "楼上装修超时施工", &class).await;
    demo.act("front_desk", &id, "liaison.issued", &[("case.department", "工程部")]).await;
    let note = demo.get("front_desk", "/forms/LX-202611-0001/print").await;
    assert!(note.body.contains("工作联系单") && note.body.contains("楼上装修超时施工"), "{}", note.body);
    let record = demo.get("front_desk", &format!("/forms/{number}/print?size=241×93.1")).await;
    assert!(record.body.contains("业主投诉/建议处理记录表") && record.body.contains("续页"));
    assert!(record.body.contains("第 2 页 / 共 "), "{}", record.body);
    let record = demo.get("front_desk", &format!("/forms/{number}/print?size=A5")).await;
    assert!(!record.body.contains("续页"), "rows with short texts are drawn closer: {}", record.body);
}

#[tokio::test]
async fn letters_are_printed_on_a4_whatever_the_slips_are_printed_on() {
    let demo = Demo::founded_under(&["complaint-instruction"]).await;
    let set = demo.post("office_manager", "/settings", &[("name", "打印纸"), ("value", "A5")]).await;
    assert_eq!(set.status, StatusCode::SEE_OTHER, "{}", set.body);
    let (id, number) = demo.register(CaseKind::Complaint, "楼上装修超时施工", &[]).await;
    let letter = [("reply.subject", "装修噪声"), ("reply.text", "已约定施工时间"), ("reply.addressee", "演示住户")];
    demo.act("front_desk", &id, "reply.letter_written", &letter).await;
    let letter = demo.get("front_desk", "/forms/DF-202611-0001/print").await.body;
    assert!(letter.contains("A4，") && !letter.contains("续页"), "{letter}");
    let record = demo.get("front_desk", &format!("/forms/{number}/print")).await.body;
    assert!(record.contains("A5，"), "{record}");
}

#[tokio::test]
async fn a_workstation_moves_what_it_prints_onto_pre_printed_paper() {
    let demo = Demo::founded().await;
    let (_, number) = demo.repair("厨房水龙头漏水").await;
    let set = |right, down| [("right", right), ("down", down)];
    let kept = demo.post("front_desk", "/forms/setup", &set("-0.3", "1.5")).await;
    let cookie = kept.headers.get(header::SET_COOKIE).and_then(|it| it.to_str().ok()).unwrap_or_default();
    assert!(kept.leads() == "/forms/setup" && cookie.starts_with("print=-3_15;"), "{cookie}");
    let odd = demo.post("front_desk", "/forms/setup", &set("20", "0")).await;
    assert!(odd.status == StatusCode::UNPROCESSABLE_ENTITY && !odd.headers.contains_key(header::SET_COOKIE));
    assert!(odd.body.contains("不超过 10 毫米") && odd.body.contains("value=\"20\""));

    let there = async |path: String| {
        let cookie = format!("{}; print=-3_15", demo.cookie("front_desk").await);
        let request = Request::get(path).header("sec-fetch-site", "same-origin");
        let request = request.header(header::HOST, "office.example:8000").header(header::COOKIE, cookie);
        demo.raw(request.body(Body::empty()).expect("a request")).await.body
    };
    let moved = "class=\"moved mx-1 tx7 my1 ty5\"";
    assert!(there(format!("/forms/{number}/print?size=241%C3%97139.7")).await.contains(moved));
    assert!(there(format!("/forms/{number}/print?overlay=yes")).await.contains(moved));
    assert!(!there(format!("/forms/{number}/print")).await.contains("moved"), "blank paper needs no moving");
    let trial = there("/forms/test-sheet?size=A5".into()).await;
    assert!(trial.contains(moved) && trial.contains("viewBox=\"0 0 210 148\"") && trial.contains("向右 -0.3 毫米"));
    assert!(there("/forms/setup".into()).await.contains("value=\"-0.3\""));
    assert!(demo.get("front_desk", "/forms").await.body.contains("/forms/setup"));
    assert_eq!(demo.get("technician", "/forms/setup").await.status, StatusCode::FORBIDDEN);
}
