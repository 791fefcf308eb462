//! Playing (演): the steps of all tales as real commands, in the order of their moments; the clock ticks in between.

use calendar::Moment;
use jiff::civil::Date;
use journal::house::{CaseDone, ContactDone};
use journal::reads::PeriodRow;
use journal::{Acted, CommandId, Fault, House, Reply, Sent};
use office::Refusal;
use office::case::{ActOnCase, OpenRecord};
use office::stretch::{Length, Stretch};

use crate::tale::{Step, Tale, What};

/// The clock ticks at least this often while the past is played, in seconds.
const TICK: i64 = 3600;
/// Commands that are under way together; the store commits them in few transactions.
const TOGETHER: usize = 256;

/// What was played.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Played {
    /// Matters.
    pub cases: usize,
    /// Commands applied.
    pub acts: usize,
    /// Escalations that the clock told.
    pub told: i64,
    /// Commands that the office refused: tale, act, why. None in a good history.
    pub refused: Vec<String>,
}

/// The answer of one command on a case.
type Answer = Reply<Result<Acted<CaseDone>, Refusal>>;
/// The answer of an acknowledged bell.
type Quiet = Reply<Result<Acted<()>, Refusal>>;

/// The answer of a command on a contact.
type OfContact = Reply<Result<Acted<ContactDone>, Refusal>>;

enum Waiting {
    Case(String, Answer),
    Bell(String, Quiet),
    Contact(String, OfContact),
}

/// Plays tales at a site up to `now`. `mark` goes into the commands' ids, so that playing twice changes nothing.
pub async fn play(house: &House, site: i64, tales: Vec<Tale>, now: Moment, mark: &str) -> Result<Played, Fault> {
    let mut played = Played { cases: tales.len(), ..Played::default() };
    let mut steps: Vec<(String, usize, Step)> = Vec::new();
    for tale in tales {
        let case = tale.case;
        steps.extend(tale.steps.into_iter().enumerate().map(|(nth, step)| (case.clone(), nth, step)));
    }
    // The order of a tale's own steps stays: the sort is stable and their moments only grow.
    steps.sort_by_key(|(_, _, step)| step.at);
    let mut waiting = Vec::new();
    let mut ticked = steps.first().map_or(now, |(_, _, step)| step.at);
    for (case, nth, step) in steps {
        if step.at.seconds_since(ticked) >= TICK {
            settle(&mut waiting, &mut played).await?;
            while step.at.seconds_since(ticked) >= TICK {
                ticked = ticked.plus_seconds(TICK);
            }
            played.told += house.tick(ticked).await?.told;
        }
        if let What::Period { act, of, note } = &step.what {
            let told = (*act, *of, *note);
            // Whether it is owed shows only once everything before is written.
            settle(&mut waiting, &mut played).await?;
            let command = CommandId::of(&[mark, &case, &nth.to_string()]);
            by_period(house, site, &mut played, command, &step, told).await?;
            continue;
        }
        if matches!(step.what, What::Compile(_) | What::Report(_)) {
            settle(&mut waiting, &mut played).await?;
            let record = begun(house, site, &step).await?;
            let what = What::Open(Box::new(OpenRecord { case: case.clone(), ..record }));
            waiting.extend(send(house, site, &case, nth, Step { what, ..step }, mark));
            continue;
        }
        if matches!(step.what, What::OnBlank { .. } | What::VoidBlank { .. }) {
            settle(&mut waiting, &mut played).await?;
            let command = CommandId::of(&[mark, &case, &nth.to_string()]);
            blank(house, site, &mut played, (&case, command), step).await?;
            continue;
        }
        if let What::Draw { of, seed, scored } = step.what {
            settle(&mut waiting, &mut played).await?;
            let command = [mark, &case, &nth.to_string()].join(" ");
            crate::draw::draw(house, site, &mut played, command, &step, (of, seed, scored)).await?;
            continue;
        }
        if matches!(
            step.what,
            What::DrawFollowUps | What::OpenSurvey { .. } | What::AnswerSurvey { .. } | What::Bills(_)
        ) {
            settle(&mut waiting, &mut played).await?;
            let command = CommandId::of(&[mark, &case, &nth.to_string()]);
            asked(house, site, &mut played, command, &step).await?;
            continue;
        }
        if let What::Tell { nth: caller } = step.what {
            settle(&mut waiting, &mut played).await?;
            let command = CommandId::of(&[mark, &case, &nth.to_string()]);
            tell(house, site, &mut played, (&case, caller), command, &step).await?;
            continue;
        }
        waiting.extend(send(house, site, &case, nth, step, mark));
        if waiting.len() >= TOGETHER {
            settle(&mut waiting, &mut played).await?;
        }
    }
    settle(&mut waiting, &mut played).await?;
    played.told += house.tick(now).await?.told;
    Ok(played)
}

