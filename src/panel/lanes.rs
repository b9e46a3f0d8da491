//! How the processor packs: as many bytes at once as it can, found out at run time. All ways give the same bytes.

use super::{
    bits,
    shade::{Led, Shade},
    sum::sum,
    vbmi::Vbmi,
    way::Ways,
};

/// How many bytes at once a panel packs.
#[derive(Clone, Copy, Debug)]
pub struct Lanes(Option<Vbmi>);

impl Lanes {
    /// As many as this processor can.
    pub fn widest() -> Self {
        Self(Vbmi::detect())
    }

    /// One after the other, as on any processor.
    pub const fn one() -> Self {
        Self(None)
    }

    /// How many there are.
    pub const fn count(self) -> usize {
        match self.0 {
            Some(_) => 64,
            None => 1,
        }
    }

    /// LEDs on their `ways` through `shade`.
    pub(super) fn shine(self, shade: &Shade, ways: impl Ways) {
        match self.0 {
            Some(wide) => wide.shine(shade, ways),
            None => ways.each(|way| shade.shine(way)),
        }
    }

    /// See [`bits::grey`].
    pub(super) fn grey(self, table: &[u8; 256], leds: &[Led], out: &mut [u8]) {
        match self.0 {
            Some(wide) => wide.grey(table, leds, out),
            None => bits::grey(table, leds, out),
        }
    }

    /// See [`bits::one_bit`].
    pub(super) fn one_bit(self, leds: &[Led], out: &mut [u8]) {
        match self.0 {
            Some(wide) => wide.one_bit(leds, out),
            None => bits::one_bit(leds, out),
        }
    }

    /// See [`bits::two_bits`].
    pub(super) fn two_bits(self, leds: &[Led], out: &mut [u8]) {
        match self.0 {
            Some(wide) => wide.two_bits(leds, out),
            None => bits::two_bits(leds, out),
        }
    }

    /// The sum of all `values`.
    pub(super) fn sum(self, values: &[u8]) -> u64 {
        match self.0 {
            Some(wide) => wide.sum(values),
            None => sum(values),
        }
    }
}
