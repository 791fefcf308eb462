//! One matter from first contact to filing under each rulebook of the front desk (各规程走到归档), through the pages: each act
//! is clicked by the log-in whose post does it.

use browser::{DESK, Matter, Office, PHONE, Server};

/// Who does what, and what is filled in.
type Step = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

/// An office under one rulebook, on its first day.
async fn under(book: &str, size: (u32, u32)) -> Office {
    Office::open(Server::first_day_under(book), size).await
}

/// The acts of a case one after another, to its filing.
async fn walk(office: &Office, book: &str, case: &str, steps: &[Step]) {
    for (who, act, fields) in steps {
        office.is(who).await;
        office.act(case, act, fields).await;
    }
    office.go(&format!("/cases/{case}")).await;
    office.window.says("已归档").await;
    office.window.picture(&format!("story-{book}")).await;
}

/// A complaint at the desk.
async fn complaint(office: &Office, words: &str, fields: &[(&str, &str)]) -> String {
    office.is("desk1").await;
    office.take_in(&Matter { kind: "complaint", words, room: "1-1-101", fields }).await
}

#[test]
fn complaint_6_asks_who_heard_it_first_for_the_result() {
    super::walk(async {
        let office = under("complaint-6", DESK).await;
        let general = [("complaint.severity", "general"), ("case.department", "环境部")];
        let case = complaint(&office, "楼道两天没有打扫", &general).await;
        let steps: &[Step] = &[
            ("grounds", "complaint.verified", &[("complaint.verification", "true")]),
            ("grounds", "complaint.handling_started", &[]),
            ("grounds", "complaint.progress_reported", &[("note", "已派人去")]),
            ("grounds", "complaint.resolved", &[("complaint.result", "已打扫，每天查一遍")]),
            ("manager", "complaint.result_fed_back", &[("note", "已打扫干净")]),
            ("desk1", "complaint.replied", &[("note", "已打扫，请您看看")]),
            ("desk1", "complaint.first_asked_confirmed", &[("note", "业户说干净了")]),
            ("desk1", "complaint.result_reported_manager", &[]),
            (
                "centre",
                "follow_up.done",
                &[
                    ("follow_up.method", "phone"),
                    ("follow_up.satisfaction", "satisfied"),
                    ("follow_up.summary", "满意"),
                    ("way", "phone"),
                    ("signer", "演示住户 13800000001"),
                ],
            ),
            ("reception", "case.closed", &[("complaint.outcome", "solved"), ("complaint.as_decided", "yes")]),
            ("archive", "case.filed", &[]),
        ];
        walk(&office, "complaint-6", &case, steps).await;
        office.close().await;
    });
}

#[test]
fn complaint_instruction_passes_it_on_by_a_liaison_note_and_back() {
    super::walk(async {
        let office = under("complaint-instruction", DESK).await;
        let second = [("complaint.class", "second"), ("case.department", "秩序部")];
        let case = complaint(&office, "保安夜里不开门", &second).await;
        let steps: &[Step] = &[
            ("reception", "complaint.accepted", &[]),
            ("reception", "complaint.not_solved_on_spot", &[("complaint.apologised", "yes")]),
            ("reception", "liaison.issued", &[("case.department", "秩序部")]),
            ("order", "liaison.received", &[]),
            ("order", "complaint.department_opinion", &[("note", "交接时没有讲清，当面道歉，调整班次")]),
            ("area1", "complaint.area_signed", &[]),
            ("order", "complaint.resolved", &[("complaint.result", "已道歉，班次已调")]),
            ("order", "liaison.replied", &[("note", "已按意见办完")]),
            ("reception", "liaison.original_returned", &[]),
            ("order", "liaison.attachment_kept", &[]),
            ("reception", "complaint.replied", &[("note", "班次已调，夜里有人开门")]),
            ("reception", "complaint.handling_recorded", RECORDED),
            ("supervisor", "case.closed", &[("complaint.outcome", "solved"), ("complaint.as_decided", "yes")]),
            ("archive", "case.filed", &[]),
        ];
        walk(&office, "complaint-instruction", &case, steps).await;
        office.close().await;
    });
}

const RECORDED: &[(&str, &str)] =
    &[("complaint.course", "当日派人处理"), ("complaint.result", "已办好"), ("complaint.analysis", "交接不清")];

