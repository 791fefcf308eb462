//! What the site owes by the period and who is on duty (值班与定期事务): the roster, the calendar and the clauses agree.

use std::collections::BTreeMap;

use calendar::Orderer;
use jiff::civil::{Date, date};
use office::case::{ActOnCase, CaseKind, OpenRecord};
use office::site::{Adopting, CalendarChange, PostChange};
use rulebook::State;

use super::house::{LAWS, Story, on, period_of, same_when_rebuilt};
use crate::house::Founding;
use crate::reads::{CalendarMove, KeptList, facts_named};
use crate::{Engine, Store};

/// Plans a shift of a post on the roster, as the office manager does; answers its record.
async fn planned(story: &mut Story, post: &str, from: Date, hours: (i8, i64)) -> String {
    let begins = LAWS.zone.moment(from.at(hours.0, 0, 0, 0));
    let case = format!("shift-{post}-{from}-{}-{}", hours.0, hours.1);
    let values = [
        ("duty.person", "演示员工".to_owned()),
        ("duty.post", post.to_owned()),
        ("duty.from", begins.0.to_string()),
        ("duty.to", begins.plus_seconds(hours.1 * 3600).0.to_string()),
    ];
    let act = ActOnCase {
        act: "duty.shift_planned".into(),
        attributes: values.map(|(id, value)| (id.to_owned(), value)).into(),
        links: BTreeMap::from([("on_duty".to_owned(), format!("demo.{post}"))]),
        ..ActOnCase::default()
    };
    let record = OpenRecord { case: case.clone(), register: "duty_roster".into(), act, ..OpenRecord::default() };
    let sent = story.sent(1, "demo.service_supervisor", "service_supervisor");
    story.house.open_record(sent, Story::actor("service_supervisor"), record).await.unwrap().unwrap();
    case
}

async fn void(story: &mut Story, case: &str) {
    let command = ActOnCase { act: "case.withdrawn".into(), note: "排错了".into(), ..ActOnCase::default() };
    let sent = story.sent(1, "demo.service_supervisor", "service_supervisor");
    let actor = Story::actor("service_supervisor");
    story.house.act_on_case(sent, actor, case.to_owned(), command).await.unwrap().unwrap();
}

#[test]
fn a_voided_shift_counts_nowhere_on_sqlite() {
    on(Engine::Sqlite, voided);
}

#[test]
fn a_voided_shift_counts_nowhere_on_postgres() {
    on(Engine::Postgres, voided);
}

async fn voided(store: Store) {
    let mut story = Story::begin(store).await;
    let (day, next) = (date(2026, 11, 18), date(2026, 11, 19));
    let at = |day: Date, hour: i8| LAWS.zone.moment(day.at(hour, 0, 0, 0));
    story.now = at(date(2026, 11, 17), 9);
    // One shift is voided before the clause is adopted that asks for it, one after.
    let early = planned(&mut story, "front_desk", day, (0, 24)).await;
    void(&mut story, &early).await;
    story.now = story.now.plus_seconds(60);
    let adopting = Adopting { book: "convenience".into(), approver: "总经理乙".into(), ..Adopting::default() };
    let sent = story.sent(1, "admin", "office_manager");
    story.house.adopt(sent, adopting, None).await.unwrap().unwrap();
    let morning = planned(&mut story, "front_desk", day, (8, 12)).await;
    planned(&mut story, "front_desk", day, (20, 12)).await;
    planned(&mut story, "security_guard", day, (0, 8)).await;
    story.now = at(day, 10);
    let line = period_of(&story, "duty.shift_planned", day).await.expect("each day");
    assert_eq!(line.uncovered, [(at(day, 0), at(day, 8))], "a guard is not the service centre, whoever planned it");
    planned(&mut story, "front_desk", day, (0, 7)).await;
    planned(&mut story, "front_desk", day, (7, 1)).await;
    let line = period_of(&story, "duty.shift_planned", day).await.expect("each day");
    assert!(line.uncovered.is_empty() && line.period.obligation.state == State::Met, "{line:?}");
    void(&mut story, &morning).await;
    let line = period_of(&story, "duty.shift_planned", day).await.expect("each day");
    assert_eq!(
        (line.period.obligation.state, line.uncovered.as_slice()),
        (State::Open, &[(at(day, 8), at(day, 20))][..])
    );
    let roster = story.house.shifts(1, at(day, 0), at(next, 0)).await.unwrap();
    assert!(roster.iter().all(|shift| shift.case != morning && shift.case != early), "{roster:?}");
    let gaps = story.house.unstaffed(1, day, day, story.now).await.unwrap();
    let gaps: Vec<_> =
        gaps.iter().filter(|gap| gap.clause.book == "convenience").map(|gap| (gap.from, gap.to)).collect();
    assert_eq!(gaps, line.uncovered, "the roster and the periodic duty tell the same gaps");
    same_when_rebuilt(&story).await;
}

