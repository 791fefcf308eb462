//! Planned shifts (值班表) as rows: who is on duty from when to when, and whether a swap waits for approval; who holds a post
//! as A or B, and who is away and covered.

use office::act::cover::{LEAVE, PLAN};
use office::case::{Case, CaseKind, CaseState};
use office::event::NAMED;

use crate::fault::Fault;
use crate::tx::Tx;
use crate::{sql, vals};

/// Register of the shifts.
const ROSTER: CaseKind = CaseKind::Record("duty_roster");

/// Writes the row of a record of the roster, of a plan of a post or of a leave; any other case has none.
pub(super) fn write(tx: &mut dyn Tx, site: i64, case: &Case) -> Result<(), Fault> {
    match case.kind {
        ROSTER => shift(tx, site, case),
        PLAN => plan(tx, site, case),
        LEAVE => leave(tx, site, case),
        _ => Ok(()),
    }
}

/// The account that the last of these acts named; empty when none did.
fn named<'a>(case: &'a Case, act: &str) -> &'a str {
    let last = case.entries.iter().rev().find(|entry| entry.event.name == act);
    last.and_then(|entry| entry.event.body.links.get(NAMED)).map_or("", String::as_str)
}

fn plan(tx: &mut dyn Tx, site: i64, case: &Case) -> Result<(), Fault> {
    let text = sql!(
        "insert into post_plan_row(site, case_id, post, a, b, in_force) values ($1, $2, $3, $4, $5, $6)
         on conflict (site, case_id) do update set b = excluded.b, in_force = excluded.in_force"
    );
    let in_force = case.has("post.plan_adopted") && !case.state.ended();
    let post = case.attributes.get("duty.post").map_or("", String::as_str);
    let (a, b) = (named(case, "post.a_named"), named(case, "post.b_named"));
    tx.exec(text, &vals![site, &case.id, post, a, b, in_force])
}

fn leave(tx: &mut dyn Tx, site: i64, case: &Case) -> Result<(), Fault> {
    let moment = |id: &str| case.attributes.get(id).and_then(|it| it.parse::<i64>().ok()).unwrap_or_default();
    let by = |act: &str| case.last(act).map_or("", |entry| entry.actor.as_str());
    let text = sql!(
        "insert into leave_row(site, case_id, account, cover, named, begins, ends, granted, void)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         on conflict (site, case_id) do update set cover = excluded.cover, named = excluded.named,
         granted = excluded.granted, void = excluded.void"
    );
    let row = vals![
        site,
        &case.id,
        by("leave.asked"),
        by("leave.cover_confirmed"),
        named(case, "duty.stood_in"),
        moment("duty.from"),
        moment("duty.to"),
        case.has("leave.granted"),
        case.state == CaseState::Withdrawn || case.has("leave.refused"),
    ];
    tx.exec(text, &row)
}

fn shift(tx: &mut dyn Tx, site: i64, case: &Case) -> Result<(), Fault> {
    let attribute = |id: &str| case.attributes.get(id).map_or("", String::as_str);
    let moment = |id: &str| attribute(id).parse::<i64>().unwrap_or_default();
    let seq = |name: &str| case.last(name).map_or(0, |entry| entry.seq);
    let waits = seq("duty.swap_asked") > seq("duty.swap_approved").max(seq("duty.swap_refused"));
    let swap = if waits { attribute("case.person") } else { "" };
    let account = case.entries.iter().rev().find_map(|entry| entry.event.body.links.get(NAMED));
    let text = sql!(
        "insert into shift_row(site, case_id, post, person, account, begins, ends, number, swap, void)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
         on conflict (site, case_id) do update set person = excluded.person, account = excluded.account,
         begins = excluded.begins, ends = excluded.ends, swap = excluded.swap, void = excluded.void"
    );
    let row = vals![
        site,
        &case.id,
        attribute("duty.post"),
        attribute("duty.person"),
        account.map_or("", String::as_str),
        moment("duty.from"),
        moment("duty.to"),
        &case.number,
        swap,
        case.state == CaseState::Withdrawn,
    ];
    tx.exec(text, &row)
}
