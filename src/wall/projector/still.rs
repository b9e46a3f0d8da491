//! The screen at rest: what it looks like once nothing comes in or goes out, for what keeps pages and plays them by itself.
//!
//! It is painted of the very scenes that are painted tick by tick, so whatever holds for frames holds here.

use std::sync::Arc;

use jiff::civil::DateTime;

use super::{Projector, Zone};
use crate::{
    frame::Frame,
    playlist::{Effect, Priority},
    programme::{Cue, Light, Material, PagedRound},
    stage::{Act, Painted, Scene},
    units::{BLACK, Tick, Ticks},
    wall::whole::Wall,
};

/// What the screen shows at one tick, apart from how.
#[derive(Clone, Debug)]
pub(in crate::wall) struct Rest {
    /// Whether it is lit.
    pub(in crate::wall) is_lit: bool,
    /// Whether all of it is grey.
    pub(in crate::wall) is_grey: bool,
    /// What the clock shows.
    pub(in crate::wall) civil: DateTime,
    /// The first tick after it at which anything of this is another.
    pub(in crate::wall) until: Tick,
    /// The tracks that show something, in the site's order; nothing that lies under what takes the whole screen.
    pub(in crate::wall) seen: Vec<Seen>,
}

/// What one track shows.
#[derive(Clone, Debug)]
pub(in crate::wall) struct Seen {
    pub(in crate::wall) track: usize,
    /// The wall that its zone is still, or already, of.
    pub(in crate::wall) wall: Arc<Wall>,
    pub(in crate::wall) cue: Cue,
    pub(in crate::wall) priority: Priority,
    /// Whether its day is a solemn one, on which nothing moves.
    pub(in crate::wall) is_solemn: bool,
    pub(in crate::wall) scene: Arc<Scene>,
    /// The tick from which its motion counts.
    pub(in crate::wall) since: Tick,
    /// How the page came in, and how long that took; `None` where it stood there at once.
    pub(in crate::wall) entered: Option<(Effect, Ticks)>,
}

impl Projector {
    /// Paints the screen at `tick` as it looks at rest on `frame`, which has the screen's size: every page has come in, what runs
    /// stands at its beginning (a strip, at the beginning of the item at its leading edge; a film, a third of its way in), and clocks go.
    pub fn still(&mut self, tick: Tick, frame: &mut Frame) -> Painted {
        let rest = self.at_rest(tick);
        if rest.is_lit {
            return self.paint_still(&rest, rest.civil, frame);
        }
        frame.fill(BLACK);
        Painted::Whole
    }

    /// What the screen shows at `tick`.
    pub(in crate::wall) fn at_rest(&mut self, tick: Tick) -> Rest {
        self.change_over(tick);
        let (light, is_grey) = self.newest_mut().light(tick);
        let is_lit = !matches!(light, Light::Dark(..));
        let mut seen = Vec::new();
        if is_lit {
            self.heed(matches!(light, Light::Alarm(..)));
            self.make_ready(tick);
            // The last track covers the whole screen.
            let whole = self.zones.len() - 1;
            let first = if self.board.act(whole).is_some() { whole } else { 0 };
            seen.extend((first..=whole).filter_map(|track| self.seen(track, tick)));
        }
        let until = match light {
            // In the dark nothing is seen of what comes and goes.
            Light::Dark(_, until) if self.lanes.len() == 1 => until.min(self.newest_mut().day(tick).end()),
            _ => self.next_change(tick),
        };
        Rest {
            is_lit,
            is_grey,
            until,
            civil: self.newest().civil(tick),
            seen,
        }
    }

    /// Paints what was found at `rest`, to which the board must still be set, as the clock shows `civil`.
    pub(in crate::wall) fn paint_still(&mut self, rest: &Rest, civil: DateTime, frame: &mut Frame) -> Painted {
        let films = self.part_films(rest);
        for seen in &rest.seen {
            // A strip that stands shall show each of its items from its beginning.
            let is_strip = seen.scene.ribbon().is_some();
            let begins = if is_strip { seen.cue.began } else { seen.since };
            self.board.rest(seen.track, begins + seen.scene.poster());
        }
        let painted = self.board.paint_still(civil, frame);
        for (track, act) in films {
            self.board.set(track, act);
        }
        if rest.is_grey {
            frame.grey();
        }
        painted
    }

    /// Puts, in the place of each film that is seen, the same with a place of its own in its clip, so that the one which moves is not disturbed;
    /// what was there.
    fn part_films(&mut self, rest: &Rest) -> Vec<(usize, Option<Act>)> {
        let films = rest.seen.iter().filter(|seen| seen.scene.has_film());
        let part = |seen: &Seen| {
            let scene = self.page_scene(seen.track, seen.cue.material, seen.cue.page)?;
            let since = seen.since;
            scene.expect(since + scene.poster(), since);
            let before = self.board.act(seen.track).cloned();
            let act = Act {
                scene,
                since,
                leaving: None,
            };
            self.board.set(seen.track, Some(act));
            Some((seen.track, before))
        };
        films.filter_map(part).collect()
    }

    /// The same with `scene` in the place of what `track` shows.
    pub(in crate::wall) fn paint_instead(
        &mut self,
        rest: &Rest,
        civil: DateTime,
        (track, scene): (usize, &Arc<Scene>),
        frame: &mut Frame,
    ) -> Painted {
        let seen = self.board.act(track).cloned();
        let act = Act {
            scene: Arc::clone(scene),
            since: Tick(0),
            leaving: None,
        };
        let tracks = rest.seen.iter().filter(|seen| seen.track != track);
        let others = Rest {
            seen: tracks.cloned().collect(),
            ..*rest
        };
        scene.expect(act.since + scene.poster(), act.since);
        self.board.set(track, Some(act));
        let painted = self.paint_still(&others, civil, frame);
        self.board.set(track, seen);
        painted
    }

    /// The scene of a page of `material` in `track`; `None` where it cannot be prepared.
    pub(in crate::wall) fn scene_of(&mut self, track: usize, material: Material, page: u16) -> Option<Arc<Scene>> {
        self.page_scene(track, material, page)
    }

    /// The round that `track` runs at `tick`, page by page.
    pub(in crate::wall) fn paged_round(&mut self, track: usize, tick: Tick) -> Option<PagedRound> {
        self.lane_of(track).day(tick).paged_round(track, tick)
    }

    fn seen(&mut self, track: usize, tick: Tick) -> Option<Seen> {
        let act = self.board.act(track)?;
        let (scene, since) = (Arc::clone(&act.scene), act.since);
        let cue = self.cue(track, tick)?;
        let Zone { change, .. } = self.zones[track];
        // Only on its first tick does a cue surely say what it came in the place of.
        let first = self.cue(track, cue.since);
        let outgoing = first.and_then(|first| first.outgoing);
        let is_other = |material: Material, page: u16| (material, page) != (cue.material, cue.page);
        let outgoing = outgoing.filter(|outgoing| is_other(outgoing.material, outgoing.page));
        let lane = self.lane_of(track);
        let (wall, screen) = (Arc::clone(lane.wall()), lane.screen());
        let entered = outgoing.map(|outgoing| (wall.effect(screen, track, &cue), outgoing.transition));
        let until = change.map_or(cue.until, |change| change.min(cue.until));
        Some(Seen {
            track,
            priority: wall.priority(screen, track, &cue),
            is_solemn: lane.day(tick).is_solemn(tick),
            wall,
            cue: Cue { until, ..cue },
            scene,
            since,
            entered,
        })
    }
}
