//! Reading a table of a rulebook file (表): each key is asked for once; what nobody asked for is an unknown key.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Range;

use jiff::civil::Date;
use toml::Spanned;
use toml::de::{DeTable, DeValue, Error};

use crate::model::{At, Slot, Sort, Use};
use crate::nearest::nearest;
use crate::problem::{Problem, Severity};
use crate::words::Vocabulary;

/// One file while it is read: what is wrong in it and what it uses is gathered here.
pub struct Page<'a> {
    /// Name of the file.
    pub file: &'a str,
    /// Its text.
    pub text: &'a str,
    /// The vocabulary that its words must be in.
    pub words: &'a Vocabulary,
    /// The book's own wordings.
    pub aliases: &'a BTreeMap<String, String>,
    problems: RefCell<Vec<Problem>>,
    uses: RefCell<Vec<Use>>,
    written: RefCell<Vec<Slot<At<String>>>>,
}

impl<'a> Page<'a> {
    /// A page on which nothing has been found yet.
    pub fn new(file: &'a str, text: &'a str, words: &'a Vocabulary, aliases: &'a BTreeMap<String, String>) -> Page<'a> {
        Page {
            file,
            text,
            words,
            aliases,
            problems: RefCell::default(),
            uses: RefCell::default(),
            written: RefCell::default(),
        }
    }

    /// Notes a mistake at `span`.
    pub fn error(&self, span: Range<usize>, sentence: impl Into<String>) {
        self.report(Problem::error(self.file, span, sentence));
    }

    /// Notes a mistake at `span` with advice.
    pub fn error_with(&self, span: Range<usize>, sentence: impl Into<String>, hint: impl Into<String>) {
        self.report(Problem::error(self.file, span, sentence).with_hint(hint));
    }

    /// Notes a problem.
    pub fn report(&self, problem: Problem) {
        self.problems.borrow_mut().push(problem);
    }

    /// How many mistakes there are so far.
    pub fn count(&self) -> usize {
        self.problems.borrow().iter().filter(|problem| problem.severity == Severity::Error).count()
    }

    /// Notes that a word or setting is used here.
    pub fn note_use(&self, sort: Sort, word: &str, span: Range<usize>) {
        self.uses.borrow_mut().push(Use { sort, word: word.to_owned(), span });
    }

    /// Notes a phrase with numbers as it was written, for the comparison with the summary.
    pub fn note_written(&self, phrase: Slot<At<String>>) {
        self.written.borrow_mut().push(phrase);
    }

    /// The phrases noted since the last call.
    pub fn take_written(&self) -> Vec<Slot<At<String>>> {
        self.written.take()
    }

    /// The problems and uses found, in the order of the file.
    pub fn close(self) -> (Vec<Problem>, Vec<Use>) {
        let (mut problems, mut uses) = (self.problems.into_inner(), self.uses.into_inner());
        problems.sort_by_key(|problem| problem.span.start);
        uses.sort_by_key(|one| one.span.start);
        (problems, uses)
    }

    /// Reports what makes the text no TOML.
    pub fn syntax(&self, errors: &[Error]) {
        for error in errors {
            let span = error.span().unwrap_or(0..0);
            let message = error.message();
            let (sentence, hint) = syntax_in_words(message);
            self.error_with(span, sentence, hint.map_or_else(|| format!("TOML：{message}"), str::to_owned));
        }
    }
}

/// The commoner mistakes of TOML in Chinese; the rest keeps the reader's own message as advice.
fn syntax_in_words(message: &str) -> (&'static str, Option<&'static str>) {
    let known = [
        ("duplicate key", "同一个键写了两次", "合并成一个，或改成 [[…]] 的另一条"),
        ("duplicate", "同一个键或表写了两次", "合并成一个，或改成 [[…]] 的另一条"),
        ("invalid basic string", "字符串没有写完", "中文值前后各要一个英文双引号"),
        ("string values must be quoted", "值没有加引号", "中文值前后各要一个英文双引号"),
        (
            "unquoted keys cannot contain",
            "中文键没有加引号",
            "中文键前后各要一个英文双引号，如 \"投诉类别\" = \"一类\"",
        ),
        ("key with no value", "键后面没有值", "写成 键 = 值"),
        ("missing assignment", "键后面没有值", "写成 键 = 值"),
        ("missing value", "等号后面没有值", "写成 键 = 值"),
    ];
    for (part, sentence, hint) in known {
        if message.contains(part) {
            return (sentence, Some(hint));
        }
    }
    ("这里不合 TOML 的写法", None)
}

/// A table being read.
pub struct Table<'a> {
    /// The page it stands on.
    pub page: &'a Page<'a>,
    entries: &'a DeTable<'a>,
    /// Where it stands: its heading.
    pub span: Range<usize>,
    asked: Vec<&'static str>,
}

