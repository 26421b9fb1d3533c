//! Speed: words a second at one and two threads, the time from start to the first record, and the memory of it.
//!
//! Measured on the released program with official press releases, wall clock, on whatever machine this is; compare only
//! numbers of one machine.
//!
//! **Invariant:** no number is kept; a number in a document is written by a person, with the machine beside it.

use std::fs::File;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::repository::{Ended, SKIPPED, output, released, scratch, shared, unpack, write};

/// How many reports are read for the throughput.
const REPORTS: usize = 1_000;

/// How often the program is started for the time to the first record; the least counts.
const STARTS: usize = 5;

/// Measures and prints.
pub fn bench() -> Ended {
    let bulk = shared().map(|shared| shared.join("data/bulk/state_dept_press_releases.jsonl.gz"));
    let Some(bulk) = bulk.filter(|bulk| bulk.exists()) else {
        println!("{SKIPPED}");
        return Ok(true);
    };
    let rapporteur = released()?;
    let scratch = scratch("bench")?;
    let text = unpack(&bulk)?;
    let lines: Vec<&str> = text.lines().take(REPORTS).collect();
    let words: usize = lines.iter().map(|line| words(line)).sum();
    let reports = scratch.join("reports.jsonl");
    write(&reports, &(lines.join("\n") + "\n"))?;

    println!("{} reports, {words} words", lines.len());
    let mut made = Vec::new();
    for threads in [1, 2] {
        let records = scratch.join(format!("records.{threads}.jsonl"));
        let file = File::create(&records).map_err(|error| format!("cannot write {}: {error}", records.display()))?;
        let mut command = Command::new(&rapporteur);
        command.args(["read", "--format", "jsonl", "--threads", &threads.to_string()]).arg(&reports).stdout(file);
        let took = timed(&mut command)?;
        println!(
            "{threads} thread(s): {:>9.0} words/s ({:.1} s)",
            words as f64 / took.as_secs_f64(),
            took.as_secs_f64()
        );
        made.push(std::fs::read(&records).map_err(|error| format!("cannot read {}: {error}", records.display()))?);
    }
    let same = made.windows(2).all(|pair| pair[0] == pair[1]);
    println!("the records are {}", if same { "the same for both" } else { "NOT THE SAME" });

    let one = scratch.join("one.jsonl");
    write(&one, lines.first().copied().unwrap_or_default())?;
    let mut least = Duration::MAX;
    for _ in 0..STARTS {
        let mut command = Command::new(&rapporteur);
        command.args(["read", "--format", "jsonl", "--threads", "1"]).arg(&one).stdout(Stdio::null());
        least = least.min(timed(&mut command)?);
    }
    println!("one report of {} words from start to end: {} ms", words_of(&lines), least.as_millis());
    println!("peak memory of it: {} MiB", peak(&rapporteur, &one)? / 1024);
    Ok(same)
}

fn words_of(lines: &[&str]) -> usize {
    lines.first().map_or(0, |line| words(line))
}

/// The words of the text of a report, counted at white space.
fn words(line: &str) -> usize {
    let report: Value = serde_json::from_str(line).unwrap_or_default();
    report["text"].as_str().map_or(0, |text| text.split_whitespace().count())
}

fn timed(command: &mut Command) -> Result<Duration, String> {
    let start = Instant::now();
    let ended = command.stdin(Stdio::null()).status().map_err(|error| format!("cannot run rapporteur: {error}"))?;
    if ended.success() { Ok(start.elapsed()) } else { Err(format!("rapporteur ended with {ended}")) }
}

/// The most memory that reading these reports took, in KiB, as the system counted it for the finished process.
fn peak(rapporteur: &Path, reports: &Path) -> Result<u64, String> {
    const COUNT: &str = "import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)";
    let mut command = Command::new("python3");
    command.args(["-c", COUNT]).arg(rapporteur).args(["read", "--format", "jsonl", "--threads", "1"]).arg(reports);
    output(&mut command)?.trim().parse().map_err(|_| "no count of memory".into())
}
