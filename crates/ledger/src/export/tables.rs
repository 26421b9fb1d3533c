//! Event tables in the shape of GDELT 2.0 and of POLECAT: happenings, or accounts of events, in; tab-separated rows out.
//!
//! Both shapes hold what is told as done; they have no column for what is planned, threatened, demanded or denied, so that is left out and
//! counted. GDELT has one row a happening (61 columns, no header), POLECAT one row an account (40 columns, a header). What the ledger does not
//! know stays empty: tone, ethnic and religious codes, identifiers of gazetteers and of the Correlates of War, and the day of an event that
//! no account dates to the day.
//!
//! **Invariant:** every row has as many tabs as the shape has, whatever a report says.

use std::io::Write;

use rapporteur_record::Record;

use super::{Records, bare, fineness, fips, is_told_as_done, number, one_day, quad, root, sectors};
use crate::entry::Entry;
use crate::error::Error;
use crate::views::{Desk, Scope};

/// The columns of POLECAT.
const POLECAT: [&str; 40] = [
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Intensity",
    "Quad Code",
    "Contexts",
    "Actor Name",
    "Actor Country",
    "Actor COW",
    "Primary Actor Sector",
    "Actor Sectors",
    "Actor Title",
    "Actor Name Raw",
    "Wikipedia Actor ID",
    "Recipient Name",
    "Recipient Country",
    "Recipient COW",
    "Primary Recipient Sector",
    "Recipient Sectors",
    "Recipient Title",
    "Recipient Name Raw",
    "Wikipedia Recipient ID",
    "Placename",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
    "GeoNames ID",
    "Raw Placename",
    "Feature Type",
    "Source",
    "Publication Date",
    "Story People",
    "Story Organizations",
    "Story Locations",
    "Language",
    "Version",
];

/// How many columns GDELT 2.0 has.
const GDELT: usize = 61;

/// Writes the happenings in scope in the shape of GDELT 2.0; how many were left out.
pub fn gdelt(desk: &Desk, scope: &Scope, out: &mut dyn Write) -> Result<usize, Error> {
    let mut records = Records::new(desk);
    let mut left_out = 0;
    for accounts in desk.happenings(&[], scope)? {
        let done = |entry: &&Entry| entry.event().is_some_and(|event| is_told_as_done(event.status));
        let told: Vec<&Entry> = accounts.iter().filter(done).collect();
        let Some(first) = told.first() else {
            left_out += 1;
            continue;
        };
        let cells = happening(desk, &accounts, &told, records.of(&first.report)?);
        writeln!(out, "{}", cells.join("\t"))?;
    }
    Ok(left_out)
}

/// The 61 cells of a happening. `told` are its accounts that tell it as done, the earliest first.
fn happening(desk: &Desk, accounts: &[Entry], told: &[&Entry], record: Option<&Record>) -> Vec<String> {
    let Some((first, event)) = told.first().and_then(|first| Some((first, first.event()?))) else { return Vec::new() };
    let events = || told.iter().filter_map(|entry| entry.event());
    let actor = events().find_map(|event| event.actors.first());
    // two who meet are actor and actor
    let other =
        events().find_map(|event| event.recipients.first()).or_else(|| events().find_map(|event| event.actors.get(1)));
    let code = events().find_map(|event| event.cameo.clone()).unwrap_or_else(|| root(event.kind).to_owned());
    let code = if code.len() == 2 { format!("{code}0") } else { code };
    let goldstein = events().find_map(|event| event.goldstein);
    let lead = record.is_some_and(|record| {
        let sentence = record.sentences.iter().find(|sentence| sentence.at == first.sentence);
        sentence.is_some_and(|sentence| sentence.paragraph == 0)
    });
    let [day, month, year, fraction] = date(told);
    let mut outlets: Vec<&str> = accounts.iter().map(|entry| desk.outlet(&entry.report)).collect();
    let mut reports: Vec<&str> = accounts.iter().map(|entry| entry.report.as_str()).collect();
    for list in [&mut outlets, &mut reports] {
        list.sort_unstable();
        list.dedup();
    }
    let report = desk.reports.get(&first.report);
    let known = report.and_then(|report| report.published.as_deref()).unwrap_or(&first.known);
    let added: String = known.chars().filter(char::is_ascii_digit).chain("000000".chars()).take(14).collect();
    let mut cells = vec![number(&first.shared.clone().unwrap_or_else(|| first.key.clone())).to_string()];
    cells.extend([day, month, year, fraction]);
    cells.extend(party(desk, actor));
    cells.extend(party(desk, other));
    cells.push(u8::from(lead).to_string());
    cells.extend([
        code.clone(),
        code.chars().take(3).collect(),
        code.chars().take(2).collect(),
        class(&code).to_string(),
    ]);
    cells.push(goldstein.map_or_else(String::new, |value| value.to_string()));
    cells.extend([accounts.len(), outlets.len(), reports.len()].map(|count| count.to_string()));
    // tone; where the actors are from is told by their country codes
    cells.extend(vec![String::new(); 1 + 8 + 8]);
    cells.extend(spot(told, record));
    cells.push(added);
    cells.push(bare(report.and_then(|report| report.source.as_deref()).unwrap_or_default()));
    debug_assert_eq!(cells.len(), GDELT);
    cells
}

