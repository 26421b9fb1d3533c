//! The books, as tab-separated text in; typed tables and look-ups by name out.
//!
//! The rim hands in each table as text, once; a table handed in twice (a user's own rows after the shipped ones) is one
//! table whose later rows come first. Names are compared as a reader compares them: dots, hyphens and kinds of apostrophe
//! do not count, capitals do for countries, offices and organisations and do not for places.
//!
//! **Invariant:** nothing here is global, nothing is guessed: an unknown name yields nothing, and where several rows bear
//! one name they are all given, always in the same order.

mod actors;
mod countries;
mod fold;
mod lemmas;
mod offices;
mod organisations;
mod places;
mod plover;
mod roles;
mod table;

pub use actors::{ListedActor, ListedActors};
pub use countries::{Countries, Country, CountryKind, Metonym};
pub use fold::{folded, written};
pub use lemmas::Lemmas;
pub use offices::{Office, OfficeKind, Offices, alike};
pub use organisations::{Organisation, Organisations};
pub use places::{Place, PlaceKind, Places};
pub use plover::{Code, Plover};
pub use roles::{Gender, Role, Roles};

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;
use table::Table;

/// The books a reading rests on, parsed and ready to be asked.
#[derive(Debug, Clone)]
pub struct Library {
    /// The user's own actors, which go before all else.
    pub actors: ListedActors,
    /// States and territories, with the seats and by-names of their governments.
    pub countries: Countries,
    /// Settlements, regions, waters and facilities with coordinates.
    pub places: Places,
    /// Who held which office, from when to when.
    pub offices: Offices,
    /// Organisations, armed groups, armies, media and companies.
    pub organisations: Organisations,
    /// Common nouns and titles for people and groups.
    pub roles: Roles,
    /// CAMEO codes and Goldstein values of PLOVER types and modes.
    pub plover: Plover,
    /// Base forms of words.
    pub lemmas: Lemmas,
    /// Name and version of every table handed in, in that order.
    pub versions: Vec<(&'static str, &'static str)>,
}

/// Why a table could not be read: which one, the line (from 1, 0 if none), and what is wrong there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LibraryError {
    /// The table's name, such as `offices`.
    pub table: String,
    /// The line in the table's text, from 1; 0 where the fault is in no one line.
    pub line: usize,
    /// What is wrong, for the person who edits the table.
    pub message: String,
}

impl fmt::Display for LibraryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let table = self.table.strip_prefix("actors:").unwrap_or(&self.table);
        write!(f, "{table}, line {}: {}", self.line, self.message)
    }
}

impl core::error::Error for LibraryError {}

/// What kind of actor a name or a noun stands for; the vocabulary of the record's `actors[].kind`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// One named human being, or the role of one.
    Person,
    /// A government or one of its offices.
    Government,
    /// A state as such.
    State,
    /// The forces of a state.
    Military,
    /// An armed group that is no state's army.
    ArmedGroup,
    /// Any other body with members.
    Organisation,
    /// A business.
    Company,
    /// A newspaper, agency, broadcaster, or the press.
    Media,
    /// People without an organisation: residents, protesters.
    Group,
}

impl Kind {
    /// The kind as the record writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Person => "person",
            Kind::Government => "government",
            Kind::State => "state",
            Kind::Military => "military",
            Kind::ArmedGroup => "armed_group",
            Kind::Organisation => "organisation",
            Kind::Company => "company",
            Kind::Media => "media",
            Kind::Group => "group",
        }
    }

    pub(crate) fn parse(text: &str) -> Option<Kind> {
        use Kind::*;
        [Person, Government, State, Military, ArmedGroup, Organisation, Company, Media, Group]
            .into_iter()
            .find(|kind| kind.as_str() == text)
    }
}

