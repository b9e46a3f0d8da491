//! One screen of a wall, painted tick by tick.

mod ahead;
mod scenes;
mod still;

use std::{ops::Range, sync::Arc};

use jiff::Timestamp;

use super::{
    lane::Lane,
    shine::Shine,
    view::{self, CueView, ScreenView, ZoneView},
    whole::Wall,
};
use crate::{
    frame::Frame,
    playlist::Priority,
    programme::{Cue, Light, Material, Round},
    site::Screen,
    stage::{Act, Board, Leaving, Now, Painted, Scene},
    units::{BLACK, Rate, Size, Tick},
};

use ahead::Coming;
use scenes::{Key, prepare};
pub(super) use still::{Rest, Seen};

/// Paints one screen. What it paints depends on the wall and the tick alone (and, for a moment after [`Projector::take_over`], on
/// the wall before); it only keeps what it has already worked out.
#[derive(Debug)]
pub struct Projector {
    /// The walls in force, newest last; older ones only until their last zone has changed over.
    lanes: Vec<Lane>,
    zones: Vec<Zone>,
    board: Board,
    /// Whether nothing but alerts and stops is shown, in a time that is dark otherwise.
    alarm: bool,
    /// When it grows light next, where the films of that time were asked for.
    dawn: Option<Tick>,
}

/// A zone and what its board was last told.
#[derive(Debug)]
struct Zone {
    /// How far from the newest lane its own is: 0 for the newest.
    age: usize,
    /// When it changes over to the newest lane.
    change: Option<Tick>,
    /// Whether its next act comes in by a cut, because another wall's picture stands there.
    cut: bool,
    /// The ticks for which the board knows what to paint.
    known: Range<Tick>,
    kept: Vec<(Key, Arc<Scene>)>,
    /// The film that comes next, asked for ahead.
    coming: Option<Coming>,
    /// Whether what comes next was looked at.
    is_foreseen: bool,
}

impl Projector {
    /// The projector of the screen at `screen` in the site, which must have it.
    pub fn new(wall: Arc<Wall>, screen: usize) -> Self {
        let places: Vec<_> = (0..wall.tracks(screen))
            .map(|track| wall.place(screen, track))
            .collect();
        Self {
            board: Board::new(wall.site().screens[screen].size, &places),
            zones: places.iter().map(|_| Zone::new()).collect(),
            lanes: vec![Lane::new(wall, screen)],
            alarm: false,
            dawn: None,
        }
    }

    /// The screen's identity.
    pub fn id(&self) -> Arc<str> {
        Arc::clone(&self.screen().id)
    }

    /// The screen's size.
    pub fn size(&self) -> Size {
        self.screen().size
    }

    /// The screen's rate.
    pub fn rate(&self) -> Rate {
        self.screen().rate
    }

    /// The newest wall.
    pub fn wall(&self) -> &Arc<Wall> {
        self.newest().wall()
    }

    /// How bright the screen shines at `tick`, by the wall that took over last.
    pub fn shine(&self, tick: Tick) -> Shine {
        let lane = self.newest();
        lane.wall().shine(lane.screen(), tick)
    }

    /// Lets `wall` take over from `tick` on, by cuts: in each zone at the new programme's next boundary there, at once where what is
    /// seen was withdrawn, an alert begins, or the day becomes a solemn one. `false`, and nothing changes, where the screen's shape
    /// differs or it is gone: then the caller makes a new projector.
    pub fn take_over(&mut self, wall: Arc<Wall>, tick: Tick) -> bool {
        self.change_over(tick);
        let id = &self.screen().id;
        let Some(screen) = wall.site().screens.iter().position(|screen| screen.id == *id) else {
            return false;
        };
        if !same_shape(self.screen(), &wall.site().screens[screen]) {
            return false;
        }
        self.lanes.push(Lane::new(wall, screen));
        for track in 0..self.zones.len() {
            self.zones[track].age += 1;
            self.zones[track].change = Some(self.boundary(track, tick));
        }
        self.look_again();
        self.change_over(tick);
        true
    }

