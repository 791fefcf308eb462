//! Drawing follow-ups (回访抽取): for each clause that asks a share of what was done to be followed up, as many as are still
//! lacking are planned, in an order that nobody can choose: the seed is the site's journal as it stood before the period began.

use std::collections::BTreeSet;

use calendar::{Moment, Period};
use jiff::Span;
use office::case::{ActOnCase, Case};
use office::sample::{self, Candidate, Planned};
use office::{Actor, Event, Refusal};
use rulebook::{ClauseRef, Member};
use serde::{Deserialize, Serialize};

use super::acts::{Answer, act_on_case, append};
use super::{House, SiteLaw};
use crate::fault::Fault;
use crate::tx::Tx;
use crate::{CommandId, Sent, sql, vals};

/// The entry of one draw of one clause: links as in [`FollowUpDraw`].
pub(crate) const DRAWN: &str = "office.follow_ups_drawn";
/// The fact that the drawn are planned for.
pub(crate) const FACT: &str = "follow_up.done";
/// Link of a planned follow-up that was drawn: `followup-9/4.3.1b 2026-W47`.
pub const BY_DRAW: &str = "drawn";
/// Days that a member's window must have left to be drawn.
const DAYS_LEFT: i64 = 2;
/// Days over which the drawn are spread.
const SPREAD: i64 = 7;
/// Whether the clock draws on Mondays and on the first of a month.
const BY_CLOCK: &str = "自动抽取回访";
/// Who acts when nobody does.
const CLOCK: &str = "clock";
/// Hours at which residents are called.
pub const CALL_HOURS: &str = "回访时段";
/// Span in which the same household is not asked again where it can be helped.
pub const NOT_AGAIN: &str = "同一户两次回访至少相隔";
/// Attempts after which the next in order takes the place.
pub const ATTEMPTS: &str = "回访几次未果换下一件";

/// The stream of a year's draws.
pub(crate) fn stream_of(year: i16) -> String {
    format!("follow_up_draws:{year}")
}

/// One draw of one clause, as its entry tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FollowUpDraw {
    /// The clause.
    pub clause: ClauseRef,
    /// Its period: `2026-W47`.
    pub period: String,
    /// Hash of the site's last entry before the period, in hexadecimal.
    pub seed: String,
    /// Members so far.
    pub base: i64,
    /// Needed of them.
    pub needed: i64,
    /// Counted already.
    pub done: i64,
    /// Planned and not yet asked.
    pub planned: i64,
    /// Among whom it was drawn.
    pub candidates: Vec<Candidate>,
    /// Passed over, since their planning was refused.
    pub skipped: Vec<String>,
    /// Drawn, in order.
    pub drawn: Vec<String>,
}

impl FollowUpDraw {
    /// What ranks are computed with beside the seed and the number: `followup-9/4.3.1b`.
    pub fn rule(&self) -> String {
        format!("{}/{}", self.clause.book, self.clause.id)
    }

    fn event(&self, now: Moment) -> Event {
        let mut event = Event::plain(DRAWN, now);
        let line = |one: &Candidate| {
            format!("{}\t{}\t{}\t{}", one.number, one.area, one.worker, if one.held { "held" } else { "" })
        };
        let links = [
            ("clause", self.rule()),
            ("period", self.period.clone()),
            ("seed", self.seed.clone()),
            ("base", self.base.to_string()),
            ("needed", self.needed.to_string()),
            ("done", self.done.to_string()),
            ("planned", self.planned.to_string()),
            ("candidates", self.candidates.iter().map(line).collect::<Vec<_>>().join("\n")),
            ("skipped", self.skipped.join(" ")),
            ("drawn", self.drawn.join(" ")),
        ];
        event.body.links = links.map(|(key, value)| (key.to_owned(), value)).into();
        event
    }

    /// The draw that an entry tells; none when it is another entry.
    pub(crate) fn of(event: &Event) -> Option<FollowUpDraw> {
        let link = |key: &str| event.body.links.get(key).map(String::as_str);
        let number = |key: &str| link(key)?.parse().ok();
        let words = |key: &str| link(key).unwrap_or_default().split_whitespace().map(str::to_owned).collect();
        let (book, id) = link("clause").filter(|_| event.name == DRAWN)?.split_once('/')?;
        let candidate = |line: &str| {
            let mut parts = line.split('\t').map(str::to_owned);
            let mut next = || parts.next().unwrap_or_default();
            Candidate { number: next(), area: next(), worker: next(), held: next() == "held" }
        };
        Some(FollowUpDraw {
            clause: ClauseRef { book: book.to_owned(), id: id.to_owned() },
            period: link("period")?.to_owned(),
            seed: link("seed")?.to_owned(),
            base: number("base")?,
            needed: number("needed")?,
            done: number("done")?,
            planned: number("planned")?,
            candidates: link("candidates").unwrap_or_default().lines().map(candidate).collect(),
            skipped: words("skipped"),
            drawn: words("drawn"),
        })
    }

