//! What every table must be for the engine to rest on it, and the look-ups that a report of today needs first.

use std::collections::{BTreeMap, BTreeSet};

use rapporteur::library::{Entry, Library, OfficeKind, PlaceKind, folded};

fn library() -> Library {
    Library::parse(&rapporteur_books::tables()).expect("the books parse")
}

/// The cells of every row of a table, with its line, by the names of its columns.
fn rows(table: &str) -> Vec<(usize, BTreeMap<&'static str, &'static str>)> {
    let (_, text) = rapporteur_books::tables().into_iter().find(|(name, _)| *name == table).expect("a table");
    let mut lines = text.lines().enumerate().filter(|(_, line)| !line.starts_with('#') && !line.is_empty());
    let (_, header) = lines.next().expect("a header");
    lines.map(|(at, line)| (at + 1, header.split('\t').zip(line.split('\t')).collect())).collect()
}

fn list(cell: &'static str) -> impl Iterator<Item = &'static str> {
    cell.split('|').filter(|name| !name.is_empty())
}

/// The codes of all countries that a table may name.
fn codes() -> BTreeSet<&'static str> {
    rows("countries").into_iter().map(|(_, row)| row["alpha3"]).collect()
}

#[test]
fn every_country_code_is_that_of_a_country() {
    let codes = codes();
    for table in ["metonyms", "places", "cities", "offices", "organisations"] {
        for (line, row) in rows(table) {
            let code = row.get("country").copied().unwrap_or("");
            assert!(matches!(code, "" | "-") || codes.contains(code), "{table}, line {line}: no country is {code:?}");
        }
    }
    for (line, row) in rows("countries") {
        for code in list(row["borders"]) {
            assert!(codes.contains(code), "countries, line {line}: borders on {code:?}");
        }
    }
}

#[test]
fn a_border_is_one_from_both_sides() {
    let library = library();
    for country in library.countries.all() {
        for neighbour in &country.borders {
            let other = library.countries.by_code(neighbour).expect("a neighbour");
            assert!(other.borders.contains(&country.alpha3), "{neighbour} does not border on {}", country.alpha3);
        }
    }
}

#[test]
fn no_row_is_there_twice() {
    for (table, key) in [
        ("countries", &["alpha3"] as &[_]),
        ("metonyms", &["name", "country"]),
        ("places", &["name", "kind", "country"]),
        ("offices", &["person", "office", "of", "from", "titles"]),
        ("organisations", &["name", "country"]),
        ("roles", &["noun"]),
        ("plover", &["type", "mode"]),
        ("lemmas", &["class", "lemma"]),
    ] {
        let mut seen = BTreeSet::new();
        for (line, row) in rows(table) {
            let key: Vec<&str> = key.iter().map(|column| row.get(column).copied().unwrap_or("")).collect();
            assert!(seen.insert(key.clone()), "{table}, line {line}: {key:?} is there twice");
        }
    }
}

#[test]
fn no_two_countries_share_a_name() {
    // Two states on the Congo, and a union in a capital: what else is shared is a mistake.
    let shared = ["Congolese", "Brussels"];
    let mut seen: BTreeMap<(&str, &str), &str> = BTreeMap::new();
    for (line, row) in rows("countries") {
        for column in ["name", "official", "aliases", "capitals", "adjectives", "demonyms"] {
            for name in list(row[column]).collect::<BTreeSet<_>>() {
                let kind = if ["name", "official", "aliases"].contains(&column) { "name" } else { column };
                let other = seen.insert((kind, name), row["alpha3"]);
                let known = other.is_none_or(|other| other == row["alpha3"]) || shared.contains(&name);
                assert!(known, "line {line}: {name} is also {other:?}");
            }
        }
    }
}

#[test]
fn a_form_has_one_lemma_in_each_class() {
    let mut seen = BTreeSet::new();
    for (line, row) in rows("lemmas") {
        for form in list(row["forms"]) {
            assert!(seen.insert((row["class"], form)), "line {line}: {form} has two lemmas");
            assert_eq!(form, form.to_lowercase(), "line {line}: is never found");
        }
    }
}

