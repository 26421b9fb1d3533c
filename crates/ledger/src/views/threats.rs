//! What was threatened, on what condition, and whether it was carried out: threats in, one row each out.
//!
//! A threat counts as carried out when a later account tells that the one who threatened, or someone of that country, did to the
//! threatened what the mode of the threat names: sanctions for sanctions, an attack or a mobilisation for a military threat. It was not carried out
//! where a later account tells that it was not ("not one warship has closed the gulf"). What somebody warns will come, and does not only foresee,
//! is a threat too; an account that recalls one made before is no second threat.

use std::collections::BTreeSet;

use rapporteur_record::{EventType, Mode, Status};
use serde::{Deserialize, Serialize};

use super::{Desk, Reservation, Scope, cell, listed};
use crate::days::{self, MONTHS};
use crate::entry::{Cite, Entry};
use crate::error::Error;
use crate::fold::telling;
use crate::table::Table;

/// How many days after it a threat is looked for in deeds.
const WITHIN: u32 = 180;

/// The share of the fewer words that a threat which recalls another shares with it.
const SAME_WORDS: f64 = 0.4;

/// One threat.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Threat {
    /// Who threatens.
    pub by: String,
    /// Whom.
    pub against: Vec<String>,
    /// The words.
    pub words: String,
    /// The words of the condition.
    pub condition: Option<String>,
    /// Since when it is known.
    pub day: String,
    /// `open`, `carried out` or `not carried out`.
    pub state: String,
    /// The deeds, in words of later reports.
    pub outcome: Vec<Reservation>,
    /// Where the words stand.
    pub cites: Vec<Cite>,
}

/// Nouns for a threat that was made before.
const THREATS: &[&str] = &["threat", "threats", "ultimatum", "warning", "warnings"];

/// Words that say of a deed that it was not done.
const NOT_DONE: &[&str] = &["not one", "never", "no ", "none", "did not", "has not", "have not", "had not", "yet to"];

/// A threat and all that is told of it.
struct Known<'e> {
    first: &'e Entry,
    accounts: Vec<&'e Entry>,
    actors: BTreeSet<String>,
    words: BTreeSet<String>,
}

/// The threats in scope, the earliest first, each with all its accounts.
pub fn threats(desk: &Desk, scope: &Scope) -> Result<(Vec<Threat>, Table), Error> {
    let deeds =
        desk.entries("event", &["SANCTION", "ASSAULT", "MOBILIZE", "COERCE", "RETREAT", "REJECT"], &Scope::default())?;
    let happenings = desk.happenings(&["THREATEN"], scope)?;
    let said: Vec<Entry> = desk.entries("pledge", &["forecast"], scope)?;
    let statements = desk.entries("statement", &["threaten"], scope)?;
    let told = happenings
        .iter()
        .filter(|accounts| accounts.first().and_then(Entry::event).is_some_and(|event| event.status != Status::Denied));
    let mut known: Vec<Known> = told
        .map(|accounts| Known {
            first: &accounts[0],
            accounts: accounts.iter().collect(),
            actors: accounts.iter().filter_map(Entry::event).flat_map(|event| event.actors.iter().cloned()).collect(),
            words: accounts.iter().flat_map(|entry| telling(&entry.words())).collect(),
        })
        .collect();
    // what is warned of by whoever would do it, where no event of threatening stands in the sentence
    let warned = said.iter().filter(|entry| entry.pledge().is_some_and(|own| has_condition(&own.content.words)));
    for entry in warned.chain(&statements) {
        let told = known.iter().any(|one| {
            one.accounts.iter().any(|other| other.report == entry.report && other.sentence == entry.sentence)
        });
        let by = entry.pledge().map(|own| &own.by).or(entry.statement().and_then(|own| own.speaker.as_ref()));
        if let (false, Some(by), true) = (told, by, has_condition(&entry.words())) {
            known.push(Known {
                first: entry,
                accounts: vec![entry],
                actors: BTreeSet::from([by.clone()]),
                words: telling(&entry.words()),
            });
        }
    }
    known.sort_by(|a, b| (&a.first.known, &a.first.key).cmp(&(&b.first.known, &b.first.key)));
    let nations = desk.nations();
    let mut threats: Vec<Known> = Vec::new();
    for one in known {
        let again = threats.iter_mut().find(|earlier| recalls(desk, &nations, earlier, &one));
        match again {
            Some(earlier) => {
                earlier.accounts.extend(one.accounts);
            }
            None => threats.push(one),
        }
    }
    let mut rows = Vec::new();
    for one in threats {
        // they stand in the order in which they became known
        let after = deeds.partition_point(|deed| deed.known <= one.first.known);
        let soon = |deed: &Entry| days::apart(&deed.known, &one.first.known).is_some_and(|days| days <= WITHIN);
        let until = after + deeds[after..].partition_point(soon);
        let events = || one.accounts.iter().filter_map(|entry| entry.event());
        let recipients: Vec<String> = events().flat_map(|event| event.recipients.iter().cloned()).collect();
        let modes: Vec<Mode> = events().filter_map(|event| event.mode).collect();
        let spoken_of: Vec<(&Entry, bool)> = deeds[after..until]
            .iter()
            .filter_map(|deed| Some((deed, carried_out(desk, &nations, &one, &modes, &recipients, deed)?)))
            .collect();
        let state = match spoken_of.iter().rev().find(|(_, done)| *done).or(spoken_of.last()) {
            Some((_, true)) => "carried out",
            Some((_, false)) => "not carried out",
            None => "open",
        };
        let by = listed(&desk.names(&one.actors));
        let condition = events().find_map(|event| event.condition.as_ref()).map(|span| span.words.clone());
        rows.push(Threat {
            by: if by.is_empty() { desk.account(one.first).by } else { by },
            against: desk.names(&recipients),
            words: one.first.words(),
            condition: condition.or_else(|| one.accounts.iter().find_map(|entry| conditioned(&entry.words()))),
            day: one.first.known.clone(),
            state: state.into(),
            outcome: spoken_of
                .iter()
                .map(|(deed, _)| Reservation { words: deed.words(), cites: deed.cites() })
                .collect(),
            cites: one.accounts.iter().flat_map(|entry| entry.cites()).collect(),
        });
    }
    let mut table = Table::new(&["day", "by", "against", "condition", "state", "words"]);
    for row in &rows {
        let cells = vec![
            row.day.clone(),
            row.by.clone(),
            listed(&row.against),
            cell(row.condition.as_ref()),
            row.state.clone(),
            row.words.clone(),
        ];
        table.push(cells, row.cites.clone(), row);
    }
    Ok((rows, table))
}

