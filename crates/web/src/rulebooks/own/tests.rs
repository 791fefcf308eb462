//! The office's own rulebooks through the router.

use axum::http::StatusCode;

use crate::testing::Demo;

const MANAGER: &str = "office_manager";

#[tokio::test]
async fn a_rulebook_is_written_checked_at_the_line_and_adopted_without_a_restart() {
    let demo = Demo::founded().await;
    assert_eq!(demo.post("front_desk", "/rulebooks/own", &[("id", "own-rules")]).await.status, StatusCode::FORBIDDEN);
    let odd = demo.post(MANAGER, "/rulebooks/own", &[("id", "自编")]).await;
    assert!(odd.status == StatusCode::UNPROCESSABLE_ENTITY && odd.body.contains("代号不合用"), "{}", odd.body);
    let made = demo.post(MANAGER, "/rulebooks/own", &[("id", "own-rules")]).await;
    assert_eq!(made.leads(), "/rulebooks/own/own-rules");
    let again = demo.post(MANAGER, "/rulebooks/own", &[("id", "own-rules")]).await;
    assert!(again.status == StatusCode::UNPROCESSABLE_ENTITY && again.body.contains("已经有了"));

    // The draft that it starts with is whole.
    let checked = demo.get(MANAGER, "/rulebooks/own/own-rules?check=true").await;
    assert!(checked.status == StatusCode::OK && checked.body.contains("可以采用"), "{}", checked.body);
    let clause = demo.get(MANAGER, "/rulebooks/own/own-rules?file=1.toml&at=2026-11-20T10:00").await;
    assert!(clause.body.contains("2026-11-20 12:00"), "a tried date: {}", clause.body);

    // A mistake is shown at its line and changes nothing.
    let own = demo.web.own.clone();
    let kept = own.files("own-rules").unwrap().unwrap();
    let text = &kept[0].1;
    let wrong = text
        .replace("within  = \"2 小时\"", "within  = \"两三个钟\"")
        .replace("from    = \"催办\"", "form    = \"催办\"");
    let no = demo.post(MANAGER, "/rulebooks/own/own-rules/save", &[("file", "1.toml"), ("text", &wrong)]).await;
    assert_eq!(no.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(no.body.contains("1.toml 第 1") && no.body.contains("两三个钟") && no.body.contains("form"), "{}", no.body);
    assert_eq!(own.files("own-rules").unwrap().unwrap(), kept);
    for (name, text) in [("../x.toml", "a = 1"), ("2.txt", "")] {
        let no = demo.post(MANAGER, "/rulebooks/own/own-rules/save", &[("file", name), ("text", text)]).await;
        assert_eq!(no.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
    }
    let bytes = demo.upload(MANAGER, "/rulebooks/own/own-rules/upload", "2.toml", &[0xff, 0xfe, 0x00], &[]).await;
    assert!(bytes.status == StatusCode::UNPROCESSABLE_ENTITY && bytes.body.contains("UTF-8"), "{}", bytes.body);
    assert_eq!(own.files("own-rules").unwrap().unwrap(), kept);

    // A number that no example guards is saved as a draft, but not adopted.
    let loose = &text[..text.find("[[example]]").unwrap()];
    let saved = demo.post(MANAGER, "/rulebooks/own/own-rules/save", &[("file", "1.toml"), ("text", loose)]).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    assert!(demo.get(MANAGER, "/rulebooks/own/own-rules?check=true").await.body.contains("没有示例发现"));
    let adopt = [("own", "true"), ("approver", "总经理乙")];
    let no = demo.post(MANAGER, "/rulebooks/own-rules/adopt", &adopt).await;
    assert!(no.status == StatusCode::UNPROCESSABLE_ENTITY && no.body.contains("个错误"), "{}", no.body);

    let up = demo.upload(MANAGER, "/rulebooks/own/own-rules/upload", "1.toml", text.as_bytes(), &[]).await;
    assert_eq!(up.status, StatusCode::SEE_OTHER, "{}", up.body);
    let page = demo.get(MANAGER, "/rulebooks/own-rules/adopt?own=true&months=3").await;
    assert!(page.status == StatusCode::OK && page.body.contains("看了 0 件事项"), "{}", page.body);
    let done = demo.post(MANAGER, "/rulebooks/own-rules/adopt", &adopt).await;
    assert_eq!(done.leads(), "/rulebooks", "{}", done.body);
    demo.pass(1);
    let (case, _) = demo.repair("厨房水龙头漏水").await;
    demo.act("front_desk", &case, "case.chased", &[]).await;
    let shown = demo.get(MANAGER, &format!("/cases/{case}")).await;
    assert!(shown.body.contains("/rulebooks/own-rules/1"), "its limit runs at once: {}", shown.body);
    assert!(demo.get(MANAGER, "/rulebooks").await.body.contains("本处规定"));
    assert_eq!(demo.get("front_desk", "/rulebooks/own-rules/1").await.status, StatusCode::OK);

    // A later edition: the old case is judged and explained by the edition of its opening.
    let later = text.replace("2 小时", "3 小时").replace("12:00", "13:00");
    demo.post(MANAGER, "/rulebooks/own/own-rules/save", &[("file", "1.toml"), ("text", &later)]).await;
    let page = demo.get(MANAGER, "/rulebooks/own-rules/adopt?own=true").await;
    assert!(page.body.contains("与现行版次不同的地方") && page.body.contains("3 小时"), "{}", page.body);
    demo.pass(1);
    let done = demo.post(MANAGER, "/rulebooks/own-rules/adopt", &adopt).await;
    assert_eq!(done.leads(), "/rulebooks", "{}", done.body);
    demo.pass(1);
    let (newer, _) = demo.repair("厨房水龙头漏水").await;
    demo.act("front_desk", &newer, "case.chased", &[]).await;
    for (case, hours) in [(&case, "2 小时"), (&newer, "3 小时")] {
        let shown =
            demo.web.house.case_page(1, case.clone(), demo.actor(MANAGER), demo.now(), false).await.unwrap().unwrap();
        let owed = shown.derived.obligations.iter().find(|it| it.clause.book == "own-rules").expect("its own limit");
        let why = demo.get(MANAGER, &format!("/why/{case}/{}", owed.id)).await;
        assert!(why.body.contains(hours), "{hours}: {}", why.body);
    }
    assert!(demo.get(MANAGER, "/rulebooks/charter").await.body.contains("审批人 总经理乙"));

    // The same text under another id is a rulebook of its own.
    demo.post(MANAGER, "/rulebooks/own", &[("id", "own-again")]).await;
    let again = own.files("own-again").unwrap().unwrap();
    assert_eq!(&again[0].1, text);
    let done = demo.post(MANAGER, "/rulebooks/own-again/adopt", &adopt).await;
    assert_eq!(done.leads(), "/rulebooks", "{}", done.body);
}

#[tokio::test]
async fn a_later_edition_of_a_shipped_rulebook_is_compared_and_old_cases_keep_theirs() {
    let demo = Demo::founded().await;
    let (case, _) = demo.repair("厨房水龙头漏水").await;
    demo.taken_on(&case).await;
    let copy = [("id", "repair-residential"), ("copy", "repair-residential")];
    assert_eq!(demo.post(MANAGER, "/rulebooks/own", &copy).await.leads(), "/rulebooks/own/repair-residential");
    let own = demo.web.own.clone();
    let files = own.files("repair-residential").unwrap().unwrap();
    let shipped = &demo.web.house.laws().shipped["repair-residential"];
    assert_eq!(files.len(), shipped.files.len());
    let (path, text) =
        files.iter().find(|(_, text)| text.contains("id      = \"4.1.2.1a\"")).expect("the limit to arrive");
    let name = path.rsplit('/').next().unwrap().to_owned();
    // 20 minutes to arrive instead of 10.
    let later = text.replace("10 分钟", "20 分钟");
    assert_ne!(&later, text);
    assert_eq!(
        demo.post(MANAGER, "/rulebooks/own/repair-residential/save", &[("file", &name), ("text", &later)]).await.status,
        StatusCode::SEE_OTHER
    );
    let page = demo.get(MANAGER, "/rulebooks/repair-residential/adopt?own=true&months=1").await;
    assert!(page.body.contains("与现行版次不同的地方") && page.body.contains("20 分钟"), "{}", page.body);
    assert!(page.body.contains("看了 1 件事项"), "{}", page.body);
}
