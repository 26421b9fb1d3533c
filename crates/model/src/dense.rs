//! In: rows of inputs. Out: rows of outputs of one layer of weights, integer or float.
//!
//! Weights are repacked once, on loading, into blocks of sixteen output channels in the order in which the kernels
//! read them. [`Linear`] quantises its inputs row by row; [`Dense`] stays in floats, for the small last layers.
//!
//! **Invariant:** a row's outputs depend on that row alone.

use crate::kernels::{Machine, Packed, Rows, integer_product, product, quantise};
use crate::simd::LANES;
use crate::weights::{ModelError, Weights};

/// A layer of 8-bit weights, with one scale and one bias for each output; inputs and outputs are multiples of sixteen.
#[derive(Clone, Debug)]
pub(crate) struct Linear {
    inputs: usize,
    weights: Vec<[i8; 4 * LANES]>,
    scales: Vec<[f32; LANES]>,
    biases: Vec<[f32; LANES]>,
    offsets: Vec<[i32; LANES]>,
}

impl Linear {
    pub fn read(weights: &Weights, name: &str, inputs: usize, outputs: usize) -> Result<Linear, ModelError> {
        let rows = weights.integers(&format!("{name}.weight"), &[outputs, inputs])?;
        let scales = weights.floats(&format!("{name}.scale"), &[outputs])?;
        let biases = weights.floats(&format!("{name}.bias"), &[outputs])?;
        let (depth, blocks) = (inputs / 4, outputs / LANES);
        let mut packed = vec![[0; 4 * LANES]; depth * blocks];
        let mut offsets = vec![[0; LANES]; blocks];
        for (output, row) in rows.chunks_exact(inputs).enumerate() {
            let (block, lane) = (output / LANES, output % LANES);
            for (step, four) in row.as_chunks::<4>().0.iter().enumerate() {
                packed[block * depth + step][4 * lane..][..4].copy_from_slice(four);
            }
            offsets[block][lane] = 128 * row.iter().map(|weight| i32::from(*weight)).sum::<i32>();
        }
        let lanes = |values: Vec<f32>| values.as_chunks().0.to_vec();
        Ok(Linear { inputs, weights: packed, scales: lanes(scales), biases: lanes(biases), offsets })
    }

    pub fn outputs(&self) -> usize {
        self.scales.len() * LANES
    }

    /// The outputs of each row of `rows`.
    pub fn apply(&self, machine: Machine, rows: &[f32]) -> Vec<f32> {
        let mut outputs = Vec::new();
        self.apply_into(machine, rows, &mut outputs);
        outputs
    }

    /// Replaces `outputs` by those of each row of `rows`, and keeps its memory.
    pub fn apply_into(&self, machine: Machine, rows: &[f32], outputs: &mut Vec<f32>) {
        let count = rows.len() / self.inputs;
        outputs.resize(count * self.outputs(), 0.0);
        if let Machine::Reference = machine {
            return self.apply_in_floats(rows, outputs);
        }
        let mut bytes = vec![0; rows.len()];
        let mut row_scales = vec![0.0; count];
        quantise(machine, rows, self.inputs, &mut bytes, &mut row_scales);
        let packed = Packed {
            depth: self.inputs / 4,
            weights: &self.weights,
            scales: &self.scales,
            biases: &self.biases,
            offsets: &self.offsets,
        };
        integer_product(machine, &bytes, &row_scales, packed, outputs);
    }

    /// What the integers approximate: inputs as they are, weights times scale.
    fn apply_in_floats(&self, rows: &[f32], outputs: &mut [f32]) {
        let (depth, width) = (self.inputs / 4, self.outputs());
        for (row, outputs) in rows.chunks_exact(self.inputs).zip(outputs.chunks_exact_mut(width)) {
            for (block, outputs) in outputs.as_chunks_mut::<LANES>().0.iter_mut().enumerate() {
                let steps = &self.weights[block * depth..][..depth];
                for (lane, output) in outputs.iter_mut().enumerate() {
                    let mut sum = 0.0;
                    for (inputs, weights) in row.as_chunks::<4>().0.iter().zip(steps) {
                        for (input, weight) in inputs.iter().zip(&weights[4 * lane..]) {
                            sum += f64::from(*input) * f64::from(*weight);
                        }
                    }
                    let scale = f64::from(self.scales[block][lane]);
                    *output = (sum * scale + f64::from(self.biases[block][lane])) as f32;
                }
            }
        }
    }
}

/// A layer of float weights, any number of inputs and outputs; without bias.
#[derive(Clone, Debug)]
pub(crate) struct Dense {
    inputs: usize,
    outputs: usize,
    columns: Vec<[f32; LANES]>,
}

impl Dense {
    /// Packs weights given output by output, each `inputs` long; what is missing is 0.
    pub fn from_outputs(weights: &[f32], inputs: usize, outputs: usize) -> Dense {
        let mut columns = vec![[0.0; LANES]; outputs.div_ceil(LANES) * inputs];
        for (output, row) in weights.chunks_exact(inputs).enumerate().take(outputs) {
            for (input, weight) in row.iter().enumerate() {
                columns[output / LANES * inputs + input][output % LANES] = *weight;
            }
        }
        Dense { inputs, outputs, columns }
    }

    /// Packs weights given input by input, each `outputs` long; what is missing is 0.
    pub fn from_inputs(weights: &[f32], inputs: usize, outputs: usize) -> Dense {
        let mut columns = vec![[0.0; LANES]; outputs.div_ceil(LANES) * inputs];
        for (input, row) in weights.chunks_exact(outputs).enumerate().take(inputs) {
            for (output, weight) in row.iter().enumerate() {
                columns[output / LANES * inputs + input][output % LANES] = *weight;
            }
        }
        Dense { inputs, outputs, columns }
    }

    /// The outputs of each row of `rows`, plus `bias` where it is given.
    pub fn apply(&self, machine: Machine, rows: &[f32], bias: &[f32]) -> Vec<f32> {
        let count = rows.len() / self.inputs;
        let stride = self.outputs.div_ceil(LANES);
        let mut padded = vec![[0.0; LANES]; count * stride];
        let rows = Rows { values: rows, stride: self.inputs, count };
        product(machine, rows, &self.columns, self.inputs, &mut padded, stride);
        let mut outputs = Vec::with_capacity(count * self.outputs);
        for row in padded.chunks_exact(stride.max(1)) {
            outputs.extend_from_slice(&row.as_flattened()[..self.outputs]);
        }
        if !bias.is_empty() {
            for row in outputs.chunks_exact_mut(self.outputs) {
                for (output, bias) in row.iter_mut().zip(bias) {
                    *output += bias;
                }
            }
        }
        outputs
    }
}

/// Sets what is below zero to zero, and what is no number too.
pub(crate) fn rectify(values: &mut [f32]) {
    for value in values {
        *value = if *value > 0.0 { *value } else { 0.0 };
    }
}
