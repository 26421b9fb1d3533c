//! A correction: fields of an entry with their new values in, the entry as a person wants it out.
//!
//! A correction names fields, not the whole entry: what it does not name stays as the latest reading has it. A person writes names and
//! words; what is kept has the keys of the ledger and offsets, so that it can be laid over another reading of the report.
//!
//! **Invariant:** a corrected entry is one that the record's own types can hold, and its words stand in the report.

use rapporteur_record::{CodePoints, Mode, Record, Span, TimePrecision};
use serde_json::{Map, Value, json};

use crate::days::Days;
use crate::entry::{Entry, Spot, What};

/// What a field holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Holds {
    /// A word of a closed vocabulary, or free words (`kind`, `status`).
    Word,
    /// An actor.
    Actor,
    /// Actors.
    Actors,
    /// The proposal.
    Proposal,
    /// A TIMEX3 value.
    Time,
    /// A place of the report.
    Place,
    /// Words of the report.
    Words,
    /// Pieces of the report.
    Pieces,
}

/// A field: its name, what it holds, and whether it may be empty.
type Field = (&'static str, Holds, bool);

/// The fields of each layer that can be corrected.
const FIELDS: [(&str, &[Field]); 4] = [
    (
        "statement",
        &[
            ("speaker", Holds::Actor, true),
            ("addressee", Holds::Actors, true),
            ("via", Holds::Actor, true),
            ("manner", Holds::Word, false),
            ("act", Holds::Word, false),
            ("cue", Holds::Words, true),
            ("content", Holds::Pieces, true),
            ("time", Holds::Time, true),
        ],
    ),
    (
        "event",
        &[
            ("type", Holds::Word, false),
            ("mode", Holds::Word, true),
            ("status", Holds::Word, false),
            ("actors", Holds::Actors, true),
            ("recipients", Holds::Actors, true),
            ("trigger", Holds::Words, false),
            ("evidence", Holds::Words, false),
            ("condition", Holds::Words, true),
            ("time", Holds::Time, true),
            ("place", Holds::Place, true),
        ],
    ),
    (
        "position",
        &[
            ("party", Holds::Actor, false),
            ("on_behalf_of", Holds::Actor, true),
            ("proposal", Holds::Proposal, false),
            ("stance", Holds::Word, false),
            ("reservations", Holds::Pieces, true),
            ("evidence", Holds::Pieces, false),
            ("time", Holds::Time, true),
        ],
    ),
    (
        "pledge",
        &[
            ("by", Holds::Actor, false),
            ("kind", Holds::Word, false),
            ("content", Holds::Words, false),
            ("deadline", Holds::Time, true),
        ],
    ),
];

/// The names of the fields of a layer that can be corrected.
pub fn fields(layer: &str) -> Vec<&'static str> {
    of_layer(layer).iter().map(|(name, ..)| *name).collect()
}

fn of_layer(layer: &str) -> &'static [Field] {
    FIELDS.iter().find(|(own, _)| *own == layer).map_or(&[], |(_, fields)| fields)
}

/// The value of a field as a person would write it; empty where it is not stated.
pub fn written(what: &What, field: &str, name: impl Fn(&str) -> String, spot: Option<&Spot>) -> String {
    let layer = layer(what);
    let json = serde_json::to_value(what).unwrap_or_default();
    let holds = of_layer(layer).iter().find(|(own, ..)| *own == field).map_or(Holds::Word, |(_, holds, _)| *holds);
    let words = |value: &Value| value["words"].as_str().unwrap_or_default().to_owned();
    let value = &json[field];
    match holds {
        Holds::Place => spot.map_or_else(String::new, |spot| spot.name.clone()),
        Holds::Words => words(value),
        Holds::Pieces => value.as_array().into_iter().flatten().map(words).collect::<Vec<_>>().join(" | "),
        Holds::Time => value["value"].as_str().unwrap_or_default().to_owned(),
        Holds::Actor | Holds::Proposal => value.as_str().map_or_else(String::new, &name),
        Holds::Actors => {
            let names = value.as_array().into_iter().flatten().filter_map(Value::as_str).map(&name);
            names.collect::<Vec<_>>().join("; ")
        }
        Holds::Word => value.as_str().unwrap_or_default().to_owned(),
    }
}

/// Where names lead: to the key of an actor or of a proposal, or to the reason why there is none.
pub trait Names {
    /// The key of an actor.
    fn actor(&self, name: &str) -> Result<String, String>;
    /// The key of a proposal.
    fn proposal(&self, name: &str) -> Result<String, String>;
}

