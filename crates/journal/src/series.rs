//! Number series (编号): without gaps within a site, taken in the transaction of the act, voided with a reason.
//!
//! A number is the text `WX-202611-0001`: letters of the series, period, count. An entry tells a number in the form it
//! touches or in its link `number`; touching the form as voided, or a link `void` with the reason, voids it. From what
//! entries tell the tables of numbers are kept, and rebuilt.

use office::event::{Body, Touch};

use crate::entry::Entry;
use crate::fault::{Fault, FaultKind};
use crate::tx::Tx;
use crate::{sql, vals};

/// One number of a series, as an entry tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    /// Letters of the series, such as `WX`.
    pub series: String,
    /// Period, such as `202611`; each counts from 1.
    pub period: String,
    /// The count, from 1.
    pub number: i64,
    /// Why it was voided, if it was.
    pub void: Option<String>,
}

/// A number with the entry that took it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The number.
    pub number: i64,
    /// The stream whose entry took it.
    pub stream: String,
    /// The entry that took it.
    pub seq: i64,
    /// Why it was voided, if it was.
    pub void: Option<String>,
}

/// The number that a text such as `WX-202611-0001` writes out; none for any other text.
pub fn parse(text: &str) -> Option<Number> {
    let (rest, count) = text.rsplit_once('-')?;
    let (series, period) = rest.split_once('-')?;
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let letters = !series.is_empty() && series.bytes().all(|byte| byte.is_ascii_uppercase());
    let fits = letters && digits(period) && digits(count) && count.len() >= 4;
    let number = count.parse().ok().filter(|number| fits && *number > 0)?;
    Some(Number { series: series.to_owned(), period: period.to_owned(), number, void: None })
}

/// The numbers that a body tells.
pub(crate) fn told_in(body: &Body) -> Vec<Number> {
    let linked = body.links.get("number").and_then(|text| parse(text));
    let linked = linked.map(|number| Number { void: body.links.get("void").cloned(), ..number });
    let touched = body.form.as_ref().and_then(|form| {
        let void = (form.touch == Touch::Voided).then(|| body.note.clone());
        parse(&form.number).map(|number| Number { void, ..number })
    });
    linked.into_iter().chain(touched).collect()
}

/// The next number of a series; the row of the series is held until the transaction ends.
pub(crate) fn next(tx: &mut dyn Tx, site: i64, series: &str, period: &str) -> Result<i64, Fault> {
    let text = sql!(
        "insert into series(site, series, period, last) values ($1, $2, $3, 1)
         on conflict (site, series, period) do update set last = series.last + 1 returning last"
    );
    let row = tx.first(text, &vals![site, series, period])?;
    row.ok_or_else(|| Fault::new(FaultKind::Bug, "a series gave no number"))?.int(0)
}

/// Writes down a number that an entry tells; also while rebuilding, so it repeats without harm. A `counted` one was taken
/// from its series in this transaction: the series stands there already.
pub(crate) fn note(tx: &mut dyn Tx, entry: &Entry, told: &Number, counted: bool) -> Result<(), Fault> {
    if !counted {
        let last = sql!(
            "insert into series(site, series, period, last) values ($1, $2, $3, $4)
             on conflict (site, series, period) do update set last = excluded.last where series.last < excluded.last"
        );
        tx.exec(last, &vals![entry.site, &told.series, &told.period, told.number])?;
    }
    let taken = sql!(
        "insert into number_taken(site, series, period, number, stream, seq, void)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (site, series, period, number) do update set void = excluded.void
         where excluded.void is not null"
    );
    let void = told.void.clone();
    let vals = vals![entry.site, &told.series, &told.period, told.number, &entry.stream, entry.written.seq, void];
    tx.exec(taken, &vals)
}

/// All numbers of a series' period, in order: the sheet an auditor asks for.
pub fn taken(tx: &mut dyn Tx, site: i64, series: &str, period: &str) -> Result<Vec<Taken>, Fault> {
    let text = sql!(
        "select number, stream, seq, void from number_taken
         where site = $1 and series = $2 and period = $3 order by number"
    );
    let rows = tx.query(text, &vals![site, series, period])?;
    rows.iter()
        .map(|row| {
            Ok(Taken {
                number: row.int(0)?,
                stream: row.string(1)?,
                seq: row.int(2)?,
                void: row.maybe_text(3)?.map(str::to_owned),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_numbers_of_a_series_are_read() {
        let number = parse("WX-202611-0017").unwrap();
        assert_eq!((number.series.as_str(), number.period.as_str(), number.number), ("WX", "202611", 17));
        assert_eq!(parse("WX-202611-12345").unwrap().number, 12_345);
        for text in ["", "WX", "WX-202611", "WX-202611-017", "wx-202611-0017", "WX-2026x-0017", "WX-202611-0000"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