#[test]
fn the_page_of_a_clause_reads_what_its_months_rest_on_and_no_more() {
    on(Engine::Sqlite, months_of_a_clause);
}

async fn months_of_a_clause(store: Store) {
    let mut story = Story::under(store, &["convenience"]).await;
    planned(&mut story, "front_desk", date(2026, 11, 18), (0, 24)).await;
    story.now = LAWS.zone.moment(date(2027, 2, 9).at(9, 0, 0, 0));
    for day in [date(2027, 2, 10), date(2027, 2, 18)] {
        planned(&mut story, "front_desk", day, (0, 24)).await;
    }
    story.now = LAWS.zone.moment(date(2027, 2, 20).at(9, 0, 0, 0));
    let line = period_of(&story, "duty.shift_planned", date(2027, 2, 18)).await.expect("each day");
    let clause = line.period.obligation.clause.clone();
    let law = story.house.law(1).await.unwrap();
    let (named, back) = law.law.duties_rest_on(&|it| *it == clause).expect("a duty recurs");
    assert_eq!(named.iter().collect::<Vec<_>>(), ["duty.shift_planned"]);
    let from = date(2027, 2, 1).saturating_sub(jiff::Span::new().days(back));
    let read = |from: Date| {
        let named = named.clone();
        story.house.read(move |tx| Ok(facts_named(tx, 1, &named, from)?.len()))
    };
    assert_eq!(read(from).await.unwrap(), 2, "a daily duty looks back some weeks, not to autumn");
    assert_eq!(read(date(2026, 1, 1)).await.unwrap(), 3);

    // What is read so tells the same as the list of periods, which reads everything.
    let asked = KeptList {
        book: clause.book.clone(),
        clauses: vec![clause.id.clone()],
        month: "2027-02".into(),
        kept_as: None,
        after: None,
        limit: 100,
    };
    let (rows, _) = story.house.clause_list(1, asked, story.now).await.unwrap();
    let mut told: Vec<_> = rows.iter().map(|row| (row.opened, row.state)).collect();
    told.sort_by_key(|(opened, _)| *opened);
    let all = story.house.periods(1, date(2027, 2, 1), date(2027, 2, 28), story.now).await.unwrap();
    let all = all.into_iter().map(|row| row.period.obligation).filter(|it| it.clause == clause);
    let mut all: Vec<_> = all.map(|it| (it.opened, it.state)).collect();
    all.sort_by_key(|(opened, _)| *opened);
    assert_eq!(told, all);
    assert_eq!(told.iter().filter(|(_, state)| *state == State::Met).count(), 2, "{told:?}");
}

/// A late notice of 2026: 23 November becomes a day of rest, made up for on Saturday the 28th.
fn notice(first: &str, make_up: &str) -> CalendarChange {
    let data = format!(
        "year = 2026\n[[notice]]\ntitle = \"关于调休的更正\"\ndate = 2026-11-16\nsource = \"演示\"\n[[notice.holiday]]\n\
         name = \"演示节\"\nname_en = \"Demo Day\"\nfirst = {first}\nlast = {first}\nmake_up = [{make_up}]\n"
    );
    CalendarChange::Notice { data, text: "更正的原文".into() }
}

fn settled(date: Date, workday: Option<bool>) -> CalendarChange {
    CalendarChange::Day { date, workday, hours: String::new(), why: "公司安排".into() }
}

impl Story {
    async fn calendar(&mut self, by: Orderer, change: CalendarChange) -> Result<Option<i64>, office::Refusal> {
        let sent = self.sent(1, "admin", "office_manager");
        let done = self.house.change_calendar(sent, by, change).await.unwrap();
        // It is a moment of its own after all entries before, which have the same here.
        self.now = self.now.plus_micros(1);
        done
    }

