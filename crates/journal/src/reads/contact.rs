//! 来访来电: the register of every contact, one contact, the calls to return, and who is calling at an extension.

use std::collections::BTreeMap;

use calendar::Moment;
use office::contact::{Contact, ContactState, SUPERVISOR_CALLED, SUPERVISOR_CAME, look_up, narrate, replay};
use office::site::Address;
use rulebook::Derived;
use serde::{Deserialize, Serialize};

use super::case_page::{masked_phone, names, value_in_words};
use super::desk::masked;
use super::work::listed;
use super::{HouseholdHit, TimelineLine};
use crate::fault::{Fault, FaultKind};
use crate::house::{House, Laws};
use crate::stream;
use crate::tx::{Sql, Tx};
use crate::value::{Row, Val};
use crate::{sql, vals};

/// A contact as a row of the register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactRow {
    /// Stream id.
    pub id: String,
    /// When it began.
    pub began: Moment,
    /// Channel id.
    pub channel: String,
    /// Desk id.
    pub station: String,
    /// Account that took it; empty while nobody has.
    pub account: String,
    /// Household on file; empty when none.
    pub household: String,
    /// Room or place.
    pub place: String,
    /// The caller's words.
    pub words: String,
    /// Where it stands.
    pub state: ContactState,
    /// What was answered, or why it is void.
    pub note: String,
    /// Case that it became: id and number.
    pub case: Option<(String, String)>,
    /// Entry of the book that answered it: id and question.
    pub answer: Option<(String, String)>,
    /// First ring.
    pub rang: Option<Moment>,
    /// Answered.
    pub answered: Option<Moment>,
    /// Rings, when counted.
    pub rings: Option<i64>,
    /// Seconds that it took.
    pub seconds: Option<i64>,
    /// The last four digits of the number.
    pub tail: String,
    /// Tries to call back that reached nobody.
    pub tried: i64,
    /// The visitor was agitated.
    pub agitated: bool,
    /// Drawn for listening.
    pub sampled: bool,
    /// Points for courtesy.
    pub points: Option<i64>,
    /// Quality checked.
    pub checked: bool,
}

impl ContactRow {
    /// Whether it was opened by a key at the desk and left without a word (未留内容): no call rang, nothing was noted.
    pub fn holds_nothing(&self) -> bool {
        let blank = [&self.household, &self.place, &self.words, &self.note].iter().all(|it| it.is_empty());
        self.state == ContactState::Open && self.rang.is_none() && !self.agitated && blank
    }
}

/// `ContactRow::holds_nothing` in SQL.
const NOTHING: &str = "n.state = 'open' and n.rang is null and n.agitated = 0 and n.household = '' and n.place = ''
    and n.words = '' and n.note = ''";

/// What the register is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContactFilter {
    /// Words, room, name, phone, number of the case.
    pub search: String,
    /// Channel id.
    pub channel: String,
    /// Desk id.
    pub station: String,
    /// State.
    pub state: Option<ContactState>,
    /// Who took it.
    pub account: String,
    /// Household.
    pub household: String,
    /// Answered by this entry of the book.
    pub answer: String,
    /// Only those that hold nothing; see `ContactRow::holds_nothing`.
    pub nothing: bool,
    /// Those that hold nothing are left out when they were opened at this moment or before.
    pub nothing_until: Option<Moment>,
    /// Drawn for listening and not scored yet.
    pub to_score: bool,
    /// Began on or after.
    pub from: Option<Moment>,
    /// Began before.
    pub until: Option<Moment>,
    /// Key of the last row seen.
    pub after: Option<String>,
    /// Rows, at most 200.
    pub limit: i64,
}

/// A page of the register.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContactList {
    /// Rows, newest first.
    pub rows: Vec<ContactRow>,
    /// Key of the next page.
    pub next: Option<String>,
}

/// One contact with its course.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactPage {
    /// The contact; name and number masked unless unmasked.
    pub contact: Contact,
    /// Its row.
    pub row: ContactRow,
    /// Households under its number, or the one chosen.
    pub households: Vec<HouseholdHit>,
    /// Sentences, oldest first.
    pub timeline: Vec<TimelineLine>,
    /// What the clauses say of it.
    pub derived: Derived,
    /// Account → name.
    pub names: BTreeMap<String, String>,
}

/// A call at an extension that nobody has entered yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallHere {
    /// Stream id of the contact.
    pub contact: String,
    /// It rings still.
    pub ringing: bool,
    /// It was hung up.
    pub over: bool,
    /// The number, masked; empty when hidden.
    pub number: String,
    /// Households under this number.
    pub households: Vec<HouseholdHit>,
    /// Since when.
    pub since: Moment,
}

