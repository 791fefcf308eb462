//! Rows of work (待办): what one owes, by time, each with the button that does it right here; and acts with the reason
//! why they cannot be done now.

use maud::{Markup, html};
use office::Refusal;
use rulebook::ClauseRef;

use super::marks;
use crate::language::{said, t};

/// One thing owed.
pub struct Owed<'a> {
    /// The light, as `Timing` makes it.
    pub light: Markup,
    /// The act as a verb: 回复意见.
    pub act: &'a str,
    /// Room or place.
    pub place: &'a str,
    /// What it is about.
    pub title: &'a str,
    /// The case.
    pub path: &'a str,
    /// Number of the case.
    pub number: &'a str,
    /// The clauses; empty for posts that do not see them.
    pub clauses: &'a [ClauseRef],
    /// The button or link that does it.
    pub does: Markup,
}

/// How many rows of a group that can wait are in sight.
const IN_SIGHT: usize = 4;

/// A group of the list: 已超时 2 and its rows. Nothing is shown for an empty one.
pub fn owed(heading: &str, rows: &[Owed]) -> Markup {
    group(heading, rows, rows.len(), "")
}

/// A group that can wait: its first rows are in sight, the rest one press away. The id keeps it open when it is fetched anew.
pub fn can_wait(id: &str, heading: &str, rows: &[Owed]) -> Markup {
    group(heading, rows, if rows.len() > IN_SIGHT + 1 { IN_SIGHT } else { rows.len() }, id)
}

fn group(heading: &str, rows: &[Owed], in_sight: usize, id: &str) -> Markup {
    let (first, rest) = rows.split_at(in_sight);
    html! {
        @if !rows.is_empty() {
            section.owed {
                h2 { (heading) span.dim { " " (rows.len()) } }
                ol { @for row in first { (row.render()) } }
                @if !rest.is_empty() {
                    details.aside id=(id) {
                        summary { (crate::t!("其余 {} 项", rest.len())) }
                        ol { @for row in rest { (row.render()) } }
                    }
                }
            }
        }
    }
}

impl Owed<'_> {
    fn render(&self) -> Markup {
        html! {
            li data-walk tabindex="-1" {
                (self.light)
                b { (self.act) }
                a href=(self.path) {
                    @if !self.place.is_empty() { span.place { (self.place) } " " }
                    (self.title) " " span.dim.nowrap { (self.number) }
                }
                span.chips { @for clause in self.clauses { (marks::clause(clause, None)) } }
                (self.does)
            }
        }
    }
}

/// An act on a page: its button, or why it cannot be done now.
pub struct Act<'a> {
    /// What it is called: 结案.
    pub words: &'a str,
    /// The button or form, when it can be done.
    pub does: Markup,
    /// Why not, when not.
    pub refused: Option<&'a Refusal>,
}

/// Acts in order; those that cannot be done stand below with their reasons.
pub fn acts(acts: &[Act]) -> Markup {
    let (open, shut): (Vec<_>, Vec<_>) = acts.iter().partition(|act| act.refused.is_none());
    html! {
        div.acts {
            @for act in open { (act.does) }
        }
        @if !shut.is_empty() {
            details.shut {
                summary { (t!("现在不能做的 {} 件", shut.len())) }
                ul {
                    @for act in shut {
                        @if let Some(refusal) = act.refused {
                            li {
                                b { (act.words) } " "
                                @for reason in &refusal.because {
                                    (said(&reason.text, None)) " "
                                    @if let Some(clause) = &reason.clause { (marks::clause(clause, None)) " " }
                                }
                                span.dim { (said(&refusal.next, None)) }
                            }
                        }
                    }
                }
            }
        }
    }
}
