//! What (何事): the caller's words, large; then kind, place, class, appointment; the four clears; the read-back sentence.

use maud::{Markup, html};
use office::case::CaseKind;
use office::event::Attachment;

use super::counter::{Counter, IF_SPOKEN_OF, OF_CONTACT, fields_of};
use crate::cases::{field, late};
use crate::components::field::{Chip, Control, Field, command, sign_chip};
use crate::components::refusal;
use crate::language::{said, t};
use crate::page::Filled;
use crate::state::Here;

/// The whole column: the form of the matter.
pub fn column(here: &Here, counter: &Counter) -> Markup {
    let filled = &counter.filled;
    html! {
        form #intake.panel method="post" action="/desk" enctype="multipart/form-data" autocomplete="off"
            data-preview="/desk/preview" data-parts="follows mass mood kind-hint clears said-back kind-fields" {
            div.title { h2 { (t("何事")) } (clears(here, counter)) }
            (command(&counter.command))
            // Enter in a field saves, whatever other keys the form shows before the one that says so.
            button.vh name="do" value="dispatch" tabindex="-1" aria-hidden="true" {}
            input type="hidden" name="contact" value=(counter.contact);
            @if let Some(no) = &counter.refusal { (refusal::refusal(no)) }
            div.field {
                label for="words" { (t("来人的话")) }
                textarea.caller-words #words name="words" rows="3" maxlength="2000" data-key="F2" data-paste="upload"
                    autofocus placeholder=(t("照原话写，一句也可以")) { (maud::PreEscaped("\n")) (filled.get("words")) }
            }
            (takes_up(counter))
            (kinds(counter))
            (kind_fields(here, counter))
            div.pair { (channel(here, filled.get("case.channel"))) (station(here, filled.get("case.station"))) }
            (reception(here, counter))
            (attachments(&counter.kept))
            (late::show(filled, None))
            (on_blank(filled))
            (said_back(here, counter))
            label.read-key {
                input type="checkbox" name="read_back" value="yes" checked[filled.get("read_back") == "yes"] data-key="F7";
                " " (t("已复述，来人确认")) " " kbd { "F7" }
            }
            p.ways {
                button.main name="do" value="dispatch" data-key="F8" { (t("保存并派单")) " " kbd { "F8" } }
                " " button name="do" value="save" { (t("只保存")) }
                " " button.vh formaction="/desk/preview" tabindex="-1" { (t("看时限")) }
            }
        }
    }
}

/// The four clears; three light up by themselves.
pub fn clears(here: &Here, counter: &Counter) -> Markup {
    html! {
        span #clears.clears {
            @for (words, fulfilled) in counter.clears(here) { (sign_chip(&said(words, None), fulfilled)) " " }
        }
    }
}

fn kinds(counter: &Counter) -> Markup {
    let chosen = CaseKind::of(counter.filled.get("kind"));
    html! {
        fieldset.chips {
            legend { (t("种类")) }
            label {
                input type="radio" name="kind" value="" checked[chosen.is_none()];
                span { (kind_hint(counter)) }
            }
            @for kind in CaseKind::ALL {
                label {
                    input type="radio" name="kind" value=(kind.id()) checked[chosen == Some(kind)];
                    span { (said(kind.title(), None)) }
                }
            }
        }
    }
}

/// What the words suggest.
pub fn kind_hint(counter: &Counter) -> Markup {
    html! {
        b #kind-hint {
            @match counter.suggested {
                Some(kind) => (crate::t!("按话：{}", said(kind.title(), None))),
                None => (t("按话自动")),
            }
        }
    }
}

/// The fields of the kind. `shown_kind` tells the next preview which they are, so that they are not swapped while filled.
pub fn kind_fields(here: &Here, counter: &Counter) -> Markup {
    let laws = here.house().laws();
    let filled = &counter.filled;
    let usual = if counter.card.is_some() { "own" } else { "shared" };
    html! {
        div #kind-fields {
            input type="hidden" name="shown_kind" value=(counter.kind.map_or("", CaseKind::id));
            @if let Some(kind) = counter.kind {
                @for id in fields_of(kind).iter().filter(|id| asks(counter, id)) {
                    @let typed = filled.get(id);
                    @let value = if *id == "repair.object" && typed.is_empty() { usual } else { typed };
                    @let wrong = field::read(laws, id, typed).err();
                    (field::show(laws, id, false, value, wrong.as_deref()))
                }
                @if counter.kind == Some(CaseKind::Complaint) {
                    (tick(filled, "complaint.apologised", t("已致歉")))
                    (tick(filled, "complaint.thanked", t("已致谢")))
                    (told_desk(filled))
                }
            }
        }
    }
}

