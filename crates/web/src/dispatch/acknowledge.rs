//! Stopping the bell of a new order (响铃确认).

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};

use crate::components::refused;
use crate::foundation::local;
use crate::page::{Filled, wrong};
use crate::security::{Fault, Permission};
use crate::state::Here;

/// `POST /dispatch/{id}/acknowledge`: back to where one was.
pub async fn acknowledge(here: Here, Path(id): Path<String>, form: Filled) -> Result<Response, Fault> {
    // A chased order rings at its worker, and only the worker's own bell stops then; a time that has passed at who told it.
    let hears = [Permission::DispatchAssign, Permission::DeskView, Permission::JobView];
    let told = here.house().promises_passed(here.site, here.actor.account.clone(), here.now).await;
    let told = told.map_err(|fault| Fault::new("读取答应的时间", fault))?.iter().any(|(row, ..)| row.id == id);
    if !told && !hears.into_iter().any(|it| here.viewer.grants.allow(it)) {
        return Ok(wrong::not_granted(&here.viewer, Permission::DispatchAssign));
    }
    let sent = here.sent(form.command())?;
    let done = here.house().acknowledge_ring(sent, id).await.map_err(|fault| Fault::new("确认响铃", fault))?;
    match done {
        Ok(_) => Ok(Redirect::to(local(form.get("back"))).into_response()),
        Err(refusal) => Ok(refused(wrong::not_found(), &refusal)),
    }
}
