//! The pictures of a video brought into their place: cut, made smaller or larger, turned, with bars, in what the LEDs can show.
//!
//! One picture after the other goes the same way, so all that does not depend on its pixels is reckoned once, and nothing is allocated for a
//! frame. A picture is turned when it is small. Its colours become light row by row (see [`Resizer`]), so that no large picture is ever made
//! twice.

use super::{About, Colour, FilmFault, MOST_PIXELS, Pixels, Plane, Turn, colour::Converter};
use crate::{
    frame::{
        CHANNELS, Frame, Placed, light,
        mean::{Resizer, light_of},
    },
    panel::Dither,
    site::Leds,
    stage::{Rendition, Translator},
    units::{Area, Size},
};

/// The longest side that a picture is taken to have once its pixels are square.
const LONGEST: u64 = 65_535;

/// Makes one frame after the other.
#[derive(Debug)]
pub struct Scaler {
    coded: Size,
    original: Size,
    /// The part of the picture that is seen, as it is coded.
    part: Area,
    turn: Turn,
    resizer: Resizer,
    converter: Converter,
    /// The picture as it is seen.
    drawn: Frame,
    /// The picture and what is around it.
    frame: Frame,
    /// Where the one lies on the other.
    to: Area,
    leds: Translator,
}

impl Scaler {
    /// The scaler of such a video for such a place.
    ///
    /// # Errors
    /// Its pictures have more than [`MOST_PIXELS`] pixels, or none.
    pub fn new(about: &About, rendition: &Rendition) -> Result<Self, FilmFault> {
        let coded = about.size;
        let pixels = u64::from(coded.width) * u64::from(coded.height);
        let is_long = u64::from(coded.width.max(coded.height)) > LONGEST;
        if pixels == 0 || pixels > MOST_PIXELS || is_long {
            return Err(FilmFault::TooLarge { size: coded });
        }
        let square = square(coded, about.aspect);
        let original = turned(square, about.turn);
        let Placed { from, to } = rendition.fitting.place(original, rendition.size);
        let part = as_coded(as_it_lies(from, square, about.turn), square, coded);
        let leds = for_films(rendition.leds);
        let mut frame = Frame::new(rendition.size);
        frame.fill(leds.nearest(rendition.fitting.ground));
        Ok(Self {
            coded,
            original,
            part,
            turn: about.turn,
            resizer: Resizer::new(part.size(), turned(to.size(), about.turn)),
            converter: Converter::new((part.right() - even(part.x)) as usize),
            drawn: Frame::new(to.size()),
            frame,
            to,
            leds: Translator::new(leds),
        })
    }

    /// Width and height of the video, upright and with square pixels.
    pub const fn original(&self) -> Size {
        self.original
    }

    /// The frame of that picture.
    ///
    /// # Errors
    /// There are fewer bytes than the picture has pixels.
    pub fn scale(&mut self, pixels: &Pixels<'_>) -> Result<&Frame, FilmFault> {
        if !holds(pixels, self.coded) {
            return Err(FilmFault::unreadable("a picture of it has too few pixels"));
        }
        match *pixels {
            Pixels::Rgb(bytes) => self.resize_rgb(bytes),
            Pixels::Yuv420 { planes, colour } => self.resize_yuv(planes, colour),
        }
        self.leds.translate(&mut self.drawn);
        self.frame.copy_frame(&self.drawn, self.to.x.into(), self.to.y.into());
        Ok(&self.frame)
    }

    /// The frame that was made last; before the first one, an empty place.
    pub const fn frame(&self) -> &Frame {
        &self.frame
    }

    fn resize_rgb(&mut self, bytes: &[u8]) {
        let (part, turn, drawn) = (self.part, self.turn, &mut self.drawn);
        let stride = self.coded.width as usize * CHANNELS;
        self.resizer.resize(
            |y, row| {
                let first = (part.y + y) as usize * stride + part.x as usize * CHANNELS;
                light_of(&bytes[first..], row);
            },
            |y, line| put(drawn, turn, y, line),
        );
    }

    fn resize_yuv(&mut self, [light, blues, reds]: [Plane<'_>; 3], colour: Colour) {
        let (part, turn, drawn) = (self.part, self.turn, &mut self.drawn);
        let (left, converter) = (even(part.x), &mut self.converter);
        // The pixels that are made only because their colour is that of one that is seen.
        let more = (part.x - left) as usize;
        let mut colours = None;
        self.resizer.resize(
            |y, row| {
                let y = part.y + y;
                if colours != Some(y / 2) {
                    colours = Some(y / 2);
                    converter.colours(colour, blues.row(y / 2, left / 2), reds.row(y / 2, left / 2));
                }
                let channels = converter.row(colour, light.row(y, left));
                light_of_channels(channels.map(|channel| &channel[more..]), row);
            },
            |y, line| put(drawn, turn, y, line),
        );
    }
}

impl<'a> Plane<'a> {
    /// Row `y` from column `x` on, and what follows it.
    fn row(self, y: u32, x: u32) -> &'a [u8] {
        &self.bytes[y as usize * self.stride + x as usize..]
    }

