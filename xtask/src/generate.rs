//! The books' generated parts: the shared gazetteer and our spellings in; `cities.tsv` and the list of checksums out.
//!
//! GeoNames gives the cities, Natural Earth what it lacks and the names that atlases use, and `xtask/data/spellings.tsv`
//! how reports spell what GeoNames spells otherwise; `xtask/data/counties.tsv` has the counties of the United States. A place has one line for each name, sorted by folded name, since the
//! engine finds it by halving the text. A region lies in the middle of its cities.
//!
//! **Invariant:** no city bears a name that is a country's or a common English word, and no automatic spelling of one
//! city is the name of another.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::repository::{Ended, SKIPPED, files, read, root, shared, unpack, write};
use fold::folded;

/// The engine's own folding, by its source: the keys must be the ones that it looks up, and the caretaker must run where
/// the engine does not compile.
#[path = "../../crates/engine/src/library/fold.rs"]
#[allow(dead_code)]
mod fold;

const HEAD: &str = "\
# Cities, their districts and the regions they lie in: one line for each name, sorted by folded name.
# version: 2026-11
# source: GeoNames, cities of 2013 and first-order divisions (CC BY 4.0); Natural Earth (public domain); spellings ours; counties unverified
# made by: cargo xtask generate
key\tname\tkind\tcountry\tregion\tlat\tlon\tpopulation\tsource
";

/// Names of towns and regions that a report means otherwise nearly always.
const NOT_A_PLACE: &str = "\
    alliance, along, alot, ans, banning, bar, bay, bear, begun, bell, best, boom, born, borne, bush, buy, can, \
    capital, center, central, centre, centro, coast, collines, come, date, deal, delta, dig, drama, eagle, east, \
    eastern, enterprise, est, federal, federation, fleet, fot, fountain, gap, garner, gay, god, goes, golden, green, \
    highlands, hit, holiday, humble, independence, interior, islands, keystone, lac, lake, lakes, liberal, liberty, \
    littoral, man, manage, march, maritime, marks, mentor, metro, mission, mon, most, much, nord, normal, norte, \
    north, north east, north west, northeast, northern, northwest, obama, of, opportunity, oriental, ouest, pace, \
    panorama, paradise, paramount, parole, peer, pen, plateau, plateaux, plum, plunge, police, pop, punch, red sea, \
    river nile, rivers, sake, sale, same, savannes, save, since, south, south east, south west, southeast, southern, \
    southwest, spring, springs, sud, summit, sunrise, sunset, superior, sur, surprise, swords, tame, tank, temple, \
    than, tire, union, unity, university, upland, valley, vera, wa, wai, walnut, west, western, wil, young";

/// Words that end the name of a region and are not part of what it is called.
const REGION_WORDS: [&str; 14] = [
    "oblast",
    "krai",
    "region",
    "province",
    "governorate",
    "state",
    "district",
    "republic",
    "rayon",
    "county",
    "area",
    "emirate",
    "division",
    "department",
];

/// Countries whose names reach English through another script, so that one city has several spellings.
const OTHER_SCRIPTS: &str = "UKR RUS BLR BGR SRB MKD KAZ KGZ TJK UZB TKM AZE GEO ARM MNG GRC CYP CHN TWN HKG MAC JPN KOR PRK \
    IND BGD NPL LKA MMR THA LAO KHM ETH ERI IRN AFG PAK ISR";

/// Countries where names are Arabic.
const ARABIC: &str = "PSE SYR LBN YEM IRQ LBY SDN EGY SAU ARE OMN JOR KWT BHR QAT DZA MAR TUN MRT ESH";

