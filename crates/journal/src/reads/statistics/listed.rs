//! The list behind a number (数字背后的名单): its rows by the same condition, page by page.

use calendar::Moment;
use office::stretch::Stretch;

use super::rates::{RatePart, is_period};
use super::tally::Tallied;
use crate::fault::Fault;
use crate::house::{House, Laws};
use crate::reads::CountedBy;
use crate::tx::{Sql, Tx};
use crate::vals;
use crate::value::{Row, Val};

/// Rows of a page.
const ROWS: i64 = 200;
/// The row comes from the case, wherever the number is counted.
const CASE: &str = "coalesce(c.number, ''), coalesce(c.title, ''), coalesce(c.place, '')";

/// A row behind a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatedRow {
    /// Its page: `/cases/k1`; empty when it has none.
    pub path: String,
    /// Number; empty for a visit or call.
    pub number: String,
    /// What it is about.
    pub title: String,
    /// Where.
    pub place: String,
    /// When it came to count; none for members of rates.
    pub at: Option<Moment>,
    /// Who: an account or a name; empty where nobody stands for it.
    pub person: String,
    /// For how many it counts: 1, or the households of an activity.
    pub counts: i64,
}

/// A page of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StatedList {
    /// What is counted, in Chinese.
    pub title: String,
    /// What counts and what does not, in Chinese; empty when the title says it.
    pub definition: String,
    /// The clause that counts it: book and number.
    pub clause: Option<(String, String)>,
    /// Rows.
    pub rows: Vec<StatedRow>,
    /// Key of the next page.
    pub next: Option<String>,
}

impl House {
    /// A page of the list behind the number of this word in a period; none when there is no such number.
    pub async fn stated_list(
        &self,
        site: i64,
        of: &Stretch,
        id: String,
        after: Option<String>,
        now: Moment,
    ) -> Result<Option<StatedList>, Fault> {
        let laws = self.laws().clone();
        let span = of.moments(&laws.zone);
        if let Some((by, key)) = id.strip_prefix("complaint:").and_then(|it| it.split_once('=')) {
            let Some(counted) = CountedBy::of(by) else { return Ok(None) };
            let list = self.complaints_counted(site, span, (counted, key.to_owned()), after, now).await?;
            let title = format!("投诉 {}：{}", counted.title(), counted.value(&laws, key));
            let row = |it: crate::reads::CaseRow| StatedRow {
                path: format!("/cases/{}", it.id),
                number: it.number,
                title: it.title,
                place: it.place,
                at: Some(it.opened),
                person: String::new(),
                counts: 1,
            };
            let rows = list.rows.into_iter().map(row).collect();
            return Ok(Some(StatedList { title, rows, next: list.next, ..StatedList::default() }));
        }
        self.read(move |tx| list(tx, &laws, site, span, &id, after.as_deref(), now)).await
    }
}

fn list(
    tx: &mut dyn Tx,
    laws: &Laws,
    site: i64,
    span: (Moment, Moment),
    id: &str,
    after: Option<&str>,
    now: Moment,
) -> Result<Option<StatedList>, Fault> {
    if let Some(rest) = id.strip_prefix("rate:") {
        let mut parts = rest.rsplitn(3, ':');
        let (part, period, rule) = (parts.next().and_then(RatePart::of), parts.next(), parts.next());
        let rule = rule.and_then(|it| it.split_once('/'));
        return match (part, period.filter(|it| is_period(it)), rule) {
            (Some(part), Some(period), Some(rule)) => {
                let mut list = members(tx, site, rule, period, (rate_condition(part), weight(part)), None, after)?;
                list.title = format!("{}：{}", rule.1, part.title());
                list.definition = summary(tx, laws, site, rule)?;
                Ok(Some(list))
            }
            _ => Ok(None),
        };
    }
    if let Some(rest) = id.strip_prefix("count:") {
        let mut parts = rest.splitn(3, ':');
        let (rule, period, group) = (parts.next(), parts.next(), parts.next());
        let rule = rule.and_then(|it| it.split_once('/'));
        return match (rule, period.filter(|it| is_period(it)), group) {
            (Some(rule), Some(period), Some(group)) => {
                let mut list = members(tx, site, rule, period, ("m.in_base = 1", "m.weight"), Some(group), after)?;
                list.title = rule.1.to_owned();
                list.definition = summary(tx, laws, site, rule)?;
                Ok(Some(list))
            }
            _ => Ok(None),
        };
    }
    let (word, person) = id.split_once('@').map_or((id, None), |(word, person)| (word, Some(person)));
    let Some(tally) = Tallied::of(word) else { return Ok(None) };
    tallied(tx, site, tally, span, person, (after, now)).map(Some)
}

fn summary(tx: &mut dyn Tx, laws: &Laws, site: i64, (book, id): (&str, &str)) -> Result<String, Fault> {
    let law = laws.of_site(tx, site)?;
    let clause = rulebook::ClauseRef { book: book.to_owned(), id: id.to_owned() };
    let brief = crate::reads::follow_up::brief(&law, &clause);
    Ok(if brief.book.is_empty() { String::new() } else { format!("《{}》{id}：{}", brief.book, brief.summary) })
}

fn rate_condition(part: RatePart) -> &'static str {
    match part {
        RatePart::Base => "m.in_base = 1 and m.exempt = 0",
        RatePart::Exempt => "m.in_base = 1 and m.exempt = 1",
        RatePart::Done => "m.in_base = 1 and m.exempt = 0 and m.counted > 0",
        RatePart::InTime => "m.in_base = 1 and m.exempt = 0 and m.in_time > 0",
        RatePart::Lacking => "m.in_base = 1 and m.exempt = 0 and m.counted < m.weight",
    }
}

