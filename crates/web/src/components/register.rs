//! A register (登记簿): the table of every list. Filters and sorting are addresses, pages go by key, rows are walked with
//! the arrow keys, and the same list leaves as CSV or Excel.

use maud::{Markup, html};

use super::icon::{icon, lucide};
use super::panel;
use crate::language::t;
use crate::page::escaped;

/// A column.
pub struct Column<'a> {
    /// Its heading.
    pub title: &'a str,
    /// The word of the address by which it sorts, if it does.
    pub sort: Option<&'a str>,
    /// Numbers and times stand at the right.
    pub right: bool,
    /// Left out on phones.
    pub minor: bool,
    /// On phones, where a row is a block without headings, its title stands before the value.
    pub named: bool,
}

impl<'a> Column<'a> {
    /// A column of words that does not sort.
    pub fn new(title: &'a str) -> Column<'a> {
        Column { title, sort: None, right: false, minor: false, named: false }
    }
}

/// A row: its cells in the order of the columns. The first link of a row is opened by Enter.
pub struct Row {
    /// The cells.
    pub cells: Vec<Markup>,
    /// Late and not done: marked at the edge.
    pub late: bool,
    /// Void: struck through.
    pub void: bool,
}

/// A whole register.
pub struct Register<'a> {
    /// The id of the part that is fetched anew while one filters.
    pub id: &'a str,
    /// What it is a register of, for screen readers and as the heading of the print.
    pub caption: &'a str,
    /// The address of the list without its query.
    pub path: &'a str,
    /// The query of the present filters, without sorting and page: `kind=repair&q=303`.
    pub query: &'a str,
    /// The columns.
    pub columns: &'a [Column<'a>],
    /// Sorted by this word, downwards when true.
    pub sorted: Option<(&'a str, bool)>,
    /// The rows of this page.
    pub rows: &'a [Row],
    /// How many there are in all, in words: 1 240 条, 约 12 万条.
    pub total: &'a str,
    /// The key after which the next page begins.
    pub next: Option<&'a str>,
    /// Whether this is not the first page.
    pub further: bool,
    /// What an empty register says.
    pub empty: Markup,
    /// Offers Excel and CSV of the whole list, not only this page.
    pub export: bool,
}

/// Columns that fit on an upright sheet of paper.
const UPRIGHT: usize = 6;

impl<'a> Register<'a> {
    /// A table on one page: no filter, no order to choose, no count, nothing to export.
    pub fn of(
        (id, caption, path): (&'a str, &'a str, &'a str),
        columns: &'a [Column<'a>],
        rows: &'a [Row],
        empty: Markup,
    ) -> Register<'a> {
        let (query, sorted, total, next) = ("", None, "", None);
        Register { id, caption, path, query, columns, sorted, rows, total, next, further: false, empty, export: false }
    }

    /// The table with its foot.
    pub fn render(&self) -> Markup {
        html! {
            div.register.across[self.columns.len() > UPRIGHT] id=(self.id) {
                @if self.rows.is_empty() {
                    (self.empty)
                } @else {
                    div.scroll tabindex="0" role="region" aria-label=(self.caption) { table {
                        caption.vh { (self.caption) }
                        thead { tr { @for column in self.columns { (self.heading(column)) } } }
                        tbody {
                            @for row in self.rows {
                                tr class=[class(row)] data-walk tabindex="-1" {
                                    @for (cell, column) in row.cells.iter().zip(self.columns) {
                                        td.num[column.right].minor[column.minor] data-name=[column.named.then_some(column.title)] { (cell) }
                                    }
                                }
                            }
                        }
                    } }
                }
                (self.foot())
            }
        }
    }

    fn heading(&self, column: &Column) -> Markup {
        let here = column.sort.and_then(|word| self.sorted.filter(|(by, _)| *by == word));
        let direction = here.map(|(_, down)| if down { "descending" } else { "ascending" });
        html! {
            th scope="col" .num[column.right] .minor[column.minor] aria-sort=[direction] {
                @if let Some(word) = column.sort {
                    @let down = here.is_some_and(|(_, down)| !down);
                    @let sort = format!("{}{word}", if down { "-" } else { "" });
                    a href=(self.address(&[("sort", &sort)])) data-swap=(self.id) {
                        (column.title)
                        @match direction { Some("descending") => " ▼", Some(_) => " ▲", None => "" }
                    }
                } @else { (column.title) }
            }
        }
    }

    fn foot(&self) -> Markup {
        let sort = self.sorted.map(|(by, down)| format!("{}{by}", if down { "-" } else { "" })).unwrap_or_default();
        html! {
            div.foot {
                span.dim { (self.total) }
                @if self.further {
                    a href=(self.address(&[("sort", &sort)])) data-swap=(self.id) { (t("第一页")) }
                }
                @if let Some(next) = self.next {
                    a href=(self.address(&[("sort", &sort), ("after", next)])) data-swap=(self.id) { (t("下一页")) }
                }
                @if self.export && !self.rows.is_empty() {
                    span.leaves {
                        (icon(lucide::LuDownload))
                        a href=(self.address(&[("sort", &sort), ("as", "xlsx")])) { "Excel" }
                        a href=(self.address(&[("sort", &sort), ("as", "csv")])) { "CSV" }
                    }
                }
            }
        }
    }

    /// The address of this list with more words in its query; empty ones are left out.
    fn address(&self, more: &[(&str, &str)]) -> String {
        let mut address = format!("{}?{}", self.path, self.query);
        for (name, value) in more.iter().filter(|(_, value)| !value.is_empty()) {
            if !address.ends_with(['?', '&']) {
                address.push('&');
            }
            address.push_str(&format!("{name}={}", escaped(value)));
        }
        address.trim_end_matches('?').to_owned()
    }
}

