//! Words of the mailroom (收发室用语) that several of its pages say: where an item stands, its light, its name.

use calendar::{DueAt, Moment};
use jiff::civil::Date;
use journal::reads::{MailDay, MailRow, value_in_words};
use maud::{Markup, html};

use crate::components::{Timing, Tone, tag};
use crate::language::{said, t, zh};
use crate::security::Fault;
use crate::state::Here;

/// Slots and their words.
pub const SLOTS: [(&str, &str); 2] = [("morning_round", zh("上午班")), ("afternoon_round", zh("下午班"))];

/// The word of a slot; none for anything else.
pub fn slot_word(slot: &str) -> Option<&'static str> {
    SLOTS.iter().find(|(id, _)| *id == slot).map(|(_, word)| t(word))
}

/// The word of a value of the vocabulary.
pub fn value(here: &Here, attribute: &str, value: &str) -> String {
    said(&value_in_words(here.house().laws(), attribute, value), None).into_owned()
}

/// Where an item stands, marked where somebody has to mind it.
pub fn stage(row: &MailRow) -> Markup {
    let tone = match row.stage.as_str() {
        "lost" => Tone::Grave,
        "doubtful" | "attempted" | "held" | "stored" => Tone::Mind,
        _ => Tone::Plain,
    };
    tag(&said(office::mail::stage_word(&row.stage), None), tone)
}

/// The light of the limit by which the recipient is to have it; nothing without one.
pub fn light(row: &MailRow, timing: Timing<'_>) -> Markup {
    let late = row.is_late(timing.now);
    match (row.due, row.verdict.as_str()) {
        (Some(due), "open") if !row.ended => timing.light(row.received, DueAt::clock(due)),
        (_, "late") => tag(t("送迟了"), Tone::Grave),
        (_, "open") if late => tag(t("送迟了"), Tone::Grave),
        (_, "met") => html! { span.dim { (t("按时")) } },
        _ => html! {},
    }
}

/// What it is: the kind with the carrier's number, or the papers.
pub fn what(here: &Here, row: &MailRow) -> String {
    let kind = value(here, "mail.kind", &row.kind);
    match (row.titles.is_empty(), row.item.is_empty()) {
        (false, _) => row.titles.clone(),
        (_, false) => format!("{kind} {}", row.item),
        _ => kind,
    }
}

/// To whom it goes.
pub fn to(row: &MailRow) -> &str {
    if row.recipient.is_empty() { &row.place } else { &row.recipient }
}

/// A day of the mailroom.
pub async fn read_day(here: &Here, day: Date) -> Result<MailDay, Fault> {
    let read = here.house().mail_day(here.site, day, here.now).await;
    read.map_err(|fault| Fault::new("读取收发室", fault))
}

/// Ordinary items that belong to a round: what is due with it or before, or that goes along with the day's last one.
pub fn of_round<'a>(day: &'a MailDay, nth: usize) -> Vec<&'a MailRow> {
    let own = |row: &&MailRow| {
        let ordinary = !row.is_express() || row.due.is_some_and(|due| day.due.contains(&due));
        let kept = matches!(row.stage.as_str(), "held" | "stored" | "doubtful");
        let due = match (row.due, day.due.get(nth)) {
            (Some(due), Some(round)) => due <= *round || nth + 1 >= day.due.len(),
            _ => true,
        };
        ordinary && !kept && due
    };
    day.open.iter().filter(own).collect()
}

/// When the n-th round of a day is due.
pub fn due(day: &MailDay, nth: usize) -> Option<Moment> {
    day.due.get(nth).copied()
}

/// Today, or the day that a query names.
pub fn asked_day(here: &Here, typed: &str) -> Date {
    typed.parse().unwrap_or_else(|_| here.house().laws().zone.date(here.now))
}
