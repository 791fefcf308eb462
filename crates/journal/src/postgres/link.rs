//! A connection to PostgreSQL (连接) with the statements it knows, driven by its own thread.

use std::collections::HashMap;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::Poll;
use std::time::Duration;

use tokio::runtime::Runtime;
use tokio_postgres::error::SqlState;
use tokio_postgres::types::private::BytesMut;
use tokio_postgres::types::{IsNull, ToSql, Type, to_sql_checked};
use tokio_postgres::{Client, Config, NoTls, Statement};

use crate::dialect::Renderings;
use crate::fault::{Fault, FaultKind};
use crate::tx::{Engine, Sql};
use crate::value::{Row, Val};

/// Statements kept ready; texts put together at run time must not pile up on the server.
const STATEMENTS: usize = 1_000;

/// What every connection begins with. A node that hangs must not hold a site's head for ever.
const GREETING: &str = "set client_min_messages = warning; set statement_timeout = '120s'; set lock_timeout = '30s';
    set idle_in_transaction_session_timeout = '120s'; set synchronous_commit = on";

/// One connection.
pub(crate) struct Link {
    runtime: Runtime,
    client: Client,
    statements: HashMap<Sql, Statement>,
    renderings: Renderings,
    /// A transaction was left that the server still has open.
    pub unfinished: bool,
}

/// Reads an address; what is wrong with it is named.
pub(crate) fn config(url: &str) -> Result<Config, Fault> {
    let mut config: Config = url.parse().map_err(|error: tokio_postgres::Error| {
        Fault::from_source(FaultKind::Setup, "PostgreSQL 的连接地址有误", error)
    })?;
    config.connect_timeout(Duration::from_secs(3));
    config.application_name("huiyin");
    Ok(config)
}

/// A runtime that lives on the calling thread.
pub(crate) fn runtime() -> Result<Runtime, Fault> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Fault::from_source(FaultKind::Setup, "start the runtime of a database thread", error))
}

impl Link {
    /// Connects, once.
    pub fn new(config: &Config) -> Result<Link, Fault> {
        let runtime = runtime()?;
        let client = runtime.block_on(async {
            let (client, connection) = config.connect(NoTls).await?;
            // Ends with the client; what goes wrong with it shows at the next statement.
            tokio::spawn(async move {
                let _ = connection.await;
            });
            client.batch_execute(GREETING).await?;
            Ok(client)
        });
        let client = client.map_err(|error| gone(fault(error, "connect to PostgreSQL")))?;
        let renderings = Renderings::new(Engine::Postgres);
        Ok(Link { runtime, client, statements: HashMap::new(), renderings, unfinished: false })
    }

    /// Whether the connection is known to be lost.
    pub fn is_lost(&self) -> bool {
        self.client.is_closed()
    }

    /// Rolls back a transaction that was left open.
    pub fn finish(&mut self) {
        if std::mem::take(&mut self.unfinished) && !self.is_lost() {
            // If this fails the connection is lost and the server rolls back by itself.
            let _ = self.pipeline(&[(Sql::fixed("ROLLBACK"), Vec::new())]);
        }
    }

    /// Sends all statements in one go and returns the rows of each, or the first fault. After one the server has
    /// ignored the rest.
    pub fn pipeline(&mut self, asks: &[(Sql, Vec<Val>)]) -> Result<Vec<Vec<Row>>, Fault> {
        self.prepare_all(asks.iter().map(|(sql, _)| sql))?;
        let mut running: Vec<Pin<Box<dyn Future<Output = _> + '_>>> = Vec::with_capacity(asks.len());
        for (sql, vals) in asks {
            let statement = self.statements.get(sql);
            let statement = statement.ok_or_else(|| Fault::new(FaultKind::Bug, "a statement was not prepared"))?;
            let client = &self.client;
            running.push(Box::pin(async move {
                let params: Vec<&(dyn ToSql + Sync)> = vals.iter().map(|val| val as &(dyn ToSql + Sync)).collect();
                client.query(statement, &params).await
            }));
        }
        let ends = self.runtime.block_on(in_order(running));
        let mut out = Vec::with_capacity(asks.len());
        for (end, (sql, _)) in ends.into_iter().zip(asks) {
            match end {
                Ok(rows) => out.push(rows.iter().map(row).collect::<Result<Vec<Row>, Fault>>()?),
                Err(error) => {
                    if stale_plan(&error) {
                        self.statements.clear();
                    }
                    return Err(fault(error, &format!("run `{}`", sql.text())));
                }
            }
        }
        Ok(out)
    }

