//! JSON lines: every entry in, one object a line out, with everything that is known of it.
//!
//! This is also the dump by which two ledgers are compared: line by line, entries by day, report, layer and number.
//!
//! **Invariant:** nothing of an entry is left out.

use std::collections::BTreeMap;
use std::io::Write;

use serde::Serialize;

use super::entries;
use crate::entry::Entry;
use crate::error::Error;
use crate::store::Report;
use crate::views::{Desk, Scope};

/// One line.
#[derive(Serialize)]
struct Line<'e> {
    /// `statement`, `event`, `position` or `pledge`.
    layer: &'static str,
    /// Its type within the layer.
    kind: &'static str,
    /// Who published it.
    outlet: &'e str,
    source: Option<&'e str>,
    title: Option<&'e str>,
    published: Option<&'e str>,
    /// The earliest report that this one is a copy or light rewrite of; itself where it is none.
    origin: &'e str,
    /// The words that the entry rests on.
    words: String,
    /// The names of the actors and of the proposal, by key.
    names: BTreeMap<&'e str, &'e str>,
    #[serde(flatten)]
    entry: &'e Entry,
}

/// Writes every entry in scope.
pub fn jsonl(desk: &Desk, scope: &Scope, out: &mut dyn Write) -> Result<usize, Error> {
    for entry in entries(desk, scope)? {
        let report: Option<&Report> = desk.reports.get(&entry.report);
        let actors = entry.parties().into_iter().filter_map(|key| desk.actors.get(key));
        let mut names: BTreeMap<&str, &str> = actors.map(|actor| (actor.key.as_str(), actor.name.as_str())).collect();
        let proposal = entry.position().and_then(|position| desk.proposals.get(&position.proposal));
        names.extend(proposal.map(|proposal| (proposal.key.as_str(), proposal.name.as_str())));
        let line = Line {
            layer: entry.layer(),
            kind: entry.kind(),
            outlet: desk.outlet(&entry.report),
            source: report.and_then(|report| report.source.as_deref()),
            title: report.and_then(|report| report.title.as_deref()),
            published: report.and_then(|report| report.published.as_deref()),
            origin: report.map_or("", |report| &report.origin),
            words: entry.words(),
            names,
            entry: &entry,
        };
        writeln!(out, "{}", serde_json::to_string(&line)?)?;
    }
    Ok(0)
}
