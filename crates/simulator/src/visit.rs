//! Households called on without having asked (走访与满意回访): who moved in, the festival behind, visits by their cause, this month's
//! households asked how satisfied they are, an activity, papers handed out; and the draw of what is still to be followed up.

use calendar::{Moment, Zone};
use jiff::Span;
use office::case::{ActOnCase, Caller, OpenRecord, Place};

use crate::chance::Chance;
use crate::estate::Home;
use crate::tale::{Tale, What};

/// Households asked this month, and how they answered.
const ANSWERS: [&str; 12] = [
    "satisfied",
    "very_satisfied",
    "satisfied",
    "mostly_satisfied",
    "satisfied",
    "very_satisfied",
    "satisfied",
    "satisfied",
    "dissatisfied",
    "very_satisfied",
    "satisfied",
    "mostly_satisfied",
];

/// Everything of the kind.
pub fn tales(homes: &[Home], zone: &Zone, now: Moment, seed: u64) -> Vec<Tale> {
    let mut teller = Teller { homes, zone, now, seed };
    let mut tales = teller.moved_in();
    tales.extend(teller.asked());
    tales.extend([teller.festival(), teller.visit(), teller.activity(), teller.papers(), teller.draw()]);
    tales
}

struct Teller<'a> {
    homes: &'a [Home],
    zone: &'a Zone,
    now: Moment,
    seed: u64,
}

