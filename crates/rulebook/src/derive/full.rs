//! What was found, with words (完整结果): ids instead of places.

use calendar::Moment;

use super::lean::{Lean, LeanMember, LeanObligation};
use super::refusals::{Missing, each_refusal, missing_ids};
use super::scene::Scene;
use super::{Run, kinds};
use crate::answer::*;
use crate::compile::plan::{Goal, Plan, Way, Work};
use crate::fact::Fact;
use crate::law::Law;
use crate::model::ByOther;

/// Everything for one subject. `facts` are those of the scene and later ones, in order.
pub(crate) fn derived(scene: &Scene<'_>, subject: &str, facts: &[&Fact], lean: &Lean) -> Derived {
    let law = scene.law;
    let mut derived = Derived::default();
    for one in &lean.obligations {
        let yields_to = preferred(law, lean, one);
        derived.obligations.push(Obligation { yields_to, ..obligation(law, scene, subject, one) });
    }
    derived
        .obligations
        .sort_by(|a, b| (a.opened, &a.clause, a.round, &a.id).cmp(&(b.opened, &b.clause, b.round, &b.id)));
    for one in &lean.escalations {
        let plan = plan(law, one.version, one.rule);
        let what = if one.alert { "alert" } else { "" };
        derived.escalations.push(EscalationDue {
            id: id(plan, subject, scene.facts[one.fact as usize].seq, what),
            clause: plan.clause.clone(),
            subject: subject.to_owned(),
            to: law.post_id(one.to),
            who: plan.who.map(|who| law.post_id(who)).unwrap_or_default(),
            at: one.at,
            fired: one.fired,
            soft: one.soft,
        });
    }
    derived.escalations.sort_by(|a, b| (a.at, &a.clause, &a.id).cmp(&(b.at, &b.clause, &b.id)));
    derived.members = lean.members.iter().map(|one| member(law, subject, facts, one)).collect();
    each_refusal(scene, lean, None, |_, _, block| derived.blocks.push(block));
    opened(scene, lean, &mut derived);
    standing(scene, lean, &mut derived);
    broken(scene, lean, &mut derived);
    settle(law, scene.as_of, &mut derived);
    derived.next_change = next_change(scene.as_of, lean, &derived);
    derived
}

fn plan(law: &Law, version: u32, rule: u32) -> &Plan {
    &law.versions[version as usize].plans[rule as usize]
}

/// First 16 bytes, hex, of blake3 over book, clause, place among rules of that clause, subject and opening.
fn id(plan: &Plan, subject: &str, opening: i64, what: &str) -> String {
    id_of(plan, subject, &opening.to_string(), what)
}

