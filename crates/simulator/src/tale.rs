//! A tale (经过): one matter from the call to the archive as the acts of people at moments, not yet played.

use std::collections::BTreeMap;

use calendar::{Moment, Zone};
use jiff::civil::Date;
use journal::house::{MadeContact, SurveyAnswer};
use office::case::{ActOnCase, Caller, CaseKind, OpenRecord, Place, Register};
use office::contact::{ActOnContact, PhoneNews, TakeContact};
use office::event::{Signature, SignatureWay};
use office::stretch::Stretch;

use crate::chance::Chance;
use crate::estate::Home;
use crate::staff::{self, Member};

/// Something that somebody does at a moment.
#[derive(Clone, Debug)]
pub struct Step {
    /// When it is entered.
    pub at: Moment,
    /// By whom.
    pub who: &'static Member,
    /// What.
    pub what: What,
}

/// What somebody does.
#[derive(Clone, Debug)]
pub enum What {
    /// Registers the matter.
    Register(Box<Register>),
    /// Begins a record of a register.
    Open(Box<OpenRecord>),
    /// An act on it.
    Act(Box<ActOnCase>),
    /// Stops the bell of the new order.
    Acknowledge,
    /// Enters that something was done for the period with this day; nothing happens when it is not owed.
    Period {
        /// The fact.
        act: &'static str,
        /// A day of the period.
        of: Date,
        /// What was done.
        note: &'static str,
    },
    /// Begins the report on the complaints of the quarter that has this day, with the figures of that moment.
    Compile(Date),
    /// Begins the statistical report of a period, with the figures of that moment.
    Report(Stretch),
    /// Draws contacts of the month that has this day for review, and scores so many of them.
    Draw {
        /// A day of the month.
        of: Date,
        /// What decides the order.
        seed: &'static str,
        /// How many are scored.
        scored: usize,
    },
    /// A step of a month of fees.
    Bills(crate::fee::Bills),
    /// Draws the follow-ups that clauses still lack.
    DrawFollowUps,
    /// Opens a round of a survey over all households until a moment.
    OpenSurvey {
        /// Its id.
        round: &'static str,
        /// What it is called.
        title: String,
        /// When it ends.
        ends: Moment,
    },
    /// The so many-th household asked in a round answers.
    AnswerSurvey {
        /// The round.
        round: &'static str,
        /// Counted from one.
        nth: i64,
        /// How, and what to each question.
        answer: SurveyAnswer,
    },
    /// The first word of a contact.
    Opened(TakeContact),
    /// A contact that becomes no matter ends.
    Contact(Box<MadeContact>),
    /// A contact that joins a mass event.
    Join {
        /// Stream id of the event's record.
        event: String,
        /// How the contact began and ended.
        made: Box<MadeContact>,
    },
    /// Registers a matter that was written on the so many-th slip of a range of blank ones, counted from nought.
    OnBlank {
        /// Stream id of the range's record.
        range: &'static str,
        /// Which slip.
        nth: usize,
        /// The form.
        form: Box<Register>,
    },
    /// The so many-th slip of this range is void.
    VoidBlank {
        /// Counted from nought.
        nth: usize,
        /// Why.
        reason: &'static str,
    },
    /// Who joined this event as the so many-th is told that it is over.
    Tell {
        /// Counted from nought.
        nth: usize,
    },
    /// What the telephone system tells.
    Phone(PhoneNews),
    /// An act on a contact.
    OnContact(Box<ActOnContact>),
}

/// One matter while it is told. The cursor `at` only goes forward.
#[derive(Clone, Debug)]
pub struct Tale {
    /// Stream id of the case.
    pub case: String,
    /// Steps in order.
    pub steps: Vec<Step>,
    /// Where the story has come to.
    pub at: Moment,
    /// What happens by chance.
    pub chance: Chance,
    zone: Zone,
}

/// How a matter comes in.
pub struct Intake<'a> {
    /// Kind.
    pub kind: CaseKind,
    /// Channel id.
    pub channel: &'a str,
    /// Who takes it.
    pub who: &'a str,
    /// From which household; none for a common part.
    pub home: Option<&'a Home>,
    /// A common part's place in words.
    pub place: &'a str,
    /// The caller's words.
    pub words: &'a str,
    /// Attributes of the form.
    pub attributes: &'a [(&'a str, &'a str)],
    /// Minutes from the first contact to saving.
    pub minutes: i64,
    /// Save and dispatch.
    pub notify: bool,
}

