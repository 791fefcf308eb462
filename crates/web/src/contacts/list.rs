//! The register of contacts (来访来电登记簿): filters, pages by key, export, and what is entered at one stroke.

use std::collections::BTreeMap;

use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use calendar::Moment;
use journal::reads::{ContactFilter, ContactRow, value_in_words};
use maud::{Markup, html};
use office::Refusal;
use office::contact::ContactState;

use super::make;
use crate::components::register::{Column, Register, Row, filter_select, filters, nothing_found};
use crate::components::{Timing, Tone, empty, tag};
use crate::language::{said, t};
use crate::page::{Filled, Fragment, Frame, Page, Place, sheet};
use crate::security::{Fault, Permission};
use crate::state::Here;

/// Rows of a page, and of an export at most.
const ROWS: i64 = 50;
const EXPORT_MAX: usize = 20_000;
/// Seconds after which a contact that holds nothing is taken for a page that was left, and folded away.
const LEFT_AFTER: i64 = 1_800;
/// The choice of those among the states.
const NOTHING: &str = "nothing";
/// What the address keeps from page to page.
const KEPT: [&str; 10] =
    ["q", "channel", "station", "state", "account", "household", "answer", "from", "until", "score"];

/// `GET /contacts`.
pub async fn show(here: Here, Query(query): Query<Vec<(String, String)>>) -> Result<Response, Fault> {
    let filled = Filled(query);
    let may_export = here.viewer.grants.allow(Permission::ReportExport);
    if may_export && !filled.get("as").is_empty() {
        return export(&here, &filled).await;
    }
    Ok(page(&here, &filled, None).await?.into_response())
}

/// The page; `no` is why an entry made here was refused.
pub async fn page(here: &Here, filled: &Filled, no: Option<&Refusal>) -> Result<Fragment, Fault> {
    let list = here.house().contacts(here.site, filter(here, filled)).await;
    let list = list.map_err(|fault| Fault::new("读取来访来电", fault))?;
    let names = here.names().await?;
    let timing = Timing { now: here.now, zone: &here.house().laws().zone };
    let columns = [
        Column::new(t("时间")),
        Column::new(t("渠道")),
        Column { minor: true, ..Column::new(t("接待")) },
        Column::new(t("住户或地点")),
        Column::new(t("来人的话")),
        Column::new(t("结果")),
        Column { right: true, minor: true, ..Column::new(t("用时")) },
    ];
    let rows: Vec<Row> = list.rows.iter().map(|row| shown(here, row, timing, &names)).collect();
    let address = filled.query(&KEPT);
    let blank = match address.is_empty() {
        true => empty(
            t("还没有来访来电。受理页的第一个键就开始登记；信函、邮件可以在上面一次记完。"),
            html! { a.button.main href="/desk" { (t("去受理")) } },
        ),
        false => nothing_found("/contacts"),
    };
    let register = Register {
        query: &address,
        total: &crate::t!("本页 {} 次", rows.len()),
        next: list.next.as_deref(),
        further: !filled.get("after").is_empty(),
        export: here.viewer.grants.allow(Permission::ReportExport),
        ..Register::of(("contacts", t("来访来电登记簿"), "/contacts"), &columns, &rows, blank)
    };
    let body = html! {
        @if here.viewer.grants.allow(Permission::ContactTake) { (make::forms(here, filled, no)?) }
        (filter_form(here, filled, &names))
        (register.render())
    };
    let around = here.around().await?;
    let does = html! {
        a.button href="/answers" { (t("常用问答")) }
        @if here.viewer.grants.allow(Permission::ContactDraw) { a.button href="/contacts/sample" { (t("抽听")) } }
        button data-print data-key="F9" { (t("打印")) " " kbd { "F9" } }
    };
    let page = Page { does, ..Page::new(t("来访来电"), Frame::Desk(Place::Contacts, &around), body) };
    Ok(Fragment(page.render()))
}