    /// Whom the order of the seed gives, of those that were not passed over.
    pub fn by_order(&self) -> Vec<String> {
        let open: Vec<Candidate> =
            self.candidates.iter().filter(|one| !self.skipped.contains(&one.number)).cloned().collect();
        let lacking = usize::try_from(self.needed - self.done - self.planned).unwrap_or(0);
        sample::order(&self.seed, &self.rule(), &open).into_iter().take(lacking).map(|one| one.number.clone()).collect()
    }
}

/// A member of a rate with its case: what a draw looks at.
#[derive(Clone, Debug)]
pub(crate) struct Standing {
    /// The member.
    pub member: Member,
    /// Stream id of the case.
    pub case: String,
    /// As it could be drawn.
    pub candidate: Candidate,
    /// Household; may be empty.
    pub household: String,
    /// A follow-up is planned and not given up.
    pub planned: bool,
    /// Given up: reached nobody so often as the site says, or found not to be reached.
    pub given_up: bool,
}

impl Standing {
    /// The member of a case as the case stands: a plan is given up after so many attempts that reached nobody.
    pub fn of(member: Member, case: &Case, attempts: i64) -> Standing {
        let plan = sample::planned(&case.entries);
        let area = office::household::building_of(&case.place);
        let worker = case.assignee.clone().unwrap_or_default();
        let candidate = Candidate { number: case.number.clone(), area, worker, held: false };
        let household = case.household.clone().unwrap_or_default();
        let (planned, given_up) = (plan.planned, plan.given_up(attempts));
        Standing { member, case: case.id.clone(), candidate, household, planned, given_up }
    }

    /// Whether it can be drawn now: in the base, not counted, not planned, not given up, with days left.
    pub fn is_open(&self, now: Moment) -> bool {
        let days = DAYS_LEFT * 86_400_000_000;
        let time_left = self.member.final_at.is_none_or(|until| until.0 - now.0 >= days);
        let it = &self.member;
        it.in_base && !it.exempt && it.counted == 0 && !self.planned && !self.given_up && time_left
    }

    /// Whether a planned follow-up of it is still to come.
    pub fn is_planned(&self) -> bool {
        self.member.in_base && !self.member.exempt && self.member.counted == 0 && self.planned && !self.given_up
    }
}

/// Attempts of a site after which the next in order takes the place.
pub(super) fn attempts_of(law: &SiteLaw) -> i64 {
    law.office_setting(ATTEMPTS).trim().parse().ok().filter(|times| *times > 0).unwrap_or(i64::MAX)
}

/// The members of a rate in a period, each with its case.
pub(crate) fn standings(
    tx: &mut dyn Tx,
    site: i64,
    law: &SiteLaw,
    (clause, period): (&ClauseRef, &str),
    now: Moment,
) -> Result<Vec<Standing>, Fault> {
    let text = sql!(
        "select m.member, m.weight, m.in_base, m.exempt, m.counted, m.in_time, m.final_at, m.case_id, c.number, c.place,
         c.assignee, c.household, c.planned, c.tried from member_row m
         join case_row c on c.site = m.site and c.id = m.case_id
         where m.site = $1 and m.book = $2 and m.clause = $3 and m.period = $4 order by m.case_id, m.member"
    );
    let attempts = attempts_of(law);
    let mut found = Vec::new();
    for row in tx.query(text, &vals![site, &clause.book, &clause.id, period])? {
        let member = Member {
            clause: clause.clone(),
            period: period.to_owned(),
            member: row.string(0)?,
            group: String::new(),
            weight: row.int(1)?,
            in_base: row.flag(2)?,
            exempt: row.flag(3)?,
            counted: row.int(4)?,
            in_time: row.int(5)?,
            final_at: row.maybe_moment(6)?,
        };
        let candidate = Candidate {
            number: row.string(8)?,
            area: office::household::building_of(row.text(9)?),
            worker: row.string(10)?,
            held: false,
        };
        let plan = Planned { planned: row.flag(12)?, tried: row.int(13)? };
        found.push(Standing {
            member,
            case: row.string(7)?,
            candidate,
            household: row.string(11)?,
            planned: plan.planned,
            given_up: plan.given_up(attempts),
        });
    }
    let asked = asked_since(tx, site, not_again_since(law, now))?;
    hold(&mut found, &asked);
    Ok(found)
}

