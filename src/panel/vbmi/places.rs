//! Which byte goes where, in a block of 64 LEDs, which is three vectors of 64 bytes.

use crate::panel::spec::Order;

const LEDS: usize = 64;

/// For each byte of a block on the wire, where the frame's block has it: one after the other, or the last LED first.
///
/// A place is one of a pair of vectors. The pair of the first vector on the wire is the frame's outer one on its side and the middle one;
/// of the second the middle one and the seam, which is the last byte of the frame's first vector and the first of its third, each in its
/// place; of the third the middle one and the other outer one.
#[derive(Clone, Copy, Debug)]
pub(in crate::panel) struct Moves {
    pub(super) ahead: [[u8; 64]; 3],
    pub(super) back: [[u8; 64]; 3],
}

impl Moves {
    /// The moves that put channels in `order`.
    pub(in crate::panel) const fn new(order: Order) -> Self {
        Self {
            ahead: moves(order.channels(), false),
            back: moves(order.channels(), true),
        }
    }
}

const fn moves(order: [usize; 3], is_back: bool) -> [[u8; 64]; 3] {
    let mut moves = [[0; 64]; 3];
    let mut at = 0;
    while at < 3 * LEDS {
        let led = if is_back { LEDS - 1 - at / 3 } else { at / 3 };
        let byte = led * 3 + order[at % 3];
        let is_middle = byte / 64 == 1;
        // The middle one is the second of the first pair, and the first of the others.
        let is_second = is_middle == (at / 64 == 0);
        moves[at / 64][at % 64] = (byte % 64 + if is_second { 64 } else { 0 }) as u8;
        at += 1;
    }
    moves
}

/// The place of the seam that is of the frame's first vector; the one of the third is the place 0.
pub(super) const SEAM: u64 = 1 << 63;

/// The places of all reds, all greens, all blues.
pub(super) const PLANES: [[u8; 64]; 3] = planes(false);

/// The same, the last LED first: the highest bit of a number is its last one.
pub(super) const PLANES_BACK: [[u8; 64]; 3] = planes(true);

const fn planes(is_back: bool) -> [[u8; 64]; 3] {
    let mut planes = [[0; 64]; 3];
    let mut at = 0;
    while at < 3 * LEDS {
        let (channel, led) = (at / LEDS, at % LEDS);
        let led = if is_back { LEDS - 1 - led } else { led };
        planes[channel][at % LEDS] = (led * 3 + channel) as u8;
        at += 1;
    }
    planes
}

/// The places of red and green of half a block, the last LED first.
pub(super) const PAIRS: [u8; 64] = {
    let mut pairs = [0; 64];
    let mut bit = 0;
    while bit < 64 {
        pairs[63 - bit] = (bit / 2 * 3 + bit % 2) as u8;
        bit += 1;
    }
    pairs
};

/// For each vector, which of its bytes are the first channel, the second, the third.
pub(super) const CHANNELS: [[u64; 3]; 3] = {
    let mut channels = [[0; 3]; 3];
    let mut at = 0;
    while at < 3 * LEDS {
        channels[at / 64][at % 3] |= 1 << (at % 64);
        at += 1;
    }
    channels
};
