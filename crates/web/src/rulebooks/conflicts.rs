//! Conflicts between adopted clauses (条款冲突): both sides beside each other, and how the site settled them.

use std::collections::BTreeMap;

use axum::response::{IntoResponse, Response};
use journal::SiteLaw;
use maud::{Markup, html};
use office::Refusal;
use office::site::{CharterChange, Settlement};
use rulebook::{ClauseRef, Conflict};

use super::{law, side};
use crate::components::field::command;
use crate::components::refusal::{refusal, refused};
use crate::components::{Timing, empty, panel};
use crate::entry::{fresh_command, see};
use crate::language::t;
use crate::page::{Filled, Fragment, Frame, Page, Place};
use crate::security::{Fault, Permission};
use crate::state::Here;

/// `GET /rulebooks/conflicts`.
pub async fn show(here: Here) -> Result<Response, Fault> {
    Ok(shown(&here, None).await?.into_response())
}

async fn shown(here: &Here, no: Option<(&[ClauseRef; 2], &Refusal)>) -> Result<Fragment, Fault> {
    let law = law(here).await?;
    let around = here.around().await?;
    let names = here.names().await?;
    let name = |account: &str| names.get(account).cloned().unwrap_or_else(|| account.to_owned());
    let may = here.viewer.grants.allow(Permission::RulebookAdopt);
    let all = law.law.conflicts(here.now);
    let (settled, open): (Vec<_>, Vec<_>) = all.iter().partition(|it| law.log.settled.contains_key(&it.sides));
    let row = |conflict: &Conflict| -> Result<Markup, Fault> {
        let told = law.log.settled.get(&conflict.sides);
        let no = no.filter(|(sides, _)| **sides == conflict.sides).map(|(_, no)| no);
        let form = if may {
            let others = open.iter().filter(|it| it.sides != conflict.sides && alike(it, conflict)).count();
            form(&here, &law, (conflict, others), told.is_some(), no)?
        } else {
            html! {}
        };
        Ok(html! {
            section.panel id=(anchor(conflict)) {
                div.title { h2 { (side::about(here, conflict)) } }
                (side::both(here, &law, conflict))
                @if let Some(told) = told { (decided(here, &law, conflict, told, &name(&told.by))) }
                (form)
            }
        })
    };
    let mut panels = (Groups::new(), Groups::new());
    for (conflicts, groups) in [(&open, &mut panels.0), (&settled, &mut panels.1)] {
        for conflict in conflicts {
            groups.entry(side::act(here, conflict)).or_default().push(row(conflict)?);
        }
    }
    let wanted = no.and_then(|(sides, _)| all.iter().find(|it| it.sides == *sides)).map(|it| side::act(here, it));
    let body = html! {
        (side::of_rulebooks(&law, here.now, 2))
        p.dim { (t("不同规程对同一件事要求不同。没有定下来之前两款都算、都统计，以先到期的亮灯。")) }
        @if all.is_empty() {
            (empty(t("采用的规程之间没有冲突。"), html! { a.button href="/rulebooks" { (t("规程库")) } }))
        }
        (grouped(&panels.0, open.len(), wanted.as_deref()))
        @if !panels.1.is_empty() {
            h2 { (t("已经定下来的")) span.dim { " " (settled.len()) } }
            (grouped(&panels.1, settled.len(), wanted.as_deref()))
        }
    };
    Ok(Fragment(Page::new(t("冲突"), Frame::Desk(Place::Rulebooks, &around), body).render()))
}

/// Conflicts by the act that they are about.
type Groups = BTreeMap<String, Vec<Markup>>;

/// Conflicts that are shown one under the other; more than these stand by act, to be opened.
const LONG: usize = 8;

/// A short list as it is; a long one by act, of which the wanted one is open.
fn grouped(groups: &Groups, count: usize, wanted: Option<&str>) -> Markup {
    html! {
        @for (act, panels) in groups {
            @if count <= LONG { @for panel in panels { (panel) } } @else {
                details.aside open[wanted == Some(act.as_str()) || groups.len() == 1] {
                    summary { b { (act) } " " span.dim { (panels.len()) } }
                    @for panel in panels { (panel) }
                }
            }
        }
    }
}

/// What the office decided: what, why, who, when; a newer edition of one side since then is pointed out.
fn decided(here: &Here, law: &SiteLaw, conflict: &Conflict, told: &Settlement, by: &str) -> Markup {
    let timing = Timing { now: here.now, zone: &here.house().laws().zone };
    let newer =
        conflict.sides.iter().any(|side| law.adopted(&side.book, here.now).is_some_and(|(it, _)| it.from > told.at));
    html! {
        p {
            b { @match &told.prefer {
                Some(prefer) => { (crate::t!("以 {} 为准", format!("{} {}", side::name(here, Some(law), &prefer.book), prefer.id))) },
                None => { (t("两款都留，先到期的亮灯")) },
            } }
            "：" (told.reason) " " span.dim { (by) " " (timing.time(told.at)) }
        }
        @if newer { p.late-words { (t("其后有一方换过版或改过采用范围，请再看一遍。")) } }
    }
}

/// Between the same two rulebooks, about the same act.
fn alike(one: &Conflict, other: &Conflict) -> bool {
    let books = |it: &Conflict| it.sides.clone().map(|side| side.book);
    one.act == other.act && books(one) == books(other)
}

