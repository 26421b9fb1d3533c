//! The offices table in; who held what, when, out.
//!
//! A row is one person in one office for one stretch of time. Names are not unique: a surname gives everyone who bears
//! it, and the date of the report is what tells them apart.
//!
//! **Invariant:** no row ends before it begins, and an office is never filled by anyone its rows do not name.

use super::fold::{folded, written};
use super::table::{Names, Row, Table};
use super::{Kind, LibraryError, actors};
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;

/// What office it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OfficeKind {
    /// President, monarch, supreme leader, pope.
    HeadOfState,
    /// Prime minister, chancellor.
    HeadOfGovernment,
    /// Vice-president or deputy head of government.
    Deputy,
    /// Foreign minister, secretary of state.
    ForeignMinister,
    /// Minister or secretary of defence.
    DefenceMinister,
    /// Any other minister.
    Minister,
    /// Who speaks for an office.
    Spokesperson,
    /// Who negotiates or represents: envoy, ambassador, chief negotiator.
    Envoy,
    /// National security adviser, chief of staff, aide.
    Adviser,
    /// Chief of the armed forces or a commander.
    MilitaryChief,
    /// Head of an intelligence or security service.
    IntelligenceChief,
    /// Head of an organisation.
    OrganisationHead,
    /// Head of an armed group.
    ArmedGroupHead,
    /// Mayor of a city.
    Mayor,
    /// Governor of a region.
    Governor,
    /// Speaker or leader of a legislature, or a member who is often heard.
    Legislator,
    /// Leader of the opposition, or of a party out of government.
    Opposition,
    /// Judge or prosecutor.
    Judicial,
    /// Wife, husband or kin of an office-holder, known for that.
    Family,
    /// Head of a company.
    CompanyHead,
    /// Any other office, as a user's own book has them.
    Other,
}

impl OfficeKind {
    const ALL: [(OfficeKind, &'static str); 21] = [
        (OfficeKind::HeadOfState, "head_of_state"),
        (OfficeKind::HeadOfGovernment, "head_of_government"),
        (OfficeKind::Deputy, "deputy"),
        (OfficeKind::ForeignMinister, "foreign_minister"),
        (OfficeKind::DefenceMinister, "defence_minister"),
        (OfficeKind::Minister, "minister"),
        (OfficeKind::Spokesperson, "spokesperson"),
        (OfficeKind::Envoy, "envoy"),
        (OfficeKind::Adviser, "adviser"),
        (OfficeKind::MilitaryChief, "military_chief"),
        (OfficeKind::IntelligenceChief, "intelligence_chief"),
        (OfficeKind::OrganisationHead, "organisation_head"),
        (OfficeKind::ArmedGroupHead, "armed_group_head"),
        (OfficeKind::Mayor, "mayor"),
        (OfficeKind::Governor, "governor"),
        (OfficeKind::Legislator, "legislator"),
        (OfficeKind::Opposition, "opposition"),
        (OfficeKind::Judicial, "judicial"),
        (OfficeKind::Family, "family"),
        (OfficeKind::CompanyHead, "company_head"),
        (OfficeKind::Other, "other"),
    ];

    /// The office as the table writes it.
    pub fn as_str(self) -> &'static str {
        Self::ALL.iter().find(|(kind, _)| *kind == self).map_or("", |(_, word)| word)
    }

    pub(crate) fn parse(text: &str) -> Option<OfficeKind> {
        Self::ALL.iter().find(|(_, word)| *word == text).map(|(kind, _)| *kind)
    }
}

