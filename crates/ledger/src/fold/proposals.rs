//! One proposal across reports: a proposal of a record in, its key in the ledger out.
//!
//! Names vary: "the 30-day ceasefire", "the truce", "the Brasília plan". Two are one if they are of one kind, are discussed by the same
//! countries within two months, and nothing that both lay down differs. A word that sets a proposal apart ("Easter", "humanitarian",
//! a place) counts: without it in the one, the other is not it, unless their terms agree.
//!
//! **Invariant:** two proposals with different terms of one sort (30 days, three days) are never one.

use std::collections::{BTreeMap, BTreeSet};

use rapporteur_record::{Proposal as Told, ProposalKind, Term};
use serde::{Deserialize, Serialize};

use super::actors::slug;
use super::noted::{Grows, Noted};
use super::words::telling;
use crate::days;

/// How many days a proposal stays under discussion without being mentioned.
const UNDER_DISCUSSION: u32 = 60;

/// Within so many days two things that one party proposes may be one, though they are of two sorts.
const SOON: u32 = 3;

/// Words that say what sort of thing a proposal is, and not which one.
const SORTS: &[&str] = &[
    "agreement",
    "accord",
    "armistice",
    "call",
    "cease",
    "ceasefire",
    "cessation",
    "day",
    "deal",
    "draft",
    "fire",
    "halt",
    "hour",
    "hostilitie",
    "hostility",
    "idea",
    "immediate",
    "immediately",
    "initiative",
    "measure",
    "meeting",
    "month",
    "new",
    "offer",
    "pact",
    "pause",
    "peace",
    "plan",
    "point",
    "proposal",
    "propos",
    "proposed",
    "talk",
    "temporary",
    "text",
    "treaty",
    "truce",
    "unconditional",
    "week",
    "full",
    "complete",
    "comprehensive",
    "general",
    "lasting",
];

/// Kinds that name one thing from different sides.
const PLANS: &[&str] = &["ceasefire", "agreement", "other", "talks"];

/// Kinds that often name one thing: the agreement is to cease fire.
const TRUCES: &[&str] = &["ceasefire", "agreement"];

/// Where in a name it begins to be told who put the proposal forward.
const PUT_FORWARD: &[&str] = &[
    " by ",
    " proposed",
    " drafted",
    " put forward",
    " presented",
    " offered",
    " backed",
    " brokered",
    " mediated",
    " from ",
    " which ",
    " that ",
    " who ",
    " in which ",
    " under ",
];

/// A proposal across reports.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Proposal {
    /// Its key.
    pub key: String,
    /// The name it was first given, with its terms.
    pub name: String,
    /// What sort of proposal.
    pub kind: String,
    /// Every name it was given.
    pub names: Vec<String>,
    /// What it lays down, as first told.
    pub terms: Vec<Term>,
    /// Why these names are one proposal.
    pub why: Vec<String>,
}

/// The proposals known so far.
#[derive(Default, Serialize, Deserialize)]
pub struct Proposals {
    /// In the order in which they were first told.
    known: Vec<Known>,
    /// Key to place in that order.
    places: BTreeMap<String, usize>,
    /// Places of those that are under discussion.
    open: BTreeSet<usize>,
    /// Each as it was known from a day on.
    noted: Noted<Proposal>,
}

#[derive(Serialize, Deserialize)]
struct Known {
    proposal: Proposal,
    apart: BTreeSet<String>,
    countries: BTreeSet<String>,
    proposers: BTreeSet<String>,
    /// The countries of those who proposed it.
    homes: BTreeSet<String>,
    last: String,
}

/// What a report tells about who and where, as far as proposals ask.
pub struct Setting<'s> {
    /// The countries that act or speak in it.
    pub countries: &'s [String],
    /// Telling words of its places to the country these lie in.
    pub lies_in: &'s BTreeMap<String, String>,
    /// Names of countries and peoples, in small letters, to the country.
    pub nations: &'s BTreeMap<String, String>,
}

