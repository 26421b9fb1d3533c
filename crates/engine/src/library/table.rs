//! Tab-separated text in; rows with named columns, and an index of names, out.
//!
//! A table is lines: comments begin with `#`, the comment `# version: ...` dates the table, the first other line names
//! the columns, the rest are rows. Several values in one cell stand between `|`.
//!
//! **Invariant:** a row never has more cells than the header has names, and no cell keeps blanks at its ends.

use super::LibraryError;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// One table's text, its header read.
#[derive(Debug, Clone)]
pub(crate) struct Table {
    pub name: &'static str,
    pub version: &'static str,
    /// Everything after the header line.
    pub body: &'static str,
    columns: Vec<&'static str>,
    /// The number, from 1, of the first line of `body`.
    first_line: usize,
}

/// One row of a table.
#[derive(Debug, Clone)]
pub(crate) struct Row<'t> {
    table: &'t Table,
    line: usize,
    cells: Vec<&'static str>,
}

impl Table {
    pub fn read(name: &'static str, text: &'static str) -> Result<Table, LibraryError> {
        let mut version = "";
        let mut rest = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut line_number = 0;
        while !rest.is_empty() {
            let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
            line_number += 1;
            rest = after;
            let line = line.trim_end_matches('\r');
            if let Some(comment) = line.strip_prefix('#') {
                if let Some(stated) = comment.trim().strip_prefix("version:") {
                    version = stated.trim();
                }
            } else if !line.trim().is_empty() {
                return Ok(Table {
                    name,
                    version,
                    body: rest,
                    columns: line.split('\t').map(str::trim).collect(),
                    first_line: line_number + 1,
                });
            }
        }
        Err(LibraryError { table: name.to_string(), line: line_number, message: String::from("no header line") })
    }

    /// Refuses a header that names a column nobody asks for, which would be passed over in silence.
    pub fn columns_among(&self, known: &[&str]) -> Result<(), LibraryError> {
        match self.columns.iter().find(|column| !known.contains(*column)) {
            None => Ok(()),
            Some(column) => Err(LibraryError {
                table: self.name.to_string(),
                line: self.first_line.saturating_sub(1),
                message: format!("no column is called {column:?}; there are {}", known.join(", ")),
            }),
        }
    }

    pub fn rows(&self) -> impl Iterator<Item = Result<Row<'_>, LibraryError>> {
        self.body.lines().enumerate().filter(|(_, line)| !line.starts_with('#') && !line.trim().is_empty()).map(
            |(number, line)| {
                let cells: Vec<&'static str> = line.split('\t').map(str::trim).collect();
                let row = Row { table: self, line: self.first_line + number, cells };
                if row.cells.len() > self.columns.len() {
                    return Err(row.error(format!(
                        "{} cells, but the header names {}",
                        row.cells.len(),
                        self.columns.len()
                    )));
                }
                Ok(row)
            },
        )
    }
}

impl Row<'_> {
    /// The cell in the column of this name; empty where the row or the table has none.
    pub fn text(&self, column: &str) -> &'static str {
        let position = self.table.columns.iter().position(|name| *name == column);
        position.and_then(|position| self.cells.get(position)).copied().unwrap_or("")
    }

    pub fn some(&self, column: &str) -> Option<&'static str> {
        Some(self.text(column)).filter(|text| !text.is_empty())
    }

    pub fn required(&self, column: &str) -> Result<&'static str, LibraryError> {
        self.some(column).ok_or_else(|| self.error(format!("{column} is empty")))
    }

    pub fn list(&self, column: &str) -> Vec<&'static str> {
        self.text(column).split('|').map(str::trim).filter(|text| !text.is_empty()).collect()
    }

    pub fn number<N: core::str::FromStr>(&self, column: &str) -> Result<N, LibraryError> {
        self.text(column).parse().map_err(|_| self.error(format!("{column} is no number: {:?}", self.text(column))))
    }

    /// The cell as one of a closed set of words.
    pub fn word<T>(&self, column: &str, parse: impl Fn(&str) -> Option<T>) -> Result<T, LibraryError> {
        parse(self.text(column)).ok_or_else(|| self.error(format!("{column} cannot be {:?}", self.text(column))))
    }

    pub fn error(&self, message: String) -> LibraryError {
        LibraryError { table: self.table.name.to_string(), line: self.line, message }
    }
}

/// Rows by name: each key with the rows that bear it, in the order they were added.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names {
    keys: Vec<(String, u32)>,
}

impl Names {
    pub fn from_pairs(mut keys: Vec<(String, u32)>) -> Names {
        keys.sort();
        keys.dedup();
        Names { keys }
    }

    pub fn rows(&self, key: &str) -> impl Iterator<Item = usize> + '_ {
        let from = self.keys.partition_point(|(other, _)| other.as_str() < key);
        let to = from + self.keys[from..].partition_point(|(other, _)| other.as_str() == key);
        self.keys[from..to].iter().map(|(_, row)| *row as usize)
    }

    pub fn first(&self, key: &str) -> Option<usize> {
        self.rows(key).next()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_has_a_version_columns_and_rows() {
        let table = Table::read("roles", "# version: 7\n\nnoun\tforms\n# a remark\n\nking\tkings|kinges\r\n").unwrap();
        assert_eq!(table.version, "7");
        let rows: Vec<_> = table.rows().collect::<Result<_, _>>().unwrap();
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0].text("noun"), "king");
        assert_eq!(rows[0].list("forms"), ["kings", "kinges"]);
        assert_eq!(rows[0].text("unknown"), "");
        assert_eq!(rows[0].error(String::new()).line, 6);
    }

    #[test]
    fn a_row_too_long_or_a_table_without_header_is_an_error() {
        assert_eq!(Table::read("roles", "# only a remark\n").unwrap_err().message, "no header line");
        let table = Table::read("roles", "noun\nking\tqueen\n").unwrap();
        assert_eq!(table.rows().next().unwrap().unwrap_err().line, 2);
    }

    #[test]
    fn names_give_all_their_rows_in_order() {
        let names = Names::from_pairs(alloc::vec![
            (String::from("b"), 3),
            (String::from("a"), 2),
            (String::from("a"), 1),
            (String::from("a"), 1),
        ]);
        assert_eq!(names.rows("a").collect::<Vec<_>>(), [1, 2]);
        assert_eq!(names.first("aa"), None);
        assert_eq!(names.first("b"), Some(3));
    }
}
