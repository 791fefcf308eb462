//! A meeting (会议): its agenda from the figures and what is open, who came and when, the minutes, and the tasks that came of it.

use axum::extract::Path;
use axum::response::Response;
use calendar::Moment;
use journal::house::Stroke;
use journal::reads::{CasePage, MeetingParts};
use maud::{Markup, html};
use office::asked::RULES;
use office::case::Case;
use office::meeting::{self, BEGAN, CAME, ENDED, EXCUSED, MINUTED, PARTS, PERSON, SENT};
use office::stretch::{Length, Stretch};
use office::{act, internal_rule};

use super::{on_leave, records, said_of};
use crate::components::field::command;
use crate::components::register::{Column, Register, Row};
use crate::components::{Timing, Tone, empty, panel as framed, refusal, refused, tag};
use crate::language::{said, t};
use crate::page::{Filled, Fragment, Frame, Page, Place};
use crate::security::Fault;
use crate::state::Here;

/// Weeks that one meeting looks back on at most.
const WEEKS: usize = 4;

async fn parts(here: &Here, case: &Case) -> Result<MeetingParts, Fault> {
    let read = here.house().meeting_parts(here.site, case.clone()).await;
    read.map_err(|fault| Fault::new("读取会议", fault))
}

/// The panels of a meeting.
pub async fn panel(here: &Here, page: &CasePage, command_id: &str) -> Result<Markup, Fault> {
    let case = &page.case;
    let parts = parts(here, case).await?;
    let agenda = match case.has(MINUTED) {
        true => html! {},
        false => framed(t("议程"), html! {}, agenda(here, case, &parts).await?),
    };
    let taker = taker(here, case, &parts).await?;
    let (came, rate) = attendance(here, page, &parts, command_id).await?;
    let rules = discussed(here, case).await?;
    let may = |act: &str| page.offers.iter().any(|offer| offer.act == act && offer.refused.is_none());
    let next = [BEGAN, MINUTED, ENDED, SENT].into_iter().find(|act| !case.has(act));
    let next = next.filter(|act| *act == MINUTED || may(act)).filter(|_| !case.state.ended());
    let title = |id: &str| act::find(id).map_or("", |act| act.title);
    let tasks_new = format!("/registers/meeting_tasks/new?case={}", case.number);
    Ok(html! {
        @if let Some(next) = next { p.ways { a.button.main href={ "/cases/" (case.id) "/acts/" (next) } { (said(title(next), None)) } } }
        (taker)
        (agenda)
        (framed(t("到会"), html! { span.small { (rate) } }, came))
        @if case.has(MINUTED) { (framed(t("会议记录"), html! {}, minutes(here, case))) }
        (framed(t("会上定的任务"), html! { a.small href=(tasks_new) { (t("布置任务")) } }, tasks(here, &parts.tasks, ("tasks", t("这次会还没有布置任务。")))))
        (rules)
    })
}

/// Who takes the minutes, and what is wanting there.
async fn taker(here: &Here, case: &Case, parts: &MeetingParts) -> Result<Markup, Fault> {
    let away = on_leave(here).await?;
    let instead =
        case.last(meeting::SUBSTITUTE).map(|it| it.event.body.attributes.get(PERSON).cloned().unwrap_or_default());
    let all_away = !parts.takers.is_empty() && parts.takers.iter().all(|name| away.contains(name));
    Ok(html! {
        p.small {
            (t("会议记录员：")) (parts.takers.join("、"))
            @if parts.takers.is_empty() {
                (tag(t("这一天没有排"), Tone::Mind)) " "
                a href="/registers/minute_takers/new" { (t("排会议记录员")) }
            }
            @if all_away && instead.is_none() { " " (tag(t("休假，请指定代记录人"), Tone::Mind)) }
            @if let Some(name) = &instead { " " (crate::t!("由 {} 代记", name)) }
        }
    })
}

/// The weeks that the meeting looks back on: its own, and those since the weekly meeting before it.
fn weeks(here: &Here, case: &Case, parts: &MeetingParts) -> Vec<Stretch> {
    let zone = &here.house().laws().zone;
    let own = Stretch::of(Length::Week, zone.date(meeting::starts(case).unwrap_or(case.opened)));
    let since = parts.before.map(|at| Stretch::of(Length::Week, zone.date(at)));
    let mut weeks = vec![own];
    while weeks.len() < WEEKS {
        let earlier = weeks[0].before();
        if since.as_ref().is_none_or(|since| earlier.first <= since.first) {
            break;
        }
        weeks.insert(0, earlier);
    }
    weeks
}

/// The figures of these weeks in sentences.
async fn figures(here: &Here, weeks: &[Stretch]) -> Result<String, Fault> {
    let mut text = String::new();
    for of in weeks {
        let stood = here.house().statistics(here.site, of, here.now).await;
        let stood = stood.map_err(|fault| Fault::new("读取统计", fault))?;
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(stood.draft(here.house().laws(), of).trim());
    }
    Ok(text)
}

