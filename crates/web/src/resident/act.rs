//! What a resident says by the link (住户答复): yes, no, not solved. It goes into the case as any act does, under the same law.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use office::Refusal;
use office::case::ActOnCase;
use office::event::{Signature, SignatureWay};
use office::link;

use super::page::{closed, quoted, render};
use super::visit::{Visit, actor};
use crate::components::marks::is_drawn_path;
use crate::components::refused;
use crate::entry::see;
use crate::page::{Filled, wrong};
use crate::security::Fault;
use crate::state::Web;

/// `POST /r/{code}/{act}`: `consent`, `refuse` or `unsolved`.
pub async fn enter(
    State(web): State<Web>,
    Path((code, act)): Path<(String, String)>,
    filled: Filled,
) -> Result<Response, Fault> {
    let Some(visit) = Visit::of(web, &code).await? else { return Ok(closed()) };
    if let Err(wait) = visit.take() {
        return Ok(wrong::too_fast(wait));
    }
    let command = match act.as_str() {
        "consent" => consent(&visit, &filled),
        "refuse" => said("repair.refused", "repair.refusal_reason", filled.get("reason")),
        "unsolved" => said("follow_up.unsolved_told", "", filled.get("reason")),
        _ => return Ok(wrong::not_found()),
    };
    let done = match command {
        Err(no) => Err(no),
        Ok(command) => {
            let sent = visit.sent(filled.command())?;
            let done = visit.web.house.act_on_case(sent, actor(), visit.page.case.id.clone(), command).await;
            done.map_err(|fault| Fault::new("记下住户答复", fault))?
        }
    };
    match done {
        Ok(_) => Ok(see(&format!("/r/{code}"))),
        Err(no) => Ok(refused(render(&visit, Some((&no, &filled))).await?, &no).into_response()),
    }
}

/// Yes to this sum. Refused: a sum that is not the quote any more, strokes that are none, no name.
fn consent(visit: &Visit, filled: &Filled) -> Result<ActOnCase, Refusal> {
    let what = "没有记下同意";
    let seen = filled.get("total").parse::<i64>().ok();
    if seen.is_none() || seen != quoted(&visit.page.case) {
        return Err(Refusal::new(what, "您打开之后，报价改过了", "请看过新的报价再确认。"));
    }
    let (name, path) = (filled.get("signer"), filled.get("signature"));
    if name.is_empty() {
        return Err(Refusal::new(what, "还没有写姓名", "请写您的姓名。").at("signer"));
    }
    if !path.is_empty() && !is_drawn_path(path) {
        return Err(Refusal::new(what, "签名不完整", "请重签一次，或空着只写姓名。").at("signature"));
    }
    let way = if path.is_empty() { SignatureWay::Web } else { SignatureWay::Drawn };
    let name: String = name.chars().take(40).collect();
    let signature = Signature { name, post: link::RESIDENT.into(), way, path: path.to_owned() };
    let payment = if filled.get("payment") == "cash" { "cash" } else { "bank_collection" };
    let attributes = [("repair.cost_consent", "yes"), ("repair.repair_consent", "yes"), ("repair.payment", payment)];
    Ok(ActOnCase {
        act: "repair.consented".into(),
        attributes: attributes.map(|(id, value)| (id.to_owned(), value.to_owned())).into(),
        signature: Some(signature),
        ..ActOnCase::default()
    })
}

/// An act with the resident's reason, in an attribute or as its words. At most 300 characters are kept.
fn said(act: &str, attribute: &str, reason: &str) -> Result<ActOnCase, Refusal> {
    let reason: String = reason.chars().take(300).collect();
    if reason.is_empty() {
        return Err(Refusal::new("没有记下", "还没有写原因", "请写一句为什么。").at("reason"));
    }
    let mut command = ActOnCase { act: act.to_owned(), ..ActOnCase::default() };
    match attribute {
        "" => command.note = reason,
        attribute => {
            command.attributes.insert(attribute.to_owned(), reason);
        }
    }
    Ok(command)
}
