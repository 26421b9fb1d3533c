//! Whose officials persons are: a record in; for each person the country and the office that the words beside its name tell out.
//!
//! "Peru’s foreign minister, Ana Ruiz", "the president of Peru, Luis Paz", "the Ecuadorian Inés Salas": what stands right before a name, as
//! far as it is made of offices and countries. Where only the office is told ("Foreign Minister Ana Ruiz"), it is one of the country that the
//! report is written from, as its dateline or the ministry that publishes it says; that is taken until a report says it in so many words.
//!
//! **Invariant:** a country comes from a name of it on the page.

use std::collections::BTreeMap;

use rapporteur_record::{Actor, ActorKind, Form, Mention, Record};

/// How many code points before a name its title is looked for.
const NEAR: u32 = 70;

/// How far from the start of a text its dateline is looked for, in code points.
const DATELINE: u32 = 40;

/// Offices of a state, in alphabetical order.
const OFFICES: &[&str] = &[
    "ambassador",
    "chancellor",
    "commander",
    "counterpart",
    "emperor",
    "envoy",
    "general",
    "governor",
    "king",
    "mayor",
    "minister",
    "premier",
    "president",
    "queen",
    "secretary",
    "spokesman",
    "spokesperson",
    "spokeswoman",
];

/// Words that say which office, in alphabetical order.
const SORTS: &[&str] = &["defence", "defense", "finance", "foreign", "government", "interior", "prime", "vice"];

/// Words that stand between, in alphabetical order.
const BETWEEN: &[&str] = &[
    "affairs",
    "air",
    "armed",
    "army",
    "deputy",
    "for",
    "force",
    "forces",
    "former",
    "in",
    "ministry",
    "national",
    "navy",
    "of",
    "office",
    "presidential",
    "s",
    "special",
    "state",
    "the",
];

/// What the words beside a person's name tell of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Home {
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// Whether the country is told beside the name, and not only that of the report.
    pub told: bool,
    /// The office in small letters: "foreign minister".
    pub office: Option<String>,
    /// The name that the words have, where the record has another or more than a name.
    pub named: Option<String>,
    /// Whether no mention has the name: who holds the office was looked up.
    pub by_office: bool,
}

/// A word of the text.
struct Word<'t> {
    words: &'t str,
    at: [u32; 2],
    /// The mark before it, where there is one: a comma, a stop.
    after: Option<char>,
    country: Option<&'t str>,
}

impl Word<'_> {
    fn is_title(&self) -> bool {
        let word = self.words.to_lowercase();
        let among = |list: &[&str]| list.binary_search(&word.as_str()).is_ok();
        self.country.is_some() || among(OFFICES) || among(SORTS) || among(BETWEEN)
    }
}

/// The homes of a record's persons, by id; `nations` are names of countries and peoples known from before, in small letters.
pub fn homes<'r>(record: &'r Record, nations: &'r BTreeMap<String, String>) -> BTreeMap<&'r str, Home> {
    let words = words(record, nations);
    let here = here(record, &words);
    let persons = record.actors.iter().filter(|actor| actor.kind == ActorKind::Person);
    persons.map(|actor| (actor.id.as_str(), home(actor, &words, here))).collect()
}

/// Where a record names countries, peoples and armies in a word or two, with the country.
fn countries(record: &Record) -> impl Iterator<Item = (&Mention, &str)> {
    let states = [ActorKind::Government, ActorKind::State, ActorKind::Military];
    record.actors.iter().filter(move |actor| states.contains(&actor.kind)).flat_map(|actor| {
        let short = |mention: &&Mention| mention.form == Form::Name && mention.words.split(' ').count() < 3;
        actor.mentions.iter().filter(short).filter_map(|mention| Some((mention, actor.country.as_deref()?)))
    })
}

/// The names of countries and peoples in a record, one word each, in small letters, to the country.
pub fn nations(record: &Record) -> impl Iterator<Item = (String, String)> {
    let one = countries(record).filter(|(mention, _)| mention.words.chars().all(char::is_alphabetic));
    one.map(|(mention, country)| (mention.words.to_lowercase(), country.to_owned()))
}

