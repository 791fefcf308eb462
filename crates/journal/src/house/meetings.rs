//! Meetings (会议): called by the clock or by hand, each with a record for everybody who is expected; who takes the minutes is
//! looked up on the roster; what ends the meeting ends the waiting for those who did not come.

use std::collections::BTreeMap;
use std::sync::Arc;

use calendar::Moment;
use jiff::ToSpan;
use jiff::civil::Date;
use office::asked::{self, READERS};
use office::case::{self, ActOnCase, Case, CaseState, OpenRecord};
use office::event::NAMED;
use office::meeting::{self, ATTENDANCES, REGISTER, Recurring, TAKERS, TASKS};
use office::{Actor, Refusal};

use super::acts::open_record;
use super::{House, Laws, SiteLaw};
use crate::fault::Fault;
use crate::site::SiteTx;
use crate::tx::Tx;
use crate::{CommandId, Sent, sql, vals};

/// Who acts when nobody does.
const CLOCK: &str = "clock";
/// Days ahead of it on which the clock calls a meeting.
const AHEAD: i64 = 2;
/// Who is expected where the setting says nothing of a meeting.
const PRINCIPALS: &str = "principal_person";
/// Seconds before its beginning from which somebody may be there.
const ARRIVES: i64 = 3_600;
/// The rulebook's setting: no meeting on a public holiday.
const NONE_ON_HOLIDAYS: &str = "节假日停例会";

impl House {
    /// Calls the meetings of the setting that are held within two days. Twice is once: a meeting's record is named by its day.
    pub async fn meetings_by_clock(&self, site: i64, now: Moment) -> Result<(), Fault> {
        let law = self.law(site).await?;
        let zone = self.laws().zone.clone();
        let today = zone.date(now);
        for one in meeting::recurring(law.office_setting(meeting::RECURRING)).unwrap_or_default() {
            for ahead in 0..=AHEAD {
                let day = today.saturating_add(ahead.days());
                let Some(starts) = one.on(day, &zone).filter(|starts| *starts > now) else { continue };
                if falls_out(&law, day) || !self.wants_meeting(site, &one, day).await? {
                    continue;
                }
                let record = opening(&one, day, starts);
                let command = CommandId::of(&["call meeting", &site.to_string(), &record.case]);
                let sent = Sent { site, command, actor: CLOCK.into(), post: CLOCK.into(), now };
                let posts = vec!["service_supervisor".to_owned()];
                let actor = Actor { account: CLOCK.into(), name: "时钟".into(), posts, area: String::new() };
                if let Err(refusal) = self.open_record(sent, actor, record).await? {
                    tracing::debug!(site, "按时召集会议：{refusal}");
                }
            }
        }
        Ok(())
    }

    /// Whether nobody has called the meeting of this day, and the site was there before it.
    async fn wants_meeting(&self, site: i64, one: &Recurring, day: Date) -> Result<bool, Fault> {
        let stream = format!("case:{}", one.record_on(day));
        self.read(move |tx| {
            let known = sql!("select seq from journal where site = $1 and stream = $2 and version = 1");
            Ok(tx.first(known, &vals![site, &stream])?.is_none())
        })
        .await
    }
}

/// Whether a meeting of this day falls out for a public holiday.
pub fn falls_out(law: &SiteLaw, day: Date) -> bool {
    let skips = law.book_setting(NONE_ON_HOLIDAYS).is_none_or(|it| it == "是");
    skips && meeting::is_holiday(&law.calendar, day)
}

fn opening(one: &Recurring, day: Date, starts: Moment) -> OpenRecord {
    let mut attributes: BTreeMap<String, String> = BTreeMap::from([
        (meeting::SERIES.to_owned(), one.name.clone()),
        (meeting::STARTS.to_owned(), starts.0.to_string()),
    ]);
    if one.regular {
        attributes.insert(meeting::REGULAR.to_owned(), "yes".to_owned());
    }
    let act = ActOnCase { act: meeting::CALLED.to_owned(), attributes, ..ActOnCase::default() };
    OpenRecord { case: one.record_on(day), register: REGISTER.to_owned(), act, ..OpenRecord::default() }
}

