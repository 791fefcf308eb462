//! A clause (一条规程): own words, read-back, readings with their rivals, examples, who is bound, how it is kept, the cases
//! of the month, and a date to try.

use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use journal::SiteLaw;
use journal::reads::{KeptList, ObligationRow};
use maud::{Markup, html};
use office::Refusal;
use rulebook::model::{Book, Clause, Tally};
use rulebook::{Lang, coverage, read_clause};

use super::{Asked, book, conflicts, edition, find, kept, law, month, parts, try_date};
use crate::components::field::command;
use crate::components::panel::facts;
use crate::components::refusal::refusal;
use crate::components::{Timing, Tone, panel, tag};
use crate::entry::posts;
use crate::language::{self, Language, said, t};
use crate::page::{Crumb, Fragment, Frame, Page, Place, escaped, wrong};
use crate::security::{Fault, Permission};
use crate::state::Here;

/// Obligations shown on the page itself.
const BEHIND: i64 = 12;

/// `GET /rulebooks/{book}/{clause}`; the number of a rule (`4.2.3f`) shows its clause.
pub async fn show(
    here: Here,
    Path((id, number)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    Ok(match shown(&here, &id, &number, &asked, None).await? {
        Some(page) => page.into_response(),
        None => wrong::not_found(),
    })
}

/// The page; none when book or clause do not exist.
pub async fn shown(
    here: &Here,
    id: &str,
    number: &str,
    asked: &Asked,
    no: Option<&Refusal>,
) -> Result<Option<Fragment>, Fault> {
    let law = law(here).await?;
    let Some((book, since)) = edition(here, &law, id) else { return Ok(None) };
    let Some(clause) = find(&book, number) else { return Ok(None) };
    let read = |fault| Fault::new("读取规程", fault);
    let around = here.around().await?;
    let names = here.names().await?;
    let [before, this, after] = month(here, &asked.month);
    let of_book = book::Months::of(here, &book, &this).await?;
    let asked_for = KeptList {
        book: id.to_owned(),
        clauses: kept::rule_ids(clause),
        month: this.clone(),
        limit: BEHIND,
        ..KeptList::default()
    };
    let (rows, _) = here.house().clause_list(here.site, asked_for, here.now).await.map_err(read)?;
    let path = format!("/rulebooks/{id}/{}", escaped(&clause.number));
    let months = html! {
        span.nowrap {
            a href={ (path) "?month=" (before) } { "‹" } " " (this) " " a href={ (path) "?month=" (after) } { "›" }
        }
    };
    let confirms = here.viewer.grants.allow(Permission::RulebookAdopt);
    let confirmed = |words: &str| {
        let by = law.log.confirmed.get(&(format!("{id}/{}", clause.number), words.to_owned()))?;
        Some(names.get(by).unwrap_or(by).clone())
    };
    let left_out: Vec<String> = law.adopted(id, here.now).map_or(Vec::new(), |(it, _)| {
        kept::rule_ids(clause).into_iter().filter(|rule| it.except.contains(rule)).collect()
    });
    let body = html! {
        @if since.is_none() { p.dim { (t("本站点没有采用这部规程。")) } }
        @if since.is_some() && confirms {
            p.small { a href=(without(&law, here, id, clause)) { (t("不采用这一款会怎样")) } }
        }
        @if !left_out.is_empty() { p { (tag(t("没有采用的款"), Tone::Mind)) " " (left_out.join("、")) } }
        div.clause-page {
            (book::column(&book, &of_book, &clause.number))
            div {
                (words(here, clause, &book))
                (readings(clause, &path, confirms, confirmed, no)?)
                (examples(clause))
            }
            div {
                (panel(t("守得怎样"), months, html! {
                    (kept::shown(here, &book, clause, &this).await?)
                    (behind(here, &rows))
                }))
                (conflicts::of_clause(here, &law, id, &kept::rule_ids(clause)))
                (bound(here, &law, clause, &book))
                (try_date::panel(here, &law, clause, &book, &path, ("", &asked.at))?)
            }
        }
    };
    let crumbs = [
        Crumb { words: t("规程").to_owned(), path: "/rulebooks".to_owned() },
        Crumb { words: said(&book.name, Some(&book.name_en)).into_owned(), path: format!("/rulebooks/{id}") },
    ];
    let title = format!("{} {}", clause.number, said(&clause.title, None));
    let page = Page { crumbs: &crumbs, ..Page::new(&title, Frame::Desk(Place::Rulebooks, &around), body) };
    Ok(Some(Fragment(page.render())))
}

/// The trial without this clause.
fn without(law: &SiteLaw, here: &Here, id: &str, clause: &Clause) -> String {
    let mut numbers: Vec<String> =
        law.adopted(id, here.now).map_or(Vec::new(), |(it, _)| it.except.iter().cloned().collect());
    numbers.extend(kept::rule_ids(clause));
    numbers.sort();
    numbers.dedup();
    let numbers: Vec<String> = numbers.iter().map(|it| escaped(it)).collect();
    format!("/settings/what-if?run=yes&of=past&book.{id}=without&clauses.{id}={}", numbers.join("+"))
}

/// Own words, and what the program understood of them.
fn words(here: &Here, clause: &Clause, book: &Book) -> Markup {
    let lang = match language::current() {
        Language::English => Lang::English,
        _ => Lang::Chinese,
    };
    let lines = read_clause(clause, book, &here.house().laws().vocabulary, lang);
    let rules = lines.iter().skip(1).take(clause.rules.len());
    html! {
        (panel(t("条文大意"), html! {}, html! { p { (said(&clause.summary.value, None)) } }))
        (panel(t("程序读作"), html! {}, html! {
            ul.read-lines { @for line in rules { li { (said(line, None)) } } }
        }))
    }
}

fn readings(
    clause: &Clause,
    path: &str,
    confirms: bool,
    confirmed: impl Fn(&str) -> Option<String>,
    no: Option<&Refusal>,
) -> Result<Markup, Fault> {
    if clause.readings.is_empty() {
        return Ok(html! {});
    }
    let mut rows = Vec::new();
    for reading in &clause.readings {
        let id = crate::entry::fresh_command()?;
        let by = confirmed(&reading.words).or_else(|| reading.confirmed.clone());
        rows.push(html! {
            li {
                p { b { "“" (said(&reading.words, None)) "”" } " " (said(&reading.means, None)) }
                @if let Some(rival) = &reading.rival {
                    p.small.dim { (t("另一种读法")) "：" (said(rival, None)) }
                }
                @if let Some(basis) = &reading.basis { p.small.dim { (t("依据")) "：" (said(basis, None)) } }
                @if let Some(setting) = &reading.setting {
                    p.small { (t("可在设置里改")) "：" a href="/settings" { (said(setting, None)) } }
                }
                @match by {
                    Some(by) => { p.small { (crate::t!("{} 已确认", by)) } },
                    None => {
                        (tag(t("待确认"), Tone::Mind))
                        @if confirms {
                            " " form.inline.in-line method="post" action={ (path) "/confirm" } {
                                (command(&id))
                                input type="hidden" name="words" value=(reading.words);
                                button { (t("就按这样")) }
                            }
                        }
                    },
                }
            }
        });
    }
    Ok(panel(
        t("读法"),
        html! { span.dim { (rows.len()) } },
        html! {
            @if let Some(no) = no { (refusal(no)) }
            ul.read-lines { @for row in rows { (row) } }
        },
    ))
}

/// The examples as a little table of days.
fn examples(clause: &Clause) -> Markup {
    if clause.examples.is_empty() {
        return html! {};
    }
    panel(
        t("示例"),
        html! { span.dim { (clause.examples.len()) } },
        html! {
            div.scroll { table.plain-table.examples {
                thead { tr { th { (t("情形")) } th { (t("发生")) } th { (t("结果")) } } }
                tbody { @for example in &clause.examples { tr {
                    td { (said(&example.name.value, None)) }
                    td.small.wrap {
                        @for (name, value) in &example.given { div.dim { (said(name, None)) " " (said(value, None)) } }
                        @for line in &example.happens { div { (said(&line.value, None)) } }
                        @if let Some(tally) = &example.tally { (tallied(tally)) }
                    }
                    td.small {
                        @for line in &example.expect { div { (said(&line.value, None)) } }
                        @if example.expect.is_empty() { span.dim { (t("没有时限")) } }
                    }
                } } }
            } }
        },
    )
}

/// Many facts of an example at once: how many there are, and on which day after them how many were done.
fn tallied(tally: &Tally) -> Markup {
    html! {
        div {
            @if let Some(date) = tally.date { (date) " " }
            (said(&tally.of, None)) " " (crate::t!("{} 件|示例", tally.total))
        }
        @for (day, count) in &tally.on_day { div { (crate::t!("第 {0} 天办了 {1} 件|示例", day, count)) } }
        @if !tally.by.is_empty() { div.dim { (t("由|示例")) " " (said(&tally.by.join("、"), None)) } }
    }
}

/// Who is bound by each rule, and how the program keeps it.
fn bound(here: &Here, law: &SiteLaw, clause: &Clause, book: &Book) -> Markup {
    let laws = here.house().laws();
    let all = office::site::bound(&law.charter).bindings;
    let covered = coverage(book, &laws.vocabulary, &[]).0;
    let of = |id: &str| covered.clauses.iter().find(|it| it.id == id);
    let mut seen: Vec<&str> = Vec::new();
    let mut rows = Vec::new();
    for rule in &clause.rules {
        let id = rule.id.value.as_str();
        if seen.contains(&id) {
            continue;
        }
        seen.push(id);
        let post = rule.who.as_ref().and_then(|who| laws.vocabulary.post(&who.value));
        let post = post.map(|at| laws.vocabulary.posts[at].id.clone());
        let who = post.map(|post| {
            let own = vec![post.clone()];
            let stand = all.get(&post).unwrap_or(&own);
            let others: Vec<String> = stand.iter().filter(|it| **it != post).map(|it| posts::word(laws, it)).collect();
            (posts::word(laws, &post), others.join("、"))
        });
        rows.push(html! {
            li id=(id) {
                b { (id) } " " (said(&rule.summary, None))
                div.small {
                    @if let Some((who, others)) = who {
                        (who) @if !others.is_empty() { span.dim { "（" (others) "）" } } " · "
                    }
                    @if let Some(covered) = of(id) { (parts::standing(covered, &laws.vocabulary)) }
                }
            }
        });
    }
    panel(
        t("谁要做，怎么管"),
        html! {},
        html! {
            ul.read-lines { @for row in rows { (row) } }
            (facts(&[
                (t("出处"), html! { (said(&clause.place, None)) }),
                (t("生效"), html! { (clause.in_force) }),
            ]))
        },
    )
}

/// The latest obligations of the month, broken ones first; the whole list is behind the counts.
fn behind(here: &Here, rows: &[ObligationRow]) -> Markup {
    let timing = Timing { now: here.now, zone: &here.house().laws().zone };
    let mut rows: Vec<&ObligationRow> = rows.iter().collect();
    let rank = |row: &ObligationRow| match row.state {
        rulebook::State::Overdue => 0,
        rulebook::State::Missed => 1,
        rulebook::State::MetLate => 2,
        rulebook::State::Open => 3,
        _ => 4,
    };
    rows.sort_by_key(|row| (rank(row), std::cmp::Reverse(row.opened)));
    html! {
        ul.read-lines { @for row in rows { li {
            (kept::lamp_of(row, timing).shape()) " "
            span.dim { (row.clause.id) } " "
            (kept::link(row, timing)) " " (row.title)
        } } }
    }
}