impl Proposals {
    /// The key of a proposal of a report, known from before or new, after a person had the last word on it.
    pub fn of(
        &mut self,
        day: &str,
        told: &Told,
        setting: &Setting,
        actor: impl Fn(&str) -> Option<(String, Option<String>)>,
        decided: impl FnOnce(&str) -> String,
    ) -> String {
        let (proposer, home) = told.proposer.as_deref().and_then(actor).unzip();
        let apart = apart(told, setting.nations);
        let by = put_forward_by(told, setting.nations);
        self.open
            .retain(|place| days::apart(&self.known[*place].last, day).is_none_or(|days| days <= UNDER_DISCUSSION));
        let mut best: Option<(f64, &str)> = None;
        for place in &self.open {
            let known = &self.known[*place];
            if let Some(score) = known.fits(day, told, &apart, setting, proposer.as_deref(), &by)
                && best.is_none_or(|(most, _)| score >= most)
            {
                best = Some((score, &known.proposal.key));
            }
        }
        let key = match best {
            Some((_, key)) => key.to_owned(),
            None => {
                let mut key = format!("proposal:{}", slug(&told.name));
                while self.places.contains_key(&key) {
                    key.push('+');
                }
                key
            }
        };
        let key = decided(&key);
        let known = self.put(&key, day, told, &apart);
        known.countries.extend(setting.countries.iter().cloned());
        known.homes.extend(home.flatten());
        known.homes.extend(by);
        known.proposers.extend(proposer);
        key
    }

    /// Puts a proposal under a key, and learns its name and terms.
    fn put(&mut self, key: &str, day: &str, told: &Told, apart: &BTreeSet<String>) -> &mut Known {
        let place = *self.places.entry(key.to_owned()).or_insert(self.known.len());
        if place == self.known.len() {
            self.known.push(Known {
                proposal: Proposal {
                    key: key.to_owned(),
                    name: told.name.clone(),
                    kind: told.kind.as_str().to_owned(),
                    names: Vec::new(),
                    terms: Vec::new(),
                    why: Vec::new(),
                },
                apart: BTreeSet::new(),
                countries: BTreeSet::new(),
                proposers: BTreeSet::new(),
                homes: BTreeSet::new(),
                last: day.to_owned(),
            });
        }
        self.open.insert(place);
        let known = &mut self.known[place];
        if !known.proposal.names.contains(&told.name) {
            known.proposal.names.push(told.name.clone());
            if known.proposal.names.len() > 1 {
                known.proposal.why.push(format!("“{}”: one kind, the same countries, nothing that differs", told.name));
            }
        }
        // what was of no known sort when it was first told may get its sort, and a name that tells it, later
        if known.proposal.kind == ProposalKind::Other.as_str() && TRUCES.contains(&told.kind.as_str()) {
            known.proposal.kind = told.kind.as_str().to_owned();
            known.proposal.name.clone_from(&told.name);
        }
        // of two names the one that tells its terms says more
        if known.proposal.terms.is_empty() && !told.terms.is_empty() {
            known.proposal.name.clone_from(&told.name);
        }
        for term in &told.terms {
            if !known.proposal.terms.iter().any(|other| other.term == term.term) {
                known.proposal.terms.push(term.clone());
            }
        }
        known.apart.extend(apart.iter().cloned());
        known.last = known.last.clone().max(day.to_owned());
        known
    }

    /// Notes what is known of a proposal from this day on.
    pub fn note(&mut self, key: &str, day: &str) {
        if let Some(place) = self.places.get(key) {
            self.noted.note(key, day, &self.known[*place].proposal);
        }
    }

    /// All of them, as known from each day on which something became known, this day or later.
    pub fn end(self, from: &str) -> Vec<(String, Proposal)> {
        self.noted.end(from)
    }
}

impl Grows for Proposal {
    fn since(&self, earlier: &Self) -> Self {
        let mut new = self.clone();
        new.names.drain(..earlier.names.len().min(self.names.len()));
        new.terms.drain(..earlier.terms.len().min(self.terms.len()));
        new.why.drain(..earlier.why.len().min(self.why.len()));
        new
    }

    fn then(&mut self, later: Self) {
        self.name = later.name;
        self.kind = later.kind;
        self.names.extend(later.names);
        self.terms.extend(later.terms);
        self.why.extend(later.why);
    }
}

