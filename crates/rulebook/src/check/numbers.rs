//! Numbers of the summary are numbers of the rule (数字一致), with their units.

use std::collections::BTreeMap;

use super::figures::{Figure, Measure, figures};
use crate::model::{Book, Clause, Kind, Rule, SettingDeclaration, Slot};
use crate::problem::Problem;

/// Holds each rule's summary against its slots, and each clause's summary against its rules.
pub fn check(book: &Book, books: &[Book], problems: &mut Vec<Problem>) {
    let settings: BTreeMap<&str, &SettingDeclaration> =
        books.iter().flat_map(|book| &book.settings).map(|setting| (setting.name.as_str(), setting)).collect();
    for clause in &book.clauses {
        let mut all = Vec::new();
        for rule in &clause.rules {
            let (stated, allowed) = of_rule(rule, &settings);
            compare(clause, rule, &stated, &allowed, problems);
            all.extend(stated);
            all.extend(allowed);
            all.extend(figures(&rule.summary, false));
        }
        for figure in figures(&clause.summary.value, false) {
            if figure.binds() && !clause.rules.is_empty() && book.refused.is_empty() && !holds(&all, &figure) {
                let sentence = format!("条款摘要里的 `{}` 在它的规则里找不到", figure.text);
                problems.push(Problem::warning(&clause.path, clause.summary.span.clone(), sentence));
            }
        }
    }
}

/// The figures that a rule states, and those that its settings allow its summary to mention.
fn of_rule(rule: &Rule, settings: &BTreeMap<&str, &SettingDeclaration>) -> (Vec<Figure>, Vec<Figure>) {
    let (mut stated, mut allowed) = (Vec::new(), Vec::new());
    for phrase in &rule.written {
        match phrase {
            Slot::Stated(text) => {
                stated.extend(figures(&text.value, true));
                if text.value.contains("次日") {
                    allowed.extend(figures("1 天", true));
                }
            }
            Slot::Setting(name) => {
                let default = settings.get(name.as_str()).map_or("", |setting| setting.default.as_str());
                allowed.extend(figures(default, true));
            }
        }
    }
    (stated, allowed)
}

fn holds(figures: &[Figure], wanted: &Figure) -> bool {
    figures.iter().any(|figure| figure.equals(wanted))
}

fn compare(clause: &Clause, rule: &Rule, stated: &[Figure], allowed: &[Figure], problems: &mut Vec<Problem>) {
    let told = figures(&rule.summary, false);
    for figure in stated {
        let zero = figure.thousandths == 0 || (figure.measure == Measure::Count && figure.thousandths == 1000);
        if !zero && !holds(&told, figure) {
            let sentence = format!("规则 `{}` 写了 `{}`，它的摘要没有提到", rule.id.value, figure.text);
            problems.push(Problem::error(&clause.path, rule.summary_at.clone(), sentence));
        }
    }
    for figure in told.iter().filter(|figure| figure.binds()) {
        if holds(stated, figure) || holds(allowed, figure) {
            continue;
        }
        let span = rule.summary_at.clone();
        problems.push(match rule.kind {
            Kind::Carried(_) => {
                let sentence = format!("`{}` 的 `{}` 由承载处执行，没有规则计算", rule.id.value, figure.text);
                Problem::note(&clause.path, span, sentence)
            }
            _ => {
                let sentence = format!("摘要里的 `{}` 在规则 `{}` 里找不到", figure.text, rule.id.value);
                Problem::error(&clause.path, span, sentence).with_hint(written(rule))
            }
        });
    }
}

fn written(rule: &Rule) -> String {
    let phrases: Vec<String> = rule
        .written
        .iter()
        .filter_map(|phrase| match phrase {
            Slot::Stated(text) if text.value.is_empty() => None,
            Slot::Stated(text) => Some(format!("`{}`", text.value)),
            Slot::Setting(name) => Some(format!("设置 `{name}`")),
        })
        .collect();
    if phrases.is_empty() {
        "规则没有写数字".to_owned()
    } else {
        format!("规则写的是 {}", phrases.join("、"))
    }
}
