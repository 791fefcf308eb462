//! 按期跟进 on the home page: developers to be chased, residents to be told, rechecks, contracts that have run out, suppliers to be
//! assessed; each to whose posts may do it.

use calendar::{DueAt, Moment};
use journal::reads::CaseRow;
use maud::Markup;
use office::act;

use crate::components::work::{Owed, owed};
use crate::components::{Lamp, Light, Timing};
use crate::language::{said, t};
use crate::security::Fault;
use crate::state::Here;

/// The group with a row a record and act that is due by the end of this day.
pub async fn due(here: &Here, timing: Timing<'_>) -> Result<Markup, Fault> {
    let tomorrow = timing.zone.date(here.now).tomorrow().map(|day| timing.zone.start_of_day(day));
    let by = tomorrow.unwrap_or(here.now);
    let rows = here.house().care_due(here.site, by).await.map_err(|fault| Fault::new("读取跟进", fault))?;
    let mine: Vec<&(CaseRow, String, Moment)> =
        rows.iter().filter(|(_, act, _)| act::find(act).is_some_and(|act| act.allowed(&here.actor.posts))).collect();
    let texts: Vec<[String; 5]> = mine
        .iter()
        .map(|(row, act, at)| {
            [
                timing.remaining(DueAt::clock(*at)),
                timing.exact(*at),
                said(act::find(act).map_or("", |act| act.title), None).into_owned(),
                format!("/cases/{}", row.id),
                format!("/cases/{}/acts/{act}", row.id),
            ]
        })
        .collect();
    let shown: Vec<Owed> = mine
        .iter()
        .zip(&texts)
        .map(|((row, _, _), [left, exact, words, path, does])| Owed {
            light: Light { lamp: Lamp::Soft, words: left, exact, runs: None }.render(),
            act: words,
            place: &row.place,
            title: &row.title,
            path,
            number: &row.number,
            clauses: &[],
            does: maud::html! { span.row-does { a.button href=(does) { (t("办")) } } },
        })
        .collect();
    Ok(owed(t("按期跟进"), &shown))
}
