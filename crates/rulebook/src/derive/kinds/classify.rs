//! Classification at work (归类): the class that the grounds give now. What stands as the subject's class is in `scene`.

use crate::compile::plan::{Plan, Word, Work};
use crate::compile::value::Value;
use crate::derive::Run;

/// The classes that stand now: for each book and attribute, that of the first rule whose ground is there.
pub(crate) fn classes<'a>(run: &Run<'a>) -> Vec<(&'a Plan, Word, Value)> {
    let upto = run.scene.facts.len();
    let mut given: Vec<(&Plan, Word, Value)> = Vec::new();
    for place in &run.version.classifies {
        let plan = &run.version.plans[*place];
        let Work::Classify(classify) = &plan.work else { continue };
        let stands =
            given.iter().any(|(other, attribute, _)| other.book_key == plan.book_key && *attribute == classify.gives);
        if stands || !plan.holds_at(run.scene.as_of) {
            continue;
        }
        if let Some(value) = run.scene.class(classify, upto) {
            given.push((plan, classify.gives, value));
        }
    }
    given
}
