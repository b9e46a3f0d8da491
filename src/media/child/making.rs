//! The child's side of making a clip: starts `ffmpeg`, confines itself, and has `media::film` do the rest.
//!
//! ```text
//! standard input: the video ──> ffprobe, ffmpeg (processes of their own, confined) ──> pictures ──> media::film ──> standard output: the clip
//! ```
//!
//! Both are started before the first byte of the video is read, for afterwards nothing can be started any more. Where `ffmpeg` cannot be started,
//! or does not decode this video, the built-in decoders try.

use std::{
    ffi::OsString,
    fs::File,
    io::{self, BufWriter, Seek as _, Write as _},
    os::{fd::AsFd as _, unix::fs::FileExt as _},
    time::{Duration, Instant},
};

use super::{
    confine::{self, Bounds},
    exec,
    order::{Line, Order},
    serve::words,
    wire::Answer,
};
use crate::media::film::{
    self, Decoder, FIRST, FilmFault, Filmed,
    ffmpeg::{Ffmpeg, OpenFault, Part, Processes},
    sniff,
};

/// The hidden command within the hidden command.
pub(super) const FILM: &str = "film";
/// The time from one line about progress to the next.
const TELL: Duration = Duration::from_millis(200);

/// Makes the clip that the argument orders.
pub(super) fn serve(arguments: &[OsString]) -> io::Result<u8> {
    let order = match arguments {
        [word] => word.to_str().and_then(Order::read),
        _ => None,
    };
    let order = order.ok_or_else(|| io::Error::other("this is no job"))?;
    confine::begin(None)?;
    confine::shed()?;
    let mut source = File::from(io::stdin().as_fd().try_clone_to_owned()?);
    let output = File::from(io::stdout().as_fd().try_clone_to_owned()?);
    let processes = start(&order, &source);
    let bounds = Bounds {
        memory: order.memory,
        cpu: order.cpu,
        file: order.clip,
        threads: false,
    };
    say(&Line::Walls(confine::ourselves(&bounds, processes.is_some())?));
    source.rewind()?;
    say(&match make(&order, source, processes, output) {
        Ok(filmed) => Line::Done(filmed),
        Err(OpenFault::Older) => Line::Older,
        Err(OpenFault::Film(FilmFault::Unwritten { reason })) => Line::Full(reason),
        Err(OpenFault::Film(fault)) => refused(&fault),
        Err(OpenFault::Useless { words }) => refused(&FilmFault::Unknown { codec: words }),
    });
    Ok(0)
}

/// Starts both parts of ffmpeg; `None` where there is none, or it cannot be.
fn start(order: &Order, source: &File) -> Option<Processes> {
    let ffmpeg = order.ffmpeg.as_deref()?;
    let bounds = Bounds {
        memory: order.memory,
        cpu: order.cpu,
        file: 0,
        threads: true,
    };
    let start = |part| exec::start(part, order.older, ffmpeg, source, &bounds).ok();
    Some(Processes {
        probe: start(Part::Probe)?,
        decode: start(Part::Decode)?,
    })
}

fn make(order: &Order, source: File, processes: Option<Processes>, output: File) -> Result<Filmed, OpenFault> {
    let mut decoder = decoder(source, processes)?;
    let mut told: Option<Instant> = None;
    let mut tell = |progress| {
        if told.is_none_or(|told| told.elapsed() >= TELL) {
            told = Some(Instant::now());
            say(&Line::At(progress));
        }
    };
    let mut output = BufWriter::with_capacity(256 << 10, output);
    let filmed = film::film(&mut *decoder, &order.rendition, order.digest, &mut output, &mut tell)?;
    output.flush().map_err(|error| FilmFault::Unwritten {
        reason: error.to_string(),
    })?;
    Ok(filmed)
}

/// Whoever decodes the video: `ffmpeg`, else what is built in.
fn decoder(source: File, processes: Option<Processes>) -> Result<Box<dyn Decoder>, OpenFault> {
    let mut first = [0; FIRST];
    let length = source
        .read_at(&mut first, 0)
        .map_err(|error| FilmFault::unreadable(&error.to_string()))?;
    let container = sniff(&first[..length])?;
    let Some(processes) = processes else {
        return Ok(film::open(source, container)?);
    };
    match Ffmpeg::open(processes, container) {
        Ok(ffmpeg) => Ok(Box::new(ffmpeg)),
        Err(OpenFault::Useless { words }) => {
            let _ = writeln!(io::stderr(), "ffmpeg: {words}");
            Ok(film::open(source, container)?)
        }
        Err(fault) => Err(fault),
    }
}

fn refused(fault: &FilmFault) -> Line {
    let (message, help) = words(fault);
    Line::Refused(Answer::Refused { message, help }.write())
}

/// A parent that listens no more ends us soon enough.
fn say(line: &Line) {
    let _ = io::stderr().write_all(line.write().as_bytes());
}
