//! A round of a survey (一轮调查): its questions as they stood, who is asked, until when, each household's own code. The journal
//! holds a code's hash, and the code itself under a key of its own, as with residents' links.

use calendar::Moment;
use serde::{Deserialize, Serialize};

use super::questions::Question;
use crate::event::{Body, ERASED, Entry, Event, Sealed};

/// The entry that opens a round.
pub const OPENED: &str = "office.survey_opened";
/// The entry that asks one household.
pub const INVITED: &str = "office.survey_invited";
/// The entry that ends a round before its day.
pub const ENDED: &str = "office.survey_ended";
/// Link of a household's answer: its round.
pub const ROUND: &str = "survey_round";
/// Link of a household's answer: its place among those asked.
pub const INVITE: &str = "survey_invite";
/// Link of a household's answer: where it lives, in a round without names.
pub const BUILDING: &str = "survey_building";
/// Before the id of a question: the link with its answer.
pub const ANSWER: &str = "answer:";
/// Whether answers come without names.
pub const ANONYMOUS: &str = "满意调查不记名";
/// How long a round is open.
pub const OPEN_FOR: &str = "满意调查开放";
/// Share of satisfied answers to be reached, in per cent.
pub const RATE_TARGET: &str = "满意率目标";
/// Score to be reached, in per cent of the full mark.
pub const SCORE_TARGET: &str = "满意度目标";
/// Signs of a code.
const CODE: usize = 20;

/// Who is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Asked {
    /// Every household on file.
    All,
    /// So many, drawn in an order that nobody can choose.
    Drawn(i64),
    /// The households of a building.
    Building(String),
}

/// A round to be opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// Who is asked.
    pub asked: Asked,
    /// The first moment at which no answer is taken any more.
    pub ends: Moment,
    /// From which the codes are made; never kept.
    pub secret: String,
}

/// The code of a household in a round, from the round's secret.
pub fn code(secret: &str, household: &str) -> String {
    let key = blake3::derive_key("huiyin survey code", secret.as_bytes());
    blake3::keyed_hash(&key, household.as_bytes()).to_hex()[..CODE].to_owned()
}

/// The hash of a code; none of what is no code.
pub fn hash(code: &str) -> Option<String> {
    let fits = code.len() == CODE && code.bytes().all(|c| c.is_ascii_digit() || (b'a'..=b'f').contains(&c));
    fits.then(|| blake3::hash(code.as_bytes()).to_hex().to_string())
}

/// The event that opens it.
pub fn opens(opening: &Opening, questions: &[Question], anonymous: bool, now: Moment) -> Event {
    let (asked, area) = match &opening.asked {
        Asked::All => ("all", String::new()),
        Asked::Drawn(count) => ("drawn", count.to_string()),
        Asked::Building(building) => ("building", building.clone()),
    };
    let questions = serde_json::to_string(questions).expect("questions are plain data");
    let links = [
        ("ends", opening.ends.0.to_string()),
        ("asked", asked.to_owned()),
        ("area", area),
        ("anonymous", if anonymous { "yes" } else { "no" }.to_owned()),
        ("questions", questions),
    ];
    let links = links.map(|(key, value)| (key.to_owned(), value)).into();
    let body = Body { links, note: opening.title.trim().to_owned(), ..Body::default() };
    Event { name: OPENED.to_owned(), happened: now, body, sealed: None }
}

/// The event that asks a household: its place among those asked, where it lives, whose key its code is under.
pub fn invites(nth: i64, household: (&str, &str), person: String, code: &str, now: Moment) -> Event {
    let links = [
        ("n", nth.to_string()),
        ("household", household.0.to_owned()),
        ("place", household.1.to_owned()),
        ("hash", hash(code).unwrap_or_default()),
    ];
    let links = links.map(|(key, value)| (key.to_owned(), value)).into();
    let fields = [("link_code".to_owned(), code.to_owned())].into();
    let sealed = Some(Sealed { person, fields });
    Event { name: INVITED.to_owned(), happened: now, body: Body { links, ..Body::default() }, sealed }
}

/// A household asked, with its code while the key is at hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invite {
    /// Place among those asked.
    pub n: i64,
    /// Room.
    pub place: String,
    /// Code; empty once it was erased.
    pub code: String,
}

/// The households asked, as the entries of a round's stream have them.
pub fn invited(entries: &[Entry]) -> Vec<Invite> {
    let of = |entry: &Entry| {
        let links = &entry.event.body.links;
        let code = entry.event.sealed.as_ref().and_then(|it| it.fields.get("link_code"));
        Some(Invite {
            n: links.get("n")?.parse().ok()?,
            place: links.get("place").cloned().unwrap_or_default(),
            code: code.filter(|it| *it != ERASED).cloned().unwrap_or_default(),
        })
    };
    entries.iter().filter(|it| it.event.name == INVITED).filter_map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_short_its_own_and_found_by_its_hash_only() {
        let (one, other) = (code("secret", "3-2-501"), code("secret", "3-2-502"));
        assert_ne!(one, other);
        assert_ne!(one, code("another", "3-2-501"));
        assert_eq!(one.len(), CODE);
        assert!(hash(&one).is_some_and(|hash| hash != one && hash.len() == 64));
        for odd in ["", "none", &one[1..], "WX-202611-0001-ABCDE"] {
            assert_eq!(hash(odd), None);
        }
    }
}
