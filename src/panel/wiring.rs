//! How the LEDs of a region are strung together.

use std::sync::Arc;

use crate::units::{Area, Size};

/// In which order the LEDs of a region lie on the wire.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Wiring {
    /// Row by row from the top left: the controller knows its modules by itself.
    #[default]
    Plain,
    /// Module after module.
    Modules(Arc<[Module]>),
}

/// One module, as it hangs on the wall, seen from the front.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Module {
    /// Its place within the region, as it hangs: of a module turned by a quarter, width and height are those after turning.
    pub area: Area,
    /// How far it is turned, clockwise, from the way in which `walk` sees it.
    pub turn: Turn,
    /// Whether left and right are exchanged, before it is turned.
    pub mirrored: bool,
    /// In which order its LEDs lie on the wire, while it stands upright.
    pub walk: Walk,
}

/// A way through all cells of a rectangle: the LEDs of a module, or the modules of a grid.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Walk {
    /// Where it begins.
    pub corner: Corner,
    /// Which way it goes first.
    pub axis: Axis,
    /// Whether every other line is walked backwards; otherwise all lines begin on the same side.
    pub serpentine: bool,
}

/// A corner of a rectangle.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Corner {
    /// Top left.
    #[default]
    TopLeft,
    /// Top right.
    TopRight,
    /// Bottom left.
    BottomLeft,
    /// Bottom right.
    BottomRight,
}

/// Along which lines a walk goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Axis {
    /// Along rows.
    #[default]
    Rows,
    /// Along columns.
    Columns,
}

/// How far something is turned, clockwise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Turn {
    /// Not at all.
    #[default]
    None,
    /// By 90 degrees.
    Quarter,
    /// By 180 degrees.
    Half,
    /// By 270 degrees.
    ThreeQuarters,
}

impl Wiring {
    /// How many LEDs lie on the wire, of a region of `size`.
    pub fn leds(&self, size: Size) -> usize {
        match self {
            Self::Plain => size.leds(),
            Self::Modules(modules) => modules.iter().map(|module| module.area.size().leds()).sum(),
        }
    }
}

impl From<Vec<Module>> for Wiring {
    fn from(modules: Vec<Module>) -> Self {
        Self::Modules(modules.into())
    }
}

impl Module {
    /// A module at `area` that hangs upright and whose LEDs lie on the wire row by row.
    pub const fn upright(area: Area) -> Self {
        Self {
            area,
            turn: Turn::None,
            mirrored: false,
            walk: Walk::ROWS,
        }
    }

    /// Its size while it stands upright.
    pub const fn size(&self) -> Size {
        self.turn.turned(self.area.size())
    }

    /// Where its LEDs hang, (column, row) within the region, in the order in which they lie on the wire.
    pub fn places(&self) -> impl Iterator<Item = (u32, u32)> {
        self.walk.cells(self.size()).map(|(x, y)| self.hung(x, y))
    }

    /// Where the LED hangs, within the region, that is at (`x`, `y`) of the upright module; both must lie on it.
    pub(super) const fn hung(&self, x: u32, y: u32) -> (u32, u32) {
        let Size { width, height } = self.size();
        let x = if self.mirrored { width - 1 - x } else { x };
        let (x, y) = match self.turn {
            Turn::None => (x, y),
            Turn::Quarter => (height - 1 - y, x),
            Turn::Half => (width - 1 - x, height - 1 - y),
            Turn::ThreeQuarters => (y, width - 1 - x),
        };
        (self.area.x.saturating_add(x), self.area.y.saturating_add(y))
    }
}

impl Walk {
    /// Row by row from the top left, all rows from the left.
    pub const ROWS: Self = Self {
        corner: Corner::TopLeft,
        axis: Axis::Rows,
        serpentine: false,
    };

    /// The cells (column, row) of a rectangle of `size`, in the order of the walk.
    pub fn cells(self, size: Size) -> impl Iterator<Item = (u32, u32)> {
        let along = self.line(size);
        (0..self.lines(size)).flat_map(move |line| (0..along).map(move |at| self.cell(size, line, at)))
    }

    /// How many cells a line has, which is a row or a column.
    pub(super) const fn line(self, size: Size) -> u32 {
        match self.axis {
            Axis::Rows => size.width,
            Axis::Columns => size.height,
        }
    }

    /// How many lines there are.
    pub(super) const fn lines(self, size: Size) -> u32 {
        match self.axis {
            Axis::Rows => size.height,
            Axis::Columns => size.width,
        }
    }

    /// The cell (column, row) that is walked as number `at` of line number `line`; both must lie on the rectangle.
    pub(super) const fn cell(self, size: Size, line: u32, at: u32) -> (u32, u32) {
        let is_back = self.serpentine && line % 2 == 1;
        let at = if is_back { self.line(size) - 1 - at } else { at };
        let (x, y) = match self.axis {
            Axis::Rows => (at, line),
            Axis::Columns => (line, at),
        };
        match self.corner {
            Corner::TopLeft => (x, y),
            Corner::TopRight => (size.width - 1 - x, y),
            Corner::BottomLeft => (x, size.height - 1 - y),
            Corner::BottomRight => (size.width - 1 - x, size.height - 1 - y),
        }
    }
}

impl Turn {
    /// What `size` becomes by turning.
    pub const fn turned(self, size: Size) -> Size {
        match self {
            Self::None | Self::Half => size,
            Self::Quarter | Self::ThreeQuarters => Size::new(size.height, size.width),
        }
    }

    /// This, and another 180 degrees.
    pub const fn back(self) -> Self {
        match self {
            Self::None => Self::Half,
            Self::Quarter => Self::ThreeQuarters,
            Self::Half => Self::None,
            Self::ThreeQuarters => Self::Quarter,
        }
    }
}
