//! What a line sends over: a link, or a test in its place.

use std::{os::fd::BorrowedFd, time::Duration};

use crate::{
    link::{Given, LinkError, StreamLink, StreamState},
    units::Moment,
};

/// What a line sends over. It is opened, lost and opened again by itself.
pub trait Cable {
    /// Whether it is open, and for which time.
    fn state(&self) -> StreamState;

    /// Gives all of `bytes` to the line, or none of them.
    fn send(&mut self, bytes: &[u8], now: Moment) -> Given;

    /// Gives what has come to `take`.
    fn receive(&mut self, now: Moment, take: &mut dyn FnMut(&[u8]));

    /// Gives the connection up, to be opened anew after a while.
    fn hang_up(&mut self, now: Moment);

    /// What is wrong at present.
    fn problems(&self) -> Vec<LinkError>;

    /// Waits until something has come or `wake` is readable, at most for `patience`.
    fn wait(&mut self, wake: BorrowedFd<'_>, patience: Duration);
}

impl Cable for StreamLink {
    fn state(&self) -> StreamState {
        Self::state(self)
    }

    fn send(&mut self, bytes: &[u8], now: Moment) -> Given {
        Self::send(self, bytes, now)
    }

    fn receive(&mut self, now: Moment, take: &mut dyn FnMut(&[u8])) {
        Self::receive(self, now, take);
    }

    fn hang_up(&mut self, now: Moment) {
        Self::hang_up(self, now);
    }

    fn problems(&self) -> Vec<LinkError> {
        Self::problems(self).cloned().collect()
    }

    fn wait(&mut self, wake: BorrowedFd<'_>, patience: Duration) {
        Self::wait(self, Some(wake), patience);
    }
}
