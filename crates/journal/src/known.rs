//! What a transaction knows already (已知): streams it has read or written whole, and where charters stand, so that nothing
//! is asked twice. Forgotten whenever writes are taken back.

use std::collections::HashMap;

/// Streams remembered at most; then all are forgotten, so that an import of many households stays small.
const STREAMS: usize = 1_024;

/// The memory of one transaction.
#[derive(Default)]
pub struct Known {
    streams: HashMap<i64, HashMap<String, Vec<office::Entry>>>,
    count: usize,
    charters: HashMap<i64, [u8; 32]>,
}

impl Known {
    /// All entries of a stream, oldest first; none inside when the stream is not known.
    pub(crate) fn stream(&self, site: i64, stream: &str) -> Option<&Vec<office::Entry>> {
        self.streams.get(&site)?.get(stream)
    }

    /// A stream was read whole.
    pub(crate) fn learn(&mut self, site: i64, stream: &str, entries: Vec<office::Entry>) {
        if self.count >= STREAMS {
            self.streams.clear();
            self.count = 0;
        }
        self.count += 1;
        self.streams.entry(site).or_default().insert(stream.to_owned(), entries);
    }

    /// A stream has grown by entries of which the first has this version. One that is not known up to there stays unknown.
    pub(crate) fn grow(&mut self, site: i64, stream: &str, version: i64, entries: &[crate::Entry]) {
        let known = self.streams.get_mut(&site).and_then(|streams| streams.get_mut(stream));
        match known {
            Some(known) if known.len() as i64 == version - 1 => {
                known.extend(entries.iter().map(|entry| entry.written.clone()));
            }
            None if version == 1 => {
                let entries = entries.iter().map(|entry| entry.written.clone()).collect();
                self.learn(site, stream, entries);
            }
            Some(_) => {
                self.streams.get_mut(&site).and_then(|streams| streams.remove(stream));
            }
            None => {}
        }
    }

    /// Hash of the last entry of a site's charter; that of the beginning when it has none.
    pub(crate) fn charter(&self, site: i64) -> Option<[u8; 32]> {
        self.charters.get(&site).copied()
    }

    /// The last entry of a charter was read; none when it has changed.
    pub(crate) fn learn_charter(&mut self, site: i64, hash: Option<[u8; 32]>) {
        match hash {
            Some(hash) => self.charters.insert(site, hash),
            None => self.charters.remove(&site),
        };
    }

    /// Forgets everything: writes were taken back, or were made past this memory.
    pub(crate) fn forget(&mut self) {
        *self = Known::default();
    }
}
