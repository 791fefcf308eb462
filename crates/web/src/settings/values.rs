//! Values of settings (取值), each with its default and where it comes from.

use axum::response::{IntoResponse, Response};
use calendar::Moment;
use journal::reads::SettingRow;
use maud::{Markup, html};
use office::Refusal;
use office::site::{CharterChange, Provenance};

use super::{fresh, page, works};
use crate::components::field::command;
use crate::components::refusal::{refusal, refused};
use crate::components::{Timing, Tone, marks, tag};
use crate::entry::see;
use crate::language::{said, t};
use crate::page::{Filled, Fragment};
use crate::security::Fault;
use crate::state::Here;

/// `GET /settings`.
pub async fn show(here: Here) -> Result<Response, Fault> {
    Ok(shown(&here, None).await?.into_response())
}

async fn shown(here: &Here, no: Option<(&Refusal, &str)>) -> Result<Fragment, Fault> {
    let rows = here.house().settings(here.site).await.map_err(|fault| Fault::new("读取设置", fault))?;
    let names = here.names().await?;
    let timing = Timing { now: here.now, zone: &here.house().laws().zone };
    let mut groups: Vec<(String, Vec<&SettingRow>)> = Vec::new();
    for row in &rows {
        let group = match row.books.first() {
            None if office::site::PHRASES.iter().any(|it| [it.setting, it.english].contains(&row.name.as_str())) => {
                t("礼貌用语").to_owned()
            }
            None => t("本站点").to_owned(),
            Some(book) => said(book, None).into_owned(),
        };
        match groups.iter_mut().find(|(known, _)| *known == group) {
            Some((_, rows)) => rows.push(row),
            None => groups.push((group, vec![row])),
        }
    }
    let mut body = Vec::new();
    for (group, rows) in groups {
        let mut lines = Vec::new();
        for row in rows {
            let no = no.filter(|(no, _)| no.field.as_deref() == Some(row.name.as_str()));
            let from = match &row.provenance {
                Provenance::Default if row.stated => html! { (t("规程原文")) },
                Provenance::Default => html! { span.dim { (t("默认")) } },
                Provenance::Set { by, at } => html! {
                    (names.get(by).unwrap_or(by)) " " span.dim { (timing.time(Moment(*at))) }
                },
            };
            lines.push(line(row, works(here), from, no)?);
        }
        body.push(crate::components::panel(
            &group,
            html! {},
            html! {
                div.scroll { table.plain-table.settings {
                    thead { tr { th { (t("设置")) } th { (t("现在的值")) } th { (t("默认值")) } th { (t("来源")) } } }
                    tbody { @for line in lines { (line) } }
                } }
            },
        ));
    }
    page(here, 0, html! { @for panel in body { (panel) } }).await
}

fn line(row: &SettingRow, works: bool, from: Markup, no: Option<(&Refusal, &str)>) -> Result<Markup, Fault> {
    let typed = no.map_or(row.value.as_str(), |(_, typed)| typed);
    let flags = ["是".to_owned(), "否".to_owned()];
    let choices: &[String] = if row.unit == "flag" { &flags } else { &row.choices };
    let id = fresh()?;
    let control = html! {
        form.inline method="post" action="/settings" {
            (command(&id))
            input type="hidden" name="name" value=(row.name);
            @if choices.is_empty() && is_long(typed, row) {
                textarea name="value" rows="5" cols="36" maxlength="2000" aria-label=(row.name) {
                    (maud::PreEscaped("\n")) (typed)
                }
            } @else if choices.is_empty() {
                input name="value" value=(typed) maxlength="2000" aria-label=(row.name);
            } @else {
                select name="value" aria-label=(row.name) {
                    @for choice in choices { option value=(choice) selected[choice == typed] { (offered(choice)) } }
                }
            }
            button { (t("保存")) }
            @if matches!(row.provenance, Provenance::Set { .. }) {
                button.plain name="default" value="yes" { (t("用默认值")) }
            }
        }
        @if let Some((no, _)) = no { (refusal(no)) }
    };
    Ok(html! {
        tr {
            td {
                b { (said(&row.name, None)) }
                div.small.dim { (said(&row.about, None)) }
                @if row.value.is_empty() && row.name == "公布的服务电话" { (tag(t("还没有填，请公布"), Tone::Mind)) }
                @if !row.clauses.is_empty() {
                    div.small { (t("用于")) @for clause in &row.clauses { " " (marks::clause(clause, Some(&clause.book))) } }
                }
            }
            td.wrap { @if works { (control) } @else { (said(&row.value, None)) } }
            td.dim.wrap {
                @if is_long("", row) { details { summary { (t("默认值")) } (said(&row.default, None)) } }
                @else { (said(&row.default, None)) }
            }
            td.small { (from) }
        }
    })
}

/// Whether a value takes more than a line: a list that the office writes.
fn is_long(typed: &str, row: &SettingRow) -> bool {
    row.unit == "text" && [typed, &row.default].iter().any(|it| it.chars().count() > 60)
}

/// A value in one line, as it was filled in or in several: a new line parts as a ； does.
fn in_one_line(value: &str) -> String {
    let lines = value.lines().map(|line| line.trim().trim_end_matches(['；', ';'])).filter(|line| !line.is_empty());
    if value.trim().contains('\n') { lines.collect::<Vec<_>>().join("；") } else { value.to_owned() }
}

/// A choice in the language of the page; a word of address as it is, since it is what is chosen.
fn offered(choice: &str) -> String {
    let words = office::site::CUSTOMERS.iter().chain(&office::site::OFFICES);
    if words.into_iter().any(|word| *word == choice) { choice.to_owned() } else { said(choice, None).into_owned() }
}

/// `POST /settings`.
pub async fn set(here: Here, filled: Filled) -> Result<Response, Fault> {
    let name = filled.get("name").to_owned();
    let value = if filled.get("default") == "yes" { String::new() } else { in_one_line(filled.get("value")) };
    let change = CharterChange::Set { name, value: value.clone() };
    let done = here.house().change_charter(here.sent(filled.command())?, change).await;
    match done.map_err(|fault| Fault::new("改设置", fault))? {
        Ok(_) => Ok(see("/settings")),
        Err(no) => Ok(refused(shown(&here, Some((&no, &value))).await?, &no)),
    }
}
