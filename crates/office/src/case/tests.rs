use std::collections::BTreeMap;

use calendar::{Moment, Zone};
use jiff::civil::date;
use rulebook::{BlockNow, ClauseRef, Fact};

use super::*;
use crate::actor::Actor;
use crate::event::Entry;
use crate::refusal::Refusal;

/// A desk with a clock that moves a minute at each act.
struct Desk {
    zone: Zone,
    now: Moment,
    numbers: BTreeMap<String, i64>,
    entries: Vec<Entry>,
    blocks: Vec<BlockNow>,
    area: String,
    seen: std::cell::RefCell<Vec<Fact>>,
}

impl Desk {
    fn new() -> Desk {
        let zone = Zone::shanghai();
        let now = zone.moment(date(2026, 11, 16).at(9, 12, 0, 0));
        Desk {
            zone,
            now,
            numbers: BTreeMap::new(),
            entries: Vec::new(),
            blocks: Vec::new(),
            area: String::new(),
            seen: Default::default(),
        }
    }

    fn with<T>(&mut self, post: &str, run: impl FnOnce(&mut Latitude<'_>) -> T) -> T {
        let actor = Actor {
            account: format!("demo.{post}"),
            name: "演示".into(),
            posts: vec![post.into()],
            area: self.area.clone(),
        };
        let (numbers, blocks, seen) = (&mut self.numbers, &self.blocks, &self.seen);
        let refuses = |fact: &Fact| {
            seen.borrow_mut().push(fact.clone());
            blocks.iter().filter(|it| it.act == fact.name).cloned().collect()
        };
        let mut next = |letters: &str, month: &str| {
            let n = numbers.entry(format!("{letters}{month}")).or_insert(0);
            *n += 1;
            *n
        };
        let mut latitude = Latitude {
            now: self.now,
            zone: &self.zone,
            actor: &actor,
            stands_for: &[],
            late_needs_reason: 600,
            late_needs_approval: 86_400,
            speaks_of: &|_| false,
            reminders_apart: 600,
            refuses: &refuses,
            word: &|id| id.to_owned(),
            next_number: &mut next,
        };
        run(&mut latitude)
    }

    fn write(&mut self, post: &str, events: Vec<crate::Event>) {
        for event in events {
            let seq = self.entries.len() as i64 + 1;
            let entry = Entry { seq, at: self.now, actor: format!("demo.{post}"), post: post.into(), event };
            self.entries.push(entry);
        }
        self.now = self.now.plus_seconds(60);
    }

    fn register(&mut self, kind: CaseKind, more: &[(&str, &str)]) -> Result<String, Refusal> {
        let form = Register {
            case: "c1".into(),
            kind,
            contact: None,
            channel: "phone".into(),
            station: "office_desk".into(),
            first_contact: self.now,
            opened_form: self.now,
            told_desk: None,
            place: Place { household: None, words: "3-2-501".into() },
            caller: Caller { person: String::new(), name: "演示住户".into(), phone: "13800000001".into() },
            words: "厨房水龙头滴水".into(),
            attributes: more.iter().map(|(k, v)| ((*k).into(), (*v).into())).collect(),
            read_back: true,
            notify: true,
            attachments: Vec::new(),
            late_reason: String::new(),
            approved_by: String::new(),
            linked_case: None,
            blank_number: String::new(),
        };
        let done = self.with("front_desk", |latitude| register(latitude, &form))?;
        self.write("front_desk", done.events);
        Ok(done.number)
    }

    fn case(&self) -> Case {
        replay("c1", &self.entries).expect("registered")
    }

    fn act(&mut self, post: &str, id: &str, attributes: &[(&str, &str)]) -> Result<(), Refusal> {
        let command = ActOnCase {
            act: id.into(),
            attributes: attributes.iter().map(|(k, v)| ((*k).into(), (*v).into())).collect(),
            note: "演示".into(),
            links: [("assignee".into(), "demo.technician".into())].into(),
            signature: (id == "repair.customer_signed").then(|| crate::event::Signature {
                name: "演示住户".into(),
                post: "resident".into(),
                way: crate::event::SignatureWay::Drawn,
                path: "M0 0".into(),
            }),
            ..ActOnCase::default()
        };
        self.command(post, &command)
    }

    fn command(&mut self, post: &str, command: &ActOnCase) -> Result<(), Refusal> {
        let case = self.case();
        let events = self.with(post, |latitude| act(latitude, &case, command))?;
        self.write(post, events);
        Ok(())
    }
}

#[test]
fn a_repair_goes_from_the_call_to_the_archive() {
    let mut desk = Desk::new();
    assert_eq!(desk.register(CaseKind::Repair, &[("repair.on_price_list", "yes")]).as_deref(), Ok("WX-202611-0001"));
    let names: Vec<&str> = desk.entries.iter().map(|entry| entry.event.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "repair.requested",
            "repair.slip_opened",
            "repair.slip_written",
            "repair.slip_issued",
            "repair.engineering_notified"
        ]
    );
    let steps: &[(&str, &str)] = &[
        ("engineering_supervisor", "repair.assigned"),
        ("technician", "repair.taken_on"),
        ("technician", "repair.arrived"),
        ("technician", "repair.verified"),
        ("technician", "repair.price_shown"),
        ("technician", "repair.started"),
        ("technician", "repair.completed"),
        ("technician", "repair.accepted"),
        ("technician", "repair.customer_signed"),
        ("technician", "repair.copy_left"),
        ("technician", "repair.copies_returned"),
        ("engineering_supervisor", "repair.supervisor_confirmed"),
        ("engineering_supervisor", "repair.handed_to_desk"),
        ("front_desk", "repair.return_booked"),
        ("front_desk", "repair.copy_to_finance"),
        ("finance", "repair.finance_received"),
    ];
    for (post, step) in steps {
        desk.act(post, step, &[]).unwrap_or_else(|refusal| panic!("{step}: {refusal}"));
    }
    let case = desk.case();
    assert_eq!(case.state, CaseState::AwaitingFollowUp);
    let slip = case.form("repair_slip").expect("issued");
    let holders: Vec<&str> = slip.copies.values().map(|(holder, _)| holder.as_str()).collect();
    assert_eq!(holders, ["resident", "front_desk", "finance", "front_desk"]);
    desk.act("front_desk", "follow_up.done", &[("follow_up.method", "phone"), ("follow_up.satisfaction", "satisfied")])
        .expect("followed up");
    assert!(desk.case().has("follow_up.satisfied"));
    desk.act("front_desk", "case.closed", &[]).expect("closed");
    desk.act("archive", "case.filed", &[]).expect("filed");
    assert_eq!(desk.case().state, CaseState::Filed);
}

