//! Any sequence of charges, payments, reversals and late charges keeps the books of fees balanced (账要平), agrees with a count of
//! its own, and comes back equal when the views are made anew.

use std::collections::BTreeMap;

use jiff::civil::date;
use office::case::{ActOnCase, OpenRecord, Place};
use office::household::{LedgerPerson, LedgerRow, Room};
use office::site::PostChange;

use super::house::{LAWS, Story, on, same_when_rebuilt};
use super::random::Chance;
use crate::{Engine, Store};

/// What the test counts by itself, in fen.
#[derive(Default)]
struct Counted {
    billed: i64,
    received: i64,
    late: i64,
    asked: Option<i64>,
    receipts: Vec<i64>,
    fell: bool,
    cleared: bool,
}

async fn act(story: &mut Story, post: &str, case: &str, act: &str, told: &[(&str, String)]) -> bool {
    let attributes = told.iter().map(|(id, value)| ((*id).to_owned(), value.clone())).collect();
    let command = ActOnCase { act: act.into(), attributes, note: "演练".into(), ..ActOnCase::default() };
    let sent = story.sent(1, &format!("demo.{post}"), post);
    story.house.act_on_case(sent, Story::actor(post), case.to_owned(), command).await.unwrap().is_ok()
}

#[test]
fn the_books_balance_whatever_happens_on_sqlite() {
    on(Engine::Sqlite, |store| balanced(store, 160));
}

#[test]
fn the_books_balance_whatever_happens_on_postgres() {
    on(Engine::Postgres, |store| balanced(store, 60));
}

async fn balanced(store: Store, steps: usize) {
    let mut chance = Chance::new("the books of fees");
    let mut story = Story::under(store, &["management-fee"]).await;
    let head = PostChange {
        id: "demo.office_manager".into(),
        name: "演示经理".into(),
        posts: vec!["office_manager".into()],
        active: true,
        ..PostChange::default()
    };
    let sent = story.sent(1, "admin", "administrator");
    story.house.set_account(sent, head).await.unwrap().unwrap();
    let (month, mut counted) = (date(2026, 11, 30), BTreeMap::<String, Counted>::new());
    story.now = LAWS.zone.moment(month.at(9, 0, 0, 0));
    let row = |number: &str| LedgerRow {
        room: Room::of_parts("", "3栋", "2单元", number),
        people: vec![LedgerPerson { name: "单晓演".into(), ..LedgerPerson::default() }],
        ..LedgerRow::default()
    };
    let sent = story.sent(1, "admin", "administrator");
    story.house.import_households(sent, vec![row("502"), row("503")]).await.unwrap().unwrap();
    let units = ["3-2-501", "3-2-502", "3-2-503"].map(str::to_owned);
    let sent = story.sent(1, "demo.finance", "finance");
    let opened = story.house.open_accounts(sent, Story::actor("finance"), units.to_vec()).await.unwrap().unwrap();
    assert_eq!(opened, 3);
    for unit in &units {
        let case = format!("notice-{unit}");
        let opens = ActOnCase {
            act: "fee.notice_opened".into(),
            attributes: [("fee.billed_to".to_owned(), month.to_string())].into(),
            ..ActOnCase::default()
        };
        let place = Place { household: Some(unit.clone()), words: unit.clone() };
        let record = OpenRecord {
            case: case.clone(),
            register: "fee_notices".into(),
            place,
            act: opens,
            ..OpenRecord::default()
        };
        let sent = story.sent(1, "demo.finance", "finance");
        story.house.open_record(sent, Story::actor("finance"), record).await.unwrap().unwrap();
        // Who has just got the keys may pay at the counter for some weeks.
        let moved = OpenRecord {
            case: format!("moved-{unit}"),
            register: "move_ins".into(),
            place: Place { household: Some(unit.clone()), words: unit.clone() },
            act: ActOnCase {
                act: "customer.moved_in".into(),
                attributes: [("customer.move_in_date".to_owned(), month.to_string())].into(),
                ..ActOnCase::default()
            },
            ..OpenRecord::default()
        };
        let (moves, sent) = (moved.case.clone(), story.sent(1, "demo.front_desk", "front_desk"));
        story.house.open_record(sent, Story::actor("front_desk"), moved).await.unwrap().unwrap();
        let keys = [("key.count", "3".to_owned())];
        assert!(act(&mut story, "front_desk", &moves, "customer.keys_handed", &keys).await);
        counted.insert(case, Counted::default());
    }
    let cases: Vec<String> = counted.keys().cloned().collect();
    for step in 0..steps {
        story.now = story.now.plus_seconds(3_600 * (1 + chance.below(6) as i64));
        story.house.tick(story.now).await.unwrap();
        let case = &cases[chance.below(3) as usize];
        let fen = 1 + chance.below(40_000) as i64;
        one(&mut story, &mut counted, (case, fen, chance.below(8))).await;
        if step % 20 == 19 {
            agrees(&story, &mut counted, month).await;
        }
    }
    agrees(&story, &mut counted, month).await;
    same_when_rebuilt(&story).await;
}

