//! Training records: reports that a person reviewed in, annotations as offsets out, one report a line.
//!
//! The shape is that of the lines in `training/annotations.jsonl`, without a word of the text unless it is asked for. Accepted and corrected
//! entries are in it, rejected ones are not, entries that nobody looked at are `optional`; `reviewed` has the sentences all of whose entries
//! were decided about, and only these teach what is *not* there. Positions and pledges are made by rules and teach nothing.
//!
//! **Invariant:** a report that nobody reviewed is not written.

use std::collections::BTreeMap;
use std::io::Write;

use rapporteur_record::{Actor, Record, Span};
use serde_json::{Map, Value, json};

use crate::decisions::{Decision, of_report};
use crate::entry::{Entry, What};
use crate::error::Error;
use crate::views::{Desk, Scope};

/// Writes the reviewed reports in scope.
pub fn training(desk: &Desk, scope: &Scope, with_text: bool, out: &mut dyn Write) -> Result<usize, Error> {
    let mut latest: BTreeMap<String, Decision> = BTreeMap::new();
    for (decision, key) in desk.ledger.judged()? {
        if let Some(key) = key.filter(|_| !decision.is_about_sharing()) {
            latest.insert(key, decision);
        }
    }
    let mut by_report: BTreeMap<(&str, &str), Vec<&String>> = BTreeMap::new();
    for key in latest.keys() {
        let report = of_report(key).and_then(|(report, _)| desk.reports.get(report));
        let fits = |name: &String, report: &crate::store::Report| crate::views::named(report.outlet(), name);
        let Some(report) = report.filter(|report| scope.source.as_ref().is_none_or(|name| fits(name, report))) else {
            continue;
        };
        by_report.entry((&report.known, &report.key)).or_default().push(key);
    }
    for (_, report) in by_report.into_keys() {
        let Some(record) = desk.ledger.record(report)? else { continue };
        let line = annotation(desk, report, &record, &latest, with_text)?;
        writeln!(out, "{line}")?;
    }
    Ok(0)
}

/// A report as an annotation.
fn annotation(
    desk: &Desk,
    report: &str,
    record: &Record,
    latest: &BTreeMap<String, Decision>,
    with_text: bool,
) -> Result<Value, Error> {
    let verb = |id: &str| latest.get(&format!("{report}:{id}")).map(|decision| decision.verb.as_str());
    let mut cast = Cast { desk, record, strangers: BTreeMap::new() };
    let (mut statements, mut events) = (Vec::new(), Vec::new());
    // sentence to whether all entries in it were decided about
    let mut seen: BTreeMap<[u32; 2], bool> = BTreeMap::new();
    let mut look = |start: u32, id: &str| {
        if let Some(sentence) = record.sentences.iter().find(|s| s.at[0] <= start && start < s.at[1]) {
            let all = seen.entry(sentence.at).or_insert(true);
            *all &= verb(id).is_some();
        }
    };
    for statement in &record.statements {
        look(statement.content.first().or(statement.cue.as_ref()).map_or(0, |span| span.at[0]), &statement.id);
        if verb(&statement.id) == Some("reject") {
            continue;
        }
        let entry = corrected(desk, report, &statement.id, verb(&statement.id))?;
        let own = entry.as_ref().and_then(Entry::statement);
        let said = own.unwrap_or(statement);
        let speaker = match own {
            Some(own) => own.speaker.as_ref().map(|key| cast.id(key)),
            None => statement.speaker.clone(),
        };
        let addressee: Vec<String> = match own {
            Some(own) => own.addressee.iter().map(|key| cast.id(key)).collect(),
            None => statement.addressee.clone(),
        };
        let at = statement.speaker_at.as_ref().filter(|_| speaker == statement.speaker).map(|span| span.at);
        let at = at.or_else(|| speaker.as_ref().and_then(|id| cast.mention(id, said.content.first())));
        let within = statement.within.as_ref().filter(|id| verb(id) != Some("reject"));
        statements.push(json!({
            "id": statement.id,
            "speaker": speaker.map(|id| json!({"id": id, "at": at})),
            "cue": said.cue.as_ref().map(|span| span.at),
            "content": said.content.iter().map(|span| span.at).collect::<Vec<_>>(),
            "manner": said.manner,
            "act": said.act,
            "addressee": addressee,
            "within": within,
            "optional": verb(&statement.id).is_none(),
        }));
    }
    for event in &record.events {
        look(event.trigger.at[0], &event.id);
        if verb(&event.id) == Some("reject") {
            continue;
        }
        let entry = corrected(desk, report, &event.id, verb(&event.id))?;
        let own = entry.as_ref().and_then(Entry::event);
        let told = own.unwrap_or(event);
        let mut side = |keys: &[String]| -> Vec<Value> {
            let ids = keys.iter().map(|key| if own.is_some() { cast.id(key) } else { key.clone() });
            let ids: Vec<String> = ids.collect();
            ids.iter().map(|id| json!({"id": id, "at": cast.mention(id, Some(&told.evidence))})).collect()
        };
        let (actors, recipients) = (side(&told.actors), side(&told.recipients));
        let asserted_by = event.asserted_by.as_ref().filter(|id| verb(id) != Some("reject"));
        let near = |at: &[u32; 2]| at[0].abs_diff(told.trigger.at[0]);
        let place = told.place.as_ref().and_then(|id| record.place(id));
        let place = place.and_then(|place| place.mentions.iter().map(|span| span.at).min_by_key(near));
        let from = told.time.as_ref().and_then(|time| time.from.as_ref());
        let time = from.and_then(|id| record.times.iter().find(|time| time.id == *id)).map(|time| time.at);
        events.push(json!({
            "id": event.id,
            "trigger": told.trigger.at,
            "type": told.kind,
            "mode": told.mode,
            "status": told.status,
            "actors": actors,
            "recipients": recipients,
            "asserted_by": asserted_by,
            "place": place,
            "time": time,
            "also": told.also.iter().map(|span| span.at).collect::<Vec<_>>(),
            "optional": verb(&event.id).is_none(),
        }));
    }
    let reviewed: Vec<[u32; 2]> = seen.iter().filter(|(_, all)| **all).map(|(at, _)| *at).collect();
    let actor = |actor: &Actor| {
        let mentions: Vec<[u32; 2]> = actor.mentions.iter().map(|mention| mention.at).collect();
        json!({"id": actor.id, "kind": actor.kind, "mentions": mentions})
    };
    let strangers = cast.strangers.iter().map(|(key, id)| {
        let kind = desk.actors.get(key).map_or("unnamed", |actor| &actor.kind);
        json!({"id": id, "kind": kind, "mentions": []})
    });
    let actors: Vec<Value> = record.actors.iter().map(actor).chain(strangers).collect();
    let mut line = Map::new();
    let document = &record.document;
    for (field, value) in [
        ("format", json!("annotation/1")),
        ("id", json!(report)),
        ("origin", json!("ledger")),
        ("origin_id", json!(document.source)),
        ("published", json!(document.published.as_deref().and_then(crate::days::day))),
        ("text_sha256", json!(document.id)),
        ("scope", Value::Null),
        ("reviewed", json!(reviewed)),
        ("actors", json!(actors)),
        ("statements", json!(statements)),
        ("events", json!(events)),
    ] {
        line.insert(field.into(), value);
    }
    if with_text {
        line.insert("text".into(), json!(document.text));
    }
    Ok(Value::Object(line))
}

