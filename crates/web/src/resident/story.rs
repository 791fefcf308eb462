//! A repair as a short story (进度): what has been done, in plain words, and what is promised until when. Only steps of this
//! list are told; everything else stays in the office.

use calendar::Moment;
use journal::reads::CasePage;
use maud::{Markup, html};
use rulebook::State;

use crate::components::light::shape_of;
use crate::components::{Lamp, Timing};
use crate::language::{t, zh};

/// Steps that a resident is told, by their fact.
const TOLD: [(&str, &str); 13] = [
    ("repair.requested", zh("收到您的报修")),
    ("repair.engineering_notified", zh("已通知工程部")),
    ("repair.assigned", zh("已安排维修员")),
    ("repair.taken_on", zh("维修员已接单")),
    ("repair.arrived", zh("维修员到场")),
    ("repair.assessed", zh("已评审报价")),
    ("repair.price_shown", zh("已出示收费标准并报价")),
    ("repair.consented", zh("您同意维修和费用")),
    ("repair.refused", zh("您不同意")),
    ("repair.started", zh("开始维修")),
    ("repair.completed", zh("修好了")),
    ("repair.customer_signed", zh("您签字验收")),
    ("follow_up.unsolved_told", zh("您说没有解决，已转给主管和维修员")),
];
/// What the office owes a resident, by the act that does it.
const PROMISED: [(&str, &str); 6] = [
    ("repair.assigned", zh("安排维修员")),
    ("repair.arrived", zh("维修员到场")),
    ("repair.assessed", zh("评审能不能修、多少钱")),
    ("repair.feasibility_told", zh("答复您能不能修、多少钱")),
    ("repair.completed", zh("修好")),
    ("follow_up.rework_done", zh("重新处理好")),
];

/// The story, oldest first, and what is promised next.
pub fn render(page: &CasePage, timing: Timing) -> Markup {
    let told = page.case.entries.iter().filter_map(|entry| {
        let words = TOLD.iter().find(|(fact, _)| *fact == entry.event.name)?.1;
        let lamp = if entry.event.name == "follow_up.unsolved_told" { Lamp::Soon } else { Lamp::Met };
        Some((lamp, words, entry.event.happened))
    });
    let appointment = page.case.attributes.get("repair.appointment").and_then(|it| it.parse().ok()).map(Moment);
    let appointment = appointment.filter(|_| !page.case.has_this_round("repair.arrived"));
    html! {
        ol.steps {
            @for (lamp, words, at) in told {
                li data-step="done" { div.step { (shape_of(lamp)) b { (t(words)) } span.clock { (timing.time(at)) } } }
            }
            @if let Some(at) = appointment {
                li data-step="now" { div.step { (shape_of(Lamp::Soon)) b { (t("预约上门")) } span.clock { (timing.time(at)) } } }
            }
            @for (words, due) in promises(page) {
                li data-step="later" { div.step {
                    (shape_of(if due < timing.now { Lamp::Late } else { Lamp::Open })) b { (t(words)) }
                    span.clock { (t("最迟")) " " (timing.time(due)) }
                } }
            }
        }
    }
}

/// What is owed with a limit, the soonest of each act; a soft reminder is no promise.
fn promises(page: &CasePage) -> Vec<(&'static str, Moment)> {
    if page.case.state.ended() {
        return Vec::new();
    }
    let open = page
        .derived
        .obligations
        .iter()
        .filter(|it| matches!(it.state, State::Open | State::Overdue) && !it.soft && it.yields_to.is_none());
    let due =
        |fact: &str| open.clone().filter(|it| it.must.iter().any(|act| act == fact)).filter_map(|it| it.due).min();
    let mut promised: Vec<(&str, Moment)> =
        PROMISED.iter().filter_map(|(fact, words)| due(fact).map(|due| (*words, due))).collect();
    promised.sort_by_key(|(_, due)| *due);
    promised
}
