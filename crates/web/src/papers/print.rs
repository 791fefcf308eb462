//! The print of a form (打印): one page a copy on A4 and A5, once on multi-part paper; noted when it is printed.

use std::borrow::Cow;
use std::collections::BTreeSet;

use axum::extract::{Path, Query};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use calendar::Moment;
use journal::reads::{CasePage, SettingRow};
use journal::{Laws, SiteLaw};
use maud::{Markup, html};
use office::form::{self, FormType};
use rulebook::model::Sort;
use rulebook::words::FormWord;

use super::fill::Source;
use super::offset::Offset;
use super::{fill, sheet};
use crate::cases::{self, help};
use crate::components::paper::{Copy, Sheet};
use crate::components::{icon, lucide, refused};
use crate::language::{said, t};
use crate::page::{Filled, Fragment, Frame, Page, wrong};
use crate::security::Fault;
use crate::state::Here;

/// A form of a case, issued or, for the case's own record, not.
pub(super) struct Found {
    pub page: CasePage,
    pub kind: &'static FormType,
    pub number: String,
    pub void: bool,
}

/// Who speaks on a paper: the company with its site, the word for whom it serves, and how to reach the office.
pub(super) struct Sender {
    pub company: String,
    pub whom: String,
    pub contact: String,
    /// The forms that the adopted rulebooks speak of, by their words.
    pub spoken_of: BTreeSet<String>,
}

impl Sender {
    /// As the settings of the site say.
    pub fn of(settings: &[SettingRow]) -> Sender {
        let value =
            |name: &str| settings.iter().find(|row| row.name == name).map(|row| row.value.as_str()).unwrap_or_default();
        let pair = |one, two| [value(one), value(two)].join(" ").trim().to_owned();
        let whom = value("服务对象称呼").to_owned();
        Sender {
            company: pair("公司名称", "小区名称"),
            whom,
            contact: pair("办公室称呼", "公布的服务电话"),
            spoken_of: BTreeSet::new(),
        }
    }

    /// With the forms that the rulebooks in force speak of.
    pub fn under(self, law: &SiteLaw, now: Moment) -> Sender {
        Sender { spoken_of: spoken_of(law, now), ..self }
    }

    /// Title and code of a form: those of the rulebook's form that it is where one is in force, else its own.
    pub fn title<'a>(&self, laws: &'a Laws, kind: &'a FormType) -> (Cow<'a, str>, &'a str) {
        match called(laws, &self.spoken_of, &kind.known_as) {
            Some(form) => (said(&form.zh, Some(&form.en)), form.code.as_str()),
            None => (said(&kind.title, Some(&kind.title_en)), code(laws, kind)),
        }
    }
}

/// The forms that the rulebooks in force speak of, by their words.
pub(crate) fn spoken_of(law: &SiteLaw, now: Moment) -> BTreeSet<String> {
    let books = help::adopted(law, now);
    let used = books.iter().flat_map(|book| &book.clauses).flat_map(|clause| &clause.uses);
    used.filter(|used| used.sort == Sort::Form).map(|used| used.word.clone()).collect()
}

/// The first of these forms that the rulebooks in force speak of.
pub(crate) fn called<'a>(laws: &'a Laws, spoken_of: &BTreeSet<String>, ids: &[String]) -> Option<&'a FormWord> {
    let mut known = laws.vocabulary.forms.iter().filter(|form| ids.contains(&form.id));
    known.find(|form| spoken_of.contains(&form.zh))
}

/// What stands in a cell of a form, what stays in the office included.
pub(super) fn cell(laws: &Laws, (page, number): (&CasePage, &str), from: &Sender, cell: &form::Cell) -> String {
    match cell.from.as_str() {
        "addressee" => addressee(page, &from.whom),
        "office_contact" => from.contact.clone(),
        told => fill::text(Source::of_form(page, number), laws, told),
    }
}

/// The code of a form that has one of its own, beside the letters of its numbers: qms-pm-31301.
fn code<'a>(laws: &'a Laws, kind: &FormType) -> &'a str {
    let known = laws.vocabulary.forms.iter().find(|it| it.id == kind.id);
    known.map_or("", |it| it.code.as_str()).split_once('-').map_or("", |_| known.map_or("", |it| it.code.as_str()))
}