impl Known {
    /// How well a proposal of a report fits this one; none where something speaks against it.
    fn fits(
        &self,
        day: &str,
        told: &Told,
        apart: &BTreeSet<String>,
        setting: &Setting,
        proposer: Option<&str>,
        by: &BTreeSet<String>,
    ) -> Option<f64> {
        let countries = setting.countries;
        if days::apart(&self.last, day)? > UNDER_DISCUSSION {
            return None;
        }
        let shared = apart.intersection(&self.apart).count();
        // a plan may be called an agreement here and a ceasefire there, if a word that sets it apart says that it is the same
        let kinds = [self.proposal.kind.as_str(), told.kind.as_str()];
        let plans = kinds.iter().all(|kind| PLANS.contains(kind));
        let soon = days::apart(&self.last, day).is_some_and(|days| days <= SOON);
        let one_kind = kinds[0] == kinds[1];
        let theirs = proposer.is_some_and(|proposer| self.proposers.contains(proposer)) || !by.is_disjoint(&self.homes);
        let proposed = theirs && (one_kind || soon);
        let truces = kinds.iter().all(|kind| TRUCES.contains(kind));
        if kinds[0] != kinds[1] && !truces && !(plans && (shared > 0 || proposed)) {
            return None;
        }
        // a thing of no known sort has only its words to be known by
        if !truces && (shared * 2 < apart.len().min(self.apart.len()) || shared == 0) && !proposed {
            return None;
        }
        let mut agreed = false;
        for term in &told.terms {
            if let Some(own) = self.proposal.terms.iter().find(|own| own.term == term.term) {
                if own.value != term.value {
                    return None;
                }
                agreed = true;
            }
        }
        // a plan may go by the capital of who proposed it
        let at_home = |word: &&String| setting.lies_in.get(*word).is_some_and(|country| self.homes.contains(country));
        let strange = apart.difference(&self.apart).filter(|word| !at_home(word)).count();
        // a word that sets it apart, and that this one was never called by
        if !agreed && shared == 0 && strange > 0 && !(plans && proposed) {
            return None;
        }
        // a bare name ("the truce") is what was spoken of, if the same countries speak of it
        let common = countries.iter().filter(|country| self.countries.contains(*country)).count();
        if common == 0 && !(countries.is_empty() || self.countries.is_empty()) {
            return None;
        }
        if common < 2 && !agreed && shared == 0 && !countries.is_empty() {
            return None;
        }
        let recent = 1.0 - f64::from(days::apart(&self.last, day).unwrap_or(0)) / f64::from(UNDER_DISCUSSION);
        let by = if proposed { 0.5 } else { 0.0 };
        Some(if agreed { 3.0 } else { 0.0 } + shared as f64 + common.min(3) as f64 * 0.5 + by + recent)
    }
}

/// The words of a proposal's names that set it apart from others of its sort; who proposed it does not.
fn apart(told: &Told, nations: &BTreeMap<String, String>) -> BTreeSet<String> {
    let mentions =
        told.mentions.iter().map(|mention| mention.words.as_str()).filter(|words| words.split(' ').count() < 7);
    let names = core::iter::once(told.name.as_str()).chain(mentions);
    let bare =
        names.map(|name| PUT_FORWARD.iter().filter_map(|word| name.find(word)).min().map_or(name, |at| &name[..at]));
    bare.flat_map(telling)
        .filter(|word| !SORTS.contains(&word.as_str()) && !word.chars().all(|c| c.is_ascii_digit()))
        .filter(|word| !["thirty", "three", "seven", "ten", "s"].contains(&word.as_str()))
        // of what sort a thing is known, who is concerned sets it not apart
        .filter(|word| told.kind != ProposalKind::Other || !nations.contains_key(word))
        .collect()
}

