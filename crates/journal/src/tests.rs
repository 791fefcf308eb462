//! The tests of the store (存储测试): one suite, run on both engines.

mod bed;
mod statements;
mod house;
mod suite;
