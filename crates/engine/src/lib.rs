//! Reads one report into a record.
//!
//! The modules below are the walk of one report, in reading order: each may use those above it and none below.
#![no_std]
extern crate alloc;

pub mod span;

pub mod paragraphs;
pub mod tokens;
pub mod sentences;
