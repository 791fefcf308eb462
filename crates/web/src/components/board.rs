//! The dispatch board (调度板): what nobody has yet, and one lane per repairer with the promised times of the day.

use maud::{Markup, html};

use super::light::Lamp;
use crate::language::t;

/// A job that can be carried to a lane.
pub struct Card<'a> {
    /// The case's id.
    pub id: &'a str,
    /// Its light.
    pub light: Markup,
    /// Room or place.
    pub place: &'a str,
    /// What it is about.
    pub title: &'a str,
    /// The case's page.
    pub path: &'a str,
    /// Tags, appointment, what the matching says.
    pub more: Markup,
}

impl Card<'_> {
    /// The card. It is dragged, or sent by the digit of a lane while it has the focus.
    pub fn render(&self) -> Markup {
        html! {
            li.card #{ "card-" (self.id) } data-card=(self.id) data-walk draggable="true" tabindex="0" {
                (self.light)
                a href=(self.path) draggable="false" { span.place { (self.place) } " " (self.title) }
                (self.more)
            }
        }
    }
}

/// How many cards of a column are in sight.
const IN_SIGHT: usize = 5;

/// Cards of a column, each with whether it must be in sight; the first few are too, the rest is one press away. The id keeps
/// it open when it is fetched anew.
pub fn cards(id: &str, cards: &[(Markup, bool)]) -> Markup {
    let (mut first, mut rest) = (Vec::new(), Vec::new());
    let in_sight = if cards.len() > IN_SIGHT + 1 { IN_SIGHT } else { cards.len() };
    for (nth, (card, loud)) in cards.iter().enumerate() {
        if nth < in_sight || *loud { first.push(card) } else { rest.push(card) }
    }
    html! {
        ol { @for card in first { (card) } }
        @if !rest.is_empty() {
            details.aside id=(id) {
                summary { (t!("其余 {} 项", rest.len())) }
                ol { @for card in rest { (card) } }
            }
        }
    }
}

/// A promised time on the strip of a day, in minutes since midnight.
pub struct Promise<'a> {
    /// From.
    pub from: u16,
    /// Until.
    pub until: u16,
    /// State, which colours it.
    pub lamp: Lamp,
    /// What is promised to whom, on hover.
    pub words: &'a str,
}

/// A repairer's lane.
pub struct Lane<'a> {
    /// The account's id.
    pub id: &'a str,
    /// The name.
    pub name: &'a str,
    /// Skills and area: 水电 · 一期.
    pub skills: &'a str,
    /// What they are at: 空闲, 3-501 水管漏水 14:05 到场.
    pub present: Markup,
    /// The promised times of the day.
    pub promises: &'a [Promise<'a>],
    /// The jobs in the lane.
    pub cards: Markup,
    /// How many jobs.
    pub load: usize,
    /// Why this lane is suggested for the chosen card, if it is.
    pub suggested: Option<&'a str>,
}

/// The hours that the strip of a day shows, and now, in minutes since midnight.
#[derive(Clone, Copy)]
pub struct Hours {
    /// First minute.
    pub from: u16,
    /// Last minute.
    pub until: u16,
    /// Now.
    pub now: u16,
}

impl Lane<'_> {
    /// The lane with its number, which is also its key.
    pub fn render(&self, number: usize, hours: Hours) -> Markup {
        html! {
            section class={ "lane" @if self.suggested.is_some() { " fits" } } data-lane=(self.id) {
                div.who {
                    h2 { kbd { (number) } " " (self.name) }
                    span.dim { (self.skills) }
                    @if let Some(why) = self.suggested { span.why { (why) } }
                }
                div.present { span { (self.present) } span.dim.nowrap { (t!("{} 单", self.load)) } }
                (strip(self.promises, hours))
                div.hands { (self.cards) }
            }
        }
    }
}

/// The strip of a day: promised times as bars, each third hour marked, a line for now. Places are shares of the width,
/// so that the strip fits any column.
pub fn strip(promises: &[Promise], hours: Hours) -> Markup {
    let Hours { from, until, now } = hours;
    let width = f64::from(until.saturating_sub(from).max(60));
    let share = |minutes: u16| format!("{:.1}%", f64::from(minutes) * 100.0 / width);
    let place = |minute: u16| share(minute.clamp(from, until) - from);
    html! {
        svg.strip role="img" aria-label=(t("今天的约定时间")) {
            @for hour in (from / 180 + 1)..=(until / 180) {
                line.mark x1=(place(hour * 180)) x2=(place(hour * 180)) y1="0" y2="100%" {}
                text x=(place(hour * 180)) y="32" dx="10" { (hour * 3) }
            }
            @for promise in promises {
                @let minutes = promise.until.clamp(from, until) - promise.from.clamp(from, until);
                rect class=(promise.lamp.name()) x=(place(promise.from)) y="3" height="18"
                    width=(share(minutes.max(8))) {
                    title { (promise.words) }
                }
            }
            line.now x1=(place(now)) x2=(place(now)) y1="0" y2="100%" {}
        }
    }
}

/// The form that every assignment goes through: two choices without script, filled by dragging or keys with it.
pub fn assign_form(action: &str, command: &str, cards: &[(&str, &str)], lanes: &[(&str, &str)]) -> Markup {
    html! {
        form.assign method="post" action=(action) data-board data-swap="board carried" {
            (super::field::command(command))
            select name="card" aria-label=(t("派哪一单")) {
                @for (id, words) in cards { option value=(id) { (words) } }
            }
            select name="lane" aria-label=(t("派给谁")) {
                @for (id, words) in lanes { option value=(id) { (words) } }
            }
            button.main { (t("派单")) }
        }
    }
}
