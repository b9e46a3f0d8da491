//! Several frames in one, for people to look at.

use super::Frame;
use crate::units::Size;

/// Rows of dark between two frames.
const APART: u32 = 4;

impl Frame {
    /// `frames`, none of them larger than `size`, one below the other with some dark between them.
    pub fn stack(frames: &[Self], size: Size) -> Self {
        let count = u32::try_from(frames.len()).unwrap_or(u32::MAX);
        let pitch = size.height + APART;
        let height = count.saturating_mul(pitch).saturating_sub(APART);
        let mut stack = Self::new(Size::new(size.width, height));
        for (frame, at) in frames.iter().zip(0_i64..) {
            stack.copy_frame(frame, 0, at * i64::from(pitch));
        }
        stack
    }
}
