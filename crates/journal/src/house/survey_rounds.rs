//! Rounds of a survey (满意调查): opened over households, answered by each household's own code or by somebody of the office who
//! asked, ended. An answer is a record of the register; a changed answer takes the place of the one before, which stays on file void.

use std::collections::BTreeMap;

use calendar::Moment;
use office::case::{ActOnCase, Caller, OpenRecord, Place};
use office::sample::{self, Candidate};
use office::survey::questions::{self, OVERALL, Question, QuestionKind, WORDS};
use office::survey::round::{self, Asked, Opening};
use office::survey::{self, REGISTER};
use office::{Actor, Event, Refusal, household};
use serde::{Deserialize, Serialize};

use super::acts::{Answer, CaseDone, act_on_case, append, open_record};
use super::draws::{asked_since, not_again_since, seed};
use super::{House, Laws, SiteLaw};
use crate::fault::{Fault, FaultKind};
use crate::tx::Tx;
use crate::{Sent, SiteTx, sql, vals};

/// Households of one round at most.
const MOST: usize = 3_000;

/// Whose answer it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ByWhom {
    /// Of whoever has the code of this hash.
    Link(String),
    /// Of the household at this place among those asked of a round, entered by the office.
    Asked(String, i64),
}

/// What a household answers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SurveyAnswer {
    /// How it was asked: `online`, `paper`, `phone`, `visit`.
    pub method: String,
    /// By question.
    pub answers: BTreeMap<String, String>,
}

/// A household asked, with its round.
struct Found {
    round: String,
    n: i64,
    household: String,
    place: String,
    building: String,
    case: String,
    ends: Moment,
    ended: bool,
    anonymous: bool,
    questions: Vec<Question>,
}

impl House {
    /// Opens a round. Refused: no title, an end that has passed, nobody to ask, too many at once.
    pub fn open_survey(&self, sent: Sent, opening: Opening) -> Answer<i64> {
        let laws = self.laws().clone();
        self.store().act(sent, move |tx| {
            let what = "没有开调查";
            let (site, now) = (tx.site(), tx.now());
            if opening.title.trim().is_empty() {
                return Ok(Err(Refusal::new(what, "还没有写名称", "请写这一轮叫什么。").at("title")));
            }
            if opening.ends <= now {
                return Ok(Err(Refusal::new(what, "截止日已经过了", "请选今天或以后的日期。").at("until")));
            }
            let law = laws.of_site(tx.tx(), site)?;
            let asked = match households(tx.tx(), &laws, &law, site, now, &opening)? {
                Ok(asked) => asked,
                Err(no) => return Ok(Err(no)),
            };
            let (own, off) = (law.office_setting(questions::OWN), law.office_setting(questions::OFF));
            let all: Vec<Question> =
                questions::all(own, off).into_iter().filter(|(_, asked)| *asked).map(|(it, _)| it).collect();
            let anonymous = law.office_setting(round::ANONYMOUS) == "是";
            let stream = format!("survey:{}", opening.id);
            let mut events = vec![round::opens(&opening, &all, anonymous, now)];
            for (nth, (id, place)) in (1i64..).zip(&asked) {
                let code = round::code(&opening.secret, id);
                events.push(round::invites(nth, (id, place), stream.clone(), &code, now));
            }
            Ok(append(tx, &stream, 0, events)?.map(|_| asked.len() as i64))
        })
    }

    /// Ends a round now. Refused: there is none, it has ended.
    pub fn end_survey(&self, sent: Sent, id: String) -> Answer<()> {
        self.store().act(sent, move |tx| {
            let (site, now) = (tx.site(), tx.now());
            let text = sql!("select ends, ended from survey_round_row where site = $1 and id = $2");
            let row = tx.tx().first(text, &vals![site, &id])?;
            let open = row.map(|row| Ok::<_, Fault>(row.moment(0)? > now && row.maybe_moment(1)?.is_none()));
            if !open.transpose()?.unwrap_or(false) {
                let why = "这一轮已经结束，或者没有这一轮";
                return Ok(Err(Refusal::new("没有结束", why, "请刷新页面。")));
            }
            let stream = format!("survey:{id}");
            let version = tx.version(&stream)?;
            Ok(append(tx, &stream, version, vec![Event::plain(round::ENDED, now)])?.map(drop))
        })
    }