    /// Due moments of the open obligations of a case by clause.
    async fn dues(&self, case: &str) -> BTreeMap<String, Option<calendar::Moment>> {
        let case = self.house.case_page(1, case.into(), Story::actor("front_desk"), self.now, false).await.unwrap();
        let open = case.unwrap().derived.obligations.into_iter().filter(|it| it.ended.is_none());
        open.map(|it| (format!("{}/{}", it.clause.book, it.clause.id), it.due)).collect()
    }
}

#[test]
fn a_late_notice_moves_what_is_open_and_nothing_else_on_sqlite() {
    on(Engine::Sqlite, late_notice);
}

#[test]
fn a_late_notice_moves_what_is_open_and_nothing_else_on_postgres() {
    on(Engine::Postgres, late_notice);
}

async fn late_notice(store: Store) {
    let mut story = Story::begin(store).await;
    // A book of the office's own counts working days: three from the entry of a complaint.
    let law = story.house.law(1).await.unwrap();
    assert!(law.calendar.is_workday(date(2026, 11, 23)));
    story.now = LAWS.zone.moment(date(2026, 11, 19).at(10, 0, 0, 0));
    adopt_working_days(&mut story).await;
    story.register(CaseKind::Complaint, &[("complaint.class", "second"), ("case.department", "工程部")]).await;
    let (kept, open) = (story.case.clone(), "own-days/1".to_owned());
    story.act("front_desk", "case.replied", &[]).await;
    story.register(CaseKind::Complaint, &[("complaint.class", "second"), ("case.department", "工程部")]).await;
    let case = story.case.clone();
    let end = |day: i8| LAWS.zone.end_of_day(date(2026, 11, day));
    assert_eq!(story.dues(&case).await[&open], Some(end(24)), "Friday, Monday, Tuesday");

    let seen = story.house.calendar_preview(1, Orderer::Site, notice("2026-11-23", "2026-11-28"), story.now).await;
    let seen = seen.unwrap().unwrap();
    let own: Vec<_> = seen.iter().filter(|it| it.clause.book == "own-days").collect();
    assert_eq!(own.len(), 1, "{seen:?}");
    assert_eq!(
        (own[0].subject.as_str(), own[0].was, own[0].due),
        (case.as_str(), (Some(end(24)), true), (Some(end(25)), true))
    );
    // Nothing passes between the look and the entry but the moment of the entry itself.
    let seq = story.calendar(Orderer::Site, notice("2026-11-23", "2026-11-28")).await.unwrap().expect("entered");
    assert_eq!(story.dues(&case).await[&open], Some(end(25)));
    let (entry, moved) = story.house.calendar_moves(1, seq).await.unwrap().expect("an entry");
    let key = |it: &CalendarMove| (it.id.clone(), it.was, it.due);
    let sorted = |all: &[CalendarMove]| {
        let mut keys: Vec<_> = all.iter().map(key).collect();
        keys.sort();
        keys
    };
    assert_eq!(sorted(&moved), sorted(&seen), "told before and after alike");
    assert_eq!((entry.account.as_str(), entry.by), ("admin", Orderer::Site));
    // Rows follow at once, and what was met before keeps its day.
    let asked = KeptList {
        book: "own-days".into(),
        clauses: vec!["1".into()],
        month: "2026-11".into(),
        kept_as: None,
        after: None,
        limit: 9,
    };
    let (rows, _) = story.house.clause_list(1, asked, story.now).await.unwrap();
    let dues: BTreeMap<&str, _> = rows.iter().map(|row| (row.case.as_str(), (row.due, row.state))).collect();
    assert_eq!(dues[case.as_str()], (Some(end(25)), State::Open));
    assert_eq!(dues[kept.as_str()], (Some(end(24)), State::Met));
    let met = story.page(&kept).await.derived.obligations.into_iter().find(|it| it.clause.book == "own-days").unwrap();
    assert_eq!(met.due, Some(end(24)), "explained by the calendar of then");

    let no = story.calendar(Orderer::Site, notice("2026-11-23", "2026-11-28")).await.unwrap_err();
    assert!(no.because[0].text.contains("已经录入"), "{no}");
    // The same moment again: the company closes the 24th, the site opens it, and takes that back.
    for (by, change, due) in [
        (Orderer::Company, settled(date(2026, 11, 24), Some(false)), 26),
        (Orderer::Site, settled(date(2026, 11, 24), Some(true)), 25),
        (Orderer::Site, settled(date(2026, 11, 24), None), 26),
    ] {
        let seq = story.calendar(by, change).await.unwrap().expect("entered");
        assert_eq!(story.dues(&case).await[&open], Some(end(due)));
        let (_, moved) = story.house.calendar_moves(1, seq).await.unwrap().expect("an entry");
        assert!(moved.iter().any(|it| it.subject == case && it.due == (Some(end(due)), true)), "{moved:?}");
    }
    story.register(CaseKind::Complaint, &[("complaint.class", "second"), ("case.department", "工程部")]).await;
    assert_eq!(story.dues(&story.case.clone()).await[&open], Some(end(26)), "what comes later follows it");
    same_when_rebuilt(&story).await;
}

