//! Slots of a rule (槽): words of the vocabulary, phrases of time, numbers or settings, anchors, conditions.

use std::ops::Range;

use calendar::{BadPhrase, Every, On, Span, parse_time};
use toml::Spanned;
use toml::de::DeValue;

use super::phrase;
use super::table::{Page, Table, as_text, at, whole};
use crate::model::*;
use crate::nearest::nearest;
use crate::problem::Problem;
use crate::words::{AttributeWord, Unit};

impl<'a> Page<'a> {
    /// The vocabulary's word for what the book wrote.
    pub fn resolve<'w>(&'w self, word: &'w str) -> &'w str {
        self.aliases.get(word).map_or(word, String::as_str)
    }

    /// A word of one of `sorts`: an alias is replaced, an unknown word reported (and kept as written).
    pub fn word(&self, written: At<String>, sorts: &[Sort]) -> At<String> {
        let word = self.resolve(written.value.trim()).to_owned();
        match sorts.iter().find(|sort| self.knows(**sort, &word)) {
            Some(sort) => self.note_use(*sort, &word, written.span.clone()),
            None => self.unknown_word(&written, &word, sorts),
        }
        At {
            value: word,
            span: written.span,
        }
    }

    /// A word that may be a fact, and is free otherwise; a slip of one letter is pointed out.
    pub fn fact_or_words(&self, written: At<String>) -> At<String> {
        if self.knows(Sort::Fact, self.resolve(written.value.trim())) {
            return self.word(written, &[Sort::Fact]);
        }
        let facts = self.words.facts.iter().map(|fact| fact.zh.as_str());
        if let Some(near) = nearest(&written.value, facts).filter(|near| near.chars().count() > 3) {
            let sentence = format!("`{}` 不是词汇表里的事实，按普通文字处理", written.value);
            let problem = Problem::warning(self.file, written.span.clone(), sentence);
            self.report(problem.with_hint(format!("最接近的事实是 `{near}`")));
        }
        written
    }

    /// A form, or words for a record that is none.
    pub fn form_or_words(&self, written: At<String>) -> At<String> {
        let known = self.knows(Sort::Form, self.resolve(written.value.trim()));
        if known {
            self.word(written, &[Sort::Form])
        } else {
            written
        }
    }

    /// A post, or words for a place that is none.
    pub fn post_or_words(&self, written: At<String>) -> At<String> {
        let known = self.knows(Sort::Post, self.resolve(written.value.trim()));
        if known {
            self.word(written, &[Sort::Post])
        } else {
            written
        }
    }

    fn knows(&self, sort: Sort, word: &str) -> bool {
        match sort {
            Sort::Fact => self.words.fact(word).is_some(),
            Sort::Attribute => self.words.attribute(word).is_some(),
            Sort::Post => self.words.post(word).is_some(),
            Sort::Form => self.words.form(word).is_some(),
            Sort::Setting(_) | Sort::Clause => true,
        }
    }

    fn unknown_word(&self, written: &At<String>, word: &str, sorts: &[Sort]) {
        let names: Vec<&str> = sorts.iter().map(|sort| sort_zh(*sort)).collect();
        let sentence = format!("`{word}` 不是词汇表里的{}", names.join("或"));
        let others = [Sort::Fact, Sort::Attribute, Sort::Post, Sort::Form];
        let hint = match others.iter().find(|sort| self.knows(**sort, word)) {
            Some(other) => format!("它是{}", sort_zh(*other)),
            None => match nearest(word, sorts.iter().flat_map(|sort| self.list(*sort))) {
                Some(near) => format!("最接近的是 `{near}`"),
                None => format!(
                    "先在词汇表登记为 [[{}]]",
                    sorts.first().map_or("fact", |sort| section(*sort))
                ),
            },
        };
        self.error_with(written.span.clone(), sentence, hint);
    }

    fn list(&self, sort: Sort) -> Vec<&str> {
        match sort {
            Sort::Fact => self
                .words
                .facts
                .iter()
                .map(|word| word.zh.as_str())
                .collect(),
            Sort::Attribute => self
                .words
                .attributes
                .iter()
                .map(|word| word.zh.as_str())
                .collect(),
            Sort::Post => self
                .words
                .posts
                .iter()
                .map(|word| word.zh.as_str())
                .collect(),
            Sort::Form => self
                .words
                .forms
                .iter()
                .map(|word| word.zh.as_str())
                .collect(),
            Sort::Setting(_) | Sort::Clause => Vec::new(),
        }
    }

