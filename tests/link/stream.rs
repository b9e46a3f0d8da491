//! A stream as its owner drives it.

use std::{sync::Arc, time::Duration};

use yingbi::{
    link::{LinkError, StreamLink, StreamState},
    site::CardWay,
    units::Moment,
};

use super::START;

/// A stream, the moment that it is told, and what it has heard.
pub(crate) struct Driven {
    pub(crate) link: StreamLink,
    pub(crate) now: Moment,
    pub(crate) heard: Vec<u8>,
}

/// The way over a serial port.
pub(crate) fn serial(port: impl AsRef<std::path::Path>, baud: u32) -> CardWay {
    CardWay::Serial {
        port: port.as_ref().to_str().unwrap().into(),
        baud,
        turnaround: Duration::ZERO,
    }
}

/// The way over TCP.
pub(crate) fn tcp(address: &impl ToString) -> CardWay {
    let address: Arc<str> = address.to_string().into();
    CardWay::Tcp { address }
}

impl Driven {
    pub(crate) fn new(way: &CardWay) -> Self {
        Self {
            link: StreamLink::open(way, START),
            now: START,
            heard: Vec::new(),
        }
    }

    /// A stream that is open.
    pub(crate) fn opened(way: &CardWay) -> Self {
        let mut driven = Self::new(way);
        driven.until_open();
        driven
    }

    /// Lets time pass: in the stream's reckoning alone.
    pub(crate) fn pass(&mut self, time: Duration) {
        self.now = self.now + time;
        self.receive();
    }

    /// Takes what has come.
    pub(crate) fn receive(&mut self) {
        let heard = &mut self.heard;
        self.link.receive(self.now, &mut |bytes| heard.extend_from_slice(bytes));
    }

    /// Waits for something to happen, a little while in the world's reckoning.
    pub(crate) fn turn(&mut self) {
        self.link.wait(None, Duration::from_millis(5));
        self.receive();
    }

    /// Turns until it is so.
    pub(crate) fn until(&mut self, what: &str, is_so: impl Fn(&Self) -> bool) {
        for _ in 0..4000 {
            if is_so(self) {
                return;
            }
            self.turn();
        }
        panic!("{what}: not within twenty seconds; {:?}", self.problem());
    }

    /// Lets pass what time it takes until it is open.
    pub(crate) fn until_open(&mut self) {
        for _ in 0..200 {
            for _ in 0..20 {
                if self.is_open() {
                    return;
                }
                self.turn();
            }
            self.pass(Duration::from_secs(1));
        }
        panic!("it does not open: {:?}", self.problem());
    }

    /// Lets pass what time it takes until something is wrong.
    pub(crate) fn until_wrong(&mut self) -> LinkError {
        for _ in 0..200 {
            for _ in 0..20 {
                if let Some(problem) = self.problem() {
                    return problem;
                }
                self.turn();
            }
            self.pass(Duration::from_secs(1));
        }
        panic!("nothing is wrong: {:?}", self.link.state());
    }

    pub(crate) fn is_open(&self) -> bool {
        self.link.state() != StreamState::Closed
    }

    pub(crate) fn problem(&self) -> Option<LinkError> {
        self.link.problems().next().cloned()
    }
}
