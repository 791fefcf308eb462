//! What is done for a period (登记定期事务): by whoever stands for the post that owes it, so that it counts.

use jiff::civil::Date;
use office::case::ActOnCase;
use office::period::{self, Asked};
use office::site::stands_for;
use office::{Actor, Refusal};
use rulebook::{DutyPeriod, Fact};
use serde::{Deserialize, Serialize};

use super::acts::{Answer, append, with_latitude};
use super::{House, Laws, SiteLaw, free_repairs};
use crate::Sent;
use crate::fault::Fault;
use crate::reads::{duty_facts, find_period, period_requires, period_stream};
use crate::site::SiteTx;

/// What an act for a period answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeriodDone {
    /// Stream of the period.
    pub stream: String,
    /// Whether the duty is fulfilled now; one that takes several acts may not be.
    pub fulfilled: bool,
}

impl House {
    /// Enters that a duty was done for the period with this first day. `duty` is the id of its obligation.
    pub fn record_period(
        &self,
        sent: Sent,
        actor: Actor,
        (first, duty): (Date, String),
        command: ActOnCase,
    ) -> Answer<PeriodDone> {
        let laws = self.laws().clone();
        self.store().act(sent, move |tx| record(tx, &laws, &actor, first, &duty, &command))
    }
}

impl House {
    /// Enters what comes after an act for the period with this key, on the same record.
    pub fn record_then(&self, sent: Sent, actor: Actor, key: String, command: ActOnCase) -> Answer<PeriodDone> {
        let laws = self.laws().clone();
        self.store().act(sent, move |tx| {
            let Some(then) = period::then(&command.act) else {
                let next = "请从定期事务的名单打开。";
                return Ok(Err(Refusal::new("没有登记", "这一项不在这里登记", next)));
            };
            let site = tx.site();
            let law = laws.of_site(tx.tx(), site)?;
            tx.govern(&law.digest);
            let stream = format!("period:{key}");
            let entries = tx.load(&stream)?;
            let known: Vec<Fact> = entries.iter().map(office::Entry::fact).collect();
            let title = laws.word(then.act);
            let post = actor.post_for(then.posts);
            let decided = with_latitude(tx, &laws, &law, &actor, &known, |latitude| {
                period::record_then(latitude, then, (&title, &post), &known, &command)
            })?;
            let event = match decided {
                Ok(event) => event,
                Err(refusal) => return Ok(Err(refusal)),
            };
            Ok(append(tx, &stream, entries.len() as i64, vec![event])?.map(|_| PeriodDone { stream, fulfilled: true }))
        })
    }
}

fn is_done(period: &DutyPeriod) -> bool {
    period.obligation.ended.is_some()
}

fn record(
    tx: &mut SiteTx<'_>,
    laws: &Laws,
    actor: &Actor,
    first: Date,
    duty: &str,
    command: &ActOnCase,
) -> Result<Result<PeriodDone, Refusal>, Fault> {
    let (site, now) = (tx.site(), tx.now());
    let law = laws.of_site(tx.tx(), site)?;
    tx.govern(&law.digest);
    let mut facts = duty_facts(tx.tx(), site, first)?;
    let Some(owed) = find_period(&law, &facts, first, duty, now) else {
        let next = "请从定期事务的名单打开。";
        return Ok(Err(Refusal::new("没有登记", "这一期没有这件定期事务", next)));
    };
    let (Some(act), bearer) = (owed.obligation.must.first(), &owed.obligation.bearer) else {
        return Ok(Err(Refusal::new("没有登记", "条款没有写要做什么", "请先改好规程。")));
    };
    let title = laws.word(act);
    let what = format!("不能登记“{title}”");
    let Some(post) = post_for(&law, actor, bearer) else {
        let why = format!("这件事由{}办", laws.word(bearer));
        return Ok(Err(Refusal::new(what, why, "请由这个岗位登记，或请管理员在岗位对应里改。")));
    };
    if is_done(&owed) {
        return Ok(Err(Refusal::new(what, "这一期已经办过", "有新情况请在下一期写明。")));
    }
    let mut command = command.clone();
    if let Some(attribute) = &owed.named_by {
        command.attributes.insert(attribute.clone(), owed.last.to_string());
    }
    let stream = period_stream(&owed);
    let entries = tx.load(&stream)?;
    let known: Vec<Fact> = entries.iter().map(office::Entry::fact).collect();
    let required = period_requires(&owed);
    let asked = Asked { act, title: &title, duty, post: &post, required: &required };
    let decided = with_latitude(tx, laws, &law, actor, &known, |latitude| {
        let event = period::record(latitude, &asked, &command)?;
        Ok((period::fact(latitude, &asked, &event), event))
    })?;
    let (fact, event) = match decided {
        Ok(decided) => decided,
        Err(refusal) => return Ok(Err(refusal)),
    };
    facts.push(fact);
    let after = find_period(&law, &facts, first, duty, now.max(event.happened));
    let fulfilled = after.as_ref().is_none_or(is_done);
    let takes_several = owed.at_least > 1 || owed.covered_by.is_some();
    if !fulfilled && !takes_several {
        let why = format!("按发生时间，这不属于 {} 至 {} 这一期", owed.first, owed.last);
        let next = "当时已经办了的，请按补录写实际发生时间；现在才办的，属于这一期以后。";
        return Ok(Err(Refusal::new(what, why, next).at("happened")));
    }
    if let Err(refusal) = free_repairs::agree(tx, laws, &owed, act, &command)? {
        return Ok(Err(refusal));
    }
    if let Err(refusal) = append(tx, &stream, entries.len() as i64, vec![event])? {
        return Ok(Err(refusal));
    }
    let listed = free_repairs::list(tx, laws, &law, actor, &owed, act)?;
    Ok(listed.map(|()| PeriodDone { stream, fulfilled }))
}

/// The post as which somebody does what `bearer` owes: the bearer's own, one bound to it, or the bearer's through the
/// person; none when they do not stand for it.
fn post_for(law: &SiteLaw, actor: &Actor, bearer: &str) -> Option<String> {
    let bound = office::site::bound(&law.charter).bindings;
    let own = [bearer.to_owned()];
    let hands = bound.get(bearer).map_or(own.as_slice(), Vec::as_slice);
    let held = actor.posts.iter().find(|post| hands.contains(post)).cloned();
    held.or_else(|| stands_for(&law.charter, &actor.account).into_iter().find(|post| post == bearer))
}
