//! What every handler has (状态): the house, the clock, passwords; and who asks, at which site, now.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{FromRequestParts, OriginalUri};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use calendar::Moment;
use journal::reads::{CaseRow, Ringing, ShiftRow, Why, value_in_words};
use journal::{CommandId, House, Sent};
use office::Actor;
use office::contact::{SUPERVISOR_CAME, SUPERVISORS};
use office::site::Account;

use crate::components::Timing;
use crate::language::{said, t};
use crate::page::{Count, Place, Ring, Surroundings, wrong};
use crate::security::guard::Way;
use crate::security::password::Passwords;
use crate::security::session::{FindSession, TokenHash};
use crate::security::{Fault, Grants, Permission, Viewer, permission};

/// Tells the present moment. Tests and demonstrations bring their own.
pub type Clock = Arc<dyn Fn() -> Moment + Send + Sync>;

/// The state of all handlers; clones share it.
#[derive(Clone)]
pub struct Web {
    /// Store and law.
    pub house: House,
    /// The present moment.
    pub clock: Clock,
    /// Password hashing.
    pub passwords: Passwords,
    /// Keeps and gives attachments by content hash; a folder or an object store.
    pub attachments: Arc<courier::attachment::Shelf>,
    /// The font of what is made as PDF.
    pub fonts: Arc<courier::pdf::Finder>,
    /// Drafts of the office's own rulebooks, in the data folder.
    pub own: Arc<courier::own_books::OwnBooks>,
    /// Lives a made-up year for trials; none: only real cases can be tried.
    pub made: Option<rulebook::simulate::Made>,
    /// One turn: trials run one after the other.
    pub trials: Arc<tokio::sync::Semaphore>,
    /// Certificate of the local authority, when there is one, for the page that installs it.
    pub authority: Option<Arc<Vec<u8>>>,
    /// The clock is moved by hand: demonstration data only.
    pub manual_clock: Option<Arc<dyn Fn(i64) + Send + Sync>>,
}

/// How long a session lives without use: 12 hours, in seconds.
pub const SESSION_SECONDS: i64 = 12 * 3600;

impl Web {
    /// The lookup of sessions that the guard asks.
    pub fn sessions(&self) -> FindSession {
        let web = self.clone();
        Arc::new(move |token: TokenHash| {
            let web = web.clone();
            Box::pin(async move { web.viewer(token).await })
        })
    }

    async fn viewer(&self, token: TokenHash) -> Result<Option<Viewer>, Fault> {
        let now = (self.clock)();
        let found = self.house.signed_in(token.0, now).await.map_err(|fault| Fault::new("查找会话", fault))?;
        let Some((session, access)) = found else { return Ok(None) };
        let chosen = access.iter().find(|it| it.site.to_string() == session.marks).or(access.first());
        let Some(chosen) = chosen else { return Ok(None) };
        // Written at most once in five minutes: a page a second must not be a write a second.
        if now.seconds_since(session.seen) > 300 {
            let ends = now.plus_seconds(SESSION_SECONDS);
            self.house
                .store()
                .touch_session(token.0, now, ends)
                .await
                .map_err(|fault| Fault::new("延长会话", fault))?;
        }
        let law = self.house.law(chosen.site).await.map_err(|fault| Fault::new("读取称呼", fault))?;
        let posts = &chosen.account.posts;
        let grants = posts.iter().flat_map(|post| permission::usual(post).iter().collect::<Vec<_>>());
        let grants = Grants::of(&grants.collect::<Vec<Permission>>());
        let post = posts.first().cloned().unwrap_or_default();
        Ok(Some(Viewer {
            account: chosen.account.id.clone(),
            name: chosen.account.name.clone(),
            post_name: said(&self.house.laws().word(&post), None).into_owned(),
            post,
            posts: posts.clone(),
            area: chosen.account.area.clone(),
            site: chosen.site.to_string(),
            grants,
            language: None,
            address: law.address(),
        }))
    }
}

/// Who asks, where, when: the first argument of every handler behind a log-in.
pub struct Here {
    /// The state.
    pub web: Web,
    /// The viewer.
    pub viewer: Viewer,
    /// The site.
    pub site: i64,
    /// The viewer as the office knows them, with all posts.
    pub actor: Actor,
    /// The moment of the request.
    pub now: Moment,
    /// How the request came.
    pub way: Way,
    /// Its path with the query.
    pub path: String,
}

