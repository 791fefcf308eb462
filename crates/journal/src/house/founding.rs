//! First run (开户): company, site, first administrator, and the rulebooks adopted from the start.

use std::collections::BTreeMap;

use office::site::{ADMINISTRATOR, Adopting, CharterChange, PostChange};
use office::{Event, Refusal};
use serde::{Deserialize, Serialize};

use super::{COMPANY, House};
use crate::fault::Fault;
use crate::{CommandId, Sent, sql};

/// What the first page asks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Founding {
    /// Company as printed on forms.
    pub company: String,
    /// Site as printed on forms.
    pub site: String,
    /// Log-in name of the first administrator.
    pub account: String,
    /// Name of the first administrator.
    pub name: String,
    /// Further posts of the administrator, for an office of one.
    pub posts: Vec<String>,
    /// Books adopted at once.
    pub books: Vec<String>,
}

impl House {
    /// Whether a company has been founded in this store.
    pub async fn founded(&self) -> Result<bool, Fault> {
        self.read(|tx| Ok(tx.number(sql!("select count(*) from site_row where site = 0"), &[])?.unwrap_or(0) > 0)).await
    }

    /// Founds the company and opens its next site; answers the site's number. The site's own entries follow in commands
    /// of their own whose ids come from the first, so that a repeat after a stop completes what is missing.
    pub async fn found(&self, sent: Sent, founding: Founding) -> Result<Result<i64, Refusal>, Fault> {
        for (value, field, word) in [(&founding.company, "company", "公司名称"), (&founding.site, "site", "小区名称")]
        {
            if value.trim().is_empty() {
                let refusal = Refusal::new("不能开户", format!("还没有写{word}"), format!("请填写{word}。")).at(field);
                return Ok(Err(refusal));
            }
        }
        let mut posts = vec![ADMINISTRATOR.to_owned()];
        posts.extend(founding.posts.iter().filter(|post| post.as_str() != ADMINISTRATOR).cloned());
        let change = PostChange {
            id: founding.account.clone(),
            name: founding.name.clone(),
            posts,
            active: true,
            ..PostChange::default()
        };
        // Asked before anything is written: a site that nobody can enter would be lost.
        if let Err(refusal) = office::site::account(&BTreeMap::new(), &change, sent.now) {
            return Ok(Err(refusal));
        }
        let told = founding.clone();
        let opened = self.store().act(Sent { site: COMPANY, ..sent.clone() }, move |tx| {
            let entries = tx.load("sites")?;
            let site = entries.len() as i64 + 1;
            let mut event = Event::plain("site.opened", tx.now());
            event.body.links = [
                ("site".to_owned(), site.to_string()),
                ("name".to_owned(), told.site.trim().to_owned()),
                ("company".to_owned(), told.company.trim().to_owned()),
            ]
            .into();
            Ok(match tx.append("sites", entries.len() as i64, vec![event])? {
                Ok(_) => Ok(site),
                Err(_) => Err(Refusal::new("不能开户", "另一个人正在开户", "请刷新页面。")),
            })
        });
        let site = match opened.await? {
            Ok(acted) => acted.answer,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let part = |name: &str| Sent { site, command: CommandId::of(&[sent.command.as_str(), name]), ..sent.clone() };
        if let Err(refusal) = self.set_account(part("account"), change).await? {
            return Ok(Err(refusal));
        }
        for (name, value) in [("公司名称", &founding.company), ("小区名称", &founding.site)] {
            let change = CharterChange::Set { name: name.into(), value: value.clone() };
            if let Err(refusal) = self.change_charter(part(name), change).await? {
                return Ok(Err(refusal));
            }
        }
        self.take_company_calendar(part("calendar")).await?;
        for book in &founding.books {
            // Whoever founds the office answers for what it keeps to.
            let adopting =
                Adopting { book: book.clone(), approver: founding.name.trim().to_owned(), ..Adopting::default() };
            if let Err(refusal) = self.adopt(part(book), adopting, None).await? {
                return Ok(Err(refusal));
            }
        }
        Ok(Ok(site))
    }
}
