//! The newest state of every screen, for whoever looks.
//!
//! The player puts its picture here after each change; the page and the terminal come and look when they have the time. Nobody is
//! woken and nothing is queued, so a viewer costs the player no more than the copy of a changed frame.

use std::sync::{Arc, OnceLock};

use jiff::Timestamp;

use super::{
    latest::Latest,
    slot::{Changes, Slot},
};
use crate::{
    diagnostic::Diagnostic,
    frame::Frame,
    wall::{ImportView, ScreenView, StopView},
};

/// The newest picture and words of every screen, and the problems in force. Writers never wait for readers.
#[derive(Debug, Default)]
pub struct Hub {
    first: OnceLock<Box<Node>>,
    words: Changes,
    problems: Latest<Arc<Vec<Diagnostic>>>,
    stopped: Latest<Option<StopView>>,
    imports: Latest<Arc<Vec<ImportView>>>,
}

/// The screens are a list that only grows, so that finding one takes no lock. A screen keeps its number for as long as the hub lives.
#[derive(Debug)]
struct Node {
    slot: Slot,
    next: OnceLock<Box<Self>>,
}

impl Hub {
    /// Expects the screen of that identity: viewers list screens in the order in which they were first expected, shown or described.
    pub fn expect(&self, screen: &str) {
        self.present(screen);
    }

    /// Makes `frame` the picture of the screen of that identity. Cheap where nobody looks.
    pub fn show(&self, screen: &str, frame: &Frame) {
        self.present(screen).show(frame, None);
    }

    /// Makes `frame` the picture of the screen of that identity, which shows it `since` that instant of its own time.
    pub fn show_since(&self, screen: &str, frame: &Frame, since: Timestamp) {
        self.present(screen).show(frame, Some(since));
    }

    /// Makes `view` what the screen of its identity shows, in words.
    pub fn describe(&self, view: Arc<ScreenView>) {
        if self.present(&view.id).describe(view) {
            self.words.add();
        }
    }

    /// Notes that the site no longer has the screen of that identity; showing or describing it brings it back.
    pub fn withdraw(&self, screen: &str) {
        if self.slots().any(|slot| slot.id() == screen && slot.withdraw(true)) {
            self.words.add();
        }
    }

    /// Makes `problems` the ones in force.
    pub fn report(&self, problems: Vec<Diagnostic>) {
        if *self.problems() != problems {
            self.problems.put(Arc::new(problems));
        }
    }

    /// Notes that the wall is stopped, or that it is not.
    pub fn stop(&self, stopped: Option<StopView>) {
        if self.stopped() != stopped {
            self.stopped.put(stopped);
            self.words.add();
        }
    }

    /// Makes `imports` the videos that are being taken in.
    pub fn import(&self, imports: Vec<ImportView>) {
        if *self.imports() != imports {
            self.imports.put(Arc::new(imports));
        }
    }

    /// The videos that are being taken in, and how far they have come.
    pub fn imports(&self) -> Arc<Vec<ImportView>> {
        self.imports.get().map(|(_, imports)| imports).unwrap_or_default()
    }

    /// The stop in force.
    pub fn stopped(&self) -> Option<StopView> {
        self.stopped.get().and_then(|(_, stopped)| stopped)
    }

    /// The newest picture of the screen of that identity.
    pub fn picture(&self, screen: &str) -> Option<Arc<Frame>> {
        let slot = self.slots().find(|slot| slot.id() == screen)?;
        slot.picture().map(|(_, frame)| frame)
    }

    /// The newest picture of the screen of that identity, together with the instant since which it is shown, where that was said.
    pub fn shot(&self, screen: &str) -> Option<(Arc<Frame>, Option<Timestamp>)> {
        let shot = self.slots().find(|slot| slot.id() == screen)?.shot();
        shot.map(|(_, frame, since)| (frame, since))
    }

    /// What the screen of that identity shows, in words.
    pub fn view(&self, screen: &str) -> Option<Arc<ScreenView>> {
        self.slots().find(|slot| slot.id() == screen)?.view()
    }

    /// The problems in force.
    pub fn problems(&self) -> Arc<Vec<Diagnostic>> {
        self.problems.get().map(|(_, problems)| problems).unwrap_or_default()
    }

    /// All screens that were ever shown, in the order of their numbers.
    pub(super) fn slots(&self) -> impl Iterator<Item = &Slot> {
        std::iter::successors(self.first.get(), |node| node.next.get()).map(|node| &node.slot)
    }

    /// Grows whenever a view changes or a screen comes or goes.
    pub(super) fn words_stamp(&self) -> u64 {
        self.words.count()
    }

    /// Grows whenever a video comes further.
    pub(super) fn imports_stamp(&self) -> u64 {
        self.imports.stamp()
    }

    /// Grows whenever the problems change.
    pub(super) fn problems_stamp(&self) -> u64 {
        self.problems.stamp()
    }

    fn present(&self, screen: &str) -> &Slot {
        let mut link = &self.first;
        loop {
            let mut fresh = false;
            let node = link.get_or_init(|| {
                fresh = true;
                Node::boxed(screen)
            });
            if node.slot.id() == screen {
                if node.slot.withdraw(false) || fresh {
                    self.words.add();
                }
                return &node.slot;
            }
            link = &node.next;
        }
    }
}

impl Node {
    fn boxed(screen: &str) -> Box<Self> {
        Box::new(Self {
            slot: Slot::new(screen),
            next: OnceLock::new(),
        })
    }
}