/// Takes a correction as a person wrote it (field to word, name, words of the report, or a list of them) to what is kept.
pub fn understood(
    given: &Map<String, Value>,
    what: &What,
    record: &Record,
    names: &impl Names,
) -> Result<Map<String, Value>, String> {
    let layer = layer(what);
    let near = near(what);
    let mut kept = Map::new();
    for (field, value) in given {
        if field == "layer" && value.as_str() == Some(layer) || field == "id" {
            continue;
        }
        let Some((_, holds, empty)) = of_layer(layer).iter().find(|(own, ..)| own == field) else {
            return Err(format!(
                "the field “{field}” of {layer}s cannot be corrected; these can: {}",
                fields(layer).join(", ")
            ));
        };
        let none = value.is_null() || value.as_str().is_some_and(|words| words.trim().is_empty() || words == "-");
        if none && !empty {
            return Err(format!("{field} cannot be empty"));
        }
        let value = match holds {
            Holds::Actors if none => json!([]),
            Holds::Pieces if none => json!([]),
            _ if none => Value::Null,
            Holds::Word => json!(one(field, value)?),
            Holds::Actor => json!(names.actor(one(field, value)?)?),
            Holds::Proposal => json!(names.proposal(one(field, value)?)?),
            Holds::Actors => {
                json!(many(field, value, ';')?.iter().map(|name| names.actor(name)).collect::<Result<Vec<_>, _>>()?)
            }
            Holds::Time => time(layer, field, value)?,
            Holds::Place => json!(place(one(field, value)?, record)?),
            Holds::Words => span(value, record, near)?,
            Holds::Pieces => {
                let pieces = match value {
                    Value::Array(pieces) => pieces.clone(),
                    _ => many(field, value, '|')?.into_iter().map(Value::String).collect(),
                };
                json!(pieces.iter().map(|piece| span(piece, record, near)).collect::<Result<Vec<_>, _>>()?)
            }
        };
        kept.insert(field.clone(), value);
    }
    if kept.is_empty() {
        return Err("a correction names at least one field".into());
    }
    laid_over(what, &kept, record)?;
    Ok(kept)
}

/// Lays a correction over an entry; nothing happens where it does not fit any more.
pub fn correct(entry: &mut Entry, kept: &str, record: &Record, follow: impl Fn(&str) -> String) {
    let Ok(Value::Object(mut kept)) = serde_json::from_str(kept) else { return };
    for (field, holds, _) in of_layer(entry.layer()) {
        let Some(value) = kept.get_mut(*field) else { continue };
        match (holds, value) {
            (Holds::Actor | Holds::Proposal, Value::String(key)) => *key = follow(key),
            (Holds::Actors, Value::Array(keys)) => {
                for key in keys {
                    *key = key.as_str().map_or(Value::Null, |key| json!(follow(key)));
                }
            }
            _ => {}
        }
    }
    let Ok(what) = laid_over(&entry.what, &kept, record) else { return };
    entry.what = what;
    let value = match &entry.what {
        What::Statement(statement) => statement.time.as_ref().map(|time| &time.value),
        What::Event(event) => event.time.as_ref().map(|time| &time.value),
        What::Position(position) => {
            entry.shared = Some(position.proposal.clone());
            position.time.as_ref().map(|time| &time.value)
        }
        What::Pledge(_) => None,
    };
    entry.days = value.and_then(|value| Days::of(value));
    if kept.contains_key("place") {
        entry.spot = entry.event().and_then(|event| record.place(event.place.as_ref()?)).map(Spot::of);
    }
}

/// An entry with the fields of a correction.
fn laid_over(what: &What, kept: &Map<String, Value>, record: &Record) -> Result<What, String> {
    let mut json = serde_json::to_value(what).map_err(|error| error.to_string())?;
    for (field, value) in kept {
        json[field] = match (field.as_str(), value) {
            ("place", Value::String(name)) => {
                json!(record.places.iter().find(|place| place.name == *name).map(|place| &place.id))
            }
            _ => value.clone(),
        };
    }
    // the codes belong to the type and mode that the program had read
    if kept.contains_key("type") || kept.contains_key("mode") {
        json["cameo"] = Value::Null;
        json["goldstein"] = Value::Null;
    }
    let mut corrected: What = serde_json::from_value(json).map_err(|error| {
        let words = error.to_string();
        words.split(" at line ").next().unwrap_or_default().to_owned()
    })?;
    if let What::Event(event) = &mut corrected {
        let fits = |mode: &Mode| event.kind.modes().contains(mode);
        if kept.get("mode").is_some_and(|mode| !mode.is_null()) && !event.mode.as_ref().is_some_and(fits) {
            let modes: Vec<&str> = event.kind.modes().iter().map(|mode| mode.as_str()).collect();
            return Err(format!("{} has no such mode; it has {}", event.kind, modes.join(", ")));
        }
        event.mode = event.mode.filter(|mode| event.kind.modes().contains(mode));
    }
    Ok(corrected)
}

