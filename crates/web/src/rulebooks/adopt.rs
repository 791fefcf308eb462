//! Adopting and leaving a rulebook, whole or clause by clause, from a day on; and confirming a reading (采用、停用、确认读法).

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use calendar::Moment;
use journal::SiteLaw;
use journal::house::Examined;
use maud::{Markup, html};
use office::Refusal;
use office::site::{Adopting, CharterChange};
use rulebook::diff;
use rulebook::model::{Book, Rule};
use serde::Deserialize;

use super::{Asked, clause, law, library, own, side};
use crate::components::field::{Field, command};
use crate::components::refusal::{refusal, refused};
use crate::components::{Timing, panel};
use crate::entry::{fresh_command, see};
use crate::language::{said, t};
use crate::page::{Crumb, Filled, Fragment, Frame, Page, Place, wrong};
use crate::security::Fault;
use crate::state::Here;

/// The query of the page: months to look back, and whether the office's own draft is meant.
#[derive(Clone, Copy, Default, Deserialize)]
#[serde(default)]
pub struct Look {
    months: u32,
    own: bool,
}

/// The edition that would be adopted: the office's own draft, the one that comes with the program, else the present one.
async fn candidate(here: &Here, law: &SiteLaw, id: &str, look: Look) -> Result<Option<Arc<Book>>, Fault> {
    if look.own {
        return Ok(own::parsed(here, id).await?.map(|(book, _)| Arc::new(book)));
    }
    let shipped = here.house().laws().shipped.get(id).map(|it| it.book.clone());
    Ok(shipped.or_else(|| law.adopted(id, here.now).map(|(_, book)| book.clone())))
}

/// `GET /rulebooks/{book}/adopt`: what adopting it would mean, before it is done.
pub async fn show(here: Here, Path(id): Path<String>, Query(look): Query<Look>) -> Result<Response, Fault> {
    match shown(&here, &id, look, &Filled::default(), None).await? {
        Some(page) => Ok(page.into_response()),
        None => Ok(wrong::not_found()),
    }
}

async fn shown(
    here: &Here,
    id: &str,
    look: Look,
    filled: &Filled,
    no: Option<&Refusal>,
) -> Result<Option<Fragment>, Fault> {
    let law = law(here).await?;
    let Some(book) = candidate(here, &law, id, look).await? else { return Ok(None) };
    let around = here.around().await?;
    let names = here.names().await?;
    let now = law.adopted(id, here.now);
    let except = match filled.get("chosen") {
        "" => now.map(|(adoption, _)| adoption.except.clone()).unwrap_or_default(),
        _ => left_out(&book, filled),
    };
    let mut tried = law.today(here.now);
    tried.adopt(&book, except.clone());
    let clashes: Vec<_> = tried
        .law(here.house().laws())
        .conflicts(here.now)
        .into_iter()
        .filter(|it| it.sides.iter().any(|side| side.book == id))
        .collect();
    let past = side::past(here, &law, &tried, (&format!("/rulebooks/{id}/adopt"), look.own), look.months).await?;
    let body = html! {
        (standing(here, &law, id))
        @if let Some((_, before)) = now { @if before.digest != book.digest { (differences(here, before, &book)) } }
        (form(here, &book, &except, (look, filled), no, names.values())?)
        (panel(t("会与采用中的规程冲突"), html! { span.dim { (clashes.len()) } }, html! {
            @if clashes.is_empty() { p.dim { (t("没有。")) } }
            @for clash in &clashes { details {
                summary {
                    (side::about(here, clash)) " "
                    @for it in &clash.sides {
                        (crate::components::clause(it, None)) " "
                        span.small.dim { (side::name(here, Some(&law), &it.book)) } " "
                    }
                }
                (side::both_with(here, &law, Some(&book), clash))
            } }
            @if !clashes.is_empty() { p.small.dim { (t("采用后在“冲突”里并列两边的要求，再定以哪个为准；没定之前两款都算。")) } }
        }))
        (past)
    };
    let crumbs = [
        Crumb { words: t("规程").to_owned(), path: "/rulebooks".to_owned() },
        Crumb { words: said(&book.name, Some(&book.name_en)).into_owned(), path: format!("/rulebooks/{id}") },
    ];
    let page = Page { crumbs: &crumbs, ..Page::new(t("采用规程"), Frame::Desk(Place::Rulebooks, &around), body) };
    Ok(Some(Fragment(page.render())))
}

