//! The ledger: records of many reports in, what they say together out, with every answer cited.
//!
//! One report is a witness. The ledger keeps every reading of every report in one file, puts the accounts of one happening
//! beside each other, and answers from them: who stands where, what moved, who met whom, what was promised and what became
//! of it. Reports are taken in the order in which they became known, so that an answer as of a day needs no report of a later one.
//!
//! The modules stand in reading order, each may use those above it: the store, then what several reports share (`likeness`, `fold`, `settle`), then
//! what a person asks for (`views`, `ask`), then the ways out (`export`, `dossier`), and what a
//! person says of it (`review`).
//!
//! **Invariant:** nothing a report said is changed, averaged or decided here; a reading that was stored stays.
#![forbid(unsafe_code)]
#![warn(missing_docs)]

mod correction;
mod days;
mod decisions;
mod entry;
mod error;
mod schema;
mod store;

pub mod likeness;

mod fold;
mod settle;
pub mod table;

pub mod views;

pub mod ask;
mod dossier;
pub mod export;
pub mod review;

pub use correction::fields;
pub use days::Days;
pub use decisions::{Anchor, Decision};
pub use dossier::dossier;
pub use entry::{Cite, Decided, Entry, Spot, What};
pub use error::Error;
pub use fold::Proposal;
pub use store::{Added, Arrival, Ledger, Person, Report};
