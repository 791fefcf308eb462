//! Giving an order to a worker (派单): the same act by dragging, by key, and by two choices without script.

use std::collections::BTreeMap;

use axum::response::{IntoResponse, Redirect, Response};
use office::Refusal;
use office::case::ActOnCase;

use super::board;
use crate::components::refused;
use crate::page::Filled;
use crate::security::Fault;
use crate::state::Here;

/// `POST /dispatch/assign`: fields `card` (case) and `lane` (account).
pub async fn assign(here: Here, form: Filled) -> Result<Response, Fault> {
    let (case, worker) = (form.get("card").to_owned(), form.get("lane").to_owned());
    let names = here.names().await?;
    let Some(name) = names.get(&worker) else {
        let refusal = Refusal::new("没有派出", "还没有选维修员", "请选择接单的维修员。").at("lane");
        return Ok(refused(board::page(&here, Some(&refusal)).await?, &refusal));
    };
    let links = BTreeMap::from([("assignee".to_owned(), worker), ("assignee_name".to_owned(), name.clone())]);
    let act = ActOnCase { act: "repair.assigned".into(), links, ..ActOnCase::default() };
    let sent = here.sent_for(form.command(), "repair.assigned")?;
    let done = here.house().act_on_case(sent, here.actor.clone(), case, act).await;
    match done.map_err(|fault| Fault::new("派单", fault))? {
        Ok(_) => Ok(Redirect::to("/dispatch").into_response()),
        Err(refusal) => Ok(refused(board::page(&here, Some(&refusal)).await?, &refusal)),
    }
}
