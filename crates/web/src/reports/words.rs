//! Words of figures (统计用语): what the journal says in Chinese, in the language of the page; addresses of lists; shares.

use journal::Laws;
use journal::reads::{RateStood, percent};
use maud::{Markup, html};
use office::stretch::Stretch;

#[cfg(test)]
use crate::language::zh;
use crate::language::{said, t};
use crate::page::escaped;

/// The address of the list behind a number.
pub fn list_of(of: &Stretch, id: &str) -> String {
    format!("/reports/list?period={}&figure={}", of.key(), escaped(id))
}

/// A number that leads to its list, also when it is nought of something.
pub fn linked(of: &Stretch, id: &str, value: i64) -> Markup {
    html! { @if value > 0 { a href=(list_of(of, id)) { (value) } } @else { span.dim { "0" } } }
}

/// A share in per cent, or that there is nothing to take it of.
pub fn share(part: i64, whole: i64) -> String {
    percent(part, whole).map_or_else(|| t("无数据").to_owned(), |it| format!("{it} %"))
}

/// Parts per hundred thousand as per cent: `60 %`, `92.5 %`.
pub fn target(share: Option<i64>) -> String {
    match share {
        None => t("还没有定比率").to_owned(),
        Some(share) if share % 1000 == 0 => format!("{} %", share / 1000),
        Some(share) => format!("{} %", format!("{}.{:03}", share / 1000, share % 1000).trim_end_matches('0')),
    }
}

/// Numerator, denominator, exemptions, rounding and clause of a rate, in words.
pub fn definition(laws: &Laws, it: &RateStood) -> String {
    let word = |id: &str| said(&laws.word(id), None).into_owned();
    let late =
        if it.late_counts { t("过了期限做的也算，另算按时") } else { t("过了期限做的不算") };
    crate::t!(
        "分母：{0}，在期间 {1} 的，免的不进分母。分子：其中“{2}”做到了的；{3}。比率不取整比较，应做件数向上取整；没有分母是无数据，不是达标。依据：{4} {5}",
        word(&it.of),
        crate::components::timing::period(&it.figure.period),
        word(&it.must),
        late,
        it.clause_words(),
        said(&it.brief.summary, None)
    )
}

/// A definition to unfold.
pub fn unfold(words: &[String]) -> Markup {
    html! {
        details.small {
            summary { (t("口径|定义")) }
            @for one in words { p.dim { (one) } }
        }
    }
}

/// The words that the journal says in Chinese.
#[cfg(test)]
pub const CALLED: [&str; 45] = [
    zh("来访来电"),
    zh("收到投诉"),
    zh("办完投诉"),
    zh("报修和上门服务"),
    zh("求助和急救"),
    zh("回访"),
    zh("只打电话的回访"),
    zh("按时回访"),
    zh("超时回访"),
    zh("投诉回访"),
    zh("问到满意程度"),
    zh("满意"),
    zh("不满意"),
    zh("不合格回访"),
    zh("排好的回访"),
    zh("排好并做了"),
    zh("排了没访，已过期限"),
    zh("本期接待的来访、来电、来信，一次算一次；作废的不算。"),
    zh("本期收到的投诉；撤销的不算，并入别件的照算。"),
    zh("本期处理完毕的投诉，不论哪一期收到；撤销的不算。"),
    zh("本期收到的报修和上门服务；撤销的不算。"),
    zh("本期收到的求助、急救和报警；撤销的不算。"),
    zh("本期做了的回访，一次算一次，一件访几轮算几次；没有联系上的不算。"),
    zh("本期的回访里，方式只写电话的；上门、看现场和别的方式不算。"),
    zh("本期的回访里，有条款定了期限，并且在期限以内的；没有期限的不算，软提醒不算。"),
    zh("本期的回访里，过了条款期限才做的；软提醒不算。"),
    zh("本期对投诉做的回访，一次算一次。"),
    zh("本期的回访里，问到了满意程度的。"),
    zh("本期的回访里，答满意或基本满意的。"),
    zh("本期的回访里，答不满意的。"),
    zh("本期的回访里，审核认定不合格的；住户不满意不一定不合格。"),
    zh("计划在本期、写明由谁去的回访；改排过的只算最后一次，没有写人的不算。"),
    zh("计划在本期、写明由谁去的回访里，已经访了的，不论是谁访的。"),
    zh("计划在本期、写明由谁去、还没有访，而且这件事有一条回访期限已经过了的。"),
    zh("周报"),
    zh("月报"),
    zh("季报"),
    zh("基数"),
    zh("没有做"),
    zh("总数"),
    zh("目标"),
    zh("回访次数"),
    zh("回访统计（按人）"),
    zh("制表"),
    zh("批准"),
];

#[cfg(test)]
mod tests {
    use journal::reads::{RatePart, Tallied};

    use super::*;

    #[test]
    fn every_tally_and_its_definition_has_english() {
        for tally in Tallied::SITE {
            for words in [tally.title(), tally.counts()] {
                assert!(CALLED.contains(&words), "{words} is not marked for the catalogue");
            }
        }
        assert!(CALLED.contains(&RatePart::Base.title()) && CALLED.contains(&RatePart::Lacking.title()));
    }

    #[test]
    fn targets_are_written_as_the_clause_states_them() {
        assert_eq!((target(Some(60_000)), target(Some(92_500))), ("60 %".into(), "92.5 %".into()));
        assert_eq!((share(47, 49), share(0, 0)), ("95.9 %".into(), "无数据".into()));
    }
}
