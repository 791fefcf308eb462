//! Surveys (满意调查) as rows: rounds, the households asked with the hash of each code, and every answer to every question.

use calendar::{Moment, Period, Zone};
use office::case::{Case, CaseKind, CaseState};
use office::survey::questions::{OVERALL, RECEPTION};
use office::survey::round::{ANSWER, BUILDING, ENDED, INVITE, INVITED, OPENED, ROUND};
use office::survey::{self, ANSWERED, MARKS, REGISTER};

use crate::entry::Entry;
use crate::fault::Fault;
use crate::house::SiteLaw;
use crate::tx::Tx;
use crate::{sql, vals};

/// Rounds that are no rounds: what was asked in a month apart from them.
pub(crate) const MONTH: &str = "month:";

/// The round of what was asked apart from rounds.
pub(crate) fn month_key(zone: &Zone, at: Moment) -> String {
    format!("{MONTH}{}", Period::Month.key(zone.date(at)))
}

/// Writes the rows of a round.
pub(super) fn project(tx: &mut dyn Tx, entries: &[Entry]) -> Result<(), Fault> {
    for entry in entries {
        let (site, event) = (entry.site, &entry.written.event);
        let round = entry.stream.trim_start_matches("survey:");
        let link = |key: &str| event.body.links.get(key).cloned().unwrap_or_default();
        let number = |key: &str| link(key).parse::<i64>().unwrap_or(0);
        match event.name.as_str() {
            OPENED => {
                let text = sql!(
                    "insert into survey_round_row(site, id, title, opened, ends, ended, anonymous, asked, area, questions)
                     values ($1, $2, $3, $4, $5, null, $6, $7, $8, $9)"
                );
                let anonymous = link("anonymous") == "yes";
                let (title, ends) = (&event.body.note, number("ends"));
                let row = vals![
                    site,
                    round,
                    title,
                    event.happened,
                    ends,
                    anonymous,
                    link("asked"),
                    link("area"),
                    link("questions")
                ];
                tx.exec(text, &row)?;
            }
            INVITED => {
                let text = sql!(
                    "insert into survey_invite_row(site, round, n, household, place, building, hash, case_id, answered)
                     values ($1, $2, $3, $4, $5, $6, $7, '', null)"
                );
                let place = link("place");
                let building = office::household::building_of(&place);
                tx.exec(text, &vals![site, round, number("n"), link("household"), place, building, link("hash")])?;
            }
            ENDED => {
                let text = sql!("update survey_round_row set ended = $3 where site = $1 and id = $2");
                tx.exec(text, &vals![site, round, event.happened])?;
            }
            _ => {}
        }
    }
    Ok(())
}

/// One answer to one question.
struct Answer<'a> {
    question: &'a str,
    value: &'a str,
    round: String,
    building: String,
    person: &'a str,
    at: Moment,
}

/// Writes the answers that a case holds: of a household asked, or of who complained about how they were received.
pub(super) fn write(
    tx: &mut dyn Tx,
    law: &SiteLaw,
    zone: &Zone,
    site: i64,
    case: &Case,
    entries: &[Entry],
) -> Result<(), Fault> {
    let touched = [ANSWERED, "case.withdrawn", "follow_up.done"];
    let named = |entry: &Entry| touched.contains(&entry.written.event.name.as_str());
    let surveyed = case.kind.id() == REGISTER;
    if !(surveyed || case.kind == CaseKind::Complaint) || !entries.iter().any(named) {
        return Ok(());
    }
    tx.exec(sql!("delete from survey_answer_row where site = $1 and case_id = $2"), &vals![site, &case.id])?;
    if case.state == CaseState::Withdrawn {
        return Ok(());
    }
    for answer in if surveyed { asked(case, zone) } else { received(case, zone) } {
        let setting = law.office_setting_at(MARKS, answer.at);
        let (full, mark) = survey::marks(setting, answer.value).unwrap_or((0, 0));
        let text = sql!(
            "insert into survey_answer_row(site, case_id, question, round, building, person, value, mark, full_mark, at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
        );
        let row = vals![
            site,
            &case.id,
            answer.question,
            &answer.round,
            &answer.building,
            answer.person,
            answer.value,
            mark,
            full,
            answer.at
        ];
        tx.exec(text, &row)?;
    }
    let last = case.last(ANSWERED).filter(|_| surveyed);
    if let Some(last) = last
        && let (Some(round), Some(n)) = (last.event.body.links.get(ROUND), last.event.body.links.get(INVITE))
    {
        let text =
            sql!("update survey_invite_row set case_id = $4, answered = $5 where site = $1 and round = $2 and n = $3");
        let n: i64 = n.parse().unwrap_or(0);
        tx.exec(text, &vals![site, round, n, &case.id, last.event.happened])?;
    }
    Ok(())
}

/// What a household said to each question.
fn asked<'a>(case: &'a Case, zone: &Zone) -> Vec<Answer<'a>> {
    let Some(entry) = case.last(ANSWERED) else { return Vec::new() };
    let (links, at) = (&entry.event.body.links, entry.event.happened);
    let round = links.get(ROUND).cloned().unwrap_or_else(|| month_key(zone, at));
    let building = links.get(BUILDING).cloned().unwrap_or_else(|| office::household::building_of(&case.place));
    let answer =
        |question, value| Answer { question, value, round: round.clone(), building: building.clone(), person: "", at };
    let told = links.iter().filter_map(|(key, value)| Some((key.strip_prefix(ANSWER)?, value.as_str())));
    let mut answers: Vec<Answer> = told.map(|(question, value)| answer(question, value)).collect();
    if let Some(grade) = entry.event.body.attributes.get("survey.grade")
        && !answers.iter().any(|it| it.question == OVERALL)
    {
        answers.push(answer(OVERALL, grade));
    }
    answers
}

/// What who complained said of the desk, about whoever took the complaint.
fn received<'a>(case: &'a Case, zone: &Zone) -> Vec<Answer<'a>> {
    let told = |entry: &'a office::Entry| {
        let attitude =
            entry.event.body.attributes.get("desk.attitude").filter(|_| entry.event.name == "follow_up.done");
        Some((survey::of_attitude(attitude?)?, entry.event.happened))
    };
    let Some((value, at)) = case.entries.iter().rev().find_map(told) else { return Vec::new() };
    let person = case.entries.first().map_or("", |entry| entry.actor.as_str());
    let building = office::household::building_of(&case.place);
    vec![Answer { question: RECEPTION, value, round: month_key(zone, at), building, person, at }]
}