/// One thing that finance, or its manager, tries; the count follows only what was taken.
async fn one(story: &mut Story, counted: &mut BTreeMap<String, Counted>, (case, fen, what): (&str, i64, u64)) {
    let it = counted.get_mut(case).expect("counted");
    let fen_of = |fen: i64| fen.to_string();
    match what {
        0 | 1 => {
            let kind = if fen % 2 == 0 { "management" } else { "water" };
            let told = [("fee.kind", kind.to_owned()), ("fee.amount", fen_of(fen))];
            it.billed += if act(story, "finance", case, "fee.charge_listed", &told).await { fen } else { 0 };
        }
        2 => drop(act(story, "finance", case, "fee.notice_printed", &[]).await),
        3 => {
            if act(story, "finance", case, "fee.slip_arrived", &[("fee.received", fen_of(fen))]).await {
                it.received += fen;
            }
        }
        4 => {
            let told = [
                ("fee.reversed_kind", "management".to_owned()),
                ("fee.reversal", fen_of(fen)),
                ("case.reason", "多算".to_owned()),
            ];
            if act(story, "finance", case, "fee.reversal_asked", &told).await {
                it.asked = Some(fen);
            }
        }
        5 => {
            if act(story, "office_manager", case, "fee.reversed", &[]).await {
                it.billed -= it.asked.take().expect("it was asked for");
            }
        }
        6 => {
            let day = LAWS.zone.date(story.now).to_string();
            let told = [
                ("fee.kind", "management".to_owned()),
                ("fee.received", fen_of(fen)),
                ("fee.paid_on", day),
                ("fee.method", "cash".to_owned()),
            ];
            if act(story, "finance", case, "fee.paid_at_counter", &told).await {
                it.received += fen;
                it.receipts.push(fen);
            }
        }
        _ => {
            if act(story, "finance", case, "fee.receipt_voided", &[]).await {
                it.received -= it.receipts.pop().expect("there was one");
            } else {
                act(story, "finance", case, "fee.late_charge_posted", &[]).await;
            }
        }
    }
}

/// The rows, the count and the books say the same.
async fn agrees(story: &Story, counted: &mut BTreeMap<String, Counted>, month: jiff::civil::Date) {
    let rows = story.house.fee_list(1, month.to_string(), crate::reads::FeeState::All).await.unwrap();
    assert_eq!(rows.len(), counted.len());
    let books = story.house.postings(1, date(2026, 1, 1), date(2027, 12, 31)).await.unwrap();
    let mut vouchers: BTreeMap<(String, i64), i64> = BTreeMap::new();
    for it in &books {
        *vouchers.entry((it.number.clone(), it.seq)).or_default() += it.debit - it.credit;
    }
    assert!(vouchers.values().all(|fen| *fen == 0), "every voucher balances");
    for row in &rows {
        let it = counted.get_mut(&row.case).expect("counted");
        assert_eq!((row.billed, row.received), (it.billed, it.received), "{}", row.number);
        let receivable = books.iter().filter(|it| it.number == row.number && it.account == "1122");
        let balance: i64 = receivable.map(|it| it.debit - it.credit).sum();
        let late: i64 = books
            .iter()
            .filter(|it| it.number == row.number && it.account == "6301")
            .map(|it| it.credit - it.debit)
            .sum();
        assert!(late >= it.late, "a late charge is never taken back by itself");
        (it.late, it.fell, it.cleared) = (late, row.fell, row.cleared.is_some());
        assert_eq!(balance, it.billed + it.late - it.received, "{}: what is owed stands in the books", row.number);
        assert_eq!(row.owed, balance.max(0), "{}", row.number);
        assert!(!it.cleared || it.received >= it.billed, "{}: cleared with something open", row.number);
        assert!(!(it.fell && it.cleared), "{}: what is cleared is not overdue", row.number);
    }
}
