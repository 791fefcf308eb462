//! One contact (一次来访来电): its course, whose call it was, what is still to be done: calling back, listening, scoring.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use calendar::DueAt;
use journal::reads::{ContactPage, value_in_words};
use maud::{Markup, html};
use office::Refusal;
use office::contact::{ACTS, ContactAct, ContactState, TEN_CHARACTERS};
use rulebook::State;

use super::list::{lasted, outcome, rung};
use crate::components::field::{Chip, Control, Field, chips, command};
use crate::components::{Timing, facts, marks, panel, refusal, refused};
use crate::language::{said, t};
use crate::page::{Crumb, Filled, Fragment, Frame, Page, Place, wrong};
use crate::security::{Fault, Permission};
use crate::state::Here;

/// `GET /contacts/{id}`.
pub async fn show(here: Here, Path(id): Path<String>) -> Result<Response, Fault> {
    match read(&here, &id, false).await? {
        Some(page) => Ok(render(&here, &page, &Filled::default(), None).await?.into_response()),
        None => Ok(wrong::not_found()),
    }
}

/// `POST /contacts/{id}/unmask`: shows number and name once, after the purpose is on record.
pub async fn unmask(here: Here, Path(id): Path<String>, filled: Filled) -> Result<Response, Fault> {
    let Some(masked) = read(&here, &id, false).await? else { return Ok(wrong::not_found()) };
    let purpose = match filled.get("purpose") {
        "" if masked.contact.state == ContactState::Missed => "回拨未接来电",
        typed => typed,
    };
    let done = here.house().unmasked(here.sent(filled.command())?, format!("contact:{id}"), purpose.to_owned()).await;
    match done.map_err(|fault| Fault::new("登记查看用途", fault))? {
        Err(refusal) => Ok(refused(render(&here, &masked, &filled, Some(&refusal)).await?, &refusal)),
        Ok(_) => {
            let page = read(&here, &id, true).await?.unwrap_or(masked);
            Ok(render(&here, &page, &Filled::default(), None).await?.into_response())
        }
    }
}

/// Everything about the contact; none when there is none.
pub async fn read(here: &Here, id: &str, unmask: bool) -> Result<Option<ContactPage>, Fault> {
    let page = here.house().contact_page(here.site, id.to_owned(), here.now, unmask).await;
    page.map_err(|fault| Fault::new("读取来访来电", fault))
}

/// The page; `no` is why an act on it was refused, `filled` what was filled in then.
pub async fn render(here: &Here, page: &ContactPage, filled: &Filled, no: Option<&Refusal>) -> Result<Fragment, Fault> {
    let around = here.around().await?;
    let contact = &page.contact;
    let body = html! {
        div.beside {
            div {
                (panel(t("登记"), html! { (outcome(&page.row)) }, html! { (told(here, page)) (into_the_book(here, page)) }))
                (panel(t("经过"), html! {}, course(here, page)))
                (owed(here, page))
            }
            div { (does(here, page, filled, no)?) (who(here, page)?) }
        }
    };
    let crumbs = [Crumb { words: t("来访来电").to_owned(), path: "/contacts".to_owned() }];
    let timing = Timing { now: here.now, zone: &here.house().laws().zone };
    let title = format!("{} {}", said(contact.state.title(), None), timing.said(contact.began));
    let page = Page { crumbs: &crumbs, ..Page::new(&title, Frame::Desk(Place::Contacts, &around), body) };
    Ok(Fragment(page.render()))
}

fn told(here: &Here, page: &ContactPage) -> Markup {
    let (laws, contact) = (here.house().laws(), &page.contact);
    let timing = Timing { now: here.now, zone: &laws.zone };
    let word = |id: &str, value: &str| said(&value_in_words(laws, id, value), None).into_owned();
    let taker = contact.taker.as_ref().map(|id| page.names.get(id).unwrap_or(id).clone()).unwrap_or_default();
    let mood = contact.attributes.get("contact.agitated").is_some_and(|it| it == "yes");
    let moved = contact.attributes.get("contact.moved_to").map(|it| word("contact.moved_to", it));
    facts(&[
        (t("时间"), timing.time(contact.began)),
        (t("渠道"), html! { (word("case.channel", &contact.channel)) }),
        (t("受理台"), html! { (word("case.station", &contact.station)) }),
        (t("接待人"), html! { (taker) }),
        (t("来人的话"), html! { (page.row.words) }),
        (t("说明"), html! { (contact.note) }),
        (t("响铃"), html! { (rung(&page.row).unwrap_or_default()) }),
        (t("用时"), html! { @if let Some(seconds) = contact.seconds() { (lasted(seconds)) } }),
        (t("情绪"), html! { @if mood { (t("激动")) @if let Some(moved) = moved { " → " (moved) } } }),
    ])
}

