//! In the place of the instructions, on processors of another kind.

use crate::panel::{
    shade::{Led, Shade},
    way::Ways,
};

/// No other processor has the instructions.
#[derive(Clone, Copy, Debug)]
pub(in crate::panel) enum Vbmi {}

#[allow(missing_docs, reason = "never called")]
impl Vbmi {
    pub(in crate::panel) const fn detect() -> Option<Self> {
        None
    }

    pub(in crate::panel) fn shine(self, _: &Shade, _: impl Ways) {
        match self {}
    }

    pub(in crate::panel) fn grey(self, _: &[u8; 256], _: &[Led], _: &mut [u8]) {
        match self {}
    }

    pub(in crate::panel) fn one_bit(self, _: &[Led], _: &mut [u8]) {
        match self {}
    }

    pub(in crate::panel) fn two_bits(self, _: &[Led], _: &mut [u8]) {
        match self {}
    }

    pub(in crate::panel) fn sum(self, _: &[u8]) -> u64 {
        match self {}
    }
}
