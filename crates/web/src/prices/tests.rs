//! The price list through the router: written, searched, imported twice, exported, printed; who may not write it.

use axum::http::StatusCode;

use crate::testing::{Demo, escaped};

const TAP: [(&str, &str); 8] = [
    ("seen", "0"),
    ("trade", "水电"),
    ("name", "更换水龙头"),
    ("kind", "labour"),
    ("unit", "只"),
    ("fen", "30"),
    ("from", "2026-01-01"),
    ("remark", "龙头另计"),
];

fn with<'a>(fields: &[(&'a str, &'a str)], changed: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = fields.iter().filter(|(name, _)| !changed.iter().any(|(other, _)| other == name));
    kept.chain(changed).copied().collect()
}

#[tokio::test]
async fn an_item_is_written_found_and_gets_another_price_from_a_day_on() {
    let demo = Demo::founded().await;
    let empty = demo.get("technician", "/prices").await;
    assert!(empty.body.contains("还没有收费标准") && !empty.body.contains("/prices/new"), "{}", empty.body);
    let saved = demo.post("finance", "/prices", &TAP).await;
    let item = saved.leads().to_owned();
    assert!(item.starts_with("/prices/"), "{}", saved.body);
    for words in ["水龙头", "gh", "genghuan", "水电 龙头"] {
        let found = demo.get("technician", &format!("/prices?q={}", escaped(words))).await.body;
        assert!(found.contains("更换水龙头") && found.contains("30/只"), "{words}: {found}");
    }
    assert!(demo.get("technician", "/prices?q=xyz").await.body.contains("没有符合条件的记录"));
    let dearer = with(&TAP, &[("seen", "1"), ("fen", "35.50"), ("from", "2026-12-01")]);
    assert_eq!(demo.post("finance", "/prices", &dearer).await.leads(), item);
    let now = demo.get("technician", "/prices").await.body;
    assert!(now.contains("30/只") && now.contains("2026-12-01 起 35.50 元"), "{now}");
    let then = demo.get("technician", "/prices?on=2026-12-01").await.body;
    assert!(then.contains("35.50/只") && !then.contains("30/只"), "{then}");
    assert!(!demo.get("technician", "/prices?on=2025-12-31").await.body.contains("水龙头"));
    let page = demo.get("technician", &item).await.body;
    assert!(page.contains("现行") && page.contains("还没到") && !page.contains("另定价"), "{page}");
    let end = [("until", "2026-12-31"), ("reason", "不再提供")];
    assert_eq!(demo.post("finance", &format!("{item}/end"), &end).await.leads(), item);
    assert!(!demo.get("technician", "/prices?on=2027-01-01").await.body.contains("水龙头"));
}

