//! From a frame to the bytes that a panel's LEDs take: region, wiring, colour order, gamma, brightness, packing.
//!
//! Pure and without allocation once the packed buffer has its size. How the bytes travel is the controller's business.
//!
//! What an installer says is a [`Spec`]; [`Modules::parse`] reads the shorthand of a wall, a [`Grid`] strings it together, and
//! [`Wiring::faults`] says what is wrong with modules that were listed one by one. [`Panel::new`] makes tables and runs of all that, once;
//! then every picture goes this way:
//!
//! ```text
//! frame -> runs of LEDs, in the order of the chain -> colour order, gamma, colour temperature, brightness -> format -> power limit
//! ```

mod bits;
mod chain;
mod check;
mod dither;
mod fault;
mod grid;
mod kelvin;
mod lanes;
mod light;
mod modules;
mod patterns;
mod preset;
mod route;
mod shade;
mod spec;
mod sum;
mod supply;
mod vbmi;
mod way;
mod wiring;

pub use chain::Heading;
pub use dither::{Dither, dither};
pub use fault::{ModulesFault, WiringFault};
pub use grid::Grid;
pub use lanes::Lanes;
pub use modules::Modules;
pub use patterns::{Hue, Pattern, paint};
pub use preset::{Board, PRESETS, Preset};
pub use spec::{Format, Order, Spec, Supply};
pub use wiring::{Axis, Corner, Module, Turn, Walk, Wiring};

use self::{
    light::Light,
    route::Route,
    shade::{Led, Shade},
    supply::Limit,
};
use crate::{
    frame::{CHANNELS, Frame},
    units::{Area, Level},
};

/// One output's panel: which part of the screen it lights, and how.
#[derive(Clone, Debug)]
pub struct Panel {
    region: Area,
    format: Format,
    light: Light,
    /// The brightness that `shade` is for.
    level: Level,
    shade: Shade,
    limit: Option<Limit>,
    route: Route,
    /// The LEDs in the order of the chain, where they are not yet what the wire takes.
    chain: Vec<Led>,
    lanes: Lanes,
}

impl Panel {
    /// The panel that `spec` describes.
    pub fn new(spec: &Spec) -> Self {
        Self::on(spec, Lanes::widest())
    }

    /// The same by means of `lanes`: every kind of processor packs the same bytes.
    pub fn on(spec: &Spec, lanes: Lanes) -> Self {
        let light = Light::new(spec);
        let level = Level::FULL;
        let shade = light.shade(level);
        let limit = spec.supply.and_then(|supply| Limit::new(supply, spec.format));
        Self {
            region: spec.region,
            format: spec.format,
            light,
            level,
            shade,
            limit,
            route: Route::new(spec.region, spec.wiring.clone()),
            chain: Vec::new(),
            lanes,
        }
    }

    /// The part of the screen that it lights.
    pub const fn region(&self) -> Area {
        self.region
    }

    /// Packs the panel's part of `frame`, shining at `level`, into `out`, whatever that held. LEDs that lie outside of the frame or of the
    /// region are dark. Bits are lit or dark at any level but nought, which makes all of them dark: see [`Format`].
    ///
    /// Allocates for the first frame, and where the size of the frame is another than before.
    pub fn pack(&mut self, frame: &Frame, level: Level, out: &mut Vec<u8>) {
        if self.level != level {
            self.level = level;
            self.shade = self.light.shade(level);
        }
        self.route.fit(frame.size());
        // What is there already is written over: clearing it first would cost as much as copying the picture.
        out.resize(self.format.bytes_of(self.route.leds()), 0);
        let (leds, _) = frame.bytes().as_chunks::<CHANNELS>();
        if self.format == Format::Rgb {
            let (out, _) = out.as_chunks_mut::<CHANNELS>();
            self.lanes.shine(&self.shade, self.route.follow(leds, out));
        } else if self.route.is_straight(leds.len()) {
            self.convert(leds, out);
        } else {
            let mut chain = std::mem::take(&mut self.chain);
            chain.resize(self.route.leds(), [0; CHANNELS]);
            self.lanes.shine(&Shade::NONE, self.route.follow(leds, &mut chain));
            self.convert(&chain, out);
            self.chain = chain;
        }
        if let Some(limit) = self.limit {
            limit.apply(&self.shade, out, self.lanes);
        }
    }

    /// The LEDs of the chain to what one LED takes on the wire, where that is not three bytes.
    fn convert(&self, chain: &[Led], out: &mut [u8]) {
        match self.format {
            Format::Rgb => out.copy_from_slice(chain.as_flattened()),
            Format::Grey => self.lanes.grey(self.shade.table(), chain, out),
            Format::OneBit | Format::TwoBit if self.level.percent() == 0 => out.fill(0),
            Format::OneBit => self.lanes.one_bit(chain, out),
            Format::TwoBit => self.lanes.two_bits(chain, out),
        }
    }
}