fn class(row: &Row) -> Option<&'static str> {
    match (row.late, row.void) {
        (_, true) => Some("void"),
        (true, false) => Some("late"),
        (false, false) => None,
    }
}

/// The form above a register: its fields send the list anew while one types or chooses.
pub fn filters(path: &str, id: &str, search: Option<&str>, fields: Markup) -> Markup {
    html! {
        form.filters action=(path) data-swap=(id) {
            @if let Some(value) = search {
                input type="search" name="q" value=(value) aria-label=(t("查找")) placeholder=(t("在这里查找"))
                    autocomplete="off" maxlength="80" data-debounce="250" data-room;
            }
            (fields)
            button { (t("筛选")) }
        }
    }
}

/// A choice among filters: sends the form when it changes.
pub fn filter_select(name: &str, label: &str, choices: &[(&str, &str)], chosen: &str) -> Markup {
    html! {
        label.filter {
            span.vh { (label) }
            select name=(name) data-debounce="10" {
                option value="" { (label) "：" (t("全部")) }
                @for (value, words) in choices { option value=(value) selected[*value == chosen] { (words) } }
            }
        }
    }
}

/// What a filtered register says that found nothing.
pub fn nothing_found(clear: &str) -> Markup {
    panel::empty(t("没有符合条件的记录。"), html! { a.button href=(clear) { (t("清除条件")) } })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn register<'a>(rows: &'a [Row], columns: &'a [Column<'a>]) -> Register<'a> {
        Register {
            query: "kind=repair",
            sorted: Some(("due", false)),
            total: "1 条",
            next: Some("2026-11-20 A"),
            export: true,
            ..Register::of(("cases", "事项登记簿", "/cases"), columns, rows, html! { "空" })
        }
    }

    #[test]
    fn addresses_keep_filters_and_turn_the_sorting() {
        let columns = [Column { sort: Some("due"), right: true, ..Column::new("时限") }];
        let rows = [Row { cells: vec![html! { a href="/cases/1" { "一" } }], late: true, void: false }];
        let shown = register(&rows, &columns).render().into_string();
        assert!(shown.contains(r#"href="/cases?kind=repair&amp;sort=-due""#), "{shown}");
        assert!(shown.contains(r#"aria-sort="ascending""#));
        assert!(shown.contains("sort=due&amp;after=2026-11-20%20A"));
        assert!(shown.contains("as=xlsx") && shown.contains(r#"<tr class="late""#));
    }

    #[test]
    fn an_empty_register_says_so_and_offers_no_export() {
        let shown = register(&[], &[]).render().into_string();
        assert!(shown.contains("空") && !shown.contains("xlsx") && !shown.contains("<table"));
    }
}
