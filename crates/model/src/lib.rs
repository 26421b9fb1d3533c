//! The reader model: words in, tags, tree and roles out. Weights are handed in.
//!
//! A small encoder (MiniLM) reads one window of words; heads on top of it answer what each word is, what it depends on
//! and which role it plays for a predicate. All arithmetic is our own, in a fixed order: 8-bit weights, inputs quantised
//! row by row, exact integer sums, and floats that are never fused.
//!
//! **Invariant:** the same words and weights give the same bits on every processor and beside any other text; no input
//! and no weights file makes it panic; nothing here reads a file, a clock or the environment.
//!
//! ```no_run
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use rapporteur_model::{Model, Word};
//!
//! let model = Model::from_bytes(&std::fs::read("reader.safetensors")?)?;
//! let words = [Word { text: "Talks", shape: 1 }, Word { text: "resumed", shape: 0 }];
//! let encoding = model.encode(&words);
//! for (word, tag) in words.iter().zip(encoding.best_tags("upos")) {
//!     println!("{} {}", word.text, model.labels("upos")[tag]);
//! }
//! # Ok(())
//! # }
//! ```

#![deny(unsafe_code)]

mod dense;
mod encoder;
mod heads;
mod kernels;
mod matrix;
mod simd;
mod tree;
mod weights;
mod wordpiece;

use std::cell::OnceCell;
use std::fmt;
use std::ops::Range;

pub use heads::Attachment;
pub use kernels::Arithmetic;
pub use matrix::{Matrix, viterbi};
pub use weights::{FORMAT, ModelError};

use encoder::Encoder;
use heads::{Parser, Roles, Tagger};
use kernels::Machine;
use weights::{Description, Weights};
use wordpiece::WordPiece;

/// The shape given to the pieces that open and close a window.
const EDGE_SHAPE: u8 = 5;

/// One word of a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word<'a> {
    /// The word as written.
    pub text: &'a str,
    /// The class of its written form, below the model's number of shapes; a higher one counts as the highest.
    pub shape: u8,
}

/// A head with the name it is asked by and the group whose word vectors it reads.
#[derive(Clone, Debug)]
struct Named<T> {
    name: String,
    group: usize,
    head: T,
}

/// The reader model, ready to encode; made once, shared by any number of threads.
#[derive(Clone)]
pub struct Model {
    machine: Machine,
    name: String,
    version: String,
    hidden: usize,
    positions: usize,
    shapes: usize,
    wordpiece: WordPiece,
    encoder: Encoder,
    /// For each group, the share of each of the last layers.
    mixes: Vec<Vec<f32>>,
    taggers: Vec<Named<Tagger>>,
    parser: Named<Parser>,
    roles: Vec<Named<Roles>>,
}

impl fmt::Debug for Model {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Without the weights, which are millions of numbers.
        let Model { machine, name, version, .. } = self;
        formatter.debug_struct("Model").field("name", name).field("version", version).field("machine", machine).finish()
    }
}

/// How many of the last layers a group mixes, in a model that has as many.
const MIXED_LAYERS: usize = 4;

impl Model {
    /// Opens a weights file: safetensors with a `reader` description of format [`FORMAT`].
    ///
    /// # Errors
    ///
    /// Says which part of the file is missing, has the wrong type or shape, or holds a number that is not finite.
    pub fn from_bytes(bytes: &[u8]) -> Result<Model, ModelError> {
        let weights = Weights::open(bytes)?;
        let Description { name, version, hidden, positions, shapes, vocabulary, groups, layers, .. } =
            &weights.description;
        let group = |head: &str, name: &str| {
            let found = groups.iter().position(|group| group == name);
            found.ok_or_else(|| ModelError::new("reader", format!("{head} reads group `{name}`, which is not there")))
        };
        let mix = |group: &String| weights.floats(&format!("mix.{group}"), &[MIXED_LAYERS.min(*layers)]);
        let mut taggers = Vec::new();
        for head in &weights.description.taggers {
            let group = group(&head.name, &head.group)?;
            taggers.push(Named { name: head.name.clone(), group, head: Tagger::read(&weights, head)? });
        }
        let mut roles = Vec::new();
        for head in &weights.description.roles {
            let group = group(&head.name, &head.group)?;
            roles.push(Named { name: head.name.clone(), group, head: Roles::read(&weights, head)? });
        }
        Ok(Model {
            machine: Machine::best(),
            name: name.clone(),
            version: version.clone(),
            hidden: *hidden,
            positions: *positions,
            shapes: *shapes,
            wordpiece: WordPiece::new(vocabulary)?,
            encoder: Encoder::read(&weights)?,
            mixes: groups.iter().map(mix).collect::<Result<_, _>>()?,
            taggers,
            parser: Named {
                name: "parser".to_string(),
                group: group("parser", &weights.description.parser.group)?,
                head: Parser::read(&weights)?,
            },
            roles,
        })
    }