/// `GET /forms/{number}/print?size=A5&overlay=yes`. Size and overlay are the site's settings unless the query says otherwise.
pub async fn show(
    here: Here,
    Path(number): Path<String>,
    headers: HeaderMap,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let Some(found) = find(&here, &number).await? else { return Ok(wrong::not_found()) };
    let settings = here.house().settings(here.site).await.map_err(|fault| Fault::new("读取设置", fault))?;
    let value =
        |name: &str| settings.iter().find(|row| row.name == name).map(|row| row.value.clone()).unwrap_or_default();
    let query = Filled(query);
    let size = match (query.get("size"), found.kind.paper.as_str()) {
        ("", "") => value("打印纸"),
        ("", own) => own.to_owned(),
        (chosen, _) => chosen.to_owned(),
    };
    let paper = sheet::paper(&size);
    let overlay = match query.get("overlay") {
        "" => value("套打") == "是",
        chosen => chosen == "yes",
    };
    let law = here.house().law(here.site).await.map_err(|fault| Fault::new("读取规程", fault))?;
    let from = Sender::of(&settings).under(&law, here.now);
    let sheets = pages(here.house().laws(), &found, (paper, overlay), &from, false);
    let words = crate::t!("{0}，{1} 页", size, sheets.len());
    // Only what must meet lines and labels that are on the paper already is moved.
    let moved = if overlay || paper.once { Offset::of(&headers).classes() } else { String::new() };
    let body = html! {
        (bar(&here, &found, &words)?)
        div.overlay[overlay] { div class=(moved) { @for sheet in &sheets { (sheet) } } }
    };
    Ok(Fragment(Page::new(&found.number, Frame::Paper, body).render()).into_response())
}

/// The resident's copy of the slip of a repair on A5, with names and phones as the page has them; none when no slip stands.
pub fn theirs(laws: &Laws, page: &CasePage, settings: &[SettingRow]) -> Option<Vec<Markup>> {
    let slip = page.case.form("repair_slip").or(page.case.form("paid_service_slip"))?;
    let (kind, number) = (form::find(&slip.form)?, slip.number.clone());
    let found = Found { kind, number, void: false, page: page.clone() };
    Some(pages(laws, &found, (sheet::paper("A5"), false), &Sender::of(settings), true))
}

/// Every page of the forms of this type that stand in these cases, on a paper by its name.
pub(crate) async fn sheets_of(
    here: &Here,
    cases: impl Iterator<Item = &str> + Send,
    form: &str,
    paper: &str,
) -> Result<Vec<Markup>, Fault> {
    let settings = here.house().settings(here.site).await.map_err(|fault| Fault::new("读取设置", fault))?;
    let (from, mut sheets) = (Sender::of(&settings), Vec::new());
    for case in cases {
        let Some(page) = crate::cases::read(here, case, true).await? else { continue };
        let number = page.case.form(form).map(|it| it.number.clone());
        if let Some((kind, number)) = form::find(form).zip(number) {
            let found = Found { page, kind, number, void: false };
            sheets.extend(pages(here.house().laws(), &found, (sheet::paper(paper), false), &from, false));
        }
    }
    Ok(sheets)
}

/// `POST /forms/{number}/printed`.
pub async fn printed(here: Here, Path(number): Path<String>, filled: Filled) -> Result<Response, Fault> {
    let Some(found) = find(&here, &number).await? else { return Ok(wrong::not_found()) };
    let sent = here.sent(filled.command())?;
    let done = here.house().form_printed(sent, found.page.case.id.clone(), found.kind.id.clone(), number.clone()).await;
    match done.map_err(|fault| Fault::new("记下打印", fault))? {
        Ok(_) => {
            let to = format!("/forms/{number}/print?done=yes");
            Ok((StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response())
        }
        Err(refusal) => Ok(refused((), &refusal)),
    }
}

/// The form with this number; names and phones in full, because the paper needs them.
pub(super) async fn find(here: &Here, number: &str) -> Result<Option<Found>, Fault> {
    let form = here.house().form_of(here.site, number.to_owned()).await;
    let form = form.map_err(|fault| Fault::new("查找单据", fault))?;
    let case = form.map_or_else(|| number.to_owned(), |(case, _)| case);
    let Some(page) = cases::read(here, &case, true).await? else { return Ok(None) };
    let kind = kind_of(&page, number);
    let void = page.case.forms.iter().any(|form| form.number == number && form.void);
    Ok(kind.map(|kind| Found { kind, number: number.to_owned(), void, page }))
}

/// The type of the case's own record, which carries the case's number and is never issued apart; none where it was issued, or
/// there is no such form.
pub(crate) fn own_record(page: &CasePage) -> Option<&'static FormType> {
    let issued = page.case.forms.iter().any(|form| form.number == page.case.number);
    kind_of(page, &page.case.number).filter(|_| !issued)
}

