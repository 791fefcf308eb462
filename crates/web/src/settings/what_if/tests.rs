//! Trials through the router: over real cases and over a made-up year, nothing written.

use axum::http::StatusCode;

use crate::testing::Demo;

const MANAGER: &str = "office_manager";
const PAGE: &str = "/settings/what-if";

/// Entries of every journal.
async fn entries(demo: &Demo) -> i64 {
    let heads = demo.web.house.read(|tx| journal::stream::heads(tx)).await.unwrap();
    heads.iter().map(|head| head.seq).sum()
}

/// A repair in which the repairer arrives a quarter of an hour after taking it on.
async fn slow_repair(demo: &Demo) -> String {
    let (case, number) = demo.repair("厨房水龙头漏水").await;
    demo.taken_on(&case).await;
    demo.pass(14 * 60);
    demo.act("technician", &case, "repair.arrived", &[]).await;
    number
}

#[tokio::test]
async fn a_draft_is_tried_on_real_cases_and_both_derivations_stand_side_by_side() {
    let demo = Demo::founded().await;
    let number = slow_repair(&demo).await;
    // The office's own edition gives twenty minutes where the regulation gives ten.
    let draft = [("id", "repair-residential"), ("copy", "repair-residential")];
    assert_eq!(demo.post(MANAGER, "/rulebooks/own", &draft).await.status, StatusCode::SEE_OTHER);
    let files = demo.web.own.files("repair-residential").unwrap().unwrap();
    let (_, text) = files.iter().find(|(path, _)| path.ends_with("/4.1.2.1.toml")).unwrap();
    let longer = text.replace("= \"10 分钟\"", "= \"20 分钟\"");
    assert_ne!(text, &longer);
    demo.web.own.put("repair-residential", &[("4.1.2.1.toml".into(), longer)]).unwrap();

    let before = entries(&demo).await;
    let asked = format!("{PAGE}?run=yes&of=past&book.repair-residential=own");
    let shown = demo.get(MANAGER, &asked).await;
    assert_eq!(shown.status, StatusCode::OK);
    for part in ["看了 1 件事项", &number, "逾期", "按时", "09:25", "09:35", "现行", "改后", "采用自编稿"]
    {
        assert!(shown.body.contains(part), "{part}: {}", shown.body);
    }
    assert_eq!(demo.get(MANAGER, &asked).await.body, shown.body, "the same question has the same answer");
    assert_eq!(entries(&demo).await, before, "nothing is written");
    let english = demo.get(MANAGER, &format!("{asked}&lang=en")).await;
    assert_eq!(english.status, StatusCode::OK);
    let none = demo.get(MANAGER, &format!("{PAGE}?run=yes&of=past&to=2026-11-01&from=2026-10-01")).await;
    assert!(none.body.contains("看了 0 件事项") && none.body.contains("什么都没有改"), "{}", none.body);
    assert_eq!(demo.get("front_desk", PAGE).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn what_a_left_book_asked_is_asked_no_longer_and_new_work_is_no_breach() {
    let demo = Demo::founded().await;
    slow_repair(&demo).await;
    let left = demo.get(MANAGER, &format!("{PAGE}?run=yes&of=past&book.repair-residential=leave")).await;
    assert!(left.body.contains("停用") && left.body.contains("没有采用这一款"), "{}", left.body);
    assert!(!left.body.contains("<h3>新添的工作"), "{}", left.body);
    // One clause alone of the book: the others are asked no longer, that one comes out the same.
    let only = format!("{PAGE}?run=yes&of=past&book.repair-residential=only&clauses.repair-residential=4.1.2.1");
    assert!(demo.get(MANAGER, &only).await.body.contains("只采用 4.1.2.1"));
    // Left by the site, tried again: new work at its hour, by post.
    let sent = demo.post(MANAGER, "/rulebooks/repair-residential/leave", &[]).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    demo.pass(1);
    let back = demo.get(MANAGER, &format!("{PAGE}?run=yes&of=past&book.repair-residential=whole")).await;
    for part in ["<h3>新添的工作", "维修员", "9 点", "新添</span>"] {
        assert!(back.body.contains(part), "{part}: {}", back.body);
    }
    assert!(!back.body.contains("超时办结</"), "{}", back.body);
    // The page of adoption tells the same.
    let adopt = demo.get(MANAGER, "/rulebooks/repair-residential/adopt?months=1").await;
    assert!(adopt.body.contains("<h3>新添的工作") && adopt.body.contains("9 点"), "{}", adopt.body);
}

#[tokio::test]
async fn a_made_up_year_is_lived_under_each_law_and_repeats_by_its_seed() {
    let demo = Demo::founded().await;
    let before = entries(&demo).await;
    let year = format!("{PAGE}?run=yes&of=year&year=2026&units=20&matters=3&book.followup-9=leave");
    let shown = demo.get(MANAGER, &year).await;
    assert_eq!(shown.status, StatusCode::OK);
    for part in ["看了 60 件事项", "人手模型", "2026-0000", "没有采用这一款", "达标的期数"] {
        assert!(shown.body.contains(part), "{part}: {}", shown.body);
    }
    assert_eq!(demo.get(MANAGER, &year).await.body, shown.body);
    assert_ne!(demo.get(MANAGER, &format!("{year}&seed=8")).await.body, shown.body);
    // A make-up day and a setting are changes too.
    let (name, yes) = ("%E9%81%87%E4%BC%91%E6%81%AF%E6%97%A5%E9%A1%BA%E5%BB%B6", "%E6%98%AF");
    let other = format!("{PAGE}?run=yes&of=year&units=5&matters=1&work=2026-11-21&set1={name}&value1={yes}");
    let other = demo.get(MANAGER, &other).await;
    assert!(other.body.contains("2026-11-21 上班") && other.body.contains("设置 遇休息日顺延 为 是"), "{}", other.body);
    assert_eq!(entries(&demo).await, before, "nothing is written");
}

#[tokio::test]
async fn what_cannot_be_read_is_refused_with_the_way_to_write_it() {
    let demo = Demo::founded().await;
    let refused = [
        ("of=past&from=soon", "看不懂日期"),
        ("of=past&from=2026-11-10&to=2026-11-01", "起日在止日之后"),
        ("of=year&year=1066", "不是可用的年份"),
        ("of=year&units=900000", "不是可用的数"),
        ("of=past&rest=whenever", "看不懂日期"),
        ("of=past&set1=no-such-setting&value1=1", "没有一部规程用到这个设置"),
        ("of=past&book.followup-9=only&clauses.followup-9=99.9", "没有 99.9 这一款"),
        ("of=past&book.followup-9=without", "没有写是哪几款"),
    ];
    for (asked, why) in refused {
        let shown = demo.get(MANAGER, &format!("{PAGE}?run=yes&{asked}")).await;
        assert!(shown.status == StatusCode::OK && shown.body.contains(why), "{asked}: {}", shown.body);
        assert!(!shown.body.contains("逐款比较"), "{asked}");
    }
    // One trial at a time: the next is told to wait.
    let turn = demo.web.trials.clone().try_acquire_owned().unwrap();
    let busy = demo.get(MANAGER, &format!("{PAGE}?run=yes&of=past")).await;
    assert!(busy.body.contains("另一个推演还没有算完"), "{}", busy.body);
    drop(turn);
    assert!(demo.get(MANAGER, &format!("{PAGE}?run=yes&of=past")).await.body.contains("看了 0 件事项"));
}