    /// The same model computing with `arithmetic`, or `None` where this processor lacks it.
    pub fn with_arithmetic(self, arithmetic: Arithmetic) -> Option<Model> {
        let machine = Machine::new(arithmetic)?;
        Some(Model { machine, ..self })
    }

    /// What the model computes with; from the start the fastest that the processor has.
    pub fn arithmetic(&self) -> Arithmetic {
        self.machine.arithmetic()
    }

    /// The model's name, from its weights.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The model's version, from its weights.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The labels of the tagger or role head `name`, or of `parser`, in the order of their scores; empty if there is no
    /// such head.
    pub fn labels(&self, name: &str) -> &[String] {
        let tagger = self.taggers.iter().find(|tagger| tagger.name == name).map(|tagger| tagger.head.labels());
        let roles = || self.roles.iter().find(|roles| roles.name == name).map(|roles| roles.head.labels());
        let parser = || (name == self.parser.name).then_some(self.parser.head.labels.as_slice());
        tagger.or_else(roles).or_else(parser).unwrap_or_default()
    }

    /// The labels of the role head `name`, which may share its name with a tagger; empty if there is no such head.
    pub fn role_labels(&self, name: &str) -> &[String] {
        self.roles.iter().find(|roles| roles.name == name).map(|roles| roles.head.labels()).unwrap_or_default()
    }

    /// The number of pieces that a word takes of a window, at least one.
    pub fn pieces(&self, word: &str) -> usize {
        let mut pieces = Vec::new();
        self.wordpiece.split(word, &mut pieces);
        pieces.len()
    }

    /// The number of pieces that a window holds; what goes beyond is cut, and a word without a piece has a vector of
    /// zeros.
    pub fn window(&self) -> usize {
        self.positions - 2
    }

    /// The numbers of the pieces that `word` is split into, as indices into the model's vocabulary.
    pub fn split(&self, word: &str) -> Vec<u32> {
        let mut pieces = Vec::new();
        self.wordpiece.split(word, &mut pieces);
        pieces
    }