/// The type of the form of this number, issued or, for the case's own record, not.
pub(super) fn kind_of(page: &CasePage, number: &str) -> Option<&'static FormType> {
    match page.case.forms.iter().find(|form| form.number == number) {
        Some(issued) => form::find(&issued.form),
        // The record of a complaint carries the case's own number and is never issued apart.
        None if page.case.number == number => form::all().iter().find(|form| form.letters == page.case.kind.letters()),
        None => None,
    }
}

fn bar(here: &Here, found: &Found, words: &str) -> Result<Markup, Fault> {
    let fresh = here.sent(None)?;
    Ok(html! {
        form.print-bar method="post" action={ "/forms/" (found.number) "/printed" } {
            (crate::components::field::command(fresh.command.as_str()))
            a.button href={ "/cases/" (found.page.case.id) } { (t("返回")) }
            span { (words) }
            a href="/forms/setup" { (t("打印设置")) }
            (super::archive::key(&found.number))
            button.main data-print data-key="F9" { (icon(lucide::LuPrinter)) (t("打印")) " " kbd { "F9" } }
        }
    })
}

/// To whom a letter goes: as it was written, else who brought the matter; who left no name is answered before everybody.
fn addressee(page: &CasePage, whom: &str) -> String {
    match page.case.attributes.get("reply.addressee").filter(|it| !it.is_empty()) {
        Some(written) => written.clone(),
        None if page.caller.0.is_empty() => crate::t!("各位{}", said(whom, None)),
        None => page.caller.0.clone(),
    }
}

/// Every page: each copy on sheets of its own, or all copies at one stroke.
/// Of these only those that residents keep, if so asked.
fn pages(
    laws: &Laws,
    found: &Found,
    (paper, overlay): (sheet::Paper, bool),
    from: &Sender,
    only_theirs: bool,
) -> Vec<Markup> {
    let all = |one: &form::Cell| cell(laws, (&found.page, &found.number), from, one);
    // What stays in the office is left out of a resident's copy, and of every copy where the sheets are printed at once.
    let told = |cell: &form::Cell| if form::internal(&cell.from) { String::new() } else { all(cell) };
    let inside = sheet::sheets(found.kind, paper, overlay, all);
    let outside = match found.kind.leaves_the_office() {
        true => sheet::sheets(found.kind, paper, overlay, told),
        false => Vec::new(),
    };
    let boxes: Vec<(String, Markup, String)> = found
        .kind
        .signatures
        .iter()
        .map(|place| {
            let (shown, at) = fill::signature(Source::of_form(&found.page, &found.number), laws, place);
            (said(&place.label, form::label_en(&place.label)).into_owned(), shown, at)
        })
        .collect();
    let copies: Vec<(Option<Copy>, bool)> = match paper.once {
        true => vec![(None, found.kind.leaves_the_office())],
        false => found
            .kind
            .copies
            .iter()
            .filter(|copy| !only_theirs || copy.keeper == "resident")
            .map(|copy| {
                let shown = Copy {
                    label: said(&copy.label, form::label_en(&copy.label)).into_owned(),
                    holder: said(&laws.word(&copy.keeper), None).into_owned(),
                };
                (Some(shown), copy.keeper == "resident")
            })
            .collect(),
    };
    let (title, code) = from.title(laws, found.kind);
    let mut pages = Vec::new();
    for (copy, leaves) in &copies {
        let sheets = if *leaves { &outside } else { &inside };
        let count = u16::try_from(sheets.len()).unwrap_or(u16::MAX);
        for (n, laid) in (1u16..).zip(sheets) {
            pages.push(
                Sheet {
                    size: paper.size,
                    company: &from.company,
                    title: &title,
                    code: if n > 1 { t("续页") } else { code },
                    number: &found.number,
                    copy: copy.as_ref(),
                    rows: html! { (sheet::rows(&laid.lines)) @if laid.signed { (sheet::signatures(&boxes)) } },
                    foot: "",
                    qr: Some(&found.number),
                    page: (n, count),
                    void: found.void,
                }
                .render(),
            );
        }
    }
    pages
}
