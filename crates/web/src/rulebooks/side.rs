//! What the pages of adoption share (采用页): tabs, both sides of a conflict, what a change would have made of the past.

use std::sync::Arc;

use calendar::{DueAt, Moment};
use journal::SiteLaw;
use maud::{Markup, html};
use rulebook::model::{Book, Clause, Rule};
use rulebook::simulate::{Kept, Outcomes, Owed, Replay};
use rulebook::{Adoption, Charter, ClauseRef, Conflict, Lang, ReadBack, State};

use crate::components::panel::{Tab, tabs};
use crate::components::{Timing, Tone, clause as chip, panel, tag};
use crate::language::{self, Language, said, t, zh};
use crate::security::Fault;
use crate::state::Here;

/// The tabs of 规程; `here` is the place of the present one.
pub fn of_rulebooks(law: &SiteLaw, now: Moment, here: usize) -> Markup {
    let open = law.law.conflicts(now).iter().filter(|it| !law.log.settled.contains_key(&it.sides)).count();
    let open = u64::try_from(open).ok().filter(|open| *open > 0);
    let tab = |words, path, count| Tab { words, path, count };
    let shown = [
        tab(t("规程库"), "/rulebooks", None),
        tab(t("章程"), "/rulebooks/charter", None),
        tab(t("冲突"), "/rulebooks/conflicts", open),
        tab(t("自编规程"), "/rulebooks/own", None),
    ];
    tabs(t("规程"), &shown, here)
}

/// The language of read-backs.
pub fn lang() -> Lang {
    match language::current() {
        Language::English => Lang::English,
        _ => Lang::Chinese,
    }
}

/// The edition of a clause that the site has, also one that is planned.
fn edition_of<'a>(law: &'a SiteLaw, clause: &ClauseRef, now: Moment) -> Option<&'a Arc<Book>> {
    let adoption = law.charter.adoption(&clause.book, now).or_else(|| law.planned(&clause.book, now))?;
    law.books.get(&adoption.digest)
}

/// The rules of a register number that hold under the site's settings, with their clause.
fn rules<'a>(book: &'a Book, charter: &Charter, id: &str) -> Vec<(&'a Clause, &'a Rule)> {
    let all = book.clauses.iter().flat_map(|clause| clause.rules.iter().map(move |rule| (clause, rule)));
    let own: Vec<_> = all.filter(|(_, rule)| rule.id.value == id).collect();
    let held: Vec<_> = own.iter().filter(|(_, rule)| switched_on(book, charter, rule)).copied().collect();
    if held.is_empty() { own } else { held }
}

/// Whether the settings that a rule asks for stand as it asks.
fn switched_on(book: &Book, charter: &Charter, rule: &Rule) -> bool {
    rule.kind.when().iter().all(|condition| {
        let Some(name) = condition.setting() else { return true };
        let default = book.settings.iter().find(|it| it.name == name).map(|it| it.default.as_str());
        let value = charter.settings.get(name).map(String::as_str).or(default).unwrap_or_default();
        match &condition.test {
            rulebook::model::Test::OneOf(words) => words.iter().any(|word| word == value),
            rulebook::model::Test::NotOneOf(words) => !words.iter().any(|word| word == value),
            _ => true,
        }
    })
}

