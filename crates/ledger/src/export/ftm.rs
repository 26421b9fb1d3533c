//! FollowTheMoney entities: reports, actors, happenings and entries in, one entity a line out.
//!
//! A report is an Article, an actor a Person, Organization, PublicBody, Company or LegalEntity, a happening an Event; statements, positions
//! and pledges are Notes on those whose they are, with the report as proof. An event that is not told as done says so in its name. Ids
//! are hashes of the keys of the ledger, so that two exports agree.
//!
//! **Invariant:** an entity that is named by another one is written too, and before it.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use serde_json::{Value, json};

use super::{alpha2, entries, hash, is_address, is_told_as_done};
use crate::entry::{Entry, What};
use crate::error::Error;
use crate::store::{Person, Report};
use crate::table::plain;
use crate::views::{Desk, Scope};

/// Writes everything in scope as entities.
pub fn ftm(desk: &Desk, scope: &Scope, out: &mut dyn Write) -> Result<usize, Error> {
    let entries = entries(desk, scope)?;
    let happenings = desk.happenings(&[], scope)?;
    let all = || entries.iter().chain(happenings.iter().flatten());
    let reports: BTreeSet<&str> = all().map(|entry| entry.report.as_str()).collect();
    let parties: BTreeSet<&str> = all().flat_map(Entry::parties).collect();
    for report in reports.iter().filter_map(|key| desk.reports.get(*key)) {
        writeln!(out, "{}", article(report))?;
    }
    for actor in parties.iter().filter_map(|key| desk.actors.get(*key)) {
        writeln!(out, "{}", party(actor))?;
    }
    for accounts in &happenings {
        if let Some(event) = happening(desk, accounts) {
            writeln!(out, "{event}")?;
        }
    }
    for entry in entries.iter().filter(|entry| entry.event().is_none()) {
        if let Some(note) = note(desk, entry) {
            writeln!(out, "{note}")?;
        }
    }
    Ok(0)
}

/// The id of an entity: no two sorts share one.
fn id(sort: &str, key: &str) -> String {
    format!("rapporteur-{}", hash(&format!("{sort}\u{0}{key}")))
}

/// An entity; properties are lists of strings, and what is empty is not there.
fn entity(id: &str, schema: &str, properties: Vec<(&str, Vec<String>)>) -> Value {
    let mut kept: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (name, values) in properties {
        for value in values.iter().map(|value| plain(value)).filter(|value| !value.is_empty()) {
            let own = kept.entry(name).or_default();
            if !own.contains(&value) {
                own.push(value);
            }
        }
    }
    json!({"id": id, "schema": schema, "properties": kept})
}

fn listed(value: Option<&str>) -> Vec<String> {
    value.map(str::to_owned).into_iter().collect()
}

fn article(report: &Report) -> Value {
    let title = report.title.as_deref().or(report.source.as_deref()).unwrap_or(&report.key);
    let address = report.source.as_deref().filter(|source| is_address(source));
    let file = report.source.as_deref().filter(|source| !is_address(source));
    let published = report.published.as_deref().and_then(crate::days::day);
    entity(
        &id("report", &report.key),
        "Article",
        vec![
            ("title", listed(Some(title))),
            ("fileName", listed(file)),
            ("sourceUrl", listed(address)),
            ("publisher", listed(Some(report.outlet()))),
            ("publishedAt", listed(published.as_deref())),
            ("language", listed(Some("eng"))),
        ],
    )
}

fn party(actor: &Person) -> Value {
    let schema = match actor.kind.as_str() {
        "person" => "Person",
        "government" | "state" | "military" => "PublicBody",
        "organisation" | "armed_group" | "media" => "Organization",
        "company" => "Company",
        _ => "LegalEntity",
    };
    let others: Vec<String> = actor.names.iter().filter(|name| **name != actor.name).cloned().collect();
    entity(
        &id("actor", &actor.key),
        schema,
        vec![
            ("name", listed(Some(&actor.name))),
            ("alias", others),
            ("country", actor.country.as_deref().and_then(alpha2).into_iter().collect()),
            ("keywords", listed(Some(&actor.kind))),
        ],
    )
}

