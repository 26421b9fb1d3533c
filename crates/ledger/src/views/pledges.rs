//! What was promised and what became of it: pledges in; made, revised, due, kept or broken out, as later reports say.
//!
//! What became of a pledge is told in three ways. A deed that it announced is told as done (both are accounts of one happening, or the deed has the
//! words of the pledge). A later sentence speaks of the promise as one: "broke his word", "as it had promised", "the date had passed". Or the one
//! who made it says that it will not be so, or promises the same by another day. Without such words a pledge is `made`, and `due` once its deadline
//! has passed. What only recalls an earlier pledge ("which they had promised") has no row of its own unless all is asked for.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use rapporteur_record::{PledgeKind, Status};
use serde::{Deserialize, Serialize};

use super::{Desk, Reservation, Scope, cell};
use crate::days::{self, Days};
use crate::entry::{Cite, Entry};
use crate::error::Error;
use crate::fold::{Bag, Sharing, Vocabulary, telling};
use crate::table::Table;

/// The share of a pledge's telling words that a deed must have.
const SPEAKS_OF_IT: f64 = 0.4;

/// The share of its words that are no names which a sentence about a promise, with those around it, must have where the pledge has a deadline.
const SPEAKS_OF_DATED: f64 = 0.25;

/// Words that begin those by which a sentence speaks of a promise as one; the index of sentences is asked for them.
const PROMISE: &[&str] =
    &["promise", "pledge", "vow", "deadline", "ultimatum", "date", "word", "committed", "undertaking"];

/// Words and phrases that name a promise.
const NAMES_IT: &[&str] = &[
    "promise",
    "pledge",
    "vow",
    "deadline",
    "ultimatum",
    "the date",
    "his word",
    "her word",
    "its word",
    "their word",
    "committed itself",
    "undertaking",
];

/// How many sentences at the head of a report say what it is about.
const LEAD: usize = 2;

/// How many such sentences are looked at.
const MOST: usize = 4000;

/// Words and phrases that say of a pledge that it was not kept.
const BROKEN: &[&str] = &[
    "broke",
    "broken",
    "breach",
    "fail",
    "unmet",
    "missed",
    "reneg",
    "lapsed",
    "violat",
    "unfulfil",
    "still in",
    "still there",
    "had passed",
    "has passed",
    "expired",
    "not left",
    "not kept",
    "delay of",
];

/// Words and phrases that say of a pledge that it was kept.
const KEPT: &[&str] = &[
    "kept",
    "keeping",
    "fulfil",
    "honour",
    "honor",
    "complet",
    "deliver",
    "as promised",
    "had promised",
    "had pledged",
    "had committed",
    "before the date",
    "ahead of the deadline",
    "made good",
];

/// Words by which one who promised says that it will not be so.
const UNDONE: &[&str] = &["will not", "would not be able", "cannot", "could not", "not manage", "unable", "no longer"];

/// A promise of fewer telling words ("the 28th") is one that was told before.
const FEW: usize = 3;

/// Among how many pledges before it that is looked for.
const RECALLED: usize = 200;

/// How many days after it a pledge is looked for in deeds.
const WITHIN: u32 = 120;

/// One promise, and what became of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Promise {
    /// Who made it.
    pub by: String,
    /// `pledge` or `forecast`.
    pub kind: String,
    /// Its words.
    pub words: String,
    /// Since when it is known.
    pub made: String,
    /// By when; a date, or a duration that is not anchored.
    pub due: Option<String>,
    /// `made`, `revised`, `due`, `kept` or `broken`.
    pub state: String,
    /// What later reports say of it.
    pub outcome: Vec<Reservation>,
    /// Where the words stand.
    pub cites: Vec<Cite>,
}

