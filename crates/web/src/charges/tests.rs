//! Quotes through the router: chosen from the list with quantities, agreed to, taken back, assessed outside it; who may take
//! the money.

use axum::http::StatusCode;
use office::case::ActOnCase;
use office::{Actor, charge};

use crate::testing::Demo;

async fn listed(demo: &Demo) {
    let sample = courier::prices::sample().expect("made");
    demo.upload("finance", "/prices/upload", "标准.xlsx", &sample, &[]).await;
    let done = demo.post("finance", "/prices/import", &[]).await;
    assert!(done.leads().contains("added=5"), "{}", done.body);
}

/// The field of an item's quantity.
fn quantity(trade: &str, name: &str) -> String {
    format!("qty-{}", journal::house::price_id(trade, name))
}

/// A repair at which the technician has arrived and found what was reported.
async fn at_the_door() -> (Demo, String) {
    let demo = Demo::founded().await;
    listed(&demo).await;
    let (case, _) = demo.repair("厨房水龙头漏水").await;
    demo.act("engineering_supervisor", &case, "repair.assigned", &[]).await;
    for step in ["take", "arrive", "verify"] {
        demo.pass(60);
        let done = demo.post("technician", &format!("/jobs/{case}/steps/{step}"), &[("as_reported", "yes")]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{step}: {}", done.body);
    }
    (demo, case)
}

/// Why somebody of this post may not do an act; empty when it is done.
async fn tried(demo: &Demo, post: &str, case: &str, act: &str, attributes: &[(&str, &str)]) -> String {
    demo.pass(60);
    let attributes = attributes.iter().map(|(id, value)| ((*id).to_owned(), (*value).to_owned())).collect();
    let command = ActOnCase { act: act.into(), attributes, ..ActOnCase::default() };
    let actor = Actor { posts: vec![post.to_owned()], ..demo.actor("front_desk") };
    let done = demo.web.house.act_on_case(demo.sent("front_desk", post), actor, case.to_owned(), command).await;
    done.expect("no fault").err().map(|no| no.to_string()).unwrap_or_default()
}

async fn total(demo: &Demo, case: &str) -> i64 {
    let kept = demo.web.house.case(1, case.to_owned()).await.expect("read").expect("there");
    charge::total(&charge::lines(&kept))
}

#[tokio::test]
async fn a_repairers_own_trade_stands_first() {
    let (demo, case) = at_the_door().await;
    let account = |trade: &str| office::site::PostChange {
        id: "technician".into(),
        name: "赵大成".into(),
        posts: vec!["technician".into()],
        trade: trade.into(),
        active: true,
        ..office::site::PostChange::default()
    };
    for (trade, first, second) in [("门窗", "门窗五金", "给排水"), ("给排水、电", "给排水", "门窗五金")]
    {
        let sent = demo.sent("administrator", "administrator");
        demo.web.house.set_account(sent, account(trade)).await.expect("no fault").expect("not refused");
        let page = demo.get("technician", &format!("/cases/{case}/quote")).await.body;
        let at = |words: &str| page.find(&format!("<summary>{words}")).unwrap_or_else(|| panic!("{words}: {page}"));
        assert!(at("水电") < at(first), "what was reported stands before everything");
        assert!(at(first) < at(second), "{trade}: {first} before {second}");
    }
}

#[tokio::test]
async fn a_quote_is_chosen_counted_and_agreed_to_and_no_other_sum_is_taken() {
    let (demo, case) = at_the_door().await;
    let page = demo.get("technician", &format!("/jobs/{case}")).await.body;
    assert!(page.contains("更换水龙头") && page.contains("30/只") && !page.contains("name=\"cost\""), "{page}");
    let (tap, valve) = (quantity("水电", "更换水龙头"), quantity("给排水", "角阀"));
    let path = format!("/jobs/{case}/steps/quote");
    let odd = demo.post("technician", &path, &[(&tap, "1.5"), (&valve, "2")]).await;
    assert_eq!(odd.status, StatusCode::UNPROCESSABLE_ENTITY);
    let empty = demo.post("technician", &path, &[(&tap, "")]).await;
    assert!(empty.status == StatusCode::UNPROCESSABLE_ENTITY && empty.body.contains("没有选项目"), "{}", empty.body);
    assert_eq!(total(&demo, &case).await, 0, "nothing half-written");
    let fields = [("command", "q1"), (tap.as_str(), "1"), (valve.as_str(), "2")];
    assert_eq!(demo.post("technician", &path, &fields).await.status, StatusCode::SEE_OTHER);
    assert_eq!(total(&demo, &case).await, 8_000);
    demo.post("technician", &path, &fields).await;
    assert_eq!(total(&demo, &case).await, 8_000, "sent twice, written once");
    let page = demo.get("technician", &format!("/jobs/{case}")).await.body;
    assert!(page.contains("80.00") && page.contains("业主同意费用 80 元"), "{page}");
    demo.post("technician", &format!("/jobs/{case}/steps/consent"), &[("payment", "cash")]).await;
    let kept = demo.web.house.case(1, case.clone()).await.expect("read").expect("there");
    let consent = kept.last("repair.consented").expect("agreed").event.body.attributes.clone();
    assert_eq!((consent["repair.cost"].as_str(), consent["repair.payment"].as_str()), ("8000", "cash"));
    let page = demo.get("front_desk", &format!("/cases/{case}")).await.body;
    assert!(page.contains("同意费用，同意维修") && !page.contains("费用 是"), "in a clerk's words: {page}");
    let fewer = [(tap.as_str(), "1"), (valve.as_str(), "1")];
    demo.post("front_desk", &format!("/cases/{case}/quote"), &fewer).await;
    assert_eq!(total(&demo, &case).await, 5_500, "one valve taken back");
    let no = tried(&demo, "technician", &case, "repair.amounts_entered", &[("repair.amount_due", "8000")]).await;
    assert!(no.contains("单上各项合计 55.00 元"), "{no}");
    demo.post("technician", &format!("/jobs/{case}/steps/work"), &[]).await;
    demo.post("technician", &format!("/jobs/{case}/steps/complete"), &[("note", "换好了")]).await;
    let kept = demo.web.house.case(1, case.clone()).await.expect("read").expect("there");
    assert_eq!(kept.attributes["repair.amount_due"], "5500");
    let number = kept.form("repair_slip").expect("issued").number.clone();
    let slip = demo.get("front_desk", &format!("/forms/{number}/print?size=A4")).await.body;
    assert!(slip.contains("更换水龙头 30.00/只×1=30.00；角阀 25.00/只×1=25.00。合计 55.00 元"), "{slip}");
    let shown = demo.get("front_desk", &format!("/cases/{case}")).await.body;
    assert!(shown.contains("55.00") && shown.contains("从标准选"), "{shown}");
}

#[tokio::test]
async fn an_old_quote_keeps_the_price_of_its_day() {
    let (demo, case) = at_the_door().await;
    let tap = quantity("水电", "更换水龙头");
    let path = format!("/cases/{case}/quote");
    assert_eq!(demo.post("front_desk", &path, &[(&tap, "1")]).await.status, StatusCode::SEE_OTHER);
    let dearer = "工种,项目,单位,单价,生效日\n水电,更换水龙头,只,40,2026-11-18\n".as_bytes();
    demo.upload("finance", "/prices/upload", "新.csv", dearer, &[]).await;
    demo.post("finance", "/prices/import", &[]).await;
    demo.pass(3 * 86_400);
    assert_eq!(total(&demo, &case).await, 3_000);
    demo.post("front_desk", &path, &[(&tap, "2")]).await;
    assert_eq!(total(&demo, &case).await, 7_000, "the second one costs what it costs today");
    demo.post("front_desk", &path, &[(&tap, "")]).await;
    assert_eq!(total(&demo, &case).await, 0, "each taken back at the price at which it was written");
}

#[tokio::test]
async fn what_the_caller_spoke_of_stands_first_on_the_list() {
    let demo = Demo::founded().await;
    listed(&demo).await;
    let (case, _) = demo.repair("洗手台的角阀拧不动").await;
    demo.act("engineering_supervisor", &case, "repair.assigned", &[]).await;
    let page = demo.get("technician", &format!("/jobs/{case}")).await.body;
    let at = |trade, name| page.find(&quantity(trade, name)).unwrap_or_else(|| panic!("no {name}: {page}"));
    assert!(at("给排水", "角阀") < at("水电", "更换水龙头"), "{page}");
}

#[tokio::test]
async fn what_the_list_does_not_hold_is_assessed_and_charged_as_assessed() {
    let (demo, case) = at_the_door().await;
    let off = demo.post("technician", &format!("/jobs/{case}/steps/off-list"), &[("note", "改一段水管")]).await;
    assert_eq!(off.status, StatusCode::SEE_OTHER, "{}", off.body);
    let kept = demo.web.house.case(1, case.clone()).await.expect("read").expect("there");
    assert_eq!(kept.attributes["repair.on_price_list"], "no");
    let page = demo.get("technician", &format!("/jobs/{case}")).await.body;
    assert!(page.contains("等主管评审报价") && !page.contains("steps/consent"), "{page}");
    let home = demo.get("engineering_supervisor", "/").await.body;
    let asked = format!("/cases/{case}/acts/repair.supervisor_took_on");
    assert!(home.contains(&asked), "{home}");
    let yes = [("repair.cost_consent", "yes"), ("repair.repair_consent", "yes")];
    let no = tried(&demo, "technician", &case, "repair.consented", &yes).await;
    assert!(no.contains("还没有评审"), "{no}");
    demo.act("engineering_supervisor", &case, "repair.supervisor_took_on", &[]).await;
    let yes = |fen| [("repair.feasible", "yes"), ("repair.cost", fen)];
    demo.act("engineering_supervisor", &case, "repair.assessed", &yes("38000")).await;
    assert_eq!(total(&demo, &case).await, 38_000);
    assert!(!demo.get("engineering_supervisor", "/").await.body.contains(&asked));
    let tap = quantity("水电", "更换水龙头");
    let listed = demo.post("technician", &format!("/jobs/{case}/steps/quote"), &[(&tap, "1")]).await;
    assert_eq!((listed.status, total(&demo, &case).await), (StatusCode::SEE_OTHER, 41_000), "{}", listed.body);
    demo.post("technician", &format!("/jobs/{case}/steps/quote"), &[(&tap, "0")]).await;
    let page = demo.get("technician", &format!("/jobs/{case}")).await.body;
    assert!(page.contains("业主同意费用 380 元") && page.contains("改标准内的项目"), "{page}");
    demo.act("engineering_supervisor", &case, "repair.assessed", &yes("35000")).await;
    assert_eq!(total(&demo, &case).await, 35_000, "the later assessment takes the place of the earlier");
    let hand = [
        ("repair.charge_kind", "other"),
        ("repair.price_item", "垃圾清运"),
        ("repair.unit_price", "2000"),
        ("repair.quantity", "1"),
    ];
    let no = tried(&demo, "technician", &case, charge::ENTERED, &hand).await;
    assert!(no.contains("不是从收费标准里选的"), "{no}");
    let no = tried(&demo, "engineering_supervisor", &case, charge::ENTERED, &hand).await;
    assert!(no.contains("没有写理由"), "{no}");
    let no = tried(
        &demo,
        "engineering_supervisor",
        &case,
        "repair.assessed",
        &[("repair.feasible", "no"), ("repair.cost", "0")],
    )
    .await;
    assert_eq!((no.as_str(), total(&demo, &case).await), ("", 0));
}

#[tokio::test]
async fn the_repairer_takes_no_cash_and_the_adopted_book_says_who_does() {
    for (books, takes, refused) in [
        (&["repair-residential"][..], "finance", "repair-residential"),
        (&["paid-service"][..], "service_centre", "paid-service"),
    ] {
        let demo = Demo::founded_under(books).await;
        let (case, _) = demo.repair("厨房水龙头漏水").await;
        demo.act("engineering_supervisor", &case, "repair.assigned", &[]).await;
        let cash = [("repair.amount_due", "5000"), ("case.reason", "业主没有开通托收")];
        let page = demo.post("technician", &format!("/cases/{case}/acts/repair.cash_received"), &cash).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", page.body);
        assert!(page.body.contains(&format!("/rulebooks/{refused}")), "{refused}: {}", page.body);
        let no = tried(&demo, "technician", &case, "repair.receipt_posted", &cash).await;
        assert!(no.contains("岗位"), "{no}");
        assert_eq!(tried(&demo, takes, &case, "repair.cash_received", &cash).await, "", "{takes}");
    }
}

#[tokio::test]
async fn what_the_repairer_wrote_on_the_slip_stands_in_the_form_of_finance() {
    let demo = Demo::founded().await;
    let (case, _) = demo.repair("厨房水龙头漏水").await;
    demo.completed(&case).await;
    demo.acts(&case, &[("technician", "repair.amounts_entered", &[("repair.amount_due", "5050")])]).await;
    let form = demo.get("finance", &format!("/cases/{case}/acts/repair.receipt_posted")).await;
    assert!(form.body.contains("value=\"50.50\""), "{}", form.body);
}
