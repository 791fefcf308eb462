//! Repairs (报修): dwellings and shared facilities, the ordinary ones and those that go another way.

use office::case::{ActOnCase, CaseKind};

use crate::estate::Home;
use crate::follow_up;
use crate::price;
use crate::stock;
use crate::tale::{Intake, Tale};

/// What breaks in a dwelling: words, kind of repair, worker, price in fen.
const FAULTS: &[(&str, &str, &str, i64)] = &[
    ("厨房水龙头关不紧，一直滴水", "水龙头", "repair1", 3_000),
    ("卫生间地漏堵了，水下不去", "疏通", "repair1", 5_000),
    ("马桶水箱漏水，整夜有声音", "马桶", "repair1", 4_500),
    ("客厅跳闸，合上又跳", "跳闸", "repair2", 2_000),
    ("阳台灯不亮，换过灯泡也不亮", "灯具", "repair2", 2_500),
    ("插座松动，打火花", "插座", "repair2", 2_000),
    ("入户门锁拧不动", "门锁", "repair3", 6_000),
    ("卧室窗扇关不上，漏风", "门窗", "repair3", 4_000),
    ("晾衣架摇不动", "五金", "repair3", 3_500),
    ("厨房墙砖空鼓，要掉下来", "墙砖", "repair4", 12_000),
    ("卫生间门槛石松了", "地面", "repair4", 8_000),
    ("对讲机听不见声音", "对讲", "repair2", 0),
];

/// What is not on the price list.
const SPECIAL: &[(&str, &str, &str, i64)] = &[
    ("想把阳台水管改到另一边", "改管", "repair1", 38_000),
    ("想加装一路厨房插座", "加装", "repair2", 26_000),
    ("书房吊顶想重新做", "吊顶", "repair4", 96_000),
];

/// What breaks where nobody lives.
const SHARED: &[(&str, &str, &str)] = &[
    ("3栋2单元一楼大堂", "大堂两盏筒灯不亮", "repair2"),
    ("地下车库 B1 区", "车库排水沟积水", "repair1"),
    ("5栋1单元电梯厅", "电梯按键失灵", "repair2"),
    ("中心花园凉亭", "凉亭座椅松动", "repair3"),
    ("南门岗亭", "道闸抬不起来", "repair2"),
    ("2栋3单元七楼楼道", "消防门闭门器坏了", "repair3"),
    ("儿童乐园", "地垫翘起，怕绊人", "repair4"),
    ("东侧人行道", "路沿石破损", "repair4"),
];

/// How a dwelling's repair goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Course {
    /// On the list, as soon as possible.
    Plain,
    /// With an appointment.
    Appointed,
    /// Not on the list: assessed and agreed first.
    Special,
    /// Not on the list, and the price is too high.
    SpecialRefused,
    /// Refused when the price was shown.
    Refused,
    /// The resident's own material.
    OwnMaterial,
    /// Not accepted at the first try.
    Rework,
    /// Something else than was reported.
    Different,
    /// The first worker gives it back.
    Declined,
    /// Withdrawn before anybody came.
    Withdrawn,
    /// Opened again after closing.
    Reopened,
}

/// A repair in a dwelling.
pub fn dwelling(tale: &mut Tale, home: &Home, course: Course) {
    let off_list = matches!(course, Course::Special | Course::SpecialRefused);
    let (words, kind, worker, price) = *tale.chance.pick(if off_list { SPECIAL } else { FAULTS });
    intake(tale, home, course, (words, kind));
    match course {
        Course::Withdrawn => {
            tale.wait(8, 30).tell("desk1", "case.withdrawn", "住户说自己弄好了，不用来了", &[]);
            return;
        }
        Course::Special | Course::SpecialRefused if !assessed(tale, course, price) => return,
        Course::Declined => {
            let first = if worker == "repair2" { "repair3" } else { "repair2" };
            tale.wait(2, 4).assign("engineer", first).wait(1, 3);
            tale.act(first, "repair.slip_fetched").tell(first, "repair.declined", "手上还有一单没完", &[]);
        }
        _ => {}
    }
    tale.wait(1, 6).assign("engineer", worker);
    if off_list {
        tale.wait(1, 2).act("engineer", "repair.dispatched");
    }
    go(tale, course, worker);
    let price = if course == Course::Different { price + 4_500 } else { price };
    if !agreed(tale, course, worker, (kind, price)) {
        return;
    }
    work(tale, course, worker, price, home);
    returned(tale, worker);
    ended(tale, course);
}

