//! The papers, held against the house: documents, sources and the program in, whether the ones tell the truth of the others.
//!
//! A document rots where nobody checks it. ARCHITECTURE.md lists the rooms in reading order and walks a story through them,
//! README.md shows what the program prints; all are claims that a program can test.
//!
//! **Invariant:** nothing here knows a room or a line of output that a document does not name.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The rooms in the order of the document.
fn rooms() -> Vec<String> {
    let page = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("the document is there");
    let lines = page.lines().skip_while(|line| *line != "```rooms").skip(1).take_while(|line| *line != "```");
    lines.filter_map(|line| Some(line.split_whitespace().next()?.to_owned())).collect()
}

/// The source of a room: its file, or all files of its folder.
fn source(room: &str) -> String {
    let engine = root().join("crates/engine/src");
    let Ok(folder) = fs::read_dir(engine.join(room)) else {
        return fs::read_to_string(engine.join(format!("{room}.rs"))).expect("a room has a source");
    };
    folder.map(|file| fs::read_to_string(file.expect("a file").path()).expect("a source is text")).collect()
}

/// The other rooms that a source names after `crate::`.
fn used(source: &str) -> BTreeSet<&str> {
    let names = source.split("crate::").skip(1);
    names.filter_map(|rest| rest.split(|c: char| !c.is_ascii_lowercase() && c != '_').next()).collect()
}

#[test]
fn the_document_names_every_room() {
    let library = fs::read_to_string(root().join("crates/engine/src/lib.rs")).expect("the engine is there");
    let modules: BTreeSet<&str> =
        library.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    let rooms = rooms();
    assert_eq!(rooms.iter().map(String::as_str).collect::<BTreeSet<_>>(), modules);
}

#[test]
fn a_room_uses_none_below_it() {
    let rooms = rooms();
    for (at, room) in rooms.iter().enumerate() {
        let source = source(room);
        let used = used(&source);
        let below: Vec<&String> = rooms[at + 1..].iter().filter(|below| used.contains(below.as_str())).collect();
        assert!(below.is_empty(), "{room} uses {below:?}, which come after it");
    }
    assert!(used(&source("events")).contains("triggers"), "rooms use each other by name");
}

/// Runs the command at the root, insists that it ends well, and gives what it prints.
fn run(arguments: &[&str]) -> String {
    let command = Command::new(env!("CARGO_BIN_EXE_rapporteur")).args(arguments).current_dir(root()).output();
    let output = command.expect("it starts");
    let printed = String::from_utf8(output.stdout).expect("the command writes UTF-8");
    assert_eq!(output.status.code(), Some(0), "{arguments:?}\n{printed}");
    printed
}

#[test]
fn the_walk_is_what_the_program_reads() {
    run(&["spec", "ARCHITECTURE.md"]);
}

#[test]
fn the_first_page_shows_what_the_program_prints() {
    let page = fs::read_to_string(root().join("README.md")).expect("the document is there");
    let mut shown = page.lines().skip_while(|line| *line != "```console").skip(1).take_while(|line| *line != "```");
    let command = shown.next().and_then(|line| line.strip_prefix("$ rapporteur ")).expect("the command stands first");
    let printed = run(&command.split(' ').collect::<Vec<_>>());
    let mut rest = printed.lines();
    for line in shown.filter(|line| !line.is_empty() && line.trim() != "...") {
        assert!(rest.any(|printed| printed == line), "README.md shows {line:?}, which is not next in\n{printed}");
    }
}
