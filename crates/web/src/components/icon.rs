//! Icons (图标) of the Lucide set, as inline SVG. They stand beside words and are hidden from screen readers.

pub use icondata_lu as lucide;
use maud::{Markup, PreEscaped, html};

/// An icon of the set: `lucide::LuPhone`.
pub type Icon = &'static icondata_core::IconData;

/// The icon in the size of the text around it.
pub fn icon(icon: Icon) -> Markup {
    html! {
        svg.icon viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" aria-hidden="true" {
            (PreEscaped(icon.data))
        }
    }
}
