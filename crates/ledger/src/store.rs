//! The file of a ledger: records in, and out again; every write is one transaction.
//!
//! SQLite with a write-ahead log: a run that is killed leaves what it had committed, and two writers wait for each other. Reports and
//! readings are only added. What they say together is worked out by [`crate::settle`] when it is asked for and something new has come in.
//! Of several readings of a report the one by the latest edition counts, in whatever order they came.
//!
//! **Invariant:** the content depends on what was ingested, not on the order, the number of runs or of writers.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use rapporteur_record::{CodePoints, Edition, Record};
use rusqlite::backup::Backup;
use rusqlite::functions::FunctionFlags;
use rusqlite::types::Value;
use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension, Rows, Transaction, TransactionBehavior, params};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::days;
use crate::decisions::{Anchor, Decision};
use crate::entry::Entry;
use crate::error::Error;
use crate::fold::Grows;
use crate::schema::{APPLICATION, STEPS};
use crate::settle::{settled, work_out};

/// How long one writer waits for another.
const PATIENCE: Duration = Duration::from_secs(120);

/// No report is known later.
const LAST_DAY: &str = "9999-12-31";

/// A ledger, open.
pub struct Ledger {
    base: Connection,
    path: PathBuf,
    /// Whether what is added is kept in the file.
    keeps: bool,
}

/// What comes in: a record, or a report that could not be read.
#[derive(Clone, Debug)]
pub enum Arrival {
    /// The record of a report, and what it was made from: see [`Ledger::has`].
    Record(Box<Record>, Option<String>),
    /// A report that could not be read, and why.
    Refused {
        /// How the report is named to a person.
        name: String,
        /// Why it could not be read.
        reason: String,
    },
}

/// What became of an arrival.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    /// A report that was not known.
    Report,
    /// A known report, read by another edition of the program.
    Reading,
    /// Nothing new.
    Nothing,
    /// Put to quarantine.
    Refused,
}

/// A report as the ledger knows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// What it is known by: a hash of text, source and date.
    pub key: String,
    /// Where it came from, as it was named.
    pub source: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// When it was published.
    pub published: Option<String>,
    /// The day from which it counts as known.
    pub known: String,
    /// The earliest report that it is a copy or light rewrite of; itself where it is none.
    pub origin: String,
}

impl Report {
    /// Who speaks here, for a person: the publisher, else the source.
    pub fn outlet(&self) -> &str {
        self.publisher.as_deref().or(self.source.as_deref()).unwrap_or("an unnamed source")
    }
}

/// An actor across reports.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Person {
    /// Its key.
    pub key: String,
    /// The fullest name seen.
    pub name: String,
    /// What sort of actor.
    pub kind: String,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// PLOVER/CAMEO code.
    pub code: Option<String>,
    /// Every name seen.
    pub names: Vec<String>,
    /// Why these names are one actor.
    pub why: Vec<String>,
}