/// How a value is called in messages.
fn sort_of(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "文字",
        DeValue::Integer(_) => "整数",
        DeValue::Float(_) => "小数",
        DeValue::Boolean(_) => "true/false",
        DeValue::Datetime(_) => "日期或时间",
        DeValue::Array(_) => "列表",
        DeValue::Table(_) => "表",
    }
}

impl<'a> Table<'a> {
    /// The table `entries`, whose heading stands at `span`.
    pub fn new(page: &'a Page<'a>, entries: &'a DeTable<'a>, span: Range<usize>) -> Table<'a> {
        Table { page, entries, span, asked: Vec::new() }
    }

    /// The value of `key`, which is known from now on.
    pub fn take(&mut self, key: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.asked.push(key);
        self.entries.get(key)
    }

    /// Whether `key` is there, without asking for it.
    pub fn has(&self, key: &str) -> bool {
        self.entries.contains_key(key)
    }

    /// Where `key` stands.
    pub fn place_of(&self, key: &str) -> Option<Range<usize>> {
        self.entries.get_key_value(key).map(|(key, _)| key.span())
    }

    /// All entries in the order of the file; every key is known from now on.
    pub fn all(&self) -> Vec<(At<String>, &'a Spanned<DeValue<'a>>)> {
        let mut all: Vec<_> = self.entries.iter().map(|(key, value)| (at(key.span(), key.get_ref()), value)).collect();
        all.sort_by_key(|(key, _)| key.span.start);
        all
    }

    /// Reports every key that was not asked for, with the nearest that was.
    pub fn finish(self) {
        for (key, _) in self.entries.iter() {
            let name: &str = key.get_ref();
            if self.asked.contains(&name) {
                continue;
            }
            let hint = match nearest(name, self.asked.iter().copied()) {
                Some(near) => format!("最接近的是 `{near}`"),
                None => format!("这里可以写：{}", self.asked.join(" ")),
            };
            self.page.error_with(key.span(), format!("不认识的键 `{name}`"), hint);
        }
    }

    /// Reports that `value` should have been `wanted`.
    pub fn mistyped(&self, key: &str, value: &Spanned<DeValue<'_>>, wanted: &str) {
        let found = sort_of(value.get_ref());
        self.page.error(value.span(), format!("`{key}` 应写成{wanted}，这里是{found}"));
    }

    /// Reports that `key` is missing.
    pub fn missing(&self, key: &str) {
        self.page.error(self.span.clone(), format!("缺少 `{key}`"));
    }

    /// A text.
    pub fn text(&mut self, key: &'static str) -> Option<At<String>> {
        let value = self.take(key)?;
        match value.get_ref() {
            DeValue::String(text) => Some(at(value.span(), text)),
            _ => {
                self.mistyped(key, value, "文字（加双引号）");
                None
            }
        }
    }

    /// A text that must be there and not be blank.
    pub fn need(&mut self, key: &'static str) -> Option<At<String>> {
        if !self.has(key) {
            self.asked.push(key);
            self.missing(key);
            return None;
        }
        let text = self.text(key)?;
        if text.value.trim().is_empty() {
            self.page.error(text.span, format!("`{key}` 不能空着"));
            return None;
        }
        Some(text)
    }

    /// A text without its place.
    pub fn plain(&mut self, key: &'static str) -> Option<String> {
        self.text(key).map(|text| text.value)
    }

    /// A text or a list of texts.
    pub fn texts(&mut self, key: &'static str) -> Vec<At<String>> {
        match self.take(key) {
            Some(value) => self.texts_of(key, value),
            None => Vec::new(),
        }
    }

    /// A value that is a text or a list of texts.
    pub fn texts_of(&self, key: &str, value: &Spanned<DeValue<'_>>) -> Vec<At<String>> {
        match value.get_ref() {
            DeValue::String(text) => vec![at(value.span(), text)],
            DeValue::Array(list) => {
                let mut texts = Vec::new();
                for one in list.iter() {
                    match one.get_ref() {
                        DeValue::String(text) => texts.push(at(one.span(), text)),
                        _ => self.mistyped(key, one, "文字（加双引号）"),
                    }
                }
                texts
            }
            _ => {
                self.mistyped(key, value, "文字或文字的列表");
                Vec::new()
            }
        }
    }

    /// Texts without their places.
    pub fn plains(&mut self, key: &'static str) -> Vec<String> {
        self.texts(key).into_iter().map(|text| text.value).collect()
    }

    /// `true`, `false`, or nothing.
    pub fn flag(&mut self, key: &'static str) -> Option<bool> {
        let value = self.take(key)?;
        match value.get_ref() {
            DeValue::Boolean(yes) => Some(*yes),
            _ => {
                self.mistyped(key, value, " true 或 false（不加引号）");
                None
            }
        }
    }

    /// A whole number.
    pub fn integer(&mut self, key: &'static str) -> Option<i64> {
        let value = self.take(key)?;
        let number = whole(value.get_ref());
        if number.is_none() {
            self.mistyped(key, value, "整数（不加引号）");
        }
        number
    }

    /// A number of things, which must be there.
    pub fn need_count(&mut self, key: &'static str) -> Option<usize> {
        if !self.has(key) {
            self.asked.push(key);
            self.missing(key);
            return None;
        }
        usize::try_from(self.integer(key)?).ok()
    }

    /// A date without quotes.
    pub fn date(&mut self, key: &'static str) -> Option<Date> {
        let value = self.take(key)?;
        let date = match value.get_ref() {
            DeValue::Datetime(_) => self.page.text.get(value.span()).and_then(|text| text.trim().parse().ok()),
            _ => None,
        };
        if date.is_none() {
            self.mistyped(key, value, "日期（不加引号，如 2026-01-01）");
        }
        date
    }

    /// A text that a moment or a text may stand for.
    pub fn moment_text(&mut self, key: &'static str) -> Option<String> {
        let value = self.take(key)?;
        match value.get_ref() {
            DeValue::String(text) => Some(text.to_string()),
            DeValue::Datetime(_) => self.page.text.get(value.span()).map(|text| text.trim().replace('T', " ")),
            _ => {
                self.mistyped(key, value, "文字，如 \"2026-03-06 09:00\"");
                None
            }
        }
    }

    /// One of a few words; another word is reported with the list.
    pub fn one_of<T: Copy>(&mut self, key: &'static str, words: &[(&str, T)]) -> Option<T> {
        let text = self.text(key)?;
        if let Some((_, value)) = words.iter().find(|(word, _)| *word == text.value) {
            return Some(*value);
        }
        let list: Vec<String> = words.iter().map(|(word, _)| format!("`{word}`")).collect();
        let sentence = format!("`{key}` 不能写 `{}`", text.value);
        self.page.error_with(text.span, sentence, format!("可以写：{}", list.join(" ")));
        None
    }

    /// A table.
    pub fn table(&mut self, key: &'static str) -> Option<Table<'a>> {
        let value = self.take(key)?;
        match value.get_ref() {
            DeValue::Table(entries) => Some(Table::new(self.page, entries, value.span())),
            _ => {
                self.mistyped(key, value, "表，如 { … }");
                None
            }
        }
    }

    /// A list of tables, in the order of the file.
    pub fn tables(&mut self, key: &'static str) -> Vec<Table<'a>> {
        let Some(value) = self.take(key) else {
            return Vec::new();
        };
        let DeValue::Array(list) = value.get_ref() else {
            self.mistyped(key, value, &format!("表的列表（标题用两层方括号：[[{key}]]）"));
            return Vec::new();
        };
        let mut tables = Vec::new();
        for one in list.iter() {
            match one.get_ref() {
                DeValue::Table(entries) => tables.push(Table::new(self.page, entries, one.span())),
                _ => self.mistyped(key, one, "表，如 { … }"),
            }
        }
        tables
    }

    /// A table of texts, whole numbers and flags as texts, keyed by words.
    pub fn values(&mut self, key: &'static str) -> Vec<(At<String>, At<String>)> {
        let Some(table) = self.table(key) else {
            return Vec::new();
        };
        let mut values = Vec::new();
        for (word, value) in table.all() {
            match as_text(value) {
                Some(text) => values.push((word, text)),
                None => self.mistyped(&word.value, value, "文字"),
            }
        }
        values
    }
}

/// A text, number or flag as text; `是`/`否` for flags.
pub fn as_text(value: &Spanned<DeValue<'_>>) -> Option<At<String>> {
    let text = match value.get_ref() {
        DeValue::String(text) => text.to_string(),
        DeValue::Integer(_) => whole(value.get_ref())?.to_string(),
        DeValue::Boolean(true) => "是".to_owned(),
        DeValue::Boolean(false) => "否".to_owned(),
        DeValue::Datetime(moment) => moment.to_string().replace('T', " "),
        _ => return None,
    };
    Some(At { value: text, span: value.span() })
}

/// A whole number that fits.
pub fn whole(value: &DeValue<'_>) -> Option<i64> {
    match value {
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix()).ok(),
        _ => None,
    }
}

/// `text` at `span`.
pub fn at(span: Range<usize>, text: &str) -> At<String> {
    At { value: text.to_owned(), span }
}