/// Bills; or draws what is still to be followed up: that nothing is lacking is no fault.
async fn asked(house: &House, site: i64, played: &mut Played, command: CommandId, step: &Step) -> Result<(), Fault> {
    if let What::Bills(bills) = &step.what {
        return crate::fee::play(house, site, played, command, (step, bills)).await;
    }
    if !matches!(step.what, What::DrawFollowUps) {
        return crate::survey::play(house, site, played, command, step).await;
    }
    let actor = step.who.actor();
    let post = actor.post_for(office::act::find("follow_up.planned").map_or(&[], |act| act.posts));
    let sent = Sent { site, command, actor: actor.account.clone(), post, now: step.at };
    if house.draw_follow_ups(sent, actor).await?.is_ok() {
        played.acts += 1;
    }
    Ok(())
}

/// Enters a duty as done for its period, when it is owed and nobody has done it.
async fn by_period(
    house: &House,
    site: i64,
    played: &mut Played,
    command: CommandId,
    step: &Step,
    (act, of, note): (&str, Date, &str),
) -> Result<(), Fault> {
    let owed = house.periods(site, of, of, step.at).await?;
    let open = |it: &&PeriodRow| it.period.obligation.must == [act] && it.period.obligation.ended.is_none();
    let Some(row) = owed.iter().find(open) else { return Ok(()) };
    let actor = step.who.actor();
    let sent = Sent { site, command, actor: actor.account.clone(), post: actor.post_for(&[]), now: step.at };
    let key = (row.period.first, row.period.obligation.id.clone());
    let told = ActOnCase {
        act: act.into(),
        note: note.into(),
        attributes: crate::mail::told_with(act, of, &house.laws().zone),
        ..ActOnCase::default()
    };
    match house.record_period(sent, actor, key, told).await? {
        Ok(_) => played.acts += 1,
        Err(refusal) => played.refused.push(format!("{act} {of}：{refusal}")),
    }
    Ok(())
}

/// Tells somebody who joined a mass event that it is over.
async fn tell(
    house: &House,
    site: i64,
    played: &mut Played,
    (event, nth): (&str, usize),
    command: CommandId,
    step: &Step,
) -> Result<(), Fault> {
    let callers = house.joined_callers(site, event.to_owned(), false).await?;
    let mut joined: Vec<i64> = callers.iter().map(|it| it.joined.seq).collect();
    joined.sort_unstable();
    let Some(joined) = joined.get(nth) else { return Ok(()) };
    let actor = step.who.actor();
    let post = actor.post_for(office::contact::MAY_TAKE);
    let sent = Sent { site, command, actor: actor.account, post, now: step.at };
    match house.told_of_restoration(sent, event.to_owned(), *joined).await? {
        Ok(_) => played.acts += 1,
        Err(refusal) => played.refused.push(format!("{event} 告知：{refusal}")),
    }
    Ok(())
}

/// A slip of a range of blank ones gets its fate.
async fn blank(
    house: &House,
    site: i64,
    played: &mut Played,
    (case, command): (&str, CommandId),
    step: Step,
) -> Result<(), Fault> {
    let actor = step.who.actor();
    let post = actor.post_for(office::case::MAY_REGISTER);
    let sent = Sent { site, command, actor: actor.account.clone(), post, now: step.at };
    let (range, nth) = match &step.what {
        What::OnBlank { range, nth, .. } => (*range, *nth),
        What::VoidBlank { nth, .. } => (case, *nth),
        _ => return Ok(()),
    };
    let found = house.case(site, range.to_owned()).await?;
    let slips = found.map(|found| office::blank_slip::slips(&found)).unwrap_or_default();
    let Some(number) = slips.get(nth).map(|slip| slip.number.clone()) else { return Ok(()) };
    let refused = match step.what {
        What::OnBlank { mut form, .. } => {
            form.blank_number = number;
            house.register(sent, actor, *form).await?.err()
        }
        What::VoidBlank { reason, .. } => {
            house.void_blanks(sent, range.to_owned(), vec![number], reason.to_owned()).await?.err()
        }
        _ => None,
    };
    match refused {
        None => played.acts += 1,
        Some(refusal) => played.refused.push(format!("{case} 备用单：{refusal}")),
    }
    Ok(())
}

