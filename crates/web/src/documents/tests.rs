//! Papers through the router: signed by each manager or not put away; rules discussed, accepted, handed out, read, replaced.

use axum::http::StatusCode;

use crate::testing::{Demo, Shown};

const MANAGERS: [&str; 4] = ["service_supervisor", "office_manager", "engineering_supervisor", "department_head"];

async fn begin(demo: &Demo, who: &str, register: &str, filled: &[(&str, &str)]) -> String {
    let done = demo.post(who, &format!("/registers/{register}/new"), filled).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    done.leads().split("new=").nth(1).expect("a number").to_owned()
}

async fn act(demo: &Demo, who: &str, number: &str, act: &str, filled: &[(&str, &str)]) -> Shown {
    demo.pass(60);
    demo.post(who, &format!("/cases/{number}/acts/{act}"), filled).await
}

async fn done(demo: &Demo, who: &str, number: &str, name: &str, filled: &[(&str, &str)]) {
    let shown = act(demo, who, number, name, filled).await;
    assert_eq!(shown.status, StatusCode::SEE_OTHER, "{who} {name}: {}", shown.body);
}

async fn refused(demo: &Demo, who: &str, number: &str, name: &str, filled: &[(&str, &str)], words: &[&str]) {
    let shown = act(demo, who, number, name, filled).await;
    assert_eq!(shown.status, StatusCode::UNPROCESSABLE_ENTITY, "{who} {name}");
    for word in words {
        assert!(shown.body.contains(word), "{word}: {}", shown.body);
    }
}

const PAPER: [(&str, &str); 6] = [
    ("document.title", "关于冬季消防检查的通知"),
    ("document.kind", "company_paper"),
    ("document.sender", "演示物业总部"),
    ("document.letter_number", "演物〔2026〕31 号"),
    ("document.arrived_on", "2026-11-16"),
    ("note", "各中心十二月前自查一遍。"),
];

#[tokio::test]
async fn a_paper_is_put_away_only_when_every_manager_has_signed() {
    let demo = Demo::founded_under(&["office-systems"]).await;
    let paper = begin(&demo, "archive", "documents", &PAPER).await;
    for who in MANAGERS {
        let home = demo.get(who, "/").await.body;
        assert!(home.contains("点名要您办的") && home.contains(&paper), "{who}");
    }
    assert!(!demo.get("technician", "/").await.body.contains("点名要您办的"));
    assert!(demo.get("office_manager", "/signing").await.body.contains("company_document.signed"));
    let signed = "company_document.signed";
    for who in &MANAGERS[..3] {
        done(&demo, who, &paper, signed, &[]).await;
    }
    refused(&demo, MANAGERS[0], &paper, signed, &[], &["您已经签过"]).await;
    refused(&demo, "technician", &paper, signed, &[], &["名单里没有您"]).await;
    let (archived, away) = ("company_document.archived", [("archive.number", "W-11"), ("archive.place", "一柜二层")]);
    refused(&demo, "archive", &paper, archived, &away, &["还没有签的：何部", "4.1"]).await;
    let page = demo.get("archive", &format!("/cases/{paper}")).await.body;
    assert!(page.contains("签字 3 / 4") && page.contains("催签"), "{page}");
    // A week later: late on everybody's list, reminded, signed on return, put away the same day.
    demo.pass(7 * 86_400);
    assert!(demo.get("archive", "/papers").await.body.contains("class=\"late\""));
    done(&demo, "archive", &paper, "paper.reminded", &[]).await;
    assert!(demo.get("department_head", "/").await.body.contains("催过 1 次"));
    done(&demo, "department_head", &paper, signed, &[]).await;
    refused(&demo, "archive", &paper, "paper.reminded", &[], &["都签齐了"]).await;
    refused(&demo, "archive", &paper, archived, &[], &["档案号"]).await;
    done(&demo, "archive", &paper, archived, &away).await;
    let catalogue = demo.get("archive", "/papers/catalogue").await.body;
    for part in ["W-11", "一柜二层", "关于冬季消防检查的通知", "演物〔2026〕31 号"] {
        assert!(catalogue.contains(part), "{part}: {catalogue}");
    }
    let sheet = demo.get("service_supervisor", &format!("/forms/{paper}/print")).await.body;
    assert!(sheet.contains("文件传阅签收单") && sheet.contains("何部"), "{sheet}");
    assert!(!sheet.contains("还没有签"), "all have signed");
    let book = demo.get("service_supervisor", "/papers/catalogue?as=xlsx").await;
    assert_eq!(book.status, StatusCode::OK);
}

