//! Draws of follow-ups recomputed (复核回访抽取) from the entries before each and from nothing else.

use std::collections::BTreeSet;

use calendar::{Moment, Period, Zone};
use office::Entry;
use office::case::{Case, replay};
use office::sample::Candidate;
use serde::{Deserialize, Serialize};

use super::draws::{BY_DRAW, DRAWN, FACT, FollowUpDraw, Standing, attempts_of, counted, hold, not_again_since, seed};
use super::{House, SiteLaw};
use crate::fault::Fault;
use crate::tx::Tx;
use crate::{sql, vals};

/// What recomputing a draw found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckedDraw {
    /// Place in the site's journal.
    pub seq: i64,
    /// When.
    pub at: Moment,
    /// By whom.
    pub account: String,
    /// The draw as it stands in the journal.
    pub draw: FollowUpDraw,
    /// What differs from the recomputation, in words; empty when it holds.
    pub wrong: Vec<String>,
}

impl House {
    /// Every draw of a site, recomputed from the entries before it and from nothing else: the seed, who could be drawn, how many
    /// were lacking, and who came first.
    pub async fn verify_draws(&self, site: i64) -> Result<Vec<CheckedDraw>, Fault> {
        let laws = self.laws().clone();
        self.read(move |tx| {
            let law = laws.of_site(tx, site)?;
            let cases = whole_cases(tx, site)?;
            let mut checked = Vec::new();
            for entry in draw_entries(tx, site)? {
                let Some(draw) = FollowUpDraw::of(&entry.event) else { continue };
                let wrong = check(tx, site, &law, &laws.zone, &cases, (&entry, &draw))?;
                checked.push(CheckedDraw { seq: entry.seq, at: entry.at, account: entry.actor.clone(), draw, wrong });
            }
            Ok(checked)
        })
        .await
    }
}

/// The entries of every draw, oldest first.
fn draw_entries(tx: &mut dyn Tx, site: i64) -> Result<Vec<Entry>, Fault> {
    let text = sql!("select distinct stream from journal where site = $1 and name = $2 order by stream");
    let mut entries = Vec::new();
    for row in tx.query(text, &vals![site, DRAWN])? {
        entries.extend(crate::stream::load(tx, site, row.text(0)?)?);
    }
    entries.sort_by_key(|entry| entry.seq);
    Ok(entries)
}

/// Every case of the site, with all its entries.
fn whole_cases(tx: &mut dyn Tx, site: i64) -> Result<Vec<Case>, Fault> {
    let text = sql!("select distinct stream from journal where site = $1 and stream like 'case:%' order by stream");
    let mut cases = Vec::new();
    for row in tx.query(text, &vals![site])? {
        let stream = row.text(0)?;
        let entries = crate::stream::load(tx, site, stream)?;
        cases.extend(replay(stream.trim_start_matches("case:"), &entries));
    }
    Ok(cases)
}

fn check(
    tx: &mut dyn Tx,
    site: i64,
    law: &SiteLaw,
    zone: &Zone,
    cases: &[Case],
    (entry, draw): (&Entry, &FollowUpDraw),
) -> Result<Vec<String>, Fault> {
    let mut wrong = Vec::new();
    let begins = Period::of_key(&draw.period).map_or(entry.at, |(per, day)| zone.start_of_day(per.bounds(day).0));
    if seed(tx, site, begins)? != draw.seed {
        wrong.push("种子不是这一期开始前最后一条日志的摘要".to_owned());
    }
    let found = as_of(law, cases, draw, entry);
    let Some(again) = counted(law, &found, (&draw.clause, &draw.period), entry.at) else {
        wrong.push("这一条没有要求比率".to_owned());
        return Ok(wrong);
    };
    let figures = |it: &FollowUpDraw| (it.base, it.needed, it.done, it.planned);
    if figures(&again) != figures(draw) {
        let (told, found) = (figures(draw), figures(&again));
        wrong.push(format!("基数、须访、已访、已排记的是 {told:?}，重算是 {found:?}"));
    }
    let sorted = |mut of: Vec<Candidate>| {
        of.sort();
        of
    };
    if sorted(again.candidates.clone()) != sorted(draw.candidates.clone()) {
        let numbers = |of: &[Candidate]| of.iter().map(|one| one.number.clone()).collect::<BTreeSet<_>>();
        let (told, found) = (numbers(&draw.candidates), numbers(&again.candidates));
        let differ: Vec<&String> = told.symmetric_difference(&found).collect();
        wrong.push(format!("可抽的名单与重算不同：{differ:?}"));
    }
    if draw.by_order() != draw.drawn {
        wrong.push(format!("抽中的是 {:?}，按次序应是 {:?}", draw.drawn, draw.by_order()));
    }
    Ok(wrong)
}

/// The members as they stood before a draw, from the entries before it.
fn as_of(law: &SiteLaw, cases: &[Case], draw: &FollowUpDraw, entry: &Entry) -> Vec<Standing> {
    let own = format!("{} {}", draw.rule(), draw.period);
    // What this draw planned stands before its entry, but after what it looked at.
    let before = |it: &&Entry| {
        let by_this = it.at == entry.at && it.event.body.links.get(BY_DRAW).is_some_and(|by| *by == own);
        it.seq < entry.seq && !by_this
    };
    let (attempts, since) = (attempts_of(law), not_again_since(law, entry.at));
    let (mut found, mut asked) = (Vec::new(), BTreeSet::new());
    for case in cases {
        let entries: Vec<Entry> = case.entries.iter().filter(before).cloned().collect();
        let Some(then) = replay(&case.id, &entries) else { continue };
        if then.last(FACT).is_some_and(|last| last.event.happened > since) {
            asked.extend(then.household.clone());
        }
        let members = law.derive(&case.id, &then.facts(), entry.at).members.into_iter();
        let of_draw = members.filter(|it| it.clause == draw.clause && it.period == draw.period);
        found.extend(of_draw.map(|member| Standing::of(member, &then, attempts)));
    }
    hold(&mut found, &asked);
    found
}
