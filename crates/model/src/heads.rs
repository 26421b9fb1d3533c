//! In: one vector per word. Out: scores of labels, of heads in the tree, of roles for a predicate.
//!
//! Three kinds of head stand on the encoder. A tagger is a small network over each word. The parser scores every pair of
//! words as dependent and head, and the chosen pairs for their relation. A role head scores every word for one
//! predicate, from both words and their distance.
//!
//! **Invariant:** no head sees a word outside the range that it was asked about.

use std::ops::Range;

use crate::dense::{Dense, Linear, rectify};
use crate::kernels::{Machine, softmax};
use crate::matrix::Matrix;
use crate::tree::best_tree;
use crate::weights::{Labelled, ModelError, Weights};

/// The last layer of a head: hidden units to labels.
#[derive(Clone, Debug)]
struct Labels {
    names: Vec<String>,
    weights: Dense,
    bias: Vec<f32>,
}

impl Labels {
    fn read(weights: &Weights, name: &str, head: &Labelled) -> Result<Labels, ModelError> {
        let names = head.labels.clone();
        let rows = weights.floats(&format!("{name}.out.weight"), &[names.len(), head.hidden])?;
        let bias = weights.floats(&format!("{name}.out.bias"), &[names.len()])?;
        Ok(Labels { weights: Dense::from_outputs(&rows, head.hidden, names.len()), bias, names })
    }

    /// Scores of rows of hidden units.
    fn score(&self, machine: Machine, hidden: &[f32], rows: usize) -> Matrix {
        Matrix::new(rows, self.names.len(), self.weights.apply(machine, hidden, &self.bias))
    }
}

/// A label for each word.
#[derive(Clone, Debug)]
pub(crate) struct Tagger {
    hidden: Linear,
    labels: Labels,
}

impl Tagger {
    pub fn read(weights: &Weights, head: &Labelled) -> Result<Tagger, ModelError> {
        let name = format!("tagger.{}", head.name);
        let hidden = Linear::read(weights, &format!("{name}.hidden"), weights.description.hidden, head.hidden)?;
        Ok(Tagger { hidden, labels: Labels::read(weights, &name, head)? })
    }

    pub fn labels(&self) -> &[String] {
        &self.labels.names
    }

    pub fn tags(&self, machine: Machine, words: &[f32]) -> Matrix {
        let mut hidden = self.hidden.apply(machine, words);
        rectify(&mut hidden);
        let rows = hidden.len() / self.hidden.outputs();
        self.labels.score(machine, &hidden, rows)
    }
}

/// One word's place in the tree of its sentence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Attachment {
    /// The word it depends on, as an index into the encoded words; `None` for the root of the sentence.
    pub head: Option<usize>,
    /// The relation to the head, as an index into the parser's labels.
    pub label: usize,
    /// The probability of this head among all words and the root, times that of this label among all labels.
    pub probability: f32,
}

/// The biaffine dependency parser.
#[derive(Clone, Debug)]
pub(crate) struct Parser {
    arc: usize,
    relation: usize,
    pub labels: Vec<String>,
    /// To dependent and head for arcs, then dependent and head for relations.
    project: Linear,
    root_arc: Vec<f32>,
    root_relation: Vec<f32>,
    arc_weights: Dense,
    arc_bias: Vec<f32>,
    relation_weights: Dense,
}

impl Parser {
    pub fn read(weights: &Weights) -> Result<Parser, ModelError> {
        let description = &weights.description.parser;
        let (arc, relation, labels) = (description.arc, description.relation, description.labels.clone());
        let project = Linear::read(weights, "parser.mlp", weights.description.hidden, 2 * arc + 2 * relation)?;
        let arc_weights = weights.floats("parser.arc.weight", &[arc, arc])?;
        let side = relation + 1;
        let relation_weights = weights.floats("parser.relation.weight", &[labels.len(), side, side])?;
        Ok(Parser {
            arc,
            relation,
            project,
            root_arc: weights.floats("parser.root_arc", &[arc])?,
            root_relation: weights.floats("parser.root_relation", &[relation])?,
            arc_weights: Dense::from_inputs(&arc_weights, arc, arc),
            arc_bias: weights.floats("parser.arc.bias", &[arc])?,
            relation_weights: Dense::from_outputs(&relation_weights, side * side, labels.len()),
            labels,
        })
    }