/// From when on a household that was asked is not asked again where it can be helped.
pub(super) fn not_again_since(law: &SiteLaw, now: Moment) -> Moment {
    now.plus_micros(-super::laws::seconds(law.office_setting(NOT_AGAIN)) * 1_000_000)
}

/// Households asked since a moment.
pub(super) fn asked_since(tx: &mut dyn Tx, site: i64, since: Moment) -> Result<BTreeSet<String>, Fault> {
    let text =
        sql!("select distinct household from case_row where site = $1 and followed is not null and followed > $2");
    tx.query(text, &vals![site, since])?.iter().map(|row| row.string(0)).collect()
}

/// Holds back those of these households.
pub(super) fn hold(found: &mut [Standing], asked: &BTreeSet<String>) {
    for one in found.iter_mut() {
        one.candidate.held = !one.household.is_empty() && asked.contains(&one.household);
    }
}

/// The seed of a period: the hash of the site's last entry before its first day.
pub(super) fn seed(tx: &mut dyn Tx, site: i64, begins: Moment) -> Result<String, Fault> {
    let text = sql!("select hash from journal where site = $1 and at < $2 order by seq desc limit 1");
    let row = tx.first(text, &vals![site, begins])?;
    let hash = row.map_or(Ok(crate::entry::BEGINNING), |row| row.hash(0))?;
    Ok(crate::canonical::hex(&hash))
}

/// The periods whose members may still be drawn at a moment: those that run, and those before them.
pub(crate) fn periods(law: &SiteLaw, zone: &calendar::Zone, now: Moment) -> Vec<(String, ClauseRef)> {
    let today = zone.date(now);
    let mut found = Vec::new();
    for per in [Period::Week, Period::Month, Period::Quarter, Period::Year] {
        let before = per.bounds(today).0.yesterday().unwrap_or(today);
        for day in [before, today] {
            let key = per.key(day);
            for (clause, _) in law.law.sampled(FACT, &key) {
                found.push((key.clone(), clause));
            }
        }
    }
    found
}

/// The figures of a rate so far, as a draw counts them.
pub(super) fn counted(
    law: &SiteLaw,
    found: &[Standing],
    (clause, period): (&ClauseRef, &str),
    now: Moment,
) -> Option<FollowUpDraw> {
    let figure = law.law.figure(clause, period, found.iter().map(|it| &it.member), now);
    Some(FollowUpDraw {
        clause: clause.clone(),
        period: period.to_owned(),
        seed: String::new(),
        base: figure.base,
        needed: figure.needed?,
        done: figure.done,
        planned: found.iter().filter(|it| it.is_planned()).count() as i64,
        candidates: found.iter().filter(|it| it.is_open(now)).map(|it| it.candidate.clone()).collect(),
        skipped: Vec::new(),
        drawn: Vec::new(),
    })
}

