//! What hangs behind a controller: LEDs on a wire, lit one after the other by what the controller puts out.
//!
//! It does as the LEDs do, and knows nothing of how a picture was packed: the wire is read from its beginning, every module takes its
//! share, and within a module one foot is set before the other. Brightness and gamma stay in the picture, as they do on a wall.

use embedded_graphics::{pixelcolor::Rgb888, prelude::RgbColor as _};

use super::walker::Walker;
use crate::{
    frame::{CHANNELS, Frame},
    panel::{Format, Module, Order, Spec, Turn, Walk, Wiring},
    units::{Area, Size, WHITE},
};

/// A panel's LEDs, in the order of their wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain {
    size: Size,
    wiring: Wiring,
    format: Format,
    order: Order,
    /// The colour in which LEDs of one colour shine.
    glow: Rgb888,
}

impl Chain {
    /// LEDs behind a controller that knows its modules by itself: RGB, row by row.
    pub const fn plain(size: Size) -> Self {
        Self {
            size,
            wiring: Wiring::Plain,
            format: Format::Rgb,
            order: Order::Rgb,
            glow: WHITE,
        }
    }

    /// The LEDs that `spec` tells of. Its region becomes the whole picture.
    pub fn of(spec: &Spec) -> Self {
        Self {
            size: spec.region.size(),
            wiring: spec.wiring.clone(),
            format: spec.format,
            order: spec.order,
            glow: WHITE,
        }
    }

    /// The same, with LEDs of one colour shining in `colour`; white unless told.
    pub fn glowing(self, colour: Rgb888) -> Self {
        Self { glow: colour, ..self }
    }

    /// Width and height of the picture that they show.
    pub const fn size(&self) -> Size {
        self.size
    }

    /// What one LED takes on the wire.
    pub const fn format(&self) -> Format {
        self.format
    }

    /// How many bytes light all of them.
    pub fn bytes(&self) -> usize {
        let leds: usize = match &self.wiring {
            Wiring::Plain => self.size.leds(),
            Wiring::Modules(modules) => modules.iter().map(|module| module.area.size().leds()).sum(),
        };
        let bits = match self.format {
            Format::Rgb => 24,
            Format::Grey => 8,
            Format::TwoBit => 2,
            Format::OneBit => 1,
        };
        (leds * bits).div_ceil(8)
    }

    /// The picture that `bytes` light. LEDs that they do not reach are dark.
    pub fn light(&self, bytes: &[u8]) -> Frame {
        if let Some(frame) = self.as_it_is(bytes) {
            return frame;
        }
        let mut frame = Frame::new(self.size);
        let mut wire = Wire { bytes, bit: 0 };
        match &self.wiring {
            Wiring::Plain => self.string(&upright(self.size.area()), &mut wire, &mut frame),
            Wiring::Modules(modules) => modules
                .iter()
                .for_each(|module| self.string(module, &mut wire, &mut frame)),
        }
        frame
    }

    /// The picture of LEDs that take their bytes as a frame has them.
    fn as_it_is(&self, bytes: &[u8]) -> Option<Frame> {
        let is_plain = self.wiring == Wiring::Plain && self.format == Format::Rgb && self.order == Order::Rgb;
        is_plain.then(|| Frame::from_bytes(self.size, bytes.to_vec())).flatten()
    }

    /// Lights the LEDs of one module.
    fn string(&self, module: &Module, wire: &mut Wire<'_>, frame: &mut Frame) {
        let stands = standing(module);
        let mut walker = Walker::new(module.walk, stands);
        for _ in 0..stands.leds() {
            let (x, y) = hung(module, stands, walker.place());
            let colour = self.led(wire);
            set(frame, x, y, colour);
            walker.step();
        }
    }

    /// What the next LED on the wire shows.
    fn led(&self, wire: &mut Wire<'_>) -> [u8; CHANNELS] {
        match self.format {
            Format::Rgb => self.coloured([wire.take(8), wire.take(8), wire.take(8)]),
            Format::Grey => self.shining(wire.take(8)),
            Format::OneBit => self.shining(wire.take(1) * 255),
            Format::TwoBit => [wire.take(1) * 255, wire.take(1) * 255, 0],
        }
    }

    /// Red, green and blue of an LED that takes its channels in its own order.
    const fn coloured(&self, [first, second, third]: [u8; CHANNELS]) -> [u8; CHANNELS] {
        match self.order {
            Order::Rgb => [first, second, third],
            Order::Rbg => [first, third, second],
            Order::Grb => [second, first, third],
            Order::Gbr => [third, first, second],
            Order::Brg => [second, third, first],
            Order::Bgr => [third, second, first],
        }
    }

    /// An LED of one colour that shines so much, 0 to 255.
    fn shining(&self, much: u8) -> [u8; CHANNELS] {
        let glow = [self.glow.r(), self.glow.g(), self.glow.b()];
        glow.map(|channel| (u16::from(channel) * u16::from(much) / 255) as u8)
    }
}

/// The bits on a wire, the highest of each byte first.
struct Wire<'a> {
    bytes: &'a [u8],
    bit: usize,
}

impl Wire<'_> {
    /// The next `bits`, 8 at most; zeros after the end.
    fn take(&mut self, bits: usize) -> u8 {
        if bits == 8 && self.bit.is_multiple_of(8) {
            let whole = self.bytes.get(self.bit / 8).copied();
            self.bit += 8;
            return whole.unwrap_or(0);
        }
        (0..bits).fold(0, |value, _| value << 1 | self.next())
    }

    fn next(&mut self) -> u8 {
        let byte = self.bytes.get(self.bit / 8).copied().unwrap_or(0);
        let place = 7 - self.bit % 8;
        self.bit += 1;
        byte >> place & 1
    }
}

/// A module that hangs as it was made.
fn upright(area: Area) -> Module {
    Module {
        area,
        turn: Turn::None,
        mirrored: false,
        walk: Walk::default(),
    }
}

/// Width and height of the module before it was turned.
const fn standing(module: &Module) -> Size {
    let Size { width, height } = module.area.size();
    match module.turn {
        Turn::None | Turn::Half => Size::new(width, height),
        Turn::Quarter | Turn::ThreeQuarters => Size::new(height, width),
    }
}

/// Where on the picture the LED is that is at `place` of the module as it `stands`.
fn hung(module: &Module, stands: Size, (x, y): (u32, u32)) -> (u32, u32) {
    let x = if module.mirrored { stands.width - 1 - x } else { x };
    let quarters = match module.turn {
        Turn::None => 0,
        Turn::Quarter => 1,
        Turn::Half => 2,
        Turn::ThreeQuarters => 3,
    };
    let (mut place, mut size) = ((x, y), stands);
    for _ in 0..quarters {
        // A quarter clockwise: what was the lowest row is the leftmost column.
        place = (size.height - 1 - place.1, place.0);
        size = Size::new(size.height, size.width);
    }
    (module.area.x + place.0, module.area.y + place.1)
}

/// Lights one LED; one that hangs beside the picture is not seen.
fn set(frame: &mut Frame, x: u32, y: u32, colour: [u8; CHANNELS]) {
    let Size { width, height } = frame.size();
    if x < width && y < height {
        let at = x as usize * CHANNELS;
        frame.row_mut(y)[at..at + CHANNELS].copy_from_slice(&colour);
    }
}