impl FromRequestParts<Web> for Here {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Here, Response> {
        let viewer = Viewer::from_request_parts(parts, web).await;
        let Ok(viewer) = viewer else {
            return Err(wrong::sign_in_first(&parts.method, &parts.uri));
        };
        let way = Way::from_request_parts(parts, web).await.map_err(IntoResponse::into_response)?;
        let path = match parts.extensions.get::<OriginalUri>() {
            Some(uri) => uri.path_and_query().map_or("/", |it| it.as_str()).to_owned(),
            None => parts.uri.path_and_query().map_or("/", |it| it.as_str()).to_owned(),
        };
        let site: i64 = viewer.site.parse().unwrap_or_default();
        let (account, name, posts) = (viewer.account.clone(), viewer.name.clone(), viewer.posts.clone());
        let actor = Actor { account, name, posts, area: viewer.area.clone() };
        Ok(Here { now: (web.clock)(), web: web.clone(), site, actor, viewer, way, path })
    }
}

impl Here {
    /// The house.
    pub fn house(&self) -> &House {
        &self.web.house
    }

    /// A command of this viewer. `id` comes from the form (field `command`), so that sending twice acts once; none makes
    /// a fresh one.
    pub fn sent(&self, id: Option<&str>) -> Result<Sent, Fault> {
        let command = match id.and_then(|id| CommandId::new(id).ok()) {
            Some(command) => command,
            None => CommandId::fresh().map_err(|fault| Fault::new("取提交编号", fault))?,
        };
        let (actor, post) = (self.actor.account.clone(), self.viewer.post.clone());
        Ok(Sent { site: self.site, command, actor, post, now: self.now })
    }

    /// A command in the post as which an act is done.
    pub fn sent_for(&self, id: Option<&str>, act: &str) -> Result<Sent, Fault> {
        let mut sent = self.sent(id)?;
        if let Some(act) = office::act::find(act) {
            sent.post = self.actor.post_for(act.posts);
        }
        Ok(sent)
    }

    /// What the frame shows around every page.
    pub async fn around(&self) -> Result<Surroundings, Fault> {
        let read = |what: &'static str| move |fault: journal::Fault| Fault::new(what, fault);
        let access = self.house().access(self.viewer.account.clone()).await.map_err(read("读取站点"))?;
        let mine = access.iter().find(|it| it.site == self.site);
        let site = mine.map(|it| it.name.clone()).unwrap_or_default();
        let calls = match mine.map(|it| it.account.extension.clone()).filter(|it| !it.is_empty()) {
            Some(extension) => Some(self.house().calls_at(self.site, extension).await.map_err(read("读取来电"))?),
            None => None,
        };
        let missed = match self.viewer.grants.allow(Permission::ContactTake) {
            true => self.house().missed_count(self.site).await.map_err(read("读取未接来电"))?,
            false => 0,
        };
        let others = access.iter().filter(|it| it.site != self.site).map(|it| (it.site.to_string(), it.name.clone()));
        // The desk and who dispatches hear new orders; a repairer with wet hands hears only that their own is chased.
        let grants = |them: &[Permission]| them.iter().any(|it| self.viewer.grants.allow(*it));
        let dispatches = grants(&[Permission::DispatchAssign, Permission::DeskView]);
        let mut rings = match dispatches || grants(&[Permission::JobView]) {
            true => self.house().ringing(self.site).await.map_err(read("读取响铃"))?,
            false => Vec::new(),
        };
        let work = self.house().my_work(self.site, &self.actor.account, &self.actor.posts, self.now);
        let work = work.await.map_err(read("读取待办"))?;
        let hard = work.owed.iter().filter(|it| !it.soft);
        let late = hard.clone().filter(|it| it.state == rulebook::State::Overdue).count();
        let today = self.house().laws().zone.date(self.now);
        let due = hard
            .filter_map(|it| it.due)
            .filter(|due| self.house().laws().zone.date(due.plus_micros(-1)) == today && *due >= self.now);
        let on_duty =
            self.house().shifts(self.site, self.now, self.now.plus_micros(1)).await.map_err(read("读取值班"))?;
        let visitor = |ring: &Ringing| matches!(ring.why, Why::Visitor { .. });
        let supervises = rings.iter().any(visitor) && self.supervises_now(&on_duty).await?;
        rings.retain(|ring| ring.rings_at(&self.actor.account, dispatches, supervises));
        // Somebody who stands at the desk comes before any order.
        rings.sort_by_key(|ring| !visitor(ring));
        let promised = self.house().promises_passed(self.site, self.actor.account.clone(), self.now).await;
        let promised = promised.map_err(read("读取答应的时间"))?.into_iter().filter(|(.., heard)| !heard);
        let promised: Vec<Ring> = promised.map(|(row, _, due, _)| self.promised(&row, due)).collect();
        let counted = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let home = Count { late: counted(late), due: counted(due.count()) };
        Ok(Surroundings {
            site,
            other_sites: others.collect(),
            on_duty: crate::duty::now_in_words(&on_duty, self.now, &self.house().laws().zone),
            account: self.viewer.account.clone(),
            name: self.viewer.name.clone(),
            post: self.viewer.post_name.clone(),
            grants: self.viewer.grants,
            counts: vec![
                (Place::Home, home),
                (Place::Contacts, Count { late: u32::try_from(missed).unwrap_or(u32::MAX), due: 0 }),
            ],
            calls,
            rings: rings.iter().map(|it| self.ring(it)).chain(promised).collect(),
            now: self.now,
            path: self.path.clone(),
            appearance: self.way.appearance,
        })
    }