/// The pledges in scope, the earliest first.
pub fn pledges(desk: &Desk, scope: &Scope) -> Result<(Vec<Promise>, Table), Error> {
    let all = desk.entries("pledge", &[], scope)?;
    let deeds = desk.entries(
        "event",
        &["AID", "RETREAT", "CONCEDE", "CONSULT", "COOPERATE", "REJECT", "MOBILIZE"],
        &Scope::default(),
    )?;
    // of deeds by others no pledge says anything
    let keys: BTreeSet<&str> = all.iter().filter_map(|entry| Some(entry.pledge()?.by.as_str())).collect();
    let countries: BTreeSet<&str> = keys.iter().filter_map(|key| desk.country(key)).collect();
    let own = |actor: &String| {
        keys.contains(actor.as_str()) || desk.country(actor).is_some_and(|country| countries.contains(country))
    };
    let deeds: Vec<Entry> = deeds
        .into_iter()
        .filter(|deed| deed.event().is_some_and(|event| event.actors.is_empty() || event.actors.iter().any(own)))
        .collect();
    let spoken = spoken(desk)?;
    let mut of_happening: BTreeMap<&str, Vec<&Entry>> = BTreeMap::new();
    let mut of_report: BTreeMap<&str, Vec<&Entry>> = BTreeMap::new();
    for deed in &deeds {
        of_happening.entry(deed.shared.as_deref().unwrap_or(&deed.key)).or_default().push(deed);
        of_report.entry(&deed.report).or_default().push(deed);
    }
    let mut vocabulary = Vocabulary::default();
    let promised: Vec<Bag> =
        all.iter().map(|entry| vocabulary.learn(entry.pledge().map_or("", |own| &own.content.words))).collect();
    let told: Vec<Bag> = deeds.iter().map(|deed| vocabulary.known(&deed.words())).collect();
    let says: Vec<OnceCell<BTreeSet<String>>> = deeds.iter().map(|_| OnceCell::new()).collect();
    let (like_pledge, like_deed) = (Sharing::of(&promised), Sharing::of(&told));
    let mut revising: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, later) in all.iter().enumerate() {
        if let Some(earlier) = later.pledge().and_then(|own| own.revises.as_deref()) {
            revising.entry(earlier).or_insert(at);
        }
    }
    let joined = |words: &BTreeSet<String>| words.iter().map(String::as_str).collect::<Vec<_>>().join(" ");
    let promises: Vec<BTreeSet<String>> = all.iter().map(promised_words).collect();
    let mut of_promises = Vocabulary::default();
    let bags: Vec<Bag> = promises.iter().map(|words| of_promises.learn(&joined(words))).collect();
    let around: Vec<Bag> = spoken.iter().map(|sentence| of_promises.known(&joined(&sentence.around))).collect();
    let around = Sharing::of(&around);
    // for each sentence that says what became of a promise, the pledge that it speaks of most
    let mut best: BTreeMap<usize, (f64, usize)> = BTreeMap::new();
    let mut due_on: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, entry) in all.iter().enumerate() {
        // they stand in the order in which they became known
        let after = spoken.partition_point(|sentence| sentence.known <= entry.known);
        let names = OnceCell::new();
        for (number, _) in around.with(&bags[at], f64::MIN_POSITIVE, after..spoken.len()) {
            let names = || names.get_or_init(|| Names::of(desk, entry.pledge().map_or("", |own| &own.by)));
            let Some(score) = speaks_of(entry, &promises[at], names, &spoken[number]) else { continue };
            if best.get(&number).is_none_or(|(most, _)| score >= *most) {
                best.insert(number, (score, at));
            }
        }
        if let Some(due) = due_day(entry) {
            due_on.entry(due).or_default().push(at);
        }
    }
    let mut told_of: BTreeMap<usize, Vec<&Spoken>> = BTreeMap::new();
    for (number, (_, at)) in best {
        told_of.entry(at).or_default().push(&spoken[number]);
    }
    let due_with = |at: usize| due_day(&all[at]).and_then(|due| due_on.get(&due)).into_iter().flatten().copied();
    let mut rows = Vec::new();
    for (at, entry) in all.iter().enumerate() {
        let Some(pledge) = entry.pledge() else { continue };
        let words = &promised[at];
        let of_those_words = like_pledge.with(words, SPEAKS_OF_IT, 0..at).into_iter().map(|(earlier, _)| earlier);
        let lately = (0..at).rev().take(if words.len() < FEW { RECALLED } else { 0 });
        let mut before = of_those_words.chain(due_with(at)).chain(lately).filter(|earlier| *earlier < at);
        if !scope.all && before.any(|earlier| recalls(desk, &all[earlier], entry, &promised[earlier], words)) {
            continue;
        }
        let due = pledge.deadline.as_ref().map(|deadline| deadline.value.clone());
        let due_day = due_day(entry);
        let alike = like_pledge.with(words, SPEAKS_OF_IT, at + 1..all.len());
        let alike = alike.iter().map(|(at, _)| *at).filter(|later| revises(desk, entry, &all[*later]));
        let revised = alike.chain(revising.get(entry.key.as_str()).copied()).min().map(|later| &all[later]);
        // they stand in the order in which they became known
        let after = deeds.partition_point(|deed| deed.known <= entry.known);
        let soon = |deed: &Entry| days::apart(&deed.known, &entry.known).is_some_and(|days| days <= WITHIN);
        let until = after + deeds[after..].partition_point(soon);
        let undone = due_with(at)
            .filter(|later| *later > at)
            .map(|later| &all[later])
            .find(|later| takes_back(desk, entry, later));
        let mut outcome: Vec<Became> = like_deed
            .with(words, SPEAKS_OF_IT, after..until)
            .into_iter()
            .filter_map(|(at, share)| {
                let told = || says[at].get_or_init(|| telling(&deeds[at].words()));
                Some(Became::of(became(desk, entry, &deeds[at], told, share)?, &deeds[at]))
            })
            .collect();
        // the deeds that the words of the pledge announce, as later accounts of the same happenings tell them
        let announced = of_report.get(entry.report.as_str()).into_iter().flatten().filter(|deed| {
            let within = |at: [u32; 2]| pledge.content.at[0] <= at[0] && at[1] <= pledge.content.at[1];
            deed.event().is_some_and(|event| within(event.trigger.at))
        });
        let accounts = announced.flat_map(|deed| of_happening[deed.shared.as_deref().unwrap_or(&deed.key)].iter());
        let done = |event: &rapporteur_record::Event| matches!(event.status, Status::Occurred | Status::Ended);
        let theirs = |event: &rapporteur_record::Event| event.actors.iter().any(|own| desk.one_party(&pledge.by, own));
        let later = accounts
            .filter(|deed| deed.known > entry.known && deed.event().is_some_and(|event| done(event) && theirs(event)));
        outcome.extend(later.map(|deed| Became::of("kept", deed)));
        outcome.extend(told_of.remove(&at).unwrap_or_default().into_iter().map(|sentence| Became {
            state: sentence.says,
            day: sentence.known.clone(),
            told: Reservation { words: sentence.cite.words.clone(), cites: vec![sentence.cite.clone()] },
        }));
        outcome.extend(revised.into_iter().chain(undone).map(|later| Became::of("revised", later)));
        outcome.sort_by(|a, b| (&a.day, &a.told.cites).cmp(&(&b.day, &b.told.cites)));
        outcome.dedup_by(|a, b| a.told.cites == b.told.cites);
        let over = due_day.is_some_and(|day| day < desk.today);
        let state = match outcome.last() {
            Some(last) => last.state,
            None if over => "due",
            None => "made",
        };
        rows.push(Promise {
            by: desk.name(&pledge.by),
            kind: pledge.kind.as_str().into(),
            words: pledge.content.words.clone(),
            made: entry.known.clone(),
            due,
            state: state.to_owned(),
            outcome: outcome.into_iter().map(|became| became.told).collect(),
            cites: entry.cites(),
        });
    }
    let mut table = Table::new(&["made", "by", "due", "state", "words", "outcome"]);
    for row in &rows {
        let outcome = row.outcome.last().map_or_else(String::new, |told| told.words.clone());
        let kind = if row.kind == PledgeKind::Forecast.as_str() { "forecast, " } else { "" };
        let state = format!("{kind}{}", row.state);
        let cells = vec![row.made.clone(), row.by.clone(), cell(row.due.as_ref()), state, row.words.clone(), outcome];
        table.push(cells, row.cites.clone(), row);
    }
    Ok((rows, table))
}

