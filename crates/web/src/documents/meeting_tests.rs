//! A Friday meeting through the router: called with everybody of the posts in charge, who came when, the minutes, and tasks that come
//! back at the next one.

use axum::http::StatusCode;
use office::site::CharterChange;

use crate::testing::{Demo, Shown};

const WEEKLY: &str = "周五例会 周五 09:00：主要负责人";
const PRINCIPALS: [&str; 4] = ["service_supervisor", "office_manager", "engineering_supervisor", "department_head"];

async fn begin(demo: &Demo, who: &str, register: &str, filled: &[(&str, &str)]) -> String {
    let done = demo.post(who, &format!("/registers/{register}/new"), filled).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    done.leads().split("new=").nth(1).expect("a number").to_owned()
}

async fn act(demo: &Demo, who: &str, number: &str, act: &str, filled: &[(&str, &str)]) -> Shown {
    demo.post(who, &format!("/cases/{number}/acts/{act}"), filled).await
}

async fn done(demo: &Demo, who: &str, number: &str, name: &str, filled: &[(&str, &str)]) {
    let shown = act(demo, who, number, name, filled).await;
    assert_eq!(shown.status, StatusCode::SEE_OTHER, "{who} {name}: {}", shown.body);
}

fn refused(shown: &Shown, words: &[&str]) {
    assert_eq!(shown.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", shown.body);
    for word in words {
        assert!(shown.body.contains(word), "{word}: {}", shown.body);
    }
}

/// Calls the meeting of Friday the 20th on Thursday afternoon; answers its number and record.
async fn called(demo: &Demo) -> (String, String) {
    demo.pass(3 * 86_400 + 6 * 3_600);
    let call = [("meeting.series", "周五例会"), ("meeting.starts", "2026-11-20T09:00"), ("meeting.regular", "yes")];
    let number = begin(demo, "service_supervisor", "meetings", &call).await;
    let page = demo.get("service_supervisor", &format!("/cases/{number}")).await.body;
    let id = page.split("/papers/meetings/").nth(1).and_then(|it| it.split('/').next()).expect("its form").to_owned();
    (number, id)
}

/// To seconds after nine on Friday from Thursday 15:12.
fn to_friday(demo: &Demo, seconds: i64) {
    demo.pass(17 * 3_600 + 48 * 60 + seconds);
}

const MINUTES: [(&str, &str); 5] = [
    ("meeting.week_review", "本周受理平稳"),
    ("meeting.next_week", "冬季消防自查"),
    ("meeting.coordination", "工程部配合门禁"),
    ("meeting.issues", "三栋门禁"),
    ("meeting.minuter", "林小满"),
];

#[tokio::test]
async fn who_comes_after_nine_is_late_and_who_is_away_says_why() {
    let demo = Demo::founded_under(&["office-systems"]).await;
    let (number, id) = called(&demo).await;
    let page = demo.get("service_supervisor", &format!("/cases/{number}")).await.body;
    for name in ["周安然", "陈立", "吴工", "何部"] {
        assert!(page.contains(name), "{name}: {page}");
    }
    // Everybody has their own line at home, and nobody that of others.
    let home = demo.get("department_head", "/").await.body;
    assert_eq!(home.matches("DH-202611-").count(), 1, "{home}");
    let of = |who: &str| format!("{id}-{who}");
    let no = act(&demo, "department_head", &of("department_head"), "attendance.excused", &[]).await;
    refused(&no, &["原因说明", "3b"]);
    done(&demo, "department_head", &of("department_head"), "attendance.excused", &[("case.reason", "出差")]).await;
    refused(
        &act(&demo, "front_desk", &of("office_manager"), "attendance.came", &[]).await,
        &["会议定于 2026-11-20 09:00"],
    );
    to_friday(&demo, -120);
    let came = |who: &[&str]| who.iter().map(|who| ("who", of(who))).collect::<Vec<_>>();
    let path = format!("/papers/meetings/{id}/came");
    let no = demo.post("front_desk", &path, &[]).await;
    refused(&no, &["没有勾选人"]);
    let two = came(&["service_supervisor", "office_manager"]);
    let two: Vec<(&str, &str)> = two.iter().map(|(key, value)| (*key, value.as_str())).collect();
    assert_eq!(demo.post("front_desk", &path, &two).await.status, StatusCode::SEE_OTHER);
    demo.pass(120 + 59);
    done(&demo, "service_supervisor", &number, "meeting.began", &[]).await;
    demo.pass(1);
    let late = of("engineering_supervisor");
    assert_eq!(demo.post("front_desk", &path, &[("who", &late)]).await.status, StatusCode::SEE_OTHER);
    let page = demo.get("front_desk", &format!("/cases/{number}")).await.body;
    assert!(page.contains("迟到 1 分钟") && page.matches("迟到").count() == 1, "{page}");
    assert!(page.contains("3 / 4，75.0%；没有请假 0 人") && page.contains("出差"), "{page}");
}

#[tokio::test]
async fn minutes_are_written_by_who_is_on_the_roster_and_say_what_was_skipped() {
    let demo = Demo::founded_under(&["office-systems"]).await;
    let (number, _) = called(&demo).await;
    to_friday(&demo, 0);
    let no = act(&demo, "front_desk", &number, "meeting.minuted", &MINUTES).await;
    refused(&no, &["还没有"]);
    done(&demo, "service_supervisor", &number, "meeting.began", &[]).await;
    // Nobody is on the roster: neither the desk nor the supervisor may write.
    refused(&act(&demo, "front_desk", &number, "meeting.minuted", &MINUTES).await, &["3d", "会议记录员"]);
    let rostered = |to: &'static str| {
        [("duty.person", "林小满"), ("meeting.roster_from", "2026-11-01"), ("meeting.roster_until", to)]
    };
    begin(&demo, "office_manager", "minute_takers", &rostered("2026-11-19")).await;
    refused(&act(&demo, "front_desk", &number, "meeting.minuted", &MINUTES).await, &["3d"]);
    begin(&demo, "office_manager", "minute_takers", &rostered("2026-12-31")).await;
    let form = demo.get("front_desk", &format!("/cases/{number}/acts/meeting.minuted")).await.body;
    assert!(form.contains("一、受理") && form.contains("林小满"), "begins with the figures: {form}");
    let without = |id: &str| MINUTES.into_iter().filter(|(known, _)| *known != id).collect::<Vec<_>>();
    refused(
        &act(&demo, "front_desk", &number, "meeting.minuted", &without("meeting.minuter")).await,
        &["3d", "会议记录人"],
    );
    let mut short = without("meeting.issues");
    refused(&act(&demo, "front_desk", &number, "meeting.minuted", &short).await, &["集中问题", "没有议的原因"]);
    short.push(("meeting.skipped", "没有集中的问题"));
    done(&demo, "front_desk", &number, "meeting.minuted", &short).await;
    // Somebody else writes only when named to.
    refused(&act(&demo, "department_head", &number, "meeting.minuted", &MINUTES).await, &["3d"]);
    let instead = [("duty.person", "何部")];
    done(&demo, "office_manager", &number, "meeting.substitute_named", &instead).await;
    done(&demo, "department_head", &number, "meeting.minuted", &MINUTES).await;
    done(&demo, "service_supervisor", &number, "meeting.ended", &[]).await;
    let page = demo.get("office_manager", &format!("/cases/{number}")).await.body;
    assert!(page.contains("没有到会，没有请假") && page.contains("没有请假 4 人"), "{page}");
    done(&demo, "service_supervisor", &number, "meeting.minutes_sent", &[]).await;
    refused(&act(&demo, "front_desk", &number, "meeting.minuted", &MINUTES).await, &["已经“分送会议记录”"]);
    for who in PRINCIPALS {
        assert!(demo.get(who, "/").await.body.contains("meeting.minutes_read"), "{who}");
    }
    done(&demo, "department_head", &number, "meeting.minutes_read", &[]).await;
    assert!(!demo.get("department_head", "/").await.body.contains("meeting.minutes_read"));
    let page = demo.get("office_manager", &format!("/cases/{number}")).await.body;
    let sheet = page.split("/forms/HJ-").nth(1).and_then(|it| it.split(['/', '"']).next()).expect("the sheet");
    let sheet = demo.get("service_supervisor", &format!("/forms/HJ-{sheet}/print")).await.body;
    assert!(sheet.contains("冬季消防自查") && sheet.contains("何部 没有到"), "{sheet}");
}

