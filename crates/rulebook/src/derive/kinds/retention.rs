//! Retention at work (保存): until when something is kept, and who lets it go.

use calendar::DueAt;

use crate::compile::plan::{Plan, Retention};
use crate::derive::Run;
use crate::derive::refusals::Wanting;

/// The end of the time of keeping: the outer none before it begins, the inner one when a person decides.
pub(crate) fn end(run: &Run<'_>, plan: &Plan, retention: &Retention) -> Option<Option<DueAt>> {
    let scene = run.scene;
    let place = scene.last_before(retention.from, scene.facts.len())?;
    let at = scene.facts[place].at;
    if !plan.holds_at(at) {
        return None;
    }
    Some(retention.keep.map(|keep| run.after(at, keep, scene.as_of)))
}

/// What forbids disposal: the time of keeping, after it (T11) a decision of the approving post.
pub(crate) fn wanting(run: &Run<'_>, plan: &Plan, retention: &Retention) -> Option<Wanting> {
    let end = end(run, plan, retention)?;
    let kept_until = end.filter(|end| !end.passed(run.scene.as_of)).map(|end| end.at);
    let wanting = Wanting { not_before: kept_until, only: retention.approved_by, ..Wanting::default() };
    (wanting != Wanting::default()).then_some(wanting)
}