/// Divisions that were cut anew since the list of cities was made: country, old code, the code of what holds it now.
const RENUMBERED: &str = "FR 97 75, FR 98 84, FR 99 28, FR A1 27, FR A2 53, FR A3 24, FR A4 44, FR A5 94, FR A6 27, FR A7 28, \
    FR A8 11, FR A9 76, FR B1 75, FR B2 44, FR B3 76, FR B4 32, FR B5 52, FR B6 32, FR B7 75, FR B8 93, FR B9 84, FR C1 44, \
    MA 45 06, MA 46 03, MA 47 07, MA 48 03, MA 49 04, MA 50 06, MA 51 06, MA 52 04, MA 53 10, MA 54 02, MA 55 09, \
    MA 56 05, MA 57 01, MA 58 03, LY 05 64, LY 13 78, LY 18 72, LY 27 82, LY 29 80, LY 45 72, LY 53 68, LY 54 69, \
    LY 61 77, LY 62 80, UG 18 C, UG 37 C, UG 56 C, UG 70 C, UG 71 C, UG 83 C, UG 90 C, UG 96 C, UG D8 C, UG D9 C, \
    UG E7 C, UG 33 E, UG 60 E, UG 66 E, UG 67 E, UG 76 E, UG 78 E, UG 87 E, UG 95 E, UG 30 N, UG 45 N, UG 47 N, \
    UG 58 N, UG 65 N, UG 72 N, UG 77 N, UG 84 N, UG 97 N, UG H7 N, UG 28 W, UG 31 W, UG 34 W, UG 40 W, UG 50 W, \
    UG 52 W, UG 59 W, UG 79 W, UG 81 W, UG 82 W, UG 85 W";

/// A place and every folded name it is found by.
struct Place {
    keys: BTreeSet<String>,
    name: String,
    kind: &'static str,
    country: String,
    region: String,
    lat: f64,
    lon: f64,
    population: u64,
    source: &'static str,
}

/// How a place of a country, by kind and GeoNames' plain name, is spelled, and its other names.
type Spellings = BTreeMap<(String, String, String), (String, Vec<String>)>;

/// Writes the tables that are made from the shared data, where it is there, and the checksums of all tables.
pub fn generate() -> Ended {
    let data = root().join("crates/books/data");
    let write = |name: &str, text: String| {
        println!("{name}: {} lines", text.lines().count());
        write(&data.join(name), &text)
    };
    match shared().map(|shared| shared.join("data/gazetteer")).filter(|folder| folder.is_dir()) {
        Some(gazetteer) => write("cities.tsv", cities(&gazetteer, &data)?)?,
        None => println!("cities: {SKIPPED}"),
    }
    write("SHA256SUMS", checksums(&data)?)?;
    Ok(true)
}

/// The checksums of all tables in a folder, as `sha256sum` writes them.
fn checksums(data: &Path) -> Result<String, String> {
    let mut sums = String::new();
    for path in files(data, &["tsv"]) {
        let digest = Sha256::digest(read(&path)?);
        let digits: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        sums.push_str(&format!("{digits}  {}\n", path.file_name().unwrap_or_default().to_string_lossy()));
    }
    Ok(sums)
}

