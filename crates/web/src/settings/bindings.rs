//! Who stands for a post that rulebooks name (岗位对应).

use std::collections::BTreeSet;

use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use calendar::Moment;
use journal::SiteLaw;
use maud::html;
use office::site::{CharterChange, PERSON_MARK, Provenance};
use serde::Deserialize;

use super::{fresh, page, works};
use crate::components::field::{Chip, chips, command};
use crate::components::refusal::{refusal, refused};
use crate::components::{Timing, panel};
use crate::entry::{posts, see};
use crate::language::t;
use crate::page::{Filled, Fragment};
use crate::security::Fault;
use crate::state::Here;

/// The query: the post that is being changed.
#[derive(Deserialize)]
pub struct Which {
    #[serde(default)]
    post: String,
}

/// `GET /settings/bindings`.
pub async fn show(here: Here, Query(which): Query<Which>) -> Result<Response, Fault> {
    Ok(shown(&here, &which.post, None).await?.into_response())
}

/// Ids of the posts that bear a clause of an adopted book, in the order of the vocabulary.
fn named(here: &Here, law: &SiteLaw) -> Vec<String> {
    let words = &here.house().laws().vocabulary;
    let rules = law.books.values().flat_map(|book| &book.clauses).flat_map(|clause| &clause.rules);
    let named: BTreeSet<&str> = rules.filter_map(|rule| rule.who.as_ref()).map(|who| who.value.as_str()).collect();
    let bear = words.posts.iter().filter(|post| named.contains(post.zh.as_str()) || named.contains(post.id.as_str()));
    bear.map(|post| post.id.clone()).collect()
}

async fn shown(here: &Here, editing: &str, no: Option<&office::Refusal>) -> Result<Fragment, Fault> {
    let law = here.house().law(here.site).await.map_err(|fault| Fault::new("读取岗位对应", fault))?;
    let laws = here.house().laws();
    let own = &law.charter.bindings;
    let all = office::site::bound(&law.charter).bindings;
    let names = here.names().await?;
    let timing = Timing { now: here.now, zone: &laws.zone };
    let stands = |post: &String| {
        let to = own.get(post).or_else(|| all.get(post)).cloned();
        to.unwrap_or_else(|| vec![post.clone()])
    };
    let words = |list: Vec<String>| crate::rulebooks::people(here, &names, &list.join("、"));
    let persons = |post: &String| -> Vec<Chip<'_>> {
        let held = stands(post);
        let on = |account: &str| held.iter().any(|it| it.strip_prefix(PERSON_MARK) == Some(account));
        names.iter().map(|(account, name)| Chip { value: account, words: name, key: None, on: on(account) }).collect()
    };
    let id = fresh()?;
    let named = named(here, &law);
    let body = panel(
        t("岗位对应"),
        html! {},
        html! {
            p.dim { (t("规程里写的岗位由谁担任。没有改过的按通常的办法对应。")) }
            div.scroll { table.plain-table {
                thead { tr { th { (t("规程里的岗位")) } th { (t("由谁担任")) } th { (t("来源")) } th {} } }
                tbody { @for post in &named { tr id=(post) {
                    td { (posts::word(laws, post)) }
                    td {
                        @if post == editing && works(here) {
                            form method="post" action="/settings/bindings" {
                                (command(&id))
                                input type="hidden" name="post" value=(post);
                                (posts::choice(laws, t("由谁担任"), &stands(post), Some(office::site::ADMINISTRATOR)))
                                (chips("persons", t("或指定的人，不论岗位"), true, &persons(post)))
                                @if let Some(no) = no { (refusal(no)) }
                                button { (t("保存")) } " "
                                button.plain name="usual" value="yes" { (t("按通常的办法")) }
                            }
                        } @else { (words(stands(post))) }
                    }
                    td.small { @match law.log.bound.get(post) {
                        Some(Provenance::Set { by, at }) => { (names.get(by).unwrap_or(by)) " " span.dim { (timing.time(Moment(*at))) } },
                        _ => { span.dim { (t("默认")) } },
                    } }
                    td.num { @if works(here) && post != editing {
                        a href={ "/settings/bindings?post=" (post) "#" (post) } { (t("修改")) }
                    } }
                } } }
            } }
        },
    );
    page(here, 2, body).await
}

/// `POST /settings/bindings`. No post chosen goes back to the usual.
pub async fn bind(here: Here, filled: Filled) -> Result<Response, Fault> {
    let mut to = if filled.get("usual") == "yes" { Vec::new() } else { filled.all("posts") };
    if filled.get("usual") != "yes" {
        to.extend(filled.all("persons").iter().map(|account| format!("{PERSON_MARK}{account}")));
    }
    let change = CharterChange::Bind { post: filled.get("post").to_owned(), to };
    let done = here.house().change_charter(here.sent(filled.command())?, change).await;
    match done.map_err(|fault| Fault::new("改岗位对应", fault))? {
        Ok(_) => Ok(see("/settings/bindings")),
        Err(no) => Ok(refused(shown(&here, filled.get("post"), Some(&no)).await?, &no)),
    }
}
