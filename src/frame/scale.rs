//! Pictures made smaller or larger: how large, and on a frame.

use super::{
    CHANNELS, Frame, Placed,
    mean::{Resizer, light_of},
};
use crate::units::{Area, Size};

/// The most by which a picture is made larger, along each side.
pub const LARGEST: u32 = 4;

/// The size that a picture of `size` has in `room`, with its sides in the same proportion: as large as the room where it must be made
/// smaller, else the largest whole multiple up to [`LARGEST`]. At least 1x1; neither may be empty.
pub fn contained(size: Size, room: Size) -> Size {
    let most = (room.width / size.width).min(room.height / size.height);
    if most >= 1 {
        let times = most.min(LARGEST);
        return Size::new(size.width * times, size.height * times);
    }
    filling(size, room)
}

/// The largest size in `room` with the sides of `size` in the same proportion, to the nearest pixel. At least 1x1; neither may be empty.
pub fn filling(size: Size, room: Size) -> Size {
    let (width, height) = (u64::from(size.width), u64::from(size.height));
    let (across, down) = (u64::from(room.width), u64::from(room.height));
    // The nearest whole number, at least 1, and never more than there is room for.
    let side = |whole: u64, room: u64, other: u64, most: u32| {
        let side = ((2 * whole * room + other) / (2 * other)).max(1);
        u32::try_from(side).unwrap_or(u32::MAX).min(most)
    };
    if width * down > height * across {
        Size::new(room.width, side(height, across, width, room.height))
    } else {
        Size::new(side(width, down, height, room.width), room.height)
    }
}

/// The smallest size with the sides of `size` in the same proportion, to the nearest pixel, that leaves nothing of `room` open; `size` where
/// that is smaller. Neither may be empty.
pub fn covering(size: Size, room: Size) -> Size {
    let (width, height) = (u64::from(size.width), u64::from(size.height));
    let (across, down) = (u64::from(room.width), u64::from(room.height));
    let side = |whole: u64, room: u64, other: u64| {
        let side = (2 * whole * room + other) / (2 * other);
        u32::try_from(side).unwrap_or(u32::MAX)
    };
    let covering = if width * down > height * across {
        Size::new(side(width, down, height).max(room.width), room.height)
    } else {
        Size::new(room.width, side(height, across, width).max(room.height))
    };
    let is_larger = covering.width >= size.width || covering.height >= size.height;
    if is_larger { size } else { covering }
}

/// The pixels `source` (R, G, B, row by row) of a picture of `size`, brought to the size `to` as [`Resizer`] does it. Sides have 1 to 65,535
/// pixels.
pub fn shrink(source: &[u8], size: Size, to: Size) -> Vec<u8> {
    if size == to {
        return source.to_vec();
    }
    let mut made = Vec::with_capacity(to.leds() * CHANNELS);
    resize(source, size, size.area(), to, |_, row| made.extend_from_slice(row));
    made
}

/// Gives `put` the rows of the `part` of a picture of `size` pixels, brought to the size `to`.
fn resize(source: &[u8], size: Size, part: Area, to: Size, put: impl FnMut(u32, &[u8])) {
    let stride = size.width as usize * CHANNELS;
    let light = |y: u32, row: &mut [[u16; CHANNELS]]| {
        let line = &source[(part.y + y) as usize * stride..][..stride];
        light_of(&line[part.x as usize * CHANNELS..], row);
    };
    Resizer::new(part.size(), to).resize(light, put);
}

impl Frame {
    /// Puts the pixels `source` (R, G, B, row by row) of a picture of `size` here, as `placed` says; what is left around it stays as it is.
    /// Neither part of `placed` may reach beyond the picture, or this frame.
    pub fn put_picture(&mut self, source: &[u8], size: Size, placed: Placed) {
        let Placed { from, to } = placed;
        let stride = to.width as usize * CHANNELS;
        resize(source, size, from, to.size(), |y, line| {
            self.row_mut(to.y + y)[to.x as usize * CHANNELS..][..stride].copy_from_slice(line);
        });
    }
}
