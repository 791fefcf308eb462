//! A photo of a job (照片): only those that stand in the case.

use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};

use crate::page::wrong;
use crate::security::Fault;
use crate::state::Here;

/// `GET /jobs/{id}/photos/{hash}`.
pub async fn show(here: Here, Path((id, hash)): Path<(String, String)>) -> Result<Response, Fault> {
    let case = here.house().case(here.site, id).await.map_err(|fault| Fault::new("读取事项", fault))?;
    let Some(kept) = case.and_then(|case| case.attachments.into_iter().find(|it| it.hash == hash)) else {
        return Ok(wrong::not_found());
    };
    let shelf = here.web.attachments.clone();
    let bytes = tokio::task::spawn_blocking(move || shelf.get(&hash));
    let bytes = bytes.await.map_err(|fault| Fault::new("读取照片", fault))?;
    let Some(bytes) = bytes.map_err(|fault| Fault::new("读取照片", fault))? else { return Ok(wrong::not_found()) };
    // Named by its content, so it never changes; private, because it shows someone's home.
    let headers = [
        (header::CONTENT_TYPE, kept.media),
        (header::CACHE_CONTROL, "private, max-age=31536000, immutable".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}
