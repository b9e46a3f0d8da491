//! `yingbi preview`: what a screen shows at any instant, or how a text comes out, as a picture or in the terminal.

mod lines;
mod sample;

use std::{
    fs,
    io::{Write as _, stdout},
    path::Path,
    sync::Arc,
};

use jiff::{SignedDuration, Timestamp};

use super::{
    arguments::{self, Preview},
    exit::{Exit, Failure},
    load,
    past::{self, Authority, Question, Ran, Why},
    progress::Progress,
    terminal::{self, Terminal},
    time,
};
use crate::{
    diagnostic::Bilingual,
    frame::Frame,
    simulator::{
        picture::{self, Look},
        terminal::render,
    },
    stage::Painted,
    units::{Rate, Tick, Ticks},
    wall::{Projector, history::Replay},
};

/// The most pictures that one file may hold: an hour at five a second.
const PICTURES: i64 = 18_000;

/// The kinds of file that can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Png,
    Apng,
    Gif,
}

/// What the pictures come from.
enum Reel {
    /// The files of today.
    Today(Box<Projector>),
    /// What ran, by the journal.
    Past(Box<Replay>),
}

/// The stretch of a screen that is drawn: one picture every `step` ticks.
struct Film {
    reel: Reel,
    first: Tick,
    step: i64,
    pictures: i64,
    /// The files of videos whose clips are gone.
    lost: Vec<Arc<str>>,
}

/// Draws the instant or stretch asked for.
pub(super) fn run(options: &Preview, terminal: &Terminal) -> Result<Exit, Failure> {
    if let Some(size) = options.sample.size {
        return sample::run(options, size, terminal);
    }
    let site = options.site.as_deref().unwrap_or_else(|| Path::new(arguments::SITE));
    let question = past::ask(
        site,
        options.state.as_deref(),
        options.at.as_deref(),
        options.today,
        terminal,
    )?;
    let mut film = Film::new(&question, options, terminal)?;
    match &options.output {
        None => {
            let picture = film.picture(0);
            film.whole()?;
            stdout().write_all(render(&picture, terminal::room()).as_bytes())?;
        }
        Some(path) => {
            let bytes = film.develop(Kind::of(path, film.pictures)?, look(options)?, terminal)?;
            write(path, &bytes)?;
        }
    }
    Ok(Exit::DONE)
}

/// How LEDs are drawn.
fn look(options: &Preview) -> Result<Look, Failure> {
    let look = if options.dots < 3 {
        Look::plain(options.dots)
    } else {
        Look::dots(options.dots)
    };
    look.map_err(|error| Failure::of(Exit::USAGE, &error))
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    fs::write(path, bytes).map_err(|error| Failure::file(Exit::CANNOT_CREATE, path, &error))
}

impl Kind {
    /// By the file's extension, and by whether the pictures move.
    fn of(path: &Path, pictures: i64) -> Result<Self, Failure> {
        let extension = path
            .extension()
            .map(|extension| extension.to_string_lossy().to_lowercase());
        match (extension.as_deref(), pictures) {
            (Some("png"), 1) => Ok(Self::Png),
            (Some("png" | "apng"), _) => Ok(Self::Apng),
            (Some("gif"), _) => Ok(Self::Gif),
            _ => Err(Failure::new(
                Exit::USAGE,
                Bilingual::new(
                    format!("不知道 {} 是什么图片", path.display()),
                    format!("cannot tell what kind of picture {} shall be", path.display()),
                ),
                Bilingual::new(
                    "文件名请以 .png、.apng 或 .gif 结尾",
                    "let its name end in .png, .apng or .gif",
                ),
            )),
        }
    }
}

impl Reel {
    /// What is drawn, up to `until`; where the journal knows the instant, it is told on what authority.
    fn new(question: &Question, until: Timestamp, options: &Preview, terminal: &Terminal) -> Result<Self, Failure> {
        let is_silent = matches!(
            question.authority,
            Authority::Today(Why::Asked | Why::Future | Why::NoJournal | Why::OtherSite(_))
        );
        if !is_silent {
            terminal.say(&question.line());
        }
        if let Authority::Journal(ran) = &question.authority {
            return Self::of_the_past(ran, question, until, options, terminal);
        }
        let wall = question.wall_of_today(terminal)?;
        let screen = load::screen(&wall, options.screen.as_deref())?;
        Ok(Self::Today(Box::new(Projector::new(wall, screen))))
    }

