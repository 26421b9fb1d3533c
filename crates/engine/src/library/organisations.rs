//! The organisations table in; organisations by name or acronym out.
//!
//! Bodies with members: international organisations, armies, armed groups, parties, agencies of states, media, companies.
//! Capitals count, so "WHO" is not "who".
//!
//! **Invariant:** no row is without a kind; an acronym that several bear gives them all.

use super::fold::written;
use super::table::{Names, Table};
use super::{Kind, LibraryError};
use alloc::string::String;
use alloc::vec::Vec;

/// One organisation.
#[derive(Debug, Clone, PartialEq)]
pub struct Organisation {
    /// The usual name.
    pub name: &'static str,
    /// Other names and acronyms.
    pub aliases: Vec<&'static str>,
    /// What kind of actor it is.
    pub kind: Kind,
    /// Alpha-3 of its country; none if international.
    pub country: Option<&'static str>,
    /// CAMEO/PLOVER actor code; empty if none is known.
    pub code: &'static str,
}

/// All organisations.
#[derive(Debug, Clone)]
pub struct Organisations {
    all: Vec<Organisation>,
    names: Names,
}

impl Organisations {
    pub(crate) fn parse<'t>(tables: impl Iterator<Item = &'t Table>) -> Result<Organisations, LibraryError> {
        let mut all = Vec::new();
        let mut keys: Vec<(String, u32)> = Vec::new();
        for table in tables {
            for row in table.rows() {
                let row = row?;
                let number = all.len() as u32;
                let organisation = Organisation {
                    name: row.required("name")?,
                    aliases: row.list("aliases"),
                    kind: row.word("kind", Kind::parse)?,
                    country: row.some("country"),
                    code: row.text("code"),
                };
                keys.push((written(organisation.name), number));
                keys.extend(organisation.aliases.iter().map(|alias| (written(alias), number)));
                all.push(organisation);
            }
        }
        Ok(Organisations { all, names: Names::from_pairs(keys) })
    }

    /// Every organisation, in the order of the book.
    pub fn all(&self) -> &[Organisation] {
        &self.all
    }

    /// Every organisation of this name or alias, in the order of the book.
    pub fn named(&self, name: &str) -> Vec<&Organisation> {
        self.names.rows(&written(name)).filter_map(|row| self.all.get(row)).collect()
    }
}
