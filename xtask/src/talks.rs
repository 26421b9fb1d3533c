//! Happenings of the worked process: which accounts tell one happening, as the README of `examples/talks` has it, in; how well the ledger puts
//! them together out.
//!
//! The key (`evals/talks.json`) names accounts by report and by the word that tells them. An account that it does not name tells a happening of its
//! own. BCubed is taken over the accounts that it names, pairs over all.
//!
//! **Invariant:** nothing of the key goes into the ledger.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::ask::begin;
use crate::repository::{output, read, root};

/// The day on which the report without a date counts as received.
const RECEIVED: &str = "2026-04-20";

/// One account of an event, as the ledger has it.
struct Account {
    report: String,
    trigger: String,
    words: String,
    /// The happening that the ledger puts it to.
    found: String,
    /// The happening that it tells.
    truth: Option<String>,
}

/// Puts the reports into a new ledger and scores its happenings: measure to value.
pub fn measure(rapporteur: &Path, scratch: &Path) -> Result<BTreeMap<String, f64>, String> {
    let ledger = begin(scratch, "talks")?;
    let ingest = ["ingest", "talks", "--received", RECEIVED, "--ledger"];
    output(Command::new(rapporteur).current_dir(root().join("examples")).args(ingest).arg(&ledger))?;
    let out = scratch.join("talks.jsonl");
    let export = ["export", "--format", "jsonl", "--ledger"];
    output(Command::new(rapporteur).args(export).arg(&ledger).arg("--out").arg(&out))?;
    let mut accounts = accounts(&read(&out)?)?;
    let key: Value = serde_json::from_str(&read(&root().join("evals/talks.json"))?)
        .map_err(|error| format!("talks.json: {error}"))?;
    let happenings = key["happenings"].as_object().ok_or("talks.json names no happenings")?;
    let named = happenings.values().filter_map(Value::as_array).map(Vec::len).sum::<usize>();
    for (happening, told) in happenings {
        for told in told.as_array().into_iter().flatten() {
            let [report, trigger, words] = [0, 1, 2].map(|at| told[at].as_str().unwrap_or_default());
            let fits = |account: &&mut Account| {
                account.report == report && account.trigger == trigger && account.words.contains(words)
            };
            for account in accounts.iter_mut().filter(fits) {
                account.truth = Some(happening.clone());
            }
        }
    }
    let read = accounts.iter().filter(|account| account.truth.is_some()).count();
    println!("talks: {read} of {named} accounts were read; {} others", accounts.len() - read);
    Ok(score(&accounts))
}

/// The events of an export.
fn accounts(lines: &str) -> Result<Vec<Account>, String> {
    let mut accounts = Vec::new();
    for line in lines.lines() {
        let entry: Value = serde_json::from_str(line).map_err(|error| format!("an export that is no JSON: {error}"))?;
        if entry["layer"] == "event" {
            let words = |value: &Value| value.as_str().map(str::to_owned).unwrap_or_default();
            accounts.push(Account {
                report: words(&entry["source"]),
                trigger: words(&entry["what"]["trigger"]["words"]),
                words: words(&entry["words"]),
                found: words(&entry["shared"]),
                truth: None,
            });
        }
    }
    Ok(accounts)
}

/// BCubed over the accounts of the key, pairs over all accounts.
fn score(accounts: &[Account]) -> BTreeMap<String, f64> {
    let truth: Vec<String> =
        accounts.iter().enumerate().map(|(at, own)| own.truth.clone().unwrap_or_else(|| format!("{at}"))).collect();
    let found: Vec<String> = accounts.iter().map(|account| account.found.clone()).collect();
    let named: Vec<usize> = (0..accounts.len()).filter(|at| accounts[*at].truth.is_some()).collect();
    let (precision, recall) = (bcubed(&found, &truth, &named), bcubed(&truth, &found, &named));
    let (ours, theirs) = (pairs(&found), pairs(&truth));
    let right = ours.intersection(&theirs).count() as f64;
    BTreeMap::from([
        ("bcubed_precision".to_owned(), precision),
        ("bcubed_recall".to_owned(), recall),
        ("bcubed_f1".to_owned(), 2.0 * precision * recall / (precision + recall)),
        ("pairs_precision".to_owned(), right / ours.len() as f64),
        ("pairs_recall".to_owned(), right / theirs.len() as f64),
    ])
}

/// For each of the named, how many of those that stand with it in the one grouping do so in the other; the mean.
fn bcubed(one: &[String], other: &[String], named: &[usize]) -> f64 {
    let share = |at: &usize| {
        let with: Vec<usize> = (0..one.len()).filter(|with| one[*with] == one[*at]).collect();
        with.iter().filter(|with| other[**with] == other[*at]).count() as f64 / with.len() as f64
    };
    named.iter().map(share).sum::<f64>() / named.len() as f64
}

/// Every two that stand together.
fn pairs(groups: &[String]) -> BTreeSet<(usize, usize)> {
    let all = (0..groups.len()).flat_map(|one| (0..one).map(move |other| (other, one)));
    all.filter(|(a, b)| groups[*a] == groups[*b]).collect()
}

#[cfg(test)]
mod tests {
    use super::{Account, score};

    #[test]
    fn what_is_put_together_wrongly_and_what_is_not_put_together() {
        let account = |found: &str, truth: Option<&str>| Account {
            report: String::new(),
            trigger: String::new(),
            words: String::new(),
            found: found.into(),
            truth: truth.map(Into::into),
        };
        let of = [account("a", Some("x")), account("a", Some("x")), account("b", Some("x")), account("b", None)];
        let measures = score(&of);
        assert_eq!(measures["pairs_precision"], 0.5);
        assert_eq!(measures["pairs_recall"], 1.0 / 3.0);
        assert!((measures["bcubed_precision"] - 2.5 / 3.0).abs() < 1e-9);
        assert!((measures["bcubed_recall"] - 5.0 / 9.0).abs() < 1e-9);
    }
}
