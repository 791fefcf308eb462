//! `GET /forms/{number}/print`: a form on paper, one page a copy on A4 and A5, once on multi-part paper; and its note of printing.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use office::form::{self, FormType};

use super::content::Content;
use crate::components::paper::{self, Sheet, Size};
use crate::components::refusal;
use crate::language::{said, t};
use crate::page::{Frame, Page, wrong};
use crate::security::Fault;
use crate::state::Here;

/// The paper of the site's setting.
fn size(setting: &str) -> Size {
    match setting {
        "A5" => Size::A5,
        "241×279.4" => Size::Multi,
        "241×139.7" => Size::MultiHalf,
        "241×93.1" => Size::MultiThird,
        _ => Size::A4,
    }
}

/// Tenths of a millimetre that the grid may take, signatures and foot left out.
fn room(size: Size) -> i64 {
    match size {
        Size::A4 | Size::Multi => 2_000,
        Size::A5 => 820,
        Size::MultiHalf => 780,
        Size::MultiThird => 450,
    }
}

/// The print page.
pub(super) async fn show(here: Here, Path(number): Path<String>) -> Result<Response, Fault> {
    let read = |what: &'static str| move |fault: journal::Fault| Fault::new(what, fault);
    let found = here.house().form_of(here.site, number.clone()).await.map_err(read("查找单据"))?;
    let Some((id, form_id)) = found else { return Ok(wrong::not_found()) };
    let case = here.house().case(here.site, id).await.map_err(read("读取事项"))?;
    let (Some(case), Some(form)) = (case, form::find(&form_id)) else { return Ok(wrong::not_found()) };
    let settings = here.house().settings(here.site).await.map_err(read("读取设置"))?;
    let setting = |name: &str| settings.iter().find(|row| row.name == name).map_or("", |row| row.value.as_str());
    let names = here.names().await?;
    let assignee = case.assignee.as_ref().and_then(|account| names.get(account)).cloned().unwrap_or_default();
    let content = Content { case: &case, laws: here.house().laws(), assignee };
    let issued = case.forms.iter().find(|it| it.number == number);
    let company = [setting("公司名称"), setting("小区名称")].join(" ");
    let size = size(setting("打印纸"));
    let grid = grid(form, &content, size);
    let once = !matches!(size, Size::A4 | Size::A5);
    let sheets = form.copies.iter().take(if once { 1 } else { form.copies.len() }).map(|copy| {
        let (label, holder) = copy.label.split_once(' ').unwrap_or((copy.label.as_str(), ""));
        let told = paper::Copy { label: label.to_owned(), holder: holder.to_owned() };
        Sheet {
            size,
            company: company.trim(),
            title: &said(&form.title, Some(&form.title_en)),
            code: "",
            number: &number,
            copy: Some(&told),
            rows: grid.clone(),
            foot: "",
            qr: Some(&number),
            page: (1, 1),
            void: issued.is_some_and(|it| it.void),
        }
        .render()
    });
    let back = format!("/cases/{}", case.id);
    let body = html! {
        div class=[(setting("套打") == "是").then_some("overlay")] {
            (paper::print_bar(&back, &crate::t!("{0}，已打印 {1} 次", number, issued.map_or(0, |it| it.printed))))
            form.print-bar method="post" action={ "/forms/" (number) "/printed" } {
                span { (t("打印之后请登记，补打的份数就有据可查。")) }
                button { (t("登记打印")) }
            }
            @for sheet in sheets { (sheet) }
        }
    };
    Ok(Page::new(&number, Frame::Paper, body).into_response())
}

/// Notes that it was printed.
pub(super) async fn printed(here: Here, Path(number): Path<String>) -> Result<Response, Fault> {
    let found = here.house().form_of(here.site, number.clone()).await.map_err(|fault| Fault::new("查找单据", fault))?;
    let Some((case, form)) = found else { return Ok(wrong::not_found()) };
    let sent = here.sent(None)?;
    let done = here.house().form_printed(sent, case, form, number.clone()).await;
    match done.map_err(|fault| Fault::new("登记打印", fault))? {
        Ok(_) => Ok(Redirect::to(&format!("/forms/{number}/print")).into_response()),
        Err(refused) => {
            let page = Page::new(t("登记打印"), Frame::Bare, refusal::refusal(&refused));
            Ok(refusal::refused(page, &refused))
        }
    }
}

/// The ruled grid, its heights pressed together when the paper is small.
fn grid(form: &FormType, content: &Content<'_>, size: Size) -> Markup {
    let whole: i64 = form.rows.iter().map(|row| row.height).sum();
    let room = room(size);
    let height = |tenths: i64| {
        let fitted = if whole > room { tenths * room / whole } else { tenths };
        u8::try_from((fitted / 25).clamp(2, 24)).unwrap_or(2)
    };
    html! {
        @for row in &form.rows {
            (paper::row(height(row.height), html! {
                @for cell in &row.cells {
                    (paper::cell(&cell.label, html! { (content.text(&cell.from)) }, u8::try_from(cell.columns).unwrap_or(12)))
                }
            }))
        }
        (paper::row(height(160).max(4), html! {
            @for (at, sign) in form.signatures.iter().enumerate() {
                @let (signature, moment) = content.signature(&sign.from);
                (paper::sign_box(&sign.label, signature, &moment, span(form.signatures.len(), at)))
            }
        }))
    }
}

/// Columns of twelve for box `at` of `count`.
fn span(count: usize, at: usize) -> u8 {
    let each = 12 / count.max(1);
    let rest = if at + 1 == count { 12 - each * count } else { 0 };
    u8::try_from(each + rest).unwrap_or(12)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_fill_twelve_columns() {
        for count in 1..=4 {
            let whole: u8 = (0..count).map(|at| span(count, at)).sum();
            assert_eq!(whole, 12, "{count}");
        }
    }

    #[test]
    fn every_form_fits_the_smallest_paper() {
        for form in form::all() {
            let whole: i64 = form.rows.iter().map(|row| row.height).sum();
            let rows: i64 = form.rows.iter().map(|row| (row.height * room(Size::MultiThird) / whole / 25).max(2) * 25).sum();
            assert!(rows <= 480, "{} needs {rows} tenths of a millimetre", form.id);
        }
    }
}