    /// Reads one window of words.
    pub fn encode(&self, words: &[Word<'_>]) -> Encoding<'_> {
        let highest_shape = u8::try_from(self.shapes - 1).unwrap_or(u8::MAX);
        let mut pieces = vec![self.wordpiece.opening];
        let mut shapes = vec![EDGE_SHAPE.min(highest_shape)];
        let mut ranges = Vec::with_capacity(words.len());
        for word in words {
            let start = pieces.len();
            if start < self.positions - 1 {
                self.wordpiece.split(word.text, &mut pieces);
                pieces.truncate(self.positions - 1);
            }
            shapes.resize(pieces.len(), word.shape.min(highest_shape));
            ranges.push(start..pieces.len());
        }
        pieces.push(self.wordpiece.closing);
        shapes.push(EDGE_SHAPE.min(highest_shape));

        let kept = self.mixes.first().map_or(0, Vec::len);
        let layers = if words.is_empty() { Vec::new() } else { self.encoder.run(self.machine, &pieces, &shapes, kept) };
        Encoding {
            model: self,
            words: words.len(),
            layers: layers.iter().map(|layer| self.means(layer, &ranges)).collect(),
            groups: self.mixes.iter().map(|_| OnceCell::new()).collect(),
            projections: self.roles.iter().map(|_| OnceCell::new()).collect(),
        }
    }

    /// For each word the mean of its pieces' rows.
    fn means(&self, rows: &[f32], words: &[Range<usize>]) -> Vec<f32> {
        let mut means = vec![0.0; words.len() * self.hidden];
        for (mean, pieces) in means.chunks_exact_mut(self.hidden).zip(words) {
            for piece in pieces.clone() {
                for (sum, value) in mean.iter_mut().zip(&rows[piece * self.hidden..]) {
                    *sum += value;
                }
            }
            let share = 1.0 / pieces.len().max(1) as f32;
            for value in mean {
                *value *= share;
            }
        }
        means
    }
}

/// One window of words as the model has read it; the heads are asked as needed.
///
/// A range beyond the words is cut to them, and a head that the model lacks answers with a matrix without columns.
#[derive(Debug)]
pub struct Encoding<'a> {
    model: &'a Model,
    words: usize,
    /// What each of the last layers makes of each word.
    layers: Vec<Vec<f32>>,
    /// For each group a vector for each word, once it was asked.
    groups: Vec<OnceCell<Vec<f32>>>,
    /// For each role head what it makes of each word, once it was asked.
    projections: Vec<OnceCell<Vec<f32>>>,
}

impl Encoding<'_> {
    /// The number of words.
    pub fn words(&self) -> usize {
        self.words
    }

    /// For each word the scores of the tagger's labels.
    pub fn tags(&self, tagger: &str) -> Matrix {
        match self.model.taggers.iter().find(|head| head.name == tagger) {
            Some(Named { group, head, .. }) => head.tags(self.model.machine, self.group(*group)),
            None => Matrix::new(self.words, 0, Vec::new()),
        }
    }

    /// For each word the tagger's best label; empty if there is no such tagger.
    pub fn best_tags(&self, tagger: &str) -> Vec<usize> {
        let scores = self.tags(tagger);
        (0..self.words).filter_map(|word| scores.best(word).map(|(label, _)| label)).collect()
    }

    /// The dependency tree of the words in `range`, taken as one sentence: an attachment for each, heads counted within
    /// the window, exactly one of them the root.
    pub fn parse(&self, range: Range<usize>) -> Vec<Attachment> {
        let range = self.within(range);
        let (hidden, parser) = (self.model.hidden, &self.model.parser);
        let words = &self.group(parser.group)[range.start * hidden..range.end * hidden];
        parser.head.parse(self.model.machine, words, range.start)
    }

    /// For each word in `range` the scores of the role head's labels, as seen from the word `predicate`.
    pub fn roles(&self, name: &str, predicate: usize, range: Range<usize>) -> Matrix {
        let range = self.within(range);
        let found = self.model.roles.iter().zip(&self.projections).find(|(head, _)| head.name == name);
        let Some((Named { group, head, .. }, projection)) = found.filter(|_| predicate < self.words) else {
            return Matrix::new(range.len(), 0, Vec::new());
        };
        let machine = self.model.machine;
        let projected = projection.get_or_init(|| head.project(machine, self.group(*group)));
        head.roles(machine, projected, predicate, range)
    }

    /// For each word the vector that the heads of a group read, the group given by its place in the description; for
    /// comparison with the training side.
    pub fn vectors(&self, group: usize) -> Matrix {
        let values = if group < self.groups.len() { self.group(group).to_vec() } else { Vec::new() };
        Matrix::new(self.words, self.model.hidden, values)
    }

    /// For each word the sum of the layers in the group's shares.
    fn group(&self, group: usize) -> &[f32] {
        self.groups[group].get_or_init(|| {
            let mut vectors = vec![0.0; self.words * self.model.hidden];
            for (share, layer) in self.model.mixes[group].iter().zip(&self.layers) {
                for (vector, value) in vectors.iter_mut().zip(layer) {
                    *vector += share * value;
                }
            }
            vectors
        })
    }

    fn within(&self, range: Range<usize>) -> Range<usize> {
        let end = range.end.min(self.words);
        range.start.min(end)..end
    }
}
