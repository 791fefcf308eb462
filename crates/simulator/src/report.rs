//! Reports of weeks, the last month and the running quarter (统计报告): two archived, one waiting for its approval, one being written.

use calendar::{Moment, Zone};
use jiff::civil::Date;
use office::statistics_report::{APPROVED, ARCHIVED, SUBMITTED, TEXT, record_of};
use office::stretch::{Length, Stretch};

use crate::chance::Chance;
use crate::tale::{Tale, What};

/// How far a report has come.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Far {
    Written,
    Submitted,
    Archived,
}

/// The reports of the weeks behind.
pub fn tales(zone: &Zone, now: Moment, seed: u64) -> Vec<Tale> {
    let today = zone.date(now);
    let week = Stretch::of(Length::Week, today).before();
    let month = Stretch::of(Length::Month, today).before();
    let quarter = Stretch::of(Length::Quarter, today);
    let after = |of: &Stretch| of.last.saturating_add(jiff::Span::new().days(1));
    let three_days_ago = today.saturating_sub(jiff::Span::new().days(3)).max(quarter.first);
    [
        (week.before(), after(&week.before()), Far::Archived),
        (week.clone(), after(&week), Far::Submitted),
        (month.clone(), after(&month), Far::Archived),
        (quarter, three_days_ago, Far::Written),
    ]
    .into_iter()
    .map(|(of, day, far)| tale(&of, (zone, day), far, Chance::of(seed, &record_of(&of))))
    .collect()
}

fn tale(of: &Stretch, (zone, day): (&Zone, Date), far: Far, chance: Chance) -> Tale {
    let mut tale = Tale::begin(&record_of(of), zone.moment(day.at(8, 40, 0, 0)), zone, chance);
    tale.push("supervisor", What::Report(of.clone()));
    let text = match of.length {
        Length::Week => "本周受理和回访见表，超时的已逐件问明，下周起每天下班前核对当天应访。",
        Length::Month => {
            "本月回访按排好的做，超时的多在周末。措施：周五先排周末到期的，由当班的人打电话。投诉以管理服务为主，已转各部门。"
        }
        Length::Quarter => {
            "本季到目前为止的回访率、按时率和满意率见表。重复的投诉和维修已列出，建议对重复的一处做一次彻底检查。"
        }
    };
    tale.wait(40, 120).office().tell("supervisor", "statistics_report.written", "", &[(TEXT, text)]);
    if far >= Far::Submitted {
        tale.wait(10, 40).act("supervisor", SUBMITTED);
    }
    if far >= Far::Archived {
        tale.days(1, 2).office().tell("supervisor", "report.reviewed", "数字和名单核对过", &[]);
        tale.wait(60, 180).office().tell("manager", APPROVED, "同意，按措施办", &[]);
        tale.days(1, 2).office().act("archive", ARCHIVED);
    }
    tale
}
