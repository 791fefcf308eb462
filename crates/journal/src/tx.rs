//! One thin layer (事务) over both engines. Handlers and projectors are plain synchronous functions over it.

use std::borrow::Cow;

use crate::fault::Fault;
use crate::known::Known;
use crate::value::{Row, Val};

/// The two engines a store can stand on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Engine {
    /// One file, one process.
    Sqlite,
    /// A server, several equal nodes.
    Postgres,
}

/// One statement text for both engines: parameters `$1…$n`, and the few words of [`crate::dialect`] in braces.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Sql(Cow<'static, str>);

impl Sql {
    /// A fixed text; write it with [`crate::sql!`], so that the test that prepares every statement finds it.
    pub const fn fixed(text: &'static str) -> Sql {
        Sql(Cow::Borrowed(text))
    }

    /// A text put together at run time (lists, filters). Its parts are fixed texts, never anything a person typed.
    pub fn built(text: String) -> Sql {
        Sql(Cow::Owned(text))
    }

    /// The text as written.
    pub fn text(&self) -> &str {
        &self.0
    }
}

/// A fixed statement: `sql!("select …")`; one that only one engine knows: `sql!(sqlite "…")`, `sql!(postgres "…")`.
#[macro_export]
macro_rules! sql {
    ($(sqlite)? $(postgres)? $text:literal) => {
        $crate::Sql::fixed($text)
    };
}

/// A transaction on either engine.
///
/// After a fault of the database the transaction is lost: pass the fault on, do not go on writing.
pub trait Tx {
    /// The engine behind it; only the files that hold the engines' differences ask.
    fn engine(&self) -> Engine;

    /// The rows a statement answers with. Everything queued before is sent first, in order.
    fn query(&mut self, sql: Sql, vals: &[Val]) -> Result<Vec<Row>, Fault>;

    /// Several questions at once: one round trip on PostgreSQL.
    fn queries(&mut self, asks: Vec<(Sql, Vec<Val>)>) -> Result<Vec<Vec<Row>>, Fault>;

    /// A write. PostgreSQL gets it together with the next question or the commit, so its fault may come later.
    fn exec(&mut self, sql: Sql, vals: &[Val]) -> Result<(), Fault>;

    /// Runs a text of several statements without parameters, at once; for tables, not for rows.
    fn script(&mut self, text: &str) -> Result<(), Fault>;

    /// Lets the engine read the statement without running it; a fault says what is wrong with it.
    fn prepare(&mut self, sql: &Sql) -> Result<(), Fault>;

    /// What this transaction knows already.
    fn known(&mut self) -> &mut Known;

    /// The first row, if any.
    fn first(&mut self, sql: Sql, vals: &[Val]) -> Result<Option<Row>, Fault> {
        Ok(self.query(sql, vals)?.into_iter().next())
    }

    /// The whole number in the first column of the first row, if there is a row and a number.
    fn number(&mut self, sql: Sql, vals: &[Val]) -> Result<Option<i64>, Fault> {
        match self.first(sql, vals)? {
            Some(row) => row.maybe_int(0),
            None => Ok(None),
        }
    }
}
