//! The `rapporteur` command: arguments and files in, records on standard output, messages on standard error.
//!
//! Exit status 0: done. 1: done, with something not as it should be (a report that could not be opened, a record that does
//! not verify, a spec that fails). 2: could not.
//!
//! **Invariant:** nothing about a report is decided here; the engine reads, this crate carries.
#![forbid(unsafe_code)]

mod arguments;
mod ask;
mod books;
mod export;
mod in_order;
mod ingest;
mod ledger;
mod page;
mod petrarch;
mod reports;
mod review;

use std::io::{self, BufWriter, ErrorKind, Read, Write};
use std::ops::ControlFlow;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{CommandFactory, Parser};
use rapporteur::Reader;
use rapporteur_ledger::views;
use serde_json::Value;

use arguments::{Arguments, Books, Command, Format, Input};
use reports::{Report, Reports};

/// Views make and drop many small things, which this allocator does at a fraction of the cost.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How a command ended that did what it was asked.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Done,
    Flawed,
}

/// Why a command could not do what it was asked: one line for a person.
struct CouldNot(String);

impl From<String> for CouldNot {
    fn from(message: String) -> Self {
        Self(message)
    }
}

impl From<rapporteur_ledger::Error> for CouldNot {
    fn from(error: rapporteur_ledger::Error) -> Self {
        Self(error.to_string())
    }
}

impl From<io::Error> for CouldNot {
    fn from(error: io::Error) -> Self {
        Self(format!("cannot write the output: {error}"))
    }
}

type Ended = Result<Outcome, CouldNot>;

fn main() -> ExitCode {
    let ended = match Arguments::parse().command {
        Command::Read(read) => {
            let shape = match read.format {
                Format::Text => Shape::Pages,
                Format::Json => Shape::One,
                Format::Jsonl => Shape::Many,
            };
            write_reports(&read.input, &read.own.tables, shape, |reader, report| {
                let record = rapporteur::read(reader, &report.as_source());
                match read.format {
                    Format::Text => page::page(&record),
                    Format::Json => record.to_json_pretty() + "\n",
                    Format::Jsonl => record.to_json() + "\n",
                }
            })
        }
        Command::Parse(parse) => write_reports(&parse.input, &[], Shape::Many, |reader, report| {
            rapporteur::parse(reader, &report.as_source())
        }),
        Command::Verify { files } => verify(&files),
        Command::Spec { own, files } => spec(&files, &own.tables),
        Command::Books(Books::Import { files }) => import(&files),
        Command::Ingest(asked) => ingest::ingest(&asked),
        Command::Said(view) => ledger::view(&view, &["statement"], |desk, scope| Ok(views::said(desk, scope)?.1)),
        Command::Positions(view) => {
            ledger::view(&view, &["position"], |desk, scope| Ok(views::positions(desk, scope)?.1))
        }
        Command::Moves(view) => ledger::view(&view, &["statement", "event", "position", "pledge"], |desk, scope| {
            Ok(views::moves(desk, scope)?.1)
        }),
        Command::Contacts(view) => ledger::view(&view, &["event"], |desk, scope| Ok(views::contacts(desk, scope)?.1)),
        Command::Incidents(view) => ledger::view(&view, &["event"], |desk, scope| Ok(views::incidents(desk, scope)?.1)),
        Command::Pledges(view) => ledger::view(&view, &["pledge"], |desk, scope| Ok(views::pledges(desk, scope)?.1)),
        Command::Threats(view) => {
            ledger::view(&view, &["statement", "event"], |desk, scope| Ok(views::threats(desk, scope)?.1))
        }
        Command::Disputed(view) => {
            ledger::view(&view, &["statement", "event"], |desk, scope| Ok(views::disputed(desk, scope)?.1))
        }
        Command::Timeline(view) => ledger::view(&view, &["event"], |desk, scope| Ok(views::timeline(desk, scope)?.1)),
        Command::Sources(view) => ledger::view(&view, &[], |desk, scope| Ok(views::sources(desk, scope).1)),
        Command::Actors(view) => ledger::view(&view, &[], |desk, scope| Ok(views::actors(desk, scope))),
        Command::Proposals(view) => ledger::view(&view, &[], |desk, scope| Ok(views::proposals(desk, scope))),
        Command::Dossier(asked) => ledger::dossier(&asked),
        Command::Ask(asked) => ask::ask(&asked),
        Command::Quarantine { ledger } => ledger::quarantine(&ledger),
        Command::Export(asked) => export::export(&asked),
        Command::Review(asked) => review::review(&asked),
        Command::Explain { code } => explain(code.as_deref()),
        Command::Schema => schema(),
        Command::Completions { shell } => {
            let mut words = Vec::new();
            clap_complete::generate(shell, &mut Arguments::command(), "rapporteur", &mut words);
            say(&words)
        }
    };
    match ended {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Flawed) => ExitCode::from(1),
        Err(CouldNot(message)) => {
            complain(&message);
            ExitCode::from(2)
        }
    }
}

