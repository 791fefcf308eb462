//! Drafts (草稿): what someone has begun to write and not sent. They hold what people said, so they are swept.

use calendar::Moment;

use crate::fault::Fault;
use crate::reply::Reply;
use crate::store::Store;
use crate::value::Row;
use crate::{sql, vals};

/// A half-written form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Whose it is.
    pub account: String,
    /// Which form.
    pub form: String,
    /// What it is about, such as a stream; empty for something new.
    pub subject: String,
    /// The fields so far, as JSON text.
    pub body: String,
    /// When it was last changed.
    pub at: Moment,
}

fn draft(row: &Row) -> Result<Draft, Fault> {
    Ok(Draft {
        account: row.string(0)?,
        form: row.string(1)?,
        subject: row.string(2)?,
        body: row.string(3)?,
        at: row.moment(4)?,
    })
}

impl Store {
    /// Keeps a draft in place of the earlier one of the same account, form and subject.
    pub fn put_draft(&self, draft: Draft) -> Reply<()> {
        self.keep(move |tx| {
            let text = sql!(
                "insert into draft(account, form, subject, body, at) values ($1, $2, $3, $4, $5)
                 on conflict (account, form, subject) do update set body = excluded.body, at = excluded.at"
            );
            let Draft { account, form, subject, body, at } = &draft;
            tx.exec(text, &vals![account, form, subject, body, *at])
        })
    }

    /// The drafts of an account, the last changed first.
    pub fn drafts_of(&self, account: &str) -> Reply<Vec<Draft>> {
        let account = account.to_owned();
        self.read(move |tx| {
            let text = sql!(
                "select account, form, subject, body, at from draft where account = $1
                 order by at desc, form, subject limit 100"
            );
            tx.query(text, &vals![&account])?.iter().map(draft).collect()
        })
    }

    /// One draft.
    pub fn draft(&self, account: &str, form: &str, subject: &str) -> Reply<Option<Draft>> {
        let key = [account.to_owned(), form.to_owned(), subject.to_owned()];
        self.read(move |tx| {
            let text = sql!(
                "select account, form, subject, body, at from draft
                 where account = $1 and form = $2 and subject = $3"
            );
            tx.first(text, &vals![&key[0], &key[1], &key[2]])?.map(|row| draft(&row)).transpose()
        })
    }

    /// Removes a draft, as when its form was sent.
    pub fn drop_draft(&self, account: &str, form: &str, subject: &str) -> Reply<()> {
        let key = [account.to_owned(), form.to_owned(), subject.to_owned()];
        self.keep(move |tx| {
            let text = sql!("delete from draft where account = $1 and form = $2 and subject = $3");
            tx.exec(text, &vals![&key[0], &key[1], &key[2]])
        })
    }
}
