//! Meaning: which place of its name a mention means.
//!
//! In: the mentions. Out: a place for each. Every name has candidates: a country, regions, towns. The region or country that
//! the words around a mention name decides for all mentions of that name. Otherwise names vote for the regions and countries that
//! they may lie in, so that names which lie together decide one another, and fame decides what is left.
//! **Invariant:** a candidate is taken only where no other comes near it; the same name means one place where the words do not differ.

use alloc::borrow::ToOwned;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use rapporteur_record::Precision;

use super::Place;
use super::mentions::{Mention, Page};
use super::words::{LOCAL, NOUNS};
use crate::library::{Library, PlaceKind, folded};

/// What a name may mean.
#[derive(Clone, Debug)]
struct Candidate {
    name: &'static str,
    kind: &'static str,
    country: Option<&'static str>,
    /// The first-order division it lies in or is; empty for a country.
    region: &'static str,
    lat: f64,
    lon: f64,
    precision: Precision,
    /// How well known it is: about the logarithm of its people.
    fame: f64,
    /// Whether others can lie in it: a country, a division, a county.
    holds: bool,
}

/// A country, or a division of one (empty: all of it).
type Area = (&'static str, &'static str);

/// How much the rest of the document says for an area.
#[derive(Default)]
struct Votes(BTreeMap<Area, f64>);

impl Votes {
    fn add(&mut self, area: Area, weight: f64) {
        *self.0.entry(area).or_default() += weight;
    }

    fn of(&self, area: Area) -> f64 {
        self.0.get(&area).copied().unwrap_or(0.0)
    }

    fn countries(&self) -> f64 {
        self.0.iter().filter(|((_, region), _)| region.is_empty()).map(|(_, votes)| votes).sum()
    }
}

/// One name of the document.
struct Name {
    candidates: Vec<Candidate>,
    /// Areas that the words beside any of its mentions name.
    told: Vec<Area>,
    mentions: usize,
    chosen: Option<usize>,
}

/// Places every mention.
pub(super) fn settle(page: &Page, mentions: &[Mention]) -> Vec<Place> {
    let mut names: BTreeMap<String, Name> = BTreeMap::new();
    for mention in mentions {
        let entry = names.entry(key(mention)).or_insert_with(|| Name {
            candidates: candidates(page.library, mention),
            told: Vec::new(),
            mentions: 0,
            chosen: None,
        });
        entry.mentions += 1;
    }
    // "Clarke" where the document also names Clarke County
    let counties: Vec<(String, Vec<Candidate>)> = names
        .iter()
        .filter_map(|(key, name)| Some((key.strip_suffix(" county")?.to_owned(), name.candidates.clone())))
        .collect();
    for (bare, county) in counties {
        if let Some(name) = names.get_mut(&bare) {
            name.candidates.extend(county.into_iter().map(|county| Candidate { fame: 3.5, ..county }));
        }
    }
    let told: Vec<Vec<Area>> = (0..mentions.len()).map(|at| told(page, mentions, at, &names)).collect();
    for (at, (mention, told)) in mentions.iter().zip(&told).enumerate() {
        let Some(name) = names.get_mut(&key(mention)) else { continue };
        name.told.extend(told.iter().copied());
        // "Belgrade, Minn." is none of the Belgrades that the books know
        let region_beside =
            mentions.get(at + 1).is_some_and(|next| next.region && next.tokens.start == mention.tokens.end + 1);
        if region_beside
            && !told.is_empty()
            && !name.candidates.iter().any(|candidate| told.iter().any(|area| inside(candidate, *area)))
        {
            name.candidates.clear();
        }
    }
    let spoken = spoken(page);
    for _round in 0..3 {
        let chosen: Vec<Option<usize>> = names
            .iter()
            .map(|(key, name)| {
                let others = votes(&names, &spoken, Some(key));
                choose(page.library, name, &name.told, &others)
            })
            .collect();
        for (name, chosen) in names.values_mut().zip(chosen) {
            name.chosen = chosen;
        }
    }
    let mut places = Vec::new();
    for (mention, told) in mentions.iter().zip(&told) {
        let Some(name) = names.get(&key(mention)) else { continue };
        // words beside this very mention go before those beside another
        let own = name.candidates.iter().position(|candidate| told.iter().any(|area| inside(candidate, *area)));
        let chosen = match own {
            Some(_) if !told.is_empty() => {
                let others = votes(&names, &spoken, Some(&key(mention)));
                choose(page.library, name, told, &others)
            }
            _ => name.chosen,
        };
        let place = match chosen.and_then(|at| name.candidates.get(at)) {
            Some(candidate) => placed(candidate),
            None => unplaced(page, mention, name, if told.is_empty() { &name.told } else { told }),
        };
        places.push(place);
    }
    places
}

