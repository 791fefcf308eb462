//! The answer book (问答) as rows, who has read which version, and by what words an entry is found.

use office::answer::{Answer, replay, spelled};

use crate::entry::Entry;
use crate::fault::Fault;
use crate::search::{self, Document};
use crate::stream;
use crate::tx::Tx;
use crate::{sql, vals};

/// Writes what one append to an entry of the book changes.
pub(super) fn project(tx: &mut dyn Tx, entries: &[Entry]) -> Result<(), Fault> {
    let (Some(first), Some(last)) = (entries.first(), entries.last()) else { return Ok(()) };
    let id = first.stream.trim_start_matches("answer:");
    let whole = stream::load(tx, first.site, &first.stream)?;
    let upto: Vec<office::Entry> = whole.into_iter().filter(|entry| entry.seq <= last.written.seq).collect();
    let Some(answer) = replay(id, &upto) else { return Ok(()) };
    for entry in entries.iter().filter(|entry| entry.written.event.name == "answer.read") {
        let written = &entry.written;
        let version = written.event.body.links.get("version").and_then(|it| it.parse::<i64>().ok()).unwrap_or_default();
        let text = sql!(
            "insert into answer_read(site, id, account, version, at) values ($1, $2, $3, $4, $5)
             on conflict (site, id, account) do update set version = excluded.version, at = excluded.at"
        );
        tx.exec(text, &vals![first.site, id, &written.actor, version, written.event.happened])?;
    }
    write(tx, first.site, &answer)
}

fn write(tx: &mut dyn Tx, site: i64, answer: &Answer) -> Result<(), Fault> {
    let Some(present) = answer.present() else { return Ok(()) };
    let said = &present.said;
    let text = sql!(
        "insert into answer_row(site, id, number, question, answer, phones, category, keywords, withdrawn, at, account)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
         on conflict (site, id) do update set number = excluded.number, question = excluded.question,
         answer = excluded.answer, phones = excluded.phones, category = excluded.category,
         keywords = excluded.keywords, withdrawn = excluded.withdrawn, at = excluded.at, account = excluded.account"
    );
    let row = vals![
        site,
        &answer.id,
        present.number,
        &said.question,
        &said.answer,
        &said.phones,
        &said.category,
        &said.keywords,
        answer.withdrawn.is_some(),
        present.at,
        &present.by,
    ];
    tx.exec(text, &row)?;
    if answer.withdrawn.is_some() {
        return search::remove(tx, site, "answer", &answer.id);
    }
    let (full, initials) = spelled(&format!("{} {}", said.question, said.keywords));
    let parts = [&said.question, &said.answer, &said.phones, &said.category, &said.keywords, &full, &initials];
    let text = parts.map(String::as_str).join(" ");
    search::put(tx, &Document { site, kind: "answer", key: &answer.id, text: &text, persons: &[] })
}
