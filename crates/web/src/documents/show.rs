//! The page (会议与文件): what waits for the reader, papers that are not signed by all, rules on their way, circulars, meetings; and
//! the ways to everything else.

use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use office::asked::{self, ACCEPTED, CIRCULARS, DOCUMENTS, RECEIVED, RULES, SIGNED};
use office::internal_rule::{self, Standing};
use office::{meeting, register};

use super::panel::standing_words;
use super::{done_of, late_after, on_leave, records, said_of};
use crate::components::register::{Column, Register, Row};
use crate::components::{Timing, empty, panel};
use crate::language::{said, t};
use crate::page::{Frame, Page, Place};
use crate::papers::fill;
use crate::security::Fault;
use crate::state::Here;

/// Registers of the place, in the order of their work.
const REGISTERS: [&str; 7] =
    [DOCUMENTS, RULES, CIRCULARS, meeting::REGISTER, meeting::TASKS, meeting::ATTENDANCES, meeting::TAKERS];

/// `GET /papers`.
pub async fn show(here: Here) -> Result<Response, Fault> {
    let timing = Timing { now: here.now, zone: &here.house().laws().zone };
    let mine = super::waiting(&here, timing).await?;
    let body = html! {
        div.beside {
            div {
                (mine)
                (panel(t("没有存档的文件"), way("/registers/documents", t("整本登记簿")), documents(&here).await?))
                (panel(t("在办的内部制度"), way("/papers/rules", t("现行制度")), rules(&here).await?))
                (panel(t("没有签收完的通知"), way("/registers/circulars", t("整本登记簿")), circulars(&here).await?))
                (panel(t("会议"), way("/registers/meetings", t("整本登记簿")), meetings(&here).await?))
            }
            div { (panel(t("登记簿"), html! {}, ways(&here))) }
        }
    };
    let may = |id: &str| register::find(id).is_some_and(|it| crate::registers::may_begin(&here, it));
    let does = html! {
        @if may(meeting::REGISTER) { a.button href="/registers/meetings/new" { (t("召集会议")) } " " }
        @if may(CIRCULARS) { a.button href="/registers/circulars/new" { (t("发出通知")) } " " }
        @if may(RULES) { a.button href="/registers/internal_rules/new" { (t("起草内部制度")) } " " }
        @if may(DOCUMENTS) { a.button.main href="/registers/documents/new" { (t("收文登记")) } }
    };
    let around = here.around().await?;
    Ok(Page { does, ..Page::new(t("会议与文件"), Frame::Desk(Place::Papers, &around), body) }.into_response())
}

fn way(path: &str, words: &str) -> Markup {
    html! { a.small href=(path) { (words) } }
}

fn ways(here: &Here) -> Markup {
    html! {
        ul.rows {
            li { a href="/papers/rules" { (t("现行制度")) } }
            li { a href="/papers/catalogue" { (t("档案目录")) } }
            @for it in REGISTERS.iter().filter_map(|id| register::find(id)) { li {
                a href={ "/registers/" (it.id) } { (said(&it.title, Some(&it.title_en))) } " "
                @if crate::registers::may_begin(here, it) { a.small href={ "/registers/" (it.id) "/new" } { (t("新登记")) } }
            } }
        }
    }
}

/// The number of a record with the way to it.
fn number(id: &str, number: &str) -> Markup {
    html! { a.nowrap href={ "/cases/" (id) } { (number) } }
}

/// Who has not signed yet, those on leave marked; and whether one of them is late.
async fn lacking(here: &Here, asked: &[asked::Asked], act: &str, away: &[String]) -> Result<(Markup, bool), Fault> {
    let mut late = false;
    let mut names = Vec::new();
    for it in asked.iter().filter(|it| it.act == act && it.done.is_none()) {
        late = late || late_after(here, it).await? <= here.now;
        names.push(match away.contains(&it.name) {
            true => crate::t!("{}（休假）", it.name),
            false => it.name.clone(),
        });
    }
    Ok((html! { @if names.is_empty() { (t("都签了")) } @else { (names.join("、")) } }, late))
}

async fn documents(here: &Here) -> Result<Markup, Fault> {
    let away = on_leave(here).await?;
    let mut rows = Vec::new();
    for (row, filling) in records(here, DOCUMENTS, Some(false)).await? {
        let all = asked::of(&filling.case);
        let (done, of) = done_of(&all, SIGNED);
        let (names, late) = lacking(here, &all, SIGNED, &away).await?;
        let cells = vec![
            number(&row.id, &row.number),
            html! { (said_of(&filling.case, "document.title")) },
            html! { (said_of(&filling.case, "document.sender")) },
            html! { span.nowrap { (said_of(&filling.case, "document.arrived_on")) } },
            html! { span.nowrap { (done) " / " (of) } },
            names,
        ];
        rows.push(Row { cells, late, void: false });
    }
    let columns = [t("编号"), t("题名"), t("发文单位"), t("到达"), t("已签|份数"), t("还没有签的")];
    let columns = columns.map(|title| Column { named: true, ..Column::new(title) });
    let none =
        empty(t("收到的文件都存档了。公司下发的制度、文件，从“收文登记”进来，每位管理人员签阅以后存档。"), html! {});
    Ok(Register::of(("documents", t("没有存档的文件"), "/papers"), &columns, &rows, none).render())
}

