//! The numbers of a rule (数目), one after the other, and each changed by one.

use calendar::{DueIn, Every, Span, parse_time};
use jiff::ToSpan;
use jiff::civil::Time;

use super::Mutant;
use crate::compile::value::yuan;
use crate::model::*;
use crate::parse::phrase;
use crate::words::{Unit, Vocabulary};

/// What became of an attempt to change a number.
pub(super) enum Changed {
    /// It was changed so.
    To(Mutant),
    /// It cannot go that way: a share over 100 %, a day 32, a default that nobody has set.
    CannotGo,
    /// The rule has no number of this place.
    NoSuchNumber,
}

/// A number of a rule.
enum Number<'a> {
    Span(&'a mut Slot<Span>),
    Share(&'a mut Slot<i64>),
    Factor(&'a mut Slot<i64>),
    Count(&'a mut Slot<i64>),
    Money(&'a mut Slot<i64>),
    Time(&'a mut Slot<Time>),
    PlainTime(&'a mut Time),
    Day(&'a mut Slot<i8>),
    EveryDay(&'a mut Slot<Every>),
    EveryTime(&'a mut Slot<Every>),
}

/// Changes the number at a place of the rule by one.
pub(super) fn change(
    rule: &mut Rule,
    words: &Vocabulary,
    defaults: &dyn Fn(&str) -> Option<String>,
    place: usize,
    up: bool,
) -> Changed {
    let mut seen = 0;
    let mut changed = Changed::NoSuchNumber;
    each(&mut rule.kind, words, &mut |number| {
        if seen == place {
            changed = by_one(number, defaults, up);
        }
        seen += 1;
    });
    changed
}

fn by_one(number: Number<'_>, defaults: &dyn Fn(&str) -> Option<String>, up: bool) -> Changed {
    let step = if up { 1 } else { -1 };
    let parts = |parts: i64| format!("{}.{:03}%", parts / 1000, parts % 1000);
    match number {
        Number::Span(slot) => {
            slot_by(slot, defaults, |text| Span::parse(text).ok(), |span| span_by(span, step), |s| s.read_zh())
        }
        Number::Share(slot) => {
            let to = |share: i64| Some(share + step * 1000).filter(|share| (0..=100_000).contains(share));
            slot_by(slot, defaults, |text| phrase::share(text).ok(), to, |share| parts(*share))
        }
        Number::Factor(slot) => {
            let to = |factor: i64| {
                let unit = if factor % 1000 == 0 {
                    1000
                } else if factor % 100 == 0 {
                    100
                } else {
                    1
                };
                Some(factor + step * unit).filter(|factor| *factor >= 0)
            };
            slot_by(slot, defaults, |text| phrase::factor(text).ok(), to, |factor| parts(*factor))
        }
        Number::Count(slot) => {
            let to = |count: i64| Some(count + step).filter(|count| *count >= 0);
            slot_by(slot, defaults, |text| phrase::count(text).ok(), to, i64::to_string)
        }
        Number::Money(slot) => {
            let to = |fen: i64| Some(fen + step * if fen % 100 == 0 { 100 } else { 1 }).filter(|fen| *fen >= 0);
            slot_by(slot, defaults, |text| phrase::amount(text).ok(), to, |fen| yuan(*fen))
        }
        Number::Time(slot) => slot_by(slot, defaults, |text| parse_time(text).ok(), |time| time_by(time, step), clock),
        Number::PlainTime(time) => {
            let Some(new) = time_by(*time, step) else { return Changed::CannotGo };
            let mutant = Mutant { was: clock(time), now: clock(&new), setting: None };
            *time = new;
            Changed::To(mutant)
        }
        Number::Day(slot) => {
            let to = |day: i8| Some(day + step as i8).filter(|day| (1..=31).contains(day));
            slot_by(slot, defaults, |text| phrase::day(text).ok(), to, |day| format!("{day} 日"))
        }
        Number::EveryDay(slot) => {
            slot_by(slot, defaults, |text| Every::parse(text).ok(), |every| every_day_by(every, step), Every::read_zh)
        }
        Number::EveryTime(slot) => {
            let to = |every: Every| Some(Every { time: Some(time_by(every.time?, step)?), ..every });
            slot_by(slot, defaults, |text| Every::parse(text).ok(), to, Every::read_zh)
        }
    }
}

/// Changes a slot: a stated value, or the default of its setting, which then stands in the rule.
fn slot_by<T: Clone>(
    slot: &mut Slot<T>,
    defaults: &dyn Fn(&str) -> Option<String>,
    read: impl Fn(&str) -> Option<T>,
    to: impl Fn(T) -> Option<T>,
    say: impl Fn(&T) -> String,
) -> Changed {
    let (value, setting) = match slot {
        Slot::Stated(value) => (Some(value.clone()), None),
        Slot::Setting(name) => (defaults(name).as_deref().and_then(read), Some(name.clone())),
    };
    let Some((was, now)) = value.and_then(|was| Some((was.clone(), to(was)?))) else { return Changed::CannotGo };
    let mutant = Mutant { was: say(&was), now: say(&now), setting };
    *slot = Slot::Stated(now);
    Changed::To(mutant)
}

fn span_by(span: Span, step: i64) -> Option<Span> {
    let changed = match span {
        Span::Seconds(n) if n % 60 == 0 => Span::Seconds(n + 60 * step),
        Span::Seconds(n) => Span::Seconds(n + step),
        Span::Days(n) => Span::Days(n + step),
        Span::Workdays(n) => Span::Workdays(n + step),
        Span::Months(n) => Span::Months(n + step),
    };
    let length = match changed {
        Span::Seconds(n) | Span::Days(n) | Span::Workdays(n) | Span::Months(n) => n,
    };
    (length >= 0).then_some(changed)
}

fn time_by(time: Time, step: i64) -> Option<Time> {
    time.checked_add(step.minutes()).ok()
}

fn clock(time: &Time) -> String {
    time.strftime("%H:%M").to_string()
}

fn every_day_by(every: Every, step: i64) -> Option<Every> {
    let day = |day: i8| Some(day + step as i8).filter(|day| (1..=31).contains(day));
    let due = match every.due {
        DueIn::MonthDay(n) => DueIn::MonthDay(day(n)?),
        DueIn::NextMonthDay(n) => DueIn::NextMonthDay(day(n)?),
        DueIn::YearDay(month, n) => DueIn::YearDay(month, day(n)?),
        DueIn::Hours(n) => DueIn::Hours(Some(n + step).filter(|n| (1..=24).contains(n))?),
        _ => return None,
    };
    Some(Every { due, ..every })
}

/// Shows every number of a rule, in one order.
fn each(kind: &mut Kind, words: &Vocabulary, see: &mut dyn FnMut(Number<'_>)) {
    match kind {
        Kind::Deadline(kind) => {
            conditions(&mut kind.when, words, see);
            limit(&mut kind.limit, see);
            kind.not_before.iter_mut().for_each(|at| anchor(at, see));
        }
        Kind::Duty(kind) => {
            conditions(&mut kind.when, words, see);
            see(Number::EveryDay(&mut kind.every));
            see(Number::EveryTime(&mut kind.every));
            // Once a period is what a duty means, not a number of the clause.
            if kind.at_least != Slot::Stated(1) {
                see(Number::Count(&mut kind.at_least));
            }
            let covering = kind.covering.as_mut().and_then(|covering| covering.at_least.as_mut());
            covering.into_iter().for_each(|share| see(Number::Share(share)));
        }
        Kind::Rate(kind) => {
            conditions(&mut kind.when, words, see);
            kind.within.iter_mut().for_each(|within| see(Number::Span(within)));
            kind.due.iter_mut().for_each(|due| anchor(due, see));
            see(Number::Share(&mut kind.at_least));
        }
        Kind::Count(kind) => {
            conditions(&mut kind.when, words, see);
            kind.within.iter_mut().chain(&mut kind.apart).for_each(|span| see(Number::Span(span)));
            see(Number::Count(&mut kind.threshold.1));
        }
        Kind::Route(kind) => conditions(&mut kind.when, words, see),
        Kind::Escalation(kind) => {
            conditions(&mut kind.when, words, see);
            limit(&mut kind.at, see);
        }
        Kind::Right(kind) => {
            conditions(&mut kind.when, words, see);
            limit(&mut kind.opens, see);
        }
        Kind::Block(kind) => {
            conditions(&mut kind.when, words, see);
            conditions(&mut kind.until_values, words, see);
            kind.not_before.iter_mut().for_each(|at| anchor(at, see));
            kind.not_after.iter_mut().for_each(|(_, at)| anchor(at, see));
        }
        Kind::Sign(kind) => conditions(&mut kind.when, words, see),
        Kind::Record(kind) => conditions(&mut kind.when, words, see),
        Kind::Roster(kind) => conditions(&mut kind.when, words, see),
        Kind::Retention(kind) => kind.keep.iter_mut().for_each(|keep| see(Number::Span(keep))),
        Kind::Formula(kind) => {
            conditions(&mut kind.when, words, see);
            match &mut kind.mechanism {
                Mechanism::Sum { .. } => {}
                Mechanism::Multiply { by, .. } => see(Number::Factor(by)),
                Mechanism::Weigh { parts } => parts.iter_mut().for_each(|(_, by)| see(Number::Factor(by))),
                Mechanism::Accrue { rate, .. } => see(Number::Factor(rate)),
                Mechanism::Each { amount, .. } | Mechanism::Fixed { amount } => see(Number::Money(amount)),
            }
        }
        Kind::Classify(_) | Kind::Form(_) | Kind::Carried(_) => {}
    }
}

fn conditions(when: &mut When, words: &Vocabulary, see: &mut dyn FnMut(Number<'_>)) {
    for condition in when {
        let known = words.attribute(&condition.attribute.value).map(|place| &words.attributes[place]);
        if let Test::Compare(_, slot) = &mut condition.test {
            match known.map(|attribute| &attribute.unit) {
                Some(Unit::Money) => see(Number::Money(slot)),
                _ => see(Number::Count(slot)),
            }
        }
    }
}

fn limit(limit: &mut Limit, see: &mut dyn FnMut(Number<'_>)) {
    match limit {
        Limit::Within(span) => see(Number::Span(span)),
        Limit::Due(at) => anchor(at, see),
        Limit::None => {}
    }
}

fn anchor(anchor: &mut Anchor, see: &mut dyn FnMut(Number<'_>)) {
    match &mut anchor.shift {
        AnchorShift::After(span) | AnchorShift::Before(span) => see(Number::Span(span)),
        AnchorShift::NextTime { times, .. } => times.iter_mut().for_each(|time| see(Number::Time(time))),
        AnchorShift::NextMonthDay(day) | AnchorShift::NextQuarterDay(day) => see(Number::Day(day)),
        AnchorShift::NextWeekday(_, Some(time)) => see(Number::PlainTime(time)),
        AnchorShift::NextWeekday(_, None)
        | AnchorShift::None
        | AnchorShift::AfterMinutes(_)
        | AnchorShift::AfterWorkdays(_)
        | AnchorShift::SameDay
        | AnchorShift::MonthEnd { .. }
        | AnchorShift::NextOpening => {}
    }
}
