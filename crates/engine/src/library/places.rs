//! The places and cities tables in; places by name, with coordinates, out.
//!
//! `places` is written by hand, small, and indexed when read. `cities` is made from GeoNames, large, and never indexed:
//! its lines are sorted by folded name, one line for each name of a place, and are found by halving the text itself.
//!
//! **Invariant:** a latitude is never beyond 90 degrees nor a longitude beyond 180; a name that no row bears has no place.

use super::LibraryError;
use super::fold::folded;
use super::table::{Names, Row, Table};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// What kind of place it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PlaceKind {
    /// A city, town or village.
    Settlement,
    /// A part of a settlement.
    District,
    /// An administrative or historical region of a country.
    Region,
    /// A part of the world with no one government: the Sahel, the Middle East.
    Area,
    /// A sea, strait, gulf, river, lake or canal.
    Water,
    /// An island or group of islands.
    Island,
    /// A mountain, range, valley or desert.
    Land,
    /// A plant, dam, bridge, crossing, airport, base, port or camp.
    Facility,
}

impl PlaceKind {
    /// The kind as the record writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            PlaceKind::Settlement => "settlement",
            PlaceKind::District => "district",
            PlaceKind::Region => "region",
            PlaceKind::Area => "area",
            PlaceKind::Water => "water",
            PlaceKind::Island => "island",
            PlaceKind::Land => "land",
            PlaceKind::Facility => "facility",
        }
    }

    /// How near the coordinates are, in the record's words: `exact`, `settlement` or `region`.
    pub fn precision(self) -> &'static str {
        match self {
            PlaceKind::Facility => "exact",
            PlaceKind::Settlement | PlaceKind::District => "settlement",
            _ => "region",
        }
    }

    fn parse(text: &str) -> Option<PlaceKind> {
        use PlaceKind::*;
        [Settlement, District, Region, Area, Water, Island, Land, Facility]
            .into_iter()
            .find(|kind| kind.as_str() == text)
    }
}

/// One place.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Its usual name in English.
    pub name: &'static str,
    /// What kind of place it is.
    pub kind: PlaceKind,
    /// Alpha-3 of its country; none for seas and for what several countries share.
    pub country: Option<&'static str>,
    /// The first-order division it lies in; empty if unknown.
    pub region: &'static str,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// People who live there; 0 if unknown.
    pub population: u32,
    /// The book's source: `ours`, `geonames`, `natural-earth`.
    pub source: &'static str,
}

/// All places.
#[derive(Debug, Clone)]
pub struct Places {
    ours: Vec<Place>,
    names: Names,
    cities: Vec<Table>,
}

/// Words that say of a name that it is a region's, after it or before it.
const REGION_WORDS: [&str; 20] = [
    "region",
    "oblast",
    "province",
    "governorate",
    "state",
    "district",
    "county",
    "prefecture",
    "republic",
    "krai",
    "raion",
    "department",
    "emirate",
    "canton",
    "voivodeship",
    "parish",
    "peninsula",
    "area",
    "territory",
    "division",
];

