//! What each channel value becomes: gamma, colour temperature, brightness.
//!
//! A value `v` of a channel is lit for `255 x (v / 255)^gamma x gain x brightness` of 255 parts of the time, to the nearest, halves up.
//! Dark stays dark whatever the gamma. A value that is fully on stays at least 1 unless the brightness is nought, so that text never
//! vanishes by night; a grey below half a part does vanish, for there is nothing between 0 and 1, and to raise all greys to 1 would make a
//! picture's shadows shine.

use super::{
    kelvin,
    shade::Shade,
    spec::{Format, Order, Spec},
};
use crate::units::Level;

/// The gamma, in hundredths, of LEDs that need no correction.
const LINEAR: f64 = 100.0;
const FULL: f64 = 255.0;

/// What an installer says of the light of a panel.
#[derive(Clone, Debug)]
pub(super) struct Light {
    order: Order,
    gamma: [u16; 3],
    gains: [f64; 3],
}

impl Light {
    /// The light of `spec`. LEDs of one colour have one gamma, that of red, no order and no colour temperature.
    pub(super) fn new(spec: &Spec) -> Self {
        let none = [1.0; 3];
        match spec.format {
            Format::Rgb => Self {
                order: spec.order,
                gamma: spec.gamma,
                gains: spec.kelvin.map_or(none, kelvin::gains),
            },
            _ => Self {
                order: Order::Rgb,
                gamma: [spec.gamma[0]; 3],
                gains: none,
            },
        }
    }

    /// The tables for `level`.
    pub(super) fn shade(&self, level: Level) -> Shade {
        let tables = [0, 1, 2].map(|channel| curve(level, self.gamma[channel], self.gains[channel]));
        Shade::new(tables, self.order)
    }
}

/// What each value of one channel becomes.
fn curve(level: Level, gamma: u16, gain: f64) -> [u8; 256] {
    if level.percent() == 0 {
        return [0; 256];
    }
    let exponent = f64::from(gamma) / LINEAR;
    let full = FULL * gain * f64::from(level.percent()) / 100.0;
    std::array::from_fn(|value| match value {
        // 0 to the power of 0 is 1.
        0 => 0,
        255 => nearest(full).max(1),
        _ => nearest((value as f64 / FULL).powf(exponent) * full),
    })
}

/// The nearest number, halves up. What arithmetic leaves just below a half counts as the half that it is, on every machine.
fn nearest(light: f64) -> u8 {
    const SLACK: f64 = 1e-10;
    (light + 0.5 + SLACK) as u8
}
