//! How text is set.

use super::face::Type;

/// How text is set.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// The face and its size.
    pub kind: Type,
    /// LEDs between two lines.
    pub leading: u32,
    /// Where lines lie in the width.
    pub align: Align,
    /// LEDs by which the first line of a paragraph is indented; only where lines begin at the left edge.
    pub indent: u32,
    /// LEDs by which its other lines are: a point's text stands beside its mark.
    pub hang: u32,
    /// Whether text runs down in columns from right to left.
    pub vertical: bool,
}

/// Where a line lies in the width that it is given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Align {
    /// At the left edge.
    Left,
    /// From the left edge to the right one, but for a paragraph's last line; at the left edge where a line has less than 13 characters.
    #[default]
    Both,
    /// In the middle, rounded to the left; several lines are broken by sense.
    Centre,
    /// At the right edge.
    Right,
}

impl Align {
    /// LEDs before a line of `width` in a box of `room`; 0 where it is too wide.
    pub(super) fn offset(self, width: u32, room: u32) -> u32 {
        let rest = room.saturating_sub(width);
        match self {
            Self::Left | Self::Both => 0,
            Self::Centre => rest / 2,
            Self::Right => rest,
        }
    }
}

impl Style {
    /// The height of a line in LEDs, without leading.
    pub fn line_height(&self) -> u32 {
        self.kind.dots().into()
    }

    /// How many lines fit `height` LEDs: at least one.
    pub fn lines_in(&self, height: u32) -> u32 {
        let pitch = self.line_height().saturating_add(self.leading);
        (height.saturating_add(self.leading) / pitch.max(1)).max(1)
    }
}
