//! From the player to one card: the newest sheet.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::Bell;
use crate::controller::card::Sheet;

/// A mailbox of one: the newest sheet wins, and whoever puts one in waits for nobody.
#[derive(Debug)]
pub struct SheetBox {
    state: Mutex<State>,
    bell: Arc<Bell>,
}

#[derive(Debug, Default)]
struct State {
    sheet: Option<Arc<Sheet>>,
    is_dismissed: bool,
    ending: Option<Ending>,
}

/// What becomes of a card to which nothing will come any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// It keeps what it has.
    Kept,
    /// The site has it no longer: what we have put on it is taken down.
    Dismissed,
}

impl SheetBox {
    /// An empty mailbox, whose owner is woken by `bell`.
    pub fn new(bell: Arc<Bell>) -> Self {
        Self {
            state: Mutex::default(),
            bell,
        }
    }

    /// Puts `sheet` in, over one that was not taken.
    pub fn put(&self, sheet: Arc<Sheet>) {
        self.lock().sheet = Some(sheet);
        self.bell.ring();
    }

    /// Takes the sheet out, if there is one.
    pub fn take(&self) -> Option<Arc<Sheet>> {
        self.lock().sheet.take()
    }

    /// Nothing will come any more.
    pub fn close(&self) {
        let mut state = self.lock();
        let ending = match state.is_dismissed {
            true => Ending::Dismissed,
            false => Ending::Kept,
        };
        state.ending = Some(ending);
        drop(state);
        self.bell.ring();
    }

    /// Lets what is on the card be taken down once the mailbox is closed.
    pub fn dismiss(&self) {
        self.lock().is_dismissed = true;
    }

    /// What becomes of the card, once the mailbox is closed.
    pub fn ending(&self) -> Option<Ending> {
        self.lock().ending
    }

    /// A sheet is put in and taken out whole.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
