//! Developer's orders, suppliers and contracts (返修单、供方、特约服务) on both engines: what is due, what is refused, and the same rows
//! when they are rebuilt from the journal.

use jiff::civil::{Date, date};
use office::Refusal;
use office::case::{ActOnCase, CaseKind, OpenRecord, Place};
use office::household::{LedgerPerson, LedgerRow, Room};

use super::house::{Story, on, same_when_rebuilt};
use crate::{Engine, Store};

const WEEK: i64 = 7 * 86_400;

impl Story {
    async fn handed_over(&mut self, day: Date) {
        let person =
            LedgerPerson { name: "单晓演".into(), phones: vec!["13800000001".into()], ..LedgerPerson::default() };
        let row = LedgerRow {
            room: Room::of_parts("", "3栋", "2单元", "501"),
            handover: Some(day),
            people: vec![person],
            ..LedgerRow::default()
        };
        let sent = self.sent(1, "admin", "administrator");
        self.house.import_households(sent, vec![row]).await.unwrap().unwrap();
    }

    /// Begins a record as whoever holds a post, for a matter when one is named.
    async fn begin_record(
        &mut self,
        (post, register, id): (&str, &str, &str),
        matter: Option<&str>,
        said: &[(&str, &str)],
    ) -> Result<(), Refusal> {
        let act = ActOnCase {
            act: office::register::find(register).unwrap().opens.clone(),
            attributes: said.iter().map(|(key, value)| ((*key).into(), (*value).into())).collect(),
            links: matter.map(|id| ("linked_case".to_owned(), id.to_owned())).into_iter().collect(),
            ..ActOnCase::default()
        };
        let place = Place { household: None, words: "3-2-501".into() };
        let record = OpenRecord { case: id.into(), register: register.into(), place, act, ..OpenRecord::default() };
        let sent = self.sent(1, &format!("demo.{post}"), post);
        self.house.open_record(sent, Story::actor(post), record).await.unwrap().map(drop)
    }

    async fn on_record(&mut self, post: &str, id: &str, act: &str, said: &[(&str, &str)]) -> Result<(), Refusal> {
        self.now = self.now.plus_seconds(60);
        let command = ActOnCase {
            act: act.into(),
            attributes: said.iter().map(|(key, value)| ((*key).into(), (*value).into())).collect(),
            note: "演示".into(),
            ..ActOnCase::default()
        };
        let sent = self.sent(1, &format!("demo.{post}"), post);
        self.house.act_on_case(sent, Story::actor(post), id.into(), command).await.unwrap().map(drop)
    }

    async fn due(&self) -> Vec<String> {
        let due = self.house.care_due(1, self.now).await.unwrap();
        due.into_iter().map(|(row, act, _)| format!("{} {act}", row.id)).collect()
    }
}

async fn seen_to(store: Store) {
    let mut story = Story::begin(store).await;
    story.handed_over(date(2025, 3, 1)).await;
    story.register(CaseKind::Repair, &[("repair.object", "own"), ("repair.on_price_list", "yes")]).await;
    let repair = story.case.clone();
    let said = [("defect.party", "演示置业"), ("repair.part", "给排水管道"), ("case.content", "水龙头漏水")];
    let order = ("front_desk", office::warranty::ORDERS, "order");
    story.begin_record(order, Some(&repair), &said).await.unwrap();
    let kept = story.house.case(1, "order".into()).await.unwrap().unwrap();
    assert_eq!(kept.attributes["repair.warranty_until"], "2027-03-01", "reckoned from the hand-over");
    assert_eq!(kept.household.as_deref(), Some("3-2-501"));
    let no = story.begin_record(("front_desk", office::warranty::ORDERS, "second"), Some(&repair), &said).await;
    assert!(no.unwrap_err().to_string().contains(&kept.number), "one order at a time");
    let actor = Story::actor("front_desk");
    let told = story.house.read_out(1, repair, actor, story.now).await.unwrap().unwrap().order.unwrap();
    assert_eq!((told.party.as_str(), told.last.as_str()), ("演示置业", "defect.opened"));

    assert_eq!(story.due().await, [""; 0]);
    story.now = story.now.plus_seconds(WEEK);
    assert_eq!(story.due().await, ["order defect.chased", "order defect.resident_told"]);
    story.on_record("front_desk", "order", "defect.chased", &[]).await.unwrap();
    assert_eq!(story.due().await, ["order defect.resident_told"]);
    story.on_record("front_desk", "order", "defect.work_done", &[]).await.unwrap();
    story.now = story.now.plus_seconds(WEEK);
    assert_eq!(story.due().await, ["order defect.resident_told", "order defect.recheck_passed"], "no more chasing");
    same_when_rebuilt(&story).await;

    let said = [("supplier.name", "演示家政"), ("supplier.trade", "家政"), ("supplier.licence_until", "2027-01-31")];
    story.begin_record(("service_supervisor", office::supplier::REGISTER, "cleaner"), None, &said).await.unwrap();
    let said = [
        ("case.content", "每周保洁"),
        ("service.starts_on", "2026-12-01"),
        ("service.ends_on", "2026-12-31"),
        ("service.fee", "36000"),
        ("service.fee_per", "monthly"),
        ("supplier.number", "cleaner"),
    ];
    let contract = ("front_desk", office::service_contract::REGISTER, "contract");
    let no = story.begin_record(contract, None, &said).await.unwrap_err();
    assert!(no.to_string().contains("还没有评价"), "{no}");
    let qualified = [("supplier.occasion", "first"), ("supplier.score", "90"), ("supplier.verdict", "qualified")];
    story.on_record("service_supervisor", "cleaner", "supplier.assessed", &qualified).await.unwrap();
    story.begin_record(contract, None, &said).await.unwrap();
    let begun = story.house.case(1, "contract".into()).await.unwrap().unwrap();
    assert_eq!(begun.attributes["supplier.name"], "演示家政");
    assert!(begun.attributes["supplier.number"].starts_with("GF-"), "named by its number");
    story.now = story.now.plus_seconds(5 * WEEK);
    let due = story.due().await;
    for line in ["contract service.contract_ended", "cleaner supplier.licence_renewed"] {
        assert!(due.iter().any(|it| it == line), "{line}: {due:?}");
    }
    let rows = story.house.suppliers(1, date(2027, 2, 1)).await.unwrap();
    assert_eq!(rows[0].unfit.as_deref(), Some("证照已经过期"));
    same_when_rebuilt(&story).await;
}

#[test]
fn what_is_seen_to_is_rebuilt_the_same_on_sqlite() {
    on(Engine::Sqlite, seen_to);
}

#[test]
fn what_is_seen_to_is_rebuilt_the_same_on_postgres() {
    on(Engine::Postgres, seen_to);
}
