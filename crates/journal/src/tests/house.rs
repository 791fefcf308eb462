//! One story from the call to the archive on both engines: office, law, views and reads together.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, LazyLock};

use calendar::Moment;
use jiff::civil::date;
use office::Actor;
use office::case::{ActOnCase, Caller, CaseKind, CaseState, Place as CasePlace, Register};
use office::event::{Signature, SignatureWay};
use office::household::{LedgerPerson, LedgerRow, Room};
use office::site::{Adopting, CharterChange, PostChange};
use rulebook::{ClauseRef, State};

use super::bed::Bed;
use crate::house::{Founding, House, Laws};
use crate::reads::{CaseFilter, CasePage, ContactFilter, KeptAs, KeptList, PeriodRow, Why};
use crate::{CommandId, Engine, OfficeViews, Sent, Store};

pub(super) static LAWS: LazyLock<Arc<Laws>> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut files = Vec::new();
    for book in ["complaint-instruction", "repair-residential", "followup-9", "convenience", "management-fee"] {
        for entry in std::fs::read_dir(root.join("rulebooks").join(book)).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            files.push((format!("{book}/{name}"), std::fs::read_to_string(&path).unwrap()));
        }
    }
    let read = |path: &str| std::fs::read_to_string(root.join(path)).unwrap();
    let years: Vec<String> = (2020..=2026).map(|year| read(&format!("calendars/cn/{year}.toml"))).collect();
    let years: Vec<&str> = years.iter().map(String::as_str).collect();
    Arc::new(Laws::of_texts(&read("rulebooks/words.toml"), &files, &years).unwrap().0)
});

pub(super) struct Story {
    pub house: House,
    pub now: Moment,
    sent: u32,
    pub case: String,
}

impl Story {
    pub async fn begin(store: Store) -> Story {
        Story::under(store, &["complaint-instruction", "repair-residential", "followup-9"]).await
    }

    pub async fn under(store: Store, books: &[&str]) -> Story {
        let now = LAWS.zone.moment(date(2026, 11, 16).at(9, 12, 0, 0));
        let house = House::new(store, Arc::new(LAWS.for_another_store()));
        let mut story = Story { house, now, sent: 0, case: String::new() };
        assert!(!story.house.founded().await.unwrap());
        let founding = Founding {
            company: "演示物业".into(),
            site: "演示花园".into(),
            account: "admin".into(),
            name: "演示管理员".into(),
            books: books.iter().map(|book| (*book).to_owned()).collect(),
            ..Founding::default()
        };
        let sent = story.sent(0, "admin", "administrator");
        let site = story.house.found(sent, founding).await.unwrap().unwrap();
        assert_eq!(site, 1);
        assert!(story.house.founded().await.unwrap());
        for post in ["front_desk", "engineering_supervisor", "technician", "finance", "archive", "service_supervisor"] {
            let change = PostChange {
                id: format!("demo.{post}"),
                name: "演示员工".into(),
                posts: vec![post.into()],
                active: true,
                ..PostChange::default()
            };
            let sent = story.sent(1, "admin", "administrator");
            story.house.set_account(sent, change).await.unwrap().unwrap();
        }
        let row = LedgerRow {
            room: Room::of_parts("", "3栋", "2单元", "501"),
            people: vec![LedgerPerson {
                name: "单晓演".into(),
                phones: vec!["13800000001".into()],
                ..LedgerPerson::default()
            }],
            plates: vec!["粤A00001".into()],
            ..LedgerRow::default()
        };
        let sent = story.sent(1, "admin", "administrator");
        let told = story.house.import_households(sent, vec![row]).await.unwrap().unwrap();
        assert_eq!((told.answer.added, told.answer.unchanged), (1, 0));
        story
    }

    pub fn sent(&mut self, site: i64, actor: &str, post: &str) -> Sent {
        self.sent += 1;
        let command = CommandId::new(&format!("c{}", self.sent)).unwrap();
        Sent { site, command, actor: actor.into(), post: post.into(), now: self.now }
    }

    pub fn actor(post: &str) -> Actor {
        Actor {
            account: format!("demo.{post}"),
            name: "演示员工".into(),
            posts: vec![post.into()],
            area: String::new(),
        }
    }

    pub async fn register(&mut self, kind: CaseKind, more: &[(&str, &str)]) -> String {
        self.case = format!("k{}", self.sent);
        let form = Register {
            case: self.case.clone(),
            kind,
            contact: None,
            channel: "phone".into(),
            station: "office_desk".into(),
            first_contact: self.now,
            opened_form: self.now,
            told_desk: None,
            place: CasePlace { household: Some("3-2-501".into()), words: "3-2-501".into() },
            caller: Caller { person: String::new(), name: "单晓演".into(), phone: "13800000001".into() },
            words: "厨房水龙头漏水".into(),
            attributes: more.iter().map(|(k, v)| ((*k).into(), (*v).into())).collect(),
            read_back: true,
            notify: true,
            attachments: Vec::new(),
            late_reason: String::new(),
            approved_by: String::new(),
            linked_case: None,
            blank_number: String::new(),
        };
        let sent = self.sent(1, "demo.front_desk", "front_desk");
        let done = self.house.register(sent.clone(), Story::actor("front_desk"), form.clone()).await.unwrap().unwrap();
        let again = self.house.register(sent, Story::actor("front_desk"), form).await.unwrap().unwrap();
        assert!(again.repeated && again.answer == done.answer, "a repeat is answered, not applied again");
        done.answer.number
    }

