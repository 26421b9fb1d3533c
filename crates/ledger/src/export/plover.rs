//! PLOVER JSON lines: accounts of events in, one object a line out.
//!
//! The names of the fields are those of the PLOVER format. As in the other event tables only what is told as done is written, since the
//! format has no field for what is planned or denied; what was left out is counted.
//!
//! **Invariant:** a field that nothing is known for is not written.

use std::io::Write;

use rapporteur_record::CodePoints;
use serde_json::{Map, Value, json};

use super::{Records, is_told_as_done, one_day, sectors};
use crate::error::Error;
use crate::views::{Desk, Scope};

/// Writes the accounts of events in scope; how many were left out.
pub fn plover(desk: &Desk, scope: &Scope, out: &mut dyn Write) -> Result<usize, Error> {
    let mut records = Records::new(desk);
    let mut left_out = 0;
    for entry in desk.entries("event", &[], scope)? {
        let Some(event) = entry.event().filter(|event| is_told_as_done(event.status)) else {
            left_out += 1;
            continue;
        };
        let record = records.of(&entry.report)?;
        let text = record.map_or("", |record| record.document.text.as_str());
        let sentence = CodePoints::new(text).slice(entry.sentence[0], entry.sentence[1]);
        let party = |keys: &[String]| -> Value {
            let parties = keys.iter().filter_map(|key| desk.actors.get(key)).map(|actor| {
                let sectors = sectors(actor.code.as_deref(), actor.country.as_deref());
                stated(json!({
                    "actorText": actor.name,
                    "code": actor.code,
                    "country": actor.country,
                    "sector": sectors.first(),
                    "key": actor.key,
                }))
            });
            parties.collect()
        };
        let location = entry
            .spot
            .as_ref()
            .map(|spot| stated(json!({"text": spot.name, "country": spot.country, "lat": spot.lat, "lon": spot.lon})));
        let teller = entry.teller.as_deref().map(|key| format!("told by {}", desk.name(key)));
        let report = desk.reports.get(&entry.report);
        let line = stated(json!({
            "id": entry.key,
            "date": one_day(&entry),
            "actor": party(&event.actors),
            "recipient": party(&event.recipients),
            "event": event.kind,
            "mode": event.mode,
            "context": event.context,
            "eventText": event.trigger.words,
            "eventLoc": location,
            "text": sentence,
            "textInfo": {"source": report.and_then(|report| report.source.as_deref()), "at": entry.sentence},
            "language": record.map(|record| record.document.language.as_str()),
            "publication": desk.outlet(&entry.report),
            "coder": "rapporteur",
            "version": record.map(|record| record.edition.engine.as_str()),
            "comment": teller,
        }));
        writeln!(out, "{line}")?;
    }
    Ok(left_out)
}

/// An object without what is not stated.
fn stated(value: Value) -> Value {
    let Value::Object(fields) = value else { return value };
    let empty = |value: &Value| value.is_null() || value.as_array().is_some_and(Vec::is_empty);
    Value::Object(fields.into_iter().filter(|(_, value)| !empty(value)).collect::<Map<_, _>>())
}
