//! Wrong passwords (锁定): counted in the store, so that every node counts together and a restart forgives nothing.

use calendar::Moment;
use journal::House;
use journal::kept::rates::Rate;

use super::Fault;
use super::throttle::Wait;

/// Tries of one account within a window; the right password forgives them.
const TRIES: i64 = 5;
/// The window in seconds; it begins with the first try.
const WINDOW: i64 = 900;

fn name(account: &str) -> String {
    format!("login:{account}")
}

/// Counts a try of the account, or says how long to wait. Counted before the password is looked at, so that many tries at
/// once are not more than TRIES.
pub async fn may_try(house: &House, account: &str, now: Moment) -> Result<Result<(), Wait>, Fault> {
    let counted = house.store().count_trial(&name(account), now, WINDOW, TRIES).await;
    Ok(match counted.map_err(|fault| Fault::new("记下登录次数", fault))? {
        Rate::Within { .. } => Ok(()),
        Rate::Beyond { until } => Err(Wait(u64::try_from(until.seconds_since(now)).unwrap_or_default().max(1))),
    })
}

/// The right password: all is forgiven.
pub async fn right(house: &House, account: &str) -> Result<(), Fault> {
    house.store().forget_trials(&name(account)).await.map_err(|fault| Fault::new("清除登录次数", fault))
}
