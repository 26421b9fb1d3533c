//! Laws: what holds for every report, whatever its bytes. The examples and broken inputs in; exit status and records out.
//!
//! Truth is the specs' affair and whole records are the goldens'; a law only says what may never be otherwise: the command
//! ends as it says it does, a record verifies, and the same bytes give the same bytes.
//!
//! **Invariant:** no law depends on what the model was taught.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

mod common;
use common::run;

fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples")
}

/// The reports among the examples, by name, in order.
fn reports() -> Vec<String> {
    let files = fs::read_dir(examples()).expect("the examples are there");
    let mut names: Vec<String> =
        files.map(|file| file.expect("a file").file_name().to_string_lossy().into_owned()).collect();
    names.retain(|name| name != "README.md" && examples().join(name).is_file());
    names.sort();
    assert!(names.len() >= 10, "{names:?}");
    names
}

/// Every record of the output, by the line it stands on.
fn records(lines: &str) -> Vec<Value> {
    lines.lines().map(|line| serde_json::from_str(line).expect("a line is a record")).collect()
}

/// Reads one file of these bytes, alone, and gives its record, which verifies.
fn read(name: &str, bytes: &[u8]) -> Value {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join(name), bytes).expect("the folder can be written");
    let (record, said) = run(folder.path(), &["read", name, "--format", "json"], 0);
    assert_eq!(said, "", "{name}");
    fs::write(folder.path().join("record.json"), &record).expect("the folder can be written");
    run(folder.path(), &["verify", "record.json"], 0);
    serde_json::from_str(&record).expect("a record is JSON")
}

fn doubts(record: &Value) -> BTreeSet<&str> {
    record["doubts"].as_array().expect("doubts").iter().filter_map(|doubt| doubt["code"].as_str()).collect()
}

fn text(record: &Value) -> &str {
    record["document"]["text"].as_str().expect("a text")
}

#[test]
fn an_example_reads_into_a_record_that_verifies() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in reports() {
        let dated = name.get(..10).filter(|date| date.starts_with("20"));
        let file = examples().join(&name).display().to_string();
        let mut arguments = vec!["read", &file, "--format", "jsonl"];
        arguments.extend(dated.iter().flat_map(|date| ["--published", *date]));
        let (lines, said) = run(folder.path(), &arguments, 0);
        assert_eq!(said, "", "{name}");
        for record in records(&lines) {
            let published = record["document"]["published"].as_str().expect("every example has a date");
            assert!(dated.is_none_or(|date| date == published), "{name}: {published}");
        }
        let kept = folder.path().join("records.jsonl");
        fs::write(&kept, lines).expect("the folder can be written");
        assert!(run(folder.path(), &["verify", "records.jsonl"], 0).0.ends_with(", 0 failures\n"), "{name}");
    }
}

#[test]
fn the_same_bytes_give_the_same_record_in_any_order_and_any_number_of_threads() {
    let folder = examples();
    let names = reports();
    let read = |names: Vec<&str>, threads: &str| {
        let arguments = [&["read", "--format", "jsonl", "--threads", threads][..], &names].concat();
        run(&folder, &arguments, 0).0
    };
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let forwards = read(names.clone(), "1");
    assert!(forwards.lines().count() >= names.len());
    assert_eq!(read(names.clone(), "2"), forwards);
    let backwards = read(names.iter().rev().copied().collect(), "2");
    assert_ne!(backwards, forwards, "records stand in the order of the input");
    let lines = |words: &str| words.lines().map(str::to_owned).collect::<BTreeSet<String>>();
    assert_eq!(lines(&backwards), lines(&forwards));
}

