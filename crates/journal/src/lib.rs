//! Append-only journal (日志), views and reads on SQLite and PostgreSQL: the only SQL.
//!
//! A command is a plain function over [`SiteTx`]: it loads streams, appends events, takes numbers and sends messages;
//! [`Store::act`] calls it inside one transaction and answers after the commit. A [`Projector`] turns entries into
//! rows of views. Neither knows which engine is below; what differs between them is in `dialect.rs`.

mod act;
mod audit;
mod backup;
pub mod canonical;
mod desk;
mod dialect;
mod entry;
mod estimates;
mod export;
mod fault;
pub mod house;
mod job;
pub mod kept;
mod known;
pub mod placement;
mod postgres;
mod projector;
mod queue;
pub mod reads;
mod rebuild;
mod reply;
mod schema;
pub mod seal;
pub mod search;
mod sent;
pub mod series;
mod signal;
mod site;
mod sqlite;
mod store;
pub mod stream;
mod tx;
mod value;
mod views;

#[cfg(test)]
mod tests;

pub use act::{Acted, Answer};
pub use audit::{Break, Verified};
pub use backup::{BackedUp, backup_folder};
pub use entry::{BEGINNING, Entry, SHAPE};
pub use export::verify_export;
pub use fault::{Fault, FaultKind};
pub use house::{House, Laws, Shipped, SiteLaw};
pub use known::Known;
pub use projector::{NoViews, Projector};
pub use rebuild::Progress;
pub use reply::Reply;
pub use sent::{BadCommandId, CommandId, Sent};
pub use site::{Outgoing, SiteTx, Stale};
pub use store::{Options, Place, Store};
pub use stream::Head;
pub use tx::{Engine, Sql, Tx};
pub use value::{Row, Val};
pub use views::OfficeViews;
