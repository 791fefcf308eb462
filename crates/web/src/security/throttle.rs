//! Rate limits (限速): a token bucket per key. Time comes in as milliseconds of any steady clock. Kept in memory of each node:
//! a write to the store for every request would cost more than the request.

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
}
