//! The main job in a real browser (主流程): an office is founded, a resident calls, the matter is taken in, dispatched, done on
//! a phone, signed, followed up and closed. At desk and phone width, on SQLite and PostgreSQL.

use browser::{DESK, PHONE, Server, Storage, Window};
use serde_json::json;

async fn found(server: &Server, window: &Window, name: &str) {
    window.go(&server.url("/begin")).await;
    for (field, text) in [
        ("company", "演示物业公司"),
        ("site", "演示花园"),
        ("name", "演示甲"),
        ("account", "demo"),
        ("password", "梧桐树下 6 号"),
        ("again", "梧桐树下 6 号"),
    ] {
        window.fill(field, text).await;
    }
    // The rulebooks of the main job; others ask for more than its steps.
    let posts = "for (const it of document.querySelectorAll(\"[name='posts']\")) { it.checked = true }
        const books = ['complaint-instruction', 'repair-residential', 'followup-9'];
        for (const it of document.querySelectorAll(\"[name='books']\")) { it.checked = books.includes(it.value) }";
    window.client().execute(posts, vec![]).await.expect("posts and books are chosen");
    window.picture(&format!("{name}-1-begin")).await;
    window.send("form[action='/begin']").await;
    window.says("演示花园").await;
    window.picture(&format!("{name}-2-home")).await;
}

/// Takes the call and answers the number told to the caller.
async fn take_in(server: &Server, window: &Window, name: &str) -> String {
    window.go(&server.url("/desk")).await;
    window.fill("words", "厨房水龙头滴水，请尽快来修").await;
    window.set("[name='kind'][value='repair']", "").await;
    window.fill("place", "3 栋 2 单元 501").await;
    window.find("[name='repair.object'][value='own']").await;
    window.set("[name='repair.object'][value='own']", "").await;
    window.fill("name", "演示住户").await;
    window.fill("phone", "13800000001").await;
    window.picture(&format!("{name}-3-desk")).await;
    window.press("保存并派单").await;
    window.says("WX-").await;
    window.picture(&format!("{name}-4-number")).await;
    let text = window.text().await;
    let at = text.find("WX-").expect("a number");
    text[at..].chars().take(14).collect()
}

async fn dispatch(server: &Server, window: &Window, name: &str) {
    window.go(&server.url("/dispatch")).await;
    window.says("厨房水龙头").await;
    window.picture(&format!("{name}-5-dispatch")).await;
    window.send("form[action='/dispatch/assign']").await;
    window.find(".lanes a[href*='/cases/'], .lanes a[href*='/jobs/'], .lanes [data-card]").await;
}

/// Walks the steps of the job, whatever the next one is, until the customer has signed and the copies are back.
async fn repair(server: &Server, window: &Window, name: &str) {
    window.go(&server.url("/jobs")).await;
    window.click("a[href^='/jobs/']").await;
    window.says("厨房水龙头").await;
    for step in 0..24 {
        window.picture(&format!("{name}-6-job-{step:02}")).await;
        let next = "form[action*='/steps/'][data-offline=''] button.main";
        if !window.has(next).await {
            break;
        }
        for (field, value) in
            [("note", "换了阀芯"), ("cost", "50"), ("due", "50"), ("signer", "演示住户"), ("paper", "")]
        {
            let css = format!("form[action*='/steps/'][data-offline=''] [name='{field}']:not([type='hidden'])");
            if window.has(&css).await {
                window.set(&css, value).await;
            }
        }
        let before = window.find("form[action*='/steps/'][data-offline='']").await;
        let before = before.attr("action").await.expect("asked").unwrap_or_default();
        window.click(next).await;
        let moved = format!(
            "return !document.querySelector(\"form[action='{before}'][data-offline='']\") || !!document.querySelector('.refusal')"
        );
        for _ in 0..400 {
            let done = window.client().execute(&moved, vec![]).await;
            if done.is_ok_and(|it| it == json!(true)) {
                break;
            }
        }
        assert!(!window.has(".refusal").await, "refused: {}", window.text().await);
    }
}

async fn main_job(server: &Server, window: &Window, name: &str) {
    found(server, window, name).await;
    let number = take_in(server, window, name).await;
    dispatch(server, window, name).await;
    repair(server, window, name).await;
    window.go(&server.url(&format!("/cases/{number}"))).await;
    window.says("业主签字").await;
    window.picture(&format!("{name}-7-case")).await;
    window.go(&server.url(&format!("/forms/{number}/print"))).await;
    window.says("维修单").await;
    window.picture(&format!("{name}-8-print")).await;
    window.go(&server.url("/follow-up")).await;
    window.click(".calls a[href^='/follow-up/']").await;
    window.picture(&format!("{name}-9-follow-up")).await;
    for field in ["quality", "effect", "shortcomings", "suggestions", "summary"] {
        if window.has(&format!("[name='{field}']")).await {
            window.set(&format!("[name='{field}']"), "好").await;
        }
    }
    if window.has("[name='method'][value='phone']").await {
        window.set("[name='method'][value='phone']", "").await;
    }
    window.click("button[name='satisfaction'][value='satisfied']").await;
    window.go(&server.url(&format!("/cases/{number}/acts/case.closed"))).await;
    window.send("form[action$='/acts/case.closed']").await;
    window.says("已结案").await;
    window.picture(&format!("{name}-10-closed")).await;
}

fn play(storage: Storage, size: (u32, u32), name: &str) {
    let server = Server::start(storage);
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let window = Window::open(size).await;
        main_job(&server, &window, name).await;
        window.close().await;
    });
}

#[test]
fn the_main_job_at_the_desk_on_sqlite() {
    play(Storage::Sqlite, DESK, "desk-sqlite");
}

#[test]
fn the_main_job_on_a_phone_on_postgres() {
    play(Storage::Postgres, PHONE, "phone-postgres");
}
