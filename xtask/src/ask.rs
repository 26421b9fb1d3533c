//! Questions: a key of questions in, how many a ledger answers as the key says out.
//!
//! Reports are put into a new ledger, every question is asked of it, and what is cited is compared with what the key names: never prose.
//! A question that the reports do not answer is right if it is answered “not stated”; any other if one of the first two sentences cited
//! is one of the key's and the verdict is not “not stated” (which it may be where the reports conflict). The stricter figure also wants the
//! verdict of the key.
//!
//! **Invariant:** nothing of a key goes into a ledger.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::repository::{SKIPPED, files, output, read, root, shared};

/// How many of the sentences cited are looked at.
const FIRST: usize = 2;

/// The day on which reports without a date count as received.
const RECEIVED: &str = "2026-04-20";

/// The founding report, in the shared data, and the day it was published.
const FOUNDING: (&str, &str) = ("gold/dev/seed.txt", "2025-03-14");

/// A question with what an honest answer cites.
struct Key {
    id: String,
    question: String,
    /// `answer`, `attributed`, `conflict` or `not_stated`.
    sort: String,
    /// A report (part of its name) and words that stand in it.
    cites: Vec<(String, String)>,
}

/// Asks the founding questions, where the shared data is there, and our own: measure to value.
pub fn measure(rapporteur: &Path, scratch: &Path) -> Result<BTreeMap<String, f64>, String> {
    let mut measures = BTreeMap::new();
    match shared() {
        Some(shared) => {
            let ledger = begin(scratch, "ask-founding")?;
            ingest(rapporteur, &ledger, &[shared.join(FOUNDING.0)], Some(FOUNDING.1))?;
            let keys = founding(&read(&shared.join("gold/seed.qa.json"))?, rapporteur, &shared.join(FOUNDING.0))?;
            score("founding", &keys, rapporteur, &ledger, &mut measures)?;
        }
        None => println!("ask, the founding questions: {SKIPPED}"),
    }
    let ledger = begin(scratch, "ask-own")?;
    for file in files(&root().join("examples"), &["txt"]) {
        // the day is in the name
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        ingest(rapporteur, &ledger, &[file], name.get(..10))?;
    }
    for folder in ["examples", "examples/talks"] {
        ingest(rapporteur, &ledger, &files(&root().join(folder), &["html", "jsonl"]), None)?;
    }
    let keys = own(&read(&root().join("evals/questions.json"))?)?;
    score("own", &keys, rapporteur, &ledger, &mut measures)?;
    Ok(measures)
}

/// A file for a new ledger.
pub fn begin(scratch: &Path, name: &str) -> Result<PathBuf, String> {
    let ledger = scratch.join(format!("{name}.ledger"));
    for ending in ["ledger", "ledger-wal", "ledger-shm"] {
        let old = ledger.with_extension(ending);
        if old.exists() {
            std::fs::remove_file(&old).map_err(|error| format!("cannot remove {}: {error}", old.display()))?;
        }
    }
    Ok(ledger)
}

fn ingest(rapporteur: &Path, ledger: &Path, reports: &[PathBuf], published: Option<&str>) -> Result<(), String> {
    let mut command = Command::new(rapporteur);
    command.arg("ingest").args(reports).arg("--ledger").arg(ledger).args(["--received", RECEIVED]);
    if let Some(published) = published {
        command.args(["--published", published]);
    }
    output(&mut command).map(drop)
}