/// The text of the cities table.
fn cities(gazetteer: &Path, data: &Path) -> Result<String, String> {
    let spellings = spellings()?;
    let (codes, reserved) = countries(gazetteer, data)?;
    let (regions, old_regions) = regions(gazetteer, &codes, &spellings)?;
    let atlas = atlas(gazetteer)?;

    let mut places: BTreeMap<String, Place> = BTreeMap::new();
    let mut candidates: Vec<(String, Vec<String>)> = Vec::new();
    for line in unpack(&gazetteer.join("geonames/cities15000_2013.txt.gz"))?.lines() {
        let cells: Vec<&str> = line.split('\t').collect();
        let [id, name, ascii, alternates, lat, lon, _, code, country, _, division, _, _, _, population, ..] = cells[..]
        else {
            return Err(format!("a city has only {} cells", cells.len()));
        };
        let Some(country) = codes.get(country) else { continue };
        let spelled = spellings.get(&(country.clone(), "settlement".into(), ascii.to_owned()));
        if spelled.is_some_and(|(name, _)| name.is_empty()) {
            continue;
        }
        let in_atlas = atlas.iter().find(|place| place.id == id).map(|place| place.name.clone());
        let foreign = in_list(OTHER_SCRIPTS, country) || in_list(ARABIC, country);
        let shown = match spelled {
            Some((name, _)) => name.clone(),
            None if foreign => plain(ascii, country),
            None => in_atlas.clone().unwrap_or_else(|| name.to_owned()),
        };
        let mut keys: BTreeSet<String> = [folded(&shown), folded(ascii), folded(name)].into();
        keys.retain(|key| key.is_ascii() && !key.is_empty() && !reserved.contains(key));
        if keys.is_empty() {
            continue;
        }
        keys.extend(spelled.into_iter().flat_map(|(_, aliases)| aliases.iter().map(|alias| folded(alias))));
        let mut others = variants(&keys, country);
        others.extend(in_atlas.map(|name| folded(&name)));
        let population: u64 = population.parse().unwrap_or(0);
        if foreign {
            others.extend(alike(&keys, alternates, if population < 100_000 { 2 } else { 4 }));
        }
        candidates.push((id.to_owned(), others));
        let division = format!("{}.{division}", cells[8]);
        let region = regions.get(&division).or_else(|| old_regions.get(&division)).map(|region| region.name.clone());
        places.insert(
            id.to_owned(),
            Place {
                keys,
                name: shown,
                kind: if code == "PPLX" { "district" } else { "settlement" },
                country: country.clone(),
                region: region.unwrap_or_default(),
                lat: degrees(lat)?,
                lon: degrees(lon)?,
                population,
                source: "geonames",
            },
        );
    }
    add_from_atlas(&mut places, &atlas, &codes, &reserved);
    let taken: BTreeSet<String> = places.values().flat_map(|place| place.keys.iter().cloned()).collect();
    for (id, others) in candidates {
        let free = others.into_iter().filter(|key| key.len() > 3 && !taken.contains(key) && !reserved.contains(key));
        if let Some(place) = places.get_mut(&id) {
            place.keys.extend(free);
        }
    }

    let mut all: Vec<Place> = places.into_values().collect();
    all.extend(middles(&regions, &all, &reserved, &ours(data)?));
    all.extend(counties()?);
    unused(&spellings, &all, &regions);
    Ok(format!("{HEAD}{}", table(&all)))
}

/// Says which of our spellings are of nothing that GeoNames has.
fn unused(spellings: &Spellings, places: &[Place], regions: &BTreeMap<String, Region>) {
    let settlements = places.iter().map(|place| (&*place.country, "settlement", &*place.name));
    let regions = regions.values().map(|region| (&*region.country, "region", &*region.name));
    let used: BTreeSet<(&str, &str, &str)> = settlements.chain(regions).collect();
    for ((country, kind, geonames), (name, _)) in spellings {
        if !name.is_empty() && !used.contains(&(&**country, &**kind, &**name)) {
            println!("spellings: {country} has no {kind} called {geonames:?}");
        }
    }
}

/// One line for each name of each place, sorted by it, the most populous first.
fn table(places: &[Place]) -> String {
    let mut rows = BTreeSet::new();
    for place in places {
        let Place { name, kind, country, region, population, source, .. } = place;
        let (lat, lon) = (short(place.lat), short(place.lon));
        for key in &place.keys {
            let line = format!("{key}\t{name}\t{kind}\t{country}\t{region}\t{lat}\t{lon}\t{population}\t{source}\n");
            rows.insert((key, Reverse(*population), line));
        }
    }
    rows.into_iter().map(|(_, _, line)| line).collect()
}

/// Our spellings of GeoNames' names.
fn spellings() -> Result<Spellings, String> {
    let text = read(&root().join("xtask/data/spellings.tsv"))?;
    let mut spellings = Spellings::new();
    for line in text.lines().filter(|line| !line.starts_with('#')).skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [country, kind, geonames, name, aliases] = cells[..] else {
            return Err(format!("spellings: not five cells: {line}"));
        };
        let aliases = aliases.split('|').filter(|alias| !alias.is_empty()).map(str::to_owned).collect();
        spellings.insert((country.into(), kind.into(), geonames.into()), (name.into(), aliases));
    }
    Ok(spellings)
}

