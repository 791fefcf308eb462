//! All adopted rulebooks as a map (守规图): one square a clause, coloured by how it was kept in a month.

use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use journal::reads::ClauseKept;
use maud::{Markup, html};
use rulebook::model::Book;
use rulebook::{Standing, coverage};

use super::book::Months;
use super::{Asked, law, month, parts};
use crate::components::{Lamp, empty, panel};
use crate::language::{said, t};
use crate::page::{Crumb, Frame, Page, Place, escaped};
use crate::security::Fault;
use crate::state::Here;

/// `GET /rulebooks/map?month=2026-11`.
pub async fn show(here: Here, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    let law = law(&here).await?;
    let around = here.around().await?;
    let [before, this, after] = month(&here, &asked.month);
    let mut panels = Vec::new();
    let mut all = ClauseKept::default();
    let mut adopted: Vec<_> = law.charter.adoptions.iter().filter(|it| it.until.is_none()).collect();
    adopted.sort_by(|a, b| a.book.cmp(&b.book));
    adopted.dedup_by(|a, b| a.book == b.book);
    for adoption in adopted {
        let Some(book) = law.books.get(&adoption.digest) else { continue };
        let kept = Months::of(&here, book, &this).await?;
        let sum = parts::sum(kept.kept.iter());
        all = parts::sum([&all, &sum].into_iter());
        panels.push(strip(&here, book, &kept, &sum, &this));
    }
    let months = html! {
        span.nowrap {
            a href={ "?month=" (before) } { "‹" } " " (this) " " a href={ "?month=" (after) } { "›" }
        }
    };
    let body = html! {
        p { (parts::counts(&all, None)) }
        (legend())
        @if panels.is_empty() {
            (empty(t("还没有采用规程。采用之后，每一条守得怎样都在这里。"), html! { a.button.main href="/rulebooks" { (t("去规程库")) } }))
        }
        @for panel in panels { (panel) }
    };
    let crumbs = [Crumb { words: t("规程").to_owned(), path: "/rulebooks".to_owned() }];
    let page = Page {
        crumbs: &crumbs,
        beside: months,
        ..Page::new(t("守规图"), Frame::Desk(Place::Rulebooks, &around), body)
    };
    Ok(page.into_response())
}

/// What the colours say.
fn legend() -> Markup {
    let known = [
        ("late", t("有逾期或没有达标")),
        ("soft", t("有软提醒")),
        ("met", t("都按时、达标")),
        ("open", t("在办或还差，没到期")),
        ("idle", t("没有用到")),
        ("waits", t("尚待实现")),
    ];
    html! {
        p.squares { @for (class, words) in known { span class={ "square " (class) } {} span.small.dim { (words) } } }
    }
}

fn strip(here: &Here, of: &Book, kept: &Months, sum: &ClauseKept, this: &str) -> Markup {
    let covered = coverage(of, &here.house().laws().vocabulary, &[]).0;
    let waits = |number: &str| {
        let mut own = covered.clauses.iter().filter(|it| it.clause == number).peekable();
        own.peek().is_some() && own.all(|it| it.standing == Standing::Pending)
    };
    let name = html! { a href={ "/rulebooks/" (of.id) "?month=" (this) } { (said(&of.name, Some(&of.name_en))) } };
    html! {
        section.panel {
            div.title { h2 { (name) } span { (parts::counts(sum, None)) } }
            ol.squares { @for clause in &of.clauses {
                @let lamp = kept.lamp(clause);
                @let class = match lamp {
                    Some(Lamp::Late) => "late",
                    Some(Lamp::Soft) => "soft",
                    Some(Lamp::Met) => "met",
                    Some(_) => "open",
                    None if waits(&clause.number) => "waits",
                    None => "idle",
                };
                @let words = lamp.map_or(t("没有用到"), Lamp::word);
                li { a class={ "square " (class) } title={ (clause.number) " " (said(&clause.title, None)) " · " (words) }
                    href={ "/rulebooks/" (of.id) "/" (escaped(&clause.number)) "?month=" (this) } { (clause.number) } }
            } }
        }
    }
}

/// `GET /rulebooks/sites`: the sites of the viewer beside each other.
pub async fn sites(here: Here, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    let read = |fault| Fault::new("读取规程", fault);
    let around = here.around().await?;
    let [before, this, after] = month(&here, &asked.month);
    let access = here.house().access(here.viewer.account.clone()).await.map_err(read)?;
    let mut books: Vec<(String, String)> = Vec::new();
    let mut rows = Vec::new();
    for site in &access {
        let law = here.house().law(site.site).await.map_err(read)?;
        let mut own: Vec<(String, ClauseKept)> = Vec::new();
        for adoption in law.charter.adoptions.iter().filter(|it| it.until.is_none()) {
            let Some(book) = law.books.get(&adoption.digest) else { continue };
            if !books.iter().any(|(id, _)| *id == book.id) {
                books.push((book.id.clone(), said(&book.name, Some(&book.name_en)).into_owned()));
            }
            let kept = here.house().clauses_kept(site.site, book.id.clone(), this.clone(), here.now).await;
            own.push((book.id.clone(), parts::sum(kept.map_err(read)?.iter())));
        }
        rows.push((site, own));
    }
    books.sort();
    let months = html! {
        span.nowrap { a href={ "?month=" (before) } { "‹" } " " (this) " " a href={ "?month=" (after) } { "›" } }
    };
    let table = html! {
        div.scroll { table.plain-table {
            thead { tr {
                th { (t("站点")) } th.num { (t("按时率")) } th { (t("合计")) }
                @for (_, name) in &books { th { (name) } }
            } }
            tbody { @for (site, own) in &rows {
                @let sum = parts::sum(own.iter().map(|(_, kept)| kept));
                tr {
                    td { @if site.site == here.site { a href={ "/rulebooks/map?month=" (this) } { (site.name) } } @else {
                        form.in-line method="post" action="/site" {
                            button.plain name="site" value=(site.site) { (site.name) }
                        }
                    } }
                    td.num { (in_time(&sum)) }
                    td { (parts::counts(&sum, None)) }
                    @for (id, _) in &books {
                        td { @match own.iter().find(|(book, _)| book == id) {
                            Some((_, kept)) => {
                                (in_time(kept))
                                @if kept.broken() > 0 { " " span.dim { (crate::t!("逾期 {}", kept.broken())) } }
                            },
                            None => span.dim { (t("未采用")) },
                        } }
                    }
                }
            } }
        } }
    };
    let body = panel(t("各站点这个月"), months, table);
    let crumbs = [Crumb { words: t("规程").to_owned(), path: "/rulebooks".to_owned() }];
    let page = Page { crumbs: &crumbs, ..Page::new(t("站点比较"), Frame::Desk(Place::Rulebooks, &around), body) };
    Ok(page.into_response())
}

/// Met in time of all that came to an end or broke its limit, in whole per cent rounded down; none: no data.
fn in_time(kept: &ClauseKept) -> String {
    match kept.met + kept.broken() {
        0 => t("无数据").to_owned(),
        all => format!("{} %", kept.met * 100 / all),
    }
}
