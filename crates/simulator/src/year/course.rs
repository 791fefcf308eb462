//! The ordinary course of matters (常规过程): what happens whatever the rulebooks say, by whom, after how long, how long it takes.
//!
//! Minutes. A lag is the time until somebody turns to a step; the work itself waits for a free hand of the post.

use std::collections::BTreeMap;

use crate::chance::Chance;

/// Who does a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doer {
    /// The resident; nobody of the office is busy.
    Resident,
    /// A post.
    Post(&'static str),
}

/// One step.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    /// Fact of the vocabulary.
    pub act: &'static str,
    /// Who.
    pub by: Doer,
    /// Until somebody turns to it.
    pub lag: (i64, i64),
    /// The work.
    pub minutes: (i64, i64),
    /// How often it comes to this at all; what follows does not happen without it.
    pub percent: i64,
    /// Attributes that it leaves.
    pub attributes: &'static [(&'static str, &'static str)],
}

const fn step(act: &'static str, by: Doer, lag: (i64, i64), minutes: (i64, i64)) -> Step {
    Step { act, by, lag, minutes, percent: 100, attributes: &[] }
}

const fn with(step: Step, attributes: &'static [(&'static str, &'static str)]) -> Step {
    Step { attributes, ..step }
}

const fn sometimes(step: Step, percent: i64) -> Step {
    Step { percent, ..step }
}

use Doer::{Post, Resident};

const DESK: Doer = Post("front_desk");
const WORKER: Doer = Post("technician");
const CALLER: Doer = Post("follow_up_person");

/// A dwelling's repair from the price list.
const DWELLING: &[Step] = &[
    with(
        step("repair.requested", Resident, (0, 0), (1, 1)),
        &[("repair.object", "own"), ("repair.on_price_list", "yes"), ("case.channel", "phone")],
    ),
    step("repair.slip_opened", DESK, (0, 0), (0, 0)),
    step("repair.slip_written", DESK, (0, 0), (1, 2)),
    step("repair.slip_issued", DESK, (0, 0), (0, 0)),
    step("repair.engineering_notified", DESK, (0, 0), (1, 1)),
    step("repair.slip_fetched", WORKER, (1, 5), (1, 2)),
    step("repair.assigned", Post("engineering_supervisor"), (0, 2), (1, 2)),
    step("repair.taken_on", WORKER, (0, 3), (1, 1)),
    step("repair.arrived", WORKER, (3, 7), (1, 2)),
    step("repair.verified", WORKER, (0, 1), (1, 4)),
    step("repair.price_shown", WORKER, (0, 1), (1, 2)),
    with(
        sometimes(step("repair.consented", Resident, (0, 3), (1, 1)), 96),
        &[("repair.cost_consent", "yes"), ("repair.repair_consent", "yes")],
    ),
    step("repair.started", WORKER, (0, 2), (1, 1)),
    step("repair.completed", WORKER, (0, 0), (15, 70)),
    step("repair.accepted", Resident, (1, 4), (1, 1)),
    step("repair.amounts_entered", WORKER, (0, 1), (1, 2)),
    step("repair.customer_signed", Resident, (0, 2), (1, 1)),
    step("repair.copy_left", WORKER, (0, 1), (1, 1)),
    step("repair.copies_returned", WORKER, (5, 240), (1, 2)),
    step("repair.return_booked", DESK, (1, 30), (1, 2)),
    sometimes(with(step("follow_up.done", CALLER, (600, 7_000), (4, 9)), ASKED), 85),
    step("follow_up.satisfied", CALLER, (0, 0), (1, 1)),
    step("case.closed", DESK, (5, 600), (1, 2)),
];

/// What a call back leaves on record.
const ASKED: &[(&str, &str)] = &[
    ("follow_up.method", "phone"),
    ("follow_up.satisfaction", "satisfied"),
    ("follow_up.quality", "好"),
    ("follow_up.effect", "好"),
    ("follow_up.shortcomings", "无"),
    ("follow_up.suggestions", "无"),
    ("follow_up.summary", "已修好"),
];

