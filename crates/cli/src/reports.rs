//! Files in, reports out, one at a time.
//!
//! A text or HTML file is one report; a file of JSON lines is one report a line, read as it is asked for, so that a file
//! of any length needs the memory of a few lines. Anything may be compressed with gzip.
//!
//! **Invariant:** no more than [`LARGEST`] bytes of one report are ever held.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use flate2::bufread::MultiGzDecoder;
use rapporteur::Media;
use serde::Deserialize;
use serde_json::Value;

use crate::arguments::Input;

/// The most bytes that are taken of one report or one line: 64 MiB. The engine reads less, and says where it stopped.
const LARGEST: u64 = 64 << 20;

/// One report, and what is known about it besides its bytes.
pub struct Report {
    /// How messages name it: a file, or a file and a line.
    pub name: String,
    pub bytes: Vec<u8>,
    pub media: Media,
    pub source: Option<String>,
    pub title: Option<String>,
    pub published: Option<String>,
    pub publisher: Option<String>,
    /// Whether the bytes are a record already.
    pub record: bool,
}

impl Report {
    /// The report as the engine takes it.
    pub fn as_source(&self) -> rapporteur::Source<'_> {
        rapporteur::Source {
            bytes: &self.bytes,
            media: self.media,
            source: self.source.as_deref(),
            title: self.title.as_deref(),
            published: self.published.as_deref(),
            publisher: self.publisher.as_deref(),
        }
    }
}

/// The reports of the files of a command line, in order; what cannot be read is a message.
pub struct Reports<'a> {
    input: &'a Input,
    files: std::slice::Iter<'a, PathBuf>,
    lines: Option<Lines>,
}

impl<'a> Reports<'a> {
    pub fn new(input: &'a Input) -> Self {
        Self { input, files: input.files.iter(), lines: None }
    }

    fn file(&self, path: &Path, from: Box<dyn BufRead>) -> Result<Report, String> {
        let mut bytes = Vec::new();
        from.take(LARGEST).read_to_end(&mut bytes).map_err(|error| cannot_read(path, &error))?;
        let name = name(path);
        Ok(Report {
            bytes,
            media: media(path),
            source: self.input.source.clone().or_else(|| Some(name.clone())),
            title: self.input.title.clone(),
            published: self.input.published.clone(),
            publisher: self.input.publisher.clone(),
            name,
            record: false,
        })
    }

    fn line(&self, name: String, line: &[u8]) -> Result<Report, String> {
        let bytes = line;
        let line: Line = serde_json::from_slice(line).map_err(|error| format!("{name}: not a report: {error}"))?;
        if line.format.as_deref() == Some(rapporteur_record::FORMAT) {
            return Ok(Report {
                bytes: bytes.into(),
                media: Media::Unknown,
                source: None,
                title: None,
                published: None,
                publisher: None,
                name,
                record: true,
            });
        }
        let (bytes, media) = match (line.text, line.html) {
            (Some(text), _) => (text, Media::Text),
            (None, Some(html)) => (html, Media::Html),
            (None, None) => return Err(format!("{name}: a report needs \"text\" or \"html\"")),
        };
        let id = line.id.map(|id| id.as_str().map_or_else(|| id.to_string(), str::to_owned));
        let published = line.published.or(line.date).filter(|date| !date.is_empty());
        // a line with an id may name its outlet as its source
        let outlet = line.source.clone().filter(|_| id.is_some());
        Ok(Report {
            bytes: bytes.into_bytes(),
            media,
            source: id.or(line.source).or_else(|| Some(name.clone())),
            title: line.title.filter(|title| !title.is_empty()).or_else(|| self.input.title.clone()),
            published: published.or_else(|| self.input.published.clone()),
            publisher: line.publisher.or(outlet).or_else(|| self.input.publisher.clone()),
            name,
            record: false,
        })
    }
}

