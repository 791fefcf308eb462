//! 按期跟进 on the home page: developers to be chased, residents to be told, rechecks, contracts that have run out, suppliers to be
//! assessed; each to whose posts may do it.

use maud::{Markup, html};
use office::act;

use crate::components::Timing;
use crate::home::coming::{Coming, coming};
use crate::language::{said, t};
use crate::security::Fault;
use crate::state::Here;

/// The group with a row a record and act that is due by the end of this day.
pub async fn due(here: &Here, timing: Timing<'_>) -> Result<Markup, Fault> {
    let tomorrow = timing.zone.date(here.now).tomorrow().map(|day| timing.zone.start_of_day(day));
    let by = tomorrow.unwrap_or(here.now);
    let rows = here.house().care_due(here.site, by).await.map_err(|fault| Fault::new("读取跟进", fault))?;
    let mine = rows.iter().filter_map(|(row, act, at)| Some((row, act::find(act)?, *at)));
    let mine: Vec<Coming> = mine
        .filter(|(_, act, _)| act.allowed(&here.actor.posts))
        .map(|(row, act, at)| {
            let does = html! { a.button href={ "/cases/" (row.id) "/acts/" (act.id) } { (t("去办理")) } };
            Coming { row, at, act: said(act.title, None).into_owned(), does }
        })
        .collect();
    Ok(coming(t("按期跟进"), timing, &mine))
}
