//! Slots of a rule (槽): phrases of time and numbers, or the setting that stands for one.

use calendar::{BadPhrase, Every, On, Span};
use toml::Spanned;
use toml::de::DeValue;

use super::phrase;
use super::table::{Table, as_text, at, whole};
use crate::model::*;

impl<'a> Table<'a> {
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
            DeValue::Datetime(_) => self.page.text.get(value.span()).map(|text| at(value.span(), text.trim())),
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
    fn setting(&self, key: &str, value: &'a Spanned<DeValue<'a>>, unit: &'static str) -> Option<Option<String>> {
        let DeValue::Table(entries) = value.get_ref() else {
            return None;
        };
        let mut table = Table::new(self.page, entries, value.span());
        let named = table.text("setting");
        if named.is_none() {
            self.page.error(value.span(), format!("`{key}` 的表里要写 setting = \"设置名\""));
        }
        table.finish();
        Some(named.map(|name| {
            self.page.note_use(Sort::Setting(unit), &name.value, name.span);
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

    /// `within` (a span) or `due` (an anchor); both at once are refused.
    pub fn limit(&mut self, within: &'static str, due: &'static str) -> Limit {
        let (span, anchor) = (self.span(within), self.anchor(due));
        if self.has(within) && self.has(due) {
            self.page.error(self.span.clone(), format!("`{within}` 和 `{due}` 只能写一个"));
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
}

/// A number of things written without quotes or with a measure word.
pub fn number_of(value: &DeValue<'_>) -> Option<i64> {
    match value {
        DeValue::String(text) => phrase::count(text).ok(),
        other => whole(other),
    }
}