/// The engine halves the text of the cities: their order is what it finds them by.
#[test]
fn cities_are_sorted_and_lie_on_earth() {
    let mut before = "";
    let rows = rows("cities");
    assert!(rows.len() > 20_000);
    for (line, row) in rows {
        let key = row["key"];
        assert!(before.as_bytes() <= key.as_bytes(), "line {line}: {key:?} after {before:?}");
        assert_eq!(folded(key), key, "line {line}: is never found");
        before = key;
        let number = |column: &str| row[column].parse::<f64>().expect("a number");
        assert!(number("lat").abs() <= 90.0 && number("lon").abs() <= 180.0, "line {line}");
        assert!(row["population"].parse::<u32>().is_ok(), "line {line}: population");
        assert!(["settlement", "district", "region"].contains(&row["kind"]), "line {line}");
    }
}

#[test]
fn a_place_of_ours_lies_in_its_country() {
    let library = library();
    for place in library.places.ours() {
        let Some(country) = place.country.and_then(|code| library.countries.by_code(code)) else { continue };
        // Large countries and far islands reach farther; this finds a sign or a country mistaken.
        let far = ["RUS", "USA", "CHN", "CAN", "FRA", "ECU", "NOR", "BRA", "IDN", "IND", "AUS", "ESP", "PRT", "GRL"];
        let reach = if far.contains(&country.alpha3) { 120.0 } else { 15.0 };
        let apart = (place.lat - country.lat).abs().max((place.lon - country.lon).abs());
        assert!(apart < reach, "{} is {apart} degrees from {}", place.name, country.name);
    }
}

#[test]
fn an_office_does_not_end_before_it_begins() {
    for office in library().offices.all() {
        if let (Some(from), Some(to)) = (office.from, office.to) {
            let shared = from.len().min(to.len());
            assert!(from[..shared] <= to[..shared], "{}: {from} to {to}", office.person);
        }
        assert!(office.titles.iter().all(|title| *title == title.to_lowercase()), "{}: titles", office.person);
    }
}

#[test]
fn who_held_an_office_is_known_by_date_and_spelling() {
    let library = library();
    for (country, kind, date, person) in [
        ("FRA", OfficeKind::HeadOfState, "2024", "Emmanuel Macron"),
        ("USA", OfficeKind::HeadOfState, "2024-05-17", "Joe Biden"),
        ("USA", OfficeKind::HeadOfState, "2025-03", "Donald Trump"),
        ("GBR", OfficeKind::HeadOfGovernment, "2023", "Rishi Sunak"),
        ("RUS", OfficeKind::ForeignMinister, "2022-02-24", "Sergei Lavrov"),
    ] {
        assert_eq!(
            library.office_on(country, kind, date).map(|office| office.person),
            Some(person),
            "{country} {date}"
        );
    }
    let ukrainian = |name: &str| library.offices_held(name).iter().any(|office| office.of == "UKR");
    for name in ["Volodymyr Zelenskyy", "Zelenskyy", "Zelensky", "Zelenskiy", "Volodymyr Zelensky"] {
        assert!(ukrainian(name), "{name}");
    }
}

#[test]
fn plover_has_its_sixteen_types_and_goldstein_values_in_range() {
    let library = library();
    let types: BTreeSet<&str> = library.plover.all().iter().map(|code| code.kind).collect();
    assert_eq!(types.len(), 16);
    for code in library.plover.all() {
        assert!((-10.0..=10.0).contains(&code.goldstein), "{code:?}");
        let digits = code.cameo.bytes().all(|byte| byte.is_ascii_digit());
        assert!(digits && (2..=4).contains(&code.cameo.len()), "{code:?}");
    }
    assert_eq!(library.plover.code("ASSAULT", Some("aerial")).map(|code| code.cameo), Some("195"));
}

