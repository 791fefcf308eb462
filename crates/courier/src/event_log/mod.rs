//! Event logs of other systems (事件日志): XES (IEEE 1849) and CSV, plain or gzipped, as events with their line.
//!
//! A log is taken as a whole or refused as a whole: the first thing that cannot be read is named with its line.

mod csv;
#[cfg(test)]
mod tests;
mod xes;

use std::io::Read as _;

use flate2::read::MultiGzDecoder;

use crate::text;

/// How large a log may be when unpacked, in bytes: what fits into memory beside its facts.
const LARGEST: u64 = 1 << 30;

/// One event. Names are the log's own: `concept:name`, `time:timestamp`; what XES says of a whole trace stands at each of
/// its events with `case:` before the name, as other tools write it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogEvent {
    /// Where it begins in the unpacked text, from 1.
    pub line: usize,
    /// Name and value, in the order of the log; empty values are left out.
    pub fields: Vec<(String, String)>,
}

impl LogEvent {
    /// The value of a field; the first when it stands twice.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// Why a log is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LogRefused {
    /// Not text, or packed in another way than gzip.
    #[error("看不懂这个文件：既不是 UTF-8 也不是 GB18030 的文本（可以是 gzip 压缩的）")]
    NotText,
    /// The packed text is broken or too large.
    #[error("压缩包读不出来：{0}")]
    Packed(String),
    /// Unpacked it is larger than a gigabyte.
    #[error("日志解开以后超过 1 GiB；请按时间分成几份")]
    TooLarge,
    /// A line that cannot be read.
    #[error("第 {line} 行：{reason}")]
    Line {
        /// From 1.
        line: usize,
        /// Why.
        reason: String,
    },
    /// Nothing in it.
    #[error("日志里没有事件")]
    Empty,
}

fn line(line: usize, reason: impl Into<String>) -> LogRefused {
    LogRefused::Line { line, reason: reason.into() }
}

/// Reads a log: XES when its text begins with `<`, else CSV with a head row (comma, semicolon or tab).
pub fn read(bytes: &[u8]) -> Result<Vec<LogEvent>, LogRefused> {
    let text = text::decode(&unpacked(bytes)?).ok_or(LogRefused::NotText)?;
    let events = if text.trim_start().starts_with('<') { xes::read(&text)? } else { csv::read(&text)? };
    if events.is_empty() { Err(LogRefused::Empty) } else { Ok(events) }
}

/// The bytes without gzip around them.
fn unpacked(bytes: &[u8]) -> Result<Vec<u8>, LogRefused> {
    if !bytes.starts_with(&[0x1f, 0x8b]) {
        return if bytes.len() as u64 > LARGEST { Err(LogRefused::TooLarge) } else { Ok(bytes.to_vec()) };
    }
    let mut plain = Vec::new();
    let mut packed = MultiGzDecoder::new(bytes).take(LARGEST + 1);
    packed.read_to_end(&mut plain).map_err(|fault| LogRefused::Packed(fault.to_string()))?;
    if plain.len() as u64 > LARGEST { Err(LogRefused::TooLarge) } else { Ok(plain) }
}

/// Line numbers of rising byte places, counted once.
struct Lines<'t> {
    text: &'t str,
    at: usize,
    line: usize,
}

impl<'t> Lines<'t> {
    fn new(text: &'t str) -> Lines<'t> {
        Lines { text, at: 0, line: 1 }
    }

    fn of(&mut self, place: usize) -> usize {
        let place = place.min(self.text.len());
        if place > self.at {
            self.line += self.text.as_bytes()[self.at..place].iter().filter(|byte| **byte == b'\n').count();
            self.at = place;
        }
        self.line
    }
}
