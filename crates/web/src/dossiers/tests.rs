//! Customer files through the router: a file with its categories, people who come and go, joined files, emergency contacts,
//! registers from a sheet, needs, the archive.

use axum::http::StatusCode;

use crate::testing::{Demo, Shown};

const FILE: [(&str, &str); 8] = [
    ("place", "3-2-501"),
    ("dossier.fit_out", "不适用：未装修"),
    ("dossier.engineering", "不适用"),
    ("dossier.payments", "银行托收"),
    ("dossier.move_in_forms", "入伙登记表"),
    ("dossier.source", "入伙时登记"),
    ("dossier.verifier", "唐主管"),
    ("dossier.reconfirm_by", "2027-11-16"),
];

async fn begin(demo: &Demo, account: &str, register: &str, fields: &[(&str, &str)]) -> String {
    let done = demo.post(account, &format!("/registers/{register}/new"), fields).await;
    let number = done.leads().split("new=").nth(1).map(str::to_owned);
    number.unwrap_or_else(|| panic!("{register}: {}", done.body))
}

async fn act(demo: &Demo, account: &str, number: &str, act: &str, fields: &[(&str, &str)]) -> Shown {
    demo.post(account, &format!("/cases/{number}/acts/{act}"), fields).await
}

fn home(page: &str) -> String {
    let at = page.find("/dossiers/3").expect("a link to a file");
    page[at..].split('"').next().expect("an address").to_owned()
}

#[tokio::test]
async fn a_file_has_twelve_categories_and_tells_what_is_missing() {
    let demo = Demo::founded_under(&["customer-archive"]).await;
    let list = demo.get("front_desk", "/dossiers?q=3-2-501").await.body;
    assert!(list.contains("还没有建档"), "{list}");
    let path = home(&list);
    let before = demo.get("front_desk", &path).await.body;
    assert!(before.contains("建立客户档案") && before.contains("紧急事故联络人"), "{before}");
    let number = begin(&demo, "front_desk", "dossiers", &FILE).await;
    assert!(number.starts_with("DA-"));
    let page = demo.get("front_desk", &path).await.body;
    for part in [number.as_str(), "不适用：未装修", "系统自动归集", "唐主管", "2027-11-16"] {
        assert!(page.contains(part), "{part}: {page}");
    }
    // Without a reason the engineering file is not settled; own data, supplements and whom to call lack too: 8 of 12.
    assert_eq!(page.matches("66.7%").count(), 3, "complete, accurate, valid: {page}");
    let again = demo.post("front_desk", "/registers/dossiers/new", &FILE).await;
    assert!(again.status == StatusCode::UNPROCESSABLE_ENTITY && again.body.contains(&number), "{}", again.body);

    let category = demo.get("front_desk", "/registers/dossier_categories").await.body;
    assert!(category.contains("工程档案") && category.contains("投诉记录"), "{category}");
    let confirmed = [("dossier.verifier", "白演心"), ("dossier.reconfirm_by", "2028-11-16")];
    let done = act(&demo, "front_desk", &number, "dossier.reconfirmed", &confirmed).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let page = demo.get("front_desk", &path).await.body;
    assert!(page.contains("白演心") && page.contains("2028-11-16") && !page.contains("2027-11-16"), "{page}");
    let csv = demo.get("office_manager", "/registers/dossiers?as=csv").await.body;
    assert!(csv.contains(&number), "{csv}");
    let print = demo.get("front_desk", &format!("/forms/{number}/print")).await.body;
    assert!(print.contains("qms-pm-31301") && print.contains("未装修"), "{print}");
}

