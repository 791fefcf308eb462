//! A book (一部规程): its outline, coloured by how each clause was kept in a month, and readings for the whole book.

use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use journal::reads::ClauseKept;
use maud::{Markup, html};
use rulebook::model::{Book, Clause};
use rulebook::{Figure, Standing, coverage};

use super::{Asked, edition, law, month, parts};
use crate::components::{Lamp, panel};
use crate::language::{said, t};
use crate::page::{Crumb, Frame, Page, Place, escaped, wrong};
use crate::security::Fault;
use crate::state::Here;

/// `GET /rulebooks/{book}`.
pub async fn show(here: Here, Path(id): Path<String>, Query(asked): Query<Asked>) -> Result<Response, Fault> {
    let law = law(&here).await?;
    let Some((book, _)) = edition(&here, &law, &id) else { return Ok(wrong::not_found()) };
    let around = here.around().await?;
    let [before, this, after] = month(&here, &asked.month);
    let kept = Months::of(&here, &book, &this).await?;
    let covered = coverage(&book, &here.house().laws().vocabulary, &[]).0;
    let months = html! {
        span.nowrap {
            a href={ "/rulebooks/" (id) "?month=" (before) } { "‹" } " " (this) " "
            a href={ "/rulebooks/" (id) "?month=" (after) } { "›" }
        }
    };
    let count = |standing| covered.count(standing);
    let summary = crate::t!(
        "程序计算 {0} 条，页面承载 {1} 条，尚待实现 {2} 条。",
        count(Standing::Enforced),
        count(Standing::Carried),
        count(Standing::Pending)
    );
    let body = html! {
        p { (said(&book.governs, None)) " " span.dim { (summary) } }
        (panel(t("条文"), months, outline(&book, &kept, &this)))
        @if !book.readings.is_empty() {
            (panel(t("全书的读法"), html! {}, html! {
                ul { @for reading in &book.readings { li {
                    b { "“" (said(&reading.words, None)) "”" } " " (said(&reading.means, None))
                    @if let Some(rival) = &reading.rival { " " span.dim { (t("另一种读法")) "：" (said(rival, None)) } }
                } } }
            }))
        }
    };
    let crumbs = [Crumb { words: t("规程").to_owned(), path: "/rulebooks".to_owned() }];
    let name = said(&book.name, Some(&book.name_en));
    let beside = html! { span.dim { (book.edition) } };
    Ok(Page { crumbs: &crumbs, beside, ..Page::new(&name, Frame::Desk(Place::Rulebooks, &around), body) }
        .into_response())
}

/// A month of a book: its obligations, and the figures of its rates.
pub struct Months {
    /// By clause.
    pub kept: Vec<ClauseKept>,
    /// By clause and period.
    pub rates: Vec<Figure>,
}

impl Months {
    /// Reads it.
    pub async fn of(here: &Here, book: &Book, month: &String) -> Result<Months, Fault> {
        let kept = here.house().clauses_kept(here.site, book.id.clone(), month.clone(), here.now).await;
        let kept = kept.map_err(|fault| Fault::new("读取规程", fault))?;
        let rates = super::kept::rates(here, book, &book.clauses, std::slice::from_ref(month)).await?;
        Ok(Months { kept, rates })
    }

    /// What colours a clause; none when nothing happened.
    pub fn lamp(&self, clause: &Clause) -> Option<Lamp> {
        let own = |id: &str| clause.rules.iter().any(|rule| rule.id.value == id);
        let rates = parts::rate_lamp(self.rates.iter().filter(|it| own(&it.clause.id)));
        parts::graver(parts::lamp(&kept_of(clause, &self.kept)).into_iter().chain(rates))
    }
}

/// How the rules of a clause were kept together.
pub fn kept_of(clause: &Clause, kept: &[ClauseKept]) -> ClauseKept {
    let own = kept.iter().filter(|it| clause.rules.iter().any(|rule| rule.id.value == it.clause));
    parts::sum(own)
}

fn outline(book: &Book, all: &Months, month: &str) -> Markup {
    html! {
        div.scroll { table.plain-table {
            thead { tr { th { (t("条")) } th { (t("说什么")) } th { (t("这个月")) } } }
            tbody { @for clause in &book.clauses {
                @let kept = kept_of(clause, &all.kept);
                tr {
                    td.nowrap {
                        a href={ "/rulebooks/" (book.id) "/" (escaped(&clause.number)) "?month=" (month) } {
                            (clause.number)
                        }
                    }
                    td {
                        b { (said(&clause.title, None)) }
                        @if clause.readings.iter().any(|it| it.confirmed.is_none()) {
                            " " span.tag.mind { (t("有待确认的读法")) }
                        }
                        div.small.dim { (said(&clause.summary.value, None)) }
                    }
                    td {
                        (parts::counts(&kept, None))
                        @for rate in all.rates.iter().filter(|it| clause.rules.iter().any(|rule| rule.id.value == it.clause.id)) {
                            div { span.small.dim { (crate::components::timing::period(&rate.period)) " " } (super::kept::verdict(rate)) }
                        }
                    }
                }
            } }
        } }
    }
}

/// The outline as a narrow column beside a clause.
pub fn column(book: &Book, kept: &Months, here: &str) -> Markup {
    html! {
        nav.outline aria-label=(t("条文")) { ol {
            @for clause in &book.clauses {
                @let lamp = kept.lamp(clause);
                li { a href={ "/rulebooks/" (book.id) "/" (escaped(&clause.number)) }
                    aria-current=[(clause.number == here).then_some("page")] {
                    span.mark { @if let Some(lamp) = lamp { (lamp.shape()) } }
                    b { (clause.number) } " " (said(&clause.title, None))
                } }
            }
        } }
    }
}