/// One thing that a run of words names.
#[derive(Debug, Clone, PartialEq)]
pub enum Entry<'a> {
    /// A country by a name of its own: "Ukraine", "the U.S.".
    Country(&'a Country),
    /// A country by the adjective for it: "Ukrainian".
    Adjective(&'a Country),
    /// A country by the noun for its people: "Ukrainians".
    Demonym(&'a Country),
    /// A country by its capital: "Kyiv".
    Capital(&'a Country),
    /// A by-name for an institution: "the Kremlin".
    Metonym(&'a Metonym),
    /// An organisation.
    Organisation(&'a Organisation),
    /// A person known from an office, with all offices under that full name.
    Person(Vec<&'a Office>),
    /// Places of that name, the most populous first.
    Places(Vec<Place>),
}

/// A run of words that names something, and everything it may name.
#[derive(Debug, Clone, PartialEq)]
pub struct Match<'a> {
    /// How many words the run has, at least 1.
    pub words: usize,
    /// What it may name, in the order of [`Entry`]'s variants; never empty.
    pub entries: Vec<Entry<'a>>,
}

/// Whether a table is one of a user's own actors.
fn is_actors(name: &str) -> bool {
    name == "actors" || name.starts_with("actors:")
}

/// The longest run of words that [`Library::longest_match`] tries.
pub const LONGEST_NAME: usize = 9;

impl Library {
    /// Reads the tables: `(name, text)` pairs. Names are those of the books (`countries`, `metonyms`, `places`, `cities`,
    /// `offices`, `organisations`, `roles`, `plover`, `lemmas`); a table that is not handed in is empty; `places`,
    /// `offices`, `organisations`, `roles` and `metonyms` may come several times, later rows before earlier ones. A user's own
    /// actors come as `actors`, or `actors:` with the name of their file, any number of times.
    pub fn parse(tables: &[(&'static str, &'static str)]) -> Result<Library, LibraryError> {
        const KNOWN: [&str; 9] =
            ["countries", "metonyms", "places", "cities", "offices", "organisations", "roles", "plover", "lemmas"];
        let mut read = Vec::new();
        let mut versions = Vec::new();
        for &(name, text) in tables {
            if !KNOWN.contains(&name) && !is_actors(name) {
                return Err(LibraryError {
                    table: name.to_string(),
                    line: 0,
                    message: String::from("there is no book of this name"),
                });
            }
            let table = Table::read(name, text)?;
            versions.push((name, table.version));
            read.push(table);
        }
        // Later tables first, so that a user's own rows are found before the shipped ones.
        read.reverse();
        let named = |name: &'static str| read.iter().filter(move |table| table.name == name);
        let actors = || read.iter().filter(|table| is_actors(table.name));
        Ok(Library {
            actors: ListedActors::parse(actors())?,
            countries: Countries::parse(named("countries"), named("metonyms"), actors())?,
            places: Places::parse(named("places"), named("cities"))?,
            offices: Offices::parse(named("offices"), actors())?,
            organisations: Organisations::parse(named("organisations"))?,
            roles: Roles::parse(named("roles"), actors())?,
            plover: Plover::parse(named("plover"))?,
            lemmas: Lemmas::parse(named("lemmas"))?,
            versions,
        })
    }

    /// Who of the user's own actors bears this name on a date; empty where no date is known.
    pub fn listed(&self, name: &str, date: &str) -> Option<&ListedActor> {
        self.actors.named(name, date)
    }

    /// The country of this name, alias, official name or alpha-3 code.
    pub fn country_by_name(&self, name: &str) -> Option<&Country> {
        self.countries.by_name(name)
    }

    /// The country this adjective ("Russian") belongs to.
    pub fn country_by_adjective(&self, adjective: &str) -> Option<&Country> {
        self.countries.by_adjective(adjective)
    }

    /// The country whose people this noun ("Russians", "a Russian") names.
    pub fn country_by_demonym_noun(&self, noun: &str) -> Option<&Country> {
        self.countries.by_demonym_noun(noun)
    }

    /// The country that this city is the capital of, in any usual spelling.
    pub fn capital_of(&self, city: &str) -> Option<&Country> {
        self.countries.capital_of(city)
    }

    /// The institution behind a by-name: "Kremlin", "Downing Street".
    pub fn metonym(&self, name: &str) -> Option<&Metonym> {
        self.countries.metonym(name)
    }

    /// Every place of this name, the most populous first, except that what the words call a region comes first as one.
    pub fn places_named(&self, name: &str) -> Vec<Place> {
        self.places.named(name)
    }

    /// The offices of the person of this full name, alias or surname, in the order of the book.
    pub fn offices_held(&self, person: &str) -> Vec<&Office> {
        self.offices.held_by(person)
    }

    /// Who held an office of a country (alpha-3) or organisation on a date (`2024`, `2024-05`, `2024-05-17`).
    pub fn office_on(&self, of: &str, kind: OfficeKind, date: &str) -> Option<&Office> {
        self.offices.on(of, kind, date)
    }

    /// The first organisation of this name or alias.
    pub fn organisation(&self, name: &str) -> Option<&Organisation> {
        self.organisations.named(name).first().copied()
    }

    /// The role that a common noun or a title names, by its singular, plural or abbreviation, in any case.
    pub fn role(&self, noun: &str) -> Option<&Role> {
        self.roles.of(noun)
    }

    /// The longest run of words from `at` on that names something. Words are tokens as the reader makes them; a run never
    /// ends in a possessive. A leading "the" belongs to the run. Single words must begin with a capital.
    pub fn longest_match(&self, words: &[&str], at: usize) -> Option<Match<'_>> {
        let rest = words.get(at..)?;
        let mut longest = rest.len().min(LONGEST_NAME);
        let mut text = String::new();
        while longest > 0 {
            let run = &rest[..longest];
            if run.iter().any(|word| word.chars().next().is_some_and(char::is_uppercase)) {
                text.clear();
                for (number, word) in run.iter().enumerate() {
                    if number > 0 {
                        text.push(' ');
                    }
                    text.push_str(word);
                }
                let entries = self.entries(&text);
                if !entries.is_empty() {
                    return Some(Match { words: longest, entries });
                }
            }
            longest -= 1;
        }
        None
    }

    /// Everything that exactly these words may name, in the order of [`Entry`]'s variants.
    pub fn entries(&self, name: &str) -> Vec<Entry<'_>> {
        let mut entries = Vec::new();
        entries.extend(self.country_by_name(name).map(Entry::Country));
        entries.extend(self.country_by_adjective(name).map(Entry::Adjective));
        entries.extend(self.country_by_demonym_noun(name).map(Entry::Demonym));
        entries.extend(self.capital_of(name).map(Entry::Capital));
        entries.extend(self.metonym(name).map(Entry::Metonym));
        entries.extend(self.organisations.named(name).into_iter().map(Entry::Organisation));
        if name.contains(' ') {
            let offices = self.offices.of_full_name(name);
            if !offices.is_empty() {
                entries.push(Entry::Person(offices));
            }
        }
        let places = self.places.named(name);
        if !places.is_empty() {
            entries.push(Entry::Places(places));
        }
        entries
    }
}
