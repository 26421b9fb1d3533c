//! A ledger for other programs: a format and a scope in, a file or standard output out.
//!
//! A file is written beside its place and put there when it is whole, so that nobody finds half of one.
//!
//! **Invariant:** what a format had to leave out is said.

use std::fs::{self, File};
use std::io::{self, BufWriter, ErrorKind, IsTerminal, Write};
use std::path::{Path, PathBuf};

use rapporteur_ledger::views::{Desk, Scope};
use rapporteur_ledger::{Error, export as ways};

use crate::arguments::{Export, ExportFormat, Layer};
use crate::{CouldNot, Ended, Outcome, complain, ledger};

/// Writes a ledger in the format that was asked for.
pub fn export(asked: &Export) -> Ended {
    let tables = matches!(asked.format, Some(ExportFormat::Csv | ExportFormat::Parquet));
    if tables != asked.layer.is_some() {
        let hint = "--layer statements, events, positions or pledges";
        return Err(CouldNot(if tables {
            format!("name the table: {hint}")
        } else {
            "--layer is for csv and parquet; the other formats have all layers".into()
        }));
    }
    if asked.format == Some(ExportFormat::Parquet) && asked.out.is_none() && io::stdout().is_terminal() {
        return Err(CouldNot("parquet is no text for a terminal; name a file with --out".into()));
    }
    let mut store = ledger::open(&asked.ledger)?;
    let desk = Desk::open(&mut store, asked.scope.as_of.as_deref())?;
    let scope = ledger::scope(&asked.scope);
    let left_out = match &asked.out {
        Some(path) => to_file(path, |out| write(asked, &desk, &scope, out))?,
        None => {
            let mut out = BufWriter::with_capacity(1 << 16, io::stdout());
            let written = write(asked, &desk, &scope, &mut out).and_then(|count| Ok(out.flush().map(|()| count)?));
            match written {
                // that nobody reads on is no fault
                Err(Error::Output(error)) if error.kind() == ErrorKind::BrokenPipe => 0,
                written => written?,
            }
        }
    };
    if left_out > 0 {
        complain(&format!(
            "left out {left_out} that are not told as done (planned, demanded, denied, ...): no place for them in this format"
        ));
    }
    Ok(Outcome::Done)
}

fn write(asked: &Export, desk: &Desk, scope: &Scope, out: &mut dyn Write) -> Result<usize, Error> {
    let layer = match asked.layer {
        Some(Layer::Statements) => ways::Layer::Statements,
        Some(Layer::Positions) => ways::Layer::Positions,
        Some(Layer::Pledges) => ways::Layer::Pledges,
        Some(Layer::Events) | None => ways::Layer::Events,
    };
    match asked.format {
        None => ways::training(desk, scope, asked.with_text, out),
        Some(ExportFormat::Jsonl) => ways::jsonl(desk, scope, out),
        Some(ExportFormat::Csv) => ways::csv(desk, scope, layer, out),
        Some(ExportFormat::Parquet) => ways::parquet(desk, scope, layer, out),
        Some(ExportFormat::Gdelt) => ways::gdelt(desk, scope, out),
        Some(ExportFormat::Polecat) => ways::polecat(desk, scope, out),
        Some(ExportFormat::Plover) => ways::plover(desk, scope, out),
        Some(ExportFormat::Annotations) => ways::annotations(desk, scope, out),
        Some(ExportFormat::Ftm) => ways::ftm(desk, scope, out),
    }
}

/// Writes a file beside its place, then puts it there.
fn to_file(path: &Path, write: impl FnOnce(&mut dyn Write) -> Result<usize, Error>) -> Result<usize, CouldNot> {
    let cannot = |error: io::Error| CouldNot(format!("cannot write {}: {error}", path.display()));
    let name = path.file_name().ok_or_else(|| CouldNot(format!("{} is no name of a file", path.display())))?;
    let neighbour: PathBuf = path.with_file_name(format!(".{}.{}.part", name.to_string_lossy(), std::process::id()));
    let made = (|| {
        let mut out = BufWriter::with_capacity(1 << 16, File::create(&neighbour).map_err(cannot)?);
        let count = write(&mut out)?;
        let file = out.into_inner().map_err(|error| cannot(error.into_error()))?;
        file.sync_all().map_err(cannot)?;
        fs::rename(&neighbour, path).map_err(cannot)?;
        Ok(count)
    })();
    if made.is_err() {
        // what is left of it is of no use; that it cannot be taken away changes nothing
        let _ = fs::remove_file(&neighbour);
    }
    made
}