fn send(house: &House, site: i64, case: &str, nth: usize, step: Step, mark: &str) -> Option<Waiting> {
    let actor = step.who.actor();
    let sent = |posts: &[&str]| Sent {
        site,
        command: CommandId::of(&[mark, case, &nth.to_string()]),
        actor: actor.account.clone(),
        post: actor.post_for(posts),
        now: step.at,
    };
    Some(match step.what {
        What::Register(form) => {
            let sent = sent(office::case::MAY_REGISTER);
            Waiting::Case(format!("{case} 登记"), house.register(sent, actor, *form))
        }
        What::Open(record) => {
            let opens = office::register::find(&record.register).and_then(|it| office::act::find(&it.opens));
            let sent = sent(opens.map_or(&[], |act| act.posts));
            let named = format!("{case} {}", record.register);
            Waiting::Case(named, house.open_record(sent, actor, *record))
        }
        What::Act(command) => {
            let sent = sent(office::act::find(&command.act).map_or(&[], |act| act.posts));
            let named = format!("{case} {}", command.act);
            Waiting::Case(named, house.act_on_case(sent, actor, case.to_owned(), *command))
        }
        What::Acknowledge => {
            Waiting::Bell(format!("{case} 响铃确认"), house.acknowledge_ring(sent(&[]), case.to_owned()))
        }
        What::Opened(take) => {
            let sent = sent(office::contact::MAY_TAKE);
            Waiting::Contact(format!("{case} 接待"), house.open_contact(sent, actor, case.to_owned(), take))
        }
        What::Contact(made) => {
            let sent = sent(office::contact::MAY_TAKE);
            Waiting::Contact(format!("{case} 结束"), house.make_contact(sent, actor, case.to_owned(), *made))
        }
        What::Join { event, made } => {
            let sent = sent(office::contact::MAY_TAKE);
            Waiting::Contact(format!("{case} 并入"), house.join_mass_event(sent, actor, event, case.to_owned(), *made))
        }
        What::Phone(news) => {
            let sent = Sent { actor: "phone".into(), post: "phone".into(), ..sent(&[]) };
            Waiting::Contact(format!("{case} 来电"), house.phone_news(sent, case.to_owned(), news))
        }
        What::OnContact(command) => {
            let sent = sent(office::contact::find(&command.act).map_or(&[], |act| act.posts));
            let named = format!("{case} {}", command.act);
            Waiting::Contact(named, house.act_on_contact(sent, actor, case.to_owned(), *command))
        }
        What::Period { .. }
        | What::Bills(_)
        | What::Compile(_)
        | What::Report(_)
        | What::Draw { .. }
        | What::DrawFollowUps
        | What::OpenSurvey { .. }
        | What::AnswerSurvey { .. }
        | What::Tell { .. }
        | What::OnBlank { .. }
        | What::VoidBlank { .. } => return None,
    })
}

/// The record of a report, with the figures of its moment.
async fn begun(house: &House, site: i64, step: &Step) -> Result<OpenRecord, Fault> {
    match &step.what {
        What::Report(of) => house.report_opening(site, of, step.at).await,
        What::Compile(day) => {
            let of = Stretch::of(Length::Quarter, *day);
            Ok(house.complaint_analysis(site, &of, step.at).await?.report(house.laws(), &of))
        }
        _ => Ok(OpenRecord::default()),
    }
}

async fn settle(waiting: &mut Vec<Waiting>, played: &mut Played) -> Result<(), Fault> {
    for one in waiting.drain(..) {
        let (named, refusal) = match one {
            Waiting::Case(named, answer) => (named, answer.await?.err()),
            Waiting::Bell(named, answer) => (named, answer.await?.err()),
            Waiting::Contact(named, answer) => (named, answer.await?.err()),
        };
        match refusal {
            None => played.acts += 1,
            Some(refusal) => played.refused.push(format!("{named}：{refusal}")),
        }
    }
    Ok(())
}
