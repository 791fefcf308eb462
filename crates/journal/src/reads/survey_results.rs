//! 调查结果: the answers of a round added up by question, service, building and who was judged, beside the round before.

use std::collections::{BTreeMap, BTreeSet};

use office::survey::questions::{OVERALL, QuestionKind};

use super::survey::{SurveyResults, SurveyRound, Tally};
use crate::fault::Fault;
use crate::tx::Tx;
use crate::{sql, vals};

/// Tallies of a round by question, building and account judged.
type Tallies = BTreeMap<(String, String, String), Tally>;

fn tallies(tx: &mut dyn Tx, site: i64, id: &str) -> Result<Tallies, Fault> {
    let text = sql!(
        "select question, building, person, value, count(*), cast(sum(mark) as {int}), cast(sum(full_mark) as {int})
         from survey_answer_row where site = $1 and round = $2 group by question, building, person, value"
    );
    let mut found = Tallies::new();
    for row in tx.query(text, &vals![site, id])? {
        let key = (row.string(0)?, row.string(1)?, row.string(2)?);
        found.entry(key).or_default().take(row.text(3)?, row.int(4)?, row.int(5)?, row.int(6)?);
    }
    Ok(found)
}

fn sum(all: &Tallies, fits: impl Fn(&str, &str, &str) -> bool) -> Tally {
    let mut sum = Tally::default();
    for ((question, building, person), tally) in all {
        if fits(question, building, person) {
            sum.add(tally);
            sum.yes_no[0] += tally.yes_no[0];
            sum.yes_no[1] += tally.yes_no[1];
            sum.words += tally.words;
        }
    }
    sum
}

pub(super) fn results(
    tx: &mut dyn Tx,
    site: i64,
    round: SurveyRound,
    before: Option<SurveyRound>,
    targets: (i64, i64),
) -> Result<SurveyResults, Fault> {
    let now = tallies(tx, site, &round.id)?;
    let then = match &before {
        Some(before) => tallies(tx, site, &before.id)?,
        None => Tallies::new(),
    };
    let both = |fits: &dyn Fn(&str, &str, &str) -> bool| (sum(&now, fits), sum(&then, fits));
    let mut questions = Vec::new();
    let mut services: Vec<(String, Tally, Tally)> = Vec::new();
    for question in &round.questions {
        let (own, earlier) = both(&|it, _, _| it == question.id);
        if question.kind == QuestionKind::Grade {
            let at = services.iter().position(|it| it.0 == question.service).unwrap_or_else(|| {
                services.push((question.service.clone(), Tally::default(), Tally::default()));
                services.len() - 1
            });
            services[at].1.add(&own);
            services[at].2.add(&earlier);
        }
        questions.push((question.clone(), own, earlier));
    }
    let mut asked: BTreeMap<String, i64> = BTreeMap::new();
    let text =
        sql!("select building, count(*) from survey_invite_row where site = $1 and round = $2 group by building");
    for row in tx.query(text, &vals![site, &round.id])? {
        asked.insert(row.string(0)?, row.int(1)?);
    }
    for (_, building, _) in now.keys().filter(|it| it.0 == OVERALL) {
        asked.entry(building.clone()).or_default();
    }
    let of_building = |(building, count): (String, i64)| {
        let (own, earlier) = both(&|question, it, _| question == OVERALL && it == building);
        (building, own, earlier, count)
    };
    let people: BTreeSet<&String> = now.keys().map(|it| &it.2).filter(|it| !it.is_empty()).collect();
    let people = people.into_iter().map(|person| {
        let (own, earlier) = both(&|_, _, it| it == person);
        (person.clone(), own, earlier)
    });
    let people = people.collect();
    let buildings = asked.into_iter().map(of_building).collect();
    Ok(SurveyResults { round, before, questions, services, buildings, people, targets })
}