/// For how many a member counts.
fn weight(part: RatePart) -> &'static str {
    match part {
        RatePart::Base | RatePart::Exempt => "m.weight",
        RatePart::Done => "m.counted",
        RatePart::InTime => "m.in_time",
        RatePart::Lacking => "m.weight - m.counted",
    }
}

fn members(
    tx: &mut dyn Tx,
    site: i64,
    (book, clause): (&str, &str),
    period: &str,
    (condition, counts): (&str, &str),
    group: Option<&str>,
    after: Option<&str>,
) -> Result<StatedList, Fault> {
    let mut values: Vec<Val> = vals![site, book, clause, period].to_vec();
    let mut more = String::new();
    for (column, value) in [("m.grp =", group), ("m.member >", after)] {
        if let Some(value) = value {
            values.push(value.into());
            more.push_str(&format!(" and {column} ${}", values.len()));
        }
    }
    values.push((ROWS + 1).into());
    let text = format!(
        "select m.case_id, {CASE}, {counts}, m.member from member_row m
         left join case_row c on c.site = m.site and c.id = m.case_id
         where m.site = $1 and m.book = $2 and m.clause = $3 and m.period = $4 and {condition}{more}
         order by m.member limit ${}",
        values.len()
    );
    let mut rows = tx.query(Sql::built(text), &values)?;
    let next = cut(&mut rows, |row| row.string(5))?;
    let read = |row: &Row| {
        let (case, number) = (row.string(0)?, row.string(1)?);
        Ok(StatedRow {
            path: path(&case, &number),
            title: if number.is_empty() { row.string(5)? } else { row.string(2)? },
            number,
            place: row.string(3)?,
            at: None,
            person: String::new(),
            counts: row.int(4)?,
        })
    };
    let rows = rows.iter().map(read).collect::<Result<Vec<_>, Fault>>()?;
    let clause = Some((book.to_owned(), clause.to_owned()));
    Ok(StatedList { rows, next, clause, ..StatedList::default() })
}

/// The page of a case; a contact has its own, a period none.
fn path(case: &str, number: &str) -> String {
    match case.split_once(':') {
        Some(("contact", id)) => format!("/contacts/{id}"),
        Some(_) => String::new(),
        None if number.is_empty() => String::new(),
        None => format!("/cases/{case}"),
    }
}

/// Takes off what is beyond a page; answers the key of its last row when there was any.
fn cut(rows: &mut Vec<Row>, key: impl Fn(&Row) -> Result<String, Fault>) -> Result<Option<String>, Fault> {
    let most = usize::try_from(ROWS).unwrap_or(usize::MAX);
    if rows.len() <= most {
        return Ok(None);
    }
    rows.truncate(most);
    rows.last().map(key).transpose()
}

fn tallied(
    tx: &mut dyn Tx,
    site: i64,
    tally: Tallied,
    (from, until): (Moment, Moment),
    person: Option<&str>,
    (after, now): (Option<&str>, Moment),
) -> Result<StatedList, Fault> {
    let (table, moment, case, place) = (tally.table(), tally.moment(), tally.case(), tally.place());
    let condition = tally.condition();
    let mut values: Vec<Val> = vals![site, from, until, now].to_vec();
    let mut more = String::new();
    if let Some(person) = person {
        values.push(person.into());
        more.push_str(" and r.person = $5");
    }
    if let Some((at, rest)) = after.and_then(|key| key.split_once('~'))
        && let Some((seq, id)) = rest.split_once('~')
    {
        let number = |text: &str| text.parse::<i64>().unwrap_or(i64::MAX);
        let n = values.len();
        values.extend([Val::from(number(at)), Val::from(id), Val::from(number(seq))]);
        let tie = place.map_or(String::new(), |place| format!(" or {case} = ${} and {place} < ${}", n + 2, n + 3));
        values.truncate(if place.is_some() { n + 3 } else { n + 2 });
        more.push_str(&format!(" and ({moment} < ${0} or {moment} = ${0} and ({case} < ${1}{tie}))", n + 1, n + 2));
    }
    values.push((ROWS + 1).into());
    let who = if table == "follow_up_row" { "r.person" } else { "''" };
    let (told, join) = match table {
        "contact_row" => ("'', r.words, r.place", ""),
        _ => (CASE, "left join case_row c on c.site = r.site and c.id = "),
    };
    let joined = if join.is_empty() { String::new() } else { format!("{join}{case}") };
    let (seq, last) = (place.unwrap_or(moment), place.map_or(String::new(), |place| format!(", {place} desc")));
    let text = format!(
        "select {case}, {told}, {moment}, {who}, {seq} from {table} r {joined}
         where r.site = $1 and {moment} >= $2 and {moment} < $3 and {condition}{more}
         order by {moment} desc, {case} desc{last} limit ${}",
        values.len()
    );
    let mut rows = tx.query(Sql::built(text), &values)?;
    let next = cut(&mut rows, |row| Ok(format!("{}~{}~{}", row.int(4)?, row.int(6)?, row.string(0)?)))?;
    let noun = if table == "contact_row" { "contacts" } else { "cases" };
    let read = |row: &Row| {
        Ok(StatedRow {
            path: format!("/{noun}/{}", row.string(0)?),
            number: row.string(1)?,
            title: row.string(2)?,
            place: row.string(3)?,
            at: Some(row.moment(4)?),
            person: row.string(5)?,
            counts: 1,
        })
    };
    let rows = rows.iter().map(read).collect::<Result<Vec<_>, Fault>>()?;
    let definition = tally.counts().to_owned();
    Ok(StatedList { title: tally.title().to_owned(), definition, rows, next, clause: None })
}
