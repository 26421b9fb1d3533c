//! What a person asks of the ledger: entries in, one view each out.
//!
//! A [`Desk`] is the ledger as of a day: its reports, actors, proposals and happenings. A view takes the desk and a [`Scope`] and gives
//! rows that cite their words. Two times are kept apart everywhere: when a thing happened, and since when it was known.
//!
//! **Invariant:** a row says whose words it rests on; accounts that differ stand beside each other.

mod contacts;
mod disputed;
mod incidents;
mod moves;
mod names;
mod pledges;
mod positions;
mod said;
mod sources;
mod threats;
mod timeline;

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use crate::days::Days;
use crate::entry::{Cite, Entry};
use crate::error::Error;
use crate::fold::{Proposal, telling};
use crate::store::{Ledger, Person, Report};

pub use contacts::{Contact, LeftOut, contacts};
pub use disputed::{Disputed, disputed};
pub use incidents::{Counted, Incident, Toll, incidents};
pub use moves::{Move, moves};
pub use names::{actors, proposals};
pub use pledges::{Promise, pledges};
pub use positions::{Reservation, Standing, Stood, positions, side};
pub use said::{Said, said};
pub use sources::{Outlet, sources};
pub use threats::{Threat, threats};
pub(crate) use timeline::label;
pub use timeline::{Difference, Happening, Side, timeline};

/// The views by name, as the command has them.
pub const NAMES: [&str; 12] = [
    "said",
    "positions",
    "moves",
    "contacts",
    "incidents",
    "pledges",
    "threats",
    "disputed",
    "timeline",
    "sources",
    "actors",
    "proposals",
];

/// What of the ledger is asked for; nothing named means all.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    /// Part of a name of an actor who takes part.
    pub actor: Option<String>,
    /// Part of a name of the proposal.
    pub proposal: Option<String>,
    /// Part of a name of the place.
    pub place: Option<String>,
    /// Part of the name of who published it.
    pub source: Option<String>,
    /// Only what became known on this day or later.
    pub since: Option<String>,
    /// Only what happened in these days.
    pub happened: Option<Days>,
    /// Also what is told in passing: a demand that one report has and no other.
    pub all: bool,
}

/// The ledger as of a day.
pub struct Desk<'l> {
    /// The ledger.
    pub ledger: &'l Ledger,
    /// The day as of which it is read; none is everything.
    pub as_of: Option<String>,
    /// The last day of which anything is known: the day as of which the desk is read, or that of the latest report.
    pub today: String,
    /// The reports that were known by then, by key.
    pub reports: BTreeMap<String, Report>,
    /// The actors, as they were known by then.
    pub actors: BTreeMap<String, Person>,
    /// The proposals, as they were known by then.
    pub proposals: BTreeMap<String, Proposal>,
    /// The countries of the actors. Only ever asked for an actor; its order plays no part.
    countries: HashMap<String, String>,
}

/// Words of a report, and whose they are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Account {
    /// Who tells it: an actor, or the outlet itself.
    pub by: String,
    /// The outlet.
    pub outlet: String,
    /// The words.
    pub words: String,
    /// Since when it is known.
    pub day: String,
    /// How it is told.
    pub status: Option<String>,
    /// Where the words stand.
    pub cites: Vec<Cite>,
}

impl<'l> Desk<'l> {
    /// The ledger as of a day, worked out if something new has come in.
    pub fn open(ledger: &'l mut Ledger, as_of: Option<&str>) -> Result<Self, Error> {
        ledger.settle()?;
        let reports = ledger.reports()?.into_iter();
        let reports: BTreeMap<String, Report> = reports
            .filter(|report| as_of.is_none_or(|day| report.known.as_str() <= day))
            .map(|report| (report.key.clone(), report))
            .collect();
        let (actors, proposals) = (ledger.actors(as_of)?, ledger.proposals(as_of)?);
        let as_of = as_of.map(str::to_owned);
        let latest = || reports.values().map(|report| &report.known).max().cloned().unwrap_or_default();
        let country = |actor: &Person| Some((actor.key.clone(), actor.country.clone()?));
        let countries = actors.values().filter_map(country).collect();
        Ok(Self { ledger, today: as_of.clone().unwrap_or_else(latest), as_of, reports, actors, proposals, countries })
    }

    /// The entries of a layer and some kinds that were known and are in scope.
    pub fn entries(&self, layer: &str, kinds: &[&str], scope: &Scope) -> Result<Vec<Entry>, Error> {
        let mut entries = self.ledger.entries(layer, kinds, self.as_of.as_deref())?;
        entries.retain(|entry| self.holds(scope, entry));
        Ok(entries)
    }

