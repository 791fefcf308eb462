//! Arithmetic on open time (服务时间计时): seconds between two moments, and the moment when so many have passed.

use crate::calendar::Calendar;
use crate::day_number;
use crate::hours::ServiceHours;
use crate::moment::Moment;
use crate::zone::Zone;

/// After so many closed days in a row there is no open one: the Gregorian calendar repeats.
const FOUR_HUNDRED_YEARS: i32 = 146_097;

/// The hours of service of a site laid over its calendar, with prefix sums from a year before the first notice to
/// twelve years after the last; beyond it days are added one by one. Make it once for a site and a state of knowledge.
#[derive(Clone, Debug)]
pub struct OpenHours {
    calendar: Calendar,
    zone: Zone,
    hours: ServiceHours,
    /// First day of the table.
    start: i32,
    /// Open seconds from `start` to before each day; one more entry than days.
    before: Vec<i64>,
}

impl OpenHours {
    /// Lays `hours` over what `calendar` knows.
    pub fn new(calendar: &Calendar, zone: &Zone, hours: &ServiceHours) -> OpenHours {
        let (first, last) = calendar.settled_years().unwrap_or((2019, 2030));
        let day = |year: i16| day_number::of(jiff::civil::date(year, 1, 1));
        let mut open = OpenHours {
            calendar: calendar.clone(),
            zone: zone.clone(),
            hours: hours.clone(),
            start: day(first - 1),
            before: vec![0],
        };
        let mut sum = 0;
        for day in open.start..day(last.min(9980) + 13) {
            sum += open.open_of_day(day) / 1_000_000;
            open.before.push(sum);
        }
        open
    }

    /// Whether the site is open at `moment`.
    pub fn is_open(&self, moment: Moment) -> bool {
        self.hours.is_open(&self.calendar, &self.zone, moment)
    }

    /// Whole open seconds from `a` to `b`; negative when `b` is earlier.
    pub fn open_seconds_between(&self, a: Moment, b: Moment) -> i64 {
        self.open_micros_between(a, b) / 1_000_000
    }

    /// Open microseconds from `a` to `b`; negative when `b` is earlier.
    pub fn open_micros_between(&self, a: Moment, b: Moment) -> i64 {
        self.open_before(b) - self.open_before(a)
    }

    /// The first moment at which `n` open seconds have passed since `from`: with the last of them used up, the closing
    /// instant itself. `from` for 0 and less; none when the hours never open again.
    pub fn add_open_seconds(&self, from: Moment, n: i64) -> Option<Moment> {
        if n <= 0 {
            return Some(from);
        }
        let target = self.open_before(from).saturating_add(n.saturating_mul(1_000_000));
        let from_day = self.zone.day(from);
        if from_day < self.start && target <= 0 {
            return self.walk(from_day, target);
        }
        // The first day at whose end the target is reached.
        let place = self.before.partition_point(|sum| *sum * 1_000_000 < target);
        if place < self.before.len() {
            let reached = self.before[place - 1] * 1_000_000;
            return self.within_day(self.start + place as i32 - 1, target - reached);
        }
        self.walk(self.end().max(from_day), target)
    }

    /// Looks for the target day by day, outside the table.
    fn walk(&self, from: i32, target: i64) -> Option<Moment> {
        let mut reached = self.open_before(self.zone.start_of(from));
        let mut quiet = 0;
        for day in from..day_number::LAST {
            let open = self.open_of_day(day);
            if reached + open >= target {
                return self.within_day(day, target - reached);
            }
            reached += open;
            quiet = if open == 0 { quiet + 1 } else { 0 };
            if quiet > FOUR_HUNDRED_YEARS {
                return None;
            }
        }
        None
    }

    /// Open microseconds since the start of the table (negative before it).
    fn open_before(&self, moment: Moment) -> i64 {
        let day = self.zone.day(moment);
        let whole = if day < self.start {
            -(day..self.start).map(|day| self.open_of_day(day)).sum::<i64>()
        } else if day > self.end() {
            let beyond: i64 = (self.end()..day).map(|day| self.open_of_day(day)).sum();
            self.before[self.before.len() - 1] * 1_000_000 + beyond
        } else {
            self.before[(day - self.start) as usize] * 1_000_000
        };
        let within: i64 = self.spans(day).map(|(start, end)| (moment.0.min(end.0) - start.0).max(0)).sum();
        whole + within
    }

    /// The moment of a day at which so many of its open microseconds have passed.
    fn within_day(&self, day: i32, open: i64) -> Option<Moment> {
        let mut left = open;
        for (start, end) in self.spans(day) {
            if left <= end.0 - start.0 {
                return Some(start.plus_micros(left));
            }
            left -= end.0 - start.0;
        }
        None
    }

    fn open_of_day(&self, day: i32) -> i64 {
        self.spans(day).map(|(start, end)| end.0 - start.0).sum()
    }

    /// The open stretches of a day as moments. A span that a clock change swallows is empty.
    fn spans(&self, day: i32) -> impl Iterator<Item = (Moment, Moment)> + '_ {
        self.hours.intervals(&self.calendar, day).into_iter().map(move |(start, end)| {
            let start = self.zone.at(day, start * 1_000_000);
            (start, self.zone.at(day, end * 1_000_000).max(start))
        })
    }

    /// The day after the last one of the table.
    fn end(&self) -> i32 {
        self.start + self.before.len() as i32 - 1
    }
}
