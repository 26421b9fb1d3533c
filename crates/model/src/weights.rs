//! In: the bytes of a weights file (safetensors). Out: its header and typed tensors of a known shape.
//!
//! The format is an eight-byte little-endian length, a JSON header of that length, and the tensors' bytes. The header's
//! `__metadata__.reader` holds, as a JSON string, what the tensors mean. Every tensor is asked for by name, type and
//! shape, so that whoever holds a tensor knows its length.
//!
//! **Invariant:** no byte of the file is trusted: a wrong length, type, shape or a number that is not finite is an error,
//! never a panic and never an allocation larger than a small multiple of the file.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;

/// The format that this crate reads, as named in the header.
pub const FORMAT: &str = "rapporteur.reader/1";

/// No dimension of a model may be larger: 32-bit sums of products of bytes stay exact up to here, and beyond.
const LARGEST_DIMENSION: usize = 16_384;
const MOST_LAYERS: usize = 64;

/// Why a weights file was refused: where in the file, and what is wrong there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelError {
    place: String,
    problem: String,
}

impl ModelError {
    pub(crate) fn new(place: impl Into<String>, problem: impl Into<String>) -> ModelError {
        ModelError { place: place.into(), problem: problem.into() }
    }

    /// The part of the file that is at fault: `file`, `header`, `reader` or the name of a tensor.
    pub fn place(&self) -> &str {
        &self.place
    }
}

impl fmt::Display for ModelError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "model weights, {}: {}", self.place, self.problem)
    }
}

impl std::error::Error for ModelError {}

/// What the header's `reader` entry says of the model.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Description {
    pub format: String,
    pub name: String,
    pub version: String,
    pub layers: usize,
    pub hidden: usize,
    pub attention_heads: usize,
    pub intermediate: usize,
    pub positions: usize,
    pub shapes: usize,
    pub vocabulary: Vec<String>,
    pub groups: Vec<String>,
    pub taggers: Vec<Labelled>,
    pub parser: ParserDescription,
    pub roles: Vec<Labelled>,
}

/// A head that gives each word one score per label.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Labelled {
    pub name: String,
    pub group: String,
    pub hidden: usize,
    pub labels: Vec<String>,
}

/// The biaffine parser's sizes and relation labels.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct ParserDescription {
    pub group: String,
    pub arc: usize,
    pub relation: usize,
    pub labels: Vec<String>,
}

#[derive(Deserialize)]
struct Entry {
    dtype: String,
    shape: Vec<usize>,
    data_offsets: [usize; 2],
}

/// An opened weights file: the description, and tensors by name.
pub(crate) struct Weights<'a> {
    pub description: Description,
    entries: BTreeMap<String, Entry>,
    data: &'a [u8],
}