/// The alpha-3 of every alpha-2 that our countries have, and the folded names that no city may bear.
fn countries(gazetteer: &Path, data: &Path) -> Result<(BTreeMap<String, String>, BTreeSet<String>), String> {
    let text = read(&data.join("countries.tsv"))?;
    let mut ours = BTreeSet::new();
    let mut reserved: BTreeSet<String> = NOT_A_PLACE.split(", ").map(str::to_owned).collect();
    for row in text.lines().filter(|line| !line.starts_with('#')).skip(1) {
        let cells: Vec<&str> = row.split('\t').collect();
        let [alpha3, _, _, kind, name, official, aliases, adjectives, demonyms, capitals, ..] = cells[..] else {
            continue;
        };
        ours.insert(alpha3.to_owned());
        let mut names: BTreeSet<String> = [name, official, aliases, adjectives, demonyms]
            .iter()
            .flat_map(|cell| cell.split('|'))
            .map(folded)
            .collect();
        // Panama, Djibouti and Singapore are their own capitals; Georgia and Jersey are also states.
        names.retain(|name| !capitals.split('|').any(|capital| folded(capital) == *name));
        if kind != "territory" {
            reserved.extend(names);
        }
    }
    let text = read(&gazetteer.join("geonames/countryInfo.txt"))?;
    let rows = text.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect::<Vec<_>>());
    let codes = rows.filter(|cells| cells.len() > 1 && ours.contains(cells[1]));
    Ok((codes.map(|cells| (cells[0].to_owned(), cells[1].to_owned())).collect(), reserved))
}

/// A first-order division: its country, its name and its other names.
struct Region {
    country: String,
    name: String,
    aliases: Vec<String>,
}

/// Regions by code.
type Regions = BTreeMap<String, Region>;

/// The divisions by GeoNames code, and by codes that are no longer given.
fn regions(
    gazetteer: &Path,
    codes: &BTreeMap<String, String>,
    spellings: &Spellings,
) -> Result<(Regions, Regions), String> {
    let text = read(&gazetteer.join("geonames/admin1CodesASCII.txt"))?;
    let mut regions = BTreeMap::new();
    let mut old_codes = Vec::new();
    for line in text.lines() {
        let cells: Vec<&str> = line.split('\t').collect();
        let [code, name, ascii, _] = cells[..] else { continue };
        let Some(country) = code.split('.').next().and_then(|alpha2| codes.get(alpha2)) else { continue };
        let spelled = spellings.get(&(country.clone(), "region".into(), ascii.to_owned())).cloned();
        let (name, aliases) = spelled.unwrap_or_else(|| {
            let foreign = in_list(OTHER_SCRIPTS, country) || in_list(ARABIC, country);
            (if foreign { plain(ascii, country) } else { name.to_owned() }, Vec::new())
        });
        regions.insert(code.to_owned(), Region { country: country.clone(), name, aliases });
    }
    for renumbered in RENUMBERED.split(',') {
        let [alpha2, old, new] = renumbered.split_whitespace().collect::<Vec<_>>()[..] else { continue };
        let Some(Region { country, name, .. }) = regions.get(&format!("{alpha2}.{new}")) else { continue };
        let region = Region { country: country.clone(), name: name.clone(), aliases: Vec::new() };
        old_codes.push((format!("{alpha2}.{old}"), region));
    }
    Ok((regions, old_codes.into_iter().collect()))
}

