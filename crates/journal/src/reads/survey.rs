//! 满意调查: rounds, how each question, building and service came out, beside the round before, and the answers behind a number.
//! The rate (share of satisfied answers) and the score (marks of the full marks) are counted apart, from the same answers.

use std::collections::BTreeMap;

use calendar::{Moment, Period};
use office::survey::questions::{OVERALL, Question, shipped};
use office::survey::round::{self, Invite, RATE_TARGET, SCORE_TARGET};
use office::survey::{GRADES, is_satisfied};

use crate::fault::Fault;
use crate::house::{House, questions_of};
use crate::stream;
use crate::tx::{Sql, Tx};
use crate::value::Row;
use crate::views::{SURVEY_MONTH, survey_month_key};
use crate::{sql, vals};

/// Rounds and months of the list.
const ROUNDS: i64 = 24;
/// Answers of a list at most.
const SHOWN: i64 = 2_000;

/// A round, or a month in which households were asked apart from rounds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SurveyRound {
    /// Its id; `month:2026-11` of a month.
    pub id: String,
    /// What it is called; empty for a month.
    pub title: String,
    /// Opened; of a month its first moment.
    pub opened: Moment,
    /// The first moment at which no answer is taken any more.
    pub ends: Moment,
    /// Ended before that.
    pub ended: Option<Moment>,
    /// Answers come without names.
    pub anonymous: bool,
    /// `all`, `drawn`, `building`.
    pub asked: String,
    /// How many were drawn, or which building.
    pub area: String,
    /// The questions as they stood.
    pub questions: Vec<Question>,
    /// Households asked; none of a month.
    pub invited: Option<i64>,
    /// The answers to the overall question.
    pub overall: Tally,
}

impl SurveyRound {
    /// The month that it stands for, when it is no round.
    pub fn month(&self) -> Option<&str> {
        self.id.strip_prefix(SURVEY_MONTH)
    }

    /// Answers are taken at this moment.
    pub fn is_open(&self, now: Moment) -> bool {
        self.month().is_none() && self.ended.is_none() && now < self.ends
    }
}

/// Answers added up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Answers in each of the five grades, the best first.
    pub grades: [i64; 5],
    /// Marks reached.
    pub mark: i64,
    /// Full marks of those answers.
    pub full: i64,
    /// Yes, no.
    pub yes_no: [i64; 2],
    /// Free words.
    pub words: i64,
}

impl Tally {
    /// Answers in a grade.
    pub fn graded(&self) -> i64 {
        self.grades.iter().sum()
    }

    /// Of them satisfied.
    pub fn satisfied(&self) -> i64 {
        GRADES.iter().zip(self.grades).filter(|(grade, _)| is_satisfied(grade)).map(|(_, count)| count).sum()
    }

    /// Whether the share of satisfied answers reaches so many per cent; none without answers.
    pub fn rate_reaches(&self, target: i64) -> Option<bool> {
        (self.graded() > 0).then(|| self.satisfied() * 100 >= target * self.graded())
    }

    /// Whether the marks reach so many per cent of the full ones; none without marks.
    pub fn score_reaches(&self, target: i64) -> Option<bool> {
        (self.full > 0).then(|| self.mark * 100 >= target * self.full)
    }

    pub(super) fn take(&mut self, value: &str, count: i64, mark: i64, full: i64) {
        match (GRADES.iter().position(|grade| *grade == value), value) {
            (Some(nth), _) => {
                self.grades[nth] += count;
                self.mark += mark;
                self.full += full;
            }
            (None, "yes") => self.yes_no[0] += count,
            (None, "no") => self.yes_no[1] += count,
            (None, _) => self.words += count,
        }
    }

    pub(super) fn add(&mut self, other: &Tally) {
        for (own, more) in self.grades.iter_mut().zip(other.grades) {
            *own += more;
        }
        self.mark += other.mark;
        self.full += other.full;
    }
}