fn intake(tale: &mut Tale, home: &Home, course: Course, (words, kind): (&str, &str)) {
    let off_list = matches!(course, Course::Special | Course::SpecialRefused);
    let (days, hour) = (tale.chance.between(1, 2), *tale.chance.pick(&[9, 10, 11, 14, 15, 16, 19]));
    let appointment = match course {
        Course::Appointed => tale.day_at(days, hour).0.to_string(),
        _ => String::new(),
    };
    let channel = *tale.chance.pick(&["phone", "phone", "phone", "visit", "intercom", "chat", "met", "web"]);
    let forgotten = course != Course::Appointed && tale.chance.percent(7);
    let desk = if tale.chance.percent(65) { "desk1" } else { "desk2" };
    let minutes = match tale.chance.between(0, 99) {
        0..90 => tale.chance.between(1, 2),
        90..96 => tale.chance.between(3, 6),
        _ => tale.chance.between(14, 40),
    };
    tale.register(&Intake {
        kind: CaseKind::Repair,
        channel,
        who: desk,
        home: Some(home),
        place: "",
        words,
        attributes: &[
            ("repair.object", "own"),
            ("repair.on_price_list", if off_list { "no" } else { "yes" }),
            ("repair.kind", kind),
            ("repair.appointment", &appointment),
            ("repair.own_material", if course == Course::OwnMaterial { "yes" } else { "" }),
        ],
        minutes,
        notify: !forgotten,
    });
    if forgotten {
        tale.wait(6, 20).act(desk, "repair.engineering_notified");
    }
    if tale.chance.percent(35) {
        tale.wait(0, 2).acknowledge("engineer");
    }
}

/// The supervisor says what it costs; whether the resident agrees.
fn assessed(tale: &mut Tale, course: Course, price: i64) -> bool {
    let late = tale.chance.percent(20);
    tale.wait(1, 5).acknowledge("engineer").act("engineer", "repair.supervisor_took_on");
    tale.wait(if late { 16 } else { 3 }, if late { 35 } else { 9 });
    let cost = price.to_string();
    tale.tell("engineer", "repair.assessed", "看过，可以做", &[("repair.feasible", "yes"), ("repair.cost", &cost)]);
    tale.wait(1, 4).act("engineer", "repair.feasibility_told");
    tale.wait(2, 40);
    if course == Course::SpecialRefused {
        let reason = [("repair.refusal_reason", "住户嫌贵，另外找人做")];
        tale.tell("desk1", "repair.refused", "", &reason);
        tale.days(0, 1).tell("desk1", "case.withdrawn", "住户不做了", &[]);
        return false;
    }
    tale.tell(
        "desk1",
        "repair.consented",
        "电话里同意",
        &[("repair.cost_consent", "yes"), ("repair.repair_consent", "yes")],
    );
    true
}

/// From the order to the door.
fn go(tale: &mut Tale, course: Course, worker: &str) {
    tale.wait(1, 4).act(worker, "repair.slip_fetched");
    if course == Course::Appointed {
        appointed(tale, worker);
    } else {
        let late = tale.chance.percent(13);
        tale.wait(0, 2).act(worker, "repair.taken_on");
        tale.wait(if late { 11 } else { 4 }, if late { 45 } else { 9 });
    }
    let again = tale.chance.percent(9);
    tale.tell(worker, "repair.arrived", "", &[("repair.second_trip", if again { "yes" } else { "" })]);
}

fn appointed(tale: &mut Tale, worker: &str) {
    let appointment = tale.steps.iter().find_map(|step| match &step.what {
        crate::tale::What::Register(form) => form.attributes.get("repair.appointment")?.parse().ok(),
        _ => None,
    });
    tale.wait(5, 30).act(worker, "repair.taken_on");
    if let Some(appointment) = appointment.map(calendar::Moment) {
        let early = if tale.chance.percent(88) { tale.chance.between(6, 14) } else { tale.chance.between(-20, 3) };
        tale.at = tale.at.max(appointment.plus_seconds(-60 * early));
    }
}

