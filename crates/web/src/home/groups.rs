//! The list of what is owed (待办分组): 已超时, 一小时内, 今天, 以后, 提醒, 不计时; each row with the act and its button.

use calendar::DueAt;
use journal::CommandId;
use journal::reads::ObligationRow;
use maud::{Markup, html};
use office::act::{self, Act, Effect};
use rulebook::{ClauseRef, State};

use crate::components::work::{Owed, can_wait, owed};
use crate::components::{Lamp, Light, Timing};
use crate::language::{said, t, zh};
use crate::page::escaped;
use crate::periods;
use crate::security::{Fault, Permission};
use crate::state::Here;

/// The groups in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// Late and not done.
    Late,
    /// Within the next hour.
    Hour,
    /// Later today.
    Today,
    /// On another day.
    Later,
    /// Owed without a clock.
    NoClock,
    /// Soft alarms that ring: a word such as 及时 has no number, so they are never called late.
    Reminder,
}

const GROUPS: [(When, &str); 6] = [
    (When::Late, zh("已超时")),
    (When::Hour, zh("一小时内")),
    (When::Today, zh("今天")),
    (When::Later, zh("以后")),
    (When::Reminder, zh("提醒")),
    (When::NoClock, zh("不计时")),
];

/// A row with everything it shows; owned, because several obligations may make one row.
pub struct Line {
    when: When,
    light: Markup,
    act: String,
    place: String,
    title: String,
    path: String,
    number: String,
    clauses: Vec<ClauseRef>,
    why: String,
    does: Does,
}

/// How the act is done from the row.
enum Does {
    /// A button that does it at once: address and words.
    Now(String, String),
    /// A link to the form: address and words.
    Form(String, String),
    /// Someone else's act: the case is only shown.
    Look(String),
}

/// The group of an obligation at the moment of looking.
pub fn when(timing: Timing<'_>, row: &ObligationRow) -> When {
    let Some(due) = row.due else { return When::NoClock };
    let today = timing.zone.date(timing.now);
    let left = due.seconds_since(timing.now);
    match row.state {
        State::Overdue if row.soft => When::Reminder,
        State::Overdue => When::Late,
        _ if left <= 3_600 => When::Hour,
        _ if timing.zone.date(due.plus_micros(-1)) == today => When::Today,
        _ => When::Later,
    }
}

/// The rows; what several clauses ask of the same case is one row with the earliest moment.
pub fn grouped(here: &Here, timing: Timing<'_>, owed: &[ObligationRow]) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut keys: Vec<(String, Vec<String>)> = Vec::new();
    let shows_clauses = here.viewer.grants.allow(Permission::CaseApprove);
    for row in owed.iter().filter(|row| !super::missed::is_shown(row)) {
        let key = (row.case.clone(), row.must.clone());
        if let Some(at) = keys.iter().position(|known| *known == key && !row.case.is_empty()) {
            if shows_clauses && !lines[at].clauses.contains(&row.clause) {
                lines[at].clauses.push(row.clause.clone());
            }
            continue;
        }
        keys.push(key);
        lines.push(line(here, timing, row, shows_clauses));
    }
    lines
}

