//! Running a trial (推演运行): on a thread of its own, one at a time, over a bounded past or a made-up year. Nothing is written.

use std::sync::Arc;

use calendar::Moment;
use journal::SiteLaw;
use journal::house::Trial;
use office::Refusal;
use rulebook::simulate::{Lived, MadeUp, Outcomes, Replay};

use super::side::lang;
use crate::language::t;
use crate::security::Fault;
use crate::state::Here;

/// Cases looked at: the newest of the period.
pub const CASES: i64 = 2_000;
/// Households of a made-up year at most.
pub const UNITS_MAX: u32 = 2_000;
/// Matters of each household at most.
pub const MATTERS_MAX: u32 = 10;
/// Years that can be made up.
pub const YEARS: std::ops::RangeInclusive<i16> = 2020..=2099;

/// The past under today's charter and under the trial.
pub struct Past {
    /// What came out.
    pub outcomes: Outcomes,
    /// There were more cases than are looked at: only the newest were.
    pub newest: bool,
}

/// Real cases, opened from a moment on and before another, under both; `keep` cases that differ are told.
pub async fn past(
    here: &Here,
    law: &Arc<SiteLaw>,
    tried: &Trial,
    (from, until): (Moment, Moment),
    keep: usize,
) -> Result<Result<Past, Refusal>, Fault> {
    let cases = here.house().past_cases(here.site, (from, until), CASES + 1).await;
    let mut cases = cases.map_err(|fault| Fault::new("读取往事", fault))?;
    let newest = i64::try_from(cases.len()).is_ok_and(|count| count > CASES);
    cases.truncate(usize::try_from(CASES).unwrap_or(usize::MAX));
    let (laws, now, lang) = (here.house().laws().clone(), here.now, lang());
    let (today, tried) = (law.today(now), tried.clone());
    let days = (laws.zone.date(from), laws.zone.date(until.plus_micros(-1).min(now)));
    run(here, move || {
        let (before, after) = (today.law(&laws), tried.law(&laws));
        let mut replay = Replay::new(&before, &after, now, keep).speaking(lang);
        cases.iter().for_each(|(number, facts)| replay.subject(number, facts));
        Past { outcomes: replay.finish(days.0, days.1), newest }
    })
    .await
}

/// A made-up year under both.
pub async fn year(
    here: &Here,
    law: &Arc<SiteLaw>,
    tried: &Trial,
    asked: MadeUp,
) -> Result<Result<Lived, Refusal>, Fault> {
    let Some(made) = here.web.made.clone() else {
        return Ok(Err(Refusal::new(t("没有推演"), t("这个程序不会编一年"), t("请用真事推演。")).at("of")));
    };
    let (laws, today, tried) = (here.house().laws().clone(), law.today(here.now), tried.clone());
    run(here, move || made(asked, &today.law(&laws), Some(&tried.law(&laws)))).await
}

/// A replay computes; it must not hold up other requests, nor may many of them at once. One that was asked for and left
/// runs to its end before the next begins.
async fn run<T: Send + 'static>(
    here: &Here,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<Result<T, Refusal>, Fault> {
    let Ok(turn) = here.web.trials.clone().try_acquire_owned() else {
        return Ok(Err(Refusal::new(t("没有推演"), t("另一个推演还没有算完"), t("请过一会儿再推演。"))));
    };
    let done = tokio::task::spawn_blocking(move || {
        let found = work();
        drop(turn);
        found
    });
    done.await.map(Ok).map_err(|error| Fault::new("推演", std::io::Error::other(error)))
}
