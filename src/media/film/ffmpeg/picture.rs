//! The pictures of `ffmpeg`, one after the other, each with the time at which it is seen.

use std::{io, time::Duration};

use super::{
    OTHERS, Processes, UNSTARTED,
    line::{header, nanoseconds},
    pipes::{End, Pipes},
    probe::Probe,
};
use crate::{
    media::film::{About, Container, Decoder, FilmFault, LONGEST_SIDE, MOST_PIXELS, Pixels, Plane, Shot},
    units::Size,
};

/// The most that `ffprobe` may say, in bytes.
const PROBE: usize = 64 << 10;
/// The longest head, in bytes.
const HEAD: usize = 256;
/// What stands before each picture.
const FRAME: &[u8] = b"FRAME\n";

/// Why `ffmpeg` gives no pictures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OpenFault {
    /// It cannot be started, was ended by the system at once, or does not decode this: something else may.
    Useless {
        /// Its words.
        words: String,
    },
    /// It does not know the options of version 5.1.
    Older,
    /// Something is wrong with the video.
    Film(FilmFault),
}

impl From<FilmFault> for OpenFault {
    fn from(fault: FilmFault) -> Self {
        Self::Film(fault)
    }
}

/// A video that `ffmpeg` decodes.
#[derive(Debug)]
pub struct Ffmpeg {
    pipes: Pipes,
    about: About,
    probe: Probe,
    /// What stands before a picture, and the picture.
    frame: Vec<u8>,
    /// The time of the first picture: whatever is first is seen from the beginning on.
    first: Option<i64>,
    last: Option<Duration>,
}

impl Ffmpeg {
    /// Waits until the two processes have told what the video is.
    pub(in crate::media) fn open(processes: Processes, container: Container) -> Result<Self, OpenFault> {
        let probe = probe(Pipes::new(processes.probe))?;
        let mut pipes = Pipes::new(processes.decode);
        let mut head = Vec::new();
        while !head.ends_with(b"\n") {
            let mut byte = [0];
            let is_more = head.len() < HEAD && pipes.read(&mut byte).map_err(broken)? == 1;
            if !is_more {
                return Err(silent(&mut pipes, &probe.codec));
            }
            head.extend(byte);
        }
        let (size, aspect) = header(&head).ok_or_else(|| FilmFault::unreadable("ffmpeg gives no pictures"))?;
        if u64::from(size.width) * u64::from(size.height) > MOST_PIXELS || size.width.max(size.height) > LONGEST_SIDE {
            return Err(FilmFault::TooLarge { size }.into());
        }
        let about = About {
            size,
            aspect: aspect.or(probe.aspect).unwrap_or((1, 1)),
            turn: probe.turn,
            duration: probe.duration,
            codec: format!("{}, {}, ffmpeg", probe.codec, container.name()),
            has_sound: probe.has_sound,
        };
        Ok(Self {
            frame: vec![0; FRAME.len() + length(size)],
            pipes,
            about,
            probe,
            first: None,
            last: None,
        })
    }

    /// Whether there was another picture, which is read.
    fn read(&mut self) -> Result<bool, FilmFault> {
        let mut filled = 0;
        while filled < self.frame.len() {
            let length = self.pipes.read(&mut self.frame[filled..]).map_err(broken)?;
            if length == 0 {
                return self.end(filled > 0);
            }
            filled += length;
        }
        let is_sound = self.frame.starts_with(FRAME) && !self.pipes.stamps.is_overflowed();
        let fault = || FilmFault::unreadable("ffmpeg gives something else than pictures");
        is_sound.then_some(true).ok_or_else(fault)
    }

    /// There are no more pictures; whether that is well.
    fn end(&mut self, is_cut: bool) -> Result<bool, FilmFault> {
        let (_, end) = self.pipes.rest(PROBE).map_err(broken)?;
        let words = self.pipes.stamps.words();
        let lacks = ["partial file", "ended prematurely"];
        match end {
            End::Code(0) if lacks.iter().any(|lack| words.contains(lack)) => Err(FilmFault::Cut),
            End::Code(0) if !is_cut && self.last.is_some() => Ok(false),
            End::Code(0) if !is_cut => Err(FilmFault::NoPictures),
            End::Signal(number) => Err(FilmFault::unreadable(&format!("ffmpeg was ended by signal {number}"))),
            End::Code(_) => Err(FilmFault::unreadable(words)),
        }
    }

