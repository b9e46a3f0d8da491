//! How often the flash of cards was written, through restarts of the daemon.
//!
//! ```text
//! Crew -> line's thread -> Ledger --house, once a second--> a note of the state folder -> Ledger of the next daemon -> Seat -> Session
//! ```
//!
//! A line of the note: civil day, how often, the card's number on its line, and the line: `2026-11-26 3 1 /dev/ttyUSB0`. A session bounds
//! what it writes in a day; a daemon that is started over and over would begin to count anew each time. Nobody waits for the disk: a power
//! cut may take the last second with it.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use super::Spent;
use crate::folder::Note;

/// So many cards are remembered, those that were written last.
const MOST: usize = 256;

/// How often the flash of each card was written, and on which day that was.
#[derive(Debug)]
pub struct Ledger {
    note: Note,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    /// By line, and number on it.
    cards: BTreeMap<(Arc<str>, u16), Spent>,
    is_saved: bool,
}

impl Ledger {
    /// What `note` says; nothing where it cannot be read.
    pub fn open(note: Note) -> Self {
        let cards = note.lines().iter().filter_map(|line| read(line)).collect();
        let state = State { cards, is_saved: true };
        Self {
            note,
            state: Mutex::new(state),
        }
    }

    /// How often the flash of the card of that number on that line was written, and on which day; `None` where nothing is known.
    pub fn spent(&self, line: &Arc<str>, number: u16) -> Option<Spent> {
        self.lock().cards.get(&(Arc::clone(line), number)).copied()
    }

    /// The flash of that card was written so often.
    pub fn write(&self, line: &Arc<str>, number: u16, spent: Spent) {
        let mut state = self.lock();
        state.cards.insert((Arc::clone(line), number), spent);
        state.is_saved = false;
        while state.cards.len() > MOST {
            let oldest = state.cards.iter().min_by_key(|(_, (day, _))| *day);
            let Some(oldest) = oldest.map(|(card, _)| card.clone()) else {
                break;
            };
            state.cards.remove(&oldest);
        }
    }

    /// Writes the note, where something is new. Where it cannot be written, the next call tries again.
    pub fn save(&self) {
        let mut state = self.lock();
        if state.is_saved {
            return;
        }
        let cards = state.cards.iter();
        let lines: Vec<String> = cards
            .map(|((line, number), (day, count))| format!("{day} {count} {number} {line}"))
            .collect();
        state.is_saved = true;
        drop(state);
        if let Err(error) = self.note.write(&lines) {
            tracing::debug!(%error, "how often cards were written cannot be remembered");
            self.lock().is_saved = false;
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A line of the note.
fn read(line: &str) -> Option<((Arc<str>, u16), Spent)> {
    let mut words = line.splitn(4, ' ');
    let (day, count) = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
    let (number, line) = (words.next()?.parse().ok()?, words.next()?);
    Some(((line.into(), number), (day, count)))
}
