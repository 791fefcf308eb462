//! What a phone posts (提交): fields, photos, how long it waited for the network, and whether it wants a page or an answer
//! in JSON.

use axum::Form;
use axum::body::Bytes;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use calendar::Moment;
use office::Refusal;
use office::event::{Attachment, Signature, SignatureWay};
use office::money;

use crate::components::marks::is_drawn_path;
use crate::page::{Filled, wrong};
use crate::security::{Fault, upload};
use crate::state::{Here, Web};

/// Photos of one step at most.
const PHOTOS_MAX: usize = 9;
/// Bytes of one step with its photos at most.
pub const BYTES_MAX: usize = 32 * 1024 * 1024;
/// A step may wait this long for the network; a longer claim is cut to it. Milliseconds.
const WAITED_MAX: i64 = 90 * 86_400_000;
/// Below this a step counts as done on line. Milliseconds.
const WAITED_MIN: i64 = 60_000;

/// A posted step.
pub struct Posted {
    /// The fields.
    pub fields: Filled,
    /// Photos: name and bytes.
    pub photos: Vec<(String, Bytes)>,
    /// Milliseconds between the tap and this request, by the phone's own clock.
    waited: i64,
    /// The sender wants JSON.
    pub json: bool,
}

impl FromRequest<Web> for Posted {
    type Rejection = Response;

    async fn from_request(request: Request, web: &Web) -> Result<Posted, Response> {
        let text = |headers: &HeaderMap, name: &str| {
            headers.get(name).and_then(|it| it.to_str().ok()).unwrap_or_default().to_owned()
        };
        let headers = request.headers();
        let json = text(headers, "accept").starts_with("application/json");
        let waited = text(headers, "x-waited").parse::<i64>().unwrap_or(0).clamp(0, WAITED_MAX);
        let parted = text(headers, header::CONTENT_TYPE.as_str()).starts_with("multipart/form-data");
        let (mut fields, mut photos) = (Filled::default(), Vec::new());
        if parted {
            let mut parts = Multipart::from_request(request, web).await.map_err(wrong::unreadable)?;
            while let Some(part) = parts.next_field().await.map_err(wrong::unreadable)? {
                let name = part.name().unwrap_or_default().to_owned();
                match part.file_name().map(str::to_owned) {
                    Some(file) => {
                        let bytes = part.bytes().await.map_err(wrong::unreadable)?;
                        // A browser sends an empty part for a file field in which nothing was chosen.
                        if !bytes.is_empty() {
                            photos.push((file, bytes));
                        }
                    }
                    None => fields.0.push((name, part.text().await.map_err(wrong::unreadable)?)),
                }
            }
        } else {
            let form = Form::<Vec<(String, String)>>::from_request(request, web).await;
            fields = Filled(form.map_err(wrong::unreadable)?.0);
        }
        Ok(Posted { fields, photos, waited, json })
    }
}

impl Posted {
    /// When the step was done, if it waited for the network; none when it was done just now.
    pub fn happened(&self, now: Moment) -> Option<Moment> {
        (self.waited >= WAITED_MIN).then(|| now.plus_micros(-self.waited * 1_000))
    }

    /// Keeps the photos. Refused: too many, too large, or no picture.
    pub async fn keep_photos(&self, here: &Here) -> Result<Result<Vec<Attachment>, Refusal>, Fault> {
        let what = "没有记下";
        if self.photos.len() > PHOTOS_MAX {
            let why = format!("一次最多 {PHOTOS_MAX} 张照片");
            return Ok(Err(Refusal::new(what, why, "请少选几张，其余的用补记再传。").at("photo")));
        }
        let mut fit = Vec::new();
        for (name, bytes) in &self.photos {
            match upload::sniff(bytes) {
                Ok(kind) => fit.push((short(name), kind.media_type(), bytes.clone())),
                Err(upload::Unfit::Large) => {
                    return Ok(Err(Refusal::new(what, "照片太大", "请重拍，或在相册里缩小后再传。").at("photo")));
                }
                Err(_) => {
                    let why = "有一个文件不是照片";
                    return Ok(Err(Refusal::new(what, why, "请选 JPEG、PNG、WebP 照片或 PDF。").at("photo")));
                }
            }
        }
        let shelf = here.web.attachments.clone();
        let kept = tokio::task::spawn_blocking(move || {
            fit.iter().map(|(name, media, bytes)| shelf.put(name, media, bytes)).collect::<Result<Vec<_>, _>>()
        });
        let kept = kept.await.map_err(|fault| Fault::new("保存照片", fault))?;
        Ok(Ok(kept.map_err(|fault| Fault::new("保存照片", fault))?))
    }

