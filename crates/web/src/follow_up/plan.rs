//! What a step of a follow-up does (一步几事): taking the form, signing for it, the talk, signing and returning it in one,
//! where a rulebook wants the form.

use journal::reads::{CasePage, FollowUpStage};
use office::Refusal;
use office::case::Case;
use office::event::{Signature, SignatureWay};

use crate::composed::Turn;
use crate::jobs::posted::signature;
use crate::language::t;
use crate::page::Filled;

/// Where the follow-up of a case stands.
pub fn stage(case: &Case) -> FollowUpStage {
    case.entries.iter().fold(FollowUpStage::ToAsk, |stage, entry| match entry.event.name.as_str() {
        "follow_up.satisfied" => FollowUpStage::ToReview,
        "follow_up.dissatisfied" => FollowUpStage::Rework,
        "follow_up.reviewed" if stage == FollowUpStage::ToReview => FollowUpStage::Reviewed,
        "follow_up.rework_done" | "case.reopened" | "repair.completed" => FollowUpStage::ToAsk,
        _ => stage,
    })
}

/// A form is out and has not come back.
fn form_is_out(case: &Case) -> bool {
    seq(case, "follow_up.form_issued") > seq(case, "follow_up.form_returned")
}

fn seq(case: &Case, name: &str) -> i64 {
    case.last(name).map_or(0, |entry| entry.seq)
}

/// Whether a rulebook of the site wants a numbered form: it refuses to take back what was not issued or signed.
fn wants_form(page: &CasePage) -> bool {
    form_is_out(&page.case) || page.derived.blocks.iter().any(|block| block.act == "follow_up.form_returned")
}

/// Words of what goes with a talk.
pub fn beside_words(page: &CasePage) -> Vec<&'static str> {
    let mut words = Vec::new();
    if must_notify(&page.case) {
        words.push(t("通知回访人员"));
    }
    if wants_form(page) {
        words.extend([t("领取并签收回访表"), t("签名"), t("交回")]);
    }
    words
}

fn must_notify(case: &Case) -> bool {
    seq(case, "follow_up.planned") > seq(case, "follow_up.notified").max(seq(case, "follow_up.done"))
}

/// The acts of a step; none when there is no such step. `planned` is the moment of field `planned_at`.
pub fn plan(page: &CasePage, step: &str, form: &Filled, at: Option<String>) -> Result<Option<Vec<Turn>>, Refusal> {
    let note = form.get("note");
    Ok(Some(match step {
        "done" => talk(page, form)?,
        "attempt" => {
            vec![Turn::main("follow_up.attempted").note(note).with("follow_up.method", form.get("method"))]
        }
        "plan" => {
            let Some(at) = at else {
                let refusal = Refusal::new("没有安排", "回访时间没有填对", "请选日期和时间。").at("planned_at");
                return Err(refusal);
            };
            let planned = Turn::main("follow_up.planned").note(note).with("follow_up.planned_at", &at);
            vec![planned.with("follow_up.visitor", form.get("visitor"))]
        }
        "unreachable" => vec![Turn::main("follow_up.unreachable").note(note)],
        "reassign" => {
            vec![Turn::main("follow_up.reassigned").note(note).with("follow_up.visitor", form.get("visitor"))]
        }
        "rectify" => {
            let assigned = Turn::main("follow_up.rectification_assigned").note(note);
            vec![assigned.with("case.person", form.get("person")).with("problem.limit", form.get("limit"))]
        }
        "raise" => vec![raised(form, at)?],
        "study" => vec![
            Turn::main("follow_up.issue_studied")
                .note(note)
                .with("follow_up.suggestion_taken", if form.get("taken") == "yes" { "yes" } else { "no" }),
        ],
        "answer" => vec![Turn::main("follow_up.issue_answered").note(note)],
        "settle" => vec![Turn::main("follow_up.issue_settled").note(note)],
        "read" => vec![Turn::main("follow_up.sheet_read").note(note)],
        "contact" => vec![Turn::main("case.contacted").note(note)],
        "rework" => vec![Turn::main("follow_up.rework_done").note(note)],
        "review" => review(form),
        _ => return Ok(None),
    }))
}

