//! A picture as a page: all of it, in the middle of the zone, black around it.

use jiff::SignedDuration;

use super::scene::Scene;
use crate::{
    frame::{CHANNELS, Frame, luma, scale},
    item::Picture,
    site::Colour,
    units::Size,
};

use embedded_graphics::{pixelcolor::Rgb888, prelude::RgbColor as _};

/// How long a picture stays where nobody says.
pub(super) const DWELL: SignedDuration = SignedDuration::from_secs(10);

/// The page that shows `picture` in a zone of `size`, whose LEDs can show `colour`.
pub(super) fn page(picture: &Picture, size: Size, colour: Colour) -> Scene {
    let mut frame = Frame::new(size);
    frame.put_picture(picture.pixels(), picture.size());
    if colour != Colour::Full {
        let (leds, _) = frame.bytes_mut().as_chunks_mut::<CHANNELS>();
        leds.iter_mut().for_each(|led| *led = on(colour, *led));
    }
    Scene::still(frame)
}

/// How many times smaller than the picture that it was made from it is seen in a zone of `size`, rounded down; 1 where it is not.
pub(super) fn times(picture: &Picture, size: Size) -> u32 {
    let shown = scale::contained(picture.size(), size);
    picture.original().width / shown.width.max(1)
}

/// What LEDs of fewer colours make of a pixel. Where there is one colour, how light it is; of red and green LEDs the red and the green, and
/// what is blue as the yellow of half its strength, so that it does not vanish.
fn on(colour: Colour, led: [u8; CHANNELS]) -> [u8; CHANNELS] {
    let grey = |level: u8| {
        let nearest = colour.nearest(Rgb888::new(level, level, level));
        [nearest.r(), nearest.g(), nearest.b()]
    };
    match colour {
        Colour::Full => led,
        Colour::RedGreen => {
            let [red, green, blue] = led;
            let more = blue.saturating_sub(red.max(green)) / 2;
            [red + more, green + more, 0]
        }
        Colour::Red | Colour::Green | Colour::Amber => grey(luma(led)),
    }
}
