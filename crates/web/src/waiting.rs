//! A file that waits (待导入的文件): uploaded, looked at, its columns put right, then imported or given up. It is a draft of
//! who uploaded it. What every such import does is here once ([`Import`]).

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::Multipart;
use axum::response::{IntoResponse, Response};
use courier::headed::{self, BadRow, Columns};
use courier::ledger::{Sheet, sheets};
use journal::kept::drafts::Draft;
use maud::{Markup, html};
use office::Refusal;
use serde::{Deserialize, Serialize};

use crate::components::field::command;
use crate::components::{panel, refusal, refused};
use crate::entry::see as go_to;
use crate::language::{said, t};
use crate::page::{Filled, Fragment};
use crate::security::Fault;
use crate::state::Here;

/// Bad rows shown at once.
const BAD_SHOWN: usize = 300;
/// Bytes of a file at most.
pub const BYTES_MAX: usize = 21 << 20;

/// The waiting file.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Waiting {
    /// Its name.
    pub name: String,
    hex: String,
    /// Which of its sheets.
    pub sheet: usize,
    /// Column of the sheet → heading of what it is imported as; empty is not imported.
    pub mapped: BTreeMap<usize, String>,
}

impl Waiting {
    /// What was uploaded.
    pub fn bytes(&self) -> Vec<u8> {
        let pairs = self.hex.as_bytes().chunks_exact(2);
        pairs.filter_map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect()
    }

    /// The file of an upload form, in its field `upload`. Refused: what did not come whole.
    pub async fn of(mut parts: Multipart) -> Result<Waiting, Refusal> {
        let broken = || {
            let next = t("请再选一次文件；超过 20 MB 的请按楼栋分开。");
            Refusal::new(t("不能导入"), t("文件没有传完整，或者太大"), next)
        };
        let mut waiting = Waiting::default();
        while let Some(field) = parts.next_field().await.map_err(|_| broken())? {
            if field.name() == Some("upload") {
                waiting.name = field.file_name().unwrap_or_default().chars().take(120).collect();
                let bytes = field.bytes().await.map_err(|_| broken())?;
                waiting.hex = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            }
        }
        Ok(waiting)
    }

    /// Another sheet, or other columns, as a preview's form says. The columns of another sheet are read anew.
    pub fn map(&mut self, filled: &Filled) {
        let sheet = filled.get("sheet").parse().unwrap_or(self.sheet);
        self.mapped = match sheet == self.sheet {
            false => BTreeMap::new(),
            true => {
                let columns = filled.0.iter().filter_map(|(name, value)| Some((name.strip_prefix("col-")?, value)));
                columns.filter_map(|(at, heading)| Some((at.parse().ok()?, heading.clone()))).collect()
            }
        };
        self.sheet = sheet;
    }
}

/// Keeps a file under the name of its form.
pub async fn keep(here: &Here, form: &str, waiting: &Waiting) -> Result<(), Fault> {
    let body = serde_json::to_string(waiting).map_err(|error| Fault::new("保存待导入的文件", error))?;
    let (account, subject) = (here.actor.account.clone(), here.site.to_string());
    let kept = Draft { account, form: form.into(), subject, body, at: here.now };
    here.house().store().put_draft(kept).await.map_err(|fault| Fault::new("保存待导入的文件", fault))
}

/// The file that waits under this form; none when none does.
pub async fn find(here: &Here, form: &str) -> Result<Option<Waiting>, Fault> {
    let site = here.site.to_string();
    let kept = here.house().store().draft(&here.actor.account, form, &site).await;
    let kept = kept.map_err(|fault| Fault::new("读取待导入的文件", fault))?;
    Ok(kept.and_then(|kept| serde_json::from_str(&kept.body).ok()))
}

/// Gives it up.
pub async fn forget(here: &Here, form: &str) -> Result<(), Fault> {
    let site = here.site.to_string();
    let dropped = here.house().store().drop_draft(&here.actor.account, form, &site).await;
    dropped.map_err(|fault| Fault::new("删除待导入的文件", fault))
}

/// What a waiting file holds.
pub struct Seen<C, R> {
    /// Names of its sheets.
    pub names: Vec<String>,
    /// The sheet that is read.
    pub sheet: Sheet,
    /// What an import would do.
    pub draft: headed::Draft<C, R>,
}

