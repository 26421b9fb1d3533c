//! A ledger of real size: the streams of news beside the checkout in; reports a second, size, memory, the time of each view out.
//!
//! The released program ingests all streams into one ledger, then one report more, then shows each view. Copies found are compared with pairs
//! that were computed by other means; pairs that lie farther apart in time than the ledger looks are counted apart.
//!
//! **Invariant:** no number is kept; a number in a document is written by a person, with the machine beside it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use rapporteur_ledger::{Ledger, Report};
use serde_json::{Value, json};

use crate::repository::{Ended, SKIPPED, output, read, released, scratch, shared, write};

const STREAMS: [&str; 4] =
    ["isaf_press_releases_labelled", "state_dept_press_releases", "news_aljazeera", "news_ukraine"];

const VIEWS: [&str; 12] = [
    "said",
    "positions",
    "moves",
    "contacts",
    "incidents",
    "pledges",
    "threats",
    "disputed",
    "timeline",
    "sources",
    "actors",
    "proposals",
];

/// The day of reports that have none: the same on every run.
const RECEIVED: &str = "2012-01-01";

/// How many days the ledger looks back for what a report copies.
const WITHIN: u32 = 14;

/// Measures and prints.
pub fn bench() -> Ended {
    let bulk = shared().map(|shared| shared.join("data/bulk"));
    let Some(bulk) = bulk.filter(|bulk| bulk.join("NEAR_DUPLICATES.json").exists()) else {
        println!("{SKIPPED}");
        return Ok(true);
    };
    let rapporteur = released()?;
    let scratch = scratch("bench-ledger")?;
    let ledger = scratch.join("bulk.ledger");
    for ending in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{ending}", ledger.display()));
    }
    let mut all = 0;
    for stream in STREAMS {
        let (took, peak) = ingest(&rapporteur, &bulk.join(format!("{stream}.jsonl.gz")), &ledger)?;
        let reports = open(&ledger)?.len();
        let (new, seconds) = (reports - all, took.as_secs_f64());
        println!(
            "{stream}: {new} reports in {seconds:.1} s, {:.1} a second, peak {} MiB",
            new as f64 / seconds,
            peak / 1024
        );
        all = reports;
    }
    let size = std::fs::metadata(&ledger).map_or(0, |file| file.len()) as f64 / f64::from(1 << 20);
    println!("{all} reports: {size:.1} MiB, {:.1} MiB per 1,000", size * 1000.0 / all as f64);

    let one = scratch.join("one.jsonl");
    let text = "Peru and Ecuador agreed to a truce on Monday. The foreign minister of Peru said that it would hold.";
    for (when, date) in [("late", "2026-01-05"), ("early", "2009-01-05")] {
        write(&one, &json!({"id": when, "text": text, "published": date}).to_string())?;
        let (took, _) = ingest(&rapporteur, &one, &ledger)?;
        println!("one {when} report more: {} ms", took.as_millis());
    }
    for view in VIEWS {
        let start = Instant::now();
        let mut command = Command::new(&rapporteur);
        command.args([view, "--format", "csv", "--ledger"]).arg(&ledger).stdin(Stdio::null()).stdout(Stdio::null());
        let ended = command.status().map_err(|error| format!("cannot run rapporteur: {error}"))?;
        println!("{view:<10} {:>5} ms{}", start.elapsed().as_millis(), if ended.success() { "" } else { " FAILED" });
    }
    copies(&bulk.join("NEAR_DUPLICATES.json"), &open(&ledger)?)?;
    Ok(true)
}

fn open(ledger: &Path) -> Result<Vec<Report>, String> {
    Ledger::open(ledger).and_then(|ledger| ledger.reports()).map_err(|error| error.to_string())
}

/// Ingests a file; how long it took, and the most memory it held, in KiB.
fn ingest(rapporteur: &Path, file: &PathBuf, ledger: &Path) -> Result<(Duration, u64), String> {
    const COUNT: &str = "import resource, subprocess, sys, time
start = time.monotonic()
ended = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode
assert ended < 2, ended
print(time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)";
    let mut command = Command::new("python3");
    command
        .args(["-c", COUNT])
        .arg(rapporteur)
        .args(["ingest", "--received", RECEIVED, "--ledger"])
        .arg(ledger)
        .arg(file);
    let printed = output(&mut command)?;
    let mut numbers = printed.split_whitespace();
    let seconds = numbers.next().and_then(|number| number.parse().ok()).ok_or("no time")?;
    let peak = numbers.next().and_then(|number| number.parse().ok()).ok_or("no count of memory")?;
    Ok((Duration::from_secs_f64(seconds), peak))
}

/// Compares the pairs of reports that have one origin with those that were computed.
fn copies(pairs: &Path, reports: &[Report]) -> Result<(), String> {
    let pairs: Value =
        serde_json::from_str(&read(pairs)?).map_err(|error| format!("pairs that are no JSON: {error}"))?;
    let by_id: BTreeMap<&str, &Report> =
        reports.iter().filter_map(|report| Some((report.source.as_deref()?, report))).collect();
    let near = |a: &Report, b: &Report| {
        let day = |report: &Report| report.known.parse::<jiff::civil::Date>();
        let days = day(a).and_then(|a| Ok(a.until(day(b)?)?.get_days().unsigned_abs()));
        days.is_ok_and(|days| days <= WITHIN)
    };
    for (stream, pairs) in pairs.as_object().into_iter().flatten() {
        let (mut gold, mut far, mut gone) = (BTreeSet::new(), 0, 0);
        let mut ids = BTreeSet::new();
        for pair in pairs.as_array().into_iter().flatten() {
            let [a, b] = [&pair["a"], &pair["b"]].map(|id| id.as_str().unwrap_or_default());
            let (Some(one), Some(two)) = (by_id.get(a), by_id.get(b)) else {
                gone += 1;
                continue;
            };
            ids.extend([a, b]);
            if near(one, two) {
                gold.insert((a.min(b), a.max(b)));
            } else {
                far += 1;
            }
        }
        let mut origins: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        let stem = ids.first().map_or("", |id| id.get(..2).unwrap_or_default());
        for (id, report) in by_id.iter().filter(|(id, _)| id.starts_with(stem)) {
            origins.entry(&report.origin).or_default().push(id);
        }
        let mut found = BTreeSet::new();
        for group in origins.values() {
            for (at, a) in group.iter().enumerate() {
                found.extend(group[at + 1..].iter().map(|b| (*a.min(b), *a.max(b))));
            }
        }
        let both = gold.intersection(&found).count();
        println!(
            "{stream}: {} pairs within {WITHIN} days, {} found, {both} of them; {far} farther apart, {gone} not in the ledger",
            gold.len(),
            found.len(),
        );
        found.difference(&gold).take(8).for_each(|(a, b)| println!("  not among the computed: {a} {b}"));
        gold.difference(&found).take(8).for_each(|(a, b)| println!("  not found: {a} {b}"));
    }
    Ok(())
}