impl Iterator for Reports<'_> {
    type Item = Result<Report, String>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(lines) = &mut self.lines {
                match lines.next() {
                    Some(Ok((name, line))) => return Some(self.line(name, &line)),
                    Some(Err(message)) => return Some(Err(message)),
                    None => self.lines = None,
                }
            }
            let path = self.files.next()?;
            let mut from = match open(path) {
                Ok(from) => from,
                Err(message) => return Some(Err(message)),
            };
            // Standard input has no name that tells; no report begins with a JSON object.
            let lines =
                is_lines(path) || (is_input(path) && from.fill_buf().is_ok_and(|words| words.starts_with(b"{")));
            if !lines {
                return Some(self.file(path, from));
            }
            self.lines = Some(Lines::from(path, from));
        }
    }
}

/// One report as a line of JSON has it.
#[derive(Deserialize)]
struct Line {
    format: Option<String>,
    id: Option<Value>,
    text: Option<String>,
    html: Option<String>,
    published: Option<String>,
    date: Option<String>,
    title: Option<String>,
    source: Option<String>,
    publisher: Option<String>,
}

/// The lines of a file that hold something, each with the name `file:number`.
pub struct Lines {
    name: String,
    path: PathBuf,
    number: usize,
    from: Box<dyn BufRead>,
}

impl Lines {
    pub fn new(path: &Path) -> Result<Self, String> {
        Ok(Self::from(path, open(path)?))
    }

    fn from(path: &Path, from: Box<dyn BufRead>) -> Self {
        Self { name: name(path), path: path.into(), number: 0, from }
    }
}

impl Iterator for Lines {
    type Item = Result<(String, Vec<u8>), String>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let mut line = Vec::new();
            self.number += 1;
            let name = format!("{}:{}", self.name, self.number);
            match self.from.by_ref().take(LARGEST).read_until(b'\n', &mut line) {
                Ok(0) => return None,
                Ok(_) if line.len() as u64 == LARGEST && !line.ends_with(b"\n") => {
                    return Some(match self.from.skip_until(b'\n') {
                        Ok(_) => Err(format!("{name}: a line of more than {} MiB; split the report", LARGEST >> 20)),
                        Err(error) => Err(cannot_read(&self.path, &error)),
                    });
                }
                Ok(_) if line.trim_ascii().is_empty() => {}
                Ok(_) => return Some(Ok((name, line))),
                Err(error) => {
                    // What follows a broken stretch cannot be trusted to begin a line.
                    self.from = Box::new(io::empty());
                    return Some(Err(cannot_read(&self.path, &error)));
                }
            }
        }
    }
}

/// Opens a file, or standard input for `-`, taking gzip away where the bytes begin with its mark.
pub fn open(path: &Path) -> Result<Box<dyn BufRead>, String> {
    let mut from: Box<dyn BufRead> = if is_input(path) {
        Box::new(BufReader::new(io::stdin()))
    } else {
        Box::new(BufReader::new(File::open(path).map_err(|error| cannot_read(path, &error))?))
    };
    let gzip = from.fill_buf().map_err(|error| cannot_read(path, &error))?.starts_with(&[0x1f, 0x8b]);
    Ok(if gzip { Box::new(BufReader::new(MultiGzDecoder::new(from))) } else { from })
}

/// Whether the name of a file says that it holds JSON lines.
pub fn is_lines(path: &Path) -> bool {
    extension(path) == "jsonl"
}

fn is_input(path: &Path) -> bool {
    path == Path::new("-")
}

fn media(path: &Path) -> Media {
    match extension(path).as_str() {
        "html" | "htm" | "xhtml" => Media::Html,
        "txt" | "text" => Media::Text,
        _ => Media::Unknown,
    }
}

/// The extension in lower case, a `.gz` after it passed over.
fn extension(path: &Path) -> String {
    let name = name(path).to_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    Path::new(name).extension().map_or_else(String::new, |extension| extension.to_string_lossy().into_owned())
}

fn name(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

fn cannot_read(path: &Path, error: &io::Error) -> String {
    let next = match error.kind() {
        io::ErrorKind::NotFound => "; check the name",
        io::ErrorKind::PermissionDenied => "; check who may read it",
        io::ErrorKind::IsADirectory => "; name the files in it",
        _ => "",
    };
    format!("cannot read {}: {error}{next}", path.display())
}