fn key(mention: &Mention) -> String {
    // "Washington" and "Wash." are two names
    let folded = folded(&mention.name);
    if mention.region && !folded.ends_with(" county") && !folded.ends_with(" parish") {
        format!("{folded} state")
    } else {
        folded
    }
}

fn candidates(library: &Library, mention: &Mention) -> Vec<Candidate> {
    let mut found = Vec::new();
    let name = mention.name.as_str();
    let county = name.ends_with(" County") || name.ends_with(" Parish") || name.ends_with(" Co.");
    let adjective = || library.country_by_adjective(name).or_else(|| library.country_by_demonym_noun(name));
    if !mention.region
        && let Some(country) = library.country_by_name(name).or_else(adjective)
    {
        found.push(Candidate {
            name: country.name,
            kind: "country",
            country: Some(country.alpha3),
            region: "",
            lat: country.lat,
            lon: country.lon,
            precision: Precision::Country,
            fame: 6.8,
            holds: true,
        });
    }
    let mut rows = library.places_named(name);
    if let (true, Some(bare)) = (county, name.strip_suffix(" Co.")) {
        rows = library.places_named(&format!("{bare} County"));
    }
    if let (true, Some(bare)) = (county, name.strip_suffix(" County")) {
        rows.extend(library.places_named(&format!("{bare} Parish")));
    }
    let capital = library.capital_of(name).map(|country| country.alpha3);
    for row in rows {
        let region = row.kind == PlaceKind::Region;
        if mention.region && !region
            || county
                && !folded(row.name).ends_with(" county")
                && !folded(row.name).ends_with(" parish")
                && row.country == Some("USA")
        {
            continue;
        }
        let people = f64::from(row.population.max(1)).max(2_000.0);
        let fame = match row.kind {
            PlaceKind::Region if row.name.ends_with(" County") || row.name.ends_with(" Parish") => 4.5,
            // the divisions of every country; those written by hand are known to the world
            PlaceKind::Region if row.source == "geonames" => 5.0,
            PlaceKind::Region if library.country_by_name(name).is_some() => 5.8,
            PlaceKind::Settlement | PlaceKind::District
                if row.source == "geonames" || row.source == "natural-earth" =>
            {
                log10(people)
            }
            PlaceKind::Settlement | PlaceKind::District | PlaceKind::Facility => 5.5,
            _ => 6.3,
        };
        let seat = capital.is_some() && capital == row.country && row.kind == PlaceKind::Settlement;
        found.push(Candidate {
            name: row.name,
            kind: row.kind.as_str(),
            country: row.country,
            region: if row.region.is_empty() && region { row.name } else { row.region },
            lat: row.lat,
            lon: row.lon,
            precision: match row.kind.precision() {
                "exact" => Precision::Exact,
                "settlement" => Precision::Settlement,
                _ => Precision::Region,
            },
            fame: fame + if seat { 1.6 } else { 0.0 },
            holds: region,
        });
    }
    found
}

/// The logarithm to base ten of a number of people, to a tenth, without the standard library.
fn log10(people: f64) -> f64 {
    let (mut rest, mut whole) = (people, 0.0);
    while rest >= 10.0 {
        rest /= 10.0;
        whole += 1.0;
    }
    const TENTHS: [f64; 9] = [1.2589, 1.5849, 1.9953, 2.5119, 3.1623, 3.9811, 5.0119, 6.3096, 7.9433];
    whole + 0.1 * TENTHS.iter().filter(|step| rest >= **step).count() as f64
}

/// Whether a candidate is in an area or is it.
fn inside(candidate: &Candidate, area: Area) -> bool {
    candidate.country == Some(area.0) && (area.1.is_empty() || candidate.region == area.1)
}

/// Areas that the candidates of a name are.
fn areas(name: &Name) -> Vec<Area> {
    name.candidates
        .iter()
        .filter(|candidate| candidate.holds)
        .filter_map(|candidate| Some((candidate.country?, candidate.region)))
        .collect()
}

