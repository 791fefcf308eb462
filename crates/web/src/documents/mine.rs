//! What the reader is asked by name (点名要办): a group on the home page, cards among the signatures; one press each.

use calendar::DueAt;
use journal::reads::AskedOf;
use maud::{Markup, html};
use office::act;

use crate::components::Timing;
use crate::components::field::command;
use crate::components::work::{Owed, owed};
use crate::language::{said, t};
use crate::security::Fault;
use crate::state::Here;

async fn asked(here: &Here) -> Result<Vec<AskedOf>, Fault> {
    let read = here.house().asked_of(here.site, here.actor.account.clone()).await;
    read.map_err(|fault| Fault::new("读取点名要办的", fault))
}

/// Whether the act takes nothing but a press.
pub(super) fn at_once(id: &str) -> bool {
    act::find(id).is_some_and(|act| act.fields.iter().all(|field| !field.required))
}

/// The button that does it, or the link to its form.
fn button(it: &AskedOf, command_id: &str, back: &str, wide: bool) -> Markup {
    let title = act::find(&it.act).map_or("", |act| act.title);
    let path = format!("/cases/{}/acts/{}", it.case.id, it.act);
    let class = if wide { "button main wide" } else { "button" };
    html! {
        @if at_once(&it.act) {
            form method="post" action=(path) {
                (command(command_id))
                input type="hidden" name="back" value=(back);
                button.main[wide].wide[wide] { (said(title, None)) }
            }
        } @else {
            a class=(class) href={ (path) "?back=" (back) } { (said(title, None)) " …" }
        }
    }
}

/// The group on the home page: what is late first, how often one was reminded. Nothing when nothing is asked.
pub async fn waiting(here: &Here, timing: Timing<'_>) -> Result<Markup, Fault> {
    let rows = asked(here).await?;
    let base = crate::entry::fresh_command()?;
    let texts: Vec<(String, String)> = rows
        .iter()
        .map(|it| {
            let reminded = match it.reminded {
                0 => String::new(),
                times => crate::t!("（催过 {} 次）", times),
            };
            (format!("{}{reminded}", it.case.title), format!("/cases/{}", it.case.id))
        })
        .collect();
    let words: Vec<String> = rows.iter().map(|it| here.word(&it.act)).collect();
    let shown: Vec<Owed> = rows
        .iter()
        .enumerate()
        .map(|(n, it)| Owed {
            light: timing.alarm(it.since, DueAt { at: it.due, end_of_day: true }),
            act: &words[n],
            place: &it.case.place,
            title: &texts[n].0,
            path: &texts[n].1,
            number: &it.case.number,
            clauses: &[],
            does: html! { span.row-does { (button(it, &format!("{base}-{n}"), "/", false)) } },
        })
        .collect();
    Ok(owed(t("点名要您办的"), &shown))
}

/// The same as cards, for the page of signatures; and how many there are.
pub async fn cards(here: &Here, timing: Timing<'_>) -> Result<(usize, Markup), Fault> {
    let rows = asked(here).await?;
    let base = crate::entry::fresh_command()?;
    let cards = html! {
        @for (n, it) in rows.iter().enumerate() {
            li.card {
                div.line {
                    b { (here.word(&it.act)) }
                    (timing.alarm(it.since, DueAt { at: it.due, end_of_day: true }))
                }
                a.what href={ "/cases/" (it.case.id) } { (it.case.title) }
                div.small.dim {
                    (said(it.case.kind.title(), None)) " " (it.case.number)
                    @if it.reminded > 0 { " " (crate::t!("（催过 {} 次）", it.reminded)) }
                }
                (button(it, &format!("{base}-{n}"), "/signing", true))
            }
        }
    };
    Ok((rows.len(), cards))
}
