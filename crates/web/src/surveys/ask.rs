//! The questions as a form (答题): the same for the household, for who asks by phone and for who enters a sheet.

use std::collections::BTreeMap;

use maud::{Markup, html};
use office::survey::GRADES;
use office::survey::questions::{OVERALL, Question, QuestionKind, WORDS_MAX};

use super::value;
use crate::components::field::{Chip, Control, Field, chips};
use crate::language::said;
use crate::page::Filled;

/// The name of a question's field.
fn name(question: &Question) -> String {
    format!("q-{}", question.id)
}

/// A question in the language of the page; a site's own question stands as it was written.
pub fn words(question: &Question) -> String {
    let english = Some(question.en.as_str()).filter(|it| !it.is_empty());
    if question.is_own() { question.zh.clone() } else { said(&question.zh, english).into_owned() }
}

/// What was filled in, by question.
pub fn given(questions: &[Question], filled: &Filled) -> BTreeMap<String, String> {
    questions.iter().map(|it| (it.id.clone(), filled.get(&name(it)).trim().to_owned())).collect()
}

/// The fields, with the answers so far.
pub fn fields(questions: &[Question], so_far: &BTreeMap<String, String>) -> Markup {
    html! { @for question in questions { (field(question, so_far.get(&question.id).map_or("", String::as_str))) } }
}

fn field(question: &Question, so_far: &str) -> Markup {
    let (name, mut label) = (name(question), words(question));
    if question.id == OVERALL {
        label.push('＊');
    }
    let choice = |values: &[&str]| {
        let words: Vec<String> = values.iter().map(|it| value(it)).collect();
        let all: Vec<Chip> = values
            .iter()
            .zip(&words)
            .map(|(value, words)| Chip { value, words, key: None, on: *value == so_far })
            .collect();
        chips(&name, &label, false, &all)
    };
    match question.kind {
        QuestionKind::Grade => choice(&GRADES),
        QuestionKind::YesNo => choice(&["yes", "no"]),
        QuestionKind::Words => {
            let most = u32::try_from(WORDS_MAX).unwrap_or(300);
            let control = Control::Lines { value: so_far, rows: 3, most };
            Field { control, ..Field::line(&name, &label, "") }.render()
        }
    }
}
