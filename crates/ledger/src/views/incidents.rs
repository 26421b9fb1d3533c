//! Attacks and the like: happenings in, their tolls as ranges out, with who gives which number.

use rapporteur_record::{Count, Status};
use serde::{Deserialize, Serialize};

use super::timeline::{happening, label};
use super::{Desk, Scope, cell, listed};
use crate::entry::{Cite, Entry};
use crate::error::Error;
use crate::table::Table;

/// What counts as an incident.
const KINDS: &[&str] = &["ASSAULT", "COERCE", "PROTEST"];

/// One incident.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Incident {
    /// Its key.
    pub key: String,
    /// PLOVER type.
    #[serde(rename = "type")]
    pub kind: String,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// The latest status told.
    pub status: String,
    /// Whether one account says that it is not so.
    pub disputed: bool,
    /// It, in a few words of the ledger.
    pub label: String,
    /// The day; none where no account dates it.
    pub day: Option<String>,
    /// Since when it is known.
    pub known: String,
    /// Where.
    pub place: Option<String>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// Who did it, as told.
    pub actors: Vec<String>,
    /// What was counted.
    pub tolls: Vec<Toll>,
    /// How many accounts there are.
    pub accounts: usize,
    /// How many independent origins they have.
    pub origins: usize,
    /// Where the words stand.
    pub cites: Vec<Cite>,
}

/// One thing counted, as a range over all who count it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Toll {
    /// What is counted.
    pub of: String,
    /// The lowest number told.
    pub low: Option<u64>,
    /// The highest number told.
    pub high: Option<u64>,
    /// Whether someone says that none were reported.
    pub none_reported: bool,
    /// Who says what.
    pub by: Vec<Counted>,
}

/// A number, and who gives it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Counted {
    /// The number, with its bound: `12`, `at least 9`, `none reported`.
    pub value: String,
    /// Who gives it.
    pub who: String,
    /// Where the words stand.
    pub cites: Vec<Cite>,
}

/// The tolls of the accounts of one happening. Of a dispatch that its outlet printed again the later edition counts: it corrects the earlier.
pub(super) fn tolls(desk: &Desk, accounts: &[Entry]) -> Vec<Toll> {
    let mut tolls: Vec<Toll> = Vec::new();
    let corrected = |entry: &Entry, of: &str| {
        let edition =
            |entry: &Entry| desk.reports.get(&entry.report).map(|own| (own.outlet().to_owned(), own.origin.clone()));
        accounts.iter().any(|later| {
            let counts = later.event().is_some_and(|event| event.counts.iter().any(|count| count.of == of));
            later.known > entry.known && later.teller == entry.teller && counts && edition(later) == edition(entry)
        })
    };
    for entry in accounts {
        let Some(event) = entry.event().filter(|event| !event.counts.is_empty()) else { continue };
        let account = desk.account(entry);
        for count in event.counts.iter().filter(|count| !corrected(entry, &count.of)) {
            let at = tolls.iter().position(|toll| toll.of == count.of).unwrap_or_else(|| {
                let toll = Toll { of: count.of.clone(), low: None, high: None, none_reported: false, by: Vec::new() };
                tolls.push(toll);
                tolls.len() - 1
            });
            let toll = &mut tolls[at];
            let none = count.none_reported == Some(true);
            toll.none_reported |= none;
            for number in [count.value, count.low, count.high].into_iter().flatten().filter(|_| !none) {
                toll.low = Some(toll.low.map_or(number, |low| low.min(number)));
                toll.high = Some(toll.high.map_or(number, |high| high.max(number)));
            }
            let value = number(count);
            let cite = Cite { report: entry.report.clone(), at: count.at, words: count.words.clone() };
            if !toll.by.iter().any(|told| told.value == value && told.who == account.by) {
                toll.by.push(Counted { value, who: account.by.clone(), cites: vec![cite] });
            }
        }
    }
    tolls
}

/// A count for a person.
fn number(count: &Count) -> String {
    match (count.none_reported, count.value, count.low, count.high) {
        (Some(true), ..) => "none reported".into(),
        (_, Some(value), _, _) => value.to_string(),
        (_, None, Some(low), Some(high)) => format!("{low} to {high}"),
        (_, None, Some(low), None) => format!("at least {low}"),
        (_, None, None, Some(high)) => format!("at most {high}"),
        _ => count.words.clone(),
    }
}

/// A toll for a person: the range, then who says what.
fn range(toll: &Toll) -> String {
    let range = match (toll.low, toll.high) {
        (Some(low), Some(high)) if low == high => low.to_string(),
        (Some(low), Some(high)) => format!("{low} to {high}"),
        _ => "none reported".into(),
    };
    if toll.by.len() < 2 {
        return format!("{} {range}", toll.of);
    }
    let by: Vec<String> = toll.by.iter().map(|told| format!("{}: {}", told.who, told.value)).collect();
    format!("{} {range} ({})", toll.of, by.join("; "))
}

/// The incidents in scope, by day.
pub fn incidents(desk: &Desk, scope: &Scope) -> Result<(Vec<Incident>, Table), Error> {
    let mut rows = Vec::new();
    for accounts in desk.happenings(KINDS, scope)? {
        // what is only threatened, demanded or feared is no incident
        let told = accounts.iter().filter_map(Entry::event).any(|event| {
            matches!(event.status, Status::Occurred | Status::Ongoing | Status::Failed | Status::Ended | Status::Denied)
        });
        let Some(whole) = happening(desk, &accounts).filter(|_| told) else { continue };
        let spot = accounts.iter().filter_map(|entry| entry.spot.as_ref()).max_by_key(|spot| spot.fine);
        rows.push(Incident {
            key: whole.key,
            kind: whole.kind,
            mode: whole.mode,
            status: whole.status,
            disputed: whole.disputed,
            label: accounts.first().map_or_else(String::new, |entry| label(desk, entry)),
            day: whole.from,
            known: whole.known,
            place: spot.map(|spot| spot.name.clone()),
            lat: spot.and_then(|spot| spot.lat),
            lon: spot.and_then(|spot| spot.lon),
            actors: whole.actors,
            tolls: tolls(desk, &accounts),
            accounts: whole.accounts,
            origins: whole.origins,
            cites: whole.cites,
        });
    }
    rows.sort_by(|a, b| {
        (a.day.as_ref().unwrap_or(&a.known), &a.key).cmp(&(b.day.as_ref().unwrap_or(&b.known), &b.key))
    });
    let mut table = Table::new(&["day", "place", "what", "status", "by", "toll", "words"]);
    for row in &rows {
        let what = row.mode.as_ref().map_or_else(
            || row.kind.to_lowercase(),
            |mode| format!("{} ({})", row.kind.to_lowercase(), mode.replace('_', " ")),
        );
        let tolls: Vec<String> = row.tolls.iter().map(range).collect();
        let words = row.cites.first().map_or_else(String::new, |cite| cite.words.clone());
        let cells = vec![
            cell(row.day.as_ref()),
            cell(row.place.as_ref()),
            what,
            format!("{}{}", row.status, if row.disputed { ", disputed" } else { "" }),
            listed(&row.actors),
            listed(&tolls),
            words,
        ];
        table.push(cells, row.cites.clone(), row);
    }
    Ok((rows, table))
}
