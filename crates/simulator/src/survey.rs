//! Two rounds of a survey (满意调查): one of last month that has ended, and one that is open; by phone, on paper and by the
//! households themselves, most of them satisfied.

use std::collections::BTreeMap;

use calendar::{Moment, Zone};
use jiff::Span;
use journal::Sent;
use journal::house::{ByWhom, House, SurveyAnswer};
use journal::{CommandId, Fault};
use office::survey::GRADES;
use office::survey::questions::{OVERALL, WORDS, shipped};
use office::survey::round::{Asked, Opening};
use office::{Actor, link};

use crate::chance::Chance;
use crate::play::Played;
use crate::tale::{Step, Tale, What};

/// Id, days ago, days open, households that answer.
const ROUNDS: [(&str, i64, i64, i64); 2] = [("q-demo-1", 33, 14, 34), ("q-demo-2", 6, 14, 21)];
/// What some households say in words.
const SAID: [&str; 6] = [
    "地下车库的灯太暗",
    "保洁很用心",
    "快递柜不够用，能不能再添一组",
    "维修来得快",
    "希望晚上管一管广场的音响",
    "电梯早上要等很久",
];

/// Both rounds.
pub fn tales(zone: &Zone, now: Moment, seed: u64) -> Vec<Tale> {
    ROUNDS.iter().map(|round| tale(zone, now, seed, *round)).collect()
}

fn tale(zone: &Zone, now: Moment, seed: u64, (round, ago, open, answers): (&'static str, i64, i64, i64)) -> Tale {
    let day = zone.date(now).saturating_sub(Span::new().days(ago));
    let at = zone.moment(day.at(9, 30, 0, 0));
    let mut tale = Tale::begin(round, at, zone, Chance::of(seed, round));
    let ends = zone.end_of_day(day.saturating_add(Span::new().days(open)));
    let title = format!("{} 年 {} 月满意调查", day.year(), day.month());
    tale.push("supervisor", What::OpenSurvey { round, title, ends });
    let gap = (ends.0.min(now.0) - at.0) / 1_000_000 / (answers + 1);
    for nth in 1..=answers {
        tale.at = at.plus_seconds(gap * nth);
        let method = ["online", "online", "phone", "online", "paper"][(nth % 5) as usize];
        let answer = answer(&mut tale.chance, method, nth);
        tale.push("centre", What::AnswerSurvey { round, nth: nth * 2, answer });
    }
    tale
}

fn answer(chance: &mut Chance, method: &str, nth: i64) -> SurveyAnswer {
    let mut answers = BTreeMap::new();
    for question in shipped() {
        let value = match question.id.as_str() {
            WORDS if nth % 4 == 0 => *chance.pick(&SAID),
            WORDS => continue,
            "cash" => "no",
            "security" if nth % 6 == 1 => GRADES[3],
            OVERALL if nth % 17 == 9 => GRADES[3],
            _ => *chance.pick(&[GRADES[0], GRADES[0], GRADES[1], GRADES[1], GRADES[1], GRADES[2]]),
        };
        answers.insert(question.id.clone(), value.to_owned());
    }
    SurveyAnswer { method: method.to_owned(), answers }
}

/// Opens a round, or takes an answer: of the household itself when it came online.
pub async fn play(house: &House, site: i64, played: &mut Played, command: CommandId, step: &Step) -> Result<(), Fault> {
    let staff = step.who.actor();
    let sent = |actor: &Actor, act: &str| {
        let post = actor.post_for(office::act::find(act).map_or(&[], |act| act.posts));
        Sent { site, command: command.clone(), actor: actor.account.clone(), post, now: step.at }
    };
    let refused = match &step.what {
        What::OpenSurvey { round, title, ends } => {
            let secret = format!("demonstration {round}");
            let opening =
                Opening { id: (*round).to_owned(), title: title.clone(), asked: Asked::All, ends: *ends, secret };
            house.open_survey(sent(&staff, office::survey::CHOSEN), opening).await?.err()
        }
        What::AnswerSurvey { round, nth, answer } => {
            let resident = link::RESIDENT.to_owned();
            let own =
                Actor { account: resident.clone(), name: String::new(), posts: vec![resident], area: String::new() };
            let actor = if answer.method == "online" { own } else { staff };
            let by = ByWhom::Asked((*round).to_owned(), *nth);
            let sent = sent(&actor, office::survey::ANSWERED);
            house.answer_survey(sent, actor, by, answer.clone()).await?.err()
        }
        _ => None,
    };
    match refused {
        None => played.acts += 1,
        Some(no) => played.refused.push(format!("满意调查：{no}")),
    }
    Ok(())
}
