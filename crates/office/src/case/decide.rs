//! What may happen to a case, and why not (裁定). Knows natural order and permission; what clauses refuse comes in as `refuses`.

use std::collections::BTreeMap;

use calendar::{Moment, Zone};
use rulebook::{BlockNow, Fact};
use serde::{Deserialize, Serialize};

use super::shows::{act_shows, consequences, follow_up_shows, number_attribute, period_shows};
use super::{Case, CaseKind};
use crate::act::{self, Act, Effect};
use crate::actor::Actor;
use crate::event::{Attachment, Body, Event, FormTouch, LateEntry, RESIDENT, Sealed, Signature, Touch};
use crate::form;
use crate::refusal::Refusal;
use crate::register;

/// A command on a case: one act with what goes with it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ActOnCase {
    /// Act id.
    pub act: String,
    /// Attribute id → value.
    pub attributes: BTreeMap<String, String>,
    /// Free words.
    pub note: String,
    /// Posts of those present beside the writer.
    pub posts: Vec<String>,
    /// The signature given, when the act carries one.
    pub signature: Option<Signature>,
    /// Attachments already stored.
    pub attachments: Vec<Attachment>,
    /// `assignee` (account), `assignee_name`, `linked_case`.
    pub links: BTreeMap<String, String>,
    /// When it happened; none is now.
    pub happened: Option<Moment>,
    /// Why it is entered later.
    pub late_reason: String,
    /// Supervisor who approved a very late entry by own log-in.
    pub approved_by: String,
    /// The version of the case that the person saw; another makes the act refused.
    pub seen_version: Option<i64>,
}

/// What surrounds a decision: moment, person, law, numbers. Everything comes in as a value.
pub struct Latitude<'a> {
    /// Now.
    pub now: Moment,
    /// Zone of the site.
    pub zone: &'a Zone,
    /// Who acts.
    pub actor: &'a Actor,
    /// Posts of rulebooks for which the actor stands as a person.
    pub stands_for: &'a [String],
    /// Seconds an entry may lag before it needs a reason (setting).
    pub late_needs_reason: i64,
    /// Seconds an entry may lag before it needs a supervisor's approval (setting, 24 h by default).
    pub late_needs_approval: i64,
    /// Whether an adopted clause speaks of this fact (an id of the vocabulary), so that it is entered where it goes by itself.
    pub speaks_of: &'a dyn Fn(&str) -> bool,
    /// Seconds after which another reminder is one more (setting of a rulebook).
    pub reminders_apart: i64,
    /// What the adopted clauses refuse of this act, its own attributes counted in.
    pub refuses: &'a dyn Fn(&Fact) -> Vec<BlockNow>,
    /// Word of a vocabulary id (fact, attribute, post, form).
    pub word: &'a dyn Fn(&str) -> String,
    /// Next number of a series in a month: letters, `YYYYMM`.
    pub next_number: &'a mut dyn FnMut(&str, &str) -> i64,
}

