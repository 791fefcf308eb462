//! Append-only journal, views and reads on SQLite and PostgreSQL: the only SQL.

pub mod reads;
