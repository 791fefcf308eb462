//! Complaints as statistics count them (投诉统计行): one row a complaint, with what it is counted by.

use office::case::{Case, CaseKind, CaseState};
use rulebook::{Derived, Obligation, State};

use super::case::breached;
use crate::fault::Fault;
use crate::tx::Tx;
use crate::{sql, vals};

/// What counts as an answer that a clause may limit.
const ANSWERS: [&str; 4] = ["complaint.replied", "case.replied", "liaison.replied", "complaint.resolved"];
/// Acts by which a complaint goes up.
const GOES_UP: [&str; 6] = [
    "complaint.escalated_superior",
    "complaint.escalated_senior",
    "complaint.reported_company_leader",
    "complaint.reported_representative",
    "complaint.office_gave_up",
    "case.reported_superior",
];

/// Writes the row of a complaint; other cases have none.
pub(super) fn write(tx: &mut dyn Tx, site: i64, case: &Case, derived: &Derived) -> Result<(), Fault> {
    if case.kind != CaseKind::Complaint {
        return Ok(());
    }
    let attribute = |id: &str| case.attributes.get(id).cloned().unwrap_or_default();
    let first_of =
        |ids: &[&str]| ids.iter().map(|id| attribute(id)).find(|value| !value.is_empty()).unwrap_or_default();
    let at = |name: &str| case.last(name).map(|entry| entry.event.happened);
    let times = |name: &str| case.entries.iter().filter(|entry| entry.event.name == name).count() as i64;
    let (answer, due) = answer(derived);
    let text = sql!(
        "insert into complaint_row(site, id, opened, class, topic, cause, department, building, channel, severity,
         sorted, household, place, joined, replied, resolved, answer, answer_due, reopened, went_up, satisfaction,
         withdrawn, common)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)
         on conflict (site, id) do update set class = excluded.class, topic = excluded.topic, cause = excluded.cause,
         department = excluded.department, channel = excluded.channel, severity = excluded.severity,
         sorted = excluded.sorted, joined = excluded.joined, replied = excluded.replied, resolved = excluded.resolved,
         answer = excluded.answer, answer_due = excluded.answer_due, reopened = excluded.reopened,
         went_up = excluded.went_up, satisfaction = excluded.satisfaction, withdrawn = excluded.withdrawn,
         common = excluded.common"
    );
    let row = vals![
        site,
        &case.id,
        case.opened,
        attribute("complaint.class"),
        first_of(&["complaint.instance", "complaint.topic", "complaint.cause"]),
        attribute("complaint.cause"),
        attribute("case.department"),
        office::household::building_of(&case.place),
        attribute("case.channel"),
        attribute("complaint.severity"),
        attribute("complaint.sorted_as"),
        case.household.clone().unwrap_or_default(),
        &case.place,
        attribute("complaint.merged_into"),
        at("complaint.replied").max(at("case.replied")),
        at("complaint.resolved"),
        answer,
        due,
        times("case.reopened"),
        GOES_UP.iter().any(|name| case.has(name)),
        attribute("follow_up.satisfaction"),
        case.state == CaseState::Withdrawn,
        attribute("topic.number"),
    ];
    tx.exec(text, &row)
}

/// Whether what clauses limit was answered in time: `late`, `open` with the moment it is due, `kept`, or nothing at all.
fn answer(derived: &Derived) -> (&'static str, Option<calendar::Moment>) {
    let limits = |it: &&Obligation| {
        !it.soft && it.yields_to.is_none() && it.due.is_some() && it.must.iter().any(|must| ANSWERS.contains(&&**must))
    };
    let answers: Vec<&Obligation> = derived.obligations.iter().filter(limits).collect();
    let open = |it: &&&Obligation| matches!(it.state, State::Open | State::Overdue);
    if answers.iter().any(|it| breached(it.state) && it.state != State::Overdue) {
        return ("late", None);
    }
    if let Some(due) = answers.iter().filter(open).filter_map(|it| it.due).min() {
        return ("open", Some(due));
    }
    let kept = answers.iter().any(|it| it.state == State::Met);
    (if kept { "kept" } else { "" }, None)
}
