//! Where on a frame a scene is painted, and how much of it is seen.

use crate::{
    frame::Frame,
    units::{Area, Size},
};

/// A scene's place on a frame: it may lie partly outside of what is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Window {
    /// The column of the frame at which the scene's left edge lies.
    pub(super) x: i64,
    /// The row of the frame at which the scene's top edge lies.
    pub(super) y: i64,
    /// The part of the frame that may be painted.
    pub(super) clip: Area,
}

impl Window {
    /// A scene with its top left corner on that of `area`, seen there and nowhere else.
    pub(super) const fn of(area: Area) -> Self {
        Self {
            x: area.x as i64,
            y: area.y as i64,
            clip: area,
        }
    }

    /// Whether a scene of `size` leaves some of the window unpainted.
    pub(super) fn exceeds(self, size: Size) -> bool {
        self.x > self.clip.x.into()
            || self.y > self.clip.y.into()
            || self.x + i64::from(size.width) < self.clip.right().into()
            || self.y + i64::from(size.height) < self.clip.bottom().into()
    }

    /// The same for what lies at `area` in the scene.
    pub(super) fn inside(self, area: Area) -> Self {
        Self {
            x: self.x + i64::from(area.x),
            y: self.y + i64::from(area.y),
            clip: self.clip,
        }
    }

    /// Copies the part of `picture` at `from`, which is the scene, to `frame`, as far as it is seen. Allocates nothing.
    pub(super) fn copy(self, picture: &Frame, from: Area, frame: &mut Frame) {
        self.copy_pixels((picture.bytes(), picture.size()), from, frame);
    }

    /// The same of a picture given as its pixels, R, G, B row by row, with their width and height.
    pub(super) fn copy_pixels(self, picture: (&[u8], Size), from: Area, frame: &mut Frame) {
        let Some((left, x, width)) = seen(self.x, from.width, self.clip.x, self.clip.width) else {
            return;
        };
        let Some((top, y, height)) = seen(self.y, from.height, self.clip.y, self.clip.height) else {
            return;
        };
        let part = Area::new(from.x + left, from.y + top, width, height);
        frame.copy_pixels(picture, part, x, y);
    }
}

/// Along one axis, of `length` LEDs at `start`: how many are hidden before, where the seen ones begin, and how many they are.
fn seen(start: i64, length: u32, clip: u32, clip_length: u32) -> Option<(u32, i64, u32)> {
    let first = start.max(clip.into());
    let end = (start + i64::from(length)).min(i64::from(clip) + i64::from(clip_length));
    let count = u32::try_from(end - first).ok().filter(|count| *count > 0)?;
    Some((u32::try_from(first - start).ok()?, first, count))
}
