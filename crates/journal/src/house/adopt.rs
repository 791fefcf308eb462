//! Adopting a rulebook (采用规程): its whole text is examined and kept first, then the site's charter takes it on.

use std::sync::Arc;

use office::Refusal;
use office::site::{Adopting, CharterChange};
use rulebook::model::Book;
use rulebook::{Examiner, Problem, Severity, check_all, parse_book};

use super::{COMPANY, House, Laws};
use crate::fault::Fault;
use crate::{CommandId, Sent, sql, vals};

/// Files of a rulebook: path below the rulebooks folder, text.
pub type Files = Vec<(String, String)>;

/// A rulebook of the office's own, read and tried as a whole. Only `Laws::examine` makes one.
#[derive(Clone, Debug)]
pub struct Examined {
    files: Files,
    book: Arc<Book>,
    problems: Vec<Problem>,
    mutated: usize,
}

impl Examined {
    /// The files looked at.
    pub fn files(&self) -> &[(String, String)] {
        &self.files
    }

    /// The book; rules with a mistake stand in no clause.
    pub fn book(&self) -> &Arc<Book> {
        &self.book
    }

    /// Everything found, by file and place.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// Numbers that were changed by one to see whether an example notices.
    pub fn mutated(&self) -> usize {
        self.mutated
    }

    /// Problems that forbid use.
    pub fn errors(&self) -> usize {
        self.problems.iter().filter(|problem| problem.severity == Severity::Error).count()
    }
}

impl Laws {
    /// Reads and checks a rulebook: grammar, vocabulary, numbers, its examples, and every number changed by one. The
    /// books that come with the program stand beside it, for clauses that it refers to and settings that it shares.
    /// Takes as long as its examples do: not for async code.
    pub fn examine(&self, id: &str, files: Files) -> Examined {
        let pairs: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        let (book, mut problems) = parse_book(&self.vocabulary, &pairs);
        let own = |problem: &Problem| problem.file.split('/').next() == Some(id);
        let mut mutated = 0;
        if !problems.iter().any(|problem| problem.severity == Severity::Error) {
            let mut books = vec![book.clone()];
            let others = self.shipped.values().filter(|shipped| shipped.book.id != id);
            books.extend(others.map(|shipped| (*shipped.book).clone()));
            problems.extend(check_all(&self.vocabulary, &books).into_iter().filter(own));
            let tried = std::slice::from_ref(&book);
            let examiner = Examiner::new(&self.vocabulary, tried, &self.calendar, &self.zone);
            problems.extend(examiner.examine());
            let mutation = examiner.mutate();
            mutated = mutation.tried;
            problems.extend(mutation.survivors);
        }
        problems.sort_by(|a, b| (&a.file, a.span.start).cmp(&(&b.file, b.span.start)));
        Examined { files, book: Arc::new(book), problems, mutated }
    }
}

impl House {
    /// Adopts a rulebook at a site: the edition that `own` brings, else the one that `adopting.digest` names among those
    /// on file, else the one that comes with the program. Refused: a book of the office's own with mistakes, a book or
    /// edition that nobody has, and what the charter refuses.
    pub async fn adopt(
        &self,
        sent: Sent,
        mut adopting: Adopting,
        own: Option<Examined>,
    ) -> Result<Result<(), Refusal>, Fault> {
        let refused = |why: String, next: &str| Ok(Err(Refusal::new("不能采用", why, next)));
        let shipped = self.laws().shipped.get(&adopting.book);
        let text = match (own, shipped) {
            (Some(own), _) if own.errors() > 0 => {
                let why = format!("这部规程还有 {} 个错误", own.errors());
                return refused(why, "请改好标出的地方再采用。");
            }
            (Some(own), _) => Some((own.book.digest.clone(), own.files)),
            (None, Some(shipped)) if adopting.digest.is_empty() || adopting.digest == shipped.book.digest => {
                Some((shipped.book.digest.clone(), shipped.files.clone()))
            }
            (None, _) if !adopting.digest.is_empty() => None,
            (None, _) => return refused(format!("没有规程 {}", adopting.book), "请从规程库选择。"),
        };
        if let Some((digest, files)) = text {
            adopting.digest.clone_from(&digest);
            let command = CommandId::of(&[sent.command.as_str(), "keep"]);
            let keep = Sent { site: COMPANY, command, ..sent.clone() };
            if let Err(refusal) = self.keep_rulebook(keep, adopting.book.clone(), digest, files).await? {
                return Ok(Err(refusal));
            }
        }
        Ok(self.change_charter(sent, CharterChange::Adopt(adopting)).await?.map(drop))
    }

    /// Every edition of a book on file with the company: digest and files, oldest first.
    pub async fn editions(&self, book: String) -> Result<Vec<(String, Files)>, Fault> {
        self.read(move |tx| {
            let text = sql!("select digest, files from rulebook_text where site = 0 and book = $1");
            let rows = tx.query(text, &vals![&book])?;
            rows.iter().map(|row| Ok((row.string(0)?, super::laws::kept_files(row.text(1)?)?))).collect()
        })
        .await
    }
}
