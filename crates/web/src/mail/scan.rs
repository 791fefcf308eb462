//! The scan line (扫描收件): one line a scan, in a loop. A number in hand opens its item; a new number waits for its recipient; the
//! recipient is a room, a name, a company in full or in short, an employee. Nothing is guessed: several are shown to choose from.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use journal::Sent;
use journal::house::Stroke;
use journal::reads::HouseholdHit;
use maud::{Markup, html};
use office::Refusal;
use office::case::{ActOnCase, Caller, OpenRecord, Place};
use office::mail::number::{self, Line};

use super::day::again;
use crate::components::field::{Chip, Field, chips, command};
use crate::components::{icon, lucide, panel, refusal};
use crate::language::{said, t, zh};
use crate::page::Filled;
use crate::security::Fault;
use crate::state::Here;

/// What waits for more: a number without its recipient, recipients to choose from.
#[derive(Clone, Debug, Default)]
pub struct Pending {
    /// The number that was scanned.
    pub number: String,
    /// Its check digit is wrong, and it was said to stand so on the label.
    pub copied: bool,
    /// It is wrong and nobody has said so yet.
    pub wrong: bool,
    /// What was typed for the recipient.
    pub words: String,
    /// Whom that may mean.
    pub choices: Vec<HouseholdHit>,
    /// Nobody is meant: the addressee may be unclear.
    pub nobody: bool,
}

/// Kinds in the order of use.
const KINDS: [(&str, &str); 4] =
    [("express", zh("快件")), ("letter", zh("信件")), ("newspaper", zh("报纸")), ("magazine", zh("杂志"))];
/// Official papers.
const PAPERS: [(&str, &str); 3] =
    [("plain", zh("普通邮件")), ("court_paper", zh("法院文书")), ("tax_paper", zh("税务文书"))];
/// What stands where a letter has no number.
const NO_NUMBER: &str = "平信";

/// The panel.
pub fn panel_of(here: &Here, filled: &Filled, pending: &Pending, no: Option<&Refusal>, fresh: &str) -> Markup {
    let _ = here;
    let kind = if filled.get("kind").is_empty() { "express" } else { filled.get("kind") };
    let paper = if filled.get("paper").is_empty() { "plain" } else { filled.get("paper") };
    let chip = |(value, word): &(&'static str, &'static str), on: &str| Chip {
        value,
        words: t(word),
        key: None,
        on: *value == on,
    };
    let kinds: Vec<Chip> = KINDS.iter().map(|it| chip(it, kind)).collect();
    let papers: Vec<Chip> = PAPERS.iter().map(|it| chip(it, paper)).collect();
    let asks = match (pending.number.is_empty(), pending.wrong) {
        (_, true) => t("再扫一次"),
        (true, _) => t("扫面单、取件码，或输收件人"),
        (false, _) => t("收件人：房号、姓名、公司、员工"),
    };
    let typed = if pending.choices.is_empty() && !pending.nobody { "" } else { pending.words.as_str() };
    let names: Vec<String> = pending.choices.iter().map(|hit| format!("{} {}", hit.words, hit.name)).collect();
    let of = |(hit, words): (&'_ HouseholdHit, &'_ String)| (hit.id.clone(), words.clone());
    let named: Vec<(String, String)> = pending.choices.iter().zip(&names).map(of).collect();
    let named: Vec<Chip> = named.iter().map(|(id, words)| Chip { value: id, words, key: None, on: false }).collect();
    let body = html! {
        @if !filled.get("scanned").is_empty() {
            p.told role="status" { (crate::t!("已收 {}", filled.get("scanned"))) " " b { (filled.get("to")) } }
        }
        @if let Some(no) = no { (refusal(no)) }
        form method="post" action="/mail/scan" autocomplete="off" {
            (command(fresh))
            (chips("kind", t("种类"), false, &kinds))
            div.pair {
                (Field::line("carrier", t("承运单位"), filled.get("carrier")).render())
                (Field { hint: t("没有的空着"), ..Field::line("cash", t("到付（元）"), "") }.render())
            }
            (chips("paper", t("文书"), false, &papers))
            input type="hidden" name="number" value=(pending.number);
            input type="hidden" name="copied" value=(if pending.copied { "yes" } else { "" });
            @if !pending.number.is_empty() && !pending.wrong { p { (t("邮件编号")) " " b { (pending.number) } } }
            div.field {
                label for="line" { (asks) }
                input #line name="line" type="text" maxlength="120" autofocus data-key="/" value=(typed);
            }
            @if !pending.choices.is_empty() {
                (chips("household", t("是哪一户"), false, &named))
            }
            p.ways {
                button.main data-key="F8" { (icon(lucide::LuScanLine)) (t("收下")) " " kbd { "F8" } } " "
                @if pending.wrong { button name="as" value="copied" { (t("面单上就是这样，照录")) } " " }
                @if pending.nobody || !pending.choices.is_empty() { button name="as" value="doubtful" { (t("收件人不清，登记疑难")) } " " }
                @if !pending.number.is_empty() { a.button href="/mail" { (t("不收了")) } }
            }
        }
    };
    panel(t("扫描收件"), html! {}, body)
}

