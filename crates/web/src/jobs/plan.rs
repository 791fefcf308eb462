//! What a tap does (一步几事): the acts of a step, made of the fields that were posted.

use calendar::Zone;
use journal::reads::PriceRow;
use office::Refusal;
use office::case::{Case, CaseKind};
use office::event::Attachment;

use super::posted::{Posted, fen};
use super::side::moment;
use super::way;
use crate::composed::Turn;

/// The acts of a step in order. Refused: an amount that is none, a reason that is missing; no such step is none.
pub fn plan(
    (case, zone): (&Case, &Zone),
    step: &str,
    posted: &Posted,
    (photos, prices): (Vec<Attachment>, &[PriceRow]),
) -> Result<Option<Vec<Turn>>, Refusal> {
    let (field, note) = (|name: &str| posted.fields.get(name), posted.fields.get("note"));
    let main = |act: &str| Turn::main(act).note(note);
    let mut turns = match step {
        "take" => vec![main("repair.taken_on")],
        "fetch" if case.goes_by_paid_slip() => vec![main("repair.paid_slip_fetched")],
        "fetch" => vec![main("repair.slip_fetched")],
        "decline" => vec![main("repair.declined")],
        "sheet" => vec![main("repair.sheet_signed")],
        "arrive" => vec![
            main("repair.arrived")
                .with("repair.second_trip", field("second_trip"))
                .with("repair.tools_taken", &posted.fields.all("tool").join("、")),
        ],
        "verify" => verify(posted)?,
        "quote" => quote(case, posted, prices)?,
        "survey" => vec![main("repair.site_surveyed")],
        "draw" => drawn(posted)?,
        "short" => vec![
            main("repair.out_of_stock")
                .with("material.name", field("material"))
                .with("material.quantity", field("pieces")),
        ],
        "off-list" => vec![main("repair.off_list_found")],
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
        "sign" => sign(case, posted)?,
        "result" => vec![
            main("repair.result_noted")
                .with("repair.work_done", note)
                .with("repair.materials_used", field("materials")),
        ],
        "return" => vec![main("repair.copies_returned")],
        "finish" => vec![main(finished_by(case.kind))].into_iter().chain(door(posted)).collect(),
        "note" => vec![Turn::main("case.note_added").note(if note.is_empty() && !photos.is_empty() {
            "照片"
        } else {
            note
        })],
        other => match side(zone, other, posted)? {
            Some(turns) => turns,
            None => return Ok(None),
        },
    };
    if let Some(turn) = turns.iter_mut().find(|turn| !turn.beside) {
        turn.act.attachments = photos;
    }
    Ok(Some(turns))
}

/// Material drawn or given back, piece by piece of the list. Refused: nothing of anything.
fn drawn(posted: &Posted) -> Result<Vec<Turn>, Refusal> {
    let acts = crate::materials::acts(&posted.fields)?;
    if acts.is_empty() {
        return Err(Refusal::new("没有记下", "还没有填数量", "请在要领或要退的材料后面填数量。"));
    }
    Ok(acts.into_iter().map(|act| Turn { act, beside: false }).collect())
}

/// The acts beside the way of a job.
fn side(zone: &Zone, step: &str, posted: &Posted) -> Result<Option<Vec<Turn>>, Refusal> {
    let (field, note) = (|name: &str| posted.fields.get(name), posted.fields.get("note"));
    let main = |act: &str| Turn::main(act).note(note);
    let at = |name: &str, needed: bool| when(zone, name, field(name), needed);
    Ok(Some(match step {
        "nobody" => vec![
            Turn::beside("repair.arrived"),
            main("repair.nobody_home")
                .with("repair.notice_left", if field("notice_left") == "yes" { "yes" } else { "no" })
                .with("repair.moved_to", &at("moved_to", false)?),
        ],
        "move" if field("asked_by") == "owner" => {
            vec![main("service.owner_deferred").with("repair.appointment", &at("moved_to", true)?)]
        }
        "move" => {
            let to = at("moved_to", true)?;
            let agreed =
                (field("agreed") == "yes").then(|| Turn::beside("repair.move_agreed").with("repair.moved_to", &to));
            std::iter::once(main("repair.move_proposed").with("repair.moved_to", &to)).chain(agreed).collect()
        }
        "move-agreed" => vec![main("repair.move_agreed").with("repair.moved_to", &at("moved_to", true)?)],
        "wait" => vec![
            main("repair.waiting")
                .with("repair.waiting_for", field("waiting_for"))
                .with("repair.waiting_until", &at("waiting_until", false)?),
        ],
        "wait-over" => vec![main("repair.waiting_over")],
        "went-back" => vec![main("repair.went_back")],
        "infeasible" => vec![main("repair.found_infeasible")],
        "infeasible-report" => vec![main("repair.infeasible_reported")],
        "infeasible-explain" => vec![main("repair.infeasible_explained")],
        "gave-up" => vec![main("repair.engineering_gave_up")],
        "manager" => vec![main("repair.reported_manager")],
        "tidy" => {
            vec![main("repair.site_tidied").with("repair.site_checked", &posted.fields.all("cleared").join("、"))]
        }
        "sign-refused" => vec![
            main("repair.sign_refused")
                .with("repair.sign_refusal_reason", field("reason"))
                .with("repair.witness", field("witness")),
        ],
        "copies" => {
            let two = (field("two") == "yes").then(|| Turn::beside("repair.copy_two_kept"));
            let brought = [main("repair.copy_three_to_centre"), Turn::beside("repair.copy_one_to_centre")];
            brought.into_iter().chain(two).collect()
        }
        _ => return Ok(None),
    }))
}

