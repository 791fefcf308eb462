//! A register filled from a sheet (导入登记簿): the columns are those of its form, every bad row is told with its reason, and all good
//! rows are entered at once or none.

use std::collections::BTreeMap;

use axum::extract::{Multipart, Path};
use axum::response::{IntoResponse, Response};
use courier::headed::BadRow;
use courier::ledger::{Sheet, sheets};
use maud::{Markup, html};
use office::Refusal;
use office::act::{self, Act};
use office::case::{ActOnCase, Caller, OpenRecord, Place as Whereabouts};
use office::register::{Asked, RegisterType};

use super::list::frame;
use super::open::known;
use crate::cases::field;
use crate::components::field::command;
use crate::components::{panel, refusal, refused};
use crate::entry::{fresh_command, see};
use crate::language::{said, t};
use crate::page::{Crumb, Filled, Fragment, Frame, Page, sheet};
use crate::security::Fault;
use crate::state::Here;
use crate::waiting::{self, Waiting};

/// Rows of a sheet at most, bad rows shown, good rows shown.
const ROWS_MAX: usize = 5_000;
const BAD_SHOWN: usize = 300;
const GOOD_SHOWN: usize = 8;

/// A column of the sheet: its heading, and the field that it fills.
struct Column {
    heading: String,
    name: &'static str,
    required: bool,
}

/// The columns of a register's sheet.
fn columns(here: &Here, kept: &RegisterType, act: &'static Act) -> Vec<Column> {
    let column = |heading: &str, name, required| Column { heading: heading.to_owned(), name, required };
    let mut columns = Vec::new();
    if kept.asks(Asked::Place) {
        columns.push(column("房号", "place", true));
    }
    if kept.asks(Asked::Person) {
        columns.push(column("姓名", "name", false));
        columns.push(column("电话", "phone", false));
    }
    for field in act.fields {
        let heading =
            if field.attribute == "note" { "备注".to_owned() } else { here.house().laws().word(field.attribute) };
        columns.push(Column { heading, name: field.attribute, required: field.required });
    }
    columns
}

/// What a sheet would bring.
#[derive(Default)]
struct Draft {
    rows: Vec<(usize, OpenRecord)>,
    shown: Vec<(usize, Vec<String>)>,
    bad: Vec<BadRow>,
    unknown: Vec<String>,
}

/// The words of a value as a form posts it: a choice by its word, yes and no.
fn value_of(here: &Here, id: &str, written: &str) -> Result<Option<String>, String> {
    use rulebook::words::Unit;
    let laws = here.house().laws();
    let unit = laws.vocabulary.attribute_of_id(id).map(|at| &laws.vocabulary.attributes[at].unit);
    let typed = match unit {
        Some(Unit::Choice(values)) => {
            values.iter().find(|(zh, _)| zh == written).map_or(written, |(_, id)| id.as_str())
        }
        Some(Unit::Flag) => match written {
            "是" | "有" => "yes",
            "否" | "无" => "no",
            other => other,
        },
        _ => written,
    };
    field::read(laws, id, typed)
}

