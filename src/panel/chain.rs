//! Where the signal enters a module as it hangs on the wall, and which way it goes first: what an installer looks for.

use super::{Axis, Corner, Module, Turn, Walk};

/// A direction on the wall, seen from the front.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Heading {
    /// To the left.
    Left,
    /// To the right.
    Right,
    /// Upwards.
    Up,
    /// Downwards.
    Down,
}

impl Module {
    /// The corner of its first LED on the wire, as it hangs.
    pub const fn entry(&self) -> Corner {
        let upright = if self.mirrored {
            self.walk.corner.mirrored()
        } else {
            self.walk.corner
        };
        match self.turn {
            Turn::None => upright,
            Turn::Quarter => upright.turned(),
            Turn::Half => upright.turned().turned(),
            Turn::ThreeQuarters => upright.turned().turned().turned(),
        }
    }

    /// The way from its first LED on the wire to the second, as it hangs.
    pub const fn heading(&self) -> Heading {
        let upright = self.walk.heading();
        let upright = if self.mirrored { upright.mirrored() } else { upright };
        match self.turn {
            Turn::None => upright,
            Turn::Quarter => upright.turned(),
            Turn::Half => upright.turned().turned(),
            Turn::ThreeQuarters => upright.turned().turned().turned(),
        }
    }
}

impl Walk {
    const fn heading(self) -> Heading {
        match (self.axis, self.corner) {
            (Axis::Rows, Corner::TopLeft | Corner::BottomLeft) => Heading::Right,
            (Axis::Rows, Corner::TopRight | Corner::BottomRight) => Heading::Left,
            (Axis::Columns, Corner::TopLeft | Corner::TopRight) => Heading::Down,
            (Axis::Columns, Corner::BottomLeft | Corner::BottomRight) => Heading::Up,
        }
    }
}

impl Corner {
    /// Whether it is on the left.
    pub const fn is_left(self) -> bool {
        matches!(self, Self::TopLeft | Self::BottomLeft)
    }

    /// Whether it is at the top.
    pub const fn is_top(self) -> bool {
        matches!(self, Self::TopLeft | Self::TopRight)
    }

    /// With left and right exchanged.
    pub const fn mirrored(self) -> Self {
        match self {
            Self::TopLeft => Self::TopRight,
            Self::TopRight => Self::TopLeft,
            Self::BottomLeft => Self::BottomRight,
            Self::BottomRight => Self::BottomLeft,
        }
    }

    /// After a quarter turn, clockwise.
    const fn turned(self) -> Self {
        match self {
            Self::TopLeft => Self::TopRight,
            Self::TopRight => Self::BottomRight,
            Self::BottomRight => Self::BottomLeft,
            Self::BottomLeft => Self::TopLeft,
        }
    }
}

impl Heading {
    /// With left and right exchanged.
    pub const fn mirrored(self) -> Self {
        match self {
            Self::Left => Self::Right,
            Self::Right => Self::Left,
            vertical => vertical,
        }
    }

    /// After a quarter turn, clockwise.
    const fn turned(self) -> Self {
        match self {
            Self::Right => Self::Down,
            Self::Down => Self::Left,
            Self::Left => Self::Up,
            Self::Up => Self::Right,
        }
    }
}
