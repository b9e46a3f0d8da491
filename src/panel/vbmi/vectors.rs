//! The instructions themselves.
//!
//! Unsafe is: to call what needs those instructions, to load, and to store. A [`Vbmi`] is only made after the processor said that it has
//! them. Whole loads and stores are of arrays of 64 bytes; loads of less are masked to the bytes of a slice, and a lane that is masked out is
//! not touched, wherever it points. Which bytes go where is safe code's: a length that is wrong makes a panic or a wrong picture, no more.
//!
//! What it gains, on 512x256 LEDs of an EPYC of 2024, beside one byte after the other (`cargo bench -- pack`): gamma and colour order 4 µs
//! for 79, with modules of 64x32 back and forth 10 for 91, a gamma a channel 7 for 75, grey 3 for 73, one bit 2 for 12, the sum 2 for 8.

#![allow(
    unsafe_code,
    reason = "the processor's widest instructions; the proof stands at each, the gain above"
)]

use std::arch::x86_64::{
    __m512i, _mm512_add_epi64, _mm512_loadu_si512, _mm512_maskz_loadu_epi8, _mm512_max_epu8, _mm512_movepi8_mask,
    _mm512_or_si512, _mm512_permutex2var_epi8, _mm512_reduce_add_epi64, _mm512_sad_epu8, _mm512_setzero_si512,
    _mm512_storeu_si512,
};

use super::{
    blocks::{Block, Table, each, looked_up, moved, one, plane_each},
    places::{PAIRS, PLANES, PLANES_BACK, SEAM},
};
use crate::panel::{
    shade::{Kind, Led, Shade},
    spec::Order,
    way::{Way, Ways},
};

/// LEDs of a block: three vectors of 64 bytes.
const BLOCK: usize = 64;
/// Bytes of a block of bits.
const BITS: usize = BLOCK / 8;
/// Bytes of a block.
const FULL: usize = 3 * BLOCK;

/// The processor has the instructions.
#[derive(Clone, Copy, Debug)]
pub(in crate::panel) struct Vbmi(());

impl Vbmi {
    /// Asks the processor.
    pub(in crate::panel) fn detect() -> Option<Self> {
        let has_all = is_x86_feature_detected!("avx512f")
            && is_x86_feature_detected!("avx512bw")
            && is_x86_feature_detected!("avx512vbmi");
        has_all.then_some(Self(()))
    }

    /// LEDs on their `ways` through `shade`.
    pub(in crate::panel) fn shine(self, shade: &Shade, ways: impl Ways) {
        // SAFETY: `self` says that the instructions are there.
        unsafe { shine(shade, ways) }
    }

    /// As `bits::grey`.
    pub(in crate::panel) fn grey(self, table: &[u8; 256], leds: &[Led], out: &mut [u8]) {
        // SAFETY: `self` says that the instructions are there.
        unsafe { grey(table, leds, out) }
    }

    /// As `bits::one_bit`.
    pub(in crate::panel) fn one_bit(self, leds: &[Led], out: &mut [u8]) {
        // SAFETY: `self` says that the instructions are there.
        unsafe { one_bit(leds, out) }
    }

    /// As `bits::two_bits`.
    pub(in crate::panel) fn two_bits(self, leds: &[Led], out: &mut [u8]) {
        // SAFETY: `self` says that the instructions are there.
        unsafe { two_bits(leds, out) }
    }

    /// The sum of all `values`.
    pub(in crate::panel) fn sum(self, values: &[u8]) -> u64 {
        // SAFETY: `self` says that the instructions are there.
        unsafe { sum(values) }
    }
}

/// One loop for each kind of shade, so that nothing is asked within it.
#[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
fn shine(shade: &Shade, ways: impl Ways) {
    let (moves_ahead, moves_back) = (vectors(&shade.moves.ahead), vectors(&shade.moves.back));
    let ahead = move |block| moved(block, SEAM, moves_ahead);
    let back = move |block| moved(block, !SEAM, moves_back);
    match (shade.kind, shade.order) {
        (Kind::Same, Order::Rgb) => all(ways, move |block| block, back),
        (Kind::Same, _) => all(ways, ahead, back),
        (Kind::One, order) => {
            let table = table(&shade.tables[0]);
            let back = move |block| one(back(block), table);
            match order {
                Order::Rgb => all(ways, move |block| one(block, table), back),
                _ => all(ways, move |block| one(ahead(block), table), back),
            }
        }
        (Kind::Each, order) => {
            let tables = [
                table(&shade.tables[0]),
                table(&shade.tables[1]),
                table(&shade.tables[2]),
            ];
            let back = move |block| each(back(block), tables);
            match order {
                Order::Rgb => all(ways, move |block| each(block, tables), back),
                _ => all(ways, move |block| each(ahead(block), tables), back),
            }
        }
    }
}