#[test]
fn steps_keep_their_order_and_posts() {
    let mut desk = Desk::new();
    desk.register(CaseKind::Repair, &[]).expect("registered");
    let early = desk.act("technician", "repair.arrived", &[]).expect_err("nobody has the order");
    assert_eq!(early.to_string(), "不能到场：还没有“repair.taken_on”。请先办“repair.taken_on”。");
    let finance = desk.act("finance", "repair.assigned", &[]).expect_err("not finance's");
    assert!(finance.to_string().contains("没有此项权限"));
    desk.act("engineering_supervisor", "repair.assigned", &[]).expect("assigned");
    desk.act("technician", "repair.taken_on", &[]).expect("taken on");
    assert!(desk.act("technician", "repair.taken_on", &[]).is_err(), "only once a round");
    desk.act("technician", "repair.declined", &[]).expect("declined");
    assert_eq!(desk.case().assignee, None);
    assert!(desk.act("technician", "repair.taken_on", &[]).is_err(), "it waits for dispatch again");
    desk.act("engineering_supervisor", "repair.assigned", &[]).expect("assigned again");
    desk.act("technician", "repair.taken_on", &[]).expect("taken on again");
}

#[test]
fn a_clause_refuses_with_its_number_and_what_is_missing() {
    let mut desk = Desk::new();
    desk.register(CaseKind::Complaint, &[("complaint.class", "first")]).expect("registered");
    desk.blocks.push(BlockNow {
        clause: ClauseRef { book: "complaint-instruction".into(), id: "9.9".into() },
        summary: "结案前须有答复".into(),
        act: "case.closed".into(),
        missing: vec!["complaint.replied".into()],
        only: None,
        not_before: None,
        not_after: None,
    });
    let refusal = desk.act("receptionist", "case.closed", &[]).expect_err("blocked");
    assert_eq!(
        refusal.to_string(),
        "不能结案：结案前须有答复（complaint-instruction 9.9）。请先完成：complaint.replied。"
    );
}