/// One person in one office for one stretch of time.
#[derive(Debug, Clone, PartialEq)]
pub struct Office {
    /// The person's usual full name in English.
    pub person: &'static str,
    /// The part of the name that later mentions use: "Xi", "von der Leyen".
    pub surname: &'static str,
    /// Other spellings of the full name or the surname.
    pub aliases: Vec<&'static str>,
    /// The office.
    pub kind: OfficeKind,
    /// Title words in lower case, the usual one first: "president".
    pub titles: Vec<&'static str>,
    /// Alpha-3 of the country, or the name of the organisation, that the office is of.
    pub of: &'static str,
    /// Alpha-3 of the country it is an office of; none for an international organisation.
    pub country: Option<&'static str>,
    /// First day, month or year (`2019-05-20`, `2019-05`, `2019`); none if unknown.
    pub from: Option<&'static str>,
    /// Last day, month or year, itself still in office; none if unknown or still running.
    pub to: Option<&'static str>,
    /// What the row rests on; `unverified` where no file in hand bears it out.
    pub source: &'static str,
    /// The actor code, where a user's own book gives it; else none, and it follows from the office.
    pub code: Option<&'static str>,
}

impl Office {
    /// Whether the office was held on a date, or at any time within it where the date is a month or a year.
    pub fn held_on(&self, date: &str) -> bool {
        let shortened = |text: &'static str| text.get(..date.len()).unwrap_or(text);
        self.from.is_none_or(|from| shortened(from) <= date)
            && self.to.is_none_or(|to| date.get(..to.len()).unwrap_or(date) <= to)
    }
}

/// All offices.
#[derive(Debug, Clone)]
pub struct Offices {
    all: Vec<Office>,
    full_names: Names,
    names: Names,
    places: Names,
    /// Full names by the consonants they sound with, surnames by their whole sound.
    heard: Names,
}

/// Everything in the table about one person: rows, and the names that serve them all.
#[derive(Default)]
struct Person {
    rows: Vec<u32>,
    full_names: BTreeSet<&'static str>,
    surnames: BTreeSet<&'static str>,
}

