//! A job from the list to the last step, on the phone's pages, with and without network.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};

use crate::testing::{Demo, Shown};

const STROKES: &str = "M10 10L300 120L580 60";

/// A repair that the technician has.
async fn assigned() -> (Demo, String) {
    let demo = Demo::founded().await;
    let (case, _) = demo.repair("厨房水龙头漏水").await;
    demo.act("engineering_supervisor", &case, "repair.assigned", &[]).await;
    (demo, case)
}

async fn step(demo: &Demo, case: &str, step: &str, fields: &[(&str, &str)]) -> Shown {
    demo.pass(60);
    demo.post("technician", &format!("/jobs/{case}/steps/{step}"), fields).await
}

/// A step as the queue of a phone sends it after `waited` minutes.
async fn queued(demo: &Demo, case: &str, step: &str, body: &str, waited: i64) -> Shown {
    let request = Request::post(format!("/jobs/{case}/steps/{step}"))
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::ACCEPT, "application/json")
        .header("x-waited", (waited * 60_000).to_string())
        .body(Body::from(body.to_owned()))
        .unwrap();
    demo.ask("technician", request).await
}

#[tokio::test]
async fn a_job_goes_from_taking_on_to_the_returned_copies() {
    let (demo, case) = assigned().await;
    let list = demo.get("technician", "/jobs").await;
    assert!(list.body.contains("厨房水龙头漏水") && list.body.contains("下一步") && list.body.contains("接单"));
    let page = demo.get("technician", &format!("/jobs/{case}")).await;
    assert!(!page.body.contains("13800000001"), "before taking on the number is masked");
    for (name, fields) in [
        ("take", &[][..]),
        ("arrive", &[]),
        ("verify", &[("as_reported", "yes")]),
        ("quote", &[("cost", "50")]),
        ("consent", &[("signature", STROKES), ("signer", "单晓演")]),
        ("work", &[]),
        ("complete", &[("note", "已更换配件"), ("due", "50"), ("tidied", "yes")]),
        ("try", &[]),
        ("sign", &[("signature", STROKES), ("signer", "单晓演"), ("copy_left", "yes")]),
        ("return", &[]),
    ] {
        let done = step(&demo, &case, name, fields).await;
        assert_eq!(
            (done.status, done.leads()),
            (StatusCode::SEE_OTHER, format!("/jobs/{case}").as_str()),
            "{name}: {}",
            done.body
        );
    }
    let page = demo.get("technician", &format!("/jobs/{case}")).await;
    assert!(page.body.contains("tel:13800000001"), "who has taken on can call");
    assert!(page.body.contains("这一单您该做的都做完了。"));
    let list = demo.get("technician", "/jobs").await.body;
    assert!(list.contains("手上的都做完了。") && list.contains("做完的 1 单，等回访、收费或结案"), "{list}");
    let kept = demo.web.house.case(1, case).await.unwrap().unwrap();
    for act in ["repair.amounts_entered", "repair.site_tidied", "repair.copy_left", "repair.copies_returned"] {
        assert!(kept.has(act), "{act}");
    }
    assert_eq!(kept.attributes["repair.amount_due"], "5000");
}

#[tokio::test]
async fn whoever_gives_an_order_back_is_led_to_what_is_left() {
    let (demo, case) = assigned().await;
    let back = step(&demo, &case, "decline", &[("note", "这是电的活")]).await;
    assert_eq!((back.status, back.leads()), (StatusCode::SEE_OTHER, "/jobs"), "{}", back.body);
    assert!(!demo.get("technician", "/jobs").await.body.contains(&case));
}

#[tokio::test]
async fn somebody_else_sees_the_number_masked() {
    let (demo, case) = assigned().await;
    step(&demo, &case, "take", &[]).await;
    let other = demo.get("technician2", &format!("/jobs/{case}")).await;
    assert_eq!(other.status, StatusCode::OK);
    assert!(!other.body.contains("13800000001") && other.body.contains("赵大成"));
    assert!(!other.body.contains("/steps/arrive"), "and has no steps to do");
}

