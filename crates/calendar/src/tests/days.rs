//! Days and their layers; the year texts; what was known when.

use super::{YEARS, at, china, day};
use crate::{Calendar, DayOrder, Notice, On, Orderer, Season, Sources, Week, YearPart};
use jiff::civil::{Weekday, date};

/// Working days, days of public holidays and make-up days of each year, as two published tables have them too.
#[test]
fn totals_of_each_year() {
    let calendar = china();
    let totals = [
        (2020, 249, 30, 6),
        (2021, 250, 31, 7),
        (2022, 249, 32, 7),
        (2023, 249, 26, 7),
        (2024, 251, 28, 8),
        (2025, 248, 28, 5),
        (2026, 248, 33, 6),
    ];
    for (year, workdays, holidays, make_ups) in totals {
        let days: Vec<_> = date(year, 1, 1)
            .series(jiff::Span::new().days(1))
            .take_while(|day| day.year() == year)
            .map(|day| calendar.day(day))
            .collect();
        assert_eq!(days.iter().filter(|day| day.workday).count(), workdays, "{year}");
        assert_eq!(days.iter().filter(|day| day.holiday).count(), holidays, "{year}");
        let made_up =
            |day: &&crate::Day| day.workday && matches!(day.date.weekday(), Weekday::Saturday | Weekday::Sunday);
        assert_eq!(days.iter().filter(made_up).count(), make_ups, "{year}");
        assert!(days.iter().all(|day| day.confirmed));
        let between = calendar.workdays_between(date(year - 1, 12, 31), date(year, 12, 31));
        assert_eq!(between, workdays as i64);
    }
}

#[test]
fn each_answer_names_its_layer() {
    let calendar = china();
    let layer = |written| calendar.day(day(written)).layer;
    assert_eq!(layer("2026-11-16"), "平日");
    assert_eq!(layer("2026-11-21"), "周末");
    assert_eq!(layer("2026-10-03"), "国庆节放假（国办发明电〔2025〕7号）");
    assert_eq!(layer("2026-10-10"), "国庆节调休上班（国办发明电〔2025〕7号）");
    assert_eq!(layer("2020-02-01"), "春节放假（国务院办公厅关于延长2020年春节假期的通知）");
    for made_up in ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"] {
        assert!(calendar.is_workday(day(made_up)), "{made_up}");
    }
    assert_eq!(calendar.holiday(day("2026-02-17")).map(|h| h.name_en.as_str()), Some("Spring Festival"));
    assert_eq!(calendar.holiday(day("2026-11-21")), None);
}

#[test]
fn a_year_without_notice_is_not_confirmed() {
    let calendar = china();
    let new_year = calendar.day(day("2027-01-01"));
    assert!(new_year.workday && !new_year.confirmed && !new_year.holiday);
    assert!(!calendar.is_workday(day("2027-01-02")));
    assert_eq!(calendar.missing_years(day("2019-06-01"), day("2028-01-01")), [2019, 2027, 2028]);
    // The notice for 2023 names a day of 2022.
    assert!(calendar.day(day("2022-12-31")).holiday);
}

#[test]
fn the_later_notice_holds_from_its_day_on() {
    let calendar = china();
    let saturday = day("2020-02-01");
    let before = calendar.as_known_at(at("2020-01-25 23:59"));
    assert!(before.is_workday(saturday), "first it was to be worked");
    assert!(before.is_workday(day("2020-01-31")));
    assert!(!calendar.is_workday(saturday));
    assert_eq!(before.add_workdays(day("2020-01-23"), 1), day("2020-01-31"));
    assert_eq!(calendar.add_workdays(day("2020-01-23"), 1), day("2020-02-03"));
    // Before the notice for a year was out, the year was not confirmed; looking back never looks forward.
    assert_eq!(before.missing_years(day("2020-01-01"), day("2021-01-01")), [2021]);
    assert_eq!(before.as_known_at(at("2026-01-01 00:00")).missing_years(day("2021-01-01"), day("2021-01-01")), [2021]);
}

#[test]
fn a_replacing_notice_stands_for_the_whole_year() {
    let text = "year = 2026\n[[notice]]\ntitle = '更正'\ndate = 2026-03-01\nsource = '示例'\nreplaces = true\n\
        [[notice.holiday]]\nname = '国庆节'\nname_en = 'National Day'\nfirst = 2026-10-01\nlast = 2026-10-03\n";
    let calendar = Calendar::of_years(&[YEARS[6], text]).expect("sound");
    assert!(calendar.is_workday(day("2026-10-05")));
    assert!(!calendar.is_workday(day("2026-10-10")));
    assert!(!calendar.as_known_at(at("2026-02-28 12:00")).is_workday(day("2026-10-05")));
    assert_eq!(calendar.day(day("2026-10-01")).layer, "国庆节放假（更正）");
}

