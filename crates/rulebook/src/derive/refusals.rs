//! What refuses an act (不得): blocks, missing signatures, fields and performers, and who may do it at all.

use calendar::Moment;

use super::lean::Lean;
use super::scene::Scene;
use super::{Run, kinds, run};
use crate::answer::{BlockNow, State};
use crate::compile::plan::{Plan, Word, Work};
use crate::compile::value::Value;
use crate::fact::Fact;
use crate::law::{Interned, Law, Version};
use crate::model::ByOther;

/// Somebody is about to do an act.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Attempt<'a> {
    /// The act.
    pub act: Word,
    /// Their posts; empty when nobody is named.
    pub by: &'a [Word],
    /// Who; 0 when nobody is named.
    pub person: Value,
}

/// Something that is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Missing {
    /// A fact.
    Fact(Word),
    /// An attribute.
    Attribute(Word),
    /// A post.
    Post(Word),
}

/// What a rule finds wanting for an act.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Wanting {
    /// What is missing.
    pub missing: Vec<Missing>,
    /// Only this post may.
    pub only: Option<Word>,
    /// Not before.
    pub not_before: Option<Moment>,
    /// An attribute lies after this moment.
    pub not_after: Option<(Word, Moment)>,
}

impl Wanting {
    /// That these are missing; none when nothing is.
    pub fn of(missing: Vec<Missing>) -> Option<Wanting> {
        (!missing.is_empty()).then(|| Wanting { missing, ..Wanting::default() })
    }
}

impl Law {
    /// What refuses `act`, were it to happen now after `facts`: the rules that forbid it, and what lifts each. The
    /// act's own attributes, posts and person are counted in; an act that names no posts is judged as if by the right
    /// ones. Facts later than the act are not looked at. Empty: the law has nothing against it.
    pub fn refusals(&self, facts: &[Fact], act: &Fact) -> Vec<BlockNow> {
        let mut sorted: Vec<&Fact> = facts.iter().filter(|fact| fact.at <= act.at).collect();
        sorted.sort_by_key(|fact| (fact.at, fact.seq));
        let mut interned: Vec<Interned> = sorted.iter().map(|fact| self.intern(fact)).collect();
        let mut tried = self.intern(act);
        let (name, by) = (tried.name, std::mem::take(&mut tried.by));
        let attempt = Attempt { act: name, by: &by, person: tried.person };
        // Its attributes are known, the act itself has not happened.
        tried.name = crate::compile::plan::UNKNOWN;
        interned.push(tried);
        let mut scene = Scene::new(self, &interned, act.at);
        scene.kinds |= self.kinds(name);
        let mut lean = Lean::default();
        run(&scene, &mut lean);
        let mut refused = Vec::new();
        each_refusal(&scene, &lean, Some(attempt), |_, _, block| refused.push(block));
        refused
    }
}

/// Every refusal: of the attempted act, or without an attempt of any act.
pub(crate) fn each_refusal(
    scene: &Scene<'_>,
    lean: &Lean,
    attempt: Option<Attempt<'_>>,
    mut give: impl FnMut(u32, usize, BlockNow),
) {
    let law = scene.law;
    let wanted = |act: Word| attempt.is_none_or(|attempt| attempt.act == act);
    let Some(number) = law.versions.iter().position(|version| version.stretch.holds(scene.as_of)) else { return };
    let version = &law.versions[number];
    let run = Run { scene, version, number: number as u32 };
    for place in &version.standing {
        let plan = &version.plans[*place];
        if !plan.holds_at(scene.as_of) || !scene.concerns(plan) || yields(version, plan, scene.as_of) {
            continue;
        }
        let Some((act, wanting)) = wanting(&run, plan, lean, attempt, &wanted) else { continue };
        give(number as u32, *place, block_now(law, plan, act, wanting));
    }
    reserved(scene, lean, attempt, &wanted, give);
}

