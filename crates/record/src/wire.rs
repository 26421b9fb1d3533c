//! The record as JSON: one object, fields in fixed order, and back.
//!
//! Written compactly, so that a record is one line; numbers that a model gave are rounded to two decimals, so that the
//! bytes are the same on every machine.
//!
//! **Invariant:** reading never refuses a record for a field it does not know.

use alloc::string::String;
use core::fmt;
use serde::Serializer;

use crate::entries::Record;

/// The name and number of the format.
pub const FORMAT: &str = "rapporteur.record/1";

/// Why a text is not a record of this format.
#[derive(Debug)]
pub struct NotARecord(serde_json::Error);

impl fmt::Display for NotARecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not a {FORMAT}: {}", self.0)
    }
}

impl core::error::Error for NotARecord {}

impl From<serde_json::Error> for NotARecord {
    fn from(error: serde_json::Error) -> Self {
        Self(error)
    }
}

impl Record {
    /// Opens a record from its JSON; fields of later editions of the format are passed over.
    pub fn from_json(json: &str) -> Result<Self, NotARecord> {
        Ok(serde_json::from_str(json)?)
    }

    /// The record as one line of JSON, without a line end.
    pub fn to_json(&self) -> String {
        // Only a map with keys that are not text or a failing writer can fail here, and there is neither.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The record as indented JSON, for a person or a diff.
    pub fn to_json_pretty(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default()
    }
}

/// Writes a number from 0 to 1 with two decimals.
pub(crate) fn hundredths<S: Serializer>(value: &Option<f32>, serializer: S) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) if value.is_finite() => {
            let hundredths = (value.clamp(0.0, 1.0) * 100.0 + 0.5) as u8;
            serializer.serialize_some(&(f32::from(hundredths) / 100.0))
        }
        _ => serializer.serialize_none(),
    }
}