/// The entry of the ledger, where it was corrected.
fn corrected(desk: &Desk, report: &str, id: &str, verb: Option<&str>) -> Result<Option<Entry>, Error> {
    if verb != Some("correct") {
        return Ok(None);
    }
    let entry = desk.ledger.entry(&format!("{report}:{id}"))?;
    Ok(entry.filter(|entry| matches!(entry.what, What::Statement(_) | What::Event(_))))
}

/// Who is in a report, by the keys of the ledger.
struct Cast<'d> {
    desk: &'d Desk<'d>,
    record: &'d Record,
    /// Actors of the ledger that the record has not, and the ids they are given.
    strangers: BTreeMap<String, String>,
}

impl Cast<'_> {
    /// The id in the record of an actor of the ledger.
    fn id(&mut self, key: &str) -> String {
        let known = self.desk.actors.get(key);
        let own = |actor: &&Actor| {
            of_report(key).is_some_and(|(_, id)| id == actor.id)
                || known.is_some_and(|known| known.names.contains(&actor.name) && kin(&known.kind, actor.kind.as_str()))
        };
        if let Some(actor) = self.record.actors.iter().find(own) {
            return actor.id.clone();
        }
        let next = format!("x{}", self.strangers.len() + 1);
        self.strangers.entry(key.to_owned()).or_insert(next).clone()
    }

    /// Where an actor is mentioned in or nearest before these words.
    fn mention(&self, id: &str, words: Option<&Span>) -> Option<[u32; 2]> {
        let words = words?;
        let mentions = &self.record.actor(id)?.mentions;
        let inside = |at: &[u32; 2]| words.at[0] <= at[0] && at[1] <= words.at[1];
        let found = mentions.iter().map(|mention| mention.at).find(inside);
        found.or_else(|| {
            let sentence = self.record.sentences.iter().find(|s| s.at[0] <= words.at[0] && words.at[0] < s.at[1])?;
            let inside = |at: &[u32; 2]| sentence.at[0] <= at[0] && at[1] <= sentence.at[1];
            mentions.iter().map(|mention| mention.at).find(inside)
        })
    }
}

/// Whether two kinds can be of one actor: a state acts by its government.
fn kin(a: &str, b: &str) -> bool {
    a == b || [a, b].iter().all(|kind| ["state", "government"].contains(kind))
}
