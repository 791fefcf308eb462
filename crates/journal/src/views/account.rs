//! Accounts (账号), sites and rulebook texts as rows.

use crate::entry::Entry;
use crate::fault::Fault;
use crate::tx::Tx;
use crate::{sql, vals};

/// Text of a link of the entry's body.
fn link<'a>(entry: &'a Entry, key: &str) -> &'a str {
    entry.written.event.body.links.get(key).map_or("", String::as_str)
}

/// Rows of accounts.
pub(super) fn project(tx: &mut dyn Tx, entries: &[Entry]) -> Result<(), Fault> {
    for entry in entries.iter().filter(|entry| entry.written.event.name == "account.set") {
        let text = sql!(
            "insert into account_row(site, account, name, posts, area, department, extension, trade, active)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
             on conflict (site, account) do update set name = excluded.name, posts = excluded.posts,
             area = excluded.area, department = excluded.department, extension = excluded.extension,
             trade = excluded.trade, active = excluded.active"
        );
        let row = vals![
            entry.site,
            link(entry, "account"),
            link(entry, "name"),
            link(entry, "posts"),
            link(entry, "area"),
            link(entry, "department"),
            link(entry, "extension"),
            link(entry, "trade"),
            link(entry, "active") == "yes",
        ];
        tx.exec(text, &row)?;
    }
    Ok(())
}

/// Rows of sites, in the company's journal.
pub(super) fn project_sites(tx: &mut dyn Tx, entries: &[Entry]) -> Result<(), Fault> {
    for entry in entries.iter().filter(|entry| entry.written.event.name == "site.opened") {
        let id: i64 = link(entry, "site").parse().unwrap_or_default();
        let text = sql!(
            "insert into site_row(site, id, name, company, opened) values ($1, $2, $3, $4, $5)
             on conflict (site, id) do update set name = excluded.name, company = excluded.company"
        );
        tx.exec(
            text,
            &vals![entry.site, id, link(entry, "name"), link(entry, "company"), entry.written.event.happened],
        )?;
    }
    Ok(())
}

/// Texts of adopted rulebooks by digest, in the company's journal.
pub(super) fn project_texts(tx: &mut dyn Tx, entries: &[Entry]) -> Result<(), Fault> {
    for entry in entries.iter().filter(|entry| entry.written.event.name == "rulebook.kept") {
        let text = sql!(
            "insert into rulebook_text(site, digest, book, files) values ($1, $2, $3, $4)
             on conflict (site, digest) do nothing"
        );
        let row = vals![entry.site, link(entry, "digest"), link(entry, "book"), link(entry, "files")];
        tx.exec(text, &row)?;
    }
    Ok(())
}
