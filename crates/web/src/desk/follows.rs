//! What follows (接下来): likely duplicates with "join", the courtesy line of this step, the clocks that saving would start.

use calendar::DueAt;
use maud::{Markup, html};

use super::counter::Counter;
use crate::components::light::{Lamp, shape_of};
use crate::components::{Timing, marks, panel};
use crate::language::{said, t};
use crate::state::Here;

/// The whole column.
pub fn column(here: &Here, counter: &Counter) -> Markup {
    html! {
        div #follows {
            p.courtesy { (courtesy(here, counter)) }
            (duplicates(here, counter))
            (clocks(here, counter))
        }
    }
}

/// What to say now.
fn courtesy(here: &Here, counter: &Counter) -> &'static str {
    let filled = &counter.filled;
    let placed = counter.card.is_some() || !filled.get("place").is_empty();
    let [_, asked, noted, read_back] = counter.clears(here);
    if filled.get("words").is_empty() && !placed {
        t("您好，很高兴为您服务，请问有什么可以帮您？")
    } else if !placed {
        t("请问您是哪一栋哪一户，或者在小区的什么位置？")
    } else if filled.get("words").is_empty() {
        t("请您说说情况，我记下来。")
    } else if !asked.1 {
        t("请问您贵姓？")
    } else if !noted.1 {
        t("请您留一个方便联系的电话。")
    } else if !read_back.1 {
        t("我跟您复述一遍，请您听听对不对。")
    } else {
        t("已经为您登记，我们会尽快跟进，有结果马上告诉您。感谢来电。")
    }
}

fn duplicates(here: &Here, counter: &Counter) -> Markup {
    let timing = Timing { now: here.now, zone: &here.house().laws().zone };
    let chosen = counter.filled.get("linked_case");
    html! {
        @if !counter.duplicates.is_empty() {
            section.panel {
                div.title { h2 { (t("可能是同一件事")) } }
                ul.small {
                    @for row in &counter.duplicates {
                        li {
                            a href={ "/cases/" (row.id) } { (row.number) " " (row.title) } " "
                            span.dim { (timing.said(row.opened)) " " (said(row.state.title(), None)) }
                            br;
                            label {
                                input type="checkbox" name="linked_case" value=(row.id) form="intake"
                                    checked[chosen == row.id];
                                " " (t("并入这一件"))
                            }
                            " · " a href={ "/cases/" (row.id) "/acts/case.chased" } { (t("只记催办")) }
                        }
                    }
                }
            }
        }
    }
}

fn clocks(here: &Here, counter: &Counter) -> Markup {
    let laws = here.house().laws();
    let timing = Timing { now: here.now, zone: &laws.zone };
    let body = html! {
        @if counter.kind.is_none() {
            p.dim { (t("选定种类后，这里显示保存会开始哪些时限。")) }
        } @else if counter.preview.is_empty() {
            p.dim { (t("采用的规程对这一类没有时限。")) }
        } @else {
            ol.clock-preview {
                @for it in &counter.preview {
                    li {
                        span {
                            (shape_of(if it.soft { Lamp::Soft } else { Lamp::Open })) " "
                            b { (said(&it.must.iter().map(|id| laws.word(id)).collect::<Vec<_>>().join("、"), None)) }
                        }
                        span {
                            @match it.due {
                                Some(at) => (timing.remaining(DueAt { at, end_of_day: it.end_of_day })),
                                None => span.dim { (t("不限时")) },
                            }
                        }
                        span.small.dim { (said(&laws.word(&it.bearer), None)) " " (marks::clause(&it.clause, None)) }
                    }
                }
            }
        }
    };
    panel(t("保存后开始的时限"), html! {}, body)
}