    /// Whether the visitor is who is called to an agitated caller: on duty now as a supervisor, or one of all supervisors
    /// while the roster names none.
    async fn supervises_now(&self, on_duty: &[ShiftRow]) -> Result<bool, Fault> {
        if !self.actor.holds(SUPERVISORS) {
            return Ok(false);
        }
        let staff = self.house().staff(self.site).await.map_err(|fault| Fault::new("读取员工", fault))?;
        let supervisor = |it: &&Account| it.active && it.posts.iter().any(|post| SUPERVISORS.contains(&post.as_str()));
        let there = |it: &Account| on_duty.iter().any(|shift| shift.present(self.now) == it.name);
        let called: Vec<Account> = staff.into_iter().filter(|it| supervisor(&it) && there(it)).collect();
        Ok(called.is_empty() || called.iter().any(|it| it.id == self.actor.account))
    }

    /// A new order, a chased one, or an agitated visitor, as the bell shows it.
    fn ring(&self, ring: &Ringing) -> Ring {
        let case = |words: String| Ring {
            words,
            path: format!("/cases/{}", ring.case),
            acknowledge: format!("/dispatch/{}/acknowledge", ring.case),
            answer: t("知道了"),
        };
        match &ring.why {
            Why::Order => case(crate::t!("新单 {} 等待派工", ring.number)),
            Why::Chased(times) => case(crate::t!("{0} 来人催办，第 {1} 次", ring.number, times)),
            Why::WorkOrder => case(crate::t!("工作单 {} 等您签收", ring.number)),
            Why::Deduction => case(crate::t!("{} 建议扣您的款，请去说明情况", ring.number)),
            Why::Unsolved => case(crate::t!("{} 住户说没有解决", ring.number)),
            Why::Visitor { station, taken_to, place } => {
                let word =
                    |id: &str, value: &str| said(&value_in_words(self.house().laws(), id, value), None).into_owned();
                let desk = word("case.station", station);
                let room = if taken_to.is_empty() { desk.clone() } else { word("contact.moved_to", taken_to) };
                Ring {
                    words: crate::t!("{0}来人激动，请主管到{1}。{2}", desk, room, place),
                    path: format!("/contacts/{}", ring.case),
                    acknowledge: format!("/contacts/{}/acts/{SUPERVISOR_CAME}", ring.case),
                    answer: t("我到场了"),
                }
            }
        }
    }

    /// A time that the viewer told a resident and that has passed, as the bell shows it.
    fn promised(&self, row: &CaseRow, due: Moment) -> Ring {
        let zone = &self.house().laws().zone;
        let told = Timing { now: self.now, zone }.said(due);
        Ring {
            words: crate::t!("您答应 {0} 的时间已过（{1}）：{2}", row.place, told, row.number),
            path: format!("/cases/{}", row.id),
            acknowledge: format!("/dispatch/{}/acknowledge", row.id),
            answer: t("知道了"),
        }
    }

    /// Words of vocabulary ids.
    pub fn word(&self, id: &str) -> String {
        said(&self.house().laws().word(id), None).into_owned()
    }

    /// Names of the site's accounts.
    pub async fn names(&self) -> Result<BTreeMap<String, String>, Fault> {
        let staff = self.house().staff(self.site).await.map_err(|fault| Fault::new("读取员工", fault))?;
        Ok(staff.into_iter().map(|account| (account.id, account.name)).collect())
    }
}
