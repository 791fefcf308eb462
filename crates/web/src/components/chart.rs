//! Charts (图): bars, lines, rings and small trends as SVG in the colours of the theme. The numbers stand on them; the
//! list behind stands beside them.

use maud::{Markup, html};

use crate::language::t;

/// A series of values, one for each label; a missing value leaves a gap.
pub struct Series<'a> {
    /// What it is.
    pub name: &'a str,
    /// The values, in the unit of the chart.
    pub values: &'a [Option<i64>],
}

/// A chart over labels: months, posts, classes.
pub struct Chart<'a> {
    /// What it shows, with its unit: 每月投诉（件）.
    pub title: &'a str,
    /// One label for each value.
    pub labels: &'a [&'a str],
    /// At most five series.
    pub series: &'a [Series<'a>],
    /// A line to reach or to stay below.
    pub target: Option<i64>,
}

const WIDTH: f64 = 480.0;
const HEIGHT: f64 = 150.0;
const TOP: f64 = 18.0;
const FOOT: f64 = 20.0;
const LEFT: f64 = 4.0;

impl Chart<'_> {
    /// Bars side by side.
    pub fn bars(&self) -> Markup {
        let scale = self.scale(Drawn::Bars);
        let slot = self.slot();
        let width = (slot * 0.72 / self.series.len().max(1) as f64).min(36.0);
        self.frame(
            scale,
            html! {
                @for (n, series) in self.series.iter().enumerate() {
                    @for (at, value) in series.values.iter().enumerate() {
                        @if let Some(value) = value {
                            @let left = self.middle(at) + width * (n as f64 - self.series.len() as f64 / 2.0);
                            @let (high, low) = (scale.y(*value), scale.y(scale.foot));
                            (bar(n, left, high, width, low - high, series.name, *value))
                            text.value x=(round(left + width / 2.0)) y=(round(scale.y(*value) - 4.0)) { (value) }
                        }
                    }
                }
            },
        )
    }

    /// Bars on top of each other, with the sum above.
    pub fn stacked(&self) -> Markup {
        let scale = self.scale(Drawn::Stacked);
        let width = (self.slot() * 0.6).min(40.0);
        self.frame(
            scale,
            html! {
                @for at in 0..self.labels.len() {
                    @let left = self.middle(at) - width / 2.0;
                    @for (n, series) in self.series.iter().enumerate() {
                        @let below = sum_at(&self.series[..n], at);
                        @if let Some(value) = series.values.get(at).copied().flatten().filter(|it| *it > 0) {
                            @let (high, low) = (scale.y(below + value), scale.y(below));
                            (bar(n, left, high, width, low - high, series.name, value))
                        }
                    }
                    @let sum = sum_at(self.series, at);
                    @if sum != 0 { text.value x=(round(left + width / 2.0)) y=(round(scale.y(sum) - 4.0)) { (sum) } }
                }
            },
        )
    }

    /// Lines with a dot at each value.
    pub fn lines(&self) -> Markup {
        let scale = self.scale(Drawn::Lines);
        self.frame(scale, html! {
            @for (n, series) in self.series.iter().enumerate() {
                @for run in runs(series.values) {
                    polyline class={ "line s" (n + 1) }
                        points=(points(run.iter().map(|(at, value)| (self.middle(*at), scale.y(*value))))) {}
                }
                @for (at, value) in series.values.iter().enumerate() {
                    @if let Some(value) = value {
                        circle class={ "s" (n + 1) } cx=(round(self.middle(at))) cy=(round(scale.y(*value))) r="2.5" {
                            title { (series.name) " " (value) }
                        }
                        @if self.series.len() == 1 || at + 1 == series.values.len() {
                            text.value x=(round(self.middle(at))) y=(round(scale.y(*value) - 7.0)) { (value) }
                        }
                    }
                }
            }
        })
    }

    fn frame(&self, scale: Scale, inside: Markup) -> Markup {
        html! {
            figure.chart {
                figcaption {
                    (self.title)
                    @if let Some(target) = self.target {
                        span.legend {
                            svg viewBox="0 0 10 10" { line.target x1="0" x2="10" y1="5" y2="5" {} }
                            (t!("目标 {}", target))
                        }
                    }
                    @if self.series.len() > 1 {
                        span.legend {
                            @for (n, series) in self.series.iter().enumerate() {
                                span { (swatch(n)) (series.name) }
                            }
                        }
                    }
                }
                @if self.series.iter().all(|series| series.values.iter().all(Option::is_none)) {
                    p.dim { (t("这段时间没有数据。")) }
                } @else {
                    svg viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } role="img" aria-label=(self.said()) {
                        line.axis x1="0" x2=(WIDTH) y1=(round(scale.y(scale.foot))) y2=(round(scale.y(scale.foot))) {}
                        @if let Some(target) = self.target {
                            line.target x1="0" x2=(WIDTH) y1=(round(scale.y(target))) y2=(round(scale.y(target))) {}
                        }
                        (inside)
                        @for (at, label) in self.labels.iter().enumerate() {
                            text.label x=(round(self.middle(at))) y=(HEIGHT - 5.0) { (label) }
                        }
                    }
                }
            }
        }
    }

    /// The chart in words, for those who do not see it.
    fn said(&self) -> String {
        let mut words = self.title.to_owned();
        for series in self.series {
            words.push_str(&format!("；{}：", series.name));
            for (label, value) in self.labels.iter().zip(series.values) {
                match value {
                    Some(value) => words.push_str(&format!("{label} {value}，")),
                    None => words.push_str(&format!("{label} —，")),
                }
            }
        }
        words.trim_end_matches('，').to_owned()
    }

    /// Bars stand on zero. Lines whose values lie close together are drawn from a little below the lowest, so that a
    /// rate between 94 and 99 is more than a flat line.
    fn scale(&self, drawn: Drawn) -> Scale {
        let at = |at: usize| self.series.iter().filter_map(move |series| series.values.get(at).copied().flatten());
        let columns = 0..self.labels.len();
        let highest = |values: Vec<i64>| match drawn {
            Drawn::Stacked => values.iter().sum(),
            _ => values.into_iter().max().unwrap_or(0),
        };
        let top = columns.clone().map(|it| highest(at(it).collect())).chain(self.target).max().unwrap_or(0);
        let low = columns.flat_map(at).chain(self.target).min().unwrap_or(0);
        let foot = match drawn {
            Drawn::Lines if low * 2 > top => (low - (top - low).max(1)).max(0),
            _ => low.min(0),
        };
        Scale { foot, top: top.max(foot + 1) }
    }

    fn slot(&self) -> f64 {
        (WIDTH - LEFT * 2.0) / self.labels.len().max(1) as f64
    }

    fn middle(&self, at: usize) -> f64 {
        LEFT + self.slot() * (at as f64 + 0.5)
    }
}

