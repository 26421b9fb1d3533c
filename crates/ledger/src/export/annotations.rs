//! W3C Web Annotations: entries in, one JSON-LD document out, a collection with one page of annotations.
//!
//! The target is the report, by its address or by a name made from its key, with the exact words twice: by position (code points of the
//! text that Rapporteur read, whose checksum stands beside it) and by quotation with what stands before and after. The body is the entry with the
//! type of its layer, and the names of the ledger for its fields.
//!
//! **Invariant:** every annotation has words; the document needs no context but that of the standard and the one it brings.

use std::io::Write;

use rapporteur_record::CodePoints;
use serde_json::{Value, json};

use super::{Records, entries, iri};
use crate::entry::{Entry, What};
use crate::error::Error;
use crate::views::{Desk, Scope};

/// How many code points before and after the words are quoted.
const AROUND: u32 = 32;

/// Writes every entry in scope as an annotation.
pub fn annotations(desk: &Desk, scope: &Scope, out: &mut dyn Write) -> Result<usize, Error> {
    let entries = entries(desk, scope)?;
    let mut records = Records::new(desk);
    let context = json!([
        "http://www.w3.org/ns/anno.jsonld",
        {
            "rapporteur": "urn:rapporteur:record:",
            "Statement": "rapporteur:Statement",
            "Event": "rapporteur:Event",
            "Position": "rapporteur:Position",
            "Pledge": "rapporteur:Pledge",
        }
    ]);
    let head = format!(
        "{{\"@context\":{context},\"id\":\"urn:rapporteur:annotations\",\"type\":\"AnnotationCollection\",\"label\":\"Entries of a \
         ledger\",\"total\":{},\"first\":{{\"id\":\"urn:rapporteur:annotations:1\",\"type\":\"AnnotationPage\",\"startIndex\":0,\
         \"items\":[",
        entries.len()
    );
    writeln!(out, "{head}")?;
    for (at, entry) in entries.iter().enumerate() {
        let record = records.of(&entry.report)?;
        let text = record.map_or("", |record| record.document.text.as_str());
        let sum = record.map_or("", |record| record.document.id.as_str());
        let end = if at + 1 < entries.len() { "," } else { "" };
        writeln!(out, "{}{end}", annotation(desk, entry, text, sum))?;
    }
    writeln!(out, "]}}}}")?;
    Ok(0)
}

fn annotation(desk: &Desk, entry: &Entry, text: &str, sum: &str) -> Value {
    let points = CodePoints::new(text);
    let report = desk.reports.get(&entry.report);
    let source = iri(report.and_then(|report| report.source.as_deref()), &entry.report);
    let mut targets: Vec<Value> = entry
        .cites()
        .iter()
        .map(|cite| {
            let [start, end] = cite.at;
            let length = text.chars().count() as u32;
            let before = points.slice(start.saturating_sub(AROUND), start).unwrap_or_default();
            let after = points.slice(end, (end + AROUND).min(length)).unwrap_or_default();
            json!({
                "type": "SpecificResource",
                "source": source,
                "rapporteur:text": format!("sha256:{sum}"),
                "selector": [
                    {"type": "TextPositionSelector", "start": start, "end": end},
                    {"type": "TextQuoteSelector", "exact": cite.words, "prefix": before, "suffix": after},
                ],
            })
        })
        .collect();
    let target = if targets.len() == 1 { targets.remove(0) } else { Value::Array(targets) };
    let mut annotation = json!({
        "id": format!("urn:rapporteur:entry:{}", entry.key),
        "type": "Annotation",
        "motivation": "classifying",
        "body": [body(desk, entry), {"type": "TextualBody", "purpose": "describing", "format": "text/plain", "value": label(entry)}],
        "target": target,
    });
    if let Some(published) = report.and_then(|report| report.published.as_deref()) {
        annotation["rapporteur:published"] = json!(published);
    }
    if let Some(decided) = &entry.decided {
        annotation["rapporteur:decided"] = json!(decided.verb);
        annotation["rapporteur:reviewer"] = json!(decided.reviewer);
    }
    annotation
}

/// The entry in a word or two.
fn label(entry: &Entry) -> String {
    match &entry.what {
        What::Event(event) => {
            let mode = event.mode.map_or_else(String::new, |mode| format!(" ({mode})"));
            format!("event: {}{mode}, {}", event.kind, event.status)
        }
        _ => format!("{}: {}", entry.layer(), entry.kind()),
    }
}

/// The entry as a typed body: its fields by the names of the record, its actors by their keys and names.
fn body(desk: &Desk, entry: &Entry) -> Value {
    let party = |key: &String| json!({"id": format!("urn:rapporteur:actor:{}", escaped(key)), "rapporteur:name": desk.name(key)});
    let all = |keys: &[String]| -> Value { keys.iter().map(party).collect() };
    let mut body =
        json!({"id": format!("urn:rapporteur:body:{}", entry.key), "rapporteur:outlet": desk.outlet(&entry.report)});
    let mut set = |field: &str, value: Value| {
        if !(value.is_null() || value.as_array().is_some_and(Vec::is_empty)) {
            body[format!("rapporteur:{field}")] = value;
        }
    };
    set("teller", entry.teller.as_ref().map(party).into());
    set("from", entry.days.as_ref().map(|days| days.from.clone()).into());
    set("to", entry.days.as_ref().map(|days| days.to.clone()).into());
    let class = match &entry.what {
        What::Statement(statement) => {
            set("speaker", statement.speaker.as_ref().map(party).into());
            set("addressee", all(&statement.addressee));
            set("act", json!(statement.act));
            set("manner", json!(statement.manner));
            "Statement"
        }
        What::Event(event) => {
            set("plover", json!(event.kind));
            set("mode", json!(event.mode));
            set("status", json!(event.status));
            set("cameo", json!(event.cameo));
            set("actor", all(&event.actors));
            set("recipient", all(&event.recipients));
            set("place", entry.spot.as_ref().map(|spot| spot.name.clone()).into());
            "Event"
        }
        What::Position(position) => {
            set("party", party(&position.party));
            set("proposal", desk.proposals.get(&position.proposal).map(|proposal| proposal.name.clone()).into());
            set("stance", json!(position.stance));
            "Position"
        }
        What::Pledge(pledge) => {
            set("by", party(&pledge.by));
            set("kind", json!(pledge.kind));
            set("deadline", pledge.deadline.as_ref().map(|deadline| deadline.value.clone()).into());
            "Pledge"
        }
    };
    body["type"] = json!(class);
    body
}

/// A key as the end of an address: letters, digits and a few marks as they are, all else in percent.
fn escaped(key: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.:~".contains(&byte);
    key.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}