#[tokio::test]
async fn who_was_no_manager_that_day_is_not_asked() {
    let demo = Demo::founded_under(&["office-systems"]).await;
    let change = office::site::PostChange {
        id: "department_head".into(),
        name: "何部".into(),
        posts: vec!["department_head".into()],
        active: false,
        ..office::site::PostChange::default()
    };
    let sent = demo.sent("administrator", "administrator");
    demo.web.house.set_account(sent, change).await.expect("no fault").expect("not refused");
    let paper = begin(&demo, "front_desk", "documents", &PAPER).await;
    for who in &MANAGERS[..3] {
        done(&demo, who, &paper, "company_document.signed", &[]).await;
    }
    done(&demo, "archive", &paper, "company_document.archived", &[("archive.number", "W-12")]).await;
}

const DRAFT: [(&str, &str); 2] =
    [("document.title", "钥匙管理办法"), ("internal_rule.text", "一、钥匙两人保管。\n二、借用登记。")];

async fn friday_meeting(demo: &Demo) -> String {
    demo.pass(4 * 86_400 - 12 * 60);
    let call = [("meeting.series", "周五例会"), ("meeting.starts", "2026-11-20T09:00"), ("meeting.regular", "yes")];
    begin(demo, "service_supervisor", "meetings", &call).await
}

#[tokio::test]
async fn a_rule_is_handed_out_only_when_it_was_discussed_and_accepted_by_all() {
    let demo = Demo::founded_under(&["office-systems"]).await;
    let rule = begin(&demo, "service_supervisor", "internal_rules", &DRAFT).await;
    for who in MANAGERS {
        done(&demo, who, &rule, "internal_rule.accepted", &[]).await;
    }
    let from = [("internal_rule.effective_on", "2026-11-23")];
    refused(&demo, "office_manager", &rule, "internal_rule.issued", &from, &["开会讨论制度", "4.2"]).await;
    refused(&demo, "office_manager", &rule, "internal_rule.carried_out", &[], &["下发内部制度", "4.2"]).await;
    let meeting = friday_meeting(&demo).await;
    let discussed = |number: &'static str| [("internal_rule.meeting", number), ("note", "同意，第二条写明时限")];
    refused(&demo, MANAGERS[0], &rule, "internal_rule.discussed", &discussed("HY-202601-0001"), &["没有编号为"]).await;
    let number: &'static str = Box::leak(meeting.clone().into_boxed_str());
    refused(&demo, MANAGERS[0], &rule, "internal_rule.discussed", &discussed(number), &["这次会没有开"]).await;
    done(&demo, MANAGERS[0], &meeting, "meeting.began", &[]).await;
    done(&demo, MANAGERS[0], &rule, "internal_rule.discussed", &discussed(number)).await;
    // The text changed in the meeting is accepted anew.
    let changed = [("internal_rule.text", "一、钥匙两人保管。\n二、借用登记，当日归还。"), ("note", "写明时限")];
    done(&demo, MANAGERS[0], &rule, "internal_rule.revised", &changed).await;
    for who in &MANAGERS[..3] {
        done(&demo, who, &rule, "internal_rule.accepted", &[]).await;
    }
    refused(&demo, "office_manager", &rule, "internal_rule.issued", &from, &["还没有签的：何部"]).await;
    done(&demo, "department_head", &rule, "internal_rule.accepted", &[]).await;
    let past = [("internal_rule.effective_on", "2026-11-19")];
    refused(&demo, "office_manager", &rule, "internal_rule.issued", &past, &["执行日期早于"]).await;
    done(&demo, "office_manager", &rule, "internal_rule.issued", &from).await;
    done(&demo, "office_manager", &rule, "internal_rule.carried_out", &[]).await;
    let rules = demo.get("technician", "/papers/rules").await.body;
    assert!(rules.contains("钥匙管理办法") && rules.contains("到日执行"), "{rules}");
    demo.pass(3 * 86_400);
    assert!(demo.get("technician", "/papers/rules").await.body.contains("现行"));
    assert!(demo.get("technician", "/").await.body.contains("internal_rule.read"));
    done(&demo, "technician", &rule, "internal_rule.read", &[]).await;
    refused(&demo, "technician", &rule, "internal_rule.read", &[], &["您已经看过"]).await;
    assert!(demo.get("technician", "/papers/rules").await.body.contains("您看过"));
    let page = demo.get("office_manager", &format!("/cases/{rule}")).await.body;
    assert!(page.contains("已阅 1 / 10") && page.contains("以前的 1 稿"), "{page}");
    replaced(&demo, &rule, &meeting).await;
}

