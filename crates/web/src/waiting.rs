//! A file that waits (待导入的文件): uploaded, looked at, its columns put right, then imported or given up. It is a draft of
//! who uploaded it.

use std::collections::BTreeMap;

use axum::extract::Multipart;
use courier::ledger::{BadRow, Sheet};
use journal::kept::drafts::Draft;
use maud::{Markup, html};
use office::Refusal;
use serde::{Deserialize, Serialize};

use crate::language::{said, t};
use crate::page::Filled;
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

/// Which column of the sheet is taken for what, to be put right.
pub struct Mapping<'a> {
    /// Where it is posted.
    pub path: &'a str,
    /// The file.
    pub waiting: &'a Waiting,
    /// Names of its sheets.
    pub names: &'a [String],
    /// The sheet.
    pub sheet: &'a Sheet,
    /// Row number of the head row; 0 when none was found.
    pub head: usize,
    /// Column of the sheet, what is written over it, what it is taken for.
    pub headings: Vec<(usize, &'a str, Option<&'static str>)>,
    /// What a column can be.
    pub choices: Vec<&'static str>,
}

impl Mapping<'_> {
    /// The form.
    pub fn render(&self) -> Markup {
        let example = |at: usize| {
            let cells = self.sheet.rows.iter().skip(self.head).filter_map(|row| row.get(at));
            let shown: Vec<String> = cells.map(|cell| cell.text()).filter(|text| !text.is_empty()).take(2).collect();
            shown.join("、")
        };
        html! {
            form method="post" action=(self.path) {
                @if self.names.len() > 1 {
                    p { label { (t("工作表")) " "
                        select name="sheet" {
                            @for (n, name) in self.names.iter().enumerate() {
                                option value=(n) selected[n == self.waiting.sheet] { (name) }
                            }
                        }
                    } }
                }
                @if self.head > 0 { p.dim { (crate::t!("表头在第 {} 行。", self.head)) } }
                div.scroll { table.plain-table {
                    thead { tr { th { (t("文件里的列")) } th { (t("例")) } th { (t("当作")) } } }
                    tbody { @for (at, written, taken) in &self.headings { tr {
                        td { (written) }
                        td.dim { (example(*at)) }
                        td { select name={ "col-" (at) } aria-label=(written) {
                            option value="" selected[taken.is_none()] { (t("不导入")) }
                            @for heading in &self.choices {
                                option value=(heading) selected[*taken == Some(*heading)] { (said(heading, None)) }
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
pub fn bad_rows(bad: &[BadRow]) -> Markup {
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