/// Whether the site prefers an adopted clause over this one.
fn yields(version: &Version, plan: &Plan, at: Moment) -> bool {
    let charter = &version.source.charter;
    !charter.preferences.is_empty() && charter.preferred_over(&plan.clause, at).next().is_some()
}

/// What one standing rule finds wanting, and for which act.
fn wanting(
    run: &Run<'_>,
    plan: &Plan,
    lean: &Lean,
    attempt: Option<Attempt<'_>>,
    wanted: &impl Fn(Word) -> bool,
) -> Option<(Word, Wanting)> {
    match &plan.work {
        Work::Block(block) if wanted(block.act) => {
            Some((block.act, kinds::block::wanting(run, plan, block, lean, attempt)?))
        }
        Work::Sign(sign) => {
            let act = sign.blocks.filter(|act| wanted(*act))?;
            Some((act, kinds::sign::wanting(run, sign)?))
        }
        Work::Fields(fields) => {
            let act = fields.blocks.filter(|act| wanted(*act))?;
            Some((act, kinds::record::wanting(run, fields)?))
        }
        Work::Retention(retention) => {
            let act = retention.blocks.filter(|act| wanted(*act))?;
            Some((act, kinds::retention::wanting(run, plan, retention)?))
        }
        Work::Roster(roster) if plan.by_other == ByOther::Refused && wanted(roster.act) => {
            Some((roster.act, kinds::roster::wanting(run, roster, attempt?)?))
        }
        _ => None,
    }
}

/// Acts that only the bearer of an open obligation may do (`by_other = "拒绝"`).
fn reserved(
    scene: &Scene<'_>,
    lean: &Lean,
    attempt: Option<Attempt<'_>>,
    wanted: &impl Fn(Word) -> bool,
    mut give: impl FnMut(u32, usize, BlockNow),
) {
    for one in &lean.obligations {
        let plan = &scene.law.versions[one.version as usize].plans[one.rule as usize];
        let Some(who) = plan.who.filter(|_| plan.by_other == ByOther::Refused) else { continue };
        if !matches!(one.state, State::Open | State::Overdue) {
            continue;
        }
        let acts: &[Word] = match &plan.work {
            Work::Deadline(deadline) => &deadline.must,
            Work::Escalation(escalation) => escalation.must.as_slice(),
            _ => &[],
        };
        let right_hands = attempt
            .is_some_and(|attempt| attempt.by.is_empty() || attempt.by.iter().any(|post| plan.hands.contains(post)));
        for act in acts.iter().filter(|act| wanted(**act) && !right_hands) {
            let missing = attempt.map(|_| Missing::Post(who)).into_iter().collect();
            let wanting = Wanting { only: Some(who), missing, ..Wanting::default() };
            give(one.version, one.rule as usize, block_now(scene.law, plan, *act, wanting));
        }
    }
}

/// With words.
fn block_now(law: &Law, plan: &Plan, act: Word, wanting: Wanting) -> BlockNow {
    BlockNow {
        clause: plan.clause.clone(),
        summary: plan.summary.clone(),
        act: law.fact_id(act),
        missing: missing_ids(law, &wanting.missing),
        only: wanting.only.map(|post| law.post_id(post)),
        not_before: wanting.not_before,
        not_after: wanting.not_after.map(|(attribute, at)| (law.attribute_id(attribute), at)),
    }
}

/// Ids of what is missing, each once.
pub(crate) fn missing_ids(law: &Law, missing: &[Missing]) -> Vec<String> {
    let mut ids: Vec<String> = Vec::new();
    for one in missing {
        let id = match one {
            Missing::Fact(place) => law.fact_id(*place),
            Missing::Attribute(place) => law.attribute_id(*place),
            Missing::Post(place) => law.post_id(*place),
        };
        if !id.is_empty() && !ids.contains(&id) {
            ids.push(id);
        }
    }
    ids
}
