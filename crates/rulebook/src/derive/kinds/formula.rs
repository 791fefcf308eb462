//! Formulas at work (金额): exact fen, rounded half up once.

use crate::compile::plan::{Formula, Way, Word};
use crate::compile::value::UNREADABLE;
use crate::derive::Run;
use crate::derive::clock::days_between;

/// One whole in parts per hundred thousand.
const WHOLE: i128 = 100_000;

/// The amount; none when its condition or its attribute is missing.
pub(crate) fn amount(run: &Run<'_>, formula: &Formula) -> Option<i64> {
    let scene = run.scene;
    let upto = scene.facts.len();
    if !scene.holds(&formula.when, upto) {
        return None;
    }
    match formula.way {
        Way::Fixed(fen) => Some(fen),
        Way::Multiply(attribute, factor) => {
            let value = scene.value(attribute, upto).filter(|value| *value != UNREADABLE)?;
            Some(rounded(i128::from(value) * i128::from(factor)))
        }
        Way::Sum(attribute) => {
            let carried = scene.facts.iter().flat_map(|fact| fact.attributes.iter());
            let mut values = carried.filter(|(name, value)| *name == attribute && *value > UNREADABLE).peekable();
            values.peek()?;
            Some(values.map(|(_, value)| *value).sum())
        }
        Way::Accrue(attribute, rate) => accrued(run, attribute, rate),
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
