//! Warranty and what lasts (保修与长久的事): developer's orders at every stage, suppliers fit and unfit, contracts that run and that have
//! ended, a repair out of warranty, a service done by a supplier.

use calendar::{Moment, Zone};
use office::case::{ActOnCase, CaseKind, OpenRecord, Place};
use office::event::{Signature, SignatureWay};

use crate::chance::Chance;
use crate::estate::Home;
use crate::tale::{Intake, Tale};

/// Stream id of the supplier that does the cleaning.
const CLEANER: &str = "supplier-clean";
const DEVELOPER: (&str, &str) = ("演示置业工程部", "驻场工程师，工地二号办公室");

/// Tells of one matter and its record.
struct Teller<'a> {
    homes: &'a [Home],
    zone: &'a Zone,
    now: Moment,
    seed: u64,
}

/// The tales.
pub fn tales(homes: &[Home], zone: &Zone, now: Moment, seed: u64) -> Vec<Tale> {
    let teller = Teller { homes, zone, now, seed };
    let mut tales = teller.suppliers();
    tales.extend(teller.leak());
    tales.extend(teller.tiles());
    tales.extend(teller.beam());
    tales.push(teller.ended());
    tales.push(teller.windows());
    tales.extend(teller.contracts());
    tales
}

impl Teller<'_> {
    fn begin(&self, case: &str, hours: i64) -> Tale {
        let chance = Chance::of(self.seed, case);
        let mut tale = Tale::begin(case, self.now.plus_seconds(-hours * 3_600), self.zone, chance);
        tale.office();
        tale
    }

    /// A home of the first estate, or of the second phase, which was handed over later.
    fn home(&self, tale: &mut Tale, second: bool) -> Home {
        let fit: Vec<&Home> = self.homes.iter().filter(|home| home.room.contains('期') == second).collect();
        (*tale.chance.pick(&fit)).clone()
    }

    fn repair(&self, case: &str, hours: i64, words: &str, second: bool) -> (Tale, Home) {
        let mut tale = self.begin(case, hours);
        let home = self.home(&mut tale, second);
        taken_in(&mut tale, &home, CaseKind::Repair, words);
        (tale, home)
    }

    /// A repair and its developer's order, opened a while after it.
    fn ordered(&self, name: &str, hours: i64, words: &str, part: &str) -> (Tale, Tale) {
        let (mut repair, home) = self.repair(&format!("{name}-repair"), hours, words, true);
        let judged = [("repair.part", part), ("repair.in_warranty", "yes")];
        repair.wait(5, 20).tell("engineer", "repair.warranty_judged", "", &judged);
        let waits = [("repair.waiting_for", "manufacturer")];
        repair.wait(2, 5).tell("engineer", "repair.waiting", "等开发商返修", &waits);
        let mut order = Tale::begin(name, repair.at, self.zone, Chance::of(self.seed, name));
        let promised = self.zone.date(order.at).saturating_add(jiff::Span::new().days(10)).to_string();
        let act = ActOnCase {
            act: "defect.opened".into(),
            attributes: [
                ("defect.party", DEVELOPER.0),
                ("defect.contact", DEVELOPER.1),
                ("repair.part", part),
                ("case.content", words),
                ("defect.promised", &promised),
            ]
            .map(|(id, value)| (id.to_owned(), value.to_owned()))
            .into(),
            links: [("linked_case".to_owned(), format!("{name}-repair"))].into(),
            ..ActOnCase::default()
        };
        let place = Place { household: Some(home.id.clone()), words: home.room };
        let record = OpenRecord { register: office::warranty::ORDERS.into(), place, act, ..OpenRecord::default() };
        order.wait(5, 10).open_with("warranty", record);
        order.wait(20, 60).act("warranty", "defect.sent");
        (repair, order)
    }

    /// Chased once, and due to be chased again.
    fn leak(&self) -> [Tale; 2] {
        let part = "屋面、外墙、卫生间防水";
        let (repair, mut order) = self.ordered("order-leak", 17 * 24, "主卧飘窗下面渗水，墙面返潮", part);
        order.days(6, 6).tell("warranty", "defect.chased", "说防水材料下周到", &[]);
        order.wait(10, 30).tell("desk1", "defect.resident_told", "已告知材料下周到，请先挪开家具", &[]);
        [repair, order]
    }

    /// Sent back once, then passed with the resident's signature.
    fn tiles(&self) -> [Tale; 2] {
        let (repair, mut order) =
            self.ordered("order-tiles", 30 * 24, "卫生间墙面渗水，墙砖脱落", "屋面、外墙、卫生间防水");
        order.days(6, 6).tell("warranty", "defect.chased", "约了后天来人", &[]);
        order.wait(5, 20).tell("desk1", "defect.resident_told", "后天上午有人来，家里留人", &[]);
        order.days(2, 3).tell("warranty", "defect.work_done", "补做防水，重贴两块墙砖", &[]);
        order.days(1, 1).tell("repair4", "defect.recheck_failed", "勾缝没有做，边上一块还空鼓", &[]);
        order.wait(20, 60).tell("desk1", "defect.resident_told", "已退回责任单位重做", &[]);
        order.days(3, 4).tell("warranty", "defect.work_done", "三块全部重贴并勾缝", &[]);
        order.days(1, 2);
        signed(&mut order, "repair4", "defect.recheck_passed");
        order.wait(10, 40).act("desk1", "case.closed");
        [repair, order]
    }

    /// Of wide effect: reported in writing, still under way, a week promised to the resident over.
    fn beam(&self) -> [Tale; 2] {
        let (mut repair, mut order) = self.ordered("order-beam", 9 * 24, "阳台梁下有裂缝，楼上楼下都有", "主体结构");
        let told = repair.at.plus_seconds(7 * 86_400).0.to_string();
        repair.wait(30, 60).tell("desk1", "case.promised", "责任单位说一周内来加固", &[("case.promised_time", &told)]);
        order.wait(30, 60).tell("warranty", "complaint.large_effect_found", "同一位置六户都有裂缝", &[]);
        order.days(1, 1).tell("warranty", "complaint.written_report", "书面报公司分管领导，附六户照片", &[]);
        [repair, order]
    }

    /// Out of warranty, told so, and agreed to pay.
    fn ended(&self) -> Tale {
        let (mut tale, _) = self.repair("warranty-ended", 29, "书房插座没电", false);
        let judged = [("repair.part", "电气管线"), ("repair.in_warranty", "no")];
        tale.wait(3, 8).tell("engineer", "repair.warranty_judged", "2021 年交付，两年保修早已到期", &judged);
        let told = [("repair.service_kind", "paid_repair")];
        tale.wait(2, 6).tell(
            "desk1",
            "repair.warranty_end_told",
            "2021 年交付，电气管线保两年，已过期；业主同意付费修",
            &told,
        );
        tale
    }

    /// Windows cleaned by a supplier, against payment.
    fn windows(&self) -> Tale {
        let mut tale = self.begin("service-windows", 50);
        let home = self.home(&mut tale, false);
        taken_in(&mut tale, &home, CaseKind::Service, "请人擦阳台外窗");
        let arranged = [("case.service_scope", "阳台外窗六扇，内外两面"), ("case.price_accepted", "yes")];
        crate::repair::charged(tale.wait(2, 5), "desk1", crate::price::windows(6));
        tale.wait(10, 20).tell("desk1", "case.paid_service_arranged", "", &arranged);
        tale.wait(1, 3).act("desk1", "service_order.issued");
        tale.wait(2, 6).tell("desk1", "supplier.chosen", "", &[("supplier.number", CLEANER)]);
        tale.wait(1, 3).tell("desk1", "service_order.handed", "", &[("case.department", "环境部")]);
        tale.days(1, 1).tell("desk1", "service.completed", "两人做了三小时，业主看过满意", &[]);
        signed(tale.wait(2, 5), "desk1", "case.customer_signed");
        tale.wait(5, 10).tell("grounds", "service_order.replied", "做完，玻璃无划痕", &[]);
        tale.wait(5, 15).tell("desk1", "case.replied", "电话告知已做完，费用 180 元", &[]);
        tale
    }

    fn suppliers(&self) -> Vec<Tale> {
        let soon = self.zone.date(self.now).saturating_add(jiff::Span::new().days(20)).to_string();
        let told = [
            (CLEANER, "演示家政服务部", "家政、擦窗", "YS-JZ-0001", "2029-06-30", ("first", "88", "qualified")),
            (
                "supplier-green",
                "演示园艺行",
                "绿化养护、盆花租摆",
                "YS-LH-0002",
                soon.as_str(),
                ("first", "81", "qualified"),
            ),
            (
                "supplier-locks",
                "演示开锁店",
                "开锁、换锁",
                "YS-KS-0003",
                "2028-12-31",
                ("after_work", "52", "unqualified"),
            ),
        ];
        let one = |(id, name, trade, licence, until, (occasion, score, verdict)): (&str, _, _, _, _, (_, _, _))| {
            let mut tale = self.begin(id, 40 * 24);
            let filled = [
                (office::supplier::NAME, name),
                ("supplier.trade", trade),
                ("supplier.licence", licence),
                ("supplier.licence_until", until),
            ];
            tale.open("supervisor", office::supplier::REGISTER, "", &filled);
            let assessed = [("supplier.occasion", occasion), ("supplier.score", score), ("supplier.verdict", verdict)];
            tale.days(1, 2).tell("supervisor", "supplier.assessed", "看过证照和现场", &assessed);
            tale
        };
        told.map(one).into()
    }

    /// One in the middle of its term whose customer is not satisfied, one that has run out and not been ended, one that was ended
    /// and followed up.
    fn contracts(&self) -> [Tale; 3] {
        let begun = |id: &str, hours: i64, days: i64, content: &str, fee: &str, per: &str| {
            let mut tale = self.begin(id, hours);
            let home = self.home(&mut tale, false);
            let from = self.zone.date(tale.at);
            let until = from.saturating_add(jiff::Span::new().days(days)).to_string();
            let from = from.to_string();
            let filled = [
                ("case.content", content),
                ("service.starts_on", from.as_str()),
                ("service.ends_on", until.as_str()),
                ("service.fee", fee),
                ("service.fee_per", per),
                ("supplier.number", CLEANER),
            ];
            let attributes = filled.map(|(id, value)| (id.to_owned(), value.to_owned())).into();
            let act = ActOnCase { act: "service.contract_started".into(), attributes, ..ActOnCase::default() };
            let person = office::case::Caller {
                person: home.person.clone(),
                name: home.name.clone(),
                phone: home.phone.clone(),
            };
            let place = Place { household: Some(home.id.clone()), words: home.room };
            let register = office::service_contract::REGISTER.into();
            tale.open_with("desk1", OpenRecord { register, place, person, act, ..OpenRecord::default() });
            tale
        };
        let mut running = begun("contract-clean", 37 * 24, 90, "每周上门保洁一次，每次两小时", "36000", "monthly");
        running.days(33, 34);
        asked(&mut running, "follow_up.midterm_done", "dissatisfied", "窗台没有擦到，来的人换了两次");
        let over = begun("contract-plants", 35 * 24, 30, "阳台盆花养护，每周浇水修剪", "12000", "once");
        let mut ended = begun("contract-pet", 34 * 24, 20, "出差期间每天上门喂猫一次", "60000", "once");
        ended.days(9, 10);
        asked(&mut ended, "follow_up.midterm_done", "satisfied", "按时来，猫粮记了账");
        ended.days(12, 12).tell("desk1", "service.contract_ended", "", &[("service.end_reason", "expired")]);
        ended.days(2, 3);
        asked(&mut ended, "follow_up.end_done", "satisfied", "很放心，下次还用");
        ended.wait(2, 6).act("desk1", "case.closed");
        [running, over, ended]
    }
}

fn taken_in(tale: &mut Tale, home: &Home, kind: CaseKind, words: &str) {
    let own = [("repair.object", "own"), ("repair.on_price_list", "yes")];
    let asked = [("case.request_kind", "indoor_cleaning")];
    let repair = kind == CaseKind::Repair;
    tale.register(&Intake {
        kind,
        channel: "phone",
        who: "desk1",
        home: Some(home),
        place: "",
        words,
        attributes: if repair { &own } else { &asked },
        minutes: 2,
        notify: repair,
    });
    if repair {
        tale.wait(0, 2).acknowledge("engineer");
    }
}

fn asked(tale: &mut Tale, act: &str, satisfaction: &str, summary: &str) {
    let said =
        [("follow_up.method", "phone"), ("follow_up.satisfaction", satisfaction), ("follow_up.summary", summary)];
    tale.tell("centre", act, "", &said);
}

fn signed(tale: &mut Tale, who: &str, act: &str) {
    let signature =
        Signature {
            name: "演示业主".into(), post: "resident".into(), way: SignatureWay::Paper, path: String::new()
        };
    tale.act_with(who, ActOnCase { act: act.to_owned(), signature: Some(signature), ..ActOnCase::default() });
}
