//! How an LED is drawn.

use std::sync::Arc;

use crate::{
    frame::{CHANNELS, Frame},
    simulator::SimulatorError,
    units::Area,
};

/// Dots of a picture along one side of an LED.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scale(u8);

impl Scale {
    /// The largest scale.
    pub const LIMIT: u32 = 32;

    fn new(scale: u32, least: u32) -> Result<Self, SimulatorError> {
        match u8::try_from(scale) {
            Ok(dots) if (least..=Self::LIMIT).contains(&scale) => Ok(Self(dots)),
            _ => Err(SimulatorError::Scale { scale, least }),
        }
    }
}

/// How an LED is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// A square of its colour: at scale 1 the file holds the frame, dot for dot.
    Plain(Scale),
    /// A round dot on a dark board, as the screen looks from near by. LEDs that are off show as dark dots.
    Dots(Scale),
}

/// The board between the LEDs.
const BOARD: [u8; CHANNELS] = [6, 6, 8];

/// An LED that is off; one that is lit is never darker.
const OFF: [u8; CHANNELS] = [22, 22, 25];

/// The fewest dots across that can look round.
const ROUND: u32 = 3;

impl Look {
    /// One dot an LED.
    pub const PLAIN: Self = Self::Plain(Scale(1));

    /// Squares of `scale` dots, 1 to 32.
    pub fn plain(scale: u32) -> Result<Self, SimulatorError> {
        Scale::new(scale, 1).map(Self::Plain)
    }

    /// Round dots, `scale` picture dots apart, 3 to 32.
    pub fn dots(scale: u32) -> Result<Self, SimulatorError> {
        Scale::new(scale, ROUND).map(Self::Dots)
    }

    /// Dots of the picture along one side of an LED.
    pub const fn scale(self) -> u32 {
        let (Self::Plain(scale) | Self::Dots(scale)) = self;
        scale.0 as u32
    }
}

/// Draws LEDs in one look.
#[derive(Clone, Debug)]
pub(super) struct Pen {
    scale: usize,
    /// How much of each dot the LED covers, of 255; `None` where it covers all.
    cover: Option<Arc<[u8]>>,
}

impl Pen {
    pub(super) fn new(look: Look) -> Self {
        let scale = look.scale();
        Self {
            scale: scale as usize,
            cover: matches!(look, Look::Dots(_)).then(|| disc(scale).into()),
        }
    }

    /// The dots of the LEDs of `area`, R, G, B, row by row.
    pub(super) fn draw(&self, frame: &Frame, area: Area) -> Vec<u8> {
        let width = area.width as usize;
        let mut dots = Vec::with_capacity(area.size().leds() * self.scale * self.scale * CHANNELS);
        for y in area.y..area.bottom() {
            let leds = &frame.row(y)[area.x as usize * CHANNELS..][..width * CHANNELS];
            for line in 0..self.scale {
                self.draw_line(leds, line, &mut dots);
            }
        }
        dots
    }

    fn draw_line(&self, leds: &[u8], line: usize, dots: &mut Vec<u8>) {
        for led in leds.chunks_exact(CHANNELS) {
            match &self.cover {
                None => (0..self.scale).for_each(|_| dots.extend_from_slice(led)),
                Some(cover) => {
                    for covered in &cover[line * self.scale..][..self.scale] {
                        dots.extend((0..CHANNELS).map(|at| blend(BOARD[at], led[at].max(OFF[at]), *covered)));
                    }
                }
            }
        }
    }
}

fn blend(below: u8, above: u8, covered: u8) -> u8 {
    let covered = u32::from(covered);
    let sum = u32::from(below) * (255 - covered) + u32::from(above) * covered + 127;
    u8::try_from(sum / 255).unwrap_or(u8::MAX)
}

/// How much of each of `scale` x `scale` dots a disc covers, of 255: counted over a grid of 8 x 8 points a dot, in whole numbers.
fn disc(scale: u32) -> Vec<u8> {
    const POINTS: i64 = 8;
    let side = i64::from(scale);
    // In units of half a point: the disc's diameter is 0.86 of the LED's pitch, about that of a common module.
    let radius = side * POINTS * 86 / 100;
    let inside = |x: i64, y: i64| {
        let [x, y] = [x, y].map(|at| 2 * at + 1 - side * POINTS);
        x * x + y * y <= radius * radius
    };
    let mut cover = Vec::with_capacity((scale * scale) as usize);
    for y in 0..side {
        for x in 0..side {
            let points = (0..POINTS * POINTS).filter(|at| inside(x * POINTS + at % POINTS, y * POINTS + at / POINTS));
            cover.push(u8::try_from(points.count() * 255 / 64).unwrap_or(u8::MAX));
        }
    }
    cover
}
