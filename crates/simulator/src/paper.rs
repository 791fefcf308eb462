//! Papers (会议与文件): one of the company signed by all but one and late, one put away, a rule in force and a draft that waits,
//! circulars, and the meeting of each Friday.

use calendar::{Moment, Zone};
use jiff::Span;
use jiff::civil::{Date, Weekday};
use office::internal_rule::{CARRIED_OUT, DISCUSSED, FROM, ISSUED, MEETING, TEXT};
use office::meeting::{BEGAN, REGULAR, SERIES, STARTS};

use crate::chance::Chance;
use crate::tale::Tale;
use crate::weeks::DAYS;

/// The rulebook of meetings and papers, and the clauses of it that this office took up.
pub const BOOK: &str = "office-systems";
/// Parts of the rulebook taken up.
pub const PARTS: [&str; 1] = ["4."];

/// Who signs: everybody from supervisors up.
const MANAGERS: [&str; 5] = ["supervisor", "engineer", "grounds", "order", "manager"];

/// Everything of the kind.
pub fn tales(zone: &Zone, now: Moment, seed: u64) -> Vec<Tale> {
    let made = Made { zone, now, seed, fridays: fridays(zone.date(now)) };
    let mut tales: Vec<Tale> = made.fridays.iter().map(|friday| made.meeting(*friday)).collect();
    tales.extend([made.late(), made.archived(), made.in_force(), made.draft(), made.down(), made.up()]);
    tales
}

/// The Fridays of the weeks behind, the oldest first.
fn fridays(today: Date) -> Vec<Date> {
    let days = (1..=DAYS).rev().map(|back| today.saturating_sub(Span::new().days(back)));
    days.filter(|date| date.weekday() == Weekday::Friday).collect()
}

struct Made<'a> {
    zone: &'a Zone,
    now: Moment,
    seed: u64,
    fridays: Vec<Date>,
}

