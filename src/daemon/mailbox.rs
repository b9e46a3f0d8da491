//! Mailboxes of one: the newest wins, and whoever puts something in never waits for whoever takes it out.

use std::{
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use crate::{frame::Frame, units::Level};

/// From the player to one output: the newest frame.
#[derive(Debug)]
pub struct FrameBox {
    state: Mutex<State>,
    arrived: Condvar,
}

#[derive(Debug)]
struct State {
    frame: Frame,
    level: Level,
    news: Option<News>,
    is_closed: bool,
    is_dismissed: bool,
    dropped: u64,
}

/// What an output found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// A new picture.
    Frame,
    /// The picture of a whole second, new or not: to be sent again in any case.
    Refresh,
}

/// How a wait ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// There is a frame, which shall shine so brightly.
    News(News, Level),
    /// Nothing came in time.
    Nothing,
    /// Nothing will come any more; the controller keeps what it has.
    Closed,
    /// Nothing will come any more, and the controller is told that it is let go.
    Dismissed,
}

impl FrameBox {
    /// An empty mailbox for frames of the size of `frame`.
    pub const fn new(frame: Frame) -> Self {
        Self {
            state: Mutex::new(State {
                frame,
                level: Level::FULL,
                news: None,
                is_closed: false,
                is_dismissed: false,
                dropped: 0,
            }),
            arrived: Condvar::new(),
        }
    }

    /// Puts a copy of `frame` in, to shine at `level`, over one that was not taken. Takes as long as the copy; allocates nothing.
    pub fn put(&self, frame: &Frame, level: Level, news: News) {
        let mut state = self.lock();
        if state.news.is_some() {
            state.dropped += 1;
        }
        // A refresh that was not taken is still owed.
        state.news = if state.news == Some(News::Refresh) {
            state.news
        } else {
            Some(news)
        };
        state.frame.copy_frame(frame, 0, 0);
        state.level = level;
        drop(state);
        self.arrived.notify_one();
    }

    /// Waits at most `patience` for a frame and exchanges it for the one in `frame`, which must be of the same size.
    pub fn take(&self, frame: &mut Frame, patience: Duration) -> Taken {
        let waited = self
            .arrived
            .wait_timeout_while(self.lock(), patience, |state| state.news.is_none() && !state.is_closed);
        let mut state = waited.unwrap_or_else(PoisonError::into_inner).0;
        if state.is_closed {
            return if state.is_dismissed {
                Taken::Dismissed
            } else {
                Taken::Closed
            };
        }
        match state.news.take() {
            Some(news) => {
                std::mem::swap(&mut state.frame, frame);
                Taken::News(news, state.level)
            }
            None => Taken::Nothing,
        }
    }

    /// Ends every wait, now and ever after.
    pub fn close(&self) {
        self.lock().is_closed = true;
        self.arrived.notify_all();
    }

    /// Lets the output say farewell to its controller once the mailbox is closed.
    pub fn dismiss(&self) {
        self.lock().is_dismissed = true;
    }

    /// How many frames gave way to newer ones.
    pub fn dropped(&self) -> u64 {
        self.lock().dropped
    }

    /// A panic elsewhere leaves at worst a torn frame, which the next one replaces.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// To the player: the newest of something that it asks for at every tick.
#[derive(Debug)]
pub struct Slot<T>(Mutex<Option<T>>);

impl<T> Default for Slot<T> {
    fn default() -> Self {
        Self(Mutex::new(None))
    }
}

impl<T> Slot<T> {
    /// Puts `value` in, over one that was not taken.
    pub fn put(&self, value: T) {
        *self.lock() = Some(value);
    }

    /// Takes the value out, if there is one.
    pub fn take(&self) -> Option<T> {
        self.lock().take()
    }

    fn lock(&self) -> MutexGuard<'_, Option<T>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
