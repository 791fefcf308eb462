//! Who (何人): the box that finds a household, its card, the caller.

use journal::reads::{CaseRow, HouseholdCard};
use maud::{Markup, html};

use super::counter::Counter;
use crate::cases::chase;
use crate::components::field::{Control, Field, Picker};
use crate::components::marks::{Tone, tag};
use crate::language::{said, t};
use crate::page::wrong::escaped;

/// The whole column.
pub fn column(counter: &Counter, places: &[String]) -> Markup {
    let box_ = Picker {
        name: "q",
        label: t("房号、姓名、电话或车牌"),
        example: "3.2.501",
        value: counter.filled.get("q"),
        action: "/desk/search",
        results: "found",
        room: true,
        key: Some("F4"),
    };
    html! {
        section.panel {
            div.title { h2 { (t("何人")) } }
            (box_.render(found(counter, places)))
            div #household { (card(counter, places)) }
            (in_form(Field::line("name", t("来人称呼"), counter.filled.get("name"))))
            (in_form(Field {
                control: Control::Line { kind: "tel", value: counter.filled.get("phone"), most: 30 },
                ..Field::line("phone", t("联系电话"), "")
            }))
        }
    }
}

/// What the box found; several are listed, nothing is guessed. The words looked for go along with the form of the matter.
fn found(counter: &Counter, places: &[String]) -> Markup {
    let named = named(counter.filled.get("q"), places);
    html! {
        input type="hidden" name="q" value=(counter.filled.get("q")) form="intake";
        @for hit in &counter.hits {
            a href={ "/desk?household=" (hit.id) } data-swap="household found mass" data-then="words" data-walk
                data-exact[hit.exact] {
                b.place { (hit.words) } span { (hit.name) } span.dim { (hit.phone_tail) }
                span.dim.small { (said(&hit.matched, None)) }
            }
        }
        @if counter.hits.is_empty() {
            @for place in &named {
                a href={ "/desk?place=" (escaped(place)) } data-swap="household found mass" data-then="words" data-walk
                    data-exact[names_part(counter.filled.get("q"), places)] {
                    b.place { (place) } span.dim.small { (t("公共部位，没有住户")) }
                }
            }
        }
        @if counter.hits.is_empty() && named.is_empty() && !counter.filled.get("q").is_empty() {
            p.dim.small { (t("没有找到。不在册的来人和公共部位，直接填在下面。")) }
        }
    }
}

/// Places offered at most.
const PLACES: usize = 6;

/// Whether words name one common part (3栋2单元电梯) and could mean no other.
pub(super) fn names_part(words: &str, places: &[String]) -> bool {
    matches!(named(words, places).as_slice(), [only] if only == words.trim())
}

/// The places that words in the box name, the words themselves first: they hold a common part (电梯), or lie in one.
fn named(words: &str, places: &[String]) -> Vec<String> {
    let words = words.trim();
    if words.chars().count() < 2 {
        return Vec::new();
    }
    let own = places.iter().any(|place| words.contains(place.as_str()));
    let own = own.then(|| words.to_owned());
    let listed = places.iter().filter(|place| *place != words && place.contains(words)).cloned();
    own.into_iter().chain(listed).take(PLACES).collect()
}

fn card(counter: &Counter, places: &[String]) -> Markup {
    let filled = &counter.filled;
    let chosen = filled.get("person");
    let stranger = counter.person().is_none();
    html! {
        @match &counter.card {
            Some(card) => {
                div.household {
                    input type="hidden" name="household" value=(card.household.id) form="intake";
                    h2 { (card.room) " " (tags(card)) }
                    ul {
                        @for (n, person) in card.household.people.iter().enumerate() {
                            li { label {
                                input type="radio" name="person" value=(person.id) form="intake"
                                    checked[chosen == person.id || (chosen.is_empty() && n == 0)];
                                " " b { (person.name) } " " span.dim { (said(person.tenure.title(), None)) } " "
                                span { (person.phones.join("、")) }
                            } }
                        }
                        li { label {
                            input type="radio" name="person" value="other" form="intake" checked[stranger];
                            " " (t("其他人，写在下面"))
                        } }
                    }
                    @if !card.household.remark.is_empty() { p.small { (card.household.remark) } }
                    (matters(t("未结事项"), &card.open, Some(&counter.command)))
                    (matters(t("近期事项"), &card.past, None))
                    p.small { a href="/desk" data-swap="household found mass" data-then="q" { (t("换一户")) } }
                }
            }
            None => {
                @let place = html! {
                    input id="place" name="place" value=(filled.get("place")) maxlength="200" list="places";
                };
                (in_form(Field {
                    hint: t("没有房号时写公共部位：3栋电梯厅、地下车库B区"),
                    control: Control::Own(place),
                    ..Field::line("place", t("地点"), "")
                }))
                datalist #places { @for place in places { option value=(place) {} } }
            }
        }
    }
}

fn in_form(field: Field) -> Markup {
    // The fields stand beside the form of the matter and belong to it.
    let shown = field.render().into_string();
    html! { (maud::PreEscaped(shown.replacen("<input ", "<input form=\"intake\" ", 1))) }
}

fn tags(card: &HouseholdCard) -> Markup {
    let household = &card.household;
    html! {
        @if !household.occupancy.is_empty() { (tag(&household.occupancy, Tone::Plain)) }
        @for plate in &household.plates { " " (tag(plate, Tone::Plain)) }
        @if card.open.iter().any(|case| case.chased > 0) { " " (tag(t("有催办"), Tone::Mind)) }
        @if card.open.len() > 2 { " " (tag(t("多件未结"), Tone::Mind)) }
    }
}

/// The matters of the household; the open ones with the button that notes a chaser and shows what to read out.
fn matters(title: &str, rows: &[CaseRow], command: Option<&str>) -> Markup {
    html! {
        @if !rows.is_empty() {
            h3 { (title) " " (rows.len()) }
            ul.small {
                @for (n, row) in rows.iter().enumerate() {
                    li {
                        a href={ "/cases/" (row.id) } { (row.title) }
                        span.dim { (said(row.state.title(), None)) }
                        @if row.chased > 0 { (tag(&crate::t!("催办 {}", row.chased), Tone::Mind)) }
                        @if let Some(command) = command {
                            (chase::button(&row.id, &format!("{command}-{}", row.id), n == 0))
                        }
                    }
                }
            }
        }
    }
}
