//! In: sixteen numbers at a time. Out: the same sixteen results on every processor.
//!
//! Kernels are written once over [`Simd`], sixteen lanes wide, and compiled once per instruction set. Each operation is
//! one IEEE operation per lane, multiplication and addition are never fused, and integers are exact, so the instruction
//! set changes the speed and not one bit of the result. A value of an instruction set's type is the proof that the
//! processor has it, which makes every method safe to call.
//!
//! **Invariant:** no lane depends on another lane, no operation is approximate, and no instruction set's type exists on
//! a processor without it.

#[cfg(target_arch = "x86_64")]
pub(crate) mod x86;

/// The number of lanes.
pub(crate) const LANES: usize = 16;

/// Sixteen lanes of single floats.
pub(crate) trait Simd: Copy {
    type Floats: Copy;

    /// Whether there are 32 registers of sixteen lanes; decides how large a tile is kept in registers.
    const WIDE: bool;

    fn splat(self, value: f32) -> Self::Floats;
    fn load(self, lanes: &[f32; LANES]) -> Self::Floats;
    fn store(self, lanes: &mut [f32; LANES], value: Self::Floats);
    fn add(self, a: Self::Floats, b: Self::Floats) -> Self::Floats;
    fn sub(self, a: Self::Floats, b: Self::Floats) -> Self::Floats;
    fn mul(self, a: Self::Floats, b: Self::Floats) -> Self::Floats;
    fn div(self, a: Self::Floats, b: Self::Floats) -> Self::Floats;
    /// `a` where it is larger, else `b`, also where one is no number.
    fn max(self, a: Self::Floats, b: Self::Floats) -> Self::Floats;
    /// `a` where it is smaller, else `b`, also where one is no number.
    fn min(self, a: Self::Floats, b: Self::Floats) -> Self::Floats;
    /// Two to the power that the lowest eight bits of each float hold, as [`ROUNDING`] leaves them.
    fn power_of_two(self, a: Self::Floats) -> Self::Floats;
    /// The lowest byte of each float's bits.
    fn low_bytes(self, bytes: &mut [u8; LANES], a: Self::Floats);
}

/// Sixteen sums of products of bytes, where the processor has instructions for them.
#[cfg(target_arch = "x86_64")]
pub(crate) trait ByteSimd: Simd {
    /// Four weights for each of sixteen channels.
    type Weights: Copy;
    /// One 32-bit sum, or a few partial ones, for each of sixteen channels.
    type Sums: Copy;

    fn no_sums(self) -> Self::Sums;
    /// Weights as [`crate::dense::Linear`] packs them: channel after channel, four each.
    fn weights(self, bytes: &[i8; 4 * LANES]) -> Self::Weights;
    /// Adds to each channel's sum the four products of its weights with `inputs`.
    fn dot(self, sums: Self::Sums, inputs: [u8; 4], weights: Self::Weights) -> Self::Sums;
    /// The sums less `offsets`, as the nearest floats.
    fn total(self, sums: Self::Sums, offsets: &[i32; LANES]) -> Self::Floats;
}

/// Added to a float of magnitude below 2^22, leaves the nearest integer (ties to even) in the lowest bits of the sum.
pub(crate) const ROUNDING: f32 = 12_582_912.0;

/// Plain Rust: the meaning of every operation, and the path of processors that have no other here.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scalar;

macro_rules! lane_by_lane {
    ($name:ident, |$a:ident, $b:ident| $value:expr) => {
        #[inline(always)]
        fn $name(self, left: Self::Floats, right: Self::Floats) -> Self::Floats {
            let mut lanes = left;
            for (lane, other) in lanes.iter_mut().zip(right) {
                let ($a, $b) = (*lane, other);
                *lane = $value;
            }
            lanes
        }
    };
}

impl Simd for Scalar {
    type Floats = [f32; LANES];

    const WIDE: bool = false;

    lane_by_lane!(add, |a, b| a + b);
    lane_by_lane!(sub, |a, b| a - b);
    lane_by_lane!(mul, |a, b| a * b);
    lane_by_lane!(div, |a, b| a / b);
    lane_by_lane!(max, |a, b| if a > b { a } else { b });
    lane_by_lane!(min, |a, b| if a < b { a } else { b });

    #[inline(always)]
    fn splat(self, value: f32) -> Self::Floats {
        [value; LANES]
    }

    #[inline(always)]
    fn load(self, lanes: &[f32; LANES]) -> Self::Floats {
        *lanes
    }

    #[inline(always)]
    fn store(self, lanes: &mut [f32; LANES], value: Self::Floats) {
        *lanes = value;
    }

    #[inline(always)]
    fn power_of_two(self, a: Self::Floats) -> Self::Floats {
        let mut lanes = a;
        for lane in &mut lanes {
            *lane = f32::from_bits((lane.to_bits() << 23).wrapping_add(1.0f32.to_bits()));
        }
        lanes
    }

    #[inline(always)]
    fn low_bytes(self, bytes: &mut [u8; LANES], a: Self::Floats) {
        for (byte, lane) in bytes.iter_mut().zip(a) {
            *byte = lane.to_bits() as u8;
        }
    }
}