fn filter(here: &Here, filled: &Filled) -> ContactFilter {
    let zone = &here.house().laws().zone;
    let day = |name: &str, days: i64| {
        let date: jiff::civil::Date = filled.get(name).parse().ok()?;
        Some(zone.start_of_day(date.saturating_add(jiff::Span::new().days(days))))
    };
    let nothing = filled.get("state") == NOTHING;
    ContactFilter {
        nothing,
        nothing_until: (!nothing).then(|| here.now.plus_seconds(-LEFT_AFTER)),
        search: filled.get("q").to_owned(),
        channel: filled.get("channel").to_owned(),
        station: filled.get("station").to_owned(),
        state: ContactState::of(filled.get("state")),
        account: filled.get("account").to_owned(),
        household: filled.get("household").to_owned(),
        answer: filled.get("answer").to_owned(),
        to_score: filled.get("score") == "yes",
        from: day("from", 0),
        until: day("until", 1),
        after: Some(filled.get("after").to_owned()).filter(|it| !it.is_empty()),
        limit: ROWS,
    }
}

fn filter_form(here: &Here, filled: &Filled, names: &BTreeMap<String, String>) -> Markup {
    let channels = channels(here);
    let channels: Vec<(&str, &str)> = channels.iter().map(|(id, words)| (id.as_str(), words.as_str())).collect();
    let stations = choices(here, "case.station");
    let stations: Vec<(&str, &str)> = stations.iter().map(|(id, words)| (id.as_str(), words.as_str())).collect();
    let states = ContactState::ALL.map(|state| (state.id(), said(state.title(), None)));
    let states = states.iter().map(|(id, words)| (*id, words.as_ref()));
    let states: Vec<(&str, &str)> = states.chain([(NOTHING, t("未留内容"))]).collect();
    let people: Vec<(&str, &str)> = names.iter().map(|(id, name)| (id.as_str(), name.as_str())).collect();
    let date = |name: &str, label: &str| {
        html! {
            label.filter { span.vh { (label) }
                input type="date" name=(name) value=(filled.get(name)) aria-label=(label) data-debounce="400"; }
        }
    };
    let fields = html! {
        (filter_select("channel", t("渠道"), &channels, filled.get("channel")))
        (filter_select("station", t("受理台"), &stations, filled.get("station")))
        (filter_select("state", t("结果"), &states, filled.get("state")))
        (filter_select("account", t("接待人"), &people, filled.get("account")))
        (filter_select("score", t("抽听"), &[("yes", t("待评分的"))], filled.get("score")))
        (date("from", t("从哪天")))
        (date("until", t("到哪天")))
        @for name in ["household", "answer"] {
            @if !filled.get(name).is_empty() { input type="hidden" name=(name) value=(filled.get(name)); }
        }
    };
    filters("/contacts", "contacts", Some(filled.get("q")), fields)
}

/// Every channel: id and word.
pub fn channels(here: &Here) -> Vec<(String, String)> {
    choices(here, "case.channel")
}

/// The choices of an attribute: id and word.
fn choices(here: &Here, attribute: &str) -> Vec<(String, String)> {
    let words = &here.house().laws().vocabulary;
    let Some(at) = words.attribute_of_id(attribute) else { return Vec::new() };
    let all = words.attributes[at].values().iter();
    all.map(|(zh, id)| (id.clone(), said(zh, Some(&id.replace('_', " "))).into_owned())).collect()
}

fn shown(here: &Here, row: &ContactRow, timing: Timing, names: &BTreeMap<String, String>) -> Row {
    let waits = row.state == ContactState::Missed;
    let cells = vec![
        html! { a.nowrap href={ "/contacts/" (row.id) } { (timing.time(row.began)) } },
        html! { (channel(here, &row.channel)) @if let Some(rings) = rung(row) { " " span.dim.small { (rings) } } },
        html! { span.nowrap { (names.get(&row.account).map_or("", String::as_str)) } },
        html! {
            span.place { (row.place) }
            @if !row.tail.is_empty() { " " span.dim.small { "…" (row.tail) } }
        },
        html! { (row.words) @if row.agitated { " " (tag(t("激动"), Tone::Mind)) } },
        match left(row, timing.now) {
            true => html! { span.dim { (t("未留内容")) } },
            false => outcome(row),
        },
        html! { @if let Some(seconds) = row.seconds { (lasted(seconds)) } },
    ];
    Row { cells, late: waits, void: row.state == ContactState::Voided }
}

