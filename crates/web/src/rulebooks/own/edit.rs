//! The editor of a draft (改稿): its files, what is wrong at which line, what the program reads, and a date to try.

use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use courier::own_books::{self, FILES_MAX, TEXT_BYTES_MAX};
use maud::{Markup, PreEscaped, html};
use office::Refusal;
use rulebook::model::Book;
use rulebook::problem::line_and_column;
use rulebook::{Problem, Severity, read_clause};
use serde::Deserialize;

use super::{examined, files, parse, parsed, shelf};
use crate::components::refusal::{refusal, refused};
use crate::components::{Tone, panel, tag};
use crate::entry::see;
use crate::language::{said, t};
use crate::page::{Crumb, Filled, Fragment, Frame, Page, Place, Posted, escaped, wrong};
use crate::rulebooks::{law, side, try_date};
use crate::security::Fault;
use crate::state::Here;

/// The query: the file shown, a moment to try, and whether everything is checked.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub struct Open {
    file: String,
    at: String,
    check: bool,
}

/// What was refused, with the text as it was typed and the problems in it.
struct Typed<'a> {
    no: &'a Refusal,
    text: &'a str,
    problems: &'a [Problem],
}

/// `GET /rulebooks/own/{id}`.
pub async fn show(here: Here, Path(id): Path<String>, Query(open): Query<Open>) -> Result<Response, Fault> {
    Ok(match shown(&here, &id, &open, None).await? {
        Some(page) => page.into_response(),
        None => wrong::not_found(),
    })
}

async fn shown(here: &Here, id: &str, open: &Open, typed: Option<Typed<'_>>) -> Result<Option<Fragment>, Fault> {
    let Some(texts) = files(here, id).await? else { return Ok(None) };
    let law = law(here).await?;
    let around = here.around().await?;
    let (book, mut problems) = parse(here, &texts);
    let mut checked = None;
    if open.check
        && typed.is_none()
        && let Some(whole) = examined(here, id).await?
    {
        problems = whole.problems().to_vec();
        checked = Some((whole.mutated(), whole.errors()));
    }
    let file = if open.file.is_empty() { "book.toml" } else { &open.file };
    let path = format!("{id}/{file}");
    let kept = texts.iter().find(|(known, _)| *known == path).map_or("", |(_, text)| text.as_str());
    let text = typed.as_ref().map_or(kept, |it| it.text);
    let here_at = format!("/rulebooks/own/{id}");
    let clause = book.clauses.iter().find(|clause| clause.path == path);
    let body = html! {
        div.clause-page {
            (outline(id, &texts, &problems, file))
            div {
                form.panel method="post" action={ (here_at) "/save" } {
                    div.title { h2 { (file) } }
                    input type="hidden" name="file" value=(file);
                    textarea.code name="text" rows="26" spellcheck="false" aria-label=(file) { (PreEscaped("\n")) (text) }
                    @if let Some(typed) = &typed {
                        (refusal(typed.no))
                        (list(here_at.as_str(), typed.problems, &[(path.clone(), typed.text.to_owned())]))
                    }
                    div.acts {
                        button.main { (t("保存")) }
                        a.button href={ (here_at) "?file=" (escaped(file)) "&check=true" } { (t("全面检查")) }
                        a.button href={ "/rulebooks/" (id) "/adopt?own=true" } { (t("试算与采用")) }
                    }
                    p.small.dim { (t("有语法错误的稿子不保存。全面检查还会执行示例，并把每个数字改动一，看有没有示例发现。")) }
                }
                @if typed.is_none() { (verdict(here_at.as_str(), &problems, &texts, checked)) }
            }
            div {
                (read_back(here, &book, clause.map(|it| it.number.as_str())))
                @if let Some(clause) = clause { (try_date::panel(here, &law, clause, &book, &here_at, (file, &open.at))?) }
                (other(&here_at, file))
            }
        }
    };
    let crumbs = [
        Crumb { words: t("规程").to_owned(), path: "/rulebooks".to_owned() },
        Crumb { words: t("自编规程").to_owned(), path: "/rulebooks/own".to_owned() },
    ];
    let title = if book.name.is_empty() { id.to_owned() } else { book.name.clone() };
    let page = Page { crumbs: &crumbs, ..Page::new(&title, Frame::Desk(Place::Rulebooks, &around), body) };
    Ok(Some(Fragment(page.render())))
}