/// A rulebook of the office's own: a complaint is answered within three working days.
async fn adopt_working_days(story: &mut Story) {
    let head = "name = \"工作日规定\"\nname_en = \"Working days\"\nedition = \"A/0\"\ndocument = \"自编\"\ngoverns = \"答复\"\n\
                clauses = 1\nexamples = 0\n\n[[reading]]\nwords = \"内\"\nmeans = \"含本数\"\nbasis = \"T1\"\n";
    let clause = "clause = \"1\"\ntitle = \"答复\"\nsummary = \"投诉 3 个工作日内答复。\"\nplace = \"1\"\nin_force = 2020-01-01\n\n\
                  [[deadline]]\nid = \"1\"\nsummary = \"投诉 3 个工作日内答复。\"\nfrom = \"投诉提出\"\nmust = \"答复来人\"\nwithin = \"3 个工作日\"\n\n\
                  [[example]]\nname = \"周四起，下周二止\"\ncovers = [\"1\"]\n\
                  happens = [\"2026-11-19 10:00 投诉提出\", \"2026-11-24 23:59 答复来人\"]\n\
                  expect = [\"答复来人 限 2026-11-24 24:00\", \"答复来人 按时\"]\n";
    let files =
        [("book.toml", head), ("1.toml", clause)].map(|(name, text)| (format!("own-days/{name}"), text.to_owned()));
    let own = LAWS.examine("own-days", files.to_vec());
    assert_eq!(own.errors(), 0, "{:?}", own.problems());
    let adopting = Adopting { book: "own-days".into(), approver: "总经理乙".into(), ..Adopting::default() };
    let sent = story.sent(1, "admin", "office_manager");
    story.house.adopt(sent, adopting, Some(own)).await.unwrap().unwrap();
}

#[test]
fn a_site_opened_later_has_the_days_of_the_company() {
    on(Engine::Sqlite, later_site);
}

async fn later_site(store: Store) {
    let mut story = Story::begin(store).await;
    let day = date(2026, 12, 5);
    story.calendar(Orderer::Company, settled(day, Some(true))).await.unwrap();
    story.calendar(Orderer::Site, settled(date(2026, 12, 6), Some(true))).await.unwrap();
    let founding = Founding {
        company: "演示物业".into(),
        site: "第二花园".into(),
        account: "second".into(),
        name: "演示管理员".into(),
        books: vec!["followup-9".into()],
        ..Founding::default()
    };
    let sent = story.sent(0, "admin", "administrator");
    assert_eq!(story.house.found(sent, founding).await.unwrap(), Ok(2));
    let law = story.house.law(2).await.unwrap();
    assert!(law.calendar.is_workday(day) && !law.calendar.is_workday(date(2026, 12, 6)), "the company's, not a site's");
    assert_eq!(law.calendar.day(day).layer, "公司安排：公司安排");
    story.calendar(Orderer::Company, settled(day, None)).await.unwrap();
    for site in [1, 2] {
        assert!(!story.house.law(site).await.unwrap().calendar.is_workday(day), "taken back at site {site}");
    }
    let no = story.calendar(Orderer::Company, settled(day, None)).await.unwrap_err();
    assert_eq!(no.field.as_deref(), Some("date"));
    same_when_rebuilt(&story).await;
}

