//! The statistics of repairs through the router: figures with their lists, the free ones on file, who came back.

use axum::http::StatusCode;

use crate::testing::{Demo, Shown};

/// A repair whose slip is back and booked; its number.
async fn back(demo: &Demo, words: &str) -> (String, String) {
    let (case, number) = demo.repair(words).await;
    demo.returned(&case).await;
    (case, number)
}

#[tokio::test]
async fn third_copies_go_to_finance_on_one_list_and_are_signed_for_by_one_key() {
    let demo = Demo::founded().await;
    let path = "/repairs/copies";
    let none = demo.get("front_desk", path).await.body;
    assert!(none.contains("没有要交的第三联") && none.contains("没有要签收的第三联"), "{none}");
    let (first, one) = back(&demo, "厨房水龙头漏水").await;
    let (second, two) = back(&demo, "客厅插座没电").await;
    let list = demo.get("front_desk", path).await.body;
    assert!(list.contains(&one) && list.contains(&two) && list.contains("合计 2 张"), "{list}");
    // Who only looks has no key to press.
    let finance = demo.get("finance", path).await.body;
    assert!(finance.contains(&one) && !finance.contains("<button class=\"main\">"), "{finance}");
    let nothing = demo.post("front_desk", path, &[("from", "back")]).await;
    assert!(
        nothing.status == StatusCode::UNPROCESSABLE_ENTITY && nothing.body.contains("一张也没有选"),
        "{}",
        nothing.body
    );
    let wrong = demo.post("finance", path, &[("from", "back"), ("case", &first)]).await;
    assert!(
        wrong.status == StatusCode::UNPROCESSABLE_ENTITY && wrong.body.contains("岗位没有此项权限"),
        "{}",
        wrong.body
    );
    let sent = demo.post("front_desk", path, &[("from", "back"), ("case", &first), ("case", &second)]).await;
    assert_eq!(sent.leads(), "/repairs/copies?back=2", "{}", sent.body);
    let finance = demo.get("finance", path).await.body;
    assert!(finance.contains("没有要交的第三联") && finance.contains("合计 2 张"), "{finance}");
    let taken = demo.post("finance", path, &[("from", "sent"), ("case", &second)]).await;
    assert_eq!(taken.leads(), "/repairs/copies?sent=1", "{}", taken.body);
    let left = demo.get("finance", path).await.body;
    assert!(left.contains(&one) && !left.contains(&two), "what was not ticked waits on: {left}");
    let forms = demo.get("front_desk", "/forms?form=repair_slip").await.body;
    assert!(forms.contains(path), "{forms}");
}

/// A repair from the call to the signature, for so many fen; its number.
async fn done(demo: &Demo, words: &str, fen: &str) -> (String, String) {
    let (id, number) = demo.repair(words).await;
    demo.taken_on(&id).await;
    demo.pass(600);
    demo.acts(
        &id,
        &[
            ("technician", "repair.arrived", &[]),
            ("technician", "repair.verified", &[]),
            ("technician", "repair.price_shown", &[]),
            ("technician", "repair.consented", &[("repair.cost_consent", "yes"), ("repair.repair_consent", "yes")]),
            ("technician", "repair.started", &[]),
            ("technician", "repair.amounts_entered", &[("repair.amount_due", fen)]),
            ("technician", "repair.completed", &[]),
        ],
    )
    .await;
    (id, number)
}

async fn counted(demo: &Demo, by: &str) -> Shown {
    demo.get("office_manager", &format!("/repairs/counted?period=2026-Q4&by={by}")).await
}

fn rows(shown: &Shown) -> usize {
    shown.body.matches("class=\"nowrap\" href=\"/cases/").count()
}

