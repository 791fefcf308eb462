//! Form types (单据) as data: number series, copies with holders, fields with their place on paper. One mechanism for every
//! form; a new form is a table in `forms.toml`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

/// A form type.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormType {
    /// Id of the vocabulary's form list: `repair_slip`.
    pub id: String,
    /// Title as printed.
    pub title: String,
    /// English title.
    pub title_en: String,
    /// Letters of the number series, which restarts each month.
    pub letters: String,
    /// Attribute that takes the number of a form issued on its own.
    #[serde(default)]
    pub number_attribute: String,
    /// Forms of rulebooks that it is under another name (工程报修单 3501): where one is in force, title and code are that one's.
    #[serde(default)]
    pub known_as: Vec<String>,
    /// Paper that it is always printed on (A4), whatever slips are printed on; empty is the setting 打印纸.
    #[serde(default)]
    pub paper: String,
    /// Copies in the order of the set.
    pub copies: Vec<Copy>,
    /// Rows of the ruled grid.
    pub rows: Vec<Row>,
    /// Signature boxes in order.
    pub signatures: Vec<SignatureBox>,
}

/// One copy of a set.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Copy {
    /// 1 for the first.
    pub n: u8,
    /// Printed down the right edge: 第一联 住户.
    pub label: String,
    /// Post that holds it at issue.
    pub first_holder: String,
    /// Post that keeps it in the end.
    pub keeper: String,
}

/// A row of the grid; its cells share twelve columns.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// Height in tenths of a millimetre.
    pub height: i64,
    /// Cells from left to right.
    pub cells: Vec<Cell>,
}

/// A labelled cell.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cell {
    /// Printed label.
    pub label: String,
    /// Where its content comes from: an attribute id, `fact:<id>` for a moment, `note:<id>` for an act's words, `by:<id>` for
    /// who did it, `count:<id>` for how often it was entered, `in:<id>/<attribute>` for what an act said of an attribute that
    /// others speak of too, `charges` for the lines of the slip with their total, `each:<id>/<attribute>,…` for what every act
    /// of this name said, one behind the other, or one of
    /// `number` `place` `caller` `phone` `words` `opened` `assignee` `title` `state`, `addressee` of a letter and
    /// `office_contact`, how to reach the office; empty for handwriting.
    #[serde(default)]
    pub from: String,
    /// Columns of twelve, label included.
    pub columns: i64,
}

/// A box for a signature.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignatureBox {
    /// Printed label: 住户签字.
    pub label: String,
    /// The fact whose signature stands in it; of several, between bars, whichever happened last.
    pub from: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Forms {
    label_en: BTreeMap<String, String>,
    form: Vec<FormType>,
}

static FORMS: LazyLock<Forms> = LazyLock::new(|| {
    let read = |text: &str| -> Forms { toml::from_str(text).expect("the forms are checked by a test") };
    let mut forms = read(include_str!("forms.toml"));
    let more = read(include_str!("dossiers.toml"));
    forms.label_en.extend(more.label_en);
    forms.form.extend(more.form);
    forms
});

/// Every form type.
pub fn all() -> &'static [FormType] {
    &FORMS.form
}

/// What stays in the office (内部栏): findings, severity, remarks among staff, penalties and deductions. No copy that a
/// resident keeps shows any of it.
const INTERNAL: &[&str] = &[
    "complaint.valid",
    "complaint.verification",
    "complaint.severity",
    "complaint.class",
    "complaint.level",
    "complaint.fault",
    "complaint.sorted_as",
    "complaint.sorting_ground",
    "complaint.nonconformity",
    "complaint.analysis",
    "complaint.effect_check",
    "complaint.worker_statement",
    "staff.measure",
    "staff.penalty",
    "follow_up.review_comment",
    "note:case.note_added",
    "note:complaint.department_opinion",
    "note:complaint.superior_opinion",
    "note:complaint.head_investigated",
];

/// Whether a cell's content stays in the office. Deductions have their own word in whatever subject.
pub fn internal(from: &str) -> bool {
    let from = from.strip_prefix("in:").and_then(|rest| rest.split_once('/')).map_or(from, |(_, attribute)| attribute);
    INTERNAL.contains(&from) || from.contains("deduct")
}

/// Steps that are the office's own affair (内部步骤): no caller is told of them.
const INTERNAL_STEPS: &[&str] = &[
    "complaint.validity_found",
    "complaint.sorted",
    "complaint.opened_as_valid",
    "complaint.classed",
    "complaint.department_opinion",
    "complaint.superior_opinion",
    "complaint.head_investigated",
    "complaint.case_analysis",
    "complaint.case_trained",
    "complaint.review_held",
    "complaint.effect_checked",
    "complaint.prevention_reported",
    "case.note_added",
    "case.entry_signed",
];

/// Whether a step stays in the office: findings, opinions, sheets of nonconformity, what befalls staff.
pub fn internal_step(fact: &str) -> bool {
    let subjects = ["staff.", "complaint.sheet_", "complaint_slip.", "penalty.", "office."];
    INTERNAL_STEPS.contains(&fact) || subjects.iter().any(|it| fact.starts_with(it))
}

impl FormType {
    /// Whether a copy of the set goes to the resident.
    pub fn leaves_the_office(&self) -> bool {
        self.copies.iter().any(|copy| copy.keeper == "resident")
    }
}

/// The form type of this id.
pub fn find(id: &str) -> Option<&'static FormType> {
    all().iter().find(|form| form.id == id)
}

/// English of a printed label: of a copy, a cell, a signature box.
pub fn label_en(label: &str) -> Option<&'static str> {
    FORMS.label_en.get(label).map(String::as_str)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_row_fills_twelve_columns_and_copies_count_from_one() {
        for form in all() {
            for row in &form.rows {
                let columns: i64 = row.cells.iter().map(|cell| cell.columns).sum();
                assert_eq!(columns, 12, "{} row of {}", form.id, row.cells[0].label);
            }
            let numbers: Vec<u8> = form.copies.iter().map(|copy| copy.n).collect();
            assert_eq!(numbers, (1..=form.copies.len() as u8).collect::<Vec<_>>(), "{}", form.id);
        }
    }

    #[test]
    fn what_stays_in_the_office_is_known_and_no_more() {
        for from in [
            "complaint.severity",
            "staff.penalty",
            "note:case.note_added",
            "work_order.deduction",
            "in:a.b/staff.penalty",
        ] {
            assert!(internal(from), "{from}");
        }
        assert!(!internal("words") && !internal("complaint.result") && !internal("note:repair.completed"));
        assert!(find("repair_slip").is_some_and(FormType::leaves_the_office));
        assert!(find("nonconformity_sheet").is_some_and(|form| !form.leaves_the_office()));
    }

    #[test]
    fn every_label_has_english_and_no_english_is_left_over() {
        let mut labels = BTreeSet::new();
        for form in all() {
            labels.extend(form.copies.iter().map(|copy| copy.label.as_str()));
            labels.extend(form.rows.iter().flat_map(|row| &row.cells).map(|cell| cell.label.as_str()));
            labels.extend(form.signatures.iter().map(|place| place.label.as_str()));
        }
        let known: BTreeSet<&str> = FORMS.label_en.keys().map(String::as_str).collect();
        assert_eq!(labels, known);
        let latin = |english: &String| !english.is_empty() && english.chars().all(|c| c < '\u{2e80}');
        assert!(FORMS.label_en.values().all(latin));
    }

    #[test]
    fn the_repair_slip_has_four_parts() {
        assert_eq!(find("repair_slip").map(|form| form.copies.len()), Some(4));
    }
}
