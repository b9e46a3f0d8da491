//! The instructions themselves.
//!
//! Unsafe is: to call what needs those instructions, to load, and to store. A [`Vbmi`] is only made after the processor said that it has
//! them; loads and stores are masked to the bytes of a slice, and a lane that is masked out is not touched, wherever it points.
//!
//! What it gains, 512x256 LEDs, beside one LED after the other: GAIN.

#![allow(
    unsafe_code,
    reason = "the processor's widest instructions; the proof stands at each, the gain above"
)]

use std::arch::x86_64::{
    __m512i, _mm512_loadu_si512, _mm512_mask_blend_epi8, _mm512_mask_permutexvar_epi8, _mm512_mask_storeu_epi8,
    _mm512_maskz_loadu_epi8, _mm512_max_epu8, _mm512_movepi8_mask, _mm512_or_si512, _mm512_permutex2var_epi8,
    _mm512_setzero_si512,
};

use super::places::{CHANNELS, PAIRS, PLANES, PLANES_BACK, SEAM};
use crate::panel::{
    shade::{Kind, Led, Shade},
    spec::Order,
};

/// LEDs of a block: three vectors of 64 bytes.
const BLOCK: usize = 64;
/// Bytes of a block.
const FULL: usize = 3 * BLOCK;

/// The processor has the instructions.
#[derive(Clone, Copy, Debug)]
pub(in crate::panel) struct Vbmi(());

/// Three vectors: the bytes of a block of LEDs.
type Block = [__m512i; 3];
/// A table of 256 bytes.
type Table = [__m512i; 4];

impl Vbmi {
    /// Asks the processor.
    pub(in crate::panel) fn detect() -> Option<Self> {
        let has_all = is_x86_feature_detected!("avx512f")
            && is_x86_feature_detected!("avx512bw")
            && is_x86_feature_detected!("avx512vbmi");
        has_all.then_some(Self(()))
    }

    /// `leds` through `shade` to `out`, which is as long, one after the other.
    pub(in crate::panel) fn ahead(self, shade: &Shade, leds: &[Led], out: &mut [Led]) {
        // SAFETY: `self` says that the instructions are there.
        unsafe { ahead(shade, leds, out) }
    }

    /// The same, the last one first.
    pub(in crate::panel) fn back(self, shade: &Shade, leds: &[Led], out: &mut [Led]) {
        // SAFETY: `self` says that the instructions are there.
        unsafe { back(shade, leds, out) }
    }

    /// The same where they are.
    pub(in crate::panel) fn in_place(self, shade: &Shade, leds: &mut [Led]) {
        // SAFETY: `self` says that the instructions are there.
        unsafe { in_place(shade, leds) }
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
}

#[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
fn ahead(shade: &Shade, leds: &[Led], out: &mut [Led]) {
    let pass = Pass::new(shade);
    for (leds, out) in leds.chunks(BLOCK).zip(out.chunks_mut(BLOCK)) {
        let block = load(leds.as_flattened());
        store(pass.shine(pass.order(block)), out.as_flattened_mut());
    }
}

#[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
fn back(shade: &Shade, leds: &[Led], out: &mut [Led]) {
    let pass = Pass::new(shade);
    let moves = vectors(&shade.moves.back);
    for (leds, out) in leds.rchunks(BLOCK).zip(out.chunks_mut(BLOCK)) {
        let [left, middle, right] = load_end(leds.as_flattened());
        let block = moved([right, middle, left], !SEAM, moves);
        store(pass.shine(block), out.as_flattened_mut());
    }
}

#[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
fn in_place(shade: &Shade, leds: &mut [Led]) {
    let pass = Pass::new(shade);
    for leds in leds.chunks_mut(BLOCK) {
        let block = load(leds.as_flattened());
        store(pass.shine(pass.order(block)), leds.as_flattened_mut());
    }
}

#[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
fn grey(table: &[u8; 256], leds: &[Led], out: &mut [u8]) {
    let table = Pass::table(table);
    let planes = vectors(&PLANES);
    for (leds, out) in leds.chunks(BLOCK).zip(out.chunks_mut(BLOCK)) {
        let [red, green, blue] = plane_each(load(leds.as_flattened()), planes);
        let most = _mm512_max_epu8(_mm512_max_epu8(red, green), blue);
        let none = _mm512_setzero_si512();
        store([looked_up(most, table), none, none], out);
    }
}

#[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
fn one_bit(leds: &[Led], out: &mut [u8]) {
    let planes = vectors(&PLANES_BACK);
    for (leds, out) in leds.chunks(BLOCK).zip(out.chunks_mut(BLOCK / 8)) {
        let [red, green, blue] = plane_each(load(leds.as_flattened()), planes);
        let lit = _mm512_movepi8_mask(_mm512_or_si512(_mm512_or_si512(red, green), blue));
        out.copy_from_slice(&lit.to_be_bytes()[..out.len()]);
    }
}

#[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
fn two_bits(leds: &[Led], out: &mut [u8]) {
    let [pairs, ..] = vectors(&[PAIRS; 3]);
    for (leds, out) in leds.chunks(BLOCK / 2).zip(out.chunks_mut(BLOCK / 8)) {
        let [first, second, _] = load(leds.as_flattened());
        let lit = _mm512_movepi8_mask(_mm512_permutex2var_epi8(first, pairs, second));
        out.copy_from_slice(&lit.to_be_bytes()[..out.len()]);
    }
}

/// What is the same for all blocks of a run.
struct Pass {
    kind: Kind,
    /// Of [`Kind::One`] only the first counts.
    tables: [Table; 3],
    /// `None` where the order is the frame's.
    moves: Option<Block>,
}

impl Pass {
    #[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
    #[inline]
    fn new(shade: &Shade) -> Self {
        let [first, second, third] = &shade.tables;
        Self {
            kind: shade.kind,
            tables: [Self::table(first), Self::table(second), Self::table(third)],
            moves: match shade.order {
                Order::Rgb => None,
                _ => Some(vectors(&shade.moves.ahead)),
            },
        }
    }

