//! The instances of a recurring moment (周期实例): each period, its window and when it falls due.

use jiff::civil::Date;

use crate::anchor::in_month;
use crate::calendar::Calendar;
use crate::day_number;
use crate::due::DueAt;
use crate::moment::Moment;
use crate::phrase::{DueIn, Every, OnRestDay, Period, weekday_within};
use crate::zone::{MICROS_A_DAY, Zone};

/// One period of a duty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instance {
    /// Its key, as `Period::key`; a slot of some hours has the hour at which it begins: `2026-11-22T08`.
    pub period_key: String,
    /// First day of the period.
    pub first: Date,
    /// Last day of the period.
    pub last: Date,
    /// When the period begins.
    pub opens: Moment,
    /// When it falls due; for the end of a day the first moment of the next.
    pub due: Moment,
    /// Due is 24:00 of a date: half-open.
    pub end_of_day: bool,
}

impl Instance {
    /// The due moment.
    pub fn due_at(&self) -> DueAt {
        DueAt { at: self.due, end_of_day: self.end_of_day }
    }
}

impl Every {
    /// One instance for each period that has a day from `from` to `to` (both included), in order. A due day that is a
    /// rest day is moved as `on_rest_day` says; `每个工作日` and hours are never moved.
    pub fn instances(
        &self,
        calendar: &Calendar,
        zone: &Zone,
        from: Date,
        to: Date,
        on_rest_day: OnRestDay,
    ) -> Vec<Instance> {
        let mut list = Vec::new();
        let mut day = from;
        while day <= to {
            let (first, last) = self.period.bounds(day);
            match self.due {
                DueIn::Hours(hours) => list.extend(slots(zone, first, hours)),
                _ if self.has(calendar, first) => {
                    list.push(self.instance(calendar, zone, (first, last), on_rest_day));
                }
                _ => {}
            }
            let next = self.period.next(day);
            if next <= last {
                break;
            }
            day = next;
        }
        list
    }

    /// The day on which the period that holds `date` falls due, before any moving.
    pub fn due_day(&self, date: Date) -> Date {
        let (first, last) = self.period.bounds(date);
        match self.due {
            DueIn::Last | DueIn::Weekdays(..) | DueIn::Hours(_) => last,
            DueIn::Weekday(weekday) => {
                let steps = i64::from(weekday.to_monday_zero_offset());
                day_number::date(day_number::add(day_number::of(first), steps))
            }
            DueIn::MonthDay(number) => in_month(first, number),
            DueIn::YearDay(month, number) => in_month(jiff::civil::date(first.year(), month, 1), number),
            DueIn::NextLast => self.period.bounds(self.period.next(date)).1,
            DueIn::NextMonthDay(number) => in_month(self.period.next(date), number),
        }
    }

    /// Whether the period that begins on `first` has an instance at all.
    fn has(&self, calendar: &Calendar, first: Date) -> bool {
        match (self.period, self.due) {
            (Period::Workday, _) => calendar.is_workday(first),
            (_, DueIn::Weekdays(from, to)) => weekday_within(from, to, first.weekday()),
            _ => true,
        }
    }

    fn instance(
        &self,
        calendar: &Calendar,
        zone: &Zone,
        (first, last): (Date, Date),
        on_rest_day: OnRestDay,
    ) -> Instance {
        let unmoved = self.due_day(first);
        let day = match on_rest_day {
            _ if self.period == Period::Workday => unmoved,
            OnRestDay::Stays | OnRestDay::Waived => unmoved,
            OnRestDay::Earlier => calendar.on_or_before(unmoved),
            OnRestDay::Later => calendar.on_or_after(unmoved),
        };
        let due = match self.time {
            Some(time) => DueAt::clock(zone.moment(day.to_datetime(time))),
            None => DueAt::end_of(zone, day),
        };
        Instance {
            period_key: self.period.key(first),
            first,
            last,
            opens: zone.start_of_day(first),
            due: due.at,
            end_of_day: due.end_of_day,
        }
    }
}

/// Slots of `hours` from midnight; the last one ends with the day, shorter when the hours do not divide it.
fn slots(zone: &Zone, date: Date, hours: i64) -> impl Iterator<Item = Instance> + use<> {
    let (day, hours, zone) = (day_number::of(date), hours.clamp(1, 24), zone.clone());
    (0..24).step_by(hours as usize).map(move |begin| {
        let end = (begin + hours).min(24);
        let at = |hour: i64| zone.at(day, hour * (MICROS_A_DAY / 24));
        Instance {
            period_key: format!("{date}T{begin:02}"),
            first: date,
            last: date,
            opens: at(begin),
            due: at(end),
            end_of_day: end == 24,
        }
    })
}
