//! Figures and their lists, reports from the draft to the archive, what the clock begins and sends; through the router.

use axum::http::StatusCode;
use journal::reads::Stated;
use office::case::CaseKind;
use office::site::CharterChange;
use office::stretch::Stretch;

use crate::testing::{Demo, Shown};

/// A house with a complaint followed up, one that is not, and a repair followed up late by phone.
async fn house() -> Demo {
    let demo = Demo::founded().await;
    let (repair, _) = demo.repair("厨房水龙头漏水").await;
    demo.completed(&repair).await;
    demo.acts(&repair, &[("technician", "repair.accepted", &[]), ("technician", "repair.customer_signed", &[])]).await;
    let plan = demo.now().plus_seconds(3600).0.to_string();
    let planned = [("follow_up.planned_at", plan.as_str()), ("follow_up.visitor", "林小满")];
    demo.act("service_supervisor", &repair, "follow_up.planned", &planned).await;
    demo.pass(40 * 86_400);
    talk(&demo, &repair, "satisfied").await;
    let words = [("case.department", "工程部"), ("complaint.class", "first")];
    demo.register(CaseKind::Complaint, "大堂灯不亮", &words).await;
    demo.register(CaseKind::Complaint, "大堂灯又坏了", &words).await;
    demo
}

async fn talk(demo: &Demo, case: &str, satisfaction: &str) {
    let fields = [
        ("method", "phone"),
        ("satisfaction", satisfaction),
        ("quality", "好"),
        ("effect", "正常"),
        ("shortcomings", "无"),
        ("suggestions", "无"),
        ("summary", "已修好，不再漏"),
    ];
    let told = demo.post("front_desk", &format!("/follow-up/{case}/done"), &fields).await;
    assert_eq!(told.status, StatusCode::SEE_OTHER, "{}", told.body);
}

async fn act(demo: &Demo, account: &str, case: &str, act: &str, fields: &[(&str, &str)]) -> Shown {
    demo.pass(60);
    demo.post(account, &format!("/cases/{case}/acts/{act}"), fields).await
}

fn done(shown: &Shown) -> String {
    assert_eq!(shown.status, StatusCode::SEE_OTHER, "{}", shown.body);
    shown.leads().trim_start_matches("/cases/").to_owned()
}

async fn stated(demo: &Demo, of: &Stretch) -> Vec<Stated> {
    let stood = demo.web.house.statistics(1, of, demo.now()).await.expect("no fault");
    stood.stated(demo.web.house.laws())
}

async fn length_of_list(demo: &Demo, of: &Stretch, id: &str) -> i64 {
    let (mut sum, mut after) = (0, None);
    loop {
        let list = demo.web.house.stated_list(1, of, id.to_owned(), after, demo.now()).await.expect("no fault");
        let list = list.unwrap_or_else(|| panic!("{id} has no list"));
        sum += list.rows.iter().map(|row| row.counts).sum::<i64>();
        after = list.next;
        if after.is_none() {
            return sum;
        }
    }
}

#[tokio::test]
async fn a_period_that_still_runs_says_that_its_figures_are_provisional() {
    let demo = house().await;
    let of = Stretch::of(office::stretch::Length::Quarter, demo.web.house.laws().zone.date(demo.now()));
    let page = demo.get("office_manager", &format!("/reports?period={}", of.key())).await.body;
    assert!(page.contains("暂计：本期还没有结束"), "{page}");
    let page = demo.get("office_manager", &format!("/reports?period={}", of.before().key())).await.body;
    assert!(!page.contains("暂计：本期还没有结束"), "{page}");
}

