//! Blocks at work (不得): an act that is refused until, unless, before, after.

use crate::compile::plan::{Block, Plan};
use crate::derive::Run;
use crate::derive::clock::Count;
use crate::derive::lean::Lean;
use crate::derive::refusals::{Attempt, Missing, Wanting};

/// What the block finds wanting; none when it does not hold. Without an attempt, an act kept for one post is shown as
/// kept.
pub(crate) fn wanting(
    run: &Run<'_>,
    plan: &Plan,
    block: &Block,
    lean: &Lean,
    attempt: Option<Attempt<'_>>,
) -> Option<Wanting> {
    let scene = run.scene;
    let upto = scene.facts.len();
    if !scene.holds(&block.when, upto) {
        return None;
    }
    let mut wanting = Wanting::default();
    // `until` must come after the last of `after`, in the order of the facts.
    let from = block.after.and_then(|after| scene.last_before(after, upto)).map_or(0, |place| place + 1);
    for fact in &block.until {
        if scene.first_from(*fact, from).is_none() {
            wanting.missing.push(Missing::Fact(*fact));
        }
    }
    for field in &block.until_fields {
        if scene.value(*field, upto).is_none() {
            wanting.missing.push(Missing::Attribute(*field));
        }
    }
    for cond in &block.until_values {
        if !scene.passes(cond, upto) {
            wanting.missing.push(Missing::Attribute(cond.attribute));
        }
    }
    if block.only_by_who && !attempt.is_some_and(|attempt| right_hands(plan, attempt)) {
        wanting.only = plan.who;
        wanting.missing.extend(attempt.and(plan.who).map(Missing::Post));
    }
    let count = Count { opening: None, upto, known: scene.as_of };
    if let Some(anchor) = &block.not_before {
        let from = run.anchor(anchor, count, lean).map(|window| window.due.at);
        wanting.not_before = from.filter(|from| *from > scene.as_of);
    }
    if let Some((attribute, anchor)) = &block.not_after
        && let Some(latest) = run.anchor(anchor, count, lean).map(|window| window.due)
        && let Some(planned) = run.moment_of(*attribute, upto)
    {
        // A planned date stands for its 24:00, which is in time on the last day itself.
        let in_time = if planned.end_of_day { planned.at <= latest.at } else { latest.met_by(planned.at) };
        if !in_time {
            wanting.not_after = Some((*attribute, latest.at));
        }
    }
    (block.absolute || wanting != Wanting::default()).then_some(wanting)
}

fn right_hands(plan: &Plan, attempt: Attempt<'_>) -> bool {
    attempt.by.is_empty() || attempt.by.iter().any(|post| plan.hands.contains(post))
}
