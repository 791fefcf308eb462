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

/// `GET /why/{case}/{obligation}`: of a case, or of what the site owes as such.
pub async fn show(here: Here, Path((case, obligation)): Path<(String, String)>) -> Result<Response, Fault> {
    let lang = match language::current() {
        Language::English => Lang::English,
        _ => Lang::Chinese,
    };
    let found = here.house().explain(here.site, case, obligation, lang, here.now).await;
    let Some(found) = found.map_err(|fault| Fault::new("读取时限依据", fault))? else {
        return Ok(wrong::not_found());
    };
    let owed = &found.owed;
    let around = here.around().await?;
    let timing = Timing { now: here.now, zone: &here.house().laws().zone };
    let musts: Vec<String> = owed.must.iter().map(|it| said(&here.word(it), None).into_owned()).collect();
    let due = owed.due.map(|at| calendar::DueAt { at, end_of_day: owed.end_of_day });
    let summary = found.brief.summary.as_str();
    let body = html! {
        (panel(t("这一项"), html! {}, facts(&[
            (t("要办"), html! { (musts.join("、")) }),
            (t("由谁"), html! { (crate::entry::posts::word(here.house().laws(), &owed.bearer)) }),
            (t("起算"), timing.time(owed.opened)),
            (t("时限"), match due {
                Some(due) => html! { (timing.due(due)) " " span.dim { (timing.exact(due.at)) } },
                None => html! { (t("不计时")) },
            }),
            (t("条款"), html! { (clause(&owed.clause, Some(summary))) " " (said(summary, None)) }),
        ])))
        (panel(t("一步一步怎么算"), html! {}, html! {
            ol.steps-words {
                @for step in &found.steps { li {
                    (said(&step.text, None))
                    @if let Some(basis) = &step.basis { div.small.dim { (said(basis, None)) } }
                } }
            }
        }))
    };
    let mut crumbs = vec![Crumb { words: t("工作台").to_owned(), path: "/".to_owned() }];
    if let Some(case) = &found.case {
        crumbs.push(Crumb { words: t("事项").to_owned(), path: format!("/cases/{case}") });
    }
    let title = t("时限依据");
    Ok(Page { crumbs: &crumbs, ..Page::new(title, Frame::Desk(Place::Home, &around), body) }.into_response())
}
