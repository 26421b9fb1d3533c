//! What reports share: records in, one after the other in the order in which they became known; entries with shared keys out.
//!
//! A fold. Each report is put to what is known so far: its actors to known actors, its proposals to known proposals, its events to known
//! happenings, itself to the dispatch that it copies. What was assigned is never assigned anew, so what is known as of a day is the same
//! whether or not later reports are in the ledger, and in whatever order they were ingested.
//!
//! **Invariant:** two things become one only for a reason that is written down with them; a decision of a person goes before every rule.

mod actors;
mod happenings;
mod noted;
mod origins;
mod proposals;
mod words;

use std::collections::BTreeMap;

use rapporteur_record::{Event, Precision, Record};

use crate::days::Days;
use crate::entry::{Decided, Entry, Spot, What};
use crate::store::{Decision, Person};

use actors::Actors;
pub use actors::slug;
use happenings::Happenings;
use origins::Origins;
pub use noted::Grows;
pub use proposals::Proposal;
use proposals::Proposals;
use words::Words;
pub use words::{Sharing, telling};

/// The state of the fold: everything that reports shared so far.
pub struct Fold {
    decisions: Decisions,
    actors: Actors,
    proposals: Proposals,
    happenings: Happenings,
    origins: Origins,
    words: Words,
}

/// What came to things on a day, by key and day.
type States<Thing> = Vec<(String, Thing)>;

/// What became of one report.
pub struct Taken {
    /// The earliest report that it is a copy or light rewrite of; itself where it is none.
    pub origin: String,
    /// How much of the shorter of the two the other has.
    pub likeness: f64,
    /// Its entries.
    pub entries: Vec<Entry>,
}

/// What people decided, by what it is about; the last word counts.
#[derive(Default)]
pub struct Decisions {
    entries: BTreeMap<String, Decision>,
    /// Pairs of keys that are one.
    merged: BTreeMap<String, String>,
    /// Pairs "name of an actor or proposal in a report" that stand alone.
    split: BTreeMap<String, Decision>,
}

impl Decisions {
    /// Sorts decisions by subject.
    pub fn from(all: Vec<Decision>) -> Self {
        let mut decisions = Self::default();
        for decision in all {
            let subject = decision.subject.clone();
            match (decision.verb.as_str(), &decision.value) {
                ("merge", Some(into)) => {
                    decisions.split.remove(&subject);
                    decisions.merged.insert(subject, into.clone());
                }
                ("split", _) => {
                    decisions.merged.remove(&subject);
                    decisions.split.insert(subject, decision);
                }
                _ => {
                    decisions.entries.insert(subject, decision);
                }
            }
        }
        decisions
    }

    /// The key that a name in a report belongs to by a person's word: the other key, or a key of its own.
    fn about(&self, report: &str, id: &str, key: &str) -> Option<String> {
        let own = format!("{report}:{id}");
        if self.split.contains_key(&own) {
            return Some(own);
        }
        self.merged.get(&own).or_else(|| self.merged.get(key)).cloned()
    }
}

impl Fold {
    /// Nothing known yet, except what people decided.
    pub fn new(decisions: Decisions) -> Self {
        Self {
            decisions,
            actors: Actors::default(),
            proposals: Proposals::default(),
            happenings: Happenings::default(),
            origins: Origins::default(),
            words: Words::default(),
        }
    }

    /// Puts a report to what is known, and learns it.
    pub fn take(&mut self, report: &str, known: &str, record: &Record) -> Taken {
        let (origin, likeness) = self.origins.of(report, known, &record.document.text);
        self.words.learn(&record.document.text);
        let actors: BTreeMap<&str, String> = record
            .actors
            .iter()
            .map(|actor| {
                let found = self.actors.of(report, actor);
                let key = match self.decisions.about(report, &actor.id, &found) {
                    Some(key) => self.actors.put(key, actor, "a person's decision"),
                    None => found,
                };
                (actor.id.as_str(), key)
            })
            .collect();
        let countries = countries(record);
        let proposals: BTreeMap<&str, String> = record
            .proposals
            .iter()
            .map(|proposal| {
                let key = self.proposals.of(known, proposal, &countries, |id| actors.get(id).cloned());
                let key = match self.decisions.about(report, &proposal.id, &key) {
                    Some(key) => self.proposals.put(key, known, proposal),
                    None => key,
                };
                (proposal.id.as_str(), key)
            })
            .collect();
        actors.values().for_each(|key| self.actors.note(key, known));
        proposals.values().for_each(|key| self.proposals.note(key, known));
        let here = Here { report, known, record, actors: &actors, proposals: &proposals };
        let mut entries = here.entries();
        for entry in &mut entries {
            if let What::Event(event) = &entry.what {
                let told = happenings::Told::of(entry, event, record, &origin, &self.actors, &self.words);
                let found = self.happenings.of(told);
                let key = self.decisions.merged.get(&entry.key).or_else(|| self.decisions.merged.get(&found));
                entry.shared = Some(key.cloned().unwrap_or(found));
            }
        }
        entries.retain_mut(|entry| match self.decisions.entries.get(&entry.key) {
            Some(decision) if decision.verb == "reject" => false,
            Some(decision) => {
                entry.decided = Some(Decided {
                    verb: decision.verb.clone(),
                    reviewer: decision.reviewer.clone(),
                    reason: decision.reason.clone(),
                });
                if let Some(corrected) = decision.value.as_deref().and_then(|json| serde_json::from_str(json).ok()) {
                    entry.what = corrected;
                }
                true
            }
            None => true,
        });
        Taken { origin, likeness, entries }
    }

