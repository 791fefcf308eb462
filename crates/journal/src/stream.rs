//! Reading entries (读日志): one stream, or a site's journal in order.

use crate::entry::{BEGINNING, Entry, Stored};
use crate::fault::Fault;
use crate::seal::{self, Secrets};
use crate::tx::{Sql, Tx};
use crate::value::Row;
use crate::{sql, vals};

use calendar::Moment;

/// Where a site's journal stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The site.
    pub site: i64,
    /// The last entry; 0 before the first.
    pub seq: i64,
    /// When the last entry was recorded.
    pub at: Moment,
    /// Its hash.
    pub hash: [u8; 32],
    /// Digest of the projector whose views the site has; empty while they are being rebuilt.
    pub(crate) views: String,
    /// How far a rebuild has come; only meaningful while `views` is empty.
    pub(crate) projected: i64,
}

impl Head {
    pub(crate) fn beginning(site: i64, views: &str) -> Head {
        Head { site, seq: 0, at: Moment(0), hash: BEGINNING, views: views.to_owned(), projected: 0 }
    }

    pub(crate) fn from_row(row: &Row) -> Result<Head, Fault> {
        Ok(Head {
            site: row.int(0)?,
            seq: row.int(1)?,
            at: row.moment(2)?,
            hash: row.hash(3)?,
            views: row.string(4)?,
            projected: row.int(5)?,
        })
    }
}

/// The heads of all sites that have a journal, by site.
pub fn heads(tx: &mut dyn Tx) -> Result<Vec<Head>, Fault> {
    let rows = tx.query(sql!("select site, seq, at, hash, views, projected from head order by site"), &[])?;
    rows.iter().map(Head::from_row).collect()
}

/// The statement that reads a whole stream.
pub(crate) const STREAM: Sql = sql!(
    "select site, seq, stream, version, at, happened, actor, post, command, name, shape, charter, body, sealed, prev,
     hash from journal where site = $1 and stream = $2 order by version"
);

/// All entries of a stream, oldest first; none for a stream that does not exist.
pub fn load(tx: &mut dyn Tx, site: i64, stream: &str) -> Result<Vec<office::Entry>, Fault> {
    match tx.known().stream(site, stream) {
        Some(known) => Ok(known.clone()),
        None => read(tx, site, stream),
    }
}

/// The same, always from the journal: while views are rebuilt, what is known of a stream ends where the replay stands.
pub(crate) fn read(tx: &mut dyn Tx, site: i64, stream: &str) -> Result<Vec<office::Entry>, Fault> {
    let rows = tx.query(STREAM, &vals![site, stream])?;
    let entries = seal::open(tx, &mut Secrets::new(), stored(&rows)?)?;
    Ok(entries.into_iter().map(|entry| entry.written).collect())
}

/// At most `limit` entries of a site after `seq`, in order: what a follower reads.
pub fn after(tx: &mut dyn Tx, site: i64, seq: i64, limit: i64) -> Result<Vec<Entry>, Fault> {
    let entries = stored_after(tx, site, seq, limit)?;
    seal::open(tx, &mut Secrets::new(), entries)
}

/// Entries as they are stored, for the chain and for export.
pub(crate) fn stored_after(tx: &mut dyn Tx, site: i64, seq: i64, limit: i64) -> Result<Vec<Stored>, Fault> {
    let text = sql!(
        "select site, seq, stream, version, at, happened, actor, post, command, name, shape, charter, body, sealed,
         prev, hash from journal where site = $1 and seq > $2 order by seq limit $3"
    );
    stored(&tx.query(text, &vals![site, seq, limit])?)
}

pub(crate) fn stored(rows: &[Row]) -> Result<Vec<Stored>, Fault> {
    rows.iter().map(Stored::from_row).collect()
}

/// Writes an entry. The caller has set its place, chain and hash.
pub(crate) fn insert(tx: &mut dyn Tx, entry: &Stored) -> Result<(), Fault> {
    let text = sql!(
        "insert into journal(site, seq, stream, version, at, happened, actor, post, command, name, shape, charter,
         body, sealed, prev, hash) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)"
    );
    tx.exec(text, &entry.values())
}