/// The words of a text, with the countries that they name.
fn words<'r>(record: &'r Record, nations: &'r BTreeMap<String, String>) -> Vec<Word<'r>> {
    let named = countries(record).map(|(mention, country)| (mention.at, country));
    let places = record
        .places
        .iter()
        .flat_map(|place| place.mentions.iter().filter_map(|mention| Some((mention.at, place.country.as_deref()?))));
    let countries: Vec<([u32; 2], &str)> = named.chain(places).collect();
    let text = &record.document.text;
    let mut words: Vec<Word> = Vec::new();
    let (mut begin, mut after) = (None, None);
    for (point, (byte, c)) in text.char_indices().chain([(text.len(), ' ')]).enumerate() {
        if c.is_alphanumeric() && byte < text.len() {
            begin.get_or_insert((point as u32, byte));
            continue;
        }
        if let Some((start, first)) = begin.take() {
            let at = [start, point as u32];
            let country = countries.iter().find(|(span, _)| span[0] <= at[0] && at[1] <= span[1]);
            let word = &text[first..byte];
            let known = || {
                let capital = word.chars().next().is_some_and(char::is_uppercase);
                nations.get(&word.to_lowercase()).filter(|_| capital).map(String::as_str)
            };
            let country = country.map(|(_, country)| *country).or_else(known);
            words.push(Word { words: word, at, after, country });
            after = None;
        }
        if !c.is_whitespace() || c == '\n' {
            after = Some(c);
        }
    }
    words
}

/// The country that a report is written from: that of its dateline, else the one whose ministry publishes it.
fn here<'t>(record: &Record, words: &[Word<'t>]) -> Option<&'t str> {
    let dateline = words.iter().take_while(|word| word.at[0] < DATELINE && !word.words.chars().any(char::is_lowercase));
    let publisher = record.document.publisher.as_deref().unwrap_or_default();
    let ministry = publisher.to_lowercase().contains("ministry");
    let publishes = || words.iter().find(|word| ministry && word.country.is_some() && publisher.ends_with(word.words));
    let at = dateline.filter(|word| word.country.is_some()).last().or_else(publishes);
    at.and_then(|word| word.country)
}

fn home(actor: &Actor, words: &[Word], here: Option<&str>) -> Home {
    let own: Vec<&str> = actor.name.split(' ').collect();
    let bears = |mention: &Mention| mention.words.split(' ').any(|word| own.contains(&word));
    let mut home = Home { by_office: !actor.mentions.iter().any(bears), ..Home::default() };
    for mention in actor.mentions.iter().filter(|mention| mention.form != Form::Pronoun) {
        let begin = words.iter().position(|word| word.at[0] >= mention.at[0]).unwrap_or(words.len());
        let end = words.iter().position(|word| word.at[0] >= mention.at[1]).unwrap_or(words.len());
        // the name begins after the last word of a title in the mention
        let comma = (begin + 1..end).rev().find(|at| home.by_office && words[*at].after == Some(','));
        let name = (begin..end).rev().find(|at| words[*at].is_title()).map_or(begin, |at| at + 1);
        let name = comma.unwrap_or(name);
        if name == end && !home.by_office {
            continue;
        }
        let from = mention.at[0].saturating_sub(NEAR);
        let mut first = name;
        while first > 0 && words[first - 1].is_title() && words[first - 1].at[0] >= from {
            // a mark may only stand right before the name, and no stop
            let mark = words.get(first).and_then(|word| word.after);
            let may = |c: char| matches!(c, '’' | '\'') || c == ',' && first == name;
            if !mark.is_none_or(may) && name < end {
                break;
            }
            first -= 1;
        }
        let title = &words[first..name];
        // "the Norwegian envoy", "the United Nations envoy": an office of somebody else, though nobody known
        let ours = first.checked_sub(1).is_none_or(|before| {
            words[first].after.is_some() || !words[before].words.chars().next().is_some_and(char::is_uppercase)
        });
        let office = office(title);
        let country = title.iter().rev().find_map(|word| word.country);
        let comma = words.get(name).is_some_and(|word| word.after == Some(','));
        if let (Some(country), true) = (country, office.is_some() || !comma && first < name) {
            home.country = Some(country.to_owned());
            home.told = true;
        } else if let (true, false, Some(here)) = (ours && office.is_some() && end - name > 1, home.told, here) {
            home.country.get_or_insert_with(|| here.to_owned());
        }
        home.office = home.office.or(office.filter(|office| !office.is_empty()));
        let capital = |word: &Word| word.words.chars().next().is_some_and(char::is_uppercase);
        let bare = begin < name && words[begin..name].iter().any(|word| own.contains(&word.words));
        if (home.by_office || bare) && end - name > 1 && words[name..end].iter().all(capital) {
            let named: Vec<&str> = words[name..end].iter().map(|word| word.words).collect();
            home.named = Some(named.join(" "));
        }
    }
    home
}

