//! The answer book through the router: written, searched, read, used at the desk.

use axum::http::StatusCode;

use crate::testing::Demo;

const FEE: [(&str, &str); 6] = [
    ("id", "fee"),
    ("seen", "0"),
    ("question", "物业费怎么交"),
    ("answer", "每月 10 日前，前台现金或扫码。"),
    ("category", "收费"),
    ("keywords", "管理费、缴费"),
];

async fn booked() -> Demo {
    let demo = Demo::founded().await;
    let saved = demo.post("service_supervisor", "/answers", &FEE).await;
    assert_eq!(saved.leads(), "/answers/fee", "{}", saved.body);
    demo
}

#[tokio::test]
async fn supervisors_write_and_everybody_finds_by_words_and_spelling() {
    let demo = booked().await;
    for words in ["%E7%89%A9%E4%B8%9A", "wyf", "wuyefei", "%E7%BC%B4%E8%B4%B9", "%E6%89%AB%E7%A0%81"] {
        let found = demo.get("technician", &format!("/answers?q={words}")).await;
        assert!(found.body.contains("/answers/fee"), "{words}: {}", found.body);
    }
    assert!(demo.get("technician", "/answers?q=%E6%BC%8F%E6%B0%B4").await.body.contains("没有符合条件的记录"));
    assert_eq!(demo.get("front_desk", "/answers/new").await.status, StatusCode::FORBIDDEN);
    assert_eq!(demo.post("front_desk", "/answers", &FEE).await.status, StatusCode::FORBIDDEN);
    let mut empty = FEE.to_vec();
    empty.retain(|(name, _)| *name != "question");
    empty[0].1 = "other";
    let no = demo.post("service_supervisor", "/answers", &empty).await;
    assert_eq!(no.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(no.body.contains("还没有写问题") && no.body.contains("每月 10 日前"), "what was written stays");
    let book = demo.get("office_manager", "/answers?as=xlsx").await;
    assert!(book.body.starts_with("PK"));
    let csv = demo.get("office_manager", "/answers?as=csv").await.body;
    assert!(csv.contains("物业费怎么交,收费,"), "{csv}");
    assert!(demo.get("technician", "/answers/print").await.body.contains("每月 10 日前"));
}

#[tokio::test]
async fn a_new_version_waits_for_everybody_who_takes_calls() {
    let demo = booked().await;
    let list = demo.get("front_desk", "/answers").await.body;
    assert!(list.contains("您还没读"), "{list}");
    let page = demo.get("front_desk", "/answers/fee").await.body;
    assert!(page.contains("我读过这一版了") && page.contains("还没读：") && page.contains("林小满"));
    let read = demo.post("front_desk", "/answers/fee/read", &[("version", "1")]).await;
    assert_eq!(read.leads(), "/answers/fee");
    let page = demo.get("front_desk", "/answers/fee").await.body;
    assert!(!page.contains("我读过这一版了"));
    assert!(!demo.get("front_desk", "/answers?read=no").await.body.contains("/answers/fee"));
    let mut second = FEE.to_vec();
    second[1].1 = "1";
    second[3].1 = "每月 15 日前。";
    assert_eq!(demo.post("service_supervisor", "/answers", &second).await.status, StatusCode::SEE_OTHER);
    let page = demo.get("front_desk", "/answers/fee").await.body;
    assert!(page.contains("我读过这一版了") && page.contains("第 2 版") && page.contains("以前的版本"), "{page}");
    let stale = demo.post("front_desk", "/answers/fee/read", &[("version", "1")]).await;
    assert_eq!(stale.status, StatusCode::UNPROCESSABLE_ENTITY);
    let stale = demo.post("service_supervisor", "/answers", &second).await;
    assert!(stale.body.contains("这一条又改过了"));
    let no = demo.post("service_supervisor", "/answers/fee/withdraw", &[("reason", "")]).await;
    assert_eq!(no.status, StatusCode::UNPROCESSABLE_ENTITY);
    demo.post("service_supervisor", "/answers/fee/withdraw", &[("reason", "换了标准")]).await;
    assert!(!demo.get("front_desk", "/answers").await.body.contains("/answers/fee"));
    assert!(demo.get("front_desk", "/answers/fee").await.body.contains("换了标准"));
}

#[tokio::test]
async fn an_enquiry_is_answered_out_of_the_book_with_one_key() {
    let demo = booked().await;
    let fields = [("words", "我想问物业费在哪里交"), ("contact", "c1")];
    let desk = demo.post("front_desk", "/desk/preview", &fields).await.body;
    assert!(desk.contains("可能的答复") && desk.contains("/desk?answer=fee"), "{desk}");
    let other = demo.post("front_desk", "/desk/preview", &[("words", "厨房漏水"), ("contact", "c1")]).await.body;
    assert!(!other.contains("可能的答复"));
    let found = demo.get("front_desk", "/desk?aq=wyf").await.body;
    assert!(found.contains("/desk?answer=fee"), "{found}");
    let shown = demo.get("front_desk", "/desk?answer=fee").await.body;
    assert!(shown.contains("前台现金或扫码") && shown.contains("data-key=\"F10\""));
    let done = [
        ("contact", "c1"),
        ("command", "d1"),
        ("answer", "fee"),
        ("as", "answered"),
        ("household", "3-2-501"),
        ("words", "我想问物业费在哪里交"),
        ("kind", "repair"),
    ];
    let ended = demo.post("front_desk", "/desk/contact/end", &done).await;
    assert_eq!(ended.leads(), "/desk?told=answered", "{}", ended.body);
    let row = demo.get("front_desk", "/contacts?answer=fee").await.body;
    for part in ["我想问物业费在哪里交", "3-2-501", "物业费怎么交", "当场答复"] {
        assert!(row.contains(part), "{part}: {row}");
    }
    assert!(demo.get("front_desk", "/answers/fee").await.body.contains("1 次"), "counted");
    assert_eq!(demo.get("front_desk", "/cases").await.body.matches("<tr").count(), 0, "no case came of it");
}
