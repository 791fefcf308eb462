//! What if (推演): rulebooks, clauses, settings or days changed for once, over the site's real past or a made-up year. Only
//! looked at: nothing is written, and asking for the same gives the same.

mod asked;
mod form;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use journal::SiteLaw;
use maud::{Markup, html};
use office::Refusal;
use rulebook::simulate::MadeUp;

use super::page;
use crate::components::panel;
use crate::components::refusal::refusal;
use crate::language::t;
use crate::page::Filled;
use crate::rulebooks::{law, outcome, replay, side};
use crate::security::Fault;
use crate::state::Here;
use asked::{Asked, Over};

/// The tab of the settings.
const TAB: usize = 6;
/// Cases told with both derivations.
const SHOWN: usize = 20;

/// `GET /settings/what-if`: the form, and above it the answer once asked.
pub async fn show(here: Here, Query(query): Query<Vec<(String, String)>>) -> Result<Response, Fault> {
    let filled = Filled(query);
    let law = law(&here).await?;
    let shelf = asked::Shelf::of(&here, &law).await?;
    let answer = match filled.get("run") {
        "" => html! {},
        _ => match Asked::of(&here, &law, &shelf, &filled) {
            Ok(asked) => answer(&here, &law, &asked).await?,
            Err(no) => refusal(&no),
        },
    };
    let body = html! {
        (answer)
        (form::render(&here, &law, &shelf, &filled))
    };
    Ok(page(&here, TAB, body).await?.into_response())
}

async fn answer(here: &Here, law: &Arc<SiteLaw>, asked: &Asked) -> Result<Markup, Fault> {
    let told: Result<Markup, Refusal> = match asked.over {
        Over::Past { from, until } => {
            let past = replay::past(here, law, &asked.tried, (from, until), SHOWN).await?;
            past.map(|past| outcome::told(here, &past.outcomes, outcome::About::Past(past.newest)))
        }
        Over::Year { year, seed, units, matters } => {
            let (keep, lang) = (SHOWN, side::lang());
            let asked_year = MadeUp { year, seed, sites: 1, units, matters, keep, lang, threads: 1 };
            let lived = replay::year(here, law, &asked.tried, asked_year).await?;
            lived.map(|lived| {
                html! {
                    (outcome::staff(here, &lived.loads))
                    (outcome::told(here, &lived.outcomes, outcome::About::Year))
                }
            })
        }
    };
    Ok(panel(
        t("与现行的差别"),
        html! {},
        html! {
            ul.read-lines { @for change in &asked.changes { li { (change) } } }
            @match &told { Ok(told) => { (told) }, Err(no) => { (refusal(no)) } }
        },
    ))
}