async fn read(here: &Here, kept: &RegisterType, act: &'static Act, rows: &Sheet) -> Result<Draft, Fault> {
    let columns = columns(here, kept, act);
    let plain = |text: &str| text.chars().filter(|c| !c.is_whitespace() && !"*＊:：".contains(*c)).collect::<String>();
    let of = |text: &str| columns.iter().position(|it| plain(&it.heading) == plain(text));
    let mut draft = Draft::default();
    let head = rows.rows.iter().take(30).position(|row| row.iter().any(|cell| of(&cell.text()).is_some()));
    let bad =
        |row: usize, column: &str, shown: String, reason: String| BadRow { row, column: column.into(), shown, reason };
    let Some(head) = head else {
        let names = columns.iter().map(|it| it.heading.as_str()).collect::<Vec<_>>().join("、");
        draft.bad.push(bad(1, "", String::new(), format!("找不到表头：需要一行有这些列名：{names}。")));
        return Ok(draft);
    };
    let at: Vec<Option<usize>> = rows.rows[head].iter().map(|cell| of(&cell.text())).collect();
    let unknown = rows.rows[head].iter().map(|cell| cell.text());
    draft.unknown = unknown.filter(|text| !text.is_empty() && of(text).is_none()).collect();
    for (n, cells) in rows.rows.iter().enumerate().skip(head + 1).take(ROWS_MAX) {
        if cells.iter().all(|cell| cell.is_blank()) {
            continue;
        }
        let number = n + 1;
        let mut texts = vec![String::new(); columns.len()];
        for (cell, column) in cells.iter().zip(&at) {
            if let Some(column) = column.filter(|_| !cell.is_blank()) {
                texts[column] = cell.date().map_or_else(|| cell.text(), |date| date.to_string()).trim().to_owned();
            }
        }
        match row(here, kept, act, (&columns, &texts)).await? {
            Ok(record) => {
                draft.rows.push((number, record));
                draft.shown.push((number, texts));
            }
            Err(reasons) => {
                draft.bad.extend(
                    reasons
                        .into_iter()
                        .map(|(column, reason)| bad(number, &columns[column].heading, texts[column].clone(), reason)),
                );
            }
        }
    }
    Ok(draft)
}

type Reasons = Vec<(usize, String)>;

async fn row(
    here: &Here,
    kept: &RegisterType,
    act: &'static Act,
    (columns, texts): (&[Column], &[String]),
) -> Result<Result<OpenRecord, Reasons>, Fault> {
    let mut reasons = Reasons::new();
    let mut record = OpenRecord {
        register: kept.id.clone(),
        act: ActOnCase { act: act.id.to_owned(), ..ActOnCase::default() },
        ..OpenRecord::default()
    };
    let mut attributes = BTreeMap::new();
    for (n, (column, text)) in columns.iter().zip(texts).enumerate() {
        if text.is_empty() {
            if column.required {
                reasons.push((n, "这一列必须填。".to_owned()));
            }
            continue;
        }
        match column.name {
            "place" => {
                let hits = here.house().desk_search(here.site, text.clone()).await;
                let hits = hits.map_err(|fault| Fault::new("查找住户", fault))?;
                match hits.as_slice() {
                    [only] => {
                        record.place = Whereabouts { household: Some(only.id.clone()), words: only.room.to_string() };
                    }
                    [] => reasons.push((n, "台账里没有这个房号；请核对，或先导入台账。".to_owned())),
                    _ => reasons.push((n, "这样写对得上不止一户；请写全楼栋、单元和房号。".to_owned())),
                }
            }
            "name" => record.person = Caller { name: text.clone(), ..record.person },
            "phone" => record.person = Caller { phone: text.clone(), ..record.person },
            "note" => record.act.note.clone_from(text),
            id => match value_of(here, id, text) {
                Ok(Some(value)) => drop(attributes.insert(id.to_owned(), value)),
                Ok(None) => {}
                Err(reason) => reasons.push((n, format!("{reason}。"))),
            },
        }
    }
    record.act.attributes = attributes;
    Ok(if reasons.is_empty() { Ok(record) } else { Err(reasons) })
}

fn form_name(kept: &RegisterType) -> String {
    format!("register-{}", kept.id)
}

async fn sheet_of(waiting: &Waiting) -> Result<Result<Sheet, Refusal>, Fault> {
    let bytes = waiting.bytes();
    let read = tokio::task::spawn_blocking(move || sheets(&bytes)).await;
    let all = match read.map_err(|error| Fault::new("读取待导入的文件", error))? {
        Ok(all) => all,
        Err(no) => return Ok(Err(Refusal::new("不能导入", no.0, "请换一个文件，或下载样表照着填。"))),
    };
    let first = all.into_iter().next();
    Ok(first.ok_or_else(|| Refusal::new("不能导入", "文件里没有内容", "请确认选对了文件。")))
}

