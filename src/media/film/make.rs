//! From decoded pictures to a clip, one frame after the other.
//!
//! A picture is kept as it was decoded until the next one says in how many frames it is seen: what is seen in none is never brought to its place,
//! and what is equal to the one before is brought there once.

use std::{
    io::{self, Write},
    time::{Duration, Instant},
};

use super::{Decoder, FilmFault, Guard, LONGEST, Pace, Scaler, Shot, kept::Kept};
use crate::{
    clip::{Head, Writer},
    stage::Rendition,
    units::{Digest, Size},
};

/// How often somebody hears how far the work has come.
const TOLD: Duration = Duration::from_millis(250);

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
    if let Some(lasts) = about.duration.filter(|lasts| *lasts > LONGEST) {
        return Err(FilmFault::TooLong { lasts });
    }
    let mut studio = Studio::new(Scaler::new(&about, rendition)?, rendition, source, out)?;
    let mut told: Option<Instant> = None;
    while let Some(shot) = decoder.next()? {
        studio.take(&shot, about.size)?;
        if told.is_none_or(|told| told.elapsed() >= TOLD) {
            told = Some(Instant::now());
            tell(Progress {
                done: shot.at,
                of: about.duration,
            });
        }
    }
    let (original, frames, contents) = studio.finish()?;
    Ok(Filmed {
        frames,
        original,
        had_sound: about.has_sound,
        codec: about.codec,
        contents,
    })
}

/// Where frames are made.
struct Studio<'a> {
    scaler: Scaler,
    pace: Pace,
    guard: Option<Guard>,
    writer: Writer<&'a mut dyn Write>,
    /// The picture that was decoded last.
    kept: Kept,
    /// Whether the scaler's frame shows another one.
    is_stale: bool,
    frames: u64,
    /// The most frames of a clip.
    most: u64,
}

impl<'a> Studio<'a> {
    fn new(scaler: Scaler, rendition: &Rendition, source: Digest, out: &'a mut dyn Write) -> Result<Self, FilmFault> {
        let &Rendition { size, rate, .. } = rendition;
        let head = Head {
            size,
            rate,
            source,
            rendition: rendition.digest(),
        };
        Ok(Self {
            scaler,
            pace: Pace::new(rate),
            guard: (!rendition.may_flash).then(|| Guard::new(size, rate)),
            writer: Writer::new(out, &head).map_err(unwritten)?,
            kept: Kept::default(),
            is_stale: false,
            frames: 0,
            most: LONGEST.as_secs() * u64::from(rate.hertz()),
        })
    }

    /// Takes the next picture, and makes the frames of that before it.
    fn take(&mut self, shot: &Shot<'_>, size: Size) -> Result<(), FilmFault> {
        let count = self.pace.next(shot.at, shot.lasts);
        self.make(count, shot.at)?;
        if self.kept.keep(&shot.pixels, size)? {
            self.is_stale = true;
        }
        Ok(())
    }

    /// Makes the frames of the last picture, which end at `until`.
    fn make(&mut self, count: u64, until: Duration) -> Result<(), FilmFault> {
        if until > LONGEST || self.frames.saturating_add(count) > self.most {
            return Err(FilmFault::TooLong {
                lasts: until.max(LONGEST),
            });
        }
        if count == 0 {
            return Ok(());
        }
        self.frames += count;
        let is_new = self.is_stale;
        if is_new {
            self.scaler.scale(&self.kept.pixels())?;
            self.is_stale = false;
        }
        let frame = self.scaler.frame().bytes();
        for again in 0..count {
            self.writer.frame(frame).map_err(unwritten)?;
            match &mut self.guard {
                Some(guard) if is_new && again == 0 => guard.see(frame),
                Some(guard) => guard.see_again(),
                None => {}
            }
        }
        Ok(())
    }

    /// Makes the frames of the last picture, and ends the clip.
    fn finish(mut self) -> Result<(Size, u32, Digest), FilmFault> {
        if self.kept.is_empty() {
            return Err(FilmFault::NoPictures);
        }
        let rest = self.pace.clone().end();
        // Whatever the last picture says, there is no more than a clip takes.
        self.make(rest, Duration::ZERO)?;
        if let Some(flashes) = self.guard.and_then(Guard::finish) {
            return Err(FilmFault::Flashes {
                at: flashes.at,
                count: flashes.count,
            });
        }
        let summary = self.writer.finish().map_err(unwritten)?;
        Ok((self.scaler.original(), summary.frames, summary.contents))
    }
}

#[allow(clippy::needless_pass_by_value, reason = "as map_err hands it over")]
fn unwritten(error: io::Error) -> FilmFault {
    FilmFault::Unwritten {
        reason: error.to_string(),
    }
}
