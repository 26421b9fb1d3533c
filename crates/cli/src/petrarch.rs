//! Dictionaries of the PETRARCH and TABARI coders in, as text; rows of a user's own book out.
//!
//! Of actors: `NAME_ [CODE]`, synonyms after `+`, codes bound to dates (`[RUSGOV 20000507-20080507]`, `<930101`, `>951231`).
//! Of agents: `SOLDIER [~MIL]`, plurals in `{}`. Of both: sets (`!PERSON! = MAN, WOMAN`, or `&SET` and its `+` lines) and
//! comments after `#` and `;` or between `<!--` and `-->`. The names there are all capitals; here they are written as a
//! report writes them.
//!
//! **Invariant:** a line that is not understood is said with its number and left out; nothing is made up for it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// What came of the dictionaries so far.
#[derive(Default)]
pub struct Import {
    rows: Vec<Row>,
    /// Sets by name, for `!PERSON!` and `&SET`.
    sets: BTreeMap<String, Vec<String>>,
    /// Codes of three letters for which a state has been met.
    states: BTreeSet<String>,
    /// What was left out: file, line from 1, why.
    pub complaints: Vec<String>,
}

struct Row {
    name: String,
    aliases: Vec<String>,
    kind: &'static str,
    code: String,
    from: String,
    to: String,
}

/// One code of an actor, with the days it is bound to.
struct Code {
    code: String,
    from: String,
    to: String,
}

impl Code {
    fn dated(&self) -> bool {
        !self.from.is_empty() || !self.to.is_empty()
    }
}

/// An actor whose lines are still being read.
#[derive(Default)]
struct Actor {
    names: Vec<String>,
    codes: Vec<Code>,
}

impl Import {
    /// Takes in one dictionary; its name is for the complaints.
    pub fn take(&mut self, file: &str, text: &str) {
        let (mut actor, mut set) = (Actor::default(), None::<String>);
        let mut comment = false;
        for (number, whole) in text.trim_start_matches('\u{feff}').lines().enumerate() {
            if whole.contains("---STOP---") {
                break;
            }
            let line = outside_comments(whole, &mut comment);
            let bare = line.trim();
            if bare.is_empty() || bare.starts_with("<Combine") || bare.contains("=>") || bare.contains("+>") {
                continue;
            }
            let result = if let Some((name, members)) = set_of(bare) {
                self.sets.insert(name, members);
                Ok(())
            } else if let Some(name) = bare.strip_prefix('&').filter(|name| !name.contains('[')) {
                self.finish(std::mem::take(&mut actor));
                set = Some(name.trim_matches('_').to_owned());
                self.sets.insert(name.trim_matches('_').to_owned(), Vec::new());
                Ok(())
            } else if let (Some(member), Some(name)) = (bare.strip_prefix('+'), &set) {
                let member = phrase(member.split('[').next().unwrap_or(""));
                self.sets.entry(name.clone()).or_default().push(member);
                Ok(())
            } else if bare.contains('[') && codes_in(bare).any(|code| code.contains('~')) {
                self.finish(std::mem::take(&mut actor));
                set = None;
                self.agent(bare)
            } else if bare.starts_with('[') {
                if actor.names.is_empty() {
                    Err("a code without a name before it".to_owned())
                } else {
                    codes_in(bare).try_for_each(|code| code_of(code).map(|code| actor.codes.extend(code)))
                }
            } else if let Some(name) = bare.strip_prefix('+') {
                let name = phrase(name.split('[').next().unwrap_or(""));
                match (actor.names.is_empty(), name.is_empty()) {
                    (true, _) => Err("a synonym without a name before it".to_owned()),
                    (_, true) => Err("an empty synonym".to_owned()),
                    _ => {
                        actor.names.push(name);
                        Ok(())
                    }
                }
            } else {
                set = None;
                self.finish(std::mem::take(&mut actor));
                let name = phrase(bare.split('[').next().unwrap_or(""));
                if name.is_empty() {
                    Err("a line without a name".to_owned())
                } else {
                    actor.names.push(name);
                    codes_in(bare).try_for_each(|code| code_of(code).map(|code| actor.codes.extend(code)))
                }
            };
            if let Err(message) = result {
                self.complaints.push(format!("{file}, line {}: {message}; left out: {bare}", number + 1));
            }
        }
        self.finish(actor);
    }