    /// A phrase that no form fits.
    pub fn bad_phrase(&self, span: Range<usize>, key: &str, bad: &BadPhrase) {
        let sentence = format!("`{key}` 看不懂 `{}`", bad.written);
        self.error_with(
            span,
            sentence,
            format!("可以写：{}", bad.forms.replace('\n', "；")),
        );
    }
}

fn sort_zh(sort: Sort) -> &'static str {
    match sort {
        Sort::Fact => "事实",
        Sort::Attribute => "属性",
        Sort::Post => "岗位",
        Sort::Form => "单据",
        Sort::Setting(_) => "设置",
        Sort::Clause => "条款",
    }
}

fn section(sort: Sort) -> &'static str {
    match sort {
        Sort::Attribute => "attribute",
        Sort::Post => "post",
        Sort::Form => "form",
        _ => "fact",
    }
}

impl<'a> Table<'a> {
    /// One word of `sort`.
    pub fn word(&mut self, key: &'static str, sort: Sort) -> Option<At<String>> {
        self.text(key).map(|text| self.page.word(text, &[sort]))
    }

    /// One word of `sort` that must be there.
    pub fn need_word(&mut self, key: &'static str, sort: Sort) -> Option<At<String>> {
        self.need(key).map(|text| self.page.word(text, &[sort]))
    }

    /// One word of `sort`, without its place.
    pub fn plain_word(&mut self, key: &'static str, sort: Sort) -> Option<String> {
        self.word(key, sort).map(|word| word.value)
    }

    /// Words of `sort`.
    pub fn words(&mut self, key: &'static str, sort: Sort) -> Vec<At<String>> {
        self.texts(key)
            .into_iter()
            .map(|text| self.page.word(text, &[sort]))
            .collect()
    }

    /// Words of `sort`, at least one.
    pub fn need_words(&mut self, key: &'static str, sort: Sort) -> Option<Vec<At<String>>> {
        if !self.has(key) {
            self.missing(key);
        }
        let words = self.words(key, sort);
        (!words.is_empty()).then_some(words)
    }

    /// Words of `sort`, without their places.
    pub fn plain_words(&mut self, key: &'static str, sort: Sort) -> Vec<String> {
        self.words(key, sort)
            .into_iter()
            .map(|word| word.value)
            .collect()
    }

    /// A phrase or `{ setting = "…" }`; `unit` is what the setting must be.
    pub fn slot<T>(
        &mut self,
        key: &'static str,
        unit: &'static str,
        read: impl Fn(&str) -> Result<T, BadPhrase>,
    ) -> Option<Slot<T>> {
        let value = self.take(key)?;
        if let Some(setting) = self.setting(key, value, unit) {
            return setting.map(Slot::Setting);
        }
        let text = match value.get_ref() {
            DeValue::Datetime(_) => self
                .page
                .text
                .get(value.span())
                .map(|text| at(value.span(), text.trim())),
            _ => as_text(value),
        };
        let Some(text) = text else {
            self.mistyped(key, value, "文字，或 { setting = \"设置名\" }");
            return None;
        };
        match read(&text.value) {
            Ok(read) => {
                self.page.note_written(Slot::Stated(text));
                Some(Slot::Stated(read))
            }
            Err(bad) => {
                self.page.bad_phrase(text.span, key, &bad);
                None
            }
        }
    }

    /// The setting that `value` names when it is a table; the inner none is a table that names none.
    fn setting(
        &self,
        key: &str,
        value: &'a Spanned<DeValue<'a>>,
        unit: &'static str,
    ) -> Option<Option<String>> {
        let DeValue::Table(entries) = value.get_ref() else {
            return None;
        };
        let mut table = Table::new(self.page, entries, value.span());
        let named = table.text("setting");
        if named.is_none() {
            self.page.error(
                value.span(),
                format!("`{key}` 的表里要写 setting = \"设置名\""),
            );
        }
        table.finish();
        Some(named.map(|name| {
            self.page
                .note_use(Sort::Setting(unit), &name.value, name.span);
            self.page.note_written(Slot::Setting(name.value.clone()));
            name.value
        }))
    }

    /// A length of time.
    pub fn span(&mut self, key: &'static str) -> Option<Slot<Span>> {
        self.slot(key, "span", Span::parse)
    }

    /// A recurring moment.
    pub fn every(&mut self, key: &'static str) -> Option<Slot<Every>> {
        self.slot(key, "every", Every::parse)
    }

