//! The mailroom (收发室): items that come for somebody, the two rounds of a day, subscriptions, standing authorities, names on
//! mail, the Monday hand-over. Each is a record of its register; here is what the acts show of themselves and what is no sense.

pub mod number;
pub mod round;
pub mod subscription;
#[cfg(test)]
mod tests;

use jiff::civil::Date;

use crate::case::{Case, CaseKind};
use crate::event::{Event, RESIDENT};
use crate::refusal::Refusal;

/// Items: letters, express items, and the papers of a household on a day.
pub const ITEMS: CaseKind = CaseKind::Record("mail_items");
/// Rounds.
pub const ROUNDS: CaseKind = CaseKind::Record("mail_rounds");
/// Subscriptions.
pub const SUBSCRIPTIONS: CaseKind = CaseKind::Record("mail_subscriptions");
/// Authorities to take mail.
pub const AUTHORITIES: CaseKind = CaseKind::Record("mail_authorities");
/// Names on mail: companies, short names, employees.
pub const NAMES: CaseKind = CaseKind::Record("mail_names");
/// Hand-overs.
pub const HANDOVERS: CaseKind = CaseKind::Record("mail_handovers");

/// The act that begins an item.
pub const RECEIVED: &str = "mail.received";
/// The act by which the recipient has it.
pub const SIGNED: &str = "mail.signed_for";
/// The act by which an item knows the complaint that it was about.
pub const COMPLAINED: &str = "mail.complained";
/// Link of a hand-over: stream ids of its items, parted by blanks.
pub const LISTED: &str = "mail_items";
/// The authority to take court and tax papers.
pub const TAKES_OFFICIAL: &str = "take_official_mail";
/// The authority of a named proxy.
pub const PROXY: &str = "named_proxy";
/// The standing wish that express items be brought at the weekend.
pub const WEEKEND: &str = "weekend_express";

/// Acts after which an item is no longer in the mailroom's hands.
pub const ENDS: [&str; 4] = ["mail.delivered", "mail.returned", "mail.forwarded", "mail.lost"];

fn said<'a>(event: &'a Event, id: &str) -> &'a str {
    event.body.attributes.get(id).map_or("", |it| it.trim())
}

/// Whether an item goes out by itself, not with a round.
pub fn is_express(case: &Case) -> bool {
    case.attributes.get("mail.kind").is_some_and(|kind| kind == "express")
}

/// Whether it is papers by subscription.
pub fn is_press(case: &Case) -> bool {
    case.attributes.get("mail.kind").is_some_and(|kind| kind == "newspaper" || kind == "magazine")
}

/// Where an item stands: a word of rows.
pub fn stage(case: &Case) -> &'static str {
    let stages = [
        ("mail.delivered", "delivered"),
        (SIGNED, "delivered"),
        ("mail.returned", "returned"),
        ("mail.forwarded", "forwarded"),
        ("mail.lost", "lost"),
        ("mail.held", "held"),
        ("mail.attempted", "attempted"),
        ("mail.taken_out", "out"),
        ("mail.joined_round", "sorted"),
        ("mail.handed_over", "received"),
        ("mail.stored", "stored"),
        ("mail.exception_opened", "doubtful"),
        ("mail.addressee_found", "received"),
    ];
    let ended = stages[..5].iter().find(|(act, _)| case.has(act));
    let last = || {
        let of = |name: &str| stages.iter().find(|(act, _)| *act == name);
        case.entries.iter().rev().find_map(|entry| of(&entry.event.name))
    };
    ended.or_else(last).map_or("received", |(_, stage)| stage)
}

/// The word shown for a stage.
pub fn stage_word(stage: &str) -> &'static str {
    match stage {
        "delivered" => "已送达",
        "returned" => "已退回",
        "forwarded" => "已转寄",
        "lost" => "遗失",
        "held" => "留存待领",
        "attempted" => "投递未遇",
        "out" => "派送中",
        "sorted" => "已分拣",
        "stored" => "存放待交",
        "doubtful" => "收件存疑",
        _ => "已收件",
    }
}

/// Six digits by which somebody collects an item; the same item has the same code.
pub fn pickup_code(case: &str) -> String {
    let hash = blake3::hash(case.as_bytes());
    let number = hash.as_bytes().iter().take(6).fold(0_u64, |sum, byte| sum * 256 + u64::from(*byte));
    format!("{:06}", number % 1_000_000)
}

