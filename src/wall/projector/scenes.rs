//! The scenes that a zone has ready: what is seen, what goes out, and one to spare.

use std::sync::Arc;

use super::Projector;
use crate::{
    programme::Material,
    stage::Scene,
    units::{Tick, Ticks},
    wall::{
        lane::Lane,
        whole::{Exhibit, Wall},
        witness::{Task, Work, witnessed},
    },
};

/// Scenes kept for a zone: what is seen, what goes out, and one to spare.
const KEPT: usize = 3;

/// What a prepared scene was made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Key {
    Page(Material, u16),
    /// A film, and the tick of its first frame: each showing has its own place in the clip.
    Film(Material, Tick),
    Strip(Arc<[(Material, Ticks)]>),
}

impl Key {
    /// That of a page which began at that tick.
    pub(super) fn of(wall: &Wall, material: Material, page: u16, began: Tick) -> Self {
        match wall.exhibit(material).content.film {
            Some(_) => Self::Film(material, began),
            None => Self::Page(material, page),
        }
    }
}

impl Projector {
    /// The scene of a page that began at that tick; `None` where it cannot be prepared.
    pub(super) fn cue_scene(
        &mut self,
        track: usize,
        (material, page, began): (Material, u16, Tick),
    ) -> Option<Arc<Scene>> {
        let key = Key::of(self.lane_of(track).wall(), material, page, began);
        self.keep(track, key, |lane| prepare(lane, track, material, page))
    }

    /// The scene of a page whenever it began; `None` where it cannot be prepared.
    pub(super) fn page_scene(&mut self, track: usize, material: Material, page: u16) -> Option<Arc<Scene>> {
        self.keep(track, Key::Page(material, page), |lane| {
            prepare(lane, track, material, page)
        })
    }

    /// The scene of that key, prepared now unless it was kept or asked for ahead; `None` where it cannot be.
    pub(super) fn keep(
        &mut self,
        track: usize,
        key: Key,
        prepare: impl FnOnce(&Lane) -> Option<Scene>,
    ) -> Option<Arc<Scene>> {
        let kept = &mut self.zones[track].kept;
        if let Some(at) = kept.iter().position(|(known, _)| *known == key) {
            let found = kept.remove(at);
            kept.push(found);
        } else {
            let scene = match self.zones[track].came(&key) {
                Some(scene) => scene,
                None => Arc::new(prepare(self.lane_of(track))?),
            };
            let kept = &mut self.zones[track].kept;
            if kept.len() == KEPT {
                kept.remove(0);
            }
            kept.push((key, scene));
        }
        let (_, scene) = self.zones[track].kept.last()?;
        Some(Arc::clone(scene))
    }
}

/// The scene of a page of `material`; `None` where it cannot be prepared.
pub(super) fn prepare(lane: &Lane, track: usize, material: Material, page: u16) -> Option<Scene> {
    let wall = lane.wall();
    let Exhibit {
        item,
        content,
        template,
    } = wall.exhibit(material);
    let pane = wall.pane(lane.screen(), track);
    let leds = wall.site().screens[lane.screen()].leds();
    let prepare = || template.prepare_with(wall.compositor(), content, page, pane, leds, wall.footages());
    let Some(item) = item else {
        return Some(prepare());
    };
    let work = Work {
        path: &item.file,
        digest: item.digest,
        task: Task::Prepare(pane.size, page),
    };
    witnessed(&work, prepare).ok()
}
