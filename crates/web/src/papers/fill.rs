//! What stands in the cells of a form (填写内容): taken from the case, as the form type says where from.

use std::collections::BTreeMap;

use calendar::Moment;
use journal::Laws;
use journal::reads::{CasePage, Filling, value_in_words};
use maud::{Markup, html};
use office::Entry;
use office::case::Case;
use office::event::{SignatureWay, Touch};
use office::form::SignatureBox;
use rulebook::words::Unit;

use crate::components::marks;
use crate::language::{said, t};

/// What is filled from: the page of a case, or a row of a register.
pub struct Source<'a> {
    case: &'a Case,
    caller: &'a (String, String),
    names: &'a BTreeMap<String, String>,
    care: &'a [(String, Moment)],
    days: i64,
    form: &'a str,
}

impl<'a> Source<'a> {
    /// The page of a case for the print of its form of this number: what issued the form speaks, not what came after.
    pub fn of_form(page: &'a CasePage, number: &'a str) -> Source<'a> {
        Source { form: number, ..Source::from(page) }
    }

    /// The entry of this name that issued the form, else the last one.
    fn last(&self, fact: &str) -> Option<&'a Entry> {
        let issued = |entry: &&Entry| {
            let form = entry.event.body.form.as_ref();
            form.is_some_and(|form| form.number == self.form && matches!(form.touch, Touch::Issued(_)))
        };
        let own = || self.case.entries.iter().filter(|entry| entry.event.name == fact).find(issued);
        (!self.form.is_empty()).then(own).flatten().or_else(|| self.case.last(fact))
    }
}

impl<'a> From<&'a CasePage> for Source<'a> {
    fn from(page: &'a CasePage) -> Source<'a> {
        Source { case: &page.case, caller: &page.caller, names: &page.names, care: &[], days: 0, form: "" }
    }
}

impl<'a> From<&'a Filling> for Source<'a> {
    fn from(row: &'a Filling) -> Source<'a> {
        Source { case: &row.case, caller: &row.caller, names: &row.names, care: &row.care, days: row.days, form: "" }
    }
}

/// The text of a cell; empty for handwriting and for what has not happened.
pub fn text<'a>(source: impl Into<Source<'a>>, laws: &Laws, from: &str) -> String {
    let page = source.into();
    let case = page.case;
    if let Some(fact) = from.strip_prefix("fact:") {
        return page.last(fact).map(|entry| moment(laws, entry.event.happened)).unwrap_or_default();
    }
    if let Some(fact) = from.strip_prefix("note:") {
        return page.last(fact).map(|entry| entry.event.body.note.clone()).unwrap_or_default();
    }
    if let Some(act) = from.strip_prefix("signers:") {
        return signers(laws, case, act);
    }
    if let Some(entry) = from.strip_prefix("count:") {
        let count = case.entries.iter().filter(|it| it.event.name == entry).count();
        return if count == 0 { String::new() } else { count.to_string() };
    }
    if let Some(fact) = from.strip_prefix("by:") {
        let name = page.last(fact).and_then(|entry| page.names.get(&entry.actor));
        return name.cloned().unwrap_or_default();
    }
    if let Some(act) = from.strip_prefix("care:") {
        let due = page.care.iter().find(|(known, _)| known == act);
        return due.map(|(_, at)| laws.zone.date(*at).to_string()).unwrap_or_default();
    }
    if let Some((fact, attribute)) = from.strip_prefix("in:").and_then(|rest| rest.split_once('/')) {
        let said = page.last(fact).and_then(|entry| entry.event.body.attributes.get(attribute));
        return said.map(|value| value_in_words(laws, attribute, value)).unwrap_or_default();
    }
    if let Some((fact, attribute)) = from.strip_prefix("capitals:").and_then(|rest| rest.split_once('/')) {
        let fen = page.last(fact).and_then(|entry| entry.event.body.attributes.get(attribute)?.parse().ok());
        return fen.map(office::money::capitals).unwrap_or_default();
    }
    if let Some((fact, attributes)) = from.strip_prefix("each:").and_then(|rest| rest.split_once('/')) {
        return each(page, laws, fact, attributes);
    }
    match from {
        "" => String::new(),
        "number" => case.number.clone(),
        "days" => page.days.to_string(),
        "place" => case.place.clone(),
        "title" => case.title.clone(),
        "caller" => page.caller.0.clone(),
        "phone" => page.caller.1.clone(),
        "words" => case.attributes.get("case.content").cloned().unwrap_or_default(),
        "charges" => crate::charges::on_paper(case),
        "materials" => office::stock::used_in_words(case),
        "purchases" => purchases(page, laws),
        "unsigned" if office::asked::stands(case) => office::asked::missing(case).join("、"),
        "unsigned" => String::new(),
        "stock_balance" => office::stock::balance(case).to_string(),
        "stock_low" if office::stock::is_low(case) => t("库存低").to_owned(),
        "stock_low" => String::new(),
        "state" => said(case.state.title(), None).into_owned(),
        "opened" => moment(laws, case.opened),
        "assignee" => case.assignee.as_ref().map(|id| page.names.get(id).unwrap_or(id).clone()).unwrap_or_default(),
        attribute => case.attributes.get(attribute).map(|value| value_said(laws, attribute, value)).unwrap_or_default(),
    }
}