impl<'a> Weights<'a> {
    pub fn open(bytes: &'a [u8]) -> Result<Weights<'a>, ModelError> {
        let file = |problem: &str| ModelError::new("file", problem);
        let (length, rest) = bytes.split_first_chunk::<8>().ok_or_else(|| file("shorter than its header"))?;
        let length = usize::try_from(u64::from_le_bytes(*length)).map_err(|_| file("shorter than its header"))?;
        let (header, data) = rest.split_at_checked(length).ok_or_else(|| file("shorter than its header"))?;

        let header_error = |error: serde_json::Error| ModelError::new("header", error.to_string());
        let mut header: BTreeMap<String, serde_json::Value> = serde_json::from_slice(header).map_err(header_error)?;
        let metadata = header.remove("__metadata__").unwrap_or_default();
        let reader = metadata.get("reader").and_then(|reader| reader.as_str()).ok_or_else(|| {
            ModelError::new("header", "`__metadata__` has no text `reader`: these are no reader weights")
        })?;
        let description = serde_json::from_str(reader).map_err(|error| ModelError::new("reader", error.to_string()))?;
        check(&description)?;

        let mut entries = BTreeMap::new();
        for (name, entry) in header {
            let entry = serde_json::from_value(entry).map_err(|error| ModelError::new(&name, error.to_string()))?;
            entries.insert(name, entry);
        }
        Ok(Weights { description, entries, data })
    }

    /// The little-endian floats of tensor `name`, which must have this shape; all are finite.
    pub fn floats(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, ModelError> {
        let bytes = self.bytes(name, "F32", 4, shape)?;
        let values: Vec<f32> = bytes.as_chunks::<4>().0.iter().map(|four| f32::from_le_bytes(*four)).collect();
        match values.iter().position(|value| !value.is_finite()) {
            Some(at) => Err(ModelError::new(name, format!("element {at} is not a finite number"))),
            None => Ok(values),
        }
    }

    /// The signed bytes of tensor `name`, which must have this shape.
    pub fn integers(&self, name: &str, shape: &[usize]) -> Result<Vec<i8>, ModelError> {
        let bytes = self.bytes(name, "I8", 1, shape)?;
        Ok(bytes.iter().map(|byte| byte.cast_signed()).collect())
    }

    fn bytes(&self, name: &str, dtype: &str, width: usize, shape: &[usize]) -> Result<&'a [u8], ModelError> {
        let entry = self.entries.get(name).ok_or_else(|| ModelError::new(name, "missing"))?;
        if entry.dtype != dtype || entry.shape != shape {
            let problem = format!("expected {dtype} {shape:?}, found {} {:?}", entry.dtype, entry.shape);
            return Err(ModelError::new(name, problem));
        }
        let [start, end] = entry.data_offsets;
        let bytes = self.data.get(start..end).ok_or_else(|| ModelError::new(name, "lies outside the file"))?;
        let length = shape.iter().try_fold(width, |length, dimension| length.checked_mul(*dimension));
        if length != Some(bytes.len()) {
            return Err(ModelError::new(name, format!("{} bytes do not make {dtype} {shape:?}", bytes.len())));
        }
        Ok(bytes)
    }
}

/// Refuses a description whose numbers the arithmetic does not cover.
fn check(description: &Description) -> Result<(), ModelError> {
    let refuse = |problem: String| Err(ModelError::new("reader", problem));
    if description.format != FORMAT {
        return refuse(format!("format is `{}`, this program reads `{FORMAT}`", description.format));
    }
    if description.layers == 0 || description.layers > MOST_LAYERS {
        return refuse(format!("{} layers, expected 1 to {MOST_LAYERS}", description.layers));
    }
    let heads = description.attention_heads;
    if heads == 0 || !description.hidden.is_multiple_of(heads) || !(description.hidden / heads).is_multiple_of(16) {
        return refuse(format!(
            "hidden {} over {heads} attention heads: a head's width must be a multiple of 16",
            description.hidden
        ));
    }
    let labelled = description.taggers.iter().chain(&description.roles);
    let parser = &description.parser;
    let mut widths = vec![
        ("hidden", description.hidden),
        ("intermediate", description.intermediate),
        ("parser arc", parser.arc),
        ("parser relation", parser.relation),
    ];
    widths.extend(labelled.clone().map(|head| (head.name.as_str(), head.hidden)));
    for (name, width) in widths {
        if width == 0 || width > LARGEST_DIMENSION || !width.is_multiple_of(16) {
            return refuse(format!("{name} is {width} wide, expected a multiple of 16 up to {LARGEST_DIMENSION}"));
        }
    }
    for (name, count) in [("positions", description.positions), ("shapes", description.shapes)] {
        if !(2..=LARGEST_DIMENSION).contains(&count) {
            return refuse(format!("{count} {name}, expected 2 to {LARGEST_DIMENSION}"));
        }
    }
    let mut labels = vec![("parser", &parser.labels)];
    labels.extend(labelled.map(|head| (head.name.as_str(), &head.labels)));
    for (name, labels) in labels {
        if labels.is_empty() || labels.len() > LARGEST_DIMENSION {
            return refuse(format!("{name} has {} labels, expected 1 to {LARGEST_DIMENSION}", labels.len()));
        }
    }
    Ok(())
}