/// Whether a field of the kind is asked for in this office.
fn asks(counter: &Counter, id: &str) -> bool {
    !IF_SPOKEN_OF.contains(&id) || counter.named.contains(id) || !counter.filled.get(id).is_empty()
}

/// An earlier matter that this one takes up again, when it is not among those that look the same.
fn takes_up(counter: &Counter) -> Markup {
    let earlier = counter.filled.get("linked_case");
    let offered =
        counter.duplicates.iter().any(|row| row.id == earlier) || counter.mass.iter().any(|it| it.id == earlier);
    html! {
        @if !earlier.is_empty() && !offered {
            input type="hidden" name="linked_case" value=(earlier);
            p.small { (t("接着这一件再报：")) a href={ "/cases/" (earlier) } { (t("原来的单子")) } }
        }
    }
}

/// A complaint that somebody else heard: when that person told the desk.
fn told_desk(filled: &Filled) -> Markup {
    let typed = filled.get("told_desk");
    html! {
        details.late-entry open[!typed.is_empty()] {
            summary { (t("别人先听到，后来才告诉前台")) }
            (Field {
                hint: t("那人听到的时刻写在“补录”里，这里写告诉前台的时刻。"),
                control: Control::Line { kind: "datetime-local", value: typed, most: 20 },
                ..Field::line("told_desk", t("告知前台时刻"), "")
            }.render())
        }
    }
}

fn channel(here: &Here, chosen: &str) -> Markup {
    select(here, "case.channel", if chosen.is_empty() { "phone" } else { chosen })
}

fn station(here: &Here, chosen: &str) -> Markup {
    select(here, "case.station", if chosen.is_empty() { "office_desk" } else { chosen })
}

fn select(here: &Here, id: &str, chosen: &str) -> Markup {
    let laws = here.house().laws();
    let Some(word) = laws.vocabulary.attribute_of_id(id).map(|at| &laws.vocabulary.attributes[at]) else {
        return html! {};
    };
    let choices: Vec<(&str, String)> = word
        .values()
        .iter()
        .map(|(zh, value)| (value.as_str(), said(zh, Some(&value.replace('_', " "))).into_owned()))
        .collect();
    let choices: Vec<(&str, &str)> = choices.iter().map(|(value, words)| (*value, words.as_str())).collect();
    let label = said(&word.zh, None).into_owned();
    Field { control: Control::Select { choices: &choices, chosen }, ..Field::line(id, &label, "") }.render()
}

/// One tick of what was done.
fn tick(filled: &Filled, name: &str, words: &str) -> Markup {
    html! {
        label.read-key {
            input type="checkbox" name=(name) value="yes" checked[filled.get(name) == "yes"]; " " (words)
        }
    }
}

/// How the caller was received: rings, mood, leave-taking. Closed unless something of it is filled.
fn reception(here: &Here, counter: &Counter) -> Markup {
    let filled = &counter.filled;
    let open = OF_CONTACT.iter().any(|id| !filled.get(id).is_empty()) || counter.is_late() || counter.came();
    html! {
        details.late-entry open[open] {
            summary { (t("接待情况：铃响几声、来人情绪、还有别的事")) }
            div.pair {
                (Field {
                    control: Control::Line { kind: "number", value: filled.get("phone.rings"), most: 3 },
                    ..Field::line("phone.rings", t("铃响几声接起"), "")
                }.render())
                (Field::line("case.reason", t("没有房号或电话的原因"), filled.get("case.reason")).render())
            }
            (tick(filled, "contact.agitated", t("来人激动")))
            (mood(here, counter))
            (tick(filled, "courtesy.anything_else", t("问过还有别的事")))
        }
    }
}

