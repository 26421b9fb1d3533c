//! What reports share: records in, one after the other in the order in which they became known; entries with shared keys out.
//!
//! A fold. Each report is put to what is known so far: its actors to known actors, its proposals to known proposals, its events to known
//! happenings, itself to the dispatch that it copies. What was assigned is never assigned anew, so what is known as of a day is the same
//! whether or not later reports are in the ledger, and in whatever order they were ingested. The state after a report can be kept as bytes;
//! the fold goes on from it as if it had never stopped.
//!
//! **Invariant:** two things become one only for a reason that is written down with them; a decision of a person goes before every rule.

mod actors;
mod happenings;
mod homes;
mod noted;
mod origins;
mod proposals;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use rapporteur_record::{CodePoints, Event, Form, Record};
use serde::{Deserialize, Serialize};

use crate::correction;
use crate::days::Days;
use crate::decisions::Decisions;
use crate::entry::{Decided, Entry, Spot, What};
use crate::error::Error;
use crate::store::Person;

use actors::Actors;
pub use actors::slug;
use happenings::Happenings;
pub use noted::Grows;
use origins::Origins;
pub use proposals::Proposal;
use proposals::{Proposals, Setting};
pub use words::{Bag, Sharing, Vocabulary, telling};

/// The state of the fold: everything that reports shared so far.
#[derive(Default, Serialize, Deserialize)]
pub struct Fold {
    #[serde(skip)]
    decisions: Decisions,
    /// Happenings whose first account a person took out, and the key of what is left.
    rest: BTreeMap<String, String>,
    /// Keys that the rules found, before a person's word.
    found: BTreeSet<String>,
    actors: Actors,
    proposals: Proposals,
    happenings: Happenings,
    /// Kept apart, a report at a time: it is most of the state, and only grows.
    #[serde(skip)]
    origins: Origins,
    /// Telling words of the places named so far to the country these lie in.
    lies_in: BTreeMap<String, String>,
    /// Names of countries and peoples so far, in small letters, to the country.
    nations: BTreeMap<String, String>,
}

/// What came to things on a day, by key and day.
type States<Thing> = Vec<(String, Thing)>;

/// What became of one report.
pub struct Taken {
    /// The earliest report that it is a copy or light rewrite of; itself where it is none.
    pub origin: String,
    /// How much of the shorter of the two the other has.
    pub likeness: f64,
    /// What is remembered of its text, to tell copies by.
    pub seen: Vec<u8>,
    /// Its entries.
    pub entries: Vec<Entry>,
}

impl Fold {
    /// Nothing known yet, except what people decided.
    pub fn new(decisions: Decisions) -> Self {
        Self { decisions, ..Self::default() }
    }

    /// The state as bytes, without the decisions and without what is remembered of each text.
    pub fn keep(&self) -> Result<Vec<u8>, Error> {
        let broken = |error: std::io::Error| Error::Broken(error.to_string());
        let mut packed = DeflateEncoder::new(Vec::new(), Compression::fast());
        packed.write_all(&postcard::to_stdvec(self)?).map_err(broken)?;
        packed.finish().map_err(broken)
    }

    /// The state that was kept, to go on with decisions that say the same of what was taken before.
    pub fn resume(kept: &[u8], decisions: Decisions) -> Result<Self, Error> {
        let mut state = Vec::new();
        DeflateDecoder::new(kept).read_to_end(&mut state).map_err(|error| Error::Broken(error.to_string()))?;
        let fold: Self = postcard::from_bytes(&state)?;
        Ok(Self { decisions, ..fold })
    }

    /// What was remembered of the text of a report that was taken; these come in order.
    pub fn remember(&mut self, seen: &[u8]) -> Result<(), Error> {
        self.origins.see(postcard::from_bytes(seen)?);
        Ok(())
    }

