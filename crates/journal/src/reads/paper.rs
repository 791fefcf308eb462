//! 单据: the register of forms and where each copy is; numbers that are missing their copies.

use std::collections::BTreeMap;

use super::FormRow;
use crate::fault::Fault;
use crate::house::House;
use crate::{sql, vals};

impl House {
    /// Forms of one id in a month's series, newest first.
    pub async fn forms(&self, site: i64, form: String, limit: i64) -> Result<Vec<FormRow>, Fault> {
        self.read(move |tx| {
            let text = sql!(
                "select f.number, f.form, f.case_id, coalesce(c.number, ''), f.issued, f.void, f.printed from form_row f
                 left join case_row c on c.site = f.site and c.id = f.case_id
                 where f.site = $1 and f.form = $2 order by f.issued desc, f.number desc limit $3"
            );
            let rows = tx.query(text, &vals![site, &form, limit.clamp(1, 500)])?;
            let mut forms = Vec::new();
            for row in &rows {
                let number = row.string(0)?;
                let copies = sql!("select n, holder, since from copy_row where site = $1 and number = $2 order by n");
                let mut held = BTreeMap::new();
                for copy in tx.query(copies, &vals![site, &number])? {
                    let n = u8::try_from(copy.int(0)?).unwrap_or_default();
                    held.insert(n, (copy.string(1)?, copy.moment(2)?));
                }
                forms.push(FormRow {
                    number,
                    form: row.string(1)?,
                    case: row.string(2)?,
                    case_number: row.string(3)?,
                    issued: row.moment(4)?,
                    void: row.flag(5)?,
                    printed: row.int(6)?,
                    copies: held,
                });
            }
            Ok(forms)
        })
        .await
    }
}

impl House {
    /// The case that a form belongs to, with the form's id; none for an unknown number.
    pub async fn form_of(&self, site: i64, number: String) -> Result<Option<(String, String)>, Fault> {
        self.read(move |tx| {
            let text = sql!("select case_id, form from form_row where site = $1 and number = $2");
            let row = tx.first(text, &vals![site, &number])?;
            row.map(|row| Ok((row.string(0)?, row.string(1)?))).transpose()
        })
        .await
    }

    /// The hash of an entry of the journal; none when there is no such entry.
    pub async fn entry_hash(&self, site: i64, seq: i64) -> Result<Option<[u8; 32]>, Fault> {
        self.read(move |tx| {
            let row = tx.first(sql!("select hash from journal where site = $1 and seq = $2"), &vals![site, seq])?;
            row.map(|row| row.hash(0)).transpose()
        })
        .await
    }
}
