//! The caretaker of the house: keeps it tidy, compares goldens, measures quality and speed.
//!
//! Every task takes the repository as it lies there and says what it found; none is needed to build or to run the program.
//! Quality and speed are measured on the released binary, as a person would run it.
//!
//! **Invariant:** no task changes a file of the repository unless it is told to (`--bless`, `generate`).

mod ask;
mod bench;
mod bench_ledger;
mod crossdoc;
mod eval;
mod generate;
mod goldens;
mod repository;
mod talks;
mod tidy;

// For the engine's folding of names, which the generator takes by its source.
extern crate alloc;

use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask TASK

  tidy               the walls between the crates, the heads of files, the names in documents
  goldens [--bless]  read every example and compare the record with its golden, or write it
  eval [SET...]      quality on the shared gold, against the floors in evals/floors.toml; ask: the questions; talks: happenings of the worked process
  generate           the books' tables that are made from the shared gazetteer, and the checksums of all
  bench              words a second, time to start and memory
  bench ledger       the real streams into a ledger: reports a second, size, memory, each view, copies found
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let ended = match words[..] {
        ["tidy"] => tidy::tidy(),
        ["goldens"] => goldens::compare(),
        ["goldens", "--bless"] => goldens::bless(),
        ["eval", ref sets @ ..] => eval::eval(sets),
        ["generate"] => generate::generate(),
        ["bench"] => bench::bench(),
        ["bench", "ledger"] => bench_ledger::bench(),
        _ => {
            eprint!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match ended {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(message) => {
            eprintln!("xtask: {message}");
            ExitCode::from(2)
        }
    }
}
