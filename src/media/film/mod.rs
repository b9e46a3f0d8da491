//! The child's work on a video: a file of a stranger in, a clip out.
//!
//! ```text
//! Decoder (ffmpeg, or built in) -> pace (which picture for which frame) -> scale -> LEDs -> flash guard -> clip::Writer
//! ```
//!
//! All of it runs in the child; the pictures of `ffmpeg`, which runs in a process of its own under the same confinement, come through a pipe.

mod colour;
mod decoder;
mod fault;
mod flash;
mod scale;

use std::{io::Write, time::Duration};

pub use decoder::{About, Colour, Decoder, Matrix, Pixels, Plane, Shot, Turn};
pub use fault::FilmFault;
pub use flash::{Flashes, Guard};
pub use scale::Scaler;

use crate::{
    stage::Rendition,
    units::{Digest, Size},
};

/// The longest video of which a clip is made.
pub const LONGEST: Duration = Duration::from_mins(10);

/// The most pixels that a picture of a video may have, as it is coded: 4096 x 2304.
pub const PIXELS: u32 = 4096 * 2304;

/// A clip that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filmed {
    /// How many frames it has, at least 1.
    pub frames: u32,
    /// Width and height of the video, upright and with square pixels.
    pub original: Size,
    /// Whether the video had sound, which is left out.
    pub had_sound: bool,
    /// What it was, for people: `H.264, MP4`.
    pub codec: String,
    /// The digest of the clip's index.
    pub contents: Digest,
}

/// How far the work on a video has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// So much of the video.
    pub done: Duration,
    /// So long it lasts, where that is known.
    pub of: Option<Duration>,
}

/// Makes the clip of what `decoder` gives, as `rendition` says, of the video whose file has the digest `source`. `tell` hears how far it has
/// come, a few times for each second of work.
///
/// # Errors
/// The video cannot be decoded, lasts too long or flashes, or `out` takes no more. What has been written then is no clip.
pub fn film(
    decoder: &mut dyn Decoder,
    rendition: &Rendition,
    source: Digest,
    out: &mut dyn Write,
    tell: &mut dyn FnMut(Progress),
) -> Result<Filmed, FilmFault> {
    let about = decoder.about().clone();
    let mut scaler = Scaler::new(&about, rendition)?;
    let _ = (source, out);
    let mut frames = 0;
    while let Some(shot) = decoder.next()? {
        scaler.scale(&shot.pixels)?;
        frames += 1;
        tell(Progress {
            done: shot.at,
            of: about.duration,
        });
    }
    Ok(Filmed {
        frames,
        original: scaler.original(),
        had_sound: about.has_sound,
        codec: about.codec,
        contents: source,
    })
}
