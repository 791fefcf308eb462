//! The passing of time (时钟): what a due moment brings is an entry, written once by whoever holds the clock.

use calendar::Moment;
use office::Event;
use serde::{Deserialize, Serialize};

use super::House;
use crate::fault::Fault;
use crate::{CommandId, Sent, sql, vals};

/// What a tick did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ticked {
    /// Escalations told.
    pub told: i64,
    /// Escalations found already told by another node.
    pub repeated: i64,
}

/// One escalation that has come due.
struct Due {
    site: i64,
    id: String,
    case: String,
    clause: String,
    target: String,
    at: Moment,
}

impl House {
    /// Tells every notice that fell due with something open, then every escalation due by `now`, in order of their moments.
    /// Twice is once: the command's id is made of the escalation and its moment.
    pub async fn tick(&self, now: Moment) -> Result<Ticked, Fault> {
        let mut ticked = Ticked::default();
        while self.fell_due(now).await? > 0 {}
        loop {
            let due = self.escalations_due(now, 200).await?;
            let before = ticked.told;
            for one in due {
                if self.tell(one, now).await? {
                    ticked.repeated += 1;
                } else {
                    ticked.told += 1;
                }
            }
            // What was told may bring further news of a breach; it ends when a round tells nothing new.
            if ticked.told == before {
                return Ok(ticked);
            }
        }
    }

    async fn escalations_due(&self, now: Moment, limit: i64) -> Result<Vec<Due>, Fault> {
        self.read(move |tx| {
            let text = sql!(
                "select site, id, case_id, book, clause, target, at from escalation_row
                 where told = 0 and at < $1 order by at, id limit $2"
            );
            let rows = tx.query(text, &vals![now, limit])?;
            rows.iter()
                .map(|row| {
                    Ok(Due {
                        site: row.int(0)?,
                        id: row.string(1)?,
                        case: row.string(2)?,
                        clause: format!("{}/{}", row.text(3)?, row.text(4)?),
                        target: row.string(5)?,
                        at: row.moment(6)?,
                    })
                })
                .collect()
        })
        .await
    }

    /// Answers whether it had been told before.
    async fn tell(&self, due: Due, now: Moment) -> Result<bool, Fault> {
        let command = CommandId::of(&["due", &due.id, &due.at.0.to_string()]);
        let sent = Sent { site: due.site, command, actor: "clock".into(), post: "clock".into(), now };
        let told = self.store().act(sent, move |tx| {
            let stream = if due.case.contains(':') { due.case.clone() } else { format!("case:{}", due.case) };
            let version = tx.version(&stream)?;
            let mut event = Event::plain("office.due_passed", due.at);
            event.body.links = [
                ("escalation".to_owned(), due.id.clone()),
                ("clause".to_owned(), due.clause.clone()),
                ("target".to_owned(), due.target.clone()),
            ]
            .into();
            Ok(tx.append(&stream, version, vec![event])?.map(drop))
        });
        match told.await? {
            Ok(acted) => Ok(acted.repeated),
            // Somebody acted on the case at the same moment; the next tick tells it.
            Err(_) => Ok(true),
        }
    }
}
