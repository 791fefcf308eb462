//! A month of fees through the router.

use axum::http::StatusCode;
use office::household::{LedgerPerson, LedgerRow, Room};

use crate::testing::{Demo, Shown};

const MONTH: &str = "2026-11-30";

fn taken(shown: &Shown) {
    assert_eq!(shown.status, StatusCode::SEE_OTHER, "{}", shown.body);
}

fn refused(shown: &Shown, why: &str) {
    assert!(shown.status == StatusCode::UNPROCESSABLE_ENTITY && shown.body.contains(why), "{why}: {}", shown.body);
}

/// A house with a home of 89.50 m², one of which nobody knows the area, and a tariff in force.
async fn house() -> Demo {
    let demo = Demo::founded_under(&["management-fee"]).await;
    let row = |building: &str, stairwell: &str, number: &str, name: &str, area: Option<i64>| LedgerRow {
        room: Room::of_parts("", building, stairwell, number),
        kind: "住宅".into(),
        area,
        people: vec![LedgerPerson { name: name.into(), ..LedgerPerson::default() }],
        ..LedgerRow::default()
    };
    let rows = vec![row("3栋", "2单元", "501", "单晓演", Some(8_950)), row("1栋", "1单元", "1203", "欧阳示", None)];
    let sent = demo.sent("administrator", "administrator");
    demo.web.house.import_households(sent, rows).await.expect("no fault").expect("not refused");
    let told = [
        ("tariff.item", "management"),
        ("tariff.applies_to", "住宅"),
        ("tariff.rate", "2.80"),
        ("tariff.per", "square_metre_month"),
        ("tariff.effective_on", "2025-01-01"),
        ("tariff.guide_price", "2.80"),
        ("tariff.grade", "二级"),
        ("tariff.service_standard", "二级"),
        ("tariff.local_market", "2.5 至 3.2 元"),
    ];
    let tariff = number(&demo.post("finance", "/registers/tariffs/new", &told).await);
    let told = [("tariff.announced_on", "2024-11-20"), ("tariff.told_all", "yes")];
    taken(&act(&demo, "service_supervisor", &tariff, "tariff.announced", &told).await);
    let told = [
        ("tariff.approver", "owners_committee"),
        ("tariff.approval_number", "业委会 2024-11"),
        ("tariff.approved_on", "2024-12-05"),
    ];
    taken(&act(&demo, "finance", &tariff, "tariff.approved", &told).await);
    taken(&act(&demo, "office_manager", &tariff, "tariff.activated", &[]).await);
    demo
}

fn number(shown: &Shown) -> String {
    shown.leads().split("new=").nth(1).unwrap_or_else(|| panic!("not begun: {}", shown.body)).to_owned()
}

async fn act(demo: &Demo, who: &str, case: &str, act: &str, fields: &[(&str, &str)]) -> Shown {
    demo.pass(60);
    demo.post(who, &format!("/cases/{case}/acts/{act}"), fields).await
}

/// The same house with November billed and printed on its last day; answers the notice.
async fn billed() -> (Demo, String) {
    let demo = house().await;
    demo.pass(14 * 86_400);
    let month = [("month", MONTH)];
    taken(&demo.post("finance", "/fees/accounts", &month).await);
    taken(&demo.post("finance", "/fees/run", &month).await);
    taken(&demo.post("finance", "/fees/print", &month).await);
    let list = demo.get("finance", "/fees?month=2026-11-30").await.body;
    let case = list.split("href=\"/cases/").nth(1).and_then(|it| it.split('"').next()).expect("a notice").to_owned();
    (demo, case)
}

