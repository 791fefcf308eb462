//! Credentials (登录凭据): password hashes and second factors. Never in the journal, never in an export.

use calendar::Moment;

use crate::reply::Reply;
use crate::store::Store;
use crate::{sql, vals};

/// How an account proves who it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credential {
    /// The hash with its salt and settings, or the secret of a second factor, as text.
    pub secret: String,
    /// When it was set.
    pub changed: Moment,
}

impl Store {
    /// Sets a credential of this kind (`password`, `totp`) in place of the earlier one.
    pub fn put_credential(&self, account: &str, kind: &str, credential: Credential) -> Reply<()> {
        let (account, kind) = (account.to_owned(), kind.to_owned());
        self.keep(move |tx| {
            let text = sql!(
                "insert into credential(account, kind, secret, changed) values ($1, $2, $3, $4)
                 on conflict (account, kind) do update set secret = excluded.secret, changed = excluded.changed"
            );
            tx.exec(text, &vals![&account, &kind, &credential.secret, credential.changed])
        })
    }

    /// The credential of this kind, if the account has one.
    pub fn credential(&self, account: &str, kind: &str) -> Reply<Option<Credential>> {
        let (account, kind) = (account.to_owned(), kind.to_owned());
        self.read(move |tx| {
            let text = sql!("select secret, changed from credential where account = $1 and kind = $2");
            let row = tx.first(text, &vals![&account, &kind])?;
            row.map(|row| Ok(Credential { secret: row.string(0)?, changed: row.moment(1)? })).transpose()
        })
    }

    /// Removes a credential of this kind.
    pub fn remove_credential(&self, account: &str, kind: &str) -> Reply<()> {
        let (account, kind) = (account.to_owned(), kind.to_owned());
        self.keep(move |tx| {
            tx.exec(sql!("delete from credential where account = $1 and kind = $2"), &vals![&account, &kind])
        })
    }
}
