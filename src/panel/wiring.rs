//! How the LEDs of a region are strung together.

use std::sync::Arc;

use crate::units::Area;

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