/// The files as a narrow column, those with problems marked.
fn outline(id: &str, texts: &[(String, String)], problems: &[Problem], here: &str) -> Markup {
    html! {
        nav.outline aria-label=(t("文件")) { ol {
            @for (path, _) in texts {
                @let name = path.rsplit('/').next().unwrap_or_default();
                @let wrong = problems.iter().any(|it| it.file == *path && it.severity == Severity::Error);
                li { a href={ "/rulebooks/own/" (id) "?file=" (escaped(name)) } aria-current=[(name == here).then_some("page")] {
                    (name) @if wrong { " " (tag(t("错误"), Tone::Grave)) }
                } }
            }
        } }
    }
}

/// What the check found, or that it found nothing.
fn verdict(here_at: &str, problems: &[Problem], texts: &[(String, String)], checked: Option<(usize, usize)>) -> Markup {
    let beside = html! { span.dim { (problems.len()) } };
    panel(
        t("检查"),
        beside,
        html! {
            @match checked {
                Some((tried, 0)) => p { (crate::t!("示例全部执行过，数字改动 {} 处都有示例发现。可以采用。", tried)) },
                Some((_, errors)) => p.late-words { (crate::t!("有 {} 个错误，改好才能采用。", errors)) },
                None if problems.is_empty() => p.dim { (t("语法没有问题。示例和数字还没有查。")) },
                None => {},
            }
            (list(here_at, problems, texts))
        },
    )
}

/// Problems with the lines of their places and what to write instead.
fn list(here_at: &str, problems: &[Problem], texts: &[(String, String)]) -> Markup {
    html! {
        ul.read-lines { @for problem in problems {
            @let text = texts.iter().find(|(path, _)| *path == problem.file).map_or("", |(_, text)| text.as_str());
            @let (line, _) = line_and_column(text, problem.span.start);
            @let name = problem.file.rsplit('/').next().unwrap_or_default();
            li {
                @match problem.severity {
                    Severity::Error => (tag(t("错误"), Tone::Grave)),
                    Severity::Warning => (tag(t("注意"), Tone::Mind)),
                    Severity::Note => (tag(t("提示|问题"), Tone::Plain)),
                }
                " " a href={ (here_at) "?file=" (escaped(name)) } { (crate::t!("{0} 第 {1} 行", name, line)) } " " (problem.sentence)
                @if let Some(at) = text.lines().nth(line - 1) { pre.small { (at.trim_end()) } }
                @if let Some(hint) = &problem.hint { div.small.dim { (t("建议|改法")) "：" (hint) } }
            }
        } }
    }
}

/// What the program reads: the clause at hand, else every one.
fn read_back(here: &Here, book: &Book, number: Option<&str>) -> Markup {
    let words = &here.house().laws().vocabulary;
    let clauses = book.clauses.iter().filter(|clause| number.is_none_or(|number| clause.number == number));
    panel(
        t("程序读作"),
        html! {},
        html! {
            @for clause in clauses {
                ul.read-lines { @for line in read_clause(clause, book, words, side::lang()) { li.small { (said(&line, None)) } } }
            }
            @if book.clauses.is_empty() { p.dim { (t("还没有读得懂的条文。")) } }
        },
    )
}

/// Further files: a new one, uploads, and taking the present one away.
fn other(here_at: &str, file: &str) -> Markup {
    panel(
        t("文件"),
        html! {},
        html! {
            form.inline method="get" action=(here_at) {
                input name="file" placeholder="4.2.toml" maxlength="60" aria-label=(t("新文件的名字"));
                button { (t("新建或打开")) }
            }
            form method="post" enctype="multipart/form-data" action={ (here_at) "/upload" } {
                input type="file" name="upload" accept=".toml" multiple aria-label=(t("上传文件"));
                button { (t("上传文件")) }
            }
            @if file != "book.toml" {
                form method="post" action={ (here_at) "/remove" } {
                    input type="hidden" name="file" value=(file);
                    button.plain { (crate::t!("删去 {}", file)) }
                }
            }
        },
    )
}

