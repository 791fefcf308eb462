//! Formulas at work (金额): exact fen, rounded half up once.

use crate::answer::State;
use crate::compile::plan::{Formula, Way, Word};
use crate::compile::value::UNREADABLE;
use crate::derive::Run;
use crate::derive::clock::days_between;
use crate::derive::lean::{Lean, LeanObligation};
use crate::law::Interned;

/// One whole in parts per hundred thousand.
const WHOLE: i128 = 100_000;

/// The amount; none when its condition, its attribute or its breach is missing.
pub(crate) fn amount(run: &Run<'_>, formula: &Formula, lean: &Lean) -> Option<i64> {
    if !run.scene.holds(&formula.when, run.scene.facts.len()) {
        return None;
    }
    if formula.breach_of.is_empty() {
        return once(run, formula);
    }
    let versions = &run.scene.law.versions;
    let named = |one: &&LeanObligation| {
        let plan = &versions[one.version as usize].plans[one.rule as usize];
        formula.breach_of.contains(&plan.key)
    };
    let broken = lean.obligations.iter().filter(named).filter(|one| is_broken(one)).count();
    let times = if formula.each_breach { broken as i64 } else { 1 };
    (broken > 0).then(|| once(run, formula))?.map(|fen| fen.saturating_mul(times))
}

/// Done late, not done in time, or missed; of a reminder only what was missed.
fn is_broken(one: &LeanObligation) -> bool {
    match one.state {
        State::Missed => true,
        State::MetLate | State::Overdue => !one.soft,
        State::Open | State::Met | State::Waived | State::NotApplicable => false,
    }
}

fn once(run: &Run<'_>, formula: &Formula) -> Option<i64> {
    let scene = run.scene;
    let upto = scene.facts.len();
    match &formula.way {
        Way::Fixed(fen) => Some(*fen),
        Way::Weigh(parts) => {
            let part = |(attribute, share): &(Word, i64)| {
                let number = scene.value(*attribute, upto).filter(|value| *value != UNREADABLE)?;
                Some(i128::from(number) * 100 * i128::from(*share))
            };
            parts.iter().map(part).sum::<Option<i128>>().map(rounded)
        }
        Way::Multiply(attribute, factor) => {
            let value = scene.value(*attribute, upto).filter(|value| *value != UNREADABLE)?;
            Some(rounded(i128::from(value) * i128::from(*factor)))
        }
        Way::Each(attribute, fen) => {
            let number = scene.value(*attribute, upto).filter(|value| *value != UNREADABLE)?;
            Some(number.saturating_mul(*fen))
        }
        Way::Sum(attribute, times) => {
            let carried = |fact: &Interned, wanted: Word| {
                let found = fact.attributes.iter().find(|(name, value)| *name == wanted && *value > UNREADABLE);
                found.map(|(_, value)| *value)
            };
            let amount = |fact: &Interned| {
                let times = times.and_then(|times| carried(fact, times)).unwrap_or(1);
                carried(fact, *attribute).map(|fen| fen.saturating_mul(times))
            };
            let mut amounts = scene.facts.iter().filter_map(amount).peekable();
            amounts.peek()?;
            Some(amounts.sum())
        }
        Way::Accrue(attribute, rate) => accrued(run, *attribute, *rate),
    }
}

/// Simple interest: each balance bears it for the days after the one on which it was set, the day of change included.
fn accrued(run: &Run<'_>, attribute: Word, rate: i64) -> Option<i64> {
    let scene = run.scene;
    let zone = &run.version.zone;
    let mut total: i128 = 0;
    let mut open: Option<(i64, jiff::civil::Date)> = None;
    for fact in scene.facts {
        let Some((_, balance)) = fact.attributes.iter().find(|(name, value)| *name == attribute && *value > UNREADABLE)
        else {
            continue;
        };
        let date = zone.date(fact.at);
        if let Some((before, since)) = open {
            total += i128::from(before) * i128::from(days_between(since, date));
        }
        open = Some((*balance, date));
    }
    let (balance, since) = open?;
    total += i128::from(balance) * i128::from(days_between(since, zone.date(scene.as_of)));
    Some(rounded(total * i128::from(rate)))
}

/// Parts per hundred thousand to fen, half up.
fn rounded(parts: i128) -> i64 {
    let fen = (parts + WHOLE / 2).div_euclid(WHOLE);
    i64::try_from(fen).unwrap_or(i64::MAX)
}
