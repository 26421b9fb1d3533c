//! In: rows of numbers. Out: the sums, products and functions that the model is made of.
//!
//! Every kernel is written once, over sixteen lanes, and compiled for each instruction set; [`Machine`] chooses at run
//! time. Whatever is summed over a row is summed in sixteen interleaved parts that are then added by halves; products
//! of matrices add along the depth from first to last. The order is thus part of the definition, and the same
//! everywhere.
//!
//! **Invariant:** no result depends on the instruction set, on the other rows, or on the number of rows.

#![allow(unsafe_code)]

#[cfg(target_arch = "x86_64")]
use crate::simd::x86::{Avx2, Avx512};
use crate::simd::{LANES, Scalar};

/// Which instructions compute; all but `Reference` give the same bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Arithmetic {
    /// Single floats throughout, weights dequantised and inputs not quantised: slow, to measure the others by.
    Reference,
    /// Plain Rust, on any processor.
    Scalar,
    /// x86-64 with AVX2.
    Avx2,
    /// x86-64 with AVX-512 F, BW, VL and VNNI.
    Avx512,
}

impl Arithmetic {
    /// Every arithmetic that this processor has, the fastest last.
    pub fn available() -> Vec<Arithmetic> {
        let all = [Arithmetic::Reference, Arithmetic::Scalar, Arithmetic::Avx2, Arithmetic::Avx512];
        all.into_iter().filter(|arithmetic| Machine::new(*arithmetic).is_some()).collect()
    }
}

/// An arithmetic that this processor was found to have.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Machine {
    Reference,
    Scalar,
    #[cfg(target_arch = "x86_64")]
    Avx2(Avx2),
    #[cfg(target_arch = "x86_64")]
    Avx512(Avx512),
}

impl Machine {
    pub fn new(arithmetic: Arithmetic) -> Option<Machine> {
        match arithmetic {
            Arithmetic::Reference => Some(Machine::Reference),
            Arithmetic::Scalar => Some(Machine::Scalar),
            #[cfg(target_arch = "x86_64")]
            Arithmetic::Avx2 => Avx2::detect().map(Machine::Avx2),
            #[cfg(target_arch = "x86_64")]
            Arithmetic::Avx512 => Avx512::detect().map(Machine::Avx512),
            #[cfg(not(target_arch = "x86_64"))]
            Arithmetic::Avx2 | Arithmetic::Avx512 => None,
        }
    }

    /// The fastest that this processor has.
    pub fn best() -> Machine {
        let widest = Machine::new(Arithmetic::Avx512).or_else(|| Machine::new(Arithmetic::Avx2));
        widest.unwrap_or(Machine::Scalar)
    }

    pub fn arithmetic(self) -> Arithmetic {
        match self {
            Machine::Reference => Arithmetic::Reference,
            Machine::Scalar => Arithmetic::Scalar,
            #[cfg(target_arch = "x86_64")]
            Machine::Avx2(_) => Arithmetic::Avx2,
            #[cfg(target_arch = "x86_64")]
            Machine::Avx512(_) => Arithmetic::Avx512,
        }
    }
}

