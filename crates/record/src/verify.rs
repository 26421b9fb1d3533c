//! Verification: a record in, what is wrong with it out.
//!
//! Spans are looked for everywhere in the JSON, also in fields that this edition does not know, and their words compared
//! with the text. Then the shape is read into the types, and ids, references and vocabularies that depend on each other
//! are checked.
//!
//! **Invariant:** a record without failures has no entry whose words are not at its offsets.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::code_points::CodePoints;
use crate::entries::{Id, Record, Span};
use crate::vocabulary::{Manner, Status};
use crate::wire::FORMAT;

/// One thing that is wrong with a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Where in the record, as a path: `events[3].trigger`.
    pub place: String,
    /// What is wrong, in a few words and the offending value.
    pub message: String,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.message)
    }
}

/// The id of a document: the SHA-256 of its text, in hexadecimal.
pub fn document_id(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Verifies a record given as JSON; a text that is no record has one failure that says so.
pub fn verify_json(json: &str) -> Vec<Failure> {
    let value: Value = match serde_json::from_str(json) {
        Ok(value) => value,
        Err(error) => return [failure("record", format!("not JSON: {error}"))].into(),
    };
    let mut failures = Vec::new();
    let text = value.pointer("/document/text").and_then(Value::as_str).unwrap_or_default();
    spans(&value, &CodePoints::new(text), &mut String::new(), &mut failures);
    match Record::deserialize_value(value) {
        Ok(record) => relations(&record, &mut failures),
        Err(error) => failures.push(failure("record", error)),
    }
    failures
}

impl Record {
    /// Everything that is wrong with this record; empty when it may be written.
    pub fn verify(&self) -> Vec<Failure> {
        let mut failures = Vec::new();
        match serde_json::to_value(self) {
            Ok(value) => spans(&value, &CodePoints::new(&self.document.text), &mut String::new(), &mut failures),
            Err(error) => failures.push(failure("record", error.to_string())),
        }
        relations(self, &mut failures);
        failures
    }

    fn deserialize_value(value: Value) -> Result<Self, String> {
        serde_json::from_value(value).map_err(|error| error.to_string())
    }
}

fn failure(place: impl Into<String>, message: impl Into<String>) -> Failure {
    Failure { place: place.into(), message: message.into() }
}

/// Walks any JSON and compares every `{at, words}` with the text.
fn spans(value: &Value, text: &CodePoints, path: &mut String, failures: &mut Vec<Failure>) {
    let length = path.len();
    match value {
        Value::Object(fields) => {
            match (fields.get("at"), fields.get("words")) {
                (None | Some(Value::Null), None | Some(Value::Null)) => {}
                (Some(at), words) => span(at, words, text, path, failures),
                (None, Some(_)) => failures.push(failure(path.as_str(), "words without offsets")),
            }
            for (name, field) in fields {
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(name);
                spans(field, text, path, failures);
                path.truncate(length);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                path.push_str(&format!("[{index}]"));
                spans(item, text, path, failures);
                path.truncate(length);
            }
        }
        _ => {}
    }
}

fn span(at: &Value, words: Option<&Value>, text: &CodePoints, path: &str, failures: &mut Vec<Failure>) {
    let offsets = at.as_array().and_then(|at| match at.as_slice() {
        [start, end] => Some((u32::try_from(start.as_u64()?).ok()?, u32::try_from(end.as_u64()?).ok()?)),
        _ => None,
    });
    let slice = offsets.filter(|(start, end)| start < end).and_then(|(start, end)| text.slice(start, end));
    match (slice, words) {
        (None, _) => failures.push(failure(path, format!("{at} is no span of the text"))),
        (Some(slice), Some(Value::String(words))) if slice == words => {}
        (Some(slice), Some(words)) if !words.is_null() => {
            failures.push(failure(path, format!("the text has {slice:?} at {at}, not {words}")));
        }
        (Some(_), _) if path.starts_with("sentences[") => {}
        (Some(_), _) => failures.push(failure(path, "offsets without words")),
    }
}

/// The layers that other entries refer to.
#[derive(Clone, Copy, PartialEq)]
enum Layer {
    Actor,
    Place,
    Time,
    Statement,
    Event,
    Proposal,
    Position,
    Pledge,
}

use Layer::*;

/// The ids of a record, and what was found wrong with references to them.
struct Relations<'r, 'f> {
    layers: BTreeMap<&'r str, Layer>,
    failures: &'f mut Vec<Failure>,
}

impl<'r> Relations<'r, '_> {
    fn names(&mut self, layer: Layer, place: &str, ids: impl Iterator<Item = &'r Id>) {
        for (index, id) in ids.enumerate() {
            if id.is_empty() || self.layers.insert(id, layer).is_some() {
                self.failures.push(failure(format!("{place}[{index}].id"), format!("{id:?} is empty or used twice")));
            }
        }
    }

    fn refers<'i>(&mut self, place: &str, ids: impl IntoIterator<Item = &'i Id>, layers: &[Layer]) {
        for id in ids {
            match self.layers.get(id.as_str()) {
                None => self.failures.push(failure(place, format!("{id:?} is no entry of the record"))),
                Some(layer) if !layers.contains(layer) && !layers.is_empty() => {
                    self.failures.push(failure(place, format!("{id:?} is an entry of another kind")));
                }
                Some(_) => {}
            }
        }
    }

    fn rests(&mut self, place: &str, has_words: bool) {
        self.must(has_words, place, "rests on no words of the document");
    }

    fn must(&mut self, holds: bool, place: &str, message: &str) {
        if !holds {
            self.failures.push(failure(place, message));
        }
    }
}

