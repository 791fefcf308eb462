//! Customer files (客户档案): a file begins with what the ledger knows and with its twelve categories; what is called by one name stands
//! in one open record; who moves out, sells or pays from an account changes the household; files joined and parted.

use office::case::{self, ActOnCase, Case, OpenRecord};
use office::dossier::{self, CATEGORIES, CATEGORIES_OF};
use office::household::{self, Change, Household, LedgerPerson, Tenure, masked_name, masked_phone, normal_phone};
use office::{Actor, Refusal, archive, register};

use super::acts::{Answer, append, open_record};
use super::{House, Laws, SiteLaw};
use crate::fault::Fault;
use crate::{Sent, SiteTx, sql, vals};

/// The number of an account as it came in.
const ACCOUNT: &str = "customer.bank_account";

impl House {
    /// Changes who is of a household.
    pub fn change_household(&self, sent: Sent, id: String, change: Change) -> Answer<()> {
        self.store().act(sent, move |tx| change_one(tx, &id, &change))
    }

    /// Joins the file `from` to the file `into`.
    pub fn merge_households(&self, sent: Sent, from: String, into: String) -> Answer<()> {
        self.store().act(sent, move |tx| two(tx, &from, &into, household::merged))
    }

    /// Begins records of registers from the rows of a sheet: all of them, or none. Answers how many; a refusal names the row.
    pub fn enter_records(&self, sent: Sent, actor: Actor, rows: Vec<(usize, OpenRecord)>) -> Answer<usize> {
        let laws = self.laws().clone();
        self.store().act(sent, move |tx| {
            for (number, row) in &rows {
                if let Err(mut refusal) = open_record(tx, &laws, &actor, row)? {
                    refusal.what = format!("第 {number} 行{}", refusal.what);
                    return Ok(Err(refusal));
                }
            }
            Ok(Ok(rows.len()))
        })
    }

    /// Parts them again.
    pub fn part_households(&self, sent: Sent, from: String, into: String) -> Answer<()> {
        self.store().act(sent, move |tx| two(tx, &from, &into, household::parted))
    }
}

fn load(tx: &mut SiteTx<'_>, id: &str) -> Result<Option<Household>, Fault> {
    let entries = tx.load(&format!("household:{id}"))?;
    Ok(household::replay(id, &entries))
}

fn unknown(id: &str) -> Refusal {
    Refusal::new("不能改档", format!("台账里没有 {id} 这一户"), "请先导入台账，或核对房号。")
}

fn change_one(tx: &mut SiteTx<'_>, id: &str, change: &Change) -> Result<Result<(), Refusal>, Fault> {
    let Some(known) = load(tx, id)? else { return Ok(Err(unknown(id))) };
    match household::changed(&known, change, tx.now()) {
        Ok(events) if events.is_empty() => Ok(Ok(())),
        Ok(events) => Ok(append(tx, &format!("household:{id}"), known.version, events)?.map(drop)),
        Err(refusal) => Ok(Err(refusal)),
    }
}

type Both = fn(&Household, &Household, calendar::Moment) -> Result<(Vec<office::Event>, Vec<office::Event>), Refusal>;

fn two(tx: &mut SiteTx<'_>, from: &str, into: &str, decide: Both) -> Result<Result<(), Refusal>, Fault> {
    let Some(one) = load(tx, from)? else { return Ok(Err(unknown(from))) };
    let Some(other) = load(tx, into)? else { return Ok(Err(unknown(into))) };
    let (here, there) = match decide(&one, &other, tx.now()) {
        Ok(both) => both,
        Err(refusal) => return Ok(Err(refusal)),
    };
    // The one that gives is written first, so that nobody stands in two files.
    if let Err(refusal) = append(tx, &format!("household:{from}"), one.version, there)? {
        return Ok(Err(refusal));
    }
    Ok(append(tx, &format!("household:{into}"), other.version, here)?.map(drop))
}

/// The open record of a register that is called so; none when there is none.
fn called(tx: &mut SiteTx<'_>, register: &str, title: &str) -> Result<Option<Case>, Fault> {
    let site = tx.site();
    let text = sql!(
        "select id from case_row where site = $1 and kind = $2 and title = $3 and ended = 0 and record = 1 limit 1"
    );
    let Some(row) = tx.tx().first(text, &vals![site, register, title.trim()])? else { return Ok(None) };
    let id = row.string(0)?;
    Ok(case::replay(&id, &tx.load(&format!("case:{id}"))?))
}

