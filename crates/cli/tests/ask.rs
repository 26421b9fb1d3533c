//! Asking, as a user asks: reports of our own into a ledger, a question on the command line, an answer with its sentences out.
//!
//! **Invariant:** what no report tells is answered “not stated”, whatever words the question has.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

mod common;
use common::run;

/// A ledger of a few reports of our own, in a folder that goes with the test.
fn ledger() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let report = |id: &str, day: &str, text: &str| {
        json!({"id": id, "published": day, "publisher": id, "text": text}).to_string()
    };
    let reports = [
        report(
            "Coast Wire",
            "2026-05-04",
            "Foreign Minister Ilse Brandt met the Kenyan envoy, Daniel Otieno, in Nairobi on Monday.\n\n\
             Brandt said that 40 soldiers had been killed in the ambush near Garissa.\n\n\
             “We did not order the ambush,” said Colonel Yusuf Adan.",
        ),
        report(
            "Lake Post",
            "2026-05-06",
            "Otieno denied that he had met Brandt in Nairobi.\n\nTanzania on Wednesday rejected the 20-day ceasefire proposed by Kenya.",
        ),
    ];
    fs::write(folder.path().join("reports.jsonl"), reports.join("\n")).expect("the folder can be written");
    run(folder.path(), &["ingest", "reports.jsonl", "--ledger", "a.ledger"], 0);
    folder
}

fn ask(folder: &Path, question: &str, more: &[&str]) -> Value {
    let arguments = [&["ask", question, "--ledger", "a.ledger", "--format", "json"], more].concat();
    let (answer, _) = run(folder, &arguments, 0);
    serde_json::from_str(&answer).expect("an answer is JSON")
}

fn cited(answer: &Value) -> Vec<&str> {
    let entries = answer["entries"].as_array().expect("entries");
    entries.iter().filter_map(|entry| entry["sentence"]["words"].as_str()).collect()
}

#[test]
fn what_a_report_tells_is_stated_with_its_sentence() {
    let folder = ledger();
    let answer = ask(folder.path(), "Who proposed the 20-day ceasefire?", &[]);
    assert_eq!(answer["verdict"], "stated", "{answer:#}");
    assert!(cited(&answer)[0].contains("proposed by Kenya"), "{answer:#}");
    assert_eq!(answer["entries"][0]["outlet"], "Lake Post");
    assert_eq!(answer["entries"][0]["day"], "2026-05-06");
    let shown = answer["query"]["shown"].as_str().unwrap_or_default();
    assert!(shown.starts_with("who · ") && shown.contains("ceasefire"), "{shown}");
}

#[test]
fn what_only_one_says_is_claimed_by_them() {
    let folder = ledger();
    let answer = ask(folder.path(), "How many soldiers were killed in the ambush?", &[]);
    assert_eq!(answer["verdict"], "claimed", "{answer:#}");
    assert_eq!(answer["claimed_by"], json!(["Ilse Brandt"]), "{answer:#}");
}

#[test]
fn what_one_says_and_another_denies_is_disputed_and_not_before_it_is_denied() {
    let folder = ledger();
    let question = "Did Brandt meet Otieno in Nairobi?";
    assert_eq!(ask(folder.path(), question, &[])["verdict"], "disputed");
    assert_eq!(ask(folder.path(), question, &["--as-of", "2026-05-05"])["verdict"], "stated");
    let answer = ask(folder.path(), question, &["--as-of", "2026-05-01"]);
    assert_eq!(answer["verdict"], "not stated");
    assert!(cited(&answer).is_empty());
}

#[test]
fn what_no_report_tells_is_not_stated() {
    let folder = ledger();
    for question in [
        "How many civilians were killed in the ambush?",
        "What did Brandt say about the ceasefire?",
        "When was the ceasefire signed?",
        "Who ordered the arrest of Otieno?",
        // nobody of this name
        "What did Ximena Paz tell Brandt?",
        // no question
        "banana umbrella telescope",
        "?!",
        "\" OR words MATCH '*",
    ] {
        let answer = ask(folder.path(), question, &[]);
        assert_eq!(answer["verdict"], "not stated", "{answer:#}");
    }
}

#[test]
fn an_empty_ledger_and_a_long_question_are_no_trouble() {
    let folder = ledger();
    let long = "Who met Brandt and ".repeat(2000);
    assert!(ask(folder.path(), &long, &[])["verdict"].is_string());
    fs::write(folder.path().join("none.jsonl"), "").expect("the folder can be written");
    run(folder.path(), &["ingest", "none.jsonl", "--ledger", "empty.ledger"], 0);
    let (page, _) = run(folder.path(), &["ask", "Who met Brandt?", "--ledger", "empty.ledger"], 0);
    assert!(page.contains("Not stated."), "{page}");
    run(folder.path(), &["ask", " ", "--ledger", "a.ledger"], 2);
    run(folder.path(), &["ask", "Who met Brandt?", "--ledger", "missing.ledger"], 2);
}

#[test]
fn a_page_shows_the_query_the_verdict_and_the_sentence() {
    let folder = ledger();
    let question = ["ask", "Where did Brandt meet Otieno?", "--ledger", "a.ledger", "--as-of", "2026-05-05"];
    let (page, _) = run(folder.path(), &question, 0);
    assert!(page.starts_with("where · CONSULT (meet)"), "{page}");
    assert!(
        page.contains("\nStated.\n")
            && page.contains("in Nairobi on Monday")
            && page.contains("Coast Wire, 2026-05-04"),
        "{page}"
    );
    assert_eq!(run(folder.path(), &question, 0).0, page);
}
