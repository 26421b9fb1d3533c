//! Reports into a ledger: files, folders and patterns in; reports read, records stored, what could not be read in quarantine.
//!
//! Reading is done by all threads; storing by one, a batch at a time, each batch whole or not at all. What the ledger has
//! already is not read again, so that a run that was stopped goes on where it was.
//!
//! **Invariant:** a report that cannot be read does not stop the run.

use std::io::IsTerminal;
use std::ops::ControlFlow;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use rapporteur::Reader;
use rapporteur_ledger::{Added, Arrival, Ledger};
use rapporteur_record::Record;
use sha2::{Digest, Sha256};

use crate::arguments::{Ingest, Input};
use crate::reports::{self, Report, Reports};
use crate::{CouldNot, Ended, Outcome, complain, in_order, reader, say};

/// A batch is stored when it has so many reports, or is so old.
const BATCH: usize = 64;
const PATIENCE: Duration = Duration::from_secs(2);

/// What a folder is searched for.
const KINDS: [&str; 8] = ["txt", "text", "html", "htm", "xhtml", "jsonl", "txt.gz", "jsonl.gz"];

/// Reads reports into a ledger and says how many were new.
pub fn ingest(asked: &Ingest) -> Ended {
    let mut unread = Vec::new();
    let files = files(&asked.paths, &mut unread)?;
    let mut ledger = Ledger::open(&asked.ledger)?;
    ledger.must_keep()?;
    let known = Ledger::open(&asked.ledger)?;
    let reader = reader(&asked.own.tables)?;
    let edition = serde_json::to_string(&reader.edition()).unwrap_or_default();
    let today = asked.received.clone().unwrap_or_else(today);
    let input = Input {
        files,
        published: asked.published.clone(),
        publisher: asked.publisher.clone(),
        source: None,
        title: None,
        threads: asked.threads,
    };
    let threads = asked.threads.map(usize::from);
    let threads = threads.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from));
    let bar = bar(&input);
    let mut tally = Tally::default();
    // Asked of the ledger here, where one thread looks: what it has is not read again.
    let unread = unread.into_iter().map(Err);
    let waiting = unread.chain(Reports::new(&input)).map(|report| match report {
        Ok(report) => {
            let mark = mark(&report, &edition);
            let old = known.has(&mark).unwrap_or(false);
            Ok((report, mark, old))
        }
        Err(message) => Err(message),
    });
    let work = |next: Result<(Report, String, bool), String>| match next {
        Ok((_, _, true)) => None,
        Ok((report, mark, false)) => Some(read(&reader, &report, mark)),
        Err(message) => Some(refused(&message)),
    };
    let (mut batch, mut since, mut broken) = (Vec::new(), Instant::now(), Ok(()));
    in_order::in_order(waiting, threads, work, |made| {
        bar.inc(1);
        match made {
            Some(arrival) => batch.push(arrival),
            None => tally.known += 1,
        }
        if batch.len() >= BATCH || since.elapsed() >= PATIENCE {
            broken = store(&mut ledger, &mut batch, &today, &mut tally);
            since = Instant::now();
        }
        if broken.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })
    .map_err(|error| CouldNot(format!("cannot start {threads} threads: {error}; use fewer --threads")))?;
    broken?;
    store(&mut ledger, &mut batch, &today, &mut tally)?;
    bar.set_message("putting the accounts together");
    ledger.settle()?;
    bar.finish_and_clear();
    say(format!("{tally}\n").as_bytes())?;
    Ok(if tally.refused > 0 { Outcome::Flawed } else { Outcome::Done })
}

/// What a run did.
#[derive(Default)]
struct Tally {
    new: usize,
    again: usize,
    known: usize,
    refused: usize,
}

impl std::fmt::Display for Tally {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{} new, {} read again by this edition, {} known, {} in quarantine",
            self.new, self.again, self.known, self.refused
        )
    }
}

fn store(ledger: &mut Ledger, batch: &mut Vec<Arrival>, today: &str, tally: &mut Tally) -> Result<(), CouldNot> {
    if batch.is_empty() {
        return Ok(());
    }
    for (added, arrival) in ledger.add(batch, today)?.into_iter().zip(batch.drain(..)) {
        match (added, arrival) {
            (Added::Report, _) => tally.new += 1,
            (Added::Reading, _) => tally.again += 1,
            (_, Arrival::Refused { name, reason }) => {
                complain(&format!("{name}: {reason}"));
                tally.refused += 1;
            }
            _ => tally.known += 1,
        }
    }
    Ok(())
}

