//! The house (一家管理处): the store together with the law of its sites. Every change goes through `acts`; every page through
//! the reads.

mod acts;
mod adopt;
mod announce;
mod answers;
mod blank_slips;
mod calendar;
mod charges;
mod clock;
mod contacts;
mod cover;
mod dossiers;
mod draws;
mod draws_checked;
mod erasure;
mod fee_month;
mod fee_slips;
mod fees;
mod founding;
mod free_repairs;
mod laws;
mod links;
mod mail;
mod mass_events;
mod meetings;
mod papers;
mod periods;
mod prices;
mod reports;
mod samples;
mod setting;
mod stock;
mod suppliers;
mod survey_rounds;
mod surveys;
mod third_copies;
mod told;
mod topics;
mod trial;
mod warranty;

pub use acts::{CaseDone, HouseholdsImported};
pub use adopt::{Examined, Files};
pub use clock::Ticked;
pub use contacts::{ContactDone, MadeContact};
pub use draws::{ATTEMPTS, BY_DRAW, CALL_HOURS, FollowUpDraw, NOT_AGAIN};
pub use draws_checked::CheckedDraw;
pub use erasure::Erasure;
pub use fee_month::{ToBill, Why as NotBilled};
pub use fee_slips::{FeeSlip, SlipsEntered};
pub use founding::Founding;
pub use laws::{CHARTER, Laws, Shipped, SiteLaw};
pub use mail::Stroke;
pub use meetings::falls_out;
pub use periods::PeriodDone;
pub use prices::{PricesImported, price_id};
pub use reports::{Frozen, ReportMail, ReportRow};
pub use samples::{DrawContacts, Drawn};
pub(crate) use survey_rounds::questions_of;
pub use survey_rounds::{ByWhom, SurveyAnswer};
pub(crate) use topics::members as topic_members;
pub use trial::Trial;

pub(crate) use acts::room_query;
pub(crate) use draws::{Standing, periods as drawn_periods, standings, stream_of as draws_of};
pub(crate) use meetings::{takers, takes_as};
pub(crate) use samples::{DRAWN, DRAWS};

use std::sync::Arc;

use crate::fault::Fault;
use crate::store::Store;
use crate::tx::Tx;

/// The company's own journal: sites, accounts of the company, rulebook texts.
pub const COMPANY: i64 = 0;

/// A store and its laws.
#[derive(Clone)]
pub struct House {
    store: Store,
    laws: Arc<Laws>,
}

impl House {
    /// The house over an open store whose projector is made of the same laws.
    pub fn new(store: Store, laws: Arc<Laws>) -> House {
        House { store, laws }
    }

    /// The store itself: sessions, leases, outbox, verification.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Words, books and calendar.
    pub fn laws(&self) -> &Arc<Laws> {
        &self.laws
    }

    /// The law of a site as it stands.
    pub async fn law(&self, site: i64) -> Result<Arc<SiteLaw>, Fault> {
        let laws = self.laws.clone();
        self.read(move |tx| laws.of_site(tx, site)).await
    }

    /// Runs a read over the views.
    pub async fn read<T, F>(&self, run: F) -> Result<T, Fault>
    where
        T: Send + 'static,
        F: FnMut(&mut dyn Tx) -> Result<T, Fault> + Send + 'static,
    {
        self.store.read(run).await
    }
}
