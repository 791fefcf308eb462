//! 事项 page: a case with its sentences, its law, the acts offered and why others are not.

use std::collections::{BTreeMap, BTreeSet};

use calendar::Moment;
use office::Actor;
use office::act::catalogue;
use office::case::{Case, Latitude, Names, narrate, offer, replay};
use office::site::Address;
use rulebook::{Derived, Fact, State};

use super::desk::masked;
use super::row::{CASE, case as case_row};
use super::{ActOffer, CasePage, ClauseBrief, Explained, TimelineLine};
use crate::fault::Fault;
use crate::house::{House, Laws, SiteLaw};
use crate::stream;
use crate::tx::{Sql, Tx};
use crate::{sql, vals};

impl House {
    /// Everything about one case for this reader; none when it does not exist. `id` is the stream id or the number.
    pub async fn case_page(
        &self,
        site: i64,
        id: String,
        actor: Actor,
        now: Moment,
        unmask: bool,
    ) -> Result<Option<CasePage>, Fault> {
        let laws = self.laws().clone();
        self.read(move |tx| page(tx, &laws, site, &id, &actor, now, unmask)).await
    }

    /// An obligation with how its due moment came about, step by step (时限依据); none when the subject has no such
    /// obligation. The subject is a case, or what the site owes as such (`period:2026-11`).
    pub async fn explain(
        &self,
        site: i64,
        subject: String,
        obligation: String,
        lang: rulebook::Lang,
        now: Moment,
    ) -> Result<Option<Explained>, Fault> {
        let laws = self.laws().clone();
        self.read(move |tx| {
            let case = stream_id(tx, site, &subject)?;
            let stream = case.as_ref().map_or_else(|| subject.clone(), |id| format!("case:{id}"));
            let subject = case.clone().unwrap_or_else(|| subject.clone());
            let facts = subject_facts(tx, site, &stream)?;
            let law = laws.of_site(tx, site)?;
            let derived = law.derive(&subject, &facts, now);
            let briefs = briefs(&law, &derived);
            let Some(owed) = derived.obligations.into_iter().find(|it| it.id == obligation) else { return Ok(None) };
            let steps = law.law.explain_in(lang, &subject, &facts, &obligation, now);
            let brief = briefs.get(&format!("{}/{}", owed.clause.book, owed.clause.id)).cloned().unwrap_or_default();
            Ok(Some(Explained { owed, steps, brief, case }))
        })
        .await
    }

    /// The case alone, for print and for the phone.
    pub async fn case(&self, site: i64, id: String) -> Result<Option<Case>, Fault> {
        self.read(move |tx| {
            let Some(id) = stream_id(tx, site, &id)? else { return Ok(None) };
            let entries = stream::load(tx, site, &format!("case:{id}"))?;
            Ok(replay(&id, &entries))
        })
        .await
    }
}

/// The facts of a stream as the law is asked about it.
fn subject_facts(tx: &mut dyn Tx, site: i64, stream: &str) -> Result<Vec<Fact>, Fault> {
    let entries = stream::load(tx, site, stream)?;
    Ok(match stream.split_once(':') {
        Some(("case", _)) => office::case::facts(&entries),
        Some(("contact", id)) => office::contact::replay(id, &entries).map(|it| it.facts()).unwrap_or_default(),
        _ => entries.iter().map(office::Entry::fact).collect(),
    })
}

/// The stream id of a case named by stream id or number.
pub(super) fn stream_id(tx: &mut dyn Tx, site: i64, id: &str) -> Result<Option<String>, Fault> {
    let text = sql!("select id from case_row where site = $1 and (id = $2 or number = $2)");
    tx.first(text, &vals![site, id])?.map(|row| row.string(0)).transpose()
}