/// How the book stands at the site.
fn standing(here: &Here, law: &SiteLaw, id: &str) -> Markup {
    let timing = Timing { now: here.now, zone: &here.house().laws().zone };
    let own = law.charter.adoptions.iter().filter(|it| it.book == id);
    let rows: Vec<_> = own.filter(|it| it.until.is_none_or(|until| until > here.now)).collect();
    html! {
        @for it in &rows {
            p {
                @if it.from > here.now { b { (t("将要采用")) } } @else { b { (t("采用中")) } }
                " " (law.books.get(&it.digest).map(|book| book.edition.clone()).unwrap_or_default())
                " " (t("自")) " " (timing.time(it.from))
                @if let Some(until) = it.until { " " (t("到")) " " (timing.time(until)) }
                @if !it.except.is_empty() { " " (crate::t!("不含 {} 款", it.except.len())) }
            }
        }
        @if rows.is_empty() { p.dim { (t("本站点没有采用这部规程。")) } }
    }
}

fn differences(here: &Here, before: &Book, after: &Book) -> Markup {
    let found = diff(before, after, &here.house().laws().vocabulary, side::lang());
    panel(
        t("与现行版次不同的地方"),
        html! { span.dim { (before.edition) " → " (after.edition) } },
        html! {
            @if found.is_empty() { p.dim { (t("规则没有变，只有示例或写法不同。")) } }
            ul.read-lines { @for one in &found { li { (said(&one.sentence(side::lang()), None)) } } }
        },
    )
}

fn form<'a>(
    here: &Here,
    book: &Book,
    except: &BTreeSet<String>,
    (look, filled): (Look, &Filled),
    no: Option<&Refusal>,
    names: impl Iterator<Item = &'a String>,
) -> Result<Markup, Fault> {
    let id = fresh_command()?;
    let today = here.house().laws().zone.date(here.now).to_string();
    let day = |name: &'static str, label, hint| {
        let control = crate::components::field::Control::Line { kind: "date", value: filled.get(name), most: 10 };
        Field { hint, control, ..Field::line(name, label, "") }.render()
    };
    let mut rules: Vec<&Rule> = Vec::new();
    for rule in book.clauses.iter().flat_map(|clause| &clause.rules) {
        if !rules.iter().any(|known| known.id.value == rule.id.value) {
            rules.push(rule);
        }
    }
    Ok(html! {
        form.panel method="post" action={ "/rulebooks/" (book.id) "/adopt" } {
            (command(&id))
            input type="hidden" name="chosen" value="yes";
            @if look.own { input type="hidden" name="own" value="true"; }
            div.title { h2 { (said(&book.name, Some(&book.name_en))) " " (book.edition) } }
            div.pair {
                (day("from", t("从哪天起"), t("不填就是现在；以前发生的事不受影响。")))
                (day("until", t("到哪天为止"), t("不填就一直采用；这一天不算在内。")))
                (Field {
                    hint: t("规程要经谁批准才能启用，写那个人。"),
                    control: crate::components::field::Control::Own(html! {
                        input id="approver" name="approver" value=(filled.get("approver")) list="approvers" maxlength="40";
                        datalist id="approvers" { @for name in names { option value=(name); } }
                    }),
                    ..Field::line("approver", t("审批人"), "")
                }.render())
            }
            details.aside open[!except.is_empty()] {
                summary { (t("逐款采用：去掉勾的款不采用")) }
                div.scroll { table.plain-table { tbody {
                    @for rule in &rules {
                        @let id = &rule.id.value;
                        tr {
                            td.nowrap { label.tick {
                                input type="checkbox" name="adopt" value=(id) checked[!except.contains(id)];
                                b { (id) }
                            } }
                            td.wrap { (said(&rule.summary, None)) }
                        }
                    }
                } } }
            }
            @if let Some(no) = no { (refusal(no)) }
            div.acts { button.main { (t("采用")) } span.small.dim { (crate::t!("今天是 {}", today)) } }
        }
    })
}

/// Register numbers of the book that the form does not adopt.
fn left_out(book: &Book, filled: &Filled) -> BTreeSet<String> {
    let kept = filled.all("adopt");
    let ids = book.clauses.iter().flat_map(|clause| &clause.rules).map(|rule| rule.id.value.clone());
    ids.filter(|id| !kept.contains(id)).collect()
}

