//! A month of fees (一个月的收费), from the tariff to the last slip: announced, approved, put in force; accounts from the ledger, the
//! month looked at, billed, printed, delivered, collected from the bank's own sheet. At desk and phone width.

use browser::{DESK, Office, PHONE, Server, Storage};
use serde_json::Value;

/// Units of the first building.
const UNITS: usize = 48;

#[test]
fn a_month_goes_from_the_tariff_to_the_last_slip_at_the_desk() {
    super::walk(month("desk", DESK));
}

#[test]
fn a_month_goes_from_the_tariff_to_the_last_slip_on_a_phone() {
    super::walk(month("phone", PHONE));
}

async fn month(name: &str, size: (u32, u32)) {
    let office = Office::open(Server::first_day_by_hand_under(Storage::Sqlite, "management-fee"), size).await;
    tariff(&office).await;
    billed(&office, name).await;
    let rows = delivered(&office, name).await;
    collected(&office, name, &rows).await;
    office.close().await;
}

/// A tariff of the first building from its draft to the day on which it is in force.
async fn tariff(office: &Office) {
    let grounds = [
        ("tariff.item", "management"),
        ("tariff.applies_to", "1栋"),
        ("tariff.rate", "2.80"),
        ("tariff.per", "square_metre_month"),
        ("tariff.effective_on", "2025-01-01"),
        ("tariff.guide_price", "每平方米 2.80 元"),
        ("tariff.grade", "二级"),
        ("tariff.service_standard", "二级"),
        ("tariff.local_market", "每平方米 2.50 至 3.20 元"),
    ];
    office.is("finance").await;
    let number = office.record("tariffs", &grounds).await;
    office.is("supervisor").await;
    let told = [("tariff.announced_on", "2024-11-20"), ("tariff.told_all", "yes")];
    office.act(&number, "tariff.announced", &told).await;
    office.is("finance").await;
    let approved = [
        ("tariff.approver", "owners_committee"),
        ("tariff.approval_number", "业委会 2024-11"),
        ("tariff.approved_on", "2024-12-05"),
    ];
    office.act(&number, "tariff.approved", &approved).await;
    office.is("manager").await;
    office.act(&number, "tariff.activated", &[]).await;
}

/// Accounts, the preview, the notices and their print: three to a sheet of A4.
async fn billed(office: &Office, name: &str) {
    let window = &office.window;
    office.is("finance").await;
    office.go("/fees").await;
    window.says("这个月还没有出单").await;
    window.tap("main a[href^='/fees/run']").await;
    window.says("没有收费账户").await;
    window.tap("form[action='/fees/accounts'] button").await;
    window.says(&format!("开出 {UNITS} 张通知单")).await;
    window.picture(&format!("fees-{name}-1-preview")).await;
    narrow(office).await;
    window.tap("form[action='/fees/run'] button.main").await;
    window.says(&format!("{UNITS} 张通知单")).await;
    window.tap("form[action='/fees/print'] button.main").await;
    window.says("应缴合计（大写）").await;
    let sheets = window.run("return document.querySelectorAll('.a4.third').length", vec![]).await;
    assert_eq!(sheets.as_u64(), Some(UNITS as u64), "a third of a sheet each");
    window.picture(&format!("fees-{name}-2-notices")).await;
}

/// The round is noted at one stroke; answers room and sum of each notice.
async fn delivered(office: &Office, name: &str) -> Vec<(String, String)> {
    let window = &office.window;
    office.is("desk1").await;
    office.go("/fees").await;
    window.tap("main details summary").await;
    window.picture(&format!("fees-{name}-3-deliver")).await;
    window.tap("form[action='/fees/deliver'] button.main").await;
    window.until("!document.querySelector(\"form[action='/fees/deliver']\")").await;
    window.picture(&format!("fees-{name}-4-month")).await;
    narrow(office).await;
    let script = "return [...document.querySelectorAll('#fees tbody tr')].map(row =>
        [row.cells[0].textContent.trim(), row.cells[4].textContent.trim()])";
    let rows = window.run(script, vec![]).await;
    let text = |it: &Value| it.as_str().unwrap_or_default().to_owned();
    let rows: Vec<(String, String)> =
        rows.as_array().into_iter().flatten().map(|row| (text(&row[0]), text(&row[1]))).collect();
    assert_eq!(rows.len(), UNITS);
    assert_eq!(rows[0].0, "1-1-101", "in walking order");
    rows
}

/// The bank's sheet comes in; a row that fits nothing lets none in.
async fn collected(office: &Office, name: &str, rows: &[(String, String)]) {
    let window = &office.window;
    let sheet = |rows: &[(String, String)], file: &str| {
        let line = |(n, (room, sum)): (usize, &(String, String))| {
            ["", room, sum, "", &format!("HD{n:04}"), "成功"].map(str::to_owned).to_vec()
        };
        let lines: Vec<Vec<String>> = rows.iter().enumerate().map(line).collect();
        let book = courier::table::workbook("银行回单", &courier::slips::HEADINGS, &lines).expect("a workbook");
        let path = office.server.folder.path().join(file);
        std::fs::write(&path, book).expect("it is on the disk");
        path.to_string_lossy().into_owned()
    };
    let upload = async |path: &str| {
        office.go("/fees/slips/import").await;
        window.find("#upload").await.send_keys(path).await.expect("the file is chosen");
        window.tap("form[action='/fees/slips/upload'] button.main").await;
        window.says("张回单可以记下").await;
    };
    office.is("finance").await;
    let mut wrong = rows.to_vec();
    wrong[3].0 = "9-9-999".to_owned();
    upload(&sheet(&wrong, "错.xlsx")).await;
    window.tap("form[action='/fees/slips/import'] button.main").await;
    window.says("台账里没有 9-9-999").await;
    window.picture(&format!("fees-{name}-5-refused")).await;
    upload(&sheet(rows, "回盘.xlsx")).await;
    window.tap("form[action='/fees/slips/import'] button.main").await;
    window.says(&format!("记下 {UNITS} 张回单")).await;
    window.says("占应收 100.0 %").await;
    window.picture(&format!("fees-{name}-6-collected")).await;
    narrow(office).await;
    office.go("/fees/books").await;
    window.says("1002 银行存款").await;
    window.picture(&format!("fees-{name}-7-books")).await;
    narrow(office).await;
}

/// Nothing of the page is wider than the window.
async fn narrow(office: &Office) {
    let wide = office.window.run("return document.documentElement.scrollWidth - window.innerWidth", vec![]).await;
    assert!(wide.as_i64().unwrap_or(0) <= 1, "the page is {wide} wider than the window");
}