/// A ring of parts with its legend. Parts of the same unit; an empty one is left out of the ring.
pub fn ring(title: &str, parts: &[(&str, i64)], unit: &str) -> Markup {
    let sum: i64 = parts.iter().map(|(_, value)| (*value).max(0)).sum();
    // The circle has a circumference of 100, so that shares are lengths.
    let share = |value: i64| value.max(0) as f64 * 100.0 / sum.max(1) as f64;
    html! {
        figure.chart.ring {
            figcaption { (title) }
            div {
                svg viewBox="0 0 40 40" aria-hidden="true" {
                    circle.axis cx="20" cy="20" r="15.915" fill="none" stroke-width="6" {}
                    @for (n, (_, value)) in parts.iter().enumerate() {
                        @let before: f64 = parts[..n].iter().map(|(_, value)| share(*value)).sum();
                        @if *value > 0 {
                            circle class={ "line s" (n + 1) } cx="20" cy="20" r="15.915" stroke-width="6"
                                stroke-dasharray={ (round(share(*value))) " " (round(100.0 - share(*value))) }
                                stroke-dashoffset=(round(25.0 - before)) {}
                        }
                    }
                    text.sum x="20" y="22.5" { (sum) }
                }
                dl.legend {
                    @for (n, (name, value)) in parts.iter().enumerate() {
                        dt { (swatch(n)) (name) }
                        dd { (value) " " (unit) }
                    }
                }
            }
        }
    }
}

/// A small line without words: the trend beside a figure.
pub fn spark(values: &[i64]) -> Markup {
    let low = values.iter().copied().min().unwrap_or(0);
    let span = (values.iter().copied().max().unwrap_or(0) - low).max(1) as f64;
    let step = 92.0 / (values.len().max(2) - 1) as f64;
    let place = |at: usize, value: i64| (2.0 + step * at as f64, 20.0 - (value - low) as f64 / span * 16.0);
    let last = values.len().saturating_sub(1);
    html! {
        svg.spark viewBox="0 0 96 24" aria-hidden="true" {
            polyline.line.s1 points=(points(values.iter().enumerate().map(|(at, value)| place(at, *value)))) {}
            @if let Some(value) = values.last() {
                @let (x, y) = place(last, *value);
                circle.s1 cx=(round(x)) cy=(round(y)) r="2" {}
            }
        }
    }
}

