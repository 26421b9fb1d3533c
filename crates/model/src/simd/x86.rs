//! In: sixteen lanes. Out: the operations of [`Simd`] in AVX2 (two registers of eight) and AVX-512 with VNNI (one).
//!
//! AVX2 widens bytes to 16 bits before it multiplies, since its byte product saturates; VNNI multiplies unsigned by
//! signed bytes exactly.
//!
//! **Invariant:** no fused multiply-add and no saturating product is used.

#![allow(unsafe_code)]

use std::arch::x86_64::*;

use super::{ByteSimd, LANES, Simd};

/// Proof that the processor has AVX2.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Avx2(());

impl Avx2 {
    pub fn detect() -> Option<Avx2> {
        is_x86_feature_detected!("avx2").then_some(Avx2(()))
    }
}

/// Proof that the processor has AVX-512 F, BW, VL and VNNI.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Avx512(());

impl Avx512 {
    pub fn detect() -> Option<Avx512> {
        (is_x86_feature_detected!("avx512f")
            && is_x86_feature_detected!("avx512bw")
            && is_x86_feature_detected!("avx512vl")
            && is_x86_feature_detected!("avx512vnni"))
        .then_some(Avx512(()))
    }
}

// SAFETY, for every block below: `self` exists only where `detect` found the instruction set, and each pointer comes
// from a reference to an array of exactly the length that the instruction reads or writes, through unaligned access.

macro_rules! halves {
    ($name:ident, $instruction:ident) => {
        #[inline(always)]
        fn $name(self, a: Self::Floats, b: Self::Floats) -> Self::Floats {
            unsafe { [$instruction(a[0], b[0]), $instruction(a[1], b[1])] }
        }
    };
}

impl Simd for Avx2 {
    type Floats = [__m256; 2];

    const WIDE: bool = false;

    halves!(add, _mm256_add_ps);
    halves!(sub, _mm256_sub_ps);
    halves!(mul, _mm256_mul_ps);
    halves!(div, _mm256_div_ps);
    halves!(max, _mm256_max_ps);
    halves!(min, _mm256_min_ps);

    #[inline(always)]
    fn splat(self, value: f32) -> Self::Floats {
        unsafe { [_mm256_set1_ps(value); 2] }
    }

    #[inline(always)]
    fn load(self, lanes: &[f32; LANES]) -> Self::Floats {
        unsafe { [_mm256_loadu_ps(lanes.as_ptr()), _mm256_loadu_ps(lanes.as_ptr().add(8))] }
    }

    #[inline(always)]
    fn store(self, lanes: &mut [f32; LANES], value: Self::Floats) {
        unsafe {
            _mm256_storeu_ps(lanes.as_mut_ptr(), value[0]);
            _mm256_storeu_ps(lanes.as_mut_ptr().add(8), value[1]);
        }
    }

    #[inline(always)]
    fn power_of_two(self, a: Self::Floats) -> Self::Floats {
        unsafe {
            let one = _mm256_castps_si256(_mm256_set1_ps(1.0));
            let low = _mm256_slli_epi32::<23>(_mm256_castps_si256(a[0]));
            let high = _mm256_slli_epi32::<23>(_mm256_castps_si256(a[1]));
            [_mm256_castsi256_ps(_mm256_add_epi32(low, one)), _mm256_castsi256_ps(_mm256_add_epi32(high, one))]
        }
    }

    #[inline(always)]
    fn low_bytes(self, bytes: &mut [u8; LANES], a: Self::Floats) {
        unsafe {
            let mask = _mm256_set1_epi32(0xff);
            let low = _mm256_and_si256(_mm256_castps_si256(a[0]), mask);
            let high = _mm256_and_si256(_mm256_castps_si256(a[1]), mask);
            // Packing works within 128-bit halves; the permutation puts the quarters back in order.
            let words = _mm256_permute4x64_epi64::<0b11_01_10_00>(_mm256_packus_epi32(low, high));
            let packed = _mm_packus_epi16(_mm256_castsi256_si128(words), _mm256_extracti128_si256::<1>(words));
            _mm_storeu_si128(bytes.as_mut_ptr().cast(), packed);
        }
    }
}

impl ByteSimd for Avx2 {
    /// Four channels in each register, as 16-bit numbers.
    type Weights = [__m256i; 4];
    /// Two partial sums for each of four channels in each register.
    type Sums = [__m256i; 4];

    #[inline(always)]
    fn no_sums(self) -> Self::Sums {
        unsafe { [_mm256_setzero_si256(); 4] }
    }