/// The events of an act, or a refusal that says why and what next.
pub fn act(latitude: &mut Latitude<'_>, case: &Case, command: &ActOnCase) -> Result<Vec<Event>, Refusal> {
    let Some(act) = act::find(&command.act) else {
        return Err(Refusal::new("不能办理", format!("没有“{}”这个动作", command.act), "请刷新页面后再办。"));
    };
    let what = act.refused();
    permitted(&what, act, case.kind, latitude.actor)?;
    if act.begins(case.kind) {
        return Err(Refusal::new(what, "这件登记已经开始", "另有一件请在登记簿新登记。"));
    }
    if command.seen_version.is_some_and(|seen| seen != case.version) {
        return Err(stale(&what, latitude, case));
    }
    in_order(&what, act, case, latitude)?;
    crate::blank_slip::settled(&what, case, act.id)?;
    crate::warranty::settled(&what, case, act.id)?;
    let command = &crate::charge::totalled(case, command);
    fields_filled(&what, act, command, latitude)?;
    let happened = command.happened.unwrap_or(latitude.now);
    let late = match command.links.get("blank_number").filter(|it| !it.is_empty() && command.late_reason.is_empty()) {
        Some(blank) => {
            let reason = format!("停机时写在备用单 {blank} 上");
            let late = lateness(&what, latitude, happened, &reason, &command.approved_by)?;
            late.or(Some(LateEntry { reason, approved_by: String::new() }))
        }
        None => lateness(&what, latitude, happened, &command.late_reason, &command.approved_by)?,
    };
    not_before_case(&what, case, happened)?;
    let mut event = Event {
        name: act.id.to_owned(),
        happened,
        body: Body {
            attributes: command.attributes.clone(),
            note: command.note.trim().to_owned(),
            posts: command.posts.iter().chain(latitude.stands_for).cloned().collect(),
            attachments: command.attachments.clone(),
            late,
            links: command.links.clone(),
            ..Body::default()
        },
        sealed: None,
    };
    if act.id == "case.handed_to_archive" || act.effect == Effect::Archive {
        event.body.links.entry("archived_number".into()).or_insert_with(|| case.number.clone());
    }
    shows(latitude, case, &mut event);
    crate::charge::settle(&what, case, latitude.actor, &mut event)?;
    crate::stock::sensible(&what, &event)?;
    crate::stock::shows(case, &mut event);
    crate::mail::fits(&what, case, &mut event)?;
    sensible(&what, latitude, case, &event)?;
    allowed_with_its_start(&what, act, latitude, case, &event).map_err(|no| crate::asked::naming(no, case, act.id))?;
    crate::charge::taken_by(&what, latitude.actor, &event)?;
    event.body.signature = signature(&what, act, latitude, command)?;
    super::shows::signed_as(&mut event);
    seal_signature(case, &mut event);
    event.body.form = form_touch(&what, act, latitude, (case, command), happened)?;
    number_attribute(&mut event);
    assignment(&what, act, &event)?;
    let mut events = vec![event];
    let mut brought = consequences(act, case, command, &events[0]);
    brought.extend(crate::asked::brings(case, &events[0], latitude.actor));
    for follows in brought {
        if let Some(own) = act::find(&follows.name).filter(|_| follows.name.ends_with(".replied")) {
            allowed_by_law(&what, own, latitude, Some(case), &follows)?;
        }
        events.push(follows);
    }
    Ok(events)
}

/// What the event says by being done.
fn shows(latitude: &Latitude<'_>, case: &Case, event: &mut Event) {
    super::reminder::shows(case, event, latitude.reminders_apart);
    follow_up_shows(case, event);
    period_shows(case, event);
    act_shows(case, event, latitude.actor);
    crate::fee_notice::shows(case, event, latitude.zone);
    crate::asked::shows(case, event);
}

/// What makes no sense whatever the clauses say: of mass events, contracts, the archive.
fn sensible(what: &str, latitude: &Latitude<'_>, case: &Case, event: &Event) -> Result<(), Refusal> {
    let on = latitude.zone.date(event.happened);
    crate::mass_event::sensible(what, event, latitude.now)?;
    crate::service_contract::sensible(what, Some(case), event, on)?;
    crate::fee::sensible(what, case, event, on)?;
    crate::fee_notice::sensible(what, Some(case), event, on)?;
    crate::internal_rule::sensible(what, case, event, on)?;
    crate::meeting::sensible(what, event, on, latitude.word)?;
    crate::archive::sensible(what, case, event, on)
}

/// Whether an act could be done now by this person, whatever its fields will say; for the buttons of a page. A clause
/// that lacks only what the act's own form asks for does not take the button away; it speaks when the act is entered.
pub fn offer(latitude: &mut Latitude<'_>, case: &Case, act: &Act) -> Result<(), Refusal> {
    let what = act.refused();
    permitted(&what, act, case.kind, latitude.actor)?;
    in_order(&what, act, case, latitude)?;
    let mut blocks = blocks_of(act, latitude, Some(case), &Event::plain(act.id, latitude.now));
    blocks.retain(|block| !form_can_lift(act, block));
    if let Some(begins) = stepped_over(act, case) {
        blocks.extend(blocks_of(begins, latitude, Some(case), &Event::plain(begins.id, latitude.now)));
    }
    lawful(&what, latitude, blocks)
}

/// Whether the clauses let it be done now, and what it steps over.
fn allowed_with_its_start(
    what: &str,
    act: &Act,
    latitude: &Latitude<'_>,
    case: &Case,
    event: &Event,
) -> Result<(), Refusal> {
    allowed_by_law(what, act, latitude, Some(case), event)?;
    match stepped_over(act, case) {
        Some(begins) => allowed_by_law(what, begins, latitude, Some(case), &Event::plain(begins.id, event.happened)),
        None => Ok(()),
    }
}