/// A new version takes the place of the old one from its own day on.
async fn replaced(demo: &Demo, old: &str, meeting: &str) {
    let unknown = [DRAFT[0], DRAFT[1], ("internal_rule.replaces", "NZ-202601-0009")];
    let no = demo.post(MANAGERS[0], "/registers/internal_rules/new", &unknown).await;
    assert!(no.status == StatusCode::UNPROCESSABLE_ENTITY && no.body.contains("没有编号为"), "{}", no.body);
    let draft = [DRAFT[0], ("internal_rule.text", "一、钥匙三人保管。"), ("internal_rule.replaces", old)];
    let new = begin(demo, MANAGERS[0], "internal_rules", &draft).await;
    let discussed = [("internal_rule.meeting", meeting), ("note", "同意")];
    done(demo, MANAGERS[0], &new, "internal_rule.discussed", &discussed).await;
    for who in MANAGERS {
        done(demo, who, &new, "internal_rule.accepted", &[]).await;
    }
    done(demo, "office_manager", &new, "internal_rule.issued", &[("internal_rule.effective_on", "2026-11-25")]).await;
    done(demo, "office_manager", &new, "internal_rule.carried_out", &[]).await;
    let still = demo.get("employee", &format!("/cases/{old}")).await.body;
    assert!(still.contains("2026-11-25 起废止") && !still.contains("已废止"), "{still}");
    demo.pass(2 * 86_400);
    assert!(demo.get("employee", &format!("/cases/{old}")).await.body.contains("已废止"));
    assert!(demo.get("employee", "/papers/rules").await.body.contains("以前的制度"));
}

#[tokio::test]
async fn a_circular_ends_with_the_last_receipt_or_when_it_was_delivered() {
    let demo = Demo::founded_under(&["office-systems"]).await;
    let mut filled =
        vec![("document.title", "元旦值班安排"), ("circular.direction", "down"), ("note", "各部门月底前报值班表。")];
    let no = demo.post("office_manager", "/registers/circulars/new", &filled).await;
    assert!(no.status == StatusCode::UNPROCESSABLE_ENTITY && no.body.contains("没有写发给谁"), "{}", no.body);
    filled.push(("circular.scope", "managers"));
    let down = begin(&demo, "office_manager", "circulars", &filled).await;
    for who in MANAGERS {
        assert!(demo.get("office_manager", "/papers").await.body.contains(&down));
        done(&demo, who, &down, "circular.received", &[]).await;
    }
    assert!(demo.get("office_manager", &format!("/cases/{down}")).await.body.contains("已结案"));
    let up = [("document.title", "请示"), ("circular.direction", "up"), ("note", "请批准更换门禁。")];
    let up = begin(&demo, "office_manager", "circulars", &up).await;
    assert!(demo.get("office_manager", "/papers").await.body.contains("等送达上级"));
    done(&demo, "front_desk", &up, "circular.delivered", &[("circular.taken_by", "总部行政")]).await;
    assert!(demo.get("office_manager", &format!("/cases/{up}")).await.body.contains("已结案"));
}
