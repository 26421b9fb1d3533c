//! In: pieces with the shape of their word. Out: what each of the last layers makes of each piece.
//!
//! MiniLM, which is a small BERT: embeddings, then layers of self-attention and a two-step network, each followed by a
//! sum with its input and a normalisation. Attention is the same product of matrices as elsewhere, head by head, in
//! floats; everything wider is in integers.
//!
//! **Invariant:** one call is one sequence; nothing of another sequence can reach it.

use crate::dense::Linear;
use crate::kernels::{Machine, Rows, add_and_normalise, gelu, product, softmax_rows};
use crate::simd::LANES;
use crate::weights::{ModelError, Weights};

/// A normalisation's scale and shift.
#[derive(Clone, Debug)]
struct Norm {
    weight: Vec<f32>,
    bias: Vec<f32>,
}

impl Norm {
    fn read(weights: &Weights, name: &str, width: usize) -> Result<Norm, ModelError> {
        let weight = weights.floats(&format!("{name}.weight"), &[width])?;
        let bias = weights.floats(&format!("{name}.bias"), &[width])?;
        Ok(Norm { weight, bias })
    }
}

#[derive(Clone, Debug)]
struct Layer {
    query_key_value: Linear,
    attention_out: Linear,
    attention_norm: Norm,
    up: Linear,
    down: Linear,
    norm: Norm,
}

/// The pieces' embeddings and the layers over them.
#[derive(Clone, Debug)]
pub(crate) struct Encoder {
    hidden: usize,
    attention_heads: usize,
    words: Vec<i8>,
    word_scales: Vec<f32>,
    positions: Vec<f32>,
    shapes: Vec<f32>,
    norm: Norm,
    layers: Vec<Layer>,
}

impl Encoder {
    pub fn read(weights: &Weights) -> Result<Encoder, ModelError> {
        let description = &weights.description;
        let (hidden, pieces) = (description.hidden, description.vocabulary.len());
        let layer = |number: usize| {
            let name = |part: &str| format!("layer.{number}.{part}");
            Ok(Layer {
                query_key_value: Linear::read(weights, &name("attention.qkv"), hidden, 3 * hidden)?,
                attention_out: Linear::read(weights, &name("attention.out"), hidden, hidden)?,
                attention_norm: Norm::read(weights, &name("attention.norm"), hidden)?,
                up: Linear::read(weights, &name("up"), hidden, description.intermediate)?,
                down: Linear::read(weights, &name("down"), description.intermediate, hidden)?,
                norm: Norm::read(weights, &name("norm"), hidden)?,
            })
        };
        Ok(Encoder {
            hidden,
            attention_heads: description.attention_heads,
            words: weights.integers("embedding.word", &[pieces, hidden])?,
            word_scales: weights.floats("embedding.word.scale", &[pieces])?,
            positions: weights.floats("embedding.position", &[description.positions, hidden])?,
            shapes: weights.floats("embedding.shape", &[description.shapes, hidden])?,
            norm: Norm::read(weights, "embedding.norm", hidden)?,
            layers: (0..description.layers).map(layer).collect::<Result<_, _>>()?,
        })
    }

    /// What each of the last `kept` layers makes of the pieces, rows of `hidden` numbers, the last layer last.
    ///
    /// `pieces` and `shapes` are equally long, no longer than the positions, and within the tables.
    pub fn run(&self, machine: Machine, pieces: &[u32], shapes: &[u8], kept: usize) -> Vec<Vec<f32>> {
        let mut rows = self.embed(machine, pieces, shapes);
        let mut outputs = Vec::with_capacity(kept);
        let first_kept = self.layers.len().saturating_sub(kept);
        // One piece of memory each, kept from layer to layer.
        let (mut wide, mut attended, mut narrow) = (Vec::new(), Vec::new(), Vec::new());
        for (number, layer) in self.layers.iter().enumerate() {
            layer.query_key_value.apply_into(machine, &rows, &mut wide);
            self.attend(machine, &wide, &mut attended);
            layer.attention_out.apply_into(machine, &attended, &mut narrow);
            add_and_normalise(machine, &mut rows, &narrow, &layer.attention_norm.weight, &layer.attention_norm.bias);

            layer.up.apply_into(machine, &rows, &mut wide);
            gelu(machine, &mut wide);
            layer.down.apply_into(machine, &wide, &mut narrow);
            add_and_normalise(machine, &mut rows, &narrow, &layer.norm.weight, &layer.norm.bias);
            if number >= first_kept {
                outputs.push(rows.clone());
            }
        }
        outputs
    }

    fn embed(&self, machine: Machine, pieces: &[u32], shapes: &[u8]) -> Vec<f32> {
        let hidden = self.hidden;
        let mut rows = Vec::with_capacity(pieces.len() * hidden);
        let mut added = Vec::with_capacity(pieces.len() * hidden);
        for (position, (piece, shape)) in pieces.iter().zip(shapes).enumerate() {
            let piece = *piece as usize;
            let scale = self.word_scales[piece];
            let word = &self.words[piece * hidden..][..hidden];
            let position = &self.positions[position * hidden..][..hidden];
            rows.extend(word.iter().zip(position).map(|(word, position)| f32::from(*word) * scale + position));
            added.extend_from_slice(&self.shapes[usize::from(*shape) * hidden..][..hidden]);
        }
        add_and_normalise(machine, &mut rows, &added, &self.norm.weight, &self.norm.bias);
        rows
    }

    /// Writes for each piece the values of all pieces, in each head's proportion; from queries, keys and values side by
    /// side.
    fn attend(&self, machine: Machine, mixed: &[f32], attended: &mut Vec<f32>) {
        let (hidden, stride) = (self.hidden, 3 * self.hidden);
        let width = hidden / self.attention_heads;
        let scale = 1.0 / (width as f32).sqrt();
        let count = mixed.len() / stride;
        let padded = count.next_multiple_of(LANES);
        attended.resize(count * hidden, 0.0);
        let mut keys = vec![[0.0; LANES]; padded / LANES * width];
        let mut values = vec![[0.0; LANES]; width / LANES * count];
        let mut shares = vec![0.0; count * padded];
        for start in (0..hidden).step_by(width) {
            for (piece, row) in mixed.chunks_exact(stride).enumerate() {
                let block = &mut keys[piece / LANES * width..][..width];
                for (lanes, key) in block.iter_mut().zip(&row[hidden + start..]) {
                    lanes[piece % LANES] = key * scale;
                }
                let row = row[2 * hidden + start..][..width].as_chunks::<LANES>().0;
                for (block, lanes) in row.iter().enumerate() {
                    values[block * count + piece] = *lanes;
                }
            }
            let queries = Rows { values: &mixed[start..], stride, count };
            product(machine, queries, &keys, width, shares.as_chunks_mut().0, padded / LANES);
            softmax_rows(machine, &mut shares, padded, count);
            let rows = Rows { values: &shares, stride: padded, count };
            let outputs = &mut attended.as_chunks_mut().0[start / LANES..];
            product(machine, rows, &values, count, outputs, hidden / LANES);
        }
    }
}
