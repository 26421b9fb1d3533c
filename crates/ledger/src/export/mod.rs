//! The ways out: a desk and a scope in, a file for another program out.
//!
//! Each format is its own module and says there what of an entry it has no place for. What a format cannot tell is left empty or left
//! out, and how much was left out is given back, so that it can be said.
//!
//! **Invariant:** the same ledger gives the same bytes; no cell of a table acts where it is opened.

mod annotations;
mod ftm;
mod jsonl;
mod plover;
mod sheets;
mod tables;
mod training;

use rapporteur_record::{EventType, Record, Status};

use crate::entry::{Entry, Spot};
use crate::error::Error;
use crate::fold::slug;
use crate::table::plain;
use crate::views::{Desk, Scope};

pub use annotations::annotations;
pub use ftm::ftm;
pub use jsonl::jsonl;
pub use plover::plover;
pub use sheets::{Layer, csv, parquet};
pub use tables::{gdelt, polecat};
pub use training::training;

/// The layers in the order in which they are written.
const LAYERS: [&str; 4] = ["statement", "event", "position", "pledge"];

/// Every entry in scope: by the day it became known, by report, by layer, in the order of the record.
fn entries(desk: &Desk, scope: &Scope) -> Result<Vec<Entry>, Error> {
    let mut entries = Vec::new();
    for layer in LAYERS {
        entries.extend(desk.entries(layer, &[], scope)?);
    }
    entries.sort_by(|a, b| (&a.known, &a.report).cmp(&(&b.known, &b.report)));
    Ok(entries)
}

/// Whether an event is told as something that is or was, and not as planned, demanded, offered or denied.
fn is_told_as_done(status: Status) -> bool {
    matches!(status, Status::Occurred | Status::Ongoing | Status::Ended | Status::Failed)
}

/// The records of a ledger, the last one kept at hand.
struct Records<'d> {
    desk: &'d Desk<'d>,
    last: Option<(String, Record)>,
}

impl<'d> Records<'d> {
    fn new(desk: &'d Desk<'d>) -> Self {
        Self { desk, last: None }
    }

    /// The latest reading of a report.
    fn of(&mut self, report: &str) -> Result<Option<&Record>, Error> {
        if self.last.as_ref().is_none_or(|(key, _)| key != report) {
            self.last = self.desk.ledger.record(report)?.map(|record| (report.to_owned(), record));
        }
        Ok(self.last.as_ref().map(|(_, record)| record))
    }
}

/// A country in the codes of other formats.
fn country(alpha3: &str) -> Option<(&'static str, &'static str)> {
    let table = include_str!("countries.tsv").lines();
    table.filter_map(|line| line.split_once('\t')).find(|(code, _)| *code == alpha3)?.1.split_once('\t')
}

/// ISO 3166-1 alpha-2, in small letters.
fn alpha2(alpha3: &str) -> Option<String> {
    country(alpha3).map(|(code, _)| code.to_lowercase())
}

/// FIPS 10-4, as GDELT has it.
fn fips(alpha3: &str) -> Option<&'static str> {
    country(alpha3).map(|(_, code)| code).filter(|code| !code.is_empty())
}

/// The CAMEO root of a PLOVER type, for an event whose code is not known.
fn root(kind: EventType) -> &'static str {
    match kind {
        EventType::Agree => "03",
        EventType::Consult => "04",
        EventType::Support => "05",
        EventType::Cooperate => "06",
        EventType::Aid => "07",
        EventType::Concede | EventType::Retreat => "08",
        EventType::Request => "10",
        EventType::Accuse => "11",
        EventType::Reject => "12",
        EventType::Threaten => "13",
        EventType::Protest => "14",
        EventType::Mobilize => "15",
        EventType::Sanction => "16",
        EventType::Coerce => "17",
        EventType::Assault => "18",
    }
}

/// PLOVER's four classes, by type.
fn quad(kind: EventType) -> &'static str {
    match kind {
        EventType::Agree | EventType::Consult | EventType::Support | EventType::Concede => "VERBAL COOPERATION",
        EventType::Cooperate | EventType::Aid | EventType::Retreat => "MATERIAL COOPERATION",
        EventType::Request | EventType::Accuse | EventType::Reject | EventType::Threaten => "VERBAL CONFLICT",
        EventType::Protest | EventType::Sanction | EventType::Mobilize | EventType::Coerce | EventType::Assault => {
            "MATERIAL CONFLICT"
        }
    }
}

