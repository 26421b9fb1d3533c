//! Books of one's own: tables and dictionaries in; exit status, complaints and the codes of actors out.
//!
//! The dictionaries in `books/` are of our own making, in the format of the PETRARCH coders.
//!
//! **Invariant:** a fault in a user's book is said with file and line, and no report is read with half a book.

use std::fs;
use std::path::Path;

use serde_json::Value;

mod common;
use common::run;

fn dictionaries() -> (String, String) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/books");
    let name = |file: &str| folder.join(file).display().to_string();
    (name("third-age.actors.txt"), name("third-age.agents.txt"))
}

/// The code that the record of a text gives an actor, read with a book on a day.
fn code(book: &str, published: &str, text: &str, actor: &str) -> Option<String> {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("book.tsv"), book).expect("it can be written");
    fs::write(folder.path().join("report.txt"), text).expect("it can be written");
    let (record, said) = run(
        folder.path(),
        &["read", "report.txt", "--books", "book.tsv", "--published", published, "--format", "json"],
        0,
    );
    assert_eq!(said, "");
    let record: Value = serde_json::from_str(&record).expect("a record is JSON");
    assert!(record["edition"]["books"]["actors:book.tsv"].is_string(), "the edition does not name the book");
    let actors = record["actors"].as_array().expect("actors");
    let found = actors.iter().find(|one| one["name"] == actor).unwrap_or_else(|| panic!("no {actor} in {actors:#?}"));
    found["code"].as_str().map(str::to_owned)
}

#[test]
fn a_dictionary_becomes_a_book_and_the_book_gives_codes() {
    let (actors, agents) = dictionaries();
    let (book, complaints) = run(Path::new("."), &["books", "import", &actors, &agents], 0);
    assert_eq!(complaints, "");
    assert!(book.contains("\nGondor\tGondorian|Minas Tirith\tstate\tGON\tGON\t\t\t\n"), "{book}");
    let text = "Gondor said the truce was dead. “Mordor shelled Osgiliath,” Sam Gamgee told reporters.";
    assert_eq!(code(&book, "2012-12-24", text, "Gondor").as_deref(), Some("GON"));
    assert_eq!(code(&book, "2012-12-24", text, "Sam Gamgee").as_deref(), Some("HOBGOV"));
    assert_eq!(code(&book, "2010-06-01", text, "Sam Gamgee").as_deref(), Some("HOBMIL"));
    assert_eq!(code(&book, "2000-01-01", text, "Sam Gamgee").as_deref(), Some("HOB"));
}

#[test]
fn a_users_row_goes_before_the_built_in_books() {
    let text = "The European Union said the deal was signed.";
    assert_eq!(code("name\taliases\tcode\n", "2024-01-01", text, "European Union").as_deref(), Some("IGOEEC"));
    let book = "name\tkind\tcode\nEuropean Union\torganisation\tMINE\n";
    assert_eq!(code(book, "2024-01-01", text, "European Union").as_deref(), Some("MINE"));
}

#[test]
fn a_fault_is_said_with_file_and_line() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("report.txt"), "Gondor said no.").expect("it can be written");
    for (book, complaint) in [
        ("name\tkind\nGondor\tkingdom\n", "rapporteur: mine.tsv, line 2: kind cannot be \"kingdom\"\n"),
        (
            "name\tkind\tcountry\nGondor\tstate\tGN\n",
            "rapporteur: mine.tsv, line 2: country is no code of three capitals: \"GN\"\n",
        ),
        ("# of mine\n", "rapporteur: mine.tsv, line 1: no header line\n"),
    ] {
        fs::write(folder.path().join("mine.tsv"), book).expect("it can be written");
        let (records, said) = run(folder.path(), &["read", "report.txt", "--books", "mine.tsv"], 2);
        assert_eq!((records.as_str(), said.as_str()), ("", complaint));
    }
    let (_, said) = run(folder.path(), &["read", "report.txt", "--books", "none.tsv"], 2);
    assert!(said.starts_with("rapporteur: cannot read the book none.tsv: "), "{said}");
}

#[test]
fn a_dictionary_with_faults_is_converted_without_them() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("old.txt"), "+NOBODY_\nBREE_ [BRE]\nBARLIMAN_ [BREGOV 990231x]\n").expect("written");
    let (book, said) = run(folder.path(), &["books", "import", "old.txt"], 1);
    assert!(book.ends_with("\nBree\tBREE\tstate\tBRE\tBRE\t\t\t\n"), "{book}");
    assert_eq!(said.lines().count(), 2, "{said}");
    assert!(said.starts_with("rapporteur: old.txt, line 1: a synonym without a name before it"), "{said}");
    fs::write(folder.path().join("none.txt"), [0xff, 0xfe, b'[', 0, b'+', b'~']).expect("written");
    run(folder.path(), &["books", "import", "none.txt"], 2);
}
