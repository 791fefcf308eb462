//! The catalogue (档案目录): papers that were put away, by archive number; printed and as a workbook.

use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use maud::html;
use office::asked::DOCUMENTS;

use super::{records, said_of};
use crate::components::empty;
use crate::components::register::{Column, Register, Row};
use crate::language::{said, t};
use crate::page::{Crumb, Filled, Frame, Page, Place, sheet};
use crate::papers::fill;
use crate::security::{Fault, Permission};
use crate::state::Here;

/// The columns after the number of the archive, and where they come from.
const COLUMNS: [&str; 6] = [
    "document.title",
    "document.letter_number",
    "document.sender",
    "document.kind",
    "document.arrived_on",
    "fact:company_document.archived",
];

/// Cells that are not broken in two.
const DATES: [usize; 2] = [5, 6];

/// `GET /papers/catalogue?as=xlsx`.
pub async fn show(here: Here, Query(query): Query<Vec<(String, String)>>) -> Result<Response, Fault> {
    let filled = Filled(query);
    let laws = here.house().laws();
    let mut found = records(&here, DOCUMENTS, Some(true)).await?;
    found.retain(|(_, filling)| filling.case.has("company_document.archived"));
    found.sort_by(|a, b| said_of(&a.1.case, "archive.number").cmp(said_of(&b.1.case, "archive.number")));
    let mut rows = Vec::new();
    let mut lines = Vec::new();
    for (row, filling) in &found {
        let mut line = vec![said_of(&filling.case, "archive.number").to_owned()];
        line.extend(COLUMNS.iter().map(|from| said(&fill::text(filling, laws, from), None).into_owned()));
        line.push(said_of(&filling.case, "archive.place").to_owned());
        let mut cells = vec![html! { a.nowrap href={ "/cases/" (row.id) } { (line[0]) } }];
        cells.extend(
            line.iter().enumerate().skip(1).map(|(n, text)| html! { span.nowrap[DATES.contains(&n)] { (text) } }),
        );
        rows.push(Row { cells, late: false, void: false });
        lines.push(line);
    }
    let head = [t("档案号"), t("题名"), t("字号"), t("发文单位"), t("种类"), t("到达日期"), t("存档"), t("存放处")];
    let may_export = here.viewer.grants.allow(Permission::ReportExport);
    if may_export && ["xlsx", "csv"].contains(&filled.get("as")) {
        return sheet::answer(filled.get("as"), t("档案目录"), "catalogue", &head, &lines);
    }
    let columns = head.map(|title| Column { named: true, ..Column::new(title) });
    let none = empty(t("还没有存档的文件。签齐的文件存档以后列在这里。"), html! {});
    let drawn = Register::of(("catalogue", t("档案目录"), "/papers/catalogue"), &columns, &rows, none);
    let body = Register { export: may_export, ..drawn }.render();
    let around = here.around().await?;
    let crumbs = [Crumb { words: t("会议与文件").to_owned(), path: "/papers".to_owned() }];
    let page = Page { crumbs: &crumbs, ..Page::new(t("档案目录"), Frame::Desk(Place::Papers, &around), body) };
    Ok(page.into_response())
}
