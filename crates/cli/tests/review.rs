//! Review: decisions through a pipe and from a file, what becomes of them when a report is read again, and what they teach.

mod common;

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use common::run;
use serde_json::{Value, json};

const ONE: &str = "LIMA, Feb. 4 (Lima Post) — Artillery fire hit the market of Huaquillas on Monday and killed nine people, the mayor said.\n\n\
    Peru’s foreign minister, Inés Salas, met the president of Ecuador, Marco Vela, in Lima on Tuesday. The two spoke for an hour.\n\n\
    Salas said that Peru accepts the 30-day ceasefire. “Peru will send 40 trucks of food to Huaquillas before 1 April,” she promised.\n";
const TWO: &str = "QUITO, Feb. 5 (Quito Post) — President Marco Vela of Ecuador met Peru’s foreign minister, Inés Salas, in Lima on Tuesday.\n\n\
    Vela told reporters that Ecuador rejects the 30-day ceasefire. Ecuador plans to send troops to the border next week, he said.\n";

/// A ledger of the records of two reports, which are also there as lines.
fn ledger() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let reports = [
        json!({"id": "one", "text": ONE, "published": "2026-02-04", "publisher": "Lima Post"}),
        json!({"id": "two", "text": TWO, "published": "2026-02-05", "publisher": "Quito Post"}),
    ];
    let lines: String = reports.iter().map(|report| format!("{report}\n")).collect();
    fs::write(folder.path().join("reports.jsonl"), lines).unwrap();
    let (records, _) = run(folder.path(), &["read", "reports.jsonl", "--format", "jsonl"], 0);
    fs::write(folder.path().join("records.jsonl"), records).unwrap();
    run(folder.path(), &["ingest", "records.jsonl", "--ledger", "l"], 0);
    folder
}

