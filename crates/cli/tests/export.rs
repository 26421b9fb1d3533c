//! The ways out: small invented reports in a ledger, every format held to its shape, whatever the reports say.

mod common;

use std::fs;
use std::path::Path;

use common::run;
use serde_json::{Value, json};

const MET: &str = "LIMA, Feb. 4 (Lima Post) — Artillery fire hit the market of Huaquillas on Monday and killed nine people, the mayor said.\n\n\
    Peru’s foreign minister, Inés Salas, met the president of Ecuador, Marco Vela, in Lima on Tuesday. The two spoke for an hour.\n\n\
    Salas said that Peru accepts the 30-day ceasefire. “Peru will send 40 trucks of food to Huaquillas before 1 April,” she promised.\n";
const AGAIN: &str = "QUITO, Feb. 5 (Quito Post) — President Marco Vela of Ecuador met Peru’s foreign minister, Inés Salas, in Lima on Tuesday.\n\n\
    Vela told reporters that Ecuador rejects the 30-day ceasefire. Ecuador plans to send troops to the border next week, he said.\n";

/// A ledger of two reports, one of them by somebody who wishes spreadsheets ill.
fn ledger() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let hostile = "=SUM(A1)\t\"Post\"\n+1";
    let reports = [
        json!({"id": "one", "text": MET, "published": "2026-02-04", "publisher": hostile, "title": "-1\t=cmd\r\n\"x\""}),
        json!({"id": "https://a.example/two words", "text": AGAIN, "published": "2026-02-05", "publisher": "@Quito Post"}),
    ];
    let lines: String = reports.iter().map(|report| format!("{report}\n")).collect();
    fs::write(folder.path().join("reports.jsonl"), lines).unwrap();
    run(folder.path(), &["ingest", "reports.jsonl", "--ledger", "l"], 0);
    folder
}

fn export(folder: &Path, more: &[&str]) -> String {
    run(folder, &[&["export", "--ledger", "l", "--format"], more].concat(), 0).0
}

#[test]
fn json_lines_hold_every_entry_and_are_the_same_each_time() {
    let folder = ledger();
    let out = export(folder.path(), &["jsonl"]);
    let lines: Vec<Value> = out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(lines.iter().any(|line| line["layer"] == "statement") && lines.iter().any(|line| line["layer"] == "event"));
    for line in &lines {
        assert!(line["outlet"].is_string() && line["published"].is_string() && line["words"] != "", "{line}");
    }
    let met = lines.iter().find(|line| line["kind"] == "CONSULT").unwrap();
    assert!(met["names"].as_object().unwrap().values().any(|name| name == "Inés Salas"), "{met}");
    assert_eq!(out, export(folder.path(), &["jsonl"]));
    // what was not known yet is not there
    let before = export(folder.path(), &["jsonl", "--as-of", "2026-02-04"]);
    assert!(!before.is_empty() && before.lines().count() < lines.len());
    let (one, _) = run(folder.path(), &["export", "--ledger", "l", "--format", "jsonl", "--source", "Quito"], 0);
    assert!(one.lines().all(|line| line.contains("@Quito Post")));
}

#[test]
fn event_tables_have_their_columns_whatever_a_report_says() {
    let folder = ledger();
    for (format, columns, header) in [("gdelt", 61, 0), ("polecat", 40, 1)] {
        let out = export(folder.path(), &[format]);
        assert!(out.lines().count() > header, "{out}");
        for line in out.lines() {
            let cells: Vec<&str> = line.split('\t').collect();
            assert_eq!(cells.len(), columns, "{line}");
            assert!(!line.contains('"'), "{line}");
            let acts = |cell: &&&str| {
                cell.starts_with(['=', '+', '@']) || cell.starts_with('-') && cell.parse::<f64>().is_err()
            };
            assert_eq!(cells.iter().find(acts), None);
        }
    }
    let gdelt = export(folder.path(), &["gdelt"]);
    let met = gdelt.lines().find(|line| line.contains("Inés Salas") && line.contains("Marco Vela")).unwrap();
    let cells: Vec<&str> = met.split('\t').collect();
    assert_eq!((cells[1], cells[26], cells[29]), ("20260203", "040", "1"), "{met}");
    assert_eq!(cells[34], "", "no tone is made up");
    // troops that are planned are no row
    let (_, told) = run(folder.path(), &["export", "--ledger", "l", "--format", "gdelt"], 0);
    assert!(told.contains("left out"), "{told}");
    for line in export(folder.path(), &["plover"]).lines() {
        let event: Value = serde_json::from_str(line).unwrap();
        assert!(event["event"].is_string() && event["eventText"].is_string() && event["id"].is_string());
    }
}

