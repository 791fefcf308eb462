//! The limit (上限): the rows that the measured commands left, inserted by a bare loop into an empty store of the same
//! engine, with the same settings and as many commands a transaction as there were clients.

use std::time::Instant;

use anyhow::Context;
use futures_util::future::try_join_all;
use journal::{Engine, House, Sql, Val};
use rusqlite::{Connection, params_from_iter};
use tokio_postgres::types::ToSql;

use crate::commands::Done;
use crate::opened::{Ground, runtime};
use crate::processor;

/// Tables that a fresh store has filled already.
const FILLED: [&str; 2] = ["schema_step", "meta"];

/// The rows of one table with the statement that writes one.
struct Table {
    /// It lies among the keys of persons.
    keys: bool,
    insert: String,
    rows: Vec<Vec<Val>>,
}

/// What commands have left, in the order in which they left it as far as a column tells.
pub struct Left {
    engine: Engine,
    tables: Vec<Table>,
    commands: u64,
}

/// Rows of every table, by name.
pub struct Before(Vec<(String, usize)>);

/// How many rows each table has, so that what comes later can be told from what was there.
pub fn before(house: &House) -> anyhow::Result<Before> {
    let read = house.store().read(|tx| {
        let mut counts = Vec::new();
        for name in names(tx)? {
            let count = tx.number(Sql::built(format!("select count(*) from {name}")), &[])?.unwrap_or(0);
            counts.push((name, usize::try_from(count).unwrap_or_default()));
        }
        Ok(counts)
    });
    Ok(Before(read.wait()?))
}

fn names(tx: &mut dyn journal::Tx) -> Result<Vec<String>, journal::Fault> {
    let text = match tx.engine() {
        Engine::Sqlite => "select name from sqlite_master where type = 'table' and name not like 'search_terms%'",
        Engine::Postgres => {
            "select cast(table_name as text) from information_schema.tables where table_schema = 'public'"
        }
    };
    let rows = tx.query(Sql::fixed(text), &[])?;
    let mut names = rows.iter().map(|row| row.string(0)).collect::<Result<Vec<String>, _>>()?;
    names.retain(|name| !FILLED.contains(&name.as_str()));
    names.push("{keys}person_key".to_owned());
    Ok(names)
}

/// Reads the rows that so many commands have added.
pub fn left(house: &House, before: Before, commands: u64) -> anyhow::Result<Left> {
    let read = house.store().read(move |tx| {
        let engine = tx.engine();
        let mut tables = Vec::new();
        for (name, known) in &before.0 {
            let columns = columns(tx, name)?;
            let order = ["seq", "from_seq", "doc", "case_id", "opened", "number"];
            let order = order.into_iter().find(|wanted| columns.iter().any(|column| column == wanted));
            let order = order.map(|column| format!(" order by {column}")).unwrap_or_default();
            let listed: Vec<String> = columns.iter().map(|column| readable(column)).collect();
            let text = format!("select {} from {name}{order} limit -1 offset {known}", listed.join(", "));
            let text = if engine == Engine::Postgres { text.replace("limit -1", "limit all") } else { text };
            let rows = tx.query(Sql::built(text), &[])?;
            let rows: Vec<Vec<Val>> = rows.iter().map(|row| row.values().to_vec()).collect();
            if engine == Engine::Sqlite && name == "search_doc" {
                tables.push(terms(&rows));
            }
            tables.push(Table { keys: name.starts_with("{keys}"), insert: insert(engine, name, &columns), rows });
        }
        tables.retain(|table| !table.rows.is_empty());
        Ok(Left { engine, tables, commands })
    });
    Ok(read.wait()?)
}

fn columns(tx: &mut dyn journal::Tx, name: &str) -> Result<Vec<String>, journal::Fault> {
    if name.starts_with("{keys}") {
        return Ok(["site", "person", "secret", "made", "destroyed"].map(String::from).to_vec());
    }
    let text = match tx.engine() {
        Engine::Sqlite => format!("select name from pragma_table_info('{name}') order by cid"),
        Engine::Postgres => format!(
            "select cast(column_name as text) from information_schema.columns
             where table_schema = 'public' and table_name = '{name}' order by ordinal_position"
        ),
    };
    tx.query(Sql::built(text), &[])?.iter().map(|row| row.string(0)).collect()
}

/// The one column of a type that rows do not carry is read and written as text.
fn readable(column: &str) -> String {
    if column == "terms" { "cast(terms as text)".to_owned() } else { column.to_owned() }
}

