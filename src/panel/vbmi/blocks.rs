//! What is done to the bytes of a block while they are in the processor. All of it is safe where the instructions are there, which whoever
//! calls from outside has to prove.

use std::arch::x86_64::{
    __m512i, _mm512_mask_blend_epi8, _mm512_mask_permutexvar_epi8, _mm512_movepi8_mask, _mm512_permutex2var_epi8,
};

use super::places::CHANNELS;

/// Three vectors: the bytes of a block of LEDs.
pub(super) type Block = [__m512i; 3];
/// A table of 256 bytes.
pub(super) type Table = [__m512i; 4];

/// A block through the same table.
#[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
#[inline]
pub(super) fn one([first, second, third]: Block, table: Table) -> Block {
    [
        looked_up(first, table),
        looked_up(second, table),
        looked_up(third, table),
    ]
}

/// A block, its channels in the order on the wire, each through its own table.
#[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
#[inline]
pub(super) fn each([first, second, third]: Block, tables: [Table; 3]) -> Block {
    [
        each_of(first, tables, CHANNELS[0]),
        each_of(second, tables, CHANNELS[1]),
        each_of(third, tables, CHANNELS[2]),
    ]
}

/// A vector, of whose bytes `channels` says which ones are the first channel, the second, the third.
#[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
#[inline]
fn each_of(bytes: __m512i, [first, second, third]: [Table; 3], channels: [u64; 3]) -> __m512i {
    let two = _mm512_mask_blend_epi8(channels[1], looked_up(bytes, first), looked_up(bytes, second));
    _mm512_mask_blend_epi8(channels[2], two, looked_up(bytes, third))
}

/// Every byte looked up in a table of 256: in both of its halves, of which the byte's highest bit says which one counts.
#[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
#[inline]
pub(super) fn looked_up(bytes: __m512i, [first, second, third, fourth]: Table) -> __m512i {
    let low = _mm512_permutex2var_epi8(first, bytes, second);
    let high = _mm512_permutex2var_epi8(third, bytes, fourth);
    _mm512_mask_blend_epi8(_mm512_movepi8_mask(bytes), low, high)
}

/// A block's bytes moved, see [`Moves`](super::Moves). The seam is what the middle one of the vectors on the wire needs of the outer ones of
/// the frame, and `seam` says which lanes of it are the first one's.
#[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
#[inline]
pub(super) fn moved([first, middle, last]: Block, seam: u64, moves: Block) -> Block {
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
pub(super) fn plane_each(block: Block, [red, green, blue]: Block) -> Block {
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
