//! The calendar of an office (日历): which days are worked, decided layer over layer, as it was known at a moment.
//!
//! Weekly pattern < season < public holiday < make-up working day < one-off order of the company < of the site. Each answer
//! names its layer.

use std::fmt;
use std::sync::{Arc, OnceLock};

use jiff::civil::Date;

use crate::day_number;
use crate::hours::ClockSpan;
use crate::moment::Moment;
use crate::notice::{BadNotice, Holiday, Notice};
use crate::phrase::{Day, On, weekday_within};
use crate::week::{Season, Week};
use crate::working_days::Table;

/// Whose order settles a day. A site's own stands over the company's, whichever came later.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Orderer {
    /// The company, for all its sites.
    Company,
    /// The site.
    #[default]
    Site,
}

/// One day settled by the office itself: 停电检修，周六上班.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayOrder {
    /// Who settles it.
    pub by: Orderer,
    /// The day.
    pub date: Date,
    /// Whether it is worked; none takes back what the same orderer settled before.
    pub workday: Option<bool>,
    /// Its hours of service, when they are settled too; an empty list is closed.
    pub hours: Option<Vec<ClockSpan>>,
    /// Why, in words.
    pub why: String,
    /// From when it is known; a case that ended before is not touched by it.
    pub known_from: Moment,
}

impl DayOrder {
    /// A day settled so since ever, its hours those of any such day: for trials.
    pub fn always(date: Date, workday: bool, why: &str) -> DayOrder {
        let (workday, why) = (Some(workday), why.to_owned());
        DayOrder { by: Orderer::Site, date, workday, hours: None, why, known_from: Moment(i64::MIN) }
    }
}

impl DayOrder {
    /// Its layer, in Chinese.
    pub fn layer_zh(&self) -> String {
        match self.by {
            Orderer::Company => format!("公司安排：{}", self.why),
            Orderer::Site => format!("本处安排：{}", self.why),
        }
    }
}

/// What a calendar is made of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sources {
    /// The plain week.
    pub week: Week,
    /// Seasons with a week of their own; of two that overlap the later in the list holds.
    pub seasons: Vec<Season>,
    /// Notices of public holidays.
    pub notices: Vec<Notice>,
    /// Orders of company and site; of two by one of them for one day the later known holds.
    pub orders: Vec<DayOrder>,
}

/// What decides a day. The numbers are places in `Sources`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ruling {
    Week,
    Season(usize),
    Holiday { notice: usize, holiday: usize },
    MakeUp { notice: usize, holiday: usize },
    Order(usize),
}

/// The calendar of an office. A clone is cheap; tables of counts are worked out when first asked.
#[derive(Clone)]
pub struct Calendar {
    known: Arc<Known>,
    /// How many of the moments in `Known::changes` have come.
    edition: usize,
}

struct Known {
    sources: Sources,
    /// The moments at which something became known, in order.
    changes: Vec<Moment>,
    /// One table for each state of knowledge, one more than changes.
    tables: Vec<OnceLock<Table>>,
}

impl Calendar {
    /// The calendar of these sources, all of them known.
    pub fn new(mut sources: Sources) -> Calendar {
        sources.notices.sort_by_key(|notice| notice.known_from);
        sources.orders.sort_by_key(|order| order.known_from);
        let notices = sources.notices.iter().map(|notice| notice.known_from);
        let mut changes: Vec<Moment> = notices.chain(sources.orders.iter().map(|order| order.known_from)).collect();
        changes.sort_unstable();
        changes.dedup();
        let tables = (0..=changes.len()).map(|_| OnceLock::new()).collect();
        let edition = changes.len();
        Calendar { known: Arc::new(Known { sources, changes, tables }), edition }
    }

    /// Monday to Friday with the holidays of these year texts (`calendars/cn/<year>.toml`).
    pub fn of_years(texts: &[&str]) -> Result<Calendar, BadNotice> {
        let mut notices = Vec::new();
        for text in texts {
            notices.extend(Notice::read_year(text)?);
        }
        Ok(Calendar::new(Sources { notices, ..Sources::default() }))
    }

    /// The calendar as it was known at `moment`: notices and orders of later are left out.
    pub fn as_known_at(&self, moment: Moment) -> Calendar {
        let edition = self.known.changes.partition_point(|change| *change <= moment);
        Calendar { known: Arc::clone(&self.known), edition: edition.min(self.edition) }
    }