/// Why a parking permit is not given out: its number is out already.
fn permit_out(tx: &mut SiteTx<'_>, command: &ActOnCase) -> Result<Option<Refusal>, Fault> {
    let number = command.attributes.get(dossier::PERMIT).map_or("", |it| it.trim());
    let site = tx.site();
    let text = sql!(
        "select c.number from permit_row p join case_row c on c.site = p.site and c.id = p.case_id
         where p.site = $1 and p.number = $2 limit 1"
    );
    let Some(row) = tx.tx().first(text, &vals![site, number])? else { return Ok(None) };
    let why = format!("停车证 {number} 已经在 {} 发出，还没有收回", row.string(0)?);
    let next = "请核对证号；号码无误的，先在那一件里收回。";
    Ok(Some(Refusal::new("不能发放停车证", why, next).at(dossier::PERMIT)))
}

/// The household of a record of which each has one open at most: what it is called, and what to do instead of a second one.
/// Refused: a place that is not in the ledger, a second record.
fn one_of(
    tx: &mut SiteTx<'_>,
    form: &OpenRecord,
    (title, instead): (&str, &str),
) -> Result<Result<String, Refusal>, Fault> {
    let no = |why: String, next: &str| Ok(Err(Refusal::new("不能登记", why, next).at("place")));
    let Some(household) = form.place.household.clone() else {
        let why = format!("{title}要立在一户上，地点还没有对上台账");
        return no(why, "请写台账里的房号；新的单元先导入台账。");
    };
    let site = tx.site();
    let text =
        sql!("select number from case_row where site = $1 and household = $2 and kind = $3 and ended = 0 limit 1");
    match tx.tx().first(text, &vals![site, household.as_str(), form.register.as_str()])? {
        Some(row) => no(format!("这一户已经有{title} {}", row.string(0)?), instead),
        None => Ok(Ok(household)),
    }
}

/// A record as it begins, with what the house knows of it; or why it is refused.
pub(super) fn begun(tx: &mut SiteTx<'_>, form: &OpenRecord) -> Result<Result<OpenRecord, Refusal>, Fault> {
    let mut form = form.clone();
    let Some(kept) = register::find(&form.register) else { return Ok(Ok(form)) };
    let said =
        |form: &OpenRecord, id: &str| form.act.attributes.get(id).map_or(String::new(), |it| it.trim().to_owned());
    let what = "不能登记";
    match kept.id.as_str() {
        dossier::REGISTER => {
            let id = match one_of(tx, &form, ("档案", "请在那份档案里补充；作废了的先撤销。"))? {
                Ok(id) => id,
                Err(refusal) => return Ok(Err(refusal)),
            };
            if let Some(known) = load(tx, &id)? {
                from_ledger(&known, &mut form);
            }
        }
        office::fee::ACCOUNTS => {
            let next = "换缴费人的，请先给那一个账户结案，再立新的。";
            if let Err(refusal) = one_of(tx, &form, ("收费账户", next))? {
                return Ok(Err(refusal));
            }
        }
        "leavers" => {
            let card = said(&form, "card.number");
            let active = !card.is_empty() && called(tx, "identity_cards", &card)?.is_some();
            let value = if active { "yes" } else { "no" };
            form.act.attributes.insert("card.active".to_owned(), value.to_owned());
        }
        "identity_cards" => drop(form.act.attributes.insert("card.active".to_owned(), "yes".to_owned())),
        "parking_spaces" => {
            // The term that runs is told to the clauses; a space without an end has its holder for good.
            if let Some(held) = called(tx, "parking_spaces", &said(&form, "parking.space"))?
                && let Some(until) = held.attributes.get("parking.new_end").cloned()
            {
                form.act.attributes.insert("parking.term_end".to_owned(), until);
                return Ok(Ok(form));
            }
        }
        _ => {}
    }
    let name = said(&form, &kept.titled_by);
    if kept.unique
        && !name.is_empty()
        && let Some(other) = called(tx, &kept.id, &name)?
    {
        let why = format!("{name} 已经登记在 {}", other.number);
        let next = "号码核对无误的，请先在那一件里收回或退回。";
        return Ok(Err(Refusal::new(what, why, next).at(&kept.titled_by)));
    }
    Ok(Ok(form))
}