/// `POST /mail/scan`.
pub async fn enter(here: Here, filled: Filled) -> Result<Response, Fault> {
    let mut pending = Pending {
        number: filled.get("number").to_owned(),
        copied: filled.get("copied") == "yes" || filled.get("as") == "copied",
        ..Pending::default()
    };
    let line = filled.get("line");
    let mut words = line.to_owned();
    if filled.get("as") != "copied" {
        match number::read(line) {
            Line::Number(number) => match found(&here, &number).await? {
                Some(case) => return Ok(see_item(&case)),
                None => (pending.number, pending.copied, words) = (number, false, String::new()),
            },
            Line::WrongDigit(number, digit) => {
                if let Some(case) = found(&here, &number).await? {
                    return Ok(see_item(&case));
                }
                let why = format!("{number} 的校验位不对，应该是 {digit}");
                let no = Refusal::new("没有收下", why, "请再扫一次；面单上就是这样写的，按“照录”。").at("line");
                (pending.number, pending.wrong) = (number, true);
                return again(&here, &filled, &pending, Some(&no)).await;
            }
            Line::Words(typed) if pending.number.is_empty() => {
                if let Some(case) = found(&here, &typed).await? {
                    return Ok(see_item(&case));
                }
            }
            Line::Words(_) => {}
        }
    }
    if filled.get("as") == "doubtful" {
        return receive(&here, &filled, pending, None, &words).await;
    }
    if words.is_empty() {
        return again(&here, &filled, &pending, None).await;
    }
    let hits = here.house().mail_addressees(here.site, words.clone()).await;
    let mut hits = hits.map_err(|fault| Fault::new("查找收件人", fault))?;
    if let Some(place) = hits.iter().position(|hit| hit.id == filled.get("household")) {
        hits = vec![hits.swap_remove(place)];
    }
    pending.words = std::mem::take(&mut words);
    match hits.as_slice() {
        [only] => {
            let (only, typed) = (only.clone(), pending.words.clone());
            receive(&here, &filled, pending, Some(&only), &typed).await
        }
        [] => {
            pending.nobody = true;
            let why = format!("没有找到“{}”", pending.words);
            let next = "请改输房号或公司名；面单看不清的，登记疑难后联系投递单位；不是本楼的件不收，退回投递员。";
            again(&here, &filled, &pending, Some(&Refusal::new("没有收下", why, next).at("line"))).await
        }
        _ => {
            pending.choices = hits;
            again(&here, &filled, &pending, None).await
        }
    }
}

async fn found(here: &Here, typed: &str) -> Result<Option<String>, Fault> {
    let found = here.house().mail_found(here.site, typed.to_owned()).await;
    Ok(found.map_err(|fault| Fault::new("查找邮件", fault))?.map(|row| row.case))
}

fn see_item(case: &str) -> Response {
    (StatusCode::SEE_OTHER, [(header::LOCATION, format!("/mail/items/{case}"))]).into_response()
}