#[tokio::test]
async fn every_number_of_the_page_is_as_long_as_its_list() {
    let demo = house().await;
    let mut counted = 0;
    for key in ["2026-W47", "2026-11", "2026-12", "2026-Q4"] {
        let of = Stretch::parse(key).expect("a period");
        for it in stated(&demo, &of).await {
            assert_eq!(length_of_list(&demo, &of, &it.id).await, it.value, "{key} {} {}", it.id, it.title);
            counted += i64::from(it.value > 0);
        }
        let page = demo.get("office_manager", &format!("/reports?period={key}")).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        for part in ["五个方面", "回访率", "满意", "投诉", "按人", "口径"] {
            assert!(page.body.contains(part), "{part}: {}", page.body);
        }
        for link in page.body.split("href=\"").skip(1).filter_map(|it| it.split('"').next()) {
            if link.starts_with("/reports/list") || link.starts_with("/complaints/counted") {
                let list = demo.get("office_manager", &link.replace("&amp;", "&")).await;
                assert_eq!(list.status, StatusCode::OK, "{link}");
            }
        }
    }
    assert!(counted > 30, "{counted} numbers are more than nought");
    let quarter = demo.get("office_manager", "/reports?period=2026-Q4").await.body;
    for part in ["林小满", "followup-9", "60 %", "/reports/list?period=2026-Q4&amp;figure=phone", "按时率"] {
        assert!(quarter.contains(part), "{part}: {quarter}");
    }
    for odd in
        ["/reports/list?period=2026-Q4&figure=moon", "/reports/list?figure=rate:x:2026-Q4:y", "/reports?period=x"]
    {
        assert_eq!(demo.get("office_manager", odd).await.status, StatusCode::NOT_FOUND, "{odd}");
    }
    assert_eq!(demo.get("front_desk", "/reports").await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn one_persons_follow_ups_stand_with_what_was_planned_for_them() {
    let demo = house().await;
    let of = Stretch::parse("2026-Q4").expect("a quarter");
    let stood = demo.web.house.statistics(1, &of, demo.now()).await.expect("no fault");
    let one = stood.persons.iter().find(|it| it.person == "front_desk").expect("who made it");
    assert_eq!((one.name.as_str(), one.made, one.phone, one.planned, one.planned_made), ("林小满", 1, 1, 1, 1));
    assert_eq!(one.late, 1, "forty days are more than the clause leaves");
}

/// A month's report, handed in.
async fn handed_in(demo: &Demo, period: &str) -> String {
    let report = done(&demo.post("service_supervisor", "/reports/records", &[("period", period)]).await);
    let form = demo.get("service_supervisor", &format!("/cases/{report}/acts/statistics_report.written")).await;
    assert!(form.body.contains("一、受理") && form.body.contains("三、回访"), "{}", form.body);
    let text = [("statistics_report.text", "本月两件投诉，已定措施。")];
    done(&act(demo, "service_supervisor", &report, "statistics_report.written", &text).await);
    done(&act(demo, "service_supervisor", &report, "statistics_report.submitted", &[]).await);
    report
}

#[tokio::test]
async fn an_approval_freezes_the_figures_and_the_archive_knows_who_was_late() {
    let demo = house().await;
    // The month has all but ended.
    demo.pass(4 * 86_400);
    let report = handed_in(&demo, "2026-12").await;
    let again = demo.post("service_supervisor", "/reports/records", &[("period", "2026-12")]).await;
    assert!(again.body.contains("已经有了"), "{}", again.body);
    let forged = act(&demo, "service_supervisor", &report, "statistics_report.approved", &[]).await;
    assert!(forged.body.contains("没有此项权限"), "{}", forged.body);
    assert!(demo.get("office_manager", "/signing").await.body.contains("TB-"), "it waits for a signature");
    done(&act(&demo, "office_manager", &report, "statistics_report.approved", &[("note", "同意")]).await);
    let page = demo.get("office_manager", &format!("/cases/{report}")).await.body;
    assert!(page.contains("现在的数字和批准时一样"), "{page}");
    demo.register(CaseKind::Complaint, "门禁坏了", &[("complaint.class", "first")]).await;
    let page = demo.get("office_manager", &format!("/cases/{report}")).await.body;
    assert!(page.contains("批准以后又有变化") && page.contains("收到投诉"), "{page}");
    let (was, now) = ("<td class=\"num\">2</td>", "figure=complaints\">3</a>");
    assert!(page.contains(was) && page.contains(now), "{page}");
    let on_record = demo.get("office_manager", "/periods?months=12&as=csv").await.body;
    let month = on_record.lines().find(|line| line.contains("2026-12") && line.contains("完成月度统计"));
    assert!(month.is_some_and(|line| line.contains("按时")), "{on_record}");

    demo.pass(40 * 86_400);
    let list = demo.get("office_manager", "/reports/records").await.body;
    assert!(list.contains("已过期限"), "{list}");
    done(&act(&demo, "service_supervisor", &report, "statistics_report.archived", &[]).await);
    let list = demo.get("office_manager", "/reports/records").await.body;
    assert!(list.contains("迟归档") && list.contains("没有保管期满的"), "{list}");
    demo.pass(732 * 86_400);
    let list = demo.get("office_manager", "/reports/records").await.body;
    assert!(!list.contains("没有保管期满的"), "after two years it may be proposed: {list}");
    let book = demo.get("office_manager", "/reports?period=2026-12&as=xlsx").await;
    assert!(book.body.starts_with("PK"));
}

#[tokio::test]
async fn the_clock_begins_reports_once_and_sends_what_the_setting_says_once() {
    let demo = house().await;
    let house = demo.web.house.clone();
    let set = async |name: &str, value: &str| {
        let change = CharterChange::Set { name: name.into(), value: value.into() };
        house.change_charter(demo.sent("administrator", "administrator"), change).await.expect("no fault").map(drop)
    };
    let no = set("报表定时发送", "周报 每天 八点：大家").await.expect_err("refused");
    assert!(no.to_string().contains("读不懂"), "{no}");
    set("报表定时发送", "周报 周一 08:30：a@example.org、群机器人").await.expect("set");
    // It is Saturday, 26 December 2026; the Monday after is the 28th.
    let monday = demo.web.house.laws().zone.moment(jiff::civil::date(2026, 12, 28).at(9, 0, 0, 0));
    demo.pass(monday.seconds_since(demo.now()));
    for _ in 0..3 {
        house.reports_by_clock(1, demo.now()).await.expect("no fault");
        demo.pass(120);
    }
    let sent = house.store().deliveries(1, 50).await.expect("read");
    let kinds: Vec<&str> =
        sent.iter().filter(|it| it.first_line().contains("周报")).map(|it| it.kind.as_str()).collect();
    assert_eq!(kinds.len(), 2, "{sent:?}");
    let reports = house.reports(1, demo.now()).await.expect("read");
    let keys: Vec<String> = reports.iter().map(|it| it.period.key()).collect();
    assert!(keys.contains(&"2026-W52".to_owned()), "{keys:?}");
    let mut once = keys.clone();
    once.dedup();
    assert_eq!(once, keys);
    let page = demo.get("office_manager", "/reports/sent").await.body;
    assert!(page.contains("a@example.org") && page.contains("等着送出") && page.contains("周一 08:30"), "{page}");
}
