//! A daemon without threads, in simulated time: the real reload, player and journal, and a camera before the screen.

use std::{collections::BTreeMap, path::Path, sync::Arc};

use jiff::{SignedDuration, Timestamp};
use tempfile::TempDir;
use yingbi::{
    daemon::{Painting, Player, Reload},
    folder::journal::{Archive, Bounds, Journal},
    frame::Frame,
    units::{Rate, Tick},
    wall::{
        Edition, Library, Stopped, Wall,
        history::{Event, Record, Replay, Then, retrace},
    },
};

use crate::support::site::Files;

/// Ticks a second.
pub(super) const HERTZ: i64 = 10;

/// A hall with pages that fade, a ticker, and a screen that goes dark at 10:10.
pub(super) const SITE: &str = r#"
title = "示例省国资委"
timezone = "Asia/Shanghai"

[[column]]
id = "通知"

[[screen]]
id = "lobby"
width = 96
height = 48
rate = 10

[[screen.lit]]
start = "08:00"
end = "10:10"

[[screen.lit]]
start = "10:12"
end = "18:00"

[[screen.zone]]
id = "main"
height = 32

[[screen.zone]]
id = "ticker"
y = 32
height = 16
kind = "ticker"
"#;

pub(super) fn files() -> Files {
    Files::default()
        .with("site.toml", SITE)
        .with(
            "pages.toml",
            "[[play]]\ncolumn = \"通知\"\norder = \"path\"\ntransition = \"fade 1s\"\n",
        )
        .with(
            "ticker.toml",
            "zones = [\"ticker\"]\n[[play]]\ncolumn = \"通知\"\norder = \"path\"\n",
        )
        .item("甲", "甲", "4s")
        .item("乙", "乙", "5s")
}

/// The first tick of 2024-05-15T10:00:00+08:00 and `seconds` more.
pub(super) fn after(seconds: i64) -> Tick {
    Tick((1_715_738_400 + seconds) * HERTZ)
}

pub(super) fn rate() -> Rate {
    Rate::new(10).unwrap()
}

pub(super) fn instant(tick: Tick) -> Timestamp {
    rate().timestamp(tick)
}

/// The hall.
pub(super) struct Hall {
    pub(super) state: TempDir,
    pub(super) journal: Journal,
    site: String,
    reload: Reload,
    player: Option<Player>,
    /// What was seen, by tick.
    pub(super) seen: BTreeMap<Tick, Frame>,
}

impl Hall {
    /// A daemon that has just started at `tick`.
    pub(super) fn start(files: &Files, tick: Tick) -> Self {
        Self::of("/site", files, tick)
    }

    /// The same, of the site in the folder `site`.
    pub(super) fn of(site: &str, files: &Files, tick: Tick) -> Self {
        let state = TempDir::new().unwrap();
        let journal = Journal::new(state.path(), Bounds::default());
        let mut hall = Self {
            state,
            journal,
            site: site.into(),
            reload: Reload::default(),
            player: None,
            seen: BTreeMap::new(),
        };
        hall.boot(files, tick);
        hall
    }

    /// Starts at `tick`, with the state folder that there is.
    pub(super) fn boot(&mut self, files: &Files, tick: Tick) {
        self.journal = Journal::new(self.state.path(), Bounds::default());
        self.journal.start(instant(tick), &self.site, 7);
        self.reload = Reload::default();
        let wall = self.accept(files, tick).expect("a first wall");
        self.player = Player::new(wall, "lobby");
    }

    /// Lets the files be changed to `files` before `tick`.
    pub(super) fn change(&mut self, files: &Files, tick: Tick) {
        if let Some(wall) = self.accept(files, tick) {
            self.player.as_mut().unwrap().take_over(&wall, tick).unwrap();
        }
    }

    /// Lets the player begin with what a clock below `floor` leaves of the wall, or take the whole wall over again, before `tick`.
    pub(super) fn believe(&mut self, floor: Option<Timestamp>, tick: Tick) {
        let whole = self.reload.wall().unwrap();
        let player = self.player.as_mut().unwrap();
        match floor {
            Some(floor) => player.begin(&Arc::new(whole.undated(floor))).unwrap(),
            None => player.take_over(whole, tick).unwrap(),
        }
    }

    fn accept(&mut self, files: &Files, tick: Tick) -> Option<Arc<Wall>> {
        let wall = self.reload.take(&files.sources()).unwrap()?;
        self.journal.accept(instant(tick), self.reload.kept());
        Some(wall)
    }

    /// Plays the ticks from `from` until before `until`, and keeps what is seen.
    pub(super) fn play(&mut self, from: Tick, until: Tick) {
        let player = self.player.as_mut().unwrap();
        for tick in (from.0..until.0).map(Tick) {
            assert_eq!(player.step(tick).painting, Painting::Done);
            if let Some(turned) = player.turned() {
                let event = Event::Screen {
                    screen: "lobby".into(),
                    edition: turned.edition,
                    tick,
                    rate: player.rate(),
                    is_anew: turned.is_anew,
                };
                self.journal.add(&Record {
                    at: instant(tick),
                    event,
                });
            }
            player.view(tick);
            self.seen.insert(tick, player.frame().clone());
        }
        self.journal.sync(instant(until)).unwrap();
        self.journal.beat(instant(until)).unwrap();
    }

    /// Stops the wall from `tick` on, or lets it go on.
    pub(super) fn halt(&mut self, stopped: Option<Stopped>, tick: Tick) {
        let player = self.player.as_mut().unwrap();
        let event = match stopped {
            Some(stopped) => {
                player.stop(&Arc::new(stopped.clone()));
                Event::Stop(stopped)
            }
            None => {
                player.resume().unwrap();
                Event::Resume {
                    by: "yingbi resume".into(),
                }
            }
        };
        self.note(tick, event);
    }

    /// Notes an event at `tick`.
    pub(super) fn note(&mut self, tick: Tick, event: Event) {
        let at = instant(tick);
        self.journal.add(&Record { at, event });
        self.journal.sync(at).unwrap();
    }

    /// What is seen at `tick`, from the state folder alone.
    pub(super) fn again(&self, tick: Tick) -> Frame {
        let mut replay = replay(self.state.path(), tick);
        assert!(replay.is_sure(), "at {tick:?}");
        let mut frame = Frame::new(replay.size());
        replay.paint(tick, &mut frame);
        frame
    }
}

/// The lobby as it stood at `tick`, from the state folder alone.
pub(super) fn replay(state: &Path, tick: Tick) -> Replay {
    let archive = Archive::read(state).unwrap().unwrap();
    let history = archive.history(instant(tick).saturating_add(SignedDuration::from_secs(1)).unwrap());
    let Then::Running(stand) = history.at(instant(tick)) else {
        panic!("it was running at {tick:?}");
    };
    let load = |edition: Edition| {
        let library = Library::default().accept(&archive.files(edition.programme)?);
        let whole = library.wall().unwrap();
        let wall = match edition.floor {
            Some(floor) => Arc::new(whole.undated(floor)),
            None => Arc::clone(whole),
        };
        assert_eq!(wall.edition(), edition);
        Ok::<_, yingbi::folder::journal::JournalFault>(wall)
    };
    let steps = stand.steps("lobby");
    retrace(&steps, "lobby", stand.instant(), load)
        .unwrap()
        .expect("it was on the wall")
        .stopped_at(stand.stops())
}
