//! The kinds of rule (规则种类): one reader for each table name.

mod acts;
mod clocks;
mod figures;
mod ways;

use super::head::Head;
use super::table::Table;
use crate::model::{Kind, Rule};

/// What a table of rules gave: rules, and the numbers of those that could not be read.
#[derive(Default)]
pub struct Rules {
    /// The rules.
    pub read: Vec<Rule>,
    /// Numbers of the others.
    pub refused: Vec<String>,
}

impl Rules {
    fn add(&mut self, number: Option<String>, rule: Option<Rule>) {
        match (rule, number) {
            (Some(rule), _) => self.read.push(rule),
            (None, Some(number)) => self.refused.push(number),
            (None, None) => {}
        }
    }
}

/// Reads the kind's own slots.
type ReadKind = fn(&mut Table<'_>) -> Option<Kind>;

/// The table names other than `deadline`, which has rows.
const KINDS: [(&str, ReadKind); 15] = [
    ("duty", clocks::duty),
    ("escalation", clocks::escalation),
    ("rate", figures::rate),
    ("count", figures::count),
    ("formula", figures::formula),
    ("retention", figures::retention),
    ("route", ways::route),
    ("classify", ways::classify),
    ("right", ways::right),
    ("carried", ways::carried),
    ("block", acts::block),
    ("sign", acts::sign),
    ("form", acts::form),
    ("record", acts::record),
    ("roster", acts::roster),
];

/// Reads all rules of a clause file, in the order of the file.
pub fn rules(root: &mut Table<'_>) -> Rules {
    let mut rules = Rules::default();
    for table in root.tables("deadline") {
        clocks::deadline(table, &mut rules);
    }
    for (name, read) in KINDS {
        for mut table in root.tables(name) {
            table.page.take_written();
            let before = table.page.count();
            let head = Head::read(&mut table, false);
            let kind = read(&mut table);
            let number = head.number().map(str::to_owned);
            let page = table.page;
            table.finish();
            let rule = head.rule(page.take_written(), kind);
            // A rule with a mistake in one of its slots would say something else than was written.
            let whole = page.count() == before;
            rules.add(number, rule.filter(|_| whole));
        }
    }
    rules.read.sort_by_key(|rule| rule.id.span.start);
    rules
}
