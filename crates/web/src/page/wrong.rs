//! Pages that say no (不能如愿的页面), in three parts: what, why, what next. And the one page for faults.

use axum::http::{Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

use super::{Frame, Page};
use crate::components::icon::{icon, lucide};
use crate::language::t;
use crate::security::throttle::Wait;
use crate::security::{Permission, Viewer, permission};

/// Where one signs in.
pub const SIGN_IN: &str = "/sign-in";

/// A whole page in three parts. `next` holds at least one way on.
pub fn three_parts(status: StatusCode, what: &str, why: &str, next: Markup) -> Response {
    let body = html! {
        p { (why) }
        p.ways { (next) }
    };
    (status, Page::new(what, Frame::Bare, body)).into_response()
}

fn home() -> Markup {
    html! { a.button href="/" { (icon(lucide::LuGauge)) (t("回工作台")) } }
}

/// No such page.
pub fn not_found() -> Response {
    let why = t("网址可能抄错了，或者这件东西已经不在这里。");
    three_parts(StatusCode::NOT_FOUND, t("没有这一页"), why, html! { (home()) " " (t("或者在上方按单号、房号查找。")) })
}

/// Nobody is signed in. A page is asked for again after signing in; an act cannot be.
pub fn sign_in_first(method: &Method, uri: &Uri) -> Response {
    if method == Method::GET {
        let to = format!("{SIGN_IN}?to={}", escaped(uri.path_and_query().map_or("/", |it| it.as_str())));
        return (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response();
    }
    let next = html! { a.button.main href=(SIGN_IN) { (t("登录")) } };
    three_parts(StatusCode::UNAUTHORIZED, t("没有办成，请先登录"), t("登录已经过期，这一步没有记下。"), next)
}

/// The viewer's post lacks the permission.
pub fn not_granted(viewer: &Viewer, lacking: Permission) -> Response {
    let why = t!("{0}（{1}）：{2}。", t(permission::NOT_GRANTED), viewer.post_name, t(lacking.title()));
    let next = html! { (home()) " " (t("确实需要的话，请管理处经理在设置里授权。")) };
    three_parts(StatusCode::FORBIDDEN, t("不能打开"), &why, next)
}

/// An act that does not come from our own pages.
pub fn foreign() -> Response {
    let why = t("这个请求不是从本系统的页面发出的，或者浏览器太旧，没有说明来源。");
    let next = html! { (home()) " " (t("请回到原来的页面再做一次；仍不行，请换用较新的浏览器。")) };
    three_parts(StatusCode::FORBIDDEN, t("没有办成"), why, next)
}

/// A form that came broken or too large; nothing of it was used.
pub fn unreadable(rejection: impl IntoResponse) -> Response {
    let status = rejection.into_response().status();
    let why = match status {
        StatusCode::PAYLOAD_TOO_LARGE => t("送来的内容太大，什么也没有记下。"),
        _ => t("送来的表单不完整，或者不是本系统的表单，什么也没有记下。"),
    };
    let next = html! { (home()) " " (t("请回到原来的页面再做一次。")) };
    three_parts(status, t("没有办成"), why, next)
}

/// An act that was made under another account than the one signed in: a phone that changed hands sends its queue.
pub fn other_account() -> Response {
    let why = t("这一步是另一个账号做的，现在登录的不是那个账号。");
    let next = html! { a.button.main href=(SIGN_IN) { (t("登录")) } };
    let mut response = three_parts(StatusCode::UNAUTHORIZED, t("没有办成，账号不同"), why, next);
    response.headers_mut().insert("x-other-account", header::HeaderValue::from_static("1"));
    response
}

/// Too many requests; says how long to wait.
pub fn too_fast(wait: Wait) -> Response {
    let why = t!("短时间内请求太多，请等 {} 秒。", wait.0);
    let mut response = three_parts(StatusCode::TOO_MANY_REQUESTS, t("请稍等"), &why, home());
    response.headers_mut().insert(header::RETRY_AFTER, wait.0.into());
    response
}

/// The page for faults. It tells nothing about the inside but a number that stands in the log.
pub fn fault(number: &str) -> Page<'static> {
    let body = html! {
        p { (t("系统出了故障，这一步可能没有记下。请先看一眼再重做。")) }
        p { (t("报修时请说编号")) " " strong.fault-number { (number) } }
        p.ways { (home()) }
    };
    Page::new(t("出了故障"), Frame::Bare, body)
}

/// Percent-escapes a local path for a query.
pub fn escaped(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}