/// Countries that the document names by adjective or by the noun for their people, and words that only some countries use.
fn spoken(page: &Page) -> Vec<(Area, f64)> {
    let mut found = Vec::new();
    let mut local: BTreeMap<&'static str, f64> = BTreeMap::new();
    for at in 0..page.tokens.len() {
        let word = page.word(at);
        if let Some((_, country)) = LOCAL.iter().find(|(local, _)| *local == word) {
            *local.entry(country).or_default() += 0.5;
        }
        if !word.starts_with(char::is_uppercase) {
            continue;
        }
        let pair = page.words(&(at..(at + 2).min(page.tokens.len())));
        let country = [pair.as_str(), word].into_iter().find_map(|words| {
            let adjective = page.library.country_by_adjective(words);
            adjective.or_else(|| page.library.country_by_demonym_noun(words)).or_else(|| {
                let country = page.library.country_by_name(words)?;
                // "Georgia" and "Palestine" are towns or states too: as names they vote with the rest
                page.library.places_named(words).is_empty().then_some(country)
            })
        });
        if let Some(country) = country {
            found.push(((country.alpha3, ""), 1.0));
        }
    }
    found.extend(local.into_iter().map(|(country, weight)| ((country, ""), weight.min(2.0))));
    found
}

/// What the names but one say together; a name that may mean several places shares its vote among them.
fn votes(names: &BTreeMap<String, Name>, spoken: &[(Area, f64)], but: Option<&str>) -> Votes {
    let mut votes = Votes::default();
    for (area, weight) in spoken {
        votes.add(*area, *weight);
    }
    for (_, name) in names.iter().filter(|(key, _)| Some(key.as_str()) != but) {
        let weight = 1.0 + 0.25 * (name.mentions.min(5) as f64 - 1.0);
        let meant: Vec<&Candidate> = match name.chosen.and_then(|at| name.candidates.get(at)) {
            Some(candidate) => [candidate].into(),
            None => {
                let told =
                    name.candidates.iter().filter(|candidate| name.told.iter().any(|area| inside(candidate, *area)));
                let told: Vec<&Candidate> = told.collect();
                if told.is_empty() { name.candidates.iter().collect() } else { told }
            }
        };
        let share = weight / meant.len().max(1) as f64;
        for candidate in meant {
            let Some(country) = candidate.country else { continue };
            votes.add((country, ""), share);
            if !candidate.region.is_empty() {
                votes.add((country, candidate.region), share);
            }
        }
        // a name that no book knows, with its region beside it, still says where the text is
        if name.candidates.is_empty() {
            for area in name.told.iter().take(1) {
                votes.add(*area, 0.5);
            }
        }
    }
    votes
}

