//! A quarter of 800 units (一季): staff who do the plan meet every share, hardly a call more than is owed; the draws verify; and
//! the figures are those that plain SQL counts from the exported journal.

use std::collections::BTreeMap;

use calendar::{Moment, Period, Zone};
use jiff::civil::{Date, date};
use journal::reads::{CaseRow, FollowUpStage};
use journal::{CommandId, House, Sent};
use office::case::{ActOnCase, CaseKind};
use rulebook::{ClauseRef, Figure};

use crate::chance::Chance;
use crate::estate::{self, Home};
use crate::staff::{self, Member};
use crate::tale::{Step, Tale, What};
use crate::tests::{Store, runtime, store};
use crate::{complaint, demo, matter, play, price, repair};

/// Rulebooks adopted together: two that ask shares of the same work.
const BOOKS: &[&str] = &["complaint-instruction", "repair-residential", "followup-9", "followup-residential"];
/// First day, and the last.
const QUARTER: (Date, Date) = (date(2026, 7, 1), date(2026, 9, 30));
/// Until when windows that began in the quarter may run: 30 days, a month.
const SETTLED: Date = date(2026, 11, 2);
/// The clause that asks each week about the week before.
const FOR_THE_WEEK: &str = "4.3.1b";
/// What plain SQL counts from the lines of an export.
const RECOUNT: &str = include_str!("../../../docs/recount.sql");

/// The staff at work: matters come by their tales, calls are made as the plan says.
struct Office {
    _store: Store,
    house: House,
    site: i64,
    zone: Zone,
    /// Tales with the steps that are still to come.
    tales: Vec<(String, std::collections::VecDeque<Step>)>,
    /// Where the clock stands.
    now: Moment,
    /// Slices played.
    slices: usize,
    /// Commands refused.
    refused: Vec<String>,
    /// Calls made, and those that reached nobody.
    called: (usize, usize),
    /// The week in which somebody was not at home.
    missed: Option<String>,
}

impl Office {
    fn at(&self, day: Date, hour: i8, minute: i8) -> Moment {
        self.zone.moment(day.at(hour, minute, 0, 0))
    }

    /// Everything that happens by itself until a moment.
    async fn until(&mut self, moment: Moment) {
        if moment <= self.now {
            return;
        }
        let mut slice = Vec::new();
        for (case, steps) in &mut self.tales {
            let mut tale = Tale::begin(case, self.now, &self.zone, Chance::of(0, "slice"));
            while steps.front().is_some_and(|step| step.at <= moment) {
                tale.steps.extend(steps.pop_front());
            }
            if !tale.steps.is_empty() {
                slice.push(tale);
            }
        }
        self.slices += 1;
        let played = play::play(&self.house, self.site, slice, moment, &format!("slice{}", self.slices)).await.unwrap();
        self.refused.extend(played.refused);
        self.now = moment;
    }

    async fn act(&mut self, case: &str, who: &Member, command: ActOnCase) {
        let actor = who.actor();
        let post = actor.post_for(office::act::find(&command.act).map_or(&[], |act| act.posts));
        let id = CommandId::of(&["quarter", case, &command.act, &self.now.0.to_string()]);
        let sent = Sent { site: self.site, command: id, actor: actor.account.clone(), post, now: self.now };
        let act = command.act.clone();
        if let Err(refusal) = self.house.act_on_case(sent, actor, case.to_owned(), command).await.unwrap() {
            self.refused.push(format!("{case} {act}：{refusal}"));
        }
    }

    async fn simply(&mut self, case: &str, who: &Member, act: &str, attributes: &[(&str, &str)], note: &str) {
        self.now = self.now.plus_seconds(20);
        let attributes = attributes.iter().map(|(key, value)| ((*key).into(), (*value).into())).collect();
        let command = ActOnCase { act: act.into(), attributes, note: note.into(), ..ActOnCase::default() };
        self.act(case, who, command).await;
    }

    /// One call by the plan, with the sheet issued, signed for, returned and reviewed.
    async fn call(&mut self, case: &CaseRow, fails: bool) {
        let (by, chief) = (staff::of("reception"), staff::of("supervisor"));
        let mut chance = Chance::of(3, &format!("call {} {}", case.id, self.now.0));
        let id = case.id.clone();
        self.simply(&id, by, "follow_up.form_issued", &[], "").await;
        self.simply(&id, by, "follow_up.form_signed_for", &[], "").await;
        if fails {
            for _ in 0..3 {
                let method = [("follow_up.method", "phone")];
                self.simply(&id, by, "follow_up.attempted", &method, "没有人接").await;
            }
            self.simply(&id, by, "follow_up.unreachable", &[], "打了三次都没有人接").await;
            self.called.1 += 1;
            return;
        }
        let unhappy = chance.percent(8);
        self.talk(case, by, if unhappy { "dissatisfied" } else { "satisfied" }).await;
        if unhappy {
            self.simply(&id, chief, "follow_up.rework_done", &[], "重新处理，住户看过").await;
            self.talk(case, by, "satisfied").await;
        }
        self.simply(&id, by, "follow_up.performer_signed", &[], "").await;
        self.simply(&id, by, "follow_up.form_returned", &[], "").await;
        let review = [("follow_up.review_comment", "同意"), ("follow_up.conforming", "yes")];
        self.simply(&id, chief, "follow_up.reviewed", &review, "").await;
        self.called.0 += 1;
    }