/// The office of a title: "foreign minister"; empty where it is another's ("her counterpart").
fn office(title: &[Word]) -> Option<String> {
    let mut held = None;
    let mut sorts = Vec::new();
    for word in title.iter().map(|word| word.words.to_lowercase()) {
        if OFFICES.binary_search(&word.as_str()).is_ok() {
            held = Some(word);
        } else if SORTS.binary_search(&word.as_str()).is_ok() {
            sorts.push(word);
        }
    }
    let held = held?;
    if held == "counterpart" {
        return Some(String::new());
    }
    sorts.push(held);
    Some(sorts.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    /// A record of a text with a person, who is mentioned by some words, and countries, each named once.
    fn record(text: &str, person: &str, by: &str, countries: &[(&str, &str)]) -> Record {
        let span = |words: &str| {
            let start = text[..text.find(words).unwrap()].chars().count();
            [start, start + words.chars().count()]
        };
        let actor = |id: String, name: &str, kind: &str, words: &str, country: Option<&str>| {
            json!({"id": id, "name": name, "kind": kind, "role": null, "country": country, "member_of": null, "code": null, "rule": "",
                "confidence": null, "mentions": [{"at": span(words), "words": words, "form": "name"}]})
        };
        let mut actors = vec![actor("a1".into(), person, "person", by, None)];
        let named = countries.iter().enumerate();
        actors.extend(
            named.map(|(at, (words, code))| actor(format!("a{}", at + 2), words, "government", words, Some(code))),
        );
        let empty: [Value; 0] = [];
        serde_json::from_value(json!({
            "format": "rapporteur.record/1",
            "edition": {"engine": "", "model": "", "books": {}},
            "document": {"id": "", "text": text, "source": null, "title": null, "byline": null, "publisher": null, "published": null,
                "published_basis": "unknown", "language": "en", "noise": empty},
            "sentences": empty, "actors": actors, "places": empty, "times": empty, "statements": empty, "events": empty,
            "proposals": empty, "positions": empty, "pledges": empty, "doubts": empty,
        }))
        .unwrap()
    }

    #[test]
    fn a_title_tells_country_and_office() {
        for (text, person, countries, country, told, office) in [
            (
                "Peru’s foreign minister, Ana Ruiz, left.",
                "Ana Ruiz",
                &[("Peru", "PER")][..],
                Some("PER"),
                true,
                Some("foreign minister"),
            ),
            (
                "He met the Foreign Minister of Peru, Ana Ruiz.",
                "Ana Ruiz",
                &[("Peru", "PER")],
                Some("PER"),
                true,
                Some("foreign minister"),
            ),
            ("The Ecuadorian Inés Salas spoke.", "Inés Salas", &[("Ecuadorian", "ECU")], Some("ECU"), true, None),
            (
                "It pleased Norway, President Luis Paz said.",
                "Luis Paz",
                &[("Norway", "NOR")],
                None,
                false,
                Some("president"),
            ),
            (
                "QUITO, May 3 - President Luis Paz spoke.",
                "Luis Paz",
                &[("QUITO", "ECU")],
                Some("ECU"),
                false,
                Some("president"),
            ),
            (
                "Peru and Ecuador, Ana Ruiz said, agreed.",
                "Ana Ruiz",
                &[("Peru", "PER"), ("Ecuador", "ECU")],
                None,
                false,
                None,
            ),
            (
                "BOGOTÁ - Beside the Norwegian envoy, Ana Ruiz, sat he.",
                "Ana Ruiz",
                &[("BOGOTÁ", "COL")],
                None,
                false,
                Some("envoy"),
            ),
            ("Her Peruvian counterpart, Ana Ruiz, left.", "Ana Ruiz", &[("Peruvian", "PER")], Some("PER"), true, None),
        ] {
            let record = record(text, person, person, countries);
            let nations = BTreeMap::new();
            let home = &homes(&record, &nations)["a1"];
            let got = (home.country.as_deref(), home.told, home.office.as_deref());
            assert_eq!(got, (country, told, office), "{text}");
            assert_eq!((home.named.as_deref(), home.by_office), (None, false), "{text}");
        }
    }

    #[test]
    fn an_office_alone_was_looked_up_and_may_stand_beside_another_name() {
        let looked_up =
            record("The president of Peru spoke.", "Juan Soto", "The president of Peru", &[("Peru", "PER")]);
        let nations = BTreeMap::new();
        let home = &homes(&looked_up, &nations)["a1"];
        assert_eq!(
            (home.by_office, home.office.as_deref(), home.country.as_deref()),
            (true, Some("president"), Some("PER"))
        );
        let by = "the president of Peru, Luis Paz";
        let beside = record("She met the president of Peru, Luis Paz.", "Juan Soto", by, &[("Peru", "PER")]);
        assert_eq!(homes(&beside, &nations)["a1"].named.as_deref(), Some("Luis Paz"));
        let demonym =
            record("The Peruvian Luis Paz spoke.", "Peruvian Luis Paz", "Peruvian Luis Paz", &[("Peruvian", "PER")]);
        assert_eq!(homes(&demonym, &nations)["a1"].named.as_deref(), Some("Luis Paz"));
    }
}
