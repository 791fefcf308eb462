//! The year calendar of a site (年历): entering a notice or a day, at one site or at the company with all its sites, and what it
//! moves, before it is confirmed and after.

use std::sync::Arc;

use calendar::{Calendar, Moment, Orderer};
use jiff::Span;
use office::Refusal;
use office::site::{CalendarChange, CalendarTold, calendar_told, charter_log, settle_calendar};
use rulebook::{Derived, DutyPeriod, Fact, Law, Obligation, State};

use super::acts::append;
use super::laws::CHARTER;
use super::{COMPANY, House, SiteLaw};
use crate::fault::Fault;
use crate::reads::{CalendarMove, calendar_move, duty_facts, move_of, moved_by};
use crate::site::SiteTx;
use crate::tx::Tx;
use crate::views::{facts_before, first_change, open_from};
use crate::{CommandId, Sent};

/// Days that a look at periodic duties goes back: a quarter and its time to be done.
const LOOKS_BACK: i64 = 130;

impl House {
    /// Enters a notice or settles a day. For the company it is entered there and at each of its sites, where what is on
    /// file already stays as it is; a site opened later takes it over. Answers the place of the site's entry, none when
    /// the site has it already. Refused: what cannot be read, what is on file just so.
    pub async fn change_calendar(
        &self,
        sent: Sent,
        by: Orderer,
        change: CalendarChange,
    ) -> Result<Result<Option<i64>, Refusal>, Fault> {
        if by == Orderer::Site {
            let done = self.enter_in_calendar(sent, by, change).await?;
            return Ok(done.map(Some));
        }
        let part = |site: i64| {
            let command = CommandId::of(&[sent.command.as_str(), "calendar", &site.to_string()]);
            Sent { site, command, ..sent.clone() }
        };
        if let Err(refusal) = self.enter_in_calendar(part(COMPANY), by, change.clone()).await? {
            return Ok(Err(refusal));
        }
        let mut own = None;
        for (site, _) in self.sites().await? {
            // What a site refuses it has already.
            let done = self.enter_in_calendar(part(site), by, change.clone()).await?;
            if site == sent.site {
                own = done.ok();
            }
        }
        Ok(Ok(own))
    }

    async fn enter_in_calendar(
        &self,
        sent: Sent,
        by: Orderer,
        change: CalendarChange,
    ) -> Result<Result<i64, Refusal>, Fault> {
        let laws = self.laws().clone();
        let done = self.store().act(sent, move |tx| {
            let site = tx.site();
            let law = laws.of_site(tx.tx(), site)?;
            enter(tx, &law, by, &change)
        });
        Ok(done.await?.map(|acted| acted.answer))
    }

    /// A site opened after the company settled days has them too.
    pub(super) async fn take_company_calendar(&self, sent: Sent) -> Result<(), Fault> {
        let entries = self.read(|tx| crate::stream::load(tx, COMPANY, CHARTER)).await?;
        for told in charter_log(&entries).calendar {
            let command = CommandId::of(&[sent.command.as_str(), &told.seq.to_string()]);
            let change = match told.told {
                CalendarTold::Notice(notice) => {
                    CalendarChange::Notice { data: notice.write_year(), text: String::new() }
                }
                CalendarTold::Day(order) => CalendarChange::Day {
                    date: order.date,
                    workday: order.workday,
                    hours: order.hours.map_or(String::new(), |spans| match spans.is_empty() {
                        true => "休息".to_owned(),
                        false => spans.iter().map(ToString::to_string).collect::<Vec<_>>().join("、"),
                    }),
                    why: order.why,
                },
            };
            let sent = Sent { command, ..sent.clone() };
            // Taking back what this site never had is refused, and nothing is lost by it.
            let _ = self.enter_in_calendar(sent, told.by, change).await?;
        }
        Ok(())
    }

    /// What a change would move if it were entered now.
    pub async fn calendar_preview(
        &self,
        site: i64,
        by: Orderer,
        change: CalendarChange,
        now: Moment,
    ) -> Result<Result<Vec<CalendarMove>, Refusal>, Fault> {
        let laws = self.laws().clone();
        self.read(move |tx| {
            let law = laws.of_site(tx, site)?;
            if let Some(refusal) = on_file(&law, by, &change) {
                return Ok(Err(refusal));
            }
            let told = match calendar_told(by, &change, now) {
                Ok(told) => told,
                Err(refusal) => return Ok(Err(refusal)),
            };
            if let Err(refusal) = settle_calendar(&law.log.calendar, by, &change, now) {
                return Ok(Err(refusal));
            }
            let after = match told.clone() {
                CalendarTold::Notice(notice) => law.calendar.with([notice], []),
                CalendarTold::Day(order) => law.calendar.with([], [order]),
            };
            let Some(first) = first_change(&law.calendar.as_known_at(now), &after.as_known_at(now), &told) else {
                return Ok(Ok(Vec::new()));
            };
            let (old, new) = (law.law.clone(), law.law.under(&after));
            let mut moves = Vec::new();
            for subject in open_from(tx, &laws, site, first)? {
                let (facts, _) = facts_before(tx, site, &subject, i64::MAX)?;
                let (one, other) = (old.derive(&subject, &facts, now), new.derive(&subject, &facts, now));
                for (was, it) in differing(&one, &other) {
                    moves.push(move_of(tx, site, &subject, it, (was.due, was.end_of_day))?);
                }
            }
            moves.extend(periods_moved(tx, &law, (&old, &new), site, i64::MAX, now)?);
            Ok(Ok(moves))
        })
        .await
    }