fn happening(desk: &Desk, accounts: &[Entry]) -> Option<Value> {
    let first = accounts.first()?;
    let event = first.event()?;
    let fullest = accounts.iter().max_by_key(|entry| entry.parties().len() * 2 + usize::from(entry.spot.is_some()))?;
    let done = accounts.iter().filter_map(Entry::event).any(|event| is_told_as_done(event.status));
    let latest = accounts.last()?.event()?.status;
    let mut name = crate::views::label(desk, fullest);
    if !done {
        name = format!("{name} ({})", latest.as_str());
    }
    let days = accounts.iter().filter_map(|entry| entry.days.as_ref());
    let days = days.min_by_key(|days| crate::days::apart(&days.from, &days.to).unwrap_or(u32::MAX));
    let day = days.filter(|days| days.is_one());
    let stretch = days.filter(|days| !days.is_one());
    let events = || accounts.iter().filter_map(Entry::event);
    let involved = events().flat_map(|event| event.actors.iter().chain(&event.recipients));
    let involved = involved.filter(|key| desk.actors.contains_key(*key)).map(|key| id("actor", key)).collect();
    let spots = || accounts.iter().filter_map(|entry| entry.spot.as_ref());
    let told = accounts.iter().map(|entry| {
        let account = desk.account(entry);
        let status = account.status.unwrap_or_default();
        format!("{} ({}, {status}): {}", account.by, account.outlet, account.words)
    });
    let key = first.shared.as_deref().unwrap_or(&first.key);
    Some(entity(
        &id("event", key),
        "Event",
        vec![
            ("name", vec![name]),
            ("date", listed(day.map(|days| days.from.as_str()))),
            ("startDate", listed(stretch.map(|days| days.from.as_str()))),
            ("endDate", listed(stretch.map(|days| days.to.as_str()))),
            ("location", spots().map(|spot| spot.name.clone()).collect()),
            ("country", spots().filter_map(|spot| alpha2(spot.country.as_deref()?)).collect()),
            ("involved", involved),
            ("keywords", vec![event.kind.as_str().into(), latest.as_str().into()]),
            ("description", told.collect()),
            ("recordId", listed(Some(key))),
            ("proof", accounts.iter().map(|entry| id("report", &entry.report)).collect()),
        ],
    ))
}

/// A statement, position or pledge; none where nobody is named whose it is.
fn note(desk: &Desk, entry: &Entry) -> Option<Value> {
    let (whose, about) = match &entry.what {
        What::Statement(statement) => (statement.speaker.as_ref()?, String::new()),
        What::Position(position) => {
            let proposal = desk.proposals.get(&position.proposal).map_or("", |proposal| &proposal.name);
            (&position.party, format!(" on {proposal}"))
        }
        What::Pledge(pledge) => (&pledge.by, String::new()),
        What::Event(_) => return None,
    };
    let actor = desk.actors.get(whose)?;
    let kind = entry.kind().replace('_', " ");
    Some(entity(
        &id("entry", &entry.key),
        "Note",
        vec![
            ("name", vec![format!("{}{about}: {kind}", actor.name)]),
            ("entity", vec![id("actor", whose)]),
            ("description", vec![entry.words()]),
            ("keywords", vec![entry.layer().into(), entry.kind().into()]),
            ("proof", vec![id("report", &entry.report)]),
        ],
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entity_has_lists_of_words_and_nothing_empty() {
        let made = entity("x", "Event", vec![("name", vec!["a\tb".into(), "a b".into()]), ("date", Vec::new())]);
        assert_eq!(made, json!({"id": "x", "schema": "Event", "properties": {"name": ["a b"]}}));
        assert_ne!(id("actor", "a"), id("event", "a"));
    }
}