const CONTACT: &str = "n.id, n.began, n.channel, n.station, n.account, n.household, coalesce(c.place, n.place),
    coalesce(c.title, n.words), n.state, n.note, n.case_id, coalesce(c.number, ''), n.answer, coalesce(a.question, ''),
    n.rang, n.answered, n.rings, n.seconds, n.tail, n.tried, n.agitated, n.sampled, n.points, n.checked";
const FROM: &str = "contact_row n left join case_row c on c.site = n.site and c.id = n.case_id
    left join answer_row a on a.site = n.site and a.id = n.answer";

/// Calls shown as waiting for a call-back at most.
const MISSED: i64 = 50;

/// The missed calls of one number, which one call-back serves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissedCalls {
    /// The number, masked; empty when it was hidden.
    pub phone: String,
    /// At least one, the oldest first.
    pub calls: Vec<ContactRow>,
}

/// The course of a contact in sentences.
fn lines(
    laws: &Laws,
    entries: &[office::Entry],
    names: &BTreeMap<String, String>,
    address: Address,
) -> Vec<TimelineLine> {
    let person = |account: &str| names.get(account).cloned().unwrap_or_default();
    let word = |id: &str| laws.word(id);
    let value = |attribute: &str, value: &str| value_in_words(laws, attribute, value);
    let words = office::case::Names { person: &person, word: &word, value: &value, zone: &laws.zone, address };
    let line = |entry: &office::Entry| {
        Some(TimelineLine {
            seq: entry.seq,
            happened: entry.event.happened,
            entered: entry.at,
            said: narrate(entry, &words)?,
            name: person(&entry.actor),
            post: word(&entry.post),
            event: entry.event.clone(),
        })
    };
    let mut lines: Vec<TimelineLine> = entries.iter().filter_map(line).collect();
    lines.sort_by_key(|line| (line.happened, line.seq));
    lines
}

/// What the contact by which a matter came tells of the supervisor who was called to the visitor.
pub(super) fn supervisor_lines(
    tx: &mut dyn Tx,
    laws: &Laws,
    site: i64,
    id: &str,
    names: &BTreeMap<String, String>,
    address: Address,
) -> Result<Vec<TimelineLine>, Fault> {
    let mut entries = stream::load(tx, site, &format!("contact:{id}"))?;
    entries.retain(|entry| [SUPERVISOR_CALLED, SUPERVISOR_CAME].contains(&entry.event.name.as_str()));
    Ok(lines(laws, &entries, names, address))
}

/// A supervisor was called to an agitated visitor (请主管到场).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SupervisorCall {
    /// When.
    pub at: Moment,
    /// Who has come, and when.
    pub came: Option<(String, Moment)>,
}

impl House {
    /// A page of the register.
    pub async fn contacts(&self, site: i64, filter: ContactFilter) -> Result<ContactList, Fault> {
        self.read(move |tx| list(tx, site, &filter)).await
    }

    /// When a contact was first spoken with (t0) and how it stands; none before its first key.
    pub async fn contact(&self, site: i64, id: String) -> Result<Option<(Moment, ContactState)>, Fault> {
        self.read(move |tx| {
            let text = sql!("select met, state from contact_row where site = $1 and id = $2");
            let row = tx.first(text, &vals![site, &id])?;
            row.map(|row| Ok((row.moment(0)?, state(row.text(1)?)?))).transpose()
        })
        .await
    }

    /// Whether a supervisor was called to the visitor of a contact, and who has come.
    pub async fn supervisor_call(&self, site: i64, id: String) -> Result<Option<SupervisorCall>, Fault> {
        self.read(move |tx| {
            let entries = stream::load(tx, site, &format!("contact:{id}"))?;
            let of = |name: &str| entries.iter().find(|entry| entry.event.name == name);
            let Some(called) = of(SUPERVISOR_CALLED) else { return Ok(None) };
            let names = super::case_page::names(tx, site)?;
            let who = |account: &String| names.get(account).unwrap_or(account).clone();
            let came = of(SUPERVISOR_CAME).map(|entry| (who(&entry.actor), entry.event.happened));
            Ok(Some(SupervisorCall { at: called.event.happened, came }))
        })
        .await
    }