/// A shared facility.
const SHARED: &[Step] = &[
    with(step("repair.requested", Resident, (0, 0), (1, 1)), &[("repair.object", "shared"), ("case.channel", "phone")]),
    step("repair.sheet_issued", DESK, (0, 2), (2, 3)),
    step("repair.engineering_notified", DESK, (0, 2), (1, 1)),
    step("repair.sheet_handed", DESK, (1, 8), (1, 2)),
    step("repair.sheet_signed", Post("engineering_supervisor"), (1, 10), (1, 2)),
    step("repair.assigned", Post("engineering_supervisor"), (0, 4), (1, 2)),
    step("repair.taken_on", WORKER, (0, 4), (1, 1)),
    step("repair.arrived", WORKER, (2, 6), (1, 2)),
    step("repair.started", WORKER, (0, 3), (1, 1)),
    step("repair.completed", WORKER, (0, 0), (20, 120)),
    step("repair.result_noted", WORKER, (1, 10), (1, 3)),
    step("repair.site_tidied", WORKER, (0, 2), (2, 6)),
    step("case.closed", DESK, (10, 900), (1, 2)),
];

/// A complaint that a department answers.
const COMPLAINT: &[Step] = &[
    with(step("complaint.received", Resident, (0, 0), (1, 1)), &[("case.channel", "phone")]),
    step("complaint.recorded", DESK, (0, 2), (2, 4)),
    step("complaint.accepted", DESK, (0, 1), (1, 1)),
    step("complaint.classed", DESK, (0, 3), (1, 2)),
    with(step("complaint.validity_found", DESK, (0, 30), (1, 4)), &[("complaint.valid", "yes")]),
    step("complaint.notified_superior_leader", DESK, (1, 20), (1, 2)),
    step("liaison.issued", DESK, (1, 20), (2, 4)),
    step("liaison.received", Post("responsible_department"), (2, 60), (1, 3)),
    step("liaison.replied", Post("responsible_department"), (20, 400), (4, 12)),
    step("complaint.handling_started", Post("responsible_department"), (5, 120), (1, 3)),
    step("complaint.resolved", Post("responsible_department"), (20, 900), (20, 90)),
    step("complaint.handling_recorded", Post("responsible_department"), (1, 60), (2, 5)),
    step("complaint.replied", DESK, (5, 300), (3, 8)),
    with(step("follow_up.done", CALLER, (300, 2_400), (5, 12)), ASKED),
    step("follow_up.satisfied", CALLER, (0, 0), (1, 1)),
    step("case.closed", DESK, (5, 600), (1, 2)),
];

/// The three classes of a complaint: one of them is given at its classing.
const CLASSES: [&[(&str, &str)]; 3] = [
    &[("complaint.class", "first"), ("complaint.severity", "major"), ("complaint.cause", "own_service")],
    &[("complaint.class", "second"), ("complaint.severity", "important"), ("complaint.cause", "own_service")],
    &[("complaint.class", "third"), ("complaint.severity", "general"), ("complaint.cause", "own_service")],
];

/// The steps of a matter: 68 in a hundred are repairs of dwellings, 14 of shared facilities, 18 complaints.
pub fn of(chance: &mut Chance) -> Vec<Step> {
    match chance.between(0, 99) {
        0..=67 => DWELLING.to_vec(),
        68..=81 => SHARED.to_vec(),
        _ => {
            let class = match chance.between(0, 99) {
                0..=4 => CLASSES[0],
                5..=29 => CLASSES[1],
                _ => CLASSES[2],
            };
            let mut steps = COMPLAINT.to_vec();
            for step in &mut steps {
                if step.act == "complaint.classed" {
                    step.attributes = class;
                }
            }
            steps
        }
    }
}

/// What an act that a rulebook asks for leaves on record.
pub fn attributes_of(act: &str) -> BTreeMap<String, String> {
    let known = [DWELLING, SHARED, COMPLAINT].into_iter().flatten().find(|step| step.act == act);
    let pairs = known.map_or(&[][..], |step| step.attributes);
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}