    #[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
    #[inline]
    fn table(table: &[u8; 256]) -> Table {
        let (quarters, _) = table.as_chunks::<64>();
        [
            vector(&quarters[0]),
            vector(&quarters[1]),
            vector(&quarters[2]),
            vector(&quarters[3]),
        ]
    }

    /// The channels of a block in the order on the wire.
    #[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
    #[inline]
    fn order(&self, block: Block) -> Block {
        match self.moves {
            None => block,
            Some(moves) => moved(block, SEAM, moves),
        }
    }

    /// A block, its channels in the order on the wire, through the tables.
    #[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
    #[inline]
    fn shine(&self, [first, second, third]: Block) -> Block {
        match self.kind {
            Kind::Same => [first, second, third],
            Kind::One => [
                looked_up(first, self.tables[0]),
                looked_up(second, self.tables[0]),
                looked_up(third, self.tables[0]),
            ],
            Kind::Each => [self.each(first, 0), self.each(second, 1), self.each(third, 2)],
        }
    }

    /// Vector number `at` of a block, each channel through its own table.
    #[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
    #[inline]
    fn each(&self, bytes: __m512i, at: usize) -> __m512i {
        let [first, second, third] = self.tables;
        let two = _mm512_mask_blend_epi8(CHANNELS[at][1], looked_up(bytes, first), looked_up(bytes, second));
        _mm512_mask_blend_epi8(CHANNELS[at][2], two, looked_up(bytes, third))
    }
}

/// Every byte looked up in a table of 256: in both of its halves, of which the byte's highest bit says which one counts.
#[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
#[inline]
fn looked_up(bytes: __m512i, [first, second, third, fourth]: Table) -> __m512i {
    let low = _mm512_permutex2var_epi8(first, bytes, second);
    let high = _mm512_permutex2var_epi8(third, bytes, fourth);
    _mm512_mask_blend_epi8(_mm512_movepi8_mask(bytes), low, high)
}

/// A block's bytes moved, see [`super::places::Moves`]. The seam is what the middle one of the vectors on the wire needs of the outer ones of
/// the frame, and `seam` says which lanes of it are the first one's.
#[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
#[inline]
fn moved([first, middle, last]: Block, seam: u64, moves: Block) -> Block {
    let seam = _mm512_mask_blend_epi8(seam, last, first);
    [
        _mm512_permutex2var_epi8(first, moves[0], middle),
        _mm512_permutex2var_epi8(middle, moves[1], seam),
        _mm512_permutex2var_epi8(middle, moves[2], last),
    ]
}

/// All reds of a block, all greens, all blues.
#[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
#[inline]
fn plane_each(block: Block, [red, green, blue]: Block) -> Block {
    [plane(block, red), plane(block, green), plane(block, blue)]
}

/// The bytes at `places` of a block.
#[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
#[inline]
fn plane([first, second, third]: Block, places: __m512i) -> __m512i {
    let of_two = _mm512_permutex2var_epi8(first, places, second);
    // From 128 on they are in the third.
    _mm512_mask_permutexvar_epi8(of_two, _mm512_movepi8_mask(places), places, third)
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

/// At most 192 bytes, the first in the first place, noughts behind them.
#[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
#[inline]
fn load(bytes: &[u8]) -> Block {
    // SAFETY: the mask has no more bits than there are bytes, from the first on.
    unsafe { load_masked(bytes.as_ptr(), lowest(bytes.len())) }
}

/// At most 192 bytes, the last in the last place, noughts before them.
#[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
#[inline]
fn load_end(bytes: &[u8]) -> Block {
    let missing = FULL - bytes.len().min(FULL);
    // SAFETY: the mask leaves out as many as the pointer is set back, so the first that it has is the first of `bytes`, and the last,
    // the 192nd, is their last, for there are at most so many.
    unsafe { load_masked(bytes.as_ptr().wrapping_sub(missing), lowest(missing).map(|mask| !mask)) }
}

/// The bytes from `from` on for which `masks` have a bit, which alone must be there to be read.
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

/// As many bytes of `block` as there are in `out`, at most 192.
#[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
#[inline]
fn store([first, second, third]: Block, out: &mut [u8]) {
    let masks = lowest(out.len());
    let to: *mut i8 = out.as_mut_ptr().cast();
    // SAFETY: the masks have no more bits than there are bytes, from the first on; a lane without its bit is not written.
    unsafe {
        _mm512_mask_storeu_epi8(to, masks[0], first);
        _mm512_mask_storeu_epi8(to.wrapping_add(64), masks[1], second);
        _mm512_mask_storeu_epi8(to.wrapping_add(128), masks[2], third);
    }
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