/// Country and folded name of every row of our own table of places that is no settlement.
fn ours(data: &Path) -> Result<BTreeSet<(String, String)>, String> {
    let text = read(&data.join("places.tsv"))?;
    let mut ours = BTreeSet::new();
    for row in text.lines().filter(|line| !line.starts_with('#')).skip(1) {
        let cells: Vec<&str> = row.split('\t').collect();
        let [name, aliases, kind, country, ..] = cells[..] else { continue };
        if kind != "settlement" {
            ours.extend(aliases.split('|').chain([name]).map(|name| (country.to_owned(), folded(name))));
        }
    }
    Ok(ours)
}

/// The regions as places, in the middle of their cities, as populous as these are together.
fn middles(
    regions: &BTreeMap<String, Region>,
    cities: &[Place],
    reserved: &BTreeSet<String>,
    ours: &BTreeSet<(String, String)>,
) -> Vec<Place> {
    let mut middles = Vec::new();
    for Region { country, name, aliases } in regions.values() {
        let inside: Vec<&Place> = cities
            .iter()
            .filter(|city| city.country == *country && city.region == *name && city.kind == "settlement")
            .collect();
        let mut keys: BTreeSet<String> = aliases.iter().chain([name]).map(|name| folded(name)).collect();
        keys.extend(keys.clone().iter().map(|key| bare(key).to_owned()));
        keys.retain(|key| !reserved.contains(key));
        // A region that we placed by hand has its row already.
        let placed = keys.iter().any(|key| ours.contains(&(country.clone(), key.clone())));
        if inside.is_empty() || keys.is_empty() || placed {
            continue;
        }
        // "Donetsk" alone is the city: the region must not stand before a city of its name.
        let namesake = cities.iter().any(|city| {
            (city.country == *country && city.region == *name || city.population > 500_000)
                && city.keys.iter().any(|key| keys.contains(key))
        });
        let middle = |of: fn(&Place) -> f64| inside.iter().map(|city| of(city)).sum::<f64>() / inside.len() as f64;
        middles.push(Place {
            keys,
            name: name.clone(),
            kind: "region",
            country: country.clone(),
            region: name.clone(),
            lat: middle(|city| city.lat),
            lon: middle(|city| city.lon),
            population: if namesake { 0 } else { inside.iter().map(|city| city.population).sum() },
            source: "geonames",
        });
    }
    middles
}

/// The counties of the United States; those of Louisiana are parishes. They go by the whole name alone: "Jackson" is a town.
fn counties() -> Result<Vec<Place>, String> {
    let text = read(&root().join("xtask/data/counties.tsv"))?;
    let mut counties = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#')).skip(1) {
        let (region, listed) = line.split_once('\t').ok_or_else(|| format!("counties: no list: {line}"))?;
        for county in listed.split(';') {
            let [east, north, name] = county.rsplitn(3, ' ').collect::<Vec<_>>()[..] else {
                return Err(format!("counties: no coordinates: {county}"));
            };
            let tenths = |cell: &str| cell.parse::<f64>().map_err(|_| format!("counties: {cell:?} is no number"));
            let name = format!("{name} {}", if region == "Louisiana" { "Parish" } else { "County" });
            counties.push(Place {
                keys: [folded(&name)].into(),
                name,
                kind: "region",
                country: "USA".to_owned(),
                region: region.to_owned(),
                lat: tenths(north)? / 10.0,
                lon: tenths(east)? / -10.0,
                population: 0,
                source: "unverified",
            });
        }
    }
    Ok(counties)
}

fn bare(key: &str) -> &str {
    REGION_WORDS.iter().find_map(|word| key.strip_suffix(word)?.strip_suffix(' ')).unwrap_or(key)
}

/// A populated place of Natural Earth.
struct Atlas {
    /// The GeoNames number, if it has one.
    id: String,
    name: String,
    alpha2: String,
    region: String,
    lat: f64,
    lon: f64,
    population: u64,
}

