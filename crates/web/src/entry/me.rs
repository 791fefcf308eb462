//! One's own account (我的账号): posts, password, devices that are signed in.

use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use journal::kept::credentials::Credential;
use maud::html;
use office::Refusal;

use super::sign_in::{own_token, see};
use super::{feed, posts, weakness};
use crate::components::Timing;
use crate::components::field::{Control, Field};
use crate::components::panel::{facts, panel};
use crate::components::refusal::{refusal, refused};
use crate::language::t;
use crate::page::{Filled, Fragment, Frame, Page, Place};
use crate::security::{Fault, lockout, password};
use crate::state::Here;

/// `GET /me`.
pub async fn show(here: Here, headers: HeaderMap) -> Result<Response, Fault> {
    Ok(page(&here, &headers, None, None).await?.into_response())
}

/// The page, with a refusal, and with the address of a calendar that was made just now.
pub async fn page(
    here: &Here,
    headers: &HeaderMap,
    no: Option<&Refusal>,
    made: Option<&str>,
) -> Result<Fragment, Fault> {
    let around = here.around().await?;
    let sessions = here.house().store().sessions_of(&here.actor.account, here.now).await;
    let sessions = sessions.map_err(|fault| Fault::new("读取会话", fault))?;
    let own = own_token(here.way, headers);
    let timing = Timing { now: here.now, zone: &here.house().laws().zone };
    let held: Vec<String> = here.actor.posts.iter().map(|post| posts::word(here.house().laws(), post)).collect();
    let secret = |name: &'static str, label, hint| Field {
        hint,
        required: true,
        control: Control::Line { kind: "password", value: "", most: 128 },
        ..Field::line(name, label, "")
    };
    let body = html! {
        (panel(t("账号"), html! {}, facts(&[
            (t("姓名"), html! { (here.actor.name) }),
            (t("登录名"), html! { (here.actor.account) }),
            (t("岗位"), html! { (held.join("、")) }),
            (t("小区"), html! { (around.site) }),
        ])))
        (panel(t("换口令"), html! {}, html! {
            form method="post" action="/me/password" {
                (secret("old", t("现在的口令"), "").render())
                div.pair {
                    (secret("password", t("新口令"), t("至少 8 个字，可以是一句话。")).render())
                    (secret("again", t("再写一遍"), "").render())
                }
                @if let Some(no) = no { (refusal(no)) }
                button { (t("换口令")) }
            }
        }))
        (feed::own(here, made).await?)
        (panel(t("登录中的设备"), html! {}, html! {
            div.scroll { table.plain-table {
                thead { tr { th { (t("设备")) } th { (t("登录")) } th { (t("最近使用")) } } }
                tbody { @for session in &sessions { tr {
                    td { (device(&session.device)) @if Some(session.token) == own { " " span.tag { (t("本机")) } } }
                    td { (timing.time(session.made)) }
                    td { (timing.time(session.seen)) }
                } } }
            } }
            @if sessions.len() > 1 {
                form.ways method="post" action="/me/sessions" { button { (t("退出其他设备")) } }
            }
        }))
    };
    Ok(Fragment(Page::new(t("我的账号"), Frame::Desk(Place::Settings, &around), body).render()))
}

/// Browser and system out of what a browser says of itself; the word it sends when nothing is known.
fn device(agent: &str) -> String {
    let known = |names: &[(&'static str, &'static str)]| {
        names.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name)
    };
    let browser = known(&[
        ("MicroMessenger", "微信"),
        ("Edg/", "Edge"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = known(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser} · {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => agent.chars().take(40).collect(),
    }
}

/// `POST /me/password`: the other devices are signed out.
pub async fn change_password(here: Here, headers: HeaderMap, filled: Filled) -> Result<Response, Fault> {
    let store = here.house().store();
    let account = here.actor.account.clone();
    let kept = store.credential(&account, "password").await.map_err(|fault| Fault::new("读取口令", fault))?;
    let what = t("没有换口令");
    let no = if let Err(wait) = lockout::may_try(here.house(), &account, here.now).await? {
        let why = crate::t!("口令错了多次，请等 {} 秒再试。", wait.0);
        Some(Refusal::new(what, why, t("请稍后再来。")))
    } else if !here.web.passwords.check(filled.exact("old").to_owned(), kept.map(|it| it.secret)).await? {
        Some(Refusal::new(what, t("现在的口令不对。"), t("请再写一遍。")).at("old"))
    } else if let Err(weak) = password::judge(filled.exact("password"), &account) {
        Some(Refusal::new(what, weakness(weak), t("请换一个口令。")).at("password"))
    } else if filled.exact("password") != filled.exact("again") {
        Some(Refusal::new(what, t("两遍口令不一样。"), t("请把口令再写两遍。")).at("again"))
    } else {
        None
    };
    if let Some(no) = no {
        return Ok(refused(page(&here, &headers, Some(&no), None).await?, &no));
    }
    lockout::right(here.house(), &account).await?;
    let hash = here.web.passwords.hash(filled.exact("password").to_owned()).await?;
    let credential = Credential { secret: hash, changed: here.now };
    store.put_credential(&account, "password", credential).await.map_err(|fault| Fault::new("保存口令", fault))?;
    let own = own_token(here.way, &headers);
    store.end_sessions_of(&account, own).await.map_err(|fault| Fault::new("结束会话", fault))?;
    Ok(see("/me"))
}

/// `POST /me/sessions`: signs out every other device.
pub async fn end_others(here: Here, headers: HeaderMap) -> Result<Response, Fault> {
    let own = own_token(here.way, &headers);
    let ended = here.house().store().end_sessions_of(&here.actor.account, own).await;
    ended.map_err(|fault| Fault::new("结束会话", fault))?;
    Ok(see("/me"))
}
