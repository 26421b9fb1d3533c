//! Who stands where: positions in, the latest stance of each party on each proposal out, with what it was before.
//!
//! A position taken on behalf of a government is that government's. A stance is as old as the first report that tells it without
//! another one since; who proposed a thing still proposes it when told to be for it. What a single report tells in passing (a demand of no known
//! sort, aid, an agreement without terms) and what has no name of its own ("the same") is left out, unless all is asked for.

use std::collections::{BTreeMap, BTreeSet};

use rapporteur_record::Stance;
use serde::{Deserialize, Serialize};

use super::{Desk, Scope, day, listed};
use crate::entry::{Cite, Entry};
use crate::error::Error;
use crate::fold::{Proposal, telling};
use crate::table::Table;

/// Where a party stands on a proposal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Standing {
    /// The party's key.
    pub party: String,
    /// Its name.
    pub party_name: String,
    /// The proposal's key.
    pub proposal: String,
    /// Its name.
    pub proposal_name: String,
    /// The latest stance.
    pub stance: String,
    /// `for`, `for-but`, `open` or `against`.
    pub side: String,
    /// Reservations and conditions, quoted.
    pub reservations: Vec<Reservation>,
    /// Since when this stance is known without another one.
    pub since: String,
    /// In whose words.
    pub by: Option<String>,
    /// The words.
    pub words: String,
    /// Every stance, the earliest first.
    pub history: Vec<Stood>,
    /// Where the words stand.
    pub cites: Vec<Cite>,
}

/// A reservation or condition.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reservation {
    /// Its words.
    pub words: String,
    /// Where they stand.
    pub cites: Vec<Cite>,
}

/// A stance at a time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stood {
    /// The day it was taken, else known.
    pub day: String,
    /// Since when it is known.
    pub known: String,
    /// The stance.
    pub stance: String,
    /// In whose words.
    pub by: Option<String>,
    /// The words.
    pub words: String,
    /// Where they stand.
    pub cites: Vec<Cite>,
}

/// The side of a stance.
pub fn side(stance: Stance) -> &'static str {
    match stance {
        Stance::Accepts | Stance::Supports | Stance::Proposes | Stance::Demands => "for",
        Stance::SupportsWithReservations | Stance::Conditional => "for-but",
        Stance::Undecided => "open",
        Stance::Doubts | Stance::Rejects | Stance::Opposes => "against",
    }
}

/// The positions in scope, by proposal and party, the earliest known first.
pub(super) fn grouped(desk: &Desk, scope: &Scope) -> Result<BTreeMap<(String, String), Vec<Entry>>, Error> {
    let mut grouped: BTreeMap<(String, String), Vec<Entry>> = BTreeMap::new();
    for entry in desk.entries("position", &[], scope)? {
        let Some(position) = entry.position() else { continue };
        let party = position.on_behalf_of.as_ref().unwrap_or(&position.party).clone();
        grouped.entry((position.proposal.clone(), party)).or_default().push(entry);
    }
    for entries in grouped.values_mut() {
        entries.sort_by(|a, b| (day(a), &a.known).cmp(&(day(b), &b.known)));
    }
    Ok(grouped)
}

pub(super) fn stood(desk: &Desk, entry: &Entry) -> Stood {
    let by = entry.teller.as_deref().or(entry.position().map(|position| position.party.as_str()));
    Stood {
        day: day(entry).to_owned(),
        known: entry.known.clone(),
        stance: entry.kind().to_owned(),
        by: by.map(|key| desk.name(key)),
        words: entry.words(),
        cites: entry.cites(),
    }
}

fn is(entry: &Entry, stance: Stance) -> bool {
    entry.position().is_some_and(|own| own.stance == stance)
}

/// Whether a proposal that so many reports tell of is only one in passing.
fn passing(proposal: &Proposal, reports: usize) -> bool {
    let sort = proposal.kind.as_str();
    let loose = matches!(sort, "other" | "aid") || sort == "agreement" && proposal.terms.is_empty();
    let named = telling(&proposal.name).iter().any(|word| word != "same");
    !named || loose && reports < 2
}

/// The stances in scope.
pub fn positions(desk: &Desk, scope: &Scope) -> Result<(Vec<Standing>, Table), Error> {
    let mut rows = Vec::new();
    let mut reports: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let grouped = grouped(desk, scope)?;
    for ((proposal, _), entries) in &grouped {
        reports.entry(proposal.clone()).or_default().extend(entries.iter().map(|entry| entry.report.clone()));
    }
    for ((proposal, party), entries) in grouped {
        let passing = desk.proposals.get(&proposal).is_some_and(|known| passing(known, reports[&proposal].len()));
        if passing && !scope.all && scope.proposal.is_none() {
            continue;
        }
        let proposed = entries.iter().position(|entry| is(entry, Stance::Proposes));
        let own = |at: usize, entry: &Entry| {
            proposed.is_some_and(|first| first < at) && (is(entry, Stance::Accepts) || is(entry, Stance::Supports))
        };
        let entries: Vec<Entry> =
            entries.into_iter().enumerate().filter(|(at, entry)| !own(*at, entry)).map(|(_, entry)| entry).collect();
        let Some(last) = entries.last() else { continue };
        let Some(position) = last.position() else { continue };
        let reservations = position.reservations.iter().map(|span| Reservation {
            words: span.words.clone(),
            cites: vec![Cite { report: last.report.clone(), at: span.at, words: span.words.clone() }],
        });
        let unchanged = entries.iter().rev().take_while(|entry| entry.kind() == last.kind());
        let since = unchanged.last().map_or_else(String::new, |entry| day(entry).to_owned());
        let latest = stood(desk, last);
        rows.push(Standing {
            party_name: desk.name(&party),
            proposal_name: desk.proposals.get(&proposal).map_or_else(|| proposal.clone(), |known| known.name.clone()),
            party,
            proposal,
            stance: latest.stance,
            side: side(position.stance).into(),
            reservations: reservations.collect(),
            since,
            by: latest.by,
            words: latest.words,
            history: entries.iter().map(|entry| stood(desk, entry)).collect(),
            cites: latest.cites,
        });
    }
    rows.sort_by(|a, b| {
        let first = |row: &Standing| row.history.first().map(|stood| stood.known.clone());
        (&a.proposal_name, &a.proposal, first(a), &a.party).cmp(&(&b.proposal_name, &b.proposal, first(b), &b.party))
    });
    let mut table = Table::new(&["proposal", "party", "stance", "since", "by", "words"]);
    for row in &rows {
        let reservations: Vec<String> = row.reservations.iter().map(|one| format!("“{}”", one.words)).collect();
        let stance = row.stance.replace('_', " ");
        let words = if reservations.is_empty() {
            row.words.clone()
        } else {
            format!("{} — reserves: {}", row.words, listed(&reservations))
        };
        let by = row.by.clone().unwrap_or_default();
        let cells = vec![row.proposal_name.clone(), row.party_name.clone(), stance, row.since.clone(), by, words];
        table.push(cells, row.cites.clone(), row);
    }
    Ok((rows, table))
}
