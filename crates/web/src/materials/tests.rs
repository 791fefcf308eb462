//! Materials through the router: a card opened, drawn by a slip, brought back, counted, bought; stock and money add up in
//! whatever order people act.

use axum::http::StatusCode;
use office::case::{ActOnCase, Case, OpenRecord};
use office::{Actor, charge, stock};

use crate::testing::Demo;

/// A card with pieces on the shelf.
async fn card(demo: &Demo, id: &str, name: &str, pieces: &str) -> String {
    let said = [("material.name", name), ("material.unit", "只"), ("material.quantity", pieces), ("material.low", "2")];
    let attributes = said.iter().map(|(id, value)| ((*id).to_owned(), (*value).to_owned())).collect();
    let act = ActOnCase { act: "stock.card_opened".into(), attributes, ..ActOnCase::default() };
    let form = OpenRecord { case: id.into(), register: "stock_cards".into(), act, ..OpenRecord::default() };
    let sent = demo.sent("engineering_supervisor", "engineering_supervisor");
    let done = demo.web.house.open_record(sent, demo.actor("engineering_supervisor"), form).await;
    done.expect("no fault").expect("not refused");
    id.to_owned()
}

async fn case(demo: &Demo, id: &str) -> Case {
    demo.web.house.case(1, id.to_owned()).await.expect("read").expect("there")
}

async fn repair(demo: &Demo) -> String {
    let (repair, _) = demo.repair("厨房水龙头漏水").await;
    demo.act("engineering_supervisor", &repair, "repair.assigned", &[]).await;
    repair
}