    /// Accounts of events, by happening in the order in which these became known; a happening is in scope if one account is.
    pub fn happenings(&self, kinds: &[&str], scope: &Scope) -> Result<Vec<Vec<Entry>>, Error> {
        let mut order: Vec<Vec<Entry>> = Vec::new();
        let mut at: BTreeMap<String, usize> = BTreeMap::new();
        for entry in self.ledger.entries("event", kinds, self.as_of.as_deref())? {
            let key = entry.shared.clone().unwrap_or_else(|| entry.key.clone());
            let index = *at.entry(key).or_insert_with(|| {
                // most happenings have one account
                order.push(Vec::with_capacity(1));
                order.len() - 1
            });
            order[index].push(entry);
        }
        let dated = Scope { since: None, happened: None, ..scope.clone() };
        order.retain(|accounts| {
            let since = scope.since.as_deref().is_none_or(|day| accounts.iter().any(|e| e.known.as_str() >= day));
            let happened = scope.happened.as_ref().is_none_or(|days| accounts.iter().any(|e| happened(e, days)));
            since && happened && accounts.iter().any(|entry| self.holds(&dated, entry))
        });
        Ok(order)
    }

    /// Whether an entry is in scope.
    fn holds(&self, scope: &Scope, entry: &Entry) -> bool {
        let actor = scope.actor.as_deref().is_none_or(|name| {
            entry.parties().iter().any(|key| self.actors.get(*key).is_some_and(|actor| bears(actor, name)))
        });
        let proposal = scope.proposal.as_deref().is_none_or(|name| {
            let shared = entry.shared.as_ref().and_then(|key| self.proposals.get(key));
            match shared {
                Some(proposal) => proposal.names.iter().any(|own| named(own, name)),
                None => entry.position().is_none() && named(&entry.words(), name),
            }
        });
        let place =
            scope.place.as_deref().is_none_or(|name| entry.spot.as_ref().is_some_and(|spot| named(&spot.name, name)));
        let source = scope.source.as_deref().is_none_or(|name| named(self.outlet(&entry.report), name));
        let since = scope.since.as_deref().is_none_or(|day| entry.known.as_str() >= day);
        let days = scope.happened.as_ref().is_none_or(|days| happened(entry, days));
        actor && proposal && place && source && since && days
    }

    /// The name of an actor, for a person.
    pub fn name(&self, key: &str) -> String {
        self.actors.get(key).map_or_else(|| key.to_owned(), |actor| actor.name.clone())
    }

    /// The names of actors.
    pub fn names<'k>(&self, keys: impl IntoIterator<Item = &'k String>) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for key in keys {
            let name = self.name(key);
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    /// Who published a report.
    pub fn outlet(&self, report: &str) -> &str {
        self.reports.get(report).map_or("an unknown report", Report::outlet)
    }

    /// An entry as an account: whose words, and the words.
    pub fn account(&self, entry: &Entry) -> Account {
        let outlet = self.outlet(&entry.report).to_owned();
        Account {
            by: entry.teller.as_deref().map_or_else(|| outlet.clone(), |key| self.name(key)),
            outlet,
            words: entry.words(),
            day: entry.known.clone(),
            status: entry.event().map(|event| event.status.as_str().to_owned()),
            cites: entry.cites(),
        }
    }

    /// How many independent origins entries have: copies and light rewrites of one dispatch count once.
    pub fn origins(&self, entries: &[Entry]) -> usize {
        let mut origins: Vec<&str> =
            entries.iter().filter_map(|entry| Some(self.reports.get(&entry.report)?.origin.as_str())).collect();
        origins.sort_unstable();
        origins.dedup();
        origins.len()
    }

    /// The words by which states are named: "peru", "peruvian".
    fn nations(&self) -> Vec<String> {
        let of_state = |actor: &&Person| {
            let country = actor.key.strip_prefix("government:");
            country.is_some() && country == actor.country.as_deref()
        };
        let names = self.actors.values().filter(of_state).flat_map(|actor| &actor.names);
        names.flat_map(|name| telling(name)).filter(|word| word != "government" && word.chars().count() > 3).collect()
    }

    /// The country of an actor.
    pub fn country(&self, key: &str) -> Option<&str> {
        self.countries.get(key).map(String::as_str)
    }

    /// Whether two actors are one, or a government and someone of its country.
    pub fn one_party(&self, a: &str, b: &str) -> bool {
        a == b || self.country(a).is_some() && self.country(a) == self.country(b)
    }
}

/// Whether an entry happened in these days; one that is not dated did not, as far as is known.
fn happened(entry: &Entry, days: &Days) -> bool {
    entry.days.as_ref().is_some_and(|own| own.meet(days))
}

/// Whether an actor bears a name that has these words in it.
fn bears(actor: &Person, words: &str) -> bool {
    actor.key == words || actor.names.iter().any(|own| named(own, words)) || named(&actor.name, words)
}

/// Whether every one of the words begins a word of the name.
pub(crate) fn named(name: &str, words: &str) -> bool {
    let name = crate::fold::slug(name);
    let words = crate::fold::slug(words);
    let mut parts = words.split('-').filter(|part| !part.is_empty()).peekable();
    parts.peek().is_some() && parts.all(|part| name.split('-').any(|own| own.starts_with(part)))
}

/// The first day on which an entry happened, else the day it was known.
pub(crate) fn day(entry: &Entry) -> &str {
    entry.days.as_ref().map_or(&entry.known, |days| &days.from)
}

/// Names in one line.
pub(crate) fn listed(names: &[String]) -> String {
    names.join(", ")
}

/// A cell that may be empty.
pub(crate) fn cell(value: Option<&String>) -> String {
    value.cloned().unwrap_or_default()
}
