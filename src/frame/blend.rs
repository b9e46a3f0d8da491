//! One picture dimming into another. Nothing here allocates.

use super::{CHANNELS, Frame};
use crate::units::Area;

impl Frame {
    /// The weight at which [`Frame::blend`] shows nothing of what was there before.
    pub const WHOLE: u16 = 256;

    /// Mixes `over`, laid with its top left corner on that of `area`, into `area`: `weight` of [`Frame::WHOLE`] parts of `over`, the
    /// rest of what is there. Each channel is `(old * (256 - weight) + new * weight + 128) / 256`, in integers, so every machine
    /// mixes the same picture. Whatever lies outside of either frame is left as it is; weights above the whole count as the whole.
    pub fn blend(&mut self, over: &Self, area: Area, weight: u16) {
        let weight = weight.min(Self::WHOLE);
        let width = area
            .width
            .min(over.size.width)
            .min(self.size.width.saturating_sub(area.x));
        let height = area
            .height
            .min(over.size.height)
            .min(self.size.height.saturating_sub(area.y));
        let bytes = width as usize * CHANNELS;
        if bytes == 0 {
            return;
        }
        for y in 0..height {
            let new = &over.row(y)[..bytes];
            let old = &mut self.row_mut(area.y + y)[area.x as usize * CHANNELS..][..bytes];
            mix(old, new, weight);
        }
    }
}

/// Sixteen bits are enough: 255 x 256 + 128 < 65,536. The plain loop over equal lengths is what the compiler vectorises.
fn mix(old: &mut [u8], new: &[u8], weight: u16) {
    let rest = Frame::WHOLE - weight;
    for (old, new) in old.iter_mut().zip(new) {
        let sum = u16::from(*old)
            .wrapping_mul(rest)
            .wrapping_add(u16::from(*new).wrapping_mul(weight))
            .wrapping_add(128);
        *old = (sum >> 8) as u8;
    }
}