    /// Paints the screen as it looks at `tick` on `frame`, which has the screen's size. Where frames of a clip are not at hand, what is painted
    /// must not be shown.
    pub fn paint(&mut self, tick: Tick, frame: &mut Frame) -> Painted {
        self.change_over(tick);
        let (light, solemn) = self.newest_mut().light(tick);
        if let Light::Dark(_, until) = light {
            self.look_at_dawn(tick, until);
            frame.fill(BLACK);
            return Painted::Whole;
        }
        self.heed(matches!(light, Light::Alarm(..)));
        self.make_ready(tick);
        self.look_ahead();
        let civil = self.newest().civil(tick);
        let painted = self.board.paint(Now { tick, civil }, frame);
        if painted.is_lacking() {
            self.ask_again(tick);
        }
        if solemn {
            frame.grey();
        }
        painted
    }

    /// Begins or ends to show nothing but alerts and stops.
    fn heed(&mut self, alarm: bool) {
        if self.alarm != alarm {
            self.alarm = alarm;
            self.zones.iter_mut().for_each(|zone| zone.known = Tick(0)..Tick(0));
        }
    }

    /// Makes the projector what it would be at `until` had it painted every tick from `from` on.
    pub(super) fn catch_up(&mut self, from: Tick, until: Tick) {
        let mut tick = from;
        while tick <= until && !self.is_settled() {
            tick = self.pass(tick);
        }
        self.change_over(until);
    }

    /// Makes the projector what it would be had it painted `tick`; the next tick at which painting would make another one of it.
    pub(super) fn pass(&mut self, tick: Tick) -> Tick {
        self.change_over(tick);
        let light = self.newest_mut().day(tick).light(tick);
        match light {
            // In the dark nothing is painted, so once the newest wall is alone nothing happens before that changes.
            Light::Dark(_, until) if self.lanes.len() == 1 => until.max(tick.next()),
            Light::Dark(..) => self.next_change(tick),
            Light::Lit(_) | Light::Alarm(..) => {
                self.heed(matches!(light, Light::Alarm(..)));
                self.make_ready(tick);
                self.next_change(tick)
            }
        }
    }

    /// The tick from which on nothing can tell whether an older wall was there when this one, the only one here, took over at `tick`.
    pub(super) fn settles(&mut self, tick: Tick) -> Tick {
        let tracks = 0..self.zones.len();
        tracks.map(|track| self.settles_in(track, tick)).fold(tick, Ord::max)
    }

    /// A zone changes over where its cue of that tick ends, or sooner. The next one that is seen comes in by a cut.
    fn settles_in(&mut self, track: usize, tick: Tick) -> Tick {
        let change = self.cue(track, tick).map_or(tick, |cue| cue.until);
        let lane = self.newest_mut();
        let seen = match lane.day(change).light(change) {
            Light::Lit(_) => change,
            // What an alert shows in between comes sooner; later is safe.
            Light::Dark(_, until) | Light::Alarm(_, until) => {
                let dawn = lane.wall().programme().dawn(lane.screen(), change);
                dawn.unwrap_or(until)
            }
        };
        self.cue(track, seen).map_or(seen, |cue| cue.until)
    }

    /// Whether nothing of an older wall is left, not even the cut that takes its place.
    fn is_settled(&self) -> bool {
        self.lanes.len() == 1 && self.zones.iter().all(|zone| !zone.cut)
    }

    /// The first tick after `tick` at which a zone changes what it shows, or the light goes on or off.
    pub fn next_change(&mut self, tick: Tick) -> Tick {
        let changes = self.zones.iter().filter_map(|zone| zone.change);
        let cues: Vec<Tick> = self
            .lanes
            .iter_mut()
            .map(|lane| lane.day(tick).next_change(tick))
            .collect();
        let next = changes.chain(cues).filter(|change| *change > tick).min();
        next.unwrap_or_else(|| tick.next())
    }

