//! Small marks inside a line or at its end: clause chips (条款), tags, seals (签章).

use maud::{Markup, html};
use rulebook::ClauseRef;

/// A clause chip, linking to the clause. `title` is what the clause says, shown on hover.
pub fn clause(clause: &ClauseRef, title: Option<&str>) -> Markup {
    html! {
        a.clause href={ "/rulebooks/" (clause.book) "/" (clause.id) } title=[title] { (clause.id) }
    }
}

/// The tone of a tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// A fact.
    Plain,
    /// Needs someone's eye: 欠费, 待补.
    Mind,
    /// Serious: 一类投诉, 紧急.
    Grave,
}

/// A tag: one or two words beside a title.
pub fn tag(words: &str, tone: Tone) -> Markup {
    let class = match tone {
        Tone::Plain => "tag",
        Tone::Mind => "tag mind",
        Tone::Grave => "tag grave",
    };
    html! { span class=(class) { (words) } }
}

/// A signature or approval, looking like the seal that it replaces.
pub struct Seal<'a> {
    /// What it says beside the post: 批准, 验收, 不同意. Empty for a plain signature.
    pub what: &'a str,
    /// Who.
    pub name: &'a str,
    /// Under which post, or 业主.
    pub post: &'a str,
    /// When, in words.
    pub at: &'a str,
    /// The exact moment.
    pub exact: &'a str,
    /// A refusal or a withdrawn signature is grey and struck.
    pub void: bool,
}

impl Seal<'_> {
    /// The seal.
    pub fn render(&self) -> Markup {
        html! {
            span class={ "seal" @if self.void { " void" } } title=(self.exact) {
                b { (self.name) }
                span { (self.post) @if !self.what.is_empty() { " " (self.what) } }
                span { (self.at) }
            }
        }
    }
}

/// A place for a signature that is still missing, naming whose.
pub fn seal_missing(post: &str) -> Markup {
    html! { span.seal.missing { b { "〇" } span { (post) } span { (crate::language::t("待签")) } } }
}

/// A signature as it was drawn: the path that the script wrote, in its box of 600 × 200.
pub fn drawn_signature(path: &str, name: &str) -> Markup {
    html! {
        svg.drawn viewBox="0 0 600 200" role="img" aria-label=(name) {
            path d=(if is_drawn_path(path) { path } else { "" }) fill="none" stroke="currentColor" stroke-width="4"
                stroke-linecap="round" stroke-linejoin="round" {}
        }
    }
}

/// Whether a field holds a drawn signature: only moves and lines with whole numbers, at most 32 000 characters.
pub fn is_drawn_path(path: &str) -> bool {
    path.starts_with('M')
        && path.len() <= 32_000
        && path.bytes().all(|c| c.is_ascii_digit() || matches!(c, b'M' | b'L' | b' ' | b'-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clause_links_to_its_place() {
        let chip = clause(&ClauseRef { book: "repair-tower".into(), id: "4.2".into() }, Some("2 分钟内通知"));
        let expected = r#"<a class="clause" href="/rulebooks/repair-tower/4.2" title="2 分钟内通知">4.2</a>"#;
        assert_eq!(chip.into_string(), expected);
    }

    #[test]
    fn only_strokes_are_a_signature() {
        assert!(is_drawn_path("M10 20L11 22L-1 5M3 4"));
        assert!(!is_drawn_path(""));
        assert!(!is_drawn_path("L1 2"));
        assert!(!is_drawn_path("M1 2url(#x)"));
        assert!(!is_drawn_path(&format!("M{}", "1 ".repeat(16_000))));
        assert!(!drawn_signature("M1 2\"/><script>", "x").into_string().contains("script"));
    }
}