/// The candidate that is meant, where one stands out.
fn choose(library: &Library, name: &Name, told: &[Area], others: &Votes) -> Option<usize> {
    let all = others.countries();
    // where the text is at home; a capital's own district says little of that
    let regions = others.0.iter().filter(|((_, region), _)| !region.is_empty() && *region != "District of Columbia");
    let (home_country, home) = regions.fold(
        ("", 0.0),
        |best, ((country, _), weight)| {
            if *weight > best.1 { (*country, *weight) } else { best }
        },
    );
    let any_told = name.candidates.iter().any(|candidate| told.iter().any(|area| inside(candidate, *area)));
    let support = |candidate: &Candidate| {
        let country = candidate.country.map_or(0.0, |country| others.of((country, "")));
        let region = candidate.country.map_or(0.0, |country| others.of((country, candidate.region)));
        (country, if candidate.region.is_empty() { 0.0 } else { region })
    };
    // a country that only acts, and none of whose regions is named, does not draw towns to it
    let at_work = |candidate: &Candidate| {
        let named = others.0.iter().any(|((country, region), weight)| {
            Some(*country) == candidate.country
                && !region.is_empty()
                && *region != "District of Columbia"
                && *weight > 0.4
        });
        if named || candidate.kind == "country" { 2.5 } else { 1.0 }
    };
    let score = |candidate: &Candidate| {
        let (country, region) = support(candidate);
        let beside = any_told && told.iter().any(|area| inside(candidate, *area));
        candidate.fame
            + if beside { 20.0 } else { 0.0 }
            + if all > 0.0 { at_work(candidate) * country / all } else { 0.0 }
            + 3.0 * if candidate.kind == "country" { country } else { region }.min(1.0)
    };
    let (at, best) = name
        .candidates
        .iter()
        .enumerate()
        .max_by(|(one, a), (other, b)| score(a).total_cmp(&score(b)).then(other.cmp(one)))?;
    let apart = |candidate: &Candidate| {
        let difference = |a: f64, b: f64| if a > b { a - b } else { b - a };
        // a town and the region that is called after it are one place to whoever looks for it
        let same = candidate.country == best.country
            && (candidate.holds != best.holds)
            && (candidate.region == best.region || candidate.region.is_empty() || best.region.is_empty())
            && (!best.region.is_empty() || !candidate.region.is_empty());
        !same && (difference(candidate.lat, best.lat) > 1.0 || difference(candidate.lon, best.lon) > 1.3)
    };
    let rival = name.candidates.iter().filter(|candidate| apart(candidate)).map(score).fold(f64::MIN, f64::max);
    let margin = score(best) - rival;
    let (country, region) = support(best);
    if any_told {
        return (margin > 0.5).then_some(at);
    }
    let capital = library.capital_of(best.name).is_some_and(|country| Some(country.alpha3) == best.country);
    let town = matches!(best.kind, "settlement" | "district");
    // a small capital with namesakes, in a text that does not speak of its country: Georgetown
    let small_seat = capital && country == 0.0 && best.fame < 7.0 && rival > f64::MIN;
    let capital = capital && !small_seat;
    // names of English towns recur in every English-speaking country, and the list has the large ones only
    let recurs = town && best.fame < 5.0 && matches!(best.country, Some("USA" | "GBR" | "CAN" | "AUS"));
    let others_fame = name.candidates.iter().filter(|candidate| apart(candidate)).map(|candidate| candidate.fame);
    let towers = !small_seat && best.fame > 4.9 && best.fame - others_fame.fold(0.0, f64::max) > 0.7;
    let famous = best.fame >= 6.0 || capital || !town && best.fame > 5.0;
    let namesake_at_home = best.country != Some(home_country)
        && name.candidates.iter().any(|candidate| candidate.country == Some(home_country));
    let enough = if all == 0.0 {
        // nothing else is named: only fame beyond doubt counts
        let towns_only =
            name.candidates.iter().filter(|candidate| apart(candidate)).all(|candidate| candidate.fame < 4.5);
        margin > if town { 2.0 } else { 1.0 } && best.fame > 5.0
            || margin > 0.7 && best.fame > 5.0 && towns_only
            || name.candidates.len() == 1 && !recurs
    } else if region > 0.4 {
        margin > 0.6
    } else if recurs {
        false
    } else if home > 0.9 && country == 0.0 && namesake_at_home {
        // Paris in a paper of Texas that does not speak of France
        false
    } else if home > 0.9 && !famous {
        // the text has a region of its own, and this is not in it
        margin > 0.7 && towers && !namesake_at_home
            || country > 0.0 && margin > 1.5 && (best.fame > 4.9 || margin > 100.0)
    } else {
        margin > 1.0 && (country > 0.0 || famous) || margin > 0.7 && towers
    };
    enough.then_some(at)
}