/// Makes of each generic kernel a function that takes a [`Machine`] first.
macro_rules! on_every_machine {
    ($($(#[$documentation:meta])* fn $name:ident($($argument:ident: $type:ty),* $(,)?);)*) => {$(
        $(#[$documentation])*
        pub(crate) fn $name(machine: Machine, $($argument: $type),*) {
            match machine {
                Machine::Reference | Machine::Scalar => lanes::$name(Scalar, $($argument),*),
                #[cfg(target_arch = "x86_64")]
                Machine::Avx2(simd) => {
                    #[target_feature(enable = "avx2")]
                    fn run(simd: Avx2, $($argument: $type),*) {
                        lanes::$name(simd, $($argument),*)
                    }
                    // SAFETY: an `Avx2` exists only where the processor has these features.
                    unsafe { run(simd, $($argument),*) }
                }
                #[cfg(target_arch = "x86_64")]
                Machine::Avx512(simd) => {
                    #[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512vnni")]
                    fn run(simd: Avx512, $($argument: $type),*) {
                        lanes::$name(simd, $($argument),*)
                    }
                    // SAFETY: an `Avx512` exists only where the processor has these features.
                    unsafe { run(simd, $($argument),*) }
                }
            }
        }
    )*};
}

/// Integer weights of a layer: blocks of sixteen channels, in each block four inputs after four inputs, in these
/// sixteen times four weights.
#[derive(Clone, Copy)]
pub(crate) struct Packed<'a> {
    /// Inputs per channel, divided by four.
    pub depth: usize,
    pub weights: &'a [[i8; 4 * LANES]],
    pub scales: &'a [[f32; LANES]],
    pub biases: &'a [[f32; LANES]],
    /// For each channel 128 times the sum of its weights: what the unsigned inputs add.
    pub offsets: &'a [[i32; LANES]],
}

/// Rows of a larger table: `count` of them, `stride` apart.
#[derive(Clone, Copy)]
pub(crate) struct Rows<'a> {
    pub values: &'a [f32],
    pub stride: usize,
    pub count: usize,
}

on_every_machine! {
    /// Writes each row of `width` floats as bytes and a scale: `scale = max|x| / 127`, or 1 for a row of zeros;
    /// `byte = 128 + round(x * (127 / max|x|))`, ties to even.
    fn quantise(rows: &[f32], width: usize, bytes: &mut [u8], scales: &mut [f32]);

    /// Multiplies rows by blocks of sixteen columns, each `depth` deep; an output row is `output_stride` blocks long.
    fn product(
        rows: Rows<'_>,
        columns: &[[f32; LANES]],
        depth: usize,
        outputs: &mut [[f32; LANES]],
        output_stride: usize,
    );

    /// Makes the first `valid` of each row of `width` (a multiple of sixteen) sum to one, and the others zero.
    fn softmax_rows(values: &mut [f32], width: usize, valid: usize);

    /// Adds `added` to `rows`, then brings each row of `weight.len()` to mean 0 and variance 1, scaled and shifted.
    fn add_and_normalise(rows: &mut [f32], added: &[f32], weight: &[f32], bias: &[f32]);

    /// Replaces each value, their number a multiple of sixteen, by its Gaussian error linear unit, x Φ(x).
    fn gelu(values: &mut [f32]);
}

/// Multiplies quantised rows by integer weights: `output = sum * (row scale * channel scale) + bias`, the sum exact.
pub(crate) fn integer_product(
    machine: Machine,
    bytes: &[u8],
    row_scales: &[f32],
    packed: Packed<'_>,
    outputs: &mut [f32],
) {
    match machine {
        Machine::Reference | Machine::Scalar => plain_integer_product(bytes, row_scales, packed, outputs),
        #[cfg(target_arch = "x86_64")]
        Machine::Avx2(simd) => {
            #[target_feature(enable = "avx2")]
            fn run(simd: Avx2, bytes: &[u8], row_scales: &[f32], packed: Packed<'_>, outputs: &mut [f32]) {
                lanes::integer_product(simd, bytes, row_scales, packed, outputs)
            }
            // SAFETY: an `Avx2` exists only where the processor has these features.
            unsafe { run(simd, bytes, row_scales, packed, outputs) }
        }
        #[cfg(target_arch = "x86_64")]
        Machine::Avx512(simd) => {
            #[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512vnni")]
            fn run(simd: Avx512, bytes: &[u8], row_scales: &[f32], packed: Packed<'_>, outputs: &mut [f32]) {
                lanes::integer_product(simd, bytes, row_scales, packed, outputs)
            }
            // SAFETY: an `Avx512` exists only where the processor has these features.
            unsafe { run(simd, bytes, row_scales, packed, outputs) }
        }
    }
}