    async fn talk(&mut self, case: &CaseRow, by: &Member, satisfaction: &str) {
        self.now = self.now.plus_seconds(30);
        let said = [
            ("follow_up.method", "phone"),
            ("follow_up.satisfaction", satisfaction),
            ("follow_up.quality", "好"),
            ("follow_up.effect", "好"),
            ("follow_up.shortcomings", "无"),
            ("follow_up.suggestions", "无"),
            ("follow_up.summary", "按单问过"),
        ];
        // The complained-of department takes part; of a repair, the one who looks after the area is the one who calls.
        let also = if case.kind == CaseKind::Complaint { "responsible_department" } else { "area_staff" };
        let posts = vec![also.to_owned()];
        let attributes = said.iter().map(|(key, value)| ((*key).into(), (*value).into())).collect();
        let command = ActOnCase { act: "follow_up.done".into(), attributes, posts, ..ActOnCase::default() };
        self.act(&case.id, by, command).await;
    }

    /// A day of the plan: drawn, called, and what falls due by tomorrow asked before the office closes.
    async fn day(&mut self, day: Date) {
        self.until(self.at(day, 8, 0)).await;
        if self.house.sites_to_draw(self.now).await.unwrap().contains(&self.site) {
            self.house.draw_by_clock(self.site, self.now).await.unwrap();
        } else {
            // Somebody presses the key: who was not reached is replaced.
            let chief = staff::of("supervisor").actor();
            let post = chief.post_for(&["service_supervisor"]);
            let command = CommandId::of(&["draw", &day.to_string()]);
            let sent = Sent { site: self.site, command, actor: chief.account.clone(), post, now: self.now };
            let _ = self.house.draw_follow_ups(sent, chief).await.unwrap();
        }
        let close = self.at(day, 18, 30);
        let plan = self.house.follow_up_plan(self.site, self.now).await.unwrap();
        let week = (FOR_THE_WEEK, Period::Week.key(day));
        let of_week = |clause: &ClauseRef, period: &str| (clause.id.as_str(), period) == (week.0, week.1.as_str());
        let spare = plan.rates.iter().any(|it| of_week(&it.figure.clause, &it.figure.period) && it.open > 0);
        for line in plan.lines.iter().filter(|line| line.at <= close) {
            self.until(line.at).await;
            // Once a week somebody is not at home, early enough and with somebody left to take the place.
            let owed = line.serves.iter().any(|(clause, period)| of_week(clause, period));
            let early = day.weekday().to_monday_zero_offset() < 3 && self.missed.as_ref() != Some(&week.1);
            let fails = spare && owed && early;
            self.call(&line.case, fails).await;
            if fails {
                self.missed = Some(week.1.clone());
            }
        }
        self.until(close).await;
        let tomorrow = self.at(day, 23, 59).plus_seconds(86_400);
        let queue = self.house.follow_ups(self.site, Vec::new(), self.now).await.unwrap().queue;
        for row in queue {
            let due = row.clauses.iter().filter_map(|(_, due)| *due).min();
            if row.stage == FollowUpStage::ToAsk && row.planned.is_none() && due.is_some_and(|due| due <= tomorrow) {
                self.call(&row.case, false).await;
            }
        }
    }
}

/// The matters of the quarter: each told up to where a follow-up would begin.
fn matters(homes: &[Home], zone: &Zone) -> Vec<(String, std::collections::VecDeque<Step>)> {
    let mut chance = Chance::of(9, "quarter");
    let (mut day, mut tales) = (QUARTER.0, Vec::new());
    while day <= QUARTER.1 {
        for _ in 0..chance.between(1, 2) {
            let case = format!("q{:04}", tales.len() + 1);
            let at = zone.moment(day.at(0, 0, 0, 0)).plus_seconds(chance.between(9 * 60, 15 * 60) * 60);
            let mut own = Chance::of(9, &case);
            let home = own.pick(homes);
            let mut tale = Tale::begin(&case, at, zone, own);
            match chance.between(0, 9) {
                0..=5 => repair::dwelling(&mut tale, home, repair::Course::Plain),
                6..=7 => complaint::complaint(&mut tale, home, complaint::Course::OnSpot),
                8 => complaint::complaint(&mut tale, home, complaint::Course::Plain),
                _ => matter::matter(&mut tale, home),
            }
            let talked = |step: &Step| matches!(&step.what, What::Act(act) if act.act.starts_with("follow_up."));
            let end = tale.steps.iter().position(talked).unwrap_or(tale.steps.len());
            tale.steps.truncate(end);
            // Nobody files what may still be asked about.
            tale.steps.retain(|step| !matches!(&step.what, What::Act(act) if act.act == "case.filed"));
            tales.push((case, tale.steps.into()));
        }
        day = day.tomorrow().unwrap();
    }
    tales
}

