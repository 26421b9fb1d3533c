//! Everything that happened, by day: happenings in, one row each out, with what the accounts differ in.

use std::collections::{BTreeMap, BTreeSet};

use rapporteur_record::Status;
use serde::{Deserialize, Serialize};

use super::incidents::tolls;
use super::{Desk, Scope, cell, listed};
use crate::entry::{Cite, Entry};
use crate::error::Error;
use crate::table::Table;

/// One happening.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Happening {
    /// Its key: that of its first account.
    pub key: String,
    /// The first day; none where no account dates it.
    pub from: Option<String>,
    /// The last day.
    pub to: Option<String>,
    /// Since when it is known.
    pub known: String,
    /// PLOVER type.
    #[serde(rename = "type")]
    pub kind: String,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// The latest status told.
    pub status: String,
    /// It, in a few words of the ledger.
    pub label: String,
    /// Who did it.
    pub actors: Vec<String>,
    /// To whom.
    pub recipients: Vec<String>,
    /// Where.
    pub place: Option<String>,
    /// How many accounts there are.
    pub accounts: usize,
    /// How many independent origins they have.
    pub origins: usize,
    /// Whether one account says that it is not so.
    pub disputed: bool,
    /// What the accounts differ in.
    pub differences: Vec<Difference>,
    /// Where the words stand, the first account first.
    pub cites: Vec<Cite>,
}

/// Something that accounts of one happening tell differently.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Difference {
    /// `toll`, `place`, `time`, `status` or `parties`.
    pub what: String,
    /// What each side says.
    pub sides: Vec<Side>,
}

/// One side of a difference.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Side {
    /// What is said.
    pub value: String,
    /// Who says it.
    pub by: String,
    /// Where the words stand.
    pub cites: Vec<Cite>,
}

/// The happenings in scope, by day.
pub fn timeline(desk: &Desk, scope: &Scope) -> Result<(Vec<Happening>, Table), Error> {
    let mut rows: Vec<Happening> =
        desk.happenings(&[], scope)?.iter().filter_map(|accounts| happening(desk, accounts)).collect();
    rows.sort_by(|a, b| {
        let [a, b] = [a, b].map(|row| (row.from.as_ref().unwrap_or(&row.known), &row.known, &row.key));
        a.cmp(&b)
    });
    let mut table = Table::new(&["day", "known", "what", "status", "accounts", "differs in", "words"]);
    for row in &rows {
        let differs: Vec<String> = row.differences.iter().map(|difference| difference.what.clone()).collect();
        let accounts = if row.origins == row.accounts {
            row.accounts.to_string()
        } else {
            format!("{} of {} origins", row.accounts, row.origins)
        };
        let words = row.cites.first().map_or_else(String::new, |cite| cite.words.clone());
        let status = format!("{}{}", row.status.replace('_', " "), if row.disputed { ", disputed" } else { "" });
        let cells = vec![
            cell(row.from.as_ref()),
            row.known.clone(),
            row.label.clone(),
            status,
            accounts,
            listed(&differs),
            words,
        ];
        table.push(cells, row.cites.clone(), row);
    }
    Ok((rows, table))
}