/// How a conflict is settled; `others` unsettled ones between the same two rulebooks can go the same way.
fn form(
    here: &Here,
    law: &SiteLaw,
    (conflict, others): (&Conflict, usize),
    settled: bool,
    no: Option<&Refusal>,
) -> Result<Markup, Fault> {
    let id = fresh_command()?;
    let written = |side: &ClauseRef| format!("{}/{}", side.book, side.id);
    let [one, other] = [&conflict.sides[0], &conflict.sides[1]].map(written);
    let fields = html! {
        form method="post" action="/rulebooks/conflicts" {
            (command(&id))
            input type="hidden" name="one" value=(one);
            input type="hidden" name="other" value=(other);
            fieldset.chips {
                legend { (t("怎么定")) }
                label { input type="radio" name="prefer" value="" checked; span { (t("两款都留，先到期的亮灯")) } }
                @for side in &conflict.sides {
                    @let name = format!("{} {}", side::name(here, Some(law), &side.book), side.id);
                    label { input type="radio" name="prefer" value=(written(side)); span { (crate::t!("以 {} 为准", name)) } }
                }
            }
            @if others > 0 {
                p { label {
                    input type="checkbox" name="all" value="yes";
                    " " (crate::t!("这两部规程之间“{0}”的另外 {1} 处也照这样定", side::act(here, conflict), others))
                } }
            }
            @if let Some(no) = no { (refusal(no)) }
            div.inline {
                input name="reason" maxlength="200" placeholder=(t("为什么这样定")) aria-label=(t("为什么这样定"));
                button { (t("定下来")) }
            }
        }
    };
    Ok(html! {
        details.aside open[no.is_some()] {
            summary { @if settled { (t("重新定")) } @else { (t("怎么定")) } }
            (fields)
        }
    })
}

/// The place of a conflict on the page.
fn anchor(conflict: &Conflict) -> String {
    conflict.sides.iter().map(|side| format!("{}-{}", side.book, side.id)).collect::<Vec<_>>().join("~")
}

/// `POST /rulebooks/conflicts`.
pub async fn settle(here: Here, filled: Filled) -> Result<Response, Fault> {
    let side = |text: &str| {
        let (book, id) = text.split_once('/').unwrap_or((text, ""));
        ClauseRef { book: book.to_owned(), id: id.to_owned() }
    };
    let sides = [side(filled.get("one")), side(filled.get("other"))];
    let prefer = Some(filled.get("prefer")).filter(|it| !it.is_empty()).map(side);
    let law = law(&here).await?;
    let all = law.law.conflicts(here.now);
    let Some(this) = all.iter().find(|it| it.sides == sides) else {
        let no = Refusal::new("没有定下来", "这两款现在没有冲突", "请看页面上现有的冲突。");
        return Ok(refused(shown(&here, Some((&sides, &no))).await?, &no));
    };
    let open = |it: &&Conflict| it.sides != sides && alike(it, this) && !law.log.settled.contains_key(&it.sides);
    let others = all.iter().filter(open).take(if filled.get("all").is_empty() { 0 } else { all.len() });
    for (nth, one) in std::iter::once(this).chain(others).enumerate() {
        let preferred = |prefer: &ClauseRef| one.sides.iter().find(|side| side.book == prefer.book).cloned();
        let prefer = if nth == 0 { prefer.clone() } else { prefer.as_ref().and_then(preferred) };
        let change =
            CharterChange::Settle { sides: one.sides.clone(), prefer, reason: filled.get("reason").to_owned() };
        let command = filled.command().map(|it| if nth == 0 { it.to_owned() } else { format!("{it}-{nth}") });
        let done = here.house().change_charter(here.sent(command.as_deref())?, change).await;
        if let Err(no) = done.map_err(|fault| Fault::new("处理冲突", fault))? {
            return Ok(refused(shown(&here, Some((&one.sides, &no))).await?, &no));
        }
    }
    Ok(see("/rulebooks/conflicts"))
}

/// The conflicts of a clause, for its page; nothing when there is none.
pub fn of_clause(here: &Here, law: &SiteLaw, book: &str, ids: &[String]) -> Markup {
    let own = |side: &ClauseRef| side.book == book && ids.contains(&side.id);
    let found: Vec<Conflict> = law.law.conflicts(here.now).into_iter().filter(|it| it.sides.iter().any(own)).collect();
    html! {
        @if !found.is_empty() {
            (panel(t("与别的规程不同"), html! { a href="/rulebooks/conflicts" { (t("冲突")) } }, html! {
                @for conflict in &found {
                    details open[found.len() == 1] {
                        summary {
                            (side::about(here, conflict)) " "
                            @for it in conflict.sides.iter().filter(|it| !own(it)) {
                                (crate::components::clause(it, None)) " " span.small.dim { (side::name(here, Some(law), &it.book)) }
                            }
                        }
                        (side::both(here, law, conflict))
                    }
                }
            }))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_list_stands_by_act_and_the_wanted_act_is_open() {
        let panel = || html! { section.panel {} };
        let groups =
            |count: usize| Groups::from([("回访".into(), vec![panel(); count]), ("归档".into(), vec![panel()])]);
        let short = grouped(&groups(2), 3, None).into_string();
        assert!(!short.contains("<details") && short.matches("<section").count() == 3, "{short}");
        let long = grouped(&groups(9), 10, Some("归档")).into_string();
        assert_eq!((long.matches("<details").count(), long.matches(" open").count()), (2, 1), "{long}");
        assert!(long.contains("<b>回访</b> <span class=\"dim\">9</span>"), "{long}");
    }
}
