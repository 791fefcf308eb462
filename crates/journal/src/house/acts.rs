//! Every change of a site (办理): load the streams, ask the office under the site's charter, append, send.

use std::sync::Arc;

use office::case::{self, ActOnCase, CaseKind, Latitude, OpenRecord, Register};
use office::household::{self, LedgerRow, RoomQuery};
use office::site::{self, CharterChange, PostChange};
use office::{Actor, Event, Refusal, topic};
use rulebook::Fact;
use serde::{Deserialize, Serialize};

use super::announce::{Announced, announce};
use super::laws::seconds;
use super::{CHARTER, COMPANY, House, Laws, SiteLaw};
use crate::fault::{Fault, FaultKind};
use crate::{Acted, Reply, Sent, SiteTx, Stale};

/// What an act on a case answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseDone {
    /// Stream id of the case.
    pub case: String,
    /// Its number.
    pub number: String,
    /// Its version now.
    pub version: i64,
    /// The last entry's place in the site's journal.
    pub seq: i64,
}

/// What an import answers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HouseholdsImported {
    /// Households that are new.
    pub added: i64,
    /// Households that changed.
    pub changed: i64,
    /// Households that were on file just so.
    pub unchanged: i64,
    /// Of which the owners stayed who bought the unit, though the row names others.
    #[serde(default)]
    pub kept: i64,
}

/// The answer of an act: done or refused.
pub(super) type Answer<T> = Reply<Result<Acted<T>, Refusal>>;

/// Appends office events to a stream; a stream that has moved on is a refusal.
pub(super) fn append(
    tx: &mut SiteTx<'_>,
    stream: &str,
    version: i64,
    events: Vec<Event>,
) -> Result<Result<(i64, i64), Refusal>, Fault> {
    let count = events.len() as i64;
    match tx.append(stream, version, events)? {
        Ok(entries) => {
            let seq = entries.last().map_or(0, |entry| entry.seq);
            Ok(Ok((version + count, seq)))
        }
        Err(stale) => Ok(Err(moved_on(&stale))),
    }
}

fn moved_on(stale: &Stale) -> Refusal {
    let why = format!("这份记录刚被别人改过（{} → {}）", stale.expected, stale.found);
    Refusal::new("没有保存", why, "请看过最新内容后再办；您填写的内容还在。")
}