/// How a round came out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SurveyResults {
    /// The round.
    pub round: SurveyRound,
    /// The one before it.
    pub before: Option<SurveyRound>,
    /// Question, now, before.
    pub questions: Vec<(Question, Tally, Tally)>,
    /// Service, all its graded questions now, before.
    pub services: Vec<(String, Tally, Tally)>,
    /// Building, overall now, before, households asked there.
    pub buildings: Vec<(String, Tally, Tally, i64)>,
    /// Account that was judged, now, before.
    pub people: Vec<(String, Tally, Tally)>,
    /// Rate and score to be reached, in per cent.
    pub targets: (i64, i64),
}

/// Which answers are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SurveyFilter {
    /// Question; empty: all.
    pub question: String,
    /// Some questions; empty: all.
    pub among: Vec<String>,
    /// Building.
    pub building: Option<String>,
    /// Account judged.
    pub person: Option<String>,
    /// Value: a grade, `yes`, `no`, or `unhappy` for the grades that are not satisfied.
    pub value: String,
}

/// An answer in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SurveyLine {
    /// The record or matter.
    pub case: String,
    /// Its number.
    pub number: String,
    /// Where.
    pub place: String,
    /// The question.
    pub question: String,
    /// What was said.
    pub value: String,
    /// When.
    pub at: Moment,
}

/// A household asked in a round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InviteRow {
    /// Place among those asked.
    pub n: i64,
    /// Room.
    pub place: String,
    /// Its answer; empty without one.
    pub case: String,
    /// When it was given.
    pub answered: Option<Moment>,
}

/// What a household's own page shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SurveyForm {
    /// The site.
    pub site: i64,
    /// What the round is called.
    pub title: String,
    /// Until when.
    pub ends: Moment,
    /// Over, whatever the day.
    pub over: bool,
    /// Without names.
    pub anonymous: bool,
    /// The questions.
    pub questions: Vec<Question>,
    /// An answer was given.
    pub answered: bool,
    /// What was answered; empty without names.
    pub answers: BTreeMap<String, String>,
}

const ROUND: &str = "r.id, r.title, r.opened, r.ends, r.ended, r.anonymous, r.asked, r.area, r.questions";

fn round(row: &Row) -> Result<SurveyRound, Fault> {
    Ok(SurveyRound {
        id: row.string(0)?,
        title: row.string(1)?,
        opened: row.moment(2)?,
        ends: row.moment(3)?,
        ended: row.maybe_moment(4)?,
        anonymous: row.flag(5)?,
        asked: row.string(6)?,
        area: row.string(7)?,
        questions: questions_of(row.text(8)?)?,
        invited: None,
        overall: Tally::default(),
    })
}

impl House {
    /// Rounds and months, the latest first.
    pub async fn survey_rounds(&self, site: i64) -> Result<Vec<SurveyRound>, Fault> {
        let zone = self.laws().zone.clone();
        self.read(move |tx| {
            let text = format!(
                "select {ROUND} from survey_round_row r where r.site = $1 order by r.opened desc limit {ROUNDS}"
            );
            let rows = tx.query(Sql::built(text), &vals![site])?;
            let mut rounds: Vec<SurveyRound> = rows.iter().map(round).collect::<Result<_, Fault>>()?;
            let text = sql!(
                "select distinct round from survey_answer_row where site = $1 and round >= 'month:' and round < 'month;'
                 order by round desc limit 24"
            );
            for row in tx.query(text, &vals![site])? {
                rounds.extend(month(&zone, row.text(0)?));
            }
            for one in &mut rounds {
                count(tx, site, one)?;
            }
            rounds.sort_by(|one, other| (other.opened, &other.id).cmp(&(one.opened, &one.id)));
            Ok(rounds)
        })
        .await
    }

