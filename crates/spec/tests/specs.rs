//! Every spec of the repository, read by the engine with its books.

use std::path::PathBuf;

use rapporteur_spec::{Tally, find, run};

#[test]
fn every_spec_holds() {
    let reader = rapporteur::Reader::open(&rapporteur_books::tables(), rapporteur_books::weights())
        .expect("books and model open");
    let specs =
        find(&[PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../specs"))]).expect("the specs are there");
    assert!(!specs.is_empty(), "no spec was found");
    let mut tally = Tally::default();
    let mut failures = String::new();
    for path in &specs {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let markdown = std::fs::read_to_string(path).expect("a spec is text");
        let outcome = run(&name, &markdown, &|report| {
            rapporteur::read(
                &reader,
                &rapporteur::Source {
                    bytes: report.text.as_bytes(),
                    media: rapporteur::Media::Text,
                    source: None,
                    title: report.title,
                    published: report.published,
                    publisher: None,
                },
            )
        });
        outcome.failures.iter().for_each(|failure| failures += &format!("{failure}\n"));
        tally += outcome.tally;
    }
    assert!(tally.failed == 0, "{failures}{tally}");
}
