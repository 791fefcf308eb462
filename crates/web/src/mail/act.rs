//! Steps of items (办理邮件): each is one or several acts of the catalogue at one stroke.

use axum::extract::Path;
use axum::response::Response;
use journal::house::Stroke;
use journal::reads::{CasePage, MailRow};
use office::Refusal;
use office::case::{ActOnCase, Caller, CaseKind, Place, Register};
use office::event::Signature;

use super::{day, item, words};
use crate::entry::see;
use crate::language::zh;
use crate::page::{Filled, wrong};
use crate::security::Fault;
use crate::state::Here;

/// A step: its word, its acts, what it is called.
pub const STEPS: &[(&str, &[&str], &str)] = &[
    ("duty", &["mail.duty_signed"], zh("核对代签，存放待交")),
    ("out", &["mail.taken_out"], zh("出门派送")),
    ("signed", &["mail.signed_for"], zh("签收，记为送达")),
    ("attempted", &["mail.attempted"], zh("投递未遇，带回保管")),
    ("held", &["mail.held"], zh("留存待领，出取件码")),
    ("lost", &["mail.lost"], zh("登记遗失和投诉")),
];

/// Whether an item in hand is to be sorted: ordinary, here, its addressee known.
pub fn to_sort(row: &MailRow) -> bool {
    row.sorted.is_empty() && !row.is_express() && row.stage == "received" && (row.duty.is_empty() || row.handed)
}

/// `POST /mail/sort`: everything that is to be sorted goes to its building and room, onto the sheet and into its round.
pub async fn sort(here: Here, filled: Filled) -> Result<Response, Fault> {
    let today = words::asked_day(&here, "");
    let told = words::read_day(&here, today).await?;
    let mut strokes = Vec::new();
    for row in told.open.iter().filter(|row| to_sort(row)) {
        let group = row.place.replacen('-', "/", 1);
        let group = if group.is_empty() { words::to(row).to_owned() } else { group };
        let nth = told.due.iter().position(|due| row.due.is_some_and(|own| own <= *due)).unwrap_or(0).min(1);
        let day = row.due.map_or(today, |due| here.house().laws().zone.date(due)).to_string();
        let round = [("mail_round.day", day.as_str()), ("mail_round.slot", words::SLOTS[nth].0)];
        strokes.push(Stroke::act(&row.case, "mail.sorted", &[("mail.sort_group", &group)]));
        strokes.push(Stroke::act(&row.case, "mail.sheet_entered", &[("mail.recipient", words::to(row))]));
        strokes.push(Stroke::act(&row.case, "mail.joined_round", &round));
    }
    let sent = here.sent_for(filled.command(), "mail.sorted")?;
    let done = here.house().strokes(sent, here.actor.clone(), strokes).await;
    match done.map_err(|fault| Fault::new("分拣", fault))? {
        Ok(_) => Ok(see("/mail")),
        Err(no) => day::again(&here, &Filled::default(), &super::scan::Pending::default(), Some(&no)).await,
    }
}

/// `POST /mail/items/{id}/{step}`.
pub async fn enter(here: Here, Path((id, step)): Path<(String, String)>, filled: Filled) -> Result<Response, Fault> {
    let Some(page) = item::item(&here, &id).await? else { return Ok(wrong::not_found()) };
    let Some((_, acts, title)) = STEPS.iter().find(|it| it.0 == step) else { return Ok(wrong::not_found()) };
    let strokes = match strokes(&here, &page, &step, &filled, title) {
        Ok(strokes) => strokes,
        Err(no) => return Ok(crate::components::refused(item::render(&here, &page, Some((&no, &filled))).await?, &no)),
    };
    let sent = here.sent_for(filled.command(), acts.first().copied().unwrap_or_default())?;
    let done = here.house().strokes(sent, here.actor.clone(), strokes).await;
    match done.map_err(|fault| Fault::new("办理邮件", fault))? {
        Ok(_) if ["signed", "lost"].contains(&step.as_str()) => Ok(see("/mail")),
        Ok(_) => Ok(see(&format!("/mail/items/{}", page.case.id))),
        Err(no) => Ok(crate::components::refused(item::render(&here, &page, Some((&no, &filled))).await?, &no)),
    }
}

