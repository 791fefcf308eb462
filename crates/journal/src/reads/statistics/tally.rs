//! Tallies (计数): what the report counts beside rates and complaints, each one condition over the rows of one view.

use std::collections::BTreeMap;

use calendar::Moment;

use super::PersonStood;
use crate::fault::Fault;
use crate::tx::{Sql, Tx};
use crate::vals;
use crate::value::Val;

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tallied {
    /// Visits and calls taken, those void left out.
    Contacts,
    /// Complaints taken in.
    Complaints,
    /// Complaints dealt with.
    Resolved,
    /// Repairs and services at the door taken in.
    Door,
    /// Help and first aid asked for.
    Help,
    /// Follow-ups made.
    Made,
    /// Made by phone alone.
    Phone,
    /// Made before the limit of every clause that limits it.
    Kept,
    /// Made after one.
    Late,
    /// Of those of complaints: made.
    OfComplaints,
    /// Answered how satisfied.
    Answered,
    /// Answered satisfied or mostly satisfied.
    Satisfied,
    /// Answered not satisfied.
    Dissatisfied,
    /// Found not to count.
    Unqualified,
    /// Planned for somebody.
    Planned,
    /// Planned and made.
    PlannedMade,
    /// Planned, not made, and past a hard limit.
    Missed,
}

use Tallied::*;

impl Tallied {
    /// Those of the whole site, in the order of the page.
    pub const SITE: [Tallied; 17] = [
        Contacts,
        Complaints,
        Resolved,
        Door,
        Help,
        Made,
        OfComplaints,
        Phone,
        Kept,
        Late,
        Answered,
        Satisfied,
        Dissatisfied,
        Unqualified,
        Planned,
        PlannedMade,
        Missed,
    ];

    /// The word in addresses.
    pub fn id(self) -> &'static str {
        match self {
            Contacts => "contacts",
            Complaints => "complaints",
            Resolved => "resolved",
            Door => "door",
            Help => "help",
            Made => "made",
            Phone => "phone",
            Kept => "kept",
            Late => "late",
            OfComplaints => "of_complaints",
            Answered => "answered",
            Satisfied => "satisfied",
            Dissatisfied => "dissatisfied",
            Unqualified => "unqualified",
            Planned => "planned",
            PlannedMade => "planned_made",
            Missed => "missed",
        }
    }

    /// The tally of this word.
    pub fn of(id: &str) -> Option<Tallied> {
        Tallied::SITE.into_iter().find(|tally| tally.id() == id)
    }

    /// What it is called, in Chinese.
    pub fn title(self) -> &'static str {
        match self {
            Contacts => "来访来电",
            Complaints => "收到投诉",
            Resolved => "办完投诉",
            Door => "报修和上门服务",
            Help => "求助和急救",
            Made => "回访",
            Phone => "只打电话的回访",
            Kept => "按时回访",
            Late => "超时回访",
            OfComplaints => "投诉回访",
            Answered => "问到满意程度",
            Satisfied => "满意",
            Dissatisfied => "不满意",
            Unqualified => "不合格回访",
            Planned => "排好的回访",
            PlannedMade => "排好并做了",
            Missed => "排了没访，已过期限",
        }
    }

    /// What counts and what does not, in Chinese: its definition.
    pub fn counts(self) -> &'static str {
        match self {
            Contacts => "本期接待的来访、来电、来信，一次算一次；作废的不算。",
            Complaints => "本期收到的投诉；撤销的不算，并入别件的照算。",
            Resolved => "本期处理完毕的投诉，不论哪一期收到；撤销的不算。",
            Door => "本期收到的报修和上门服务；撤销的不算。",
            Help => "本期收到的求助、急救和报警；撤销的不算。",
            Made => "本期做了的回访，一次算一次，一件访几轮算几次；没有联系上的不算。",
            Phone => "本期的回访里，方式只写电话的；上门、看现场和别的方式不算。",
            Kept => "本期的回访里，有条款定了期限，并且在期限以内的；没有期限的不算，软提醒不算。",
            Late => "本期的回访里，过了条款期限才做的；软提醒不算。",
            OfComplaints => "本期对投诉做的回访，一次算一次。",
            Answered => "本期的回访里，问到了满意程度的。",
            Satisfied => "本期的回访里，答满意或基本满意的。",
            Dissatisfied => "本期的回访里，答不满意的。",
            Unqualified => "本期的回访里，审核认定不合格的；住户不满意不一定不合格。",
            Planned => "计划在本期、写明由谁去的回访；改排过的只算最后一次，没有写人的不算。",
            PlannedMade => "计划在本期、写明由谁去的回访里，已经访了的，不论是谁访的。",
            Missed => "计划在本期、写明由谁去、还没有访，而且这件事有一条回访期限已经过了的。",
        }
    }

    /// Of which whole it is a share, when it is one.
    pub fn whole(self) -> Option<Tallied> {
        match self {
            Phone | Unqualified | OfComplaints => Some(Made),
            Satisfied | Dissatisfied => Some(Answered),
            PlannedMade => Some(Planned),
            _ => None,
        }
    }

    /// The table, aliased `r`.
    pub(super) fn table(self) -> &'static str {
        match self {
            Contacts => "contact_row",
            Complaints | Resolved => "complaint_row",
            Door | Help => "case_row",
            _ => "follow_up_row",
        }
    }

    /// The moment that lies in the period.
    pub(super) fn moment(self) -> &'static str {
        match self {
            Contacts => "r.began",
            Complaints | Door | Help => "r.opened",
            Resolved => "r.resolved",
            _ => "r.at",
        }
    }

    /// The case of a row.
    pub(super) fn case(self) -> &'static str {
        if self.table() == "follow_up_row" { "r.case_id" } else { "r.id" }
    }

    /// What tells rows of one case apart; none where a case has one.
    pub(super) fn place(self) -> Option<&'static str> {
        (self.table() == "follow_up_row").then_some("r.seq")
    }

    /// What else has to hold; `$4` is now.
    pub(super) fn condition(self) -> &'static str {
        match self {
            Contacts => "r.state <> 'voided' and r.began <= $4",
            Complaints => "r.withdrawn = 0 and r.opened <= $4",
            Resolved => "r.withdrawn = 0 and r.resolved <= $4",
            Door => "r.kind in ('repair', 'service') and r.state <> 'withdrawn' and r.opened <= $4",
            Help => "r.kind in ('help', 'first_aid', 'alarm') and r.state <> 'withdrawn' and r.opened <= $4",
            Made => "r.made = 1 and r.at <= $4",
            Phone => "r.made = 1 and r.method = 'phone' and r.at <= $4",
            Kept => "r.made = 1 and r.timing = 'kept' and r.at <= $4",
            Late => "r.made = 1 and r.timing = 'late' and r.at <= $4",
            OfComplaints => {
                "r.made = 1 and r.at <= $4
                 and exists (select 1 from complaint_row o where o.site = r.site and o.id = r.case_id)"
            }
            Answered => "r.made = 1 and r.satisfaction <> '' and r.at <= $4",
            Satisfied => "r.made = 1 and r.satisfaction in ('satisfied', 'mostly_satisfied') and r.at <= $4",
            Dissatisfied => "r.made = 1 and r.satisfaction = 'dissatisfied' and r.at <= $4",
            Unqualified => "r.made = 1 and r.unqualified = 1 and r.at <= $4",
            // A plan lies ahead of now; places in the journal never do.
            Planned => "r.made = 0 and r.seq <= $4",
            PlannedMade => "r.made = 0 and r.done = 1 and r.seq <= $4",
            Missed => {
                "r.made = 0 and r.done = 0 and exists (select 1 from obligation_row o
                 where o.site = r.site and o.case_id = r.case_id and o.soft = 0 and o.must like 'follow_up.%done%'
                 and (o.state = 'missed' or o.state = 'open' and o.due < $4))"
            }
        }
    }
}

