//! Listing (列名单): a file for everybody on the staff who has none this year, at one stroke.

use std::collections::{BTreeMap, BTreeSet};

use axum::response::{IntoResponse, Redirect, Response};
use journal::CommandId;
use office::case::{ActOnCase, OpenRecord};
use office::register::{self, APPRAISALS};
use office::site::Account;

use super::{STAFF, records, show};
use crate::components::refused;
use crate::page::Filled;
use crate::security::Fault;
use crate::state::Here;

/// `POST /appraisal/list`: who has a file already keeps it; sending twice lists nobody twice.
pub async fn enter(here: Here, filled: Filled) -> Result<Response, Fault> {
    let year = here.house().laws().zone.date(here.now).year();
    let there = records(&here, APPRAISALS, year).await?;
    let listed: BTreeSet<&str> =
        there.iter().filter_map(|(_, it)| it.case.attributes.get("case.person").map(String::as_str)).collect();
    let staff = here.house().staff(here.site).await.map_err(|fault| Fault::new("读取员工", fault))?;
    let base = here.sent(filled.command())?.command;
    let opens = register::find(APPRAISALS).map_or("", |it| it.opens.as_str());
    // Who only keeps accounts and settings is no member of the staff.
    let works = |it: &Account| it.active && it.posts.iter().any(|post| post != "administrator");
    for one in staff.iter().filter(|it| works(it) && !listed.contains(it.name.as_str())) {
        let command = CommandId::of(&[base.as_str(), &one.id]);
        let act = ActOnCase {
            act: opens.to_owned(),
            attributes: BTreeMap::from([("case.person".to_owned(), one.name.clone())]),
            links: BTreeMap::from([(STAFF.to_owned(), one.id.clone())]),
            ..ActOnCase::default()
        };
        let record = OpenRecord {
            case: format!("r{}", command.as_str()),
            register: APPRAISALS.to_owned(),
            act,
            ..OpenRecord::default()
        };
        let sent = here.sent_for(Some(command.as_str()), opens)?;
        let done = here.house().open_record(sent, here.actor.clone(), record).await;
        if let Err(no) = done.map_err(|fault| Fault::new("列考评名单", fault))? {
            return Ok(refused(show::page(&here, year, Some(&no)).await?, &no));
        }
    }
    Ok(Redirect::to("/appraisal").into_response())
}