fn atlas(gazetteer: &Path) -> Result<Vec<Atlas>, String> {
    let text = unpack(&gazetteer.join("natural-earth/ne_50m_populated_places_simple.json.gz"))?;
    let read: Value = serde_json::from_str(&text).map_err(|error| format!("Natural Earth: {error}"))?;
    let features = read["features"].as_array().into_iter().flatten().map(|feature| &feature["properties"]);
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    Ok(features
        .map(|place| Atlas {
            id: place["geonameid"].as_f64().map(|id| format!("{id:.0}")).unwrap_or_default(),
            name: text(&place["name"]),
            alpha2: text(&place["iso_a2"]),
            region: text(&place["adm1name"]),
            lat: place["latitude"].as_f64().unwrap_or_default(),
            lon: place["longitude"].as_f64().unwrap_or_default(),
            population: place["pop_max"].as_f64().map_or(0, |people| people.max(0.0) as u64),
        })
        .collect())
}

/// Adds what the atlas has and the cities lack: by number, and by name within half a degree.
fn add_from_atlas(
    places: &mut BTreeMap<String, Place>,
    atlas: &[Atlas],
    codes: &BTreeMap<String, String>,
    reserved: &BTreeSet<String>,
) {
    for place in atlas {
        let key = folded(&place.name);
        let Some(country) = codes.get(&place.alpha2) else { continue };
        let near = |other: &&Place| (other.lat - place.lat).abs() < 0.5 && (other.lon - place.lon).abs() < 0.5;
        let there = places.contains_key(&place.id)
            || places.values().filter(near).any(|other| {
                other.keys.contains(&key)
                    || (other.lat - place.lat).abs() < 0.05 && (other.lon - place.lon).abs() < 0.05
            });
        if there || !key.is_ascii() || reserved.contains(&key) {
            continue;
        }
        let new = Place {
            keys: [key].into(),
            name: place.name.clone(),
            kind: "settlement",
            country: country.clone(),
            region: if place.region.contains('?') { String::new() } else { place.region.clone() },
            lat: place.lat,
            lon: place.lon,
            population: place.population,
            source: "natural-earth",
        };
        places.insert(format!("atlas {} {}", place.alpha2, place.name), new);
    }
}

