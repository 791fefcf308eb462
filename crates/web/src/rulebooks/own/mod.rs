//! Rulebooks of the office's own (自编规程): written, checked at the line, read back and tried in the browser, then adopted.

mod edit;
#[cfg(test)]
mod tests;

pub use edit::{remove, save, show as editor, upload};

use axum::response::{IntoResponse, Response};
use courier::own_books::{self, OwnBooks};
use journal::house::{Examined, Files};
use maud::html;
use office::Refusal;
use rulebook::model::Book;
use rulebook::{Problem, parse_book};

use super::{law, side};
use crate::components::field::Field;
use crate::components::refusal::{refusal, refused};
use crate::components::{Tone, empty, panel, tag};
use crate::entry::see;
use crate::language::{said, t};
use crate::page::{Filled, Fragment, Frame, Page, Place};
use crate::security::{Fault, Permission};
use crate::state::Here;

/// Runs work on the folder of the office's own rulebooks where it may wait for the disk.
async fn shelf<T: Send + 'static>(
    here: &Here,
    run: impl FnOnce(&OwnBooks) -> std::io::Result<T> + Send + 'static,
) -> Result<T, Fault> {
    let own = here.web.own.clone();
    let done = tokio::task::spawn_blocking(move || run(&own)).await;
    done.map_err(|error| Fault::new("自编规程", std::io::Error::other(error)))?
        .map_err(|error| Fault::new("读写自编规程的文件夹", error))
}

/// The files of a draft; none when there is no such draft.
async fn files(here: &Here, id: &str) -> Result<Option<Files>, Fault> {
    let id = id.to_owned();
    shelf(here, move |own| own.files(&id)).await
}

/// Ids of the drafts.
pub async fn ids(here: &Here) -> Result<Vec<String>, Fault> {
    shelf(here, OwnBooks::ids).await
}

/// A draft as it parses, with what is wrong with its grammar and words.
pub async fn parsed(here: &Here, id: &str) -> Result<Option<(Book, Vec<Problem>)>, Fault> {
    Ok(files(here, id).await?.map(|files| parse(here, &files)))
}

fn parse(here: &Here, files: &[(String, String)]) -> (Book, Vec<Problem>) {
    let pairs: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    parse_book(&here.house().laws().vocabulary, &pairs)
}

/// A draft checked as a whole, its examples and every number with it.
pub async fn examined(here: &Here, id: &str) -> Result<Option<Examined>, Fault> {
    let Some(files) = files(here, id).await? else { return Ok(None) };
    let (laws, id) = (here.house().laws().clone(), id.to_owned());
    let done = tokio::task::spawn_blocking(move || laws.examine(&id, files)).await;
    done.map(Some).map_err(|error| Fault::new("检查自编规程", std::io::Error::other(error)))
}

/// `GET /rulebooks/own`.
pub async fn show(here: Here) -> Result<Response, Fault> {
    Ok(shown(&here, &Filled::default(), None).await?.into_response())
}

async fn shown(here: &Here, filled: &Filled, no: Option<&Refusal>) -> Result<Fragment, Fault> {
    let law = law(here).await?;
    let around = here.around().await?;
    let may = here.viewer.grants.allow(Permission::RulebookAdopt);
    let ids = ids(here).await?;
    let mut rows = Vec::new();
    for id in &ids {
        let Some((book, problems)) = parsed(here, id).await? else { continue };
        let adopted = law.adopted(id, here.now).map(|(_, edition)| edition.digest == book.digest);
        rows.push(html! { tr {
            td {
                a href={ "/rulebooks/own/" (id) } { b { @if book.name.is_empty() { (id) } @else { (book.name) } } }
                div.small.dim { (id) }
            }
            td { (book.edition) }
            td.num { (book.clauses.len()) }
            td {
                @match adopted {
                    Some(true) => { (tag(t("采用中"), Tone::Plain)) },
                    Some(false) => { (tag(t("采用的是旧稿"), Tone::Mind)) },
                    None => { span.dim { (t("未采用")) } },
                }
                @if !problems.is_empty() { " " (tag(t("有待改的地方"), Tone::Mind)) }
            }
        } });
    }
    let shipped = here.house().laws().shipped.values().map(|it| &it.book);
    let body = html! {
        (side::of_rulebooks(&law, here.now, 3))
        p.dim { (t("管理处自己的规定写成规程：放在数据文件夹的 rulebooks 里，一部一个文件夹，一条一个文件。在这里写、检查、试算，采用后立即生效，不用重启。")) }
        @if rows.is_empty() { (empty(t("还没有自编规程。"), html! {})) } @else {
            div.scroll { table.plain-table {
                thead { tr { th { (t("规程")) } th { (t("版次")) } th { (t("条文")) } th { (t("采用")) } } }
                tbody { @for row in rows { (row) } }
            } }
        }
        @if may {
            (panel(t("新写一部"), html! {}, html! {
                form method="post" action="/rulebooks/own" {
                    div.pair {
                        (Field {
                            hint: t("小写字母、数字和短横，如 own-rules；以后不改。"),
                            required: true,
                            ..Field::line("id", t("代号"), filled.get("id"))
                        }.render())
                        div.field {
                            label for="copy" { (t("以哪部为底稿")) }
                            select id="copy" name="copy" {
                                option value="" { (t("空白")) }
                                @for book in shipped { option value=(book.id) { (said(&book.name, Some(&book.name_en))) } }
                            }
                            p.says { (t("用随程序的规程为底稿时，代号写它的代号，就是它的新版次。")) }
                        }
                    }
                    @if let Some(no) = no { (refusal(no)) }
                    button { (t("开始写")) }
                }
            }))
        }
    };
    Ok(Fragment(Page::new(t("自编规程"), Frame::Desk(Place::Rulebooks, &around), body).render()))
}