#[tokio::test]
async fn a_task_stands_on_its_owners_list_and_in_the_next_agenda() {
    let demo = Demo::founded_under(&["office-systems"]).await;
    let (number, _) = called(&demo).await;
    to_friday(&demo, 0);
    done(&demo, "service_supervisor", &number, "meeting.began", &[]).await;
    let set = |who: &'static str, by: &'static str| {
        [("meeting_task.what", "三栋门禁报价"), ("duty.person", who), ("meeting_task.due", by)]
    };
    let with = |task: [(&'static str, &'static str); 3]| {
        task.into_iter().chain([("case", Box::leak(number.clone().into_boxed_str()) as &str)]).collect::<Vec<_>>()
    };
    for (task, word) in [
        (set("某人", "2026-11-25").to_vec(), "没有写是哪一次会议"),
        (with(set("某人", "2026-11-25")), "没有叫“某人”的员工"),
        (with(set("吴工", "2026-11-19")), "完成期限已经过了"),
    ] {
        let no = demo.post("service_supervisor", "/registers/meeting_tasks/new", &task).await;
        let either = no.body.contains(word) || no.body.contains("没有叫“某人”的员工");
        assert!(no.status == StatusCode::UNPROCESSABLE_ENTITY && either, "{word}: {}", no.body);
    }
    let task = begin(&demo, "service_supervisor", "meeting_tasks", &with(set("吴工", "2026-11-25"))).await;
    assert!(demo.get("engineering_supervisor", "/").await.body.contains(&task));
    assert!(!demo.get("department_head", "/").await.body.contains(&task));
    refused(&act(&demo, "department_head", &task, "meeting_task.done", &[("note", "办了")]).await, &["名单里没有您"]);
    // A week later it is not done: the next meeting has it on its agenda and gives it another week.
    demo.pass(6 * 86_400 + 6 * 3_600);
    let call = [("meeting.series", "周五例会"), ("meeting.starts", "2026-11-27T09:00"), ("meeting.regular", "yes")];
    let next = begin(&demo, "service_supervisor", "meetings", &call).await;
    let page = demo.get("service_supervisor", &format!("/cases/{next}")).await.body;
    assert!(page.contains(&task) && page.contains("过期没有办完"), "{page}");
    let another = [("meeting_task.due", "2026-12-03"), ("note", "等第二家报价")];
    done(&demo, "service_supervisor", &task, "meeting_task.carried_on", &another).await;
    refused(&act(&demo, "service_supervisor", &task, "meeting_task.accepted", &[]).await, &["还没有"]);
    done(&demo, "engineering_supervisor", &task, "meeting_task.done", &[("note", "两家都报了")]).await;
    assert!(!demo.get("engineering_supervisor", "/").await.body.contains("meeting_task.done"));
    done(&demo, "service_supervisor", &task, "meeting_task.accepted", &[]).await;
    let page = demo.get("service_supervisor", &format!("/cases/{next}")).await.body;
    assert!(!page.contains("过期没有办完") && page.contains("以前会上定的任务都办完了"), "{page}");
}