fn relations(record: &Record, failures: &mut Vec<Failure>) {
    let mut relations = Relations { layers: BTreeMap::new(), failures };
    relations.must(record.format == FORMAT, "format", "is not rapporteur.record/1");
    relations.must(
        record.document.id == document_id(&record.document.text),
        "document.id",
        "is not the SHA-256 of document.text",
    );
    relations.must(
        record.sentences.windows(2).all(|pair| pair[0].at[1] <= pair[1].at[0]),
        "sentences",
        "overlap or are out of order",
    );

    relations.names(Actor, "actors", record.actors.iter().map(|entry| &entry.id));
    relations.names(Place, "places", record.places.iter().map(|entry| &entry.id));
    relations.names(Time, "times", record.times.iter().map(|entry| &entry.id));
    relations.names(Statement, "statements", record.statements.iter().map(|entry| &entry.id));
    relations.names(Event, "events", record.events.iter().map(|entry| &entry.id));
    relations.names(Proposal, "proposals", record.proposals.iter().map(|entry| &entry.id));
    relations.names(Position, "positions", record.positions.iter().map(|entry| &entry.id));
    relations.names(Pledge, "pledges", record.pledges.iter().map(|entry| &entry.id));

    for (index, actor) in record.actors.iter().enumerate() {
        let place = format!("actors[{index}]");
        relations.rests(&place, !actor.mentions.is_empty());
        relations.refers(&format!("{place}.member_of"), &actor.member_of, &[Actor]);
        let country = actor.country.as_deref().is_none_or(is_country);
        relations.must(country, &format!("{place}.country"), "is no ISO 3166-1 alpha-3 code");
    }
    for (index, entry) in record.places.iter().enumerate() {
        let place = format!("places[{index}]");
        relations.rests(&place, !entry.mentions.is_empty());
        let country = entry.country.as_deref().is_none_or(is_country);
        relations.must(country, &format!("{place}.country"), "is no ISO 3166-1 alpha-3 code");
        let coordinates = match (entry.lat, entry.lon) {
            (None, None) => true,
            (Some(lat), Some(lon)) => (-90.0..=90.0).contains(&lat) && (-180.0..=180.0).contains(&lon),
            _ => false,
        };
        relations.must(coordinates, &place, "has half a coordinate or one outside the globe");
    }
    for (index, statement) in record.statements.iter().enumerate() {
        let place = format!("statements[{index}]");
        relations.rests(&place, !statement.content.is_empty() || statement.cue.is_some());
        relations.must(
            !statement.content.is_empty() || statement.manner == Manner::ReportedAct,
            &place,
            "has no content and is no reported act",
        );
        relations.must(in_order(&statement.content), &place, "has content pieces that overlap or are out of order");
        relations.must(
            statement.quoted.iter().all(|quoted| statement.content.iter().any(|content| overlap(quoted, content))),
            &place,
            "has a quoted part outside its content",
        );
        relations.must(!circles(record, &statement.id), &format!("{place}.within"), "goes round in a circle");
        relations.refers(&format!("{place}.speaker"), &statement.speaker, &[Actor]);
        relations.refers(&format!("{place}.addressee"), &statement.addressee, &[Actor]);
        relations.refers(&format!("{place}.via"), &statement.via, &[Actor]);
        relations.refers(&format!("{place}.within"), &statement.within, &[Statement]);
    }
    for (index, event) in record.events.iter().enumerate() {
        let place = format!("events[{index}]");
        relations.must(
            event.mode.is_none_or(|mode| event.kind.modes().contains(&mode)),
            &format!("{place}.mode"),
            "does not belong to the type",
        );
        relations.must(
            event.status != Status::Conditional || event.condition.is_some(),
            &place,
            "is conditional without its condition",
        );
        relations.must(
            event.counts.iter().all(|count| !(count.none_reported == Some(true) && count.value == Some(0))),
            &format!("{place}.counts"),
            "gives none reported as zero",
        );
        relations.refers(&format!("{place}.actors"), &event.actors, &[Actor]);
        relations.refers(&format!("{place}.recipients"), &event.recipients, &[Actor]);
        relations.refers(&format!("{place}.asserted_by"), &event.asserted_by, &[Statement]);
        relations.refers(&format!("{place}.place"), &event.place, &[Place]);
        let from = event.time.as_ref().and_then(|time| time.from.as_ref());
        relations.refers(&format!("{place}.time.from"), from, &[Time]);
    }
    for (index, proposal) in record.proposals.iter().enumerate() {
        let place = format!("proposals[{index}]");
        relations.rests(&place, !proposal.mentions.is_empty());
        relations.refers(&format!("{place}.proposer"), &proposal.proposer, &[Actor]);
    }
    for (index, position) in record.positions.iter().enumerate() {
        let place = format!("positions[{index}]");
        relations.rests(&place, !position.evidence.is_empty());
        relations.refers(&format!("{place}.party"), [&position.party], &[Actor]);
        relations.refers(&format!("{place}.on_behalf_of"), &position.on_behalf_of, &[Actor]);
        relations.refers(&format!("{place}.proposal"), [&position.proposal], &[Proposal]);
        relations.refers(&format!("{place}.rests_on"), &position.rests_on, &[Statement, Event]);
    }
    for (index, pledge) in record.pledges.iter().enumerate() {
        let place = format!("pledges[{index}]");
        relations.refers(&format!("{place}.by"), [&pledge.by], &[Actor]);
        relations.refers(&format!("{place}.revises"), &pledge.revises, &[Pledge]);
        relations.refers(&format!("{place}.rests_on"), &pledge.rests_on, &[Statement, Event]);
    }
    for (index, doubt) in record.doubts.iter().enumerate() {
        relations.refers(&format!("doubts[{index}].about"), &doubt.about, &[]);
    }
}

fn is_country(code: &str) -> bool {
    code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase())
}

fn in_order(spans: &[Span]) -> bool {
    spans.windows(2).all(|pair| pair[0].at[1] <= pair[1].at[0])
}

fn overlap(one: &Span, other: &Span) -> bool {
    one.at[0] < other.at[1] && other.at[0] < one.at[1]
}

/// Whether the statements that this one is told in lead back to it.
fn circles(record: &Record, id: &str) -> bool {
    let mut outer = record.statement(id).and_then(|statement| statement.within.as_deref());
    for _ in 0..record.statements.len() {
        match outer {
            None => return false,
            Some(outer) if outer == id => return true,
            Some(next) => outer = record.statement(next).and_then(|statement| statement.within.as_deref()),
        }
    }
    // A circle further out is reported at the statements on it.
    false
}