/// Whether a threat of the same party in the same words, or one that is told without any words of its own, recalls an earlier one.
fn recalls(desk: &Desk, nations: &[String], earlier: &Known, later: &Known) -> bool {
    let days = days::apart(&earlier.first.known, &later.first.known).is_some_and(|days| days <= WITHIN);
    let party = || later.actors.iter().any(|one| earlier.actors.iter().any(|other| desk.one_party(one, other)));
    if !days || earlier.first.report == later.first.report || !party() {
        return false;
    }
    let shared = earlier.words.intersection(&later.words).filter(|word| tells(nations, word)).count();
    let fewer = earlier.words.len().min(later.words.len()).max(1);
    // "a threat of blockade" is one that was made
    let noun = later.first.event().is_some_and(|event| THREATS.contains(&event.trigger.words.to_lowercase().as_str()));
    shared > 3 || shared > 2 && shared as f64 >= SAME_WORDS * fewer as f64 || noun && shared > 0
}

/// Whether a word tells what is threatened, and not only who or when.
fn tells(nations: &[String], word: &str) -> bool {
    !word.starts_with(|c: char| c.is_ascii_digit())
        && !MONTHS.contains(&word)
        && !nations
            .iter()
            .any(|name| word.starts_with(name.as_str()) || word.chars().count() > 3 && name.starts_with(word))
}

/// Whether it is told on what condition something will come.
fn has_condition(words: &str) -> bool {
    conditioned(words).is_some()
}

/// The words of a condition: from "if" or "unless" on.
fn conditioned(words: &str) -> Option<String> {
    [" if ", " unless ", " until "]
        .iter()
        .filter_map(|word| words.find(word))
        .min()
        .map(|at| words[at + 1..].to_owned())
}

/// Whether a deed is what was threatened, and then whether it was done; none where it is another.
fn carried_out(
    desk: &Desk,
    nations: &[String],
    threat: &Known,
    modes: &[Mode],
    recipients: &[String],
    deed: &Entry,
) -> Option<bool> {
    let done = deed.event()?;
    let told = matches!(done.status, Status::Occurred | Status::Ongoing | Status::Failed | Status::Denied);
    if !told {
        return None;
    }
    let by_them = done.actors.iter().any(|actor| threat.actors.iter().any(|other| desk.one_party(actor, other)));
    let to_them = recipients.is_empty()
        || done.recipients.is_empty()
        || done.recipients.iter().any(|one| recipients.iter().any(|other| desk.one_party(one, other)));
    if !by_them || !to_them {
        return None;
    }
    let spoken_of = telling(&deed.words()).intersection(&threat.words).filter(|word| tells(nations, word)).count() > 1;
    let named = |mode: &Mode| match mode {
        Mode::Sanctions => done.kind == EventType::Sanction,
        // a war goes on whatever is threatened: it must be the deed that was spoken of
        Mode::Military => {
            matches!(done.kind, EventType::Assault | EventType::Mobilize | EventType::Coerce) && spoken_of
        }
        Mode::Restrict => matches!(done.kind, EventType::Coerce | EventType::Sanction),
        _ => false,
    };
    let force = matches!(done.kind, EventType::Assault | EventType::Coerce | EventType::Mobilize | EventType::Sanction);
    let named = if modes.is_empty() { spoken_of && force } else { modes.iter().any(named) };
    let small = deed.words().to_lowercase();
    let not =
        NOT_DONE.iter().any(|phrase| small.contains(phrase)) || matches!(done.status, Status::Denied | Status::Failed);
    named.then_some(!not)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_on_a_condition_is_a_threat_and_the_condition_is_quoted() {
        let words = "The navy will close the gulf if the army does not leave by Friday";
        assert_eq!(conditioned(words).as_deref(), Some("if the army does not leave by Friday"));
        assert!(!has_condition("The navy will close the gulf on Friday"));
    }

    #[test]
    fn names_of_states_months_and_numbers_do_not_tell_what_is_threatened() {
        let nations = ["peru".to_owned(), "peruvian".to_owned()];
        let told = ["blockade", "gulf", "peru", "peruvian", "march", "5"].map(|word| tells(&nations, word));
        assert_eq!(told, [true, true, false, false, false, false]);
    }
}
