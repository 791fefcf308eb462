//! What belongs to a meeting (会议): who is expected, what was decided, who takes the minutes, and what earlier meetings left open.

use calendar::Moment;
use office::case::{Case, replay};
use office::meeting::{self, ATTENDANCES, REGISTER, TASKS};

use crate::fault::Fault;
use crate::house::{House, falls_out, takers};
use crate::stream;
use crate::tx::{Sql, Tx};
use crate::value::Val;
use crate::{sql, vals};

/// Records of one kind at most.
const MOST: i64 = 200;

/// What stands beside a meeting.
#[derive(Clone, Debug, Default)]
pub struct MeetingParts {
    /// Who is expected, in the order in which they were listed.
    pub attendances: Vec<Case>,
    /// What was decided there and given to somebody.
    pub tasks: Vec<Case>,
    /// Tasks of other meetings that no meeting has found done.
    pub open: Vec<Case>,
    /// When the weekly meeting before this one began; none for the first, and for meetings of other kinds.
    pub before: Option<Moment>,
    /// Open common problems, number and words.
    pub topics: Vec<(String, String)>,
    /// Names of those who take the minutes on its day.
    pub takers: Vec<String>,
}

impl House {
    /// What stands beside this meeting.
    pub async fn meeting_parts(&self, site: i64, found: Case) -> Result<MeetingParts, Fault> {
        let zone = self.laws().zone.clone();
        self.read(move |tx| {
            let joined = |tx: &mut dyn Tx, kind: &str| {
                let text = sql!(
                    "select id from case_row where site = $1 and joined = $2 and kind = $3 and joined <> ''
                     order by number, id limit 200"
                );
                cases(tx, site, text, &vals![site, &found.number, kind])
            };
            let (attendances, tasks) = (joined(tx, ATTENDANCES)?, joined(tx, TASKS)?);
            let text = sql!("select id from case_row where site = $1 and kind = $2 and ended = 0 order by opened, id limit $3");
            let mut open = cases(tx, site, text.clone(), &vals![site, TASKS, MOST])?;
            open.retain(|it| !tasks.iter().any(|own| own.id == it.id));
            let day = zone.date(meeting::starts(&found).unwrap_or(found.opened));
            let named = |it: &Case| it.attributes.get(meeting::PERSON).cloned();
            let account = |it: &Case| it.entries.first()?.event.body.links.get(office::event::NAMED).cloned();
            let on_roster = takers(tx, site)?;
            let takers = on_roster.iter().filter(|it| account(it).is_some_and(|who| meeting::takes(it, &who, day)));
            let text = sql!(
                "select number, title from case_row where site = $1 and kind = $2 and ended = 0 order by opened, id limit 20"
            );
            let topics = tx.query(text, &vals![site, office::topic::REGISTER])?;
            let topics: Result<Vec<_>, Fault> =
                topics.iter().map(|row| Ok((row.string(0)?, row.string(1)?))).collect();
            Ok(MeetingParts {
                attendances,
                tasks,
                open,
                before: before(tx, site, &found)?,
                topics: topics?,
                takers: takers.filter_map(named).collect(),
            })
        })
        .await
    }

    /// The next weekly meeting from a moment on, and the public holidays on which it falls out before that.
    pub async fn next_meetings(
        &self,
        site: i64,
        now: Moment,
    ) -> Result<Vec<(String, Option<Moment>, Vec<jiff::civil::Date>)>, Fault> {
        let (law, zone) = (self.law(site).await?, self.laws().zone.clone());
        let today = zone.date(now);
        let lines = meeting::recurring(law.office_setting(meeting::RECURRING)).unwrap_or_default();
        let next = |it: meeting::Recurring| {
            let from = match it.on(today, &zone).is_some_and(|at| at < now) {
                true => today.tomorrow().unwrap_or(today),
                false => today,
            };
            let (at, out) = it.next(from, &zone, &|day| falls_out(&law, day));
            (it.name, at, out)
        };
        Ok(lines.into_iter().map(next).collect())
    }
}

/// When the weekly meeting before this one began.
fn before(tx: &mut dyn Tx, site: i64, found: &Case) -> Result<Option<Moment>, Fault> {
    if found.attributes.get(meeting::REGULAR).is_none_or(|it| it != "yes") {
        return Ok(None);
    }
    let text = sql!(
        "select id from case_row where site = $1 and kind = $2 and opened < $3 order by opened desc, id desc limit 12"
    );
    let earlier = cases(tx, site, text, &vals![site, REGISTER, found.opened])?;
    let regular = |it: &&Case| it.attributes.get(meeting::REGULAR).is_some_and(|it| it == "yes");
    Ok(earlier.iter().filter(regular).find_map(|it| it.last(meeting::BEGAN)).map(|entry| entry.event.happened))
}

fn cases(tx: &mut dyn Tx, site: i64, text: Sql, vals: &[Val]) -> Result<Vec<Case>, Fault> {
    let mut found = Vec::new();
    for row in tx.query(text, vals)? {
        let id = row.string(0)?;
        found.extend(replay(&id, &stream::load(tx, site, &format!("case:{id}"))?));
    }
    Ok(found)
}
