//! The management fee (管理费): the tariff in force, one that is being prepared, what the fee was spent on this month.

use crate::dossier::Teller;
use crate::tale::Tale;

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

/// Homes with a fee account.
const ACCOUNTS: usize = 6;

impl Teller<'_> {
    pub(crate) fn fee(&self) -> Vec<Tale> {
        let mut tales = vec![self.in_force(), self.prepared()];
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
        let mut tale = self.at(&format!("fee-account-{nth}"), 25, nth, "finance", "fee_accounts", "", &told);
        if nth + 1 < ACCOUNTS {
            let tail = format!("62220000{:08}", 417 + 1_310 * nth);
            let book = [("fee.bank", "演示银行"), ("customer.bank_account", tail.as_str())];
            tale.days(1, 3).tell("finance", "fee.passbook_opened", "", &book);
        }
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