    /// How a round came out; none when there is no such round.
    pub async fn survey_results(&self, site: i64, id: String) -> Result<Option<SurveyResults>, Fault> {
        let laws = self.laws().clone();
        self.read(move |tx| {
            let Some(now) = one(tx, &laws.zone, site, &id)? else { return Ok(None) };
            let before = before(tx, &laws.zone, site, &now)?;
            let law = laws.of_site(tx, site)?;
            let percent = |name: &str| law.office_setting(name).trim().parse().unwrap_or(0);
            let targets = (percent(RATE_TARGET), percent(SCORE_TARGET));
            Ok(Some(super::survey_results::results(tx, site, now, before, targets)?))
        })
        .await
    }

    /// The answers behind a number, the latest first, and whether there are more.
    pub async fn survey_answers(
        &self,
        site: i64,
        id: String,
        filter: SurveyFilter,
    ) -> Result<(Vec<SurveyLine>, bool), Fault> {
        self.read(move |tx| {
            let text = format!(
                "select a.case_id, c.number, c.place, a.question, a.value, a.at, a.building, a.person from survey_answer_row a
                 left join case_row c on c.site = a.site and c.id = a.case_id
                 where a.site = $1 and a.round = $2 and ($3 = '' or a.question = $3) order by a.at desc, a.case_id limit 20000"
            );
            let mut lines = Vec::new();
            for row in tx.query(Sql::built(text), &vals![site, &id, &filter.question])? {
                let value = row.string(4)?;
                let fits = match filter.value.as_str() {
                    "" => true,
                    "unhappy" => GRADES.contains(&value.as_str()) && !is_satisfied(&value),
                    "satisfied_all" => is_satisfied(&value),
                    "graded" => GRADES.contains(&value.as_str()),
                    wanted => wanted == value,
                };
                let there = filter.building.as_deref().is_none_or(|it| row.text(6).is_ok_and(|own| own == it));
                let question = row.text(3)?;
                let among = filter.among.is_empty() || filter.among.iter().any(|it| it == question);
                let theirs = filter.person.as_deref().is_none_or(|it| row.text(7).is_ok_and(|own| own == it));
                if fits && among && there && theirs {
                    lines.push(SurveyLine {
                        case: row.string(0)?,
                        number: row.maybe_text(1)?.unwrap_or_default().to_owned(),
                        place: row.maybe_text(2)?.unwrap_or_default().to_owned(),
                        question: row.string(3)?,
                        value,
                        at: row.moment(5)?,
                    });
                }
            }
            let more = lines.len() as i64 > SHOWN;
            lines.truncate(usize::try_from(SHOWN).unwrap_or(usize::MAX));
            Ok((lines, more))
        })
        .await
    }

    /// The households asked in a round, by room.
    pub async fn survey_invites(&self, site: i64, id: String) -> Result<Vec<InviteRow>, Fault> {
        self.read(move |tx| {
            let text = sql!(
                "select n, place, case_id, answered from survey_invite_row where site = $1 and round = $2 order by n"
            );
            let rows = tx.query(text, &vals![site, &id])?;
            let row = |row: &Row| {
                Ok(InviteRow {
                    n: row.int(0)?,
                    place: row.string(1)?,
                    case: row.string(2)?,
                    answered: row.maybe_moment(3)?,
                })
            };
            rows.iter().map(row).collect()
        })
        .await
    }

    /// The codes of a round's households, to be printed.
    pub async fn survey_codes(&self, site: i64, id: String) -> Result<Vec<Invite>, Fault> {
        self.read(move |tx| Ok(round::invited(&stream::load(tx, site, &format!("survey:{id}"))?))).await
    }

    /// What the code of this hash opens; none when it opens nothing.
    pub async fn survey_form(&self, hash: String, now: Moment) -> Result<Option<SurveyForm>, Fault> {
        self.read(move |tx| {
            let text = sql!(
                "select i.site, r.title, r.ends, r.ended, r.anonymous, r.questions, i.case_id
                 from survey_invite_row i join survey_round_row r on r.site = i.site and r.id = i.round
                 where i.hash = $1"
            );
            let Some(row) = tx.first(text, &vals![&hash])? else { return Ok(None) };
            let (site, ends, case) = (row.int(0)?, row.moment(2)?, row.string(6)?);
            let mut form = SurveyForm {
                site,
                title: row.string(1)?,
                ends,
                over: ends <= now || row.maybe_moment(3)?.is_some(),
                anonymous: row.flag(4)?,
                questions: questions_of(row.text(5)?)?,
                answered: !case.is_empty(),
                answers: BTreeMap::new(),
            };
            if form.answered && !form.anonymous {
                form.answers = answers_of(tx, site, &case)?;
            }
            Ok(Some(form))
        })
        .await
    }