/// The same in plain Rust: sixteen channels at a time are laid out whole, in numbers wide enough for any compiler to
/// find the processor's vector product.
fn plain_integer_product(bytes: &[u8], row_scales: &[f32], packed: Packed<'_>, outputs: &mut [f32]) {
    let (depth, width) = (packed.depth, 4 * packed.depth);
    let inputs: Vec<i16> = bytes.iter().map(|byte| i16::from(*byte)).collect();
    let mut channels = vec![0i16; LANES * width];
    let blocks = packed.scales.len();
    for block in 0..blocks {
        for (step, weights) in packed.weights[block * depth..][..depth].iter().enumerate() {
            for (lane, four) in weights.as_chunks::<4>().0.iter().enumerate() {
                for (input, weight) in four.iter().enumerate() {
                    channels[lane * width + 4 * step + input] = i16::from(*weight);
                }
            }
        }
        let (scales, biases, offsets) = (&packed.scales[block], &packed.biases[block], &packed.offsets[block]);
        for ((row, row_scale), outputs) in
            inputs.chunks_exact(width).zip(row_scales).zip(outputs.chunks_exact_mut(blocks * LANES))
        {
            let outputs = &mut outputs[block * LANES..][..LANES];
            for (lane, (channel, output)) in channels.chunks_exact(width).zip(outputs).enumerate() {
                let mut sum = 0i32;
                for (input, weight) in row.iter().zip(channel) {
                    sum = sum.wrapping_add(i32::from(*input) * i32::from(*weight));
                }
                let sum = sum.wrapping_sub(offsets[lane]) as f32;
                *output = sum * (row_scale * scales[lane]) + biases[lane];
            }
        }
    }
}

/// Softmax of rows of any width.
pub(crate) fn softmax(machine: Machine, values: &mut [f32], width: usize) {
    let padded = width.next_multiple_of(LANES);
    let mut lanes = vec![0.0; padded];
    for row in values.chunks_exact_mut(width.max(1)) {
        lanes[..width].copy_from_slice(row);
        softmax_rows(machine, &mut lanes, padded, width);
        row.copy_from_slice(&lanes[..width]);
    }
}

/// The kernels themselves. All are inlined into a function compiled for the instruction set, and so hold no closure
/// that computes.
mod lanes {
    use std::array::from_fn;

    #[cfg(target_arch = "x86_64")]
    use super::Packed;
    use super::Rows;
    #[cfg(target_arch = "x86_64")]
    use crate::simd::ByteSimd;
    use crate::simd::{LANES, ROUNDING, Simd};

    /// The variance below which a row counts as constant; BERT's.
    const EPSILON: f32 = 1e-12;

    /// erf(x) = x P(x²) / Q(x²) for |x| up to `ERF_END`, beyond it ±1: a least-squares fit of our own, reweighted to even
    /// out its error, which stays below 4e-7 in single floats.
    const ERF_END: f32 = 3.95;
    const ERF_P: [f32; 7] =
        [1.964_126_5e-8, -1.991_557_6e-6, 1.513_464_8e-4, 4.090_334_3e-3, 5.177_776_5e-2, 2.089_986_8e-1, 1.128_378_7];
    const ERF_Q: [f32; 5] = [1.051_107_2e-3, 1.513_229_6e-2, 1.187_551_2e-1, 5.185_486e-1, 1.0];

    /// Below this, e^x is taken as e^this, which is still a normal number.
    const EXP_START: f32 = -87.0;
    /// e^r = 1 + r + r² P(r) for |r| up to half of ln 2 (Cephes).
    const EXP_P: [f32; 6] = [1.987_569_1e-4, 1.398_199_9e-3, 8.333_452e-3, 4.166_579_6e-2, 1.666_666_5e-1, 0.5];
    /// ln 2 in a short and a small part, so that the first product is exact.
    const LN_2: [f32; 2] = [0.693_359_4, -2.121_944_4e-4];