/// At the door: what is really the matter, what it costs, whether the resident wants it.
fn agreed(tale: &mut Tale, course: Course, worker: &str, (kind, price): (&str, i64)) -> bool {
    let different = course == Course::Different;
    let as_reported = [("repair.as_reported", if different { "no" } else { "yes" })];
    tale.wait(1, 4).tell(worker, "repair.verified", "", &as_reported);
    let cost = price.to_string();
    if different {
        tale.wait(1, 3).tell(worker, "repair.difference_noted", "阀芯也坏了，要一起换", &[("repair.cost", &cost)]);
    }
    if let Some(line) = price::line_of(kind) {
        charged(tale.wait(0, 1), worker, line);
        if different {
            charged(tale, worker, price::valve());
            let drawn = [("material.card", stock::VALVE), ("material.quantity", "1")];
            tale.wait(0, 1).tell(worker, "repair.materials_drawn", "", &drawn);
        }
    }
    tale.wait(0, 2).tell(worker, "repair.price_shown", "", &[("repair.cost", &cost)]);
    if course == Course::Refused {
        refused(tale, worker);
        return false;
    }
    tale.wait(0, 3).tell(
        worker,
        "repair.consented",
        "",
        &[("repair.cost_consent", "yes"), ("repair.repair_consent", "yes")],
    );
    if course == Course::OwnMaterial {
        let verdict = *tale.chance.pick(&["fit", "fit", "poor", "unfit"]);
        tale.wait(1, 3).tell(
            worker,
            "repair.material_checked",
            "住户自备配件",
            &[("repair.material_verdict", verdict), ("repair.own_material", "yes")],
        );
        if verdict != "fit" {
            tale.wait(0, 2).tell(worker, "repair.consequences_told", "说明用这个配件可能很快再漏，住户坚持", &[]);
        }
    }
    true
}

/// A line of the slip, out of the price list.
/// A line from the price list.
pub fn charged(tale: &mut Tale, worker: &str, (item, quantity): (String, i64)) {
    let command = ActOnCase {
        act: office::charge::ENTERED.into(),
        attributes: [("repair.quantity".to_owned(), quantity.to_string())].into(),
        links: [(office::charge::PRICE.to_owned(), item)].into(),
        ..ActOnCase::default()
    };
    tale.act_with(worker, command);
}

fn refused(tale: &mut Tale, worker: &str) {
    tale.wait(1, 5).tell(worker, "repair.refused", "", &[("repair.refusal_reason", "住户看过收费标准，决定自己换")]);
    tale.wait(8, 20).tell(worker, "repair.refusal_reported", "回工程部说明", &[]);
    tale.wait(1, 4).act(worker, "repair.refusal_worker_signed");
    tale.wait(1, 8).act("engineer", "repair.refusal_supervisor_signed");
    tale.wait(5, 40).act("engineer", "repair.refusal_filed");
    tale.days(1, 2).tell("desk1", "case.closed", "住户不修，单据已备案", &[]);
    tale.days(5, 8).act("archive", "case.filed");
}

fn work(tale: &mut Tale, course: Course, worker: &str, price: i64, home: &Home) {
    tale.wait(0, 2).act(worker, "repair.started");
    let due = price.to_string();
    tale.wait(8, 50).tell(worker, "repair.amounts_entered", "", &[("repair.amount_due", &due)]);
    tale.wait(0, 2).tell(worker, "repair.completed", "换了配件，试过不漏", &[]);
    if course == Course::Rework {
        tale.wait(2, 6).tell(worker, "repair.rework_needed", "试水还有渗，住户不签", &[]);
        tale.wait(1, 4).act(worker, "repair.taken_on").wait(0, 2).act(worker, "repair.arrived");
        tale.wait(0, 1).tell(worker, "repair.verified", "", &[("repair.as_reported", "yes")]);
        tale.wait(0, 1).act(worker, "repair.started");
        tale.wait(10, 30).tell(worker, "repair.amounts_entered", "", &[("repair.amount_due", &due)]);
        tale.tell(worker, "repair.completed", "重新做了密封", &[]);
    }
    tale.wait(1, 5).act(worker, "repair.accepted");
    tale.wait(0, 2).signed_by(worker, "repair.customer_signed", &home.name);
    tale.wait(0, 1).act(worker, "repair.copy_left");
    if tale.chance.percent(70) {
        tale.wait(1, 3).act(worker, "repair.site_tidied");
    }
}

/// Parts two and three go back before five in the afternoon, mostly.
fn returned(tale: &mut Tale, worker: &str) {
    let (hour, minute) = (tale.day_at(0, 16), tale.chance.between(5, 55));
    let late = tale.chance.percent(9);
    let due = hour.plus_seconds(minute * 60);
    tale.at = if late {
        tale.day_at(1, 18).max(tale.at)
    } else if tale.at < due {
        due
    } else {
        tale.day_at(1, 16).plus_seconds(minute * 60)
    };
    tale.act(worker, "repair.copies_returned");
    tale.wait(3, 30).act("engineer", "repair.supervisor_confirmed");
    tale.wait(2, 20).act("engineer", "repair.handed_to_desk");
    tale.wait(2, 15).act("desk1", "repair.return_booked");
    tale.days(1, 3).act("desk1", "repair.copy_to_finance");
    tale.wait(10, 60).act("finance", "repair.finance_received");
    posted(tale);
}

