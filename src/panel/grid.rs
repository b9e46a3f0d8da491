//! A wall of equal modules to the chain of them.

use super::{
    modules::Modules,
    wiring::{Module, Turn, Walk, Wiring},
};
use crate::units::{Area, Size};

/// A wall of equal modules that hang side by side, and the way of the data through them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Grid {
    /// The LEDs of one module, as it stands upright.
    pub module: Size,
    /// How many hang beside each other.
    pub columns: u32,
    /// How many hang above each other.
    pub rows: u32,
    /// The way from module to module, seen from the front.
    pub chain: Walk,
    /// The way from LED to LED within a module that stands upright.
    pub walk: Walk,
    /// How far all modules are turned.
    pub turn: Turn,
    /// Whether left and right of all modules are exchanged, before they are turned.
    pub mirrored: bool,
    /// Whether the modules of every second line of the chain hang turned by another 180 degrees, as installers do where the chain goes back
    /// and forth: then every cable is short.
    pub turned_back: bool,
}

impl Grid {
    /// Upright modules, chained from the top left, row by row, and so their LEDs.
    pub const fn new(module: Size, columns: u32, rows: u32) -> Self {
        let walk = Walk::ROWS;
        Self {
            module,
            columns,
            rows,
            chain: walk,
            walk,
            turn: Turn::None,
            mirrored: false,
            turned_back: false,
        }
    }

    /// The LEDs of the whole wall, as it hangs.
    pub const fn size(&self) -> Size {
        let hung = self.hung();
        Size::new(
            hung.width.saturating_mul(self.columns),
            hung.height.saturating_mul(self.rows),
        )
    }

    /// All modules, in the order of the chain.
    pub fn wiring(&self) -> Wiring {
        let hung = self.hung();
        let line = self.chain.line(Size::new(self.columns, self.rows));
        let cells = self.chain.cells(Size::new(self.columns, self.rows));
        let modules = cells.enumerate().map(|(at, (column, row))| {
            let is_back = self.turned_back && at / line as usize % 2 == 1;
            Module {
                area: Area::new(column * hung.width, row * hung.height, hung.width, hung.height),
                turn: if is_back { self.turn.back() } else { self.turn },
                mirrored: self.mirrored,
                walk: self.walk,
            }
        });
        Wiring::Modules(modules.collect())
    }

    /// The size of a module as it hangs.
    const fn hung(&self) -> Size {
        self.turn.turned(self.module)
    }
}

impl From<Modules> for Grid {
    fn from(modules: Modules) -> Self {
        Self::new(modules.module, modules.columns, modules.rows)
    }
}
