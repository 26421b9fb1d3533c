//! The countries and metonyms tables in; look-ups by every kind of name a country goes by out.
//!
//! A country is named by its name, by an adjective, by the noun for its people, by its capital and by its institutions'
//! addresses. Each has its own look-up, since each means something else on the page.
//!
//! **Invariant:** no two countries share an alpha-3 code, and no metonym names a country that the table does not have.

use super::fold::written;
use super::table::{Names, Row, Table};
use super::{Kind, LibraryError, actors};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// What a row of the countries table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CountryKind {
    /// A member of the United Nations, or an observer state.
    State,
    /// A territory that belongs to a state.
    Territory,
    /// A state whose statehood others dispute, or a territory that claims to be one.
    Disputed,
    /// A union of states that acts as one: the European Union.
    Union,
}

/// One country, territory or union.
#[derive(Debug, Clone, PartialEq)]
pub struct Country {
    /// ISO 3166-1 alpha-3; `XKX` for Kosovo, `EUE` for the European Union, `SUN` for the Soviet Union.
    pub alpha3: &'static str,
    /// ISO 3166-1 alpha-2; empty where there is none.
    pub alpha2: &'static str,
    /// CAMEO/PLOVER actor code: mostly the alpha-3.
    pub code: &'static str,
    /// What kind of country it is.
    pub kind: CountryKind,
    /// The common English name.
    pub name: &'static str,
    /// The name in full.
    pub official: &'static str,
    /// Other names and abbreviations.
    pub aliases: Vec<&'static str>,
    /// Adjectives: "Russian".
    pub adjectives: Vec<&'static str>,
    /// Nouns for its people, singular and plural: "Russian", "Russians".
    pub demonyms: Vec<&'static str>,
    /// The capital or seats of government, each in its usual spellings, the usual one first.
    pub capitals: Vec<&'static str>,
    /// Degrees north of a middle point.
    pub lat: f64,
    /// Degrees east of a middle point.
    pub lon: f64,
    /// Alpha-3 codes of its neighbours by land.
    pub borders: Vec<&'static str>,
    /// The continent or part of the world.
    pub continent: &'static str,
}

/// A by-name for an institution: the building, square or town it sits in.
#[derive(Debug, Clone, PartialEq)]
pub struct Metonym {
    /// The by-name, without "the".
    pub name: &'static str,
    /// Other spellings.
    pub aliases: Vec<&'static str>,
    /// Alpha-3 of the country whose institution it is, if of a country.
    pub country: Option<&'static str>,
    /// The kind of actor it stands for.
    pub kind: Kind,
    /// The institution: `government`, `presidency`, `legislature`, `foreign_ministry`, `defence_ministry`, ...
    pub institution: &'static str,
    /// The institution's plain name: "Russian government".
    pub actor: &'static str,
    /// CAMEO/PLOVER actor code: `RUSGOV`.
    pub code: &'static str,
}

/// All countries and metonyms.
#[derive(Debug, Clone)]
pub struct Countries {
    all: Vec<Country>,
    metonyms: Vec<Metonym>,
    names: Names,
    adjectives: Names,
    demonyms: Names,
    capitals: Names,
    codes: Names,
    metonym_names: Names,
}