    pub async fn page(&self, case: &str) -> CasePage {
        let actor = Story::actor("front_desk");
        self.house.case_page(1, case.to_owned(), actor, self.now, false).await.unwrap().expect("it exists")
    }

    pub async fn act(&mut self, post: &str, act: &str, attributes: &[(&str, &str)]) {
        self.now = self.now.plus_seconds(60);
        let command = ActOnCase {
            act: act.into(),
            attributes: attributes.iter().map(|(k, v)| ((*k).into(), (*v).into())).collect(),
            note: "演示".into(),
            links: BTreeMap::from([
                ("assignee".into(), "demo.technician".into()),
                ("assignee_name".into(), "演示员工".into()),
            ]),
            signature: (act == "repair.customer_signed").then(|| Signature {
                name: "单晓演".into(),
                post: "resident".into(),
                way: SignatureWay::Drawn,
                path: "M0 0".into(),
            }),
            ..ActOnCase::default()
        };
        let sent = self.sent(1, &format!("demo.{post}"), post);
        let case = self.case.clone();
        let done = self.house.act_on_case(sent, Story::actor(post), case, command).await.unwrap();
        done.unwrap_or_else(|refusal| panic!("{act}: {refusal}"));
    }
}

async fn whole_story(store: Store) {
    let mut story = Story::begin(store).await;
    let t0 = story.now;
    let hits = |words: &str| story.house.desk_search(1, words.to_owned());
    for words in ["3-2-501", "三栋二单元501", "shanxiao", "sxy", "单晓演", "13800000001", "0001", "粤a00001", "单501"]
    {
        assert_eq!(hits(words).await.unwrap().len(), 1, "{words}");
    }
    assert_eq!(hits("3-2-502").await.unwrap(), []);

    let more = [("repair.object", "own"), ("repair.on_price_list", "yes")];
    assert_eq!(story.register(CaseKind::Repair, &more).await, "WX-202611-0001");
    let board = story.house.board(1).await.unwrap();
    assert_eq!((board.unassigned.len(), board.ringing.len(), board.lanes.len()), (1, 1, 1));
    for (post, act, attributes) in [
        ("engineering_supervisor", "repair.assigned", &[][..]),
        ("technician", "repair.slip_fetched", &[]),
        ("technician", "repair.taken_on", &[]),
    ] {
        story.act(post, act, attributes).await;
    }
    let work = story.house.my_work(1, "demo.technician", &["technician".into()], story.now).await.unwrap();
    let arrival = work.owed.iter().find(|it| it.must == ["repair.arrived"]).expect("arrival is owed");
    assert_eq!(arrival.due, Some(story.now.plus_seconds(600)), "ten minutes from taking the order");
    assert_eq!((arrival.state, arrival.number.as_str()), (State::Open, "WX-202611-0001"));
    assert!(story.house.board(1).await.unwrap().ringing.is_empty(), "assigning stops the bell");

    for (post, act, attributes) in [
        ("technician", "repair.arrived", &[][..]),
        ("technician", "repair.verified", &[]),
        ("technician", "repair.price_shown", &[("repair.cost", "5000")]),
        ("technician", "repair.consented", &[("repair.cost_consent", "yes"), ("repair.repair_consent", "yes")]),
        ("technician", "repair.started", &[]),
        ("technician", "repair.amounts_entered", &[("repair.amount_due", "5000")]),
        ("technician", "repair.completed", &[]),
        ("technician", "repair.accepted", &[]),
        ("technician", "repair.customer_signed", &[]),
        ("technician", "repair.copy_left", &[]),
        ("technician", "repair.copies_returned", &[]),
        ("engineering_supervisor", "repair.supervisor_confirmed", &[]),
        ("engineering_supervisor", "repair.handed_to_desk", &[]),
        ("front_desk", "repair.return_booked", &[]),
        ("front_desk", "repair.copy_to_finance", &[]),
        ("finance", "repair.finance_received", &[]),
    ] {
        story.act(post, act, attributes).await;
    }
    let page = story
        .house
        .case_page(1, "WX-202611-0001".into(), Story::actor("front_desk"), story.now, false)
        .await
        .unwrap()
        .expect("it exists");
    assert_eq!(page.case.state, CaseState::AwaitingFollowUp);
    assert_eq!(page.caller, ("单**".to_owned(), "138****0001".to_owned()));
    assert!(page.timeline.iter().any(|line| line.said.contains("到场")));
    let arrived = page.derived.obligations.iter().find(|it| it.must == ["repair.arrived"] && it.state == State::Met);
    assert!(arrived.is_some(), "arrival was met");
    let late = page.derived.obligations.iter().filter(|it| !it.soft && it.state == State::MetLate).count();
    assert_eq!(late, 0, "{:#?}", page.derived.obligations);
    assert!(page.offers.iter().any(|offer| offer.act == "follow_up.done" && offer.refused.is_none()));
    let follow = story.house.follow_ups(1, vec!["2026-11".into()], story.now).await.unwrap();
    assert_eq!(follow.queue.len(), 1);
    let repairs = follow.rates.iter().find(|(_, figure)| figure.clause.id == "4.1.2(2)a").expect("a rate of repairs");
    assert_eq!((repairs.1.base, repairs.1.done, repairs.1.needed), (1, 0, Some(1)));

    let full = [
        ("follow_up.method", "phone"),
        ("follow_up.satisfaction", "satisfied"),
        ("follow_up.quality", "好"),
        ("follow_up.effect", "好"),
        ("follow_up.shortcomings", "无"),
        ("follow_up.suggestions", "无"),
        ("follow_up.summary", "已修好"),
    ];
    story.act("front_desk", "follow_up.form_issued", &[]).await;
    story.act("front_desk", "follow_up.form_signed_for", &[]).await;
    story.act("front_desk", "follow_up.done", &full).await;
    story.act("front_desk", "follow_up.performer_signed", &[]).await;
    story.act("front_desk", "follow_up.form_returned", &[]).await;
    story.act("service_supervisor", "follow_up.reviewed", &[("follow_up.review_comment", "合格")]).await;
    story.act("front_desk", "case.closed", &[]).await;
    story.act("archive", "case.filed", &[]).await;
    let list =
        story.house.cases(1, CaseFilter { search: "漏水".into(), limit: 50, ..CaseFilter::default() }, story.now);
    let list = list.await.unwrap();
    assert_eq!((list.rows.len(), list.rows[0].state), (1, CaseState::Filed));
    counts_agree_with_their_lists(&story.house, story.now).await;
    assert_eq!(story.house.forms(1, "repair_slip".into(), 10).await.unwrap()[0].copies.len(), 4);
    assert!(story.now.seconds_since(t0) < 3600);

    let store = story.house.store().clone();
    let tables: Vec<&str> = crate::views::TABLES.to_vec();
    let (before, after) = tokio::task::spawn_blocking(move || {
        let before = store.dump(&tables).unwrap();
        store.rebuild(&mut |_| {}).unwrap();
        (before, store.dump(&tables).unwrap())
    })
    .await
    .unwrap();
    assert_eq!(before, after, "views rebuilt from the journal are the same");
}

