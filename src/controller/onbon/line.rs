//! Several cards on one wire, which take turns: one request on the line at a time.

use crate::{
    controller::{Controller, Event, Transmit, card::Sheet},
    units::Moment,
};

use super::{Session, Settings};

/// The sessions of all cards on one wire. Over a network it is a line of one.
#[derive(Debug)]
pub struct Line {
    sessions: Vec<Session>,
}

impl Line {
    /// A line with a card for each of `settings`, in that order; those of one line have the same baud rate.
    pub fn new(settings: impl IntoIterator<Item = Settings>) -> Self {
        Self {
            sessions: settings.into_iter().map(Session::new).collect(),
        }
    }

    /// The sessions, in the order of their settings.
    pub fn sessions(&self) -> &[Session] {
        &self.sessions
    }

    /// One of them, to order or to ask.
    pub fn session(&mut self, index: usize) -> Option<&mut Session> {
        self.sessions.get_mut(index)
    }

    /// The link is there.
    pub fn connected(&mut self, now: Moment) {
        for session in &mut self.sessions {
            session.connected(now);
        }
    }

    /// The link is gone.
    pub fn disconnected(&mut self, now: Moment) {
        for session in &mut self.sessions {
            session.disconnected(now);
        }
    }

    /// Whether the link ought to be opened anew: see [`Session::is_lost`].
    pub fn is_lost(&self, now: Moment) -> bool {
        self.sessions.iter().all(|session| session.is_lost(now))
    }

    /// Makes `sheet` what the card `index` ought to show.
    pub fn show(&mut self, index: usize, sheet: &Sheet, now: Moment) {
        if let Some(session) = self.sessions.get_mut(index) {
            session.show(sheet, now);
        }
    }

    /// Says farewell to all of them.
    pub fn close(&mut self, now: Moment) {
        for session in &mut self.sessions {
            session.close(now);
        }
    }

    /// Takes bytes of the wire, in whatever pieces they come.
    pub fn handle(&mut self, _bytes: &[u8], _now: Moment) {}

    /// Appends the next transmission to `out`; `None` when there is nothing to send before [`Line::poll_timeout`].
    pub fn poll_transmit(&mut self, _now: Moment, _out: &mut Vec<u8>) -> Option<Transmit> {
        None
    }

    /// When to poll again though nothing was received; `None` for never.
    pub fn poll_timeout(&self) -> Option<Moment> {
        None
    }

    /// What happened, and to which card.
    pub fn poll_event(&mut self) -> Option<(usize, Event)> {
        let mut sessions = self.sessions.iter_mut().enumerate();
        sessions.find_map(|(index, session)| Some((index, session.poll_event()?)))
    }
}
