//! Customer files (客户档案): files of some households with what came into them, moves in and out, a sale, a fit-out, the coded
//! forms of a tower, needs of customers, and an archive that lends, mends and destroys.

use calendar::{Moment, Zone};
use jiff::Span;
use jiff::civil::Date;
use office::case::{ActOnCase, Caller, OpenRecord, Place};

use crate::chance::Chance;
use crate::estate::Home;
use crate::tale::Tale;

/// Files that are open, how many of them complete.
const FILES: usize = 8;
const COMPLETE: usize = 5;

/// Everything of the kind.
pub fn tales(homes: &[Home], zone: &Zone, now: Moment, seed: u64) -> Vec<Tale> {
    let teller = Teller { homes, zone, now, seed };
    let mut tales = teller.files();
    tales.extend(teller.into_files());
    tales.extend(teller.forms());
    tales.extend(teller.comings_and_goings());
    tales.extend([teller.fit_out(), teller.small_fit_out(), teller.release(true), teller.release(false)]);
    tales.extend(teller.needs());
    tales.extend(teller.fee());
    tales.extend(teller.archive());
    tales
}

/// Who tells them.
pub(crate) struct Teller<'a> {
    homes: &'a [Home],
    zone: &'a Zone,
    now: Moment,
    seed: u64,
}

pub(crate) type Pairs<'a> = &'a [(&'a str, &'a str)];