#[tokio::test]
async fn a_month_is_looked_at_billed_once_printed_and_delivered() {
    let demo = house().await;
    let month = [("month", MONTH)];
    refused(&demo.post("finance", "/fees/run", &month).await, "还没有到");
    assert_eq!(demo.get("front_desk", "/fees/run").await.status, StatusCode::FORBIDDEN);
    demo.pass(14 * 86_400);
    let empty = demo.get("finance", "/fees").await.body;
    assert!(
        empty.contains("收费 2026 年 11 月") && empty.contains("这个月还没有出单"),
        "what is to be billed: {empty}"
    );
    let preview = demo.get("finance", "/fees/run?month=2026-11-30").await.body;
    for told in ["没有收费账户", "台账里没有面积", "1-1-1203", "没有适用的收费标准"] {
        assert!(preview.contains(told), "{told}: {preview}");
    }
    taken(&demo.post("finance", "/fees/accounts", &month).await);
    let preview = demo.get("finance", "/fees/run?month=2026-11-30").await.body;
    for told in ["开出 1 张通知单", "250.60", "89.50 平方米 × 2.8 元", "单**", "上月没有通知单的 1 户"]
    {
        assert!(preview.contains(told), "{told}: {preview}");
    }
    taken(&demo.post("finance", "/fees/run", &month).await);
    taken(&demo.post("finance", "/fees/run", &month).await);
    let rows = demo.web.house.fee_list(1, MONTH.to_owned(), journal::reads::FeeState::All).await.expect("no fault");
    assert_eq!(rows.iter().map(|it| (it.place.as_str(), it.billed)).collect::<Vec<_>>(), [("3-2-501", 25_060)]);
    let again = [("place", "3-2-501"), ("fee.billed_to", MONTH)];
    refused(&demo.post("finance", "/registers/fee_notices/new", &again).await, "这个月已经有");
    let half = [("place", "3-2-501"), ("fee.billed_to", "2026-10-15")];
    refused(&demo.post("finance", "/registers/fee_notices/new", &half).await, "账期末日不是月底");
    let case = &rows[0].case;
    let water = [("fee.kind", "water"), ("fee.amount", "45.60"), ("fee.basis", "12 吨 × 3.80 元，读数 118 至 130")];
    taken(&act(&demo, "finance", case, "fee.charge_listed", &water).await);
    let printed = demo.post("finance", "/fees/print", &month).await;
    let sheets = demo.get("finance", printed.leads()).await.body;
    for told in ["费用通知单", "296.20", "贰佰玖拾陆元贰角", "2026-12-10", "读数 118 至 130", "a4 third"]
    {
        assert!(sheets.contains(told), "{told}: {sheets}");
    }
    refused(&act(&demo, "finance", case, "fee.charge_listed", &water).await, "打印费用通知单");
    let list = demo.get("front_desk", "/fees?month=2026-11-30").await.body;
    assert!(list.contains("没有送达的") && list.contains("296.20") && list.contains("记下 1 张送达"), "{list}");
    let mut how = vec![("month", MONTH), ("fee.delivered_on", "2026-12-01"), ("fee.delivered_by", "door")];
    demo.pass(86_400);
    let wrong: Vec<_> = how.iter().copied().chain([("without", "9-9-999")]).collect();
    refused(&demo.post("front_desk", "/fees/deliver", &wrong).await, "没有送达的通知单里没有 9-9-999");
    how.push(("without", ""));
    taken(&demo.post("front_desk", "/fees/deliver", &how).await);
    let list = demo.get("front_desk", "/fees?month=2026-11-30").await.body;
    assert!(!list.contains("记下 1 张送达"), "{list}");
    let csv = demo.get("finance", "/fees?month=2026-11-30&as=csv").await.body;
    assert!(csv.contains("3-2-501") && csv.contains("296.20"), "{csv}");
}

