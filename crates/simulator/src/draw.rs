//! Contacts drawn for review (抽听): the month behind is drawn and scored, this month's draw is half scored; who left out an
//! expression is coached.

use calendar::{Moment, Zone};
use jiff::Span;
use jiff::civil::Date;
use journal::house::DrawContacts;
use journal::reads::ContactFilter;
use journal::{CommandId, Fault, House, Sent};
use office::contact::ActOnContact;

use crate::chance::Chance;
use crate::play::Played;
use crate::tale::{Step, Tale, What};

/// Contacts drawn of each person.
const EACH: i64 = 5;
/// Points as they come; below the target is coached.
const POINTS: [&str; 7] = ["100", "100", "80", "100", "75", "100", "100"];

/// The draws: of the month behind on the second of this one, of this month three days ago.
pub fn tales(zone: &Zone, now: Moment, seed: u64) -> Vec<Tale> {
    let today = zone.date(now);
    let first = today.first_of_month();
    let behind = first.saturating_sub(Span::new().days(1));
    let draw = |name: &str, on: Date, of: Date, words: &'static str, scored: usize| {
        let mut tale = Tale::begin(name, zone.moment(on.at(16, 30, 0, 0)), zone, Chance::of(seed, name));
        tale.push("supervisor", What::Draw { of, seed: words, scored });
        tale
    };
    let on = today.saturating_sub(Span::new().days(3)).max(first);
    vec![
        draw("draw-behind", first.saturating_add(Span::new().days(1)), behind, "例会掷得 4、2、6", 40),
        draw("draw-now", on, on, "例会掷得 1、5、3", 8),
    ]
}

/// Draws, scores and coaches.
pub(crate) async fn draw(
    house: &House,
    site: i64,
    played: &mut Played,
    command: String,
    step: &Step,
    (of, seed, scored): (Date, &str, usize),
) -> Result<(), Fault> {
    let zone = &house.laws().zone;
    let (first, next) = (of.first_of_month(), of.last_of_month().saturating_add(Span::new().days(1)));
    let draw = DrawContacts {
        month: first.strftime("%Y-%m").to_string(),
        from: zone.start_of_day(first),
        until: zone.start_of_day(next),
        each: EACH,
        seed: seed.to_owned(),
    };
    let actor = step.who.actor();
    let sent = |part: &str| Sent {
        site,
        command: CommandId::of(&[&command, part]),
        actor: actor.account.clone(),
        post: actor.post_for(office::contact::SUPERVISORS),
        now: step.at,
    };
    let drawn = house.draw_contacts(sent("draw"), actor.clone(), draw).await?;
    if let Err(refusal) = drawn {
        played.refused.push(format!("{command}：{refusal}"));
        return Ok(());
    }
    played.acts += 1;
    let waiting = ContactFilter { to_score: true, limit: 200, ..ContactFilter::default() };
    let waiting = house.contacts(site, waiting).await?.rows;
    for (row, points) in waiting.iter().take(scored).zip(POINTS.iter().cycle()) {
        let act = |act: &str| ActOnContact { act: act.to_owned(), ..ActOnContact::default() };
        let attributes = [("courtesy.points".to_owned(), (*points).to_owned())].into();
        let mut acts = vec![ActOnContact { attributes, ..act("call.courtesy_scored") }];
        if *points != "100" {
            acts.push(ActOnContact {
                note: "班前会讲“请”和“谢谢”，下周再听".into(), ..act("call.coached")
            });
        }
        for act in acts {
            let name = format!("{} {}", row.id, act.act);
            match house.act_on_contact(sent(&name), actor.clone(), row.id.clone(), act).await? {
                Ok(_) => played.acts += 1,
                Err(refusal) => played.refused.push(format!("{name}：{refusal}")),
            }
        }
    }
    Ok(())
}