    /// Everything about one contact; none when there is no such one.
    pub async fn contact_page(
        &self,
        site: i64,
        id: String,
        now: Moment,
        unmask: bool,
    ) -> Result<Option<ContactPage>, Fault> {
        let laws = self.laws().clone();
        self.read(move |tx| {
            let stream = format!("contact:{id}");
            let entries = stream::load(tx, site, &stream)?;
            let Some(mut contact) = replay(&id, &entries) else { return Ok(None) };
            let text = format!("select {CONTACT} from {FROM} where n.site = $1 and n.id = $2");
            let Some(found) = tx.first(Sql::built(text), &vals![site, &id])? else { return Ok(None) };
            let law = laws.of_site(tx, site)?;
            let derived = law.derive(&stream, &contact.facts(), now);
            let names = names(tx, site)?;
            let timeline = lines(&laws, &contact.entries, &names, law.address());
            let area = law.office_setting("电话区号");
            let households = match &contact.household {
                Some(household) => by_id(tx, site, household)?,
                None => by_number(tx, site, &contact.phone, area)?,
            };
            if !unmask {
                contact.phone = masked_phone(&contact.phone);
                contact.caller = masked(&contact.caller);
            }
            Ok(Some(ContactPage { contact, row: row(&found)?, households, timeline, derived, names }))
        })
        .await
    }

    /// Calls that nobody answered and nobody has returned, by number, the oldest first; a hidden number stands alone.
    pub async fn missed_calls(&self, site: i64) -> Result<Vec<MissedCalls>, Fault> {
        self.read(move |tx| {
            let text = format!(
                "select {CONTACT} from {FROM} where n.site = $1 and n.state = 'missed' order by n.began, n.id limit $2"
            );
            let mut found: Vec<(String, MissedCalls)> = Vec::new();
            for call in tx.query(Sql::built(text), &vals![site, MISSED])?.iter().map(row) {
                let call = call?;
                let entries = stream::load(tx, site, &format!("contact:{}", call.id))?;
                let phone = replay(&call.id, &entries).map(|it| it.phone).unwrap_or_default();
                let shown = masked_phone(&phone);
                match found.iter_mut().find(|(known, _)| !phone.is_empty() && *known == phone) {
                    Some((_, alike)) => alike.calls.push(call),
                    None => found.push((phone, MissedCalls { phone: shown, calls: vec![call] })),
                }
            }
            Ok(found.into_iter().map(|(_, alike)| alike).collect())
        })
        .await
    }

    /// How many calls wait for a call-back.
    pub async fn missed_count(&self, site: i64) -> Result<i64, Fault> {
        self.read(move |tx| {
            let text = sql!("select count(*) from contact_row where site = $1 and state = 'missed'");
            Ok(tx.number(text, &vals![site])?.unwrap_or(0))
        })
        .await
    }

    /// The calls at an extension now, the latest first; each with the households that have its number.
    pub async fn calls_at(&self, site: i64, extension: String) -> Result<Vec<CallHere>, Fault> {
        let laws = self.laws().clone();
        self.read(move |tx| {
            let text = sql!(
                "select contact from call_row where site = $1 and extension = $2 order by since desc, contact limit 4"
            );
            let rows = tx.query(text, &vals![site, &extension])?;
            if rows.is_empty() {
                return Ok(Vec::new());
            }
            let law = laws.of_site(tx, site)?;
            let area = law.office_setting("电话区号");
            let mut calls = Vec::new();
            for row in rows {
                let id = row.string(0)?;
                let entries = stream::load(tx, site, &format!("contact:{id}"))?;
                let Some(contact) = replay(&id, &entries) else { continue };
                calls.push(CallHere {
                    contact: id,
                    ringing: contact.state == ContactState::Ringing,
                    over: contact.hung_up.is_some(),
                    number: masked_phone(&contact.phone),
                    households: by_number(tx, site, &contact.phone, area)?,
                    since: contact.first_contact(),
                });
            }
            Ok(calls)
        })
        .await
    }

    /// The number of a contact in full and the households under it: for the desk that takes the call.
    pub async fn caller_of(&self, site: i64, id: String) -> Result<Option<(String, Vec<HouseholdHit>)>, Fault> {
        let laws = self.laws().clone();
        self.read(move |tx| {
            let entries = stream::load(tx, site, &format!("contact:{id}"))?;
            let Some(contact) = replay(&id, &entries) else { return Ok(None) };
            let law = laws.of_site(tx, site)?;
            let households = by_number(tx, site, &contact.phone, law.office_setting("电话区号"))?;
            Ok(Some((contact.phone, households)))
        })
        .await
    }

    /// The site whose telephone system has this token; none for an empty or unknown one.
    pub async fn site_of_phone_token(&self, token: String) -> Result<Option<i64>, Fault> {
        let sites = self.sites().await?;
        let laws = self.laws().clone();
        self.read(move |tx| {
            let mut found = None;
            for (site, _) in &sites {
                let law = laws.of_site(tx, *site)?;
                let known = law.office_setting("电话系统口令");
                // Hashes are compared: how long it takes tells nothing about the token.
                if !known.is_empty() && blake3::hash(known.as_bytes()) == blake3::hash(token.as_bytes()) {
                    found = Some(*site);
                }
            }
            Ok(found)
        })
        .await
    }
}