#[tokio::test]
async fn people_come_and_go_with_their_days_and_a_look_needs_a_purpose() {
    let demo = Demo::founded().await;
    let path = home(&demo.get("front_desk", "/dossiers?q=3-2-501").await.body);
    let who = [("tenure", "member"), ("name", "钱小示"), ("phone", "13900001234"), ("since", "2026-11-01")];
    let done = demo.post("front_desk", &format!("{path}/people"), &who).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let twice = demo.post("front_desk", &format!("{path}/people"), &who).await;
    assert!(twice.status == StatusCode::UNPROCESSABLE_ENTITY && twice.body.contains("已经有这个人"), "{}", twice.body);
    let page = demo.get("front_desk", &path).await.body;
    assert!(page.contains("钱**") && page.contains("家庭成员") && page.contains("139****1234"), "{page}");
    assert!(!page.contains("13900001234"), "masked until a purpose is told");
    let no = demo.post("front_desk", &format!("{path}/unmask"), &[("purpose", "")]).await;
    assert_eq!(no.status, StatusCode::UNPROCESSABLE_ENTITY);
    let full = demo.post("front_desk", &format!("{path}/unmask"), &[("purpose", "回电约时间")]).await.body;
    assert!(full.contains("13900001234"), "{full}");
    assert!(demo.get("front_desk", &path).await.body.contains("回电约时间"), "who saw it is on the page");
    let copy = demo.post("front_desk", &format!("{path}/copy"), &[("purpose", "本人来要一份")]).await;
    assert_eq!(copy.status, StatusCode::OK);
    assert_eq!(
        demo.post("finance", &format!("{path}/unmask"), &[("purpose", "看看")]).await.status,
        StatusCode::FORBIDDEN
    );

    let sold = [
        ("place", "3-2-501"),
        ("name", "孙新示"),
        ("phone", "13700005678"),
        ("customer.owner_since", "2026-11-16"),
        ("dossier.change_basis", "不动产证"),
    ];
    begin(&demo, "front_desk", "ownership_changes", &sold).await;
    let page = demo.get("front_desk", &path).await.body;
    assert!(page.contains("孙**") && page.contains("从前的") && page.contains("2026-11-15"), "{page}");
    assert!(demo.get("front_desk", "/dossiers?q=13700005678").await.body.contains("孙"), "found by the new number");
}

