//! Tables of figures (统计表): the figures on top, one table a way of counting, what came back.

use journal::Laws;
use journal::reads::{Analysis, Count, CountedBy, SameBy, topic_in_words};
use maud::{Markup, html};
use office::stretch::Stretch;

use super::counting::{list_of, title, value};
use crate::components::figure::{Figure, figures as figure_row};
use crate::components::panel;
use crate::language::{said, t};
use crate::page::escaped;

/// The figures that a manager looks at first.
pub fn head_figures(period: &Stretch, analysis: &Analysis) -> Markup {
    let all = &analysis.all;
    let of = |by: CountedBy, key: &str| -> Count {
        analysis.counts(by).iter().find(|it| it.key == key).cloned().unwrap_or_default()
    };
    let (kept, late) = (of(CountedBy::Answer, "kept"), of(CountedBy::Answer, "late"));
    let unanswered = of(CountedBy::Mark, "unanswered");
    let (happy, unhappy) = (of(CountedBy::Mark, "satisfied"), of(CountedBy::Mark, "dissatisfied"));
    let rate = |part: i64, whole: i64| match whole {
        0 => t("暂无数据").to_owned(),
        _ => format!("{}.{}", part * 1000 / whole / 10, part * 1000 / whole % 10),
    };
    let was = |count: i64| crate::t!("上期 {}", count);
    let (all_now, late_now, open_now) = (all.now.to_string(), late.now.to_string(), unanswered.now.to_string());
    let (timely, satisfied) = (rate(kept.now, kept.now + late.now), rate(happy.now, happy.now + unhappy.now));
    let (all_was, late_was, open_was) = (was(all.before), was(late.before), was(unanswered.before));
    let rate_was = |part: i64, whole: i64| match whole {
        0 => crate::t!("上期 {}", t("暂无数据")),
        _ => crate::t!("上期 {} %", rate(part, whole)),
    };
    let timely_was = rate_was(kept.before, kept.before + late.before);
    let happy_was = rate_was(happy.before, happy.before + unhappy.before);
    let (list_all, list_late) = (list_of(period, CountedBy::All, ""), list_of(period, CountedBy::Answer, "late"));
    let (list_kept, list_open) =
        (list_of(period, CountedBy::Answer, "kept"), list_of(period, CountedBy::Mark, "unanswered"));
    let list_happy = list_of(period, CountedBy::Mark, "satisfied");
    figure_row(&[
        Figure { target: &all_was, ..Figure::count(t("收到投诉"), &all_now, t("件"), &list_all) },
        Figure { target: &timely_was, ..Figure::count(t("按时答复"), &timely, "%", &list_kept) },
        Figure { target: &late_was, ..Figure::count(t("答复超时"), &late_now, t("件"), &list_late) },
        Figure { target: &open_was, ..Figure::count(t("没有答复"), &open_now, t("件"), &list_open) },
        Figure { target: &happy_was, ..Figure::count(t("回访满意"), &satisfied, "%", &list_happy) },
    ])
}

/// One way of counting: each value in this period and the one before, each number a link to its list.
pub fn table(laws: &Laws, period: &Stretch, by: CountedBy, counts: &[Count]) -> Markup {
    let before = period.before();
    html! {
        (panel(&title(by), html! {}, html! {
            table.plain-table {
                thead { tr {
                    th scope="col" { (title(by)) }
                    th.num scope="col" { (t("本期")) }
                    th.num scope="col" { (t("上期")) }
                    th.num scope="col" { (t("增减")) }
                } }
                tbody {
                    @for it in counts {
                        tr {
                            td { (value(laws, by, &it.key)) }
                            td.num { (linked(it.now, &list_of(period, by, &it.key))) }
                            td.num { (linked(it.before, &list_of(&before, by, &it.key))) }
                            td.num { (change(it)) }
                        }
                    }
                }
            }
        }))
    }
}

/// A number that leads to its list; nothing to look at behind a nought.
pub fn linked(count: i64, path: &str) -> Markup {
    html! { @if count > 0 { a href=(path) { (count) } } @else { span.dim { "0" } } }
}

fn change(it: &Count) -> String {
    match it.now - it.before {
        0 => "—".to_owned(),
        more if more > 0 => format!("+{more}"),
        less => less.to_string().replace('-', "−"),
    }
}

/// What came back within the period.
pub fn came_back(laws: &Laws, period: &Stretch, figures: &Analysis) -> Markup {
    html! {
        (panel(t("同一件事又来的"), html! {}, html! {
            @if figures.came_back.is_empty() { p.dim { (t("这一期没有重复的投诉。")) } } @else {
                table.plain-table {
                    thead { tr { th scope="col" { (t("哪里")) } th scope="col" { (t("什么")) } th.num scope="col" { (t("件数")) } } }
                    tbody {
                        @for it in &figures.came_back {
                            @let place = if it.by == SameBy::Place { "place" } else { "household" };
                            @let topic = if it.topic.is_empty() { String::new() } else { format!("&topic={}", escaped(&it.topic)) };
                            @let days = format!("&from={}&until={}", period.first, period.last);
                            tr {
                                td { (it.place) }
                                td {
                                    @if it.by == SameBy::Place { (t("同一地点")) }
                                    @else if it.topic.is_empty() { (t("没有写")) }
                                    @else { (said(&topic_in_words(laws, &it.topic), None)) }
                                }
                                td.num {
                                    a href={ "/cases?kind=complaint&" (place) "=" (escaped(&it.key)) (topic) (days) } { (it.count) }
                                }
                            }
                        }
                    }
                }
            }
        }))
    }
}
