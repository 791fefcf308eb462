//! One tap, several acts (连办): acts in order, each a command of its own derived from the form's command, so that the
//! whole can be sent twice and is done once. The first refusal stops the rest. Or at one stroke: all of them or none.

use calendar::Moment;
use journal::CommandId;
use office::Refusal;
use office::case::{ActOnCase, Case};

use crate::security::Fault;
use crate::state::Here;

/// Why a step that waited for the network was entered late; stands in the journal, so it is always Chinese.
pub const NO_NETWORK: &str = "无网络，离线记录";

/// An act of a step.
pub struct Turn {
    /// The act with what goes with it.
    pub act: ActOnCase,
    /// It accompanies the step: left out when it has happened already in this round of work.
    pub beside: bool,
}

impl Turn {
    /// The act that the step is about.
    pub fn main(act: &str) -> Turn {
        Turn { act: ActOnCase { act: act.into(), ..ActOnCase::default() }, beside: false }
    }

    /// An act that accompanies it.
    pub fn beside(act: &str) -> Turn {
        Turn { beside: true, ..Turn::main(act) }
    }

    /// The same with free words.
    #[must_use]
    pub fn note(mut self, note: &str) -> Turn {
        self.act.note = note.to_owned();
        self
    }

    /// The same with a value; an empty one is left out.
    #[must_use]
    pub fn with(mut self, attribute: &str, value: &str) -> Turn {
        if !value.trim().is_empty() {
            self.act.attributes.insert(attribute.to_owned(), value.trim().to_owned());
        }
        self
    }
}

/// How several acts are done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Run {
    /// One after the other; what came before a refusal stands.
    InTurn,
    /// At one stroke: a refusal undoes all.
    AtOnce,
}

/// Does the acts in order. `happened` is given for a step that waited for the network.
pub async fn run(
    here: &Here,
    case: &Case,
    (command, run): (Option<&str>, Run),
    happened: Option<Moment>,
    turns: Vec<Turn>,
) -> Result<Result<(), Refusal>, Fault> {
    let base = here.sent(command)?.command;
    let mut acts = Vec::new();
    for Turn { mut act, beside } in turns {
        let again = office::act::find(&act.act).is_some_and(|it| it.again);
        if beside && !again && case.has_this_round(&act.act) {
            continue;
        }
        if let Some(moment) = happened {
            act.happened = Some(moment);
            act.late_reason = NO_NETWORK.to_owned();
        }
        acts.push(act);
    }
    let doing = |fault| Fault::new("记录步骤", fault);
    if run == Run::AtOnce {
        let Some(last) = acts.last() else { return Ok(Ok(())) };
        let sent = here.sent_for(Some(CommandId::of(&[base.as_str(), "at_once"]).as_str()), &last.act)?;
        let done = here.house().acts_on_case(sent, here.actor.clone(), case.id.clone(), acts).await;
        return Ok(done.map_err(doing)?.map(drop));
    }
    for act in acts {
        let id = CommandId::of(&[base.as_str(), &act.act]);
        let sent = here.sent_for(Some(id.as_str()), &act.act)?;
        let done = here.house().act_on_case(sent, here.actor.clone(), case.id.clone(), act).await;
        if let Err(refusal) = done.map_err(doing)? {
            return Ok(Err(refusal));
        }
    }
    Ok(Ok(()))
}
