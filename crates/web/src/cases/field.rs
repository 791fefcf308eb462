//! Fields by the vocabulary (按词表的填写项): the unit of an attribute says how it is asked and how it is read. Used by the
//! desk and by every act.

use calendar::{Moment, Zone};
use journal::Laws;
use journal::reads::SupplierRow;
use maud::{Markup, html};
use rulebook::words::Unit;

use crate::components::field::{Chip, Control, Field, chips};
use crate::language::{Language, current, said, t};

/// The field of an attribute. `value` is what was typed before; `wrong` what is wrong with it.
pub fn show(laws: &Laws, id: &str, required: bool, value: &str, wrong: Option<&str>) -> Markup {
    let Some(word) = laws.vocabulary.attribute_of_id(id).map(|at| &laws.vocabulary.attributes[at]) else {
        return html! {};
    };
    let label = said(&word.zh, None).into_owned();
    let line = |kind: &'static str, label: &str| {
        Field { required, wrong, control: Control::Line { kind, value, most: 40 }, ..Field::line(id, label, value) }
            .render()
    };
    let one_of = |values: &[(&str, &str)]| {
        let shown: Vec<Chip> =
            values.iter().map(|(id, words)| Chip { value: id, words, key: None, on: *id == value }).collect();
        let label = if required { format!("{label}＊") } else { label.clone() };
        html! { (chips(id, &label, false, &shown)) @if let Some(wrong) = wrong { p.small.late { (wrong) } } }
    };
    match &word.unit {
        Unit::Choice(values) => {
            let spoken: Vec<(String, String)> = values.iter().map(|(zh, id)| (id.clone(), choice(zh, id))).collect();
            one_of(&spoken.iter().map(|(id, words)| (id.as_str(), words.as_str())).collect::<Vec<_>>())
        }
        Unit::Flag => one_of(&[("yes", t("是")), ("no", t("否"))]),
        Unit::Money => line("text", &crate::t!("{}（元）", label)),
        Unit::Number => line("number", &label),
        Unit::Moment => line("datetime-local", &label),
        Unit::Date => line("date", &label),
        Unit::Post => {
            let posts: Vec<(&str, &str)> = std::iter::once(("", "—"))
                .chain(laws.vocabulary.posts.iter().map(|post| (post.id.as_str(), post.zh.as_str())))
                .collect();
            Field {
                required,
                wrong,
                control: Control::Select { choices: &posts, chosen: value },
                ..Field::line(id, &label, "")
            }
            .render()
        }
        Unit::Text if long(id) => Field {
            required,
            wrong,
            control: Control::Lines { value, rows: rows(id), most: most(id) },
            ..Field::line(id, &label, "")
        }
        .render(),
        Unit::Text | Unit::Person => {
            Field { required, wrong, hint: hint(id), ..Field::line(id, &label, value) }.render()
        }
    }
}

/// How a text is to be written that is read again: the area of a mass event.
fn hint(id: &str) -> &'static str {
    match id {
        "mass.area" => t("3栋、5栋2单元、1至4栋、二期、3-2-501，或“全小区”"),
        _ => "",
    }
}

/// Whether the value of an attribute is somebody of the office.
pub fn is_person(laws: &Laws, id: &str) -> bool {
    let at = laws.vocabulary.attribute_of_id(id);
    at.is_some_and(|at| laws.vocabulary.attributes[at].unit == Unit::Person)
}

/// The field of an attribute that names somebody of the office: chosen from its staff. Whoever is responsible for a matter
/// may be of another company, and who comes to an emergency may be told by a duty: both are proposed only.
pub fn person(laws: &Laws, id: &str, required: bool, value: &str, wrong: Option<&str>, staff: &[String]) -> Markup {
    let label = said(&laws.word(id), None).into_owned();
    let mut names: Vec<&str> = staff.iter().map(String::as_str).collect();
    let own = html! {
        input id=(id) name=(id) value=(value) maxlength="40" required[required] list={ (id) "-staff" } autocomplete="off";
        datalist id={ (id) "-staff" } { @for name in &names { option value=(name) {} } }
    };
    if !value.is_empty() && !names.contains(&value) {
        names.push(value);
    }
    let choices: Vec<(&str, &str)> =
        std::iter::once(("", "—")).chain(names.iter().map(|name| (*name, *name))).collect();
    let control = match id {
        "case.person" | "incident.person" => Control::Own(own),
        _ => Control::Select { choices: &choices, chosen: value },
    };
    Field { required, wrong, control, ..Field::line(id, &label, "") }.render()
}

/// The field of a supplier: chosen from the register. Who cannot be chosen now stands there with the reason.
pub fn supplier(laws: &Laws, required: bool, value: &str, wrong: Option<&str>, suppliers: &[SupplierRow]) -> Markup {
    let id = office::supplier::NUMBER;
    let label = said(&laws.word(id), None).into_owned();
    let words = |it: &SupplierRow| match &it.unfit {
        None => format!("{} {} {}", it.number, it.name, it.trade),
        Some(why) => crate::t!("{0} {1}（不能选：{2}）", it.number, it.name, said(why, None)),
    };
    let spoken: Vec<(&str, String)> = suppliers.iter().map(|it| (it.number.as_str(), words(it))).collect();
    let choices: Vec<(&str, &str)> =
        std::iter::once(("", "—")).chain(spoken.iter().map(|(number, words)| (*number, words.as_str()))).collect();
    let hint = if suppliers.is_empty() { t("供方登记簿里还没有供方") } else { "" };
    Field {
        required,
        wrong,
        hint,
        control: Control::Select { choices: &choices, chosen: value },
        ..Field::line(id, &label, "")
    }
    .render()
}

