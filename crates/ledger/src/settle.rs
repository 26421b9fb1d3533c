//! What the reports say together, worked out: readings and decisions in, entries, actors and proposals with shared keys out.
//!
//! Every report is taken in the order in which it became known. The state of the fold is kept at some reports behind the last one, so
//! that what comes in is folded from there on and not from the first report: a new report, an earlier one, another reading of a known
//! one, a decision about an entry. What was worked out of later reports is taken out and made again.
//!
//! **Invariant:** what is worked out, checkpoints included, hangs on readings and decisions alone, not on when it was asked for.

use rapporteur_record::Record;
use rusqlite::{Connection, OptionalExtension, Transaction, params};

use crate::decisions::{self, Decisions};
use crate::error::Error;
use crate::fold::{Fold, Taken};
use crate::schema::WORKED_OUT;
use crate::store::{decisions, record};

/// The state is kept at the last report whose number is a multiple of each of these: a late report costs little, an early one no more
/// than to go back a few times as far as it lies.
const KEPT_AT: [usize; 4] = [64, 512, 4096, 32768];

/// What stands after this place, in the order in which reports became known.
const AFTER: &str = "(known, coalesce(published, ''), key) > (?, ?, ?)";

/// A place in the order in which reports became known: the day, the time of publication, the key.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Place(String, String, String);

/// Where the fold stands.
struct Stand {
    fold: Fold,
    /// How many reports were taken.
    taken: usize,
    /// The last of them.
    place: Place,
}

/// What the present state was, or would be, worked out of.
fn basis(base: &Connection) -> Result<(i64, i64), Error> {
    Ok(base.query_row("SELECT (SELECT count(*) FROM reading), (SELECT count(*) FROM decision)", [], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })?)
}

/// Whether nothing has come in since it was worked out.
pub fn settled(base: &Connection) -> Result<bool, Error> {
    let last = base
        .query_row("SELECT readings, decisions, program FROM settled", [], |row| {
            Ok(((row.get(0)?, row.get(1)?), row.get::<_, String>(2)?))
        })
        .optional()?;
    Ok(last.is_some_and(|(of, program)| program == env!("CARGO_PKG_VERSION") && basis(base).is_ok_and(|now| now == of)))
}

/// Takes every report that has not been taken, or not as it is now, and writes down what they all say together.
pub fn work_out(work: &Transaction) -> Result<(), Error> {
    let decided = Decisions::find(decisions(work)?, |report| record(work, report))?;
    let kept = serde_json::to_string(&decided)?;
    let Stand { mut fold, mut taken, place } = stand(work, decided)?;
    let reports = after(work, &place)?;
    let all = taken + reports.len();
    let stops = KEPT_AT.map(|every| all / every * every);
    work.execute(
        &format!(
            "DELETE FROM checkpoint WHERE reports NOT IN ({}, {}, {}, {})",
            stops[0], stops[1], stops[2], stops[3]
        ),
        [],
    )?;
    for report in reports {
        if let Some(record) = record(work, &report.2)? {
            let told = fold.take(&report.2, &report.0, &record)?;
            write_down(work, &report.2, &record, told)?;
        }
        taken += 1;
        if stops.contains(&taken) {
            work.prepare_cached(
                "INSERT OR REPLACE INTO checkpoint (reports, known, published, key, state) VALUES (?, ?, ?, ?, ?)",
            )?
            .execute(params![taken as i64, report.0, report.1, report.2, fold.keep()?])?;
        }
    }
    let mut into_found = work.prepare("INSERT INTO found (decision, subject) VALUES (?, ?)")?;
    for (number, subject) in fold.found() {
        if let Some(subject) = subject {
            into_found.execute(params![number, subject])?;
        }
    }
    let (actors, proposals) = fold.end(&place.0);
    let mut into_actor = work.prepare(
        "INSERT INTO actor (key, known, name, kind, country, code, names, why) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    )?;
    for (known, actor) in actors {
        let (names, why) = (serde_json::to_string(&actor.names)?, serde_json::to_string(&actor.why)?);
        into_actor.execute(params![actor.key, known, actor.name, actor.kind, actor.country, actor.code, names, why])?;
    }
    let mut into_proposal =
        work.prepare("INSERT INTO proposal (key, known, name, kind, names, terms, why) VALUES (?, ?, ?, ?, ?, ?, ?)")?;
    for (known, proposal) in proposals {
        let names = serde_json::to_string(&proposal.names)?;
        let (terms, why) = (serde_json::to_string(&proposal.terms)?, serde_json::to_string(&proposal.why)?);
        into_proposal.execute(params![proposal.key, known, proposal.name, proposal.kind, names, terms, why])?;
    }
    let (readings, decisions) = basis(work)?;
    work.execute(
        "INSERT INTO settled (one, readings, decisions, program, decided) VALUES (1, ?, ?, ?, ?)",
        params![readings, decisions, env!("CARGO_PKG_VERSION"), kept],
    )?;
    Ok(())
}

/// Goes back to the last checkpoint before everything that has come in, and takes out what was worked out of later reports.
fn stand(work: &Transaction, decisions: Decisions) -> Result<Stand, Error> {
    if let Some(first) = first_new(work, &decisions)? {
        let Place(known, published, key) = first;
        let found = work
            .query_row(
                "SELECT reports, known, published, key, state FROM checkpoint
                 WHERE (known, published, key) < (?, ?, ?) ORDER BY reports DESC LIMIT 1",
                params![known, published, key],
                |row| {
                    let place = Place(row.get(1)?, row.get(2)?, row.get(3)?);
                    Ok((row.get::<_, i64>(0)? as usize, place, row.get::<_, Vec<u8>>(4)?))
                },
            )
            .optional()?;
        if let Some((taken, place, state)) = found {
            forget(work, &place)?;
            let mut fold = Fold::resume(&state, decisions)?;
            let mut seen = work.prepare(
                "SELECT shingles FROM seen JOIN report ON report.key = seen.report ORDER BY known, coalesce(published, ''), key",
            )?;
            let mut rows = seen.query([])?;
            while let Some(row) = rows.next()? {
                fold.remember(row.get_ref(0)?.as_blob().unwrap_or_default())?;
            }
            return Ok(Stand { fold, taken, place });
        }
    }
    for table in WORKED_OUT {
        work.execute(&format!("DELETE FROM {table}"), [])?;
    }
    Ok(Stand { fold: Fold::new(decisions), taken: 0, place: Place::default() })
}

/// The first report that something has come in about since the last time; none where everything has to be taken anew.
fn first_new(work: &Transaction, decisions: &Decisions) -> Result<Option<Place>, Error> {
    let last = work.query_row("SELECT readings, program, decided FROM settled", [], |row| {
        Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?, row.get::<_, Option<String>>(2)?))
    });
    let Some((readings, program, Some(decided))) = last.optional()? else { return Ok(None) };
    if program != env!("CARGO_PKG_VERSION") {
        return Ok(None);
    }
    let before: Decisions = serde_json::from_str(&decided)?;
    let Some(entries) = decisions.differing(&before) else { return Ok(None) };
    let place = |sql: &str, of: &dyn rusqlite::ToSql| -> Result<Option<Place>, Error> {
        let mut query = work.prepare_cached(sql)?;
        let found = query.query_row([of], |row| Ok(Place(row.get(0)?, row.get(1)?, row.get(2)?)));
        Ok(found.optional()?)
    };
    // a reading is never taken out, so those that are new have numbers above the count of the old ones
    let mut first = place(
        "SELECT known, coalesce(published, ''), key FROM reading JOIN report ON report.key = reading.report
         WHERE reading.id > ? ORDER BY 1, 2, 3 LIMIT 1",
        &readings,
    )?;
    for entry in entries {
        let report = decisions::of_report(entry).map(|(report, _)| report);
        let found = place("SELECT known, coalesce(published, ''), key FROM report WHERE key = ?", &report)?;
        let Some(found) = found else { return Ok(None) };
        first = Some(first.map_or(found.clone(), |first| first.min(found)));
    }
    Ok(first)
}