    /// Everything that was shared: what came to it on each day on which something of it became known.
    pub fn end(self) -> (States<Person>, States<Proposal>) {
        (self.actors.end(), self.proposals.end())
    }
}

/// The countries of those who act or speak in a report, each once.
fn countries(record: &Record) -> Vec<String> {
    let mut countries: Vec<String> = record.actors.iter().filter_map(|actor| actor.country.clone()).collect();
    countries.sort();
    countries.dedup();
    countries
}

/// One report, with the keys of its actors and proposals.
struct Here<'r> {
    report: &'r str,
    known: &'r str,
    record: &'r Record,
    actors: &'r BTreeMap<&'r str, String>,
    proposals: &'r BTreeMap<&'r str, String>,
}

impl Here<'_> {
    fn entries(&self) -> Vec<Entry> {
        let record = self.record;
        let statements = record.statements.iter().map(|statement| {
            let mut own = statement.clone();
            self.one(&mut own.speaker);
            self.all(&mut own.addressee);
            self.one(&mut own.via);
            own.within = own.within.as_ref().map(|id| self.key(id));
            let days = own.time.as_ref().and_then(|time| Days::of(&time.value));
            let start = own.content.first().or(own.cue.as_ref()).map_or(0, |span| span.at[0]);
            self.entry(&statement.id, start, self.speaker(statement.within.as_ref()), days, None, What::Statement(own))
        });
        let events = record.events.iter().map(|event| {
            let mut own = event.clone();
            self.all(&mut own.actors);
            self.all(&mut own.recipients);
            own.asserted_by = own.asserted_by.as_ref().map(|id| self.key(id));
            let days = own.time.as_ref().and_then(|time| Days::of(&time.value));
            let teller = self.speaker(event.asserted_by.as_ref());
            self.entry(&event.id, event.trigger.at[0], teller, days, None, What::Event(own))
        });
        let positions = record.positions.iter().filter_map(|position| {
            let mut own = position.clone();
            own.party = self.actors.get(position.party.as_str())?.clone();
            self.one(&mut own.on_behalf_of);
            own.proposal = self.proposals.get(position.proposal.as_str())?.clone();
            own.rests_on = own.rests_on.iter().map(|id| self.key(id)).collect();
            let days = own.time.as_ref().and_then(|time| Days::of(&time.value));
            let rests = position.rests_on.iter().find_map(|id| {
                let said = record.statement(id).and_then(|statement| statement.speaker.clone());
                said.or_else(|| {
                    let event = record.events.iter().find(|event| event.id == *id)?;
                    record.statement(event.asserted_by.as_ref()?)?.speaker.clone()
                })
            });
            let teller = rests.and_then(|id| self.actors.get(id.as_str()).cloned());
            let start = own.evidence.first().map_or(0, |span| span.at[0]);
            let shared = Some(own.proposal.clone());
            Some(self.entry(&position.id, start, teller, days, shared, What::Position(own)))
        });
        let pledges = record.pledges.iter().filter_map(|pledge| {
            let mut own = pledge.clone();
            own.by = self.actors.get(pledge.by.as_str())?.clone();
            own.revises = own.revises.as_ref().map(|id| self.key(id));
            own.rests_on = own.rests_on.iter().map(|id| self.key(id)).collect();
            let start = own.content.at[0];
            Some(self.entry(&pledge.id, start, None, None, None, What::Pledge(own)))
        });
        statements.chain(events).chain(positions).chain(pledges).collect()
    }

    fn entry(
        &self,
        id: &str,
        start: u32,
        teller: Option<String>,
        days: Option<Days>,
        shared: Option<String>,
        what: What,
    ) -> Entry {
        let sentence = self.record.sentences.iter().find(|sentence| sentence.at[0] <= start && start < sentence.at[1]);
        let spot = match &what {
            What::Event(event) => self.spot(event),
            _ => None,
        };
        Entry {
            key: self.key(id),
            report: self.report.to_owned(),
            known: self.known.to_owned(),
            sentence: sentence.map_or([start, start], |sentence| sentence.at),
            teller,
            days,
            spot,
            shared,
            what,
            decided: None,
        }
    }

    fn spot(&self, event: &Event) -> Option<Spot> {
        let place = self.record.place(event.place.as_ref()?)?;
        Some(Spot {
            name: place.name.clone(),
            country: place.country.clone(),
            lat: place.lat,
            lon: place.lon,
            fine: matches!(place.precision, Precision::Exact | Precision::Settlement),
        })
    }

    /// The speaker of a statement of the record.
    fn speaker(&self, statement: Option<&String>) -> Option<String> {
        let speaker = self.record.statement(statement?)?.speaker.as_ref()?;
        self.actors.get(speaker.as_str()).cloned()
    }

    fn key(&self, id: &str) -> String {
        format!("{}:{id}", self.report)
    }

    fn one(&self, actor: &mut Option<String>) {
        *actor = actor.as_ref().and_then(|id| self.actors.get(id.as_str()).cloned());
    }

    fn all(&self, actors: &mut Vec<String>) {
        *actors = actors.iter().filter_map(|id| self.actors.get(id.as_str()).cloned()).collect();
    }
}
