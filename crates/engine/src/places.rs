//! Places: where on the map the words lie.
//!
//! In: the names that the model marked, the places that events name, and the gazetteer. Out: places with mentions.
//! `mentions` finds the words that name a place, also within the name of a town's police or a state's university; `meaning`
//! decides which place of that name is meant. The words around a name decide first, then what else the document names, then
//! how many people live there. What stays open has no coordinates and a doubt.
//! **Invariant:** a place that the gazetteer does not know has no coordinates but those of the region that the text says it is in.

mod meaning;
mod mentions;
mod words;

use alloc::string::String;
use alloc::vec::Vec;

use rapporteur_record::Precision;

use crate::grammar::{Clauses, Trigger};
use crate::library::Library;
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
        "What it reads: a name that the model marks as a place and the gazetteer knows. Of several places of one name the one in the region or country that the words around name comes first (\"Tripoli, Lebanon\", \"Paris, Texas\", \"the Lebanese city of Tripoli\"), then one in the regions and countries that the document names otherwise, then a capital, then the most populous. Misreadings: a village that shares a city's name, in a text that names no region.",
    ),
    ("place-country", "What it reads: a country's name; the coordinates are those of a middle point."),
    (
        "place-within",
        "What it reads: a name that no book knows with the region or country it lies in: \"Cottonport, La.\". It gets the middle of that region or country, and precision `region` or `country`.",
    ),
    (
        "place-unknown",
        "What it reads: a name that the model marks as a place and no book knows. It has no coordinates.",
    ),
    (
        "ambiguous-place",
        "Several places bear the name and the text does not say which; none was taken, and the place has no coordinates.",
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
    let page = mentions::Page { text, tokens, clauses, triggers, actors, library };
    let found = mentions::find(&page);
    let meant = meaning::settle(&page, &found);
    let mut places: Vec<Place> = Vec::new();
    for (mention, place) in found.iter().zip(meant) {
        let same = |known: &&mut Place| {
            known.name == place.name && known.country == place.country && known.coordinates == place.coordinates
        };
        match places.iter_mut().find(same) {
            Some(known) => known.mentions.push(mention.span),
            None => places.push(Place { mentions: [mention.span].into(), ..place }),
        }
    }
    places
}
