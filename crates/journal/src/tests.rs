//! The tests of the store (存储测试): one suite, run on both engines.

mod bed;
mod care;
mod duty;
mod faults;
mod fees;
mod golden;
mod house;
mod kept;
mod kill;
mod prices;
mod random;
mod statements;
mod suite;
mod surveys;

/// Runs each function on both engines, as a test of its own.
macro_rules! on_both {
    ($($name:ident),* $(,)?) => {
        mod sqlite { $(#[test] fn $name() { super::$name(crate::Engine::Sqlite); })* }
        mod postgres { $(#[test] fn $name() { super::$name(crate::Engine::Postgres); })* }
    };
}
use on_both;