    /// The first tick after the page that is seen at `tick`: the one that ends first, where there are several; of a ticker's items
    /// only where no page is seen. `None` where nothing is seen at all.
    pub fn page_end(&mut self, tick: Tick) -> Option<Tick> {
        self.change_over(tick);
        let (alarm, lit) = match self.newest_mut().day(tick).light(tick) {
            Light::Lit(until) => (false, until),
            Light::Alarm(_, until) => (true, until),
            Light::Dark(..) => return None,
        };
        // The last track covers the whole screen.
        let whole = self.zones.len() - 1;
        let end = self.end(whole, tick, alarm).or_else(|| {
            let ends = |this: &mut Self, is_strip| {
                let tracks = (0..whole).filter(|track| this.is_strip(*track) == is_strip);
                let tracks: Vec<usize> = tracks.collect();
                tracks
                    .into_iter()
                    .filter_map(|track| this.end(track, tick, alarm))
                    .min()
            };
            ends(self, false).or_else(|| ends(self, true))
        });
        end.map(|end| end.min(lit))
    }

    /// What the screen shows at `tick`, in words.
    pub fn view(&mut self, tick: Tick) -> ScreenView {
        self.change_over(tick);
        let light = self.newest_mut().day(tick).light(tick);
        let mut zones: Vec<_> = (0..self.zones.len()).map(|track| self.zone_view(track, tick)).collect();
        if let Light::Alarm(..) = light {
            zones.iter_mut().for_each(ZoneView::keep_alarms);
        }
        let dark = match light {
            Light::Dark(reason, _) => Some(view::dark(&reason)),
            Light::Lit(_) | Light::Alarm(..) => None,
        };
        let is_empty = zones.iter().all(|zone| zone.now.is_none());
        let dark = dark.or_else(|| is_empty.then(view::nothing));
        ScreenView::of(self.screen(), dark, zones)
    }

    /// What the lower priorities of each zone would show at `tick`, the highest first.
    pub fn beaten(&mut self, tick: Tick) -> Vec<Vec<CueView>> {
        self.change_over(tick);
        let tracks = 0..self.zones.len();
        tracks
            .map(|track| view::beaten(self.lane_of(track), track, tick))
            .collect()
    }

    /// When a screen that is dark at `tick` is lit again, as far as that is known.
    pub fn dark_until(&mut self, tick: Tick) -> Option<Timestamp> {
        let lane = self.newest_mut();
        match lane.day(tick).light(tick) {
            Light::Dark(..) => {
                let dawn = lane.wall().programme().dawn(lane.screen(), tick)?;
                Some(lane.rate().timestamp(dawn))
            }
            Light::Lit(_) | Light::Alarm(..) => None,
        }
    }

    /// A zone's part of the view: what it shows ends, at the latest, where the newest wall takes over there.
    fn zone_view(&mut self, track: usize, tick: Tick) -> ZoneView {
        let mut zone = view::zone(self.lane_of(track), track, tick);
        let until = self.cue(track, tick).map(|cue| cue.until);
        let change = self.zones[track].change;
        if let Some(change) = change.filter(|change| until.is_some_and(|until| *change <= until)) {
            let newest = self.newest_mut();
            zone.next = view::begins(newest, track, change);
            let change = view::instant(newest, change);
            zone.now = zone.now.map(|now| CueView { until: change, ..now });
        }
        zone
    }

