//! The mailroom (收发室) of the weeks behind and of this hour: subscriptions, two rounds on every weekday, express items, what the
//! duty post took in at the weekend and handed over on Monday; once papers were short, once late, once a round was late.

use std::collections::BTreeMap;

use calendar::{Moment, Zone};
use jiff::Span;
use jiff::civil::{Date, Weekday};
use office::case::{ActOnCase, OpenRecord, Place};
use office::event::{Signature, SignatureWay};
use office::mail::round;

use crate::chance::Chance;
use crate::estate::Home;
use crate::tale::Tale;

/// The rulebook that the office adopts for it.
pub const BOOK: &str = "press-mail";
/// Days behind on which the mailroom is told of; it is in force from the first of them on.
pub const DAYS: i64 = 17;

/// What households take: which of the subscribers, title, copies, frequency, days without an issue.
const TAKEN: [(usize, &str, &str, &str, &str); 6] = [
    (0, "演示晚报", "2", "daily_paper", "周六、周日"),
    (0, "演示参考", "1", "daily_paper", "周日"),
    (1, "演示晚报", "1", "daily_paper", "周六、周日"),
    (2, "演示参考", "1", "daily_paper", "周日"),
    (3, "演示晚报", "1", "daily_paper", "周六、周日"),
    (3, "演示生活周刊", "1", "weekly_paper", ""),
];

/// Everything of the mailroom.
pub fn tales(homes: &[Home], zone: &Zone, now: Moment, seed: u64) -> Vec<Tale> {
    if homes.len() < 24 {
        return Vec::new();
    }
    let teller = Teller { homes, zone, now, seed };
    let mut tales = teller.kept();
    let days = (0..=DAYS).map(|back| zone.date(now).saturating_sub(Span::new().days(back)));
    let days: Vec<Date> = days.collect();
    for (n, day) in days.iter().copied().enumerate() {
        // Weekdays are counted back from today, so that what happens on one of them happens whatever day it is.
        let rests = |it: &&Date| matches!(it.weekday(), Weekday::Saturday | Weekday::Sunday);
        let back = n as i64 - days[..n].iter().filter(rests).count() as i64;
        match day.weekday() {
            Weekday::Saturday => tales.push(teller.weekend(day)),
            Weekday::Sunday => {}
            _ => tales.extend(teller.weekday(day, back)),
        }
    }
    tales.extend(teller.hour());
    tales
}

/// What goes with an act for a period: who is the clerk from when to when, where the sheets of a month stand.
pub fn told_with(act: &str, of: Date, zone: &Zone) -> BTreeMap<String, String> {
    let moment = |date: Date| zone.start_of_day(date).0.to_string();
    let year = of.saturating_add(Span::new().years(1));
    let month = of.strftime("%Y%m");
    let pairs: Vec<(&str, String)> = match act {
        "mail.clerk_appointed" => {
            vec![("case.person", "邮演收".to_owned()), ("mail.clerk_from", moment(of)), ("mail.clerk_to", moment(year))]
        }
        "archive.mail_sheets_filed" | "archive.mail_logs_filed" => vec![
            ("archive.number", format!("{}-{month}", if act.contains("sheets") { "BK" } else { "DS" })),
            ("archive.place", "档案室 3号柜".to_owned()),
            ("archive.filed_by", "邮演收".to_owned()),
            ("archive.pages", "22".to_owned()),
        ],
        _ => Vec::new(),
    };
    pairs.into_iter().map(|(id, value)| (id.to_owned(), value)).collect()
}

struct Teller<'a> {
    homes: &'a [Home],
    zone: &'a Zone,
    now: Moment,
    seed: u64,
}

