//! What happened and what is to come (经过与时限): the timeline in sentences with seals, and the ladder of due moments.

use maud::{Markup, html};
use rulebook::ClauseRef;

use super::light::{Lamp, shape_of};
use super::marks::{self, Seal};
use crate::language::t;

/// One entry of a timeline.
pub struct Line<'a> {
    /// The clock time, or day and time: 14:20.
    pub at: &'a str,
    /// The exact moment.
    pub exact: &'a str,
    /// The sentence: 前台接听来电，记录并复述。
    pub said: &'a str,
    /// Who entered it, under which post.
    pub by: &'a str,
    /// A claimed moment before the entry, with its reason: 补录.
    pub late_entry: Option<&'a str>,
    /// Signatures and approvals of this entry.
    pub seals: &'a [Seal<'a>],
    /// Photos, drawn signatures, quoted words.
    pub more: Markup,
}

/// A day of a timeline with its entries, in order.
pub fn day(day: &str, lines: &[Line]) -> Markup {
    html! {
        section.day {
            h3 { (day) }
            ol.timeline { @for line in lines { (line.render()) } }
        }
    }
}

impl Line<'_> {
    /// The entry.
    pub fn render(&self) -> Markup {
        html! {
            li {
                time title=[(!self.exact.is_empty()).then_some(self.exact)] { (self.at) }
                div {
                    p { (self.said) }
                    p.by hidden[self.by.is_empty() && self.late_entry.is_none()] {
                        (self.by)
                        @if let Some(reason) = self.late_entry {
                            " " (marks::tag(t("补录"), marks::Tone::Mind)) " " (reason)
                        }
                    }
                    (self.more)
                    @if !self.seals.is_empty() { div.seals { @for seal in self.seals { (seal.render()) } } }
                }
            }
        }
    }
}

/// Words that someone said, as they were said.
pub fn quoted(words: &str) -> Markup {
    html! { blockquote { (words) } }
}

/// A step of the ladder: one due moment.
pub struct Rung<'a> {
    /// Its state.
    pub lamp: Lamp,
    /// The light with its words, as `Timing` makes it.
    pub light: Markup,
    /// The act: 通知工程部.
    pub act: &'a str,
    /// Who bears it.
    pub bearer: &'a str,
    /// Its clauses; several when one act serves several.
    pub clauses: &'a [ClauseRef],
    /// The address that explains the limit: steps, calendar days, reading used.
    pub basis: Option<&'a str>,
}

/// The ladder: what is over, then a line for now, then what is to come, each in order of due.
pub fn ladder(past: &[Rung], now: &str, to_come: &[Rung]) -> Markup {
    html! {
        ol.ladder {
            @for rung in past { (rung.render()) }
            li.now { span { (t("现在")) " " (now) } }
            @for rung in to_come { (rung.render()) }
        }
    }
}

impl Rung<'_> {
    /// The step.
    pub fn render(&self) -> Markup {
        html! {
            li class=(self.lamp.name()) {
                (shape_of(self.lamp))
                div {
                    div.act { b { (self.act) } @for clause in self.clauses { " " (marks::clause(clause, None)) } }
                    div.small { (self.light) }
                    div.small.dim {
                        (self.bearer)
                        @if let Some(basis) = self.basis { " · " a href=(basis) { (t("时限依据")) } }
                    }
                }
            }
        }
    }
}
