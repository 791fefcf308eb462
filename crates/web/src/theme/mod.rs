//! The one stylesheet (样式): tokens, base, frame, parts, print. Written in several files, served as one, without
//! comments.

use std::sync::LazyLock;

const TOKENS: &str = include_str!("tokens.css");
const REST: [&str; 6] = [
    include_str!("base.css"),
    include_str!("frame.css"),
    include_str!("parts.css"),
    include_str!("work.css"),
    include_str!("jobs.css"),
    include_str!("print.css"),
];

/// The stylesheet of all pages.
pub static SHEET: LazyLock<String> = LazyLock::new(|| {
    let (light, dark) = TOKENS.split_once("/* dark */").unwrap_or((TOKENS, ""));
    // Browsers of old office computers know neither nesting nor light-dark(), so the dark tokens are written twice:
    // for a system that is dark, and for a visitor who chose dark.
    let by_system = dark.replace(":root", ":root:not([data-theme=light])");
    let by_choice = dark.replace(":root", ":root[data-theme=dark]");
    let mut sheet = small(light);
    sheet += &format!("@media screen and (prefers-color-scheme:dark){{{}}}", small(&by_system));
    sheet += &format!("@media screen{{{}}}", small(&by_choice));
    REST.iter().for_each(|part| sheet += &small(part));
    sheet
});

/// The extra stylesheet of printed forms.
pub static PAPER: LazyLock<String> =
    LazyLock::new(|| small(include_str!("paper.css")) + &crate::papers::heights() + &crate::papers::offset_rules());

/// Leaves out comments and needless blanks. Our own files only: no blank inside a string matters there.
fn small(css: &str) -> String {
    let mut bare = String::with_capacity(css.len());
    for (n, part) in css.split("/*").enumerate() {
        bare.push_str(if n == 0 { part } else { part.split_once("*/").map_or("", |(_, after)| after) });
    }
    let mut out = String::with_capacity(bare.len());
    for word in bare.split_whitespace() {
        let last = out.chars().next_back().unwrap_or('{');
        let first = word.chars().next().unwrap_or(' ');
        if !"{};:,>".contains(last) && !"{};,>".contains(first) {
            out.push(' ');
        }
        out.push_str(word);
    }
    out.replace(";}", "}")
}

#[cfg(test)]
mod tests;
