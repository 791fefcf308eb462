//! What the office does by the week, month and quarter (定期事务), told beside the matters.

use calendar::{Moment, Zone};
use jiff::Span;
use jiff::civil::{Date, Weekday};

use crate::chance::Chance;
use crate::tale::Tale;
use crate::weeks::DAYS;

/// Months that end a quarter.
const QUARTER_ENDS: [i8; 4] = [3, 6, 9, 12];

/// Everything that fell due in the weeks behind, done on usual days; one week's list came late.
pub fn kept(zone: &Zone, now: Moment, chance: Chance) -> Tale {
    let today = zone.date(now);
    let mut tale = Tale::begin("periods", now, zone, chance);
    for back in (0..=DAYS).rev() {
        let date = today.saturating_sub(Span::new().days(back));
        let before = |days: i64| date.saturating_sub(Span::new().days(days));
        let late = (14..21).contains(&back);
        if date.weekday() == Weekday::Friday && !late {
            at(&mut tale, zone, date, 16).for_period(
                "supervisor",
                "follow_up.weekly_batch_arranged",
                before(7),
                "上周完工的维修已按单排给回访人员",
            );
        }
        if date.weekday() == Weekday::Monday && (7..14).contains(&back) {
            at(&mut tale, zone, date, 9).for_period(
                "supervisor",
                "follow_up.weekly_batch_arranged",
                before(14),
                "上周漏排，今天补排",
            );
        }
        let previous = date.first_of_month().saturating_sub(Span::new().days(1));
        match date.day() {
            3 => {
                at(&mut tale, zone, date, 10).for_period("centre", "plan.made", date, "按类别逐件排好期限和人员");
            }
            6 => {
                at(&mut tale, zone, date, 11).for_period(
                    "centre",
                    "statistics.monthly_done",
                    previous,
                    "回访件数、回访率和满意程度已统计",
                );
            }
            8 => {
                at(&mut tale, zone, date, 15).for_period(
                    "manager",
                    "report.complaint_analysis",
                    previous,
                    "各类、各原因、各部门的件数和按时率",
                );
                if QUARTER_ENDS.contains(&previous.month()) {
                    tale.for_period("centre", "archive.forms_handed_over", previous, "上季回访表已移交档案室");
                }
            }
            28 if QUARTER_ENDS.contains(&date.month()) => {
                at(&mut tale, zone, date, 14).for_period(
                    "centre",
                    "report.quarterly_done",
                    date,
                    "本季回访统计分析已交客服负责人",
                );
            }
            _ => {}
        }
    }
    tale
}

fn at<'a>(tale: &'a mut Tale, zone: &Zone, date: Date, hour: i8) -> &'a mut Tale {
    tale.at = zone.moment(date.at(hour, 5, 0, 0));
    tale
}
