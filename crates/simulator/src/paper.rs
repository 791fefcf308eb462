//! Papers (会议与文件): one of the company signed by all but one and late, one put away, a rule in force and a draft that waits,
//! circulars, and the meeting of each Friday.

use calendar::{Moment, Zone};
use jiff::Span;
use jiff::civil::{Date, Weekday};
use office::case::{ActOnCase, OpenRecord};
use office::internal_rule::{CARRIED_OUT, DISCUSSED, FROM, ISSUED, MEETING, TEXT};
use office::meeting::{
    BEGAN, CAME, ENDED, EXCUSED, MINUTED, MINUTER, MINUTES_READ, PARTS as OF_MINUTES, PERSON, REGULAR, SENT, SERIES,
    STARTS, TAKERS, TAKES, TASK, TASK_ACCEPTED, TASK_BY, TASK_DONE, TASKS, attendance_of, record_of,
};

use crate::chance::Chance;
use crate::staff;
use crate::tale::Tale;
use crate::weeks::DAYS;

/// The rulebook of meetings and papers, and the clauses of it that this office took up.
pub const BOOK: &str = "office-systems";
/// Parts of the rulebook taken up.
pub const PARTS: [&str; 2] = ["3", "4."];

/// The meetings that recur there.
pub const WEEKLY: &str = "周五例会 周五 09:00：主要负责人";

/// Who signs: everybody from supervisors up.
const MANAGERS: [&str; 5] = ["supervisor", "engineer", "grounds", "order", "manager"];

/// Everything of the kind.
pub fn tales(zone: &Zone, now: Moment, seed: u64) -> Vec<Tale> {
    let made = Made { zone, now, seed, fridays: fridays(zone.date(now)) };
    let mut tales: Vec<Tale> = made.fridays.iter().map(|friday| made.meeting(*friday)).collect();
    tales.extend(made.fridays.iter().flat_map(|friday| MANAGERS.map(|who| made.attendance(*friday, who))));
    tales.push(made.taker());
    tales.extend(made.tasks());
    tales.extend([made.late(), made.archived(), made.in_force(), made.draft(), made.down(), made.up()]);
    tales
}

/// The record of the meeting of a Friday, as the clock would name it.
fn of(friday: Date) -> String {
    record_of(friday, jiff::civil::time(9, 0, 0, 0))
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
        let mut tale = self.on(&of(friday), before, 15, 30);
        let starts = self.zone.moment(friday.at(9, 0, 0, 0)).0.to_string();
        let told = [(SERIES, "周五例会"), (STARTS, &starts), (REGULAR, "yes"), ("meeting.place", "二楼会议室")];
        tale.open("supervisor", "meetings", "", &told);
        tale.at = self.zone.moment(friday.at(9, 0, 0, 0));
        tale.act("supervisor", BEGAN);
        tale.at = self.zone.moment(friday.at(10, 25, 0, 0));
        tale.act("supervisor", ENDED);
        let said = [
            "本周受理、维修、回访见统计；冬季水管报修比上周多，当天都上了门。",
            "各部门把消防自查做完一半；工程部先查机房和充电棚。",
            "门禁更换由工程部报价，秩序部在更换当天派人值守。",
            "三栋门禁反复报修：先换读卡器，等总部批整套更换。",
        ];
        let minutes: Vec<(&str, &str)> =
            OF_MINUTES.into_iter().zip(said).chain([(MINUTER, staff::of("reception").name)]).collect();
        tale.at = self.zone.moment(friday.at(11, 20, 0, 0));
        tale.tell("reception", MINUTED, "", &minutes);
        tale.wait(10, 25).act("reception", SENT);
        // Of the last meeting not everybody has read the minutes yet.
        let last = self.fridays.last() == Some(&friday);
        for who in MANAGERS.into_iter().take(if last { 3 } else { MANAGERS.len() }) {
            tale.wait(20, 90).office().act(who, MINUTES_READ);
        }
        tale
    }

    /// One who is expected on a Friday: there in time, but for one who was late and one who was excused last time.
    fn attendance(&self, friday: Date, who: &str) -> Tale {
        let last = self.fridays.last() == Some(&friday);
        let mut tale = self.on(&attendance_of(&of(friday), who), friday, 8, 50);
        match (last, who) {
            (true, "grounds") => {
                tale.at = self.zone.moment(friday.saturating_sub(Span::new().days(1)).at(16, 30, 0, 0));
                tale.tell(who, EXCUSED, "", &[("case.reason", "去总部开保洁招标会")]);
            }
            (true, "order") => {
                tale.at = self.zone.moment(friday.at(9, 4, 0, 0));
                tale.act("reception", CAME);
            }
            _ => {
                tale.wait(1, 8).act("reception", CAME);
            }
        }
        tale
    }

    fn taker(&self) -> Tale {
        let mut tale = self.ago("minute-taker", DAYS);
        let from = self.zone.date(tale.at).to_string();
        tale.open("manager", TAKERS, "", &[(PERSON, staff::of("reception").name), (TAKES[0], &from)]);
        tale
    }

    /// What was decided: a task of the meeting before that was done and found so, and two of the last, one of them done.
    fn tasks(&self) -> Vec<Tale> {
        let [before, last] = [2, 1].map(|back| self.fridays[self.fridays.len() - back]);
        let set = |friday: Date, name: &str, what: &str, who: &str, days: i64| {
            let mut tale = self.on(&format!("task-{name}"), friday, 10, 30);
            let by = friday.saturating_add(Span::new().days(days)).to_string();
            let told = [(TASK, what), (PERSON, staff::of(who).name), (TASK_BY, by.as_str())];
            let act = ActOnCase {
                act: "meeting_task.set".into(),
                attributes: told.map(|(id, value)| (id.to_owned(), value.to_owned())).into(),
                links: [("linked_case".to_owned(), of(friday))].into(),
                ..ActOnCase::default()
            };
            tale.open_with("supervisor", OpenRecord { register: TASKS.into(), act, ..OpenRecord::default() });
            tale
        };
        let mut done = set(before, "gate", "三栋门禁换读卡器", "engineer", 6);
        done.days(2, 3).tell("engineer", TASK_DONE, "换了两个读卡器，试刷五十次没有误读", &[]);
        done.at = self.zone.moment(last.at(9, 20, 0, 0));
        done.act("supervisor", TASK_ACCEPTED);
        let mut quote = set(last, "quote", "整套门禁更换请两家报价", "engineer", 10);
        quote.days(2, 2).tell("engineer", TASK_DONE, "两家报价收齐，附在请示后面", &[]);
        vec![done, quote, set(last, "fire", "各部门消防自查报清单", "order", 7)]
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

    #[test]
    fn who_signs_is_of_the_staff() {
        for login in MANAGERS {
            assert_eq!(staff::of(login).login, login);
        }
    }
}