fn page(
    tx: &mut dyn Tx,
    laws: &Laws,
    site: i64,
    id: &str,
    actor: &Actor,
    now: Moment,
    unmask: bool,
) -> Result<Option<CasePage>, Fault> {
    let Some(id) = stream_id(tx, site, id)? else { return Ok(None) };
    let entries = stream::load(tx, site, &format!("case:{id}"))?;
    let Some(case) = replay(&id, &entries) else { return Ok(None) };
    let law = laws.of_site(tx, site)?;
    let facts = case.facts();
    let derived = law.derive(&id, &facts, now);
    let names = names(tx, site)?;
    let mut timeline = timeline(laws, &case, &names, law.address());
    timeline.extend(super::contact::supervisor_lines(tx, laws, site, &id, &names, law.address())?);
    timeline.sort_by_key(|line| (line.happened, line.seq));
    let as_well = crate::house::takes_as(tx, laws, site, &case, &actor.account)?;
    let offers = offers(laws, &law, (&case, &as_well), &facts, &derived, actor, now);
    let caller = caller(&case, unmask);
    let household = match &case.household {
        Some(household) => super::household::card(tx, site, household, unmask)?,
        None => None,
    };
    let linked = linked(tx, site, &case)?;
    let joined = joined(tx, site, &case)?;
    let clauses = briefs(&law, &derived);
    Ok(Some(CasePage { case, caller, household, timeline, derived, offers, names, linked, joined, clauses }))
}

/// Account → name.
pub(crate) fn names(tx: &mut dyn Tx, site: i64) -> Result<BTreeMap<String, String>, Fault> {
    let rows = tx.query(sql!("select account, name from account_row where site = $1"), &vals![site])?;
    rows.iter().map(|row| Ok((row.string(0)?, row.string(1)?))).collect()
}

pub(super) fn timeline(
    laws: &Laws,
    case: &Case,
    names: &BTreeMap<String, String>,
    address: Address,
) -> Vec<TimelineLine> {
    let person = |account: &str| names.get(account).cloned().unwrap_or_default();
    let word = |id: &str| laws.word(id);
    let value = |attribute: &str, value: &str| value_in_words(laws, attribute, value);
    let words = Names { person: &person, word: &word, value: &value, zone: &laws.zone, address };
    let mut lines: Vec<TimelineLine> = case
        .entries
        .iter()
        .filter(|entry| !entry.event.name.starts_with("office."))
        .map(|entry| TimelineLine {
            seq: entry.seq,
            happened: entry.event.happened,
            entered: entry.at,
            said: narrate(entry, &words),
            name: person(&entry.actor),
            post: word(&entry.post),
            event: entry.event.clone(),
        })
        .collect();
    lines.sort_by_key(|line| (line.happened, line.seq));
    lines
}

/// A value as people say it: choices by name, flags 是/否, fen as yuan, moments as clock times.
pub fn value_in_words(laws: &Laws, attribute: &str, value: &str) -> String {
    use rulebook::words::Unit;
    let Some(known) = laws.vocabulary.attribute_of_id(attribute).map(|at| &laws.vocabulary.attributes[at]) else {
        return value.to_owned();
    };
    match known.unit {
        Unit::Choice(_) => known.value_zh(value).unwrap_or(value).to_owned(),
        Unit::Post => laws.word(value),
        Unit::Flag => if value == "yes" { "是" } else { "否" }.to_owned(),
        Unit::Money => match value.parse::<i64>() {
            Ok(fen) => office::money::yuan(fen),
            Err(_) => value.to_owned(),
        },
        Unit::Moment => match value.parse::<i64>() {
            Ok(micros) => laws.zone.civil(Moment(micros)).strftime("%Y-%m-%d %H:%M").to_string(),
            Err(_) => value.to_owned(),
        },
        _ => value.to_owned(),
    }
}

