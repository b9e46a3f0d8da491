//! The safe page: what a screen shows while the wall is stopped 停播.
//!
//! It is a function of the wall and the tick, as everything is. A site says what it is by playlists of the priority `stop`, which at a
//! stop play at any hour; where those have nothing to show, it is the site's own title, set as large as it fits, and nothing moves. A
//! stop never lights a screen that is dark.

use std::sync::{Arc, OnceLock};

use jiff::{Timestamp, civil::DateTime, tz::TimeZone};
use serde::Serialize;

use super::{
    lane::Lane,
    projector::Projector,
    view::{self, ScreenView},
    whole::Wall,
};
use crate::{
    diagnostic::Bilingual,
    frame::Frame,
    playlist::Priority,
    programme::{Dark, Light},
    site::Screen,
    stage::{Block, Content, Field, Fill, Now, Painted, Pane, Template, Valign},
    text::Align,
    units::{BLACK, Digest, Size, Tick},
};

/// That the wall was stopped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stopped {
    /// Since when.
    pub since: Timestamp,
    /// Who asked for it: the name of a file, a command, the page.
    pub by: Arc<str>,
    /// Why, as it was said.
    pub reason: Option<Arc<str>>,
}

/// The same in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StopView {
    /// Since when, RFC 3339 in the site's zone.
    pub since: String,
    /// Who asked for it.
    pub by: Arc<str>,
    /// Why, as it was said.
    pub reason: Option<Arc<str>>,
    /// All of it in Chinese.
    pub told_zh: String,
    /// All of it in English.
    pub told_en: String,
}

impl Stopped {
    /// In words, with civil times of `zone`.
    pub fn view(&self, zone: &TimeZone) -> StopView {
        let told = self.words(zone);
        StopView {
            since: self.since.display_with_offset(zone.to_offset(self.since)).to_string(),
            by: Arc::clone(&self.by),
            reason: self.reason.clone(),
            told_zh: told.zh,
            told_en: told.en,
        }
    }

    /// In one sentence, with civil times of `zone`.
    pub fn words(&self, zone: &TimeZone) -> Bilingual {
        let since = zone.to_datetime(self.since).strftime("%Y-%m-%d %H:%M:%S");
        let (zh, en) = match &self.reason {
            Some(reason) => (format!("，原因：{reason}"), format!(": {reason}")),
            None => Default::default(),
        };
        Bilingual::new(
            format!("已停播（自 {since}，由“{}”{zh}）", self.by),
            format!("stopped (since {since}, by \"{}\"{en})", self.by),
        )
    }
}

/// What a wall has ready for a stop.
#[derive(Debug, Default)]
pub(super) struct Ready(OnceLock<Safe>);

#[derive(Debug)]
struct Safe {
    /// The same wall with nothing in it but what plays at a stop.
    wall: Arc<Wall>,
    /// Of each screen, the page that needs nothing of the programme.
    stills: Vec<Arc<Frame>>,
}

impl Wall {
    /// Makes ready what is seen at a stop, unless that was done: then a stop needs neither type nor much memory. Costs what setting a
    /// title on each screen does.
    pub fn ready_to_stop(&self) {
        self.safe();
    }

    /// The same wall with nothing in it but the playlists of the priority `stop`, open at any hour.
    #[must_use]
    pub fn stopped(&self) -> Self {
        let mut plan = self.programme().plan().clone();
        let tracks = plan.screens.iter_mut().flat_map(|screen| &mut screen.tracks);
        for playlist in tracks.flat_map(|track| &mut track.playlists) {
            playlist.when.clear();
            if playlist.priority != Priority::Stop {
                playlist.plays.iter_mut().for_each(|play| play.entries.clear());
            }
        }
        let digest = Digest::of_parts([&b"stopped"[..], self.digest().bytes()]);
        self.with_plan(digest, self.edition(), plan)
    }

    /// The page of the screen at `screen` that needs nothing of the programme and of the time.
    pub(super) fn safe_still(&self, screen: usize) -> &Arc<Frame> {
        &self.safe().stills[screen]
    }

    fn safe(&self) -> &Safe {
        self.ready().0.get_or_init(|| Safe {
            wall: Arc::new(self.stopped()),
            stills: self.site().screens.iter().map(|screen| still(self, screen)).collect(),
        })
    }
}

/// The safe page of one screen.
#[derive(Debug)]
pub struct SafePage {
    /// The screen's days, with what plays at a stop.
    lane: Lane,
    /// What plays at a stop; `None` where that is nothing, or could not be painted.
    projector: Option<Projector>,
    still: Arc<Frame>,
}

