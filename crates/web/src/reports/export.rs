//! The figures as a workbook (导出): made by the courier, said in the language of the page.

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use journal::reads::Statistics;
use office::stretch::Stretch;

use crate::language::said;
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
