//! A database of its own for one test (测试库), dropped with it.

use std::sync::atomic::{AtomicU32, Ordering};

use tokio_postgres::{NoTls, SimpleQueryMessage};

use crate::cluster;

/// An empty PostgreSQL database, dropped when the value is.
pub struct Database {
    name: String,
}

impl Database {
    /// A new database on the server of `HUIYIN_TEST_POSTGRES` (`host=… user=…`), or on a private one that is started
    /// for this process.
    ///
    /// # Panics
    /// When there is no server to be had.
    pub fn new() -> Database {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("huiyin_{}_{count}", std::process::id());
        server_runs(&format!("drop database if exists {name} with (force)"));
        server_runs(&format!("create database {name} template template0 encoding 'UTF8'"));
        Database { name }
    }

    /// How to reach it.
    pub fn url(&self) -> String {
        format!("{} dbname={}", cluster::server(), self.name)
    }

    /// Cuts every connection to it.
    pub fn hang_up(&self) {
        let name = &self.name;
        server_runs(&format!("select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'"));
    }

    /// Cuts every connection and takes no new one until [`Database::reopen`].
    pub fn shut(&self) {
        server_runs(&format!("alter database {} allow_connections false", self.name));
        self.hang_up();
    }

    /// Takes connections again.
    pub fn reopen(&self) {
        server_runs(&format!("alter database {} allow_connections true", self.name));
    }

    /// Runs a statement in it, outside the program under test.
    pub fn runs(&self, statement: &str) {
        block(&self.url(), statement).unwrap_or_else(|error| panic!("{statement}: {error:?}"));
    }

    /// How many rows a table has.
    pub fn rows(&self, table: &str) -> usize {
        let told = self.tells(&format!("select count(*) from {table}")).concat();
        told.parse().unwrap_or_else(|_| panic!("{table} counts {told}"))
    }

    /// The first column of what a question finds in it, as text.
    pub fn tells(&self, question: &str) -> Vec<String> {
        let found = ask(&self.url(), question).unwrap_or_else(|error| panic!("{question}: {error:?}"));
        let first = |message| match message {
            SimpleQueryMessage::Row(row) => Some(row.get(0).unwrap_or_default().to_owned()),
            _ => None,
        };
        found.into_iter().filter_map(first).collect()
    }
}

impl Default for Database {
    fn default() -> Database {
        Database::new()
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        server_runs(&format!("drop database if exists {} with (force)", self.name));
    }
}

/// Whether a server answers at this address.
pub(crate) fn reaches(url: &str) -> bool {
    block(url, "select 1").is_ok()
}

fn server_runs(statement: &str) {
    let url = format!("{} dbname=postgres", cluster::server());
    block(&url, statement).unwrap_or_else(|error| panic!("{statement}: {error:?}"));
}

fn block(url: &str, statement: &str) -> Result<(), tokio_postgres::Error> {
    ask(url, statement).map(drop)
}

/// Asks on a thread of its own: the test's may belong to a runtime, which cannot be entered twice.
fn ask(url: &str, statement: &str) -> Result<Vec<SimpleQueryMessage>, tokio_postgres::Error> {
    let run = async {
        let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
        // Ends with the client; what goes wrong with it is seen by the client.
        tokio::spawn(async move {
            let _ = connection.await;
        });
        client.simple_query(statement).await
    };
    std::thread::scope(|scope| {
        let thread = scope.spawn(|| {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.expect("a runtime without threads can always be made").block_on(run)
        });
        thread.join().expect("the statement's thread does not panic")
    })
}
