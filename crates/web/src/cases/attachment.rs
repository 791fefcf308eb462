//! An attachment as it is kept (附件): only pictures and PDF, said so by their content.

use axum::extract::Path;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};

use crate::page::{read_attachment, wrong};
use crate::security::{Fault, upload};
use crate::state::Here;

/// `GET /attachments/{hash}`. The hash is the content's own, so it never changes under its address. Only what stands in the
/// journal of the reader's site is shown.
pub async fn show(here: Here, Path(hash): Path<String>) -> Result<Response, Fault> {
    let stands = here.house().has_attachment(here.site, hash.clone()).await;
    if !stands.map_err(|fault| Fault::new("查找附件", fault))? {
        return Ok(wrong::not_found());
    }
    let Some(bytes) = read_attachment(here.web.attachments.clone(), hash).await? else {
        return Ok(wrong::not_found());
    };
    let Ok(kind) = upload::sniff(&bytes) else { return Ok(wrong::not_found()) };
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind.media_type()));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=86400"));
    Ok(response)
}
