//! The videos that are being taken in, as the list tells of them: often enough to be watched, seldom enough for a share.

use std::{sync::Arc, time::Duration};

use crate::{units::Moment, wall::ImportView};

/// How far a video has come is told anew so often. What comes, goes, or is done otherwise is told at once.
const PACE: Duration = Duration::from_secs(3);

/// What is told.
#[derive(Debug, Default)]
pub(super) struct Imports {
    told: Arc<[ImportView]>,
    at: Option<Moment>,
}

impl Imports {
    /// What is to be told at `moment`, while things stand as in `newest`.
    pub(super) fn turn(&mut self, newest: &[ImportView], moment: Moment) -> Arc<[ImportView]> {
        let stages = |views: &[ImportView]| -> Vec<_> {
            views.iter().map(|view| (Arc::clone(&view.path), view.stage)).collect()
        };
        let is_due = self.at.is_none_or(|at| moment.since(at) >= PACE);
        if *self.told != *newest && (is_due || stages(&self.told) != stages(newest)) {
            self.told = newest.into();
            self.at = Some(moment);
        }
        Arc::clone(&self.told)
    }
}