    /// The tree over `words`, one sentence; heads are counted from `first`.
    pub fn parse(&self, machine: Machine, words: &[f32], first: usize) -> Vec<Attachment> {
        let (arc, relation) = (self.arc, self.relation);
        let mut projected = self.project.apply(machine, words);
        rectify(&mut projected);
        let projected: Vec<&[f32]> = projected.chunks_exact(self.project.outputs()).collect();
        let count = projected.len();

        // Arc scores: column 0 is the root, column h + 1 is word h.
        let mut heads = self.root_arc.clone();
        let mut dependents = Vec::with_capacity(count * arc);
        for word in &projected {
            dependents.extend_from_slice(&word[..arc]);
            heads.extend_from_slice(&word[arc..2 * arc]);
        }
        let expected_heads = self.arc_weights.apply(machine, &dependents, &self.arc_bias);
        let mut arcs = Dense::from_outputs(&heads, arc, count + 1).apply(machine, &expected_heads, &[]);
        for (word, row) in arcs.chunks_exact_mut(count + 1).enumerate() {
            row[word + 1] = f32::NEG_INFINITY;
        }
        let column = |head: Option<usize>| head.map_or(0, |head| head + 1);
        let tree = best_tree(count, |word, head| arcs[word * (count + 1) + column(head)]);
        softmax(machine, &mut arcs, count + 1);

        // Relations of the chosen arcs: all products of a dependent's and a head's units, 1 among them.
        let mut pairs = Vec::with_capacity(count * (relation + 1) * (relation + 1));
        for (word, head) in projected.iter().zip(&tree) {
            let dependent = &word[2 * arc..][..relation];
            let head = head.map_or(self.root_relation.as_slice(), |head| &projected[head][2 * arc + relation..]);
            for unit in dependent.iter().chain(&[1.0]) {
                pairs.extend(head.iter().chain(&[1.0]).map(|other| unit * other));
            }
        }
        let scores = self.relation_weights.apply(machine, &pairs, &[]);
        let relations = Matrix::new(count, self.labels.len(), scores).softmax();
        let attach = |(word, head): (usize, &Option<usize>)| {
            let (label, share) = relations.best(word).unwrap_or((0, 0.0));
            let probability = arcs[word * (count + 1) + column(*head)] * share;
            Attachment { head: head.map(|head| first + head), label, probability }
        };
        tree.iter().enumerate().map(attach).collect()
    }
}

/// The classes of distance between predicate and word: by magnitude, on either side.
const DISTANCES: usize = 21;

/// The class of a distance in words, 10 for none.
fn distance_class(predicate: usize, word: usize) -> usize {
    let magnitude = match predicate.abs_diff(word) {
        near @ 0..=4 => near,
        5..=6 => 5,
        7..=9 => 6,
        10..=14 => 7,
        15..=24 => 8,
        25..=49 => 9,
        _ => 10,
    };
    if word < predicate { 10 - magnitude } else { 10 + magnitude }
}

/// A label for each word as seen from one predicate.
#[derive(Clone, Debug)]
pub(crate) struct Roles {
    hidden: usize,
    /// To four parts: what the predicate adds, what the word adds, and the two factors of their product.
    project: Linear,
    distance: Vec<f32>,
    labels: Labels,
}

impl Roles {
    pub fn read(weights: &Weights, head: &Labelled) -> Result<Roles, ModelError> {
        let name = format!("role.{}", head.name);
        Ok(Roles {
            hidden: head.hidden,
            project: Linear::read(weights, &format!("{name}.project"), weights.description.hidden, 4 * head.hidden)?,
            distance: weights.floats(&format!("{name}.distance"), &[DISTANCES, head.hidden])?,
            labels: Labels::read(weights, &name, head)?,
        })
    }

    pub fn labels(&self) -> &[String] {
        &self.labels.names
    }

    /// What each word brings to every pair; asked for once per window.
    pub fn project(&self, machine: Machine, words: &[f32]) -> Vec<f32> {
        self.project.apply(machine, words)
    }

    /// Scores of the words in `range` as seen from `predicate`, both within the projected words.
    pub fn roles(&self, machine: Machine, projected: &[f32], predicate: usize, range: Range<usize>) -> Matrix {
        let width = self.hidden;
        let parts = |word: usize| {
            let row = &projected[word * 4 * width..][..4 * width];
            let (added, factors) = row.split_at(2 * width);
            (added.split_at(width), factors.split_at(width))
        };
        let ((predicate_adds, _), (predicate_times, _)) = parts(predicate);
        let mut hidden = Vec::with_capacity(range.len() * width);
        for word in range.clone() {
            let ((_, word_adds), (_, word_times)) = parts(word);
            let distance = &self.distance[distance_class(predicate, word) * width..][..width];
            let factors = predicate_times.iter().zip(word_times);
            let added = predicate_adds.iter().zip(word_adds).zip(distance);
            hidden.extend(added.zip(factors).map(|(((p, w), d), (a, b))| ((p + w) + d) + a * b));
        }
        rectify(&mut hidden);
        self.labels.score(machine, &hidden, range.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_fall_into_symmetric_classes() {
        assert_eq!(distance_class(7, 7), 10);
        assert_eq!([1, 4, 5, 6, 7, 9].map(|d| distance_class(100, 100 + d)), [11, 14, 15, 15, 16, 16]);
        assert_eq!([10, 14, 15, 24, 25, 49, 50, 90].map(|d| distance_class(100, 100 - d)), [3, 3, 2, 2, 1, 1, 0, 0]);
    }
}
