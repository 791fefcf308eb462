//! Figures of repairs in words (统计用语): what each is called, and where its list is.

use journal::reads::RepairMark;
use office::stretch::Stretch;

use crate::language::t;
use crate::page::escaped;

/// What a mark is called.
pub fn title(mark: RepairMark) -> &'static str {
    match mark {
        RepairMark::Reported => t("报修"),
        RepairMark::Open => t("还没修完"),
        RepairMark::Completed => t("已完工"),
        RepairMark::Free => t("免费的"),
        RepairMark::Paid => t("有收费的"),
        RepairMark::Unpriced => t("没有写应收"),
        RepairMark::FirstTime => t("一次修好"),
        RepairMark::SecondTrip => t("二次上门取料"),
        RepairMark::OtherHands => t("另派了工作单"),
        RepairMark::Rework => t("验收不合格"),
        RepairMark::Reopened => t("重开过"),
        RepairMark::Satisfied => t("回访满意"),
        RepairMark::Dissatisfied => t("回访不满意"),
        RepairMark::Unlisted => t("免费，还没列入统计表"),
    }
}

/// The address of the list behind a figure, of one repairer or of all.
pub fn list_of(period: &Stretch, mark: RepairMark, worker: &str) -> String {
    let worker = if worker.is_empty() { String::new() } else { format!("&worker={}", escaped(worker)) };
    format!("/repairs/counted?period={}&by={}{worker}", period.key(), mark.id())
}
