//! Obligations (应办), escalations and members of populations of one case: only rows that differ are written.

use std::collections::BTreeMap;

use calendar::{DueAt, Moment, Zone};
use rulebook::{Derived, EscalationDue, Member, Obligation, State};

use crate::fault::Fault;
use crate::tx::Tx;
use crate::value::Val;
use crate::{sql, vals};

/// The word of a state in rows. What is open stays `open`: whether it is overdue is read from the clock.
pub(crate) fn state_word(state: State) -> &'static str {
    match state {
        State::Open | State::Overdue => "open",
        State::Met => "met",
        State::MetLate => "met_late",
        State::Missed => "missed",
        State::Waived => "waived",
        State::NotApplicable => "not_applicable",
    }
}

/// The month in which an obligation counts: that of its due moment, 24:00 being still its day's, or of its opening when it
/// has none.
pub(crate) fn month_of(due: Option<Moment>, end_of_day: bool, opened: Moment) -> String {
    let at = due.unwrap_or(opened);
    let date = DueAt { at, end_of_day: end_of_day && due.is_some() }.civil(&Zone::shanghai()).date;
    date.strftime("%Y-%m").to_string()
}

/// An open obligation whose due moment is another than before.
pub(crate) struct Moved {
    /// As it stands now.
    pub now: Obligation,
    /// When it was due before.
    pub was: Option<Moment>,
    /// That was 24:00 of a date.
    pub was_day: bool,
}

/// The acts that fulfil it, as rows tell them.
pub(crate) fn musts(it: &Obligation) -> String {
    it.must.join(if it.must_all { "&" } else { "|" })
}

/// Brings the rows of one case to what the law answers now, and tells whose due moments moved while they were open. A
/// `new` one has no rows yet.
pub(crate) fn write(tx: &mut dyn Tx, site: i64, case: &str, derived: &Derived, new: bool) -> Result<Vec<Moved>, Fault> {
    if new {
        obligations(tx, site, case, &derived.obligations, Vec::new())?;
        escalations(tx, site, case, &derived.escalations, Vec::new())?;
        members(tx, site, case, &derived.members, Vec::new())?;
        return Ok(Vec::new());
    }
    let asks = vec![
        (
            sql!(
                "select id, due, due_day, state, done, bearer, yields from obligation_row
                 where site = $1 and case_id = $2"
            ),
            vals![site, case].to_vec(),
        ),
        (sql!("select id, at, told from escalation_row where site = $1 and case_id = $2"), vals![site, case].to_vec()),
        (
            sql!(
                "select book, clause, period, member, counted, in_time, in_base, exempt, weight, final_at
                  from member_row where site = $1 and case_id = $2"
            ),
            vals![site, case].to_vec(),
        ),
    ];
    let mut answers = tx.queries(asks)?.into_iter();
    let mut next = || answers.next().unwrap_or_default();
    let moved = obligations(tx, site, case, &derived.obligations, next())?;
    escalations(tx, site, case, &derived.escalations, next())?;
    members(tx, site, case, &derived.members, next())?;
    Ok(moved)
}

