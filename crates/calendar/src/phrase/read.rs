//! Words for weekdays and clock times (读回用词).

use jiff::civil::{Time, Weekday};

/// `周一` … `周日`.
pub fn weekday_zh(day: Weekday) -> &'static str {
    const NAMES: [&str; 7] = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"];
    NAMES[day.to_monday_zero_offset() as usize]
}

/// `Monday` … `Sunday`.
pub fn weekday_en(day: Weekday) -> &'static str {
    const NAMES: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    NAMES[day.to_monday_zero_offset() as usize]
}

/// `17:00`, `17:00:30`; none is `24:00`.
pub(crate) fn clock(time: Option<Time>) -> String {
    match time {
        None => "24:00".to_owned(),
        Some(time) if time.second() == 0 => format!("{:02}:{:02}", time.hour(), time.minute()),
        Some(time) => format!("{:02}:{:02}:{:02}", time.hour(), time.minute(), time.second()),
    }
}