fn line(here: &Here, timing: Timing<'_>, row: &ObligationRow, shows_clauses: bool) -> Line {
    let acts: Vec<&Act> = row.must.iter().filter_map(|must| act::find(must)).collect();
    let contact = row.case.strip_prefix("contact:");
    let mine = acts.iter().find(|act| act.allowed(&here.actor.posts));
    // What is owed by the period has a page of its own; of anything else without a case its clause says what it is about.
    let of_case = !row.number.is_empty() && !row.case.is_empty() && contact.is_none();
    let by_period = row.case.is_empty();
    let then = row.case.strip_prefix("period:").zip(row.must.first());
    let path = match (by_period, contact) {
        _ if then.is_some() => then.map_or(String::new(), |(key, act)| periods::then_path(key, act)),
        (true, _) => periods::path(timing.zone.date(row.opened), &row.id),
        (false, Some(contact)) => format!("/contacts/{contact}"),
        (false, None) if of_case => format!("/cases/{}", row.case),
        (false, None) => format!("/rulebooks/{}/{}", row.clause.book, escaped(&row.clause.id)),
    };
    let words = match (mine.or(acts.first()), row.must.first()) {
        (Some(act), _) => here.word(act.id),
        (None, Some(must)) => here.word(must),
        (None, None) => String::new(),
    };
    let does = match mine {
        _ if by_period || then.is_some() => Does::Form(path.clone(), t("登记").to_owned()),
        Some(act) if of_case => {
            let (to, title) = (format!("{path}/acts/{}", act.id), said(act.title, None).into_owned());
            if at_once(act) { Does::Now(to, title) } else { Does::Form(to, title) }
        }
        _ => Does::Look(path.clone()),
    };
    Line {
        when: when(timing, row),
        light: light(timing, row),
        act: said(&words, None).into_owned(),
        place: row.place.clone(),
        title: row.title.clone(),
        path: path.clone(),
        number: row.number.clone(),
        clauses: if shows_clauses { vec![row.clause.clone()] } else { Vec::new() },
        why: if by_period { path } else { format!("/why/{}/{}", row.case, row.id) },
        does,
    }
}

/// Whether the act needs nothing but the press of a button.
fn at_once(act: &Act) -> bool {
    let plain = matches!(act.effect, Effect::None | Effect::Move(..) | Effect::SignStaff);
    plain && act.fields.is_empty()
}

/// The light of a row: soft alarms are dotted amber, never red.
fn light(timing: Timing<'_>, row: &ObligationRow) -> Markup {
    let due = row.due.map(|at| DueAt { at, end_of_day: row.end_of_day });
    match due {
        None => Light { lamp: Lamp::Open, words: t("不计时"), exact: "", runs: None }.render(),
        Some(due) if row.soft && row.state == State::Overdue => timing.alarm(row.opened, due),
        Some(due) => timing.light(row.opened, due),
    }
}

/// All groups.
pub fn render(lines: &[Line]) -> Result<Markup, Fault> {
    let mut buttons = Vec::new();
    for line in lines {
        buttons.push(line.does()?);
    }
    Ok(html! {
        @for (group, heading) in GROUPS {
            @let rows: Vec<Owed> = lines
                .iter()
                .zip(&buttons)
                .filter(|(line, _)| line.when == group)
                .map(|(line, does)| line.row(does.clone()))
                .collect();
            @match group {
                When::Late | When::Hour | When::Today => (owed(t(heading), &rows)),
                When::Later => (can_wait("later", t(heading), &rows)),
                When::Reminder => (can_wait("reminders", t(heading), &rows)),
                When::NoClock => (can_wait("no-clock", t(heading), &rows)),
            }
        }
    })
}

impl Line {
    fn row(&self, does: Markup) -> Owed<'_> {
        Owed {
            light: self.light.clone(),
            act: &self.act,
            place: &self.place,
            title: &self.title,
            path: &self.path,
            number: &self.number,
            clauses: &self.clauses,
            does,
        }
    }

    fn does(&self) -> Result<Markup, Fault> {
        let button = match &self.does {
            Does::Now(to, words) => {
                let id = CommandId::fresh().map_err(|fault| Fault::new("取提交编号", fault))?;
                html! {
                    form method="post" action=(to) {
                        (crate::components::field::command(id.as_str()))
                        input type="hidden" name="back" value="/";
                        button { (words) }
                    }
                }
            }
            Does::Form(to, words) => html! { a.button href=(to) { (words) } },
            Does::Look(to) => html! { a.button href=(to) { (t("查看")) } },
        };
        Ok(html! {
            span.row-does {
                @if !self.why.is_empty() { a.small.dim href=(self.why) { (t("时限依据")) } }
                (button)
            }
        })
    }
}
