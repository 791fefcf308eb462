//! Archive copies (归档件): a paper, or a case with all its papers, as one PDF file that says which entry of the journal it stands on. The
//! same entries give the same bytes: nothing in it is of the moment at which it was made.

mod cover;
mod sheet;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use axum::extract::Path;
use axum::response::Response;
use calendar::Moment;
use courier::pdf::Look;
use journal::SiteLaw;
use journal::reads::CasePage;
use maud::{Markup, html};
use office::case::Case;

use super::print::{self, Sender};
use crate::cases;
use crate::language::{said, t};
use crate::page::{pdf, wrong};
use crate::security::{Fault, Permission};
use crate::state::Here;

/// Records of one case whose papers go into its file.
const RECORDS: usize = 40;

/// The key on a paper's page.
pub fn key(number: &str) -> Markup {
    html! { a.button href={ "/forms/" (number) "/archive.pdf" } { (t("归档件 PDF")) } " " }
}

/// The key that gives a case with all its papers in one file; none for those who may not print papers.
pub fn whole_key(here: &Here, case: &Case) -> Markup {
    html! {
        @if here.viewer.grants.allow(Permission::CaseWork) {
            a.button href={ "/cases/" (case.id) "/archive.pdf" } { (t("整件归档 PDF")) } " "
            @let over = cover::left_out(&case.attachments);
            @if over > 0 { span.small.dim { (crate::t!("照片太多，归档件放不下 {} 张", over)) } " " }
        }
    }
}

/// `GET /forms/{number}/archive.pdf`.
pub async fn one(here: Here, Path(number): Path<String>) -> Result<Response, Fault> {
    let Some(found) = print::find(&here, &number).await? else { return Ok(wrong::not_found()) };
    let copy = Copy::of(&here, found.page).await?;
    let mut blocks = Vec::new();
    sheet::add(&copy, &number, &mut blocks);
    let title = format!("{} {number}", copy.sender.title(here.house().laws(), found.kind).0);
    pdf::answer(&here, &stem(&number), copy.look(title), blocks).await
}

/// `GET /cases/{id}/archive.pdf`, by id or by number: the case, then every paper of it and of the records that belong to it.
pub async fn whole(here: Here, Path(id): Path<String>) -> Result<Response, Fault> {
    let Some(page) = cases::read(&here, &id, true).await? else { return Ok(wrong::not_found()) };
    let records: Vec<String> =
        page.joined.iter().filter(|it| it.kind.is_record()).take(RECORDS).map(|it| it.id.clone()).collect();
    let mut copies = vec![Copy::of(&here, page).await?];
    for id in records {
        if let Some(page) = cases::read(&here, &id, true).await? {
            copies.push(Copy::of(&here, page).await?);
        }
    }
    let copy = &copies[0];
    let number = copy.page.case.number.clone();
    let mut blocks = Vec::new();
    cover::add(&here, copy, &mut blocks).await?;
    for copy in &copies {
        for number in papers(&copy.page) {
            sheet::add(copy, &number, &mut blocks);
        }
    }
    let title = crate::t!("{} 整件归档", number);
    pdf::answer(&here, &stem(&number), copy.look(title), blocks).await
}

/// The numbers of a case's papers: those that were issued, and its own record.
pub fn papers(page: &CasePage) -> Vec<String> {
    let own = print::own_record(page).map(|_| page.case.number.clone());
    own.into_iter().chain(page.case.forms.iter().map(|form| form.number.clone())).collect()
}

/// The name of the file: the number, in signs that every system takes.
fn stem(number: &str) -> String {
    let plain = |c: &char| c.is_ascii_alphanumeric() || *c == '-';
    format!("{}-archive", number.chars().filter(plain).collect::<String>())
}

/// What a copy is made of.
struct Copy<'a> {
    here: &'a Here,
    page: CasePage,
    sender: Sender,
    /// The entry that it stands on: place in the journal, moment, hash.
    entry: (i64, Moment, String),
    /// Books that were in force when the case began, and the clauses that spoke of it.
    books: String,
    clauses: String,
}

impl<'a> Copy<'a> {
    async fn of(here: &'a Here, page: CasePage) -> Result<Copy<'a>, Fault> {
        let settings = here.house().settings(here.site).await.map_err(|fault| Fault::new("读取设置", fault))?;
        let law = here.house().law(here.site).await.map_err(|fault| Fault::new("读取规程", fault))?;
        let (seq, at) = page.case.entries.last().map_or((0, page.case.opened), |entry| (entry.seq, entry.at));
        let hash = here.house().entry_hash(here.site, seq).await.map_err(|fault| Fault::new("读取流水", fault))?;
        let hash = hash.unwrap_or_default().iter().map(|byte| format!("{byte:02x}")).collect();
        let (books, clauses) = rules(&law, &page.case, at);
        Ok(Copy { here, sender: Sender::of(&settings).under(&law, at), entry: (seq, at, hash), books, clauses, page })
    }

    fn look(&self, title: String) -> Look {
        Look {
            title,
            author: self.sender.company.clone(),
            head: [self.sender.company.clone(), self.page.case.number.clone()],
            foot: crate::t!("流水第 {0} 条　{1}", self.entry.0, &self.entry.2[..16]),
            made: Some(self.entry.1),
            ..pdf::look()
        }
    }

    fn exact(&self, at: Moment) -> String {
        self.here.house().laws().zone.civil(at).strftime("%Y-%m-%d %H:%M:%S").to_string()
    }

    fn name(&self, account: &str) -> String {
        self.page.names.get(account).cloned().unwrap_or_default()
    }

    /// A post in words.
    fn post(&self, id: &str) -> String {
        said(&self.here.house().laws().word(id), None).into_owned()
    }

    /// The entry that the copy stands on, and the rules of the case.
    fn grounds(&self) -> Vec<(String, String)> {
        let (seq, at, hash) = &self.entry;
        let facts = [
            (t("规程版次"), self.books.clone()),
            (t("适用条款"), self.clauses.clone()),
            (t("内容截至"), crate::t!("流水第 {0} 条，{1}", seq, self.exact(*at))),
            (t("流水校验"), hash.clone()),
        ];
        facts.into_iter().filter(|(_, text)| !text.is_empty()).map(|(label, text)| (label.to_owned(), text)).collect()
    }
}

/// The editions in force when the case began, and the clauses of them that spoke of it up to a moment.
fn rules(law: &SiteLaw, case: &Case, at: Moment) -> (String, String) {
    let derived = law.derive(&case.id, &case.facts(), at);
    let mut clauses: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for obligation in &derived.obligations {
        let known = clauses.entry(&obligation.clause.book).or_default();
        if !known.contains(&obligation.clause.id.as_str()) {
            known.push(&obligation.clause.id);
        }
    }
    let named = |book: &str| law.adopted(book, case.opened).or(law.adopted(book, at)).map(|(_, book)| book);
    let name = |id: &str| named(id).map_or(id.to_owned(), |book| said(&book.name, Some(&book.name_en)).into_owned());
    let books = clauses.keys().map(|id| {
        let edition = named(id).map(|book| book.edition.clone()).unwrap_or_default();
        format!("{} {edition}", name(id)).trim().to_owned()
    });
    let books = books.collect::<Vec<_>>().join("\n");
    let spoke = clauses.iter().map(|(id, clauses)| format!("{} {}", name(id), clauses.join("、")));
    (books, spoke.collect::<Vec<_>>().join("\n"))
}