#[test]
fn a_late_entry_needs_a_reason_and_a_very_late_one_a_supervisor() {
    let mut desk = Desk::new();
    desk.register(CaseKind::Repair, &[]).expect("registered");
    let opened = desk.case().opened;
    desk.now = opened.plus_seconds(601);
    let mut command = ActOnCase {
        act: "case.note_added".into(),
        note: "演示".into(),
        happened: Some(opened),
        ..ActOnCase::default()
    };
    assert_eq!(desk.command("front_desk", &command).expect_err("late").field.as_deref(), Some("late_reason"));
    command.late_reason = "停电".into();
    desk.command("front_desk", &command).expect("with a reason");
    assert!(desk.case().last("case.note_added").is_some_and(|entry| entry.event.body.late.is_some()));
    desk.now = opened.plus_seconds(86_400);
    desk.command("front_desk", &command).expect("24 h exactly still needs no approval");
    desk.now = opened.plus_seconds(86_401);
    assert_eq!(desk.command("front_desk", &command).expect_err("very late").field.as_deref(), Some("approved_by"));
    command.approved_by = "演示主管".into();
    desk.command("front_desk", &command).expect("approved");
    command.happened = Some(desk.now.plus_seconds(61));
    assert_eq!(desk.command("front_desk", &command).expect_err("future").field.as_deref(), Some("happened"));
}

#[test]
fn two_people_on_one_case_get_one_success_and_one_refusal() {
    let mut desk = Desk::new();
    desk.register(CaseKind::Complaint, &[]).expect("registered");
    let seen = Some(desk.case().version);
    let command =
        ActOnCase { act: "case.note_added".into(), note: "演示".into(), seen_version: seen, ..ActOnCase::default() };
    desk.command("front_desk", &command).expect("first");
    let refusal = desk.command("receptionist", &command).expect_err("second");
    assert!(refusal.to_string().contains("demo.front_desk 已记录"), "{refusal}");
}

#[test]
fn a_dissatisfied_resident_opens_a_round() {
    let mut desk = Desk::new();
    desk.register(CaseKind::Complaint, &[("complaint.class", "second")]).expect("registered");
    desk.act("receptionist", "complaint.resolved", &[("complaint.result", "已修")]).expect("resolved");
    desk.act(
        "front_desk",
        "follow_up.done",
        &[("follow_up.method", "visit"), ("follow_up.satisfaction", "dissatisfied")],
    )
    .expect("followed up");
    let case = desk.case();
    assert_eq!((case.state, case.round), (CaseState::Working, 2));
    desk.act("technician", "follow_up.rework_done", &[]).expect("handled again");
    assert_eq!(desk.case().state, CaseState::AwaitingFollowUp);
}

#[test]
fn a_follow_up_shows_its_round_and_what_proves_it() {
    let mut desk = Desk::new();
    desk.register(CaseKind::Complaint, &[("complaint.class", "second")]).expect("registered");
    desk.act("receptionist", "complaint.resolved", &[("complaint.result", "已修")]).expect("resolved");
    let shown = |desk: &Desk| {
        let case = desk.case();
        let value = |name: &str| case.attributes.get(name).cloned().unwrap_or_default();
        (value("follow_up.round"), value("follow_up.proof"))
    };
    let mut talk = |method: &str, found: &str| {
        let fields = [("follow_up.method", method), ("follow_up.satisfaction", found)];
        desk.act("front_desk", "follow_up.done", &fields).expect("followed up");
        let unsigned = shown(&desk);
        desk.act("front_desk", "case.customer_signed", &[]).expect("signed");
        (unsigned, shown(&desk).1)
    };
    let pair = |round: &str, proof: &str| (round.to_owned(), proof.to_owned());
    assert_eq!(talk("phone", "dissatisfied"), (pair("1", "noted_by_phone"), "noted_by_phone".into()));
    assert_eq!(talk("visit", "satisfied"), (pair("2", ""), "signed".into()));
}

#[test]
fn first_aid_that_ended_is_help_given() {
    let mut desk = Desk::new();
    desk.register(CaseKind::FirstAid, &[]).expect("registered");
    desk.act("security_guard", "service.first_aid_ended", &[]).expect("ended");
    let case = desk.case();
    assert!(case.has("service.help_completed"));
    assert_eq!(case.state, CaseState::AwaitingFollowUp);
}

#[test]
fn another_worker_takes_on_for_themselves() {
    let mut desk = Desk::new();
    desk.register(CaseKind::Repair, &[]).expect("registered");
    desk.act("engineering_supervisor", "repair.assigned", &[]).expect("assigned");
    desk.act("technician", "repair.taken_on", &[]).expect("taken on");
    desk.act("engineering_supervisor", "repair.assigned", &[]).expect("the same worker again");
    assert!(desk.act("technician", "repair.taken_on", &[]).is_err(), "the same worker goes on");
    let other = ActOnCase {
        act: "repair.assigned".into(),
        links: [("assignee".into(), "demo.other".into())].into(),
        ..ActOnCase::default()
    };
    desk.command("engineering_supervisor", &other).expect("given to another");
    desk.act("technician", "repair.taken_on", &[]).expect("begins anew");
}