fn site() -> Sources {
    let mut notices = Vec::new();
    for year in YEARS {
        notices.extend(Notice::read_year(year).expect("sound"));
    }
    let order = |date: &str, workday, why: &str, known: &str| DayOrder {
        by: Orderer::Site,
        date: day(date),
        workday: Some(workday),
        hours: None,
        why: why.to_owned(),
        known_from: at(known),
    };
    Sources {
        week: Week::parse("周一至周六").expect("a week"),
        seasons: vec![Season {
            name: "夏季作息".to_owned(),
            part: YearPart::parse("7 月 1 日至 8 月 31 日").expect("a part"),
            week: Week::parse("周一至周五").expect("a week"),
        }],
        notices,
        orders: vec![
            order("2026-10-02", true, "国庆值守", "2026-09-28 10:00"),
            order("2026-11-16", false, "停电检修", "2026-11-10 09:00"),
        ],
    }
}

#[test]
fn season_over_week_holiday_over_season_order_over_all() {
    let calendar = Calendar::new(site());
    assert!(calendar.is_workday(day("2026-06-27")), "Saturday of the plain week");
    let summer = calendar.day(day("2026-07-04"));
    assert!(!summer.workday);
    assert_eq!(summer.layer, "夏季作息");
    let order = calendar.day(day("2026-10-02"));
    assert!(order.workday && !order.holiday);
    assert_eq!(order.layer, "本处安排：国庆值守");
    assert!(!calendar.is_workday(day("2026-11-16")));
    assert!(calendar.as_known_at(at("2026-11-10 08:59")).is_workday(day("2026-11-16")));
    assert!(!calendar.as_known_at(at("2026-11-10 09:00")).is_workday(day("2026-11-16")));
    // Far beyond the table and far before it the layers still hold.
    assert!(calendar.is_workday(day("2190-06-12")) && day("2190-06-12").weekday() == Weekday::Saturday);
    assert!(!calendar.is_workday(day("2190-07-03")));
    assert!(calendar.is_workday(day("1950-06-10")));
}

#[test]
fn days_on_which_a_rule_holds() {
    let calendar = china();
    let holds = |on: &str, date: &str| calendar.holds_on(On::parse(on).expect("a form"), day(date));
    // By weekday, holidays or not.
    assert_eq!(holds("周一至周五", "2026-10-02"), Some(true));
    assert_eq!(holds("周末", "2026-10-10"), Some(true));
    assert_eq!(holds("工作日", "2026-10-10"), Some(true));
    assert_eq!(holds("工作日", "2026-10-02"), Some(false));
    assert_eq!(holds("休息日", "2026-10-02"), Some(true));
    assert_eq!(holds("节假日", "2026-10-02"), Some(true));
    assert_eq!(holds("节假日", "2026-11-21"), Some(false));
    assert_eq!(holds("服务时间", "2026-11-20"), None);
}

#[test]
fn bad_year_texts_are_refused_with_the_reason() {
    let text = |holiday: &str| {
        let head = "year = 2026\n[[notice]]\ntitle = 't'\ndate = 2025-11-04\nsource = 's'\n";
        format!("{head}[[notice.holiday]]\nname = '元旦'\nname_en = 'e'\n{holiday}")
    };
    let cases = [
        ("first = 2026-01-03\nlast = 2026-01-01", "晚于"),
        ("first = 2026-01-01\nlast = 2026-01-03\nmake_up = [2026-01-02]", "不用调休"),
        ("first = 2026-01-01\nlast = 2026-01-04\nmake_up = [2026-01-04]", "又放假又上班"),
        ("first = 2027-03-01\nlast = 2027-03-01", "不在 2026 年"),
        ("first = 2026-01-01T10:00:00\nlast = 2026-01-01", "不是日期"),
        ("first = 2026-01-01\nlast = 2026-01-01\nextra = 1", "extra"),
    ];
    for (holiday, why) in cases {
        let refused = Notice::read_year(&text(holiday)).expect_err(holiday).to_string();
        assert!(refused.contains(why), "{refused}");
    }
    assert!(Notice::read_year(&text("first = 2026-01-01\nlast = 2026-01-03")).is_ok());
}

#[test]
fn weeks_and_year_parts_read_and_read_back() {
    for written in ["周一至周五", "周一至周日", "周一、周三、周五", "周六", "周五、周六"] {
        assert_eq!(Week::parse(written).expect(written).to_string(), written);
    }
    assert_eq!(Week::parse("周六至周一").expect("round").to_string(), "周一、周六、周日");
    assert!(Week::parse("").is_err() && Week::parse("周一，周二").is_err());
    let winter = YearPart::parse("12月1日至2月29日").expect("a part");
    assert_eq!(winter.to_string(), "12 月 1 日至 2 月 29 日");
    assert!(winter.holds(day("2026-01-15")) && winter.holds(day("2026-12-01")));
    assert!(!winter.holds(day("2026-03-01")) && !winter.holds(day("2026-11-30")));
    assert!(YearPart::parse("2 月 30 日至 3 月 1 日").is_err());
}
