//! Satisfaction surveys (满意回访): the households drawn to be asked, and what an answer scores by the marks of the office's setting
//! on its day.

use std::collections::BTreeSet;

use calendar::Moment;
use jiff::civil::Date;
use office::case::{ActOnCase, Caller, OpenRecord, Place};
use office::sample::{self, Candidate};
use office::{Actor, Refusal, household, survey};

use super::acts::{Answer, open_record};
use super::draws::{asked_since, not_again_since, seed};
use super::{House, SiteLaw};
use crate::fault::Fault;
use crate::tx::Tx;
use crate::{Sent, SiteTx, sql, vals};

/// The act with the full mark and the mark of its grade; any other act as it is. Refused: marks that cannot be read.
pub(super) fn marked(law: &SiteLaw, command: &ActOnCase) -> Result<ActOnCase, Refusal> {
    let mut command = command.clone();
    // No sender may claim a mark.
    command.links.remove(survey::MARK);
    if command.act != survey::ANSWERED {
        return Ok(command);
    }
    let Some(grade) = command.attributes.get("survey.grade").filter(|it| !it.is_empty()) else { return Ok(command) };
    let setting = law.office_setting(survey::MARKS);
    let Some((full, mark)) = survey::marks(&setting, grade) else {
        let why = format!("设置“{}”读不懂：{setting}", survey::MARKS);
        return Err(Refusal::new("没有记下", why, "请管理员在设置里写五个得分，用分号隔开，例如 100；75；50；25；0。"));
    };
    command.attributes.insert(survey::SCORE.to_owned(), full.to_string());
    command.links.insert(survey::MARK.to_owned(), mark.to_string());
    Ok(command)
}

/// Who is asked: at most so many at once.
const MOST: i64 = 200;

impl House {
    /// Chooses so many households to be asked how satisfied they are, in an order that nobody can choose: by the site's journal as
    /// it stood before the month. Households without anybody on file, and those chosen this month, are left out; who was asked
    /// something a short while ago comes last. Refused: no number, nobody left. Answers how many were chosen.
    pub fn choose_households(&self, sent: Sent, actor: Actor, count: i64) -> Answer<i64> {
        let laws = self.laws().clone();
        self.store().act(sent, move |tx| {
            let what = "没有抽取住户";
            if !(1..=MOST).contains(&count) {
                let why = format!("要抽的户数不是 1 到 {MOST}");
                return Ok(Err(Refusal::new(what, why, "请写要抽几户。").at("count")));
            }
            let (site, now) = (tx.site(), tx.now());
            let law = laws.of_site(tx.tx(), site)?;
            let first = laws.zone.date(now).first_of_month();
            let begins = laws.zone.start_of_day(first);
            let candidates = candidates(tx.tx(), site, &law, begins, now)?;
            let rule = format!("{} {}", survey::REGISTER, first.strftime("%Y-%m"));
            let seed = seed(tx.tx(), site, begins)?;
            let mut chosen = 0;
            for one in sample::order(&seed, &rule, &candidates) {
                if chosen == count {
                    break;
                }
                // A household without anybody on file cannot be asked.
                let Some(record) = record(tx, &one.number, first)? else { continue };
                if let Err(refusal) = open_record(tx, &laws, &actor, &record)? {
                    return Ok(Err(refusal));
                }
                chosen += 1;
            }
            let why = "在册的住户本月都抽过了，或者还没有导入台账";
            Ok(if chosen > 0 { Ok(chosen) } else { Err(Refusal::new(what, why, "请下个月再抽。")) })
        })
    }
}

/// Households on file that were not chosen since a moment.
fn candidates(tx: &mut dyn Tx, site: i64, law: &SiteLaw, begins: Moment, now: Moment) -> Result<Vec<Candidate>, Fault> {
    let text = sql!("select household from case_row where site = $1 and kind = 'surveys' and opened >= $2");
    let rows = tx.query(text, &vals![site, begins])?;
    let chosen: BTreeSet<String> = rows.iter().map(|row| row.string(0)).collect::<Result<_, Fault>>()?;
    let asked = asked_since(tx, site, not_again_since(law, now))?;
    let rows = tx.query(sql!("select id, words from household_row where site = $1 order by id"), &vals![site])?;
    let mut found = Vec::new();
    for row in &rows {
        let number = row.string(0)?;
        if !chosen.contains(&number) {
            let (area, held) = (office::household::building_of(row.text(1)?), asked.contains(&number));
            found.push(Candidate { number, area, worker: String::new(), held });
        }
    }
    Ok(found)
}

/// The record of a chosen household, with whom to ask; none when nobody of it is on file.
fn record(tx: &mut SiteTx<'_>, id: &str, month: Date) -> Result<Option<OpenRecord>, Fault> {
    let found = household::replay(id, &tx.load(&format!("household:{id}"))?);
    let Some((found, person)) = found.as_ref().and_then(|it| Some((it, it.people.first()?))) else { return Ok(None) };
    let person = Caller {
        person: person.id.clone(),
        name: person.name.clone(),
        phone: person.phones.first().cloned().unwrap_or_default(),
    };
    let of = month.strftime("%Y%m");
    Ok(Some(OpenRecord {
        case: format!("survey-{of}-{id}"),
        register: survey::REGISTER.to_owned(),
        place: Place { household: Some(id.to_owned()), words: found.room.to_string() },
        person,
        act: ActOnCase {
            act: survey::CHOSEN.into(),
            attributes: [("period.of".to_owned(), month.last_of_month().to_string())].into(),
            note: "抽中".into(),
            ..ActOnCase::default()
        },
    }))
}
