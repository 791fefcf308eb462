//! Price list, stock and link (收费标准、库存、住户链接) on both engines: what they write is rebuilt from the journal the same.

use jiff::civil::{Date, date};
use office::case::{ActOnCase, CaseKind, OpenRecord};
use office::price::{Price, PriceChange};
use office::site::CharterChange;

use super::house::{Story, on, same_when_rebuilt};
use crate::house::price_id;
use crate::{Engine, Store};

fn price(fen: i64, from: Date) -> Price {
    Price {
        trade: "水电".into(),
        name: "更换水龙头".into(),
        kind: "labour".into(),
        unit: "只".into(),
        fen,
        from,
        until: None,
        free: false,
        warranty: false,
        remark: String::new(),
    }
}

/// How often the group was told that a material runs low.
async fn low_told(story: &Story) -> usize {
    let store = story.house.store().clone();
    let messages = tokio::task::spawn_blocking(move || store.dump(&["outbox"]).unwrap()).await.unwrap();
    messages.matches("库存低 KC-").count()
}

async fn priced_drawn_and_linked(store: Store) {
    let mut story = Story::begin(store).await;
    let sent = story.sent(1, "demo.finance", "finance");
    let list = vec![price(3_000, date(2026, 1, 1))];
    let told = story.house.import_prices(sent, Story::actor("finance"), list.clone()).await.unwrap().unwrap().answer;
    assert_eq!((told.added, told.changed, told.unchanged), (1, 0, 0));
    let sent = story.sent(1, "demo.technician", "technician");
    assert!(story.house.import_prices(sent, Story::actor("technician"), list).await.unwrap().is_err());
    let id = price_id("水电", "更换水龙头");
    let change = PriceChange::Write { price: price(3_500, date(2026, 12, 1)), seen: Some(1) };
    let sent = story.sent(1, "demo.finance", "finance");
    story.house.change_price(sent, Story::actor("finance"), id.clone(), change).await.unwrap().unwrap();
    let rows = story.house.prices(1, date(2026, 11, 16)).await.unwrap();
    assert_eq!((rows[0].version.price.fen, rows[0].next), (3_000, Some((date(2026, 12, 1), 3_500))));
    assert!(story.house.prices(1, date(2025, 12, 31)).await.unwrap().is_empty());

    let robot = CharterChange::Set { name: "群机器人地址".into(), value: "https://127.0.0.1/robot".into() };
    let sent = story.sent(1, "admin", "administrator");
    story.house.change_charter(sent, robot).await.unwrap().unwrap();
    let said =
        [("material.name", "水龙头"), ("material.unit", "只"), ("material.quantity", "5"), ("material.low", "3")];
    let attributes = said.map(|(id, value)| (id.to_owned(), value.to_owned())).into();
    let act = ActOnCase { act: "stock.card_opened".into(), attributes, ..ActOnCase::default() };
    let record = OpenRecord { case: "card".into(), register: "stock_cards".into(), act, ..OpenRecord::default() };
    let sent = story.sent(1, "demo.engineering_supervisor", "engineering_supervisor");
    story.house.open_record(sent, Story::actor("engineering_supervisor"), record).await.unwrap().unwrap();
    story.register(CaseKind::Repair, &[("repair.object", "own"), ("repair.on_price_list", "yes")]).await;
    story.act("engineering_supervisor", "repair.assigned", &[]).await;
    let drawn = [("material.card", "card"), ("material.quantity", "2")];
    story.act("technician", "repair.materials_drawn", &drawn).await;
    let stock = story.house.stock(1).await.unwrap();
    assert_eq!((stock[0].name.as_str(), stock[0].balance), ("水龙头", 3));

    // Told when it falls to its level, and not again while it stays there; again at the next fall.
    for (act, pieces, told) in
        [("repair.materials_drawn", "1", 1), ("repair.materials_returned", "2", 1), ("repair.materials_drawn", "1", 2)]
    {
        let moved = [("material.card", "card"), ("material.quantity", pieces)];
        story.act("technician", act, &moved).await;
        assert_eq!(low_told(&story).await, told, "{act} {pieces}");
    }

    let case = story.case.clone();
    let sent = story.sent(1, "demo.front_desk", "front_desk");
    story.house.give_link(sent, case.clone(), "code".into(), "hash".into()).await.unwrap().unwrap();
    let found = |now| story.house.linked_case("hash".into(), now);
    assert_eq!(found(story.now).await.unwrap(), Some((1, case.clone())));
    assert_eq!(found(story.now.plus_seconds(31 * 86_400)).await.unwrap(), None, "it ends");
    let kept = story.house.case(1, case.clone()).await.unwrap().unwrap();
    assert_eq!(office::link::of(&kept).map(|link| link.code).as_deref(), Some("code"));
    same_when_rebuilt(&story).await;
    let sent = story.sent(1, "demo.front_desk", "front_desk");
    story.house.revoke_link(sent, case).await.unwrap().unwrap();
    assert_eq!(story.house.linked_case("hash".into(), story.now).await.unwrap(), None);
    same_when_rebuilt(&story).await;
}

#[test]
fn prices_stock_and_links_are_rebuilt_the_same_on_sqlite() {
    on(Engine::Sqlite, priced_drawn_and_linked);
}

#[test]
fn prices_stock_and_links_are_rebuilt_the_same_on_postgres() {
    on(Engine::Postgres, priced_drawn_and_linked);
}