/// Writes files after looking at them together with the rest: those with an error in the grammar change nothing.
async fn write(
    here: &Here,
    id: &str,
    new: Vec<(String, String)>,
) -> Result<Result<(), (Refusal, Vec<Problem>)>, Fault> {
    let refuse = |why: &str, next: &str| Ok(Err((Refusal::new("没有保存", why, next), Vec::new())));
    let Some(mut texts) = files(here, id).await? else {
        return refuse("没有这部规程", "请从自编规程打开。");
    };
    if new.is_empty() {
        return refuse("没有文件", "请选择 .toml 文件。");
    }
    for (name, text) in &new {
        if !own_books::fits_name(name) {
            return refuse(
                &format!("文件名“{name}”不合用"),
                "请用字母、数字、点和短横，以 .toml 结尾，如 4.2.1.toml。",
            );
        }
        if text.len() > TEXT_BYTES_MAX {
            return refuse(&format!("{name} 太长"), "一个文件最多 64 KB；请把条文分成几个文件。");
        }
        let path = format!("{id}/{name}");
        texts.retain(|(known, _)| *known != path);
        texts.push((path, text.clone()));
    }
    if texts.len() > FILES_MAX {
        return refuse("文件太多", "一部规程最多 200 个文件。");
    }
    texts.sort();
    let (_, problems) = parse(here, &texts);
    let own = |it: &Problem| new.iter().any(|(name, _)| it.file == format!("{id}/{name}"));
    let wrong: Vec<Problem> = problems.into_iter().filter(|it| it.severity == Severity::Error && own(it)).collect();
    if !wrong.is_empty() {
        let why = format!("稿子有 {} 处错误", wrong.len());
        return Ok(Err((Refusal::new("没有保存", why, "请照下面标出的行改好再保存；您写的内容还在。"), wrong)));
    }
    let id = id.to_owned();
    shelf(here, move |own| own.put(&id, &new)).await?;
    Ok(Ok(()))
}

/// `POST /rulebooks/own/{id}/save`.
pub async fn save(here: Here, Path(id): Path<String>, filled: Filled) -> Result<Response, Fault> {
    let file = filled.get("file").to_owned();
    // A browser sends line ends of its own.
    let text = filled.exact("text").replace("\r\n", "\n");
    match write(&here, &id, vec![(file.clone(), text.clone())]).await? {
        Ok(()) => Ok(see(&format!("/rulebooks/own/{id}?file={}", escaped(&file)))),
        Err((no, problems)) => {
            let typed = Typed { no: &no, text: &text, problems: &problems };
            let open = Open { file, ..Open::default() };
            match shown(&here, &id, &open, Some(typed)).await? {
                Some(page) => Ok(refused(page, &no)),
                None => Ok(wrong::not_found()),
            }
        }
    }
}

/// `POST /rulebooks/own/{id}/upload`: all files or none.
pub async fn upload(here: Here, Path(id): Path<String>, posted: Posted) -> Result<Response, Fault> {
    let mut new = Vec::new();
    let mut odd = None;
    for file in posted.uploads {
        match String::from_utf8(file.bytes) {
            Ok(text) => new.push((file.name, text.trim_start_matches('\u{feff}').replace("\r\n", "\n"))),
            Err(_) => odd = Some(file.name),
        }
    }
    let done = match odd {
        Some(name) => {
            let why = format!("{name} 不是 UTF-8 文字");
            Err((Refusal::new("没有保存", why, "请用 UTF-8 保存后再传。"), Vec::new()))
        }
        None => write(&here, &id, new.clone()).await?,
    };
    match done {
        Ok(()) => Ok(see(&format!("/rulebooks/own/{id}"))),
        Err((no, problems)) => {
            let first = problems.first().and_then(|it| it.file.rsplit('/').next()).unwrap_or_default();
            let wrong_one = new.iter().find(|(name, _)| name == first);
            let (file, text) =
                wrong_one.map_or(("book.toml".to_owned(), None), |(name, text)| (name.clone(), Some(text)));
            let kept = parsed(&here, &id).await?.is_some();
            let own = files(&here, &id).await?.unwrap_or_default();
            let known = own.iter().find(|(path, _)| *path == format!("{id}/{file}")).map(|(_, text)| text);
            let text = text.or(known).cloned().unwrap_or_default();
            let typed = Typed { no: &no, text: &text, problems: &problems };
            match shown(&here, &id, &Open { file, ..Open::default() }, Some(typed)).await?.filter(|_| kept) {
                Some(page) => Ok(refused(page, &no)),
                None => Ok(wrong::not_found()),
            }
        }
    }
}

/// `POST /rulebooks/own/{id}/remove`: the file, never the head.
pub async fn remove(here: Here, Path(id): Path<String>, filled: Filled) -> Result<Response, Fault> {
    let file = filled.get("file").to_owned();
    let path = format!("/rulebooks/own/{id}");
    if file != "book.toml" {
        shelf(&here, move |own| own.remove(&id, &file)).await?;
    }
    Ok(see(&path))
}