    /// What a household answered by now, as its record has it: for who enters it again.
    pub async fn survey_answers_of(&self, site: i64, case: String) -> Result<BTreeMap<String, String>, Fault> {
        self.read(move |tx| answers_of(tx, site, &case)).await
    }
}

fn answers_of(tx: &mut dyn Tx, site: i64, case: &str) -> Result<BTreeMap<String, String>, Fault> {
    let text = sql!("select question, value from survey_answer_row where site = $1 and case_id = $2");
    tx.query(text, &vals![site, case])?.iter().map(|row| Ok((row.string(0)?, row.string(1)?))).collect()
}

/// The round of a month (`month:2026-11`); none when that is none.
fn month(zone: &calendar::Zone, id: &str) -> Option<SurveyRound> {
    let (per, first) = Period::of_key(id.strip_prefix(SURVEY_MONTH)?).ok()?;
    let (first, last) = per.bounds(first);
    let asked = |it: &&Question| [OVERALL, office::survey::questions::RECEPTION].contains(&it.id.as_str());
    Some(SurveyRound {
        id: survey_month_key(zone, zone.start_of_day(first)),
        title: String::new(),
        opened: zone.start_of_day(first),
        ends: zone.end_of_day(last),
        ended: None,
        anonymous: false,
        asked: "month".to_owned(),
        area: String::new(),
        questions: shipped().iter().filter(asked).cloned().collect(),
        invited: None,
        overall: Tally::default(),
    })
}

fn one(tx: &mut dyn Tx, zone: &calendar::Zone, site: i64, id: &str) -> Result<Option<SurveyRound>, Fault> {
    let mut found = month(zone, id);
    if found.is_none() {
        let text = format!("select {ROUND} from survey_round_row r where r.site = $1 and r.id = $2");
        found = tx.first(Sql::built(text), &vals![site, id])?.map(|row| round(&row)).transpose()?;
    }
    if let Some(one) = &mut found {
        count(tx, site, one)?;
    }
    Ok(found)
}

fn before(tx: &mut dyn Tx, zone: &calendar::Zone, site: i64, of: &SurveyRound) -> Result<Option<SurveyRound>, Fault> {
    let id = match of.month() {
        Some(_) => Some(survey_month_key(zone, of.opened.plus_seconds(-1))),
        None => {
            let text = sql!(
                "select id from survey_round_row where site = $1 and opened < $2 order by opened desc, id limit 1"
            );
            tx.first(text, &vals![site, of.opened])?.map(|row| row.string(0)).transpose()?
        }
    };
    match id {
        Some(id) => Ok(one(tx, zone, site, &id)?.filter(|it| it.month().is_none() || it.overall.graded() > 0)),
        None => Ok(None),
    }
}

/// Households asked, and the overall question's answers.
fn count(tx: &mut dyn Tx, site: i64, of: &mut SurveyRound) -> Result<(), Fault> {
    if of.month().is_none() {
        let text = sql!("select count(*) from survey_invite_row where site = $1 and round = $2");
        of.invited = tx.number(text, &vals![site, &of.id])?;
    }
    let text = sql!(
        "select value, count(*), cast(sum(mark) as {int}), cast(sum(full_mark) as {int}) from survey_answer_row
         where site = $1 and round = $2 and question = 'overall' group by value"
    );
    for row in tx.query(text, &vals![site, &of.id])? {
        of.overall.take(row.text(0)?, row.int(1)?, row.int(2)?, row.int(3)?);
    }
    Ok(())
}