#[tokio::test]
async fn joined_files_are_found_as_one_and_parted_again() {
    let demo = Demo::founded().await;
    let one = home(&demo.get("front_desk", "/dossiers?q=3-2-501").await.body);
    let other = home(&demo.get("front_desk", "/dossiers?q=3-2-502").await.body);
    let no = demo.post("front_desk", &format!("{one}/merge"), &[("from", "9-9-999")]).await;
    assert!(no.status == StatusCode::UNPROCESSABLE_ENTITY && no.body.contains("没有找到"), "{}", no.body);
    let done = demo.post("front_desk", &format!("{one}/merge"), &[("from", "3-2-502")]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    assert!(demo.get("front_desk", &other).await.body.contains("已经并入"));
    assert!(demo.get("front_desk", "/dossiers?q=3-2-502").await.body.contains("没有找到"), "it is not found any more");
    let from = other.rsplit('/').next().expect("an id").to_owned();
    let done = demo.post("front_desk", &format!("{one}/part"), &[("from", &from)]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    assert!(!demo.get("front_desk", "/dossiers?q=3-2-502").await.body.contains("没有找到"));

    demo.repair("厨房水龙头漏水").await;
    assert!(!demo.get("front_desk", "/cases?household=3-2-502").await.body.contains("厨房水龙头漏水"), "not theirs");
    demo.post("front_desk", &format!("{other}/merge"), &[("from", "3-2-501")]).await;
    for path in ["/cases?household=3-2-502", "/cases?household=3-2-501", "/cases?q=3-2-502", "/desk?household=3-2-502"]
    {
        let shown = demo.get("front_desk", path).await.body;
        assert!(shown.contains("厨房水龙头漏水"), "{path} holds the matters of both: {shown}");
    }
}

#[tokio::test]
async fn a_move_in_goes_from_the_ledger_to_the_keys() {
    let demo = Demo::founded_under(&["customer-archive", "customer-info"]).await;
    let moved = [("place", "3-2-501"), ("name", "单晓演"), ("customer.move_in_date", "2026-11-16")];
    let number = begin(&demo, "front_desk", "move_ins", &moved).await;
    let early = act(&demo, "front_desk", &number, "customer.move_in_closed", &[]).await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY, "not without registration");
    let bill = act(&demo, "front_desk", &number, "customer.first_utility_billed", &[]).await;
    assert!(bill.status == StatusCode::UNPROCESSABLE_ENTITY && bill.body.contains("确认水电表底数"), "{}", bill.body);
    for (name, fields) in [
        ("customer.registered", &[("customer.kind_of", "owner")][..]),
        ("customer.bank_account_taken", &[("customer.bank_account", "6222 0000 1234 5678")]),
        ("customer.paid_list_given", &[("price.edition", "2026")]),
        ("customer.meter_confirmed", &[("meter.water", "12"), ("meter.power", "340")]),
        ("customer.meter_signed", &[("way", "paper"), ("signer", "钱一")]),
        ("customer.meter_signed", &[("way", "none")]),
        ("customer.keys_handed", &[("key.count", "3"), ("way", "paper"), ("signer", "钱一")]),
    ] {
        let done = act(&demo, "front_desk", &number, name, fields).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{name}: {}", done.body);
    }
    let page = demo.get("front_desk", &format!("/cases/{number}")).await.body;
    assert!(page.contains("5678") && !page.contains("6222 0000"), "the account is under the person's key: {page}");
    let no = act(&demo, "front_desk", &number, "customer.move_in_closed", &[]).await;
    assert!(no.status == StatusCode::UNPROCESSABLE_ENTITY && no.body.contains("迁入表格"), "{}", no.body);
    let forms = [("dossier.move_in_forms", "全套")];
    let done = act(&demo, "front_desk", &number, "customer.move_in_closed", &forms).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let done = act(&demo, "finance", &number, "customer.first_utility_billed", &[]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let gone = [("place", "3-2-501"), ("customer.move_out_date", "2026-11-16")];
    assert!(begin(&demo, "front_desk", "move_outs", &gone).await.starts_with("QC-"));
}

#[tokio::test]
async fn what_has_one_name_stands_once_and_a_leavers_card_is_taken_back() {
    let demo = Demo::founded_under(&["customer-archive"]).await;
    let card = [("place", "3-2-501"), ("name", "雇员乙"), ("card.number", "0457")];
    let issued = begin(&demo, "front_desk", "identity_cards", &card).await;
    let twice = demo.post("front_desk", "/registers/identity_cards/new", &card).await;
    assert!(twice.status == StatusCode::UNPROCESSABLE_ENTITY && twice.body.contains(&issued), "{}", twice.body);
    let nobody =
        demo.post("front_desk", "/registers/identity_cards/new", &[("place", "3-2-501"), ("card.number", "0458")]);
    assert!(nobody.await.body.contains("雇员姓名"), "the clause asks for a name");
    let left = [("place", "3-2-501"), ("name", "雇员乙"), ("card.number", "0457")];
    let leaver = begin(&demo, "front_desk", "leavers", &left).await;
    let list = demo.get("front_desk", "/registers/leavers").await.body;
    assert!(list.contains("雇**") && !list.contains("雇员乙"), "{list}");
    let done = act(&demo, "front_desk", &leaver, "customer_employee.card_revoked", &[]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let open = demo.get("front_desk", "/registers/identity_cards?state=open").await.body;
    assert!(!open.contains(&issued), "the card is no longer valid: {open}");

    let space = |start: &'static str| {
        [
            ("place", "3-2-501"),
            ("name", "单晓演"),
            ("parking.space", "B2-017"),
            ("parking.way", "let"),
            ("parking.new_start", start),
            ("parking.new_end", "2026-12-31"),
        ]
    };
    let first = begin(&demo, "front_desk", "parking_spaces", &space("2026-01-01")).await;
    let no = demo.post("front_desk", "/registers/parking_spaces/new", &space("2026-12-31")).await;
    assert_eq!(no.status, StatusCode::UNPROCESSABLE_ENTITY, "a day of overlap is one: {}", no.body);
    begin(&demo, "front_desk", "parking_spaces", &space("2027-01-01")).await;
    let done = act(&demo, "front_desk", &first, "parking_space.permit_issued", &[("parking.permit", "P-017")]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let permits = demo.get("front_desk", "/registers/parking_permits").await.body;
    assert!(permits.contains("P-017") && permits.contains("B2-017"), "{permits}");

    let mut other = space("2026-01-01");
    other[2].1 = "B2-018";
    let second = begin(&demo, "front_desk", "parking_spaces", &other).await;
    let permit = [("parking.permit", "P-017")];
    let no = act(&demo, "front_desk", &second, "parking_space.permit_issued", &permit).await;
    assert!(no.status == StatusCode::UNPROCESSABLE_ENTITY && no.body.contains("还没有收回"), "{}", no.body);
    assert!(no.body.contains(&first), "the refusal leads to who has it: {}", no.body);
    act(&demo, "front_desk", &first, "parking_space.permit_returned", &[]).await;
    let done = act(&demo, "front_desk", &second, "parking_space.permit_issued", &permit).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "once taken back it may be given out again: {}", done.body);
}

#[tokio::test]
async fn a_register_is_filled_from_a_sheet_and_bad_rows_are_told() {
    let demo = Demo::founded().await;
    let path = "/registers/bike_plates";
    assert!(demo.get("front_desk", path).await.body.contains("/registers/bike_plates/import"));
    let sheet =
        "房号,姓名,电话,车牌号,备注\n3-2-501,钱一,13800000001,A0088,红\n9-9-901,无人,,A0089,\n3-2-502,曾二,,,\n";
    let sent = demo.upload("front_desk", &format!("{path}/upload"), "plates.csv", sheet.as_bytes(), &[]).await;
    assert_eq!(sent.leads(), "/registers/bike_plates/import", "{}", sent.body);
    let preview = demo.get("front_desk", "/registers/bike_plates/import").await.body;
    for part in ["1 行可以导入", "台账里没有这个房号", "这一列必须填", "A0088"] {
        assert!(preview.contains(part), "{part}: {preview}");
    }
    let done = demo.post("front_desk", "/registers/bike_plates/import", &[]).await;
    assert_eq!(done.leads(), "/registers/bike_plates?new=1", "{}", done.body);
    let list = demo.get("front_desk", path).await.body;
    assert!(list.contains("A0088") && !list.contains("A0089"), "{list}");
    assert_eq!(demo.get("front_desk", &format!("{path}/sample.xlsx")).await.status, StatusCode::OK);
}

#[tokio::test]
async fn needs_purchases_passes_and_undertakings_come_from_a_sheet_too() {
    let demo = Demo::founded().await;
    for register in ["needs", "purchases", "release_passes", "secrecy_undertakings"] {
        let path = format!("/registers/{register}");
        let page = demo.get("office_manager", &path).await.body;
        assert!(page.contains(&format!("{path}/import")), "{register}: {page}");
        assert_eq!(
            demo.get("office_manager", &format!("{path}/sample.xlsx")).await.status,
            StatusCode::OK,
            "{register}"
        );
    }
}

#[tokio::test]
async fn the_archive_lends_to_who_signed_and_destroys_what_was_approved() {
    let demo = Demo::founded_under(&["office-systems"]).await;
    let got = [("archive.item_title", "十月报表"), ("archive.department", "财务部")];
    let number = begin(&demo, "archive", "archive_items", &got).await;
    let no = act(&demo, "archive", &number, "archive_item.filed", &[("archive.item_title", "十月报表")]).await;
    assert!(no.status == StatusCode::UNPROCESSABLE_ENTITY, "the clause asks for six things: {}", no.body);
    let filed = [
        ("archive.item_title", "十月报表"),
        ("archive.formed_on", "2026-10-31"),
        ("archive.source", "财务部"),
        ("archive.pages", "12"),
        ("archive.class", "财务"),
        ("archive.number", "A-01"),
        ("archive.carrier", "paper"),
        ("archive.keep_until", "2026-11-16"),
    ];
    let done = act(&demo, "archive", &number, "archive_item.filed", &filed).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let lent = [
        ("archive.borrower", "演示员工"),
        ("archive.in_circle", "yes"),
        ("archive.due_back", "2026-11-20"),
        ("archive.purpose", "核对账目"),
    ];
    let no = act(&demo, "archive", &number, "archive_item.lent", &lent).await;
    assert!(no.status == StatusCode::UNPROCESSABLE_ENTITY && no.body.contains("保密承诺"), "{}", no.body);
    begin(&demo, "archive", "secrecy_undertakings", &[("note", "遵守保密守则")]).await;
    let outside = [
        ("archive.borrower", "外人"),
        ("archive.in_circle", "no"),
        ("archive.due_back", "2026-11-20"),
        ("archive.purpose", "看看"),
    ];
    let no = act(&demo, "archive", &number, "archive_item.lent", &outside).await;
    assert!(no.status == StatusCode::UNPROCESSABLE_ENTITY && no.body.contains("批准扩大借阅"), "{}", no.body);
    let done = act(&demo, "archive", &number, "archive_item.lent", &lent).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let room = demo.get("archive", "/archive").await.body;
    assert!(room.contains("财务部") && room.contains("核对账目"), "{room}");
    assert_eq!(act(&demo, "archive", &number, "archive_item.returned", &[]).await.status, StatusCode::SEE_OTHER);
    let early = act(&demo, "office_manager", &number, "archive_item.destruction_approved", &[("note", "到期")]).await;
    assert!(early.status == StatusCode::UNPROCESSABLE_ENTITY && early.body.contains("作废"), "{}", early.body);
    assert_eq!(
        act(&demo, "archive", &number, "archive_item.voided", &[("note", "重复")]).await.status,
        StatusCode::SEE_OTHER
    );
    let kept = act(&demo, "office_manager", &number, "archive_item.destruction_approved", &[("note", "到期")]).await;
    assert!(kept.status == StatusCode::UNPROCESSABLE_ENTITY && kept.body.contains("还没有到期"), "{}", kept.body);
}

#[tokio::test]
async fn a_need_goes_to_its_outcome() {
    let demo = Demo::founded_under(&["customer-needs"]).await;
    let voiced =
        [("place", "3-2-501"), ("need.content", "早上电梯太慢"), ("need.topic", "lift"), ("need.source", "visit")];
    let number = begin(&demo, "front_desk", "needs", &voiced).await;
    let page = demo.get("front_desk", "/needs").await.body;
    assert!(page.contains("电梯"), "{page}");
    let no = act(&demo, "front_desk", &number, "need.closed", &[]).await;
    assert!(no.status == StatusCode::UNPROCESSABLE_ENTITY && no.body.contains("需求结果"), "{}", no.body);
    let declined = [("need.outcome", "declined")];
    let no = act(&demo, "front_desk", &number, "need.closed", &declined).await;
    assert!(no.status == StatusCode::UNPROCESSABLE_ENTITY && no.body.contains("原因说明"), "{}", no.body);
    let done = act(&demo, "front_desk", &number, "need.closed", &[("need.outcome", "met")]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let bought = [("place", "3-2-501"), ("purchase.what", "空调清洗"), ("purchase.channel", "平台")];
    let no = demo.post("office_manager", "/registers/purchases/new", &bought).await;
    assert!(no.status == StatusCode::UNPROCESSABLE_ENTITY && no.body.contains("同意凭据"), "{}", no.body);
}

#[tokio::test]
async fn emergency_contacts_stand_on_one_page_and_who_lacks_one_is_red() {
    let demo = Demo::founded().await;
    let path = home(&demo.get("front_desk", "/dossiers?q=3-2-501").await.body);
    let page = demo.get("archive", "/dossiers/emergency").await;
    assert_eq!(page.status, StatusCode::OK, "the duty desk needs it day and night");
    assert!(page.body.contains("没有紧急联络人"), "{}", page.body);
    let who = [("tenure", "emergency_contact"), ("name", "罗示"), ("phone", "13900000000")];
    assert_eq!(demo.post("front_desk", &format!("{path}/people"), &who).await.status, StatusCode::SEE_OTHER);
    let page = demo.get("front_desk", "/dossiers/emergency").await.body;
    assert!(page.contains("罗*") && !page.contains("13900000000"), "{page}");
    let full = demo.post("front_desk", "/dossiers/emergency", &[("purpose", "水浸")]).await.body;
    assert!(full.contains("13900000000"), "{full}");
}

#[test]
fn a_share_is_never_rounded_up_to_all() {
    let share = super::list::share;
    assert_eq!(share(11, 12), "91.7%");
    assert_eq!(share(12, 12), "100.0%");
    assert_eq!(share(119_999, 120_000), "99.9%");
    assert_eq!(share(0, 0), "—");
}