fn items(json: &str) -> Result<Vec<Value>, String> {
    serde_json::from_str(json).map_err(|error| format!("a key that is no JSON: {error}"))
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// The key of our own questions: reports and words.
fn own(json: &str) -> Result<Vec<Key>, String> {
    let keys = items(json)?.into_iter().map(|item| Key {
        id: text(&item["id"]),
        question: text(&item["question"]),
        sort: text(&item["type"]),
        cites: item["cites"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|cite| (text(&cite["report"]), text(&cite["words"])))
            .collect(),
    });
    Ok(keys.collect())
}

/// The key of the founding questions: numbers of sentences, of which the headline is the first.
fn founding(json: &str, rapporteur: &Path, report: &Path) -> Result<Vec<Key>, String> {
    let record =
        output(Command::new(rapporteur).args(["read", "--format", "jsonl", "--published", FOUNDING.1]).arg(report))?;
    let record: Value = serde_json::from_str(&record).map_err(|error| format!("a record that is no JSON: {error}"))?;
    let letters: Vec<char> = text(&record["document"]["text"]).chars().collect();
    let at = |value: &Value| value.as_u64().and_then(|at| usize::try_from(at).ok()).unwrap_or(0);
    let sentences: Vec<String> = record["sentences"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|sentence| {
            letters.get(at(&sentence["at"][0])..at(&sentence["at"][1])).unwrap_or_default().iter().collect()
        })
        .collect();
    let keys = items(json)?.into_iter().map(|item| {
        let numbers = item["sents"].as_array().into_iter().flatten();
        let numbers = numbers.filter_map(|number| text(number).strip_prefix('S')?.parse::<usize>().ok());
        let cites = numbers.filter_map(|number| Some((String::new(), sentences.get(number)?.clone()))).collect();
        Key { id: text(&item["id"]), question: text(&item["question"]), sort: text(&item["type"]), cites }
    });
    Ok(keys.collect())
}

/// Asks every question of a key and counts; prints what is not right.
fn score(
    name: &str,
    keys: &[Key],
    rapporteur: &Path,
    ledger: &Path,
    measures: &mut BTreeMap<String, f64>,
) -> Result<(), String> {
    let (mut right, mut strict, mut unstated, mut unstated_right) = (0, 0, 0, 0);
    for key in keys {
        let answer =
            output(Command::new(rapporteur).args(["ask", &key.question, "--format", "json", "--ledger"]).arg(ledger))?;
        let answer: Value = serde_json::from_str(&answer).map_err(|error| format!("{}: {error}", key.id))?;
        let (holds, verdict) = judge(key, &answer);
        right += usize::from(holds);
        strict += usize::from(holds && verdict);
        if key.sort == "not_stated" {
            unstated += 1;
            unstated_right += usize::from(holds);
        }
        if !holds {
            println!(
                "  {} {}: {} ({})",
                key.id,
                key.question,
                text(&answer["verdict"]),
                text(&answer["query"]["shown"])
            );
        }
    }
    println!(
        "  {name}: {right} of {} right, {strict} with the verdict; not stated: {unstated_right} of {unstated}",
        keys.len()
    );
    let share = |count: usize, of: usize| if of == 0 { 1.0 } else { count as f64 / of as f64 };
    measures.insert(format!("{name}_right"), share(right, keys.len()));
    measures.insert(format!("{name}_with_verdict"), share(strict, keys.len()));
    measures.insert(format!("{name}_not_stated"), share(unstated_right, unstated));
    Ok(())
}

/// Whether an answer is right, and whether its verdict is that of the key.
fn judge(key: &Key, answer: &Value) -> (bool, bool) {
    let verdict = answer["verdict"].as_str().unwrap_or_default();
    if key.sort == "not_stated" {
        return (verdict == "not stated", verdict == "not stated");
    }
    let entries = answer["entries"].as_array().into_iter().flatten().take(FIRST);
    let cited = entries.map(|entry| &entry["sentence"]).any(|sentence| {
        let (words, source) = (text(&sentence["words"]), text(&sentence["source"]));
        let source = source.rsplit('/').next().unwrap_or_default();
        key.cites.iter().any(|(report, told)| {
            (report.is_empty() || report == source) && (words.contains(told.as_str()) || told.contains(words.trim()))
        })
    });
    let wanted: &[&str] = match key.sort.as_str() {
        "attributed" => &["claimed"],
        "conflict" => &["disputed"],
        _ => &["stated", "claimed"],
    };
    (cited && (verdict != "not stated" || key.sort == "conflict"), wanted.contains(&verdict))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn key(sort: &str) -> Key {
        Key {
            id: "1".into(),
            question: "Who met?".into(),
            sort: sort.into(),
            cites: vec![("wire".into(), "They met".into())],
        }
    }

    fn answer(verdict: &str, source: &str) -> Value {
        json!({"verdict": verdict, "entries": [{"sentence": {"source": source, "words": "They met on Monday."}}]})
    }

    #[test]
    fn an_answer_is_right_by_what_it_cites() {
        assert_eq!(judge(&key("answer"), &answer("stated", "reports/wire")), (true, true));
        assert_eq!(judge(&key("attributed"), &answer("stated", "wire")), (true, false));
        assert_eq!(judge(&key("answer"), &answer("stated", "post")), (false, true));
        assert_eq!(judge(&key("answer"), &answer("not stated", "wire")), (false, false));
        assert_eq!(judge(&key("conflict"), &answer("not stated", "wire")), (true, false));
        assert_eq!(judge(&key("not_stated"), &answer("not stated", "wire")), (true, true));
        assert_eq!(judge(&key("not_stated"), &answer("stated", "wire")), (false, false));
    }
}
