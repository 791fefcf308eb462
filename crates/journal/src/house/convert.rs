//! Between the office's events and the journal's (换算): personal fields take the sealed form, numbers taken are told.

use std::collections::BTreeMap;

use office::event::{Body, Sealed};
use serde_json::{Map, Value, json};

use crate::entry::{Entry, Event};
use crate::fault::{Fault, FaultKind};

/// A number taken from a series: series, period, number.
pub(crate) type TakenNumber = (String, String, i64);

/// The office's event as the journal writes it. `numbers` taken by the act stand in the body of its first event.
pub(crate) fn to_journal(event: office::Event, numbers: &[TakenNumber]) -> Result<Event, Fault> {
    let mut body = serde_json::to_value(&event.body)
        .map_err(|error| Fault::from_source(FaultKind::Bug, "an event cannot be written down", error))?;
    if let Value::Object(map) = &mut body {
        if let Some(Sealed { person, fields }) = &event.sealed {
            let fields: Map<String, Value> = fields
                .iter()
                .map(|(key, text)| (key.clone(), json!({ "personal": person, "text": text })))
                .collect();
            map.insert("sealed".into(), json!({ "person": person, "fields": fields }));
        }
        if !numbers.is_empty() {
            let told: Vec<Value> = numbers
                .iter()
                .map(|(series, period, number)| json!({ "series": series, "period": period, "number": number }))
                .collect();
            map.insert("numbers".into(), Value::Array(told));
        }
    }
    Ok(Event { name: event.name, shape: 1, happened: Some(event.happened), body })
}

/// Several events of one act.
pub(crate) fn all_to_journal(events: Vec<office::Event>, numbers: &[TakenNumber]) -> Result<Vec<Event>, Fault> {
    let mut told = numbers;
    events
        .into_iter()
        .map(|event| {
            let numbers = std::mem::take(&mut told);
            to_journal(event, numbers)
        })
        .collect()
}

/// The journal's entry as the office reads it.
pub(crate) fn to_office(entry: &Entry) -> Result<office::Entry, Fault> {
    let mut body = entry.body.clone();
    let mut sealed = None;
    if let Value::Object(map) = &mut body {
        map.remove("numbers");
        if let Some(Value::Object(told)) = map.remove("sealed") {
            sealed = Some(read_sealed(&told));
        }
    }
    let body: Body = serde_json::from_value(body).map_err(|error| {
        let text = format!("entry {} of site {}: {} has another shape", entry.seq, entry.site, entry.name);
        Fault::from_source(FaultKind::Corrupt, text, error)
    })?;
    let event = office::Event { name: entry.name.clone(), happened: entry.happened, body, sealed };
    let (seq, at) = (entry.seq, entry.at);
    Ok(office::Entry { seq, at, actor: entry.actor.clone(), post: entry.post.clone(), event })
}

fn read_sealed(told: &Map<String, Value>) -> Sealed {
    let person = told.get("person").and_then(Value::as_str).unwrap_or_default().to_owned();
    let fields = told.get("fields").and_then(Value::as_object);
    let fields: BTreeMap<String, String> = fields
        .into_iter()
        .flatten()
        .map(|(key, value)| (key.clone(), value.get("text").and_then(Value::as_str).unwrap_or_default().to_owned()))
        .collect();
    Sealed { person, fields }
}

/// Every entry of a stream as the office reads it.
pub(crate) fn office_entries(entries: &[Entry]) -> Result<Vec<office::Entry>, Fault> {
    entries.iter().map(to_office).collect()
}
