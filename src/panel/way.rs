//! LEDs on their way to the wire: from where to where they go, whatever happens to them meanwhile.

use super::shade::Led;

/// From where to where LEDs go.
pub(super) enum Way<'l> {
    /// To the first of the others, one after the other. There are as many at least, and those behind them may be written over.
    Ahead(&'l [Led], &'l mut [Led]),
    /// The same, the last one first.
    Back(&'l [Led], &'l mut [Led]),
    /// They stay where they are.
    InPlace(&'l mut [Led]),
}

/// Many ways, one after the other. Whoever takes them makes himself ready once for all of them.
pub(super) trait Ways {
    /// Gives each of them to `take`.
    fn each(self, take: impl FnMut(Way<'_>));
}

impl Ways for Way<'_> {
    fn each(self, mut take: impl FnMut(Way<'_>)) {
        take(self);
    }
}
