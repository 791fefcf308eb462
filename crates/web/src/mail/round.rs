//! A round (派发班次): copies counted against what is subscribed, what to do when they are short or late, then door by door.

use std::collections::BTreeMap;

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use calendar::DueAt;
use jiff::civil::Date;
use journal::reads::{CasePage, MailDay, MailRow};
use maud::{Markup, html};
use office::Refusal;
use office::mail::round;

use super::{item, words};
use crate::cases::read;
use crate::components::field::{Chip, Control, Field, chips, command};
use crate::components::{Timing, Tone, panel, refusal, tag};
use crate::entry::fresh_command;
use crate::language::t;
use crate::page::{Crumb, Filled, Fragment, Frame, Page, Place, wrong};
use crate::security::{Fault, Permission};
use crate::state::Here;

/// A round as its page knows it.
pub struct Known {
    /// Its day.
    pub day: Date,
    /// Its slot, and which of the day it is.
    pub slot: (&'static str, usize),
    /// The day.
    pub told: MailDay,
    /// Its record, once it has begun.
    pub page: Option<CasePage>,
}

impl Known {
    /// The stream of its record.
    pub fn id(&self) -> String {
        round::id(self.day, self.slot.0)
    }

    /// Titles that ought to come with it: what is due on the day and has not come yet.
    pub fn titles(&self) -> Vec<round::Title> {
        let came = |name: &str| {
            let own = |row: &&MailRow| row.titles.split('、').any(|it| it.starts_with(&format!("{name}×")));
            self.told.open.iter().chain(&self.told.gone).filter(own).any(|row| row.due.is_none_or(|_| true))
        };
        let due = round::due_on(self.day, &self.told.subscribed);
        due.into_iter().filter(|it| self.slot.1 == 0 || !came(&it.name)).collect()
    }

    /// Whether an act has happened.
    pub fn has(&self, act: &str) -> bool {
        self.page.as_ref().is_some_and(|page| page.case.has(act))
    }

