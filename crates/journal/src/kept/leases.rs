//! Leases (租约): which of several nodes does what only one may do, until when, and with which fencing number.

use calendar::Moment;

use crate::fault::Fault;
use crate::reply::Reply;
use crate::store::Store;
use crate::tx::Tx;
use crate::{sql, vals};

/// A node whose clock is further off than this takes no lease, in microseconds.
const CLOCK_OFF: i64 = 2_000_000;

/// A lease that is held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lease {
    /// What it is for, such as `courier`.
    pub name: String,
    /// The node that holds it.
    pub holder: String,
    /// Goes up whenever another node takes it: what the old holder still does is refused by [`holds`].
    pub fence: i64,
    /// Until when.
    pub ends: Moment,
}

/// Why there is no lease.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotLeased {
    /// Another node holds it.
    Held {
        /// Which one.
        by: String,
        /// Until when.
        ends: Moment,
    },
    /// This node's clock differs from the database's by so many microseconds (ahead when positive).
    ClockOff {
        /// How far it is off.
        micros: i64,
    },
}

impl Store {
    /// The database's clock; none where the database has no clock of its own, on SQLite.
    pub fn database_clock(&self) -> Reply<Option<Moment>> {
        self.read(|tx| clock(tx))
    }

    /// Takes or renews the lease `name` for `micros` from now. The database's clock decides where there is one; a
    /// node that is more than 2 s off gets none and gives up the one it has.
    pub fn take_lease(&self, name: &str, holder: &str, now: Moment, micros: i64) -> Reply<Result<Lease, NotLeased>> {
        let (name, holder) = (name.to_owned(), holder.to_owned());
        self.keep(move |tx| {
            let real = clock(tx)?.unwrap_or(now);
            let off = now.0 - real.0;
            if off.abs() > CLOCK_OFF {
                let text = sql!("update lease set ends = 0 where name = $1 and holder = $2");
                tx.exec(text, &vals![&name, &holder])?;
                return Ok(Err(NotLeased::ClockOff { micros: off }));
            }
            let text = sql!(
                "insert into lease(name, holder, fence, ends) values ($1, $2, 1, $3)
                 on conflict (name) do update set
                 fence = case when lease.holder = excluded.holder and lease.ends > $4 then lease.fence
                         else lease.fence + 1 end,
                 holder = excluded.holder, ends = excluded.ends
                 where lease.holder = excluded.holder or lease.ends <= $4
                 returning fence, ends"
            );
            let taken = tx.first(text, &vals![&name, &holder, real.plus_micros(micros), real])?;
            if let Some(row) = taken {
                let (fence, ends) = (row.int(0)?, row.moment(1)?);
                return Ok(Ok(Lease { name: name.clone(), holder: holder.clone(), fence, ends }));
            }
            let row = tx.first(sql!("select holder, ends from lease where name = $1"), &vals![&name])?;
            Ok(Err(match row {
                Some(row) => NotLeased::Held { by: row.string(0)?, ends: row.moment(1)? },
                None => NotLeased::Held { by: String::new(), ends: real },
            }))
        })
    }

    /// Gives a lease back before its time. Someone else's stays.
    pub fn give_lease_back(&self, lease: &Lease) -> Reply<()> {
        let lease = lease.clone();
        self.keep(move |tx| {
            let text = sql!("update lease set ends = 0 where name = $1 and holder = $2 and fence = $3");
            tx.exec(text, &vals![&lease.name, &lease.holder, lease.fence])
        })
    }
}

/// Whether the lease is still this holder's: asked inside the transaction that does what needs it, and true until
/// that transaction ends.
pub fn holds(tx: &mut dyn Tx, lease: &Lease) -> Result<bool, Fault> {
    let text = sql!("select fence from lease where name = $1 and holder = $2 {lock}");
    Ok(tx.number(text, &vals![&lease.name, &lease.holder])? == Some(lease.fence))
}

fn clock(tx: &mut dyn Tx) -> Result<Option<Moment>, Fault> {
    Ok(tx.number(sql!("select {clock}"), &[])?.map(Moment))
}