/// Reads a waiting file by `read`, its columns as they were put right. It takes its time, so it is done beside the threads that
/// answer. Refused: what is no workbook, or has no such sheet.
pub async fn see<C: Columns + Send, R: Send + 'static>(
    waiting: &Waiting,
    read: impl FnOnce(&Sheet, &BTreeMap<usize, Option<C>>) -> headed::Draft<C, R> + Send + 'static,
) -> Result<Result<Seen<C, R>, Refusal>, Fault> {
    let waiting = waiting.clone();
    let seen = move || {
        let all = sheets(&waiting.bytes());
        let all = all.map_err(|no| Refusal::new("不能导入", no.0, "请换一个文件，或下载样表照着填。"))?;
        let names = all.iter().map(|sheet| sheet.name.clone()).collect();
        let Some(sheet) = all.into_iter().nth(waiting.sheet) else {
            return Err(Refusal::new("不能导入", "文件里没有内容", "请确认选对了文件。"));
        };
        let column = |heading: &str| C::all().find(|column| column.heading() == heading);
        let mapped = waiting.mapped.iter().map(|(at, heading)| (*at, column(heading))).collect();
        let draft = read(&sheet, &mapped);
        Ok(Seen { names, sheet, draft })
    };
    tokio::task::spawn_blocking(seen).await.map_err(|error| Fault::new("读取待导入的文件", error))
}

/// Reads a sheet, its columns as they were put right.
pub type Reader<C, R> = Box<dyn FnOnce(&Sheet, &BTreeMap<usize, Option<C>>) -> headed::Draft<C, R> + Send>;

/// An import in steps (导入): a file is uploaded, waits, its columns are put right, and it is imported or given up.
pub trait Import {
    /// Columns that it understands.
    type Column: Columns + Send + Sync;
    /// What a good row is.
    type Row: Send + Sync + 'static;
    /// The form under which the file waits.
    const FORM: &'static str;
    /// The page on which a file is chosen.
    const START: &'static str;
    /// The page that shows what an import would do.
    const PREVIEW: &'static str;
    /// Where one goes when it is given up.
    const LEFT: &'static str;

    /// How a sheet is read.
    fn reader(here: &Here) -> Reader<Self::Column, Self::Row>;

    /// The page on which a file is chosen, with why the last was refused.
    fn start(here: &Here, no: Option<&Refusal>) -> impl Future<Output = Result<Fragment, Fault>> + Send;

    /// What an import would do, with why it was not done.
    fn preview(
        here: &Here,
        waiting: &Waiting,
        seen: &Seen<Self::Column, Self::Row>,
        no: Option<&Refusal>,
    ) -> impl Future<Output = Result<Fragment, Fault>> + Send;
}

type SeenBy<I> = Seen<<I as Import>::Column, <I as Import>::Row>;

/// The form by which a file is chosen: `path` is where its upload and its sample begin, `label` names it, `says` how it goes.
pub fn choose(class: &str, path: &str, (label, says): (&str, &str), no: Option<&Refusal>) -> Markup {
    html! {
        form class=(class) method="post" action={ (path) "/upload" } enctype="multipart/form-data" {
            div.field {
                label for="upload" { (label) }
                input id="upload" type="file" name="upload" accept=".xlsx,.xls,.csv,.ods" required;
                p.says { (says) }
            }
            @if let Some(no) = no { (refusal(no)) }
            p.ways {
                button.main { (t("上传并预览")) } " "
                a.button href={ (path) "/sample.xlsx" } { (t("下载样表")) }
            }
        }
    }
}

/// What waits and what it holds; or the answer where nothing does, or it cannot be read.
pub async fn ready<I: Import>(here: &Here) -> Result<Result<(Waiting, SeenBy<I>), Response>, Fault> {
    let Some(waiting) = find(here, I::FORM).await? else { return Ok(Err(go_to(I::START))) };
    match see(&waiting, I::reader(here)).await? {
        Ok(seen) => Ok(Ok((waiting, seen))),
        Err(no) => Ok(Err(refused(I::start(here, Some(&no)).await?, &no))),
    }
}

/// `POST …/upload`.
pub async fn upload<I: Import>(here: Here, parts: Multipart) -> Result<Response, Fault> {
    let seen = match Waiting::of(parts).await {
        Ok(waiting) => see(&waiting, I::reader(&here)).await?.map(|_| waiting),
        Err(no) => Err(no),
    };
    match seen {
        Err(no) => Ok(refused(I::start(&here, Some(&no)).await?, &no)),
        Ok(waiting) => {
            keep(&here, I::FORM, &waiting).await?;
            Ok(go_to(I::PREVIEW))
        }
    }
}

/// `GET …/preview`.
pub async fn show<I: Import>(here: Here) -> Result<Response, Fault> {
    match ready::<I>(&here).await? {
        Ok((waiting, seen)) => Ok(I::preview(&here, &waiting, &seen, None).await?.into_response()),
        Err(answer) => Ok(answer),
    }
}

/// `POST …/preview`: another sheet, or other columns. The columns of another sheet are read anew.
pub async fn map<I: Import>(here: Here, filled: Filled) -> Result<Response, Fault> {
    let Some(mut waiting) = find(&here, I::FORM).await? else { return Ok(go_to(I::START)) };
    waiting.map(&filled);
    if let Err(no) = see(&waiting, I::reader(&here)).await? {
        return Ok(refused(I::start(&here, Some(&no)).await?, &no));
    }
    keep(&here, I::FORM, &waiting).await?;
    Ok(go_to(I::PREVIEW))
}

