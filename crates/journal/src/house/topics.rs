//! What is done once for every matter of a common problem (共性问题): gathered at its opening, answered and filed in each, in
//! the same transaction; a clause that refuses it for one refuses it for all, and the refusal names the matter.

use office::case::{self, ActOnCase, Case};
use office::{Actor, Refusal, topic};

use super::acts::{Answer, append, with_latitude};
use super::{House, Laws, SiteLaw};
use crate::fault::Fault;
use crate::tx::Tx;
use crate::{Sent, SiteTx, sql, vals};

impl House {
    /// Counts more matters among the open common problem with this number. Refused: one that is not on file or has ended.
    pub fn join_topic(&self, sent: Sent, actor: Actor, number: String, ids: Vec<String>) -> Answer<()> {
        let laws = self.laws().clone();
        self.store().act(sent, move |tx| {
            let site = tx.site();
            let law = laws.of_site(tx.tx(), site)?;
            tx.govern(&law.digest);
            if let Err(refusal) = exists(tx, &topic::joining(&number))? {
                return Ok(Err(refusal));
            }
            gather(tx, &laws, &law, &actor, &number, &ids.join(" "))
        })
    }
}

/// Counts matters among the common problem with this number. Refused: one that is not on file or is itself a record.
pub(super) fn gather(
    tx: &mut SiteTx<'_>,
    laws: &Laws,
    law: &SiteLaw,
    actor: &Actor,
    number: &str,
    ids: &str,
) -> Result<Result<(), Refusal>, Fault> {
    for id in ids.split_whitespace() {
        let entries = tx.load(&format!("case:{id}"))?;
        let Some(member) = case::replay(id, &entries).filter(|it| !it.kind.is_record()) else {
            let why = format!("没有 {id} 这件事项");
            return Ok(Err(Refusal::new("不能归入共性问题", why, "请从重复问题的名单重选。")));
        };
        if let Err(refusal) = enter(tx, laws, law, actor, member, vec![topic::joining(number)])? {
            return Ok(Err(refusal));
        }
    }
    Ok(Ok(()))
}

/// Does in each matter what an act on their common problem means there. Refused: ending it while one has no answer.
pub(super) fn carry(
    tx: &mut SiteTx<'_>,
    laws: &Laws,
    law: &SiteLaw,
    actor: &Actor,
    found: &Case,
    command: &ActOnCase,
) -> Result<Result<(), Refusal>, Fault> {
    if !topic::is_topic(found) {
        return Ok(Ok(()));
    }
    let site = tx.site();
    let members = members(tx.tx(), site, &found.number)?;
    if command.act == "case.closed"
        && let Err(refusal) = topic::may_close(&members)
    {
        return Ok(Err(refusal));
    }
    for member in members {
        let acts = topic::carried(found, command, &member);
        if let Err(refusal) = enter(tx, laws, law, actor, member, acts)? {
            return Ok(Err(refusal));
        }
    }
    Ok(Ok(()))
}

/// Whether a matter can be counted among the common problem that the act names.
pub(super) fn exists(tx: &mut SiteTx<'_>, command: &ActOnCase) -> Result<Result<(), Refusal>, Fault> {
    if command.act != topic::JOINED {
        return Ok(Ok(()));
    }
    let (site, number) = (tx.site(), command.attributes.get("topic.number").map_or("", |it| it.trim()));
    let text = sql!("select ended from case_row where site = $1 and number = $2 and kind = $3");
    let found = tx.tx().first(text, &vals![site, number, topic::REGISTER])?.map(|row| row.flag(0)).transpose()?;
    let what = "不能归入共性问题";
    Ok(match found {
        Some(false) => Ok(()),
        Some(true) => Err(Refusal::new(what, format!("{number} 已经结案"), "请新列一个共性问题。").at("topic.number")),
        None => {
            let why = format!("没有编号为 {number} 的共性问题");
            Err(Refusal::new(what, why, "请从共性问题登记簿抄编号。").at("topic.number"))
        }
    })
}

/// The matters of a common problem, oldest first.
pub(crate) fn members(tx: &mut dyn Tx, site: i64, number: &str) -> Result<Vec<Case>, Fault> {
    let text = sql!("select id from case_row where site = $1 and common = $2 and common <> '' order by opened, id");
    let ids = tx.query(text, &vals![site, number])?;
    let mut cases = Vec::with_capacity(ids.len());
    for row in &ids {
        let id = row.text(0)?;
        cases.extend(case::replay(id, &crate::stream::load(tx, site, &format!("case:{id}"))?));
    }
    Ok(cases)
}

/// Enters acts on a case one after the other, each decided on what the one before left.
pub(super) fn enter(
    tx: &mut SiteTx<'_>,
    laws: &Laws,
    law: &SiteLaw,
    actor: &Actor,
    mut member: Case,
    acts: Vec<ActOnCase>,
) -> Result<Result<(), Refusal>, Fault> {
    for command in acts {
        let facts = member.facts();
        let decided = with_latitude(tx, laws, law, actor, &facts, |latitude| case::act(latitude, &member, &command))?;
        let named = |mut refusal: Refusal| {
            refusal.what = format!("{}（{}）", refusal.what, member.number);
            refusal
        };
        let events = match decided {
            Ok(events) => events,
            Err(refusal) => return Ok(Err(named(refusal))),
        };
        let stream = format!("case:{}", member.id);
        if let Err(refusal) = append(tx, &stream, member.version, events)? {
            return Ok(Err(named(refusal)));
        }
        let entries = tx.load(&stream)?;
        match case::replay(&member.id, &entries) {
            Some(now) => member = now,
            None => break,
        }
    }
    Ok(Ok(()))
}
