//! Routes that every server has (公共路由): built-in files, the choice of language and appearance, the offline page.

use axum::Form;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use maud::html;
use serde::Deserialize;

use crate::assets;
use crate::language::{Language, t, zh};
use crate::page::{Appearance, Frame, Page};
use crate::routes::Route;
use crate::security::guard::Way;
use crate::security::{Permission, cookies};

/// The registry of these routes.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Vec<Route<S>> {
    use axum::http::Method;
    let open = Permission::Anyone;
    let show = |path, title, handler| Route { method: Method::GET, path, permission: open, title, handler };
    vec![
        show("/assets/{name}", zh("样式、脚本与图标"), || get(assets::show)),
        show("/favicon.ico", zh("图标"), || get(assets::favicon)),
        show("/manifest.webmanifest", zh("手机桌面清单"), || get(assets::manifest)),
        show("/offline.js", zh("离线脚本"), || get(assets::offline)),
        show("/offline", zh("离线页"), || get(offline)),
        Route {
            method: Method::POST,
            path: "/preferences",
            permission: open,
            title: zh("选择语言与外观"),
            handler: || post(prefer),
        },
    ]
}

/// `POST /preferences`: one choice, and where to go back to.
#[derive(Deserialize)]
struct Preference {
    language: Option<String>,
    appearance: Option<String>,
    back: Option<String>,
}

async fn prefer(way: Way, Form(form): Form<Preference>) -> Response {
    let mut headers = HeaderMap::new();
    if let Some(language) = form.language.as_deref().and_then(Language::of_tag) {
        headers.append(header::SET_COOKIE, cookies::choice(cookies::LANGUAGE, language.tag(), way.https));
    }
    if form.appearance.is_some() {
        let appearance = Appearance::of_word(form.appearance.as_deref());
        headers.append(header::SET_COOKIE, cookies::choice(cookies::APPEARANCE, appearance.word(), way.https));
    }
    let back = local(form.back.as_deref().unwrap_or("/"));
    (StatusCode::SEE_OTHER, headers, [(header::LOCATION, back.to_owned())]).into_response()
}

/// A path of this server to go back to; anything that could lead elsewhere is the home page.
pub fn local(path: &str) -> &str {
    let safe =
        path.starts_with('/') && !path.starts_with("//") && path.bytes().all(|c| c.is_ascii_graphic() && c != b'\\');
    if safe { path } else { "/" }
}

/// What the service worker shows for a page that it does not hold.
async fn offline() -> Response {
    let body = html! {
        p { (t("这一页没有存在手机里。已经做过的步骤仍在排队，有网络时自动上传。")) }
        p.ways { a.button.main href="/jobs" { (t("回我的任务")) } }
    };
    let mut response = Page::new(t("没有网络"), Frame::Bare, body).into_response();
    let keep = header::HeaderValue::from_static("no-cache");
    response.headers_mut().insert(header::CACHE_CONTROL, keep);
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_goes_back_only_to_our_own_pages() {
        assert_eq!(local("/cases/12?tab=papers"), "/cases/12?tab=papers");
        for path in ["//evil.example", "https://evil.example", "/\\evil.example", "", "/a\r\nb", "javascript:x"] {
            assert_eq!(local(path), "/", "{path}");
        }
    }
}
