//! A picture as a page: all of it, in the middle of the zone, black around it.

use jiff::SignedDuration;

use super::scene::Scene;
use crate::{
    frame::{CHANNELS, Frame, luma, scale},
    item::Picture,
    panel::dither,
    site::{Colour, Depth, Leds},
    units::{Area, Size},
};

use embedded_graphics::{pixelcolor::Rgb888, prelude::RgbColor as _};

/// How long a picture stays where nobody says.
pub(super) const DWELL: SignedDuration = SignedDuration::from_secs(10);

/// The page that shows `picture` in a zone of `size` on these LEDs.
pub(super) fn page(picture: &Picture, size: Size, leds: Leds) -> Scene {
    let mut frame = Frame::new(size);
    frame.put_picture(picture.pixels(), picture.size());
    if !leds.is_exact() && size.leds() > 0 {
        // By itself, so that what is dithered does not spill into the black around it.
        let place = place(picture, size);
        let mut drawn = Frame::new(place.size());
        drawn.copy_area(&frame, place, 0, 0);
        translate(&mut drawn, leds);
        frame.copy_area(&drawn, place.size().area(), place.x.into(), place.y.into());
    }
    Scene::still(frame)
}

/// Where in a zone of `size` the picture is seen.
fn place(picture: &Picture, size: Size) -> Area {
    let shown = scale::contained(picture.size(), size);
    let [x, y] = [size.width - shown.width, size.height - shown.height].map(|rest| rest / 2);
    Area::new(x, y, shown.width, shown.height)
}

/// How many times smaller than the picture that it was made from it is seen in a zone of `size`, rounded down; 1 where it is not.
pub(super) fn times(picture: &Picture, size: Size) -> u32 {
    let shown = scale::contained(picture.size(), size);
    picture.original().width / shown.width.max(1)
}

/// Makes of a picture what these LEDs can show of it: shades of their colours, and of those, where they take one bit, lit and dark LEDs.
fn translate(frame: &mut Frame, leds: Leds) {
    let width = frame.size().width as usize;
    let (dots, _) = frame.bytes_mut().as_chunks_mut::<CHANNELS>();
    dots.iter_mut().for_each(|dot| *dot = shades(leds.colour, *dot));
    if leds.depth == Depth::OneBit {
        for channel in 0..CHANNELS {
            let mut values: Vec<u8> = dots.iter().map(|dot| dot[channel]).collect();
            dither(&mut values, width, leds.dither);
            dots.iter_mut()
                .zip(values)
                .for_each(|(dot, value)| dot[channel] = value);
        }
    }
    if matches!(leds.colour, Colour::Red | Colour::Green | Colour::Amber) {
        dots.iter_mut().for_each(|dot| *dot = colour(leds.colour, dot[0]));
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
fn colour(colour: Colour, level: u8) -> [u8; CHANNELS] {
    let nearest = colour.nearest(Rgb888::new(level, level, level));
    [nearest.r(), nearest.g(), nearest.b()]
}
