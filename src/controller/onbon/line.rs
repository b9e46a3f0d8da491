//! Several cards on one wire, which take turns: one request on the line at a time.
//!
//! Whoever has asked keeps the line until the answer is there, or is no longer waited for. Then the next one in the row that has something to
//! ask may, and not before the line was left alone for the time it needs to turn round. Bytes go to whoever asked last: what others hear of
//! it would tell them nothing.

use crate::{
    controller::{Controller, Event, Transmit, card::Sheet},
    units::Moment,
};

use super::{Session, Settings};

/// The sessions of all cards on one wire. Over a network it is a line of one.
#[derive(Debug)]
pub struct Line {
    sessions: Vec<Session>,
    /// Whoever asked last.
    last: usize,
    /// Whether the link is there.
    is_connected: bool,
    /// Nobody speaks before that: a card that is no longer of the line may still answer.
    hushed: Moment,
}

impl Line {
    /// A line with a card for each of `settings`, in that order; those of one line have the same baud rate.
    pub fn new(settings: impl IntoIterator<Item = Settings>) -> Self {
        let mut line = Self {
            sessions: settings.into_iter().map(Session::new).collect(),
            last: 0,
            is_connected: false,
            hushed: Moment::ZERO,
        };
        line.take_turns();
        line
    }

    /// Lets the line have the cards of `settings` from now on, in that order. A card that it had with the same settings goes on as it is;
    /// one that is new begins, and is shown nothing before it is told to. Which of them are new.
    pub fn refit(&mut self, settings: impl IntoIterator<Item = Settings>, now: Moment) -> Vec<bool> {
        let mut before: Vec<_> = std::mem::take(&mut self.sessions).into_iter().map(Some).collect();
        let speaker = before.get(self.last).and_then(Option::as_ref);
        let waits = speaker
            .filter(|speaker| speaker.is_waiting())
            .and_then(Session::poll_timeout);
        let mut last = None;
        let mut news = Vec::new();
        for settings in settings {
            let is_it = |own: &Option<Session>| own.as_ref().is_some_and(|own| *own.settings() == settings);
            let held = before.iter().position(is_it);
            if held == Some(self.last) {
                last = Some(self.sessions.len());
            }
            let held = held.and_then(|held| before[held].take());
            news.push(held.is_none());
            self.sessions.push(held.unwrap_or_else(|| {
                let mut session = Session::new(settings);
                if self.is_connected {
                    session.connected(now);
                }
                session
            }));
        }
        if last.is_none() {
            self.hushed = waits.unwrap_or(self.hushed);
        }
        self.last = last.unwrap_or(0);
        self.take_turns();
        news
    }

    /// Where there are several, each speaks only in its turn.
    fn take_turns(&mut self) {
        if self.sessions.len() > 1 {
            self.sessions.iter_mut().for_each(Session::takes_turns);
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
        self.is_connected = true;
        self.hushed = Moment::ZERO;
        for session in &mut self.sessions {
            session.connected(now);
        }
    }

    /// The link is gone.
    pub fn disconnected(&mut self, now: Moment) {
        self.is_connected = false;
        for session in &mut self.sessions {
            session.disconnected(now);
        }
    }

    /// Whether the link ought to be opened anew: see [`Session::is_lost`].
    pub fn is_lost(&self, now: Moment) -> bool {
        !self.sessions.is_empty() && self.sessions.iter().all(|session| session.is_lost(now))
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
    pub fn handle(&mut self, bytes: &[u8], now: Moment) {
        if let Some(session) = self.sessions.get_mut(self.last) {
            session.handle(bytes, now);
        }
    }

    /// Appends the next transmission to `out`; `None` when there is nothing to send before [`Line::poll_timeout`].
    pub fn poll_transmit(&mut self, now: Moment, out: &mut Vec<u8>) -> Option<Transmit> {
        if now < self.hushed {
            return None;
        }
        let count = self.sessions.len();
        if let Some(session) = self.sessions.get_mut(self.last) {
            let transmit = session.poll_transmit(now, out);
            if transmit.is_some() || session.is_waiting() || session.free() > now {
                return transmit;
            }
        }
        for next in 1..=count {
            let index = (self.last + next) % count;
            let session = &mut self.sessions[index];
            let transmit = session.speak(now, out);
            if transmit.is_some() || session.is_waiting() {
                self.last = index;
                return transmit;
            }
        }
        None
    }

    /// When to poll again though nothing was received; `None` for never.
    pub fn poll_timeout(&self) -> Option<Moment> {
        let last = self.sessions.get(self.last)?;
        if last.is_waiting() {
            return last.poll_timeout();
        }
        let next = self.sessions.iter().filter_map(Session::poll_timeout).min();
        next.map(|next| next.max(last.free()).max(self.hushed))
    }

    /// What happened, and to which card.
    pub fn poll_event(&mut self) -> Option<(usize, Event)> {
        let mut sessions = self.sessions.iter_mut().enumerate();
        sessions.find_map(|(index, session)| Some((index, session.poll_event()?)))
    }
}
