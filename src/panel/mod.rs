//! From a frame to the bytes that a panel's LEDs take: region, wiring, colour order, gamma, brightness, packing.
//!
//! Pure and without allocation once the packed buffer has its size. How the bytes travel is the controller's business.

mod chain;
mod check;
mod dither;
mod fault;
mod grid;
mod modules;
mod patterns;
mod preset;
mod spec;
mod wiring;

pub use chain::Heading;
pub use dither::{Dither, dither};
pub use fault::{ModulesFault, WiringFault};
pub use grid::Grid;
pub use modules::Modules;
pub use patterns::{Light, Pattern, paint};
pub use preset::{Board, PRESETS, Preset};
pub use spec::{Format, Order, Spec, Supply};
pub use wiring::{Axis, Corner, Module, Turn, Walk, Wiring};

use crate::{
    frame::{CHANNELS, Frame},
    units::{Area, Level},
};

/// The gamma, in hundredths, of LEDs that need no correction.
const LINEAR: u16 = 100;

/// One output's panel: which part of the screen it lights, and how.
#[derive(Clone, Debug)]
pub struct Panel {
    region: Area,
    gamma: u16,
    /// The brightness that the curve is for.
    level: Level,
    /// What each channel value becomes; `None` where every value stays what it is.
    curve: Option<Box<[u8; 256]>>,
}

impl Panel {
    /// The panel that `spec` describes.
    pub fn new(spec: &Spec) -> Self {
        let gamma = spec.gamma[0];
        let level = Level::FULL;
        Self {
            region: spec.region,
            gamma,
            level,
            curve: table(level, gamma),
        }
    }

    /// The part of the screen that it lights.
    pub const fn region(&self) -> Area {
        self.region
    }

    /// Packs the panel's part of `frame`, shining at `level`, into `out`, which is cleared first. LEDs of the region that lie outside of
    /// the frame are dark.
    pub fn pack(&mut self, frame: &Frame, level: Level, out: &mut Vec<u8>) {
        if self.level != level {
            self.level = level;
            self.curve = table(level, self.gamma);
        }
        out.clear();
        if self.region == frame.size().area() {
            return self.light(frame.bytes(), out);
        }
        let right = self.region.right().min(frame.size().width) as usize;
        let left = (self.region.x as usize).min(right);
        let row_bytes = self.region.width as usize * CHANNELS;
        for row in 0..self.region.height {
            let y = self.region.y.saturating_add(row);
            if y < frame.size().height {
                self.light(&frame.row(y)[left * CHANNELS..right * CHANNELS], out);
            }
            out.resize((row as usize + 1) * row_bytes, 0);
        }
    }

    /// Appends `bytes` as the LEDs shall shine.
    fn light(&self, bytes: &[u8], out: &mut Vec<u8>) {
        match &self.curve {
            None => out.extend_from_slice(bytes),
            Some(curve) => out.extend(bytes.iter().map(|byte| curve[usize::from(*byte)])),
        }
    }
}

fn table(level: Level, gamma: u16) -> Option<Box<[u8; 256]>> {
    let exact = level == Level::FULL && gamma == LINEAR;
    (!exact).then(|| Box::new(curve(level, gamma)))
}

/// What each channel value becomes: its share of full light to the power of gamma, of which `brightness` percent are lit.
fn curve(brightness: Level, gamma: u16) -> [u8; 256] {
    let exponent = f64::from(gamma) / f64::from(LINEAR);
    let full = 255.0 * f64::from(brightness.percent()) / 100.0;
    std::array::from_fn(|value| {
        // 0 to the power of 0 is 1, but a dark LED stays dark whatever the gamma.
        if value == 0 {
            return 0;
        }
        let share = value as f64 / 255.0;
        (share.powf(exponent) * full).round() as u8
    })
}