    /// Takes the answer of a household; one given before becomes void. Refused: a round that is over, no such household, an answer
    /// that does not fit its question.
    pub fn answer_survey(&self, sent: Sent, actor: Actor, by: ByWhom, answer: SurveyAnswer) -> Answer<CaseDone> {
        let laws = self.laws().clone();
        self.store().act(sent, move |tx| answered(tx, &laws, &actor, &by, &answer))
    }
}

/// The households to be asked: id and room, in the order of their rooms.
fn households(
    tx: &mut dyn Tx,
    laws: &Laws,
    law: &SiteLaw,
    site: i64,
    now: Moment,
    opening: &Opening,
) -> Result<Result<Vec<(String, String)>, Refusal>, Fault> {
    let what = "没有开调查";
    let rows = tx.query(sql!("select id, words from household_row where site = $1 order by id"), &vals![site])?;
    let mut all = rows.iter().map(|row| Ok((row.string(0)?, row.string(1)?))).collect::<Result<Vec<_>, Fault>>()?;
    match &opening.asked {
        Asked::All => {}
        Asked::Building(wanted) => {
            let building = household::building_of(&format!("{}栋", wanted.trim().trim_end_matches(['栋', '幢', '座'])));
            all.retain(|(_, words)| household::building_of(words) == building && !building.is_empty());
        }
        Asked::Drawn(count) => {
            if *count < 1 {
                return Ok(Err(Refusal::new(what, "还没有写抽几户", "请写要抽几户。").at("count")));
            }
            let asked = asked_since(tx, site, not_again_since(law, now))?;
            let candidate = |(id, words): &(String, String)| Candidate {
                number: id.clone(),
                area: household::building_of(words),
                worker: String::new(),
                held: asked.contains(id),
            };
            let candidates: Vec<Candidate> = all.iter().map(candidate).collect();
            let begins = laws.zone.start_of_day(laws.zone.date(now).first_of_month());
            let seed = seed(tx, site, begins)?;
            let rule = format!("{REGISTER} {}", opening.id);
            let wanted = usize::try_from(*count).unwrap_or(usize::MAX);
            let chosen = sample::order(&seed, &rule, &candidates).into_iter().take(wanted);
            let chosen: std::collections::BTreeSet<String> = chosen.map(|it| it.number.clone()).collect();
            all.retain(|(id, _)| chosen.contains(id));
        }
    }
    if all.is_empty() {
        let why = "没有这样的住户：还没有导入台账，或者没有这一栋";
        return Ok(Err(Refusal::new(what, why, "请改选问谁。").at("asked")));
    }
    if all.len() > MOST {
        let why = format!("一轮最多 {MOST} 户，选中的有 {} 户", all.len());
        return Ok(Err(Refusal::new(what, why, "请按楼栋分几轮，或者抽一部分。").at("asked")));
    }
    Ok(Ok(all))
}

/// The household that answers, with its round as it stands.
fn found(tx: &mut dyn Tx, site: i64, by: &ByWhom) -> Result<Option<Found>, Fault> {
    let row = match by {
        ByWhom::Link(hash) => {
            let text = sql!(
                "select i.round, i.n, i.household, i.place, i.building, i.case_id, r.ends, r.ended, r.anonymous, r.questions
                 from survey_invite_row i join survey_round_row r on r.site = i.site and r.id = i.round
                 where i.hash = $1 and i.site = $2"
            );
            tx.first(text, &vals![hash, site])?
        }
        ByWhom::Asked(round, n) => {
            let text = sql!(
                "select i.round, i.n, i.household, i.place, i.building, i.case_id, r.ends, r.ended, r.anonymous, r.questions
                 from survey_invite_row i join survey_round_row r on r.site = i.site and r.id = i.round
                 where i.site = $1 and i.round = $2 and i.n = $3"
            );
            tx.first(text, &vals![site, round, *n])?
        }
    };
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Found {
        round: row.string(0)?,
        n: row.int(1)?,
        household: row.string(2)?,
        place: row.string(3)?,
        building: row.string(4)?,
        case: row.string(5)?,
        ends: row.moment(6)?,
        ended: row.maybe_moment(7)?.is_some(),
        anonymous: row.flag(8)?,
        questions: questions_of(row.text(9)?)?,
    }))
}

/// The questions of a round.
pub(crate) fn questions_of(text: &str) -> Result<Vec<Question>, Fault> {
    serde_json::from_str(text)
        .map_err(|error| Fault::from_source(FaultKind::Corrupt, "the questions of a survey are not readable", error))
}