/// Finance posts what the slip says: lines of the price list carry their own total, and nothing is posted of nothing.
fn posted(tale: &mut Tale) {
    let acts = tale.steps.iter().filter_map(|step| match &step.what {
        crate::tale::What::Act(act) => Some(act),
        _ => None,
    });
    let charged = acts.clone().any(|act| act.act == office::charge::ENTERED);
    let typed = acts.filter(|act| act.act == "repair.amounts_entered").last();
    let due = typed.and_then(|act| act.attributes.get("repair.amount_due")).cloned().unwrap_or_default();
    if charged || !matches!(due.as_str(), "" | "0") {
        let due = if charged { String::new() } else { due };
        let posted = [("repair.amount_due", due.as_str()), ("repair.payment", "bank_collection")];
        tale.wait(5, 40).tell("finance", "repair.receipt_posted", "", &posted);
    }
}

fn ended(tale: &mut Tale, course: Course) {
    if tale.chance.percent(66) {
        let planned = tale.chance.percent(60);
        follow_up::hold(tale, if planned { follow_up::Plan::Within(6) } else { follow_up::Plan::None }, "repair");
    } else {
        tale.days(1, 3);
    }
    tale.days(0, 1).tell("desk1", "case.closed", "已修好", &[]);
    if course == Course::Reopened {
        tale.days(1, 2).tell("supervisor", "case.reopened", "住户来电说又漏了", &[]);
        tale.wait(3, 10).assign("engineer", "repair1").wait(1, 3).act("repair1", "repair.taken_on");
        tale.wait(5, 9).act("repair1", "repair.arrived");
        tale.wait(1, 2).tell("repair1", "repair.verified", "", &[("repair.as_reported", "yes")]);
        tale.wait(1, 2).act("repair1", "repair.started");
        // What stands on the slip stays; what stands on none costs nothing this time.
        let charged = tale
            .steps
            .iter()
            .any(|step| matches!(&step.what, crate::tale::What::Act(act) if act.act == office::charge::ENTERED));
        let due = if charged { "" } else { "0" };
        tale.wait(10, 30).tell("repair1", "repair.amounts_entered", "", &[("repair.amount_due", due)]);
        tale.tell("repair1", "repair.completed", "换了质量好的垫圈，保修不收费", &[]);
        tale.wait(1, 3).act("repair1", "repair.accepted");
        tale.wait(0, 2).signed_by("repair1", "repair.customer_signed", "演示住户");
        tale.days(1, 2).tell("desk1", "case.closed", "第二次修好", &[]);
    }
    tale.days(4, 8).act("archive", "case.filed");
}

/// A fault of something shared: sheet, signature, quarter of an hour.
pub fn shared(tale: &mut Tale, home: Option<&Home>) {
    let (place, words, worker) = *tale.chance.pick(SHARED);
    let late = tale.chance.percent(12);
    let channel = if home.is_none() { "patrol" } else { *tale.chance.pick(&["phone", "visit", "chat", "web"]) };
    let who = if home.is_none() { "guard" } else { "desk1" };
    let minutes = tale.chance.between(1, 3);
    tale.register(&Intake {
        kind: CaseKind::Repair,
        channel,
        who,
        home: None,
        place,
        words,
        attributes: &[("repair.object", "shared"), ("repair.kind", "公共设施"), ("repair.fault", words)],
        minutes,
        notify: !late && who == "desk1",
    });
    if late || who != "desk1" {
        tale.wait(if late { 12 } else { 2 }, if late { 25 } else { 6 }).act("desk1", "repair.engineering_notified");
    }
    tale.wait(1, 4).acknowledge("engineer").act("desk1", "repair.sheet_handed").wait(1, 4);
    tale.assign("engineer", worker).wait(1, 2).act(worker, "repair.sheet_signed");
    tale.wait(0, 1).act(worker, "repair.taken_on");
    let slow = tale.chance.percent(12);
    tale.wait(if slow { 16 } else { 5 }, if slow { 40 } else { 13 }).act(worker, "repair.arrived");
    tale.wait(1, 3).act(worker, "repair.started");
    tale.wait(15, 120).tell(worker, "repair.completed", "已修复", &[]);
    tale.wait(2, 8).tell(worker, "repair.result_noted", "更换配件，试用正常", &[]);
    tale.days(1, 2).tell("desk1", "case.closed", "公共设施已修复", &[]);
    tale.days(4, 9).act("archive", "case.filed");
}
