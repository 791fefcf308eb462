//! Rate limits (限速): a token bucket per key, and a lock-out after wrong passwords. Time comes in as milliseconds of any
//! steady clock. Kept in memory: a restart forgives.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Mutex;

const SHARDS: usize = 16;
/// Keys of one shard at most; then the full buckets, which say nothing, are dropped.
const KEYS_MAX: usize = 8_192;

/// Has to wait: whole seconds, at least one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wait(pub u64);

/// Token buckets of one size, one per key (an address, an account, a route of one account).
pub struct Throttle {
    burst: u64,
    refill_ms: u64,
    shards: Vec<Mutex<Shard>>,
}

#[derive(Default)]
struct Shard {
    buckets: HashMap<String, Bucket>,
    swept_ms: Option<u64>,
}

/// Tokens in thousandths of `refill_ms`, so that no fraction is lost: `spent_ms` is the time owed.
#[derive(Clone, Copy)]
struct Bucket {
    spent_ms: u64,
    seen_ms: u64,
}

impl Throttle {
    /// At most `burst` at once, and one more every `refill_ms`.
    pub fn new(burst: u64, refill_ms: u64) -> Throttle {
        let shards = (0..SHARDS).map(|_| Mutex::default()).collect();
        Throttle { burst: burst.max(1), refill_ms: refill_ms.max(1), shards }
    }

    /// Takes one token of the key, or says how long to wait.
    pub fn take(&self, key: &str, now_ms: u64) -> Result<(), Wait> {
        let full_ms = self.burst * self.refill_ms;
        let mut shard = self.shard(key).lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        if shard.buckets.len() >= KEYS_MAX && !shard.buckets.contains_key(key) && !shard.sweep(now_ms) {
            return Err(Wait(1));
        }
        let bucket = shard.buckets.entry(key.to_owned()).or_insert(Bucket { spent_ms: 0, seen_ms: now_ms });
        bucket.spent_ms = bucket.spent_ms.saturating_sub(now_ms.saturating_sub(bucket.seen_ms));
        bucket.seen_ms = bucket.seen_ms.max(now_ms);
        let after = bucket.spent_ms + self.refill_ms;
        if after > full_ms {
            return Err(Wait((after - full_ms).div_ceil(1000).max(1)));
        }
        bucket.spent_ms = after;
        Ok(())
    }

    fn shard(&self, key: &str) -> &Mutex<Shard> {
        let mut hasher = DefaultHasher::new();
        key.hash(&mut hasher);
        &self.shards[hasher.finish() as usize % SHARDS]
    }
}

impl Shard {
    /// Drops full buckets, at most once a second: a flood of new keys must not make each of them costly.
    fn sweep(&mut self, now_ms: u64) -> bool {
        if self.swept_ms.is_none_or(|swept| now_ms.saturating_sub(swept) >= 1_000) {
            self.swept_ms = Some(now_ms);
            self.buckets.retain(|_, bucket| now_ms.saturating_sub(bucket.seen_ms) < bucket.spent_ms);
        }
        self.buckets.len() < KEYS_MAX
    }
}

/// Wrong passwords of one account: five are free, then each doubles the wait, from one minute to a quarter of an hour.
#[derive(Default)]
pub struct Lockout {
    failed: Mutex<HashMap<String, Failures>>,
}

#[derive(Clone, Copy)]
struct Failures {
    count: u32,
    until_ms: u64,
}

const FREE: u32 = 5;
const WAIT_FIRST_MS: u64 = 60_000;
const WAIT_LAST_MS: u64 = 900_000;
/// After this long without a try an account is forgotten.
const FORGET_MS: u64 = 24 * 3_600_000;
const ACCOUNTS_MAX: usize = 50_000;

impl Lockout {
    /// Whether the account may try now.
    pub fn may_try(&self, account: &str, now_ms: u64) -> Result<(), Wait> {
        match self.table().get(account) {
            Some(failures) if failures.until_ms > now_ms => Err(Wait((failures.until_ms - now_ms).div_ceil(1000))),
            _ => Ok(()),
        }
    }