impl Teller<'_> {
    fn at(&self, day: Date, hour: i8, minute: i8) -> Moment {
        self.zone.moment(day.at(hour, minute, 0, 0))
    }

    fn begin(&self, name: &str, at: Moment) -> Tale {
        Tale::begin(name, at, self.zone, Chance::of(self.seed, name))
    }

    /// The so many-th subscriber.
    fn home(&self, nth: usize) -> &Home {
        &self.homes[(nth * 5 + 2) % self.homes.len()]
    }

    fn record(&self, register: &str, home: &Home, said: &[(&str, &str)]) -> OpenRecord {
        let opens = office::register::find(register).map(|it| it.opens.clone()).unwrap_or_default();
        let place = Place { household: Some(home.id.clone()), words: home.room.clone() };
        let act = ActOnCase { act: opens, attributes: owned(said), ..ActOnCase::default() };
        OpenRecord { register: register.to_owned(), place, act, ..OpenRecord::default() }
    }

    /// What stands for long: the clerk, subscriptions, authorities, names on mail; and last month's sheets.
    fn kept(&self) -> Vec<Tale> {
        let first = self.zone.date(self.now).saturating_sub(Span::new().days(DAYS));
        let from = first.saturating_sub(Span::new().days(200)).to_string();
        let mut tales = Vec::new();
        let mut clerk = self.begin("mail-clerk", self.at(first, 0, 5));
        clerk.for_period("manager", "mail.clerk_appointed", first, "收发专人，休假另行指定");
        tales.push(clerk);
        for (n, (who, title, copies, every, off)) in TAKEN.iter().enumerate() {
            let said = [
                ("subscription.title", *title),
                ("subscription.copies", copies),
                ("subscription.every", every),
                ("subscription.no_issue", off),
                ("subscription.from", from.as_str()),
            ];
            let mut tale = self.begin(&format!("mail-subscription-{n}"), self.at(first, 7, 30));
            tale.at = tale.at.plus_seconds(n as i64 * 60);
            tale.open_with("mail", self.record("mail_subscriptions", self.home(*who), &said));
            tales.push(tale);
        }
        let until = first.saturating_add(Span::new().days(300)).to_string();
        for (n, (who, scope, proxy)) in
            [(0, "take_official_mail", ""), (1, "named_proxy", "演示代领人"), (2, "weekend_express", "")]
                .iter()
                .enumerate()
        {
            let said = [
                ("mail_authority.scope", *scope),
                ("mail_authority.proxy", proxy),
                ("mail_authority.from", from.as_str()),
                ("mail_authority.to", until.as_str()),
            ];
            let mut tale = self.begin(&format!("mail-authority-{n}"), self.at(first, 7, 40));
            tale.open_with("mail", self.record("mail_authorities", self.home(*who), &said));
            tales.push(tale);
        }
        for (n, (name, kind)) in
            [("演示贸易有限公司", "company_name"), ("演贸", "short_name"), ("戚演员", "employee_name")]
                .iter()
                .enumerate()
        {
            let said = [("mail_name.name", *name), ("mail_name.kind", kind)];
            let mut tale = self.begin(&format!("mail-name-{n}"), self.at(first, 7, 45));
            tale.open_with("mail", self.record("mail_names", self.home(3), &said));
            tales.push(tale);
        }
        let mut checked = self.begin("mail-conduct", self.at(first.saturating_add(Span::new().days(3)), 10, 10));
        let said =
            [("mail_conduct.person", "送演报"), ("mail_conduct.item", "knock_and_tell"), ("mail_conduct.fits", "yes")];
        checked.open("supervisor", "mail_conduct", "跟了一班，敲门、说明来意、道别都做到", &said);
        tales.push(checked);
        tales.extend(self.filed());
        tales
    }

    /// Last month's sheets and logs, filed on the ninth.
    fn filed(&self) -> Option<Tale> {
        let today = self.zone.date(self.now);
        let ninth = today.with().day(9).build().ok()?;
        let last = today.first_of_month().saturating_sub(Span::new().days(1));
        let mut tale = self.begin("mail-filed", self.at(ninth, 16, 10));
        tale.for_period("mail", "archive.mail_sheets_filed", last, "上月签收表收齐入档");
        tale.for_period("mail", "archive.mail_logs_filed", last, "上月代收记录表收齐入档");
        Some(tale)
    }

    /// Two rounds, an express item, now and then a letter.
    fn weekday(&self, day: Date, back: i64) -> Vec<Tale> {
        // Of three days behind, one had papers too few, one had them late, one round came home late.
        let (short, late, slow) = (back == 3, back == 5, back == 8);
        let papers = if late { (9, 52) } else { (8, 22) };
        let out = if late { self.at(day, 10, 0) } else { self.at(day, 8, 55) };
        let doors: Vec<(usize, Vec<String>)> =
            (0..4).map(|who| (who, self.of_day(who, day))).filter(|it| !it.1.is_empty()).collect();
        let mut tales = vec![self.morning(day, (short, late, slow), doors.len())];
        for (n, (who, titles)) in doors.iter().enumerate() {
            let name = format!("mail-{day}-paper-{n}");
            let mut tale = self.begin(&name, self.at(day, papers.0, papers.1).plus_seconds(n as i64 * 20));
            let said = [("mail.kind", "newspaper"), ("mail.titles", &titles.join("、"))];
            tale.open_with("mail", self.record("mail_items", self.home(*who), &said));
            self.sorted(&mut tale, *who, (day, round::SLOTS[0]));
            tale.at = out.plus_seconds(20 + n as i64 * 20);
            tale.act("assist", "mail.taken_out");
            let nobody = n == 1 && back % 6 == 3;
            tale.at = out.plus_seconds((if slow { 500 } else { 240 }) * (n as i64 + 1));
            if nobody {
                tale.tell("assist", "mail.attempted", "", &[("case.reason", "无人")]);
                tale.at = self.at(day, 16, 32);
                tale.act("assist", "mail.taken_out");
                tale.wait(3, 5);
            }
            signed(&mut tale, "assist", &self.home(*who).name);
            tales.push(tale);
        }
        tales.push(self.afternoon(day, back));
        tales.push(self.express(day, back));
        if back % 3 == 0 {
            tales.push(self.letter(day, back));
        }
        tales
    }

    /// Titles and copies of a subscriber on a day.
    fn of_day(&self, who: usize, day: Date) -> Vec<String> {
        let own = TAKEN.iter().filter(|it| it.0 == who);
        let weekly_on = self.zone.date(self.now).saturating_sub(Span::new().days(DAYS + 200)).weekday();
        own.filter(|it| it.3 != "weekly_paper" || day.weekday() == weekly_on)
            .map(|it| format!("{}×{}", it.1, it.2))
            .collect()
    }

    fn sorted(&self, tale: &mut Tale, who: usize, (day, slot): (Date, &str)) {
        let (room, of) = (self.home(who).room.clone(), day.to_string());
        tale.wait(3, 4).tell("mail", "mail.sorted", "", &[("mail.sort_group", &room.replacen('-', "/", 1))]);
        tale.tell("mail", "mail.sheet_entered", "", &[("mail.recipient", &room)]);
        tale.tell("mail", "mail.joined_round", "", &[("mail_round.day", &of), ("mail_round.slot", slot)]);
    }

    fn morning(&self, day: Date, (short, late, slow): (bool, bool, bool), doors: usize) -> Tale {
        let slot = round::SLOTS[0];
        let of = day.to_string();
        let mut tale =
            self.begin(&round::id(day, slot), self.at(day, if late { 9 } else { 8 }, if late { 30 } else { 20 }));
        tale.open("mail", "mail_rounds", "", &[("mail_round.day", &of), ("mail_round.slot", slot)]);
        if late {
            tale.act("mail", "mail_round.delay_found");
            tale.wait(8, 12).tell(
                "desk1",
                "mail_round.delay_explained",
                "",
                &[("mail.told", "各订户，群里和电话都说了")],
            );
            tale.wait(3, 5).tell(
                "desk1",
                "mail_round.postman_pressed",
                "邮局说车坏了",
                &[("mail_round.promised", "9:55 前")],
            );
            tale.at = self.at(day, 9, 51);
            tale.act("mail", "mail_round.late_papers_received");
        }
        let titles: Vec<(String, i64, i64)> = self
            .due(day)
            .into_iter()
            .enumerate()
            .map(|(n, (name, due))| (name, due, if short && n == 0 { due - 1 } else { due }))
            .collect();
        let told = round::count(&titles);
        let (due, got) = (told.due.to_string(), told.counted.to_string());
        let fits = if told.fits { "yes" } else { "no" };
        let count = [
            ("mail.copies_due", due.as_str()),
            ("mail.copies_counted", &got),
            ("mail.copies_match", fits),
            ("mail_round.titles", &told.words),
        ];
        tale.tell("mail", "mail_round.counted", "", &count);
        if short {
            tale.at = self.at(day, 8, 50);
            tale.tell("mail", "mail_round.difference_settled", "", &[("case.reason", "投递员 8:50 补来 1 份")]);
        }
        tale.at = if late { self.at(day, 10, 0) } else { self.at(day, 8, 55) };
        tale.act("assist", "mail_round.set_out");
        tale.at = match (late, slow) {
            (true, _) => self.at(day, 10, 20),
            (_, true) => self.at(day, 9, 36),
            _ => self.at(day, 9, 21),
        };
        let reached = doors.to_string();
        let reason = if late { "投递员迟到" } else { "" };
        let done = [("mail_round.result", "delivered"), ("mail_round.delivered", &reached), ("case.reason", reason)];
        tale.tell("assist", "mail_round.done", "", &done);
        if late {
            tale.wait(5, 8).act("desk1", "mail_round.delay_closed");
        }
        tale
    }

    /// Titles due on a day, with their copies.
    fn due(&self, day: Date) -> Vec<(String, i64)> {
        let mut due: BTreeMap<String, i64> = BTreeMap::new();
        for who in 0..4 {
            for words in self.of_day(who, day) {
                if let Some((title, copies)) = words.split_once('×') {
                    *due.entry(title.to_owned()).or_default() += copies.parse::<i64>().unwrap_or(0);
                }
            }
        }
        due.into_iter().collect()
    }

    fn afternoon(&self, day: Date, back: i64) -> Tale {
        let slot = round::SLOTS[1];
        let of = day.to_string();
        let mut tale = self.begin(&round::id(day, slot), self.at(day, 16, 20));
        tale.open("assist", "mail_rounds", "", &[("mail_round.day", &of), ("mail_round.slot", slot)]);
        let result = if back % 3 == 0 || back % 6 == 3 { "delivered" } else { "nil" };
        if result == "delivered" {
            let none = [("mail.copies_due", "0"), ("mail.copies_counted", "0"), ("mail.copies_match", "yes")];
            tale.tell("mail", "mail_round.counted", "", &none);
            tale.at = self.at(day, 16, 30);
            tale.act("assist", "mail_round.set_out");
        }
        tale.at = self.at(day, 16, 48);
        tale.tell("assist", "mail_round.done", "", &[("mail_round.result", result), ("mail_round.delivered", "1")]);
        tale
    }

    fn express(&self, day: Date, back: i64) -> Tale {
        let who = 6 + usize::try_from(back).unwrap_or(0) % 9;
        let name = format!("mail-{day}-express");
        let mut tale = self.begin(&name, self.at(day, 10, 35));
        tale.wait(0, 40);
        self.came(&mut tale, who, ("express", "演示快递", &format!("SF10{:09}", back * 7_919 + 104_729)));
        tale.wait(1, 2).act("mail", "mail.taken_out");
        if back == 4 {
            tale.wait(11, 12)
        } else {
            tale.wait(4, 6)
        };
        signed(&mut tale, "mail", &self.home(who).name);
        tale
    }

    /// An item with its line of the log.
    fn came(&self, tale: &mut Tale, who: usize, (kind, carrier, number): (&str, &str, &str)) {
        let home = self.home(who);
        let said = [("mail.kind", kind), ("mail.carrier", carrier), ("mail.number", number)];
        tale.open_with("mail", self.record("mail_items", home, &said));
        let line = [
            ("mail.carrier", carrier),
            ("mail.number", number),
            ("mail.recipient", home.room.as_str()),
            ("mail.receiver", "邮演收"),
        ];
        tale.tell("mail", "mail.logged", "", &line);
    }

    fn letter(&self, day: Date, back: i64) -> Tale {
        let who = 5 + usize::try_from(back).unwrap_or(0) % 7;
        let mut tale = self.begin(&format!("mail-{day}-letter"), self.at(day, 11, 5));
        self.came(&mut tale, who, ("letter", "邮局", &postal(back)));
        self.sorted(&mut tale, who, (day, round::SLOTS[1]));
        tale.at = self.at(day, 16, 31);
        tale.act("assist", "mail.taken_out");
        tale.wait(4, 9);
        signed(&mut tale, "assist", &self.home(who).name);
        tale
    }

    /// A letter of Saturday, stored by the duty post and handed over on Monday.
    fn weekend(&self, day: Date) -> Tale {
        let home = self.home(4);
        let mut tale = self.begin(&format!("mail-{day}-weekend"), self.at(day, 11, 10));
        let number = postal(i64::from(day.day()) + 60);
        let said = [("mail.kind", "letter"), ("mail.carrier", "邮局"), ("mail.number", &number)];
        tale.open_with("guard", self.record("mail_items", home, &said));
        let line = [
            ("mail.carrier", "邮局"),
            ("mail.number", &number),
            ("mail.recipient", home.room.as_str()),
            ("mail.receiver", "马演岗"),
        ];
        tale.tell("guard", "mail.logged", "", &line);
        tale.tell("guard", "mail.duty_signed", "", &[("mail.duty_signer", "马演岗")]);
        tale.wait(10, 30).tell("guard", "mail.stored", "", &[("mail.storage", "岗亭 2号柜")]);
        let monday = day.saturating_add(Span::new().days(2));
        tale.at = self.at(monday, 8, 40);
        tale.tell(
            "mail",
            "mail.handed_over",
            "周一早上当面点交",
            &[("mail.handed_by", "马演岗"), ("mail.taken_by", "邮演收")],
        );
        self.sorted(&mut tale, 4, (monday, round::SLOTS[0]));
        tale.at = self.at(monday, 8, 56);
        tale.act("assist", "mail.taken_out");
        tale.at = self.at(monday, 9, 18);
        signed(&mut tale, "assist", &home.name);
        tale
    }

    /// What is in hand now: an express item, one whose addressee is unclear, one that waits to be collected, one lost last week.
    fn hour(&self) -> Vec<Tale> {
        let mut waits = self.begin("mail-now-express", self.now.plus_seconds(-240));
        self.came(&mut waits, 9, ("express", "演示快递", "SF1099000000001"));
        let mut doubtful = self.begin("mail-now-doubtful", self.now.plus_seconds(-1_500));
        self.came(&mut doubtful, 10, ("express", "演示快递", "SF1099000000002"));
        doubtful.tell(
            "mail",
            "mail.exception_opened",
            "面单只有姓，房号看不清",
            &[("mail.doubt_kind", "addressee_unclear")],
        );
        doubtful.tell("mail", "mail.carrier_asked", "快递站查底单，半小时内回话", &[]);
        let mut held = self.begin("mail-now-held", self.now.plus_seconds(-3 * 86_400));
        held.office();
        self.came(&mut held, 11, ("express", "演示快递", "SF1099000000003"));
        held.wait(1, 2).act("mail", "mail.taken_out");
        held.wait(3, 4).tell("mail", "mail.attempted", "", &[("case.reason", "出差，电话里请代为保管")]);
        let today = self.zone.date(self.now).to_string();
        held.tell("mail", "mail.held", "", &[("mail.storage", "收发室 1号柜"), ("mail.remind_on", &today)]);
        let mut sent_back = self.begin("mail-now-returned", self.now.plus_seconds(-6 * 86_400));
        sent_back.office();
        self.came(&mut sent_back, 12, ("letter", "邮局", &postal(99)));
        sent_back.tell(
            "mail",
            "mail.slip_issued",
            "",
            &[("mail.slip_kind", "back_to_sender"), ("case.reason", "已搬走，没有新址")],
        );
        sent_back.wait(30, 60).act("mail", "mail.returned");
        vec![waits, doubtful, held, sent_back]
    }
}

/// A postal number with its check digit.
fn postal(nth: i64) -> String {
    let digits = format!("{:08}", 47_300_000 + nth);
    format!("RR{digits}{}CN", office::mail::number::check_digit(digits.as_bytes()))
}

/// The recipient signs on the screen, and it is delivered.
fn signed(tale: &mut Tale, who: &str, name: &str) {
    let shown = office::mail::veiled(name);
    let signature =
        Signature { name: name.to_owned(), post: "resident".into(), way: SignatureWay::Paper, path: String::new() };
    let said = [("mail.signer", shown.as_str()), ("mail.signs_as", "addressee_self")];
    tale.act_with(
        who,
        ActOnCase {
            act: office::mail::SIGNED.into(),
            attributes: owned(&said),
            signature: Some(signature),
            ..ActOnCase::default()
        },
    );
    tale.tell(who, "mail.delivered", "", &[("mail.signer", &shown)]);
}

fn owned(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().filter(|(_, value)| !value.is_empty()).map(|(key, value)| ((*key).into(), (*value).into())).collect()
}
