//! Steps of a round (办理派发班次): the count with its items, the late papers, setting out, door by door, the end; and the run that is
//! closed for its follow-up.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use journal::house::Stroke;
use journal::reads::MailRow;
use office::Refusal;
use office::case::{ActOnCase, Caller, OpenRecord, Place};
use office::mail::round;

use super::act::{delivered, noted};
use super::round::{Known, known, render};
use super::words;
use crate::entry::see;
use crate::page::{Filled, wrong};
use crate::security::Fault;
use crate::state::Here;

/// `POST /mail/rounds/{day}/{slot}/{step}`.
pub async fn enter(
    here: Here,
    Path((day, slot, step)): Path<(String, String, String)>,
    filled: Filled,
) -> Result<Response, Fault> {
    let Some(known) = known(&here, &day, &slot).await? else { return Ok(wrong::not_found()) };
    let sent = here.sent_for(filled.command(), if step == "count" { "mail.sorted" } else { "mail_round.done" })?;
    let strokes = match strokes(&here, &known, &step, &filled, sent.command.as_str()) {
        Some(Ok(strokes)) => strokes,
        Some(Err(no)) => {
            return Ok(crate::components::refused(render(&here, &known, Some((&no, &filled))).await?, &no));
        }
        None => return Ok(wrong::not_found()),
    };
    let done = here.house().strokes(sent, here.actor.clone(), strokes).await;
    match done.map_err(|fault| Fault::new("办理派发班次", fault))? {
        Ok(_) => Ok(see(&format!("/mail/rounds/{day}/{slot}"))),
        Err(no) => Ok(crate::components::refused(render(&here, &known, Some((&no, &filled))).await?, &no)),
    }
}

/// The record of the round, unless it has begun.
fn opening(known: &Known) -> Vec<Stroke> {
    if known.page.is_some() {
        return Vec::new();
    }
    let of = [("mail_round.day", known.day.to_string()), ("mail_round.slot", known.slot.0.to_owned())];
    let act = ActOnCase {
        act: "mail_round.opened".to_owned(),
        attributes: of.map(|(id, value)| (id.to_owned(), value)).into(),
        ..ActOnCase::default()
    };
    vec![Stroke::Open(OpenRecord {
        case: known.id(),
        register: "mail_rounds".to_owned(),
        act,
        ..OpenRecord::default()
    })]
}

fn strokes(
    here: &Here,
    known: &Known,
    step: &str,
    filled: &Filled,
    command: &str,
) -> Option<Result<Vec<Stroke>, Refusal>> {
    let id = known.id();
    let one =
        |act: &str, attributes: &[(&str, &str)]| Ok([opening(known), vec![noted(&id, act, attributes, "")]].concat());
    Some(match step {
        "count" => counted(known, filled, command),
        "settle" => one("mail_round.difference_settled", &[("case.reason", filled.get("reason"))]),
        "late" => one("mail_round.delay_found", &[]),
        "explained" => one("mail_round.delay_explained", &[("mail.told", filled.get("told"))]),
        "pressed" => one("mail_round.postman_pressed", &[("mail_round.promised", filled.get("promised"))]),
        "arrived" => one("mail_round.late_papers_received", &[]),
        "closed" => one("mail_round.delay_closed", &[]),
        "out" => {
            let mut all = [opening(known), vec![noted(&id, "mail_round.set_out", &[], "")]].concat();
            let doors = known.doors();
            let sorted = doors.values().flatten().filter(|row| ["sorted", "attempted"].contains(&row.stage.as_str()));
            all.extend(sorted.map(|row| noted(&row.case, "mail.taken_out", &[], "")));
            Ok(all)
        }
        "brought" => brought(known, filled),
        "missed" => {
            let all = at_door(known, filled).into_iter();
            Ok(all
                .map(|row| noted(&row.case, "mail.attempted", &[("case.reason", filled.get("reason"))], ""))
                .collect())
        }
        "done" => Ok(done(here, known, filled)),
        _ => return None,
    })
}

fn at_door<'a>(known: &'a Known, filled: &Filled) -> Vec<&'a MailRow> {
    let mut doors = known.doors();
    let rows = doors.remove(filled.get("place")).unwrap_or_default();
    rows.into_iter().filter(|row| row.stage == "out").collect()
}

