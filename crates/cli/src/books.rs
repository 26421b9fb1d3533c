//! The user's own books: a file in, a table for the engine out.
//!
//! The engine takes tables as text that lives as long as the program; a book is read once, at the start, and kept.
//!
//! **Invariant:** a table's name says its file, so that an error and a record's edition can name it.

use std::path::Path;

/// The table in a file, under the name by which the engine knows a user's own actors.
pub fn open(path: &Path) -> Result<(&'static str, &'static str), String> {
    // without its folders: a record says the same on any machine
    let file = path.file_name().unwrap_or(path.as_os_str());
    let name = format!("actors:{}", file.to_string_lossy());
    Ok((name.leak(), text(path)?.leak()))
}

/// The text of a file, which may be UTF-8 or, as old dictionaries are, Latin-1.
pub fn text(path: &Path) -> Result<String, String> {
    let bytes = std::fs::read(path).map_err(|error| format!("cannot read the book {}: {error}", path.display()))?;
    Ok(String::from_utf8(bytes).unwrap_or_else(|error| error.into_bytes().into_iter().map(char::from).collect()))
}