    /// Combines the first half of the lanes with the second.
    #[inline(always)]
    fn halve<const N: usize, const HALF: usize>(lanes: [f32; N], combine: impl Fn(f32, f32) -> f32) -> [f32; HALF] {
        let mut half = [0.0; HALF];
        for lane in 0..HALF {
            half[lane] = combine(lanes[lane], lanes[lane + HALF]);
        }
        half
    }

    /// Combines the sixteen lanes by halves.
    #[inline(always)]
    fn fold<S: Simd>(simd: S, value: S::Floats, combine: impl Fn(f32, f32) -> f32) -> f32 {
        let mut lanes = [0.0; LANES];
        simd.store(&mut lanes, value);
        let eight: [f32; 8] = halve(lanes, &combine);
        let four: [f32; 4] = halve(eight, &combine);
        let [first, second] = halve(four, &combine);
        combine(first, second)
    }

    #[inline(always)]
    fn sum_of<S: Simd>(simd: S, value: S::Floats) -> f32 {
        fold(simd, value, |a, b| a + b)
    }

    #[inline(always)]
    fn largest_of<S: Simd>(simd: S, value: S::Floats) -> f32 {
        fold(simd, value, |a, b| if a > b { a } else { b })
    }

    /// The polynomial in `x` with these coefficients, the highest power first.
    #[inline(always)]
    fn polynomial<S: Simd, const N: usize>(simd: S, x: S::Floats, coefficients: [f32; N]) -> S::Floats {
        let mut value = simd.splat(coefficients[0]);
        for coefficient in &coefficients[1..] {
            value = simd.add(simd.mul(value, x), simd.splat(*coefficient));
        }
        value
    }

    /// e^x for x up to 0; relative error below 2e-7.
    #[inline(always)]
    fn exp<S: Simd>(simd: S, x: S::Floats) -> S::Floats {
        let x = simd.max(x, simd.splat(EXP_START));
        let rounding = simd.splat(ROUNDING);
        let rounded = simd.add(simd.mul(x, simd.splat(std::f32::consts::LOG2_E)), rounding);
        let whole = simd.sub(rounded, rounding);
        let rest = simd.sub(x, simd.mul(whole, simd.splat(LN_2[0])));
        let rest = simd.sub(rest, simd.mul(whole, simd.splat(LN_2[1])));
        let curve = simd.mul(polynomial(simd, rest, EXP_P), simd.mul(rest, rest));
        let value = simd.add(simd.add(curve, rest), simd.splat(1.0));
        simd.mul(value, simd.power_of_two(rounded))
    }

    #[inline(always)]
    fn erf<S: Simd>(simd: S, x: S::Floats) -> S::Floats {
        let x = simd.min(simd.max(x, simd.splat(-ERF_END)), simd.splat(ERF_END));
        let square = simd.mul(x, x);
        simd.div(simd.mul(x, polynomial(simd, square, ERF_P)), polynomial(simd, square, ERF_Q))
    }

    #[inline(always)]
    pub fn gelu<S: Simd>(simd: S, values: &mut [f32]) {
        let half = simd.splat(0.5);
        for lanes in values.as_chunks_mut::<LANES>().0 {
            let x = simd.load(lanes);
            let erf = erf(simd, simd.mul(x, simd.splat(std::f32::consts::FRAC_1_SQRT_2)));
            let share = simd.add(simd.mul(erf, half), half);
            simd.store(lanes, simd.mul(x, share));
        }
    }

