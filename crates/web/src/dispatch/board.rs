//! The board (调度板): unassigned on the left by urgency, a lane per worker with load, present job and promised times.

use axum::response::{IntoResponse, Response};
use calendar::{DueAt, Moment};
use journal::CommandId;
use journal::reads::{Board, CaseRow, Lane};
use maud::{Markup, html};
use office::Refusal;
use office::suggest::Suggestion;

use super::suggest::{self, Suggests};
use crate::components::board::{self as parts, Card, Hours, Promise};
use crate::components::field::command;
use crate::components::light::Light;
use crate::components::{Lamp, Timing, Tone, empty, refusal, tag};
use crate::language::{said, t};
use crate::page::{Frame, Page, Place};
use crate::security::{Fault, Permission};
use crate::state::Here;

/// Minutes that a promised time takes on the strip of a day.
const PROMISED: u16 = 45;

/// `GET /dispatch`.
pub async fn show(here: Here) -> Result<Response, Fault> {
    page(&here, None).await
}

/// The page, with why an assignment was refused.
pub async fn page(here: &Here, trouble: Option<&Refusal>) -> Result<Response, Fault> {
    let board = here.house().board(here.site).await.map_err(|fault| Fault::new("读取调度", fault))?;
    let command_id = CommandId::fresh().map_err(|fault| Fault::new("取提交编号", fault))?;
    let around = here.around().await?;
    let timing = Timing { now: here.now, zone: &here.house().laws().zone };
    let assigns = here.viewer.grants.allow(Permission::DispatchAssign);
    let suggests = Suggests::of(here, &board).await?;
    let sheet = Sheet { board: &board, timing, assigns, suggests, command: command_id.as_str() };
    let body = html! {
        div #board data-live="dispatch" {
            @if let Some(trouble) = trouble { (refusal(trouble)) }
            (sheet.form())
            div.board {
                (sheet.waiting())
                (sheet.lanes())
            }
        }
    };
    let carried: usize = board.lanes.iter().map(|lane| lane.cases.len()).sum();
    let words = t!("待派 {0} 单 · 手上 {1} 单", board.unassigned.len(), carried);
    let beside = html! { span #carried.dim data-live="dispatch" { (words) } };
    let does = html! { a.button href="/repairs/statistics" { (t("维修统计")) } };
    Ok(Page { beside, does, ..Page::new(t("调度"), Frame::Desk(Place::Dispatch, &around), body) }.into_response())
}

struct Sheet<'a> {
    board: &'a Board,
    timing: Timing<'a>,
    assigns: bool,
    suggests: Suggests,
    /// The command of the form; that of each suggestion is made of it.
    command: &'a str,
}

