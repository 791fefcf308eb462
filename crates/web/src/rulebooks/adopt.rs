//! Adopting and leaving a rulebook, and confirming a reading (采用、停用、确认读法).

use axum::extract::Path;
use axum::response::Response;
use office::site::{Adopting, CharterChange};

use super::{Asked, clause, library};
use crate::components::refusal::refused;
use crate::entry::see;
use crate::page::{Filled, wrong};
use crate::security::Fault;
use crate::state::Here;

/// `POST /rulebooks/{book}/adopt`: the edition that comes with the program, from now on.
pub async fn adopt(here: Here, Path(book): Path<String>, filled: Filled) -> Result<Response, Fault> {
    let adopting = Adopting { book: book.clone(), approver: filled.get("approver").to_owned(), ..Adopting::default() };
    let done = here.house().adopt(here.sent(filled.command())?, adopting, None).await;
    match done.map_err(|fault| Fault::new("采用规程", fault))? {
        Ok(()) => Ok(see("/rulebooks")),
        Err(no) => Ok(refused(library::shown(&here, Some((&book, &no))).await?, &no)),
    }
}

/// `POST /rulebooks/{book}/leave`.
pub async fn leave(here: Here, Path(book): Path<String>, filled: Filled) -> Result<Response, Fault> {
    let change = CharterChange::Leave { book: book.clone(), from: None };
    let done = here.house().change_charter(here.sent(filled.command())?, change).await;
    match done.map_err(|fault| Fault::new("停用规程", fault))? {
        Ok(_) => Ok(see("/rulebooks")),
        Err(no) => Ok(refused(library::shown(&here, Some((&book, &no))).await?, &no)),
    }
}

/// `POST /rulebooks/{book}/{clause}/confirm`: the site takes the open words as the reading says. Words that the clause
/// does not have are not found.
pub async fn confirm(
    here: Here,
    Path((book, number)): Path<(String, String)>,
    filled: Filled,
) -> Result<Response, Fault> {
    let law = super::law(&here).await?;
    let known = super::edition(&here, &law, &book).is_some_and(|(book, _)| {
        let clause = super::find(&book, &number).filter(|clause| clause.number == number);
        clause.is_some_and(|clause| clause.readings.iter().any(|it| it.words == filled.get("words")))
    });
    if !known {
        return Ok(wrong::not_found());
    }
    let words = filled.get("words").to_owned();
    let change = CharterChange::Confirm { clause: format!("{book}/{number}"), words };
    let done = here.house().change_charter(here.sent(filled.command())?, change).await;
    match done.map_err(|fault| Fault::new("确认读法", fault))? {
        Ok(_) => Ok(see(&format!("/rulebooks/{book}/{number}"))),
        Err(no) => match clause::shown(&here, &book, &number, &Asked::default(), Some(&no)).await? {
            Some(page) => Ok(refused(page, &no)),
            None => Ok(wrong::not_found()),
        },
    }
}