#[test]
fn convenience_sorts_it_and_carries_the_form_to_the_head() {
    super::walk(async {
        let office = under("convenience", PHONE).await;
        let asked = [("case.department", "财务部"), ("read_back", "yes")];
        let case = complaint(&office, "停车费多收了", &asked).await;
        let steps: &[Step] = &[
            (
                "reception",
                "complaint.sorted",
                &[("complaint.sorting_ground", "overcharging"), ("case.reason", "算错了一个月")],
            ),
            ("reception", "complaint.form_filled", &[]),
            ("reception", "complaint.form_handed_over", &[]),
            ("manager", "complaint.handling_arranged", &[("case.department", "财务部"), ("note", "当日退")]),
            ("finance", "case.unit_received", &[]),
            ("manager", "complaint.resolved", &[("complaint.result", "已退款")]),
            ("desk1", "complaint.replied", &[("note", "多收的已退")]),
            ("reception", "complaint.handling_recorded", RECORDED),
            ("supervisor", "case.closed", &[("complaint.outcome", "solved"), ("complaint.as_decided", "yes")]),
            ("archive", "case.filed", &[]),
        ];
        walk(&office, "convenience", &case, steps).await;
        office.close().await;
    });
}

#[test]
fn service_office_gives_it_to_an_officer() {
    super::walk(async {
        let office = under("service-office", PHONE).await;
        let general = [("complaint.severity", "general"), ("case.department", "工程部")];
        let case = complaint(&office, "电梯夜里噪声大", &general).await;
        let steps: &[Step] = &[
            ("supervisor", "complaint.officer_assigned", &[("case.person", "石演工")]),
            ("engineer", "complaint.resolved", &[("complaint.result", "已校导轨")]),
            ("desk1", "complaint.replied", &[("note", "导轨校过了，请您再听听")]),
            ("reception", "complaint.handling_recorded", RECORDED),
            ("supervisor", "case.closed", &[("complaint.outcome", "solved"), ("complaint.as_decided", "yes")]),
            ("archive", "case.filed", &[]),
        ];
        walk(&office, "service-office", &case, steps).await;
        office.close().await;
    });
}

#[test]
fn office_systems_sends_a_handling_slip_and_reports_the_quarter() {
    super::walk(async {
        let office = under("office-systems", DESK).await;
        let major = [("complaint.severity", "major"), ("case.department", "工程部")];
        let case = complaint(&office, "地下车库连着三天积水", &major).await;
        let steps: &[Step] = &[
            ("reception", "complaint.recorded", &[("complaint.needs_handling", "yes"), ("note", "已看过现场")]),
            ("reception", "complaint.reported_manager", &[("note", "水快到配电房门口")]),
            ("reception", "complaint_slip.written", &[("case.department", "工程部"), ("problem.limit", "2030-01-01")]),
            ("reception", "complaint_slip.handed", &[]),
            ("engineer", "complaint.resolved", &[("complaint.result", "集水井清淤，换泵")]),
            ("engineer", "complaint_slip.returned", &[]),
            ("desk1", "complaint.replied", &[("note", "水抽干了，泵换了新的")]),
            (
                "centre",
                "follow_up.done",
                &[("follow_up.method", "phone"), ("follow_up.satisfaction", "satisfied"), ("way", "none")],
            ),
            ("supervisor", "case.closed", &[("complaint.outcome", "solved"), ("complaint.as_decided", "yes")]),
            ("archive", "case.filed", &[]),
        ];
        walk(&office, "office-systems", &case, steps).await;

        office.is("supervisor").await;
        office.go("/complaints/analysis").await;
        office.send("form[method='post'][action='/complaints/analysis']", &[], "button").await;
        let path = office.window.path().await;
        let report = path.trim_start_matches("/cases/");
        let analysed = [
            ("case.department", "工程部"),
            ("complaint.analysis", "集水井两年没有清淤，泵没有试过"),
            ("complaint.measure", "每月试泵"),
            ("complaint.prevention", "雨季前清淤"),
            ("case.person", "石演工"),
        ];
        let steps: &[(&str, &str, &[(&str, &str)])] = &[
            ("engineer", "complaint_report.department_analysed", &analysed),
            ("supervisor", "complaint_report.meeting_held", &[("note", "各部门到会，措施已定")]),
            ("supervisor", "complaint_report.written", &[("complaint_report.text", "本季一件，已办好，措施如上。")]),
            ("supervisor", "complaint_report.submitted", &[]),
            ("leader", "complaint_report.approved", &[("note", "同意")]),
        ];
        for (who, act, fields) in steps {
            office.is(who).await;
            office.act(report, act, fields).await;
        }
        office.window.says("批准投诉分析报告。同意").await;
        office.close().await;
    });
}

