//! Registers (登记簿) as data: what is kept row by row, by which act a row begins, which columns it shows and prints. One
//! mechanism for every register; a new one is a table in `registers.toml` and the acts of its rows.
//!
//! A register either lists matters of one kind (投诉登记簿) or holds records of its own (来电登记簿). A record is a case:
//! numbered, with acts, duties, forms, attachments and a page; it begins with the register's opening act.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

/// A register.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegisterType {
    /// Id in addresses; for records also their kind: `call`.
    pub id: String,
    /// Title as printed.
    pub title: String,
    /// English title.
    pub title_en: String,
    /// Where in the rail it belongs: `desk`, `duty`, `mail`.
    pub place: String,
    /// Kind of matter that it lists; none when it holds records of its own.
    #[serde(default)]
    pub of: Option<String>,
    /// Letters of the records' number series, which restarts each month.
    #[serde(default)]
    pub letters: String,
    /// Act that begins a record.
    #[serde(default)]
    pub opens: String,
    /// Attribute that takes the record's number.
    #[serde(default)]
    pub number_attribute: String,
    /// Attributes that a record begins with unless another value is filled in; `{name}` is the name of who begins it, `{place}`
    /// where, `{person}` and `{phone}` whom it concerns as lists show them, `{setting:公布的服务电话/2}` the second part of a
    /// setting of the office, whose parts stand between ；.
    #[serde(default)]
    given: BTreeMap<String, String>,
    /// Attribute that the record is called after, when it has no content; else its words.
    #[serde(default)]
    pub titled_by: String,
    /// Forms of rulebooks that its list is (工程报修登记表 3502): where one is in force, its name and code stand on the print.
    #[serde(default)]
    pub known_as: Vec<String>,
    /// Form that a record is, issued with it under its number.
    #[serde(default)]
    pub form: Option<String>,
    /// Acts of matters that its records have too: a problem that is followed up as a matter is.
    #[serde(default)]
    pub takes: Vec<String>,
    /// Whether the oldest record stands first: what has been open longest.
    #[serde(default)]
    pub oldest_first: bool,
    /// What its records are called after stands in one open record only: a plate, a card, a parking space.
    #[serde(default)]
    pub unique: bool,
    /// Only for those who may see personal data in full.
    #[serde(default)]
    pub guarded: bool,
    /// Asked at opening beside the act's fields.
    #[serde(default)]
    pub asks: Vec<Asked>,
    /// Columns from left to right, after number and time.
    pub columns: Vec<Column>,
}

/// Where the value comes from that an attribute begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Given<'a> {
    /// The name of who begins the record.
    Name,
    /// Where it is about.
    Place,
    /// The name of whom it concerns, as lists show it: the whole name is under their key.
    Person,
    /// Their phone, in the same way.
    Phone,
    /// A part of a setting of the office, counted from one: filled into the form, where it may be written over.
    Setting(&'a str, usize),
    /// As it stands.
    Text(&'a str),
}

impl<'a> Given<'a> {
    fn of(value: &'a str) -> Given<'a> {
        let setting = value.strip_prefix("{setting:").and_then(|it| it.strip_suffix('}'));
        let part = setting.and_then(|it| it.rsplit_once('/'));
        match (value, part.and_then(|(name, nth)| Some((name, nth.parse().ok()?)))) {
            ("{name}", _) => Given::Name,
            ("{place}", _) => Given::Place,
            ("{person}", _) => Given::Person,
            ("{phone}", _) => Given::Phone,
            (_, Some((name, nth))) => Given::Setting(name, nth),
            (text, None) => Given::Text(text),
        }
    }
}

/// What an opening asks beside the fields of its act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Asked {
    /// A unit on file or words for a place; may stay empty.
    Place,
    /// Name and phone of a person, kept under a key of their own; may stay empty.
    Person,
    /// The case that it belongs to, by number; may stay empty.
    Case,
}

/// A column.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// Heading.
    pub label: String,
    /// English heading.
    pub label_en: String,
    /// Where its content comes from, in the words of a form's cell.
    pub from: String,
}

/// The register of proposed deductions, which an office may do without.
pub const DEDUCTIONS: &str = "deductions";

/// Link of a proposed deduction: the account of whom it concerns.
pub const CONCERNED: &str = "concerned";

/// The register of appraisal files, one a person and year.
pub const APPRAISALS: &str = "appraisals";