fn layer(what: &What) -> &'static str {
    match what {
        What::Statement(_) => "statement",
        What::Event(_) => "event",
        What::Position(_) => "position",
        What::Pledge(_) => "pledge",
    }
}

/// Where an entry stands.
fn near(what: &What) -> u32 {
    let span = match what {
        What::Statement(statement) => statement.content.first().or(statement.cue.as_ref()),
        What::Event(event) => Some(&event.trigger),
        What::Position(position) => position.evidence.first(),
        What::Pledge(pledge) => Some(&pledge.content),
    };
    span.map_or(0, |span| span.at[0])
}

fn one<'v>(field: &str, value: &'v Value) -> Result<&'v str, String> {
    value.as_str().map(str::trim).ok_or_else(|| format!("{field} is one word or name, in quotation marks"))
}

fn many(field: &str, value: &Value, between: char) -> Result<Vec<String>, String> {
    let all: Option<Vec<String>> = match value {
        Value::String(words) => Some(words.split(between).map(|word| word.trim().to_owned()).collect()),
        Value::Array(words) => words.iter().map(|word| word.as_str().map(str::to_owned)).collect(),
        _ => None,
    };
    all.ok_or_else(|| format!("{field} is a list of words or names"))
}

fn place(name: &str, record: &Record) -> Result<String, String> {
    let found = record.places.iter().find(|place| place.id == name || place.name.eq_ignore_ascii_case(name));
    found.map(|place| place.name.clone()).ok_or_else(|| {
        let names: Vec<&str> = record.places.iter().map(|place| place.name.as_str()).collect();
        format!(
            "the report has no place “{name}”; it has {}",
            if names.is_empty() { "none".into() } else { names.join(", ") }
        )
    })
}

/// A time in the shape of its field.
fn time(layer: &str, field: &str, value: &Value) -> Result<Value, String> {
    let value = value.get("value").unwrap_or(value);
    let words = one(field, value)?;
    let reference = ["PAST_REF", "PRESENT_REF", "FUTURE_REF"].contains(&words);
    let duration = words.starts_with('P') && words[1..].contains(|c: char| c.is_ascii_digit());
    if Days::of(words).is_none() && !reference && !duration {
        return Err(format!("{field} is a date such as 2026-02-03, 2026-02 or 2026-W06, not “{words}”"));
    }
    let precision = match words.len() {
        _ if reference => TimePrecision::Reference,
        _ if duration => TimePrecision::Duration,
        0..=4 => TimePrecision::Year,
        10 => TimePrecision::Day,
        11.. => {
            if words.contains("T") && words.len() > 13 {
                TimePrecision::Time
            } else {
                TimePrecision::PartOfDay
            }
        }
        _ if words.contains('W') => TimePrecision::Week,
        7 if words[5..].parse::<u8>().is_ok() => TimePrecision::Month,
        _ => TimePrecision::Period,
    };
    Ok(match layer {
        "event" => json!({"value": words, "precision": precision, "from": null}),
        "pledge" => json!({"value": words, "anchor": null}),
        _ => json!({"value": words, "basis": "text"}),
    })
}

/// Words of the report as a span: the place where they stand that is nearest to the entry.
fn span(value: &Value, record: &Record, near: u32) -> Result<Value, String> {
    let text = &record.document.text;
    if let Some(at) = value.get("at") {
        let at: [u32; 2] = serde_json::from_value(at.clone()).map_err(|_| "offsets are two numbers".to_owned())?;
        let words = CodePoints::new(text).slice(at[0], at[1]).filter(|words| !words.is_empty());
        let words = words.ok_or_else(|| format!("the report has nothing at {} to {}", at[0], at[1]))?;
        return Ok(json!(Span::new(at[0], at[1], words)));
    }
    let words =
        value.as_str().map(str::trim).filter(|words| !words.is_empty()).ok_or("words of the report are missing")?;
    let length = words.chars().count() as u32;
    let (mut point, mut byte, mut best) = (0_u32, 0, None::<u32>);
    for (at, _) in text.match_indices(words) {
        point += text[byte..at].chars().count() as u32;
        byte = at;
        if best.is_none_or(|found| point.abs_diff(near) < found.abs_diff(near)) {
            best = Some(point);
        }
    }
    let start = best.ok_or_else(|| format!("the report does not have the words “{words}”"))?;
    Ok(json!(Span::new(start, start + length, words)))
}
