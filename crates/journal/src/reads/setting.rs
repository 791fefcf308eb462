//! 设置: every setting in force with its default and where its value comes from.

use calendar::Moment;
use office::site::{Provenance, office_settings};
use rulebook::model::{Book, Clause};
use rulebook::{Adoption, ClauseRef};
use serde::{Deserialize, Serialize};

use crate::fault::Fault;
use crate::house::House;
use crate::{sql, vals};

/// A setting as shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingRow {
    /// Name.
    pub name: String,
    /// Value in force.
    pub value: String,
    /// Default.
    pub default: String,
    /// Unit.
    pub unit: String,
    /// Choices.
    pub choices: Vec<String>,
    /// What it does or where the default comes from.
    pub about: String,
    /// Books that use it; empty for the office's own.
    pub books: Vec<String>,
    /// Clauses in force that it decides something of.
    pub clauses: Vec<ClauseRef>,
    /// The default is a regulation's own figure.
    pub stated: bool,
    /// Where the value comes from.
    pub provenance: Provenance,
}

/// The clauses of an adopted book that a setting decides something of.
fn clauses(adoption: &Adoption, book: &Book, name: &str) -> Vec<ClauseRef> {
    let kept = |clause: &&Clause| clause.rules.iter().any(|rule| !adoption.except.contains(&rule.id.value));
    let using = book.clauses.iter().filter(|clause| clause.uses_setting(name)).filter(kept);
    using.map(|clause| ClauseRef { book: book.id.clone(), id: clause.number.clone() }).collect()
}

impl House {
    /// The office's own settings, then those of adopted books, each once.
    pub async fn settings(&self, site: i64) -> Result<Vec<SettingRow>, Fault> {
        let laws = self.laws().clone();
        self.read(move |tx| {
            let law = laws.of_site(tx, site)?;
            let from = |name: &str| law.log.provenance.get(name).cloned().unwrap_or(Provenance::Default);
            let mut rows: Vec<SettingRow> = office_settings()
                .iter()
                .map(|it| SettingRow {
                    name: it.name.into(),
                    value: law.setting(it.name).unwrap_or(it.default).into(),
                    default: it.default.into(),
                    unit: it.unit.into(),
                    choices: it.choices.iter().map(|&choice| choice.into()).collect(),
                    about: it.does.into(),
                    books: Vec::new(),
                    clauses: Vec::new(),
                    stated: false,
                    provenance: from(it.name),
                })
                .collect();
            // Also those that are planned: their settings can be made ready.
            let last = law.log.versions.last().map_or(Moment(0), |(at, _)| *at);
            let ahead = law.charter.adoptions.iter().filter(|it| it.until.is_none_or(|until| until > last));
            for (adoption, book) in ahead.filter_map(|it| Some((it, law.books.get(&it.digest)?))) {
                for declared in &book.settings {
                    let clauses = clauses(adoption, book, &declared.name);
                    if let Some(known) = rows.iter_mut().find(|row| row.name == declared.name) {
                        known.books.push(book.name.clone());
                        known.clauses.extend(clauses);
                        continue;
                    }
                    rows.push(SettingRow {
                        name: declared.name.clone(),
                        value: law.setting(&declared.name).unwrap_or(&declared.default).to_owned(),
                        default: declared.default.clone(),
                        unit: declared.unit.clone(),
                        choices: declared.choices.clone(),
                        about: declared.basis.clone(),
                        books: vec![book.name.clone()],
                        clauses,
                        stated: declared.stated,
                        provenance: from(&declared.name),
                    });
                }
            }
            Ok(rows)
        })
        .await
    }

    /// Share of late entries per post in a month: post, entries, late.
    pub async fn late_entries(&self, site: i64, month: String) -> Result<Vec<(String, i64, i64)>, Fault> {
        self.read(move |tx| {
            let text =
                sql!("select post, entries, late from lateness_row where site = $1 and month = $2 order by post");
            let rows = tx.query(text, &vals![site, &month])?;
            rows.iter().map(|row| Ok((row.string(0)?, row.int(1)?, row.int(2)?))).collect()
        })
        .await
    }
}