/// The way into the answer book for what was answered without it, with question and answer filled in, for who writes there.
fn into_the_book(here: &Here, page: &ContactPage) -> Markup {
    let contact = &page.contact;
    let is_new = contact.state == ContactState::Answered && contact.answer.is_none() && !contact.note.is_empty();
    html! {
        @if is_new && here.viewer.grants.allow(Permission::AnswerWork) {
            p.ways { a.button href={ "/answers/new?contact=" (contact.id) } { (t("写进常用问答")) } }
        }
    }
}

fn course(here: &Here, page: &ContactPage) -> Markup {
    let timing = Timing { now: here.now, zone: &here.house().laws().zone };
    html! {
        ol.plain-list {
            @for line in &page.timeline { li { span.dim.nowrap { (timing.clock(line.happened)) } " " (said(&line.said, None)) } }
        }
    }
}

/// What clauses ask of this contact.
fn owed(here: &Here, page: &ContactPage) -> Markup {
    let timing = Timing { now: here.now, zone: &here.house().laws().zone };
    html! {
        @if !page.derived.obligations.is_empty() {
            (panel(t("时限"), html! {}, html! {
                ul {
                    @for it in &page.derived.obligations {
                        @let due = it.due.map(|at| DueAt { at, end_of_day: it.end_of_day });
                        li {
                            (it.must.iter().map(|id| here.word(id)).collect::<Vec<_>>().join("、")) " "
                            @match (it.state, due) {
                                (State::Open | State::Overdue, Some(due)) => (timing.light(it.opened, due)),
                                (State::Open | State::Overdue, None) => span.dim { (t("不限时")) },
                                _ => span.dim { @if let Some(ended) = it.ended { (timing.time(ended)) } },
                            }
                            " " (marks::clause(&it.clause, None))
                        }
                    }
                }
            }))
        }
    }
}

fn who(here: &Here, page: &ContactPage) -> Result<Markup, Fault> {
    let contact = &page.contact;
    let unmasks = here.viewer.grants.allow(Permission::PersonUnmask) && contact.phone.contains('*');
    let id = crate::entry::fresh_command()?;
    Ok(panel(
        t("何人"),
        html! {},
        html! {
            (facts(&[
                (t("称呼"), html! { (contact.caller) }),
                (t("电话"), html! {
                    @if contact.phone.is_empty() { @if contact.rang.is_some() { span.dim { (t("未显示号码")) } } }
                    @else if contact.phone.contains('*') { (contact.phone) }
                    @else { a href={ "tel:" (contact.phone) } { (contact.phone) } }
                }),
                (t("地点"), html! { (page.row.place) }),
            ]))
            ul.found {
                @for hit in &page.households { li { a href={ "/desk?call=" (contact.id) "&household=" (hit.id) } {
                    b.place { (hit.words) } " " (hit.name) } } }
            }
            @if unmasks {
                form.inline method="post" action={ "/contacts/" (contact.id) "/unmask" } {
                    (command(&id))
                    @if contact.state == ContactState::Missed {
                        button { (t("显示号码回拨")) }
                    } @else {
                        input name="purpose" maxlength="200" aria-label=(t("用途")) placeholder=(t("用途"));
                        button { (t("显示")) }
                    }
                }
            }
        },
    ))
}

/// What can be done now.
fn does(here: &Here, page: &ContactPage, filled: &Filled, no: Option<&Refusal>) -> Result<Markup, Fault> {
    let contact = &page.contact;
    let open = ACTS.iter().filter(|act| act.allowed(&here.actor.posts) && act.fits(contact));
    let mut forms = Vec::new();
    for act in open {
        let no = no.filter(|_| filled.get("act") == act.id || filled.get("act").is_empty());
        forms.push(form(contact.id.as_str(), act, filled, no, "")?);
    }
    let takes = contact.is_open() && contact.state != ContactState::Missed;
    let takes = takes && here.viewer.grants.allow(Permission::ContactTake);
    if forms.is_empty() && !takes {
        return Ok(html! { @if let Some(no) = no { (refusal(no)) } });
    }
    Ok(panel(
        t("办理"),
        html! {},
        html! {
            @if takes { p.ways { a.button.main href={ "/desk?call=" (contact.id) } { (t("接着登记")) } } }
            @if takes && page.row.holds_nothing() { (leave(contact.id.as_str())?) }
            @for form in forms { (form) }
        },
    ))
}

