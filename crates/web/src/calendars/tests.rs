//! The year through the router: its days, a notice pasted and clicked, own days, and what moves.

use axum::http::StatusCode;
use jiff::civil::date;

use crate::testing::Demo;

const MANAGER: &str = "office_manager";
/// A notice of 2027 as it might be published.
const NOTICE: &str = "国务院办公厅关于2027年部分节假日安排的通知\n国办发明电〔2026〕9号\n一、元旦：1月1日（周五）至3日（周日）放假，共3天。\n\
                      二、春节：2月6日（周六）至12日（周五）放假调休，共7天。2月14日（周日）上班。\n国务院办公厅\n2026年11月10日\n";

#[tokio::test]
async fn the_year_shows_its_days_with_what_decides_them() {
    let demo = Demo::founded().await;
    let year = demo.get("front_desk", "/duty/calendar").await.body;
    for part in
        ["2026 年年历", "12 月", "国庆节放假（国办发明电〔2025〕7号）", "国庆节调休上班", "随程序提供", "没有另作安排"]
    {
        assert!(year.contains(part), "{part}: {year}");
    }
    assert!(!year.contains("未确认") && !year.contains("录入放假通知"), "{year}");
    let day = demo.get("front_desk", "/duty/calendar?day=2026-10-10").await.body;
    assert!(day.contains("2026-10-10 周六") && day.contains("2025-11-04 00:00") && !day.contains("定为"), "{day}");
    let next = demo.get("front_desk", "/duty/calendar?year=2027").await.body;
    assert!(next.contains("2027 年的放假通知还没有录入，按周末休息推算，未确认"), "{next}");
    let csv = demo.get(MANAGER, "/duty/calendar?year=2026&as=csv").await.body;
    assert!(csv.lines().count() == 366 && csv.contains("2026-10-10,周六,上班,国庆节调休上班"), "{csv}");
    assert!(demo.get(MANAGER, "/duty/calendar?year=2026&as=xlsx").await.body.starts_with("PK"));
    assert!(demo.get("front_desk", "/duty").await.body.contains("/duty/calendar"));
    for path in ["/duty/calendar/notice?year=2027", "/duty/calendar/entries/1"] {
        assert_ne!(demo.get("front_desk", path).await.status, StatusCode::OK, "{path}");
    }
}

#[tokio::test]
async fn a_notice_is_pasted_looked_at_and_entered() {
    let demo = Demo::founded().await;
    let path = "/duty/calendar/notice";
    let form = demo.get(MANAGER, "/duty/calendar/notice?year=2027").await;
    assert!(form.status == StatusCode::OK && form.body.contains("通知原文"), "{}", form.body);
    for (from, to, why) in [
        ("共3天", "共4天", "写的是共 4 天，数出来是 3 天"),
        ("（周五）至3日", "（周六）至3日", "2027-01-01 是周五，不是周六"),
        ("2月14日（周日）", "2月15日（周一）", "不用调休上班"),
        ("2026年11月10日\n", "", "没有看到发布日期"),
        ("2026年11月10日", "2026年12月10日", "还没有到"),
    ] {
        let text = NOTICE.replacen(from, to, 1);
        let no = demo.post(MANAGER, path, &[("year", "2027"), ("text", &text), ("step", "look")]).await;
        assert_eq!(no.status, StatusCode::UNPROCESSABLE_ENTITY, "{why}");
        assert!(no.body.contains(why) && no.body.contains("国办发明电〔2026〕9号"), "{why}: {}", no.body);
    }
    let fields = [("year", "2027"), ("text", NOTICE), ("by", "site")];
    let look = demo.post(MANAGER, path, &[&fields[..], &[("step", "look")]].concat()).await;
    assert!(look.status == StatusCode::OK && look.body.contains("确认录入"), "{}", look.body);
    let law = demo.web.house.law(1).await.unwrap();
    assert!(law.calendar.is_workday(date(2027, 1, 1)), "looking enters nothing");
    let back = demo.post(MANAGER, path, &[&fields[..], &[("step", "back")]].concat()).await;
    assert!(back.body.contains("通知原文") && back.body.contains("2月14日（周日）上班"), "{}", back.body);
    assert_eq!(demo.post("front_desk", path, &fields).await.status, StatusCode::FORBIDDEN);
    let done = demo.post(MANAGER, path, &[&fields[..], &[("step", "enter")]].concat()).await;
    let entry = done.leads().to_owned();
    assert!(entry.starts_with("/duty/calendar/entries/"), "{}", done.body);
    let entry = demo.get("front_desk", &entry).await.body;
    assert!(entry.contains("国办发明电〔2026〕9号") && entry.contains("陈立"), "{entry}");
    let year = demo.get("front_desk", "/duty/calendar?year=2027").await.body;
    assert!(!year.contains("未确认") && year.contains("春节调休上班（国办发明电〔2026〕9号）"), "{year}");
    let twice = demo.post(MANAGER, path, &[&fields[..], &[("step", "look")]].concat()).await;
    assert!(twice.status == StatusCode::UNPROCESSABLE_ENTITY && twice.body.contains("已经录入"), "{}", twice.body);
    let charter = demo.get("front_desk", "/rulebooks/charter").await.body;
    assert!(charter.contains("录入 2027 年放假通知：国办发明电〔2026〕9号"), "{charter}");
}

