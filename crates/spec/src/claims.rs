//! The lines of a `record` fence in, claims out.
//!
//! A line at the margin opens a claim (`event`) or rules a layer (`no event`, `open`, `nothing`); an indented line is a
//! field of the claim above it. A value is a list of words in quotation marks or bare, or several such lists joined by
//! `or`.
//!
//! **Invariant:** a line that is none of these is a fault, never passed over.

use crate::compare::a;
use crate::entries::{KINDS, fields};

/// The claims of one fence.
#[derive(Debug, Default)]
pub struct Claims {
    pub claims: Vec<Claim>,
    /// Layers of which every entry must be claimed, with the line that says so.
    pub closed: Vec<(&'static str, usize)>,
}

/// One entry that the record must have.
#[derive(Debug)]
pub struct Claim {
    pub kind: &'static str,
    pub line: usize,
    pub fields: Vec<Field>,
}

/// One field of a claim: it holds when one of its readings does.
#[derive(Debug)]
pub struct Field {
    pub name: String,
    pub line: usize,
    pub readings: Vec<Vec<Item>>,
}

/// A word or words, and what stands behind them in brackets.
#[derive(Debug, PartialEq)]
pub struct Item {
    pub words: String,
    pub kind: Option<String>,
}

/// Reads the lines of a fence; the faults have the line and what is wrong with it.
pub fn parse(lines: &[(usize, &str)]) -> Result<Claims, Vec<(usize, String)>> {
    let mut claims = Claims::default();
    let mut faults = Vec::new();
    let mut open: Vec<&str> = Vec::new();
    for &(number, line) in lines {
        if line.trim().is_empty() {
            continue;
        }
        if line.starts_with(char::is_whitespace) {
            match field(number, line.trim(), claims.claims.last_mut()) {
                Ok(()) => {}
                Err(fault) => faults.push((number, fault)),
            }
            continue;
        }
        let words: Vec<&str> = line.split_whitespace().collect();
        let known = |word: &str| KINDS.iter().copied().find(|kind| *kind == word);
        match *words {
            ["nothing"] => {
                for kind in ["statement", "event", "position", "pledge"] {
                    claims.closed.push((kind, number));
                }
            }
            ["open"] => open.extend(KINDS),
            ["open", word] if known(word).is_some() => open.extend(known(word)),
            ["no", word] if known(word).is_some() => claims.closed.extend(known(word).map(|kind| (kind, number))),
            [word] if known(word).is_some() => {
                claims.claims.extend(known(word).map(|kind| Claim { kind, line: number, fields: Vec::new() }))
            }
            _ => faults.push((number, format!("{line:?} is no claim; a claim is one of {}", KINDS.join(", ")))),
        }
    }
    for claim in &claims.claims {
        if claim.fields.is_empty() {
            faults.push((claim.line, format!("this {} says nothing; indent its fields below it", claim.kind)));
        }
        if !claims.closed.iter().any(|(kind, _)| *kind == claim.kind) {
            claims.closed.push((claim.kind, claim.line));
        }
    }
    claims.closed.retain(|(kind, _)| !open.contains(kind));
    if claims.claims.is_empty() && claims.closed.is_empty() && faults.is_empty() {
        let line = lines.first().map_or(1, |(number, _)| *number);
        faults.push((line, "a record that claims nothing; write `nothing` where nothing is to be found".into()));
    }
    if faults.is_empty() { Ok(claims) } else { Err(faults) }
}

fn field(line: usize, words: &str, claim: Option<&mut Claim>) -> Result<(), String> {
    let claim = claim.ok_or("a field without a claim above it")?;
    let (name, value) = words.split_once(char::is_whitespace).ok_or_else(|| format!("{words:?} has no value"))?;
    if !fields(claim.kind).contains(&name) {
        let known = fields(claim.kind).join(", ");
        return Err(format!("{} has no field {name:?}; it has {known}", a(claim.kind)));
    }
    claim.fields.push(Field { name: name.to_owned(), line, readings: readings(value.trim())? });
    Ok(())
}

/// Reads `"a" (kind), "b" or none` as the lists `[a (kind), b]` and `[]`.
fn readings(value: &str) -> Result<Vec<Vec<Item>>, String> {
    let mut readings = vec![Vec::new()];
    let mut rest = value;
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix("or ") {
            readings.push(Vec::new());
            rest = after.trim_start();
            continue;
        }
        let (words, after) = match rest.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').ok_or_else(|| format!("{rest} is not closed"))?,
            None => {
                let ends = [",", " or ", "(", "\""].into_iter().filter_map(|end| rest.find(end));
                rest.split_at(ends.min().unwrap_or(rest.len()))
            }
        };
        let after = after.trim_start();
        let (kind, after) = match after.strip_prefix('(') {
            Some(kind) => kind.split_once(')').ok_or_else(|| format!("{after} is not closed"))?,
            None => ("", after),
        };
        let (words, kind) = (words.trim(), kind.trim());
        let bare = !rest.starts_with('"');
        if words.is_empty() {
            return Err(format!("{value:?} has an empty place"));
        }
        if !(bare && words == "none") {
            let kind = (!kind.is_empty()).then(|| kind.to_owned());
            readings.last_mut().ok_or("no value")?.push(Item { words: words.to_owned(), kind });
        }
        let after = after.trim_start();
        rest = after.strip_prefix(',').unwrap_or(after).trim_start();
    }
    Ok(readings)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(words: &str, kind: Option<&str>) -> Item {
        Item { words: words.into(), kind: kind.map(Into::into) }
    }

    #[test]
    fn values_are_lists_and_alternatives() {
        assert_eq!(readings("CONSULT").unwrap(), [[item("CONSULT", None)]]);
        assert_eq!(
            readings("\"Putin\" (person), \"the envoy\"").unwrap(),
            [[item("Putin", Some("person")), item("the envoy", None)]]
        );
        assert_eq!(readings("talks or meeting").unwrap(), [[item("talks", None)], [item("meeting", None)]]);
        assert_eq!(readings("none or \"A or B\"").unwrap(), [vec![], vec![item("A or B", None)]]);
        assert_eq!(readings("killed 4, injured 12").unwrap(), [[item("killed 4", None), item("injured 12", None)]]);
        assert!(readings("\"open").is_err());
        assert!(readings("\"a\" (open").is_err());
        assert!(readings(", a").is_err());
    }

    #[test]
    fn layers_are_closed_by_a_claim_and_opened_by_a_word() {
        let lines = [
            (1, "event"),
            (2, "  type ASSAULT"),
            (3, "no statement"),
            (4, "time"),
            (5, "  value 2025"),
            (6, "open time"),
        ];
        assert_eq!(parse(&lines).unwrap().closed, [("statement", 3), ("event", 1)]);
        assert_eq!(parse(&[(1, "nothing")]).unwrap().closed.len(), 4);
    }

    #[test]
    fn what_is_no_claim_is_a_fault() {
        for lines in
            [&["happening"][..], &["  type ASSAULT"], &["event", "  colour red"], &["event"], &[], &["event", "  type"]]
        {
            let lines: Vec<(usize, &str)> = lines.iter().copied().enumerate().collect();
            assert!(parse(&lines).is_err(), "{lines:?}");
        }
    }
}
