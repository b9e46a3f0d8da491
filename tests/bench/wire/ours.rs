//! A session and its link, driven as the daemon's output does.

use yingbi::{
    controller::Controller,
    link::UdpLink,
    units::{Moment, Size},
};

use super::pictures;

/// So many bytes of transmissions the daemon gathers for one call.
const GATHERED: usize = 60_000;

/// A session that shows two pictures in turn. Without a link it only encodes.
pub(super) struct Ours<S> {
    session: S,
    link: Option<UdpLink>,
    pictures: [Vec<u8>; 2],
    turn: usize,
    batch: Vec<yingbi::controller::Transmit>,
    bytes: Vec<u8>,
}

impl<S: Controller<Picture = [u8]>> Ours<S> {
    pub(super) fn new(session: S, link: Option<UdpLink>, size: Size) -> Self {
        Self {
            session,
            link,
            pictures: pictures(size),
            turn: 0,
            batch: Vec::new(),
            bytes: Vec::new(),
        }
    }

    /// Shows the other picture, and sends all of it.
    pub(super) fn pass(&mut self) {
        self.turn ^= 1;
        let sent = self.again();
        assert!(sent > 0, "another picture is sent");
    }

    /// Shows the picture that it shows already; the bytes that were sent.
    pub(super) fn again(&mut self) -> usize {
        self.session.show(&self.pictures[self.turn], Moment::ZERO);
        let mut sent = 0;
        loop {
            self.batch.clear();
            self.bytes.clear();
            while self.bytes.len() < GATHERED
                && let Some(transmit) = self.session.poll_transmit(Moment::ZERO, &mut self.bytes)
            {
                self.batch.push(transmit);
            }
            if self.batch.is_empty() {
                return sent;
            }
            sent += self.bytes.len();
            if let Some(link) = &mut self.link {
                link.send_all(&self.batch, &self.bytes, Moment::ZERO);
            }
        }
    }
}
