//! The roster, its hand-overs and the counter (值班、交接班、窗口): two shifts a day at the desk, planned on the Friday before; each
//! hands over in the book; the desk has its holders of A and B, and one who is out for an hour today; a few matters of the
//! counter on every working day.

use std::collections::BTreeMap;

use calendar::{Moment, Zone};
use jiff::Span;
use jiff::civil::Date;
use office::case::{ActOnCase, Caller, OpenRecord, Place};

use crate::chance::Chance;
use crate::estate::Home;
use crate::staff;
use crate::tale::Tale;

/// Days with a roster before and after today.
const DAYS: i64 = 14;

/// Shifts of a day: post, who, from, hours.
const SHIFTS: &[(&str, &str, i8, i64)] = &[
    ("front_desk", "desk1", 8, 12),
    ("front_desk", "desk2", 20, 12),
    ("security_guard", "guard", 8, 24),
    ("engineering_supervisor", "engineer", 8, 10),
    ("technician", "repair1", 8, 10),
    ("technician", "repair2", 8, 10),
    ("technician", "repair3", 18, 14),
];

/// What people come to the counter for, and working days that it takes at most.
const MATTERS: &[(&str, &str)] = &[
    ("办装修出入证，带了两张照片", ""),
    ("开大件物品放行条", ""),
    ("登记新买的电动车充电位", "2"),
    ("申请更换门禁卡", ""),
    ("补办车位月卡", "1"),
];

/// The tales.
pub fn tales(homes: &[Home], zone: &Zone, now: Moment, seed: u64) -> Vec<Tale> {
    let today = zone.date(now);
    let mut tales = vec![cover_plan(zone, today, seed), away_today(zone, today, seed), moved_post(zone, today, seed)];
    for away in -DAYS..=7 {
        let day = today.saturating_add(Span::new().days(away));
        for shift in SHIFTS {
            tales.push(planned(zone, day, shift, seed));
        }
        if (-7..=0).contains(&away) {
            tales.extend([handed_over(zone, day, 0, seed), handed_over(zone, day, 1, seed)]);
        }
        if (-7..=0).contains(&away) && i64::from(day.weekday().to_monday_zero_offset()) < 5 {
            tales.extend([counter(homes, zone, day, seed), staffed(zone, day, seed), night_sheet(zone, day, seed)]);
        }
    }
    tales
}

fn moment(zone: &Zone, day: Date, hour: i8, minute: i8) -> Moment {
    zone.moment(day.at(hour, minute, 0, 0))
}

fn planned(zone: &Zone, day: Date, (post, who, hour, hours): &(&str, &str, i8, i64), seed: u64) -> Tale {
    let case = format!("roster-{day}-{who}");
    let back = 3 + i64::from(day.weekday().to_monday_zero_offset());
    let friday = day.saturating_sub(Span::new().days(back));
    let mut tale = Tale::begin(&case, moment(zone, friday, 16, 0), zone, Chance::of(seed, &case));
    let from = moment(zone, day, *hour, 0);
    let values = [
        ("duty.person", staff::of(who).name.to_owned()),
        ("duty.post", (*post).to_owned()),
        ("duty.from", from.0.to_string()),
        ("duty.to", from.plus_seconds(hours * 3600).0.to_string()),
    ];
    let act = ActOnCase {
        act: "duty.shift_planned".into(),
        attributes: values.map(|(id, value)| (id.to_owned(), value)).into(),
        links: BTreeMap::from([("on_duty".to_owned(), (*who).to_owned())]),
        ..ActOnCase::default()
    };
    tale.open_with("supervisor", OpenRecord { register: "duty_roster".into(), act, ..OpenRecord::default() });
    tale
}

/// Who holds the desk as A and who takes over as B.
fn cover_plan(zone: &Zone, today: Date, seed: u64) -> Tale {
    let begun = today.saturating_sub(Span::new().days(DAYS));
    let mut tale = Tale::begin("cover-plan", moment(zone, begun, 15, 0), zone, Chance::of(seed, "cover-plan"));
    let a = [("duty.post", "front_desk"), ("duty.person", staff::of("desk1").name)];
    tale.open("supervisor", "post_plan", "", &a);
    tale.wait(2, 5).tell("supervisor", "post.b_named", "", &[("duty.person", staff::of("desk2").name)]);
    tale.wait(1, 3).act("supervisor", "post.plan_adopted");
    tale
}

