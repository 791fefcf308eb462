//! 时限依据: how a due moment came about, step by step, with the clause and the readings it rests on.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use maud::html;
use rulebook::Lang;

use crate::components::panel::panel;
use crate::components::{Timing, clause, facts};
use crate::language::{self, Language, said, t};
use crate::page::{Crumb, Frame, Page, Place, wrong};
use crate::security::Fault;
use crate::state::Here;

/// `GET /why/{case}/{obligation}`.
pub async fn show(here: Here, Path((case, obligation)): Path<(String, String)>) -> Result<Response, Fault> {
    let read = |fault| Fault::new("读取时限依据", fault);
    let page = here.house().case_page(here.site, case.clone(), here.actor.clone(), here.now, false);
    let Some(page) = page.await.map_err(read)? else { return Ok(wrong::not_found()) };
    let Some(found) = page.derived.obligations.iter().find(|it| it.id == obligation) else {
        return Ok(wrong::not_found());
    };
    let lang = match language::current() {
        Language::English => Lang::English,
        _ => Lang::Chinese,
    };
    let steps = here.house().explain(here.site, page.case.id.clone(), obligation, lang, here.now);
    let steps = steps.await.map_err(read)?;
    let around = here.around().await?;
    let timing = Timing { now: here.now, zone: &here.house().laws().zone };
    let musts: Vec<String> = found.must.iter().map(|it| said(&here.word(it), None).into_owned()).collect();
    let due = found.due.map(|at| calendar::DueAt { at, end_of_day: found.end_of_day });
    let summary = page.clauses.get(&format!("{}/{}", found.clause.book, found.clause.id)).map(|it| it.summary.as_str());
    let body = html! {
        (panel(t("这一项"), html! {}, facts(&[
            (t("要办"), html! { (musts.join("、")) }),
            (t("由谁"), html! { (crate::entry::posts::word(here.house().laws(), &found.bearer)) }),
            (t("起算"), timing.time(found.opened)),
            (t("时限"), match due {
                Some(due) => html! { (timing.due(due)) " " span.dim { (timing.exact(due.at)) } },
                None => html! { (t("不计时")) },
            }),
            (t("条款"), html! { (clause(&found.clause, summary)) " " (said(summary.unwrap_or_default(), None)) }),
        ])))
        (panel(t("一步一步怎么算"), html! {}, html! {
            ol.steps-words {
                @for step in &steps { li {
                    (said(&step.text, None))
                    @if let Some(basis) = &step.basis { div.small.dim { (said(basis, None)) } }
                } }
            }
        }))
    };
    let path = format!("/cases/{}", page.case.id);
    let crumbs = [
        Crumb { words: t("工作台").to_owned(), path: "/".to_owned() },
        Crumb { words: page.case.number.clone(), path },
    ];
    let title = t("时限依据");
    Ok(Page { crumbs: &crumbs, ..Page::new(title, Frame::Desk(Place::Home, &around), body) }.into_response())
}
