//! One act on a case (办理): the form that the catalogue describes, and its entry. Refused, it stays as it was filled.

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::{Path, Query};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use calendar::{Moment, Zone};
use journal::Laws;
use journal::reads::{CasePage, SupplierRow};
use maud::{Markup, html};
use office::Refusal;
use office::act::{self, Act, Effect};
use office::case::{AT_THE_SCENE, ActOnCase, Case, CaseKind};
use office::event::Attachment;
use office::site::Account;
use rulebook::model::Sort;

use super::show::read;
use super::{field, help, late, sign};
use crate::components::field::{Chip, Control, Field, chips, command, photo_input};
use crate::components::{Timing, panel, refusal, refused};
use crate::foundation::local;
use crate::language::{said, t};
use crate::page::{Crumb, Filled, Fragment, Frame, Page, Place, Posted, wrong};
use crate::security::Fault;
use crate::state::Here;

/// The act that shows who can be given work: whoever may take it on.
const TAKES_WORK: &str = "repair.taken_on";

/// The field for who was there beside the writer.
const PRESENT: &str = "present";

/// What the form shows beside the case.
struct Asked<'a> {
    act: &'static Act,
    filled: &'a Filled,
    kept: &'a [Attachment],
    wrong: BTreeMap<String, String>,
    refusal: Option<Refusal>,
    workers: Vec<Account>,
    /// Names that fields ask for.
    names: Names,
    /// Posts of those who may have been there, when the act asks for it.
    present: Vec<String>,
}

/// `GET /cases/{id}/acts/{act}?case.department=…`: what the address says is filled in.
pub async fn show(
    here: Here,
    Path((id, name)): Path<(String, String)>,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let (Some(act), Some(page)) = (act::find(&name), read(&here, &id, false).await?) else {
        return Ok(wrong::not_found());
    };
    if act.id == office::charge::ENTERED && query.is_empty() {
        return Ok(crate::entry::see(&format!("/cases/{}/quote", page.case.id)));
    }
    if ["repair.materials_drawn", "repair.materials_returned"].contains(&act.id) {
        return Ok(crate::entry::see(&format!("/cases/{}/materials", page.case.id)));
    }
    let refusal = page.offers.iter().find(|offer| offer.act == act.id).and_then(|offer| offer.refused.clone());
    let filled = match act.id {
        act::REPLY_LETTER => letter(&here, &page).await?,
        "statistics_report.written" => crate::reports::begun(&here, &page).await?,
        office::meeting::MINUTED => crate::documents::minutes_begun(&here, &page).await?,
        _ => {
            let mut known = query;
            known.extend(crate::duty::handover::begins_with(&here, act.id).await?);
            begun(&page.case, act, known, &here.house().laws().zone)
        }
    };
    let (workers, present, names) =
        (workers(&here, act).await?, present(&here, act).await?, names_asked(&here, act).await?);
    let asked = Asked { act, filled: &filled, kept: &[], wrong: BTreeMap::new(), refusal, workers, names, present };
    Ok(form(&here, &page, &asked).await?.into_response())
}

