//! A household moves in (入伙), from the ledger in Excel to the keys: imported, found, its file opened, registered, account and
//! readings taken, signed, keys handed over. At desk and phone width.

use browser::{DESK, Office, PHONE, Server, Storage, Window};

#[test]
fn a_household_moves_in_from_the_ledger_to_the_keys() {
    super::walk(async {
        for (size, name, room) in [(DESK, "desk", "801"), (PHONE, "phone", "802")] {
            let office = Office::open(Server::first_day_by_hand(Storage::Sqlite), size).await;
            imported(&office, name, room).await;
            let file = opened(&office, name, room).await;
            let number = moved_in(&office, room).await;
            handed(&office, name, &number).await;
            office.go(&file).await;
            office.window.says(&number).await;
            office.window.picture(&format!("move-in-{name}-5-file")).await;
            narrow(&office.window).await;
            office.close().await;
        }
    });
}

/// Nothing of the page is wider than the window.
async fn narrow(window: &Window) {
    let wide = window.run("return document.documentElement.scrollWidth - window.innerWidth", vec![]).await;
    assert!(wide.as_i64().unwrap_or(0) <= 1, "the page is {wide} wider than the window");
}

/// The ledger of a new stairwell comes in; a row whose telephone is too short is told and left out.
async fn imported(office: &Office, name: &str, room: &str) {
    let head = ["楼栋", "单元", "房号", "房屋类型", "业主姓名", "电话", "紧急联系人"];
    let row = |room: &str, phone: &str| {
        ["88栋", "1单元", room, "住宅", "凌演新", phone, "凌演姐 13900000088"].map(str::to_owned).to_vec()
    };
    let rows = [row(room, "13800000088"), row("899", "138")];
    let book = courier::table::workbook("业主台账", &head, &rows).expect("a workbook");
    let path = office.server.folder.path().join("新楼台账.xlsx");
    std::fs::write(&path, book).expect("it is on the disk");
    office.is("manager").await;
    office.go("/settings/households").await;
    let place = office.window.find("#upload").await;
    place.send_keys(&path.to_string_lossy()).await.expect("the file is chosen");
    office.window.tap("form[action='/settings/households/upload'] button.main").await;
    office.window.says("1 户可以导入").await;
    office.window.says("899").await;
    office.window.picture(&format!("move-in-{name}-1-ledger")).await;
    office.window.tap("form[action='/settings/households/import'] button.main").await;
    office.window.says("新增 1 户").await;
}

/// The household is found as at the desk, and its file opened; answers the address of the file.
async fn opened(office: &Office, name: &str, room: &str) -> String {
    office.is("desk1").await;
    office.go("/dossiers").await;
    office.window.put("main form[action='/dossiers']", "q", &format!("88-1-{room}")).await;
    office.window.send("main form[action='/dossiers']").await;
    office.window.says("凌").await;
    office.window.picture(&format!("move-in-{name}-2-found")).await;
    office.window.tap("main ul.rows a[href^='/dossiers/88']").await;
    office.window.says("十二类材料").await;
    let file = office.window.path().await;
    office.window.tap("main a[href^='/registers/dossiers/new']").await;
    let form = "form[action='/registers/dossiers/new']";
    for (field, value) in
        [("dossier.source", "台账和房产证"), ("dossier.verifier", "唐演服"), ("dossier.fit_out", "不适用：毛坯")]
    {
        office.window.put(form, field, value).await;
    }
    office.window.tap(&format!("{form} button.main")).await;
    office.window.says("DA-").await;
    office.go(&file).await;
    office.window.says("不适用：毛坯").await;
    office.window.picture(&format!("move-in-{name}-3-opened")).await;
    narrow(&office.window).await;
    file
}

async fn moved_in(office: &Office, room: &str) -> String {
    let place = format!("88-1-{room}");
    office.record("move_ins", &[("place", &place), ("name", "凌演新"), ("phone", "13800000088")]).await
}

/// Every step at the counter, the customer signing on the screen.
async fn handed(office: &Office, name: &str, number: &str) {
    office
        .act(number, "customer.registered", &[("customer.kind_of", "owner"), ("dossier.move_in_forms", "全套")])
        .await;
    office.act(number, "customer.bank_account_taken", &[("customer.bank_account", "6222000012345678")]).await;
    office.act(number, "customer.meter_confirmed", &[("meter.water", "3"), ("meter.power", "41")]).await;
    office.act(number, "customer.meter_signed", &[("way", "paper"), ("signer", "凌演新")]).await;
    office.act(number, "customer.paid_list_given", &[("price.edition", "2026")]).await;
    office.act(number, "customer.keys_handed", &[("key.count", "3"), ("way", "paper"), ("signer", "凌演新")]).await;
    office.act(number, "customer.move_in_closed", &[]).await;
    office.go(&format!("/cases/{number}")).await;
    office.window.says("交付钥匙").await;
    office.window.says("5678").await;
    assert!(!office.window.text().await.contains("6222000012345678"), "the account stands under the person's key");
    office.window.picture(&format!("move-in-{name}-4-keys")).await;
}
