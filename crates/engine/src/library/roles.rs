//! The roles table in; what a common noun or title says of whom it names out.
//!
//! "President", "troops", "protesters", "Gen.": nouns that stand for people, with the kind of actor, the CAMEO role and
//! whether one person or many are meant.
//!
//! **Invariant:** a noun names one role only, in its singular, its plural and its abbreviation alike.

use super::offices::OfficeKind;
use super::table::{Names, Row, Table};
use super::{Kind, LibraryError, actors};
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
    /// CAMEO role code: `GOV`; empty if none. One with a tilde at its end goes before the code of a country: `NGO~`.
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
    pub(crate) fn parse<'t>(
        tables: impl Iterator<Item = &'t Table>,
        actor_tables: impl Iterator<Item = &'t Table>,
    ) -> Result<Roles, LibraryError> {
        let mut all: Vec<Role> = Vec::new();
        let mut keys: Vec<(String, u32)> = Vec::new();
        let mut own = Vec::new();
        for table in actor_tables {
            for row in table.rows() {
                own.extend(listed(&row?)?);
            }
        }
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
        // a user's own noun goes before ours, and keeps what ours knows beside the code
        let shipped = Roles { names: Names::from_pairs(keys.clone()), all };
        let mut all = Vec::with_capacity(own.len() + shipped.all.len());
        let mut own_keys: Vec<(String, u32)> = Vec::new();
        for (noun, forms, kind, code) in own {
            let number = all.len() as u32;
            own_keys.push((key(noun), number));
            own_keys.extend(forms.iter().map(|form| (key(form), number)));
            let known = shipped.of(noun).cloned();
            let kind = kind.or(known.as_ref().map(|role| role.kind)).unwrap_or_else(|| kind_of_code(code));
            all.push(match known {
                Some(known) => Role { noun, forms, kind, code, ..known },
                None => Role {
                    noun,
                    forms,
                    kind,
                    code,
                    office: None,
                    collective: kind != Kind::Person,
                    title: false,
                    honorific: false,
                    gender: None,
                },
            });
        }
        let first = all.len() as u32;
        keys.iter_mut().for_each(|(_, row)| *row += first);
        keys.extend(own_keys);
        all.extend(shipped.all);
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

/// A user's own common noun: the noun, its other forms, its kind, its code without a tilde before it.
type Noun = (&'static str, Vec<&'static str>, Option<Kind>, &'static str);

/// The common noun of a row whose code has a tilde; none for other rows.
fn listed(row: &Row<'_>) -> Result<Option<Noun>, LibraryError> {
    let code = row.text("code");
    if !actors::is_noun(code) {
        return Ok(None);
    }
    let noun = row.required("name")?;
    let bare = code.trim_start_matches('~');
    if bare.trim_end_matches('~').is_empty() || code.contains(char::is_whitespace) {
        return Err(row.error(format!("the code of a common noun is letters after a tilde: {code:?}")));
    }
    Ok(Some((noun, row.list("aliases"), actors::kind(row)?, bare)))
}

/// The kind of actor that bears a role code, where nothing else says it.
fn kind_of_code(code: &str) -> Kind {
    match code.get(..3).unwrap_or("") {
        "GOV" | "LEG" | "JUD" | "COP" | "SPY" | "FRM" => Kind::Government,
        "MIL" => Kind::Military,
        "REB" | "INS" | "SEP" | "UAF" | "RAD" => Kind::ArmedGroup,
        "BUS" | "MNC" => Kind::Company,
        "MED" => Kind::Media,
        "NGO" | "NGM" | "IGO" | "PTY" => Kind::Organisation,
        _ => Kind::Group,
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
