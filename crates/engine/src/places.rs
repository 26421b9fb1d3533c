//! Places: where on the map the words lie.
//!
//! In: the names that the model marked as places, the places that events name, and the gazetteer. Out: places with mentions.
//! Among places of one name the country that the words around name decides, then the countries of the document, then how many
//! people live there. A country is a place too where something happens in it.
//! **Invariant:** a place that the gazetteer does not know has no coordinates.

use alloc::borrow::ToOwned;
use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::ops::Range;

use rapporteur_record::{ActorKind, Form, Precision};

use crate::grammar::{Clauses, NameKind, Trigger, span_of};
use crate::library::{Library, Place as Row};
use crate::names::Actors;
use crate::span::Span;
use crate::tokens::Token;

/// One place of the document.
#[derive(Clone, Debug)]
pub struct Place {
    /// Its usual name, or the words where no book knows it.
    pub name: String,
    /// What sort of place.
    pub kind: String,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// Degrees north and east.
    pub coordinates: Option<(f64, f64)>,
    /// How exactly it is known.
    pub precision: Precision,
    /// Where the document names it.
    pub mentions: Vec<Span>,
    /// Whether other places bear the name and nothing in the text decided.
    pub doubtful: bool,
    /// The rule that placed it.
    pub rule: &'static str,
}

/// The rules of this room.
pub const RULES: &[(&str, &str)] = &[
    (
        "place-gazetteer",
        "What it reads: a name that the model marks as a place and the gazetteer knows. Of several places of one name, one in a country that the document names comes before others, then the most populous. Misreadings: a village that shares a city's name.",
    ),
    ("place-country", "What it reads: a country's name; the coordinates are those of a middle point."),
    (
        "place-unknown",
        "What it reads: a name that the model marks as a place and no book knows. It has no coordinates.",
    ),
    (
        "ambiguous-place",
        "Several places of like size bear the name and the text does not say which; the most populous was taken.",
    ),
];

/// Places the names of a document.
pub fn resolve(
    text: &str,
    tokens: &[Token],
    clauses: &Clauses,
    triggers: &[Trigger],
    actors: &Actors,
    library: &Library,
) -> Vec<Place> {
    let mut wanted: Vec<Range<usize>> =
        clauses.names.iter().filter(|name| name.kind == NameKind::Location).map(|name| name.tokens.clone()).collect();
    for trigger in triggers {
        wanted.extend(trigger.fillers.iter().filter(|f| f.role == "place").map(|f| f.tokens.clone()));
    }
    // a capital or country that acts is its government, not a place
    let acts = |span: Span| {
        actors.all.iter().filter(|actor| actor.kind == ActorKind::Government).any(|actor| {
            actor
                .mentions
                .iter()
                .any(|(mention, form)| *form != Form::Nominal && *form != Form::Pronoun && mention.contains(span))
        })
    };
    // but what is struck is a place, whatever else it stands for
    let struck: Vec<Range<usize>> = triggers
        .iter()
        .filter(|trigger| trigger.kind == "ASSAULT")
        .flat_map(|trigger| trigger.fillers.iter().filter(|filler| matches!(filler.role, "recipient" | "place")))
        .map(|filler| filler.tokens.clone())
        .collect();
    let is_struck =
        |range: &Range<usize>| struck.iter().any(|other| other.start < range.end && range.start < other.end);
    let by_role = wanted.split_off(clauses.names.iter().filter(|name| name.kind == NameKind::Location).count());
    wanted.retain(|range| is_struck(range) || !acts(span_of(tokens, range)));
    wanted.extend(by_role);
    wanted.sort_by_key(|range| (range.start, core::cmp::Reverse(range.end)));
    // of overlapping runs the longer one
    let mut runs: Vec<Range<usize>> = Vec::new();
    for range in wanted {
        let range = without_edges(text, tokens, range);
        if !range.is_empty() && runs.last().is_none_or(|last| last.end <= range.start) {
            runs.push(range);
        }
    }
    let words = |range: &Range<usize>| span_of(tokens, range).of(text).split_whitespace().collect::<Vec<_>>().join(" ");
    let mut countries: BTreeMap<&str, usize> = BTreeMap::new();
    for at in 0..tokens.len() {
        for end in [at + 1, at + 2, at + 3] {
            if end > tokens.len() || !tokens[at].span.of(text).starts_with(char::is_uppercase) {
                break;
            }
            let run = words(&(at..end));
            let found = library
                .country_by_name(&run)
                .or_else(|| library.country_by_adjective(&run))
                .or_else(|| library.capital_of(&run));
            if let Some(country) = found {
                *countries.entry(country.alpha3).or_default() += 1;
            }
        }
    }
    let mut places: Vec<Place> = Vec::new();
    for range in &runs {
        let name = words(range);
        let span = span_of(tokens, range);
        let place = place_of(&name, library, &countries);
        match places.iter_mut().find(|known| known.name == place.name && known.country == place.country) {
            Some(known) => known.mentions.push(span),
            None => places.push(Place { mentions: [span].into(), ..place }),
        }
    }
    places
}

