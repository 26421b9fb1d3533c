//! A ledger of real size: the streams of news beside the checkout in; reports a second, size, memory, the time of each view out.
//!
//! The released program ingests all streams into one ledger, then one report more, then shows each view and answers a question, a few times
//! each; these also as soon as the ledger has as many reports as it is made for. Copies found are compared with pairs that were computed by
//! other means; pairs that lie farther apart in time than the ledger looks are counted apart.
//!
//! **Invariant:** no number is kept; a number in a document is written by a person, with the machine beside it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use rapporteur_ledger::{Ledger, Report, views};
use serde_json::{Value, json};

use crate::repository::{Ended, SKIPPED, output, read, released, scratch, shared, write};

const STREAMS: [&str; 4] =
    ["isaf_press_releases_labelled", "state_dept_press_releases", "news_aljazeera", "news_ukraine"];

/// A question that many reports come near to.
const QUESTION: &str = "Who met the foreign minister of Ukraine in Kyiv, and when?";

/// How many reports a ledger is made for, how often what is asked of it is asked here, and how long that may take, in milliseconds.
const MADE_FOR: usize = 2500;
const RUNS: usize = 5;
const VIEW: f64 = 200.0;
const ASK: f64 = 500.0;

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
    let (mut all, mut most) = (0, 0.0_f64);
    for stream in STREAMS {
        let took = ingest(&rapporteur, &bulk.join(format!("{stream}.jsonl.gz")), &ledger)?;
        let reports = open(&ledger)?.len();
        let (new, seconds) = (reports - all, took.wall / 1000.0);
        println!(
            "{stream}: {new} reports in {seconds:.1} s, {:.1} a second, {:.1} s of processor, peak {:.0} MiB",
            new as f64 / seconds,
            took.processor / 1000.0,
            took.peak
        );
        if all < MADE_FOR && reports >= MADE_FOR {
            asked(&rapporteur, &ledger, reports)?;
        }
        (all, most) = (reports, most.max(took.peak));
    }
    println!("most memory of an ingestion: {most:.0} MiB");
    let size = std::fs::metadata(&ledger).map_or(0, |file| file.len()) as f64 / f64::from(1 << 20);
    println!("{all} reports: {size:.1} MiB, {:.1} MiB per 1,000", size * 1000.0 / all as f64);

    let one = scratch.join("one.jsonl");
    let text = "Peru and Ecuador agreed to a truce on Monday. The foreign minister of Peru said that it would hold.";
    for (when, date) in [("late", "2026-01-05"), ("early", "2009-01-05")] {
        write(&one, &json!({"id": when, "text": text, "published": date}).to_string())?;
        let took = ingest(&rapporteur, &one, &ledger)?;
        println!("one {when} report more: {:.0} ms, {:.0} ms of processor", took.wall, took.processor);
    }
    asked(&rapporteur, &ledger, all)?;
    copies(&bulk.join("NEAR_DUPLICATES.json"), &open(&ledger)?)?;
    Ok(true)
}

fn open(ledger: &Path) -> Result<Vec<Report>, String> {
    Ledger::open(ledger).and_then(|ledger| ledger.reports()).map_err(|error| error.to_string())
}

/// What runs of the program took: the medians in milliseconds, the most memory in MiB.
struct Took {
    wall: f64,
    processor: f64,
    peak: f64,
}

/// Runs the program so many times.
fn took(rapporteur: &Path, runs: usize, arguments: &[&str]) -> Result<Took, String> {
    const COUNT: &str = "import os, statistics, subprocess, sys, time
walls, processors, peaks = [], [], []
for run in range(int(sys.argv[1])):
    start = time.monotonic()
    child = subprocess.Popen(sys.argv[2:], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, ended, used = os.wait4(child.pid, 0)
    assert os.waitstatus_to_exitcode(ended) < 2, ended
    walls.append((time.monotonic() - start) * 1000)
    processors.append((used.ru_utime + used.ru_stime) * 1000)
    peaks.append(used.ru_maxrss / 1024)
print(statistics.median(walls), statistics.median(processors), max(peaks))";
    let mut command = Command::new("python3");
    command.args(["-c", COUNT, &runs.to_string()]).arg(rapporteur).args(arguments);
    let printed = output(&mut command)?;
    let numbers: Vec<f64> = printed.split_whitespace().filter_map(|number| number.parse().ok()).collect();
    let [wall, processor, peak] = numbers[..] else { return Err(format!("no times in {printed}")) };
    Ok(Took { wall, processor, peak })
}

/// Ingests a file.
fn ingest(rapporteur: &Path, file: &Path, ledger: &Path) -> Result<Took, String> {
    let [file, ledger] = [file, ledger].map(|path| path.display().to_string());
    took(rapporteur, 1, &["ingest", &file, "--received", RECEIVED, "--ledger", &ledger])
}

/// Shows each view of a ledger, and asks it a question.
fn asked(rapporteur: &Path, ledger: &Path, reports: usize) -> Result<(), String> {
    println!("at {reports} reports, medians of {RUNS} runs:");
    let ledger = ledger.display().to_string();
    let views = views::NAMES.map(|view| (view, vec![view, "--format", "csv", "--ledger", &ledger], VIEW));
    for (name, arguments, most) in views.into_iter().chain([("ask", vec!["ask", QUESTION, "--ledger", &ledger], ASK)]) {
        let Took { wall, processor, peak } = took(rapporteur, RUNS, &arguments)?;
        let late = if wall > most { format!(", more than {most:.0}") } else { String::new() };
        println!("  {name:<10} {wall:>5.0} ms, {processor:.0} ms of processor, peak {peak:.0} MiB{late}");
    }
    Ok(())
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
