//! A projector (投影) turns entries into rows of views. Views can be dropped and rebuilt at any time.

use crate::entry::Entry;
use crate::fault::Fault;
use crate::tx::Tx;

/// Makes the views. The same code runs inside each act and while rebuilding, so it must depend on nothing but the
/// entries and the rows that earlier entries of the same site have left.
pub trait Projector: Send + Sync {
    /// The view tables, in an order in which they can be dropped. Each has a column `site`.
    fn tables(&self) -> &[&'static str];

    /// The statements that make the tables and their indexes, in the words of [`crate::dialect`].
    fn schema(&self) -> &str;

    /// Goes up by one when rows come out differently although the tables are the same.
    fn edition(&self) -> i64 {
        1
    }

    /// Writes what `entries` change in the views: all that one command appended to one stream at once, in order.
    fn project(&self, tx: &mut dyn Tx, entries: &[Entry]) -> Result<(), Fault>;
}

/// A projector with its digest: a store whose views have another one needs a rebuild.
pub(crate) struct Views {
    projector: Box<dyn Projector>,
    digest: String,
}

impl Views {
    pub fn new(projector: Box<dyn Projector>) -> Views {
        let text = format!("{}\n{}", projector.edition(), projector.schema());
        let digest = blake3::hash(text.as_bytes()).to_hex()[..16].to_owned();
        Views { projector, digest }
    }

    pub fn projector(&self) -> &dyn Projector {
        &*self.projector
    }

    pub fn digest(&self) -> &str {
        &self.digest
    }
}

/// No views at all: for tools that only read or check the journal.
pub struct NoViews;

impl Projector for NoViews {
    fn tables(&self) -> &[&'static str] {
        &[]
    }

    fn schema(&self) -> &str {
        ""
    }

    fn project(&self, _: &mut dyn Tx, _: &[Entry]) -> Result<(), Fault> {
        Ok(())
    }
}
