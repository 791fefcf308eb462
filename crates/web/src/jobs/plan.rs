//! What a tap does (一步几事): the acts of a step, made of the fields that were posted.

use office::Refusal;
use office::case::{Case, CaseKind};
use office::event::Attachment;

use super::posted::{Posted, fen};
use super::way;
use crate::composed::Turn;

/// The acts of a step in order. Refused: an amount that is none, a reason that is missing; no such step is none.
pub fn plan(case: &Case, step: &str, posted: &Posted, photos: Vec<Attachment>) -> Result<Option<Vec<Turn>>, Refusal> {
    let (field, note) = (|name: &str| posted.fields.get(name), posted.fields.get("note"));
    let main = |act: &str| Turn::main(act).note(note);
    let mut turns = match step {
        "take" => vec![main("repair.taken_on")],
        "fetch" => vec![main("repair.slip_fetched")],
        "decline" => vec![main("repair.declined")],
        "sheet" => vec![main("repair.sheet_signed")],
        "arrive" => vec![main("repair.arrived").with("repair.second_trip", field("second_trip"))],
        "verify" => verify(posted)?,
        "quote" => vec![main("repair.price_shown").with("repair.cost", &amount(field("cost"), false)?)],
        "consent" => vec![consent(posted)?],
        "refuse" => vec![Turn::main("repair.refused").with("repair.refusal_reason", field("reason"))],
        "report" => vec![main("repair.refusal_reported")],
        "refusal-sign" => vec![main("repair.refusal_worker_signed")],
        "refusal-supervisor" => vec![main("repair.refusal_supervisor_signed")],
        "refusal-file" => vec![main("repair.refusal_filed")],
        "material" => vec![
            main("repair.material_checked")
                .with("repair.material_verdict", field("verdict"))
                .with("repair.own_material", "yes"),
        ],
        "consequences" => vec![main("repair.consequences_told")],
        "work" => vec![main("repair.started")],
        "complete" => complete(case, posted)?,
        "try" => vec![main("repair.accepted")],
        "rework" => vec![main("repair.rework_needed")],
        "sign" => sign(posted)?,
        "result" => vec![main("repair.result_noted")],
        "return" => vec![main("repair.copies_returned")],
        "finish" => vec![main(finished_by(case.kind))],
        "note" => vec![Turn::main("case.note_added").note(if note.is_empty() && !photos.is_empty() {
            "照片"
        } else {
            note
        })],
        _ => return Ok(None),
    };
    if let Some(turn) = turns.iter_mut().find(|turn| !turn.beside) {
        turn.act.attachments = photos;
    }
    Ok(Some(turns))
}

fn finished_by(kind: CaseKind) -> &'static str {
    kind.finished_by().unwrap_or("service.completed")
}

/// An amount in yuan as an attribute in fen; an empty one is left out unless it is needed.
fn amount(typed: &str, needed: bool) -> Result<String, Refusal> {
    if typed.is_empty() && !needed {
        return Ok(String::new());
    }
    let refusal = || Refusal::new("没有记下", "金额没有填对", "请填数字，单位是元；免费的填 0。").at("cost");
    fen(typed).map(|fen| fen.to_string()).ok_or_else(refusal)
}

/// As reported, or with what it really is and costs.
fn verify(posted: &Posted) -> Result<Vec<Turn>, Refusal> {
    let field = |name: &str| posted.fields.get(name);
    if field("as_reported") != "no" {
        return Ok(vec![Turn::main("repair.verified").note(field("note")).with("repair.as_reported", "yes")]);
    }
    if field("real").is_empty() {
        return Err(Refusal::new("没有记下", "还没有写实际项目", "请写现场看到的实际项目。").at("real"));
    }
    let cost = amount(field("real_cost"), true)?;
    Ok(vec![
        Turn::main("repair.verified").note(field("real")).with("repair.as_reported", "no"),
        Turn::beside("repair.difference_noted").note(field("real")).with("repair.cost", &cost),
    ])
}

fn consent(posted: &Posted) -> Result<Turn, Refusal> {
    let mut turn = Turn::main("repair.consented")
        .note(posted.fields.get("note"))
        .with("repair.cost_consent", "yes")
        .with("repair.repair_consent", "yes");
    turn.act.signature = posted.signature()?;
    if turn.act.signature.is_some() {
        turn.act.posts = vec!["resident".into()];
    }
    Ok(turn)
}

/// The amount before, tidying after: the order in which the slip is filled.
fn complete(case: &Case, posted: &Posted) -> Result<Vec<Turn>, Refusal> {
    let field = |name: &str| posted.fields.get(name);
    let mut turns = Vec::new();
    if !way::is_shared(case) {
        turns.push(Turn::beside("repair.amounts_entered").with("repair.amount_due", &amount(field("due"), true)?));
    }
    turns.push(Turn::main("repair.completed").note(field("note")));
    if field("tidied") == "yes" {
        turns.push(Turn::beside("repair.site_tidied"));
    }
    Ok(turns)
}

fn sign(posted: &Posted) -> Result<Vec<Turn>, Refusal> {
    let mut signed = Turn::main("repair.customer_signed").note(posted.fields.get("note"));
    signed.act.signature = posted.signature()?;
    signed.act.posts = vec!["resident".into()];
    let mut turns = vec![signed];
    if posted.fields.get("copy_left") == "yes" {
        turns.push(Turn::beside("repair.copy_left"));
    }
    Ok(turns)
}