fn complain(message: &str) {
    eprintln!("rapporteur: {message}");
}

/// Writes to standard output; that nobody reads on is no fault.
fn say(bytes: &[u8]) -> Ended {
    match io::stdout().lock().write_all(bytes) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(Outcome::Done),
    }
}

/// Opens the reader with the built-in books and the user's own after them.
fn reader(own: &[PathBuf]) -> Result<Reader, CouldNot> {
    let mut tables = rapporteur_books::tables().to_vec();
    for path in own {
        tables.push(books::open(path)?);
    }
    Reader::open(&tables, rapporteur_books::weights()).map_err(|error| {
        CouldNot(match error.in_own_book() {
            Some(error) => error.to_string(),
            None => format!("{error}; reinstall rapporteur"),
        })
    })
}

/// Converts dictionaries of other coders to a table of the user's own.
fn import(files: &[PathBuf]) -> Ended {
    let mut import = petrarch::Import::default();
    for path in files {
        import.take(&path.display().to_string(), &books::text(path)?);
    }
    say(import.table().as_bytes())?;
    import.complaints.iter().for_each(|complaint| complain(complaint));
    if import.is_empty() {
        return Err(CouldNot("no actor and no agent in these files; are they PETRARCH dictionaries?".into()));
    }
    Ok(if import.complaints.is_empty() { Outcome::Done } else { Outcome::Flawed })
}

/// Reads every report of the input and writes what `writing` makes of each, in order.
fn write_reports(
    input: &Input,
    own: &[PathBuf],
    shape: Shape,
    writing: impl Fn(&Reader, &Report) -> String + Sync,
) -> Ended {
    if input.files.len() > 1 && (input.source.is_some() || input.title.is_some()) {
        return Err(CouldNot("--source and --title are for one report; name one file".into()));
    }
    let reader = reader(own)?;
    let mut reports = Reports::new(input).peekable();
    if shape == Shape::One {
        let first = reports.next();
        if reports.peek().is_some() {
            return Err(CouldNot("--format json is for one report; use --format jsonl for several".into()));
        }
        return write_each(input, first.into_iter(), shape, |report| writing(&reader, report));
    }
    write_each(input, reports, shape, |report| writing(&reader, report))
}

/// What the output is made of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// One value for one report.
    One,
    /// One value after the other.
    Many,
    /// Pages for a person, in colour on a terminal.
    Pages,
}

fn write_each(
    input: &Input,
    reports: impl Iterator<Item = Result<Report, String>>,
    shape: Shape,
    writing: impl Fn(&Report) -> String + Sync,
) -> Ended {
    let threads = input.threads.map(usize::from);
    let threads = threads.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from));
    let mut output: Box<dyn Write> = match shape {
        Shape::Pages => Box::new(anstream::AutoStream::auto(io::stdout())),
        _ => Box::new(BufWriter::with_capacity(1 << 16, io::stdout())),
    };
    let (mut written, mut flaws, mut broken) = (0, 0, Ok(()));
    let work = |report: Result<Report, String>| {
        let report = report?;
        // One report that brings the engine down must not take the others with it.
        panic::catch_unwind(AssertUnwindSafe(|| writing(&report)))
            .map_err(|_| format!("{}: the engine stopped on this report; please report it", report.name))
    };
    in_order::in_order(reports, threads, work, |words| {
        match words {
            Ok(words) => {
                let gap = if shape == Shape::Pages && written > 0 { "\n" } else { "" };
                broken = output.write_all(gap.as_bytes()).and_then(|()| output.write_all(words.as_bytes()));
                written += 1;
            }
            Err(message) => {
                complain(&message);
                flaws += 1;
            }
        }
        if broken.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })
    .map_err(|error| CouldNot(format!("cannot start {threads} threads: {error}; use fewer --threads")))?;
    match broken.and_then(|()| output.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error.into()),
        _ if written == 0 && flaws > 0 => Err(CouldNot("no report could be read".into())),
        _ if flaws > 0 => Ok(Outcome::Flawed),
        _ => Ok(Outcome::Done),
    }
}

