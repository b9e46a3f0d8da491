//! From a frame to the bytes that a panel's LEDs take: region, gamma, brightness.
//!
//! Pure and without allocation once the packed buffer has its size. How the bytes travel is the controller's business.

use crate::{
    frame::Frame,
    units::{Area, Level},
};

/// One output's panel: which part of the screen it lights, and how.
#[derive(Clone, Debug)]
pub struct Panel {
    region: Area,
}

impl Panel {
    /// The panel that lights `region` at `brightness`, its LEDs corrected by `gamma` hundredths (100 is linear).
    pub fn new(region: Area, brightness: Level, gamma: u16) -> Self {
        let _ = (brightness, gamma);
        Self { region }
    }

    /// Packs the panel's part of `frame` into `out`, which is cleared first: R, G, B of each LED, row by row.
    pub fn pack(&self, frame: &Frame, out: &mut Vec<u8>) {
        let _ = (self.region, frame, out);
    }
}