fn insert(engine: Engine, name: &str, columns: &[String]) -> String {
    let places: Vec<String> = columns
        .iter()
        .zip(1..)
        .map(|(column, at)| match engine {
            Engine::Sqlite => format!("?{at}"),
            Engine::Postgres if column == "terms" => format!("cast(cast(${at} as text) as tsvector)"),
            Engine::Postgres => format!("${at}"),
        })
        .collect();
    let name = name.replace("{keys}", if engine == Engine::Postgres { "keys." } else { "" });
    format!("insert into {name}({}) values ({})", columns.join(", "), places.join(", "))
}

/// The terms of SQLite's search index cannot be read back: a document's text stands for them, cut as the store cuts it.
fn terms(documents: &[Vec<Val>]) -> Table {
    let mut rows = Vec::new();
    for document in documents {
        if let [Val::I(doc), Val::I(site), Val::T(kind), _, Val::T(text), ..] = document.as_slice() {
            let terms = journal::search::words::terms(text, *site, kind).join(" ");
            rows.push(vec![Val::I(*doc), Val::T(terms)]);
        }
    }
    Table { keys: false, insert: "insert into search_terms(rowid, terms) values (?1, ?2)".into(), rows }
}

impl Left {
    /// Rows a command.
    pub fn rows(&self) -> f64 {
        self.tables.iter().map(|table| table.rows.len()).sum::<usize>() as f64 / self.commands.max(1) as f64
    }

    /// Inserts everything, `together` commands a transaction.
    pub fn loops(&self, together: u64) -> anyhow::Result<Done> {
        let transactions = usize::try_from(self.commands.div_ceil(together).max(1))?;
        match self.engine {
            Engine::Sqlite => self.on_sqlite(transactions),
            Engine::Postgres => runtime()?.block_on(self.on_postgres(transactions)),
        }
    }

    fn on_sqlite(&self, transactions: usize) -> anyhow::Result<Done> {
        let ground = Ground::sqlite();
        drop(ground.open()?);
        let open = |file: &str| -> anyhow::Result<Connection> {
            let connection = Connection::open(ground.folder()?.join(file))?;
            connection.set_prepared_statement_cache_capacity(100);
            // As the store sets them.
            connection.execute_batch(
                "pragma journal_mode = wal; pragma synchronous = full; pragma wal_autocheckpoint = 4000;
                 pragma temp_store = memory; pragma foreign_keys = on; pragma cache_size = -32000;",
            )?;
            Ok(connection)
        };
        let (journal, keys) = (open("journal.db")?, open("keys/keys.db")?);
        let keyed = self.tables.iter().any(|table| table.keys);
        let (clock, before) = (Instant::now(), processor::own());
        for part in 0..transactions {
            journal.execute_batch("begin immediate")?;
            if keyed {
                keys.execute_batch("begin immediate")?;
            }
            for table in &self.tables {
                let connection = if table.keys { &keys } else { &journal };
                let mut insert = connection.prepare_cached(&table.insert)?;
                for row in table.part(part, transactions) {
                    insert.execute(params_from_iter(row))?;
                }
            }
            if keyed {
                keys.execute_batch("commit")?;
            }
            journal.execute_batch("commit")?;
        }
        let used = processor::own().zip(before).map(|(after, before)| after.saturating_sub(before));
        Ok(Done { commands: self.commands, time: clock.elapsed(), used })
    }

    /// Each transaction is sent in one go, which no client can beat.
    async fn on_postgres(&self, transactions: usize) -> anyhow::Result<Done> {
        let ground = Ground::postgres();
        drop(ground.open()?);
        let (client, connection) = tokio_postgres::connect(ground.url()?, tokio_postgres::NoTls).await?;
        tokio::spawn(connection);
        let mut inserts = Vec::new();
        for table in &self.tables {
            inserts.push(client.prepare(&table.insert).await.with_context(|| table.insert.clone())?);
        }
        let clock = Instant::now();
        for part in 0..transactions {
            client.batch_execute("begin").await?;
            let mut running = Vec::new();
            for (table, insert) in self.tables.iter().zip(&inserts) {
                for row in table.part(part, transactions) {
                    let vals: Vec<&(dyn ToSql + Sync)> = row.iter().map(|val| val as &(dyn ToSql + Sync)).collect();
                    let client = &client;
                    running.push(async move { client.execute(insert, &vals).await });
                }
            }
            try_join_all(running).await?;
            client.batch_execute("commit").await?;
        }
        Ok(Done { commands: self.commands, time: clock.elapsed(), used: None })
    }
}

impl Table {
    /// The rows of one transaction of so many.
    fn part(&self, part: usize, of: usize) -> &[Vec<Val>] {
        let count = self.rows.len();
        &self.rows[count * part / of..count * (part + 1) / of]
    }
}