/// What the ledger knows of the household, where nobody has filled in anything else; people as lists show them.
fn from_ledger(known: &Household, form: &mut OpenRecord) {
    let first = known.people.iter().find(|it| it.tenure != Tenure::EmergencyContact);
    let help = known.people.iter().find(|it| it.tenure == Tenure::EmergencyContact);
    let phone = |it: Option<&household::Person>| it.and_then(|it| it.phones.first()).map(|it| masked_phone(it));
    let own = [known.kind.as_str(), known.occupancy.as_str()].join(" ").trim().to_owned();
    for (id, value) in [
        ("dossier.own_data", Some(own)),
        ("dossier.contacts", phone(first)),
        ("dossier.emergency_contact", help.map(|it| masked_name(&it.name))),
        ("dossier.emergency_phone", phone(help)),
    ] {
        let value = value.filter(|it| !it.is_empty());
        if let Some(value) = value.filter(|_| form.act.attributes.get(id).is_none_or(|it| it.trim().is_empty())) {
            form.act.attributes.insert(id.to_owned(), value);
        }
    }
    if let Some(first) = first.filter(|_| form.person.name.is_empty() && form.person.person.is_empty()) {
        form.person.person.clone_from(&first.id);
        form.person.name.clone_from(&first.name);
        form.person.phone = first.phones.first().cloned().unwrap_or_default();
    }
}

/// What a record brings with it once it has begun.
pub(super) fn opened(
    tx: &mut SiteTx<'_>,
    (laws, law): (&std::sync::Arc<Laws>, &SiteLaw),
    actor: &Actor,
    form: &OpenRecord,
) -> Result<Result<(), Refusal>, Fault> {
    match form.register.as_str() {
        dossier::REGISTER => {}
        "ownership_changes" => return sold(tx, form),
        "emergency_contacts" => return stands_by(tx, form),
        _ => return Ok(Ok(())),
    }
    let Some(file) = case::replay(&form.case, &tx.load(&format!("case:{}", form.case))?) else { return Ok(Ok(())) };
    for (n, category) in CATEGORIES.iter().enumerate() {
        let id = format!("{}-{}", form.case, n + 1);
        let listed = OpenRecord {
            case: id.clone(),
            register: CATEGORIES_OF.to_owned(),
            place: form.place.clone(),
            person: case::Caller::default(),
            act: ActOnCase {
                act: "dossier_item.category_listed".to_owned(),
                attributes: [("dossier.category".to_owned(), category.title.to_owned())].into(),
                links: [("linked_case".to_owned(), form.case.clone())].into(),
                happened: form.act.happened,
                late_reason: form.act.late_reason.clone(),
                approved_by: form.act.approved_by.clone(),
                ..ActOnCase::default()
            },
        };
        if let Err(refusal) = open_record(tx, laws, actor, &listed)? {
            return Ok(Err(refusal));
        }
        let Some(settles) = dossier::settles(&file, category) else { continue };
        let settles = ActOnCase {
            happened: form.act.happened,
            late_reason: form.act.late_reason.clone(),
            approved_by: form.act.approved_by.clone(),
            ..settles
        };
        let Some(record) = case::replay(&id, &tx.load(&format!("case:{id}"))?) else { continue };
        if let Err(refusal) = super::topics::enter(tx, laws, law, actor, record, vec![settles])? {
            return Ok(Err(refusal));
        }
    }
    Ok(Ok(()))
}

/// Who is called in an emergency is called there from now on.
fn stands_by(tx: &mut SiteTx<'_>, form: &OpenRecord) -> Result<Result<(), Refusal>, Fault> {
    let Some(id) = &form.place.household else { return Ok(Ok(())) };
    let name = form.person.name.trim();
    let Some(known) = load(tx, id)? else { return Ok(Ok(())) };
    let there = known.people.iter().any(|it| it.tenure == Tenure::EmergencyContact && it.name == name);
    if there || name.is_empty() || known.merged_into.is_some() {
        return Ok(Ok(()));
    }
    let phones = Some(normal_phone(&form.person.phone)).filter(|it| !it.is_empty()).into_iter().collect();
    let who =
        LedgerPerson { tenure: Tenure::EmergencyContact, name: name.to_owned(), phones, ..LedgerPerson::default() };
    change_one(tx, id, &Change::Came(who, None))
}

/// The owners of the household are others from the day on.
fn sold(tx: &mut SiteTx<'_>, form: &OpenRecord) -> Result<Result<(), Refusal>, Fault> {
    let since = form.act.attributes.get("customer.owner_since").and_then(|date| date.parse().ok());
    let (Some(id), Some(since)) = (&form.place.household, since) else {
        let why = "过户要立在台账的一户上";
        return Ok(Err(Refusal::new("不能登记", why, "请写台账里的房号。").at("place")));
    };
    let phones = Some(normal_phone(&form.person.phone)).filter(|it| !it.is_empty()).into_iter().collect();
    let who = LedgerPerson { name: form.person.name.clone(), phones, ..LedgerPerson::default() };
    change_one(tx, id, &Change::Sold(who, since))
}