async fn agenda(here: &Here, case: &Case, parts: &MeetingParts) -> Result<Markup, Fault> {
    let weeks = weeks(here, case, parts);
    let text = figures(here, &weeks).await?;
    let open = tasks(here, &parts.open, ("open-tasks", t("以前会上定的任务都办完了。")));
    Ok(html! {
        h3 { (here.word(PARTS[0])) @if weeks.len() > 1 { " " (tag(&crate::t!("讲 {} 周", weeks.len()), Tone::Mind)) } }
        details { summary.small { (t("这一期的数字")) } p.pre.small { (text) } }
        h4 { (t("以前定的任务")) }
        (open)
        h3 { (here.word(PARTS[1])) }
        p.small.dim { (t("会上定，写进记录；要人办的，布置成任务。")) }
        h3 { (here.word(PARTS[2])) }
        p.small.dim { (t("会上提。")) }
        h3 { (here.word(PARTS[3])) }
        @if parts.topics.is_empty() { p.small.dim { (t("登记簿里没有未结的共性问题。")) } }
        ul.rows { @for (number, title) in &parts.topics { li { a href={ "/cases/" (number) } { (number) } " " (title) } } }
    })
}

/// What the minutes begin with: what stands there, else the figures, the open tasks and the common problems.
pub async fn begun(here: &Here, page: &CasePage) -> Result<Filled, Fault> {
    let case = &page.case;
    let mut filled: Vec<(String, String)> = Vec::new();
    if case.has(MINUTED) {
        let ids = PARTS.into_iter().chain([meeting::SKIPPED, meeting::MINUTER]);
        filled.extend(ids.map(|id| (id.to_owned(), said_of(case, id).to_owned())));
    } else {
        let parts = parts(here, case).await?;
        let mut review = figures(here, &weeks(here, case, &parts)).await?;
        for task in &parts.open {
            let state = if is_done(task) { t("已办完，待会上复核") } else { t("没有办完") };
            let line = crate::t!(
                "任务 {0}（{1}，{2}）：{3}",
                said_of(task, meeting::TASK),
                said_of(task, PERSON),
                said_of(task, meeting::TASK_BY),
                state
            );
            review.push('\n');
            review.push_str(&line);
        }
        let topics: Vec<String> = parts.topics.iter().map(|(number, title)| format!("{number} {title}")).collect();
        filled.push((PARTS[0].to_owned(), review));
        filled.push((PARTS[3].to_owned(), topics.join("\n")));
        filled.push((meeting::MINUTER.to_owned(), here.actor.name.clone()));
    }
    Ok(Filled(filled))
}

fn minutes(here: &Here, case: &Case) -> Markup {
    html! {
        @for part in PARTS {
            h3 { (here.word(part)) }
            @match said_of(case, part) {
                "" => { p.small { (tag(t("没有议"), Tone::Mind)) " " (said_of(case, meeting::SKIPPED)) } }
                text => { p.pre { (text) } }
            }
        }
        p.small { (t("记录人：")) (said_of(case, meeting::MINUTER)) }
    }
}

/// Whether the owner of a task says that it is done and no meeting has had it go on since.
fn is_done(task: &Case) -> bool {
    let seq = |name: &str| task.last(name).map_or(0, |entry| entry.seq);
    seq(meeting::TASK_DONE) > seq(meeting::TASK_GOES_ON)
}

/// Tasks with owner, day and how they stand; what a meeting says to them is one press away.
fn tasks(here: &Here, tasks: &[Case], (id, none): (&str, &str)) -> Markup {
    let today = here.house().laws().zone.date(here.now);
    let passed = |by: &str| by.parse::<jiff::civil::Date>().is_ok_and(|by| by < today);
    let rows: Vec<Row> = tasks
        .iter()
        .map(|task| {
            let by = said_of(task, meeting::TASK_BY);
            let late = !task.state.ended() && !is_done(task) && passed(by);
            let does = html! { @if !task.state.ended() { span.row-does {
                @if is_done(task) { a.button href={ "/cases/" (task.id) "/acts/" (meeting::TASK_ACCEPTED) } { (t("会上通过")) } }
                a.button href={ "/cases/" (task.id) "/acts/" (meeting::TASK_GOES_ON) } { (t("继续办")) }
            } } };
            let cells = vec![
                html! { a.nowrap href={ "/cases/" (task.id) } { (task.number) } },
                html! { (said_of(task, meeting::TASK)) },
                html! { span.nowrap { (said_of(task, PERSON)) } },
                html! { span.nowrap { (by) } },
                state(task, late),
                does,
            ];
            Row { cells, late, void: false }
        })
        .collect();
    let named = [t("编号"), t("任务"), t("谁办"), t("期限|任务"), t("状态")];
    let mut columns: Vec<Column> = named.map(|title| Column { named: true, ..Column::new(title) }).into();
    columns.push(Column::new(""));
    let none = html! { p.small.dim { (none) } };
    Register::of((id, t("任务"), "/papers"), &columns, &rows, none).render()
}

