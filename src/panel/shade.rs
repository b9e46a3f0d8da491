//! Tables and colour order on a run of LEDs, one LED after the other. What the processor can do at once is in `vbmi`.

use super::{spec::Order, vbmi::Moves, way::Way};

/// The channels of one LED.
pub(super) type Led = [u8; 3];

const SAME: [u8; 256] = {
    let mut same = [0; 256];
    let mut value = 0;
    while value < 256 {
        same[value] = value as u8;
        value += 1;
    }
    same
};

/// What becomes of an LED of the frame on its way to the wire.
#[derive(Clone, Debug)]
pub(super) struct Shade {
    /// What each value becomes, by place on the wire.
    pub(super) tables: [[u8; 256]; 3],
    pub(super) order: Order,
    pub(super) kind: Kind,
    /// Where bytes go when many are moved at once.
    #[cfg_attr(
        not(target_arch = "x86_64"),
        allow(dead_code, reason = "only the instructions need them")
    )]
    pub(super) moves: Moves,
}

/// How much there is to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Every value stays what it is.
    Same,
    /// All channels have the same table.
    One,
    /// Each channel has its own.
    Each,
}

impl Shade {
    /// Everything stays as it is.
    pub(super) const NONE: Self = Self {
        tables: [SAME; 3],
        order: Order::Rgb,
        kind: Kind::Same,
        moves: Moves::new(Order::Rgb),
    };

    /// `tables` of red, green and blue, and the order on the wire.
    pub(super) fn new(tables: [[u8; 256]; 3], order: Order) -> Self {
        let tables = order.channels().map(|channel| tables[channel]);
        let kind = match tables.iter().all(|table| *table == tables[0]) {
            true if tables[0] == SAME => Kind::Same,
            true => Kind::One,
            false => Kind::Each,
        };
        let moves = Moves::new(order);
        Self {
            tables,
            order,
            kind,
            moves,
        }
    }

    /// The same table for all channels, in the order in which they are.
    pub(super) fn one(table: [u8; 256]) -> Self {
        Self::new([table; 3], Order::Rgb)
    }

    /// The table of the first channel on the wire.
    pub(super) const fn table(&self) -> &[u8; 256] {
        &self.tables[0]
    }

    /// Whether LEDs are as they were, but for their order in the chain.
    fn is_none(&self) -> bool {
        self.kind == Kind::Same && self.order == Order::Rgb
    }

    /// LEDs on their `way`.
    pub(super) fn shine(&self, way: Way<'_>) {
        match way {
            Way::Ahead(leds, out) if self.is_none() => out[..leds.len()].copy_from_slice(leds),
            Way::InPlace(_) if self.is_none() => {}
            Way::Ahead(leds, out) if self.is_one_table() => {
                let pairs = leds.as_flattened().iter().zip(out.as_flattened_mut());
                pairs.for_each(|(byte, out)| *out = self.tables[0][usize::from(*byte)]);
            }
            Way::InPlace(leds) if self.is_one_table() => {
                let bytes = leds.as_flattened_mut().iter_mut();
                bytes.for_each(|byte| *byte = self.tables[0][usize::from(*byte)]);
            }
            Way::Ahead(leds, out) => self.each(leds.iter().zip(out)),
            Way::Back(leds, out) => self.each(leds.iter().rev().zip(out)),
            Way::InPlace(leds) => leds.iter_mut().for_each(|led| *led = self.led(*led)),
        }
    }

    /// Whether every byte goes through the same table to the same place.
    fn is_one_table(&self) -> bool {
        self.order == Order::Rgb && self.kind == Kind::One
    }

    fn each<'l>(&self, pairs: impl Iterator<Item = (&'l Led, &'l mut Led)>) {
        match self.kind {
            Kind::Same => self.ordered(pairs, |led| led),
            _ => {
                let [first, second, third] = &self.tables;
                self.ordered(pairs, |[a, b, c]| {
                    [first[usize::from(a)], second[usize::from(b)], third[usize::from(c)]]
                });
            }
        }
    }

    /// One loop for each order, so that the order costs nothing within it.
    fn ordered<'l>(&self, pairs: impl Iterator<Item = (&'l Led, &'l mut Led)>, shine: impl Fn(Led) -> Led) {
        match self.order {
            Order::Rgb => pairs.for_each(|([r, g, b], out)| *out = shine([*r, *g, *b])),
            Order::Rbg => pairs.for_each(|([r, g, b], out)| *out = shine([*r, *b, *g])),
            Order::Grb => pairs.for_each(|([r, g, b], out)| *out = shine([*g, *r, *b])),
            Order::Gbr => pairs.for_each(|([r, g, b], out)| *out = shine([*g, *b, *r])),
            Order::Brg => pairs.for_each(|([r, g, b], out)| *out = shine([*b, *r, *g])),
            Order::Bgr => pairs.for_each(|([r, g, b], out)| *out = shine([*b, *g, *r])),
        }
    }

    fn led(&self, led: Led) -> Led {
        let [first, second, third] = self.order.channels();
        [
            self.tables[0][usize::from(led[first])],
            self.tables[1][usize::from(led[second])],
            self.tables[2][usize::from(led[third])],
        ]
    }
}
