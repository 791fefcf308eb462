//! 定期事务: what the site owes by the period, computed as of the moment of reading from the facts that duties name.

use std::collections::{BTreeMap, BTreeSet};

use calendar::Moment;
use jiff::Span;
use jiff::civil::Date;
use office::Entry;
use rulebook::model::Kind;
use rulebook::{DutyPeriod, Fact, Lang, State, Step};

use super::ObligationRow;
use super::work::listed;
use crate::fault::{Fault, FaultKind};
use crate::house::{House, Laws, SiteLaw};
use crate::stream;
use crate::tx::{Sql, Tx};
use crate::value::{Row, Val};
use crate::{sql, vals};

/// A period of a duty of the site (定期事务).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeriodRow {
    /// What is owed, with its period.
    pub period: DutyPeriod,
    /// Who did it, an account; empty while nobody has.
    pub done_by: String,
    /// Stretches that nobody has covered, for a duty to cover a period.
    pub uncovered: Vec<(Moment, Moment)>,
}

/// 定期事务 page: one period of a duty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeriodPage {
    /// The period.
    pub row: PeriodRow,
    /// How its due moment came about.
    pub steps: Vec<Step>,
    /// Attributes without which an act cannot count.
    pub required: Vec<String>,
    /// Attributes that clauses ask to be told with it.
    pub asked: Vec<String>,
    /// What was entered for it, oldest first.
    pub entries: Vec<Entry>,
    /// Account → name.
    pub names: BTreeMap<String, String>,
    /// Whether the reader stands for the post that owes it.
    pub mine: bool,
}

/// Days that the list of what is owed looks back: a quarter and its time to be done.
const LOOKS_BACK: i64 = 130;
/// The longest period and its time to be done: facts older than that belong to no period asked for.
const LONGEST: i64 = 800;

/// Stream of what is done for a period.
pub(crate) fn stream_of(period: &DutyPeriod) -> String {
    format!("period:{}", period.key)
}

/// Facts of the site that duties of periods since `from` may rest on.
pub(crate) fn duty_facts(tx: &mut dyn Tx, site: i64, from: Date) -> Result<Vec<Fact>, Fault> {
    let since = from.saturating_sub(Span::new().days(LONGEST)).to_string();
    let text = sql!("select body from duty_fact_row where site = $1 and day >= $2 order by seq");
    read_facts(&tx.query(text, &vals![site, since])?)
}

/// The facts with these names from a day on: what a few duties rest on.
pub(crate) fn facts_named(
    tx: &mut dyn Tx,
    site: i64,
    names: &BTreeSet<String>,
    from: Date,
) -> Result<Vec<Fact>, Fault> {
    let mut vals: Vec<Val> = vals![site, from.to_string()].to_vec();
    let names: Vec<String> = names.iter().cloned().collect();
    let (marks, list) = listed(&names, vals.len() + 1);
    vals.extend(list);
    let text =
        format!("select body from duty_fact_row where site = $1 and day >= $2 and fact in ({marks}) order by seq");
    read_facts(&tx.query(Sql::built(text), &vals)?)
}

fn read_facts(rows: &[Row]) -> Result<Vec<Fact>, Fault> {
    let fact = |text: &str| {
        serde_json::from_str(text)
            .map_err(|error| Fault::from_source(FaultKind::Corrupt, "a fact of a duty is not readable", error))
    };
    rows.iter().map(|row| fact(row.text(0)?)).collect()
}

/// The period with this first day and obligation.
pub(crate) fn find(law: &SiteLaw, facts: &[Fact], first: Date, id: &str, now: Moment) -> Option<DutyPeriod> {
    law.law.duty_periods(first, first, facts, now).into_iter().find(|it| it.obligation.id == id)
}

impl House {
    /// Every period of every duty that has a day from `from` to `to`, those that have begun, in order of due moment.
    pub async fn periods(&self, site: i64, from: Date, to: Date, now: Moment) -> Result<Vec<PeriodRow>, Fault> {
        let laws = self.laws().clone();
        self.read(move |tx| {
            let law = laws.of_site(tx, site)?;
            if !law.law.has_duties() {
                return Ok(Vec::new());
            }
            let facts = duty_facts(tx, site, from)?;
            let periods = law.law.duty_periods(from, to, &facts, now);
            let begun = periods.into_iter().filter(|it| it.obligation.opened <= now);
            Ok(begun.map(|period| row(&law, &facts, period, now)).collect())
        })
        .await
    }

    /// One period of a duty, named by its first day and its obligation; none when nothing is owed there.
    pub async fn period_page(
        &self,
        site: i64,
        (first, id): (Date, String),
        (account, posts): (String, Vec<String>),
        lang: Lang,
        now: Moment,
    ) -> Result<Option<PeriodPage>, Fault> {
        let bearers = self.bearers(site, &account, &posts).await?;
        let laws = self.laws().clone();
        self.read(move |tx| {
            let law = laws.of_site(tx, site)?;
            let facts = duty_facts(tx, site, first)?;
            let Some(period) = find(&law, &facts, first, &id, now) else { return Ok(None) };
            let entries = stream::load(tx, site, &stream_of(&period))?;
            let own = |entry: &Entry| entry.event.body.links.get("duty").is_some_and(|duty| *duty == id);
            Ok(Some(PeriodPage {
                steps: law.law.explain_duty(lang, &period.obligation),
                required: required(&period),
                asked: asked(&laws, &law, &period),
                entries: entries.into_iter().filter(own).collect(),
                names: super::case_page::names(tx, site)?,
                mine: bearers.contains(&period.obligation.bearer),
                row: row(&law, &facts, period, now),
            }))
        })
        .await
    }
}

