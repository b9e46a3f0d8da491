//! Brightness.

use std::fmt;

/// A brightness in percent of full, 0 to 100.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Level(u8);

impl Level {
    /// Full brightness.
    pub const FULL: Self = Self(100);

    /// A level of `percent`; `None` above 100.
    pub const fn new(percent: u8) -> Option<Self> {
        if percent <= 100 { Some(Self(percent)) } else { None }
    }

    /// So much of `whole`, to the nearest percent; what is lit in both stays lit.
    pub const fn of(self, whole: Self) -> Self {
        let share = (self.0 as u16 * whole.0 as u16 + 50) / 100;
        if share == 0 && self.0 > 0 && whole.0 > 0 {
            Self(1)
        } else {
            Self(share as u8)
        }
    }

    /// The level in percent, 0 to 100.
    pub const fn percent(self) -> u8 {
        self.0
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} %", self.0)
    }
}