    /// Puts a report to what is known, and learns it.
    pub fn take(&mut self, report: &str, known: &str, record: &Record) -> Result<Taken, Error> {
        let document = &record.document;
        let outlet = document.publisher.as_deref().or(document.source.as_deref()).unwrap_or_default();
        let (origin, likeness) = self.origins.of(report, outlet, known, &record.document.text);
        self.nations.extend(homes::nations(record));
        let homes = homes::homes(record, &self.nations);
        let actors: BTreeMap<&str, String> = record
            .actors
            .iter()
            .map(|actor| {
                let key = self.actors.of(report, actor, homes.get(actor.id.as_str()), |found| {
                    self.found.insert(found.to_owned());
                    self.decisions.of_name(report, &actor.id, found)
                });
                (actor.id.as_str(), key)
            })
            .collect();
        let countries = countries(record);
        self.lies_in.extend(lies_in(record));
        let setting = Setting { countries: &countries, lies_in: &self.lies_in, nations: &self.nations };
        let proposals: BTreeMap<&str, String> = record
            .proposals
            .iter()
            .map(|proposal| {
                let actor = |id: &str| {
                    let key = actors.get(id)?;
                    Some((key.clone(), self.actors.country(key).map(str::to_owned)))
                };
                let key = self.proposals.of(known, proposal, &setting, actor, |found| {
                    self.found.insert(found.to_owned());
                    self.decisions.of_name(report, &proposal.id, found)
                });
                (proposal.id.as_str(), key)
            })
            .collect();
        actors.values().for_each(|key| self.actors.note(key, known));
        proposals.values().for_each(|key| self.proposals.note(key, known));
        let here = Here { report, known, record, actors: &actors, proposals: &proposals, all: &self.actors };
        let mut entries = here.entries();
        entries.retain_mut(|entry| self.decided(entry, record));
        retold(&mut entries);
        let points = CodePoints::new(&record.document.text);
        let from = happenings::From { record, points: &points, origin: &origin, proposals: &proposals };
        for entry in &mut entries {
            if let What::Event(event) = &entry.what {
                let told = happenings::Told::of(entry, event, &from, &self.actors, &mut self.happenings.words);
                let found = self.happenings.of(told);
                entry.shared = Some(self.decisions.of_account(&entry.key, &found, &mut self.rest));
            }
        }
        let seen = self.origins.last().map(postcard::to_stdvec).transpose()?.unwrap_or_default();
        Ok(Taken { origin, likeness, seen, entries })
    }

    /// Puts a person's word to an entry; false where it was rejected.
    fn decided(&self, entry: &mut Entry, record: &Record) -> bool {
        let Some(decision) = self.decisions.of_entry(&entry.key) else { return true };
        if let (true, Some(kept)) = (decision.verb == "correct", &decision.value) {
            correction::correct(entry, kept, record, |key| self.decisions.follow(key));
        }
        entry.decided = Some(Decided {
            verb: decision.verb.clone(),
            reviewer: decision.reviewer.clone(),
            reason: decision.reason.clone(),
        });
        decision.verb != "reject"
    }

    /// The present key of what each decision is about, by the number of the decision; none where it is gone.
    pub fn found(&self) -> Vec<(i64, Option<String>)> {
        let here = |key: &str| crate::decisions::of_report(key).is_some() || self.found.contains(key);
        let found = self.decisions.found().iter();
        found.map(|(number, key)| (*number, key.clone().filter(|key| here(key)))).collect()
    }

    /// Everything that was shared: what came to it on each day, from this one on, on which something of it became known.
    pub fn end(self, from: &str) -> (States<Person>, States<Proposal>) {
        (self.actors.end(from), self.proposals.end(from))
    }
}

/// Entries in a statement whose speaker was corrected are told by that speaker.
fn retold(entries: &mut [Entry]) {
    let corrected = |entry: &&Entry| entry.decided.as_ref().is_some_and(|decided| decided.verb == "correct");
    let speakers: BTreeMap<String, Option<String>> = entries
        .iter()
        .filter(corrected)
        .filter_map(|entry| Some((entry.key.clone(), entry.statement()?.speaker.clone())))
        .collect();
    for entry in entries {
        let within = match &entry.what {
            What::Statement(statement) => statement.within.as_ref(),
            What::Event(event) => event.asserted_by.as_ref(),
            _ => None,
        };
        if let Some(speaker) = within.and_then(|key| speakers.get(key)) {
            entry.teller.clone_from(speaker);
        }
    }
}

/// The countries of those who act or speak in a report, each once.
fn countries(record: &Record) -> Vec<String> {
    let mut countries: Vec<String> = record.actors.iter().filter_map(|actor| actor.country.clone()).collect();
    countries.sort();
    countries.dedup();
    countries
}

/// The telling words of a report's places, and of the places that stand for governments in it, to the country these lie in.
fn lies_in(record: &Record) -> BTreeMap<String, String> {
    let places = record.places.iter().filter_map(|place| Some((place.name.as_str(), place.country.as_ref()?)));
    let metonyms = record.actors.iter().flat_map(|actor| {
        let stands_for = actor.mentions.iter().filter(|mention| mention.form == Form::Metonym);
        stands_for.filter_map(|mention| Some((mention.words.as_str(), actor.country.as_ref()?)))
    });
    let pairs = places.chain(metonyms);
    pairs.flat_map(|(name, country)| telling(name).into_iter().map(|word| (word, country.clone()))).collect()
}

/// One report, with the keys of its actors and proposals.
struct Here<'r> {
    report: &'r str,
    known: &'r str,
    record: &'r Record,
    actors: &'r BTreeMap<&'r str, String>,
    proposals: &'r BTreeMap<&'r str, String>,
    all: &'r Actors,
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
            own.on_behalf_of = own.on_behalf_of.or_else(|| self.all.speaks_for(&own.party));
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
        Some(Spot::of(self.record.place(event.place.as_ref()?)?))
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
