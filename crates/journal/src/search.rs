//! Finding by words (检索): bigrams of Chinese, whole runs of letters and digits, in one table of terms on both engines.

use std::collections::BTreeSet;

use crate::fault::Fault;
use crate::tx::{Sql, Tx};
use crate::value::Val;
use crate::{sql, vals};

/// Half width, lower case.
fn normal(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
            '\u{3000}' => ' ',
            other => other,
        })
        .flat_map(char::to_lowercase)
        .collect()
}

/// The terms of a text: every two neighbouring signs of a run, and a run of letters and digits whole.
pub fn terms(text: &str) -> BTreeSet<String> {
    let text = normal(text);
    let mut terms = BTreeSet::new();
    for run in text.split(|c: char| !c.is_alphanumeric()) {
        let signs: Vec<char> = run.chars().collect();
        if !signs.is_empty() && run.is_ascii() {
            terms.insert(run.to_owned());
        }
        terms.extend(signs.windows(2).map(|two| two.iter().collect::<String>()));
        if let [one] = signs.as_slice() {
            terms.insert(one.to_string());
        }
    }
    terms
}

/// Makes `doc` findable by the terms of `text`, besides those it already has.
pub(crate) fn put(tx: &mut dyn Tx, site: i64, kind: &str, doc: i64, text: &str) -> Result<(), Fault> {
    for term in terms(text) {
        let text = sql!(
            "insert into search_term(site, kind, term, doc) values ($1, $2, $3, $4)
             on conflict (site, kind, term, doc) do nothing"
        );
        tx.exec(text, &vals![site, kind, term, doc])?;
    }
    Ok(())
}

/// The newest documents that hold every term of the words; a single sign finds the terms that begin with it.
pub(crate) fn find(tx: &mut dyn Tx, site: i64, kind: &str, words: &str, limit: i64) -> Result<Vec<i64>, Fault> {
    let terms: Vec<String> = terms(words).into_iter().take(12).collect();
    let Some(first) = terms.first() else { return Ok(Vec::new()) };
    let mut vals = vals![site, kind, limit].to_vec();
    let mut text = String::from("select distinct t0.doc from search_term t0");
    for n in 1..terms.len() {
        text.push_str(&format!(
            " join search_term t{n} on t{n}.site = t0.site and t{n}.kind = t0.kind and t{n}.doc = t0.doc and t{n}.term = ${}",
            n + 4
        ));
    }
    if terms.len() == 1 && first.chars().count() == 1 {
        text.push_str(" where t0.site = $1 and t0.kind = $2 and t0.term >= $4 and t0.term < $5");
        vals.push(Val::from(first));
        vals.push(Val::from(format!("{first}\u{10ffff}")));
    } else {
        text.push_str(" where t0.site = $1 and t0.kind = $2 and t0.term = $4");
        vals.extend(terms.iter().map(Val::from));
    }
    text.push_str(" order by t0.doc desc limit $3");
    tx.query(Sql::built(text), &vals)?.iter().map(|row| row.int(0)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_signs_anywhere_in_a_text_are_a_term() {
        let found = terms("厨房漏水，WX-202611-0001");
        for term in ["漏水", "房漏", "wx", "202611", "0001"] {
            assert!(found.contains(term), "{term}");
        }
        assert!(!found.contains("水w"));
    }
}