    /// When the picture that has been read is seen.
    fn time(&mut self) -> Result<Duration, FilmFault> {
        let time = loop {
            if let Some(time) = self.pipes.stamps.pop() {
                break time;
            }
            if !self.pipes.listen().map_err(broken)? {
                return Err(FilmFault::unreadable("ffmpeg does not say when a picture is seen"));
            }
        };
        let guess = self
            .last
            .map(|last| last + self.probe.period.unwrap_or(Duration::from_millis(40)));
        let at = match (time, self.first) {
            (Some(time), Some(first)) => nanoseconds(time.saturating_sub(first)),
            (Some(time), None) => {
                // The first picture that has a time may come after some that have none.
                let guess = guess.unwrap_or_default();
                self.first = Some(time.saturating_sub(i64::try_from(guess.as_nanos()).unwrap_or(0)));
                guess
            }
            (None, _) => guess.unwrap_or_default(),
        };
        Ok(at.max(self.last.unwrap_or_default()))
    }
}

impl Decoder for Ffmpeg {
    fn about(&self) -> &About {
        &self.about
    }

    fn next(&mut self) -> Result<Option<Shot<'_>>, FilmFault> {
        if !self.read()? {
            return Ok(None);
        }
        let at = self.time()?;
        self.last = Some(at);
        let Size { width, height } = self.about.size;
        let (width, height) = (width as usize, height as usize);
        let half = width.div_ceil(2);
        let (luma, chroma) = self.frame[FRAME.len()..].split_at(width * height);
        let (blue, red) = chroma.split_at(half * height.div_ceil(2));
        let plane = |bytes, stride| Plane { bytes, stride };
        Ok(Some(Shot {
            at,
            // Until the pictures end, should it be the last.
            lasts: self
                .probe
                .end
                .and_then(|end| end.checked_sub(at))
                .filter(|lasts| !lasts.is_zero()),
            pixels: Pixels::Yuv420 {
                planes: [plane(luma, width), plane(blue, half), plane(red, half)],
                colour: self.probe.colour,
            },
        }))
    }
}

/// Bytes of a picture.
const fn length(size: Size) -> usize {
    let (width, height) = (size.width as usize, size.height as usize);
    width * height + 2 * width.div_ceil(2) * height.div_ceil(2)
}

fn probe(mut pipes: Pipes) -> Result<Probe, OpenFault> {
    let (said, end) = pipes.rest(PROBE).map_err(broken)?;
    let words = pipes.stamps.words();
    match end {
        End::Code(0) => Ok(Probe::read(&String::from_utf8_lossy(&said))?),
        _ => Err(judged(end, words, "")),
    }
}

/// Why `ffmpeg` has ended without a picture.
fn silent(pipes: &mut Pipes, codec: &str) -> OpenFault {
    let end = match pipes.rest(PROBE) {
        Ok((_, end)) => end,
        Err(error) => return broken(error).into(),
    };
    let words = pipes.stamps.words();
    if words.contains("fps_mode") {
        return OpenFault::Older;
    }
    judged(end, words, codec)
}

fn judged(end: End, words: &str, codec: &str) -> OpenFault {
    let is_unknown = ["Decoder (codec", "Unknown decoder", "no decoder", "Decoder not found"]
        .iter()
        .any(|sign| words.contains(sign));
    let is = |code: u8| end == End::Code(code.into());
    match end {
        End::Signal(number) => OpenFault::Useless {
            words: format!("ended by signal {number}"),
        },
        _ if is(UNSTARTED) || is(OTHERS) || is_unknown => OpenFault::Useless {
            words: if is_unknown { codec.into() } else { words.into() },
        },
        _ if words.contains("moov atom not found") => FilmFault::Cut.into(),
        _ => too_large(words)
            .unwrap_or_else(|| match end {
                End::Code(0) => FilmFault::NoPictures,
                _ => FilmFault::unreadable(words),
            })
            .into(),
    }
}

/// `Picture size 16384x8640 exceeds specified max pixel count`.
fn too_large(words: &str) -> Option<FilmFault> {
    let size = words.split_once("Picture size ")?.1.split(' ').next()?;
    let (width, height) = size.split_once('x')?;
    let size = Size::new(width.parse().ok()?, height.parse().ok()?);
    Some(FilmFault::TooLarge { size })
}

#[allow(clippy::needless_pass_by_value, reason = "it maps errors")]
fn broken(error: io::Error) -> FilmFault {
    FilmFault::unreadable(&format!("ffmpeg cannot be listened to: {error}"))
}