fn by_id(tx: &mut dyn Tx, site: i64, household: &str) -> Result<Vec<HouseholdHit>, Fault> {
    let hits = super::desk::hits(tx, site, household, 20)?;
    Ok(hits.into_iter().filter(|hit| hit.id == household).collect())
}

/// Households under a number, however the ledger writes it.
fn by_number(tx: &mut dyn Tx, site: i64, digits: &str, area: &str) -> Result<Vec<HouseholdHit>, Fault> {
    let mut found: Vec<HouseholdHit> = Vec::new();
    for form in look_up(digits, area) {
        for hit in super::desk::by_phone(tx, site, &form)? {
            if !found.iter().any(|known| known.id == hit.id) {
                found.push(hit);
            }
        }
    }
    Ok(found)
}

fn state(word: &str) -> Result<ContactState, Fault> {
    ContactState::of(word).ok_or_else(|| Fault::new(FaultKind::Corrupt, format!("a contact row has the state {word}")))
}

fn row(row: &Row) -> Result<ContactRow, Fault> {
    let pair = |at: usize| -> Result<Option<(String, String)>, Fault> {
        let id = row.string(at)?;
        Ok(if id.is_empty() { None } else { Some((id, row.string(at + 1)?)) })
    };
    Ok(ContactRow {
        id: row.string(0)?,
        began: row.moment(1)?,
        channel: row.string(2)?,
        station: row.string(3)?,
        account: row.string(4)?,
        household: row.string(5)?,
        place: row.string(6)?,
        words: row.string(7)?,
        state: state(row.text(8)?)?,
        note: row.string(9)?,
        case: pair(10)?,
        answer: pair(12)?,
        rang: row.maybe_moment(14)?,
        answered: row.maybe_moment(15)?,
        rings: row.maybe_int(16)?,
        seconds: row.maybe_int(17)?,
        tail: row.string(18)?,
        tried: row.int(19)?,
        agitated: row.flag(20)?,
        sampled: row.flag(21)?,
        points: row.maybe_int(22)?,
        checked: row.flag(23)?,
    })
}

fn list(tx: &mut dyn Tx, site: i64, filter: &ContactFilter) -> Result<ContactList, Fault> {
    let limit = filter.limit.clamp(1, 200);
    let mut text = format!("select {CONTACT} from {FROM} where n.site = $1");
    let mut vals = vals![site].to_vec();
    let mut and = |condition: &str, value: Val| {
        vals.push(value);
        text.push_str(&condition.replace("$?", &format!("${}", vals.len())));
    };
    for (column, value) in [
        ("channel", &filter.channel),
        ("station", &filter.station),
        ("account", &filter.account),
        ("household", &filter.household),
        ("answer", &filter.answer),
    ] {
        if !value.is_empty() {
            and(&format!(" and n.{column} = $?"), value.into());
        }
    }
    if let Some(state) = filter.state {
        and(" and n.state = $?", state.id().into());
    }
    if let Some(from) = filter.from {
        and(" and n.began >= $?", from.into());
    }
    if let Some(until) = filter.until {
        and(" and n.began < $?", until.into());
    }
    if filter.nothing {
        text.push_str(&format!(" and {NOTHING}"));
    }
    if let Some(before) = filter.nothing_until {
        vals.push(before.into());
        text.push_str(&format!(" and not ({NOTHING} and n.began <= ${})", vals.len()));
    }
    if filter.to_score {
        text.push_str(" and n.sampled = 1 and n.points is null");
    }
    if let Some((began, id)) = filter.after.as_deref().and_then(|key| key.split_once('~')) {
        vals.push(began.parse::<i64>().unwrap_or(i64::MAX).into());
        vals.push(id.into());
        let n = vals.len();
        text.push_str(&format!(" and (n.began, n.id) < (${}, ${n})", n - 1));
    }
    if !filter.search.trim().is_empty() {
        let found = super::contact_search::found(tx, site, filter.search.trim())?;
        if found.is_empty() {
            return Ok(ContactList::default());
        }
        let (marks, list) = listed(&found, vals.len() + 1);
        text.push_str(&format!(" and n.id in ({marks})"));
        vals.extend(list);
    }
    vals.push((limit + 1).into());
    text.push_str(&format!(" order by n.began desc, n.id desc limit ${}", vals.len()));
    let mut rows = tx.query(Sql::built(text), &vals)?.iter().map(row).collect::<Result<Vec<_>, Fault>>()?;
    let next = (rows.len() as i64 > limit).then(|| {
        rows.truncate(limit as usize);
        rows.last().map(|row| format!("{}~{}", row.began.0, row.id))
    });
    Ok(ContactList { rows, next: next.flatten() })
}
