//! Why a ledger could not do what it was asked: one line for a person, with what to do next.
//!
//! **Invariant:** a fault of a report is never an error here; it goes to quarantine and the run goes on.

use std::fmt;
use std::path::{Path, PathBuf};

/// Why a ledger could not be opened, read or written.
#[derive(Debug)]
pub enum Error {
    /// The file cannot be opened or is no ledger.
    NotALedger(PathBuf, String),
    /// The file was written by a later edition of the program.
    Newer(PathBuf, i64),
    /// The file may not be written.
    ReadOnly(PathBuf),
    /// The database failed in the middle of something.
    Database(rusqlite::Error),
    /// What was stored does not open.
    Broken(String),
    /// What was asked for cannot be written.
    Output(std::io::Error),
}

impl Error {
    pub(crate) fn open(path: &Path, error: &rusqlite::Error) -> Self {
        Self::NotALedger(path.into(), error.to_string())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotALedger(path, why) => {
                write!(
                    f,
                    "cannot open {} as a ledger: {why}; name another file, or one that does not exist yet",
                    path.display()
                )
            }
            Self::Newer(path, version) => write!(
                f,
                "{} was written by a later rapporteur (schema {version}); bring this one up to date",
                path.display()
            ),
            Self::ReadOnly(path) => {
                write!(f, "cannot write to {}; check who may write to it and to its folder", path.display())
            }
            Self::Database(error) => {
                write!(f, "the ledger failed: {error}; free some space or stop what else uses it, and run again")
            }
            Self::Output(error) => write!(f, "cannot write the output: {error}"),
            Self::Broken(what) => {
                write!(f, "the ledger holds something that does not open: {what}; ingest into a new file")
            }
        }
    }
}

impl std::error::Error for Error {}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        Self::Output(error)
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(error)
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::Broken(error.to_string())
    }
}

impl From<postcard::Error> for Error {
    fn from(error: postcard::Error) -> Self {
        Self::Broken(error.to_string())
    }
}