/// A record of a meeting as it begins: an attendance knows which meeting it is of, a task asks whom it names.
pub(super) fn begun(tx: &mut SiteTx<'_>, mut form: OpenRecord) -> Result<Result<OpenRecord, Refusal>, Fault> {
    if ![ATTENDANCES, TASKS].contains(&form.register.as_str()) {
        return Ok(Ok(form));
    }
    form.act.links.remove(READERS);
    let of = form.act.links.get("linked_case").cloned().unwrap_or_default();
    let found = case::replay(&of, &tx.load(&format!("case:{of}"))?).filter(|it| it.kind.id() == REGISTER);
    let Some(found) = found else {
        let why = "没有写是哪一次会议";
        return Ok(Err(Refusal::new("不能登记", why, "请从那次会议的页面登记，或写会议的编号。").at("case")));
    };
    let named = form.act.links.get(NAMED).cloned().unwrap_or_default();
    let name = form.act.attributes.get(meeting::PERSON).cloned().unwrap_or_default();
    if form.register == TASKS {
        form.act.links.insert(READERS.to_owned(), asked::link([(named.as_str(), name.as_str())]));
    } else {
        let site = tx.site();
        let text = sql!(
            "select id from case_row where site = $1 and joined = $2 and kind = $3 and title = $4 and joined <> ''"
        );
        if tx.tx().first(text, &vals![site, &found.number, ATTENDANCES, name.trim()])?.is_some() {
            let why = format!("{name} 已经在应到名单上");
            return Ok(Err(Refusal::new("不能登记", why, "不用再列。").at(meeting::PERSON)));
        }
        let regular = found.attributes.get(meeting::REGULAR).cloned().unwrap_or_else(|| "no".to_owned());
        form.act.attributes.insert(meeting::REGULAR.to_owned(), regular);
    }
    form.act.links.insert("assignee".to_owned(), named);
    Ok(Ok(form))
}

/// Everybody who is expected at a meeting that was called gets a record.
pub(super) fn opened(
    tx: &mut SiteTx<'_>,
    (laws, law): (&Arc<Laws>, &SiteLaw),
    actor: &Actor,
    form: &OpenRecord,
) -> Result<Result<(), Refusal>, Fault> {
    if form.register != REGISTER {
        return Ok(Ok(()));
    }
    let name = form.act.attributes.get(meeting::SERIES).map_or("", |it| it.trim());
    let lines = meeting::recurring(law.office_setting(meeting::RECURRING)).unwrap_or_default();
    let words = lines.into_iter().find(|it| it.name == name).map(|it| it.who).unwrap_or_default();
    let known = |word: &String| laws.vocabulary.posts.iter().find(|post| post.zh == *word).map(|post| post.id.clone());
    let mut posts: Vec<String> = words.iter().filter_map(known).collect();
    if posts.is_empty() {
        posts.push(PRINCIPALS.to_owned());
    }
    let mut people: Vec<(String, String)> = Vec::new();
    for post in &posts {
        for line in super::papers::people(tx, law, post)?.lines() {
            let one = line.split_once('\t').map(|(account, name)| (account.to_owned(), name.to_owned()));
            people.extend(one.filter(|one| !people.contains(one)));
        }
    }
    for (account, name) in people {
        let act = ActOnCase {
            act: meeting::EXPECTED.to_owned(),
            attributes: [(meeting::PERSON.to_owned(), name)].into(),
            links: [("linked_case".to_owned(), form.case.clone()), (NAMED.to_owned(), account.clone())].into(),
            happened: form.act.happened,
            late_reason: form.act.late_reason.clone(),
            approved_by: form.act.approved_by.clone(),
            ..ActOnCase::default()
        };
        let id = meeting::attendance_of(&form.case, &account);
        let record = OpenRecord { case: id, register: ATTENDANCES.to_owned(), act, ..OpenRecord::default() };
        if let Err(refusal) = open_record(tx, laws, actor, &record)? {
            return Ok(Err(refusal));
        }
    }
    Ok(Ok(()))
}

/// As what somebody writes the minutes of this meeting: as who is on the roster for its day, or was named instead.
pub(crate) fn takes_as(
    tx: &mut dyn Tx,
    laws: &Laws,
    site: i64,
    found: &Case,
    account: &str,
) -> Result<Vec<String>, Fault> {
    if found.kind.id() != REGISTER {
        return Ok(Vec::new());
    }
    let day = laws.zone.date(meeting::starts(found).unwrap_or(found.opened));
    let mut posts = Vec::new();
    for record in takers(tx, site)? {
        if meeting::takes(&record, account, day) {
            posts.push("minute_taker".to_owned());
        }
    }
    if meeting::substitutes(found, account) {
        posts.push("deputy_minute_taker".to_owned());
    }
    Ok(posts)
}

/// The records of who takes minutes that are not ended.
pub(crate) fn takers(tx: &mut dyn Tx, site: i64) -> Result<Vec<Case>, Fault> {
    let text =
        sql!("select id from case_row where site = $1 and kind = $2 and ended = 0 order by opened, id limit 100");
    let mut found = Vec::new();
    for row in tx.query(text, &vals![site, TAKERS])? {
        let id = row.string(0)?;
        found.extend(case::replay(&id, &crate::stream::load(tx, site, &format!("case:{id}"))?));
    }
    Ok(found)
}