/// Each count of a clause is as long as the list behind it, page by page; a rate's members add up to its figure.
async fn counts_agree_with_their_lists(house: &House, now: Moment) {
    let (book, month) = ("repair-residential".to_owned(), "2026-11".to_owned());
    let kept = house.clauses_kept(1, book.clone(), month.clone(), now).await.unwrap();
    assert!(kept.len() > 3, "{kept:?}");
    for one in &kept {
        let months = house.clauses_in_months(1, book.clone(), vec![one.clause.clone()], vec![month.clone()], now);
        assert_eq!(months.await.unwrap(), std::slice::from_ref(one));
        for kept_as in KeptAs::ALL {
            let mut asked = KeptList {
                book: book.clone(),
                clauses: vec![one.clause.clone()],
                month: month.clone(),
                kept_as: Some(kept_as),
                after: None,
                limit: 1,
            };
            let mut ids = BTreeSet::new();
            loop {
                let (rows, next) = house.clause_list(1, asked.clone(), now).await.unwrap();
                ids.extend(rows.into_iter().map(|row| row.id));
                asked.after = next;
                if asked.after.is_none() {
                    break;
                }
            }
            assert_eq!(ids.len() as i64, one.count(kept_as), "{} {kept_as:?}", one.clause);
        }
    }
    let rate = ("followup-9".to_owned(), "4.1.2(2)a".to_owned());
    let figures = house.clause_figures(1, rate.0.clone(), vec![rate.1.clone()], vec![month.clone()], now);
    let figures = figures.await.unwrap();
    let members = house.clause_members(1, rate.0, rate.1, month).await.unwrap();
    let (base, done) = (figures[0].base, figures[0].done);
    assert_eq!((figures.len(), base), (1, members.iter().filter(|it| it.in_base && !it.exempt).count() as i64));
    assert_eq!(done, members.iter().map(|it| it.counted).sum::<i64>());
}

/// Runs a story on a store of this engine; the bed outlives the runtime.
pub(super) fn on<F: Future<Output = ()>>(engine: Engine, story: impl FnOnce(Store) -> F) {
    let bed = Bed::new(engine);
    let store = bed.open_with(Box::new(OfficeViews::new(Arc::new(LAWS.for_another_store()))));
    tokio::runtime::Runtime::new().unwrap().block_on(story(store));
}

#[test]
fn a_call_becomes_a_filed_case_on_sqlite() {
    on(Engine::Sqlite, whole_story);
}

#[test]
fn a_call_becomes_a_filed_case_on_postgres() {
    on(Engine::Postgres, whole_story);
}

#[test]
fn duties_by_period_are_owed_and_done_on_sqlite() {
    on(Engine::Sqlite, periods);
}

#[test]
fn duties_by_period_are_owed_and_done_on_postgres() {
    on(Engine::Postgres, periods);
}

/// The period of an act that has this day.
pub(super) async fn period_of(story: &Story, act: &str, day: jiff::civil::Date) -> Option<PeriodRow> {
    let rows = story.house.periods(1, day, day, story.now).await.unwrap();
    rows.into_iter().find(|row| row.period.obligation.must == [act])
}

