//! The stepper of the phone (步骤): the way of a job, one step at a time, with one button as wide as the thumb likes.

use maud::{Markup, html};

use super::icon::{icon, lucide};
use super::light::{Lamp, shape_of};
use crate::language::t;

/// The state of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stand {
    /// Done and known to the office.
    Done,
    /// Done without network, waiting to be sent.
    Waiting,
    /// The next one.
    Now,
    /// Comes later.
    Later,
    /// Left out: not needed for this job.
    Skipped,
}

/// One step.
pub struct Step<'a> {
    /// What it is called: 到场.
    pub words: &'a str,
    /// Where it stands.
    pub stand: Stand,
    /// When it was done, or its clock.
    pub clock: Markup,
    /// The form that does it. Later steps have it too, hidden, so that they can be done without network.
    pub form: Markup,
}

/// The steps in order.
pub fn stepper(steps: &[Step]) -> Markup {
    html! {
        ol.steps aria-label=(t("步骤")) {
            @for step in steps {
                li data-step=(step.stand.name()) aria-current=[(step.stand == Stand::Now).then_some("step")] {
                    div.step { (step.stand.mark()) b { (step.words) } span.clock { (step.clock) } }
                    (step.form)
                }
            }
        }
    }
}

/// The form of a step: posts to its own address, works without network, hidden while the step is not the next
/// (class `turn`: the script shows and hides what carries it).
pub fn step_form(action: &str, command: &str, stand: Stand, fields: Markup, words: &str) -> Markup {
    html! {
        form.turn method="post" action=(action) enctype="multipart/form-data" data-offline data-label=(words)
            data-swap="main" hidden[stand != Stand::Now] {
            (super::field::command(command))
            (fields)
            button.main.wide { (words) }
        }
    }
}

impl Stand {
    fn name(self) -> &'static str {
        match self {
            Stand::Done => "done",
            Stand::Waiting => "waiting",
            Stand::Now => "now",
            Stand::Later => "later",
            Stand::Skipped => "skipped",
        }
    }

    /// The shape before the words: a light, or an arrow at the step that is next.
    fn mark(self) -> Markup {
        let lamp = match self {
            Stand::Done => Lamp::Met,
            Stand::Waiting => Lamp::Provisional,
            Stand::Now => return icon(lucide::LuChevronRight),
            Stand::Later => Lamp::Open,
            Stand::Skipped => Lamp::NotApplicable,
        };
        shape_of(lamp)
    }
}

/// Photos in a row; each opens whole. Address and what it shows.
pub fn photos(photos: &[(&str, &str)]) -> Markup {
    html! {
        @if !photos.is_empty() {
            div.photos {
                @for (path, words) in photos {
                    a href=(path) { img src=(path) alt=(words) loading="lazy" width="96" height="72"; }
                }
            }
        }
    }
}