/// The act with what the house keeps elsewhere: an account goes under the key of who pays from it. Refused: reading the archive
/// without a signed undertaking.
pub(super) fn told(
    tx: &mut SiteTx<'_>,
    actor: &Actor,
    found: &Case,
    command: &ActOnCase,
) -> Result<Result<ActOnCase, Refusal>, Fault> {
    let mut command = command.clone();
    if archive::needs_undertaking(&command.act) && called(tx, archive::UNDERTAKINGS, &actor.name)?.is_none() {
        let why = "您还没有签保密承诺";
        let next = "请先在“保密承诺登记簿”签一份，再查阅、借出或提供档案。";
        return Ok(Err(Refusal::new("不能利用档案", why, next)));
    }
    if command.act == dossier::PERMIT_ISSUED
        && let Some(refusal) = permit_out(tx, &command)?
    {
        return Ok(Err(refusal));
    }
    if let (Some(account), Some(id)) = (command.attributes.get(ACCOUNT).cloned(), &found.household) {
        let digits: Vec<char> = account.chars().filter(char::is_ascii_digit).collect();
        if !(8..=30).contains(&digits.len()) {
            let refusal = Refusal::new("不能登记托收账号", "账号不是 8 到 30 位数字", "请核对账号。");
            return Ok(Err(refusal.at(ACCOUNT)));
        }
        if let Err(refusal) = change_one(tx, id, &Change::Account(digits.iter().collect()))? {
            return Ok(Err(refusal));
        }
        let tail: String = digits[digits.len() - 4..].iter().collect();
        command.attributes.insert(ACCOUNT.to_owned(), tail);
    }
    Ok(Ok(command))
}

/// What an act changes elsewhere: a card taken back is no longer valid, who has moved out is no longer there, a file confirmed
/// again confirms its categories.
pub(super) fn done(
    tx: &mut SiteTx<'_>,
    (laws, law): (&std::sync::Arc<Laws>, &SiteLaw),
    actor: &Actor,
    found: &Case,
    command: &ActOnCase,
) -> Result<Result<(), Refusal>, Fault> {
    let date =
        |id: &str| found.attributes.get(id).or_else(|| command.attributes.get(id)).and_then(|it| it.parse().ok());
    match (command.act.as_str(), found.kind.id()) {
        ("customer_employee.card_revoked", "leavers") => {
            let card = found.attributes.get("card.number").cloned().unwrap_or_default();
            let Some(card) = called(tx, "identity_cards", &card)? else { return Ok(Ok(())) };
            let acts = ["customer_employee.card_revoked", "case.closed"];
            let acts =
                acts.map(|act| ActOnCase { act: act.to_owned(), note: command.note.clone(), ..ActOnCase::default() });
            super::topics::enter(tx, laws, law, actor, card, acts.into())
        }
        ("customer.move_out_closed", _) => match (&found.household, date("customer.move_out_date")) {
            (Some(id), Some(until)) => change_one(tx, id, &Change::MovedOut(until)),
            _ => Ok(Ok(())),
        },
        ("dossier.reconfirmed", _) => confirm(tx, (laws, law), actor, found, command),
        _ => Ok(Ok(())),
    }
}

/// Each settled category of the file is confirmed by the same person until the same day.
fn confirm(
    tx: &mut SiteTx<'_>,
    (laws, law): (&std::sync::Arc<Laws>, &SiteLaw),
    actor: &Actor,
    found: &Case,
    command: &ActOnCase,
) -> Result<Result<(), Refusal>, Fault> {
    for n in 1..=CATEGORIES.len() {
        let id = format!("{}-{n}", found.id);
        let Some(record) = case::replay(&id, &tx.load(&format!("case:{id}"))?) else { continue };
        if !record.has(dossier::SETTLED) || record.state == case::CaseState::Withdrawn {
            continue;
        }
        let kept = ["dossier.source", "dossier.not_applicable"];
        let mut attributes: std::collections::BTreeMap<String, String> =
            kept.iter().filter_map(|id| Some(((*id).to_owned(), record.attributes.get(*id)?.clone()))).collect();
        attributes.extend(command.attributes.clone());
        let again = ActOnCase { act: dossier::SETTLED.to_owned(), attributes, ..command.clone() };
        if let Err(refusal) = super::topics::enter(tx, laws, law, actor, record, vec![again])? {
            return Ok(Err(refusal));
        }
    }
    Ok(Ok(()))
}