async fn done_for(
    story: &mut Story,
    post: &str,
    row: &PeriodRow,
    command: ActOnCase,
) -> Result<crate::house::PeriodDone, office::Refusal> {
    let sent = story.sent(1, &format!("demo.{post}"), post);
    let key = (row.period.first, row.period.obligation.id.clone());
    let done = story.house.record_period(sent, Story::actor(post), key, command).await.unwrap();
    done.map(|acted| acted.answer)
}

async fn periods(store: Store) {
    let mut story = Story::begin(store).await;
    let adopting = Adopting { book: "convenience".into(), approver: "总经理乙".into(), ..Adopting::default() };
    let sent = story.sent(1, "admin", "office_manager");
    story.house.adopt(sent, adopting, None).await.unwrap().unwrap();
    let (first, second) = (date(2026, 12, 1), date(2026, 12, 2));
    let at = |day: jiff::civil::Date, hour: i8| LAWS.zone.moment(day.at(hour, 0, 0, 0));
    story.now = at(second, 10);
    assert_eq!(period_of(&story, "report.complaint_analysis", second).await, None, "nothing to sum up");
    story.register(CaseKind::Complaint, &[("complaint.class", "second"), ("case.department", "工程部")]).await;
    let summed = period_of(&story, "report.complaint_analysis", second).await.expect("a complaint was made");
    assert_eq!((summed.period.key.as_str(), summed.period.obligation.bearer.as_str()), ("2026-12", "office_manager"));

    let work = story.house.my_work(1, "demo.front_desk", &["front_desk".into()], story.now).await.unwrap();
    let by_period: Vec<(&str, State)> =
        work.owed.iter().filter(|it| it.case.is_empty()).map(|it| (it.number.as_str(), it.state)).collect();
    for expected in [("2026-12-01", State::Overdue), ("2026-12-02", State::Open), ("2026-12", State::Open)] {
        assert!(by_period.contains(&expected), "{by_period:?}");
    }
    let overdue: Vec<_> = by_period.iter().filter(|(_, state)| *state == State::Overdue).collect();
    assert!(overdue.iter().all(|(key, _)| *key == "2026-12-01"), "of each duty the last one: {overdue:?}");
    let idle = story.house.my_work(1, "demo.finance", &["finance".into()], story.now).await.unwrap();
    assert!(idle.owed.iter().all(|it| !it.case.is_empty()), "finance stands for none of these");

    let checked = period_of(&story, "desk.forms_checked", first).await.expect("each day");
    let no = done_for(&mut story, "technician", &checked, ActOnCase::default()).await.unwrap_err();
    assert!(no.because[0].text.contains("客服中心"), "{no}");
    let no = done_for(&mut story, "front_desk", &checked, ActOnCase::default()).await.unwrap_err();
    assert_eq!(no.field.as_deref(), Some("happened"), "done today it belongs to today: {no}");
    let earlier =
        ActOnCase { happened: Some(at(first, 17)), late_reason: "当天忘记登记".into(), ..ActOnCase::default() };
    assert!(done_for(&mut story, "front_desk", &checked, earlier.clone()).await.unwrap().fulfilled);
    let checked = period_of(&story, "desk.forms_checked", first).await.expect("each day");
    assert_eq!((checked.period.obligation.state, checked.done_by.as_str()), (State::Met, "demo.front_desk"));
    assert!(done_for(&mut story, "front_desk", &checked, earlier).await.is_err(), "once is enough");

    let shift = period_of(&story, "duty.shift_planned", second).await.expect("each day");
    assert_eq!(shift.uncovered, [(at(second, 0), at(date(2026, 12, 3), 0))]);
    let no = done_for(&mut story, "front_desk", &shift, ActOnCase::default()).await.unwrap_err();
    assert!(no.because[0].text.contains("不在这里登记"), "shifts are planned on their own page: {no}");

    let plan = period_of(&story, "plan.made", second).await.expect("each month");
    let told = ActOnCase { note: "十二月的计划".into(), ..ActOnCase::default() };
    assert!(done_for(&mut story, "front_desk", &plan, told).await.unwrap().fulfilled);
    let key = (plan.period.first, plan.period.obligation.id.clone());
    let reader = ("demo.front_desk".to_owned(), vec!["front_desk".to_owned()]);
    let page = story.house.period_page(1, key, reader, rulebook::Lang::Chinese, story.now).await.unwrap();
    let page = page.expect("it is owed");
    assert_eq!(page.entries[0].event.body.attributes["period.of"], "2026-12-31", "it names its period");
    assert!(page.mine && page.row.period.obligation.state == State::Met && !page.steps.is_empty());
    same_when_rebuilt(&story).await;
}

/// Every view comes out of the journal as it stands.
pub(super) async fn same_when_rebuilt(story: &Story) {
    let store = story.house.store().clone();
    let tables: Vec<&str> = crate::views::TABLES.to_vec();
    tokio::task::spawn_blocking(move || {
        let before = store.dump(&tables).unwrap();
        store.rebuild(&mut |_| {}).unwrap();
        assert_eq!(before, store.dump(&tables).unwrap());
    })
    .await
    .unwrap();
}

