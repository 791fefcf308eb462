//! The figures as a workbook or a PDF (导出): made by the courier, said in the language of the page.

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use courier::pdf::{Look, Paper};
use journal::reads::Statistics;
use office::statistics_report as report;
use office::stretch::Stretch;

use crate::language::said;
use crate::page::pdf;
use crate::security::Fault;
use crate::state::Here;

/// The workbook of a period, signed for by those who wrote, reviewed and approved its report.
pub async fn answer(here: &Here, stood: &Statistics, of: &Stretch) -> Result<Response, Fault> {
    let laws = here.house().laws();
    let law = here.house().law(here.site).await.map_err(|fault| Fault::new("读取规程", fault))?;
    let signed = here.house().report_signed(here.site, of).await.map_err(|fault| Fault::new("读取统计报告", fault))?;
    let say = |words: &str| said(words, None).into_owned();
    let book = courier::report::workbook(laws, law.office_setting("小区名称"), (stood, of), &signed, &say);
    let book = book.map_err(|fault| Fault::new("导出工作簿", fault))?;
    let mut response = book.into_response();
    let disposition = HeaderValue::from_str(&format!("attachment; filename=\"report-{}.xlsx\"", of.key()));
    let disposition = disposition.map_err(|fault| Fault::new("导出工作簿", fault))?;
    let media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(media));
    response.headers_mut().insert(header::CONTENT_DISPOSITION, disposition);
    Ok(response)
}

/// The report of a period as PDF, on A4 lying across: its text, once somebody wrote one, and the figures.
pub async fn paper(here: &Here, stood: &Statistics, of: &Stretch) -> Result<Response, Fault> {
    let fault = |fault| Fault::new("读取统计报告", fault);
    let laws = here.house().laws();
    let law = here.house().law(here.site).await.map_err(fault)?;
    let signed = here.house().report_signed(here.site, of).await.map_err(fault)?;
    let record = here.house().case(here.site, report::record_of(of)).await.map_err(fault)?;
    let text = record.and_then(|it| it.attributes.get(report::TEXT).cloned()).unwrap_or_default();
    let say = |words: &str| said(words, None).into_owned();
    let site = law.office_setting("小区名称");
    let blocks = courier::report::blocks(laws, site, (stood, of), (&text, &signed), &say);
    let title = format!("{site} {}", of.words());
    let head = [law.office_setting("公司名称").to_owned(), title.clone()];
    let look = Look { title, head, paper: Paper::A4Across, made: Some(here.now), ..pdf::look() };
    pdf::answer(here, &format!("report-{}", of.key()), look, blocks).await
}
