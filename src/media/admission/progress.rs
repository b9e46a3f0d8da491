//! What is told of videos that are being taken in.

use std::{collections::BTreeMap, sync::Arc};

use super::desk::{Desk, Place};
use crate::{
    units::Share,
    wall::{ImportStage, ImportView, is_video_file},
};

impl Desk {
    /// Each video once: what is being worked on, then what is being read, then what waits.
    pub(super) fn progress(&self) -> Vec<ImportView> {
        let mut views = BTreeMap::new();
        for (path, place) in &self.places {
            if let Some(view) = unread(path, place) {
                views.insert(Arc::clone(path), view);
            }
        }
        for task in self.tasks() {
            let waiting = view(&task.path, ImportStage::Waiting);
            views.entry(Arc::clone(&task.path)).or_insert(waiting);
        }
        if let Some((task, estimate)) = self.filming() {
            let working = ImportView {
                share: estimate.share(),
                seconds_left: estimate.seconds_left(),
                ..view(&task.path, ImportStage::Working)
            };
            views.insert(Arc::clone(&task.path), working);
        }
        let mut views: Vec<ImportView> = views.into_values().collect();
        views.sort_by_key(|view| view.stage);
        views
    }
}

/// A video of whose newest version nobody knows anything yet.
fn unread(path: &Arc<str>, place: &Place) -> Option<ImportView> {
    if place.is_partial() {
        return Some(view(path, ImportStage::Copying));
    }
    if let Some((read, all)) = place.reading {
        let percent = (read * 100).checked_div(all).unwrap_or(0).min(99);
        return Some(ImportView {
            share: Share::new(percent as u8),
            ..view(path, ImportStage::Reading)
        });
    }
    let is_unread = is_video_file(path) && !place.is_looked_at() && place.video().is_none();
    is_unread.then(|| view(path, ImportStage::Waiting))
}

fn view(path: &Arc<str>, stage: ImportStage) -> ImportView {
    ImportView {
        path: Arc::clone(path),
        stage,
        share: None,
        seconds_left: None,
    }
}
