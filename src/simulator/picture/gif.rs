//! Frames as one GIF, exact in colour wherever a change has at most 256 of them.

use std::{borrow::Cow, collections::HashMap};

use gif::{Encoder, Frame as Image, Repeat};
use jiff::SignedDuration;

use super::{
    Look, dimensions,
    look::Pen,
    steps::{Step, Steps, parts},
};
use crate::{
    frame::{CHANNELS, Frame},
    simulator::SimulatorError,
    units::{Rate, Ticks},
};

/// A GIF counts time in hundredths of a second.
const HUNDREDTHS: u64 = 100;

/// What stays for less than this, browsers show for five times as long.
const LEAST: SignedDuration = SignedDuration::from_millis(20);

/// How finely the quantiser looks, 1 (best) to 30 (fastest).
const FINENESS: i32 = 3;

/// `frames`, each with the ticks of `rate` that it stays, as a GIF file that repeats without end.
///
/// Frames that repeat are merged, only what changes is written, and a frame shorter than a fiftieth of a second gives its time to
/// the next one. Times are rounded so that no error adds up. The colours of the first frame are the file's palette; a later change
/// that has others brings its own. Only a change of more than 256 colours loses any.
pub fn gif(
    frames: impl IntoIterator<Item = (Frame, Ticks)>,
    rate: Rate,
    look: Look,
) -> Result<Vec<u8>, SimulatorError> {
    let least = rate.ticks(LEAST);
    let mut steps = Steps::new(frames.into_iter(), least);
    let first = steps.next().ok_or(SimulatorError::NoFrames)??;
    let (width, height) = dimensions(first.area.size(), look, u64::from(u16::MAX))?;
    let mut album = Album::new(narrow(width), narrow(height), rate, look, &first);
    album.add(&first);
    for step in steps {
        album.add(&step?);
    }
    Ok(album.close())
}

/// A GIF in the making.
struct Album {
    encoder: Encoder<Vec<u8>>,
    pen: Pen,
    scale: u32,
    palette: Option<Palette>,
    rate: Rate,
    elapsed: Ticks,
}

impl Album {
    fn new(width: u16, height: u16, rate: Rate, look: Look, first: &Step) -> Self {
        let pen = Pen::new(look);
        let palette = Palette::of(&pen.draw(&first.leds, first.leds.size().area()));
        let colours = palette.as_ref().map_or(&[][..], |palette| &palette.colours);
        let mut encoder = Encoder::new(Vec::new(), width, height, colours).expect("a vector takes every byte");
        encoder.set_repeat(Repeat::Infinite).expect("a vector takes every byte");
        Self {
            encoder,
            pen,
            scale: look.scale(),
            palette,
            rate,
            elapsed: Ticks::ZERO,
        }
    }

    fn add(&mut self, step: &Step) {
        let began = self.hundredths();
        self.elapsed += step.stay;
        let mut image = self.image(step);
        for delay in parts(self.hundredths() - began, u16::MAX) {
            image.delay = delay;
            // A time that one image cannot say goes on in the same image once more.
            self.encoder
                .write_frame(&image)
                .expect("the image is as large as it says, and a vector takes every byte");
        }
    }

    fn image(&self, step: &Step) -> Image<'static> {
        let size = step.area.size();
        let [left, top, width, height] =
            [step.area.x, step.area.y, size.width, size.height].map(|leds| narrow(leds * self.scale));
        let dots = self.pen.draw(&step.leds, size.area());
        Image {
            left,
            top,
            ..self.colour(width, height, &dots)
        }
    }

    /// The dots as an image: by the file's palette, else by one of its own, else by the nearest 256 colours.
    fn colour(&self, width: u16, height: u16, dots: &[u8]) -> Image<'static> {
        if let Some(buffer) = self.palette.as_ref().and_then(|palette| palette.indexes(dots)) {
            return indexed(width, height, buffer, None);
        }
        match Palette::of(dots).and_then(|own| Some((own.indexes(dots)?, own.colours))) {
            Some((buffer, colours)) => indexed(width, height, buffer, Some(colours)),
            None => Image::from_rgb_speed(width, height, dots, FINENESS),
        }
    }

    /// The time gone by, to the nearest hundredth of a second.
    fn hundredths(&self) -> u64 {
        let rate = u64::from(self.rate.hertz());
        (self.elapsed.0.unsigned_abs() * HUNDREDTHS + rate / 2) / rate
    }

    fn close(self) -> Vec<u8> {
        self.encoder.into_inner().expect("a vector takes every byte")
    }
}

fn indexed(width: u16, height: u16, buffer: Vec<u8>, palette: Option<Vec<u8>>) -> Image<'static> {
    Image {
        width,
        height,
        palette,
        buffer: Cow::Owned(buffer),
        ..Image::default()
    }
}

/// At most 256 colours, in the order in which they were met.
struct Palette {
    colours: Vec<u8>,
    index: HashMap<[u8; CHANNELS], u8>,
}

impl Palette {
    /// The colours of `dots`; `None` where there are more than 256.
    fn of(dots: &[u8]) -> Option<Self> {
        let mut palette = Self {
            colours: Vec::new(),
            index: HashMap::new(),
        };
        for dot in dots.as_chunks().0 {
            if !palette.index.contains_key(dot) {
                let next = u8::try_from(palette.index.len()).ok()?;
                palette.index.insert(*dot, next);
                palette.colours.extend(dot);
            }
        }
        Some(palette)
    }

    /// The number of each dot's colour; `None` where one is not here.
    fn indexes(&self, dots: &[u8]) -> Option<Vec<u8>> {
        dots.as_chunks()
            .0
            .iter()
            .map(|dot| self.index.get(dot).copied())
            .collect()
    }
}

/// A side of a picture, which [`dimensions`] holds below 65536.
fn narrow(side: u32) -> u16 {
    u16::try_from(side).unwrap_or(u16::MAX)
}
