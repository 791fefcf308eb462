//! First run, log-in and log-out, one's own account, and the certificate for phones (开户与登录).

mod begin;
mod feed;
mod install;
mod me;
pub mod posts;
mod sign_in;
pub use sign_in::see;
#[cfg(test)]
mod tests;

use axum::http::Method;
use axum::routing::{get, post};

use crate::language::zh;
use crate::routes::Route;
use crate::security::Permission;
use crate::security::password::Weakness;
use crate::state::Web;

/// The registry of these routes.
pub fn routes() -> Vec<Route<Web>> {
    let route = Route::new;
    let (anyone, signed_in) = (Permission::Anyone, Permission::SignedIn);
    vec![
        route(Method::GET, "/sign-in", anyone, zh("登录"), || get(sign_in::show)),
        route(Method::POST, "/sign-in", anyone, zh("登录"), || post(sign_in::enter)),
        route(Method::POST, "/sign-out", signed_in, zh("退出"), || post(sign_in::leave)),
        route(Method::POST, "/site", signed_in, zh("换站点"), || post(sign_in::change_site)),
        route(Method::GET, "/begin", anyone, zh("首次开户"), || get(begin::show)),
        route(Method::POST, "/begin", anyone, zh("首次开户"), || post(begin::found)),
        route(Method::GET, "/me", signed_in, zh("我的账号"), || get(me::show)),
        route(Method::POST, "/me/password", signed_in, zh("换口令"), || post(me::change_password)),
        route(Method::POST, "/me/sessions", signed_in, zh("退出其他设备"), || post(me::end_others)),
        route(Method::POST, "/me/calendar", Permission::JobView, zh("生成订阅地址"), || post(feed::make)),
        route(Method::POST, "/me/calendar/revoke", Permission::JobView, zh("收回订阅地址"), || {
            post(feed::revoke)
        }),
        route(Method::GET, "/calendar/{account}/{code}", anyone, zh("日历订阅"), || get(feed::read)),
        route(Method::GET, "/tls", anyone, zh("安装证书"), || get(install::show)),
        route(Method::GET, "/tls/authority.crt", anyone, zh("证书文件"), || get(install::certificate)),
    ]
}

/// Why a password is not taken, in the words of the form.
pub fn weakness(weakness: Weakness) -> &'static str {
    crate::language::t(match weakness {
        Weakness::Short => zh("口令至少 8 个字。"),
        Weakness::Long => zh("口令最多 128 个字。"),
        Weakness::Common => zh("这个口令太常见，容易被猜中。"),
        Weakness::OwnName => zh("口令里不要包含登录名。"),
    })
}

/// A fresh command id for the hidden field of a form.
pub fn fresh_command() -> Result<String, crate::security::Fault> {
    let id = journal::CommandId::fresh().map_err(|fault| crate::security::Fault::new("取提交编号", fault))?;
    Ok(id.as_str().to_owned())
}
