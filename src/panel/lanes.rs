//! How the processor packs: as many bytes at once as it can, found out at run time. All ways give the same bytes.

use super::{
    bits,
    shade::{Led, Shade},
    vbmi::Vbmi,
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

    /// `leds` through `shade` to the first of `out`, which has as many at least and may be written over behind them.
    pub(super) fn ahead(self, shade: &Shade, leds: &[Led], out: &mut [Led]) {
        match self.0 {
            Some(wide) if !shade.is_none() => wide.ahead(shade, leds, out),
            _ => shade.ahead(leds, out),
        }
    }

    /// The same, the last one first.
    pub(super) fn back(self, shade: &Shade, leds: &[Led], out: &mut [Led]) {
        match self.0 {
            Some(wide) => wide.back(shade, leds, out),
            None => shade.back(leds, out),
        }
    }

    /// `leds` through `shade` where they are.
    pub(super) fn in_place(self, shade: &Shade, leds: &mut [Led]) {
        match self.0 {
            _ if shade.is_none() => {}
            Some(wide) => wide.in_place(shade, leds),
            None => shade.in_place(leds),
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
}
