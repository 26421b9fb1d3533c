//! Specs: Markdown and a reader in, the claims that do not hold out.
//!
//! A spec is a page for people that a program can check: a heading names the case, a `report` fence holds a short text, a
//! `record` fence claims what a careful reader would find in it. `specs/README.md` is the grammar.
//!
//! **Invariant:** this crate does not read reports; the reader is handed in, so a claim never depends on how it works.
#![forbid(unsafe_code)]
#![warn(missing_docs)]

mod claims;
mod compare;
mod entries;
mod markdown;

use std::fmt;
use std::io;
use std::ops::AddAssign;
use std::path::{Path, PathBuf};

use rapporteur_record::Record;

/// The report of a case, and what its fence says about it.
pub struct Report<'a> {
    /// The text.
    pub text: &'a str,
    /// The publication date.
    pub published: Option<&'a str>,
    /// The title, where it is not in the text.
    pub title: Option<&'a str>,
}

/// A claim that does not hold, or a line that is no claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The file, as it was named.
    pub file: String,
    /// The line of the claim, from 1.
    pub line: usize,
    /// What was expected, and what the record has nearest.
    pub message: String,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.message)
    }
}

/// How many cases held, failed, and are marked `not yet`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Cases all of whose claims hold.
    pub held: usize,
    /// Cases that fail, or that hold although they are marked `not yet`.
    pub failed: usize,
    /// Cases marked `not yet` that do not hold yet.
    pub not_yet: usize,
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.held += other.held;
        self.failed += other.failed;
        self.not_yet += other.not_yet;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} held, {} failed, {} not yet", self.held, self.failed, self.not_yet)
    }
}

/// What came of running a spec.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Every claim that does not hold, in the order of the page.
    pub failures: Vec<Failure>,
    /// The cases, counted.
    pub tally: Tally,
}

/// Runs the cases of a page of Markdown; `file` names it in the failures.
pub fn run(file: &str, markdown: &str, read: &dyn Fn(&Report) -> Record) -> Outcome {
    let mut outcome = Outcome::default();
    let page = markdown::cases(markdown);
    let mut faults = page.faults;
    outcome.tally.failed += faults.len();
    for case in &page.cases {
        let mut found = Vec::new();
        match claims::parse(&case.claims) {
            Ok(claims) => {
                let record = read(&case.report());
                let unsound = record.verify();
                found.extend(
                    unsound.iter().map(|failure| (case.line, format!("the record does not verify: {failure}"))),
                );
                found.extend(compare::compare(case.line, &claims, &entries::entries(&record)));
            }
            // What is no claim is wrong, whatever mark stands above it.
            Err(unread) => {
                outcome.tally.failed += 1;
                faults.extend(unread);
                continue;
            }
        }
        match (case.not_yet, found.is_empty()) {
            (None, true) => outcome.tally.held += 1,
            (None, false) => {
                outcome.tally.failed += 1;
                faults.extend(found.into_iter().map(|(line, message)| (line, format!("{}: {message}", case.name))));
            }
            (Some(_), false) => outcome.tally.not_yet += 1,
            (Some(line), true) => {
                outcome.tally.failed += 1;
                faults.push((line, format!("{}: holds now; take the mark `not yet` away", case.name)));
            }
        }
    }
    faults.sort();
    let failure = |(line, message)| Failure { file: file.to_owned(), line, message };
    outcome.failures = faults.into_iter().map(failure).collect();
    outcome
}

/// The specs among these paths: files as they are, of folders every `.md` below but `README.md`, in order of their names.
pub fn find(paths: &[PathBuf]) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for path in paths {
        if path.is_dir() { folder(path, &mut found)? } else { found.push(path.clone()) }
    }
    Ok(found)
}

fn folder(path: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    let mut below: Vec<PathBuf> = path.read_dir()?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    below.sort();
    for path in below {
        if path.is_dir() {
            folder(&path, found)?;
        } else if path.extension().is_some_and(|extension| extension == "md") && !path.ends_with("README.md") {
            found.push(path);
        }
    }
    Ok(())
}
