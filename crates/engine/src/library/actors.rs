//! A user's own actors in; who bears a name on a date, and with which code, out.
//!
//! A row is one actor under its names, for one stretch of time or for all time. Rows of states are countries too, rows of
//! persons are offices too, and rows whose code has a tilde ("~MIL") are common nouns; the other rooms of the library take
//! those in. What is asked here is the name as a whole, and its answer goes before that of every other book.
//!
//! **Invariant:** a row is never used outside its dates, and a name that only dated rows bear is nobody on other days.

use super::fold::written;
use super::offices::is_date;
use super::table::{Names, Row, Table};
use super::{Kind, LibraryError};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// One actor of a user's own book, for one stretch of time.
#[derive(Debug, Clone, PartialEq)]
pub struct ListedActor {
    /// The usual name.
    pub name: &'static str,
    /// Other names and spellings.
    pub aliases: Vec<&'static str>,
    /// What kind of actor it is; none where the row does not say.
    pub kind: Option<Kind>,
    /// The country it belongs to: a code of three letters, of the book or the user's own.
    pub country: Option<&'static str>,
    /// The actor code; empty if none.
    pub code: &'static str,
    /// What the actor is, in words: "president".
    pub role: Option<&'static str>,
    /// First day, month or year.
    pub from: Option<&'static str>,
    /// Last day, month or year.
    pub to: Option<&'static str>,
}

impl ListedActor {
    /// Whether the row is about a date, given as a year, a month or a day; an undated row is about all.
    pub fn on(&self, date: &str) -> bool {
        let shortened = |text: &'static str| text.get(..date.len()).unwrap_or(text);
        self.from.is_none_or(|from| shortened(from) <= date)
            && self.to.is_none_or(|to| date.get(..to.len()).unwrap_or(date) <= to)
    }

    /// Whether the row is bound to a stretch of time.
    fn dated(&self) -> bool {
        self.from.is_some() || self.to.is_some()
    }
}

/// All actors of all books that users brought.
#[derive(Debug, Clone, Default)]
pub struct ListedActors {
    all: Vec<ListedActor>,
    names: Names,
}

/// The columns that such a table may have.
const COLUMNS: [&str; 8] = ["name", "aliases", "kind", "country", "code", "role", "from", "to"];

impl ListedActors {
    pub(crate) fn parse<'t>(tables: impl Iterator<Item = &'t Table>) -> Result<ListedActors, LibraryError> {
        let mut all: Vec<ListedActor> = Vec::new();
        let mut keys: Vec<(String, u32)> = Vec::new();
        for table in tables {
            table.columns_among(&COLUMNS)?;
            for row in table.rows() {
                let row = row?;
                let Some(actor) = actor(&row)? else { continue };
                let number = all.len() as u32;
                keys.push((written(actor.name), number));
                keys.extend(actor.aliases.iter().map(|alias| (written(alias), number)));
                all.push(actor);
            }
        }
        keys.retain(|(key, _)| !key.is_empty());
        Ok(ListedActors { all, names: Names::from_pairs(keys) })
    }

    /// Every row, in the order of the books, the last handed in first.
    pub fn all(&self) -> &[ListedActor] {
        &self.all
    }

    /// Who bears this name on a date (empty: no date is known, and only rows for all time count). A dated row goes before one
    /// for all time, an earlier row before a later one.
    pub fn named(&self, name: &str, date: &str) -> Option<&ListedActor> {
        if self.all.is_empty() {
            return None;
        }
        let key = written(name);
        let rows = || self.names.rows(&key).filter_map(|row| self.all.get(row));
        let dated = rows().find(|actor| !date.is_empty() && actor.dated() && actor.on(date));
        dated.or_else(|| rows().find(|actor| !actor.dated()))
    }
}

fn actor(row: &Row<'_>) -> Result<Option<ListedActor>, LibraryError> {
    let name = row.required("name")?;
    let code = row.text("code");
    if is_noun(code) {
        return Ok(None);
    }
    if code.contains(char::is_whitespace) {
        return Err(row.error(format!("a code has no blank in it: {code:?}")));
    }
    let country = row.some("country");
    if let Some(country) = country.filter(|country| !is_country_code(country)) {
        return Err(row.error(format!("country is no code of three capitals: {country:?}")));
    }
    let kind = kind(row)?;
    if kind == Some(Kind::State) && state_code(country, code).is_none() {
        return Err(row.error(String::from("a state needs a country or a code of three capitals")));
    }
    let (from, to) = (date(row, "from")?, date(row, "to")?);
    if let (Some(from), Some(to)) = (from, to)
        && from.get(..to.len()).unwrap_or(from) > to
    {
        return Err(row.error(format!("ends {to}, before it begins, {from}")));
    }
    Ok(Some(ListedActor { name, aliases: row.list("aliases"), kind, country, code, role: row.some("role"), from, to }))
}