#[tokio::test]
async fn every_figure_is_as_long_as_its_list() {
    let demo = Demo::founded().await;
    let empty = demo.get("office_manager", "/repairs/statistics?period=2026-11").await;
    assert!(empty.status == StatusCode::OK && empty.body.contains("这一期没有报修"), "{}", empty.body);
    let (_, free) = done(&demo, "门铃不响", "0").await;
    let (_, paid) = done(&demo, "换水龙头", "6500").await;
    demo.repair("厨房漏水").await;
    let page = demo.get("office_manager", "/repairs/statistics?period=2026-Q4").await.body;
    assert!(page.contains("65.00") && page.contains("同一处又报修的"), "{page}");
    for (by, count) in [
        ("reported", 3),
        ("open", 1),
        ("completed", 2),
        ("free", 1),
        ("paid", 1),
        ("unpriced", 0),
        ("first_time", 2),
        ("second_trip", 0),
        ("rework", 0),
        ("unlisted", 1),
    ] {
        let list = counted(&demo, by).await;
        assert_eq!((list.status, rows(&list)), (StatusCode::OK, count), "{by}: {}", list.body);
        let linked = format!("period=2026-Q4&amp;by={by}\">{count}</a>");
        assert_eq!(page.contains(&linked), count > 0, "{by}: {page}");
    }
    let list = counted(&demo, "free").await.body;
    assert!(list.contains(&free) && !list.contains(&paid) && list.contains("qms-pm-3504"), "{list}");
    assert!(list.contains("工程报修免费统计表"), "{list}");
    let mine = demo.get("office_manager", "/repairs/counted?period=2026-11&by=completed&worker=technician").await;
    assert_eq!(rows(&mine), 2, "{}", mine.body);
    assert_eq!(counted(&demo, "none").await.status, StatusCode::NOT_FOUND);
    let before = demo.get("office_manager", "/repairs/counted?period=2026-10&by=reported").await;
    assert_eq!(rows(&before), 0);
}

#[tokio::test]
async fn half_took_no_longer_than_the_third_of_five() {
    let demo = Demo::founded().await;
    for (n, hours) in [2, 4, 6, 30, 51].into_iter().enumerate() {
        let (id, _) = demo.repair(&format!("第{n}件")).await;
        demo.taken_on(&id).await;
        demo.act("technician", &id, "repair.arrived", &[]).await;
        demo.act("technician", &id, "repair.verified", &[]).await;
        demo.act("technician", &id, "repair.price_shown", &[]).await;
        let agreed = [("repair.cost_consent", "yes"), ("repair.repair_consent", "yes")];
        demo.act("technician", &id, "repair.consented", &agreed).await;
        demo.act("technician", &id, "repair.started", &[]).await;
        demo.pass(hours * 3_600);
        demo.act("technician", &id, "repair.completed", &[]).await;
    }
    let page = demo.get("office_manager", "/repairs/statistics?period=2026-Q4").await.body;
    assert!(page.contains("6 小时"), "{page}");
    let figures =
        demo.web.house.repair_figures(1, &office::stretch::Stretch::parse("2026-Q4").expect("a quarter")).await;
    let figures = figures.expect("no fault");
    // Eight acts a minute each before the work, one after it.
    let hours = |hours: i64| Some(hours * 3_600 + 9 * 60);
    assert_eq!((figures.now.median, figures.now.ninetieth), (hours(6), hours(51)));
    assert_eq!(figures.workers.iter().map(|it| it.completed).collect::<Vec<_>>(), [5]);
}

#[tokio::test]
async fn the_statistics_tell_the_number_on_the_list_and_mark_each_repair() {
    let demo = Demo::founded_under(&["repair-tower", "repair-residential"]).await;
    // December is the first whole month under the rulebooks.
    demo.pass(16 * 86_400);
    let (id, _) = done(&demo, "门铃不响", "0").await;
    done(&demo, "换水龙头", "6500").await;
    demo.pass(32 * 86_400);
    let (from, until) = (jiff::civil::date(2026, 12, 1), jiff::civil::date(2027, 1, 31));
    let months = demo.web.house.periods(1, from, until, demo.now()).await.expect("no fault");
    let owed =
        months.iter().find(|row| row.period.obligation.must == [super::MADE]).expect("the month's statistics are owed");
    let path = crate::periods::path(owed.period.first, &owed.period.obligation.id);
    let form = demo.get("service_supervisor", &path).await;
    assert!(form.body.contains("name=\"statistics.free_repairs\"") && form.body.contains("by=free"), "{}", form.body);
    let command = form.hidden("command");
    let post = async |count: &'static str| {
        let fields = [("command", command.as_str()), ("statistics.free_repairs", count), ("note", "12 月")];
        demo.post("service_supervisor", &path, &fields).await
    };
    let no = post("2").await;
    assert!(no.status == StatusCode::UNPROCESSABLE_ENTITY && no.body.contains("有 1 件，写的是 2 件"), "{}", no.body);
    assert_eq!(rows(&counted(&demo, "unlisted").await), 1, "nothing was written");
    let done = post("1").await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    assert_eq!(rows(&counted(&demo, "unlisted").await), 0);
    let case = demo.web.house.case(1, id).await.expect("no fault").expect("registered");
    assert!(case.has("repair.listed_free"));
}

#[tokio::test]
async fn the_table_of_all_figures_has_room_for_its_words() {
    let demo = Demo::founded().await;
    demo.repair("厨房水龙头漏水").await;
    let page = demo.get("service_supervisor", "/repairs/statistics").await.body;
    assert!(page.contains("class=\"tables broad\""), "{page}");
}
