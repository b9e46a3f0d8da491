//! DMX universes: how a picture is cut into runs of at most 512 slots.

/// The slots of a full universe.
pub const SLOTS: u16 = 512;

/// A row of consecutive universes that carry one picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Universes {
    /// The number of the first one, in the protocol's own counting.
    pub first: u16,
    /// How many bytes of the picture each of them carries, 1 to [`SLOTS`]; the last one may carry fewer. A whole number of LEDs where the
    /// receiver begins each universe with a whole LED, as nearly all do: 510 for RGB.
    pub slots: u16,
}

impl Universes {
    /// How many of them a picture of `bytes` takes.
    pub const fn count(self, bytes: usize) -> usize {
        bytes.div_ceil(self.slots as usize)
    }
}