pub(crate) fn kind(row: &Row<'_>) -> Result<Option<Kind>, LibraryError> {
    match row.some("kind") {
        None => Ok(None),
        Some(_) => row.word("kind", Kind::parse).map(Some),
    }
}

pub(crate) fn date(row: &Row<'_>, column: &str) -> Result<Option<&'static str>, LibraryError> {
    match row.some(column) {
        Some(text) if !is_date(text) => Err(row.error(format!("{column} is no date: {text:?}"))),
        text => Ok(text),
    }
}

/// Whether a code is that of a common noun, which joins the code of the actor it stands with: `~MIL`, `NGO~`.
pub(crate) fn is_noun(code: &str) -> bool {
    code.starts_with('~') || code.ends_with('~')
}

/// Whether the text is three capitals, as a country's code is.
pub(crate) fn is_country_code(text: &str) -> bool {
    text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// The country that a state's row is about.
pub(crate) fn state_code(country: Option<&'static str>, code: &'static str) -> Option<&'static str> {
    country.or_else(|| code.get(..3).filter(|code| is_country_code(code)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOOK: &str = "# version: 1\nname\taliases\tkind\tcountry\tcode\trole\tfrom\tto\n\
        Gondor\tGondorian|Minas Tirith\tstate\tGON\tGON\t\t\t\n\
        Sam Gamgee\tSamwise Gamgee\tperson\tHOB\tHOBGOV\tmayor\t1427\t1475\n\
        Sam Gamgee\t\tperson\tHOB\tHOB\t\t\t\n\
        Ugluk\t\tperson\tISE\tISEMIL\t\t1410\t1419-02\n\
        archer\tbowman|bowmen\t\t\t~MIL\t\t\t\n";

    fn listed(text: &'static str) -> Result<ListedActors, LibraryError> {
        ListedActors::parse([Table::read("actors", text)?].iter())
    }

    #[test]
    fn a_name_is_asked_with_a_date() {
        let book = listed(BOOK).unwrap();
        assert_eq!(book.named("Minas Tirith", "").unwrap().code, "GON");
        assert_eq!(book.named("Sam Gamgee", "1430-01-01").unwrap().code, "HOBGOV");
        assert_eq!(book.named("Sam Gamgee", "1419-01-01").unwrap().code, "HOB");
        assert_eq!(book.named("Sam Gamgee", "").unwrap().code, "HOB");
        assert_eq!(book.named("Ugluk", "1419-02-28").unwrap().code, "ISEMIL");
        assert_eq!(book.named("Ugluk", "1419-03-01"), None);
        assert_eq!(book.named("Ugluk", ""), None);
        assert_eq!(book.named("archer", ""), None, "a common noun is no name");
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line() {
        for (row, message) in [
            ("Gondor\t\tkingdom", "kind cannot be \"kingdom\""),
            ("\t\tstate", "name is empty"),
            ("Gondor\t\tstate", "a state needs a country or a code of three capitals"),
            ("Gondor\t\tstate\tGondor", "country is no code of three capitals: \"Gondor\""),
            ("Gondor\t\t\t\tGON GOV", "a code has no blank in it: \"GON GOV\""),
            ("Sam\t\tperson\tHOB\tHOB\t\tlast year", "from is no date: \"last year\""),
            ("Sam\t\tperson\tHOB\tHOB\t\t1427\t1419", "ends 1419, before it begins, 1427"),
        ] {
            let text = format!("name\taliases\tkind\tcountry\tcode\trole\tfrom\tto\n{row}\n");
            let error = listed(alloc::boxed::Box::leak(text.into_boxed_str())).unwrap_err();
            assert_eq!((error.line, error.message.as_str()), (2, message));
        }
        let error = listed("name\tcolour\nGondor\twhite\n").unwrap_err();
        assert_eq!(error.line, 1);
        assert!(error.message.starts_with("no column is called \"colour\""), "{}", error.message);
    }
}
