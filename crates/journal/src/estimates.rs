//! Estimates for the planner (查询估计): SQLite plans by how many rows a column's value names, and without being told it takes
//! a site's rows for few. They are told once, when the tables are made, as of an office with a million matters, so that plans
//! are the same in every office and on every day. PostgreSQL counts for itself.

use crate::fault::Fault;
use crate::tx::{Engine, Tx};
use crate::{sql, vals};

/// Rows of a table, and of what a partial index keeps of it: open work.
const ROWS: i64 = 1_000_000;
const OPEN_ROWS: i64 = 2_000;

/// Values that a column tells apart in a site: rows come by few of these. `state` and `bearer` are asked for what is open, which is
/// a small part of all.
const FEW: &[(&str, i64)] = &[
    ("record", 2),
    ("made", 2),
    ("ended", 2),
    ("phase", 4),
    ("book", 4),
    ("matched", 4),
    ("kind", 8),
    ("form", 8),
    ("extension", 10),
    ("bearer", 20),
    ("post", 20),
    ("account", 30),
    ("assignee", 30),
    ("building", 30),
    ("fact", 30),
    ("month", 30),
    ("period", 30),
    ("clause", 50),
    ("answer", 100),
    ("state", 500),
];

/// Any other column names a thing: so many of them.
const MANY: i64 = 100_000;

/// Writes the estimates for every index that begins with the site.
pub(crate) fn tell(tx: &mut dyn Tx) -> Result<(), Fault> {
    if tx.engine() != Engine::Sqlite {
        return Ok(());
    }
    // The table of estimates exists after the first analysis, here of a table of few rows.
    tx.script("analyze meta; delete from sqlite_stat1")?;
    let text = sql!(
        sqlite
        "select t.name, i.name, i.\"unique\", i.origin, i.partial,
         (select group_concat(c.name, ' ') from (select name from pragma_index_info(i.name) order by seqno) c)
         from sqlite_schema t join pragma_index_list(t.name) i
         where t.type = 'table' and (select c.name from pragma_index_info(i.name) c where c.seqno = 0) = 'site'"
    );
    for row in tx.query(text, &[])? {
        let (table, index) = (row.string(0)?, row.string(1)?);
        let named = if row.text(3)? == "pk" { &table } else { &index };
        let columns: Vec<&str> = row.text(5)?.split(' ').collect();
        let estimate = estimate(row.flag(4)?, row.flag(2)?, &columns);
        let text = sql!(sqlite "insert into sqlite_stat1(tbl, idx, stat) values ($1, $2, $3)");
        tx.exec(text, &vals![&table, named, estimate])?;
    }
    tx.script("analyze sqlite_schema")
}

/// Rows in all, then rows that equal values of the first one, two, three columns name: all of the site, then as many times
/// fewer as the column has values; in a unique index a single one in the end.
fn estimate(partial: bool, unique: bool, columns: &[&str]) -> String {
    let rows = if partial { OPEN_ROWS } else { ROWS };
    let mut words = vec![rows.to_string(), rows.to_string()];
    let mut left = rows;
    for (place, column) in columns.iter().enumerate().skip(1) {
        let values = FEW.iter().find(|(name, _)| name == column).map_or(MANY, |(_, values)| *values);
        left = if unique && place + 1 == columns.len() { 1 } else { (left / values).max(2) };
        words.push(left.to_string());
    }
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_is_many_rows_and_a_key_one() {
        assert_eq!(estimate(false, true, &["site", "id"]), "1000000 1000000 1");
        assert_eq!(estimate(true, false, &["site", "assignee", "next_due"]), "2000 2000 66 2");
        assert_eq!(estimate(false, false, &["site", "record", "opened", "id"]), "1000000 1000000 500000 5 2");
    }
}
