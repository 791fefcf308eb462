//! Doubtful words (含糊的词): 天、日、内、前、后、以上、以下、及时、立即、月 need a reading.

use super::figures::{Measure, figures};
use crate::model::{Book, Clause};
use crate::problem::Problem;

/// Words that say no exact time by themselves.
const VAGUE: [&str; 6] = ["立即", "及时", "尽快", "马上", "以上", "以下"];

/// One warning for each clause whose summaries use doubtful words that neither it nor its book says how to read.
pub fn check(book: &Book, problems: &mut Vec<Problem>) {
    let told = |clause: &Clause, words: &[&str]| {
        let mut readings = clause.readings.iter().chain(&book.readings);
        readings.any(|reading| words.iter().any(|word| reading.words.contains(word)))
    };
    for clause in &book.clauses {
        let mut open: Vec<&str> = Vec::new();
        let summaries = clause.rules.iter().map(|rule| rule.summary.as_str()).chain([clause.summary.value.as_str()]);
        for word in summaries.flat_map(doubtful) {
            let same: &[&str] = if word == "天" || word == "日" { &["天", "日"] } else { &[word] };
            if !open.contains(&word) && !told(clause, same) {
                open.push(word);
            }
        }
        if open.is_empty() {
            continue;
        }
        let words: Vec<String> = open.iter().map(|word| format!("`{word}`")).collect();
        let sentence = format!("{} 的 {} 没有写明读法", clause.number, words.join(" "));
        let problem = Problem::warning(&clause.path, clause.summary.span.clone(), sentence);
        problems.push(problem.with_hint("在本条加 [[reading]]，或在 book.toml 写全书的 [[reading]]"));
    }
}

/// The doubtful words of a text: units only after a number, 内前后 only after a time.
fn doubtful(text: &str) -> Vec<&'static str> {
    let mut found: Vec<&'static str> = VAGUE.into_iter().filter(|word| text.contains(word)).collect();
    let mut rest = text;
    for figure in figures(text, false) {
        let Some(start) = rest.find(&figure.text) else {
            continue;
        };
        rest = &rest[start + figure.text.len()..];
        let unit = match figure.measure {
            Measure::Days if figure.text.ends_with('日') => Some("日"),
            Measure::Days => Some("天"),
            Measure::Months if figure.text.ends_with('月') => Some("月"),
            _ => None,
        };
        found.extend(unit);
        let timed = !matches!(figure.measure, Measure::Count | Measure::Yuan | Measure::PerCent);
        let after = rest.trim_start().chars().next();
        found.extend(match after {
            Some('内') if timed => Some("内"),
            Some('前') if timed => Some("前"),
            Some('后') if timed => Some("后"),
            _ => None,
        });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::doubtful;

    #[test]
    fn finds_words_where_they_count_time() {
        assert_eq!(doubtful("3 天内处理完，立即通知"), ["立即", "天", "内"]);
        assert_eq!(doubtful("每月 25 日前交回"), ["日", "前"]);
        assert_eq!(doubtful("日常巡视以前台为准，内部后勤"), Vec::<&str>::new());
    }
}
