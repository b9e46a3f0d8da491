//! Where the pictures of a video come from: `ffmpeg` or what is built in, one shape for both.

use std::time::Duration;

use super::fault::FilmFault;
use crate::units::Size;

/// Gives the pictures of one video one after the other, in the order in which they are seen.
pub trait Decoder {
    /// What is known of the video before its first picture.
    fn about(&self) -> &About;

    /// The next picture, or `None` after the last.
    ///
    /// # Errors
    /// The file is not whole, damaged, or of a kind that is not decoded here. Pictures before that are good.
    fn next(&mut self) -> Result<Option<Shot<'_>>, FilmFault>;
}

/// What is known of a video.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    /// Width and height of its pictures as they are coded.
    pub size: Size,
    /// The width of a pixel for each of its heights, as two numbers of which neither is 0.
    pub aspect: (u32, u32),
    /// How its pictures are turned before they are seen.
    pub turn: Turn,
    /// How long it lasts, where that is known.
    pub duration: Option<Duration>,
    /// What it is, for people: `H.264, MP4`.
    pub codec: String,
    /// Whether it has sound.
    pub has_sound: bool,
}

/// Clockwise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Turn {
    /// They lie as they are seen.
    #[default]
    None,
    /// By 90 degrees.
    Quarter,
    /// By 180 degrees.
    Half,
    /// By 270 degrees.
    ThreeQuarters,
}

/// One picture.
#[derive(Clone, Copy, Debug)]
pub struct Shot<'a> {
    /// When it is first seen, from the beginning of the video. Never earlier than the one before it.
    pub at: Duration,
    /// How long it is seen, where that is known: of the last one only this says it.
    pub lasts: Option<Duration>,
    /// What is seen.
    pub pixels: Pixels<'a>,
}

/// The pixels of a picture.
#[derive(Clone, Copy, Debug)]
pub enum Pixels<'a> {
    /// Y, Cb and Cr, the two latter half as wide and half as high, rounded up.
    Yuv420 {
        /// Y, Cb and Cr.
        planes: [Plane<'a>; 3],
        /// What they stand for.
        colour: Colour,
    },
    /// R, G, B, row by row, without padding.
    Rgb(&'a [u8]),
}

/// One channel.
#[derive(Clone, Copy, Debug)]
pub struct Plane<'a> {
    /// Row by row, from the first pixel that is seen; after the last one of a row there may be more.
    pub bytes: &'a [u8],
    /// From one row to the next, in bytes.
    pub stride: usize,
}

/// What Y, Cb and Cr stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour {
    /// How they are mixed of red, green and blue.
    pub matrix: Matrix,
    /// Whether Y goes from 0 to 255 rather than from 16 to 235.
    pub is_full: bool,
}

/// ITU-R recommendations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Matrix {
    /// Standard definition.
    Bt601,
    /// High definition.
    Bt709,
    /// Ultra high definition.
    Bt2020,
}

impl Matrix {
    /// That of the number that ITU-T H.273 gives it; `None` where it says nothing, or is none of these.
    pub const fn of_code(code: u16) -> Option<Self> {
        match code {
            1 | 7 => Some(Self::Bt709),
            4..=6 => Some(Self::Bt601),
            9 | 10 => Some(Self::Bt2020),
            _ => None,
        }
    }

    /// What a video of that size has that does not say: standard definition had the one, high definition has the other.
    pub const fn of_size(size: Size) -> Self {
        if size.height >= 720 || size.width >= 1280 {
            Self::Bt709
        } else {
            Self::Bt601
        }
    }
}