    /// `SOLDIER {SOLDIERS} [~MIL]`
    fn agent(&mut self, line: &str) -> Result<(), String> {
        let code = codes_in(line).next().unwrap_or("").trim().to_owned();
        let bare = code.trim_matches('~');
        if bare.is_empty() || !bare.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Err(format!("a code that is none: {code:?}"));
        }
        let before = line.split('[').next().unwrap_or("");
        let (noun, plural) = match before.split_once('{') {
            None => (phrase(before), None),
            Some((noun, rest)) => {
                let plural = rest.split_once('}').ok_or("a { without its }")?.0;
                (phrase(noun), Some(phrase(plural)))
            }
        };
        if noun.is_empty() {
            return Err("a line without a noun".to_owned());
        }
        let members = self.spelled_out(&noun)?;
        let from_set = members.len() > 1 || members[0] != noun;
        for noun in members {
            let plural = match &plural {
                Some(plural) => plural.clone(),
                None if from_set => String::new(),
                None => plural_of(&noun),
            };
            let aliases = Some(plural.to_lowercase()).filter(|plural| !plural.is_empty()).into_iter().collect();
            let (name, code) = (noun.to_lowercase(), code.clone());
            self.rows.push(Row { name, aliases, kind: "", code, from: String::new(), to: String::new() });
        }
        Ok(())
    }

    /// A phrase with each member of the set that it names in the set's place.
    fn spelled_out(&self, phrase: &str) -> Result<Vec<String>, String> {
        let marked = phrase.split_once('!').and_then(|(before, rest)| {
            let (name, after) = rest.split_once('!')?;
            Some((before, name, after))
        });
        let marked = marked.or_else(|| {
            let (before, rest) = phrase.split_once('&')?;
            let end = rest.find(' ').unwrap_or(rest.len());
            Some((before, &rest[..end], &rest[end..]))
        });
        let Some((before, name, after)) = marked else { return Ok(vec![phrase.to_owned()]) };
        match self.sets.get(name.trim()) {
            Some(members) if !members.is_empty() => {
                Ok(members.iter().map(|member| format!("{before}{member}{after}").trim().to_owned()).collect())
            }
            _ => Err(format!("no set is called {name}")),
        }
    }

    /// Writes down the rows of an actor that has been read to its end.
    fn finish(&mut self, actor: Actor) {
        let mut names: Vec<String> = Vec::new();
        for name in &actor.names {
            match self.spelled_out(name) {
                Ok(spelled) => spelled.iter().for_each(|name| as_printed(name, &mut names)),
                Err(message) => self.complaints.push(format!("{name}: {message}")),
            }
        }
        let Some((name, aliases)) = names.split_first() else { return };
        let person = actor.codes.iter().any(Code::dated) && actor.codes.iter().any(|code| code.code.len() > 3);
        let mut codes = actor.codes;
        // what is bound to days before what holds on all others
        codes.sort_by_key(|code| !code.dated());
        for code in codes {
            let bare_state = is_country(&code.code) && !code.dated() && !person;
            let kind = match () {
                () if person => "person",
                () if bare_state && self.states.insert(code.code.clone()) => "state",
                () => kind_of(&code.code),
            };
            let (name, aliases) = (name.clone(), aliases.to_vec());
            let Code { code, from, to } = code;
            self.rows.push(Row { name, aliases, kind, code, from, to });
        }
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The rows as a table.
    pub fn table(&self) -> String {
        let mut table = String::from(
            "# Actors of your own, converted by `rapporteur books import`.\n\
             # version: imported\n\
             name\taliases\tkind\tcountry\tcode\trole\tfrom\tto\n",
        );
        for Row { name, aliases, kind, code, from, to } in &self.rows {
            let country = code.get(..3).filter(|root| {
                is_country(root) && !code.contains('~') && !WITHOUT_COUNTRY.contains(root) && !code.contains('/')
            });
            let (country, aliases) = (country.unwrap_or(""), aliases.join("|"));
            // writing to a string cannot fail
            let _ = writeln!(table, "{name}\t{aliases}\t{kind}\t{country}\t{code}\t\t{from}\t{to}");
        }
        table
    }
}

/// First letters of codes that name no country.
const WITHOUT_COUNTRY: [&str; 9] = ["IGO", "IMG", "INT", "MNC", "NGO", "NGM", "UIS", "UAF", "BUS"];

fn is_country(code: &str) -> bool {
    code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase()) && !WITHOUT_COUNTRY.contains(&code)
}

/// The kind of actor that a code tells; empty where it tells none.
fn kind_of(code: &str) -> &'static str {
    match code.get(..3).unwrap_or("") {
        "IGO" | "NGO" | "NGM" => return "organisation",
        "IMG" => return "armed_group",
        "MNC" | "BUS" => return "company",
        _ => {}
    }
    match code.get(3..6).unwrap_or("") {
        "GOV" | "LEG" | "JUD" | "COP" | "SPY" => "government",
        "MIL" => "military",
        "REB" | "INS" | "SEP" | "UAF" => "armed_group",
        "BUS" => "company",
        "MED" => "media",
        "OPP" | "PTY" | "LAB" | "NGO" | "EDU" => "organisation",
        _ => "",
    }
}

