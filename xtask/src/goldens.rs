//! Goldens: whole records, made by the program and reviewed by a person in the diff.
//!
//! Every report in `examples/` has its record in `goldens/` under the same name. A name that begins with a date
//! (`2025-03-14-truce.txt`) was published on it. The process in `examples/talks/` has the views of its ledger in `goldens/talks/`.
//!
//! **Invariant:** a golden is written only by `--bless`, and then for every example.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use rapporteur_ledger::views;

use crate::repository::{Ended, files, output, read, released, root, scratch, write};

/// The views that are not kept: what they show stands in the others too, and they are long.
const NOT_KEPT: [&str; 2] = ["said", "actors"];

/// The day from which the report without a date counts as known, for the goldens to be the same every day.
const LAST_DAY: &str = "2026-04-20";

/// Compares every golden with the record of its example and says where they part.
pub fn compare() -> Ended {
    let made = records()?;
    let mut sound = true;
    for (path, record) in &made {
        let golden = read(path).unwrap_or_default();
        let lines = golden.lines().zip(record.lines()).enumerate().find(|(_, (golden, record))| golden != record);
        if golden != *record {
            sound = false;
            match lines {
                _ if golden.is_empty() => println!("{}: there is no golden", path.display()),
                Some((line, (golden, record))) => {
                    println!("{}:{}:\n  golden {golden}\n  record {record}", path.display(), line + 1);
                }
                None => println!("{}: one is longer than the other", path.display()),
            }
        }
    }
    for stale in stale(&made) {
        sound = false;
        println!("{}: its example is gone", stale.display());
    }
    let hint = if sound { "" } else { "; review, then cargo xtask goldens --bless" };
    println!("{} goldens compared{hint}", made.len());
    Ok(sound)
}

/// Writes the golden of every example, and takes those away whose example is gone.
pub fn bless() -> Ended {
    let made = records()?;
    for (path, record) in &made {
        write(path, record)?;
    }
    for stale in stale(&made) {
        fs::remove_file(&stale).map_err(|error| format!("cannot remove {}: {error}", stale.display()))?;
    }
    println!("{} goldens written; review them in the diff", made.len());
    Ok(true)
}

/// The record of every example, under the path of its golden.
fn records() -> Result<BTreeMap<PathBuf, String>, String> {
    let examples = files(&root().join("examples"), &["txt", "html"]);
    let rapporteur = if examples.is_empty() { PathBuf::new() } else { released()? };
    let mut records = BTreeMap::new();
    for example in examples {
        let mut command = Command::new(&rapporteur);
        command.current_dir(root().join("examples")).args(["read", "--format", "json", "--threads", "1"]);
        let name = example.file_name().unwrap_or_default();
        if let Some(date) = name.to_str().and_then(|name| name.get(..10)).filter(|date| is_date(date)) {
            command.args(["--published", date]);
        }
        let golden = root().join("goldens").join(name).with_extension("json");
        if records.insert(golden, output(command.arg(name))?).is_some() {
            return Err(format!("two examples have the name {}", example.display()));
        }
    }
    if !records.is_empty() {
        views(&rapporteur, &mut records)?;
    }
    Ok(records)
}

/// What a ledger of the worked process says, view by view, under the path of its golden.
fn views(rapporteur: &Path, made: &mut BTreeMap<PathBuf, String>) -> Result<(), String> {
    let ledger = scratch("goldens")?.join("talks.ledger");
    for part in ["", "-wal", "-shm"] {
        let mut path = ledger.clone().into_os_string();
        path.push(part);
        let _ = fs::remove_file(path);
    }
    let talks = ["ingest", "talks", "--received", LAST_DAY, "--ledger"];
    output(Command::new(rapporteur).current_dir(root().join("examples")).args(talks).arg(&ledger))?;
    for view in views::NAMES.into_iter().filter(|view| !NOT_KEPT.contains(view)) {
        let mut command = Command::new(rapporteur);
        let rows = output(command.args([view, "--format", "csv", "--ledger"]).arg(&ledger))?;
        made.insert(root().join("goldens/talks").join(view).with_extension("csv"), rows.replace("\r\n", "\n"));
    }
    Ok(())
}

fn stale(made: &BTreeMap<PathBuf, String>) -> Vec<PathBuf> {
    let goldens: &Path = &root().join("goldens");
    let all = files(goldens, &["json"]).into_iter().chain(files(&goldens.join("talks"), &["csv"]));
    all.filter(|golden| !made.contains_key(golden)).collect()
}

fn is_date(words: &str) -> bool {
    words.bytes().enumerate().all(|(at, byte)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() })
}