/// The quarter, played to where every window has closed.
async fn played(store: Store) -> Office {
    let house = store.house.clone();
    let zone = Zone::shanghai();
    let began = zone.moment(date(2026, 6, 29).at(8, 0, 0, 0));
    let rows = estate::ledger_of(5, 800);
    let books: Vec<String> = BOOKS.iter().map(|book| (*book).to_owned()).collect();
    let opened = demo::opened_with(&house, "no password", rows, began, &books).await.unwrap();
    assert_eq!(opened.rows.len(), 800);
    let list = price::list(zone.date(began));
    demo::prices(&house, opened.site, began.plus_seconds(60), ("list", list)).await.unwrap();
    let homes = estate::homes(&opened.rows);
    let tales = matters(&homes, &zone);
    let mut office = Office {
        _store: store,
        house,
        site: opened.site,
        zone,
        tales,
        now: began.plus_seconds(86_400),
        slices: 0,
        refused: Vec::new(),
        called: (0, 0),
        missed: None,
    };
    let mut day = QUARTER.0;
    while day <= SETTLED {
        if day <= QUARTER.1 || !office.house.follow_up_plan(1, office.now).await.unwrap().lines.is_empty() {
            office.day(day).await;
        } else {
            office.until(office.at(day, 18, 30)).await;
        }
        day = day.tomorrow().unwrap();
    }
    office
}

/// The figures of every share of the quarter, by clause and period.
async fn figures(office: &Office) -> BTreeMap<(String, String), Figure> {
    let mut periods = vec!["2026-07".to_owned(), "2026-08".to_owned(), "2026-09".to_owned(), "2026-Q3".to_owned()];
    periods.extend((27..=39).map(|week| format!("2026-W{week}")));
    let found = office.house.follow_ups(office.site, periods, office.now).await.unwrap();
    let name = |figure: &Figure| (format!("{}/{}", figure.clause.book, figure.clause.id), figure.period.clone());
    found.rates.into_iter().map(|(_, figure)| (name(&figure), figure)).collect()
}

/// Members, needed and done of every share, as plain SQL counts them from the exported lines.
fn recounted(office: &Office) -> BTreeMap<(String, String), (i64, i64, i64)> {
    let mut export = Vec::new();
    office.house.store().export(office.site, &mut export).unwrap().expect("the chain is whole");
    let counter = rusqlite::Connection::open_in_memory().unwrap();
    counter.execute_batch("create table line(text)").unwrap();
    for line in std::str::from_utf8(&export).unwrap().lines() {
        counter.execute("insert into line values (?1)", [line]).unwrap();
    }
    counter.execute_batch(RECOUNT).unwrap();
    let mut shares = counter.prepare("select clause, period, members, needed, done from share").unwrap();
    let rows = shares.query_map([], |row| Ok(((row.get(0)?, row.get(1)?), (row.get(2)?, row.get(3)?, row.get(4)?))));
    rows.unwrap().map(Result::unwrap).collect()
}

#[test]
fn staff_who_do_the_plan_meet_every_share_and_plain_sql_counts_the_same() {
    let store = store(BOOKS);
    let office = runtime().block_on(played(store));
    assert_eq!(office.refused, Vec::<String>::new());
    let (calls, unreached) = office.called;
    assert!(calls > 60 && unreached > 4, "{calls} calls, {unreached} reached nobody");
    let figures = runtime().block_on(figures(&office));
    let counted = recounted(&office);
    let (mut compared, mut beyond) = (0, 0);
    for ((clause, period), figure) in figures.iter().filter(|((clause, _), _)| clause.starts_with("followup-")) {
        assert!(!figure.provisional, "{clause} {period}");
        // The office has not settled how many of the other services are asked about.
        assert_ne!(figure.on_target, Some(false), "{clause} {period}: {figure:?}");
        if clause.ends_with(FOR_THE_WEEK) {
            beyond += figure.done - figure.needed.unwrap_or(0);
        }
        if let Some(told) = counted.get(&(clause.clone(), period.clone())) {
            assert_eq!((figure.base, figure.needed.unwrap_or(0), figure.done), *told, "{clause} {period}");
            compared += 1;
        }
    }
    // The month's draw on its first day asks some of whom the week's would have asked others.
    assert!(beyond <= 12, "{beyond} calls more than the weeks owe");
    assert!(compared >= 30, "{compared} figures counted twice");
    for checked in runtime().block_on(office.house.verify_draws(office.site)).unwrap() {
        assert_eq!(checked.wrong, Vec::<String>::new());
    }
}
