//! Pictures as LEDs can show them: in shades of their colours, and of those, where they take one bit, lit and dark LEDs.

use embedded_graphics::{pixelcolor::Rgb888, prelude::RgbColor as _};

use crate::{
    frame::{CHANNELS, Frame, luma},
    panel::dither,
    site::{Colour, Depth, Leds},
};

/// Makes of pictures what LEDs can show of them. It allocates with the first one only.
#[derive(Clone, Debug)]
pub struct Translator {
    leds: Leds,
    /// One channel of a picture.
    values: Vec<u8>,
}

impl Translator {
    /// A translator for these LEDs.
    pub const fn new(leds: Leds) -> Self {
        Self {
            leds,
            values: Vec::new(),
        }
    }

    /// Makes of `frame` what the LEDs can show of it.
    pub fn translate(&mut self, frame: &mut Frame) {
        if self.leds.is_exact() {
            return;
        }
        let width = frame.size().width as usize;
        let (dots, _) = frame.bytes_mut().as_chunks_mut::<CHANNELS>();
        let Leds { colour, depth, .. } = self.leds;
        dots.iter_mut().for_each(|dot| *dot = shades(colour, *dot));
        if depth == Depth::OneBit {
            self.dither(dots, width);
        }
        if matches!(colour, Colour::Red | Colour::Green | Colour::Amber) {
            dots.iter_mut().for_each(|dot| *dot = lit(colour, dot[0]));
        }
    }

    fn dither(&mut self, dots: &mut [[u8; CHANNELS]], width: usize) {
        for channel in 0..CHANNELS {
            self.values.clear();
            self.values.extend(dots.iter().map(|dot| dot[channel]));
            dither(&mut self.values, width, self.leds.dither);
            dots.iter_mut()
                .zip(&self.values)
                .for_each(|(dot, value)| dot[channel] = *value);
        }
    }
}

/// What each channel of a pixel has to say on LEDs of fewer colours. Where there is one colour, how light it is; of red and green LEDs the
/// red and the green, and what is blue as the yellow of half its strength, so that it does not vanish.
fn shades(colour: Colour, dot: [u8; CHANNELS]) -> [u8; CHANNELS] {
    match colour {
        Colour::Full => dot,
        Colour::RedGreen => {
            let [red, green, blue] = dot;
            let more = blue.saturating_sub(red.max(green)) / 2;
            [red + more, green + more, 0]
        }
        Colour::Red | Colour::Green | Colour::Amber => [luma(dot), 0, 0],
    }
}

/// LEDs of one colour, so bright.
fn lit(colour: Colour, level: u8) -> [u8; CHANNELS] {
    let nearest = colour.nearest(Rgb888::new(level, level, level));
    [nearest.r(), nearest.g(), nearest.b()]
}
