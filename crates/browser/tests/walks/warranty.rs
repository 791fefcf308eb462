//! A developer's order (返修单) from the repair to the resident's signature: the repair says that its part is under warranty, the order
//! is opened from there, sent back once, rechecked on a phone and closed; then its sheet and its register.

use browser::{DESK, PHONE, Server, Storage, Window};

#[test]
fn a_repair_under_warranty_is_done_by_the_developer_and_rechecked() {
    super::walk(async {
        let server = Server::first_day(Storage::Sqlite);
        let (desk, phone) = tokio::join!(Window::open(DESK), Window::open(PHONE));
        desk.sign_in(&server.url(""), "desk1").await;
        let words = "阳台梁下有裂缝";
        let home = server.url("/desk?household=1-1-101&kind=repair");
        desk.go(&home).await;
        desk.fill("words", words).await;
        desk.says("到设计年限").await;
        desk.picture("warranty-0-desk").await;
        let fields = [("words", words), ("repair.object", "own"), ("phone", "13800000001"), ("do", "dispatch")];
        let (status, to, text) = desk.post(&home, "#intake", &fields).await;
        assert_eq!(status, 200, "{to}: {text}");
        let at = text.find("WX-").unwrap_or_else(|| panic!("no number on {to}: {text}"));
        let number: String = text[at..].chars().take(14).collect();
        desk.go(&server.url(&format!("/cases/{number}"))).await;
        desk.says("保修期内").await;
        desk.says("到设计年限").await;
        desk.picture("warranty-1-repair").await;

        desk.press("开返修单 …").await;
        desk.fill("defect.party", "演示置业工程部").await;
        desk.picture("warranty-2-order").await;
        desk.send("form[action='/registers/defect_orders/new']").await;
        desk.says("已登记 BX-").await;
        desk.picture("warranty-3-register").await;
        let order = order(&desk).await;
        act(&desk, &server, &order, "defect.work_done", &[("note", "裂缝已灌浆")]).await;

        phone.sign_in(&server.url(""), "repair4").await;
        act(&phone, &server, &order, "defect.recheck_failed", &[("note", "另一头还没有灌")]).await;
        act(&desk, &server, &order, "defect.work_done", &[("note", "两头都灌了")]).await;
        let passed = format!("/cases/{order}/acts/defect.recheck_passed");
        phone.go(&server.url(&passed)).await;
        phone.picture("warranty-4-recheck").await;
        let signed = [("way", "paper"), ("signer", "演示住户")];
        act(&phone, &server, &order, "defect.recheck_passed", &signed).await;
        act(&desk, &server, &order, "case.closed", &[]).await;

        desk.go(&server.url(&format!("/cases/{order}"))).await;
        desk.says("复验，合格").await;
        desk.says("已结案").await;
        desk.picture("warranty-5-closed").await;
        desk.go(&server.url(&format!("/forms/{order}/print"))).await;
        desk.says("第二联 责任单位").await;
        desk.picture("warranty-6-sheet").await;
        phone.close().await;
        desk.close().await;
    });
}

/// Number of the order in the register.
async fn order(window: &Window) -> String {
    let text = window.text().await;
    let at = text.find("BX-").expect("an order is listed");
    text[at..].chars().take(14).collect()
}

/// Does an act on the order, as whoever is signed in.
async fn act(window: &Window, server: &Server, order: &str, act: &str, fields: &[(&str, &str)]) {
    let page = server.url(&format!("/cases/{order}/acts/{act}"));
    let (status, to, text) = window.post(&page, "form.narrow", fields).await;
    assert_eq!(status, 200, "{act} on {to}: {text}");
}