/// The acts by which an item is delivered: the recipient's signature, the delivery, and what the weekend's log wants noted.
pub fn delivered(case: &str, signer: &str, signs_as: &str, signature: Option<Signature>, weekend: bool) -> Vec<Stroke> {
    let shown = office::mail::veiled(signer);
    let by = [("mail.signer", shown.as_str()), ("mail.signs_as", signs_as)];
    let mut signed = Stroke::act(case, office::mail::SIGNED, &by);
    if let Stroke::Act(_, act) = &mut signed {
        act.signature = signature;
    }
    let mut strokes = vec![signed, Stroke::act(case, "mail.delivered", &[("mail.signer", &shown)])];
    if weekend {
        strokes.push(Stroke::act(case, "mail.delivery_noted", &[("mail.outcome", "delivered")]));
    }
    strokes
}

fn strokes(here: &Here, page: &CasePage, step: &str, filled: &Filled, title: &str) -> Result<Vec<Stroke>, Refusal> {
    let case = &page.case;
    let id = case.id.as_str();
    let said = |attribute: &str| case.attributes.get(attribute).map_or("", String::as_str);
    let what = format!("不能{title}");
    Ok(match step {
        "duty" => {
            let mut strokes = vec![Stroke::act(id, "mail.duty_signed", &[("mail.duty_signer", &here.actor.name)])];
            if !case.has("mail.logged") {
                let line = [("mail.recipient", said("mail.recipient")), ("mail.receiver", here.actor.name.as_str())];
                strokes.push(Stroke::act(id, "mail.logged", &line));
            }
            strokes.push(Stroke::act(id, "mail.stored", &[("mail.storage", filled.get("storage"))]));
            strokes
        }
        "out" => vec![Stroke::act(id, "mail.taken_out", &[])],
        "signed" => {
            let signature = crate::cases::sign::read(filled, &what)?;
            let signer = filled.get("signer");
            if signer.is_empty() || signature.is_none() {
                let next = "请收件人核对后签名，并写下签收人姓名；没有签收的不算送到。";
                return Err(Refusal::new(what, "还没有收件人的签收", next).at("signer"));
            }
            let weekend = case.has("mail.duty_signed") && !case.has("mail.handed_over");
            delivered(id, signer, filled.get("signs_as"), signature, weekend)
        }
        "attempted" => vec![Stroke::act(id, "mail.attempted", &[("case.reason", filled.get("reason"))])],
        "held" => {
            let kept = [("mail.storage", filled.get("storage")), ("mail.remind_on", filled.get("remind"))];
            vec![Stroke::act(id, "mail.held", &kept)]
        }
        _ => {
            let why = filled.get("reason").to_owned();
            let mut lost = Stroke::act(id, "mail.lost", &[]);
            if let Stroke::Act(_, act) = &mut lost {
                act.note.clone_from(&why);
            }
            vec![lost, Stroke::Register(Box::new(complaint(here, page, &why)))]
        }
    })
}

/// The complaint about an item that is lost: heard by the mailroom, completed by the desk.
fn complaint(here: &Here, page: &CasePage, why: &str) -> Register {
    let case = &page.case;
    let item = case.attributes.get("mail.number").map_or("", String::as_str);
    Register {
        case: format!("{}-c", case.id),
        kind: CaseKind::Complaint,
        contact: None,
        channel: "met".into(),
        station: String::new(),
        first_contact: here.now,
        opened_form: here.now,
        told_desk: None,
        place: Place { household: case.household.clone(), words: case.place.clone() },
        caller: Caller::default(),
        words: format!("邮件 {} {item} 遗失：{why}", case.number),
        attributes: std::collections::BTreeMap::new(),
        read_back: false,
        notify: false,
        attachments: Vec::new(),
        late_reason: String::new(),
        approved_by: String::new(),
        linked_case: Some(case.id.clone()),
        blank_number: String::new(),
    }
}

/// An act with its words.
pub fn noted(case: &str, act: &str, attributes: &[(&str, &str)], note: &str) -> Stroke {
    let attributes = attributes.iter().filter(|(_, value)| !value.is_empty());
    let attributes = attributes.map(|(id, value)| ((*id).to_owned(), (*value).to_owned())).collect();
    Stroke::Act(
        case.to_owned(),
        ActOnCase { act: act.to_owned(), attributes, note: note.to_owned(), ..ActOnCase::default() },
    )
}
