//! How far the making of one clip has come, for a person, a log or a program.

use std::{
    io::{Write as _, stdout},
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use serde::Serialize;

use crate::{
    cli::terminal::Terminal,
    diagnostic::Language,
    media::film::Progress,
    units::Share,
    wall::{ImportStage, ImportView},
};

/// Before so much of it is done, and so much time has gone by, nobody can say how long the rest takes.
const SURE: (f64, Duration) = (0.02, Duration::from_secs(1));

/// Who is told, and how.
#[derive(Clone, Copy, Debug)]
pub(in crate::cli) enum Voice {
    /// A person who watches: one line on standard error, rewritten in place.
    Line(Language),
    /// A log: a line on standard error every few seconds.
    Log(Language),
    /// A program: an object a second on standard output.
    Json,
}

impl Voice {
    /// By who reads standard error.
    pub(in crate::cli) const fn of(terminal: &Terminal) -> Self {
        if terminal.is_interactive() {
            Self::Line(terminal.language())
        } else {
            Self::Log(terminal.language())
        }
    }

    /// How often something is said.
    const fn every(self) -> Duration {
        match self {
            Self::Line(_) => Duration::from_millis(200),
            Self::Log(_) => Duration::from_secs(5),
            Self::Json => Duration::from_secs(1),
        }
    }
}

/// The making of a clip as one JSON object. These names are stable.
#[derive(Debug, Serialize)]
struct Line<'a> {
    file: &'a str,
    form: &'static str,
    share: Option<f64>,
    seconds_left: Option<u32>,
}

/// Tells of one clip that is being made.
#[derive(Debug)]
pub(in crate::cli) struct Teller {
    path: Arc<str>,
    voice: Voice,
    began: Instant,
    told: Option<Instant>,
}

impl Teller {
    /// Of a clip of the video at `path`.
    pub(in crate::cli) fn new(path: &str, voice: Voice) -> Self {
        Self {
            path: path.into(),
            voice,
            began: Instant::now(),
            told: None,
        }
    }

    /// It has come so far. Says whether it is to go on, which it is.
    pub(in crate::cli) fn tell(&mut self, progress: Progress) -> bool {
        let now = Instant::now();
        let is_time = self.told.is_none_or(|told| now - told >= self.voice.every());
        if is_time {
            self.told = Some(now);
            self.say(share(progress), now - self.began);
        }
        true
    }

    fn say(&self, share: Option<f64>, elapsed: Duration) {
        let left = share.and_then(|share| left(share, elapsed));
        let view = |share: Option<f64>| ImportView {
            path: Arc::clone(&self.path),
            stage: ImportStage::Working,
            share: share.and_then(|share| Share::new((share * 100.0) as u8)),
            seconds_left: left,
        };
        match self.voice {
            Voice::Line(language) => eprint!("\r{}\x1b[K", view(share).told().get(language)),
            Voice::Log(language) => eprintln!("{}", view(share).told().get(language)),
            Voice::Json => {
                let line = Line {
                    file: &self.path,
                    form: "progress",
                    share: share.map(|share| (share * 1000.0).round() / 1000.0),
                    seconds_left: left,
                };
                // A reader that has gone away is found when the clip is told.
                let _ = serde_json::to_string(&line).map(|line| writeln!(stdout(), "{line}"));
            }
        }
    }
}

impl Drop for Teller {
    fn drop(&mut self) {
        if self.told.is_some() && matches!(self.voice, Voice::Line(_)) {
            eprint!("\r\x1b[K");
        }
    }
}

/// How much of it is done, from 0 to 1; `None` where nobody knows how long the video is.
fn share(progress: Progress) -> Option<f64> {
    let of = progress.of.filter(|of| !of.is_zero())?;
    Some((progress.done.as_secs_f64() / of.as_secs_f64()).clamp(0.0, 1.0))
}

/// About how many seconds are left.
fn left(share: f64, elapsed: Duration) -> Option<u32> {
    let is_sure = share >= SURE.0 && elapsed >= SURE.1;
    is_sure.then(|| (elapsed.as_secs_f64() * (1.0 - share) / share).ceil() as u32)
}

/// A path as it is told.
pub(in crate::cli) fn shown(path: &Path) -> Arc<str> {
    path.display().to_string().into()
}
