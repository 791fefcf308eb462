//! Placeholders of a text (占位): `{}` takes the next argument, `{0}` one by number, `{0|case|cases}` a word by count.

use std::fmt::{Display, Write};

/// The template with its placeholders filled. One without its argument stays as it is, so that a mistake is seen.
pub fn fill(template: &str, values: &[&dyn Display]) -> String {
    let mut out = String::with_capacity(template.len() + 16);
    let mut next = 0;
    let mut rest = template;
    while let Some(open) = rest.find('{') {
        out.push_str(&rest[..open]);
        let Some(close) = rest[open..].find('}').map(|at| open + at) else {
            rest = &rest[open..];
            break;
        };
        let inside = &rest[open + 1..close];
        if !place(&mut out, inside, values, &mut next) {
            out.push_str(&rest[open..=close]);
        }
        rest = &rest[close + 1..];
    }
    out.push_str(rest);
    out
}

fn place(out: &mut String, inside: &str, values: &[&dyn Display], next: &mut usize) -> bool {
    let (number, words) = inside.split_once('|').map_or((inside, None), |(number, words)| (number, Some(words)));
    let at = if number.is_empty() {
        *next += 1;
        Some(*next - 1)
    } else {
        number.parse::<usize>().ok()
    };
    let Some(value) = at.and_then(|at| values.get(at)) else {
        return false;
    };
    match words.and_then(|words| words.split_once('|')) {
        Some((one, many)) => out.push_str(if value.to_string() == "1" { one } else { many }),
        // Writing to a string does not fail.
        None => drop(write!(out, "{value}")),
    }
    true
}

/// The numbers of the placeholders of a template, sorted, each once: what the catalogue test compares.
#[cfg(test)]
pub fn numbers(template: &str) -> Vec<usize> {
    let mut found = std::collections::BTreeSet::new();
    let mut next = 0;
    for part in template.split('{').skip(1) {
        let inside = part.split('}').next().unwrap_or_default();
        let number = inside.split('|').next().unwrap_or_default();
        if number.is_empty() {
            found.insert(next);
            next += 1;
        } else if let Ok(number) = number.parse() {
            found.insert(number);
        }
    }
    found.into_iter().collect()
}