/// How many there are in a stretch; of one person when one is named.
pub(super) fn count(
    tx: &mut dyn Tx,
    site: i64,
    tally: Tallied,
    (from, until): (Moment, Moment),
    person: Option<&str>,
    now: Moment,
) -> Result<i64, Fault> {
    let (table, moment, condition) = (tally.table(), tally.moment(), tally.condition());
    let mut values: Vec<Val> = vals![site, from, until, now].to_vec();
    let mut text = format!(
        "select count(*) from {table} r where r.site = $1 and {moment} >= $2 and {moment} < $3 and {condition}"
    );
    if let Some(person) = person {
        values.push(person.into());
        text.push_str(" and r.person = $5");
    }
    tx.first(Sql::built(text), &values)?.map_or(Ok(0), |row| row.int(0))
}

/// The follow-ups of each person who made one or was to make one, most first. Plans name people by their names.
pub(super) fn persons(
    tx: &mut dyn Tx,
    site: i64,
    (from, until): (Moment, Moment),
    names: &BTreeMap<String, String>,
    now: Moment,
) -> Result<Vec<PersonStood>, Fault> {
    let mut found: BTreeMap<String, PersonStood> = BTreeMap::new();
    let of = |tally: Tallied| format!("count(case when {} then 1 end)", tally.condition());
    let text = format!(
        "select r.person, {}, {}, {}, {}, {}, {}, {} from follow_up_row r
         where r.site = $1 and r.made in (0, 1) and r.at >= $2 and r.at < $3 group by r.person",
        of(Made),
        of(Kept),
        of(Late),
        of(Phone),
        of(Planned),
        of(PlannedMade),
        of(Missed)
    );
    for row in tx.query(Sql::built(text), &vals![site, from, until, now])? {
        let person = row.string(0)?;
        let mut of = PersonStood { person: person.clone(), ..PersonStood::default() };
        let into = [
            &mut of.made,
            &mut of.kept,
            &mut of.late,
            &mut of.phone,
            &mut of.planned,
            &mut of.planned_made,
            &mut of.missed,
        ];
        for (at, number) in into.into_iter().enumerate() {
            *number = row.int(at + 1)?;
        }
        of.name = names.get(&person).cloned().unwrap_or_else(|| person.clone());
        found.insert(person, of);
    }
    for (account, name) in names.iter().filter(|(account, name)| account != name) {
        if let Some(planned) = found.remove(name) {
            let of = found.entry(account.clone()).or_insert_with(|| PersonStood {
                person: account.clone(),
                name: name.clone(),
                ..PersonStood::default()
            });
            (of.planned, of.planned_made, of.missed) = (planned.planned, planned.planned_made, planned.missed);
        }
    }
    let mut all: Vec<PersonStood> = found.into_values().collect();
    all.sort_by(|a, b| (b.made, b.planned, &a.person).cmp(&(a.made, a.planned, &b.person)));
    Ok(all)
}
