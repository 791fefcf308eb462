//! A posted form with uploads (带附件的表单): fields as filled in, files as they came.

use std::sync::Arc;

use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header;
use axum::response::Response;
use courier::attachment::Shelf;
use journal::kept::drafts::Draft;
use office::Refusal;
use office::event::Attachment;

use super::{Filled, wrong};
use crate::security::Fault;
use crate::security::upload::{self, Unfit};
use crate::state::Here;

/// A file as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    /// The name that the sender's machine gave it; only ever shown.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A posted form, sent with or without files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Posted {
    /// The fields.
    pub filled: Filled,
    /// The files; a file field left empty is none.
    pub uploads: Vec<Upload>,
}

/// Files of one form at most.
const FILES_MAX: usize = 12;

impl<S: Send + Sync> FromRequest<S> for Posted {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Posted, Response> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok());
        if !kind.is_some_and(|it| it.starts_with("multipart/form-data")) {
            let filled = Filled::from_request(request, state).await?;
            return Ok(Posted { filled, uploads: Vec::new() });
        }
        let mut parts = Multipart::from_request(request, state).await.map_err(wrong::unreadable)?;
        let mut posted = Posted::default();
        while let Some(part) = parts.next_field().await.map_err(wrong::unreadable)? {
            let name = part.name().unwrap_or_default().to_owned();
            match part.file_name().map(str::to_owned) {
                Some(file) => {
                    let bytes = part.bytes().await.map_err(wrong::unreadable)?;
                    if !bytes.is_empty() && posted.uploads.len() < FILES_MAX {
                        let name: String = file.chars().filter(|c| !c.is_control()).take(80).collect();
                        posted.uploads.push(Upload { name, bytes: bytes.to_vec() });
                    }
                }
                None => {
                    let value = part.text().await.map_err(wrong::unreadable)?;
                    posted.filled.0.push((name, value));
                }
            }
        }
        Ok(posted)
    }
}

impl Posted {
    /// Puts the files on the shelf, with those that an earlier try of the same form left there (field `kept`, `hash name`):
    /// only the sender's own, so that nobody attaches what another site has. A file that is neither picture nor PDF, or too
    /// large, is refused by name; nothing is lost of the others.
    pub async fn attachments(&self, here: &Here) -> Result<(Vec<Attachment>, Option<Refusal>), Fault> {
        let shelf = &here.web.attachments;
        let mut kept = Vec::new();
        for line in self.filled.all("kept") {
            let (hash, name) = line.split_once(' ').unwrap_or((line.as_str(), ""));
            if !is_own_upload(here, hash).await? {
                continue;
            }
            if let Some(one) = again(shelf.clone(), hash.to_owned(), name.to_owned()).await? {
                kept.push(one);
            }
        }
        let mut refusal = None;
        for file in &self.uploads {
            match upload::sniff(&file.bytes) {
                Ok(kind) => {
                    let one = put(shelf.clone(), file.clone(), kind.media_type()).await?;
                    note_upload(here, &one.hash).await?;
                    kept.push(one);
                }
                Err(unfit) => refusal = Some(not_taken(&file.name, unfit)),
            }
        }
        Ok((kept, refusal))
    }
}

/// The form under which it is kept who put which file on the shelf; swept like any draft.
const UPLOAD: &str = "upload";

async fn note_upload(here: &Here, hash: &str) -> Result<(), Fault> {
    let draft = Draft {
        account: here.actor.account.clone(),
        form: UPLOAD.into(),
        subject: format!("{} {hash}", here.site),
        body: String::new(),
        at: here.now,
    };
    here.house().store().put_draft(draft).await.map_err(|fault| Fault::new("记下附件", fault))
}

async fn is_own_upload(here: &Here, hash: &str) -> Result<bool, Fault> {
    let subject = format!("{} {hash}", here.site);
    let kept = here.house().store().draft(&here.actor.account, UPLOAD, &subject).await;
    Ok(kept.map_err(|fault| Fault::new("查找附件", fault))?.is_some())
}

fn not_taken(name: &str, unfit: Unfit) -> Refusal {
    let why = match unfit {
        Unfit::Empty => format!("“{name}”是空的"),
        Unfit::Large => format!("“{name}”超过 {} MB", upload::BYTES_MAX >> 20),
        Unfit::Unknown => format!("“{name}”不是图片，也不是 PDF"),
    };
    Refusal::new("附件没有收下", why, "请换一张 JPEG、PNG、WebP 图片或 PDF。").at("upload")
}

async fn put(shelf: Arc<Shelf>, file: Upload, media: &'static str) -> Result<Attachment, Fault> {
    let work = tokio::task::spawn_blocking(move || shelf.put(&file.name, media, &file.bytes));
    let done = work.await.map_err(|fault| Fault::new("保存附件", fault))?;
    done.map_err(|fault| Fault::new("保存附件", fault))
}

async fn again(shelf: Arc<Shelf>, hash: String, name: String) -> Result<Option<Attachment>, Fault> {
    let bytes = read(shelf, hash.clone()).await?;
    Ok(bytes.and_then(|bytes| {
        let media = upload::sniff(&bytes).ok()?.media_type().to_owned();
        Some(Attachment { hash, name: name.chars().take(80).collect(), media, size: bytes.len() as u64 })
    }))
}

/// The bytes of a hash on the shelf; none when they are not there.
pub async fn read(shelf: Arc<Shelf>, hash: String) -> Result<Option<Vec<u8>>, Fault> {
    let work = tokio::task::spawn_blocking(move || shelf.get(&hash));
    let done = work.await.map_err(|fault| Fault::new("读取附件", fault))?;
    done.map_err(|fault| Fault::new("读取附件", fault))
}
