//! Households (户), their people, and the keys by which the desk finds them.

use office::household::{Household, name_keys, phone_tail, replay};

use crate::entry::Entry;
use crate::fault::Fault;
use crate::stream;
use crate::tx::Tx;
use crate::{sql, vals};

/// Writes a household's rows anew from its stream.
pub(super) fn project(tx: &mut dyn Tx, entries: &[Entry]) -> Result<(), Fault> {
    let Some(first) = entries.first() else { return Ok(()) };
    let id = first.stream.trim_start_matches("household:");
    let whole = stream::load(tx, first.site, &first.stream)?;
    let Some(household) = replay(id, &whole) else { return Ok(()) };
    write(tx, first.site, &household)
}

fn write(tx: &mut dyn Tx, site: i64, it: &Household) -> Result<(), Fault> {
    tx.exec(sql!("delete from person_row where site = $1 and household = $2"), &vals![site, &it.id])?;
    tx.exec(sql!("delete from person_key where site = $1 and household = $2"), &vals![site, &it.id])?;
    if it.merged_into.is_some() {
        // Whoever looks for it finds the file that it was joined to.
        return tx.exec(sql!("delete from household_row where site = $1 and id = $2"), &vals![site, &it.id]);
    }
    let text = sql!(
        "insert into household_row(site, id, phase, building, stairwell, room, number, words, unit_kind, occupancy,
         handover, floor, version) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
         on conflict (site, id) do update set phase = excluded.phase, building = excluded.building,
         stairwell = excluded.stairwell, room = excluded.room, number = excluded.number, words = excluded.words,
         unit_kind = excluded.unit_kind, occupancy = excluded.occupancy, handover = excluded.handover,
         floor = excluded.floor, version = excluded.version"
    );
    let last = it.room.number.rsplit('-').next().unwrap_or_default();
    let row = vals![
        site,
        &it.id,
        &it.room.phase,
        &it.room.building,
        &it.room.stairwell,
        last,
        &it.room.number,
        it.room.to_string(),
        &it.kind,
        &it.occupancy,
        it.handover.map(|date| date.to_string()).unwrap_or_default(),
        floor(it),
        it.version,
    ];
    tx.exec(text, &row)?;
    for plate in &it.plates {
        key(tx, site, &plate.to_uppercase(), "plate", &it.id, "")?;
    }
    for (place, person) in it.people.iter().enumerate() {
        let text = sql!(
            "insert into person_row(site, person, household, tenure, place, name, phones)
             values ($1, $2, $3, $4, $5, $6, $7)
             on conflict (site, person) do update set household = excluded.household, place = excluded.place"
        );
        let phones = person.phones.join("、");
        let row = vals![site, &person.id, &it.id, person.tenure.id(), place as i64, &person.name, phones];
        tx.exec(text, &row)?;
        if person.name == crate::seal::ERASED {
            continue;
        }
        key(tx, site, &person.name, "name", &it.id, &person.id)?;
        let keys = name_keys(&person.name);
        for (list, matched) in [(&keys.full, "pinyin"), (&keys.initials, "initials")] {
            for one in list {
                key(tx, site, one, matched, &it.id, &person.id)?;
            }
        }
        for phone in &person.phones {
            key(tx, site, phone, "phone", &it.id, &person.id)?;
            key(tx, site, &phone_tail(phone), "tail", &it.id, &person.id)?;
        }
    }
    Ok(())
}

fn key(tx: &mut dyn Tx, site: i64, key: &str, matched: &str, household: &str, person: &str) -> Result<(), Fault> {
    if key.is_empty() {
        return Ok(());
    }
    let text = sql!(
        "insert into person_key(site, key, matched, household, person) values ($1, $2, $3, $4, $5)
         on conflict (site, key, household, person, matched) do nothing"
    );
    tx.exec(text, &vals![site, key, matched, household, person])
}

/// The floor as the ledger says, else as the number of the room tells it: 501 is on 5, 1203 on 12.
fn floor(it: &Household) -> String {
    let written = it.floor.trim().trim_end_matches(['层', '楼', 'F', 'f']);
    if !written.is_empty() {
        return written.to_owned();
    }
    let last = it.room.number.rsplit('-').next().unwrap_or_default();
    let digits: String = last.chars().filter(char::is_ascii_digit).collect();
    digits.get(..digits.len().saturating_sub(2)).unwrap_or_default().to_owned()
}