    /// Days or hours on which a rule holds.
    pub fn on(&mut self, key: &'static str) -> Option<On> {
        let text = self.text(key)?;
        match On::parse(&text.value) {
            Ok(on) => Some(on),
            Err(bad) => {
                self.page.bad_phrase(text.span, key, &bad);
                None
            }
        }
    }

    /// An anchor: a phrase, or a table when its number is a setting.
    pub fn anchor(&mut self, key: &'static str) -> Option<Anchor> {
        let value = self.take(key)?;
        match value.get_ref() {
            DeValue::String(text) => anchor_phrase(self.page, key, at(value.span(), text)),
            DeValue::Table(entries) => anchor_table(Table::new(self.page, entries, value.span())),
            _ => {
                self.mistyped(
                    key,
                    value,
                    "文字，或 { base = \"…\", after = { setting = \"…\" } }",
                );
                None
            }
        }
    }

    /// `within` (a span) or `due` (an anchor); both at once are refused.
    pub fn limit(&mut self, within: &'static str, due: &'static str) -> Limit {
        let (span, anchor) = (self.span(within), self.anchor(due));
        if self.has(within) && self.has(due) {
            self.page.error(
                self.span.clone(),
                format!("`{within}` 和 `{due}` 只能写一个"),
            );
        }
        match (span, anchor) {
            (Some(span), _) => Limit::Within(span),
            (None, Some(anchor)) => Limit::Due(anchor),
            (None, None) => Limit::None,
        }
    }

    /// A span or an anchor in one slot; missing is at once.
    pub fn limit_in_one(&mut self, key: &'static str) -> Limit {
        let value = self.take(key);
        let is_span = match value.map(|value| value.get_ref()) {
            None => return Limit::None,
            Some(DeValue::String(text)) => Span::parse(text).is_ok(),
            Some(DeValue::Table(entries)) => entries.contains_key("setting"),
            Some(_) => true,
        };
        if is_span {
            self.span(key).map_or(Limit::None, Limit::Within)
        } else {
            self.anchor(key).map_or(Limit::None, Limit::Due)
        }
    }

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
        table
            .all()
            .into_iter()
            .filter_map(|(name, value)| condition(page, name, value))
            .collect()
    }
}

/// One line of a condition table.
fn condition<'a>(
    page: &Page<'a>,
    name: At<String>,
    value: &'a Spanned<DeValue<'a>>,
) -> Option<Condition> {
    let attribute = page.word(name, &[Sort::Attribute]);
    let known = page
        .words
        .attribute(&attribute.value)
        .map(|place| &page.words.attributes[place]);
    let span = value.span();
    let test = test_of(page, &attribute.value, value, known)?;
    Some(Condition {
        attribute,
        test,
        span,
    })
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
        let words = rest
            .split('、')
            .map(|word| value_word(page, at(text.span.clone(), word.trim()), known));
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
        Unit::Post => (
            page.words.post(&word).is_some(),
            "词汇表里的岗位".to_owned(),
        ),
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
    if let Some(attribute) =
        known.filter(|attribute| !matches!(attribute.unit, Unit::Money | Unit::Number))
    {
        page.error(
            value.span(),
            format!("`{}` 不是数目或金额，不能比大小", attribute.zh),
        );
        return None;
    }
    if let DeValue::Table(entries) = value.get_ref() {
        let mut table = Table::new(page, entries, value.span());
        let sign = table.need("compare");
        let setting = table.need("setting");
        table.finish();
        let (sign, setting) = (sign?, setting?);
        let Some((comparison, "")) = phrase::comparison(&sign.value) else {
            page.error_with(
                sign.span,
                format!("`compare` 看不懂 `{}`", sign.value),
                "可以写：>= > <= <",
            );
            return None;
        };
        let unit = if money { "money" } else { "number" };
        page.note_use(Sort::Setting(unit), &setting.value, setting.span);
        page.note_written(Slot::Setting(setting.value.clone()));
        return Some(Test::Compare(comparison, Slot::Setting(setting.value)));
    }
    let text = as_text(value)?;
    let read = phrase::comparison(&text.value).map(|(comparison, rest)| {
        let number = if money {
            phrase::amount(rest)
        } else {
            phrase::count(rest)
        };
        number.map(|number| (comparison, number))
    });
    match read {
        Some(Ok((comparison, number))) => {
            page.note_written(Slot::Stated(text));
            Some(Test::Compare(comparison, Slot::Stated(number)))
        }
        _ => {
            let form = if money {
                "可以写：>= 500 元（或 > <= <）"
            } else {
                "可以写：>= 3（或 > <= <）"
            };
            page.error_with(text.span, format!("`{name}` 看不懂 `{}`", text.value), form);
            None
        }
    }
}