#[test]
fn every_code_in_a_record_is_explained() {
    fn codes(value: &Value, into: &mut BTreeSet<String>) {
        match value {
            Value::Array(items) => items.iter().for_each(|item| codes(item, into)),
            Value::Object(fields) => {
                for (name, value) in fields {
                    match value.as_str() {
                        Some(code) if name == "rule" => _ = into.insert(code.into()),
                        _ => codes(value, into),
                    }
                }
            }
            _ => {}
        }
    }
    let names = reports();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let (lines, _) = run(&examples(), &[&["read", "--format", "jsonl"][..], &names].concat(), 0);
    let mut used = BTreeSet::new();
    for record in records(&lines) {
        codes(&record, &mut used);
        used.extend(doubts(&record).into_iter().map(str::to_owned));
    }
    assert!(used.len() > 5, "{used:?}");
    for code in used {
        assert!(!run(&examples(), &["explain", &code], 0).0.trim().is_empty(), "{code}");
    }
}

#[test]
fn the_schema_is_json_and_names_what_a_record_has() {
    let (schema, _) = run(&examples(), &["schema"], 0);
    let schema: Value = serde_json::from_str(&schema).expect("the schema is JSON");
    let record = read("report.txt", b"The envoy said that the border stays open.\n");
    for field in record.as_object().expect("a record is an object").keys() {
        assert!(schema["properties"].get(field).is_some(), "{field}");
    }
}

#[test]
fn an_encoding_is_undone_or_said_to_be_doubtful() {
    const REPORT: &str = "The envoy said that “the border stays open”.\n";
    let utf16: Vec<u8> = "\u{feff}".encode_utf16().chain(REPORT.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let backwards: Vec<u8> = utf16.chunks(2).flat_map(|pair| [pair[1], pair[0]]).collect();
    for bytes in [REPORT.as_bytes(), &utf16, &backwards] {
        assert_eq!(text(&read("report.txt", bytes)), REPORT);
    }
    let windows = b"The envoy said that \x93the border stays open\x94.\n";
    let record = read("report.txt", windows);
    assert_eq!(text(&record), REPORT);
    assert!(doubts(&record).contains("guessed-encoding"));
    // what is valid in no encoding is read all the same
    let record = read("report.txt", b"The envoy \xff\xc0\x81 said that the border stays open.\n");
    assert!(text(&record).ends_with("said that the border stays open.\n"));
    assert!(!doubts(&record).is_disjoint(&["guessed-encoding", "undecodable-bytes"].into()));
}

#[test]
fn what_is_no_report_yields_a_doubt_and_no_entry() {
    let bytes: Vec<u8> = (0..=255).cycle().take(1 << 14).collect();
    for (name, bytes, code) in
        [("empty.txt", &b""[..], "empty"), ("empty.html", b"", "empty"), ("x.bin", &bytes, "not-text")]
    {
        let record = read(name, bytes);
        assert!(doubts(&record).contains(code), "{name}: {:?}", doubts(&record));
        for kind in ["actors", "statements", "events", "positions", "pledges"] {
            assert_eq!(record[kind], json!([]), "{name}: {kind}");
        }
    }
}

#[test]
fn a_report_without_a_date_has_none() {
    let record = read("report.txt", b"The envoy said on Monday that the border stays open.\n");
    assert_eq!(record["document"]["published"], Value::Null);
    assert_eq!(record["document"]["published_basis"], "unknown");
    assert!(doubts(&record).contains("no-publication-date"));
}

#[test]
fn broken_markup_is_read_as_far_as_it_goes() {
    let unclosed = "<html><body><article><p>The envoy said that the border stays open.<p>Officials <b>declined <i>to comment.</body";
    let record = read("unclosed.html", unclosed.as_bytes());
    assert!(text(&record).contains("The envoy said that the border stays open.\n"), "{}", text(&record));
    assert!(text(&record).contains("Officials declined to comment."), "{}", text(&record));
    let deep = "<div>".repeat(10_000) + "The envoy said that the border stays open.";
    let record = read("deep.html", deep.as_bytes());
    assert!(text(&record).contains("the border stays open") || doubts(&record).contains("cut-short"));
}

#[test]
fn a_line_may_be_long() {
    let word = "a".repeat(1 << 20);
    assert!(text(&read("word.txt", word.as_bytes())).len() <= word.len());
    let page = format!("<p>{}</p>", "&lt;".repeat(1 << 16));
    assert!(text(&read("marks.html", page.as_bytes())).len() <= page.len());
    let prose = "The envoy said that the border stays open. ".repeat(100);
    assert!(text(&read("prose.txt", prose.as_bytes())).starts_with("The envoy said"));
}

#[test]
fn what_could_not_be_read_ends_with_one_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let (out, said) = run(folder, &["read", "missing.txt", "--format", "json"], 2);
    assert_eq!(out, "");
    assert!(said.starts_with("rapporteur: cannot read missing.txt") && said.contains("check the name"), "{said}");

    let lines = "{\"id\": \"a\", \"text\": \"The envoy left.\"}\n\n[1]\n{\"text\": 3}\n{\"id\": \"b\", \"html\": \"<p>The envoy came.</p>\"}";
    fs::write(folder.join("lines.jsonl"), lines).expect("the folder can be written");
    let (out, said) = run(folder, &["read", "lines.jsonl", "--format", "jsonl"], 1);
    let sources: Vec<Value> = records(&out).iter().map(|record| record["document"]["source"].clone()).collect();
    assert_eq!(sources, ["a", "b"]);
    let places: Vec<&str> = said.lines().map(|line| line.split(": ").nth(1).unwrap_or_default()).collect();
    assert_eq!(places, ["lines.jsonl:3", "lines.jsonl:4"], "{said}");
}

