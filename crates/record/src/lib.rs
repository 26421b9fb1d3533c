//! The record, format `rapporteur.record/1`: types in, JSON out, and back.
//!
//! A record holds what one document says, and who says it. Every entry rests on words of the page, given as an exact
//! span of [`Document::text`]; [`Record::verify`] re-reads them and names every one that is not there.
//!
//! **Invariant:** nothing here reads a report. This crate opens and verifies a record with no engine, model or book.
#![no_std]
#![forbid(unsafe_code)]
#![warn(missing_docs)]

extern crate alloc;

mod code_points;
mod entries;
mod verify;
mod vocabulary;
mod wire;

#[cfg(feature = "schema")]
mod schema;

pub use code_points::CodePoints;
pub use entries::*;
#[cfg(feature = "schema")]
pub use schema::schema;
pub use verify::{Failure, document_id, verify_json};
pub use vocabulary::*;
pub use wire::{FORMAT, NotARecord};
