//! A stream of bytes to a card, which may be absent for years: over a serial port or over TCP.
//!
//! One thread owns it and drives it; it waits in [`StreamLink::wait`] and nowhere else:
//!
//! ```text
//! loop: session.poll_transmit -> link.send -> link.wait(wake, until the session's deadline) -> link.receive -> session.handle
//! ```
//!
//! [`StreamLink::send`] and [`StreamLink::receive`] do all that is due at the moment that they are told: they open what is closed, go on with
//! bytes for which there was no room, and find out what is gone. What may block whatever one does, opening a device or looking up a name,
//! is done on a thread of its own (`errand`), one at a time. What is lost is opened again by the name as written, first after a quarter of a
//! second, later every second.
//!
//! Bytes are kept in order and never repeated: what was queued or on its way when the stream was lost is gone. Each opening has a number
//! ([`StreamState`]), by which a session learns that it must begin anew.

mod end;
mod life;

use std::{
    collections::VecDeque,
    io,
    os::fd::{AsFd as _, BorrowedFd},
    thread,
    time::Duration,
};

use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    io::Errno,
};

use self::{end::End, life::State};
use super::{Backoff, LinkError};
use crate::{site::CardWay, units::Moment};

/// Bytes that wait at most for room in the system: more than a card's longest message, all pages that it holds (300,000 bytes) with each
/// byte written as two.
const QUEUE: usize = 1 << 20;

/// Bytes of one read, and reads of one call: whoever floods us cannot hold up the rest.
const READ: usize = 4096;
const READS: usize = 16;

/// No wait is longer, so that one that was meant to be endless ends.
const LONGEST: Duration = Duration::from_secs(3600);

/// A stream of bytes to one card, or to the cards of one line.
#[derive(Debug)]
pub struct StreamLink {
    way: CardWay,
    state: State,
    /// How often it has been opened.
    openings: u64,
    backoff: Backoff,
    problem: Option<LinkError>,
    queue: VecDeque<u8>,
    buffer: Box<[u8]>,
    /// The moment that it was last told.
    now: Moment,
}

/// Whether a stream is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StreamState {
    /// It is not, and is being opened or will be.
    Closed,
    /// It is, for the first time (1) or again.
    Open(u64),
}

/// What became of bytes that were given to a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Given {
    /// They leave, in their order, unless the stream is lost.
    Taken,
    /// Not all of them had room beside those that wait: none was taken.
    Full,
    /// The stream is closed: none was taken.
    Closed,
}

impl StreamLink {
    /// A stream over `way`. Whatever is wrong with it is a problem, and is tried again and again.
    pub fn open(way: &CardWay, now: Moment) -> Self {
        let mut link = Self {
            way: way.clone(),
            state: State::Waiting { until: now },
            openings: 0,
            backoff: Backoff::default(),
            problem: None,
            queue: VecDeque::new(),
            buffer: vec![0; READ].into(),
            now,
        };
        link.advance(now);
        link
    }

    /// Whether it is open, and for which time.
    pub const fn state(&self) -> StreamState {
        match self.state {
            State::Open(_) => StreamState::Open(self.openings),
            _ => StreamState::Closed,
        }
    }

    /// What is wrong at present, or was lately and may be again at once.
    pub fn problems(&self) -> impl Iterator<Item = &LinkError> {
        self.problem.iter()
    }

    /// Bytes that wait for room in the system.
    pub fn pending(&self) -> usize {
        self.queue.len()
    }

    /// Gives all of `bytes` to the stream, or none of them. Waits for nothing.
    pub fn send(&mut self, bytes: &[u8], now: Moment) -> Given {
        self.advance(now);
        if !matches!(self.state, State::Open(_)) {
            return Given::Closed;
        }
        if self.queue.len() + bytes.len() > QUEUE {
            return Given::Full;
        }
        self.queue.extend(bytes);
        self.write_on(now);
        match self.state {
            State::Open(_) => Given::Taken,
            _ => Given::Closed,
        }
    }

    /// Gives what has come to `take`, piece by piece as it came, 64 KiB at most. Waits for nothing.
    pub fn receive(&mut self, now: Moment, take: &mut dyn FnMut(&[u8])) {
        self.advance(now);
        for _ in 0..READS {
            let State::Open(open) = &self.state else { return };
            let lost = match open.end.read(&mut self.buffer) {
                Ok(0) => open.end.lost(None),
                Ok(count) => {
                    take(&self.buffer[..count]);
                    self.settle();
                    continue;
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => open.end.lost(Some(&error)),
            };
            self.fail(lost, now);
        }
    }

    /// Waits until something has come, or there is room for bytes that wait, or something else is due here, or `wake` (which the caller
    /// empties) is readable; at most for `patience`. [`StreamLink::receive`] comes next: waits are counted from the moment that it was told.
    pub fn wait(&mut self, wake: Option<BorrowedFd<'_>>, patience: Duration) {
        let due = self.due().map_or(LONGEST, |due| due.since(self.now));
        let patience = patience.min(due).min(LONGEST);
        let mut awaited = Vec::with_capacity(2);
        awaited.extend(wake.as_ref().map(|wake| PollFd::new(wake, PollFlags::IN)));
        awaited.extend(self.awaited());
        let Ok(longest) = Timespec::try_from(patience) else {
            return;
        };
        match poll(&mut awaited, Some(&longest)) {
            Ok(_) | Err(Errno::INTR) => {}
            // The system has no room to look: waiting blindly is better than asking it again and again.
            Err(_) => thread::sleep(patience.min(Duration::from_millis(20))),
        }
    }

    /// Gives the connection up, since its peer does not speak as it should, and opens it again after a while. Says nothing: why is
    /// the caller's to tell.
    pub fn hang_up(&mut self, now: Moment) {
        self.advance(now);
        if matches!(self.state, State::Open(_)) {
            self.retreat(now);
        }
    }

    /// What the system is asked to wait for.
    fn awaited(&self) -> Option<PollFd<'_>> {
        match &self.state {
            State::Waiting { .. } => None,
            State::Looking { lookup, .. } => Some(PollFd::from_borrowed_fd(lookup.as_fd(), PollFlags::IN)),
            State::Opening { port, .. } => Some(PollFd::from_borrowed_fd(port.as_fd(), PollFlags::IN)),
            State::Connecting(connecting) => Some(PollFd::from_borrowed_fd(connecting.as_fd(), PollFlags::OUT)),
            State::Open(open) if self.queue.is_empty() => {
                Some(PollFd::from_borrowed_fd(open.end.as_fd(), PollFlags::IN))
            }
            State::Open(open) => {
                let both = PollFlags::IN | PollFlags::OUT;
                Some(PollFd::from_borrowed_fd(open.end.as_fd(), both))
            }
        }
    }
}