    /// Its items in hand by door.
    pub fn doors(&self) -> BTreeMap<String, Vec<&MailRow>> {
        let mut doors: BTreeMap<String, Vec<&MailRow>> = BTreeMap::new();
        for row in words::of_round(&self.told, self.slot.1) {
            doors.entry(words::to(row).to_owned()).or_default().push(row);
        }
        doors
    }
}

/// The round that an address names; none for no day or no slot.
pub async fn known(here: &Here, day: &str, slot: &str) -> Result<Option<Known>, Fault> {
    let nth = words::SLOTS.iter().position(|(id, _)| *id == slot);
    let (Ok(day), Some(nth)) = (day.parse::<Date>(), nth) else { return Ok(None) };
    let slot = words::SLOTS[nth].0;
    let told = words::read_day(here, day).await?;
    let page = read(here, &round::id(day, slot), false).await?;
    Ok(Some(Known { day, slot: (slot, nth), told, page }))
}

/// `GET /mail/rounds/{day}/{slot}`.
pub async fn show(here: Here, Path((day, slot)): Path<(String, String)>) -> Result<Response, Fault> {
    let Some(known) = known(&here, &day, &slot).await? else { return Ok(wrong::not_found()) };
    Ok(render(&here, &known, None).await?.into_response())
}

/// The page, with what was refused.
pub async fn render(here: &Here, known: &Known, trouble: Option<(&Refusal, &Filled)>) -> Result<Fragment, Fault> {
    let timing = Timing { now: here.now, zone: &here.house().laws().zone };
    let fresh = fresh_command()?;
    let works = here.viewer.grants.allow(Permission::MailWork) && !known.has("mail_round.done");
    let to = format!("/mail/rounds/{}/{}", known.day, known.slot.0);
    let nothing = Filled::default();
    let filled = trouble.map_or(&nothing, |(_, filled)| filled);
    let body = html! {
        @if let Some((no, _)) = trouble { (refusal(no)) }
        div.beside.acts-first {
            div {
                (doors(here, known, timing, (&to, &fresh, works), filled))
            }
            div {
                @if works { (counting(known, &to, &fresh, filled)) }
                (stand(here, known, timing))
                @if works { (delay(known, &to, &fresh, filled)) (leaving(known, &to, &fresh, filled)) }
                @else if known.has("mail_round.delay_found") { (delay(known, &to, &fresh, filled)) }
                (item::manners(here).await?)
            }
        }
    };
    let around = here.around().await?;
    let crumbs = [Crumb { words: t("收发室").to_owned(), path: "/mail".to_owned() }];
    let title = format!("{} {}", known.day, words::slot_word(known.slot.0).unwrap_or_default());
    let does = html! {
        a.button href={ "/mail/sheets/" (known.day) "/" (known.slot.0) } { (t("签收表")) }
        @if let Some(page) = &known.page { a.button href={ "/cases/" (page.case.id) } { (t("这一班的经过")) } }
    };
    let page = Page { crumbs: &crumbs, does, ..Page::new(&title, Frame::Desk(Place::Mail, &around), body) };
    Ok(Fragment(page.render()))
}

fn step(to: &str, fresh: &str, name: &str, words: &str, main: bool, fields: Markup) -> Markup {
    html! {
        form.narrow method="post" action={ (to) "/" (name) } autocomplete="off" {
            (command(&format!("{fresh}-{name}")))
            (fields)
            p { button.main[main] { (words) } }
        }
    }
}

/// Where the round stands.
fn stand(here: &Here, known: &Known, timing: Timing<'_>) -> Markup {
    let said = |id: &str| {
        let value = known.page.as_ref().and_then(|page| page.case.attributes.get(id));
        value.map(|value| words::value(here, id, value)).unwrap_or_default()
    };
    let at = |act: &str| {
        let entry = known.page.as_ref().and_then(|page| page.case.last(act));
        html! { @if let Some(entry) = entry { (timing.time(entry.event.happened)) } }
    };
    let due = words::due(&known.told, known.slot.1);
    let light = html! {
        @match due {
            Some(due) if !known.has("mail_round.done") => (timing.light(timing.zone.start_of_day(known.day), DueAt::clock(due))),
            Some(due) => (timing.time(due)),
            None => (t("今天没有规定的班次")),
        }
    };
    panel(
        t("这一班"),
        html! {},
        crate::components::facts(&[
            (t("到点"), light),
            (t("清点|报刊"), html! { (said("mail_round.titles")) }),
            (t("份数不符"), html! { @if said("mail.copies_match") == t("否") { (tag(t("份数不符"), Tone::Mind)) } }),
            (t("差异处理"), at("mail_round.difference_settled")),
            (t("出发"), at("mail_round.set_out")),
            (t("派发完毕"), at("mail_round.done")),
            (t("结果"), html! { (said("mail_round.result")) }),
            (t("送到户数"), html! { (said("mail_round.delivered")) }),
        ]),
    )
}

/// The count: title by title, what is due filled in.
fn counting(known: &Known, to: &str, fresh: &str, filled: &Filled) -> Markup {
    if known.has("mail_round.counted") {
        let unfit = known
            .page
            .as_ref()
            .and_then(|page| page.case.attributes.get("mail.copies_match"))
            .is_some_and(|it| it == "no");
        if !unfit || known.has("mail_round.difference_settled") {
            return html! {};
        }
        return panel(
            t("份数不符"),
            html! {},
            step(
                to,
                fresh,
                "settle",
                t("差异已弄清"),
                true,
                html! {
                    p.dim { (t("先问投递员：补到、退回，还是说明原因；弄清了才出发。")) }
                    (Field { hint: t("例如 投递员 8:50 补来 1 份"), ..Field::line("reason", t("怎样弄清的"), filled.get("reason")) }.render())
                },
            ),
        );
    }
    let titles = known.titles();
    let fields = html! {
        @if titles.is_empty() { p.dim { (t("这一班没有应到的报刊，清点记零份。")) } }
        @else { table.plain-table {
            thead { tr { th { (t("报刊")) } th.num { (t("应到")) } th.num { (t("实到")) } } }
            tbody { @for (n, title) in titles.iter().enumerate() {
                @let name = format!("got-{n}");
                tr {
                    td { label for=(name) { (title.name) } }
                    td.num { (title.due) }
                    td.num { input #(name) name=(name) type="number" min="0" max="9999" inputmode="numeric" size="4"
                        value=(if filled.get(&name).is_empty() { title.due.to_string() } else { filled.get(&name).to_owned() }); }
                }
            } }
        } }
    };
    panel(t("清点报刊"), html! {}, step(to, fresh, "count", t("点清了"), true, fields))
}

/// Papers that have not come: explained, pressed for, received, closed.
fn delay(known: &Known, to: &str, fresh: &str, filled: &Filled) -> Markup {
    let has = |act: &str| known.has(act);
    if !has("mail_round.delay_found") {
        if has("mail_round.counted") || known.titles().is_empty() {
            return html! {};
        }
        return panel(t("报刊没有到"), html! {}, step(to, fresh, "late", t("报刊未到，登记"), false, html! {}));
    }
    if has("mail_round.delay_closed") {
        return html! {};
    }
    let portions = round::portions(
        known.day,
        &known.told.subscribed,
        &known.titles().into_iter().map(|it| it.name).collect::<Vec<_>>(),
    );
    let told = match filled.get("told") {
        "" => portions.iter().map(|it| it.place.as_str()).collect::<Vec<_>>().join("、"),
        typed => typed.to_owned(),
    };
    panel(
        t("报刊迟到"),
        html! {},
        html! {
            @if !has("mail_round.delay_explained") {
                (step(to, fresh, "explained", t("已向订户说明"), true, html! {
                    (Field { control: Control::Lines { value: &told, rows: 2, most: 400 }, ..Field::line("told", t("告知了谁"), "") }.render())
                }))
            }
            @if !has("mail_round.postman_pressed") {
                (step(to, fresh, "pressed", t("已催投递员"), true, html! {
                    (Field { hint: t("例如 10:15 前送到"), ..Field::line("promised", t("投递员答应"), filled.get("promised")) }.render())
                }))
            }
            @if !has("mail_round.late_papers_received") { (step(to, fresh, "arrived", t("迟到的报刊收到了"), false, html! {})) }
            (step(to, fresh, "closed", t("了结这次迟到"), false, html! {}))
        },
    )
}

/// Setting out and the end of the round.
fn leaving(known: &Known, to: &str, fresh: &str, filled: &Filled) -> Markup {
    let sorted = known.doors().values().flatten().filter(|row| row.stage == "sorted").count();
    panel(
        t("出发和了结"),
        html! {},
        html! {
            @if !known.has("mail_round.set_out") {
                (step(to, fresh, "out", t("带上签收表出发"), true, html! { p.dim { (crate::t!("已分拣 {} 件。", sorted)) } }))
            }
            (step(to, fresh, "done", t("这一班了结"), known.has("mail_round.set_out"), html! {
                (Field { hint: t("迟了的写原因"), ..Field::line("reason", t("说明"), filled.get("reason")) }.render())
            }))
        },
    )
}

/// Door by door: what is for whom, the signature or why not.
fn doors(
    here: &Here,
    known: &Known,
    timing: Timing<'_>,
    (to, fresh, works): (&str, &str, bool),
    filled: &Filled,
) -> Markup {
    let doors = known.doors();
    let untouched = Filled::default();
    let body = html! {
        @if doors.is_empty() { p.dim { (t("这一班没有在手的件。")) } }
        @for (n, (place, rows)) in doors.iter().enumerate() {
            @let out = rows.iter().any(|row| row.stage == "out");
            @let mine = filled.get("place") == place;
            @let why = if mine { filled.get("reason") } else { "" };
            section.panel {
                div.title { h3 { (place) } @if let Some(row) = rows.first() { (words::light(row, timing)) } }
                ul.rows { @for row in rows {
                    li { a href={ "/mail/items/" (row.case) } { (words::what(here, row)) } " " (words::stage(row)) }
                } }
                @if works && out {
                    details open[mine] {
                        summary { (t("送到门口")) }
                        (step(to, &format!("{fresh}-{n}"), "brought", t("已签收"), true, html! {
                            input type="hidden" name="place" value=(place);
                            (who(filled, mine))
                            (crate::cases::sign::show(if mine { filled } else { &untouched }, ""))
                        }))
                        (step(to, &format!("{fresh}-{n}"), "missed", t("没有送到"), false, html! {
                            input type="hidden" name="place" value=(place);
                            (Field { hint: t("无人、拒收、改约"), ..Field::line("reason", t("原因"), why) }.render())
                        }))
                    }
                }
            }
        }
    };
    panel(t("逐户派送"), html! { span.dim { (crate::t!("{} 户", doors.len())) } }, body)
}

fn who(filled: &Filled, mine: bool) -> Markup {
    let chosen = if mine && !filled.get("signs_as").is_empty() { filled.get("signs_as") } else { "addressee_self" };
    let kinds = [("addressee_self", t("收件人本人")), ("family_or_colleague", t("家人同事")), ("proxy", t("代领人"))];
    let kinds: Vec<Chip> =
        kinds.iter().map(|(value, words)| Chip { value, words, key: None, on: *value == chosen }).collect();
    chips("signs_as", t("谁来签"), false, &kinds)
}