fn without_edges(text: &str, tokens: &[Token], mut range: Range<usize>) -> Range<usize> {
    let word = |at: usize| tokens[at].span.of(text);
    while !range.is_empty()
        && matches!(word(range.start), "the" | "The" | "in" | "near" | "of" | "," | "at" | "on" | "“" | "\"")
    {
        range.start += 1;
    }
    while !range.is_empty() && matches!(word(range.end - 1), "'s" | "’s" | "," | "." | "'" | "’" | "”" | "\"") {
        range.end -= 1;
    }
    range
}

fn place_of(name: &str, library: &Library, countries: &BTreeMap<&str, usize>) -> Place {
    let bare = name.strip_prefix("the ").unwrap_or(name);
    if let Some(country) = library.country_by_name(bare) {
        return Place {
            name: country.name.to_string(),
            kind: "country".to_owned(),
            country: Some(country.alpha3.to_string()),
            coordinates: Some((country.lat, country.lon)),
            precision: Precision::Country,
            mentions: Vec::new(),
            doubtful: false,
            rule: "place-country",
        };
    }
    let rows = library.places_named(bare);
    let weight = |row: &Row| {
        let told = row.country.and_then(|country| countries.get(country)).copied().unwrap_or(0) as u64;
        let capital = library.capital_of(bare).is_some_and(|country| Some(country.alpha3) == row.country);
        // a country named in the document outweighs any difference of size; fame decides the rest
        (
            u64::from(told > 0 || capital),
            u64::from(row.source == "ours"),
            u64::from(row.population) + told.min(50) * 100_000,
        )
    };
    let best = rows
        .iter()
        .enumerate()
        .max_by_key(|(index, row)| (weight(row), core::cmp::Reverse(*index)))
        .map(|(_, row)| row);
    let Some(best) = best else {
        return Place {
            name: bare.to_owned(),
            kind: "unknown".to_owned(),
            country: None,
            coordinates: None,
            precision: Precision::Region,
            mentions: Vec::new(),
            doubtful: false,
            rule: "place-unknown",
        };
    };
    let rivals = rows.iter().filter(|row| {
        row.country != best.country && weight(row).0 == weight(best).0 && row.population * 2 > best.population
    });
    Place {
        name: best.name.to_string(),
        kind: best.kind.as_str().to_owned(),
        country: best.country.map(str::to_owned),
        coordinates: Some((best.lat, best.lon)),
        precision: match best.kind.precision() {
            "exact" => Precision::Exact,
            "settlement" => Precision::Settlement,
            "country" => Precision::Country,
            _ => Precision::Region,
        },
        mentions: Vec::new(),
        doubtful: rivals.count() > 0,
        rule: "place-gazetteer",
    }
}
