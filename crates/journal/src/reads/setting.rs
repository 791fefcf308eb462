//! 设置: every setting in force with its default and where its value comes from.

use calendar::Moment;
use office::site::{OFFICE_SETTINGS, Provenance};

use super::SettingRow;
use crate::fault::Fault;
use crate::house::House;
use crate::{sql, vals};

impl House {
    /// The office's own settings, then those of adopted books, each once.
    pub async fn settings(&self, site: i64) -> Result<Vec<SettingRow>, Fault> {
        let laws = self.laws().clone();
        self.read(move |tx| {
            let law = laws.of_site(tx, site)?;
            let from = |name: &str| law.log.provenance.get(name).cloned().unwrap_or(Provenance::Default);
            let mut rows: Vec<SettingRow> = OFFICE_SETTINGS
                .iter()
                .map(|it| SettingRow {
                    name: it.name.into(),
                    value: law.setting(it.name).unwrap_or(it.default).into(),
                    default: it.default.into(),
                    unit: it.unit.into(),
                    choices: it.choices.iter().map(|&choice| choice.into()).collect(),
                    about: it.does.into(),
                    books: Vec::new(),
                    provenance: from(it.name),
                })
                .collect();
            // Also those that are planned: their settings can be made ready.
            let last = law.log.versions.last().map_or(Moment(0), |(at, _)| *at);
            let ahead = law.charter.adoptions.iter().filter(|it| it.until.is_none_or(|until| until > last));
            for book in ahead.filter_map(|it| law.books.get(&it.digest)) {
                for declared in &book.settings {
                    if let Some(known) = rows.iter_mut().find(|row| row.name == declared.name) {
                        known.books.push(book.name.clone());
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