/// A moment as an attribute; an empty one is left out unless it is needed.
fn when(zone: &Zone, name: &str, typed: &str, needed: bool) -> Result<String, Refusal> {
    if typed.is_empty() && !needed {
        return Ok(String::new());
    }
    let refusal = || Refusal::new("没有记下", "时间没有填对", "请选日期和时间。").at(name);
    moment(zone, typed).map(|at| at.0.to_string()).ok_or_else(refusal)
}

/// What was done at the door, ticked one by one.
fn door(posted: &Posted) -> Option<Turn> {
    let done = posted.fields.all("door").join("、");
    (!done.is_empty()).then(|| Turn::beside("service.door_checked").with("service.door_checks", &done))
}

fn finished_by(kind: CaseKind) -> &'static str {
    kind.finished_by().unwrap_or("service.completed")
}

/// An amount in yuan as an attribute in fen.
fn amount(typed: &str) -> Result<String, Refusal> {
    let refusal = || Refusal::new("没有记下", "金额没有填对", "请填数字，单位是元；免费的填 0。").at("cost");
    fen(typed).map(|fen| fen.to_string()).ok_or_else(refusal)
}

/// What was chosen from the list, then that it was shown with its total; a sum where nothing was chosen. Refused: neither.
fn quote(case: &Case, posted: &Posted, prices: &[PriceRow]) -> Result<Vec<Turn>, Refusal> {
    let lines = crate::charges::acts(prices, case, &posted.fields)?;
    let chosen = !lines.is_empty() || case.has(office::charge::ENTERED);
    let shown = Turn::main("repair.price_shown").note(posted.fields.get("note"));
    let shown = match (chosen, posted.fields.get("cost")) {
        (true, _) => shown,
        (false, "") => {
            let next = "请从收费标准里选项目；标准里没有的报评审，免费的报价填 0。";
            return Err(Refusal::new("没有记下报价", "没有选项目，也没有写多少元", next).at("cost"));
        }
        (false, cost) => shown.with("repair.cost", &amount(cost)?),
    };
    let lines = lines.into_iter().map(|act| Turn { act, beside: false });
    Ok(lines.chain([shown]).collect())
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
    let cost = amount(field("real_cost"))?;
    Ok(vec![
        Turn::main("repair.verified").note(field("real")).with("repair.as_reported", "no"),
        Turn::beside("repair.difference_noted").note(field("real")).with("repair.cost", &cost),
    ])
}

fn consent(posted: &Posted) -> Result<Turn, Refusal> {
    let mut turn = Turn::main("repair.consented")
        .note(posted.fields.get("note"))
        .with("repair.cost_consent", "yes")
        .with("repair.repair_consent", "yes")
        .with("repair.payment", posted.fields.get("payment"));
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
        let entered = Turn::beside("repair.amounts_entered");
        turns.push(match case.has(office::charge::ENTERED) {
            true => entered,
            false => entered.with("repair.amount_due", &amount(field("due"))?),
        });
    }
    turns.push(Turn::main("repair.completed").note(field("note")));
    let cleared = posted.fields.all("cleared").join("、");
    if field("tidied") == "yes" || !cleared.is_empty() {
        turns.push(Turn::beside("repair.site_tidied").with("repair.site_checked", &cleared));
    }
    turns.extend(door(posted));
    Ok(turns)
}

fn sign(case: &Case, posted: &Posted) -> Result<Vec<Turn>, Refusal> {
    let field = |name: &str| posted.fields.get(name);
    let mut signed = Turn::main("repair.customer_signed")
        .note(field("note"))
        .with("repair.signer_relation", field("relation"))
        .with("follow_up.quality", field("quality"))
        .with("follow_up.timeliness", field("timeliness"))
        .with("follow_up.attitude", field("attitude"));
    signed.act.signature = posted.signature()?;
    signed.act.posts = vec!["resident".into()];
    let mut turns = vec![signed];
    if posted.fields.get("copy_left") == "yes" {
        let left = if case.goes_by_paid_slip() { "repair.copy_four_left" } else { "repair.copy_left" };
        turns.push(Turn::beside(left));
    }
    Ok(turns)
}