#[test]
fn a_country_is_known_by_all_its_names() {
    let library = library();
    let alpha3 = |country: Option<&rapporteur::library::Country>| country.map(|country| country.alpha3).unwrap_or("");
    for (name, code) in [
        ("US", "USA"),
        ("U.S.", "USA"),
        ("the United States", "USA"),
        ("UK", "GBR"),
        ("Britain", "GBR"),
        ("DPRK", "PRK"),
        ("the Netherlands", "NLD"),
        ("UAE", "ARE"),
        ("EU", "EUE"),
        ("Türkiye", "TUR"),
        ("Kosovo", "XKX"),
        ("Taiwan", "TWN"),
        ("Palestine", "PSE"),
    ] {
        assert_eq!(alpha3(library.country_by_name(name)), code, "{name}");
    }
    for (adjective, code) in [("Russian", "RUS"), ("Ukrainian", "UKR"), ("British", "GBR"), ("Swiss", "CHE")] {
        assert_eq!(alpha3(library.country_by_adjective(adjective)), code, "{adjective}");
    }
    for (noun, code) in [("Ukrainians", "UKR"), ("Briton", "GBR"), ("Afghans", "AFG"), ("Palestinians", "PSE")] {
        assert_eq!(alpha3(library.country_by_demonym_noun(noun)), code, "{noun}");
    }
    for (city, code) in [("Kyiv", "UKR"), ("Kiev", "UKR"), ("Moscow", "RUS"), ("Washington", "USA"), ("Beijing", "CHN")]
    {
        assert_eq!(alpha3(library.capital_of(city)), code, "{city}");
    }
    assert_eq!(alpha3(library.country_by_name("us")), "");
}

#[test]
fn an_institution_is_known_by_its_address() {
    let library = library();
    for (name, code) in [("the Kremlin", "RUS"), ("White House", "USA"), ("Downing Street", "GBR"), ("Bankova", "UKR")]
    {
        assert_eq!(library.metonym(name).and_then(|metonym| metonym.country), Some(code), "{name}");
    }
    assert_eq!(library.metonym("the Pentagon").map(|metonym| metonym.kind.as_str()), Some("military"));
}

#[test]
fn a_place_is_known_in_every_spelling() {
    let library = library();
    for (name, country, kind, lat, lon) in [
        ("Kyiv", "UKR", PlaceKind::Settlement, 50.4, 30.5),
        ("Kiev", "UKR", PlaceKind::Settlement, 50.4, 30.5),
        ("Kharkov", "UKR", PlaceKind::Settlement, 50.0, 36.2),
        ("Bakhmut", "UKR", PlaceKind::Settlement, 48.6, 38.0),
        ("Chasiv Yar", "UKR", PlaceKind::Settlement, 48.6, 37.8),
        ("Donetsk", "UKR", PlaceKind::Settlement, 48.0, 37.8),
        ("Donetsk region", "UKR", PlaceKind::Region, 48.2, 37.9),
        ("Kursk Oblast", "RUS", PlaceKind::Region, 51.8, 35.7),
        ("the Donbas", "UKR", PlaceKind::Region, 48.3, 38.3),
        ("Gaza", "PSE", PlaceKind::Region, 31.4, 34.4),
        ("Gaza City", "PSE", PlaceKind::Settlement, 31.5, 34.5),
        ("Khan Younis", "PSE", PlaceKind::Settlement, 31.3, 34.3),
        ("Rafah crossing", "PSE", PlaceKind::Facility, 31.2, 34.3),
        ("Deir al-Balah", "PSE", PlaceKind::Settlement, 31.4, 34.3),
        ("Homs", "SYR", PlaceKind::Settlement, 34.7, 36.7),
        ("Sana'a", "YEM", PlaceKind::Settlement, 15.4, 44.2),
        ("Hodeidah", "YEM", PlaceKind::Settlement, 14.8, 43.0),
        ("el-Fasher", "SDN", PlaceKind::Settlement, 13.6, 25.3),
        ("Darfur", "SDN", PlaceKind::Region, 13.0, 24.5),
        ("Tigray", "ETH", PlaceKind::Region, 13.8, 38.9),
        ("Zaporizhzhia nuclear power plant", "UKR", PlaceKind::Facility, 47.5, 34.6),
        ("London", "GBR", PlaceKind::Settlement, 51.5, -0.1),
        ("Geneva", "CHE", PlaceKind::Settlement, 46.2, 6.1),
        ("The Hague", "NLD", PlaceKind::Settlement, 52.1, 4.3),
        ("New York", "USA", PlaceKind::Settlement, 40.7, -74.0),
        ("California", "USA", PlaceKind::Region, 36.7, -119.6),
        ("Sharm el-Sheikh", "EGY", PlaceKind::Settlement, 27.9, 34.3),
    ] {
        let places = library.places_named(name);
        let place = places.first().unwrap_or_else(|| panic!("no place is called {name}"));
        assert_eq!((place.country, place.kind), (Some(country), kind), "{name}: {place:?}");
        assert!((place.lat - lat).abs() < 0.15 && (place.lon - lon).abs() < 0.15, "{name}: {place:?}");
    }
    for (water, lat, lon) in [("Strait of Hormuz", 26.6, 56.3), ("the Black Sea", 43.3, 34.3), ("Red Sea", 20.0, 38.5)]
    {
        let place = library.places_named(water).into_iter().next().expect(water);
        assert_eq!((place.kind, place.country), (PlaceKind::Water, None), "{water}");
        assert!((place.lat - lat).abs() < 0.15 && (place.lon - lon).abs() < 0.15, "{water}");
    }
    for word in ["Police", "Most", "Of", "Same", "March", "Along", "Man", "Central", "Eastern", "Union"] {
        assert_eq!(library.places_named(word), [], "{word} is a word before it is a place");
    }
}