    #[inline(always)]
    pub fn softmax_rows<S: Simd>(simd: S, values: &mut [f32], width: usize, valid: usize) {
        for row in values.chunks_exact_mut(width.max(1)) {
            row[valid..].fill(f32::NEG_INFINITY);
            let mut largest = simd.splat(f32::NEG_INFINITY);
            for lanes in row.as_chunks::<LANES>().0 {
                largest = simd.max(simd.load(lanes), largest);
            }
            let largest = simd.splat(largest_of(simd, largest));
            for lanes in row.as_chunks_mut::<LANES>().0 {
                let shifted = simd.sub(simd.load(lanes), largest);
                simd.store(lanes, exp(simd, shifted));
            }
            row[valid..].fill(0.0);
            let mut sum = simd.splat(0.0);
            for lanes in row.as_chunks::<LANES>().0 {
                sum = simd.add(sum, simd.load(lanes));
            }
            let share = simd.splat(1.0 / sum_of(simd, sum));
            for lanes in row.as_chunks_mut::<LANES>().0 {
                let part = simd.mul(simd.load(lanes), share);
                simd.store(lanes, part);
            }
        }
    }

    #[inline(always)]
    pub fn add_and_normalise<S: Simd>(simd: S, rows: &mut [f32], added: &[f32], weight: &[f32], bias: &[f32]) {
        let width = weight.len();
        let (weight, bias) = (weight.as_chunks::<LANES>().0, bias.as_chunks::<LANES>().0);
        for (row, added) in rows.chunks_exact_mut(width).zip(added.chunks_exact(width)) {
            let row = row.as_chunks_mut::<LANES>().0;
            let mut sum = simd.splat(0.0);
            for (lanes, added) in row.iter_mut().zip(added.as_chunks::<LANES>().0) {
                let value = simd.add(simd.load(lanes), simd.load(added));
                simd.store(lanes, value);
                sum = simd.add(sum, value);
            }
            let mean = simd.splat(sum_of(simd, sum) / width as f32);
            let mut squares = simd.splat(0.0);
            for lanes in row.iter_mut() {
                let value = simd.sub(simd.load(lanes), mean);
                simd.store(lanes, value);
                squares = simd.add(squares, simd.mul(value, value));
            }
            let variance = sum_of(simd, squares) / width as f32;
            let inverse = simd.splat(1.0 / (variance + EPSILON).sqrt());
            for ((lanes, weight), bias) in row.iter_mut().zip(weight).zip(bias) {
                let value = simd.mul(simd.mul(simd.load(lanes), inverse), simd.load(weight));
                simd.store(lanes, simd.add(value, simd.load(bias)));
            }
        }
    }

    #[inline(always)]
    pub fn quantise<S: Simd>(simd: S, rows: &[f32], width: usize, bytes: &mut [u8], scales: &mut [f32]) {
        let (top, bottom) = (simd.splat(127.0), simd.splat(-127.0));
        // 128 makes the byte unsigned; it is even, and so ties still go to even.
        let rounding = simd.splat(ROUNDING + 128.0);
        let rows = rows.chunks_exact(width).zip(bytes.chunks_exact_mut(width));
        for ((row, bytes), scale) in rows.zip(scales) {
            let row = row.as_chunks::<LANES>().0;
            let mut largest = simd.splat(0.0);
            for lanes in row {
                let value = simd.load(lanes);
                largest = simd.max(simd.max(value, simd.sub(simd.splat(0.0), value)), largest);
            }
            let largest = largest_of(simd, largest);
            let factor = if largest == 0.0 { 1.0 } else { 127.0 / largest };
            *scale = if largest == 0.0 { 1.0 } else { largest / 127.0 };
            let factor = simd.splat(factor);
            for (lanes, bytes) in row.iter().zip(bytes.as_chunks_mut::<LANES>().0) {
                let value = simd.mul(simd.load(lanes), factor);
                let value = simd.min(simd.max(value, bottom), top);
                simd.low_bytes(bytes, simd.add(value, rounding));
            }
        }
    }

