//! A picture as a page: in its zone as its fitting says, with bars of the ground's colour.

use embedded_graphics::{pixelcolor::Rgb888, prelude::RgbColor as _};
use jiff::SignedDuration;

use super::{scene::Scene, translate::Translator};
use crate::{
    frame::{Fitting, Frame, Placed},
    item::Picture,
    site::Leds,
    units::Size,
};

/// How long a picture stays where nobody says.
pub(super) const DWELL: SignedDuration = SignedDuration::from_secs(10);

/// The page that shows `picture` in a zone of `size` on these LEDs.
pub(super) fn page(picture: &Picture, fitting: Fitting, size: Size, leds: Leds) -> Scene {
    Scene::still(drawn(picture, fitting, size, leds))
}

/// The picture as it is seen in a place of `size` on these LEDs, bars and all.
pub(super) fn drawn(picture: &Picture, fitting: Fitting, size: Size, leds: Leds) -> Frame {
    let mut frame = Frame::new(size);
    if size.leds() == 0 {
        return frame;
    }
    if fitting.ground != Rgb888::BLACK {
        frame.fill(leds.nearest(fitting.ground));
    }
    let Placed { from, to } = fitting.place_picture(picture.size(), size);
    // By itself, so that what is dithered does not spill into the bars.
    let mut seen = Frame::new(to.size());
    let whole = Placed {
        from,
        to: to.size().area(),
    };
    seen.put_picture(picture.pixels(), picture.size(), whole);
    Translator::new(leds).translate(&mut seen);
    frame.copy_frame(&seen, to.x.into(), to.y.into());
    frame
}

/// Which part of the picture that it was made from is seen in a zone of `size`, and where; `None` where there is no room.
pub(super) fn placed(picture: &Picture, fitting: Fitting, size: Size) -> Option<Placed> {
    (size.leds() > 0).then(|| fitting.place_picture(picture.original(), size))
}
