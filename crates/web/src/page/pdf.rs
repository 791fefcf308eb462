//! A file as PDF (归档件): made by the courier from blocks, on a thread of its own; a clear refusal where the machine has no font for it.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use courier::pdf::{self, Block, Look, NoFont, PACKAGE, Pdf, Problem};
use maud::html;

use super::wrong::three_parts;
use crate::language::{self, t};
use crate::security::Fault;
use crate::state::Here;

/// A look in the language of the request; whoever writes the file adds title and head.
pub fn look() -> Look {
    Look {
        language: language::current().tag().to_owned(),
        numbering: crate::t!("第 {0} 页 共 {1} 页", "{n}", "{m}"),
        ..Look::default()
    }
}

/// Makes the file; the refusal is the answer where there is no font.
pub async fn make(here: &Here, look: Look, blocks: Vec<Block>) -> Result<Result<Pdf, Response>, Fault> {
    let finder = here.web.fonts.clone();
    let work =
        tokio::task::spawn_blocking(move || -> Result<Pdf, Problem> { pdf::write(&*finder.get()?, look, &blocks) });
    match work.await.map_err(|fault| Fault::new("做 PDF", fault))? {
        Ok(pdf) => Ok(Ok(pdf)),
        Err(Problem::NoFont(no)) => Ok(Err(without(&no))),
        Err(fault) => Err(Fault::new("做 PDF", fault)),
    }
}

/// The answer with a file of these blocks, shown in the browser and saved under this name.
pub async fn answer(here: &Here, stem: &str, look: Look, blocks: Vec<Block>) -> Result<Response, Fault> {
    let pdf = match make(here, look, blocks).await? {
        Ok(pdf) => pdf,
        Err(refusal) => return Ok(refusal),
    };
    let mut response = pdf.bytes.into_response();
    let disposition = HeaderValue::from_str(&format!("inline; filename=\"{stem}.pdf\""));
    let disposition = disposition.map_err(|fault| Fault::new("做 PDF", fault))?;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/pdf"));
    headers.insert(header::CONTENT_DISPOSITION, disposition);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    Ok(response)
}

/// What to do where the machine has no font.
fn without(no: &NoFont) -> Response {
    let why = match &no.named {
        Some(path) => crate::t!("配置写的字体文件 {} 不在，或者不是中文字体。", path.display()),
        None => t("这台服务器上没有找到中文字体，做不了 PDF 归档件。").to_owned(),
    };
    let next = html! {
        span { (crate::t!("请管理员在服务器上安装中文字体（Debian、Ubuntu：apt install {}），或在配置里用 font 写明字体文件，然后重试。", PACKAGE)) }
        " " (t("用浏览器打印照常可用。"))
    };
    three_parts(StatusCode::SERVICE_UNAVAILABLE, t("没有做成 PDF"), &why, next)
}
