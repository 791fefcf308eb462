//! What stands in the cells of a form (单据内容): attributes, moments of facts, words of acts, signatures.

use calendar::{Moment, Zone};
use journal::Laws;
use journal::reads::value_in_words;
use maud::{Markup, html};
use office::case::Case;
use office::event::{Signature, SignatureWay};

use crate::components::marks::drawn_signature;
use crate::language::t;

/// A case as its forms show it. Paper shows personal fields in full: it goes to the person's own door.
pub(super) struct Content<'a> {
    /// The case.
    pub case: &'a Case,
    /// Words and zone.
    pub laws: &'a Laws,
    /// Name of the worker.
    pub assignee: String,
}

impl Content<'_> {
    /// The text of a cell.
    pub fn text(&self, from: &str) -> String {
        let case = self.case;
        let sealed = |field: &str| {
            let first = case.entries.first().and_then(|entry| entry.event.sealed.as_ref());
            first.and_then(|sealed| sealed.fields.get(field)).cloned().unwrap_or_default()
        };
        match from.split_once(':') {
            Some(("fact", fact)) => case.last(fact).map(|entry| self.moment(entry.event.happened)).unwrap_or_default(),
            Some(("note", act)) => case.last(act).map(|entry| entry.event.body.note.clone()).unwrap_or_default(),
            _ => match from {
                "" => String::new(),
                "number" => case.number.clone(),
                "place" => case.place.clone(),
                "title" => case.title.clone(),
                "opened" => self.moment(case.opened),
                "caller" => sealed("name"),
                "phone" => sealed("phone"),
                "words" => case.attributes.get("case.content").cloned().unwrap_or_default(),
                "assignee" => self.assignee.clone(),
                attribute => {
                    let value = case.attributes.get(attribute);
                    value.map(|value| value_in_words(self.laws, attribute, value)).unwrap_or_default()
                }
            },
        }
    }

    fn moment(&self, at: Moment) -> String {
        clock(&self.laws.zone, at)
    }

    /// The signature of a fact and its moment; empty while nobody has signed.
    pub fn signature(&self, fact: &str) -> (Markup, String) {
        let Some(entry) = self.case.last(fact) else { return (html! {}, String::new()) };
        let moment = self.moment(entry.event.happened);
        match &entry.event.body.signature {
            Some(signature) => (seal(signature), moment),
            None => (html! {}, String::new()),
        }
    }
}

fn seal(signature: &Signature) -> Markup {
    match signature.way {
        SignatureWay::Drawn => drawn_signature(&signature.path, &signature.name),
        SignatureWay::Login => html! { (signature.name) },
        SignatureWay::Paper => html! { (signature.name) "（" (t("纸上已签")) "）" },
        SignatureWay::Phone => html! { (signature.name) "（" (t("电话确认")) "）" },
    }
}

/// 2026-11-16 09:12.
fn clock(zone: &Zone, at: Moment) -> String {
    zone.civil(at).strftime("%Y-%m-%d %H:%M").to_string()
}
