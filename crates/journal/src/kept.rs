//! What is kept but not journaled (不入日志的数据): a closed list. Sessions, credentials, rates, leases, drafts, deliveries.

pub mod credentials;
pub mod deliveries;
pub mod drafts;
pub mod leases;
pub mod rates;
pub mod sessions;

use calendar::Moment;

use crate::reply::Reply;
use crate::store::Store;
use crate::{sql, vals};

/// How long a finished delivery and an untouched draft are kept, in microseconds: 30 days.
const KEEP: i64 = 30 * 24 * 3_600 * 1_000_000;

impl Store {
    /// Removes what has ended: sessions, rates, drafts nobody has touched for 30 days, messages done 30 days ago.
    pub fn sweep(&self, now: Moment) -> Reply<()> {
        let old = now.plus_micros(-KEEP);
        self.keep(move |tx| {
            tx.exec(sql!("delete from session where ends <= $1"), &vals![now])?;
            tx.exec(sql!("delete from rate where ends <= $1"), &vals![now])?;
            tx.exec(sql!("delete from draft where at <= $1"), &vals![old])?;
            let text = sql!(
                "delete from outbox where exists (select 1 from delivery where delivery.site = outbox.site
                 and delivery.command = outbox.command and delivery.part = outbox.part and delivery.done <= $1)"
            );
            tx.exec(text, &vals![old])?;
            tx.exec(sql!("delete from delivery where done <= $1"), &vals![old])
        })
    }
}