impl Made<'_> {
    fn on(&self, name: &str, date: Date, hour: i8, minute: i8) -> Tale {
        let at = self.zone.moment(date.at(hour, minute, 0, 0));
        Tale::begin(name, at, self.zone, Chance::of(self.seed, name))
    }

    fn ago(&self, name: &str, days: i64) -> Tale {
        let date = self.zone.date(self.now).saturating_sub(Span::new().days(days));
        let mut tale = self.on(name, date, 9, 20);
        tale.office();
        tale
    }

    /// The number of the meeting of a Friday: they are called on the day before, one a week.
    fn number(&self, friday: Date) -> String {
        let called = |friday: Date| friday.saturating_sub(Span::new().days(1));
        let month = called(friday).first_of_month();
        let nth = self.fridays.iter().filter(|it| **it <= friday && called(**it).first_of_month() == month).count();
        format!("HY-{}-{nth:04}", month.strftime("%Y%m"))
    }

    /// The Friday that is at least so many days ago.
    fn friday(&self, days: i64) -> Date {
        let upto = self.zone.date(self.now).saturating_sub(Span::new().days(days));
        self.fridays.iter().rev().find(|it| **it <= upto).copied().unwrap_or(self.fridays[0])
    }

    fn meeting(&self, friday: Date) -> Tale {
        let before = friday.saturating_sub(Span::new().days(1));
        let mut tale = self.on(&format!("meeting-{friday}"), before, 15, 30);
        let starts = self.zone.moment(friday.at(9, 0, 0, 0)).0.to_string();
        let told = [(SERIES, "周五例会"), (STARTS, &starts), (REGULAR, "yes"), ("meeting.place", "二楼会议室")];
        tale.open("supervisor", "meetings", "", &told);
        tale.at = self.zone.moment(friday.at(9, 0, 0, 0));
        tale.act("supervisor", BEGAN);
        tale
    }

    fn paper(&self, mut tale: Tale, told: &[(&str, &str)], note: &str) -> Tale {
        let arrived = self.zone.date(tale.at).to_string();
        let told: Vec<(&str, &str)> = told.iter().copied().chain([("document.arrived_on", arrived.as_str())]).collect();
        tale.open("archive", "documents", note, &told);
        tale
    }

    fn late(&self) -> Tale {
        let told = [
            ("document.title", "关于开展冬季消防安全自查的通知"),
            ("document.kind", "company_paper"),
            ("document.sender", "演示物业总部"),
            ("document.letter_number", "演物〔2026〕31 号"),
        ];
        let note = "各中心十二月前把消防通道、充电棚、机房各查一遍，查出的列表报总部。";
        let mut tale = self.paper(self.ago("paper-late", 6), &told, note);
        for who in ["manager", "supervisor", "grounds", "order"] {
            tale.wait(30, 180).office().act(who, "company_document.signed");
        }
        tale.days(3, 3).act("archive", "paper.reminded");
        tale
    }

    fn archived(&self) -> Tale {
        let told = [
            ("document.title", "员工着装和工牌管理规定"),
            ("document.kind", "company_rule"),
            ("document.sender", "演示物业总部"),
            ("document.letter_number", "演物制〔2026〕8 号"),
        ];
        let mut tale = self.paper(self.ago("paper-archived", 18), &told, "下月一日起执行，原规定作废。");
        for who in MANAGERS {
            tale.wait(60, 300).office().act(who, "company_document.signed");
        }
        let away = [("archive.number", "W-2026-027"), ("archive.place", "文书柜二层")];
        tale.days(1, 1).tell("archive", "company_document.archived", "", &away);
        tale
    }

    fn in_force(&self) -> Tale {
        let friday = self.friday(17);
        let mut tale = self.on("rule-in-force", friday.saturating_sub(Span::new().days(3)), 10, 10);
        let text = "一、业主托管的钥匙装袋编号，两人保管。\n二、借用要登记，当日归还，不得带离小区。\n三、每月末由主管清点一次。";
        tale.open("supervisor", "internal_rules", "", &[("document.title", "托管钥匙管理办法"), (TEXT, text)]);
        let number = self.number(friday);
        tale.at = self.zone.moment(friday.at(10, 40, 0, 0));
        tale.tell("supervisor", DISCUSSED, "同意，第二条写明当日归还", &[(MEETING, &number)]);
        for who in MANAGERS {
            tale.wait(20, 90).office().act(who, "internal_rule.accepted");
        }
        let from = self.zone.date(tale.days(1, 1).at).saturating_add(Span::new().days(3)).to_string();
        tale.tell("manager", ISSUED, "", &[(FROM, &from)]);
        tale.act("manager", CARRIED_OUT);
        for who in ["desk1", "desk2", "reception", "centre", "area1", "guard", "repair1", "archive", "finance"] {
            tale.wait(60, 400).office().act(who, "internal_rule.read");
        }
        tale
    }

    fn draft(&self) -> Tale {
        let mut tale = self.ago("rule-draft", 3);
        let text =
            "一、非机动车按划线停放，过道、门厅一律不停。\n二、夜间巡查拍照，次日通知车主。\n三、三次不改的登报栏。";
        tale.open("order", "internal_rules", "", &[("document.title", "非机动车停放管理办法（草案）"), (TEXT, text)]);
        tale.wait(120, 240).office();
        let changed =
            "一、非机动车按划线停放，过道、门厅一律不停。\n二、夜间巡查拍照，次日通知车主。\n三、三次不改的上门说明。";
        tale.tell("order", "internal_rule.revised", "第三条改为上门说明", &[(TEXT, changed)]);
        tale.wait(60, 120).office().act("order", "internal_rule.accepted");
        tale.wait(60, 120).office().act("supervisor", "internal_rule.accepted");
        tale
    }

    fn down(&self) -> Tale {
        let mut tale = self.ago("circular-down", 2);
        let by = self.zone.date(self.now).saturating_add(Span::new().days(1)).to_string();
        let told = [
            ("document.title", "年底值班表报送"),
            ("circular.direction", "down"),
            ("circular.scope", "managers"),
            ("circular.reply_by", by.as_str()),
        ];
        tale.open("manager", "circulars", "各部门把元旦三天的值班人员报客服部，逐班写到人。", &told);
        for who in ["manager", "supervisor", "engineer"] {
            tale.wait(40, 200).office().act(who, "circular.received");
        }
        tale
    }

    fn up(&self) -> Tale {
        let mut tale = self.ago("circular-up", 9);
        let told = [("document.title", "关于更换三栋门禁的请示"), ("circular.direction", "up")];
        tale.open("manager", "circulars", "三栋门禁一年修了九次，请批准更换，报价附后。", &told);
        let taken = [("circular.taken_by", "总部行政部")];
        tale.days(1, 1).tell("reception", "circular.delivered", "当面送达，对方签了回单", &taken);
        tale
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::staff;

    #[test]
    fn who_signs_is_of_the_staff() {
        for login in MANAGERS {
            assert_eq!(staff::of(login).login, login);
        }
    }
}
