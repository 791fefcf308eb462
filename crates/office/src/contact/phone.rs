//! What a telephone system tells (电话系统来讯): a call rang at an extension, was answered, was hung up; and a call that
//! somebody noted by hand as missed.

use calendar::Moment;
use serde::{Deserialize, Serialize};

use super::{Contact, ContactState, MAY_TAKE, Number};
use crate::actor::Actor;
use crate::event::{Event, Sealed};
use crate::refusal::Refusal;

/// What happened to a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PhoneEvent {
    /// An extension rings.
    Rang,
    /// Somebody answered.
    Answered,
    /// It was hung up, answered or not.
    HungUp,
}

/// News of a call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhoneNews {
    /// What happened.
    pub event: PhoneEvent,
    /// Extension.
    pub extension: String,
    /// Who calls.
    pub number: Number,
    /// Rings until it was answered, when the system counts them.
    pub rings: Option<i64>,
    /// When.
    pub at: Moment,
}

/// The events of the news. Empty: known already. A system that forgets the ringing is forgiven: a call that is answered
/// has rung.
pub fn phone(id: &str, contact: Option<&Contact>, news: &PhoneNews) -> Vec<Event> {
    let mut events = Vec::new();
    let rang = contact.is_some_and(|it| it.rang.is_some());
    match news.event {
        PhoneEvent::Rang => match contact {
            Some(known) if rang => {
                let here = known.extensions.contains(&news.extension) || news.extension.is_empty();
                if !here && known.state == ContactState::Ringing {
                    events.push(at_extension("office.call_rang_at", news));
                }
            }
            Some(_) => {}
            None => events.push(ring(id, news)),
        },
        PhoneEvent::Answered => {
            if contact.is_some_and(|it| it.answered.is_some() || it.hung_up.is_some()) {
                return events;
            }
            if !rang {
                events.push(ring(id, news));
            }
            let mut answered = at_extension("call.answered", news);
            if let Some(rings) = news.rings {
                answered = answered.with("phone.rings", rings.to_string());
            }
            let opened = Event::plain("contact.opened", news.at);
            let opened = opened.with("case.channel", "phone").with("case.first_receiver", "customer_service");
            events.extend([answered, opened]);
        }
        PhoneEvent::HungUp => {
            if contact.is_some_and(|it| it.rang.is_some() && it.hung_up.is_none()) {
                events.push(Event::plain("call.ended", news.at));
            }
        }
    }
    events
}

fn at_extension(name: &str, news: &PhoneNews) -> Event {
    let mut event = Event::plain(name, news.at);
    if !news.extension.is_empty() {
        event.body.links.insert("extension".into(), news.extension.clone());
    }
    event
}

fn ring(id: &str, news: &PhoneNews) -> Event {
    let mut event = at_extension("call.rang", news).with("case.channel", "phone");
    if let Number::Known(digits) = &news.number {
        let fields = [("phone".to_owned(), digits.clone())].into();
        event.sealed = Some(Sealed { person: format!("contact:{id}"), fields });
    }
    event
}

/// A call that nobody could answer, noted by hand from the telephone's display.
pub fn missed(actor: &Actor, id: &str, number: &Number, at: Moment, now: Moment) -> Result<Vec<Event>, Refusal> {
    let what = "没有记下未接来电";
    if !actor.holds(MAY_TAKE) {
        return Err(Refusal::new(what, "您的岗位不受理来访来电", "请转前台受理。"));
    }
    if at > now {
        return Err(Refusal::new(what, "来电时间晚于现在", "请照话机上显示的时间填写。").at("happened"));
    }
    if *number == Number::Hidden {
        return Err(Refusal::new(what, "没有号码就没法回拨", "请照话机上显示的号码填写。").at("phone"));
    }
    let news = PhoneNews { event: PhoneEvent::Rang, extension: String::new(), number: number.clone(), rings: None, at };
    Ok(vec![ring(id, &news), Event::plain("call.ended", at)])
}