fn brought(known: &Known, filled: &Filled) -> Result<Vec<Stroke>, Refusal> {
    let what = "不能记为送达";
    let signature = crate::cases::sign::read(filled, what)?;
    let signer = filled.get("signer");
    if signer.is_empty() || signature.is_none() {
        let next = "请收件人核对后签名，并写下签收人姓名；没有签收的不算送到。";
        return Err(Refusal::new(what, "还没有收件人的签收", next).at("signer"));
    }
    let rows = at_door(known, filled).into_iter();
    let signs_as = filled.get("signs_as");
    Ok(rows.flat_map(|row| delivered(&row.case, signer, signs_as, signature.clone(), false)).collect())
}

/// The count, and an item for every household whose papers came.
fn counted(known: &Known, filled: &Filled, command: &str) -> Result<Vec<Stroke>, Refusal> {
    let mut titles = Vec::new();
    for (n, title) in known.titles().into_iter().enumerate() {
        let typed = filled.get(&format!("got-{n}"));
        let Some(got) = typed.parse::<i64>().ok().filter(|it| (0..=9_999).contains(it)) else {
            let why = format!("“{}”的份数不是整数", title.name);
            return Err(Refusal::new("没有点清", why, "请填实际到了几份；没有到的填 0。").at("got"));
        };
        titles.push((title.name, title.due, got));
    }
    let told = round::count(&titles);
    let (due, got) = (told.due.to_string(), told.counted.to_string());
    let fits = if told.fits { "yes" } else { "no" };
    let count = [
        ("mail.copies_due", due.as_str()),
        ("mail.copies_counted", got.as_str()),
        ("mail.copies_match", fits),
        ("mail_round.titles", told.words.as_str()),
    ];
    let mut strokes = opening(known);
    strokes.push(noted(&known.id(), "mail_round.counted", &count, ""));
    for (n, portion) in round::portions(known.day, &known.told.subscribed, &told.came).into_iter().enumerate() {
        let papers = [
            ("mail.kind", "newspaper"),
            ("mail.titles", portion.titles.as_str()),
            ("mail.recipient", portion.place.as_str()),
        ];
        let act = ActOnCase {
            act: office::mail::RECEIVED.to_owned(),
            attributes: papers.map(|(id, value)| (id.to_owned(), value.to_owned())).into(),
            ..ActOnCase::default()
        };
        let household = Some(portion.household).filter(|it| !it.is_empty());
        strokes.push(Stroke::Open(OpenRecord {
            case: format!("r{command}-{n}"),
            register: "mail_items".to_owned(),
            place: Place { household, words: portion.place },
            person: Caller::default(),
            act,
        }));
    }
    Ok(strokes)
}

/// The end of the round: how many doors it reached, or that there was nothing.
fn done(here: &Here, known: &Known, filled: &Filled) -> Vec<Stroke> {
    let zone = &here.house().laws().zone;
    let since = known.page.as_ref().map(|page| page.case.opened);
    let signed = |row: &&MailRow| {
        row.signed.is_some_and(|at| zone.date(at) == known.day && since.is_some_and(|since| at >= since))
    };
    let mut reached: Vec<&str> = known.told.gone.iter().filter(signed).map(words::to).collect();
    reached.sort_unstable();
    reached.dedup();
    let set_out = known.has("mail_round.set_out");
    let result = if set_out { "delivered" } else { "nil" };
    let told = [
        ("mail_round.result", result),
        ("mail_round.delivered", &reached.len().to_string()),
        ("case.reason", filled.get("reason")),
    ];
    [opening(known), vec![noted(&known.id(), "mail_round.done", &told, "")]].concat()
}

/// `POST /mail/runs`: the households that have signed for papers since the last run are the base of its follow-up.
pub async fn close_run(here: Here, filled: Filled) -> Result<Response, Fault> {
    let read = |fault| Fault::new("读取派发批次", fault);
    let (count, titles) = here.house().press_since_run(here.site, here.now).await.map_err(read)?;
    let opens = "service.press_distributed";
    let sent = here.sent_for(filled.command(), opens)?;
    let record = OpenRecord {
        case: format!("r{}", sent.command.as_str()),
        register: "press_runs".to_owned(),
        act: ActOnCase {
            act: opens.to_owned(),
            note: titles,
            attributes: [("service.recipients".to_owned(), count.to_string())].into(),
            ..ActOnCase::default()
        },
        ..OpenRecord::default()
    };
    let done = here.house().open_record(sent, here.actor.clone(), record).await;
    match done.map_err(|fault| Fault::new("结转派发批次", fault))? {
        Ok(done) => Ok(see(&format!("/registers/press_runs?new={}", done.answer.number))),
        Err(no) => super::day::again(&here, &Filled::default(), &super::scan::Pending::default(), Some(&no))
            .await
            .map(IntoResponse::into_response),
    }
}
