//! Facts to answers (推导): what is owed, told, refused, routed, allowed, counted, for one subject at one moment.
//!
//! A derivation looks at all facts of the subject each time; nothing is kept from look to look, so a late fact, a
//! repeated look or a whole replay give the same answer.

pub(crate) mod clock;
mod duties;
pub(crate) mod full;
pub(crate) mod kinds;
pub(crate) mod lean;
pub(crate) mod refusals;
pub(crate) mod scene;
#[cfg(test)]
pub(crate) mod tests;

use calendar::Moment;

use crate::answer::Derived;
use crate::compile::plan::{Plan, Stretch, Word, Work};
use crate::fact::Fact;
use crate::law::{Interned, Law, Version};
use lean::Lean;
use scene::Scene;

pub use duties::{DutyPeriod, Uncovered};
pub use lean::{LeanEscalation, LeanMember, LeanObligation};

/// One version of the law at work on one scene.
#[derive(Clone, Copy)]
pub(crate) struct Run<'a> {
    pub scene: &'a Scene<'a>,
    pub version: &'a Version,
    /// Place of the version in the law.
    pub number: u32,
}

impl Law {
    /// All answers for one subject at `as_of`. Facts that happened later are not looked at; the order in which they are
    /// given does not matter. Facts and attributes that the vocabulary does not know mean nothing.
    pub fn derive(&self, subject: &str, facts: &[Fact], as_of: Moment) -> Derived {
        let mut sorted: Vec<&Fact> = facts.iter().collect();
        sorted.sort_by_key(|fact| (fact.at, fact.seq));
        let interned: Vec<Interned> = sorted.iter().map(|fact| self.intern(fact)).collect();
        let scene = Scene::new(self, &interned, as_of);
        let mut lean = Lean::default();
        run(&scene, &mut lean);
        full::derived(&scene, subject, &sorted, &lean)
    }

    /// Obligations, escalations and members of one subject at `as_of`, without words: `facts` are sorted in place,
    /// `lean` is cleared first. For replays.
    pub fn derive_lean(&self, facts: &mut [Interned], as_of: Moment, lean: &mut Lean) {
        if !facts.is_sorted_by_key(|fact| (fact.at, fact.seq)) {
            facts.sort_by_key(|fact| (fact.at, fact.seq));
        }
        lean.clear();
        let scene = Scene::new(self, facts, as_of);
        run(&scene, lean);
    }
}

/// Runs every version that governs one of the facts.
pub(crate) fn run(scene: &Scene<'_>, lean: &mut Lean) {
    let (Some(first), Some(last)) = (scene.facts.first(), scene.facts.last()) else { return };
    let span = Stretch { from: first.at, until: last.at.plus_micros(1) };
    let mut asked: Vec<u32> = Vec::new();
    let mut openings: Vec<usize> = Vec::new();
    for (number, version) in scene.law.versions.iter().enumerate() {
        // Rates of a period that began under this version may have members later.
        if version.stretch.from >= span.until {
            break;
        }
        asked.clear();
        for fact in scene.facts {
            if let Some(opens) = version.opens.get(fact.name as usize) {
                asked.extend(opens);
            }
        }
        asked.sort_unstable();
        asked.dedup();
        let run = Run { scene, version, number: number as u32 };
        for at in &asked {
            run.rule(version.order[*at as usize], &mut openings, lean);
        }
    }
}

impl Run<'_> {
    fn rule(&self, place: usize, openings: &mut Vec<usize>, lean: &mut Lean) {
        let plan = &self.version.plans[place];
        match &plan.work {
            Work::Deadline(work) => {
                self.openings(plan, &work.from, openings);
                let known = self.scene.as_of;
                openings.retain(|place| self.version.on(work.on, self.scene.facts[*place].at, known));
                kinds::deadline::derive(self, place, plan, work, openings, lean);
            }
            Work::Escalation(work) => {
                self.openings(plan, &work.from, openings);
                kinds::escalation::derive(self, place, plan, work, openings, lean);
            }
            Work::Rate(work) => kinds::rate::derive(self, place, plan, work, lean),
            Work::Count(work) => kinds::count::derive(self, place, plan, work, lean),
            _ => {}
        }
    }

    /// Places of the facts that open a rule: of these names, while book, clause and version hold.
    pub fn openings(&self, plan: &Plan, from: &[Word], openings: &mut Vec<usize>) {
        openings.clear();
        for name in from {
            openings.extend(self.scene.all(*name));
        }
        if from.len() > 1 {
            openings.sort_unstable();
            openings.dedup();
        }
        openings.retain(|place| {
            let at = self.scene.facts[*place].at;
            self.version.stretch.holds(at) && plan.holds_at(at)
        });
    }
}
