//! The light (时限灯): the state of a due moment as colour, shape and word. The only loud thing on a page.

use calendar::{DueAt, Moment};
use maud::{Markup, PreEscaped, html};
use rulebook::State;

use crate::language::{t, zh};

/// The state that a light shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lamp {
    /// 未到期: there is time.
    Open,
    /// 临期: due soon.
    Soon,
    /// 超时: late and not done.
    Late,
    /// 按时办结.
    Met,
    /// 超时办结.
    MetLate,
    /// 未办: ended without being done.
    Missed,
    /// 已补救: missed, then made good as the clause allows.
    Compensated,
    /// 免办: waived by someone who may.
    Waived,
    /// 不适用.
    NotApplicable,
    /// 暂计: counted on an assumption that a later fact may change.
    Provisional,
    /// 软提醒: a word without a number was taken too slowly; never a breach.
    Soft,
}

impl Lamp {
    /// All states, for the gallery and the legend.
    pub const ALL: [Lamp; 11] = [
        Lamp::Open,
        Lamp::Soon,
        Lamp::Late,
        Lamp::Met,
        Lamp::MetLate,
        Lamp::Missed,
        Lamp::Compensated,
        Lamp::Waived,
        Lamp::NotApplicable,
        Lamp::Provisional,
        Lamp::Soft,
    ];

    /// The word of the state.
    pub fn word(self) -> &'static str {
        t(match self {
            Lamp::Open => zh("未到期"),
            Lamp::Soon => zh("临期"),
            Lamp::Late => zh("超时"),
            Lamp::Met => zh("按时办结"),
            Lamp::MetLate => zh("超时办结"),
            Lamp::Missed => zh("未办"),
            Lamp::Compensated => zh("已补救"),
            Lamp::Waived => zh("免办"),
            Lamp::NotApplicable => zh("不适用"),
            Lamp::Provisional => zh("暂计"),
            Lamp::Soft => zh("提醒"),
        })
    }

    /// The class and shape name, also for the script.
    pub fn name(self) -> &'static str {
        match self {
            Lamp::Open => "open",
            Lamp::Soon => "soon",
            Lamp::Late => "late",
            Lamp::Met => "met",
            Lamp::MetLate => "met-late",
            Lamp::Missed => "missed",
            Lamp::Compensated => "made-good",
            Lamp::Waived | Lamp::NotApplicable => "none",
            Lamp::Provisional => "guess",
            Lamp::Soft => "soft",
        }
    }

    /// The lamp of an obligation's state at `now`; one without a clock is open until it ends.
    pub fn of(state: State, now: Moment, opened: Moment, due: Option<DueAt>) -> Lamp {
        match (state, due) {
            (State::Open | State::Overdue, Some(due)) => Lamp::running(now, due, super::Timing::soon(opened, due)),
            (State::Open, None) => Lamp::Open,
            (State::Overdue, None) => Lamp::Late,
            (State::Met, _) => Lamp::Met,
            (State::MetLate, _) => Lamp::MetLate,
            (State::Missed, _) => Lamp::Missed,
            (State::Waived, _) => Lamp::Waived,
            (State::NotApplicable, _) => Lamp::NotApplicable,
        }
    }

    /// Whether time still runs, so that the words have to follow the clock.
    pub fn runs(self) -> bool {
        matches!(self, Lamp::Open | Lamp::Soon | Lamp::Late | Lamp::Soft)
    }

    /// The lamp of a running limit at `now`: exactly at a clock's due moment is still in time, 24:00 of a day is not.
    pub fn running(now: Moment, due: DueAt, soon: Moment) -> Lamp {
        if due.passed(now) {
            Lamp::Late
        } else if now >= soon {
            Lamp::Soon
        } else {
            Lamp::Open
        }
    }

    /// Only the shape, with its word for screen readers: for narrow columns.
    pub fn shape(self) -> Markup {
        html! {
            span class={ "light " (self.name()) } title=(self.word()) { (lamp(self.name())) span.vh { (self.word()) } }
        }
    }
}

/// A light with its words.
pub struct Light<'a> {
    /// The state.
    pub lamp: Lamp,
    /// What stands beside the shape: 还剩 12 分钟. Empty: the word of the state.
    pub words: &'a str,
    /// The exact moment, shown on hover and in print.
    pub exact: &'a str,
    /// For a running limit: when it is due and from when it is 临期; the page's script keeps the words true.
    pub runs: Option<(DueAt, Moment)>,
}

impl Light<'_> {
    /// As one line.
    pub fn render(&self) -> Markup {
        let runs = self.runs.filter(|_| self.lamp.runs());
        let words = if self.words.is_empty() { self.lamp.word() } else { self.words };
        html! {
            span class={ "light " (self.lamp.name()) } title=[(!self.exact.is_empty()).then_some(self.exact)]
                data-due=[runs.map(|(due, _)| seconds(due.at))] data-soon=[runs.map(|(_, soon)| seconds(soon))]
                data-half[runs.is_some_and(|(due, _)| due.end_of_day)] {
                (lamp(self.lamp.name()))
                @if words != self.lamp.word() { span.vh { (self.lamp.word()) " " } }
                span.words { (words) }
            }
        }
    }
}

