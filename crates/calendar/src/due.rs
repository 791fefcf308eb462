//! Due moments (到期时刻): when a span that begins at a moment is over, after the conventions T1 to T4.

use crate::calendar::Calendar;
use crate::day_number;
use crate::moment::Moment;
use crate::phrase::{CivilMoment, Span};
use crate::steps;
use crate::zone::Zone;

/// A due moment: the end of a day, before which an act counts, or a moment at which it still counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DueAt {
    /// The moment; for the end of a day the first moment of the next.
    pub at: Moment,
    /// It is 24:00 of a date: half-open.
    pub end_of_day: bool,
}

impl DueAt {
    /// A due moment told by the clock: exactly at it is in time.
    pub fn clock(at: Moment) -> DueAt {
        DueAt { at, end_of_day: false }
    }

    /// 24:00 of a date.
    pub fn end_of(zone: &Zone, date: jiff::civil::Date) -> DueAt {
        DueAt { at: zone.end_of_day(date), end_of_day: true }
    }

    /// Whether an act at `moment` is in time.
    pub fn met_by(self, moment: Moment) -> bool {
        if self.end_of_day { moment < self.at } else { moment <= self.at }
    }

    /// Whether it has passed at `now`.
    pub fn passed(self, now: Moment) -> bool {
        !self.met_by(now)
    }

    /// As a date and clock time, `24:00` for the end of a day.
    pub fn civil(self, zone: &Zone) -> CivilMoment {
        CivilMoment::of_due(zone, self.at, self.end_of_day)
    }
}

/// A due moment with the steps that lead to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// The moment; for the end of a day the first moment of the next.
    pub at: Moment,
    /// It is 24:00 of a date: met strictly before `at`, else up to and including it.
    pub end_of_day: bool,
    /// The reasoning, in order.
    pub steps: Vec<Step>,
}

impl Due {
    /// Without the steps.
    pub fn due_at(&self) -> DueAt {
        DueAt { at: self.at, end_of_day: self.end_of_day }
    }
}

/// One step of a reasoning, as people read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

impl Calendar {
    /// When `span` from `from` is over, with the steps. `roll` moves an end on a rest day to the next working day
    /// (`roll_to_working_day`); it does nothing to minutes and working days.
    pub fn due(&self, zone: &Zone, from: Moment, span: Span, roll: bool) -> Due {
        let DueAt { at, end_of_day } = self.due_at(zone, from, span, roll);
        Due { at, end_of_day, steps: steps::of_due(self, zone, from, span, roll) }
    }

    /// The same without the steps, for millions of them.
    pub fn due_at(&self, zone: &Zone, from: Moment, span: Span, roll: bool) -> DueAt {
        if let Span::Seconds(n) = span {
            return DueAt::clock(from.plus_seconds(n));
        }
        let unrolled = self.end_day(zone.day(from), span);
        let rolls = roll && !matches!(span, Span::Workdays(_));
        let day = if rolls { self.rolled(unrolled) } else { unrolled };
        DueAt { at: zone.start_of(day + 1), end_of_day: true }
    }

    /// A span counted on from another due moment (`条款 X 到期 后 2 天`): days are counted from the date on which that one
    /// ended, so from the day itself when it ended at 24:00.
    pub fn due_after(&self, zone: &Zone, due: DueAt, span: Span, roll: bool) -> DueAt {
        if due.end_of_day && span.ends_with_day() {
            self.due_at(zone, due.at.plus_micros(-1), span, roll)
        } else {
            self.due_at(zone, due.at, span, roll)
        }
    }

    /// The due moment `span` before `from` (`预约时间 前 5 分钟`): 24:00 of the day so many days, working days or months
    /// earlier, never moved.
    pub fn due_before(&self, zone: &Zone, from: Moment, span: Span) -> DueAt {
        let earlier = match span {
            Span::Seconds(n) => return DueAt::clock(from.plus_seconds(-n)),
            Span::Days(n) => Span::Days(-n),
            Span::Workdays(n) => Span::Workdays(-n),
            Span::Months(n) => Span::Months(-n),
        };
        DueAt { at: zone.start_of(self.end_day(zone.day(from), earlier) + 1), end_of_day: true }
    }

    /// The last day of a span of days that begins on `day`, before any moving.
    pub(crate) fn end_day(&self, day: i32, span: Span) -> i32 {
        match span {
            Span::Seconds(_) => day,
            Span::Days(n) => day_number::add(day, n),
            Span::Workdays(n) => self.add_workdays_number(day, n),
            Span::Months(n) => day_number::add_months(day, n),
        }
    }
}
