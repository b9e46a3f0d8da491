//! The zones of a screen put together.
//!
//! Zones are painted from the lowest layer up, straight on the screen's frame; only what fades in and moves goes by way of a buffer,
//! which is made once. Nothing here blinks: the only sudden change is a cut, and cuts come no faster than pages do.

use std::sync::Arc;

use jiff::civil::DateTime;

use super::{
    film::Painted,
    scene::{Now, Scene},
    transition::Step,
    window::Window,
};
use crate::{
    frame::Frame,
    playlist::Effect,
    units::{Area, BLACK, Size, Tick, Ticks},
};

/// All zones of one screen, with what each shows.
#[derive(Debug)]
pub struct Board {
    size: Size,
    /// In the order given.
    zones: Vec<Zone>,
    /// Indices of `zones`, lowest layer first.
    order: Vec<usize>,
}

/// What a zone shows from some tick on.
#[derive(Clone, Debug)]
pub struct Act {
    /// What is shown.
    pub scene: Arc<Scene>,
    /// The tick from which its motion counts.
    pub since: Tick,
    /// What it takes the place of, while that is still seen.
    pub leaving: Option<Leaving>,
}

/// What goes out while an act comes in.
#[derive(Clone, Debug)]
pub struct Leaving {
    /// What was shown; `None` for black.
    pub scene: Option<Arc<Scene>>,
    /// The tick from which its motion counts.
    pub since: Tick,
    /// The first tick of the change.
    pub from: Tick,
    /// How long the change takes.
    pub length: Ticks,
    /// What is seen of it.
    pub effect: Effect,
}

#[derive(Debug)]
struct Zone {
    area: Area,
    layer: i32,
    act: Option<Act>,
    /// The tick at which its motion is seen while the board is at rest.
    rest: Tick,
    /// What fades in, where it does not stand still.
    incoming: Frame,
}

impl Board {
    /// The board of a screen of `size` with the given zones, each with its layer; higher layers lie above lower ones, and of one
    /// layer the later one above. A zone that shows nothing is left black where nothing lies below it, and clear elsewhere.
    pub fn new(size: Size, zones: &[(Area, i32)]) -> Self {
        let zones: Vec<Zone> = zones.iter().map(|(area, layer)| Zone::new(*area, *layer)).collect();
        let mut order: Vec<usize> = (0..zones.len()).collect();
        order.sort_by_key(|index| zones[*index].layer);
        Self { size, zones, order }
    }

    /// Makes `act` what the zone at `zone` shows; `None` for nothing. A zone that the board does not have is passed over.
    pub fn set(&mut self, zone: usize, act: Option<Act>) {
        if let Some(zone) = self.zones.get_mut(zone) {
            zone.rest = act.as_ref().map_or(zone.rest, |act| act.since + act.scene.poster());
            zone.act = act;
        }
    }

    /// What the zone at `zone` shows.
    pub fn act(&self, zone: usize) -> Option<&Act> {
        self.zones.get(zone)?.act.as_ref()
    }

    /// Says at which tick the motion of what the zone at `zone` shows is seen while the board is at rest; without this, at its beginning, of a film
    /// at its [poster](Scene::poster).
    pub fn rest(&mut self, zone: usize, tick: Tick) {
        if let Some(zone) = self.zones.get_mut(zone) {
            zone.rest = tick;
        }
    }

    /// Paints all zones on `frame` as they look once nothing comes in or goes out any more and what runs stands still, and as the clock
    /// shows `civil`. Allocates nothing.
    pub fn paint_still(&self, civil: DateTime, frame: &mut Frame) -> Painted {
        frame.bytes_mut().fill(0);
        let seen = self.order.iter().skip(self.first_seen());
        let painted = seen.map(|index| self.zones[*index].paint_still(civil, frame));
        painted.fold(Painted::Whole, Painted::and)
    }

    /// Paints all zones on `frame` as they look at `now`; where that is lacking, what is painted must not be shown. Allocates nothing.
    pub fn paint(&mut self, now: Now, frame: &mut Frame) -> Painted {
        let first = self.first_seen();
        if !self.covered(first) {
            frame.bytes_mut().fill(0);
        }
        let seen = self.order.iter().skip(first);
        let painted = seen.map(|index| self.zones[*index].paint(now, frame));
        painted.fold(Painted::Whole, Painted::and)
    }

    /// Where in the order to begin: everything before lies under a zone that fills the screen.
    fn first_seen(&self) -> usize {
        let whole = self.size.area();
        let fills = |index: &usize| self.zones[*index].area == whole && self.zones[*index].act.is_some();
        self.order.iter().rposition(fills).unwrap_or(0)
    }

    /// Whether the acts of the layer at the place `first` of the order fill the screen, so that it need not be blackened before.
    fn covered(&self, first: usize) -> bool {
        let Some(layer) = self.order.get(first).map(|index| self.zones[*index].layer) else {
            return false;
        };
        let acting = || {
            self.order[first..]
                .iter()
                .map(|index| &self.zones[*index])
                .filter(|zone| zone.layer == layer && zone.act.is_some())
        };
        let apart = acting().enumerate().all(|(at, zone)| {
            zone.area.fits(self.size) && !acting().skip(at + 1).any(|other| other.area.overlaps(zone.area))
        });
        apart && acting().map(|zone| zone.area.size().leds()).sum::<usize>() == self.size.leds()
    }
}

impl Zone {
    fn new(area: Area, layer: i32) -> Self {
        Self {
            area,
            layer,
            act: None,
            rest: Tick(0),
            incoming: Frame::new(area.size()),
        }
    }

    fn paint_still(&self, civil: DateTime, frame: &mut Frame) -> Painted {
        let Some(act) = &self.act else {
            return Painted::Whole;
        };
        let now = Now { tick: self.rest, civil };
        act.scene.paint_in(now, act.since, frame, Window::of(self.area))
    }

    fn paint(&mut self, now: Now, frame: &mut Frame) -> Painted {
        let Some(act) = &self.act else {
            return Painted::Whole;
        };
        let changing = act
            .leaving
            .as_ref()
            .and_then(|leaving| Some((leaving, leaving.step(now.tick)?)));
        let whole = Window::of(self.area);
        let Some((leaving, step)) = changing else {
            return act.scene.paint_in(now, act.since, frame, whole);
        };
        if leaving.effect == Effect::Fade {
            let left = leaving.paint_in(now, frame, whole);
            let (incoming, came) = act.scene.picture(now, act.since, &mut self.incoming);
            frame.blend(incoming, self.area, step.weight());
            left.and(came)
        } else {
            let [outgoing, incoming] = step.windows(leaving.effect, self.area);
            let left = leaving.paint_in(now, frame, outgoing);
            left.and(act.scene.paint_in(now, act.since, frame, incoming))
        }
    }
}

impl Leaving {
    /// How far the change has come at `tick`; `None` where only the new scene is seen.
    fn step(&self, tick: Tick) -> Option<Step> {
        if self.effect == Effect::Cut {
            return None;
        }
        Step::new(tick.since(self.from), self.length)
    }

    /// Paints what goes out: what ran stands still where it was, and a film at its last frame.
    fn paint_in(&self, now: Now, frame: &mut Frame, window: Window) -> Painted {
        let last = Tick(self.from.0.saturating_sub(1));
        let now = Now {
            tick: now.tick.min(last),
            ..now
        };
        match &self.scene {
            Some(scene) => scene.paint_in(now, self.since, frame, window),
            None => {
                frame.fill_area(window.clip, BLACK);
                Painted::Whole
            }
        }
    }
}