/// All `ways`, those back through another loop than the others.
#[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
#[inline]
fn all(ways: impl Ways, ahead: impl Fn(Block) -> Block + Copy, back: impl Fn(Block) -> Block + Copy) {
    ways.each(|way| match way {
        Way::Ahead(leds, out) => all_ahead(leds, out, &ahead),
        Way::Back(leds, out) => all_back(leds, out, &back),
        Way::InPlace(leds) => all_in_place(leds, &ahead),
    });
}

#[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
#[inline]
fn all_ahead(leds: &[Led], out: &mut [Led], shine: &(impl Fn(Block) -> Block + Copy)) {
    let (whole, rest) = leds.as_chunks();
    if !whole.is_empty() {
        many(whole, out.as_chunks_mut().0, shine);
    }
    if !rest.is_empty() {
        store(shine(load(rest)), rest.len(), &mut out[leds.len() - rest.len()..]);
    }
}

/// Whole blocks, apart, so that all that they take stays in the processor.
#[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
#[inline(never)]
fn many(leds: &[[Led; BLOCK]], out: &mut [[Led; BLOCK]], shine: &(impl Fn(Block) -> Block + Copy)) {
    let shine = *shine;
    for (leds, out) in leds.iter().zip(out) {
        store_whole(shine(load_whole(leds)), out);
    }
}

/// `shine` gets the vectors of a block in the order of the wire, the last one first.
#[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
#[inline]
fn all_back(leds: &[Led], out: &mut [Led], shine: &(impl Fn(Block) -> Block + Copy)) {
    let shine = *shine;
    let turned = |[left, middle, right]: Block| shine([right, middle, left]);
    let (rest, whole) = leds.as_rchunks();
    let (blocks, _) = out.as_chunks_mut();
    for (leds, out) in whole.iter().rev().zip(blocks) {
        store_whole(turned(load_whole(leds)), out);
    }
    if !rest.is_empty() {
        store(turned(load_end(rest)), rest.len(), &mut out[leds.len() - rest.len()..]);
    }
}

#[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
#[inline]
fn all_in_place(leds: &mut [Led], shine: &(impl Fn(Block) -> Block + Copy)) {
    let shine = *shine;
    let (whole, rest) = leds.as_chunks_mut();
    for leds in whole {
        store_whole(shine(load_whole(leds)), leds);
    }
    if !rest.is_empty() {
        store(shine(load(rest)), rest.len(), rest);
    }
}

#[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
fn grey(table: &[u8; 256], leds: &[Led], out: &mut [u8]) {
    let table = self::table(table);
    let planes = vectors(&PLANES);
    let brightest = |block| {
        let [red, green, blue] = plane_each(block, planes);
        looked_up(_mm512_max_epu8(_mm512_max_epu8(red, green), blue), table)
    };
    let (whole, rest) = leds.as_chunks::<BLOCK>();
    let (blocks, end) = out.as_chunks_mut::<BLOCK>();
    for (leds, out) in whole.iter().zip(blocks) {
        store_vector(brightest(load_whole(leds)), out);
    }
    // There are as many bytes as LEDs.
    let mut last = [0; BLOCK];
    store_vector(brightest(load(rest)), &mut last);
    end.copy_from_slice(&last[..end.len()]);
}

#[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
fn one_bit(leds: &[Led], out: &mut [u8]) {
    let planes = vectors(&PLANES_BACK);
    let lit = |block| {
        let [red, green, blue] = plane_each(block, planes);
        _mm512_movepi8_mask(_mm512_or_si512(_mm512_or_si512(red, green), blue)).to_be_bytes()
    };
    let (whole, rest) = leds.as_chunks::<BLOCK>();
    // The rest may fill as many bytes as a whole block does.
    let (blocks, end) = out.split_at_mut(whole.len() * BITS);
    for (leds, out) in whole.iter().zip(blocks.as_chunks_mut::<BITS>().0) {
        *out = lit(load_whole(leds));
    }
    end.copy_from_slice(&lit(load(rest))[..end.len()]);
}

#[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
fn two_bits(leds: &[Led], out: &mut [u8]) {
    let pairs = vector(&PAIRS);
    let lit = |first, second| _mm512_movepi8_mask(_mm512_permutex2var_epi8(first, pairs, second)).to_be_bytes();
    let (whole, rest) = leds.as_chunks::<{ BLOCK / 2 }>();
    // The rest may fill as many bytes as a whole block does.
    let (blocks, end) = out.split_at_mut(whole.len() * BITS);
    for (leds, out) in whole.iter().zip(blocks.as_chunks_mut::<BITS>().0) {
        let [first, second] = load_half(leds);
        *out = lit(first, second);
    }
    let [first, second, _] = load(rest);
    end.copy_from_slice(&lit(first, second)[..end.len()]);
}

