//! Common problems (共性问题) and what statistics bring: the lift that several households speak of, a smell in a stairwell that
//! is called on at home, a serious problem with its limit, the report of the quarter, a management review.

use jiff::Span;
use jiff::civil::Date;
use office::case::{ActOnCase, OpenRecord, Place};

use crate::complaint::LIFT_PLACE;
use crate::tale::{Tale, What};

/// The lift: gathered, raised, answered on the board and by an open letter that is filed.
pub fn lift(tale: &mut Tale, members: &[String]) {
    let content = "3栋1单元电梯晃动、门要关两次";
    tally(tale, "reception", content, LIFT_PLACE, (4, 21), members);
    let who = [("case.department", "工程部"), ("case.person", "石演工")];
    tale.wait(20, 60).tell("supervisor", "topic.raised", "几户先后提到，一次解决", &who);
    let notice = "3栋1单元电梯的门滑块和导轨已经全部更换，维保单位每周检查一次，检查单贴在轿厢里。给各位业主带来不便，谨致歉意。";
    tale.days(1, 1).tell("reception", "topic.notice_written", "", &[("notice.text", notice)]);
    let posted = [("notice.place", "大堂公告栏"), ("notice.photo", "公告栏照片 1123")];
    tale.wait(30, 90).tell("reception", "notice.posted", "3栋1单元大堂", &posted);
    let letter = "各位业主：\n近两个月几户先后反映3栋1单元电梯晃动。原因是门滑块磨损，已全部更换，导轨重新校正，维保改为每周一次。今后有同样情况请打服务电话，我们当日到场。";
    tale.wait(30, 90).tell("supervisor", "topic.letter_written", "", &[("topic.letter", letter)]);
    tale.wait(20, 60).tell("manager", "topic.letter_sent", "发给提到的各户，并贴在楼道", &[]);
    tale.days(0, 1).act("centre", "topic.letter_filed");
}

/// Few households, but striking: called on at home.
pub fn smell(tale: &mut Tale) {
    tally(tale, "reception", "1栋2单元楼道下水味", "1栋2单元楼道", (2, 21), &[]);
    tale.wait(20, 60).tell("supervisor", "topic.striking", "户数少，但住户很在意", &[]);
    let told = [("customer.opinion", "希望当周查清来源")];
    tale.days(1, 2).tell("area1", "customer.visited", "上门看过，味道从一楼地漏来，已约工程部换水封", &told);
}

fn tally(tale: &mut Tale, who: &str, content: &str, place: &str, (named, base): (i64, i64), members: &[String]) {
    let (named, base) = (named.to_string(), base.to_string());
    let attributes = [("case.content", content), ("topic.named", &named), ("topic.base", &base)];
    let record = OpenRecord {
        register: office::topic::REGISTER.to_owned(),
        place: Place { household: None, words: place.to_owned() },
        act: ActOnCase {
            act: "topic.tallied".into(),
            attributes: attributes.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect(),
            links: [(office::topic::MEMBERS.to_owned(), members.join(" "))].into(),
            ..ActOnCase::default()
        },
        ..OpenRecord::default()
    };
    tale.open_with(who, record);
}

/// A problem that the month's statistics show: reported at once, given a limit, solved, asked again, closed, signed off.
pub fn serious(tale: &mut Tale, month: Date, ends: bool) {
    let of = month.last_of_month().to_string();
    let content = "回访未联系上的户数连续两周超过三成，集中在晚班";
    tale.open("centre", "statistics_problem", "", &[("case.content", content), ("period.of", &of)]);
    tale.wait(5, 30).act("centre", "statistics.problem_reported");
    let limit = tale_date(tale, 7);
    let given = [("case.department", "客服中心"), ("case.person", "唐演服"), ("problem.limit", limit.as_str())];
    tale.wait(30, 120).tell("manager", "statistics.problem_assigned", "改排班，晚上加一个回访时段", &given);
    if ends {
        tale.days(2, 4).tell("supervisor", "statistics.problem_solved", "晚上七点到八点加一人回访", &[]);
        let happy = [("follow_up.method", "phone"), ("follow_up.satisfaction", "satisfied")];
        tale.days(1, 2).tell("centre", "follow_up.done", "", &happy);
        tale.wait(10, 40).act("manager", "statistics.problem_closed");
        tale.wait(5, 20).act("manager", "statistics.signed_off");
    }
}

fn tale_date(tale: &Tale, days: i64) -> String {
    let zone = calendar::Zone::shanghai();
    zone.date(tale.at).saturating_add(Span::new().days(days)).to_string()
}

/// The report of the quarter: compiled, analysed by its departments, talked over, written, submitted.
pub fn report(tale: &mut Tale, day: Date) {
    tale.push("supervisor", What::Compile(day));
    let analyses = [
        (
            "engineer",
            "工程部",
            "维修约时间没有留余量，外墙渗水多在雨后",
            "约时间留半小时余量，雨后三天内查外墙",
            "每月检查外墙和门窗一次",
        ),
        ("grounds", "环境部", "周末少一个清扫班", "周末补一个清扫班", "每周五核对下周排班"),
        ("order", "秩序部", "夜班交接空了一段", "夜班提前十分钟到岗交接", "监控每晚抽查两次岗位"),
        ("manager", "管理处", "周边噪声不归小区管理", "收到后当天转有关部门并告知业主", "每季同街道通一次气"),
    ];
    for (who, department, analysis, measure, prevention) in analyses {
        let told = [
            ("case.department", department),
            ("complaint.analysis", analysis),
            ("complaint.measure", measure),
            ("complaint.prevention", prevention),
            ("case.person", crate::staff::of(who).name),
        ];
        tale.wait(60, 240).office().tell(who, "complaint_report.department_analysed", "", &told);
    }
    let attended = [("complaint.attendees", "高演理、唐演服、石演工、花演洁、丁演安")];
    tale.wait(30, 90).office().tell("supervisor", "complaint_report.meeting_held", "逐个部门过了投诉和措施", &attended);
    let text = "本季投诉以管理服务和房屋质量为主，答复大多按时。工程部的约时间和环境部的周末清扫各出现多次，措施已定。建议总经理同意周末清扫加班的费用。";
    tale.wait(60, 120).office().tell("supervisor", "complaint_report.written", "", &[("complaint_report.text", text)]);
    tale.wait(20, 60).act("supervisor", "complaint_report.submitted");
    let done = [("case.department", "环境部")];
    tale.wait(120, 240).office().tell("grounds", "complaint_report.measure_done", "周末清扫班已排上", &done);
}

/// A management review that uses the month's summary.
pub fn review(tale: &mut Tale, month: Date) {
    let used = month.strftime("%Y-%m 投诉分析总结").to_string();
    let told = [("review.complaint_summary", used.as_str()), ("complaint.attendees", "代演表、高演理、章演企")];
    tale.open("represent", "management_review", "看了投诉、回访和不合格处理单，纠正措施有效", &told);
}
