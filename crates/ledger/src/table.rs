//! A view as a table: rows in; text, CSV, Markdown or JSON out.
//!
//! **Invariant:** no cell can act where it is shown: control characters are taken out, a CSV cell never begins with what a spreadsheet
//! computes, Markdown marks are escaped.

use std::fmt::Write;

use serde::Serialize;
use serde_json::Value;

use crate::entry::Cite;

/// Rows under named columns, each with the words that it rests on.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// What the columns are called.
    pub columns: Vec<&'static str>,
    /// The rows, in order.
    pub rows: Vec<Row>,
}

/// One row.
#[derive(Clone, Debug)]
pub struct Row {
    /// One cell a column; empty is "not stated".
    pub cells: Vec<String>,
    /// The words that it rests on.
    pub cites: Vec<Cite>,
    /// The row with everything in it, as one line of JSON: most tables are not shown as JSON.
    pub whole: String,
}

impl Table {
    /// An empty table with these columns.
    pub fn new(columns: &[&'static str]) -> Self {
        Self { columns: columns.to_vec(), rows: Vec::new() }
    }

    /// Adds a row: its cells for a person, its whole for a program.
    pub fn push(&mut self, cells: Vec<String>, cites: Vec<Cite>, whole: &impl Serialize) {
        let whole = serde_json::to_string(whole).unwrap_or_else(|_| "null".into());
        self.rows.push(Row { cells, cites, whole });
    }

    /// The rows as a JSON array, one object a row.
    pub fn json(&self) -> String {
        let rows: Vec<Value> = self.rows.iter().filter_map(|row| serde_json::from_str(&row.whole).ok()).collect();
        serde_json::to_string_pretty(&rows).unwrap_or_default() + "\n"
    }

    /// The cells as CSV (RFC 4180), a header first.
    pub fn csv(&self) -> String {
        let mut csv = String::new();
        line(&mut csv, self.columns.iter().copied());
        for row in &self.rows {
            line(&mut csv, row.cells.iter().map(String::as_str));
        }
        csv
    }

    /// The cells as a Markdown table.
    pub fn markdown(&self) -> String {
        let mut page = format!("| {} |\n|{}\n", self.columns.join(" | "), "---|".repeat(self.columns.len()));
        for row in &self.rows {
            let cells: Vec<String> = row.cells.iter().map(|cell| escaped(&plain(cell))).collect();
            let _ = writeln!(page, "| {} |", cells.join(" | "));
        }
        page
    }

    /// The cells in columns for a terminal of this width; the last column takes what is left and is wrapped.
    pub fn text(&self, width: usize) -> String {
        if self.rows.is_empty() {
            return "nothing of this in the ledger\n".into();
        }
        let count = self.columns.len();
        let cells: Vec<Vec<String>> =
            self.rows.iter().map(|row| row.cells.iter().map(|cell| plain(cell)).collect()).collect();
        let widest = (width / count.max(2)).clamp(12, 30);
        let mut widths: Vec<usize> = (0..count)
            .map(|column| {
                let longest = cells.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max();
                longest.unwrap_or(0).max(self.columns[column].chars().count()).min(widest)
            })
            .collect();
        if let Some((last, before)) = widths.split_last_mut() {
            let taken: usize = before.iter().map(|width| width + 2).sum();
            *last = width.saturating_sub(taken).max(30);
        }
        let mut page = String::new();
        let mut write = |row: &[String]| {
            let wrapped: Vec<Vec<String>> = row.iter().zip(&widths).map(|(cell, width)| wrap(cell, *width)).collect();
            for at in 0..wrapped.iter().map(Vec::len).max().unwrap_or(0) {
                let mut line = String::new();
                for (cell, width) in wrapped.iter().zip(&widths) {
                    let words = cell.get(at).map_or("", String::as_str);
                    let _ = write!(line, "{words:width$}  ");
                }
                page.push_str(line.trim_end());
                page.push('\n');
            }
        };
        write(&self.columns.iter().map(|column| column.to_uppercase()).collect::<Vec<_>>());
        cells.iter().for_each(|row| write(row));
        page
    }
}

/// Words without line breaks and control characters.
pub fn plain(words: &str) -> String {
    let words: String = words.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn line<'a>(csv: &mut String, cells: impl Iterator<Item = &'a str>) {
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            csv.push(',');
        }
        csv.push_str(&safe(cell));
    }
    csv.push_str("\r\n");
}

/// A cell of CSV: what a spreadsheet would compute gets an apostrophe before it, what has a comma or quotation mark is quoted.
pub fn safe(cell: &str) -> String {
    let acts = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let cell = if acts { format!("'{cell}") } else { cell.to_owned() };
    if cell.contains([',', '"', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
}

fn escaped(cell: &str) -> String {
    let mut escaped = String::new();
    for c in cell.chars() {
        if matches!(c, '|' | '\\' | '`' | '*' | '_' | '<' | '>' | '[' | ']' | '#') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// Words in lines of at most so many characters.
fn wrap(words: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in words.split(' ') {
        let mut word: Vec<char> = word.chars().collect();
        loop {
            let line = lines.last_mut().expect("there is a line");
            let used = line.chars().count();
            let gap = usize::from(used > 0);
            if used + gap + word.len() <= width {
                if gap > 0 {
                    line.push(' ');
                }
                line.extend(word);
                break;
            }
            if used == 0 {
                let rest = word.split_off(width.min(word.len()));
                line.extend(word);
                word = rest;
            }
            lines.push(String::new());
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(cell: &str) -> Table {
        let mut table = Table::new(&["day", "words"]);
        table.push(vec!["2026-02-03".into(), cell.into()], Vec::new(), &serde_json::json!({"words": cell}));
        table
    }

    #[test]
    fn no_cell_acts_where_it_is_shown() {
        assert!(table("=SUM(A1:A9)").csv().contains("'=SUM(A1:A9)"));
        assert!(table("-1, \"x\"").csv().contains("\"'-1, \"\"x\"\"\""));
        assert!(table("a|b <script>").markdown().contains("a\\|b \\<script\\>"));
        assert!(!table("red \u{1b}[31m").text(80).contains('\u{1b}'));
        assert_eq!(table("=x").json(), "[\n  {\n    \"words\": \"=x\"\n  }\n]\n");
    }

    #[test]
    fn a_long_cell_is_wrapped_in_its_column() {
        let page = table(&"peace ".repeat(30)).text(60);
        assert!(page.lines().all(|line| line.chars().count() <= 60), "{page}");
        assert!(page.lines().nth(2).is_some_and(|line| line.starts_with("            peace")), "{page}");
        assert_eq!(wrap("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(Table::new(&["day"]).text(80), "nothing of this in the ledger\n");
    }
}