/// A bar of a share towards its target: what is done of the whole, and where it has to reach; the target in parts per hundred
/// thousand. Nothing of nothing.
pub fn meter(done: i64, whole: i64, target: Option<i64>) -> Markup {
    let width = |part: f64| round(part.clamp(0.0, 1.0) * 80.0);
    html! {
        @if whole > 0 {
            svg.meter viewBox="0 0 80 8" aria-hidden="true" {
                rect.rest width="80" height="8" {}
                rect.met width=(width(done as f64 / whole as f64)) height="8" {}
                @if let Some(target) = target {
                    @let at = width(target as f64 / 100_000.0);
                    line.target x1=(at) x2=(at) y1="0" y2="8" {}
                }
            }
        }
    }
}

/// The square before a name in a legend.
fn swatch(n: usize) -> Markup {
    html! { svg viewBox="0 0 10 10" { rect class={ "s" (n + 1) } width="10" height="10" {} } }
}

fn bar(n: usize, left: f64, high: f64, width: f64, height: f64, name: &str, value: i64) -> Markup {
    html! {
        rect class={ "s" (n + 1) } x=(round(left)) y=(round(high)) width=(round(width)) height=(round(height)) {
            title { (name) " " (value) }
        }
    }
}

/// How a chart is drawn, which decides its scale.
#[derive(Clone, Copy)]
enum Drawn {
    Bars,
    Stacked,
    Lines,
}

/// The values at the foot and at the top of the drawing.
#[derive(Clone, Copy)]
struct Scale {
    foot: i64,
    top: i64,
}

impl Scale {
    fn y(self, value: i64) -> f64 {
        HEIGHT - FOOT - (value - self.foot) as f64 * (HEIGHT - FOOT - TOP) / (self.top - self.foot) as f64
    }
}

fn sum_at(series: &[Series], at: usize) -> i64 {
    series.iter().filter_map(|it| it.values.get(at).copied().flatten()).sum()
}

fn round(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

fn points(places: impl Iterator<Item = (f64, f64)>) -> String {
    places.map(|(x, y)| format!("{},{}", round(x), round(y))).collect::<Vec<_>>().join(" ")
}

/// The unbroken runs of values, with their places.
fn runs(values: &[Option<i64>]) -> Vec<Vec<(usize, i64)>> {
    let mut runs = vec![Vec::new()];
    for (at, value) in values.iter().enumerate() {
        match value {
            Some(value) => runs.last_mut().expect("there is always one run").push((at, *value)),
            None => runs.push(Vec::new()),
        }
    }
    runs.retain(|run| !run.is_empty());
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_value_leaves_a_gap() {
        assert_eq!(runs(&[Some(1), None, Some(2), Some(3)]), [vec![(0, 1)], vec![(2, 2), (3, 3)]]);
        let values = [Some(96), None, Some(98)];
        let series = [Series { name: "满意率", values: &values }];
        let chart =
            Chart { title: "满意率（%）", labels: &["9月", "10月", "11月"], series: &series, target: Some(96) };
        let shown = chart.lines().into_string();
        assert_eq!(shown.matches("<polyline").count(), 2);
        assert!(shown.contains("满意率（%）；满意率：9月 96，10月 —，11月 98"));
        assert!(shown.contains("目标 96"));
    }

    #[test]
    fn bars_grow_from_the_same_ground_and_the_highest_reaches_the_top() {
        let scale = Scale { foot: 0, top: 50 };
        assert_eq!((scale.y(0), scale.y(50)), (HEIGHT - FOOT, TOP));
        let none: [Option<i64>; 1] = [None];
        let empty = Chart { title: "x", labels: &["a"], series: &[Series { name: "b", values: &none }], target: None };
        assert!(empty.bars().into_string().contains("没有数据"));
    }

    #[test]
    fn the_parts_of_a_ring_close_it() {
        let shown = ring("来源", &[("电话", 3), ("前台", 1), ("微信", 0)], "件").into_string();
        assert!(shown.contains(r#"stroke-dasharray="75 25""#) && shown.contains(r#"stroke-dashoffset="-50""#));
        assert_eq!(shown.matches("stroke-dasharray").count(), 2);
    }
}
