//! Rules in force (现行制度): readable by all staff, with what the reader has read and how many have; those that ended stand below.

use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use maud::html;
use office::asked::{self, READ, RULES};
use office::internal_rule::{self, Standing};

use super::panel::standing_words;
use super::{done_of, records, said_of};
use crate::components::field::command;
use crate::components::register::{Column, Register, Row};
use crate::components::{Tone, empty, panel, tag};
use crate::language::t;
use crate::page::{Crumb, Filled, Frame, Page, Place, sheet};
use crate::security::{Fault, Permission};
use crate::state::Here;

/// `GET /papers/rules?as=xlsx`.
pub async fn show(here: Here, Query(query): Query<Vec<(String, String)>>) -> Result<Response, Fault> {
    let filled = Filled(query);
    let today = here.house().laws().zone.date(here.now);
    let fresh = here.sent(None)?;
    let (mut rows, mut old, mut lines) = (Vec::new(), Vec::new(), Vec::new());
    for (row, filling) in records(&here, RULES, None).await? {
        let case = &filling.case;
        let standing = internal_rule::standing(case, today);
        let ended = standing == Standing::Ended;
        if !matches!(standing, Standing::InForce | Standing::Coming | Standing::Ended) {
            continue;
        }
        let all = asked::of(case);
        let (read, of) = done_of(&all, READ);
        let own = case.entries.iter().any(|it| it.event.name == READ && it.actor == here.actor.account);
        let said = |id: &str| said_of(case, id).to_owned();
        let (from, until) = (said(internal_rule::FROM), said(internal_rule::UNTIL));
        let state = standing_words(standing);
        lines.push(vec![
            row.number.clone(),
            said("document.title"),
            from.clone(),
            until.clone(),
            state.to_owned(),
            said(internal_rule::REPLACES),
            format!("{read} / {of}"),
        ]);
        let cells = vec![
            html! { a.nowrap href={ "/cases/" (row.id) } { (row.number) } },
            html! { a href={ "/cases/" (row.id) } { (said("document.title")) } },
            html! { span.nowrap { (from) } },
            html! { span.nowrap { (until) } },
            html! { (tag(state, if standing == Standing::Coming { Tone::Mind } else { Tone::Plain })) },
            html! { span.nowrap { (read) " / " (of) } },
            html! {
                @if own { "✓ " (t("您看过")) } @else if !ended {
                    form.inline method="post" action={ "/cases/" (row.id) "/acts/" (READ) } {
                        (command(&format!("{}-{}", fresh.command.as_str(), row.id)))
                        input type="hidden" name="back" value="/papers/rules";
                        button { (t("已阅")) }
                    }
                }
            },
        ];
        let row = Row { cells, late: false, void: ended };
        if ended { old.push(row) } else { rows.push(row) }
    }
    let titles = [t("编号"), t("制度"), t("执行日期"), t("废止日期"), t("状态"), t("已阅人数")];
    let may_export = here.viewer.grants.allow(Permission::ReportExport);
    if may_export && ["xlsx", "csv"].contains(&filled.get("as")) {
        let head = [t("编号"), t("制度"), t("执行日期"), t("废止日期"), t("状态"), t("替代的制度"), t("已阅人数")];
        return sheet::answer(filled.get("as"), t("现行制度"), "rules", &head, &lines);
    }
    let mut columns: Vec<Column> = titles.map(|title| Column { named: true, ..Column::new(title) }).into();
    columns.push(Column::new(t("您")));
    let none = empty(t("还没有执行的制度。"), html! {});
    let path = "/papers/rules";
    let drawn =
        Register { export: may_export, ..Register::of(("rules", t("现行制度"), path), &columns, &rows, none) };
    let body = html! {
        (drawn.render())
        @if !old.is_empty() {
            (panel(t("以前的制度"), html! {}, Register::of(("old", t("以前的制度"), path), &columns, &old, html! {}).render()))
        }
    };
    let around = here.around().await?;
    let crumbs = [Crumb { words: t("会议与文件").to_owned(), path: "/papers".to_owned() }];
    Ok(Page { crumbs: &crumbs, ..Page::new(t("现行制度"), Frame::Desk(Place::Papers, &around), body) }.into_response())
}