    fn of_the_past(
        ran: &Ran,
        question: &Question,
        until: Timestamp,
        options: &Preview,
        terminal: &Terminal,
    ) -> Result<Self, Failure> {
        let screen = ran.chosen(options.screen.as_deref())?;
        let replay = ran.replay(screen, screen.last.rate.tick_at(until));
        let replay = replay.map_err(|fault| Failure::of(Exit::NO_INPUT, &fault))?;
        for note in ran.notes(question, screen, &replay) {
            terminal.say(&note);
        }
        Ok(Self::Past(Box::new(replay)))
    }

    fn rate(&self) -> Rate {
        match self {
            Self::Today(projector) => projector.rate(),
            Self::Past(replay) => replay.rate(),
        }
    }

    /// The picture at `tick`, and whether all of it is there.
    fn paint(&mut self, tick: Tick) -> (Frame, Painted) {
        match self {
            Self::Today(projector) => {
                let mut frame = Frame::new(projector.size());
                let painted = projector.paint(tick, &mut frame);
                (frame, painted)
            }
            Self::Past(replay) => {
                let mut frame = Frame::new(replay.size());
                let painted = replay.paint(tick, &mut frame);
                (frame, painted)
            }
        }
    }

    /// The files of the videos that are seen at `tick`.
    fn films(&mut self, tick: Tick) -> Vec<Arc<str>> {
        match self {
            Self::Today(projector) => projector.films(tick),
            Self::Past(replay) => replay.at(tick).films(tick),
        }
    }
}

impl Film {
    fn new(question: &Question, options: &Preview, terminal: &Terminal) -> Result<Self, Failure> {
        let length = options.length.as_deref().map(time::length).transpose()?;
        let until = question.at.saturating_add(length.unwrap_or_default());
        let reel = Reel::new(question, until.unwrap_or(Timestamp::MAX), options, terminal)?;
        let rate = reel.rate();
        let step = i64::from((rate.hertz() / options.fps.min(rate.hertz())).max(1));
        let pictures = length.map_or(1, |length: SignedDuration| (rate.ticks(length).0 / step).max(1));
        if pictures > PICTURES {
            return Err(Failure::new(
                Exit::USAGE,
                Bilingual::new(
                    format!("{pictures} 帧太多，最多 {PICTURES} 帧"),
                    format!("{pictures} pictures are too many; {PICTURES} at most"),
                ),
                Bilingual::new("请缩短 --for 或降低 --fps", "make --for shorter or --fps lower"),
            ));
        }
        Ok(Self {
            first: rate.tick_at(question.at),
            reel,
            step,
            pictures,
            lost: Vec::new(),
        })
    }

    fn picture(&mut self, number: i64) -> Frame {
        let tick = self.first + Ticks(number * self.step);
        let (frame, painted) = self.reel.paint(tick);
        if painted.is_lacking() && self.lost.is_empty() {
            self.lost = self.reel.films(tick);
        }
        frame
    }

    /// Whether all that was drawn is what is, or was, on the wall.
    fn whole(&self) -> Result<(), Failure> {
        if self.lost.is_empty() {
            return Ok(());
        }
        let files = self.lost.join("、");
        Err(Failure::new(
            Exit::NO_INPUT,
            Bilingual::new(
                format!("视频的片段已不在，画不出当时的画面：{files}"),
                format!("the clip of a video is gone, so what it showed cannot be drawn: {files}"),
            ),
            Bilingual::new(
                "片段在状态文件夹的 clips 中，空间不够时会删去最久不播的；原视频还在，就会在再次播放前重新制作",
                "clips lie in the state folder under clips, and those that have not played for longest go when space is short; while the \
                 video is there its clip is made again before it plays",
            ),
        ))
    }

    fn develop(&mut self, kind: Kind, look: Look, terminal: &Terminal) -> Result<Vec<u8>, Failure> {
        let (pictures, step, rate) = (self.pictures, Ticks(self.step), self.reel.rate());
        let mut progress = Progress::new(terminal, pictures);
        let mut shots = (0..pictures).map(|number| {
            progress.at(number + 1);
            (self.picture(number), step)
        });
        let bytes = match kind {
            Kind::Apng => picture::apng(shots, rate, look),
            Kind::Gif => picture::gif(shots, rate, look),
            Kind::Png => {
                let (frame, _) = shots.next().expect("a film has a picture");
                picture::png(&frame, look)
            }
        };
        let bytes = bytes.map_err(|error| Failure::of(Exit::USAGE, &error))?;
        self.whole()?;
        Ok(bytes)
    }
}