#[test]
fn a_rulebook_adopted_later_finds_the_facts_of_before() {
    on(Engine::Sqlite, facts_of_before);
}

async fn facts_of_before(store: Store) {
    let mut story = Story::under(store, &["repair-residential"]).await;
    story.register(CaseKind::Complaint, &[("complaint.class", "second")]).await;
    let kept = async |story: &Story| {
        let store = story.house.store().clone();
        tokio::task::spawn_blocking(move || store.dump(&["duty_fact_row"]).unwrap()).await.unwrap()
    };
    assert_eq!(kept(&story).await, "duty_fact_row 0\n", "no adopted duty asks for it");
    story.now = story.now.plus_seconds(60);
    let adopting =
        Adopting { book: "complaint-instruction".into(), approver: "总经理乙".into(), ..Adopting::default() };
    let sent = story.sent(1, "admin", "office_manager");
    story.house.adopt(sent, adopting, None).await.unwrap().unwrap();
    assert!(kept(&story).await.contains(&format!("case:{}", story.case)), "{}", kept(&story).await);
    same_when_rebuilt(&story).await;
}

#[test]
fn an_erased_person_is_gone_from_every_page_on_sqlite() {
    on(Engine::Sqlite, erasure);
}

#[test]
fn an_erased_person_is_gone_from_every_page_on_postgres() {
    on(Engine::Postgres, erasure);
}

async fn erasure(store: Store) {
    let mut story = Story::begin(store).await;
    let own = [("repair.object", "own"), ("repair.on_price_list", "yes")];
    let number = story.register(CaseKind::Repair, &own).await;
    let case = story.case.clone();
    let photo = office::event::Attachment {
        hash: "a".repeat(64),
        name: "厨房.jpg".into(),
        media: "image/jpeg".into(),
        size: 9,
    };
    let note = ActOnCase {
        act: "case.customer_signed".into(),
        attachments: vec![photo.clone()],
        signature: Some(Signature {
            name: "单晓演".into(),
            post: "resident".into(),
            way: SignatureWay::Drawn,
            path: "M0 0L9 9".into(),
        }),
        ..ActOnCase::default()
    };
    let sent = story.sent(1, "demo.front_desk", "front_desk");
    story.house.act_on_case(sent, Story::actor("front_desk"), case.clone(), note).await.unwrap().unwrap();
    let signed =
        |page: &CasePage| page.case.last("case.customer_signed").and_then(|it| it.event.body.signature.clone());
    assert_eq!(
        signed(&story.page(&case).await).map(|it| (it.name, it.path)),
        Some(("单晓演".into(), "M0 0L9 9".into()))
    );
    assert!(story.house.has_attachment(1, photo.hash.clone()).await.unwrap());
    assert!(!story.house.has_attachment(2, photo.hash.clone()).await.unwrap(), "another site has nothing of it");

    let end = office::contact::EndContact {
        note: "水表间在一楼".into(),
        words: "问水表在哪里".into(),
        place: CasePlace { household: Some("3-2-501".into()), words: "3-2-501".into() },
        caller: Caller { person: String::new(), name: String::new(), phone: "13800000001".into() },
        ..Default::default()
    };
    let take =
        office::contact::TakeContact { channel: "phone".into(), station: "office_desk".into(), ..Default::default() };
    let (sent, made) = (story.sent(1, "demo.front_desk", "front_desk"), crate::house::MadeContact { take, end });
    story.house.make_contact(sent, Story::actor("front_desk"), "asked".into(), made).await.unwrap().unwrap();
    let tail = async |house: &House| house.contacts(1, ContactFilter::default()).await.unwrap().rows[0].tail.clone();
    assert_eq!(tail(&story.house).await, "0001");

    let found = story.house.erasable(1, "3-2-501".into()).await.unwrap();
    assert_eq!((found.len(), found[0].name.as_str(), found[0].place.as_str()), (1, "单**", "3-2-501"));
    let person = found[0].person.clone();
    for (who, reason, field) in [(person.as_str(), " ", "reason"), ("person:9-9-999-1", "本人申请", "person")] {
        let sent = story.sent(1, "admin", "administrator");
        let no = story.house.erase_person(sent, who.into(), reason.into()).await.unwrap().unwrap_err();
        assert_eq!(no.field.as_deref(), Some(field), "{no}");
    }
    let sent = story.sent(1, "admin", "administrator");
    let done = story.house.erase_person(sent, person.clone(), "本人申请".into()).await.unwrap().unwrap().answer;
    assert_eq!((done.cases, done.attachments.as_slice(), done.before), (1, [photo.hash.clone()].as_slice(), false));
    for words in ["单晓演", "shanxiao", "0001", "13800000001"] {
        assert_eq!(story.house.desk_search(1, words.into()).await.unwrap(), [], "{words}");
    }
    assert_eq!(tail(&story.house).await, "", "a call from the same number too");
    let hit = &story.house.desk_search(1, "3-2-501".into()).await.unwrap()[0];
    assert_eq!(hit.name, crate::seal::ERASED);
    let actor = Story::actor("front_desk");
    let page = story.house.case_page(1, number.clone(), actor, story.now, true).await.unwrap().expect("it exists");
    assert_eq!(page.caller, (crate::seal::ERASED.into(), crate::seal::ERASED.into()), "an unrecognised caller too");
    assert_eq!(signed(&page).map(|it| (it.name, it.path)), Some((crate::seal::ERASED.into(), String::new())));
    assert!(page.case.attachments.is_empty() && !story.house.has_attachment(1, photo.hash.clone()).await.unwrap());
    let past = story.house.erasures(1, 10).await.unwrap();
    assert_eq!((past.len(), past[0].person.as_str(), past[0].reason.as_str()), (1, person.as_str(), "本人申请"));
    let sent = story.sent(1, "admin", "administrator");
    let again = story.house.erase_person(sent, person, "本人申请".into()).await.unwrap().unwrap().answer;
    assert!(again.before && again.attachments == [photo.hash], "what was left over is named again");

    let store = story.house.store().clone();
    tokio::task::spawn_blocking(move || {
        let tables: Vec<&str> = crate::views::TABLES.to_vec();
        let before = store.dump(&tables).unwrap();
        for text in [&before, &store.dump(&["journal"]).unwrap()] {
            assert!(!text.contains("单晓演") && !text.contains("13800000001"), "{text}");
        }
        store.rebuild(&mut |_| {}).unwrap();
        assert_eq!(before, store.dump(&tables).unwrap());
        assert!(store.verify(1).unwrap().is_ok());
        let living: Vec<_> = store.person_keys().unwrap().into_iter().filter(|(_, _, alive)| *alive).collect();
        assert_eq!(living, [], "both keys are destroyed");
    })
    .await
    .unwrap();
}

