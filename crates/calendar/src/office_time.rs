//! The time of one office (本处时间): its zone, calendar, hours of service and shifts, together.

use crate::calendar::Calendar;
use crate::hours::ServiceHours;
use crate::moment::Moment;
use crate::phrase::On;
use crate::shift::Shifts;
use crate::zone::Zone;

/// All that decides time for a site.
#[derive(Clone, Debug)]
pub struct OfficeTime {
    /// Its zone.
    pub zone: Zone,
    /// Its calendar.
    pub calendar: Calendar,
    /// Its hours of service.
    pub hours: ServiceHours,
    /// Its shifts.
    pub shifts: Shifts,
}

impl OfficeTime {
    /// Whether a rule for such days or hours holds at `moment`.
    pub fn holds(&self, on: On, moment: Moment) -> bool {
        let open = || self.hours.is_open(&self.calendar, &self.zone, moment);
        match on {
            On::ServiceHours => open(),
            On::OutsideServiceHours => !open(),
            On::Shift => self.shifts.shift_at(&self.calendar, &self.zone, moment).is_some(),
            _ => self.calendar.holds_on(on, self.zone.date(moment)) == Some(true),
        }
    }

    /// The same with the calendar as it was known at `moment`.
    pub fn as_known_at(&self, moment: Moment) -> OfficeTime {
        OfficeTime { calendar: self.calendar.as_known_at(moment), ..self.clone() }
    }
}
