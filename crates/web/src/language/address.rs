//! The site's word for whom it serves and for itself (称呼) in every text of the pages: those of the code, and those that the
//! office brings as data, such as acts, forms and registers. Said in Chinese; Traditional is derived from it.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::future::Future;
use std::sync::{LazyLock, OnceLock, RwLock};

use office::site::Address;
use rulebook::words::Vocabulary;

tokio::task_local! {
    static ADDRESSED: Address;
}

/// Texts of the code, each with its words put in once and kept: their number is bounded by code and choices.
static KEPT: LazyLock<RwLock<HashMap<(Address, &'static str), &'static str>>> = LazyLock::new(RwLock::default);

/// Texts that the office brings as data.
static OWN: OnceLock<HashSet<String>> = OnceLock::new();

/// Runs a request with the words of its site.
pub async fn addressed<F: Future>(address: Address, work: F) -> F::Output {
    ADDRESSED.scope(address, work).await
}

/// The words of the present request; none outside one.
pub fn current() -> Address {
    ADDRESSED.try_with(|address| *address).unwrap_or_default()
}

/// A text of the code with the site's words.
pub(super) fn kept(text: &'static str) -> &'static str {
    let address = current();
    let said = match address.names(text) {
        Cow::Borrowed(_) => return text,
        Cow::Owned(said) => said,
    };
    if let Some(known) = KEPT.read().ok().and_then(|table| table.get(&(address, text)).copied()) {
        return known;
    }
    let said: &'static str = Box::leak(said.into_boxed_str());
    if let Ok(mut table) = KEPT.write() {
        return table.entry((address, text)).or_insert(said);
    }
    said
}

/// A text of data with the site's words, when it is one that the office brings; anything else as it was written.
pub(super) fn passing(text: &str) -> Cow<'_, str> {
    match OWN.get().is_some_and(|own| own.contains(text)) {
        true => current().say(text),
        false => Cow::Borrowed(text),
    }
}

/// A text that the program put together with the site's words, as a refusal.
pub fn put(text: &str) -> Cow<'_, str> {
    current().say(text)
}

/// Learns which texts are the office's own: acts, forms, registers, settings, words of the vocabulary.
pub(super) fn learn(words: &Vocabulary) {
    OWN.get_or_init(|| {
        let mut own = HashSet::new();
        let mut add = |text: &str| {
            let changes = |address: Address| matches!(address.say(text), Cow::Owned(_));
            if changes(Address::of("业主", "管理处")) || changes(Address::of("业户", "服务中心")) {
                own.insert(text.to_owned());
            }
        };
        office::act::catalogue().for_each(|it| add(it.title));
        office::act::stages().for_each(|it| add(it.title));
        for form in office::form::all() {
            add(&form.title);
            form.copies.iter().for_each(|it| add(&it.label));
            form.rows.iter().flat_map(|row| &row.cells).for_each(|it| add(&it.label));
            form.signatures.iter().for_each(|it| add(&it.label));
        }
        for register in office::register::all() {
            add(&register.title);
            register.columns.iter().for_each(|it| add(&it.label));
        }
        office::site::office_settings().iter().for_each(|it| add(it.does));
        words.facts.iter().for_each(|it| add(&it.zh));
        words.attributes.iter().for_each(|it| add(&it.zh));
        words.attributes.iter().flat_map(|it| it.values()).for_each(|(zh, _)| add(zh));
        words.posts.iter().for_each(|it| add(&it.zh));
        words.forms.iter().for_each(|it| add(&it.zh));
        own
    });
}