/// Areas that the words beside a mention name: "Tripoli, Lebanon", "Lebanon's Tripoli", "the Lebanese city of Tripoli", "Goma in
/// eastern Congo".
fn told(page: &Page, mentions: &[Mention], at: usize, names: &BTreeMap<String, Name>) -> Vec<Area> {
    let mention = &mentions[at];
    let named = |mention: &Mention| names.get(&key(mention)).map(areas).unwrap_or_default();
    let own = names.get(&key(mention));
    let country_itself = own.is_some_and(|name| name.candidates.iter().any(|candidate| candidate.kind == "country"));
    if let Some(next) = mentions.get(at + 1).filter(|next| next.tokens.start < mention.tokens.end + 5) {
        let between: Vec<&str> = (mention.tokens.end..next.tokens.start).map(|at| page.word(at)).collect();
        let joined = match between[..] {
            [","] | ["("] | ["/"] => true,
            ["in"] | [",", "in"] | ["in", _] | [",", "in", _] | ["in", "the", _] => {
                between.iter().all(|word| !word.starts_with(char::is_uppercase))
            }
            _ => false,
        };
        let listed = between[..] == [","] && (country_itself || mention.region) && !next.region;
        if joined && !listed {
            let found = named(next);
            if !found.is_empty() && (between[..] == [","] || !country_itself) {
                return found;
            }
        }
    }
    // "Moldova and Georgia", "Alabama, Georgia": names in a row are of one kind
    let sole = |mention: &Mention| {
        names.get(&key(mention)).filter(|name| name.candidates.len() == 1).map(|name| &name.candidates[0])
    };
    let joined = |from: usize, to: usize| {
        let between: Vec<&str> = (from..to).map(|at| page.word(at)).collect();
        matches!(between[..], [","] | ["and"] | ["or"] | [",", "and"] | [",", "or"])
    };
    let next = mentions.get(at + 1).filter(|next| joined(mention.tokens.end, next.tokens.start));
    let before = at
        .checked_sub(1)
        .and_then(|at| mentions.get(at))
        .filter(|before| joined(before.tokens.end, mention.tokens.start));
    if let Some(name) = own.filter(|name| name.candidates.len() > 1) {
        for neighbour in before.into_iter().chain(next).filter_map(sole) {
            let alike = name.candidates.iter().find(|candidate| {
                (candidate.kind == "country") == (neighbour.kind == "country")
                    && candidate.holds
                    && neighbour.holds
                    && (candidate.kind == "country" || candidate.country == neighbour.country)
            });
            if let Some((Some(country), region)) = alike.map(|alike| (alike.country, alike.region)) {
                return [(country, region)].into();
            }
        }
    }
    if at > 0 {
        let before = &mentions[at - 1];
        if before.tokens.end + 1 == mention.tokens.start
            && matches!(page.word(before.tokens.end), "'s" | "’s" | "'" | "’")
        {
            return named(before);
        }
    }
    // "the Lebanese city of", "Syria's northern town of", "Russian city"
    let start = mention.tokens.start;
    let mut noun = start;
    if noun > 0 && page.word(noun - 1) == "of" {
        noun -= 1;
    }
    if noun > 0 && NOUNS.contains(&page.word(noun - 1)) {
        for back in 2..6 {
            if noun < back {
                break;
            }
            let word = page.word(noun - back);
            if matches!(word, "." | "," | ";") {
                break;
            }
            let pair = page.words(&(noun - back..(noun - back + 2).min(page.tokens.len())));
            let found = [pair.as_str(), word].into_iter().filter(|word| word.starts_with(char::is_uppercase)).find_map(
                |words| page.library.country_by_adjective(words).or_else(|| page.library.country_by_name(words)),
            );
            if let Some(country) = found {
                return [(country.alpha3, "")].into();
            }
        }
    }
    Vec::new()
}

fn placed(candidate: &Candidate) -> Place {
    Place {
        name: candidate.name.to_string(),
        kind: candidate.kind.to_owned(),
        country: candidate.country.map(str::to_owned),
        coordinates: Some((candidate.lat, candidate.lon)),
        precision: candidate.precision,
        mentions: Vec::new(),
        doubtful: false,
        rule: if candidate.kind == "country" { "place-country" } else { "place-gazetteer" },
    }
}

/// A place of an unknown name, or of one that nothing decides.
fn unplaced(page: &Page, mention: &Mention, name: &Name, told: &[Area]) -> Place {
    let library = page.library;
    let bare = mention.name.as_str();
    let first = name.candidates.first().and_then(|candidate| candidate.country);
    let common = first.filter(|country| name.candidates.iter().all(|candidate| candidate.country == Some(country)));
    let unknown = Place {
        name: bare.to_owned(),
        kind: "unknown".to_owned(),
        country: common.map(str::to_owned),
        coordinates: None,
        precision: Precision::Region,
        mentions: Vec::new(),
        doubtful: !name.candidates.is_empty(),
        rule: "place-unknown",
    };
    let [(country, region), rest @ ..] = told else { return unknown };
    // "in Tinyville in Vermont" and "Tinyville, Vt.", but "Uyghurs in Xinjiang" are no town there
    let before = mention.tokens.start.checked_sub(1).map_or("", |at| page.word(at));
    let led = matches!(before, "in" | "at" | "near" | "from" | "outside" | "of" | "to") || NOUNS.contains(&before);
    let sure = led || matches!(page.word(mention.tokens.end), "," | "(");
    if !sure || !name.candidates.is_empty() || rest.iter().any(|other| other != &(*country, *region)) {
        return unknown;
    }
    let middle = match region.is_empty() {
        true => library.countries.by_code(country).map(|country| (country.lat, country.lon, Precision::Country)),
        false => {
            let rows = library.places_named(region);
            let row = rows.iter().find(|row| row.kind == PlaceKind::Region && row.country == Some(country));
            row.map(|row| (row.lat, row.lon, Precision::Region))
        }
    };
    let Some((lat, lon, precision)) = middle else { return unknown };
    Place {
        country: Some((*country).to_owned()),
        coordinates: Some((lat, lon)),
        precision,
        doubtful: false,
        rule: "place-within",
        ..unknown
    }
}