impl House {
    /// Draws what is lacking for every clause of the site and plans it. Refused: to other posts, when nothing is lacking.
    pub fn draw_follow_ups(&self, sent: Sent, actor: Actor) -> Answer<Vec<FollowUpDraw>> {
        let laws = self.laws().clone();
        self.store().act(sent, move |tx| {
            let (site, now) = (tx.site(), tx.now());
            let law = laws.of_site(tx.tx(), site)?;
            tx.govern(&law.digest);
            let mut draws = Vec::new();
            let (mut refused, mut taken) = (None, BTreeSet::new());
            for (period, clause) in periods(&law, &laws.zone, now) {
                let found = standings(tx.tx(), site, &law, (&clause, &period), now)?;
                let Some(mut draw) = counted(&law, &found, (&clause, &period), now) else { continue };
                let lacking = usize::try_from(draw.needed - draw.done - draw.planned).unwrap_or(0);
                if lacking == 0 || draw.candidates.is_empty() {
                    continue;
                }
                let begins =
                    Period::of_key(&period).map_or(now, |(per, day)| laws.zone.start_of_day(per.bounds(day).0));
                draw.seed = seed(tx.tx(), site, begins)?;
                let at = planned_at(&law, &laws.zone, (&found, &taken), lacking, now);
                let order: Vec<String> = sample::order(&draw.seed, &draw.rule(), &draw.candidates)
                    .into_iter()
                    .map(|one| one.number.clone())
                    .collect();
                for number in order {
                    let Some(when) = at.get(draw.drawn.len()) else { break };
                    let Some(one) = found.iter().find(|it| it.candidate.number == number) else { continue };
                    let command = plan(&draw, *when);
                    match act_on_case(tx, &laws, &actor, &one.case, &command)? {
                        Ok(_) => {
                            draw.drawn.push(number);
                            taken.insert(*when);
                        }
                        Err(refusal) => {
                            draw.skipped.push(number);
                            refused = Some(refusal);
                        }
                    }
                }
                let stream = stream_of(laws.zone.date(now).year());
                let version = tx.load(&stream)?.len() as i64;
                if draw.drawn.is_empty() {
                    continue;
                }
                if let Err(refusal) = append(tx, &stream, version, vec![draw.event(now)])? {
                    return Ok(Err(refusal));
                }
                draws.push(draw);
            }
            Ok(match (draws.is_empty(), refused) {
                (false, _) => Ok(draws),
                (true, Some(refusal)) => Err(refusal),
                (true, None) => {
                    let why = "各条要回访的件数都已访够或排够，或者剩下的不满两天到期";
                    Err(Refusal::new("没有抽取", why, "有新办结的事以后再抽；快到期的请直接回访。"))
                }
            })
        })
    }
}

impl House {
    /// The sites at which the clock may draw today: on Mondays for the week behind, on the first of a month for the month behind;
    /// none on other days.
    pub async fn sites_to_draw(&self, now: Moment) -> Result<Vec<i64>, Fault> {
        let zone = &self.laws().zone;
        let today = zone.date(now);
        if today.weekday() != jiff::civil::Weekday::Monday && today.day() != 1 {
            return Ok(Vec::new());
        }
        Ok(self.sites().await?.into_iter().map(|(site, _)| site).collect())
    }

    /// Draws by the clock at a site, where it wants that, once a day; that nothing is lacking is no fault.
    pub async fn draw_by_clock(&self, site: i64, now: Moment) -> Result<(), Fault> {
        if self.law(site).await?.office_setting(BY_CLOCK) != "是" {
            return Ok(());
        }
        let today = self.laws().zone.date(now);
        let command = CommandId::of(&["draw follow-ups", &site.to_string(), &today.to_string()]);
        let sent = Sent { site, command, actor: CLOCK.into(), post: CLOCK.into(), now };
        let posts = vec!["service_supervisor".to_owned()];
        let actor = Actor { account: CLOCK.into(), name: "时钟".into(), posts, area: String::new() };
        if let Err(refusal) = self.draw_follow_ups(sent, actor).await? {
            tracing::debug!(site, "按钟点抽取回访：{refusal}");
        }
        Ok(())
    }
}

/// Times for the calls: within the hours of the site, on its working days, in the coming week and before the first window ends.
fn planned_at(
    law: &SiteLaw,
    zone: &calendar::Zone,
    (found, taken): (&[Standing], &BTreeSet<Moment>),
    calls: usize,
    now: Moment,
) -> Vec<Moment> {
    let week = zone.civil(now).saturating_add(Span::new().days(SPREAD));
    let ends = found.iter().filter(|it| it.is_open(now)).filter_map(|it| it.member.final_at).min();
    // Whom nobody reaches is replaced by a later draw, while that still has its days.
    let soonest = now.plus_seconds(86_400);
    let leaves = |ends: Moment| ends.plus_seconds(-(DAYS_LEFT + 1) * 86_400).max(soonest).min(ends);
    let last = ends.map_or(week, |ends| week.min(zone.civil(leaves(ends).plus_micros(-1))));
    let windows = sample::windows(law.office_setting(CALL_HOURS));
    let workday = |day| law.calendar.is_workday(day);
    let is_free = |civil| !taken.contains(&zone.moment(civil));
    let times = sample::times(&windows, workday, is_free, (zone.civil(now), last), calls);
    times.into_iter().map(|civil| zone.moment(civil)).collect()
}

fn plan(draw: &FollowUpDraw, when: Moment) -> ActOnCase {
    ActOnCase {
        act: "follow_up.planned".into(),
        attributes: [("follow_up.planned_at".to_owned(), when.0.to_string())].into(),
        links: [(BY_DRAW.to_owned(), format!("{} {}", draw.rule(), draw.period))].into(),
        ..ActOnCase::default()
    }
}
