//! The timeline of a case (经过): sentences by day, each with who wrote it, seals, photos, the caller's own words.

use calendar::Zone;
use journal::Laws;
use journal::reads::{CasePage, TimelineLine, value_in_words};
use maud::{Markup, html};
use office::event::{Attachment, SignatureWay};
use rulebook::words::Unit;

use crate::components::marks::{self, Seal};
use crate::components::timeline::{Line, day, quoted};
use crate::components::{Timing, stepper};
use crate::language::{Language, current, said, t};

/// Every day with its entries, the latest day first.
pub fn render(page: &CasePage, laws: &Laws, timing: Timing) -> Markup {
    let mut days: Vec<(String, Vec<&TimelineLine>)> = Vec::new();
    for line in &page.timeline {
        let date = spoken_day(timing, line, &laws.zone);
        match days.last_mut().filter(|(known, _)| *known == date) {
            Some((_, lines)) => lines.push(line),
            None => days.push((date, vec![line])),
        }
    }
    html! {
        @for (date, lines) in days.iter().rev() {
            (render_day(date, lines, laws, timing))
        }
    }
}

fn render_day(date: &str, lines: &[&TimelineLine], laws: &Laws, timing: Timing) -> Markup {
    let texts: Vec<[String; 6]> = lines.iter().map(|line| texts(line, laws, timing)).collect();
    let seals: Vec<Vec<Seal>> = lines.iter().zip(&texts).map(|(line, texts)| seals(line, texts)).collect();
    let shown: Vec<Line> = lines
        .iter()
        .zip(&texts)
        .zip(&seals)
        .map(|((line, [at, exact, words, by, entered, _]), seals)| Line {
            at,
            exact,
            said: words,
            by,
            late_entry: line.event.body.late.as_ref().map(|_| entered.as_str()),
            seals,
            more: more(line),
        })
        .collect();
    day(date, &shown)
}

/// Clock time, exact moment, sentence, writer, moment of entry, post of the seal.
fn texts(line: &TimelineLine, laws: &Laws, timing: Timing) -> [String; 6] {
    let post = line.event.body.signature.as_ref().map(|it| match it.post.as_str() {
        "resident" => t("业户").to_owned(),
        post => said(&laws.word(post), None).into_owned(),
    });
    [
        timing.clock(line.happened),
        timing.exact(line.happened),
        sentence(line, laws),
        format!("{} {}", said(&line.post, None), line.name),
        crate::t!("录入于 {}", timing.said(line.entered)),
        post.unwrap_or_default(),
    ]
}

/// The sentence as the office tells it; in English what was done, with whom, why and with which values.
pub fn sentence(line: &TimelineLine, laws: &Laws) -> String {
    if current() != Language::English {
        return said(&line.said, None).into_owned();
    }
    let body = &line.event.body;
    let mut parts: Vec<String> = body.links.get("assignee_name").cloned().into_iter().collect();
    parts.extend(body.attributes.get("case.content").cloned());
    parts.extend((!body.note.is_empty()).then(|| body.note.clone()));
    // The values that the office's own sentence names.
    let act = office::act::find(&line.event.name);
    for (id, value) in body.attributes.iter().filter(|(id, _)| act.is_some_and(|act| act.tells(id))) {
        let Some(at) = laws.vocabulary.attribute_of_id(id) else { continue };
        let word = &laws.vocabulary.attributes[at];
        let value = match &word.unit {
            Unit::Choice(_) | Unit::Flag => value.replace('_', " "),
            _ => value_in_words(laws, id, value),
        };
        parts.push(format!("{} {value}", word.en));
    }
    parts.extend(body.late.as_ref().map(|late| format!("entered late: {}", late.reason)));
    let done = said(&laws.word(&line.event.name), None).into_owned();
    if parts.is_empty() { done } else { format!("{done}: {}", parts.join("; ")) }
}

fn spoken_day(timing: Timing, line: &TimelineLine, zone: &Zone) -> String {
    let (today, date) = (zone.date(timing.now), zone.date(line.happened));
    match crate::language::current() {
        crate::language::Language::English => calendar::words::day_en(today, date),
        _ => said(&calendar::words::day_zh(today, date), None).into_owned(),
    }
}

fn seals<'a>(line: &'a TimelineLine, [at, exact, .., post]: &'a [String; 6]) -> Vec<Seal<'a>> {
    let signature = line.event.body.signature.as_ref();
    let seal = signature.map(|signature| Seal {
        what: match signature.way {
            SignatureWay::Login => "",
            SignatureWay::Drawn => t("手写"),
            SignatureWay::Paper => t("纸上签字"),
            SignatureWay::Phone => t("电话确认"),
            SignatureWay::Web => t("网上确认"),
        },
        name: &signature.name,
        post,
        at,
        exact,
        void: false,
    });
    seal.into_iter().collect()
}

/// The caller's own words, a drawn signature, photos, files.
fn more(line: &TimelineLine) -> Markup {
    let body = &line.event.body;
    let words = body.attributes.get("case.content").filter(|words| words.lines().count() > 1);
    html! {
        @if let Some(words) = words { (quoted(words)) }
        @if let Some(signature) = body.signature.as_ref().filter(|it| !it.path.is_empty()) {
            (marks::drawn_signature(&signature.path, &signature.name))
        }
        (files(&body.attachments))
    }
}

/// Pictures small and in a row, other files by name.
pub fn files(attachments: &[Attachment]) -> Markup {
    let pictures: Vec<(String, &str)> = attachments
        .iter()
        .filter(|it| it.media.starts_with("image/"))
        .map(|it| (format!("/attachments/{}", it.hash), it.name.as_str()))
        .collect();
    let pictures: Vec<(&str, &str)> = pictures.iter().map(|(path, name)| (path.as_str(), *name)).collect();
    html! {
        (stepper::photos(&pictures))
        @for file in attachments.iter().filter(|it| !it.media.starts_with("image/")) {
            p.small { a href={ "/attachments/" (file.hash) } { (file.name) } }
        }
    }
}