#[test]
fn an_overdue_liaison_note_is_told_once() {
    on(Engine::Sqlite, overdue_liaison_note);
}

async fn overdue_liaison_note(store: Store) {
    let mut story = Story::begin(store).await;
    story.register(CaseKind::Complaint, &[("complaint.class", "first"), ("case.department", "工程部")]).await;
    story.act("front_desk", "liaison.issued", &[("case.department", "工程部")]).await;
    story.act("engineering_supervisor", "liaison.received", &[]).await;
    let due = story.now.plus_seconds(4 * 3600);
    assert_eq!(story.house.tick(due).await.unwrap().told, 0, "exactly at the limit is in time");
    let told = story.house.tick(due.plus_seconds(1)).await.unwrap();
    assert!(told.told >= 1, "four hours are over");
    let again = story.house.tick(due.plus_seconds(2)).await.unwrap();
    assert_eq!(again.told, 0, "twice is once");
}

/// A book of two limits for acts of the three rulebooks, as the office writes it.
fn own_book(hours: &str) -> Vec<(String, String)> {
    let head = "name = \"本处接待规定\"\nname_en = \"Own rules\"\nedition = \"一\"\ndocument = \"自编\"\n\
                governs = \"本处自己的接待规定\"\nclauses = 1\nexamples = 0\n\n\
                [[reading]]\nwords = \"内\"\nmeans = \"含到点\"\nbasis = \"T1\"\n";
    let clause = format!(
        "clause = \"1\"\ntitle = \"赶到\"\nsummary = \"接单后 {hours} 小时内赶到。\"\nplace = \"1\"\nin_force = 2020-01-01\n\n\
         [[deadline]]\nid = \"1\"\nsummary = \"接单后 {hours} 小时内赶到。\"\nwho = \"维修员\"\nfrom = \"维修接单\"\nmust = \"到场\"\n\
         within = \"{hours} 小时\"\n\n\
         [[example]]\nname = \"正好到点\"\ncovers = [\"1\"]\nhappens = [\"2026-11-20 10:00 维修接单\", \
         \"2026-11-20 1{hours}:00 到场\"]\nexpect = [\"到场 限 2026-11-20 1{hours}:00\", \"到场 按时\"]\n\n\
         [[example]]\nname = \"晚一秒\"\ncovers = [\"1\"]\nhappens = [\"2026-11-20 10:00 维修接单\", \
         \"2026-11-20 1{hours}:00:01 到场\"]\nexpect = [\"到场 限 2026-11-20 1{hours}:00\", \"到场 逾期\"]\n"
    );
    vec![("own/book.toml".into(), head.into()), ("own/1.toml".into(), clause)]
}