#[test]
fn service_window_keeps_whoever_was_asked_first() {
    super::walk(async {
        let office = under("service-window", PHONE).await;
        office.is("desk1").await;
        let asked = [("place", "1-1-101"), ("name", "演示住户"), ("note", "开装修放行条")];
        let case = office.record("counter_register", &asked).await;
        let steps: &[Step] = &[
            ("desk1", "window.papers_complete", &[]),
            ("desk1", "window.introduced", &[("window.first_receiver", "石演工"), ("case.department", "工程部")]),
            ("engineer", "window.finished", &[]),
            ("desk1", "case.replied", &[("note", "放行条已开，当日有效")]),
            ("supervisor", "case.closed", &[]),
            ("archive", "case.filed", &[]),
        ];
        walk(&office, "service-window", &case, steps).await;
        office.close().await;
    });
}

#[test]
fn customer_info_tells_the_customer_and_calls_on_who_complained() {
    super::walk(async {
        let office = under("customer-info", PHONE).await;
        let case = complaint(&office, "楼道灯坏了没人管", &[("case.department", "工程部")]).await;
        let steps: &[Step] = &[
            ("desk1", "complaint.accepted", &[]),
            ("engineer", "complaint.resolved", &[("complaint.result", "已换灯")]),
            ("desk1", "complaint.replied", &[("note", "灯换好了"), ("case.reply_way", "电话")]),
            ("supervisor", "case.closed", &[("complaint.outcome", "solved"), ("complaint.as_decided", "yes")]),
            ("archive", "case.filed", &[]),
        ];
        walk(&office, "customer-info", &case, steps).await;

        // Whoever complained is called on first, and what is heard there leads to a matter before it is filed.
        office.is("supervisor").await;
        let often = [("place", "1-1-101"), ("case.content", "楼道灯常坏")];
        let topic = office.record("topic", &often).await;
        let heard = [
            ("customer.opinion", "想换耐用的灯"),
            ("customer.linked_case", case.as_str()),
            ("note", "上门看过，已换耐用的灯"),
        ];
        let steps: &[(&str, &str, &[(&str, &str)])] = &[
            ("supervisor", "topic.striking", &[("note", "户数少，住户很在意")]),
            ("area1", "customer.visited", &heard),
            ("supervisor", "case.closed", &[]),
            ("archive", "case.filed", &[]),
        ];
        for (who, act, fields) in steps {
            office.is(who).await;
            office.act(&topic, act, fields).await;
        }
        office.window.says("已归档").await;
        office.close().await;
    });
}

#[test]
fn courtesy_scores_a_call_that_was_drawn_and_coaches() {
    super::walk(async {
        let office = under("courtesy", DESK).await;
        let window = &office.window;
        office.is("desk1").await;
        office.go("/desk").await;
        window.put("#intake", "words", "问装修垃圾放哪里").await;
        window.put("main", "courtesy.anything_else", "yes").await;
        window.put("main", "note", "放在 3 栋旁的装修垃圾池").await;
        window.tap("main button[value='answered']").await;
        window.says("已记为当场答复").await;

        office.is("supervisor").await;
        office.go("/contacts").await;
        window.tap("#contacts a[href^='/contacts/']").await;
        office.send("form[action$='/acts/call.sampled']", &[], "button").await;
        office.send("form[action$='/acts/call.courtesy_scored']", &[("thanks", "missed")], "button").await;
        window.says("80").await;
        office.send("form[action$='/acts/call.coached']", &[("note", "周五班前会讲“谢谢”")], "button").await;
        window.says("周五班前会").await;
        window.picture("story-courtesy").await;
        office.go("/rulebooks/courtesy/12").await;
        window.says("80").await;
        office.close().await;
    });
}