/// `POST …/give-up`.
pub async fn give_up<I: Import>(here: Here) -> Result<Response, Fault> {
    forget(&here, I::FORM).await?;
    Ok(go_to(I::LEFT))
}

/// What an import would do, before it does: how many rows, which columns, why some cannot be, the first that can.
pub struct Preview<'a, C, R> {
    /// The address that its forms begin with: `/prices`.
    pub path: &'a str,
    /// What is imported.
    pub title: &'a str,
    /// The file.
    pub waiting: &'a Waiting,
    /// What it holds.
    pub seen: &'a Seen<C, R>,
    /// How many can be imported, in words.
    pub good: String,
    /// The button that imports them.
    pub import: String,
    /// How many were left out, in words.
    pub skipped: String,
    /// What is to be decided with the import, inside its form.
    pub asks: Markup,
    /// The first good rows.
    pub rows: Markup,
    /// Why it was not imported.
    pub no: Option<&'a Refusal>,
}

impl<C: Columns, R> Preview<'_, C, R> {
    /// The preview; `id` is the command of the import.
    pub fn render(&self, id: &str) -> Markup {
        let draft = &self.seen.draft;
        // A row may have several reasons.
        let bad = draft.bad.iter().map(|bad| bad.row).collect::<BTreeSet<usize>>().len();
        let any = !draft.rows.is_empty();
        let summary = html! {
            p {
                b { (self.good) }
                @if bad > 0 { "，" b.late-words { (crate::t!("{} 行有问题，不会导入", bad)) } }
                @if !draft.skipped.is_empty() { "，" (self.skipped) }
                "。"
            }
            @if let Some(no) = self.no { (refusal(no)) }
            div.acts {
                @if any {
                    form method="post" action={ (self.path) "/import" } {
                        (command(id))
                        (self.asks)
                        button.main { (self.import) }
                    }
                }
                form method="post" action={ (self.path) "/give-up" } { button { (t("放弃导入")) } }
            }
        };
        html! {
            (panel(self.title, html! { span.dim { (self.waiting.name) } }, summary))
            (panel(t("对应列"), html! {}, self.mapping()))
            @if bad > 0 { (panel(t("有问题的行"), html! { span.dim { (bad) } }, bad_rows(&draft.bad))) }
            @if any { (panel(t("可以导入的行"), html! { span.dim { (draft.rows.len()) } }, self.rows.clone())) }
        }
    }

    /// Which column of the sheet is taken for what, to be put right.
    fn mapping(&self) -> Markup {
        let Seen { names, sheet, draft } = self.seen;
        let example = |at: usize| {
            let cells = sheet.rows.iter().skip(draft.head_row).filter_map(|row| row.get(at));
            let shown: Vec<String> = cells.map(|cell| cell.text()).filter(|text| !text.is_empty()).take(2).collect();
            shown.join("、")
        };
        html! {
            form method="post" action={ (self.path) "/preview" } {
                @if names.len() > 1 {
                    p { label { (t("工作表")) " "
                        select name="sheet" {
                            @for (n, name) in names.iter().enumerate() {
                                option value=(n) selected[n == self.waiting.sheet] { (name) }
                            }
                        }
                    } }
                }
                @if draft.head_row > 0 { p.dim { (crate::t!("表头在第 {} 行。", draft.head_row)) } }
                div.scroll { table.plain-table {
                    thead { tr { th { (t("文件里的列")) } th { (t("例")) } th { (t("当作")) } } }
                    tbody { @for it in &draft.headings { tr {
                        td { (it.written) }
                        td.dim { (example(it.at)) }
                        td { select name={ "col-" (it.at) } aria-label=(it.written) {
                            option value="" selected[it.column.is_none()] { (t("不导入")) }
                            @for column in C::all() {
                                option value=(column.heading()) selected[it.column == Some(column)] { (said(column.heading(), None)) }
                            }
                        } }
                    } } }
                } }
                p.ways { button { (t("按这样重新读")) } }
            }
        }
    }
}

/// The rows that cannot be imported, each with its reason.
fn bad_rows(bad: &[BadRow]) -> Markup {
    html! {
        div.scroll { table.plain-table {
            thead { tr { th.num { (t("行")) } th { (t("列")) } th { (t("内容")) } th { (t("为什么不行，怎么改")) } } }
            tbody { @for bad in bad.iter().take(BAD_SHOWN) { tr {
                td.num { (bad.row) }
                td { (said(&bad.column, None)) }
                td { (bad.shown) }
                td { (said(&bad.reason, None)) }
            } } }
        } }
        @if bad.len() > BAD_SHOWN { p.dim { (crate::t!("只列出前 {} 条。", BAD_SHOWN)) } }
    }
}
