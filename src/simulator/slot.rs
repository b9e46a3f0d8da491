//! What the hub keeps of one screen.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicBool, AtomicU64, Ordering},
};

use jiff::Timestamp;

use super::latest::{Latest, enter};
use crate::{frame::Frame, units::Size, wall::ScreenView};

/// Frames that a screen keeps for writing over: one on its way out, one in each place, one with a reader.
const SPARES: usize = 4;

/// One screen: its newest picture and words.
#[derive(Debug)]
pub(super) struct Slot {
    id: Box<str>,
    withdrawn: AtomicBool,
    picture: Latest<Shot>,
    brush: Mutex<Brush>,
    view: Latest<Arc<ScreenView>>,
}

/// A picture, and since which instant it is shown, where whoever shows it says so.
#[derive(Clone, Debug)]
struct Shot {
    frame: Arc<Frame>,
    since: Option<Timestamp>,
}

/// What the writer of a screen keeps for itself.
#[derive(Debug, Default)]
struct Brush {
    shown: Option<Arc<Frame>>,
    told: Option<Arc<ScreenView>>,
    spares: Vec<Arc<Frame>>,
}

impl Slot {
    pub(super) fn new(id: &str) -> Self {
        Self {
            id: id.into(),
            withdrawn: AtomicBool::new(false),
            picture: Latest::default(),
            brush: Mutex::default(),
            view: Latest::default(),
        }
    }

    pub(super) fn id(&self) -> &str {
        &self.id
    }

    /// Makes `frame` the picture, unless it is already, `since` that instant. Once its frames are made, this allocates nothing.
    pub(super) fn show(&self, frame: &Frame, since: Option<Timestamp>) {
        let mut brush = enter(&self.brush);
        if brush.shown.as_deref() == Some(frame) {
            return;
        }
        let frame = brush.copy(frame);
        brush.shown = Some(Arc::clone(&frame));
        if let Some(old) = self.picture.put(Shot { frame, since }) {
            brush.keep(old.frame);
        }
    }

    /// Makes `view` the words; whether they differ from the last ones.
    pub(super) fn describe(&self, view: Arc<ScreenView>) -> bool {
        // Compared with the writer's own copy: readers may hold the one that they read.
        let mut brush = enter(&self.brush);
        if brush.told.as_ref() == Some(&view) {
            return false;
        }
        brush.told = Some(Arc::clone(&view));
        self.view.put(view);
        true
    }

    /// Notes whether the site still has the screen; whether that is news.
    pub(super) fn withdraw(&self, withdrawn: bool) -> bool {
        // Loading first leaves the player's usual case without a write that other cores would have to hear of.
        self.withdrawn.load(Ordering::Relaxed) != withdrawn
            && self.withdrawn.swap(withdrawn, Ordering::AcqRel) != withdrawn
    }

    pub(super) fn is_withdrawn(&self) -> bool {
        self.withdrawn.load(Ordering::Acquire)
    }

    /// The stamp of the newest picture; 0 while there is none.
    pub(super) fn stamp(&self) -> u64 {
        self.picture.stamp()
    }

    /// The newest picture with its stamp.
    pub(super) fn picture(&self) -> Option<(u64, Arc<Frame>)> {
        self.picture.get().map(|(stamp, shot)| (stamp, shot.frame))
    }

    /// The newest picture with its stamp, and since which instant it is shown.
    pub(super) fn shot(&self) -> Option<(u64, Arc<Frame>, Option<Timestamp>)> {
        self.picture.get().map(|(stamp, shot)| (stamp, shot.frame, shot.since))
    }

    /// The newest words.
    pub(super) fn view(&self) -> Option<Arc<ScreenView>> {
        self.view.get().map(|(_, view)| view)
    }
}

impl Brush {
    fn copy(&mut self, frame: &Frame) -> Arc<Frame> {
        let Some(mut spare) = self.spare(frame.size()) else {
            return Arc::new(frame.clone());
        };
        if let Some(target) = Arc::get_mut(&mut spare) {
            target.bytes_mut().copy_from_slice(frame.bytes());
        }
        spare
    }

    /// A frame of `size` that no reader holds.
    fn spare(&mut self, size: Size) -> Option<Arc<Frame>> {
        self.spares.retain(|spare| spare.size() == size);
        let free = self.spares.iter_mut().position(|spare| Arc::get_mut(spare).is_some())?;
        Some(self.spares.swap_remove(free))
    }

    fn keep(&mut self, old: Arc<Frame>) {
        if self.spares.len() < SPARES {
            self.spares.push(old);
        }
    }
}

/// Counts changes that are told in words.
#[derive(Debug, Default)]
pub(super) struct Changes(AtomicU64);

impl Changes {
    pub(super) fn add(&self) {
        self.0.fetch_add(1, Ordering::AcqRel);
    }

    pub(super) fn count(&self) -> u64 {
        self.0.load(Ordering::Acquire)
    }
}