#[tokio::test]
async fn what_is_late_is_urged_charged_and_never_twice_paid() {
    let (demo, case) = billed().await;
    let slip = |fen: &'static str, day: &'static str, number: &'static str| {
        [("fee.received", fen), ("fee.deposited_on", day), ("fee.reference", number)]
    };
    let pays = async |told: &[(&str, &str)]| act(&demo, "finance", &case, "fee.slip_arrived", told).await;
    refused(&pays(&slip("300", "2026-11-30", "HD1")).await, "还欠 250.60 元，不能记 300");
    demo.pass(5 * 86_400);
    taken(&pays(&slip("100", "2026-12-04", "HD1")).await);
    refused(&pays(&slip("100", "2026-12-04", "HD1")).await, "回单 HD1 已经记过");
    let cash =
        [("fee.kind", "management"), ("fee.received", "150.60"), ("fee.paid_on", "2026-12-05"), ("fee.method", "cash")];
    refused(&act(&demo, "finance", &case, "fee.paid_at_counter", &cash).await, "/rulebooks/management-fee/4.1");
    refused(&act(&demo, "finance", &case, "fee.late_charge_posted", &[]).await, "缴费期满未缴清");

    // The day passes: on the eleventh it is overdue since the last second of the tenth.
    demo.pass(6 * 86_400);
    demo.web.house.tick(demo.now()).await.expect("no fault");
    demo.web.house.tick(demo.now()).await.expect("no fault");
    let page = demo.get("finance", &format!("/cases/{case}")).await.body;
    assert!(page.contains("缴费期满未缴清"), "{page}");
    assert!(page.contains("发催缴信息"), "the first step of urging is owed: {page}");
    let arrears = demo.get("office_manager", "/fees/arrears").await.body;
    assert!(arrears.contains("150.60") && arrears.contains("3-2-501") && arrears.contains("一个月内"), "{arrears}");
    // All of them at one stroke, but for rooms that are named; nobody is urged the same way twice by it.
    let urge = async |without: &'static str, step: &'static str| {
        demo.post("finance", "/fees/urge", &[("step", step), ("without", without)]).await
    };
    refused(&urge("9-9-999", "fee.reminder_sent").await, "要催的通知单里没有 9-9-999");
    refused(&urge("3-2-501", "fee.reminder_sent").await, "没有要这样催的通知单");
    let done = urge("", "fee.reminder_sent").await;
    assert_eq!(done.leads(), "/fees/arrears?urged=1", "{}", done.body);
    let arrears = demo.get("office_manager", "/fees/arrears").await.body;
    assert!(arrears.contains("发催缴信息 <span"), "{arrears}");
    refused(&urge("", "fee.reminder_sent").await, "没有要这样催的通知单");
    assert_eq!(demo.post("front_desk", "/fees/urge", &[("step", "case.closed")]).await.status, StatusCode::NOT_FOUND);
    let page = demo.get("finance", &format!("/cases/{case}")).await.body;
    assert!(page.contains("电话催缴"), "then the call: {page}");

    // The bank's slip comes on the fifteenth for a deposit of the tenth: five days, 150.60 × 0.003 × 5 = 2.259.
    demo.pass(4 * 86_400);
    taken(&pays(&slip("150.60", "2026-12-10", "HD2")).await);
    let rows = demo.web.house.fee_list(1, MONTH.to_owned(), journal::reads::FeeState::Cleared).await.expect("no fault");
    assert_eq!(rows.len(), 1);
    refused(&act(&demo, "finance", &case, "fee.late_charge_posted", &[]).await, "/rulebooks/management-fee/4.5");
    let decided = [("fee.late_charge_decision", "charged"), ("note", "照收")];
    refused(&act(&demo, "finance", &case, "fee.late_charge_decided", &decided).await, "岗位没有此项权限");
    taken(&act(&demo, "office_manager", &case, "fee.late_charge_decided", &decided).await);
    taken(&act(&demo, "finance", &case, "fee.late_charge_posted", &[]).await);
    refused(&act(&demo, "finance", &case, "fee.late_charge_posted", &[]).await, "没有可以入账的违约金");
    let rows = demo.web.house.fees_of_unit(1, rows[0].case.clone()).await.expect("no fault");
    assert_eq!(rows, [], "a notice is no unit");
    let all = demo.web.house.fee_months(1).await.expect("no fault");
    assert_eq!((all[0].billed, all[0].received, all[0].in_time, all[0].owed), (25_060, 25_060, 0, 226));
    taken(&act(&demo, "finance", &case, "fee.receipt_issued", &[("fee.invoice", "0417")]).await);
    let books = demo.get("finance", "/fees/books?month=2026-12-31").await.body;
    assert!(books.contains("1122 应收账款") && books.contains("252.86") && books.contains("2.26"), "{books}");
    let vouchers = demo.get("finance", "/fees/books?month=2026-12-31&as=csv").await.body;
    assert!(vouchers.contains("1002,银行存款,100.00,") && vouchers.contains("6301,营业外收入,,2.26"), "{vouchers}");
    assert_eq!(demo.get("front_desk", "/fees/books").await.status, StatusCode::FORBIDDEN);
    refused(&act(&demo, "finance", &case, "fee.receipt_issued", &[("fee.invoice", "0418")]).await, "/rulebooks/");
}

