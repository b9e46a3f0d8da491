//! The power limit: a picture that would draw more than the supply carries is dimmed as a whole until it does not.
//!
//! The model: an LED's channel draws in proportion to the value that it has on the wire, for drivers switch it on for so long; all channels
//! draw alike; what the chips of the drivers draw by themselves is not counted. So a picture draws `draws x sum / (255 x values)`, in
//! integers, and where that is more than the supply carries, every value becomes `value x carried / drawn`, rounded down: what is lit never
//! draws more than the supply carries. The whole picture is dimmed by one factor, never a part of it, so that it looks as before.
//!
//! Of bits nothing can be dimmed; their supply must carry the whole.

use super::{
    lanes::Lanes,
    shade::Shade,
    spec::{Format, Supply},
    way::Way,
};

/// The limit of one panel.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limit {
    supply: Supply,
    /// How many values an LED has on the wire.
    values: usize,
}

impl Limit {
    /// The limit of `supply`; `None` where nothing can or need be dimmed.
    pub(super) fn new(supply: Supply, format: Format) -> Option<Self> {
        let values = match format {
            Format::Rgb => 3,
            Format::Grey => 1,
            Format::OneBit | Format::TwoBit => return None,
        };
        (supply.draws > supply.carries).then_some(Self { supply, values })
    }

    /// Dims what is `packed` through `shade` where it would draw too much.
    pub(super) fn apply(self, shade: &Shade, packed: &mut [u8], lanes: Lanes) {
        let leds = packed.len() / self.values;
        let most: u64 = shade.tables[..self.values]
            .iter()
            .map(|table| u64::from(table[255]))
            .sum();
        if !self.is_exceeded(most * leds as u64, packed.len()) {
            return;
        }
        let sum = lanes.sum(packed);
        if self.is_exceeded(sum, packed.len()) {
            let (numerator, denominator) = (self.carried(packed.len()), self.drawn(sum));
            // Less than 1, so the value still is one of 255.
            let dim = Shade::one(std::array::from_fn(|value| {
                (value as u128 * numerator / denominator) as u8
            }));
            let (leds, rest) = packed.as_chunks_mut();
            lanes.shine(&dim, Way::InPlace(leds));
            rest.iter_mut()
                .for_each(|value| *value = dim.table()[usize::from(*value)]);
        }
    }

    fn is_exceeded(self, sum: u64, values: usize) -> bool {
        self.drawn(sum) > self.carried(values)
    }

    /// What values of that `sum` draw, in parts that make one milliampere by 255 and the number of values.
    fn drawn(self, sum: u64) -> u128 {
        u128::from(sum) * u128::from(self.supply.draws)
    }

    /// What the supply carries, in the same parts.
    fn carried(self, values: usize) -> u128 {
        u128::from(self.supply.carries) * 255 * values as u128
    }
}