/// A name of which only the first and the last sign stand: what a list may show of who signed.
pub fn veiled(name: &str) -> String {
    let signs: Vec<char> = name.trim().chars().collect();
    match signs.as_slice() {
        [] => String::new(),
        [one] => one.to_string(),
        [first, _] => format!("{first}*"),
        [first, between @ .., last] => format!("{first}{}{last}", "*".repeat(between.len())),
    }
}

/// What an act of the mailroom needs and shows: money settled, what it says of itself, what was filled in makes sense.
pub fn fits(what: &str, case: &Case, event: &mut Event) -> Result<(), Refusal> {
    settled(what, case, &event.name)?;
    shows(case, event);
    sensible(what, event)
}

/// What an act of the mailroom shows of itself: the recipient's signature is the recipient's act, an item kept has its code, a
/// doubt is a doubt until the addressee is found, a stored item is stored.
fn shows(case: &Case, event: &mut Event) {
    let code = || pickup_code(&case.id);
    let mut tell = |name: &str, value: &str| {
        event.body.attributes.entry(name.to_owned()).or_insert_with(|| value.to_owned());
    };
    match event.name.as_str() {
        "mail.held" => tell("mail.pickup_code", &code()),
        "mail.exception_opened" => tell("mail.doubtful", "yes"),
        "mail.addressee_found" => tell("mail.doubtful", "no"),
        "mail.stored" => tell("mail.outcome", "stored"),
        SIGNED if !event.body.posts.iter().any(|post| post == RESIDENT) => {
            event.body.posts.push(RESIDENT.to_owned());
        }
        _ => {}
    }
}

/// Why an act cannot be as the item stands: money that is still to be paid, an item that has left.
fn settled(what: &str, case: &Case, act: &str) -> Result<(), Refusal> {
    if case.kind != ITEMS {
        return Ok(());
    }
    let due = case.attributes.get("mail.cash_due").and_then(|it| it.parse::<i64>().ok()).unwrap_or(0);
    if [SIGNED, "mail.delivered"].contains(&act) && due > 0 && !case.has("mail.cash_settled") {
        let why = format!("这件到付 {} 元，还没有结清", crate::money::short(due));
        return Err(Refusal::new(what, why, "请收件人先付给投递员，再记“货款结清”；管理处不垫付。"));
    }
    Ok(())
}

/// Whether what was filled in makes sense: a postal number with its check digit, a subscription with its days, an authority with
/// its term. Refused with the field.
pub fn sensible(what: &str, event: &Event) -> Result<(), Refusal> {
    match event.name.as_str() {
        RECEIVED => match number::checked(said(event, "mail.number")) {
            Err(digit) if said(event, "mail.number_checked") != "copied_as_read" => {
                let why = format!("邮件编号的校验位不对，应该是 {digit}");
                let next = "请再扫一次；面单上就是这样写的，把“编号核对”选成“面单照录”。";
                Err(Refusal::new(what, why, next).at("mail.number"))
            }
            _ => Ok(()),
        },
        "subscription.entered" | "subscription.changed" => subscription::sensible(what, &event.body.attributes),
        "mail_authority.given" => authority(what, event),
        "mail_round.counted" => {
            let number = |id: &str| said(event, id).parse::<i64>().ok().filter(|it| *it >= 0);
            let both = ["mail.copies_due", "mail.copies_counted"].map(number);
            match both {
                [Some(_), Some(_)] => Ok(()),
                _ => Err(Refusal::new(what, "份数不是整数", "请填应到和实到的份数。").at("mail.copies_counted")),
            }
        }
        _ => Ok(()),
    }
}

fn authority(what: &str, event: &Event) -> Result<(), Refusal> {
    let day = |id: &str| said(event, id).parse::<Date>().ok();
    if let (Some(from), Some(to)) = (day("mail_authority.from"), day("mail_authority.to"))
        && to < from
    {
        return Err(Refusal::new(what, "授权止早于授权起", "请核对两个日期。").at("mail_authority.to"));
    }
    if said(event, "mail_authority.scope") == PROXY && said(event, "mail_authority.proxy").is_empty() {
        return Err(Refusal::new(what, "没有写代领人是谁", "请填写代领人姓名。").at("mail_authority.proxy"));
    }
    Ok(())
}