/// Day, month, year and fraction of the year, as fine as an account dates the happening.
fn date(told: &[&Entry]) -> [String; 4] {
    let Some(days) = told
        .iter()
        .filter_map(|entry| entry.days.as_ref())
        .min_by_key(|days| crate::days::apart(&days.from, &days.to).unwrap_or(u32::MAX))
    else {
        return Default::default();
    };
    let same = |length: usize| days.from.get(..length).filter(|from| days.to.starts_with(from));
    let digits = |part: Option<&str>| part.map_or_else(String::new, |part| part.replace('-', ""));
    let part = |range: core::ops::Range<usize>| days.from.get(range).and_then(|part| part.parse::<f64>().ok());
    let fraction = days.is_one().then(|| Some((part(0..4)?, part(5..7)?, part(8..10)?))).flatten();
    let fraction = fraction.map(|(year, month, day)| year + ((month - 1.0) * 30.0 + day).min(365.0) / 365.0);
    let fraction = fraction.map_or_else(String::new, |fraction| format!("{fraction:.4}"));
    [digits(same(10)), digits(same(7)), digits(same(4)), fraction]
}

/// The ten cells of an actor.
fn party(desk: &Desk, key: Option<&String>) -> Vec<String> {
    let Some(actor) = key.and_then(|key| desk.actors.get(key)) else { return vec![String::new(); 10] };
    let sectors = sectors(actor.code.as_deref(), actor.country.as_deref());
    let sector = |at: usize| sectors.get(at).cloned().unwrap_or_default();
    let (code, country) = (actor.code.clone(), actor.country.clone());
    let none = String::new;
    let code = bare(&code.or_else(|| country.clone()).unwrap_or_default());
    vec![
        code,
        bare(&actor.name),
        country.unwrap_or_default(),
        none(),
        none(),
        none(),
        none(),
        sector(0),
        sector(1),
        sector(2),
    ]
}

/// GDELT's class of a CAMEO code: words or deeds, with or against.
fn class(code: &str) -> u8 {
    match code.get(..2).and_then(|root| root.parse().ok()).unwrap_or(0_u8) {
        0..=5 => 1,
        6..=8 => 2,
        9..=13 => 3,
        _ => 4,
    }
}

/// The eight cells of a place.
fn spot(told: &[&Entry], record: Option<&Record>) -> Vec<String> {
    let spots = told.iter().filter_map(|entry| entry.spot.as_ref());
    let Some(spot) = spots.max_by_key(|spot| spot.fine) else { return vec![String::new(); 8] };
    let home = spot.country.as_deref() == Some("USA");
    let kind = match (fineness(spot, record), home) {
        ("country", _) => "1",
        ("region", true) => "2",
        ("settlement", true) => "3",
        ("settlement", false) => "4",
        _ => "5",
    };
    let degrees = |value: Option<f64>| value.map_or_else(String::new, |value| value.to_string());
    let country = spot.country.as_deref().and_then(fips).unwrap_or_default();
    let none = String::new;
    vec![kind.into(), bare(&spot.name), country.into(), none(), none(), degrees(spot.lat), degrees(spot.lon), none()]
}

/// Writes the accounts of events in scope in the shape of POLECAT; how many were left out.
pub fn polecat(desk: &Desk, scope: &Scope, out: &mut dyn Write) -> Result<usize, Error> {
    writeln!(out, "{}", POLECAT.join("\t"))?;
    let mut records = Records::new(desk);
    let mut left_out = 0;
    for entry in desk.entries("event", &[], scope)? {
        if entry.event().is_some_and(|event| is_told_as_done(event.status)) {
            let cells = account(desk, &entry, records.of(&entry.report)?);
            writeln!(out, "{}", cells.join("\t"))?;
        } else {
            left_out += 1;
        }
    }
    Ok(left_out)
}