/// The act that this one steps over. Work that is said to be done without having been begun was begun all the same: what the
/// clauses refuse of its beginning, they refuse of its end. What cannot be repaired at all ends without work.
fn stepped_over(act: &Act, case: &Case) -> Option<&'static Act> {
    let begins = "repair.started";
    let leaps = act.id == "repair.completed" && !case.has_this_round(begins) && !case.cannot_be_repaired();
    leaps.then(|| act::find(begins)).flatten()
}

/// Whether everything that the clause misses is a field of the act's own form.
fn form_can_lift(act: &Act, block: &BlockNow) -> bool {
    let asked = |id: &String| act.fields.iter().any(|field| field.attribute == id);
    let only_fields = !block.missing.is_empty() && block.missing.iter().all(asked);
    only_fields && block.only.is_none() && block.not_before.is_none() && block.not_after.is_none()
}

pub(super) fn permitted(what: &str, act: &Act, kind: CaseKind, actor: &Actor) -> Result<(), Refusal> {
    if !act.fits(kind) {
        let why = format!("{}没有这个动作", kind.title());
        return Err(Refusal::new(what, why, "请从事项页选择可办的动作。"));
    }
    if !act.allowed(&actor.posts) {
        return Err(Refusal::new(what, "您的岗位没有此项权限", "请由有权限的岗位办理，或请管理员调整岗位。"));
    }
    Ok(())
}

fn stale(what: &str, latitude: &Latitude<'_>, case: &Case) -> Refusal {
    let last = case.entries.last();
    let said = last.map(|entry| (latitude.word)(&entry.event.name)).unwrap_or_default();
    let actor = last.map(|entry| entry.actor.clone()).unwrap_or_default();
    Refusal::new(
        what,
        format!("您打开之后，{actor} 已记录“{said}”，页面上的内容已不是最新"),
        "请看过最新情况后再办；您填写的内容还在。",
    )
}

fn in_order(what: &str, act: &Act, case: &Case, latitude: &Latitude<'_>) -> Result<(), Refusal> {
    crate::warranty::in_order(what, case, act.id)?;
    crate::archive::in_order(what, case, act.id)?;
    crate::asked::in_order(what, case, act.id, latitude.actor)?;
    for needed in act.after {
        let there = if is_work(act.id) && is_work(needed) && !is_paper(needed) {
            case.has_this_round(needed) || (*needed == "repair.assigned" && case.assignee.is_some())
        } else {
            case.has(needed)
        };
        if !there {
            let word = (latitude.word)(needed);
            return Err(Refusal::new(what, format!("还没有“{word}”"), format!("请先办“{word}”。")));
        }
    }
    let reopened = case.last("case.reopened").map_or(0, |entry| entry.seq);
    for fact in act.without {
        let since = if is_work(fact) { reopened.max(case.round_from - 1) } else { reopened };
        // A sheet may be issued again once it is void, in whatever round of work.
        if let Effect::Issue(form) = act.effect
            && *fact == act.id
        {
            if case.form(form).is_none() {
                continue;
            }
            let word = (latitude.word)(form);
            return Err(Refusal::new(what, format!("已经有《{word}》了"), "要换一张的，请先把原来的作废。"));
        }
        if case.entries.iter().any(|entry| entry.event.name == *fact && entry.seq > since) {
            let word = (latitude.word)(fact);
            return Err(Refusal::new(what, format!("已经“{word}”"), "不需要再办；有新情况请补记，或请主管重开。"));
        }
    }
    if !act.again && case.has_this_round(act.id) {
        let word = (latitude.word)(act.id);
        return Err(Refusal::new(what, format!("“{word}”已经记过"), "有新情况请补记。"));
    }
    Ok(())
}

/// A step of work, which counts in its round: the office's own, or a developer's.
fn is_work(fact: &str) -> bool {
    fact.starts_with("repair.") || fact.starts_with("defect.")
}

/// A sheet once issued goes through every round of work.
fn is_paper(fact: &str) -> bool {
    act::find(fact).is_some_and(|act| matches!(act.effect, Effect::Issue(_)))
}