/// Texts that take more than a line.
fn long(id: &str) -> bool {
    ![
        "number",
        "department",
        "area",
        "matter",
        "kind",
        "requester",
        "address",
        "phone",
        "informant",
        "approver",
        "linked_case",
        "repair.part",
        "room",
        "card_edition",
        "letter_number",
        "festival.name",
        "document.title",
        "document.sender",
        "document.reader",
        "internal_rule.replaces",
        "internal_rule.meeting",
        "circular.taken_by",
        "meeting.series",
        "meeting.place",
        "meeting.minuter",
        "meeting_task.what",
        "defect.party",
        "defect.contact",
        "supplier.name",
        "supplier.trade",
        "supplier.licence",
    ]
    .iter()
    .any(|end| id.ends_with(end))
}

/// Whole texts: a report, a notice, a letter.
fn whole(id: &str) -> bool {
    [".text", ".letter", ".figures"].iter().any(|end| id.ends_with(end))
}

/// Lines in sight.
fn rows(id: &str) -> u8 {
    match () {
        () if whole(id) => 14,
        () if of_minutes(id) => 6,
        () => 2,
    }
}

/// Parts of the minutes of a meeting.
fn of_minutes(id: &str) -> bool {
    office::meeting::PARTS.contains(&id)
}

/// Characters that a text may have.
fn most(id: &str) -> u32 {
    if whole(id) || of_minutes(id) { 8000 } else { 1000 }
}

/// A choice in the language of the page: its Chinese word, or in English its id with spaces.
fn choice(zh: &str, id: &str) -> String {
    let english = id.replace('_', " ");
    match current() {
        Language::English => english,
        _ => said(zh, None).into_owned(),
    }
}

/// What was typed as the value that goes with a fact; none when nothing was. What cannot be read is told.
pub fn read(laws: &Laws, id: &str, typed: &str) -> Result<Option<String>, String> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let Some(word) = laws.vocabulary.attribute_of_id(id).map(|at| &laws.vocabulary.attributes[at]) else {
        return Ok(None);
    };
    let value = match &word.unit {
        Unit::Choice(values) => values.iter().any(|(_, id)| id == typed).then(|| typed.to_owned()),
        Unit::Flag => ["yes", "no"].contains(&typed).then(|| typed.to_owned()),
        Unit::Money => fen(typed).map(|fen| fen.to_string()),
        Unit::Number => typed.parse::<i64>().ok().map(|number| number.to_string()),
        Unit::Moment => moment(&laws.zone, typed).map(|moment| moment.0.to_string()),
        Unit::Date => typed.parse::<jiff::civil::Date>().ok().map(|date| date.to_string()),
        Unit::Post => laws.vocabulary.post_of_id(typed).map(|_| typed.to_owned()),
        Unit::Text | Unit::Person => {
            Some(typed.chars().take(if whole(id) || of_minutes(id) { 8000 } else { 2000 }).collect())
        }
    };
    match value {
        Some(value) => Ok(Some(value)),
        None => Err(match word.unit {
            Unit::Money => t("请写金额，最多两位小数，例如 120.50").to_owned(),
            Unit::Moment => t("请写日期和时间，例如 2026-11-23 14:20").to_owned(),
            Unit::Date => t("请写日期，例如 2026-11-23").to_owned(),
            Unit::Number => t("请写整数").to_owned(),
            _ => t("请从给出的选项中选").to_owned(),
        }),
    }
}

/// Yuan as typed in fen, exactly: at most two decimals and ten digits before them; full-width digits are read.
pub fn fen(typed: &str) -> Option<i64> {
    let plain: String = typed
        .trim()
        .trim_end_matches('元')
        .chars()
        .filter(|c| !",，￥¥ ".contains(*c))
        .map(|c| match c {
            '０'..='９' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
            '．' | '。' => '.',
            other => other,
        })
        .collect();
    office::money::fen(&plain, 10)
}

/// A civil moment as a browser posts it, or with a space in the middle.
pub fn moment(zone: &Zone, typed: &str) -> Option<Moment> {
    let civil = typed.trim().replace(' ', "T");
    civil.parse::<jiff::civil::DateTime>().ok().map(|civil| zone.moment(civil))
}

/// A moment as a `datetime-local` field holds it.
pub fn typed_moment(zone: &Zone, moment: Moment) -> String {
    zone.civil(moment).strftime("%Y-%m-%dT%H:%M").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_read_exactly_or_not_at_all() {
        for (typed, read) in [
            ("120", 12_000),
            ("120.5", 12_050),
            ("0.07", 7),
            ("１２．３０", 1_230),
            ("1,200元", 120_000),
            ("9999999999.99", 999_999_999_999),
        ] {
            assert_eq!(fen(typed), Some(read), "{typed}");
        }
        for typed in ["", "-5", "12.345", "1e3", ".5", "十元", "99999999999"] {
            assert_eq!(fen(typed), None, "{typed}");
        }
    }

    #[test]
    fn a_moment_is_civil_time_of_the_site() {
        let zone = Zone::shanghai();
        let read = moment(&zone, "2026-11-23 14:20").expect("read");
        assert_eq!(typed_moment(&zone, read), "2026-11-23T14:20");
        assert_eq!(moment(&zone, "2026-02-30T10:00"), None);
        assert_eq!(moment(&zone, "明天"), None);
    }
}