/// One act on a record of the duty, or its beginning.
async fn done(story: &mut Story, who: &str, case: &str, register: &str, act: &str, told: &[(&str, &str)]) {
    story.now = story.now.plus_seconds(60);
    let command = ActOnCase {
        act: act.into(),
        attributes: told.iter().map(|(id, value)| ((*id).to_owned(), (*value).to_owned())).collect(),
        ..ActOnCase::default()
    };
    let sent = story.sent(1, &format!("demo.{who}"), who);
    let actor = Story::actor(who);
    let answer = match register {
        "" => story.house.act_on_case(sent, actor, case.to_owned(), command).await.unwrap(),
        _ => {
            let (case, register) = (case.to_owned(), register.to_owned());
            let form = OpenRecord { case, register, act: command, ..OpenRecord::default() };
            story.house.open_record(sent, actor, form).await.unwrap()
        }
    };
    answer.unwrap_or_else(|refusal| panic!("{act}: {refusal}"));
}

#[test]
fn who_is_away_is_covered_on_the_roster_on_sqlite() {
    on(Engine::Sqlite, covered);
}

#[test]
fn who_is_away_is_covered_on_the_roster_on_postgres() {
    on(Engine::Postgres, covered);
}

async fn covered(store: Store) {
    let mut story = Story::begin(store).await;
    let day = date(2026, 11, 18);
    let at = |hour: i8| LAWS.zone.moment(day.at(hour, 0, 0, 0));
    for (account, name) in [("demo.front_desk", "陈甲"), ("demo.finance", "吴乙")] {
        let post = account.trim_start_matches("demo.").to_owned();
        let change =
            PostChange { id: account.into(), name: name.into(), posts: vec![post], active: true, ..Default::default() };
        let sent = story.sent(1, "admin", "administrator");
        story.house.set_account(sent, change).await.unwrap().unwrap();
    }
    story.now = LAWS.zone.moment(date(2026, 11, 17).at(9, 0, 0, 0));
    let head = "service_supervisor";
    done(
        &mut story,
        head,
        "plan",
        "post_plan",
        "post.a_named",
        &[("duty.post", "front_desk"), ("duty.person", "陈甲")],
    )
    .await;
    done(&mut story, head, "plan", "", "post.b_named", &[("duty.person", "吴乙")]).await;
    assert!(story.house.post_plans(1).await.unwrap().is_empty(), "not in force yet");
    done(&mut story, head, "plan", "", "post.plan_adopted", &[]).await;
    let plans = story.house.post_plans(1).await.unwrap();
    assert_eq!((plans[0].a.as_str(), plans[0].b.as_str(), plans[0].post.as_str()), ("陈甲", "吴乙", "front_desk"));

    planned(&mut story, "front_desk", day, (8, 12)).await;
    let (from, to) = (at(10).0.to_string(), at(11).0.to_string());
    let asked = [("duty.from", from.as_str()), ("duty.to", to.as_str()), ("case.reason", "外出办证")];
    done(&mut story, "front_desk", "leave", "leave_book", "leave.asked", &asked).await;
    done(&mut story, "finance", "leave", "", "leave.cover_confirmed", &[]).await;
    let roles = story.page("leave").await.case.entries.iter().map(|it| it.event.body.posts.clone()).collect::<Vec<_>>();
    assert_eq!(roles, [["post_a_holder"], ["post_b_holder"]], "each acts in the role of the plan");
    let shift = async |story: &Story| story.house.shifts(1, at(8), at(20)).await.unwrap().remove(0);
    assert_eq!(shift(&story).await.present(at(10)), "演示员工", "asked for is not granted");
    done(&mut story, head, "leave", "", "leave.granted", &[]).await;
    let now = shift(&story).await;
    assert_eq!(now.covers.len(), 1, "{now:?}");
    assert_eq!((now.present(at(9)), now.present(at(10)), now.present(at(11))), ("演示员工", "吴乙", "演示员工"));
    let leaves = story.house.leaves(1, at(0), at(23)).await.unwrap();
    assert!(leaves[0].granted && leaves[0].person == "陈甲" && leaves[0].cover == "吴乙", "{leaves:?}");
    same_when_rebuilt(&story).await;
}
