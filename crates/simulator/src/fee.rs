//! The management fee (管理费): the tariff in force, one that is being prepared, what the fee was spent on this month.

use calendar::Moment;
use jiff::civil::Date;
use journal::reads::FeeRow;
use journal::{CommandId, Fault, House, Sent};
use office::case::ActOnCase;

use crate::dossier::Teller;
use crate::play::Played;
use crate::tale::{Step, Tale, What};

/// Item, fen, paid to, owners' consent.
const SPENT: [(&str, &str, &str, &str); 8] = [
    ("wages", "8600000", "在岗员工", ""),
    ("social_insurance", "2150000", "社会保险中心（演示）", ""),
    ("running_of_facilities", "1384050", "电梯维保单位（演示）", ""),
    ("repair_of_facilities", "42000", "五金店（演示）", ""),
    ("cleaning", "1200000", "保洁公司（演示）", ""),
    ("greenery", "360000", "园艺公司（演示）", ""),
    ("office", "18000", "文具店（演示）", ""),
    ("other_use", "300000", "灯饰公司（演示）", "业委会决议 2026-07"),
];

/// The rulebook that the office adopts for it.
pub const BOOK: &str = "management-fee";

/// Homes with a fee account of their own tale.
const ACCOUNTS: usize = 6;
/// The building whose units were billed last month.
const BILLED: &str = "1-";

/// A step of a month of fees.
#[derive(Clone, Debug)]
pub enum Bills {
    /// Accounts for these households.
    Accounts(Vec<String>),
    /// The notices of the month that ends on a day.
    Opened(Date),
    /// Their print.
    Printed(Date),
    /// Their delivery on a day, but for some rooms.
    Delivered(Date, Date, Vec<String>),
    /// The bank's slip for what the household owes for a month, or for half of it; deposited on a day.
    Paid {
        /// Last day of the month.
        month: Date,
        /// Household.
        home: String,
        /// Half of it only.
        half: bool,
        /// Day of the deposit.
        deposited: Date,
    },
    /// A step on the notice of a household.
    Step {
        /// Last day of the month.
        month: Date,
        /// Household.
        home: String,
        /// What.
        act: Box<ActOnCase>,
    },
}

/// The notice of a household for a month.
async fn notice(house: &House, site: i64, home: &str, month: Date) -> Result<Option<FeeRow>, Fault> {
    let rows = house.fees_of_unit(site, home.to_owned()).await?;
    Ok(rows.into_iter().find(|it| it.month == month.to_string()))
}

/// Plays a step of a month of fees.
pub(crate) async fn play(
    house: &House,
    site: i64,
    played: &mut Played,
    command: CommandId,
    (step, bills): (&Step, &Bills),
) -> Result<(), Fault> {
    let actor = step.who.actor();
    let sent = Sent { site, command, actor: actor.account.clone(), post: actor.post_for(&[]), now: step.at };
    let refused = match bills {
        Bills::Accounts(homes) => house.open_accounts(sent, actor, homes.clone()).await?.err(),
        Bills::Opened(month) => house.bill_month(sent, actor, *month).await?.err(),
        Bills::Printed(month) => house.print_month(sent, actor, *month).await?.err(),
        Bills::Delivered(month, day, without) => {
            let how = (day.to_string(), "door".to_owned(), without.clone());
            house.deliver_month(sent, actor, *month, how).await?.err()
        }
        Bills::Paid { month, home, half, deposited } => {
            let Some(row) = notice(house, site, home, *month).await?.filter(|it| it.owed > 0) else { return Ok(()) };
            let fen = if *half { row.owed / 2 } else { row.owed };
            let told = [
                ("fee.received", fen.to_string()),
                ("fee.deposited_on", deposited.to_string()),
                ("fee.reference", format!("HD{}", row.number.trim_start_matches("FZ-").replace('-', ""))),
            ];
            let attributes = told.into_iter().map(|(id, value)| (id.to_owned(), value)).collect();
            let slip = ActOnCase { act: "fee.slip_arrived".into(), attributes, ..ActOnCase::default() };
            house.act_on_case(sent, actor, row.case, slip).await?.err()
        }
        Bills::Step { month, home, act } => {
            let Some(row) = notice(house, site, home, *month).await? else { return Ok(()) };
            house.act_on_case(sent, actor, row.case, (**act).clone()).await?.err()
        }
    };
    match refused {
        None => played.acts += 1,
        Some(refusal) => played.refused.push(format!("收费：{refusal}")),
    }
    Ok(())
}