    /// When the newest wall takes over in a zone, seen from `tick`: at its next boundary there, or where what is seen now ends, if
    /// that is sooner, so that nothing of an older wall ever begins; at once where what is seen was withdrawn, where an alert comes
    /// or goes, and where the day has become a solemn one, on which nothing festive is seen for another second.
    fn boundary(&mut self, track: usize, tick: Tick) -> Tick {
        let seen = self.cue(track, tick).map(|cue| {
            let lane = self.lane_of(track);
            let (wall, screen) = (lane.wall(), lane.screen());
            (
                wall.exhibit(cue.material).clone(),
                wall.priority(screen, track, &cue),
                cue.until,
            )
        });
        let lane = self.newest_mut();
        let next = lane.day(tick).at(track, tick);
        let (Some((shown, level, until)), Some(next)) = (seen, next) else {
            return tick;
        };
        let (wall, screen, instant) = (lane.wall(), lane.screen(), lane.rate().timestamp(tick));
        let is_withdrawn = !wall.plays(screen, track, shown.item.as_ref().map(|item| &*item.id), instant);
        let is_urgent = level.max(wall.priority(screen, track, &next)) >= Priority::Alert;
        if is_withdrawn || is_urgent || self.becomes_solemn(track, tick) {
            tick
        } else {
            next.until.min(until)
        }
    }

    /// Whether `tick` lies on a solemn day by the newest wall, but not by the zone's own.
    fn becomes_solemn(&mut self, track: usize, tick: Tick) -> bool {
        self.newest_mut().day(tick).is_solemn(tick) && !self.lane_of(track).day(tick).is_solemn(tick)
    }

    /// Changes the zones over whose time has come, and lets go of walls that no zone shows any more.
    fn change_over(&mut self, tick: Tick) {
        if self.lanes.len() == 1 {
            return;
        }
        for zone in &mut self.zones {
            if zone.change.is_some_and(|change| change <= tick) {
                let coming = zone.coming.take().and_then(Coming::changed_over);
                *zone = Zone {
                    cut: true,
                    coming,
                    ..Zone::new()
                };
            }
        }
        for age in (1..self.lanes.len()).rev() {
            if self.zones.iter().all(|zone| zone.age != age) {
                self.lanes.remove(self.lanes.len() - 1 - age);
                self.zones
                    .iter_mut()
                    .filter(|zone| zone.age > age)
                    .for_each(|zone| zone.age -= 1);
            }
        }
    }

    /// Tells the board what every zone shows at `tick`, where it does not know.
    fn make_ready(&mut self, tick: Tick) {
        for track in 0..self.zones.len() {
            if !self.zones[track].known.contains(&tick) {
                self.set(track, tick);
            }
        }
    }

    /// Tells the board what the zone shows at `tick`.
    fn set(&mut self, track: usize, tick: Tick) {
        self.look_again_below(track);
        let Some(cue) = self.cue(track, tick) else {
            let until = self.lane_of(track).day(tick).next_change(tick);
            self.zones[track].known = tick..until;
            // What comes after nothing comes in by a cut anyway.
            self.zones[track].cut = false;
            self.board.set(track, None);
            return;
        };
        if self.alarm && !self.is_alarm(track, &cue) {
            self.zones[track].known = tick..cue.until;
            self.board.set(track, None);
            return;
        }
        let lane = self.lane_of(track);
        let is_ticker = lane.wall().is_ticker(lane.screen(), track);
        let round = is_ticker.then(|| lane.day(tick).round(track, tick)).flatten();
        let act = match round {
            Some(round) => self.strip(track, &round),
            None => self.page(track, &cue),
        };
        let Some(act) = act else {
            // What stands there stays; somebody was told.
            self.zones[track].known = tick..cue.until;
            return;
        };
        let zone = &mut self.zones[track];
        // A cue whose transition is over no longer says what went out, so it tells nothing of the ticks before.
        let begins = if cue.outgoing.is_some() { cue.since } else { tick };
        zone.known = begins..cue.until;
        if let Some(change) = zone.change {
            zone.known.end = zone.known.end.min(change);
        }
        zone.cut = false;
        self.board.set(track, Some(act));
    }

