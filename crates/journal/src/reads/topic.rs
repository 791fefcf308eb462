//! 共性问题: what would be gathered under one, and its matters with the answer and the satisfaction of each household.

use calendar::Moment;
use office::case::{Case, CaseKind, CaseState};
use office::topic;
use serde::{Deserialize, Serialize};

use super::complaints::{AskedHouseholds, SameBy, UNIT, asked, since};
use super::row::{CASE, case};
use super::{CaseRow, Recurring};
use crate::fault::Fault;
use crate::house::{House, topic_members};
use crate::tx::Sql;
use crate::vals;
use crate::value::Val;

/// What comes back in one place, household or matter, with its cases: what a common problem would gather.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gathering {
    /// What is the same, with its counts.
    pub same: Recurring,
    /// Households followed up this month.
    pub asked: AskedHouseholds,
    /// The cases, newest first.
    pub cases: Vec<CaseRow>,
}

/// One matter of a common problem.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TopicMember {
    /// Id of the case.
    pub id: String,
    /// Its number.
    pub number: String,
    /// Its kind.
    pub kind: CaseKind,
    /// Where.
    pub place: String,
    /// Household, when on file.
    pub household: Option<String>,
    /// First words.
    pub title: String,
    /// When it was raised.
    pub opened: Moment,
    /// Where it stands.
    pub state: CaseState,
    /// Whether it has its answer, and since when it was given one.
    pub answered: (bool, Option<Moment>),
    /// Satisfaction told before it was counted among the problem, and after: value ids.
    pub satisfaction: (Option<String>, Option<String>),
}

impl House {
    /// What comes back by this key; none when nothing does.
    pub async fn gathering(
        &self,
        site: i64,
        (by, kind, key): (SameBy, CaseKind, String),
        now: Moment,
    ) -> Result<Option<Gathering>, Fault> {
        let law = self.law(site).await?;
        let (from, month) = since(&law, &self.laws().zone, now);
        self.read(move |tx| {
            let column = by.column();
            let text = format!(
                "select {CASE} from case_row c where c.site = $1 and c.opened >= $2 and c.kind = $3 and c.{column} = $4
                 and c.state <> 'withdrawn' order by c.opened desc, c.id limit 500"
            );
            let values: [Val; 4] = [site.into(), from.into(), kind.id().into(), (&key).into()];
            let rows = tx.query(Sql::built(text), &values)?;
            let cases = rows.iter().map(|row| case(row, 0)).collect::<Result<Vec<_>, Fault>>()?;
            let Some(newest) = cases.first() else { return Ok(None) };
            let text = format!(
                "select count(case when c.joined = '' then 1 end), count(distinct {UNIT}),
                 count(distinct case when c.followed >= $5 then {UNIT} end), max(c.common),
                 count(case when c.common = '' then 1 end)
                 from case_row c where c.site = $1 and c.opened >= $2 and c.kind = $3 and c.{column} = $4
                 and c.state <> 'withdrawn'"
            );
            let values: [Val; 5] = [site.into(), from.into(), kind.id().into(), (&key).into(), month.into()];
            let counts = tx.first(Sql::built(text), &values)?;
            let int = |n: usize| counts.as_ref().map_or(Ok(0), |row| row.int(n));
            let same = Recurring {
                by,
                kind,
                key: key.clone(),
                place: newest.place.clone(),
                title: newest.title.clone(),
                count: int(0)?,
                last: newest.opened,
                households: int(1)?,
                named: int(2)?,
                common: counts.as_ref().map_or(Ok(String::new()), |row| row.string(3))?,
                apart: int(4)?,
            };
            Ok(Some(Gathering { same, asked: asked(tx, site, month)?, cases }))
        })
        .await
    }

    /// The matters of the common problem with this number, oldest first.
    pub async fn topic_members(&self, site: i64, number: String) -> Result<Vec<TopicMember>, Fault> {
        self.read(move |tx| Ok(topic_members(tx, site, &number)?.into_iter().map(member).collect())).await
    }

    /// Common problems that are not ended: id, number and what each is, newest first.
    pub async fn open_topics(&self, site: i64) -> Result<Vec<CaseRow>, Fault> {
        self.read(move |tx| {
            let text = format!(
                "select {CASE} from case_row c where c.site = $1 and c.kind = $2 and c.ended = 0
                 order by c.opened desc limit 100"
            );
            let rows = tx.query(Sql::built(text), &vals![site, topic::REGISTER])?;
            rows.iter().map(|row| case(row, 0)).collect()
        })
        .await
    }
}

fn member(it: Case) -> TopicMember {
    let joined = it.last(topic::JOINED).map_or(0, |entry| entry.seq);
    let told = |after: bool| {
        let done = it.entries.iter().rev().filter(|entry| entry.event.name == "follow_up.done");
        let mut done = done.filter(|entry| (entry.seq > joined) == after);
        done.find_map(|entry| entry.event.body.attributes.get("follow_up.satisfaction").cloned())
    };
    let answers = ["complaint.replied", "case.replied", "follow_up.open_letter_sent"];
    let when = answers.iter().filter_map(|name| it.last(name)).filter(|entry| entry.seq > joined);
    let answered = (topic::is_answered(&it), when.map(|entry| entry.event.happened).max());
    let satisfaction = (told(false), told(true));
    TopicMember {
        answered,
        satisfaction,
        id: it.id,
        number: it.number,
        kind: it.kind,
        place: it.place,
        household: it.household,
        title: it.title,
        opened: it.opened,
        state: it.state,
    }
}