async fn charter_story(store: Store) {
    let mut story = Story::begin(store).await;
    let examined = LAWS.examine("own", own_book("几"));
    assert!(examined.errors() > 0, "an hour that is no number");
    let adopting = |from: Option<Moment>| Adopting {
        book: "own".into(),
        from,
        approver: "总经理乙".into(),
        ..Adopting::default()
    };
    let sent = story.sent(1, "admin", "office_manager");
    assert!(story.house.adopt(sent, adopting(None), Some(examined)).await.unwrap().is_err());

    let examined = LAWS.examine("own", own_book("1"));
    assert_eq!(examined.problems(), [], "sound");
    let unapproved = Adopting { approver: String::new(), ..adopting(None) };
    let sent = story.sent(1, "admin", "office_manager");
    let refused = story.house.adopt(sent, unapproved, Some(examined.clone())).await.unwrap().unwrap_err();
    assert_eq!(refused.because[0].clause.as_ref().unwrap().book, "complaint-instruction", "{refused}");
    let sent = story.sent(1, "admin", "office_manager");
    story.house.adopt(sent, adopting(None), Some(examined)).await.unwrap().unwrap();

    story.register(CaseKind::Repair, &[("repair.object", "own"), ("repair.on_price_list", "yes")]).await;
    for (post, act) in [
        ("engineering_supervisor", "repair.assigned"),
        ("technician", "repair.slip_fetched"),
        ("technician", "repair.taken_on"),
    ] {
        story.act(post, act, &[]).await;
    }
    let first = story.case.clone();
    let owed = |page: &CasePage| -> Vec<(String, Option<Moment>, bool)> {
        let arrive = page.derived.obligations.iter().filter(|it| it.must == ["repair.arrived"] && !it.soft);
        arrive.map(|it| (it.clause.book.clone(), it.due, it.yields_to.is_some())).collect()
    };
    let taken = story.now;
    let page = story.page(&first).await;
    let both = [
        ("own".to_owned(), Some(taken.plus_seconds(3600)), false),
        ("repair-residential".into(), Some(taken.plus_seconds(600)), false),
    ];
    let mut found = owed(&page);
    found.sort();
    assert_eq!(found, both);
    let due = |story: &Story, case: &str| {
        let (house, case, now) = (story.house.clone(), case.to_owned(), story.now);
        async move {
            let work = house.my_work(1, "demo.technician", &["technician".into()], now).await.unwrap();
            let arrive =
                work.owed.into_iter().filter(|it| it.case == case && it.must == ["repair.arrived"] && !it.soft);
            arrive.filter_map(|it| it.due).collect::<Vec<_>>()
        }
    };
    assert_eq!(due(&story, &first).await, [taken.plus_seconds(600), taken.plus_seconds(3600)], "the shorter first");

    story.now = story.now.plus_seconds(1);
    // The office settles: its own hour is lit; both are measured. The case that is open keeps the law of its opening.
    let law = story.house.law(1).await.unwrap();
    let conflicts = law.law.conflicts(story.now);
    let clash = conflicts.iter().find(|it| it.sides[0].book == "own").expect("the limits clash");
    let settle = |prefer: Option<ClauseRef>| CharterChange::Settle {
        sides: clash.sides.clone(),
        prefer,
        reason: "小区太大".into(),
    };
    let sent = story.sent(1, "admin", "office_manager");
    let odd = settle(Some(ClauseRef { book: "own".into(), id: "9".into() }));
    assert!(story.house.change_charter(sent, odd).await.unwrap().is_err());
    let sent = story.sent(1, "admin", "office_manager");
    story.house.change_charter(sent, settle(Some(clash.sides[0].clone()))).await.unwrap().unwrap();
    story.register(CaseKind::Repair, &[("repair.object", "own"), ("repair.on_price_list", "yes")]).await;
    for (post, act) in [
        ("engineering_supervisor", "repair.assigned"),
        ("technician", "repair.slip_fetched"),
        ("technician", "repair.taken_on"),
    ] {
        story.act(post, act, &[]).await;
    }
    let second = story.case.clone();
    assert_eq!(due(&story, &second).await, [story.now.plus_seconds(3600)], "only the preferred one is work");
    assert_eq!(due(&story, &first).await.len(), 2);
    let month = story.house.clauses_kept(1, "repair-residential".into(), "2026-11".into(), story.now).await.unwrap();
    let measured = month.iter().find(|it| it.clause == clash.sides[1].id).unwrap();
    assert_eq!(measured.open, 2, "the one that yields is measured all the same");

    // Another edition, from tomorrow: today's cases keep the edition of their opening.
    let examined = LAWS.examine("own", own_book("2"));
    assert_eq!(examined.problems(), []);
    let tomorrow = story.now.plus_seconds(86_400);
    let sent = story.sent(1, "admin", "office_manager");
    story.house.adopt(sent, adopting(Some(tomorrow)), Some(examined)).await.unwrap().unwrap();
    assert_eq!(story.house.editions("own".into()).await.unwrap().len(), 2);
    story.now = tomorrow.plus_seconds(60);
    story.register(CaseKind::Repair, &[("repair.object", "own"), ("repair.on_price_list", "yes")]).await;
    for (post, act) in [
        ("engineering_supervisor", "repair.assigned"),
        ("technician", "repair.slip_fetched"),
        ("technician", "repair.taken_on"),
    ] {
        story.act(post, act, &[]).await;
    }
    let third = story.case.clone();
    assert_eq!(due(&story, &third).await, [story.now.plus_seconds(7200)]);
    assert!(owed(&story.page(&first).await).contains(&both[0]), "the old case is judged by the old edition");

    let store = story.house.store().clone();
    let tables: Vec<&str> = crate::views::TABLES.to_vec();
    let (before, after) = tokio::task::spawn_blocking(move || {
        let before = store.dump(&tables).unwrap();
        store.rebuild(&mut |_| {}).unwrap();
        (before, store.dump(&tables).unwrap())
    })
    .await
    .unwrap();
    let gone: Vec<&str> = before.lines().filter(|line| !after.contains(line)).collect();
    let new: Vec<&str> = after.lines().filter(|line| !before.contains(line)).collect();
    assert_eq!((gone, new), (vec![], vec![]), "views rebuilt from the journal are the same");
}