/// The head of a new rulebook, to be filled in.
const HEAD: &str = "name     = \"本处规定\"\nname_en  = \"Rules of this office\"\nedition  = \"A/0\"\ndocument = \"自编\"\n\
    governs  = \"写一句话：这部规程管什么。\"\nclauses  = 1\nexamples = 0\n\n[[reading]]\nwords = \"内\"\nmeans = \"含本数，踩线算按时\"\n\
    basis = \"T1\"\n";
/// A first clause that is whole: a limit, its example on the line and one past it.
const CLAUSE: &str = "clause   = \"1\"\ntitle    = \"催办的答复\"\nsummary  = \"催办后 2 小时内答复。\"\nplace    = \"1\"\n\
    in_force = 2020-01-01\n\n[[deadline]]\nid      = \"1\"\nsummary = \"催办后 2 小时内答复。\"\nfrom    = \"催办\"\nmust    = \"答复来人\"\n\
    within  = \"2 小时\"\n\n[[example]]\nname    = \"正好到点，按时\"\ncovers  = [\"1\"]\n\
    happens = [\"2026-11-20 10:00 催办\", \"2026-11-20 12:00 答复来人\"]\nexpect  = [\"答复来人 限 2026-11-20 12:00\", \"答复来人 按时\"]\n\n\
    [[example]]\nname    = \"晚一秒，逾期\"\ncovers  = [\"1\"]\n\
    happens = [\"2026-11-20 10:00 催办\", \"2026-11-20 12:00:01 答复来人\"]\nexpect  = [\"答复来人 限 2026-11-20 12:00\", \"答复来人 逾期\"]\n";

/// `POST /rulebooks/own`: a new draft, blank or as a copy of a shipped rulebook.
pub async fn create(here: Here, filled: Filled) -> Result<Response, Fault> {
    let (id, copy) = (filled.get("id").to_owned(), filled.get("copy").to_owned());
    let shipped = here.house().laws().shipped.get(&copy);
    let no = if !own_books::fits_id(&id) {
        Some(Refusal::new("不能新写", "代号不合用", "请用 2 到 40 个小写字母、数字和短横，字母开头。").at("id"))
    } else if files(&here, &id).await?.is_some() {
        Some(Refusal::new("不能新写", "这个代号已经有了", "请换一个代号，或打开已有的那部。").at("id"))
    } else if here.house().laws().shipped.contains_key(&id) && copy != id {
        Some(Refusal::new("不能新写", "这是随程序的规程的代号", "要改它，请以它为底稿；要写新的，请换代号。").at("id"))
    } else {
        None
    };
    if let Some(no) = no {
        return Ok(refused(shown(&here, &filled, Some(&no)).await?, &no));
    }
    let name = |path: &String| path.rsplit('/').next().unwrap_or_default().to_owned();
    let texts: Files = match shipped {
        Some(shipped) => shipped.files.iter().map(|(path, text)| (name(path), text.clone())).collect(),
        None => vec![("book.toml".into(), HEAD.into()), ("1.toml".into(), CLAUSE.into())],
    };
    let path = format!("/rulebooks/own/{id}");
    shelf(&here, move |own| own.put(&id, &texts)).await?;
    Ok(see(&path))
}