#[tokio::test]
async fn a_notice_is_clicked_day_by_day_or_given_as_a_file() {
    let demo = Demo::founded().await;
    let path = "/duty/calendar/notice";
    let mut text = String::new();
    for (day, kind) in [("2027-01-01", "off"), ("2027-01-02", "off"), ("2027-01-09", "work")] {
        let fields = [("year", "2027"), ("text", text.as_str()), ("holiday", "元旦"), ("as", kind), ("click", day)];
        let page = demo.post(MANAGER, path, &fields).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        let after = page.body.split("<textarea").nth(1).and_then(|it| it.split_once('>')).expect("a text").1;
        text = after.split("</textarea>").next().expect("its end").trim().to_owned();
    }
    assert!(text.contains("元旦：1月1日（周五）至1月2日（周六）放假，共2天。1月9日（周六）上班。"), "{text}");
    let fields = [("year", "2027"), ("text", text.as_str()), ("issued", "2026-11-10"), ("step", "enter")];
    let done = demo.post(MANAGER, path, &fields).await;
    assert!(done.leads().starts_with("/duty/calendar/entries/"), "{}", done.body);
    demo.pass(60);
    let law = demo.web.house.law(1).await.unwrap();
    assert!(law.calendar.is_workday(date(2027, 1, 9)) && !law.calendar.is_workday(date(2027, 1, 1)));

    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../calendars/cn/2026.toml");
    let file = std::fs::read_to_string(root).unwrap();
    let fields = [("text", file.as_str()), ("step", "enter")];
    let known = demo.post(MANAGER, path, &fields).await;
    assert!(known.status == StatusCode::UNPROCESSABLE_ENTITY && known.body.contains("已经录入"), "{}", known.body);
    let other =
        file.replace("first   = 2026-10-01\nlast    = 2026-10-07", "first   = 2026-10-01\nlast    = 2026-10-08");
    let done = demo.post(MANAGER, path, &[("text", &other), ("replaces", "yes"), ("step", "enter")]).await;
    assert!(done.leads().starts_with("/duty/calendar/entries/"), "{}", done.body);
    let law = demo.web.house.law(1).await.unwrap();
    assert!(!law.calendar.is_workday(date(2026, 10, 8)));
}

