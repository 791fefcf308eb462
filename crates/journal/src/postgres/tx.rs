//! A transaction on PostgreSQL (服务器事务): writes are queued and leave together with the next question or the commit.

use crate::fault::Fault;
use crate::known::Known;
use crate::postgres::link::Link;
use crate::tx::{Engine, Sql, Tx};
use crate::value::{Row, Val};

/// Writes queued at most before they are sent.
const QUEUE: usize = 400;

/// What a transaction begins with.
pub(crate) const WRITING: Sql = Sql::fixed("BEGIN ISOLATION LEVEL READ COMMITTED");
/// All questions of a read see one moment.
pub(crate) const READING: Sql = Sql::fixed("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");

/// A transaction. Dropped without a commit it is rolled back.
pub(crate) struct PgTx<'c> {
    link: &'c mut Link,
    queue: Vec<(Sql, Vec<Val>)>,
    /// Something was sent: the server has a transaction.
    begun: bool,
    failed: Option<Fault>,
    known: Known,
}

impl<'c> PgTx<'c> {
    /// Begins; nothing is sent before the first question.
    pub fn begin(link: &'c mut Link, beginning: Sql) -> PgTx<'c> {
        PgTx { link, queue: vec![(beginning, Vec::new())], begun: false, failed: None, known: Known::default() }
    }

    /// The fault that has lost the transaction, if any.
    pub fn failed(&self) -> Option<&Fault> {
        self.failed.as_ref()
    }

    /// Queues a statement of transaction control.
    pub fn control(&mut self, text: &'static str) {
        self.queue.push((Sql::fixed(text), Vec::new()));
    }

    /// Sends what is queued together with COMMIT. A fault of kind Gone leaves open whether it was kept.
    pub fn commit(mut self) -> Result<(), Fault> {
        if let Some(fault) = &self.failed {
            return Err(fault.clone());
        }
        if !self.begun && self.queue.len() == 1 {
            // Nothing was asked and nothing written.
            self.queue.clear();
            return Ok(());
        }
        self.control("COMMIT");
        self.send(Vec::new())?;
        self.begun = false;
        Ok(())
    }

    /// Ends without keeping anything; the server hears of it at [`Link::finish`].
    pub fn leave(mut self) {
        self.link.unfinished |= self.begun;
        self.begun = false;
    }

    fn send(&mut self, asks: Vec<(Sql, Vec<Val>)>) -> Result<Vec<Vec<Row>>, Fault> {
        if let Some(fault) = &self.failed {
            return Err(fault.clone());
        }
        let mut all = std::mem::take(&mut self.queue);
        let queued = all.len();
        all.extend(asks);
        self.begun = true;
        match self.link.pipeline(&all) {
            Ok(mut answers) => Ok(answers.split_off(queued)),
            Err(fault) => {
                self.failed = Some(fault.clone());
                Err(fault)
            }
        }
    }
}

impl Drop for PgTx<'_> {
    fn drop(&mut self) {
        if self.begun {
            self.link.unfinished = true;
            self.link.finish();
        }
    }
}

impl Tx for PgTx<'_> {
    fn engine(&self) -> Engine {
        Engine::Postgres
    }

    fn query(&mut self, sql: Sql, vals: &[Val]) -> Result<Vec<Row>, Fault> {
        let mut answers = self.send(vec![(sql, vals.to_vec())])?;
        Ok(answers.pop().unwrap_or_default())
    }

    fn queries(&mut self, asks: Vec<(Sql, Vec<Val>)>) -> Result<Vec<Vec<Row>>, Fault> {
        self.send(asks)
    }

    fn exec(&mut self, sql: Sql, vals: &[Val]) -> Result<(), Fault> {
        if let Some(fault) = &self.failed {
            return Err(fault.clone());
        }
        self.queue.push((sql, vals.to_vec()));
        if self.queue.len() >= QUEUE {
            self.send(Vec::new())?;
        }
        Ok(())
    }

    fn script(&mut self, text: &str) -> Result<(), Fault> {
        self.send(Vec::new())?;
        let end = self.link.script(text);
        if let Err(fault) = &end {
            self.failed = Some(fault.clone());
        }
        end
    }

    fn prepare(&mut self, sql: &Sql) -> Result<(), Fault> {
        self.send(Vec::new())?;
        let end = self.link.prepare_all(std::iter::once(sql));
        if let Err(fault) = &end {
            self.failed = Some(fault.clone());
        }
        end
    }

    fn known(&mut self) -> &mut Known {
        &mut self.known
    }
}
