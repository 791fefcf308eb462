//! Records and forms at work (记录、单据): which fields an act has not left.

use crate::compile::plan::{Fields, Named};
use crate::derive::Run;
use crate::derive::refusals::{Missing, Wanting};

/// The fields and the approval missing; none when nothing is, or when nothing is refused and the act that leaves them
/// has not happened.
pub(crate) fn wanting(run: &Run<'_>, fields: &Fields) -> Option<Wanting> {
    let scene = run.scene;
    let upto = scene.facts.len();
    if !scene.holds(&fields.when, upto) {
        return None;
    }
    let left = fields.act.and_then(|act| scene.last_before(act, upto));
    // What refuses another act is asked for whether or not the act that should leave it has happened.
    if fields.blocks.is_none() && fields.act.is_some() && left.is_none() {
        return None;
    }
    let mut missing = Vec::new();
    for field in &fields.fields {
        match field {
            Named::Fact(name) if scene.last_before(*name, upto).is_none() => missing.push(Missing::Fact(*name)),
            Named::Attribute(name) if scene.value(*name, upto).is_none() => missing.push(Missing::Attribute(*name)),
            _ => {}
        }
    }
    if let Some(approver) = &fields.approved_by {
        // The approver's own act on the subject, at or after the record, is the approval.
        let from = left.map_or(0, |place| scene.place_at(scene.facts[place].at));
        if !scene.facts[from..].iter().any(|fact| approver.among(&fact.by)) {
            missing.push(Missing::Post(approver.post));
        }
    }
    Wanting::of(missing)
}