/// A state of a pledge, since when, and the words that say so.
struct Became {
    state: &'static str,
    day: String,
    told: Reservation,
}

impl Became {
    fn of(state: &'static str, entry: &Entry) -> Self {
        Self { state, day: entry.known.clone(), told: Reservation { words: entry.words(), cites: entry.cites() } }
    }
}

/// A sentence that says what became of a promise.
struct Spoken {
    known: String,
    says: &'static str,
    cite: Cite,
    /// Its telling words.
    own: BTreeSet<String>,
    /// Its telling words and those of the sentences around it.
    around: BTreeSet<String>,
}

/// The sentences that say what became of a promise, the earliest known first.
fn spoken(desk: &Desk) -> Result<Vec<Spoken>, Error> {
    let mut found: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for (report, number, _) in desk.ledger.search(PROMISE, MOST)? {
        found.entry(report).or_default().insert(number);
    }
    let mut spoken = Vec::new();
    for (report, numbers) in found {
        let Some(known) = desk.reports.get(&report).map(|report| report.known.clone()) else { continue };
        let sentences = desk.ledger.sentences(&report)?;
        let words: Vec<OnceCell<BTreeSet<String>>> = sentences.iter().map(|_| OnceCell::new()).collect();
        let telling = |number: usize| words[number].get_or_init(|| telling(&sentences[number].1));
        for number in numbers {
            let Some((at, words)) = sentences.get(number) else { continue };
            let small = words.to_lowercase();
            let has = |list: &[&str]| list.iter().any(|phrase| begins_a_word(&small, phrase));
            let says = if has(BROKEN) {
                "broken"
            } else if has(KEPT) {
                "kept"
            } else {
                continue;
            };
            if !has(NAMES_IT) {
                continue;
            }
            // what the report is about, and the sentences beside it
            let near = number.saturating_sub(1)..(number + 2).min(sentences.len());
            let near: BTreeSet<usize> = (0..LEAD.min(sentences.len())).chain(near).collect();
            spoken.push(Spoken {
                known: known.clone(),
                says,
                cite: Cite { report: report.clone(), at: *at, words: words.clone() },
                own: telling(number).clone(),
                around: near.into_iter().flat_map(|number| telling(number).iter().cloned()).collect(),
            });
        }
    }
    spoken.sort_by(|a, b| (&a.known, &a.cite).cmp(&(&b.known, &b.cite)));
    Ok(spoken)
}

