//! The limit (上限): the rows that the measured commands left, inserted by a bare loop into an empty file of the same
//! engine, with the same durability and as many commands a transaction as there were clients.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use std::time::Instant;

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};
use serde::Serialize;
use testbed::Folder;

/// How fast the bare loop was.
#[derive(Serialize)]
pub struct Bare {
    /// Commands a transaction.
    pub together: u64,
    /// Rows written.
    pub rows: usize,
    /// Commands a second, had they been commands.
    pub per_second: f64,
}

impl fmt::Display for Bare {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Bare { together, rows, per_second } = self;
        write!(f, "  bare loop, {together} a transaction: {rows} rows, {per_second:.0} commands/s")
    }
}

/// The rows of one table with the statement that writes one.
struct Table {
    insert: String,
    rows: Vec<Vec<Value>>,
}

/// Copies the journal at `from`, row by row, as a loop of inserts.
pub fn run(from: &Path, commands: u64, together: u64) -> anyhow::Result<Bare> {
    let source = Connection::open(from)?;
    let folder = Folder::new("bare");
    let mut target = Connection::open(folder.path().join("bare.db"))?;
    target.execute_batch("pragma journal_mode = wal; pragma synchronous = full; pragma cache_size = -65536;")?;
    let tables = tables(&source, &target)?;
    let rows = tables.iter().map(|table| table.rows.len()).sum();
    let transactions = commands.div_ceil(together).max(1) as usize;
    let clock = Instant::now();
    for part in 0..transactions {
        let tx = target.transaction()?;
        for table in &tables {
            let count = table.rows.len();
            let mut insert = tx.prepare_cached(&table.insert)?;
            for row in &table.rows[count * part / transactions..count * (part + 1) / transactions] {
                insert.execute(params_from_iter(row))?;
            }
        }
        tx.commit()?;
    }
    Ok(Bare { together, rows, per_second: commands as f64 / clock.elapsed().as_secs_f64() })
}

/// Makes the tables and indexes, and reads the rows of every table that has some. The terms of the search index cannot
/// be read back, so a document's text stands for them, cut as the store cuts it.
fn tables(source: &Connection, target: &Connection) -> anyhow::Result<Vec<Table>> {
    let mut list = source.prepare(
        "select name, sql, type from sqlite_master where sql is not null and name not like 'sqlite_%'
         and name not like 'search_terms_%' order by type = 'index'",
    )?;
    let made: Vec<(String, String, String)> =
        list.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?.collect::<Result<_, _>>()?;
    let mut tables = Vec::new();
    for (name, sql, kind) in made {
        target.execute_batch(&sql)?;
        if kind == "table" && name != "search_terms" {
            tables.push(table(source, &name)?);
        }
    }
    let mut docs = source.prepare("select doc, text, site, kind from search_doc order by doc")?;
    let rows = docs.query_map([], |row| {
        let (doc, text, site, kind): (i64, String, i64, String) = (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
        let terms = journal::search::words::terms(&text, site, &kind).join(" ");
        Ok(vec![Value::Integer(doc), Value::Text(terms)])
    })?;
    let insert = "insert into search_terms(rowid, terms) values (?1, ?2)".to_owned();
    tables.push(Table { insert, rows: rows.collect::<Result<_, _>>()? });
    tables.retain(|table| !table.rows.is_empty());
    Ok(tables)
}

/// Rows in the order in which commands left them, as far as a column tells.
fn table(source: &Connection, name: &str) -> anyhow::Result<Table> {
    let columns: BTreeMap<i64, String> = source
        .prepare(&format!("pragma table_info({name})"))?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    let has = |wanted: &str| columns.values().any(|column| column == wanted);
    let order = ["seq", "from_seq", "case_id"].into_iter().find(|column| has(column));
    let order = order.map(|column| format!(" order by {column}")).unwrap_or_default();
    let mut read = source.prepare(&format!("select * from {name}{order}"))?;
    let width = read.column_count();
    let rows = read.query_map([], |row| (0..width).map(|at| row.get(at)).collect::<Result<Vec<Value>, _>>())?;
    let places: Vec<String> = (1..=width).map(|at| format!("?{at}")).collect();
    let insert = format!("insert into {name} values ({})", places.join(", "));
    Ok(Table { insert, rows: rows.collect::<Result<_, _>>()? })
}