pub(super) fn fields_filled(
    what: &str,
    act: &Act,
    command: &ActOnCase,
    latitude: &Latitude<'_>,
) -> Result<(), Refusal> {
    for field in act.fields.iter().filter(|field| field.required) {
        let value = match field.attribute {
            "note" => Some(command.note.as_str()),
            attribute => command.attributes.get(attribute).map(String::as_str),
        };
        if value.is_none_or(|value| value.trim().is_empty()) {
            let word = if field.attribute == "note" { "说明".to_owned() } else { (latitude.word)(field.attribute) };
            return Err(
                Refusal::new(what, format!("“{word}”还没有填"), format!("请填写“{word}”。")).at(field.attribute)
            );
        }
    }
    Ok(())
}

/// A claimed moment may lie in the past with a reason; far in the past with a supervisor's approval; never in the future.
pub(crate) fn lateness(
    what: &str,
    latitude: &Latitude<'_>,
    happened: Moment,
    reason: &str,
    approved_by: &str,
) -> Result<Option<LateEntry>, Refusal> {
    let behind = latitude.now.seconds_since(happened);
    if happened > latitude.now.plus_seconds(60) {
        return Err(Refusal::new(what, "发生时间晚于现在", "请改成实际发生的时间。").at("happened"));
    }
    if behind <= latitude.late_needs_reason {
        return Ok(None);
    }
    if reason.trim().is_empty() {
        return Err(Refusal::new(what, "发生时间早于录入时间，属于补录", "请填写补录原因。").at("late_reason"));
    }
    if behind > latitude.late_needs_approval && approved_by.is_empty() {
        let hours = latitude.late_needs_approval / 3600;
        let why = format!("补录超过 {hours} 小时，须由主管批准");
        return Err(Refusal::new(what, why, "请主管用自己的账号在本页批准。").at("approved_by"));
    }
    Ok(Some(LateEntry { reason: reason.trim().to_owned(), approved_by: approved_by.to_owned() }))
}

fn not_before_case(what: &str, case: &Case, happened: Moment) -> Result<(), Refusal> {
    if happened < case.opened {
        return Err(Refusal::new(what, "发生时间早于来人第一次反映的时间", "请核对日期和时间。").at("happened"));
    }
    Ok(())
}

pub(super) fn allowed_by_law(
    what: &str,
    act: &Act,
    latitude: &Latitude<'_>,
    case: Option<&Case>,
    event: &Event,
) -> Result<(), Refusal> {
    lawful(what, latitude, blocks_of(act, latitude, case, event))
}

/// The acts that are area staff's, each in their own area.
const IN_OWN_AREA: &[&str] = &["complaint.area_signed"];

/// Whether the case lies outside the area of whoever acts: there they are no area staff, whatever their post.
fn out_of_area(act: &Act, actor: &Actor, case: &Case) -> bool {
    let place = case.attributes.get("case.area").map_or("", |area| area.trim());
    IN_OWN_AREA.contains(&act.id) && !place.is_empty() && !actor.area.is_empty() && actor.area.trim() != place
}

fn blocks_of(act: &Act, latitude: &Latitude<'_>, case: Option<&Case>, event: &Event) -> Vec<BlockNow> {
    let mut attributes = event.body.attributes.clone();
    if let Effect::Issue(id) | Effect::Fill(id) = act.effect
        && let Some(number) = form::find(id).map(|form| &form.number_attribute).filter(|it| !it.is_empty())
    {
        // The form gets its number by being issued; what asks for one is answered.
        attributes.entry(number.clone()).or_insert_with(|| "…".to_owned());
    }
    let by = match case.is_some_and(|case| out_of_area(act, latitude.actor, case)) {
        true => vec!["employee".to_owned()],
        false => std::iter::once(latitude.actor.post_for(act.posts))
            .chain(event.body.posts.iter().chain(latitude.stands_for).cloned())
            .collect(),
    };
    let fact = Fact {
        seq: i64::MAX,
        name: act.id.to_owned(),
        at: event.happened,
        entered: latitude.now,
        by,
        person: latitude.actor.account.clone(),
        attributes,
    };
    (latitude.refuses)(&event.of_whom_it_names(fact))
}

fn lawful(what: &str, latitude: &Latitude<'_>, blocks: Vec<BlockNow>) -> Result<(), Refusal> {
    Refusal::by_law(what, blocks, latitude.word, latitude.zone).map_or(Ok(()), Err)
}