fn obligations(
    tx: &mut dyn Tx,
    site: i64,
    case: &str,
    now: &[Obligation],
    rows: Vec<crate::value::Row>,
) -> Result<Vec<Moved>, Fault> {
    let mut known = BTreeMap::new();
    for row in &rows {
        known.insert(row.string(0)?, row);
    }
    let mut all_moved = Vec::new();
    for it in now {
        let state = state_word(it.state);
        let yields = it.yields_to.as_ref().map_or(String::new(), |to| format!("{}/{}", to.book, to.id));
        let key = vals![it.due, it.end_of_day, state, it.ended, &it.bearer, &yields];
        if let Some(before) = known.remove(&it.id) {
            if before.values()[1..] == key {
                continue;
            }
            let (was, was_day) = (before.maybe_moment(1)?, before.flag(2)?);
            if (was, was_day) != (it.due, it.end_of_day) && before.text(3)? == "open" && state == "open" {
                all_moved.push(Moved { now: it.clone(), was, was_day });
            }
        }
        let month = month_of(it.due, it.end_of_day, it.opened);
        let text = sql!(
            "insert into obligation_row(site, id, case_id, book, clause, must, bearer, round, opened, not_before, due,
             due_day, soft, state, done, month, yields)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
             on conflict (site, id) do update set due = excluded.due, due_day = excluded.due_day,
             state = excluded.state, done = excluded.done, not_before = excluded.not_before, month = excluded.month,
             bearer = excluded.bearer, yields = excluded.yields"
        );
        let must = musts(it);
        let row = vals![
            site,
            &it.id,
            case,
            &it.clause.book,
            &it.clause.id,
            must,
            &it.bearer,
            i64::from(it.round),
            it.opened,
            it.not_before,
            it.due,
            it.end_of_day,
            it.soft,
            state,
            it.ended,
            month,
            yields,
        ];
        tx.exec(text, &row)?;
    }
    for gone in known.into_keys() {
        tx.exec(sql!("delete from obligation_row where site = $1 and id = $2"), &vals![site, gone])?;
    }
    Ok(all_moved)
}

fn escalations(
    tx: &mut dyn Tx,
    site: i64,
    case: &str,
    now: &[EscalationDue],
    rows: Vec<crate::value::Row>,
) -> Result<(), Fault> {
    let mut known = BTreeMap::new();
    for row in &rows {
        known.insert(row.string(0)?, (row.int(1)?, row.flag(2)?));
    }
    for it in now {
        if known.remove(&it.id).is_some_and(|(at, _)| at == it.at.0) {
            continue;
        }
        let text = sql!(
            "insert into escalation_row(site, id, case_id, book, clause, target, who, at, soft, told)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0)
             on conflict (site, id) do update set at = excluded.at"
        );
        let row = vals![site, &it.id, case, &it.clause.book, &it.clause.id, &it.to, &it.who, it.at, it.soft];
        tx.exec(text, &row)?;
    }
    for (gone, (_, told)) in known {
        // What was told stays on record; its withdrawal is an entry of its own.
        if !told {
            tx.exec(sql!("delete from escalation_row where site = $1 and id = $2"), &vals![site, gone])?;
        }
    }
    Ok(())
}

fn members(tx: &mut dyn Tx, site: i64, case: &str, now: &[Member], rows: Vec<crate::value::Row>) -> Result<(), Fault> {
    let mut known: BTreeMap<[String; 4], Vec<Val>> = BTreeMap::new();
    for row in &rows {
        let key = [row.string(0)?, row.string(1)?, row.string(2)?, row.string(3)?];
        known.insert(key, row.values()[4..].to_vec());
    }
    for it in now {
        let key = [it.clause.book.clone(), it.clause.id.clone(), it.period.clone(), it.member.clone()];
        let told = vals![it.counted, it.in_time, it.in_base, it.exempt, it.weight, it.final_at].to_vec();
        if known.remove(&key).is_some_and(|before| before == told) {
            continue;
        }
        let text = sql!(
            "insert into member_row(site, book, clause, period, member, grp, weight, in_base, exempt, counted, in_time,
             final_at, case_id) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
             on conflict (site, book, clause, period, member) do update set weight = excluded.weight,
             in_base = excluded.in_base, exempt = excluded.exempt, counted = excluded.counted,
             in_time = excluded.in_time, final_at = excluded.final_at"
        );
        let row = vals![
            site,
            &it.clause.book,
            &it.clause.id,
            &it.period,
            &it.member,
            &it.group,
            it.weight,
            it.in_base,
            it.exempt,
            it.counted,
            it.in_time,
            it.final_at,
            case,
        ];
        tx.exec(text, &row)?;
    }
    for [book, clause, period, member] in known.into_keys() {
        let text = sql!(
            "delete from member_row where site = $1 and book = $2 and clause = $3 and period = $4 and member = $5"
        );
        tx.exec(text, &vals![site, book, clause, period, member])?;
    }
    Ok(())
}