fn answered(
    tx: &mut SiteTx<'_>,
    laws: &std::sync::Arc<Laws>,
    actor: &Actor,
    by: &ByWhom,
    answer: &SurveyAnswer,
) -> Result<Result<CaseDone, Refusal>, Fault> {
    let what = "没有记下";
    let (site, now) = (tx.site(), tx.now());
    let Some(found) = found(tx.tx(), site, by)? else {
        return Ok(Err(Refusal::new(what, "没有请这一户答", "请从这一轮的住户里选。")));
    };
    if found.ended || found.ends <= now {
        return Ok(Err(Refusal::new(what, "这一轮调查已经结束", "谢谢您；下一轮再请您答。")));
    }
    let fits = match questions::fitting(&found.questions, &answer.answers) {
        Ok(fits) => fits,
        Err((question, why)) => return Ok(Err(Refusal::new(what, why, "请改好再交。").at(&question))),
    };
    if !found.case.is_empty() {
        let stream = format!("case:{}", found.case);
        let version = tx.version(&stream)?;
        let mut event = Event::plain("case.withdrawn", now);
        event.body.note = "住户改了答案，改后的另记一份".to_owned();
        if let Err(no) = append(tx, &stream, version, vec![event])? {
            return Ok(Err(no));
        }
    }
    let record = record(tx, &found)?;
    if let Err(no) = open_record(tx, laws, actor, &record)? {
        return Ok(Err(no));
    }
    act_on_case(tx, laws, actor, &record.case, &told(&found, answer, &fits))
}

/// The record of the answer. Without names it stands for its building only, and its id tells nobody whose it is.
fn record(tx: &mut SiteTx<'_>, found: &Found) -> Result<OpenRecord, Fault> {
    let id = blake3::hash(format!("survey {}", tx.sent().command.as_str()).as_bytes()).to_hex();
    let mut record = OpenRecord {
        case: format!("survey-{}", &id[..20]),
        register: REGISTER.to_owned(),
        act: ActOnCase { act: survey::CHOSEN.into(), note: "满意调查".into(), ..ActOnCase::default() },
        ..OpenRecord::default()
    };
    if found.anonymous {
        let building = &found.building;
        record.place.words = if building.is_empty() { String::new() } else { format!("{building}栋") };
        return Ok(record);
    }
    record.place = Place { household: Some(found.household.clone()), words: found.place.clone() };
    let known = household::replay(&found.household, &tx.load(&format!("household:{}", found.household))?);
    if let Some(person) = known.as_ref().and_then(|it| it.people.first()) {
        record.person = Caller {
            person: person.id.clone(),
            name: person.name.clone(),
            phone: person.phones.first().cloned().unwrap_or_default(),
        };
    }
    Ok(record)
}

/// The act that says what was answered.
fn told(found: &Found, answer: &SurveyAnswer, fits: &BTreeMap<String, String>) -> ActOnCase {
    let given = |id: &str| fits.get(id).cloned().unwrap_or_default();
    let mut attributes: BTreeMap<String, String> = [
        ("follow_up.method".to_owned(), answer.method.clone()),
        ("survey.grade".to_owned(), given(OVERALL)),
        ("customer.opinion".to_owned(), given(WORDS)),
    ]
    .into();
    attributes.retain(|_, value| !value.is_empty());
    let words = |question: &Question| -> Option<String> {
        let value = fits.get(&question.id).filter(|_| question.id != WORDS && question.id != OVERALL)?;
        let said = match question.kind {
            QuestionKind::Grade => survey::grade_word(value),
            QuestionKind::YesNo if value == "yes" => "是",
            QuestionKind::YesNo => "否",
            QuestionKind::Words => value.as_str(),
        };
        Some(format!("{}：{said}", question.zh))
    };
    let note: Vec<String> = found.questions.iter().filter_map(words).collect();
    let mut links: BTreeMap<String, String> =
        fits.iter().map(|(id, value)| (format!("{}{id}", round::ANSWER), value.clone())).collect();
    links.insert(round::ROUND.to_owned(), found.round.clone());
    links.insert(round::INVITE.to_owned(), found.n.to_string());
    links.insert(round::BUILDING.to_owned(), found.building.clone());
    ActOnCase { act: survey::ANSWERED.into(), attributes, links, note: note.join("；"), ..ActOnCase::default() }
}
