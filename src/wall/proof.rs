//! What each item looks like, for whoever judges it before or while it plays: page by page, in the zone that is its own.

use std::{collections::HashMap, sync::Arc};

use jiff::civil::DateTime;

use super::whole::{Exhibit, Wall};
use crate::{
    clip::{Footage, Footages},
    frame::Frame,
    item::Item,
    site::{Leds, Screen, Zone, ZoneKind},
    stage::{Content, Measured, Now, Pane, Scene, Template},
    text::Compositor,
    units::{Area, Digest, Size, Tick, Ticks},
};

/// The most views of what runs that stand one below the other.
const VIEWS: u32 = 24;

/// One item with all that sets it. Two that are equal look alike, where the same compositor sets them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// The item.
    pub item: Arc<Item>,
    /// Whether it never plays, for it lies in a folder of what is still to be approved.
    pub is_draft: bool,
    content: Arc<Content>,
    template: Arc<Template>,
    pane: Pane,
    leds: Leds,
    is_strip: bool,
}

/// Where an item is set.
#[derive(Clone, Copy)]
struct Room {
    pane: Pane,
    leds: Leds,
    is_strip: bool,
}

impl Wall {
    /// Every item as it is set where it plays first, zones that show pages before tickers; what plays nowhere, and what is still to be
    /// approved, as it would be in the largest zone of pages of the first screen. A video of which no clip was made has nothing to show. Drafts
    /// come first, then the items in the order of their paths.
    pub fn proofs(&self) -> Vec<Proof> {
        let mut played = self.first_places();
        let drafts = self.drafts().iter().map(|item| self.set_apart(item, true));
        let items = self.items().iter().map(|item| {
            let Some((room, exhibit)) = played.remove(&*item.id) else {
                return self.set_apart(item, false);
            };
            Some(Proof {
                item: Arc::clone(item),
                is_draft: false,
                content: Arc::clone(&exhibit.content),
                template: Arc::clone(&exhibit.template),
                pane: room.pane,
                leds: room.leds,
                is_strip: room.is_strip,
            })
        });
        drafts.chain(items).flatten().collect()
    }

    /// Of each item that plays, by its identity: where first, and as what.
    fn first_places(&self) -> HashMap<&str, (Room, &Exhibit)> {
        let mut places = HashMap::new();
        let screens = self.programme().plan().screens.iter().enumerate();
        let tracks = screens.flat_map(|(at, screen)| screen.tracks.iter().enumerate().map(move |track| (at, track)));
        let (strips, pages): (Vec<_>, Vec<_>) =
            tracks.partition(|(screen, (track, _))| self.is_ticker(*screen, *track));
        for (screen, (track, planned)) in pages.into_iter().chain(strips) {
            let room = Room {
                pane: self.pane(screen, track),
                leds: self.site().screens[screen].leds(),
                is_strip: self.is_ticker(screen, track),
            };
            let plays = planned.playlists.iter().flat_map(|playlist| &playlist.plays);
            for entry in plays.flat_map(|play| &play.entries) {
                let exhibit = self.exhibit(entry.material);
                if let Some(item) = &exhibit.item {
                    places.entry(&*item.id).or_insert((room, exhibit));
                }
            }
        }
        places
    }

    /// The item as it would be set if it played.
    fn set_apart(&self, item: &Arc<Item>, is_draft: bool) -> Option<Proof> {
        if item.video.is_some() && item.media.is_none() {
            return None;
        }
        let screen = self.site().screens.first()?;
        let zone = widest(screen);
        let template = self.template_of(item, zone)?;
        Some(Proof {
            item: Arc::clone(item),
            is_draft,
            content: self.content_on(item, &template),
            template,
            pane: Pane {
                size: zone.map_or(screen.size, |zone| zone.area.size()),
                rate: screen.rate,
                motion: zone.map(|zone| zone.motion).unwrap_or_default(),
            },
            leds: screen.leds(),
            is_strip: false,
        })
    }
}

/// The largest zone of pages of the screen.
fn widest(screen: &Screen) -> Option<&Zone> {
    let pages = screen.zones.iter().filter(|zone| zone.kind == ZoneKind::Pages);
    pages.max_by_key(|zone| zone.area.size().leds())
}

