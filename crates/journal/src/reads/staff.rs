//! Accounts of a site (员工), and the sites a log-in may enter.

use calendar::Moment;
use office::household::name_keys;
use office::site::Account;

use crate::fault::Fault;
use crate::house::House;
use crate::kept::sessions::{self, Session};
use crate::tx::Tx;
use crate::value::Row;
use crate::{sql, vals};

/// A site that an account may enter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Access {
    /// Site number.
    pub site: i64,
    /// Site name.
    pub name: String,
    /// The account as it stands there.
    pub account: Account,
}

fn account(row: &Row, from: usize) -> Result<Account, Fault> {
    let posts = row.text(from + 2)?;
    Ok(Account {
        id: row.string(from)?,
        name: row.string(from + 1)?,
        posts: posts.split('、').filter(|post| !post.is_empty()).map(str::to_owned).collect(),
        area: row.string(from + 3)?,
        department: row.string(from + 4)?,
        extension: row.string(from + 5)?,
        trade: row.string(from + 6)?,
        active: row.flag(from + 7)?,
    })
}

impl House {
    /// Accounts of a site by name, as Chinese names are ordered: by their pinyin.
    pub async fn staff(&self, site: i64) -> Result<Vec<Account>, Fault> {
        self.read(move |tx| {
            let text = sql!(
                "select account, name, posts, area, department, extension, trade, active from account_row where site = $1"
            );
            let rows = tx.query(text, &vals![site])?;
            let mut staff: Vec<Account> = rows.iter().map(|row| account(row, 0)).collect::<Result<_, _>>()?;
            staff.sort_by_cached_key(|it| (spoken(&it.name), it.name.clone(), it.id.clone()));
            Ok(staff)
        })
        .await
    }

    /// Sites that this log-in may enter, by number.
    pub async fn access(&self, login: String) -> Result<Vec<Access>, Fault> {
        self.read(move |tx| access(tx, &login)).await
    }

    /// The session with this token hash and the sites that its account may enter; none when it has ended.
    pub async fn signed_in(&self, token: [u8; 32], now: Moment) -> Result<Option<(Session, Vec<Access>)>, Fault> {
        self.read(move |tx| {
            let Some(session) = sessions::find(tx, token, now)? else { return Ok(None) };
            let access = access(tx, &session.account)?;
            Ok(Some((session, access)))
        })
        .await
    }

    /// Every site: number and name.
    pub async fn sites(&self) -> Result<Vec<(i64, String)>, Fault> {
        self.read(|tx| {
            let rows = tx.query(sql!("select id, name from site_row where site = 0 order by id"), &[])?;
            rows.iter().map(|row| Ok((row.int(0)?, row.string(1)?))).collect()
        })
        .await
    }
}

/// A name as it is read out; the first reading of a surname that has several.
fn spoken(name: &str) -> String {
    name_keys(name).full.into_iter().next().unwrap_or_else(|| name.to_lowercase())
}

fn access(tx: &mut dyn Tx, login: &str) -> Result<Vec<Access>, Fault> {
    let text = sql!(
        "select a.site, coalesce(s.name, ''), a.account, a.name, a.posts, a.area, a.department, a.extension, a.trade, a.active
         from account_row a left join site_row s on s.site = 0 and s.id = a.site
         where a.account = $1 and a.active = 1 order by a.site"
    );
    let rows = tx.query(text, &vals![login])?;
    rows.iter().map(|row| Ok(Access { site: row.int(0)?, name: row.string(1)?, account: account(row, 2)? })).collect()
}