#[tokio::test]
async fn the_clock_calls_what_recurs_two_days_ahead_and_once() {
    let demo = Demo::founded_under(&["office-systems"]).await;
    let set = |value: &str| CharterChange::Set { name: office::meeting::RECURRING.into(), value: value.into() };
    let sent = demo.sent("administrator", "administrator");
    let no = demo.web.house.change_charter(sent, set("周五例会 周八 09:00：主要负责人")).await.expect("no fault");
    assert!(no.expect_err("refused").to_string().contains("读不懂"));
    let sent = demo.sent("administrator", "administrator");
    let changed = demo.web.house.change_charter(sent, set(WEEKLY)).await;
    changed.expect("no fault").expect("not refused");
    for _ in 0..2 {
        demo.web.house.meetings_by_clock(1, demo.now()).await.expect("no fault");
    }
    assert!(!demo.get("office_manager", "/papers").await.body.contains("HY-"), "Monday is too early");
    demo.pass(3 * 86_400);
    for _ in 0..2 {
        demo.web.house.meetings_by_clock(1, demo.now()).await.expect("no fault");
    }
    let page = demo.get("office_manager", "/papers").await.body;
    assert!(page.contains("HY-202611-0001") && !page.contains("HY-202611-0002"), "{page}");
    let meeting = demo.get("office_manager", "/cases/HY-202611-0001").await.body;
    assert!(meeting.contains("何部") && meeting.contains("2026-11-20 09:00"), "{meeting}");
}

