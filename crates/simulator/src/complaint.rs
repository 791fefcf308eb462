//! Complaints (投诉): three classes, on the spot, invalid, difficult, not solvable, sent from above.

use office::case::CaseKind;

use crate::estate::Home;
use crate::follow_up::{self, Plan};
use crate::tale::{Intake, Tale};

/// Class, cause, words, department, who answers there, result.
const MATTERS: &[(&str, &str, &str, &str, &str, &str)] = &[
    ("first", "own_service", "楼道两天没有打扫，垃圾堆在门口", "环境部", "grounds", "当日清运，调整打扫班次"),
    ("first", "own_service", "夜里岗亭没有人，叫不开门", "秩序部", "order", "当班人员检讨，补排夜班"),
    ("first", "own_service", "维修师傅约好时间没有来", "工程部", "engineer", "当面道歉，当日补修"),
    ("first", "own_service", "楼下宠物没有牵绳，没人管", "秩序部", "order", "上门劝导，加派巡逻"),
    ("second", "house_quality", "外墙渗水，卧室墙面发霉", "工程部", "engineer", "外墙重做防水，墙面修复"),
    ("second", "house_quality", "入户门框变形关不严", "工程部", "engineer", "请施工单位调整门框"),
    ("second", "house_quality", "阳台地砖空鼓", "工程部", "engineer", "更换空鼓地砖"),
    ("third", "outside_red_line", "对面工地夜里施工太吵", "管理处", "manager", "报告有关部门，施工方调整时间"),
    ("third", "outside_red_line", "路口红绿灯等得太久", "管理处", "manager", "向有关部门反映，已回复"),
    ("third", "outside_red_line", "市政井盖响，晚上睡不着", "管理处", "manager", "联系产权单位更换垫圈"),
];

/// Departments that a case analysis is taught to, and who signed in.
const TRAINED: [(&str, &str); 4] = [
    ("工程部", "石演工、江演修、田演理等 6 人"),
    ("环境部", "花演洁等 9 人"),
    ("秩序部", "丁演安、马演岗等 11 人"),
    ("客服中心", "唐演服、苏演待、林演前等 5 人"),
];

/// How a complaint goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Course {
    /// In time.
    Plain,
    /// Answered after the limit.
    Late,
    /// Solved on the spot.
    OnSpot,
    /// Not solved on the spot; the superior gives an opinion first.
    WithOpinion,
    /// Found invalid.
    Invalid,
    /// Hard to handle.
    Difficult,
    /// Not solvable, explained and understood.
    Unsolvable,
    /// Sent by the group or an authority.
    FromAbove,
    /// Class one, found true, with a nonconformity sheet, a review and a preventive report.
    WithSheet,
}

/// A matter as it stands in the list.
type Matter = (&'static str, &'static str, &'static str, &'static str, &'static str, &'static str);

/// The lift of which several households complain.
const LIFT: Matter =
    ("first", "own_service", "电梯运行时晃动，门要关两次", "工程部", "engineer", "维保单位当日检修，换了门滑块");
/// Where it is.
pub const LIFT_PLACE: &str = "3栋1单元电梯";

/// A complaint of a household.
pub fn complaint(tale: &mut Tale, home: &Home, course: Course) {
    let mut matter = *tale.chance.pick(MATTERS);
    if matches!(course, Course::Unsolvable) {
        matter = MATTERS[7 + usize::try_from(tale.chance.between(0, 2)).unwrap_or(0)];
    }
    if matches!(course, Course::WithSheet) {
        matter = MATTERS[usize::try_from(tale.chance.between(0, 3)).unwrap_or(0)];
    }
    told(tale, Some(home), course, matter);
}

/// A complaint about the lift, from nobody's rooms; it may join one that is being handled.
pub fn about_the_lift(tale: &mut Tale, joins: Option<&str>) {
    match joins {
        None => told(tale, None, Course::Plain, LIFT),
        Some(other) => {
            intake(tale, None, "phone", LIFT, LIFT.0);
            tale.joins(other);
            tale.wait(1, 4).act("reception", "complaint.accepted");
            tale.wait(2, 6).tell("reception", "complaint.explained", "已有住户反映，正在检修，修好一并答复", &[]);
        }
    }
}