/// The first moment of a typed day: none for an empty field, now for today; a day that cannot be read is refused.
fn day(here: &Here, filled: &Filled, name: &str) -> Result<Option<Moment>, Refusal> {
    let typed = filled.get(name);
    if typed.is_empty() {
        return Ok(None);
    }
    let zone = &here.house().laws().zone;
    let date: jiff::civil::Date =
        typed.parse().map_err(|_| Refusal::new("不能采用", "日期看不懂", "请写成 2026-11-20 这样。").at(name))?;
    Ok((name != "from" || date != zone.date(here.now)).then(|| zone.start_of_day(date)))
}

/// `POST /rulebooks/{book}/adopt`.
pub async fn adopt(here: Here, Path(book): Path<String>, filled: Filled) -> Result<Response, Fault> {
    let look = Look { months: 0, own: filled.get("own") == "true" };
    let known = law(&here).await?;
    let (examined, edition): (Option<Examined>, Option<Arc<Book>>) = if look.own {
        let examined = own::examined(&here, &book).await?;
        let edition = examined.as_ref().map(|it| it.book().clone());
        (examined, edition)
    } else {
        (None, candidate(&here, &known, &book, look).await?)
    };
    let asked = || -> Result<Adopting, Refusal> {
        let except = match (&edition, filled.get("chosen")) {
            (Some(edition), "yes") => left_out(edition, &filled),
            _ => BTreeSet::new(),
        };
        if edition
            .as_ref()
            .is_some_and(|it| it.clauses.iter().flat_map(|it| &it.rules).all(|rule| except.contains(&rule.id.value)))
        {
            return Err(Refusal::new("不能采用", "一款都没有选", "请至少留一款；不要这部规程就停用它。"));
        }
        let digest = edition.as_ref().filter(|_| !look.own).map(|it| it.digest.clone()).unwrap_or_default();
        Ok(Adopting {
            book: book.clone(),
            digest,
            from: day(&here, &filled, "from")?,
            until: day(&here, &filled, "until")?,
            except,
            approver: filled.get("approver").to_owned(),
        })
    };
    let done = match asked() {
        Err(no) => Err(no),
        Ok(adopting) => {
            let done = here.house().adopt(here.sent(filled.command())?, adopting, examined).await;
            done.map_err(|fault| Fault::new("采用规程", fault))?
        }
    };
    match done {
        Ok(()) => Ok(see("/rulebooks")),
        Err(no) => match shown(&here, &book, look, &filled, Some(&no)).await? {
            Some(page) => Ok(refused(page, &no)),
            None => Ok(refused(library::shown(&here, Some((&book, &no))).await?, &no)),
        },
    }
}

/// `POST /rulebooks/{book}/leave`: now, or from a day on.
pub async fn leave(here: Here, Path(book): Path<String>, filled: Filled) -> Result<Response, Fault> {
    let done = match day(&here, &filled, "from") {
        Err(no) => Err(no),
        Ok(from) => {
            let change = CharterChange::Leave { book: book.clone(), from };
            let done = here.house().change_charter(here.sent(filled.command())?, change).await;
            done.map_err(|fault| Fault::new("停用规程", fault))?.map(drop)
        }
    };
    match done {
        Ok(()) => Ok(see("/rulebooks")),
        Err(no) => Ok(refused(library::shown(&here, Some((&book, &no))).await?, &no)),
    }
}

/// `POST /rulebooks/{book}/{clause}/confirm`: the site takes the open words as the reading says. Words that the clause
/// does not have are not found.
pub async fn confirm(
    here: Here,
    Path((book, number)): Path<(String, String)>,
    filled: Filled,
) -> Result<Response, Fault> {
    let law = super::law(&here).await?;
    let known = super::edition(&here, &law, &book).is_some_and(|(book, _)| {
        let clause = super::find(&book, &number).filter(|clause| clause.number == number);
        clause.is_some_and(|clause| clause.readings.iter().any(|it| it.words == filled.get("words")))
    });
    if !known {
        return Ok(wrong::not_found());
    }
    let words = filled.get("words").to_owned();
    let change = CharterChange::Confirm { clause: format!("{book}/{number}"), words };
    let done = here.house().change_charter(here.sent(filled.command())?, change).await;
    match done.map_err(|fault| Fault::new("确认读法", fault))? {
        Ok(_) => Ok(see(&format!("/rulebooks/{book}/{number}"))),
        Err(no) => match clause::shown(&here, &book, &number, &Asked::default(), Some(&no)).await? {
            Some(page) => Ok(refused(page, &no)),
            None => Ok(wrong::not_found()),
        },
    }
}