#[test]
fn every_act_speaks_and_every_rule_of_order_names_an_act() {
    let known: Vec<&str> = crate::act::catalogue().map(|act| act.id).collect();
    for act in crate::act::catalogue() {
        assert!(!act.said.is_empty() && !act.title.is_empty(), "{}", act.id);
        for needed in act.after.iter().chain(act.without) {
            let made = known.contains(needed)
                || ["repair.slip_issued", "follow_up.dissatisfied", "fee.cleared", "fee.fell_due"].contains(needed);
            assert!(made, "{} waits for {needed}, which nothing makes", act.id);
        }
    }
    let mut sorted = known.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(sorted.len(), known.len(), "an act stands twice");
}

#[test]
fn a_button_stays_when_only_its_own_form_is_missing() {
    let mut desk = Desk::new();
    desk.register(CaseKind::Complaint, &[]).expect("registered");
    let block = |missing: &[&str]| BlockNow {
        clause: ClauseRef { book: "b".into(), id: "1".into() },
        summary: "结论写在表上才可以结案。".into(),
        act: "case.closed".into(),
        missing: missing.iter().map(|it| (*it).to_owned()).collect(),
        only: None,
        not_before: None,
        not_after: None,
    };
    let close = crate::act::find("case.closed").expect("an act");
    let case = desk.case();
    desk.blocks = vec![block(&["complaint.outcome"])];
    assert!(desk.with("receptionist", |latitude| offer(latitude, &case, close)).is_ok());
    assert!(desk.act("receptionist", "case.closed", &[]).is_err(), "the act itself is still held to the clause");
    desk.blocks = vec![block(&["complaint.outcome", "complaint.explained"])];
    assert!(desk.with("receptionist", |latitude| offer(latitude, &case, close)).is_err());
    desk.blocks = vec![BlockNow { only: Some("service_supervisor".into()), ..block(&["complaint.outcome"]) }];
    assert!(desk.with("receptionist", |latitude| offer(latitude, &case, close)).is_err());
}

#[test]
fn writing_on_a_sheet_again_is_the_same_sheet() {
    let mut desk = Desk::new();
    desk.register(CaseKind::Complaint, &[]).expect("registered");
    for content in ["楼道没有打扫", "楼道和电梯厅没有打扫"] {
        let written = [("complaint.nonconformity", content)];
        desk.act("department_head", "complaint.sheet_content_written", &written).expect("written");
    }
    let case = desk.case();
    let numbers: Vec<&str> = case.forms.iter().map(|form| form.number.as_str()).collect();
    assert_eq!(numbers, ["BH-202611-0001"]);
    assert_eq!(case.stage(), "sheet");
    desk.act("front_desk", "case.note_added", &[]).expect("noted");
    assert_eq!(desk.case().stage(), "sheet", "a note moves nothing");
}

#[test]
fn a_form_that_gets_its_number_by_being_issued_lacks_none() {
    let mut desk = Desk::new();
    desk.register(CaseKind::Complaint, &[]).expect("registered");
    let slip = crate::act::find("complaint_slip.written").expect("an act");
    let case = desk.case();
    desk.with("front_desk", |latitude| offer(latitude, &case, slip)).expect("offered");
    let asked = desk.seen.borrow().last().cloned().expect("the law was asked");
    assert!(asked.attributes.contains_key("complaint.slip_number"));
    desk.act("front_desk", "complaint_slip.written", &[]).expect("written");
    assert_eq!(desk.case().attributes["complaint.slip_number"], "CL-202611-0001");
}

#[test]
fn outside_their_area_nobody_is_area_staff() {
    let mut desk = Desk::new();
    desk.register(CaseKind::Complaint, &[("case.area", "甲区")]).expect("registered");
    desk.act("department_head", "complaint.department_opinion", &[]).expect("written");
    let case = desk.case();
    let sign = crate::act::find("complaint.area_signed").expect("an act");
    for (area, by) in [("甲区", "area_staff"), ("", "area_staff"), ("乙区", "employee")] {
        desk.area = area.into();
        let _ = desk.with("area_staff", |latitude| offer(latitude, &case, sign));
        let asked = desk.seen.borrow().last().cloned().expect("the law was asked");
        assert_eq!(asked.by, [by], "{area}");
    }
}

#[test]
fn a_reminder_too_soon_after_another_is_the_same_one() {
    let mut desk = Desk::new();
    desk.register(CaseKind::Complaint, &[]).expect("registered");
    for (wait, times) in [(0, "1"), (60, "1"), (600, "2"), (300, "2"), (300, "3")] {
        desk.now = desk.now.plus_seconds(wait);
        let before = desk.now;
        desk.act("front_desk", "case.chased", &[]).expect("may");
        desk.now = before;
        assert_eq!(desk.case().attributes["case.reminders"], times, "{wait} seconds later");
    }
}
