//! Limits and anchors to due moments (期限), for one opening.

use calendar::{
    Calendar, DueAt, Moment, Span, middle_third, month_end, next_month_day, next_quarter_day, next_time_after,
    next_weekday,
};
use jiff::civil::Date;

use super::Run;
use super::lean::{Lean, LeanObligation};
use crate::answer::State;
use crate::compile::plan::*;
use crate::compile::value;
use crate::words::Unit;

/// Working days that an attribute may ask for; more is a slip of the pen.
const MOST_WORKDAYS: i64 = 1000;

/// When something may be done, and until when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Window {
    /// Not before this moment.
    pub opens: Option<Moment>,
    /// Until then.
    pub due: DueAt,
}

impl From<DueAt> for Window {
    fn from(due: DueAt) -> Window {
        Window { opens: None, due }
    }
}

/// What a limit is counted from and under which knowledge.
#[derive(Clone, Copy)]
pub(crate) struct Count {
    /// Place of the opening fact; none for rules that nothing opens.
    pub opening: Option<usize>,
    /// Facts and attributes before this place are known.
    pub upto: usize,
    /// The calendar is as it was known then.
    pub known: Moment,
}

impl Run<'_> {
    /// The calendar as it was known at a moment.
    pub fn calendar(&self, known: Moment) -> Calendar {
        self.version.calendar.as_known_at(known)
    }

    /// The end of a span that begins at a moment.
    pub fn after(&self, from: Moment, span: Span, known: Moment) -> DueAt {
        let zone = &self.version.zone;
        match span {
            // Notices cannot change these, so the calendar need not be turned back.
            Span::Seconds(_) => DueAt::clock(from.plus_seconds(seconds(span))),
            Span::Workdays(_) => self.calendar(known).due_at(zone, from, span, false),
            _ if !self.version.roll => self.version.calendar.due_at(zone, from, span, false),
            _ => self.calendar(known).due_at(zone, from, span, true),
        }
    }

    /// When a limit is over; none when it has no clock or what it counts from is not there yet.
    pub fn window(&self, term: &Term, count: Count, lean: &Lean) -> Option<Window> {
        match term {
            Term::None => None,
            Term::Within(span) => {
                let opening = self.scene.facts[count.opening?].at;
                Some(self.after(opening, *span, count.known).into())
            }
            Term::Due(anchor) => self.anchor(anchor, count, lean),
        }
    }

    /// The moment that an anchor names.
    pub fn anchor(&self, anchor: &Anchor, count: Count, lean: &Lean) -> Option<Window> {
        if let Start::MiddleThird(first, last) = anchor.start {
            let zone = &self.version.zone;
            let start = self.date_of(first, count.upto)?;
            let (from, to) = middle_third(start, self.date_of(last, count.upto)?)?;
            return Some(Window { opens: Some(zone.start_of_day(from)), due: DueAt::end_of(zone, to) });
        }
        let base = self.base(&anchor.start, count, lean)?;
        if let Shift::AfterMinutes(attribute) = anchor.shift {
            let minutes = self.scene.value(attribute, count.upto).filter(|read| *read != value::UNREADABLE)?;
            return Some(DueAt::clock(base.at.plus_seconds(minutes.saturating_mul(60))).into());
        }
        if let Shift::AfterWorkdays(attribute) = anchor.shift {
            let days = self.scene.value(attribute, count.upto).filter(|days| (1..=MOST_WORKDAYS).contains(days))?;
            return Some(self.shifted(base, &Shift::After(Span::Workdays(days as _)), count.known).into());
        }
        Some(self.shifted(base, &anchor.shift, count.known).into())
    }

    /// The moment that an anchor starts from.
    pub fn base(&self, start: &Start, count: Count, lean: &Lean) -> Option<DueAt> {
        match start {
            Start::Opening => {
                let place = count.opening.or_else(|| (!self.scene.facts.is_empty()).then_some(0))?;
                Some(DueAt::clock(self.scene.facts[place].at))
            }
            Start::Fact(name) => self.fact_near(*name, count),
            Start::Attribute(name) => self.moment_of(*name, count.upto),
            Start::ClauseDue(keys) => {
                let one = self.obligation_among(keys, count, lean)?;
                Some(DueAt { at: one.due?, end_of_day: one.end_of_day })
            }
            Start::Later(named) => {
                let mut latest: Option<DueAt> = None;
                for one in named {
                    let at = match one {
                        Named::Fact(name) => Some(self.fact_near(*name, count)?),
                        Named::Attribute(name) => self.moment_of(*name, count.upto),
                    };
                    latest = latest.max(at);
                }
                latest
            }
            Start::MiddleThird(..) => None,
        }
    }

    /// The first such fact at or after the opening and known, else the last before it.
    fn fact_near(&self, name: Word, count: Count) -> Option<DueAt> {
        let opening = count.opening.unwrap_or(0);
        let after = self.scene.first_from(name, opening).filter(|place| *place < count.upto.max(opening + 1));
        let place = after.or_else(|| self.scene.last_before(name, opening))?;
        Some(DueAt::clock(self.scene.facts[place].at))
    }

    /// The obligation that an anchor counts from: of the first of these rules that has one. One that fell away or was
    /// ended is taken only when no other is there.
    pub fn obligation_among<'l>(&self, keys: &[u64], count: Count, lean: &'l Lean) -> Option<&'l LeanObligation> {
        let with_clock = |one: &&LeanObligation| one.due.is_some();
        let standing = keys.iter().find_map(|key| {
            self.obligation_of(*key, count, lean, |one| one.state != State::NotApplicable).filter(with_clock)
        });
        standing
            .or_else(|| keys.iter().find_map(|key| self.obligation_of(*key, count, lean, |_| true).filter(with_clock)))
    }

    /// The obligation of a rule that goes with an opening: of the same fact, else the last one opened before it, else
    /// the first after it.
    fn obligation_of<'l>(
        &self,
        key: u64,
        count: Count,
        lean: &'l Lean,
        fits: impl Fn(&LeanObligation) -> bool,
    ) -> Option<&'l LeanObligation> {
        let place = count.opening.unwrap_or(usize::MAX) as u32;
        let plans = &self.version.plans;
        let rank = |one: &LeanObligation| match one.fact {
            fact if fact == place => (0, 0),
            fact if fact < place => (1, place - fact),
            fact => (2, fact - place),
        };
        let ours = lean
            .obligations
            .iter()
            .filter(|one| one.version == self.number && plans[one.rule as usize].key == key && fits(one));
        ours.min_by_key(|one| rank(one))
    }

    /// The moment that a date or moment attribute holds; a date stands for its 24:00.
    pub fn moment_of(&self, attribute: Word, upto: usize) -> Option<DueAt> {
        let known = self.scene.value(attribute, upto).filter(|read| *read != value::UNREADABLE)?;
        match self.scene.law.words.attributes.get(attribute as usize)?.unit {
            Unit::Date => Some(DueAt::end_of(&self.version.zone, value::date(known)?)),
            Unit::Moment => Some(DueAt::clock(Moment(known))),
            _ => None,
        }
    }

    fn date_of(&self, attribute: Word, upto: usize) -> Option<Date> {
        self.moment_of(attribute, upto).map(|due| self.date(due))
    }

    /// The date of a due moment; 24:00 belongs to the date that it ends.
    pub fn date(&self, due: DueAt) -> Date {
        let at = if due.end_of_day { due.at.plus_micros(-1) } else { due.at };
        self.version.zone.date(at)
    }

    /// The first moment after `base` at which the site opens; `base` itself when it never opens again.
    fn next_opening(&self, base: DueAt, known: Moment) -> DueAt {
        let opening = self.version.hours.next_opening(&self.calendar(known), &self.version.zone, base.at);
        opening.map_or(base, DueAt::clock)
    }

    fn shifted(&self, base: DueAt, shift: &Shift, known: Moment) -> DueAt {
        let zone = &self.version.zone;
        let end_of = |date: Date| DueAt::end_of(zone, date);
        // A day of the month moves on from a rest day where the site says so.
        let fixed = |date: Date| end_of(if self.version.roll { self.calendar(known).on_or_after(date) } else { date });
        match shift {
            // What an attribute says is read in `anchor`.
            Shift::None | Shift::AfterMinutes(_) | Shift::AfterWorkdays(_) => base,
            Shift::After(span @ Span::Seconds(_)) => DueAt::clock(base.at.plus_seconds(seconds(*span))),
            Shift::After(span) => self.calendar(known).due_after(zone, base, *span, self.version.roll),
            Shift::Before(span) => {
                let from = if base.end_of_day && span.ends_with_day() { base.at.plus_micros(-1) } else { base.at };
                self.calendar(known).due_before(zone, from, *span)
            }
            Shift::NextTime(on, times) => {
                let from = if base.end_of_day { base.at.plus_micros(-1) } else { base.at };
                let calendar = self.calendar(known);
                let falls_on = |date| on.is_none_or(|on| calendar.holds_on(on, date) == Some(true));
                DueAt::clock(next_time_after(zone, from, times, falls_on))
            }
            Shift::NextMonthDay(day) => fixed(next_month_day(self.date(base), *day)),
            Shift::NextWeekday(weekday, time) => {
                let date = next_weekday(self.date(base), *weekday);
                match time {
                    Some(time) => DueAt::clock(zone.moment(date.to_datetime(*time))),
                    None => end_of(date),
                }
            }
            Shift::SameDay => end_of(self.date(base)),
            Shift::MonthEnd { next } => end_of(month_end(self.date(base), *next)),
            Shift::NextQuarterDay(day) => fixed(next_quarter_day(self.date(base), *day)),
            Shift::NextOpening => self.next_opening(base, known),
        }
    }

    /// The pauses that touch an opening, each with its end when it has come.
    pub fn pauses(&self, pause: Pause, opening: usize, until: usize) -> Vec<(Moment, Option<Moment>)> {
        let scene = self.scene;
        let mut list = Vec::new();
        let before = scene.last_before(pause.from, opening);
        let next = before.into_iter().chain(scene.all(pause.from).filter(|place| *place >= opening));
        let mut resumed = 0;
        for start in next {
            if start >= until {
                break;
            }
            if start < resumed {
                continue;
            }
            let end = scene.first_from(pause.to, start + 1).filter(|end| *end < until);
            if end.is_some_and(|end| end < opening) {
                continue;
            }
            list.push((scene.facts[start].at, end.map(|end| scene.facts[end].at)));
            match end {
                Some(end) => resumed = end,
                None => break,
            }
        }
        list
    }

    /// A due moment moved by a pause: by its length for minutes and hours, by the midnights (for working days, the
    /// working days) that it covers for days.
    pub fn later(&self, due: DueAt, span: Span, from: Moment, to: Moment, known: Moment) -> DueAt {
        let zone = &self.version.zone;
        let (first, last) = (zone.date(from), zone.date(to));
        match span {
            Span::Seconds(_) => DueAt::clock(due.at.plus_micros(to.0 - from.0)),
            Span::Workdays(_) => {
                let calendar = self.calendar(known);
                let days = calendar.workdays_between(first, last);
                calendar.due_after(zone, due, Span::Workdays(days), false)
            }
            Span::Days(_) | Span::Months(_) => {
                let days = days_between(first, last);
                self.version.calendar.due_after(zone, due, Span::Days(days), false)
            }
        }
    }
}

/// Days from one date to another.
pub(crate) fn days_between(a: Date, b: Date) -> i64 {
    let hours = a.duration_until(b).as_hours();
    hours / 24
}

fn seconds(span: Span) -> i64 {
    match span {
        Span::Seconds(n) => n,
        _ => 0,
    }
}