#[tokio::test]
async fn a_refused_step_keeps_what_was_filled_and_says_three_parts() {
    let (demo, case) = assigned().await;
    let early = step(&demo, &case, "arrive", &[]).await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(early.body.contains("不能到场") && early.headers.contains_key("x-refusal"));
    step(&demo, &case, "take", &[]).await;
    step(&demo, &case, "arrive", &[]).await;
    let odd = step(&demo, &case, "verify", &[("as_reported", "no"), ("real", "水管裂了"), ("real_cost", "五十")]).await;
    assert_eq!(odd.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(odd.body.contains("金额没有填对") && odd.body.contains("水管裂了"));
    let noted = step(&demo, &case, "verify", &[("as_reported", "no"), ("real", "水管裂了"), ("real_cost", "80")]).await;
    assert_eq!(noted.status, StatusCode::SEE_OTHER);
    let page = demo.get("technician", &format!("/jobs/{case}")).await;
    assert!(page.body.contains("value=\"80\""), "the price of the real job is proposed");
}

#[tokio::test]
async fn a_queued_step_happened_when_it_was_tapped_and_twice_is_once() {
    let (demo, case) = assigned().await;
    demo.pass(3 * 3600);
    let told = queued(&demo, &case, "take", "command=phone1", 60).await;
    assert_eq!((told.status, told.body.as_str()), (StatusCode::OK, r#"{"fate":"done"}"#));
    let again = queued(&demo, &case, "take", "command=phone1", 60).await;
    assert_eq!(again.status, StatusCode::OK, "{}", again.body);
    let kept = demo.web.house.case(1, case.clone()).await.unwrap().unwrap();
    let taken: Vec<_> = kept.entries.iter().filter(|entry| entry.event.name == "repair.taken_on").collect();
    assert_eq!(taken.len(), 1);
    assert_eq!(demo.now().seconds_since(taken[0].event.happened), 3600);
    assert_eq!(taken[0].event.body.late.as_ref().map(|late| late.reason.as_str()), Some("无网络，离线记录"));
    let refused = queued(&demo, &case, "complete", "command=phone2&note=x&due=1", 5).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let parts: serde_json::Value = serde_json::from_str(&refused.body).unwrap();
    assert_eq!(parts["fate"], "refused");
    assert!(parts["because"][0]["text"].is_string() && parts["next"].is_string());
}

#[tokio::test]
async fn the_owner_declines_and_the_way_changes() {
    let (demo, case) = assigned().await;
    for (name, fields) in [
        ("take", &[][..]),
        ("arrive", &[]),
        ("verify", &[("as_reported", "yes")]),
        ("quote", &[("cost", "50")]),
        ("refuse", &[("reason", "觉得贵")]),
        ("report", &[]),
        ("refusal-sign", &[]),
    ] {
        let done = step(&demo, &case, name, fields).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{name}: {}", done.body);
    }
    let path = format!("/jobs/{case}");
    assert!(demo.get("technician", &path).await.body.contains("等主管在拒修记录上签字。"));
    let alone = step(&demo, &case, "refusal-file", &[]).await;
    assert_eq!(alone.status, StatusCode::UNPROCESSABLE_ENTITY, "two sign before it is filed");
    let signed = demo.post("engineering_supervisor", &format!("{path}/steps/refusal-supervisor"), &[]).await;
    assert_eq!(signed.status, StatusCode::SEE_OTHER, "{}", signed.body);
    assert_eq!(step(&demo, &case, "refusal-file", &[]).await.status, StatusCode::SEE_OTHER);
    let page = demo.get("technician", &format!("/jobs/{case}")).await;
    assert!(page.body.contains("拒修单备案") && !page.body.contains("/steps/work"));
}

#[tokio::test]
async fn photos_are_kept_and_shown_only_in_their_case() {
    let (demo, case) = assigned().await;
    let jpeg = [0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3];
    let path = format!("/jobs/{case}/steps/note");
    let done = demo.upload("technician", &path, "水管.jpg", &jpeg, &[("note", "现场")]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let hash = demo.web.house.case(1, case.clone()).await.unwrap().unwrap().attachments[0].hash.clone();
    let shown = demo.get("technician", &format!("/jobs/{case}/photos/{hash}")).await;
    assert_eq!(
        (shown.status, shown.headers[header::CONTENT_TYPE].as_bytes()),
        (StatusCode::OK, b"image/jpeg".as_slice())
    );
    let (other, _) = demo.repair("灯不亮").await;
    assert_eq!(demo.get("technician", &format!("/jobs/{other}/photos/{hash}")).await.status, StatusCode::NOT_FOUND);
    let odd = demo.upload("technician", &path, "x.svg", b"<svg onload=alert(1)>", &[]).await;
    assert_eq!(odd.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn what_is_not_there_is_not_found_and_a_desk_has_no_steps() {
    let (demo, case) = assigned().await;
    assert_eq!(demo.get("technician", "/jobs/nothing").await.status, StatusCode::NOT_FOUND);
    assert_eq!(step(&demo, &case, "dance", &[]).await.status, StatusCode::NOT_FOUND);
    let desk = demo.post("front_desk", &format!("/jobs/{case}/steps/take"), &[]).await;
    assert_eq!(desk.status, StatusCode::FORBIDDEN);
}