#[test]
fn an_office_adopts_its_own_rulebook_and_settles_a_conflict_on_sqlite() {
    on(Engine::Sqlite, charter_story);
}

#[test]
fn an_office_adopts_its_own_rulebook_and_settles_a_conflict_on_postgres() {
    on(Engine::Postgres, charter_story);
}

async fn person_story(store: Store) {
    let mut story = Story::begin(store).await;
    let to = vec!["@demo.finance".to_owned()];
    let sent = story.sent(1, "admin", "administrator");
    story.house.change_charter(sent, CharterChange::Bind { post: "technician".into(), to }).await.unwrap().unwrap();
    story.register(CaseKind::Repair, &[("repair.object", "own"), ("repair.on_price_list", "yes")]).await;
    story.act("engineering_supervisor", "repair.assigned", &[]).await;
    let bearers = story.house.bearers(1, "demo.finance", &["finance".into()]).await.unwrap();
    assert_eq!(bearers, ["finance", "technician"]);
    story.act("finance", "case.note_added", &[]).await;
    let case = story.case.clone();
    let entry = story.page(&case).await.case.entries.last().unwrap().fact();
    assert_eq!(entry.by, ["finance", "technician"], "what a person does is done in the posts given to the person");
}

#[test]
fn a_person_stands_for_a_post_of_a_rulebook() {
    on(Engine::Sqlite, person_story);
}

#[test]
fn a_chased_order_rings_at_its_worker_on_sqlite() {
    on(Engine::Sqlite, chased);
}

#[test]
fn a_chased_order_rings_at_its_worker_on_postgres() {
    on(Engine::Postgres, chased);
}

/// Chasing rings at the worker, tells the group robot, is read out; rebuilt views ring alike.
async fn chased(store: Store) {
    let mut story = Story::begin(store).await;
    let robot = CharterChange::Set { name: "群机器人地址".into(), value: "https://127.0.0.1/robot".into() };
    let sent = story.sent(1, "admin", "administrator");
    story.house.change_charter(sent, robot).await.unwrap().unwrap();
    story.register(CaseKind::Repair, &[("repair.object", "own"), ("repair.on_price_list", "yes")]).await;
    story.act("front_desk", "case.chased", &[]).await;
    let ringing = story.house.ringing(1).await.unwrap();
    assert_eq!(ringing.iter().map(|ring| ring.why.clone()).collect::<Vec<_>>(), [Why::Order, Why::Chased(1)]);
    assert!(
        ringing[1].rings_at("demo.service_supervisor", true, true)
            && !ringing[1].rings_at("demo.front_desk", true, false)
    );
    story.act("engineering_supervisor", "repair.assigned", &[]).await;
    assert!(story.house.ringing(1).await.unwrap().is_empty(), "given to somebody, both bells stop");
    story.act("front_desk", "case.chased", &[]).await;
    let ringing = story.house.ringing(1).await.unwrap();
    assert!(
        ringing[0].rings_at("demo.technician", false, false)
            && !ringing[0].rings_at("demo.service_supervisor", true, true)
    );
    let actor = Story::actor("front_desk");
    let told = story.house.read_out(1, story.case.clone(), actor, story.now).await.unwrap().expect("it exists");
    assert_eq!((told.case.chased, told.worker.as_deref(), told.refused), (2, Some("演示员工"), None));
    assert_eq!(told.last.map(|(fact, _)| fact).as_deref(), Some("repair.assigned"), "talk about it moves nothing");
    passes_half_unchased(&mut story).await;
    let store = story.house.store().clone();
    tokio::task::spawn_blocking(move || {
        let messages = store.dump(&["outbox"]).unwrap();
        assert!(messages.contains("催办 WX-202611-0001，第 2 次") && messages.contains("经办 演示员工"), "{messages}");
        let before = store.dump(crate::views::TABLES).unwrap();
        store.rebuild(&mut |_| {}).unwrap();
        assert_eq!(before, store.dump(crate::views::TABLES).unwrap());
    })
    .await
    .unwrap();
}

/// A matter nobody has chased is listed from the moment after the middle of the way to its next limit.
async fn passes_half_unchased(story: &mut Story) {
    story.register(CaseKind::Repair, &[("repair.object", "own"), ("repair.on_price_list", "yes")]).await;
    for (post, act) in [
        ("engineering_supervisor", "repair.assigned"),
        ("technician", "repair.slip_fetched"),
        ("technician", "repair.taken_on"),
    ] {
        story.act(post, act, &[]).await;
    }
    let all = CaseFilter { limit: 10, ..CaseFilter::default() };
    let row = story.house.cases(1, all, story.now).await.unwrap().rows.remove(0);
    let due = row.next_due.expect("something is due");
    let middle = row.opened.plus_seconds(due.seconds_since(row.opened) / 2);
    for (now, listed) in [(middle, 0), (middle.plus_seconds(1), 1)] {
        let filter = CaseFilter { unchased: true, limit: 10, ..CaseFilter::default() };
        let list = story.house.cases(1, filter, now).await.unwrap();
        assert_eq!(list.rows.len(), listed, "{now:?} of {due:?}");
    }
}