/// `GET /registers/{id}/import`: the upload, or what waits.
pub async fn show(here: Here, Path(id): Path<String>) -> Result<Response, Fault> {
    let (kept, act) = match known(&here, &id) {
        Ok(known) => known,
        Err(no) => return Ok(*no),
    };
    let Some(waiting) = waiting::find(&here, &form_name(kept)).await? else {
        return Ok(page(&here, kept, upload_form(kept, None)).await?.into_response());
    };
    Ok(preview(&here, (kept, act), &waiting, None).await?.into_response())
}

/// `GET /registers/{id}/sample.xlsx`.
pub async fn sample(here: Here, Path(id): Path<String>) -> Result<Response, Fault> {
    let (kept, act) = match known(&here, &id) {
        Ok(known) => known,
        Err(no) => return Ok(*no),
    };
    let columns = columns(&here, kept, act);
    let head: Vec<&str> = columns.iter().map(|it| it.heading.as_str()).collect();
    sheet::answer("xlsx", &kept.title, &format!("{}-sample", kept.id), &head, &[])
}

/// `POST /registers/{id}/upload`.
pub async fn upload(here: Here, Path(id): Path<String>, parts: Multipart) -> Result<Response, Fault> {
    let (kept, _) = match known(&here, &id) {
        Ok(known) => known,
        Err(no) => return Ok(*no),
    };
    let no = match Waiting::of(parts).await {
        Ok(waiting) => match sheet_of(&waiting).await? {
            Ok(_) => {
                waiting::keep(&here, &form_name(kept), &waiting).await?;
                return Ok(see(&format!("/registers/{}/import", kept.id)));
            }
            Err(no) => no,
        },
        Err(no) => no,
    };
    Ok(refused(page(&here, kept, upload_form(kept, Some(&no))).await?, &no))
}

/// `POST /registers/{id}/import`: every good row, or none.
pub async fn import(here: Here, Path(id): Path<String>, filled: Filled) -> Result<Response, Fault> {
    let (kept, act) = match known(&here, &id) {
        Ok(known) => known,
        Err(no) => return Ok(*no),
    };
    let Some(waiting) = waiting::find(&here, &form_name(kept)).await? else {
        return Ok(see(&format!("/registers/{}/import", kept.id)));
    };
    let rows = match sheet_of(&waiting).await? {
        Ok(rows) => rows,
        Err(no) => return Ok(refused(page(&here, kept, upload_form(kept, Some(&no))).await?, &no)),
    };
    let draft = read(&here, kept, act, &rows).await?;
    let sent = here.sent_for(filled.command(), act.id)?;
    let stem = sent.command.as_str().to_owned();
    let records = draft.rows.into_iter().map(|(n, record)| (n, OpenRecord { case: format!("r{stem}-{n}"), ..record }));
    let done = here.house().enter_records(sent, here.actor.clone(), records.collect()).await;
    match done.map_err(|fault| Fault::new("导入登记簿", fault))? {
        Ok(done) => {
            waiting::forget(&here, &form_name(kept)).await?;
            Ok(see(&format!("/registers/{}?new={}", kept.id, done.answer)))
        }
        Err(no) => Ok(refused(preview(&here, (kept, act), &waiting, Some(&no)).await?, &no)),
    }
}

/// `POST /registers/{id}/give-up`.
pub async fn give_up(here: Here, Path(id): Path<String>) -> Result<Response, Fault> {
    let (kept, _) = match known(&here, &id) {
        Ok(known) => known,
        Err(no) => return Ok(*no),
    };
    waiting::forget(&here, &form_name(kept)).await?;
    Ok(see(&format!("/registers/{}", kept.id)))
}

async fn page(here: &Here, kept: &RegisterType, body: Markup) -> Result<Fragment, Fault> {
    let name = said(&kept.title, Some(&kept.title_en)).into_owned();
    let around = here.around().await?;
    let crumbs = [
        Crumb { words: t("登记簿").to_owned(), path: "/registers".to_owned() },
        Crumb { words: name, path: format!("/registers/{}", kept.id) },
    ];
    let page = Page { crumbs: &crumbs, ..Page::new(t("从表格导入"), Frame::Desk(frame(kept), &around), body) };
    Ok(Fragment(page.render()))
}

