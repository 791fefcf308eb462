//! Panels (栏), tabs, empty states and lists of definitions: how a page is divided.

use maud::{Markup, html};

/// A part of a page with its heading. `beside` stands at the right end of the heading: a count, a link.
pub fn panel(title: &str, beside: Markup, body: Markup) -> Markup {
    html! {
        section.panel {
            div.title { h2 { (title) } (beside) }
            (body)
        }
    }
}

/// The same with an id, for parts that are fetched anew when a topic changes.
pub fn live_panel(id: &str, topic: &str, title: &str, beside: Markup, body: Markup) -> Markup {
    html! {
        section.panel id=(id) data-live=(topic) {
            div.title { h2 { (title) } (beside) }
            (body)
        }
    }
}

/// What an empty place says: what will come here, and the first act.
pub fn empty(words: &str, act: Markup) -> Markup {
    html! { div.empty { p { (words) } (act) } }
}

/// One tab: words, address, and a count when something waits.
pub struct Tab<'a> {
    /// What it is called.
    pub words: &'a str,
    /// Where it leads.
    pub path: &'a str,
    /// How many wait there.
    pub count: Option<u64>,
}

/// Tabs, of which one is `here`. They are links, so that each has its address.
pub fn tabs(label: &str, tabs: &[Tab], here: usize) -> Markup {
    html! {
        nav.tabs aria-label=(label) {
            @for (n, tab) in tabs.iter().enumerate() {
                a href=(tab.path) aria-current=[(n == here).then_some("page")] {
                    (tab.words)
                    @if let Some(count) = tab.count { span.dim { " " (count) } }
                }
            }
        }
    }
}

/// Facts in two columns: name and value. Empty values show a dash.
pub fn facts(pairs: &[(&str, Markup)]) -> Markup {
    html! {
        dl.facts {
            @for (name, value) in pairs {
                dt { (name) }
                dd { @if value.0.is_empty() { span.dim { "—" } } @else { (value) } }
            }
        }
    }
}
