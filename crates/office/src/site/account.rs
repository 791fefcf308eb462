//! Accounts (账号) and the posts they hold. Passwords are not events; they live beside the journal.

use std::collections::BTreeMap;

use calendar::Moment;
use serde::{Deserialize, Serialize};

use crate::event::{Body, Entry, Event};
use crate::refusal::Refusal;

/// The post that manages accounts and settings and may not act on cases by itself.
pub const ADMINISTRATOR: &str = "administrator";

/// An account as its entries make it. Stream `accounts` of the site.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Log-in name, lower case, for ever.
    pub id: String,
    /// Name as shown and printed.
    pub name: String,
    /// Posts held.
    pub posts: Vec<String>,
    /// Working area, where a clause binds one.
    pub area: String,
    /// Department, where a clause binds one.
    pub department: String,
    /// Telephone extension at which this person sits; empty is none.
    pub extension: String,
    /// Trades of a repairer: 水、门窗; empty is none.
    pub trade: String,
    /// May log in.
    pub active: bool,
}

/// A change of an account.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PostChange {
    /// Log-in name.
    pub id: String,
    /// Name shown.
    pub name: String,
    /// Posts held from now on.
    pub posts: Vec<String>,
    /// Area.
    pub area: String,
    /// Department.
    pub department: String,
    /// Telephone extension.
    pub extension: String,
    /// Trades of a repairer.
    pub trade: String,
    /// May log in.
    pub active: bool,
}

/// The event that sets an account. Refused: an empty or odd log-in name, no name, taking the last administrator away.
pub fn account(known: &BTreeMap<String, Account>, change: &PostChange, at: Moment) -> Result<Event, Refusal> {
    let what = "不能保存账号";
    let id = change.id.trim().to_lowercase();
    let plain = id.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'));
    if id.is_empty() || id.len() > 40 || !plain {
        let why = "登录名只能用字母、数字、点、短横和下划线，最多 40 个";
        return Err(Refusal::new(what, why, "请改登录名。").at("id"));
    }
    if change.name.trim().is_empty() {
        return Err(Refusal::new(what, "还没有写姓名", "请写签字和打印用的姓名。").at("name"));
    }
    let stays_administrator = change.active && change.posts.iter().any(|post| post == ADMINISTRATOR);
    let others = known.values().any(|it| it.id != id && it.active && it.posts.iter().any(|post| post == ADMINISTRATOR));
    if !stays_administrator && !others {
        return Err(Refusal::new(what, "这样就没有管理员了", "请先让另一个账号担任管理员。").at("posts"));
    }
    let mut links = BTreeMap::from([
        ("account".to_owned(), id),
        ("name".to_owned(), change.name.trim().to_owned()),
        ("posts".to_owned(), change.posts.join("、")),
        ("active".to_owned(), if change.active { "yes" } else { "no" }.to_owned()),
    ]);
    let about = [
        ("area", &change.area),
        ("department", &change.department),
        ("extension", &change.extension),
        ("trade", &change.trade),
    ];
    for (key, value) in about {
        if !value.trim().is_empty() {
            links.insert(key.to_owned(), value.trim().to_owned());
        }
    }
    let body = Body { links, ..Body::default() };
    Ok(Event { name: "account.set".into(), happened: at, body, sealed: None })
}

/// The accounts that the entries of stream `accounts` make, by log-in name.
pub fn accounts(entries: &[Entry]) -> BTreeMap<String, Account> {
    let mut all = BTreeMap::new();
    for entry in entries.iter().filter(|entry| entry.event.name == "account.set") {
        let links = &entry.event.body.links;
        let text = |key: &str| links.get(key).cloned().unwrap_or_default();
        let posts = text("posts").split('、').filter(|post| !post.is_empty()).map(str::to_owned).collect();
        let account = Account {
            id: text("account"),
            name: text("name"),
            posts,
            area: text("area"),
            department: text("department"),
            extension: text("extension"),
            trade: text("trade"),
            active: text("active") == "yes",
        };
        all.insert(account.id.clone(), account);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_administrator_stays() {
        let change = PostChange {
            id: "Chen.Demo".into(),
            name: "演示管理员".into(),
            posts: vec![ADMINISTRATOR.into()],
            active: true,
            ..PostChange::default()
        };
        let event = account(&BTreeMap::new(), &change, Moment(0)).expect("a first administrator");
        let entry = Entry { seq: 1, at: Moment(0), actor: "x".into(), post: ADMINISTRATOR.into(), event };
        let known = accounts(&[entry]);
        assert!(known["chen.demo"].active);
        let gone = PostChange { active: false, ..change.clone() };
        assert_eq!(account(&known, &gone, Moment(1)).expect_err("refused").field.as_deref(), Some("posts"));
        let odd = PostChange { id: "陈".into(), ..change };
        assert_eq!(account(&known, &odd, Moment(1)).expect_err("refused").field.as_deref(), Some("id"));
    }
}
