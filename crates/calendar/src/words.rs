//! Times as people say them (时间用语): 还剩 12 分钟, 已超 5 分钟, 今天 17:00, 周四 09:30, 11月23日 24:00 前.

use jiff::civil::Date;

use crate::day_number;
use crate::due::DueAt;
use crate::moment::Moment;
use crate::phrase::{CivilMoment, clock, weekday_en, weekday_zh};
use crate::zone::Zone;

const MINUTE: i64 = 60;
const HOUR: i64 = 3600;
const DAY: i64 = 86_400;

/// How long until a due moment, or how long since: `还剩 12 分钟`, `已超 5 分钟`. Rounded down, so that nobody is promised a
/// minute that is not there.
pub fn remaining_zh(now: Moment, due: DueAt) -> String {
    let seconds = due.at.seconds_since(now);
    if due.met_by(now) {
        return match seconds {
            ..MINUTE => "不到 1 分钟".to_owned(),
            _ => format!("还剩 {}", length_zh(seconds)),
        };
    }
    match -seconds {
        ..MINUTE => "刚刚超时".to_owned(),
        over => format!("已超 {}", length_zh(over)),
    }
}

/// The same in English: `12 min left`, `5 min over`.
pub fn remaining_en(now: Moment, due: DueAt) -> String {
    let seconds = due.at.seconds_since(now);
    if due.met_by(now) {
        return match seconds {
            ..MINUTE => "less than 1 min left".to_owned(),
            _ => format!("{} left", length_en(seconds)),
        };
    }
    match -seconds {
        ..MINUTE => "just over".to_owned(),
        over => format!("{} over", length_en(over)),
    }
}

/// A length of time in at most two units: `45 秒`, `12 分钟`, `3 小时 20 分钟`, `2 天 3 小时`, `12 天`.
pub fn length_zh(seconds: i64) -> String {
    two_units(seconds, ["天", "小时", "分钟", "秒"])
}

/// A length of time in at most two units: `45 s`, `12 min`, `3 h 20 min`, `2 d 3 h`, `12 d`.
pub fn length_en(seconds: i64) -> String {
    two_units(seconds, ["d", "h", "min", "s"])
}

/// A due moment as one says it on a day: `今天 17:00`, `明天 09:30`, `周四 09:30`, `11月23日 24:00 前`, `2027年1月10日 24:00 前`.
pub fn due_zh(zone: &Zone, now: Moment, due: DueAt) -> String {
    let civil = due.civil(zone);
    let before = if due.end_of_day { " 前" } else { "" };
    format!("{} {}{before}", day_zh(zone.date(now), civil.date), clock(civil.time))
}

/// The same in English: `today 17:00`, `Thursday 09:30`, `by 23 Nov 24:00`.
pub fn due_en(zone: &Zone, now: Moment, due: DueAt) -> String {
    let civil = due.civil(zone);
    let by = if due.end_of_day { "by " } else { "" };
    format!("{by}{} {}", day_en(zone.date(now), civil.date), clock(civil.time))
}

/// A moment as one says it on a day: `今天 14:20`, `昨天 23:05`, `11月3日 09:00`.
pub fn moment_zh(zone: &Zone, now: Moment, moment: Moment) -> String {
    let civil = to_the_minute(zone, moment);
    format!("{} {}", day_zh(zone.date(now), civil.date), clock(civil.time))
}

/// The same in English.
pub fn moment_en(zone: &Zone, now: Moment, moment: Moment) -> String {
    let civil = to_the_minute(zone, moment);
    format!("{} {}", day_en(zone.date(now), civil.date), clock(civil.time))
}

/// A day as one says it: 昨天, 今天, 明天, within the next six days its weekday, else its date, with the year when it is
/// another.
pub fn day_zh(today: Date, day: Date) -> String {
    match day_number::of(day) - day_number::of(today) {
        -1 => "昨天".to_owned(),
        0 => "今天".to_owned(),
        1 => "明天".to_owned(),
        2..=6 => weekday_zh(day.weekday()).to_owned(),
        _ if day.year() == today.year() => format!("{}月{}日", day.month(), day.day()),
        _ => format!("{}年{}月{}日", day.year(), day.month(), day.day()),
    }
}

/// The same in English.
pub fn day_en(today: Date, day: Date) -> String {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let month = MONTHS[(day.month() - 1) as usize];
    match day_number::of(day) - day_number::of(today) {
        -1 => "yesterday".to_owned(),
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        2..=6 => weekday_en(day.weekday()).to_owned(),
        _ if day.year() == today.year() => format!("{} {month}", day.day()),
        _ => format!("{} {month} {}", day.day(), day.year()),
    }
}

/// The exact moment, for hovering and print: `2026-11-23 24:00`, `2026-11-16 17:00:30`.
pub fn exact(zone: &Zone, due: DueAt) -> String {
    due.civil(zone).to_string()
}

fn to_the_minute(zone: &Zone, moment: Moment) -> CivilMoment {
    let over = moment.0.rem_euclid(MINUTE * 1_000_000);
    CivilMoment::of_due(zone, moment.plus_micros(-over), false)
}

fn two_units(seconds: i64, [day, hour, minute, second]: [&str; 4]) -> String {
    let seconds = seconds.max(0);
    let pair = |big: i64, big_unit: &str, small: i64, small_unit: &str| {
        if small == 0 { format!("{big} {big_unit}") } else { format!("{big} {big_unit} {small} {small_unit}") }
    };
    if seconds < MINUTE {
        format!("{seconds} {second}")
    } else if seconds < HOUR {
        format!("{} {minute}", seconds / MINUTE)
    } else if seconds < DAY {
        pair(seconds / HOUR, hour, seconds % HOUR / MINUTE, minute)
    } else if seconds < 10 * DAY {
        pair(seconds / DAY, day, seconds % DAY / HOUR, hour)
    } else {
        format!("{} {day}", seconds / DAY)
    }
}
