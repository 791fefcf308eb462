//! The way of a job (步骤次序): which steps it has and where it stands. Natural order only; limits come from the clauses.

use calendar::Moment;
use office::case::{Case, CaseKind};

use crate::components::stepper::Stand;
use crate::language::zh;

/// A step of a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leg {
    /// Its word in addresses.
    pub id: &'static str,
    /// Its name; say it with `t`.
    pub words: &'static str,
    /// The act that it is about.
    pub main: &'static str,
}

const fn leg(id: &'static str, words: &'static str, main: &'static str) -> Leg {
    Leg { id, words, main }
}

const TAKE: Leg = leg("take", zh("接单"), "repair.taken_on");
const ARRIVE: Leg = leg("arrive", zh("到场"), "repair.arrived");
const VERIFY: Leg = leg("verify", zh("现场核实"), "repair.verified");
const WORK: Leg = leg("work", zh("维修"), "repair.started");
const COMPLETE: Leg = leg("complete", zh("完工"), "repair.completed");
const RETURN: Leg = leg("return", zh("交回二三联"), "repair.copies_returned");

/// A repair of what belongs to a dwelling.
const OWN: &[Leg] = &[
    TAKE,
    ARRIVE,
    VERIFY,
    leg("quote", zh("报价"), "repair.price_shown"),
    leg("consent", zh("业主确认"), "repair.consented"),
    WORK,
    COMPLETE,
    leg("try", zh("试用验收"), "repair.accepted"),
    leg("sign", zh("业主签字"), "repair.customer_signed"),
    RETURN,
];
/// A repair of shared facilities: the sheet is signed for first, nobody pays.
const SHARED: &[Leg] = &[
    TAKE,
    leg("sheet", zh("签收巡视表"), "repair.sheet_signed"),
    ARRIVE,
    VERIFY,
    WORK,
    COMPLETE,
    leg("result", zh("记录维修情况"), "repair.result_noted"),
    RETURN,
];
/// The owner does not agree: reasons, two signatures, the slip goes back to the desk.
const REFUSED: &[Leg] = &[
    TAKE,
    ARRIVE,
    leg("refuse", zh("业主不同意"), "repair.refused"),
    leg("report", zh("向主管说明"), "repair.refusal_reported"),
    leg("refusal-sign", zh("维修员签字"), "repair.refusal_worker_signed"),
    leg("refusal-supervisor", zh("主管签字"), "repair.refusal_supervisor_signed"),
    leg("refusal-file", zh("拒修单备案"), "repair.refusal_filed"),
];
/// A paid service: its own slip has four copies, of which the resident keeps the last.
const PAID: &[Leg] = &[
    TAKE,
    ARRIVE,
    VERIFY,
    leg("quote", zh("报价"), "repair.price_shown"),
    leg("consent", zh("业主确认"), "repair.consented"),
    WORK,
    COMPLETE,
    leg("result", zh("记录维修情况"), "repair.result_noted"),
    leg("try", zh("试用验收"), "repair.accepted"),
    leg("sign", zh("业主签字"), "repair.customer_signed"),
    leg("copies", zh("四联归位"), "repair.copy_three_to_centre"),
];
/// It cannot be repaired: told upwards and to the owner, up to the manager, until somebody finds a way.
const INFEASIBLE: &[Leg] = &[
    TAKE,
    ARRIVE,
    leg("infeasible", zh("查实不能维修"), "repair.found_infeasible"),
    leg("infeasible-report", zh("报主管"), "repair.infeasible_reported"),
    leg("infeasible-explain", zh("向业主说明"), "repair.infeasible_explained"),
    leg("gave-up", zh("主管定办法"), "repair.engineering_gave_up"),
    leg("manager", zh("报经理"), "repair.reported_manager"),
    COMPLETE,
];
const SERVICE: &[Leg] = &[TAKE, ARRIVE, leg("finish", zh("办结"), "service.completed")];
const HELP: &[Leg] = &[TAKE, ARRIVE, leg("finish", zh("办结"), "service.help_completed")];
const FIRST_AID: &[Leg] = &[TAKE, ARRIVE, leg("finish", zh("急救结束"), "service.first_aid_ended")];

/// Whether the case is about shared facilities.
pub fn is_shared(case: &Case) -> bool {
    case.attributes.get("repair.object").is_some_and(|object| object == "shared")
}

/// Whether the owner's last word was no.
pub fn is_refused(case: &Case) -> bool {
    let seq = |name: &str| case.last(name).map_or(0, |entry| entry.seq);
    case.has_this_round("repair.refused") && seq("repair.refused") > seq("repair.consented")
}

/// The steps of a case.
pub fn legs(case: &Case) -> &'static [Leg] {
    match case.kind {
        CaseKind::Repair if is_refused(case) => REFUSED,
        CaseKind::Repair if case.cannot_be_repaired() => INFEASIBLE,
        CaseKind::Repair if is_shared(case) => SHARED,
        CaseKind::Repair if case.goes_by_paid_slip() => PAID,
        CaseKind::Repair => OWN,
        CaseKind::Help => HELP,
        CaseKind::FirstAid => FIRST_AID,
        _ => SERVICE,
    }
}

/// A step and where it stands.
#[derive(Clone, Copy, Debug)]
pub struct Stood {
    /// The step.
    pub leg: &'static Leg,
    /// Done, now, later or left out.
    pub stand: Stand,
    /// When it was done.
    pub at: Option<Moment>,
}

/// Where each step stands. A price and a consent given earlier hold until the real job turned out to be another.
pub fn stands(case: &Case) -> Vec<Stood> {
    let mut next = true;
    let stood = legs(case).iter().map(|leg| {
        let at = done(case, leg);
        let stand = match at {
            Some(_) => Stand::Done,
            None if left_out(case, leg) => Stand::Skipped,
            None if next && !case.state.ended() => {
                next = false;
                Stand::Now
            }
            None => Stand::Later,
        };
        Stood { leg, stand, at }
    });
    stood.collect()
}

fn done(case: &Case, leg: &Leg) -> Option<Moment> {
    let last = case.last(leg.main)?;
    let stays = matches!(leg.main, "repair.price_shown" | "repair.consented");
    let found = case.last("repair.found_infeasible").map_or(0, |entry| entry.seq);
    let after_finding = leg.id.starts_with("infeasible-") || matches!(leg.id, "gave-up" | "manager");
    let holds = match stays {
        _ if after_finding => last.seq > found,
        true => last.seq > case.last("repair.difference_noted").map_or(0, |entry| entry.seq),
        false => last.seq >= case.round_from,
    };
    holds.then_some(last.event.happened)
}

fn left_out(case: &Case, leg: &Leg) -> bool {
    let off_list = case.attributes.get("repair.on_price_list").is_some_and(|it| it == "no");
    let begun = ["repair.started", "repair.completed"].iter().any(|name| case.has_this_round(name));
    match leg.id {
        "quote" => off_list || begun || case.has("repair.consented") && !case.has("repair.difference_noted"),
        "verify" | "consent" => begun,
        "work" => case.has_this_round("repair.completed"),
        // Who will not sign is witnessed, and the slip goes back all the same.
        "sign" => case.has_this_round("repair.sign_refused"),
        // Only a form that has copies can be given back.
        "return" => case.form("repair_slip").or(case.form("patrol_sheet")).is_none_or(|form| form.copies.len() < 2),
        "copies" => case.form("paid_service_slip").is_none(),
        _ => false,
    }
}

/// The step that is next.
pub fn next(case: &Case) -> Option<&'static Leg> {
    stands(case).into_iter().find(|it| it.stand == Stand::Now).map(|it| it.leg)
}