    /// A wrong password; the answer is the wait that follows, if any.
    pub fn wrong(&self, account: &str, now_ms: u64) -> Option<Wait> {
        let mut table = self.table();
        if table.len() >= ACCOUNTS_MAX {
            table.retain(|_, failures| failures.until_ms + FORGET_MS > now_ms);
        }
        let failures = table.entry(account.to_owned()).or_insert(Failures { count: 0, until_ms: now_ms });
        if failures.until_ms + FORGET_MS <= now_ms {
            failures.count = 0;
        }
        failures.count += 1;
        let wait_ms = match failures.count.checked_sub(FREE) {
            None => 0,
            Some(over) => (WAIT_FIRST_MS << over.min(8)).min(WAIT_LAST_MS),
        };
        failures.until_ms = now_ms + wait_ms;
        (wait_ms > 0).then_some(Wait(wait_ms / 1000))
    }

    /// The right password: all is forgiven.
    pub fn right(&self, account: &str) {
        self.table().remove(account);
    }

    fn table(&self) -> std::sync::MutexGuard<'_, HashMap<String, Failures>> {
        self.failed.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_passes_and_the_next_waits_for_its_token() {
        let throttle = Throttle::new(3, 2_000);
        for _ in 0..3 {
            assert_eq!(throttle.take("a", 10_000), Ok(()));
        }
        assert_eq!(throttle.take("a", 10_000), Err(Wait(2)));
        assert_eq!(throttle.take("b", 10_000), Ok(()));
        assert_eq!(throttle.take("a", 11_999), Err(Wait(1)));
        assert_eq!(throttle.take("a", 12_000), Ok(()));
        assert_eq!(throttle.take("a", 12_000), Err(Wait(2)));
    }

    #[test]
    fn a_clock_that_steps_back_gives_no_tokens() {
        let throttle = Throttle::new(1, 1_000);
        assert_eq!(throttle.take("a", 5_000), Ok(()));
        assert_eq!(throttle.take("a", 1_000), Err(Wait(1)));
        assert_eq!(throttle.take("a", 6_000), Ok(()));
    }

    #[test]
    fn full_buckets_make_room_for_new_keys() {
        let throttle = Throttle::new(1, 1_000);
        for n in 0..SHARDS * KEYS_MAX * 2 {
            let _ = throttle.take(&n.to_string(), 0);
        }
        assert_eq!(throttle.take("fresh", 0), Err(Wait(1)));
        assert_eq!(throttle.take("fresh", 1_000), Ok(()));
    }

    #[test]
    fn the_fifth_wrong_password_locks_for_a_minute_and_then_longer() {
        let lockout = Lockout::default();
        for _ in 0..4 {
            assert_eq!(lockout.wrong("chen", 0), None);
            assert_eq!(lockout.may_try("chen", 0), Ok(()));
        }
        assert_eq!(lockout.wrong("chen", 0), Some(Wait(60)));
        assert_eq!(lockout.may_try("chen", 59_999), Err(Wait(1)));
        assert_eq!(lockout.may_try("chen", 60_000), Ok(()));
        assert_eq!(lockout.wrong("chen", 60_000), Some(Wait(120)));
        for _ in 0..20 {
            lockout.wrong("chen", 60_000);
        }
        assert_eq!(lockout.wrong("chen", 60_000), Some(Wait(900)));
        assert_eq!(lockout.may_try("wang", 60_000), Ok(()));
        lockout.right("chen");
        assert_eq!(lockout.may_try("chen", 60_000), Ok(()));
        assert_eq!(lockout.wrong("chen", 60_000), None);
    }

    #[test]
    fn a_day_without_tries_forgives() {
        let lockout = Lockout::default();
        for _ in 0..5 {
            lockout.wrong("chen", 0);
        }
        assert_eq!(lockout.wrong("chen", 60_000 + FORGET_MS), None);
    }
}
