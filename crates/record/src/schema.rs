//! The JSON Schema (draft 2020-12) of the format, generated from the types that read and write it.
//!
//! **Invariant:** the schema is never written by hand, so it cannot say another thing than the types.

use serde_json::Value;

/// The JSON Schema of a record.
pub fn schema() -> Value {
    schemars::generate::SchemaSettings::draft2020_12()
        .into_generator()
        .into_root_schema_for::<crate::Record>()
        .to_value()
}