/// The 40 cells of an account.
fn account(desk: &Desk, entry: &Entry, record: Option<&Record>) -> Vec<String> {
    let Some(event) = entry.event() else { return Vec::new() };
    let (read, place) = match record {
        Some(record) => {
            let id = entry.key.split_once(':').map_or("", |(_, id)| id);
            (record.events.iter().find(|event| event.id == id), event.place.as_ref().and_then(|id| record.place(id)))
        }
        None => (None, None),
    };
    let none = String::new;
    let degrees = |value: Option<f64>| value.map_or_else(String::new, |value| value.to_string());
    let mut cells = vec![
        entry.key.clone(),
        one_day(entry).unwrap_or_default().to_owned(),
        event.kind.as_str().to_owned(),
        event.mode.map_or_else(none, |mode| mode.as_str().to_owned()),
        event.goldstein.map_or_else(none, |value| value.to_string()),
        quad(event.kind).to_owned(),
        bare(&event.context.join(";")),
    ];
    let sides =
        [(&event.actors, read.map(|read| &read.actors)), (&event.recipients, read.map(|read| &read.recipients))];
    for (keys, ids) in sides {
        let key = keys.first();
        let known = key.and_then(|key| desk.actors.get(key));
        // the record's own actor, where nobody put another one in its place
        let own = record.zip(ids).and_then(|(record, ids)| record.actor(ids.first()?));
        let own = own.filter(|own| known.is_some_and(|known| known.names.contains(&own.name)));
        let mention = own.and_then(|own| {
            let inside = |at: &[u32; 2]| event.evidence.at[0] <= at[0] && at[1] <= event.evidence.at[1];
            own.mentions.iter().find(|mention| inside(&mention.at)).or(own.mentions.first())
        });
        let country = known.and_then(|known| known.country.clone());
        let sectors = sectors(known.and_then(|known| known.code.as_deref()), country.as_deref());
        cells.extend([
            known.map_or_else(none, |known| bare(&known.name).replace(';', ",")),
            country.unwrap_or_default(),
            none(),
            sectors.first().cloned().unwrap_or_default(),
            sectors.join(";"),
            own.and_then(|own| own.role.as_deref()).map_or_else(none, bare),
            mention.map_or_else(none, |mention| bare(&mention.words)),
            none(),
        ]);
    }
    let spot = entry.spot.as_ref();
    let raw = place.and_then(|place| {
        let near = |at: [u32; 2]| at[0].abs_diff(event.trigger.at[0]);
        place.mentions.iter().min_by_key(|mention| near(mention.at))
    });
    cells.extend([
        spot.map_or_else(none, |spot| bare(&spot.name)),
        spot.filter(|spot| spot.fine).map_or_else(none, |spot| bare(&spot.name)),
        none(),
        none(),
        spot.and_then(|spot| spot.country.clone()).unwrap_or_default(),
        degrees(spot.and_then(|spot| spot.lat)),
        degrees(spot.and_then(|spot| spot.lon)),
        none(),
        raw.map_or_else(none, |raw| bare(&raw.words)),
        place.map_or_else(none, |place| bare(&place.kind)),
    ]);
    let listed = |names: Vec<&str>| {
        let names: Vec<String> = names.into_iter().map(|name| bare(name).replace(';', ",")).collect();
        names.join(";")
    };
    let of_kind = |kinds: &[&str]| {
        let actors = record.map_or(&[][..], |record| &record.actors);
        listed(actors.iter().filter(|a| kinds.contains(&a.kind.as_str())).map(|a| a.name.as_str()).collect())
    };
    let report = desk.reports.get(&entry.report);
    let published = report.and_then(|report| report.published.as_deref()).and_then(crate::days::day);
    cells.extend([
        bare(desk.outlet(&entry.report)),
        published.unwrap_or_default(),
        of_kind(&["person"]),
        of_kind(&["organisation", "company", "media", "armed_group"]),
        listed(record.map_or_else(Vec::new, |r| r.places.iter().map(|place| place.name.as_str()).collect())),
        record.map_or_else(none, |record| bare(&record.document.language)),
        record.map_or_else(none, |record| bare(&record.edition.engine)),
    ]);
    debug_assert_eq!(cells.len(), POLECAT.len());
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_follow_the_root() {
        assert_eq!(["010", "051", "0841", "100", "138", "190"].map(class), [1, 1, 2, 3, 3, 4]);
        assert_eq!(POLECAT.len(), 40);
    }
}