impl Tale {
    /// A matter that begins at a moment.
    pub fn begin(case: &str, at: Moment, zone: &Zone, chance: Chance) -> Tale {
        Tale { case: case.to_owned(), steps: Vec::new(), at, chance, zone: zone.clone() }
    }

    /// Minutes pass, between two bounds.
    pub fn wait(&mut self, low: i64, high: i64) -> &mut Tale {
        let seconds = self.chance.between(low * 60, high * 60);
        self.at = self.at.plus_seconds(seconds);
        self
    }

    /// On to the next minute at which an office works: 8:35 to 17:25.
    pub fn office(&mut self) -> &mut Tale {
        let civil = self.zone.civil(self.at);
        let minute = i64::from(civil.hour()) * 60 + i64::from(civil.minute());
        let (open, close) = (8 * 60 + 35, 17 * 60 + 25);
        let forward = if minute < open {
            open - minute
        } else if minute > close {
            24 * 60 - minute + open
        } else {
            return self;
        };
        let spread = self.chance.between(0, 45);
        self.at = self.at.plus_seconds((forward + spread) * 60);
        self
    }

    /// Days pass, and the office opens.
    pub fn days(&mut self, low: i64, high: i64) -> &mut Tale {
        self.wait(low * 24 * 60, high * 24 * 60).office()
    }

    /// The moment at which the clock of a later day shows `hour`.
    pub fn day_at(&self, days: i64, hour: i8) -> Moment {
        self.day_of(self.at, days, hour)
    }

    /// The moment at which the clock of a day later than another moment shows `hour`.
    pub fn day_of(&self, moment: Moment, days: i64, hour: i8) -> Moment {
        let date = self.zone.date(moment).saturating_add(jiff::Span::new().days(days));
        self.zone.moment(date.at(hour, 0, 0, 0))
    }

    /// The matter is taken in; the cursor stands at the moment of saving afterwards.
    pub fn register(&mut self, intake: &Intake<'_>) -> &mut Tale {
        let first_contact = self.at;
        let opened_form = first_contact.plus_seconds(self.chance.between(15, 50));
        let take =
            TakeContact { channel: intake.channel.to_owned(), station: "office_desk".into(), ..TakeContact::default() };
        self.push(intake.who, What::Opened(take));
        self.at = first_contact.plus_seconds(intake.minutes.max(1) * 60);
        let place = match intake.home {
            Some(home) => Place { household: Some(home.id.clone()), words: home.room.clone() },
            None => Place { household: None, words: intake.place.to_owned() },
        };
        let caller = intake.home.map(|home| Caller {
            person: home.person.clone(),
            name: home.name.clone(),
            phone: home.phone.clone(),
        });
        let caller = caller.unwrap_or(Caller { name: "演示过路人".into(), ..Caller::default() });
        let late = intake.minutes > 10;
        let register = Register {
            case: self.case.clone(),
            kind: intake.kind,
            contact: Some(self.case.clone()),
            channel: intake.channel.to_owned(),
            station: "office_desk".into(),
            first_contact,
            opened_form,
            told_desk: None,
            place,
            caller,
            words: intake.words.to_owned(),
            attributes: owned(intake.attributes),
            read_back: self.chance.percent(90),
            notify: intake.notify,
            attachments: Vec::new(),
            late_reason: if late { "当时另有来访，先记在纸上".into() } else { String::new() },
            approved_by: String::new(),
            linked_case: None,
            blank_number: String::new(),
        };
        self.push(intake.who, What::Register(Box::new(register)))
    }

    /// The matter just taken in is the same as another, and joins it.
    pub fn joins(&mut self, other: &str) {
        if let Some(Step { what: What::Register(form), .. }) = self.steps.last_mut() {
            form.linked_case = Some(other.to_owned());
        }
    }

    /// The matter just taken in was written on a blank slip.
    pub fn on_blank(&mut self, range: &'static str, nth: usize) {
        if let Some(step) = self.steps.last_mut()
            && let What::Register(form) = &step.what
        {
            step.what = What::OnBlank { range, nth, form: form.clone() };
        }
    }

