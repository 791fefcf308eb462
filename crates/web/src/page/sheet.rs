//! A list as it leaves (导出): CSV that Excel opens in Chinese, or a workbook.

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};

use crate::security::Fault;

/// The answer with a whole list under its heading; any `kind` but `xlsx` is CSV. `stem` is the file's name without its end.
pub fn answer(kind: &str, title: &str, stem: &str, head: &[&str], lines: &[Vec<String>]) -> Result<Response, Fault> {
    let (bytes, media, end) = match kind {
        "xlsx" => {
            let book = courier::table::workbook(title, head, lines);
            let book = book.map_err(|fault| Fault::new("导出工作簿", fault))?;
            (book, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx")
        }
        _ => (courier::table::csv(head, lines), "text/csv; charset=utf-8", "csv"),
    };
    let mut response = bytes.into_response();
    let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{stem}.{end}\""));
    let disposition = disposition.map_err(|fault| Fault::new("导出清单", fault))?;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(media));
    response.headers_mut().insert(header::CONTENT_DISPOSITION, disposition);
    Ok(response)
}
