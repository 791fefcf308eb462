//! What comes after complaints, through the router: common problems, figures with their lists, the quarter's report, what
//! statistics find.

use axum::http::StatusCode;
use office::case::CaseKind;
use office::site::PostChange;

use crate::testing::{Demo, Shown};

const COMPLAINT: CaseKind = CaseKind::Complaint;

async fn act(demo: &Demo, account: &str, case: &str, act: &str, fields: &[(&str, &str)]) -> Shown {
    demo.pass(60);
    demo.post(account, &format!("/cases/{case}/acts/{act}"), fields).await
}

/// Refused, with this on the page.
fn refused(shown: &Shown, says: &[&str]) {
    assert_eq!(shown.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", shown.body);
    for part in says {
        assert!(shown.body.contains(part), "{part}: {}", shown.body);
    }
}

fn done(shown: &Shown) -> String {
    assert_eq!(shown.status, StatusCode::SEE_OTHER, "{}", shown.body);
    shown.leads().trim_start_matches("/cases/").to_owned()
}

async fn has_post(demo: &Demo, account: &str, posts: &[&str]) {
    let change = PostChange {
        id: account.into(),
        name: "万演领".into(),
        posts: posts.iter().map(|post| (*post).to_owned()).collect(),
        active: true,
        ..PostChange::default()
    };
    let sent = demo.sent("administrator", "administrator");
    demo.web.house.set_account(sent, change).await.expect("no fault").expect("not refused");
}

/// Three complaints about one matter, gathered and raised by the supervisor.
async fn raised(demo: &Demo) -> (String, Vec<(String, String)>) {
    let mut members = Vec::new();
    for words in ["大堂灯不亮", "大堂灯又坏了", "大堂灯一闪一闪"] {
        members.push(demo.register(COMPLAINT, words, &[]).await);
        demo.pass(600);
    }
    let page = demo.get("service_supervisor", "/complaints/recurring").await;
    let way = "/complaints/topics/new?by=household&amp;kind=complaint&amp;key=3-2-501";
    assert!(page.body.contains(way), "{}", page.body);
    let form = demo.get("service_supervisor", &way.replace("&amp;", "&")).await;
    assert!(form.body.contains("归到一起的事项（3 件）") && form.body.contains("列为共性问题"), "{}", form.body);
    let mut fields = vec![
        ("by", "household"),
        ("kind", "complaint"),
        ("key", "3-2-501"),
        ("case.content", "大堂灯"),
        ("follows", "topic.raised"),
    ];
    fields.extend(members.iter().map(|(id, _)| ("member", id.as_str())));
    let topic = done(&demo.post("service_supervisor", "/complaints/topics/new", &fields).await);
    (topic, members)
}

#[tokio::test]
async fn a_common_problem_is_posted_within_its_week_in_the_lobby_with_a_photo() {
    let demo = Demo::founded_under(&["service-office"]).await;
    let (topic, members) = raised(&demo).await;
    let page = demo.get("service_supervisor", &format!("/cases/{topic}")).await;
    for part in ["归在一起的事项", "已答复 0/3", "GX-202611-0001", &members[2].1, "service-office/4(4)b"] {
        assert!(page.body.contains(part), "{part}: {}", page.body);
    }
    let member = demo.get("front_desk", &format!("/cases/{}", members[0].0)).await;
    assert!(member.body.contains("/cases/GX-202611-0001") && member.body.contains("归入共性问题"));
    let again = demo.get("service_supervisor", "/complaints/recurring").await;
    assert!(again.body.contains("GX-202611-0001") && !again.body.contains("/complaints/topics/new"));
    let lift = [("notice.place", "电梯")];
    refused(&act(&demo, "front_desk", &topic, "notice.posted", &lift).await, &["写书面通知"]);
    let text = [("notice.text", "大堂灯已经换好")];
    done(&act(&demo, "front_desk", &topic, "topic.notice_written", &text).await);
    refused(&act(&demo, "front_desk", &topic, "notice.posted", &lift).await, &["service-office/4(4)c"]);
    let path = format!("/cases/{topic}/acts/notice.posted");
    let pdf = [b"%PDF-1.7 ", [b'x'; 40].as_slice()].concat();
    let lobby = [("notice.place", "大堂公告栏")];
    done(&demo.upload("front_desk", &path, "公告栏.pdf", &pdf, &lobby).await);
    let print = demo.get("front_desk", "/forms/SM-202611-0001/print").await;
    for part in ["书面通知", "大堂灯已经换好", "大堂公告栏", "公告栏.pdf"] {
        assert!(print.body.contains(part), "{part}: {}", print.body);
    }
    let list = demo.get("front_desk", "/registers/topic").await;
    assert!(list.body.contains("GX-202611-0001") && list.body.contains("大堂灯"));
}

#[tokio::test]
async fn every_household_of_a_common_problem_is_answered_before_it_ends() {
    let demo = Demo::founded_under(&["service-office"]).await;
    let (topic, members) = raised(&demo).await;
    let no = act(&demo, "service_supervisor", &topic, "case.closed", &[]).await;
    refused(&no, &["还有 3 件没有答复", &members[0].1]);
    done(&act(&demo, "front_desk", &members[1].0, "complaint.replied", &[("note", "先答复您")]).await);
    let page = demo.get("front_desk", &format!("/cases/{topic}")).await;
    assert!(page.body.contains("已答复 1/3") && page.body.contains("一次答复 2 件"), "{}", page.body);
    done(&act(&demo, "front_desk", &topic, "topic.answered", &[("note", "灯已换好")]).await);
    for (id, _) in &members {
        let page = demo.get("front_desk", &format!("/cases/{id}")).await;
        assert!(
            page.body.contains("答复投诉人：")
                && page.body.contains(if *id == members[1].0 { "先答复您" } else { "灯已换好" })
        );
    }
    done(&act(&demo, "service_supervisor", &topic, "case.closed", &[]).await);
    let late = demo.register(COMPLAINT, "大堂灯还是不亮", &[]).await;
    let joins = [("topic.number", "GX-202611-0001")];
    refused(&act(&demo, "front_desk", &late.0, "case.topic_joined", &joins).await, &["已经结案"]);
    let nowhere = [("topic.number", "GX-202611-0099")];
    refused(&act(&demo, "front_desk", &late.0, "case.topic_joined", &nowhere).await, &["没有编号为"]);
}

#[tokio::test]
async fn an_open_letter_answers_all_and_holds_them_open_until_it_is_filed() {
    let demo = Demo::founded_under(&["followup-residential"]).await;
    let (topic, members) = raised(&demo).await;
    done(&act(&demo, "front_desk", &topic, "topic.letter_written", &[("topic.letter", "各位业主：灯已换好。")]).await);
    refused(&act(&demo, "front_desk", &topic, "topic.letter_sent", &[]).await, &["没有此项权限"]);
    done(&act(&demo, "office_manager", &topic, "topic.letter_sent", &[]).await);
    let page = demo.get("office_manager", &format!("/cases/{topic}")).await;
    assert!(page.body.contains("已答复 3/3"), "{}", page.body);
    let member = demo.get("front_desk", &format!("/cases/{}", members[0].0)).await;
    assert!(member.body.contains("用公开信 GK-202611-0001 答复"), "{}", member.body);
    let no = act(&demo, "front_desk", &members[0].0, "case.closed", &[]).await;
    refused(&no, &["followup-residential/1.10b", "公开信存档"]);
    done(&act(&demo, "front_desk", &topic, "topic.letter_filed", &[]).await);
    let no = act(&demo, "front_desk", &members[0].0, "case.closed", &[]).await;
    assert!(!no.body.contains("followup-residential/1.10b"), "{}", no.body);
    let print = demo.get("front_desk", "/forms/GK-202611-0001/print").await;
    assert!(print.body.contains("致业主公开信") && print.body.contains("灯已换好"));
}

#[tokio::test]
async fn a_figure_and_the_list_behind_it_agree() {
    let demo = Demo::founded().await;
    let engineering = [("complaint.class", "first"), ("case.department", "工程部")];
    let (first, number) = demo.register(COMPLAINT, "维修没有按时到", &engineering).await;
    demo.register(COMPLAINT, "外墙渗水", &[("complaint.class", "second"), ("case.department", "工程部")]).await;
    demo.register(COMPLAINT, "楼道没有打扫", &[("complaint.class", "first")]).await;
    let page = demo.get("office_manager", "/complaints/analysis?period=2026-11").await;
    for part in [
        "/complaints/counted?period=2026-11&amp;by=class&amp;key=first\">2</a>",
        "/complaints/counted?period=2026-11&amp;by=department&amp;key=%E5%B7%A5%E7%A8%8B%E9%83%A8\">2</a>",
        "/complaints/counted?period=2026-11&amp;by=building&amp;key=3\">3</a>",
        "/complaints/counted?period=2026-11&amp;by=mark&amp;key=unresolved\">3</a>",
        "household=3-2-501",
        "上期是 2026 年 10 月",
    ] {
        assert!(page.body.contains(part), "{part}: {}", page.body);
    }
    let list = demo.get("office_manager", "/complaints/counted?period=2026-11&by=class&key=first").await;
    assert!(list.body.contains(&number) && list.body.contains("楼道没有打扫") && !list.body.contains("外墙渗水"));
    assert!(list.body.contains("本页 2 件"), "{}", list.body);
    act(&demo, "front_desk", &first, "complaint.replied", &[("note", "已派人")]).await;
    let list = demo.get("office_manager", "/complaints/counted?period=2026-11&by=mark&key=unanswered").await;
    assert!(list.body.contains("本页 2 件") && !list.body.contains(&number), "{}", list.body);
    let before = demo.get("office_manager", "/complaints/analysis?period=2026-12").await;
    assert!(before.body.contains("/complaints/counted?period=2026-11&amp;by=class&amp;key=first\">2</a>"));
    let sheet = demo.get("office_manager", "/complaints/analysis?period=2026-11&as=csv").await;
    assert!(sheet.body.contains("责任部门,工程部,2,0,2"), "{}", sheet.body);
    assert_eq!(demo.get("office_manager", "/complaints/analysis?period=2026-Q9").await.status, StatusCode::NOT_FOUND);
    let services = demo.get("office_manager", "/complaints/analysis?period=2026-W47").await;
    assert!(services.body.contains("/cases?kind=complaint&amp;from=2026-11-16&amp;until=2026-11-22\">3</a>"));
    let list = demo.get("office_manager", "/cases?kind=complaint&from=2026-11-16&until=2026-11-22").await;
    assert!(list.body.contains("本页 3 件"), "{}", list.body);
}

#[tokio::test]
async fn a_report_waits_for_every_department_and_for_the_general_manager() {
    let demo = Demo::founded_under(&["office-systems"]).await;
    has_post(&demo, "employee", &["general_manager"]).await;
    for (department, words) in [("工程部", "维修没有按时到"), ("秩序部", "岗亭没有人")] {
        demo.register(COMPLAINT, words, &[("case.department", department)]).await;
    }
    let analysis = demo.get("service_supervisor", "/complaints/analysis?period=2026-Q4").await;
    assert!(analysis.body.contains("汇总本季，写报告"));
    let quarter = [("period", "2026-Q4")];
    let report = done(&demo.post("service_supervisor", "/complaints/analysis", &quarter).await);
    refused(
        &demo.post("service_supervisor", "/complaints/analysis", &quarter).await,
        &["已经汇总过（BG-202611-0001）"],
    );
    let page = demo.get("service_supervisor", &format!("/cases/{report}")).await;
    for part in ["汇总时 2 件，现在 2 件", "工程部", "秩序部", "还没有分析", "列入秩序部，1 件投诉"]
    {
        assert!(page.body.contains(part), "{part}: {}", page.body);
    }
    let supervisor = "service_supervisor";
    let form = demo.get(supervisor, &format!("/cases/{report}/acts/complaint_report.written")).await;
    assert!(form.body.contains("2026 年第 4 季度共收到投诉 2 件"), "the text begins with the figures: {}", form.body);
    let one = [
        ("case.department", "工程部"),
        ("complaint.analysis", "约时间没有余量"),
        ("complaint.measure", "留半小时余量"),
    ];
    done(&act(&demo, "department_head", &report, "complaint_report.department_analysed", &one).await);
    let text = [("complaint_report.text", "本季两件，措施已定。")];
    done(&act(&demo, supervisor, &report, "complaint_report.written", &text).await);
    let no = act(&demo, supervisor, &report, "complaint_report.submitted", &[]).await;
    refused(&no, &["office-systems/1.5d", "office-systems/1.6a"]);
    for (department, prevention) in [("工程部", "每周核对预约"), ("秩序部", "夜班提前到岗")] {
        let whole = [
            ("case.department", department),
            ("complaint.analysis", "排班没有余量"),
            ("complaint.measure", "改排班"),
            ("complaint.prevention", prevention),
        ];
        done(&act(&demo, "department_head", &report, "complaint_report.department_analysed", &whole).await);
    }
    done(&act(&demo, supervisor, &report, "complaint_report.submitted", &[]).await);
    refused(&act(&demo, "office_manager", &report, "complaint_report.approved", &[]).await, &["没有此项权限"]);
    done(&act(&demo, "employee", &report, "complaint_report.approved", &[("note", "同意")]).await);
    let print = demo.get(supervisor, "/forms/FX-202611-0001/print").await;
    for part in ["用户投诉分析报告", "本季两件", "夜班提前到岗", "每周核对预约", "同意", "万演领"]
    {
        assert!(print.body.contains(part), "{part}: {}", print.body);
    }
}

#[tokio::test]
async fn compiling_a_quarter_is_what_its_duty_asks_for() {
    let demo = Demo::founded_under(&["office-systems"]).await;
    demo.pass(140 * 86_400);
    let kept = async || {
        let sheet = demo.get("office_manager", "/periods?months=12&as=csv").await.body;
        let line = sheet.lines().find(|line| line.contains("2027-Q1") && line.contains("汇总季度投诉"));
        line.unwrap_or_else(|| panic!("{sheet}")).to_owned()
    };
    assert!(kept().await.contains("未到期"), "{}", kept().await);
    let report = done(&demo.post("service_supervisor", "/complaints/analysis", &[("period", "2027-Q1")]).await);
    assert!(kept().await.contains("按时"), "{}", kept().await);
    let page = demo.get("service_supervisor", &format!("/cases/{report}")).await;
    assert!(page.body.contains("这一季没有写了责任部门的投诉"), "{}", page.body);
}

#[tokio::test]
async fn a_serious_problem_is_closed_only_when_the_household_is_satisfied() {
    let demo = Demo::founded().await;
    let opening = [("case.content", "晚班回访不到人"), ("period.of", "2026-10-31")];
    let shown = demo.post("front_desk", "/registers/statistics_problem/new", &opening).await;
    assert_eq!(shown.leads(), "/registers/statistics_problem?new=YZ-202611-0001", "{}", shown.body);
    let case = "YZ-202611-0001";
    let given = [("case.person", "周安然"), ("problem.limit", "2026-11-20")];
    refused(&act(&demo, "office_manager", case, "statistics.problem_assigned", &given).await, &["严重问题报经理"]);
    done(&act(&demo, "front_desk", case, "statistics.problem_reported", &[]).await);
    let no = act(&demo, "office_manager", case, "statistics.problem_assigned", &[("case.person", "周安然")]).await;
    refused(&no, &["限期"]);
    done(&act(&demo, "office_manager", case, "statistics.problem_assigned", &given).await);
    done(&act(&demo, "service_supervisor", case, "statistics.problem_solved", &[("note", "加了晚间时段")]).await);
    refused(&act(&demo, "office_manager", case, "statistics.problem_closed", &[]).await, &["followup-9/4.8.1d"]);
    let asked = [("follow_up.method", "phone"), ("follow_up.satisfaction", "satisfied")];
    done(&act(&demo, "front_desk", case, "follow_up.done", &asked).await);
    done(&act(&demo, "office_manager", case, "statistics.problem_closed", &[]).await);
    done(&act(&demo, "office_manager", case, "statistics.signed_off", &[]).await);
    let list = demo.get("front_desk", "/registers/statistics_problem").await;
    assert!(list.body.contains("晚班回访不到人") && list.body.contains("2026-11-20"));
}

#[tokio::test]
async fn a_measure_is_listed_where_its_sheet_stands() {
    let demo = Demo::founded_under(&["complaint-6"]).await;
    let (case, number) = demo.register(COMPLAINT, "维修没有按时到", &[("case.department", "工程部")]).await;
    let none = demo.get("office_manager", "/complaints/measures").await;
    assert!(none.body.contains("没有不合格处理单"), "{}", none.body);
    let head = "department_head";
    done(&act(&demo, head, &case, "complaint.verified", &[("complaint.verification", "true")]).await);
    let content = [("complaint.nonconformity", "晚到两小时")];
    done(&act(&demo, head, &case, "complaint.sheet_content_written", &content).await);
    let page = demo.get("office_manager", "/complaints/measures?stand=to_write").await;
    assert!(page.body.contains(&number) && page.body.contains("晚到两小时"), "{}", page.body);
    let measure = [
        ("complaint.measure", "派单后十分钟联系"),
        ("complaint.analysis", "派单漏了"),
        ("case.person", "赵大成"),
        ("complaint.meeting_needed", "no"),
    ];
    done(&act(&demo, head, &case, "complaint.sheet_measure_written", &measure).await);
    let limit = [("complaint.sheet_limit", "2026-11-16T18:00")];
    done(&act(&demo, "office_manager", &case, "complaint.sheet_approved", &limit).await);
    assert!(!demo.get("office_manager", "/complaints/measures?late=yes").await.body.contains(&number));
    demo.pass(86_400);
    let late = demo.get("office_manager", "/complaints/measures?late=yes&stand=to_execute").await;
    for part in [number.as_str(), "待执行", "派单后十分钟联系", "赵大成", "/forms/BH-202611-0001/print"] {
        assert!(late.body.contains(part), "{part}: {}", late.body);
    }
    let sheet = demo.get("office_manager", "/complaints/measures?as=csv").await;
    assert!(sheet.body.contains("待执行") && sheet.body.contains("2026-11-16 18:00"), "{}", sheet.body);
}

#[tokio::test]
async fn a_case_is_taught_to_every_department_with_who_was_there() {
    let demo = Demo::founded().await;
    for (account, department) in [("technician", "工程部"), ("front_desk", "客服中心")] {
        let change = PostChange {
            id: account.into(),
            name: "赵大成".into(),
            posts: vec![account.into()],
            department: department.into(),
            active: true,
            ..PostChange::default()
        };
        let sent = demo.sent("administrator", "administrator");
        demo.web.house.set_account(sent, change).await.expect("no fault").expect("not refused");
    }
    let (case, number) = demo.register(COMPLAINT, "夜里岗亭没有人", &[("complaint.class", "first")]).await;
    let result = [("complaint.result", "补排夜班"), ("case.department", "秩序部")];
    done(&act(&demo, "department_head", &case, "complaint.resolved", &result).await);
    let page = demo.get("department_head", "/complaints/lessons").await;
    assert!(page.body.contains(&number) && page.body.contains("写案例分析"), "{}", page.body);
    let trained = [("complaint.trained_department", "工程部"), ("complaint.trainees", "赵大成等 6 人")];
    let no = act(&demo, "department_head", &case, "complaint.case_trained", &trained).await;
    refused(&no, &["案例分析"]);
    let analysis = [("note", "排班没有交接"), ("complaint.departments", "2")];
    done(&act(&demo, "department_head", &case, "complaint.case_analysis", &analysis).await);
    done(&act(&demo, "department_head", &case, "complaint.case_trained", &trained).await);
    let taught = "/rulebooks/complaint-instruction/4.2.6b";
    assert!(demo.get("office_manager", "/manager").await.body.contains(taught), "a share to be reached");
    assert!(!demo.get("front_desk", "/follow-up").await.body.contains(taught), "but nobody is called for it");
    let page = demo.get("department_head", "/complaints/lessons").await;
    for part in [
        "赵大成等 6 人",
        "/forms/PX-202611-0001/print",
        "complaint.trained_department=%E5%AE%A2%E6%9C%8D%E4%B8%AD%E5%BF%83",
    ] {
        assert!(page.body.contains(part), "{part}: {}", page.body);
    }
    let other = [("complaint.trained_department", "客服中心"), ("complaint.trainees", "林小满等 5 人")];
    done(&act(&demo, "department_head", &case, "complaint.case_trained", &other).await);
    assert!(demo.get("department_head", "/complaints/lessons").await.body.contains("都培训了"));
    let answers = demo
        .get("department_head", "/complaints/counted?period=2026-11&by=department&key=%E7%A7%A9%E5%BA%8F%E9%83%A8")
        .await;
    assert!(answers.body.contains(&number), "who was taught does not answer for it: {}", answers.body);
    let print = demo.get("department_head", "/forms/PX-202611-0001/print").await;
    for part in ["案例学习培训记录", "工程部；赵大成等 6 人", "客服中心；林小满等 5 人", "排班没有交接"]
    {
        assert!(print.body.contains(part), "{part}: {}", print.body);
    }
}