/// Whether a phrase begins at the beginning of a word.
fn begins_a_word(text: &str, phrase: &str) -> bool {
    text.match_indices(phrase).any(|(at, _)| !text[..at].ends_with(char::is_alphanumeric))
}

/// The telling words of the names of whoever promised, and of those of their government.
struct Names {
    own: BTreeSet<String>,
    of_home: BTreeSet<String>,
}

impl Names {
    fn of(desk: &Desk, actor: &str) -> Self {
        let home = desk.country(actor).and_then(|country| desk.actors.get(&format!("government:{country}")));
        let of_home = home.into_iter().flat_map(|home| &home.names).flat_map(|name| telling(name));
        Self { own: telling(&desk.name(actor)), of_home: of_home.filter(|word| word != "government").collect() }
    }
}

/// How much a sentence about a promise speaks of this one; none where it does not.
fn speaks_of<'n>(
    entry: &Entry,
    deeds: &BTreeSet<String>,
    names: impl Fn() -> &'n Names,
    sentence: &Spoken,
) -> Option<f64> {
    let later = sentence.known > entry.known && sentence.cite.report != entry.report;
    if !later || days::apart(&entry.known, &sentence.known)? > WITHIN {
        return None;
    }
    let (shared, share) = shares(deeds, &sentence.around);
    let Names { own, of_home } = names();
    let named = !own.is_disjoint(&sentence.own);
    let near = || {
        let here =
            |name: &String| sentence.around.contains(name) || sentence.around.iter().any(|word| akin(word, name));
        own.iter().chain(of_home).any(here)
    };
    // by name, with the word promise beside it: its words need not be told again
    let by_name = named && due_day(entry).is_some_and(|due| entry.known < due) && shared > 0;
    let least = if due_day(entry).is_some() { SPEAKS_OF_DATED } else { SPEAKS_OF_IT };
    (shared > 1 && share >= least && near() || by_name).then_some(share + if named { 0.3 } else { 0.0 })
}

