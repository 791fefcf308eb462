//! A visit by link (凭链接来访): the code opens one case and nothing else, or nothing; how often it may act is limited.

use std::sync::LazyLock;
use std::time::Instant;

use calendar::Moment;
use journal::reads::CasePage;
use journal::{CommandId, Sent};
use office::{Actor, link};

use crate::security::Fault;
use crate::security::session::SessionToken;
use crate::security::throttle::{Throttle, Wait};
use crate::state::Web;

/// Acts by one link: this many at once, and one more every half minute.
const BURST: u64 = 6;
const REFILL_MS: u64 = 30_000;

static ACTS: LazyLock<(Throttle, Instant)> = LazyLock::new(|| (Throttle::new(BURST, REFILL_MS), Instant::now()));

/// An open link.
pub struct Visit {
    /// The state.
    pub web: Web,
    /// The code of the address.
    pub code: String,
    /// The site.
    pub site: i64,
    /// The matter, as somebody with no post but the resident's sees it.
    pub page: CasePage,
    /// The moment of the request.
    pub now: Moment,
}

impl Visit {
    /// The matter that a code opens; none when it opens none: unknown, ended, taken back, of an erased person.
    pub async fn of(web: Web, code: &str) -> Result<Option<Visit>, Fault> {
        let now = (web.clock)();
        let Some(token) = SessionToken::of_cookie(code) else { return Ok(None) };
        let read = |fault| Fault::new("打开住户链接", fault);
        let found = web.house.linked_case(token.hash().hex(), now).await.map_err(read)?;
        let Some((site, case)) = found else { return Ok(None) };
        let page = web.house.case_page(site, case, actor(), now, false).await.map_err(read)?;
        Ok(page.map(|page| Visit { web, code: code.to_owned(), site, page, now }))
    }

    /// A command of the resident. `id` comes from the form, so that sending twice acts once.
    pub fn sent(&self, id: Option<&str>) -> Result<Sent, Fault> {
        let command = match id.and_then(|id| CommandId::new(id).ok()) {
            Some(command) => command,
            None => CommandId::fresh().map_err(|fault| Fault::new("取提交编号", fault))?,
        };
        let resident = link::RESIDENT.to_owned();
        Ok(Sent { site: self.site, command, actor: resident.clone(), post: resident, now: self.now })
    }

    /// Takes one of the acts that a link has, or says how long to wait.
    pub fn take(&self) -> Result<(), Wait> {
        let (throttle, since) = &*ACTS;
        throttle.take(&self.code, u64::try_from(since.elapsed().as_millis()).unwrap_or(u64::MAX))
    }
}

/// Whoever holds the link: the resident's post, no name, no account.
pub fn actor() -> Actor {
    let resident = link::RESIDENT.to_owned();
    Actor { account: resident.clone(), name: String::new(), posts: vec![resident], area: String::new() }
}
