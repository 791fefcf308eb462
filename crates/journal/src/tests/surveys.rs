//! Surveys (满意调查) on both engines: a round, an answer behind a code and a changed one; the rows come back the same.

use std::collections::BTreeMap;

use office::Actor;
use office::survey::round::{Asked, Opening, code, hash};

use super::house::{Story, on, same_when_rebuilt};
use crate::house::{ByWhom, SurveyAnswer};
use crate::reads::SurveyFilter;
use crate::{Engine, Store};

fn answer(overall: &str) -> SurveyAnswer {
    let answers: BTreeMap<String, String> =
        [("overall", overall), ("trust", "satisfied"), ("cash", "no")].map(|(id, it)| (id.into(), it.into())).into();
    SurveyAnswer { method: "online".into(), answers }
}

async fn asked_answered_and_changed(store: Store) {
    let mut story = Story::begin(store).await;
    let ends = story.now.plus_seconds(14 * 86_400);
    let opening =
        Opening { id: "q1".into(), title: "试一轮".into(), asked: Asked::All, ends, secret: "secret".into() };
    let sent = story.sent(1, "demo.service_supervisor", "service_supervisor");
    let asked = story.house.open_survey(sent, opening).await.unwrap().unwrap().answer;
    let invites = story.house.survey_invites(1, "q1".into()).await.unwrap();
    let codes = story.house.survey_codes(1, "q1".into()).await.unwrap();
    assert_eq!((asked, invites.len(), codes.len()), (1, 1, 1));
    assert_ne!(codes[0].code, code("another", &invites[0].place));
    let key = hash(&codes[0].code).expect("a code");
    assert!(!story.house.survey_form(key.clone(), story.now).await.unwrap().expect("opens").over);
    assert!(story.house.survey_form(key.clone(), ends).await.unwrap().expect("there").over);

    let resident = || Actor {
        account: "resident".into(),
        name: String::new(),
        posts: vec!["resident".into()],
        area: String::new(),
    };
    for grade in ["dissatisfied", "very_satisfied"] {
        let sent = story.sent(1, "resident", "resident");
        let by = ByWhom::Link(key.clone());
        story.house.answer_survey(sent, resident(), by, answer(grade)).await.unwrap().unwrap();
    }
    let results = story.house.survey_results(1, "q1".into()).await.unwrap().expect("there");
    assert_eq!((results.round.overall.graded(), results.round.overall.satisfied()), (1, 1));
    let filter = SurveyFilter { question: "trust".into(), ..SurveyFilter::default() };
    let (lines, more) = story.house.survey_answers(1, "q1".into(), filter).await.unwrap();
    assert_eq!((lines.len(), more), (1, false));
    same_when_rebuilt(&story).await;
    let sent = story.sent(1, "demo.service_supervisor", "service_supervisor");
    story.house.end_survey(sent, "q1".into()).await.unwrap().unwrap();
    let sent = story.sent(1, "resident", "resident");
    let late = story.house.answer_survey(sent, resident(), ByWhom::Link(key), answer("satisfied")).await.unwrap();
    assert!(late.is_err_and(|no| no.to_string().contains("已经结束")));
    same_when_rebuilt(&story).await;
}

#[test]
fn answers_are_rebuilt_the_same_on_sqlite() {
    on(Engine::Sqlite, asked_answered_and_changed);
}

#[test]
fn answers_are_rebuilt_the_same_on_postgres() {
    on(Engine::Postgres, asked_answered_and_changed);
}
