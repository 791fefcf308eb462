//! One account (账号): its name, posts, whether it may log in, and a new password for who forgot it.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use journal::kept::credentials::Credential;
use maud::{Markup, html};
use office::Refusal;
use office::site::{ADMINISTRATOR, PostChange};

use super::{fresh, page};
use crate::components::field::{Control, Field, command};
use crate::components::panel;
use crate::components::refusal::{refusal, refused};
use crate::entry::{posts, see, weakness};
use crate::language::t;
use crate::page::{Filled, wrong};
use crate::security::{Fault, lockout, password};
use crate::state::Here;

/// A blank form for a new account.
pub fn blank() -> Result<Filled, Fault> {
    Ok(Filled(vec![("command".into(), fresh()?), ("active".into(), "yes".into())]))
}

/// The form of an account; `new` also asks for log-in name and first password.
pub fn form(here: &Here, filled: &Filled, no: Option<&Refusal>, new: bool) -> Markup {
    let field = no.and_then(|it| it.field.as_deref()).unwrap_or_default();
    let wrong = |name: &str| no.filter(|_| field == name).and_then(|it| it.because.first()).map(|it| it.text.as_str());
    let line = |name: &'static str, label, hint, required| Field {
        hint,
        required,
        wrong: wrong(name),
        ..Field::line(name, label, filled.get(name))
    };
    html! {
        form method="post" action="/settings/accounts" {
            (command(filled.get("command")))
            @if new { input type="hidden" name="new" value="yes"; }
            div.pair {
                (line("name", t("姓名"), t("签字和打印用。"), true).render())
                @if new {
                    (line("id", t("登录名"), t("字母或数字，以后不能改。"), true).render())
                } @else {
                    input type="hidden" name="id" value=(filled.get("id"));
                }
                (line("area", t("片区"), t("条款按片区找人时用，可不填。"), false).render())
                (line("department", t("部门"), t("条款按部门找人时用，可不填。"), false).render())
                (line("extension", t("电话分机"), t("来电弹在这个分机的人面前，可不填。"), false).render())
                (line("trade", t("工种"), t("维修员会修什么，例如：水、门窗；派单建议按它看。"), false).render())
                @if new {
                    (Field {
                        hint: t("至少 8 个字，可以是一句话。"),
                        required: true,
                        wrong: wrong("password"),
                        control: Control::Line { kind: "password", value: "", most: 128 },
                        ..Field::line("password", t("首次口令"), "")
                    }.render())
                }
            }
            (posts::choice(here.house().laws(), t("岗位"), &filled.all("posts"), None))
            @if new {
                input type="hidden" name="active" value="yes";
            } @else {
                p { label { input type="checkbox" name="active" value="yes" checked[filled.get("active") == "yes"]; " "
                    (t("可以登录")) } }
            }
            @if let Some(no) = no { (refusal(no)) }
            p.ways { button.main { @if new { (t("新建账号")) } @else { (t("保存")) } } }
        }
    }
}

fn password_form(id: &str, no: Option<&Refusal>) -> Markup {
    html! {
        form method="post" action={ "/settings/accounts/" (id) "/password" } {
            (Field {
                hint: t("告诉本人后，请本人在“我的账号”里再换一次。"),
                required: true,
                control: Control::Line { kind: "password", value: "", most: 128 },
                ..Field::line("password", t("新口令"), "")
            }.render())
            @if let Some(no) = no { (refusal(no)) }
            button { (t("重设口令")) }
        }
    }
}

async fn stored(here: &Here, id: &str) -> Result<Option<Filled>, Fault> {
    let staff = here.house().staff(here.site).await.map_err(|fault| Fault::new("读取账号", fault))?;
    let Some(found) = staff.into_iter().find(|it| it.id == id) else { return Ok(None) };
    let mut fields = vec![
        ("command".to_owned(), fresh()?),
        ("id".to_owned(), found.id),
        ("name".to_owned(), found.name),
        ("area".to_owned(), found.area),
        ("department".to_owned(), found.department),
        ("extension".to_owned(), found.extension),
        ("trade".to_owned(), found.trade),
        ("active".to_owned(), if found.active { "yes" } else { "" }.to_owned()),
    ];
    fields.extend(found.posts.into_iter().map(|post| ("posts".to_owned(), post)));
    Ok(Some(Filled(fields)))
}

/// `GET /settings/accounts/{id}`.
pub async fn show(here: Here, Path(id): Path<String>) -> Result<Response, Fault> {
    let Some(filled) = stored(&here, &id).await? else { return Ok(wrong::not_found()) };
    let body = html! {
        (panel(filled.get("name"), html! { span.dim { (id) } }, form(&here, &filled, None, false)))
        (panel(t("口令"), html! {}, password_form(&id, None)))
    };
    Ok(page(&here, 1, body).await?.into_response())
}