/// A happening from its accounts.
pub(super) fn happening(desk: &Desk, accounts: &[Entry]) -> Option<Happening> {
    let first = accounts.first()?;
    let last = accounts.last()?;
    // what some deny is still told by others
    let stands = |entry: &&Entry| entry.event().is_some_and(|event| event.status != Status::Denied);
    let last = accounts.iter().rev().find(stands).unwrap_or(last);
    let (told, latest) = (first.event()?, last.event()?);
    let days = accounts.iter().filter_map(|entry| entry.days.as_ref()).min_by_key(|days| {
        // the finest date told
        crate::days::apart(&days.from, &days.to).unwrap_or(u32::MAX)
    });
    let mut actors: Vec<String> = Vec::new();
    let mut recipients: Vec<String> = Vec::new();
    for event in accounts.iter().filter_map(Entry::event) {
        for (from, into) in [(&event.actors, &mut actors), (&event.recipients, &mut recipients)] {
            for name in desk.names(from) {
                if !into.contains(&name) {
                    into.push(name);
                }
            }
        }
    }
    let fullest = accounts.iter().max_by_key(|entry| entry.parties().len() * 2 + usize::from(entry.spot.is_some()))?;
    let denied = accounts.iter().any(|entry| entry.event().is_some_and(|event| event.status == Status::Denied));
    Some(Happening {
        key: first.shared.clone().unwrap_or_else(|| first.key.clone()),
        from: days.map(|days| days.from.clone()),
        to: days.map(|days| days.to.clone()),
        known: first.known.clone(),
        kind: told.kind.as_str().into(),
        mode: accounts.iter().find_map(|entry| entry.event()?.mode).map(|mode| mode.as_str().to_owned()),
        status: latest.status.as_str().into(),
        label: label(desk, fullest),
        actors,
        recipients,
        place: accounts.iter().find_map(|entry| entry.spot.as_ref()).map(|spot| spot.name.clone()),
        accounts: accounts.len(),
        origins: desk.origins(accounts),
        disputed: denied && accounts.iter().any(|e| e.event().is_some_and(|event| event.status != Status::Denied)),
        differences: differences(desk, accounts),
        cites: accounts.iter().flat_map(Entry::cites).collect(),
    })
}

/// What accounts of one happening tell differently.
pub(super) fn differences(desk: &Desk, accounts: &[Entry]) -> Vec<Difference> {
    let mut differences = Vec::new();
    let several = accounts.len() > 1;
    let mut told = |what: &str, value: &dyn Fn(&Entry) -> Option<String>| {
        let mut sides: Vec<Side> = Vec::new();
        let mut values = BTreeSet::new();
        for entry in accounts.iter().filter(|_| several) {
            let Some(value) = value(entry) else { continue };
            let account = desk.account(entry);
            if !sides.iter().any(|side| side.value == value && side.by == account.by) {
                values.insert(value.clone());
                sides.push(Side { value, by: account.by, cites: account.cites });
            }
        }
        if values.len() > 1 {
            differences.push(Difference { what: what.into(), sides });
        }
    };
    told("place", &|entry| entry.spot.as_ref().filter(|spot| spot.fine).map(|spot| spot.name.clone()));
    told("time", &|entry| entry.days.as_ref().filter(|days| days.is_one()).map(|days| days.from.clone()));
    told("status", &|entry| {
        let status = entry.event()?.status;
        matches!(status, Status::Occurred | Status::Denied | Status::Failed).then(|| status.as_str().to_owned())
    });
    told("actor", &|entry| {
        let event = entry.event()?;
        (!event.actors.is_empty() && !is_mutual(event.kind)).then(|| listed(&desk.names(&event.actors)))
    });
    let mut by_sort: BTreeMap<String, Vec<Side>> = BTreeMap::new();
    for toll in tolls(desk, accounts) {
        let values: BTreeSet<&str> = toll.by.iter().map(|told| told.value.as_str()).collect();
        if values.len() > 1 {
            let sides = toll.by.iter().map(|told| Side {
                value: format!("{} {}", told.value, toll.of),
                by: told.who.clone(),
                cites: told.cites.clone(),
            });
            by_sort.entry("toll".into()).or_default().extend(sides);
        }
    }
    differences.extend(by_sort.into_iter().map(|(what, sides)| Difference { what, sides }));
    differences
}

fn is_mutual(kind: rapporteur_record::EventType) -> bool {
    use rapporteur_record::EventType::{Agree, Consult, Cooperate};
    matches!(kind, Consult | Agree | Cooperate)
}

/// An event in a few words: who, what, whom, where.
pub(crate) fn label(desk: &Desk, entry: &Entry) -> String {
    let Some(event) = entry.event() else { return String::new() };
    let mut label = listed(&desk.names(&event.actors));
    let act = event.mode.map_or_else(
        || event.kind.as_str().to_lowercase(),
        |mode| format!("{} ({})", event.kind.as_str().to_lowercase(), mode.as_str().replace('_', " ")),
    );
    if !label.is_empty() {
        label.push_str(": ");
    }
    label.push_str(&act);
    if !event.recipients.is_empty() {
        label.push_str(" → ");
        label.push_str(&listed(&desk.names(&event.recipients)));
    }
    if let Some(spot) = &entry.spot {
        label.push_str(", ");
        label.push_str(&spot.name);
    }
    label
}
