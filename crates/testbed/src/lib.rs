//! What tests stand on (测试台): folders that vanish, and a private PostgreSQL cluster. Never part of the program.

mod cluster;
mod database;
mod folder;

pub use database::Database;
pub use folder::Folder;
