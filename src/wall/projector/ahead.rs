//! What is shown next is asked for ahead, so that the first frame of a film is at hand on its tick.
//!
//! The frames of a clip come from a disk, and painting waits for none. So as soon as a zone shows something, the film that comes after it is
//! opened and told which of its frames is seen first. That decides no pixel: a film that was not asked for is only late.

use std::sync::Arc;

use super::{Key, Projector, Zone, prepare};
use crate::{
    programme::Cue,
    stage::{Act, Scene},
    units::{Tick, Ticks},
    wall::lane::Lane,
};

/// For how many seconds before it grows light the first films are asked for: nobody keeps them at hand all night.
const DAWN: i64 = 10;

/// A film that is shown next in a zone.
#[derive(Debug)]
pub(super) struct Coming {
    key: Key,
    scene: Arc<Scene>,
    /// Whether it is of the newest lane, to which its zone is still to change over.
    is_newest: bool,
}

impl Coming {
    /// The same once its zone has changed over; `None` where it is of the lane before.
    pub(super) fn changed_over(self) -> Option<Self> {
        self.is_newest.then_some(Self {
            is_newest: false,
            ..self
        })
    }
}

impl Zone {
    /// The scene of that key, where it was asked for ahead.
    pub(super) fn came(&mut self, key: &Key) -> Option<Arc<Scene>> {
        let is_it = |coming: &mut Coming| coming.key == *key && !coming.is_newest;
        self.coming.take_if(is_it).map(|coming| coming.scene)
    }
}

impl Projector {
    /// Asks for what each zone shows next, where that has not been done.
    pub(super) fn look_ahead(&mut self) {
        for track in 0..self.zones.len() {
            if !std::mem::replace(&mut self.zones[track].is_foreseen, true) {
                self.foresee(track);
            }
        }
    }

    /// The same for what is seen first when it grows light at `until`, shortly before.
    pub(super) fn look_at_dawn(&mut self, tick: Tick, until: Tick) {
        let lead = DAWN * i64::from(self.rate().hertz());
        if self.dawn == Some(until) || until.since(tick) > Ticks(lead) {
            return;
        }
        self.dawn = Some(until);
        for track in 0..self.zones.len() {
            self.expect(track, until);
        }
    }

    /// Lets all that comes next be looked at anew: another wall comes.
    pub(super) fn look_again(&mut self) {
        self.dawn = None;
        for zone in &mut self.zones {
            zone.is_foreseen = false;
            zone.coming.take_if(|coming| coming.is_newest);
        }
    }

    /// The same for the track, which shows something else, and for all that it covers.
    pub(super) fn look_again_below(&mut self, track: usize) {
        // The last track covers the whole screen.
        let is_whole = track + 1 == self.zones.len();
        let first = if is_whole { 0 } else { track };
        let zones = self.zones[first..=track].iter_mut();
        zones.for_each(|zone| zone.is_foreseen = false);
    }

    /// Opens anew, once a second, the clips of what is seen that were not there.
    pub(super) fn ask_again(&mut self, tick: Tick) {
        if tick.0 % i64::from(self.rate().hertz()) != 0 {
            return;
        }
        for track in 0..self.zones.len() {
            if self.board.act(track).is_some_and(lacks_clip) {
                let zone = &mut self.zones[track];
                zone.known = Tick(0)..Tick(0);
                zone.kept.retain(|(_, scene)| !scene.lacks_clip());
            }
        }
    }

    /// The files of the videos that are seen at `tick`.
    pub fn films(&mut self, tick: Tick) -> Vec<Arc<str>> {
        let mut files = Vec::new();
        for track in 0..self.zones.len() {
            let cue = self.cue(track, tick);
            let wall = self.lane_of(track).wall();
            let shown = cue.map(|cue| wall.exhibit(cue.material));
            let film = shown.filter(|shown| shown.content.film.is_some());
            files.extend(film.and_then(|shown| Some(Arc::clone(shown.item.as_ref()?.shown_file()))));
        }
        files
    }

    /// Those of them whose clips are not there.
    pub fn lost_films(&mut self, tick: Tick) -> Vec<Arc<str>> {
        let mut files = Vec::new();
        for track in 0..self.zones.len() {
            let cue = self.cue(track, tick);
            let wall = self.lane_of(track).wall();
            let shown = cue.map(|cue| wall.exhibit(cue.material));
            let lost = shown.filter(|shown| {
                let film = shown.content.film;
                film.is_some_and(|film| wall.footages().open_patiently(film.clip).is_none())
            });
            files.extend(lost.and_then(|shown| Some(Arc::clone(shown.item.as_ref()?.shown_file()))));
        }
        files
    }

    /// Asks for what the track shows when it is seen next in another way than now.
    fn foresee(&mut self, track: usize) {
        let next = self.zones[track].known.end;
        let whole = self.zones.len() - 1;
        if track == whole || self.board.act(whole).is_none() {
            return self.expect(track, next);
        }
        // Below what takes the whole screen it goes on unseen, and may come back in the middle.
        let uncovered = self.zones[whole].known.end;
        if uncovered >= next {
            return self.expect(track, next);
        }
        if let Some(Act { scene, since, .. }) = self.board.act(track) {
            scene.expect(uncovered, *since);
        }
    }

    /// Asks for the film that the track shows at `next`, where it shows one.
    fn expect(&mut self, track: usize, next: Tick) {
        let is_newest = self.zones[track].change.is_some_and(|change| change <= next);
        let lane = match is_newest {
            true => self.newest_mut(),
            false => self.lane_of(track),
        };
        let Some(cue) = lane.day(next).at(track, next) else {
            return;
        };
        if lane.wall().film_of(&cue).is_none() {
            return;
        }
        let Cue {
            material, page, began, ..
        } = cue;
        let key = Key::of(lane.wall(), material, page, began);
        let scene = self.ready(track, &key, is_newest);
        let scene = scene.or_else(|| {
            let lane: &Lane = match is_newest {
                true => self.newest(),
                false => self.lane_of(track),
            };
            prepare(lane, track, material, page).map(Arc::new)
        });
        let Some(scene) = scene else { return };
        scene.expect(next, began);
        self.zones[track].coming = Some(Coming { key, scene, is_newest });
    }

    /// The scene of that key, where it is there already.
    fn ready(&mut self, track: usize, key: &Key, is_newest: bool) -> Option<Arc<Scene>> {
        let zone = &self.zones[track];
        let coming = zone.coming.as_ref();
        let asked = coming.filter(|coming| coming.key == *key && coming.is_newest == is_newest);
        let kept = || zone.kept.iter().find(|(known, _)| !is_newest && known == key);
        let scene = asked.map(|coming| &coming.scene);
        scene.or_else(|| kept().map(|(_, scene)| scene)).map(Arc::clone)
    }
}

fn lacks_clip(act: &Act) -> bool {
    let leaving = act.leaving.as_ref().and_then(|leaving| leaving.scene.as_ref());
    act.scene.lacks_clip() || leaving.is_some_and(|scene| scene.lacks_clip())
}
