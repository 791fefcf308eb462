//! A transaction on SQLite (单机事务): statements run at once; keys are committed before the journal that needs them.

use rusqlite::Connection;

use crate::dialect::Renderings;
use crate::fault::{Fault, FaultKind};
use crate::known::Known;
use crate::sqlite::connection::{execute, fault, rows};
use crate::tx::{Engine, Sql, Tx};
use crate::value::{Row, Val};

/// A pair of connections with the statements known so far.
pub(crate) struct Pair {
    pub journal: Connection,
    pub keys: Connection,
    pub renderings: Renderings,
}

impl Pair {
    pub fn new(journal: Connection, keys: Connection) -> Pair {
        Pair { journal, keys, renderings: Renderings::new(Engine::Sqlite) }
    }
}

/// A transaction over both files. Dropped without a commit it is rolled back.
pub(crate) struct SqliteTx<'c> {
    pair: &'c mut Pair,
    keys_begun: bool,
    /// Scripts run: what they do is not counted as rows.
    scripts: u64,
    known: Known,
}

impl<'c> SqliteTx<'c> {
    /// Begins to write: takes the write lock at once.
    pub fn begin(pair: &'c mut Pair) -> Result<SqliteTx<'c>, Fault> {
        let tx = SqliteTx { pair, keys_begun: false, scripts: 0, known: Known::default() };
        tx.control("BEGIN IMMEDIATE")?;
        Ok(tx)
    }

    /// Begins to read: everything is seen as of the first question.
    pub fn begin_reading(pair: &'c mut Pair) -> Result<SqliteTx<'c>, Fault> {
        let tx = SqliteTx { pair, keys_begun: false, scripts: 0, known: Known::default() };
        tx.control("BEGIN")?;
        Ok(tx)
    }

    /// A statement of transaction control on the journal's file.
    pub fn control(&self, text: &str) -> Result<(), Fault> {
        execute(&self.pair.journal, text, &[]).map_err(|error| fault(error, text))
    }

    /// The engine has given the transaction up, as it may when the disk is full.
    pub fn lost(&self) -> bool {
        self.pair.journal.is_autocommit()
    }

    /// A number that grows whenever something is written.
    pub fn written(&self) -> u64 {
        self.pair.journal.total_changes() + self.pair.keys.total_changes() + self.scripts
    }

    /// Commits the keys, then the journal. When either fails nothing of the journal is kept; a key too many harms
    /// nobody, a missing one would make an entry unreadable.
    pub fn commit(mut self) -> Result<(), Fault> {
        if self.keys_begun {
            execute(&self.pair.keys, "COMMIT", &[]).map_err(|error| fault(error, "commit keys"))?;
            self.keys_begun = false;
        }
        self.control("COMMIT")
    }

    /// Refuses to go on after the engine has given up: a statement would then run, and stay, on its own.
    fn alive(&self) -> Result<(), Fault> {
        if self.lost() {
            return Err(Fault::new(FaultKind::Bug, "a statement after the transaction was lost"));
        }
        Ok(())
    }

    fn failed(error: rusqlite::Error, sql: &Sql) -> Fault {
        fault(error, &format!("run `{}`", sql.text()))
    }
}

impl Drop for SqliteTx<'_> {
    fn drop(&mut self) {
        // A failed roll back leaves the next BEGIN to fail, and that fault is seen.
        if !self.pair.journal.is_autocommit() {
            let _ = execute(&self.pair.journal, "ROLLBACK", &[]);
        }
        if !self.pair.keys.is_autocommit() {
            let _ = execute(&self.pair.keys, "ROLLBACK", &[]);
        }
    }
}

impl Tx for SqliteTx<'_> {
    fn engine(&self) -> Engine {
        Engine::Sqlite
    }

    fn query(&mut self, sql: Sql, vals: &[Val]) -> Result<Vec<Row>, Fault> {
        self.alive()?;
        let rendered = self.pair.renderings.get(&sql);
        let connection = if rendered.keys { &self.pair.keys } else { &self.pair.journal };
        rows(connection, &rendered.text, vals).map_err(|error| Self::failed(error, &sql))
    }

    fn queries(&mut self, asks: Vec<(Sql, Vec<Val>)>) -> Result<Vec<Vec<Row>>, Fault> {
        asks.into_iter().map(|(sql, vals)| self.query(sql, &vals)).collect()
    }

    fn exec(&mut self, sql: Sql, vals: &[Val]) -> Result<(), Fault> {
        self.alive()?;
        let rendered = self.pair.renderings.get(&sql);
        if rendered.keys && !self.keys_begun {
            execute(&self.pair.keys, "BEGIN IMMEDIATE", &[]).map_err(|error| fault(error, "begin keys"))?;
            self.keys_begun = true;
        }
        let connection = if rendered.keys { &self.pair.keys } else { &self.pair.journal };
        execute(connection, &rendered.text, vals).map_err(|error| Self::failed(error, &sql))
    }

    fn script(&mut self, text: &str) -> Result<(), Fault> {
        self.alive()?;
        self.scripts += 1;
        self.pair.journal.execute_batch(text).map_err(|error| fault(error, "run a script"))
    }

    fn prepare(&mut self, sql: &Sql) -> Result<(), Fault> {
        let rendered = self.pair.renderings.get(sql);
        let connection = if rendered.keys { &self.pair.keys } else { &self.pair.journal };
        connection.prepare_cached(&rendered.text).map(drop).map_err(|error| Self::failed(error, sql))
    }

    fn known(&mut self) -> &mut Known {
        &mut self.known
    }
}