fn told(tale: &mut Tale, home: Option<&Home>, course: Course, matter: Matter) {
    let class = matter.0;
    let channel = match course {
        Course::OnSpot | Course::WithOpinion => *tale.chance.pick(&["visit", "met"]),
        Course::FromAbove => *tale.chance.pick(&["government", "group", "superior"]),
        _ => *tale.chance.pick(&["phone", "phone", "chat", "letter", "opinion_box", "email", "web"]),
    };
    let classed = tale.chance.percent(60);
    intake(tale, home, channel, matter, if classed { class } else { "" });
    tale.wait(1, 4).act("reception", "complaint.accepted");
    if !classed {
        tale.wait(2, 20).tell("reception", "complaint.classed", "", &[("complaint.class", class)]);
    }
    match course {
        Course::OnSpot => on_spot(tale),
        Course::Invalid => invalid(tale),
        _ => handled(tale, course, matter),
    }
    if course != Course::Invalid {
        tale.days(5, 9).act("archive", "case.filed");
    }
}

fn intake(tale: &mut Tale, home: Option<&Home>, channel: &str, matter: Matter, class: &str) {
    let (_, cause, words, ..) = matter;
    let minutes = tale.chance.between(2, 6);
    tale.register(&Intake {
        kind: CaseKind::Complaint,
        channel,
        who: "reception",
        home,
        place: if home.is_none() { LIFT_PLACE } else { "" },
        words,
        attributes: &[
            ("complaint.class", class),
            ("complaint.cause", cause),
            ("complaint.severity", "general"),
            ("complaint.informant", "本人"),
        ],
        minutes,
        notify: false,
    });
}

fn on_spot(tale: &mut Tale) {
    let kind = [("complaint.apologised", "yes"), ("complaint.thanked", "yes")];
    tale.wait(3, 12).tell("reception", "complaint.solved_on_spot", "当面道歉，马上叫人处理，来人满意", &kind);
    tale.wait(1, 5).tell("reception", "complaint.resolved", "", &[("complaint.result", "当场解决")]);
    recorded(tale, "当场解决");
    tale.wait(1, 5).tell("reception", "complaint.explained", "说明了处理办法", &[]);
    follow_up::hold(tale, Plan::Within(1), "complaint");
    tale.wait(5, 60).tell("reception", "case.closed", "", &[("complaint.outcome", "solved")]);
}

fn invalid(tale: &mut Tale) {
    tale.wait(30, 120).office();
    tale.tell(
        "reception",
        "complaint.validity_found",
        "",
        &[("complaint.valid", "no"), ("case.reason", "查看记录，所说时间没有相关作业")],
    );
    tale.wait(10, 60).tell("reception", "complaint.explained", "把记录给来人看过", &[]);
    tale.wait(5, 20).tell("reception", "case.withdrawn", "来人看过记录，不再投诉", &[]);
}