impl Teller<'_> {
    pub(crate) fn begin(&self, name: &str, days: i64, hour: i8) -> Tale {
        let date = self.day(-days);
        let at = self.zone.moment(date.at(hour, 10, 0, 0));
        let mut tale = Tale::begin(&format!("file-{name}"), at, self.zone, Chance::of(self.seed, name));
        tale.office();
        tale
    }

    /// The households from which matters come.
    pub(crate) fn homes(&self) -> &[Home] {
        self.homes
    }

    /// The zone of the site.
    pub(crate) fn zone(&self) -> &Zone {
        self.zone
    }

    /// A day so many days from today.
    pub(crate) fn day(&self, days: i64) -> Date {
        self.zone.date(self.now).saturating_add(Span::new().days(days))
    }

    /// The nth home of those that have files.
    pub(crate) fn home(&self, nth: usize) -> &Home {
        &self.homes[(nth * 37 + 11) % self.homes.len()]
    }

    /// A record at a home.
    pub(crate) fn at(
        &self,
        name: &str,
        days: i64,
        home: usize,
        who: &str,
        register: &str,
        note: &str,
        told: Pairs<'_>,
    ) -> Tale {
        let mut tale = self.begin(name, days, 9);
        tale.open_with(who, at_home(register, self.home(home), note, told));
        tale
    }

    /// A record of the office.
    pub(crate) fn plain(&self, name: &str, days: i64, who: &str, register: &str, note: &str, told: Pairs<'_>) -> Tale {
        let mut tale = self.begin(name, days, 10);
        tale.open(who, register, note, told);
        tale
    }

    fn files(&self) -> Vec<Tale> {
        let until = self.day(330).to_string();
        let past = self.day(-5).to_string();
        let mut tales = Vec::new();
        for nth in 0..FILES {
            let full = nth < COMPLETE;
            if full {
                let (name, words) = (format!("help-{nth}"), "业主的姐姐，住隔壁小区");
                tales.push(self.at(&name, 27 - nth as i64, nth, "desk1", "emergency_contacts", words, &[]));
            }
            let mut told = vec![
                ("customer.kind_of", if nth % 3 == 2 { "tenant" } else { "owner" }),
                ("dossier.payments", "银行托收，按月"),
                ("dossier.move_in_forms", "入伙登记表、钥匙签收单"),
                ("dossier.source", "入伙时登记"),
                ("dossier.reconfirm_by", if nth == 1 { past.as_str() } else { until.as_str() }),
            ];
            if full {
                told.extend([
                    ("dossier.fit_out", "不适用：没有装修"),
                    ("dossier.engineering", "不适用：没有装修"),
                    ("dossier.supplements", "车牌变更一份"),
                    ("dossier.verifier", "唐演服"),
                ]);
            }
            tales.push(self.at(&format!("open-{nth}"), 26 - nth as i64, nth, "desk1", "dossiers", "", &told));
        }
        tales
    }

    fn into_files(&self) -> Vec<Tale> {
        let mut contract = self.at(
            "contract",
            12,
            0,
            "desk1",
            "dossier_materials",
            "租赁合同复印件",
            &[("dossier.category", "客户单位资料"), ("dossier.source", "租户交来")],
        );
        contract.wait(20, 60).tell("desk1", "dossier_item.arranged", "装订一份", &[("dossier.verifier", "唐演服")]);
        contract.wait(20, 60).tell("desk1", "dossier_item.filed", "", &[("archive.place", "二号柜三格")]);
        contract.days(2, 3).tell("desk1", "dossier_item.used", "", &[("archive.purpose", "核对租期")]);
        let loose = self.at(
            "loose",
            4,
            6,
            "desk2",
            "dossier_materials",
            "装修图纸一套，等编号",
            &[("dossier.category", "工程档案")],
        );
        let mut unreached = self.at("unreached", 5, 2, "centre", "contact_checks", "电话停机，去信没有回音", &[]);
        unreached.days(1, 2).tell("centre", "customer.contact_confirmed", "上门问到新号码，已改台账", &[]);
        let silent = self.at("silent", 2, 3, "centre", "contact_checks", "连打两天没人接", &[]);
        let entered = self.entered();
        [vec![contract, loose, unreached, silent], entered].concat()
    }

    /// Violations, notices, payments, letters and whom to call.
    fn entered(&self) -> Vec<Tale> {
        let mut clutter =
            self.at("clutter", 9, 4, "area1", "violations", "走廊放鞋柜", &[("dossier.violation", "占用走廊")]);
        clutter.days(1, 2).tell("area1", "customer.violation_handled", "", &[("complaint.result", "已搬走")]);
        let mut notice = self.at(
            "notice",
            6,
            0,
            "desk1",
            "notices",
            "",
            &[("notice.title", "关于清洗水箱的通知"), ("notice.addressee", "三栋各户"), ("notice.version", "第一版")],
        );
        let version = [("notice.addressee", "三栋各户"), ("notice.version", "第一版")];
        notice.wait(5, 15).act("supervisor", "notice.issued").wait(30, 90).tell(
            "desk1",
            "notice.delivered",
            "逐户投递",
            &version,
        );
        notice.wait(60, 120).tell("desk1", "notice.acknowledged", "", &version);
        vec![
            clutter,
            notice,
            self.at(
                "deposit",
                15,
                6,
                "finance",
                "payments_filed",
                "",
                &[("dossier.payments", "装修押金 2000 元"), ("deposit.status", "paid")],
            ),
            self.at("owes", 3, 5, "finance", "arrears", "十月物业费", &[("arrears.amount", "31600")]),
            self.at(
                "letter-in",
                8,
                2,
                "desk1",
                "customer_letters",
                "",
                &[("letter.direction", "in"), ("dossier.letters", "关于周末加开空调的来函")],
            ),
            self.at(
                "letter-out",
                7,
                2,
                "desk1",
                "customer_letters",
                "",
                &[("letter.direction", "out"), ("dossier.letters", "回复：周末空调按小时计")],
            ),
            self.at(
                "plate-changed",
                6,
                3,
                "desk2",
                "supplements",
                "",
                &[("dossier.change", "换了车牌"), ("dossier.change_basis", "行驶证")],
            ),
        ]
    }

    fn forms(&self) -> Vec<Tale> {
        let from = self.day(-300).to_string();
        let until = self.day(65).to_string();
        let mut space = self.at(
            "space",
            20,
            0,
            "desk1",
            "parking_spaces",
            "",
            &[
                ("parking.space", "B2-017"),
                ("parking.way", "let"),
                ("parking.new_start", &from),
                ("parking.new_end", &until),
            ],
        );
        space.wait(5, 20).tell(
            "desk1",
            "parking_space.permit_issued",
            "",
            &[("parking.permit", "P-017"), ("bike.plate", "粤A00017")],
        );
        let mut keys = self.at("keys", 14, 1, "desk1", "key_custody", "出差一个月，请代为通风", &[("key.tag", "K-12")]);
        keys.wait(2, 6).act("desk1", "unit_key.accepted");
        keys.days(2, 3).signed_by("desk2", "unit_key.taken_out_signed", "姐姐").wait(0, 2);
        keys.tell("desk2", "unit_key.taken_out", "", &[("archive.purpose", "取药")])
            .wait(40, 90)
            .act("desk2", "unit_key.returned");
        let left = self.at("left", 2, 2, "desk1", "leavers", "单位来函", &[("card.number", "0457")]);
        let mut number = self.plain("number", 22, "desk1", "phone_numbers", "", &[("phone.number", "88880001")]);
        number.days(1, 2).tell("desk1", "phone_line.assigned", "", &[("phone.to", "演示贸易公司")]);
        let mut wanted = self.at("phone", 16, 2, "desk1", "phone_applications", "两条线", &[]);
        wanted.days(2, 4).tell("desk1", "phone_line.installed", "", &[("phone.number", "88880001")]);
        let mut flood = self.at(
            "flood",
            10,
            5,
            "guard",
            "special_events",
            "已关总阀",
            &[("case.content", "厨房水管爆裂，水浸到走廊")],
        );
        flood.wait(90, 180).tell("supervisor", "customer.special_event_ended", "走廊抽干，地毯送洗", &[]);
        let mut tales = vec![space, keys, left, number, wanted, flood];
        tales.extend(self.single_forms(&until));
        tales
    }

    /// Forms that are one line each.
    fn single_forms(&self, until: &str) -> Vec<Tale> {
        vec![
            self.at("card", 19, 2, "desk1", "identity_cards", "", &[("card.number", "0457")]),
            self.at("plate", 13, 3, "desk1", "bike_plates", "红色电动车", &[("bike.plate", "A0088")]),
            self.at("waits-1", 9, 4, "desk1", "parking_applications", "要靠近电梯", &[]),
            self.at("waits-2", 5, 5, "desk2", "parking_applications", "", &[]),
            self.at(
                "change",
                7,
                2,
                "desk1",
                "phone_changes",
                "",
                &[("phone.number", "88880001"), ("dossier.change", "改登记联系人")],
            ),
            self.at(
                "moved-phone",
                6,
                2,
                "desk1",
                "phone_moves",
                "",
                &[("phone.number", "88880001"), ("dossier.change", "由前台移到会议室")],
            ),
            self.at(
                "transfer",
                4,
                3,
                "desk1",
                "phone_transfers",
                "",
                &[("phone.number", "88880002"), ("phone.from", "演示甲公司"), ("phone.to", "演示乙公司")],
            ),
            self.at(
                "abroad",
                17,
                2,
                "desk1",
                "overseas_employees",
                "",
                &[("employee.nationality", "新加坡"), ("employee.permit_until", until)],
            ),
            self.at(
                "foreign",
                17,
                2,
                "desk1",
                "foreign_bodies",
                "",
                &[("dossier.own_data", "演示贸易公司驻本市代表处")],
            ),
            self.at(
                "meters",
                12,
                6,
                "desk1",
                "meter_readings",
                "换表",
                &[("meter.water", "12"), ("meter.power", "340")],
            ),
        ]
    }

    fn comings_and_goings(&self) -> Vec<Tale> {
        let moved = self.day(-8).to_string();
        let mut out = self.at("out", 8, 6, "desk1", "move_outs", "租约到期", &[("customer.move_out_date", &moved)]);
        out.wait(10, 30).tell(
            "desk1",
            "customer.meter_confirmed",
            "",
            &[("meter.water", "118"), ("meter.power", "2260")],
        );
        out.wait(2, 5)
            .signed_by("desk1", "customer.meter_signed", "租户")
            .wait(2, 5)
            .act("centre", "customer.meter_signed");
        out.wait(2, 5).tell("desk1", "customer.keys_returned", "", &[("key.count", "3")]);
        out.wait(2, 5).tell("desk1", "customer.permits_taken_back", "停车证一张", &[]);
        let since = self.day(-13).to_string();
        let sold = self.at(
            "sold",
            13,
            7,
            "desk1",
            "ownership_changes",
            "",
            &[("customer.owner_since", &since), ("dossier.change_basis", "不动产证复印件")],
        );
        vec![out, sold]
    }

    fn fit_out(&self) -> Tale {
        let (until, limit) = (self.day(20).to_string(), self.day(-6).to_string());
        let told = [
            ("fit_out.contractor", "演示装饰工程队"),
            ("dossier.fit_out", "申请、合同、装修协议"),
            ("dossier.engineering", "平面图、水电图"),
            ("dossier.procedure", "动火作业程序"),
        ];
        let mut tale = self.at("fit-out", 21, 6, "desk1", "fit_outs", "", &told);
        tale.days(1, 1).act("engineer", "fit_out.approved").wait(30, 90);
        tale.tell("finance", "fit_out.deposit_paid", "", &[("fit_out.deposit", "200000")]).wait(10, 30);
        tale.tell("desk1", "fit_out.pass_issued", "", &[("fit_out.passes", "6"), ("fit_out.until", &until)]);
        tale.days(4, 5).tell("area1", "fit_out.inspected", "", &[("fit_out.finding", "passed")]);
        tale.days(3, 4).tell(
            "area1",
            "fit_out.inspected",
            "动了承重墙边的插座",
            &[("fit_out.finding", "to_be_put_right")],
        );
        tale.wait(5, 20).tell("area1", "fit_out.rectification_asked", "恢复原状，另走线", &[("problem.limit", &limit)]);
        tale.days(3, 3).tell("engineer", "fit_out.rechecked", "", &[("fit_out.finding", "passed")]);
        tale
    }

    fn small_fit_out(&self) -> Tale {
        let until = self.day(-4).to_string();
        let mut tale = self.at(
            "small-fit-out",
            24,
            7,
            "desk2",
            "fit_outs",
            "只换厨柜",
            &[
                ("fit_out.contractor", "演示厨柜店"),
                ("dossier.fit_out", "申请"),
                ("dossier.engineering", "尺寸图"),
                ("dossier.procedure", "不动火"),
            ],
        );
        tale.wait(60, 120).act("engineer", "fit_out.approved").wait(5, 20);
        tale.tell("finance", "fit_out.deposit_paid", "", &[("fit_out.deposit", "50000")]).wait(5, 20);
        tale.tell("desk2", "fit_out.pass_issued", "", &[("fit_out.passes", "2"), ("fit_out.until", &until)]);
        tale.days(3, 4).tell("area1", "fit_out.inspected", "", &[("fit_out.finding", "passed")]);
        tale.days(6, 8).tell("engineer", "fit_out.accepted", "", &[("fit_out.passes", "2")]);
        tale.days(1, 2).tell("finance", "fit_out.refunded", "", &[("fit_out.refund", "50000")]);
        tale
    }

    fn release(&self, gone: bool) -> Tale {
        let (name, days) = if gone { ("release-1", 3) } else { ("release-2", 0) };
        let until = self.day(1).to_string();
        let mut tale = self.begin(name, days, 8);
        let told = [("release.goods", "旧沙发一套、书柜两个"), ("release.until", until.as_str())];
        tale.open_with("desk1", at_home("release_passes", self.home(if gone { 4 } else { 5 }), "", &told));
        if gone {
            tale.wait(40, 80).act("guard", "release.let_out");
        }
        tale
    }
}

fn at_home(register: &str, home: &Home, note: &str, told: Pairs<'_>) -> OpenRecord {
    let opens = office::register::find(register).map(|it| it.opens.clone()).unwrap_or_default();
    OpenRecord {
        register: register.to_owned(),
        place: Place { household: Some(home.id.clone()), words: home.room.clone() },
        person: caller(register, home),
        act: ActOnCase {
            act: opens,
            note: note.to_owned(),
            attributes: told.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect(),
            ..ActOnCase::default()
        },
        ..OpenRecord::default()
    }
}

/// Whom a record is about: who lives there, but for whoever is new or lives elsewhere.
fn caller(register: &str, home: &Home) -> Caller {
    match register {
        "ownership_changes" => Caller { person: String::new(), name: "卞演新".into(), phone: "13800009001".into() },
        "emergency_contacts" => Caller { person: String::new(), name: "罗演急".into(), phone: "13800009002".into() },
        _ => Caller { person: home.person.clone(), name: home.name.clone(), phone: home.phone.clone() },
    }
}