#[tokio::test]
async fn another_day_is_granted_before_the_first_has_passed_and_begins_the_urging_anew() {
    let (demo, case) = billed().await;
    let passes = async |days: i64| {
        demo.pass(days * 86_400);
        demo.web.house.tick(demo.now()).await.expect("no fault");
    };
    let urge = async || demo.post("finance", "/fees/urge", &[("step", "fee.reminder_sent"), ("without", "")]).await;
    passes(11).await;
    assert_eq!(urge().await.leads(), "/fees/arrears?urged=1");
    refused(&urge().await, "没有要这样催的通知单");
    let granted = [("fee.extended_to", "2026-12-20"), ("case.reason", "住院")];
    refused(&act(&demo, "office_manager", &case, "fee.extended", &granted).await, "缴费期已经过了");
    // It was granted in time, and is entered late.
    let earlier = [("happened", "2026-12-10T12:00"), ("late_reason", "批条后到")];
    let granted: Vec<(&str, &str)> = granted.into_iter().chain(earlier).collect();
    taken(&act(&demo, "office_manager", &case, "fee.extended", &granted).await);
    refused(&urge().await, "没有要这样催的通知单");
    passes(12).await;
    assert_eq!(urge().await.leads(), "/fees/arrears?urged=1", "the new day has passed, too");
}

#[tokio::test]
async fn a_wrong_charge_is_taken_back_by_two_persons_and_never_rubbed_out() {
    let (demo, case) = billed().await;
    let asks = |fen: &'static str| {
        [("fee.reversed_kind", "management"), ("fee.reversal", fen), ("case.reason", "面积登记错了")]
    };
    refused(&act(&demo, "finance", &case, "fee.reversal_asked", &asks("250.61")).await, "不能冲减 250.61");
    refused(&act(&demo, "office_manager", &case, "fee.reversed", &[]).await, "申请冲减");
    taken(&act(&demo, "finance", &case, "fee.reversal_asked", &asks("50.60")).await);
    refused(&act(&demo, "finance", &case, "fee.reversed", &[]).await, "您自己申请的");
    assert!(demo.get("office_manager", "/signing").await.body.contains("批准冲减"), "it waits for who signs");
    taken(&act(&demo, "office_manager", &case, "fee.reversed", &[]).await);
    refused(&act(&demo, "office_manager", &case, "fee.reversed", &[]).await, "没有等着批准的冲减");
    let all = demo.web.house.fee_months(1).await.expect("no fault");
    assert_eq!((all[0].billed, all[0].owed), (20_000, 20_000));
    let page = demo.get("finance", &format!("/cases/{case}")).await.body;
    assert!(page.contains("250.60") && page.contains("-50.60"), "both lines stand: {page}");
    taken(&act(&demo, "finance", &case, "fee.slip_arrived", &[("fee.received", "200")]).await);
    assert_eq!(demo.web.house.fee_months(1).await.expect("no fault")[0].cleared, 1);
}

#[tokio::test]
async fn who_has_just_moved_in_pays_at_the_counter_and_a_void_receipt_owes_again() {
    let (demo, case) = billed().await;
    let home = [("place", "3-2-501"), ("name", "单晓演"), ("customer.move_in_date", "2026-11-30")];
    let moved = number(&demo.post("front_desk", "/registers/move_ins/new", &home).await);
    taken(&act(&demo, "front_desk", &moved, "customer.keys_handed", &[("key.count", "3")]).await);
    let pays =
        [("fee.kind", "management"), ("fee.received", "250"), ("fee.paid_on", "2026-11-30"), ("fee.method", "cash")];
    taken(&act(&demo, "finance", &case, "fee.paid_at_counter", &pays).await);
    let owed = async || demo.web.house.fee_months(1).await.expect("no fault")[0].owed;
    assert_eq!(owed().await, 60);
    taken(&act(&demo, "finance", &case, "fee.receipt_voided", &[("note", "收错了")]).await);
    assert_eq!(owed().await, 25_060);
    let whole = [("fee.received", "250.60"), pays[0], pays[2], pays[3]];
    taken(&act(&demo, "finance", &case, "fee.paid_at_counter", &whole).await);
    assert_eq!(owed().await, 0);
    refused(&act(&demo, "finance", &case, "fee.receipt_voided", &[("note", "又收错")]).await, "已经缴清");
    demo.pass(31 * 86_400);
    let account = demo.get("finance", "/registers/fee_accounts").await.body;
    let account =
        account.split("href=\"/cases/").nth(1).and_then(|it| it.split('"').next()).expect("an account").to_owned();
    let late = [("fee.paid_on", "2026-12-31"), pays[0], pays[1], pays[3]];
    refused(&act(&demo, "finance", &account, "fee.paid_at_counter", &late).await, "/rulebooks/management-fee/4.1");
}

