//! What is known of each kind of card.

/// Cards that speak and draw alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Family {
    /// BX-5A, 5E, 5M, 5U: one or two colours.
    Five,
    /// BX-5Q: full colour, RGB565.
    FiveQ,
    /// BX-6E, 6M, 6U, 6W: one or two colours.
    Six,
    /// BX-6Q: full colour.
    SixQ,
    /// BX-5K, 5MK: fonts of its own.
    FiveK,
    /// BX-6K: fonts of its own.
    SixK,
}

/// One kind of card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Model {
    /// Its name, as printed on it: `BX-6E2`.
    pub name: &'static str,
    /// How it speaks and draws.
    pub family: Family,
    /// Its type, as it stands on the wire; of cards with fonts the first byte alone counts.
    pub wire: [u8; 2],
}

/// All kinds of cards that are known.
pub static MODELS: &[Model] = &[Model {
    name: "BX-6E2",
    family: Family::Six,
    wire: [0x74, 0x02],
}];

impl Model {
    /// The kind of that name, however it is written: `BX-6E2`, `bx6e2`, `6E2`.
    pub fn named(name: &str) -> Option<&'static Self> {
        MODELS.iter().find(|model| model.name.eq_ignore_ascii_case(name))
    }
}