/// Both sides of a conflict beside each other: what each clause says, from which document, and which is lit.
pub fn both(here: &Here, law: &SiteLaw, conflict: &Conflict) -> Markup {
    let words = &here.house().laws().vocabulary;
    let settled = law.log.settled.get(&conflict.sides);
    let prefer = settled.and_then(|it| it.prefer.as_ref());
    html! {
        div.pair {
            @for (place, side) in conflict.sides.iter().enumerate() {
                @let book = edition_of(law, side, here.now);
                @let lit = match prefer { Some(prefer) => prefer == side, None => conflict.stricter == Some(place) };
                div {
                    p {
                        (chip(side, None)) " "
                        @if let Some(book) = book { b { (said(&book.name, Some(&book.name_en))) } }
                        @if lit { " " (tag(t("亮灯"), Tone::Plain)) }
                        @if prefer.is_some() && !lit { " " (tag(t("只统计"), Tone::Mind)) }
                    }
                    @if let Some(book) = book {
                        @let reader = ReadBack::new(words, std::slice::from_ref(&**book), lang()).with_chosen(&law.charter.settings);
                        @for (clause, rule) in rules(book, &law.charter, &side.id) {
                            p { (said(&reader.rule(rule), None)) }
                            p.small.dim { (said(&book.document, None)) " " (said(&clause.place, None)) }
                        }
                    }
                }
            }
        }
    }
}

/// What a conflict is about: 回访：时限、比率.
pub fn about(here: &Here, conflict: &Conflict) -> String {
    let words = &here.house().laws().vocabulary;
    let english = words.fact_of_id(&conflict.act).map(|at| words.facts[at].en.as_str());
    let english = english.or_else(|| words.form_of_id(&conflict.act).map(|at| words.forms[at].en.as_str()));
    let act = here.word(&conflict.act);
    let act = said(&act, english);
    let aspects: Vec<&str> = conflict.aspects.iter().map(|it| it.word(lang())).collect();
    match lang() {
        Lang::English => format!("{act}: {}", aspects.join(", ")),
        Lang::Chinese => format!("{act}：{}", said(&aspects.join("、"), None)),
    }
}

/// The site's charter with one book adopted otherwise from the beginning of time, and the books of that charter.
pub fn trial(
    law: &SiteLaw,
    book: &Arc<Book>,
    except: &std::collections::BTreeSet<String>,
    now: Moment,
) -> (Charter, Vec<Arc<Book>>) {
    let others: Vec<&Adoption> = law.charter.adopted(now).filter(|it| it.book != book.id).collect();
    let mut books: Vec<Arc<Book>> = others.iter().filter_map(|it| law.books.get(&it.digest).cloned()).collect();
    let ever = |adoption: &Adoption| Adoption { from: Moment(i64::MIN), until: None, ..adoption.clone() };
    let mut adoptions: Vec<Adoption> = others.into_iter().map(ever).collect();
    adoptions.push(Adoption { except: except.clone(), ..Adoption::whole(&book.id, &book.digest, Moment(i64::MIN)) });
    books.push(book.clone());
    (Charter { adoptions, ..law.charter.clone() }, books)
}

/// Months that a trial may look back.
const MONTHS: [u32; 3] = [1, 3, 6];
/// Cases looked at: the newest of the months.
const CASES: i64 = 2_000;
/// Differences shown.
const SHOWN: usize = 20;

/// The past under another charter: the box with its choice of months, and the answer once asked. Nothing is written.
pub async fn past(
    here: &Here,
    law: &Arc<SiteLaw>,
    (charter, books): (Charter, Vec<Arc<Book>>),
    path: &str,
    months: u32,
) -> Result<Markup, Fault> {
    let answer = if MONTHS.contains(&months) {
        let laws = here.house().laws().clone();
        let days = i64::from(months) * 30;
        let from = here.now.plus_seconds(-days * 86_400);
        let cases =
            here.house().past_cases(here.site, from, CASES).await.map_err(|fault| Fault::new("读取往事", fault))?;
        let (law, now, asked) = (law.clone(), here.now, cases.len());
        // A replay computes; it must not hold up other requests.
        let replayed = tokio::task::spawn_blocking(move || {
            let after = laws.trial(&charter, &books);
            let before = laws.trial(&whole_past(&law, now), &books_of(&law, now));
            let mut replay = Replay::new(&before, &after, now, SHOWN);
            cases.iter().for_each(|(number, facts)| replay.subject(number, facts));
            replay.finish(laws.zone.date(from), laws.zone.date(now))
        });
        let outcomes = replayed.await.map_err(|error| Fault::new("推演", std::io::Error::other(error)))?;
        told(here, &outcomes, asked)
    } else {
        html! { p.dim { (t("用本站点最近的事项重算一遍，看改后哪些应办、期限会不同。只看，不改任何记录。")) } }
    };
    Ok(panel(
        t("放到往事里试"),
        html! {},
        html! {
            form.inline method="get" action=(path) {
                @for choice in MONTHS {
                    button name="months" value=(choice) { (crate::t!("最近 {} 个月", choice)) }
                }
            }
            (answer)
        },
    ))
}