async fn rules(here: &Here) -> Result<Markup, Fault> {
    let away = on_leave(here).await?;
    let today = here.house().laws().zone.date(here.now);
    let mut rows = Vec::new();
    for (row, filling) in records(here, RULES, Some(false)).await? {
        let standing = internal_rule::standing(&filling.case, today);
        if matches!(standing, Standing::InForce | Standing::Ended | Standing::Withdrawn) {
            continue;
        }
        let all = asked::of(&filling.case);
        let (names, late) = lacking(here, &all, ACCEPTED, &away).await?;
        let cells = vec![
            number(&row.id, &row.number),
            html! { (said_of(&filling.case, "document.title")) },
            html! { (standing_words(standing)) },
            html! { span.nowrap { (said_of(&filling.case, internal_rule::MEETING)) } },
            names,
        ];
        rows.push(Row { cells, late: late && standing == Standing::ToAccept, void: false });
    }
    let columns = [t("编号"), t("制度"), t("到哪一步"), t("讨论的会议"), t("还没有签的")];
    let columns = columns.map(|title| Column { named: true, ..Column::new(title) });
    let none = empty(t("没有在办的制度。起草以后要开会讨论、管理人员签字认可，才能下发执行。"), html! {});
    Ok(Register::of(("rules", t("在办的内部制度"), "/papers"), &columns, &rows, none).render())
}

async fn circulars(here: &Here) -> Result<Markup, Fault> {
    let laws = here.house().laws();
    let away = on_leave(here).await?;
    let mut rows = Vec::new();
    for (row, filling) in records(here, CIRCULARS, Some(false)).await? {
        let all = asked::of(&filling.case);
        let (done, of) = done_of(&all, RECEIVED);
        let (names, late) = lacking(here, &all, RECEIVED, &away).await?;
        let names = if of == 0 {
            html! { (t("等送达上级")) }
        } else {
            names
        };
        let direction = fill::text(&filling, laws, "circular.direction");
        let cells = vec![
            number(&row.id, &row.number),
            html! { (said_of(&filling.case, "document.title")) },
            html! { (said(&direction, None)) },
            html! { @if of > 0 { span.nowrap { (done) " / " (of) } } },
            names,
        ];
        rows.push(Row { cells, late, void: false });
    }
    let columns = [t("编号"), t("题名"), t("方向"), t("已签|份数"), t("还没有签的")];
    let columns = columns.map(|title| Column { named: true, ..Column::new(title) });
    let none = empty(t("发出的通知都签收了。"), html! {});
    Ok(Register::of(("circulars", t("没有签收完的通知"), "/papers"), &columns, &rows, none).render())
}

async fn meetings(here: &Here) -> Result<Markup, Fault> {
    let laws = here.house().laws();
    let mut rows = Vec::new();
    for (row, filling) in records(here, meeting::REGISTER, None).await?.into_iter().take(6) {
        let cells = vec![
            number(&row.id, &row.number),
            html! { (said_of(&filling.case, meeting::SERIES)) },
            html! { span.nowrap { (fill::text(&filling, laws, meeting::STARTS)) } },
            html! { (meeting_state(&filling.case)) },
        ];
        rows.push(Row { cells, late: false, void: row.state == office::case::CaseState::Withdrawn });
    }
    let columns = [t("编号"), t("会议"), t("定于"), t("状态")];
    let columns = columns.map(|title| Column { named: true, ..Column::new(title) });
    let none = empty(t("还没有登记过会议。"), html! {});
    let table = Register::of(("meetings", t("会议"), "/papers"), &columns, &rows, none).render();
    Ok(html! { (coming(here).await?) (table) })
}

/// How far a meeting has come.
fn meeting_state(case: &office::case::Case) -> &'static str {
    match () {
        () if case.state == office::case::CaseState::Withdrawn => t("已取消"),
        () if case.has(meeting::SENT) => t("记录已分送"),
        () if case.has(meeting::MINUTED) => t("已记录，待分送"),
        () if case.has(meeting::BEGAN) => t("已开，待记录"),
        () => t("没有开"),
    }
}

/// When the recurring meetings are next, and the holidays on which one falls out.
async fn coming(here: &Here) -> Result<Markup, Fault> {
    let timing = Timing { now: here.now, zone: &here.house().laws().zone };
    let read = here.house().next_meetings(here.site, here.now).await;
    let next = read.map_err(|fault| Fault::new("读取定期会议", fault))?;
    Ok(html! {
        @for (name, at, out) in &next {
            p.small {
                b { (name) } " "
                @for day in out { (crate::t!("{} 节假日不开，不补。", day)) " " }
                @if let Some(at) = at { (t("下一次：")) (timing.time(*at)) }
            }
        }
        @if next.is_empty() { p.small.dim { (t("定期开的会写在设置“定期会议”里，到时自动召集。")) } }
    })
}