/// Verifies every record of the files and says what is wrong with each.
fn verify(files: &[PathBuf]) -> Ended {
    let (mut records, mut failures, mut unread, mut report) = (0, 0, 0, String::new());
    for path in files {
        let found = records_of(path, &mut |name, json| {
            let found = rapporteur_record::verify_json(json);
            records += 1;
            failures += found.len();
            found.iter().for_each(|failure| report += &format!("{name}: {failure}\n"));
        });
        if let Err(message) = found {
            complain(&message);
            unread += 1;
        }
    }
    if records == 0 {
        return Err(CouldNot("no record could be read".into()));
    }
    let noun = |count: usize, noun: &str| format!("{count} {noun}{}", if count == 1 { "" } else { "s" });
    report += &format!("{}, {}\n", noun(records, "record"), noun(failures, "failure"));
    say(report.as_bytes())?;
    Ok(if failures + unread > 0 { Outcome::Flawed } else { Outcome::Done })
}

/// Hands every record of a file over, with its name: of JSON lines each, of JSON the one value or the items of the list.
fn records_of(path: &Path, take: &mut dyn FnMut(&str, &str)) -> Result<(), String> {
    if reports::is_lines(path) {
        for line in reports::Lines::new(path)? {
            let (name, line) = line?;
            take(&name, &String::from_utf8_lossy(&line));
        }
        return Ok(());
    }
    let name = path.display().to_string();
    let mut json = Vec::new();
    reports::open(path)?.read_to_end(&mut json).map_err(|error| format!("cannot read {name}: {error}"))?;
    let values: Vec<Value> = match serde_json::from_slice(&json) {
        Ok(Value::Array(values)) => values,
        Ok(value) => [value].into(),
        // Several values, one after the other, as a pipe of JSON lines has them.
        Err(_) => serde_json::Deserializer::from_slice(&json)
            .into_iter()
            .collect::<Result<_, _>>()
            .map_err(|error| format!("{name}: not JSON: {error}"))?,
    };
    if let [value] = values.as_slice() {
        take(&name, &value.to_string());
        return Ok(());
    }
    for (index, value) in values.iter().enumerate() {
        take(&format!("{name}[{index}]"), &value.to_string());
    }
    Ok(())
}

/// Runs specs and says which claims do not hold.
fn spec(files: &[PathBuf], own: &[PathBuf]) -> Ended {
    let reader = reader(own)?;
    let specs = rapporteur_spec::find(files).map_err(|error| CouldNot(error.to_string()))?;
    let mut tally = rapporteur_spec::Tally::default();
    let mut report = String::new();
    for path in specs {
        let name = path.display().to_string();
        let words = std::fs::read_to_string(&path).map_err(|error| CouldNot(format!("cannot read {name}: {error}")))?;
        let result = rapporteur_spec::run(&name, &words, &|case| {
            rapporteur::read(
                &reader,
                &rapporteur::Source {
                    bytes: case.text.as_bytes(),
                    media: rapporteur::Media::Text,
                    source: None,
                    title: case.title,
                    published: case.published,
                    publisher: None,
                },
            )
        });
        result.failures.iter().for_each(|failure| report += &format!("{failure}\n"));
        tally += result.tally;
    }
    report += &format!("{tally}\n");
    say(report.as_bytes())?;
    Ok(if tally.failed > 0 { Outcome::Flawed } else { Outcome::Done })
}

fn explain(code: Option<&str>) -> Ended {
    let Some(code) = code else {
        return say((rapporteur::codes().join("\n") + "\n").as_bytes());
    };
    match rapporteur::explain(code) {
        Some(words) => say((words.trim_end().to_owned() + "\n").as_bytes()),
        None => Err(CouldNot(format!("no code {code:?}; `rapporteur explain` lists them all"))),
    }
}

fn schema() -> Ended {
    say((format!("{:#}", rapporteur_record::schema()) + "\n").as_bytes())
}
