//! Claims and entries in, the claims that do not hold out.
//!
//! Each claim is paired with the entry of its kind that fits it best, one to one; what the pair differs in is said. In a
//! closed layer an entry without a claim is a failure too.
//!
//! **Invariant:** the order of claims and entries decides only between pairs that fit equally well.

use crate::claims::{Claims, Field, Item};
use crate::entries::{Entry, Has};

/// What does not hold, with the line of the claim.
pub fn compare(fence: usize, claims: &Claims, entries: &[Entry]) -> Vec<(usize, String)> {
    // How badly a pair fits; a claim and an entry that share nothing are no pair.
    let mut pairs = Vec::new();
    for (c, claim) in claims.claims.iter().enumerate() {
        for (e, entry) in entries.iter().enumerate().filter(|(_, entry)| entry.kind == claim.kind) {
            let failing = claim.fields.iter().filter(|field| !holds(field, entry));
            let misfit: usize = failing.map(|field| weight(&field.name)).sum();
            if misfit < claim.fields.iter().map(|field| weight(&field.name)).sum() {
                pairs.push((misfit, c, e));
            }
        }
    }
    pairs.sort();
    let mut of_claim = vec![None; claims.claims.len()];
    let mut taken = vec![false; entries.len()];
    for (_, c, e) in pairs {
        if of_claim[c].is_none() && !taken[e] {
            of_claim[c] = Some(e);
            taken[e] = true;
        }
    }

    let mut failures = Vec::new();
    for (claim, entry) in claims.claims.iter().zip(of_claim) {
        let Some(entry) = entry.map(|entry| &entries[entry]) else {
            let free = entries.iter().zip(&taken).filter(|(entry, taken)| entry.kind == claim.kind && !**taken);
            let free: Vec<&str> = free.map(|(entry, _)| entry.name.as_str()).collect();
            let has = if free.is_empty() { "no other".into() } else { free.join("; ") };
            let first = claim.fields.first().map_or_else(String::new, |field| format!(" {}", wanted(field)));
            failures.push((claim.line, format!("no {} with{first}; the record has {has}", claim.kind)));
            continue;
        };
        for field in claim.fields.iter().filter(|field| !holds(field, entry)) {
            let message =
                format!("expected {}, the record has {} ({})", wanted(field), found(field, entry), entry.name);
            failures.push((field.line, message));
        }
    }
    for (entry, _) in entries.iter().zip(taken).filter(|(_, taken)| !taken) {
        if let Some((kind, line)) = claims.closed.iter().find(|(kind, _)| *kind == entry.kind) {
            let line = if claims.claims.iter().any(|claim| claim.kind == *kind) { fence } else { *line };
            failures.push((line, format!("the record has {} that is not claimed: {}", a(kind), entry.name)));
        }
    }
    failures
}

/// Words say more about which entry is meant than a value that many entries share.
fn weight(field: &str) -> usize {
    match field {
        "content" | "trigger" | "words" | "name" | "code" => 6,
        "cue" | "evidence" | "party" | "proposal" => 3,
        _ => 1,
    }
}

fn holds(field: &Field, entry: &Entry) -> bool {
    let has = entry.fields.iter().find(|(name, _)| *name == field.name).map(|(_, has)| has);
    has.is_some_and(|has| field.readings.iter().any(|reading| fits(reading, has)))
}

fn fits(reading: &[Item], has: &Has) -> bool {
    match has {
        Has::Words(words) => {
            reading.len() == words.len()
                && reading.iter().zip(words).all(|(item, words)| plain(&item.words) == plain(words))
        }
        Has::Among(values) if !reading.is_empty() => {
            reading.iter().all(|item| values.iter().any(|value| folded(&item.words) == folded(value)))
        }
        Has::About(values) if !reading.is_empty() => {
            reading.iter().all(|item| values.iter().any(|value| share(&item.words, value)))
        }
        Has::About(values) | Has::Among(values) => values.is_empty(),
        Has::Values(values) => all_of(reading, values, |item, value| folded(&item.words) == folded(value)),
        Has::Actors(actors) => all_of(reading, actors, |item, actor| {
            item.kind.as_ref().is_none_or(|kind| kind == actor.kind)
                && actor.names.iter().any(|name| bare_name(&item.words) == bare_name(name))
        }),
    }
}

/// Whether each item fits one of the others, with none left over on either side.
fn all_of<Other>(items: &[Item], others: &[Other], fits: impl Fn(&Item, &Other) -> bool) -> bool {
    let mut left: Vec<&Other> = others.iter().collect();
    items.iter().all(|item| match left.iter().position(|other| fits(item, other)) {
        Some(at) => {
            left.remove(at);
            true
        }
        None => false,
    }) && left.is_empty()
}

fn wanted(field: &Field) -> String {
    let readings: Vec<String> = field
        .readings
        .iter()
        .map(|reading| {
            listed(reading.iter().map(|item| match &item.kind {
                Some(kind) => format!("{:?} ({kind})", item.words),
                None => format!("{:?}", item.words),
            }))
        })
        .collect();
    format!("{} {}", field.name, readings.join(" or "))
}

fn found(field: &Field, entry: &Entry) -> String {
    match entry.fields.iter().find(|(name, _)| *name == field.name).map(|(_, has)| has) {
        Some(Has::Words(words) | Has::About(words) | Has::Among(words) | Has::Values(words)) => {
            listed(words.iter().map(|words| format!("{words:?}")))
        }
        Some(Has::Actors(actors)) => listed(
            actors.iter().map(|actor| format!("{:?} ({})", actor.names.first().map_or("", String::as_str), actor.kind)),
        ),
        None => "no such field".into(),
    }
}

fn listed(words: impl Iterator<Item = String>) -> String {
    let words: Vec<String> = words.collect();
    if words.is_empty() { "none".into() } else { words.join(", ") }
}

/// The kind with its article.
pub fn a(kind: &str) -> String {
    if kind.starts_with(['a', 'e']) { format!("an {kind}") } else { format!("a {kind}") }
}

/// Words with every stretch of white space as one space.
fn plain(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn folded(words: &str) -> String {
    plain(words).to_lowercase()
}

/// A name without its article and possessive.
fn bare_name(name: &str) -> String {
    let name = folded(name);
    let name = name.strip_prefix("the ").unwrap_or(&name);
    name.strip_suffix("’s").or_else(|| name.strip_suffix("'s")).unwrap_or(name).to_owned()
}

/// Whether one holds the other, in whole words.
fn share(one: &str, other: &str) -> bool {
    let spaced = |words: &str| {
        let letters: String = words.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
        format!(" {} ", plain(&letters))
    };
    let (one, other) = (spaced(one), spaced(other));
    one.contains(&other) || other.contains(&one)
}
