//! The language of a page (语言): the source text is Chinese and stands in the code; `t("受理")` says it in the language
//! of the request. Traditional Chinese is derived, English stands in one catalogue, whose gaps fall back to Chinese.
//!
//! * `t("受理")` says a text of this crate. A hint behind a bar tells two meanings apart: `t("登记|动词")`; it is never
//!   shown.
//! * `t!("{} 条待上传", n)` fills placeholders, in order `{}` or by number `{0}`; English may say `{0|case|cases}`,
//!   which picks the first word when the argument reads "1".
//! * `zh("受理")` marks a text of a constant table that is said later, so that the catalogue test finds it.
//! * `said(zh, en)` says words that come from data: rulebooks, vocabularies, settings.
//!
//! What a person wrote is never converted.

pub mod address;
mod choose;
mod data;
mod english;
mod fill;
mod traditional;

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::future::Future;
use std::sync::{LazyLock, Mutex};

pub use crate::t;
pub use choose::choose;
pub use data::learn;
pub use fill::fill;

/// A language of the pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Language {
    /// 简体中文, the source.
    #[default]
    Chinese,
    /// 繁體中文, derived from the source with the words used in Taiwan.
    Traditional,
    /// English, from the catalogue.
    English,
}

impl Language {
    /// All languages in the order of the language switch.
    pub const ALL: [Language; 3] = [Language::Chinese, Language::Traditional, Language::English];

    /// The tag for `lang="…"` and for storing the choice.
    pub fn tag(self) -> &'static str {
        match self {
            Language::Chinese => "zh-CN",
            Language::Traditional => "zh-TW",
            Language::English => "en",
        }
    }

    /// The language of a stored tag; other spellings are none.
    pub fn of_tag(tag: &str) -> Option<Language> {
        Language::ALL.into_iter().find(|language| language.tag() == tag)
    }

    /// Its name in itself, which is never translated.
    pub fn own_name(self) -> &'static str {
        match self {
            Language::Chinese => "简体中文",
            Language::Traditional => "繁體中文",
            Language::English => "English",
        }
    }
}

tokio::task_local! {
    static SPOKEN: Language;
}

/// The language of the present request; Chinese outside one.
pub fn current() -> Language {
    SPOKEN.try_with(|language| *language).unwrap_or_default()
}

/// Runs a request in a language. What is moved to another thread or task has to be told the language anew.
pub async fn under<F: Future>(language: Language, work: F) -> F::Output {
    SPOKEN.scope(language, work).await
}

/// Runs `work` in a language, at once: for jobs, prints and tests.
pub fn speak<T>(language: Language, work: impl FnOnce() -> T) -> T {
    SPOKEN.sync_scope(language, work)
}

/// The text in the language of the request. A text that English lacks is Chinese, and is kept in `missing()`.
pub fn t(text: &'static str) -> &'static str {
    match current() {
        Language::Chinese => address::kept(without_hint(text)),
        Language::Traditional => traditional::kept(address::kept(without_hint(text))),
        Language::English => in_english(text),
    }
}

/// Marks a Chinese text of a constant table; the place that shows it calls `t` on it.
pub const fn zh(text: &'static str) -> &'static str {
    text
}

/// Words of data: a post, a form, a clause title. English is what stands beside them, else in the catalogue or in the
/// vocabulary that the pages have learnt; without any they stay Chinese.
pub fn said<'a>(chinese: &'a str, english: Option<&'a str>) -> Cow<'a, str> {
    match current() {
        Language::Chinese => address::passing(chinese),
        Language::Traditional => Cow::Owned(traditional::passing(&address::passing(chinese))),
        Language::English => match english.filter(|it| !it.is_empty()) {
            Some(english) => Cow::Borrowed(english),
            None => data::in_english(chinese),
        },
    }
}

/// Says a text and fills its placeholders: `t!("{} 条待上传", n)`.
#[macro_export]
macro_rules! t {
    ($text:literal $(, $value:expr)+ $(,)?) => {
        $crate::language::fill($crate::language::t($text), &[$(&$value as &dyn ::std::fmt::Display),+])
    };
}

/// Texts that were shown without English since the start, for the self-check page.
pub fn missing() -> Vec<&'static str> {
    MISSING.lock().map(|texts| texts.iter().copied().collect()).unwrap_or_default()
}

static MISSING: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());

static ENGLISH: LazyLock<HashMap<&'static str, &'static str>> =
    LazyLock::new(|| english::AREAS.iter().flat_map(|(_, words)| words.iter().copied()).collect());

fn in_english(text: &'static str) -> &'static str {
    if let Some(words) = ENGLISH.get(text) {
        return words;
    }
    if let Ok(mut texts) = MISSING.lock() {
        texts.insert(text);
    }
    without_hint(text)
}

fn without_hint(text: &'static str) -> &'static str {
    text.split_once('|').map_or(text, |(said, _)| said)
}