    /// Lets the server read a statement.
    pub fn prepare_all<'a>(&mut self, all: impl Iterator<Item = &'a Sql>) -> Result<(), Fault> {
        let mut missing: Vec<&Sql> = all.filter(|sql| !self.statements.contains_key(*sql)).collect();
        missing.sort_by_key(|sql| sql.text());
        missing.dedup();
        if missing.is_empty() {
            return Ok(());
        }
        if self.statements.len() + missing.len() > STATEMENTS {
            // Also the ones of this round are needed afterwards, so nothing else may be forgotten half way.
            self.statements.clear();
            return self.prepare_all(missing.into_iter());
        }
        let texts: Vec<_> = missing.iter().map(|sql| self.renderings.get(sql)).collect();
        let mut running: Vec<Pin<Box<dyn Future<Output = _> + '_>>> = Vec::with_capacity(texts.len());
        for text in &texts {
            running.push(Box::pin(self.client.prepare(&text.text)));
        }
        let ends = self.runtime.block_on(in_order(running));
        for (end, sql) in ends.into_iter().zip(missing) {
            let statement = end.map_err(|error| fault(error, &format!("prepare `{}`", sql.text())))?;
            self.statements.insert(sql.clone(), statement);
        }
        Ok(())
    }

    /// Runs a text of several statements without parameters.
    pub fn script(&mut self, text: &str) -> Result<(), Fault> {
        // Tables may come out of it in another shape.
        self.statements.clear();
        let end = self.runtime.block_on(self.client.batch_execute(text));
        end.map_err(|error| fault(error, "run a script"))
    }
}

/// Awaits futures that answer in order. Each is polled once in order first, which sends its message.
async fn in_order<F: Future + Unpin>(mut running: Vec<F>) -> Vec<F::Output> {
    let mut early: Vec<Option<F::Output>> = Vec::with_capacity(running.len());
    poll_fn(|context| {
        for future in &mut running {
            early.push(match Pin::new(future).poll(context) {
                Poll::Ready(end) => Some(end),
                Poll::Pending => None,
            });
        }
        Poll::Ready(())
    })
    .await;
    let mut out = Vec::with_capacity(running.len());
    for (future, end) in running.into_iter().zip(early) {
        out.push(match end {
            Some(end) => end,
            None => future.await,
        });
    }
    out
}

/// Tables have changed under a prepared statement.
fn stale_plan(error: &tokio_postgres::Error) -> bool {
    let code = error.code();
    code == Some(&SqlState::FEATURE_NOT_SUPPORTED) || code == Some(&SqlState::INVALID_SQL_STATEMENT_NAME)
}

/// Turns an error of the server or the connection into a fault of the right kind.
pub(crate) fn fault(error: tokio_postgres::Error, doing: &str) -> Fault {
    let kind = match error.code() {
        None => FaultKind::Gone,
        Some(code) => match code.code() {
            "40001" | "40P01" | "23505" | "26000" => FaultKind::Clash,
            "0A000" if error.to_string().contains("cached plan") => FaultKind::Clash,
            "53100" => FaultKind::DiskFull,
            "53300" | "55P03" | "57014" | "25P03" => FaultKind::Busy,
            code if code.starts_with("08") || code.starts_with("57P") => FaultKind::Gone,
            _ => FaultKind::Bug,
        },
    };
    // Its own text says only "db error"; the server's words are its source.
    Fault::from_source(kind, doing, error)
}

/// A server that refuses a connection is as good as gone, whatever it says.
fn gone(fault: Fault) -> Fault {
    if fault.kind() == FaultKind::Gone {
        fault
    } else {
        Fault::from_source(FaultKind::Gone, "数据库拒绝连接", fault)
    }
}

fn row(row: &tokio_postgres::Row) -> Result<Row, Fault> {
    let mut values = Vec::with_capacity(row.len());
    for (at, column) in row.columns().iter().enumerate() {
        let value = match *column.type_() {
            Type::INT8 => row.try_get::<_, Option<i64>>(at).map(Val::from),
            Type::INT4 => row.try_get::<_, Option<i32>>(at).map(|value| Val::from(value.map(i64::from))),
            Type::INT2 => row.try_get::<_, Option<i16>>(at).map(|value| Val::from(value.map(i64::from))),
            Type::BOOL => row.try_get::<_, Option<bool>>(at).map(Val::from),
            Type::FLOAT8 => row.try_get::<_, Option<f64>>(at).map(Val::from),
            Type::TEXT | Type::VARCHAR | Type::NAME => row.try_get::<_, Option<String>>(at).map(Val::from),
            Type::BYTEA => row.try_get::<_, Option<Vec<u8>>>(at).map(Val::from),
            Type::VOID => Ok(Val::Null),
            ref other => {
                let text = format!("column {} has the type {other}, which only one engine knows", column.name());
                return Err(Fault::new(FaultKind::Bug, text));
            }
        };
        values.push(value.map_err(|error| fault(error, "read a row"))?);
    }
    Ok(Row(values))
}

impl ToSql for Val {
    fn to_sql(&self, wanted: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match (self, wanted) {
            (Val::Null, _) => Ok(IsNull::Yes),
            (Val::I(value), &Type::INT4) => i32::try_from(*value)?.to_sql(wanted, out),
            (Val::I(value), &Type::INT2) => i16::try_from(*value)?.to_sql(wanted, out),
            (Val::I(value), &Type::INT8) => value.to_sql(wanted, out),
            (Val::F(value), &Type::FLOAT8) => value.to_sql(wanted, out),
            (Val::T(value), &Type::TEXT | &Type::VARCHAR | &Type::NAME) => value.to_sql(wanted, out),
            (Val::B(value), &Type::BYTEA) => value.to_sql(wanted, out),
            _ => Err(format!("{self:?} was given where the statement wants {wanted}").into()),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}