/// The countries that a proposal's names say put it forward: "the truce plan put forward by Brazil".
fn put_forward_by(told: &Told, nations: &BTreeMap<String, String>) -> BTreeSet<String> {
    let names = core::iter::once(told.name.as_str()).chain(told.mentions.iter().map(|mention| mention.words.as_str()));
    let tails = names.filter_map(|name| Some(&name[name.find(" by ")?..]));
    tails.flat_map(telling).filter_map(|word| nations.get(&word).cloned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(name: &str, duration: Option<&str>) -> Told {
        let term = |value: &str| Term { term: "duration".into(), value: value.into(), at: [0, 1], words: value.into() };
        Told {
            id: "pr1".into(),
            kind: ProposalKind::Ceasefire,
            name: name.into(),
            terms: duration.map(term).into_iter().collect(),
            proposer: None,
            mentions: Vec::new(),
            rule: String::new(),
            confidence: None,
        }
    }

    #[test]
    fn one_proposal_under_many_names_and_two_that_differ() {
        let mut proposals = Proposals::default();
        let both = ["ECU".to_owned(), "PER".to_owned()];
        let mut of = |day: &str, name: &str, duration: Option<&str>| {
            proposals.of(
                day,
                &told(name, duration),
                &Setting { countries: &both, lies_in: &BTreeMap::new(), nations: &BTreeMap::new() },
                |_| None,
                str::to_owned,
            )
        };
        let thirty = of("2026-02-03", "a 30-day ceasefire", Some("P30D"));
        assert_eq!(of("2026-02-05", "the truce", None), thirty);
        assert_eq!(of("2026-02-06", "the proposed 30-day truce", Some("P30D")), thirty);
        let easter = of("2026-03-30", "a three-day Easter truce", Some("P3D"));
        assert_ne!(easter, thirty);
        assert_eq!(of("2026-04-02", "the Easter truce", None), easter);
        // bare again: the one that was spoken of last
        assert_eq!(of("2026-04-03", "the truce", None), easter);
    }

    #[test]
    fn a_name_that_tells_the_terms_goes_before_one_that_does_not() {
        let mut proposals = Proposals::default();
        let both = ["ECU".to_owned(), "PER".to_owned()];
        let nothing = BTreeMap::new();
        let setting = Setting { countries: &both, lies_in: &nothing, nations: &nothing };
        for (name, duration) in [("the truce", None), ("a 30-day truce", Some("P30D")), ("the ceasefire", None)] {
            let key = proposals.of("2026-02-03", &told(name, duration), &setting, |_| None, str::to_owned);
            proposals.note(&key, "2026-02-03");
        }
        let [(key, own)] = &proposals.end("")[..] else { panic!("not one proposal") };
        assert_eq!((key.as_str(), own.name.as_str()), ("2026-02-03", "a 30-day truce"));
    }

    #[test]
    fn a_plan_may_go_by_the_capital_of_who_proposed_it() {
        let mut proposals = Proposals::default();
        let (countries, capital) = (["ECU".to_owned(), "PER".to_owned()], "BRA".to_owned());
        let lies_in = BTreeMap::from([("brasília".to_owned(), capital.clone())]);
        let nations = BTreeMap::from([("brazil".to_owned(), capital.clone())]);
        let setting = Setting { countries: &countries, lies_in: &lies_in, nations: &nations };
        let mut of = |name: &str, by: Option<&str>, duration: Option<&str>| {
            let told = Told { proposer: by.map(Into::into), ..told(name, duration) };
            proposals.of(
                "2026-02-03",
                &told,
                &setting,
                |_| Some(("government:BRA".into(), Some(capital.clone()))),
                str::to_owned,
            )
        };
        let truce = of("a 30-day ceasefire", Some("a1"), Some("P30D"));
        assert_eq!(of("the Brasília plan", None, None), truce);
        assert_eq!(of("truce plan put forward by Brazil", None, None), truce);
        assert_ne!(of("the Oslo plan", None, None), truce);
    }

    #[test]
    fn other_countries_have_another_truce() {
        let mut proposals = Proposals::default();
        let mut of = |countries: [&str; 2]| {
            let countries = countries.map(str::to_owned);
            let setting = Setting { countries: &countries, lies_in: &BTreeMap::new(), nations: &BTreeMap::new() };
            proposals.of("2026-02-03", &told("the truce", None), &setting, |_| None, str::to_owned)
        };
        let (here, there) = (of(["ECU", "PER"]), of(["SDN", "TCD"]));
        assert_ne!(here, there);
    }
}