#[tokio::test]
async fn materials_leave_by_a_slip_and_what_is_left_over_comes_back() {
    let demo = Demo::founded().await;
    let (tap, valve) = (card(&demo, "tap", "水龙头", "3").await, card(&demo, "valve", "角阀", "0").await);
    let repair = repair(&demo).await;
    let path = format!("/cases/{repair}/materials");
    let form = demo.get("technician", &path).await.body;
    assert!(form.contains("水龙头") && form.contains("3 只") && form.contains("库存低"), "{form}");
    let no = demo.post("technician", &path, &[("draw-tap", "2"), ("draw-valve", "1")]).await;
    assert_eq!(no.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(no.body.contains("角阀库存只有 0 只"), "{}", no.body);
    assert_eq!(stock::balance(&case(&demo, &tap).await), 3, "nothing half-drawn");
    let drawn = demo.post("technician", &path, &[("draw-tap", "2"), ("draw-valve", "")]).await;
    assert_eq!(drawn.leads(), format!("/cases/{repair}"), "{}", drawn.body);
    assert_eq!(demo.post("technician", &path, &[("back-tap", "3")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    demo.post("technician", &path, &[("back-tap", "1")]).await;
    let kept = case(&demo, &repair).await;
    assert_eq!(stock::used_in_words(&kept), "水龙头 1 只");
    assert_eq!(kept.forms.iter().filter(|form| form.form == "store_requisition").count(), 1, "one sheet for both");
    let number = &kept.form("store_requisition").expect("issued").number;
    let sheet = demo.get("engineering_supervisor", &format!("/forms/{number}/print")).await.body;
    assert!(sheet.contains("领料单") && sheet.contains("水龙头；2；只"), "{sheet}");
    let shown = demo.get("engineering_supervisor", &format!("/cases/{tap}")).await.body;
    assert!(shown.contains("结存 2 只") && shown.contains("凭单出库") && shown.contains("库存低"), "{shown}");
    let buy = |card: &str| format!("/cases/{card}/acts/stock.requisitioned");
    let home = demo.get("engineering_supervisor", "/").await.body;
    assert!(home.contains(&buy(&valve)), "one that was opened empty too");
    assert!(home.contains(&buy(&tap)), "a card that fell to its low level is to be bought: {home}");
    demo.act("engineering_supervisor", &tap, "stock.requisitioned", &[("material.quantity", "5")]).await;
    assert!(!demo.get("engineering_supervisor", "/").await.body.contains(&buy(&tap)), "asked for once");
    for (act, fields) in [
        ("stock.received", [("material.quantity", "10")]),
        ("stock.counted", [("material.counted", "9")]),
        ("stock.level_set", [("material.low", "4")]),
        ("stock.requisitioned", [("material.quantity", "20")]),
    ] {
        demo.act("engineering_supervisor", &valve, act, &fields).await;
    }
    let kept = case(&demo, &valve).await;
    assert_eq!((stock::balance(&kept), stock::low_level(&kept)), (9, Some(4)));
    let number = &kept.form("purchase_requisition").expect("issued").number;
    let sheet = demo.get("engineering_supervisor", &format!("/forms/{number}/print")).await.body;
    assert!(sheet.contains("申购单") && sheet.contains("角阀；20 只"), "{sheet}");
    let asked_by = sheet.split("申购人").nth(1).unwrap_or_default();
    assert!(asked_by.split("审批").next().unwrap_or_default().contains("吴工"), "who asked has signed: {sheet}");
    let list = demo.get("engineering_supervisor", "/registers/stock_cards").await.body;
    assert!(list.contains("水龙头") && list.contains("库存低") && list.contains("低库存线"), "{list}");
}

#[tokio::test]
async fn a_repairer_short_of_material_says_so_and_purchasing_asks_for_it() {
    let demo = Demo::founded_under(&["paid-service", "repair-residential"]).await;
    let repair = repair(&demo).await;
    let post = |act: &str| format!("/cases/{repair}/acts/{act}");
    let short = [("material.name", "阀芯"), ("material.quantity", "1")];
    demo.act("technician", &repair, "repair.site_surveyed", &[]).await;
    let said = demo.post("technician", &post("repair.out_of_stock"), &short).await;
    assert_eq!(said.status, StatusCode::SEE_OTHER, "{}", said.body);
    let home = demo.get("engineering_supervisor", "/").await.body;
    assert!(home.contains("按期跟进") && home.contains(&post("repair.requisitioned")), "{home}");
    assert_eq!(
        demo.post("technician", &post("repair.requisitioned"), &short).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    demo.act("engineering_supervisor", &repair, "repair.requisitioned", &short).await;
    assert!(!demo.get("engineering_supervisor", "/").await.body.contains(&post("repair.requisitioned")));
    let number = case(&demo, &repair).await.form("purchase_requisition").expect("issued").number.clone();
    let sheet = demo.get("engineering_supervisor", &format!("/forms/{number}/print")).await.body;
    assert!(sheet.contains("阀芯；1"), "{sheet}");
}

/// A small sequence of numbers that is the same each time.
struct Turns(u64);

impl Turns {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

async fn attempt(demo: &Demo, post: &str, id: &str, act: ActOnCase) -> bool {
    demo.pass(1);
    let actor = Actor { posts: vec![post.to_owned()], ..demo.actor("front_desk") };
    let done = demo.web.house.act_on_case(demo.sent("front_desk", post), actor, id.to_owned(), act).await;
    done.expect("no fault").is_ok()
}

fn act(name: &str, attributes: &[(&str, String)], links: &[(&str, String)]) -> ActOnCase {
    let owned = |pairs: &[(&str, String)]| pairs.iter().map(|(id, value)| ((*id).to_owned(), value.clone())).collect();
    ActOnCase {
        act: name.into(),
        attributes: owned(attributes),
        links: owned(links),
        note: "演示".into(),
        ..ActOnCase::default()
    }
}

/// Whatever is drawn, brought back, received, counted, quoted and taken back, in whatever order and however often refused:
/// what is on the shelves, in the jobs and on the slips adds up to what was written.
#[tokio::test]
async fn stock_and_money_add_up_whatever_the_order_of_acts() {
    let demo = Demo::founded().await;
    let sample = courier::prices::sample().expect("made");
    demo.upload("finance", "/prices/upload", "标准.xlsx", &sample, &[]).await;
    demo.post("finance", "/prices/import", &[]).await;
    let today = demo.web.house.laws().zone.date(demo.now());
    let prices = demo.web.house.prices(1, today).await.expect("read");
    for seed in [3, 17] {
        let mut turns = Turns(seed);
        let cards = [
            card(&demo, &format!("a{seed}"), "水龙头", "5").await,
            card(&demo, &format!("b{seed}"), "角阀", "0").await,
        ];
        let repairs = [repair(&demo).await, repair(&demo).await];
        let (mut shelf, mut jobs, mut slips) = ([5_i64, 0], [[0_i64; 2]; 2], [0_i64; 2]);
        for _ in 0..70 {
            let (c, r, n) = (turns.below(2) as usize, turns.below(2) as usize, turns.below(5) as i64);
            let pieces = [("material.card", cards[c].clone()), ("material.quantity", n.to_string())];
            match turns.below(7) {
                0 if attempt(&demo, "engineering_supervisor", &cards[c], act("stock.received", &pieces[1..], &[]))
                    .await =>
                {
                    shelf[c] += n
                }
                1 => {
                    let counted = [("material.counted", n.to_string())];
                    assert!(
                        attempt(&demo, "engineering_supervisor", &cards[c], act("stock.counted", &counted, &[])).await
                    );
                    shelf[c] = n;
                }
                2 | 3 => {
                    let done =
                        attempt(&demo, "technician", &repairs[r], act("repair.materials_drawn", &pieces, &[])).await;
                    assert_eq!(done, n > 0 && n <= shelf[c], "{n} of {}", shelf[c]);
                    if done {
                        (shelf[c], jobs[r][c]) = (shelf[c] - n, jobs[r][c] + n);
                    }
                }
                4 => {
                    let done =
                        attempt(&demo, "technician", &repairs[r], act("repair.materials_returned", &pieces, &[])).await;
                    if done {
                        assert!(n > 0 && n <= jobs[r][c]);
                        (shelf[c], jobs[r][c]) = (shelf[c] + n, jobs[r][c] - n);
                    }
                }
                5 => {
                    let price = &prices[turns.below(prices.len() as u64) as usize];
                    let line = act(
                        charge::ENTERED,
                        &[("repair.quantity", n.to_string())],
                        &[(charge::PRICE, price.id.clone())],
                    );
                    if attempt(&demo, "technician", &repairs[r], line).await {
                        slips[r] += n * price.version.price.fen;
                    }
                }
                _ => {
                    let lines = charge::lines(&case(&demo, &repairs[r]).await);
                    let Some(line) = lines.first() else { continue };
                    let back = act(
                        charge::ENTERED,
                        &[("repair.quantity", n.to_string())],
                        &[(charge::REVERSES, line.seq.to_string())],
                    );
                    let done = attempt(&demo, "technician", &repairs[r], back).await;
                    assert_eq!(done, n > 0 && n <= line.quantity);
                    if done {
                        slips[r] -= n * line.fen;
                    }
                }
            }
        }
        let rows = demo.web.house.stock(1).await.expect("read");
        for (c, id) in cards.iter().enumerate() {
            let kept = case(&demo, id).await;
            let moved = stock::movements(&kept);
            assert_eq!(moved.iter().map(|it| it.pieces).sum::<i64>(), shelf[c], "seed {seed}");
            assert_eq!(stock::balance(&kept), shelf[c]);
            assert_eq!(rows.iter().find(|row| row.case == *id).map(|row| row.balance), Some(shelf[c]), "as rows");
            assert!(moved.iter().all(|it| it.balance >= 0));
        }
        for (r, id) in repairs.iter().enumerate() {
            let kept = case(&demo, id).await;
            for (c, card) in cards.iter().enumerate() {
                let drawn: i64 = stock::used(&kept).iter().filter(|it| it.card == *card).map(|it| it.pieces).sum();
                assert_eq!(drawn, jobs[r][c]);
            }
            assert_eq!(charge::total(&charge::lines(&kept)), slips[r], "seed {seed}");
        }
    }
}
