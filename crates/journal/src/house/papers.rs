//! Papers (文件): who is asked to sign is drawn from the posts of the day; a rule is discussed in a meeting that took place, and ends
//! the rule whose place it takes.

use office::asked::{self, CIRCULARS, DOCUMENTS, READERS, RULES};
use office::case::{self, ActOnCase, Case, CaseState, OpenRecord};
use office::internal_rule::{self, Standing};
use office::{Actor, Refusal, meeting, site};

use super::{Laws, SiteLaw};
use crate::fault::Fault;
use crate::{SiteTx, sql, vals};

/// The post of rulebooks for those who sign papers of the company and accept internal rules.
const MANAGERS: &str = "supervisory_staff";
/// Attribute: up or down.
const DIRECTION: &str = "circular.direction";
/// Attribute: to whom a circular goes.
const SCOPE: &str = "circular.scope";

/// A paper, rule or circular as it begins: with who is asked. Refused: nobody is there to be asked, a rule whose place it shall
/// take that is not in force.
pub(super) fn begun(
    tx: &mut SiteTx<'_>,
    law: &SiteLaw,
    form: &OpenRecord,
) -> Result<Result<OpenRecord, Refusal>, Fault> {
    let mut form = form.clone();
    let said = |id: &str| form.act.attributes.get(id).map_or("", |it| it.trim()).to_owned();
    let what = "不能登记";
    // No sender may say who is asked.
    form.act.links.remove(READERS);
    let whom = match form.register.as_str() {
        DOCUMENTS => Some(MANAGERS),
        RULES => {
            let replaced = said(internal_rule::REPLACES);
            if !replaced.is_empty()
                && let Some(refusal) = not_in_force(tx, &replaced)?
            {
                return Ok(Err(refusal));
            }
            Some(MANAGERS)
        }
        CIRCULARS => match (said(DIRECTION).as_str(), said(SCOPE).as_str()) {
            ("up", _) => None,
            (_, "") => {
                let refusal = Refusal::new(what, "下行通知没有写发给谁", "请选通知范围。");
                return Ok(Err(refusal.at(SCOPE)));
            }
            (_, "managers") => Some(MANAGERS),
            _ => Some(""),
        },
        _ => return Ok(Ok(form)),
    };
    if let Some(post) = whom {
        let link = people(tx, law, post)?;
        if link.is_empty() {
            let next = "请管理员在“设置 → 员工账号”给主管以上的人设岗位，或在“岗位对应”里定“主管以上人员”。";
            return Ok(Err(Refusal::new(what, "没有一位在岗的管理人员", next)));
        }
        form.act.links.insert(READERS.to_owned(), link);
    }
    Ok(Ok(form))
}

/// Who of the staff stands for a post of rulebooks, everybody when none is named; as a link. Who only keeps accounts and settings
/// is no member of the staff.
pub(super) fn people(tx: &mut SiteTx<'_>, law: &SiteLaw, post: &str) -> Result<String, Fault> {
    let text = sql!("select account, name, posts from account_row where site = $1 and active = 1 order by account");
    let bound = site::bound(&law.charter);
    let stand = bound.bindings.get(post).cloned().unwrap_or_default();
    let site = tx.site();
    let mut found = Vec::new();
    for row in tx.tx().query(text, &vals![site])? {
        let (account, posts) = (row.string(0)?, row.string(2)?);
        let person = format!("{}{account}", site::PERSON_MARK);
        let mut working = posts.split('、').filter(|it| !it.is_empty() && *it != site::ADMINISTRATOR);
        let holds = match post {
            "" => working.next().is_some(),
            _ => working.any(|it| stand.iter().any(|other| other == it)) || stand.contains(&person),
        };
        if holds {
            found.push((account, row.string(1)?));
        }
    }
    Ok(asked::link(found.iter().map(|(account, name)| (account.as_str(), name.as_str()))))
}

/// The record of a register with this number.
pub(super) fn numbered(tx: &mut SiteTx<'_>, kind: &str, number: &str) -> Result<Option<Case>, Fault> {
    let site = tx.site();
    let text = sql!("select id from case_row where site = $1 and number = $2 and kind = $3");
    let Some(row) = tx.tx().first(text, &vals![site, number.trim(), kind])? else { return Ok(None) };
    let id = row.string(0)?;
    Ok(case::replay(&id, &tx.load(&format!("case:{id}"))?))
}

/// Why a rule cannot take the place of this one.
fn not_in_force(tx: &mut SiteTx<'_>, number: &str) -> Result<Option<Refusal>, Fault> {
    let today = calendar::Zone::shanghai().date(tx.now());
    let found = numbered(tx, RULES, number)?;
    let stands = found.is_some_and(|rule| internal_rule::standing(&rule, today) == Standing::InForce);
    let why = format!("没有编号为 {number} 的现行制度");
    let next = "请从现行制度的名单抄编号；不替代旧制度的，这一栏空着。";
    Ok((!stands).then(|| Refusal::new("不能起草", why, next).at(internal_rule::REPLACES)))
}

/// The act with what the house knows: a discussion names a meeting that was held, a rule that is handed out asks everybody to read
/// it.
pub(super) fn told(
    tx: &mut SiteTx<'_>,
    law: &SiteLaw,
    found: &Case,
    command: &ActOnCase,
) -> Result<Result<ActOnCase, Refusal>, Fault> {
    let mut command = command.clone();
    if !asked::asks(found) {
        return Ok(Ok(command));
    }
    command.links.remove(READERS);
    match command.act.as_str() {
        internal_rule::DISCUSSED => {
            let number = command.attributes.get(internal_rule::MEETING).cloned().unwrap_or_default();
            match numbered(tx, meeting::REGISTER, &number)? {
                Some(held) if held.has(meeting::BEGAN) && held.state != CaseState::Withdrawn => {
                    command.links.insert("meeting".to_owned(), held.id);
                }
                known => {
                    let why = match known {
                        Some(_) => format!("{number} 这次会没有开"),
                        None => format!("会议登记簿里没有编号为 {number} 的会议"),
                    };
                    let next = "请写开过的那次会议的编号；会还没有登记的，先在会议登记簿登记。";
                    return Ok(Err(Refusal::new("不能记下讨论", why, next).at(internal_rule::MEETING)));
                }
            }
        }
        internal_rule::ISSUED => {
            let everybody = people(tx, law, "")?;
            command.links.insert(READERS.to_owned(), everybody);
        }
        _ => {}
    }
    Ok(Ok(command))
}

/// A rule that is carried out ends the one whose place it takes, from its own day on.
pub(super) fn done(
    tx: &mut SiteTx<'_>,
    laws: &Laws,
    law: &SiteLaw,
    actor: &Actor,
    (found, command): (&Case, &ActOnCase),
) -> Result<Result<(), Refusal>, Fault> {
    if command.act != internal_rule::CARRIED_OUT {
        return Ok(Ok(()));
    }
    let said = |id: &str| found.attributes.get(id).map_or("", |it| it.trim());
    let (replaced, from) = (said(internal_rule::REPLACES), said(internal_rule::FROM));
    let Some(old) = numbered(tx, RULES, replaced)?.filter(|it| !it.has(internal_rule::REPEALED)) else {
        return Ok(Ok(()));
    };
    let ends = ActOnCase {
        act: internal_rule::REPEALED.to_owned(),
        attributes: [(internal_rule::UNTIL.to_owned(), from.to_owned())].into(),
        note: format!("由 {} 替代", found.number),
        ..ActOnCase::default()
    };
    super::topics::enter(tx, laws, law, actor, old, vec![ends])
}
