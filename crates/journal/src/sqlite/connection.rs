//! Connections to the two files (数据库文件): the journal with its views, and the keys of persons apart from it.

use std::path::{Path, PathBuf};

use rusqlite::config::DbConfig;
use rusqlite::types::{ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::fault::{Fault, FaultKind};
use crate::value::{Row, Val};

/// Statements kept ready on each connection.
const STATEMENTS: usize = 400;

/// Where the two files lie.
#[derive(Clone, Debug)]
pub(crate) struct Files {
    pub journal: PathBuf,
    pub keys: PathBuf,
}

/// Opens one file for writing, made if it is missing.
pub(crate) fn writer(path: &Path, wipe: bool) -> Result<Connection, Fault> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let open = || {
        let connection = Connection::open_with_flags(path, flags)?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        steady_plans(&connection)?;
        connection.busy_timeout(std::time::Duration::from_secs(5))?;
        connection.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000;
             PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF; PRAGMA foreign_keys = ON;
             PRAGMA cache_size = -32000;",
        )?;
        // What is deleted among the keys must not lie in the file any more; elsewhere only where it costs nothing.
        connection.pragma_update(None, "secure_delete", if wipe { "ON" } else { "FAST" })?;
        Ok(connection)
    };
    open().map_err(|error| fault(error, &format!("open {}", path.display())))
}

/// Opens one file for reading only.
pub(crate) fn reader(path: &Path) -> Result<Connection, Fault> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let open = || {
        let connection = Connection::open_with_flags(path, flags)?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        steady_plans(&connection)?;
        connection.busy_timeout(std::time::Duration::from_secs(5))?;
        connection.execute_batch(
            "PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF; PRAGMA query_only = ON;
             PRAGMA cache_size = -8000;",
        )?;
        Ok(connection)
    };
    open().map_err(|error| fault(error, &format!("open {} for reading", path.display())))
}

/// A statement is planned once, not again for each value: beside a partial index the engine would read its text anew
/// whenever a value changes.
fn steady_plans(connection: &Connection) -> rusqlite::Result<()> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map(drop)
}

/// Turns an error of the engine into a fault of the right kind.
pub(crate) fn fault(error: rusqlite::Error, doing: &str) -> Fault {
    let kind = match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => FaultKind::DiskFull,
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => FaultKind::Busy,
        Some(ErrorCode::SystemIoFailure | ErrorCode::CannotOpen) => FaultKind::Gone,
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => FaultKind::Corrupt,
        _ => FaultKind::Bug,
    };
    Fault::from_source(kind, doing, error)
}

impl ToSql for Val {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Val::Null => ValueRef::Null,
            Val::I(value) => ValueRef::Integer(*value),
            Val::F(value) => ValueRef::Real(*value),
            Val::T(value) => ValueRef::Text(value.as_bytes()),
            Val::B(value) => ValueRef::Blob(value),
        }))
    }
}

/// All rows of a statement.
pub(crate) fn rows(connection: &Connection, text: &str, vals: &[Val]) -> rusqlite::Result<Vec<Row>> {
    let mut statement = connection.prepare_cached(text)?;
    let width = statement.column_count();
    let mut rows = statement.query(rusqlite::params_from_iter(vals))?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        let mut values = Vec::with_capacity(width);
        for at in 0..width {
            values.push(match row.get_ref(at)? {
                ValueRef::Null => Val::Null,
                ValueRef::Integer(value) => Val::I(value),
                ValueRef::Real(value) => Val::F(value),
                ValueRef::Text(value) => Val::T(String::from_utf8_lossy(value).into_owned()),
                ValueRef::Blob(value) => Val::B(value.to_vec()),
            });
        }
        out.push(Row(values));
    }
    Ok(out)
}

/// Runs a statement that answers with no rows.
pub(crate) fn execute(connection: &Connection, text: &str, vals: &[Val]) -> rusqlite::Result<()> {
    connection.prepare_cached(text)?.execute(rusqlite::params_from_iter(vals)).map(drop)
}
