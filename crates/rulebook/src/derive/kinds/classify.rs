//! Classification at work (归类): the class that the grounds give now.

use crate::compile::plan::{Classify, Plan, Word, Work};
use crate::compile::value::Value;
use crate::derive::Run;

/// The classes given now: for each book and attribute, that of the first rule whose ground is there.
pub(crate) fn classes<'a>(run: &Run<'a>) -> Vec<(&'a Plan, Word, Value)> {
    let mut given: Vec<(&Plan, Word, Value)> = Vec::new();
    for place in &run.version.classifies {
        let plan = &run.version.plans[*place];
        let Work::Classify(classify) = &plan.work else { continue };
        let known = given.iter().any(|(other, attribute, _)| {
            other.book_key == plan.book_key && *attribute == classify.gives
        });
        if known || !plan.holds_at(run.scene.as_of) {
            continue;
        }
        if let Some(value) = class(run, classify) {
            given.push((plan, classify.gives, value));
        }
    }
    given
}

/// The class that one rule gives now.
pub(crate) fn class(run: &Run<'_>, classify: &Classify) -> Option<Value> {
    run.scene.class(classify, run.scene.facts.len())
}