#[tokio::test]
async fn what_was_in_force_stays_and_what_was_typed_is_not_lost() {
    let demo = Demo::founded().await;
    let item = demo.post("finance", "/prices", &TAP).await.leads().to_owned();
    let no = demo.post("finance", "/prices", &with(&TAP, &[("seen", "1"), ("fen", "35")])).await;
    assert_eq!(no.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(no.body.contains("已经用过，不能改写") && no.body.contains("value=\"35\""), "{}", no.body);
    let no = demo.post("finance", "/prices", &with(&TAP, &[("fen", "十元"), ("name", "换灯")])).await;
    assert!(no.status == StatusCode::UNPROCESSABLE_ENTITY && no.body.contains("十元"), "{}", no.body);
    let no = demo.post("finance", "/prices", &with(&TAP, &[("fen", "40"), ("from", "2026-12-01")])).await;
    assert!(no.body.contains("这一项又改过了"), "{}", no.body);
    let no = demo.post("finance", &format!("{item}/end"), &[("until", "2026-12-31"), ("reason", "")]).await;
    assert_eq!(no.status, StatusCode::UNPROCESSABLE_ENTITY);
    for who in ["technician", "front_desk", "archive"] {
        assert_eq!(demo.post(who, "/prices", &TAP).await.status, StatusCode::FORBIDDEN, "{who}");
        assert_eq!(demo.get(who, "/prices/new").await.status, StatusCode::FORBIDDEN, "{who}");
    }
    assert_eq!(demo.get("finance", "/prices/none").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_workbook_is_looked_at_first_and_imported_whole_and_once() {
    let demo = Demo::founded().await;
    let sample = courier::prices::sample().expect("made");
    let up = demo.upload("engineering_supervisor", "/prices/upload", "标准.xlsx", &sample, &[]).await;
    assert_eq!(up.leads(), "/prices/preview", "{}", up.body);
    let seen = demo.get("engineering_supervisor", "/prices/preview").await.body;
    assert!(seen.contains("5 项可以导入") && seen.contains("15.50/只"), "{seen}");
    assert!(demo.get("technician", "/prices").await.body.contains("还没有收费标准"), "nothing is written yet");
    let done = demo.post("engineering_supervisor", "/prices/import", &[]).await;
    assert_eq!(done.leads(), "/prices?added=5&changed=0&unchanged=0", "{}", done.body);
    demo.pass(86_400);
    demo.upload("engineering_supervisor", "/prices/upload", "标准.xlsx", &sample, &[]).await;
    let again = demo.post("engineering_supervisor", "/prices/import", &[]).await;
    assert_eq!(again.leads(), "/prices?added=0&changed=0&unchanged=5", "{}", again.body);
    let csv = demo.get("technician", "/prices?as=csv").await.body;
    assert!(
        csv.contains("工种,项目,种类,单位,单价（元）") && csv.contains("水电,更换水龙头,人工,只,30.00,2026-01-01"),
        "{csv}"
    );
    demo.upload("engineering_supervisor", "/prices/upload", "出.csv", csv.as_bytes(), &[]).await;
    let back = demo.post("engineering_supervisor", "/prices/import", &[]).await;
    assert_eq!(back.leads(), "/prices?added=0&changed=0&unchanged=5", "what was exported is the same list");
    let paper = demo.get("technician", "/prices/print").await.body;
    for part in ["有偿维修收费标准", "更换水龙头", "30/只", "免费", "不由维修员收取", "给排水"]
    {
        assert!(paper.contains(part), "{part}: {paper}");
    }
}

#[tokio::test]
async fn bad_rows_are_told_and_a_price_in_force_stops_the_whole_import() {
    let demo = Demo::founded().await;
    let list = "项目,单位,单价,生效日\n换灯,盏,面议,\n换锁,把,60,2026-01-01\n".as_bytes();
    demo.upload("finance", "/prices/upload", "标准.csv", list, &[]).await;
    let seen = demo.get("finance", "/prices/preview").await.body;
    assert!(seen.contains("1 项可以导入") && seen.contains("1 行有问题") && seen.contains("到时评审"), "{seen}");
    let mapped = demo.post("finance", "/prices/preview", &[("sheet", "0"), ("col-0", "项目"), ("col-2", "")]).await;
    assert_eq!(mapped.leads(), "/prices/preview");
    assert!(demo.get("finance", "/prices/preview").await.body.contains("没有一列是单价"));
    demo.upload("finance", "/prices/upload", "标准.csv", list, &[]).await;
    assert_eq!(demo.post("finance", "/prices/import", &[]).await.leads(), "/prices?added=1&changed=0&unchanged=0");
    let other = "项目,单位,单价,生效日\n换门,扇,90,2026-01-01\n换锁,把,70,2026-01-01\n".as_bytes();
    demo.upload("finance", "/prices/upload", "新.csv", other, &[]).await;
    let no = demo.post("finance", "/prices/import", &[]).await;
    assert_eq!(no.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(no.body.contains("换锁") && no.body.contains("不能改写"), "{}", no.body);
    assert!(!demo.get("finance", "/prices").await.body.contains("换门"), "nothing half-imported");
    let odd = demo.upload("finance", "/prices/upload", "x.xlsx", b"PK\x03\x04broken", &[]).await;
    assert_eq!(odd.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(demo.post("finance", "/prices/give-up", &[]).await.leads(), "/prices");
    assert_eq!(demo.get("finance", "/prices/preview").await.leads(), "/prices/import");
}

async fn begin(demo: &Demo, register: &str, fields: &[(&str, &str)]) -> String {
    let done = demo.post("finance", &format!("/registers/{register}/new"), fields).await;
    let number = done.leads().split("new=").nth(1).map(str::to_owned);
    number.unwrap_or_else(|| panic!("{register}: {}", done.body))
}

#[tokio::test]
async fn a_tariff_comes_into_force_with_its_grounds_announced_and_approved() {
    let demo = Demo::founded_under(&["management-fee"]).await;
    let list = demo.get("finance", "/prices").await.body;
    assert!(list.contains("/registers/tariffs") && list.contains("/registers/expenses"), "{list}");
    let odd = [
        ("tariff.item", "management"),
        ("tariff.applies_to", "住宅"),
        ("tariff.rate", "两块八"),
        ("tariff.per", "square_metre_month"),
    ];
    let no = demo.post("finance", "/registers/tariffs/new", &odd).await;
    assert!(no.status == StatusCode::UNPROCESSABLE_ENTITY && no.body.contains("单价没有填对"), "{}", no.body);
    let mut told = odd.to_vec();
    told[2] = ("tariff.rate", "2.80");
    told.extend([
        ("tariff.effective_on", "2027-02-01"),
        ("tariff.guide_price", "2.80 元"),
        ("tariff.grade", "二级"),
        ("tariff.service_standard", "二级"),
    ]);
    let number = begin(&demo, "tariffs", &told).await;
    let act = async |who: &str, act: &str, fields: &[(&str, &str)]| {
        demo.pass(60);
        demo.post(who, &format!("/cases/{number}/acts/{act}"), fields).await
    };
    let early = act("office_manager", "tariff.activated", &[]).await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
    for missing in ["当地行情", "通告日期", "批准文号", "业主委员会"] {
        assert!(early.body.contains(missing), "{missing}: {}", early.body);
    }
    assert_eq!(act("finance", "tariff.grounds_added", &[("tariff.local_market", "2.5 至 3.2 元")]).await.status, 303);
    let announced = [("tariff.announced_on", "2026-11-16"), ("tariff.told_all", "yes")];
    assert_eq!(act("service_supervisor", "tariff.announced", &announced).await.status, 303);
    let own = [("tariff.approver", ""), ("tariff.approval_number", "1"), ("tariff.approved_on", "2026-11-16")];
    assert_eq!(act("finance", "tariff.approved", &own).await.status, 422, "somebody outside the office approves");
    let approved = [
        ("tariff.approver", "owners_committee"),
        ("tariff.approval_number", "业委会 2026-09"),
        ("tariff.approved_on", "2026-11-16"),
    ];
    let done = act("finance", "tariff.approved", &approved).await;
    assert_eq!(done.status, 303, "{}", done.body);
    assert_eq!(act("finance", "tariff.activated", &[]).await.status, 422, "who asks for the money does not decide it");
    let done = act("office_manager", "tariff.activated", &[]).await;
    assert_eq!(done.status, 303, "{}", done.body);
    let print = demo.get("office_manager", &format!("/forms/{number}/print")).await.body;
    for told in ["收费标准核定表", "2.80", "每平方米每月", "业委会 2026-09", "2.5 至 3.2 元"] {
        assert!(print.contains(told), "{told}: {print}");
    }
}

#[tokio::test]
async fn other_uses_of_the_fee_need_the_owners_consent() {
    let demo = Demo::founded_under(&["management-fee"]).await;
    let mut spent = vec![("expense.item", "other_use"), ("fee.amount", "3000"), ("note", "节日布置")];
    let no = demo.post("finance", "/registers/expenses/new", &spent).await;
    assert_eq!(no.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(no.body.contains("业主同意文件") && no.body.contains("节日布置"), "{}", no.body);
    spent.push(("expense.owners_consent", "业委会决议 2026-07"));
    begin(&demo, "expenses", &spent).await;
    begin(&demo, "expenses", &[("expense.item", "wages"), ("fee.amount", "86000")]).await;
    let nothing = [("expense.item", "cleaning"), ("fee.amount", "0")];
    let no = demo.post("finance", "/registers/expenses/new", &nothing).await;
    assert!(no.body.contains("支出金额没有填对"), "{}", no.body);
    let list = demo.get("finance", "/registers/expenses").await.body;
    assert!(list.contains("86000.00") && list.contains("业委会决议 2026-07"), "{list}");
}

#[tokio::test]
async fn a_unit_has_one_account_and_each_payment_at_the_counter_its_own_receipt() {
    let demo = Demo::founded_under(&["management-fee"]).await;
    let at = [("place", "3-2-501"), ("name", "单晓演")];
    let nowhere = [("place", "东门外"), ("fee.payer", "某业主")];
    let no = demo.post("finance", "/registers/fee_accounts/new", &nowhere).await;
    assert!(no.status == StatusCode::UNPROCESSABLE_ENTITY && no.body.contains("还没有对上台账"), "{}", no.body);
    let mut opened = at.to_vec();
    opened.extend([("fee.payer", "3-502 业主"), ("customer.move_in_date", "2026-11-20")]);
    let account = begin(&demo, "fee_accounts", &opened).await;
    let no = demo.post("finance", "/registers/fee_accounts/new", &opened).await;
    assert!(no.body.contains("已经有收费账户") && no.body.contains(&account), "{}", no.body);
    let act = async |who: &str, case: &str, act: &str, fields: &[(&str, &str)]| {
        demo.pass(60);
        demo.post(who, &format!("/cases/{case}/acts/{act}"), fields).await
    };
    let paid = [
        ("fee.kind", "management"),
        ("fee.received", "325.04"),
        ("fee.paid_on", "2026-11-16"),
        ("fee.method", "wechat"),
        ("fee.reference", "4200-1"),
    ];
    assert!(demo.get("finance", &format!("/cases/{account}")).await.body.contains("开办存折"), "it is owed until then");
    let book = [("fee.bank", "演示银行"), ("customer.bank_account", "6222 0000 0000 0417")];
    assert_eq!(act("finance", &account, "fee.passbook_opened", &book).await.status, 303);
    let mut home = at.to_vec();
    home.push(("customer.move_in_date", "2026-11-16"));
    let moved = demo.post("front_desk", "/registers/move_ins/new", &home).await;
    let moved = moved.leads().split("new=").nth(1).expect("begun").to_owned();
    let keys = act("front_desk", &moved, "customer.keys_handed", &[("key.count", "3")]).await;
    assert_eq!(keys.status, 303, "{}", keys.body);
    for (field, value, why) in [
        ("fee.received", "0", "收款金额没有填对"),
        ("fee.paid_on", "2026-12-01", "收款日期还没有到"),
        ("fee.reference", "", "没有写支付流水号"),
    ] {
        let no = act("finance", &moved, "fee.paid_at_counter", &with(&paid, &[(field, value)])).await;
        assert!(no.status == StatusCode::UNPROCESSABLE_ENTITY && no.body.contains(why), "{why}: {}", no.body);
    }
    let no = act("front_desk", &moved, "fee.paid_at_counter", &paid).await;
    assert_eq!(no.status, StatusCode::UNPROCESSABLE_ENTITY, "only finance takes it");
    let done = act("finance", &moved, "fee.paid_at_counter", &paid).await;
    assert_eq!(done.status, 303, "{}", done.body);
    let no = act("finance", &moved, "fee.paid_at_counter", &paid).await;
    assert!(no.body.contains("已经开过收据 SP-202611-0001"), "{}", no.body);
    let cash = with(&paid, &[("fee.received", "107000.53"), ("fee.method", "cash"), ("fee.reference", "")]);
    assert_eq!(act("finance", &moved, "fee.paid_at_counter", &cash).await.status, 303);
    let print = async |nth: i64| demo.get("finance", &format!("/forms/SP-202611-000{nth}/print")).await.body;
    let (first, second) = (print(1).await, print(2).await);
    assert!(
        first.contains("叁佰贰拾伍元零肆分") && first.contains("4200-1") && !first.contains("壹拾万柒仟"),
        "{first}"
    );
    assert!(
        second.contains("壹拾万柒仟元零伍角叁分") && second.contains("现金") && !second.contains("4200-1"),
        "{second}"
    );
    let undone = act("finance", &moved, "fee.receipt_voided", &[("note", "钱退回，改走银行")]).await;
    assert_eq!(undone.status, 303, "{}", undone.body);
    let is_void = |page: &str| page.contains("sheet") && page.contains(" void\"");
    assert!(is_void(&print(2).await) && !is_void(&print(1).await), "the last one is void, the one before stands");
}