#[tokio::test]
async fn a_banks_sheet_is_entered_whole_once_or_not_at_all() {
    let (demo, case) = billed().await;
    let owed = async || demo.web.house.fee_months(1).await.expect("no fault")[0].owed;
    let import = async |csv: &str| {
        taken(&demo.upload("finance", "/fees/slips/upload", "回盘.csv", csv.as_bytes(), &[]).await);
        demo.pass(60);
        demo.post("finance", "/fees/slips/import", &[]).await
    };
    let head = "客户编号,房号,交易金额,交易日期,交易流水号,返回信息\n";
    let number = demo.web.house.fee_list(1, MONTH.to_owned(), journal::reads::FeeState::All).await.expect("no fault");
    let number = number[0].number.clone();
    let first = format!("{head}{number},,100.00,20261130,A1,成功\n,3-2-501,50,20261130,A2,成功\n");
    let wrong = format!("{first},9-9-999,10,20261130,A3,成功\n");
    refused(&import(&wrong).await, "第 4 行");
    assert_eq!(owed().await, 25_060, "nothing of it was entered");
    let too_much = format!("{head},3-2-501,300,20261130,A4,成功\n");
    refused(&import(&too_much).await, "一共欠 250.60 元");
    let done = import(&first).await;
    taken(&done);
    assert!(demo.get("finance", done.leads()).await.body.contains("记下 2 张回单，150.00 元"), "it says what it did");
    assert_eq!(owed().await, 10_060);
    let home = demo.get("front_desk", "/dossiers/3-2-501").await.body;
    assert!(home.contains("还欠 100.60 元") && home.contains("2026 年 11 月"), "who asks what is owed is told: {home}");
    assert!(!demo.get("archive", "/dossiers/3-2-501").await.body.contains("还欠 100.60 元"), "others are not");
    refused(&import(&first).await, "已经导过");
    assert_eq!(owed().await, 10_060);
    let failed = format!("{head}{number},,100.60,20261130,,余额不足\n");
    taken(&import(&failed).await);
    let page = demo.get("finance", &format!("/cases/{case}")).await.body;
    assert!(page.contains("银行没有收到：余额不足"), "{page}");
    assert_eq!(owed().await, 10_060);
    let again = format!("{head}{number},,10.00,20261201,A2,成功\n");
    refused(&import(&again).await, "回单 A2 已经记在");
    let unread = format!("{head}{number},,100.60,20261201,A5,成功\n{number},,十元,20261201,A6,成功\n");
    refused(&import(&unread).await, "第 3 行");
    assert_eq!(owed().await, 10_060, "a row that cannot be read lets none in");
    let odd = demo.upload("finance", "/fees/slips/upload", "x.xlsx", b"PK\x03\x04broken", &[]).await;
    assert_eq!(odd.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_notice_opened_wrongly_is_made_void_by_finance_and_billed_anew() {
    let demo = house().await;
    demo.pass(14 * 86_400);
    let month = [("month", MONTH)];
    taken(&demo.post("finance", "/fees/accounts", &month).await);
    taken(&demo.post("finance", "/fees/run", &month).await);
    let all =
        async || demo.web.house.fee_list(1, MONTH.to_owned(), journal::reads::FeeState::All).await.expect("no fault");
    let first = all().await[0].clone();
    let reason = [("note", "面积还没改")];
    for act_id in ["case.withdrawn", "case.closed"] {
        refused(&act(&demo, "service_supervisor", &first.case, act_id, &reason).await, "没有这个动作");
    }
    refused(&act(&demo, "front_desk", &first.case, "fee.notice_voided", &reason).await, "岗位没有此项权限");
    taken(&act(&demo, "finance", &first.case, "fee.notice_voided", &reason).await);
    assert_eq!(all().await, []);
    let books = demo.web.house.ledger(1, jiff::civil::date(2026, 11, 1), jiff::civil::date(2026, 11, 30)).await;
    assert!(books.expect("no fault").iter().all(|(_, debit, credit)| (*debit, *credit) == (0, 0)), "nothing is owed");
    refused(&act(&demo, "finance", &first.case, "fee.notice_printed", &[]).await, "作废费用通知单");
    taken(&demo.post("finance", "/fees/run", &month).await);
    let second = all().await[0].clone();
    assert!(second.case != first.case && second.billed == first.billed, "billed anew");
    taken(&demo.post("finance", "/fees/print", &month).await);
    refused(&act(&demo, "finance", &second.case, "fee.notice_voided", &reason).await, "打印费用通知单");
}
