//! Views of the office (视图): rows that pages read, made from entries by one projector, rebuilt at any time.

mod account;
mod answer;
mod archive;
mod asked;
mod attachment;
mod calendar;
mod care;
mod case;
mod complaint;
mod contact;
mod dossier;
mod duty;
mod erasure;
mod fee;
mod follow_up;
mod form;
mod household;
mod lateness;
mod link;
mod mail;
mod need;
mod obligation;
mod price;
mod promise;
mod repair;
mod shift;
mod stock;
mod survey;
mod visit;

pub(crate) use calendar::{facts_before, first_change, open_from};
pub(crate) use follow_up::MADE as FOLLOW_UPS_MADE;
pub(crate) use obligation::{month_of, musts};
pub(crate) use survey::{MONTH as SURVEY_MONTH, month_key as survey_month_key};

use std::sync::Arc;

use crate::entry::Entry;
use crate::fault::Fault;
use crate::house::Laws;
use crate::projector::Projector;
use crate::tx::Tx;

/// Tables in an order in which they can be dropped.
pub(crate) const TABLES: &[&str] = &[
    "case_row",
    "complaint_row",
    "repair_row",
    "fee_row",
    "posting_row",
    "follow_up_row",
    "obligation_row",
    "escalation_row",
    "member_row",
    "calendar_move_row",
    "form_row",
    "copy_row",
    "ring_row",
    "shift_row",
    "stock_row",
    "care_row",
    "asked_row",
    "dossier_row",
    "material_row",
    "permit_row",
    "unmask_row",
    "archive_row",
    "archive_use_row",
    "need_row",
    "visit_row",
    "promise_row",
    "link_row",
    "mail_row",
    "mail_round_row",
    "subscription_row",
    "mail_authority_row",
    "mail_name_row",
    "survey_round_row",
    "survey_invite_row",
    "survey_answer_row",
    "post_plan_row",
    "leave_row",
    "attachment_row",
    "duty_fact_row",
    "erasure_row",
    "household_row",
    "person_row",
    "person_key",
    "contact_row",
    "call_row",
    "answer_row",
    "answer_read",
    "price_row",
    "lateness_row",
    "account_row",
    "site_row",
    "rulebook_text",
];

/// The projector of the office: needs the laws, since obligations are rows too.
pub struct OfficeViews {
    laws: Arc<Laws>,
}

impl OfficeViews {
    /// The projector under these laws.
    pub fn new(laws: Arc<Laws>) -> OfficeViews {
        OfficeViews { laws }
    }
}

impl Projector for OfficeViews {
    fn tables(&self) -> &[&'static str] {
        TABLES
    }

    fn schema(&self) -> &str {
        include_str!("schema.sql")
    }

    fn edition(&self) -> i64 {
        20
    }

    fn project(&self, tx: &mut dyn Tx, entries: &[Entry]) -> Result<(), Fault> {
        let Some(first) = entries.first() else { return Ok(()) };
        lateness::project(tx, entries)?;
        erasure::project(tx, entries)?;
        match first.stream.split_once(':').map_or(first.stream.as_str(), |(noun, _)| noun) {
            "case" => case::project(tx, &self.laws, entries),
            "household" => household::project(tx, entries),
            "contact" => contact::project(tx, &self.laws, entries),
            "answer" => answer::project(tx, entries),
            "price" => price::project(tx, entries),
            "accounts" => account::project(tx, entries),
            "sites" => account::project_sites(tx, entries),
            "rulebooks" => account::project_texts(tx, entries),
            "survey" => survey::project(tx, entries),
            "unmasking" => dossier::project_seen(tx, entries),
            "period" => duty::project(tx, &self.laws, entries),
            "charter" => {
                duty::catch_up(tx, &self.laws, entries)?;
                calendar::project(tx, &self.laws, entries)
            }
            _ => Ok(()),
        }
    }
}