/// Reads one report, or opens it where it is a record already.
fn read(reader: &Reader, report: &Report, mark: String) -> Arrival {
    if report.record {
        let json = String::from_utf8_lossy(&report.bytes);
        let failures = rapporteur_record::verify_json(&json);
        return match (failures.first(), Record::from_json(&json)) {
            (None, Ok(record)) => Arrival::Record(Box::new(record), Some(mark)),
            (Some(failure), _) => Arrival::Refused { name: report.name.clone(), reason: failure.to_string() },
            (_, Err(error)) => Arrival::Refused { name: report.name.clone(), reason: error.to_string() },
        };
    }
    // One report that brings the engine down must not take the others with it.
    match panic::catch_unwind(AssertUnwindSafe(|| rapporteur::read(reader, &report.as_source()))) {
        Ok(record) if record.document.text.trim().is_empty() => {
            Arrival::Refused { name: report.name.clone(), reason: "no text to read in it".into() }
        }
        Ok(record) => Arrival::Record(Box::new(record), Some(mark)),
        Err(_) => Arrival::Refused {
            name: report.name.clone(),
            reason: "the engine stopped on this report; please report it".into(),
        },
    }
}

/// A message `name: reason` or `cannot read name: reason` of what could not be read.
fn refused(message: &str) -> Arrival {
    let message = message.strip_prefix("cannot read ").unwrap_or(message);
    let (name, reason) = message.split_once(": ").unwrap_or((message, "cannot be read"));
    Arrival::Refused { name: name.into(), reason: reason.into() }
}

/// What tells an input from others: its bytes, what is known of it, and who reads it.
fn mark(report: &Report, edition: &str) -> String {
    let mut hash = Sha256::new();
    hash.update((report.bytes.len() as u64).to_le_bytes());
    hash.update(&report.bytes);
    let about = [&report.source, &report.title, &report.published, &report.publisher];
    for words in about.map(|words| words.as_deref().unwrap_or_default()).into_iter().chain([edition]) {
        hash.update(words.as_bytes());
        hash.update([0]);
    }
    hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

/// Today in UTC.
pub fn today() -> String {
    jiff::Timestamp::now().to_string().chars().take(10).collect()
}

/// The files that paths name: a folder stands for the reports in it, a pattern for what it fits. What could not be searched is a
/// message.
fn files(paths: &[PathBuf], unread: &mut Vec<String>) -> Result<Vec<PathBuf>, CouldNot> {
    let mut files = Vec::new();
    for path in paths {
        let words = path.to_string_lossy();
        if path == Path::new("-") || path.is_file() {
            files.push(clean(path));
        } else if path.is_dir() {
            let before = (files.len(), unread.len());
            search(path, &mut files, unread);
            if (files.len(), unread.len()) == before {
                return Err(CouldNot(format!("no report in {words}; reports end in .txt, .html or .jsonl")));
            }
        } else if words.contains(['*', '?', '[']) {
            let fits = glob::glob(&words).map_err(|error| CouldNot(format!("{words} is no pattern: {error}")))?;
            let mut fits: Vec<PathBuf> = fits.filter_map(Result::ok).filter(|path| path.is_file()).collect();
            if fits.is_empty() {
                return Err(CouldNot(format!("nothing fits {words}")));
            }
            fits.sort();
            files.extend(fits.iter().map(|path| clean(path)));
        } else {
            return Err(CouldNot(format!("cannot read {words}: no such file or folder; check the name")));
        }
    }
    Ok(files)
}

/// The reports of a folder and those in it, by name. A link to a folder is not followed, since it may lead back here.
fn search(folder: &Path, files: &mut Vec<PathBuf>, unread: &mut Vec<String>) {
    let inside = std::fs::read_dir(folder).and_then(|inside| inside.collect::<Result<Vec<_>, _>>());
    let mut inside = match inside {
        Ok(inside) => inside,
        Err(error) => return unread.push(format!("cannot read {}: {error}", clean(folder).display())),
    };
    inside.sort_by_key(std::fs::DirEntry::path);
    for entry in inside {
        let path = entry.path();
        let name = path.to_string_lossy().to_lowercase();
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            search(&path, files, unread);
        } else if !path.is_dir() && KINDS.iter().any(|kind| name.ends_with(&format!(".{kind}"))) {
            files.push(clean(&path));
        }
    }
}

/// A path without `./` in it, so that one file has one name.
fn clean(path: &Path) -> PathBuf {
    path.components().filter(|part| !matches!(part, std::path::Component::CurDir)).collect()
}

/// A bar with rate and remaining time on a terminal; nothing elsewhere.
fn bar(input: &Input) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let count = |path: &PathBuf| -> u64 {
        if path != Path::new("-") && reports::is_lines(path) {
            reports::Lines::new(path).map_or(0, |lines| lines.count() as u64)
        } else {
            1
        }
    };
    let bar = ProgressBar::new(input.files.iter().map(count).sum());
    let look = "{bar:30} {pos} of {len} reports, {per_sec}, {eta} left {msg}";
    bar.set_style(ProgressStyle::with_template(look).unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar
}
