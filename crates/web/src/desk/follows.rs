//! What follows (接下来): likely duplicates with "join", the courtesy line of this step, the clocks that saving would start.

use calendar::DueAt;
use maud::{Markup, html};
use office::case::CaseKind;

use super::answers;
use super::counter::Counter;
use crate::cases::chase;
use crate::components::light::{Lamp, shape_of};
use crate::components::{Timing, marks, panel};
use crate::language::{said, t};
use crate::state::Here;

/// The whole column.
pub fn column(here: &Here, counter: &Counter) -> Markup {
    html! {
        div #follows {
            div.courtesy { @for line in courtesy(here, counter) { p { (line) } } }
            @if !counter.close.is_empty() {
                section.panel { div.title { h2 { (t("可能的答复")) } } div.found { (answers::links(&counter.close)) } }
            }
            (duplicates(here, counter))
            (crate::warranty::at_desk(counter.warranty.as_ref()))
            (clocks(here, counter))
        }
    }
}

/// What to say now, in the site's own words: first what the moment asks for, then the step.
fn courtesy(here: &Here, counter: &Counter) -> Vec<String> {
    let Some(phrases) = &counter.phrases else { return Vec::new() };
    let filled = &counter.filled;
    let placed = counter.card.is_some() || !filled.get("place").is_empty();
    let [_, asked, noted, read_back] = counter.clears(here);
    let thanked = matches!(counter.kind, Some(CaseKind::Suggestion | CaseKind::Commendation));
    let moment = [
        ("calm", filled.get("contact.agitated") == "yes"),
        ("apology", counter.is_late() && filled.get("complaint.apologised") != "yes"),
        ("seat", counter.came() && filled.get("case.seat_offered") != "yes"),
        ("complaint", counter.kind == Some(CaseKind::Complaint) && filled.get("complaint.thanked") != "yes"),
        ("thanks", thanked),
        ("appointment", !filled.get("repair.appointment").is_empty() && !read_back.1),
    ];
    let step = if filled.get("words").is_empty() && !placed {
        "greeting"
    } else if !placed {
        "place"
    } else if filled.get("words").is_empty() {
        "listen"
    } else if !asked.1 {
        "name"
    } else if !noted.1 {
        "phone"
    } else if !read_back.1 {
        "read_back"
    } else {
        "closing"
    };
    let moment = moment.iter().filter(|(_, now)| *now).map(|(step, _)| *step);
    moment.chain([step]).map(|step| phrases.say(step)).collect()
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
                            " " (chase::button(&row.id, &format!("{}-{}", counter.command, row.id), false))
                        }
                    }
                }
            }
        }
    }
}

/// How long a limit will be once it runs: 3 分钟内, and 今天 24:00 前 for one that ends with a day.
fn within(timing: Timing, due: DueAt) -> String {
    match due.at.seconds_since(timing.now) {
        seconds @ 1..86_400 if !due.end_of_day => crate::t!("{}内", Timing::length(seconds)),
        _ => timing.due(due),
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
                                Some(at) => (within(timing, DueAt { at, end_of_day: it.end_of_day })),
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
