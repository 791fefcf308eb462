//! Later entry (补录): when it really happened, why it is entered only now, and the supervisor who approves it with own
//! account and password on the same page.

use calendar::Moment;
use maud::{Markup, html};
use office::Refusal;

use super::field;
use crate::components::field::{Control, Field};
use crate::language::t;
use crate::page::Filled;
use crate::security::permission::{self, Permission};
use crate::security::throttle::Wait;
use crate::security::{Fault, Grants, lockout};
use crate::state::Here;

/// The fields, closed unless one of them is filled.
pub fn show(filled: &Filled, form: Option<&str>) -> Markup {
    let open = ["happened", "late_reason", "approver"].iter().any(|name| !filled.get(name).is_empty());
    let happened = Field {
        control: Control::Line { kind: "datetime-local", value: filled.get("happened"), most: 20 },
        ..Field::line("happened", t("实际发生时间"), "")
    };
    let secret = Field {
        control: Control::Line { kind: "password", value: "", most: 128 },
        ..Field::line("approver_password", t("主管口令"), "")
    };
    html! {
        details.late-entry open[open] data-form=[form] {
            summary { (t("补录：不是刚刚发生的")) }
            (happened.render())
            (Field::line("late_reason", t("补录原因"), filled.get("late_reason")).render())
            p.small.dim { (t("超过规定时长的补录，请主管在这里用自己的账号批准。")) }
            div.pair {
                (Field::line("approver", t("主管登录名"), filled.get("approver")).render())
                (secret.render())
            }
        }
    }
}

/// The claimed moment and who approved it; none means now. A wrong password or a post that may not approve is refused.
pub async fn read(
    here: &Here,
    filled: &Filled,
    what: &str,
) -> Result<Result<(Option<Moment>, String), Refusal>, Fault> {
    let typed = filled.get("happened");
    let happened = match (typed.is_empty(), field::moment(&here.house().laws().zone, typed)) {
        (true, _) => None,
        (false, Some(moment)) => Some(moment),
        (false, None) => {
            let refusal = Refusal::new(what, "实际发生时间读不懂", "请写成 2026-11-23 14:20。").at("happened");
            return Ok(Err(refusal));
        }
    };
    let approver = filled.get("approver").to_lowercase();
    if happened.is_none() || approver.is_empty() {
        return Ok(Ok((happened, String::new())));
    }
    let approved = approve(here, &approver, filled.exact("approver_password")).await?;
    Ok(match approved {
        Ok(name) => Ok((happened, name)),
        Err(why) => Err(Refusal::new(what, why, "请主管核对登录名和口令后再批准。").at("approver")),
    })
}

/// The name of the supervisor behind account and password. Failed tries count as at the log-in.
async fn approve(here: &Here, account: &str, password: &str) -> Result<Result<String, String>, Fault> {
    if let Err(Wait(seconds)) = lockout::may_try(here.house(), account, here.now).await? {
        return Ok(Err(format!("口令错了多次，请等 {seconds} 秒")));
    }
    let kept = here.house().store().credential(account, "password").await;
    let kept = kept.map_err(|fault| Fault::new("读取口令", fault))?;
    let right = here.web.passwords.check(password.to_owned(), kept.map(|it| it.secret)).await?;
    if !right {
        return Ok(Err("主管的登录名或口令不对".to_owned()));
    }
    lockout::right(here.house(), account).await?;
    let access = here.house().access(account.to_owned()).await.map_err(|fault| Fault::new("读取账号", fault))?;
    let Some(found) = access.into_iter().find(|it| it.site == here.site) else {
        return Ok(Err("这个账号不在本站点".to_owned()));
    };
    let grants = found.account.posts.iter().fold(Grants::NONE, |all, post| all.and(permission::usual(post)));
    if !grants.allow(Permission::CaseApprove) || found.account.id == here.actor.account {
        return Ok(Err("批准补录的须是另一位主管".to_owned()));
    }
    Ok(Ok(found.account.name))
}