impl Offices {
    pub(crate) fn parse<'t>(
        tables: impl Iterator<Item = &'t Table>,
        actor_tables: impl Iterator<Item = &'t Table>,
    ) -> Result<Offices, LibraryError> {
        let mut all: Vec<Office> = Vec::new();
        for table in actor_tables {
            for row in table.rows() {
                all.extend(listed(&row?)?);
            }
        }
        for table in tables {
            for row in table.rows() {
                all.push(office(&row?)?);
            }
        }
        let mut places: Vec<(String, u32)> = Vec::with_capacity(all.len());
        // An alias stands in one of a person's rows and serves them all.
        let mut persons: BTreeMap<&str, Person> = BTreeMap::new();
        for (number, office) in all.iter().enumerate() {
            let number = number as u32;
            places.push((written(office.of), number));
            let person = persons.entry(office.person).or_default();
            person.rows.push(number);
            person.full_names.insert(office.person);
            person.surnames.insert(office.surname);
            for alias in &office.aliases {
                let names = if alias.contains(' ') { &mut person.full_names } else { &mut person.surnames };
                names.insert(alias);
            }
        }
        let mut full_names: Vec<(String, u32)> = Vec::new();
        let mut surnames: Vec<(String, u32)> = Vec::new();
        let mut heard: Vec<(String, u32)> = Vec::new();
        for person in persons.into_values() {
            for row in &person.rows {
                heard.extend(person.full_names.iter().map(|name| (consonants(&sounds(name)), *row)));
                heard.extend(person.surnames.iter().map(|name| (sounds(name), *row)));
            }
            for (names, into) in [(person.full_names, &mut full_names), (person.surnames, &mut surnames)] {
                for name in names.into_iter().map(written) {
                    into.extend(person.rows.iter().map(|row| (name.clone(), *row)));
                }
            }
        }
        let full_names = Names::from_pairs(full_names);
        let heard = Names::from_pairs(heard);
        Ok(Offices { heard, names: Names::from_pairs(surnames), full_names, places: Names::from_pairs(places), all })
    }

    /// Every office, in the order of the book.
    pub fn all(&self) -> &[Office] {
        &self.all
    }

    /// The offices of the person of this full name or full alias, in the order of the book.
    pub fn of_full_name(&self, name: &str) -> Vec<&Office> {
        self.full_names.rows(&written(name)).filter_map(|row| self.all.get(row)).collect()
    }

    /// The offices of everyone of this full name, alias or surname, in the order of the book.
    pub fn held_by(&self, name: &str) -> Vec<&Office> {
        let key = written(name);
        let mut rows: Vec<usize> = self.full_names.rows(&key).chain(self.names.rows(&key)).collect();
        rows.sort_unstable();
        rows.dedup();
        rows.into_iter().filter_map(|row| self.all.get(row)).collect()
    }

    /// The offices of those whose full name sounds like this one in another system of transliteration, or whose surname does:
    /// "Wołodymyr Zełenski", "Ławrow". In the order of the book.
    pub fn held_by_alike(&self, name: &str) -> Vec<&Office> {
        let heard = sounds(name);
        let key = if name.contains(' ') { consonants(&heard) } else { heard };
        let rows = self.heard.rows(&key).filter_map(|row| self.all.get(row));
        rows.filter(|office| {
            let spelled = |known: &str| alike(known, name);
            match name.contains(' ') {
                true => {
                    spelled(office.person) || office.aliases.iter().any(|alias| alias.contains(' ') && spelled(alias))
                }
                false => name.chars().count() >= 5,
            }
        })
        .collect()
    }

    /// Like [`Offices::held_by`], of offices held on the date only.
    pub fn held_by_on(&self, name: &str, date: &str) -> Vec<&Office> {
        let mut offices = self.held_by(name);
        offices.retain(|office| office.held_on(date));
        offices
    }

    /// Every office of a country (alpha-3) or organisation, in the order of the book.
    pub fn of(&self, of: &str) -> Vec<&Office> {
        self.places.rows(&written(of)).filter_map(|row| self.all.get(row)).collect()
    }

    /// Who held the office on the date; on a day of change, who came last.
    pub fn on(&self, of: &str, kind: OfficeKind, date: &str) -> Option<&Office> {
        let held = self.of(of).into_iter().filter(|office| office.kind == kind && office.held_on(date));
        held.rev().max_by_key(|office| (office.code.is_some(), office.from))
    }

    /// Who bore this title (lower case, "finance minister") of a country or organisation on the date.
    pub fn titled(&self, of: &str, title: &str, date: &str) -> Option<&Office> {
        let held = self.of(of).into_iter().filter(|office| office.titles.contains(&title) && office.held_on(date));
        held.rev().max_by_key(|office| (office.code.is_some(), office.from))
    }
}

/// A name as far as systems of transliteration agree on its sounds: "Zełenski", "Zelenskyy" and "Zelensky" are one.
pub fn sounds(name: &str) -> String {
    const SAME: [(&str, &str); 19] = [
        ("j", "y"),
        ("shch", "s"),
        ("sch", "s"),
        ("sh", "s"),
        ("sz", "s"),
        ("tch", "c"),
        ("cz", "c"),
        ("ch", "c"),
        ("kh", "h"),
        ("ks", "x"),
        ("w", "v"),
        ("ye", "e"),
        ("ie", "e"),
        ("ya", "a"),
        ("ia", "a"),
        ("yu", "u"),
        ("iu", "u"),
        ("yo", "o"),
        ("y", "i"),
    ];
    let mut sound = folded(name);
    for (spelled, heard) in SAME {
        if sound.contains(spelled) {
            sound = sound.replace(spelled, heard);
        }
    }
    let mut last = None;
    sound.retain(|letter| last.replace(letter) != Some(letter));
    sound
}

/// The sounds without the vowels inside words.
fn consonants(sounds: &str) -> String {
    let mut begins = true;
    let mut kept = String::new();
    for letter in sounds.chars() {
        if begins || !matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u') {
            kept.push(letter);
        }
        begins = letter == ' ';
    }
    kept
}