#[tokio::test]
async fn a_day_is_settled_with_its_reason_and_shows_what_moves() {
    let demo = Demo::founded().await;
    let path = "/duty/calendar/day";
    let form = demo.get(MANAGER, "/duty/calendar?day=2026-11-21").await.body;
    assert!(form.contains("定为") && form.contains("全公司各处"), "the manager of the only site: {form}");
    let fields = |why: &'static str, hours: &'static str, step: &'static str| {
        vec![("day", "2026-11-21"), ("as", "work"), ("by", "site"), ("hours", hours), ("why", why), ("step", step)]
    };
    for (why, hours, refused) in [("", "", "还没有写原因"), ("开放窗口", "上午", "读不懂")] {
        let no = demo.post(MANAGER, path, &fields(why, hours, "look")).await;
        assert!(no.status == StatusCode::UNPROCESSABLE_ENTITY && no.body.contains(refused), "{}", no.body);
    }
    let look = demo.post(MANAGER, path, &fields("周六开放窗口", "09:00-12:00", "look")).await;
    assert!(look.body.contains("确认录入") && look.body.contains("周六开放窗口"), "{}", look.body);
    let done = demo.post(MANAGER, path, &fields("周六开放窗口", "09:00-12:00", "enter")).await;
    let entry = demo.get("front_desk", done.leads()).await.body;
    assert!(entry.contains("上班 09:00-12:00") && entry.contains("周六开放窗口"), "{entry}");
    demo.pass(1);
    let day = demo.get("front_desk", "/duty/calendar?day=2026-11-21").await.body;
    assert!(day.contains("本处安排：周六开放窗口") && day.contains("day ordered"), "{day}");
    let shift = [
        ("week", "2026-11-16"),
        ("person", "front_desk"),
        ("post", "front_desk"),
        ("pattern", "白班 08:00-20:00"),
        ("day", "2026-11-21"),
    ];
    demo.post(MANAGER, "/duty/plan", &shift).await;
    assert!(demo.get("front_desk", "/duty?week=2026-11-16").await.body.contains("周六开放窗口"), "the roster tells it");
    let again = demo.post(MANAGER, path, &fields("再写", "09:00-12:00", "enter")).await;
    assert!(again.status == StatusCode::UNPROCESSABLE_ENTITY && again.body.contains("已经这样安排"), "{}", again.body);
    let back = [("day", "2026-11-21"), ("as", "back"), ("why", "不开了"), ("step", "enter")];
    assert!(demo.post(MANAGER, path, &back).await.leads().starts_with("/duty/calendar/entries/"));
    let year = demo.get("front_desk", "/duty/calendar?day=2026-11-21").await.body;
    assert!(
        year.contains("撤销安排") && year.contains("已被后来的安排代替") && year.contains("title=\"2026-11-21 周末\""),
        "{year}"
    );
    assert_eq!(demo.post("front_desk", path, &back).await.status, StatusCode::FORBIDDEN);
    for (name, value) in [("day", "soon"), ("as", "party")] {
        let mut odd = fields("x", "", "enter");
        odd.iter_mut().filter(|field| field.0 == name).for_each(|field| field.1 = value);
        assert_eq!(demo.post(MANAGER, path, &odd).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
}

#[tokio::test]
async fn only_who_administers_every_site_settles_days_for_the_company() {
    let demo = Demo::founded().await;
    let path = "/duty/calendar/day";
    let fields = [("day", "2026-12-05"), ("as", "work"), ("by", "company"), ("why", "年终盘点"), ("step", "enter")];
    let done = demo.post(MANAGER, path, &fields).await;
    assert!(done.leads().starts_with("/duty/calendar/entries/"), "{}", done.body);
    demo.pass(1);
    let founding = journal::house::Founding {
        company: "演示物业".into(),
        site: "第二花园".into(),
        account: "second".into(),
        name: "演示管理员".into(),
        ..journal::house::Founding::default()
    };
    let sent = journal::Sent { site: 0, ..demo.sent("administrator", "administrator") };
    demo.web.house.found(sent, founding).await.expect("no fault").expect("not refused");
    let law = demo.web.house.law(2).await.unwrap();
    assert_eq!(law.calendar.day(date(2026, 12, 5)).layer, "公司安排：年终盘点", "a later site takes it over");
    let day = demo.get(MANAGER, "/duty/calendar?day=2026-12-05").await.body;
    assert!(day.contains("已由公司另作安排") && !day.contains("全公司各处"), "{day}");
    let no = demo.post(MANAGER, path, &[("as", "rest"), fields[0], fields[2], fields[3], fields[4]]).await;
    assert!(no.status == StatusCode::UNPROCESSABLE_ENTITY && no.body.contains("您不是每一处的管理员"), "{}", no.body);
}
