//! Rates (频次): how often something was tried within a window; for log-ins across all nodes.

use calendar::Moment;

use crate::fault::{Fault, FaultKind};
use crate::reply::Reply;
use crate::store::Store;
use crate::{sql, vals};

/// Whether one more trial is within the rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rate {
    /// It is; so many are left until the window ends.
    Within {
        /// Trials left.
        left: i64,
    },
    /// It is not; nothing is allowed before this moment.
    Beyond {
        /// When the window ends.
        until: Moment,
    },
}

impl Store {
    /// Counts a trial of `name` (such as `login:<account>`) and says whether it is within `most` a window of
    /// `seconds`. The window begins with its first trial.
    pub fn count_trial(&self, name: &str, now: Moment, seconds: i64, most: i64) -> Reply<Rate> {
        let name = name.to_owned();
        self.keep(move |tx| {
            let text = sql!(
                "insert into rate(name, since, hits, ends) values ($1, $2, 1, $3)
                 on conflict (name) do update set
                 hits = case when rate.ends <= excluded.since then 1 else rate.hits + 1 end,
                 since = case when rate.ends <= excluded.since then excluded.since else rate.since end,
                 ends = case when rate.ends <= excluded.since then excluded.ends else rate.ends end
                 returning hits, ends"
            );
            let row = tx.first(text, &vals![&name, now, now.plus_seconds(seconds)])?;
            let row = row.ok_or_else(|| Fault::new(FaultKind::Bug, "a trial was not counted"))?;
            let left = most - row.int(0)?;
            Ok(if left >= 0 { Rate::Within { left } } else { Rate::Beyond { until: row.moment(1)? } })
        })
    }

    /// Forgets the trials of `name`, as after a successful log-in.
    pub fn forget_trials(&self, name: &str) -> Reply<()> {
        let name = name.to_owned();
        self.keep(move |tx| tx.exec(sql!("delete from rate where name = $1"), &vals![&name]))
    }
}
