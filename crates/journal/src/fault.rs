//! A fault (故障): disk, database or bug. A refusal is an answer; a fault is an accident with a number to quote.

use std::error::Error;
use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// What sort of accident a fault is: decides whether trying again can help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// The store is asked for more than it takes at once, or another program holds it; try again later.
    Busy,
    /// No room left on the disk. Nothing of the act was kept.
    DiskFull,
    /// The database cannot be reached, or was lost on the way. The same command id may be sent again.
    Gone,
    /// Two transactions were in each other's way; the store has tried again and given up.
    Clash,
    /// The store is closing.
    Closed,
    /// What was read is not what was written: a broken chain, an unreadable row, a wrong key.
    Corrupt,
    /// The place or the setting does not allow it: a network share, a folder in use, a schema from a newer program.
    Setup,
    /// Anything else, most of all a mistake in the program.
    Bug,
}

/// An accident, with its cause and a short number that a visitor can quote. Copies share the number.
#[derive(Clone)]
pub struct Fault(Arc<Accident>);

#[derive(Debug, thiserror::Error)]
#[error("{doing}（故障号 {number}）")]
struct Accident {
    number: String,
    kind: FaultKind,
    doing: String,
    source: Option<Box<dyn Error + Send + Sync>>,
    logged: Arc<AtomicBool>,
}

impl Fault {
    /// A fault without a deeper cause. `doing` says what was going on, in one sentence.
    pub fn new(kind: FaultKind, doing: impl Into<String>) -> Fault {
        Fault::build(kind, doing.into(), None, new_number(), Arc::default())
    }

    /// A fault caused by another error, which is kept as its source and not pasted into the text.
    pub fn from_source(
        kind: FaultKind,
        doing: impl Into<String>,
        source: impl Into<Box<dyn Error + Send + Sync>>,
    ) -> Fault {
        Fault::build(kind, doing.into(), Some(source.into()), new_number(), Arc::default())
    }

    fn build(
        kind: FaultKind,
        doing: String,
        source: Option<Box<dyn Error + Send + Sync>>,
        number: String,
        logged: Arc<AtomicBool>,
    ) -> Fault {
        Fault(Arc::new(Accident { number, kind, doing, source, logged }))
    }

    /// The same fault seen one layer further out: same number and kind, with what that layer was doing.
    pub fn while_doing(self, doing: impl Into<String>) -> Fault {
        let number = self.0.number.clone();
        let logged = self.0.logged.clone();
        Fault::build(self.0.kind, doing.into(), Some(Box::new(self)), number, logged)
    }

    /// What sort of accident this is.
    pub fn kind(&self) -> FaultKind {
        self.0.kind
    }

    /// The short number to show and to look for in the log, such as `K7Q2M9`.
    pub fn number(&self) -> &str {
        &self.0.number
    }

    /// The whole chain of causes in one line, outermost first.
    pub fn chain(&self) -> String {
        let mut text = self.0.doing.clone();
        let mut cause = self.source();
        while let Some(error) = cause {
            let _ = match error.downcast_ref::<Fault>() {
                Some(inner) => write!(text, " ← {}", inner.0.doing),
                None => write!(text, " ← {error}"),
            };
            cause = error.source();
        }
        text
    }

    /// Writes the fault to the log with its chain, once: a second call, also on a copy, writes nothing.
    pub fn log(&self) {
        if !self.0.logged.swap(true, Ordering::Relaxed) {
            tracing::error!(number = self.number(), kind = ?self.0.kind, "{}", self.chain());
        }
    }
}

impl std::fmt::Debug for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Fault({:?}, {}: {})", self.0.kind, self.0.number, self.chain())
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl Error for Fault {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0.source()
    }
}

/// Six signs without the ones that are misread aloud (0/O, 1/I/L, U).
fn new_number() -> String {
    const SIGNS: &[u8] = b"23456789ABCDEFGHJKMNPQRSTVWXYZ";
    let mut bytes = [0u8; 6];
    if getrandom::fill(&mut bytes).is_err() {
        // A machine without randomness still gets a number, only always the same one.
        bytes = [7; 6];
    }
    bytes.iter().map(|byte| SIGNS[usize::from(*byte) % SIGNS.len()] as char).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chain_names_each_layer_once_and_keeps_the_number() {
        let inner = Fault::from_source(FaultKind::DiskFull, "写入日志", std::io::Error::other("no room"));
        let number = inner.number().to_owned();
        let outer = inner.while_doing("受理投诉");
        assert_eq!(outer.number(), number);
        assert_eq!(outer.kind(), FaultKind::DiskFull);
        assert_eq!(outer.chain(), "受理投诉 ← 写入日志 ← no room");
        assert_eq!(outer.to_string(), format!("受理投诉（故障号 {number}）"));
    }

    #[test]
    fn numbers_are_short_and_readable() {
        let number = Fault::new(FaultKind::Bug, "x").number().to_owned();
        assert_eq!(number.len(), 6);
        assert!(number.chars().all(|sign| sign.is_ascii_alphanumeric() && !"01ILOU".contains(sign)));
    }
}