#[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
fn sum(values: &[u8]) -> u64 {
    let (whole, rest) = values.as_chunks::<64>();
    let none = _mm512_setzero_si512();
    // How far from nought eight bytes are together, in each of eight numbers.
    let sums = whole.iter().fold(none, |sums, values| {
        _mm512_add_epi64(sums, _mm512_sad_epu8(vector(values), none))
    });
    _mm512_reduce_add_epi64(sums) as u64 + rest.iter().map(|value| u64::from(*value)).sum::<u64>()
}

#[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
#[inline]
fn table(bytes: &[u8; 256]) -> Table {
    let (quarters, _) = bytes.as_chunks();
    [
        vector(&quarters[0]),
        vector(&quarters[1]),
        vector(&quarters[2]),
        vector(&quarters[3]),
    ]
}

#[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
#[inline]
fn vectors([first, second, third]: &[[u8; 64]; 3]) -> Block {
    [vector(first), vector(second), vector(third)]
}

#[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
#[inline]
fn vector(bytes: &[u8; 64]) -> __m512i {
    // SAFETY: there are 64 bytes; they need not be aligned.
    unsafe { _mm512_loadu_si512(bytes.as_ptr().cast()) }
}

#[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
#[inline]
fn load_whole(leds: &[Led; BLOCK]) -> Block {
    let (vectors_of, _) = leds.as_flattened().as_chunks::<64>();
    [vector(&vectors_of[0]), vector(&vectors_of[1]), vector(&vectors_of[2])]
}

/// Half a block; the other half of the second vector is noughts.
#[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
#[inline]
fn load_half(leds: &[Led; BLOCK / 2]) -> [__m512i; 2] {
    let [first, second, _] = load(leds);
    [first, second]
}

/// At most a block, the first LED in the first place, noughts behind the last.
#[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
#[inline]
fn load(leds: &[Led]) -> Block {
    // SAFETY: the masks have no more bits than there are bytes, from the first on, however many LEDs there are.
    unsafe { load_masked(leds.as_ptr().cast(), lowest(leds.as_flattened().len())) }
}

/// At most a block, the last LED in the last place, noughts before the first.
#[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
#[inline]
fn load_end(leds: &[Led]) -> Block {
    let missing = FULL - leds.as_flattened().len().min(FULL);
    let from: *const u8 = leds.as_ptr().cast();
    // SAFETY: the masks leave out as many bytes as the pointer is set back, so the first that they have is the first of `leds`; the last is
    // the 192nd from the pointer, which is the last of `leds`, or before it should there be more than a block.
    unsafe { load_masked(from.wrapping_sub(missing), lowest(missing).map(|mask| !mask)) }
}

/// The bytes from `from` on for which `masks` have a bit; noughts for the others.
///
/// # Safety
/// Those bytes must be there to be read. The others need not be, nor need the pointer lie within what they are of.
#[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
#[inline]
unsafe fn load_masked(from: *const u8, masks: [u64; 3]) -> Block {
    let from: *const i8 = from.cast();
    // SAFETY: a lane without its bit is not read, the others are there, as the caller says.
    unsafe {
        [
            _mm512_maskz_loadu_epi8(masks[0], from),
            _mm512_maskz_loadu_epi8(masks[1], from.wrapping_add(64)),
            _mm512_maskz_loadu_epi8(masks[2], from.wrapping_add(128)),
        ]
    }
}

#[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
#[inline]
fn store_whole([first, second, third]: Block, out: &mut [Led; BLOCK]) {
    let (vectors_of, _) = out.as_flattened_mut().as_chunks_mut::<64>();
    store_vector(first, &mut vectors_of[0]);
    store_vector(second, &mut vectors_of[1]);
    store_vector(third, &mut vectors_of[2]);
}

#[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
#[inline]
fn store_vector(vector: __m512i, out: &mut [u8; 64]) {
    // SAFETY: there are 64 bytes; they need not be aligned.
    unsafe { _mm512_storeu_si512(out.as_mut_ptr().cast(), vector) }
}

/// The first `leds` LEDs of a block; what lies behind them is written over, where there is room, for a masked store takes far longer.
#[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
#[inline]
fn store(block: Block, leds: usize, out: &mut [Led]) {
    if let Some(out) = out.first_chunk_mut::<BLOCK>() {
        return store_whole(block, out);
    }
    let mut whole = [[0; 3]; BLOCK];
    store_whole(block, &mut whole);
    out[..leds].copy_from_slice(&whole[..leds]);
}

/// Masks with as many bits as there are `bytes`, at most all, from the lowest on.
#[inline]
fn lowest(bytes: usize) -> [u64; 3] {
    let mask = |before: usize| match bytes.saturating_sub(before) {
        left @ 0..64 => (1 << left) - 1,
        _ => u64::MAX,
    };
    [mask(0), mask(64), mask(128)]
}