impl Places {
    pub(crate) fn parse<'t>(
        tables: impl Iterator<Item = &'t Table>,
        cities: impl Iterator<Item = &'t Table>,
    ) -> Result<Places, LibraryError> {
        let mut ours = Vec::new();
        let mut keys: Vec<(String, u32)> = Vec::new();
        for table in tables {
            for row in table.rows() {
                let row = row?;
                let number = ours.len() as u32;
                let place = place(&row)?;
                keys.push((folded(place.name), number));
                keys.extend(row.list("aliases").into_iter().map(|alias| (folded(alias), number)));
                ours.push(place);
            }
        }
        Ok(Places { ours, names: Names::from_pairs(keys), cities: cities.cloned().collect() })
    }

    /// The places written by hand, in the order of the book.
    pub fn ours(&self) -> &[Place] {
        &self.ours
    }

    /// Every place of this name, in any case, with or without accents and "city of", the most populous first. Where the
    /// words call it a region ("Donetsk Oblast", "Kursk region", "province of Herat") the regions come first.
    pub fn named(&self, name: &str) -> Vec<Place> {
        let key = folded(name);
        let mut places = self.bearing(&key);
        if let Some(bare) = without_region_word(&key) {
            let mut wider = self.bearing(bare);
            wider.sort_by_key(|place| place.kind != PlaceKind::Region);
            places.extend(wider);
        }
        if let (true, Some(bare)) = (places.is_empty(), key.strip_suffix(" city")) {
            // "Kharkiv City", but not "Oklahoma City"
            places = self.bearing(bare);
            places.retain(|place| matches!(place.kind, PlaceKind::Settlement | PlaceKind::District));
        }
        let mut distinct: Vec<Place> = Vec::with_capacity(places.len());
        for place in places {
            if !distinct.iter().any(|other| same(other, &place)) {
                distinct.push(place);
            }
        }
        distinct
    }

    fn bearing(&self, key: &str) -> Vec<Place> {
        if key.is_empty() {
            return Vec::new();
        }
        let mut places: Vec<Place> = self.names.rows(key).filter_map(|row| self.ours.get(row)).cloned().collect();
        for table in &self.cities {
            places.extend(lines_of(table.body, key).filter_map(city));
        }
        places.sort_by_key(|place| core::cmp::Reverse(place.population));
        places
    }
}

/// Whether two rows are one place: same kind and country, and no farther apart than a town is wide.
fn same(one: &Place, other: &Place) -> bool {
    let apart = |a: f64, b: f64| if a > b { a - b } else { b - a };
    one.kind == other.kind
        && one.country == other.country
        && apart(one.lat, other.lat) < 0.2
        && apart(one.lon, other.lon) < 0.2
}

fn without_region_word(key: &str) -> Option<&str> {
    REGION_WORDS
        .iter()
        .find_map(|word| {
            key.strip_suffix(word)
                .and_then(|rest| rest.strip_suffix(' '))
                .or_else(|| key.strip_prefix(word).and_then(|rest| rest.strip_prefix(" of ")))
        })
        .map(|rest| rest.strip_suffix(" autonomous").unwrap_or(rest))
        .filter(|rest| !rest.is_empty())
}

/// The lines of a sorted text whose first cell is the key.
fn lines_of<'t>(body: &'static str, key: &'t str) -> impl Iterator<Item = &'static str> + 't {
    let first_cell = |line: &'static str| line.split('\t').next().unwrap_or("");
    let (mut low, mut high) = (0, body.len());
    // Both ends always stand at the start of a line.
    while low < high {
        let middle = low + (high - low) / 2;
        let start = start_of_line(body, middle).max(low);
        let end =
            body.as_bytes()[start..].iter().position(|byte| *byte == b'\n').map_or(body.len(), |at| start + at + 1);
        if first_cell(&body[start..end]).as_bytes() < key.as_bytes() {
            low = end;
        } else {
            high = start;
        }
    }
    body[low..].lines().take_while(move |line| first_cell(line) == key)
}

fn start_of_line(body: &str, at: usize) -> usize {
    body.as_bytes()[..at].iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1)
}

/// A line of `cities`: key, name, kind, country, region, lat, lon, population, source.
fn city(line: &'static str) -> Option<Place> {
    let mut cells = line.split('\t').skip(1);
    Some(Place {
        name: cells.next()?,
        kind: PlaceKind::parse(cells.next()?)?,
        country: cells.next().filter(|code| !code.is_empty()),
        region: cells.next()?,
        lat: cells.next()?.parse().ok()?,
        lon: cells.next()?.parse().ok()?,
        population: cells.next()?.parse().ok()?,
        source: cells.next()?,
    })
}

fn place(row: &Row<'_>) -> Result<Place, LibraryError> {
    let place = Place {
        name: row.required("name")?,
        kind: row.word("kind", PlaceKind::parse)?,
        country: row.some("country"),
        region: row.text("region"),
        lat: row.number("lat")?,
        lon: row.number("lon")?,
        population: if row.text("population").is_empty() { 0 } else { row.number("population")? },
        source: row.some("source").unwrap_or("ours"),
    };
    if !(-90.0..=90.0).contains(&place.lat) || !(-180.0..=180.0).contains(&place.lon) {
        return Err(row.error(format!("{} lies nowhere on earth", place.name)));
    }
    Ok(place)
}