/// The same for any opening.
pub(super) fn id_of(plan: &Plan, subject: &str, opening: &str, what: &str) -> String {
    let mut hasher = blake3::Hasher::new();
    let ordinal = plan.ordinal.to_string();
    for part in [plan.clause.book.as_str(), &plan.clause.id, &ordinal, subject, opening, what] {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    hasher.finalize().to_hex()[..32].to_owned()
}

/// An obligation with words.
pub(crate) fn obligation(law: &Law, scene: &Scene<'_>, subject: &str, one: &LeanObligation) -> Obligation {
    let plan = plan(law, one.version, one.rule);
    let (must, must_all): (&[u32], bool) = match &plan.work {
        Work::Deadline(deadline) => (&deadline.must, deadline.must_all),
        Work::Escalation(escalation) => (escalation.must.as_slice(), false),
        _ => (&[], false),
    };
    Obligation {
        id: id(plan, subject, scene.facts[one.fact as usize].seq, ""),
        clause: plan.clause.clone(),
        subject: subject.to_owned(),
        round: one.round,
        must: must.iter().map(|name| law.fact_id(*name)).collect(),
        must_all,
        bearer: plan.who.map(|who| law.post_id(who)).unwrap_or_default(),
        opened: one.opened,
        not_before: one.not_before,
        due: one.due,
        end_of_day: one.end_of_day,
        soft: one.soft,
        state: one.state,
        ended: one.ended,
        yields_to: None,
    }
}

/// The preferred clause that asks for one of the same acts after the same opening fact, when it applies there.
fn preferred(law: &Law, lean: &Lean, one: &LeanObligation) -> Option<ClauseRef> {
    let version = &law.versions[one.version as usize];
    let own = plan(law, one.version, one.rule);
    let acts = |work: &Work| match work {
        Work::Deadline(deadline) => deadline.must.clone(),
        Work::Escalation(escalation) => escalation.must.into_iter().collect(),
        _ => Vec::new(),
    };
    let mut over = version.source.charter.preferences.iter().filter(|it| it.over == own.clause);
    let must = acts(&own.work);
    over.find_map(|preference| {
        let stands = |other: &&LeanObligation| {
            let plan = plan(law, other.version, other.rule);
            other.fact == one.fact
                && plan.clause == preference.prefer
                && !matches!(other.state, State::NotApplicable | State::Waived)
                && acts(&plan.work).iter().any(|act| must.contains(act))
        };
        lean.obligations.iter().find(stands).map(|_| preference.prefer.clone())
    })
}

/// Takes away what a clause says against the one preferred over it: a class, an amount, a time of keeping.
fn settle(law: &Law, as_of: Moment, derived: &mut Derived) {
    let Some(version) = law.version_at(as_of) else { return };
    let charter = &version.source.charter;
    if charter.preferences.is_empty() {
        return;
    }
    let yields =
        |clause: &ClauseRef, others: &dyn Fn(&ClauseRef) -> bool| charter.preferred_over(clause, as_of).any(others);
    let (classes, amounts, keeps) = (derived.classes.clone(), derived.amounts.clone(), derived.keeps.clone());
    derived.classes.retain(|it| {
        !yields(&it.clause, &|by| classes.iter().any(|other| other.clause == *by && other.attribute == it.attribute))
    });
    derived.amounts.retain(|it| {
        !yields(&it.clause, &|by| amounts.iter().any(|other| other.clause == *by && other.name == it.name))
    });
    derived
        .keeps
        .retain(|it| !yields(&it.clause, &|by| keeps.iter().any(|other| other.clause == *by && other.of == it.of)));
}

fn member(law: &Law, subject: &str, facts: &[&Fact], one: &LeanMember) -> Member {
    let plan = plan(law, one.version, one.rule);
    let own = format!("{subject}#{}", one.round);
    let (group, member) = match &plan.work {
        Work::Count(count) => {
            let text = |attribute: &u32| text_with(law, facts, *attribute, one.fact as usize).unwrap_or("");
            let group: Vec<&str> = count.group_by.iter().map(text).collect();
            let distinct = count.distinct.as_ref().map(text).filter(|value| !value.is_empty());
            (group.join("\u{1f}"), distinct.map_or(own, str::to_owned))
        }
        _ => (String::new(), own),
    };
    Member {
        clause: plan.clause.clone(),
        period: one.per.key(one.first),
        member,
        group,
        weight: one.weight,
        in_base: one.in_base,
        exempt: one.exempt,
        counted: one.counted,
        in_time: one.in_time,
        final_at: one.final_at,
    }
}

/// The text of an attribute as a fact or an earlier one gave it.
fn text_with<'a>(law: &Law, facts: &[&'a Fact], attribute: u32, place: usize) -> Option<&'a str> {
    let id = law.attribute_id(attribute);
    facts[..=place].iter().rev().find_map(|fact| fact.attributes.get(&id)).map(String::as_str)
}

/// The words of a goal.
fn goal(law: &Law, goal: &Goal) -> String {
    match goal {
        Goal::Fact(name) => law.fact_id(*name),
        Goal::Words(words) => words.clone(),
    }
}

/// Routes, rights, retention and wrong hands: under the law of their opening facts.
fn opened(scene: &Scene<'_>, lean: &Lean, derived: &mut Derived) {
    let law = scene.law;
    for (number, version) in law.versions.iter().enumerate() {
        let run = Run { scene, version, number: number as u32 };
        for place in &version.standing {
            let plan = &version.plans[*place];
            let clause = || plan.clause.clone();
            let who = || plan.who.map(|who| law.post_id(who)).unwrap_or_default();
            match &plan.work {
                Work::Route(route) => {
                    if let Some((_, go)) = kinds::route::goal(&run, plan, route) {
                        derived.routes.push(RouteNow { clause: clause(), who: who(), go: goal(law, go) });
                    }
                }
                Work::Right(right) => {
                    for one in kinds::right::derive(&run, plan, right, lean) {
                        derived.rights.push(RightNow {
                            clause: clause(),
                            who: who(),
                            may: goal(law, &right.may),
                            from: one.from.at,
                            arose: one.arose,
                            available: one.available,
                            used: one.used,
                            ended: one.ended,
                        });
                    }
                }
                Work::Retention(retention) => {
                    let begun = scene.last_before(retention.from, scene.facts.len());
                    let governed = begun.is_some_and(|place| version.stretch.holds(scene.facts[place].at));
                    if let Some(end) = kinds::retention::end(&run, plan, retention).filter(|_| governed) {
                        let until = end.map(|end| run.date(end).to_string());
                        derived.keeps.push(KeepUntil { clause: clause(), of: retention.of.clone(), until });
                    }
                }
                Work::Roster(roster) => {
                    for (act, missing) in kinds::roster::breaches(&run, plan, roster) {
                        let missing = missing_ids(law, &missing);
                        let at = Some(scene.facts[act].at);
                        let breach = plan.by_other == ByOther::Breach;
                        derived.gaps.push(GapNow {
                            clause: clause(),
                            act: law.fact_id(roster.act),
                            missing,
                            at,
                            breach,
                        });
                    }
                }
                _ => {}
            }
        }
    }
}