impl Sheet<'_> {
    /// Two choices and a button; dragging and keys fill the same form.
    fn form(&self) -> Markup {
        let all = self.loudest_first().into_iter().chain(self.board.lanes.iter().flat_map(|lane| &lane.cases));
        let cards: Vec<(String, String)> =
            all.map(|row| (row.id.clone(), format!("{} {}", place(row), row.title))).collect();
        let cards: Vec<(&str, &str)> = cards.iter().map(|(id, words)| (id.as_str(), words.as_str())).collect();
        let lanes: Vec<(String, String)> = self
            .board
            .lanes
            .iter()
            .map(|lane| (lane.account.id.clone(), t!("{0}（手上 {1} 单）", lane.account.name, lane.cases.len())))
            .collect();
        let lanes: Vec<(&str, &str)> = lanes.iter().map(|(id, words)| (id.as_str(), words.as_str())).collect();
        html! {
            @if self.assigns && !cards.is_empty() && !lanes.is_empty() {
                (parts::assign_form("/dispatch/assign", self.command, &cards, &lanes))
            }
        }
    }

    fn rings(&self, row: &CaseRow) -> bool {
        self.board.ringing.iter().any(|ring| ring.case == row.id)
    }

    /// Emergencies, what rings, then what is due: a new order has an alarm at most, and is what everybody looks for.
    fn loudest_first(&self) -> Vec<&CaseRow> {
        let mut rows: Vec<&CaseRow> = self.board.unassigned.iter().collect();
        rows.sort_by_key(|row| (!row.urgent, !self.rings(row)));
        rows
    }

    fn waiting(&self) -> Markup {
        html! {
            section.waiting aria-label=(t("待派")) {
                h2 { (t("待派")) " " span.dim { (self.board.unassigned.len()) } }
                @if self.board.unassigned.is_empty() {
                    (empty(t("没有等派的单子。前台通知工程部后，新单会出现在这里并响铃。"), html! {}))
                }
                (self.cards("waiting", &self.loudest_first()))
            }
        }
    }

    fn lanes(&self) -> Markup {
        html! {
            div.lanes {
                @if self.board.lanes.is_empty() {
                    (empty(t("还没有维修员账号。请在设置里给员工加上维修员岗位。"), html! {}))
                }
                @let suggested = self.loudest_first().first().and_then(|row| self.suggestion(row));
                @for (n, lane) in self.board.lanes.iter().enumerate() {
                    (self.lane(n + 1, lane, suggested.as_ref().is_some_and(|it| it.worker == lane.account.id)))
                }
            }
        }
    }

    /// Whom to send to an order that nobody has; none for whoever gives nothing out.
    fn suggestion(&self, row: &CaseRow) -> Option<Suggestion> {
        let open = self.assigns && row.assignee.is_none();
        open.then(|| self.suggests.suggest(&row.title, &row.place)).flatten()
    }

    /// Name and reasons of a suggestion, and the button that takes it: also by the key 0 of its card.
    fn suggested(&self, row: &CaseRow, one: &Suggestion) -> Markup {
        html! {
            form.small method="post" action="/dispatch/assign" data-swap="board carried" data-suggested {
                (command(&format!("{}-{}", self.command, row.id)))
                input type="hidden" name="card" value=(row.id);
                input type="hidden" name="lane" value=(one.worker);
                (t("建议派")) " " b { (one.name) } span.dim { "：" (suggest::why(one)) } " "
                button.plain { (t("照建议派")) " " kbd { "0" } }
            }
        }
    }

    /// Cards of a column; emergencies, what rings and what is late are in sight however many they are.
    fn cards(&self, id: &str, rows: &[&CaseRow]) -> Markup {
        let late = |row: &CaseRow| row.next_due.is_some_and(|due| due < self.timing.now);
        let cards: Vec<(Markup, bool)> =
            rows.iter().map(|row| (self.card(row), row.urgent || self.rings(row) || late(row))).collect();
        parts::cards(id, &cards)
    }

    fn card(&self, row: &CaseRow) -> Markup {
        let due = row.next_due.map(|at| DueAt { at, end_of_day: row.next_due_end_of_day });
        let alarm = self.board.alarms.get(&row.id);
        let light = match (due, alarm) {
            (Some(due), _) => self.timing.light(row.opened, due),
            (None, Some((since, at, end_of_day))) => {
                self.timing.alarm(*since, DueAt { at: *at, end_of_day: *end_of_day })
            }
            (None, None) => Light { lamp: Lamp::Open, words: t("不限时"), exact: "", runs: None }.render(),
        };
        let ringing = self.rings(row);
        let more = html! {
            span.small.dim {
                (said(row.kind.title(), None)) " " (row.number)
                @if row.urgent { " " (tag(t("紧急"), Tone::Grave)) }
                @if ringing { " " (tag(t("响铃中"), Tone::Grave)) }
                @if row.chased > 0 { " " (tag(&t!("催过 {} 次", row.chased), Tone::Mind)) }
            }
            @if let Some(at) = row.appointment { span.small { (t("预约")) " " b { (self.timing.said(at)) } } }
            @if let Some(one) = self.suggestion(row) { (self.suggested(row, &one)) }
        };
        let path = format!("/cases/{}", row.number);
        let card = Card { id: &row.id, light, place: place(row), title: &row.title, path: &path, more };
        card.render()
    }

    fn lane(&self, number: usize, lane: &Lane, suggested: bool) -> Markup {
        let promises: Vec<(u16, String, Lamp)> = lane.cases.iter().filter_map(|row| self.promise(row)).collect();
        let promises: Vec<Promise> = promises
            .iter()
            .map(|(from, words, lamp)| Promise { from: *from, until: from + PROMISED, lamp: *lamp, words })
            .collect();
        let present = match lane.cases.first() {
            None => html! { span.dim { (t("空闲")) } },
            Some(row) => html! { span { b { (place(row)) } " " (row.title) } },
        };
        let account = &lane.account;
        let shown = parts::Lane {
            id: &account.id,
            name: &account.name,
            skills: &account.trade,
            present,
            promises: &promises,
            cards: self.cards(&format!("lane-{}", account.id), &lane.cases.iter().collect::<Vec<_>>()),
            load: lane.cases.len(),
            suggested: suggested.then(|| t("最急的一单建议派这里")),
        };
        let now = self.minute(self.timing.now).unwrap_or(0);
        let hours = Hours { from: now.min(7 * 60), until: now.max(21 * 60), now };
        shown.render(number, hours)
    }

    /// What is promised today: the appointment, else the next limit.
    fn promise(&self, row: &CaseRow) -> Option<(u16, String, Lamp)> {
        let at = row.appointment.or(row.next_due)?;
        let from = self.minute(at)?;
        let lamp = match row.next_due {
            Some(due) => {
                let due = DueAt { at: due, end_of_day: row.next_due_end_of_day };
                Lamp::running(self.timing.now, due, Timing::soon(row.opened, due))
            }
            None => Lamp::Open,
        };
        Some((from, format!("{} {} {}", self.timing.clock(at), place(row), row.title), lamp))
    }

    /// Minutes since midnight of a moment of today.
    fn minute(&self, at: Moment) -> Option<u16> {
        let zone = self.timing.zone;
        let civil = zone.civil(at);
        let minute = u16::from(civil.hour().unsigned_abs()) * 60 + u16::from(civil.minute().unsigned_abs());
        (zone.date(at) == zone.date(self.timing.now)).then_some(minute)
    }
}

fn place(row: &CaseRow) -> &str {
    if row.place.is_empty() { &row.number } else { &row.place }
}