fn seconds(moment: Moment) -> i64 {
    moment.0.div_euclid(1_000_000)
}

fn lamp(name: &str) -> Markup {
    html! { svg.lamp aria-hidden="true" { use href={ "#lamp-" (name) } {} } }
}

/// The bare shape of a state, where its word stands beside it anyway.
pub fn shape_of(of: Lamp) -> Markup {
    html! { span class={ "light " (of.name()) } title=(of.word()) { (lamp(of.name())) } }
}

/// The shapes, once per page; each light points at one of them.
pub fn shapes() -> Markup {
    html! {
        svg width="0" height="0" class="vh" aria-hidden="true" { (PreEscaped(SHAPES)) }
    }
}

const SHAPES: &str = concat!(
    r#"<symbol id="lamp-open" viewBox="0 0 16 16"><circle cx="8" cy="8" r="5.5"/></symbol>"#,
    r#"<symbol id="lamp-soon" viewBox="0 0 16 16"><circle cx="8" cy="8" r="5.5"/>"#,
    r#"<path d="M8 2.5a5.5 5.5 0 0 1 0 11z" fill="currentColor" stroke="none"/></symbol>"#,
    r#"<symbol id="lamp-late" viewBox="0 0 16 16">"#,
    r#"<rect x="2.5" y="2.5" width="11" height="11" fill="currentColor"/></symbol>"#,
    r#"<symbol id="lamp-met" viewBox="0 0 16 16"><path d="m2.5 8.5 4 4 7-9"/></symbol>"#,
    r#"<symbol id="lamp-met-late" viewBox="0 0 16 16"><rect x="2" y="2" width="12" height="12" stroke-width="1.5"/>"#,
    r#"<path d="m4.5 8 2.5 3 4.5-6"/></symbol>"#,
    r#"<symbol id="lamp-missed" viewBox="0 0 16 16"><rect x="2" y="2" width="12" height="12" stroke-width="1.5"/>"#,
    r#"<path d="m5 5 6 6m0-6-6 6"/></symbol>"#,
    r#"<symbol id="lamp-made-good" viewBox="0 0 16 16"><circle cx="8" cy="8" r="6" stroke-width="1.5"/>"#,
    r#"<path d="m4.5 8 2.5 3 4.5-6"/></symbol>"#,
    r#"<symbol id="lamp-none" viewBox="0 0 16 16"><path d="M3 8h10"/></symbol>"#,
    r#"<symbol id="lamp-guess" viewBox="0 0 16 16">"#,
    r#"<circle cx="8" cy="8" r="5.5" stroke-dasharray="1.8 1.7"/></symbol>"#,
    r#"<symbol id="lamp-soft" viewBox="0 0 16 16"><circle cx="8" cy="8" r="5.5" stroke-dasharray="1.8 1.7"/>"#,
    r#"<path d="M8 5v3.5M8 10.5v1.2"/></symbol>"#,
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exactly_at_the_limit_is_in_time_by_the_clock_and_over_at_the_end_of_a_day() {
        let (soon, due) = (Moment(1_000), DueAt::clock(Moment(2_000)));
        assert_eq!(Lamp::running(Moment(999), due, soon), Lamp::Open);
        assert_eq!(Lamp::running(Moment(1_000), due, soon), Lamp::Soon);
        assert_eq!(Lamp::running(Moment(2_000), due, soon), Lamp::Soon);
        assert_eq!(Lamp::running(Moment(2_001), due, soon), Lamp::Late);
        let day = DueAt { end_of_day: true, ..due };
        assert_eq!(Lamp::running(Moment(1_999), day, soon), Lamp::Soon);
        assert_eq!(Lamp::running(Moment(2_000), day, soon), Lamp::Late);
    }

    #[test]
    fn every_state_has_its_shape_and_its_own_word() {
        let mut words: Vec<_> = Lamp::ALL.iter().map(|lamp| lamp.word()).collect();
        for lamp in Lamp::ALL {
            assert!(SHAPES.contains(&format!("id=\"lamp-{}\"", lamp.name())), "{lamp:?}");
        }
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), Lamp::ALL.len());
    }

    #[test]
    fn only_a_running_limit_follows_the_clock() {
        let light = |lamp| {
            let runs = Some((DueAt::clock(Moment(60_000_000)), Moment(0)));
            Light { lamp, words: "还剩 1 分钟", exact: "11月22日 09:30", runs }.render().into_string()
        };
        assert!(light(Lamp::Soon).contains(r#"data-due="60" data-soon="0""#));
        assert!(light(Lamp::Soon).contains(r#"<span class="vh">临期 </span>"#));
        assert!(!light(Lamp::Met).contains("data-due"));
    }
}
