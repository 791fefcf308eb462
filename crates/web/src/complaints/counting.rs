//! Figures of complaints in words (统计用语): what each is called, and where its list is.

use journal::Laws;
use journal::reads::{Analysis, Count, CountedBy};
use office::stretch::Stretch;

use crate::language::said;
#[cfg(test)]
use crate::language::zh;
use crate::page::escaped;

/// A value in the language of the page.
pub fn value(laws: &Laws, by: CountedBy, key: &str) -> String {
    match by {
        CountedBy::Building if key.chars().any(|letter| letter.is_ascii_digit()) => crate::t!("{} 栋", key),
        _ => said(&by.value(laws, key), None).into_owned(),
    }
}

/// What a way of counting is called in the language of the page.
pub fn title(by: CountedBy) -> String {
    said(by.title(), None).into_owned()
}

/// The address of the list behind a figure.
pub fn list_of(period: &Stretch, by: CountedBy, key: &str) -> String {
    format!("/complaints/counted?period={}&by={}&key={}", period.key(), by.id(), escaped(key))
}

/// Each figure as a line of a workbook.
pub fn lines(laws: &Laws, figures: &Analysis) -> Vec<Vec<String>> {
    let line = |by: CountedBy, value: String, it: &Count| {
        let numbers = [it.now, it.before, it.now - it.before].map(|number| number.to_string());
        [title(by), value].into_iter().chain(numbers).collect::<Vec<String>>()
    };
    let mut lines = vec![line(CountedBy::All, String::new(), &figures.all)];
    for by in CountedBy::DIVIDES.into_iter().chain([CountedBy::Mark]) {
        lines.extend(figures.counts(by).iter().map(|it| line(by, value(laws, by, &it.key), it)));
    }
    lines
}

/// The words that figures are called by, which the journal says in Chinese.
#[cfg(test)]
const CALLED: [&str; 24] = [
    zh("全部"),
    zh("类别"),
    zh("事由种类"),
    zh("原因"),
    zh("责任部门"),
    zh("楼栋"),
    zh("渠道"),
    zh("程度"),
    zh("判定"),
    zh("答复时限"),
    zh("结果"),
    zh("没有写"),
    zh("处理完毕"),
    zh("没有处理完"),
    zh("没有答复"),
    zh("重开过"),
    zh("上报过"),
    zh("回访满意"),
    zh("回访不满意"),
    zh("撤销"),
    zh("按时"),
    zh("超时"),
    zh("还没到期"),
    zh("没有时限"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_of_counting_is_called_something_in_english() {
        for by in CountedBy::DIVIDES.into_iter().chain([CountedBy::All, CountedBy::Mark]) {
            assert!(CALLED.contains(&by.title()), "{}", by.title());
        }
    }
}