/// `POST /settings/accounts`. The password of a new account is kept after the account, so that nothing is lost when it is
/// refused. A name that is taken is refused, so that nobody's posts are changed by mistake.
pub async fn save(here: Here, filled: Filled) -> Result<Response, Fault> {
    let id = filled.get("id").to_lowercase();
    let new = filled.get("new") == "yes";
    let what = t("不能保存账号");
    let repeated = stored(&here, &id).await?;
    let no = match (new, password::judge(filled.exact("password"), &id)) {
        (true, _) if repeated.is_some() => {
            Some(Refusal::new(what, t("登录名已经有人用了。"), t("请换一个登录名，或在列表里修改那个账号。")).at("id"))
        }
        (true, Err(weak)) => Some(Refusal::new(what, weakness(weak), t("请换一个口令。")).at("password")),
        (false, _) if repeated.is_none() => Some(Refusal::new(what, t("没有这个账号。"), t("请从账号列表打开。"))),
        _ => None,
    };
    let no = match no {
        Some(no) => Some(no),
        None => write(&here, &filled, &id).await?,
    };
    if let Some(no) = no {
        let body = panel(t("账号"), html! {}, form(&here, &filled, Some(&no), new));
        return Ok(refused(page(&here, 1, body).await?, &no));
    }
    let store = here.house().store();
    if filled.get("active") != "yes" {
        store.end_sessions_of(&id, None).await.map_err(|fault| Fault::new("结束会话", fault))?;
    }
    // A log-in known at another site keeps its own password.
    let kept = store.credential(&id, "password").await.map_err(|fault| Fault::new("读取口令", fault))?;
    if new && kept.is_none() {
        put_password(&here, &id, filled.exact("password")).await?;
    }
    Ok(see("/settings/accounts"))
}

async fn write(here: &Here, filled: &Filled, id: &str) -> Result<Option<Refusal>, Fault> {
    let change = PostChange {
        id: id.to_owned(),
        name: filled.get("name").to_owned(),
        posts: filled.all("posts"),
        area: filled.get("area").to_owned(),
        department: filled.get("department").to_owned(),
        extension: filled.get("extension").to_owned(),
        trade: filled.get("trade").to_owned(),
        active: filled.get("active") == "yes",
    };
    let done = here.house().set_account(here.sent(filled.command())?, change).await;
    Ok(done.map_err(|fault| Fault::new("保存账号", fault))?.err())
}

async fn put_password(here: &Here, id: &str, word: &str) -> Result<(), Fault> {
    let secret = here.web.passwords.hash(word.to_owned()).await?;
    let credential = Credential { secret, changed: here.now };
    let kept = here.house().store().put_credential(id, "password", credential).await;
    kept.map_err(|fault| Fault::new("保存口令", fault))
}

/// `POST /settings/accounts/{id}/password`. Refused for someone who also works at a site that the viewer does not
/// administer: a password opens all sites of its account.
pub async fn set_password(here: Here, Path(id): Path<String>, filled: Filled) -> Result<Response, Fault> {
    let Some(account) = stored(&here, &id).await? else { return Ok(wrong::not_found()) };
    let read = |fault| Fault::new("读取账号", fault);
    let mine = here.house().access(here.actor.account.clone()).await.map_err(read)?;
    let theirs = here.house().access(id.clone()).await.map_err(read)?;
    let rules = |site: i64| {
        site == here.site
            || mine.iter().any(|it| it.site == site && it.account.posts.iter().any(|post| post == ADMINISTRATOR))
    };
    let what = t("没有换口令");
    let no = if theirs.iter().any(|it| !rules(it.site)) {
        let why = t("这个账号也在别的站点工作，口令由那里的管理员重设。");
        Some(Refusal::new(what, why, t("请联系那个站点的管理员。")))
    } else if let Err(weak) = password::judge(filled.exact("password"), &id) {
        Some(Refusal::new(what, weakness(weak), t("请换一个口令。")))
    } else {
        None
    };
    if let Some(no) = no {
        let body = html! {
            (panel(account.get("name"), html! { span.dim { (id) } }, form(&here, &account, None, false)))
            (panel(t("口令"), html! {}, password_form(&id, Some(&no))))
        };
        return Ok(refused(page(&here, 1, body).await?, &no));
    }
    put_password(&here, &id, filled.exact("password")).await?;
    lockout::right(here.house(), &id).await?;
    let ended = here.house().store().end_sessions_of(&id, None).await;
    ended.map_err(|fault| Fault::new("结束会话", fault))?;
    Ok(see("/settings/accounts"))
}