/// What of a line is no comment; `inside` says whether one that began before is still open.
fn outside_comments(line: &str, inside: &mut bool) -> String {
    let (mut out, mut rest, mut bracket) = (String::new(), line, false);
    while !rest.is_empty() {
        if *inside {
            let Some((_, after)) = rest.split_once("-->") else { return out };
            (*inside, rest) = (false, after);
            continue;
        }
        if let Some(after) = rest.strip_prefix("<!") {
            *inside = after.starts_with("--") || after.contains("-->");
            if !*inside {
                return out;
            }
            rest = after;
            continue;
        }
        let mut characters = rest.chars();
        match characters.next() {
            Some('#' | ';') if !bracket => return out,
            Some(character) => {
                bracket = character == '[' || bracket && character != ']';
                out.push(character);
            }
            None => {}
        }
        rest = characters.as_str();
    }
    out
}

/// `!PERSON! = MAN, MEN`
fn set_of(line: &str) -> Option<(String, Vec<String>)> {
    let (name, members) = line.strip_prefix('!')?.split_once('=')?;
    let name = name.trim().strip_suffix('!')?.to_owned();
    Some((name, members.split(',').map(phrase).filter(|member| !member.is_empty()).collect()))
}

/// What stands between each pair of brackets of a line.
fn codes_in(line: &str) -> impl Iterator<Item = &str> {
    line.split('[').skip(1).map(|part| part.split(']').next().unwrap_or(""))
}

/// `RUSGOV`, `RUSGOV 20000507-20080507`, `USR <911226`; none for a code that says "no actor": `---`, `###`.
fn code_of(text: &str) -> Result<Option<Code>, String> {
    let text = text.trim();
    let (code, days) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let days = days.trim();
    let sound = |byte: u8| byte.is_ascii_alphanumeric() || b"/-+#".contains(&byte);
    if code.is_empty() || !code.bytes().all(sound) || !days.is_empty() && !days.contains(['<', '>', '-']) {
        return Err(format!("a code that is none: {text:?}"));
    }
    let number = |text: &str| day(text.trim_matches(|c: char| !c.is_ascii_digit()));
    let (from, to) = match days.chars().next() {
        None => (String::new(), String::new()),
        Some('<') => (String::new(), number(days)?),
        Some('>') => (number(days)?, String::new()),
        _ => {
            let (from, to) = days.split_once('-').unwrap_or((days, days));
            (number(from)?, number(to)?)
        }
    };
    if !from.is_empty() && !to.is_empty() && to < from {
        return Err(format!("ends {to}, before it begins, {from}"));
    }
    if code.chars().all(|character| !character.is_alphanumeric()) {
        return Ok(None);
    }
    Ok(Some(Code { code: code.to_uppercase(), from, to }))
}

/// `930101` or `19930101` as a day; years of two digits up to 30 are of this century.
fn day(digits: &str) -> Result<String, String> {
    let wrong = || format!("no date: {digits:?}");
    let (year, rest) = match digits.len() {
        6 => {
            let year: u32 = digits[..2].parse().map_err(|_| wrong())?;
            (if year <= 30 { 2000 + year } else { 1900 + year }, &digits[2..])
        }
        8 => (digits[..4].parse().map_err(|_| wrong())?, &digits[4..]),
        _ => return Err(wrong()),
    };
    let (month, day): (u32, u32) = (rest[..2].parse().map_err(|_| wrong())?, rest[2..].parse().map_err(|_| wrong())?);
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return Err(wrong());
    }
    Ok(format!("{year:04}-{month:02}-{day:02}"))
}

