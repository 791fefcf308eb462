//! Sessions (登录会话): known by the hash of their token, never by the token itself.

use calendar::Moment;

use crate::fault::Fault;
use crate::reply::Reply;
use crate::store::Store;
use crate::tx::Tx;
use crate::value::Row;
use crate::{sql, vals};

/// Someone who is logged in on some device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// blake3 of the token that the browser holds.
    pub token: [u8; 32],
    /// The account.
    pub account: String,
    /// When it began.
    pub made: Moment,
    /// When it was last used.
    pub seen: Moment,
    /// When it ends if it is not used again.
    pub ends: Moment,
    /// Browser and device in words.
    pub device: String,
    /// Whatever the pages keep with it, as JSON text.
    pub marks: String,
}

fn session(row: &Row) -> Result<Session, Fault> {
    Ok(Session {
        token: row.hash(0)?,
        account: row.string(1)?,
        made: row.moment(2)?,
        seen: row.moment(3)?,
        ends: row.moment(4)?,
        device: row.string(5)?,
        marks: row.string(6)?,
    })
}

/// The session with this token hash, unless it has ended.
pub(crate) fn find(tx: &mut dyn Tx, token: [u8; 32], now: Moment) -> Result<Option<Session>, Fault> {
    let text =
        sql!("select token, account, made, seen, ends, device, marks from session where token = $1 and ends > $2");
    tx.first(text, &vals![token, now])?.map(|row| session(&row)).transpose()
}

impl Store {
    /// Begins a session, or writes an existing one anew.
    pub fn put_session(&self, session: Session) -> Reply<()> {
        self.keep(move |tx| {
            let text = sql!(
                "insert into session(token, account, made, seen, ends, device, marks)
                 values ($1, $2, $3, $4, $5, $6, $7)
                 on conflict (token) do update set seen = excluded.seen, ends = excluded.ends, marks = excluded.marks"
            );
            let Session { token, account, made, seen, ends, device, marks } = &session;
            tx.exec(text, &vals![*token, account, *made, *seen, *ends, device, marks])
        })
    }

    /// The session with this token hash, unless it has ended.
    pub fn session(&self, token: [u8; 32], now: Moment) -> Reply<Option<Session>> {
        self.read(move |tx| find(tx, token, now))
    }

    /// The sessions of an account that have not ended, the last used first.
    pub fn sessions_of(&self, account: &str, now: Moment) -> Reply<Vec<Session>> {
        let account = account.to_owned();
        self.read(move |tx| {
            let text = sql!(
                "select token, account, made, seen, ends, device, marks from session
                 where account = $1 and ends > $2 order by seen desc, token"
            );
            tx.query(text, &vals![&account, now])?.iter().map(session).collect()
        })
    }

    /// Notes that a session was used, and when it ends now. An ended or unknown one stays so.
    pub fn touch_session(&self, token: [u8; 32], seen: Moment, ends: Moment) -> Reply<()> {
        self.keep(move |tx| {
            let text = sql!("update session set seen = $2, ends = $3 where token = $1 and ends > $2");
            tx.exec(text, &vals![token, seen, ends])
        })
    }

    /// Ends one session.
    pub fn end_session(&self, token: [u8; 32]) -> Reply<()> {
        self.keep(move |tx| tx.exec(sql!("delete from session where token = $1"), &vals![token]))
    }

    /// Ends all sessions of an account but the given one: after a change of password, or when someone leaves.
    pub fn end_sessions_of(&self, account: &str, except: Option<[u8; 32]>) -> Reply<()> {
        let account = account.to_owned();
        let except = except.map_or_else(Vec::new, |token| token.to_vec());
        self.keep(move |tx| {
            let text = sql!("delete from session where account = $1 and token <> $2");
            tx.exec(text, &vals![&account, except.as_slice()])
        })
    }
}
