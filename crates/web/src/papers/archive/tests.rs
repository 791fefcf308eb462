//! Archive copies through the router: what stands in them, who gets them, and that the same entries give the same bytes.

use std::sync::Arc;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use courier::pdf::Finder;
use office::case::CaseKind;

use crate::security::door::Door;
use crate::testing::{Demo, Shown};

/// The file as it is.
async fn bytes(demo: &Demo, account: &str, path: &str, language: &str) -> Vec<u8> {
    let cookie = format!("{}; language={language}", demo.cookie(account).await);
    let request =
        Request::get(path).header("sec-fetch-site", "same-origin").header(header::HOST, "office.example:8000");
    demo.bytes(request.header(header::COOKIE, cookie).body(Body::empty()).expect("a request")).await
}

/// The text of a file without any blanks, which readers of PDF put where they like.
async fn text(demo: &Demo, path: &str, language: &str) -> String {
    testbed::pdf::text(&bytes(demo, "front_desk", path, language).await).replace([' ', '\n', '\u{c}', '\u{3000}'], "")
}

#[tokio::test]
async fn a_paper_is_kept_with_its_fields_its_number_and_the_entry_that_it_stands_on() {
    let demo = Demo::founded().await;
    let long = "厨房水龙头漏水，𠮷先生家。".repeat(40);
    let (id, number) = demo.repair(&long).await;
    let path = format!("/forms/{number}/archive.pdf");
    let first = bytes(&demo, "front_desk", &path, "zh-CN").await;
    assert!(first.starts_with(b"%PDF-1."));
    demo.pass(3_600);
    assert_eq!(first, bytes(&demo, "front_desk", &path, "zh-CN").await, "the same entries, the same bytes");
    let case = demo.web.house.case(1, id.clone()).await.expect("no fault").expect("there");
    let last = case.entries.last().expect("entries").seq;
    let hash = demo.web.house.entry_hash(1, last).await.expect("no fault").expect("an entry");
    let hash: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    let shown = text(&demo, &path, "zh-CN").await;
    for part in ["维修单", &number, "单晓演", "13800000001", "归档依据", &hash, "第1页共", "未签", "演示物业"]
    {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    assert!(shown.matches("𠮷先生家").count() >= 40, "nothing is cut");
    assert!(shown.contains(&format!("流水第{last}条")));

    demo.post("front_desk", &format!("/forms/{number}/printed"), &[("command", "p1")]).await;
    let printed = bytes(&demo, "front_desk", &path, "zh-CN").await;
    assert_ne!(first, printed, "another entry, another copy");
    assert!(text(&demo, &path, "en").await.contains("Repairslip"));
    assert!(text(&demo, &path, "zh-TW").await.contains("報修內容"));
}

#[tokio::test]
async fn a_case_is_kept_with_its_course_and_all_its_papers() {
    let demo = Demo::founded().await;
    let class = [("complaint.class", "first"), ("case.department", "工程部")];
    let (id, number) = demo.register(CaseKind::Complaint, "楼上装修超时施工", &class).await;
    demo.act("front_desk", &id, "liaison.issued", &[("case.department", "工程部")]).await;
    let shown = text(&demo, &format!("/cases/{id}/archive.pdf"), "zh-CN").await;
    for part in ["事项归档件", "业主投诉/建议处理记录表", "工作联系单", "LX-202611-0001", &number, "经过", "流水校验"]
    {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    let page = demo.get("front_desk", &format!("/cases/{id}")).await.body;
    assert!(page.contains(&format!("/cases/{id}/archive.pdf")) && page.contains("/forms/LX-202611-0001/archive.pdf"));
    assert!(page.contains(&format!("/forms/{number}/print")), "its own record can be printed from there");
    assert!(demo.get("front_desk", "/forms/LX-202611-0001/print").await.body.contains("LX-202611-0001/archive.pdf"));
}

#[tokio::test]
async fn a_photo_of_the_matter_is_shown_in_the_whole_copy_and_a_broken_one_is_listed_by_its_hash() {
    let demo = Demo::founded().await;
    let (id, _) = demo.repair("厨房水龙头漏水").await;
    let path = format!("/cases/{id}/archive.pdf");
    let pictures =
        |file: &[u8]| file.windows(14).filter(|it| it == b"/Subtype/Image" || *it == b"/Subtype /Imag").count();
    assert_eq!(pictures(&bytes(&demo, "front_desk", &path, "zh-CN").await), 0);
    let note = format!("/cases/{id}/acts/case.note_added");
    let good = testbed::pdf::png();
    for (name, file) in [("漏水处.png", good.as_slice()), ("坏图.png", b"\x89PNG\r\n\x1a\nrest")] {
        demo.pass(60);
        let done = demo.upload("front_desk", &note, name, file, &[("note", "住户发来的照片")]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{name}: {}", done.body);
    }
    let file = bytes(&demo, "front_desk", &path, "zh-CN").await;
    assert_eq!(pictures(&file), 1);
    let shown = text(&demo, &path, "zh-CN").await;
    let kept = demo.web.house.case(1, id).await.unwrap().unwrap();
    assert!(shown.contains("见下") && shown.contains("没有放入，另存"), "{shown}");
    for it in kept.entries.iter().flat_map(|entry| &entry.event.body.attachments) {
        // The hash goes over two lines, between which readers put the next column.
        assert!(
            shown.contains(&it.hash[..32]) && shown.contains(it.name.trim_end_matches(".png")),
            "{}: {shown}",
            it.name
        );
    }
}

#[tokio::test]
async fn who_signed_and_how_stands_in_the_copy() {
    let demo = Demo::founded().await;
    let (id, number) = demo.repair("厨房水龙头漏水").await;
    demo.completed(&id).await;
    let path = format!("/forms/{number}/archive.pdf");
    let before = text(&demo, &path, "zh-CN").await;
    assert!(!before.contains("（手写）"));
    demo.acts(&id, &[("technician", "repair.accepted", &[]), ("technician", "repair.customer_signed", &[])]).await;
    let after = text(&demo, &path, "zh-CN").await;
    assert!(after.contains("单晓演（手写）"), "{after}");
}

#[tokio::test]
async fn who_may_not_print_a_paper_gets_no_copy_of_it_and_unknown_numbers_are_told() {
    let demo = Demo::founded().await;
    let (id, number) = demo.repair("厨房水龙头漏水").await;
    for path in [format!("/forms/{number}/archive.pdf"), format!("/cases/{id}/archive.pdf")] {
        assert_eq!(demo.get("technician", &path).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    assert!(!demo.get("technician", &format!("/cases/{id}")).await.body.contains("archive.pdf"));
    for path in ["/forms/WX-209901-0001/archive.pdf", "/cases/none/archive.pdf"] {
        assert_eq!(demo.get("front_desk", path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn without_a_font_it_is_said_what_to_install_and_printing_goes_on() {
    let mut demo = Demo::founded().await;
    demo.web.fonts = Arc::new(Finder::new(Some("/nowhere/font.ttc".into()), Vec::new()));
    demo.router = crate::site_map::site(demo.web.clone(), Door::Plain);
    let (_, number) = demo.repair("厨房水龙头漏水").await;
    let no: Shown = demo.get("front_desk", &format!("/forms/{number}/archive.pdf")).await;
    assert_eq!(no.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(no.body.contains("/nowhere/font.ttc") && no.body.contains("fonts-noto-cjk"), "{}", no.body);
    assert_eq!(demo.get("front_desk", &format!("/forms/{number}/print")).await.status, StatusCode::OK);
    let about = demo.get("administrator", "/settings/about").await.body;
    assert!(about.contains("PDF 归档件的字体") && about.contains("fonts-noto-cjk"), "{about}");
}

#[tokio::test]
async fn pictures_that_a_file_has_no_room_for_are_told_in_it_and_before_it_is_made() {
    let demo = Demo::founded().await;
    let (id, _) = demo.repair("厨房水龙头漏水").await;
    let note = format!("/cases/{id}/acts/case.note_added");
    for n in 0..42u8 {
        let picture = [testbed::pdf::png(), vec![n]].concat();
        demo.pass(60);
        let done = demo.upload("front_desk", &note, &format!("{n}.png"), &picture, &[("note", "照片")]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{n}: {}", done.body);
    }
    let shown = text(&demo, &format!("/cases/{id}/archive.pdf"), "zh-CN").await;
    assert!(shown.contains("另有2张照片没有放入") && shown.contains("合计24MB"), "{shown}");
    let page = demo.get("front_desk", &format!("/cases/{id}")).await.body;
    assert!(page.contains("照片太多，归档件放不下 2 张"), "{page}");
}
