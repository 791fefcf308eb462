//! A period's figures in sentences (报告初稿): what a weekly, monthly or quarterly report begins as, for a person to write on.

use office::stretch::Stretch;

use super::rates::{RateKind, RateStood};
use super::{Statistics, Tallied};
use crate::house::Laws;
use crate::reads::CountedBy;

/// A share in per cent with one decimal, cut off and not rounded, so that 95.96 never reads as 96; none of nothing.
pub fn percent(part: i64, whole: i64) -> Option<String> {
    (whole > 0).then(|| {
        let tenths = i128::from(part) * 1000 / i128::from(whole);
        format!("{}.{}", tenths / 10, tenths % 10)
    })
}

fn share(part: i64, whole: i64) -> String {
    percent(part, whole).map_or_else(|| "无数据".to_owned(), |it| format!("{it}%"))
}

impl Statistics {
    /// The figures in sentences.
    pub fn draft(&self, laws: &Laws, of: &Stretch) -> String {
        let now = |tally| self.tally(tally);
        let with = |tally: Tallied, unit: &str| {
            format!("{} {} {unit}（上期 {}）", tally.title(), self.tally(tally), self.tally_before(tally))
        };
        let mut lines = vec![format!(
            "一、受理。{}，{}，{}，{}，{}。",
            of.words(),
            with(Tallied::Contacts, "次"),
            with(Tallied::Complaints, "件"),
            with(Tallied::Door, "件"),
            with(Tallied::Help, "件")
        )];
        lines.push(self.complaints_told(laws));
        let made = now(Tallied::Made);
        lines.push(format!(
            "三、回访。共回访 {made} 次（上期 {}），其中投诉回访 {} 次；按时 {} 次，超时 {} 次；只打电话的 {} 次，占 {}；审核不合格 {} 次。",
            self.tally_before(Tallied::Made),
            now(Tallied::OfComplaints),
            now(Tallied::Kept),
            now(Tallied::Late),
            now(Tallied::Phone),
            share(now(Tallied::Phone), made),
            now(Tallied::Unqualified)
        ));
        lines.extend(self.told(RateKind::FollowUp, laws));
        let answered = now(Tallied::Answered);
        lines.push(format!(
            "四、满意。回访中问到满意程度的 {answered} 次，满意和基本满意 {} 次，占 {}；不满意 {} 次。",
            now(Tallied::Satisfied),
            share(now(Tallied::Satisfied), answered),
            now(Tallied::Dissatisfied)
        ));
        lines.extend(self.told(RateKind::Satisfaction, laws));
        if self.rates.iter().any(|it| it.kind == RateKind::Other) {
            lines.push("五、及时和办结。".to_owned());
            lines.extend(self.told(RateKind::Other, laws));
        }
        lines.push(self.counts_told());
        lines.push("七、分析和措施：".to_owned());
        lines.join("\n")
    }

    fn complaints_told(&self, laws: &Laws) -> String {
        let of = &self.complaints;
        let mut text = format!(
            "二、投诉。收到 {} 件（上期 {}），办完 {} 件。",
            of.all.now,
            of.all.before,
            self.tally(Tallied::Resolved)
        );
        for by in [CountedBy::Class, CountedBy::Cause, CountedBy::Department] {
            let some: Vec<String> = of
                .counts(by)
                .iter()
                .filter(|it| it.now > 0)
                .map(|it| format!("{} {} 件", by.value(laws, &it.key), it.now))
                .collect();
            if !some.is_empty() {
                text.push_str(&format!("按{}：{}。", by.title(), some.join("，")));
            }
        }
        let marks: Vec<String> = of
            .counts(CountedBy::Mark)
            .iter()
            .filter(|it| ["unresolved", "unanswered", "went_up", "reopened"].contains(&it.key.as_str()))
            .map(|it| format!("{} {} 件", CountedBy::Mark.value(laws, &it.key), it.now))
            .collect();
        text.push_str(&format!("{}。", marks.join("，")));
        text
    }

    /// One sentence a rate: base, needed, done, verdict.
    fn told(&self, kind: RateKind, laws: &Laws) -> Vec<String> {
        self.rates.iter().filter(|it| it.kind == kind).map(|it| rate_told(it, laws)).collect()
    }

    fn counts_told(&self) -> String {
        let reached: Vec<String> = self
            .counts
            .iter()
            .filter(|it| it.reached && !it.group.is_empty())
            .map(|it| format!("{}，{} 次（{}，{}）", it.words, it.count, it.clause.id, it.period))
            .collect();
        match reached.is_empty() {
            true => "六、重复。没有达到规程次数的重复投诉、重复维修。".to_owned(),
            false => format!("六、重复。{}。", reached.join("；")),
        }
    }
}

fn rate_told(it: &RateStood, laws: &Laws) -> String {
    let figure = &it.figure;
    let exempt = if figure.exempt > 0 { format!("，另免 {}", figure.exempt) } else { String::new() };
    let needed = figure.needed.map_or(String::new(), |needed| format!("，应做 {needed}"));
    let verdict = match (figure.on_target, figure.provisional) {
        (Some(true), _) => "，达标",
        (Some(false), false) => "，未达标",
        _ => "",
    };
    let provisional = if figure.provisional { "，还没有到期限的，暂计" } else { "" };
    format!(
        "{}（{}，{}）：基数 {}{exempt}{needed}，已做 {}，{}{verdict}{provisional}。",
        laws.word(&it.of),
        it.clause_words(),
        figure.period,
        figure.base,
        figure.done,
        share(figure.done, figure.base)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_cut_off_and_never_rounded_up_to_its_target() {
        assert_eq!(percent(47, 49).as_deref(), Some("95.9"));
        assert_eq!(percent(96, 100).as_deref(), Some("96.0"));
        assert_eq!(percent(1, 0), None);
    }
}
