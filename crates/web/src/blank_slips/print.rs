//! Blank slips on paper (打印空白单): every number that is still blank, each copy on A4 or A5, once on multi-part paper.

use axum::extract::{Path, Query};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use office::blank_slip::{self, Fate};
use office::form::FormType;

use crate::cases::read;
use crate::components::paper::{Copy, Sheet};
use crate::components::{icon, lucide};
use crate::language::{said, t};
use crate::page::{Filled, Fragment, Frame, Page, wrong};
use crate::papers::{Offset, sheet};
use crate::security::Fault;
use crate::state::Here;

/// `GET /blank-slips/{id}/print?size=A5&overlay=yes&number=WX-202611-0012`.
pub async fn show(
    here: Here,
    Path(id): Path<String>,
    headers: HeaderMap,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let page = read(&here, &id, false).await?.filter(|page| blank_slip::is_one(&page.case));
    let Some((page, form)) = page.and_then(|page| Some((blank_slip::form_of(&page.case)?, page))).map(|(f, p)| (p, f))
    else {
        return Ok(wrong::not_found());
    };
    let query = Filled(query);
    let settings = here.house().settings(here.site).await.map_err(|fault| Fault::new("读取设置", fault))?;
    let value =
        |name: &str| settings.iter().find(|row| row.name == name).map(|row| row.value.clone()).unwrap_or_default();
    let or = |name: &str, setting: &str| match query.get(name) {
        "" => value(setting),
        chosen => chosen.to_owned(),
    };
    let paper = sheet::paper(&or("size", "打印纸"));
    let overlay = ["是", "yes"].contains(&or("overlay", "套打").as_str());
    let company = [value("公司名称"), value("小区名称")].join(" ");
    let only = query.get("number");
    let slips = blank_slip::slips(&page.case).into_iter().filter(|slip| slip.fate == Fate::Blank);
    let numbers: Vec<String> = slips.map(|slip| slip.number).filter(|it| only.is_empty() || it == only).collect();
    let sheets: Vec<Markup> = numbers.iter().flat_map(|number| pages(form, paper, number, company.trim())).collect();
    let moved = if overlay || paper.once { Offset::of(&headers).classes() } else { String::new() };
    let body = html! {
        div.print-bar {
            a.button href={ "/cases/" (page.case.id) } { (t("返回")) } " "
            span { (crate::t!("{0} 张空白单，{1} 页", numbers.len(), sheets.len())) } " "
            a href="/forms/setup" { (t("打印设置")) } " "
            button.main data-print data-key="F9" { (icon(lucide::LuPrinter)) (t("打印")) " " kbd { "F9" } }
        }
        div.overlay[overlay] { div class=(moved) { @for sheet in &sheets { (sheet) } } }
    };
    let title = said(&form.title, Some(&form.title_en));
    Ok(Fragment(Page::new(&title, Frame::Paper, body).render()).into_response())
}

/// The sheets of one blank slip: nothing stands in it but its number.
fn pages(form: &FormType, paper: sheet::Paper, number: &str, company: &str) -> Vec<Markup> {
    let blank = |cell: &office::form::Cell| if cell.from == "number" { number.to_owned() } else { String::new() };
    let sheets = sheet::sheets(form, paper, false, blank);
    let boxes: Vec<(String, Markup, String)> = form
        .signatures
        .iter()
        .map(|place| (said(&place.label, office::form::label_en(&place.label)).into_owned(), html! {}, String::new()))
        .collect();
    let copies: Vec<Option<Copy>> = match paper.once {
        true => vec![None],
        false => form
            .copies
            .iter()
            .map(|copy| {
                let label = said(&copy.label, office::form::label_en(&copy.label)).into_owned();
                Some(Copy { label, holder: String::new() })
            })
            .collect(),
    };
    let count = u16::try_from(sheets.len()).unwrap_or(u16::MAX);
    let mut pages = Vec::new();
    for copy in &copies {
        for (n, laid) in (1u16..).zip(&sheets) {
            pages.push(
                Sheet {
                    size: paper.size,
                    company,
                    title: &said(&form.title, Some(&form.title_en)),
                    code: if n > 1 { t("续页") } else { t("备用") },
                    number,
                    copy: copy.as_ref(),
                    rows: html! { (sheet::rows(&laid.lines)) @if laid.signed { (sheet::signatures(&boxes)) } },
                    foot: "",
                    qr: Some(number),
                    page: (n, count),
                    void: false,
                }
                .render(),
            );
        }
    }
    pages
}
