//! Working days by prefix sums (工作日计数): one table for one state of knowledge.

use std::collections::BTreeMap;

use crate::calendar::{Orderer, Ruling, Sources};
use crate::day_number;

/// What is known, worked out: the days that a notice or an order names, and the counts of working days.
pub(crate) struct Table {
    /// Days that a notice or an order names, and what decides them.
    named: BTreeMap<i32, Ruling>,
    /// Years that a notice settles.
    pub years: Vec<i16>,
    /// The first day counted.
    start: i32,
    /// Working days from `start` to before each day; one more entry than days.
    before: Vec<u32>,
    /// The working days counted, in order.
    workdays: Vec<i32>,
}

impl Table {
    /// Counts from two years before the first notice to thirty years after the last. Days beyond are decided one by
    /// one.
    pub fn new(sources: &Sources, visible: impl Fn(i64) -> bool) -> Table {
        let mut table =
            Table { named: BTreeMap::new(), years: Vec::new(), start: 0, before: vec![0], workdays: Vec::new() };
        table.name_days(sources, visible);
        let first = table.years.first().map_or(2000, |year| year - 2);
        let last = table.years.last().map_or(2030, |year| *year).min(9000) + 30;
        table.start = day_number::of(jiff::civil::date(first, 1, 1));
        let end = day_number::of(jiff::civil::date(last, 12, 31));
        for day in table.start..=end {
            if table.decide(sources, day).workday(sources, day) {
                table.workdays.push(day);
            }
            table.before.push(table.workdays.len() as u32);
        }
        table
    }

    /// What decides a day.
    pub fn decide(&self, sources: &Sources, day: i32) -> Ruling {
        if let Some(named) = self.named.get(&day) {
            return *named;
        }
        if sources.seasons.is_empty() {
            return Ruling::Week;
        }
        let date = day_number::date(day);
        match sources.seasons.iter().rposition(|season| season.part.holds(date)) {
            Some(place) => Ruling::Season(place),
            None => Ruling::Week,
        }
    }

    /// Whether a day is a working day.
    pub fn is_workday(&self, sources: &Sources, day: i32) -> bool {
        match self.place(day) {
            Some(place) => self.before[place + 1] > self.before[place],
            None => self.decide(sources, day).workday(sources, day),
        }
    }

    /// Working days before `day`, counted from the start of the table (negative before it).
    pub fn count_before(&self, sources: &Sources, day: i32) -> i64 {
        let end = self.end();
        if day < self.start {
            let open = (day..self.start).filter(|d| self.is_workday(sources, *d)).count();
            return -(open as i64);
        }
        if day > end {
            let open = (end..day).filter(|d| self.is_workday(sources, *d)).count();
            return self.workdays.len() as i64 + open as i64;
        }
        i64::from(self.before[(day - self.start) as usize])
    }

    /// The `n`th working day strictly after `day`; with a negative `n` strictly before it; `day` itself for 0.
    /// Stops at the ends of the calendar.
    pub fn add(&self, sources: &Sources, day: i32, n: i64) -> i32 {
        match n {
            0 => day,
            1.. => self.nth(sources, self.count_before(sources, day.saturating_add(1)) + n - 1),
            _ => self.nth(sources, self.count_before(sources, day) + n),
        }
    }

    /// The working day with the index `n`, 0 being the first of the table.
    fn nth(&self, sources: &Sources, n: i64) -> i32 {
        if let Some(day) = usize::try_from(n).ok().and_then(|place| self.workdays.get(place)) {
            return *day;
        }
        if n < 0 {
            let mut left = -n;
            let mut day = self.start;
            while left > 0 && day > day_number::FIRST {
                day -= 1;
                left -= i64::from(self.is_workday(sources, day));
            }
            return day;
        }
        let mut left = n - self.workdays.len() as i64 + 1;
        let mut day = self.end() - 1;
        while left > 0 && day < day_number::LAST {
            day += 1;
            left -= i64::from(self.is_workday(sources, day));
        }
        day
    }

    /// The day after the last one counted.
    fn end(&self) -> i32 {
        self.start + self.before.len() as i32 - 1
    }

    fn place(&self, day: i32) -> Option<usize> {
        let place = usize::try_from(day - self.start).ok()?;
        (place + 1 < self.before.len()).then_some(place)
    }

    // Later knowledge stands over earlier, orders of the company over notices, those of the site over both.
    fn name_days(&mut self, sources: &Sources, visible: impl Fn(i64) -> bool) {
        for (place, notice) in sources.notices.iter().enumerate() {
            if !visible(notice.known_from.0) {
                continue;
            }
            if notice.replaces {
                self.named.retain(|_, ruling| ruling.notice_year(sources) != Some(notice.year));
            }
            if let Err(slot) = self.years.binary_search(&notice.year) {
                self.years.insert(slot, notice.year);
            }
            for (holiday, days) in notice.holidays.iter().enumerate() {
                for day in &days.make_up {
                    self.named.insert(day_number::of(*day), Ruling::MakeUp { notice: place, holiday });
                }
                for day in days.days() {
                    self.named.insert(day_number::of(day), Ruling::Holiday { notice: place, holiday });
                }
            }
        }
        let mut settled: BTreeMap<(Orderer, i32), usize> = BTreeMap::new();
        for (place, order) in sources.orders.iter().enumerate().filter(|(_, order)| visible(order.known_from.0)) {
            settled.insert((order.by, day_number::of(order.date)), place);
        }
        // The company's come first, so that the site's stand over them.
        for ((_, day), place) in settled {
            if sources.orders[place].workday.is_some() {
                self.named.insert(day, Ruling::Order(place));
            }
        }
    }
}
