//! Routes at work (去向): the step that comes next.

use crate::compile::plan::{Goal, Plan, Route};
use crate::derive::Run;

/// Where it goes now; none before an opening, after the step was taken, or when the case was withdrawn.
pub(crate) fn goal<'a>(run: &Run<'_>, plan: &Plan, route: &'a Route) -> Option<(usize, &'a Goal)> {
    let scene = run.scene;
    let upto = scene.facts.len();
    let mut openings = Vec::new();
    run.openings(plan, &route.from, &mut openings);
    openings.retain(|place| run.version.on(route.on, scene.facts[*place].at, scene.as_of));
    let opening = *openings.last()?;
    if !scene.holds(&route.when, upto) {
        return None;
    }
    let go = match &route.unless {
        Some((asked, go)) if scene.first_from(*asked, opening).is_some() => go,
        _ => &route.go,
    };
    let from = scene.place_at(scene.facts[opening].at);
    let taken = match go {
        Goal::Fact(name) => scene.all(*name).any(|place| place >= from && place != opening),
        Goal::Words(_) => false,
    };
    let withdrawn = scene.law.withdrawn().is_some_and(|name| scene.first_from(name, opening).is_some());
    (!taken && !withdrawn).then_some((opening, go))
}
