//! Drawing contacts for review (抽听): so many of each person's contacts of a month, in the order of a stated seed, so that anybody
//! can draw again and find the same ones. What was drawn before counts.

use calendar::Moment;
use office::contact::ActOnContact;
use office::{Actor, Event, Refusal};
use serde::{Deserialize, Serialize};

use super::House;
use super::acts::{Answer, append};
use super::contacts::act;
use crate::fault::Fault;
use crate::{Sent, SiteTx, sql, vals};

/// The stream of the draws.
pub(crate) const DRAWS: &str = "call_draws";
/// The entry of one draw: links `month`, `seed`, `each`, `of`, `drawn`.
pub(crate) const DRAWN: &str = "office.calls_drawn";

/// What is to be drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrawContacts {
    /// The month in words: `2026-11`.
    pub month: String,
    /// Its first moment.
    pub from: Moment,
    /// The first moment after it.
    pub until: Moment,
    /// Contacts of each person at least.
    pub each: i64,
    /// What decides the order.
    pub seed: String,
}

/// What a draw answers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drawn {
    /// Contacts among which it was drawn.
    pub of: i64,
    /// Contacts drawn now.
    pub drawn: i64,
}

impl House {
    /// Draws contacts for review. Refused: no seed, a post that may not, nothing left to draw.
    pub fn draw_contacts(&self, sent: Sent, actor: Actor, draw: DrawContacts) -> Answer<Drawn> {
        let laws = self.laws().clone();
        self.store().act(sent, move |tx| {
            let what = "没有抽取";
            if draw.seed.trim().is_empty() {
                let next = "请写一个事先说好的数或词，例如开会时掷的骰子。";
                return Ok(Err(Refusal::new(what, "还没有写种子", next).at("seed")));
            }
            let (of, chosen) = chosen(tx, &draw)?;
            if chosen.is_empty() {
                let why = format!("{}的来访来电都抽够了，或者还没有", draw.month);
                return Ok(Err(Refusal::new(what, why, "请换一个月份。").at("month")));
            }
            for id in &chosen {
                let command = ActOnContact { act: "call.sampled".into(), ..ActOnContact::default() };
                if let Err(refusal) = act(tx, &laws, &actor, id, &command)? {
                    return Ok(Err(refusal));
                }
            }
            let drawn = Drawn { of, drawn: chosen.len() as i64 };
            let version = tx.load(DRAWS)?.len() as i64;
            let mut event = Event::plain(DRAWN, tx.now());
            let links = [
                ("month", draw.month.clone()),
                ("seed", draw.seed.trim().to_owned()),
                ("each", draw.each.to_string()),
                ("of", drawn.of.to_string()),
                ("drawn", drawn.drawn.to_string()),
            ];
            event.body.links = links.map(|(key, value)| (key.to_owned(), value)).into();
            Ok(append(tx, DRAWS, version, vec![event])?.map(|_| drawn))
        })
    }
}

/// Among how many, and which: of each person as many as are still lacking, in the order of the seed.
fn chosen(tx: &mut SiteTx<'_>, draw: &DrawContacts) -> Result<(i64, Vec<String>), Fault> {
    let site = tx.site();
    let text = sql!(
        "select account, id, sampled from contact_row where site = $1 and began >= $2 and began < $3 and account <> ''
         and state in ('registered', 'answered') and channel in ('phone', 'visit', 'met') order by account, id"
    );
    let rows = tx.tx().query(text, &vals![site, draw.from, draw.until])?;
    let mut by_person: Vec<(String, i64, Vec<(String, String)>)> = Vec::new();
    for row in &rows {
        let (account, id) = (row.string(0)?, row.string(1)?);
        if by_person.last().is_none_or(|(known, _, _)| *known != account) {
            by_person.push((account, 0, Vec::new()));
        }
        let Some((_, sampled, rest)) = by_person.last_mut() else { continue };
        match row.flag(2)? {
            true => *sampled += 1,
            false => rest.push((office::sample::rank(&[draw.seed.trim(), &id]), id)),
        }
    }
    let mut chosen = Vec::new();
    for (_, sampled, mut rest) in by_person {
        rest.sort();
        let lacking = usize::try_from(draw.each - sampled).unwrap_or(0);
        chosen.extend(rest.into_iter().take(lacking).map(|(_, id)| id));
    }
    Ok((rows.len() as i64, chosen))
}