impl SafePage {
    /// The safe page of the screen at `screen` in the site of `wall`, which must have it. Costs little once the wall is
    /// [ready](Wall::ready_to_stop).
    pub fn new(wall: &Wall, screen: usize) -> Self {
        let safe = wall.safe();
        let has_plays = !safe.wall.bare_screens().contains(&wall.site().screens[screen].id);
        Self {
            lane: Lane::new(Arc::clone(&safe.wall), screen),
            projector: has_plays.then(|| Projector::new(Arc::clone(&safe.wall), screen)),
            still: Arc::clone(&safe.stills[screen]),
        }
    }

    /// Paints the page as it looks at `tick` on `frame`, which has the screen's size.
    pub fn paint(&mut self, tick: Tick, frame: &mut Frame) {
        let (light, solemn) = self.lane.light(tick);
        if dark(&light).is_some() {
            frame.fill(BLACK);
            return;
        }
        let painted = self.playing(tick).map(|projector| projector.paint(tick, frame));
        // What stood there must go at once, so nothing waits for the frames of a clip.
        if painted != Some(Painted::Whole) {
            self.paint_still(frame);
            if solemn {
                frame.grey();
            }
        }
    }

    /// Paints what needs nothing of the programme: for when painting the page has failed.
    pub fn paint_still(&self, frame: &mut Frame) {
        frame.copy_frame(&self.still, 0, 0);
    }

    /// The page at `tick` in words; `stopped` says of what stop.
    pub fn view(&mut self, tick: Tick, stopped: &Stopped) -> ScreenView {
        let (light, _) = self.lane.light(tick);
        let is_playing = self.playing(tick).is_some();
        let tracks = self.lane.wall().tracks(self.lane.screen());
        let mut zones: Vec<_> = (0..tracks)
            .map(|track| view::zone(&mut self.lane, track, tick))
            .collect();
        if !is_playing {
            zones.iter_mut().for_each(|zone| (zone.now, zone.next) = (None, None));
        }
        let wall = self.lane.wall();
        ScreenView {
            stopped: Some(stopped.view(&wall.site().timezone)),
            ..ScreenView::of(
                &wall.site().screens[self.lane.screen()],
                dark(&light).map(view::dark),
                zones,
            )
        }
    }

    /// The first tick after `tick` at which the page may look otherwise, or be told otherwise.
    pub fn next_change(&mut self, tick: Tick) -> Tick {
        self.lane.day(tick).next_change(tick)
    }

    /// The projector, where it has something to show at `tick`.
    fn playing(&mut self, tick: Tick) -> Option<&mut Projector> {
        let tracks = self.lane.wall().tracks(self.lane.screen());
        let day = self.lane.day(tick);
        let shows = (0..tracks).any(|track| day.at(track, tick).is_some());
        self.projector.as_mut().filter(|_| shows)
    }
}

/// Why the screen is dark by its hours, whatever lights it otherwise.
const fn dark(light: &Light) -> Option<&Dark> {
    match light {
        Light::Lit(_) => None,
        Light::Dark(reason, _) | Light::Alarm(reason, _) => Some(reason),
    }
}

/// The site's title on that screen.
fn still(wall: &Wall, screen: &Screen) -> Arc<Frame> {
    let content = Content {
        title: Arc::clone(&wall.site().title),
        ..Content::default()
    };
    let pane = Pane::from(screen.size);
    let scene = template(screen.size).prepare(wall.compositor(), &content, 0, pane, screen.leds());
    let mut frame = Frame::new(screen.size);
    let now = Now {
        tick: Tick(0),
        civil: DateTime::default(),
    };
    scene.paint(now, Tick(0), &mut frame);
    Arc::new(frame)
}

/// The title in the middle, as large as it fits with a little room around it.
fn template(size: Size) -> Template {
    // A low screen has no LED to spare.
    let least = size.width.min(size.height);
    let margin = i32::try_from(if least < 64 { 0 } else { least / 32 }).unwrap_or(0);
    let title = Block {
        x: margin,
        y: margin,
        width: (margin > 0).then_some(-margin),
        height: (margin > 0).then_some(-margin),
        fill: Fill::Field(Field::Title),
        size: 128,
        align: Align::Centre,
        valign: Valign::Middle,
        leading: 0,
        ..Block::default()
    };
    Template {
        name: "stop".into(),
        title: "停播".into(),
        background: BLACK,
        gap: 0,
        blocks: vec![title],
    }
}
