//! Settings (设置): declared, of the unit that the slot needs, identical over all books, used somewhere.

use std::collections::{BTreeMap, BTreeSet};

use crate::law::{SERVICE_HOURS, SHIFTS};
use crate::model::{Book, Clause, Condition, SettingDeclaration, Sort, Test, Use};
use crate::nearest::nearest;
use crate::problem::Problem;

/// Settings by name, each with the book that declared it first.
type Declared<'a> = BTreeMap<&'a str, (&'a Book, &'a SettingDeclaration)>;

/// Checks all settings of `books` together: a setting is shared by its name.
pub fn check(books: &[Book], problems: &mut Vec<Problem>) {
    let declared = declarations(books, problems);
    let mut used = BTreeSet::new();
    for book in books {
        for name in book.readings.iter().filter_map(|reading| reading.setting.as_deref()) {
            if !declared.contains_key(name) {
                let sentence = format!("全书读法用的设置 `{name}` 没有声明");
                problems.push(Problem::error(&book.path, 0..0, sentence));
            }
            used.insert(name);
        }
    }
    for clause in books.iter().flat_map(|book| &book.clauses) {
        for one in &clause.uses {
            if let Sort::Setting(unit) = one.sort {
                used.insert(one.word.as_str());
                problems.extend(fault(&declared, clause, one, unit));
            }
        }
        for condition in clause.rules.iter().flat_map(|rule| rule.kind.when()) {
            let setting = condition.setting().and_then(|name| declared.get(name));
            if let Some((_, setting)) = setting {
                choice(clause, condition, setting, problems);
            }
        }
    }
    for (name, (book, setting)) in declared.iter().filter(|(name, _)| !used.contains(*name)) {
        let sentence = format!("设置 `{name}` 没有条款使用");
        problems.push(Problem::warning(&book.path, setting.span.clone(), sentence));
    }
}

/// All declarations; a second one must say the same, and stand in another book.
fn declarations<'a>(books: &'a [Book], problems: &mut Vec<Problem>) -> Declared<'a> {
    let mut declared = Declared::new();
    for book in books {
        for setting in &book.settings {
            let sentence = match declared.get(setting.name.as_str()) {
                Some((other, first)) if !same(first, setting) => {
                    format!("设置 `{}` 与 {} 里的声明不一样", setting.name, other.path)
                }
                Some((other, _)) if other.id == book.id => {
                    format!("设置 `{}` 声明了两次", setting.name)
                }
                Some(_) => continue,
                None => {
                    declared.insert(&setting.name, (book, setting));
                    continue;
                }
            };
            problems.push(Problem::error(&book.path, setting.span.clone(), sentence));
        }
    }
    declared
}

/// What is wrong with a use: the setting is not declared, or not of the unit that its place needs.
fn fault(declared: &Declared<'_>, clause: &Clause, one: &Use, unit: &str) -> Option<Problem> {
    let name = &one.word;
    let Some((_, setting)) = declared.get(name.as_str()) else {
        // An example may state the hours and shifts that every site has; no book declares them.
        if unit.is_empty() && [SERVICE_HOURS, SHIFTS].contains(&name.as_str()) {
            return None;
        }
        let sentence = format!("设置 `{name}` 没有声明");
        let problem = Problem::error(&clause.path, one.span.clone(), sentence);
        return Some(problem.with_hint(match nearest(name, declared.keys().copied()) {
            Some(near) => format!("最接近的是 `{near}`"),
            None => "在 book.toml 里用 [[setting]] 声明".to_owned(),
        }));
    };
    if unit.is_empty() || setting.unit == unit {
        return None;
    }
    let sentence = format!("设置 `{name}` 的单位是 {}，这里要 {unit}", setting.unit);
    Some(Problem::error(&clause.path, one.span.clone(), sentence))
}

/// A condition on a setting tests for words that it can be.
fn choice(clause: &Clause, condition: &Condition, setting: &SettingDeclaration, problems: &mut Vec<Problem>) {
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
