//! A page (页面): one struct with what the visitor sees; the frame around it is made here and nowhere else.

mod filled;
mod frame;
pub mod pdf;
mod place;
mod posted;
pub mod sheet;
pub mod wrong;

#[cfg(test)]
mod tests;

use axum::response::{Html, IntoResponse, Response};
use maud::{DOCTYPE, Markup, html};

pub use filled::Filled;
pub use frame::{Appearance, Count, Ring, Surroundings, language_switch, sign};
pub use place::{Place, bottom};
pub use posted::{Posted, Upload, read as read_attachment};
pub use wrong::escaped;

use crate::components::light;
use crate::language::{self, t};
use crate::{assets, script};

/// A step of the way to a page: words and path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crumb {
    /// What the step is called, already in the language of the request.
    pub words: String,
    /// Where it leads.
    pub path: String,
}

/// What stands around the body.
pub enum Frame<'a> {
    /// The office: rail, top bar, on phones the bottom bar.
    Desk(Place, &'a Surroundings),
    /// A page made for a phone in a wet hand: one column, bottom bar.
    Phone(Place, &'a Surroundings),
    /// A page for residents: large type, no rail.
    Resident(&'a Surroundings),
    /// Nothing but the sign: signing in, refusals of whole pages, faults.
    Bare,
    /// A printed form.
    Paper,
}

/// One page.
pub struct Page<'a> {
    /// The title, in the language of the request: heading of the page and of the window.
    pub title: &'a str,
    /// What stands around.
    pub frame: Frame<'a>,
    /// The way here, without the page itself.
    pub crumbs: &'a [Crumb],
    /// Beside the heading: lights, state, figures.
    pub beside: Markup,
    /// At the right end of the heading: buttons, of which one is `main`.
    pub does: Markup,
    /// The page.
    pub body: Markup,
}

impl<'a> Page<'a> {
    /// A page with heading and body only.
    pub fn new(title: &'a str, frame: Frame<'a>, body: Markup) -> Page<'a> {
        Page { title, frame, crumbs: &[], beside: html! {}, does: html! {}, body }
    }

    /// The whole document.
    pub fn render(&self) -> Markup {
        let (name, around) = match &self.frame {
            Frame::Desk(_, around) => ("desk", Some(*around)),
            Frame::Phone(_, around) => ("phone", Some(*around)),
            Frame::Resident(around) => ("resident", Some(*around)),
            Frame::Bare => ("bare", None),
            Frame::Paper => ("paper", None),
        };
        let appearance = around.map_or(Appearance::System, |it| it.appearance);
        html! {
            (DOCTYPE)
            html lang=(language::current().tag()) data-frame=(name)
                data-theme=[(appearance != Appearance::System).then_some(appearance.word())]
                data-now=[around.map(|it| it.now.0.div_euclid(1_000))]
                data-account=[around.map(|it| it.account.as_str()).filter(|it| !it.is_empty())] {
                (self.top())
                body {
                    (light::shapes())
                    (self.framed())
                }
            }
        }
    }

    fn top(&self) -> Markup {
        html! {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover";
                meta name="words" content=(script::words());
                title { (self.title) " · " (t("回音")) }
                link rel="stylesheet" href=(assets::SHEET.path);
                @if matches!(self.frame, Frame::Paper) {
                    link rel="stylesheet" href=(assets::PAPER.path);
                }
                link rel="icon" href=(assets::SIGN.path) type="image/svg+xml";
                link rel="manifest" href="/manifest.webmanifest";
                script src=(assets::SCRIPT.path) defer {}
            }
        }
    }

    fn framed(&self) -> Markup {
        match &self.frame {
            Frame::Desk(here, around) => html! {
                a.skip href="#main" { (t("跳到正文")) }
                (frame::rings(around))
                (frame::calls(around))
                div.house {
                    (frame::rail(*here, around))
                    (frame::top_bar(around))
                    main #main tabindex="-1" { (self.head()) (self.body) }
                }
                (frame::bottom_bar(*here, around))
            },
            Frame::Phone(here, around) => html! {
                (frame::rings(around))
                div.phone {
                    (script::queue())
                    main #main tabindex="-1" { (self.head()) (self.body) }
                }
                (frame::bottom_bar(*here, around))
            },
            Frame::Resident(around) => html! {
                div.resident {
                    header.top {
                        span.site { (around.site) }
                        span.duty {}
                        (frame::language_switch(&around.path))
                    }
                    main #main { (self.head()) (self.body) }
                }
            },
            Frame::Bare => html! {
                main.bare #main {
                    a.brand href="/" { (frame::sign()) (t("回音")) }
                    (self.head())
                    (self.body)
                }
            },
            Frame::Paper => html! { main #main { (self.body) } },
        }
    }

    fn head(&self) -> Markup {
        html! {
            div.head {
                div {
                    @if !self.crumbs.is_empty() {
                        nav aria-label=(t("位置")) { ol.crumbs {
                            @for crumb in self.crumbs { li { a href=(crumb.path) { (crumb.words) } } }
                        } }
                    }
                    h1 { (self.title) }
                }
                (self.beside)
                div.does { (self.does) }
            }
        }
    }
}

impl IntoResponse for Page<'_> {
    fn into_response(self) -> Response {
        Html(self.render().into_string()).into_response()
    }
}

/// Part of a page, which the page's script puts in place of the elements with the same ids.
pub struct Fragment(pub Markup);

impl IntoResponse for Fragment {
    fn into_response(self) -> Response {
        Html(self.0.into_string()).into_response()
    }
}