#[test]
fn organisations_and_roles_are_known() {
    let library = library();
    for (name, kind) in
        [("NATO", "organisation"), ("Hamas", "armed_group"), ("Reuters", "media"), ("IAEA", "organisation")]
    {
        assert_eq!(library.organisation(name).map(|found| found.kind.as_str()), Some(kind), "{name}");
    }
    assert!(library.organisation("who").is_none(), "capitals count");
    for (noun, code) in [("troops", "MIL"), ("Foreign Minister", "GOV"), ("lawmakers", "LEG"), ("refugees", "REF")] {
        assert_eq!(library.role(noun).map(|role| role.code), Some(code), "{noun}");
    }
    assert_eq!(library.role("president").and_then(|role| role.office), Some(OfficeKind::HeadOfState));
}

#[test]
fn the_longest_name_wins() {
    let library = library();
    let words = ["the", "Zaporizhzhia", "nuclear", "power", "plant", "in", "Ukraine"];
    let found = library.longest_match(&words, 0).expect("a name");
    assert_eq!(found.words, 5);
    assert!(matches!(&found.entries[..], [Entry::Places(places)] if places[0].kind == PlaceKind::Facility));
}

#[test]
fn a_word_has_its_base_form() {
    let library = library();
    for (form, tag, lemma) in [
        ("said", "VBD", "say"),
        ("struck", "VBN", "strike"),
        ("'s", "VBZ", "be"),
        ("wo", "MD", "will"),
        ("retaliated", "VBD", "retaliate"),
        ("targeted", "VBN", "target"),
        ("accuses", "VBZ", "accuse"),
        ("shelling", "VBG", "shell"),
        ("withdrew", "VBD", "withdraw"),
        ("expelled", "VBN", "expel"),
        ("vetoes", "VBZ", "veto"),
        ("condemned", "VBD", "condemn"),
        ("pre-made", "VBN", "pre-make"),
        ("spokeswomen", "NNS", "spokeswoman"),
        ("crises", "NNS", "crisis"),
        ("allies", "NNS", "ally"),
        ("headquarters", "NNS", "headquarters"),
        ("1970s", "NNS", "1970s"),
        ("worst", "JJS", "bad"),
        ("heavier", "JJR", "heavy"),
        ("Kyiv", "NNP", "Kyiv"),
    ] {
        assert_eq!(library.lemmas.lemma(form, tag), lemma, "{form}");
    }
}