/// A phrase with blanks for underscores.
fn phrase(text: &str) -> String {
    let words = text.split(|character: char| character.is_whitespace() || character == '_');
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The regular plural, as the coders form it.
fn plural_of(noun: &str) -> String {
    match noun {
        _ if noun.ends_with('Y') => format!("{}IES", &noun[..noun.len() - 1]),
        _ if noun.ends_with('S') => format!("{noun}ES"),
        _ => format!("{noun}S"),
    }
}

/// Adds a name in capitals as a report prints it: "MINAS_TIRITH" as "Minas Tirith", "UN" as it is. Of short words both are added,
/// since capitals do not tell an acronym from a name.
fn as_printed(name: &str, names: &mut Vec<String>) {
    const SMALL: [&str; 14] =
        ["AL", "AND", "BIN", "DA", "DE", "DEL", "DER", "DI", "DOS", "FOR", "IN", "OF", "THE", "VON"];
    let mut add = |name: String| {
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    };
    if name.chars().any(char::is_lowercase) {
        return add(name.to_owned());
    }
    let mut printed = Vec::new();
    for (number, word) in name.split(' ').enumerate() {
        let small = number > 0 && SMALL.contains(&word);
        printed.push(if small { word.to_lowercase() } else { capitalised(word) });
    }
    let printed = printed.join(" ");
    let letters = name.chars().filter(|character| character.is_alphabetic()).count();
    match name.contains(' ') {
        false if letters <= 3 => add(name.to_owned()),
        false if letters <= 5 => {
            add(printed);
            add(name.to_owned());
        }
        _ => add(printed),
    }
}

/// "BARAD-DUR" as "Barad-Dur", "O'NEILL" as "O'Neill", "U.S." as it is.
fn capitalised(word: &str) -> String {
    if word.contains('.') && word.trim_end_matches('.').len() <= 2 * word.matches('.').count() {
        return word.to_owned();
    }
    let mut begins = true;
    let mut out = String::new();
    for character in word.chars() {
        if begins {
            out.push(character);
        } else {
            out.extend(character.to_lowercase());
        }
        begins = matches!(character, '-' | '/' | '(') || matches!(character, '\'' | '’') && out.chars().count() == 2;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> (Vec<String>, Vec<String>) {
        let mut import = Import::default();
        import.take("test.txt", text);
        (import.table().lines().skip(3).map(str::to_owned).collect(), import.complaints)
    }

    #[test]
    fn names_synonyms_and_codes() {
        let (rows, complaints) = rows(
            "# a comment\n<!-- another,\nof two lines -->\nGONDOR_ [GON] ; tower\n+GONDORIAN_\n+MINAS_TIRITH\n\n\
             WHITE_COUNCIL [IGOWHC]\nUNO [IGOUNO]\nMORDOR_ORCS_ [MORMIL]\nOSGILIATH [GON]\n",
        );
        assert_eq!(
            rows,
            [
                "Gondor\tGondorian|Minas Tirith\tstate\tGON\tGON\t\t\t",
                "White Council\t\torganisation\t\tIGOWHC\t\t\t",
                "UNO\t\torganisation\t\tIGOUNO\t\t\t",
                "Mordor Orcs\t\tmilitary\tMOR\tMORMIL\t\t\t",
                "Osgiliath\t\t\tGON\tGON\t\t\t",
            ]
        );
        assert_eq!(complaints, [""; 0]);
    }

    #[test]
    fn codes_bound_to_days_come_first() {
        let (rows, complaints) = rows(
            "DENETHOR_ [GONELI]\n+LORD_DENETHOR_\n\t[GONGOV 930101-951231]\n\t[GONOPP <930101]\n\t[### >19960101]\n",
        );
        assert_eq!(
            rows,
            [
                "Denethor\tLord Denethor\tperson\tGON\tGONGOV\t\t1993-01-01\t1995-12-31",
                "Denethor\tLord Denethor\tperson\tGON\tGONOPP\t\t\t1993-01-01",
                "Denethor\tLord Denethor\tperson\tGON\tGONELI\t\t\t",
            ]
        );
        assert_eq!(complaints, [""; 0]);
    }

    #[test]
    fn agents_plurals_and_sets() {
        let (rows, complaints) = rows(
            "!PERSON! = MAN, WOMAN\nSENTRY [~MIL]\nGOOSE {GEESE} [~GGS]\nPOLICE {} [~COP]\nCHARITY [NGO~]\n\
             CONGRESS!PERSON! [~LEG] # two\n&RING\n+NENYA\n+VILYA\nBEARER_OF_&RING [ELF]\n",
        );
        assert_eq!(
            rows,
            [
                "sentry\tsentries\t\t\t~MIL\t\t\t",
                "goose\tgeese\t\t\t~GGS\t\t\t",
                "police\t\t\t\t~COP\t\t\t",
                "charity\tcharities\t\t\tNGO~\t\t\t",
                "congressman\t\t\t\t~LEG\t\t\t",
                "congresswoman\t\t\t\t~LEG\t\t\t",
                "Bearer of Nenya\tBearer of Vilya\tstate\tELF\tELF\t\t\t",
            ]
        );
        assert_eq!(complaints, [""; 0]);
    }

    #[test]
    fn what_is_not_understood_is_said_and_left_out() {
        let (rows, complaints) = rows(
            "\t[GON]\n+ALIAS\nBILBO [HOB 991301-991302]\n!RACE!_LORD [~GOV]\nELF { [~ELF]\n[~]\nBAG_END [HOB]\n\u{0}\u{fffd}[",
        );
        assert_eq!(rows, ["Bag End\t\tstate\tHOB\tHOB\t\t\t"]);
        assert_eq!(complaints.len(), 7, "{complaints:#?}");
        assert!(complaints[2].starts_with("test.txt, line 3: no date: \"991301\""), "{}", complaints[2]);
    }
}
