//! Third copies that finance was handed (第三联待签收): each with the button that takes it in, the oldest limit first.

use journal::reads::ToSign;
use maud::{Markup, html};
use office::act::{self, signing};

use crate::components::field::command;
use crate::components::work::{Owed, owed};
use crate::components::{Lamp, Light};
use crate::entry::fresh_command;
use crate::language::t;
use crate::security::Fault;
use crate::state::Here;

/// The group; nothing for whoever takes no copies in.
pub async fn copies(here: &Here) -> Result<Markup, Fault> {
    if !act::find(signing::RECEIVED).is_some_and(|act| act.allowed(&here.actor.posts)) {
        return Ok(html! {});
    }
    let read = here.house().to_sign(here.site, here.actor.clone(), here.now).await;
    let (waiting, _) = read.map_err(|fault| Fault::new("读取待签收", fault))?;
    let open = |it: &&ToSign| it.act.id == signing::RECEIVED && it.refused.is_none();
    let waiting: Vec<&ToSign> = waiting.iter().filter(open).collect();
    let (id, words) = (fresh_command()?, here.word(signing::RECEIVED));
    let paths: Vec<String> = waiting.iter().map(|it| format!("/cases/{}", it.case.id)).collect();
    let rows: Vec<Owed> = (waiting.iter().zip(&paths))
        .map(|(it, path)| Owed {
            light: Light { lamp: Lamp::Open, words: t("不限时"), exact: "", runs: None }.render(),
            act: &words,
            place: &it.case.place,
            title: &it.case.title,
            path,
            number: &it.case.number,
            clauses: &[],
            does: html! {
                form method="post" action={ (path) "/acts/" (signing::RECEIVED) } {
                    (command(&format!("{id}-{}", it.case.id)))
                    input type="hidden" name="seen_version" value=(it.version);
                    input type="hidden" name="back" value="/";
                    button { (t("签收|第三联")) }
                }
            },
        })
        .collect();
    Ok(html! {
        (owed(t("第三联到了，待签收"), &rows))
        @if rows.len() > 1 { p.ways { a.button href="/repairs/copies" { (t("一起签收")) } } }
    })
}