/// The telling words of a pledge that are no names.
fn promised_words(entry: &Entry) -> BTreeSet<String> {
    let content = entry.pledge().map_or("", |own| own.content.words.as_str());
    content.split(' ').filter(|word| !word.starts_with(char::is_uppercase)).flat_map(telling).collect()
}

/// How many of these words others have, and the share of them by weight: a number weighs twice.
fn shares(words: &BTreeSet<String>, others: &BTreeSet<String>) -> (usize, f64) {
    let weigh = |word: &String| if word.starts_with(|c: char| c.is_ascii_digit()) { 2.0 } else { 1.0 };
    let all: f64 = words.iter().map(weigh).sum();
    let shared: f64 = words.intersection(others).map(weigh).sum();
    (words.intersection(others).count(), shared / all.max(1.0))
}

/// Whether a word is made from a name: "Peruvian", "Peru".
fn akin(word: &str, name: &str) -> bool {
    name.chars().count() > 3 && word.starts_with(name) || word.chars().count() > 3 && name.starts_with(word)
}

/// The day by which it is to be done: that told, or so many days from when it was promised.
fn due_day(entry: &Entry) -> Option<String> {
    let value = &entry.pledge()?.deadline.as_ref()?.value;
    if let Some(days) = Days::of(value) {
        return Some(days.to);
    }
    let (number, unit) = (value.get(1..value.len().checked_sub(1)?)?, value.chars().last()?);
    let number: i64 = number.parse().ok()?;
    let days = match unit {
        'D' => number,
        'W' => number * 7,
        'M' => number * 30,
        _ => return None,
    };
    value.starts_with('P').then(|| days::later(&entry.known, days))
}

/// Whether one who promised a thing by a day says later that it will not be done by that day.
fn takes_back(desk: &Desk, earlier: &Entry, later: &Entry) -> bool {
    let (Some(old), Some(new)) = (earlier.pledge(), later.pledge()) else { return false };
    undoes(later)
        && desk.one_party(&old.by, &new.by)
        && due_day(earlier).is_some()
        && due_day(earlier) == due_day(later)
}

/// Whether the words of a pledge say that something will not be so.
fn undoes(entry: &Entry) -> bool {
    entry.pledge().is_some_and(|own| UNDONE.iter().any(|phrase| own.content.words.to_lowercase().contains(phrase)))
}

/// Whether a pledge only recalls an earlier one of the same party, or takes it back: the same day and words, or too few words to be one.
fn recalls(desk: &Desk, earlier: &Entry, later: &Entry, old_words: &Bag, new_words: &Bag) -> bool {
    let (Some(old), Some(new)) = (earlier.pledge(), later.pledge()) else { return false };
    if takes_back(desk, earlier, later) {
        return true;
    }
    let (due, again) = (due_day(earlier), due_day(later));
    let same = new_words.len() > 1 && new_words.is_in(old_words, 0.5) && (again.is_none() || due == again);
    let days = days::apart(&earlier.known, &later.known).is_some_and(|days| days <= WITHIN);
    let party =
        desk.one_party(&old.by, &new.by) || telling(&desk.name(&new.by)).is_subset(&telling(&desk.name(&old.by)));
    days && party && earlier.known < later.known && (same || new_words.len() < FEW)
}

