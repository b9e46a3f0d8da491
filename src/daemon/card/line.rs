//! The sessions of one line, and the cable between them and their cards.

use std::{os::fd::BorrowedFd, sync::Arc, time::Duration};

use super::Cable;
use crate::{
    controller::{
        Event,
        card::Sheet,
        onbon::{self, Session, Settings},
    },
    diagnostic::Diagnostic,
    link::{Given, StreamState},
    units::Moment,
};

/// So many transmissions of one poll: each is an answer's worth apart from the next, so more would be a fault of ours.
const MOST: usize = 64;

/// The cards of one line. Driven by moments alone.
#[derive(Debug)]
pub struct CardLine<C> {
    name: Arc<str>,
    cable: C,
    line: onbon::Line,
    /// The cable's state, as the sessions know it.
    known: StreamState,
    out: Vec<u8>,
}

impl<C: Cable> CardLine<C> {
    /// The cards of `settings`, in that order, over `cable`, which is called `name`.
    pub fn new(name: Arc<str>, settings: impl IntoIterator<Item = Settings>, cable: C) -> Self {
        Self {
            name,
            cable,
            line: onbon::Line::new(settings),
            known: StreamState::Closed,
            out: Vec::new(),
        }
    }

    /// Lets the line have the cards of `settings` from now on, over the same cable: see [`onbon::Line::refit`]. Which of them are new.
    pub fn refit(&mut self, settings: impl IntoIterator<Item = Settings>, now: Moment) -> Vec<bool> {
        self.line.refit(settings, now)
    }

    /// Makes `sheet`, which came at `came`, what the card of that number on the line ought to show.
    pub fn show(&mut self, card: usize, sheet: &Sheet, came: Moment) {
        self.line.show(card, sheet, came);
    }

    /// The session of the card of that number on the line.
    pub fn session(&mut self, card: usize) -> Option<&mut Session> {
        self.line.session(card)
    }

    /// Sends what is due and takes what came; the moment by which to call again, `None` for not before something comes.
    pub fn poll(&mut self, now: Moment) -> Option<Moment> {
        let line = &mut self.line;
        self.cable.receive(now, &mut |bytes| line.handle(bytes, now));
        self.follow(now);
        for _ in 0..MOST {
            self.out.clear();
            if self.line.poll_transmit(now, &mut self.out).is_none() {
                break;
            }
            // What found no room or no way is lost: the session misses the answer, and asks again.
            if self.cable.send(&self.out, now) != Given::Taken {
                tracing::debug!(line = %self.name, bytes = self.out.len(), "a message could not leave");
                self.follow(now);
            }
        }
        if self.known != StreamState::Closed && self.line.is_lost(now) {
            tracing::info!(line = %self.name, "nothing is heard: the connection is made anew");
            self.cable.hang_up(now);
            self.follow(now);
        }
        while let Some((card, event)) = self.line.poll_event() {
            self.note(card, &event);
        }
        self.line.poll_timeout()
    }

    /// Waits until something comes over the cable or `wake` is readable, at most for `patience`.
    pub fn wait(&mut self, wake: BorrowedFd<'_>, patience: Duration) {
        self.cable.wait(wake, patience);
    }

    /// What is wrong with the card of that number on the line and the way to it.
    pub fn problems(&self, card: usize, now: Moment) -> Vec<Diagnostic> {
        let file = || Arc::from("site.toml");
        let links = self.cable.problems().into_iter();
        let mut problems: Vec<_> = links.map(|fault| Diagnostic::of_file(file(), &fault)).collect();
        if let Some(session) = self.line.sessions().get(card) {
            let faults = session.faults(now).into_iter();
            problems.extend(faults.map(|fault| Diagnostic::of_file(file(), &fault)));
        }
        problems
    }

    /// The cable.
    pub const fn cable(&self) -> &C {
        &self.cable
    }

    /// Tells the sessions what has become of the cable.
    fn follow(&mut self, now: Moment) {
        let state = self.cable.state();
        if state == self.known {
            return;
        }
        if self.known != StreamState::Closed {
            self.line.disconnected(now);
        }
        if state != StreamState::Closed {
            tracing::debug!(line = %self.name, "the line is open");
            self.line.connected(now);
        }
        self.known = state;
    }

    /// The sessions tell of what is new, once each time.
    fn note(&self, card: usize, event: &Event) {
        let line = &self.name;
        let number = self.line.sessions().get(card).map(|session| session.settings().number);
        let number = number.filter(|number| *number != onbon::ANY);
        match event {
            Event::Answered(words) => tracing::info!(%line, number, "a card answers: {words}"),
            Event::Silent(name) => tracing::info!(%line, number, "a card answers no longer: {name}"),
            Event::Malformed(reason) => tracing::debug!(%line, number, "not understood: {reason}"),
            Event::Unserved(_) => {}
        }
    }
}