/// Whether it is a page that was left without a word, and no call that goes on.
pub fn left(row: &ContactRow, now: Moment) -> bool {
    row.holds_nothing() && now.seconds_since(row.began) >= LEFT_AFTER
}

/// What became of it, leading there.
pub fn outcome(row: &ContactRow) -> Markup {
    html! {
        @match row.state {
            ContactState::Missed => {
                (tag(t("未接，待回拨"), Tone::Grave))
                @if row.tried > 0 { " " span.dim.small { (crate::t!("回拨未通 {} 次", row.tried)) } }
            }
            state => (said(state.title(), None)),
        }
        @if let Some((id, number)) = &row.case { " " a.nowrap href={ "/cases/" (id) } { (number) } }
        @if let Some((id, question)) = &row.answer { " " a href={ "/answers/" (id) } { (question) } }
        @else if row.state.ended() && !row.note.is_empty() { " " span.dim { (row.note) } }
        @if let Some(points) = row.points { " " (tag(&crate::t!("用语 {} 分", points), Tone::Plain)) }
    }
}

/// How long the telephone rang, in rings or seconds.
pub fn rung(row: &ContactRow) -> Option<String> {
    let seconds = row.answered.zip(row.rang).map(|(answered, rang)| answered.seconds_since(rang));
    match (row.rings, seconds) {
        (Some(rings), _) => Some(crate::t!("响 {} 声", rings)),
        (None, Some(seconds)) => Some(crate::t!("响 {} 秒", seconds)),
        (None, None) => None,
    }
}

fn channel(here: &Here, id: &str) -> String {
    channels(here).into_iter().find(|(known, _)| known == id).map(|(_, words)| words).unwrap_or_default()
}

/// A length as people say it.
pub fn lasted(seconds: i64) -> String {
    match seconds {
        0..60 => crate::t!("{} 秒", seconds),
        _ => crate::t!("{} 分钟", (seconds + 30) / 60),
    }
}

/// The whole list as a file.
async fn export(here: &Here, filled: &Filled) -> Result<Response, Fault> {
    let mut filter = filter(here, filled);
    (filter.after, filter.limit) = (None, 200);
    let mut rows = Vec::new();
    while rows.len() < EXPORT_MAX {
        let list = here.house().contacts(here.site, filter.clone()).await;
        let list = list.map_err(|fault| Fault::new("导出来访来电", fault))?;
        rows.extend(list.rows);
        match list.next {
            Some(next) => filter.after = Some(next),
            None => break,
        }
    }
    let names = here.names().await?;
    let laws = here.house().laws();
    let at = |moment: Moment| laws.zone.civil(moment).strftime("%Y-%m-%d %H:%M:%S").to_string();
    let head = [
        t("时间"),
        t("渠道"),
        t("受理台"),
        t("接待人"),
        t("住户或地点"),
        t("来人的话"),
        t("结果"),
        t("事项编号"),
        t("说明"),
        t("响铃"),
        t("用时（秒）"),
    ];
    let lines: Vec<Vec<String>> = rows
        .iter()
        .map(|row| {
            vec![
                at(row.began),
                said(&value_in_words(laws, "case.channel", &row.channel), None).into_owned(),
                said(&value_in_words(laws, "case.station", &row.station), None).into_owned(),
                names.get(&row.account).cloned().unwrap_or_default(),
                row.place.clone(),
                row.words.clone(),
                said(row.state.title(), None).into_owned(),
                row.case.as_ref().map(|(_, number)| number.clone()).unwrap_or_default(),
                row.answer.as_ref().map_or(row.note.clone(), |(_, question)| question.clone()),
                rung(row).unwrap_or_default(),
                row.seconds.map(|seconds| seconds.to_string()).unwrap_or_default(),
            ]
        })
        .collect();
    sheet::answer(filled.get("as"), t("来访来电登记簿"), "contacts", &head, &lines)
}