/// Whether a later pledge in the words of an earlier one takes its place: the same party promises the same with another deadline.
fn revises(desk: &Desk, earlier: &Entry, later: &Entry) -> bool {
    let (Some(old), Some(new)) = (earlier.pledge(), later.pledge()) else { return false };
    let deadlines = [&old.deadline, &new.deadline].map(|deadline| deadline.as_ref().map(|deadline| &deadline.value));
    let (shared, _) = shares(&promised_words(earlier), &promised_words(later));
    shared > 1 && desk.one_party(&old.by, &new.by) && deadlines[1].is_some() && deadlines[0] != deadlines[1]
}

/// What a later deed in the words of a pledge says of it; none where it does not speak of it.
fn became<'t>(
    desk: &Desk,
    entry: &Entry,
    deed: &Entry,
    told: impl Fn() -> &'t BTreeSet<String>,
    share: f64,
) -> Option<&'static str> {
    let pledge = entry.pledge()?;
    let event = deed.event()?;
    if !event.actors.iter().any(|actor| desk.one_party(&pledge.by, actor)) {
        return None;
    }
    let says = |list: &[&str]| told().iter().any(|word| list.iter().any(|stem| word.starts_with(stem)));
    // names alone ("the United Nations") are no deed
    if promised_words(entry).is_disjoint(told()) {
        return None;
    }
    match event.status {
        Status::Failed | Status::Denied => Some("broken"),
        Status::Occurred | Status::Ended if says(BROKEN) => Some("broken"),
        Status::Occurred | Status::Ended if says(KEPT) || share > 0.5 => Some("kept"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rapporteur_record::{Deadline, Pledge, Span};

    use crate::entry::What;

    fn pledge(known: &str, words: &str, due: Option<&str>) -> Entry {
        let content = Span::new(0, words.chars().count() as u32, words);
        let pledge = Pledge {
            id: "pl1".into(),
            by: "person:ana-ruiz".into(),
            kind: PledgeKind::Pledge,
            content,
            deadline: due.map(|value| Deadline { value: value.into(), anchor: None }),
            revises: None,
            rests_on: Vec::new(),
            rule: String::new(),
            confidence: None,
        };
        Entry {
            key: "r:pl1".into(),
            report: "r".into(),
            known: known.into(),
            sentence: [0, 1],
            teller: None,
            days: None,
            spot: None,
            shared: None,
            what: What::Pledge(pledge),
            decided: None,
        }
    }

    #[test]
    fn a_pledge_is_due_by_a_day_or_so_many_days_from_when_it_was_made() {
        let due = |value| due_day(&pledge("2026-03-18", "to open the bridge", value));
        assert_eq!(due(Some("P10D")).as_deref(), Some("2026-03-28"));
        assert_eq!(due(Some("P2W")).as_deref(), Some("2026-04-01"));
        assert_eq!(due(Some("2026-04")).as_deref(), Some("2026-04-30"));
        assert_eq!(due(Some("FUTURE_REF")), None);
        assert_eq!(due(None), None);
    }

    #[test]
    fn names_are_no_deed_and_numbers_tell_most() {
        let own = promised_words(&pledge("2026-03-18", "Norway will send 40 tonnes of rice to Loja", None));
        assert!(!own.contains("norway") && !own.contains("loja") && own.contains("40"));
        let (shared, share) = shares(&own, &telling("A ship with 40 tonnes landed in Loja"));
        assert_eq!(shared, 2);
        assert!(share > 0.5, "{share}");
        assert_eq!(shares(&own, &telling("Norway thanked Loja")).0, 0);
    }

    #[test]
    fn who_promised_may_say_that_it_will_not_be() {
        assert!(undoes(&pledge("2026-03-18", "she will not manage to open the bridge by Friday", None)));
        assert!(!undoes(&pledge("2026-03-18", "she will open the bridge by Friday", None)));
        assert!(begins_a_word("he broke it", "broke") && !begins_a_word("a stockbroker", "broke"));
    }
}