/// `POST /cases/{id}/acts/{act}`.
pub async fn enter(here: Here, Path((id, name)): Path<(String, String)>, posted: Posted) -> Result<Response, Fault> {
    let (Some(act), Some(page)) = (act::find(&name), read(&here, &id, false).await?) else {
        return Ok(wrong::not_found());
    };
    let (kept, unfit) = posted.attachments(&here).await?;
    let filled = &posted.filled;
    let (workers, present) = (workers(&here, act).await?, present(&here, act).await?);
    let (ready, wrong) = match unfit {
        Some(refusal) => (Err(refusal), BTreeMap::new()),
        None => read_act(&here, act, filled, &kept, (&workers, &present)).await?,
    };
    let refusal = match ready {
        Err(refusal) => refusal,
        Ok(command) => {
            let sent = here.sent_for(filled.command(), act.id)?;
            let done = here.house().act_on_case(sent, here.actor.clone(), page.case.id.clone(), command).await;
            match done.map_err(|fault| Fault::new("办理事项", fault))? {
                Ok(_) => {
                    let to = match filled.get("back") {
                        "" => format!("/cases/{}", page.case.id),
                        back => local(back).to_owned(),
                    };
                    return Ok((StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response());
                }
                Err(refusal) => refusal,
            }
        }
    };
    let names = names_asked(&here, act).await?;
    let asked = Asked { act, filled, kept: &kept, wrong, refusal: Some(refusal.clone()), workers, names, present };
    Ok(refused(form(&here, &page, &asked).await?, &refusal))
}

/// What a form begins with: what the address says, else, on a sheet of a record that is written on, what stands there.
fn begun(case: &Case, act: &Act, query: Vec<(String, String)>, zone: &Zone) -> Filled {
    let mut filled = Filled(query);
    if let Some(attribute) = office::charge::carries_total(case, act.id).filter(|it| filled.get(it).is_empty()) {
        let total = office::charge::total(&office::charge::lines(case));
        filled.0.push((attribute.to_owned(), office::money::short(total)));
    }
    // Who shall take the shift instead, as was asked for.
    if let Some(asked) = case.attributes.get("case.person").filter(|_| act.id == "duty.swap_approved") {
        filled.0.push(("duty.person".to_owned(), asked.clone()));
    }
    // The time that was proposed, for whoever hears that it suits.
    let proposed = case.last("repair.move_proposed").filter(|_| act.id == "repair.move_agreed");
    let proposed = proposed.and_then(|it| it.event.body.attributes.get("repair.moved_to")?.parse().ok());
    if let Some(to) = proposed.filter(|_| filled.get("repair.moved_to").is_empty()) {
        filled.0.push(("repair.moved_to".to_owned(), field::typed_moment(zone, Moment(to))));
    }
    // A draft is changed from what stands there.
    let draft = case.attributes.get(office::internal_rule::TEXT).filter(|_| act.id == "internal_rule.revised");
    if let Some(text) = draft.filter(|_| filled.get(office::internal_rule::TEXT).is_empty()) {
        filled.0.push((office::internal_rule::TEXT.to_owned(), text.clone()));
    }
    // A sum that somebody wrote on the slip without lines.
    let entered = office::charge::carried(act.id).filter(|it| filled.get(it).is_empty());
    let entered = entered.and_then(|it| Some((it, case.attributes.get(it)?.parse::<i64>().ok()?)));
    if let Some((attribute, fen)) = entered {
        filled.0.push((attribute.to_owned(), office::money::short(fen)));
    }
    if !case.kind.is_record() || !matches!(act.effect, Effect::Fill(_)) {
        return filled;
    }
    for field in act.fields.iter().filter(|field| field.attribute != "note") {
        let stands = match field.attribute {
            "complaint_report.text" => Some(office::report::draft(case)),
            attribute => case.attributes.get(attribute).cloned(),
        };
        if let Some(value) = stands.filter(|value| !value.is_empty() && filled.get(field.attribute).is_empty()) {
            filled.0.push((field.attribute.to_owned(), value));
        }
    }
    filled
}

/// The command as filled in; values that cannot be read are told each at its field.
pub async fn read_act(
    here: &Here,
    act: &Act,
    filled: &Filled,
    kept: &[Attachment],
    (workers, present): (&[Account], &[String]),
) -> Result<(Result<ActOnCase, Refusal>, BTreeMap<String, String>), Fault> {
    let what = act.refused();
    let laws = here.house().laws();
    let mut wrong = BTreeMap::new();
    let mut attributes = BTreeMap::new();
    for asked in act.fields.iter().filter(|asked| !["note", PRESENT].contains(&asked.attribute)) {
        match field::read(laws, asked.attribute, filled.get(asked.attribute)) {
            Ok(Some(value)) => drop(attributes.insert(asked.attribute.to_owned(), value)),
            Ok(None) => {}
            Err(why) => drop(wrong.insert(asked.attribute.to_owned(), why)),
        }
    }
    if let Some((id, why)) = wrong.iter().next() {
        let refusal = Refusal::new(what, format!("“{}”读不懂", laws.word(id)), why.clone()).at(id);
        return Ok((Err(refusal), wrong));
    }
    let (happened, approved_by) = match late::read(here, filled, &what).await? {
        Ok(read) => read,
        Err(refusal) => return Ok((Err(refusal), wrong)),
    };
    let signature = match act.effect {
        Effect::SignCustomer => match sign::read(filled, &what) {
            Ok(signature) => signature,
            Err(refusal) => return Ok((Err(refusal), wrong)),
        },
        _ => None,
    };
    let mut links = BTreeMap::new();
    if let Some(worker) = workers.iter().find(|account| account.id == filled.get("assignee")) {
        links.insert("assignee".to_owned(), worker.id.clone());
        links.insert("assignee_name".to_owned(), worker.name.clone());
    }
    if issues(act) && !filled.get("blank_number").is_empty() {
        links.insert("blank_number".to_owned(), filled.get("blank_number").to_uppercase());
    }
    let command = ActOnCase {
        act: act.id.to_owned(),
        attributes,
        note: filled.get("note").to_owned(),
        posts: filled.all(PRESENT).into_iter().filter(|post| present.contains(post)).collect(),
        signature,
        attachments: kept.to_vec(),
        links,
        happened,
        late_reason: filled.get("late_reason").to_owned(),
        approved_by,
        seen_version: filled.get("seen_version").parse().ok(),
    };
    Ok((Ok(command), wrong))
}

/// Whether an act issues a form, which may stand on a blank slip already.
fn issues(act: &Act) -> bool {
    matches!(act.effect, Effect::Issue(_) | Effect::Fill(_))
}

/// What a letter begins with: its subject and the site's own words for one.
async fn letter(here: &Here, page: &CasePage) -> Result<Filled, Fault> {
    let said = |id: &str| page.case.attributes.get(id).cloned().filter(|it| !it.is_empty());
    let template = crate::desk::phrases::Phrases::of(here).await?.say("letter");
    Ok(Filled(vec![
        ("reply.subject".to_owned(), said("reply.subject").unwrap_or_else(|| page.case.title.clone())),
        ("reply.text".to_owned(), said("reply.text").unwrap_or(template)),
        ("reply.addressee".to_owned(), said("reply.addressee").unwrap_or_default()),
    ]))
}

/// Who may be given the work, when the act gives it.
async fn workers(here: &Here, act: &Act) -> Result<Vec<Account>, Fault> {
    if act.effect != Effect::Assign {
        return Ok(Vec::new());
    }
    let staff = here.house().staff(here.site).await.map_err(|fault| Fault::new("读取员工", fault))?;
    let fits = |account: &Account| account.active && act::find(TAKES_WORK).is_some_and(|it| it.allowed(&account.posts));
    Ok(staff.into_iter().filter(fits).collect())
}

/// Names that fields of an act ask for: of who works here, of suppliers.
#[derive(Default)]
pub struct Names {
    staff: Vec<String>,
    suppliers: Vec<SupplierRow>,
}

/// The names that the fields of the act ask for.
pub async fn names_asked(here: &Here, act: &Act) -> Result<Names, Fault> {
    let laws = here.house().laws();
    let mut names = Names::default();
    if act.fields.iter().any(|one| field::is_person(laws, one.attribute)) {
        let staff = here.house().staff(here.site).await.map_err(|fault| Fault::new("读取员工", fault))?;
        let works = |it: &Account| it.active && it.posts.iter().any(|post| post != office::site::ADMINISTRATOR);
        let due = AT_THE_SCENE.iter().filter(|_| act.id.starts_with("incident.")).map(|it| (*it).to_owned());
        names.staff = due.chain(staff.into_iter().filter(works).map(|it| it.name)).collect();
    }
    if act.fields.iter().any(|one| one.attribute == office::supplier::NUMBER) {
        let today = laws.zone.date(here.now);
        let suppliers = here.house().suppliers(here.site, today).await;
        names.suppliers = suppliers.map_err(|fault| Fault::new("读取供方", fault))?;
    }
    Ok(names)
}

/// The posts that people of the office hold, when the act asks who was there.
async fn present(here: &Here, act: &Act) -> Result<Vec<String>, Fault> {
    if !act.fields.iter().any(|field| field.attribute == PRESENT) {
        return Ok(Vec::new());
    }
    let staff = here.house().staff(here.site).await.map_err(|fault| Fault::new("读取员工", fault))?;
    let held: BTreeSet<String> = staff.into_iter().filter(|it| it.active).flat_map(|it| it.posts).collect();
    Ok(held.into_iter().filter(|post| post != office::site::ADMINISTRATOR).collect())
}

async fn form(here: &Here, page: &CasePage, asked: &Asked<'_>) -> Result<Fragment, Fault> {
    let act = asked.act;
    let case = &page.case;
    let path = format!("/cases/{}/acts/{}", case.id, act.id);
    let fresh = here.sent(None)?;
    let offer = page.offers.iter().find(|offer| offer.act == act.id);
    let laws = here.house().laws();
    let law = here.house().law(here.site).await.map_err(|fault| Fault::new("读取规程", fault))?;
    let books = help::adopted(&law, here.now);
    let mut named = help::named(laws, &books, Sort::Attribute);
    // What an act of every case asks about complaints is asked of complaints first of all.
    named.retain(|id| case.kind == CaseKind::Complaint || !act.kinds.is_empty() || !id.starts_with("complaint."));
    // Who cleans is asked where cleaning was ordered.
    let cleans = case.attributes.get("repair.service_kind").is_some_and(|kind| kind == "cleaning");
    named.retain(|id| cleans || id.as_str() != "repair.cleaning_company");
    let timing = Timing { now: here.now, zone: &laws.zone };
    let fields = html! {
        (help::show(laws, &books, act))
        form.narrow method="post" action=(path) enctype="multipart/form-data" autocomplete="off" {
            (command(fresh.command.as_str()))
            input type="hidden" name="seen_version" value=(case.version);
            @if !asked.filled.get("back").is_empty() { input type="hidden" name="back" value=(asked.filled.get("back")); }
            @if let Some(due) = offer.and_then(|offer| offer.owed) {
                p { (t("时限")) " " (timing.light(case.opened, calendar::DueAt::clock(due))) }
            }
            @if act.effect == Effect::Assign { (assignee(asked)) }
            @if act.effect == Effect::Archive {
                p.small { (t("归档时连同单据和签字另存一份：")) " " (crate::papers::whole_key(here, case)) }
            }
            (Blank {
                laws,
                act,
                filled: asked.filled,
                wrong: &asked.wrong,
                refusal: asked.refusal.as_ref(),
                named: Some(&named),
                present: &asked.present,
                names: &asked.names,
            }.render())
            @if act.effect == Effect::SignCustomer { (sign::show(asked.filled, &page.caller.0)) }
            (photo_input("upload", t("照片"), "photos"))
            @for one in asked.kept {
                p.small { input type="hidden" name="kept" value={ (one.hash) " " (one.name) }; (t("已收下")) " " (one.name) }
            }
            (late::show(asked.filled, None))
            @if issues(act) {
                details.late-entry open[!asked.filled.get("blank_number").is_empty()] {
                    summary { (t("停机时写在备用空白单上")) }
                    (Field::line("blank_number", t("备用单编号"), asked.filled.get("blank_number")).render())
                }
            }
            @if let Some(no) = &asked.refusal { (refusal(no)) }
            p.ways {
                button.main data-key="F8" { (said(act.title, None)) " " kbd { "F8" } } " "
                a.button href={ "/cases/" (case.id) } { (t("不办了，回事项")) }
            }
        }
    };
    let body = panel(&said(&laws.word(act.id), None), html! {}, fields);
    let around = here.around().await?;
    let crumbs = [
        Crumb { words: t("事项").to_owned(), path: "/cases".to_owned() },
        Crumb { words: format!("{} {}", case.number, case.title), path: format!("/cases/{}", case.id) },
    ];
    let title = said(act.title, None);
    let page = Page { crumbs: &crumbs, ..Page::new(&title, Frame::Desk(Place::Cases, &around), body) };
    Ok(Fragment(page.render()))
}

/// The fields of an act as its catalogue entry lists them.
pub fn own_fields(
    laws: &Laws,
    act: &Act,
    filled: &Filled,
    (wrong, refusal): (&BTreeMap<String, String>, Option<&Refusal>),
    names: &Names,
) -> Markup {
    Blank { laws, act, filled, wrong, refusal, named: None, present: &[], names }.render()
}

/// The form of an act, to be filled in.
struct Blank<'a> {
    laws: &'a Laws,
    act: &'a Act,
    filled: &'a Filled,
    wrong: &'a BTreeMap<String, String>,
    refusal: Option<&'a Refusal>,
    /// Attributes that the office's rulebooks speak of; none shows every field alike.
    named: Option<&'a BTreeSet<String>>,
    present: &'a [String],
    names: &'a Names,
}

