//! Days and hours on which a rule holds, as written (适用日).

use std::fmt;

use jiff::civil::Weekday;

use super::read::{weekday_en, weekday_zh};
use super::scan::{Scan, even_out};
use super::{BadPhrase, On};

const FORMS: &str = "周一至周五\n周末\n周X\n工作日\n休息日\n节假日\n服务时间\n服务时间外\n班次内";

impl On {
    /// Reads one of the forms.
    pub fn parse(written: &str) -> Result<On, BadPhrase> {
        let text = even_out(written);
        let on = match text.as_str() {
            "周末" => Some(On::Weekdays(Weekday::Saturday, Weekday::Sunday)),
            "工作日" => Some(On::Workday),
            "休息日" => Some(On::RestDay),
            "节假日" => Some(On::Holiday),
            "服务时间" => Some(On::ServiceHours),
            "服务时间外" => Some(On::OutsideServiceHours),
            "班次内" => Some(On::Shift),
            _ => weekdays(Scan(&text)),
        };
        on.ok_or_else(|| BadPhrase::new(written, FORMS))
    }

    /// In Chinese, in the form that `parse` reads.
    pub fn read_zh(self) -> String {
        match self {
            On::Weekdays(Weekday::Saturday, Weekday::Sunday) => "周末".to_owned(),
            On::Weekdays(a, b) if a == b => weekday_zh(a).to_owned(),
            On::Weekdays(a, b) => format!("{}至{}", weekday_zh(a), weekday_zh(b)),
            On::Workday => "工作日".to_owned(),
            On::RestDay => "休息日".to_owned(),
            On::Holiday => "节假日".to_owned(),
            On::ServiceHours => "服务时间".to_owned(),
            On::OutsideServiceHours => "服务时间外".to_owned(),
            On::Shift => "班次内".to_owned(),
        }
    }

    /// In English: `from Monday to Friday`, `on working days`.
    pub fn read_en(self) -> String {
        match self {
            On::Weekdays(Weekday::Saturday, Weekday::Sunday) => "at weekends".to_owned(),
            On::Weekdays(a, b) if a == b => format!("on {}s", weekday_en(a)),
            On::Weekdays(a, b) => format!("from {} to {}", weekday_en(a), weekday_en(b)),
            On::Workday => "on working days".to_owned(),
            On::RestDay => "on rest days".to_owned(),
            On::Holiday => "on public holidays".to_owned(),
            On::ServiceHours => "within service hours".to_owned(),
            On::OutsideServiceHours => "outside service hours".to_owned(),
            On::Shift => "within a shift".to_owned(),
        }
    }
}

impl fmt::Display for On {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.read_zh())
    }
}

/// Whether `day` lies from `first` to `last`, both included, going round the week.
pub fn weekday_within(first: Weekday, last: Weekday, day: Weekday) -> bool {
    let steps = |to: Weekday| (to.to_monday_zero_offset() - first.to_monday_zero_offset()).rem_euclid(7);
    steps(day) <= steps(last)
}

fn weekdays(mut scan: Scan<'_>) -> Option<On> {
    if !scan.eat("周") {
        return None;
    }
    let first = scan.weekday_sign()?;
    let last = if scan.eat("至周") { scan.weekday_sign()? } else { first };
    scan.done().then_some(On::Weekdays(first, last))
}