/// Today's charter as if it had always been so, so that only the trial makes a difference.
fn whole_past(law: &SiteLaw, now: Moment) -> Charter {
    let ever = |it: &Adoption| Adoption { from: Moment(i64::MIN), until: None, ..it.clone() };
    Charter { adoptions: law.charter.adopted(now).map(ever).collect(), ..law.charter.clone() }
}

fn books_of(law: &SiteLaw, now: Moment) -> Vec<Arc<Book>> {
    law.charter.adopted(now).filter_map(|it| law.books.get(&it.digest).cloned()).collect()
}

fn told(here: &Here, outcomes: &Outcomes, asked: usize) -> Markup {
    let changed: Vec<_> = outcomes.kept.iter().filter(|(_, (before, after))| before != after).collect();
    let broken = |it: &Kept| it.late + it.overdue + it.missed;
    let pair = |was: u64, is: u64| if was == is { is.to_string() } else { format!("{was} → {is}") };
    html! {
        p { (crate::t!("看了 {0} 件事项；不同的应办 {1} 项。原来没有的应办是新添的工作，不算超时。", asked, outcomes.differing)) }
        @if !changed.is_empty() {
            div.scroll { table.plain-table {
                thead { tr {
                    th { (t("条")) } th { (t("应办")) } th { (t("按时")) } th { (t("超时办结|计数")) } th { (t("未到期|计数")) }
                } }
                tbody { @for (clause, (before, after)) in changed { tr {
                    td { (chip(clause, None)) " " span.small.dim { (clause.book) } }
                    td.num { (pair(before.all(), after.all())) }
                    td.num { (pair(before.met, after.met)) }
                    td.num { (pair(broken(before), if before.all() == 0 { 0 } else { broken(after) })) }
                    td.num { (pair(before.open, after.open)) }
                } } }
            } }
        }
        @if !outcomes.samples.is_empty() {
            ul.read-lines { @for one in &outcomes.samples { li.small {
                a href={ "/cases/" (one.subject) } { (one.subject) } " " (chip(&one.clause, None)) " "
                (owed(here, one.before.as_ref(), false)) " → " (owed(here, one.after.as_ref(), one.before.is_none()))
            } } }
        }
    }
}

/// An obligation in a few words; one that is new is work, whatever became of it.
fn owed(here: &Here, owed: Option<&Owed>, new: bool) -> Markup {
    let timing = Timing { now: here.now, zone: &here.house().laws().zone };
    html! {
        @match owed {
            None => { span.dim { (t("不要求")) } },
            Some(owed) => {
                @match owed.due {
                    Some(at) => { (calendar::words::exact(timing.zone, DueAt { at, end_of_day: owed.end_of_day })) },
                    None => { (t("不计时")) },
                }
                " " @if new { (tag(t("新添"), Tone::Plain)) } @else { (t(state(owed.state))) }
            },
        }
    }
}

fn state(state: State) -> &'static str {
    match state {
        State::Open => zh("未到期|计数"),
        State::Overdue => zh("已超时未办"),
        State::Met => zh("按时"),
        State::MetLate => zh("超时办结|计数"),
        State::Missed => zh("未办|计数"),
        State::Waived | State::NotApplicable => zh("免办或不适用"),
    }
}