    /// The same calendar with these days settled otherwise: to try it.
    pub fn with_orders(&self, orders: impl IntoIterator<Item = DayOrder>) -> Calendar {
        self.with(std::iter::empty(), orders)
    }

    /// The same calendar with more notices and orders, each known from its own moment on.
    pub fn with(
        &self,
        notices: impl IntoIterator<Item = Notice>,
        orders: impl IntoIterator<Item = DayOrder>,
    ) -> Calendar {
        let mut sources = self.sources().clone();
        sources.notices.extend(notices);
        sources.orders.extend(orders);
        Calendar::new(sources)
    }

    /// What it is made of, later knowledge included.
    pub fn sources(&self) -> &Sources {
        &self.known.sources
    }

    /// One day and what decides it.
    pub fn day(&self, date: Date) -> Day {
        let number = day_number::of(date);
        let ruling = self.ruling(number);
        Day {
            date,
            workday: ruling.workday(self.sources(), number),
            holiday: matches!(ruling, Ruling::Holiday { .. }),
            layer: self.layer_zh(number, ruling),
            confirmed: ruling.is_named() || self.is_confirmed(date.year()),
        }
    }

    /// Whether work is done on `date`.
    pub fn is_workday(&self, date: Date) -> bool {
        self.works(day_number::of(date))
    }

    /// The holiday whose day off `date` is.
    pub fn holiday(&self, date: Date) -> Option<&Holiday> {
        match self.ruling(day_number::of(date)) {
            Ruling::Holiday { notice, holiday } => Some(&self.sources().notices[notice].holidays[holiday]),
            _ => None,
        }
    }

    /// The `n`th working day strictly after `date`, strictly before it when `n` is negative, `date` itself for 0.
    /// Stops at 9999-12-30.
    pub fn add_workdays(&self, date: Date, n: i64) -> Date {
        day_number::date(self.add_workdays_number(day_number::of(date), n))
    }

    /// Working days after `a` up to and including `b`; negative when `b` is earlier (then after `b` through `a`).
    pub fn workdays_between(&self, a: Date, b: Date) -> i64 {
        let through = |date| self.table().count_before(self.sources(), day_number::of(date) + 1);
        through(b) - through(a)
    }

    /// `date`, or the next working day when it is a rest day.
    pub fn on_or_after(&self, date: Date) -> Date {
        day_number::date(self.rolled(day_number::of(date)))
    }

    /// `date`, or the working day before when it is a rest day.
    pub fn on_or_before(&self, date: Date) -> Date {
        if self.is_workday(date) { date } else { self.add_workdays(date, -1) }
    }

    /// Years from `first` to `last` without a notice: weekends off, not confirmed.
    pub fn missing_years(&self, first: Date, last: Date) -> Vec<i16> {
        (first.year()..=last.year()).filter(|year| !self.is_confirmed(*year)).collect()
    }

    /// Whether a rule for such days holds on `date`; none for `服务时间`, `服务时间外` and `班次内`, which need a moment.
    pub fn holds_on(&self, on: On, date: Date) -> Option<bool> {
        match on {
            On::Weekdays(first, last) => Some(weekday_within(first, last, date.weekday())),
            On::Workday => Some(self.is_workday(date)),
            On::RestDay => Some(!self.is_workday(date)),
            On::Holiday => Some(self.holiday(date).is_some()),
            On::ServiceHours | On::OutsideServiceHours | On::Shift => None,
        }
    }

    pub(crate) fn works(&self, day: i32) -> bool {
        self.table().is_workday(self.sources(), day)
    }

    pub(crate) fn add_workdays_number(&self, day: i32, n: i64) -> i32 {
        self.table().add(self.sources(), day, n)
    }

    pub(crate) fn rolled(&self, day: i32) -> i32 {
        if self.works(day) { day } else { self.add_workdays_number(day, 1) }
    }

    pub(crate) fn ruling(&self, day: i32) -> Ruling {
        self.table().decide(self.sources(), day)
    }

    pub(crate) fn is_confirmed(&self, year: i16) -> bool {
        self.table().years.binary_search(&year).is_ok()
    }

    /// The notice that makes `date` a holiday or a make-up working day, with the holiday.
    pub fn notice_on(&self, date: Date) -> Option<(&Notice, &Holiday)> {
        match self.ruling(day_number::of(date)) {
            Ruling::Holiday { notice, holiday } | Ruling::MakeUp { notice, holiday } => {
                let notice = &self.sources().notices[notice];
                Some((notice, &notice.holidays[holiday]))
            }
            _ => None,
        }
    }

