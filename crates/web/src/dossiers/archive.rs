//! 档案室: what stands in the archive by department and class, how it is used, how long finding takes, and the ways to its registers.

use axum::response::{IntoResponse, Response};
use journal::reads::ArchiveBook;
use maud::{Markup, html};
use office::register;

use crate::components::figure::{Figure, figures};
use crate::components::{Tone, empty, panel, tag};
use crate::language::{said, t};
use crate::page::{Crumb, Frame, Page, Place};
use crate::security::Fault;
use crate::state::Here;

/// Registers of the archive, in the order of its work.
const REGISTERS: [&str; 8] = [
    "archive_items",
    "archive_handovers",
    "store_airings",
    "store_protections",
    "secrecy_undertakings",
    "archive_law_briefings",
    "archivist_reviews",
    "destruction_list",
];

/// `GET /archive`.
pub async fn show(here: Here) -> Result<Response, Fault> {
    let read = |fault| Fault::new("读取档案室", fault);
    let zone = &here.house().laws().zone;
    let today = zone.date(here.now);
    let month = zone.start_of_day(today.first_of_month());
    let year = zone.start_of_day(today.first_of_year());
    let book = here.house().archive_book(here.site, today, month, year).await.map_err(read)?;
    let accounts = here.house().staff(here.site).await.map_err(read)?;
    let mut lacking: Vec<&str> = accounts.iter().filter(|it| it.active).map(|it| it.department.as_str()).collect();
    lacking.sort_unstable();
    lacking.dedup();
    lacking.retain(|it| !it.is_empty() && !book.departments.iter().any(|own| own.name == **it));
    let body = html! {
        (at_a_glance(&book))
        div.beside {
            div {
                (panel(t("各部门档案"), html! {}, departments(&book, &lacking)))
                (panel(t("今年的利用"), html! {}, uses(&book)))
            }
            div { (panel(t("登记簿"), html! {}, ways(&here))) }
        }
    };
    let around = here.around().await?;
    let crumbs = [Crumb { words: t("客户档案").to_owned(), path: "/dossiers".to_owned() }];
    let beside = html! {
        a.button href="/periods" { (t("定期事务")) } " "
        @if register::find("archive_items").is_some_and(|it| crate::registers::may_begin(&here, it)) {
            a.button.main href="/registers/archive_items/new" { (t("收到档案材料")) }
        }
    };
    let page =
        Page { crumbs: &crumbs, beside, ..Page::new(t("档案室"), Frame::Desk(Place::Dossiers, &around), body) };
    Ok(page.into_response())
}

fn at_a_glance(book: &ArchiveBook) -> Markup {
    let sum = |of: &dyn Fn(&journal::reads::ArchiveDepartment) -> i64| {
        book.departments.iter().map(of).sum::<i64>().to_string()
    };
    let (stands, unfiled, lent, damaged) =
        (sum(&|it| it.stands), sum(&|it| it.unfiled), sum(&|it| it.lent), sum(&|it| it.damaged));
    let (received, filed) = (book.month.0.to_string(), book.month.1.to_string());
    let time = book.searches.1.map_or("—".to_owned(), |it| it.to_string());
    let list = "/registers/archive_items";
    figures(&[
        Figure::count(t("在库"), &stands, t("件"), list),
        Figure::count(t("本月收进"), &received, t("件"), list),
        Figure::count(t("本月归档"), &filed, t("件"), list),
        Figure::count(t("未归档"), &unfiled, t("件"), list),
        Figure::count(t("借出"), &lent, t("件"), list),
        Figure::count(t("破损"), &damaged, t("件"), list),
        Figure::count(t("查找用时中位"), &time, t("分钟"), list),
    ])
}

fn departments(book: &ArchiveBook, lacking: &[&str]) -> Markup {
    html! {
        @if book.departments.is_empty() {
            (empty(t("档案室里还没有档案。各部门办完的材料移交过来，从“收到档案材料”登记。"), html! {}))
        } @else {
            div.scroll { table.plain-table {
                thead { tr {
                    th { (t("部门")) } th { (t("分类")) } th.num { (t("在库")) } th.num { (t("未归档")) } th.num { (t("借出")) }
                    th.num { (t("逾期未还")) } th.num { (t("破损")) } th.num { (t("已销毁")) }
                } }
                tbody { @for it in &book.departments { tr {
                    td { b { (it.name) } }
                    td.small.dim { @for (class, count) in &it.classes { div {
                        @if class.is_empty() { (t("未分")) } @else { (class) } " " (count)
                    } } }
                    td.num { (it.stands) } td.num { (it.unfiled) } td.num { (it.lent) }
                    td.num { @if it.overdue > 0 { (tag(&it.overdue.to_string(), Tone::Grave)) } @else { "0" } }
                    td.num { (it.damaged) } td.num { (it.gone) }
                } } }
            } }
        }
        @if !lacking.is_empty() { p.small { (tag(t("还没有档案的部门"), Tone::Mind)) " " (lacking.join("、")) } }
    }
}

fn uses(book: &ArchiveBook) -> Markup {
    html! {
        @if book.uses.is_empty() { p.dim { (t("今年还没有人查阅、借出。")) } } @else {
            div.scroll { table.plain-table {
                thead { tr { th { (t("分类")) } th { (t("用途")) } th.num { (t("次数")) } } }
                tbody { @for (class, purpose, count) in book.uses.iter().take(30) { tr {
                    td { (class) } td { (purpose) } td.num { (count) }
                } } }
            } }
        }
        p.small.dim { (crate::t!("查找 {0} 次，没有找到 {1} 次。", book.searches.0, book.searches.2)) }
    }
}

fn ways(here: &Here) -> Markup {
    html! { ul.rows { @for it in REGISTERS.iter().filter_map(|id| register::find(id)) { li {
        a href={ "/registers/" (it.id) } { (said(&it.title, Some(&it.title_en))) } " "
        @if crate::registers::may_begin(here, it) { a.small href={ "/registers/" (it.id) "/new" } { (t("新登记")) } }
    } } } }
}