/// The desk's A is out for an hour today; B has said to stand there, and it is granted.
fn away_today(zone: &Zone, today: Date, seed: u64) -> Tale {
    let before = today.saturating_sub(Span::new().days(1));
    let mut tale = Tale::begin("cover-leave", moment(zone, before, 16, 10), zone, Chance::of(seed, "cover-leave"));
    let (from, to) = (moment(zone, today, 10, 0).0.to_string(), moment(zone, today, 11, 0).0.to_string());
    let asked = [("duty.from", from.as_str()), ("duty.to", to.as_str()), ("case.reason", "到街道办证")];
    tale.open("desk1", "leave_book", "", &asked);
    tale.wait(3, 9).act("desk2", "leave.cover_confirmed");
    tale.wait(3, 9).act("supervisor", "leave.granted");
    tale
}

/// The day shift and the night shift of the desk, each in the book.
fn handed_over(zone: &Zone, day: Date, which: usize, seed: u64) -> Tale {
    let (_, who, hour, hours) = SHIFTS[which];
    let next = staff::of(SHIFTS[1 - which].1).name;
    let case = format!("book-{day}-{who}");
    let begins = moment(zone, day, hour, 1);
    let ends = moment(zone, day, hour, 0).plus_seconds(hours * 3600);
    let mut tale = Tale::begin(&case, begins, zone, Chance::of(seed, &case));
    let till = ends.0.to_string();
    tale.open(who, "handover_book", "钥匙三把、对讲机两台，齐", &[("shift.ends", &till)]);
    tale.at = ends.plus_seconds(-600);
    tale.act(who, "shift.orders_checked");
    tale.at = ends;
    tale.tell(who, "shift.handed_over", "钥匙三把、对讲机两台，齐", &[("case.person", next)]);
    tale
}

/// Who sits at the counter in the morning, as it was entered.
fn staffed(zone: &Zone, day: Date, seed: u64) -> Tale {
    let case = format!("staffed-{day}");
    let mut tale = Tale::begin(&case, moment(zone, day, 8, 20), zone, Chance::of(seed, &case));
    let (from, to) = (moment(zone, day, 8, 30).0.to_string(), moment(zone, day, 12, 0).0.to_string());
    let turn = [("window.staffed_from", from.as_str()), ("window.staffed_to", to.as_str())];
    tale.open("desk1", "counter_staffing", "", &turn);
    tale
}

/// The record sheet that goes to the control room in the evening and comes back in the morning.
fn night_sheet(zone: &Zone, day: Date, seed: u64) -> Tale {
    let case = format!("night-sheet-{day}");
    let mut tale = Tale::begin(&case, moment(zone, day, 17, 20), zone, Chance::of(seed, &case));
    let of = day.to_string();
    tale.open("desk1", "control_room_sheet", "", &[("control_room.sheet_date", &of)]);
    tale.at = moment(zone, day.saturating_add(Span::new().days(1)), 8, 10);
    tale.tell("reception", "control_room.sheet_taken_back", "三条，都已登记", &[("control_room.sheet_date", &of)]);
    tale
}

/// Ten days ago the evening desk went to another person: what was open, signed by both.
fn moved_post(zone: &Zone, today: Date, seed: u64) -> Tale {
    let day = today.saturating_sub(Span::new().days(10));
    let mut tale = Tale::begin("moved-post", moment(zone, day, 17, 0), zone, Chance::of(seed, "moved-post"));
    let who = [("post.gives", staff::of("reception").name), ("post.takes", staff::of("desk2").name)];
    tale.open("desk2", "post_handover_book", "晚班前台换人", &who);
    let entered = [who[0], who[1], ("post.open_matters", "两件回电未完，已写便条")];
    tale.wait(5, 15).tell("desk2", "post.handover_entered", "", &entered);
    tale.wait(1, 3).act("reception", "post.handover_signed");
    tale.wait(1, 3).act("desk2", "post.handover_signed");
    tale
}

fn counter(homes: &[Home], zone: &Zone, day: Date, seed: u64) -> Tale {
    let case = format!("counter-{day}");
    let mut chance = Chance::of(seed, &case);
    let (home, (words, days)) = (chance.pick(homes), chance.pick(MATTERS));
    let mut tale = Tale::begin(&case, moment(zone, day, 9, 20), zone, chance);
    let act = ActOnCase {
        act: "window.accepted".into(),
        note: (*words).to_owned(),
        attributes: BTreeMap::from([("window.item_days".to_owned(), (*days).to_owned())]),
        ..ActOnCase::default()
    };
    tale.open_with(
        "desk1",
        OpenRecord {
            register: "counter_register".into(),
            place: Place { household: Some(home.id.clone()), words: home.room.clone() },
            person: Caller { person: home.person.clone(), name: home.name.clone(), phone: home.phone.clone() },
            act,
            ..OpenRecord::default()
        },
    );
    tale.wait(3, 8).act("desk1", "window.papers_complete");
    tale.wait(10, 40).act("desk1", "window.finished");
    tale.wait(1, 3).tell("desk1", "case.replied", "已办好，交给来人", &[]);
    tale.wait(1, 2).act("desk1", "case.closed");
    tale
}
