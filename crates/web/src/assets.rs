//! Files that a page needs (静态文件): built in, named after their content, so that browsers keep them for a year.

use std::io::Write;
use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::page::wrong;
use crate::{script, theme};

/// One built-in file.
pub struct Asset {
    /// The address with the hash of the content: `/assets/sheet-3f2a….css`.
    pub path: String,
    media_type: &'static str,
    plain: Vec<u8>,
    packed: Vec<u8>,
}

impl Asset {
    fn new(stem: &str, ending: &str, media_type: &'static str, plain: &[u8]) -> Asset {
        let hash = blake3::hash(plain).to_hex();
        let packed = gzip(plain);
        Asset { path: format!("/assets/{stem}-{}.{ending}", &hash[..12]), media_type, plain: plain.to_vec(), packed }
    }

    /// Bytes that travel at the first visit.
    pub fn packed_bytes(&self) -> usize {
        self.packed.len()
    }

    /// The content, packed where the browser takes it.
    pub fn answer(&self, request: &HeaderMap) -> Response {
        let packs = request.get(header::ACCEPT_ENCODING).and_then(|it| it.to_str().ok());
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.media_type));
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        if packs.is_some_and(|it| it.contains("gzip")) {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
            (headers, self.packed.clone()).into_response()
        } else {
            (headers, self.plain.clone()).into_response()
        }
    }
}

/// The stylesheet of all pages.
pub static SHEET: LazyLock<Asset> = LazyLock::new(|| Asset::new("sheet", "css", CSS, theme::SHEET.as_bytes()));
/// The stylesheet of printed forms.
pub static PAPER: LazyLock<Asset> = LazyLock::new(|| Asset::new("paper", "css", CSS, theme::PAPER.as_bytes()));
/// The script of all pages.
pub static SCRIPT: LazyLock<Asset> = LazyLock::new(|| Asset::new("page", "js", JS, script::PAGE.as_bytes()));
/// The sign of the product: two nested squares, the character 回 and a wave with its echo.
pub static SIGN: LazyLock<Asset> = LazyLock::new(|| Asset::new("sign", "svg", SVG, SIGN_SVG.as_bytes()));
/// The service worker, which keeps its one address.
pub static OFFLINE: LazyLock<Asset> = LazyLock::new(|| Asset::new("offline", "js", JS, script::OFFLINE.as_bytes()));

const CSS: &str = "text/css; charset=utf-8";
const JS: &str = "text/javascript; charset=utf-8";
const SVG: &str = "image/svg+xml";

const SIGN_SVG: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">
<rect width="64" height="64" rx="12" fill="#1f5673"/>
<rect x="12" y="12" width="40" height="40" rx="5" fill="none" stroke="#faf9f6" stroke-width="5"/>
<rect x="24" y="24" width="16" height="16" rx="2" fill="none" stroke="#faf9f6" stroke-width="5"/></svg>"##;

/// `GET /assets/{name}`: a file that keeps for ever under its name.
pub async fn show(Path(name): Path<String>, request: HeaderMap) -> Response {
    let all = [&SHEET, &PAPER, &SCRIPT, &SIGN];
    let Some(asset) = all.into_iter().find(|it| it.path.rsplit('/').next() == Some(name.as_str())) else {
        return wrong::not_found();
    };
    let mut response = asset.answer(&request);
    let forever = HeaderValue::from_static("public, max-age=31536000, immutable");
    response.headers_mut().insert(header::CACHE_CONTROL, forever);
    response
}

/// `GET /offline.js`: the service worker; the browser asks each time whether it is still the same.
pub async fn offline(request: HeaderMap) -> Response {
    let tag = format!("\"{}\"", OFFLINE.path);
    if request.get(header::IF_NONE_MATCH).is_some_and(|it| it.as_bytes() == tag.as_bytes()) {
        return axum::http::StatusCode::NOT_MODIFIED.into_response();
    }
    let mut response = OFFLINE.answer(&request);
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert(header::ETAG, HeaderValue::from_str(&tag).expect("the tag is a path of ASCII letters"));
    response
}

/// `GET /favicon.ico`, which browsers ask for unbidden.
pub async fn favicon(request: HeaderMap) -> Response {
    let mut response = SIGN.answer(&request);
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=86400"));
    response
}

/// `GET /manifest.webmanifest`: what a phone needs to put the pages on its home screen.
pub async fn manifest() -> Response {
    let manifest = serde_json::json!({
        "name": "回音 Huiyin", "short_name": "回音", "lang": "zh-CN", "start_url": "/", "scope": "/",
        "display": "standalone", "background_color": "#faf9f6", "theme_color": "#faf9f6",
        "icons": [{ "src": SIGN.path, "sizes": "any", "type": SVG, "purpose": "any" }],
    });
    let headers =
        [(header::CONTENT_TYPE, "application/manifest+json"), (header::CACHE_CONTROL, "public, max-age=86400")];
    (headers, manifest.to_string()).into_response()
}

/// Packs bytes as small as gzip can: done once per file at the first visit.
pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::best());
    packer.write_all(bytes).and_then(|()| packer.finish()).expect("writing to memory does not fail")
}
