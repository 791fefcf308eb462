//! The first run (首次开户): company, site, the first administrator and the rulebooks to begin with.

use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use journal::house::Founding;
use journal::kept::credentials::Credential;
use journal::{CommandId, Sent};
use maud::html;
use office::Refusal;
use office::site::{ADMINISTRATOR, FIRST_BOOKS};

use super::sign_in::{begin_session, see};
use super::{posts, weakness};
use crate::components::field::{Control, Field, command};
use crate::components::refusal::{refusal, refused};
use crate::language::{said, t};
use crate::page::{Filled, Fragment, Frame, Page, language_switch};
use crate::security::guard::Way;
use crate::security::{Fault, password};
use crate::state::Web;

/// `GET /begin`; once founded it leads to the log-in.
pub async fn show(State(web): State<Web>) -> Result<Response, Fault> {
    if founded(&web).await? {
        return Ok(see("/sign-in"));
    }
    let mut filled = Filled::default();
    let id = CommandId::fresh().map_err(|fault| Fault::new("取提交编号", fault))?;
    filled.0.push(("command".into(), id.as_str().to_owned()));
    filled.0.push(("posts".into(), "office_manager".into()));
    filled.0.extend(FIRST_BOOKS.map(|book| ("books".to_owned(), book.to_owned())));
    Ok(form(&web, &filled, None).into_response())
}

async fn founded(web: &Web) -> Result<bool, Fault> {
    web.house.founded().await.map_err(|fault| Fault::new("查看是否开户", fault))
}

fn form(web: &Web, filled: &Filled, no: Option<&Refusal>) -> Fragment {
    let laws = web.house.laws();
    let field = no.and_then(|it| it.field.as_deref()).unwrap_or_default();
    let wrong = |name: &str| no.filter(|_| field == name).and_then(|it| it.because.first()).map(|it| it.text.as_str());
    let line = |name: &'static str, label, hint| Field {
        hint,
        required: true,
        wrong: wrong(name),
        ..Field::line(name, label, filled.get(name))
    };
    let secret = |name: &'static str, label, hint| Field {
        hint,
        required: true,
        wrong: wrong(name),
        control: Control::Line { kind: "password", value: "", most: 128 },
        ..Field::line(name, label, "")
    };
    let chosen = filled.all("books");
    let body = html! {
        p { (t("这是第一次启动。填完这一页就可以受理第一件事；以后都能在设置里改。")) }
        form method="post" action="/begin" {
            (command(filled.get("command")))
            h2 { (t("公司与小区")) }
            div.pair {
                (line("company", t("公司名称"), t("印在单据抬头。")).render())
                (line("site", t("小区名称"), t("第一个站点；以后可以再加。")).render())
            }
            h2 { (t("第一个账号")) }
            div.pair {
                (line("name", t("姓名"), t("签字和打印用。")).render())
                (line("account", t("登录名"), t("字母或数字，以后不能改。")).render())
                (secret("password", t("口令"), t("至少 8 个字，可以是一句话。")).render())
                (secret("again", t("再写一遍"), "").render())
            }
            p.dim.small { (t("这个账号是管理员。也自己处理事项的，请选上岗位。")) }
            (posts::choice(laws, t("兼任岗位"), &filled.all("posts"), Some(ADMINISTRATOR)))
            h2 { (t("采用的规程")) }
            p.dim.small { (t("时限、升级和回访都从规程算出。先选好的三部管投诉、报修和回访，互不冲突；其余的以后在规程里随时采用。")) }
            div.chips {
                @for (id, shipped) in &laws.shipped {
                    label {
                        input type="checkbox" name="books" value=(id) checked[chosen.contains(id)];
                        span { (said(&shipped.book.name, None)) }
                    }
                }
            }
            @if let Some(no) = no { (refusal(no)) }
            p.ways { button.main { (t("开户")) } }
        }
        p.ways { (language_switch("/begin")) }
    };
    Fragment(Page::new(t("开户"), Frame::Bare, body).render())
}

/// `POST /begin`. The password is kept first: a house without anyone who can enter it would be lost.
pub async fn found(State(web): State<Web>, way: Way, headers: HeaderMap, filled: Filled) -> Result<Response, Fault> {
    if founded(&web).await? {
        return Ok(see("/sign-in"));
    }
    let account = filled.get("account").to_lowercase();
    if let Some(no) = unfit(&filled, &account) {
        return Ok(again(&web, &filled, &no));
    }
    let hash = web.passwords.hash(filled.exact("password").to_owned()).await?;
    let now = (web.clock)();
    let store = web.house.store();
    let credential = Credential { secret: hash, changed: now };
    store.put_credential(&account, "password", credential).await.map_err(|fault| Fault::new("保存口令", fault))?;
    let founding = Founding {
        company: filled.get("company").to_owned(),
        site: filled.get("site").to_owned(),
        account: account.clone(),
        name: filled.get("name").to_owned(),
        posts: filled.all("posts"),
        books: filled.all("books"),
    };
    let command = match filled.command().and_then(|id| CommandId::new(id).ok()) {
        Some(command) => command,
        None => CommandId::fresh().map_err(|fault| Fault::new("取提交编号", fault))?,
    };
    let sent = Sent { site: 0, command, actor: account.clone(), post: ADMINISTRATOR.into(), now };
    match web.house.found(sent, founding).await.map_err(|fault| Fault::new("开户", fault))? {
        Err(no) => Ok(again(&web, &filled, &no)),
        Ok(site) => {
            let cookie = begin_session(&web, way, &headers, &account, site).await?;
            let mut response = see("/settings/households");
            response.headers_mut().append(header::SET_COOKIE, cookie);
            Ok(response)
        }
    }
}

fn again(web: &Web, filled: &Filled, no: &Refusal) -> Response {
    refused(form(web, filled, Some(no)), no)
}

/// What is wrong with the password.
fn unfit(filled: &Filled, account: &str) -> Option<Refusal> {
    if let Err(weak) = password::judge(filled.exact("password"), account) {
        return Some(Refusal::new(t("不能开户"), weakness(weak), t("请换一个口令。")).at("password"));
    }
    if filled.exact("password") != filled.exact("again") {
        return Some(Refusal::new(t("不能开户"), t("两遍口令不一样。"), t("请把口令再写两遍。")).at("again"));
    }
    None
}