/// The line of the weekly meeting of the 48th week in the list of periodic duties, once it is Monday after it.
async fn duty(demo: &Demo) -> String {
    let page = demo.get("office_manager", "/periods").await.body;
    let rows = page.split("<tr").filter(|row| row.contains("召开例会") && row.contains("第 48 周"));
    rows.map(str::to_owned).next().unwrap_or_else(|| panic!("no such duty: {page}"))
}

#[tokio::test]
async fn the_weekly_meeting_is_owed_by_nine_of_friday() {
    for (seconds, state) in [(59, "按时办结"), (60, "超时办结")] {
        let demo = Demo::founded_under(&["office-systems"]).await;
        demo.pass(10 * 86_400);
        let call = [("meeting.series", "周五例会"), ("meeting.starts", "2026-11-27T09:00"), ("meeting.regular", "yes")];
        let number = begin(&demo, "service_supervisor", "meetings", &call).await;
        assert!(duty(&demo).await.contains("未到期"));
        demo.pass(86_400 - 12 * 60 + seconds);
        done(&demo, "service_supervisor", &number, "meeting.began", &[]).await;
        assert!(duty(&demo).await.contains(state), "{seconds}: {}", duty(&demo).await);
    }
}

#[tokio::test]
async fn a_friday_off_has_no_meeting_and_nothing_is_owed() {
    let demo = Demo::founded_under(&["office-systems"]).await;
    let weekly = CharterChange::Set { name: office::meeting::RECURRING.into(), value: WEEKLY.into() };
    let sent = demo.sent("administrator", "administrator");
    demo.web.house.change_charter(sent, weekly).await.expect("no fault").expect("not refused");
    let off = office::site::CalendarChange::Day {
        date: jiff::civil::date(2026, 11, 27),
        workday: Some(false),
        hours: String::new(),
        why: "公司统一休假".into(),
    };
    let sent = demo.sent("office_manager", "office_manager");
    let done = demo.web.house.change_calendar(sent, calendar::Orderer::Site, off).await;
    done.expect("no fault").expect("not refused");
    demo.pass(8 * 86_400);
    let page = demo.get("office_manager", "/papers").await.body;
    assert!(page.contains("2026-11-27 节假日不开，不补。"), "{page}");
    for _ in 0..5 {
        demo.web.house.meetings_by_clock(1, demo.now()).await.expect("no fault");
        demo.pass(86_400);
    }
    assert!(!demo.get("office_manager", "/papers").await.body.contains("HY-"), "neither called nor moved");
    assert!(duty(&demo).await.contains("免办"), "{}", duty(&demo).await);
}