    /// What an entry in the calendar moved, and by whom and when it was made; none when there is no such entry.
    pub async fn calendar_moves(
        &self,
        site: i64,
        seq: i64,
    ) -> Result<Option<(office::site::CalendarEntry, Vec<CalendarMove>)>, Fault> {
        let laws = self.laws().clone();
        self.read(move |tx| {
            let law = laws.of_site(tx, site)?;
            let Some(entry) = law.log.calendar.iter().find(|it| it.seq == seq).cloned() else { return Ok(None) };
            let mut moves = moved_by(tx, site, seq)?;
            let known = |at: Moment| -> Calendar { law.calendar.as_known_at(at) };
            let (old, new) = (law.law.under(&known(entry.at.plus_micros(-1))), law.law.under(&known(entry.at)));
            moves.extend(periods_moved(tx, &law, (&old, &new), site, seq, entry.at)?);
            Ok(Some((entry, moves)))
        })
        .await
    }
}

fn enter(
    tx: &mut SiteTx<'_>,
    law: &Arc<SiteLaw>,
    by: Orderer,
    change: &CalendarChange,
) -> Result<Result<i64, Refusal>, Fault> {
    if let Some(refusal) = on_file(law, by, change) {
        return Ok(Err(refusal));
    }
    tx.govern(&law.digest);
    let entries = tx.load(CHARTER)?;
    tx.after_all();
    match settle_calendar(&law.log.calendar, by, change, tx.now()) {
        Ok(event) => Ok(append(tx, CHARTER, entries.len() as i64, vec![event])?.map(|(_, seq)| seq)),
        Err(refusal) => Ok(Err(refusal)),
    }
}

/// A notice that is on file just so: entered before, or come with the program.
fn on_file(law: &SiteLaw, by: Orderer, change: &CalendarChange) -> Option<Refusal> {
    let Ok(CalendarTold::Notice(notice)) = calendar_told(by, change, Moment(0)) else { return None };
    let same = |it: &calendar::Notice| {
        (it.year, it.date, it.replaces, &it.holidays) == (notice.year, notice.date, notice.replaces, &notice.holidays)
    };
    let why = "这份通知已经录入";
    let known = law.calendar.sources().notices.iter().any(same);
    known.then(|| Refusal::new("不能录入放假通知", why, "不需要再办；要改，请写更正的通知。").at("text"))
}

/// Open obligations of one subject that are due otherwise.
fn differing<'a>(one: &'a Derived, other: &'a Derived) -> Vec<(&'a Obligation, &'a Obligation)> {
    let open = |it: &&Obligation| matches!(it.state, State::Open | State::Overdue);
    let was = |it: &&'a Obligation| -> Option<(&'a Obligation, &'a Obligation)> {
        let was = one.obligations.iter().filter(open).find(|was| was.id == it.id)?;
        ((was.due, was.end_of_day) != (it.due, it.end_of_day)).then_some((was, *it))
    };
    other.obligations.iter().filter(open).filter_map(|it| was(&it)).collect()
}

/// Periods of duties, begun and open, that are due otherwise under the new law; by what was told before an entry.
fn periods_moved(
    tx: &mut dyn Tx,
    law: &SiteLaw,
    (old, new): (&Law, &Law),
    site: i64,
    seq: i64,
    at: Moment,
) -> Result<Vec<CalendarMove>, Fault> {
    if !law.law.has_duties() {
        return Ok(Vec::new());
    }
    let today = calendar::Zone::shanghai().date(at);
    let from = today.saturating_sub(Span::new().days(LOOKS_BACK));
    let mut facts: Vec<Fact> = duty_facts(tx, site, from)?;
    facts.retain(|fact| fact.seq < seq);
    let open = |law: &Law| -> Vec<DutyPeriod> {
        let mut periods = law.duty_periods(from, today, &facts, at);
        periods.retain(|it| matches!(it.obligation.state, State::Open | State::Overdue) && it.obligation.opened <= at);
        periods
    };
    let (one, other) = (open(old), open(new));
    let was = |it: &DutyPeriod| {
        let was = one.iter().find(|was| was.obligation.id == it.obligation.id)?;
        let (was, it) = (&was.obligation, &it.obligation);
        ((was.due, was.end_of_day) != (it.due, it.end_of_day)).then_some((was.due, was.end_of_day))
    };
    Ok(other.into_iter().filter_map(|it| was(&it).map(|was| calendar_move(it, was))).collect())
}
