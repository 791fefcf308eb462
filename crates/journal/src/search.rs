//! Search (检索): words cut in Rust, the same for both engines; FTS5 on SQLite, a GIN index on PostgreSQL.
//!
//! A projector puts a document for what can be found; [`find`] gives the newest that hold every word of a query. Words
//! of two characters hit, one character finds what begins with it or ends in it, and any part of a longer word hits.

pub mod words;

use crate::fault::Fault;
use crate::search::words::Query;
use crate::tx::{Engine, Tx};
use crate::value::Row;
use crate::{sql, vals};

/// Something that can be found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document<'a> {
    /// The site.
    pub site: i64,
    /// What sort of thing, such as `case`.
    pub kind: &'a str,
    /// Which one, such as its stream.
    pub key: &'a str,
    /// Everything it is found by: number, words, room, names, pinyin, telephone.
    pub text: &'a str,
    /// Persons whose personal fields are in the text: erasing one removes the document.
    pub persons: &'a [&'a str],
}

/// A document that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The site.
    pub site: i64,
    /// What sort of thing.
    pub kind: String,
    /// Which one.
    pub key: String,
    /// The normalised text it was found by.
    pub text: String,
}

/// What is looked for, and where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted<'a> {
    /// The words as typed; a document must hold all of them.
    pub words: &'a str,
    /// Only these sites; all when empty.
    pub sites: &'a [i64],
    /// Only these sorts of things; all when empty.
    pub kinds: &'a [&'a str],
}

/// Makes a document findable, or findable by its new text.
pub fn put(tx: &mut dyn Tx, document: &Document<'_>) -> Result<(), Fault> {
    let text = words::normalise(document.text);
    let terms = words::terms(&text, document.site, document.kind).join(" ");
    let persons = match document.persons {
        [] => String::new(),
        persons => format!("|{}|", persons.join("|")),
    };
    let Document { site, kind, key, .. } = *document;
    match tx.engine() {
        Engine::Sqlite => {
            let place = sql!(sqlite
                "insert into search_doc(site, kind, key, text, persons) values ($1, $2, $3, $4, $5)
                 on conflict (site, kind, key) do update set text = excluded.text, persons = excluded.persons
                 where search_doc.text <> excluded.text or search_doc.persons <> excluded.persons
                 returning doc"
            );
            let place = tx.number(place, &vals![site, kind, key, &text, persons])?;
            // Nothing comes back when the document is what it was: most acts change nothing it is found by.
            let Some(doc) = place else { return Ok(()) };
            let put = sql!(sqlite "insert or replace into search_terms(rowid, terms) values ($1, $2)");
            tx.exec(put, &vals![doc, terms])
        }
        Engine::Postgres => {
            let put = sql!(postgres
                "insert into search_doc(site, kind, key, text, persons, terms)
                 values ($1, $2, $3, $4, $5, array_to_tsvector(string_to_array($6, ' ')))
                 on conflict (site, kind, key) do update set text = excluded.text, persons = excluded.persons,
                 terms = excluded.terms
                 where search_doc.text <> excluded.text or search_doc.persons <> excluded.persons"
            );
            tx.exec(put, &vals![site, kind, key, &text, persons, terms])
        }
    }
}

/// Makes something findable no more.
pub fn remove(tx: &mut dyn Tx, site: i64, kind: &str, key: &str) -> Result<(), Fault> {
    if tx.engine() == Engine::Sqlite {
        let text = sql!(sqlite
            "delete from search_terms where rowid in
             (select doc from search_doc where site = $1 and kind = $2 and key = $3)"
        );
        tx.exec(text, &vals![site, kind, key])?;
    }
    let text = sql!("delete from search_doc where site = $1 and kind = $2 and key = $3");
    tx.exec(text, &vals![site, kind, key])
}

/// Removes every document of a site, before its views are rebuilt.
pub(crate) fn remove_site(tx: &mut dyn Tx, site: i64) -> Result<(), Fault> {
    if tx.engine() == Engine::Sqlite {
        let text = sql!(sqlite "delete from search_terms where rowid in (select doc from search_doc where site = $1)");
        tx.exec(text, &vals![site])?;
    }
    tx.exec(sql!("delete from search_doc where site = $1"), &vals![site])
}

/// Removes every document that holds personal fields of `person`.
pub(crate) fn remove_person(tx: &mut dyn Tx, site: i64, person: &str) -> Result<(), Fault> {
    let escaped = person.replace('!', "!!").replace('%', "!%").replace('_', "!_");
    let text = sql!("select kind, key from search_doc where site = $1 and persons like $2 escape '!'");
    for row in tx.query(text, &vals![site, format!("%|{escaped}|%")])? {
        remove(tx, site, row.text(0)?, row.text(1)?)?;
    }
    Ok(())
}

/// Rows looked through for one answer at most, in pages.
const PAGES: usize = 20;

/// The newest documents that hold every word, at most `limit`. None for a query without letters or digits.
pub fn find(tx: &mut dyn Tx, wanted: &Wanted<'_>, limit: usize) -> Result<Vec<Hit>, Fault> {
    let Some(query) = Query::new(wanted.words, wanted.sites, wanted.kinds) else { return Ok(Vec::new()) };
    let page = i64::try_from(limit.clamp(10, 200)).unwrap_or(200);
    let mut before = i64::MAX;
    let mut hits = Vec::new();
    for _ in 0..PAGES {
        let rows = page_before(tx, &query, before, page)?;
        for row in &rows {
            before = row.int(0)?;
            // The terms alone may lie in the text in another order.
            if query.fits(row.text(4)?) {
                hits.push(Hit { site: row.int(1)?, kind: row.string(2)?, key: row.string(3)?, text: row.string(4)? });
            }
            if hits.len() == limit {
                return Ok(hits);
            }
        }
        if rows.len() < usize::try_from(page).unwrap_or_default() {
            break;
        }
    }
    Ok(hits)
}

fn page_before(tx: &mut dyn Tx, query: &Query, before: i64, page: i64) -> Result<Vec<Row>, Fault> {
    match tx.engine() {
        Engine::Sqlite => {
            let text = sql!(sqlite
                "select search_doc.doc, search_doc.site, search_doc.kind, search_doc.key, search_doc.text
                 from search_terms join search_doc on search_doc.doc = search_terms.rowid
                 where search_terms match $1 and search_terms.rowid < $2
                 order by search_terms.rowid desc limit $3"
            );
            tx.query(text, &vals![query.fts5(), before, page])
        }
        Engine::Postgres => {
            // A cached general plan would walk all documents backwards and filter: 100 times slower.
            tx.exec(sql!(postgres "set local plan_cache_mode = force_custom_plan"), &[])?;
            let text = sql!(postgres
                "select doc, site, kind, key, text from search_doc
                 where terms @@ cast(cast($1 as text) as tsquery) and doc < $2 order by doc desc limit $3"
            );
            tx.query(text, &vals![query.tsquery(), before, page])
        }
    }
}