/// Amounts, classes, and what is missing though nothing is refused: under the law of the moment of looking.
fn standing(scene: &Scene<'_>, lean: &Lean, derived: &mut Derived) {
    let law = scene.law;
    let Some(number) = law.versions.iter().position(|version| version.stretch.holds(scene.as_of)) else { return };
    let version = &law.versions[number];
    let run = Run { scene, version, number: number as u32 };
    for (plan, attribute, value) in kinds::classify::classes(&run) {
        derived.classes.push(ClassNow {
            clause: plan.clause.clone(),
            attribute: law.attribute_id(attribute),
            value: law.value_id(attribute, value),
        });
    }
    for place in &version.standing {
        let plan = &version.plans[*place];
        if !plan.holds_at(scene.as_of) || !scene.concerns(plan) {
            continue;
        }
        let gap = match &plan.work {
            Work::Formula(formula) => {
                if let Some(fen) = kinds::formula::amount(&run, formula, lean) {
                    let name = formula.gives.clone();
                    let score = matches!(formula.way, Way::Weigh(_));
                    derived.amounts.push(AmountNow { clause: plan.clause.clone(), name, fen, score });
                }
                None
            }
            Work::Sign(sign) if sign.blocks.is_none() => kinds::sign::wanting(&run, sign).zip(Some(sign.act)),
            Work::Fields(fields) if fields.blocks.is_none() => {
                kinds::record::wanting(&run, fields).zip(Some(fields.act))
            }
            _ => None,
        };
        if let Some((wanting, act)) = gap {
            derived.gaps.push(GapNow {
                clause: plan.clause.clone(),
                act: act.map(|act| law.fact_id(act)).unwrap_or_default(),
                missing: missing_ids(law, &wanting.missing),
                at: None,
                breach: false,
            });
        }
    }
}

/// Acts that fulfilled an obligation and were a breach themselves, because another did them (`by_other = "违规"`).
fn broken(scene: &Scene<'_>, lean: &Lean, derived: &mut Derived) {
    let law = scene.law;
    for one in &lean.obligations {
        let plan = plan(law, one.version, one.rule);
        let done = matches!(one.state, State::Met | State::MetLate);
        let Some(act) = one.ended_by.filter(|_| done && plan.by_other == ByOther::Breach) else { continue };
        if !scene.by_hands(plan, act as usize) {
            let fact = &scene.facts[act as usize];
            let missing: Vec<Missing> = plan.who.map(Missing::Post).into_iter().collect();
            derived.gaps.push(GapNow {
                clause: plan.clause.clone(),
                act: law.fact_id(fact.name),
                missing: missing_ids(law, &missing),
                at: Some(fact.at),
                breach: true,
            });
        }
    }
}

fn next_change(as_of: Moment, lean: &Lean, derived: &Derived) -> Option<Moment> {
    let mut next: Option<Moment> = None;
    let mut at = |moment: Moment| {
        if moment > as_of && next.is_none_or(|known| moment < known) {
            next = Some(moment);
        }
    };
    for one in lean.obligations.iter().filter(|one| one.state == State::Open) {
        if let Some(due) = one.due {
            at(if one.end_of_day { due } else { due.plus_micros(1) });
        }
        one.not_before.into_iter().for_each(&mut at);
    }
    for one in lean.escalations.iter().filter(|one| !one.fired) {
        at(if one.fires_at_once { one.at } else { one.at.plus_micros(1) });
    }
    derived.rights.iter().filter(|right| !right.ended).for_each(|right| at(right.from));
    derived.blocks.iter().filter_map(|block| block.not_before).for_each(&mut at);
    next
}