impl Ledger {
    /// Opens the ledger in a file, or begins one. One that may not be written is opened for reading: what is not worked out in it yet
    /// is worked out in memory, and nothing can be added.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let refuse = |error: rusqlite::Error| Error::open(path, &error);
        let mut base = Connection::open(path).map_err(refuse)?;
        if base.is_readonly("main").map_err(refuse)? {
            return Self::open_to_read(path);
        }
        match begin(&mut base, path) {
            Err(Error::Database(error)) if may_not_write(&error) && path.exists() => Self::open_to_read(path),
            Err(Error::Database(error)) => Err(refuse(error)),
            Err(error) => Err(error),
            Ok(()) => Ok(Self { base, path: path.into(), keeps: true }),
        }
    }

    fn open_to_read(path: &Path) -> Result<Self, Error> {
        let refuse = |error: rusqlite::Error| Error::open(path, &error);
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
        let mut base = Connection::open_with_flags(path, flags).map_err(refuse)?;
        // where no log can be begun beside the file and none is there, the file alone is the ledger, and nobody writes to it
        let log = PathBuf::from(format!("{}-wal", path.display()));
        let alone = std::fs::metadata(log).map_or(true, |log| log.len() == 0);
        if base.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(())).is_err() && alone {
            base = Connection::open_with_flags(unchanging(path), flags).map_err(refuse)?;
        }
        prepare(&base).map_err(refuse)?;
        let taken = taken(&mut base, path).map_err(|error| match error {
            Error::Database(error) => refuse(error),
            error => error,
        })?;
        if taken < STEPS.len() || !settled(&base)? {
            base = in_memory(&base).map_err(refuse)?;
            begin(&mut base, path)?;
        }
        Ok(Self { base, path: path.into(), keeps: false })
    }

    /// Fails where nothing can be added, because the file may not be written.
    pub fn must_keep(&mut self) -> Result<(), Error> {
        Ok(self.writing()?.rollback()?)
    }

    /// A transaction that keeps what is decided while the ledger is read.
    fn keeping(&self) -> Result<Transaction<'_>, Error> {
        if !self.keeps {
            return Err(Error::ReadOnly(self.path.clone()));
        }
        Transaction::new_unchecked(&self.base, TransactionBehavior::Immediate)
            .map_err(|error| if may_not_write(&error) { Error::ReadOnly(self.path.clone()) } else { error.into() })
    }

    fn writing(&mut self) -> Result<Transaction<'_>, Error> {
        if !self.keeps {
            return Err(Error::ReadOnly(self.path.clone()));
        }
        self.base
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(|error| if may_not_write(&error) { Error::ReadOnly(self.path.clone()) } else { error.into() })
    }

    /// Adds what came in, all of it or nothing; `today` is the day from which an undated report counts as known.
    pub fn add(&mut self, arrivals: &[Arrival], today: &str) -> Result<Vec<Added>, Error> {
        let work = self.writing()?;
        let added = arrivals.iter().map(|arrival| add(&work, arrival, today)).collect::<Result<_, _>>()?;
        work.commit()?;
        Ok(added)
    }

    /// Whether this was handed in before: the name of an input is whatever tells it from others, its bytes and the edition of the reader.
    pub fn has(&self, input: &str) -> Result<bool, Error> {
        let mut query = self.base.prepare_cached("SELECT 1 FROM taken WHERE input = ?")?;
        Ok(query.exists([input])?)
    }

    /// Works out what the reports say together, where something has come in since.
    pub fn settle(&mut self) -> Result<(), Error> {
        if settled(&self.base)? {
            return Ok(());
        }
        if let (true, Err(Error::ReadOnly(_))) = (self.keeps, self.must_keep()) {
            let path = &self.path;
            self.base = in_memory(&self.base).map_err(|error| Error::open(path, &error))?;
            prepare(&self.base)?;
            self.keeps = false;
        }
        let work = self.base.transaction_with_behavior(TransactionBehavior::Immediate)?;
        // another writer may have done it while this one waited
        if !settled(&work)? {
            work_out(&work)?;
        }
        work.commit()?;
        Ok(())
    }

    /// How many reports, readings and refused reports there are.
    pub fn counts(&self) -> Result<[u64; 3], Error> {
        let count = |table: &str| -> Result<u64, Error> {
            Ok(self.base.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get::<_, i64>(0))? as u64)
        };
        Ok([count("report")?, count("reading")?, count("quarantine")?])
    }

    /// The reports that could not be read, with the reason.
    pub fn quarantine(&self) -> Result<Vec<(String, String)>, Error> {
        let mut query = self.base.prepare_cached("SELECT name, reason FROM quarantine ORDER BY name, reason")?;
        let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// All reports, in the order in which they became known.
    pub fn reports(&self) -> Result<Vec<Report>, Error> {
        let mut query = self.base.prepare_cached(
            "SELECT key, source, publisher, title, published, known, coalesce(origin.origin, key)
             FROM report LEFT JOIN origin ON origin.report = key ORDER BY known, coalesce(published, ''), key",
        )?;
        let rows = query.query_map([], |row| {
            Ok(Report {
                key: row.get(0)?,
                source: row.get(1)?,
                publisher: row.get(2)?,
                title: row.get(3)?,
                published: row.get(4)?,
                known: row.get(5)?,
                origin: row.get(6)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// All actors, by key, as they were known by a day.
    pub fn actors(&self, as_of: Option<&str>) -> Result<BTreeMap<String, Person>, Error> {
        let mut query = self.base.prepare_cached(
            "SELECT key, name, kind, country, code, names, why FROM actor WHERE known <= ? ORDER BY key, known",
        )?;
        let mut rows = query.query([as_of.unwrap_or(LAST_DAY)])?;
        let mut actors = Vec::new();
        while let Some(row) = rows.next()? {
            let key: String = row.get(0)?;
            let person = Person {
                key: key.clone(),
                name: row.get(1)?,
                kind: row.get(2)?,
                country: row.get(3)?,
                code: row.get(4)?,
                names: serde_json::from_str(row.get_ref(5)?.as_str().unwrap_or_default())?,
                why: serde_json::from_str(row.get_ref(6)?.as_str().unwrap_or_default())?,
            };
            gather(&mut actors, key, person);
        }
        Ok(actors.into_iter().collect())
    }

    /// All proposals, by key, as they were known by a day.
    pub fn proposals(&self, as_of: Option<&str>) -> Result<BTreeMap<String, crate::fold::Proposal>, Error> {
        let mut query = self.base.prepare_cached(
            "SELECT key, name, kind, names, terms, why FROM proposal WHERE known <= ? ORDER BY key, known",
        )?;
        let mut rows = query.query([as_of.unwrap_or(LAST_DAY)])?;
        let mut proposals = Vec::new();
        while let Some(row) = rows.next()? {
            let key: String = row.get(0)?;
            let proposal = crate::fold::Proposal {
                key: key.clone(),
                name: row.get(1)?,
                kind: row.get(2)?,
                names: serde_json::from_str(&row.get::<_, String>(3)?)?,
                terms: serde_json::from_str(&row.get::<_, String>(4)?)?,
                why: serde_json::from_str(&row.get::<_, String>(5)?)?,
            };
            gather(&mut proposals, key, proposal);
        }
        Ok(proposals.into_iter().collect())
    }

    /// The entries of a layer (and of kinds, where some are named) that were known by a day, in the order of their reports.
    pub fn entries(&self, layer: &str, kinds: &[&str], as_of: Option<&str>) -> Result<Vec<Entry>, Error> {
        let among = if kinds.is_empty() {
            String::new()
        } else {
            format!(" AND kind IN ({})", vec!["?"; kinds.len()].join(", "))
        };
        // a report that became known earlier has entries with lower numbers
        let mut query = self.base.prepare_cached(&format!(
            "SELECT {ENTRY} FROM entry WHERE id IN (SELECT id FROM entry WHERE layer = ? AND known <= ?{among}) ORDER BY id"
        ))?;
        let mut given: Vec<Value> = vec![layer.to_owned().into(), as_of.unwrap_or(LAST_DAY).to_owned().into()];
        given.extend(kinds.iter().map(|kind| Value::from((*kind).to_owned())));
        let mut count =
            self.base.prepare_cached(&format!("SELECT count(*) FROM entry WHERE layer = ? AND known <= ?{among}"))?;
        let count: i64 = count.query_row(rusqlite::params_from_iter(&given), |row| row.get(0))?;
        entries(query.query(rusqlite::params_from_iter(given))?, count as usize)
    }

    /// The entries of a report, in the order of its record.
    pub fn entries_of(&self, report: &str) -> Result<Vec<Entry>, Error> {
        let mut query = self.base.prepare_cached(&format!("SELECT {ENTRY} FROM entry WHERE report = ? ORDER BY id"))?;
        entries(query.query([report])?, 0)
    }

    /// The text of a report.
    pub fn text(&self, report: &str) -> Result<Option<String>, Error> {
        let found = self.base.query_row("SELECT text FROM report WHERE key = ?", [report], |row| row.get(0));
        Ok(found.optional()?)
    }

    /// The sentences of a report: where they stand, in code points, and their words.
    pub fn sentences(&self, report: &str) -> Result<Vec<([u32; 2], String)>, Error> {
        let mut query = self.base.prepare_cached(
            "SELECT sentences, text FROM origin JOIN report ON report.key = origin.report WHERE report.key = ?",
        )?;
        let found = query.query_row([report], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)));
        let Some((sentences, text)) = found.optional()? else { return Ok(Vec::new()) };
        let points = CodePoints::new(&text);
        let sentences: Vec<[u32; 2]> = serde_json::from_str(&sentences)?;
        let words = |at: [u32; 2]| Some((at, points.slice(at[0], at[1])?.to_owned()));
        Ok(sentences.into_iter().filter_map(words).collect())
    }

    /// The record that counts for a report: its reading by the latest edition.
    pub fn record(&self, report: &str) -> Result<Option<Record>, Error> {
        record(&self.base, report)
    }

    /// Every reading of a report, the earliest first.
    pub fn readings(&self, report: &str) -> Result<Vec<Record>, Error> {
        let mut query = self.base.prepare_cached(
            "SELECT record, text FROM reading JOIN report ON report.key = reading.report WHERE report.key = ? ORDER BY reading.id",
        )?;
        let mut rows = query.query([report])?;
        let mut readings = Vec::new();
        while let Some(row) = rows.next()? {
            readings.push(unpack(&row.get::<_, Vec<u8>>(0)?, row.get(1)?)?);
        }
        Ok(readings)
    }

    /// The sentences that hold a word that begins like one of these, the likeliest first: report, number of the sentence in it, score (higher is better).
    pub fn search(&self, words: &[&str], most: usize) -> Result<Vec<(String, usize, f64)>, Error> {
        let quoted: Vec<String> = words.iter().map(|word| format!("\"{}\"*", word.replace('"', ""))).collect();
        if quoted.is_empty() {
            return Ok(Vec::new());
        }
        let mut query = self.base.prepare_cached(
            "SELECT report, number, bm25(sentence) FROM sentence WHERE words MATCH ? ORDER BY bm25(sentence), report, number LIMIT ?",
        )?;
        let rows = query.query_map(params![quoted.join(" OR "), most as i64], |row| {
            Ok((row.get(0)?, row.get::<_, i64>(1)? as usize, -row.get::<_, f64>(2)?))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The entry of this key.
    pub fn entry(&self, key: &str) -> Result<Option<Entry>, Error> {
        let mut query = self.base.prepare_cached(&format!("SELECT {ENTRY} FROM entry WHERE key = ?"))?;
        Ok(entries(query.query([key])?, 1)?.pop())
    }

    /// The entries that a person decided about, except those that were rejected.
    pub fn decided(&self) -> Result<Vec<Entry>, Error> {
        let mut query = self.base.prepare_cached(&format!(
            "SELECT {ENTRY} FROM entry WHERE key IN (SELECT subject FROM found) ORDER BY key"
        ))?;
        let mut entries = entries(query.query([])?, 0)?;
        entries.retain(|entry| entry.decided.is_some());
        Ok(entries)
    }

    /// Writes down what a person decided; what is the last word on its subject already is nothing new.
    pub fn decide(&self, decision: &Decision) -> Result<bool, Error> {
        let work = self.keeping()?;
        let before = decisions(&work)?;
        let last = before.iter().rev().find(|(_, other)| {
            other.subject == decision.subject && other.is_about_sharing() == decision.is_about_sharing()
        });
        if last.is_some_and(|(_, other)| same(other, decision)) {
            return Ok(false);
        }
        let again = before.iter().filter(|(_, other)| same(other, decision)).count();
        write_down(&work, decision, again)?;
        work.commit()?;
        Ok(true)
    }

    /// Writes down a list of decisions, all of them or none; a list that was written down before is nothing new.
    pub fn decide_all(&self, all: &[Decision]) -> Result<Vec<bool>, Error> {
        let work = self.keeping()?;
        let new = all.iter().enumerate().map(|(at, decision)| {
            let again = all[..at].iter().filter(|other| same(other, decision)).count();
            write_down(&work, decision, again)
        });
        let new = new.collect::<Result<_, _>>()?;
        work.commit()?;
        Ok(new)
    }

    /// Everything that was decided, the earliest first.
    pub fn decisions(&self) -> Result<Vec<Decision>, Error> {
        Ok(decisions(&self.base)?.into_iter().map(|(_, decision)| decision).collect())
    }

    /// Everything that was decided, the earliest first, with the present key of what it is about; none where that is gone.
    pub fn judged(&self) -> Result<Vec<(Decision, Option<String>)>, Error> {
        let mut query = self.base.prepare_cached("SELECT decision, subject FROM found")?;
        let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let mut found: BTreeMap<i64, String> = rows.collect::<Result<_, _>>()?;
        let all = decisions(&self.base)?.into_iter();
        Ok(all.map(|(number, decision)| (decision, found.remove(&number))).collect())
    }
}

/// The columns of an entry.
const ENTRY: &str = "key, report, known, layer, body";

/// The entries of so many rows that have its columns.
fn entries(mut rows: Rows, count: usize) -> Result<Vec<Entry>, Error> {
    let mut entries = Vec::with_capacity(count);
    while let Some(row) = rows.next()? {
        let words = |at: usize| -> Result<&str, Error> { Ok(row.get_ref(at)?.as_str().unwrap_or_default()) };
        let body = row.get_ref(4)?.as_blob().unwrap_or_default();
        entries.push(Entry::unpack(words(0)?, words(1)?, words(2)?, words(3)?, body)?);
    }
    Ok(entries)
}

/// Whether two decisions say the same, word for word.
fn same(a: &Decision, b: &Decision) -> bool {
    let words = |decision: &Decision| {
        let Decision { verb, subject, value, reviewer, reason, day, .. } = decision.clone();
        (verb, subject, value.unwrap_or_default(), reviewer, reason, day)
    };
    words(a) == words(b)
}

fn write_down(work: &Transaction, decision: &Decision, again: usize) -> Result<bool, Error> {
    let anchor = decision.anchor.as_ref().map(serde_json::to_string).transpose()?;
    let into = decision.into.as_ref().map(serde_json::to_string).transpose()?;
    let count = work
        .prepare_cached(
            "INSERT OR IGNORE INTO decision (verb, subject, value, reviewer, reason, day, anchor, into_anchor, again)
             VALUES (?, ?, coalesce(?, ''), ?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            decision.verb,
            decision.subject,
            decision.value,
            decision.reviewer,
            decision.reason,
            decision.day,
            anchor,
            into,
            again as i64
        ])?;
    Ok(count > 0)
}

/// Everything that was decided, numbered, the earliest first.
pub(crate) fn decisions(base: &Connection) -> Result<Vec<(i64, Decision)>, Error> {
    let mut query = base.prepare_cached(
        "SELECT id, verb, subject, value, reviewer, reason, day, anchor, into_anchor FROM decision ORDER BY id",
    )?;
    let mut rows = query.query([])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        let anchor = |at: usize| -> Result<Option<Anchor>, Error> {
            let json: Option<String> = row.get(at)?;
            Ok(json.map(|json| serde_json::from_str(&json)).transpose()?)
        };
        let decision = Decision {
            verb: row.get(1)?,
            subject: row.get(2)?,
            value: row.get::<_, Option<String>>(3)?.filter(|value| !value.is_empty()),
            reviewer: row.get(4)?,
            reason: row.get(5)?,
            day: row.get(6)?,
            anchor: anchor(7)?,
            into: anchor(8)?,
        };
        all.push((row.get(0)?, decision));
    }
    Ok(all)
}

/// Puts what came to a thing on a day to what was known of it before; the days of a thing come one after the other.
fn gather<Thing: Grows>(things: &mut Vec<(String, Thing)>, key: String, thing: Thing) {
    match things.last_mut() {
        Some((last, known)) if *last == key => known.then(thing),
        _ => things.push((key, thing)),
    }
}

/// What a report is known by: its text, who it is from, and its date.
fn report_key(record: &Record) -> String {
    let document = &record.document;
    let from = document.publisher.as_deref().or(document.source.as_deref()).unwrap_or_default();
    let mut hash = Sha256::new();
    for part in [document.id.as_str(), from, document.published.as_deref().unwrap_or_default()] {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

fn add(work: &Transaction, arrival: &Arrival, today: &str) -> Result<Added, Error> {
    let record = match arrival {
        Arrival::Record(record, input) => {
            if let Some(input) = input {
                work.prepare_cached("INSERT OR IGNORE INTO taken (input) VALUES (?)")?.execute([input])?;
            }
            record
        }
        Arrival::Refused { name, reason } => {
            let count = work
                .prepare_cached("INSERT OR IGNORE INTO quarantine (name, reason) VALUES (?, ?)")?
                .execute([name, reason])?;
            return Ok(if count > 0 { Added::Refused } else { Added::Nothing });
        }
    };
    let document = &record.document;
    let key = report_key(record);
    let known = document.published.as_deref().and_then(days::day).unwrap_or_else(|| today.to_owned());
    let new = work
        .prepare_cached(
            "INSERT OR IGNORE INTO report (key, text_id, source, publisher, title, byline, published, known, language, text)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            key,
            document.id,
            document.source,
            document.publisher,
            document.title,
            document.byline,
            document.published,
            known,
            document.language,
            document.text
        ])?
        > 0;
    let before = if new { None } else { counts(work, &key)? };
    let edition = serde_json::to_string(&record.edition)?;
    let read = work
        .prepare_cached("INSERT OR IGNORE INTO reading (report, edition, record) VALUES (?, ?, ?)")?
        .execute(params![key, edition, pack(record)?])?
        > 0;
    if read && counts(work, &key)?.is_some_and(|(counting, _)| counting == edition) {
        index(work, &key, record, before.map(|(_, record)| record))?;
    }
    Ok(match (new, read) {
        (true, _) => Added::Report,
        (false, true) => Added::Reading,
        (false, false) => Added::Nothing,
    })
}

/// The record that counts for a report: its reading by the latest edition.
pub(crate) fn record(base: &Connection, report: &str) -> Result<Option<Record>, Error> {
    let mut query = base.prepare_cached(
        "SELECT record, text FROM reading JOIN report ON report.key = reading.report WHERE report.key = ?
         ORDER BY age(edition) DESC, reading.id DESC LIMIT 1",
    )?;
    let found = query.query_row([report], |row| Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, String>(1)?)));
    found.optional()?.map(|(record, text)| unpack(&record, text)).transpose()
}

/// The edition and the packed record that count for a report.
fn counts(base: &Connection, report: &str) -> Result<Option<(String, Vec<u8>)>, Error> {
    let mut query = base.prepare_cached(
        "SELECT edition, record FROM reading WHERE report = ? ORDER BY age(edition) DESC, id DESC LIMIT 1",
    )?;
    Ok(query.query_row([report], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
}

/// Puts the sentences of a report into the index of words, in place of those of the reading that counted before.
fn index(work: &Transaction, report: &str, record: &Record, before: Option<Vec<u8>>) -> Result<(), Error> {
    if let Some(before) = before {
        if unpack(&before, String::new())?.sentences == record.sentences {
            return Ok(());
        }
        work.prepare_cached("DELETE FROM sentence WHERE report = ?")?.execute([report])?;
    }
    let mut insert = work.prepare_cached("INSERT INTO sentence (words, report, number) VALUES (?, ?, ?)")?;
    let points = CodePoints::new(&record.document.text);
    for (number, sentence) in record.sentences.iter().enumerate() {
        insert.execute(params![points.slice(sentence.at[0], sentence.at[1]), report, number as i64])?;
    }
    Ok(())
}

/// What sorts editions by age: engine, model and the program's own books, the numbers in them as numbers. A user's own books have no age:
/// of readings that differ only in them the last that was ingested counts.
fn age(edition: &str) -> String {
    let Ok(edition) = serde_json::from_str::<Edition>(edition) else { return String::new() };
    let books = edition.books.iter().filter(|(name, _)| !name.contains(':'));
    let parts = [edition.engine, edition.model.unwrap_or_default()].into_iter();
    let mut age = String::new();
    for part in parts.chain(books.map(|(name, version)| format!("{name} {version}"))) {
        let mut digits = String::new();
        for c in part.chars().chain(['\n']) {
            if c.is_ascii_digit() {
                digits.push(c);
                continue;
            }
            if !digits.is_empty() {
                age += &format!("{digits:0>12}");
                digits.clear();
            }
            age.push(c);
        }
    }
    age
}

/// How a connection behaves.
fn prepare(base: &Connection) -> Result<(), rusqlite::Error> {
    base.busy_timeout(PATIENCE)?;
    base.pragma_update(None, "foreign_keys", true)?;
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    base.create_scalar_function("age", 1, flags, |given| Ok(age(&given.get::<String>(0)?)))
}

/// Makes a database ready to be written: the log, and the steps of the schema that it has not taken yet.
fn begin(base: &mut Connection, path: &Path) -> Result<(), Error> {
    prepare(base)?;
    let taken_before = taken(base, path)?;
    // two that begin one ledger at once: the change to a log does not wait of itself
    let start = Instant::now();
    loop {
        match base.pragma_update(None, "journal_mode", "WAL") {
            Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) && start.elapsed() < PATIENCE => {
                std::thread::sleep(Duration::from_millis(10));
            }
            ended => break ended,
        }
    }?;
    base.pragma_update(None, "synchronous", "NORMAL")?;
    if taken_before == STEPS.len() {
        return Ok(());
    }
    let work = base.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let version: i64 = work.pragma_query_value(None, "user_version", |row| row.get(0))?;
    for step in STEPS.iter().skip(usize::try_from(version).unwrap_or(usize::MAX)) {
        work.execute_batch(step)?;
    }
    work.pragma_update(None, "application_id", APPLICATION)?;
    work.pragma_update(None, "user_version", STEPS.len() as i64)?;
    Ok(work.commit()?)
}

/// How many steps of the schema a database has taken; an error where it is no ledger, or a later one.
fn taken(base: &mut Connection, path: &Path) -> Result<usize, Error> {
    let look = base.transaction()?;
    let version: i64 = look.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let application: i64 = look.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let tables: i64 = look.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    look.finish()?;
    if application != APPLICATION && (version != 0 || tables > 0 || application != 0) {
        return Err(Error::NotALedger(path.into(), "it is a database of another program".into()));
    }
    let taken = usize::try_from(version).unwrap_or(usize::MAX);
    if taken > STEPS.len() { Err(Error::Newer(path.into(), version)) } else { Ok(taken) }
}

fn may_not_write(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly | ErrorCode::PermissionDenied))
}

/// A ledger that goes when it is closed, with all that is in this one.
fn in_memory(base: &Connection) -> Result<Connection, rusqlite::Error> {
    let mut memory = Connection::open_in_memory()?;
    Backup::new(base, &mut memory)?.run_to_completion(1024, Duration::ZERO, None)?;
    Ok(memory)
}

/// The name of a file that nobody changes while it is read.
fn unchanging(path: &Path) -> String {
    let name = path.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    format!("file:{name}?immutable=1")
}

/// A record without its text, deflated.
fn pack(record: &Record) -> Result<Vec<u8>, Error> {
    let mut bare = record.clone();
    bare.document.text.clear();
    let mut packed = DeflateEncoder::new(Vec::new(), Compression::default());
    let broken = |error: std::io::Error| Error::Broken(error.to_string());
    packed.write_all(bare.to_json().as_bytes()).map_err(broken)?;
    packed.finish().map_err(broken)
}

fn unpack(packed: &[u8], text: String) -> Result<Record, Error> {
    let mut json = String::new();
    DeflateDecoder::new(packed).read_to_string(&mut json).map_err(|error| Error::Broken(error.to_string()))?;
    let mut record = Record::from_json(&json).map_err(|error| Error::Broken(error.to_string()))?;
    record.document.text = text;
    Ok(record)
}
