//! Counts at work (计数): one row for each fact counted.

use calendar::{Moment, Period};

use super::rate::governed;
use crate::compile::plan::{Count, Plan};
use crate::derive::Run;
use crate::derive::lean::{Lean, LeanMember};

/// The rows of one subject. Rows of a sliding span stand under their day.
pub(crate) fn derive(run: &Run<'_>, rule: usize, plan: &Plan, count: &Count, lean: &mut Lean) {
    let scene = run.scene;
    let per = if count.within.is_some() { Period::Day } else { count.per };
    let mut round = 0;
    let mut last: Option<Moment> = None;
    for place in scene.all(count.of) {
        let at = scene.facts[place].at;
        if !plan.holds_at(at) {
            continue;
        }
        round += 1;
        let first = per.bounds(run.version.zone.date(at)).0;
        if !scene.holds(&count.when, scene.facts.len()) || !governed(run, plan, at, first) {
            continue;
        }
        if let (Some(last), Some(span)) = (last, count.apart)
            && at < run.after(last, span, at).at
        {
            continue;
        }
        last = Some(at);
        lean.members.push(LeanMember {
            version: run.number,
            rule: rule as u32,
            fact: place as u32,
            round,
            per,
            first,
            weight: 1,
            in_base: true,
            exempt: false,
            counted: 1,
            in_time: 1,
            final_at: Some(at),
        });
    }
}