impl Teller<'_> {
    fn begin(&self, name: &str, days: i64, hour: i8) -> Tale {
        let date = self.zone.date(self.now).saturating_sub(Span::new().days(days));
        let at = self.zone.moment(date.at(hour, 20, 0, 0));
        let mut tale = Tale::begin(name, at, self.zone, Chance::of(self.seed, name));
        tale.office();
        tale
    }

    fn home(&self, tale: &mut Tale) -> &Home {
        tale.chance.pick(self.homes)
    }

    fn moved_in(&mut self) -> Vec<Tale> {
        let mut tales = Vec::new();
        for (name, days, followed) in [("move-in-1", 24, true), ("move-in-2", 9, false), ("move-in-3", 3, false)] {
            let mut tale = self.begin(name, days, 10);
            let home = self.home(&mut tale).clone();
            let date = self.zone.date(tale.at).to_string();
            tale.open_with(
                "centre",
                at_home("move_ins", &home, "customer.moved_in", "", &[("customer.move_in_date", &date)]),
            );
            let card = [
                ("customer.room", home.room.as_str()),
                ("customer.card_edition", "2026"),
                ("site.duty_phone", "020-00000000"),
                ("site.quality_phone", "020-00000001"),
            ];
            tale.wait(10, 30).tell("desk1", "customer.card_given", "", &card);
            let said = [("customer.kind_of", "owner"), ("dossier.move_in_forms", "入伙登记表、装修协议、钥匙签收单")];
            tale.wait(2, 6).tell("centre", "customer.registered", "", &said);
            tale.wait(1, 3).tell("desk1", "customer.paid_list_given", "", &[("price.edition", "2026")]);
            let read = [("meter.water", "3"), ("meter.power", "41")];
            tale.wait(5, 12).tell("desk1", "customer.meter_confirmed", "", &read);
            tale.wait(1, 3).signed_by("desk1", "customer.meter_signed", &home.name);
            tale.wait(1, 3).act("centre", "customer.meter_signed");
            tale.wait(1, 4).tell("desk1", "customer.keys_handed", "", &[("key.count", "3")]);
            let paid = [
                ("fee.kind", "management"),
                ("fee.received", "32504"),
                ("fee.paid_on", date.as_str()),
                ("fee.method", "wechat"),
                ("fee.reference", "演示流水 4200"),
            ];
            tale.wait(5, 20).tell("finance", "fee.paid_at_counter", "入伙当月", &paid);
            tale.wait(1, 4).tell("desk1", "customer.move_in_closed", "", &[]);
            if followed {
                let talk = [
                    ("follow_up.method", "visit"),
                    ("follow_up.satisfaction", "satisfied"),
                    ("follow_up.summary", "住得惯，问了快递放哪里"),
                    ("customer.judgement", "保安有礼，电梯早上要等"),
                ];
                tale.days(12, 16).tell("supervisor", "follow_up.done", "", &talk);
            }
            tales.push(tale);
        }
        tales
    }

    fn asked(&mut self) -> Vec<Tale> {
        let mut tales = Vec::new();
        for (nth, grade) in ANSWERS.iter().enumerate() {
            let days = 18 - nth as i64;
            let mut tale = self.begin(&format!("survey-{nth}"), days.max(1), 15);
            let home = self.home(&mut tale).clone();
            tale.open_with("centre", at_home("surveys", &home, "survey.household_chosen", "本月抽中", &[]));
            if nth % 6 == 5 {
                let told = [("follow_up.method", "phone")];
                tale.wait(5, 20).tell("centre", "follow_up.attempted", "没有接", &told);
            }
            let opinion = match *grade {
                "dissatisfied" => "地下车库灯暗，反映过没有动静",
                "mostly_satisfied" => "快递柜太少",
                _ => "无",
            };
            let told = [("follow_up.method", "phone"), ("survey.grade", *grade), ("customer.opinion", opinion)];
            tale.wait(5, 60).tell("centre", "survey.household_answered", "", &told);
            tales.push(tale);
        }
        tales
    }

    fn festival(&mut self) -> Tale {
        let mut tale = self.begin("festival", 20, 9);
        let last = self.zone.date(tale.at).saturating_add(Span::new().days(2)).to_string();
        tale.open("manager", "festivals", "", &[("festival.name", "社区邻里节"), ("festival.ends_on", &last)]);
        let told = [("service.recipients", "18")];
        tale.days(1, 1).tell("manager", "festival.visited", "走访独居和行动不便的住户，送去日历", &told);
        tale
    }

    fn visit(&mut self) -> Tale {
        let mut tale = self.begin("visit", 6, 14);
        let home = self.home(&mut tale).clone();
        let told = [("customer.visit_cause", "complaint"), ("follow_up.visitor", "叶演区")];
        tale.open_with("centre", at_home("customer_visits", &home, "customer.visit_planned", "投诉过楼上漏水", &told));
        let heard = [("customer.opinion", "希望修好以后再来看一次"), ("customer.opinion_outcome", "explained")];
        tale.days(1, 1).tell("area1", "customer.visited", "看过天花板，约了下周复看", &heard);
        tale
    }

    fn activity(&mut self) -> Tale {
        let mut tale = self.begin("activity", 15, 9);
        let place = Place { household: None, words: "中心广场".into() };
        let mut record = record("activities", "service.activity_planned", "邻里厨艺比赛", &[]);
        record.place = place;
        tale.open_with("supervisor", record);
        tale.days(2, 2).tell("supervisor", "service.activity_ended", "", &[("service.recipients", "42")]);
        let talk = [
            ("follow_up.method", "phone"),
            ("follow_up.satisfaction", "satisfied"),
            ("follow_up.summary", "希望再办，时间放在晚上"),
            ("service.recipients", "3"),
        ];
        tale.days(2, 3).act("centre", "follow_up.form_issued").wait(0, 3).act("centre", "follow_up.form_signed_for");
        tale.wait(10, 40).tell("centre", "follow_up.done", "", &talk);
        tale
    }

    fn papers(&mut self) -> Tale {
        let mut tale = self.begin("papers", 7, 16);
        let told = [("service.recipients", "120")];
        tale.open("desk1", "press_runs", "社区报第 11 期", &told);
        tale
    }

    /// Draws what is lacking, on the morning of today.
    fn draw(&mut self) -> Tale {
        let at = self.now.plus_seconds(-40 * 60);
        let mut tale = Tale::begin("follow-ups", at, self.zone, Chance::of(self.seed, "follow-ups"));
        tale.push("supervisor", What::DrawFollowUps);
        tale
    }
}

fn record(register: &str, act: &str, note: &str, attributes: &[(&str, &str)]) -> OpenRecord {
    OpenRecord {
        register: register.to_owned(),
        act: ActOnCase {
            act: act.to_owned(),
            note: note.to_owned(),
            attributes: attributes.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect(),
            ..ActOnCase::default()
        },
        ..OpenRecord::default()
    }
}

fn at_home(register: &str, home: &Home, act: &str, note: &str, attributes: &[(&str, &str)]) -> OpenRecord {
    OpenRecord {
        place: Place { household: Some(home.id.clone()), words: home.room.clone() },
        person: Caller { person: home.person.clone(), name: home.name.clone(), phone: home.phone.clone() },
        ..record(register, act, note, attributes)
    }
}