    /// The layer that decides `date`, in English.
    pub fn layer_en_on(&self, date: Date) -> String {
        let number = day_number::of(date);
        self.layer_en(number, self.ruling(number))
    }

    /// Whether nothing that differs is known at the two moments.
    pub fn knows_the_same(&self, one: Moment, other: Moment) -> bool {
        self.as_known_at(one).edition == self.as_known_at(other).edition
    }

    /// The order of company or site that settles `date`.
    pub fn order_on(&self, date: Date) -> Option<&DayOrder> {
        match self.ruling(day_number::of(date)) {
            Ruling::Order(place) => Some(&self.sources().orders[place]),
            _ => None,
        }
    }

    /// First and last year with a notice, for tables that need a range.
    pub(crate) fn settled_years(&self) -> Option<(i16, i16)> {
        let years = &self.table().years;
        Some((*years.first()?, *years.last()?))
    }

    fn table(&self) -> &Table {
        self.known.tables[self.edition].get_or_init(|| {
            let known = &self.known.changes[..self.edition];
            Table::new(&self.known.sources, |from| known.last().is_some_and(|last| from <= last.0))
        })
    }

    /// The layer that decides a day, in Chinese.
    pub(crate) fn layer_zh(&self, day: i32, ruling: Ruling) -> String {
        let sources = self.sources();
        match ruling {
            Ruling::Week if self.works(day) => "平日".to_owned(),
            Ruling::Week if day_number::weekday(day) >= 5 => "周末".to_owned(),
            Ruling::Week => "周休".to_owned(),
            Ruling::Season(place) => sources.seasons[place].name.clone(),
            Ruling::Holiday { notice, holiday } => {
                let notice = &sources.notices[notice];
                format!("{}放假（{}）", notice.holidays[holiday].name, notice.cited())
            }
            Ruling::MakeUp { notice, holiday } => {
                let notice = &sources.notices[notice];
                format!("{}调休上班（{}）", notice.holidays[holiday].name, notice.cited())
            }
            Ruling::Order(place) => sources.orders[place].layer_zh(),
        }
    }

    /// The same in English.
    pub(crate) fn layer_en(&self, day: i32, ruling: Ruling) -> String {
        let sources = self.sources();
        let cited = |notice: &Notice| match &notice.number {
            Some(number) => number.clone(),
            None => format!("notice of {}", notice.date),
        };
        match ruling {
            Ruling::Week if self.works(day) => "ordinary working day".to_owned(),
            Ruling::Week if day_number::weekday(day) >= 5 => "weekend".to_owned(),
            Ruling::Week => "weekly day of rest".to_owned(),
            Ruling::Season(place) => sources.seasons[place].name.clone(),
            Ruling::Holiday { notice, holiday } => {
                let notice = &sources.notices[notice];
                format!("{} holiday ({})", notice.holidays[holiday].name_en, cited(notice))
            }
            Ruling::MakeUp { notice, holiday } => {
                let notice = &sources.notices[notice];
                format!("make-up working day of {} ({})", notice.holidays[holiday].name_en, cited(notice))
            }
            Ruling::Order(place) => match sources.orders[place].by {
                Orderer::Company => format!("order of the company: {}", sources.orders[place].why),
                Orderer::Site => format!("order of the site: {}", sources.orders[place].why),
            },
        }
    }
}

impl fmt::Debug for Calendar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Sources { notices, orders, .. } = self.sources();
        write!(f, "Calendar({} notices, {} orders)", notices.len(), orders.len())
    }
}

impl Ruling {
    /// Whether it makes the day a working day.
    pub fn workday(self, sources: &Sources, day: i32) -> bool {
        match self {
            Ruling::Week => sources.week.works_on(day_number::weekday(day)),
            Ruling::Season(place) => sources.seasons[place].week.works_on(day_number::weekday(day)),
            Ruling::Holiday { .. } => false,
            Ruling::MakeUp { .. } => true,
            // An order that takes another back is no ruling of its own.
            Ruling::Order(place) => sources.orders[place].workday == Some(true),
        }
    }

    /// The year of the notice that it comes from.
    pub fn notice_year(self, sources: &Sources) -> Option<i16> {
        match self {
            Ruling::Holiday { notice, .. } | Ruling::MakeUp { notice, .. } => Some(sources.notices[notice].year),
            _ => None,
        }
    }

    fn is_named(self) -> bool {
        !matches!(self, Ruling::Week | Ruling::Season(_))
    }
}
