//! Tables that stay (表结构): numbered steps, each applied once, and refused when one was changed afterwards.

use std::collections::BTreeMap;

use crate::dialect;
use crate::fault::{Fault, FaultKind};
use crate::sql;
use crate::tx::Tx;
use crate::vals;

/// One step of the schema. Its text is never edited after a release; a change is a further step.
pub(crate) struct Step {
    /// Number and name; steps are applied in this order.
    pub name: &'static str,
    /// Statements with the words of [`crate::dialect`].
    pub text: &'static str,
}

/// The tables of the journal itself.
pub(crate) const JOURNAL: &[Step] = &[
    Step { name: "001-journal", text: include_str!("schema/001-journal.sql") },
    Step { name: "002-kept", text: include_str!("schema/002-kept.sql") },
    Step { name: "003-search", text: include_str!("schema/003-search.sql") },
];

/// The keys of persons: another file on SQLite, another schema on PostgreSQL.
pub(crate) const KEYS: &[Step] = &[Step { name: "001-keys", text: include_str!("schema/001-keys.sql") }];

/// Applies the steps that are missing, inside the transaction of `tx`.
///
/// Refuses when an applied step differs from the program's text, or when the store knows a step that the program
/// does not: then a newer program has been here.
pub(crate) fn apply(tx: &mut dyn Tx, part: &str, steps: &[Step]) -> Result<(), Fault> {
    let mut applied = BTreeMap::new();
    for row in tx.query(sql!("select name, digest from schema_step where part = $1"), &vals![part])? {
        applied.insert(row.string(0)?, row.string(1)?);
    }
    for step in steps {
        let digest = blake3::hash(step.text.as_bytes()).to_hex().to_string();
        match applied.remove(step.name) {
            Some(known) if known == digest => {}
            Some(_) => {
                let text = format!("数据库结构步骤 {} 与程序不符：已执行的步骤被改动过，拒绝打开", step.name);
                return Err(Fault::new(FaultKind::Setup, text));
            }
            None => {
                tx.script(&dialect::words(tx.engine(), step.text))?;
                let row = vals![part, step.name, digest];
                tx.exec(sql!("insert into schema_step(part, name, digest) values ($1, $2, $3)"), &row)?;
            }
        }
    }
    match applied.into_keys().next() {
        None => Ok(()),
        Some(unknown) => {
            let text = format!("数据库含有本程序不认识的步骤 {unknown}：它被更新版本的程序用过，请用新版本打开");
            Err(Fault::new(FaultKind::Setup, text))
        }
    }
}

/// The table in which applied steps are written down; made before anything else.
pub(crate) const STEPS_TABLE: &str = "create table if not exists schema_step (
    part {text} not null, name {text} not null, digest {text} not null, primary key (part, name)) {keyed}";