/// Order, department, answer, record, explanation.
fn handled(tale: &mut Tale, course: Course, matter: Matter) {
    let (class, _, _, department, who, result) = matter;
    if course == Course::WithOpinion {
        let apologised = [("complaint.apologised", "yes")];
        tale.wait(2, 8).tell("reception", "complaint.not_solved_on_spot", "要查清情况", &apologised);
        tale.wait(2, 8).act("reception", "complaint.notified_superior_leader");
        tale.wait(10, 50).tell("manager", "complaint.superior_opinion", "当日给答复", &[]);
    }
    if course == Course::FromAbove {
        tale.wait(10, 60).tell("represent", "complaint.delegated", "", &[("case.department", "企业管理部")]);
    }
    let person = crate::staff::of(who).name;
    tale.wait(4, 40).tell(
        "reception",
        "liaison.issued",
        "",
        &[("case.department", department), ("case.person", person)],
    );
    tale.wait(3, 40).act(who, "liaison.received");
    if tale.chance.percent(70) {
        tale.wait(2, 20).tell(
            "reception",
            "complaint.validity_found",
            "",
            &[("complaint.valid", "yes"), ("case.reason", "与现场情况一致")],
        );
    }
    if course == Course::Difficult {
        difficult(tale);
    }
    tale.wait(2, 20).act(who, "complaint.handling_started");
    tale.wait(5, 30).tell(who, "complaint.department_opinion", "先处理，再查原因", &[]);
    tale.wait(2, 20).act("reception", "complaint.area_signed");
    tale.wait(2, 15).act(who, "complaint.submitted_superior");
    worked(tale, course, class);
    if course == Course::WithSheet {
        sheet(tale, matter);
    }
    tale.tell(who, "complaint.resolved", "", &[("complaint.result", result), ("case.department", department)]);
    tale.wait(2, 12).tell(who, "liaison.replied", result, &[]);
    tale.wait(5, 40).tell("reception", "complaint.replied", result, &[]);
    if matches!(course, Course::FromAbove | Course::Unsolvable) {
        letter(tale, course, result);
    }
    tale.office();
    recorded(tale, result);
    tale.wait(1, 20).act("reception", "liaison.original_returned").act(who, "liaison.attachment_kept");
    learnt(tale, course, matter);
    told_in_the_end(tale, course, class);
    let plan = if tale.chance.percent(12) { Plan::Missed } else { Plan::Within(1) };
    follow_up::hold(tale, plan, "complaint");
    if course == Course::Difficult {
        tale.wait(5, 30).act("reception", "complaint.record_complete");
    }
    let outcome = match course {
        Course::Unsolvable => "not_solvable",
        _ if class == "third" => "explained",
        _ => "solved",
    };
    tale.days(0, 1).tell("reception", "case.closed", "", &[("complaint.outcome", outcome)]);
}

/// Review, case analysis and training.
fn learnt(tale: &mut Tale, course: Course, (class, _, _, department, who, _): Matter) {
    if course == Course::WithSheet {
        reviewed(tale, who);
    }
    if class == "first" && (course == Course::WithSheet || tale.chance.percent(75)) {
        let sent_to = [("complaint.departments", "4")];
        tale.days(0, 2).tell(who, "complaint.case_analysis", "原因是排班没有交接，改为当面交接", &sent_to);
        for (other, people) in TRAINED {
            if other != department && tale.chance.percent(30) {
                continue;
            }
            let told = [("complaint.trained_department", other), ("complaint.trainees", people)];
            tale.wait(60, 300).office().tell(who, "complaint.case_trained", "学习案例，逐条对照本部门", &told);
        }
    }
}

/// An answer in writing: written, sent; of what cannot be solved also put up in public.
fn letter(tale: &mut Tale, course: Course, result: &str) {
    let text =
        format!("您反映的事我们已经查过。{result}。\n如还有不清楚的，请打服务电话，我们当面向您说明。\n演示花园管理处");
    let written = [("reply.subject", "关于您来信所反映问题的答复"), ("reply.text", text.as_str())];
    tale.wait(20, 90).tell("reception", "reply.letter_written", "", &written);
    tale.wait(10, 60).tell("reception", "reply.letter_sent", "", &[("case.reply_way", "当面送交")]);
    if course == Course::Unsolvable {
        tale.wait(10, 60).tell("area1", "reply.posted", "", &[("reply.place", "小区公告栏")]);
    }
}

/// What the complainant hears when it is not simply done.
fn told_in_the_end(tale: &mut Tale, course: Course, class: &str) {
    if class == "third" {
        tale.wait(5, 60).tell("reception", "complaint.explained", "说明不归小区管理，已经代为反映", &[]);
    }
    if course == Course::Unsolvable {
        tale.wait(5, 20).tell("reception", "complaint.found_unsolvable", "", &[("case.reason", "不在管理范围之内")]);
        tale.wait(5, 20).tell("reception", "complaint.joint_consulted", "与有关部门会商过一次", &[]);
        tale.wait(5, 30).tell("reception", "complaint.understood", "能理解", &[("complaint.understands", "yes")]);
    }
}