/// One key that ends a contact in which nothing was noted.
fn leave(contact: &str) -> Result<Markup, Fault> {
    let id = crate::entry::fresh_command()?;
    Ok(html! {
        form.inline method="post" action="/desk/contact/end" {
            (command(&id))
            input type="hidden" name="contact" value=(contact);
            input type="hidden" name="as" value="voided";
            input type="hidden" name="note" value=(t("打开受理页后没有留下内容"));
            button { (t("没有内容，作废")) }
        }
    })
}

/// How the desk behaved, by who was there or asked.
pub fn attitudes(chosen: &str) -> [Chip<'static>; 3] {
    [("good", t("态度好")), ("fair", t("态度一般")), ("poor", t("态度差"))].map(|(value, words)| Chip {
        value,
        words,
        key: None,
        on: chosen == value,
    })
}

/// The form by which a missed call is returned, also from a list of work; `back` is the page to return to.
pub fn return_form(contact: &str, back: &str) -> Result<Markup, Fault> {
    let Some(act) = office::contact::find("call.returned") else { return Ok(html! {}) };
    form(contact, act, &Filled::default(), None, back)
}

fn form(contact: &str, act: &ContactAct, filled: &Filled, no: Option<&Refusal>, back: &str) -> Result<Markup, Fault> {
    let id = crate::entry::fresh_command()?;
    let flags = |name: &str, label: &str| {
        let one = |value: &'static str, words| Chip { value, words, key: None, on: filled.get(name) == value };
        chips(name, label, false, &[one("yes", t("是")), one("no", t("否"))])
    };
    let note = |hint: &'static str, required| {
        let control = Control::Lines { value: filled.get("note"), rows: 2, most: 1000 };
        Field { hint, required, control, ..Field::line("note", t("说明"), "") }.render()
    };
    Ok(html! {
        form.contact-act method="post" action={ "/contacts/" (contact) "/acts/" (act.id) } {
            (command(&id))
            @if !back.is_empty() { input type="hidden" name="back" value=(back); }
            @match act.id {
                "call.returned" => {
                    (note(t("说了什么，或为什么没有打通"), true))
                    @if let Some(no) = no { (refusal(no)) }
                    p.ways {
                        button.main name="reached" value="yes" { (t("已回拨")) }
                        " " button name="reached" value="no" { (t("没有打通")) }
                    }
                }
                "call.courtesy_scored" => {
                    fieldset {
                        legend { (t("十字用语：该用的用了没有")) }
                        @for (name, words) in TEN_CHARACTERS {
                            @let fits = [("used", t("用了")), ("missed", t("该用没用")), ("unneeded", t("不需要"))];
                            @let chosen = if filled.get(name).is_empty() { "used" } else { filled.get(name) };
                            (chips(name, &said(words, None), false, &fits.map(|(value, words)| {
                                Chip { value, words, key: None, on: value == chosen }
                            })))
                        }
                    }
                    @if let Some(no) = no { (refusal(no)) }
                    button { (t("评分")) }
                }
                "call.checked" => {
                    (flags("call.talked_over", t("抢了来电人的话")))
                    (flags("call.let_finish", t("让来人说完了再解释")))
                    (flags("call.courteous", t("用语文明")))
                    (flags("call.answered_politely", t("应答有礼：是的、好的、我明白了、不要客气")))
                    (note("", false))
                    @if let Some(no) = no { (refusal(no)) }
                    button { (t("记下质检")) }
                }
                "visit.checked" => {
                    (flags("visit.stood", t("起立迎接")))
                    (flags("visit.seated_first", t("先让来人坐下")))
                    (flags("visit.sat_after", t("来人坐下自己才坐")))
                    (flags("call.answered_politely", t("应答有礼：是的、好的、我明白了、不要客气")))
                    (chips("desk.attitude", t("前台态度"), false, &attitudes(filled.get("desk.attitude"))))
                    (note("", false))
                    @if let Some(no) = no { (refusal(no)) }
                    button { (t("记下抽查")) }
                }
                "call.coached" => {
                    (note(t("辅导什么，什么时候"), true))
                    @if let Some(no) = no { (refusal(no)) }
                    button { (t("安排辅导")) }
                }
                _ => {
                    @if let Some(no) = no { (refusal(no)) }
                    button { (said(act.title, None)) }
                }
            }
        }
    })
}