    #[cfg(target_arch = "x86_64")]
    #[inline(always)]
    pub fn integer_product<S: ByteSimd>(
        simd: S,
        bytes: &[u8],
        row_scales: &[f32],
        packed: Packed<'_>,
        outputs: &mut [f32],
    ) {
        let inputs = bytes.as_chunks::<4>().0;
        let outputs = outputs.as_chunks_mut::<LANES>().0;
        let blocks = packed.scales.len();
        let count = row_scales.len();
        let mut block = 0;
        while block < blocks {
            let mut row = 0;
            if S::WIDE && blocks - block >= 4 {
                while row < count {
                    row += match count - row {
                        6.. => integer_tile::<S, 6, 4>(simd, inputs, row_scales, packed, outputs, row, block),
                        4.. => integer_tile::<S, 4, 4>(simd, inputs, row_scales, packed, outputs, row, block),
                        2.. => integer_tile::<S, 2, 4>(simd, inputs, row_scales, packed, outputs, row, block),
                        _ => integer_tile::<S, 1, 4>(simd, inputs, row_scales, packed, outputs, row, block),
                    };
                }
                block += 4;
            } else {
                while row < count {
                    row += match count - row {
                        2.. => integer_tile::<S, 2, 1>(simd, inputs, row_scales, packed, outputs, row, block),
                        _ => integer_tile::<S, 1, 1>(simd, inputs, row_scales, packed, outputs, row, block),
                    };
                }
                block += 1;
            }
        }
    }

    /// The outputs of `R` rows and `C` blocks, their sums kept in registers; returns `R`.
    #[cfg(target_arch = "x86_64")]
    #[inline(always)]
    fn integer_tile<S: ByteSimd, const R: usize, const C: usize>(
        simd: S,
        inputs: &[[u8; 4]],
        row_scales: &[f32],
        packed: Packed<'_>,
        outputs: &mut [[f32; LANES]],
        row: usize,
        block: usize,
    ) -> usize {
        let depth = packed.depth;
        let rows: [&[[u8; 4]]; R] = from_fn(|r| &inputs[(row + r) * depth..][..depth]);
        let weights: [&[[i8; 4 * LANES]]; C] = from_fn(|c| &packed.weights[(block + c) * depth..][..depth]);
        let mut sums = [[simd.no_sums(); C]; R];
        for step in 0..depth {
            let weights: [S::Weights; C] = {
                let mut loaded = [simd.weights(&weights[0][step]); C];
                for c in 1..C {
                    loaded[c] = simd.weights(&weights[c][step]);
                }
                loaded
            };
            for r in 0..R {
                for c in 0..C {
                    sums[r][c] = simd.dot(sums[r][c], rows[r][step], weights[c]);
                }
            }
        }
        let blocks = packed.scales.len();
        for r in 0..R {
            let row_scale = simd.splat(row_scales[row + r]);
            for (c, sums) in sums[r].into_iter().enumerate() {
                let at = block + c;
                let scale = simd.mul(row_scale, simd.load(&packed.scales[at]));
                let value = simd.mul(simd.total(sums, &packed.offsets[at]), scale);
                let value = simd.add(value, simd.load(&packed.biases[at]));
                simd.store(&mut outputs[(row + r) * blocks + at], value);
            }
        }
        R
    }

    #[inline(always)]
    pub fn product<S: Simd>(
        simd: S,
        rows: Rows<'_>,
        columns: &[[f32; LANES]],
        depth: usize,
        outputs: &mut [[f32; LANES]],
        output_stride: usize,
    ) {
        let blocks = columns.len() / depth.max(1);
        let mut block = 0;
        while block < blocks {
            let wide = S::WIDE && blocks - block >= 2;
            let width = if wide { 2 } else { 1 };
            let columns = &columns[block * depth..][..width * depth];
            let mut row = 0;
            while row < rows.count {
                let count = rows.count - row;
                let rows = Rows { values: &rows.values[row * rows.stride..], count, ..rows };
                let outputs = &mut outputs[row * output_stride + block..];
                row += match count {
                    8.. if wide => tile::<S, 8, 2>(simd, rows, columns, depth, outputs, output_stride),
                    4.. if wide => tile::<S, 4, 2>(simd, rows, columns, depth, outputs, output_stride),
                    _ if wide => tile::<S, 1, 2>(simd, rows, columns, depth, outputs, output_stride),
                    4.. => tile::<S, 4, 1>(simd, rows, columns, depth, outputs, output_stride),
                    _ => tile::<S, 1, 1>(simd, rows, columns, depth, outputs, output_stride),
                };
            }
            block += width;
        }
    }

