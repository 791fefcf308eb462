//! Settings (设置): declared, of the unit that the slot needs, identical over all books, used somewhere.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Book, Clause, Condition, SettingDeclaration, Sort, Test};
use crate::nearest::nearest;
use crate::problem::Problem;

/// Checks all settings of `books` together: a setting is shared by its name.
pub fn check(books: &[Book], problems: &mut Vec<Problem>) {
    let mut declared: BTreeMap<&str, (&Book, &SettingDeclaration)> = BTreeMap::new();
    for book in books {
        for setting in &book.settings {
            match declared.get(setting.name.as_str()) {
                Some((other, first)) if !same(first, setting) => {
                    let sentence =
                        format!("设置 `{}` 与 {} 里的声明不一样", setting.name, other.path);
                    problems.push(Problem::error(&book.path, setting.span.clone(), sentence));
                }
                Some((other, _)) if other.id == book.id => {
                    let sentence = format!("设置 `{}` 声明了两次", setting.name);
                    problems.push(Problem::error(&book.path, setting.span.clone(), sentence));
                }
                Some(_) => {}
                None => {
                    declared.insert(&setting.name, (book, setting));
                }
            }
        }
    }
    let mut used = BTreeSet::new();
    for book in books {
        for clause in &book.clauses {
            for one in &clause.uses {
                let Sort::Setting(unit) = one.sort else {
                    continue;
                };
                used.insert(one.word.as_str());
                let problem = match declared.get(one.word.as_str()) {
                    None => {
                        let problem = Problem::error(
                            &clause.path,
                            one.span.clone(),
                            format!("设置 `{}` 没有声明", one.word),
                        );
                        problem.with_hint(match nearest(&one.word, declared.keys().copied()) {
                            Some(near) => format!("最接近的是 `{near}`"),
                            None => "在 book.toml 里用 [[setting]] 声明".to_owned(),
                        })
                    }
                    Some((_, setting)) if !unit.is_empty() && setting.unit != unit => {
                        let sentence = format!(
                            "设置 `{}` 的单位是 {}，这里要 {unit}",
                            one.word, setting.unit
                        );
                        Problem::error(&clause.path, one.span.clone(), sentence)
                    }
                    Some(_) => continue,
                };
                problems.push(problem);
            }
        }
        used.extend(
            book.readings
                .iter()
                .filter_map(|reading| reading.setting.as_deref()),
        );
    }
    for clause in books.iter().flat_map(|book| &book.clauses) {
        for rule in &clause.rules {
            for condition in rule.kind.when() {
                let setting = condition.setting().and_then(|name| declared.get(name));
                if let Some((_, setting)) = setting {
                    choice(clause, condition, setting, problems);
                }
            }
        }
    }
    for (name, (book, setting)) in declared.iter().filter(|(name, _)| !used.contains(*name)) {
        let sentence = format!("设置 `{name}` 没有条款使用");
        problems.push(Problem::warning(&book.path, setting.span.clone(), sentence));
    }
}

/// A condition on a setting tests for words that it can be.
fn choice(
    clause: &Clause,
    condition: &Condition,
    setting: &SettingDeclaration,
    problems: &mut Vec<Problem>,
) {
    let (Test::OneOf(words) | Test::NotOneOf(words)) = &condition.test else {
        return;
    };
    let flags = ["是".to_owned(), "否".to_owned()];
    let choices: &[String] = match setting.unit.as_str() {
        "flag" => &flags,
        "choice" => &setting.choices,
        _ => return,
    };
    for word in words.iter().filter(|word| !choices.contains(word)) {
        let sentence = format!("设置 `{}` 没有值 `{word}`", setting.name);
        let problem = Problem::error(&clause.path, condition.span.clone(), sentence);
        problems.push(problem.with_hint(format!("可以写：`{}`", choices.join("` `"))));
    }
}

fn same(a: &SettingDeclaration, b: &SettingDeclaration) -> bool {
    a.unit == b.unit && a.default == b.default && a.choices == b.choices
}