#[test]
fn a_table_a_layer() {
    let folder = ledger();
    for layer in ["statements", "events", "positions", "pledges"] {
        let out = export(folder.path(), &["csv", "--layer", layer]);
        let header = out.lines().next().unwrap();
        assert!(header.starts_with("key,report,outlet,") && header.ends_with("start,end,words"), "{header}");
        assert!(!out.contains(",=SUM") && !out.contains(",\"=SUM") && !out.contains(",@Quito"), "{out}");
        run(
            folder.path(),
            &["export", "--ledger", "l", "--format", "parquet", "--layer", layer, "--out", "t.parquet"],
            0,
        );
        let file = fs::read(folder.path().join("t.parquet")).unwrap();
        assert!(file.starts_with(b"PAR1") && file.ends_with(b"PAR1"));
    }
    assert!(export(folder.path(), &["csv", "--layer", "events"]).contains("\"'=SUM(A1)"));
    // nothing half-written lies about
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().ends_with(".part")), "{left:?}");
}

#[test]
fn annotations_and_entities_name_what_is_there() {
    let folder = ledger();
    let document: Value = serde_json::from_str(&export(folder.path(), &["annotations"])).unwrap();
    let items = document["first"]["items"].as_array().unwrap();
    assert_eq!(document["total"], items.len());
    let texts = [MET, AGAIN];
    for item in items {
        let target = if item["target"].is_array() { &item["target"][0] } else { &item["target"] };
        let (place, quote) = (&target["selector"][0], &target["selector"][1]);
        let at = |field: &str| place[field].as_u64().unwrap() as usize;
        let slice = |text: &str| text.chars().skip(at("start")).take(at("end") - at("start")).collect::<String>();
        assert!(texts.iter().any(|text| slice(text) == quote["exact"]), "{item}");
        let source = target["source"].as_str().unwrap();
        assert!(source == "https://a.example/two%20words" || source.starts_with("urn:rapporteur:report:"), "{source}");
        assert!(["Statement", "Event", "Position", "Pledge"].iter().any(|kind| item["body"][0]["type"] == **kind));
    }
    let entities: Vec<Value> =
        export(folder.path(), &["ftm"]).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let ids: Vec<&str> = entities.iter().map(|entity| entity["id"].as_str().unwrap()).collect();
    for schema in ["Article", "Person", "Event", "Note"] {
        assert!(entities.iter().any(|entity| entity["schema"] == schema), "{schema}");
    }
    for entity in &entities {
        for link in ["proof", "involved", "entity"] {
            for id in entity["properties"][link].as_array().into_iter().flatten() {
                assert!(ids.contains(&id.as_str().unwrap()), "{entity}");
            }
        }
    }
    let mut once = ids.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), ids.len());
}

#[test]
fn what_does_not_go_together_is_refused() {
    let folder = ledger();
    for (more, hint) in [
        (&["--format", "csv"][..], "--layer"),
        (&["--format", "jsonl", "--layer", "events"], "--layer"),
        (&["--format", "jsonl", "--out", "no/such/folder/x"], "cannot write"),
    ] {
        let (_, told) = run(folder.path(), &[&["export", "--ledger", "l"], more].concat(), 2);
        assert!(told.contains(hint), "{told}");
    }
    run(folder.path(), &["export", "--ledger", "none", "--format", "jsonl"], 2);
}
