//! Needs of customers (客户需求) from what somebody voiced to its outcome, purchases, and an archive that lends, mends and destroys.

use crate::dossier::Teller;
use crate::tale::Tale;

impl Teller<'_> {
    pub(crate) fn needs(&self) -> Vec<Tale> {
        let (target, late) = (self.day(-4).to_string(), self.day(12).to_string());
        let mut lift = self.at(
            "need-lift",
            19,
            0,
            "area1",
            "needs",
            "",
            &[("need.content", "早上电梯太慢"), ("need.topic", "lift"), ("need.source", "visit")],
        );
        lift.wait(20, 50).tell(
            "manager",
            "need.recorded",
            "",
            &[("need.source", "visit"), ("need.content", "早上电梯太慢"), ("need.wished", "早高峰少停几层")],
        );
        lift.wait(10, 30).act("manager", "need.identified");
        lift.days(1, 2).tell("quality", "need.task_released", "", &[("need.target", &target)]);
        lift.days(6, 8).tell("engineer", "need.improved", "早高峰分单双层停", &[]);
        lift.days(3, 3).tell("centre", "need.felt", "", &[("need.better", "yes")]);
        lift.wait(5, 10).tell("centre", "need.closed", "", &[("need.outcome", "exceeded")]);
        let mut call = self.at(
            "need-call",
            12,
            1,
            "centre",
            "needs",
            "",
            &[
                ("need.content", "每次修完有人回个电话"),
                ("need.topic", "after_service"),
                ("need.source", "survey"),
                ("need.wished", "修完当天回电"),
            ],
        );
        call.wait(10, 30).act("manager", "need.identified");
        call.days(2, 3).tell("quality", "need.task_released", "", &[("need.target", &late)]);
        let mut cleaner = self.at(
            "need-cleaner",
            9,
            2,
            "desk1",
            "needs",
            "",
            &[("need.content", "想请人到家打扫"), ("need.topic", "goods"), ("need.source", "visit")],
        );
        cleaner.wait(30, 60).tell("manager", "need.identified", "", &[("need.supply", "supplier")]);
        cleaner.days(1, 2).tell("shop", "need.no_supplier", "本市两家都排满了", &[]);
        let green = self.at("need-green", 3, 3, "guard", "needs", "", &[("need.content", "楼前草地秃了")]);
        let mut tales = vec![lift, call, cleaner, green];
        tales.extend(self.bought());
        tales
    }

    /// Purchases, their analysis and what was offered for it.
    fn bought(&self) -> Vec<Tale> {
        let bought = [
            ("purchase.what", "空调清洗"),
            ("purchase.channel", "平台"),
            ("purchase.consent", "服务单 0012"),
            ("purchase.reason", "season"),
            ("purchase.category", "清洗"),
            ("case.agreed_price", "12000"),
        ];
        let of = self
            .day(0)
            .with()
            .month((self.day(0).month() - 1) / 3 * 3 + 3)
            .day(28)
            .build()
            .unwrap_or(self.day(0))
            .to_string();
        let mut analysed = self.plain(
            "analysed",
            5,
            "shop",
            "purchase_analyses",
            "清洗类占一半，多在换季",
            &[("period.of", &of), ("purchase.direction", "清洗类")],
        );
        let expected = self.day(150).to_string();
        analysed.days(1, 1).tell(
            "shop",
            "purchase.planned",
            "",
            &[("purchase.expected", &expected), ("purchase.category", "清洗"), ("repair.quantity", "30")],
        );
        analysed.days(1, 1).tell(
            "shop",
            "purchase.offered",
            "换季清洗套餐",
            &[("purchase.basis", "计划：清洗 30"), ("purchase.saving", "2000")],
        );
        vec![
            self.at("bought-1", 14, 4, "shop", "purchases", "", &bought),
            self.at("bought-2", 8, 5, "shop", "purchases", "", &bought),
            analysed,
        ]
    }

    fn item(
        &self,
        name: &str,
        days: i64,
        (title, department, class, number): (&str, &str, &str, &str),
        keep: i64,
    ) -> Tale {
        let mut tale = self.plain(
            name,
            days,
            "archive",
            "archive_items",
            "",
            &[("archive.item_title", title), ("archive.department", department), ("archive.source", department)],
        );
        let (formed, keep) = (self.day(-days - 10).to_string(), self.day(keep).to_string());
        let told = [
            ("archive.item_title", title),
            ("archive.formed_on", formed.as_str()),
            ("archive.source", department),
            ("archive.pages", "24"),
            ("archive.class", class),
            ("archive.number", number),
            ("archive.carrier", "paper"),
            ("archive.place", "库房一号架"),
            ("archive.secrecy", "internal"),
            ("archive.keep_until", keep.as_str()),
            ("archive.verified_by", "文演档"),
        ];
        tale.days(1, 2).tell("archive", "archive_item.filed", "", &told);
        tale
    }

    pub(crate) fn archive(&self) -> Vec<Tale> {
        let sworn = |who: &str| {
            self.plain(
                &format!("sworn-{who}"),
                27,
                who,
                "secrecy_undertakings",
                "遵守保密守则，不擅自向外透露档案内容",
                &[],
            )
        };
        let back = self.day(2).to_string();
        let mut lent = self.item("reports", 24, ("十月财务报表", "财务部", "财务", "CW-2026-01"), 3650);
        lent.days(1, 2).tell(
            "archive",
            "archive_item.sought",
            "",
            &[("archive.minutes", "3"), ("archive.found", "yes")],
        );
        let to = [
            ("archive.borrower", "钱演财"),
            ("archive.in_circle", "yes"),
            ("archive.due_back", back.as_str()),
            ("archive.purpose", "年终对账"),
        ];
        lent.wait(5, 10).tell("archive", "archive_item.lent", "", &to);
        let mut damp = self.item("drawings", 22, ("一期竣工图", "工程部", "基建", "JJ-2026-01"), 9000);
        damp.days(3, 4).tell("archive", "archive_item.damage_found", "右下角受潮", &[]);
        damp.days(4, 6).tell("archive", "archive_item.copied", "重晒一套，原件压平", &[]);
        let mut gone = self.item("old-forms", 20, ("2021 年来访登记本", "客服中心", "客服", "KF-2021-07"), -18);
        gone.days(1, 1).tell("archive", "archive_item.voided", "满五年，没有再用的价值", &[]);
        gone.wait(20, 60).tell("manager", "archive_item.destruction_approved", "保管期满，同意销毁", &[]);
        gone.wait(5, 10)
            .act("supervisor", "archive_item.destruction_witnessed")
            .wait(1, 4)
            .act("centre", "archive_item.destruction_witnessed");
        gone.wait(5, 10)
            .tell("archive", "archive.disposed", "碎纸机粉碎", &[])
            .wait(5, 10)
            .act("archive", "archive.destruction_certified");
        let mut tales = vec![sworn("archive"), sworn("supervisor"), lent, damp, gone];
        tales.extend(self.in_the_store());
        tales
    }

    /// What came in, the store itself, hand-overs and who was taught.
    fn in_the_store(&self) -> Vec<Tale> {
        let fresh = self.plain(
            "fresh",
            1,
            "archive",
            "archive_items",
            "",
            &[("archive.item_title", "十一月巡查记录"), ("archive.department", "秩序部"), ("archive.source", "秩序部")],
        );
        let guard =
            [("archive_store.insects", "樟脑丸"), ("archive_store.dust", "吸尘"), ("archive_store.rodents", "粘板")];
        let mut guarded = self.plain("guarded", 15, "archive", "store_protections", "", &guard);
        guarded.wait(5, 15).act("archive", "archive_store.protected");
        let box_of = [("archive.pages", "31"), ("archive.borrower", "企业管理部")];
        let mut over = self.plain("over", 10, "archive", "archive_handovers", "第三季度投诉档案一盒", &box_of);
        over.wait(5, 15).act("archive", "archive.handover_signed").wait(1, 5).act("quality", "archive.handover_signed");
        let mut law = self.plain(
            "law",
            16,
            "archive",
            "archive_law_briefings",
            "午会时讲保管期限和保密",
            &[("service.recipients", "9")],
        );
        law.wait(30, 40).act("desk1", "archive.briefing_signed").wait(1, 3).act("centre", "archive.briefing_signed");
        let of = self.day(0).with().month(12).day(31).build().unwrap_or(self.day(0)).to_string();
        let review = self.plain(
            "review",
            9,
            "supervisor",
            "archivist_reviews",
            "参加市档案局培训一天，编目差错少",
            &[("archive.undertaker", "文演档"), ("period.of", &of)],
        );
        vec![
            fresh,
            guarded,
            over,
            law,
            review,
            self.plain(
                "aired-1",
                13,
                "archive",
                "store_airings",
                "开窗一小时",
                &[("archive_store.climate", "22 度，湿度 58%")],
            ),
            self.plain(
                "aired-2",
                3,
                "archive",
                "store_airings",
                "开窗一小时",
                &[("archive_store.climate", "20 度，湿度 52%")],
            ),
        ]
    }
}
