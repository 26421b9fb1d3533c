//! What people decided about entries, actors, proposals and happenings: decisions in; the present keys that they are about out.
//!
//! The ids of a record may shift when another edition reads its report again, the words of the report do not. So a decision is kept with an
//! anchor: report, layer and offsets of what it is about; and is found again in the latest reading by the words that the two share.
//! What is not found any more stays in the ledger and is shown as orphaned. Of decisions about one thing the last one counts.
//!
//! **Invariant:** a decision is never changed or taken out; another one goes before it.

use std::collections::{BTreeMap, BTreeSet};

use rapporteur_record::{Form, Record, Span};
use serde::{Deserialize, Serialize};

use crate::error::Error;

/// What a person decided about an entry, an actor, a proposal or a happening.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// `accept`, `reject`, `correct`, `merge` or `split`.
    pub verb: String,
    /// The key it is about: report, colon, id in its record; or the key of an actor or proposal in the ledger.
    pub subject: String,
    /// The other key (merge), or the corrected fields as JSON.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// Who decided.
    pub reviewer: String,
    /// Why.
    pub reason: String,
    /// When.
    pub day: String,
    /// Where in its report the subject stands, if it is of a report.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub anchor: Option<Anchor>,
    /// Where in its report the other one stands, if it is of a report.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub into: Option<Anchor>,
}

impl Decision {
    /// Whether it says what is one, and not what an entry holds.
    pub fn is_about_sharing(&self) -> bool {
        matches!(self.verb.as_str(), "merge" | "split")
    }
}

/// Something of a report by its words, so that it can be found in another reading of that report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchor {
    /// The key of the report.
    pub report: String,
    /// `statement`, `event`, `position`, `pledge`, `actor` or `proposal`.
    pub layer: String,
    /// Its type within the layer.
    pub kind: String,
    /// Whose it is, by the name in the record.
    #[serde(default)]
    pub who: Option<String>,
    /// Its words by offsets, in code points; those that name it come first.
    pub at: Vec<[u32; 2]>,
    /// The first of these words.
    pub words: String,
}

impl Anchor {
    /// The anchor of the entry, actor or proposal of this id in a record.
    pub fn of(report: &str, record: &Record, id: &str) -> Option<Self> {
        all(report, record).find(|(own, _)| own == id).map(|(_, anchor)| anchor)
    }

    /// The id in a record of what stands at these words; `id` is the one it had, which decides where two fit alike.
    pub fn find(&self, record: &Record, id: &str) -> Option<String> {
        let mut best: Option<(f64, String)> = None;
        for (own, other) in all(&self.report, record) {
            let Some(mut score) = self.fits(&other) else { continue };
            score += if own == id { 0.01 } else { 0.0 };
            if best.as_ref().is_none_or(|(most, _)| score > *most) {
                best = Some((score, own));
            }
        }
        best.map(|(_, id)| id)
    }

    /// How well two anchors fit; none where they are of different things.
    fn fits(&self, other: &Self) -> Option<f64> {
        if self.layer != other.layer {
            return None;
        }
        let first = shared(self.at.get(..1)?, other.at.get(..1)?);
        let whole = shared(&self.at, &other.at);
        let (kind, who) = (self.kind == other.kind, self.who.is_some() && self.who == other.who);
        let near = (first + whole) / 2.0;
        let found = first > 0.0 && (near >= 0.5 || near >= 0.25 && kind && who);
        found.then_some(near + if kind { 0.2 } else { 0.0 } + if who { 0.2 } else { 0.0 })
    }
}

/// Everything in a record that can be decided about, with its anchor.
fn all<'r>(report: &'r str, record: &'r Record) -> impl Iterator<Item = (String, Anchor)> + 'r {
    let name = |id: Option<&String>| record.actor(id?).map(|actor| actor.name.clone());
    let anchor = move |id: &str, layer: &str, kind: &str, who: Option<String>, spans: Vec<(&[u32; 2], &str)>| {
        let words = spans.first().map_or_else(String::new, |(_, words)| (*words).to_owned());
        let at = spans.into_iter().map(|(at, _)| *at).collect();
        let anchor = Anchor { report: report.to_owned(), layer: layer.into(), kind: kind.into(), who, at, words };
        (id.to_owned(), anchor)
    };
    fn pieces<'s>(spans: impl Iterator<Item = &'s Span>) -> Vec<(&'s [u32; 2], &'s str)> {
        spans.map(|span| (&span.at, span.words.as_str())).collect()
    }
    let actors = record.actors.iter().map(move |actor| {
        let named = |form: Form| matches!(form, Form::Name | Form::Metonym);
        let (first, rest): (Vec<_>, Vec<_>) = actor.mentions.iter().partition(|mention| named(mention.form));
        let spans = first.into_iter().chain(rest).map(|mention| (&mention.at, mention.words.as_str())).collect();
        anchor(&actor.id, "actor", actor.kind.as_str(), Some(actor.name.clone()), spans)
    });
    let proposals = record.proposals.iter().map(move |proposal| {
        let spans = pieces(proposal.mentions.iter());
        anchor(&proposal.id, "proposal", proposal.kind.as_str(), Some(proposal.name.clone()), spans)
    });
    let statements = record.statements.iter().map(move |statement| {
        let spans = pieces(statement.content.iter().chain(&statement.cue));
        anchor(&statement.id, "statement", statement.act.as_str(), name(statement.speaker.as_ref()), spans)
    });
    let events = record.events.iter().map(move |event| {
        let spans = pieces([&event.trigger, &event.evidence].into_iter());
        anchor(&event.id, "event", event.kind.as_str(), name(event.actors.first()), spans)
    });
    let positions = record.positions.iter().map(move |position| {
        let spans = pieces(position.evidence.iter());
        anchor(&position.id, "position", position.stance.as_str(), name(Some(&position.party)), spans)
    });
    let pledges = record.pledges.iter().map(move |pledge| {
        let spans = pieces(core::iter::once(&pledge.content));
        anchor(&pledge.id, "pledge", pledge.kind.as_str(), name(Some(&pledge.by)), spans)
    });
    actors.chain(proposals).chain(statements).chain(events).chain(positions).chain(pledges)
}