/// Runs a decision of the office with everything that surrounds it.
pub(super) fn with_latitude<T>(
    tx: &mut SiteTx<'_>,
    laws: &Laws,
    law: &SiteLaw,
    actor: &Actor,
    facts: &[Fact],
    decide: impl FnOnce(&mut Latitude<'_>) -> Result<T, Refusal>,
) -> Result<Result<T, Refusal>, Fault> {
    let now = tx.now();
    let mut fault = None;
    let mut next_number = |series: &str, period: &str| match tx.next_number(series, period) {
        Ok(number) => number,
        Err(lost) => {
            fault = Some(lost);
            0
        }
    };
    let refuses = |fact: &Fact| law.refuses(facts, fact);
    let speaks_of = |fact: &str| law.speaks_of(fact, now);
    let word = |id: &str| laws.word(id);
    let stands_for = site::stands_for(&law.charter, &actor.account);
    let mut latitude = Latitude {
        now,
        zone: &laws.zone,
        actor,
        stands_for: &stands_for,
        late_needs_reason: law.office_seconds("补录须写原因"),
        late_needs_approval: law.office_seconds("补录须主管批准"),
        speaks_of: &speaks_of,
        reminders_apart: law.book_setting("两次催办至少相隔").map_or(0, seconds),
        refuses: &refuses,
        word: &word,
        next_number: &mut next_number,
    };
    let decided = decide(&mut latitude);
    match fault {
        Some(fault) => Err(fault),
        None => Ok(decided),
    }
}

impl House {
    /// Registers a matter. The case's stream id comes from the sender, so a repeat finds it.
    pub fn register(&self, sent: Sent, actor: Actor, form: Register) -> Answer<CaseDone> {
        let laws = self.laws().clone();
        self.store().act(sent, move |tx| register(tx, &laws, &actor, &form))
    }

    /// Begins a record of a register. Its stream id comes from the sender, so a repeat finds it.
    pub fn open_record(&self, sent: Sent, actor: Actor, form: OpenRecord) -> Answer<CaseDone> {
        let laws = self.laws().clone();
        self.store().act(sent, move |tx| open_record(tx, &laws, &actor, &form))
    }

    /// One act on a case.
    pub fn act_on_case(&self, sent: Sent, actor: Actor, case: String, command: ActOnCase) -> Answer<CaseDone> {
        let laws = self.laws().clone();
        self.store().act(sent, move |tx| act_on_case(tx, &laws, &actor, &case, &command))
    }

    /// Several acts on a case at one stroke: all of them, or none. Answers what the last one does.
    pub fn acts_on_case(&self, sent: Sent, actor: Actor, case: String, commands: Vec<ActOnCase>) -> Answer<CaseDone> {
        let laws = self.laws().clone();
        self.store().act(sent, move |tx| {
            let mut last = Err(no_such_case());
            for command in &commands {
                last = act_on_case(tx, &laws, &actor, &case, command)?;
                if last.is_err() {
                    break;
                }
            }
            Ok(last)
        })
    }

    /// Writes ledger rows; rows already on file just so change nothing. All or nothing.
    pub fn import_households(&self, sent: Sent, rows: Vec<LedgerRow>) -> Answer<HouseholdsImported> {
        self.store().act(sent, move |tx| {
            let mut told = HouseholdsImported::default();
            for row in &rows {
                let id = row.household();
                let stream = format!("household:{id}");
                let entries = tx.load(&stream)?;
                let known = household::replay(&id, &entries);
                let differs = known.as_ref().is_some_and(|known| household::owners_differ(known, row));
                told.kept += i64::from(differs && !row.owners_stand);
                let events = household::import(known.as_ref(), &id, row, tx.now());
                match (&known, events.is_empty()) {
                    (_, true) => told.unchanged += 1,
                    (None, false) => told.added += 1,
                    (Some(_), false) => told.changed += 1,
                }
                if !events.is_empty()
                    && let Err(refusal) = append(tx, &stream, entries.len() as i64, events)?
                {
                    return Ok(Err(refusal));
                }
            }
            Ok(Ok(told))
        })
    }

    /// Changes the charter of a site. A setting's value is refused with the forms that its unit takes; an adoption, by the
    /// clauses in force, when they want it approved, and when the text of the edition is not on file.
    pub fn change_charter(&self, sent: Sent, change: CharterChange) -> Answer<()> {
        let laws = self.laws().clone();
        self.store().act(sent, move |tx| {
            let site = tx.site();
            let law = laws.of_site(tx.tx(), site)?;
            if let Some(refusal) = super::setting::unfit_change(tx, &laws, &law, &change)? {
                return Ok(Err(refusal));
            }
            tx.govern(&law.digest);
            let entries = tx.load(CHARTER)?;
            let log = site::charter_log(&entries);
            match site::decide(&log, &change, tx.now()) {
                Ok(event) => Ok(append(tx, CHARTER, entries.len() as i64, vec![event])?.map(drop)),
                Err(refusal) => Ok(Err(refusal)),
            }
        })
    }

    /// Keeps the text of a rulebook in the company's journal, so that it is there when program and folder have another.
    pub(super) fn keep_rulebook(&self, sent: Sent, book: String, digest: String, files: super::Files) -> Answer<()> {
        self.store().act(sent, move |tx| keep_rulebook(tx, &book, &digest, &files))
    }

    /// Sets an account of the site. The password is set apart.
    pub fn set_account(&self, sent: Sent, change: PostChange) -> Answer<()> {
        self.store().act(sent, move |tx| {
            let entries = tx.load("accounts")?;
            let known = site::accounts(&entries);
            match site::account(&known, &change, tx.now()) {
                Ok(event) => Ok(append(tx, "accounts", entries.len() as i64, vec![event])?.map(drop)),
                Err(refusal) => Ok(Err(refusal)),
            }
        })
    }

    /// Stops the bell of a new order (响铃确认).
    pub fn acknowledge_ring(&self, sent: Sent, case: String) -> Answer<()> {
        self.append_plain(sent, case, "office.ring_acknowledged", None)
    }

    /// Notes that a form was printed.
    pub fn form_printed(&self, sent: Sent, case: String, form: String, number: String) -> Answer<()> {
        let touch = office::event::FormTouch { form, number, touch: office::event::Touch::Printed };
        self.append_plain(sent, case, "office.form_printed", Some(touch))
    }

    /// Notes that personal fields were looked at, and why.
    pub fn unmasked(&self, sent: Sent, stream: String, purpose: String) -> Answer<()> {
        self.store().act(sent, move |tx| {
            if purpose.trim().is_empty() {
                let refusal = Refusal::new("不能显示", "还没有写用途", "请写为什么要看完整信息。").at("purpose");
                return Ok(Err(refusal));
            }
            let entries = tx.load("unmasking")?;
            let mut event = Event::plain("office.unmasked", tx.now());
            event.body.note = purpose.trim().to_owned();
            event.body.links = [("subject".to_owned(), stream.clone())].into();
            Ok(append(tx, "unmasking", entries.len() as i64, vec![event])?.map(drop))
        })
    }

    fn append_plain(
        &self,
        sent: Sent,
        case: String,
        name: &'static str,
        form: Option<office::event::FormTouch>,
    ) -> Answer<()> {
        self.store().act(sent, move |tx| {
            let stream = format!("case:{case}");
            let version = tx.load(&stream)?.len() as i64;
            if version == 0 {
                return Ok(Err(no_such_case()));
            }
            let mut event = Event::plain(name, tx.now());
            event.body.form = form.clone();
            Ok(append(tx, &stream, version, vec![event])?.map(drop))
        })
    }
}

fn no_such_case() -> Refusal {
    Refusal::new("不能办理", "没有这个事项", "请从事项列表打开。")
}

pub(super) fn register(
    tx: &mut SiteTx<'_>,
    laws: &Arc<Laws>,
    actor: &Actor,
    form: &Register,
) -> Result<Result<CaseDone, Refusal>, Fault> {
    let (site, stream) = (tx.site(), format!("case:{}", form.case));
    if tx.version(&stream)? != 0 {
        return Ok(Err(Refusal::new("不能登记", "这份登记已经保存过", "请到事项列表查看。")));
    }
    let law = laws.of_site(tx.tx(), site)?;
    tx.govern(&law.digest);
    let form = &joined(tx, form)?;
    let decided = with_latitude(tx, laws, &law, actor, &[], |latitude| case::register(latitude, form))?;
    let mut done = match decided {
        Ok(decided) => decided,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let stands_for = site::stands_for(&law.charter, &actor.account);
    done.events.iter_mut().for_each(|event| event.body.posts.extend(stands_for.iter().cloned()));
    let number = done.number;
    let blank = form.blank_number.trim();
    if !blank.is_empty()
        && let Err(refusal) = super::blank_slips::uses(tx, blank, form.series(), (&form.case, &number))?
    {
        return Ok(Err(refusal));
    }
    let (version, seq) = match append(tx, &stream, 0, done.events)? {
        Ok(written) => written,
        Err(refusal) => return Ok(Err(refusal)),
    };
    if let Err(refusal) = super::contacts::registered(tx, form)? {
        return Ok(Err(refusal));
    }
    if let Err(refusal) = super::mass_events::joined_by(tx, form)? {
        return Ok(Err(refusal));
    }
    if form.notify {
        announce(tx, laws, &law, &form.case, Announced::Order)?;
    }
    Ok(Ok(CaseDone { case: form.case.clone(), number, version, seq }))
}

pub(super) fn open_record(
    tx: &mut SiteTx<'_>,
    laws: &Arc<Laws>,
    actor: &Actor,
    form: &OpenRecord,
) -> Result<Result<CaseDone, Refusal>, Fault> {
    let (site, stream) = (tx.site(), format!("case:{}", form.case));
    if tx.version(&stream)? != 0 {
        return Ok(Err(Refusal::new("不能登记", "这份登记已经保存过", "请到登记簿查看。")));
    }
    let law = laws.of_site(tx.tx(), site)?;
    tx.govern(&law.digest);
    if let Some(refusal) = super::setting::forgoes(&law, &form.register) {
        return Ok(Err(refusal));
    }
    let form = match super::told::begun(tx, laws, &law, actor, form)? {
        Ok(form) => form,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let form = &form;
    let done = match with_latitude(tx, laws, &law, actor, &[], |latitude| case::open(latitude, form))? {
        Ok(done) => done,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let number = done.number;
    let (version, seq) = match append(tx, &stream, 0, done.events)? {
        Ok(written) => written,
        Err(refusal) => return Ok(Err(refusal)),
    };
    if let Some(members) = form.act.links.get(topic::MEMBERS)
        && let Err(refusal) = super::topics::gather(tx, laws, &law, actor, &number, members)?
    {
        return Ok(Err(refusal));
    }
    if let Err(refusal) = super::dossiers::opened(tx, (laws, &law), actor, form)? {
        return Ok(Err(refusal));
    }
    if let Err(refusal) = super::meetings::opened(tx, (laws, &law), actor, form)? {
        return Ok(Err(refusal));
    }
    if let Err(refusal) = super::fees::opened(tx, form)? {
        return Ok(Err(refusal));
    }
    if form.register == office::mass_event::REGISTER {
        super::mass_events::announce(tx, laws, &law, &form.case)?;
    }
    if let Err(refusal) = super::mail::opened(tx, laws, actor, form)? {
        return Ok(Err(refusal));
    }
    if let Some(departments) = form.act.links.get(office::report::DEPARTMENTS) {
        let listings = office::report::listings(departments);
        if let Some(opened) = case::replay(&form.case, &tx.load(&stream)?)
            && let Err(refusal) = super::topics::enter(tx, laws, &law, actor, opened, listings)?
        {
            return Ok(Err(refusal));
        }
    }
    Ok(Ok(CaseDone { case: form.case.clone(), number, version, seq }))
}

/// A complaint that joins another carries that one's number (并入); each household keeps its own record.
fn joined(tx: &mut SiteTx<'_>, form: &Register) -> Result<Register, Fault> {
    let mut form = form.clone();
    if form.kind == CaseKind::Complaint
        && let Some(other) = &form.linked_case
        && let Some(found) = case::replay(other, &tx.load(&format!("case:{other}"))?)
        && found.kind == CaseKind::Complaint
    {
        form.attributes.insert("complaint.merged_into".into(), found.number);
    }
    Ok(form)
}

pub(super) fn act_on_case(
    tx: &mut SiteTx<'_>,
    laws: &Arc<Laws>,
    actor: &Actor,
    id: &str,
    command: &ActOnCase,
) -> Result<Result<CaseDone, Refusal>, Fault> {
    let (site, stream) = (tx.site(), format!("case:{id}"));
    let entries = tx.load(&stream)?;
    let Some(found) = case::replay(id, &entries) else { return Ok(Err(no_such_case())) };
    let law = laws.of_site(tx.tx(), site)?;
    tx.govern(&law.digest);
    let facts = found.facts();
    let command = &match super::told::told(tx, laws, &law, actor, &found, command)? {
        Ok(told) => told,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let (command, moved) = match super::stock::told(tx, &found, command)? {
        Ok(told) => told,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let command = &command;
    let decided = with_latitude(tx, laws, &law, actor, &facts, |latitude| case::act(latitude, &found, command))?;
    let events = match decided {
        Ok(decided) => decided,
        Err(refusal) => return Ok(Err(refusal)),
    };
    if let Err(refusal) = super::topics::exists(tx, command)? {
        return Ok(Err(refusal));
    }
    if let Err(refusal) = super::topics::carry(tx, laws, &law, actor, &found, command)? {
        return Ok(Err(refusal));
    }
    let rings = events.iter().find_map(|event| Announced::of(&event.name));
    let issued = events.iter().find_map(|event| event.body.form.clone());
    if let (Some(blank), Some(touch)) = (command.links.get("blank_number").filter(|it| !it.is_empty()), issued)
        && touch.number == *blank
    {
        let letters = office::form::find(&touch.form).map_or("", |form| form.letters.as_str());
        if let Err(refusal) = super::blank_slips::uses(tx, blank, letters, (id, &found.number))? {
            return Ok(Err(refusal));
        }
    }
    let entered = events.first().cloned();
    let (version, seq) = match append(tx, &stream, found.version, events)? {
        Ok(written) => written,
        Err(refusal) => return Ok(Err(refusal)),
    };
    if let Err(refusal) = super::stock::written(tx, &law, &found, moved)? {
        return Ok(Err(refusal));
    }
    if let Err(refusal) = super::told::done(tx, (laws, &law), actor, (&found, entered), command)? {
        return Ok(Err(refusal));
    }
    if let Some(what) = rings {
        announce(tx, laws, &law, id, what)?;
    }
    if command.act == office::mass_event::RESTORED {
        super::mass_events::restored(tx, laws, actor, id, &command.note)?;
        super::mass_events::announce(tx, laws, &law, id)?;
    }
    Ok(Ok(CaseDone { case: id.to_owned(), number: found.number, version, seq }))
}

fn keep_rulebook(
    tx: &mut SiteTx<'_>,
    book: &str,
    digest: &str,
    files: &[(String, String)],
) -> Result<Result<(), Refusal>, Fault> {
    debug_assert_eq!(tx.site(), COMPANY, "rulebook texts are kept by the company");
    let known = tx
        .tx()
        .first(crate::sql!("select book from rulebook_text where site = 0 and digest = $1"), &crate::vals![digest])?;
    if known.is_some() {
        return Ok(Ok(()));
    }
    let files = serde_json::to_string(files)
        .map_err(|error| Fault::from_source(FaultKind::Bug, "a rulebook cannot be written down", error))?;
    let version = tx.version("rulebooks")?;
    let mut event = Event::plain("rulebook.kept", tx.now());
    let links = [("book", book.to_owned()), ("digest", digest.to_owned()), ("files", files)];
    event.body.links = links.map(|(key, value)| (key.to_owned(), value)).into();
    Ok(append(tx, "rulebooks", version, vec![event])?.map(drop))
}

/// Whether what was typed at the desk can be a room.
pub(crate) fn room_query(typed: &str) -> Option<RoomQuery> {
    RoomQuery::parse(typed)
}
