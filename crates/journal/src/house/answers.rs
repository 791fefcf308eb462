//! Changes of the answer book (问答改动): entries, versions, read receipts.

use office::Actor;
use office::answer::{self, AnswerChange};

use super::House;
use super::acts::{Answer, append};
use crate::Sent;

impl House {
    /// Changes an entry, or writes a new one; what is so already changes nothing.
    pub fn change_answer(&self, sent: Sent, actor: Actor, id: String, change: AnswerChange) -> Answer<()> {
        self.store().act(sent, move |tx| {
            let stream = format!("answer:{id}");
            let entries = tx.load(&stream)?;
            let known = answer::replay(&id, &entries);
            match answer::decide(known.as_ref(), &change, &actor, tx.now()) {
                Ok(None) => Ok(Ok(())),
                Ok(Some(event)) => Ok(append(tx, &stream, entries.len() as i64, vec![event])?.map(drop)),
                Err(refusal) => Ok(Err(refusal)),
            }
        })
    }
}