/// The share of the code points of both that stand in both.
fn shared(a: &[[u32; 2]], b: &[[u32; 2]]) -> f64 {
    let points = |spans: &[[u32; 2]]| -> BTreeSet<u32> { spans.iter().flat_map(|at| at[0]..at[1]).collect() };
    let (a, b) = (points(a), points(b));
    a.intersection(&b).count() as f64 / a.union(&b).count().max(1) as f64
}

/// A key of something in a report: the report and the id; none for a key of the ledger.
pub fn of_report(key: &str) -> Option<(&str, &str)> {
    let (report, id) = key.split_once(':')?;
    (report.len() == 16 && report.bytes().all(|byte| byte.is_ascii_hexdigit())).then_some((report, id))
}

/// What people decided, by the present key of what it is about; the last word counts.
#[derive(Default, Serialize, Deserialize)]
pub struct Decisions {
    entries: BTreeMap<String, Decision>,
    /// What is one: a name in a report, an account or a key of the ledger; and the key it goes by.
    merged: BTreeMap<String, String>,
    /// Names in reports, and accounts, that stand alone.
    split: BTreeSet<String>,
    /// Number of each decision, and the present key of what it is about; none where it is gone.
    #[serde(skip)]
    found: Vec<(i64, Option<String>)>,
}

impl Decisions {
    /// Finds what numbered decisions are about in the present readings.
    pub fn find(
        all: Vec<(i64, Decision)>,
        mut reading: impl FnMut(&str) -> Result<Option<Record>, Error>,
    ) -> Result<Self, Error> {
        let mut records: BTreeMap<String, Option<Record>> = BTreeMap::new();
        let mut present = |key: &str, anchor: Option<&Anchor>| -> Result<Option<String>, Error> {
            let Some(anchor) = anchor else { return Ok(Some(key.to_owned())) };
            if !records.contains_key(&anchor.report) {
                records.insert(anchor.report.clone(), reading(&anchor.report)?);
            }
            let id = of_report(key).map_or("", |(_, id)| id);
            let record = records.get(&anchor.report).and_then(Option::as_ref);
            let found = record.and_then(|record| anchor.find(record, id));
            Ok(found.map(|id| format!("{}:{id}", anchor.report)))
        };
        let mut decisions = Self::default();
        for (number, decision) in all {
            let subject = present(&decision.subject, decision.anchor.as_ref())?;
            let value = match (decision.verb.as_str(), &decision.value) {
                ("merge", Some(value)) => present(value, decision.into.as_ref())?,
                _ => None,
            };
            let whole = decision.verb != "merge" || value.is_some();
            decisions.found.push((number, subject.clone().filter(|_| whole)));
            if let Some(subject) = subject.filter(|_| whole) {
                decisions.take(subject, value, decision);
            }
        }
        Ok(decisions)
    }

    fn take(&mut self, subject: String, value: Option<String>, decision: Decision) {
        match (decision.verb.as_str(), value) {
            ("merge", Some(into)) => {
                self.split.remove(&subject);
                self.merged.remove(&subject);
                // of two that are merged into each other the later one counts
                if self.follow(&into) == subject {
                    self.merged.remove(&into);
                }
                if into != subject {
                    self.merged.insert(subject, into);
                }
            }
            // taking a merge back, or standing alone
            ("split", _) => {
                if self.merged.remove(&subject).is_none() {
                    self.split.insert(subject);
                }
            }
            _ => {
                self.entries.insert(subject, decision);
            }
        }
    }

    /// The entries of which these decisions and others say different things; none where they differ in what is one, which may touch any report.
    pub fn differing<'d>(&'d self, other: &'d Self) -> Option<BTreeSet<&'d str>> {
        let new = |one: &'d Self, two: &'d Self| {
            let differs = move |(key, said): &(&String, &Decision)| two.entries.get(*key) != Some(*said);
            one.entries.iter().filter(differs).map(|(key, _)| key.as_str())
        };
        let alike = self.merged == other.merged && self.split == other.split;
        alike.then(|| new(self, other).chain(new(other, self)).collect())
    }