/// Numbers that look like chance and are the same in every run (xorshift).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit.max(1) as u64) as usize
    }
}

/// Small inputs that nobody would write: noise, marks in disorder, and the examples cut, spliced and dirtied.
fn oddities() -> Vec<(String, Vec<u8>)> {
    const MARKS: [&str; 24] = [
        "“", "”", "\"", "'", "‘", "’", ".", "...", ", ", "\n\n", " said ", " — ", "-", "$", "%", "1,000", "30-day",
        " U.S. ", "é", "\u{301}", "\u{200d}", "<p>", "&#x0;", "Moscow",
    ];
    let originals: Vec<Vec<u8>> =
        reports().iter().map(|name| fs::read(examples().join(name)).expect("an example")).collect();
    let mut numbers = Numbers(0x5eed_0f1a_3aa7);
    let mut odd = Vec::new();
    for turn in 0..60 {
        let original = &originals[turn % originals.len()];
        let bytes = match turn % 5 {
            0 => (0..200).map(|_| numbers.below(256) as u8).collect(),
            1 => (0..80).map(|_| MARKS[numbers.below(MARKS.len())]).collect::<String>().into_bytes(),
            2 => original[..numbers.below(original.len())].to_vec(),
            3 => {
                let begin = numbers.below(original.len());
                let end = begin + numbers.below(original.len() - begin);
                [&original[begin..end], &original[..begin]].concat()
            }
            _ => {
                let mut bytes = original.clone();
                (0..20).for_each(|_| {
                    let at = numbers.below(bytes.len());
                    bytes[at] = numbers.below(256) as u8;
                });
                bytes
            }
        };
        odd.push((format!("{turn:02}.{}", ["txt", "html", "report"][turn % 3]), bytes));
    }
    odd
}

#[test]
fn no_bytes_stop_the_engine() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let odd = oddities();
    for (name, bytes) in &odd {
        fs::write(folder.join(name), bytes).expect("the folder can be written");
    }
    let names: Vec<&str> = odd.iter().map(|(name, _)| name.as_str()).collect();
    let (lines, said) = run(folder, &[&["read", "--format", "jsonl"][..], &names].concat(), 0);
    assert_eq!(said, "");
    let read: Vec<Value> = records(&lines).iter().map(|record| record["document"]["source"].clone()).collect();
    assert_eq!(read, names);
    fs::write(folder.join("records.jsonl"), &lines).expect("the folder can be written");
    assert_eq!(run(folder, &["verify", "records.jsonl"], 0).0, "60 records, 0 failures\n");
    run(folder, &[&["parse"][..], &names].concat(), 0);
}