impl Blank<'_> {
    /// The fields that are needed, that the act's sentence tells, or that the office's rulebooks speak of; the others behind
    /// a line.
    fn render(&self) -> Markup {
        let (notes, fields): (Vec<&act::Field>, Vec<&act::Field>) =
            self.act.fields.iter().partition(|one| one.attribute == "note");
        let (shown, folded): (Vec<&act::Field>, Vec<&act::Field>) = fields.into_iter().partition(|one| self.wants(one));
        html! {
            @for one in shown { (self.field(one)) }
            @if !folded.is_empty() {
                details {
                    summary.small.dim { (crate::t!("不常用的 {} 栏", folded.len())) }
                    @for one in folded { (self.field(one)) }
                }
            }
            @for one in notes { (self.field(one)) }
        }
    }

    fn wants(&self, one: &act::Field) -> bool {
        let typed = !self.filled.get(one.attribute).is_empty();
        let told = self.act.tells(one.attribute);
        let named = self.named.is_none_or(|named| named.contains(one.attribute));
        one.required || typed || told || named || one.attribute == PRESENT
    }

    fn field(&self, one: &act::Field) -> Markup {
        let value = self.filled.get(one.attribute);
        match one.attribute {
            "note" => Field {
                required: one.required,
                control: Control::Lines { value, rows: 3, most: 2000 },
                ..Field::line("note", t("说明"), "")
            }
            .render(),
            PRESENT => self.present(),
            attribute => {
                let at = self.refusal.is_some_and(|no| no.field.as_deref() == Some(attribute));
                let wrong = self.wrong.get(attribute).map(String::as_str);
                let wrong = wrong.or_else(|| at.then(|| t("请填写这一项")));
                match field::is_person(self.laws, attribute) {
                    _ if attribute == office::supplier::NUMBER => {
                        let wrong = self.refusal.filter(|_| at).map(Refusal::to_string);
                        field::supplier(self.laws, one.required, value, wrong.as_deref(), &self.names.suppliers)
                    }
                    true => field::person(self.laws, attribute, one.required, value, wrong, &self.names.staff),
                    false => field::show(self.laws, attribute, one.required, value, wrong),
                }
            }
        }
    }

    /// Who else was there, by post.
    fn present(&self) -> Markup {
        let on = self.filled.all(PRESENT);
        let words: Vec<(&String, String)> =
            self.present.iter().map(|id| (id, said(&self.laws.word(id), None).into_owned())).collect();
        let shown: Vec<Chip> =
            words.iter().map(|(id, words)| Chip { value: id, words, key: None, on: on.contains(id) }).collect();
        chips(PRESENT, t("还有谁在场"), true, &shown)
    }
}

fn assignee(asked: &Asked) -> Markup {
    let chosen = asked.filled.get("assignee");
    let shown: Vec<Chip> = asked
        .workers
        .iter()
        .map(|account| Chip { value: &account.id, words: &account.name, key: None, on: account.id == chosen })
        .collect();
    html! {
        @if shown.is_empty() {
            p.dim { (t("还没有可以接单的维修员，请管理员先设账号。")) }
        } @else {
            (chips("assignee", t("派给谁"), false, &shown))
        }
    }
}
