//! Rebuilding the views (重建视图): drop them, replay all entries through the projector, site by site.

use crate::entry::Entry;
use crate::fault::{Fault, FaultKind};
use crate::projector::Views;
use crate::seal::{self, Secrets};
use crate::store::Store;
use crate::stream::{self, Head};
use crate::tx::{Sql, Tx};
use crate::value::Val;
use crate::{dialect, estimates, search, series, sql, vals};

/// Entries replayed in one transaction.
const CHUNK: i64 = 2_000;

/// How far a rebuild has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The site being replayed.
    pub site: i64,
    /// Entries replayed.
    pub seq: i64,
    /// Entries the site has.
    pub of: i64,
}

impl Store {
    /// Whether every site's views are those of this store's projector. If not, call [`Store::rebuild`]; until then
    /// acts of the sites that are not ready are refused with a fault.
    pub fn views_current(&self) -> Result<bool, Fault> {
        let digest = self.0.views.digest().to_owned();
        let read = self.read(move |tx| {
            let made = tx.first(sql!("select value from meta where name = 'views'"), &[])?;
            let tables = matches!(&made, Some(row) if row.text(0)? == digest);
            Ok(tables && stream::heads(tx)?.iter().all(|head| head.views == digest))
        });
        read.wait()
    }

    /// An empty store gets its view tables at once.
    pub(crate) fn first_views(&self) -> Result<(), Fault> {
        let empty = self.read(|tx| Ok(stream::heads(tx)?.is_empty())).wait()?;
        if empty && !self.views_current()? { self.make_tables() } else { Ok(()) }
    }

    /// Drops the view tables, makes them anew and replays every entry of every site. Other sites go on meanwhile; acts
    /// of a site that is not ready yet are refused. An interrupted rebuild goes on where it stopped when called again.
    ///
    /// Waits on this thread; not for async code. With several nodes, stop the others first when tables change.
    pub fn rebuild(&self, progress: &mut dyn FnMut(Progress)) -> Result<(), Fault> {
        let digest = self.0.views.digest().to_owned();
        let interrupted = self.read(move |tx| {
            let made = tx.first(sql!("select value from meta where name = 'views'"), &[])?;
            let tables = matches!(&made, Some(row) if row.text(0)? == digest);
            Ok(tables && stream::heads(tx)?.iter().any(|head| head.views != digest))
        });
        if !interrupted.wait()? {
            self.make_tables()?;
        }
        for head in self.read(|tx| stream::heads(tx)).wait()? {
            loop {
                let views = self.0.views.clone();
                let now = self.keep(move |tx| replay_some(&views, tx, head.site)).wait()?;
                progress(Progress { site: head.site, seq: now.projected, of: now.seq });
                if now.views == self.0.views.digest() {
                    break;
                }
            }
        }
        Ok(())
    }

    /// Drops whatever views there are and makes the tables; every site then waits for its replay.
    fn make_tables(&self) -> Result<(), Fault> {
        let views = self.0.views.clone();
        let make = self.keep(move |tx| {
            let (projector, digest) = (views.projector(), views.digest());
            // First of all the heads: whoever acts has let go of its rows then, or waits for this.
            tx.exec(sql!("update head set views = '', projected = 0"), &[])?;
            let old = tx.first(sql!("select value from meta where name = 'tables'"), &[])?;
            let old = old.map_or(Ok(String::new()), |row| row.string(0))?;
            for table in old.split(' ').filter(|table| !table.is_empty()) {
                tx.script(&format!("drop table if exists {table}"))?;
            }
            tx.script(&dialect::words(tx.engine(), projector.schema()))?;
            for (name, value) in [("views", digest), ("tables", &projector.tables().join(" "))] {
                let text = sql!(
                    "insert into meta(name, value) values ($1, $2)
                     on conflict (name) do update set value = excluded.value"
                );
                tx.exec(text, &vals![name, value])?;
            }
            estimates::tell(tx)
        });
        make.wait()
    }

    /// Every row of the given tables as text, sorted: equal dumps are equal tables. For tests and self-checks; the
    /// whole of it is held in memory.
    pub fn dump(&self, tables: &[&str]) -> Result<String, Fault> {
        let tables: Vec<String> = tables.iter().map(|table| (*table).to_owned()).collect();
        let read = self.read(move |tx| {
            let mut out = String::new();
            for table in &tables {
                let rows = tx.query(Sql::built(format!("select * from {table}")), &[])?;
                let mut lines: Vec<String> = rows.iter().map(|row| format!("{:?}\n", row.values())).collect();
                lines.sort();
                out.push_str(&format!("{table} {}\n{}", lines.len(), lines.concat()));
            }
            Ok(out)
        });
        read.wait()
    }
}

/// Replays the next entries of a site and says where it stands now.
fn replay_some(views: &Views, tx: &mut dyn Tx, site: i64) -> Result<Head, Fault> {
    let text = sql!("select site, seq, at, hash, views, projected from head where site = $1 {lock}");
    let row = tx.first(text, &vals![site])?;
    let mut head = Head::from_row(&row.ok_or_else(|| Fault::new(FaultKind::Bug, "a site lost its head row"))?)?;
    if head.views == views.digest() {
        head.projected = head.seq;
        return Ok(head);
    }
    if head.projected == 0 {
        forget(tx, views.projector().tables(), site)?;
    }
    let stored = stream::stored_after(tx, site, head.projected, CHUNK)?;
    let entries = seal::open(tx, &mut Secrets::new(), stored)?;
    let mut entries = entries;
    if entries.len() as i64 == CHUNK {
        whole_appends(&mut entries);
    }
    for append in entries.chunk_by(|one, next| one.command == next.command && one.stream == next.stream) {
        for entry in append {
            let numbers = series::told_in(&entry.written.event.body);
            numbers.iter().try_for_each(|told| series::note(tx, entry, told, false))?;
        }
        tx.known().grow(site, &append[0].stream, append[0].version, append);
        views.projector().project(tx, append)?;
    }
    head.projected = entries.last().map_or(head.seq, |entry| entry.written.seq);
    if head.projected == head.seq {
        views.digest().clone_into(&mut head.views);
    }
    let text = sql!("update head set views = $2, projected = $3 where site = $1");
    tx.exec(text, &vals![site, &head.views, head.projected])?;
    Ok(head)
}

/// Leaves the last append of a full chunk to the next: it may not be whole.
fn whole_appends(entries: &mut Vec<Entry>) {
    let Some(last) = entries.last().map(|entry| (entry.command.clone(), entry.stream.clone())) else { return };
    let cut = entries.iter().rposition(|entry| (&entry.command, &entry.stream) != (&last.0, &last.1));
    if let Some(cut) = cut {
        entries.truncate(cut + 1);
    }
}

/// Removes everything that is derived from the entries of a site.
fn forget(tx: &mut dyn Tx, tables: &[&str], site: i64) -> Result<(), Fault> {
    search::remove_site(tx, site)?;
    let fixed = ["series", "number_taken"];
    for table in fixed.iter().chain(tables) {
        tx.exec(Sql::built(format!("delete from {table} where site = $1")), &[Val::I(site)])?;
    }
    Ok(())
}
