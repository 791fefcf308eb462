//! 批量事件: those that are going on, where, what to answer; and who joined one, to be told when it is over.

use calendar::Moment;
use office::case::{Case, CaseState, replay};
use office::household::Room;
use office::mass_event::{self, Area, Joined};
use serde::{Deserialize, Serialize};

use super::case_page::{caller, masked_phone};
use super::desk::masked;
use crate::fault::Fault;
use crate::house::House;
use crate::stream;
use crate::tx::Tx;
use crate::{sql, vals};

/// A mass event that is going on, as the desk shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MassEvent {
    /// Stream id of its record.
    pub id: String,
    /// Number.
    pub number: String,
    /// Kind id: `water`.
    pub kind: String,
    /// Area in words.
    pub area: String,
    /// Cause.
    pub cause: String,
    /// What to answer.
    pub answer: String,
    /// Since when.
    pub since: Moment,
    /// When it is expected to be over.
    pub expected: Option<Moment>,
    /// Callers so far.
    pub joined: usize,
}

/// Somebody who joined, with what is needed to tell them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JoinedCaller {
    /// The entry.
    pub joined: Joined,
    /// Name, masked unless asked otherwise.
    pub name: String,
    /// Phone, masked unless asked otherwise; empty when none was left.
    pub phone: String,
    /// Number and state of the matter of their own.
    pub case: Option<(String, CaseState)>,
}

/// Events that can go on together; beyond that the newest.
const OPEN_MAX: i64 = 50;

impl House {
    /// Mass events that are going on, the newest first.
    pub async fn mass_events(&self, site: i64) -> Result<Vec<MassEvent>, Fault> {
        self.read(move |tx| Ok(open(tx, site)?.iter().map(|(_, it)| it.clone()).collect())).await
    }

    /// Those of them that concern a unit, else a place in words.
    pub async fn mass_events_at(&self, site: i64, room: Option<Room>, place: String) -> Result<Vec<MassEvent>, Fault> {
        self.read(move |tx| {
            let concerned = |area: &Area| match &room {
                Some(room) => area.covers(room),
                None => area.names(&place),
            };
            Ok(open(tx, site)?.into_iter().filter(|(area, _)| concerned(area)).map(|(_, it)| it).collect())
        })
        .await
    }

    /// Everyone who joined a mass event, those not yet told first.
    pub async fn joined_callers(&self, site: i64, event: String, unmask: bool) -> Result<Vec<JoinedCaller>, Fault> {
        self.read(move |tx| {
            let Some(found) = load(tx, site, &event)? else { return Ok(Vec::new()) };
            let mut callers = Vec::new();
            for joined in mass_event::joined(&found) {
                callers.push(whose(tx, site, joined, unmask)?);
            }
            callers.sort_by_key(|it| (it.joined.told.is_some(), it.joined.seq));
            Ok(callers)
        })
        .await
    }
}

fn load(tx: &mut dyn Tx, site: i64, id: &str) -> Result<Option<Case>, Fault> {
    let entries = stream::load(tx, site, &format!("case:{id}"))?;
    Ok(replay(id, &entries).filter(mass_event::is_one))
}

fn open(tx: &mut dyn Tx, site: i64) -> Result<Vec<(Area, MassEvent)>, Fault> {
    let text = sql!(
        "select id from case_row where site = $1 and kind = $2 and ended = 0 order by opened desc, id desc limit $3"
    );
    let rows = tx.query(text, &vals![site, mass_event::REGISTER, OPEN_MAX])?;
    let mut found = Vec::new();
    for row in rows {
        let Some(case) = load(tx, site, row.text(0)?)?.filter(mass_event::is_open) else { continue };
        let said = |id: &str| case.attributes.get(id).cloned().unwrap_or_default();
        // An area that cannot be read was refused when it was entered.
        let Ok(area) = Area::parse(&said("mass.area")) else { continue };
        let event = MassEvent {
            id: case.id.clone(),
            number: case.number.clone(),
            kind: said("mass.kind"),
            area: said("mass.area"),
            cause: said("mass.cause"),
            answer: said("mass.answer"),
            since: case.opened,
            expected: said("mass.expected").parse().ok().map(Moment),
            joined: mass_event::joined(&case).len(),
        };
        found.push((area, event));
    }
    Ok(found)
}

/// Name and phone as the contact or the matter has them.
fn whose(tx: &mut dyn Tx, site: i64, joined: Joined, unmask: bool) -> Result<JoinedCaller, Fault> {
    let (mut name, mut phone, mut own) = (String::new(), String::new(), None);
    if let Some(id) = &joined.case
        && let Some(case) = replay(id, &stream::load(tx, site, &format!("case:{id}"))?)
    {
        (name, phone) = caller(&case, true);
        own = Some((case.number, case.state));
    } else if let Some(id) = &joined.contact
        && let Some(contact) = office::contact::replay(id, &stream::load(tx, site, &format!("contact:{id}"))?)
    {
        (name, phone) = (contact.caller, contact.phone);
    }
    if !unmask {
        (name, phone) = (masked(&name), masked_phone(&phone));
    }
    Ok(JoinedCaller { joined, name, phone, case: own })
}