/// Everybody who was asked to do this, a line each: name and when, or a line for the hand of who has not.
fn signers(laws: &Laws, case: &Case, act: &str) -> String {
    let asked = office::asked::of(case).into_iter().filter(|it| it.act == act);
    let line = |it: office::asked::Asked| match it.done {
        Some(at) => format!("{}　{}", it.name, moment(laws, at)),
        None => format!("{}　{}", it.name, t("（还没有签）")),
    };
    asked.map(line).collect::<Vec<_>>().join("\n")
}

/// What was asked to be bought: for a repair, or for the shelf.
fn purchases(page: Source<'_>, laws: &Laws) -> String {
    let case = page.case;
    let of_repair = "material.name,material.spec,material.quantity,material.needed_by";
    let card = |id: &str| case.attributes.get(id).map_or("", String::as_str);
    let for_shelf = case.entries.iter().filter(|entry| entry.event.name == "stock.requisitioned").map(|entry| {
        let asked = |id: &str| entry.event.body.attributes.get(id).map_or("", String::as_str);
        let pieces = format!("{} {}", asked("material.quantity"), card("material.unit"));
        let by = Some(asked("material.needed_by")).filter(|it| !it.is_empty());
        let by = by.map(|it| value_in_words(laws, "material.needed_by", it)).unwrap_or_default();
        let said = [card("material.name").to_owned(), card("material.spec").to_owned(), pieces, by];
        said.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join("；")
    });
    let lines = std::iter::once(each(page, laws, "repair.requisitioned", of_repair)).chain(for_shelf);
    lines.filter(|it| !it.is_empty()).collect::<Vec<_>>().join("\n")
}

/// What every act of this name said of these attributes, an act a line.
fn each(page: Source<'_>, laws: &Laws, fact: &str, attributes: &str) -> String {
    let case = page.case;
    let line = |entry: &office::Entry| {
        let said = attributes.split(',').filter_map(|id| match id {
            "at" => Some(moment(laws, entry.event.happened)),
            "by" => Some(page.names.get(&entry.actor).unwrap_or(&entry.actor).clone()),
            _ => {
                let value = entry.event.body.attributes.get(id).filter(|value| !value.is_empty())?;
                Some(value_in_words(laws, id, value))
            }
        });
        said.collect::<Vec<_>>().join("；")
    };
    let entries = case.entries.iter().filter(|entry| entry.event.name == fact);
    entries.map(line).collect::<Vec<_>>().join("\n")
}

/// A value in the language of the print when the vocabulary has it; what a person wrote as it was written.
fn value_said(laws: &Laws, attribute: &str, value: &str) -> String {
    let shown = value_in_words(laws, attribute, value);
    let words = &laws.vocabulary;
    match words.attribute_of_id(attribute).map(|at| &words.attributes[at].unit) {
        Some(Unit::Choice(_) | Unit::Flag | Unit::Post) => said(&shown, None).into_owned(),
        _ => shown,
    }
}

/// To the minute, as it is written by hand.
fn moment(laws: &Laws, at: Moment) -> String {
    laws.zone.civil(at).strftime("%Y-%m-%d %H:%M").to_string()
}

/// A signature as it was given.
pub struct Signed {
    /// Who signed.
    pub name: String,
    /// How, or as what: （纸上签字）, a post.
    pub how: String,
    /// The drawn line; empty when none was drawn.
    pub path: String,
    /// When.
    pub at: String,
}

/// The signature of a box; none when nobody has signed.
pub fn signed<'a>(source: impl Into<Source<'a>>, laws: &Laws, place: &SignatureBox) -> Option<Signed> {
    let page = source.into();
    let entry = place.from.split('|').filter_map(|fact| page.last(fact)).max_by_key(|entry| entry.seq)?;
    let customers =
        office::act::find(&entry.event.name).is_some_and(|act| act.effect == office::act::Effect::SignCustomer);
    if customers && entry.event.body.signature.is_none() {
        // Who entered the consent is not who gave it: the box stays free for the customer's hand.
        return None;
    }
    let at = moment(laws, entry.event.happened);
    Some(match &entry.event.body.signature {
        Some(signature) => {
            let how = match signature.way {
                SignatureWay::Paper => t("纸上签字"),
                SignatureWay::Phone => t("电话确认"),
                SignatureWay::Web => t("网上确认"),
                SignatureWay::Login | SignatureWay::Drawn => "",
            };
            let how = if how.is_empty() { String::new() } else { format!("（{how}）") };
            Signed { name: signature.name.clone(), how, path: signature.path.clone(), at }
        }
        None => {
            let name = page.names.get(&entry.actor).cloned().unwrap_or_default();
            Signed { name, how: format!(" {}", said(&laws.word(&entry.post), None)), path: String::new(), at }
        }
    })
}

/// A signature box: the drawn line, or the name with how it was given; and the moment. Empty when nobody has signed.
pub fn signature<'a>(source: impl Into<Source<'a>>, laws: &Laws, place: &SignatureBox) -> (Markup, String) {
    let Some(signed) = signed(source, laws, place) else { return (html! {}, String::new()) };
    let shown = html! {
        @if signed.path.is_empty() {
            b { (signed.name) }
            @if !signed.how.is_empty() { span.small { (signed.how) } }
        } @else {
            (marks::drawn_signature(&signed.path, &signed.name))
        }
    };
    (shown, signed.at)
}