/// An anchor as written.
pub fn anchor_phrase(page: &Page<'_>, key: &str, written: At<String>) -> Option<Anchor> {
    let (base, shift) = phrase::cut_anchor(&written.value);
    let read = phrase::shift(shift);
    let base = anchor_base(page, base, written.span.clone());
    match read {
        Ok(read) => {
            page.note_written(Slot::Stated(at(written.span, shift)));
            Some(Anchor {
                base: base?,
                shift: read,
            })
        }
        Err(bad) => {
            page.bad_phrase(written.span, key, &bad);
            None
        }
    }
}

/// An anchor whose number is a setting.
fn anchor_table(mut table: Table<'_>) -> Option<Anchor> {
    let base = table.text("base");
    let after = table.span("after").map(AnchorShift::After);
    let before = table.span("before").map(AnchorShift::Before);
    let time = table
        .slot("next_time", "time", parse_time)
        .map(AnchorShift::NextTime);
    let day = table
        .slot("next_day", "day", phrase::day)
        .map(AnchorShift::NextMonthDay);
    let quarter = table
        .slot("next_quarter_day", "day", phrase::day)
        .map(AnchorShift::NextQuarterDay);
    let page = table.page;
    let span = table.span.clone();
    table.finish();
    let base = match base {
        Some(text) => anchor_base(page, text.value.trim(), text.span)?,
        None => AnchorBase::Opening,
    };
    let mut shifts = [after, before, time, day, quarter].into_iter().flatten();
    let shift = shifts.next().unwrap_or(AnchorShift::None);
    if shifts.next().is_some() {
        page.error(
            span,
            "`after` `before` `next_time` `next_day` `next_quarter_day` 只能写一个",
        );
        return None;
    }
    Some(Anchor { base, shift })
}

fn anchor_base(page: &Page<'_>, text: &str, span: Range<usize>) -> Option<AnchorBase> {
    if text.is_empty() {
        return Some(AnchorBase::Opening);
    }
    if let Some(rest) = text.strip_prefix("条款") {
        return clause_base(page, rest, span);
    }
    let word = |name: &str, sorts: &[Sort]| page.word(at(span.clone(), name.trim()), sorts).value;
    if let Some(rest) = text.strip_suffix("中段") {
        let Some((first, last)) = rest.split_once('至') else {
            page.error_with(
                span.clone(),
                format!("看不懂 `{text}`"),
                "可以写：合同开始 至 合同结束 中段",
            );
            return None;
        };
        let dates = [Sort::Attribute];
        return Some(AnchorBase::MiddleThird(
            word(first, &dates),
            word(last, &dates),
        ));
    }
    let either = [Sort::Fact, Sort::Attribute];
    if let Some(rest) = text.strip_suffix("较晚者") {
        return Some(AnchorBase::Later(
            rest.split('、').map(|name| word(name, &either)).collect(),
        ));
    }
    let name = word(text, &either);
    let Some(place) = page.words.attribute(&name) else {
        return Some(AnchorBase::Fact(name));
    };
    if !matches!(page.words.attributes[place].unit, Unit::Date | Unit::Moment) {
        page.error(span.clone(), format!("`{name}` 不是日期或时刻，不能作起点"));
    }
    Some(AnchorBase::Attribute(name))
}

fn clause_base(page: &Page<'_>, rest: &str, span: Range<usize>) -> Option<AnchorBase> {
    let ids: Vec<String> = match rest.trim().strip_suffix("到期") {
        Some(list) => list
            .split('、')
            .map(|id| id.trim().to_owned())
            .filter(|id| !id.is_empty())
            .collect(),
        None => Vec::new(),
    };
    if ids.is_empty() {
        page.error_with(
            span,
            format!("看不懂 `条款{rest}`"),
            "可以写：条款 4.2.3f 到期；条款 4.2.3f、4.2.3g 到期",
        );
        return None;
    }
    for id in &ids {
        page.note_use(Sort::Clause, id, span.clone());
    }
    Some(AnchorBase::ClauseDue(ids))
}

/// A number of things written without quotes or with a measure word.
pub fn number_of(value: &DeValue<'_>) -> Option<i64> {
    match value {
        DeValue::String(text) => phrase::count(text).ok(),
        other => whole(other),
    }
}
