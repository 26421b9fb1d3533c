//! The command as a person meets it: what it prints, where, and how it ends.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use flate2::Compression;
use flate2::write::GzEncoder;

fn rapporteur(folder: &Path, arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_rapporteur"))
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // A command that ends before it has read its input closes the pipe, which is its right.
    let _ = stdin.write_all(input);
    drop(stdin);
    child.wait_with_output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// Runs the command, insists on its exit status, and gives standard output and standard error.
fn run(folder: &Path, arguments: &[&str], input: &[u8], status: i32) -> (String, String) {
    let output = rapporteur(folder, arguments, input);
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    assert_eq!(output.status.code(), Some(status), "{arguments:?}\n{out}\n{err}");
    (out, err)
}

const REPORT: &str =
    "The minister told reporters on Monday that “the border stays open”.\n\nOfficials declined to comment.\n";

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), REPORT).unwrap();
    fs::write(folder.path().join("b.html"), format!("<html><body><article><p>{REPORT}</p></article></body></html>"))
        .unwrap();
    let mut lines = String::new();
    for number in 0..12 {
        let line = serde_json::json!({"id": format!("r{number}"), "text": format!("Report {number}. {REPORT}"), "published": "2025-03-14"});
        lines += &format!("{line}\n");
    }
    fs::write(folder.path().join("many.jsonl"), &lines).unwrap();
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(lines.as_bytes()).unwrap();
    fs::write(folder.path().join("many.jsonl.gz"), packed.finish().unwrap()).unwrap();
    folder
}

#[test]
fn a_record_is_written_and_verifies() {
    let folder = folder();
    let folder = folder.path();
    let (record, _) = run(folder, &["read", "a.txt", "--published", "2025-03-14", "--format", "json"], b"", 0);
    let value: serde_json::Value = serde_json::from_str(&record).unwrap();
    assert_eq!(value["document"]["source"], "a.txt");
    assert_eq!(value["document"]["published"], "2025-03-14");
    fs::write(folder.join("record.json"), &record).unwrap();
    assert_eq!(run(folder, &["verify", "record.json"], b"", 0).0, "1 record, 0 failures\n");

    let broken = record.replacen("The minister", "The governor", 1);
    let (said, _) = run(folder, &["verify", "-"], broken.as_bytes(), 1);
    assert!(said.contains("document.id"), "{said}");
}

#[test]
fn lines_give_a_record_each_in_order_for_any_number_of_threads() {
    let folder = folder();
    let folder = folder.path();
    let (one, _) = run(folder, &["read", "many.jsonl", "--format", "jsonl", "--threads", "1"], b"", 0);
    let (three, _) = run(folder, &["read", "many.jsonl.gz", "--format", "jsonl", "--threads", "3"], b"", 0);
    assert_eq!(one, three);
    let sources: Vec<String> = one
        .lines()
        .map(|line| {
            serde_json::from_str::<serde_json::Value>(line).unwrap()["document"]["source"].as_str().unwrap().into()
        })
        .collect();
    assert_eq!(sources, (0..12).map(|number| format!("r{number}")).collect::<Vec<_>>());
    let piped = fs::read(folder.join("many.jsonl")).unwrap();
    assert_eq!(run(folder, &["read", "-", "--format", "jsonl"], &piped, 0).0, one);
    assert_eq!(run(folder, &["verify", "-"], one.as_bytes(), 0).0, "12 records, 0 failures\n");
}

#[test]
fn a_page_is_plain_where_nobody_sees_colours() {
    let folder = folder();
    let (page, _) = run(folder.path(), &["read", "a.txt", "--title", "A \u{1b}[31mborder"], b"", 0);
    assert!(page.starts_with("A [31mborder\na.txt\n"), "{page}");
    assert!(!page.contains('\u{1b}'), "{page}");
}

#[test]
fn what_cannot_be_read_is_said_and_the_rest_is_read() {
    let folder = folder();
    let folder = folder.path();
    let (out, err) = run(folder, &["read", "missing.txt", "a.txt", "--format", "jsonl"], b"", 1);
    assert_eq!(out.lines().count(), 1);
    assert!(err.starts_with("rapporteur: cannot read missing.txt:"), "{err}");
    let (out, err) =
        run(folder, &["read", "-", "--format", "jsonl"], b"{\"id\": 1, \"text\": \"Hello.\"}\n{\"id\": 2}\n{x\n", 1);
    assert_eq!(out.lines().count(), 1);
    assert!(err.contains("-:2: a report needs") && err.contains("-:3: not a report"), "{err}");
    for arguments in [
        &["read", "missing.txt"][..],
        &["read", "."],
        &["read", "a.txt", "--published", "yesterday"],
        &["read", "a.txt", "b.html", "--format", "json"],
        &["read", "a.txt", "b.html", "--source", "both"],
        &["read", "a.txt", "--threads", "0"],
        &["verify", "missing.json"],
        &["spec", "missing.md"],
        &["explain", "no-such-code"],
        &["narrate"],
    ] {
        let (out, err) = run(folder, arguments, b"", 2);
        assert!(out.is_empty() && !err.is_empty(), "{arguments:?}\n{out}\n{err}");
    }
}

#[test]
fn no_bytes_bring_it_down() {
    let folder = folder();
    for bytes in [&b""[..], b"\xff\xfe\x00", b"\x1f\x8b\x08", &[0; 4096], "\u{feff}\r\n\u{2028}“".as_bytes()] {
        fs::write(folder.path().join("odd.txt"), bytes).unwrap();
        let status = rapporteur(folder.path(), &["read", "odd.txt", "--format", "json"], b"").status.code();
        assert!(matches!(status, Some(0 | 2)), "{bytes:?}: {status:?}");
    }
}

#[test]
fn a_spec_says_which_claim_does_not_hold() {
    let folder = folder();
    let spec = "# Nothing\n\n```report\nThe sky was grey.\n```\n\n```record\nnothing\n```\n";
    fs::write(folder.path().join("holds.md"), spec).unwrap();
    assert_eq!(run(folder.path(), &["spec", "holds.md"], b"", 0).0, "1 held, 0 failed, 0 not yet\n");
    fs::write(folder.path().join("fails.md"), spec.replace("nothing\n", "event\n  type ASSAULT\n")).unwrap();
    let (out, _) = run(folder.path(), &["spec", "fails.md"], b"", 1);
    assert!(out.starts_with("fails.md:8: Nothing: no event with type \"ASSAULT\""), "{out}");
}

#[test]
fn the_rest_prints() {
    let folder = folder();
    let folder = folder.path();
    let (codes, _) = run(folder, &["explain"], b"", 0);
    for code in codes.lines() {
        assert!(!run(folder, &["explain", code], b"", 0).0.trim().is_empty(), "{code}");
    }
    assert!(!codes.is_empty());
    assert!(run(folder, &["schema"], b"", 0).0.contains("https://json-schema.org/draft/2020-12/schema"));
    assert!(run(folder, &["completions", "bash"], b"", 0).0.contains("rapporteur"));
    assert!(!run(folder, &["parse", "a.txt"], b"", 0).0.is_empty());
    for command in ["read", "parse", "verify", "spec", "explain", "schema", "completions"] {
        let (help, _) = run(folder, &[command, "--help"], b"", 0);
        assert!(help.contains(&format!("Example:\n  rapporteur {command}")), "{help}");
    }
}