    /// Number of each decision, and the present key of what it is about; none where it is gone.
    pub fn found(&self) -> &[(i64, Option<String>)] {
        &self.found
    }

    /// What was decided about an entry.
    pub fn of_entry(&self, key: &str) -> Option<&Decision> {
        self.entries.get(key)
    }

    /// The key that a name in a report goes by: what a person said of this very name, else of the key that was found for it.
    pub fn of_name(&self, report: &str, id: &str, found: &str) -> String {
        let own = format!("{report}:{id}");
        if self.split.contains(&own) {
            return own;
        }
        self.follow(self.merged.get(&own).map_or(found, String::as_str))
    }

    /// The key that an account's happening goes by. An account that stands alone keeps its own key, even where the others had theirs from it:
    /// `rest` is what these go by then.
    pub fn of_account(&self, entry: &str, found: &str, rest: &mut BTreeMap<String, String>) -> String {
        if self.split.contains(entry) {
            return entry.to_owned();
        }
        if let Some(into) = self.merged.get(entry) {
            return self.follow(into);
        }
        if self.split.contains(found) {
            let rest = rest.entry(found.to_owned()).or_insert_with(|| entry.to_owned()).clone();
            return self.follow(&rest);
        }
        self.follow(found)
    }

    /// Where merges lead.
    pub fn follow(&self, key: &str) -> String {
        let mut at = key;
        for _ in 0..=self.merged.len() {
            match self.merged.get(at) {
                Some(into) => at = into,
                None => break,
            }
        }
        at.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn anchor(kind: &str, who: &str, at: &[[u32; 2]]) -> Anchor {
        let who = Some(who.to_owned());
        Anchor {
            report: "r".into(),
            layer: "event".into(),
            kind: kind.into(),
            who,
            at: at.into(),
            words: String::new(),
        }
    }

    #[test]
    fn words_find_their_entry_again() {
        let old = anchor("ASSAULT", "Peru", &[[10, 16], [0, 40]]);
        assert!(old.fits(&anchor("ASSAULT", "Peru", &[[10, 16], [0, 44]])).is_some());
        // another type and nobody named, at the same words
        assert!(old.fits(&anchor("COERCE", "", &[[10, 16], [0, 40]])).is_some());
        // a neighbour in the same clause is another one
        assert!(old.fits(&anchor("ASSAULT", "Peru", &[[20, 26], [0, 40]])).is_none());
        let exact = old.fits(&old.clone());
        assert!(exact > old.fits(&anchor("COERCE", "Peru", &[[10, 16], [0, 40]])));
    }

    fn decision(verb: &str, subject: &str, value: Option<&str>) -> Decision {
        Decision {
            verb: verb.into(),
            subject: subject.into(),
            value: value.map(Into::into),
            reviewer: "r".into(),
            reason: "r".into(),
            day: "2026-03-01".into(),
            anchor: None,
            into: None,
        }
    }

    fn decisions(all: &[(&str, &str, Option<&str>)]) -> Decisions {
        let all = all.iter().zip(1..).map(|((verb, subject, value), n)| (n, decision(verb, subject, *value)));
        Decisions::find(all.collect(), |_| Ok(None)).unwrap()
    }

    #[test]
    fn merges_lead_on_and_are_taken_back() {
        let of = |all: &[(&str, &str, Option<&str>)]| decisions(all).follow("a");
        assert_eq!(of(&[("merge", "a", Some("b")), ("merge", "b", Some("c"))]), "c");
        assert_eq!(of(&[("merge", "a", Some("b")), ("split", "a", None)]), "a");
        assert_eq!(of(&[("merge", "b", Some("a")), ("merge", "a", Some("b"))]), "b");
        assert_eq!(of(&[("merge", "a", Some("b")), ("merge", "a", Some("a"))]), "a");
    }

    #[test]
    fn a_first_account_that_is_split_leaves_the_rest_together() {
        let split = decisions(&[("split", "r:e1", None)]);
        let mut rest = BTreeMap::new();
        assert_eq!(split.of_account("r:e1", "r:e1", &mut rest), "r:e1");
        assert_eq!(split.of_account("s:e1", "r:e1", &mut rest), "s:e1");
        assert_eq!(split.of_account("t:e1", "r:e1", &mut rest), "s:e1");
        let back = decisions(&[("split", "r:e1", None), ("merge", "r:e1", Some("r:e1"))]);
        assert_eq!(back.of_account("s:e1", "r:e1", &mut BTreeMap::new()), "r:e1");
    }

    #[test]
    fn decisions_differ_in_what_they_say_and_not_in_when() {
        let one = decisions(&[("reject", "r:e1", None), ("accept", "r:e2", None), ("split", "c", None)]);
        let two = decisions(&[("split", "c", None), ("accept", "r:e2", None), ("accept", "r:e1", None)]);
        assert_eq!(one.differing(&two), Some(BTreeSet::from(["r:e1"])));
        assert_eq!(one.differing(&one), Some(BTreeSet::new()));
        assert_eq!(one.differing(&Decisions::default()), None);
    }
}
