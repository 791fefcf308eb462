//! Posts beside each other (岗位比较): kept, late and open in a month and the month before; each number leads to its rows.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use axum::extract::Query;
use axum::response::Response;
use calendar::Period;
use jiff::civil::Date;
use journal::reads::{ClauseKept, KeptAs, ObligationRow};
use maud::{Markup, html};

use super::People;
use super::list::{page, table};
use crate::components::{Timing, empty, panel};
use crate::language::t;
use crate::page::{Filled, escaped, sheet, wrong};
use crate::rulebooks::kept_word;
use crate::security::{Fault, Permission};
use crate::state::Here;

/// The month that is asked for, else the present one, and the month before.
fn months(here: &Here, filled: &Filled) -> [String; 2] {
    let today = here.house().laws().zone.date(here.now);
    let first: Date = format!("{}-01", filled.get("month")).parse().unwrap_or(today);
    [Period::Month.key(first), Period::Month.key(Period::Month.previous(first))]
}

/// `GET /manager/posts?month=2026-11`.
pub async fn show(here: Here, Query(query): Query<Vec<(String, String)>>) -> Result<Response, Fault> {
    let filled = Filled(query);
    let [this, before] = months(&here, &filled);
    let read = here.house().posts_kept(here.site, vec![this.clone(), before.clone()], here.now).await;
    let kept = read.map_err(|fault| Fault::new("读取岗位比较", fault))?;
    let people = People::of(&here).await?;
    let none = ClauseKept::default();
    let of = |post: &String, month: &String| kept.get(&(post.clone(), month.clone())).unwrap_or(&none);
    let mut posts: Vec<String> = kept.keys().map(|it| it.0.clone()).collect::<BTreeSet<_>>().into_iter().collect();
    posts.sort_by_key(|post| (Reverse(of(post, &this).broken()), post.clone()));
    let mut rows = Vec::new();
    let mut lines = Vec::new();
    for post in &posts {
        let (name, beside) = people.post(post);
        let (now, then) = (of(post, &this), of(post, &before));
        let mut line = vec![format!("{name} {beside}"), share(now), share(then)];
        line.extend(KeptAs::ALL.iter().map(|it| now.count(*it).to_string()));
        lines.push(line);
        rows.push(html! { tr {
            td { b { (name) } " " span.dim { (beside) } }
            td.num { (share(now)) }
            td.num.dim { (share(then)) }
            @for kept_as in KeptAs::ALL { td.num { (number(post, &this, now, kept_as)) } }
        } });
    }
    let mut head = vec![t("岗位|表头"), t("按时率"), t("上个月按时率")];
    head.extend(KeptAs::ALL.iter().map(|it| kept_word(*it)));
    if !filled.get("as").is_empty() && here.viewer.grants.allow(Permission::ReportExport) {
        return sheet::answer(filled.get("as"), &this, "posts", &head, &lines);
    }
    let months = html! {
        span.nowrap {
            a href={ "?month=" (before) } { "‹" } " " (this) " "
            a href={ "?month=" (Period::Month.key(next(&this))) } { "›" }
        }
    };
    let table = html! {
        @if rows.is_empty() { (empty(t("这个月没有该做的事。"), html! {})) } @else {
            div.scroll { table.plain-table {
                thead { tr { @for (n, words) in head.iter().enumerate() { th.num[n > 0] { (words) } } } }
                tbody { @for row in &rows { (row) } }
            } }
        }
    };
    let body = html! {
        p.dim.base { (t("按到期的月份数；按时率是按时的占按时加逾期的，提醒和在办的不算。")) }
        (panel(t("各岗位"), months, table))
        @if here.viewer.grants.allow(Permission::ReportExport) && !rows.is_empty() {
            p.foot { a href={ "/manager/posts?month=" (this) "&as=xlsx" } { "Excel" } }
        }
    };
    page(&here, t("岗位比较"), rows.len(), body).await
}

fn next(month: &str) -> Date {
    let first: Date = format!("{month}-01").parse().unwrap_or_default();
    Period::Month.next(first)
}

fn number(post: &str, month: &str, kept: &ClauseKept, kept_as: KeptAs) -> Markup {
    html! {
        @match kept.count(kept_as) {
            0 => span.dim { "0" },
            count => a href={ "/manager/posts/list?post=" (escaped(post)) "&month=" (month) "&state=" (kept_as.id()) } { (count) },
        }
    }
}

/// Met in time of all that came to an end or broke its limit, in whole per cent rounded down.
fn share(kept: &ClauseKept) -> String {
    match kept.met + kept.broken() {
        0 => t("无数据").to_owned(),
        all => format!("{} %", kept.met * 100 / all),
    }
}

/// `GET /manager/posts/list?post=front_desk&month=2026-11&state=late`.
pub async fn list(here: Here, Query(query): Query<Vec<(String, String)>>) -> Result<Response, Fault> {
    let filled = Filled(query);
    let Some(kept_as) = KeptAs::of(filled.get("state")) else { return Ok(wrong::not_found()) };
    let [month, _] = months(&here, &filled);
    let post = filled.get("post").to_owned();
    let read = here.house().post_list(here.site, (post.clone(), month.clone()), kept_as, here.now).await;
    let (rows, more) = read.map_err(|fault| Fault::new("读取岗位比较", fault))?;
    let timing = Timing { now: here.now, zone: &here.house().laws().zone };
    let people = People::of(&here).await?;
    let title = format!("{} · {month} · {}", people.post(&post).0, kept_word(kept_as));
    let rows: Vec<&ObligationRow> = rows.iter().collect();
    let body = html! {
        (table(&here, &rows, &people, timing))
        @if more { p.dim { (t("只列最近的一千项。")) } }
    };
    page(&here, &title, rows.len(), body).await
}