/// The name as an English report would print it: no signs for soft consonants or Arabic letters, Russian "-iy" as "-y".
fn plain(ascii: &str, country: &str) -> String {
    let name: String = ascii.chars().filter(|letter| !matches!(letter, '\'' | '`' | '‘' | '’')).collect();
    let ending = match country {
        "UKR" => "yi",
        "RUS" | "BLR" => "y",
        _ => return name,
    };
    let word = |word: &str| match word.strip_suffix("yy").or_else(|| word.strip_suffix("iy")) {
        Some(stem) => format!("{stem}{ending}"),
        None => word.to_owned(),
    };
    name.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// Spellings that differ by rule from the folded names of a place.
fn variants(keys: &BTreeSet<String>, country: &str) -> Vec<String> {
    let mut variants = Vec::new();
    for key in keys {
        if in_list(ARABIC, country) {
            const ARTICLES: [&str; 13] =
                ["al ", "ad ", "an ", "ar ", "as ", "at ", "az ", "ash ", "adh ", "ath ", "el ", "er ", "es "];
            let rest = ARTICLES.iter().find_map(|article| key.strip_prefix(article));
            let bare = rest.unwrap_or(key);
            let short = bare.strip_suffix('h').filter(|stem| stem.ends_with('a')).unwrap_or(bare);
            variants.extend([bare, short].map(str::to_owned));
            if rest.is_some() {
                variants.extend([bare, short].map(|bare| format!("al {bare}")));
            }
        }
        if ["UKR", "RUS", "BLR"].contains(&country) {
            let ending = |from: &str, to: &str| key.strip_suffix(from).map(|stem| format!("{stem}{to}"));
            variants.extend(ending("yy", "y").or_else(|| ending("iy", "y")).or_else(|| ending("yi", "y")));
            variants.extend(ending("yy", "yi").or_else(|| ending("iya", "ia")));
        }
        if country == "UKR" && key.len() > 2 {
            // The state's own system of 2010 writes "ia" within a word where the older one wrote "ya".
            let (first, rest) = key.split_at(1);
            let rest = ["a", "e", "i", "u"].iter().fold(rest.to_owned(), |rest, vowel| {
                rest.replace(&format!("y{vowel}"), &if *vowel == "i" { "i".into() } else { format!("i{vowel}") })
            });
            variants.push(format!("{first}{rest}"));
        }
    }
    variants.retain(|variant| variant.len() > 4 && !keys.contains(variant));
    variants
}

/// The alternate names most like a place's own, at most so many: other spellings, not other names.
fn alike(keys: &BTreeSet<String>, alternates: &str, most: usize) -> Vec<String> {
    let mut near: BTreeSet<(usize, String)> = BTreeSet::new();
    for alternate in alternates.split(',') {
        let mut letters = alternate.chars();
        let begins = letters.next().is_some_and(|letter| letter.is_ascii_uppercase());
        let key = folded(alternate);
        let latin =
            begins && letters.any(char::is_lowercase) && key.is_ascii() && !alternate.contains(['\'', '’', '`']);
        if !latin || key.len() < 5 || keys.contains(&key) {
            continue;
        }
        let distance = keys.iter().filter(|own| own[..1] == key[..1]).map(|own| distance(own, &key)).min();
        if let Some(distance) = distance.filter(|distance| distance * 10 <= key.len() * 3) {
            near.insert((distance, key));
        }
    }
    near.into_iter().take(most).map(|(_, key)| key).collect()
}

/// How many letters must be put in, left out or changed to make one word of the other.
fn distance(one: &str, other: &str) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (number, letter) in one.bytes().enumerate() {
        let mut diagonal = row[0];
        row[0] = number + 1;
        for (column, against) in other.bytes().enumerate() {
            let changed = diagonal + usize::from(letter != against);
            diagonal = row[column + 1];
            row[column + 1] = changed.min(row[column] + 1).min(diagonal + 1);
        }
    }
    row[other.len()]
}

fn in_list(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|listed| listed == word)
}

fn degrees(cell: &str) -> Result<f64, String> {
    cell.parse().map_err(|_| format!("{cell:?} is no number of degrees"))
}

/// Three decimals, about a hundred metres, without closing zeros.
fn short(degrees: f64) -> String {
    let text = format!("{degrees:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spelling_is_near_and_another_name_is_not() {
        let keys: BTreeSet<String> = ["kharkiv".to_owned()].into();
        assert_eq!(alike(&keys, "Carcovia,Charkiv,Kharkov,Харьков,Khar'kov,KHARKOV,Slobozhanske", 3), ["kharkov"]);
        assert_eq!(distance("kitten", "sitting"), 3);
    }

    #[test]
    fn an_arabic_name_is_found_without_its_article() {
        let keys: BTreeSet<String> = ["as suwaydah".to_owned()].into();
        let found = variants(&keys, "SYR");
        for spelling in ["suwaydah", "suwayda", "al suwayda"] {
            assert!(found.contains(&spelling.to_owned()), "{spelling}");
        }
    }

    #[test]
    fn a_line_for_each_name_in_the_order_of_bytes() {
        let place = |keys: &[&str], population| Place {
            keys: keys.iter().map(|key| (*key).to_owned()).collect(),
            name: "X".into(),
            kind: "settlement",
            country: "UKR".into(),
            region: String::new(),
            lat: 1.0,
            lon: -2.25,
            population,
            source: "geonames",
        };
        let table = table(&[place(&["b", "a c"], 1), place(&["a", "b"], 2)]);
        let keys: Vec<&str> = table.lines().filter_map(|line| line.split('\t').next()).collect();
        assert_eq!(keys, ["a", "a c", "b", "b"]);
        assert!(table.lines().nth(2).is_some_and(|line| line.ends_with("\t1\t-2.25\t2\tgeonames")), "{table}");
    }
}