    #[inline(always)]
    fn weights(self, bytes: &[i8; 4 * LANES]) -> Self::Weights {
        let mut weights = self.no_sums();
        for (weight, sixteen) in weights.iter_mut().zip(bytes.as_chunks::<16>().0) {
            *weight = unsafe { _mm256_cvtepi8_epi16(_mm_loadu_si128(sixteen.as_ptr().cast())) };
        }
        weights
    }

    #[inline(always)]
    fn dot(self, mut sums: Self::Sums, inputs: [u8; 4], weights: Self::Weights) -> Self::Sums {
        unsafe {
            let inputs = _mm256_cvtepu8_epi16(_mm_set1_epi32(i32::from_le_bytes(inputs)));
            for (sum, weight) in sums.iter_mut().zip(weights) {
                *sum = _mm256_add_epi32(*sum, _mm256_madd_epi16(inputs, weight));
            }
        }
        sums
    }

    #[inline(always)]
    fn total(self, sums: Self::Sums, offsets: &[i32; LANES]) -> Self::Floats {
        let mut totals = self.splat(0.0);
        let (pairs, _) = sums.as_chunks::<2>();
        for ((total, pair), offsets) in totals.iter_mut().zip(pairs).zip(offsets.as_chunks::<8>().0) {
            unsafe {
                let sum = _mm256_permute4x64_epi64::<0b11_01_10_00>(_mm256_hadd_epi32(pair[0], pair[1]));
                let offset = _mm256_loadu_si256(offsets.as_ptr().cast());
                *total = _mm256_cvtepi32_ps(_mm256_sub_epi32(sum, offset));
            }
        }
        totals
    }
}

macro_rules! whole {
    ($name:ident, $instruction:ident) => {
        #[inline(always)]
        fn $name(self, a: Self::Floats, b: Self::Floats) -> Self::Floats {
            unsafe { $instruction(a, b) }
        }
    };
}

impl Simd for Avx512 {
    type Floats = __m512;

    const WIDE: bool = true;

    whole!(add, _mm512_add_ps);
    whole!(sub, _mm512_sub_ps);
    whole!(mul, _mm512_mul_ps);
    whole!(div, _mm512_div_ps);
    whole!(max, _mm512_max_ps);
    whole!(min, _mm512_min_ps);

    #[inline(always)]
    fn splat(self, value: f32) -> Self::Floats {
        unsafe { _mm512_set1_ps(value) }
    }

    #[inline(always)]
    fn load(self, lanes: &[f32; LANES]) -> Self::Floats {
        unsafe { _mm512_loadu_ps(lanes.as_ptr()) }
    }

    #[inline(always)]
    fn store(self, lanes: &mut [f32; LANES], value: Self::Floats) {
        unsafe { _mm512_storeu_ps(lanes.as_mut_ptr(), value) }
    }

    #[inline(always)]
    fn power_of_two(self, a: Self::Floats) -> Self::Floats {
        unsafe {
            let one = _mm512_castps_si512(_mm512_set1_ps(1.0));
            let shifted = _mm512_slli_epi32::<23>(_mm512_castps_si512(a));
            _mm512_castsi512_ps(_mm512_add_epi32(shifted, one))
        }
    }

    #[inline(always)]
    fn low_bytes(self, bytes: &mut [u8; LANES], a: Self::Floats) {
        unsafe { _mm_storeu_si128(bytes.as_mut_ptr().cast(), _mm512_cvtepi32_epi8(_mm512_castps_si512(a))) }
    }
}

impl ByteSimd for Avx512 {
    type Weights = __m512i;
    type Sums = __m512i;

    #[inline(always)]
    fn no_sums(self) -> Self::Sums {
        unsafe { _mm512_setzero_si512() }
    }

    #[inline(always)]
    fn weights(self, bytes: &[i8; 4 * LANES]) -> Self::Weights {
        unsafe { _mm512_loadu_si512(bytes.as_ptr().cast()) }
    }

    #[inline(always)]
    fn dot(self, sums: Self::Sums, inputs: [u8; 4], weights: Self::Weights) -> Self::Sums {
        unsafe { _mm512_dpbusd_epi32(sums, _mm512_set1_epi32(i32::from_le_bytes(inputs)), weights) }
    }

    #[inline(always)]
    fn total(self, sums: Self::Sums, offsets: &[i32; LANES]) -> Self::Floats {
        unsafe { _mm512_cvtepi32_ps(_mm512_sub_epi32(sums, _mm512_loadu_si512(offsets.as_ptr().cast()))) }
    }
}
