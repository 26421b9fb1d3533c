//! The plover table in; CAMEO codes and Goldstein values for PLOVER types and modes out.
//!
//! PLOVER groups what CAMEO numbered. For those whose series are in CAMEO each type and mode has the code it came from,
//! and that code's Goldstein value: facts, not wording.
//!
//! **Invariant:** a mode is never looked up under a type that does not have it; all sixteen types are there or none.

use super::LibraryError;
use super::table::Table;
use alloc::vec::Vec;

/// The CAMEO code and Goldstein value of a PLOVER type, or of a type and mode.
#[derive(Debug, Clone, PartialEq)]
pub struct Code {
    /// The type: `ASSAULT`.
    pub kind: &'static str,
    /// The mode: `aerial`; none for the row of the type as a whole.
    pub mode: Option<&'static str>,
    /// Verbal or material, cooperation or conflict.
    pub quad: &'static str,
    /// CAMEO code: two digits for a type, more for a mode.
    pub cameo: &'static str,
    /// Goldstein value, from -10 to 10.
    pub goldstein: f64,
}

/// All types and modes.
#[derive(Debug, Clone)]
pub struct Plover {
    all: Vec<Code>,
}

impl Plover {
    pub(crate) fn parse<'t>(tables: impl Iterator<Item = &'t Table>) -> Result<Plover, LibraryError> {
        let mut all = Vec::new();
        for table in tables {
            for row in table.rows() {
                let row = row?;
                all.push(Code {
                    kind: row.required("type")?,
                    mode: row.some("mode"),
                    quad: row.required("quad")?,
                    cameo: row.required("cameo")?,
                    goldstein: row.number("goldstein")?,
                });
            }
        }
        Ok(Plover { all })
    }

    /// Every type, each followed by its modes.
    pub fn all(&self) -> &[Code] {
        &self.all
    }

    /// The code of a type and mode; of the type alone where the mode has none of its own.
    pub fn code(&self, kind: &str, mode: Option<&str>) -> Option<&Code> {
        let of_type = || self.all.iter().filter(|code| code.kind == kind);
        let exact = mode.and_then(|mode| of_type().find(|code| code.mode == Some(mode)));
        exact.or_else(|| of_type().find(|code| code.mode.is_none()))
    }
}