impl House {
    /// What is on record for the period with this key, oldest first, and the names of accounts.
    pub async fn period_entries(
        &self,
        site: i64,
        key: String,
    ) -> Result<(Vec<Entry>, BTreeMap<String, String>), Fault> {
        self.read(move |tx| Ok((stream::load(tx, site, &format!("period:{key}"))?, super::case_page::names(tx, site)?)))
            .await
    }
}

/// Attributes without which an act for a period cannot count.
pub(crate) fn required(period: &DutyPeriod) -> Vec<String> {
    let covered = period.covered_by.iter().flat_map(|(from, to)| [from.clone(), to.clone()]);
    covered.collect()
}

/// What records and forms of the adopted clauses ask to be told with the act, beside what it needs to count.
fn asked(laws: &Laws, law: &SiteLaw, period: &DutyPeriod) -> Vec<String> {
    let words = &laws.vocabulary;
    let must = period.obligation.must.first().and_then(|id| words.fact_of_id(id)).map(|at| words.facts[at].zh.as_str());
    let Some(must) = must else { return Vec::new() };
    let mut fields: BTreeSet<String> = BTreeSet::new();
    let adopted = |book: &&std::sync::Arc<rulebook::model::Book>| {
        law.charter.adoptions.iter().any(|adoption| adoption.digest == book.digest)
    };
    for rule in law.books.values().filter(adopted).flat_map(|book| &book.clauses).flat_map(|clause| &clause.rules) {
        match &rule.kind {
            Kind::Record(it) if it.act.value == must => {
                fields.extend(it.fields.iter().map(|field| field.value.clone()))
            }
            Kind::Form(it) if it.issued_by.as_deref() == Some(must) => {
                fields.extend(it.fields.iter().cloned());
            }
            _ => {}
        }
    }
    let known: Vec<String> = required(period).into_iter().chain(period.named_by.clone()).collect();
    let ids = fields.iter().filter_map(|zh| words.attribute(zh)).map(|at| words.attributes[at].id.clone());
    ids.filter(|id| !known.contains(id)).collect()
}

fn row(law: &SiteLaw, facts: &[Fact], period: DutyPeriod, now: Moment) -> PeriodRow {
    let it = &period.obligation;
    let ends = |fact: &&Fact| it.must.contains(&fact.name) && Some(fact.at) == it.ended;
    let done_by = facts.iter().find(ends).map(|fact| fact.person.clone()).unwrap_or_default();
    let uncovered = match &period.covered_by {
        None => Vec::new(),
        Some(_) => {
            let gaps = law.law.uncovered(period.first, period.last, facts, now);
            gaps.into_iter().filter(|gap| gap.clause == it.clause).map(|gap| (gap.from, gap.to)).collect()
        }
    };
    PeriodRow { period, done_by, uncovered }
}

/// What these posts (none: all of them) owe by the period now: what has begun and is open, and of what is overdue the last period of each
/// duty; the list of periods has the others.
pub(super) fn owed(
    tx: &mut dyn Tx,
    laws: &Laws,
    site: i64,
    bearers: Option<&[String]>,
    now: Moment,
) -> Result<Vec<ObligationRow>, Fault> {
    let law = laws.of_site(tx, site)?;
    if !law.law.has_duties() {
        return Ok(Vec::new());
    }
    let today = laws.zone.date(now);
    let from = today.saturating_sub(Span::new().days(LOOKS_BACK));
    let facts = duty_facts(tx, site, from)?;
    let mut rows: Vec<ObligationRow> = Vec::new();
    for period in law.law.duty_periods(from, today, &facts, now).into_iter().rev() {
        let it = &period.obligation;
        let open = matches!(it.state, State::Open | State::Overdue) && it.opened <= now && it.yields_to.is_none();
        let same = |row: &ObligationRow| row.clause == it.clause && row.must == it.must && row.state == State::Overdue;
        let theirs = bearers.is_none_or(|bearers| bearers.contains(&it.bearer));
        if !open || !theirs || (it.state == State::Overdue && rows.iter().any(same)) {
            continue;
        }
        rows.push(as_row(period));
    }
    Ok(rows)
}

/// A period of a duty as what is owed, among cases: its number is the period's key.
pub(super) fn as_row(period: DutyPeriod) -> ObligationRow {
    let it = period.obligation;
    ObligationRow {
        id: it.id,
        case: String::new(),
        number: period.key,
        kind: None,
        title: String::new(),
        place: String::new(),
        clause: it.clause,
        must: it.must,
        bearer: it.bearer,
        assignee: None,
        round: it.round,
        opened: it.opened,
        due: it.due,
        end_of_day: it.end_of_day,
        soft: it.soft,
        state: it.state,
        ended: it.ended,
    }
}