/// The acts that are the customer's signature: nothing without one.
const NEEDS_SIGNATURE: [&str; 2] = ["repair.customer_signed", "defect.recheck_passed"];

fn signature(
    what: &str,
    act: &Act,
    latitude: &Latitude<'_>,
    command: &ActOnCase,
) -> Result<Option<Signature>, Refusal> {
    match act.effect {
        Effect::SignStaff => Ok(Some(Signature {
            name: latitude.actor.name.clone(),
            post: latitude.actor.post_for(act.posts),
            way: crate::event::SignatureWay::Login,
            path: String::new(),
        })),
        Effect::SignCustomer if NEEDS_SIGNATURE.contains(&act.id) && command.signature.is_none() => {
            Err(Refusal::new(what, "还没有客户签名", "请客户在屏幕上签名，或选择纸上已签。").at("signature"))
        }
        _ => Ok(command.signature.clone()),
    }
}

/// A customer's name and strokes are personal: they go under the key of whoever the case came from.
fn seal_signature(case: &Case, event: &mut Event) {
    let Some(signature) = event.body.signature.as_mut().filter(|it| it.post == RESIDENT) else { return };
    let name = ("signature_name".to_owned(), std::mem::take(&mut signature.name));
    let path = ("signature_path".to_owned(), std::mem::take(&mut signature.path));
    let fields: BTreeMap<String, String> = [name, path].into_iter().filter(|(_, value)| !value.is_empty()).collect();
    event.sealed = (!fields.is_empty()).then(|| Sealed { person: case.caller_key(), fields });
}

fn form_touch(
    what: &str,
    act: &Act,
    latitude: &mut Latitude<'_>,
    (case, command): (&Case, &ActOnCase),
    happened: Moment,
) -> Result<Option<FormTouch>, Refusal> {
    let blank = command.links.get("blank_number").map(|it| it.trim()).filter(|it| !it.is_empty());
    let mut new = |id: &str| match blank {
        Some(number) => issued(id, number.to_owned()),
        None => issue(latitude, id, happened),
    };
    match act.effect {
        Effect::Issue(id) => Ok(Some(new(id))),
        // What begins a record of one register and is a step of another's makes out the same form.
        Effect::Open => Ok(register::form_of(act.id).map(&mut new)),
        Effect::Fill(id) if case.form(id).is_some() => Ok(None),
        Effect::Fill(id) => Ok(Some(new(id))),
        Effect::Move(id, copies, holder) => {
            let id = if id == "repair_slip" && case.form(id).is_none() { "patrol_sheet" } else { id };
            let Some(form) = case.form(id) else {
                let word = (latitude.word)(id);
                return Err(Refusal::new(what, format!("本事项还没有《{word}》"), format!("请先签发《{word}》。")));
            };
            let copies: Vec<u8> = copies.iter().copied().filter(|n| form.copies.contains_key(n)).collect();
            let touch = Touch::Moved(copies, holder.to_owned());
            Ok(Some(FormTouch { form: form.form.clone(), number: form.number.clone(), touch }))
        }
        Effect::Void(id) => Ok(case.form(id).map(|form| FormTouch {
            form: form.form.clone(),
            number: form.number.clone(),
            touch: Touch::Voided,
        })),
        _ => Ok(None),
    }
}

/// A new form with the next number of its series and its copies in the hands that hold them first.
fn issue(latitude: &mut Latitude<'_>, id: &str, happened: Moment) -> FormTouch {
    let month = latitude.zone.date(happened).strftime("%Y%m").to_string();
    let letters = form::find(id).map_or("DJ", |form| form.letters.as_str());
    let number = format!("{letters}-{month}-{:04}", (latitude.next_number)(letters, &month));
    issued(id, number)
}

/// A form issued under this number.
pub(super) fn issued(id: &str, number: String) -> FormTouch {
    let copies = form::find(id)
        .map(|form| form.copies.iter().map(|copy| (copy.n, copy.first_holder.clone())).collect())
        .unwrap_or_default();
    FormTouch { form: id.to_owned(), number, touch: Touch::Issued(copies) }
}

fn assignment(what: &str, act: &Act, event: &Event) -> Result<(), Refusal> {
    if act.effect == Effect::Assign && event.body.links.get("assignee").is_none_or(String::is_empty) {
        return Err(Refusal::new(what, "还没有选维修员", "请选择接单的维修员。").at("assignee"));
    }
    Ok(())
}