/// What is found nonconforming, measured, approved and carried out.
fn sheet(tale: &mut Tale, (_, _, words, _, who, _): Matter) {
    let (measure, cause) = ("交接班当面交清，主管当日检查一次", "交接班没有当面交清，日常检查没有查到");
    let person = crate::staff::of(who).name;
    let attendees = format!("{}、{person}", crate::staff::of("manager").name);
    let limit = tale.at.plus_seconds(3 * 86_400).0.to_string();
    tale.wait(3, 10).tell(who, "complaint.verified", "看过现场和记录", &[("complaint.verification", "true")]);
    let content =
        [("complaint.nonconformity", words), ("complaint.fault", "staff_quality"), ("complaint.level", "office")];
    tale.wait(3, 10).tell(who, "complaint.sheet_content_written", "", &content);
    tale.wait(2, 8).act(who, "complaint.reported_supervisor");
    tale.wait(2, 8).act(who, "complaint.reported_manager");
    let met =
        [("complaint.attendees", attendees.as_str()), ("complaint.analysis", cause), ("complaint.measure", measure)];
    tale.wait(5, 20).tell("manager", "complaint.meeting_held", "当日改，三日内检查一遍", &met);
    let written = [
        ("complaint.analysis", cause),
        ("complaint.measure", measure),
        ("case.person", person),
        ("complaint.meeting_needed", "yes"),
    ];
    tale.wait(2, 8).tell("manager", "complaint.sheet_measure_written", "", &written);
    let approved = [("complaint.sheet_limit", limit.as_str())];
    tale.wait(2, 8).tell("manager", "complaint.sheet_approved", "同意", &approved);
    tale.wait(5, 20).tell(who, "complaint.measure_executed", "照单执行，交接记录已签", &[]);
    if tale.chance.percent(50) {
        let paid = [("complaint.remedy", "compensation"), ("complaint.remedy_amount", "20000")];
        tale.wait(5, 20).tell("manager", "complaint.compensated", "当面道歉，抵物业费", &paid);
    }
}

/// The sheet's end: effect, review, preventive report.
fn reviewed(tale: &mut Tale, who: &str) {
    tale.days(0, 1).tell(
        "manager",
        "complaint.effect_checked",
        "",
        &[("complaint.effect_check", "抽查两个班次，有效")],
    );
    tale.wait(5, 20).tell("manager", "complaint.sheet_closed", "措施有效", &[]);
    let person = crate::staff::of(who).name;
    let review = [
        ("complaint.attendees", person),
        ("complaint.review_analysis", "措施到位，没有再发生"),
        ("complaint.review_opinions", "业主希望把检查表贴在楼道"),
        ("complaint.prevention_needed", "yes"),
    ];
    tale.wait(10, 40).tell("manager", "complaint.review_held", "", &review);
    let report = [
        ("complaint.prevention", "各班组照此交接，每月抽查两次"),
        ("complaint.analysis", "交接班没有当面交清"),
        ("complaint.measure", "交接班当面交清"),
    ];
    tale.wait(10, 40).tell("manager", "complaint.prevention_reported", "", &report);
}

/// The work itself: within the limit of the class, or well after it.
fn worked(tale: &mut Tale, course: Course, class: &str) {
    let late = course == Course::Late;
    match (class, late) {
        ("first", false) => tale.wait(25, 110),
        ("first", true) => tale.wait(300, 700),
        ("second", false) => tale.wait(30, 150),
        ("second", true) => tale.days(1, 2),
        (_, false) => tale.days(0, 1),
        (_, true) => tale.days(4, 6),
    };
}

fn difficult(tale: &mut Tale) {
    tale.wait(5, 30).tell("reception", "complaint.found_difficult", "牵涉两家住户", &[]);
    tale.wait(2, 8).act("reception", "complaint.reported_department_first");
    tale.wait(10, 40).tell("manager", "complaint.department_first_opinion", "两边分别上门听", &[]);
    tale.wait(3, 12).act("manager", "complaint.reported_company_leader");
}

fn recorded(tale: &mut Tale, result: &str) {
    tale.wait(3, 25).tell(
        "reception",
        "complaint.handling_recorded",
        "",
        &[
            ("complaint.course", "接报后联系责任部门，到现场查看并处理"),
            ("complaint.result", result),
            ("complaint.analysis", "日常检查不够，已列入检查表"),
        ],
    );
}