fn upload_form(kept: &RegisterType, no: Option<&Refusal>) -> Markup {
    html! {
        form.panel.narrow method="post" action={ "/registers/" (kept.id) "/upload" } enctype="multipart/form-data" {
            div.field {
                label for="upload" { (said(&kept.title, Some(&kept.title_en))) }
                input id="upload" type="file" name="upload" accept=".xlsx,.xls,.csv,.ods" required;
                p.says { (t("Excel 或 CSV，最大 20 MB。先预览，有问题的行逐行列出，确认以后才写入。")) }
            }
            @if let Some(no) = no { (refusal(no)) }
            p.ways {
                button.main { (t("上传并预览")) } " "
                a.button href={ "/registers/" (kept.id) "/sample.xlsx" } { (t("下载样表")) }
            }
        }
    }
}

async fn preview(
    here: &Here,
    (kept, act): (&'static RegisterType, &'static Act),
    waiting: &Waiting,
    no: Option<&Refusal>,
) -> Result<Fragment, Fault> {
    let rows = match sheet_of(waiting).await? {
        Ok(rows) => rows,
        Err(no) => return page(here, kept, upload_form(kept, Some(&no))).await,
    };
    let draft = read(here, kept, act, &rows).await?;
    let columns = columns(here, kept, act);
    let good = draft.rows.len();
    let id = fresh_command()?;
    let summary = html! {
        p {
            b { (crate::t!("{} 行可以导入", good)) }
            @if !draft.bad.is_empty() { "，" b.late-words { (crate::t!("{} 处有问题，那些行不会导入", draft.bad.len())) } }
            "。"
        }
        @if !draft.unknown.is_empty() { p.small.dim { (crate::t!("不认识的列不导入：{}", draft.unknown.join("、"))) } }
        @if let Some(no) = no { (refusal(no)) }
        div.acts {
            @if good > 0 {
                form method="post" action={ "/registers/" (kept.id) "/import" } {
                    (command(&id))
                    button.main { (crate::t!("导入这 {} 行", good)) }
                }
            }
            form method="post" action={ "/registers/" (kept.id) "/give-up" } { button { (t("放弃导入")) } }
        }
    };
    let bad = html! {
        div.scroll { table.plain-table {
            thead { tr { th.num { (t("行")) } th { (t("列")) } th { (t("内容")) } th { (t("为什么不行，怎么改")) } } }
            tbody { @for it in draft.bad.iter().take(BAD_SHOWN) { tr {
                td.num { (it.row) } td { (said(&it.column, None)) } td { (it.shown) } td { (said(&it.reason, None)) }
            } } }
        } }
        @if draft.bad.len() > BAD_SHOWN { p.dim { (crate::t!("只列出前 {} 条。", BAD_SHOWN)) } }
    };
    let rows = html! {
        div.scroll { table.plain-table {
            thead { tr { th.num { (t("行")) } @for it in &columns { th { (said(&it.heading, None)) } } } }
            tbody { @for (n, texts) in draft.shown.iter().take(GOOD_SHOWN) { tr {
                td.num { (n) } @for text in texts { td { (text) } }
            } } }
        } }
    };
    let body = html! {
        (panel(&said(&kept.title, Some(&kept.title_en)), html! { span.dim { (waiting.name) } }, summary))
        @if !draft.bad.is_empty() { (panel(t("有问题的行"), html! { span.dim { (draft.bad.len()) } }, bad)) }
        @if good > 0 { (panel(t("可以导入的行"), html! { span.dim { (good) } }, rows)) }
    };
    page(here, kept, body).await
}

/// Whether a register can be filled from a sheet: whoever may begin a record of it, where it has an opening of its own.
pub fn imports(here: &Here, kept: &RegisterType) -> bool {
    super::may_begin(here, kept) && act::find(&kept.opens).is_some()
}