fn entries(folder: &Path) -> Vec<Value> {
    let (out, _) = run(folder, &["export", "--ledger", "l", "--format", "jsonl"], 0);
    out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The key of the first entry of a kind whose words have these in them.
fn key(folder: &Path, kind: &str, words: &str) -> String {
    let all = entries(folder);
    let fits = |entry: &&Value| entry["kind"] == kind && entry["words"].as_str().unwrap().contains(words);
    all.iter().find(fits).unwrap_or_else(|| panic!("{kind} “{words}” in {all:#?}"))["key"].as_str().unwrap().to_owned()
}

fn entry(folder: &Path, key: &str) -> Option<Value> {
    entries(folder).into_iter().find(|entry| entry["key"] == key)
}

/// Applies decisions, and gives what was said of them.
fn apply(folder: &Path, decisions: &[Value], status: i32) -> (String, String) {
    let lines: String = decisions.iter().map(|decision| format!("{decision}\n")).collect();
    fs::write(folder.join("corrections.jsonl"), lines).unwrap();
    run(folder, &["review", "--ledger", "l", "--apply", "corrections.jsonl"], status)
}

fn decision(verb: &str, subject: &str, value: Value, reason: &str) -> Value {
    json!({"verb": verb, "subject": subject, "value": value, "reviewer": "ana", "reason": reason, "day": "2026-02-06"})
}

fn audit(folder: &Path) -> Vec<Value> {
    let (out, _) = run(folder, &["review", "--ledger", "l", "--list", "--format", "json"], 0);
    serde_json::from_str(&out).unwrap()
}

/// Reads the reports again by another edition, whose records are the old ones after `change`.
fn read_again(folder: &Path, change: impl Fn(&mut Value)) {
    let records = fs::read_to_string(folder.join("records.jsonl")).unwrap();
    let mut again = String::new();
    for line in records.lines() {
        let mut record: Value = serde_json::from_str(line).unwrap();
        record["edition"]["engine"] = json!("rapporteur 9.9.9");
        change(&mut record);
        again += &format!("{record}\n");
    }
    fs::write(folder.join("again.jsonl"), again).unwrap();
    let (told, _) = run(folder, &["ingest", "again.jsonl", "--ledger", "l"], 0);
    assert!(told.contains("2 read again"), "{told}");
}

/// Gives the events of a record ids in the reverse order.
fn turn_round(record: &mut Value) {
    let events = record["events"].as_array_mut().unwrap();
    let count = events.len();
    let ids: Vec<(String, String)> =
        (1..=count).map(|n| (format!("\"e{n}\""), format!("\"e{}\"", count + 1 - n))).collect();
    let mut json = record.to_string();
    for (old, _) in &ids {
        json = json.replace(old, &old.replace("\"e", "\"@"));
    }
    for (old, new) in &ids {
        json = json.replace(&old.replace("\"e", "\"@"), new);
    }
    *record = serde_json::from_str(&json).unwrap();
}

#[test]
fn a_person_decides_line_by_line() {
    let folder = ledger();
    let count = entries(folder.path()).len();
    let mut child = Command::new(env!("CARGO_BIN_EXE_rapporteur"))
        .args(["review", "--ledger", "l", "--reviewer", "ana", "--source", "Lima"])
        .current_dir(folder.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let answers = "s\nc\nstatus=gone\nstatus=planned\n\n\nit is only planned\nr\nnot in the text\nwhat\ns\nq\n";
    child.stdin.take().unwrap().write_all(answers.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let told = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{told}");
    assert!(told.contains("[[Artillery fire") && told.contains("rule "), "{told}");
    assert!(told.contains("not taken: unknown variant"), "{told}");
    assert!(told.contains("2 decided, 2 skipped"), "{told}");
    assert_eq!(entries(folder.path()).len(), count - 1);
    let hit = entry(folder.path(), &key(folder.path(), "ASSAULT", "Artillery fire hit")).unwrap();
    assert_eq!((&hit["what"]["status"], &hit["decided"]["verb"]), (&json!("planned"), &json!("correct")));
    let (view, _) = run(folder.path(), &["timeline", "--ledger", "l", "--format", "csv"], 0);
    assert!(view.lines().next().unwrap().contains("decided") && view.contains("corrected by ana"), "{view}");
    // nobody in particular decides nothing
    let mut bare = Command::new(env!("CARGO_BIN_EXE_rapporteur"));
    let bare = bare.args(["review", "--ledger", "l"]).current_dir(folder.path()).env_remove("USER").output().unwrap();
    assert_eq!(bare.status.code(), Some(2));
}

#[test]
fn what_the_ledger_cannot_take_is_refused_and_the_rest_is_taken_once() {
    let folder = ledger();
    let shelled = key(folder.path(), "ASSAULT", "Artillery fire hit");
    let good = [
        decision("correct", &shelled, json!({"type": "ASSAULT", "mode": "missile", "actors": ["Peru"]}), "it says so"),
        decision("accept", &key(folder.path(), "CONSULT", "met the president"), Value::Null, "read"),
    ];
    let mut all = good.to_vec();
    let report = shelled.split(':').next().unwrap().to_owned();
    all.extend([
        decision("accept", "0000000000000000:e1", Value::Null, "x"),
        decision("accept", &format!("{report}:e99"), Value::Null, "x"),
        decision("correct", &shelled, json!({"status": "exploded"}), "x"),
        decision("correct", &shelled, json!({"mode": "phone"}), "x"),
        decision("correct", &shelled, json!({"colour": "red"}), "x"),
        decision("correct", &shelled, json!({"actors": ["Nobody at all"]}), "x"),
        decision("reject", &shelled, Value::Null, " "),
        decision("praise", &shelled, Value::Null, "x"),
        decision("merge", &shelled, json!("government:PER"), "x"),
        json!({"verb": "reject"}),
    ]);
    let (told, refused) = apply(folder.path(), &all, 1);
    assert_eq!(told, "2 new, 0 known, 10 refused\n", "{refused}");
    assert_eq!(refused.lines().count(), 10, "{refused}");
    assert!(refused.contains("corrections.jsonl:3: no report 0000000000000000"), "{refused}");
    let taken = entry(folder.path(), &shelled).unwrap();
    assert_eq!((&taken["what"]["mode"], &taken["what"]["actors"]), (&json!("missile"), &json!(["government:PER"])));
    assert_eq!(apply(folder.path(), &good, 0).0, "0 new, 2 known, 0 refused\n");
    assert_eq!(audit(folder.path()).len(), 2);
}

#[test]
fn a_decision_survives_another_reading_or_is_orphaned() {
    let folder = ledger();
    let (shelled, met) =
        (key(folder.path(), "ASSAULT", "Artillery fire hit"), key(folder.path(), "CONSULT", "met the president"));
    let decisions = [
        decision("correct", &shelled, json!({"status": "failed"}), "it missed"),
        decision("reject", &met, Value::Null, "no meeting"),
    ];
    apply(folder.path(), &decisions, 0);
    read_again(folder.path(), turn_round);
    let now = key(folder.path(), "ASSAULT", "Artillery fire hit");
    assert_ne!(now, shelled, "the ids have shifted");
    assert_eq!(entry(folder.path(), &now).unwrap()["what"]["status"], "failed");
    let lima = |entry: &Value| entry["outlet"] == "Lima Post" && entry["kind"] == "CONSULT";
    assert!(!entries(folder.path()).iter().any(lima), "what was rejected stays rejected");
    assert!(audit(folder.path()).iter().all(|row| row["state"] == "stands"));
    // the same file again is still nothing new, though its keys now name other entries
    assert_eq!(apply(folder.path(), &decisions, 0).0, "0 new, 2 known, 0 refused\n");

    let folder = ledger();
    apply(folder.path(), &decisions, 0);
    read_again(folder.path(), |record| {
        record["events"].as_array_mut().unwrap().retain(|event| event["type"] != "ASSAULT");
        record["doubts"] = json!([]);
    });
    let states: Vec<Value> = audit(folder.path()).into_iter().map(|row| row["state"].clone()).collect();
    assert_eq!(states, ["orphaned", "stands"]);
}

#[test]
fn what_is_one_is_split_and_merged_and_back_again() {
    let folder = ledger();
    let path = folder.path();
    let (lima, quito) = (key(path, "CONSULT", "met the president"), key(path, "CONSULT", "met Peru"));
    let shared = |key: &str| entry(path, key).unwrap()["shared"].clone();
    assert_eq!(shared(&lima), shared(&quito), "two accounts of one meeting");
    apply(path, &[decision("split", &quito, Value::Null, "another day")], 0);
    assert_ne!(shared(&lima), shared(&quito));
    apply(path, &[decision("merge", &quito, json!(lima), "the same day after all")], 0);
    assert_eq!(shared(&lima), shared(&quito));
    apply(path, &[decision("split", &lima, Value::Null, "the first one stands alone")], 0);
    apply(path, &[decision("split", &quito, Value::Null, "back to the rules")], 0);
    assert_ne!(shared(&lima), shared(&quito));
    apply(path, &[decision("merge", &lima, json!(lima), "as it was")], 0);
    assert_eq!(shared(&lima), shared(&quito));

    // actors: a key of the ledger into another, and back
    let names = || run(path, &["actors", "--ledger", "l", "--format", "csv"], 0).0;
    assert!(names().contains("person:marco-vela") || names().contains("Marco Vela"));
    let vela = entries(path)
        .iter()
        .flat_map(|entry| entry["names"].as_object().unwrap().clone())
        .find(|(_, name)| name == "Marco Vela")
        .unwrap()
        .0;
    let holds = |key: &str| entries(path).iter().any(|entry| entry["names"].as_object().unwrap().contains_key(key));
    apply(path, &[decision("merge", &vela, json!("government:ECU"), "speaks for it")], 0);
    assert!(!holds(&vela) && holds("government:ECU"));
    apply(path, &[decision("split", &vela, Value::Null, "he is a man")], 0);
    assert!(holds(&vela));
    // proposals
    let position = key(path, "rejects", "30-day ceasefire");
    let proposal = entry(path, &position).unwrap()["what"]["proposal"].as_str().unwrap().to_owned();
    let records = fs::read_to_string(path.join("records.jsonl")).unwrap();
    let record: Value = serde_json::from_str(records.lines().nth(1).unwrap()).unwrap();
    let id = record["positions"][0]["proposal"].as_str().unwrap();
    let own = format!("{}:{id}", position.split(':').next().unwrap());
    apply(path, &[decision("split", &own, Value::Null, "another truce")], 0);
    assert_eq!(entry(path, &position).unwrap()["what"]["proposal"], own);
    apply(path, &[decision("merge", &own, json!(own), "as it was")], 0);
    assert_eq!(entry(path, &position).unwrap()["what"]["proposal"], proposal);
    let states: Vec<Value> = audit(path).into_iter().map(|row| row["state"].clone()).collect();
    assert!(!states.contains(&json!("orphaned")), "{states:?}");
}

#[test]
fn what_was_reviewed_teaches() {
    let folder = ledger();
    let shelled = key(folder.path(), "ASSAULT", "Artillery fire hit");
    let met = key(folder.path(), "CONSULT", "met the president");
    apply(
        folder.path(),
        &[
            decision("correct", &shelled, json!({"mode": "missile", "recipients": "Peru"}), "x"),
            decision("reject", &met, Value::Null, "x"),
        ],
        0,
    );
    let (out, _) = run(folder.path(), &["export", "--ledger", "l", "--training"], 0);
    let lines: Vec<Value> = out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let [line] = lines.as_slice() else { panic!("one report was reviewed: {out}") };
    assert_eq!((&line["format"], line.get("text")), (&json!("annotation/1"), None));
    let events = line["events"].as_array().unwrap();
    let event = events.iter().find(|event| event["type"] == "ASSAULT").unwrap();
    assert_eq!((&event["mode"], &event["optional"]), (&json!("missile"), &json!(false)));
    assert_eq!(event["recipients"].as_array().unwrap().len(), 1, "{event}");
    assert!(events.iter().all(|event| event["type"] != "CONSULT"), "what was rejected is no example");
    assert!(line["statements"].as_array().unwrap().iter().all(|statement| statement["optional"] == true));
    let at: Vec<usize> = event["trigger"].as_array().unwrap().iter().map(|n| n.as_u64().unwrap() as usize).collect();
    let words = &entry(folder.path(), &shelled).unwrap()["what"]["trigger"]["words"];
    assert_eq!(ONE.chars().skip(at[0]).take(at[1] - at[0]).collect::<String>(), *words);
    let (out, _) = run(folder.path(), &["export", "--ledger", "l", "--training", "--with-text"], 0);
    assert!(serde_json::from_str::<Value>(&out).unwrap()["text"].as_str().unwrap().trim() == ONE.trim());
}