    /// `None` where it cannot be prepared.
    fn page(&mut self, track: usize, cue: &Cue) -> Option<Act> {
        let scene = self.cue_scene(track, (cue.material, cue.page, cue.began))?;
        let film = self.lane_of(track).wall().film_of(cue);
        // A film that comes round is one film, without a seam.
        let is_round = |material: Material| film.is_some() && material == cue.material;
        let outgoing = cue
            .outgoing
            .filter(|outgoing| !self.zones[track].cut && !is_round(outgoing.material));
        let leaving = outgoing.map(|outgoing| {
            let before = self.cue(track, outgoing.since);
            let lane = self.lane_of(track);
            let stood = before.map(|before| lane.wall().stands(lane.screen(), track, &before));
            let effect = lane.wall().effect(lane.screen(), track, cue);
            Leaving {
                scene: self.cue_scene(track, (outgoing.material, outgoing.page, outgoing.began)),
                since: stood.unwrap_or(outgoing.began),
                from: cue.since,
                length: outgoing.transition,
                effect,
            }
        });
        let lane = self.lane_of(track);
        Some(Act {
            scene,
            since: lane.wall().stands(lane.screen(), track, cue),
            leaving,
        })
    }

    fn strip(&mut self, track: usize, round: &Round) -> Option<Act> {
        let key = Key::Strip(Arc::clone(&round.materials));
        let scene = self.keep(track, key, |lane| {
            let wall = lane.wall();
            let screen = &wall.site().screens[lane.screen()];
            let exhibits: Vec<_> = round
                .materials
                .iter()
                .map(|(material, _)| wall.exhibit(*material))
                .collect();
            let contents: Vec<_> = exhibits.iter().map(|exhibit| &*exhibit.content).collect();
            let pane = wall.pane(lane.screen(), track);
            let Some(first) = exhibits.first() else {
                return Some(Scene::default());
            };
            let template = &first.template;
            Some(template.prepare_ticker(wall.compositor(), &contents, pane, screen.leds()))
        });
        Some(Act {
            scene: scene?,
            since: round.anchor,
            leaving: None,
        })
    }

    /// The first tick after what is seen of the track at `tick`, where in an `alarm` nothing but alerts and stops is.
    fn end(&mut self, track: usize, tick: Tick, alarm: bool) -> Option<Tick> {
        let cue = self.cue(track, tick)?;
        if alarm && !self.is_alarm(track, &cue) {
            return None;
        }
        let change = self.zones[track].change;
        Some(change.map_or(cue.until, |change| change.min(cue.until)))
    }

    /// Whether a cue of the track is seen in a time that is dark otherwise.
    fn is_alarm(&mut self, track: usize, cue: &Cue) -> bool {
        let lane = self.lane_of(track);
        lane.wall().priority(lane.screen(), track, cue) >= Priority::Alert
    }

    fn is_strip(&mut self, track: usize) -> bool {
        let lane = self.lane_of(track);
        lane.wall().is_ticker(lane.screen(), track)
    }

    fn cue(&mut self, track: usize, tick: Tick) -> Option<Cue> {
        self.lane_of(track).day(tick).at(track, tick)
    }

    fn lane_of(&mut self, track: usize) -> &mut Lane {
        let at = self.lanes.len() - 1 - self.zones[track].age;
        &mut self.lanes[at]
    }

    fn newest(&self) -> &Lane {
        self.lanes.last().expect("there is always a wall in force")
    }

    fn newest_mut(&mut self) -> &mut Lane {
        self.lanes.last_mut().expect("there is always a wall in force")
    }

    fn screen(&self) -> &Screen {
        let lane = self.newest();
        &lane.wall().site().screens[lane.screen()]
    }
}

impl Zone {
    const fn new() -> Self {
        Self {
            age: 0,
            change: None,
            cut: false,
            known: Tick(0)..Tick(0),
            kept: Vec::new(),
            coming: None,
            is_foreseen: false,
        }
    }
}

/// Whether one can take over from the other zone by zone.
fn same_shape(one: &Screen, other: &Screen) -> bool {
    let same = one.size == other.size && one.leds() == other.leds() && one.rate == other.rate;
    let zones = one
        .zones
        .iter()
        .map(|zone| (&zone.id, zone.area, zone.layer, zone.kind));
    same && zones.eq(other
        .zones
        .iter()
        .map(|zone| (&zone.id, zone.area, zone.layer, zone.kind)))
}
