//! Printed forms (纸面单据): head, ruled grid, signature boxes, QR, copies on A4, A5 and multi-part paper.

use maud::{Markup, html};

use super::qr::qr;
use crate::language::t;

/// The paper of a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// A4 upright.
    A4,
    /// A5 across: two fit on one A4.
    A5,
    /// A third of an A4, to be cut apart.
    A4Third,
    /// Multi-part carbonless paper 241 × 279.4 mm.
    Multi,
    /// The same, half: 139.7 mm.
    MultiHalf,
    /// The same, a third: 93.1 mm.
    MultiThird,
}

impl Size {
    /// The class that the stylesheet of paper knows it by.
    pub fn class(self) -> &'static str {
        match self {
            Size::A4 => "a4",
            Size::A5 => "a5",
            Size::A4Third => "a4 third",
            Size::Multi => "multi",
            Size::MultiHalf => "multi half",
            Size::MultiThird => "multi third",
        }
    }

    /// Width and height in whole millimetres.
    pub fn millimetres(self) -> (u32, u32) {
        match self {
            Size::A4 => (210, 297),
            Size::A5 => (210, 148),
            Size::A4Third => (210, 99),
            Size::Multi => (241, 279),
            Size::MultiHalf => (241, 139),
            Size::MultiThird => (241, 93),
        }
    }

    /// Multi-part paper has its copy labels and colours pre-printed and is printed once.
    fn labels_printed_before(self) -> bool {
        matches!(self, Size::Multi | Size::MultiHalf | Size::MultiThird)
    }
}

/// A copy of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copy {
    /// Which: 第二联.
    pub label: String,
    /// Who keeps it: 客服部留存.
    pub holder: String,
}

/// One page of one copy.
pub struct Sheet<'a> {
    /// The paper.
    pub size: Size,
    /// The company at the top.
    pub company: &'a str,
    /// The form's title.
    pub title: &'a str,
    /// The form's code: 3501.
    pub code: &'a str,
    /// The sheet's own number.
    pub number: &'a str,
    /// The copy, printed down the right edge; none where the paper says it.
    pub copy: Option<&'a Copy>,
    /// The grid.
    pub rows: Markup,
    /// Below the grid: notes, where to call.
    pub foot: &'a str,
    /// What the QR code holds; none prints none.
    pub qr: Option<&'a str>,
    /// Page and pages.
    pub page: (u16, u16),
    /// Void: crossed through.
    pub void: bool,
}

impl Sheet<'_> {
    /// The sheet.
    pub fn render(&self) -> Markup {
        let copy = self.copy.filter(|_| !self.size.labels_printed_before());
        html! {
            article class={ "sheet " (self.size.class()) @if self.void { " void" } } {
                @if let Some(copy) = copy {
                    p.copy { (copy.label) @if !copy.label.contains(&copy.holder) { " · " (copy.holder) } }
                }
                header {
                    div.name {
                        p.company { (self.company) }
                        h1 { (self.title) }
                    }
                    div.numbers {
                        p { span.printed { (t("编号")) } " " b { (self.number) } }
                        p {
                            (self.code)
                            @if self.page.1 > 1 && !self.code.is_empty() { "　" }
                            @if self.page.1 > 1 { (t!("第 {0} 页 / 共 {1} 页", self.page.0, self.page.1)) }
                        }
                    }
                    @if let Some(text) = self.qr { (qr(text, self.number)) }
                }
                table.grid { tbody { (self.rows) } }
                @if !self.foot.is_empty() { p.foot { (self.foot) } }
            }
        }
    }
}

/// A cell of the grid with its label. `span` counts columns of twelve.
pub fn cell(label: &str, value: Markup, span: u8) -> Markup {
    html! { td colspan=(span) { span.label { (label) } div.value { (value) } } }
}

/// A row of the grid of a fixed height in quarters of a centimetre, so that a sheet never grows: classes `h2` to `h24`.
pub fn row(height: u8, cells: Markup) -> Markup {
    html! { tr class={ "h" (height.clamp(2, 24)) } { (cells) } }
}

/// A heading across the grid.
pub fn band(words: &str) -> Markup {
    html! { tr.band { td colspan="12" { (words) } } }
}

/// A box to sign in: who signs, the signature when there is one, and its moment.
pub fn sign_box(who: &str, signature: Markup, moment: &str, span: u8) -> Markup {
    html! {
        td.sign-box colspan=(span) {
            span.label { (who) }
            div.value { (signature) }
            span.moment { @if moment.is_empty() { span.printed { (t("　　年　月　日　时　分")) } } @else { (moment) } }
        }
    }
}

/// A row of boxes to tick, the chosen ones ticked.
pub fn ticks(choices: &[(&str, bool)]) -> Markup {
    html! { @for (words, on) in choices { span.tick { (if *on { "☑" } else { "☐" }) (words) } " " } }
}

/// The bar above a preview, left out of the print.
pub fn print_bar(back: &str, words: &str) -> Markup {
    html! {
        div.print-bar {
            a.button href=(back) { (t("返回")) }
            span { (words) }
            button.main data-print data-key="F9" { (t("打印")) " " kbd { "F9" } }
        }
    }
}