/// What a resident brings up: answered on the spot, or with a time agreed, or neither yet.
fn raised(form: &Filled, at: Option<String>) -> Result<Turn, Refusal> {
    let raised = Turn::main("follow_up.issue_raised")
        .note(form.get("note"))
        .with("follow_up.issue_shared", if form.get("shared") == "yes" { "yes" } else { "no" });
    if form.get("answered") == "yes" {
        return Ok(raised.with("follow_up.answered_on_spot", "yes"));
    }
    let raised = raised.with("follow_up.answered_on_spot", "no");
    match (at, form.get("answer_by")) {
        (Some(at), _) => Ok(raised.with("follow_up.answer_by", &at)),
        (None, "") => Ok(raised),
        (None, _) => Err(Refusal::new("没有记下", "约定答复的时间没有填对", "请选日期和时间。").at("answer_by")),
    }
}

/// Whether a rulebook of the site refuses the review of a talk in which this was not asked.
pub fn asked(page: &CasePage, name: &str) -> bool {
    let id = format!("follow_up.{name}");
    page.derived.blocks.iter().any(|block| block.act == "follow_up.reviewed" && block.missing.contains(&id))
}

fn talk(page: &CasePage, form: &Filled) -> Result<Vec<Turn>, Refusal> {
    let case = &page.case;
    for (name, label, _) in super::form::QUESTIONS {
        if asked(page, name) && form.get(name).trim().is_empty() {
            let why = t!("还没有问：{}", t(label));
            let refusal = Refusal::new("没有记下", why, "请问了再记；业户说没有的，写“无”。");
            return Err(refusal.at(name));
        }
    }
    let mut turns = Vec::new();
    if must_notify(case) {
        turns.push(Turn::main("follow_up.notified"));
    }
    let wants = wants_form(page);
    if wants && !form_is_out(case) {
        turns.push(Turn::main("follow_up.form_issued"));
    }
    if wants && seq(case, "follow_up.form_signed_for") <= issued_before(case) {
        turns.push(Turn::main("follow_up.form_signed_for"));
    }
    let mut done = Turn::main("follow_up.done");
    for name in ["method", "satisfaction", "quality", "effect", "shortcomings", "suggestions", "summary"] {
        done = done.with(&format!("follow_up.{name}"), form.get(name));
    }
    done = done.with("desk.attitude", form.get("desk.attitude"));
    for id in further(page) {
        done = done.with(id, form.get(id));
    }
    done.act.posts = form.all("with");
    let drawn = signature(form)?;
    done.act.signature = drawn.clone().or_else(|| by_phone(form));
    turns.push(done);
    if let Some(signed) = drawn {
        let mut turn = Turn::main("case.customer_signed");
        turn.act.signature = Some(signed);
        turn.act.posts = vec!["resident".into()];
        turns.push(turn);
    }
    if wants {
        turns.push(Turn::main("follow_up.performer_signed"));
        turns.push(Turn::main("follow_up.form_returned"));
    }
    Ok(turns)
}

/// The place of the form that is out; when none is, every earlier signing was for another form.
fn issued_before(case: &Case) -> i64 {
    if form_is_out(case) { seq(case, "follow_up.form_issued") } else { i64::MAX }
}

/// By phone, the name stands for the signature.
fn by_phone(form: &Filled) -> Option<Signature> {
    let name = form.get("signer");
    (form.get("method") == "phone").then(|| Signature {
        name: if name.is_empty() { "业主".to_owned() } else { name.to_owned() },
        post: "resident".into(),
        way: SignatureWay::Phone,
        path: String::new(),
    })
}

/// What a talk is asked beside: shown where the office's rulebooks speak of it.
const FURTHER: [&str; 13] = [
    "follow_up.suggestion_taken",
    "follow_up.timeliness",
    "follow_up.attitude",
    "follow_up.paid_said",
    "follow_up.complains",
    "follow_up.effect_found",
    "follow_up.prevention_ideas",
    "follow_up.service_suggestions",
    "follow_up.score",
    "customer.judgement",
    "service.recipients",
    "follow_up.not_solvable_now",
    "case.reason",
];

/// What this talk is asked beside the questions of every talk.
pub fn further(page: &CasePage) -> impl Iterator<Item = &'static str> {
    let many = page.case.attributes.contains_key("service.recipients");
    FURTHER.into_iter().filter(move |id| *id != "service.recipients" || many)
}

/// A form that does not conform is found so and goes to the manager in the same step.
fn review(form: &Filled) -> Vec<Turn> {
    let (comment, conforming) = (form.get("comment"), form.get("conforming"));
    let reviewed = Turn::main("follow_up.reviewed")
        .with("follow_up.review_comment", comment)
        .with("follow_up.conforming", if conforming == "no" { "no" } else { "yes" });
    let mut turns = vec![reviewed];
    if conforming == "no" {
        turns.push(Turn::main("follow_up.found_nonconforming").note(comment));
        turns.push(Turn::main("follow_up.reported_manager").note(comment));
    }
    turns
}