#[derive(Deserialize)]
struct Registers {
    register: Vec<RegisterType>,
}

static REGISTERS: LazyLock<Vec<RegisterType>> = LazyLock::new(|| {
    let read = |text: &str| -> Registers { toml::from_str(text).expect("the registers are checked by a test") };
    let mut registers = read(include_str!("registers.toml")).register;
    registers.extend(read(include_str!("dossiers.toml")).register);
    registers
});

/// Every register, in the order of the list.
pub fn all() -> &'static [RegisterType] {
    &REGISTERS
}

/// The register of this id.
pub fn find(id: &str) -> Option<&'static RegisterType> {
    REGISTERS.iter().find(|register| register.id == id)
}

impl RegisterType {
    /// The kind of its rows.
    pub fn kind(&self) -> Option<crate::case::CaseKind> {
        crate::case::CaseKind::of(self.of.as_deref().unwrap_or(&self.id))
    }

    /// The attributes that a record begins with, and where their values come from.
    pub fn begins_with(&self) -> impl Iterator<Item = (&str, Given<'_>)> {
        self.given.iter().map(|(attribute, value)| (attribute.as_str(), Given::of(value)))
    }

    /// Whether a record's opening asks for this.
    pub fn asks(&self, what: Asked) -> bool {
        self.asks.contains(&what)
    }
}

/// The form that the record is which this act begins; none for an act that begins none.
pub fn form_of(opens: &str) -> Option<&'static str> {
    all().iter().find(|it| it.opens == opens).and_then(|it| it.form.as_deref())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::act::{self, Effect};

    #[test]
    fn every_register_lists_matters_or_begins_its_own_records() {
        for register in all() {
            let kind = register.kind().unwrap_or_else(|| panic!("{} has no kind", register.id));
            assert!(!register.columns.is_empty(), "{} shows nothing", register.id);
            if register.of.is_some() {
                assert!(register.opens.is_empty(), "{}", register.id);
                continue;
            }
            let opening = act::find(&register.opens).unwrap_or_else(|| panic!("{} begins with no act", register.id));
            assert_eq!(opening.effect, Effect::Open, "{}", register.id);
            assert!(opening.kinds.contains(&kind), "{} is not begun by {}", register.id, opening.id);
            assert_eq!(register.letters.len(), 2, "{}", register.id);
            assert!(register.takes.iter().all(|act| act::find(act).is_some()), "{}", register.id);
            assert!(register.form.as_deref().is_none_or(|form| crate::form::find(form).is_some()), "{}", register.id);
        }
    }

    #[test]
    fn what_a_record_begins_with_is_said_in_words_that_are_read() {
        let known: Vec<&str> = crate::site::office_settings().iter().map(|setting| setting.name).collect();
        for register in all() {
            for (attribute, given) in register.begins_with() {
                match given {
                    Given::Setting(name, nth) => assert!(known.contains(&name) && nth > 0, "{}: {name}", register.id),
                    Given::Text(text) => assert!(!text.contains('{'), "{}: {attribute} = {text}", register.id),
                    Given::Name | Given::Place | Given::Person | Given::Phone => {}
                }
            }
        }
        let cards: Vec<_> = find("service_cards").expect("it is kept").begins_with().collect();
        assert_eq!(cards[0], ("site.duty_phone", Given::Setting("公布的服务电话", 1)));
    }

    #[test]
    fn letters_of_records_are_their_own() {
        let kinds = crate::case::CaseKind::ALL.map(|kind| kind.letters().to_owned());
        let forms: Vec<String> = crate::form::all().iter().map(|form| form.letters.clone()).collect();
        let others: Vec<String> = kinds.into_iter().chain(forms.iter().cloned()).collect();
        let twice = |letters: &&String| forms.iter().filter(|it| it == letters).count() > 1;
        assert_eq!(forms.iter().find(twice), None, "two forms share a series");
        let mut seen = Vec::new();
        for register in all().iter().filter(|it| it.of.is_none()) {
            let taken = others.contains(&register.letters) || seen.contains(&register.letters);
            assert!(!taken || register.form.is_some(), "{} numbers as another does", register.id);
            seen.push(register.letters.clone());
        }
    }

    #[test]
    fn opening_acts_belong_to_a_register() {
        for act in act::catalogue().filter(|act| act.effect == Effect::Open) {
            assert!(all().iter().any(|register| register.opens == act.id), "{} opens nothing", act.id);
        }
    }
}