fn state(task: &Case, late: bool) -> Markup {
    match (task.state.ended(), is_done(task), late) {
        (true, _, _) if task.has(meeting::TASK_ACCEPTED) => html! { (t("会上已通过")) },
        (true, _, _) => html! { (said(task.state.title(), None)) },
        (_, true, _) => tag(t("已办完，待会上复核"), Tone::Plain),
        (_, _, true) => tag(t("过期没有办完"), Tone::Grave),
        _ => tag(t("在办|任务"), Tone::Mind),
    }
}

/// Who is expected: when they came and how late, why they are excused; and the rate.
async fn attendance(
    here: &Here,
    page: &CasePage,
    parts: &MeetingParts,
    command_id: &str,
) -> Result<(Markup, String), Fault> {
    let case = &page.case;
    let timing = Timing { now: here.now, zone: &here.house().laws().zone };
    let law = here.house().law(here.site).await.map_err(|fault| Fault::new("读取设置", fault))?;
    let (grace, starts) = (law.office_seconds(meeting::GRACE), meeting::starts(case));
    let stands: Vec<&Case> =
        parts.attendances.iter().filter(|it| it.state != office::case::CaseState::Withdrawn).collect();
    let came = stands.iter().filter(|it| it.has(CAME)).count();
    let unexcused = stands.iter().filter(|it| it.has(meeting::MISSED)).count();
    let rate = match stands.len() {
        0 => String::new(),
        of => {
            let permille = (came * 1_000 + of / 2) / of;
            let share = format!("{}.{}", permille / 10, permille % 10);
            crate::t!("{0} / {1}，{2}%；没有请假 {3} 人", came, of, share, unexcused)
        }
    };
    let waits = stands.iter().any(|it| !it.state.ended()) && case.kind.id() == meeting::REGISTER && !case.state.ended();
    let late = |at: Moment| starts.and_then(|starts| meeting::late_minutes(starts, at, grace));
    let shown = html! {
        form method="post" action={ "/papers/meetings/" (case.id) "/came" } {
            (command(&format!("{command_id}-came")))
            div.scroll { table.plain-table {
                thead { tr { th { (t("姓名")) } th { (t("到会")) } th {} } }
                tbody { @for it in &stands { tr {
                    td { b { (said_of(it, PERSON)) } }
                    td { @match (it.last(CAME), it.last(EXCUSED)) {
                        (Some(entry), _) => {
                            "✓ " (timing.time(entry.event.happened)) " "
                            @if let Some(minutes) = late(entry.event.happened) { (tag(&crate::t!("迟到 {} 分钟", minutes), Tone::Grave)) }
                        }
                        (None, Some(entry)) => { (t("请假")) "：" (entry.event.body.attributes.get("case.reason").map_or("", String::as_str)) }
                        (None, None) if it.has(meeting::MISSED) => { (tag(t("没有到会，没有请假"), Tone::Grave)) }
                        _ => { span.dim { (t("还没有到")) } }
                    } }
                    td { @if !it.state.ended() { span.row-does {
                        label.nowrap { input type="checkbox" name="who" value=(it.id); " " (t("到会")) }
                        a href={ "/cases/" (it.id) "/acts/" (EXCUSED) "?back=/cases/" (case.id) } { (t("请假")) }
                    } } }
                } } }
            } }
            @if waits { p.ways { button { (t("勾选的人到会")) } } }
        }
        p.small { a href={ "/registers/attendances/new?case=" (case.number) } { (t("添加应到的人")) } }
    };
    Ok((shown, rate))
}

/// Rules that were discussed at this meeting.
async fn discussed(here: &Here, case: &Case) -> Result<Markup, Fault> {
    let mut here_too = records(here, RULES, None).await?;
    here_too.retain(|(_, it)| said_of(&it.case, internal_rule::MEETING) == case.number);
    Ok(html! {
        @if !here_too.is_empty() {
            (framed(t("会上讨论的制度"), html! {}, html! {
                ul.rows { @for (row, it) in &here_too { li {
                    a href={ "/cases/" (row.id) } { (row.number) } " " (said_of(&it.case, "document.title"))
                } } }
            }))
        }
    })
}

/// `POST /papers/meetings/{id}/came`: these came now; all of them, or none.
pub async fn came(here: Here, Path(id): Path<String>, filled: Filled) -> Result<Response, Fault> {
    let strokes: Vec<Stroke> = filled.all("who").iter().map(|who| Stroke::act(who, CAME, &[])).collect();
    let back = format!("/cases/{id}");
    let no = match strokes.is_empty() {
        true => Err(office::Refusal::new("没有记下到会", "没有勾选人", "请勾选到会的人。")),
        false => {
            let sent = here.sent_for(filled.command(), CAME)?;
            let done = here.house().strokes(sent, here.actor.clone(), strokes).await;
            done.map_err(|fault| Fault::new("记下到会", fault))?.map(drop)
        }
    };
    match no {
        Ok(()) => Ok(crate::entry::see(&back)),
        Err(no) => {
            let around = here.around().await?;
            let body = html! { (refusal(&no)) (empty("", html! { a.button href=(back) { (t("回会议")) } })) };
            let page = Page::new(t("到会"), Frame::Desk(Place::Papers, &around), body);
            Ok(refused(Fragment(page.render()), &no))
        }
    }
}