/// An agitated visitor is better off sitting down elsewhere; one who has waited too long is apologised to.
pub fn mood(here: &Here, counter: &Counter) -> Markup {
    let filled = &counter.filled;
    let places = [("meeting_room", t("会议室")), ("head_office", t("主任室")), ("desk", t("前台"))];
    let chips: Vec<Chip> = places
        .iter()
        .map(|(id, words)| Chip { value: id, words, key: None, on: filled.get("contact.moved_to") == *id })
        .collect();
    let agreed = [("yes", t("同意")), ("no", t("不同意"))];
    let agreed =
        agreed.map(|(value, words)| Chip { value, words, key: None, on: filled.get("courtesy.agreed") == value });
    html! {
        div #mood {
            @if counter.came() {
                (tick(filled, "case.seat_offered", t("已请坐")))
                (tick(filled, "case.tea_offered", t("已备茶")))
            }
            @if filled.get("contact.agitated") == "yes" {
                p.read-back { (t("先请到会议室坐下，倒杯水慢慢说；同时请主管到场，一起当场答清。")) }
                (crate::components::field::chips("contact.moved_to", t("带至"), false, &chips))
                (supervisor(here, counter))
            }
            @if !filled.get("repair.appointment").is_empty() {
                (crate::components::field::chips("courtesy.agreed", t("约的时间，来人同意吗"), false, &agreed))
            }
            @if counter.is_late() && counter.kind != Some(CaseKind::Complaint) {
                (tick(filled, "complaint.apologised", t("上次误了时，已致歉")))
            }
        }
    }
}

/// The key that calls a supervisor, or when one was called and who has come.
fn supervisor(here: &Here, counter: &Counter) -> Markup {
    let timing = crate::components::Timing { now: here.now, zone: &here.house().laws().zone };
    html! {
        p.ways {
            @match &counter.called {
                None => button formaction="/desk/contact/supervisor" formnovalidate { (t("请主管到场")) },
                Some(call) => {
                    b { (crate::t!("{} 已请主管到场", timing.clock(call.at))) }
                    @if let Some((who, at)) = &call.came { " " (crate::t!("{0} {1} 到场", timing.clock(*at), who)) }
                }
            }
        }
    }
}

/// What was written on a blank slip while nothing ran: its number, under which it is entered.
fn on_blank(filled: &Filled) -> Markup {
    let typed = filled.get("blank_number");
    html! {
        details.late-entry open[!typed.is_empty()] {
            summary { (t("停机时写在备用空白单上")) }
            (Field {
                hint: t("照单上印的编号；听到的时刻写在“补录”的实际发生时间里。"),
                ..Field::line("blank_number", t("备用单编号"), typed)
            }.render())
        }
    }
}

fn attachments(kept: &[Attachment]) -> Markup {
    html! {
        div.field {
            label.button.photo-input {
                (crate::components::icon(crate::components::lucide::LuCamera)) (t("截图、照片（可直接粘贴）"))
                input #upload.vh type="file" name="upload" accept="image/jpeg,image/png,image/webp,application/pdf" multiple
                    data-photo="1600" data-shows="photos";
            }
            div.photos #photos {}
            @for one in kept {
                p.small { input type="hidden" name="kept" value={ (one.hash) " " (one.name) }; (t("已收下")) " " (one.name) }
            }
        }
    }
}

/// How somebody on file is spoken to: by surname. What is no person's name, as that of a firm, is said whole.
fn spoken_to(name: &str) -> String {
    match office::household::surname(name) {
        Some(surname) => crate::t!("{}先生/女士", surname),
        None => name.to_owned(),
    }
}

/// The sentence to say back to the caller.
pub fn said_back(here: &Here, counter: &Counter) -> Markup {
    let filled = &counter.filled;
    let place = match &counter.card {
        Some(card) => card.room.clone(),
        None => filled.get("place").to_owned(),
    };
    let name = match counter.person() {
        Some(person) => spoken_to(&person.name),
        None => filled.get("name").to_owned(),
    };
    let words = filled.get("words");
    let appointed = field::moment(&here.house().laws().zone, filled.get("repair.appointment"));
    let timing = crate::components::Timing { now: here.now, zone: &here.house().laws().zone };
    html! {
        p #said-back.read-back {
            @if words.is_empty() {
                span.dim { (t("写下来人的话，这里就有复述的句子。")) }
            } @else {
                @match [place.as_str(), name.as_str()].iter().filter(|it| !it.is_empty()).copied().collect::<Vec<_>>().join(" ") {
                    who if who.is_empty() => (crate::t!("跟您复述一遍：您反映“{0}”。", words)),
                    who => (crate::t!("跟您复述一遍：{0}，您反映“{1}”。", who, words)),
                }
                @if let Some(at) = appointed { (crate::t!("约在{}上门。", timing.said(at))) }
                (t("我记得对吗？"))
            }
        }
    }
}