impl Countries {
    pub(crate) fn parse<'t>(
        tables: impl Iterator<Item = &'t Table>,
        metonym_tables: impl Iterator<Item = &'t Table>,
        actor_tables: impl Iterator<Item = &'t Table>,
    ) -> Result<Countries, LibraryError> {
        let mut all: Vec<Country> = Vec::new();
        for table in tables {
            for row in table.rows() {
                let row = row?;
                let country = country(&row)?;
                if all.iter().any(|other| other.alpha3 == country.alpha3) {
                    return Err(row.error(format!("{} is there twice", country.alpha3)));
                }
                all.push(country);
            }
        }
        let mut metonyms = Vec::new();
        for table in metonym_tables {
            for row in table.rows() {
                let row = row?;
                let metonym = metonym(&row)?;
                if let Some(code) = metonym.country
                    && !all.iter().any(|country| country.alpha3 == code)
                {
                    return Err(row.error(format!("no country has the code {code}")));
                }
                metonyms.push(metonym);
            }
        }
        for table in actor_tables {
            for row in table.rows() {
                listed(&row?, &mut all)?;
            }
        }
        let index = |of: &dyn Fn(&Country) -> Vec<&'static str>| {
            let mut keys: Vec<(String, u32)> = Vec::new();
            for (row, country) in all.iter().enumerate() {
                keys.extend(of(country).into_iter().map(|name| (written(name), row as u32)));
            }
            Names::from_pairs(keys)
        };
        let names = index(&|country| {
            let mut names = country.aliases.clone();
            names.push(country.name);
            names.push(country.official);
            names
        });
        let adjectives = index(&|country| country.adjectives.clone());
        let demonyms = index(&|country| country.demonyms.clone());
        let capitals = index(&|country| country.capitals.clone());
        let codes = index(&|country| alloc::vec![country.alpha3]);
        let mut keys = Vec::new();
        for (row, metonym) in metonyms.iter().enumerate() {
            keys.push((written(metonym.name), row as u32));
            keys.extend(metonym.aliases.iter().map(|alias| (written(alias), row as u32)));
        }
        Ok(Countries {
            names,
            adjectives,
            demonyms,
            capitals,
            codes,
            metonym_names: Names::from_pairs(keys),
            all,
            metonyms,
        })
    }

    /// Every country, in the order of the book.
    pub fn all(&self) -> &[Country] {
        &self.all
    }

    /// Every metonym, in the order of the book.
    pub fn metonyms(&self) -> &[Metonym] {
        &self.metonyms
    }

    /// The country of this alpha-3 code.
    pub fn by_code(&self, alpha3: &str) -> Option<&Country> {
        self.first(&self.codes, alpha3)
    }

    /// The country of this name, alias or official name.
    pub fn by_name(&self, name: &str) -> Option<&Country> {
        self.first(&self.names, name)
    }

    /// The country that this adjective belongs to.
    pub fn by_adjective(&self, adjective: &str) -> Option<&Country> {
        self.first(&self.adjectives, adjective)
    }

    /// The country whose people this noun names.
    pub fn by_demonym_noun(&self, noun: &str) -> Option<&Country> {
        self.first(&self.demonyms, noun)
    }

    /// The country that this city is the capital of.
    pub fn capital_of(&self, city: &str) -> Option<&Country> {
        self.first(&self.capitals, city)
    }

    /// The institution behind a by-name.
    pub fn metonym(&self, name: &str) -> Option<&Metonym> {
        self.metonym_names.first(&written(name)).and_then(|row| self.metonyms.get(row))
    }

    fn first(&self, names: &Names, name: &str) -> Option<&Country> {
        names.first(&written(name)).and_then(|row| self.all.get(row))
    }
}

/// Adds the names of a user's own state to the country of its code, or a country that the table does not have.
fn listed(row: &Row<'_>, all: &mut Vec<Country>) -> Result<(), LibraryError> {
    if actors::kind(row)? != Some(Kind::State) || row.some("from").is_some() || row.some("to").is_some() {
        return Ok(());
    }
    let Some(code) = actors::state_code(row.some("country"), row.text("code")) else { return Ok(()) };
    let name = row.required("name")?;
    let mut names = row.list("aliases");
    if let Some(known) = all.iter_mut().find(|country| country.alpha3 == code) {
        names.push(name);
        names.retain(|name| !known.aliases.contains(name) && known.name != *name);
        known.adjectives.extend(&names);
        known.aliases.extend(names);
        return Ok(());
    }
    all.push(Country {
        alpha3: code,
        alpha2: "",
        code,
        kind: CountryKind::State,
        name,
        official: name,
        aliases: names.clone(),
        // the first adjective is what its government is called by
        adjectives: core::iter::once(name).chain(names).collect(),
        demonyms: Vec::new(),
        capitals: Vec::new(),
        lat: 0.0,
        lon: 0.0,
        borders: Vec::new(),
        continent: "",
    });
    Ok(())
}

fn country(row: &Row<'_>) -> Result<Country, LibraryError> {
    Ok(Country {
        alpha3: row.required("alpha3")?,
        alpha2: row.text("alpha2"),
        code: row.required("code")?,
        kind: row.word("kind", |word| match word {
            "state" => Some(CountryKind::State),
            "territory" => Some(CountryKind::Territory),
            "disputed" => Some(CountryKind::Disputed),
            "union" => Some(CountryKind::Union),
            _ => None,
        })?,
        name: row.required("name")?,
        official: row.required("official")?,
        aliases: row.list("aliases"),
        adjectives: row.list("adjectives"),
        demonyms: row.list("demonyms"),
        capitals: row.list("capitals"),
        lat: row.number("lat")?,
        lon: row.number("lon")?,
        borders: row.list("borders"),
        continent: row.text("continent"),
    })
}

fn metonym(row: &Row<'_>) -> Result<Metonym, LibraryError> {
    Ok(Metonym {
        name: row.required("name")?,
        aliases: row.list("aliases"),
        country: row.some("country"),
        kind: row.word("kind", Kind::parse)?,
        institution: row.required("institution")?,
        actor: row.required("actor")?,
        code: row.text("code"),
    })
}