/// The parts of an actor code after the country: `PERGOVMIL` of Peru is GOV, MIL.
fn sectors(code: Option<&str>, country: Option<&str>) -> Vec<String> {
    let code = code.unwrap_or_default();
    let rest = country.and_then(|country| code.strip_prefix(country)).unwrap_or(code);
    let letters: Vec<char> = rest.chars().collect();
    letters.chunks(3).filter(|part| part.len() == 3).map(|part| part.iter().collect()).collect()
}

/// A cell of a tab-separated table, which is never quoted: no tab, no line break, no quotation mark, nothing that a spreadsheet computes.
fn bare(words: &str) -> String {
    let words = plain(words).replace('"', "”");
    if words.starts_with(['=', '+', '-', '@']) { format!("'{words}") } else { words }
}

/// A number that is the same for the same key, at most 52 bits long, so that every program can hold it.
fn number(key: &str) -> u64 {
    u64::from_str_radix(&hash(key)[..13], 16).unwrap_or_default()
}

/// Forty hexadecimal digits that stand for a key.
fn hash(key: &str) -> String {
    use sha2::{Digest, Sha256};
    Sha256::digest(key.as_bytes()).iter().take(20).map(|byte| format!("{byte:02x}")).collect()
}

/// Whether a source is an address on the web.
fn is_address(source: &str) -> bool {
    source.starts_with("https://") || source.starts_with("http://")
}

/// Where a report can be found: its address, else a name of its own made from its key.
fn iri(source: Option<&str>, report: &str) -> String {
    let Some(source) = source.filter(|source| is_address(source)) else {
        return format!("urn:rapporteur:report:{report}");
    };
    let mut iri = String::new();
    for c in source.chars() {
        if c.is_control() || c.is_whitespace() || "<>\"{}|\\^`".contains(c) {
            let mut bytes = [0; 4];
            c.encode_utf8(&mut bytes).bytes().for_each(|byte| iri.push_str(&format!("%{byte:02X}")));
        } else {
            iri.push(c);
        }
    }
    iri
}

/// The day of an entry, where it is one day.
fn one_day(entry: &Entry) -> Option<&str> {
    entry.days.as_ref().filter(|days| days.is_one()).map(|days| days.from.as_str())
}

/// How a spot is named in one word of a format: `settlement`, `country` or `region`.
fn fineness(spot: &Spot, record: Option<&Record>) -> &'static str {
    if spot.fine {
        return "settlement";
    }
    let place = record.and_then(|record| record.places.iter().find(|place| place.name == spot.name));
    let country = place.is_some_and(|place| place.precision == rapporteur_record::Precision::Country);
    if country || slug(&spot.name) == spot.country.as_deref().map(slug).unwrap_or_default() {
        "country"
    } else {
        "region"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_countries_and_actors() {
        assert_eq!(fips("UKR"), Some("UP"));
        assert_eq!(alpha2("NAM").as_deref(), Some("na"));
        assert_eq!(fips("XXX"), None);
        assert_eq!(sectors(Some("PERGOVMIL"), Some("PER")), ["GOV", "MIL"]);
        assert_eq!(sectors(Some("IGOEUR"), None), ["IGO", "EUR"]);
        assert!(sectors(None, None).is_empty());
    }

    #[test]
    fn hostile_words_stay_in_their_cell() {
        assert_eq!(bare("a\tb\r\n\"c\" \u{0}d"), "a b ”c” d");
        assert_eq!(bare("=SUM(A1)"), "'=SUM(A1)");
        assert_eq!(iri(Some("https://a.example/x y?q=<b>"), "k"), "https://a.example/x%20y?q=%3Cb%3E");
        assert_eq!(iri(Some("a.txt"), "k"), "urn:rapporteur:report:k");
        assert!(number("a") < 1 << 52 && number("a") != number("b"));
    }
}