    /// Whether it has so many rows of such a width.
    fn holds(self, width: u32, height: u32) -> bool {
        let (width, rows) = (width as usize, height as usize);
        let last = self.stride.checked_mul(rows.saturating_sub(1));
        let end = last.and_then(|last| last.checked_add(width));
        self.stride >= width && end.is_some_and(|end| end <= self.bytes.len())
    }
}

/// Whether there are as many bytes as such a picture has.
fn holds(pixels: &Pixels<'_>, Size { width, height }: Size) -> bool {
    match pixels {
        Pixels::Rgb(bytes) => bytes.len() >= Size::new(width, height).leds() * CHANNELS,
        Pixels::Yuv420 { planes, .. } => {
            let [light, blues, reds] = planes;
            let (half_width, half_height) = (width.div_ceil(2), height.div_ceil(2));
            light.holds(width, height) && blues.holds(half_width, half_height) && reds.holds(half_width, half_height)
        }
    }
}

/// The light of each pixel of a row of which each channel lies by itself.
fn light_of_channels([red, green, blue]: [&[u8]; CHANNELS], row: &mut [[u16; CHANNELS]]) {
    for (((to, red), green), blue) in row.iter_mut().zip(red).zip(green).zip(blue) {
        *to = [light(*red), light(*green), light(*blue)];
    }
}

/// Puts row `y` of the small picture, as it lies, where it is seen.
fn put(drawn: &mut Frame, turn: Turn, y: u32, line: &[u8]) {
    let Size { width, height } = drawn.size();
    let (pixels, _) = line.as_chunks::<CHANNELS>();
    match turn {
        Turn::None => drawn.row_mut(y).copy_from_slice(line),
        Turn::Half => {
            let (leds, _) = drawn.row_mut(height - 1 - y).as_chunks_mut::<CHANNELS>();
            leds.iter_mut().rev().zip(pixels).for_each(|(led, pixel)| *led = *pixel);
        }
        Turn::Quarter => put_column(drawn, width - 1 - y, pixels.iter()),
        Turn::ThreeQuarters => put_column(drawn, y, pixels.iter().rev()),
    }
}

/// Puts pixels in column `x`, from the top.
fn put_column<'a>(drawn: &mut Frame, x: u32, pixels: impl Iterator<Item = &'a [u8; CHANNELS]>) {
    let width = drawn.size().width as usize;
    let (leds, _) = drawn.bytes_mut().as_chunks_mut::<CHANNELS>();
    let column = leds.iter_mut().skip(x as usize).step_by(width);
    column.zip(pixels).for_each(|(led, pixel)| *led = *pixel);
}

/// The size of the picture once its pixels are square: as high as it is coded.
fn square(coded: Size, (wide, high): (u32, u32)) -> Size {
    let (wide, high) = (u64::from(wide.max(1)), u64::from(high.max(1)));
    let width = (u64::from(coded.width) * wide + high / 2) / high;
    Size::new(width.clamp(1, LONGEST) as u32, coded.height)
}

const fn turned(size: Size, turn: Turn) -> Size {
    match turn {
        Turn::None | Turn::Half => size,
        Turn::Quarter | Turn::ThreeQuarters => Size::new(size.height, size.width),
    }
}

/// Where a part of the upright picture lies in it before it is turned, when it has that size.
const fn as_it_lies(part: Area, size: Size, turn: Turn) -> Area {
    let Area { x, y, width, height } = part;
    match turn {
        Turn::None => part,
        Turn::Quarter => Area::new(y, size.height - x - width, height, width),
        Turn::Half => Area::new(size.width - x - width, size.height - y - height, width, height),
        Turn::ThreeQuarters => Area::new(size.width - y - height, x, height, width),
    }
}

/// A part of the picture with square pixels in the pixels as they are coded: to the nearest of them, at least one.
fn as_coded(part: Area, square: Size, coded: Size) -> Area {
    let (wide, narrow) = (u64::from(square.width), u64::from(coded.width));
    let nearest = |x: u32| ((u64::from(x) * narrow + wide / 2) / wide) as u32;
    let left = nearest(part.x).min(coded.width - 1);
    let right = nearest(part.right()).clamp(left + 1, coded.width);
    Area::new(left, part.y, right - left, part.height)
}

/// The number, or the one below it that is even.
const fn even(number: u32) -> u32 {
    number & !1
}

/// What moves is dithered by a fixed pattern: errors that are passed on run about the picture like ants.
const fn for_films(leds: Leds) -> Leds {
    let dither = match leds.dither {
        Dither::Diffusion => Dither::Ordered,
        dither => dither,
    };
    Leds { dither, ..leds }
}
