//! The roles table in; what a common noun or title says of whom it names out.
//!
//! "President", "troops", "protesters", "Gen.": nouns that stand for people, with the kind of actor, the CAMEO role and
//! whether one person or many are meant.
//!
//! **Invariant:** a noun names one role only, in its singular, its plural and its abbreviation alike.

use super::offices::OfficeKind;
use super::table::{Names, Table};
use super::{Kind, LibraryError};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// What a title or noun says of a person's gender.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gender {
    /// Mrs, queen.
    Female,
    /// Mr, king.
    Male,
}

/// One common noun or title for people.
#[derive(Debug, Clone, PartialEq)]
pub struct Role {
    /// The noun in the singular and lower case: "foreign minister".
    pub noun: &'static str,
    /// Its other forms: plural, abbreviations, other spellings.
    pub forms: Vec<&'static str>,
    /// The kind of actor it names.
    pub kind: Kind,
    /// CAMEO role code, three letters: `GOV`; empty if none.
    pub code: &'static str,
    /// The office, if it is one.
    pub office: Option<OfficeKind>,
    /// Whether the singular already names many: "army", "police".
    pub collective: bool,
    /// Whether it stands before a name as a title: "President Biden", "Gen. Milley".
    pub title: bool,
    /// Whether it says only how to address someone and nothing about an office: "Mr".
    pub honorific: bool,
    /// The gender it tells.
    pub gender: Option<Gender>,
}

/// All roles.
#[derive(Debug, Clone)]
pub struct Roles {
    all: Vec<Role>,
    names: Names,
}

impl Roles {
    pub(crate) fn parse<'t>(tables: impl Iterator<Item = &'t Table>) -> Result<Roles, LibraryError> {
        let mut all: Vec<Role> = Vec::new();
        let mut keys: Vec<(String, u32)> = Vec::new();
        for table in tables {
            for row in table.rows() {
                let row = row?;
                let flags = row.list("flags");
                if let Some(flag) =
                    flags.iter().find(|flag| !["collective", "title", "honorific", "female", "male"].contains(flag))
                {
                    return Err(row.error(format!("no flag is called {flag:?}")));
                }
                let role = Role {
                    noun: row.required("noun")?,
                    forms: row.list("forms"),
                    kind: row.word("kind", Kind::parse)?,
                    code: row.text("code"),
                    office: match row.some("office") {
                        None => None,
                        Some(_) => Some(row.word("office", OfficeKind::parse)?),
                    },
                    collective: flags.contains(&"collective"),
                    title: flags.contains(&"title"),
                    honorific: flags.contains(&"honorific"),
                    gender: match (flags.contains(&"female"), flags.contains(&"male")) {
                        (true, false) => Some(Gender::Female),
                        (false, true) => Some(Gender::Male),
                        _ => None,
                    },
                };
                let number = all.len() as u32;
                keys.push((key(role.noun), number));
                if !role.honorific {
                    // "Mr" has no plural of its own, least of all "Mrs".
                    keys.push((key(&plural(role.noun)), number));
                }
                keys.extend(role.forms.iter().map(|form| (key(form), number)));
                all.push(role);
            }
        }
        Ok(Roles { all, names: Names::from_pairs(keys) })
    }

    /// Every role, in the order of the book.
    pub fn all(&self) -> &[Role] {
        &self.all
    }

    /// The role that a noun or title names, in the singular, plural or abbreviated, in any case, with or without dots.
    pub fn of(&self, noun: &str) -> Option<&Role> {
        self.names.first(&key(noun)).and_then(|row| self.all.get(row))
    }
}

fn key(noun: &str) -> String {
    let mut key = String::with_capacity(noun.len());
    for character in noun.chars() {
        match character {
            '.' => {}
            '-' | '‐' | '‑' | ' ' | '\u{a0}' => {
                if !key.is_empty() && !key.ends_with(' ') {
                    key.push(' ');
                }
            }
            '’' => key.push('\''),
            _ => key.extend(character.to_lowercase()),
        }
    }
    key.truncate(key.trim_end().len());
    key
}

/// The regular plural, after the rules of spelling; irregular ones stand in the table.
fn plural(noun: &str) -> String {
    let consonant_before_y = noun.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'i', 'o', 'u']));
    if let Some(stem) = consonant_before_y {
        format!("{stem}ies")
    } else if ["s", "x", "z", "ch", "sh"].iter().any(|ending| noun.ends_with(ending)) {
        format!("{noun}es")
    } else {
        format!("{noun}s")
    }
}