pub(super) fn offers(
    laws: &Laws,
    law: &SiteLaw,
    (case, as_well): (&Case, &[String]),
    facts: &[Fact],
    derived: &Derived,
    actor: &Actor,
    now: Moment,
) -> Vec<ActOffer> {
    let refuses = |fact: &Fact| law.refuses(facts, fact);
    let word = |id: &str| laws.word(id);
    let mut next_number = |_: &str, _: &str| 0;
    let mut stands_for = office::site::stands_for(&law.charter, &actor.account);
    stands_for.extend(as_well.iter().cloned());
    let mut latitude = Latitude {
        now,
        zone: &laws.zone,
        actor,
        stands_for: &stands_for,
        late_needs_reason: 0,
        late_needs_approval: 0,
        speaks_of: &|fact| law.speaks_of(fact, now),
        reminders_apart: 0,
        refuses: &refuses,
        word: &word,
        next_number: &mut next_number,
    };
    let open = |it: &&rulebook::Obligation| matches!(it.state, State::Open | State::Overdue);
    catalogue()
        .filter(|act| !act.begins(case.kind) && act.fits(case.kind) && act.allowed(&actor.posts))
        .map(|act| {
            let mut owing =
                derived.obligations.iter().filter(open).filter(|it| it.must.iter().any(|must| must == act.id));
            let owed: Vec<Option<Moment>> = owing.by_ref().map(|it| it.due).collect();
            ActOffer {
                act: act.id.to_owned(),
                refused: offer(&mut latitude, case, act).err(),
                is_owed: !owed.is_empty(),
                owed: owed.into_iter().flatten().min(),
            }
        })
        .collect()
}

/// Name and phone as told at intake.
pub(super) fn caller(case: &Case, unmask: bool) -> (String, String) {
    let fields = case.entries.first().and_then(|entry| entry.event.sealed.as_ref()).map(|sealed| &sealed.fields);
    let field = |key: &str| fields.and_then(|fields| fields.get(key)).cloned().unwrap_or_default();
    let (name, phone) = (field("name"), field("phone"));
    if unmask { (name, phone) } else { (masked(&name), masked_phone(&phone)) }
}

/// 138****8000.
pub(crate) fn masked_phone(phone: &str) -> String {
    office::household::masked_phone(phone)
}

fn linked(tx: &mut dyn Tx, site: i64, case: &Case) -> Result<Vec<super::CaseRow>, Fault> {
    let ids: BTreeSet<&String> =
        case.entries.iter().filter_map(|entry| entry.event.body.links.get("linked_case")).collect();
    let mut rows = Vec::new();
    for id in ids {
        let text = format!("select {CASE} from case_row c where c.site = $1 and (c.id = $2 or c.number = $2)");
        for row in tx.query(Sql::built(text), &vals![site, id])? {
            rows.push(case_row(&row, 0)?);
        }
    }
    Ok(rows)
}

/// The cases that carry this one's number as the one they join.
fn joined(tx: &mut dyn Tx, site: i64, case: &Case) -> Result<Vec<super::CaseRow>, Fault> {
    let text = format!(
        "select {CASE} from case_row c where c.site = $1 and c.joined = $2 and c.joined <> '' order by c.opened"
    );
    let rows = tx.query(Sql::built(text), &vals![site, &case.number])?;
    rows.iter().map(|row| case_row(row, 0)).collect()
}

/// Own words of every clause that the answers name, keyed `book/clause`.
fn briefs(law: &SiteLaw, derived: &Derived) -> BTreeMap<String, ClauseBrief> {
    let mut wanted: BTreeSet<(String, String)> = BTreeSet::new();
    let mut want = |clause: &rulebook::ClauseRef| {
        wanted.insert((clause.book.clone(), clause.id.clone()));
    };
    derived.obligations.iter().for_each(|it| want(&it.clause));
    derived.escalations.iter().for_each(|it| want(&it.clause));
    derived.blocks.iter().for_each(|it| want(&it.clause));
    derived.routes.iter().for_each(|it| want(&it.clause));
    derived.rights.iter().for_each(|it| want(&it.clause));
    let mut briefs = BTreeMap::new();
    for book in law.books.values() {
        for rule in book.clauses.iter().flat_map(|clause| &clause.rules) {
            let key = (book.id.clone(), rule.id.value.clone());
            if wanted.contains(&key) {
                let brief = ClauseBrief { book: book.name.clone(), summary: rule.summary.clone() };
                briefs.insert(format!("{}/{}", key.0, key.1), brief);
            }
        }
    }
    briefs
}
