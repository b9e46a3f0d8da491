//! A session with a controller that takes streams, whichever of their languages it speaks.

use super::{Controller, Event, Transmit, artnet, ddp, sacn};
use crate::units::Moment;

/// A session of any stream protocol: packed panel bytes in, datagrams out.
#[derive(Debug)]
pub enum Stream {
    /// Distributed Display Protocol.
    Ddp(ddp::Sender),
    /// Streaming ACN.
    Sacn(sacn::Sender),
    /// Art-Net 4.
    ArtNet(artnet::Sender),
}

/// Does the same with whichever session it is.
macro_rules! each {
    ($stream:expr, $session:ident => $does:expr) => {
        match $stream {
            Self::Ddp($session) => $does,
            Self::Sacn($session) => $does,
            Self::ArtNet($session) => $does,
        }
    };
}

impl Controller for Stream {
    type Picture = [u8];

    fn show(&mut self, picture: &[u8], now: Moment) {
        each!(self, session => session.show(picture, now));
    }

    fn refresh(&mut self, now: Moment) {
        each!(self, session => session.refresh(now));
    }

    fn close(&mut self, now: Moment) {
        each!(self, session => session.close(now));
    }

    fn handle(&mut self, bytes: &[u8], now: Moment) {
        each!(self, session => session.handle(bytes, now));
    }

    fn poll_transmit(&mut self, now: Moment, out: &mut Vec<u8>) -> Option<Transmit> {
        each!(self, session => session.poll_transmit(now, out))
    }

    fn is_under_way(&self) -> bool {
        each!(self, session => session.is_under_way())
    }

    fn poll_timeout(&self) -> Option<Moment> {
        each!(self, session => session.poll_timeout())
    }

    fn poll_event(&mut self) -> Option<Event> {
        each!(self, session => session.poll_event())
    }
}