    /// The outputs of the first `R` rows and `C` blocks, kept in registers; returns `R`.
    #[inline(always)]
    fn tile<S: Simd, const R: usize, const C: usize>(
        simd: S,
        rows: Rows<'_>,
        columns: &[[f32; LANES]],
        depth: usize,
        outputs: &mut [[f32; LANES]],
        output_stride: usize,
    ) -> usize {
        let rows: [&[f32]; R] = from_fn(|r| &rows.values[r * rows.stride..][..depth]);
        let columns: [&[[f32; LANES]]; C] = from_fn(|c| &columns[c * depth..][..depth]);
        let mut sums = [[simd.splat(0.0); C]; R];
        for step in 0..depth {
            let mut lanes = [simd.splat(0.0); C];
            for c in 0..C {
                lanes[c] = simd.load(&columns[c][step]);
            }
            for r in 0..R {
                let input = simd.splat(rows[r][step]);
                for c in 0..C {
                    sums[r][c] = simd.add(sums[r][c], simd.mul(input, lanes[c]));
                }
            }
        }
        for r in 0..R {
            for c in 0..C {
                simd.store(&mut outputs[r * output_stride + c], sums[r][c]);
            }
        }
        R
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Draws numbers of mixed sign and size.
    fn numbers(count: usize, seed: u32) -> Vec<f32> {
        let mut state = seed;
        let mut draw = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as f32 / (1 << 24) as f32
        };
        (0..count).map(|_| (draw() - 0.5) * (draw() * 12.0 - 6.0).exp2()).collect()
    }

    /// erf by its series in double floats.
    fn erf(x: f64) -> f64 {
        let mut term = x;
        let mut sum = x;
        for n in 1..200 {
            term *= -x * x / f64::from(n);
            sum += term / f64::from(2 * n + 1);
        }
        sum * 2.0 / std::f64::consts::PI.sqrt()
    }

    fn others() -> Vec<Machine> {
        let differing = Arithmetic::available().into_iter().filter(|arithmetic| *arithmetic > Arithmetic::Scalar);
        differing.filter_map(Machine::new).collect()
    }

    #[test]
    fn gelu_is_close_to_its_definition() {
        let xs: Vec<f32> = (-6400..6400).map(|step| step as f32 / 1000.0).collect();
        let mut values = xs.clone();
        gelu(Machine::Scalar, &mut values);
        for (x, value) in xs.iter().zip(&values) {
            let x = f64::from(*x);
            let exact = 0.5 * x * (1.0 + erf(x / 2f64.sqrt()));
            assert!((exact - f64::from(*value)).abs() < 2e-6, "gelu({x}) = {value}, not {exact}");
        }
        let mut ends = [-1000.0, 1000.0, 0.0, f32::NAN].repeat(4);
        gelu(Machine::Scalar, &mut ends);
        assert!(ends[0].abs() < 1e-3 && (ends[1] - 1000.0).abs() < 1e-3 && ends[2] == 0.0);
    }

    #[test]
    fn softmax_is_close_to_its_definition() {
        let mut values: Vec<f32> = numbers(64, 5);
        let given = values.clone();
        softmax_rows(Machine::Scalar, &mut values, 64, 50);
        let sum: f64 = given[..50].iter().map(|value| f64::from(*value).exp()).sum();
        for (before, after) in given.iter().zip(&values).take(50) {
            let exact = f64::from(*before).exp() / sum;
            assert!((f64::from(*after) - exact).abs() < 1e-6 * exact + 1e-12);
        }
        assert_eq!(values[50..], [0.0; 14]);
    }