/// Takes out what was worked out of reports after this place.
fn forget(work: &Transaction, place: &Place) -> Result<(), Error> {
    let Place(known, published, key) = place;
    for table in ["entry", "origin", "seen"] {
        work.execute(
            &format!("DELETE FROM {table} WHERE report IN (SELECT key FROM report WHERE known >= ? AND {AFTER})"),
            params![known, known, published, key],
        )?;
    }
    work.execute("DELETE FROM checkpoint WHERE (known, published, key) > (?, ?, ?)", params![known, published, key])?;
    for table in ["actor", "proposal"] {
        work.execute(&format!("DELETE FROM {table} WHERE known >= ?"), [known])?;
    }
    Ok(work.execute_batch("DELETE FROM found; DELETE FROM settled;")?)
}

/// The reports after a place, in order.
fn after(work: &Transaction, place: &Place) -> Result<Vec<Place>, Error> {
    let Place(known, published, key) = place;
    let mut query = work.prepare(&format!(
        "SELECT known, coalesce(published, ''), key FROM report WHERE known >= ? AND {AFTER} ORDER BY 1, 2, 3"
    ))?;
    let rows = query
        .query_map(params![known, known, published, key], |row| Ok(Place(row.get(0)?, row.get(1)?, row.get(2)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Writes down what was worked out of one report.
fn write_down(work: &Transaction, report: &str, record: &Record, told: Taken) -> Result<(), Error> {
    let sentences: Vec<[u32; 2]> = record.sentences.iter().map(|sentence| sentence.at).collect();
    work.prepare_cached("INSERT INTO origin (report, origin, likeness, sentences) VALUES (?, ?, ?, ?)")?
        .execute(params![report, told.origin, told.likeness, serde_json::to_string(&sentences)?])?;
    work.prepare_cached("INSERT INTO seen (report, shingles) VALUES (?, ?)")?.execute(params![report, told.seen])?;
    let mut into_entry =
        work.prepare_cached("INSERT INTO entry (key, report, known, layer, kind, body) VALUES (?, ?, ?, ?, ?, ?)")?;
    for entry in told.entries {
        let body = entry.pack()?;
        into_entry.execute(params![entry.key, entry.report, entry.known, entry.layer(), entry.kind(), body])?;
    }
    Ok(())
}