/// Whether two names are spellings of one: the same sounds word by word, or in a word of six letters or more all but one vowel.
/// A name and its feminine ("Guliyev", "Guliyeva") are two.
pub fn alike(one: &str, other: &str) -> bool {
    let (one, other) = (sounds(one), sounds(other));
    let same = |a: &str, b: &str| {
        let (long, short) = (a.len().max(b.len()), a.len().min(b.len()));
        let feminine = |a: &str, b: &str| a.strip_suffix('a') == Some(b);
        let differ = a.bytes().zip(b.bytes()).filter(|(x, y)| x != y).count();
        a == b
            || short >= 6
                && long - short <= 1
                && (long > short || differ == 1)
                && consonants(a) == consonants(b)
                && !feminine(a, b)
                && !feminine(b, a)
    };
    one.split(' ').count() == other.split(' ').count() && one.split(' ').zip(other.split(' ')).all(|(a, b)| same(a, b))
}

fn office(row: &Row<'_>) -> Result<Office, LibraryError> {
    let person = row.required("person")?;
    let of = row.required("of")?;
    let alpha3 = |text: &str| text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase());
    let office = Office {
        person,
        surname: row.some("surname").or_else(|| person.split(' ').next_back()).unwrap_or(person),
        aliases: row.list("aliases"),
        kind: row.word("office", OfficeKind::parse)?,
        titles: row.list("titles"),
        of,
        country: row.some("country").or(Some(of).filter(|of| alpha3(of))).filter(|code| *code != "-"),
        from: actors::date(row, "from")?,
        to: actors::date(row, "to")?,
        source: row.required("source")?,
        code: None,
    };
    if let (Some(from), Some(to)) = (office.from, office.to)
        && from.get(..to.len()).unwrap_or(from) > to
    {
        return Err(row.error(alloc::format!("ends {to}, before it begins, {from}")));
    }
    Ok(office)
}

/// A user's own person as an office-holder; none for rows of other kinds.
fn listed(row: &Row<'_>) -> Result<Option<Office>, LibraryError> {
    if actors::kind(row)? != Some(Kind::Person) || actors::is_noun(row.text("code")) {
        return Ok(None);
    }
    let person = row.required("name")?;
    let code = row.text("code");
    let country = actors::state_code(row.some("country"), code);
    Ok(Some(Office {
        person,
        surname: person.split(' ').next_back().unwrap_or(person),
        aliases: row.list("aliases"),
        kind: OfficeKind::Other,
        titles: row.list("role"),
        of: country.unwrap_or(person),
        country,
        from: actors::date(row, "from")?,
        to: actors::date(row, "to")?,
        source: "own",
        code: Some(code),
    }))
}

/// Whether the text is a year, a month or a day.
pub(crate) fn is_date(text: &str) -> bool {
    let shape: Vec<usize> = text.split('-').map(str::len).collect();
    matches!(shape.as_slice(), [4] | [4, 2] | [4, 2, 2])
        && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_are_alike() {
        for (one, other) in [
            ("Zelensky", "Zełenski"),
            ("Zelenskyy", "Zelenskiy"),
            ("Zelensky", "Zelnski"),
            ("Wołodymyr Zełenski", "Volodymyr Zelenskyy"),
            ("Lavrov", "Ławrow"),
            ("Siergiej Szojgu", "Sergei Shoigu"),
            ("Lukashenko", "Łukaszenka"),
        ] {
            assert!(alike(one, other), "{one} {other}: {} {}", sounds(one), sounds(other));
        }
    }

    #[test]
    fn different_names_are_not_alike() {
        for (one, other) in [
            ("Johnson", "Johnston"),
            ("Guliyev", "Guliyeva"),
            ("Bush", "Busch Petrov"),
            ("Merkel", "Markle"),
            ("Dolan", "Nolan"),
            ("", "Putin"),
        ] {
            assert!(!alike(one, other), "{one} {other}");
        }
    }
}