impl Teller<'_> {
    pub(crate) fn fee(&self) -> Vec<Tale> {
        let mut tales = vec![self.before(), self.shops(), self.in_force(), self.prepared(), self.month()];
        tales.extend((0..ACCOUNTS).map(|nth| self.account(nth)));
        tales.extend(SPENT.iter().enumerate().map(|(n, (item, fen, payee, consent))| {
            let voucher = format!("记-{:03}", n + 21);
            let told = [
                ("expense.item", *item),
                ("fee.amount", *fen),
                ("expense.payee", *payee),
                ("expense.voucher", &voucher),
                ("expense.owners_consent", *consent),
            ];
            self.plain(&format!("expense-{n}"), 14 - n as i64, "finance", "expenses", "", &told)
        }));
        tales
    }

    /// Who pays for a home, and from which passbook; the last has not opened one yet.
    fn account(&self, nth: usize) -> Tale {
        let moved = self.day(nth as i64 * 3 - 20).to_string();
        let told = [("customer.move_in_date", moved.as_str())];
        // Homes of the building that is billed have theirs from the ledger.
        let home = (0..).filter(|at| !self.home(*at).room.starts_with(BILLED)).nth(nth).unwrap_or(nth);
        let mut tale = self.at(&format!("fee-account-{nth}"), 25, home, "finance", "fee_accounts", "", &told);
        if nth + 1 < ACCOUNTS {
            let tail = format!("62220000{:08}", 417 + 1_310 * nth);
            let book = [("fee.bank", "演示银行"), ("customer.bank_account", tail.as_str())];
            tale.days(1, 3).tell("finance", "fee.passbook_opened", "", &book);
        }
        tale
    }

    /// Last month as it was billed, printed, delivered and paid: most in time, some late, some not yet.
    fn month(&self) -> Tale {
        let month = self.day(0).first_of_month().yesterday().unwrap_or(self.day(0));
        let mut tale = self.begin("fee-month", 0, 9);
        let at = |days: i64, hour: i8, minute: i8| {
            let day = month.saturating_add(jiff::Span::new().days(days));
            self.zone().moment(day.at(hour, minute, 0, 0))
        };
        let homes: Vec<String> =
            self.homes().iter().filter(|it| it.room.starts_with(BILLED)).map(|it| it.id.clone()).collect();
        let mut say = |moment: Moment, who: &str, bills: Bills| {
            tale.at = moment;
            tale.push(who, What::Bills(bills));
        };
        say(at(-2, 10, 0), "finance", Bills::Accounts(homes.clone()));
        say(at(0, 16, 30), "finance", Bills::Opened(month));
        say(at(0, 17, 0), "finance", Bills::Printed(month));
        let nobody_home = homes.iter().skip(5).step_by(23).map(|it| it.replace('_', " ")).collect();
        say(
            at(1, 17, 30),
            "desk1",
            Bills::Delivered(month, month.saturating_add(jiff::Span::new().days(1)), nobody_home),
        );
        for (n, home) in homes.iter().enumerate() {
            let n = n as i64;
            let paid = |days: i64, deposited: i64, half: bool| {
                let day = month.saturating_add(jiff::Span::new().days(deposited));
                (
                    at(days, 10 + (n % 6) as i8, (n * 7 % 50) as i8),
                    Bills::Paid { month, home: home.clone(), half, deposited: day },
                )
            };
            let (moment, bills) = match n % 9 {
                8 => continue,
                // The bank took two days over it.
                7 => paid(12, 10, false),
                6 => paid(9, 8, true),
                _ => paid(3 + n % 7, 2 + n % 7, false),
            };
            say(moment, "finance", bills);
        }
        for home in homes.iter().skip(8).step_by(9) {
            for (days, who, act, note) in [
                (11, "desk1", "fee.reminder_sent", "微信发出，附通知单"),
                (19, "centre", "fee.reminder_called", "本人接听，说月底缴"),
            ] {
                let act = ActOnCase { act: act.into(), note: note.into(), ..ActOnCase::default() };
                say(at(days, 9, 30), who, Bills::Step { month, home: home.clone(), act: Box::new(act) });
            }
        }
        tale.steps.sort_by_key(|step| step.at);
        tale
    }

    /// The tariff of years past, put on file by finance.
    fn before(&self) -> Tale {
        self.old_tariff("tariff-before", "住宅", "2.60")
    }

    fn shops(&self) -> Tale {
        self.old_tariff("tariff-shops", "商铺", "6.50")
    }

    fn old_tariff(&self, name: &str, applies_to: &str, rate: &str) -> Tale {
        let grounds = [
            ("tariff.item", "management"),
            ("tariff.applies_to", applies_to),
            ("tariff.rate", rate),
            ("tariff.per", "square_metre_month"),
            ("tariff.effective_on", "2025-01-01"),
            ("tariff.guide_price", "按当年指导价（演示）"),
            ("tariff.grade", "二级"),
            ("tariff.service_standard", "二级"),
            ("tariff.local_market", "按当年行情"),
        ];
        let mut tale = self.plain(name, 40, "finance", "tariffs", "原来的标准，补进系统", &grounds);
        let announced = [("tariff.announced_on", "2024-11-20"), ("tariff.told_all", "yes")];
        tale.wait(5, 9).tell("supervisor", "tariff.announced", "当年的公告", &announced);
        let approved = [
            ("tariff.approver", "owners_committee"),
            ("tariff.approval_number", "业委会 2024-11（演示）"),
            ("tariff.approved_on", "2024-12-05"),
        ];
        tale.wait(5, 9).tell("finance", "tariff.approved", "", &approved);
        tale.wait(5, 9).act("manager", "tariff.activated");
        tale
    }

    fn in_force(&self) -> Tale {
        let (from, told, agreed) = (self.day(-3).to_string(), self.day(-38).to_string(), self.day(-20).to_string());
        let grounds = [
            ("tariff.item", "management"),
            ("tariff.applies_to", "住宅"),
            ("tariff.rate", "2.80"),
            ("tariff.per", "square_metre_month"),
            ("tariff.effective_on", &from),
            ("tariff.guide_price", "每平方米 2.80 元（演示）"),
            ("tariff.grade", "二级"),
            ("tariff.service_standard", "二级"),
            ("tariff.local_market", "每平方米 2.50 至 3.20 元"),
        ];
        let mut tale = self.plain("tariff-homes", 38, "finance", "tariffs", "", &grounds);
        let announced = [("tariff.announced_on", told.as_str()), ("tariff.told_all", "yes")];
        tale.wait(60, 90).tell("supervisor", "tariff.announced", "门厅张贴，逐户送达", &announced);
        let approved = [
            ("tariff.approver", "owners_committee"),
            ("tariff.approval_number", "业委会 2026-09（演示）"),
            ("tariff.approved_on", agreed.as_str()),
        ];
        tale.days(18, 18).tell("finance", "tariff.approved", "", &approved);
        tale.days(10, 10).act("manager", "tariff.activated");
        tale
    }

    /// Announced in time; approval and two of its grounds are still missing.
    fn prepared(&self) -> Tale {
        let (from, told) = (self.day(45).to_string(), self.day(-4).to_string());
        let grounds = [
            ("tariff.item", "parking"),
            ("tariff.applies_to", "地下车位"),
            ("tariff.rate", "80"),
            ("tariff.per", "piece_month"),
            ("tariff.effective_on", &from),
            ("tariff.guide_price", "每个每月 80 元（演示）"),
            ("tariff.service_standard", "二级"),
        ];
        let mut tale = self.plain("tariff-parking", 5, "finance", "tariffs", "", &grounds);
        let announced = [("tariff.announced_on", told.as_str()), ("tariff.told_all", "no")];
        tale.days(1, 1).tell("supervisor", "tariff.announced", "已贴公告，还有 40 户没有送到", &announced);
        tale
    }
}
