//! Conditions on attributes (条件): `when` tables and thresholds.

use toml::Spanned;
use toml::de::DeValue;

use super::phrase;
use super::table::{Page, Table, as_text, at};
use crate::model::*;
use crate::words::{AttributeWord, Unit};

impl<'a> Table<'a> {
    /// `">= 3"`, or `{ compare = ">=", setting = "…" }`.
    pub fn threshold(&mut self, key: &'static str) -> Option<(Comparison, Slot<i64>)> {
        if !self.has(key) {
            self.missing(key);
        }
        let value = self.take(key)?;
        let test = comparison_of(self.page, key, value, None)?;
        match test {
            Test::Compare(comparison, number) => Some((comparison, number)),
            _ => None,
        }
    }

    /// A condition table; missing is no condition.
    pub fn when(&mut self, key: &'static str) -> When {
        let Some(table) = self.table(key) else {
            return Vec::new();
        };
        let page = self.page;
        table.all().into_iter().filter_map(|(name, value)| condition(page, name, value)).collect()
    }
}

/// One line of a condition table.
fn condition<'a>(page: &Page<'a>, name: At<String>, value: &'a Spanned<DeValue<'a>>) -> Option<Condition> {
    let span = value.span();
    let setting = ["设置:", "设置："].iter().find_map(|mark| name.value.strip_prefix(mark));
    if let Some(setting) = setting.map(|setting| setting.trim().to_owned()) {
        page.note_use(Sort::Setting(""), &setting, name.span.clone());
        let test = test_of(page, &setting, value, None)?;
        let attribute = at(name.span, &format!("{SETTING_MARK}{setting}"));
        return Some(Condition { attribute, test, span });
    }
    let attribute = page.word(name, &[Sort::Attribute]);
    let known = page.words.attribute(&attribute.value).map(|place| &page.words.attributes[place]);
    let test = test_of(page, &attribute.value, value, known)?;
    Some(Condition { attribute, test, span })
}

fn test_of<'a>(
    page: &Page<'a>,
    name: &str,
    value: &'a Spanned<DeValue<'a>>,
    known: Option<&AttributeWord>,
) -> Option<Test> {
    if matches!(value.get_ref(), DeValue::Table(_)) {
        return comparison_of(page, name, value, known);
    }
    if let DeValue::Array(list) = value.get_ref() {
        let mut words = Vec::new();
        for one in list.iter() {
            match as_text(one) {
                Some(text) => words.push(value_word(page, text, known)),
                None => page.error(one.span(), "条件的列表里只写文字"),
            }
        }
        return Some(Test::OneOf(words));
    }
    let Some(text) = as_text(value) else {
        page.error_with(value.span(), "条件应写成文字或文字的列表", CONDITION_FORMS);
        return None;
    };
    match text.value.as_str() {
        "有" => return Some(Test::Present),
        "无" => return Some(Test::Absent),
        _ => {}
    }
    if phrase::comparison(&text.value).is_some() {
        return comparison_of(page, name, value, known);
    }
    if let Some(rest) = text.value.strip_prefix('非') {
        let words = rest.split('、').map(|word| value_word(page, at(text.span.clone(), word.trim()), known));
        return Some(Test::NotOneOf(words.collect()));
    }
    Some(Test::OneOf(vec![value_word(page, text, known)]))
}

const CONDITION_FORMS: &str = "可以写：\"一类\"；[\"电话\", \"信函\"]；\"非 一类\"；\"有\"；\"无\"；\">= 500 元\"；{ compare = \">=\", setting = \"设置名\" }";

/// A value of an attribute in a condition, with what its unit allows.
pub fn value_word(page: &Page<'_>, written: At<String>, known: Option<&AttributeWord>) -> String {
    let word = page.resolve(&written.value).to_owned();
    let Some(attribute) = known else { return word };
    let (fits, forms) = match &attribute.unit {
        Unit::Choice(values) => {
            let list: Vec<String> = values.iter().map(|(word, _)| format!("`{word}`")).collect();
            (attribute.value_id(&word).is_some(), list.join(" "))
        }
        Unit::Flag => (word == "是" || word == "否", "`是` `否`".to_owned()),
        Unit::Number => (word.parse::<i64>().is_ok(), "整数".to_owned()),
        Unit::Money => (phrase::amount(&word).is_ok(), "N 元".to_owned()),
        Unit::Post => (page.words.post(&word).is_some(), "词汇表里的岗位".to_owned()),
        Unit::Text | Unit::Person | Unit::Moment | Unit::Date => (true, String::new()),
    };
    if !fits {
        let sentence = format!("`{}` 没有值 `{word}`", attribute.zh);
        page.error_with(written.span, sentence, format!("可以写：{forms}"));
    }
    word
}

/// A comparison with a number in the attribute's unit, or a plain count.
fn comparison_of<'a>(
    page: &Page<'a>,
    name: &str,
    value: &'a Spanned<DeValue<'a>>,
    known: Option<&AttributeWord>,
) -> Option<Test> {
    let money = known.is_some_and(|attribute| attribute.unit == Unit::Money);
    if let Some(attribute) = known.filter(|attribute| !matches!(attribute.unit, Unit::Money | Unit::Number)) {
        page.error(value.span(), format!("`{}` 不是数目或金额，不能比大小", attribute.zh));
        return None;
    }
    if let DeValue::Table(entries) = value.get_ref() {
        let mut table = Table::new(page, entries, value.span());
        let sign = table.need("compare");
        let setting = table.need("setting");
        table.finish();
        let (sign, setting) = (sign?, setting?);
        let Some((comparison, "")) = phrase::comparison(&sign.value) else {
            page.error_with(sign.span, format!("`compare` 看不懂 `{}`", sign.value), "可以写：>= > <= <");
            return None;
        };
        let unit = if money { "money" } else { "number" };
        page.note_use(Sort::Setting(unit), &setting.value, setting.span);
        page.note_written(Slot::Setting(setting.value.clone()));
        return Some(Test::Compare(comparison, Slot::Setting(setting.value)));
    }
    let text = as_text(value)?;
    let read = phrase::comparison(&text.value).map(|(comparison, rest)| {
        let number = if money { phrase::amount(rest) } else { phrase::count(rest) };
        number.map(|number| (comparison, number))
    });
    match read {
        Some(Ok((comparison, number))) => {
            page.note_written(Slot::Stated(text));
            Some(Test::Compare(comparison, Slot::Stated(number)))
        }
        _ => {
            let form =
                if money { "可以写：>= 500 元（或 > <= <）" } else { "可以写：>= 3（或 > <= <）" };
            page.error_with(text.span, format!("`{name}` 看不懂 `{}`", text.value), form);
            None
        }
    }
}
