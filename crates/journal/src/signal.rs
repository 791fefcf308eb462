//! Who waits for news (动静): a hint that a site's journal has grown. Never relied on for correctness.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use tokio::sync::watch;

/// The last known entry of each site, and a bell that rings when one of them grows.
pub(crate) struct Signal {
    heads: Mutex<BTreeMap<i64, i64>>,
    bell: watch::Sender<u64>,
    own: watch::Sender<u64>,
}

impl Signal {
    pub fn new() -> Signal {
        Signal { heads: Mutex::default(), bell: watch::Sender::new(0), own: watch::Sender::new(0) }
    }

    /// Notes what this node has committed; the follower tells others.
    pub fn grown(&self, heads: &[(i64, i64)]) {
        if !heads.is_empty() {
            self.own.send_modify(|times| *times += 1);
            self.heard(heads);
        }
    }

    /// Notes how far sites have come and rings if that is news.
    pub fn heard(&self, heads: &[(i64, i64)]) {
        let mut known = self.heads.lock().unwrap_or_else(PoisonError::into_inner);
        let mut news = false;
        for (site, seq) in heads {
            let last = known.entry(*site).or_insert(0);
            if *last < *seq {
                *last = *seq;
                news = true;
            }
        }
        drop(known);
        if news {
            self.bell.send_modify(|rings| *rings += 1);
        }
    }

    /// Rings when this node has committed something.
    pub fn own(&self) -> watch::Receiver<u64> {
        self.own.subscribe()
    }

    pub fn head(&self, site: i64) -> i64 {
        let known = self.heads.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(&site).copied().unwrap_or(0)
    }

    pub fn listen(&self) -> watch::Receiver<u64> {
        self.bell.subscribe()
    }
}