    #[test]
    fn quantising_rounds_half_to_even() {
        let mut row = [0.0; 16];
        row[..8].copy_from_slice(&[127.0, 0.5, 1.5, 2.5, -0.5, -1.5, -127.0, 3.2]);
        let (mut bytes, mut scales) = ([0; 16], [0.0]);
        quantise(Machine::Scalar, &row, 16, &mut bytes, &mut scales);
        assert_eq!(bytes[..8], [255, 128, 130, 130, 128, 126, 1, 131]);
        assert_eq!(scales, [1.0]);
        quantise(Machine::Scalar, &[0.0; 16], 16, &mut bytes, &mut scales);
        assert_eq!((bytes, scales), ([128; 16], [1.0]));
    }

    #[test]
    fn every_machine_gives_the_same_bits() {
        let bits = |values: &[f32]| values.iter().map(|value| value.to_bits()).collect::<Vec<_>>();
        let run = |machine: Machine| {
            let mut results = Vec::new();
            let mut values = numbers(16 * 41, 1);
            gelu(machine, &mut values);
            results.push(bits(&values));
            softmax_rows(machine, &mut values, 16 * 41, 16 * 40 + 3);
            results.push(bits(&values));
            let (mut rows, added) = (numbers(7 * 96, 2), numbers(7 * 96, 3));
            add_and_normalise(machine, &mut rows, &added, &numbers(96, 4), &numbers(96, 5));
            results.push(bits(&rows));
            // One to fifteen rows, and one to six blocks: every tile and every remainder.
            for (count, blocks) in (1..16).flat_map(|count| (1..7).map(move |blocks| (count, blocks))) {
                let rows = numbers(count * 32, count as u32);
                let (mut bytes, mut scales) = (vec![0; count * 32], vec![0.0; count]);
                quantise(machine, &rows, 32, &mut bytes, &mut scales);
                let columns = numbers(blocks * 32 * 16, 9);
                let columns = columns.as_chunks().0;
                let mut outputs = vec![[0.0; 16]; count * (blocks + 1)];
                let table = Rows { values: &rows, stride: 32, count };
                product(machine, table, columns, 32, &mut outputs, blocks + 1);
                results.push(bits(outputs.as_flattened()));
                let weights: Vec<i8> = numbers(blocks * 8 * 64, 8).iter().map(|value| value.to_bits() as i8).collect();
                let packed = Packed {
                    depth: 8,
                    weights: weights.as_chunks().0,
                    scales: &columns[..blocks],
                    biases: &columns[blocks..2 * blocks],
                    offsets: &vec![[12_345; 16]; blocks],
                };
                integer_product(machine, &bytes, &scales, packed, outputs.as_flattened_mut());
                results.push(bits(outputs.as_flattened()));
                results.push(bytes.iter().map(|byte| u32::from(*byte)).collect());
            }
            results
        };
        let expected = run(Machine::Scalar);
        for machine in others() {
            assert!(run(machine) == expected, "{machine:?} differs from scalar");
        }
    }

    #[test]
    fn integer_product_is_exact_at_the_extremes() {
        let weights = vec![[-128i8; 64]; 96];
        let packed = Packed {
            depth: 96,
            weights: &weights,
            scales: &[[1.0; 16]],
            biases: &[[0.0; 16]],
            offsets: &[[128 * -128 * 384; 16]],
        };
        for machine in others().into_iter().chain([Machine::Scalar]) {
            let mut outputs = [0.0; 32];
            integer_product(machine, &[[255u8; 384], [1; 384]].concat(), &[1.0, 1.0], packed, &mut outputs);
            assert_eq!(outputs[..16], [-128.0 * 127.0 * 384.0; 16], "{machine:?}");
            assert_eq!(outputs[16..], [128.0 * 127.0 * 384.0; 16], "{machine:?}");
        }
    }
}
