//! Figures (数字): one number with its name, target and trend, in a row like the columns of a ledger.

use maud::{Markup, html};

use super::chart;
use super::light::Lamp;
use crate::language::t;

/// One figure. It is a link to the list behind it.
pub struct Figure<'a> {
    /// What is counted.
    pub name: &'a str,
    /// The value as written: 96.4, 12, 暂无数据.
    pub value: &'a str,
    /// Its unit: %, 件, 元.
    pub unit: &'a str,
    /// The target in words: 目标 ≥ 96 %.
    pub target: &'a str,
    /// Kept, missed or provisional, when there is a target.
    pub lamp: Option<Lamp>,
    /// The last values, oldest first, for a small line.
    pub trend: &'a [i64],
    /// The list behind it.
    pub path: &'a str,
}

impl<'a> Figure<'a> {
    /// A count without target or trend.
    pub fn count(name: &'a str, value: &'a str, unit: &'a str, path: &'a str) -> Figure<'a> {
        Figure { name, value, unit, target: "", lamp: None, trend: &[], path }
    }

    /// One cell of the row.
    pub fn render(&self) -> Markup {
        html! {
            a.figure href=(self.path) {
                span.name { (self.name) @if let Some(lamp) = self.lamp { " " (lamp.shape()) } }
                @let none = !self.value.contains(|c: char| c.is_ascii_digit());
                span.value.none[none] { (self.value) @if !none { small { (self.unit) } } }
                @if !self.target.is_empty() { span.target { (self.target) } }
                @if self.trend.len() > 1 { (chart::spark(self.trend)) }
            }
        }
    }
}

/// A share in per cent with one decimal, cut off; words where there is nothing to share.
pub fn share(part: i64, whole: i64) -> String {
    match whole {
        0 => t("暂无数据").to_owned(),
        _ => format!("{}.{}", part * 1000 / whole / 10, part * 1000 / whole % 10),
    }
}

/// Figures side by side.
pub fn figures(figures: &[Figure]) -> Markup {
    html! { div.figures { @for figure in figures { (figure.render()) } } }
}

/// A count towards a need: needed, done, late, still to do, as one bar with its words. Numbers of households or cases.
pub struct Progress<'a> {
    /// What has to be done: the clause in words.
    pub name: Markup,
    /// How many are needed.
    pub needed: u32,
    /// Done in time.
    pub done: u32,
    /// Done, but late.
    pub late: u32,
    /// What remains for today: 今日还需回访 4 户.
    pub today: &'a str,
}

impl Progress<'_> {
    /// The bar and its numbers.
    pub fn render(&self) -> Markup {
        let all = self.needed.max(self.done + self.late).max(1);
        let to_do = self.needed.saturating_sub(self.done + self.late);
        let width = |part: u32| f64::from(part) * 400.0 / f64::from(all);
        let words = t!("应 {0} · 按时 {1} · 超时 {2} · 待办 {3}", self.needed, self.done, self.late, to_do);
        html! {
            div.progress {
                div { (self.name) span.dim { (words) } b { (self.today) } }
                svg viewBox="0 0 400 8" preserveAspectRatio="none" role="img" aria-label=(words) {
                    rect.rest width="400" height="8" {}
                    rect.met width=(width(self.done)) height="8" {}
                    rect.met-late x=(width(self.done)) width=(width(self.late)) height="8" {}
                }
            }
        }
    }
}
