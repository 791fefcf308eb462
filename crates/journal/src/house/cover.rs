//! Whom an act names and as what somebody acts (A/B 岗): a name becomes the account, and who acts on a leave, at the counter or
//! at a change of posts acts as holder of A, of B, or as the stand-in whom the head named.

use calendar::Moment;
use office::act::cover::{CHANGE, LEAVE, PLAN, STAFFING};
use office::case::{ActOnCase, Case, CaseKind};
use office::event::{NAMED, NAMED_POSTS};
use office::{Actor, Refusal, act, meeting};

use crate::fault::Fault;
use crate::site::SiteTx;
use crate::value::Row;
use crate::{sql, vals};

/// Attribute with the name of whom an act puts on duty.
const PERSON: &str = "duty.person";
/// Acts that cannot be without an account: what follows looks at who acts.
const NEED_ACCOUNT: [&str; 6] = [
    "post.a_named",
    "post.b_named",
    meeting::EXPECTED,
    meeting::SUBSTITUTE,
    meeting::TASK_SET,
    "meeting.taker_rostered",
];

/// The accounts of who is called so, each with its posts; a name may be that of several.
pub(super) fn called(tx: &mut SiteTx<'_>, name: &str) -> Result<Vec<Row>, Fault> {
    let text = sql!("select account, posts from account_row where site = $1 and name = $2 and active = 1");
    let site = tx.site();
    tx.tx().query(text, &vals![site, name])
}

/// The act with the account of whom it names, and with the roles in which its writer acts. Refused: a holder of a post
/// whom nobody knows by that name.
pub(super) fn told(
    tx: &mut SiteTx<'_>,
    actor: &Actor,
    kind: CaseKind,
    case: Option<&Case>,
    command: &ActOnCase,
) -> Result<Result<ActOnCase, Refusal>, Fault> {
    let mut command = command.clone();
    let name = command.attributes.get(PERSON).map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
    if let Some(name) = name {
        let rows = called(tx, &name)?;
        let chosen = command.links.get(NAMED).cloned();
        let found = rows.iter().find(|row| match &chosen {
            Some(account) => row.text(0).is_ok_and(|it| it == account),
            None => rows.len() == 1,
        });
        if let Some(row) = found {
            command.links.insert(NAMED.to_owned(), row.string(0)?);
            command.links.insert(NAMED_POSTS.to_owned(), row.string(1)?);
        } else if NEED_ACCOUNT.contains(&command.act.as_str()) {
            let why = match rows.len() {
                0 => format!("没有叫“{name}”的员工"),
                _ => format!("叫“{name}”的员工不止一位"),
            };
            let next = "请写员工账号上的姓名；同名的请管理员在账号里加以区分。";
            let posts = command.act.starts_with("post.");
            let what = act::find(&command.act).filter(|_| !posts).map_or("不能定岗".to_owned(), act::Act::refused);
            return Ok(Err(Refusal::new(what, why, next).at(PERSON)));
        }
    }
    if [LEAVE, STAFFING, CHANGE].contains(&kind) {
        let happened = command.happened.unwrap_or(tx.now());
        command.posts.extend(roles(tx, actor, case, &command, happened)?);
    }
    if kind == PLAN {
        command.links.entry(NAMED_POSTS.to_owned()).or_default();
    }
    Ok(Ok(command))
}

/// The roles in which somebody acts: as the plans in force name them, as the head named them for a leave, and at a
/// change as who gives and who takes.
fn roles(
    tx: &mut SiteTx<'_>,
    actor: &Actor,
    case: Option<&Case>,
    command: &ActOnCase,
    happened: Moment,
) -> Result<Vec<String>, Fault> {
    let (site, account) = (tx.site(), actor.account.as_str());
    let moment = |id: &str| {
        let told = command.attributes.get(id).or_else(|| case.and_then(|case| case.attributes.get(id)));
        told.and_then(|it| it.parse::<i64>().ok()).map(Moment)
    };
    let (from, to) = match (moment("duty.from"), moment("duty.to"), moment("window.staffed_from")) {
        (Some(from), Some(to), _) => (from, to),
        (_, _, Some(from)) => (from, moment("window.staffed_to").unwrap_or(from)),
        _ => (happened, happened.plus_micros(1)),
    };
    let own = case.map_or("", |case| case.id.as_str());
    let away = sql!(
        "select case_id from leave_row where site = $1 and account = $2 and granted = 1 and void = 0
         and begins < $4 and ends > $3 and case_id <> $5 limit 1"
    );
    let away = tx.tx().first(away, &vals![site, account, from, to, own])?.is_some();
    let mut roles = Vec::new();
    // Who is away holds no post meanwhile, neither as A nor to take over.
    if !away {
        let plans = sql!("select a, b from post_plan_row where site = $1 and in_force = 1 and (a = $2 or b = $2)");
        for row in tx.tx().query(plans, &vals![site, account])? {
            roles.extend((row.text(0)? == account).then(|| "post_a_holder".to_owned()));
            roles.extend((row.text(1)? == account).then(|| "post_b_holder".to_owned()));
        }
        let named = sql!(
            "select case_id from leave_row where site = $1 and named = $2 and void = 0 and begins < $4 and ends > $3
             limit 1"
        );
        let named = tx.tx().first(named, &vals![site, account, from, to])?.is_some();
        roles.extend(named.then(|| "stand_in".to_owned()));
    }
    let is = |id: &str| case.and_then(|case| case.attributes.get(id)).is_some_and(|name| name.trim() == actor.name);
    roles.extend(is("post.gives").then(|| "outgoing_staff".to_owned()));
    roles.extend(is("post.takes").then(|| "incoming_staff".to_owned()));
    roles.sort();
    roles.dedup();
    Ok(roles)
}
