//! The certificate of the local authority (安装证书), for phones that need https to work without signal and to use the camera.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::html;

use crate::components::qr::qr;
use crate::language::t;
use crate::page::{Frame, Page, wrong};
use crate::security::guard::Way;
use crate::state::Web;

/// `GET /tls`.
pub async fn show(State(web): State<Web>, way: Way, headers: HeaderMap) -> Response {
    let address = host(&headers).map(|host| format!("{}://{host}/tls", if way.https { "https" } else { "http" }));
    let body = html! {
        @if web.authority.is_some() {
            p { (t("手机装上本单位的证书以后，没有信号也能做任务，还能用相机扫码。每台手机装一次。")) }
            ol.steps-words {
                li { (t("用手机浏览器打开本页，或扫下面的二维码。")) }
                li { (t("下载证书并打开。iPhone 还要到 设置 → 通用 → 关于本机 → 证书信任设置 里打开信任。")) }
                li { (t("Android 在 设置 → 安全 → 加密与凭据 → 安装 CA 证书 里选择这个文件。")) }
                li { (t("以后用 https 开头的网址打开本系统。")) }
            }
            p.ways { a.button.main href="/tls/authority.crt" { (t("下载证书")) } }
            @if let Some(address) = address { (qr(&address, &address)) }
        } @else {
            p { (t("本机还没有证书。请管理员在服务器上运行 huiyin tls init，然后重新启动。")) }
            p { (t("没有证书也能用；只是手机离线工作和相机扫码要靠 https，浏览器不开放。")) }
        }
        p.dim { @if way.https { (t("现在的连接是 https。")) } @else { (t("现在的连接是 http，同一网络里的人可能看到内容。")) } }
        p.ways { a.button href="/" { (t("回工作台")) } }
    };
    Page::new(t("安装证书"), Frame::Bare, body).into_response()
}

/// The host of the request when it is nothing but a host: it is shown and put into a code.
fn host(headers: &HeaderMap) -> Option<&str> {
    let host = headers.get(header::HOST).and_then(|it| it.to_str().ok())?;
    let plain = host.bytes().all(|c| c.is_ascii_alphanumeric() || matches!(c, b'.' | b'-' | b':' | b'[' | b']'));
    (plain && !host.is_empty() && host.len() < 200).then_some(host)
}

/// `GET /tls/authority.crt`: the certificate, never its key.
pub async fn certificate(State(web): State<Web>) -> Response {
    let Some(authority) = &web.authority else { return wrong::not_found() };
    let headers = [
        (header::CONTENT_TYPE, "application/x-x509-ca-cert"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"huiyin-authority.crt\""),
    ];
    (StatusCode::OK, headers, authority.to_vec()).into_response()
}