impl Proof {
    /// Whether it looks another way on another day: it counts days.
    pub fn tells_days(&self) -> bool {
        self.content.counter.is_some()
    }

    /// How many pages it takes; what runs in a ticker is one.
    pub fn pages(&self, compositor: &Compositor) -> u16 {
        if self.is_strip {
            return 1;
        }
        u16::try_from(self.measured(compositor).pages.len()).unwrap_or(u16::MAX)
    }

    /// Page `page`, from 0, as it looks on `wall`, whose it is, when it has come on at the civil time `civil`. What runs is shown whole,
    /// screenful below screenful, and of a video one frame; `None` where its clip is not there. Waits for the clip's disk.
    pub fn picture(&self, wall: &Wall, page: u16, civil: DateTime) -> Option<Frame> {
        let compositor = wall.compositor();
        if self.is_strip {
            return Some(self.strip(compositor, civil));
        }
        let footages = Patient(wall.footages());
        let (content, pane, leds) = (&self.content, self.pane, self.leds);
        let scene = self
            .template
            .prepare_with(compositor, content, page, pane, leds, &footages);
        let measured = self.measured(compositor);
        match measured.setting.filter(|setting| setting.scrolls) {
            Some(setting) => Some(self.run(&scene, setting.dots, &measured, civil)),
            None => self.shot(&scene, scene.poster(), civil),
        }
    }

    fn measured(&self, compositor: &Compositor) -> Measured {
        self.template.measure(compositor, &self.content, self.pane)
    }

    /// A line that runs, in views that leave out nothing of it.
    fn run(&self, scene: &Scene, dots: u16, measured: &Measured, civil: DateTime) -> Frame {
        let Pane { size, rate, motion } = self.pane;
        let stay = measured.pages.first().map_or(Ticks(1), |stay| rate.ticks(*stay));
        let screenful = motion.speed(dots, rate).ticks(size.width).0.max(1);
        let views = (stay.0 / screenful + 2).clamp(2, i64::from(VIEWS));
        let last = (stay.0 - 1).max(0);
        let shots = (0..views).filter_map(|at| self.shot(scene, Ticks(last * at / (views - 1)), civil));
        Frame::stack(&shots.collect::<Vec<_>>(), size)
    }

    /// The item alone as a ticker's strip, cut into pieces as wide as the zone.
    fn strip(&self, compositor: &Compositor, civil: DateTime) -> Frame {
        let Size { width, height } = self.pane.size;
        let whole = self.template.ticker_width(compositor, &self.content, self.pane.size);
        let views = whole.div_ceil(width).clamp(1, VIEWS);
        let size = Size::new(width * views, height);
        let pane = Pane { size, ..self.pane };
        let scene = self
            .template
            .prepare_ticker(compositor, &[&self.content], pane, self.leds);
        let mut long = Frame::new(size);
        scene.paint(Now { tick: Tick(0), civil }, Tick(0), &mut long);
        let pieces = (0..views).map(|at| {
            let mut piece = Frame::new(self.pane.size);
            let left = at * width;
            // Behind its end the strip would begin again.
            let seen = whole.saturating_sub(left).min(width);
            piece.copy_area(&long, Area::new(left, 0, seen, height), 0, 0);
            piece
        });
        Frame::stack(&pieces.collect::<Vec<_>>(), self.pane.size)
    }

    /// The scene so long after it has come on; `None` where frames of a clip are not there.
    fn shot(&self, scene: &Scene, after: Ticks, civil: DateTime) -> Option<Frame> {
        let mut frame = Frame::new(self.pane.size);
        let tick = Tick(0) + after;
        let painted = scene.paint(Now { tick, civil }, Tick(0), &mut frame);
        (!painted.is_lacking()).then_some(frame)
    }
}

/// Clips for who can wait.
#[derive(Debug)]
struct Patient<'a>(&'a dyn Footages);

impl Footages for Patient<'_> {
    fn open(&self, clip: Digest) -> Option<Arc<dyn Footage>> {
        self.0.open_patiently(clip)
    }
}