/// The act with what the house knows: as what its writer takes the minutes, to whom minutes go, whom a task asks again.
pub(super) fn told(
    tx: &mut SiteTx<'_>,
    laws: &Laws,
    actor: &Actor,
    found: &Case,
    command: ActOnCase,
) -> Result<Result<ActOnCase, Refusal>, Fault> {
    let mut command = command;
    match command.act.as_str() {
        meeting::CAME => {
            let happened = command.happened.unwrap_or_else(|| tx.now());
            if let Some(refusal) = too_early(tx, laws, found, happened)? {
                return Ok(Err(refusal));
            }
        }
        meeting::MINUTED => {
            let site = tx.site();
            let posts = takes_as(tx.tx(), laws, site, found, &actor.account)?;
            command.posts.extend(posts);
            stands(tx, laws, found, &mut command)?;
        }
        meeting::SENT => {
            stands(tx, laws, found, &mut command)?;
            let there = belonging(tx, &found.number, ATTENDANCES)?;
            let named = |it: &Case| {
                let account = it.entries.first()?.event.body.links.get(NAMED)?.clone();
                Some((account, it.attributes.get(meeting::PERSON).cloned().unwrap_or_default()))
            };
            let people: Vec<(String, String)> =
                there.iter().filter(|it| it.state != CaseState::Withdrawn).filter_map(named).collect();
            let link = asked::link(people.iter().map(|(account, name)| (account.as_str(), name.as_str())));
            command.links.insert(READERS.to_owned(), link);
        }
        meeting::TASK_GOES_ON => {
            let asked = found.last(meeting::TASK_SET).and_then(|entry| entry.event.body.links.get(READERS)).cloned();
            command.links.extend(asked.map(|link| (READERS.to_owned(), link)));
        }
        _ => {}
    }
    Ok(Ok(command))
}

/// Why nobody has come yet: the meeting is later.
fn too_early(tx: &mut SiteTx<'_>, laws: &Laws, found: &Case, at: Moment) -> Result<Option<Refusal>, Fault> {
    let of = found.entries.first().and_then(|entry| entry.event.body.links.get("linked_case")).cloned();
    let of = of.unwrap_or_default();
    let starts = case::replay(&of, &tx.load(&format!("case:{of}"))?).as_ref().and_then(meeting::starts);
    Ok(starts.filter(|starts| at < starts.plus_seconds(-ARRIVES)).map(|starts| {
        let why = format!("会议定于 {}", laws.zone.civil(starts).strftime("%Y-%m-%d %H:%M"));
        Refusal::new("没有记下到会", why, "到会在开会前一小时起登记；不能来的，请假。")
    }))
}

/// What the minutes tell of who came and of tasks, as it stands.
fn stands(tx: &mut SiteTx<'_>, laws: &Laws, found: &Case, command: &mut ActOnCase) -> Result<(), Fault> {
    let there = belonging(tx, &found.number, ATTENDANCES)?;
    let tasks = belonging(tx, &found.number, TASKS)?;
    command.attributes.insert(meeting::PRESENT.to_owned(), meeting::present(&there, &laws.zone));
    command.attributes.insert(meeting::DECIDED.to_owned(), meeting::decided(&tasks));
    Ok(())
}

/// The records of this register that belong to the meeting with this number.
fn belonging(tx: &mut SiteTx<'_>, number: &str, kind: &str) -> Result<Vec<Case>, Fault> {
    let site = tx.site();
    let text = sql!(
        "select id from case_row where site = $1 and joined = $2 and kind = $3 and joined <> '' order by number, id"
    );
    let mut found = Vec::new();
    for row in tx.tx().query(text, &vals![site, number, kind])? {
        let id = row.string(0)?;
        found.extend(case::replay(&id, &tx.load(&format!("case:{id}"))?));
    }
    Ok(found)
}

/// The end of a meeting is told to everybody who neither came nor was excused; one that is called off expects nobody.
pub(super) fn done(
    tx: &mut SiteTx<'_>,
    (laws, law): (&Laws, &SiteLaw),
    actor: &Actor,
    found: &Case,
    command: &ActOnCase,
) -> Result<Result<(), Refusal>, Fault> {
    let (act, note) = match command.act.as_str() {
        meeting::ENDED | meeting::SENT => (meeting::MISSED, ""),
        meeting::CALLED_OFF => ("case.withdrawn", "会议取消"),
        _ => return Ok(Ok(())),
    };
    // Whoever ends the meeting ends this, whatever their post.
    let actor = Actor { posts: vec!["service_supervisor".to_owned()], ..actor.clone() };
    for one in belonging(tx, &found.number, ATTENDANCES)?.into_iter().filter(|it| !it.state.ended()) {
        let ends = ActOnCase {
            act: act.to_owned(),
            note: note.to_owned(),
            happened: command.happened,
            late_reason: command.late_reason.clone(),
            approved_by: command.approved_by.clone(),
            ..ActOnCase::default()
        };
        if let Err(refusal) = super::topics::enter(tx, laws, law, &actor, one, vec![ends])? {
            return Ok(Err(refusal));
        }
    }
    Ok(Ok(()))
}