    /// The customer's signature: drawn on the screen, or on paper when that is ticked. Refused: strokes that are none.
    pub fn signature(&self) -> Result<Option<Signature>, Refusal> {
        signature(&self.fields)
    }
}

/// The customer's signature of a form: fields `signature` (strokes), `paper`, `signer`.
pub fn signature(fields: &Filled) -> Result<Option<Signature>, Refusal> {
    let (path, signer) = (fields.get("signature"), fields.get("signer"));
    let way = match (path.is_empty(), fields.get("paper") == "yes") {
        (false, _) => SignatureWay::Drawn,
        (true, true) => SignatureWay::Paper,
        (true, false) => return Ok(None),
    };
    if way == SignatureWay::Drawn && !is_drawn_path(path) {
        return Err(Refusal::new("没有记下", "屏幕上的签名不完整", "请重签一次，或勾选纸上已签。").at("signature"));
    }
    let name = if signer.is_empty() { "业主".to_owned() } else { signer.to_owned() };
    Ok(Some(Signature { name, post: "resident".into(), way, path: path.to_owned() }))
}

/// The answer to a script: done, or refused with its three parts.
pub fn told(done: &Result<(), Refusal>) -> Response {
    match done {
        Ok(()) => axum::Json(serde_json::json!({ "fate": "done" })).into_response(),
        Err(refusal) => {
            let because: Vec<_> = refusal
                .because
                .iter()
                .map(|reason| {
                    let clause = reason.clause.as_ref().map(|it| format!("{}/{}", it.book, it.id));
                    serde_json::json!({ "text": reason.text, "clause": clause })
                })
                .collect();
            let body = serde_json::json!({
                "fate": "refused", "what": refusal.what, "because": because, "next": refusal.next,
                "field": refusal.field,
            });
            (StatusCode::UNPROCESSABLE_ENTITY, axum::Json(body)).into_response()
        }
    }
}

/// A file's name without folders, at most 60 characters.
fn short(name: &str) -> String {
    name.rsplit(['/', '\\']).next().unwrap_or_default().chars().take(60).collect()
}

/// An amount typed in yuan as fen. None when it is no amount.
pub fn fen(typed: &str) -> Option<i64> {
    money::fen(typed, 8)
}

/// Fen of an attribute as one types them; empty when it holds none.
pub fn yuan(fen: &str) -> String {
    fen.parse().map(money::short).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_typed_in_yuan() {
        assert_eq!(fen("50"), Some(5000));
        assert_eq!(fen("50.5"), Some(5050));
        assert_eq!(fen(" 0.05 "), Some(5));
        for odd in ["", "-1", "1.234", "五十", "1e3", ".", "1 0", "123456789"] {
            assert_eq!(fen(odd), None, "{odd}");
        }
        assert_eq!((yuan("5000"), yuan("5005"), yuan("")), ("50".into(), "50.05".into(), String::new()));
    }

    #[test]
    fn only_strokes_or_paper_are_a_signature() {
        let form = |pairs: &[(&str, &str)]| {
            Filled(pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect())
        };
        assert_eq!(signature(&form(&[("signature", "")])), Ok(None));
        let drawn = signature(&form(&[("signature", "M1 2L3 4"), ("signer", "单晓演")])).expect("strokes");
        assert_eq!(drawn.map(|it| (it.way, it.name)), Some((SignatureWay::Drawn, "单晓演".to_owned())));
        let paper = signature(&form(&[("paper", "yes")])).expect("paper");
        assert_eq!(paper.map(|it| it.way), Some(SignatureWay::Paper));
        assert!(signature(&form(&[("signature", "<svg>")])).is_err());
    }
}
