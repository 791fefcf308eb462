//! What tests stand on (测试台): folders that vanish, and a private PostgreSQL cluster, a reader of PDF. Never part of the program.

mod cluster;
mod database;
mod folder;
pub mod pdf;

pub use database::Database;
pub use folder::Folder;