    /// Begins a record of this register.
    pub fn open(&mut self, who: &str, register: &str, note: &str, attributes: &[(&str, &str)]) -> &mut Tale {
        let opens = office::register::find(register).map(|it| it.opens.clone()).unwrap_or_default();
        let act =
            ActOnCase { act: opens, note: note.to_owned(), attributes: owned(attributes), ..ActOnCase::default() };
        self.open_with(who, OpenRecord { register: register.to_owned(), act, ..OpenRecord::default() })
    }

    /// Begins a record with everything that goes with it.
    pub fn open_with(&mut self, who: &str, record: OpenRecord) -> &mut Tale {
        let record = OpenRecord { case: self.case.clone(), ..record };
        self.push(who, What::Open(Box::new(record)))
    }

    /// An act with nothing but its name.
    pub fn act(&mut self, who: &str, act: &str) -> &mut Tale {
        self.tell(who, act, "", &[])
    }

    /// An act with words and attributes.
    pub fn tell(&mut self, who: &str, act: &str, note: &str, attributes: &[(&str, &str)]) -> &mut Tale {
        self.act_with(
            who,
            ActOnCase {
                act: act.to_owned(),
                note: note.to_owned(),
                attributes: owned(attributes),
                ..ActOnCase::default()
            },
        )
    }

    /// The work is given to a worker.
    pub fn assign(&mut self, who: &str, worker: &str) -> &mut Tale {
        let worker = staff::of(worker);
        let links = [("assignee", worker.login), ("assignee_name", worker.name)];
        self.act_with(who, ActOnCase { act: "repair.assigned".into(), links: owned(&links), ..ActOnCase::default() })
    }

    /// The resident signs on the worker's screen.
    pub fn signed_by(&mut self, who: &str, act: &str, name: &str) -> &mut Tale {
        let signature = Signature {
            name: name.to_owned(),
            post: "resident".into(),
            way: SignatureWay::Drawn,
            path: stroke(&mut self.chance),
        };
        self.act_with(who, ActOnCase { act: act.to_owned(), signature: Some(signature), ..ActOnCase::default() })
    }

    /// An act as it stands.
    pub fn act_with(&mut self, who: &str, command: ActOnCase) -> &mut Tale {
        self.push(who, What::Act(Box::new(command)))
    }

    /// Something is done for the period with this day.
    pub fn for_period(&mut self, who: &str, act: &'static str, of: Date, note: &'static str) -> &mut Tale {
        self.push(who, What::Period { act, of, note })
    }

    /// The bell of a new order is stopped.
    pub fn acknowledge(&mut self, who: &str) -> &mut Tale {
        self.push(who, What::Acknowledge)
    }

    /// A step at the cursor.
    pub fn push(&mut self, who: &str, what: What) -> &mut Tale {
        self.steps.push(Step { at: self.at, who: staff::of(who), what });
        self.at = self.at.plus_seconds(5);
        self
    }

    /// When the act is first told, if it is.
    pub fn moment_of(&self, act: &str) -> Option<Moment> {
        let named = |step: &&Step| matches!(&step.what, What::Act(command) if command.act == act);
        self.steps.iter().find(named).map(|step| step.at)
    }

    /// The same matter as it stands right after `act`, which happens at `moment`: what came later is not told.
    #[must_use]
    pub fn up_to(mut self, act: &str, moment: Moment) -> Tale {
        let named = |step: &Step| matches!(&step.what, What::Act(command) if command.act == act);
        let last = self.steps.iter().position(named).unwrap_or(0);
        self.steps.truncate(last + 1);
        let shift = moment.seconds_since(self.steps[last].at);
        for step in &mut self.steps {
            step.at = step.at.plus_seconds(shift);
            match &mut step.what {
                What::Register(form) => {
                    form.first_contact = form.first_contact.plus_seconds(shift);
                    form.opened_form = form.opened_form.plus_seconds(shift);
                }
                What::Phone(news) => news.at = news.at.plus_seconds(shift),
                _ => {}
            }
        }
        self.at = moment;
        self
    }
}

fn owned(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().filter(|(_, value)| !value.is_empty()).map(|(key, value)| ((*key).into(), (*value).into())).collect()
}

/// A drawn line on the field of 600 × 200.
fn stroke(chance: &mut Chance) -> String {
    let mut path = format!("M{} {}", chance.between(60, 120), chance.between(60, 140));
    for step in 1..=6 {
        let x = 80 * step + chance.between(0, 40);
        path.push_str(&format!(" L{} {}", x, chance.between(40, 160)));
    }
    path
}