/// The item begins, with its line of the log where it has one; without a recipient it begins as doubtful.
async fn receive(
    here: &Here,
    filled: &Filled,
    mut pending: Pending,
    to: Option<&HouseholdHit>,
    typed: &str,
) -> Result<Response, Fault> {
    let mut sent: Sent = here.sent_for(filled.command(), office::mail::RECEIVED)?;
    sent.post = here.actor.post_for(&["mail_clerk", "duty_staff", "front_desk", "receptionist", "security_guard"]);
    let kind = if filled.get("kind").is_empty() { "express" } else { filled.get("kind") };
    let case = format!("r{}", sent.command.as_str());
    let strokes = match strokes(here, filled, &pending, to, (kind, &case, typed)) {
        Ok(strokes) => strokes,
        Err(no) => return again(here, filled, &pending, Some(&no)).await,
    };
    let done = here.house().strokes(sent, here.actor.clone(), strokes).await;
    match done.map_err(|fault| Fault::new("收件", fault))? {
        Ok(done) => {
            let number = &done.answer.number;
            let place = to.map_or_else(|| t("收件存疑").to_owned(), |hit| hit.words.clone());
            let kept = filled.query(&["kind", "carrier"]);
            let to = format!("/mail?scanned={number}&to={}&{kept}", crate::page::escaped(&place));
            Ok((StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response())
        }
        Err(no) => {
            pending.nobody = to.is_none();
            again(here, filled, &pending, Some(&no)).await
        }
    }
}

fn strokes(
    here: &Here,
    filled: &Filled,
    pending: &Pending,
    to: Option<&HouseholdHit>,
    (kind, case, typed): (&str, &str, &str),
) -> Result<Vec<Stroke>, Refusal> {
    let place = to.map_or_else(
        || if typed.is_empty() { "收件人不清".to_owned() } else { typed.to_owned() },
        |hit| hit.room.to_string(),
    );
    let cash = match filled.get("cash") {
        "" => String::new(),
        typed => match crate::cases::field::fen(typed) {
            Some(fen) if fen > 0 => fen.to_string(),
            Some(_) => String::new(),
            None => return Err(Refusal::new("没有收下", "到付金额读不出来", "请写元，例如 38.50。").at("cash")),
        },
    };
    let number = match (pending.number.is_empty(), kind) {
        (true, "letter") => NO_NUMBER,
        _ => pending.number.as_str(),
    };
    let paper = if filled.get("paper").is_empty() { "plain" } else { filled.get("paper") };
    let mut attributes = vec![
        ("mail.kind", kind),
        ("mail.carrier", filled.get("carrier")),
        ("mail.number", number),
        ("mail.recipient", place.as_str()),
        ("mail.paper", paper),
        ("mail.cash_due", cash.as_str()),
    ];
    if pending.copied {
        attributes.push(("mail.number_checked", "copied_as_read"));
    }
    let attributes = attributes.into_iter().filter(|(_, value)| !value.is_empty());
    let act = ActOnCase {
        act: office::mail::RECEIVED.to_owned(),
        attributes: attributes.map(|(id, value)| (id.to_owned(), value.to_owned())).collect(),
        ..ActOnCase::default()
    };
    let record = OpenRecord {
        case: case.to_owned(),
        register: "mail_items".to_owned(),
        place: Place { household: to.map(|hit| hit.id.clone()), words: place.clone() },
        person: Caller::default(),
        act,
    };
    let mut strokes = vec![Stroke::Open(record)];
    if ["letter", "express"].contains(&kind) {
        let line = [
            ("mail.carrier", filled.get("carrier")),
            ("mail.number", number),
            ("mail.recipient", place.as_str()),
            ("mail.receiver", here.actor.name.as_str()),
        ];
        strokes.push(Stroke::act(case, "mail.logged", &line));
    }
    if to.is_none() {
        let mut doubt = Stroke::act(case, "mail.exception_opened", &[("mail.doubt_kind", "addressee_unclear")]);
        if let Stroke::Act(_, act) = &mut doubt {
            act.note = format!("{}：{place}", said("收件人不清", None));
        }
        strokes.push(doubt);
    }
    Ok(strokes)
}
