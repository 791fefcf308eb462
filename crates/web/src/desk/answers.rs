//! The answer book at the desk (问答): searched while the caller speaks, read out, and the enquiry is done with one key.

use journal::reads::AnswerRow;
use maud::{Markup, html};

use super::counter::Counter;
use crate::components::field::Picker;
use crate::language::t;

/// The box, what it found, and the entry that is being read out.
pub fn panel(counter: &Counter) -> Markup {
    let box_ = Picker {
        name: "aq",
        label: t("问答与便民电话"),
        example: t("停车费、wyf、开锁"),
        value: counter.filled.get("aq"),
        action: "/desk",
        results: "answers-found",
        room: false,
        key: Some("F3"),
    };
    html! {
        section.panel {
            (box_.render(found(counter)))
            (chosen(counter))
        }
    }
}

fn found(counter: &Counter) -> Markup {
    html! {
        (links(&counter.answers))
        @if counter.answers.is_empty() && !counter.filled.get("aq").is_empty() {
            p.dim.small { (t("书里没有。记下来人的话，请主管补上。")) }
        }
    }
}

/// Links that show an entry beside the form. Without script it opens apart, so that nothing filled in is lost.
pub fn links(rows: &[AnswerRow]) -> Markup {
    html! {
        @for row in rows.iter().take(8) {
            a href={ "/desk?answer=" (row.id) } target="_blank" data-swap="answer" data-stay data-walk {
                b { (row.said.question) } @if !row.said.category.is_empty() { span.dim.small { (row.said.category) } }
            }
        }
    }
}

fn chosen(counter: &Counter) -> Markup {
    html! {
        div #answer {
            @if let Some(page) = &counter.answer { @if let Some(present) = page.answer.present() {
                h3 { a href={ "/answers/" (page.answer.id) } { (present.said.question) } }
                @if !present.said.answer.is_empty() { p.read-back.pre { (present.said.answer) } }
                (phones(&present.said.phones))
                input type="hidden" name="answer" value=(page.answer.id) form="intake";
                p.ways {
                    button form="intake" formaction="/desk/contact/end" formnovalidate name="as" value="answered" data-key="F10" {
                        (t("按此答复，结束")) " " kbd { "F10" }
                    }
                    " " a href="/desk" data-swap="answer" data-stay { (t("收起")) }
                }
            } }
        }
    }
}

/// Telephone numbers of an entry, one a line, each to be dialled with a touch.
pub fn phones(lines: &str) -> Markup {
    html! {
        @if !lines.is_empty() {
            ul.phones {
                @for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
                    @let digits: String = line.chars().filter(|c| c.is_ascii_digit() || *c == '-').collect();
                    li { @if digits.len() > 2 { a href={ "tel:" (digits.trim_matches('-')) } { (line) } } @else { (line) } }
                }
            }
        }
    }
}
