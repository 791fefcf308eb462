//! Signatures at work (签字): who has not signed yet.

use crate::compile::plan::{Hands, Sign};
use crate::derive::Run;
use crate::derive::refusals::{Missing, Wanting};

/// The posts (or, when none is named, the signature) missing; none when there is nothing to sign or all have signed.
pub(crate) fn wanting(run: &Run<'_>, sign: &Sign) -> Option<Wanting> {
    let scene = run.scene;
    let upto = scene.facts.len();
    if !scene.holds(&sign.when, upto) {
        return None;
    }
    if sign.each_entry {
        return unsigned_entries(run, sign);
    }
    let from = match sign.act {
        // An act that is refused until signed is signed beforehand, each time anew.
        Some(act) if sign.blocks == Some(act) => scene.last_before(act, upto).map_or(0, |place| place + 1),
        Some(act) => {
            let signed = scene.last_before(act, upto)?;
            scene.place_at(scene.facts[signed].at)
        }
        None => 0,
    };
    let signatures: Vec<usize> = scene.all(sign.with).filter(|place| *place >= from).collect();
    if sign.by.is_empty() {
        return Wanting::of(if signatures.is_empty() { vec![Missing::Fact(sign.with)] } else { Vec::new() });
    }
    let missing = missing(run, sign, &signatures);
    if sign.any {
        let nobody = missing.len() == sign.by.len();
        return Wanting::of(if nobody { vec![Missing::Fact(sign.with)] } else { Vec::new() });
    }
    Wanting::of(missing.into_iter().map(|hands| Missing::Post(hands.post)).collect())
}

/// The signers of whom no signature counts.
fn missing<'a>(run: &Run<'_>, sign: &'a Sign, signatures: &[usize]) -> Vec<&'a Hands> {
    let facts = run.scene.facts;
    let mut missing = Vec::new();
    let mut used: Vec<usize> = Vec::new();
    let mut persons: Vec<i64> = Vec::new();
    let mut from = 0;
    for hands in &sign.by {
        let found = signatures.iter().copied().find(|place| {
            let fact = &facts[*place];
            let fresh =
                !sign.distinct || (!used.contains(place) && (fact.person == 0 || !persons.contains(&fact.person)));
            (!sign.in_order || *place >= from) && fresh && (fact.by.is_empty() || hands.among(&fact.by))
        });
        match found {
            Some(place) => {
                from = place;
                used.push(place);
                persons.push(facts[place].person);
            }
            None => {
                missing.push(hands);
                if sign.in_order {
                    from = facts.len();
                }
            }
        }
    }
    missing
}

/// Entries without a signature of their own: each signature covers one entry made before it.
fn unsigned_entries(run: &Run<'_>, sign: &Sign) -> Option<Wanting> {
    let scene = run.scene;
    let act = sign.act?;
    let mut open = 0usize;
    for (place, fact) in scene.facts.iter().enumerate() {
        if fact.name == act {
            open += 1;
        } else if fact.name == sign.with {
            let by_right =
                sign.by.is_empty() || fact.by.is_empty() || sign.by.iter().any(|hands| hands.among(&fact.by));
            // An entry of the same moment counts as made before, in whatever order they were entered.
            let ahead = open == 0 && scene.first_from(act, place).is_some_and(|next| scene.facts[next].at == fact.at);
            if by_right && ahead {
                continue;
            }
            open = open.saturating_sub(usize::from(by_right));
        }
    }
    Wanting::of(if open > 0 { vec![Missing::Fact(sign.with)] } else { Vec::new() })
}
